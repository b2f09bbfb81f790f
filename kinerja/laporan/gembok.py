"""One run at a time on one target: a lock that the system itself lifts when its holder dies."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SELANG = 0.5  # seconds between two tries of a run that waits
_LETAK_WINDOWS = 1 << 30  # the locked byte; beyond the text, which stays readable
_dipegang: set[int] = set()


class SasaranDipakai(ValueError):
    """Another run works on this target."""


@contextmanager
def gembok(
    sasaran: Path, *, tunggu: bool = False, kabar: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the lock of `sasaran`, a folder that need not exist yet; it lies beside the folder.

    SasaranDipakai, saying who holds it and since when, or with `tunggu` wait, telling `kabar` once.
    What was created for the lock is gone afterwards. OSError where the target cannot be written.
    """
    berkas = sasaran.with_name(f".{sasaran.name}.gembok")
    baru = [m for m in (berkas.parent, *berkas.parent.parents) if not m.exists()]
    berkas.parent.mkdir(parents=True, exist_ok=True)
    try:
        fd = _ambil(berkas, sasaran, tunggu, kabar)
        _dipegang.add(fd)
        try:
            siapa = {
                "pid": os.getpid(),
                "komputer": platform.node(),
                "sejak": dt.datetime.now().astimezone().isoformat(" ", "seconds"),
            }
            os.ftruncate(fd, 0)
            os.write(fd, json.dumps(siapa).encode())
            yield
        finally:
            if os.name == "posix":  # Windows cannot remove what is open
                berkas.unlink(missing_ok=True)
            _dipegang.discard(fd)
            os.close(fd)
            if os.name != "posix":
                with suppress(OSError):
                    berkas.unlink()
    finally:
        with suppress(OSError):  # not empty: the run has left its results there
            for m in baru:
                m.rmdir()


def _ambil(berkas: Path, sasaran: Path, tunggu: bool, kabar: Callable[[str], None] | None) -> int:
    """An open, locked descriptor of the file that bears the name now."""
    while True:
        fd = os.open(berkas, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if _kunci(fd):
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(fd), os.stat(berkas)):
                        return fd
                os.close(fd)  # its last holder removed it between our opening and locking
                continue
        except BaseException:
            os.close(fd)
            raise
        pesan = f"{sasaran} sedang dikerjakan {_pemegang(fd)}"
        os.close(fd)
        if not tunggu:
            raise SasaranDipakai(
                f"{pesan}. Tunggu sampai selesai, ulangi dengan --tunggu, atau pilih --keluaran lain."
            )
        if kabar is not None:
            kabar(f"{pesan}. Menunggu ...")
            kabar = None
        time.sleep(_SELANG)


def _pemegang(fd: int) -> str:
    try:
        isi = json.loads(os.pread(fd, 4096, 0) if hasattr(os, "pread") else os.read(fd, 4096))
        return f"proses {isi['pid']} di {isi['komputer']} sejak {isi['sejak']}"
    except (ValueError, KeyError, TypeError, OSError):
        return "proses lain yang baru mulai"


if sys.platform == "win32":
    import msvcrt

    def _kunci(fd: int) -> bool:
        os.lseek(fd, _LETAK_WINDOWS, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError as salah:
            if salah.errno in (errno.EACCES, errno.EDEADLK):
                return False
            raise
        finally:
            os.lseek(fd, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _kunci(fd: int) -> bool:
        """Whether the lock is ours now. flock belongs to the open file, so it survives no holder's death."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lupakan() -> None:
        """A forked child must not keep the lock of a caller that has died."""
        for fd in _dipegang:
            with suppress(OSError):
                os.close(fd)
        _dipegang.clear()

    os.register_at_fork(after_in_child=_lupakan)
