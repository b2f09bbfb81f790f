"""Blocks: what a report cell shows, said once for the screen and for paper.

The last expression of a notebook cell is a block. Its mime bundle carries `text/html` for the
screen, `text/plain` for a terminal, and `MIME_BLOK`, plain data from which the PDF is set, so that
HTML and PDF come from the same executed notebook and nothing is laid out twice.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from kinerja.tulisan import KOSONG

if TYPE_CHECKING:
    import pandas as pd

MIME_BLOK = "application/vnd.kinerja.blok+json"

Rata = Literal["kiri", "kanan", "tengah"]
Nada = Literal["info", "asumsi", "peringatan"]
KelasBaris = Literal["", "peringatan", "subjumlah"]

TITIK = "." * 36  # a name to be filled in by hand
TANPA_BARIS = "Tidak ada baris."
_LABEL_NADA = {"info": "Catatan", "asumsi": "Asumsi", "peringatan": "Peringatan"}
_KELAS_SEL = {"kiri": "", "kanan": ' class="n"', "tengah": ' class="t"'}
_ANGKA = re.compile(r"[-−+]?(Rp)?[\d.,]+( ?%)?|–")

# Every block carries its style, so that it looks right in JupyterLab too; the exported page keeps
# one copy. Greys are translucent: they hold on light and dark grounds, and on a black-only printer.
GAYA = """<style>
.kj-tanda{position:sticky;top:0;z-index:9;padding:.3em 1em;text-align:center;font-weight:700;
letter-spacing:.06em;background:#ffe9a8;color:#222;border:1px solid #222}
.kj-kop{text-align:center;margin:0 0 2em}.kj-kop p{margin:.15em 0;text-align:center}
.kj-surat{border-bottom:5px double currentColor;padding-bottom:.6em;margin-bottom:2em}
.kj-surat .opd{font-size:1.45em;font-weight:700;line-height:1.2;text-transform:uppercase}
.kj-surat .induk{font-size:1.1em;text-transform:uppercase;letter-spacing:.03em}
.kj-kop h1{font-size:1.7em;line-height:1.25;margin:.2em 0;text-transform:uppercase;letter-spacing:.02em}
.kj-kop .sub{font-size:1.15em}
table.kj-angka,.kj-angka tbody{display:block;width:100%}.kj-angka tr{display:grid;margin:1.5em 0;
grid-template-columns:repeat(auto-fit,minmax(8em,1fr));border:solid currentColor;border-width:2px 0 1px;
overflow:hidden}.kj-angka td{padding:.8em .7em;text-align:center;box-shadow:-1px 0 #8888;
container-type:inline-size}.kj-angka p{margin:0;line-height:1.3;text-align:center}.kj-angka .ket{font-size:.85em;opacity:.8}
.kj-angka .nilai{font-size:min(1.75em,170cqi/var(--n));line-height:1.4;white-space:nowrap;
font-variant-numeric:lining-nums tabular-nums}
.kj-gulir{overflow-x:auto;margin:1.5em 0}.kj-gulir:focus-visible{outline:3px solid #1a5fb4}
table.kj-tabel{border-collapse:collapse;width:100%;font-size:.9em;line-height:1.35;
font-variant-numeric:lining-nums tabular-nums}
.kj-tabel caption{font-weight:600;padding:.4em 0;text-align:center}
.kj-gulir .kj-tabel th,.kj-gulir .kj-tabel td{border:1px solid #888;padding:.3em .5em;text-align:left;
vertical-align:top;white-space:pre-line;overflow-wrap:anywhere}
.kj-gulir .kj-tabel thead th{text-align:center;vertical-align:middle;background:#8883;font-weight:700;
overflow-wrap:break-word}
.kj-gulir .kj-tabel .nomor th{font-weight:400;font-style:italic;font-size:.85em;padding:.1em}
.kj-gulir .kj-tabel td.n{text-align:right;overflow-wrap:normal}
.kj-gulir .kj-tabel td.t,.kj-gulir .kj-tabel td.nihil{text-align:center}
.kj-tabel tfoot td,.kj-tabel .subjumlah td{font-weight:700;background:#8882}
.kj-tabel tbody .peringatan td{font-weight:700;background:#8883}
.kj-tabel .peringatan td:first-child{border-left:5px solid currentColor}
.kj-tabel thead{display:table-header-group}.kj-tabel tfoot{display:table-row-group}
.kj-tabel tr{break-inside:avoid}
.kj-ket{font-size:.88em;margin:.4em 0 0;white-space:pre-line}
.kj-gambar{margin:1.5em 0;text-align:center;break-inside:avoid}.kj-gambar img{max-width:100%;height:auto;
background:#fff}.kj-gambar figcaption{font-weight:600;margin-top:.4em}
.kj-gambar small{display:block;font-weight:400}
.kj-ttd{display:grid;grid-auto-flow:column;grid-template-rows:repeat(var(--n),auto) 4.5em repeat(3,auto);
grid-auto-columns:1fr;gap:0 1.5em;text-align:center;margin:2.5em 0 1em;break-inside:avoid}
.kj-ttd.satu{margin-left:50%}.kj-ttd p{margin:0;overflow-wrap:anywhere}
.kj-ttd .nama{font-weight:700;text-decoration:underline;text-underline-offset:.15em}
.kj-ttd .nama.isian{font-weight:400;text-decoration:none}
.kj-catatan{margin:1.2em 0;padding:.6em 1em;border-left:4px solid #888;background:#8881;
white-space:pre-line;break-inside:avoid;overflow-wrap:anywhere}
.kj-catatan.asumsi{border-left-style:double;border-left-width:6px}
.kj-catatan.peringatan{border:2px solid currentColor;border-left-width:7px}
</style>"""


def _polos(nilai: Any) -> Any:
    """Tuples to lists and dataclasses to dicts, so that the data are what JSON gives back."""
    if isinstance(nilai, tuple):
        return [_polos(n) for n in nilai]
    return {k: _polos(n) for k, n in vars(nilai).items()} if is_dataclass(nilai) else nilai


class Blok(ABC):
    """A block: one thing that a report shows, on screen, in a terminal and on paper."""

    jenis: ClassVar[str]

    @abstractmethod
    def html(self) -> str:
        """HTML for the screen, every datum escaped, styled by `GAYA`."""

    @abstractmethod
    def teks_polos(self) -> str:
        """The same to read in a terminal."""

    def data(self) -> dict[str, Any]:
        """The same for paper: `jenis` and the fields as str, bool, float, list and dict."""
        return {"jenis": self.jenis, **_polos(self)}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/html": GAYA + self.html(), "text/plain": self.teks_polos(), MIME_BLOK: self.data()}


@dataclass(frozen=True)
class Kop(Blok):
    """Letterhead and title. `baris[0]` is the government, `nama_opd` follows in large type, then
    the rest of `baris` (address). `kaki` stands at the foot of every page; `tanda`, a notice such as
    'ILUSTRATIF: pegawai sintetis', at the head of every page (empty for real data). `logo` is SVG text.
    """

    jenis: ClassVar[str] = "kop"
    baris: tuple[str, ...]
    nama_opd: str
    judul: str
    subjudul: str = ""
    kaki: str = ""
    tanda: str = ""
    logo: str = ""

    @property
    def alt_logo(self) -> str:
        """What the logo shows, for who cannot see it."""
        return f"Logo {self.baris[0] if self.baris else self.nama_opd}"

    def data(self) -> dict[str, Any]:
        isi = super().data()
        logo = isi.pop("logo")
        return isi | ({"logo": logo, "alt_logo": self.alt_logo} if logo else {})

    def html(self) -> str:
        surat = [("induk", self.baris[0])] if self.baris else []
        surat += [("opd", self.nama_opd), *(("alamat", b) for b in self.baris[1:])]
        return (
            (f'<div class="kj-tanda" role="note">{escape(self.tanda)}</div>' if self.tanda else "")
            + f'<header class="kj-kop">{self._logo_html()}<div class="kj-surat">'
            + "".join(f'<p class="{kelas}">{escape(teks)}</p>' for kelas, teks in surat)
            + f'</div><h1 class="kj-judul">{escape(self.judul)}</h1>'
            + (f'<p class="sub">{escape(self.subjudul)}</p>' if self.subjudul else "")
            + "</header>"
        )

    def _logo_html(self) -> str:
        if not self.logo:
            return ""
        # as an image, so that nothing in the file can act on the page
        sumber = f"data:image/svg+xml;base64,{b64encode(self.logo.encode()).decode()}"
        return f'<img alt="{escape(self.alt_logo)}" style="float:left;height:5.5em;max-width:7em" src="{sumber}">'

    def teks_polos(self) -> str:
        atas = (self.tanda, *self.baris[:1], self.nama_opd, *self.baris[1:])
        return "\n".join([*filter(None, atas), "=" * 72, self.judul, self.subjudul]).rstrip()


@dataclass(frozen=True)
class Butir:
    """One key number: 'Rp4,2 miliar', what it is, and a remark."""

    nilai: str
    nama: str
    keterangan: str = ""


@dataclass(frozen=True)
class AngkaKunci(Blok):
    """One to five big numbers side by side. ValueError for any other count."""

    jenis: ClassVar[str] = "angka_kunci"
    butir: tuple[Butir, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.butir) <= 5:
            raise ValueError(
                f"AngkaKunci memuat 1 sampai 5 butir, bukan {len(self.butir)}; bagi menjadi dua."
            )

    def html(self) -> str:
        isi = (
            f'<td><p class="nilai"><b>{escape(b.nilai)}</b></p><p><b>{escape(b.nama)}</b></p>'
            + (f'<p class="ket">{escape(b.keterangan)}</p>' if b.keterangan else "")
            + "</td>"
            for b in self.butir
        )
        terpanjang = max(len(b.nilai) for b in self.butir)  # all values in the size that fits the longest
        # a table, so that JupyterLab still sets it side by side where it drops the style of a
        # notebook that its reader has not trusted yet
        return (
            f'<table class="kj-angka" role="presentation" style="--n:{terpanjang}"><tbody><tr>'
            f"{''.join(isi)}</tr></tbody></table>"
        )

    def teks_polos(self) -> str:
        return "\n".join(
            f"{b.nama}: {b.nilai}" + (f" ({b.keterangan})" if b.keterangan else "") for b in self.butir
        )


@dataclass(frozen=True)
class KolomTabel:
    """A column: heading, alignment, relative width, and the heading that spans its neighbours.

    `lebar` is a share: a column of 2 is twice as wide as a column of 1. Neighbours with the same
    `grup` stand under one common heading.
    """

    nama: str
    rata: Rata = "kiri"
    lebar: float = 1.0
    grup: str = ""


@dataclass(frozen=True)
class Tabel(Blok):
    """A table of formatted text: `baris` is rows x columns of str.

    `judul` gets the number ('Tabel 3.') from the report, so give none. `catatan` stands below;
    `jumlah` is the last row, set in bold; `mendatar` turns the page; `nomor_kolom` adds the
    numbers 1..n under the head as payroll lists have; `kelas_baris` marks rows, one of '',
    'peringatan', 'subjumlah' for each row. A cell may hold several lines. ValueError tells every
    fault at once.
    """

    jenis: ClassVar[str] = "tabel"
    kolom: tuple[KolomTabel, ...]
    baris: tuple[tuple[str, ...], ...]
    judul: str = ""
    catatan: str = ""
    jumlah: tuple[str, ...] | None = None
    mendatar: bool = False
    nomor_kolom: bool = False
    kelas_baris: tuple[KelasBaris, ...] = ()

    def __post_init__(self) -> None:
        n, galat = len(self.kolom), []
        if not n:
            galat.append("tidak ada kolom")
        galat += [
            f"kolom {k.nama!r}: rata {k.rata!r} tidak dikenal; pakai kiri, kanan, atau tengah"
            for k in self.kolom
            if k.rata not in _KELAS_SEL
        ]
        galat += [
            f"kolom {k.nama!r}: lebar {k.lebar!r} harus lebih dari nol" for k in self.kolom if not k.lebar > 0
        ]
        ganjil = [(i, len(b)) for i, b in enumerate(self.baris, 1) if len(b) != n]
        galat += [f"baris {i}: {m} sel, seharusnya {n}" for i, m in ganjil[:10]]
        if len(ganjil) > 10:
            galat.append(f"{len(ganjil) - 10} baris lain juga salah jumlah selnya")
        if self.jumlah is not None and len(self.jumlah) != n:
            galat.append(f"baris jumlah: {len(self.jumlah)} sel, seharusnya {n}")
        if self.kelas_baris and len(self.kelas_baris) != len(self.baris):
            galat.append(f"kelas_baris: {len(self.kelas_baris)} tanda untuk {len(self.baris)} baris")
        if asing := sorted(set(self.kelas_baris) - set(get_args(KelasBaris))):
            galat.append(f"kelas_baris {asing} tidak dikenal; pakai '', 'peringatan', atau 'subjumlah'")
        if galat:
            raise ValueError(f"Tabel {self.judul!r} tidak dapat ditampilkan: " + "; ".join(galat) + ".")

    @classmethod
    def dari(cls, df: pd.DataFrame, kolom: Sequence[KolomTabel] | None = None, **lain: Any) -> Tabel:
        """A table from a DataFrame of formatted text; empty cells (None, NaN) show as '–'.

        Without `kolom` the headings are the column names, columns of numbers are right-aligned, and
        widths follow the contents. `lain` are the other fields of Tabel. ValueError when a cell is
        not text, or the number of columns differs.
        """
        nama = [str(c) for c in df.columns]
        if kolom is not None and len(kolom) != len(nama):
            raise ValueError(
                f"Tabel: {len(kolom)} KolomTabel untuk {len(nama)} kolom data: {', '.join(nama)}."
            )
        isi = [[KOSONG if x is None or x != x else x for x in df.iloc[:, i]] for i in range(len(nama))]
        asing = {
            n: next((x for x in k if not isinstance(x, str)), None) for n, k in zip(nama, isi, strict=True)
        }
        if galat := [f"kolom {n!r} memuat {x!r}" for n, x in asing.items() if x is not None]:
            raise ValueError(
                "Tabel hanya memuat teks; "
                + "; ".join(galat)
                + ". Bentuk dahulu dengan kinerja.tulisan (angka, persen, rupiah, tanggal)."
            )
        if kolom is None:
            kolom = [_kolom_dari(n, k) for n, k in zip(nama, isi, strict=True)]
        return cls(tuple(kolom), tuple(zip(*isi, strict=True)), **lain)

    def kepala(self) -> list[list[dict[str, Any]]]:
        """Head rows of cells {teks, awal, kolom, baris}: first column, columns and rows spanned."""
        bergrup = any(k.grup for k in self.kolom)
        atas: list[dict[str, Any]] = []
        bawah: list[dict[str, Any]] = []
        for grup, anggota in groupby(enumerate(self.kolom), key=lambda x: x[1].grup):
            nama = [{"teks": k.nama, "awal": i, "kolom": 1, "baris": 1} for i, k in anggota]
            if grup:
                atas.append({"teks": grup, "awal": nama[0]["awal"], "kolom": len(nama), "baris": 1})
                bawah += nama
            else:
                atas += [{**sel, "baris": 1 + bergrup} for sel in nama]
        return [atas, bawah] if bergrup else [atas]

    def data(self) -> dict[str, Any]:
        return {**super().data(), "kepala": self.kepala()}

    def html(self) -> str:
        total = sum(k.lebar for k in self.kolom)
        pola = "".join(f"<td{_KELAS_SEL[k.rata]}>%s</td>" for k in self.kolom) + "</tr>"
        kelas = self.kelas_baris or ("",) * len(self.baris)
        isi = [
            (f'<tr class="{k}">' if k else "<tr>") + pola % tuple(map(escape, b))
            for k, b in zip(kelas, self.baris, strict=True)
        ] or [f'<tr><td class="nihil" colspan="{len(self.kolom)}">{TANPA_BARIS}</td></tr>']
        kepala = [
            "".join(
                f'<th scope="col{"group" if s["kolom"] > 1 else ""}" colspan="{s["kolom"]}" '
                f'rowspan="{s["baris"]}">{escape(s["teks"])}</th>'
                for s in baris
            )
            for baris in self.kepala()
        ]
        nomor = "".join(f"<th>{i}</th>" for i in range(1, len(self.kolom) + 1))
        return "".join(
            (
                f'<div class="kj-gulir{" kj-mendatar" if self.mendatar else ""}" tabindex="0" role="region" '
                f'aria-label="{escape(self.judul or "Tabel")}">'
                f'<table class="kj-tabel" style="min-width:{6 * len(self.kolom)}em">',
                f"<caption>{escape(self.judul)}</caption>" if self.judul else "",
                "<colgroup>",
                *(f'<col style="width:{100 * k.lebar / total:.1f}%">' for k in self.kolom),
                "</colgroup><thead>",
                *(f"<tr>{k}</tr>" for k in kepala),
                f'<tr class="nomor" aria-hidden="true">{nomor}</tr>' if self.nomor_kolom else "",
                "</thead><tbody>",
                *isi,
                "</tbody>",
                f"<tfoot><tr>{pola % tuple(map(escape, self.jumlah))}</tfoot>" if self.jumlah else "",
                "</table>",
                f'<p class="kj-ket">{escape(self.catatan)}</p>' if self.catatan else "",
                "</div>",
            )
        )

    def teks_polos(self) -> str:
        nama = tuple(f"{k.grup}: {k.nama}" if k.grup else k.nama for k in self.kolom)
        tampak = [nama, *self.baris[:20], *([self.jumlah] if self.jumlah else [])]
        baris = [[" ".join(x.split()) for x in b] for b in tampak]
        lebar = [min(28, max(map(len, kolom))) for kolom in zip(*baris, strict=True)]
        rata = ["<>"[k.rata == "kanan"] for k in self.kolom]
        garis = [
            "  ".join(f"{x[:w]:{r}{w}}" for x, w, r in zip(b, lebar, rata, strict=True)).rstrip()
            for b in baris
        ]
        garis.insert(1, "  ".join("-" * w for w in lebar))
        if not self.baris:
            garis.insert(2, TANPA_BARIS)
        if len(self.baris) > 20:
            garis.insert(22, f"... {len(self.baris) - 20} baris lagi")
        return "\n".join([*filter(None, [self.judul]), *garis, *filter(None, [self.catatan])])


def _kolom_dari(nama: str, isi: Sequence[str]) -> KolomTabel:
    """Alignment and width from the contents; the square root keeps long texts from taking it all."""
    angka = bool(isi) and all(map(_ANGKA.fullmatch, isi))
    terpanjang = max([max(map(len, nama.split()), default=1), *map(len, isi)])
    return KolomTabel(nama, "kanan" if angka else "kiri", round(min(max(terpanjang, 3), 60) ** 0.5, 2))


@dataclass(frozen=True)
class Gambar(Blok):
    """A figure from SVG text. `alt` says in a sentence what it shows to who cannot see it.

    `judul` gets its number ('Gambar 2.') from the report. ValueError when `alt` is empty or `svg` is
    not SVG.
    """

    jenis: ClassVar[str] = "gambar"
    svg: str
    judul: str
    alt: str
    sumber: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"Gambar {self.judul!r}: alt kosong; tulis satu kalimat tentang isi gambar.")
        if "<svg" not in self.svg:
            raise ValueError(f"Gambar {self.judul!r}: svg bukan teks SVG, melainkan {self.svg[:40]!r}.")

    def html(self) -> str:
        # as an image, ids inside one SVG cannot meet those of another, and scripts in it never run
        sumber = f"<small>Sumber: {escape(self.sumber)}</small>" if self.sumber else ""
        return (
            f'<figure class="kj-gambar"><img alt="{escape(self.alt)}" '
            f'src="data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}">'
            f"<figcaption>{escape(self.judul)}{sumber}</figcaption></figure>"
        )

    def teks_polos(self) -> str:
        return f"[Gambar] {self.judul}: {self.alt}" + (f" Sumber: {self.sumber}" if self.sumber else "")


@dataclass(frozen=True)
class Pihak:
    """Who signs: 'Mengetahui,', the office, name, rank, NIP. An empty name prints dots."""

    sebagai: str
    jabatan: str
    nama: str = ""
    pangkat: str = ""
    nip: str = ""

    @property
    def baris(self) -> tuple[str, str, str]:
        """Name (or dots), rank and NIP as printed below the signature."""
        return (
            self.nama or TITIK,
            self.pangkat,
            f"NIP {self.nip or TITIK}" if self.nip or not self.nama else "",
        )


@dataclass(frozen=True)
class TandaTangan(Blok):
    """Signatures side by side, never parted by a page break; place and date over the last one."""

    jenis: ClassVar[str] = "tanda_tangan"
    tempat_tanggal: str
    pihak: tuple[Pihak, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.pihak) <= 4:
            raise ValueError(f"TandaTangan memuat 1 sampai 4 pihak, bukan {len(self.pihak)}.")

    def _atas(self) -> list[list[str]]:
        """Lines over each signature, as many for each: the offices stand on one line."""
        tempat = [""] * (len(self.pihak) - 1) + [self.tempat_tanggal]
        isi = [[t for t in (a, p.sebagai, p.jabatan) if t] for a, p in zip(tempat, self.pihak, strict=True)]
        n = max(map(len, isi))
        return [[""] * (n - len(atas)) + atas for atas in isi]

    def data(self) -> dict[str, Any]:
        pihak = [
            {"atas": atas, "nama": p.nama, "bawah": list(p.baris)}
            for atas, p in zip(self._atas(), self.pihak, strict=True)
        ]
        return {"jenis": self.jenis, "pihak": pihak}

    def html(self) -> str:
        isi = []
        for baris, p in zip(self._atas(), self.pihak, strict=True):
            kelas = 'class="nama"' if p.nama else 'class="nama isian"'
            atas = "".join(f"<p>{escape(t)}</p>" for t in (*baris, ""))
            bawah = "".join(f"<p>{escape(t)}</p>" for t in p.baris[1:])
            isi.append(f"{atas}<p {kelas}>{escape(p.baris[0])}</p>{bawah}")
        satu = " satu" if len(isi) == 1 else ""
        return f'<div class="kj-ttd{satu}" style="--n:{len(self._atas()[0])}">{"".join(isi)}</div>'

    def teks_polos(self) -> str:
        return "\n\n".join(
            "\n".join([*filter(None, atas), "", *filter(None, p.baris)])
            for atas, p in zip(self._atas(), self.pihak, strict=True)
        )


@dataclass(frozen=True)
class Catatan(Blok):
    """A boxed remark that opens with its kind: Catatan, Asumsi or Peringatan."""

    jenis: ClassVar[str] = "catatan"
    teks: str
    nada: Nada = "info"

    def __post_init__(self) -> None:
        if self.nada not in _LABEL_NADA:
            raise ValueError(f"nada {self.nada!r} tidak dikenal; pakai info, asumsi, atau peringatan.")

    def data(self) -> dict[str, Any]:
        return {**super().data(), "label": _LABEL_NADA[self.nada]}

    def html(self) -> str:
        isi = f"<strong>{_LABEL_NADA[self.nada]}.</strong> {escape(self.teks)}"
        return f'<div class="kj-catatan {self.nada}" role="note">{isi}</div>'

    def teks_polos(self) -> str:
        return f"{_LABEL_NADA[self.nada]}. {self.teks}"


@dataclass(frozen=True)
class Paragraf(Blok):
    """Plain text made from data; an empty line starts a new paragraph."""

    jenis: ClassVar[str] = "paragraf"
    teks: str

    def html(self) -> str:
        return "".join(f"<p>{escape(p)}</p>" for p in self.teks.split("\n\n"))

    def teks_polos(self) -> str:
        return self.teks


@dataclass(frozen=True)
class Judul(Blok):
    """A heading made from data, level 1 (chapter) to 4."""

    jenis: ClassVar[str] = "judul"
    teks: str
    tingkat: int = 2

    def __post_init__(self) -> None:
        if self.tingkat not in range(1, 5):
            raise ValueError(f"Judul {self.teks!r}: tingkat {self.tingkat!r} harus 1 sampai 4.")

    def html(self) -> str:
        return f"<h{self.tingkat}>{escape(self.teks)}</h{self.tingkat}>"

    def teks_polos(self) -> str:
        return f"{'#' * self.tingkat} {self.teks}"
