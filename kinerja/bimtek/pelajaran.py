"""The lessons in teaching order, the five stories that they follow, and the agenda of one day or two.

All of it is data in `params/bimtek/pelajaran.yaml`; what shows, serves or prints lessons reads it here.
The answers are apart, in `kunci-pelajaran.yaml`, which a participant's copy does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from kinerja.parameter import AKAR_PARAMS, muat
from kinerja.tulisan import daftar as sebut

NOTEBOOK = AKAR_PARAMS.parent / "notebooks"
PINTU = "00_mulai.ipynb"  # the door; it is no lesson itself


@dataclass(frozen=True)
class Cerita:
    """One of the five stories: where it was told and what it is about."""

    kode: str
    daerah: str
    judul: str
    isi: str


@dataclass(frozen=True)
class Pelajaran:
    """One lesson. `menit` includes its exercise; `dasar` names the regulations that it uses."""

    kode: str
    berkas: str
    judul: str
    cerita: str
    menit: int
    tujuan: str
    pertanyaan: str
    latihan: str
    dasar: str

    @property
    def jalur(self) -> Path:
        """Where its notebook is."""
        return NOTEBOOK / self.berkas


def _isi(nama: str) -> tuple[dict[str, Any], ...]:
    return tuple(dict(b) for b in muat()[f"pelajaran.{nama}"].waktu[-1].pasti())


def cerita() -> tuple[Cerita, ...]:
    """The five stories."""
    return tuple(Cerita(**b) for b in _isi("cerita"))


def pelajaran() -> tuple[Pelajaran, ...]:
    """All lessons in teaching order."""
    return tuple(Pelajaran(**{**b, "menit": int(b["menit"])}) for b in _isi("daftar"))


def satu_pelajaran(kode: str) -> Pelajaran:
    """The lesson with this code ('01'); ValueError names the codes that there are."""
    semua = {p.kode: p for p in pelajaran()}
    if kode not in semua:
        raise ValueError(f"Tidak ada pelajaran {kode!r}. Yang ada: {sebut(semua)}.")
    return semua[kode]


def agenda(hari: Literal[1, 2] = 1) -> pd.DataFrame:
    """The agenda of `hari` days: hari, mulai and selesai ('08.00'), menit, acara, kode, berkas.

    kode and berkas are empty for what is no lesson (opening, breaks). ValueError for another number of days.
    """
    if hari not in (1, 2):
        raise ValueError(f"Acara disusun untuk 1 atau 2 hari, bukan {hari}.")
    kosong = {"kode": "", "berkas": ""}
    milik = {
        p.kode: {"kode": p.kode, "acara": p.judul, "menit": p.menit, "berkas": p.berkas} for p in pelajaran()
    }
    isi = pd.DataFrame(
        [
            {**kosong, **b, **milik.get(b.get("kode", ""), {})}
            for b in _isi("agenda_sehari" if hari == 1 else "agenda_dua_hari")
        ]
    ).astype({"hari": "int64", "menit": "int64"})
    buka = int(muat()["pelajaran.waktu"].waktu[-1].pasti("mulai"))
    selesai = buka + isi.groupby("hari")["menit"].cumsum().to_numpy()
    mulai = selesai - isi["menit"].to_numpy()
    isi = isi.assign(mulai=_jam(mulai), selesai=_jam(selesai))
    return isi[["hari", "mulai", "selesai", "menit", "acara", "kode", "berkas"]]


def _jam(menit: np.ndarray) -> list[str]:
    """Minutes since midnight as a clock shows them: 495 -> '08.15'."""
    return [f"{m // 60:02d}.{m % 60:02d}" for m in menit.tolist()]
