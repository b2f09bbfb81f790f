"""Worked examples of KMK 127/2026: each runs the part of the graphs that the example is about."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd

from kinerja.aturan import Graf, Hasil, Kolom
from kinerja.data.skema import POLARITAS
from kinerja.parameter import Kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.regulasi import kmk127


def kolom(isi: Any) -> Pecahan:
    """Exact column from printed numbers; None or "" is unknown."""
    nilai = ["nan" if v in (None, "") else str(v) for v in isi]
    x = dari_angka(
        np.array([Fraction(0) if v == "nan" else Fraction(Decimal(v)) for v in nilai], dtype=object)
    )
    return Pecahan(x.n, x.d, np.array([v != "nan" for v in nilai]))


def kata(isi: Any, pilihan: tuple[str, ...]) -> Any:
    return dari_kategori([pilihan.index(v) for v in isi], pilihan)


def sebagian(graf: Graf, masukan: Mapping[str, Kolom], tujuan: tuple[str, ...]) -> Graf:
    """The rules that lead from these inputs to these steps, and no others."""
    perlu: dict[str, Any] = {}

    def telusur(nama: str) -> None:
        if nama in graf.aturan and nama not in masukan and nama not in perlu:
            for a in signature(graf.aturan[nama]).parameters:
                telusur(a)
            perlu[nama] = graf.aturan[nama]

    for t in tujuan:
        telusur(t)
    dipakai = {a for f in perlu.values() for a in signature(f).parameters}
    return Graf(graf.nama, perlu, {n: n for n in masukan if n in dipakai})


def jalankan(graf: Graf, masukan: Mapping[str, Kolom], p: Any, *tujuan: str) -> Hasil:
    kunci = pd.RangeIndex(len(next(iter(masukan.values()))))
    return sebagian(graf, masukan, tujuan).jalankan(masukan, p, kunci)


def baris_k3(baris: list[dict[str, str]], p: Any, tujuan: str) -> Hasil:
    masukan: dict[str, Kolom] = {
        "validitas": kata([b.get("validitas", "proxy") for b in baris], kmk127.VALIDITAS),
        "kendali": kata([b.get("kendali", "moderate") for b in baris], kmk127.KENDALI),
        "keadaan_target": kata([b.get("keadaan_target", "lama") for b in baris], kmk127.KEADAAN_TARGET),
        "polaritas": kata([b.get("polaritas", "maks") for b in baris], POLARITAS),
        **{k: kolom([b.get(k) for b in baris]) for k in ("target", "target_lalu", "realisasi_lalu")},
    }
    return jalankan(kmk127.GRAF_K3, masukan, p, tujuan)


def bobot(k3: Any, hari: Any, p: Any) -> Pecahan:
    masukan: dict[str, Kolom] = {"k3": kolom(k3), "hari": kolom(hari)}
    masukan["jumlah_hari"] = kolom([sum(map(Decimal, hari))] * len(hari))
    graf = kmk127.GRAF_DASAR_BOBOT[p["pembulatan_antara"].nilai]
    dasar = jalankan(graf, masukan, p, "dasar_bobot")["dasar_bobot"]
    jumlah = sum((dasar.satu(i) for i in range(len(k3))), Fraction())
    masukan = {"dasar_bobot": dasar, "jumlah_dasar_bobot": kolom([1] * len(k3)) * jumlah}
    return jalankan(kmk127.GRAF_BOBOT, masukan, p, "bobot_iki")["bobot_iki"]  # type: ignore[return-value]


def nkp(baris: list[dict[str, str]], p: Any, *tujuan: str) -> Hasil:
    nol = kolom(["0"] * len(baris))
    asal = {
        "nhk_kalibrasi": "nhk",
        "npk_kalibrasi": "npk",
        "koreksi": "koreksi",
        "nilai_hukdis": "hukdis",
        "nko": "nko",
        "tingkat_jabatan": "tingkat",
    }
    masukan: dict[str, Kolom] = {n: kolom([b.get(k, "0") for b in baris]) for n, k in asal.items()}
    return jalankan(kmk127.GRAF_PEGAWAI, {**masukan, "hukdis_bawahan": nol}, p, *tujuan)


def nkp_awal(m: Any, p: Any) -> Hasil:
    capaian, k3, banyak = kolom(m["capaian"]), kolom(m["k3"]), len(m["k3"])
    nkc = jalankan(kmk127.GRAF_K3, {"capaian": capaian, "k3": k3}, p, "nkc")["nkc"]
    bagian = bobot(m["k3"], ["1"] * banyak, p)
    nilai = sum((nkc.satu(i) * bagian.satu(i) for i in range(banyak)), Fraction())
    satu = kolom(["1"])
    masukan: dict[str, Kolom] = {
        "golongan_jabatan": kata(["pelaksana"], kmk127.GOLONGAN_JABATAN),
        "jumlah_nkc_berbobot": satu * nilai,
        "jumlah_dasar_bobot": satu * 100,
        "jumlah_nilai_aspek": satu * sum(map(Decimal, m["perilaku"])),
    }
    return jalankan(kmk127.GRAF_PEGAWAI, masukan, p, "nkp_awal")


def hukdis(b: Any, p: Any) -> Fraction | None:
    tabel = pd.DataFrame(b["hukuman"], columns=["jenis", "mulai", "skor_mpjhd"]).assign(nip="1")
    tabel["mulai"] = pd.to_datetime(tabel["mulai"])
    tabel["skor_mpjhd"] = tabel["skor_mpjhd"].astype("float64")
    tahun, _, sisa = b["periode"].partition("-TW")
    return kmk127._hukuman(tabel, pd.Index(["1"]), (int(tahun), int(sisa) if sisa else None), p)[1].satu(0)


def hitung(m: Any, k: Kebijakan, _: str) -> Any:
    p = kmk127.parameter_kmk(k, **m.get("setelan", {}))
    match m["hitung"]:
        case "k3":
            return isi(baris_k3(m["baris"], p, "k3")["k3"])
        case "tabel_15":
            return isi(baris_k3(m["baris"], p, "bobot_tabel_15")["bobot_tabel_15"])
        case "bobot":
            return isi(bobot(m["k3"], m["hari"], p))
        case "nkp_awal":
            hasil = nkp_awal(m, p)
            return {n: hasil[n].satu(0) for n in ("nhk", "nhk_kalibrasi", "npk", "npk_kalibrasi", "nkp_awal")}
        case "nkp":
            hasil = nkp([m], p, "nkp", "predikat")
            tujuan = ("nkp_awal", "nkp_disesuaikan", "nkp", "nhk_akhir", "rating_hasil", "npk_akhir")
            return {n: hasil[n].satu(0) for n in (*tujuan, "rating_perilaku", "predikat")}
        case "nkp_saja":
            return isi(nkp(m["baris"], p, "nkp")["nkp"])
        case "hukdis":
            return [hukdis(b, p) for b in m["baris"]]
        case "dampak":
            masukan = {"hukdis_bawahan": kolom(m["hukdis_bawahan"])}
            return isi(jalankan(kmk127.GRAF_PEGAWAI, masukan, p, "nilai_dampak")["nilai_dampak"])
    raise ValueError(m["hitung"])


def isi(x: Any) -> list[Any]:
    return [x.satu(i) for i in range(len(x))]
