"""A papermill engine that runs the cells in the calling process: no kernel, no start-up.

The shell is ipykernel's own and the outputs go through nbclient's own code, so that display
ids, `clear_output`, widgets, errors and logs behave as with a kernel. New here are only the
road between the two (no sockets), the capture of file descriptors 1 and 2, the limits of time and
output, and the promise that the calling process gets back what a notebook may change. What imported
libraries keep (pandas options, for one) stays; a process forked per notebook isolates that too. In
a process that serves several tasks each notebook has an ordinary kernel, under the same limits.

papermill loads this module by its entry point while it is being imported itself. So import papermill, never this:
were this first, papermill would find it half made.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import codecs
import contextlib
import getpass
import io
import itertools
import logging
import math
import os
import random
import select
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from operator import itemgetter
from subprocess import DEVNULL
from types import FrameType, SimpleNamespace
from typing import Any, NoReturn

import comm
from comm.base_comm import BaseComm, CommManager
from ipykernel import zmqshell
from IPython.core.error import StdinNotImplementedError, UsageError
from IPython.core.history import HistoryManager
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.log import logger

from kinerja.laporan.batas import MB, Berhenti, Galat, Sel, baris_sel, galat_batas, galat_keluar, keadaan

INLINE = "module://matplotlib_inline.backend_inline"
SENYAP = logging.Logger("kinerja", logging.CRITICAL)  # nbclient says in English what we tell anyway
SELANG_KIRIM = 0.2  # seconds between two deliveries of running text, as ipykernel
ULANG_HENTI = 1.0  # seconds until a cell that swallowed the time limit is stopped again


class MesinSatuProses(Engine):  # type: ignore[misc]
    """`papermill.execute_notebook(..., engine_name="kinerja")`.

    Takes the arguments of papermill's own engine. Raises what that one raises:
    `PapermillExecutionError` (by papermill) for a failed cell, `nbclient`'s `CellTimeoutError`
    after `execution_timeout` seconds in one cell (else what `batas.keadaan` says), `DeadKernelError`;
    further `KeluaranMelimpah`, `KeyboardInterrupt` on Ctrl-C and `ValueError` for a notebook in
    another language. All are told in Indonesian, with the cell and what to do.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        execution_timeout: float | None = None,
        **pilihan: Any,
    ) -> None:
        _tolak_bahasa_lain(nb_man.nb, kernel_name)
        kini = keadaan()
        batas = execution_timeout or pilihan.get("timeout") or kini.batas.sel
        for nama in ("input_path", "start_timeout", "startup_timeout", "timeout"):
            pilihan.pop(nama, None)
        jenis = _Klien if kini.sekali else _KlienKernel
        klien = jenis(
            nb_man,
            log=logger if kini.sekali else SENYAP,
            kernel_name=kernel_name,
            timeout=None if batas is None else math.ceil(batas),
            **pilihan,
        )
        if _dalam_putaran():  # called from a cell of a notebook: its loop cannot be entered twice
            with ThreadPoolExecutor(1) as utas:
                utas.submit(klien.execute).result()
        else:
            klien.execute()


def _dalam_putaran() -> bool:
    try:
        return asyncio.get_running_loop() is not None
    except RuntimeError:
        return False


def _tolak_bahasa_lain(nb: NotebookNode, kernel: str) -> None:
    meta = nb.metadata
    bahasa = meta.get("kernelspec", {}).get("language") or meta.get("language_info", {}).get("name")
    if bahasa and bahasa.lower() != "python":
        raise ValueError(
            f"Mesin 'kinerja' hanya menjalankan notebook Python, tetapi notebook ini memakai bahasa "
            f"'{bahasa}' (kernel '{kernel}'). Ganti kernel notebook itu, atau jalankan papermill tanpa "
            f"engine_name='kinerja'."
        )


class SelTerlaluLama(Berhenti, CellTimeoutError):
    """A cell met its time limit."""


