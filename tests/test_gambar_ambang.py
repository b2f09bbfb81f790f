"""The pictures and tables of lessons 04 and 05, and the controls that show them."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from kinerja import gambar_ambang as g
from kinerja import widget
from kinerja.contoh import buat_contoh
from kinerja.data.skema import PREDIKAT
from kinerja.kertas import LEBAR, lebar_teks
from kinerja.parameter import kebijakan
from kinerja.regulasi import ambang, sebaran
from kinerja.regulasi.banding import nilai
from kinerja.tampil import Gambar, Judul, Paragraf, Tabel

K = kebijakan("2023-01-31")
MM = 72 / 25.4


@pytest.fixture(scope="module")
def data():
    return buat_contoh("sumbar", pegawai=60, benih=1)


@pytest.fixture(scope="module")
def kepekaan(data):
    return {"PermenPANRB 8/2021": ambang.kepekaan(data, "permenpanrb-8-2021", jarak=5, langkah=1)}


@pytest.fixture(scope="module")
def jumlah(data):
    return sebaran.per_unit(data, nilai(data, "permenpanrb-6-2022", K))


def skala():
    return ambang.skala_baru([Decimal(n) / 10 for n in range(500, 1001)])


def tebing():
    e = sorted({*(Decimal(x) / 2 for x in range(-20, 121)), Decimal("24.01")})
    return g.gambar_tebing(ambang.kurva_efisiensi(e))


def baca_di_dalam_kertas(x: Gambar) -> None:
    """Every word is inside the sheet, nothing is smaller than 9 pt, and there is an alt text with a number."""
    akar = ElementTree.fromstring(x.svg)
    assert re.search(r"\d", x.alt)
    for t in akar.iter("{http://www.w3.org/2000/svg}text"):
        pt = float(t.get("font-size", "0"))
        assert pt >= 9, t.text
        lebar = lebar_teks(t.text or "", pt, t.get("font-weight") == "bold")
        kiri = (
            float(t.get("x", "0")) / MM
            - {"start": 0, "middle": lebar / 2, "end": lebar}[t.get("text-anchor", "start")]
        )
        assert kiri >= -0.5, t.text
        assert kiri + lebar <= LEBAR + 0.5, t.text


def test_skala_menyebut_nilai_hasil_konversi():
    x = g.gambar_skala(skala(), (80, 90))
    baca_di_dalam_kertas(x)
    assert x.judul == "Kebiasaan 80 sampai 90 menjadi 95,4 sampai 109,0: tetap Baik"
    t = g.tabel_skala(skala(), [75, 76, 91])
    assert t.baris[0] == ("75", "Cukup", "89,0", "Cukup", "90")
    assert t.baris[2] == ("91", "Sangat Baik", "110,0", "Baik", "109,2")


@pytest.mark.parametrize("sorot", [(50, 60), (61, 75), (95, 100)])
def test_kebiasaan_lain_tetap_terbaca(sorot):
    baca_di_dalam_kertas(g.gambar_skala(skala(), sorot))


def test_judul_kebiasaan_tidak_berkata_tetap_bila_predikatnya_lain():
    x = g.gambar_skala(skala(), (75, 85))
    assert x.judul.endswith("89,0 sampai 102,2: tetap Cukup sampai Baik")
    assert g.gambar_skala(skala(), (95, 91)).judul.endswith("110,0 sampai 115,0: Sangat Baik menjadi Baik")


def test_tebing():
    x = tebing()
    baca_di_dalam_kertas(x)
    assert "jatuh 24 poin" in x.judul
    assert "75,99" in x.alt


def test_tabel_capaian_menebalkan_yang_dulu_baik():
    t = g.tabel_capaian(ambang.skala_capaian([79, 80, 99, 100]))
    assert t.kelas_baris == ("", "peringatan", "peringatan", "")


@pytest.mark.parametrize("regulasi", ["pp-46-2011", "permenpanrb-8-2021", "kmk-127-2026"])
@pytest.mark.parametrize("nomor", [1, 2, 3])
def test_kurva_terbaca(data, regulasi, nomor):
    nip = data["pegawai"]["nip"].iloc[8]
    i = ambang.indikator(data, nip, nomor)
    k = ambang.realisasi_untuk(data, i, regulasi)
    x = g.gambar_kurva(ambang.kurva(data, i, regulasi), i, k)
    baca_di_dalam_kertas(x)
    assert i.kunci[2] in x.judul


def test_kurva_tanpa_nilai_menjadi_gambar_kosong(data):
    i = ambang.indikator(data, data["pegawai"]["nip"].iloc[8], 1)
    kosong = pd.DataFrame(
        {"realisasi": [0.0, 1.0], "nilai": [np.nan] * 2, "predikat": ["x"] * 2, "tingkat": [5, 5]}
    )
    assert "belum dapat dihitung" in g.gambar_kurva(kosong, i, peraturan="PP 46/2011").alt


def test_tabel_kebutuhan(data):
    i = ambang.indikator(data, data["pegawai"]["nip"].iloc[8], 1)
    semua = [ambang.realisasi_untuk(data, i, p) for p in ("permenpanrb-8-2021", "permenpanrb-6-2022")]
    t = g.tabel_kebutuhan(semua)
    assert [b[3] for b in t.baris] == ["PermenPANRB 8/2021", "PermenPANRB 6/2022"]
    assert t.baris[1][-1].startswith("Tidak ada: rating hasil kerja ditetapkan pimpinan")
    assert "Baik" in t.judul


def test_kepekaan(kepekaan):
    x = g.gambar_kepekaan(kepekaan, (1, 5))
    baca_di_dalam_kertas(x)
    turun = int((kepekaan["PermenPANRB 8/2021"]["turun"] <= 1).sum())
    assert f"{turun} dari" in x.judul
    t = g.tabel_kepekaan(kepekaan, paling=3)
    assert len(t.baris) == 3
    diam = kepekaan["PermenPANRB 8/2021"].assign(naik=np.nan, turun=np.nan)
    assert "Tidak seorang pun" in g.gambar_kepekaan({"A": diam}).alt


def test_serentak(data):
    s = ambang.serentak(data, [0, 24, Decimal("24.01")])
    assert s.sum(axis=1).tolist() == [60] * 3
    x = g.gambar_serentak(s)
    baca_di_dalam_kertas(x)
    assert f"{s.loc[24, 'sangat_baik']} Sangat Baik" in x.judul


def test_pola_dan_unit_kecil():
    baca_di_dalam_kertas(x := g.gambar_pola(sebaran.pola(K)))
    assert "10 % di organisasi Kurang" in x.judul
    for ukuran in ([3, 7, 20], [1, 2, 4], [5]):
        isi = sebaran.pola_dalam_orang(ukuran, K)
        baca_di_dalam_kertas(g.gambar_unit_kecil(isi))
        assert len(g.tabel_pola_orang(isi).baris) == 5 * len(ukuran)


def test_organisasi_dan_selisih(data, jumlah):
    s = sebaran.selisih(data, jumlah)
    baca_di_dalam_kertas(g.gambar_organisasi(sebaran.menurut_organisasi(s, jumlah)))
    assert g.angka_selisih(s).butir[0].keterangan == f"{s['di_atas'].sum()} dari {s['pegawai'].sum()} orang"
    assert len(g.tabel_selisih(s, 3).baris) == 3
    t = g.tabel_periksa(data, jumlah, K)
    assert t.jumlah is not None
    assert t.jumlah[-1].endswith(f"dari {len(jumlah)}")


def test_tabel_lain(data):
    assert g.tabel_kurva_contoh(sebaran.kurva_contoh(K)).kelas_baris[:2] == ("", "")
    assert len(g.tabel_unit(sebaran.unit_kecil(data, K)).baris) >= 1
    r = {
        "istimewa": "di_atas",
        "baik": "sesuai",
        "butuh_perbaikan": "di_bawah",
        "kurang": "di_bawah",
        "sangat_kurang": "di_bawah",
    }
    t = g.tabel_kepala(sebaran.kepala_unit(data, K, r))
    assert sum(int(b[-1]) for b in t.baris) == len(data["opd"])
    berkala = sebaran.berkala(data, K)
    assert len(g.angka_berkala(berkala).butir) == 3
    luar = berkala["banding"].isin(["di_atas_semua", "di_bawah_semua"]).sum()
    assert len(g.tabel_berkala(berkala, 99).baris) == luar


# -- controls -------------------------------------------------------------------------------------------------


def test_temuan_di_atas_gambar(muncul):
    x = tebing()
    widget.temuan(x)
    judul, gambar = muncul
    assert isinstance(judul, Judul)
    assert judul.teks == x.judul
    assert gambar.judul == ""
    assert gambar.alt == x.alt
    lama, baru = (float(re.search(r'width="([\d.]+)pt"', s)[1]) for s in (x.svg, gambar.svg))
    assert baru == pytest.approx(1.6 * lama)
    assert re.search(r'viewBox="([^"]+)"', gambar.svg)[1] == re.search(r'viewBox="([^"]+)"', x.svg)[1]


def test_kendali_tanpa_orang_memakai_nilai_awal(muncul, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    dipanggil = []

    def buat(a, b):
        dipanggil.append((a, b))
        return Paragraf("isi")

    widget.kendali(
        buat, a=widget.Angka("Panjang", 2.5, 0, 5, 0.5), b=widget.Pilihan("Menurut", "x", {"x": "Aturan X"})
    )
    assert dipanggil == [(2.5, "x")]
    assert muncul[0].teks == "Kendali (dapat digeser di JupyterLab): Panjang = 2,5; Menurut = Aturan X."
    assert muncul[1].teks == "isi"


def test_kendali_dengan_orang_menghitung_ulang_dan_dapat_kembali(muncul, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "pelajaran.ipynb")
    dipanggil = []

    def buat(a, b):
        dipanggil.append((a, b))
        return Paragraf("isi")

    widget.kendali(
        buat, a=widget.Angka("Panjang", 2, 0, 5), b=widget.Pilihan("Menurut", "x", {"x": "X", "y": "Y"})
    )
    panel, *_ = muncul  # after it the script that lets keys alone work it
    geser, pilih, baris, keluaran = panel.children
    ulang = baris.children[0]
    geser.value = 4
    pilih.value = "y"
    assert dipanggil[-1] == (4, "y")
    ulang.click()
    assert dipanggil[-1] == (2, "x")
    assert "isi" in keluaran.value


def test_predikat_pada_skala_lengkap():
    """A table never loses a step: the strip of a curve names each stretch."""
    t = pd.DataFrame(
        {
            "realisasi": [0.0, 1.0, 2.0, 3.0],
            "nilai": [1.0, 2, 3, 4],
            "tingkat": [3, 2, 2, 1],
            "predikat": ["kurang", "cukup", "cukup", "baik"],
        }
    )
    assert [(a, b, k) for a, b, _, k in g._pita(t)] == [
        (0.0, 1.0, "Kurang"),
        (1.0, 3.0, "Cukup"),
        (3.0, 3.0, "Baik"),
    ]
    assert isinstance(g.tabel_kebutuhan([]), Tabel)
    assert len(PREDIKAT) == 5
