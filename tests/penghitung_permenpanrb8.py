"""What tests/test_kasus.py computes for permenpanrb-8-2021: `masukan` names the level."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from kinerja.parameter import Kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.regulasi import permenpanrb8 as p8

Baris = list[dict[str, Any]]


def kolom(x: Any) -> Pecahan:
    return dari_angka(np.array([Fraction(v) for v in x], dtype=object))


def kategori(baris: Baris) -> Any:
    return dari_kategori([p8.KATEGORI.index(b["kategori"]) for b in baris], p8.KATEGORI)


def capaian(baris: Baris) -> Pecahan:
    indikator = pd.DataFrame([{"polaritas": "maks", "rumus": "", **b} for b in baris])
    indikator = indikator.reindex(columns=["polaritas", "rumus", "target", "target_atas", "realisasi"])
    angka = indikator.columns[2:]
    indikator[angka] = indikator[angka].astype("float64")
    return p8.hitung_capaian_iki(indikator, pd.RangeIndex(len(baris)))[0]


def nilai_iki(baris: Baris, p: Any) -> list[Any]:
    maksimum = np.array([b.get("target_maksimum") == "true" for b in baris])
    hasil = p8.graf_iki(pimpinan=True).jalankan(
        {"capaian": capaian(baris), "target_maksimum": Pecahan(maksimum.astype(np.int64))},
        p,
        pd.RangeIndex(len(baris)),
    )
    return [hasil[k].satu(i) for i in range(len(baris)) for k in ("nilai_iki", "kategori_iki")]


def skp_pimpinan(b: dict[str, Any], p: Any) -> list[Any]:
    """The two weighted parts, kinerja utama and nilai SKP."""
    kunci = pd.RangeIndex(1)
    perjanjian, aksi = ([Fraction(v) for v in b[j]] for j in ("perjanjian_kinerja", "rencana_aksi"))
    utama = p8.GRAF_UTAMA_PIMPINAN.jalankan(
        {
            "susunan_jenis": dari_kategori([0], ("keduanya", "perjanjian_kinerja", "rencana_aksi")),
            "jumlah_perjanjian": kolom([sum(perjanjian)]),
            "banyak_perjanjian": kolom([len(perjanjian)]),
            "jumlah_rencana_aksi": kolom([sum(aksi)]),
            "banyak_rencana_aksi": kolom([len(aksi)]),
        },
        p,
        kunci,
    )
    nilai = utama["kinerja_utama_pimpinan"]
    skp = p8.GRAF_SKP.jalankan({"kinerja_utama": nilai, "jumlah_tambahan": kolom([b["tambahan"]])}, p, kunci)
    bagian = [
        p[f"bobot_{bobot}"].pasti("keduanya") * utama[rata].satu(0) / 100
        for bobot, rata in (("perjanjian_kinerja", "rata_perjanjian"), ("rencana_aksi", "rata_rencana_aksi"))
    ]
    return [*bagian, nilai.satu(0), skp["nilai_skp"].satu(0)]


def tidak_langsung(baris: Baris, p: Any) -> list[Any]:
    """Each plan, then their mean."""
    n = len(baris)
    hasil = p8.GRAF_TIDAK_LANGSUNG.jalankan(
        {
            "poin": kolom(b["poin"] for b in baris),
            "kategori": kategori(baris),
            "punya_rencana_atasan": kolom([1] * n),
            "nilai_rencana_atasan": kolom(b["atasan"] for b in baris),
            "rata_nilai_atasan": kolom([0] * n),
        },
        p,
        pd.RangeIndex(n),
    )
    nilai = [hasil["nilai_tertimbang"].satu(i) for i in range(n)]
    utama = p8.GRAF_UTAMA.jalankan(
        {"jumlah_tertimbang": kolom([sum(nilai)]), "banyak_rencana": kolom([n])}, p, pd.RangeIndex(1)
    )
    return [*nilai, utama["kinerja_utama_pegawai"].satu(0)]


def tambahan(baris: Baris, p: Any) -> list[Any]:
    hasil = p8.GRAF_TAMBAHAN.jalankan(
        {
            "kategori": kategori(baris),
            "lingkup": kolom(b["lingkup"] for b in baris),
            "nilai": kolom(b["nilai"] for b in baris),
        },
        p,
        pd.RangeIndex(len(baris)),
    )
    return [hasil["nilai_tambahan"].satu(i) for i in range(len(baris))]


def hitung(masukan: Any, k: Kebijakan, _: str) -> list[Any]:
    ((apa, baris),) = masukan.items()
    p = p8.parameter(k)
    match apa:
        case "capaian":
            return [capaian(baris).satu(i) for i in range(len(baris))]
        case "skp_pimpinan":
            return skp_pimpinan(baris[0], p)
    return {"nilai_iki": nilai_iki, "tidak_langsung": tidak_langsung, "tambahan": tambahan}[apa](baris, p)