class KeluaranMelimpah(Berhenti):
    """The cells printed and showed more than a notebook may hold."""


class KernelMati(Berhenti, DeadKernelError):
    """The process in which the cells ran has ended."""


class _Takaran:
    """Counts what the cells of one notebook put out; past the limit nothing more is kept.

    An OPD whose output is cut would be a report that is not whole; so the cell is stopped instead.
    """

    def __init__(self, henti: Callable[[], None]) -> None:
        batas = keadaan().batas.keluaran
        self.batas, self.henti, self.isi = batas, henti, 0

    @property
    def lewat(self) -> bool:
        return self.batas is not None and self.isi > self.batas * MB

    def muat(self, besar: int) -> bool:
        """Whether output of so many characters is still to be kept."""
        sudah = self.lewat
        self.isi += besar
        if self.lewat and not sudah:
            self.henti()
        return not self.lewat

    def galat(self, sel: Sel | None) -> KeluaranMelimpah:
        assert self.batas is not None
        return KeluaranMelimpah(galat_batas("keluaran", self.batas, self.isi / MB, sel))


def _besar(isi: Any) -> int:
    """About the characters of a message's content, without writing it out."""
    if isinstance(isi, str | bytes | bytearray | memoryview):
        return len(isi)
    if isinstance(isi, dict):
        return sum(map(_besar, isi.values())) + 8 * len(isi)
    if isinstance(isi, list | tuple):
        return sum(map(_besar, isi)) + len(isi)
    return 8


