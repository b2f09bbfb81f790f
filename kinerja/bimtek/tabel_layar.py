"""A table cut for the projector: as many small tables as the back row needs, each under the same head.

A slide shrinks its type until all fits; here the cuts are chosen so that it never has to shrink below what can be
read. Sizes are in em of that smallest type (22 px on a screen of 1280 x 720).
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import Any

from kinerja.tampil import KolomTabel, Tabel

BARIS_LAYAR = 8  # rows of a table on one screen
LEBAR, TINGGI = 52.0, 25.0  # em that a table may take
LEBAR_KOLOM = 49.0  # em of all columns at their narrowest
PALING_KATA = 18  # letters of a word that is not broken; an address is
PALING_LAYAR = 6  # screens of one table; who wants to read all of it has the handout
_HURUF, _TEBAL = 0.6, 0.66  # em of a letter in a font as wide as such fonts are; of a bold one
_SEKAT, _BARIS = 1.0, 1.35  # em between the edge of a cell and its text, both sides together; of a line


def tabel_layar(blok: Mapping[str, Any]) -> list[Tabel]:
    """The tables that show all of this one (its data as `Tabel.data` gives them), each for one screen.

    Too wide: columns in parts, the first column in each. Too tall: rows in groups, the total under the last. Where a
    row alone would fill a screen, each row is a table of its own with the headings on the left, if that is shorter.
    Of a table that is longer than PALING_LAYAR screens only the first, which say so.
    Rows without text, which on paper are lines to write on, are left out.
    """
    t = Tabel(
        **{k: blok[k] for k in ("judul", "catatan", "mendatar", "nomor_kolom")},
        kolom=tuple(KolomTabel(**k) for k in blok["kolom"]),
        baris=tuple(map(tuple, blok["baris"])),
        jumlah=None if blok["jumlah"] is None else tuple(blok["jumlah"]),
        kelas_baris=tuple(blok["kelas_baris"]),
    )
    t = _pilih_baris(
        t, [i for i, b in enumerate(t.baris) if "".join(b).strip()] or [*range(len(t.baris[:1]))]
    )
    bagian = _penggal_kolom(t)
    if len(t.kolom) > 2 and t.jumlah is None and max(map(_tinggi_baris_terpanjang, bagian)) > TINGGI / 2:
        lembar = [_sebagai_lembar(t, i) for i in range(len(t.baris))]
        if max(map(_tinggi, lembar)) <= max(_tinggi_baris_terpanjang(b) + _tinggi_kepala(b) for b in bagian):
            return _secukupnya(lembar, len(lembar))
    return [p for b in bagian for p in _secukupnya(_penggal_baris(b), len(t.baris))]


def _secukupnya(tabel: list[Tabel], baris: int) -> list[Tabel]:
    """The first screens of a long table; the last of them says how many of its rows are not shown."""
    if len(tabel) <= PALING_LAYAR:
        return tabel
    tampak = tabel[:PALING_LAYAR]
    lembar = len(tabel) == baris  # one screen for each row
    sisa = baris - (PALING_LAYAR if lembar else sum(len(t.baris) for t in tampak))
    lagi = f"{sisa} baris lagi ada pada selebaran pelajaran ini."
    return [*tampak[:-1], replace(tampak[-1], catatan=f"{tampak[-1].catatan} {lagi}".strip())]


def _pilih_baris(t: Tabel, mana: Sequence[int], jumlah: bool = True) -> Tabel:
    return replace(
        t,
        baris=tuple(t.baris[i] for i in mana),
        kelas_baris=tuple(t.kelas_baris[i] for i in mana) if t.kelas_baris else (),
        jumlah=t.jumlah if jumlah else None,
    )


def _pilih_kolom(t: Tabel, mana: Sequence[int]) -> Tabel:
    return replace(
        t,
        kolom=tuple(t.kolom[i] for i in mana),
        baris=tuple(tuple(b[i] for i in mana) for b in t.baris),
        jumlah=None if t.jumlah is None else tuple(t.jumlah[i] for i in mana),
    )


def _sebagai_lembar(t: Tabel, ke: int) -> Tabel:
    """One row with the headings on the left: what stood in its first column is now the head."""
    awal, *lain = t.kolom
    isi = t.baris[ke]
    return replace(
        t,
        kolom=(KolomTabel(awal.nama, lebar=1), KolomTabel(isi[0], lebar=3.5)),
        baris=tuple(
            (f"{k.grup}: {k.nama}" if k.grup else k.nama, x) for k, x in zip(lain, isi[1:], strict=True)
        ),
        kelas_baris=t.kelas_baris and (t.kelas_baris[ke],) * len(lain),
        nomor_kolom=False,
    )


# -- columns ---------------------------------------------------------------------------------------------


def _penggal_kolom(t: Tabel) -> list[Tabel]:
    """The table in parts that are each narrow enough, cut between groups of columns where that costs no part more."""
    lebar = [_lebar_terkecil(t, i) for i in range(len(t.kolom))]
    if sum(lebar) <= LEBAR_KOLOM or len(lebar) < 3:
        return [t]
    ruang = LEBAR_KOLOM - lebar[0]
    satu = [[i] for i in range(1, len(lebar))]
    grup = [[i for i, _ in g] for _, g in groupby(list(enumerate(t.kolom))[1:], lambda k: k[1].grup or k[0])]
    pilihan = [_rata([(u, sum(lebar[i] for i in u)) for u in unit], ruang) for unit in (grup, satu)]
    terbaik = pilihan[0] if len(pilihan[0]) == len(pilihan[1]) else pilihan[1]
    return [_pilih_kolom(t, [0, *(i for u in bagian for i in u)]) for bagian in terbaik]


def _lebar_terkecil(t: Tabel, i: int) -> float:
    """Em that column `i` needs: its longest word, and a number whole."""
    isi = [b[i] for b in (*t.baris, *filter(None, [t.jumlah]))]
    if t.kolom[i].rata == "kanan":
        terpanjang = max((len(x) for s in isi for x in s.splitlines()), default=0) * _HURUF
    else:
        terpanjang = min(max((len(x) for s in isi for x in s.split()), default=0), PALING_KATA) * _HURUF
    return max(terpanjang, max(map(len, t.kolom[i].nama.split()), default=0) * _TEBAL) + _SEKAT


# -- rows ------------------------------------------------------------------------------------------------


def _penggal_baris(t: Tabel) -> list[Tabel]:
    ruang = TINGGI - _tinggi_kepala(t) - (_BARIS + 0.6 if t.jumlah else 0)
    satu = [([i], max(h, ruang / BARIS_LAYAR)) for i, h in enumerate(_tinggi_baris(t))]
    bagian = _rata(satu, ruang)
    return [_pilih_baris(t, [i for u in b for i in u], jumlah=b is bagian[-1]) for b in bagian] or [t]


def _tinggi(t: Tabel) -> float:
    return _tinggi_kepala(t) + sum(_tinggi_baris(t))


def _tinggi_baris_terpanjang(t: Tabel) -> float:
    return max(_tinggi_baris(t), default=0.0)


def _tinggi_kepala(t: Tabel) -> float:
    """Em of the caption, the headings and the note."""
    kepala = max(_banyak_baris(k.nama, w, _TEBAL) for k, w in zip(t.kolom, _lebar_kolom(t), strict=True))
    kepala += any(k.grup for k in t.kolom) + t.nomor_kolom
    judul = _banyak_baris(t.judul, LEBAR, _TEBAL) if t.judul else 0
    catatan = _banyak_baris(t.catatan, LEBAR, _HURUF) if t.catatan else 0
    return _BARIS * (kepala + judul + catatan) + 2.4


def _tinggi_baris(t: Tabel) -> list[float]:
    lebar, tebal = _lebar_kolom(t), [k == "peringatan" for k in t.kelas_baris] or [False] * len(t.baris)
    return [
        max(_banyak_baris(x, w, _TEBAL if p else _HURUF) for x, w in zip(b, lebar, strict=True)) * _BARIS
        + 0.7
        for b, p in zip(t.baris, tebal, strict=True)
    ]


def _lebar_kolom(t: Tabel) -> list[float]:
    semua = sum(k.lebar for k in t.kolom)
    return [LEBAR * k.lebar / semua for k in t.kolom]


def _banyak_baris(teks: str, lebar: float, huruf: float) -> int:
    """Lines of a text in a column of `lebar` em."""
    muat = max(1, math.floor((lebar - _SEKAT) / huruf))
    return sum(max(1, len(textwrap.wrap(b, muat))) for b in teks.splitlines()) or 1


# -- both ------------------------------------------------------------------------------------------------


def _rata(unit: Sequence[tuple[list[int], float]], ruang: float) -> list[list[list[int]]]:
    """Units in order in as few parts as fit in `ruang`, and then about as much in each."""
    batas = sorted(
        {b - a for a, b in _pasangan(accumulate((x for _, x in unit), initial=0.0)) if b - a < ruang}
    )
    paling = _isi(unit, ruang)
    return next((p for b in batas if len(p := _isi(unit, b)) == len(paling)), paling)


def _pasangan(x: Iterable[float]) -> list[tuple[float, float]]:
    semua = list(x)
    return [(a, b) for i, a in enumerate(semua) for b in semua[i + 1 :]]


def _isi(unit: Sequence[tuple[list[int], float]], batas: float) -> list[list[list[int]]]:
    hasil: list[list[list[int]]] = []
    terisi = math.inf
    for u, besar in unit:
        if terisi + besar > batas + 1e-9:
            hasil.append([])
            terisi = 0.0
        hasil[-1].append(u)
        terisi += besar
    return hasil
