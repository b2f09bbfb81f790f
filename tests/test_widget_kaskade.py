"""The panels of the cascade lesson: without a person a still picture, with one the controls."""

from __future__ import annotations

from typing import Any

import pytest

from kinerja import widget, widget_kaskade
from kinerja.contoh import buat_contoh
from kinerja.kaskade import perbaiki, periksa, potong, rusakkan
from kinerja.tampil import Catatan, Gambar, Judul, Paragraf


@pytest.fixture(scope="module")
def isi() -> Any:
    data = potong(buat_contoh("sumbar", pegawai=600, benih=1), ["dinkes", "dispora"])
    return data, periksa(data)


@pytest.fixture
def tampil(muncul: list[Any], monkeypatch: Any) -> list[Any]:
    monkeypatch.setattr(widget, "ada_orang", lambda: False)
    return muncul


def test_bentuk_diam_menyebut_kendali_lalu_gambar(isi: Any, tampil: list[Any]) -> None:
    data, hasil = isi
    nip = data["rhk"]["nip"].iloc[-1]
    widget_kaskade.panel_pohon(data, hasil, "dinkes", 2)
    widget_kaskade.panel_cakupan(hasil)
    widget_kaskade.panel_jalur(data, nip)
    widget_kaskade.panel_bagi(100, {"Wilayah I": 2, "Wilayah II": 1}, "laporan", "wilayah")
    assert [type(x) for x in tampil] == [Paragraf, Judul, Gambar] * 4
    nama = data["pegawai"].set_index("nip")["nama"][nip]
    teks = [x.teks for x in tampil if isinstance(x, Paragraf)]
    assert "Perangkat daerah = Dinas Kesehatan; Buka sampai jenjang ke = 2" in teks[0]
    assert "Sebutan jenjang = keduanya" in teks[1]
    assert nama in teks[2]
    assert "Eselon III" in tampil[5].svg


def test_bobot_yang_tidak_dapat_dipakai_menjadi_peringatan(isi: Any, tampil: list[Any]) -> None:
    widget_kaskade.panel_bagi(100, {"Wilayah I": 0}, "laporan", "wilayah")
    assert isinstance(tampil[-1], Catatan)
    assert "semua bobot nol" in tampil[-1].teks


def test_pilihan_yang_tidak_ada_ditolak(isi: Any) -> None:
    data, hasil = isi
    with pytest.raises(ValueError, match=r"OPD dinkse tidak ada dalam 3 pilihan\. Misalnya: "):
        widget_kaskade.panel_pohon(data, hasil, "dinkse")
    with pytest.raises(ValueError, match="NIP 1 tidak ada"):
        widget_kaskade.panel_jalur(data, "1")
    with pytest.raises(ValueError, match="Belum ada pegawai ber-RHK"):
        widget_kaskade.panel_jalur({**data, "rhk": data["rhk"].iloc[:0]})


def test_dengan_orang_kendali_menggambar_ulang(isi: Any, muncul: list[Any], monkeypatch: Any) -> None:
    import ipywidgets

    monkeypatch.setattr(widget, "ada_orang", lambda: True)
    data, periksaan = isi
    widget_kaskade.panel_pohon(data, periksaan, "dinkes", 1)
    panel = next(x for x in muncul if isinstance(x, ipywidgets.VBox))
    opd, dalam, _, layar = panel.children
    assert [nilai for _, nilai in opd.options] == ["", *data["opd"]["kode"]]
    opd.value = "dispora"
    assert (opd.value, dalam.value) == ("dispora", 1)
    assert "Pohon kinerja dispora" in layar.value


def test_perbaikan_satu_demi_satu(isi: Any, tampil: list[Any]) -> None:
    data, _ = isi
    soal = rusakkan(data, 2)
    perbaikan = soal.kunci[["kode", "induk"]]
    tanpa = [int(periksa(t).angka["nilai"].iloc[0]) for t in (soal.data, perbaiki(soal.data, perbaikan))]
    widget_kaskade.panel_perbaikan(soal.data, perbaikan)
    assert f"dari {tanpa[0]} menjadi {tanpa[1]}" in tampil[1].teks
    widget_kaskade.panel_perbaikan(soal.data, perbaikan, 0)
    assert f"dari {tanpa[0]} menjadi {tanpa[0]}" in tampil[4].teks
    widget_kaskade.panel_perbaikan(data, perbaikan.iloc[:0])  # nothing to mend is a picture, too
    assert isinstance(tampil[-1], Gambar)


def test_latihan_kunci_hanya_untuk_pelatih(isi: Any) -> None:
    data, _ = isi
    soal = rusakkan(data, 5, 6)

    def teks(*argumen: Any) -> str:
        return "\n".join(b.teks_polos() for b in widget_kaskade.blok_latihan(soal, *argumen))

    assert teks([]).startswith("Catatan. Belum ada jawaban.")
    assert "Kunci jawaban" not in teks([])
    kunci = teks([], True)
    assert "Kunci jawaban (hanya untuk pelatih)" in kunci
    assert all(k in kunci for k in soal.kunci["induk"])
    semua = soal.kunci[["kode", "induk"]].to_dict("records")
    benar = teks(semua)
    assert f"{len(semua)} dari {len(semua)} kerusakan diperbaiki dengan tepat" in benar
    assert "Kunci jawaban" not in benar
    salah = teks([{"kode": "dinkes-S1x", "induk": "T1"}])
    assert "Peringatan. Perbaikan 1 (dinkes-S1x): kode ini tidak ada" in salah
