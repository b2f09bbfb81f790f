"""What is wrong with the data: where, which value, and the way out. All of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import groupby

import pandas as pd

from ..tulisan import angka
from .sensor import sensor
from .skema import SKEMA

CONTOH_NILAI = 5  # distinct values shown per group; `GalatData.tabel()` has them all


@dataclass(frozen=True)
class Temuan:
    """One finding. `baris` is the row number in the sheet; None when a whole sheet or file is meant.

    `kolom` is the heading, `huruf` its Excel letter. `pesan` never contains the value, so that equal
    faults can be shown as one line with their rows.
    """

    lembar: str
    baris: int | None
    kolom: str
    huruf: str
    nilai: str
    pesan: str
    perbaikan: str = ""


class GalatData(Exception):
    """The data cannot be used. `temuan` has every finding; `str()` is for a person to read."""

    def __init__(self, temuan: Sequence[Temuan], sumber: str = "") -> None:
        super().__init__(tuple(temuan), sumber)
        self.temuan = tuple(temuan)
        self.sumber = sumber

    def tabel(self) -> pd.DataFrame:
        """Every finding as one row: lembar, baris, kolom, huruf, nilai, pesan, perbaikan."""
        kolom = [f.name for f in fields(Temuan)]
        hasil = pd.DataFrame([asdict(t) for t in self.temuan], columns=kolom).astype({"baris": "Int64"})
        return hasil.astype({k: "str" for k in kolom if k != "baris"})

    def tersensor(self) -> GalatData:
        """The same findings for a log: values of columns that name a person, and NIP anywhere, hidden.

        Sheet, row and column still say where to look.
        """
        pribadi = {(t.nama, k.judul) for t in SKEMA.values() for k in t.kolom if k.pribadi}
        return GalatData(
            [
                replace(
                    t,
                    nilai="[disembunyikan]"
                    if t.nilai and (t.lembar, t.kolom) in pribadi
                    else sensor(t.nilai),
                    pesan=sensor(t.pesan),
                    perbaikan=sensor(t.perbaikan),
                )
                for t in self.temuan
            ],
            self.sumber,
        )

    def __str__(self) -> str:
        kepala = f"{angka(len(self.temuan))} galat dalam {self.sumber or 'data'}."
        if len(self.temuan) == 1 and not self.temuan[0].lembar:
            t = self.temuan[0]
            return f"{self.sumber or 'data'}: {t.pesan}." + (f" {t.perbaikan}." if t.perbaikan else "")
        bagian = [kepala + " Tidak ada data yang dipakai sebelum semuanya diperbaiki."]
        lembar_ke = {t.lembar: i for i, t in reversed(list(enumerate(self.temuan)))}  # as they first occur
        urut = sorted(self.temuan, key=lambda t: (lembar_ke[t.lembar], _kelompok(t)))
        lembar_kini = None
        for (lembar, *_), isi in groupby(urut, key=_kelompok):
            if lembar != lembar_kini:
                bagian.append(f"\nLembar {lembar}" if lembar else "")
                lembar_kini = lembar
            bagian.append(_satu_kelompok(list(isi)))
        return "\n".join(bagian)


def _kelompok(t: Temuan) -> tuple[str, int, str, str, str, str]:
    return t.lembar, len(t.huruf), t.huruf, t.kolom, t.pesan, t.perbaikan


def _satu_kelompok(isi: list[Temuan]) -> str:
    t = isi[0]
    kolom = f"kolom {t.kolom} ({t.huruf})" if t.kolom and t.huruf else f"kolom {t.kolom or t.huruf}"
    kolom = kolom if t.kolom or t.huruf else ""
    baris = [x.baris for x in isi if x.baris is not None]
    letak = ", ".join(x for x in (kolom, f"baris {rentang(baris)}" if baris else "") if x)
    teks = [f"  {letak}: {t.pesan}" if letak else f"  {t.pesan}"]
    nilai: dict[str, list[int]] = {}
    for x in isi:
        if x.nilai:
            nilai.setdefault(x.nilai, []).append(x.baris or 0)
    if nilai:
        contoh = [f"'{v}'" + (f" (baris {rentang(b)})" if len(baris) > 1 else "") for v, b in nilai.items()]
        lebih = len(contoh) - CONTOH_NILAI
        teks.append(
            "    nilai: "
            + "; ".join(contoh[:CONTOH_NILAI])
            + (f"; dan {angka(lebih)} nilai lain" if lebih > 0 else "")
        )
    if t.perbaikan:
        teks.append(f"    perbaikan: {t.perbaikan}")
    return "\n".join(teks)


def rentang(baris: Iterable[int]) -> str:
    """Row numbers as ranges.

    >>> rentang([5, 6, 7, 10])
    '5-7, 10'
    """
    urut = sorted(set(baris))
    hasil = []
    for _, kel in groupby(enumerate(urut), key=lambda p: p[1] - p[0]):
        deret = [b for _, b in kel]
        hasil.append(f"{deret[0]}-{deret[-1]}" if len(deret) > 1 else str(deret[0]))
    return ", ".join(hasil)
