"""Pictures of the cascade: every size fits a page, nothing is lost in a fold, text is what was asked."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from bench_kaskade import bahan
from test_kaskade_periksa import A, B, baik, nip, rencana, simpul

from kinerja.gambar_kaskade import gambar_cakupan, gambar_gulungan, gambar_jalur, gambar_pohon, simpan_gambar
from kinerja.kaskade import gulung, periksa
from kinerja.kertas import LEBAR, TINGGI
from kinerja.tampil import Gambar


def kata(g: Gambar) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(g.svg).iter() if e.tag.endswith("text")]


def di_halaman(g: Gambar) -> None:
    """On one page, type of at least 9 pt, no text beyond the edges."""
    akar = ElementTree.fromstring(g.svg)
    lebar, tinggi = (float(akar.attrib[k].removesuffix("pt")) for k in ("width", "height"))
    assert lebar == pytest.approx(LEBAR / 25.4 * 72, abs=1)
    assert tinggi <= (TINGGI + 10) / 25.4 * 72
    for e in akar.iter():
        if e.tag.endswith("text"):
            assert float(e.attrib["font-size"].removesuffix("px")) >= 9
            assert 0 <= float(e.attrib["x"]) <= lebar
            assert 0 <= float(e.attrib["y"]) <= tinggi


@pytest.mark.parametrize("n", [100, 3000, 30_000])
def test_pohon_pada_segala_ukuran(n: int) -> None:
    t = bahan(n, 1)
    g = gambar_pohon(t, periksa(t))
    di_halaman(g)
    assert f"Pohon kinerja {f'{n // 10:,}'.replace(',', '.')} simpul" in g.alt
    # what is folded is counted: shown rows and folds together hold every node below the vision
    isi = kata(g)
    jumlah = 0
    for x in isi:
        if m := re.match(r"… ([\d.]+) \w+(?: \w+)*?(?: lain)?(?: dengan ([\d.]+) simpul)?$", x):
            jumlah += sum(int(a.replace(".", "")) for a in m.groups() if a)
        elif re.match(r"(Visi|Misi|Tujuan|Sasaran|Program|Kegiatan|Sub kegiatan)\b", x):
            jumlah += 1
    assert jumlah <= n // 10
    if n <= 100:
        assert jumlah == n // 10
        assert not any(x.startswith("…") for x in isi)


def test_pohon_utuh_dan_terputus() -> None:
    t = baik()
    g = gambar_pohon(t, periksa(t))
    di_halaman(g)
    assert "2/2" in kata(g)
    assert "100 %" in kata(g)
    assert "tidak ada ASN tanpa target" in g.judul
    simpul(t, f"{A}-K", induk="hilang")
    h = periksa(t)
    teks = " ".join(kata(gambar_pohon(t, h)))
    assert f"TERPUTUS · Kegiatan {A}: Kinerja {A}-K" in teks
    satu = gambar_pohon(t, h, opd=B)
    assert satu.judul.startswith(f"Pohon kinerja {B}: tidak ada ASN")
    assert f"Kinerja {A}" not in " ".join(kata(satu))
    assert len([x for x in kata(gambar_pohon(t, h, akar=f"{B}-P")) if "Kinerja" in x]) == 3
    with pytest.raises(ValueError, match="simpul X tidak ada"):
        gambar_pohon(t, h, akar="X")
    with pytest.raises(ValueError, match="OPD X tidak punya simpul"):
        gambar_pohon(t, h, opd="X")


def test_pohon_melingkar_tetap_tergambar() -> None:
    t = baik()
    simpul(t, f"{A}-P", induk=f"{A}-K")
    di_halaman(gambar_pohon(t, periksa(t)))
    kosong = {k: v[:0] for k, v in t.items()}
    assert "Belum ada pohon kinerja" in gambar_pohon(kosong, periksa(kosong)).alt


def test_peta_cakupan() -> None:
    t = baik()
    g = gambar_cakupan(periksa(t))
    di_halaman(g)
    assert kata(g).count("100 %") == 18  # two agencies and their sum, five kinds of post and all
    rencana(t, f"{A}-R4", rhk_induk=None)
    g = gambar_cakupan(
        periksa(t), {j: j.upper() for j in ("jpt", "administrator", "pengawas", "fungsional", "pelaksana")}
    )
    assert {"0 % (1)", "80 % (1)", "90 % (1)", "50 % (1)", "PELAKSANA"} <= set(kata(g))
    assert g.judul == "Peta cakupan: 1 OPD belum penuh, 1 dari 10 ASN belum selaras"
    banyak = periksa(bahan(20_000, 1))
    assert len(banyak.opd["opd"].unique()) == 40
    g = gambar_cakupan(banyak)
    di_halaman(g)
    assert "2 OPD lain" in kata(g)


def test_jalur_dari_rhk_sampai_visi() -> None:
    t = baik()
    g = gambar_jalur(t, nip(3))
    di_halaman(g)
    isi = kata(g)
    assert g.judul == f"Dari RHK {A}-R3 naik 7 langkah, sampai ke visi"
    assert isi.index("Visi") < isi.index("Misi") < isi.index("Tujuan") < isi.index(f"Hasil {A}-R3")
    assert any("6 laporan; target di 1 bulan; SOP-1" in x for x in isi)
    rencana(t, f"{A}-R0", rhk_induk=None)
    assert "Rantai ini tidak sampai ke visi" in kata(gambar_jalur(t, f"{A}-R3"))
    with pytest.raises(ValueError, match="RHK X tidak ada"):
        gambar_jalur(t, "X")


def test_individu_di_samping_iku() -> None:
    t = baik()
    t["iku"] = pd.DataFrame(
        {"opd": [A, B], "indikator": ["X", "Y"], "satuan": "indeks", "polaritas": "maks", "rumus": "maks",
         "target": 100.0, "realisasi": [70.0, None]}
    )  # fmt: skip
    g = gambar_gulungan(gulung(t))
    di_halaman(g)
    assert {A, "PEMDA", "+23,0"} <= set(kata(g))
    assert B not in kata(g)
    assert f"Tanpa salah satu angka: {B}." in g.alt
    kosong = gambar_gulungan(gulung(baik()))
    assert "Belum ada OPD" in kosong.alt


def test_simpan_png_dan_svg(tmp_path: Any) -> None:
    t = baik()
    g = gambar_pohon(t, periksa(t))
    assert simpan_gambar(g, tmp_path / "p.svg").read_text("utf-8") == g.svg
    isi = simpan_gambar(g, tmp_path / "p.png").read_bytes()
    assert isi.startswith(b"\x89PNG")
    assert int.from_bytes(isi[16:20], "big") > 1300  # 170 mm at 200 dots per inch
    with pytest.raises(ValueError, match=r"simpan sebagai \.svg atau \.png"):
        simpan_gambar(g, tmp_path / "p.jpg")