class _Bersel(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client that says which cell it runs, and tells in words why one was stopped."""

    def execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: Any) -> NotebookNode:
        """Run one cell; raise `CellExecutionError`, a kind of `Berhenti`, or `KeyboardInterrupt`."""
        if (
            cell.cell_type != "code"
            or not cell.source.strip()
            or self.skip_cells_with_tag in cell.metadata.get("tags", [])
        ):
            return cell
        papan = keadaan().papan
        self.nomor, self.mulai_sel = self.code_cells_executed + 1, time.monotonic()
        if papan:
            papan.mulai(self.nomor, cell.source)
        try:
            self.satu_sel(cell, cell_index)
        except Berhenti as galat:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=galat)
            raise
        if papan:  # else it stays, for who has to tell of it
            papan.selesai()
        return cell

    def satu_sel(self, cell: NotebookNode, cell_index: int) -> None:
        raise NotImplementedError

    def sel_ini(self, cell: NotebookNode) -> Sel:
        return Sel(self.nomor, baris_sel(cell.source), time.monotonic() - self.mulai_sel)

    def terlalu_lama(self, cell: NotebookNode) -> SelTerlaluLama:
        sel = self.sel_ini(cell)
        return SelTerlaluLama(galat_batas("sel", self._get_timeout(cell) or 0, sel.detik, sel))


class _Klien(_Bersel):
    """papermill's client with a shell in this process in the place of a kernel."""

    def execute(self, **kwargs: Any) -> NotebookNode:
        self.reset_execution_trackers()
        self.sel: tuple[NotebookNode, int] | None = None  # the running cell and its index
        self.balasan: list[dict[str, Any]] = []  # what the front end's widgets answer
        self.penjaga: _Penjaga | None = None
        self.takaran = _Takaran(self._melimpah)
        kunci = threading.RLock()
        self.sesi = _Sesi(kunci, self._terima, self.takaran)
        with contextlib.ExitStack() as tumpuk:
            tumpuk.enter_context(_lingkungan())
            self.manajer: Any = tumpuk.enter_context(_komunikasi(self.sesi))
            self.keluaran = _Keluaran(kunci, self._kirim_teks, self.takaran)
            tumpuk.callback(self.keluaran.tutup)
            self.shell: Any = tumpuk.enter_context(_cangkang(self.sesi))
            tumpuk.enter_context(_matplotlib(self.shell))
            self.loop = asyncio.new_event_loop()
            tumpuk.callback(self._akhiri)
            self.kc = SimpleNamespace(
                session=self.sesi, shell_channel=SimpleNamespace(send=self.balasan.append)
            )
            self.papermill_execute_cells()
            self.set_widgets_metadata()
        nb: NotebookNode = self.nb
        return nb

    def _melimpah(self) -> None:
        if self.penjaga:
            self.penjaga.hentikan(BatasKeluaran)

    def satu_sel(self, cell: NotebookNode, cell_index: int) -> None:
        if self.shell.exit_now:
            raise KernelMati(
                Galat("Sel sebelumnya memanggil exit(); sel ini tidak dijalankan. Buang exit().")
            )
        batas = self._get_timeout(cell)
        cell.outputs = []
        cell.execution_count = self.shell.execution_count
        self.clear_before_next_output = False
        self.dicatat: list[NotebookNode] = []
        self.gagal: Exception | None = None  # output that no notebook can hold
        self.code_cells_executed += 1
        balasan: dict[str, Any] | None = None
        with self.keluaran, _Penjaga(batas) as penjaga:
            self.sel, self.penjaga, self.shell.penjaga = (cell, cell_index), penjaga, penjaga
            try:
                balasan = self._tunggu(self._jalankan(cell.source))
            except (KeyboardInterrupt, SelDihentikan):
                penjaga.lepas()  # raised between two steps of an await, outside the cell's own code
            finally:
                if os.getpid() != self.sesi.proses:
                    os._exit(0)  # a copy that the cell forked: the rest of the notebook is not its own
                self.keluaran.kirim()
                self.sel = self.penjaga = None
        if self.takaran.lewat:
            raise self.takaran.galat(self.sel_ini(cell))
        if penjaga.henti:
            raise self.terlalu_lama(cell)
        if penjaga.ditekan:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=KeyboardInterrupt())
            raise KeyboardInterrupt
        for keluaran in self.dicatat:
            super().log_output_message(keluaran)
        if self.gagal:
            raise self.gagal
        with self.keluaran:  # other tasks of the loop may print
            self.loop.run_until_complete(self._check_raise_for_error(cell, cell_index, balasan))

    async def _jalankan(self, kode: str) -> dict[str, Any]:
        """What `ipykernel.ipkernel.IPythonKernel.do_execute` does for one request."""
        shell = self.shell
        shell.set_parent(self.sesi.msg("execute_request"))
        self.sesi.induk = shell.get_parent()
        while self.balasan:
            self.manajer.comm_msg(None, "", {"buffers": [], **self.balasan.pop(0)})
        await asyncio.sleep(0)  # tasks that earlier cells left behind
        shell._last_traceback, shell._last_traceback_during_displayhook = None, False
        gagal, siap = None, kode
        try:
            siap = shell.transform_cell(kode)
        except Exception:
            gagal = sys.exc_info()
        hasil = None
        try:
            hasil = await shell.run_cell_async(
                kode, store_history=True, transformed_cell=siap, preprocessing_exc_tuple=gagal
            )
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", hasil)
            shell.payload_manager.clear_payload()
        if hasil.success and not shell._last_traceback_during_displayhook:
            return {"content": {"status": "ok"}}
        galat = hasil.error_before_exec or hasil.error_in_exec
        return {
            "content": {
                "status": "error",
                "ename": type(galat).__name__,
                "evalue": str(galat),
                "traceback": shell._last_traceback or [],
            }
        }

    def _tunggu(self, koroutin: Any) -> Any:
        tugas = self.loop.create_task(koroutin)
        try:
            return self.loop.run_until_complete(tugas)
        except BaseException as henti:
            tugas.cancel(str(henti))
            self.loop.run_until_complete(asyncio.wait([tugas], timeout=ULANG_HENTI))
            if tugas.done() and not tugas.cancelled():
                tugas.exception()  # asked for, lest asyncio print it
            raise

    def _akhiri(self) -> None:
        """Let go of what the notebook holds while its output still goes nowhere but to us."""
        with self.keluaran:
            sisa = asyncio.all_tasks(self.loop)
            for tugas in sisa:
                tugas.cancel()
            if sisa:
                self.loop.run_until_complete(asyncio.wait(sisa, timeout=ULANG_HENTI))
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()
            self.shell.history_manager.output_hist.clear()
            self.shell.user_ns.clear()

    def _terima(self, pesan: dict[str, Any]) -> None:
        if self.sel is not None:
            if pesan["msg_type"] != "stream":
                self.keluaran.kirim()
            try:
                self.process_message(pesan, *self.sel)
            except Exception as galat:  # ours to raise after the cell, no business of its code
                self.gagal = self.gagal or galat

    def _kirim_teks(self, nama: str, teks: str) -> None:
        self.sesi.send(None, "stream", {"name": nama, "text": teks})

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """As nbclient, but text that follows text of the same stream joins it, whatever the timing."""
        baru: NotebookNode | None = super().output(outs, msg, display_id, cell_index)
        if baru and baru.output_type == "stream" and len(outs) > 1 and outs[-2].get("name") == baru.name:
            outs[-2].text += outs.pop().text
        return baru

    def log_output_message(self, output: NotebookNode) -> None:
        self.dicatat.append(output)  # for after the cell, else the log is output to log again


