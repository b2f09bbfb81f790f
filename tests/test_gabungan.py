"""One ZIP per OPD and one PDF of all reports: what is in them, and that a stale one never stays."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zipfile
from dataclasses import replace

import nbformat.v4 as v4
import pypdf
import pytest
from test_pdf_html import buku, sel

from kinerja.laporan.batch import GalatPesanan, cetak
from kinerja.laporan.gabungan import Gabungan, gabung
from kinerja.laporan.paket import MANIFES
from kinerja.laporan.pdf import pdf_dari
from kinerja.tampil import Kop

META = {
    "kertas": "F4",
    "instansi": "Pemerintah Kabupaten X",
    "periode_teks": "Tahun 2024",
    "tanggal_berkas": "2024-12-31",
    "tanda": "ILUSTRATIF",
    "kop": ["Pemerintah Kabupaten X", "Jalan Y"],
    "logo": "",
}


@pytest.fixture(scope="module")
def tiga(tmp_path_factory):
    """Three reports of two, three and four pages, to be merged."""
    map_ = tmp_path_factory.mktemp("gabungan")
    isi = []
    for n, nama in ((2, "Dinas Alfa"), (3, "Dinas Beta"), (4, "Dinas Gama")):
        alinea = "\n\n".join(f"# Bab {i} {nama}\n\n" + "Kalimat. " * 900 for i in range(1, n + 1))
        nb = buku(sel(Kop(("X",), nama, "Laporan")), v4.new_markdown_cell(alinea))
        berkas = map_ / f"{n}.pdf"
        berkas.write_bytes(pdf_dari(nb, "F4", judul=nama, penulis="X", tanggal=dt.date(2024, 12, 31)))
        isi.append((nama, berkas, hashlib.sha256(berkas.read_bytes()).hexdigest()))
    g = Gabungan(map_ / "gabungan.pdf", tuple(isi), ("Dinas Delta",), META, "uji")
    return g, gabung(g)


def teks(halaman) -> str:
    return re.sub(r"\s+", " ", halaman.extract_text())


def test_gabungan_memuat_semua_pada_halaman_yang_disebut(tiga):
    g, sha = tiga
    assert hashlib.sha256(g.berkas.read_bytes()).hexdigest() == sha
    assert [p.name for p in g.berkas.parent.glob(".*")] == []
    pdf = pypdf.PdfReader(g.berkas)
    asal = [len(pypdf.PdfReader(b).pages) for _, b, _ in g.pdf]
    assert len(pdf.pages) == 2 + sum(asal)
    assert "GABUNGAN LAPORAN KINERJA" in teks(pdf.pages[0])
    daftar = teks(pdf.pages[1])
    assert "Belum termasuk: Dinas Delta" in daftar
    mulai = 3
    tautan = [a.get_object() for a in pdf.pages[1]["/Annots"]]
    for (nama, _, _), n in zip(g.pdf, asal, strict=True):
        assert f"{nama} {n} {mulai}" in daftar
        assert nama.upper() in teks(pdf.pages[mulai - 1])
        assert any(a["/Dest"][0] == pdf.pages[mulai - 1].indirect_reference for a in tautan)
        mulai += n
    assert not any("/A" in a for a in tautan), "tautan ke alamat sementara tertinggal"


def test_gabungan_bertanda_buku_sampai_bab(tiga):
    g, _ = tiga
    pdf = pypdf.PdfReader(g.berkas)
    atas = [o for o in pdf.outline if not isinstance(o, list)]
    assert [o.title for o in atas] == ["Daftar isi", "Dinas Alfa", "Dinas Beta", "Dinas Gama"]
    bab = [o for o in pdf.outline if isinstance(o, list)]
    assert [b.title for b in bab[1]] == ["Bab 1 Dinas Beta", "Bab 2 Dinas Beta", "Bab 3 Dinas Beta"]
    for b in (*atas[1:], *bab[0], *bab[2]):
        assert b.title.upper() in teks(pdf.pages[pdf.get_destination_page_number(b)]).upper()


def test_gabungan_tetap_arsip(tiga):
    """What PDF/A-2b asks of the whole file; each page comes from a PDF/A file and is not touched."""
    g, _ = tiga
    pdf = pypdf.PdfReader(g.berkas)
    akar = pdf.trailer["/Root"]
    xmp = akar["/Metadata"].get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>B<", xmp)
    assert akar["/OutputIntents"]
    assert "/StructTreeRoot" not in akar
    assert "/MarkInfo" not in akar
    assert "/Encrypt" not in pdf.trailer
    assert len(pdf.trailer["/ID"]) == 2
    assert pdf.metadata.title in xmp
    for h in pdf.pages:
        assert "/StructParents" not in h
        for f in h["/Resources"].get("/Font", {}).values():
            (anak,) = f.get_object()["/DescendantFonts"]
            assert set(anak.get_object()["/FontDescriptor"]) & {"/FontFile2", "/FontFile3"}
    # the sources are the archive with tags
    satu = pypdf.PdfReader(g.pdf[0][1]).trailer["/Root"]
    assert "<pdfaid:conformance>A<" in satu["/Metadata"].get_data().decode()
    assert satu["/MarkInfo"]["/Marked"]


def test_gabungan_byte_sama_dan_kuncinya_mengikuti_isi(tiga, tmp_path):
    g, sha = tiga
    assert gabung(replace(g, berkas=tmp_path / "lagi.pdf")) == sha
    assert replace(g, kurang=()).kunci != g.kunci
    assert replace(g, pdf=g.pdf[:2]).kunci != g.kunci
    with pytest.raises(ValueError, match="Belum ada laporan PDF yang selesai"):
        gabung(replace(g, pdf=()))


def test_daftar_panjang_menggeser_nomor_halaman(tiga, tmp_path):
    g, _ = tiga
    banyak = tuple((f"Dinas {i}", g.pdf[0][1], g.pdf[0][2]) for i in range(70))
    gabung(replace(g, pdf=banyak, berkas=tmp_path / "b.pdf"))
    pdf = pypdf.PdfReader(tmp_path / "b.pdf")
    n = len(pypdf.PdfReader(g.pdf[0][1]).pages)
    depan = len(pdf.pages) - 70 * n
    assert depan > 2
    assert f"Dinas 69 {n} {depan + 69 * n + 1}" in teks(pdf.pages[depan - 1])


@pytest.mark.lambat
def test_zip_dan_gabungan_dari_pesanan(cetakan, tmp_path):
    """Ordered, verified by its own manifest, and gone as soon as it would be stale."""
    pesanan, _ = cetakan
    satu = replace(pesanan, keluaran=tmp_path, opd=("dinkes",), format=("pdf", "zip", "gabungan"))
    r = cetak(satu)
    assert not r.gagal
    berkas = r.map / "dinkes" / "paket-dinkes.zip"
    with zipfile.ZipFile(berkas) as z:
        assert z.testzip() is None
        manifes = json.loads(z.read(MANIFES))
        dicatat = manifes["berkas"]
        assert set(dicatat) == {"laporan-dinkes.pdf", "irisan.json"}
        assert all(hashlib.sha256(z.read(n)).hexdigest() == s for n, s in dicatat.items())
        assert z.read("laporan-dinkes.pdf") == (r.map / "dinkes" / "laporan-dinkes.pdf").read_bytes()
    luar = json.loads((r.map / "dinkes" / MANIFES).read_text(encoding="utf-8"))["berkas"]
    assert luar["paket-dinkes.zip"] == hashlib.sha256(berkas.read_bytes()).hexdigest()
    gabungan = r.map / "gabungan-sumbar-2022.pdf"
    akhir = json.loads((r.map / MANIFES).read_text(encoding="utf-8"))["gabungan"]
    assert akhir["sha256"] == hashlib.sha256(gabungan.read_bytes()).hexdigest()
    isi = teks(pypdf.PdfReader(gabungan).pages[1])
    assert "Dinas Kesehatan" in isi
    assert "Belum termasuk: Pemerintah Provinsi Sumatera Barat" in isi
    assert gabungan.name in (r.map / "index.html").read_text(encoding="utf-8")
    byte = gabungan.read_bytes()
    cetak(replace(satu, lanjutkan=True))  # nothing to do: the same file, still listed
    assert gabungan.read_bytes() == byte
    cetak(replace(satu, opd=("bkd",), format=("pdf",)))  # one report more, and no order to merge it
    assert not gabungan.exists()
    assert "gabungan" not in json.loads((r.map / MANIFES).read_text(encoding="utf-8"))


def test_gabungan_tanpa_pdf_ditolak(cetakan, tmp_path):
    pesanan, _ = cetakan
    with pytest.raises(GalatPesanan, match="tambahkan pdf"):
        cetak(replace(pesanan, keluaran=tmp_path, format=("html", "gabungan")))
    with pytest.raises(GalatPesanan, match="Belum ada format"):
        cetak(replace(pesanan, keluaran=tmp_path, format=("zip",)))
    assert not list(tmp_path.iterdir())
