"""Organisation against individuals: patterns in whole people, the mismatch, heads and quarters."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak

from kinerja.contoh import buat_contoh
from kinerja.data.skema import PREDIKAT, PREDIKAT_ORGANISASI
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.regulasi import se3, sebaran
from kinerja.regulasi.banding import nilai

K = kebijakan("2023-01-31")
RATING_KEPALA = dict(
    zip(PREDIKAT_ORGANISASI, ("di_atas", "sesuai", "di_bawah", "di_bawah", "di_bawah"), strict=True)
)


@pytest.fixture(scope="module")
def data():
    return buat_contoh("sumbar", pegawai=120, benih=2)


@pytest.fixture(scope="module")
def jumlah(data):
    return sebaran.per_unit(data, nilai(data, "permenpanrb-6-2022", K))


def test_pola_memuat_setiap_aturan_pada_sel_predikatnya():
    p = sebaran.pola(K)
    assert list(p.index) == list(PREDIKAT_ORGANISASI)
    assert p.loc["istimewa", "sangat_baik"] == "terbanyak\n≤ 70 %"
    assert p.loc["kurang"].tolist() == ["≤ 10 %", "", "≥ 10 %", "≥ 60 %", ""]
    assert p.loc["sangat_kurang"].tolist() == [
        "tidak boleh\nada",
        "",
        "≥ 10 %\nbersama",
        "≥ 10 %\nbersama",
        "≥ 60 %",
    ]
    assert p.loc["baik", "kurang"] == "salah satu\nharus ada"


def test_pola_sebelum_berlaku_ditolak():
    with pytest.raises(GalatParameter):
        sebaran.pola(kebijakan("2022-12-31"))


def test_tiga_kurva_contoh_melanggar_polanya_sendiri():
    t = sebaran.kurva_contoh(K)
    assert t["pegawai"].tolist() == [24] * 5
    assert (t["dilanggar"] != "").tolist() == [False, False, True, True, True]
    assert "paling sedikit 60 % (11 dari 24)" in t.loc["kurang", "dilanggar"]


@settings(max_examples=banyak(15), deadline=None)
@given(organisasi=st.sampled_from(PREDIKAT_ORGANISASI), n=st.integers(1, 6))
def test_pola_dalam_orang_terhadap_semua_sebaran(organisasi, n):
    """Counted one by one with the report's own check of a pattern."""
    cara = [x for x in product(range(n + 1), repeat=5) if sum(x) == n]
    isi = pd.DataFrame(cara, columns=list(PREDIKAT))
    periksa = se3.periksa_pola(isi, pd.Series(organisasi, index=isi.index), K)
    cocok = isi[periksa.groupby("opd")["terpenuhi"].all().to_numpy(dtype=bool)]
    b = sebaran.pola_dalam_orang([n], K).set_index("organisasi").loc[organisasi]
    assert b["semua"] == len(cara)
    assert b["sesuai"] == len(cocok)
    for p in PREDIKAT:
        assert b[f"wajib_{p}"] == (cocok[p].min() if len(cocok) else 0)
        assert b[f"paling_{p}"] == (cocok[p].max() if len(cocok) else 0)
    assert bool(sebaran.ukuran_unit(K, n).loc[organisasi, n]) == (len(cocok) > 0)


def test_unit_tiga_orang_organisasi_kurang_sudah_habis_dibagi():
    b = sebaran.pola_dalam_orang([3], K).set_index("organisasi").loc["kurang"]
    assert b["sesuai"] == 1
    assert (b["wajib_kurang"], b["wajib_butuh_perbaikan"]) == (2, 1)


def test_unit_terlalu_besar_untuk_dicoba():
    with pytest.raises(ValueError, match="61 orang terlalu besar"):
        sebaran.pola_dalam_orang([61], K)


def test_per_unit_menghitung_setiap_orang_sekali(data, jumlah):
    assert jumlah.to_numpy().sum() == len(data["pegawai"])
    per_opd = data["pegawai"].groupby("opd").size()
    pd.testing.assert_series_equal(
        jumlah.sum(axis=1), per_opd[jumlah.index], check_names=False, check_dtype=False
    )
    rinci = sebaran.per_unit(data, nilai(data, "permenpanrb-6-2022", K), ("opd", "unit"))
    assert rinci.to_numpy().sum() == len(data["pegawai"])


