"""How an explanation reads: the result first, then what made it, then the plans and indicators behind it.

`aturan.jelaskan` makes the steps from the rules themselves; here they become text for a terminal, HTML
for a notebook and rows for a workbook, in the same order everywhere.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from itertools import groupby
from pathlib import Path

import pandas as pd

from kinerja import tulisan

# name of a key of the tables -> what a person calls that level
TINGKAT = {
    "nip": "Pegawai",
    "bulan": "Bulan",
    "opd": "OPD",
    "rhk": "RHK",
    "rencana": "Rencana",
    "aspek": "Aspek",
    "indikator": "Indikator",
    "penilai": "Penilai",
    "jenis": "Hukuman",
    "mulai": "Mulai",
    "baris": "Situasi",
    "periode": "Periode",
    "bagian": "Bagian",
    "unit": "Unit",
    "subkomponen": "Subkomponen",
    "kriteria": "Kriteria",
}
KOLOM = {  # heading -> width of the column in characters
    "Siapa": 20,
    "Tingkat": 11,
    "Butir": 28,
    "Langkah": 27,
    "Rumus": 40,
    "Dengan nilai": 34,
    "Hasil": 16,
    "Dasar": 32,
    "Status": 12,
}
_DIBUAT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - no clock: the same explanation, the same bytes

Letak = tuple[tuple[str, str], ...]

# Everything reads without this; a notebook that is not trusted drops it. On paper all groups are open.
_GAYA = (
    "<style>.kj-jelas ol{margin:.3em 0 .8em}.kj-jelas li{margin:.35em 0}"
    ".kj-jelas details{margin:.25em 0 .25em .4em;padding-left:.8em;border-left:3px solid #8888}"
    ".kj-jelas summary{cursor:pointer;padding:.15em 0}.kj-jelas p{margin:.3em 0}"
    "@media print{.kj-jelas details::details-content{content-visibility:visible;block-size:auto}"
    ".kj-jelas li,.kj-jelas summary{break-inside:avoid}}</style>"
)


@dataclass(frozen=True)
class Langkah:
    """One step of an explanation; all fields are text ready to show.

    tingkat: whose step it is ("Pegawai", "RHK"); letak: where below the employee, pairs of tingkat and
    name from the outside in, empty for the employee's own steps. akhir: the step says the result itself.
    """

    label: str
    rumus: str
    dengan_nilai: str
    hasil: str
    dasar: str
    status: str
    tingkat: str = "Pegawai"
    letak: Letak = ()
    akhir: bool = False

    @property
    def butir(self) -> str:
        """Which plan, aspect and indicator, as one text."""
        return ", ".join(isi for _, isi in self.letak)


@dataclass
class _Cabang:
    """A plan, an aspect, an indicator: its own steps, then what lies below it."""

    judul: str
    langkah: list[Langkah] = field(default_factory=list)
    bawah: dict[tuple[str, str], _Cabang] = field(default_factory=dict)

    def urut(self) -> Iterator[Langkah]:
        yield from self.langkah
        for c in self.bawah.values():
            yield from c.urut()

    def kepala(self) -> str:
        """Its name and, if it has steps, the last result."""
        return f"{self.judul}: {_satu(self.langkah[-1])}" if self.langkah else self.judul

    def ringkas(self) -> _Cabang:
        """A branch without steps and with one branch below is that branch."""
        bawah = {k: c.ringkas() for k, c in self.bawah.items()}
        if not self.langkah and len(bawah) == 1:
            (satu,) = bawah.values()
            return _Cabang(f"{self.judul}, {satu.judul}", satu.langkah, satu.bawah)
        return _Cabang(self.judul, self.langkah, bawah)


@dataclass(frozen=True)
class Penjelasan:
    """The ordered steps of one row: terminal text, notebook HTML, or rows for a workbook.

    `langkah` is in the order of computing, the finest level first; what is shown begins with the result.
    """

    judul: str
    langkah: tuple[Langkah, ...]

    @cached_property
    def _pohon(self) -> _Cabang:
        akar = _Cabang(self.judul)
        jenis = list(dict.fromkeys(x.letak[0][0] for x in self.langkah if x.letak))
        # kinds as they were computed; within a kind its own steps first, so that plans keep their order
        for x in sorted(
            self.langkah, key=lambda x: (jenis.index(x.letak[0][0]), len(x.letak)) if x.letak else (-1, 0)
        ):
            cabang = akar
            for tingkat, isi in x.letak:
                cabang = cabang.bawah.setdefault((tingkat, isi), _Cabang(f"{tingkat} {isi}"))
            cabang.langkah.append(x)
        return _Cabang(akar.judul, akar.langkah, {k: c.ringkas() for k, c in akar.bawah.items()})

    def _kelompok(self) -> list[tuple[str, list[_Cabang]]]:
        """The branches below the employee by kind, each kind once: plans, behaviour, sanctions."""
        jenis: dict[str, list[_Cabang]] = {}
        for (tingkat, _), c in self._pohon.bawah.items():
            jenis.setdefault(tingkat, []).append(c)
        return list(jenis.items())

    def dengan_nama(self, tingkat: str, nama: Mapping[str, str]) -> Penjelasan:
        """The same with what the codes of one level are called: 'R1' -> 'R1 Tersusunnya laporan'."""
        langkah = tuple(
            replace(
                x, letak=tuple((t, f"{n} {nama[n]}" if t == tingkat and n in nama else n) for t, n in x.letak)
            )
            for x in self.langkah
        )
        return Penjelasan(self.judul, langkah)

    @property
    def urut(self) -> tuple[Langkah, ...]:
        """All steps in the order of showing: the employee's own, then plan by plan down to the indicator."""
        return tuple(self._pohon.urut())

    @property
    def hasil_akhir(self) -> str:
        """What all of it comes to: 'Predikat kinerja = Baik'."""
        return "; ".join(_satu(x) for x in self.langkah if x.akhir)

    def __str__(self) -> str:
        baris = [self.judul]
        if self.hasil_akhir:
            baris.append(f"Hasil: {self.hasil_akhir}")
        baris += _baris_langkah(self._pohon.langkah, "", "")
        for nomor, (tingkat, cabang) in enumerate(self._kelompok(), len(self._pohon.langkah) + 1):
            baris += ["", f"{nomor}. {_judul_kelompok(tingkat, len(cabang))}"]
            for j, c in enumerate(cabang, 1):
                baris += _baris_cabang(c, f"{nomor}.{j}", "   ")
        return "\n".join(baris)

    def _repr_html_(self) -> str:
        kepala = f"<p>Hasil: <strong>{escape(self.hasil_akhir)}</strong></p>" if self.hasil_akhir else ""
        kelompok = "".join(
            f"<p><strong>{escape(_judul_kelompok(t, len(c)))}</strong></p>{''.join(map(_html_cabang, c))}"
            for t, c in self._kelompok()
        )
        return (
            f'{_GAYA}<div class="kj-jelas"><p><strong>{escape(self.judul)}</strong></p>{kepala}'
            f"{_html_langkah(self._pohon.langkah)}{kelompok}</div>"
        )

    def tabel(self) -> pd.DataFrame:
        """One row per step in the order of computing: label, rumus, dengan_nilai, hasil, dasar, status."""
        kolom = ("rumus", "dengan_nilai", "hasil", "dasar", "status")
        return pd.DataFrame(
            [{"label": sebutan(x), **{k: getattr(x, k) for k in kolom}} for x in self.langkah]
        )


