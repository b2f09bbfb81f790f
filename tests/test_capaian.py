"""Capaian against a literal oracle on Fraction: every formula, bounds, conversion, and what stays empty."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak
from test_pecahan import isi, kolom, setengah_ke_atas

from kinerja.data.skema import RUMUS as RUMUS_TERTULIS
from kinerja.iki import capaian as modul
from kinerja.iki.capaian import RUMUS, dasar_rumus, hitung_capaian, rumus_dipakai, tulis_rumus
from kinerja.parameter import kebijakan

LKJIP, KMK = "capaian-lkjip", "capaian-kmk-127-2026"
KEBIJAKAN = kebijakan("2026-02-01")
KOLOM = ["rumus", "target", "target_atas", "realisasi", "terburuk", "target_maksimum"]

# few distinct values, so that realisasi often equals a target, and both signs and zero occur
ANGKA = st.one_of(
    st.sampled_from(
        [Decimal(x) for x in ("0", "10", "-10", "99.9999", "100", "100.0001", "0.0001", "7", "8")]
    ),
    st.decimals(min_value=-1000, max_value=1000, places=4),
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
)
MUNGKIN_KOSONG = st.one_of(ANGKA, ANGKA, ANGKA, st.none())
BARIS = st.tuples(
    st.sampled_from(RUMUS_TERTULIS), ANGKA, MUNGKIN_KOSONG, MUNGKIN_KOSONG, MUNGKIN_KOSONG, st.booleans()
)
TABEL = st.lists(BARIS, min_size=1, max_size=8)


def tabel(baris: list[tuple[Any, ...]]) -> pd.DataFrame:
    isi_tabel = pd.DataFrame(baris, columns=KOLOM)
    for k in KOLOM[1:5]:
        isi_tabel[k] = [np.nan if v is None else float(v) for v in isi_tabel[k]]
    return isi_tabel.astype({"rumus": pd.CategoricalDtype(RUMUS_TERTULIS), "target_maksimum": bool})


def satu(**baris: Any) -> pd.Series:
    """The result of one indicator under `berkas`; numbers not given are empty."""
    berkas = baris.pop("berkas", LKJIP)
    lengkap = {"target_atas": None, "realisasi": None, "terburuk": None, "target_maksimum": False, **baris}
    return hitung_capaian(tabel([tuple(lengkap[k] for k in KOLOM)]), KEBIJAKAN, berkas).iloc[0]


# -- the oracle ---------------------------------------------------------------------------------------


def bagi(a: Fraction, b: Fraction) -> Fraction | None:
    return a / b * 100 if b else None


def oracle_rumus(nama: str, t: Any, ta: Any, r: Any, w: Any) -> Fraction | None:
    """One rule, word for word; None where an argument that decides is unknown or the divisor is zero."""
    perlu = {"target": t, "target_atas": ta, "realisasi": r, "terburuk": w}
    if nama.startswith("rentang") and None not in (r, ta) and r > ta:
        perlu["target"] = 0  # above the range its lower bound does not matter
    if any(perlu[p] is None for p in signature(RUMUS[nama]).parameters):
        return None
    if nama == "maks":
        return bagi(r, t)
    if nama == "min_rasio":
        return bagi(t, r)
    if nama == "min_selisih":
        return bagi(t - (r - t), t)
    if nama == "maks_target_negatif":
        return None if t == 0 else 100 + 100 - 100 * r / t
    if nama == "min_target_nol":
        return bagi(w - r, w)
    if nama == "stabil":
        dekat = bagi(r, t)
        return dekat if dekat is None or r <= t else 200 - dekat
    tepi = ta if r > ta else t if r < t else None
    if tepi is None:
        return Fraction(100)
    return bagi(r, tepi) if nama == "rentang_maks" else bagi(tepi - (r - tepi), tepi)


def skala_kmk(dekat: Fraction) -> Fraction:
    """The decree's example: 0 -> 0, 90 -> 100, 100 -> 120, flat outside."""
    if dekat <= 0:
        return Fraction(0)
    if dekat <= 90:
        return dekat * 100 / 90
    return min(Fraction(120), 100 + 2 * (dekat - 90))


