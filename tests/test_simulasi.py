"""The laboratory against oracles on Fraction and plain loops; what adds up, what must not depend on blocks or workers."""

from __future__ import annotations

import math
import os
from collections import Counter
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kinerja as kj
from kinerja import simulasi as lab
from kinerja.cli import main
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.regulasi import se3
from kinerja.simulasi import acak, bandingan, penilaian, populasi, ukuran
from kinerja.simulasi.upaya import bayaran_per_predikat
from kinerja.simulasi.uraian import LANGKAH, campur

PAJAK = {"pajak-iuran.tarif_final": {"2010-01-01": {"PPPK": 5}}}
LEBAR = [PAJAK, {"tpp-60-40.nilai_kinerja_predikat": {"2019-01-01": {"baik": 90, "kurang": 30}}}]
HARI = kebijakan("2026-06-30")


@pytest.fixture(scope="module")
def orang() -> lab.Populasi:
    return lab.buat("kabupaten", 1500, benih=7)


@pytest.fixture(scope="module")
def kini(orang: lab.Populasi) -> lab.Hasil:
    return lab.Skenario("Kini", "tpp-60-40", instansi="sumbar", ubah=PAJAK).jalankan(orang)


@pytest.fixture(scope="module")
def lebar(orang: lab.Populasi) -> lab.Hasil:
    return lab.Skenario("Lebar", "tpp-60-40", instansi="sumbar", ubah=LEBAR).jalankan(orang)


@pytest.fixture(scope="module")
def lain(orang: lab.Populasi) -> lab.Hasil:
    """Everything differs: rating, ladder, attendance, tax."""
    return lab.Skenario("Lain", "kemnaker-2024", regulasi="pp-30-2019").jalankan(orang)


# -- chance ------------------------------------------------------------------------------------------------


@given(st.integers(1, 3000), st.integers(0, 99), st.integers(0, 99))
def test_acak_urutan_satu_satu(n: int, benih: int, arus: int) -> None:
    assert sorted(acak.acak_urutan(np.arange(n), n, benih, arus).tolist()) == list(range(n))


@settings(max_examples=20)
@given(st.integers(0, 150_000), st.integers(0, 150_000), st.integers(0, 5))
def test_acak_tidak_bergantung_pada_potongan(a: int, b: int, undian: int) -> None:
    a, b = min(a, b), max(a, b)
    semua = acak.kata16(3, 4, 0, 150_000, undian)
    assert np.array_equal(acak.kata16(3, 4, a, b, undian), semua[a:b])


def test_acak_berbeda_menurut_benih_arus_dan_undian() -> None:
    dasar = acak.kata16(1, 1, 0, 1000)
    for lain in (acak.kata16(2, 1, 0, 1000), acak.kata16(1, 2, 0, 1000), acak.kata16(1, 1, 0, 1000, 1)):
        assert (dasar != lain).mean() > 0.99


def test_derau_mengikuti_sebaran_normal() -> None:
    tabel = acak.tabel_normal(3.0, 6.0)
    assert abs(float(tabel.mean()) - 3) < 0.01
    assert abs(float(tabel.std()) - math.sqrt(36 + 1 / 12)) < 0.01  # a rounded normal


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.integers(0, 500))
def test_kuota_menjumlah_dan_sebanding(bobot: list[int], n: int) -> None:
    hasil = acak.kuota(bobot, n)
    if not sum(bobot):
        assert hasil == [0] * len(bobot)
        return
    assert sum(hasil) == n
    assert all(abs(h - Fraction(n * b, sum(bobot))) < 1 for h, b in zip(hasil, bobot, strict=True))


# -- people ------------------------------------------------------------------------------------------------


def test_populasi_menurut_pangsa_terbit() -> None:
    p = lab.buat("nasional", 20_000)
    for b in p.pangsa().itertuples():
        assert abs(b.diterbitkan - b.populasi) <= 100 / len(p), b
    assert set(p.pangsa()["dimensi"]) >= {"status", "instansi", "jenis_jabatan", "jenis_kelamin"}


