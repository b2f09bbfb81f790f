"""The indicator library: examples by post and word, each with its polarity, formula, unit, source and status.

The entries are a table, `params/iki/pustaka.csv`, not law: read when first asked for, because checking
hundreds of rows would slow the start of every notebook.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import snowballstemmer
from rapidfuzz import fuzz, process

from kinerja.parameter import AKAR_PARAMS
from kinerja.tulisan import daftar

KOLOM = (
    "indikator",
    "jabatan",
    "jenjang",
    "urusan",
    "satuan",
    "polaritas",
    "rumus",
    "hitung",
    "sumber_data",
    "status",
    "sumber",
)
JENJANG = ("kepala_daerah", "jpt", "administrator", "pengawas", "fungsional", "pelaksana")
_SETARA = {
    "eselon i": "jpt",
    "eselon ii": "jpt",
    "jabatan pimpinan tinggi": "jpt",
    "jpt pratama": "jpt",
    "jpt madya": "jpt",
    "eselon iii": "administrator",
    "eselon iv": "pengawas",
    "ketua tim": "pengawas",
    "jf": "fungsional",
    "jabatan fungsional": "fungsional",
    "staf": "pelaksana",
    "gubernur": "kepala_daerah",
    "bupati": "kepala_daerah",
    "wali kota": "kepala_daerah",
    "kepala daerah": "kepala_daerah",
}
_STATUS = ("teks", "dua-sumber", "sekunder", "tafsir", "ilustratif")
_KATA = re.compile(r"[a-z0-9]+")
# words that say nothing about the subject of an indicator
_UMUM = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "pada",
        "dengan",
        "paling",
        "lama",
        "atau",
        "para",
        "oleh",
        "dalam",
        "sebagai",
    ]
)
_MIRIP = 80.0  # of 100: below this two words are different words


@cache
def _pustaka() -> pd.DataFrame:
    return pd.read_csv(AKAR_PARAMS / "iki" / "pustaka.csv", dtype="str", keep_default_na=False)


def pustaka() -> pd.DataFrame:
    """All entries: KOLOM and `kata` (other names by which people look for it). A copy."""
    return _pustaka().copy()


def cari_pustaka(
    kata: str = "",
    *,
    jenjang: str | None = None,
    jabatan: str | None = None,
    urusan: str | None = None,
    banyak: int = 20,
) -> pd.DataFrame:
    """Entries for words and posts, the best first: `cari_pustaka("puskesmas", jenjang="pengawas")`.

    kata: one or more words, each of which must be found in indicator, post, field or synonyms; endings,
    prefixes and slips of the pen do not matter ("pelayanan" finds "dilayani"). jabatan, urusan: the
    same within that column only. jenjang: one of JENJANG or a usual name ("eselon IV", "staf").
    Returns at most `banyak` rows with KOLOM and `cocok` (0-100); of equal fits the better attested
    first. ValueError for an unknown jenjang.
    """
    semua = _pustaka()
    nilai = np.full(len(semua), 100.0)
    for teks, kolom in (
        (kata, ("indikator", "jabatan", "urusan", "kata")),
        (jabatan, ("jabatan", "kata")),
        (urusan, ("urusan",)),
    ):
        if teks and teks.strip():
            nilai = np.minimum(nilai, _kecocokan(teks, kolom))
    if jenjang is not None:
        nilai = np.where(semua["jenjang"] == _jenjang(jenjang), nilai, 0.0)
    kekuatan = semua["status"].map({s: i for i, s in enumerate(_STATUS)}).to_numpy()
    urut = np.lexsort((np.arange(len(semua)), kekuatan, -nilai))
    urut = urut[nilai[urut] > 0][:banyak]
    hasil = semua.loc[urut, list(KOLOM)].reset_index(drop=True)
    hasil["cocok"] = np.round(nilai[urut], 1)
    return hasil


def _jenjang(teks: str) -> str:
    rapi = " ".join(teks.lower().replace("_", " ").split())
    kode = _SETARA.get(rapi, rapi.replace(" ", "_"))
    if kode not in JENJANG:
        raise ValueError(f"jenjang {teks!r} tidak dikenal; yang ada: {daftar(JENJANG)}.")
    return kode


@cache
def _kata_dasar(kata: str) -> str:
    dasar: str = snowballstemmer.stemmer("indonesian").stemWord(kata)
    return dasar


def _pecah(teks: str) -> list[str]:
    return [k for k in _KATA.findall(teks.lower()) if k not in _UMUM]


@cache
def _indeks(kolom: tuple[str, ...]) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Vocabulary of these columns, and the pairs (word number, row) where it occurs."""
    gabung = _pustaka()[list(kolom)].agg(" ".join, axis=1)
    pasangan = gabung.map(_pecah).explode().dropna()
    kode, kosakata = pd.factorize(pasangan.to_numpy(dtype=object))
    return tuple(map(str, kosakata)), kode, pasangan.index.to_numpy()


def _kecocokan(teks: str, kolom: tuple[str, ...]) -> np.ndarray:
    """Mean likeness of the words asked for to the nearest word of each row; 0 if one has none."""
    cari = list(dict.fromkeys(_pecah(teks)))
    if not cari:
        return np.zeros(len(_pustaka()))
    kosakata, kode, baris = _indeks(kolom)
    utuh = process.cdist(cari, kosakata, scorer=fuzz.ratio)
    dasar = process.cdist(
        [_kata_dasar(k) for k in cari], [_kata_dasar(k) for k in kosakata], scorer=fuzz.ratio
    )
    mirip = np.maximum(utuh, 0.98 * dasar)  # the very word beats its relative
    hasil = np.zeros((len(cari), len(_pustaka())))
    for i in range(len(cari)):
        np.maximum.at(hasil[i], baris, mirip[i, kode])
    return np.where((hasil >= _MIRIP).all(axis=0), hasil.mean(axis=0), 0.0)
