"""Random numbers that depend only on who is asked: seed, stream, draw and the person's place in the population.

Every stretch of `POTONG` people has its own counter of Philox, so a number is the same whatever the size of a
block, the number of workers, or the order in which they finish. Sixteen bits a number: four people a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Larik = npt.NDArray[Any]

POTONG = 1 << 16  # people of one counter
_KATA = POTONG // 4
_PUTARAN = 4  # of the permutation: four make a Feistel network a good shuffle


def kata16(benih: int, arus: int, mulai: int, akhir: int, undian: int = 0) -> Larik:
    """Uniform uint16 for the people mulai..akhir-1, shape (akhir - mulai,).

    arus: what the numbers are for, so that two of them are independent; undian: the draw.
    """
    hasil = np.empty(akhir - mulai, dtype=np.uint16)
    for ke in range(mulai // POTONG, -(-akhir // POTONG)):
        awal = ke * POTONG
        a, b = max(mulai, awal), min(akhir, awal + POTONG)
        bit = np.random.Philox(key=np.array([benih, arus], np.uint64), counter=[0, ke, undian, 0])
        isi = bit.random_raw(min(_KATA, -(-(b - awal) // 4)))
        hasil[a - mulai : b - mulai] = isi.astype("<u8", copy=False).view("<u2")[a - awal : b - awal]
    return hasil


@lru_cache(maxsize=1)
def _kuantil() -> npt.NDArray[np.float64]:
    """Standard normal at the middle of each of the 65,536 equal parts."""
    normal = NormalDist()
    separuh = [normal.inv_cdf((k + 0.5) / POTONG) for k in range(POTONG // 2)]
    return np.array([*separuh, *(-x for x in reversed(separuh))])


@lru_cache(maxsize=64)
def tabel_normal(rata: float, simpang: float) -> Larik:
    """Whole numbers (int16, shape (65536,)) that a uint16 turns into: normal, rounded, `rata` ± `simpang`."""
    tabel = np.rint(rata + simpang * _kuantil()).astype(np.int16)
    tabel.flags.writeable = False
    return tabel


def kuota(bobot: Sequence[int | float], banyak: int) -> list[int]:
    """`banyak` divided like the weights, in whole people, by largest remainder (the earlier one on a tie).

    >>> kuota([64.4, 35.6], 10)
    [6, 4]
    """
    if not any(bobot):
        return [0] * len(bobot)
    tepat = [banyak * b / sum(bobot) for b in bobot]
    orang = [int(x) for x in tepat]
    urut = sorted(range(len(tepat)), key=lambda i: (orang[i] - tepat[i], i))
    for i in urut[: banyak - sum(orang)]:
        orang[i] += 1
    return orang


def acak_urutan(letak: Larik, banyak: int, benih: int, arus: int) -> Larik:
    """Where each place of 0..banyak-1 goes in a shuffle of all of them (int64, same shape as `letak`).

    One to one, and computed from the place alone: whoever takes the first k of the shuffle takes exactly k.
    """
    lebar = max(2, (max(banyak - 1, 1)).bit_length())
    kanan = lebar // 2
    kiri = lebar - kanan
    kunci = np.random.Philox(key=np.array([benih, arus], np.uint64), counter=[0, 0, 0, 1]).random_raw(
        _PUTARAN
    )
    hasil = _aduk(letak.astype(np.uint64), kunci, kiri, kanan)
    luar = np.flatnonzero(hasil >= banyak)
    while len(luar):  # walk on until inside: at most half of the places are outside
        hasil[luar] = _aduk(hasil[luar], kunci, kiri, kanan)
        luar = luar[hasil[luar] >= banyak]
    return hasil.astype(np.int64)


def _aduk(x: Larik, kunci: Larik, kiri: int, kanan: int) -> Larik:
    """A Feistel network over kiri + kanan bits; the halves swap width every round, so an even number ends as it began."""
    for k in kunci:
        b = x & np.uint64((1 << kanan) - 1)
        a = x >> np.uint64(kanan)
        f = (b + k) * np.uint64(0x9E3779B97F4A7C15)
        f ^= f >> np.uint64(29)
        f *= np.uint64(0xBF58476D1CE4E5B9)
        f ^= f >> np.uint64(32)
        # the old right half becomes the left one
        x = (b << np.uint64(kiri)) | ((a ^ f) & np.uint64((1 << kiri) - 1))
        kiri, kanan = kanan, kiri
    return x