@pytest.mark.parametrize("pekerja", [1, 2, 5])
def test_populasi_tidak_bergantung_pada_pekerja(pekerja: int) -> None:
    satu, lain_ = lab.buat("provinsi", 70_000, pekerja=1), lab.buat("provinsi", 70_000, pekerja=pekerja)
    assert satu.cap == lain_.cap
    assert satu.cap != lab.buat("provinsi", 70_000, benih=2).cap


def test_populasi_awal_populasi_lebih_besar_bukan_populasi_kecil(orang: lab.Populasi) -> None:
    assert orang.kolom["status"].dtype == np.int8
    struktural = orang.kolom["jenis_jabatan"] < 3
    pppk = orang.kolom["status"] == populasi.STATUS.index("pppk")
    assert not (struktural & pppk).any()
    assert (pppk == (orang.kolom["golongan"] == populasi.GOLONGAN.index("PPPK"))).all()
    assert orang.byte < 16 * len(orang)


def test_pola_kehadiran_menurut_kalibrasi(orang: lab.Populasi) -> None:
    pola = orang.pola
    assert abs((pola["lupa_rekam"] > 0).mean() - 0.41) <= 1 / len(pola)
    assert abs((pola["cuti_tahunan"] > 0).mean() - 0.263) <= 1 / len(pola)
    assert (pola[[c for c in pola if c.startswith("cuti_")]] > 0).sum(axis=1).max() == 1
    januari, februari = orang.pola_bulan(1), orang.pola_bulan(2)
    assert (januari != februari).mean() > 0.9
    assert januari.min() >= 0
    assert januari.max() < len(pola)


def test_angka_adalah_sejati_kelonggaran_dan_derau(orang: lab.Populasi) -> None:
    tanpa = kj.simulasi.buat(
        "kabupaten",
        1500,
        benih=7,
        ubah={"kelonggaran_penilai": {"rata": 0, "simpang": 0}, "derau_penilaian": 0},
    )
    assert np.array_equal(tanpa.angka()[0], tanpa.kolom["hasil"])
    assert np.array_equal(
        tanpa.kolom["hasil"], orang.kolom["hasil"]
    )  # the people are the same, their raters are not
    murah = orang.angka(derau=0)[0].astype(int) - orang.kolom["hasil"]
    for a in range(0, 1500, 10):  # one rater gives the same to all of his ten
        assert len(set(murah[a : a + 10].tolist())) == 1


def test_populasi_menolak_dengan_jalan_keluar() -> None:
    with pytest.raises(ValueError, match="provinsi"):
        lab.buat("propinsi")
    with pytest.raises(GalatParameter, match="derau_penilaian"):
        lab.buat("opd", ubah={"derau_penilaiann": 3})
    with pytest.raises(ValueError, match="sedikitnya 1"):
        lab.buat("opd", 0)


# -- rating ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regulasi", "hasil", "perilaku", "predikat"),
    [
        ("permenpanrb-6-2022", 111, 111, "sangat_baik"),
        ("permenpanrb-6-2022", 110, 111, "baik"),
        ("permenpanrb-6-2022", 90, 90, "baik"),
        ("permenpanrb-6-2022", 89, 90, "butuh_perbaikan"),
        ("permenpanrb-6-2022", 90, 89, "kurang"),
        ("permenpanrb-6-2022", 89, 89, "sangat_kurang"),
        ("kmk-127-2026", 106, 106, "sangat_baik"),  # 101 on its scale
        ("kmk-127-2026", 105, 106, "baik"),
        ("kmk-127-2026", 94, 95, "butuh_perbaikan"),
        ("pp-46-2011", 108, 108, "sangat_baik"),  # 91
        ("pp-46-2011", 93, 93, "baik"),  # 76
        ("pp-46-2011", 78, 78, "butuh_perbaikan"),
        ("pp-46-2011", 67, 67, "sangat_kurang"),
        ("pp-30-2019", 110, 110, "sangat_baik"),
        ("pp-30-2019", 90, 90, "baik"),
        ("pp-30-2019", 89, 90, "butuh_perbaikan"),
    ],
)
def test_predikat_pada_tepi_pita(
    orang: lab.Populasi, regulasi: str, hasil: int, perilaku: int, predikat: str
) -> None:
    tabel, asumsi = penilaian.tabel_predikat(regulasi, HARI, orang)
    assert PREDIKAT[tabel[hasil, perilaku]] == predikat
    assert any(regulasi in a for a in asumsi)


