"""The same people side by side: nobody lost, nobody moved without a reason, every bridge named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak

import kinerja as kj
from kinerja.alir import (
    gambar_alir,
    tabel_berubah,
    tabel_bukan_teks,
    tabel_jembatan,
    tabel_kelompok,
    tabel_langkah,
    tabel_pindah,
    tabel_tanpa_nilai,
)
from kinerja.aturan import Bertingkat, aturan
from kinerja.data import Data, GalatData, baca
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import Kode, Pecahan
from kinerja.regulasi import angka_kredit, kmk127, permenpanrb6, permenpanrb8, pp46
from kinerja.regulasi import banding as b

EMPAT = ("pp-46-2011", "permenpanrb-8-2021", "permenpanrb-6-2022", "kmk-127-2026")
NAMA = ("PP 46/2011", "PermenPANRB 8/2021", "PermenPANRB 6/2022", "KMK 127/2026")
# each label by hand, as the bridge says: what the parameter file must give
SKALA = {
    "sangat_baik": "sangat_baik",
    "baik": "baik",
    "cukup": "butuh_perbaikan",
    "butuh_perbaikan": "butuh_perbaikan",
    "kurang": "kurang",
    "buruk": "sangat_kurang",
    "sangat_kurang": "sangat_kurang",
    "tidak_dapat_dinilai": "tidak_dapat_dinilai",
}


@pytest.fixture(scope="module")
def tabel(tabel_contoh):
    return tabel_contoh


@pytest.fixture(scope="module")
def banding(tabel):
    return kj.bandingkan(tabel, list(EMPAT))


# -- tables made by hand ----------------------------------------------------------------------------------


@pytest.mark.parametrize("regulasi", b.REGULASI)
def test_tabel_yang_tidak_dapat_dinilai_ditolak_dengan_jalan_keluarnya(tabel, regulasi) -> None:
    """Never a traceback of a library: what is wrong, where, and the way out, all of it at once."""
    perlu = b.REGULASI[regulasi].perlu
    with pytest.raises(GalatData) as tanpa:
        kj.nilai({}, regulasi)
    assert [t.lembar for t in tanpa.value.temuan] == list(perlu)
    assert "lembar ini belum ada" in str(tanpa.value)
    pincang = {n: t.drop(columns=perlu[n][-1]) if n in perlu else t for n, t in tabel.items()}
    with pytest.raises(GalatData) as kolom:
        kj.nilai(pincang, regulasi)
    assert [t.pesan for t in kolom.value.temuan] == [f"kolom {k[-1]} belum ada" for k in perlu.values()]
    kembar = {n: pd.concat([t, t.iloc[[0]]], ignore_index=True) if len(t) else t for n, t in tabel.items()}
    with pytest.raises(GalatData, match="NIP harus satu kali saja") as ganda:
        kj.nilai(kembar, regulasi)
    assert {t.lembar for t in ganda.value.temuan} == {n for n in perlu if len(tabel[n])}
    # empty sheets and one single employee are fine; without any rating the year has to be named
    kosong = kj.nilai({n: t.iloc[:0] for n, t in tabel.items()}, regulasi, periode=2022)
    assert len(kosong.tabel()) == len(kosong.tanpa_nilai()) == 0
    satu = kj.nilai({**tabel, "pegawai": tabel["pegawai"].iloc[[4]]}, regulasi, periode=2022)
    assert len(satu.tabel()) == 1


def test_angka_dan_data_yang_bukan_semestinya_ditolak(tabel) -> None:
    iki = tabel["iki"].reset_index(drop=True)
    for isi, nilai in (
        (iki["realisasi"].astype("str"), "nan"),
        (iki["realisasi"].mask(iki.index == 2, np.inf), "inf"),
    ):
        with pytest.raises(GalatData, match="bukan bilangan") as e:
            kj.nilai({**tabel, "iki": iki.assign(realisasi=isi)}, "pp-46-2011")
        assert nilai == "nan" or [(t.lembar, t.baris, t.nilai) for t in e.value.temuan] == [("iki", 2, "inf")]
    pecahan = iki["realisasi"].map(lambda x: Fraction(str(x)) if x == x else None).astype(object)
    sama = kj.nilai({**tabel, "iki": iki.assign(realisasi=pecahan)}, "pp-46-2011").tabel()
    pd.testing.assert_frame_equal(sama, kj.nilai(tabel, "pp-46-2011").tabel())
    berhuruf = {
        **tabel,
        "pegawai": pd.concat([tabel["pegawai"].iloc[:2]] * 2).set_index(pd.Index(list("abcd"))),
    }
    with pytest.raises(GalatData, match=r"baris 2-3: kembar"):
        kj.nilai(berhuruf, "pp-46-2011")
    for data in ("buku.xlsx", None, tabel["pegawai"]):
        with pytest.raises(GalatData, match=r"bukan buku kerja\. Baca dulu dengan kj\.baca"):
            kj.nilai(data, "pp-46-2011")
    with pytest.raises(GalatData, match="isinya list, bukan tabel"):
        kj.bandingkan({**tabel, "pegawai": []}, ["pp-46-2011", "pp-30-2019"])
    with pytest.raises(ValueError, match=r'ditulis sebagai daftar, misalnya \["pp-46-2011"'):
        kj.bandingkan(tabel, "pp-46-2011")
    with pytest.raises(TypeError, match=r"yang dijelaskan hasil kj\.nilai, bukan DataFrame"):
        kj.jelaskan(tabel["pegawai"], "1")


# -- one regulation ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regulasi", "hari"),
    [
        ("pp-46-2011", dt.date(2021, 6, 30)),
        ("permenpanrb-8-2021", dt.date(2021, 12, 31)),
        ("permenpanrb-6-2022", dt.date(2023, 1, 31)),
        ("kmk-127-2026", dt.date(2026, 1, 1)),
    ],
)
def test_tanpa_tanggal_dipakai_hari_terakhir_berlakunya(tabel, regulasi, hari) -> None:
    hasil = kj.nilai(tabel, regulasi)
    assert hasil.kebijakan.tanggal == hari
    pd.testing.assert_frame_equal(hasil.tabel(), kj.nilai(tabel, regulasi, hari.isoformat()).tabel())
    pd.testing.assert_frame_equal(hasil.tabel(), kj.nilai(tabel, regulasi, kebijakan(hari)).tabel())


def test_sama_dengan_peraturannya_sendiri(tabel, banding) -> None:
    """The front door adds nothing: the regulation's own function gives the same table."""
    for regulasi, nama in zip(EMPAT, NAMA, strict=True):
        cara = b.REGULASI[regulasi]
        sendiri = cara.hitung(tabel, kebijakan(b.tanggal_acuan(regulasi)))
        pd.testing.assert_frame_equal(banding.hasil[nama].tabel(), sendiri.tabel())


