"""An executed notebook to one HTML file that needs nothing else: no script, no network."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode

from kinerja.penata import TEMPLAT
from kinerja.tampil import GAYA, MIME_BLOK

_JUDUL = re.compile(r"<h([1-4])>(.*?)</h\1>", re.DOTALL)
_JALUR = re.compile(r"(?<![\w.:/<])(?:/(?:[\w.@-]+/)+|[A-Za-z]:[\\/]+(?:[\w.@ -]+[\\/]+)+)(?=[\w.-])")
_ANSI = re.compile(r"\x1b\[[\d;]*[A-Za-z]")


class _Ekspor(HTMLExporter):
    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **lain: Any
    ) -> tuple[str, dict[str, Any]]:
        # HTMLExporter parses its own page again to add tabindex and alt: seconds for long tables,
        # and our template has both already
        hasil: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(self, nb, resources, **lain)
        return hasil


@cache
def ekspor() -> HTMLExporter:
    """The exporter, built once per process; forked children inherit it."""
    e = _Ekspor(  # type: ignore[no-untyped-call]
        template_name="html",
        extra_template_basedirs=[str(TEMPLAT)],
        exclude_anchor_links=True,
        filters={"galat": galat, "beri_daftar_isi": beri_daftar_isi, "teks_css": teks_css},
    )
    e.template  # noqa: B018  compiles it now
    return e


def tanpa_jalur(teks: str) -> str:
    """'/home/ani/irisan/dinas.parquet' -> '…/dinas.parquet': no folder of a machine leaves it.

    >>> tanpa_jalur("berkas = '/home/ani/irisan/dinas.parquet'  # km/jam")
    "berkas = '…/dinas.parquet'  # km/jam"
    """
    return _JALUR.sub("…/", teks)


def teks_css(teks: str) -> str:
    """Text inside a CSS string, in a `style` element: nothing but code points, so nothing can end it."""
    return "".join(f"\\{ord(c):x} " for c in teks)


def galat(keluaran: NotebookNode) -> str:
    """'ValueError: nilai kosong' from an error output, without traceback, colours or folders."""
    return tanpa_jalur(_ANSI.sub("", f"{keluaran.get('ename')}: {keluaran.get('evalue')}"))


def bertanda(sel: NotebookNode, tanda: str) -> bool:
    return tanda in sel.get("metadata", {}).get("tags", ())


def sel_laporan(nb: NotebookNode) -> list[NotebookNode]:
    """The cells that are the report: not what papermill adds to a notebook that failed."""
    return [s for s in nb.cells if not bertanda(s, "papermill-error-cell-tag")]


def kop(nb: NotebookNode) -> dict[str, Any]:
    """Data of the first letterhead block; empty when the notebook shows none."""
    blok = (
        o.data[MIME_BLOK] for s in nb.cells for o in s.get("outputs", ()) if MIME_BLOK in o.get("data", ())
    )
    return next((b for b in blok if b["jenis"] == "kop"), {})


def beri_daftar_isi(badan: str) -> str:
    """Number the headings as link targets and put the contents after the letterhead, if more than 4."""
    isi: list[tuple[str, str]] = []

    def jangkar(m: re.Match[str]) -> str:
        isi.append((m[1], re.sub(r"<[^>]+>", "", m[2])))
        return f'<h{m[1]} id="b{len(isi)}">{m[2]}</h{m[1]}>'

    badan = _JUDUL.sub(jangkar, badan)
    if len(isi) <= 4:
        return badan
    butir = "".join(f'<li class="t{t}"><a href="#b{i}">{teks}</a></li>' for i, (t, teks) in enumerate(isi, 1))
    daftar = f'<nav class="daftar-isi" aria-label="Daftar isi"><h2>Daftar isi</h2><ol>{butir}</ol></nav>'
    depan, kepala, sisa = badan.partition("</header>")
    return depan + kepala + daftar + sisa if kepala else daftar + badan


def _ramping(sel: NotebookNode) -> NotebookNode:
    """What the page shows of a cell: nbconvert copies its input several times over."""
    hasil = copy(sel)
    hasil.metadata = {}
    if bertanda(sel, "injected-parameters"):
        hasil.source = tanpa_jalur(sel.source)
    if sel.cell_type == "code":
        hasil.outputs = [
            o | {"data": {"text/html": o.data["text/html"].replace(GAYA, "")}}
            if MIME_BLOK in o.get("data", ())
            else o
            for o in sel.outputs
        ]
    return hasil


def html_dari(nb: NotebookNode, judul: str) -> str:
    """The executed notebook `nb` as one HTML page titled `judul`; the same bytes for the same input.

    Code is folded; folders, execution counts, times and papermill's metadata are left out.
    """
    ramping = copy(nb)
    ramping.metadata = {}
    ramping.cells = [_ramping(s) for s in sel_laporan(nb)]
    bahan = {"judul": judul, "gaya": GAYA, **{k: kop(nb).get(k, "") for k in ("kaki", "tanda")}}
    return str(ekspor().from_notebook_node(ramping, bahan)[0])
