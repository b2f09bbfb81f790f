"""What tests/test_kasus.py computes for pp-30-2019."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from kinerja.parameter import Kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.regulasi import pp30


def kolom(x: Any) -> Pecahan:
    return dari_angka(np.array([Fraction(v) for v in x], dtype=object))


def hitung(masukan: Any, k: Kebijakan, _: str) -> Any:
    """Numbers are PP 46 scores to convert; mappings are values to weigh and name."""
    n = len(masukan)
    if not isinstance(masukan[0], dict):
        skor = kolom(masukan)
        hasil = pp30.nilai_2021(pd.RangeIndex(n), skor, skor, np.zeros(n, dtype=bool), k).pegawai
        return [hasil["nilai_konversi"].satu(i) for i in range(n)]
    hasil = pp30.GRAF.jalankan(
        {
            "nilai_skp": kolom(x["skp"] for x in masukan),
            "jumlah_perilaku": kolom(x["perilaku"] for x in masukan),
            "banyak_perilaku": kolom([1] * n),
            "cara_perilaku": dari_kategori([pp30.CARA.index(x["cara"]) for x in masukan], pp30.CARA),
            "ide_baru": dari_kategori([pp30.YA_TIDAK.index(x["ide_baru"]) for x in masukan], pp30.YA_TIDAK),
        },
        pp30.parameter(k),
        pd.RangeIndex(n),
    )
    nilai = {f"nilai_{i}": hasil["nilai_kinerja"].satu(i) for i in range(n)}
    return {**nilai, **{f"predikat_{i}": hasil["predikat"].satu(i) for i in range(n)}}
