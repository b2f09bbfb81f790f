"""One run at a time on one target.

On this machine it is a lock that the system itself lifts when its holder dies; on another store, where no system
watches, an object that says who works there.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import platform
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from kinerja import tulisan

_SELANG = 0.5  # seconds between two tries of a run that waits
_SELANG_JAUH = 5.0  # the same on another store
_JEDA = 2.0  # seconds until a lock on another store is read back
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
    berkas = sasaran.with_name(nama_gembok(sasaran.name))
    baru = [m for m in (berkas.parent, *berkas.parent.parents) if not m.exists()]
    berkas.parent.mkdir(parents=True, exist_ok=True)
    try:
        fd = _ambil(berkas, sasaran, tunggu, kabar)
        _dipegang.add(fd)
        try:
            os.ftruncate(fd, 0)
            os.write(fd, json.dumps(_saya()).encode())
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
        pesan = f"{sasaran} sedang dikerjakan {_pemegang(_isi(fd))}"
        os.close(fd)
        if not tunggu:
            raise SasaranDipakai(
                f"{pesan}. Tunggu sampai selesai, ulangi dengan --tunggu, atau pilih --keluaran lain."
            )
        if kabar is not None:
            kabar(f"{pesan}. Menunggu ...")
            kabar = None
        time.sleep(_SELANG)


def nama_gembok(sasaran: str) -> str:
    """The name of a folder's lock, which lies beside the folder."""
    return f".{sasaran}.gembok"


def _saya() -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "komputer": platform.node(),
        "sejak": dt.datetime.now().astimezone().isoformat(" ", "seconds"),
    }


def _isi(fd: int) -> bytes:
    try:
        return os.pread(fd, 4096, 0) if hasattr(os, "pread") else os.read(fd, 4096)
    except OSError:
        return b""


def _pemegang(isi: bytes) -> str:
    try:
        siapa = json.loads(isi)
        sejak = dt.datetime.fromisoformat(siapa["sejak"]).astimezone()  # the clock of who reads it
        waktu = f"{tulisan.tanggal(sejak)} pukul {sejak:%H.%M}"
        return f"proses {siapa['pid']} di {siapa['komputer']} sejak {waktu}"
    except (ValueError, KeyError, TypeError):
        return "proses lain yang baru mulai"


class GembokJauh:
    """The lock of `sasaran`, a folder of the fsspec file system `fs`: an object beside it that names its holder.

    What it cannot promise: a run that is killed leaves its object behind, and somebody has to delete it. Stores
    with exclusive create (S3, GCS, Azure) let one run in. On others (FTP, SFTP) two runs may both find nothing and
    both write; then who reads the other's object goes, unless the other took longer than `_JEDA` from its look
    to its write. That is found before the next manifest is written, where `pastikan` looks again; but between that
    look and the manifest there is time too, so files may be mixed. No manifest of a mixed pack verifies.
    """

    def __init__(self, fs: Any, sasaran: str, tampil: str) -> None:
        """`tampil` is how `sasaran` is shown, without secrets."""
        induk, nama = PurePosixPath(sasaran).parent, PurePosixPath(sasaran).name
        self.fs, self.induk, self.sasaran = fs, str(induk), tampil
        self.jalur = f"{induk}/{nama_gembok(nama)}"
        self.tampil = f"{tampil.rpartition('/')[0]}/{nama_gembok(nama)}"
        self.isi = json.dumps(_saya() | {"perintah": uuid.uuid4().hex}).encode()
        self.mungkin_ada = False  # whether there may be an object of ours

    def ambil(self, *, tunggu: bool, kabar: Callable[[str], None] | None) -> None:
        """SasaranDipakai if another run holds it, or with `tunggu` wait, telling `kabar` once."""
        while True:
            lain = self._baca()
            if lain is None and self._pasang():
                return
            if lain is None:
                continue  # another was quicker by a moment; it is named in the next round
            pesan = f"{self.sasaran} sedang dikerjakan {_pemegang(lain)}"
            jalan_keluar = f"Bila perintah itu sudah mati, hapus dulu objek {self.tampil}."
            if not tunggu:
                raise SasaranDipakai(
                    f"{pesan}. Tunggu sampai selesai, ulangi dengan --tunggu, atau pilih --keluaran lain. "
                    f"{jalan_keluar}"
                )
            if kabar is not None:
                kabar(f"{pesan}. Menunggu ... {jalan_keluar}")
                kabar = None
            time.sleep(_SELANG_JAUH)

    def pastikan(self) -> None:
        """SasaranDipakai if it is no longer ours; for right before what must not be mixed."""
        kini = self._baca()
        if kini != self.isi:
            siapa = "tidak ada lagi" if kini is None else f"kini milik {_pemegang(kini)}"
            raise SasaranDipakai(
                f"Gembok {self.tampil} {siapa}, jadi perintah ini berhenti sebelum menulis lebih lanjut. "
                "Sesudah perintah lain itu selesai, ulangi dengan --lanjutkan."
            )

    def lepas(self) -> None:
        """Remove it if it is ours."""
        if self.mungkin_ada and self._baca() == self.isi:
            self.fs.rm_file(self.jalur)
        self.mungkin_ada = False

    def _baca(self) -> bytes | None:
        self.fs.invalidate_cache()
        try:
            isi: bytes = self.fs.cat_file(self.jalur)
        except OSError as galat:
            if isinstance(galat, FileNotFoundError) or galat.errno == errno.ENOENT:
                return None
            raise
        return isi

    def _pasang(self) -> bool:
        """Whether ours lies there, and still does after a moment."""
        self.fs.makedirs(self.induk, exist_ok=True)
        self.mungkin_ada = True
        try:
            self.fs.pipe_file(self.jalur, self.isi, mode="create")
        except TypeError:  # a store whose fsspec driver has no exclusive create at all
            self.fs.pipe_file(self.jalur, self.isi)
        except Exception:  # that it exists is told by every store in its own way
            if self._baca() is None:
                raise
            return False
        time.sleep(_JEDA)
        return self._baca() == self.isi


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
