"""The same rules for millions of rows: small columns, blocks that fit the cache, threads.

Nothing of a regulation is written here. A `Graf` and its parameters are read as they are, and each
rule goes one of two ways. Where the columns that it needs can take only few values together (its
ranah), the rule is computed once on all combinations of them and a row is a look-up. Elsewhere it runs
on the rows, block by block. Both ways call the rule itself on exact columns, so the result is that of
`Graf.jalankan`, whatever the size of a block and the number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from inspect import signature
from math import lcm, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from kinerja.aturan import Graf, Kolom, eksak
from kinerja.parameter import Nilai
from kinerja.pecahan import Kode, Larik, Pecahan, Syarat, pembagi_bersama, sambung

BLOK = 1 << 15  # rows: a handful of int64 columns stay in a second-level cache
RANAH_TERBESAR = 1 << 16  # combinations: their tables stay there too, and cost little to compute


# -- small columns ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Padat:
    """A column of exact numbers n / d in as few bytes as hold them, shape (baris,).

    n: signed integers, of which the least that the dtype has means unknown. d: one positive integer
    for the whole column, or a column of them.
    """

    n: Larik
    d: int | Larik = 1

    @classmethod
    def dari(cls, x: Pecahan) -> Padat:
        """The same numbers. OverflowError if one of them does not fit 64 bits."""
        return _gabung([_Potong.dari(x)], slice(0, len(x)))

    def __len__(self) -> int:
        return len(self.n)

    @property
    def kosong(self) -> int:
        """The n that means unknown."""
        return int(np.iinfo(self.n.dtype).min)

    @property
    def tahu(self) -> Larik:
        """Boolean column, shape (baris,): True where the value is known."""
        return np.asarray(self.n != self.kosong)

    @cached_property
    def rentang(self) -> tuple[int, int]:
        """Least and greatest known n; (0, -1) where nothing is known."""
        if not len(self) or (terbesar := int(self.n.max())) == self.kosong:
            return 0, -1
        # counted from one above it, unsigned: the unknown is the greatest, the order of the others stays
        tanpa_tanda = f"u{self.n.itemsize}"
        awal = np.array(self.kosong + 1, dtype=self.n.dtype).view(tanpa_tanda)
        return int((self.n.view(tanpa_tanda) - awal).min()) + self.kosong + 1, terbesar

    @cached_property
    def lengkap(self) -> bool:
        """Whether every row is known."""
        return not len(self) or int(self.n.min()) > self.kosong

    @cached_property
    def _batas(self) -> tuple[int, int]:
        """Bounds of |n| and d."""
        bawah, atas = self.rentang
        return max(-bawah, atas, 1), self.d if isinstance(self.d, int) else int(self.d.max(initial=1))

    def pecahan(self, baris: slice = slice(None)) -> Pecahan:
        """The exact column that rules compute with, or these rows of it."""
        n = self.n[baris].astype(np.int64)
        d = self.d if isinstance(self.d, int) else self.d[baris].astype(np.int64)
        if self.lengkap:
            return Pecahan(n, d, None, *self._batas)
        ada = n != self.kosong
        n *= ada
        return Pecahan(n, d, ada, *self._batas)

    def satu(self, i: int) -> Fraction | None:
        """The value of row i, None where unknown."""
        n = int(self.n[i])
        return (
            None if n == self.kosong else Fraction(n, self.d if isinstance(self.d, int) else int(self.d[i]))
        )

    def ke_float(self) -> npt.NDArray[np.float64]:
        """float64 column, NaN where unknown. For showing and storing, not for deciding."""
        return self.pecahan().ke_float()


def _tipe(terkecil: int, terbesar: int) -> Any:
    """The smallest signed dtype that holds both and has a number below them left for unknown."""
    for tipe in (np.int8, np.int16, np.int32, np.int64):
        if np.iinfo(tipe).min < terkecil and terbesar <= np.iinfo(tipe).max:
            return tipe
    raise OverflowError(f"bilangan {max(-terkecil, terbesar)} tidak muat dalam 64 bit")


@dataclass(frozen=True)
class _Potong:
    """Some rows of a result: as few bytes as these rows need, unknown is 0 in `n` and False in `ada`."""

    n: Larik
    d: int | Larik
    ada: Larik | None
    rentang: tuple[int, int]

    def pecahan(self) -> Pecahan:
        d = self.d if isinstance(self.d, int) else self.d.astype(np.int64)
        return Pecahan(self.n.astype(np.int64), d, self.ada)

    @classmethod
    def dari(cls, x: Pecahan) -> _Potong:
        """OverflowError if a number does not fit 64 bits."""
        n: Larik = x.n
        d: Any = x.d
        ada = None if x.ada is None or x.ada.all() else x.ada
        if ada is not None:
            n = n * ada
        if isinstance(d, int):
            g = pembagi_bersama(d, n)
            n, d = (n // g, d // g) if g > 1 else (n, d)
            if int(np.abs(n).max(initial=0)) >= 2**63:  # row by row the terms may be lower
                d = np.full(len(n), d, dtype=object)
        if not isinstance(d, int):
            if ada is not None:
                d = np.where(ada, d, 1)
            g = np.gcd(n, d)
            n, d = n // g, d // g
            d = d.astype(_tipe(0, int(d.max(initial=1))))
        rentang = int(n.min(initial=0)), int(n.max(initial=0))
        return cls(n.astype(_tipe(*rentang), copy=False), d, ada, rentang)


def _gabung(potong: Sequence[_Potong], *baris: slice, peta: Callable[..., Iterable[Any]] = map) -> Padat:
    """The pieces as one column; `peta` may put each in its place on a thread of its own."""
    tetap = {p.d for p in potong if isinstance(p.d, int)}
    satu = len(potong) == sum(isinstance(p.d, int) for p in potong)
    d: int | Larik = lcm(*tetap) if satu else np.empty(baris[-1].stop, dtype=np.int64)
    kali = [d // p.d if isinstance(d, int) and isinstance(p.d, int) else 1 for p in potong]
    rentang = [(p.rentang[0] * k, p.rentang[1] * k) for p, k in zip(potong, kali, strict=True)]
    n = np.empty(baris[-1].stop, dtype=_tipe(min(a for a, _ in rentang), max(b for _, b in rentang)))

    def taruh(p: _Potong, k: int, di: slice) -> None:
        np.multiply(p.n, k, out=n[di], dtype=n.dtype)
        if p.ada is not None:
            np.copyto(n[di], np.iinfo(n.dtype).min, where=~p.ada)
        if not isinstance(d, int):
            d[di] = p.d

    list(peta(taruh, potong, kali, baris))
    return Padat(n, d if isinstance(d, int) else d.astype(_tipe(0, int(d.max(initial=1)))))


# -- the plan ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Akar:
    """A column of few values, whose small integers serve as digits of an index.

    The digit of a row is its integer less `dasar`; `isi` holds the value of each digit.
    """

    dasar: int
    isi: Kode | Pecahan


@dataclass(frozen=True)
class _Tabel:
    """A rule computed on all combinations of the digits of `sumber`, the last one changing fastest."""

    sumber: tuple[str, ...]
    isi: Any


def _akar_kode(x: Kode, dasar: int = -1) -> _Akar:
    return _Akar(dasar, Kode(np.arange(dasar, len(x.kategori), dtype=np.int8), x.kategori, x.turunan))


def _akar_padat(x: Padat, terbesar: int) -> _Akar | None:
    """None where the numbers range too widely, or have a column of denominators."""
    bawah, atas = x.rentang
    if not isinstance(x.d, int) or atas - bawah >= terbesar:
        return None
    dasar = bawah if x.lengkap else bawah - 1
    n = np.arange(dasar, atas + 1)
    return _Akar(dasar, Pecahan(n, x.d, None if x.lengkap else n > dasar))


class _Rencana:
    """Which rules become tables and which run on rows, and the digits that the tables share."""

    def __init__(
        self, graf: Graf, masukan: Mapping[str, Kolom | Padat], tetap: Mapping[str, Any], terbesar: int
    ):
        self.graf = graf
        self.masukan = masukan
        self.tetap = dict(tetap)
        self.terbesar = terbesar
        self.tabel: dict[str, _Tabel] = {}
        self.akar: dict[str, _Akar] = {}
        self.sandi: dict[str, Larik] = {}  # the table of a rule as integers, where it is itself a digit
        self.contoh: dict[str, Any] = {}  # the first row of a rule that runs on rows: its type
        self._argumen = {n: tuple(signature(f).parameters) for n, f in graf.aturan.items()}
        self.baris = min((len(x) for x in masukan.values()), default=0)
        for nama, x in masukan.items():
            if isinstance(x, Kode):
                self.akar[nama] = _akar_kode(x, -1 if int(x.kode.min(initial=0)) < 0 else 0)
            elif isinstance(x, Padat) and (akar := _akar_padat(x, terbesar)):
                self.akar[nama] = akar
        self._disusun: set[str] = set()
        for nama in graf.aturan:
            self._susun(nama)

    def kolom(self, nama: str) -> list[str]:
        """The arguments of a rule that are columns."""
        return [a for a in self._argumen[nama] if a not in self.tetap]

    def hitung(self, nama: str, kolom: Callable[[str], Any]) -> Any:
        """The rule itself, on columns of any length."""
        nilai = {a: self.tetap[a] if a in self.tetap else kolom(a) for a in self._argumen[nama]}
        return self.graf.aturan[nama](**nilai)

    def indeks(self, sumber: Sequence[str], digit: Callable[[str], Larik]) -> npt.NDArray[np.intp]:
        """Places in a table of `sumber`, from the integers of each row."""
        # 32 bits are half the memory traffic; they may wrap on the way, as every place is below 2**31
        hasil = digit(sumber[0]).astype(np.int32)
        dasar = self.akar[sumber[0]].dasar
        for s in sumber[1:]:
            banyak = len(self.akar[s].isi)
            dasar = dasar * banyak + self.akar[s].dasar
            hasil *= banyak
            hasil += digit(s).astype(np.int32)
        if dasar:
            hasil -= (dasar + 2**31) % 2**32 - 2**31
        return hasil.astype(np.intp)

    def _susun(self, nama: str) -> None:
        """A rule after those that it needs."""
        if nama in self._disusun:
            return
        self._disusun.add(nama)
        for a in self._argumen[nama]:
            if a in self.graf.aturan:
                self._susun(a)
        if not self._jadi_tabel(nama):
            self._jadi_baris(nama)

    def _jadi_tabel(self, nama: str) -> bool:
        kolom = self.kolom(nama)
        sumber = self._sumber(kolom)
        if sumber is None:
            for a in kolom:
                self._ringkas(a)
            sumber = self._sumber(kolom)
        if not sumber:
            return False
        banyak = [len(self.akar[s].isi) for s in sumber]
        letak = np.unravel_index(np.arange(prod(banyak)), banyak)
        digit = {s: i + self.akar[s].dasar for s, i in zip(sumber, letak, strict=True)}

        def pada(a: str) -> Any:
            if a in digit:
                return _ambil(self.akar[a].isi, digit[a] - self.akar[a].dasar)
            return _ambil(self.tabel[a].isi, self.indeks(self.tabel[a].sumber, digit.__getitem__))

        try:
            isi = self.hitung(nama, pada)
        except ValueError:  # some combination is refused that no row need have: the rows will tell
            return False
        self.tabel[nama] = _Tabel(sumber, isi)
        if isinstance(isi, Kode) and len(isi) > 2 * len(isi.kategori) + 2:
            self._ringkas(nama)
        return True

    def _sumber(self, kolom: Sequence[str]) -> tuple[str, ...] | None:
        """The digits that these columns follow from; None if they are not few enough together."""
        sumber: dict[str, None] = {}
        for a in kolom:
            if a in self.akar:
                sumber[a] = None
            elif a in self.tabel:
                sumber |= dict.fromkeys(self.tabel[a].sumber)
            else:
                return None
        return tuple(sumber) if prod(len(self.akar[s].isi) for s in sumber) <= self.terbesar else None

    def _ringkas(self, nama: str) -> None:
        """Make the different values of a table a digit, if they are fewer than its combinations."""
        if nama not in self.tabel or nama in self.akar:
            return
        isi = self.tabel[nama].isi
        if isinstance(isi, Kode):
            self.akar[nama], self.sandi[nama] = _akar_kode(isi), isi.kode
        elif isinstance(isi, Pecahan):
            pertama, sandi = _berbeda(isi)
            if len(pertama) < len(isi):
                self.akar[nama] = _Akar(0, isi[pertama])
                self.sandi[nama] = sandi.astype(_tipe(0, len(pertama)))

    def _jadi_baris(self, nama: str) -> None:
        if not self.kolom(nama):
            self.tetap[nama] = self.hitung(nama, self.tetap.__getitem__)
            return
        contoh = self.contoh[nama] = _Blok(self, slice(0, min(1, self.baris))).kolom(nama)
        if isinstance(contoh, Kode):  # its words are known, so it is a digit for what follows
            self.akar[nama] = _akar_kode(contoh)


class _Blok:
    """Some rows: each column is computed when it is first needed."""

    def __init__(self, rencana: _Rencana, baris: slice):
        self.rencana = rencana
        self.baris = baris
        self._kolom: dict[str, Any] = {}
        self._digit: dict[str, Larik] = {}
        self._indeks: dict[tuple[str, ...], npt.NDArray[np.intp]] = {}

    def kolom(self, nama: str) -> Any:
        if nama not in self._kolom:
            self._kolom[nama] = self._buat(nama)
        return self._kolom[nama]

    def _buat(self, nama: str) -> Any:
        r = self.rencana
        if nama in r.masukan:
            x = r.masukan[nama]
            if isinstance(x, Kode):
                return Kode(x.kode[self.baris], x.kategori, x.turunan)
            return x.pecahan(self.baris) if isinstance(x, Padat) else x[self.baris]
        if nama in r.tabel:
            isi = r.tabel[nama].isi
            if nama in r.sandi and isinstance(isi, Kode):
                return Kode(self.digit(nama), isi.kategori, isi.turunan)
            return _ambil(isi, self.indeks(r.tabel[nama].sumber))
        return r.hitung(nama, self.kolom)

    def digit(self, nama: str) -> Larik:
        if nama not in self._digit:
            self._digit[nama] = self._buat_digit(nama)
        return self._digit[nama]

    def _buat_digit(self, nama: str) -> Larik:
        r = self.rencana
        if nama in r.sandi:
            return r.sandi[nama].take(self.indeks(r.tabel[nama].sumber))
        x = r.masukan.get(nama)
        if isinstance(x, Padat):
            n = x.n[self.baris]
            return n if x.lengkap else np.maximum(n, r.akar[nama].dasar)  # unknown is the lowest digit
        kode: Larik = self.kolom(nama).kode
        return kode

    def indeks(self, sumber: tuple[str, ...]) -> npt.NDArray[np.intp]:
        if sumber not in self._indeks:
            self._indeks[sumber] = self.rencana.indeks(sumber, self.digit)
        return self._indeks[sumber]


def _ambil(x: Any, letak: npt.NDArray[np.intp]) -> Any:
    """These rows of a column of any kind."""
    if isinstance(x, Kode):
        return Kode(x.kode.take(letak), x.kategori, x.turunan)
    if isinstance(x, Syarat):
        return Syarat(x.benar.take(letak), None if x.ada is None else x.ada.take(letak))
    if isinstance(x, Pecahan):
        d = x.d if isinstance(x.d, int) else x.d.take(letak)
        ada = None if x.ada is None or x.ada.all() else x.ada.take(letak)
        return Pecahan(x.n.take(letak), d, ada, x.batas, x.batas_d)
    return x.take(letak)


def _berbeda(x: Pecahan) -> tuple[Larik, Larik]:
    """First place of each different value, and which of them each row has."""
    n, d = x.n, x.d
    if not isinstance(d, int):
        g = np.gcd(n, d)
        n, d = n // g, d // g
    kunci = np.unique(n, return_inverse=True)[1] + 1
    if not isinstance(d, int):
        penyebut, kode_d = np.unique(d, return_inverse=True)
        kunci = kunci * len(penyebut) + kode_d
    if x.ada is not None:
        kunci = np.where(x.ada, kunci, -1)
    _, pertama, sandi = np.unique(kunci, return_index=True, return_inverse=True)
    return pertama, sandi


# -- running it --------------------------------------------------------------------------------------


def jalankan_nasional(
    graf: Graf,
    masukan: Mapping[str, Kolom | Padat],
    parameter: Mapping[str, Nilai],
    keluaran: Sequence[str],
    *,
    blok: int = BLOK,
    benang: int | None = None,
    ranah_terbesar: int | None = None,
) -> dict[str, Kolom | Padat]:
    """Only these columns of the graph, equal to `Graf.jalankan`, each in as few bytes as hold it.

    masukan: columns of equal length; give `Padat` where memory counts. blok: rows at a time.
    benang: threads, default one per core. ranah_terbesar: how many combinations a table may have,
    default RANAH_TERBESAR but never more than there are rows. Several graphs after one another are
    one graph (`Graf.gabung`); rules that no asked column needs are not run, nor their parameters
    asked for. ValueError names missing inputs and parameters, unequal lengths, or a column that is
    neither numbers nor words; KeyError a column that the graph does not make; GalatParameter a
    parameter that is not established. What does not fit 64 bits comes back as a `Pecahan`.
    """
    graf = graf.untuk(keluaran)
    pakai = graf.parameter(masukan, parameter)
    kolom = {n: _padat(masukan[n]) for n in graf.masukan}
    panjang = {n: len(x) for n, x in kolom.items()}
    if len(set(panjang.values())) > 1:
        rinci = ", ".join(f"{n} {b}" for n, b in panjang.items())
        raise ValueError(f"graf {graf.nama}: banyak baris kolom masukan tidak sama ({rinci})")
    baris = max(panjang.values(), default=0)
    with ThreadPoolExecutor(benang or os.cpu_count()) as kumpulan:
        list(kumpulan.map(_kenali, kolom.values()))
        terbesar = min(RANAH_TERBESAR, max(baris, 1)) if ranah_terbesar is None else ranah_terbesar
        rencana = _Rencana(graf, kolom, {n: eksak(p) for n, p in pakai.items()}, terbesar)
        bagian = [slice(i, min(i + blok, baris)) for i in range(0, baris, blok)] or [slice(0, 0)]
        tampung = {n: _tampung(rencana, n, bagian) for n in dict.fromkeys(keluaran) if n not in kolom}

        def kerjakan(i: int) -> None:
            b = _Blok(rencana, bagian[i])
            for t in tampung.values():
                t.isi(b, i)

        list(kumpulan.map(kerjakan, range(len(bagian))))
        hasil = {n: t.jadi(kumpulan.map) for n, t in tampung.items()}
    return {n: kolom[n] if n in kolom else hasil[n] for n in keluaran}


def _padat(x: Kolom | Padat) -> Kolom | Padat:
    with suppress(OverflowError):
        return Padat.dari(x) if isinstance(x, Pecahan) else x
    return x


def _kenali(x: Kolom | Padat) -> None:
    """One pass over a column, on a thread: its range, kept with it."""
    if isinstance(x, Padat):
        _ = x.rentang, x.lengkap


class _DariTabel:
    """A result whose values stand in a table: its bytes are known, rows go straight to their place."""

    def __init__(self, sumber: tuple[str, ...], nilai: Padat, baris: int):
        self.sumber = sumber
        self.nilai = nilai
        d = nilai.d
        self.n = np.empty(baris, dtype=self.nilai.n.dtype)
        self.d = d if isinstance(d, int) else np.empty(baris, dtype=d.dtype)

    def isi(self, blok: _Blok, i: int) -> None:
        letak, b = blok.indeks(self.sumber), blok.baris
        # without a check of bounds there is no copy: the index comes from the same digits as the table
        np.take(self.nilai.n, letak, out=self.n[b], mode="clip")
        if not isinstance(self.d, int) and not isinstance(self.nilai.d, int):
            np.take(self.nilai.d, letak, out=self.d[b], mode="clip")

    def jadi(self, peta: Callable[..., Iterable[Any]]) -> Padat:
        return Padat(self.n, self.d)


class _DariBaris:
    """A result of a rule on rows: pieces, put together when the range of all is known."""

    def __init__(self, nama: str, bagian: Sequence[slice]):
        self.nama = nama
        self.bagian = bagian
        self.potong: dict[int, _Potong | Pecahan] = {}

    def isi(self, blok: _Blok, i: int) -> None:
        x = blok.kolom(self.nama)
        try:
            self.potong[i] = _Potong.dari(x)
        except OverflowError:
            self.potong[i] = x

    def jadi(self, peta: Callable[..., Iterable[Any]]) -> Padat | Pecahan:
        semua = [self.potong[i] for i in range(len(self.bagian))]
        potong = [p for p in semua if isinstance(p, _Potong)]
        if len(potong) < len(semua):
            return sambung([p.pecahan() if isinstance(p, _Potong) else p for p in semua])
        try:
            return _gabung(potong, *self.bagian, peta=peta)
        except OverflowError:  # of a common denominator
            return sambung([p.pecahan() for p in potong])


class _DariKode:
    """A result in words: the codes themselves."""

    def __init__(self, nama: str, contoh: Kode, baris: int):
        self.nama = nama
        self.contoh = contoh
        self.kode = np.empty(baris, dtype=np.int8)

    def isi(self, blok: _Blok, i: int) -> None:
        self.kode[blok.baris] = blok.kolom(self.nama).kode

    def jadi(self, peta: Callable[..., Iterable[Any]]) -> Kode:
        return Kode(self.kode, self.contoh.kategori, self.contoh.turunan)


def _tampung(r: _Rencana, nama: str, bagian: Sequence[slice]) -> _DariTabel | _DariBaris | _DariKode:
    contoh = r.tabel[nama].isi if nama in r.tabel else r.contoh.get(nama)
    if isinstance(contoh, Kode):
        return _DariKode(nama, contoh, r.baris)
    if not isinstance(contoh, Pecahan):
        raise ValueError(
            f"{nama} bukan kolom angka atau kata; minta kolom lain, yang ada: {', '.join(r.graf.aturan)}"
        )
    if nama in r.tabel:
        with suppress(OverflowError):
            return _DariTabel(r.tabel[nama].sumber, Padat.dari(contoh), r.baris)
    return _DariBaris(nama, bagian)
