"""The sheet on which every picture is drawn: millimetres, pens, letters, and how a number is written on it.

The figures are printed in black and white and shown in a hall: nothing is smaller than 9 pt at
170 mm, and no meaning rests on colour alone. Drawing is most of what a report costs, and with
matplotlib it is text layout and axes that cost; so a figure here is a few paths and many labels
placed in millimetres on a bare `Figure`: no axes, no ticks, no layout pass, no pyplot, no rcParams.
The same tables give the same bytes, and threads may draw at the same time.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib import get_data_path
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from kinerja.tampil import Gambar
from kinerja.tulisan import KOSONG, angka, persen

LEBAR = 170.0  # mm, the text width of an F4 page
TINGGI = 245.0  # mm, what one F4 page holds under a caption
HURUF = "DejaVu Sans, Verdana, Arial, sans-serif"
TINTA, AKSEN, SEDANG, PUDAR, LATAR = "#000000", "#1f3a5f", "#555a60", "#b9bec4", "#eef0f2"
_PT = 72 / 25.4  # points in a millimetre

Rata = Literal["left", "center", "right"]
Kotak = tuple[float, float, float, float]  # x, y, width, height in mm from the top left
Titik = tuple[float, float]


# --- paper and pen ---------------------------------------------------------------------------


_JANGKAR = {"left": "start", "center": "middle", "right": "end"}


class _Pena(RendererSVG):
    """matplotlib's SVG writer, with plain <text> and without ids.

    Its own text output hangs on global rcParams, and its ids would clash when a page holds
    several figures.
    """

    writer: Any  # matplotlib gives it no type

    def __init__(self, lebar: float, tinggi: float, tujuan: io.StringIO) -> None:
        tanpa = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        super().__init__(lebar, tinggi, tujuan, metadata=tanpa)  # type: ignore[no-untyped-call]
        self.writer.start("g", attrib={"font-family": HURUF})

    def open_group(self, s: str, gid: str | None = None) -> None: ...

    def close_group(self, s: str) -> None: ...

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | Literal["TeX"] = False,
        mtext: Text | None = None,
    ) -> None:
        sifat = {"x": f"{x:.2f}", "y": f"{self.height - y:.2f}", "font-size": f"{prop.get_size():g}"}
        if prop.get_weight() == "bold":
            sifat["font-weight"] = "bold"
        if mtext is not None:
            sifat["text-anchor"] = _JANGKAR[mtext.get_horizontalalignment()]
            sifat["fill"] = str(mtext.get_color())
        self.writer.element("text", s, attrib=sifat)


class _Tulisan(Text):
    """One line whose place is already known: drawing skips matplotlib's text layout (90 % of its cost)."""

    def draw(self, renderer: RendererBase) -> None:
        x, y = self.get_transform().transform(self.get_position())
        huruf = self.get_fontproperties()
        renderer.draw_text(renderer.new_gc(), x, y, self.get_text(), huruf, 0, mtext=self)


