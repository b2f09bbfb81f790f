"""Exact columns: thresholds and rupiah are decided on fractions, whole columns at a time.

A `Pecahan` is a column of fractions, `n / d`, on NumPy integers: int64 while the analytic
bound of the numbers fits, Python integers beyond that. Rule functions are written with
ordinary operators on it and read like the regulation; nothing is rounded unless the rule
says so (`bulat`). Missing values travel with the column (`ada`), and what a division by
zero leaves undefined is missing too, never a number.

A `Kode` is a column of small integers with its categories beside it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import Any

import numpy as np
import numpy.typing as npt

Larik = npt.NDArray[Any]
Skalar = int | Decimal | Fraction
_BATAS = 2**62  # products and sums stay below int64 as long as their bound does
_DESIMAL_TERBANYAK = 9


class Pecahan:
    """A column of exact fractions `n / d`, shape (baris,); `ada` is False where unknown.

    `d` is one positive integer for the whole column, or an integer column for ratios.
    `batas` bounds |n| and `batas_d` bounds d; both only decide between int64 and Python ints.
    """

    __slots__ = ("ada", "batas", "batas_d", "d", "n")
    __array_ufunc__ = None  # let `numpy_integer * Pecahan` reach our own operators
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self,
        n: Larik,
        d: int | Larik = 1,
        ada: Larik | None = None,
        batas: int | None = None,
        batas_d: int | None = None,
    ):
        self.n = n
        self.d = d
        self.ada = ada
        self.batas = _terbesar_mutlak(n) if batas is None else batas
        self.batas_d = d if isinstance(d, int) else _terbesar_mutlak(d) if batas_d is None else batas_d

    def __len__(self) -> int:
        return len(self.n)

    @property
    def tahu(self) -> Larik:
        """Boolean column, shape (baris,): True where the value is known."""
        return np.ones(len(self), dtype=bool) if self.ada is None else self.ada

    # -- arithmetic ---------------------------------------------------------------------------

    def __add__(self, lain: Pecahan | Skalar) -> Pecahan:
        if isinstance(self.d, int) and not isinstance(lain, Pecahan):
            f = _eksak(lain)
            d = lcm(self.d, f.denominator)
            k, tambah = d // self.d, f.numerator * (d // f.denominator)
            batas = self.batas * k + max(abs(tambah), 1)
            (n,) = _lebar(batas, self.n)
            return Pecahan(_kali(n, k) + tambah, d, self.ada, batas)
        a, b = self, _kolom(lain, self)
        if isinstance(a.d, int) and isinstance(b.d, int):
            d = lcm(a.d, b.d)
            ka, kb = d // a.d, d // b.d
            batas = a.batas * ka + b.batas * kb
            na, nb = _lebar(batas, a.n, b.n)
            return Pecahan(_kali(na, ka) + _kali(nb, kb), d, _dan(a.ada, b.ada), batas)
        batas = a.batas * b.batas_d + b.batas * a.batas_d
        lebar = max(batas, a.batas_d * b.batas_d)
        na, nb, da, db = _lebar(lebar, a.n, b.n, a.d, b.d)
        return Pecahan(_kali(na, db) + _kali(nb, da), _kali(da, db), _dan(a.ada, b.ada))

    __radd__ = __add__

    def __neg__(self) -> Pecahan:
        return Pecahan(-self.n, self.d, self.ada, self.batas)

    def __sub__(self, lain: Pecahan | Skalar) -> Pecahan:
        return self + (-lain if isinstance(lain, Pecahan) else -_eksak(lain))

    def __rsub__(self, lain: Skalar) -> Pecahan:
        return (-self) + lain

    def __mul__(self, lain: Pecahan | Skalar) -> Pecahan:
        if not isinstance(lain, Pecahan):
            return self._kali_skalar(_eksak(lain))
        batas, batas_d = self.batas * lain.batas, self.batas_d * lain.batas_d
        na, nb, da, db = _lebar(max(batas, batas_d), self.n, lain.n, self.d, lain.d)
        return _ringkas(Pecahan(na * nb, _kali(da, db), _dan(self.ada, lain.ada), batas, batas_d))

    def _kali_skalar(self, f: Fraction) -> Pecahan:
        # cancel before multiplying: no pass over the rows
        g = gcd(f.numerator, self.d) if isinstance(self.d, int) else 1
        p, q = f.numerator // g, f.denominator
        batas, batas_d = self.batas * max(abs(p), 1), self.batas_d // g * q
        n, d = _lebar(max(batas, batas_d), self.n, self.d // g if isinstance(self.d, int) else self.d)
        return _ringkas(Pecahan(_kali(n, p), _kali(d, q), self.ada, batas, batas_d))

    __rmul__ = __mul__

    def __truediv__(self, lain: Pecahan | Skalar) -> Pecahan:
        if not isinstance(lain, Pecahan):
            return self * (1 / _eksak(lain))
        if not len(lain) or int(lain.n.min()) <= 0:
            return self * _kebalikan(lain)
        batas, batas_d = self.batas * lain.batas_d, self.batas_d * lain.batas
        na, nb, da, db = _lebar(max(batas, batas_d), self.n, lain.n, self.d, lain.d)
        return _ringkas(Pecahan(_kali(na, db), _kali(nb, da), _dan(self.ada, lain.ada), batas, batas_d))

    def __rtruediv__(self, lain: Skalar) -> Pecahan:
        return _kebalikan(self) * lain

    # -- comparison: a column of conditions, undecided where a value is missing -------------------

    def _banding(self, lain: object, cara: Callable[[Any, Any], Any]) -> Syarat:
        """Compare without subtracting: n1 / d1 < n2 / d2 where n1 * d2 < n2 * d1, as d is positive."""
        da: Any = self.d
        nb: Any
        db: Any
        if isinstance(lain, Pecahan):
            nb, db, batas, batas_d, ada = lain.n, lain.d, lain.batas, lain.batas_d, _dan(self.ada, lain.ada)
        else:
            nb, db = _eksak(lain).as_integer_ratio()
            batas, batas_d, ada = abs(nb), db, self.ada
        if isinstance(da, int) and isinstance(db, int):
            g = gcd(da, db)
            da, db, batas_d = da // g, db // g, batas_d // g
        lebar = max(self.batas * batas_d, batas * self.batas_d)
        na, nb, da, db = _lebar(lebar, self.n, nb, da, db)
        return Syarat(cara(_kali(na, db), _kali(nb, da)), ada)

    def __lt__(self, lain: Pecahan | Skalar) -> Syarat:
        return self._banding(lain, operator.lt)

    def __le__(self, lain: Pecahan | Skalar) -> Syarat:
        return self._banding(lain, operator.le)

    def __gt__(self, lain: Pecahan | Skalar) -> Syarat:
        return self._banding(lain, operator.gt)

    def __ge__(self, lain: Pecahan | Skalar) -> Syarat:
        return self._banding(lain, operator.ge)

    def __eq__(self, lain: object) -> Syarat:  # type: ignore[override]
        return self._banding(lain, operator.eq)

    def __ne__(self, lain: object) -> Syarat:  # type: ignore[override]
        return ~(self == lain)

    # -- leaving the exact world ------------------------------------------------------------------

    def __getitem__(self, i: Any) -> Pecahan:
        """The rows chosen by a slice, mask or integer column."""
        return Pecahan(
            self.n[i],
            self.d if isinstance(self.d, int) else self.d[i],
            None if self.ada is None else self.ada[i],
        )

    def satu(self, i: int) -> Fraction | None:
        """The value of row i as a Fraction, None where unknown."""
        if self.ada is not None and not self.ada[i]:
            return None
        return Fraction(int(self.n[i]), self.d if isinstance(self.d, int) else int(self.d[i]))

    def ke_float(self) -> npt.NDArray[np.float64]:
        """float64 column, NaN where unknown. For showing and storing, not for deciding."""
        # float64 holds integers up to 2**53; beyond that Python divides without rounding twice
        lebar = max(_terbesar_mutlak(self.n), self.batas_d) > 2**53
        n = self.n.astype(object) if lebar else self.n
        hasil = np.asarray(n / self.d, dtype=np.float64)
        return hasil if self.ada is None else np.where(self.ada, hasil, np.nan)

    def ke_bulat(self) -> npt.NDArray[np.int64]:
        """int64 column. ValueError if a value is unknown or not whole."""
        if self.ada is not None and not self.ada.all():
            raise ValueError(
                f"{int((~self.ada).sum())} nilai belum diketahui, tidak dapat menjadi bilangan bulat"
            )
        if isinstance(self.d, int) and self.d == 1:
            return np.asarray(self.n, dtype=np.int64)
        n, d = _lebar(self.batas_d, self.n, self.d)
        if (n % d != 0).any():
            raise ValueError("ada nilai pecahan; bulatkan dulu menurut aturannya")
        return np.asarray(n // d, dtype=np.int64)

    def __repr__(self) -> str:
        isi = ", ".join("–" if v is None else str(v) for v in map(self.satu, range(min(5, len(self)))))
        return f"Pecahan([{isi}{', …' if len(self) > 5 else ''}])"


class Syarat:
    """A column of conditions, shape (baris,): `benar` where it holds, `ada` False where undecided.

    NumPy takes it as the boolean column `benar`: what is undecided does not hold. `pilih` makes an
    undecided row unknown.
    """

    __slots__ = ("ada", "benar")

    def __init__(self, benar: Larik, ada: Larik | None = None):
        benar = benar.astype(bool, copy=False)
        self.benar = benar if ada is None else benar & ada
        self.ada = ada

    def __and__(self, lain: Syarat) -> Syarat:
        return Syarat(self.benar & lain.benar, _dan(self.ada, lain.ada))

    def __or__(self, lain: Syarat) -> Syarat:
        return Syarat(self.benar | lain.benar, _dan(self.ada, lain.ada))

    def __invert__(self) -> Syarat:
        return Syarat(~self.benar, self.ada)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Larik:
        return np.array(self.benar, dtype=dtype, copy=copy)

    def tolist(self) -> list[bool]:
        return [bool(b) for b in self.benar]


@dataclass(frozen=True)
class Kode:
    """A column of category codes, shape (baris,) int8; -1 where unknown.

    `turunan`: made by a look-up, so `kategori` holds only the words that its table uses.
    """

    kode: npt.NDArray[np.int8]
    kategori: tuple[str, ...]
    turunan: bool = False

    def __len__(self) -> int:
        return len(self.kode)

    def satu(self, i: int) -> str | None:
        """The category of row i, None where unknown."""
        k = int(self.kode[i])
        return None if k < 0 else self.kategori[k]

    def dalam(self, kategori: Sequence[str]) -> Kode:
        """The same column with other, wider categories. ValueError names those that are missing."""
        asing = [k for k in self.kategori if k not in kategori]
        if asing:
            raise ValueError(f"{', '.join(asing)} tidak dikenal; yang ada: {', '.join(kategori)}")
        pindah = np.array([*map(list(kategori).index, self.kategori), -1], dtype=np.int8)
        return Kode(pindah[self.kode], tuple(kategori))


# -- making columns -------------------------------------------------------------------------------


def dari_angka(x: npt.ArrayLike) -> Pecahan:
    """Exact column from integers or from floats that were typed as decimals.

    A float64 column gives back the decimals that it was read from (15 significant digits, beyond
    that the shortest decimal of that float); NaN is unknown. ValueError if a value is infinite.
    """
    a = np.asarray(x)
    if a.dtype.kind in "iub":
        return Pecahan(a.astype(np.int64 if _terbesar_mutlak(a) < _BATAS else object))
    if a.dtype == object:
        return _satu_satu(a)
    if np.isinf(a).any():
        raise ValueError("ada nilai tak hingga; isi dengan bilangan atau kosongkan")
    ada = ~np.isnan(a)
    isi = np.where(ada, a, 0.0)
    for k in range(_DESIMAL_TERBANYAK + 1):
        skala = 10.0**k
        n = np.rint(isi * skala)
        if (n / skala == isi).all():
            if np.abs(n).max(initial=0) > 2**53:
                break
            return Pecahan(n.astype(np.int64), 10**k, None if ada.all() else ada)
    # the magnitudes range too widely for one scale of float64
    hasil = _satu_satu(isi)
    return hasil if ada.all() else Pecahan(hasil.n, hasil.d, ada)


def dari_kategori(kode: npt.ArrayLike, kategori: Iterable[object]) -> Kode:
    """Category codes (-1 unknown) with the names of the categories."""
    return Kode(np.asarray(kode, dtype=np.int8), tuple(str(k) for k in kategori))


def sambung(bagian: Sequence[Pecahan]) -> Pecahan:
    """Columns one below another."""
    tetap = {x.d for x in bagian if isinstance(x.d, int)}
    n = np.concatenate([np.zeros(0, dtype=np.int64), *(x.n for x in bagian)])
    ada = np.concatenate([np.zeros(0, dtype=bool), *(x.tahu for x in bagian)])
    if len(tetap) == 1 and all(isinstance(x.d, int) for x in bagian):
        return Pecahan(n, tetap.pop(), None if ada.all() else ada)
    d = [np.full(len(x), x.d) if isinstance(x.d, int) else x.d for x in bagian]
    penyebut = np.concatenate([np.ones(0, dtype=np.int64), *d])
    return Pecahan(n, penyebut, None if ada.all() else ada)


def pada(x: Pecahan, letak: npt.NDArray[np.intp]) -> Pecahan:
    """Row `letak[i]` of x for each i; unknown where `letak` is -1."""
    if not len(x):
        return Pecahan(np.zeros(len(letak), dtype=np.int64), 1, np.zeros(len(letak), dtype=bool))
    hasil = x[letak]
    return Pecahan(hasil.n, hasil.d, hasil.tahu & (letak >= 0))


# -- the words of the rules ---------------------------------------------------------------------


def terkecil(a: Pecahan | Skalar, b: Pecahan | Skalar) -> Pecahan:
    """Row by row the smaller of two columns; unknown where either is."""
    return _pilih_urutan(*_sepasang(a, b), operator.le, np.minimum)


def terbesar(a: Pecahan | Skalar, b: Pecahan | Skalar) -> Pecahan:
    """Row by row the larger of two columns; unknown where either is."""
    return _pilih_urutan(*_sepasang(a, b), operator.ge, np.maximum)


def pilih(syarat: Syarat | Larik, bila_ya: Pecahan | Skalar, bila_tidak: Pecahan | Skalar) -> Pecahan:
    """`bila_ya` where the condition holds, else `bila_tidak`.

    A row is unknown if its condition is undecided or the value chosen for it is unknown; what was
    not chosen does not matter.
    """
    if isinstance(syarat, Syarat):
        hasil = pilih(syarat.benar, bila_ya, bila_tidak)
        return Pecahan(hasil.n, hasil.d, _dan(hasil.ada, syarat.ada), hasil.batas)
    contoh = bila_ya if isinstance(bila_ya, Pecahan) else bila_tidak
    if not isinstance(contoh, Pecahan):
        contoh = Pecahan(np.zeros(len(syarat), dtype=np.int64))
    a, b = _kolom(bila_ya, contoh), _kolom(bila_tidak, contoh)
    ada = None if a.ada is None and b.ada is None else np.where(syarat, a.tahu, b.tahu)
    if isinstance(a.d, int) and isinstance(b.d, int):
        d = lcm(a.d, b.d)
        batas = max(a.batas * (d // a.d), b.batas * (d // b.d))
        na, nb = _lebar(batas, a.n, b.n)
        return Pecahan(np.where(syarat, _kali(na, d // a.d), _kali(nb, d // b.d)), d, ada, batas)
    da, db = _lebar(max(a.batas_d, b.batas_d), np.asarray(a.d), np.asarray(b.d))
    return Pecahan(np.where(syarat, a.n, b.n), np.where(syarat, da, db), ada, max(a.batas, b.batas))


def bulat(x: Pecahan, desimal: int = 0) -> Pecahan:
    """Round half up (away from zero below zero) to `desimal` decimals."""
    s = 10**desimal
    lebar = max(2 * x.batas * s + x.batas_d, 2 * x.batas_d)
    n, d = _lebar(lebar, x.n, x.d)
    if int(n.min(initial=0)) >= 0:
        return Pecahan(_bagi_lantai(2 * s * n + d, 2 * d, lebar), s, x.ada)
    mutlak = _bagi_lantai(2 * s * np.abs(n) + d, 2 * d, lebar)
    return Pecahan(np.where(n < 0, -mutlak, mutlak), s, x.ada)


def rupiah(x: Pecahan) -> Pecahan:
    """Round once to whole rupiah, half up."""
    return bulat(x, 0)


def jumlah_per(x: Pecahan, kelompok: npt.NDArray[np.int64], banyak: int) -> Pecahan:
    """Sum of x per group number 0..banyak-1; a group without rows sums to zero.

    A group that holds an unknown value is unknown.
    """
    if not isinstance(x.d, int):
        return _jumlah_rasio_per(x, x.d, kelompok, banyak)
    (n,) = _lebar(x.batas * max(len(x), 1), x.n)
    hasil = np.zeros(banyak, dtype=n.dtype)
    np.add.at(hasil, kelompok, n)
    ada = None
    if x.ada is not None and not x.ada.all():
        ada = np.ones(banyak, dtype=bool)
        ada[kelompok[~x.ada]] = False
    return Pecahan(hasil, x.d, ada)


def cari(tabel: Mapping[Any, Any], *kunci: Kode | Pecahan) -> Pecahan | Kode:
    """Look up a table of the regulation: one key column, or row and column for a matrix.

    Numbers give a Pecahan (unknown where the regulation's value is not established),
    words give a Kode. ValueError names keys that the table does not have.
    """
    if len(kunci) == 1:
        return _ambil(list(tabel.values()), _letak(kunci[0], list(tabel)))
    baris, kolom = kunci
    judul = list(dict.fromkeys(k for isi in tabel.values() for k in isi))
    i, j = _letak(baris, list(tabel)), _letak(kolom, judul)
    isi = [sebaris.get(k) for sebaris in tabel.values() for k in judul]
    return _ambil(isi, np.where((i < 0) | (j < 0), -1, i * len(judul) + j))


def rata_per(x: Pecahan, kelompok: npt.NDArray[np.int64], banyak: int) -> Pecahan:
    """Mean of x per group number 0..banyak-1, exact; unknown for a group without rows or with an unknown."""
    anggota = np.bincount(kelompok, minlength=banyak).astype(np.int64)
    return jumlah_per(x, kelompok, banyak) / Pecahan(anggota)


def cari_selang(selang: Sequence[Mapping[str, Any]], x: Pecahan) -> Pecahan | Kode:
    """The `nilai` of the interval that each value lies in, bounds as the regulation words them
    (paling_sedikit, lebih_dari, kurang_dari, paling_banyak); unknown in a gap. Words give a Kode."""
    letak = np.zeros(len(x), dtype=np.int8)
    for i, s in enumerate(selang, 1):
        di_dalam = Syarat(np.ones(len(x), dtype=bool), x.ada)
        for kata, banding in _BATAS_SELANG.items():
            if kata in s:
                di_dalam = di_dalam & banding(x, s[kata])
        np.maximum(letak, di_dalam.benar * np.int8(i), out=letak)  # many times faster than letak[...] = i
    return _ambil([s["nilai"] for s in selang], letak.astype(np.intp) - 1)


def tutup_celah(selang: Sequence[Mapping[str, Any]], x: Pecahan, pembulatan: str) -> Pecahan:
    """x, but a value that no interval holds because it lies between two of them goes to a bound.

    lantai: the bound below; langit: the bound above; setengah_ke_atas: the nearer one, half up.
    Only between a `paling_banyak` and the next `paling_sedikit`. ValueError for another word.
    """
    if pembulatan not in ("lantai", "langit", "setengah_ke_atas"):
        raise ValueError(f"{pembulatan} tidak dikenal; yang ada: lantai, langit, setengah_ke_atas")
    awal = [s.get("paling_sedikit", s.get("lebih_dari")) for s in selang]
    urut = sorted(range(len(selang)), key=lambda i: (awal[i] is not None, awal[i] or 0))
    hasil = x
    for i, j in pairwise(urut):
        bawah, atas = selang[i].get("paling_banyak"), selang[j].get("paling_sedikit")
        if bawah is not None and atas is not None:
            batas = {"lantai": atas, "langit": bawah}.get(pembulatan, (Fraction(bawah) + Fraction(atas)) / 2)
            hasil = pilih((x > bawah) & (x < atas), pilih(x >= batas, atas, bawah), hasil)
    return hasil


def titik_lurus(titik: Sequence[tuple[Skalar, Skalar]] | Mapping[Skalar, Skalar], x: Pecahan) -> Pecahan:
    """Piecewise-linear scale through the points (x, y) in rising x; flat beyond both ends."""
    pasangan = titik.items() if isinstance(titik, Mapping) else titik
    eksak = [(Fraction(a), Fraction(b)) for a, b in pasangan]
    hasil = _kolom(eksak[0][1], x)
    for (x0, y0), (x1, y1) in pairwise(eksak):
        tepi = terkecil(x, x1)
        hasil = pilih(tepi > x0, (tepi - x0) * ((y1 - y0) / (x1 - x0)) + y0, hasil)
    return hasil


_BATAS_SELANG = {
    "paling_sedikit": Pecahan.__ge__,
    "lebih_dari": Pecahan.__gt__,
    "kurang_dari": Pecahan.__lt__,
    "paling_banyak": Pecahan.__le__,
}


# -- inside ---------------------------------------------------------------------------------------


def _terbesar_mutlak(n: Larik) -> int:
    return max(int(n.max(initial=0)), -int(n.min(initial=0)), 1)


def _lebar(batas: int, *bagian: int | Larik) -> tuple[Any, ...]:
    """The same columns, as Python integers if `batas` does not fit in int64."""
    if batas < _BATAS:
        return bagian
    return tuple(b.astype(object) if isinstance(b, np.ndarray) else b for b in bagian)


def _kali(n: Any, k: Any) -> Any:
    """n * k without a pass over the rows where k is the number 1."""
    return n if isinstance(k, int) and k == 1 else n * k


def _bagi_lantai(a: Larik, b: int | Larik, batas: int) -> Larik:
    """a // b for a >= 0 and b > 0, both at most `batas`.

    Of integers that add up to at most 2**53 the float64 quotient never reaches an integer that the
    true one stays below (it is at least 1 / b away, which is more than half a unit in the last
    place), so cutting it is exact, and twice as fast as dividing integers.
    """
    if batas <= 2**52 and isinstance(b, np.ndarray):
        return (a / b).astype(np.int64)
    return np.asarray(a // b)


def _pilih_urutan(x: Pecahan, y: Pecahan, urutan: Callable[[Any, Any], Any], pilihan: np.ufunc) -> Pecahan:
    if isinstance(x.d, int) and isinstance(y.d, int):
        d = lcm(x.d, y.d)
        batas = max(x.batas * (d // x.d), y.batas * (d // y.d))
        nx, ny = _lebar(batas, x.n, y.n)
        return Pecahan(pilihan(_kali(nx, d // x.d), _kali(ny, d // y.d)), d, _dan(x.ada, y.ada), batas)
    return pilih(x._banding(y, urutan), x, y)


def pembagi_bersama(d: int, n: Larik) -> int:
    """Greatest common divisor of d and all of n; a few rows usually settle that it is 1."""
    for bagian in (n[:64], n[64:]):
        if d > 1 and len(bagian):
            d = gcd(d, int(np.gcd.reduce(bagian)))
    return d


def _ringkas(x: Pecahan) -> Pecahan:
    """Back to small numbers where a common factor allows: keeps chains of products in int64."""
    if isinstance(x.d, int):
        if x.d > 1 and len(x):
            g = pembagi_bersama(x.d, x.n)
            if g > 1:
                return Pecahan(x.n // g, x.d // g, x.ada, max(x.batas // g, 1))
        return x
    return _sederhana(x, x.d) if x.n.dtype == object and len(x) else x


def _sederhana(x: Pecahan, d: Larik) -> Pecahan:
    """Every ratio n / d in lowest terms, in int64 if all of them fit."""
    persekutuan = np.gcd(x.n, d)
    n, d = x.n // persekutuan, d // persekutuan
    if max(_terbesar_mutlak(n), _terbesar_mutlak(d)) < _BATAS:
        n, d = n.astype(np.int64), d.astype(np.int64)
    return Pecahan(n, d, x.ada)


def _jumlah_rasio_per(x: Pecahan, d: Larik, kelompok: npt.NDArray[np.int64], banyak: int) -> Pecahan:
    """Add the k-th member of all groups at once; lowest terms after each keep the numbers small."""
    anggota = np.bincount(kelompok, minlength=banyak)
    urut = np.argsort(kelompok, kind="stable")
    awal = np.cumsum(anggota) - anggota
    tahu = x.tahu
    hasil = Pecahan(np.zeros(banyak, dtype=np.int64), np.ones(banyak, dtype=np.int64))
    for k in range(int(anggota.max(initial=0))):
        ada = anggota > k
        baris = urut[np.where(ada, awal + k, 0)]
        ada &= tahu[baris]
        tambah = Pecahan(np.where(ada, x.n[baris], 0), np.where(ada, d[baris], 1))
        hasil = hasil + tambah
        hasil = _sederhana(hasil, np.asarray(hasil.d))
    if not tahu.all():
        hasil.ada = np.ones(banyak, dtype=bool)
        hasil.ada[kelompok[~tahu]] = False
    return hasil


def _satu_satu(x: Larik) -> Pecahan:
    """A column made value by value: int, Decimal, Fraction, or float meaning its shortest decimal."""
    pecah = [Fraction(repr(float(v))) if isinstance(v, float) else Fraction(v) for v in x]
    d = lcm(*(p.denominator for p in pecah))
    n = np.array([int(p * d) for p in pecah], dtype=object)
    return Pecahan(n.astype(np.int64) if _terbesar_mutlak(n) < _BATAS else n, d)


def _eksak(x: object) -> Fraction:
    if isinstance(x, np.integer):
        return Fraction(int(x))
    if not isinstance(x, int | Decimal | Fraction):
        raise TypeError(f"{x!r} bukan bilangan eksak; pakai int, Decimal, atau Fraction")
    return Fraction(x)


def _kolom(x: object, contoh: Pecahan) -> Pecahan:
    """A scalar of the regulation as a column as long as `contoh`; a column stays itself."""
    if isinstance(x, Pecahan):
        return x
    f = _eksak(x)
    kecil = abs(f.numerator) < _BATAS
    nilai = np.array(f.numerator, dtype=np.int64 if kecil else object)
    return Pecahan(np.broadcast_to(nilai, len(contoh)), f.denominator, None, max(abs(f.numerator), 1))


def _sepasang(a: Pecahan | Skalar, b: Pecahan | Skalar) -> tuple[Pecahan, Pecahan]:
    contoh = a if isinstance(a, Pecahan) else b
    if not isinstance(contoh, Pecahan):
        raise TypeError("perlu sedikitnya satu kolom")
    return _kolom(a, contoh), _kolom(b, contoh)


def _kebalikan(x: Pecahan) -> Pecahan:
    nol = x.n == 0
    ada = x.ada if not nol.any() else _dan(x.ada, ~nol)
    penyebut = np.where(nol, 1, np.abs(x.n))
    (tanda,) = _lebar(x.batas_d, np.sign(np.where(nol, 1, x.n)))
    return Pecahan(tanda * x.d, penyebut, ada)


def _dan(a: Larik | None, b: Larik | None) -> Larik | None:
    if a is None:
        return b
    return a if b is None else a & b


def _letak(kolom: Kode | Pecahan, kunci: Sequence[Any]) -> npt.NDArray[np.intp]:
    """Where each row's value stands among the keys of a table; -1 for unknown rows."""
    if isinstance(kolom, Kode):
        nama = [str(k) for k in kunci]
        salah = [k for k in nama if k not in kolom.kategori]
        if salah and not kolom.turunan:
            raise ValueError(
                f"kunci tabel {', '.join(salah)} tidak ada di antara {', '.join(kolom.kategori)}"
            )
        pindah = np.array([*(nama.index(k) if k in nama else -2 for k in kolom.kategori), -1])
        letak = pindah.take(kolom.kode)
    else:
        angka = np.array(kunci)
        urut = np.argsort(angka)
        angka, n, d = _lebar(_terbesar_mutlak(angka) * kolom.batas_d, angka, kolom.n, kolom.d)
        letak = urut[np.searchsorted(angka, n // d, sorter=urut).clip(max=len(kunci) - 1)]
        letak[angka[letak] * d != n] = -2
        if kolom.ada is not None:
            letak[~kolom.ada] = -1
    asing = letak == -2
    if asing.any():
        nilai = dict.fromkeys(str(kolom.satu(int(i))) for i in np.flatnonzero(asing))
        raise ValueError(f"tabel tidak memuat kunci {', '.join(list(nilai)[:5])}")
    return letak


def _ambil(isi: Sequence[Any], letak: npt.NDArray[np.intp]) -> Pecahan | Kode:
    """The values at these places of a table; unknown at -1 and where the table holds None."""
    isi = [*isi, None]  # -1 is the last place
    if any(isinstance(v, str) for v in isi):
        kategori = tuple(dict.fromkeys(v for v in isi if v is not None))
        kode = np.array([-1 if v is None else kategori.index(v) for v in isi], dtype=np.int8)
        return Kode(kode.take(letak), kategori, turunan=True)
    ada = np.array([v is not None for v in isi]).take(letak)
    nilai = _satu_satu(np.array([0 if v is None else v for v in isi], dtype=object))
    return Pecahan(nilai.n.take(letak), nilai.d, None if ada.all() else ada, nilai.batas)
