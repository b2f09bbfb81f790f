"""Monte Carlo over the raters' errors: every figure with a band that says how much of it is luck."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import PREDIKAT
from kinerja.simulasi import penilaian
from kinerja.simulasi.acak import Larik
from kinerja.simulasi.skenario import Hasil
from kinerja.simulasi.ukuran import dibayar_buruk, hitung_ketepatan
from kinerja.simulasi.upaya import bayaran_per_predikat

PITA = (5, 50, 95)


def undi(
    h: Hasil,
    undian: int = 1000,
    *,
    dasar: Hasil | None = None,
    kolom: str = "kotor",
    pekerja: int | None = None,
) -> pd.DataFrame:
    """Other draws of noise and leniency for the same people and policy: one row one draw (index 1..undian).

    Columns: total (exact rupiah of the month), the share of each predikat (percent), gini, theil, tepat,
    baik_dibayar_buruk, buruk_dibayar_baik (percent); against `dasar` (drawn with the same errors) also selisih
    (rupiah), naik and turun (percent of people). The same whatever the number of workers.
    ValueError for a scheme that pays by points rather than by predikat.
    """
    semua = [h] if dasar is None else [h, dasar]
    siap = [_Siap(x, kolom) for x in semua]

    def satu(ke: int) -> dict[str, Any]:
        angka = h.populasi.angka(ke)
        bayar = [s.bayar(*angka) for s in siap]
        isi = siap[0].figur(*bayar[0])
        if dasar is not None:
            beda = bayar[0][1].astype(np.int64) - bayar[1][1]
            n = max(len(beda), 1)
            isi |= {
                "selisih": int(beda.sum()),
                "naik": 100 * int((beda > 0).sum()) / n,
                "turun": 100 * int((beda < 0).sum()) / n,
            }
        return isi

    with ThreadPoolExecutor(pekerja or os.cpu_count()) as kumpulan:
        baris = list(kumpulan.map(satu, range(1, undian + 1)))
    return pd.DataFrame(baris, index=pd.RangeIndex(1, undian + 1, name="undian"))


class _Siap:
    """What does not change from draw to draw: the pay of each person under each predikat."""

    def __init__(self, h: Hasil, kolom: str):
        if h.bayaran.menurut not in ("predikat", "capaian_organisasi"):
            raise ValueError(
                f"{h.bayaran.nama} membayar menurut {h.bayaran.menurut}, bukan predikat; undian belum dapat dipakai."
            )
        self.h = h
        uang = bayaran_per_predikat(h.bayaran, h.pola, kolom)
        # amounts as ranks: counting ranks orders the people without sorting them
        self.nilai, sandi = np.unique(uang, return_inverse=True)
        self.sandi = sandi.reshape(-1).astype(np.int32)
        self.uang = uang.reshape(-1)
        self.baris = np.arange(len(uang), dtype=np.int32) * len(PREDIKAT)
        self.buruk = dibayar_buruk(h)
        positif = self.nilai.astype(np.float64)
        self.x_log_x = positif * np.log(np.where(positif > 0, positif, 1))

    def bayar(self, hasil: Larik, perilaku: Larik) -> tuple[Larik, Larik, Larik]:
        predikat = self.h.tabel_predikat[hasil, perilaku]
        if self.h.skenario.pola:
            predikat, _ = penilaian.paksa(predikat, hasil + perilaku, self.h.populasi, self.h.kebijakan)
        letak = self.baris + predikat
        return predikat, self.uang.take(letak), letak

    def figur(self, predikat: Larik, uang: Larik, letak: Larik) -> dict[str, Any]:
        n = max(len(uang), 1)
        banyak = np.bincount(self.sandi.take(letak), minlength=len(self.nilai))
        total = int(uang.sum(dtype=np.int64))
        bagi = float(total) or 1.0
        # Gini from counts: the place of a group is its middle
        tengah = 2 * np.cumsum(banyak) - banyak + 1
        gini = (
            float((self.nilai * banyak.astype(np.float64) * tengah).sum() / (n * bagi)) - (n + 1) / n
            if total
            else 0.0
        )
        theil = float((self.x_log_x * banyak).sum() / bagi - np.log(bagi / n)) if total else 0.0
        cacah = np.bincount(predikat, minlength=len(PREDIKAT))
        return {
            "total": total,
            **{p: 100 * int(c) / n for p, c in zip(PREDIKAT, cacah, strict=True)},
            "gini": gini,
            "theil": theil,
            **hitung_ketepatan(predikat, self.h.sejati, self.buruk),
        }


def pita(undian: pd.DataFrame, persen: Sequence[float] = PITA) -> pd.DataFrame:
    """The band of every figure: rata and the given percentiles (p5, p50, p95), index the figures."""
    isi = undian.quantile([p / 100 for p in persen]).T
    isi.columns = [f"p{p:g}" for p in persen]
    return pd.concat([undian.mean().rename("rata"), isi], axis=1).rename_axis("angka")


__all__ = ["pita", "undi"]