def test_data_dan_tabelnya_setara(buku) -> None:
    data = baca(buku)
    assert isinstance(data, Data)
    for regulasi in ("pp-46-2011", "permenpanrb-6-2022"):
        pd.testing.assert_frame_equal(
            kj.nilai(data, regulasi).tabel(), kj.nilai(data.tabel, regulasi).tabel()
        )
    pd.testing.assert_frame_equal(
        kj.bandingkan(data, EMPAT[:2]).tabel(), kj.bandingkan(data.tabel, EMPAT[:2]).tabel()
    )


def test_pp30_tanpa_juknis_dapat_dinilai(tabel) -> None:
    hasil = kj.nilai(tabel, "pp-30-2019")
    assert hasil.nama == "PP 30/2019 tanpa peraturan menteri"
    assert (hasil.tabel()["predikat"].notna()).sum() > 40


@pytest.mark.parametrize(
    ("salah", "saran"),
    [
        ("PP 46/2011x", "Maksudnya pp-46-2011"),
        ("permenpanrb-8-2022", "permenpanrb-8-2021"),
        ("kmk 127/2026", "Maksudnya kmk-127-2026?"),
        ("upah", "Yang ada: pp-46-2011, pp-30-2019, permenpanrb-8-2021, permenpanrb-6-2022, kmk-127-2026."),
    ],
)
def test_peraturan_tak_dikenal_disertai_saran(tabel, salah, saran) -> None:
    with pytest.raises(GalatParameter, match="tidak ada peraturan penilaian ini") as galat:
        kj.nilai(tabel, salah)
    assert saran in str(galat.value)


