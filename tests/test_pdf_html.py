"""One executed notebook, two outputs: a self-contained page and a PDF to sign."""

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat.v4 as v4
import pytest
from IPython.core.formatters import DisplayFormatter
from peramban import buka, perlu_peramban
from pypdf import PdfReader

from kinerja.laporan.html import beri_daftar_isi, html_dari, tanpa_jalur
from kinerja.laporan.pdf import pdf_dari
from kinerja.tampil import (
    AngkaKunci,
    Butir,
    Catatan,
    Gambar,
    Judul,
    KolomTabel,
    Kop,
    Paragraf,
    Pihak,
    Tabel,
    TandaTangan,
)

JAHAT = """<script>document.title='kena'</script> & "petik" <img src=x onerror=alert(1)> #let $x$ \\ @a *b* `c` [d]"""
TANDA = "ILUSTRATIF: pegawai sintetis"
PANJANG = "W" * 300
MM = 72 / 25.4


def svg() -> str:
    with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": "kinerja", "font.family": "DejaVu Sans"}):
        gambar, sumbu = plt.subplots(figsize=(6.5, 2.5))
        sumbu.barh(["Sangat Baik", "Baik", "Kurang"], [12, 38, 2], color=["#222", "#666", "#bbb"])
        berkas = io.StringIO()
        gambar.savefig(berkas, format="svg", metadata={"Date": None})
        plt.close(gambar)
    return berkas.getvalue()


def sel(*blok, kode="tampilkan(irisan)", tag=()):
    """A code cell executed with `blok` as its outputs."""
    keluaran = [v4.new_output("display_data", data=DisplayFormatter().format(b)[0]) for b in blok]
    return v4.new_code_cell(kode, outputs=keluaran, metadata={"tags": list(tag)}, execution_count=7)


def nominatif(n=60):
    kolom = (
        KolomTabel("No", "tengah", 0.5),
        KolomTabel("Nama / NIP", lebar=2.5),
        *(KolomTabel(f"Unsur {i} (Rp)", "kanan", grup="Komponen TPP") for i in range(11)),
        KolomTabel("Jumlah (Rp)", "kanan", 1.2),
        KolomTabel("Tanda tangan"),
    )
    baris = tuple(
        (f"{i}", f"{JAHAT if i == 5 else f'Pegawai ke-{i}'}\nNIP {i:018d}", *["1.234.567"] * 12, "")
        for i in range(1, n + 1)
    )
    return Tabel(
        kolom,
        baris,
        "Daftar nominatif",
        "Baris tebal: menjalani hukuman disiplin.",
        ("", "Jumlah semua", *["99.999.999"] * 12, ""),
        mendatar=True,
        nomor_kolom=True,
        kelas_baris=tuple("peringatan" if i == 8 else "" for i in range(n)),
    )


