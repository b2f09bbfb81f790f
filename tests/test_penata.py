"""Typst and forks, and what the processes of the press load: each question put to a process of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinerja.contoh import buat_contoh
from kinerja.data import tulis_buku
from kinerja.laporan.batch import Pesanan, cetak

SISI = Path(__file__).parent


def jalan(kode: str, *argumen: str | Path) -> str:
    """What the code prints; a process that waits for threads that it does not have fails after two minutes."""
    hasil = subprocess.run(
        [sys.executable, "-c", kode, *map(str, argumen)],
        capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "PYTHONPATH": f"{SISI.parent}{os.pathsep}{SISI}"},
    )  # fmt: skip
    assert hasil.returncode == 0, hasil.stderr
    return hasil.stdout


SUSUN = """
import sys
from pathlib import Path
import kinerja as kj
from test_gambar_kaskade import baik
gambar = kj.gambar_kaskade.gambar_pohon(baik(), kj.kaskade.periksa(baik()))
def png(nama):
    return kj.gambar_kaskade.simpan_gambar(gambar, Path(sys.argv[1], nama)).read_bytes()
def pdf():
    return kj.pdf_blok([[kj.tampil.Paragraf("Satu lembar.")]], judul="J", penulis="P")
dulu = png("a.png"), pdf()
"""

SESUDAH_BELAH = """
from kinerja.laporan.cabang import jalankan_cabang
from kinerja.penata import png_dari
def rusak(_):
    png_dari(["<svg"])
hasil = list(jalankan_cabang(["b.png", "c.png"], lambda nama: (png(nama), pdf()), 2))
assert [h.nilai for h in hasil] == [dulu, dulu], [h.galat for h in hasil]
[gagal] = jalankan_cabang([None], rusak, 1)
print(gagal.galat.pesan)
"""

CETAK = """
from kinerja.laporan.batch import Pesanan, cetak
r = cetak(Pesanan("sumbar", Path(sys.argv[1], "buku.xlsx"), "2022", Path(sys.argv[1], "kedua"), ("setda",), FORMAT))
assert not r.gagal, r.gagal
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="sistem ini tidak mengenal fork")
def test_cabang_dari_proses_yang_sudah_memakai_typst_tidak_menunggu_selamanya(tmp_path):
    """After a picture of the cascade and a sheet: the same bytes in children, and errors as they are told here."""
    kata = jalan(SUSUN + SESUDAH_BELAH, tmp_path)
    assert kata.startswith("RuntimeError: Gambar tidak dapat disusun: ")
    assert "Traceback" not in kata


@pytest.mark.lambat
def test_paket_sesudah_gambar_dan_lembar_dalam_satu_proses(tmp_path):
    """A notebook that saves pictures and then prints packs gets the bytes of a press that did nothing else."""
    tulis_buku(buat_contoh("sumbar", pegawai=12, benih=7), tmp_path / "buku.xlsx")
    format_ = ("pdf", "docx", "xlsx")
    r = cetak(Pesanan("sumbar", tmp_path / "buku.xlsx", "2022", tmp_path / "pertama", ("setda",), format_))
    assert not r.gagal
    jalan(SUSUN + CETAK.replace("FORMAT", repr(format_)), tmp_path)
    pertama, kedua = (
        {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / m).rglob("setda/*")}
        for m in ("pertama", "kedua")
    )
    assert len(pertama) == 5
    assert pertama == kedua


def test_pekerja_dask_memuat_yang_ringan_saja():
    """A worker answers nobody while it imports, and is taken for lost when that lasts."""
    berat = ("papermill", "nbconvert", "IPython", "ipykernel", "matplotlib", "numpy", "pandas", "typst")
    kode = f"import sys, kinerja.laporan.pekerja; print([m for m in {berat} if m in sys.modules])"
    assert jalan(kode).strip() == "[]"


@pytest.mark.parametrize("argumen", [["--help"], ["laporan", "--help"], ["periksa-paket", "--help"]])
def test_bantuan_tidak_memuat_yang_berat(argumen):
    kode = (
        "import sys\nfrom kinerja.cli import main\ntry: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print([m for m in ('papermill', 'IPython', 'matplotlib', 'numpy', 'pandas', 'typst') if m in sys.modules])"
    )
    assert jalan(kode, *argumen).endswith("\n[]\n")