class _Sesi(Session):
    """Delivers a message to a function at once; its content passes through JSON as on a socket."""

    def __init__(
        self, kunci: threading.RLock, terima: Callable[[dict[str, Any]], None], takaran: _Takaran
    ) -> None:
        super().__init__()
        self.kunci, self.terima, self.takaran, self.proses = kunci, terima, takaran, os.getpid()
        self.induk: dict[str, Any] = {}  # header of the running request

    def send(  # type: ignore[override]
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **lain: Any
    ) -> dict[str, Any]:
        sangga = lain.pop("buffers", None)
        pesan: dict[str, Any] = msg_or_type
        if isinstance(msg_or_type, str):
            pesan = self.msg(
                msg_or_type,
                content,
                parent or self.induk,
                metadata=lain.get("metadata"),
                header=lain.get("header"),
            )
        # text was counted when it was written; what is too large is not even packed
        if pesan["msg_type"] != "stream" and not self.takaran.muat(_besar([pesan["content"], sangga])):
            return pesan
        pesan["content"] = self.unpack(self.pack(pesan["content"]))
        pesan["buffers"] = sangga or []
        if os.getpid() == self.proses:
            with self.kunci:
                self.terima(pesan)
        else:  # a process that a cell forked has only fd 1 in common with us
            print(pesan["content"].get("data", {}).get("text/plain", ""))
        return pesan


