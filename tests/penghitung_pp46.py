"""What tests/test_kasus.py computes for pp-46-2011."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from kinerja.parameter import Kebijakan
from kinerja.pecahan import Kode, Pecahan, dari_angka, dari_kategori
from kinerja.regulasi import pp46


def satu(x: Any) -> Pecahan:
    return dari_angka(np.array([Fraction(x)], dtype=object))


def aspek(nama: str, target: Any, realisasi: Any, k: Kebijakan) -> Pecahan:
    efisiensi = nama in ("waktu", "biaya")
    graf, akhir = (pp46.GRAF_EFISIENSI, "nilai_efisiensi") if efisiensi else (pp46.GRAF_RASIO, "nilai_rasio")
    masukan = {"target": satu(target), "realisasi": satu(realisasi)}
    return graf.jalankan(masukan, pp46.parameter(k), pd.RangeIndex(1))[akhir]  # type: ignore[return-value]


def kegiatan(isi: dict[str, Any], k: Kebijakan) -> Fraction | None:
    nilai = {a: aspek(a, *isi[a], k) if a in isi else satu(0) for a in pp46.ASPEK}
    masukan: dict[str, Pecahan | Kode] = {
        **nilai,
        "dikerjakan": satu(int(Fraction(isi["kuantitas"][1]) != 0)),
        "susunan": dari_kategori([int("biaya" in isi)], pp46.SUSUNAN),
    }
    hasil = pp46.GRAF_KEGIATAN.jalankan(masukan, pp46.parameter(k), pd.RangeIndex(1))
    return hasil["nilai_kegiatan"].satu(0)  # type: ignore[return-value]


def hitung(masukan: Any, k: Kebijakan, _: str) -> Any:
    """Rows of one aspect or of one kegiatan give their values; a mapping gives an employee's."""
    if isinstance(masukan, list):
        return [
            aspek(x["aspek"], x["target"], x["realisasi"], k).satu(0) if "aspek" in x else kegiatan(x, k)
            for x in masukan
        ]
    hasil = pp46.GRAF.jalankan(
        {
            "jumlah_kegiatan": satu(sum(map(Fraction, masukan["kegiatan"]))),
            "banyak_kegiatan": satu(len(masukan["kegiatan"])),
            "banyak_tugas_tambahan": satu(masukan["tugas_tambahan"]),
            "manfaat_kreativitas": dari_kategori([pp46.MANFAAT.index(masukan["kreativitas"])], pp46.MANFAAT),
            "jumlah_perilaku": satu(sum(map(Fraction, masukan["perilaku"]))),
            "banyak_perilaku": satu(len(masukan["perilaku"])),
        },
        pp46.parameter(k),
        pd.RangeIndex(1),
    )
    nama = ("nilai_skp", "nilai_perilaku", "nilai_prestasi", "predikat_skp", "predikat_perilaku", "predikat")
    kolom: dict[str, Pecahan | Kode] = {n: hasil[n] for n in nama}
    return {n: x.satu(0) for n, x in kolom.items()}
