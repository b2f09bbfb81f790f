"""The glossary: terms that lessons and reports use, what they mean, where they are regulated, how sure that is.

The terms are data in `params/bimtek/glosarium.yaml`.
"""

from __future__ import annotations

import re

import pandas as pd

from kinerja.parameter import muat
from kinerja.tampil import KolomTabel, Tabel
from kinerja.tulisan import KOSONG

KOLOM = ("kelompok", "istilah", "lain", "arti", "peraturan", "letak", "status")


def glosarium() -> pd.DataFrame:
    """All terms, KOLOM as text, in the order of the file (by kelompok); '' where nothing is known."""
    return pd.DataFrame([dict(b) for b in muat()["glosarium.istilah"].waktu[-1].pasti()])[list(KOLOM)]


def cari(kata: str) -> pd.DataFrame:
    """The terms that have `kata` in their name, other names or meaning; names that start with it come first.

    >>> cari("skp")["istilah"].iloc[0]
    'SKP'
    """
    semua = glosarium()
    kecil = " ".join(kata.split()).casefold()
    sebutan = semua["istilah"].str.casefold()
    di_nama = sebutan.str.contains(kecil, regex=False) | semua["lain"].str.casefold().str.contains(
        kecil, regex=False
    )
    ada = di_nama | semua["arti"].str.casefold().str.contains(kecil, regex=False)
    urut = pd.DataFrame(
        {"awal": ~sebutan.str.startswith(kecil), "nama": ~di_nama, "letak": range(len(semua))}
    )
    return semua.loc[urut[ada].sort_values(["awal", "nama", "letak"]).index]


def nama() -> set[str]:
    """Every term and every other name of one, in small letters."""
    semua = glosarium()
    lain = {s.casefold() for x in semua["lain"] for s in re.split(r", | atau ", x) if s}
    return {x.casefold() for x in semua["istilah"]} | lain


def dikenal(kata: str) -> bool:
    """Whether a word or phrase is a term or another name of one, in any case of letters."""
    return " ".join(kata.split()).casefold() in nama()


def tabel(istilah: pd.DataFrame | None = None, judul: str = "") -> Tabel:
    """Terms as a page shows them; all of them when none are given."""
    t = glosarium() if istilah is None else istilah
    dasar = (t["peraturan"] + " " + t["letak"]).str.strip()
    isi = pd.DataFrame(
        {
            "Istilah": t["istilah"] + t["lain"].where(t["lain"] == "", "\n(" + t["lain"] + ")"),
            "Arti": t["arti"],
            "Peraturan": dasar.where(dasar != "", KOSONG),
            "Status": t["status"],
        }
    )
    lebar = (2.0, 4.6, 2.0, 1.3)
    kolom = [KolomTabel(n, lebar=w) for n, w in zip(isi.columns, lebar, strict=True)]
    return Tabel.dari(isi, kolom, judul=judul)
