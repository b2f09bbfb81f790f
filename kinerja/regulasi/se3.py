"""SE MenPANRB 3/2023: the distribution of predikat that goes with an organisation's predikat.

A pattern is a consideration of the leader, not a quota: this module reports where a unit departs
from it and where the unit is too small for it, and never changes a predikat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan

BERKAS = "se-menpanrb-3-2023"
_KOLOM = ["opd", "organisasi", "pegawai", "syarat", "batas", "jumlah", "terpenuhi", "mungkin"]


def batas_orang(aturan: Mapping[str, Any], pegawai: int, pembulatan: Mapping[str, str]) -> int | None:
    """The bound of one pattern rule in whole people; None for `terbanyak`.

    Percentages become people by the stated rounding (default floor for caps, ceil for minima).
    """
    match aturan["aturan"]:
        case "ada":
            return 1
        case "terbanyak":
            return None
    tepat = Fraction(aturan["persen"]) * pegawai / 100
    if pembulatan[aturan["aturan"]] == "lantai":
        return tepat.numerator // tepat.denominator
    return -(-tepat.numerator // tepat.denominator)


def mungkin(aturan: Sequence[Mapping[str, Any]], pegawai: int, pembulatan: Mapping[str, str]) -> bool:
    """Whether any distribution of `pegawai` people over the five predikat meets all rules at once.

    `terbanyak` is met when no other group is larger (a tie is allowed).
    """
    bawah = dict.fromkeys(PREDIKAT, 0)
    atas = dict.fromkeys(PREDIKAT, pegawai)
    gabungan: list[tuple[tuple[str, ...], int]] = []
    utama = None
    for a in aturan:
        kelompok, batas = tuple(a["predikat"]), batas_orang(a, pegawai, pembulatan)
        if batas is None:
            utama = kelompok[0]
        elif a["aturan"] == "paling_banyak":
            atas[kelompok[0]] = min(atas[kelompok[0]], batas)
        elif len(kelompok) == 1:
            bawah[kelompok[0]] = max(bawah[kelompok[0]], batas)
        else:
            gabungan.append((kelompok, batas))
    if any(bawah[p] > atas[p] for p in PREDIKAT):
        return False
    puncak = range(bawah[utama], atas[utama] + 1) if utama else [pegawai]
    for m in puncak:
        # with the main group at m, every other group holds at most m
        lo = {**bawah, **({utama: m} if utama else {})}
        hi = {p: m if p == utama else min(atas[p], m) if utama else atas[p] for p in PREDIKAT}
        if any(lo[p] > hi[p] for p in PREDIKAT):
            continue
        # a joint minimum costs only what its members do not hold already
        tambahan = sum(max(0, b - sum(lo[p] for p in k)) for k, b in gabungan)
        muat = all(sum(hi[p] for p in k) >= b for k, b in gabungan)
        if muat and sum(lo.values()) + tambahan <= pegawai <= sum(hi.values()):
            return True
    return False


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
    return pd.DataFrame(baris, columns=_KOLOM)


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
