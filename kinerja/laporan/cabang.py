"""Run one function over many tasks, each in its own process, so that none can harm another.

With `os.fork` a task starts from all that the caller has imported and read: no start-up, no
copying. Between the caller and the task's process stands a watcher, forked too: it keeps the
limits (see `batas`), adopts whatever the task leaves behind (a daemon that forked twice and took
a session of its own is still its descendant), kills all of it, and is what a task hits that
kills its parent. The caller should have no other thread while it forks, for a child gets their
locks as they stand and not the threads that would release them; tqdm's monitor thread is the
usual one (`tqdm.monitor_interval = 0`).

Elsewhere (Windows) a fresh process per worker takes one task after the other, each notebook in an
ordinary kernel, and the caller keeps the limits. Processes that a notebook leaves behind are found
there only as long as their own parents live.

Not defended against: a notebook that means harm. It runs with the rights of who started the
press, and may kill any process of that account or fill a disk file by file.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import itertools
import math
import mmap
import multiprocessing
import os
import pickle
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait as tunggu_fd
from multiprocessing.sharedctypes import RawArray
from typing import IO, Any, Generic, NoReturn, TypeVar

import psutil

from kinerja.laporan.batas import (
    JEDA,
    MATI,
    TANPA_BATAS,
    Batas,
    Galat,
    Keadaan,
    Papan,
    berlakukan,
    galat_dari,
    galat_keluar,
    habisi,
    keadaan,
    keturunan,
    langgar,
    longgarkan,
)

FORK_ADA = hasattr(os, "fork")
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_SATUAN_RSS = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB elsewhere

T = TypeVar("T")
R = TypeVar("R")


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
    batas: Batas = TANPA_BATAS,
    *,
    fork: bool = FORK_ADA,
) -> Iterator[Hasil[T, R]]:
    """`fungsi(t)` for each `t`, at most `pekerja` processes at once; yields as they finish.

    A task that raises, exits, crashes, is killed or meets a limit ends alone, with every process
    that it started. Results must pickle; without fork, `fungsi` and the tasks too. Leaving the
    iterator (Ctrl-C as well) ends all children. Tasks are taken from their iterable one by one.

    Raises ValueError for fewer than one worker.
    """
    if pekerja < 1:
        raise ValueError(f"Jumlah pekerja harus paling sedikit 1, bukan {pekerja}.")
    return (_dengan_fork if fork else _tanpa_fork)(tugas, fungsi, pekerja, batas)


# --- what a child does ------------------------------------------------------------------------


def _kemas(fungsi: Callable[[T], R], tugas: T) -> bytes:
    """The pickled (value, None) or (None, Galat) of one call; never raises."""
    try:
        nilai = fungsi(tugas)
    except BaseException as kesalahan:
        jejak = kesalahan.__traceback__ and kesalahan.__traceback__.tb_next  # without this frame
        galat = galat_dari(kesalahan) or Galat("".join(traceback.format_exception_only(kesalahan)).strip())
        teks = "".join(traceback.format_exception(kesalahan.with_traceback(jejak)))
        return pickle.dumps((None, replace(galat, jejak=teks)))
    finally:
        longgarkan()
    try:
        return pickle.dumps((nilai, None), pickle.HIGHEST_PROTOCOL)
    except Exception as kesalahan:
        pesan = f"Hasil berjenis {type(nilai).__name__} tidak dapat dikirim ke proses induk: {kesalahan}"
        return pickle.dumps((None, Galat(pesan, traceback.format_exc())))


def _acak_baru() -> None:
    random.seed()
    if numpy := sys.modules.get("numpy.random"):
        numpy.seed()


def _prctl(pilihan: int, nilai: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(pilihan, nilai)


def _sinyal_bawaan() -> None:
    for nomor in signal.valid_signals():
        if callable(signal.getsignal(nomor)):
            bawaan = signal.default_int_handler if nomor == signal.SIGINT else signal.SIG_DFL
            signal.signal(nomor, bawaan)
    signal.set_wakeup_fd(-1)


def _siapkan_anak() -> None:
    """Own session, no keyboard, the default signals, and first in line when memory runs out."""
    if hasattr(os, "setsid"):
        with suppress(PermissionError):  # a spawned worker may lead its session already
            os.setsid()
        _sinyal_bawaan()
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
    kosong = os.open(os.devnull, os.O_RDONLY)
    os.dup2(kosong, 0)
    os.close(kosong)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  for the life of the process
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as berkas:
        berkas.write("500")


def _anak(fungsi: Callable[[T], R], tugas: T, keluar: int, batas: Batas, papan: Papan) -> NoReturn:
    kode, saya = 1, os.getpid()
    try:
        _siapkan_anak()
        _acak_baru()
        atexit._clear()  # the caller's are not ours to run
        berlakukan(Keadaan(batas, papan))
        isi = _kemas(fungsi, tugas)
        if os.getpid() != saya:  # a copy of us that the task forked and let run on
            os._exit(kode)
        atexit._run_exitfuncs()
        with open(keluar, "wb") as berkas:
            berkas.write(isi)
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
    """One task under way, as its caller sees it.

    The task writes its result into a file without a name, so that nobody waits for a reader. The
    watcher holds the other end of `lapor`, which closes when all is over, and looks at the other
    end of `nyawa`, which closes when the caller lets go or dies.
    """

    tugas: T
    penjaga: int
    lapor: int
    nyawa: int
    hasil: IO[bytes]
    papan: mmap.mmap
    mulai: float

    def lepas(self) -> None:
        os.close(self.nyawa)
        os.waitpid(self.penjaga, 0)
        self._tutup()

    def ambil(self) -> Hasil[T, Any]:
        """The result, once `lapor` is closed or holds the watcher's report."""
        detik = time.monotonic() - self.mulai
        laporan = os.read(self.lapor, 1 << 16)  # small, written in one piece
        os.close(self.nyawa)
        _, status = os.waitpid(self.penjaga, 0)
        kode, puncak, galat = None, None, None
        if laporan:
            kode, puncak, galat = pickle.loads(laporan)
        else:  # the watcher itself was killed
            galat = galat_keluar(os.waitstatus_to_exitcode(status), Papan(self.papan).baca())
        nilai: Any = None
        self.hasil.seek(0)
        if kode == 0 and os.fstat(self.hasil.fileno()).st_size:
            nilai, galat = _buka(self.hasil.read())
        elif galat is None:
            galat = galat_keluar(kode or 0, Papan(self.papan).baca())
        self._tutup()
        return Hasil(self.tugas, nilai, galat, detik, puncak)

    def _tutup(self) -> None:
        os.close(self.lapor)
        self.hasil.close()


