"""Handouts: every lesson as one HTML page and one PDF, the glossary, and an index with the agenda.

A page needs no internet and no kernel; what is a control in JupyterLab is its static form here. Lessons are run
afresh, each in a process of its own (one PDF per process, see `laporan.pdf`), so that a page never shows what somebody
happened to save. The answers are in the trainer's edition only, and every page of it says so.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from nbformat import NotebookNode, v4

from kinerja.bimtek import glosarium
from kinerja.bimtek.pelajaran import DI_PELATIH, NOTEBOOK, PINTU, Cerita, Pelajaran, cerita, pelajaran
from kinerja.data.utuh import map_utuh
from kinerja.laporan.cabang import jalankan_cabang
from kinerja.laporan.html import html_dari
from kinerja.laporan.paket import jalankan_notebook
from kinerja.laporan.pdf import pdf_dari
from kinerja.tampil import MIME_BLOK, Blok, Judul, KolomTabel, Kop, Paragraf, Tabel

UKURAN_HALAMAN = 2_000_000  # bytes that a page may have, so that a hall's Wi-Fi or a cheap telephone opens it
BARIS_DI_KERTAS = 24  # rows of a table of a lesson on paper; its page has them all
INDEKS, GLOSARIUM = "index", "glosarium"
_SINTETIS = "ILUSTRATIF: pegawai sintetis, bukan orang nyata"
_PELATIH = "EDISI PELATIH: memuat jawaban, jangan dibagikan. Pegawai sintetis"
_TAUTAN = re.compile(r'(?<=href=")(\d\d_\w+)\.ipynb(?=")')
_JUDUL = re.compile(r"\A# [^\n]*\n*")


@dataclass(frozen=True)
class _Tugas:
    """One handout to print: a lesson, the index or the glossary."""

    nama: str
    pelajaran: Pelajaran | None
    kunci: bool


def cetak_selebaran(
    tujuan: Path,
    kode: Iterable[str] = (),
    *,
    kunci: bool = False,
    pekerja: int = 2,
    kemajuan: Callable[[str], None] | None = None,
) -> list[Path]:
    """All handouts in the new folder `tujuan`; returns what was written, the index first.

    kode: only these lessons (the index and the glossary are always there). kunci: the trainer's edition. The whole
    folder is written or none of it. FileExistsError if the name is taken, ValueError for an unknown lesson or a page
    beyond UKURAN_HALAMAN, RuntimeError with every lesson that failed and why.
    """
    diminta = set(kode)
    semua = {p.kode: p for p in pelajaran()}
    if asing := sorted(diminta - set(semua)):
        raise ValueError(f"Tidak ada pelajaran {', '.join(asing)}. Yang ada: {', '.join(semua)}.")
    pilih = [p for k, p in semua.items() if not diminta or k in diminta]
    tugas = [_Tugas(INDEKS, None, kunci), _Tugas(GLOSARIUM, None, kunci)]
    tugas += [_Tugas(p.jalur.stem, p, kunci) for p in pilih]
    ada = {t.nama for t in tugas}
    cerita_ = kemajuan or (lambda _: None)
    gagal: list[str] = []
    with map_utuh(tujuan) as map_:
        for h in jalankan_cabang(tugas, _cetak, pekerja):
            if h.nilai is None:
                gagal.append(f"{h.tugas.nama}: {h.galat}")
                continue
            halaman, pdf = h.nilai
            halaman = _TAUTAN.sub(lambda m: _ke_halaman(m[1], ada), halaman)
            if len(halaman.encode()) > UKURAN_HALAMAN:
                gagal.append(
                    f"{h.tugas.nama}: halamannya lebih dari 2 MB; kurangi gambar atau baris tabelnya"
                )
            (map_ / f"{h.tugas.nama}.html").write_text(halaman, encoding="utf-8", newline="\n")
            (map_ / f"{h.tugas.nama}.pdf").write_bytes(pdf)
            cerita_(f"{h.tugas.nama} ({len(ada) - len(list(map_.glob('*.pdf')))} lagi)")
        if gagal:
            raise RuntimeError("Selebaran tidak jadi dicetak.\n" + "\n".join(sorted(gagal)))
    return [tujuan / f"{t.nama}.{akhiran}" for t in tugas for akhiran in ("html", "pdf")]


def _ke_halaman(nama: str, ada: set[str]) -> str:
    """Where a link to a notebook leads among the handouts; a lesson that was not printed leads to the index."""
    sasaran = INDEKS if nama == Path(PINTU).stem or nama not in ada else nama
    return f"{sasaran}.html"


def _cetak(t: _Tugas) -> tuple[str, bytes]:
    """One handout as (HTML, PDF), in a process of its own."""
    os.environ.pop("JPY_SESSION_NAME", None)  # nobody sits before this run: controls take their static form
    if t.nama == GLOSARIUM:
        nb = _buku(
            _kop("Glosarium", "Istilah kinerja ASN", "istilah, arti, peraturan, status bukti", t.kunci),
            _isi_glosarium(),
        )
        judul = "Glosarium"
    elif t.pelajaran is None:
        nb = _jalankan(NOTEBOOK / PINTU, kunci=False)
        judul = "Bimtek kinerja ASN"
        nb = _buku(_kop("Selebaran", "Mulai di sini", "acara, pelajaran, dan glosarium", t.kunci), nb.cells)
        nb.cells.append(_tautan_berkas(t.kunci))
    else:
        p = t.pelajaran
        milik = next(c for c in cerita() if c.kode == p.cerita)
        nb = _buku(kop_pelajaran(p, milik, t.kunci), _jalankan(p.jalur, kunci=t.kunci).cells)
        judul = p.judul
    kertas = _untuk_kertas(nb, BARIS_DI_KERTAS if t.pelajaran else None)
    return html_dari(nb, judul), pdf_dari(kertas, "A4", judul=judul, penulis="Bimtek kinerja ASN")


def _jalankan(notebook: Path, *, kunci: bool) -> NotebookNode:
    with tempfile.TemporaryDirectory() as kerja:
        hasil: NotebookNode = jalankan_notebook(notebook, {"kunci": True} if kunci else {}, Path(kerja))
    return hasil


def kop_pelajaran(p: Pelajaran, milik: Cerita, kunci: bool) -> Kop:
    """Head of a lesson's handout; every page bears that its people are synthetic, or that it holds answers."""
    return _kop(f"Pelajaran {p.kode}", p.judul, f"{p.menit} menit · cerita dari {milik.daerah}", kunci)