def contoh():
    """A notebook as the report press leaves it: every block, an error, streams, papermill's traces."""
    markdown = v4.new_markdown_cell
    galat = v4.new_code_cell("buka()")
    galat.outputs = [
        v4.new_output("stream", name="stdout", text="baris log <b>tebal</b>"),
        v4.new_output("stream", name="stderr", text="/srv/rahasia/modul.py: peringatan"),
        v4.new_output(
            "error",
            ename="ValueError",
            evalue="'/srv/rahasia/irisan.parquet' kosong",
            traceback=["jejak-rahasia"],
        ),
    ]
    kepala = Pihak("Mengetahui,", "Kepala Dinas", "Ir. Contoh, M.Si.", "Pembina (IV/a)", "197001011995031001")
    nb = v4.new_notebook(
        cells=[
            markdown("An Exception was encountered", metadata={"tags": ["papermill-error-cell-tag"]}),
            sel(kode="irisan = '/srv/rahasia/irisan.parquet'", tag=["injected-parameters"]),
            sel(
                Kop(
                    ("Pemerintah Kabupaten X", "Jalan Y 1"),
                    "Dinas Z",
                    "Laporan",
                    "2024",
                    "Kaki halaman",
                    TANDA,
                )
            ),
            sel(AngkaKunci((Butir("Rp12.345.678.900", "TPP"), *[Butir("97,13 %", "Capaian", "IKU")] * 4))),
            markdown(
                f"# Ikhtisar\n\nKata **tebal** dan *miring*; `kode`.\n\n- satu\n  1. dua\n\n> kutip\n\n{PANJANG}"
            ),
            markdown(
                "### Rincian\n\n| A | B |\n|:--|--:|\n| kiri | 1,5 |\n\n```\nblok kode\n```\n\n---\n\n<div>x</div>"
            ),
            sel(
                Tabel(
                    (KolomTabel("Nama", lebar=1), KolomTabel("Ket", lebar=9)),
                    ((PANJANG, "pendek"),),
                    "Sempit",
                )
            ),
            sel(Gambar(svg(), "Sebaran predikat", "Diagram batang: Baik 38 orang.", "e-Kinerja")),
            sel(
                Judul("Catatan " + JAHAT, 2),
                Catatan("Predikat organisasi diandaikan.", "asumsi"),
                Paragraf(JAHAT),
            ),
            galat,
            sel(Judul("Usulan", 2), Tabel((KolomTabel("Nama"),), (), "Usulan hukuman")),
            markdown("# Penutup\n\nDemikian laporan ini."),
            sel(TandaTangan("Kota X, 7 Oktober 2024", (kepala,))),
            markdown("# Lampiran\n\n## Daftar TPP\n\nPengantar lampiran."),
            sel(nominatif()),
            sel(TandaTangan("Kota X, 8 Oktober 2024", (kepala, Pihak("", "Bendahara Pengeluaran")))),
            markdown("# Cara membaca\n\nTegak kembali."),
        ]
    )
    nb.metadata["papermill"] = {"duration": 1.2, "input_path": "/srv/rahasia/laporan.ipynb"}
    return nb


def buku(*sel_sel):
    return v4.new_notebook(cells=list(sel_sel))


def cetak(nb, kertas="F4", **lain) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_dari(nb, kertas, judul="Laporan Dinas Z", penulis="Dinas Z", **lain)))


def teks(halaman) -> str:
    """Text of a page with every space and permitted break gone."""
    return re.sub(r"[\s\u200b\u00ad]", "", halaman.extract_text())


@pytest.fixture(scope="module")
def nb():
    return contoh()


@pytest.fixture(scope="module")
def html(nb):
    return html_dari(nb, "Laporan <Dinas Z>")


@pytest.fixture(scope="module")
def pdf(nb):
    return cetak(nb)


@pytest.fixture(scope="module")
def halaman(pdf):
    return [teks(h) for h in pdf.pages]


# HTML -----------------------------------------------------------------------------------------------


def test_html_mandiri(html):
    unsur: list[tuple[str, dict]] = []
    pembaca = HTMLParser()
    pembaca.handle_starttag = lambda tag, atribut: unsur.append((tag, dict(atribut)))
    pembaca.feed(html)
    assert not {tag for tag, _ in unsur} & {"script", "link", "iframe", "object", "base"}
    assert {a["src"][:5] for _, a in unsur if "src" in a} == {"data:"}
    assert {a["href"][0] for _, a in unsur if "href" in a} == {"#"}
    assert not re.search(r"url\(|@import", "".join(re.findall(r"<style>.*?</style>", html, re.DOTALL)))
    assert "default-src 'none'" in html
    assert '<html lang="id">' in html
    assert "<title>Laporan &lt;Dinas Z&gt;</title>" in html
    assert html.count("<style>") == 2  # one copy of the blocks' style, one of the page's


def test_html_tanpa_jejak_mesin(html):
    for jejak in ("rahasia", "papermill", "Exception was", "execution", "[7]"):
        assert jejak not in html
    assert "ValueError: &#39;…/irisan.parquet&#39; kosong" in html
    assert "irisan = &#39;…/irisan.parquet&#39;" in html
    assert "baris log &lt;b&gt;tebal" in html