class _Aliran(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell."""

    encoding = "UTF-8"

    def __init__(self, keluaran: _Keluaran, nama: str, fd: int) -> None:
        self.keluaran, self.name, self.fd, self.proses = keluaran, nama, fd, os.getpid()

    def write(self, s: str, /) -> int:
        if not isinstance(s, str):
            raise TypeError(f"write() argument must be str, not {type(s)}")
        if os.getpid() == self.proses:
            self.keluaran.tulis(self.name, s)
        else:
            os.write(self.fd, s.encode("utf-8", "replace"))
        return len(s)

    def flush(self) -> None:
        if os.getpid() == self.proses:
            self.keluaran.tulis(self.name, "")

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.fd


class _Keluaran:
    """Text output of the cells in the order of writing, from Python and from fd 1 and 2 alike.

    Inside `with` the process writes to us, outside of it to wherever it wrote before. What
    child processes wrote is read from a pipe before each Python-level write, so that it keeps
    its place; a thread reads too, lest a child that fills the pipe waits for ever.
    """

    def __init__(self, kunci: threading.RLock, kirim: Callable[[str, str], None], takaran: _Takaran) -> None:
        self.kunci, self._kirim, self.takaran = kunci, kirim, takaran
        self._potongan: list[tuple[str, str]] = []
        self._terakhir = 0.0
        self._kosong = open(os.devnull)  # noqa: SIM115  closed by tutup()
        keluar, galat = _Aliran(self, "stdout", 1), _Aliran(self, "stderr", 2)
        self._py: dict[str, Any] = {"stdin": self._kosong, "stdout": keluar, "stderr": galat}
        self._log: tuple[list[logging.Handler], int, bool] = ([], logging.WARNING, False)
        self._pipa: dict[int, tuple[str, codecs.IncrementalDecoder]] = {}
        self._asli: dict[int, int] = {}
        self._utas: threading.Thread | None = None
        if hasattr(select, "poll"):  # not on Windows; ipykernel captures no descriptors there either
            self._siapkan_fd()

    def _siapkan_fd(self) -> None:
        self._asli = {fd: os.dup(fd) for fd in (0, 1, 2)}
        self._dalam = {0: self._kosong.fileno()}
        self._poll = select.poll()
        for fd, nama in ((1, "stdout"), (2, "stderr")):
            baca, self._dalam[fd] = os.pipe()
            self._pipa[baca] = (nama, codecs.getincrementaldecoder("utf-8")("replace"))
            self._poll.register(baca, select.POLLIN)
        self._berhenti = os.pipe()
        self._utas = threading.Thread(target=self._pompa, name="kinerja-keluaran", daemon=True)
        self._utas.start()

    def _pompa(self) -> None:
        poll = select.poll()
        for fd in (*self._pipa, self._berhenti[0]):
            poll.register(fd, select.POLLIN)
        while self._berhenti[0] not in dict(poll.poll()):
            with self.kunci:
                self._sedot()

    def _sedot(self) -> None:
        """Take what lies in the pipes; the caller holds the lock."""
        if self._pipa:
            for fd, _ in self._poll.poll(0):
                nama, urai = self._pipa[fd]
                isi = os.read(fd, 1 << 20)
                if self.takaran.muat(len(isi)):
                    self._potongan.append((nama, urai.decode(isi)))

    def tulis(self, nama: str, teks: str) -> None:
        with self.kunci:
            self._sedot()
            if self.takaran.muat(len(teks)):
                self._potongan.append((nama, teks))
            if time.monotonic() - self._terakhir > SELANG_KIRIM:
                self.kirim()

    def kirim(self) -> None:
        """Deliver everything written so far."""
        with self.kunci:
            self._sedot()
            potongan, self._potongan = self._potongan, []
            self._terakhir = time.monotonic()
            for nama, isi in itertools.groupby(potongan, itemgetter(0)):
                if teks := "".join(t for _, t in isi):
                    self._kirim(nama, teks)

    def _tukar(self, fd: dict[int, int]) -> None:
        for aliran in (sys.__stdout__, sys.__stderr__, sys.stdout, sys.stderr):
            if aliran is not None and not isinstance(aliran, _Aliran):
                with contextlib.suppress(Exception):  # a cell may have put anything there
                    aliran.flush()
        for nomor, asal in fd.items():
            os.dup2(asal, nomor)
        akar = logging.root
        self._py, lama = {n: getattr(sys, n) for n in self._py}, self._py
        vars(sys).update(lama)
        catat = akar.handlers[:], akar.level, logger.propagate
        akar.handlers[:], tingkat, logger.propagate = self._log
        akar.setLevel(tingkat)
        self._log = catat

    def __enter__(self) -> None:
        self._tukar(self._dalam if self._asli else {})

    def __exit__(self, *_: object) -> None:
        self._tukar(self._asli)

    def tutup(self) -> None:
        if self._utas:
            os.close(self._berhenti[1])
            self._utas.join()
            with self.kunci:  # a thread that a cell left behind may still print
                pipa, self._pipa = self._pipa, {}
            for fd in (*pipa, self._dalam[1], self._dalam[2], *self._asli.values(), self._berhenti[0]):
                os.close(fd)
        self._kosong.close()


class SelDihentikan(BaseException):
    """Raised inside a cell; not an `Exception`, so that few cells swallow it."""


class BatasWaktu(SelDihentikan):
    """The cell's time is up."""

    def __str__(self) -> str:
        return "Sel ini melewati batas waktu."


class BatasKeluaran(SelDihentikan):
    """The cells have put out too much."""

    def __str__(self) -> str:
        return "Sel ini melewati batas keluaran."


class _Penjaga:
    """Guards one cell: stops it after `detik` seconds or on request, and knows a real Ctrl-C from a
    raised one. A stop is repeated until the cell has ended."""

    def __init__(self, detik: float | None) -> None:
        self.detik, self.ditekan = detik, False
        self.henti: type[SelDihentikan] | None = None
        self._utas = threading.get_ident()
        self._alarm_ada = threading.current_thread() is threading.main_thread() and hasattr(
            signal, "setitimer"
        )
        self._selesai, self._minta = threading.Event(), threading.Event()
        self._pulihkan = contextlib.ExitStack()

    def __enter__(self) -> _Penjaga:
        utama = threading.current_thread() is threading.main_thread()
        if utama and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._tekan)
            self._pulihkan.callback(signal.signal, signal.SIGINT, signal.default_int_handler)
        if self._alarm_ada:
            lama = signal.signal(signal.SIGALRM, self._alarm)
            mulai = time.monotonic()
            sisa, ulang = signal.setitimer(signal.ITIMER_REAL, self.detik or 0, ULANG_HENTI)
            self._pulihkan.callback(signal.signal, signal.SIGALRM, lama)
            if sisa:  # the caller's own alarm goes on
                self._pulihkan.callback(
                    lambda: signal.setitimer(
                        signal.ITIMER_REAL, max(sisa - time.monotonic() + mulai, 1e-3), ulang
                    )
                )
        else:
            utas = threading.Thread(target=self._ronda, daemon=True)
            utas.start()
            self._pulihkan.callback(utas.join)
        return self

    def __exit__(self, *_: object) -> None:
        self.lepas()
        self._pulihkan.close()

    def hentikan(self, sebab: type[SelDihentikan]) -> None:
        """Stop the cell now, from whatever thread."""
        self.henti = self.henti or sebab
        if self._alarm_ada and not self._selesai.is_set():
            signal.setitimer(signal.ITIMER_REAL, 1e-4, ULANG_HENTI)
        self._minta.set()

    def lepas(self) -> None:
        """No further stop: the cell has ended, or its traceback is being made."""
        self._selesai.set()
        self._minta.set()
        if self._alarm_ada:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _tekan(self, nomor: int, bingkai: FrameType | None) -> NoReturn:
        self.ditekan = True
        raise KeyboardInterrupt

    def _alarm(self, nomor: int, bingkai: FrameType | None) -> None:
        if not self._selesai.is_set():
            self.henti = self.henti or BatasWaktu
            raise self.henti

    def _ronda(self) -> None:
        """Where no alarm can be had (Windows, other threads): works between two Python steps only."""
        import ctypes

        self._minta.wait(self.detik)
        while not self._selesai.is_set():
            self.henti = self.henti or BatasWaktu
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self._utas), ctypes.py_object(self.henti)
            )
            self._selesai.wait(ULANG_HENTI)