def test_setelan_diteruskan_dan_yang_asing_ditolak(tabel) -> None:
    dasar, kembang = (kj.nilai(tabel, "permenpanrb-8-2021", tingkat=t) for t in (None, 3))
    assert any(
        "capaian_utuh" in t.graf.aturan and "jumlah_tingkat" in t.graf.masukan for t in kembang.tingkat
    )
    assert not any("jumlah_tingkat" in t.graf.masukan for t in dasar.tingkat)
    with pytest.raises(ValueError, match=r"setelan tingkt tidak dikenal .* periode, tingkat, dan dengan_360"):
        kj.nilai(tabel, "permenpanrb-8-2021", tingkt=3)
    with pytest.raises(GalatParameter, match="bacaan_tabel"):
        kj.nilai(tabel, "kmk-127-2026", bacaan_tabel="simulator")


def test_skenario_berlapis_dan_yang_tanpa_pengaruh_ditolak(tabel) -> None:
    satu = {"pp-46-2011.faktor_efisiensi": {"2019-01-01": 2}}
    dua = {"pp-46-2011.celah_predikat": {"2019-01-01": "lantai"}}
    hasil = kj.nilai(tabel, "pp-46-2011", skenario=[satu, dua])
    assert {p.jalur for p in hasil.kebijakan.perubahan} == {*satu, *dua}
    assert hasil.pegawai.parameter["celah_predikat"].nilai == "lantai"
    # the base is untouched
    assert kj.nilai(tabel, "pp-46-2011").pegawai.parameter["celah_predikat"].nilai == "langit"
    with pytest.raises(GalatParameter, match="tidak berpengaruh"):
        kj.nilai(tabel, "pp-46-2011", "2015-12-31", skenario=satu)


def test_jelaskan_untuk_hasil_dan_yang_bertingkat(tabel, banding) -> None:
    nip = str(tabel["pegawai"]["nip"].iloc[5])
    for nama in NAMA:
        hasil = banding.hasil[nama]
        semua, akhir = kj.jelaskan(hasil, nip), kj.jelaskan(hasil.pegawai, nip)
        assert semua.langkah[-len(akhir.langkah) :] == akhir.langkah
        assert any(x.label.startswith("Predikat") for x in akhir.langkah)
        assert len(semua.tabel()) == len(semua.langkah)
        with pytest.raises(LookupError, match="tidak ada di hasil"):
            kj.jelaskan(hasil, "000")


# -- side by side -----------------------------------------------------------------------------------------


def test_satu_baris_satu_pegawai_dalam_urutan_lembar(tabel, banding) -> None:
    isi = banding.tabel()
    assert isi["nip"].tolist() == tabel["pegawai"]["nip"].tolist()
    assert list(isi.columns) == ["nip", "opd", "jenis_jabatan", "jenjang", "kelas", *NAMA]
    assert not isi[list(NAMA)].isna().any().any()


def test_skala_bersama_dan_sebutan_asli(banding) -> None:
    for nama in NAMA:
        predikat = banding.hasil[nama].tabel()["predikat"].astype(object)
        asli = predikat.reindex(banding.orang["nip"]).fillna("tidak_dapat_dinilai").tolist()
        assert banding.asli[nama].tolist() == asli
        assert banding.skala[nama].astype(object).tolist() == [SKALA[x] for x in asli]


def test_skala_memuat_setiap_sebutan_dan_dapat_diubah(tabel) -> None:
    p = kebijakan("2026-01-01")[b.JEMBATAN_SKALA]
    assert p.status == "asumsi"
    assert dict(p.nilai) == {k: v for k, v in SKALA.items() if k != b.TIDAK_DINILAI}
    assert set(p.nilai.values()) == set(PREDIKAT)
    ketat = kj.nilai(
        tabel, "pp-46-2011", skenario={b.JEMBATAN_SKALA: {"2019-01-01": {"baik": "butuh_perbaikan"}}}
    )
    dasar = kj.nilai(tabel, "pp-46-2011")
    x = kj.bandingkan(tabel, [("dasar", dasar), ("ketat", ketat)])
    baik = (x.asli["dasar"] == "baik").to_numpy()
    assert baik.any()
    assert (x.skala["ketat"][baik] == "butuh_perbaikan").all()
    assert ((x.arah() == "turun").to_numpy() == baik).all()


