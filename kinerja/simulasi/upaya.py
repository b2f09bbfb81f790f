"""Behaviour, if wanted: effort responds to the slope of pay. An assumption throughout, and it says so."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import PREDIKAT
from kinerja.simulasi.acak import Larik
from kinerja.simulasi.bayaran import Bayaran
from kinerja.simulasi.populasi import PALING_TINGGI, Populasi


def bayaran_per_predikat(
    b: Bayaran, pola: Larik, kolom: str = "dibayar", hasil: Larik | None = None
) -> Larik:
    """What each person would be paid under each predikat: whole rupiah, shape (orang, 5), best first."""
    n = len(b.populasi)
    isi = [b.hitung(np.full(n, p, np.int8), pola, [kolom], hasil=hasil)[kolom] for p in range(len(PREDIKAT))]
    return np.stack(isi, axis=1)


def kemiringan(b: Bayaran, bulan: int = 1) -> pd.DataFrame:
    """What a scheme pays for: mean share of full pay (percent) that hangs on each thing.

    Index: hasil (best against worst predikat), baik (Baik against Butuh Perbaikan), hadir (a clean month against the
    month that people have). Column persen, and rupiah a month per person.
    """
    pola = b.populasi.pola_bulan(bulan)
    penuh = b.hitung(np.zeros(len(b.populasi), np.int8), pola, ["hak"], hasil=_seratus(b))["hak"].sum(
        dtype=np.int64
    )
    per = bayaran_per_predikat(b, pola, hasil=_seratus(b)).sum(axis=0, dtype=np.int64)
    bersih = bayaran_per_predikat(b, np.full(len(pola), pola_bersih(b), pola.dtype), hasil=_seratus(b)).sum(
        axis=0, dtype=np.int64
    )
    beda = {"hasil": per[0] - per[-1], "baik": per[1] - per[2], "hadir": bersih[1] - per[1]}
    n = max(len(b.populasi), 1)
    return pd.DataFrame(
        {
            "rupiah": {k: int(v) // n for k, v in beda.items()},
            "persen": {k: 100 * int(v) / max(int(penuh), 1) for k, v in beda.items()},
        }
    ).rename_axis("karena")


def pola_bersih(b: Bayaran) -> int:
    """The attendance month that is paid best; the first of them."""
    n = len(b.populasi.pola)
    satu = b.untuk(np.zeros(n, np.intp))
    bayar = satu.hitung(
        np.zeros(n, np.int8), np.arange(n, dtype=np.int16), ["dibayar"], hasil=_seratus(satu)
    )["dibayar"]
    return int(bayar.argmax())


def _seratus(b: Bayaran) -> Larik:
    return np.full(len(b.populasi), 100, np.int16)


def berusaha(orang: Populasi, b: Bayaran, tabel: Larik) -> tuple[Populasi, tuple[str, ...]]:
    """People whose true results have moved: by `lenting_upaya` points for every ten percent of pay that the next
    better predikat adds to theirs, at most `upaya_paling_banyak`. Who can gain nothing does not move."""
    p = orang.parameter
    lenting, batas = float(p["lenting_upaya"].pasti()), float(p["upaya_paling_banyak"].pasti())
    per = bayaran_per_predikat(b, np.full(len(orang), pola_bersih(b), np.int16), hasil=_seratus(b)).astype(
        np.int64
    )
    letak = np.arange(len(orang))
    kini = tabel[orang.kolom["hasil"], orang.kolom["perilaku"]].astype(np.intp)
    naik = per[letak, np.maximum(kini - 1, 0)] - per[letak, kini]
    tambah = np.clip(np.rint(lenting * 10 * naik / np.maximum(per[:, 0], 1)), -batas, batas).astype(np.int16)
    hasil = np.clip(orang.kolom["hasil"] + tambah, 0, PALING_TINGGI).astype(np.int16)
    kolom: dict[str, Any] = {**orang.kolom, "hasil": hasil}
    catatan = (
        f"Upaya mengikuti kemiringan bayaran: {tulisan.angka(lenting)} poin untuk setiap 10 persen bayaran, paling banyak "
        f"{tulisan.angka(batas)} poin (asumsi).",
    )
    return replace(orang, kolom=MappingProxyType(kolom)), catatan


__all__ = ["bayaran_per_predikat", "berusaha", "kemiringan", "pola_bersih"]