@given(
    st.sampled_from(["istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang"]),
    st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any),
)
def test_sesuaikan_memenuhi_pola(organisasi: str, ada: list[int]) -> None:
    semua = HARI["se-menpanrb-3-2023.pola_distribusi"].pasti()
    aturan = [a for a in semua if a["organisasi"] == organisasi]
    bulat = {"paling_banyak": "lantai", "paling_sedikit": "langit"}
    n = sum(ada)
    if not se3.mungkin(aturan, n, bulat):
        return
    jadi = penilaian.sesuaikan(ada, aturan, bulat)
    assert sum(jadi) == n
    assert min(jadi) >= 0
    periksa = se3.periksa_pola(pd.DataFrame([jadi], columns=list(PREDIKAT)), pd.Series([organisasi]), HARI)
    assert periksa["terpenuhi"].all(), (jadi, periksa)


def test_pola_paksa_mengurutkan_dan_terpenuhi(orang: lab.Populasi) -> None:
    h = lab.Skenario("Pola", "kemnaker-2024", pola=True).jalankan(orang)
    poin = h.poin[0] + h.poin[1]
    kode = orang.kolom["opd"]
    cacah = np.zeros((len(orang.opd), 5), int)
    np.add.at(cacah, (kode, h.predikat), 1)
    periksa = se3.periksa_pola(
        pd.DataFrame(cacah, columns=list(PREDIKAT)), orang.opd["predikat"].astype("str"), HARI
    )
    assert periksa.loc[periksa["mungkin"], "terpenuhi"].all()
    for i in range(len(orang.opd)):
        milik = kode == i
        terendah = [poin[milik & (h.predikat == p)].min(initial=999) for p in range(5)]
        tertinggi = [poin[milik & (h.predikat == p)].max(initial=-1) for p in range(5)]
        assert all(
            tertinggi[q] <= terendah[p]
            for p in range(5)
            for q in range(p + 1, 5)
            if tertinggi[q] >= 0 and terendah[p] < 999
        )


# -- pay ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skema", "instansi", "ubah"),
    [("tpp-60-40", "sumbar", PAJAK), ("kemnaker-2024", None, ())],
)
def test_rupiah_sama_dengan_slip(orang: lab.Populasi, skema: str, instansi: str | None, ubah: Any) -> None:
    """Every person of a sample, paid by `tukin.hitung` from a workbook's tables."""
    h = lab.Skenario("Uji", skema, instansi=instansi, ubah=ubah).jalankan(orang)
    siapa = np.arange(0, len(orang), 5)
    nip = [f"{i:018d}" for i in siapa]
    kata = {
        n: [orang.kategori[n][k] for k in orang.kolom[n][siapa]]
        for n in ("status", "golongan", "status_ptkp", "jenis_jabatan")
    }
    pegawai = pd.DataFrame({"nip": nip, "opd": "A", "kelas": orang.kolom["kelas"][siapa], **kata})
    hadir = (
        orang.pola.iloc[orang.pola_bulan(1)[siapa]].reset_index(drop=True).assign(nip=nip, bulan="2026-01")
    )
    predikat = pd.Series([PREDIKAT[p] for p in h.predikat[siapa]], index=nip)
    slip = kj.tukin.hitung(
        {"pegawai": pegawai, "kehadiran": hadir}, skema, h.kebijakan, instansi=instansi, predikat=predikat
    ).tabel()
    for kolom in ("hak", "dibayar", "kotor", "pph", "bersih"):
        assert h.uang(kolom)[siapa].tolist() == slip[kolom].astype("int64").tolist(), kolom
    naik = bayaran_per_predikat(h.bayaran, h.pola).astype(np.int64)
    assert (np.diff(naik, axis=1) <= 0).all()  # a worse predikat never pays more