def test_semua_jumlah_sama_dengan_banyaknya_orang(banding) -> None:
    n = len(banding.orang)
    assert (banding.jumlah().sum() == n).all()
    for x, y in combinations(NAMA, 2):
        pindah = banding.pindah(x, y)
        assert pindah.to_numpy().sum() == n
        assert pindah.sum(axis=1).tolist() == banding.jumlah()[x].tolist()
        assert pindah.sum().tolist() == banding.jumlah()[y].tolist()
        arah = banding.arah(x, y).value_counts()
        for kelompok in b.KELOMPOK:
            per = banding.per(kelompok, x, y)
            assert per["jumlah"].sum() == n
            assert (per[list(b.ARAH)].sum(axis=1) == per["jumlah"]).all()
            assert all(per[a].sum() == arah[a] for a in b.ARAH)
        assert len(banding.yang_berubah(x, y)) == n - np.trace(pindah.to_numpy())


def test_arah_berlawanan_bila_dibalik(banding) -> None:
    for x, y in pairwise(NAMA):
        maju, balik = banding.arah(x, y), banding.arah(y, x)
        tukar = {"naik": "turun", "turun": "naik"}
        assert [tukar.get(a, a) for a in maju] == balik.tolist()
        assert (banding.pindah(x, y).to_numpy() == banding.pindah(y, x).to_numpy().T).all()


def test_sel_kosong_menjadi_kelompok_sendiri(tabel) -> None:
    pegawai = tabel["pegawai"].copy()
    pegawai.loc[pegawai.index[:3], "jenjang"] = np.nan
    per = kj.bandingkan({**tabel, "pegawai": pegawai}, EMPAT[:2]).per("jenjang")
    assert per.loc["–", "jumlah"] == 3
    assert per["jumlah"].sum() == len(pegawai)


def test_tidak_dapat_dinilai_tidak_hilang(tabel) -> None:
    """One without realisation, one whom the leader never rated."""
    orang = tabel["pegawai"]["nip"].tolist()
    rhk = tabel["rhk"].loc[tabel["rhk"]["nip"] == orang[4], "id"]
    iki = tabel["iki"].copy()
    iki.loc[iki["rhk"].isin(rhk), "realisasi"] = np.nan
    penilaian = tabel["penilaian"][tabel["penilaian"]["nip"] != orang[7]]
    x = kj.bandingkan({**tabel, "iki": iki, "penilaian": penilaian}, list(EMPAT))
    assert x.orang["nip"].tolist() == orang
    kosong = {n: set(np.flatnonzero(x.skala[n] == b.TIDAK_DINILAI)) for n in NAMA}
    assert kosong["PermenPANRB 6/2022"] == {7}
    assert all(4 in kosong[n] for n in NAMA if n != "PermenPANRB 6/2022")
    ubah = x.yang_berubah("PP 46/2011", "PermenPANRB 6/2022").set_index("nip")
    assert ubah.loc[orang[4], "arah"] == b.TIDAK_DINILAI
    assert ubah.loc[orang[4], "langkah_sebelum"] == "Tidak dapat dinilai"
    assert "realisasi belum ada" in ubah.loc[orang[4], "karena_sebelum"]
    assert ubah.loc[orang[7], "karena_sesudah"] == "rating hasil kerja dan perilaku belum ada"
    assert orang[4] in {sel[0] for sel in tabel_tanpa_nilai(x).baris}


@settings(deadline=None, max_examples=banyak(8))
@given(acak=st.randoms(use_true_random=False))
def test_urutan_orang_tidak_berpengaruh(tabel, banding, acak) -> None:
    urutan = list(range(len(tabel["pegawai"])))
    acak.shuffle(urutan)
    x = kj.bandingkan({**tabel, "pegawai": tabel["pegawai"].iloc[urutan]}, list(EMPAT))
    assert x.orang["nip"].tolist() == banding.orang["nip"].iloc[urutan].tolist()
    pd.testing.assert_frame_equal(
        x.tabel(), banding.tabel().iloc[urutan].reset_index(drop=True), check_index_type=False
    )
    kolom = ["nip", "arah", "karena_sebelum", "karena_sesudah", "langkah_sebelum", "langkah_sesudah"]
    satu, dua = (
        y.yang_berubah()[kolom].astype("str").sort_values("nip", ignore_index=True) for y in (x, banding)
    )
    pd.testing.assert_frame_equal(satu, dua)


