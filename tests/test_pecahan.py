"""Exact columns against Python's Fraction, value by value."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.pecahan import (
    Kode,
    Pecahan,
    bulat,
    cari,
    cari_selang,
    dari_angka,
    dari_kategori,
    jumlah_per,
    pada,
    pilih,
    sambung,
    terbesar,
    terkecil,
    titik_lurus,
    tutup_celah,
)

DESIMAL = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
PANJANG = st.integers(1, 6)


def kolom(nilai):
    return dari_angka(np.array([float(v) for v in nilai]))


def isi(x):
    return [x.satu(i) for i in range(len(x))]


def setengah_ke_atas(f, desimal=0):
    s = 10**desimal
    besar = abs(f) * s
    utuh = besar.numerator // besar.denominator
    if besar - utuh >= Fraction(1, 2):
        utuh += 1
    return Fraction(utuh if f >= 0 else -utuh, s)


@given(st.lists(st.tuples(DESIMAL, DESIMAL, DESIMAL), min_size=1, max_size=6))
def test_operasi_sama_dengan_fraction(baris):
    a, b, c = (kolom([r[i] for r in baris]) for i in range(3))
    fa, fb, fc = ([Fraction(r[i]) for r in baris] for i in range(3))
    assert isi(a * b - c) == [x * y - z for x, y, z in zip(fa, fb, fc, strict=True)]
    assert isi(a * b * c * a * b) == [x * y * z * x * y for x, y, z in zip(fa, fb, fc, strict=True)]
    bagi = isi((a / b + c) * 100)
    assert bagi == [(x / y + z) * 100 if y else None for x, y, z in zip(fa, fb, fc, strict=True)]
    assert isi(7 / b) == [7 / y if y else None for y in fb]
    assert isi(1 - a) == [1 - x for x in fa]
    for banding in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"):
        assert getattr(a, banding)(b).tolist() == [
            getattr(x, banding)(y) for x, y in zip(fa, fb, strict=True)
        ]
    assert isi(terkecil(a, b)) == [min(x, y) for x, y in zip(fa, fb, strict=True)]
    assert isi(terbesar(a, Decimal("0.5"))) == [max(x, Fraction(1, 2)) for x in fa]
    for desimal in (0, 2):
        assert isi(bulat(a, desimal)) == [setengah_ke_atas(x, desimal) for x in fa]
        assert isi(bulat(a / b, desimal)) == [
            setengah_ke_atas(x / y, desimal) if y else None for x, y in zip(fa, fb, strict=True)
        ]


def test_batas_band_yang_salah_pada_float():
    nilai = dari_angka([99.6]) * Decimal("0.6") + dari_angka([75.6]) * Decimal("0.4")
    assert 0.6 * 99.6 + 0.4 * 75.6 < 90  # what plain floats say
    assert (nilai >= 90).tolist() == [True]


def test_desimal_dikenali_kembali_dari_float():
    assert isi(dari_angka([0.59112978, 97.5, np.nan])) == [Fraction(59112978, 10**8), Fraction(195, 2), None]
    assert isi(dari_angka([1e-12, 1e12])) == [Fraction(1, 10**12), Fraction(10**12)]
    assert isi(dari_angka(np.array([0.1 + 0.2]))) == [Fraction("0.30000000000000004")]
    assert isi(dari_angka(np.array([2**70], dtype=object))) == [2**70]
    assert isi(dari_angka([1e17])) == [10**17]


def test_bilangan_besar_pindah_ke_bilangan_python():
    x = dari_angka([9e15 - 1])
    assert isi(x * x * x) == [Fraction(int(9e15 - 1)) ** 3]
    assert isi((x * x * x) / (x * x)) == [int(9e15 - 1)]
    assert isi(Pecahan(np.array([1])) * 2**80) == [2**80]


def test_yang_tidak_diketahui_tetap_tidak_diketahui():
    x = dari_angka([1.0, np.nan])
    assert (x > 0).tolist() == [True, False]
    assert (x <= 5).tolist() == [True, False]
    assert isi(pilih(np.array([True, False]), x, 9)) == [1, 9]
    assert isi(pilih(np.array([False, True]), 1, 2)) == [2, 1]
    assert np.isnan(x.ke_float()).tolist() == [False, True]
    assert repr(x) == "Pecahan([1, –])"
    with pytest.raises(ValueError, match="1 nilai belum diketahui"):
        x.ke_bulat()
    with pytest.raises(ValueError, match="bulatkan dulu"):
        dari_angka([1.5]).ke_bulat()
    assert dari_angka([2, 3]).ke_bulat().tolist() == [2, 3]
    assert (dari_angka([2.5]) * 2).ke_bulat().tolist() == [5]
    assert Pecahan(np.array([4, 6]), 2).ke_bulat().tolist() == [2, 3]
    assert isi(x[np.array([1, 0])]) == [None, 1]
    assert isi((dari_angka([1.0, 2.0]) / dari_angka([3.0, 4.0]))[1:]) == [Fraction(1, 2)]


def test_float_ditolak_di_dalam_aturan():
    with pytest.raises(TypeError, match="bukan bilangan eksak"):
        dari_angka([1]) * 0.6
    with pytest.raises(TypeError, match="sedikitnya satu kolom"):
        terkecil(1, 2)


def test_cari_tabel_dan_matriks():
    predikat = dari_kategori([0, 1, -1], ("baik", "kurang"))
    assert predikat.satu(2) is None
    assert predikat.satu(1) == "kurang"
    assert isi(cari({"baik": 100, "kurang": Decimal("62.5")}, predikat)) == [100, Fraction(125, 2), None]
    assert isi(cari({8: 7523000, 16: None}, dari_angka([8, 16]))) == [7523000, None]
    kata = cari(
        {"baik": {"baik": "a", "kurang": "b"}, "kurang": {"baik": "c", "kurang": None}}, predikat, predikat
    )
    assert isinstance(kata, Kode)
    assert [kata.satu(i) for i in range(3)] == ["a", None, None]
    assert isi(cari({1: {1: 5, 2: 6}}, dari_angka([1, 1]), dari_angka([2, 1]))) == [6, 5]
    with pytest.raises(ValueError, match="tidak memuat kunci 9"):
        cari({8: 1}, dari_angka([9]))
    with pytest.raises(ValueError, match="tidak ada di antara"):
        cari({"salah": 1}, predikat)


def test_cari_selang_dengan_celah_dan_batas():
    selang = (
        {"paling_sedikit": 1, "kurang_dari": 15, "nilai": Decimal("0.25")},
        {"paling_sedikit": 15, "paling_banyak": 30, "nilai": 1},
        {"lebih_dari": 60, "nilai": 2},
    )
    assert isi(cari_selang(selang, dari_angka([0, 1, 14, 15, 30, 31, 60, 61]))) == [
        None,
        Fraction(1, 4),
        Fraction(1, 4),
        1,
        1,
        None,
        None,
        2,
    ]
    assert isi(cari_selang(selang, dari_angka([np.nan, 2.0]))) == [None, Fraction(1, 4)]


@given(st.lists(st.integers(0, 12000), min_size=1, max_size=8))
def test_titik_lurus(ribuan):
    titik = ((0, 0), (90, 100), (100, 120))
    nilai = [Fraction(r, 100) for r in ribuan]

    def harap(v):
        v = min(v, Fraction(100))
        return v * 100 / 90 if v <= 90 else 100 + (v - 90) * 2

    assert isi(titik_lurus(titik, kolom([Decimal(r) / 100 for r in ribuan]))) == [harap(v) for v in nilai]


@given(st.lists(st.tuples(st.integers(0, 3), DESIMAL), max_size=20))
def test_jumlah_per(baris):
    x = kolom([v for _, v in baris])
    g = np.array([k for k, _ in baris], dtype=np.int64)
    assert isi(jumlah_per(x, g, 4)) == [
        sum((Fraction(v) for k, v in baris if k == i), Fraction()) for i in range(4)
    ]


def test_jumlah_per_tidak_diketahui():
    assert isi(jumlah_per(dari_angka([1.0, np.nan]), np.array([0, 1]), 3)) == [1, None, 0]


@given(st.lists(st.tuples(st.integers(0, 3), DESIMAL, DESIMAL), max_size=20))
def test_jumlah_per_rasio(baris):
    """Ratios with any denominators add up exactly; dividing by zero makes its group unknown."""
    rasio = kolom([a for _, a, _ in baris]) / kolom([b for _, _, b in baris])
    g = np.array([k for k, _, _ in baris], dtype=np.int64)
    anggota = [[(Fraction(a), Fraction(b)) for k, a, b in baris if k == i] for i in range(4)]
    assert isi(jumlah_per(rasio, g, 4)) == [
        None if any(b == 0 for _, b in v) else sum((a / b for a, b in v), Fraction()) for v in anggota
    ]


PITA = [
    {"paling_sedikit": 91, "nilai": "a"},
    {"paling_sedikit": 76, "paling_banyak": 90, "nilai": "b"},
    {"lebih_dari": 60, "paling_banyak": 75, "nilai": "c"},
    {"paling_banyak": 50, "nilai": "d"},
]


@given(st.lists(st.decimals(min_value=0, max_value=120, places=4), min_size=1, max_size=6))
def test_tutup_celah(nilai):
    """Only a gap between two inclusive bounds is closed; 50-60 is open and stays as it is."""
    oracle = {
        "lantai": lambda v, bawah, atas: bawah,
        "langit": lambda v, bawah, atas: atas,
        "setengah_ke_atas": lambda v, bawah, atas: setengah_ke_atas(v),
    }
    for kata, f in oracle.items():
        harap = []
        for v in map(Fraction, nilai):
            celah = next(((b, a) for b, a in ((90, 91), (75, 76)) if b < v < a), None)
            harap.append(f(v, *celah) if celah else v)
        assert isi(tutup_celah(PITA, kolom(nilai), kata)) == harap


def test_tutup_celah_kata_asing():
    with pytest.raises(ValueError, match="naik tidak dikenal; yang ada: lantai, langit, setengah_ke_atas"):
        tutup_celah(PITA, dari_angka([90.5]), "naik")


def test_titik_lurus_dari_tabel():
    assert isi(titik_lurus({0: 0, 50: 49, 51: 50}, kolom([-1, 25, "50.5", 60]))) == [
        0,
        Fraction(49, 2),
        Fraction(99, 2),
        50,
    ]


def test_kata_dari_tabel_boleh_mencari_tabel_yang_lebih_luas():
    """A look-up may give fewer words than the next table has; a word that is missing there is refused."""
    aspek = dari_kategori([0, 1], ("kuantitas", "waktu"))
    kata = cari({"kuantitas": "proxy", "waktu": "proxy"}, aspek)
    assert isi(cari({"exact": 1, "proxy": 2}, kata)) == [2, 2]
    with pytest.raises(ValueError, match="tidak memuat kunci proxy"):
        cari({"exact": 1}, kata)


@given(st.lists(st.tuples(DESIMAL, DESIMAL), max_size=5), st.lists(DESIMAL, max_size=5), st.data())
def test_sambung_dan_pada(rasio, angka, data):
    """Columns of one denominator and of many, one below another; -1 is nobody's row."""
    bagian = [kolom([a for a, _ in rasio]) / kolom([b for _, b in rasio]), kolom(angka), kolom(angka)]
    harap = [Fraction(a) / Fraction(b) if b else None for a, b in rasio] + [Fraction(v) for v in angka] * 2
    semua = sambung(bagian)
    assert isi(semua) == harap
    assert isi(sambung(bagian[1:])) == harap[len(rasio) :]
    letak = data.draw(st.lists(st.integers(-1, len(harap) - 1), max_size=8))
    assert isi(pada(semua, np.array(letak, dtype=np.intp))) == [None if i < 0 else harap[i] for i in letak]


def test_sambung_tanpa_bagian():
    assert isi(sambung([])) == []
