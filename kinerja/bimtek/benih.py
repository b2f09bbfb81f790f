"""A lesson that has been run once and from which kernels branch off, one for each participant (`fork`).

The seed runs all cells, keeps the widgets alive, and waits. For every participant it is forked: the child becomes an
ordinary Jupyter kernel on the ports it is told, with the lesson already in its memory, which it shares with all the
others until it changes something. So opening a lesson costs a fork instead of minutes of computing, and a participant
costs what he moves instead of a whole Python with pandas. Where there is no fork (Windows) Voila starts kernels itself.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn

import comm
import nbformat
from nbformat import NotebookNode

SIAP = "siap"
# read before branching, so that the branches share them; a kernel would import each of these for itself
_BAWAAN_KERNEL = (
    "ipykernel.kernelapp", "ipykernel.debugger", "ipykernel.zmqshell", "ipykernel.pylab.backend_inline",
    "IPython.core.debugger", "IPython.extensions.storemagic", "psutil", "tornado.platform.asyncio",
)  # fmt: skip


def dapat() -> bool:
    """Whether this system can branch a process."""
    return hasattr(os, "fork")


class Benih:
    """The seed of one lesson, seen from the server. `tunggu` until it has run, then `cabang` for each participant."""

    def __init__(
        self, notebook: Path, hasil: Path, catatan: Path, lingkungan: Mapping[str, str] | None = None
    ) -> None:
        self.notebook, self.hasil, self.catatan = notebook, hasil, catatan
        self._kunci = threading.Lock()
        with catatan.open("ab") as log:
            self._proses = subprocess.Popen(
                [sys.executable, "-m", "kinerja.bimtek.benih", str(notebook), str(hasil)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                cwd=notebook.parent,
                env={**os.environ, **(lingkungan or {})},
                start_new_session=True,  # Ctrl+C is for the server, which then ends its seeds in order
            )

    def tunggu(self) -> NotebookNode:
        """The notebook with the outputs of its run. ValueError, naming the log, if a cell failed."""
        assert self._proses.stdout
        if self._proses.stdout.readline().strip() != SIAP:
            raise ValueError(f"{self.notebook.name} gagal disiapkan. Sebabnya ada di {self.catatan}.")
        nb: NotebookNode = nbformat.read(self.hasil, as_version=4)
        return nb

    def cabang(self, berkas_sambungan: str) -> int:
        """Branch a kernel that listens as this connection file says; returns its process id."""
        assert self._proses.stdin
        assert self._proses.stdout
        with self._kunci:
            self._proses.stdin.write(berkas_sambungan + "\n")
            self._proses.stdin.flush()
            jawab = self._proses.stdout.readline().strip()
        if not jawab.isdigit():
            raise OSError(f"Cabang {self.notebook.name} tidak dapat dibuat. Sebabnya ada di {self.catatan}.")
        return int(jawab)

    @property
    def pid(self) -> int:
        return self._proses.pid

    def tutup(self) -> None:
        """End the seed; its branches notice and end too."""
        assert self._proses.stdin
        assert self._proses.stdout
        self._proses.stdin.close()
        try:
            self._proses.wait(10)
        except subprocess.TimeoutExpired:
            self._proses.kill()
            self._proses.wait()
        self._proses.stdout.close()


def jalankan(nb: NotebookNode) -> object:
    """Run all cells in this process, outputs into `nb`; returns the shell that holds what they made.

    The first cell that fails raises its exception.
    """
    import ipykernel.ipkernel  # noqa: F401  widgets made from here on speak as in a kernel
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.display import display
    from IPython.utils.capture import capture_output
    from traitlets.config import Config

    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.display_trap.hook = lambda x: None if x is None else display(x)  # type: ignore[no-untyped-call]
    for sel in nb.cells:
        if sel.cell_type != "code":
            continue
        with capture_output() as tangkapan:
            hasil = shell.run_cell(sel.source)  # type: ignore[no-untyped-call]
        hasil.raise_error()
        sel.outputs = [nbformat.v4.new_output("stream", text=tangkapan.stdout)] if tangkapan.stdout else []
        sel.outputs += [
            nbformat.v4.new_output("display_data", data=k.data, metadata=k.metadata or {})
            for k in tangkapan.outputs
        ]
    return shell


def _layani(perintah: IO[str], jawab: IO[str]) -> None:
    """Branch once for every line, which names a connection file, until there are no more."""
    for modul in _BAWAAN_KERNEL:
        import_module(modul)
    gc.collect()
    gc.freeze()  # the collector would write into every page that the branches share
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a branch that has ended
    for baris in perintah:
        induk = os.getpid()
        if (pid := os.fork()) == 0:
            perintah.close()
            jawab.close()
            _menjadi_kernel(baris.strip(), induk)
        print(pid, file=jawab, flush=True)


def _menjadi_kernel(berkas_sambungan: str, induk: int) -> NoReturn:
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        from ipykernel.kernelapp import IPKernelApp
        from IPython.core.interactiveshell import InteractiveShell

        InteractiveShell.clear_instance()
        app = IPKernelApp.instance(parent_handle=induk)
        app.initialize(["-f", berkas_sambungan, "--HistoryManager.enabled=False"])  # type: ignore[no-untyped-call]
        saluran: Any
        for saluran in comm.get_comm_manager().comms.values():
            saluran.kernel = app.kernel  # a widget without a kernel keeps its changes to itself
        app.start()  # type: ignore[no-untyped-call]
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)  # not through the seed's own exit


def main(notebook: str, hasil: str) -> int:
    """Run the lesson, store it with its outputs, then branch on request."""
    # the two lines to the server are ours alone: what a cell prints or reads must not come between
    perintah = os.fdopen(os.dup(0), encoding="utf-8")
    jawab = os.fdopen(os.dup(1), "w", encoding="utf-8")
    kosong = os.open(os.devnull, os.O_RDONLY)
    os.dup2(kosong, 0)
    os.dup2(2, 1)
    nb = nbformat.read(notebook, as_version=4)
    shell = jalankan(nb)
    nbformat.write(nb, hasil)
    print(SIAP, file=jawab, flush=True)
    _layani(perintah, jawab)
    del shell  # until here the lesson's objects had to live
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