@pytest.mark.parametrize("regulasi", EMPAT)
def test_kebijakan_dengan_dirinya_sendiri_tidak_memindahkan_siapa_pun(tabel, regulasi) -> None:
    x = kj.bandingkan(tabel, [regulasi, regulasi])
    assert x.nama[1] == f"{x.nama[0]} (2)"
    assert x.yang_berubah().empty
    assert x.tersentuh().empty
    assert not (x.pindah().to_numpy() - np.diag(np.diag(x.pindah().to_numpy()))).any()
    assert not x.arah().isin(["naik", "turun"]).any()


def test_skenario_terhadap_dasarnya(tabel) -> None:
    """Whoever a scenario touches is found from the columns themselves, not from the predikat alone."""
    dasar = kj.nilai(tabel, "pp-46-2011")
    lantai = kj.nilai(tabel, "pp-46-2011", skenario={"pp-46-2011.celah_predikat": {"2019-01-01": "lantai"}})
    x = kj.bandingkan(tabel, [("langit", dasar), ("lantai", lantai)])
    penuh, dipakai = (dasar.pegawai[k] for k in ("nilai_prestasi", "nilai_berpredikat"))
    skp, perilaku = (dasar.pegawai[k] for k in ("nilai_skp", "nilai_perilaku"))
    assert isinstance(skp, Pecahan)
    assert isinstance(perilaku, Pecahan)

    def di_celah(v: Pecahan) -> np.ndarray:
        return np.any([((v > a) & (v < a + 1)).benar for a in (50, 60, 75, 90)], axis=0)

    kena = set(dasar.pegawai.kunci[di_celah(penuh) | di_celah(skp) | di_celah(perilaku)])
    assert set(x.tersentuh().index) == kena
    ubah = x.yang_berubah()
    assert set(ubah["nip"]) == set(dasar.pegawai.kunci[(penuh != dipakai).benar])
    assert set(ubah["nip"]) < kena
    assert (ubah["arah"] == "turun").all()
    assert (
        ubah["langkah_berbeda"]
        .isin(["Predikat SKP", "Predikat perilaku", "Nilai yang menentukan predikat"])
        .all()
    )
    with pytest.raises(ValueError, match="peraturan yang berbeda"):
        kj.bandingkan(tabel, EMPAT[:2]).tersentuh()


def test_langkah_pertama_yang_berbeda_dari_indikator(tabel) -> None:
    dasar = kj.nilai(tabel, "pp-46-2011")
    dua = kj.nilai(tabel, "pp-46-2011", skenario={"pp-46-2011.faktor_efisiensi": {"2019-01-01": 2}})
    x = kj.bandingkan(tabel, [("1,76", dasar), ("2", dua)])
    assert set(x.tersentuh()) == {"Nilai bila tepat sesuai rencana (realisasi = target)"}
    assert not x.yang_berubah().empty
    assert "1,76 → 2" in str(x)
    assert "1,76 → 2" in x._repr_html_()


# -- which rule did it ------------------------------------------------------------------------------------


def test_langkah_penentu_menurut_isinya(banding) -> None:
    """The deciding step against what the columns say, person by person."""
    nip = pd.Index(banding.orang["nip"])
    p8 = banding.hasil["PermenPANRB 8/2021"]
    sebab = b.penentu(p8, nip)
    pita = pd.Series(p8.pegawai.tabel()["pita"].astype(object)).reindex(nip)
    tahu = banding.asli["PermenPANRB 8/2021"].to_numpy() != b.TIDAK_DINILAI
    ide = (pita == "110–120").to_numpy()
    assert (ide & tahu).any()
    assert (sebab["langkah"][ide & tahu] == "Predikat kinerja").all()
    assert sebab["karena"][ide & tahu].str.contains("Ide baru atau cara kerja baru").all()
    assert (sebab["langkah"][~ide & tahu] == "Pita nilai kinerja").all()
    assert (sebab["dasar"][tahu] == "PP 30/2019 Pasal 41 ayat (5)").all()
    assert sebab["karena"][tahu].str.contains("Kategori rencana [0-9]").all()

    lama = b.penentu(banding.hasil["PP 46/2011"], nip)[tahu]
    assert (lama["langkah"] == "Predikat prestasi kerja").all()
    assert lama["karena"].str.contains("rata-rata nilai waktu atau biaya").any()
    kuadran = b.penentu(banding.hasil["PermenPANRB 6/2022"], nip)
    assert kuadran["karena"].str.fullmatch(r"Rating hasil kerja .*; Rating perilaku kerja .*").all()
    assert b.penentu(banding.hasil["KMK 127/2026"], nip)[tahu]["karena"].str.contains("NHK akhir").all()