class _KlienKernel(_Bersel):
    """papermill's client and an ordinary kernel, under the same limits and with the same words."""

    def execute(self, **kwargs: Any) -> NotebookNode:
        self.takaran = _Takaran(self._melimpah)
        # a kernel also copies to its own terminal whatever its cells' child processes print
        nb: NotebookNode = super().execute(stdout=DEVNULL, stderr=DEVNULL, **kwargs)
        return nb

    def _melimpah(self) -> None:
        self.km.provisioner.process.kill()  # nbclient looks once a second whether it lives

    def satu_sel(self, cell: NotebookNode, cell_index: int) -> None:
        try:
            PapermillNotebookClient.execute_cell(self, cell, cell_index)
        except CellTimeoutError:
            self.shutdown_kernel = "immediate"  # it would not listen
            raise self.terlalu_lama(cell) from None
        except DeadKernelError:
            self.shutdown_kernel = "immediate"
            if self.takaran.lewat:
                raise self.takaran.galat(self.sel_ini(cell)) from None
            proses = getattr(self.km.provisioner, "process", None)
            kode = proses.poll() if proses else None
            raise KernelMati(galat_keluar(kode or 0, self.sel_ini(cell))) from None

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        isi = msg["content"]
        if msg["msg_type"] == "error" and isi.get("ename") == "StdinNotImplementedError":
            isi["evalue"] = TANPA_MASUKAN
            isi["traceback"] = [*isi["traceback"][:-1], f"StdinNotImplementedError: {TANPA_MASUKAN}"]
        if not self.takaran.muat(_besar([isi, msg.get("buffers")])):
            return None
        return super().process_message(msg, cell, cell_index)


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """A kernel's shell; libraries know a notebook by the name of this class."""

    penjaga: _Penjaga

    def init_history(self) -> None:
        riwayat: Any = HistoryManager(shell=self, parent=self, enabled=False)  # no SQLite
        self.history_manager = riwayat
        self.configurables.append(riwayat)

    def enable_gui(self, gui: str | None = None) -> None:
        if gui not in (None, "inline"):
            raise UsageError(f"Jendela '{gui}' tidak ada di laporan; pakai %matplotlib inline.")

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        if self.penjaga.henti:  # what stops the cell may come out of it as another exception
            self.penjaga.lepas()
        super().showtraceback(*args, **kwargs)