def _kop(nama: str, judul: str, subjudul: str, kunci: bool) -> Kop:
    return Kop(
        ("Bimtek kinerja ASN",),
        nama,
        judul,
        subjudul,
        kaki=f"Bimtek kinerja ASN · {judul}",
        tanda=_PELATIH if kunci else _SINTETIS,
    )


def _buku(kop: Kop, sel: Iterable[NotebookNode]) -> NotebookNode:
    """A notebook that opens with `kop`: its own title is left out, and what cells printed becomes paragraphs."""
    isi = [_sel_blok(kop), *(_di_kertas(s) for s in deepcopy(list(sel)))]
    for s in isi:
        if s.cell_type == "markdown" and _JUDUL.match(s.source):
            s.source = _JUDUL.sub("", s.source)
            break
    hasil: NotebookNode = v4.new_notebook(cells=isi)
    return hasil


def _sel_blok(*blok: Blok) -> NotebookNode:
    """A cell that shows blocks and has no code."""
    keluaran = [v4.new_output("display_data", data=b._repr_mimebundle_()) for b in blok]
    hasil: NotebookNode = v4.new_code_cell("", outputs=keluaran, id=f"blok-{len(blok)}-{blok[0].jenis}")
    return hasil


def _di_kertas(sel: NotebookNode) -> NotebookNode:
    """Paper shows blocks only: what a cell printed, and an explanation of steps, become one. Where a participant's
    edition has no answer, there is room for a pen."""
    for o in sel.get("outputs", ()):
        if o.output_type == "stream" and o.name == "stdout":
            _ganti(o, Paragraf(o.text.strip()))
        elif DI_PELATIH.match(str(o.get("data", {}).get(MIME_BLOK, {}).get("teks", ""))):
            _ganti(o, _ruang_jawaban())
        elif "text/html" in o.get("data", ()) and MIME_BLOK not in o.data:
            o.data[MIME_BLOK] = _langkah(o.data["text/html"]).data()
    return sel


