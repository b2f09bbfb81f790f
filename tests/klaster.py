"""A Dask cluster on loopback: started, hurt, and stopped again.

`make klaster` runs this file: the sample is printed on one machine and on the cluster, a worker is killed in the
middle, and the bytes are compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

AKAR = Path(__file__).parents[1]


@dataclass
class Klaster:
    """`alamat` of the scheduler; the processes are ours, and only they are ever ended."""

    alamat: str
    folder: Path
    env: Mapping[str, str]
    penjadwal: subprocess.Popen[bytes]
    pekerja: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def tambah(
        self, env: Mapping[str, str] | None = None, *, perawat: bool = False
    ) -> subprocess.Popen[bytes]:
        """One more worker of one thread; with `perawat` Dask's nanny starts it anew when it dies."""
        pilihan = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        pilihan += [] if perawat else ["--no-nanny"]
        log = self.folder / f"pekerja-{len(self.pekerja)}.log"
        perintah = [sys.executable, "-m", "dask", "worker", self.alamat, *pilihan]
        with log.open("wb") as f:
            p = subprocess.Popen(
                perintah, env={**self.env, **(env or {})}, cwd=self.folder, stdout=f, stderr=f
            )
        self.pekerja.append(p)
        return p

    def tunggu_terdaftar(self) -> None:
        """Until the scheduler knows the newest worker."""
        log = self.folder / f"pekerja-{len(self.pekerja) - 1}.log"
        while "Registered to" not in log.read_text(errors="replace"):
            assert self.pekerja[-1].poll() is None, log.read_text(errors="replace")
            time.sleep(0.1)


@contextmanager
def klaster(folder: Path, pekerja: int = 2, env: Mapping[str, str] | None = None) -> Iterator[Klaster]:
    """A scheduler and workers that last as long as the block."""
    folder.mkdir(parents=True, exist_ok=True)
    lengkap = {**os.environ, "PYTHONPATH": str(AKAR), **(env or {})}
    alamat_di = folder / "penjadwal.json"
    perintah = [
        sys.executable,
        "-m",
        "dask",
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
    ]
    if "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in lengkap:
        perintah += ["--protocol", "tls"]
    with (folder / "penjadwal.log").open("wb") as f:
        penjadwal = subprocess.Popen(
            [*perintah, "--scheduler-file", str(alamat_di)], env=lengkap, cwd=folder, stdout=f, stderr=f
        )
    k = Klaster("", folder, lengkap, penjadwal)
    try:
        while not k.alamat:
            assert penjadwal.poll() is None, (folder / "penjadwal.log").read_text()
            with suppress(FileNotFoundError, ValueError, KeyError):
                k.alamat = json.loads(alamat_di.read_text(encoding="utf-8"))["address"]
            time.sleep(0.1)
        for _ in range(pekerja):
            k.tambah()
        yield k
    finally:
        for p in [*k.pekerja, penjadwal]:
            p.terminate()
        for p in [*k.pekerja, penjadwal]:
            try:
                p.wait(20)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()


def perintah_laporan(buku: Path, keluaran: Path, *lain: str, instansi: str = "sumbar") -> list[str]:
    pilihan = ["--instansi", instansi, "--data", str(buku), "--keluaran", str(keluaran), *lain]
    return [sys.executable, "-m", "kinerja.cli", "laporan", *pilihan]


def jadi(keluaran: Path) -> int:
    """How many packs already have their final name."""
    return sum(1 for m in keluaran.glob("*/*/*/manifes.json") if not m.parent.name.startswith("."))


def tunggu_jadi(keluaran: Path, banyak: int, proses: subprocess.Popen[str]) -> None:
    while jadi(keluaran) < banyak:
        assert proses.poll() is None, f"selesai sebelum {banyak} paket jadi"
        time.sleep(0.05)


def sidik(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def main(argumen: Sequence[str]) -> int:
    instansi, buku = argumen[0], Path(argumen[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="klaster-") as sementara:
        folder = Path(sementara)
        detik = {}
        mulai = time.monotonic()
        subprocess.run(perintah_laporan(buku, folder / "tunggal", instansi=instansi), check=True, cwd=AKAR)
        detik["satu komputer, 2 proses"] = time.monotonic() - mulai
        with klaster(folder / "klaster") as k:
            mulai = time.monotonic()
            pilihan = ("--penjadwal", k.alamat)
            proses = subprocess.Popen(
                perintah_laporan(buku, folder / "bersama", *pilihan, instansi=instansi), cwd=AKAR, text=True
            )
            tunggu_jadi(folder / "bersama", 1, proses)  # early: a small workbook has few packs
            k.tambah()
            k.pekerja[0].send_signal(signal.SIGKILL)
            print(
                f"\nPekerja {k.pekerja[0].pid} dimatikan paksa (kill -9); satu pekerja baru ikut.", flush=True
            )
            if proses.wait() != 0:
                return 1
            detik["klaster, 2 pekerja, satu mati di tengah"] = time.monotonic() - mulai
        a, b = sidik(folder / "tunggal"), sidik(folder / "bersama")
        for nama, lama in detik.items():
            print(f"{nama:<42} {lama:8.1f} detik".replace(".", ","))
        beda = sorted(n for n in a.keys() | b.keys() if a.get(n) != b.get(n))
        print(f"{len(a)} berkas dibandingkan, {len(beda)} berbeda" + "".join(f"\n  {n}" for n in beda))
        return 1 if beda or not a else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
