"""What is written whole: a failure half way leaves what was there, and nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kinerja.data.utuh import map_utuh, tulis_utuh


def isi(map_: Path) -> dict[str, str]:
    return {str(b.relative_to(map_)): b.read_text() for b in sorted(map_.rglob("*")) if b.is_file()}


def test_map_menjadi_ada_sekali_jadi(tmp_path: Path) -> None:
    tujuan = tmp_path / "belum" / "ada"
    with map_utuh(tujuan) as m:
        (m / "dalam").mkdir()
        (m / "dalam" / "satu.txt").write_text("1")
        assert not tujuan.exists()
    assert isi(tmp_path) == {"belum/ada/dalam/satu.txt": "1"}
    assert stat.S_IMODE(tujuan.stat().st_mode) == stat.S_IMODE((tmp_path / "belum").stat().st_mode)
    assert list((tmp_path / "belum").iterdir()) == [tujuan], "tidak ada sisa di sebelahnya"


@pytest.mark.parametrize("galat", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("lama", [False, True], ids=["belum ada", "map kosong"])
def test_gagal_di_tengah_tidak_meninggalkan_apa_pun(
    tmp_path: Path, lama: bool, galat: type[BaseException]
) -> None:
    tujuan = tmp_path / "hasil"
    if lama:
        tujuan.mkdir()

    def tulis() -> None:
        with map_utuh(tujuan) as m:
            (m / "setengah.txt").write_text("1")
            raise galat

    with pytest.raises(galat):
        tulis()
    assert list(tmp_path.iterdir()) == ([tujuan] if lama else [])
    assert isi(tmp_path) == {}


def test_map_kosong_dipakai_map_berisi_dan_berkas_ditolak_sebelum_bekerja(tmp_path: Path) -> None:
    kosong, berisi, berkas = (tmp_path / n for n in ("kosong", "berisi", "berkas"))
    kosong.mkdir()
    berisi.mkdir()
    (berisi / "milik.txt").write_text("saya")
    berkas.write_text("juga")
    with map_utuh(kosong) as m:
        (m / "baru.txt").write_text("2")
    for tujuan in (berisi, berkas):
        with pytest.raises(FileExistsError), map_utuh(tujuan):
            pytest.fail("tidak boleh mulai")
    assert isi(tmp_path) == {"kosong/baru.txt": "2", "berisi/milik.txt": "saya", "berkas": "juga"}


def test_yang_datang_selagi_bekerja_tidak_ditimpa(tmp_path: Path) -> None:
    tujuan = tmp_path / "hasil"

    def tulis() -> None:
        with map_utuh(tujuan) as m:
            (m / "baru.txt").write_text("2")
            tujuan.mkdir()
            (tujuan / "milik.txt").write_text("saya")

    with pytest.raises(OSError, match="hasil"):
        tulis()
    assert isi(tmp_path) == {"hasil/milik.txt": "saya"}


def test_berkas_lama_tinggal_bila_gagal(tmp_path: Path) -> None:
    tujuan = tmp_path / "a.txt"
    tujuan.write_text("lama")

    def tulis(galat: bool) -> None:
        with tulis_utuh(tujuan) as sementara:
            sementara.write_text("baru")
            if galat:
                raise ValueError("di tengah")

    with pytest.raises(ValueError, match="di tengah"):
        tulis(True)
    assert isi(tmp_path) == {"a.txt": "lama"}
    tulis(False)
    assert isi(tmp_path) == {"a.txt": "baru"}
    with pytest.raises(FileNotFoundError, match="belum ada"), tulis_utuh(tmp_path / "tiada" / "a.txt"):
        pytest.fail("tidak boleh mulai")