def test_html_daftar_isi(html):
    butir = re.findall(r'<li class="t(\d)"><a href="#(b\d+)">(.*?)</a>', html)
    assert [(t, teks[:8]) for t, _, teks in butir[:3]] == [
        ("1", "Ikhtisar"),
        ("3", "Rincian"),
        ("2", "Catatan "),
    ]
    assert len(butir) == 8
    assert all(html.count(f'id="{j}"') == 1 for _, j, _ in butir)
    assert html.index("</header>") < html.index('<nav class="daftar-isi"') < html.index('id="b1"')
    assert beri_daftar_isi("<h2>Satu</h2>") == '<h2 id="b1">Satu</h2>'  # four or fewer: no contents


def test_html_kode_terlipat(html, nb):
    n = sum(s.cell_type == "code" for s in nb.cells)
    assert html.count('<details class="kode"><summary>Kode</summary>') == n
    assert "<details open" not in html


def test_html_sama_setiap_kali(nb, html):
    assert html_dari(nb, "Laporan <Dinas Z>") == html
    assert nb == contoh() | {"cells": nb.cells}  # the notebook itself stays as it was
    assert nb.cells[1].source == "irisan = '/srv/rahasia/irisan.parquet'"


def test_html_cepat(nb, html):
    lama = []
    for _ in range(5):
        mulai = time.process_time()
        html_dari(nb, "x")
        lama.append(time.process_time() - mulai)
    assert min(lama) < 0.08  # 15 ms on a quiet machine


def test_html_di_peramban(html, tmp_path):
    """Hostile text in a real browser: it is text, and nothing ran."""
    perlu_peramban()
    berkas = tmp_path / "laporan.html"
    berkas.write_text(html, encoding="utf-8")
    with buka(berkas.as_uri()) as halaman:
        dom = halaman.content()
    assert "<title>Laporan &lt;Dinas Z&gt;</title>" in dom
    assert "<script" not in dom
    assert not re.search(r"<img(?! alt=\"Diagram batang)", dom)
    sel_jahat = JAHAT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<td>{sel_jahat}\nNIP 000000000000000005</td>" in dom
    assert f"<p>{sel_jahat}</p>" in dom
    assert dom.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("asli", "bersih"),
    [
        ("buka '/home/ani/b.csv'", "buka '…/b.csv'"),
        (r"C:\Users\Ani B\b.csv", "…/b.csv"),
        ("km/jam, III/c, 5/3/2, a / b / c", "km/jam, III/c, 5/3/2, a / b / c"),
        ("https://peraturan.go.id/id/pp-30", "https://peraturan.go.id/id/pp-30"),
    ],
)
def test_tanpa_jalur(asli, bersih):
    assert tanpa_jalur(asli) == bersih


# PDF ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kertas", "lebar", "tinggi"), [("F4", 215, 330), ("A4", 210, 297)])
def test_pdf_kertas_dan_kaki(nb, kertas, lebar, tinggi):
    pdf = cetak(nb, kertas)
    n = len(pdf.pages)
    arah = ""
    for i, halaman in enumerate(pdf.pages, 1):
        ukuran = (float(halaman.mediabox.width) / MM, float(halaman.mediabox.height) / MM)
        mendatar = ukuran[0] > ukuran[1]
        assert ukuran == pytest.approx((tinggi, lebar) if mendatar else (lebar, tinggi), abs=0.1)
        arah += "-" if mendatar else "|"
        isi = teks(halaman)
        assert TANDA.replace(" ", "") in isi
        assert f"KakihalamanHalaman{i}dari{n}" in isi
    assert re.fullmatch(r"\|+-+\|", arah)  # portrait, the landscape appendix, portrait again


