"""Proposals of reward and sanction: the decision table, time, contradictions, gaps, scenarios, paper."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from penghitung_tindak_lanjut import TANGGAL, nip, satu_baris, tabel
from takaran import banyak

import kinerja as kj
from kinerja import usulan
from kinerja.contoh import buat_contoh
from kinerja.data.skema import HUKUMAN, PREDIKAT, RATING
from kinerja.parameter import kebijakan
from kinerja.usulan import (
    BELUM,
    KOLOM,
    SUDAH,
    TANDA,
    USULAN,
    akhir_masa,
    deret,
    kepekaan,
    taruhan,
    tindak_lanjut,
)


@cache
def contoh() -> dict[str, pd.DataFrame]:
    return buat_contoh("babel", pegawai=400, benih=6, periode="2025", riwayat=2)


@cache
def hasil() -> usulan.TindakLanjut:
    return tindak_lanjut(contoh(), TANGGAL)


def predikat(*orang: tuple[str, ...], awal: int = 2024) -> pd.DataFrame:
    """Official predikat per person, year after year; '' is a year without one."""
    isi = [(nip(i), awal + j, p) for i, o in enumerate(orang) for j, p in enumerate(o) if p]
    return pd.DataFrame(isi, columns=["nip", "tahun", "predikat"])


def kode(h: usulan.TindakLanjut, i: int = 0, keadaan: str = USULAN) -> list[str]:
    t = h.usulan
    return list(t.loc[(t["nip"] == nip(i)) & (t["keadaan"] == keadaan), "kode"])


def skenario(**ubah: object) -> kj.parameter.Kebijakan:
    return kebijakan(TANGGAL).dengan({j.replace("__", "."): {"2025-01-01": v} for j, v in ubah.items()})


# -- the face ---------------------------------------------------------------------------------------------


def test_dipanggil_dari_muka_paket_berkali_kali():
    for _ in range(2):
        assert callable(kj.tindak_lanjut)
    assert kj.usulan is usulan


def test_kolom_dan_urutan_tetap():
    h = hasil()
    assert list(h.usulan.columns) == list(KOLOM)
    assert set(h.usulan["keadaan"]) <= {USULAN, SUDAH, BELUM}
    urut = h.usulan.sort_values(["opd", "nip"], kind="stable").index
    assert list(urut) == list(h.usulan.index)
    assert len(h.talenta) == 400
    for k in ("usul", "aturan", "pasal", "status", "belum_ada", "konfirmasi", "keberatan", "data"):
        assert (h.usulan[k] != "").all(), k
    assert (h.usulan["alasan"] != "").eq(h.usulan["keadaan"] == BELUM).all()


def test_setiap_baris_tabel_keputusan_punya_sumber_dan_acuan_yang_ada():
    k = kebijakan(TANGGAL)
    baris = k[f"{usulan.BERKAS}.keputusan"].pasti()
    assert len({b["kode"] for b in baris}) == len(baris)
    assert set(HUKUMAN) <= {b["kode"] for b in baris}
    for b in baris:
        assert all(j in k for j in b["acuan"]), b["kode"]
        assert b["jenis"] in usulan.JENIS
        assert "lama" not in b or b["lama"] in k
    tujuan = {x for kolom in k[f"{usulan.BERKAS}.urutan_langkah"].pasti().values() for x in kolom.values()}
    assert tujuan - {b["kode"] for b in baris} == {"selesai", "tidak_tahu", "tidak_diatur"}


# -- against a literal oracle -----------------------------------------------------------------------------


def hukuman_harfiah(hari: int) -> str | None:
    """DS-01 to DS-09, written out."""
    if hari >= 28:
        return "pemberhentian"
    if hari >= 25:
        return "pembebasan_jabatan_12_bulan"
    if hari >= 21:
        return "penurunan_jabatan_12_bulan"
    if hari >= 17:
        return "potong_tukin_12_bulan"
    if hari >= 14:
        return "potong_tukin_9_bulan"
    if hari >= 11:
        return "potong_tukin_6_bulan"
    if hari >= 7:
        return "pernyataan_tidak_puas"
    if hari >= 4:
        return "teguran_tertulis"
    return "teguran_lisan" if hari == 3 else None


@settings(max_examples=banyak(6))
@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.lists(st.sampled_from([*PREDIKAT, ""]), min_size=3, max_size=3),
            st.sampled_from(["pns", "pppk"]),
        ),
        min_size=1,
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_sama_dengan_pembacaan_harfiah(orang, acak):
    data = tabel(len(orang), hari=[h for h, *_ in orang], status=[s for *_, s in orang])
    nilai = predikat(*(tuple(p) for _, p, _ in orang), awal=2023)
    h = tindak_lanjut(data, TANGGAL, 2025, predikat=nilai)
    tahun = [t for t in range(2023, 2026) if t in set(nilai["tahun"])]
    akhir = tahun[-1] if tahun else None
    for i, (hari, p, status) in enumerate(orang):
        kini = dict(zip((2023, 2024, 2025), p, strict=True))
        harap = set()
        if jenis := hukuman_harfiah(hari):
            harap.add(jenis)
        if akhir and kini[akhir] == "sangat_baik" and kini.get(akhir - 1) == "sangat_baik":
            harap |= {"suksesi", "kompetensi"}
        if akhir and kini[akhir] in ("butuh_perbaikan", "kurang", "sangat_kurang"):
            harap.add("masa_perbaikan")
        # at most 5 a month: two neighbouring months hold ten from ten days on
        if hari >= 10:
            harap.add("periksa_berturut")
        if status == "pns":
            assert set(kode(h, i)) == harap
        else:
            assert kode(h, i) == []
            assert set(kode(h, i, BELUM)) == harap
    campur = [*range(len(orang))]
    acak.shuffle(campur)
    balik = {n: t.sample(frac=1, random_state=1) for n, t in data.items()}
    balik["pegawai"] = data["pegawai"].iloc[campur]
    lagi = tindak_lanjut(balik, TANGGAL, 2025, predikat=nilai.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(h.usulan, lagi.usulan)
    pd.testing.assert_frame_equal(h.talenta, lagi.talenta)


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1))
def test_deret_sama_dengan_menghitung_dari_belakang(isi):
    harap = []
    for b in isi:
        n = 0
        for x in reversed(b):
            if not x:
                break
            n += 1
        harap.append(n)
    assert deret(np.array(isi)).tolist() == harap


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.integers(1, 24))
def test_masa_dihitung_bulan_kalender(mulai, bulan):
    akhir = akhir_masa(pd.Series([pd.Timestamp(mulai)]), pd.Series([float(bulan)]))[0].date()
    ke = mulai.year * 12 + mulai.month - 1 + bulan
    tahun, b = divmod(ke, 12)
    terakhir = (dt.date(tahun + (b == 11), (b + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    harap = dt.date(tahun, b + 1, min(mulai.day, terakhir)) - dt.timedelta(days=1)
    assert akhir == harap


def test_masa_sama_dengan_yang_dipakai_pembayaran():
    h = pd.DataFrame({"jenis": ["potong_tukin_6_bulan"], "mulai": ["2025-08-31"], "sampai": [pd.NaT]})
    _, akhir = kj.tukin.rincian.masa_hukuman(h, {"potong_tukin_6_bulan": 6}, "hari_itu")
    sendiri = akhir_masa(pd.to_datetime(h["mulai"]), pd.Series([6.0]))[0]
    assert np.datetime64(int(akhir[0]), "D") == sendiri.to_datetime64().astype("datetime64[D]")


# -- time -------------------------------------------------------------------------------------------------


def test_hanya_bulan_yang_sudah_berakhir_dihitung():
    data = tabel(1, hari=[12])  # 5 in January, 5 in February, 2 in March
    assert kode(tindak_lanjut(data, "2025-03-30")) == ["pernyataan_tidak_puas", "periksa_berturut"]
    assert kode(tindak_lanjut(data, "2025-03-31")) == ["potong_tukin_6_bulan", "periksa_berturut"]
    assert tindak_lanjut(data, "2025-01-30").tahun_kehadiran is None


def test_hitungan_hari_kembali_ke_nol_setiap_tahun():
    data = tabel(1, hari=[9])
    lalu = data["kehadiran"].assign(bulan=lambda t: t["bulan"].str.replace("2025", "2024"), alpa=2)
    data["kehadiran"] = pd.concat([lalu, data["kehadiran"]], ignore_index=True)
    assert kode(tindak_lanjut(data, TANGGAL)) == ["pernyataan_tidak_puas"]
    assert kode(tindak_lanjut(data, TANGGAL, 2024)) == ["penurunan_jabatan_12_bulan"]


def test_desember_dan_januari_berdampingan_untuk_uji_berturut_turut():
    data = tabel(1, hari=[5])
    desember = pd.DataFrame({"nip": [nip(0)], "bulan": ["2024-12"], "hari_kerja": [21], "alpa": [5]})
    data["kehadiran"] = pd.concat([desember, data["kehadiran"]], ignore_index=True)
    assert kode(tindak_lanjut(data, TANGGAL)) == ["teguran_tertulis", "periksa_berturut"]


@pytest.mark.parametrize(("hari", "ada"), [(9, False), (10, True), (11, True)])
def test_sepuluh_hari_berturut_turut_dari_rekap_harian(hari, ada):
    data = tabel(1, hari=[11])
    h = tindak_lanjut(data, TANGGAL, berturut=pd.Series({nip(0): hari}))
    assert ("pemberhentian_berturut" in kode(h)) is ada
    assert "periksa_berturut" not in kode(h)
    if ada:
        b = h.usulan[h.usulan["kode"] == "pemberhentian_berturut"].iloc[0]
        assert b["status"] == "tafsir"
        assert "tafsir" in b["peringatan"]


def test_tahun_yang_terputus_bukan_dua_tahun_berturut_turut():
    h = tindak_lanjut(tabel(1), TANGGAL, predikat=predikat(("sangat_baik", "", "sangat_baik"), awal=2023))
    assert kode(h) == []
    assert kode(h, keadaan=BELUM) == ["suksesi", "kompetensi"]
    assert "predikat tahunan 2024 belum ada" in h.usulan["alasan"].iloc[0]


def test_tahun_yang_belum_berakhir_tidak_ikut():
    nilai = predikat(("sangat_baik", "sangat_baik"))
    assert kode(tindak_lanjut(tabel(1), "2025-12-30", predikat=nilai)) == []
    assert kode(tindak_lanjut(tabel(1), "2025-12-31", predikat=nilai)) == ["suksesi", "kompetensi"]


@pytest.mark.parametrize(
    ("tanggal", "harap"),
    [("2025-12-31", "pantau_perbaikan"), ("2026-01-01", "uji_kompetensi")],
)
def test_masa_perbaikan_berakhir_pada_harinya(tanggal, harap):
    langkah = pd.DataFrame(
        {"nip": [nip(0)], "langkah": ["masa_perbaikan"], "mulai": ["2025-07-01"], "hasil": [""]}
    )
    h = tindak_lanjut(tabel(1), tanggal, predikat=predikat(("baik", "kurang")), langkah=langkah)
    assert kode(h) == [harap]


def test_penilaian_sesudah_masa_perbaikan_menentukan_dan_tanpa_itu_belum_dapat():
    langkah = pd.DataFrame(
        {"nip": [nip(0)], "langkah": ["masa_perbaikan"], "mulai": ["2025-03-01"], "hasil": [None]}
    )
    data = tabel(1)
    data["penilaian"] = pd.DataFrame(
        {
            "nip": nip(0),
            "periode": ["2024", "2025-TW1", "2025-TW3"],
            "rating_hasil": pd.Categorical(["di_bawah", "di_bawah", "sesuai"], categories=RATING),
            "rating_perilaku": pd.Categorical(["sesuai"] * 3, categories=RATING),
        }
    )
    assert kode(tindak_lanjut(data, "2025-10-01", langkah=langkah)) == []
    data["penilaian"] = data["penilaian"].iloc[:2]
    h = tindak_lanjut(data, "2025-10-01", langkah=langkah)
    assert kode(h, keadaan=BELUM) == ["masa_perbaikan"]
    assert h.usulan["alasan"].iloc[0] == "hasil masa perbaikan yang dimulai 1 Maret 2025 belum dicatat"


def test_tahun_buruk_baru_memulai_tangga_lagi():
    langkah = pd.DataFrame(
        {"nip": [nip(0)], "langkah": ["masa_perbaikan"], "mulai": ["2024-02-01"], "hasil": ["membaik"]}
    )
    h = tindak_lanjut(tabel(1), TANGGAL, predikat=predikat(("baik", "kurang")), langkah=langkah)
    assert kode(h) == ["masa_perbaikan"]


def test_aturan_yang_berlaku_pada_tanggalnya():
    data = tabel(1, hari=[12])
    data["kehadiran"]["bulan"] = data["kehadiran"]["bulan"].str.replace("2025", "2020")
    h = tindak_lanjut(data, "2020-12-31")  # PP 94/2021 is not yet there
    assert h.tahun_kehadiran == 2020
    assert not h.usulan["kode"].isin(HUKUMAN).any()
    h = tindak_lanjut(data, TANGGAL, predikat=predikat(("baik",), awal=2020))
    assert "potong_tukin_6_bulan" in kode(h)


def test_predikat_sebelum_kuadran_berlaku_disebut_asumsi():
    data = tabel(1)
    data["penilaian"] = pd.DataFrame(
        {
            "nip": nip(0),
            "periode": ["2020", "2021"],
            "rating_hasil": pd.Categorical(["di_atas"] * 2, categories=RATING),
            "rating_perilaku": pd.Categorical(["di_atas"] * 2, categories=RATING),
        }
    )
    h = tindak_lanjut(data, "2022-01-31")
    assert h.usulan["belum_ada"].str.contains("dibaca dengan kuadran").all()
    assert "asumsi" in set(h.tidak_diuji["status"])


# -- sanctions that are there already, and contradictions ------------------------------------------------------


def test_hukuman_yang_setara_sudah_ada_dan_yang_lebih_ringan_disebut():
    berat = tabel(
        2, hari=[12, 12], hukuman=[(0, HUKUMAN[3], "2025-08-01", None), (1, HUKUMAN[0], "2025-05-01", None)]
    )
    h = tindak_lanjut(berat, TANGGAL)
    assert kode(h, 0, SUDAH) == ["potong_tukin_6_bulan"]
    assert kode(h, 1) == ["potong_tukin_6_bulan", "periksa_berturut"]
    b = h.usulan[(h.usulan["nip"] == nip(1)) & (h.usulan["kode"] == "potong_tukin_6_bulan")].iloc[0]
    assert "lebih ringan" in b["belum_ada"]


def test_hukuman_tahun_lalu_tidak_menghapus_usulan_tahun_ini_tetapi_tumpang_tindihnya_disebut():
    data = tabel(1, hari=[11], hukuman=[(0, "potong_tukin_12_bulan", "2024-06-01", None)])
    h = tindak_lanjut(data, "2025-04-30")
    b = h.usulan.set_index("kode").loc["potong_tukin_6_bulan"]
    assert b["keadaan"] == USULAN
    assert "sampai 31 Mei 2025" in b["bertumpuk"]
    assert "terberat" in b["bertumpuk"]
    assert (tindak_lanjut(data, "2025-06-30").usulan["bertumpuk"] == "").all()


def test_penghargaan_dan_sanksi_tampil_bersama_tanpa_diputus():
    data = tabel(2, hari=[11, 0], hukuman=[(1, "potong_tukin_12_bulan", "2025-10-01", None)])
    h = tindak_lanjut(data, TANGGAL, predikat=predikat(("sangat_baik",) * 2, ("sangat_baik",) * 2))
    assert kode(h) == ["suksesi", "kompetensi", "potong_tukin_6_bulan", "periksa_berturut"]
    p = h.pertentangan()
    assert set(p["nip"]) == {nip(0), nip(1)}
    sanksi = p[p["kode"] == "potong_tukin_6_bulan"].iloc[0]
    assert "talent pool" in sanksi["pertentangan"]
    assert p.loc[p["nip"] == nip(1), "pertentangan"].str.contains("hukuman berjalan").all()
    assert h.opd["pertentangan"].sum() == 2


# -- what is missing, and for whom ------------------------------------------------------------------------------


def test_rekap_yang_hilang_disebut_bulannya():
    data = tabel(2, hari=[2, 4])
    hilang = data["kehadiran"]["bulan"].isin(["2025-06", "2025-07"])
    data["kehadiran"] = data["kehadiran"][~(hilang & data["kehadiran"]["nip"].isin([nip(0), nip(1)]))]
    semua = tabel(3, hari=[2, 4, 0])
    data["pegawai"] = semua["pegawai"]
    data["kehadiran"] = pd.concat([data["kehadiran"], semua["kehadiran"].query("nip == @nip(2)")])
    h = tindak_lanjut(data, TANGGAL)
    a = h.usulan[(h.usulan["nip"] == nip(0)) & (h.usulan["kode"] == "alpa")].iloc[0]
    assert a["keadaan"] == BELUM
    assert a["alasan"] == "rekap kehadiran Juni dan Juli 2025 belum ada"
    b = h.usulan[(h.usulan["nip"] == nip(1)) & (h.usulan["kode"] == "teguran_tertulis")].iloc[0]
    assert b["keadaan"] == USULAN
    assert "paling sedikit" in b["data"]


def test_tanpa_data_apa_pun_tidak_ada_usulan_dan_sebabnya_disebut():
    h = tindak_lanjut(tabel(2), TANGGAL)
    assert (h.usulan["keadaan"] == BELUM).all()
    assert set(h.usulan["alasan"]) == {"predikat tahunan belum ada"}
    assert (h.tidak_diuji["hal"] == "Hari tidak masuk").any()
    kosong = tindak_lanjut({"pegawai": tabel(1)["pegawai"].iloc[:0]}, TANGGAL)
    assert kosong.usulan.empty
    assert kosong.ringkas()


def test_pppk_disebut_belum_ditetapkan_dan_skenario_membukanya_sebagai_asumsi():
    data = tabel(1, hari=[11], status=["pppk"])
    h = tindak_lanjut(data, TANGGAL)
    assert kode(h) == []
    assert "bagi PPPK belum ditetapkan" in h.usulan["alasan"].iloc[0]
    buka = skenario(**{"tindak-lanjut__berlaku_untuk": {"disiplin": {"pppk": True}}})
    h = tindak_lanjut(data, TANGGAL, aturan=buka)
    assert "potong_tukin_6_bulan" in kode(h)
    assert h.usulan.set_index("kode").loc["potong_tukin_6_bulan", "status"] == "asumsi"
    assert "Skenario" in h.skenario


def test_skenario_mengubah_ambang_dan_statusnya_ikut():
    k = kebijakan(TANGGAL).dengan({"pp-30-2019.tahun_sangat_baik_berturut_turut": {"2025-01-01": 3}})
    nilai = predikat(("baik", "sangat_baik", "sangat_baik"), ("sangat_baik",) * 3, awal=2023)
    h = tindak_lanjut(tabel(2), TANGGAL, predikat=nilai, aturan=k)
    assert kode(h, 0) == []
    assert kode(h, 1) == ["suksesi", "kompetensi"]
    assert set(h.usulan["status"]) == {"asumsi"}
    assert h.usulan["peringatan"].str.contains("asumsi").all()


def test_aturan_yang_lemah_disebut_pada_barisnya():
    t = hasil().usulan
    lemah = ~t["status"].isin(["teks", "dua-sumber"])
    assert lemah.any()
    assert (t.loc[lemah, "peringatan"] != "").all()
    assert (t.loc[~lemah, "peringatan"] == "").all()


def test_masukan_yang_salah_disebut_semua_barisnya():
    langkah = pd.DataFrame(
        {
            "nip": [nip(0), "1", nip(0), nip(0)],
            "langkah": ["lompat", "pindah", "pindah", "uji_kompetensi"],
            "mulai": ["2025-01-01", "2025-01-01", "kemarin", "2025-01-01"],
            "hasil": ["", "", "", "lulus"],
        }
    )
    with pytest.raises(
        ValueError, match=r"baris 1.*lompat.*baris 2.*NIP 1.*baris 3.*kemarin.*baris 4.*lulus"
    ):
        tindak_lanjut(tabel(1), TANGGAL, langkah=langkah)
    salah = pd.DataFrame({"nip": ["9", nip(0)], "tahun": [2024, 2024], "predikat": ["baik", "hebat"]})
    with pytest.raises(ValueError, match=r"baris 1: NIP 9.*baris 2: predikat hebat"):
        tindak_lanjut(tabel(1), TANGGAL, predikat=salah)
    with pytest.raises(ValueError, match="bukan tanggal"):
        tindak_lanjut(tabel(1), "31 Januari")
    with pytest.raises(ValueError, match="NIP x tidak ada"):
        hasil().jelaskan("x")


def test_cukup_dibaca_butuh_perbaikan():
    h = tindak_lanjut(tabel(1), TANGGAL, predikat=predikat(("baik", "cukup")))
    assert kode(h) == ["masa_perbaikan"]
    assert satu_baris(h, nip(0)).endswith("2026-01-31 sampai 2026-07-30")
    assert h.usulan["tenggat"].iloc[0] == pd.Timestamp("2026-03-31")


# -- angka kredit ---------------------------------------------------------------------------------------------


def test_angka_kredit_mengusulkan_pangkat_dan_jenjang_menurut_kebutuhan():
    data = tabel(3, jenis=["fungsional"] * 3)
    data["pegawai"] = data["pegawai"].assign(
        jenjang="ahli pertama", golongan=["III/a", "III/b", "III/a"], status="pns"
    )
    data["penilaian"] = pd.DataFrame(
        {
            "nip": [nip(0), nip(1), nip(2)],
            "periode": "2025",
            "rating_hasil": pd.Categorical(["sesuai"] * 3, categories=RATING),
            "rating_perilaku": pd.Categorical(["sesuai"] * 3, categories=RATING),
        }
    )
    pak = pd.DataFrame(
        {
            "nip": [nip(0), nip(1), nip(2)],
            "ak_jf_lama": [37.5, 37.5, 20.0],
            "ak_penyesuaian": 0.0,
            "ak_pendidikan": 0.0,
        }
    )
    h = tindak_lanjut(data, TANGGAL, pak=pak)
    assert kode(h, 0) == ["pangkat"]  # 37,5 + 12,5 = exactly 50
    assert kode(h, 1) == ["jenjang"]  # 50 + 37,5 + 12,5 = exactly 100
    assert kode(h, 2) == []
    assert "50,00 dari kebutuhan 50,00" in h.usulan.set_index("nip").loc[nip(0), "data"]
    lama = tindak_lanjut({**data, "penilaian": data["penilaian"].assign(periode="2022")}, TANGGAL)
    assert not any(k in ("pangkat", "jenjang") for k in lama.usulan["kode"])
    assert lama.tidak_diuji["sebab"].str.contains("sebelum 2023").any()


# -- sensitivity and what is at stake ----------------------------------------------------------------------------


def test_kepekaan_sama_dengan_menggeser_setiap_orang_sendiri():
    hari = [2, 3, 4, 6, 10, 11, 13, 14, 28, 0]
    k = kepekaan(tabel(len(hari), hari=hari), TANGGAL).set_index("geseran")
    for geser, nama in ((-1, "Satu hari ternyata sah"), (1, "Satu hari lagi tidak masuk")):
        kini = [hukuman_harfiah(h) for h in hari]
        lain = [hukuman_harfiah(max(0, h + geser)) for h in hari]
        pasang = list(zip(kini, lain, strict=True))
        b = k.loc[nama]
        assert b["kini"] == sum(x is not None for x in kini)
        assert b["hilang"] == sum(x is not None and y is None for x, y in pasang)
        assert b["bertambah"] == sum(x is None and y is not None for x, y in pasang)
        assert b["berganti"] == sum(None not in (x, y) and x != y for x, y in pasang)


def test_kepekaan_rating_sama_dengan_tabel_yang_digeser():
    data = contoh()
    k = kepekaan(data, TANGGAL).set_index(["geseran", "jenis"])
    p = data["penilaian"]
    turun = p["rating_hasil"].cat.codes.where(
        p["periode"] != "2025", (p["rating_hasil"].cat.codes - 1).clip(lower=0)
    )
    lain = {
        **data,
        "penilaian": p.assign(rating_hasil=pd.Categorical.from_codes(turun, dtype=p["rating_hasil"].dtype)),
    }

    def siapa(h: usulan.TindakLanjut, kode: str) -> set[str]:
        t = h.usulan
        return set(t.loc[(t["kode"] == kode) & (t["keadaan"] == USULAN), "nip"])

    sesudah = tindak_lanjut(lain, TANGGAL)
    for jenis, baris in (("penghargaan", "suksesi"), ("pembinaan", "masa_perbaikan")):
        a, b = siapa(hasil(), baris), siapa(sesudah, baris)
        isi = k.loc[("Rating hasil kerja turun", jenis)]
        assert (isi["kini"], isi["hilang"], isi["bertambah"]) == (len(a), len(a - b), len(b - a))
    assert k["hilang"].sum() > 0


def test_taruhan_dalam_rupiah_bulat():
    h = tindak_lanjut(tabel(2, hari=[11, 14]), TANGGAL)
    t = taruhan(h, pd.Series({nip(0): 3_333_333, nip(1): 4_000_000}))
    assert t["rupiah"].tolist() == [5_000_000, 9_000_000]  # 25 % x 6 of 3,333,333 is 4,999,999.5: half up
    sebagian = taruhan(h, pd.Series({nip(0): 100}))
    assert sebagian["rupiah"].isna().tolist() == [False, True]
    assert "1 pegawai" in kj.gambar_tindak.tabel_taruhan(sebagian).catatan


# -- paper and privacy -------------------------------------------------------------------------------------------


def test_xlsx_bertanda_usulan_di_setiap_halaman_dan_dapat_disaring(tmp_path):
    berkas = hasil().tulis_xlsx(tmp_path / "usulan.xlsx")
    buku = openpyxl.load_workbook(berkas)
    assert buku.sheetnames == [
        "Usulan",
        "Pertentangan",
        "Per OPD",
        "Riwayat predikat",
        "Tidak diuji",
        "Dasar",
    ]
    for ws in buku:
        assert TANDA in ws["A1"].value
        assert TANDA in ws.oddHeader.center.text
        assert TANDA in ws.oddFooter.left.text
        assert ws.auto_filter.ref
        assert ws.print_title_rows
    ws = buku["Usulan"]
    kepala = [c.value for c in ws[4]]
    assert kepala[:7] == ["NIP", "Nama", "OPD", "Keadaan", "Jenis", "Usul", "Data yang memicu"]
    baris = ["\n".join(str(x) for x in b if x is not None) for b in ws.iter_rows(min_row=5, values_only=True)]
    for k in ("usul", "data", "alasan", "pasal", "peringatan", "belum_ada", "konfirmasi", "keberatan"):
        assert all(x in b for x, b in zip(hasil().usulan[k], baris, strict=True)), k
    assert ws.max_row == 4 + len(hasil().usulan)
    assert ws.cell(5, 1).value == hasil().usulan["nip"].iloc[0]
    assert hasil().tulis_xlsx(tmp_path / "lagi.xlsx").read_bytes() == berkas.read_bytes()
    assert "ilustratif" in ws["A2"].value


def test_berkas_satu_orang_menyebut_semua_barisnya():
    h = hasil()
    siapa = h.pertentangan()["nip"].iloc[0]
    teks = h.jelaskan(siapa).html()
    for _, b in h.usulan[h.usulan["nip"] == siapa].iterrows():
        assert b["usul"] in teks
        assert b["pasal"] in teks
    assert TANDA in teks
    tanpa = h.talenta.loc[~h.talenta["nip"].isin(h.usulan["nip"]), "nip"].iloc[0]
    assert "Tidak ada usulan" in h.jelaskan(tanpa).html()


def test_data_tersamar_tidak_membocorkan_nip_atau_nama(buku):
    data = kj.baca(buku)
    terbuka = tindak_lanjut(data, "2023-01-31")
    h = tindak_lanjut(kj.samarkan(data, "kunci-rahasia-enam-belas"), "2023-01-31")
    assert len(h.usulan) == len(terbuka.usulan) > 0
    teks = h.usulan.to_csv() + h.talenta.to_csv() + h.opd.to_csv()
    assert not any(n in teks for n in data.tabel["pegawai"]["nip"])
    assert not any(n in teks for n in data.tabel["pegawai"]["nama"])


def test_per_opd_berjumlah_sama_dengan_usulannya():
    h = hasil()
    kini = h.usulan[h.usulan["keadaan"] == USULAN]
    for j in usulan.JENIS:
        assert h.opd[j].sum() == (kini["jenis"] == j).sum()
    assert h.opd["pegawai"].sum() == 400
    assert h.ringkas().count(".") >= 2


def test_riwayat_contoh_tidak_mengubah_tabel_lain():
    polos = buat_contoh("babel", pegawai=60, benih=3, periode="2025")
    lengkap = buat_contoh("babel", pegawai=60, benih=3, periode="2025", riwayat=2)
    for n in set(polos) - {"penilaian", "kehadiran"}:
        pd.testing.assert_frame_equal(polos[n], lengkap[n])
    sama = lengkap["penilaian"]["periode"].str[:4] == "2025"
    pd.testing.assert_frame_equal(polos["penilaian"], lengkap["penilaian"][sama])
    assert set(lengkap["penilaian"]["periode"].str[:4]) == {"2023", "2024", "2025"}


def test_gambar_menyebut_angka_dari_hasilnya():
    g, h = kj.gambar_tindak, hasil()
    ambang = usulan.ambang_hari(kebijakan(TANGGAL))
    assert ambang == [3, 4, 7, 11, 14, 17, 21, 25, 28]
    kini = h.usulan[(h.usulan["keadaan"] == USULAN) & (h.usulan["jenis"] == "sanksi")]["nip"].nunique()
    assert f"{kini} sanksi" in g.gambar_usulan(h).judul
    dua = ((h.talenta["2024"] == "sangat_baik") & (h.talenta["2025"] == "sangat_baik")).sum()
    assert g.gambar_talenta(h).judul.startswith(f"{dua} dari")
    assert TANDA in g.gambar_hari(h, ambang).sumber
    assert "satu hari" in g.gambar_kepekaan(kepekaan(contoh(), TANGGAL)).judul
    kosong = tindak_lanjut(tabel(1), TANGGAL)
    for gambar in (g.gambar_usulan(kosong), g.gambar_talenta(kosong), g.gambar_hari(kosong, ambang)):
        assert gambar.alt
    assert g.tabel_usulan(kosong, "penghargaan").baris == ()
    assert g.tabel_pertentangan(kosong).baris == ()
    assert len(g.tabel_usulan(h, "sanksi").baris) <= 8
    assert g.tabel_opd(h).baris
    assert g.tabel_pertentangan(h).baris
    assert g.tabel_tidak_diuji(h).baris
    assert len(g.angka_usulan(h).butir) == 5
