"""What is printed of an executed notebook, in order and by page: read once for PDF and DOCX alike."""

from __future__ import annotations

import re
from typing import Any

import mistune
from nbformat import NotebookNode

from kinerja.laporan.html import galat, sel_laporan
from kinerja.tampil import MIME_BLOK

Blok = dict[str, Any]

_markdown = mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough", "url"])
# What PDF/A and XML refuse (control characters, half pairs, the private use area, non-characters),
# and marks that turn the direction of a line, so that a name reads as another.
_TAK_TERCETAK = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)


def bagian_laporan(nb: NotebookNode) -> list[dict[str, Any]]:
    """Sections {mendatar: bool, isi: blocks} of the report, in portrait and landscape by turns.

    Blocks are those of `kinerja.tampil`, plus 'md' (a token of mistune), 'galat' and 'daftar_isi'.
    """
    blok = [b for sel in sel_laporan(nb) for b in _blok(sel)]
    return _bagian(_dengan_daftar_isi(berurut(blok)))


def judul_rata(blok: Blok) -> Blok:
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
            hasil.append(judul_rata(blok))
    return hasil


def berurut(blok: list[Blok]) -> list[Blok]:
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


def bersih(x: Any) -> Any:
    """Replace what cannot be printed by '�', in every text of the data."""
    if isinstance(x, str):
        return x if x.isprintable() else _TAK_TERCETAK.sub("\ufffd", x.replace("\r\n", "\n"))
    if isinstance(x, dict):
        return {k: bersih(v) for k, v in x.items()}
    return [bersih(v) for v in x] if isinstance(x, list | tuple) else x
