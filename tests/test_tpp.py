"""TPP 60/40 against a literal oracle on Fraction: every step, every edge, whole columns and row by row."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pecahan import isi, kolom, setengah_ke_atas

from kinerja.aturan import jelaskan
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.tukin import tpp as modul
from kinerja.tukin.tpp import GRAF, hitung_tpp, parameter_tpp, potongan_keterlambatan, potongan_per_kejadian

KEBIJAKAN = kebijakan("2022-12-31")
PARAMETER = parameter_tpp(KEBIJAKAN, "tpp-60-40", "babel")

# the figures of the fact sheets, typed once more: the oracle must not read params/
BPK = {
    1: 1540000, 2: 1947000, 3: 2354000, 4: 2849000, 5: 4807000, 6: 5764000, 7: 6633000, 8: 7523000,
    9: 9360000, 10: 10760000, 11: 12370000, 12: 16000000, 13: 20010000, 14: 22295000, 15: 29286000,
    16: None, 17: 41550000,
}  # fmt: skip
ITPP = Fraction("0.59112978")
NILAI_PREDIKAT = {"sangat_baik": 100, "baik": 100, "butuh_perbaikan": 80, "kurang": 60, "sangat_kurang": 40}

MENIT = st.one_of(st.integers(0, 90), st.sampled_from([0, 1, 14, 15, 29, 30, 59, 60, 61, 480]))
BARIS = st.tuples(
    st.integers(1, 17),
    st.sampled_from([*PREDIKAT, None]),
    st.one_of(st.lists(MENIT, max_size=12), st.lists(MENIT, min_size=60, max_size=80)),
    st.integers(0, 31),
    st.integers(0, 31),
)
TABEL = st.lists(BARIS, min_size=1, max_size=6)
UANG = ("besaran_tpp", "tpp", "potongan_kinerja", "potongan_disiplin")


def tabel(baris: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "nip": pd.Series([f"{i:018d}" for i in range(len(baris))], dtype="str"),
            "bulan": pd.Series(["2022-07"] * len(baris), dtype="str"),
            "kelas": pd.Series([b[0] for b in baris], dtype="int64"),
            "predikat": pd.Categorical([b[1] for b in baris], categories=list(PREDIKAT)),
            "terlambat": pd.Series([";".join(map(str, b[2])) for b in baris], dtype="str"),
            "tidak_apel": pd.Series([b[3] for b in baris], dtype="int64"),
            "alpa": pd.Series([b[4] for b in baris], dtype="int64"),
        }
    )


def potong(menit: int) -> Fraction:
    if menit <= 0:
        return Fraction(0)
    if menit < 15:
        return Fraction(1, 4)
    if menit < 30:
        return Fraction(1, 2)
    return Fraction(1) if menit <= 60 else Fraction(5, 2)


def oracle(kelas: int, predikat: str | None, menit: list[int], tidak_apel: int, alpa: int) -> dict[str, Any]:
    """Scheme B of the fact sheet (TPP-26, TPP-27), step by step; None where something is unknown."""
    langkah: dict[str, Any] = dict.fromkeys(GRAF.aturan)
    langkah["pelanggaran_disiplin"] = sum(map(potong, menit), Fraction(0)) + 2 * tidak_apel
    langkah["nilai_disiplin"] = max(Fraction(0), 100 - langkah["pelanggaran_disiplin"])
    bpk = BPK[kelas]
    if bpk is not None:
        langkah["besaran_tpp"] = setengah_ke_atas(bpk * ITPP)
    if predikat is not None:
        kinerja = langkah["nilai_produktivitas"] = Fraction(NILAI_PREDIKAT[predikat])
        langkah["nilai_disiplin_penuh"] = kinerja * Fraction(60, 100) + 40
        langkah["nilai_tpp"] = max(
            Fraction(0),
            kinerja * Fraction(60, 100) + langkah["nilai_disiplin"] * Fraction(40, 100) - 2 * alpa,
        )
    if bpk is not None and predikat is not None:
        besaran = langkah["besaran_tpp"]
        langkah["tpp"] = setengah_ke_atas(besaran * langkah["nilai_tpp"] / 100)
        langkah["potongan_kinerja"] = besaran - setengah_ke_atas(
            besaran * langkah["nilai_disiplin_penuh"] / 100
        )
        langkah["potongan_disiplin"] = besaran - langkah["potongan_kinerja"] - langkah["tpp"]
    return langkah


@settings(max_examples=80, deadline=None)
@given(TABEL)
def test_setiap_langkah_sama_dengan_oracle(baris: list[tuple[Any, ...]]) -> None:
    hasil = hitung_tpp(tabel(baris), PARAMETER)
    harap = [oracle(*b) for b in baris]
    for nama in GRAF.urutan:
        assert isi(hasil[nama]) == [h[nama] for h in harap]


def acak(banyak: int, benih: int) -> pd.DataFrame:
    rng = np.random.default_rng(benih)
    predikat = rng.integers(-1, len(PREDIKAT), banyak)
    return tabel(
        [
            (
                int(rng.integers(1, 18)),
                None if predikat[i] < 0 else PREDIKAT[predikat[i]],
                rng.integers(0, 130, rng.integers(0, 25) * rng.integers(0, 2)).tolist(),
                int(rng.integers(0, 20) * rng.integers(0, 2)),
                int(rng.integers(0, 32) * rng.integers(0, 2)),
            )
            for i in range(banyak)
        ]
    )


def test_uang_menjumlah_tepat_dan_tidak_negatif() -> None:
    besar = acak(3000, benih=7)
    hasil = hitung_tpp(besar, PARAMETER).tabel().reset_index(drop=True)
    tahu = (besar["kelas"] != 16) & besar["predikat"].notna()
    assert hasil["tpp"].notna().equals(tahu)
    uang = hasil.loc[tahu, list(UANG)]
    assert (uang >= 0).all(axis=None)
    assert (uang % 1 == 0).all(axis=None)
    jumlah = uang["tpp"] + uang["potongan_kinerja"] + uang["potongan_disiplin"]
    assert jumlah.equals(uang["besaran_tpp"].rename(None))
    assert (uang["tpp"] == 0).any()  # the floor is reached
    assert (uang["potongan_disiplin"] == 0).any()


def test_urutan_baris_dan_sekaligus_tidak_berpengaruh() -> None:
    semua = acak(60, benih=3)
    hasil = hitung_tpp(semua, PARAMETER).tabel()
    balik = hitung_tpp(semua.iloc[::-1], PARAMETER).tabel()
    pd.testing.assert_frame_equal(balik.iloc[::-1], hasil)
    satu_satu = [hitung_tpp(semua.iloc[i : i + 1], PARAMETER).tabel() for i in range(len(semua))]
    pd.testing.assert_frame_equal(pd.concat(satu_satu), hasil)


def test_tabel_kosong() -> None:
    hasil = hitung_tpp(tabel([]), PARAMETER)
    assert list(hasil.tabel()) == list(GRAF.urutan)
    assert len(hasil.tabel()) == 0
    assert len(potongan_keterlambatan(pd.Series([], dtype="str"), PARAMETER)) == 0
    with pytest.raises(LookupError, match="Hasilnya kosong"):
        jelaskan(hasil, ("1", "2022-07"))


# -- late minutes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("menit", "persen"),
    [
        (0, "0"),
        (1, "0.25"),
        (14, "0.25"),
        (15, "0.5"),
        (29, "0.5"),
        (30, "1"),
        (59, "1"),
        (60, "1"),
        (61, "2.5"),
        (600, "2.5"),
    ],
)
def test_tepi_menit_terlambat(menit: int, persen: str) -> None:
    assert isi(potongan_keterlambatan(pd.Series([str(menit)]), PARAMETER)) == [Fraction(persen)]


@given(st.lists(MENIT, max_size=30))
def test_potongan_per_kejadian(menit: list[int]) -> None:
    potongan = potongan_per_kejadian(
        dari_angka(np.array(menit, dtype=np.int64)),
        PARAMETER["potongan_terlambat"].pasti(),
        PARAMETER["potongan_terlambat_tepat_60"].pasti(),
    )
    assert isi(potongan) == [potong(m) for m in menit]


@settings(deadline=None)
@given(st.lists(st.lists(MENIT, max_size=15), min_size=1, max_size=8))
def test_potongan_keterlambatan_dijumlah_per_baris(baris: list[list[int]]) -> None:
    teks = pd.Series([";".join(map(str, b)) for b in baris], index=range(5, 5 + len(baris)), dtype="str")
    assert isi(potongan_keterlambatan(teks, PARAMETER)) == [sum(map(potong, b)) for b in baris]


def test_spasi_dan_sel_tanpa_isi() -> None:
    teks = pd.Series(["12; 45", "", None, " 60"], dtype="str")
    assert isi(potongan_keterlambatan(teks, PARAMETER)) == [Fraction(5, 4), 0, None, 1]


def test_celah_tepat_60_hanya_dipakai_selama_tabel_diam() -> None:
    tertutup = KEBIJAKAN.dengan(
        {
            "tpp-60-40.potongan_terlambat": {
                "2022-01-01": [
                    {"paling_sedikit": 1, "kurang_dari": 60, "nilai": 1},
                    {"paling_sedikit": 60, "nilai": 3},
                ]
            }
        }
    )
    parameter = parameter_tpp(tertutup, "tpp-60-40", "babel")
    assert isi(potongan_keterlambatan(pd.Series(["59", "60", "61"]), parameter)) == [1, 3, 3]
    lain = KEBIJAKAN.dengan({"tpp-60-40.potongan_terlambat_tepat_60": {"2022-01-01": 2.5}})
    parameter = parameter_tpp(lain, "tpp-60-40", "babel")
    assert isi(potongan_keterlambatan(pd.Series(["59", "60", "61"]), parameter)) == [
        1,
        Fraction(5, 2),
        Fraction(5, 2),
    ]


# -- unknown ------------------------------------------------------------------------------------------------


def test_yang_belum_diketahui_tidak_pernah_menjadi_rupiah() -> None:
    bulanan = tabel([(8, None, [], 0, 0), (16, "baik", [], 0, 0), (8, "baik", [], 0, 0)])
    hasil = hitung_tpp(bulanan, PARAMETER)
    assert isi(hasil["tpp"]) == [None, None, 4447069]
    assert isi(hasil["besaran_tpp"]) == [4447069, None, 4447069]
    assert isi(hasil["nilai_tpp"]) == [None, 100, 100]
    teks = str(jelaskan(hasil, (bulanan["nip"][0], "2022-07")))
    assert "TPP dibayar = belum diketahui" in teks


@pytest.mark.parametrize("kolom_kosong", ["kelas", "tidak_apel", "alpa", "terlambat"])
def test_isian_yang_hilang_membuat_tpp_tidak_diketahui(kolom_kosong: str) -> None:
    bulanan = tabel([(8, "baik", [5], 1, 1)] * 2)
    jenis = "str" if kolom_kosong == "terlambat" else "Int64"
    bulanan[kolom_kosong] = bulanan[kolom_kosong].astype(jenis)
    bulanan.loc[1, kolom_kosong] = None
    hasil = hitung_tpp(bulanan, PARAMETER)
    assert [v is None for v in isi(hasil["tpp"])] == [False, True]


def test_kelas_di_luar_tangga_ditolak() -> None:
    with pytest.raises(ValueError, match="tabel tidak memuat kunci 18, 0"):
        hitung_tpp(tabel([(18, "baik", [], 0, 0), (0, "baik", [], 0, 0)]), PARAMETER)


def test_kategori_predikat_boleh_berurutan_lain_tetapi_tidak_asing() -> None:
    bulanan = tabel([(8, "kurang", [], 0, 0), (8, "baik", [], 0, 0)])
    harap = isi(hitung_tpp(bulanan, PARAMETER)["tpp"])
    for kategori in (["baik", "kurang"], ["kurang", "baik"], sorted(PREDIKAT)):
        lain = bulanan.assign(predikat=pd.Categorical(bulanan["predikat"].astype("str"), categories=kategori))
        assert isi(hitung_tpp(lain, PARAMETER)["tpp"]) == harap
    asing = bulanan.assign(predikat=pd.Categorical(["istimewa", "baik"]))
    with pytest.raises(ValueError, match="istimewa tidak dikenal; yang ada: sangat_baik, baik"):
        hitung_tpp(asing, PARAMETER)


def test_parameter_belum_terbukti_atau_tidak_ada() -> None:
    with pytest.raises(GalatParameter, match=r"tidak ada parameter ini"):
        parameter_tpp(KEBIJAKAN, "tpp-60-40", "antah")
    tanpa = {k: v for k, v in PARAMETER.items() if k not in ("indeks_tpp", "porsi_disiplin")}
    with pytest.raises(ValueError, match=r"graf TPP pola 60/40: belum ada indeks_tpp, porsi_disiplin"):
        hitung_tpp(tabel([]), tanpa)


# -- each rule as it stands -------------------------------------------------------------------------------------

ANGKA = st.one_of(st.none(), st.decimals(min_value=0, max_value=300, places=4))


@settings(deadline=None)
@given(st.lists(st.tuples(ANGKA, ANGKA, ANGKA, st.integers(0, 10**8)), min_size=1, max_size=5))
def test_setiap_fungsi_aturan(baris: list[tuple[Any, ...]]) -> None:
    a, b, c = (kolom([np.nan if r[i] is None else r[i] for r in baris]) for i in range(3))
    besaran = Pecahan(np.array([r[3] for r in baris]))

    def harap(f: Any, *letak: int) -> list[Any]:
        nilai = [[None if r[i] is None else Fraction(r[i]) for i in letak] for r in baris]
        return [None if None in n else f(*n) for n in nilai]

    assert isi(modul.pelanggaran_disiplin(a, b, Fraction(2))) == harap(lambda x, y: x + 2 * y, 0, 1)
    assert isi(modul.nilai_disiplin(a, Fraction(0))) == harap(lambda x: max(100 - x, Fraction(0)), 0)
    assert isi(modul.nilai_disiplin(a, Fraction(7, 2))) == harap(lambda x: max(100 - x, Fraction(7, 2)), 0)
    assert isi(modul.nilai_disiplin_penuh(a, 60, 40)) == harap(lambda x: x * 6 / 10 + 40, 0)
    assert isi(modul.nilai_tpp(a, 60, b, 40, c, 2)) == harap(
        lambda x, y, z: max(Fraction(0), x * 6 / 10 + y * 4 / 10 - 2 * z), 0, 1, 2
    )
    assert isi(modul.tpp(besaran, a)) == harap(lambda x, n: setengah_ke_atas(n * x / 100), 0, 3)
    assert isi(modul.potongan_kinerja(besaran, a)) == harap(
        lambda x, n: n - setengah_ke_atas(n * x / 100), 0, 3
    )
    assert isi(modul.potongan_disiplin(besaran, a, b)) == harap(lambda x, y, n: n - x - y, 0, 1, 3)


def test_fungsi_cari() -> None:
    predikat = dari_kategori([0, 1, 2, 3, 4, -1], PREDIKAT)
    assert isi(modul.nilai_produktivitas(predikat, NILAI_PREDIKAT)) == [100, 100, 80, 60, 40, None]
    assert isi(modul.besaran_tpp(dari_angka([3, 16]), BPK, ITPP)) == [1391520, None]
    # exactly one half goes up
    assert isi(modul.besaran_tpp(dari_angka([1, 2]), {1: 1, 2: 3}, Fraction(1, 2))) == [1, 2]


# -- reform ---------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(TABEL, st.integers(0, 100), st.integers(0, 10), st.decimals(min_value=0, max_value=20, places=2))
def test_skenario_mengubah_angka_seperti_oracle(
    baris: list[tuple[Any, ...]], porsi: int, alpa: int, lantai: Any
) -> None:
    """Other portions, cut per day and floor: the same formulas with the scenario's numbers."""
    ubah = {
        "porsi_produktivitas": (60, porsi),
        "porsi_disiplin": (40, 100 - porsi),
        "potongan_alpa_per_hari": (2, alpa),
        "nilai_disiplin_paling_sedikit": (0, lantai),
    }
    isian = {f"tpp-60-40.{k}": {"2022-01-01": baru} for k, (lama, baru) in ubah.items() if lama != baru}
    lain = KEBIJAKAN.dengan(isian) if isian else KEBIJAKAN
    hasil = hitung_tpp(tabel(baris), parameter_tpp(lain, "tpp-60-40", "babel"))
    for i, (_, predikat, menit, tidak_apel, hari) in enumerate(baris):
        disiplin = max(Fraction(lantai), 100 - sum(map(potong, menit), Fraction(2 * tidak_apel)))
        if predikat is None:
            assert hasil["nilai_tpp"].satu(i) is None
            continue
        skor = Fraction(NILAI_PREDIKAT[predikat] * porsi, 100) + disiplin * (100 - porsi) / 100
        assert hasil["nilai_tpp"].satu(i) == max(Fraction(0), skor - alpa * hari)
