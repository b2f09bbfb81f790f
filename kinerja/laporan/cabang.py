"""Run one function over many tasks, each in its own process, so that none can harm another.

With `os.fork` a task starts from all that the caller has imported and read: no start-up, no
copying. The caller should have no other thread while it forks, for a child gets their locks as
they stand and not the threads that would release them; tqdm's monitor thread is the usual one
(`tqdm.monitor_interval = 0`). Elsewhere (Windows) a fresh process per worker does the same work.
"""

from __future__ import annotations

import atexit
import ctypes
import itertools
import multiprocessing
import os
import pickle
import random
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait as tunggu_fd
from typing import Any, Generic, NoReturn, TypeVar

from kinerja.tulisan import angka

FORK_ADA = hasattr(os, "fork")
_JEDA = 0.02  # seconds between two looks at a child where the system cannot announce its end
_PR_SET_PDEATHSIG = 1
_SATUAN_RSS = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB elsewhere

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Galat:
    """Why a task gave no result: a sentence, the child's traceback, its signal or exit code."""

    pesan: str
    jejak: str = ""
    sinyal: int | None = None
    kode: int | None = None
    batas_waktu: bool = False

    def __str__(self) -> str:
        return self.pesan


@dataclass(frozen=True)
class Hasil(Generic[T, R]):
    """One finished task: `nilai`, or None with `galat` set.

    `detik` is wall time; `memori` the highest resident memory in bytes, pages shared with the
    caller included (None without fork).
    """

    tugas: T
    nilai: R | None
    galat: Galat | None
    detik: float
    memori: int | None


def jalankan_cabang(
    tugas: Iterable[T],
    fungsi: Callable[[T], R],
    pekerja: int,
    batas_detik: float | None = None,
    *,
    fork: bool = FORK_ADA,
) -> Iterator[Hasil[T, R]]:
    """`fungsi(t)` for each `t`, at most `pekerja` processes at once; yields as they finish.

    A task that raises, exits, crashes, is killed or takes more than `batas_detik` seconds ends
    alone, with every process it started in its process group. Results must pickle; without
    fork, `fungsi` and the tasks too. Leaving the iterator (Ctrl-C as well) ends all children.

    Raises ValueError for fewer than one worker.
    """
    if pekerja < 1:
        raise ValueError(f"Jumlah pekerja harus paling sedikit 1, bukan {pekerja}.")
    return (_dengan_fork if fork else _tanpa_fork)(tugas, fungsi, pekerja, batas_detik)


# --- what a child does ------------------------------------------------------------------------


def _kemas(fungsi: Callable[[T], R], tugas: T) -> bytes:
    """The pickled (value, None) or (None, Galat) of one call; never raises."""
    try:
        nilai = fungsi(tugas)
    except BaseException as galat:
        jejak = galat.__traceback__ and galat.__traceback__.tb_next  # without this frame
        pesan = "".join(traceback.format_exception_only(galat)).strip()
        return pickle.dumps(
            (None, Galat(pesan, "".join(traceback.format_exception(galat.with_traceback(jejak)))))
        )
    try:
        return pickle.dumps((nilai, None), pickle.HIGHEST_PROTOCOL)
    except Exception as galat:
        pesan = f"Hasil berjenis {type(nilai).__name__} tidak dapat dikirim ke proses induk: {galat}"
        return pickle.dumps((None, Galat(pesan, traceback.format_exc())))


def _acak_baru() -> None:
    random.seed()
    if numpy := sys.modules.get("numpy.random"):
        numpy.seed()


def _siapkan_anak() -> None:
    """Own session, no keyboard, the default signals, and first in line when memory runs out."""
    if hasattr(os, "setsid"):
        os.setsid()
        for nomor in signal.valid_signals():
            if callable(signal.getsignal(nomor)):
                bawaan = signal.default_int_handler if nomor == signal.SIGINT else signal.SIG_DFL
                signal.signal(nomor, bawaan)
        signal.set_wakeup_fd(-1)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
    kosong = os.open(os.devnull, os.O_RDONLY)
    os.dup2(kosong, 0)
    os.close(kosong)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  for the life of the process
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as berkas:
        berkas.write("500")