def sebutan(x: Langkah) -> str:
    """The step with what it is about: 'Nilai aspek [RHK-1, kuantitas]'."""
    return f"{x.label} [{x.butir}]" if x.letak else x.label


def _satu(x: Langkah) -> str:
    return f"{x.label} = {x.hasil}"


def _judul_kelompok(tingkat: str, banyak: int) -> str:
    return f"{tingkat} ({tulisan.angka(banyak)})"


def _baris_langkah(langkah: Sequence[Langkah], awal: str, geser: str) -> list[str]:
    baris = []
    for i, x in enumerate(langkah, 1):
        baris += [
            f"{geser}{awal}{i}. {_satu(x)}",
            f"{geser}   rumus : {x.rumus}",
            f"{geser}   nilai : {x.dengan_nilai}",
            f"{geser}   dasar : {x.dasar} [{x.status}]",
        ]
    return baris


def _baris_cabang(c: _Cabang, nomor: str, geser: str) -> list[str]:
    baris = [f"{geser}{nomor}. {c.kepala()}"]
    dalam = geser + "   "
    baris += _baris_langkah(c.langkah, f"{nomor}.", dalam)
    for i, b in enumerate(c.bawah.values(), len(c.langkah) + 1):
        baris += _baris_cabang(b, f"{nomor}.{i}", dalam)
    return baris