def test_angka_dalam_sebab_adalah_angka_yang_dihitung(banding) -> None:
    hasil = banding.hasil["PP 46/2011"]
    ubah = banding.yang_berubah("PP 46/2011", "PermenPANRB 8/2021")
    for x in ubah.head(10).itertuples():
        i = hasil.pegawai.kunci.get_loc(x.nip)
        kolom = hasil.pegawai["nilai_berpredikat"]
        assert isinstance(kolom, Pecahan)
        angka = x.karena_sebelum.split("; ")[0].split(" ")[-1].replace(".", "").replace(",", ".")
        assert float(angka) == pytest.approx(float(kolom.satu(i)), abs=5e-5)
        assert x.sebelum == hasil.pegawai["predikat"].satu(i)


def test_rata_rata_tepat_sesuai_rencana_76(tabel) -> None:
    """With realisation = target everyone's time and cost score 76, quantity and quality 100."""
    iki = tabel["iki"].assign(realisasi=tabel["iki"]["target"])
    hasil = kj.nilai({**tabel, "iki": iki}, "pp-46-2011")
    nip = pd.Index(tabel["pegawai"]["nip"])
    karena = b.penentu(hasil, nip)["karena"]
    assert karena[karena.str.contains("waktu atau biaya")].str.contains(r"waktu atau biaya 76(?:;|$)").all()
    assert karena.str.contains(r"kuantitas atau kualitas 100(?:;|$)").all()


# -- bridges ----------------------------------------------------------------------------------------------


def test_setiap_jembatan_yang_diperlukan_disebut(banding) -> None:
    """Independent list: the modules' own JEMBATAN, less what only a setting not in use would need."""
    tak_perlu = {
        "jembatan.permenpanrb_8_2021_capaian_tingkat_terendah",
        "jembatan.permenpanrb6_bobot_penilai",
    }
    perlu = {j for m in (pp46, permenpanrb8, permenpanrb6, kmk127) for j in m.JEMBATAN} - tak_perlu
    assert set(banding.jembatan["jalur"]) == perlu | {b.JEMBATAN_SKALA}
    assert (banding.jembatan["status"] == "asumsi").all()
    for teks in (str(banding), banding._repr_html_()):
        assert "Jembatan yang dipakai" in teks
        assert all(nama in teks for nama in banding.jembatan["nama"])
    skala = banding.jembatan.set_index("jalur").loc[b.JEMBATAN_SKALA, "dipakai"]
    assert skala == "PP 46/2011, PermenPANRB 8/2021, PermenPANRB 6/2022, dan KMK 127/2026"


def test_jembatan_ikut_setelan(tabel) -> None:
    kembang = kj.nilai(tabel, "permenpanrb-8-2021", tingkat=3)
    assert "jembatan.permenpanrb_8_2021_capaian_tingkat_terendah" in b.ketentuan(kembang)
    # ratings of the leader need no bridge but the common scale
    enam = {j for j in b.ketentuan(kj.nilai(tabel, "permenpanrb-6-2022")) if j.startswith("jembatan.")}
    assert enam == {b.JEMBATAN_SKALA}


def test_bertingkat_biasa_tetap_menyebut_jembatannya(tabel, banding) -> None:
    """A result that was not made by `nilai` is recognised by what its steps read."""
    polos = {n: Bertingkat(h.nama, h.tingkat) for n, h in banding.hasil.items()}
    x = kj.bandingkan(tabel, list(polos.items()))
    pd.testing.assert_frame_equal(x.tabel(), banding.tabel())
    pd.testing.assert_frame_equal(x.jembatan, banding.jembatan)


