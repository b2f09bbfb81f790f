"""A printing machine: a process without threads beside a Dask worker, which forks each pack with its limits.

It is warm after its first pack. It ends with its worker, at the end of the order, or when it has had nothing to do
for a while.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import select
import shutil
import signal
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from kinerja import __version__
from kinerja.laporan.batas import Batas, Galat
from kinerja.laporan.cabang import FORK_ADA, jalankan_cabang
from kinerja.laporan.paket import AKAR, ALAT, Tugas, cetak_satu, sidik_jari_program

BATAS_DIAM = 300.0  # seconds until a machine without work ends
_PERIKSA_INDUK = 1.0  # seconds between two looks whether the worker still lives


@dataclass(frozen=True)
class Kiriman:
    """One pack to make, as it travels: the slice compressed, the limits those of `jalankan_cabang`."""

    tugas: Tugas
    irisan: bytes
    batas: Batas

    @classmethod
    def dari(cls, tugas: Tugas, batas: Batas) -> Kiriman:
        ringan = replace(tugas.tanpa_irisan(), map=Path(tugas.kode))  # the sender's folders are its own
        return cls(ringan, zlib.compress(tugas.irisan.encode(), 1), batas)

    def buka(self, wadah: Path) -> Tugas:
        return replace(
            self.tugas, irisan=zlib.decompress(self.irisan).decode(), map=wadah / self.tugas.map.name
        )


@dataclass(frozen=True)
class Balasan:
    """What comes back: the files of the pack, or why there are none."""

    isi: Mapping[str, bytes]
    tahap: dict[str, float] | None  # what `cetak_satu` gives
    galat: Galat | None
    detik: float
    memori: int | None


def keadaan() -> dict[str, str]:
    """What shapes the bytes of a pack on this machine; two machines must agree on every line."""
    kunci = AKAR / "requirements.lock"
    return {
        "kinerja": __version__,
        "Python": platform.python_version(),
        **{alat: version(alat) for alat in ALAT},
        "requirements.lock": _sidik(kunci.read_bytes()) if kunci.is_file() else "tidak ada",
        "isi program": sidik_jari_program()[:12],
    }


def _sidik(isi: bytes) -> str:
    return hashlib.sha256(isi).hexdigest()[:12]


def kirim(isi: Kiriman | None) -> bytes:
    """A request to a machine; None asks for its `keadaan`."""
    return pickle.dumps(isi, pickle.HIGHEST_PROTOCOL)


def buka_balasan(isi: bytes) -> Any:
    """Its answer: a Balasan, or what `keadaan` gives."""
    return pickle.loads(isi)


# -- its life -----------------------------------------------------------------------------------------


def layani(induk: int) -> None:
    """Make packs as they come through stdin and answer through stdout, until the worker `induk` is gone."""
    masuk, keluar = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    kosong = os.open(os.devnull, os.O_RDONLY)
    os.dup2(kosong, 0)
    os.dup2(2, 1)  # what code prints must not fall among the answers
    signal.signal(signal.SIGTERM, _berhenti)
    hangat = False
    with tempfile.TemporaryDirectory(prefix="kinerja-") as wadah:
        while not FORK_ADA or select.select([masuk], [], [], BATAS_DIAM)[0]:
            panjang = masuk.read(8)
            if not panjang:
                return
            kiriman: Kiriman | None = pickle.loads(masuk.read(int.from_bytes(panjang, "big")))
            _ikuti(induk)
            balasan: Any = (
                keadaan()
                if kiriman is None
                else _cetak(kiriman.buka(Path(wadah)), kiriman.batas, hangat, induk)
            )
            hangat = hangat or kiriman is not None
            isi = pickle.dumps(balasan, pickle.HIGHEST_PROTOCOL)
            keluar.write(len(isi).to_bytes(8, "big") + isi)
            keluar.flush()


def _cetak(tugas: Tugas, batas: Batas, hangat: bool, induk: int) -> Balasan:
    from kinerja.laporan.batch import gladi  # only here: `batch` is what sends the packs

    if FORK_ADA and not hangat:
        gladi(tugas)
        _ikuti(induk)  # the engine used the same timer
    [hasil] = jalankan_cabang([tugas], cetak_satu, 1, batas)
    isi = {}
    if hasil.galat is None:
        isi = {b.name: b.read_bytes() for b in tugas.sementara.iterdir() if b.is_file()}
    shutil.rmtree(tugas.sementara, ignore_errors=True)
    return Balasan(isi, hasil.nilai, hasil.galat, hasil.detik, hasil.memori)


def _ikuti(induk: int) -> None:
    """End soon after the worker, however it ended; a forked pack does not inherit the timer."""
    if not hasattr(signal, "setitimer"):
        return

    def lihat(*_: object) -> None:
        if os.getppid() != induk:
            _berhenti()

    signal.signal(signal.SIGALRM, lihat)
    signal.setitimer(signal.ITIMER_REAL, _PERIKSA_INDUK, _PERIKSA_INDUK)


def _berhenti(*_: object) -> NoReturn:
    raise SystemExit(143)
