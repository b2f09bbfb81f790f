"""Figures of one result: inequality, what explains the spread of pay, cliffs, and how often the wrong one is paid."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import PREDIKAT
from kinerja.simulasi.acak import Larik
from kinerja.simulasi.penilaian import BAIK
from kinerja.simulasi.skenario import Hasil
from kinerja.simulasi.upaya import pola_bersih


def beda_nilai(uang: Larik) -> tuple[Larik, Larik]:
    """The different amounts in rising order, and how many people have each."""
    nilai, banyak = np.unique(uang, return_counts=True)
    return nilai.astype(np.int64), banyak


def gini(uang: Larik) -> Fraction:
    """Gini coefficient, exact; 0 where nobody is paid anything."""
    return gini_cacah(*beda_nilai(uang))


def gini_cacah(nilai: Larik, banyak: Larik) -> Fraction:
    """The same from `beda_nilai`."""
    v, c = nilai.astype(object), banyak.astype(object)
    n, total = int(c.sum()) if len(c) else 0, int((v * c).sum()) if len(c) else 0
    if not total:
        return Fraction(0)
    sampai = np.cumsum(c)
    # the ranks of people with the same amount add up to c * (first + last) / 2
    peringkat = (v * c * (2 * sampai - c + 1)).sum()
    return Fraction(int(peringkat), n * total) - Fraction(n + 1, n)


def theil(uang: Larik) -> float:
    """Theil's T; nothing paid adds nothing."""
    return theil_cacah(*beda_nilai(uang))


def theil_cacah(nilai: Larik, banyak: Larik) -> float:
    """The same from `beda_nilai`."""
    v, c = nilai[nilai > 0].astype(np.float64), banyak[nilai > 0]
    if not len(v):
        return 0.0
    rata = (v * c).sum() / banyak.sum()
    return float((v / rata * np.log(v / rata) * c).sum() / banyak.sum())


def lorenz(uang: Larik, titik: int = 100) -> pd.DataFrame:
    """The poorest share of people (percent) and what they get together: orang, uang; titik + 1 rows from 0 to 100."""
    urut = np.sort(uang)
    kumulatif = np.concatenate([[0], np.cumsum(urut, dtype=np.int64)])
    letak = np.arange(titik + 1) * len(urut) // titik
    return pd.DataFrame(
        {
            "orang": 100.0 * letak / max(len(urut), 1),
            "uang": 100.0 * kumulatif[letak] / max(int(kumulatif[-1]), 1),
        }
    )


def ragam(h: Hasil, kolom: str = "kotor") -> pd.Series:
    """Shares of the variance of pay (percent): kelas, kinerja (true predikat within the class), lain; exact sums.

    All zero where everyone is paid the same.
    """
    x = h.uang(kolom)
    nilai, banyak = beda_nilai(x)
    n, total = len(x), int((nilai.astype(object) * banyak).sum())
    kuadrat = Fraction(int((nilai.astype(object) ** 2 * banyak).sum())) - Fraction(total * total, max(n, 1))
    if kuadrat == 0:
        return pd.Series({"kelas": 0.0, "kinerja": 0.0, "lain": 0.0}, name=h.nama)
    kelas = h.populasi.kolom["kelas"].astype(np.int32)
    sel = kelas * len(PREDIKAT) + h.sejati
    antara_kelas = _antara(kelas, x, total)
    antara_sel = _antara(sel, x, total)
    isi = {"kelas": antara_kelas, "kinerja": antara_sel - antara_kelas, "lain": kuadrat - antara_sel}
    return pd.Series({k: float(100 * v / kuadrat) for k, v in isi.items()}, name=h.nama)


def _antara(kelompok: Larik, x: Larik, total: int) -> Fraction:
    """Sum of squares between groups."""
    orang = np.bincount(kelompok)
    uang = jumlah_per(kelompok, x, len(orang))
    return sum(
        (Fraction(u * u, o) for u, o in zip(uang.tolist(), orang.tolist(), strict=True) if o),
        -Fraction(total * total, len(x)),
    )


