"""How numbers and dates are written in Indonesian: decimal comma, Rp, month names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
KOSONG = "–"
_TUKAR = str.maketrans(",.", ".,")

Angka = int | float | Decimal | Fraction


def angka(x: Angka | None, desimal: int | None = None) -> str:
    """1234.5 -> '1.234,5'. `desimal` fixes the decimals (half up); None keeps what the number has.

    None and NaN give '–': unknown is shown as unknown, never as zero.

    >>> angka(1234567), angka(97.125, 2), angka(None), angka(0.24)
    ('1.234.567', '97,13', '–', '0,24')
    """
    if x is None or (isinstance(x, float) and math.isnan(x)):
        return KOSONG
    if isinstance(x, Fraction):
        nilai = Decimal(x.numerator) / x.denominator
    elif isinstance(x, float):
        nilai = Decimal(repr(float(x)))  # the decimal that was typed, so halves are real halves
    else:
        nilai = x if isinstance(x, Decimal) else Decimal(int(x))
    if desimal is not None:
        nilai = nilai.quantize(Decimal(1).scaleb(-desimal), ROUND_HALF_UP)
        nilai = nilai + 0 if nilai else abs(nilai)  # no '-0,00'
    return f"{nilai:,f}".translate(_TUKAR)


def persen(x: Angka | None, desimal: int | None = None) -> str:
    """97.5 -> '97,5 %' (the number is already in percent)."""
    teks = angka(x, desimal)
    return teks if teks == KOSONG else f"{teks} %"


def rupiah(x: int | float | None) -> str:
    """4447069 -> 'Rp4.447.069'."""
    teks = angka(x, 0)
    return teks if teks == KOSONG else f"-Rp{teks[1:]}" if teks.startswith("-") else f"Rp{teks}"


def tanggal(x: dt.date) -> str:
    """2023-01-31 -> '31 Januari 2023'."""
    return f"{x.day} {BULAN[x.month - 1]} {x.year}"


def periode(x: str) -> str:
    """'2022' -> 'Tahun 2022', '2022-TW3' -> 'Triwulan III 2022', '2022-07' -> 'Juli 2022'."""
    tahun, _, sisa = x.partition("-")
    if not sisa:
        return f"Tahun {tahun}"
    if sisa.startswith("TW"):
        return f"Triwulan {('I', 'II', 'III', 'IV')[int(sisa[2]) - 1]} {tahun}"
    return f"{BULAN[int(sisa) - 1]} {tahun}"


def daftar(kata: Iterable[str], sambung: str = "dan") -> str:
    """['a', 'b', 'c'] -> 'a, b, dan c'."""
    isi = list(kata)
    if len(isi) <= 2:
        return f" {sambung} ".join(isi)
    return f"{', '.join(isi[:-1])}, {sambung} {isi[-1]}"


LABEL = {
    "sangat_baik": "Sangat Baik",
    "baik": "Baik",
    "butuh_perbaikan": "Butuh Perbaikan",
    "kurang": "Kurang",
    "sangat_kurang": "Sangat Kurang",
    "istimewa": "Istimewa",
    "di_atas": "Di atas ekspektasi",
    "sesuai": "Sesuai ekspektasi",
    "di_bawah": "Di bawah ekspektasi",
    "jpt": "JPT",
    "administrator": "Administrator",
    "pengawas": "Pengawas",
    "fungsional": "Fungsional",
    "pelaksana": "Pelaksana",
    "pns": "PNS",
    "cpns": "CPNS",
    "pppk": "PPPK",
}


def label(kode: object) -> str:
    """'butuh_perbaikan' -> 'Butuh Perbaikan'; unknown codes read with spaces; empty gives '–'.

    What already has capitals is written as it is: 'BB', 'III/a'.
    """
    if kode is None or kode != kode:
        return KOSONG
    teks = str(kode)
    if teks != teks.lower():
        return teks
    return LABEL.get(teks, teks.replace("_", " ").capitalize())
