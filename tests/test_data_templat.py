"""The workbook that goes out: read back with an independent library; written whole or not at all."""

from __future__ import annotations

import importlib
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from bantu_data import DASAR, NIP, OPD, PEGAWAI, lengkap

from kinerja.data import SKEMA, GalatData, baca, templat, tulis_buku, tulis_csv, tulis_parquet


@pytest.fixture(scope="module")
def buku(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(templat(tmp_path_factory.mktemp("templat") / "templat.xlsx"))


def test_templat_kosong_menyebut_tabel_wajib(tmp_path: Path) -> None:
    with pytest.raises(GalatData) as info:
        baca(templat(tmp_path / "templat.xlsx"))
    assert {t.lembar for t in info.value.temuan} == {"opd", "pegawai"}
    assert "belum berisi data; perlu paling sedikit satu pegawai" in str(info.value)


def test_lembar_judul_dan_pelindung(buku: openpyxl.Workbook) -> None:
    assert buku.sheetnames == ["petunjuk", *SKEMA]
    for nama, t in SKEMA.items():
        ws = buku[nama]
        assert [c.value for c in ws[1]] == [k.judul + (" *" if k.wajib else "") for k in t.kolom]
        assert ws.freeze_panes == "A2"
        assert ws.protection.sheet
        assert ws.protection.password is None
        assert ws.print_title_rows == "$1:$1"
        assert ws.page_setup.orientation == "landscape"
        for c, k in zip(ws[1], t.kolom, strict=True):
            assert c.protection.locked
            assert k.keterangan.casefold() in c.comment.text.casefold()
            warna = "FFF6D8A8" if k.wajib else "FFDDE6EE"
            assert c.fill.fgColor.rgb == warna


def test_kolom_isian_terbuka_dan_berformat(buku: openpyxl.Workbook) -> None:
    for nama, t in SKEMA.items():
        lebar = buku[nama].column_dimensions
        for j, k in enumerate(t.kolom, start=1):
            huruf = openpyxl.utils.get_column_letter(j)
            gaya = next(d for d in lebar.values() if d.min <= j <= d.max)
            assert not gaya.protection.locked, (nama, huruf)
            teks = k.tipe not in ("bulat", "desimal", "tanggal")
            assert (gaya.number_format == "@") is teks, (nama, k.nama)


def test_validasi(buku: openpyxl.Workbook) -> None:
    for nama, t in SKEMA.items():
        aturan = {
            next(iter(v.sqref.ranges)).coord.split(":")[0]: v
            for v in buku[nama].data_validations.dataValidation
        }
        for j, k in enumerate(t.kolom, start=1):
            v = aturan.get(f"{openpyxl.utils.get_column_letter(j)}2")
            if k.tipe in ("teks", "periode", "menit"):
                assert v is None
                continue
            assert v is not None
            assert next(iter(v.sqref.ranges)).max_row == 1_048_576
            assert v.errorStyle in (None, "stop")
            assert v.errorTitle == "Isian tidak sesuai"
            assert v.error.startswith(k.judul)
            if k.tipe == "pilihan":
                assert v.formula1.strip('"').split(",") == list(k.pilihan)
            if k.tipe == "ya_tidak":
                assert v.formula1 == '"ya,tidak"'
            if k.tipe == "nip":
                assert (v.type, v.formula1) == ("textLength", "18")
            if k.paling_banyak is not None:
                assert (float(v.formula1), float(v.formula2)) == (k.paling_sedikit, k.paling_banyak)


def test_petunjuk_menjelaskan_semua_kolom(buku: openpyxl.Workbook) -> None:
    ws = buku["petunjuk"]
    baris = {(r[0], r[1]): r for r in ws.iter_rows(values_only=True) if r[1]}
    for nama, t in SKEMA.items():
        for k in t.kolom:
            r = baris[nama, k.judul]
            assert (r[2] or "") == ("ya" if k.wajib else "")
            assert k.keterangan in r[4]
            assert (r[5] or "") == ", ".join(k.pilihan)
            assert k.satuan in r[3]
    assert ws.page_setup.fitToHeight == 0
    assert ws.print_title_rows


def test_teks_tidak_pernah_menjadi_rumus(tmp_path: Path) -> None:
    jahat = ["=1+1", "+1", "@SUM(1)", '=HYPERLINK("http://contoh")', "-1", "https://contoh.id", "{=1}"]
    opd = pd.DataFrame({"kode": [f"O{i}" for i in range(len(jahat))], "nama": jahat})
    pegawai = PEGAWAI.assign(opd="O1")
    berkas = tulis_buku({"opd": opd, "pegawai": pegawai}, tmp_path / "a.xlsx")
    with zipfile.ZipFile(berkas) as z:
        assert not any(b"<f>" in z.read(n) or b"<hyperlink" in z.read(n) for n in z.namelist())
    assert baca(berkas).tabel["opd"]["nama"].tolist() == jahat
    folder = tulis_csv({"opd": opd, "pegawai": pegawai}, tmp_path / "csv")
    sel = [b.split(";")[1] for b in (folder / "opd.csv").read_text("utf-8-sig").splitlines()[1:]]
    assert not any(s.lstrip('"').startswith(("=", "+", "-", "@")) for s in sel)
    assert baca(folder).tabel["opd"]["nama"].tolist() == jahat


def test_tipe_sel_di_excel(tmp_path: Path) -> None:
    wb = openpyxl.load_workbook(tulis_buku(lengkap(), tmp_path / "a.xlsx"))
    assert wb["pegawai"]["A2"].value == NIP[0]
    assert wb["pegawai"]["A2"].number_format == "@"
    assert not wb["pegawai"]["A2"].protection.locked
    assert wb["hukuman"]["C2"].is_date
    assert wb["kehadiran"]["E2"].value == "12; 45"
    assert wb["iki"]["K3"].value == "ya"
    assert wb["iku"]["T1"].value == "Realisasi 2021"
    assert wb["iku"]["T2"].value == 1.5


def test_byte_sama_untuk_isi_sama(tmp_path: Path) -> None:
    for tulis, nama in ((tulis_csv, "csv"), (tulis_parquet, "pq")):
        satu, dua = (tulis(lengkap(), tmp_path / f"{nama}{i}") for i in "12")
        assert {b.name: b.read_bytes() for b in satu.iterdir()} == {
            b.name: b.read_bytes() for b in dua.iterdir()
        }
    satu, dua = (tulis_buku(lengkap(), tmp_path / f"{i}.xlsx", {"benih": 7}) for i in "12")
    assert satu.read_bytes() == dua.read_bytes()
    assert baca(satu).info == {"benih": "7"}


def test_gagal_menulis_tidak_merusak_yang_lama(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    berkas = tulis_buku(DASAR, tmp_path / "a.xlsx")
    lama = berkas.read_bytes()

    def gagal(*_: object) -> None:
        raise OSError("disk penuh")

    modul = importlib.import_module("kinerja.data.templat")  # the name in the package is the function
    monkeypatch.setattr(modul, "_validasi", gagal)  # in the middle of a sheet
    with pytest.raises(OSError, match="disk penuh"):
        tulis_buku(lengkap(), berkas)
    assert berkas.read_bytes() == lama
    assert [b.name for b in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("tabel", "pesan"),
    [
        ({"pegawai2": PEGAWAI}, "Tabel tidak dikenal: pegawai2"),
        ({"pegawai": PEGAWAI.assign(tinggi=1)}, "Tabel pegawai: kolom 'tinggi' tidak dikenal"),
        ({"pegawai": PEGAWAI.assign(status="asn")}, "kolom status: bukan pilihan: asn"),
        ({"perilaku": lengkap()["perilaku"].assign(nilai=np.inf)}, "kolom nilai: angka tak hingga"),
        ({"opd": OPD.assign(nama="x" * 32_768)}, r"kolom nama: teks lebih dari 32\.767 huruf"),
        ({"pegawai": PEGAWAI.assign(kelas="tinggi")}, "Tabel pegawai"),
    ],
)
def test_yang_tidak_dapat_ditulis(tmp_path: Path, tabel: dict[str, pd.DataFrame], pesan: str) -> None:
    for tulis in (tulis_buku, tulis_csv, tulis_parquet):
        with pytest.raises(ValueError, match=pesan):
            tulis(tabel, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_baris_melebihi_excel(tmp_path: Path) -> None:
    banyak = pd.DataFrame({"kode": pd.array(["x"], dtype="str").repeat(1_048_576)})
    with pytest.raises(ValueError, match=r"Excel hanya memuat 1\.048\.575\. Pakai tulis_parquet"):
        tulis_buku({"opd": banyak}, tmp_path / "a.xlsx")


def test_kolom_wajib_boleh_belum_ada(tmp_path: Path) -> None:
    berkas = tulis_buku(
        {"opd": OPD, "pegawai": PEGAWAI.drop(columns=["kelas", "jabatan"])}, tmp_path / "a.xlsx"
    )
    with pytest.raises(GalatData) as info:
        baca(berkas)
    assert {(t.kolom, t.pesan) for t in info.value.temuan} == {
        ("Kelas", "wajib diisi tetapi kosong"),
        ("Jabatan", "wajib diisi tetapi kosong"),
    }