def jumlah_per(kelompok: Larik, x: Larik, banyak: int) -> Larik:
    """Whole sums per group (int64, shape (banyak,)); each stretch stays below 2**53, so none is rounded."""
    hasil = np.zeros(banyak, np.int64)
    for a in range(0, len(x), _POTONG):
        hasil += np.bincount(kelompok[a : a + _POTONG], weights=x[a : a + _POTONG], minlength=banyak).astype(
            np.int64
        )
    return hasil


_POTONG = 1 << 18


def ketepatan(h: Hasil) -> pd.Series:
    """How often rating and pay miss the truth (percent; NaN where there is nobody to miss).

    tepat: rated exactly as deserved. baik_dibayar_buruk: of those who truly deserve Baik or better, paid as one who
    does not. buruk_dibayar_baik: the reverse. Where a scheme pays Butuh Perbaikan like Baik, nobody is paid as poor.
    """
    return pd.Series(hitung_ketepatan(h.predikat, h.sejati, dibayar_buruk(h)), name=h.nama)


def dibayar_buruk(h: Hasil) -> Larik:
    """Which predikat are paid less than Baik, shape (5,)."""
    persen = h.bayaran.persen
    if persen is None:
        return np.arange(len(PREDIKAT)) > BAIK
    return np.array([persen[p] < persen["baik"] for p in PREDIKAT])


def hitung_ketepatan(predikat: Larik, sejati: Larik, buruk: Larik) -> dict[str, float]:
    n = len(PREDIKAT)
    sel = np.bincount(sejati.astype(np.intp) * n + predikat, minlength=n * n).reshape(n, n)
    baik = np.arange(n) <= BAIK
    return {
        "tepat": _persen(int(np.trace(sel)), int(sel.sum())),
        "baik_dibayar_buruk": _persen(int(sel[baik][:, buruk].sum()), int(sel[baik].sum())),
        "buruk_dibayar_baik": _persen(int(sel[~baik][:, ~buruk].sum()), int(sel[~baik].sum())),
    }


def _persen(bagian: int, semua: int) -> float:
    return 100 * bagian / semua if semua else float("nan")


def tebing(
    h: Hasil,
    kelas: int | None = None,
    *,
    perilaku: int = 100,
    dari: int = 70,
    sampai: int = 130,
    kolom: str = "kotor",
) -> pd.DataFrame:
    """Pay of one person of a class over his points of results, all else the same: poin, predikat, rupiah, marginal.

    kelas: default the most frequent. perilaku: his points of behaviour. The month is one of clean attendance. marginal:
    rupiah that the last point added. ValueError if nobody has the class.
    """
    punya = h.populasi.kolom["kelas"]
    if kelas is None:
        kelas = int(np.bincount(punya).argmax())
    siapa = np.flatnonzero(punya == kelas)
    if not len(siapa):
        raise ValueError(f"tidak ada pegawai kelas {kelas} dalam populasi ini.")
    poin = np.arange(dari, sampai + 1)
    satu = h.bayaran.untuk(np.full(len(poin), siapa[0]))
    predikat = h.tabel_predikat[poin, perilaku]
    pola = np.full(len(poin), pola_bersih(h.bayaran), np.int16)
    uang = satu.hitung(predikat, pola, [kolom], hasil=poin.astype(np.int16))[kolom].astype(np.int64)
    return pd.DataFrame(
        {
            "poin": poin,
            "predikat": pd.Categorical.from_codes(predikat, categories=pd.Index(PREDIKAT)),
            "rupiah": uang,
            "marginal": np.diff(uang, prepend=uang[:1]),
        }
    )


def keadilan(h: Hasil, kolom: str = "kotor") -> pd.Series:
    """All figures of fairness together: gini, theil, variance shares, accuracy."""
    nilai, banyak = beda_nilai(h.uang(kolom))
    r = ragam(h, kolom)
    isi: dict[str, Any] = {
        "gini": float(gini_cacah(nilai, banyak)),
        "theil": theil_cacah(nilai, banyak),
        **{f"ragam_{k}": v for k, v in r.items()},
        **hitung_ketepatan(h.predikat, h.sejati, dibayar_buruk(h)),
    }
    return pd.Series(isi, name=h.nama)


__all__ = ["gini", "keadilan", "ketepatan", "lorenz", "ragam", "tebing", "theil"]
