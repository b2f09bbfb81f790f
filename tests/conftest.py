"""Shared by all tests: the small sample workbook and the packs rendered from it, made once per run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from takaran import banyak

from kinerja.contoh import buat_contoh
from kinerja.data import tulis_buku
from kinerja.laporan.batch import Pesanan, Ringkasan, cetak

settings.register_profile(
    "kinerja", deadline=None, max_examples=banyak(100)
)  # time is measured by make bench, never by a test
settings.load_profile("kinerja")

PEGAWAI = 60  # ten OPDs of six


@pytest.fixture(scope="session")
def tabel_contoh():
    """Tables of the small sample pemda; copy before changing."""
    return buat_contoh("sumbar", pegawai=PEGAWAI, benih=7)


@pytest.fixture(scope="session")
def buku(tabel_contoh, tmp_path_factory) -> Path:
    berkas = tmp_path_factory.mktemp("buku") / "contoh.xlsx"
    tulis_buku(tabel_contoh, berkas)
    return berkas


@pytest.fixture(scope="session")
def cetakan(buku, tmp_path_factory) -> tuple[Pesanan, Ringkasan]:
    """One full run in all formats. Read only."""
    pesanan = Pesanan("sumbar", buku, "2022", tmp_path_factory.mktemp("cetak"))
    return pesanan, cetak(pesanan)


@pytest.fixture
def salinan(cetakan, tmp_path) -> tuple[Pesanan, Path]:
    """A private copy of the run, for tests that break it; the order points at the copy."""
    pesanan, ringkasan = cetakan
    tujuan = tmp_path / "sumbar" / "2022"
    shutil.copytree(ringkasan.map, tujuan)
    return Pesanan("sumbar", pesanan.data, "2022", tmp_path, lanjutkan=True), tujuan


@pytest.fixture
def muncul(monkeypatch) -> list[object]:
    """What `display` would put on the page."""
    import matplotlib_inline.backend_inline  # noqa: F401  # else its first import would keep our stand-in for good

    isi: list[object] = []
    monkeypatch.setattr("IPython.display.display", lambda *x, **_: isi.extend(x))
    return isi