class Kertas:
    """A sheet, 170 mm wide if nothing is said; places and sizes in mm from the top left, type and lines in
    points."""

    def __init__(self, tinggi: float, lebar: float = LEBAR) -> None:
        self.figur = Figure(figsize=(lebar / 25.4, tinggi / 25.4), dpi=72, facecolor="white")
        self.ke_titik = Affine2D().scale(_PT, -_PT).translate(0, tinggi * _PT)

    def _gores(self, goresan: Sequence[Sequence[Titik]], tutup: bool, **gaya: Any) -> None:
        if not goresan:
            return
        titik = [t for g in goresan for t in (*g, *(g[:1] if tutup else ()))]
        akhir = [Path.CLOSEPOLY] if tutup else []
        kode = [k for g in goresan for k in (Path.MOVETO, *[Path.LINETO] * (len(g) - 1), *akhir)]
        jalur = Path(np.asarray(titik), kode)
        jalur.should_simplify = False
        self.figur.add_artist(PathPatch(jalur, transform=self.ke_titik, **gaya))

    def isi(
        self, kotak: Iterable[Kotak], muka: str, tepi: str = "none", tebal: float = 0.8, pisah: str = "-"
    ) -> None:
        """Filled rectangles, all in one path; empty ones are left out."""
        goresan = [
            ((x, y), (x + w, y), (x + w, y + h), (x, y + h)) for x, y, w, h in kotak if w > 0 and h > 0
        ]
        self._gores(goresan, True, facecolor=muka, edgecolor=tepi, linewidth=tebal, linestyle=pisah)

    def bidang(self, sudut: Sequence[Sequence[Titik]], muka: str) -> None:
        """Filled polygons without an edge."""
        self._gores(sudut, True, facecolor=muka, edgecolor="none", linewidth=0)

    def garis(
        self,
        goresan: Sequence[Sequence[Titik]],
        warna: str = SEDANG,
        tebal: float = 0.8,
        pisah: str = "-",
        ujung: Literal["butt", "round"] = "butt",
    ) -> None:
        """Polylines, all in one path."""
        self._gores(
            goresan,
            False,
            fill=False,
            edgecolor=warna,
            linewidth=tebal,
            linestyle=pisah,
            capstyle=ujung,
            joinstyle="miter",
        )

    def arsir(self, kotak: Iterable[Kotak], jarak: float = 1.5) -> None:
        """White rectangles under slanted lines. Own lines, because SVG patterns fail in office software."""
        kotak = [k for k in kotak if k[2] > 0]
        garis = []
        for x, y, w, h in kotak:
            for c in np.arange(math.floor((x + y) / jarak) + 1, (x + y + w + h) / jarak) * jarak:
                kiri, kanan = max(x, c - y - h), min(x + w, c - y)
                garis.append(((kiri, c - kiri), (kanan, c - kanan)))
        self.isi(kotak, "#ffffff")
        self.garis(garis, AKSEN, 0.9)
        self.isi(kotak, "none", AKSEN, 0.9)

    def titik(self, kotak: Iterable[Kotak], jarak: float = 1.3) -> None:
        """Light rectangles full of dots."""
        kotak = [k for k in kotak if k[2] > 0]
        noda = [
            ((a, b), (a + 0.01, b))
            for x, y, w, h in kotak
            for b in np.arange(y + jarak / 2, y + h, jarak)
            for a in np.arange(x + jarak / 2, x + w, jarak)
        ]
        self.isi(kotak, "#ffffff", SEDANG, 0.7)
        self.garis(noda, SEDANG, 1.1, ujung="round")

    def teks(
        self,
        x: float,
        y: float,
        isi: str,
        pt: float = 9.5,
        *,
        rata: Rata = "left",
        tebal: bool = False,
        warna: str = TINTA,
    ) -> None:
        """One line of text on the baseline `y`, drawn as it is: never read as mathematics."""
        self.figur.add_artist(
            _Tulisan(
                x,
                y,
                isi,
                color=warna,
                horizontalalignment=rata,
                transform=self.ke_titik,
                fontproperties=_huruf(pt, tebal),
                parse_math=False,
            )
        )

    def alinea(self, x: float, tengah: float, baris: Sequence[str], pt: float = 9.5, **cara: Any) -> None:
        """Lines of text whose block is centred on `tengah`."""
        y = tengah - tinggi_baris(pt) * (len(baris) - 1) / 2 + 0.36 * pt / _PT
        for i, isi in enumerate(baris):
            self.teks(x, y + i * tinggi_baris(pt), isi, pt, **cara)

    def svg(self) -> str:
        """The sheet as one <svg> element, without prologue, so that it can stand in a page as well."""
        lebar, tinggi = self.figur.get_size_inches() * 72
        tujuan = io.StringIO()
        pena = _Pena(lebar, tinggi, tujuan)
        self.figur.draw(pena)
        pena.finalize()  # type: ignore[no-untyped-call]
        isi = tujuan.getvalue()
        return isi[isi.index("<svg") :]


# --- letters ---------------------------------------------------------------------------------


@cache
def _huruf(pt: float, tebal: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=pt, weight="bold" if tebal else "normal")


class GalatHuruf(ValueError):
    """A font that comes with matplotlib is missing or damaged."""


def periksa_huruf() -> None:
    """GalatHuruf unless both fonts of pictures and PDF can be read."""
    for tebal in (False, True):
        _berkas_huruf(tebal)


def tinggi_baris(pt: float) -> float:
    """Distance between two lines, mm."""
    return 1.22 * pt / _PT


@cache
def _berkas_huruf(tebal: bool) -> FT2Font:
    nama = "DejaVuSans-Bold.ttf" if tebal else "DejaVuSans.ttf"
    try:
        with open(f"{get_data_path()}/fonts/ttf/{nama}", "rb") as berkas:
            # from memory: forked processes share the offset of an open file and would read over each other
            return FT2Font(io.BytesIO(berkas.read()))
    except (OSError, RuntimeError) as salah:
        raise GalatHuruf(
            f"Huruf {nama} tidak ada atau rusak, padahal gambar dan PDF memakainya. "
            "Pasang ulang matplotlib: pip install --force-reinstall --no-deps matplotlib"
        ) from salah