def _dengan_fork(
    tugas: Iterable[T], fungsi: Callable[[T], R], pekerja: int, batas: Batas
) -> Iterator[Hasil[T, R]]:
    antrean = iter(tugas)
    hidup: list[_Cabang[T]] = []
    selesai: list[_Cabang[T]] = []
    try:
        while True:
            hidup = [c for c in hidup if c not in selesai]
            hasil = [c.ambil() for c in selesai]
            for berikut in itertools.islice(antrean, pekerja - len(hidup)):
                _lahirkan(hidup, fungsi, berikut, batas)
            yield from hasil
            if not hidup:
                return
            siap = tunggu_fd([c.lapor for c in hidup])
            selesai = [c for c in hidup if c.lapor in siap]
    finally:
        for c in hidup:
            c.lepas()


def _lahirkan(hidup: list[_Cabang[T]], fungsi: Callable[[T], R], tugas: T, batas: Batas) -> None:
    lapor, tulis = os.pipe()
    denyut, nyawa = os.pipe()
    hasil = (
        os.fdopen(os.memfd_create("hasil"), "w+b")
        if hasattr(os, "memfd_create")
        else tempfile.TemporaryFile()  # noqa: SIM115  closed by _Cabang
    )
    papan = mmap.mmap(-1, Papan.UKURAN)
    for aliran in (sys.stdout, sys.stderr):
        if aliran is not None:
            aliran.flush()  # else the child would write it once more
    topeng = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        induk = os.getpid()
        if (pid := _belah()) == 0:
            tutup = [lapor, nyawa, *(fd for c in hidup for fd in (c.lapor, c.nyawa, c.hasil.fileno()))]
            _jaga(fungsi, tugas, hasil.fileno(), tulis, (denyut, induk), tutup, batas, Papan(papan))
        hidup.append(_Cabang(tugas, pid, lapor, nyawa, hasil, papan, time.monotonic()))
    finally:
        os.close(tulis)
        os.close(denyut)
        signal.pthread_sigmask(signal.SIG_SETMASK, topeng)


def _belah() -> int:
    with warnings.catch_warnings():
        # raised as an error it would come after the fork and lose the child; see the module's text
        warnings.filterwarnings("ignore", ".*use of fork", DeprecationWarning)
        return os.fork()