def test_pdf_isi(halaman):
    isi = "".join(halaman)
    for kata in (
        "PEMERINTAHKABUPATENX",
        "DINASZ",
        "LAPORAN",
        "DaftarIsi",
        "tebal",
        "miring",
        "kutip",
        "blokkode",
    ):
        assert kata in isi
    for kata in (
        "Rp12.345.678.900",
        "Tabel1.Sempit",
        "Gambar1.Sebaranpredikat",
        "Sumber:e-Kinerja",
        "SangatBaik",
    ):
        assert kata in isi
    assert "Asumsi.Predikatorganisasidiandaikan." in isi
    assert "Galatpadabagianini.ValueError:'…/irisan.parquet'kosong" in isi
    assert "Tidakadabaris." in isi
    for bukan in ("log", "jejak", "rahasia", "Exceptionwas", "tampilkan(", "<div>"):
        assert bukan not in isi


def test_pdf_teks_jahat_utuh(halaman):
    isi = "".join(halaman)
    assert isi.count(re.sub(r"\s", "", JAHAT)) >= 3  # heading, paragraph, table cell


def test_pdf_kata_panjang_tetap_di_kolomnya(pdf):
    baris = [b for h in pdf.pages for b in h.extract_text().splitlines()]
    isi = re.sub(r"\s|\u200b", "", "".join(baris))
    assert isi.count("W") >= 600  # all of it is there, in the paragraph and in the cell
    lebar_w = 0.95  # em of a W in this font
    dalam_sel = [len(re.sub(r"[^W]", "", b)) for b in baris if 0 < b.count("W") < 20]
    assert sum(dalam_sel) >= 300 - 20
    assert max(dalam_sel) * lebar_w * 9.5 <= 170 * MM / 10  # a tenth of the text's width
    assert max(b.count("W") for b in baris) * lebar_w * 11 <= 170 * MM


def test_pdf_kepala_tabel_berulang_dan_baris_utuh(pdf, halaman):
    mendatar = [t for h, t in zip(pdf.pages, halaman, strict=True) if h.mediabox.width > h.mediabox.height]
    assert len(mendatar) >= 3
    assert all("KomponenTPP" in t for t in mendatar)
    for i in range(1, 61):  # name and NIP of a row on the same page
        nama = re.sub(r"\s", "", JAHAT) if i == 5 else f"Pegawaike-{i}"
        assert sum(f"{nama}NIP{i:018d}" in t for t in mendatar) == 1
    assert "Pengantarlampiran.Tabel3." in mendatar[0]
    assert "Tegakkembali" in halaman[-1]


def test_pdf_tanda_tangan_bersama_baris_terakhir(halaman):
    isi = next(t for t in halaman if "BendaharaPengeluaran" in t)
    for kata in (
        "Pegawaike-59",
        "Pegawaike-60",
        "Jumlahsemua",
        "KotaX,8Oktober2024",
        "NIP197001011995031001",
    ):
        assert kata in isi
    assert re.search(r"NIP\.{20,}", isi)  # who has no name yet fills it in by hand


@pytest.mark.parametrize("n", range(20, 46, 3))
def test_pdf_tanda_tangan_tak_pernah_sendiri(n):
    """However the page falls, signatures stay whole and with what they sign."""
    baris = "\n\n".join(f"Alinea {i}." for i in range(n))
    pihak = TandaTangan("Kota X", (Pihak("Mengetahui,", "Kepala", "Ani", "", "1"), Pihak("", "Bendahara")))
    akhir = teks(cetak(buku(v4.new_markdown_cell(baris), sel(pihak))).pages[-1])
    assert f"Alinea{n - 1}." in akhir
    assert akhir.index("KotaX") < akhir.index("Ani") < akhir.index("NIP1")


def test_pdf_tabel_kecil_tidak_terbelah():
    tabel = Tabel((KolomTabel("Nama"),), tuple((f"Baris {i}",) for i in range(8)), "Kecil")
    for n in range(24, 40, 3):
        alinea = "\n\n".join(["Alinea."] * n)
        pdf = cetak(buku(v4.new_markdown_cell(alinea), sel(tabel)))
        assert (
            sum("Baris0" in teks(h) and "Baris7" in teks(h) and "Tabel1" in teks(h) for h in pdf.pages) == 1
        )


