"""Whole or not at all: a file or a folder is written under another name beside its place, then moved in."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def tulis_utuh(tujuan: Path) -> Iterator[Path]:
    """A path to write the file `tujuan` at; a failure leaves the old file. FileNotFoundError without its folder."""
    if not tujuan.parent.is_dir():
        raise FileNotFoundError(f"map {tujuan.parent} belum ada. Buat dulu, atau tulis ke map lain.")
    sementara = tujuan.with_name(f".{tujuan.name}.{os.getpid()}.tmp")
    try:
        yield sementara
        os.replace(sementara, tujuan)
    finally:
        with suppress(FileNotFoundError):
            sementara.unlink()


@contextmanager
def map_utuh(tujuan: Path) -> Iterator[Path]:
    """An empty folder to fill, which only then becomes `tujuan`; a failure leaves nothing.

    FileExistsError, before anything is done, if the name is taken by a file or by a folder that holds something:
    a folder is never written over. While it is filled, nobody else can look into it.
    """
    if tujuan.exists() and not (tujuan.is_dir() and not any(tujuan.iterdir())):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(tujuan))
    induk = tujuan.absolute().parent
    induk.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{tujuan.name}-", dir=induk) as sementara:
        isi = Path(sementara) / "isi"
        isi.mkdir()
        yield isi
        if tujuan.exists():
            tujuan.rmdir()  # an empty one; OSError if something came into it meanwhile
        os.replace(isi, tujuan)
