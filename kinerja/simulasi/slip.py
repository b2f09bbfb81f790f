"""One person of a population: the slip that a scenario gives, and every rupiah of it to its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from inspect import signature

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import jelaskan, keterangan
from kinerja.data.skema import PREDIKAT
from kinerja.penjelasan import Penjelasan
from kinerja.ranah import Padat
from kinerja.simulasi.skenario import Hasil

SLIP = ("hak", "potongan_kinerja", "potongan_kehadiran", "potongan_cuti", "potongan_hukuman", "dibayar")


def siapa(h: Hasil, letak: int) -> str:
    """A person in words: 'Pegawai ke-12, kelas 8, Butuh Perbaikan'."""
    nama = f"Pegawai ke-{tulisan.angka(letak + 1)}" if h.populasi.nip is None else str(h.populasi.nip[letak])
    kelas = int(h.populasi.kolom["kelas"][letak])
    return f"{nama}, kelas {kelas}, {tulisan.label(PREDIKAT[int(h.predikat[letak])])}"


def contoh(h: Hasil) -> tuple[int, ...]:
    """Places of people to show: of the most frequent class, one of each predikat, best first; absent in that month if there is such a one."""
    kelas = h.populasi.kolom["kelas"]
    punya = np.flatnonzero(kelas == np.bincount(kelas).argmax())
    # in a month with an absence all lines of a slip are filled
    absen = h.populasi.pola["alpa"].to_numpy()[h.pola[punya]] > 0
    ada = [np.flatnonzero(h.predikat[punya] == p) for p in range(len(PREDIKAT))]
    return tuple(int(punya[i[absen[i].argmax()]]) for i in ada if len(i))


def slip(h: Hasil, letak: int, kolom: Sequence[str] = SLIP) -> pd.Series:
    """Whole rupiah of one person's month by line of the slip; the cuts are what is lost in this order.

    IndexError if there is no such place.
    """
    satu, di = h.bayaran.untuk(np.array([letak])), slice(letak, letak + 1)
    isi = satu.hitung(h.predikat[di], h.pola[di], kolom, hasil=h.poin[0][di])
    return pd.Series({n: int(isi[n][0]) for n in kolom}, name=h.nama, dtype="int64")


def potongan(h: Hasil) -> dict[str, int]:
    """Whole rupiah of everyone together by line of the slip (SLIP); what is cut adds up to hak less dibayar."""
    isi = h.bayaran.hitung(h.predikat, h.pola, SLIP, hasil=h.poin[0])
    return {n: int(isi[n].sum(dtype=np.int64)) for n in SLIP}


def jelaskan_slip(h: Hasil, letak: int) -> Penjelasan:
    """How the slip comes about: step, formula, values put in, article. The month's events stand as their sum."""
    b, di = h.bayaran.untuk(np.array([letak])), slice(letak, letak + 1)
    masukan = b.masukan(h.predikat[di], h.pola[di], h.poin[0][di])
    kolom = {n: x.pecahan() if isinstance(x, Padat) else x for n, x in masukan.items()}
    kunci = pd.Index([siapa(h, letak)], name="nip")
    semua = b.graf.jalankan(kolom, b.parameter, kunci)
    # what the scheme says of a month is a look-up without a formula, so here it is an input
    bulan = {n: f for n, f in b.graf.aturan.items() if tuple(signature(f).parameters) == ("pola",)}
    sisa = {n: f for n, f in b.graf.aturan.items() if n not in bulan}
    perlu, cari = set[str](), list(SLIP)
    while cari:  # only what the slip's lines rest on: tax and contributions are another story
        if (n := cari.pop()) in sisa and n not in perlu:
            perlu.add(n)
            cari += signature(sisa[n]).parameters
    dibaca = {a for n in perlu for a in signature(sisa[n]).parameters}
    label = {**b.graf.masukan, **{n: keterangan(f).label for n, f in bulan.items()}}
    graf = replace(
        b.graf,
        aturan={n: f for n, f in sisa.items() if n in perlu},
        masukan={n: x for n, x in label.items() if n in dibaca},
    )
    return jelaskan(graf.jalankan(semua.kolom, b.parameter, kunci), kunci[0])