def _jaga(
    fungsi: Callable[[T], R],
    tugas: T,
    hasil: int,
    lapor: int,
    pemanggil: tuple[int, int],
    tutup: list[int],
    batas: Batas,
    papan: Papan,
) -> NoReturn:
    """The watcher: start the task's process, keep its limits, leave nothing of it behind."""
    try:
        gc.disable()
        gc.freeze()  # what is shared with the caller stays shared: no collection writes to it
        os.setsid()
        _sinyal_bawaan()
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, lambda *_: None)  # the caller decides, by its pulse
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        for fd in tutup:
            os.close(fd)
        saya, mulai = os.getpid(), time.monotonic()
        if (anak := _belah()) == 0:
            os.close(lapor)
            os.close(pemanggil[0])
            _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # should the watcher be killed
            if os.getppid() != saya:
                os._exit(1)
            gc.enable()
            _anak(fungsi, tugas, hasil, batas, papan)
        kode, puncak, galat = _awasi(anak, pemanggil, mulai, batas, papan)
        os.write(lapor, pickle.dumps((kode, puncak, galat)))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _awasi(
    anak: int, pemanggil: tuple[int, int], mulai: float, batas: Batas, papan: Papan
) -> tuple[int | None, int | None, Galat | None]:
    """Wait for the task's process, or end it; then end what it left. (exit code, peak, breach).

    `pemanggil` is the caller's pulse and pid: the pulse may be held open by another fork of it.
    """
    denyut, induk = pemanggil
    tanda = [denyut]
    with suppress(OSError, AttributeError):
        tanda.append(os.pidfd_open(anak))
    jeda = JEDA if len(tanda) == 2 else 0.02
    tamat: dict[int, tuple[int, int]] = {}  # pid -> exit code, peak

    def tuai() -> bool:
        """Take the dead; whether any child lives on."""
        try:
            while True:
                pid, status, pakai = os.wait4(-1, os.WNOHANG)
                if pid == 0:
                    return True
                tamat[pid] = os.waitstatus_to_exitcode(status), pakai.ru_maxrss * _SATUAN_RSS
        except ChildProcessError:
            return False

    galat, putus, lihat = None, False, mulai + JEDA
    while not putus and galat is None:
        putus = denyut in tunggu_fd(tanda, jeda) or os.getppid() != induk
        tuai()
        if anak in tamat:
            break
        if time.monotonic() >= lihat:
            galat = langgar(keturunan(os.getpid()), mulai, batas, papan)
            lihat = time.monotonic() + JEDA
    sampai = time.monotonic() + MATI
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(anak, signal.SIGKILL)  # all there is to go by where nobody adopts orphans
    while tuai() and time.monotonic() < sampai:
        habisi(keturunan(os.getpid()))
        time.sleep(0.002)
    kode, puncak = tamat.get(anak, (None, None))
    return kode, puncak, galat


def _buka(isi: bytes) -> tuple[Any, Galat | None]:
    try:
        nilai, galat = pickle.loads(isi)
    except Exception as rusak:
        return None, Galat(f"Hasil tidak dapat dibaca: {rusak}", traceback.format_exc())
    return nilai, galat


# --- without fork -----------------------------------------------------------------------------


class _Pekerja(Generic[T]):
    """One spawned process that takes one task after the other; replaced when it dies."""

    def __init__(self, fungsi: Callable[[T], R]) -> None:
        konteks = multiprocessing.get_context("spawn")
        sangga = RawArray("b", Papan.UKURAN)
        self.papan = Papan(sangga)
        self.kolam = ProcessPoolExecutor(
            1, mp_context=konteks, initializer=_siapkan_pekerja, initargs=(sangga,)
        )
        lain = multiprocessing.active_children()
        self.hangat = self.kolam.submit(
            id, fungsi
        )  # starts the process, which must import what `fungsi` needs
        (self.proses,) = (p for p in multiprocessing.active_children() if p not in lain)
        assert self.proses.pid is not None
        self.pid: int = self.proses.pid

    def mulai(self, fungsi: Callable[[T], R], tugas: T, batas: Batas) -> None:
        """Hand the task over without waiting: while this worker starts, the others must be watched."""
        self.tugas, self.sejak = tugas, math.inf if not self.hangat.done() else time.monotonic()
        self.papan.selesai()
        self.masa = self.kolam.submit(_kerjakan, fungsi, tugas, batas)

    @property
    def detik(self) -> float:
        """How long the task runs; the worker's own start does not count."""
        if self.sejak == math.inf and self.hangat.done():
            self.sejak = time.monotonic()
        return max(0.0, time.monotonic() - self.sejak)

    def langgar(self, batas: Batas) -> Galat | None:
        """The limit that the task has met, if any."""
        if self.detik == 0.0:
            return None
        return langgar([self.pid, *keturunan(self.pid)], self.sejak, batas, self.papan)

    def bunuh(self) -> int:
        """End the process and all that descends from it; its exit code, negative for a signal."""
        with suppress(psutil.Error):
            psutil.Process(self.pid).suspend()  # else it would start another kernel for the one killed
        _bersihkan(self.pid)
        self.proses.kill()
        while self.proses.exitcode is None:  # the pool's own thread may be the one to reap it
            time.sleep(0.02)
        self.kolam.shutdown(cancel_futures=True)
        return self.proses.exitcode


