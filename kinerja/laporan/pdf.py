"""An executed notebook to PDF, set by Typst on F4 or A4, from the same blocks as the HTML page."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst
from nbformat import NotebookNode

from kinerja.laporan.html import TEMPLAT, kop
from kinerja.laporan.susunan import bagian_laporan, bersih, berurut, judul_rata
from kinerja.tampil import Blok as BlokTampil

Kertas = Literal["F4", "A4"]

_penyusun_pertama: int | None = None  # process that compiled first


@cache
def penyusun(templat: str = "laporan.typ") -> typst.Compiler:
    """The compiler of a template with its fonts (Typst's own and matplotlib's, none of the system).

    Build it before forking: children inherit it. Compiling starts threads, which a fork does not
    inherit; see `_susun`.
    """
    return typst.Compiler(TEMPLAT / templat, root=TEMPLAT, font_paths=_huruf(), ignore_system_fonts=True)


@cache
def _huruf() -> typst.Fonts:
    asal = find_spec("matplotlib")
    assert asal is not None
    assert asal.origin is not None
    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(Path(asal.origin).parent / "mpl-data" / "fonts" / "ttf")]
    )


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
    return _susun("laporan.typ", bahan, format="pdf", pdf_standards=baku)[0]


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
    return _susun("laporan.typ", bahan, format="pdf", pdf_standards=["ua-1"])[0]


def sampul(bahan: dict[str, Any]) -> io.BytesIO:
    """Cover and contents of a merged file, PDF/A-2b; `bahan` is what reports/templat/gabungan.typ reads."""
    return io.BytesIO(_susun("gabungan.typ", bahan, format="pdf", pdf_standards=["a-2b"])[0])


def png_dari(svg: Sequence[str], ppi: float = 200, tinggi: float | None = None) -> list[bytes]:
    """Each SVG as a PNG on white, the same bytes for the same text; `tinggi` in mm, None as drawn.

    RuntimeError if one is no picture.
    """
    bahan = {"svg": list(svg), "tinggi": tinggi}
    return _susun("gambar.typ", bahan, format="png", ppi=ppi) if svg else []


def _susun(templat: str, bahan: Any, **opsi: Any) -> list[bytes]:
    """What Typst sets from a template and its data: one PDF, or one PNG for each page."""
    global _penyusun_pertama
    data = json.dumps(bersih(bahan), ensure_ascii=False)
    if _penyusun_pertama not in (None, os.getpid()):
        # forked after the parent compiled: Typst's threads stayed behind and it would wait for ever
        perintah = [sys.executable, "-m", "kinerja.laporan.pdf", templat, json.dumps(opsi)]
        hasil = subprocess.run(perintah, input=data.encode(), stdout=subprocess.PIPE, check=True)
        return [base64.b64decode(b) for b in hasil.stdout.split()]
    return _susun_di_sini(templat, data, opsi)


def _susun_di_sini(templat: str, data: str, opsi: dict[str, Any]) -> list[bytes]:
    global _penyusun_pertama
    _penyusun_pertama = os.getpid()
    try:
        jadi = penyusun(templat).compile(sys_inputs={"data": data}, **opsi)
    except typst.TypstError as e:
        apa = "PDF" if opsi["format"] == "pdf" else "Gambar"
        raise RuntimeError(f"{apa} tidak dapat disusun: {e.message}. {' '.join(e.hints)}".strip()) from e
    return [b for b in (jadi if isinstance(jadi, list) else [jadi]) if b is not None]


if __name__ == "__main__":
    for b in _susun_di_sini(sys.argv[1], sys.stdin.buffer.read().decode(), json.loads(sys.argv[2])):
        print(base64.b64encode(b).decode())
