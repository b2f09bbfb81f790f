"""What runs inside a Dask worker for the press: it keeps printing machines and passes packs to them unread.

A Dask worker runs threads, and a process with threads must not fork (`cabang`). So a worker keeps one plain process,
a printing machine (`mesin_cetak`), for each pack that it makes at the same time. Nothing else of the press gets into
the worker, whose heart would stop while it is imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress


class MesinMati(RuntimeError):
    """The machine ended while it had something to do."""


class _Mesin:
    """One printing machine; used by one thread at a time."""

    def __init__(self) -> None:
        perintah = f"from kinerja.laporan.mesin_cetak import layani; layani({os.getpid()})"
        self.proses = subprocess.Popen(
            [sys.executable, "-c", perintah],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C on the worker's terminal is the worker's
        )

    def minta(self, isi: bytes) -> bytes:
        """MesinMati if the machine ends first."""
        assert self.proses.stdin is not None
        assert self.proses.stdout is not None
        try:
            self.proses.stdin.write(len(isi).to_bytes(8, "big") + isi)
            self.proses.stdin.flush()
            panjang = self.proses.stdout.read(8)
            balasan = self.proses.stdout.read(int.from_bytes(panjang, "big"))
            if len(panjang) == 8 and len(balasan) == int.from_bytes(panjang, "big"):
                return balasan
        except OSError:
            pass
        raise MesinMati(f"Mesin cetak berhenti dengan kode {self.tutup()}.")

    def tutup(self) -> int:
        self.proses.terminate()
        kode = self.proses.wait()
        for pipa in (self.proses.stdin, self.proses.stdout):
            with suppress(OSError):
                if pipa is not None:
                    pipa.close()
        return kode


_luang: dict[str, list[_Mesin]] = {}
_semua: dict[str, list[_Mesin]] = {}
_kunci = threading.Lock()


def minta_mesin(pesanan: str, isi: bytes) -> bytes:
    """The answer of a machine of this worker to one request of an order. MesinMati if it breaks down."""
    with _kunci:
        luang = _luang.setdefault(pesanan, [])
        mesin = luang.pop() if luang else None
    if mesin is None or mesin.proses.poll() is not None:  # none yet, or it had been idle for too long
        mesin = _Mesin()
        with _kunci:
            _semua.setdefault(pesanan, []).append(mesin)
    balasan = mesin.minta(isi)
    with _kunci:
        _luang.setdefault(pesanan, []).append(mesin)
    return balasan


def bubarkan(pesanan: str) -> None:
    """End the machines of an order, at work or not."""
    with _kunci:
        mesin = _semua.pop(pesanan, [])
        _luang.pop(pesanan, None)
    for m in mesin:
        m.proses.terminate()
        m.proses.wait()
