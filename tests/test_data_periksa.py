"""Checks across columns and tables: each fault is found on its row, and sound data gives none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bantu_data import NIP, OPD, PEGAWAI, buku, galat, lengkap, mentah

from kinerja.data import GalatData, Temuan, baca, periksa, tulis_buku


def ubah(nama: str, **kolom: object) -> dict[str, pd.DataFrame]:
    """All tables, with columns of one of them replaced."""
    tabel = lengkap()
    return tabel | {nama: tabel[nama].assign(**kolom)}


def satu(tabel: dict[str, pd.DataFrame], lembar: str, kolom: str, kata: str) -> list[Temuan]:
    """The findings with that message; there must be some, and all in that column."""
    cocok = [t for t in periksa(tabel) if kata in t.pesan]
    assert cocok, periksa(tabel)
    assert {(t.lembar, t.kolom) for t in cocok} == {(lembar, kolom)}
    return cocok


def test_data_yang_baik_tanpa_temuan(tmp_path: Path) -> None:
    assert periksa(lengkap()) == []
    assert periksa(baca(tulis_buku(lengkap(), tmp_path / "a.xlsx")).tabel) == []


def test_kunci_ganda_menyebut_kedua_baris(tmp_path: Path) -> None:
    hadir = pd.concat([lengkap()["kehadiran"], lengkap()["kehadiran"].iloc[[0]]], ignore_index=True)
    e = galat(tmp_path, mentah({"opd": OPD, "pegawai": PEGAWAI, "kehadiran": hadir}))
    (t,) = e.temuan
    assert (t.baris, t.kolom, t.huruf) == (4, "NIP", "A")
    assert t.nilai == f"{NIP[0]}, 2022-07 (sama dengan baris 2)"
    assert t.pesan == "kembar: NIP + Bulan harus satu kali saja"


def test_kode_opd_tidak_membedakan_huruf_besar() -> None:
    opd = pd.concat([OPD, pd.DataFrame({"kode": ["dinkes"], "nama": ["Lain"]})], ignore_index=True)
    (t,) = satu(lengkap() | {"opd": opd}, "opd", "Kode", "kembar")
    assert t.nilai == "dinkes (sama dengan baris 0)"
    assert "huruf besar dan kecil dianggap sama" in t.pesan
    simpul = ubah("kaskade", id=["V1", "v1"], induk=[None, "V1"]) | {
        "rhk": lengkap()["rhk"].assign(rhk_induk=None)
    }
    assert periksa(simpul) == []


def test_hukuman_kembar_menampilkan_tanggal() -> None:
    h = pd.concat([lengkap()["hukuman"]] * 2, ignore_index=True)
    assert (
        "2023-01-31 (sama dengan baris 0)"
        in satu(lengkap() | {"hukuman": h}, "hukuman", "NIP", "kembar")[0].nilai
    )


@pytest.mark.parametrize(
    ("lembar", "kolom", "isi", "pesan", "perbaikan"),
    [
        ("iku", "opd", ["PEMDA", "DINKESS"], "tidak ada di lembar opd", "mungkin maksudnya DINKES"),
        ("pegawai", "opd", ["dinkes", "DINKES", "BKPSDM"], "tidak ada di lembar opd", "mungkin maksudnya DINKES"),
        ("pegawai", "opd", ["PEMDA", "DINKES", "BKPSDM"], "tidak ada di lembar opd", "tambahkan ke lembar opd"),
        ("pegawai", "atasan", [None, "197001012000011009", NIP[0]], "tidak ada di lembar pegawai", "tambahkan"),
        ("rhk", "nip", [NIP[0], "197001012000011009"], "tidak ada di lembar pegawai", "tambahkan"),
        ("iki", "rhk", ["R1", "R3"], "tidak ada di lembar rhk", "tambahkan"),
    ],
)  # fmt: skip
def test_rujukan(lembar: str, kolom: str, isi: list[object], pesan: str, perbaikan: str) -> None:
    cocok = [t for t in periksa(ubah(lembar, **{kolom: isi})) if t.lembar == lembar and t.pesan == pesan]
    assert len(cocok) == 1
    if perbaikan != "mungkin maksudnya":
        assert perbaikan in cocok[0].perbaikan


def test_rujukan_mendua() -> None:
    tabel = ubah("rhk", id=["R1", "M1"], rhk_induk=["M1", None]) | {"iki": lengkap()["iki"].assign(rhk="R1")}
    satu(tabel, "rhk", "RHK induk", "ada di lembar kaskade dan rhk sekaligus")


def test_atasan_diri_sendiri_dan_berputar() -> None:
    (t,) = satu(
        ubah("pegawai", atasan=[NIP[0], NIP[0], NIP[0]]), "pegawai", "Atasan", "menunjuk dirinya sendiri"
    )
    assert t.baris == 0
    putar = satu(
        ubah("pegawai", atasan=[NIP[1], NIP[0], NIP[0]]), "pegawai", "Atasan", "rantai atasan berputar"
    )
    assert [t.baris for t in putar] == [0, 1]  # the third only hangs below the cycle
    assert putar[0].nilai == f"{NIP[0]} → {NIP[1]} → {NIP[0]}"


@pytest.mark.parametrize(
    ("lembar", "isi"),
    [
        ("kaskade", {"induk": ["M1", "V1"]}),
        ("kaskade", {"induk": ["V1", "M1"]}),
        ("kaskade", {"induk": [None, "X9"]}),
        ("rhk", {"rhk_induk": ["R2", "R1"]}),
        ("rhk", {"rhk_induk": ["M1", "R9"]}),
        ("lintas", {"dari": ["X9"]}),
    ],
)
def test_pohon_yang_salah_tetap_terbaca(lembar: str, isi: dict[str, list[object]]) -> None:
    """A faulty tree is well-formed: its faults are findings of kaskade.periksa, not of the reader."""
    assert periksa(ubah(lembar, **isi)) == []


def test_putaran_atasan_panjang() -> None:
    n = 20_000
    nip = np.array([f"19700101{i:010d}" for i in range(n)])
    t = pd.DataFrame({"nip": nip, "atasan": np.roll(nip, 1)})
    assert len([x for x in periksa({"pegawai": t}) if "berputar" in x.pesan]) == n
    t.loc[0, "atasan"] = None
    assert periksa({"pegawai": t}) == []


def test_kehadiran() -> None:
    (t,) = satu(
        ubah("kehadiran", alpa=[19, None], cuti_tahunan=[3, None]),
        "kehadiran",
        "Hari kerja",
        "melebihi hari kerja",
    )
    assert (t.baris, t.nilai) == (0, "22 dari 21 hari")
    assert periksa(ubah("kehadiran", alpa=[19, None], cuti_tahunan=[2, None])) == []
    tiga = ubah("kehadiran", hari_kerja=[2, 22], alpa=0, cuti_tahunan=0, terlambat=["1;2;3", "1;2"])
    assert [t.baris for t in satu(tiga, "kehadiran", "Terlambat", "lebih banyak daripada hari kerja")] == [0]


def test_hukuman_terbalik() -> None:
    salah = ubah("hukuman", sampai=[pd.Timestamp(2023, 1, 30)])
    (t,) = satu(salah, "hukuman", "Sampai", "tanggal akhir mendahului tanggal mulai")
    assert t.nilai == "2023-01-30"
    assert periksa(ubah("hukuman", sampai=[pd.Timestamp(2023, 1, 31)])) == []


@pytest.mark.parametrize("lembar", ["iku", "iki"])
def test_rumus_dan_rentang(lembar: str) -> None:
    (t,) = satu(
        ubah(lembar, rumus=["min_rasio", "min_rasio"]), lembar, "Rumus", "tidak cocok dengan polaritas maks"
    )
    assert (t.baris, t.perbaikan) == (0, "pakai maks atau rentang_maks, atau ubah polaritas")
    satu(ubah(lembar, polaritas=["stabil", "min"]), lembar, "Rumus", "tidak cocok dengan polaritas stabil")
    satu(ubah(lembar, target_atas=[15, None]), lembar, "Target atas", "hanya untuk rumus rentang")
    rentang = {"rumus": ["rentang_maks", "rentang_min"]}
    satu(ubah(lembar, **rentang, target_atas=[11, 2]), lembar, "Target atas", "lebih kecil daripada target")
    satu(ubah(lembar, **rentang, target_atas=[12, None]), lembar, "Rumus", "rumus rentang tanpa batas atas")
    assert periksa(ubah(lembar, **rentang, target_atas=[12, 2])) == []


def test_sel_yang_sudah_ditolak_tidak_ditolak_dua_kali(tmp_path: Path) -> None:
    tabel = lengkap()
    tabel["hukuman"]["nip"] = "123"
    tabel["kehadiran"]["hari_kerja"] = "banyak"
    with pytest.raises(GalatData) as info:
        baca(buku(tmp_path / "a.xlsx", mentah(tabel)))
    assert [(t.lembar, t.pesan) for t in info.value.temuan] == [
        ("kehadiran", "bukan angka"),
        ("kehadiran", "bukan angka"),
        ("hukuman", "NIP harus 18 angka"),
    ]


def test_rhk_dengan_masa_terbalik() -> None:
    salah = ubah("rhk", mulai=[pd.Timestamp(2022, 7, 1), None], sampai=[pd.Timestamp(2022, 6, 30), None])
    (t,) = satu(salah, "rhk", "Sampai", "tanggal akhir mendahului tanggal mulai")
    assert t.perbaikan == "tukar atau perbaiki tanggalnya"


def test_riwayat_jabatan_menunjuk_pegawai_dan_opd() -> None:
    salah = ubah("riwayat_jabatan", opd=["DINKES", "DINSOS"], atasan=[None, "1" * 18])
    assert satu(salah, "riwayat_jabatan", "OPD", "tidak ada di lembar opd")
    assert satu(salah, "riwayat_jabatan", "Atasan", "tidak ada di lembar pegawai")
    kembar = pd.concat([lengkap()["riwayat_jabatan"].iloc[:1]] * 2, ignore_index=True)
    assert satu(lengkap() | {"riwayat_jabatan": kembar}, "riwayat_jabatan", "NIP", "kembar")