@cache
def _lebar_huruf(huruf: str, tebal: bool) -> float:
    """Advance of one character in em; a character that the font lacks counts as a full em."""
    berkas = _berkas_huruf(tebal)
    if not berkas.get_char_index(ord(huruf)):
        return 1.0
    berkas.set_size(100, 72)
    return float(berkas.load_char(ord(huruf)).linearHoriAdvance) / 65536 / 100


def lebar_teks(isi: str, pt: float, tebal: bool = False) -> float:
    """Width of a line, mm."""
    return sum(_lebar_huruf(h, tebal) for h in isi) * pt / _PT


# Not allowed in XML, or able to turn the reading direction of what follows.
_TERLARANG = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def satu_baris(isi: object) -> str:
    """Text from data on one line; empty gives '–'."""
    if isi is None or isi is pd.NA or isi != isi:
        return KOSONG
    return " ".join(_TERLARANG.sub(" ", str(isi)).split()) or KOSONG


def potong_teks(isi: str, lebar: float, pt: float, tebal: bool = False) -> str:
    """`isi`, cut with '…' where it is wider than `lebar` mm."""
    if lebar_teks(isi, pt, tebal) <= lebar:
        return isi
    sisa = lebar - lebar_teks("…", pt, tebal)
    n = 0
    while n < len(isi) and (sisa := sisa - lebar_teks(isi[n], pt, tebal)) >= 0:
        n += 1
    kepala, _, ekor = isi[:n].rpartition(" ")
    return (kepala if kepala and len(ekor) <= 4 else isi[:n]).rstrip(" ,;.(") + "…"


def bungkus_teks(isi: str, lebar: float, pt: float, baris: int, tebal: bool = False) -> list[str]:
    """Break text into at most `baris` lines of `lebar` mm; the last one is cut with '…'.

    A word wider than the line is broken where it must be.
    """
    spasi = lebar_teks(" ", pt, tebal)
    hasil: list[str] = []
    kini, panjang = "", 0.0
    kata = isi.split(" ")
    for i, k in enumerate(kata):
        w = lebar_teks(k, pt, tebal)
        if kini and panjang + spasi + w <= lebar:
            kini, panjang = f"{kini} {k}", panjang + spasi + w
            continue
        if kini and len(hasil) + 1 == baris:
            return [*hasil, potong_teks(" ".join([kini, *kata[i:]]), lebar, pt, tebal)]
        if kini:
            hasil.append(kini)
        while w > lebar and len(hasil) + 1 < baris:
            n = 1
            while lebar_teks(k[: n + 1], pt, tebal) <= lebar:
                n += 1
            hasil.append(k[:n])
            k = k[n:]
            w = lebar_teks(k, pt, tebal)
        kini, panjang = k, w
    return [*hasil, potong_teks(kini, lebar, pt, tebal)]


# --- numbers ---------------------------------------------------------------------------------


def tulis_persen(x: float) -> str:
    """One decimal; more where rounding would make 0 or 100 of what is neither (99,96 %)."""
    desimal = 1
    while desimal < 6 and round(x, desimal) in (0, 100) and x not in (0, 100):
        desimal += 1
    return persen(float(x), desimal)


def tulis_porsi(n: float, dari: float) -> str:
    """A share as percent; '–' when there is nothing to share."""
    return tulis_persen(100 * n / dari) if dari else KOSONG


def tulis_cacah(x: float) -> str:
    """A count; a bound that is not whole keeps one decimal."""
    return angka(float(x), 0 if float(x).is_integer() else 1)


# --- the finished picture --------------------------------------------------------------------


def jadi_gambar(kertas: Kertas, judul: str, alt: str, sumber: str) -> Gambar:
    return Gambar(svg=kertas.svg(), judul=judul, alt=alt, sumber=sumber)


def gambar_kosong(judul: str, pesan: str, sumber: str) -> Gambar:
    kertas = Kertas(16)
    kertas.isi([(0.5, 0.5, LEBAR - 1, 15)], LATAR, PUDAR)
    kertas.alinea(LEBAR / 2, 8, [pesan], 11, rata="center", warna=SEDANG)
    return jadi_gambar(kertas, judul, pesan, sumber)