def _ganti(keluaran: NotebookNode, blok: Blok) -> None:
    keluaran.clear()
    keluaran.update(v4.new_output("display_data", data=blok._repr_mimebundle_()))


def _ruang_jawaban() -> Tabel:
    kosong = "\n".join(["\u00a0"] * 2)
    return Tabel((KolomTabel("Jawaban saya"),), ((kosong,),) * 5, catatan="Dibahas bersama pelatih.")


def _langkah(html: str) -> Tabel:
    """The steps of an explained number as rows: what came out, how, and on what ground."""
    judul = ". ".join(
        _polos(x) for x in re.findall(r"<p>(.*?)</p>", html.partition("<ol>")[0], re.DOTALL)[:2]
    )
    baris = []
    for satu in re.findall(r"<summary>(.*?)</summary>|<li>(.*?)</li>", html, re.DOTALL):
        nama, *cara = (satu[0] or satu[1]).split("<br>")
        dasar = cara.pop() if cara else ""
        baris.append((_polos(nama), "\n".join(map(_polos, cara)), _polos(dasar)))
    kolom = (KolomTabel("Langkah dan hasilnya", lebar=2.2), KolomTabel("Cara menghitung", lebar=3))
    return Tabel((*kolom, KolomTabel("Dasar", lebar=1.8)), tuple(baris), judul=judul)


def _polos(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def _untuk_kertas(nb: NotebookNode, paling: int | None) -> NotebookNode:
    """Headings one level up, for on paper the letterhead is the title; tables cut after `paling` rows, which says so."""
    hasil = deepcopy(nb)
    for s in hasil.cells:
        if s.cell_type == "markdown":
            s.source = re.sub(r"^#(?=#+ )", "", s.source, flags=re.MULTILINE)
        for o in s.get("outputs", ()):
            blok = o.get("data", {}).get(MIME_BLOK, {})
            if blok.get("jenis") == "judul":
                blok["tingkat"] = max(1, blok["tingkat"] - 1)
            elif blok.get("jenis") == "tabel" and paling and len(blok["baris"]) > paling:
                lagi = f"{len(blok['baris']) - paling} baris lagi ada pada halaman HTML pelajaran ini."
                blok["catatan"] = f"{blok['catatan']} {lagi}".strip()
                blok["baris"] = blok["baris"][:paling]
                blok["kelas_baris"] = blok["kelas_baris"][:paling]
    return hasil


def _isi_glosarium() -> list[NotebookNode]:
    semua = glosarium.glosarium()
    kata = Paragraf(
        f"{len(semua)} istilah yang dipakai pelajaran dan laporan. Artinya disusun dengan kata-kata meja kerja ini, bukan "
        "kutipan. Status menyebut kekuatan buktinya: teks berarti bunyi peraturannya terbaca; dua-sumber dan sekunder dari "
        "sumber lain; tafsir cara baca meja kerja ini; asumsi istilah meja kerja ini sendiri."
    )
    sel = [_sel_blok(kata)]
    for i, (nama, bagian) in enumerate(semua.groupby("kelompok", sort=False)):
        satu = _sel_blok(Judul(str(nama), 2), glosarium.tabel(bagian))
        satu.id = f"kelompok-{i}"
        sel.append(satu)
    return sel


def _tautan_berkas(kunci: bool) -> NotebookNode:
    """Links to every page and its PDF; a link on paper would lead nowhere, but names the file."""
    baris = [f"| [{p.judul}]({p.jalur.stem}.ipynb) | {p.jalur.stem}.pdf |" for p in pelajaran()]
    edisi = "\n\nEdisi pelatih: jawaban ada di akhir setiap pelajaran." if kunci else ""
    hasil: NotebookNode = v4.new_markdown_cell(
        "## Berkas selebaran\n\n| Halaman | Untuk dicetak |\n|---|---|\n"
        + "\n".join(baris)
        + f"\n| [Glosarium]({GLOSARIUM}.html) | {GLOSARIUM}.pdf |{edisi}",
        id="berkas-selebaran",
    )
    return hasil
