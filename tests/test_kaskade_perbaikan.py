"""Mending, breaking and cutting a tree: nothing else changes, and what was broken can be put right exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.contoh import buat_contoh
from kinerja.data import baca, tulis_buku
from kinerja.gambar_kaskade import (
    angka_kunci,
    gambar_bagian,
    gambar_perbaikan,
    gambar_pohon,
    tabel_aturan,
    tabel_bukti,
    tabel_bulanan,
    tabel_jenjang,
    tabel_konflik,
    tabel_siklus,
    tabel_temuan,
)
from kinerja.kaskade import (
    bagi_rhk,
    bagi_target,
    beban_tim,
    bukti_akip,
    dapat_dibagi,
    gabung_matriks,
    hari_kerja,
    perbaiki,
    periksa,
    potong,
    rusakkan,
    sebutan_jenjang,
    target_bulanan,
    tulis_matriks,
    usul_gantungan,
)
from kinerja.kaskade.latihan import CACAT
from kinerja.tahapan import siklus

OPD = ["dinkes", "dp3ap2kb", "dispora"]


@pytest.fixture(scope="module")
def pelajaran() -> dict[str, pd.DataFrame]:
    return potong(buat_contoh("sumbar", pegawai=600, benih=1), OPD)


def sama(a: dict[str, pd.DataFrame], b: dict[str, pd.DataFrame]) -> None:
    assert a.keys() == b.keys()
    for k in a:
        pd.testing.assert_frame_equal(a[k], b[k])


def salin(t: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {k: v.copy(deep=True) for k, v in t.items()}


def test_potongan_dapat_ditulis_dibaca_dan_puncaknya_visi(pelajaran: Any, tmp_path: Any) -> None:
    assert pelajaran["opd"]["kode"].tolist() == [k for k in pelajaran["opd"]["kode"] if k in OPD]
    assert set(pelajaran["pegawai"]["opd"]) == set(OPD)
    assert set(pelajaran["kaskade"]["jenjang"]) >= {"visi", "misi", "tujuan", "sasaran", "sub_kegiatan"}
    tulis_buku(pelajaran, tmp_path / "buku.xlsx")
    data = baca(tmp_path / "buku.xlsx")
    assert data.info["sifat_data"] == "ilustratif"
    assert periksa(data).judul == periksa(pelajaran).judul
    # nobody is cut off by the cut itself
    utuh = periksa(buat_contoh("sumbar", pegawai=600, benih=1)).pegawai.set_index("nip")["selaras"]
    sisa = periksa(pelajaran).pegawai.set_index("nip")["selaras"]
    assert sisa.equals(utuh.reindex(sisa.index))


def test_potong_opd_yang_tidak_ada(pelajaran: Any) -> None:
    with pytest.raises(ValueError, match=r"OPD dinkse tidak ada\. Maksudnya dinkes"):
        potong(pelajaran, ["dinkse"])
    with pytest.raises(ValueError, match="Sebut paling sedikit satu OPD"):
        potong(pelajaran, [])


@settings(max_examples=8, deadline=None)
@given(benih=st.integers(0, 10_000), banyak=st.integers(1, 12))
def test_yang_dirusak_pulih_tepat_dengan_kuncinya(pelajaran: Any, benih: int, banyak: int) -> None:
    semula = salin(pelajaran)
    soal = rusakkan(pelajaran, benih, banyak)
    sama(pelajaran, semula)  # the input is left alone
    assert soal.kunci["kode"].is_unique
    assert set(soal.kunci["cacat"]) == set(list(CACAT)[:banyak])
    assert len(periksa(soal.data).temuan) > 0
    dengan_kunci = salin(soal.data)
    sama(perbaiki(soal.data, soal.kunci[["kode", "induk"]]), pelajaran)
    sama(soal.data, dengan_kunci)
    sama(rusakkan(pelajaran, benih, banyak).data, soal.data)


@pytest.mark.parametrize(
    ("ke", "kode"), [(1, "K02"), (2, "K01"), (3, "K04"), (4, "K03"), (5, "K05"), (6, "K07")]
)
def test_tiap_cacat_memberi_temuannya(pelajaran: Any, ke: int, kode: str) -> None:
    def hitung(t: Any) -> int:
        return int((periksa(t).temuan["kode"] == kode).sum())

    lengkap, kurang = rusakkan(pelajaran, 3, ke), rusakkan(pelajaran, 3, ke - 1) if ke > 1 else None
    sebelum = pelajaran if kurang is None else kurang.data
    assert hitung(lengkap.data) > hitung(sebelum)


def test_pohon_tanpa_induk_tidak_dapat_dirusak(pelajaran: Any) -> None:
    kosong = {**pelajaran, "kaskade": pelajaran["kaskade"].iloc[:1], "rhk": pelajaran["rhk"].iloc[:0]}
    with pytest.raises(ValueError, match="terlalu kecil untuk dirusak"):
        rusakkan(kosong)


def test_rhk_baru_iki_baru_dan_lintas(pelajaran: Any, tmp_path: Any) -> None:
    tulis_buku(pelajaran, tmp_path / "buku.xlsx")
    data = baca(tmp_path / "buku.xlsx")
    h = periksa(data)
    lepas = h.pegawai[~h.pegawai["selaras"]].iloc[0]
    atasan = data.tabel["pegawai"].set_index("nip")["atasan"][lepas["nip"]]
    hasil_atasan = data.tabel["rhk"].set_index("nip")["id"][atasan].iloc[0]
    baru = perbaiki(
        data,
        [
            {"kode": "BARU-1", "nip": lepas["nip"], "rhk": "Surat keluar tepat alamat", "induk": hasil_atasan,
             "cara": "tidak_langsung", "indikator": "Persentase surat tanpa retur", "satuan": "persen",
             "target": 98, "target_12": 98, "sop": "SOP-SURAT", "lintas": "dispora-S1"},
            {"kode": "dinkes-P2", "lintas": "dispora-S1"},
        ],
    )  # fmt: skip
    k = periksa(baru)
    assert int(k.angka["nilai"].iloc[0]) == int(h.angka["nilai"].iloc[0]) - 1
    iki = baru["iki"].iloc[-1]
    assert (iki["rhk"], iki["aspek"], iki["rumus"], iki["target"]) == ("BARU-1", "kuantitas", "maks", 98.0)
    for n, t in data.tabel.items():
        assert (baru[n].dtypes == t.dtypes).all(), n
    assert baru["lintas"][["dari", "ke"]].iloc[-2:].to_numpy().tolist() == [
        ["BARU-1", "dispora-S1"],
        ["dinkes-P2", "dispora-S1"],
    ]
    tulis_buku(baru, tmp_path / "baru.xlsx")
    assert periksa(baca(tmp_path / "baru.xlsx")).judul == k.judul


@pytest.mark.parametrize(
    ("baris", "pesan"),
    [
        ({"kode": "dinkes-S", "induk": "T1"}, "tidak ada di lembar kaskade dan rhk"),
        ({"kode": "dinkes-S1", "induk": "T11"}, r"induk T11 bukan simpul pada lembar kaskade\. Maksudnya T1\?"),
        ({"kode": "dinkes-S1", "induk": "dinkes-S1"}, "menjadi induk dirinya sendiri"),
        ({"kode": "dinkes-S1", "induk": "R00191-1"}, "bukan simpul"),
        ({"kode": "dinkes-S1"}, "tidak ada yang diubah"),
        ({"kode": "dinkes-S1", "target": 1}, "hanya untuk RHK"),
        ({"induk": "T1"}, "kolom kode kosong"),
        ({"kode": "R00192-1", "induk": "R00192-1"}, "mendukung dirinya sendiri"),
        ({"kode": "R00192-1", "induk": "R9"}, "induk R9 tidak ada"),
        ({"kode": "R00192-1", "cara": "lurus"}, "cara 'lurus' tidak dikenal; pilih dari langsung"),
        ({"kode": "R00192-1", "indikator": "Jumlah"}, "isi juga satuan dan target"),
        ({"kode": "R00192-1", "indikator": "Jumlah", "satuan": "kali", "target": "banyak"}, "bukan angka"),
        ({"kode": "R00192-1", "lintas": "R9"}, "lintas R9 bukan simpul"),
        ({"kode": "R00192-1", "nip": "1"}, "pemilik RHK yang sudah ada"),
        ({"kode": "B1", "nip": "1", "rhk": "Hasil", "induk": "T1"}, "NIP 1 tidak ada di lembar pegawai"),
        ({"kode": "dinkes-S1", "anak": "T1"}, "kolom anak tidak dikenal"),
    ],
)  # fmt: skip
def test_perbaikan_yang_ditolak(pelajaran: Any, baris: dict[str, Any], pesan: str) -> None:
    semula = salin(pelajaran)
    with pytest.raises(ValueError, match=pesan) as galat:
        perbaiki(pelajaran, [baris])
    assert "tidak ada yang diubah" in str(galat.value)
    sama(pelajaran, semula)


def test_semua_salah_disebut_sekaligus_dan_kode_ganda(pelajaran: Any) -> None:
    salah = [{"kode": "dinkes-S1", "induk": "T9"}, {"kode": "dinkes-S1", "induk": "T1"}, {"kode": "X"}]
    with pytest.raises(ValueError, match="3 galat pada tabel perbaikan") as galat:
        perbaiki(pelajaran, salah)
    teks = str(galat.value)
    assert "Perbaikan 1 (dinkes-S1)" in teks
    assert "Perbaikan 2 (dinkes-S1): kode ini sudah ada pada perbaikan 1" in teks
    assert "Perbaikan 3 (X)" in teks


@settings(max_examples=60, deadline=None)
@given(
    target=st.integers(0, 5000),
    hari=st.lists(st.integers(1, 23), min_size=12, max_size=12),
    norma=st.decimals(0, 20, places=2),
    desimal=st.integers(0, 2),
)
def test_target_bulanan_berjumlah_tepat_dan_kemampuan_dibulatkan_ke_bawah(
    target: int, hari: list[int], norma: Decimal, desimal: int
) -> None:
    t = target_bulanan(target, pd.Series(hari, index=range(1, 13)), norma, desimal)
    assert sum(t["target"].tolist()) == target
    for h, mampu, minta, cukup in t[["hari_kerja", "kemampuan", "target", "cukup"]].itertuples(index=False):
        tepat = Fraction(norma) * h
        assert 0 <= tepat - Fraction(mampu) < Fraction(1, 10**desimal)
        assert bool(cukup) == (minta <= mampu)


def test_norma_negatif_ditolak() -> None:
    with pytest.raises(ValueError, match=r"norma SOP -0,5 negatif"):
        target_bulanan(12, pd.Series([20] * 12), -0.5)


def test_sebutan_dua_susunan() -> None:
    t = sebutan_jenjang().set_index("jenis_jabatan")
    assert t.loc["administrator", ["tahun_2019", "kini"]].tolist() == ["Eselon III", "Administrator"]
    assert t.loc["pelaksana", "tahun_2019"] == "Staf"
    assert "sub kegiatan" in t.loc["pengawas", "simpul"]


def test_gambar_menyebut_angka_yang_dihitung(pelajaran: Any) -> None:
    soal = rusakkan(pelajaran, 2)
    sebelum, sesudah = periksa(soal.data), periksa(pelajaran)
    g = gambar_perbaikan(sebelum, sesudah)
    a, b = (int(h.angka["nilai"].iloc[0]) for h in (sebelum, sesudah))
    assert f"dari {a} menjadi {b}" in g.judul
    assert f"temuan dari {len(sebelum.temuan)} menjadi {len(sesudah.temuan)}" in g.judul
    bobot = pd.Series({"Wilayah I": 42, "Wilayah II": 35, "Wilayah III": 31})
    bagian = bagi_target(100, bobot)
    g = gambar_bagian(bagian, bobot, "laporan", "wilayah")
    assert g.judul == "Target 100 laporan dibagi kepada 3 bagian menurut wilayah"
    assert all(f"{n} {x}" in g.alt for n, x in bagian.items())
    assert "Jumlahnya tepat 100." in g.alt
    assert gambar_bagian(bagian[:0], bobot[:0], "laporan", "wilayah").alt


def test_pohon_dibuka_sedalam_yang_diminta(pelajaran: Any) -> None:
    h = periksa(pelajaran)
    # the indent of the boxes says how deep the rows are
    panjang = [len(gambar_pohon(pelajaran, h, opd="dinkes", dalam=d, baris=200).svg) for d in range(4)]
    assert panjang == sorted(set(panjang))
    satu = gambar_pohon(pelajaran, h, opd="dinkes", dalam=0, baris=200).svg
    assert "Sasaran" in satu
    assert "Program:" not in satu
    assert (
        gambar_pohon(pelajaran, h, opd="dinkes", dalam=9).svg == gambar_pohon(pelajaran, h, opd="dinkes").svg
    )


# -- splitting in the workbook, proposals, answers ---------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_rhk_yang_dibagi_berjumlah_tepat_menurut_pemeriksa(pelajaran: Any, data: Any) -> None:
    sebelum = periksa(pelajaran)
    rhk = dapat_dibagi(pelajaran, sebelum)
    tim = beban_tim(pelajaran, rhk)
    bobot = pd.Series(
        data.draw(st.lists(st.integers(1, 9), min_size=len(tim), max_size=len(tim))), index=tim.index
    )
    bagian = bagi_rhk(pelajaran, rhk, bobot, "wilayah", per_bulan=hari_kerja(pelajaran))
    induk = pelajaran["iki"].query("rhk == @rhk and aspek == 'kuantitas'")["target"].iloc[0]
    assert bagian["target"].sum() == induk
    bulan = bagian[[f"target_{b:02d}" for b in range(1, 13)]]
    assert bulan.sum(axis=1).tolist() == bagian["target"].tolist()
    baru = perbaiki(pelajaran, bagian)
    sesudah = periksa(baru)
    assert rhk not in set(sesudah.temuan["id"])  # K12 is gone, K10 not there
    assert len(baru["rhk"]) == len(pelajaran["rhk"]) + len(tim)
    lebih = perbaiki(pelajaran, bagian.assign(target=bagian["target"] + (bagian.index == 0)))
    temuan = periksa(lebih).temuan.set_index("id")
    assert temuan.loc[rhk, "kode"] == "K10"
    assert "(lebih 1)" in temuan.loc[rhk, "pesan"]


def test_yang_dapat_dibagi_didahulukan_yang_kosong(pelajaran: Any) -> None:
    h = periksa(pelajaran)
    rhk = dapat_dibagi(pelajaran, h)
    kosong = h.temuan.loc[h.temuan["kode"] == "K12", "id"].tolist()
    assert rhk in kosong
    terisi = perbaiki(pelajaran, bagi_rhk(pelajaran, rhk, beban_tim(pelajaran, rhk)))
    assert dapat_dibagi(terisi, periksa(terisi)) != rhk
    pecahan = {**pelajaran, "iki": pelajaran["iki"].assign(target=5.1)}
    with pytest.raises(ValueError, match="tidak ada yang dapat dibagi"):
        dapat_dibagi(pecahan, h)
    persen_saja = {**pelajaran, "iki": pelajaran["iki"].assign(satuan="persen")}
    with pytest.raises(ValueError, match="tidak ada yang dapat dibagi"):
        dapat_dibagi(persen_saja, h)


def test_bagi_rhk_yang_tidak_bisa(pelajaran: Any) -> None:
    satu = pd.Series({"1": 1})
    with pytest.raises(ValueError, match="RHK R9 tidak ada di lembar rhk"):
        bagi_rhk(pelajaran, "R9", satu)
    rhk = pelajaran["rhk"]["id"].iloc[0]
    tanpa = {**pelajaran, "iki": pelajaran["iki"][pelajaran["iki"]["rhk"] != rhk]}
    with pytest.raises(ValueError, match="tidak punya IKI kuantitas"):
        bagi_rhk(tanpa, rhk, satu)
    staf = pelajaran["pegawai"].loc[~pelajaran["pegawai"]["nip"].isin(pelajaran["pegawai"]["atasan"]), "nip"]
    milik_staf = pelajaran["rhk"].loc[pelajaran["rhk"]["nip"].isin(staf), "id"].iloc[0]
    with pytest.raises(ValueError, match="tidak punya bawahan langsung"):
        beban_tim(pelajaran, milik_staf)


def test_bobot_dari_kehadiran_dan_tanpa_kehadiran(pelajaran: Any) -> None:
    hari = hari_kerja(pelajaran)
    hadir = pelajaran["kehadiran"]
    assert hari.loc[3] == hadir.loc[hadir["bulan"] == "2022-03", "hari_kerja"].max()
    assert hari.index.tolist() == list(range(1, 13))
    sebagian = {**pelajaran, "kehadiran": hadir[hadir["bulan"] == "2022-03"]}
    assert (hari_kerja(sebagian) == hari.loc[3]).all()
    kosong = {**pelajaran, "kehadiran": hadir.iloc[:0]}
    rhk = dapat_dibagi(pelajaran, periksa(pelajaran))
    assert (hari_kerja(kosong) == 1).all()
    assert (beban_tim(kosong, rhk) == 1).all()
    nip = beban_tim(pelajaran, rhk).index[0]
    milik = hadir[hadir["nip"] == nip]
    assert beban_tim(pelajaran, rhk)[nip] == (milik["hari_kerja"] - milik["alpa"]).sum()


def test_usul_gantungan_menghabiskan_yang_menggantung(pelajaran: Any) -> None:
    h = periksa(pelajaran)
    usul = usul_gantungan(pelajaran, h)
    milik = pelajaran["rhk"].set_index("id")["nip"]
    atasan = pelajaran["pegawai"].set_index("nip")["atasan"]
    assert usul["kode"].map(milik).map(atasan).tolist() == usul["induk"].map(milik).tolist()
    k = periksa(perbaiki(pelajaran, usul))
    assert (h.pegawai["sebab"] == "tidak_menggantung").any()
    assert not (k.pegawai["sebab"] == "tidak_menggantung").any()
    assert len(usul_gantungan(pelajaran, k)) == 0


def test_jawaban_dicocokkan_tanpa_membuka_kunci(pelajaran: Any) -> None:
    soal = rusakkan(pelajaran, 2)
    benar, lain = soal.kunci.iloc[0], soal.kunci.iloc[1]
    t = soal.cocok(
        [
            {"kode": benar["kode"], "induk": f" {benar['induk']} "},
            {"kode": lain["kode"], "induk": "T1"},
            {"kode": "dinkes-P3", "induk": "dinkes-S1"},
        ]
    )
    assert t["hasil"].tolist() == ["tepat", "belum tepat", "bukan bagian soal"]
    assert set(t.columns) == {"kode", "induk", "hasil"}
    assert lain["induk"] not in t.to_string()


def test_tabel_menyebut_angka(pelajaran: Any) -> None:
    soal = rusakkan(pelajaran, 2)
    h = periksa(soal.data)
    tanpa = int(h.angka["nilai"].iloc[0])
    assert angka_kunci(h).butir[0].nilai == str(tanpa)
    assert sum(int(b[2]) for b in tabel_aturan(h).baris) == len(h.temuan)
    pertama = tabel_temuan(h, 3)
    assert [b[4] for b in pertama.baris] == [str(x) for x in sorted(h.temuan["akibat"], reverse=True)[:3]]
    assert pertama.catatan == f"{len(h.temuan) - 3} temuan lain tidak ditampilkan."
    jenjang = tabel_jenjang(h)
    assert sum(int(b[3]) for b in jenjang.baris) == len(h.pegawai)
    assert sum(int(b[4]) for b in jenjang.baris) == len(h.pegawai) - tanpa
    bulan = tabel_bulanan(target_bulanan(100, pd.Series([20] * 12, index=range(1, 13)), 0.4), "laporan")
    assert bulan.judul == "4 dari 12 bulan melampaui norma SOP"
    assert bulan.jumlah is not None
    assert bulan.jumlah[2] == "100"
    cukup = tabel_bulanan(target_bulanan(96, pd.Series([20] * 12, index=range(1, 13)), 0.4), "laporan")
    assert cukup.judul == "Semua bulan cukup menurut norma SOP"
    bukti = bukti_akip(pelajaran)
    t = tabel_bukti(bukti)
    assert len(t.baris) == (bukti["terbukti"] != "di luar data").sum()
    s = tabel_siklus(siklus(pelajaran, "2022-10-15"))
    assert sum(int(b[1]) for b in s.baris) == len(h.pegawai)
    assert s.judul.startswith("Per 15 Oktober 2022")


def test_konflik_matriks_menjadi_tabel(pelajaran: Any, tmp_path: Any) -> None:
    rhk = dapat_dibagi(pelajaran, periksa(pelajaran))
    atasan = pelajaran["rhk"].set_index("id")["nip"][rhk]
    peran = (
        pelajaran["rhk"]
        .loc[
            pelajaran["rhk"]["rhk_induk"].isin(pelajaran["rhk"].loc[pelajaran["rhk"]["nip"] == atasan, "id"]),
            "id",
        ]
        .iloc[0]
    )
    lain = perbaiki(pelajaran, [{"kode": peran, "rhk": "Uraian lain"}])
    berkas = [
        tulis_matriks(t, tmp_path / f"meja-{i}.xlsx", [atasan]) for i, t in enumerate((pelajaran, lain), 1)
    ]
    t = tabel_konflik(gabung_matriks(berkas, pelajaran).konflik)
    assert t.judul == "2 baris belum disepakati"
    assert [b[0] for b in t.baris] == ["meja-1.xlsx", "meja-2.xlsx"]
    assert t.baris[1][3] == "Uraian lain"
