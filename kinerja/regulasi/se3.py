"""SE MenPANRB 3/2023: the distribution of predikat that goes with an organisation's predikat.

A pattern is a consideration of the leader, not a quota: this module reports where a unit departs
from it and where the unit is too small for it, and never changes a predikat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import Any

import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan

BERKAS = "se-menpanrb-3-2023"
KOLOM = ["opd", "organisasi", "pegawai", "syarat", "batas", "jumlah", "terpenuhi", "mungkin"]

_BULATKAN: Mapping[str, Callable[[Fraction], int]] = MappingProxyType(
    {"lantai": floor, "langit": ceil, "setengah_ke_atas": lambda x: floor(x + Fraction(1, 2))}
)


def batas_orang(aturan: Mapping[str, Any], pegawai: int, pembulatan: Mapping[str, str]) -> int | None:
    """The bound of one pattern rule in whole people; None for `terbanyak`.

    Percentages become people by the rounding stated for paling_banyak and paling_sedikit.
    """
    match aturan["aturan"]:
        case "ada":
            return 1
        case "terbanyak":
            return None
    return _BULATKAN[pembulatan[aturan["aturan"]]](Fraction(aturan["persen"]) * pegawai / 100)


def mungkin(aturan: Sequence[Mapping[str, Any]], pegawai: int, pembulatan: Mapping[str, str]) -> bool:
    """Whether any distribution of `pegawai` people over the five predikat meets all rules at once.

    `terbanyak` is met when no other group is larger (a tie is allowed) and someone is in it. Several
    predikat may share a minimum, each in one such group only, as in the SE; ValueError for other rules
    on several predikat.
    """
    bawah = dict.fromkeys(PREDIKAT, 0)
    atas = dict.fromkeys(PREDIKAT, pegawai)
    bersama: list[tuple[tuple[str, ...], int]] = []
    utama = None
    for a in aturan:
        kelompok, batas = tuple(a["predikat"]), batas_orang(a, pegawai, pembulatan)
        p = kelompok[0]
        if len(kelompok) > 1:
            if (
                batas is None
                or a["aturan"] == "paling_banyak"
                or any(set(kelompok) & set(k) for k, _ in bersama)
            ):
                raise ValueError(f"aturan '{_syarat(a)}' untuk beberapa predikat belum dapat diperiksa")
            bersama.append((kelompok, batas))
        elif batas is None:
            utama = p
        elif a["aturan"] == "paling_banyak":
            atas[p] = min(atas[p], batas)
        else:
            bawah[p] = max(bawah[p], batas)

    def muat(bawah: Mapping[str, int], atas: Mapping[str, int]) -> bool:
        # a shared minimum costs only what its members do not hold already
        tambahan = sum(max(0, b - sum(bawah[p] for p in k)) for k, b in bersama)
        return (
            all(bawah[p] <= atas[p] for p in PREDIKAT)
            and all(sum(atas[p] for p in k) >= b for k, b in bersama)
            and sum(bawah.values()) + tambahan <= pegawai <= sum(atas.values())
        )

    if utama is None:
        return muat(bawah, atas)
    # with the main group at m, every other group holds at most m
    return any(
        muat({**bawah, utama: m}, {p: min(atas[p], m) for p in PREDIKAT})
        for m in range(max(1, bawah[utama]), atas[utama] + 1)
    )


def periksa_pola(jumlah: pd.DataFrame, organisasi: pd.Series, kebijakan: Kebijakan) -> pd.DataFrame:
    """Each pattern rule of each unit: the bound, what is there, and whether it is met.

    jumlah: one row one unit, columns the five PREDIKAT (people). organisasi: the unit's predikat on
    the same index (categories of PREDIKAT_ORGANISASI; a unit without one has no pattern and no row).
    Returns one row one unit x rule: opd, organisasi, pegawai, syarat (text), batas (people, text),
    jumlah, terpenuhi (bool), mungkin (bool: the unit is large enough for its pattern).
    """
    param = kebijakan.bagian(BERKAS)
    semua = param["pola_distribusi"].pasti()
    pembulatan = {
        "paling_banyak": param["pembulatan_paling_banyak"].pasti(),
        "paling_sedikit": param["pembulatan_paling_sedikit"].pasti(),
    }
    baris = []
    for opd, isi in jumlah.iterrows():
        pola = organisasi.get(opd)
        aturan = [a for a in semua if a["organisasi"] == pola]
        n = int(isi.sum())
        dapat = mungkin(aturan, n, pembulatan)
        for a in aturan:
            batas = batas_orang(a, n, pembulatan)
            ada = int(isi[list(a["predikat"])].sum())
            if batas is None:
                terpenuhi = ada == int(isi.max()) and ada > 0
            else:
                terpenuhi = ada <= batas if a["aturan"] == "paling_banyak" else ada >= batas
            baris.append((opd, pola, n, _syarat(a), _batas(a, batas), ada, terpenuhi, dapat))
    return pd.DataFrame(baris, columns=KOLOM)


def rentang_predikat(organisasi: str | None, pegawai: int, kebijakan: Kebijakan) -> pd.DataFrame:
    """Bounds per predikat for drawing: index PREDIKAT, columns paling_sedikit, paling_banyak (NaN none)."""
    tabel = pd.DataFrame(
        {"paling_sedikit": float("nan"), "paling_banyak": float("nan")}, index=list(PREDIKAT)
    )
    param = kebijakan.bagian(BERKAS)
    pembulatan = {k: param[f"pembulatan_{k}"].pasti() for k in ("paling_banyak", "paling_sedikit")}
    for a in param["pola_distribusi"].pasti():
        if a["organisasi"] == organisasi and len(a["predikat"]) == 1 and a["aturan"] in tabel.columns:
            batas = batas_orang(a, pegawai, pembulatan)
            assert batas is not None
            tabel.loc[a["predikat"][0], a["aturan"]] = float(batas)
    return tabel


def _syarat(a: Mapping[str, Any]) -> str:
    siapa = tulisan.daftar([tulisan.label(p) for p in a["predikat"]], "atau")
    match a["aturan"]:
        case "terbanyak":
            return f"{siapa} menjadi kelompok terbanyak"
        case "ada":
            return f"ada pegawai {siapa}"
        case "paling_banyak":
            return f"{siapa} paling banyak {tulisan.persen(a['persen'])}"
    return f"{siapa} paling sedikit {tulisan.persen(a['persen'])}"


def _batas(a: Mapping[str, Any], batas: int | None) -> str:
    if batas is None:
        return "terbanyak"
    return f"{'≤' if a['aturan'] == 'paling_banyak' else '≥'} {tulisan.angka(batas)} orang"
