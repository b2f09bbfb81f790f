"""The lessons in teaching order, the five stories that they follow, and the agenda of one day or two.

All of it is data in `params/bimtek/pelajaran.yaml`; what shows, serves or prints lessons reads it here.
The answers are apart, in `kunci-pelajaran.yaml`, which a participant's copy does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from kinerja.parameter import AKAR_PARAMS, muat
from kinerja.tampil import Blok, KolomTabel, Paragraf, Tabel
from kinerja.tulisan import KOSONG
from kinerja.tulisan import daftar as sebut

NOTEBOOK = AKAR_PARAMS.parent / "notebooks"
PINTU = "00_mulai.ipynb"  # the door; it is no lesson itself
HANYA_PELATIH = (
    "Jawaban hanya ada pada pelatih: tulis kunci = True di sel pertama, atau pakai selebaran edisi pelatih."
)


DI_PELATIH = re.compile(r"(?:Jawaban hanya|Kunci) ada pada pelatih")  # how a place without its answer begins


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


def jawaban(kode: str, kunci: bool, **nilai: Callable[[], object]) -> Blok:
    """The answer to a lesson's exercise, for the trainer; without `kunci` only a line that says so.

    nilai: what the answer has in braces, as functions that are called only when the answer is shown.
    FileNotFoundError, in Indonesian, where the key is not installed (a participant's copy).
    """
    if not kunci:
        return Paragraf(HANYA_PELATIH)
    satu_pelajaran(kode)
    if "kunci-pelajaran.jawaban" not in muat().parameter:
        raise FileNotFoundError(
            "Kunci pelajaran tidak ada di salinan ini. Kunci hanya ada pada pelatih, di params/bimtek/kunci-pelajaran.yaml."
        )
    isi = muat()["kunci-pelajaran.jawaban"].waktu[-1].pasti(kode)
    teks = str(isi).strip().replace("\n", "\n\n")  # one paragraph per question
    return Paragraf(teks.format(**{k: f() for k, f in nilai.items()}))


def lembar_isian(judul: str, baris: Iterable[str], kolom: str = "Catatan") -> Tabel:
    """A sheet for the hand: what stands on the left is printed, the column on the right is empty and wide."""
    isi = tuple((b, "\u00a0\n\u00a0") for b in baris)
    return Tabel((KolomTabel(judul, lebar=2), KolomTabel(kolom, lebar=3)), isi)


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


# -- what the door shows -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TabelTautan(Tabel):
    """A table whose rows may lead to a notebook: the cell that equals `sebutan[i]` becomes a link to `tautan[i]`.

    On paper it is an ordinary table.
    """

    tautan: tuple[str, ...] = ()
    sebutan: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        return {k: v for k, v in super().data().items() if k not in ("tautan", "sebutan")}

    def html(self) -> str:
        isi = super().html()
        for alamat, kata in zip(self.tautan, self.sebutan, strict=True):
            if alamat:
                sel = f"<td>{escape(kata)}</td>"
                isi = isi.replace(sel, f'<td><a href="{escape(alamat)}">{escape(kata)}</a></td>', 1)
        return isi


def tabel_agenda(hari: Literal[1, 2] = 1) -> TabelTautan:
    """The agenda as a page shows it; every lesson leads to its notebook."""
    t = agenda(hari)
    isi = pd.DataFrame(
        {
            "Pukul": t["mulai"] + "–" + t["selesai"],
            "Menit": t["menit"].astype("str"),
            "Acara": t["acara"],
            "Pelajaran": t["kode"].where(t["kode"] != "", KOSONG),
        }
    )
    if hari == 2:
        isi.insert(0, "Hari", t["hari"].astype("str"))
    lebar = {"Hari": 0.5, "Pukul": 1.3, "Menit": 0.7, "Acara": 5.0, "Pelajaran": 0.9}
    kolom = tuple(
        KolomTabel(n, "kiri" if n in ("Acara", "Pukul") else "tengah", lebar[n]) for n in isi.columns
    )
    return TabelTautan(
        kolom,
        tuple(tuple(b) for b in isi.to_numpy(dtype=object)),
        judul="Acara sehari" if hari == 1 else "Acara dua hari",
        tautan=tuple(t["berkas"]),
        sebutan=tuple(t["acara"]),
    )


def tabel_pelajaran() -> TabelTautan:
    """All lessons: what for, how long, the exercise; every title leads to its notebook."""
    semua = pelajaran()
    isi = tuple((p.kode, p.judul, str(p.menit), p.tujuan, p.latihan) for p in semua)
    nama = (("No", 0.5), ("Pelajaran", 2.4), ("Menit", 0.7), ("Tujuan", 3.6), ("Latihan", 3.0))
    kolom = tuple(KolomTabel(n, "tengah" if n in ("No", "Menit") else "kiri", w) for n, w in nama)
    return TabelTautan(
        kolom, isi, tautan=tuple(p.berkas for p in semua), sebutan=tuple(p.judul for p in semua)
    )


def tabel_cerita() -> Tabel:
    """The five stories with the lessons that follow each."""
    milik = {c.kode: sebut(p.kode for p in pelajaran() if p.cerita == c.kode) for c in cerita()}
    nama = (("Cerita", 2.2), ("Dari", 1.4), ("Isinya", 4.2), ("Pelajaran", 1.4))
    isi = tuple((c.judul, c.daerah, c.isi, milik[c.kode]) for c in cerita())
    return Tabel(tuple(KolomTabel(n, lebar=w) for n, w in nama), isi)
