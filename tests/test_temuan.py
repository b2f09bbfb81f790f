"""All findings in one table and one workbook: whose, where, what, and the way out."""

from __future__ import annotations

from typing import Any

import openpyxl
import pandas as pd
import pytest

from kinerja import iki, kaskade
from kinerja.data import baca
from kinerja.temuan import KEPARAHAN, KOLOM, semua_temuan, tulis_temuan


@pytest.fixture(scope="module")
def data(buku: Any) -> Any:
    return baca(buku)


def test_tiap_temuan_kedua_pemeriksa_ada_sekali_dan_menunjuk_barisnya(data: Any) -> None:
    t = semua_temuan(data)
    dari_iki, dari_kaskade = iki.periksa(data), kaskade.periksa(data).temuan
    assert tuple(t.columns) == KOLOM
    assert t["tentang"].value_counts().to_dict() == {"IKI": len(dari_iki), "kaskade": len(dari_kaskade)}
    bagian_iki = t[t["tentang"] == "IKI"]
    assert sorted(zip(bagian_iki["kode"], bagian_iki["baris"], strict=True)) == sorted(
        zip(dari_iki["kode"], dari_iki["baris"], strict=True)
    )
    lembar = data["iki"] if isinstance(data, dict) else data.tabel["iki"]
    assert (
        lembar.loc[bagian_iki["baris"].astype(int), "indikator"].tolist()
        == bagian_iki["yang_diperiksa"].tolist()
    )
    assert lembar.loc[bagian_iki["baris"].astype(int), "rhk"].tolist() == bagian_iki["id"].tolist()
    milik = data.tabel["rhk"].set_index("id")["nip"]
    assert bagian_iki["id"].map(milik).tolist() == bagian_iki["nip"].tolist()
    nama = data.tabel["pegawai"].set_index("nip")["nama"]
    ada = t[t["nip"].notna()]
    assert ada["nip"].map(nama).tolist() == ada["nama"].tolist()
    urut = [KEPARAHAN.index(x) for x in t["keparahan"]]
    assert urut == sorted(urut)
    assert t["pesan"].notna().all()


def test_tanpa_iki_hanya_kaskade(data: Any) -> None:
    tabel = {**data.tabel, "iki": data.tabel["iki"].iloc[:0]}
    assert set(semua_temuan(tabel)["tentang"]) == {"kaskade"}


def test_buku_temuan_terbaca_lagi(data: Any, tmp_path: Any) -> None:
    h = kaskade.periksa(data)
    t = semua_temuan(data, h)
    t.loc[0, "pesan"] = "=1+1"
    berkas = tulis_temuan(t, tmp_path / "temuan.xlsx", h)
    balik = pd.read_excel(berkas, sheet_name=None, engine="openpyxl", dtype=str)
    assert list(balik) == ["temuan", "per aturan", "per OPD", "angka kunci"]
    assert balik["temuan"]["Pesan"].tolist() == t["pesan"].tolist()
    assert balik["temuan"]["NIP"].fillna("").tolist() == t["nip"].fillna("").tolist()
    assert balik["temuan"]["Baris"].dropna().astype(int).tolist() == t["baris"].dropna().tolist()
    assert balik["per aturan"]["Jumlah"].astype(int).sum() == len(t)
    assert balik["per OPD"]["Jumlah"].astype(int).sum() == len(t)
    assert [p.name for p in tmp_path.iterdir()] == ["temuan.xlsx"]
    lembar = openpyxl.load_workbook(berkas)["temuan"]
    assert lembar.print_area.endswith(f"$H${len(t) + 1}")  # what is to be mended, not the articles
    panjang = t["pesan"].str.len().idxmax()
    perlu = -(-len(t["pesan"][panjang]) // 48)  # lines in a column of 48 characters
    assert perlu > 2
    assert lembar.row_dimensions[panjang + 2].height >= 13.5 * perlu
    with pytest.raises(ValueError, match=r"temuan\.csv: akhiran berkas temuan harus \.xlsx\."):
        tulis_temuan(t, tmp_path / "temuan.csv")
