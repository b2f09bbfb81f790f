"""Masking: no name or NIP survives anywhere, references still fit, and only the key can link."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bantu_data import NIP, lengkap

from kinerja.data import SKEMA, Data, baca, periksa, samarkan, tulis_buku, tulis_csv
from kinerja.data.samaran import _PASANGAN, ACAK

KUNCI = "kunci yang cukup panjang"


@pytest.fixture
def data(tmp_path: Path) -> Data:
    tabel = lengkap()
    tabel["rhk"]["id"] = [f"R-{NIP[0]}-1", f"R-{NIP[1]}-1"]
    tabel["rhk"]["rhk_induk"] = ["M1", f"R-{NIP[0]}-1"]
    tabel["iki"]["rhk"] = tabel["rhk"]["id"]
    tabel["penilaian"]["catatan"] = [
        "Sdr. BUDI  SANTOSO dan dr. sri rahayu, S.E. (NIP 19751231 200003 2 001) sudah baik",
        "Wayan hebat, tetapi wayan bukan nama di sini; Budi Santosa orang lain",
        f"lihat {NIP[2]} dan 198812122012121009; angka 1234567890123456789 bukan NIP",
    ]
    tabel["info"].loc[2] = ["penyusun", "Budi Santoso"]
    tabel["opd"]["kepala_nip"] = [None, None]
    tabel["opd"]["kepala_nama"] = ["Dr. Sri Rahayu, S.E., M.Si.", "Tokoh Luar"]
    tabel["pegawai"]["nama"] = tabel["pegawai"]["nama"].replace("Budi Santoso", "Budi  Santoso")
    return baca(tulis_buku(tabel, tmp_path / "a.xlsx"))


def semua_teks(d: Data, folder: Path) -> str:
    tulis_csv(d.tabel, folder)
    return "\n".join(b.read_text("utf-8-sig") for b in folder.iterdir()) + d.catatan.to_string() + str(d.info)


def test_tidak_ada_nama_dan_nip_tersisa(data: Data, tmp_path: Path) -> None:
    asal = semua_teks(data, tmp_path / "asal").casefold()
    teks = semua_teks(samarkan(data, KUNCI), tmp_path / "samar").casefold()
    for rahasia in (
        *NIP,
        "19751231 200003 2 001",
        "198812122012121009",
        "budi santoso",
        "sri rahayu",
        "tokoh luar",
    ):
        assert rahasia in asal.replace("budi  santoso", "budi santoso")
        assert rahasia not in teks
    assert "Wayan hebat" not in teks
    assert "wayan bukan nama di sini; budi santosa orang lain" in teks
    assert "1234567890123456789" in teks


def test_konsisten_dan_rujukan_tetap_cocok(data: Data) -> None:
    s = samarkan(data, KUNCI)
    peta = dict(zip(data.tabel["pegawai"]["nip"], s.tabel["pegawai"]["nip"], strict=True))
    assert len(set(peta.values())) == 3
    for nama, t in SKEMA.items():
        for k in t.kolom:
            isi, samar = data.tabel[nama][k.nama], s.tabel[nama][k.nama]
            assert samar.dtype == isi.dtype
            assert samar.isna().tolist()[: len(isi)] == isi.isna().tolist()  # info gains one row
            if k.tipe == "nip":
                assert samar.dropna().tolist() == isi.dropna().map(peta).tolist()
    assert s.tabel["pegawai"]["nip"].str.fullmatch(r"SAMARAN-[0-9A-Z]{12}").all()
    assert s.tabel["pegawai"]["nama"].str.fullmatch(r"Pegawai [0-9A-Z]{8}").all()
    assert periksa(s.tabel) == []
    budi = s.tabel["pegawai"]["nama"].iloc[1]
    sri = s.tabel["pegawai"]["nama"].iloc[0]
    catatan = s.tabel["penilaian"]["catatan"].iloc[0]
    assert catatan == f"Sdr. {budi} dan {sri}, S.E. (NIP {peta[NIP[1]]}) sudah baik"
    assert s.tabel["opd"]["kepala_nama"].iloc[0] == sri
    assert s.info["penyusun"] == budi


def test_kunci_menentukan_hasil(data: Data) -> None:
    a, b, c = samarkan(data, KUNCI), samarkan(data, KUNCI.encode()), samarkan(data, KUNCI + "!")
    for nama in SKEMA:
        pd.testing.assert_frame_equal(a.tabel[nama], b.tabel[nama])
    assert not set(a.tabel["pegawai"]["nip"]) & set(c.tabel["pegawai"]["nip"])
    with pytest.raises(ValueError, match="Kunci samaran terlalu pendek: perlu paling sedikit 16 huruf"):
        samarkan(data, "rahasia")
    with pytest.raises(ValueError, match="terlalu pendek"):
        samarkan(data, "")


def test_tanpa_kunci_acak_dan_disebut(data: Data) -> None:
    a, b = samarkan(data, None), samarkan(data)
    assert not set(a.tabel["pegawai"]["nip"]) & set(b.tabel["pegawai"]["nip"])
    assert a.info["samaran"] == ACAK
    assert ACAK in a.catatan["catatan"].tolist()
    assert a.tabel["info"].set_index("kunci")["nilai"]["samaran"] == ACAK


def test_data_asal_tidak_berubah_dan_catatan_disamarkan(data: Data) -> None:
    sebelum = data.tabel["pegawai"].copy()
    s = samarkan(data, KUNCI)
    pd.testing.assert_frame_equal(data.tabel["pegawai"], sebelum)
    assert "Budi" in data.catatan["contoh"].str.cat()
    assert "Budi" not in s.catatan["contoh"].str.cat()
    assert len(s.catatan) == len(data.catatan) + 1


def test_hasil_samaran_dapat_dibaca_kembali(data: Data, tmp_path: Path) -> None:
    s = samarkan(data, KUNCI)
    d = baca(tulis_buku(s.tabel, tmp_path / "samar.xlsx"))
    for nama in SKEMA:
        assert d.tabel[nama].astype(object).fillna("").to_numpy().tolist() == (
            s.tabel[nama].astype(object).fillna("").to_numpy().tolist()
        )
    assert d.catatan["catatan"].unique().tolist() == ["NIP samaran"]


def test_semua_kolom_pribadi_tertangani() -> None:
    """A new personal column in SKEMA must be masked as NIP or stand beside one."""
    berpasangan = {(lembar, nama) for lembar, p in _PASANGAN.items() for nama, _ in p}
    pribadi = {(t.nama, k.nama) for t in SKEMA.values() for k in t.kolom if k.pribadi and k.tipe != "nip"}
    assert pribadi == berpasangan
    assert all(k.pribadi for t in SKEMA.values() for k in t.kolom if k.tipe == "nip")
