"""`make bench`, memory of the press: packs of small OPDs one after the other; nobody may grow.

1,000 tasks by default (a number as the first argument changes that): the slices of a small sample
pemda, executed notebook only, two workers, through the press's own `cetak_satu`. Prints for every
hundred the resident memory of the press and the highest of any task's process.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import psutil

from kinerja.contoh import buat_contoh
from kinerja.data import baca, tulis_buku
from kinerja.laporan import batch
from kinerja.laporan.batas import Batas
from kinerja.laporan.cabang import FORK_ADA, jalankan_cabang
from kinerja.laporan.isi import hitung_pemda
from kinerja.laporan.paket import Tugas, cetak_satu

MB = 1024**2


def ukur(banyak: int, tiap: int, fork: bool = FORK_ADA) -> Iterator[tuple[int, float, float]]:
    """(tasks done, MB of the press, highest MB of a task's process) after every `tiap` tasks."""
    with tempfile.TemporaryDirectory(prefix="bench-") as map_:
        buku = Path(map_, "contoh.xlsx")
        tulis_buku(buat_contoh("sumbar", pegawai=60, benih=7), buku)
        hasil = hitung_pemda(baca(buku), "sumbar", "2022")
        pesanan = batch.Pesanan("sumbar", buku, "2022", Path(map_), format=("ipynb",))
        opd = [t for t in batch.rencana(hasil, pesanan, Path(map_)) if t.kode != batch.MAP_PEMDA]
        batch.gladi(opd[0])

        def tugas() -> Iterator[Tugas]:
            for i, t in enumerate(islice(cycle(opd), banyak)):
                yield replace(t, map=Path(map_, str(i), t.kode))

        puncak = 0
        for n, selesai in enumerate(jalankan_cabang(tugas(), cetak_satu, 2, Batas(), fork=fork), 1):
            assert selesai.galat is None, selesai.galat
            assert selesai.tugas.sementara.is_dir()
            shutil.rmtree(selesai.tugas.map.parent)
            puncak = max(puncak, selesai.memori or 0)
            if n % tiap == 0:
                yield n, psutil.Process().memory_info().rss / MB, puncak / MB
                puncak = 0


def main() -> None:
    banyak = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{banyak} paket OPD kecil (ipynb), dua pekerja; MB memori menetap")
    print(f"{'paket':>8}{'induk':>10}{'proses OPD tertinggi':>24}")
    baris = []
    for b in ukur(banyak, max(1, banyak // 10)):
        baris.append(b)
        print(f"{b[0]:>8}{b[1]:>10.1f}{b[2]:>24.1f}", flush=True)
    _, induk, proses = zip(*baris, strict=True)
    print(f"induk tumbuh {induk[-1] - induk[0]:.1f} MB, proses OPD {proses[-1] - proses[0]:.1f} MB")


if __name__ == "__main__":
    main()
