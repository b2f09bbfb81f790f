"""The command as an operator meets it: exit status, sentences, nothing half-written."""

from __future__ import annotations

import os
import stat

import openpyxl
import pandas as pd
import pytest

from kinerja import cli
from kinerja.data import tulis_buku


def jalankan(capsys, *argumen) -> tuple[int, str]:
    status = cli.main([str(a) for a in argumen])
    keluar = capsys.readouterr()
    return status, keluar.out + keluar.err


@pytest.fixture(autouse=True)
def _di_map_sendiri(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_templat_lalu_periksa_menyebut_yang_masih_kosong(capsys):
    assert jalankan(capsys, "templat", "buku.xlsx") == (
        0,
        "buku.xlsx siap diisi. Mulai dari lembar petunjuk.\n",
    )
    status, teks = jalankan(capsys, "periksa", "buku.xlsx")
    assert status == 2
    assert "belum berisi data; perlu paling sedikit satu pegawai" in teks


def test_berkas_kosong(capsys, tmp_path):
    (tmp_path / "a.xlsx").touch()
    assert jalankan(capsys, "periksa", "a.xlsx") == (
        2,
        "a.xlsx: berkas kosong (0 byte). Minta atau simpan ulang berkasnya.\n",
    )


def test_lembar_salah(capsys):
    buku = openpyxl.Workbook()
    buku.active.title = "Sheet1"
    buku.save("a.xlsx")
    status, teks = jalankan(capsys, "periksa", "a.xlsx")
    assert status == 2
    assert "Lembar yang ditemukan: Sheet1. Lembar yang diperlukan: opd dan pegawai." in teks


def test_berkas_200_mb(capsys):
    with open("a.xlsx", "wb") as f:
        f.truncate(200 * 2**20)
    status, teks = jalankan(capsys, "periksa", "a.xlsx")
    assert status == 2
    assert "besar berkas 200 MB, batasnya 100 MB. Untuk data besar pakai map berisi CSV atau Parquet" in teks


def test_berkas_bersandi(capsys, tmp_path):
    isi = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(isi)
    assert jalankan(capsys, "periksa", "a.xlsx") == (
        2,
        "a.xlsx: berkas dilindungi kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang.\n",
    )


def test_seribu_kesalahan_dalam_satu_layar_dan_satu_daftar(capsys, tabel_contoh, tmp_path):
    t = {k: v.copy() for k, v in tabel_contoh.items()}
    kehadiran = pd.concat([t["kehadiran"]] * 2, ignore_index=True).iloc[:1000]
    t["kehadiran"] = kehadiran.assign(nip="123")
    tulis_buku(t, tmp_path / "a.xlsx")
    status, teks = jalankan(capsys, "laporan", "--instansi", "sumbar", "--data", "a.xlsx")
    assert status == 2
    assert "galat dalam a.xlsx. Tidak ada data yang dipakai sebelum semuanya diperbaiki." in teks
    assert "kolom NIP (A), baris 2-1001" in teks
    assert teks.count("\n") < 40
    daftar = pd.read_csv("temuan-a.csv", sep=";", encoding="utf-8-sig")
    assert len(daftar[(daftar["lembar"] == "kehadiran") & (daftar["kolom"] == "NIP")]) >= 1000
    assert not (tmp_path / "reports").exists()


def test_instansi_dan_berkas_yang_tidak_ada(capsys):
    assert jalankan(capsys, "laporan", "--instansi", "sumbr", "--data", "x.xlsx") == (
        2,
        "sumbr: tidak ada instansi ini. Maksudnya sumbar?\n",
    )
    status, teks = jalankan(capsys, "laporan", "--instansi", "sumbar", "--data", "x.xlsx")
    assert (status, teks) == (2, "x.xlsx: berkas atau map tidak ditemukan. Periksa nama dan letaknya.\n")


def test_contoh_menyebut_pegawai_sintetis_dan_benih_menentukan(capsys, tmp_path):
    status, teks = jalankan(capsys, "contoh", "babel", "--pegawai", "40", "--benih", "3")
    assert status == 0
    assert "40 pegawai sintetis" in teks
    assert "bukan orang nyata" in teks
    jalankan(capsys, "contoh", "babel", "--pegawai", "40", "--benih", "3", "--keluaran", "lagi.xlsx")
    jalankan(capsys, "contoh", "babel", "--pegawai", "40", "--benih", "4", "--keluaran", "lain.xlsx")
    isi = {n: (tmp_path / n).read_bytes() for n in ("contoh-babel.xlsx", "lagi.xlsx", "lain.xlsx")}
    assert isi["contoh-babel.xlsx"] == isi["lagi.xlsx"] != isi["lain.xlsx"]
    status, teks = jalankan(capsys, "periksa", "contoh-babel.xlsx")
    assert status == 0
    assert "Buku kerja dapat dipakai." in teks


def test_kunci_samaran_dibuat_sekali_untuk_pemiliknya_saja(tmp_path, monkeypatch):
    monkeypatch.delenv("KINERJA_KUNCI_SAMARAN", raising=False)
    kunci = cli._kunci_samaran(tmp_path / "hasil")
    assert cli._kunci_samaran(tmp_path / "hasil") == kunci
    assert len(kunci) == 64
    assert stat.S_IMODE(os.stat(tmp_path / "hasil" / ".kunci-samaran").st_mode) == 0o600
    monkeypatch.setenv("KINERJA_KUNCI_SAMARAN", "dari lingkungan yang panjang")
    assert cli._kunci_samaran(tmp_path / "hasil") == "dari lingkungan yang panjang"


def test_temuan_seluruh_buku_ke_satu_xlsx(capsys, buku, tmp_path):
    status, teks = jalankan(capsys, "periksa", buku, "--temuan", "temuan.xlsx")
    assert status == 0
    assert "Buku kerja dapat dipakai.\n" in teks
    assert "ASN belum punya target yang selaras dengan atasannya." in teks
    lembar = openpyxl.load_workbook(tmp_path / "temuan.xlsx")["temuan"]
    baris = list(lembar.iter_rows(values_only=True))
    kepala = list(baris[0])
    for k in ("Lembar", "Baris", "NIP", "Pesan", "Perbaikan"):
        assert k in kepala
    banyak = teks.split("temuan.xlsx: ")[1].split(" ")[0].replace(".", "")
    assert int(banyak) == len(baris) - 1 > 0
    tentang = {b[kepala.index("Tentang")] for b in baris[1:]}
    assert tentang == {"IKI", "kaskade"}


def test_temuan_ditolak_sebelum_membaca_dan_buku_kerja_tidak_ditimpa(capsys, buku, tmp_path):
    isi = buku.read_bytes()
    for nama, pesan in (
        (buku, "contoh.xlsx: ini buku kerja yang diperiksa. Beri nama lain untuk temuannya.\n"),
        ("temuan.csv", "temuan.csv: akhiran berkas temuan harus .xlsx.\n"),
        ("tidak/ada/temuan.xlsx", "tidak/ada: map atau berkas ini tidak ada. Buat mapnya dulu"),
    ):
        status, teks = jalankan(capsys, "periksa", buku, "--temuan", nama)
        assert status == 2
        assert teks.startswith(pesan)
    assert buku.read_bytes() == isi
    assert list(tmp_path.iterdir()) == []


def test_buku_yang_ditolak_tidak_meninggalkan_temuan(capsys, tmp_path):
    jalankan(capsys, "templat", "buku.xlsx")
    status, _ = jalankan(capsys, "periksa", "buku.xlsx", "--temuan", "temuan.xlsx")
    assert status == 2
    assert not (tmp_path / "temuan.xlsx").exists()
