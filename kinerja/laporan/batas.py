"""What one OPD may use: time, memory, output, disk; how it is measured; how a breach is told.

How memory is limited, and why so. RLIMIT_AS counts what is merely reserved: every thread's stack
and arena, and Arrow's pools, gigabytes that nobody touches. RLIMIT_RSS does nothing on Linux.
A cgroup would be exact, but an ordinary account may rarely make one. So a watcher adds up, five
times a second, the memory of all processes of the OPD, whatever session they moved to: resident
pages first, which costs microseconds and can only be too high (a page shared by ten processes
counts ten times); over the limit the proportional set size decides, in which pages shared with
the press and the other workers count by their share, shared mappings included. Between two looks
a process can take perhaps some hundred megabytes; a single allocation far over the limit is
refused at once by RLIMIT_DATA (private writable memory, reserved or not), set to twice the limit
above what the process has at the start, so that reservations do not meet it.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import psutil

from kinerja.tulisan import angka

try:
    import resource
except ImportError:  # Windows has no such limits; the watcher works there too
    resource = None  # type: ignore[assignment]

MB = 1024**2
JEDA = 0.2  # seconds between two looks of a watcher
TENGGANG = 3.0  # seconds that a cell has to end by itself after its limit
MATI = 10.0  # seconds to wait for killed processes to be gone
Jenis = Literal["sel", "opd", "memori", "keluaran", "berkas"]


@dataclass(frozen=True)
class Batas:
    """The limits of one OPD; None is no limit.

    `sel` and `opd` in seconds; `memori` (all its processes together), `keluaran` (everything that
    the cells print and show) and `berkas` (one file that it writes) in MB.
    """

    sel: float | None = 300
    opd: float | None = 600
    memori: int | None = 2048
    keluaran: int | None = 64
    berkas: int | None = 1024

    def __post_init__(self) -> None:
        for nama, nilai in vars(self).items():
            if nilai is not None and not nilai > 0:
                raise ValueError(f"Batas {nama} harus lebih dari 0, bukan {angka(nilai)}.")


TANPA_BATAS = Batas(None, None, None, None, None)


@dataclass(frozen=True)
class Galat:
    """Why a task gave no result: sentences, the child's traceback, its signal or exit code.

    `batas` names the limit that was met, if any.
    """

    pesan: str
    jejak: str = ""
    sinyal: int | None = None
    kode: int | None = None
    batas: Jenis | None = None

    def __str__(self) -> str:
        return self.pesan


class Berhenti(Exception):
    """Raised where the reason can be told best; `galat` goes to the operator as it is."""

    def __init__(self, galat: Galat) -> None:
        super().__init__(galat.pesan)
        self.galat = galat

    def __reduce__(self) -> Any:
        return type(self), (self.galat,)


# --- which cell is running ----------------------------------------------------------------------


@dataclass(frozen=True)
class Sel:
    """A running cell: its number as in `In [3]`, its first line, its seconds so far."""

    nomor: int
    baris: str
    detik: float

    def __str__(self) -> str:
        return f"Sel [{self.nomor}] ({self.baris})" if self.baris else f"Sel [{self.nomor}]"


def baris_sel(kode: str) -> str:
    """The first line of code of a cell, short enough for a sentence."""
    baris = next((b for b in map(str.strip, kode.splitlines()) if b and not b.startswith("#")), "")
    return baris if len(baris) <= 60 else baris[:59] + "…"


class Papan:
    """A few bytes of shared memory in which a worker says what it does; its watcher reads them.

    A cell that kills its process or never comes back to Python is known and told by this.
    """

    UKURAN = 512
    _KEPALA = struct.Struct("<qdq")

    def __init__(self, sangga: Any) -> None:
        self.sangga = memoryview(sangga).cast("B")

    def mulai(self, nomor: int, kode: str) -> None:
        isi, awal = baris_sel(kode).encode("utf-8", "replace"), self._KEPALA.size
        self.selesai()
        self.sangga[awal : awal + len(isi)] = isi
        self.sangga[:awal] = self._KEPALA.pack(nomor, time.monotonic(), len(isi))

    def selesai(self) -> None:
        self.sangga[: self._KEPALA.size] = bytes(self._KEPALA.size)

    def baca(self) -> Sel | None:
        awal = self._KEPALA.size
        nomor, mulai, panjang = self._KEPALA.unpack(self.sangga[:awal])
        if nomor < 1 or not 0 <= panjang <= self.UKURAN - awal:
            return None
        baris = bytes(self.sangga[awal : awal + panjang]).decode("utf-8", "replace")
        return Sel(nomor, baris, time.monotonic() - mulai)


@dataclass
class Keadaan:
    """What holds in this process: the limits, where to say which cell runs, and whether the process
    serves one task only. A process that goes on to others gives each notebook a kernel of its own."""

    batas: Batas = Batas(sel=None, opd=None, memori=None, berkas=None)
    papan: Papan | None = None
    sekali: bool = True


_keadaan = Keadaan()


def keadaan() -> Keadaan:
    """What holds in this process."""
    return _keadaan


def berlakukan(baru: Keadaan) -> None:
    """Put limits in force in this process and in those that it will start."""
    global _keadaan
    _keadaan = baru
    if resource is None:
        return
    with suppress(ValueError, OSError):  # a tighter limit of the system's own stays
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    longgarkan()
    if baru.batas.berkas is not None:
        _lunak(resource.RLIMIT_FSIZE, baru.batas.berkas * MB)
    if baru.batas.memori is not None and sys.platform == "linux":
        _lunak(resource.RLIMIT_DATA, _data_terpakai() + 2 * baru.batas.memori * MB)


def longgarkan() -> None:
    """The system's limits as they were: what comes now is the press's own work."""
    if resource is not None:
        for jenis in (resource.RLIMIT_FSIZE, resource.RLIMIT_DATA):
            _lunak(jenis, resource.getrlimit(jenis)[1])


def _lunak(jenis: int, nilai: int) -> None:
    keras = resource.getrlimit(jenis)[1]
    if keras != resource.RLIM_INFINITY:
        nilai = keras if nilai == resource.RLIM_INFINITY else min(nilai, keras)
    with suppress(ValueError, OSError):
        resource.setrlimit(jenis, (nilai, keras))


def _data_terpakai() -> int:
    with open("/proc/self/status") as berkas:
        return next(int(b.split()[1]) * 1024 for b in berkas if b.startswith("VmData:"))


# --- processes ----------------------------------------------------------------------------------

_ANAK_DARI_PROC = os.path.exists(f"/proc/self/task/{os.getpid()}/children")


def keturunan(pid: int) -> list[int]:
    """All living or dying descendants of a process, nearest first."""
    if not _ANAK_DARI_PROC:
        try:
            return [p.pid for p in psutil.Process(pid).children(recursive=True)]
        except psutil.Error:
            return []
    semua: list[int] = []
    baris = [pid]
    for p in baris:  # grows while it is read
        with suppress(OSError):
            for utas in os.listdir(f"/proc/{p}/task"):
                with suppress(OSError), open(f"/proc/{p}/task/{utas}/children") as berkas:
                    anak = [int(n) for n in berkas.read().split()]
                    semua += anak
                    baris += anak
    return semua


def memori(pid: list[int], cukup: int) -> int:
    """Bytes of memory in use by these processes together; shared pages by their share.

    Below `cukup` an upper bound is enough and cheaper: each process's resident pages.
    """
    proses = []
    for p in pid:
        with suppress(psutil.Error):
            proses.append(psutil.Process(p))
    atas = sum(_resident(p) for p in proses)
    return atas if atas <= cukup else sum(_bagian(p) for p in proses)


def _resident(p: psutil.Process) -> int:
    try:
        return int(p.memory_info().rss)
    except psutil.Error:
        return 0


def _bagian(p: psutil.Process) -> int:
    try:
        isi = p.memory_full_info()
    except psutil.Error:
        return _resident(p)
    return int(isi.pss + isi.swap) if hasattr(isi, "pss") else int(isi.uss)


def habisi(pid: list[int]) -> None:
    """Kill these processes; those that are gone or not ours are left alone."""
    for p in pid:
        with suppress(psutil.Error):
            psutil.Process(p).kill()


# --- what is breached, and how it is told --------------------------------------------------------


def langgar(pid: list[int], mulai: float, batas: Batas, papan: Papan) -> Galat | None:
    """The first limit that a task with these processes has met, told; else None."""
    kini, sel = time.monotonic(), papan.baca()
    if batas.opd is not None and kini - mulai >= batas.opd:
        return galat_batas("opd", batas.opd, kini - mulai, sel)
    if batas.sel is not None and sel is not None and sel.detik >= batas.sel + TENGGANG:
        return galat_batas("sel", batas.sel, sel.detik, sel)
    if batas.memori is not None and (pakai := memori(pid, batas.memori * MB)) > batas.memori * MB:
        return galat_batas("memori", batas.memori, pakai / MB, sel)
    return None


_SEBAB: dict[Jenis, str] = {
    "sel": "sudah berjalan {nilai} detik, batasnya {batas} detik tiap sel. Perbaiki sel yang tidak selesai "
    "itu, atau beri waktu lebih dengan --batas-sel {usul}.",
    "opd": "OPD ini sudah berjalan {nilai} detik, batasnya {batas} detik tiap OPD. Ringankan notebook, atau "
    "beri waktu lebih dengan --batas-opd {usul}.",
    "memori": "OPD ini memakai memori {nilai} MB, batasnya {batas} MB tiap OPD. Olah datanya sebagian demi "
    "sebagian, atau naikkan batasnya dengan --batas-memori {usul}.",
    "keluaran": "keluaran notebook sudah {nilai} MB, batasnya {batas} MB. Kurangi yang dicetak dan "
    "ditampilkan (print, display), atau simpan ke berkas.",
    "berkas": "menulis berkas lebih besar dari batas {batas} MB. Tulis lebih sedikit, atau bagi menjadi "
    "beberapa berkas.",
}


def galat_batas(jenis: Jenis, batas: float, nilai: float, sel: Sel | None) -> Galat:
    """A breach in words: which cell, what was measured, the limit, the way out."""
    kalimat = _SEBAB[jenis].format(
        nilai=angka(nilai, 1 if nilai < 10 else 0), batas=angka(batas), usul=max(1, round(2 * batas))
    )
    tempat = f"{sel} dihentikan" if sel else "Dihentikan"
    return Galat(f"{tempat}: {kalimat}", batas=jenis)


def galat_keluar(kode: int, sel: Sel | None) -> Galat:
    """What to say of a process that ended with `kode` (negative: a signal) and gave no result."""
    di = f" di {str(sel).replace('Sel', 'sel', 1)}" if sel else ""
    if kode >= 0:
        return Galat(
            f"Prosesnya berhenti dengan kode {kode} sebelum memberi hasil{di}. Buang exit() atau os._exit() "
            f"dari notebook.",
            kode=kode,
        )
    nama = next((s.name for s in signal.Signals if s == -kode), "tidak dikenal")
    saran = {
        "SIGKILL": "Biasanya memori komputer habis: kurangi --pekerja, atau turunkan --batas-memori agar sel "
        "yang boros diketahui.",
        "SIGSEGV": "Biasanya rekursi terlalu dalam atau pustaka C yang rusak: jalankan sel itu sendiri di "
        "JupyterLab.",
    }.get(nama, "Jalankan sel itu sendiri di JupyterLab untuk menemukan sebabnya.")
    return Galat(f"Prosesnya mati karena sinyal {-kode} ({nama}){di}. {saran}", sinyal=-kode)


def galat_dari(kesalahan: BaseException) -> Galat | None:
    """What an exception of a notebook says of a limit of this process, in words; else None."""
    if isinstance(kesalahan, Berhenti):
        return kesalahan.galat
    k = keadaan()
    # papermill's exception carries the cell's own: ename, evalue
    nama = getattr(kesalahan, "ename", type(kesalahan).__name__)
    isi = str(getattr(kesalahan, "evalue", kesalahan))
    sel = k.papan.baca() if k.papan else None
    tempat = f"{sel} gagal" if sel else "Gagal"
    if k.batas.memori is not None and nama in ("MemoryError", "_ArrayMemoryError", "ArrowMemoryError"):
        return Galat(
            f"{tempat}: meminta memori jauh melebihi batas {angka(k.batas.memori)} MB tiap OPD"
            f"{f' ({isi})' if isi else ''}. Olah datanya sebagian demi sebagian, atau naikkan batasnya dengan "
            f"--batas-memori {2 * k.batas.memori}.",
            batas="memori",
        )
    if k.batas.berkas is not None and nama == "OSError" and "[Errno 27]" in isi:
        return galat_batas("berkas", k.batas.berkas, 0, sel)
    return None