def _html_langkah(langkah: Sequence[Langkah]) -> str:
    butir = "".join(
        f"<li><strong>{escape(_satu(x))}</strong><br>{escape(x.rumus)}<br>= {escape(x.dengan_nilai)}"
        f"<br><small>{escape(x.dasar)} [{escape(x.status)}]</small></li>"
        for x in langkah
    )
    return f"<ol>{butir}</ol>" if butir else ""


def _html_cabang(c: _Cabang) -> str:
    return (
        f"<details><summary>{escape(c.kepala())}</summary>"
        f"{_html_langkah(c.langkah)}{''.join(map(_html_cabang, c.bawah.values()))}</details>"
    )


# -- rows -----------------------------------------------------------------------------------------------


def tabel_langkah(penjelasan: Sequence[Penjelasan]) -> pd.DataFrame:
    """One row per step of one or several explanations, columns KOLOM, in the order of showing."""
    baris = [
        (
            p.judul.partition(": ")[2],
            x.tingkat,
            x.butir,
            x.label,
            x.rumus,
            x.dengan_nilai,
            x.hasil,
            x.dasar,
            x.status,
        )
        for p in penjelasan
        for x in p.urut
    ]
    return pd.DataFrame(baris, columns=list(KOLOM), dtype="str")


def tulis_xlsx(penjelasan: Sequence[Penjelasan], berkas: str | Path) -> Path:
    """Write the steps to one sheet per regulation: frozen heading, filter, wrapped text, fit for printing."""
    import xlsxwriter

    from kinerja.data.utuh import tulis_utuh

    isi = io.BytesIO()
    pilihan = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(isi, {"in_memory": True, **pilihan}) as buku:
        buku.set_properties({"title": "Penjelasan", "author": "kinerja", "created": _DIBUAT})
        gaya = {"font_name": "Arial", "font_size": 9, "valign": "top", "text_wrap": True, "border": 1}
        biasa = buku.add_format(gaya)
        tebal = buku.add_format({**gaya, "bold": True, "bg_color": "#eef0f2"})
        kepala = buku.add_format({**gaya, "bold": True, "bg_color": "#1f3a5f", "font_color": "#ffffff"})
        for nama, bagian in groupby(penjelasan, key=lambda p: p.judul.partition(": ")[0]):
            satu = list(bagian)
            lembar = buku.add_worksheet(_nama_lembar(nama, [x.name for x in buku.worksheets()]))
            akhir = [x.akhir for p in satu for x in p.urut]
            tabel = tabel_langkah(satu)
            for j, (judul, lebar) in enumerate(KOLOM.items()):
                lembar.set_column(j, j, lebar)
                lembar.write_string(0, j, judul, kepala)
            for i, baris in enumerate(tabel.itertuples(index=False)):
                for j, sel in enumerate(baris):
                    lembar.write_string(i + 1, j, sel, tebal if akhir[i] else biasa)
                lembar.set_row(i + 1, 12.5 * _banyak_baris(baris))
            lembar.freeze_panes(1, 0)
            lembar.autofilter(0, 0, len(tabel), len(KOLOM) - 1)
            lembar.repeat_rows(0)
            lembar.set_landscape()
            lembar.set_paper(9)
            lembar.set_margins(0.3, 0.3, 0.4, 0.4)
            lembar.fit_to_pages(1, 0)
    tujuan = Path(berkas)
    with tulis_utuh(tujuan) as sementara:
        sementara.write_bytes(isi.getvalue())
    return tujuan


def _banyak_baris(sel: Sequence[str]) -> int:
    """Lines that the fullest cell of a row needs: office software does not grow rows that it did not type."""
    return max(-(-len(s) * 11 // (lebar * 10)) for s, lebar in zip(sel, KOLOM.values(), strict=True)) or 1


def _nama_lembar(nama: str, ada: Sequence[str]) -> str:
    """A sheet name that Excel takes: no /, at most 31 characters, once."""
    dasar = "".join(" " if h in "[]:*?/\\" else h for h in nama)[:27] or "Penjelasan"
    pakai = {a.lower() for a in ada}
    calon = [dasar, *(f"{dasar} {i}" for i in range(2, len(pakai) + 3))]
    return next(c for c in calon if c.lower() not in pakai)
