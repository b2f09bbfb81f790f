"""Finding the heading row: title rows above it, merged headings, other spellings."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .skema import SKEMA, Tabel, judul

BARIS_KEPALA = 20  # the heading row is within the first rows
MIRIP = 0.85  # a heading this close to a missing column is taken for a typing error, not for an extra


@dataclass(frozen=True)
class Kepala:
    """`letak` maps a column's name to its position; `asing` are headings that belong to no column."""

    baris: int  # row of the headings, from 0; -1 when there is none
    letak: dict[str, int]
    asing: dict[int, str]
    ganda: list[tuple[str, int, int]]  # column named twice: first and later position
    lain: list[tuple[str, int, str]]  # column named otherwise than in SKEMA: name, position, heading


def _rapi(sel: object) -> str:
    """'  Jenis\\nJabatan *' -> 'jenis_jabatan'."""
    teks = unicodedata.normalize("NFKC", "" if sel is None else str(sel)).casefold()
    return re.sub(r"[\W_]+", "_", teks).strip("_")


def nama_lembar(nama: str) -> str:
    """'2. Pegawai' -> 'pegawai'."""
    rapi = _rapi(nama)
    return rapi if rapi in SKEMA else re.sub(r"^\d+_", "", rapi)


def _kamus(tabel: Tabel) -> dict[str, str]:
    kamus = {}
    for k in tabel.kolom:
        satuan = (f"{k.nama} {k.satuan}",) if k.satuan else ()
        for sebutan in (*k.alias, *satuan, k.judul, k.nama):
            kamus[_rapi(sebutan)] = k.nama
    return kamus


def _kenali(tabel: Tabel, kamus: dict[str, str], sel: object) -> str | None:
    rapi = _rapi(sel)
    if tabel.pola_kolom is not None and tabel.pola_kolom.fullmatch(rapi):
        return rapi
    return kamus.get(rapi)


def cari_kepala(tabel: Tabel, kisi: NDArray[np.object_]) -> Kepala:
    """The row that names most columns. A cell left empty by a merge takes the heading above it."""
    kamus = _kamus(tabel)
    awal = kisi[:BARIS_KEPALA]
    kenal = [[_kenali(tabel, kamus, sel) for sel in baris] for baris in awal]
    terbaik = Kepala(-1, {}, {}, [], [])
    nilai = (0, 0)
    for i, baris in enumerate(kenal):
        sendiri = sum(n is not None for n in baris)
        if not sendiri:
            continue
        sel = list(awal[i])
        for j in range(len(sel)):
            if not _rapi(sel[j]):
                atas = next((a for a in range(i - 1, -1, -1) if _rapi(awal[a, j])), None)
                if atas is not None and kenal[atas][j] and kenal[atas][j] not in baris:
                    sel[j] = awal[atas, j]
        calon = _susun(tabel, kamus, i, sel)
        if (len(calon.letak), sendiri) > nilai:
            terbaik, nilai = calon, (len(calon.letak), sendiri)
    return terbaik


def _susun(tabel: Tabel, kamus: dict[str, str], baris: int, isi: list[object]) -> Kepala:
    hasil = Kepala(baris, {}, {}, [], [])
    for j, sel in enumerate(isi):
        nama = _kenali(tabel, kamus, sel)
        if nama is None:
            if _rapi(sel):
                hasil.asing[j] = str(sel).strip()
        elif nama in hasil.letak:
            hasil.ganda.append((nama, hasil.letak[nama], j))
        else:
            hasil.letak[nama] = j
            if not _sama(nama, str(sel)):
                hasil.lain.append((nama, j, str(sel)))
    return hasil


def _sama(nama: str, sel: str) -> bool:
    """Whether the heading stands exactly as the template writes it."""
    tanpa_bintang = sel.removesuffix(" *")
    return tanpa_bintang in (nama, judul(nama))


def salah_ketik(tabel: Tabel, kepala: Kepala) -> dict[int, str]:
    """Unknown headings that look like a missing column with a typing error: position -> column."""
    kamus = {sebutan: nama for sebutan, nama in _kamus(tabel).items() if nama not in kepala.letak}
    hasil = {}
    for j, sel in kepala.asing.items():
        dekat = difflib.get_close_matches(_rapi(sel), list(kamus), n=1, cutoff=MIRIP)
        if dekat:
            hasil[j] = kamus[dekat[0]]
    return hasil
