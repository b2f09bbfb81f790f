"""Worked examples of angka kredit: conversion, accumulation of one official, integration, years per pangkat."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan
from kinerja.pecahan import Pecahan, dari_kategori
from kinerja.regulasi import angka_kredit as ak


def hitung(masukan: Any, k: Kebijakan, berkas: str) -> Any:
    """By what the example gives: baris (conversion), integrasi, jenjang (years per pangkat), or one official."""
    param = {n: v.nilai for n, v in k.bagian(berkas).items()}
    jenjang = tuple(param["koefisien_jenjang"])

    def konversi(b: Any) -> Fraction | None:
        koefisien = ak.koefisien(
            dari_kategori([jenjang.index(b["jenjang"])], jenjang), param["koefisien_jenjang"]
        )
        bagian = ak.bagian_koefisien(
            dari_kategori([PREDIKAT.index(b["predikat"])], PREDIKAT), param["bagian_predikat"]
        )
        return ak.ak_periode(Pecahan(np.array([int(b["bulan"])])), bagian, koefisien).satu(0)

    if "baris" in masukan:
        return [konversi(b) for b in masukan["baris"]]
    if "integrasi" in masukan:
        tabel = pd.DataFrame(masukan["integrasi"]).astype({"ak_lama": float, "nilai_dasar": float})
        hasil = ak.integrasi(tabel)["ak_integrasi"]
        return [hasil.satu(i) for i in range(len(tabel))]
    if "jenjang" in masukan:
        nama = masukan["jenjang"]
        kode = dari_kategori([jenjang.index(j) for j in nama], jenjang)
        setahun = ak.ak_setahun(
            ak.koefisien(kode, param["koefisien_jenjang"]), param["bagian_predikat"][masukan["predikat"]]
        )
        dari_nol = ak.kebutuhan_pangkat(kode, Pecahan(np.zeros(len(nama), dtype=int)), param["ak_pangkat"])
        tahun = ak.tahun_ke_pangkat(dari_nol, setahun)
        return {j: tahun.satu(i) for i, j in enumerate(nama)}
    return _pejabat(masukan, k, jenjang, [konversi(b) for b in masukan["konversi"]])


def _pejabat(m: Any, k: Kebijakan, jenjang: tuple[str, ...], konversi: list[Any]) -> dict[str, Any]:
    golongan = tuple(dict.fromkeys(g for b in k[f"{ak.BERKAS}.ak_dasar_golongan"].nilai.values() for g in b))

    def satu(x: Fraction | Decimal | int) -> Pecahan:
        return Pecahan(np.array([1])) * x

    masukan: dict[str, Any] = {
        "jenjang": dari_kategori([jenjang.index(m["pangkat"]["jenjang"])], jenjang),
        "golongan": dari_kategori([golongan.index(m["pangkat"]["golongan"])], golongan),
        "ak_konversi": satu(sum(konversi, Fraction(0))),
        "ak_jf_lama": satu(Decimal(m["pangkat"]["ak_jf_lama"])),
        "ak_penyesuaian": satu(0),
        "ak_pendidikan": satu(0),
        "predikat_terakhir": dari_kategori([PREDIKAT.index(m["konversi"][-1]["predikat"])], PREDIKAT),
    }
    param = {**k.bagian(ak.BERKAS), "bagian_anggapan": k[ak.JEMBATAN[1]]}
    hasil = ak.GRAF.jalankan(masukan, param, pd.Index(["contoh"]))
    return {
        n: hasil[n].satu(0)
        for n in ("ak_kumulatif", "kebutuhan_pangkat", "kekurangan_pangkat", "kelebihan_pangkat")
    }
