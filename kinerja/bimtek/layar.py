"""Slides: a lesson on the projector, one idea on a screen, in one HTML file that any browser opens.

The slides come from the lesson's own notebook, run afresh: its headings, paragraphs and lists become screens of a few
large words, each picture and table a screen of its own, and what explains it waits for a key. Code is hidden, people
are masked unless asked otherwise, and nothing is fetched from anywhere.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import mistune
from jinja2 import Environment, FileSystemLoader, select_autoescape
from nbformat import NotebookNode

from kinerja.bimtek.pelajaran import DI_PELATIH, Pelajaran, cerita, pelajaran
from kinerja.bimtek.tabel_layar import tabel_layar
from kinerja.data.samaran import SAKELAR
from kinerja.data.utuh import map_utuh
from kinerja.laporan.cabang import jalankan_cabang
from kinerja.laporan.html import bertanda, galat
from kinerja.laporan.paket import jalankan_notebook
from kinerja.tampil import GAYA, MIME_BLOK

HALAMAN = Path(__file__).parent / "halaman"
KATA_LAYAR = 55  # words of running text that one screen holds in large type
BUTIR_LAYAR = 6  # items of a list
LANGKAH_LAYAR = 2  # steps of an explained number
PALING_LANGKAH = 20  # steps that are shown with their formulas; of more only the results
_SINTETIS = "ILUSTRATIF: pegawai sintetis, bukan orang nyata"
_BUTIR = re.compile(r"(?:[-*+]|\d+[.)])\s+")
_KALIMAT = re.compile(r"(?<=[.?!:])\s+(?=[*“\"(]*[A-Z0-9])")
_TANYA = re.compile(r"\*\*(?:Tanyakan|Pertanyaan|Diskusi)[^*]*\*\*:?\s*", re.IGNORECASE)
_PANEL = re.compile(
    r"[Dd]i JupyterLab(?: bagian ini berupa|\))"
)  # a control in its static form: its picture follows
_JAWABAN = re.compile(r"(?:Jawaban|Kunci)\b", re.IGNORECASE)  # a heading under which everything waits
_DI_KOMPUTER = re.compile(r"\*\*Di komputer")  # what only who sits at a keyboard needs
_PENGANTAR = 8  # words of a line that stands above its table rather than alone
_KERTAS = ("kop", "tanda_tangan")  # blocks that only paper needs
_SIMPAN = re.compile(r"\*\*(?:Jawaban|Kunci|Cara membaca|Petunjuk)", re.IGNORECASE)
_TAUTAN = re.compile(r'<a href="[^"]*\.(?:ipynb|html)[^"]*">(.*?)</a>', re.DOTALL)
_markdown = mistune.create_markdown(plugins=["table", "strikethrough"])


@dataclass
class Slaid:
    """One screen. `judul` stands above; `isi` are pieces of HTML, of which those from `tampak` on wait for the key.

    jenis: judul, teks, tanya, gambar, tabel. kode: the cell that made it. bagian: the lesson's heading that it is under.
    """

    judul: str
    jenis: str
    isi: list[str] = field(default_factory=list)
    tampak: int = 1
    kode: str = ""
    bagian: str | None = None


def cetak_layar(
    tujuan: Path,
    kode: Iterable[str] = (),
    *,
    kunci: bool = False,
    nama_asli: bool = False,
    pekerja: int = 2,
    kemajuan: Callable[[str], None] | None = None,
) -> list[Path]:
    """Slides of these lessons (all without `kode`) in the new folder `tujuan`; returns the files in teaching order.

    kunci: with the answers, behind the key. nama_asli: names and NIP as the lesson's data have them, else masked.
    The folder is written whole or not at all. FileExistsError if the name is taken, ValueError for an unknown
    lesson, RuntimeError with every lesson that failed and why.
    """
    semua = {p.kode: p for p in pelajaran()}
    diminta = tuple(kode) or tuple(semua)
    if asing := sorted(set(diminta) - set(semua)):
        raise ValueError(f"Tidak ada pelajaran {', '.join(asing)}. Yang ada: {', '.join(semua)}.")
    tugas = [(p, kunci, nama_asli) for k, p in semua.items() if k in diminta]
    gagal: list[str] = []
    with map_utuh(tujuan) as map_:
        for h in jalankan_cabang(tugas, _cetak, pekerja):
            p = h.tugas[0]
            if h.nilai is None:
                gagal.append(f"{p.berkas}: {h.galat}")
                continue
            (map_ / f"{p.jalur.stem}.html").write_text(h.nilai, encoding="utf-8", newline="\n")
            if kemajuan:
                kemajuan(f"{p.kode} {p.judul}")
        if gagal:
            raise RuntimeError("Layar tidak jadi dibuat.\n" + "\n".join(sorted(gagal)))
    return [tujuan / f"{p.jalur.stem}.html" for p, *_ in tugas]


def _cetak(tugas: tuple[Pelajaran, bool, bool]) -> str:
    """One lesson as a page, in a process of its own."""
    p, kunci, nama_asli = tugas
    os.environ.pop("JPY_SESSION_NAME", None)  # nobody sits before this run: controls take their static form
    os.environ[SAKELAR] = "0" if nama_asli else "1"
    with tempfile.TemporaryDirectory() as kerja:
        nb = jalankan_notebook(p.jalur, {"kunci": True} if kunci else {}, Path(kerja))
    asal = next(c for c in cerita() if c.kode == p.cerita)
    awal = Slaid(
        p.judul,
        "judul",
        [f"<p>{escape(p.tujuan)}</p>", f"<p class=kecil>Cerita dari {escape(asal.daerah)}</p>"],
        2,
    )
    return halaman_layar([awal, *slaid_dari(nb)], p.judul, f"Pelajaran {p.kode}", p.menit)


def halaman_layar(slaid: list[Slaid], judul: str, label: str, menit: int, tanda: str = _SINTETIS) -> str:
    """The page that shows these slides: the same bytes for the same slides."""
    return str(
        _templat().render(
            slaid=slaid,
            judul=judul,
            label=label,
            menit=menit,
            tanda=tanda,
            gaya=GAYA.replace("<style>", "").replace("</style>", ""),
        )
    )


@cache
def _templat() -> Any:
    lingkungan = Environment(
        loader=FileSystemLoader(HALAMAN),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return lingkungan.get_template("layar.html.j2")


# -- from cells to screens ----------------------------------------------------------------------------


def slaid_dari(nb: NotebookNode) -> list[Slaid]:
    """The screens of an executed notebook; its first heading is left out, for the page has its own title.

    A heading stands above all screens that follow it. What begins with 'Cara membaca', 'Jawaban' or 'Petunjuk'
    waits for the key on the screen before it, 'Tanyakan' makes a screen of one question, 'Di komputer' is left out.
    Under the heading 'Jawaban' all waits.
    """
    hasil: list[Slaid] = []
    judul = ""
    for sel in nb.cells:
        if any(bertanda(sel, t) for t in ("parameters", "injected-parameters", "papermill-error-cell-tag")):
            continue
        if sel.cell_type == "markdown":
            judul = _teks(sel.source, judul, hasil)
        elif sel.cell_type == "code":
            _keluaran(sel, judul, hasil)
        _catat_bagian(hasil, judul)
    for s in hasil:
        if _JAWABAN.match(s.judul):
            s.tampak = 0
    return hasil


def _teks(sumber: str, judul: str, hasil: list[Slaid]) -> str:
    """Add the screens of one markdown cell; returns the heading that now stands."""
    for blok in re.split(r"\n\s*\n", sumber.strip()):
        if kepala := re.match(r"(#{1,6})\s+(.+)", blok):
            if len(kepala[1]) > 1:
                judul = kepala[2].strip()
            _, _, blok = blok.partition("\n")
        if blok.strip() and not _DI_KOMPUTER.match(blok.strip()):
            _alinea(blok.strip(), judul, hasil)
        _catat_bagian(hasil, judul)
    return judul


def _catat_bagian(hasil: list[Slaid], judul: str) -> None:
    for s in hasil:
        s.bagian = judul if s.bagian is None else s.bagian


def _alinea(blok: str, judul: str, hasil: list[Slaid]) -> None:
    html = _html(blok)
    terakhir = hasil[-1] if hasil else None
    if (tanya := _TANYA.match(blok)) and blok[tanya.end() :]:
        hasil.append(Slaid("Tanyakan kepada peserta", "tanya", [_html(blok[tanya.end() :])]))
    elif _BUTIR.match(blok):
        _daftar(re.split(r"\n(?=(?:[-*+]|\d+[.)])\s)", blok), judul, hasil)
    elif blok.startswith("|"):
        antar = hasil.pop().isi if terakhir and _mengantar(terakhir, judul) else []
        hasil.append(Slaid(judul, "tabel", [*antar, html], len(antar) + 1))
    elif (
        _SIMPAN.match(blok) and terakhir and terakhir.judul == judul and terakhir.jenis in ("gambar", "tabel")
    ):
        terakhir.isi.append(f"<div class=simpan>{html}</div>")
    else:
        for bagian in _penggal(blok):
            baru = Slaid(judul, "teks", [_html(bagian)])
            lalu = hasil[-1] if hasil else baru
            sejenis = lalu is not baru and (lalu.jenis, lalu.judul, lalu.kode) == ("teks", judul, "")
            if sejenis and not _mengumumkan(baru, judul) and _kata(lalu) + _kata(baru) <= KATA_LAYAR:
                lalu.isi += baru.isi
                lalu.tampak = len(lalu.isi)
            else:
                hasil.append(baru)


def _daftar(butir: list[str], judul: str, hasil: list[Slaid]) -> None:
    """A list in screens of a few items that come one by one; the line that announces it stands above them."""
    nomor = re.match(r"\d+", butir[0])
    pembuka = hasil.pop().isi if hasil and _mengumumkan(hasil[-1], judul) else []
    for i in range(0, len(butir), BUTIR_LAYAR):
        isi = [
            f"<ol start={int(nomor[0]) + n}>{_butir(b)}</ol>" if nomor else f"<ul>{_butir(b)}</ul>"
            for n, b in enumerate(butir[i : i + BUTIR_LAYAR], i)
        ]
        hasil.append(Slaid(judul, "teks", [*pembuka, *isi], len(pembuka) + 1))


def _mengumumkan(s: Slaid, judul: str) -> bool:
    """Whether this screen only announces what follows."""
    tebal = re.fullmatch(r"<p><strong>[^<]*</strong></p>", s.isi[0])
    return s.jenis == "teks" and s.judul == judul and len(s.isi) == 1 and bool(tebal or _bertitik_dua(s))


def _bertitik_dua(s: Slaid) -> bool:
    return re.sub(r"<[^>]+>", "", s.isi[-1]).rstrip().endswith(":")


def _mengantar(s: Slaid, judul: str) -> bool:
    """Whether this screen is no more than a few words before a table."""
    satu = (s.jenis, s.judul, s.kode, len(s.isi)) == ("teks", judul, "", 1)
    return satu and (_mengumumkan(s, judul) or _kata(s) <= _PENGANTAR)


def _penggal(alinea: str) -> list[str]:
    """A paragraph in pieces of whole sentences that each fit a screen; emphasis is never cut in two."""
    potong = [""]
    for kalimat in _KALIMAT.split(alinea):
        utuh = potong[-1].count("**") % 2 == 0 and potong[-1].count("`") % 2 == 0
        if potong[-1] and utuh and len(potong[-1].split()) + len(kalimat.split()) > KATA_LAYAR:
            potong.append(kalimat)
        else:
            potong[-1] = f"{potong[-1]} {kalimat}".strip()
    return potong


def _kata(s: Slaid) -> int:
    return len(re.sub(r"<[^>]+>", " ", " ".join(s.isi)).split())


def _butir(teks: str) -> str:
    return f"<li>{_html(_BUTIR.sub('', teks, count=1)).removeprefix('<p>').removesuffix('</p>')}</li>"


def _html(markdown: str) -> str:
    """Markdown as HTML; a link to another file of the lessons is text, for the file is not beside the slides."""
    return _TAUTAN.sub(r"\1", str(_markdown(markdown)).strip())


def _keluaran(sel: NotebookNode, judul: str, hasil: list[Slaid]) -> None:
    """Add the screens of what one code cell showed."""
    di_atas = judul
    for k in sel.get("outputs", ()):
        if k.output_type == "error":
            hasil.append(Slaid(judul, "teks", [f"<p><b>{escape(galat(k))}</b></p>"], kode=sel.source))
            continue
        if k.output_type == "stream":
            if k.name == "stdout":
                tercetak = "<br>".join(escape(k.text.strip()).splitlines())
                hasil.append(Slaid(judul, "teks", [f"<p>{tercetak}</p>"], kode=sel.source))
            continue
        blok, html = k.data.get(MIME_BLOK), str(k.data.get("text/html", "")).replace(GAYA, "")
        jenis = blok["jenis"] if blok else ""
        if jenis in _KERTAS or _PANEL.search(html) or (blok and DI_PELATIH.match(blok.get("teks", ""))):
            continue
        if jenis == "judul":
            di_atas = blok["teks"]
        elif jenis in ("catatan", "paragraf") and hasil and hasil[-1].kode == sel.source:
            hasil[-1].isi.append(f"<div class=simpan>{html}</div>")
        elif 'class="kj-jelas"' in html:
            kepala, *langkah = _penggal_langkah(html)
            if hasil and (hasil[-1].jenis, hasil[-1].judul) == ("teks", judul) and _bertitik_dua(hasil[-1]):
                hasil[-1].isi.append(kepala)
            else:
                hasil.append(Slaid(di_atas, "teks", [kepala], kode=sel.source))
            hasil += [Slaid(di_atas, "teks", [t], kode=sel.source) for t in langkah]
        elif blok and jenis == "tabel":
            hasil += [Slaid(di_atas, "tabel", [t.html()], kode=sel.source) for t in tabel_layar(blok)]
        elif html:
            bentuk = "gambar" if jenis == "gambar" else "teks"
            hasil.append(Slaid(di_atas, bentuk, [html], kode=sel.source))


def _penggal_langkah(html: str) -> list[str]:
    """An explained number: what it is and its result, then a few numbered steps on each screen.

    Of its branches (plans, periods) only the results, a line each: their steps are the same rules with other values.
    """
    utama, *cabang = re.split(r"(?=<p><strong>[^<]*</strong></p><details>)", html)
    kepala, _, sisa = utama.partition("<ol>")
    langkah = re.findall(r"<li>.*?</li>", sisa, re.DOTALL)
    banyak = LANGKAH_LAYAR
    if len(langkah) > PALING_LANGKAH:
        langkah, banyak = [f"{x.partition('<br>')[0]}</li>" for x in langkah], BUTIR_LAYAR
    potong = [
        f"<ol start={i + 1}>{''.join(langkah[i : i + banyak])}</ol>" for i in range(0, len(langkah), banyak)
    ]
    for c in cabang:
        hasil = re.findall(r"<summary>(.*?)</summary>", c, re.DOTALL)
        judul = c.partition("<details>")[0]
        potong += [
            f"{judul}<ul>{''.join(f'<li>{x}</li>' for x in hasil[i : i + BUTIR_LAYAR])}</ul>"
            for i in range(0, len(hasil), BUTIR_LAYAR)
        ]
    return [kepala.removesuffix("</div>") + "</div>", *(f'<div class="kj-jelas">{x}</div>' for x in potong)]
