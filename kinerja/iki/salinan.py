"""Copy-paste across a pemda: the same or nearly the same wording on many employees.

Wordings are compared as sets of stems, so that spacing, casing, numbers, affixes and word order do not
hide a copy. Two are near if they share at least `kemiripan` percent of their stems (shared / all).
The join is exact: a prefix filter (rarest stems first) skips only pairs that cannot reach the
threshold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from kinerja.iki.leksikon import ambang, rapikan, stem

_KATA = re.compile(r"[^\W\d_]+")
_PANGKAT = re.compile(
    r"\b(?:ahli|pertama|muda|madya|utama|pratama|terampil|mahir|penyelia|pemula|pelaksana|lanjutan)\b"
)
_TAK_BERARTI = frozenset(
    ["dan", "atau", "yang", "di", "ke", "dari", "untuk", "pada", "dalam", "serta", "dengan", "oleh"]
)


@lru_cache(maxsize=200_000)
def _akar(kata: str) -> str:
    return stem(kata)


def kunci(teks: object) -> tuple[str, ...]:
    """Sorted distinct stems of a wording; without numbers and link words."""
    kata = _KATA.findall(rapikan(teks).lower())
    return tuple(sorted({_akar(k) for k in kata if k not in _TAK_BERARTI and len(k) > 1}))


def _satukan_salah_ketik(semua: Sequence[tuple[str, ...]], banyak: Sequence[int]) -> list[tuple[str, ...]]:
    """Rare stems that are one slip away from a common one become that one."""
    hitung: Counter[str] = Counter()
    for k, n in zip(semua, banyak, strict=True):
        for a in k:
            hitung[a] += n
    umum = [a for a, n in hitung.items() if n >= 20 and len(a) >= 5]
    kamus: dict[int, list[str]] = defaultdict(list)
    for a in umum:
        kamus[len(a)].append(a)
    ganti: dict[str, str] = {}
    for a, n in hitung.items():
        if n <= 2 and len(a) >= 6:
            dekat = [u for panjang in range(len(a) - 1, len(a) + 2) for u in kamus.get(panjang, ())]
            temu = extractOne(a, dekat, scorer=OSA.distance, score_cutoff=1)
            if temu:
                ganti[a] = str(temu[0])
    return [tuple(sorted({ganti.get(a, a) for a in k})) for k in semua] if ganti else list(semua)


def pasangan_mirip(semua: Sequence[tuple[str, ...]], kemiripan: int) -> list[tuple[int, int]]:
    """Pairs i < j of distinct stem sets with shared / all >= kemiripan percent. Exact.

    Sets sharing that much must share one of their rarest stems (prefix filter) and differ little in
    length; only such pairs are counted out.
    """
    hitung = Counter(a for k in semua for a in k)
    nomor = {a: i for i, a in enumerate(sorted(hitung, key=lambda a: (hitung[a], a)))}
    isi = [sorted(nomor[a] for a in k) for k in semua]
    urut = sorted(range(len(isi)), key=lambda i: len(isi[i]))
    daftar: dict[int, list[int]] = defaultdict(list)
    himpunan = [frozenset(k) for k in isi]
    hasil: list[tuple[int, int]] = []
    for i in urut:
        k = isi[i]
        n = len(k)
        if not n:
            continue
        awalan = n - (kemiripan * n + 99) // 100 + 1
        calon: set[int] = set()
        for a in k[:awalan]:
            calon.update(daftar[a])
            daftar[a].append(i)
        for j in calon:
            m = len(isi[j])
            if 100 * m < kemiripan * n:
                continue
            sama = len(himpunan[i] & himpunan[j])
            if 100 * sama >= kemiripan * (n + m - sama):
                hasil.append((min(i, j), max(i, j)))
    return sorted(hasil)


def _induk(n: int, pasangan: Sequence[tuple[int, int]]) -> list[int]:
    """Group number of each of n things joined by pairs (union-find)."""
    induk = list(range(n))

    def akar(i: int) -> int:
        while induk[i] != i:
            induk[i] = induk[induk[i]]
            i = induk[i]
        return i

    for a, b in pasangan:
        ra, rb = akar(a), akar(b)
        if ra != rb:
            induk[max(ra, rb)] = min(ra, rb)
    return [akar(i) for i in range(n)]


def kembar(x: Any, kemiripan: int | None = None) -> pd.DataFrame:
    """Groups of same or nearly same wording in a table or list.

    Returns, on the input's index: kelompok (int; -1 = no words), wakil (the most frequent wording of the
    group), banyak (rows in the group), persis (True if the row's wording equals wakil but for casing
    and spacing). kemiripan: percent of stems shared, default from params/iki.
    """
    s = (
        x
        if isinstance(x, pd.Series)
        else x["indikator"]
        if isinstance(x, pd.DataFrame)
        else pd.Series(list(x))
    )
    batas = ambang("kembar", "kemiripan") if kemiripan is None else kemiripan
    if not 50 <= batas <= 100:
        raise ValueError(f"kemiripan {batas} di luar 50-100 persen. Pakai misalnya 80.")
    rapi = s.astype(object).map(rapikan).str.lower()
    kode, unik = pd.factorize(rapi.to_numpy(dtype=object))
    banyak = np.bincount(kode, minlength=len(unik))
    akar = _satukan_salah_ketik([kunci(u) for u in unik], banyak.tolist())
    nomor: dict[tuple[str, ...], int] = {}
    ke = np.array([nomor.setdefault(a, len(nomor)) for a in akar], dtype="int64")
    grup = np.array(_induk(len(nomor), pasangan_mirip(list(nomor), batas)), dtype="int64")
    if () in nomor:
        grup[nomor[()]] = -1
    per_unik = grup[ke] if len(ke) else ke
    hasil = pd.DataFrame({"kelompok": per_unik[kode] if len(kode) else kode}, index=s.index)
    urut = np.lexsort((unik.astype(str), -banyak)) if len(unik) else np.array([], dtype="int64")
    wakil: dict[int, int] = {}
    for u in urut:
        wakil.setdefault(int(per_unik[u]), int(u))
    hasil["wakil"] = pd.Series([str(unik[wakil[g]]) for g in hasil["kelompok"]], index=s.index, dtype="str")
    hasil["banyak"] = hasil.groupby("kelompok")["kelompok"].transform("size")
    hasil["persis"] = rapi.astype("str").to_numpy() == hasil["wakil"].to_numpy()
    return hasil


def _pos(jabatan: pd.Series) -> pd.Series:
    """The post without rank and place: Guru Ahli Muda and Guru Ahli Madya share one, as do all kepala bidang."""
    kecil = jabatan.astype("str").fillna("").str.lower().str.replace(_PANGKAT, " ", regex=True)
    return kecil.str.split().str[:2].str.join(" ")


def temuan_kembar(x: pd.DataFrame, pegawai: int | None = None) -> pd.DataFrame:
    """L12: one wording on at least `pegawai` employees in at least as many different posts.

    Needs jabatan (and nip, else posts are counted): one post may rightly share its measure, so
    without it nothing is judged.
    Says so when the realisation is the same on all of them.
    """
    kolom = ["baris", "kode", "keparahan", "pesan", "saran", "pemicu"]
    if "jabatan" not in x or not len(x):
        return pd.DataFrame(columns=kolom)
    siapa = "nip" if "nip" in x else "jabatan"
    n = ambang("kembar", "pegawai") if pegawai is None else pegawai
    k = kembar(x)
    orang = x[siapa].groupby(k["kelompok"]).nunique()
    pos = _pos(x["jabatan"]).groupby(k["kelompok"]).nunique()
    kena = orang.index[(orang >= n) & (pos >= n) & (orang.index >= 0)]
    mana = k["kelompok"].isin(kena)
    if not mana.any():
        return pd.DataFrame(columns=kolom)
    g = k.loc[mana, "kelompok"]
    tetap = pd.Series(False, index=orang.index)
    if "realisasi" in x:
        r = x.loc[mana, "realisasi"]
        tetap = (r.groupby(g).nunique(dropna=True) == 1) & (r.groupby(g).count() >= n)
    pesan = {
        i: f"Rumusan yang sama atau hampir sama dipakai {orang[i]} pegawai dengan {pos[i]} jabatan berbeda"
        + ("; realisasinya pun selalu sama." if bool(tetap.get(i, False)) else ".")
        for i in kena
    }
    return pd.DataFrame(
        {
            "baris": x.index[mana],
            "kode": "L12",
            "keparahan": "peringatan",
            "pesan": g.map(pesan).to_numpy(),
            "saran": "Bedakan menurut peran dalam matriks peran hasil: siapa menghasilkan apa.",
            "pemicu": k.loc[mana, "wakil"].to_numpy(),
        }
    )