def _anak(fungsi: Callable[[T], R], tugas: T, keluar: int, tutup: list[int], induk: int) -> NoReturn:
    kode = 1
    try:
        _siapkan_anak()
        if sys.platform == "linux":  # a killed caller takes its children along
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != induk:
                os._exit(kode)
        for fd in tutup:
            os.close(fd)
        _acak_baru()
        atexit._clear()  # the caller's are not ours to run
        isi = _kemas(fungsi, tugas)
        atexit._run_exitfuncs()
        with open(keluar, "wb") as pipa:
            pipa.write(len(isi).to_bytes(8, "big") + isi)
        kode = 0
    except BaseException:
        traceback.print_exc()
    finally:
        for aliran in (sys.stdout, sys.stderr):
            with suppress(Exception):
                aliran.flush()
        os._exit(kode)


# --- with fork --------------------------------------------------------------------------------


@dataclass
class _Cabang(Generic[T]):
    tugas: T
    pid: int
    pipa: int
    pidfd: int | None
    mulai: float
    isi: bytearray = field(default_factory=bytearray)
    tamat: bool = False  # nothing more can come through the pipe

    def serap(self) -> None:
        with suppress(BlockingIOError):
            while potong := os.read(self.pipa, 1 << 20):
                self.isi += potong
            self.tamat = True

    def bunuh(self) -> None:
        """End the child, which is not yet reaped; its own children end with `tutup`."""
        os.kill(self.pid, signal.SIGKILL)

    def tutup(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        for fd in (self.pipa, self.pidfd):
            if fd is not None:
                os.close(fd)


def _dengan_fork(
    tugas: Iterable[T], fungsi: Callable[[T], R], pekerja: int, batas: float | None
) -> Iterator[Hasil[T, R]]:
    antrean = iter(tugas)
    hidup: list[_Cabang[T]] = []
    try:
        while True:
            selesai = [(c, h) for c in hidup if (h := _periksa(c, batas)) is not None]
            for c, _ in selesai:
                hidup.remove(c)
            for berikut in itertools.islice(antrean, pekerja - len(hidup)):
                _lahirkan(hidup, fungsi, berikut)
            yield from (h for _, h in selesai)
            if not hidup:
                return
            _tunggu(hidup, batas)
    finally:
        for c in hidup:
            c.bunuh()
            os.waitpid(c.pid, 0)
            c.tutup()


def _lahirkan(hidup: list[_Cabang[T]], fungsi: Callable[[T], R], tugas: T) -> None:
    baca, tulis = os.pipe()
    os.set_blocking(baca, False)
    for aliran in (sys.stdout, sys.stderr):
        if aliran is not None:
            aliran.flush()  # else the child would write it once more
    induk = os.getpid()
    topeng = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        with warnings.catch_warnings():
            # raised as an error it would come after the fork and lose the child; see the module's text
            warnings.filterwarnings("ignore", ".*use of fork", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            _anak(fungsi, tugas, tulis, [baca, *(c.pipa for c in hidup)], induk)
        pidfd = None
        if hasattr(os, "pidfd_open"):
            with suppress(OSError):
                pidfd = os.pidfd_open(pid)
        hidup.append(_Cabang(tugas, pid, baca, pidfd, time.monotonic()))
    finally:
        os.close(tulis)
        signal.pthread_sigmask(signal.SIG_SETMASK, topeng)


def _tunggu(hidup: list[_Cabang[T]], batas: float | None) -> None:
    """Sleep until a child writes, ends or runs out of time."""
    fd = [n for c in hidup for n in (None if c.tamat else c.pipa, c.pidfd) if n is not None]
    sisa = [c.mulai + batas - time.monotonic() for c in hidup if batas is not None and not c.isi]
    if any(c.pidfd is None for c in hidup):
        sisa.append(_JEDA)
    tunggu_fd(fd, max(0.0, min(sisa)) if sisa else None)


def _periksa(c: _Cabang[T], batas: float | None) -> Hasil[T, Any] | None:
    """The result of a child that has ended or has just been ended, else None."""
    c.serap()
    pid, status, pakai = os.wait4(c.pid, os.WNOHANG)
    # a child that has begun to write its result has no more to compute: it waits for us
    habis = batas is not None and not c.isi and pid == 0 and time.monotonic() - c.mulai >= batas
    if habis:
        c.bunuh()
        pid, status, pakai = os.wait4(c.pid, 0)
    if pid == 0:
        return None
    detik = time.monotonic() - c.mulai
    c.serap()
    c.tutup()
    nilai: Any = None
    galat: Galat | None = _galat_keluar(os.waitstatus_to_exitcode(status), batas if habis else None)
    if len(c.isi) >= 8 and len(c.isi) == 8 + int.from_bytes(c.isi[:8], "big"):
        nilai, galat = _buka(memoryview(c.isi)[8:])
    return Hasil(c.tugas, nilai, galat, detik, pakai.ru_maxrss * _SATUAN_RSS)


def _buka(isi: bytes | memoryview) -> tuple[Any, Galat | None]:
    try:
        nilai, galat = pickle.loads(isi)
    except Exception as rusak:
        return None, Galat(f"Hasil tidak dapat dibaca: {rusak}", traceback.format_exc())
    return nilai, galat


def _galat_keluar(kode: int, batas: float | None) -> Galat:
    """What to say of a process that ended with `kode` (negative: a signal) and gave no result."""
    if batas is not None:
        pesan = f"Dihentikan karena melewati batas {angka(batas)} detik."
        return Galat(pesan, sinyal=-kode if kode < 0 else None, batas_waktu=True)
    if kode < 0:
        nama = next((s.name for s in signal.Signals if s == -kode), "tidak dikenal")
        sebab = " Biasanya memori habis." if nama == "SIGKILL" else ""
        return Galat(f"Prosesnya mati karena sinyal {-kode} ({nama}).{sebab}", sinyal=-kode)
    return Galat(f"Prosesnya berhenti dengan kode {kode} sebelum memberi hasil.", kode=kode)


# --- without fork -----------------------------------------------------------------------------


class _Pekerja(Generic[T]):
    """One spawned process that takes one task after the other; replaced when it dies."""

    def __init__(self) -> None:
        konteks = multiprocessing.get_context("spawn")
        self.kolam = ProcessPoolExecutor(1, mp_context=konteks, initializer=_siapkan_anak)
        self.pid = self.kolam.submit(os.getpid)

    def mulai(self, fungsi: Callable[[T], R], tugas: T) -> None:
        pid = self.pid.result()  # its imports do not count against the task's time
        self.proses = next(p for p in multiprocessing.active_children() if p.pid == pid)
        self.tugas, self.sejak = tugas, time.monotonic()
        self.masa = self.kolam.submit(_kerjakan, fungsi, tugas)

    def bunuh(self) -> int:
        """End the process and its group; its exit code, negative for a signal."""
        self.proses.kill()
        while self.proses.exitcode is None:  # the pool's own thread may be the one to reap it
            time.sleep(_JEDA)
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid.result(), signal.SIGKILL)
        self.kolam.shutdown(cancel_futures=True)
        return self.proses.exitcode


def _tanpa_fork(
    tugas: Iterable[T], fungsi: Callable[[T], R], pekerja: int, batas: float | None
) -> Iterator[Hasil[T, R]]:
    antrean = iter(tugas)
    sibuk: list[_Pekerja[T]] = []
    luang: list[_Pekerja[T]] = []
    try:
        while True:
            baru = list(itertools.islice(antrean, pekerja - len(sibuk)))
            luang += [_Pekerja() for _ in range(len(baru) - len(luang))]
            for t in baru:
                sibuk.append(luang.pop())
                sibuk[-1].mulai(fungsi, t)
            if not sibuk:
                return
            sisa = None if batas is None else min(w.sejak for w in sibuk) + batas - time.monotonic()
            wait([w.masa for w in sibuk], sisa, FIRST_COMPLETED)
            for w in sibuk[:]:
                detik = time.monotonic() - w.sejak
                habis = batas is not None and detik >= batas
                if w.masa.done() or habis:
                    sibuk.remove(w)
                    hasil, hidup = _ambil(w, detik, batas if not w.masa.done() else None)
                    luang += [w] * hidup
                    yield hasil
    finally:
        for w in sibuk:
            w.bunuh()
        for w in luang:
            w.kolam.shutdown()


def _ambil(w: _Pekerja[T], detik: float, batas: float | None) -> tuple[Hasil[T, Any], bool]:
    """The result of a worker that is done, or out of time (`batas`); whether it can go on."""
    if batas is not None:
        return Hasil(w.tugas, None, _galat_keluar(w.bunuh(), batas), detik, None), False
    try:
        isi, detik = w.masa.result()
    except BrokenProcessPool:
        return Hasil(w.tugas, None, _galat_keluar(w.bunuh(), None), detik, None), False
    except Exception as galat:
        pesan = f"Tugas tidak dapat dikirim ke proses lain: {galat}"
        return Hasil(w.tugas, None, Galat(pesan, traceback.format_exc()), detik, None), True
    return Hasil(w.tugas, *_buka(isi), detik, None), True


def _kerjakan(fungsi: Callable[[T], R], tugas: T) -> tuple[bytes, float]:
    _acak_baru()
    mulai = time.monotonic()
    return _kemas(fungsi, tugas), time.monotonic() - mulai