def oracle(
    berkas: str, rumus: str, t: Any, ta: Any, r: Any, w: Any, maksimum: bool
) -> tuple[str, Fraction | None, Fraction | None]:
    """(rule used, before bounds, capaian) of one indicator."""
    pakai = rumus
    if rumus == "maks" and t < 0:
        pakai = "maks_target_negatif"
    if rumus in ("min_selisih", "min_rasio") and t == 0:
        pakai = "min_target_nol"
    mentah = oracle_rumus(pakai, t, ta, r, w)
    terbalik = (
        (pakai != "maks_target_negatif" and t < 0)
        or (pakai == "min_rasio" and r is not None and r < 0)
        or (pakai == "min_target_nol" and w is not None and w < 0)
    )
    if terbalik or (pakai == "stabil" and berkas == LKJIP):
        mentah = None
    if pakai == "stabil" and mentah is not None:
        mentah = skala_kmk(mentah)
    hasil = mentah
    if berkas == KMK and mentah is not None:
        hasil = min(Fraction(120), max(Fraction(0), mentah))
    if berkas == KMK and maksimum and r is not None:
        if pakai == "rentang_min":
            terpenuhi = ta is not None and r <= ta
        elif pakai == "stabil":
            terpenuhi = r == t
        else:
            terpenuhi = r <= t if pakai.startswith("min") else r >= t
        if terpenuhi:
            hasil = Fraction(120)
    return pakai, mentah, hasil


def dibulatkan(f: Fraction | None) -> float:
    return np.nan if f is None else float(setengah_ke_atas(f, 2))