def test_rupiah_tidak_bergantung_pada_benang(kini: lab.Hasil) -> None:
    satu, empat = (
        kini.bayaran.hitung(kini.predikat, kini.pola, ["bersih"], pekerja=n)["bersih"] for n in (1, 4)
    )
    assert np.array_equal(satu, empat)


def test_anggaran_setahun(kini: lab.Hasil) -> None:
    a = kini.anggaran()
    hak = [int(x) for x in kini.uang("hak")]
    assert a["sebulan"] == sum(int(x) for x in kini.uang("kotor"))
    assert a["thr"] == a["ketiga_belas"] == sum(hak)  # one hundred percent of the right
    assert a["setahun"] == 12 * a["sebulan"] + a["thr"] + a["ketiga_belas"]


# -- side by side --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kelompok", [*bandingan.KELOMPOK, "status", "pendidikan"])
def test_tabel_selisih_seperti_dihitung_satu_satu(kini: lab.Hasil, lain: lab.Hasil, kelompok: str) -> None:
    b = lab.bandingkan(kini, lain, "bersih")
    t = b.per(kelompok)
    isi = t.drop("Jumlah")
    for k in ("orang", "turun", "tetap", "naik", "lama", "baru", "selisih", "kehilangan", "perolehan"):
        assert isi[k].sum() == t.loc["Jumlah", k]
    assert (t["turun"] + t["tetap"] + t["naik"] == t["orang"]).all()
    assert (t["kehilangan"] + t["perolehan"] == t["selisih"]).all()
    assert t.loc["Jumlah", "selisih"] == lain.total("bersih") - kini.total("bersih") == int(b.selisih().sum())
    if kelompok == "desil":
        return
    kode, nama = kini.populasi.kode(kelompok)
    harap: Counter[str] = Counter()
    for k, x in zip(kode.tolist(), b.selisih().tolist(), strict=True):
        harap[nama[k]] += x
    assert {k: int(v) for k, v in isi["selisih"].items() if v} == {k: v for k, v in harap.items() if v}