def test_yang_bukan_teks_memang_bukan_teks(banding) -> None:
    semua = {j: n for h in banding.hasil.values() for j, n in b.ketentuan(h).items()}
    disebut = set(banding.bukan_teks["jalur"])
    for jalur, n in semua.items():
        semua_teks = n.status == "teks" and all(x.get("status", "teks") == "teks" for x in n.butir.values())
        assert (jalur in disebut) == (not semua_teks and not jalur.startswith("jembatan.")), jalur


# -- refusals ---------------------------------------------------------------------------------------------


def test_penolakan(tabel, banding) -> None:
    h = banding.hasil["PP 46/2011"]
    with pytest.raises(ValueError, match="paling sedikit dua kebijakan"):
        kj.bandingkan(tabel, ["pp-46-2011"])
    with pytest.raises(ValueError, match="nama a dipakai dua kali"):
        kj.bandingkan(tabel, [("a", h), ("a", h)])
    with pytest.raises(ValueError, match="menurut golongan"):
        banding.per("golongan")
    with pytest.raises(ValueError, match="PP 46 tidak ada dalam perbandingan ini"):
        banding.pindah("PP 46")
    dua = kj.bandingkan(tabel, ["pp-46-2011", "pp-46-2011"])
    with pytest.raises(ValueError, match="pp-46-2011 ada 2 kali"):
        dua.pindah("pp-46-2011")


def test_orang_lain_atau_ganda_ditolak(tabel, banding) -> None:
    h = banding.hasil["PP 46/2011"]
    sebagian = {**tabel, "pegawai": tabel["pegawai"].iloc[:-2]}
    with pytest.raises(ValueError, match="2 NIP yang tidak ada di lembar pegawai"):
        kj.bandingkan(sebagian, [("a", h), "permenpanrb-6-2022"])
    orang = h.pegawai
    ganda = replace(orang, kunci=orang.kunci[[0, *range(len(orang.kunci) - 1)]])
    with pytest.raises(ValueError, match="1 NIP lebih dari sekali"):
        kj.bandingkan(tabel, [("a", Bertingkat(h.nama, (*h.tingkat[:-1], ganda))), ("b", h)])


# -- shown ------------------------------------------------------------------------------------------------


def test_gambar_alir_menyebut_semua_angka(banding) -> None:
    g = gambar_alir(banding)
    assert g == gambar_alir(banding)
    for nama in NAMA:
        assert nama in g.alt
        for predikat, n in banding.jumlah()[nama].items():
            assert n == 0 or f"{n} (" in g.alt, predikat
    for x, y in pairwise(NAMA):
        arah = banding.arah(x, y).value_counts()
        assert f"▲ {arah['naik']} naik" in g.svg
        assert f"▼ {arah['turun']} turun" in g.svg
    assert "NaN" not in g.svg
    assert "nan" not in g.svg
    assert min(float(x.split('"')[0]) for x in g.svg.split('font-size="')[1:]) >= 9


@settings(deadline=None, max_examples=banyak(25))
@given(st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=0, max_size=40))
def test_pita_menutup_setiap_kotak(kode) -> None:
    """Any comparison can be drawn, and what is drawn in the boxes adds up to the people of each column."""
    nama = ["A", "B", "C"]
    skala = pd.DataFrame(
        {
            n: pd.Categorical.from_codes([k[i] for k in kode], categories=list(b.SKALA), ordered=True)
            for i, n in enumerate(nama)
        }
    )
    orang = pd.DataFrame({"nip": [f"{i:018d}" for i in range(len(kode))]}, dtype="str")
    x = b.Perbandingan(orang, dict.fromkeys(nama), skala.astype("str"), skala)
    g = gambar_alir(x)
    assert g.svg.startswith("<svg")
    if kode:
        tebal = [t.split("<")[0] for t in g.svg.split('font-weight="bold"')[1:]]
        angka = [int(t.split(">")[1]) for t in tebal if t.split(">")[1].isdigit()]
        assert sum(angka) >= 3 * len(kode)


