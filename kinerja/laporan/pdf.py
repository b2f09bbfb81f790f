"""An executed notebook to PDF, set by Typst on F4 or A4, from the same blocks as the HTML page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Literal

from nbformat import NotebookNode

from kinerja.laporan.html import kop
from kinerja.laporan.susunan import bagian_laporan, bersih, berurut, judul_rata
from kinerja.penata import tata
from kinerja.tampil import Blok as BlokTampil

Kertas = Literal["F4", "A4"]


def pdf_dari(
    nb: NotebookNode,
    kertas: Kertas = "F4",
    *,
    judul: str,
    penulis: str,
    tanggal: dt.date | None = None,
) -> bytes:
    """The executed notebook `nb` as a tagged PDF (PDF/UA-1), the same bytes for the same input.

    F4 is 215 x 330 mm. `judul` and `penulis` become the document's metadata. With `tanggal`, the
    date that the report bears, the file is PDF/A-2a for the archive as well. RuntimeError, in
    Indonesian, when it cannot be set.
    """
    if kertas not in ("F4", "A4"):
        raise ValueError(f"kertas {kertas!r} tidak dikenal; pakai F4 atau A4.")
    if not judul.strip():
        raise ValueError("judul PDF kosong; isi judul laporan, misalnya 'Laporan Kinerja 2024'.")
    kepala = kop(nb)
    bahan = {
        "kertas": kertas,
        "judul": judul,
        "penulis": penulis,
        "tanggal": tanggal and {"year": tanggal.year, "month": tanggal.month, "day": tanggal.day},
        "tanda": kepala.get("tanda", ""),
        "kaki": kepala.get("kaki", ""),
        "bagian": bagian_laporan(nb),
    }
    baku = ["a-2a", "ua-1"] if tanggal else ["ua-1"]
    return tata("laporan.typ", bersih(bahan), format="pdf", pdf_standards=baku)[0]


def pdf_blok(
    lembar: Sequence[Sequence[BlokTampil]],
    kertas: Kertas = "A4",
    *,
    judul: str,
    penulis: str,
    tanda: str = "",
    kaki: str = "",
) -> bytes:
    """Loose sheets as one tagged PDF (PDF/UA-1): each list of blocks starts on a page of its own.

    `tanda` stands at the head, `kaki` at the foot of every page. ValueError for another paper or no
    sheet, RuntimeError, in Indonesian, when it cannot be set.
    """
    if kertas not in ("F4", "A4"):
        raise ValueError(f"kertas {kertas!r} tidak dikenal; pakai F4 atau A4.")
    if not lembar:
        raise ValueError("tidak ada lembar untuk dicetak.")
    bagian = [
        {"mendatar": any(b.get("mendatar") for b in isi), "isi": berurut(isi)}
        for isi in ([judul_rata(b.data()) for b in satu] for satu in lembar)
    ]
    bahan = {
        "kertas": kertas,
        "judul": judul,
        "penulis": penulis,
        "tanggal": None,
        "tanda": tanda,
        "kaki": kaki,
        "bagian": bagian,
    }
    return tata("laporan.typ", bersih(bahan), format="pdf", pdf_standards=["ua-1"])[0]


def sampul(bahan: dict[str, Any]) -> io.BytesIO:
    """Cover and contents of a merged file, PDF/A-2b; `bahan` is what reports/templat/gabungan.typ reads."""
    return io.BytesIO(tata("gabungan.typ", bersih(bahan), format="pdf", pdf_standards=["a-2b"])[0])
