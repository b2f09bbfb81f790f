"""Kuadran kinerja: nine cells, the order of categories, and what is unknown."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.aturan import jelaskan
from kinerja.data.skema import PREDIKAT, RATING
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import Kode
from kinerja.regulasi.permenpanrb6 import GRAF, nilai

KEBIJAKAN = kebijakan("2022-12-31")
RATING_ATAU_KOSONG = st.sampled_from([*RATING, None])


def penilaian(baris: list[tuple[str | None, str | None]]) -> pd.DataFrame:
    hasil, perilaku = zip(*baris, strict=True) if baris else ((), ())
    return pd.DataFrame(
        {
            "nip": pd.Series([f"{i:018d}" for i in range(len(baris))], dtype="str"),
            "rating_hasil": pd.Categorical(hasil, categories=list(RATING)),
            "rating_perilaku": pd.Categorical(perilaku, categories=list(RATING)),
        }
    )


def predikat(tabel: pd.DataFrame) -> list[str | None]:
    kolom = nilai(tabel, KEBIJAKAN)["predikat"]
    assert isinstance(kolom, Kode)
    return [kolom.satu(i) for i in range(len(kolom))]


def oracle(hasil: str | None, perilaku: str | None) -> str | None:
    """P6-20 as code, not as a table."""
    if hasil is None or perilaku is None:
        return None
    if perilaku == "di_bawah":
        return "sangat_kurang" if hasil == "di_bawah" else "kurang"
    if hasil == "di_bawah":
        return "butuh_perbaikan"
    return "sangat_baik" if hasil == perilaku == "di_atas" else "baik"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(RATING_ATAU_KOSONG, RATING_ATAU_KOSONG), min_size=1, max_size=20))
def test_kuadran_sama_dengan_oracle(baris: list[tuple[str | None, str | None]]) -> None:
    hasil = predikat(penilaian(baris))
    assert hasil == [oracle(*b) for b in baris]
    assert hasil[::-1] == predikat(penilaian(baris).iloc[::-1])
    assert hasil == [predikat(penilaian(baris).iloc[i : i + 1])[0] for i in range(len(baris))]


def test_sifat_kuadran() -> None:
    """One cell of nine is sangat baik; behaviour below expectation always outranks good results."""
    semua = list(product(RATING, RATING))
    hasil = dict(zip(semua, predikat(penilaian(semua)), strict=True))
    assert [k for k, v in hasil.items() if v == "sangat_baik"] == [("di_atas", "di_atas")]
    assert {hasil[h, "di_bawah"] for h in RATING} == {"kurang", "sangat_kurang"}
    assert hasil["di_bawah", "di_atas"] == hasil["di_bawah", "sesuai"] == "butuh_perbaikan"
    assert set(hasil.values()) == set(PREDIKAT)


@pytest.mark.parametrize("kategori", list(permutations(RATING)))
def test_urutan_kategori_tidak_mengubah_predikat(kategori: tuple[str, ...]) -> None:
    tabel = penilaian(list(product(RATING, RATING)))
    lain = tabel.assign(
        **{
            k: tabel[k].cat.set_categories(list(kategori), ordered=False)
            for k in ("rating_hasil", "rating_perilaku")
        }
    )
    assert predikat(lain) == predikat(tabel)


def test_kategori_sebagian_dan_asing() -> None:
    sebagian = penilaian([("sesuai", "di_atas")]).assign(rating_hasil=pd.Categorical(["sesuai"]))
    assert predikat(sebagian) == ["baik"]
    asing = sebagian.assign(rating_hasil=pd.Categorical(["luar biasa"]))
    with pytest.raises(ValueError, match="luar biasa tidak dikenal; yang ada: di_bawah, sesuai, di_atas"):
        nilai(asing, KEBIJAKAN)


def test_kunci_nip_atau_indeks() -> None:
    tabel = penilaian([("di_atas", "di_atas"), (None, "sesuai")])
    assert nilai(tabel, KEBIJAKAN).kunci.tolist() == tabel["nip"].tolist()
    bulanan = nilai(tabel.assign(bulan="2022-07"), KEBIJAKAN)
    assert bulanan.kunci.tolist() == [(n, "2022-07") for n in tabel["nip"]]
    assert jelaskan(bulanan, bulanan.kunci[0]).judul == f"PermenPANRB 6/2022: {tabel['nip'][0]}, 2022-07"
    tanpa_nip = tabel.drop(columns="nip").set_axis([7, 9])
    hasil = nilai(tanpa_nip, KEBIJAKAN)
    assert hasil.tabel().index.tolist() == [7, 9]
    assert hasil.tabel()["predikat"].tolist() == ["sangat_baik", np.nan]
    assert "Predikat kinerja = Sangat Baik" in str(jelaskan(hasil, 7))
    assert "Predikat kinerja = –" in str(jelaskan(hasil, 9))


def test_tabel_kosong_dan_tanggal_sebelum_berlaku() -> None:
    hasil = nilai(penilaian([]), KEBIJAKAN).tabel()
    assert (list(hasil), len(hasil)) == (["predikat"], 0)
    with pytest.raises(GalatParameter, match="belum berlaku pada 31 Desember 2021"):
        nilai(penilaian([]), kebijakan("2021-12-31"))


def test_penjelasan_dan_skenario() -> None:
    tabel = penilaian([("di_bawah", "di_atas")])
    lama = jelaskan(nilai(tabel, KEBIJAKAN), tabel["nip"][0]).langkah[0]
    assert lama.rumus == "kuadran kinerja pegawai untuk (rating hasil kerja; rating perilaku kerja)"
    assert lama.dengan_nilai == "Butuh Perbaikan [untuk Di bawah ekspektasi; Di atas ekspektasi]"
    assert (lama.hasil, lama.status) == ("Butuh Perbaikan", "dua-sumber")
    assert lama.dasar.startswith("PermenPANRB 6/2022, kuadran kinerja pegawai")
    lain = KEBIJAKAN.dengan({"permenpanrb-6-2022.kuadran": {"2022-06-01": {"di_bawah": {"di_atas": "baik"}}}})
    baru = jelaskan(nilai(tabel, lain), tabel["nip"][0]).langkah[0]
    assert (baru.hasil, baru.status) == ("Baik", "dua-sumber, asumsi")
    # a cell that the scenario left alone keeps its own papers
    tetap = penilaian([("sesuai", "sesuai")])
    langkah = jelaskan(nilai(tetap, lain), tetap["nip"][0]).langkah[0]
    assert (langkah.hasil, langkah.status) == ("Baik", "dua-sumber")
    assert "Skenario" in baru.dasar
    assert "Skenario" not in langkah.dasar


def test_dua_periode_seorang_tidak_diam_diam_memilih_satu() -> None:
    ganda: Any = pd.concat([penilaian([("sesuai", "sesuai")]), penilaian([("di_atas", "di_atas")])])
    with pytest.raises(LookupError, match=r"ada 2 kali di hasil PermenPANRB 6/2022\. Saring dulu"):
        jelaskan(nilai(ganda, KEBIJAKAN), ganda["nip"].iloc[0])


def test_nama_parameter() -> None:
    assert GRAF.nama_parameter == ("kuadran",)
