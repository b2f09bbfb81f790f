"""The picture of the rules: from the graphs that compute, every rule once, nothing over anything."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

import kinerja.regulasi
from kinerja import bagan
from kinerja.aturan import Graf, aturan, keterangan
from kinerja.bagan import MODUL, gambar_graf, graf_dari
from kinerja.kertas import lebar_teks
from kinerja.pecahan import Pecahan
from kinerja.regulasi.banding import REGULASI

MM = 72 / 25.4


def teks(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Every line of text as (words, left, top, right, bottom) in mm; all are set from the left."""
    hasil = []
    for t in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        assert t.attrib["text-anchor"] == "start"
        x, y, pt = (float(t.attrib[k]) for k in ("x", "y", "font-size"))
        lebar = lebar_teks(t.text or "", pt, t.attrib.get("font-weight") == "bold")
        hasil.append((t.text or "", x / MM, (y - 0.75 * pt) / MM, x / MM + lebar, (y + 0.2 * pt) / MM))
    return hasil


def test_setiap_peraturan_punya_bagan() -> None:
    assert set(REGULASI) <= set(MODUL)
    assert {"angka-kredit", "akip", "tpp"} <= set(MODUL)
    assert kinerja.regulasi.gambar is bagan.gambar
    assert kinerja.gambar is not bagan.gambar
    with pytest.raises(ValueError, match=r"tidak ada bagan untuk upah\. Pilih salah satu: pp-46-2011"):
        kinerja.regulasi.gambar("upah")


@pytest.mark.parametrize("nama", MODUL)
def test_setiap_aturan_sekali_dan_berstatus(nama: str) -> None:
    graf = graf_dari(import_module(MODUL[nama]))
    semua = {f for g in graf for f in g.aturan.values()}
    terlihat = [f for _, baru in bagan._bagian(graf) for f in baru.values()]
    assert len(terlihat) == len(semua) > 7
    assert set(terlihat) == semua
    g = kinerja.regulasi.gambar(nama)
    status = [isi for isi, *_ in teks(g.svg) if re.fullmatch(r"\[[a-z-]+\]", isi)]
    assert sorted(status) == sorted(f"[{keterangan(f).status}]" for f in semua)
    for f in semua:  # the alt text says the whole label of each
        assert keterangan(f).label in g.alt
    assert f"{len(semua)} aturan" in g.alt


@pytest.mark.parametrize("nama", MODUL)
def test_tulisan_tidak_bertumpuk_dan_di_dalam_lembar(nama: str) -> None:
    svg = kinerja.regulasi.gambar(nama).svg
    lebar, tinggi = (float(v) / MM for v in ElementTree.fromstring(svg).attrib["viewBox"].split()[2:])
    semua = teks(svg)
    assert all(x0 >= 0 and y0 >= 0 and x1 <= lebar and y1 <= tinggi for _, x0, y0, x1, y1 in semua)
    tindih = [
        (a[0], b[0])
        for a, b in combinations(semua, 2)
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] - 0.05 and b[2] < a[4] - 0.05
    ]
    assert tindih == []


@pytest.mark.parametrize("nama", MODUL)
def test_panah_ke_kanan_dan_tidak_menembus_kotak(nama: str) -> None:
    modul = import_module(MODUL[nama])
    for g, baru in bagan._bagian(graf_dari(modul)):
        band = bagan._susun(g, baru, g.nama, ())
        assert all(b.kolom - a.kolom == 1 for a, b in band.sisi)  # long edges pass by places of their own
        for kolom in {s.kolom for s in band.simpul}:
            isi = sorted((s for s in band.simpul if s.kolom == kolom), key=lambda s: s.y)
            assert all(a.y + a.tinggi <= b.y for a, b in pairwise(isi))
            assert isi[0].y >= -1e-9
            assert isi[-1].y + isi[-1].tinggi <= band.isi + 1e-9


def test_aturan_yang_diganti_ikut_tergambar() -> None:
    @aturan("Nilai <&> baru", satuan="poin", dasar="Usul", status="ilustratif")
    def nilai(masuk: Pecahan) -> Pecahan:
        return masuk * 2

    g = gambar_graf([Graf.dari("Usul", [nilai], {"masuk": "Masukan"})])
    assert "ilustratif" in g.svg
    assert "Nilai <&> baru" in g.alt
    assert "Nilai &lt;&amp;&gt; baru" in g.svg


@pytest.mark.parametrize("nama", ["kmk-127-2026", "pp-30-2019", "akip"])
def test_setiap_layar_muat_di_proyektor_dan_bersama_memuat_semua(nama: str) -> None:
    with pytest.raises(ValueError, match=r"layar; pilih 1 sampai \d+\.") as e:
        kinerja.regulasi.gambar(nama, layar=99)
    banyak = int(str(e.value).split()[-1].rstrip("."))
    semua = []
    for i in range(1, banyak + 1):
        g = kinerja.regulasi.gambar(nama, layar=i)
        assert g.judul.endswith(f", layar {i} dari {banyak}")
        _, _, lebar, tinggi = (float(x) / MM for x in ElementTree.fromstring(g.svg).attrib["viewBox"].split())
        assert lebar == pytest.approx(290)  # so that letters keep their size on the screen
        assert tinggi < 290 * 9 / 16
        semua += [isi for isi, *_ in teks(g.svg) if re.fullmatch(r"\[[a-z-]+\]", isi)]
    utuh = [isi for isi, *_ in teks(kinerja.regulasi.gambar(nama).svg) if re.fullmatch(r"\[[a-z-]+\]", isi)]
    assert sorted(semua) == sorted(utuh)  # each rule is on exactly one screen
