"""A server of ours as a child process: a free port, waiting until it answers, and its end."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

_SABAR = 120  # seconds until a server has to answer; the first start on a slow laptop reads many files
_PERCOBAAN = 20  # ports tried one after another


def porta_bebas(alamat: str, diminta: int | None, baku: int) -> int:
    """The port asked for, or the first free one from `baku` on. ValueError if none can be had."""
    calon = [diminta] if diminta is not None else list(range(baku, baku + _PERCOBAAN))
    for porta in calon:
        with socket.socket() as s:
            if os.name != "nt":  # there it would allow two servers on one port
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind((alamat, porta))
            except PermissionError:
                raise ValueError(
                    f"Porta {porta} tidak boleh dipakai oleh akun ini. Pilih yang lain, misalnya --porta {baku}."
                ) from None
            except OverflowError:
                raise ValueError(f"Porta {porta} tidak ada. Pilih antara 1024 dan 65535.") from None
            except OSError:
                continue
            return int(s.getsockname()[1])
    if diminta is not None:
        raise ValueError(
            f"Porta {diminta} sedang dipakai program lain, mungkin kinerja yang belum ditutup. "
            "Tutup dulu, atau pilih porta lain dengan --porta."
        )
    raise ValueError(
        f"Porta {baku} sampai {baku + _PERCOBAAN - 1} semuanya sedang dipakai. Pilih dengan --porta."
    )


def ada_peramban() -> bool:
    """Whether this machine has a browser that can be opened."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def tunggu_jawab(alamat: str, proses: subprocess.Popen[bytes], catatan: Path) -> None:
    """Wait until the server answers. ValueError, with the file that says why, if it ends or stays silent."""
    akhir = time.monotonic() + _SABAR
    while proses.poll() is None and time.monotonic() < akhir:
        try:
            with urllib.request.urlopen(alamat, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers, even if it wants a token
        except OSError:
            time.sleep(0.2)
    raise ValueError(f"Server tidak dapat dijalankan. Sebabnya ada di {catatan}, baris-baris terakhir.")


def tutup(proses: subprocess.Popen[bytes], sabar: float = 20) -> None:
    """End a server and with it its kernels; by force if it does not listen."""
    if proses.poll() is None:
        proses.terminate()
        try:
            proses.wait(sabar)
        except subprocess.TimeoutExpired:
            proses.kill()
            proses.wait()