def test_tabel_untuk_layar(banding) -> None:
    t = tabel_berubah(banding, "pp-46-2011", "permenpanrb-8-2021", paling=3)
    assert len(t.baris) == 3
    n = len(banding.yang_berubah("pp-46-2011", "permenpanrb-8-2021"))
    assert t.catatan.startswith(f"{n} dari 60 pegawai berubah. Ditampilkan 3")
    assert "Pasal 41 ayat (5) [dua-sumber]" in t.baris[0][2]
    kelompok = tabel_kelompok(banding, "jenis_jabatan")
    assert kelompok.jumlah is not None
    assert kelompok.jumlah[-1] == "60"
    pindah = tabel_pindah(banding)
    assert pindah.jumlah is not None
    assert pindah.jumlah[-1] == "60"
    assert len(tabel_jembatan(banding).baris) == len(banding.jembatan)
    assert len(tabel_bukan_teks(banding).baris) == len(banding.bukan_teks)
    nip = banding.orang["nip"].iloc[3]
    langkah = tabel_langkah(kj.jelaskan(banding.hasil["PP 46/2011"], nip), "waktu", paling=2)
    assert len(langkah.baris) == 2
    assert all("waktu" in sel[0].lower() for sel in langkah.baris)


def test_sebutan_asing_ditolak_skala(tabel, banding) -> None:
    h = banding.hasil["PermenPANRB 6/2022"]
    lama = h.pegawai["predikat"]
    assert isinstance(lama, Kode)
    lain = replace(
        h.pegawai, kolom={**h.pegawai.kolom, "predikat": Kode(lama.kode, ("istimewa", *lama.kategori[1:]))}
    )
    with pytest.raises(GalatParameter, match="istimewa"):
        kj.bandingkan(tabel, [("a", h), ("b", Bertingkat(h.nama, (lain,)))])


# -- a reform of one rule -----------------------------------------------------------------------------------


@aturan("Nilai prestasi kerja usulan", satuan="poin", dasar="Usul penelaah", status="ilustratif")
def nilai_prestasi(nilai_skp: Pecahan, nilai_perilaku: Pecahan) -> Pecahan:
    return (nilai_skp + nilai_perilaku) / 2


def test_satu_aturan_diganti_dijelaskan_dan_dibandingkan(tabel) -> None:
    dasar = kj.nilai(tabel, "pp-46-2011")
    usul = kj.nilai(tabel, "pp-46-2011", aturan=[nilai_prestasi])
    lama, baru = dasar.pegawai, usul.pegawai
    harap = (lama["nilai_skp"] + lama["nilai_perilaku"]) / 2
    for i in range(len(lama.kunci)):
        assert baru["nilai_prestasi"].satu(i) == harap.satu(i)
    nip = str(lama.kunci[5])
    assert "Nilai prestasi kerja usulan" in str(kj.jelaskan(usul, nip))
    assert "Usul penelaah [ilustratif]" in str(kj.jelaskan(usul, nip))
    assert "usulan" not in str(kj.jelaskan(dasar, nip))
    x = kj.bandingkan(tabel, [("dasar", dasar), ("usul", usul)])
    beda = x.tersentuh()
    assert len(beda) > 0
    assert set(beda) <= {"Nilai prestasi kerja", "Nilai prestasi kerja usulan"}


def test_aturan_pengganti_diperiksa(tabel) -> None:
    @aturan("Asing", satuan="poin", dasar="-", status="ilustratif")
    def asing(nilai_skp: Pecahan) -> Pecahan:
        return nilai_skp

    @aturan("Predikat", satuan="predikat", dasar="-", status="ilustratif")
    def predikat(tinggi_badan: Pecahan) -> Pecahan:
        return tinggi_badan

    with pytest.raises(ValueError, match=r"tidak punya aturan asing\. Yang dapat diganti: .*nilai_skp"):
        kj.nilai(tabel, "pp-46-2011", aturan=[asing])
    with pytest.raises(ValueError, match="membaca tinggi_badan, yang tidak ada di graf PP 46/2011"):
        kj.nilai(tabel, "pp-46-2011", aturan=[predikat])


def test_ketentuan_hasil_di_luar_peraturan_penilaian(tabel) -> None:
    """A result of no scoring regulation says what its own steps read, and the common scale."""
    k = kebijakan("2023-12-31")
    hasil = angka_kredit.nilai(tabel, k)
    baris = {**hasil.pegawai.parameter}
    milik = Bertingkat(hasil.nama, (hasil.pegawai,))
    assert set(b.ketentuan(milik)) == {p.jalur for p in baris.values()} | {b.JEMBATAN_SKALA}
