"""Capaian of an indicator: one formula per indicator, chosen by its column `rumus`.

Sources of the formulas: PermenPANRB 8/2021 pp. 91 and 100, LKjIP practice (PJ-40..43), KMK 127/2026
(KM-05..09). Variants of "lower is better" are not interchangeable, so the choice stays with the
indicator. Bounds and the stabilise scale are parameters (`params/iki/capaian-*.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from kinerja.aturan import Teks, aturan, keterangan, tulis
from kinerja.parameter import Kebijakan
from kinerja.pecahan import Larik, Pecahan, bulat, dari_angka, pilih, terbesar, terkecil, titik_lurus

DESIMAL = 2  # shown and stored with two decimals, half up (cross-cutting rule 2 of the fact sheets)


@aturan(
    "Capaian, makin besar makin baik",
    satuan="persen",
    dasar="PermenPANRB 8/2021 hlm. 91; praktik LKjIP",
    status="dua-sumber",
)
def maks(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return realisasi / target * 100


@aturan(
    "Capaian, makin besar makin baik, target negatif",
    satuan="persen",
    dasar="KMK 127/2026 hlm. 67-70",
    status="sekunder",
)
def maks_target_negatif(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return (1 + (1 - realisasi / target)) * 100


@aturan(
    "Capaian, makin kecil makin baik (selisih)",
    satuan="persen",
    dasar="PermenPANRB 8/2021 hlm. 100; praktik LKjIP",
    status="dua-sumber",
)
def min_selisih(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return (2 * target - realisasi) / target * 100


@aturan(
    "Capaian, makin kecil makin baik (rasio)",
    satuan="persen",
    dasar="praktik penerapan, dua program publik",
    status="sekunder",
)
def min_rasio(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return target / realisasi * 100


@aturan(
    "Capaian, target nol",
    satuan="persen",
    dasar="KMK 127/2026 hlm. 67-70",
    status="sekunder",
)
def min_target_nol(terburuk: Pecahan, realisasi: Pecahan) -> Pecahan:
    return (terburuk - realisasi) / terburuk * 100


@aturan("Kedekatan dengan target", satuan="persen", dasar="KMK 127/2026 hlm. 67-70", status="sekunder")
def stabil(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return pilih(realisasi <= target, realisasi / target * 100, 200 - realisasi / target * 100)


@aturan(
    "Capaian target rentang, makin besar makin baik",
    satuan="persen",
    dasar="PermenPANRB 8/2021 hlm. 91, 100; di dalam rentang = 100 %",
    status="dua-sumber",
)
def rentang_maks(target: Pecahan, target_atas: Pecahan, realisasi: Pecahan) -> Pecahan:
    return pilih(
        realisasi > target_atas,
        realisasi / target_atas * 100,
        pilih(realisasi < target, realisasi / target * 100, 100),
    )


@aturan(
    "Capaian target rentang, makin kecil makin baik",
    satuan="persen",
    dasar="PermenPANRB 8/2021 hlm. 91, 100; di dalam rentang = 100 %",
    status="dua-sumber",
)
def rentang_min(target: Pecahan, target_atas: Pecahan, realisasi: Pecahan) -> Pecahan:
    return pilih(
        realisasi > target_atas,
        (2 * target_atas - realisasi) / target_atas * 100,
        pilih(realisasi < target, (2 * target - realisasi) / target * 100, 100),
    )


RUMUS: Mapping[str, Callable[..., Pecahan]] = MappingProxyType(
    {
        f.__name__: f
        for f in (
            maks,
            maks_target_negatif,
            min_selisih,
            min_rasio,
            min_target_nol,
            stabil,
            rentang_maks,
            rentang_min,
        )
    }
)


def rumus_dipakai(rumus: pd.Series, target: pd.Series) -> Larik:
    """The rule that really applies to each row: a negative or zero target changes the formula.

    Shape (baris,) of rule names. `maks` with T < 0 follows KMK 127/2026; `min_selisih` and
    `min_rasio` with T = 0 use the worst realisation of the manual. ValueError names unknown rules.
    """
    r = rumus.astype(object).to_numpy()
    asing = set(r) - set(RUMUS)
    if asing:
        ada = ", ".join(RUMUS)
        raise ValueError(f"rumus {', '.join(sorted(map(str, asing)))} tidak dikenal; yang ada: {ada}")
    t = target.to_numpy(dtype=float, na_value=np.nan)
    r = np.where((r == "maks") & (t < 0), "maks_target_negatif", r)
    return np.where(np.isin(r, ["min_selisih", "min_rasio"]) & (t == 0), "min_target_nol", r)


def hitung_capaian(indikator: pd.DataFrame, kebijakan: Kebijakan, berkas: str) -> pd.DataFrame:
    """Capaian of each indicator, exact, rounded once to two decimals for showing.

    indikator: columns rumus, target, target_atas, realisasi, terburuk (numbers), target_maksimum
    (bool). berkas: which parameter file bounds the result, e.g. "capaian-lkjip".
    Returns, on the same index: `capaian` percent (float64, NaN unknown), `tercapai` (boolean,
    <NA> unknown; decided on the exact value), `rumus_dipakai`, `tanpa_batas` percent before the
    bounds, `alasan` (why a capaian is empty, "" otherwise). No source says how a formula other than
    `maks` reads a negative target, nor `min_rasio` a negative realisasi: those are empty, because the
    formula would reward what the polarity calls worse.
    """
    param = kebijakan.bagian(berkas)
    batas = param["batas_capaian"].nilai
    pakai = rumus_dipakai(indikator["rumus"], indikator["target"])
    n = len(indikator)
    kolom = {
        c: dari_angka(indikator[c].to_numpy(dtype=float, na_value=np.nan))
        for c in ("target", "target_atas", "realisasi", "terburuk")
    }
    diatur = ~_tidak_diatur(kolom, pakai)
    mentah = Pecahan(np.zeros(n, dtype=np.int64), 1, np.zeros(n, dtype=bool))
    for nama in dict.fromkeys(pakai):
        nilai = RUMUS[nama](*(kolom[m] for m in signature(RUMUS[nama]).parameters))
        if nama == "stabil":
            nilai = _skala_stabil(nilai, param)
        mentah = pilih((pakai == nama) & diatur, nilai, mentah)

    hasil = mentah
    if batas["bawah"] is not None:
        hasil = terbesar(hasil, batas["bawah"])
    if batas["atas"] is not None:
        hasil = terkecil(hasil, batas["atas"])
    if "capaian_target_maksimum" in param:
        penuh = indikator["target_maksimum"].to_numpy(dtype=bool) & _target_terpenuhi(kolom, pakai)
        hasil = pilih(penuh, param["capaian_target_maksimum"].pasti(), hasil)

    tercapai = pd.array((hasil >= 100).benar, dtype="boolean")
    tercapai[~hasil.tahu] = pd.NA
    return pd.DataFrame(
        {
            "capaian": bulat(hasil, DESIMAL).ke_float(),
            "tanpa_batas": bulat(mentah, DESIMAL).ke_float(),
            "tercapai": tercapai,
            "rumus_dipakai": pakai,
            "alasan": np.where(hasil.tahu, "", _alasan(kolom, pakai, param)),
        },
        index=indikator.index,
    )


def _skala_stabil(kedekatan: Pecahan, param: Mapping[str, Any]) -> Pecahan:
    if "skala_stabil" not in param:  # no LKjIP formula is established
        return Pecahan(kedekatan.n, kedekatan.d, np.zeros(len(kedekatan), dtype=bool))
    titik = [(t["ca"], t["capaian"]) for t in param["skala_stabil"].pasti()]
    return titik_lurus(titik, kedekatan)


def _tidak_diatur(kolom: Mapping[str, Pecahan], pakai: Larik) -> Larik:
    """Where the formula would answer, but against the polarity: no source covers these signs."""
    target = (pakai != "maks_target_negatif") & (kolom["target"] < 0).benar
    realisasi = (pakai == "min_rasio") & (kolom["realisasi"] < 0).benar
    terburuk = (pakai == "min_target_nol") & (kolom["terburuk"] < 0).benar
    return np.asarray(target | realisasi | terburuk)


def _target_terpenuhi(kolom: Mapping[str, Pecahan], pakai: Larik) -> Larik:
    t, r = kolom["target"], kolom["realisasi"]
    teratas = pilih(pakai == "rentang_min", kolom["target_atas"], t)
    makin_besar = np.isin(pakai, ["maks", "maks_target_negatif", "rentang_maks"])
    makin_kecil = np.isin(pakai, ["min_selisih", "min_rasio", "min_target_nol", "rentang_min"])
    return np.where(makin_besar, r >= t, np.where(makin_kecil, r <= teratas, r == t))


def _alasan(kolom: Mapping[str, Pecahan], pakai: Larik, param: Mapping[str, Any]) -> Larik:
    rentang = np.isin(pakai, ["rentang_maks", "rentang_min"])
    sebab = {
        "target belum ada": ~kolom["target"].tahu,
        "target rentang tanpa batas atas": rentang & ~kolom["target_atas"].tahu,
        "realisasi belum ada": ~kolom["realisasi"].tahu,
        "rumus stabil belum ditetapkan untuk LKjIP": (pakai == "stabil") & ("skala_stabil" not in param),
        "target nol: isi kolom terburuk (realisasi terburuk menurut manual indikator)": (
            pakai == "min_target_nol"
        ),
        "target atau realisasi negatif: belum ada ketentuan untuk rumus ini": _tidak_diatur(kolom, pakai),
    }
    return np.select(list(sebab.values()), list(sebab), "pembagi nol: rumus tidak terdefinisi")


class _Huruf(Teks):
    """Names as LKjIP write them: R for realisasi, T for target."""

    _HURUF = MappingProxyType(
        {"target": "T", "realisasi": "R", "target_atas": "T atas", "terburuk": "R terburuk"}
    )

    def nama(self, nama: str) -> str:
        return self._HURUF[nama]


def tulis_rumus(nama: str) -> str:
    """'min_selisih' -> '(2 × T − R) ÷ T × 100', from the rule itself."""
    return tulis(RUMUS[nama], _Huruf())


def dasar_rumus(nama: str) -> tuple[str, str]:
    """Article and status of a formula."""
    k = keterangan(RUMUS[nama])
    return k.dasar, k.status