def pecah(baris: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(Fraction(v) if isinstance(v, Decimal) else v for v in baris)


# -- against the oracle ---------------------------------------------------------------------------------


@settings(max_examples=banyak(150), deadline=None)
@given(TABEL, st.sampled_from([LKJIP, KMK]))
def test_hitung_capaian_sama_dengan_oracle(baris: list[tuple[Any, ...]], berkas: str) -> None:
    hasil = hitung_capaian(tabel(baris), KEBIJAKAN, berkas)
    assert len(hasil) == len(baris)
    for i, satu_baris in enumerate(baris):
        pakai, mentah, capaian = oracle(berkas, *pecah(satu_baris))
        assert hasil["rumus_dipakai"].iloc[i] == pakai
        np.testing.assert_equal(hasil["tanpa_batas"].iloc[i], dibulatkan(mentah))
        np.testing.assert_equal(hasil["capaian"].iloc[i], dibulatkan(capaian))
        tercapai = hasil["tercapai"].iloc[i]
        assert tercapai is pd.NA if capaian is None else tercapai == (capaian >= 100)
        assert (hasil["alasan"].iloc[i] == "") is (capaian is not None)


@settings(max_examples=banyak(60), deadline=None)
@given(st.sampled_from(sorted(RUMUS)), st.lists(st.tuples(*[MUNGKIN_KOSONG] * 4), min_size=1, max_size=6))
def test_setiap_rumus_sama_dengan_oracle(nama: str, baris: list[tuple[Any, ...]]) -> None:
    """Exactly, before any rounding; an unknown argument never gives a number."""
    urut = {"target": 0, "target_atas": 1, "realisasi": 2, "terburuk": 3}
    isian = [
        kolom([np.nan if b[urut[p]] is None else b[urut[p]] for b in baris])
        for p in signature(RUMUS[nama]).parameters
    ]
    assert isi(RUMUS[nama](*isian)) == [oracle_rumus(nama, *pecah(b)) for b in baris]


@settings(max_examples=banyak(40), deadline=None)
@given(TABEL, st.sampled_from([LKJIP, KMK]), st.randoms())
def test_urutan_baris_dan_sekaligus_tidak_berpengaruh(
    baris: list[tuple[Any, ...]], berkas: str, acak: Any
) -> None:
    utuh = tabel(baris)
    hasil = hitung_capaian(utuh, KEBIJAKAN, berkas)
    urutan = list(range(len(baris)))
    acak.shuffle(urutan)
    pd.testing.assert_frame_equal(hitung_capaian(utuh.iloc[urutan], KEBIJAKAN, berkas), hasil.iloc[urutan])
    potong = [hitung_capaian(utuh.iloc[i : i + 1], KEBIJAKAN, berkas) for i in range(len(baris))]
    pd.testing.assert_frame_equal(pd.concat(potong), hasil)


@settings(max_examples=banyak(60), deadline=None)
@given(
    st.sampled_from([r for r in RUMUS_TERTULIS if r != "stabil"]),
    ANGKA,
    st.lists(ANGKA, min_size=2, max_size=8),
    st.sampled_from([LKJIP, KMK]),
    st.booleans(),
)
def test_capaian_searah_dengan_realisasi(
    rumus: str, target: Decimal, realisasi: list[Decimal], berkas: str, maksimum: bool
) -> None:
    """More is never worse for maks, never better for min; whatever the signs."""
    baris = [(rumus, target, abs(target) + 2, r, Decimal(50), maksimum) for r in sorted(realisasi)]
    capaian = hitung_capaian(tabel(baris), KEBIJAKAN, berkas)["capaian"].dropna()
    assert capaian.is_monotonic_increasing if "maks" in rumus else capaian.is_monotonic_decreasing


@settings(max_examples=banyak(30), deadline=None)
@given(st.lists(st.decimals(min_value=0, max_value=300, places=2), min_size=2, max_size=8))
def test_stabil_turun_menjauhi_target(realisasi: list[Decimal]) -> None:
    jauh = sorted(realisasi, key=lambda r: abs(r - 100))
    capaian = hitung_capaian(
        tabel([("stabil", Decimal(100), None, r, None, False) for r in jauh]), KEBIJAKAN, KMK
    )["capaian"]
    assert capaian.is_monotonic_decreasing


# -- edges ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("selisih", "tercapai"), [("-0.0001", False), ("0", True), ("0.0001", True)])
@pytest.mark.parametrize("target", ["0.3", "33.33", "71.05", "98765.4321"])
def test_seratus_persen_diputus_tepat(target: str, selisih: str, tercapai: bool) -> None:
    realisasi = Decimal(target) + Decimal(selisih)
    assert satu(rumus="maks", target=target, realisasi=realisasi).tercapai == tercapai
    terbalik = Decimal(target) - Decimal(selisih)
    for rumus in ("min_selisih", "min_rasio"):
        assert satu(rumus=rumus, target=target, realisasi=terbalik).tercapai == tercapai


def test_di_bawah_seratus_tetap_di_bawah_walau_tampil_seratus() -> None:
    hasil = satu(rumus="maks", target=100000, realisasi=99999)
    assert (hasil.capaian, hasil.tercapai) == (100.0, False)


def test_batas_dan_konversi_kmk() -> None:
    def capaian(**baris: Any) -> float:
        return float(satu(berkas=KMK, **baris).capaian)

    assert capaian(rumus="maks", target=10, realisasi=12) == 120
    assert capaian(rumus="maks", target=10, realisasi=Decimal("12.0001")) == 120
    assert capaian(rumus="maks", target=10, realisasi=Decimal("11.99")) == 119.9
    assert capaian(rumus="maks", target=10, realisasi=-1) == 0
    assert capaian(rumus="min_selisih", target=10, realisasi=20) == 0
    assert capaian(rumus="min_selisih", target=10, realisasi=21) == 0
    # a true maximum converts only when it is met
    assert capaian(rumus="maks", target=4, realisasi=4, target_maksimum=True) == 120
    assert capaian(rumus="maks", target=4, realisasi=Decimal("3.9999"), target_maksimum=True) == 100.0
    assert capaian(rumus="min_selisih", target=0, realisasi=0, target_maksimum=True) == 120
    assert capaian(rumus="min_rasio", target=2, realisasi=2, target_maksimum=True) == 120
    assert capaian(rumus="rentang_min", target=7, target_atas=8, realisasi=8, target_maksimum=True) == 120
    assert (
        capaian(rumus="rentang_min", target=7, target_atas=8, realisasi=Decimal("8.8"), target_maksimum=True)
        == 90
    )
    assert np.isnan(capaian(rumus="maks", target=4, target_maksimum=True))
    # LKjIP has neither bounds nor conversion
    assert satu(rumus="maks", target=10, realisasi=30).capaian == 300
    assert satu(rumus="maks", target=4, realisasi=4, target_maksimum=True).capaian == 100


@pytest.mark.parametrize(
    ("realisasi", "capaian"),
    [
        (0, 0),
        (45, 50),
        (90, 100),
        (95, 110),
        (100, 120),
        (105, 110),
        (110, 100),
        (155, 50),
        (250, 0),
        (-5, 0),
    ],
)
def test_skala_stabil(realisasi: int, capaian: float) -> None:
    assert satu(berkas=KMK, rumus="stabil", target=100, realisasi=realisasi).capaian == capaian


@pytest.mark.parametrize(
    ("realisasi", "maks", "min_"),
    [
        ("70", 87.5, 112.5),
        ("79.9999", 100.0, 100.0),
        ("80", 100, 100),
        ("85", 100, 100),
        ("90", 100, 100),
        ("99", 110, 90),
    ],
)
def test_target_rentang(realisasi: str, maks: float, min_: float) -> None:
    for rumus, capaian in (("rentang_maks", maks), ("rentang_min", min_)):
        hasil = satu(rumus=rumus, target=80, target_atas=90, realisasi=Decimal(realisasi))
        assert hasil.capaian == capaian
        luar = Decimal(realisasi) < 80 if rumus == "rentang_maks" else Decimal(realisasi) > 90
        assert hasil.tercapai == (not luar)


@pytest.mark.parametrize(
    ("baris", "alasan"),
    [
        ({"rumus": "maks", "target": 5}, "realisasi belum ada"),
        ({"rumus": "rentang_maks", "target": 5, "target_atas": 6}, "realisasi belum ada"),
        ({"rumus": "maks", "target": np.nan, "realisasi": 5}, "target belum ada"),
        ({"rumus": "maks", "target": 0, "realisasi": 5}, "pembagi nol: rumus tidak terdefinisi"),
        ({"rumus": "min_rasio", "target": 5, "realisasi": 0}, "pembagi nol: rumus tidak terdefinisi"),
        ({"rumus": "stabil", "target": 5, "realisasi": 5}, "rumus stabil belum ditetapkan untuk LKjIP"),
        ({"rumus": "rentang_min", "target": 5, "realisasi": 5}, "target rentang tanpa batas atas"),
        (
            {"rumus": "min_selisih", "target": 0, "realisasi": 3},
            "target nol: isi kolom terburuk (realisasi terburuk menurut manual indikator)",
        ),
        (
            {"rumus": "min_selisih", "target": -10, "realisasi": -5},
            "target atau realisasi negatif: belum ada ketentuan untuk rumus ini",
        ),
        (
            {"rumus": "min_rasio", "target": 10, "realisasi": -5},
            "target atau realisasi negatif: belum ada ketentuan untuk rumus ini",
        ),
    ],
)
def test_alasan_kosong(baris: dict[str, Any], alasan: str) -> None:
    hasil = satu(**baris)
    assert np.isnan(hasil.capaian)
    assert hasil.tercapai is pd.NA
    assert hasil.alasan == alasan


def test_target_nol_memakai_realisasi_terburuk() -> None:
    for rumus in ("min_selisih", "min_rasio"):
        hasil = satu(rumus=rumus, target=0, realisasi=3, terburuk=12)
        assert (hasil.capaian, hasil.rumus_dipakai) == (75, "min_target_nol")


def test_tabel_kosong_dan_indeks_dipertahankan() -> None:
    for berkas in (LKJIP, KMK):
        kosong = hitung_capaian(tabel([]), KEBIJAKAN, berkas)
        assert len(kosong) == 0
        assert list(kosong) == ["capaian", "tanpa_batas", "tercapai", "rumus_dipakai", "alasan"]
    berindeks = tabel([("maks", 10, None, 5, None, False)]).set_axis([42])
    assert hitung_capaian(berindeks, KEBIJAKAN, LKJIP).index.tolist() == [42]


def test_kolom_bertipe_nullable_dan_kelebihan_kolom() -> None:
    t = tabel([("maks", 10, None, 5, None, False), ("maks", 10, None, None, None, False)])
    nullable = t.astype({"realisasi": "Float64", "target": "Int64"}).assign(nama="x")
    pd.testing.assert_frame_equal(
        hitung_capaian(nullable, KEBIJAKAN, LKJIP), hitung_capaian(t, KEBIJAKAN, LKJIP)
    )


def test_rumus_asing_ditolak() -> None:
    with pytest.raises(ValueError, match="rumus kuadrat tidak dikenal; yang ada: maks, "):
        rumus_dipakai(pd.Series(["maks", "kuadrat"]), pd.Series([1.0, 2.0]))


def test_batas_diubah_skenario() -> None:
    lain = KEBIJAKAN.dengan({f"{KMK}.batas_capaian": {"2026-01-01": {"atas": 110}}})
    t = tabel([("maks", 10, None, 15, None, False)])
    assert hitung_capaian(t, lain, KMK)["capaian"].tolist() == [110]
    assert hitung_capaian(t, KEBIJAKAN, KMK)["capaian"].tolist() == [120]
    dibatasi = KEBIJAKAN.dengan({f"{LKJIP}.batas_capaian": {"2010-01-01": {"bawah": 0}}})
    turun = tabel([("min_selisih", 10, None, 25, None, False)])
    assert hitung_capaian(turun, dibatasi, LKJIP)[["capaian", "tanpa_batas"]].values.tolist() == [[0, -50]]


# -- how a formula is shown --------------------------------------------------------------------------------


def test_rumus_ditulis_dari_fungsinya() -> None:
    assert {n: tulis_rumus(n) for n in RUMUS} == {
        "maks": "R ÷ T × 100",
        "maks_target_negatif": "(1 + (1 − R ÷ T)) × 100",
        "min_selisih": "(2 × T − R) ÷ T × 100",
        "min_rasio": "T ÷ R × 100",
        "min_target_nol": "(R terburuk − R) ÷ R terburuk × 100",
        "stabil": "R ÷ T × 100 bila R ≤ T, selain itu 200 − R ÷ T × 100",
        "rentang_maks": "R ÷ T atas × 100 bila R > T atas, selain itu R ÷ T × 100 bila R < T, selain itu 100",
        "rentang_min": (
            "(2 × T atas − R) ÷ T atas × 100 bila R > T atas, "
            "selain itu (2 × T − R) ÷ T × 100 bila R < T, selain itu 100"
        ),
    }


def test_setiap_rumus_punya_dasar() -> None:
    assert set(RUMUS_TERTULIS) <= set(RUMUS)
    for nama, fungsi in RUMUS.items():
        assert getattr(modul, nama) is fungsi
        dasar, status = dasar_rumus(nama)
        assert dasar
        assert status in {"dua-sumber", "sekunder"}