@contextlib.contextmanager
def _tunggal(kelas: Any) -> Iterator[None]:
    """No instance of a traitlets singleton, then the old one again."""
    lama = {k: k._instance for k in kelas._walk_mro()}
    for k in lama:
        k._instance = None
    try:
        yield
    finally:
        for k, instansi in lama.items():
            k._instance = instansi


@contextlib.contextmanager
def _cangkang(sesi: _Sesi) -> Iterator[Any]:
    with tempfile.TemporaryDirectory(prefix="kinerja-") as folder, _tunggal(ZMQInteractiveShell):
        # its own profile: nothing of the user's start-up files is read, nothing is left at home
        profil = ProfileDir.create_profile_dir(folder)  # type: ignore[no-untyped-call]
        shell: Any = ZMQInteractiveShell.instance(profile_dir=profil, ipython_dir=folder)
        shell.kernel = SimpleNamespace(
            session=sesi, iopub_socket=None, eventloop=None, get_parent=lambda *_: shell.get_parent()
        )
        shell.displayhook.session = shell.display_pub.session = sesi
        try:
            yield shell
        finally:
            atexit.unregister(shell.atexit_operations)


@contextlib.contextmanager
def _komunikasi(sesi: _Sesi) -> Iterator[CommManager]:
    """Widgets talk to nbclient's stand-in for a front end."""

    class Komunikasi(BaseComm):
        def publish_msg(
            self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **kunci: Any
        ) -> None:
            isi = {"data": data or {}, "comm_id": self.comm_id, **kunci}
            sesi.send(None, msg_type, isi, metadata=metadata or {}, buffers=buffers)

    manajer = CommManager()
    lama = comm.create_comm, comm.get_comm_manager
    comm.create_comm, comm.get_comm_manager = Komunikasi, lambda: manajer
    try:
        yield manajer
    finally:
        for k in list(manajer.comms.values()):
            k.close()
        comm.create_comm, comm.get_comm_manager = lama