def _tanpa_fork(
    tugas: Iterable[T], fungsi: Callable[[T], R], pekerja: int, batas: Batas
) -> Iterator[Hasil[T, R]]:
    antrean = iter(tugas)
    sibuk: list[_Pekerja[T]] = []
    luang: list[_Pekerja[T]] = []
    try:
        while True:
            baru = list(itertools.islice(antrean, pekerja - len(sibuk)))
            luang += [_Pekerja(fungsi) for _ in range(len(baru) - len(luang))]
            for t in baru:
                sibuk.append(luang.pop())
                sibuk[-1].mulai(fungsi, t, batas)
            if not sibuk:
                return
            wait([w.masa for w in sibuk], None if batas == TANPA_BATAS else JEDA, FIRST_COMPLETED)
            for w in sibuk[:]:
                galat = None if w.masa.done() else w.langgar(batas)
                if w.masa.done() or galat:
                    sibuk.remove(w)
                    hasil, hidup = _ambil(w, w.detik, galat)
                    luang += [w] * hidup
                    yield hasil
    finally:
        for w in sibuk:
            w.bunuh()
        for w in luang:
            w.kolam.shutdown()


def _ambil(w: _Pekerja[T], detik: float, galat: Galat | None) -> tuple[Hasil[T, Any], bool]:
    """The result of a worker that is done, or has met a limit (`galat`); whether it can go on."""
    if galat is not None:
        w.bunuh()
        return Hasil(w.tugas, None, galat, detik, None), False
    try:
        isi, detik = w.masa.result()
    except BrokenProcessPool:
        sel = w.papan.baca()
        return Hasil(w.tugas, None, galat_keluar(w.bunuh(), sel), detik, None), False
    except Exception as kesalahan:
        pesan = f"Tugas tidak dapat dikirim ke proses lain: {kesalahan}"
        return Hasil(w.tugas, None, Galat(pesan, traceback.format_exc()), detik, None), True
    return Hasil(w.tugas, *_buka(isi), detik, None), True


def _siapkan_pekerja(sangga: Any) -> None:
    _siapkan_anak()
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    berlakukan(Keadaan(TANPA_BATAS, Papan(sangga), sekali=False))
    threading.Thread(target=_ikut_induk, daemon=True).start()


def _ikut_induk() -> None:
    """A killed caller takes its workers along, and they what they started."""
    induk = multiprocessing.parent_process()
    if induk is not None:
        induk.join()
        _bersihkan(os.getpid())
        os._exit(1)


def _bersihkan(pid: int) -> None:
    """Kill all that descends from a process that is us or is held."""
    sampai = time.monotonic() + MATI
    while time.monotonic() < sampai:
        hidup = []
        for p in keturunan(pid):
            with suppress(psutil.Error):
                if psutil.Process(p).status() != psutil.STATUS_ZOMBIE:
                    hidup.append(p)
        if not hidup:
            return
        habisi(hidup)
        time.sleep(0.01)


def _kerjakan(fungsi: Callable[[T], R], tugas: T, batas: Batas) -> tuple[bytes, float]:
    _acak_baru()
    mulai = time.monotonic()
    berlakukan(replace(keadaan(), batas=batas))
    isi = _kemas(fungsi, tugas)
    _bersihkan(os.getpid())
    if hasattr(os, "fork"):
        with suppress(ChildProcessError):  # orphans that we adopted are ours to bury
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    return isi, time.monotonic() - mulai