def test_pdf_metadata_dan_aksesibilitas(nb, pdf):
    assert (pdf.metadata.title, pdf.metadata.author) == ("Laporan Dinas Z", "Dinas Z")
    assert pdf.metadata.creation_date is None
    akar = pdf.trailer["/Root"]
    assert akar["/Lang"] == "id-ID"
    assert akar["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in akar["/Metadata"].get_data()
    arsip = cetak(nb, tanggal=dt.date(2024, 10, 7))
    xmp = arsip.trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in xmp
    assert arsip.metadata.creation_date.date() == dt.date(2024, 10, 7)


def test_pdf_hanya_huruf_bawaan(pdf):
    huruf = {
        str(f["/BaseFont"]).split("+")[-1]
        for h in pdf.pages
        for f in (f.get_object() for f in h["/Resources"].get("/Font", {}).values())
    }
    assert huruf
    assert all(re.match(r"LibertinusSerif|DejaVuSans", h) for h in huruf), huruf


@pytest.mark.parametrize("tanggal", [None, dt.date(2024, 1, 31)])
def test_pdf_aksara_yang_tak_tercetak(tanggal):
    """Half a surrogate pair, control characters, the private use area: shown as '�', never a crash."""
    blok = Paragraf(
        "awal \ud800 \x00\x07 \ue000 \ufffe 漢😀 \u202e akhir"
    )  # the last but one would turn the line round
    isi = teks(cetak(buku(v4.new_markdown_cell("# J"), sel(blok)), tanggal=tanggal).pages[0])
    assert "awal" in isi
    assert "akhir" in isi
    assert isi.count("\ufffd") == 6


def test_pdf_menolak():
    with pytest.raises(ValueError, match="kertas 'Letter' tidak dikenal; pakai F4 atau A4"):
        pdf_dari(buku(), "Letter", judul="x", penulis="y")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="judul PDF kosong"):
        pdf_dari(buku(), judul=" ", penulis="y")
    with pytest.raises(RuntimeError, match="PDF tidak dapat disusun"):
        pdf_dari(buku(sel(Gambar("<svg", "Rusak", "alt"))), judul="x", penulis="y")


SIDIK = """
import hashlib, os, sys
sys.path.insert(0, {folder!r})
from test_pdf_html import contoh
from kinerja.laporan.html import html_dari
from kinerja.laporan.pdf import pdf_dari
def sidik(nb):
    pdf = pdf_dari(nb, judul="J", penulis="P")
    print(*(hashlib.sha256(b).hexdigest() for b in (html_dari(nb, "J").encode(), pdf)), flush=True)
nb = contoh()
sidik(nb)
if os.fork() == 0:  # the parent has compiled already: its threads are not in the child
    sidik(nb)
    os._exit(0)
os.wait()
"""


def test_byte_sama_di_proses_lain_dan_setelah_fork(nb):
    perintah = [sys.executable, "-c", SIDIK.format(folder=str(Path(__file__).parent))]
    proses = [
        subprocess.Popen(
            perintah,
            env=os.environ | {"PYTHONHASHSEED": benih, "TZ": zona},
            stdout=subprocess.PIPE,
            text=True,
        )
        for benih, zona in (("1", "Asia/Jakarta"), ("2", "America/Lima"))
    ]
    keluaran = [p.communicate(timeout=300)[0].split() for p in proses]
    pdf = pdf_dari(nb, judul="J", penulis="P")
    di_sini = [hashlib.sha256(b).hexdigest() for b in (html_dari(nb, "J").encode(), pdf)]
    assert keluaran == [di_sini * 2] * 2


def test_pdf_300_baris_cepat():
    kolom = tuple(KolomTabel(f"K{i}", "kanan" if i else "kiri") for i in range(6))
    tabel = Tabel(kolom, tuple((f"Pegawai {i}", *[f"{i}.234.567"] * 5) for i in range(300)), "Rekap")
    mulai = time.process_time()
    pdf = cetak(buku(sel(tabel)))
    assert time.process_time() - mulai < 1.0  # 0.2 s on a quiet machine
    assert len(pdf.pages) > 4