@contextlib.contextmanager
def _matplotlib(shell: Any) -> Iterator[None]:
    """Figures inline as in a kernel; the caller's figures, rcParams and backend come back."""
    inline = os.environ.setdefault("MPLBACKEND", INLINE) == INLINE
    mpl = sys.modules.get("matplotlib")
    if mpl is None:
        yield
        if (mpl := sys.modules.get("matplotlib")) is not None:
            _tutup_gambar("agg")
            mpl.rc_file_defaults()
        return
    from matplotlib._pylab_helpers import Gcf
    from matplotlib_inline.config import InlineBackend

    latar, gambar = mpl.get_backend(auto_select=False), Gcf.figs.copy()
    Gcf.figs.clear()
    with mpl.rc_context(), _tunggal(InlineBackend):
        if inline and not {"matplotlib.pyplot", "matplotlib_inline.backend_inline"}.isdisjoint(sys.modules):
            from IPython.core import pylabtools
            from matplotlib_inline import backend_inline

            aktifkan: Any = pylabtools.activate_matplotlib
            pasang: Any = backend_inline.configure_inline_support
            pasang.current_backend = "unset"  # the formats are the shell's, and this one is new
            aktifkan(INLINE)
            pasang(shell, INLINE)
        elif inline:
            mpl.rcParams["backend"] = INLINE
        yield
        _tutup_gambar(latar or "agg")
    Gcf.figs.update(gambar)


def _tutup_gambar(latar: str) -> None:
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close("all")
        pyplot.switch_backend(latar)


@contextlib.contextmanager
def _lingkungan() -> Iterator[None]:
    """What a notebook may change in the process: fresh for it, as before after it."""
    folder, env, utama = os.getcwd(), dict(os.environ), sys.modules["__main__"]
    isi_sys, isi_builtins = dict(vars(sys)), dict(vars(builtins))
    acak, numpy = random.getstate(), sys.modules.get("numpy.random")
    acak_numpy = numpy.get_state() if numpy else None
    random.seed()
    if numpy:
        numpy.seed()
    sandi, getpass.getpass = getpass.getpass, _tolak_masukan
    builtins.input = _tolak_masukan
    sys.breakpointhook = lambda *_, **__: None  # as in a kernel that no debugger is attached to
    sys.path, sys.argv = sys.path[:], [""]
    if "" not in sys.path:  # where a kernel puts it: the standard library first
        paket = (i for i, p in enumerate(sys.path) if p.endswith(("site-packages", "dist-packages")))
        sys.path.insert(next(paket, 0), "")
    with warnings.catch_warnings():
        warnings.showwarning = _tampilkan_peringatan  # type: ignore[assignment]
        try:
            yield
        finally:
            os.chdir(folder)
            _pulihkan(os.environ, env)
            sys.modules["__main__"] = utama
            _pulihkan(vars(sys), isi_sys)
            _pulihkan(vars(builtins), isi_builtins)
            getpass.getpass = sandi
            random.setstate(acak)
            if numpy:
                numpy.set_state(acak_numpy)


def _pulihkan(isi: MutableMapping[str, Any], asal: dict[str, Any]) -> None:
    for nama in isi.keys() - asal.keys():
        del isi[nama]
    for nama, nilai in asal.items():
        if isi.get(nama, isi) is not nilai:
            isi[nama] = nilai


TANPA_MASUKAN = (
    "Notebook ini berjalan tanpa orang, jadi input() tidak dapat dijawab. "
    "Beri nilainya lewat sel 'parameters' (papermill -p nama nilai)."
)


def _tolak_masukan(*_: object, **__: object) -> NoReturn:
    __tracebackhide__ = True
    raise StdinNotImplementedError(TANPA_MASUKAN)


def _tampilkan_peringatan(
    pesan: Any, jenis: Any, berkas: str, baris: int, file: Any = None, line: str | None = None
) -> None:
    (file or sys.stderr).write(warnings.formatwarning(pesan, jenis, berkas, baris, line))
