"""The kuadran for a hall: one dot per person, and what weights would have hidden."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from kinerja.data.skema import PREDIKAT, RATING
from kinerja.kertas import (
    AKSEN,
    LATAR,
    LEBAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    Titik,
    bungkus_teks,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    tulis_cacah,
    tulis_porsi,
)
from kinerja.tampil import Gambar
from kinerja.tulisan import angka, daftar, label

_JARI = 1.75  # mm, a dot
_PT = 72 / 25.4


def gambar_titik(
    orang: pd.DataFrame,
    kuadran: Mapping[str, Mapping[str, str]],
    sorot: Collection[object] = (),
    nama: str = "",
) -> Gambar:
    """Everybody as one dot in the nine cells; those whose index is in `sorot` filled, the others open.

    orang: columns rating_hasil, rating_perilaku (codes of RATING); rows without both are counted below the picture.
    kuadran: hasil -> perilaku -> predikat, `permenpanrb-6-2022.kuadran`. nama: who is marked, for the legend.
    """
    ada = orang[orang["rating_hasil"].notna() & orang["rating_perilaku"].notna()]
    sumber = "PermenPANRB 6/2022 (dua sumber). Satu titik satu orang."
    disorot = set(sorot)
    if ada.empty:
        return gambar_kosong("Kuadran kinerja", "Belum ada yang dinilai.", sumber)
    tegak, x0, y0, lebar, tinggi = RATING[::-1], 31.0, 1.0, (LEBAR - 31.5) / 3, 37.0
    kertas = Kertas(y0 + 3 * tinggi + (22 if disorot else 15))
    cacah: dict[str, int] = dict.fromkeys(PREDIKAT, 0)
    rinci = []
    for i, h in enumerate(tegak):
        for j, r in enumerate(RATING):
            x, y, p = x0 + j * lebar, y0 + i * tinggi, kuadran[h][r]
            isi = ada.index[((ada["rating_hasil"] == h) & (ada["rating_perilaku"] == r)).to_numpy(dtype=bool)]
            cacah[p] += len(isi)
            kertas.isi([(x, y, lebar, tinggi)], LATAR if p == "sangat_baik" else "#ffffff", TINTA, 1.0)
            kertas.teks(
                x + 2,
                y + 5.6,
                label(p),
                12 if lebar_teks(label(p), 12, True) < lebar - 14 else 10.5,
                tebal=True,
            )
            kertas.teks(x + lebar - 2, y + 5.6, tulis_cacah(len(isi)), 12, rata="right", tebal=True)
            _titik(kertas, x + 2.4, y + 9.6, lebar - 4.8, tinggi - 11.5, [n in disorot for n in isi])
            if len(isi):
                rinci.append(
                    f"{label(p)} (hasil {label(h).lower()}, perilaku {label(r).lower()}) {len(isi)} orang"
                )
    for i, h in enumerate(tegak):
        kertas.alinea(x0 - 2.5, y0 + (i + 0.5) * tinggi, bungkus_teks(label(h), x0 - 4, 10.5, 3, True), 10.5, rata="right", tebal=True)  # fmt: skip
    bawah = y0 + 3 * tinggi
    for j, r in enumerate(RATING):
        kertas.teks(x0 + (j + 0.5) * lebar, bawah + 5.4, label(r), 10.5, rata="center", tebal=True)
    kertas.teks(0, y0 + 4, "Hasil kerja ↑", 10.5, warna=SEDANG)
    kertas.teks(LEBAR - 0.5, bawah + 11.2, "Perilaku kerja →", 10.5, rata="right", warna=SEDANG)
    if disorot:
        _bulat(kertas, [(x0 + 2, bawah + 16.4)], penuh=True)
        kertas.teks(x0 + 5.5, bawah + 17.8, nama or "yang disorot", 11)
        kanan = x0 + 13 + lebar_teks(nama or "yang disorot", 11)
        _bulat(kertas, [(kanan, bawah + 16.4)], penuh=False)
        kertas.teks(kanan + 3.5, bawah + 17.8, "yang lain", 11)
    per = daftar(f"{label(p)} {tulis_cacah(n)}" for p, n in cacah.items() if n)
    judul = f"{tulis_cacah(len(ada))} orang: {per}"
    letak = ada.index.isin(disorot)
    kata = f" {nama or 'Yang disorot'}: {int(letak.sum())} orang." if disorot else ""
    lain = len(orang) - len(ada)
    belum = f" {lain} orang belum dinilai." if lain else ""
    return jadi_gambar(
        kertas, judul, f"Kuadran kinerja, satu titik satu orang. {'; '.join(rinci)}.{kata}{belum}", sumber
    )


def _titik(kertas: Kertas, x: float, y: float, lebar: float, tinggi: float, penuh: list[bool]) -> None:
    """Dots in rows inside a cell, the filled ones first; they shrink and move together where they are many."""
    if not penuh:
        return
    jarak = min(4.4, (lebar * tinggi / len(penuh)) ** 0.5)
    while int(lebar // jarak) * int(tinggi // jarak) < len(penuh):
        jarak *= 0.98
    kolom = int(lebar // jarak)
    letak = [(x + jarak * (k % kolom + 0.5), y + jarak * (k // kolom + 0.5)) for k in range(len(penuh))]
    urut = sorted(penuh, reverse=True)
    jari = min(_JARI, 0.42 * jarak)
    for tanda in (True, False):
        _bulat(kertas, [t for t, p in zip(letak, urut, strict=True) if p is tanda], penuh=tanda, jari=jari)


def _bulat(kertas: Kertas, pusat: list[Titik], *, penuh: bool, jari: float = _JARI) -> None:
    """Circles: filled dark, or open with a dark rim (readable without colour)."""
    titik = [((x, y), (x + 0.01, y)) for x, y in pusat]
    kertas.garis(titik, AKSEN if penuh else SEDANG, 2 * jari * _PT, ujung="round")
    if not penuh:
        kertas.garis(titik, "#ffffff", max(2 * jari * _PT - 2.2, 0.5), ujung="round")


def gambar_bobot(capaian: pd.DataFrame, bobot: pd.DataFrame) -> Gambar:
    """The same results under several sets of weights: the weighted sum of each person, highest first.

    capaian: index person, columns results, percent. bobot: index name of the set, the same columns, percent that
    add up to 100 in every row (ValueError otherwise). What falls below 100 in `capaian` is named under the picture.
    """
    salah = bobot.sum(axis=1)[lambda s: s != 100]
    if len(salah):
        raise ValueError(f"Bobot {daftar(map(str, salah.index))} tidak berjumlah 100. Perbaiki angkanya.")
    jumlah = capaian[bobot.columns] @ (bobot.T / 100)
    lebar = LEBAR / len(bobot)
    tinggi, atas = 13.0, 13.0
    kertas = Kertas(atas + tinggi * len(capaian) + 2)
    paling = float(np.nanmax(jumlah.to_numpy(dtype=np.float64)))
    pemenang = []
    for k, nama in enumerate(bobot.index):
        x = k * lebar
        susun = " + ".join(f"{angka(float(b), 0)}" for b in bobot.loc[nama])
        kertas.teks(x, 5, str(nama), 12.5, tebal=True)
        kertas.teks(x, 10, f"bobot {susun}", 10.5, warna=SEDANG)
        urut = jumlah[nama].sort_values(ascending=False, kind="stable")
        pemenang.append(str(urut.index[0]))
        for i, (siapa, n) in enumerate(urut.items()):
            y = atas + i * tinggi
            w = (lebar - 8) * float(n) / paling
            kertas.isi([(x, y + 1, w, tinggi - 3.5)], AKSEN if i == 0 else PUDAR, TINTA, 0.8)
            kertas.teks(x + 2, y + 7.4, f"{siapa}: {angka(float(n), 0)}", 12, tebal=True, warna="#ffffff" if i == 0 else TINTA)  # fmt: skip
    beda = len(set(pemenang))
    judul = (
        f"Hasilnya sama, bobotnya berganti: pemenangnya {daftar(dict.fromkeys(pemenang))}"
        if beda > 1
        else f"Apa pun bobotnya, {pemenang[0]} tetap di atas"
    )
    isi = "; ".join(
        f"{nama}: "
        + ", ".join(f"{s} {angka(float(n), 0)}" for s, n in jumlah[nama].sort_values(ascending=False).items())
        for nama in bobot.index
    )
    return jadi_gambar(
        kertas, judul, f"Jumlah berbobot menurut {len(bobot)} susunan bobot. {isi}.", "Angka ilustratif."
    )


def ringkas_titik(orang: pd.DataFrame, kuadran: Mapping[str, Mapping[str, str]]) -> str:
    """How many stand in the one cell of Sangat Baik, and how many behaviour alone pulls down, in a sentence."""
    n = len(orang)
    h, r = orang["rating_hasil"], orang["rating_perilaku"]
    puncak = int(((h == "di_atas") & (r == "di_atas")).sum())
    jatuh = int(((r == "di_bawah") & (h != "di_bawah")).sum())
    sel = sum(p == "sangat_baik" for baris in kuadran.values() for p in baris.values())
    return (
        f"{angka(sel)} dari 9 kotak adalah Sangat Baik; di sini {tulis_cacah(puncak)} orang ({tulis_porsi(puncak, n)}) "
        f"berdiri di dalamnya. {tulis_cacah(jatuh)} orang turun semata-mata karena perilakunya."
    )
