"""What each stage of a run costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kinerja import tulisan

URUTAN = ("baca dan periksa", "hitung", "irisan", "mulai", "notebook", "ipynb", "html", "pdf", "docx", "xlsx", "zip",
          "tulis", "sidik")  # fmt: skip
INDUK = frozenset(URUTAN[:3])  # done by the parent, while packs are being made elsewhere


class Jam:
    """Seconds of wall time per stage, added up; those of one pack do not overlap."""

    def __init__(self) -> None:
        self.detik: dict[str, float] = {}
        self.sejak = time.monotonic()
        self.pertama: float | None = None  # seconds until the first pack was finished

    @contextmanager
    def tahap(self, nama: str) -> Iterator[None]:
        mulai = time.monotonic()
        try:
            yield
        finally:
            self.tambah({nama: time.monotonic() - mulai})

    def tambah(self, detik: Mapping[str, float]) -> None:
        for nama, n in detik.items():
            self.detik[nama] = self.detik.get(nama, 0.0) + n

    def paket_jadi(self, tahap: Mapping[str, float] | None, detik: float) -> None:
        """One pack is finished: its stages, and what the process around them took."""
        if self.pertama is None:
            self.pertama = time.monotonic() - self.sejak
        if tahap is not None:
            self.tambah({**tahap, "mulai": max(0.0, detik - sum(tahap.values()))})

    def tabel(self, paket: int) -> str:
        """The stages in the order of the work; those of the packs also per pack."""
        baris = [f"{'Tahap':<18}{'detik':>10}{'per paket':>12}"]
        for nama in [n for n in URUTAN if n in self.detik]:
            per = "" if nama in INDUK or not paket else tulisan.angka(self.detik[nama] / paket, 3)
            baris.append(f"{nama:<18}{tulisan.angka(self.detik[nama], 2):>10}{per:>12}")
        return "\n".join(baris)
