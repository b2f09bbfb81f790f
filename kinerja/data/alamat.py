"""Where data and results lie: a path of this machine, or an address of any store that fsspec knows.

An address is text with `://` or `::` after a name of two letters or more; `C:\\x` is a path. What is shown or
written anywhere of an address never has its credentials.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from ..tulisan import angka

BATAS_UNDUH = 2 * 1024**3  # bytes of one input
_POTONG = 1 << 20
_JAUH = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")


class GalatAlamat(ValueError):
    """A store elsewhere cannot be read or written."""


def baca_alamat(teks: str) -> Path | str:
    """A Path for what lies on this machine (`file://` too), else the address as it is."""
    if teks.startswith("file://"):
        from fsspec.implementations.local import LocalFileSystem

        return Path(LocalFileSystem._strip_protocol(teks))
    return teks if _JAUH.match(teks) else Path(teks)


def tanpa_rahasia(teks: str) -> str:
    """A text with addresses in it, without names, passwords and signatures in them."""
    teks = re.sub(r"(://)[^/\s]*@", r"\1", teks)
    return re.sub(r"(://[^\s?]*)\?[^\s:']*", r"\1", teks)


def sistem(alamat: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. GalatAlamat if fsspec cannot reach it."""
    from fsspec.core import url_to_fs

    try:
        fs, jalur = url_to_fs(alamat)
    except ImportError as galat:
        raise GalatAlamat(
            f"{tanpa_rahasia(alamat)}: alamat jenis ini perlu paket tambahan ({galat})."
        ) from galat
    except Exception as galat:
        raise gagal(alamat, galat) from None
    return fs, str(jalur).rstrip("/")


def gagal(alamat: str, galat: Exception) -> GalatAlamat:
    """What a store said, as an error that names the address and keeps its secrets."""
    sebab = f"{type(galat).__name__}: {galat}" if str(galat) else type(galat).__name__
    return GalatAlamat(
        f"{tanpa_rahasia(alamat)} tidak dapat dicapai, dibaca, atau ditulis ({tanpa_rahasia(sebab)}). "
        "Periksa alamat, jaringan, dan hak aksesnya."
    )


@contextmanager
def unduhan(alamat: str | Path) -> Iterator[Path]:
    """A path of this machine with what lies at `alamat`; a copy for the time of the block if it lies elsewhere.

    GalatAlamat if it cannot be fetched.
    """
    tempat = baca_alamat(alamat) if isinstance(alamat, str) else alamat
    if isinstance(tempat, Path):
        yield tempat
        return
    with tempfile.TemporaryDirectory(prefix="kinerja-data-") as sementara:
        fs, jalur = sistem(tempat)
        jenis = fs.protocol if isinstance(fs.protocol, str) else fs.protocol[0]
        nama = PurePosixPath(jalur.partition("?")[0] if jenis.startswith("http") else jalur).name
        tujuan = Path(sementara) / (nama or "data")
        try:
            if tujuan.suffix.lower() not in (".xlsx", ".xlsm") and fs.isdir(jalur):
                tujuan.mkdir()
                for satu in fs.ls(jalur, detail=False):
                    if PurePosixPath(satu).suffix.lower() in (".csv", ".parquet"):
                        _salin(fs, satu, tujuan / PurePosixPath(satu).name)
            else:
                _salin(fs, jalur, tujuan)
        except GalatAlamat:
            raise
        except Exception as galat:
            raise gagal(tempat, galat) from None
        yield tujuan


def _salin(fs: Any, asal: str, tujuan: Path) -> None:
    sudah = 0
    with fs.open(asal, "rb") as dari, tujuan.open("wb") as ke:
        while potong := dari.read(_POTONG):
            sudah += len(potong)
            if sudah > BATAS_UNDUH:
                raise GalatAlamat(
                    f"{tujuan.name}: lebih dari {angka(BATAS_UNDUH // 1024**3)} GB, batas satu berkas masukan."
                )
            ke.write(potong)