def test_desil_menaruh_bayaran_sama_bersama(kini: lab.Hasil, lebar: lab.Hasil) -> None:
    t = lab.bandingkan(kini, lebar).per("desil").drop("Jumlah")
    urut = np.sort(kini.uang("kotor"))
    n = len(urut)
    batas = [urut[max(-(-n * k // 10) - 1, 0)] for k in range(1, 10)]
    for d in range(10):
        bawah = batas[d - 1] if d else -1
        atas = batas[d] if d < 9 else urut[-1]
        ada = int(((urut > bawah) & (urut <= atas)).sum())
        assert int(t["orang"].get(f"Desil {d + 1}", 0)) == ada


def test_orang_lain_ditolak(kini: lab.Hasil) -> None:
    lain_ = lab.Skenario("Lain", "kemnaker-2024").jalankan(lab.buat("kabupaten", 1500, benih=8))
    with pytest.raises(ValueError, match="bukan untuk orang yang sama"):
        lab.bandingkan(kini, lain_)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_gini_theil_lorenz(uang: list[int]) -> None:
    x = np.array(uang, dtype=np.int32)
    n, total = len(uang), sum(uang)
    harap = Fraction(sum(abs(a - b) for a in uang for b in uang), 2 * n * total) if total else Fraction(0)
    assert lab.gini(x) == harap
    if total:
        t = sum((v * n / total) * math.log(v * n / total) for v in uang if v) / n
        assert lab.theil(x) == pytest.approx(t, abs=1e-9)
        kurva = lab.lorenz(x, n)
        assert kurva["uang"].is_monotonic_increasing
        assert kurva["uang"].iloc[-1] == pytest.approx(100)


def test_ragam_menjumlah_seratus_dan_sama_dengan_definisi(lebar: lab.Hasil) -> None:
    r = lab.ragam(lebar)
    assert sum(r) == pytest.approx(100)
    x = pd.Series(lebar.uang("kotor").astype(float))
    antara = x.groupby(lebar.populasi.kolom["kelas"]).transform("mean")
    sel = x.groupby([lebar.populasi.kolom["kelas"], lebar.sejati]).transform("mean")
    assert r["kelas"] == pytest.approx(100 * antara.var(ddof=0) / x.var(ddof=0))
    assert r["kinerja"] == pytest.approx(100 * (sel.var(ddof=0) - antara.var(ddof=0)) / x.var(ddof=0))


def test_ketepatan_seperti_dihitung_satu_satu(lebar: lab.Hasil) -> None:
    k = lab.ketepatan(lebar)
    pasang = list(zip(lebar.predikat.tolist(), lebar.sejati.tolist(), strict=True))
    baik = [p for p, s in pasang if s <= 1]
    buruk = [p for p, s in pasang if s > 1]
    assert k["tepat"] == pytest.approx(100 * sum(p == s for p, s in pasang) / len(pasang))
    assert k["baik_dibayar_buruk"] == pytest.approx(100 * sum(p > 1 for p in baik) / len(baik))
    assert k["buruk_dibayar_baik"] == pytest.approx(100 * sum(p <= 1 for p in buruk) / len(buruk))


def test_tebing(kini: lab.Hasil) -> None:
    t = lab.tebing(kini, kelas=8)
    hak = int(kini.uang("hak")[np.flatnonzero(kini.populasi.kolom["kelas"] == 8)[0]])
    di = t.set_index("poin")["rupiah"]
    assert di[90] == di[130] == hak  # Baik and Sangat Baik are paid in full
    assert di[89] == math.floor(Fraction(hak * 88, 100) + Fraction(1, 2))  # 60 percent share at 80
    assert t["marginal"].sum() == di[130] - di[70]
    with pytest.raises(ValueError, match="kelas 2"):
        lab.tebing(kini, kelas=2)


# -- taken apart -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kelompok", [None, "jenis_jabatan"])
def test_uraian_menjumlah_tepat(kini: lab.Hasil, lain: lab.Hasil, kelompok: str | None) -> None:
    u = lab.uraikan(kini, lain, "bersih", kelompok)
    selisih = lain.total("bersih") - kini.total("bersih")
    semua = []
    for urutan in permutations(LANGKAH):
        t = u.berurutan(urutan)
        assert (t[list(LANGKAH)].sum(axis=1) == t["selisih"]).all()
        assert t.loc["Jumlah", "selisih"] == selisih
        semua.append(t.loc["Jumlah", list(LANGKAH)])
    bebas = u.bebas_urutan()
    assert (bebas[list(LANGKAH)].sum(axis=1) == bebas["selisih"]).all()
    banyak = len(bebas)
    for langkah in LANGKAH:  # the mean over all orders, but for the rounding of each group
        rata = Fraction(sum(int(s[langkah]) for s in semua), len(semua))
        assert abs(rata - int(bebas.loc["Jumlah", langkah])) <= banyak
    assert all(bebas.loc["Jumlah", n] for n in LANGKAH)
    with pytest.raises(ValueError, match="masing-masing sekali"):
        u.berurutan(("pajak",))


def test_uraian_satu_sebab_saja(kini: lab.Hasil, lebar: lab.Hasil) -> None:
    t = lab.uraikan(kini, lebar, "kotor").bebas_urutan().iloc[-1]
    assert t["bayaran"] == t["selisih"] != 0
    assert t["penilaian"] == t["kehadiran"] == t["pajak"] == 0


def test_campur_semua_bagian_adalah_skema_lain(kini: lab.Hasil, lain: lab.Hasil) -> None:
    b = campur(kini.bayaran, lain.bayaran, LANGKAH)
    uang = b.hitung(lain.predikat, lain.pola, ["bersih"])["bersih"]
    assert np.array_equal(uang, lain.uang("bersih"))


# -- levers, sweeps, search --------------------------------------------------------------------------------------


def test_geser_sama_dengan_skenario(kini: lab.Hasil) -> None:
    geser = lab.geser(kini, {"persen_baik": 90, "persen_kurang": 30})
    skenario = lab.Skenario("Lebar", "tpp-60-40", instansi="sumbar", ubah=LEBAR).jalankan(kini.populasi)
    assert np.array_equal(geser.uang("bersih"), skenario.uang("bersih"))
    porsi = [
        PAJAK,
        {"tpp-60-40.porsi_produktivitas": {"2019-01-01": 70}, "tpp-60-40.porsi_disiplin": {"2019-01-01": 30}},
    ]
    skenario = lab.Skenario("70/30", "tpp-60-40", instansi="sumbar", ubah=porsi).jalankan(kini.populasi)
    assert np.array_equal(lab.geser(kini, {"porsi_kinerja": 70}).uang(), skenario.uang())
    assert kini.bayaran.persen == HARI["tpp-60-40.nilai_kinerja_predikat"].nilai  # the first one is untouched
    with pytest.raises(ValueError, match=r"porsi_kinerja\?"):
        lab.geser(kini, {"porsi_kinerjaa": 70})
    with pytest.raises(ValueError, match="di luar 0 sampai 100"):
        lab.geser(kini, {"persen_baik": 101})


def test_sapu(kini: lab.Hasil) -> None:
    t = lab.sapu(
        kini, {"indeks": [0.2, 0.4], "persen_butuh_perbaikan": [0, 100]}, ["setahun", "kalah", "gini"]
    )
    assert list(t.columns) == ["indeks", "persen_butuh_perbaikan", "setahun", "kalah", "gini"]
    for b in t.itertuples():
        h = lab.geser(kini, {"indeks": b.indeks, "persen_butuh_perbaikan": b.persen_butuh_perbaikan})
        assert b.setahun == h.anggaran()["setahun"]
        assert b.gini == float(lab.gini(h.uang()))


def test_cari_yang_termahal_yang_masih_muat(kini: lab.Hasil) -> None:
    plafon = int(kini.anggaran()["setahun"]) * 9 // 10
    f = lab.cari(kini, "indeks", plafon=plafon, sampai=1, langkah="0.001")
    assert f.layak
    assert f.nilai is not None
    assert f.hasil is not None
    assert (
        f.hasil.anggaran()["setahun"]
        <= plafon
        < lab.geser(kini, {"indeks": f.nilai + f.nilai.__class__("0.001")}).anggaran()["setahun"]
    )
    turun = lab.cari(
        kini,
        "porsi_kinerja",
        plafon=int(lab.geser(kini, {"porsi_kinerja": 80}).anggaran()["setahun"]),
        langkah=1,
    )
    assert turun.nilai == 80 or (
        turun.hasil is not None and turun.hasil.anggaran()["setahun"] <= kini.anggaran()["setahun"]
    )


def test_cari_menjelaskan_yang_tidak_mungkin(kini: lab.Hasil) -> None:
    mahal = lab.cari(kini, "persen_butuh_perbaikan", plafon=1000, langkah=10)
    assert not mahal.layak
    assert "di atas plafon Rp1.000" in mahal.alasan
    plafon = int(kini.anggaran()["setahun"]) * 95 // 100
    rugi = lab.cari(kini, "persen_baik", plafon=plafon, kalah_paling_banyak=5, langkah=1)
    assert not rugi.layak
    assert "tidak dapat dipenuhi bersama" in rugi.alasan


# -- luck ------------------------------------------------------------------------------------------------------


def test_undian_satu_satu_dan_pita(kini: lab.Hasil, lebar: lab.Hasil) -> None:
    t = lab.undi(lebar, 6, dasar=kini, pekerja=2)
    assert t.equals(lab.undi(lebar, 6, dasar=kini, pekerja=1))
    for ke in (1, 6):
        h = lab.jalankan(lebar.skenario, lebar.populasi, undian=ke)
        d = lab.jalankan(kini.skenario, kini.populasi, undian=ke)
        b = t.loc[ke]
        assert b["total"] == h.total()
        assert b["selisih"] == h.total() - d.total()
        assert b["gini"] == pytest.approx(float(lab.gini(h.uang())))
        assert b["theil"] == pytest.approx(lab.theil(h.uang()))
        assert b["tepat"] == pytest.approx(lab.ketepatan(h)["tepat"])
        assert b["turun"] == pytest.approx(100 * (h.uang() < d.uang()).mean())
        assert b["baik"] == pytest.approx(100 * (h.predikat == 1).mean())
    p = lab.pita(t)
    assert (p["p5"] <= p["p50"]).all()
    assert (p["p50"] <= p["p95"]).all()
    assert t["total"].nunique() > 1


# -- behaviour -------------------------------------------------------------------------------------------------


def test_upaya_hanya_di_tempat_yang_dibayar(kini: lab.Hasil) -> None:
    datar = lab.Skenario("Datar", "bakamla-2023", upaya=True, tanpa=("kehadiran", "cuti"))
    h = datar.jalankan(kini.populasi)
    beda = h.populasi.kolom["hasil"].astype(int) - kini.populasi.kolom["hasil"]
    assert set(beda.tolist()) <= {0}  # one percent between predikat moves nobody
    curam = lab.Skenario("Curam", "tpp-60-40", instansi="sumbar", ubah=PAJAK, upaya=True).jalankan(
        kini.populasi
    )
    beda = curam.populasi.kolom["hasil"].astype(int) - kini.populasi.kolom["hasil"]
    assert (
        beda[curam.tabel_predikat[kini.populasi.kolom["hasil"], kini.populasi.kolom["perilaku"]] <= 1] == 0
    ).all()
    assert beda.max() == 1
    assert any("asumsi" in a for a in curam.asumsi)
    assert lab.bandingkan(kini, curam).jumlah()["orang"] == len(kini.populasi)
    k = lab.kemiringan(kini.bayaran)
    assert k.loc["baik", "persen"] == pytest.approx(12, abs=0.5)  # 60 percent share times twenty


# -- real people ---------------------------------------------------------------------------------------------------


def test_dari_buku_kerja() -> None:
    tabel = kj.buat_contoh("babel", pegawai=60, benih=3)
    p = lab.dari_data(tabel)
    assert not p.sintetis
    assert p.nip is not None
    h = lab.Skenario("Nyata", "kemnaker-2024").jalankan(p)
    nilai = tabel["penilaian"]
    nilai = nilai[nilai["periode"] == nilai["periode"].max()].set_index("nip").loc[p.nip]
    dari = nilai["rating_hasil"].astype("str") + "/" + nilai["rating_perilaku"].astype("str")
    kuadran = HARI["permenpanrb-6-2022.kuadran"].nilai
    harap = [kuadran[x.split("/")[0]][x.split("/")[1]] for x in dari]
    assert [PREDIKAT[k] for k in h.predikat] == harap
    bulan = str(tabel["kehadiran"]["bulan"].max())
    hadir = tabel["kehadiran"]
    satu = {
        "pegawai": tabel["pegawai"],
        "kehadiran": hadir[(hadir["bulan"] == bulan) & hadir["nip"].isin(p.nip)],
    }
    slip = kj.tukin.hitung(satu, "kemnaker-2024", HARI, predikat=pd.Series(harap, index=p.nip)).tabel()
    slip = slip.droplevel(1).loc[p.nip]
    assert h.uang("kotor").tolist() == slip["kotor"].astype("int64").tolist()


# -- files ------------------------------------------------------------------------------------------------------------

NASKAH = """
judul: Uji
populasi: {cakupan: kabupaten, pegawai: 400, benih: 3}
skenario:
  - {nama: Kini, skema: kemnaker-2024}
  - nama: Usul
    skema: kemnaker-2024
    regulasi: pp-30-2019
    ubah: {kemnaker-2024.nilai_kinerja_predikat: {2024-01-01: {butuh_perbaikan: 50}}}
undian: 5
sapuan: {porsi_kinerja: [50, 70], persen_kurang: [0, 60]}
pencarian: {tuas: persen_baik, plafon: 1, langkah: 10}
format: [csv, parquet, xlsx]
"""


def test_naskah_menulis_semua_atau_tidak_sama_sekali(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    berkas = tmp_path / "uji.yaml"
    berkas.write_text(NASKAH, encoding="utf-8")
    tujuan = tmp_path / "hasil"
    assert main(["simulasi", str(berkas), "--keluaran", str(tujuan)]) == 0
    ada = {b.name for b in tujuan.iterdir()}
    assert {
        "laporan.md",
        "laporan.html",
        "tabel.xlsx",
        "1-kelas.csv",
        "1-uraian.parquet",
        "1-tebing.svg",
        "sapuan-setahun.svg",
    } <= ada
    laporan = (tujuan / "laporan.md").read_text(encoding="utf-8")
    assert "cukup murah" in laporan
    assert "| Angka | Rata-rata undian |" in laporan
    assert laporan.count("| Gini | 0,") >= 2  # also in the band, where a mean is no rupiah
    assert "Asumsi" in laporan
    kelas = pd.read_csv(tujuan / "1-kelas.csv", sep=";", decimal=",")
    assert kelas["selisih"].iloc[:-1].sum() == kelas["selisih"].iloc[-1]
    assert main(["simulasi", str(berkas), "--keluaran", str(tujuan)]) == 2  # nothing is written over
    assert "sudah dipakai" in capsys.readouterr().err
    berkas.write_text(
        NASKAH.replace("skema: kemnaker-2024}", "skema: sumbar-2023, instansi: sumbar}"), encoding="utf-8"
    )
    assert main(["simulasi", str(berkas), "--keluaran", str(tmp_path / "lain")]) == 2
    assert not (tmp_path / "lain").exists()
    assert {b.name for b in tmp_path.iterdir()} == {"uji.yaml", "hasil"}


def test_naskah_menolak_semua_sekaligus() -> None:
    isi = {
        "populasi": {"cakupan": "propinsi", "pegawaii": 3, "benih": "satu"},
        "skenario": [{"nama": "A", "skema": "kemnaker-2024", "regulasi": "pp-46", "bulann": 1}],
        "kolom": "bersi",
        "undi": 3,
    }
    with pytest.raises(GalatParameter) as e:
        lab.baca(isi)
    pesan = str(e.value)
    for bagian in (
        "provinsi?",
        "pegawai?",
        "bilangan bulat",
        "pp-46-2011",
        "bulan?",
        "bersih?",
        "undian?",
        "sedikitnya dua",
    ):
        assert bagian in pesan, bagian


def test_naskah_contoh_dapat_dibaca() -> None:
    n = lab.baca(Path(kj.__file__).parents[1] / "params" / "laboratorium" / "contoh-provinsi.yaml")
    assert len(n.skenario) == 2


def test_kunci_ganda_ditolak(tmp_path: Path) -> None:
    berkas = tmp_path / "x.yaml"
    berkas.write_text("judul: a\njudul: b\n", encoding="utf-8")
    with pytest.raises(GalatParameter, match="baris 2"):
        lab.baca(berkas)


def test_setahun_ke_parquet(tmp_path: Path, orang: lab.Populasi) -> None:
    skenario = [
        lab.Skenario("Kini", "kemnaker-2024"),
        lab.Skenario("KMK", "kemnaker-2024", regulasi="kmk-127-2026"),
    ]
    kabar: list[tuple[int, int]] = []
    t = lab.setahun(skenario, orang, tmp_path, bulan=(1, 2), kemajuan=lambda a, b: kabar.append((a, b)))
    assert kabar == [(1, 4), (2, 4), (3, 4), (4, 4)]
    berkas = sorted(os.listdir(tmp_path))
    assert berkas == ["01-kini.parquet", "02-kmk.parquet"]
    isi = pd.read_parquet(tmp_path / berkas[0])
    assert len(isi) == 2 * len(orang)
    for b in (1, 2):
        assert isi.loc[isi["bulan"] == b, "kotor"].sum() == t.loc[("Kini", b), "kotor"]
    h = skenario[0].jalankan(orang)
    assert isi.loc[isi["bulan"] == 1, "bersih"].tolist() == h.uang("bersih").tolist()


def test_ukuran_keadilan_lengkap(kini: lab.Hasil) -> None:
    k = ukuran.keadilan(kini)
    assert set(k.index) >= {"gini", "theil", "ragam_kinerja", "baik_dibayar_buruk"}
    assert k.notna().all()
