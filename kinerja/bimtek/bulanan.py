"""Lesson 10: twelve monthly targets of a workbook's employee, whom to show, and what a norm of the SOP lets be done."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kinerja.gambar_siklus import SINGKAT_BULAN
from kinerja.kaskade import target_bulanan
from kinerja.tampil import KolomTabel, Tabel
from kinerja.tulisan import BULAN, angka
from kinerja.usulan import TindakLanjut

_BULANAN = [f"target_{b:02d}" for b in range(1, 13)]


def opd(data: Mapping[str, pd.DataFrame], nip: str) -> str:
    """The agency's code of one employee. ValueError for a NIP that is not in the data."""
    milik = data["pegawai"].loc[(data["pegawai"]["nip"] == nip).to_numpy(dtype=bool), "opd"]
    if milik.empty:
        raise ValueError(f"NIP {nip} tidak ada pada lembar pegawai. Salin NIP dari buku kerja.")
    return str(milik.iloc[0])


def contoh_orang(usulan: TindakLanjut) -> str:
    """NIP of somebody whose year shows everything: with a proposal and a predikat below Baik, else the first with a
    proposal, else the first of all."""
    t = usulan.talenta
    tahun = max((str(k) for k in t.columns if str(k).isdigit()), default="")
    diusulkan = t["nip"].isin(usulan.usulan["nip"])
    rendah = t[tahun].isin(["butuh_perbaikan", "kurang", "sangat_kurang"]) if tahun else ~diusulkan
    urut = (diusulkan.astype("int64") + 2 * rendah.astype("int64")).sort_values(
        ascending=False, kind="stable"
    )
    return str(t["nip"].loc[urut.index[0]])


def dengan_hari(t: pd.DataFrame, hari: pd.Series, norma: float) -> pd.DataFrame:
    """`target_bulanan` of a plan that leaves months empty, with the real working days and what they allow."""
    penuh = target_bulanan(0, hari, norma)
    return t.assign(
        hari_kerja=hari, kemampuan=penuh["kemampuan"], cukup=(t["target"] <= penuh["kemampuan"]).astype(bool)
    )


def kalimat_terbesar(hari: pd.Series, norma: float, satuan: str) -> str:
    """The largest yearly target of which every month still fits, in a sentence."""
    atas = int(target_bulanan(0, hari, norma)["kemampuan"].sum())
    muat = [x for x in range(atas + 1) if bool(target_bulanan(x, hari, norma)["cukup"].all())]
    return f"Dengan norma {angka(norma)} sehari, target terbesar yang setiap bulannya masih muat adalah {angka(max(muat))} {satuan}."


def tabel_target(data: Mapping[str, pd.DataFrame], nip: str, paling: int = 6) -> Tabel:
    """One employee's indicators with their twelve targets, how they make the year, and what is left over.

    ValueError for an employee without indicators.
    """
    rhk = data["rhk"].loc[(data["rhk"]["nip"] == nip).to_numpy(dtype=bool), "id"]
    t = data["iki"][data["iki"]["rhk"].isin(rhk).to_numpy(dtype=bool)].head(paling)
    if t.empty:
        raise ValueError(f"NIP {nip} tidak punya indikator pada buku kerja ini.")
    bulan = t[_BULANAN].astype("float64")
    cara = _cara(bulan, t["target"].astype("float64"))
    isi = pd.DataFrame(
        {
            "Indikator": t["indikator"].astype(object),
            "Setahun": [f"{_rapi(x)} {s}" for x, s in zip(t["target"], t["satuan"], strict=True)],
            **{SINGKAT_BULAN[i]: [_rapi(x) for x in bulan[k]] for i, k in enumerate(_BULANAN)},
            "Cara": cara.map({"": "TIDAK COCOK"}).fillna(cara).astype(object),
            "SOP": t["sop"].astype(object),
        },
        dtype=object,
    )
    lebar = {"Indikator": 3.4, "Setahun": 1.5, "Cara": 1.3, "SOP": 1.9}
    kolom = [
        KolomTabel(str(n), "kiri" if n in lebar else "kanan", lebar.get(str(n), 0.72), "Target bulan" if n in SINGKAT_BULAN else "")
        for n in isi.columns
    ]  # fmt: skip
    salah = int((cara == "").sum())
    judul = (
        f"{salah} dari {len(t)} indikator: target bulanannya tidak menjadi target setahun"
        if salah
        else f"{len(t)} indikator, semua target bulanannya menjadi target setahun"
    )
    return Tabel.dari(isi, kolom, judul=judul, mendatar=True)


def _rapi(x: object) -> str:
    """12.0 -> '12', 4.5 -> '4,5', nothing -> '–'."""
    n = float(x)  # type: ignore[arg-type]
    return angka(int(n) if n.is_integer() else n)


def _cara(bulan: pd.DataFrame, setahun: pd.Series) -> pd.Series:
    """How twelve numbers make the year's: jumlah, posisi akhir, rata-rata; '' when none does."""
    ada = bulan.notna()
    akhir = bulan.ffill(axis=1).iloc[:, -1]
    cocok = [
        np.isclose(bulan.sum(axis=1), setahun),
        np.isclose(akhir, setahun),
        np.isclose(bulan.sum(axis=1) / ada.sum(axis=1).where(ada.any(axis=1), 1), setahun),
    ]
    return pd.Series(np.select(cocok, ["jumlah", "posisi akhir", "rata-rata"], ""), index=bulan.index)


def lembar_isian(hari: pd.Series) -> Tabel:
    """The exercise's sheet: working days are given, everything else is for the hand."""
    kosong = ["\u00a0\n\u00a0"] * len(hari)  # two lines high: room for a pen
    isi = pd.DataFrame(
        {
            "Bulan": [BULAN[int(b) - 1] for b in hari.index],
            "Hari kerja": [angka(int(h)) for h in hari],
            "Norma sehari": kosong,
            "Kemampuan": kosong,
            "Target": kosong,
            "Muat?": kosong,
        },
        dtype=object,
    )
    return Tabel.dari(isi, judul="Lembar isian: RHK ................................................")
