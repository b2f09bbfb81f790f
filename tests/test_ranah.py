"""National scale gives what the ordinary graph gives: same rules, same numbers, any block, any threads."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skor_nasional import AMBANG, GRAF, KEBIJAKAN, SKOR, parameter

import kinerja as kj
from kinerja.aturan import Graf, aturan
from kinerja.data.skema import RATING
from kinerja.parameter import GalatParameter, Nilai
from kinerja.pecahan import Kode, Pecahan, Syarat, cari, dari_angka, dari_kategori, pilih, rupiah
from kinerja.ranah import Padat, _Rencana, jalankan_nasional
from kinerja.regulasi import permenpanrb6

SEMUA = (*GRAF.masukan, *GRAF.aturan)


PARAMETER = parameter(KEBIJAKAN)


def isi(x: Any) -> list[Any]:
    """Every row as a Fraction or a word, None where unknown."""
    return [x.satu(i) for i in range(len(x))]


def desimal(bawah: str, atas: str, sering: tuple[str, ...] = ()) -> st.SearchStrategy[Decimal | None]:
    """Up to four decimals, sometimes exactly on a bound, sometimes unknown."""
    bebas = st.integers(int(Decimal(bawah) * 10**4), int(Decimal(atas) * 10**4)).map(
        lambda n: Decimal(n).scaleb(-4)
    )
    return st.one_of(bebas, st.sampled_from([*map(Decimal, sering), None])) if sering else bebas


TEPI = ("89.9999", "90", "90.0001", "109.9999", "110", "110.0001", "0")
ORANG = st.tuples(
    desimal("0.0001", "300", ("100", "3", "0")),
    desimal("0", "400", TEPI),
    desimal("0", "120", TEPI),
    st.sampled_from([*range(1, 18), None]),
    desimal("0", "120", ("0.25", "100", "2.5")),
    st.one_of(st.integers(0, 60), st.none()),
    st.one_of(st.integers(0, 31), st.none()),
)
NAMA = ("target", "realisasi", "angka_perilaku", "kelas", "potongan_keterlambatan", "tidak_apel", "alpa")


def kolom(nilai: tuple[Decimal | int | None, ...]) -> Pecahan:
    return dari_angka(np.array([np.nan if v is None else float(v) for v in nilai]))


def masukan(baris: list[tuple[Any, ...]]) -> dict[str, Pecahan]:
    return {n: kolom(v) for n, v in zip(NAMA, zip(*baris, strict=True), strict=True)}


@settings(max_examples=60)
@given(st.lists(ORANG, min_size=1, max_size=9), st.integers(1, 9), st.integers(1, 3), st.data())
def test_sama_dengan_graf_untuk_setiap_kolom(baris, blok, benang, data) -> None:
    x = masukan(baris)
    biasa = GRAF.jalankan(x, PARAMETER, pd.RangeIndex(len(baris)))
    ranah = data.draw(st.sampled_from([None, 0, 30, 500, 4000]))  # 0: every rule on rows
    keluaran = data.draw(st.lists(st.sampled_from(SEMUA), min_size=1, unique=True))
    hasil = jalankan_nasional(GRAF, x, PARAMETER, keluaran, blok=blok, benang=benang, ranah_terbesar=ranah)
    assert list(hasil) == keluaran
    for nama in keluaran:
        assert isi(hasil[nama]) == isi(biasa[nama])


def acak(n: int, benih: int = 3) -> dict[str, Padat]:
    """Columns as a national table would hold them: small integers, some unknown."""
    rng = np.random.default_rng(benih)
    target = rng.integers(1, 120, n, dtype=np.int16)
    x = {
        "target": Padat(target),
        "realisasi": Padat((target * rng.integers(70, 130, n)).astype(np.int32), 100),
        "angka_perilaku": Padat(rng.integers(7000, 12001, n, dtype=np.int16), 100),
        "kelas": Padat(rng.integers(1, 18, n, dtype=np.int8)),
        "potongan_keterlambatan": Padat(rng.integers(0, 60, n, dtype=np.int16), 4),
        "tidak_apel": Padat(rng.integers(0, 6, n, dtype=np.int8)),
        "alpa": Padat(rng.integers(0, 8, n, dtype=np.int8)),
    }
    for k in x.values():
        k.n[rng.random(n) < 0.02] = k.kosong
    return x


def test_sama_pada_ribuan_baris_untuk_setiap_blok_dan_benang() -> None:
    x = acak(5000)
    biasa = GRAF.jalankan({n: k.pecahan() for n, k in x.items()}, PARAMETER, pd.RangeIndex(5000))
    pertama: dict[str, Any] = {}
    for blok, benang, ranah in ((5000, 1, 1 << 16), (777, 2, 1 << 16), (64, 3, 1 << 16), (999, 2, 0)):
        hasil = jalankan_nasional(GRAF, x, PARAMETER, SEMUA, blok=blok, benang=benang, ranah_terbesar=ranah)
        for nama, k in hasil.items():
            _sama(_pecahan(k), biasa[nama])
            if ranah:  # not only the same numbers but the same bytes
                lama = pertama.setdefault(nama, k)
                assert _bita(k) == _bita(lama), nama
    assert all(isinstance(k, Kode) or k.n.dtype.itemsize <= 4 for k in pertama.values() if not _rasio(k))


def _sama(a: Pecahan | Kode, b: Pecahan | Kode) -> None:
    """The same rows, exactly: n1 * d2 = n2 * d1."""
    if isinstance(a, Kode) and isinstance(b, Kode):
        assert a.kategori == b.kategori
        np.testing.assert_array_equal(a.kode, b.kode)
    else:
        np.testing.assert_array_equal(a.tahu, b.tahu)
        np.testing.assert_array_equal(np.where(a.tahu, a.n * b.d, 0), np.where(b.tahu, b.n * a.d, 0))


def _pecahan(k: Padat | Kode) -> Pecahan | Kode:
    return k if isinstance(k, Kode) else k.pecahan()


def _rasio(k: Padat | Kode) -> bool:
    return isinstance(k, Padat) and not isinstance(k.d, int)


def _bita(k: Padat | Kode) -> tuple[Any, ...]:
    if isinstance(k, Kode):
        return k.kode.tobytes(), k.kategori
    return k.n.dtype, k.n.tobytes(), k.d if isinstance(k.d, int) else (k.d.dtype, k.d.tobytes())


def test_kedua_jalan_memang_ditempuh() -> None:
    """Pay is looked up; the ratio of realisation to target has too many values and runs on rows."""
    graf = GRAF.untuk(["tpp", "capaian"])
    x = acak(5000)
    tetap = {n: p.nilai for n, p in graf.parameter(x, PARAMETER).items()}
    tetap = {n: Fraction(v) if isinstance(v, int | Decimal) else v for n, v in tetap.items()}
    r = _Rencana(graf, x, tetap, 1 << 16)
    assert {"maks", "capaian", "rating_hasil"} <= set(r.contoh)
    assert {"predikat", "besaran_tpp", "nilai_tpp", "tpp"} <= set(r.tabel)
    assert set(_Rencana(graf, x, tetap, 0).tabel) == set()


@pytest.mark.parametrize(
    ("jalur", "nilai"),
    [
        ("tpp-60-40.porsi_disiplin", 39),
        ("tpp-60-40.nilai_kinerja_predikat", {"baik": 95}),
        ("permenpanrb-6-2022.kuadran", {"sesuai": {"sesuai": "kurang"}}),
        ("permenpanrb-6-2022.ambang_ekspektasi_hasil", [{**AMBANG[0], "kurang_dari": 89}, *AMBANG[1:]]),
        ("tukin-bpk.tukin_bpk", {9: 9_370_000}),
    ],
)
def test_parameter_yang_diubah_mengubah_hasil(jalur: str, nilai: Any) -> None:
    if jalur.endswith("hasil"):  # no gap may open between the bands
        nilai[1] = {**nilai[1], "paling_sedikit": 89}
    x = acak(2000)
    ubah = parameter(KEBIJAKAN.dengan({jalur: {"2022-06-01": nilai}}))
    lama, baru = (jalankan_nasional(GRAF, x, p, ["tpp"])["tpp"] for p in (PARAMETER, ubah))
    assert isi(lama) != isi(baru)
    biasa = GRAF.jalankan({n: k.pecahan() for n, k in x.items()}, ubah, pd.RangeIndex(2000))
    assert isi(baru) == isi(biasa["tpp"])


def test_setiap_graf_rumah_ini_memberi_hasil_yang_sama(tabel_contoh, monkeypatch) -> None:
    """Whatever the regulations run on the sample, level by level, comes out the same both ways."""
    panggilan: list[tuple[Any, ...]] = []
    asli = Graf.jalankan

    def rekam(self: Graf, masukan: Any, parameter: Any, kunci: Any) -> Any:
        hasil = asli(self, masukan, parameter, kunci)
        panggilan.append((self, masukan, parameter, hasil))
        return hasil

    monkeypatch.setattr(Graf, "jalankan", rekam)
    kj.bandingkan(
        tabel_contoh, ["pp-46-2011", "pp-30-2019", "permenpanrb-8-2021", "permenpanrb-6-2022", "kmk-127-2026"]
    )
    diperiksa: set[str] = set()
    for graf, x, p, biasa in panggilan:
        keluaran = [n for n in graf.urutan if isinstance(biasa[n], Pecahan | Kode)]
        hasil = jalankan_nasional(graf, x, p, keluaran, blok=50, benang=2, ranah_terbesar=300)
        for nama in keluaran:
            assert isi(hasil[nama]) == isi(biasa[nama]), (graf.nama, nama)
        diperiksa |= {f"{graf.nama}.{n}" for n in keluaran}
    assert len(diperiksa) > 60


# -- corners ----------------------------------------------------------------------------------------------


def test_padat_menyimpan_angka_dan_yang_tidak_diketahui() -> None:
    x = dari_angka([1.5, np.nan, -2.25, 0])
    p = Padat.dari(x)
    assert (p.n.dtype, p.d, p.rentang, p.lengkap) == (np.int8, 4, (-9, 6), False)
    assert isi(p) == isi(x) == isi(p.pecahan())
    np.testing.assert_array_equal(p.ke_float(), x.ke_float())
    assert len(p) == 4
    assert p.tahu.tolist() == [True, False, True, True]
    for n, tipe in (
        (127, np.int8),
        (-127, np.int8),
        (-128, np.int16),
        (40_000, np.int32),
        (-(2**40), np.int64),
    ):
        q = Padat.dari(Pecahan(np.array([n, 0]), 1, np.array([True, False])))
        assert (q.n.dtype, q.rentang, isi(q)) == (tipe, (n, n), [n, None])
    kosong = Padat.dari(Pecahan(np.array([5]), 1, np.array([False])))
    assert (kosong.rentang, isi(kosong)) == ((0, -1), [None])
    assert Padat(np.zeros(0, dtype=np.int8)).rentang == (0, -1)
    rasio = dari_angka([1.0, 2.0, np.nan]) / dari_angka([3.0, 4.0, 5.0])
    assert isi(Padat.dari(rasio)) == [Fraction(1, 3), Fraction(1, 2), None]
    with pytest.raises(OverflowError, match="tidak muat dalam 64 bit"):
        Padat.dari(Pecahan(np.array([2**70], dtype=object)))


@aturan("Banding", satuan="teks", dasar="contoh uji", status="asumsi")
def lewat(a: Pecahan, b: Pecahan) -> Syarat:
    return a > b


@aturan("Sepertiga", satuan="poin", dasar="contoh uji", status="asumsi")
def bagi(a: Pecahan, b: Pecahan, lewat: Syarat) -> Pecahan:
    return pilih(lewat, a / b, b)


@aturan("Harga", satuan="rupiah", dasar="contoh uji", status="asumsi")
def harga(a: Pecahan, tarif: dict[int, int]) -> Pecahan:
    return rupiah(cari(tarif, a) * 3)  # type: ignore[operator]


def _nilai(nama: str, isi_: Any) -> Nilai:
    contoh = PARAMETER["porsi_disiplin"]
    return Nilai(f"uji.{nama}", nama, "poin", "skalar", isi_, "contoh", (), "asumsi", "", contoh.sejak)


CAMPUR = Graf.dari("Campur", [lewat, bagi, harga], {"a": "A", "b": "B"})


@given(
    st.lists(st.tuples(st.sampled_from([1, 5, 9, None]), st.integers(-3, 3)), min_size=1, max_size=8),
    st.integers(1, 8),
    st.sampled_from([0, 12, 1000]),
)
def test_rasio_syarat_dan_tabel_berlubang(baris, blok, ranah) -> None:
    """The key column may hold 2, 3, 4 as far as its range tells; the table refuses them, no row has them."""
    x = {"a": kolom([a for a, _ in baris]), "b": kolom([b for _, b in baris])}
    p = {"tarif": _nilai("tarif", {1: 10, 5: 20, 9: None})}
    biasa = CAMPUR.jalankan(x, p, pd.RangeIndex(len(baris)))
    hasil = jalankan_nasional(CAMPUR, x, p, ["bagi", "harga"], blok=blok, benang=2, ranah_terbesar=ranah)
    assert isi(hasil["bagi"]) == isi(biasa["bagi"])
    assert isi(hasil["harga"]) == isi(biasa["harga"])


def test_kesalahan_sama_jelas() -> None:
    x = {"a": kolom((2,)), "b": kolom((1,))}
    p = {"tarif": _nilai("tarif", {1: 10})}
    with pytest.raises(ValueError, match="tabel tidak memuat kunci 2"):
        jalankan_nasional(CAMPUR, x, p, ["harga"])
    with pytest.raises(ValueError, match="graf Campur: belum ada b"):
        jalankan_nasional(CAMPUR, {"a": x["a"]}, p, ["bagi"])
    with pytest.raises(ValueError, match=r"tidak sama \(a 1, b 2\)"):
        jalankan_nasional(CAMPUR, {"a": x["a"], "b": kolom((1, 2))}, p, ["bagi"])
    with pytest.raises(ValueError, match="lewat bukan kolom angka atau kata"):
        jalankan_nasional(CAMPUR, x, p, ["lewat"])
    with pytest.raises(KeyError, match="graf Campur tidak membuat c"):
        jalankan_nasional(CAMPUR, x, p, ["c"])
    with pytest.raises(GalatParameter):
        jalankan_nasional(CAMPUR, x, {"tarif": _nilai("tarif", None)}, ["harga"])
    with pytest.raises(ValueError, match="aturan maks ada dua"):
        Graf.gabung("Dua", SKOR, Graf("Lain", {"maks": lewat}, {"a": "A", "b": "B"}))


def test_tanpa_baris_dan_yang_tidak_perlu_tidak_dihitung() -> None:
    kosong = {n: Padat(np.zeros(0, dtype=np.int8)) for n in GRAF.masukan}
    hasil = jalankan_nasional(GRAF, kosong, PARAMETER, ["capaian", "predikat", "tpp"])
    assert [len(k) for k in hasil.values()] == [0, 0, 0]
    kuadran = {"kuadran": PARAMETER["kuadran"]}  # neither pay nor its parameters are asked for
    rating = {n: dari_kategori([0, 2, -1], RATING) for n in ("rating_hasil", "rating_perilaku")}
    hasil = jalankan_nasional(permenpanrb6.GRAF, rating, kuadran, ["predikat", "rating_hasil"])
    assert isi(hasil["predikat"]) == ["sangat_kurang", "sangat_baik", None]
    assert hasil["rating_hasil"] is rating["rating_hasil"]


# -- the price of `import kinerja` --------------------------------------------------------------------------

BERAT = (
    "dags", "jsonschema", "matplotlib", "networkx", "nbconvert", "papermill", "IPython", "ipywidgets",
    "openpyxl", "pyarrow.parquet", "python_calamine", "rfc3987_syntax", "typst", "xlsxwriter",
)  # fmt: skip


def test_impor_tidak_memuat_yang_berat() -> None:
    """A notebook's first line and the names that it takes load nothing beyond what they are made of."""
    kode = (
        "import sys, pandas; dulu = set(sys.modules); import kinerja as kj; kj.nilai; kj.bandingkan; "
        f"kj.kebijakan; kj.baca; print([m for m in {BERAT!r} if m in sys.modules and m not in dulu])"
    )
    hasil = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True)
    assert hasil.stdout.strip() == "[]"
