"""Whole-file faults, with real files: each has its own message and its own way out."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from bantu_data import DASAR, NIP, OPD, PEGAWAI, buku, lengkap, mentah, tambal, terzip

import kinerja.data.berkas as modul
from kinerja.data import GalatData, baca, tulis_buku, tulis_csv, tulis_parquet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pesan(jalur: Path) -> str:
    with pytest.raises(GalatData) as info:
        baca(jalur)
    assert str(jalur.parent) not in str(info.value)
    return str(info.value)


def berisi(tmp_path: Path, isi: bytes, nama: str = "data.xlsx") -> Path:
    (tmp_path / nama).write_bytes(isi)
    return tmp_path / nama


def test_tidak_ditemukan(tmp_path: Path) -> None:
    assert pesan(tmp_path / "x.xlsx") == "x.xlsx: berkas atau map tidak ditemukan. Periksa nama dan letaknya."


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (b"", "berkas kosong (0 byte)"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "berkas dilindungi kata sandi"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "berkas Excel lama (.xls)"),
        (b"<html><table><tr><td>NIP</td></tr></table></html>", "berkas HTML atau XML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "berkas HTML atau XML"),
        (b"nip;nama\n123;Budi\n", "berkas CSV atau teks"),
        (b"PAR1....PAR1", "satu berkas Parquet"),
        (b"\x00\x01\x02 acak", "bukan buku kerja .xlsx"),
        (b"PK\x03\x04 terpotong", "berkas rusak atau terpotong"),
    ],
)
def test_bukan_xlsx(tmp_path: Path, isi: bytes, kata: str) -> None:
    assert kata in pesan(berisi(tmp_path, isi))


def test_zip_lain(tmp_path: Path) -> None:
    assert "Excel biner (.xlsb)" in pesan(berisi(tmp_path, terzip({"xl/workbook.bin": b"x"})))
    ods = terzip(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/opendocument": b""}
    )
    assert "OpenDocument" in pesan(berisi(tmp_path, ods))
    assert "arsip ZIP" in pesan(berisi(tmp_path, terzip({"dokumen.txt": b"x"})))
    assert "Word (.docx)" in pesan(berisi(tmp_path, terzip({"word/document.xml": b"x"})))
    assert "berkas PDF" in pesan(berisi(tmp_path, b"%PDF-1.7 isi"))


def test_terpotong_dan_rusak_di_mana_pun(tmp_path: Path) -> None:
    utuh = tulis_buku(lengkap(), tmp_path / "a.xlsx").read_bytes()
    for bagian in (0.05, 0.5, 0.9, 0.999):
        assert "berkas rusak atau terpotong" in pesan(berisi(tmp_path, utuh[: int(len(utuh) * bagian)]))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        bagian_zip = {n: z.read(n) for n in z.namelist()}
    for nama in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet3.xml",
    ):
        rusak = {**bagian_zip, nama: bagian_zip[nama][: len(bagian_zip[nama]) // 2]}
        assert "rusak" in pesan(berisi(tmp_path, terzip(rusak))), nama
    # one flipped byte in the compressed data: the checksum finds it
    letak = zipfile.ZipFile(tmp_path / "a.xlsx").getinfo("xl/worksheets/sheet3.xml").header_offset + 200
    assert "rusak" in pesan(berisi(tmp_path, utuh[:letak] + bytes([utuh[letak] ^ 255]) + utuh[letak + 1 :]))


def test_terlalu_besar(tmp_path: Path) -> None:
    jalur = tmp_path / "besar.xlsx"
    with jalur.open("wb") as f:
        f.truncate(200 * 1024**2)  # sparse: takes no room on disk
    teks = pesan(jalur)
    assert "besar berkas 200 MB, batasnya 100 MB" in teks
    assert "map berisi CSV atau Parquet" in teks


def test_bom_zip(tmp_path: Path) -> None:
    """A few megabytes that claim, truthfully, to unpack to more than 1 GB."""
    satu = terzip({"xl/workbook.xml": b"<a/>", "nol": b"\0" * 1024})
    keluar = io.BytesIO(satu)
    with zipfile.ZipFile(keluar, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as z, z.open("b", "w") as f:
        for _ in range(1025):
            f.write(b"\0" * 1024**2)
    mulai = time.perf_counter()
    assert "batasnya 1.024 MB" in pesan(berisi(tmp_path, keluar.getvalue()))
    assert time.perf_counter() - mulai < 5


def test_bom_entitas_xml(tmp_path: Path) -> None:
    tulis_buku(DASAR, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        bagian = {n: z.read(n) for n in z.namelist()}
    entitas = b"".join(
        b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"lol") for i in range(12)
    )
    for nama in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"):
        kepala, isi = bagian[nama].split(b"?>", 1)
        bom = kepala + b"?><!DOCTYPE x [" + entitas + b"]>" + isi
        assert "deklarasi DTD" in pesan(berisi(tmp_path, terzip({**bagian, nama: bom}))), nama


def test_dua_sel_berjauhan_tidak_menghabiskan_memori(tmp_path: Path) -> None:
    berkas = buku(tmp_path / "a.xlsx", mentah(DASAR))
    tambal(berkas, rb"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert "membentang 17.179.869.184 sel, batasnya 60.000.000" in pesan(berkas)
    berkas = buku(tmp_path / "b.xlsx", mentah(DASAR))  # formatted but empty: harmless, and common
    tambal(berkas, rb"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    assert len(baca(berkas).tabel["pegawai"]) == 3


def test_lembar_salah(tmp_path: Path) -> None:
    teks = pesan(buku(tmp_path / "a.xlsx", {"Sheet1": [["a"]], "Rekap": [["b"]]}))
    assert "Lembar yang ditemukan: Sheet1 dan Rekap" in teks
    assert "Lembar yang diperlukan: opd dan pegawai" in teks
    teks = pesan(buku(tmp_path / "b.xlsx", {"Pegawai": [["a"]], "2. pegawai": [["b"]]}))
    assert "dua lembar untuk tabel pegawai: 'Pegawai' dan '2. pegawai'" in teks


def test_buku_tanpa_lembar_kerja(tmp_path: Path) -> None:
    wb = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    grafik = wb.add_chart({"type": "line"})
    grafik.add_series({"values": "={1,2}"})
    wb.add_chartsheet("opd").set_chart(grafik)
    wb.close()
    assert "buku kerja tidak berisi lembar kerja" in pesan(tmp_path / "a.xlsx")


def test_xlsm_dibaca_nilainya(tmp_path: Path) -> None:
    berkas = buku(tmp_path / "a.xlsx", mentah(DASAR)).rename(tmp_path / "a.xlsm")
    assert baca(berkas).tabel["pegawai"]["nip"].tolist() == list(NIP)


# ---------------------------------------------------------------- folders


def test_map_tanpa_tabel(tmp_path: Path) -> None:
    assert "map tidak berisi berkas CSV atau Parquet" in pesan(tmp_path)
    (tmp_path / "data.xlsx").write_bytes(b"x")
    assert "Untuk buku kerja, beri nama berkasnya: data.xlsx" in pesan(tmp_path)
    (tmp_path / "x.csv").write_text("a")
    assert "tidak ada lembar yang dikenal. Lembar yang ditemukan: x" in pesan(tmp_path)
    (tmp_path / "opd.parquet").write_bytes(b"a")
    assert "CSV dan Parquet sekaligus" in pesan(tmp_path)


def test_csv_rusak(tmp_path: Path) -> None:
    folder = tulis_csv(DASAR, tmp_path / "csv")
    isi = (folder / "opd.csv").read_bytes()
    (folder / "opd.csv").write_bytes(isi.replace(b"Dinas", b"Din\xe9s"))
    assert "baris 2 bukan teks UTF-8" in pesan(folder)
    (folder / "opd.csv").write_text('kode;nama\nDINKES;"Dinas\nBKPSDM;Badan\n')
    assert "tanda kutip dalam CSV tidak berpasangan" in pesan(folder)
    (folder / "opd.csv").write_text("kode;nama\nkode,nama\nDINKES,Dinas\n")
    assert "pemisah kolom tidak jelas" in pesan(folder)
    (folder / "opd.csv").write_text("")
    assert "baris judul tidak ditemukan" in pesan(folder)


def test_csv_terlalu_besar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tulis_csv(DASAR, tmp_path / "csv")
    monkeypatch.setattr(modul, "BATAS_BUKA", 10)
    assert ".csv: besar berkas 0 MB, batasnya 0 MB" in pesan(folder)


def test_baris_csv_bernomor_seperti_di_excel(tmp_path: Path) -> None:
    folder = tulis_csv(DASAR, tmp_path / "csv")
    (folder / "opd.csv").write_text('kode;nama\n\nDINKES;"Dinas\nKesehatan"\nBKPSDM;Badan;lebih\n')
    t = baca(folder).tabel["opd"]
    assert t.index.tolist() == [3, 4]
    assert t["nama"].tolist() == ["Dinas\nKesehatan", "Badan"]


def test_parquet_rusak(tmp_path: Path) -> None:
    folder = tulis_parquet(DASAR, tmp_path / "pq")
    utuh = (folder / "opd.parquet").read_bytes()
    (folder / "opd.parquet").write_bytes(utuh[: len(utuh) // 2])
    assert "bukan berkas Parquet yang utuh" in pesan(folder)


def test_parquet_buatan_lain(tmp_path: Path) -> None:
    """Types that other programs write: dictionary, timestamp with zone, decimal, list, NIP as integer."""
    folder = tulis_parquet(lengkap(), tmp_path / "pq")
    hukuman = pa.table(
        {
            "nip": pa.array([NIP[0]]).dictionary_encode(),
            "jenis": ["teguran_lisan"],
            "mulai": pa.array([pd.Timestamp(2023, 1, 31)], pa.timestamp("ns", "UTC")),
            "sampai": pa.array([pd.Timestamp(2023, 6, 30).date()], pa.date32()),
        }
    )
    pq.write_table(hukuman, folder / "hukuman.parquet")
    nilai = pa.table(
        {
            "nip": [NIP[0]],
            "aspek": ["loyal"],
            "penilai": ["atasan"],
            "nilai": pa.array(["97.5"]).cast(pa.decimal128(5, 2)),
        }
    )
    pq.write_table(nilai, folder / "perilaku.parquet")
    d = baca(folder)
    assert d.tabel["hukuman"]["mulai"].tolist() == [pd.Timestamp(2023, 1, 31)]
    assert d.tabel["hukuman"]["sampai"].tolist() == [pd.Timestamp(2023, 6, 30)]
    assert d.tabel["perilaku"]["nilai"].tolist() == [97.5]
    pq.write_table(pa.table({"kode": ["DINKES", "BKPSDM"], "nama": [["a"], ["b"]]}), folder / "opd.parquet")
    assert "isi sel bukan teks, angka, atau tanggal" in pesan(folder)
    PEGAWAI.assign(nip=[int(n) for n in NIP]).to_parquet(folder / "pegawai.parquet")
    OPD.to_parquet(folder / "opd.parquet")
    assert "NIP tersimpan sebagai angka" in pesan(folder)
