"""SE 3/2023: bounds in people, feasibility against every possible distribution, and what is reported."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.data.skema import PREDIKAT, PREDIKAT_ORGANISASI
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.regulasi.se3 import BERKAS, KOLOM, batas_orang, mungkin, periksa_pola, rentang_predikat

KEBIJAKAN = kebijakan("2023-01-31")
POLA = KEBIJAKAN[f"{BERKAS}.pola_distribusi"].nilai
PEMBULATAN = {"paling_banyak": "lantai", "paling_sedikit": "langit"}
SB, B, BP, K, SK = PREDIKAT


@cache
def sebaran(orang: int) -> list[tuple[int, ...]]:
    """Every way to spread people over the five predikat."""
    hasil = []
    for sekat in combinations(range(orang + 4), 4):
        tepi = (-1, *sekat, orang + 4)
        hasil.append(tuple(b - a - 1 for a, b in pairwise(tepi)))
    return hasil


def memenuhi(jumlah: tuple[int, ...], a: dict[str, Any], pembulatan: dict[str, str]) -> bool:
    """One rule of a pattern, read from the table of the fact sheet."""
    ada = sum(jumlah[PREDIKAT.index(p)] for p in a["predikat"])
    orang = sum(jumlah)
    if a["aturan"] == "ada":
        return ada > 0
    if a["aturan"] == "terbanyak":
        return ada > 0 and all(n <= ada for n in jumlah)
    tepat = Fraction(a["persen"]) * orang / 100
    if pembulatan[a["aturan"]] == "setengah_ke_atas":
        batas = floor(tepat + Fraction(1, 2))
    else:
        batas = floor(tepat) if pembulatan[a["aturan"]] == "lantai" else ceil(tepat)
    return ada <= batas if a["aturan"] == "paling_banyak" else ada >= batas


def pola(organisasi: str) -> list[dict[str, Any]]:
    return [dict(a) for a in POLA if a["organisasi"] == organisasi]


@pytest.mark.parametrize("orang", range(13))
@pytest.mark.parametrize("organisasi", PREDIKAT_ORGANISASI)
def test_mungkin_sama_dengan_semua_sebaran(organisasi: str, orang: int) -> None:
    aturan = pola(organisasi)
    harap = any(all(memenuhi(j, a, PEMBULATAN) for a in aturan) for j in sebaran(orang))
    assert mungkin(aturan, orang, PEMBULATAN) is harap


PERSEN = st.sampled_from([0, 10, 25, 30, 60, 70, 90, 100]) | st.decimals(0, 100, places=1)
SATU = st.fixed_dictionaries(
    {
        "predikat": st.tuples(st.sampled_from(PREDIKAT)),
        "aturan": st.sampled_from(["paling_banyak", "paling_sedikit", "ada"]),
        "persen": PERSEN,
    }
)
UTAMA = st.fixed_dictionaries(
    {"predikat": st.tuples(st.sampled_from(PREDIKAT)), "aturan": st.just("terbanyak")}
)
BERSAMA = st.fixed_dictionaries(
    {
        "predikat": st.sampled_from([c for n in (2, 3, 5) for c in combinations(PREDIKAT, n)]),
        "aturan": st.sampled_from(["paling_sedikit", "ada"]),
        "persen": PERSEN,
    }
)
BULAT = st.sampled_from(["lantai", "langit", "setengah_ke_atas"])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(SATU, max_size=5),
    st.lists(UTAMA, max_size=1),
    st.lists(BERSAMA, max_size=1),
    st.integers(0, 9),
    st.fixed_dictionaries({"paling_banyak": BULAT, "paling_sedikit": BULAT}),
)
def test_mungkin_untuk_aturan_sembarang(
    satu: list[dict[str, Any]],
    utama: list[dict[str, Any]],
    bersama: list[dict[str, Any]],
    orang: int,
    pembulatan: dict[str, str],
) -> None:
    aturan = satu + utama + bersama
    harap = any(all(memenuhi(j, a, pembulatan) for a in aturan) for j in sebaran(orang))
    assert mungkin(aturan, orang, pembulatan) is harap


def test_dua_kelompok_bersama_yang_terpisah() -> None:
    aturan = [
        {"predikat": (SB, B), "aturan": "paling_sedikit", "persen": 50},
        {"predikat": (BP, K), "aturan": "paling_sedikit", "persen": 50},
    ]
    assert mungkin(aturan, 4, PEMBULATAN)
    assert not mungkin(aturan, 3, PEMBULATAN)  # 2 + 2 of 3 people


@pytest.mark.parametrize(
    "aturan",
    [
        [{"predikat": (SB, B), "aturan": "paling_banyak", "persen": 50}],
        [{"predikat": (SB, B), "aturan": "terbanyak"}],
        [{"predikat": (SB, B), "aturan": "ada"}, {"predikat": (B, K), "aturan": "ada"}],
    ],
)
def test_aturan_bersama_yang_tidak_ada_di_se_ditolak(aturan: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="untuk beberapa predikat belum dapat diperiksa"):
        mungkin(aturan, 5, PEMBULATAN)


@pytest.mark.parametrize("orang", [0, 1, 3, 7, 10, 84])
@pytest.mark.parametrize(
    ("cara", "harap"),
    [
        ("lantai", floor),
        ("langit", ceil),
        ("setengah_ke_atas", lambda x: floor(x + Fraction(1, 2))),
    ],
)
def test_pembulatan_jumlah_orang(cara: str, harap: Any, orang: int) -> None:
    for persen in (0, 10, 35, 50, 70, 100):
        for jenis in ("paling_banyak", "paling_sedikit"):
            aturan = {"predikat": (SB,), "aturan": jenis, "persen": persen}
            lain = {**PEMBULATAN, jenis: cara}
            assert batas_orang(aturan, orang, lain) == harap(Fraction(persen * orang, 100))


# -- reporting ------------------------------------------------------------------------------------------------

UNIT = st.tuples(
    st.sampled_from([*PREDIKAT_ORGANISASI, None]), st.tuples(*[st.integers(0, 12)] * len(PREDIKAT))
)


def periksa(unit: list[tuple[str | None, tuple[int, ...]]]) -> pd.DataFrame:
    nama = [f"OPD-{i}" for i in range(len(unit))]
    jumlah = pd.DataFrame([j for _, j in unit], columns=list(PREDIKAT), index=nama, dtype="int64")
    organisasi = pd.Series(
        pd.Categorical([o for o, _ in unit], categories=list(PREDIKAT_ORGANISASI)), index=nama
    )
    return periksa_pola(jumlah, organisasi, KEBIJAKAN)


@settings(max_examples=60, deadline=None)
@given(st.lists(UNIT, min_size=1, max_size=6))
def test_periksa_pola_sama_dengan_oracle(unit: list[tuple[str | None, tuple[int, ...]]]) -> None:
    harap = [
        (
            f"OPD-{i}",
            organisasi,
            sum(jumlah),
            sum(jumlah[PREDIKAT.index(p)] for p in a["predikat"]),
            memenuhi(jumlah, a, PEMBULATAN),
        )
        for i, (organisasi, jumlah) in enumerate(unit)
        if organisasi
        for a in pola(organisasi)
    ]
    hasil = periksa(unit)
    kolom = ["opd", "organisasi", "pegawai", "jumlah", "terpenuhi"]
    assert [tuple(b) for b in hasil[kolom].itertuples(index=False)] == harap
    for _, baris in hasil.iterrows():
        assert baris["mungkin"] == mungkin(pola(baris["organisasi"]), baris["pegawai"], PEMBULATAN)
    # what is met in full is possible
    for opd in hasil.groupby("opd"):
        if opd[1]["terpenuhi"].all():
            assert opd[1]["mungkin"].all()


def test_teks_syarat_dan_batas() -> None:
    hasil = periksa([("baik", (3, 14, 0, 0, 0)), ("sangat_kurang", (1, 5, 1, 0, 3))])
    assert hasil[["syarat", "batas", "jumlah", "terpenuhi"]].values.tolist() == [
        ["Baik menjadi kelompok terbanyak", "terbanyak", 14, True],
        ["Baik paling banyak 70 %", "≤ 11 orang", 14, False],
        ["ada pegawai Butuh Perbaikan atau Kurang", "≥ 1 orang", 0, False],
        ["Sangat Kurang paling sedikit 60 %", "≥ 6 orang", 3, False],
        ["Kurang atau Butuh Perbaikan paling sedikit 10 %", "≥ 1 orang", 1, True],
        ["Sangat Baik paling banyak 0 %", "≤ 0 orang", 1, False],
    ]


def test_seri_terbanyak_diterima() -> None:
    seri, kalah = (5, 5, 0, 0, 0), (4, 6, 0, 0, 0)
    hasil = periksa([("istimewa", seri), ("istimewa", kalah)])
    assert hasil.loc[hasil["batas"] == "terbanyak", "terpenuhi"].tolist() == [True, False]


def test_tanpa_unit_tanpa_predikat_dan_unit_tanpa_pegawai() -> None:
    assert list(periksa([])) == KOLOM
    assert len(periksa([])) == 0
    assert len(periksa([(None, (1, 2, 3, 4, 5))])) == 0
    kosong = periksa([("istimewa", (0, 0, 0, 0, 0))])
    assert kosong["terpenuhi"].tolist() == [False, True]
    assert not kosong["mungkin"].any()


def test_sebelum_ada_se_ditolak() -> None:
    with pytest.raises(GalatParameter, match="belum berlaku pada 30 Januari 2023"):
        periksa_pola(pd.DataFrame(columns=list(PREDIKAT)), pd.Series(dtype="str"), kebijakan("2023-01-30"))


@pytest.mark.parametrize(
    ("organisasi", "harap"),
    [
        ("istimewa", {SB: (None, 16)}),
        ("baik", {B: (None, 16)}),
        ("butuh_perbaikan", {SB: (None, 2), BP: (15, None)}),
        ("kurang", {SB: (None, 2), BP: (3, None), K: (15, None)}),
        ("sangat_kurang", {SB: (None, 0), SK: (15, None)}),
        (None, {}),
    ],
)
def test_rentang_predikat(organisasi: str | None, harap: dict[str, tuple[int | None, int | None]]) -> None:
    tabel = rentang_predikat(organisasi, 24, KEBIJAKAN)
    assert tabel.index.tolist() == list(PREDIKAT)
    for p in PREDIKAT:
        sedikit, banyak = harap.get(p, (None, None))
        np.testing.assert_equal(tabel.loc[p, "paling_sedikit"], np.nan if sedikit is None else sedikit)
        np.testing.assert_equal(tabel.loc[p, "paling_banyak"], np.nan if banyak is None else banyak)


def test_pembulatan_diubah_skenario() -> None:
    lain = KEBIJAKAN.dengan({f"{BERKAS}.pembulatan_paling_banyak": {"2023-01-31": "setengah_ke_atas"}})
    assert rentang_predikat("istimewa", 24, lain).loc[SB, "paling_banyak"] == 17  # 16,8