def test_selisih_menurut_hitungan_orang(data):
    jumlah = pd.DataFrame([[2, 3, 1, 0, 0]], index=[data["opd"]["kode"].iloc[0]], columns=list(PREDIKAT))
    opd = (
        data["opd"]
        .iloc[[0]]
        .assign(predikat_organisasi=pd.Categorical(["butuh_perbaikan"], categories=PREDIKAT_ORGANISASI))
    )
    s = sebaran.selisih({**data, "opd": opd}, jumlah).iloc[0]
    assert (s["di_atas"], s["sama"], s["di_bawah"]) == (5, 1, 0)
    assert s["jarak"] == float((2 * 2 + 3 * 1) / 6)
    assert s["persen_baik"] == float(500 / 6)


def test_selisih_dan_ringkasannya(data, jumlah):
    s = sebaran.selisih(data, jumlah)
    assert s["jarak"].is_monotonic_decreasing
    assert (s["di_atas"] + s["sama"] + s["di_bawah"] == s["pegawai"]).all()
    r = sebaran.menurut_organisasi(s, jumlah)
    assert r[list(PREDIKAT)].to_numpy().sum() == s["pegawai"].sum()
    assert r["opd"].sum() == len(s)


def test_opd_tanpa_predikat_tidak_dibandingkan(data, jumlah):
    opd = data["opd"].copy()
    opd.loc[0, "predikat_organisasi"] = None
    assert opd["kode"].iloc[0] not in set(sebaran.selisih({**data, "opd": opd}, jumlah)["opd"])


def test_unit_kecil(data):
    t = sebaran.unit_kecil(data, K, kecil=5)
    ukuran = data["pegawai"].groupby(["opd", "unit"], observed=True).size()
    assert t["unit"].sum() == len(ukuran)
    assert t["orang"].sum() == ukuran.sum()
    assert t["kecil"].sum() == (ukuran < 5).sum()
    organisasi = data["opd"].set_index("kode")["predikat_organisasi"].astype("str")
    muat = sebaran.ukuran_unit(K, int(ukuran.max()))
    buntu = sum(not muat.loc[organisasi[o], n] for (o, _), n in ukuran.items())
    assert t["tidak_muat"].sum() == buntu


def test_kepala_mengikuti_organisasi_bila_diandaikan(data):
    t = sebaran.kepala_unit(data, K, RATING_KEPALA)
    assert len(t) == len(data["opd"])
    gagal = t[t["organisasi"].isin(["butuh_perbaikan", "kurang", "sangat_kurang"])]
    assert len(gagal)
    assert set(gagal["menurut_organisasi"]) <= {"butuh_perbaikan", "sangat_kurang"}


def test_berkala_membandingkan_setahun_dengan_triwulannya(data):
    nip = data["pegawai"]["nip"].iloc[:3].tolist()
    p = data["penilaian"].copy()
    isi = {0: ("di_atas", "sesuai"), 1: ("di_bawah", "sesuai"), 2: ("sesuai", "sesuai")}
    for i, (setahun, triwulan) in isi.items():
        milik, tahunan = p["nip"] == nip[i], p["periode"].str.len() == 4
        for kolom in ("rating_hasil", "rating_perilaku"):
            p.loc[milik & ~tahunan, kolom] = triwulan
        p.loc[milik & tahunan, "rating_hasil"] = setahun
        p.loc[milik & tahunan, "rating_perilaku"] = "di_atas" if setahun == "di_atas" else "sesuai"
    t = sebaran.berkala({**data, "penilaian": p}, K).loc[nip]
    assert t["banding"].tolist() == ["di_atas_semua", "di_bawah_semua", "di_antara"]
    assert t["tahunan"].tolist() == ["sangat_baik", "butuh_perbaikan", "baik"]
    assert t["terakhir"].tolist() == ["baik"] * 3


def test_berkala_tanpa_triwulan(data):
    p = data["penilaian"]
    t = sebaran.berkala({**data, "penilaian": p[p["periode"].str.len() == 4]}, K)
    assert t["terakhir"].isna().all()
    assert list(t.columns) == ["tahunan", "terakhir", "banding"]
