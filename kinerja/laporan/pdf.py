"""An executed notebook to PDF, set by Typst on F4 or A4, from the same blocks as the HTML page."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import mistune
import typst
from nbformat import NotebookNode

from kinerja.laporan.html import TEMPLAT, galat, kop, sel_laporan
from kinerja.tampil import MIME_BLOK
from kinerja.tampil import Blok as BlokTampil

Kertas = Literal["F4", "A4"]
Blok = dict[str, Any]

_markdown = mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough", "url"])
# What PDF/A refuses to print (control characters, half pairs, the private use area, non-characters),
# and marks that turn the direction of a line, so that a name reads as another.
_TAK_TERCETAK = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
_penyusun_pertama: int | None = None  # process that compiled first


@cache
def penyusun() -> typst.Compiler:
    """The compiler with its fonts (Typst's own and matplotlib's, none of the system).

    Build it before forking: children inherit it. Compiling starts threads, which a fork does not
    inherit; see `_susun`.
    """
    asal = find_spec("matplotlib")
    assert asal is not None
    assert asal.origin is not None
    huruf = typst.Fonts(
        include_system_fonts=False, font_paths=[str(Path(asal.origin).parent / "mpl-data" / "fonts" / "ttf")]
    )
    return typst.Compiler(TEMPLAT / "laporan.typ", root=TEMPLAT, font_paths=huruf, ignore_system_fonts=True)


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
    blok = [b for sel in sel_laporan(nb) for b in _blok(sel)]
    kepala = kop(nb)
    bahan = {
        "kertas": kertas,
        "judul": judul,
        "penulis": penulis,
        "tanggal": tanggal and {"year": tanggal.year, "month": tanggal.month, "day": tanggal.day},
        "tanda": kepala.get("tanda", ""),
        "kaki": kepala.get("kaki", ""),
        "bagian": _bagian(_dengan_daftar_isi(_berurut(blok))),
    }
    return _susun(json.dumps(_bersih(bahan), ensure_ascii=False), ["a-2a", "ua-1"] if tanggal else ["ua-1"])


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
        {"mendatar": any(b.get("mendatar") for b in isi), "isi": _berurut(isi)}
        for isi in ([_judul_rata(b.data()) for b in satu] for satu in lembar)
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
    return _susun(json.dumps(_bersih(bahan), ensure_ascii=False), ["ua-1"])


def _judul_rata(blok: Blok) -> Blok:
    """A heading made from data, as the setter reads headings: a list of inline tokens."""
    if blok["jenis"] != "judul":
        return blok
    return {**blok, "isi": [{"type": "text", "raw": blok["teks"]}]}


def _blok(sel: NotebookNode) -> list[Blok]:
    """What a cell prints: its markdown, blocks among its outputs, and its error."""
    if sel.cell_type == "markdown":
        token: list[dict[str, Any]] = _markdown(sel.source)  # type: ignore[assignment]
        return [
            {"jenis": "judul", "tingkat": t["attrs"]["level"], "isi": t["children"]}
            if t["type"] == "heading"
            else {"jenis": "md", "isi": t}
            for t in token
            if t["type"] not in ("blank_line", "block_html")
        ]
    hasil: list[Blok] = []
    for k in sel.get("outputs", ()):
        if k.output_type == "error":
            hasil.append({"jenis": "galat", "teks": galat(k)})
        elif blok := k.get("data", {}).get(MIME_BLOK):
            hasil.append(_judul_rata(blok))
    return hasil


def _berurut(blok: list[Blok]) -> list[Blok]:
    """Heading levels without gaps, as PDF/UA wants: after level 1 comes 2, not 3."""
    hasil, tingkat = [], 0
    for b in blok:
        if b["jenis"] == "judul":
            tingkat = min(b["tingkat"], tingkat + 1)
            b = {**b, "tingkat": tingkat}
        hasil.append(b)
    return hasil


def _dengan_daftar_isi(blok: list[Blok]) -> list[Blok]:
    """Contents after the first letterhead, or in front, when there are more than 4 headings."""
    if sum(b["jenis"] == "judul" for b in blok) <= 4:
        return blok
    i = next((i for i, b in enumerate(blok, 1) if b["jenis"] == "kop"), 0)
    return [*blok[:i], {"jenis": "daftar_isi"}, *blok[i:]]


def _bagian(blok: list[Blok]) -> list[dict[str, Any]]:
    """Split into portrait and landscape sections {mendatar, isi}.

    What stands under one heading stays together, so the words before a landscape table and the
    signatures after it share its page.
    """
    potongan: list[list[Blok]] = [[]]
    for b in blok:
        if b["jenis"] == "judul" and any(x["jenis"] != "judul" for x in potongan[-1]):
            potongan.append([])
        potongan[-1].append(b)
    hasil: list[dict[str, Any]] = []
    for isi in potongan:
        mendatar = any(b.get("mendatar") for b in isi)
        if hasil and hasil[-1]["mendatar"] == mendatar:
            hasil[-1]["isi"] += isi
        else:
            hasil.append({"mendatar": mendatar, "isi": isi})
    return hasil


def _bersih(x: Any) -> Any:
    """Replace what cannot be printed by '�', in every text of the data."""
    if isinstance(x, str):
        return x if x.isprintable() else _TAK_TERCETAK.sub("\ufffd", x.replace("\r\n", "\n"))
    if isinstance(x, dict):
        return {k: _bersih(v) for k, v in x.items()}
    return [_bersih(v) for v in x] if isinstance(x, list | tuple) else x


def _susun(data: str, baku: list[Any]) -> bytes:
    global _penyusun_pertama
    if _penyusun_pertama not in (None, os.getpid()):
        # forked after the parent compiled: Typst's threads stayed behind and it would wait for ever
        perintah = [sys.executable, "-m", "kinerja.laporan.pdf", *baku]
        return subprocess.run(perintah, input=data.encode(), stdout=subprocess.PIPE, check=True).stdout
    _penyusun_pertama = os.getpid()
    try:
        hasil = penyusun().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=baku)
    except typst.TypstError as e:
        raise RuntimeError(f"PDF tidak dapat disusun: {e.message}. {' '.join(e.hints)}".strip()) from e
    assert isinstance(hasil, bytes)
    return hasil


if __name__ == "__main__":
    sys.stdout.buffer.write(_susun(sys.stdin.buffer.read().decode(), sys.argv[1:]))
