"""The figures of the agency (OPD) report and of the whole-government (pemda) report.

Every function takes small tables that are already computed and returns a `Gambar`: the SVG text,
a title that says the finding, an alt text with the numbers, and where the numbers come from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import JENJANG_KASKADE, PREDIKAT, PREDIKAT_ORGANISASI, RATING
from kinerja.kertas import (
    AKSEN,
    LATAR,
    LEBAR,
    PUDAR,
    SEDANG,
    TINGGI,
    TINTA,
    Kertas,
    Kotak,
    Titik,
    bungkus_teks,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    potong_teks,
    satu_baris,
    tinggi_baris,
    tulis_cacah,
    tulis_persen,
    tulis_porsi,
)
from kinerja.tampil import Gambar
from kinerja.tulisan import KOSONG, angka, daftar, label, persen, rupiah

__all__ = [
    "gambar_capaian",
    "gambar_kaskade",
    "gambar_kuadran",
    "gambar_opd",
    "gambar_predikat",
    "gambar_selisih",
    "gambar_tpp",
]

BATAS_SUMBU = 150.0  # percent; longer bars are cut, marked, and carry their true number


# --- numbers and tables ----------------------------------------------------------------------


def _periksa(tabel: pd.DataFrame, untuk: str, bilangan: Sequence[str], lain: Sequence[str] = ()) -> None:
    """Refuse a table that lacks a column or holds an infinite number (ValueError, all at once)."""
    hilang = [k for k in (*lain, *bilangan) if k not in tabel.columns]
    masalah = [f"kolom {k} tidak ada" for k in hilang]
    for k in bilangan:
        if k not in hilang:
            baris = tabel.index[np.isinf(_bilangan(tabel[k]))]
            masalah += [f"kolom {k} baris {i}: nilai tak terhingga" for i in baris]
    if masalah:
        ada = daftar([str(k) for k in tabel.columns]) or KOSONG
        raise ValueError(f"{untuk}: {'; '.join(masalah)}. Kolom yang ada: {ada}. Perbaiki tabel masukannya.")


def _bilangan(kolom: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Numbers of a column; the dust of binary fractions must not put a bar on the wrong side of 100."""
    return np.round(pd.to_numeric(kolom).to_numpy(dtype=np.float64, na_value=np.nan), 9)


def _sah(kode: Iterable[object], sah: Sequence[str], untuk: str, *, sekali: bool = False) -> None:
    """Refuse a code that is not in `sah`, or (with `sekali`) that stands there twice (ValueError)."""
    cacah = Counter(kode)
    asing = [str(k) for k in cacah if k not in sah]
    ganda = [str(k) for k, n in cacah.items() if sekali and n > 1]
    if asing:
        raise ValueError(f"{untuk}: {daftar(asing)} tidak dikenal. Pilih: {daftar(sah, 'atau')}.")
    if ganda:
        raise ValueError(f"{untuk}: {daftar(ganda)} muncul lebih dari sekali. Jumlahkan dulu menjadi satu.")


def _juta(x: float) -> str:
    """Rupiah as millions; a small amount gets the decimals that it needs to be seen."""
    juta = float(x) / 1e6
    besar = abs(juta)
    return angka(juta, 0 if besar >= 1e4 else 1 if besar >= 0.1 or not besar else 2 if besar >= 0.01 else 3)


# --- bars of capaian -------------------------------------------------------------------------


def _sumbu(kertas: Kertas, x0: float, skala: float, tanda: Sequence[int], atas: float, bawah: float) -> None:
    """Faint lines at `tanda` percent with their numbers above."""
    kertas.garis([((x0 + t * skala, atas), (x0 + t * skala, bawah)) for t in tanda], PUDAR, 0.6)
    for t in tanda:
        kertas.teks(x0 + t * skala, atas - 1.6, persen(t), 9, rata="center")


def _batang_capaian(
    kertas: Kertas,
    baris: Sequence[tuple[float, float]],
    x0: float,
    skala: float,
    tebal: float,
    atas: float,
    bawah: float,
) -> None:
    """Bars for (centre y, percent) and the line of the target: full from 100 %, hatched below it,
    cut and marked past the axis."""
    x = x0 + 100 * skala
    kertas.teks(x, atas - 1.6, "target 100 %", 9, rata="center", tebal=True)
    kertas.garis([((x, atas - 0.6), (x, bawah))], TINTA, 1.4)
    kotak = [
        (v, (x0, y - tebal / 2, max(0.0, min(v, BATAS_SUMBU)) * skala, tebal)) for y, v in baris if v == v
    ]
    kertas.isi([k for v, k in kotak if v >= 100], AKSEN)
    kertas.arsir([k for v, k in kotak if v < 100])
    ujung = x0 + BATAS_SUMBU * skala
    sobek = [k for v, k in kotak if v > BATAS_SUMBU]
    kertas.bidang(
        [
            ((a, y + h + 0.6), (a + 1.8, y - 0.6), (a + 2.8, y - 0.6), (a + 1.0, y + h + 0.6))
            for _, y, _, h in sobek
            for a in (ujung - 6.5, ujung - 4.3)
        ],
        "#ffffff",
    )
    kertas.garis([((x, y), (x, y + h)) for v, (_, y, _, h) in kotak if v > 100], "#ffffff", 0.9)
    kertas.garis([((x0, atas), (x0, bawah))], TINTA, 0.8)


def _pencapaian(capai: int, ada: int, semua: int) -> str:
    """'4 dari 6 mencapai target, 1 belum ada realisasinya'."""
    hasil = f"{capai} dari {ada} mencapai target" if ada else "belum ada realisasi"
    return f"{hasil}, {semua - ada} belum ada realisasinya" if 0 < ada < semua else hasil


def gambar_capaian(iku: pd.DataFrame) -> Gambar:
    """Achievement of each organisation indicator (IKU) against its target.

    `iku`: one row per indicator in the order to show; `indikator` (text), `capaian` (percent,
    NaN = no realisation yet). Bars below 100 % are hatched; above 150 % they are cut and marked.
    Raises ValueError for a missing column or an infinite number.
    """
    _periksa(iku, "gambar_capaian", ["capaian"], ["indikator"])
    sumber = "Lembar iku: target dan realisasi indikator kinerja utama."
    if iku.empty:
        return gambar_kosong("Capaian indikator kinerja utama", "Belum ada indikator kinerja utama.", sumber)
    nama = [satu_baris(t) for t in iku["indikator"]]
    capaian = _bilangan(iku["capaian"]).tolist()

    lebar_nama, x0, skala, atas = 80.0, 84.0, 62 / BATAS_SUMBU, 7.0
    for batas in (4, 3, 2, 1):
        label_baris = [bungkus_teks(t, lebar_nama, 9.5, batas) for t in nama]
        tinggi = [len(b) * tinggi_baris(9.5) + (1.85 if batas == 1 else 2.8) for b in label_baris]
        if atas + sum(tinggi) <= TINGGI:
            break
    tepi = atas + np.concatenate([[0.0], np.cumsum(tinggi)])
    tengah = ((tepi[:-1] + tepi[1:]) / 2).tolist()
    bawah = float(tepi[-1])

    kertas = Kertas(bawah + 1)
    kertas.garis([((0, y), (LEBAR, y)) for y in tepi[1:-1].tolist()], LATAR, 0.8)
    _sumbu(kertas, x0, skala, (0, 50, 150), atas, bawah)
    _batang_capaian(
        kertas, list(zip(tengah, capaian, strict=True)), x0, skala, min(4.6, min(tinggi) - 1.9), atas, bawah
    )
    for y, baris, v in zip(tengah, label_baris, capaian, strict=True):
        kertas.alinea(0, y, baris)
        if v == v:
            kertas.alinea(LEBAR, y, [tulis_persen(v)], 11, rata="right", tebal=True)
        else:
            kertas.alinea(x0 + 1.5, y, ["realisasi belum ada"], 9, warna=SEDANG)
            kertas.alinea(LEBAR, y, [KOSONG], 11, rata="right", warna=SEDANG)

    urut = sorted((v, t) for v, t in zip(capaian, nama, strict=True) if v == v)
    capai = sum(v >= 100 for v, _ in urut)
    kalimat = [
        f"Batang capaian {len(nama)} indikator kinerja utama terhadap target 100 %: {capai} mencapai target, "
        f"{len(urut) - capai} di bawah target, {len(nama) - len(urut)} belum ada realisasinya."
    ]
    if urut:
        kalimat.append(f"Tertinggi {tulis_persen(urut[-1][0])} ({urut[-1][1]}).")
        kalimat.append(f"Terendah {tulis_persen(urut[0][0])} ({urut[0][1]}).")
    if len(nama) <= 10:
        rinci = [
            f"{t}: {tulis_persen(v) if v == v else 'realisasi belum ada'}"
            for t, v in zip(nama, capaian, strict=True)
        ]
        kalimat.append(f"Rincian: {'; '.join(rinci)}.")
    judul = f"Capaian indikator kinerja utama: {_pencapaian(capai, len(urut), len(nama))}"
    return jadi_gambar(kertas, judul, " ".join(kalimat), sumber)


# --- predicates ------------------------------------------------------------------------------


def _campur(bagian: float) -> tuple[str, str]:
    """Shade from white (0) to the accent (1), and the ink that reads on it."""
    dari, ke = (255, 255, 255), (0x1F, 0x3A, 0x5F)
    rgb = [round(a + (b - a) * bagian) for a, b in zip(dari, ke, strict=True)]
    linier = [c / 12.92 if (c := v / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for v in rgb]
    terang = 0.2126 * linier[0] + 0.7152 * linier[1] + 0.0722 * linier[2]
    return "#" + "".join(f"{v:02x}" for v in rgb), "#ffffff" if terang < 0.18 else TINTA


def gambar_kuadran(jumlah: pd.DataFrame, predikat: pd.DataFrame) -> Gambar:
    """The kuadran kinerja: employees by result rating (rows) and behaviour rating (columns).

    `jumlah`: counts, index `rating_hasil`, columns `rating_perilaku`, codes of `skema.RATING`;
    a pair that is absent counts 0. `predikat`: same shape, the predicate code of each pair.
    Cell shade follows the share of employees; thick lines part different predicates.
    Raises ValueError for an unknown rating or predicate code.
    """
    for t in (jumlah, predikat):
        _sah(t.index, RATING, "gambar_kuadran, baris rating_hasil", sekali=True)
        _sah(t.columns, RATING, "gambar_kuadran, kolom rating_perilaku", sekali=True)
    _sah(
        [p for p in predikat.to_numpy().ravel() if not pd.isna(p)],
        PREDIKAT,
        "gambar_kuadran, predikat",
    )
    tegak = RATING[::-1]
    isi = jumlah.reindex(index=list(tegak), columns=list(RATING)).astype(float).fillna(0).to_numpy()
    nama = predikat.reindex(index=list(tegak), columns=list(RATING)).to_numpy(dtype=object)
    total = float(isi.sum())
    sumber = "Lembar penilaian: rating hasil kerja dan rating perilaku kerja."
    if not total:
        return gambar_kosong("Kuadran kinerja", "Belum ada pegawai yang dinilai.", sumber)

    x0, y0, lebar, tinggi = 34.0, 1.0, (LEBAR - 34.5) / 3, 31.0
    kertas = Kertas(y0 + 3 * tinggi + 19)
    gelap = np.sqrt(isi / isi.max())  # square root: small shares still differ from none
    for i, j in np.ndindex(3, 3):
        x, y, n = x0 + j * lebar, y0 + i * tinggi, float(isi[i, j])
        muka, tinta = _campur(float(gelap[i, j]))
        kertas.isi([(x, y, lebar, tinggi)], muka, SEDANG, 0.5)
        tinta = tinta if n else SEDANG
        kertas.teks(x + 2.5, y + 5.6, label(nama[i, j]), 10, warna=tinta, tebal=n > 0)
        besar = min(24, int((lebar - 4) / lebar_teks(tulis_cacah(n), 1, True)))
        kertas.teks(x + lebar / 2, y + 19.5, tulis_cacah(n), besar, rata="center", tebal=True, warna=tinta)
        kertas.teks(x + lebar / 2, y + 27, tulis_porsi(n, total), 12, rata="center", warna=tinta)

    def batas(e: float) -> list[tuple[Titik, Titik]]:
        """Borders between different predicates; `e` lengthens them where they meet inside the frame."""
        x, y = [x0 + j * lebar for j in range(4)], [y0 + i * tinggi for i in range(4)]
        return [
            ((x[j], y[i] - e * (i > 0)), (x[j], y[i + 1] + e * (i < 2)))
            for i in range(3)
            for j in (1, 2)
            if nama[i, j - 1] != nama[i, j]
        ] + [
            ((x[j] - e * (j > 0), y[i]), (x[j + 1] + e * (j < 2), y[i]))
            for i in (1, 2)
            for j in range(3)
            if nama[i - 1, j] != nama[i, j]
        ]

    # a white core keeps the border visible between two dark cells
    kertas.garis(batas(0.56), TINTA, 3.2)
    kertas.garis(batas(0.17), "#ffffff", 1.0)
    kertas.isi([(x0, y0, 3 * lebar, 3 * tinggi)], "none", TINTA, 1.6)
    for i, r in enumerate(tegak):
        y, n = y0 + (i + 0.5) * tinggi, float(isi[i].sum())
        kertas.alinea(x0 - 3, y - 3.6, bungkus_teks(label(r), x0 - 4, 9.5, 2), 9.5, rata="right", tebal=True)
        kertas.alinea(x0 - 3, y + 4.6, [tulis_cacah(n)], 9.5, rata="right")
        kertas.alinea(x0 - 3, y + 4.6 + tinggi_baris(9.5), [tulis_porsi(n, total)], 9.5, rata="right")
    bawah = y0 + 3 * tinggi
    for j, r in enumerate(RATING):
        x, n = x0 + (j + 0.5) * lebar, float(isi[:, j].sum())
        kertas.teks(x, bawah + 5, label(r), 9.5, rata="center", tebal=True)
        kertas.teks(x, bawah + 9.6, f"{tulis_cacah(n)} ({tulis_porsi(n, total)})", 9.5, rata="center")
    kertas.teks(0, y0 + 3.6, "↑ Hasil kerja", 10, warna=SEDANG)
    kertas.teks(LEBAR - 0.5, bawah + 15.6, "Perilaku kerja →", 10, rata="right", warna=SEDANG)
    kertas.teks(x0, bawah + 15.6, f"Jumlah {tulis_cacah(total)} pegawai", 10, tebal=True)

    sel = sorted(((float(isi[i, j]), -i, -j) for i, j in np.ndindex(3, 3) if isi[i, j]), reverse=True)
    rinci = [
        f"{label(nama[-i, -j])} (hasil {_kecil(tegak[-i])}, perilaku {_kecil(RATING[-j])}) "
        f"{tulis_cacah(n)} pegawai atau {tulis_porsi(n, total)}"
        for n, i, j in sel
    ]
    per = {p: float(isi[nama == p].sum()) for p in PREDIKAT}
    jumlahan = [f"{label(p)} {tulis_cacah(n)} ({tulis_porsi(n, total)})" for p, n in per.items()]
    alt = (
        f"Kuadran kinerja {tulis_cacah(total)} pegawai, hasil kerja ke atas dan perilaku kerja ke kanan. "
        f"Dari sel terbanyak: {'; '.join(rinci)}. Menurut predikat: {daftar(jumlahan)}."
    )
    baik = tulis_porsi(per["sangat_baik"] + per["baik"], total)
    judul = f"Kuadran kinerja {tulis_cacah(total)} pegawai: {baik} berpredikat Baik atau Sangat Baik"
    return jadi_gambar(kertas, judul, alt, sumber)


def _kecil(kode: str) -> str:
    """'di_atas' -> 'di atas ekspektasi', inside a sentence."""
    teks = label(kode)
    return teks[:1].lower() + teks[1:]


def gambar_predikat(tabel: pd.DataFrame) -> Gambar:
    """How many employees got each predicate, against the bounds of the distribution pattern.

    `tabel`: `predikat` (codes of `skema.PREDIKAT`, absent ones count 0), `jumlah` (employees),
    `paling_sedikit` and `paling_banyak` (employees; NaN = no bound). A bar outside its bounds is
    hatched and says by how much. Raises ValueError for a missing column or an unknown code.
    """
    angka_kolom = ["jumlah", "paling_sedikit", "paling_banyak"]
    _periksa(tabel, "gambar_predikat", angka_kolom, ["predikat"])
    _sah(tabel["predikat"], PREDIKAT, "gambar_predikat, kolom predikat", sekali=True)
    sumber = "Lembar penilaian: predikat kinerja pegawai; pola distribusi menurut predikat organisasi."
    per = tabel.set_index("predikat")[angka_kolom].reindex(list(PREDIKAT)).astype(float)
    per["jumlah"] = per["jumlah"].fillna(0)
    total = float(per["jumlah"].sum())
    if not total:
        return gambar_kosong("Sebaran predikat kinerja", "Belum ada pegawai yang dinilai.", sumber)

    x0, x1, x2, atas, pitch, tebal = 36.0, 114.0, 120.0, 1.5, 15.5, 7.0
    skala = (x1 - x0) / float(np.nanmax(per.to_numpy()))
    kertas = Kertas(atas + pitch * len(PREDIKAT) + 7)
    batang: list[Kotak] = []
    langgar: list[Kotak] = []
    kurung: list[tuple[Titik, ...]] = []
    ujung: list[tuple[Titik, Titik]] = []
    sela: list[tuple[Titik, Titik]] = []
    kalimat = []
    melanggar = 0
    for i, (p, (n, sedikit, banyak)) in enumerate(zip(PREDIKAT, per.to_numpy().tolist(), strict=True)):
        y = atas + (i + 0.5) * pitch
        selisih = min(0.0, n - sedikit) if n < sedikit else max(0.0, n - banyak) if n > banyak else 0.0
        melanggar += bool(selisih)
        (langgar if selisih else batang).append((x0, y - tebal / 2, n * skala, tebal))
        if sedikit == sedikit or banyak == banyak:
            kiri = x0 + (sedikit * skala if sedikit == sedikit else 0.0)
            kanan = x0 + banyak * skala if banyak == banyak else x1 + 3
            b = y + tebal / 2 + 2.6
            kurung.append(((kiri, b), (kanan, b)))
            tegak = [k for k, ada in ((kiri, sedikit == sedikit), (kanan, banyak == banyak)) if ada]
            ujung += [((k, y - tebal / 2 - 1.4), (k, b + 0.2)) for k in tegak]
            sela += [((k, y - tebal / 2), (k, y + tebal / 2)) for k in tegak if k < x0 + n * skala + 0.5]
            if banyak != banyak:  # open to the right
                kurung.append(((kanan - 1.6, b - 1.0), (kanan, b), (kanan - 1.6, b + 1.0)))
        pola = _pola(sedikit, banyak)
        if selisih:
            pola = f"{'kurang' if selisih < 0 else 'lebih'} {tulis_cacah(abs(selisih))} dari {pola}"
        kertas.alinea(0, y, bungkus_teks(label(p), x0 - 2, 10.5, 2, True), 10.5, tebal=True)
        kertas.teks(x2, y - 0.6, f"{tulis_cacah(n)}  ({tulis_porsi(n, total)})", 11.5, tebal=True)
        if pola:
            kertas.teks(x2, y + 4.6, potong_teks(pola, LEBAR - x2, 9, bool(selisih)), 9, tebal=bool(selisih))
        tambah = f", {pola}" if selisih else f", sesuai {pola}" if pola else ""
        kalimat.append(f"{label(p)} {tulis_cacah(n)} ({tulis_porsi(n, total)}){tambah}")
    kertas.isi(batang, AKSEN)
    kertas.arsir(langgar)
    bawah = atas + pitch * len(PREDIKAT)
    kertas.garis([((x0, atas), (x0, bawah))], TINTA, 0.8)
    kertas.garis(kurung, TINTA, 1.2)
    kertas.garis(sela, "#ffffff", 3.4)
    kertas.garis(ujung, TINTA, 1.6)
    ada_pola = bool(kurung)
    if ada_pola:
        kunci = "Kurung: batas pola distribusi. Batang berarsir: di luar batas."
        kertas.teks(x0, bawah + 4.6, kunci, 9, warna=SEDANG)
    akhir = (
        f"{melanggar} predikat di luar pola distribusi."
        if melanggar
        else "Semua predikat di dalam pola distribusi."
        if ada_pola
        else "Tidak ada pola distribusi yang membatasi."
    )
    alt = f"Sebaran predikat {tulis_cacah(total)} pegawai: {'; '.join(kalimat)}. {akhir}"
    judul = f"Sebaran predikat {tulis_cacah(total)} pegawai: {akhir[:1].lower()}{akhir[1:-1]}"
    return jadi_gambar(kertas, judul, alt, sumber)


def _pola(sedikit: float, banyak: float) -> str:
    """The bounds in words; '' when there is none."""
    if sedikit == sedikit and banyak == banyak:
        return f"pola {tulis_cacah(sedikit)}–{tulis_cacah(banyak)}"
    if sedikit == sedikit:
        return f"pola ≥ {tulis_cacah(sedikit)}"
    return f"pola ≤ {tulis_cacah(banyak)}" if banyak == banyak else ""


# --- the cascade -----------------------------------------------------------------------------


@dataclass(eq=False)
class _Simpul:
    uraian: str
    jenjang: str
    pegawai: float
    anak: list[_Simpul] = field(default_factory=list)
    kolom: int = 0
    isi: Counter[str] = field(default_factory=Counter)  # this node and all below it, by jenjang
    lipatan: bool = False
    baris: list[str] = field(default_factory=list)
    kotak: Kotak = (0.0, 0.0, 0.0, 0.0)


_KOLOM_PALING_BANYAK = 5  # a box narrower than a fifth of the page holds no readable text
_SIMPUL_PALING_BANYAK = 24
_CELAH_X, _CELAH_Y = 6.0, 2.2
_URUT = {j: i for i, j in enumerate(JENJANG_KASKADE)}


def _pohon(simpul: pd.DataFrame) -> list[_Simpul]:
    """The rows as trees, in the order of the table. A parent that is absent, or a ring, makes a root."""
    kolom = (simpul[k].tolist() for k in ("id", "induk", "jenjang", "uraian", "pegawai"))
    semua: dict[str, _Simpul] = {}
    induk: dict[str, str] = {}
    for i, p, j, u, n in zip(*kolom, strict=True):
        kunci = str(i)
        if kunci not in semua:
            banyak = 0.0 if pd.isna(n) else float(n)
            semua[kunci] = _Simpul(satu_baris(u), "" if pd.isna(j) else str(j), banyak)
            induk[kunci] = "" if pd.isna(p) else str(p)
    bawahan: dict[str, list[str]] = {}
    for kunci, p in induk.items():
        bawahan.setdefault(p if p in semua and p != kunci else "", []).append(kunci)
    akar: list[_Simpul] = []
    sudah: dict[str, None] = {}  # in the order of visiting: parents before children
    # what no root reaches hangs on a ring: its first row is made a root
    for awal in (*bawahan.get("", []), *semua):
        if awal in sudah:
            continue
        akar.append(semua[awal])
        semua[awal].kolom = _URUT.get(semua[awal].jenjang, 0)
        sudah[awal] = None
        antre = [awal]
        for kunci in antre:
            for a in bawahan.get(kunci, []):
                if a not in sudah:
                    sudah[a] = None
                    antre.append(a)
                    semua[kunci].anak.append(semua[a])
                    semua[a].kolom = max(_URUT.get(semua[a].jenjang, 0), semua[kunci].kolom + 1)
    for kunci in reversed(sudah):
        s = semua[kunci]
        s.isi[s.jenjang] += 1
        for bawah in s.anak:
            s.isi.update(bawah.isi)
    return akar


def _semua(akar: Iterable[_Simpul]) -> list[_Simpul]:
    hasil = list(akar)
    for s in hasil:
        hasil.extend(s.anak)
    return hasil


def _hitung(isi: Counter[str]) -> str:
    """Counter(program=2, kegiatan=5) -> '2 program dan 5 kegiatan'."""
    urut = sorted(isi, key=lambda j: (_URUT.get(j, 99), j))
    return daftar([f"{angka(isi[j])} {j.replace('_', ' ') or 'simpul'}" for j in urut])


def _banyak_kolom(akar: list[_Simpul]) -> int:
    return len({s.kolom for s in _semua(akar)})


def _rapatkan(akar: list[_Simpul]) -> float:
    """Number the used columns from 0 and give the width of a box, mm."""
    semua = _semua(akar)
    urutan = {c: i for i, c in enumerate(sorted({s.kolom for s in semua}))}
    for s in semua:
        s.kolom = urutan[s.kolom]
    banyak = min(len(urutan), _KOLOM_PALING_BANYAK)
    return min(60.0, (LEBAR - 1 - _CELAH_X * (banyak - 1)) / banyak)


def _pilih(saudara: Sequence[_Simpul], simpan: Sequence[int]) -> tuple[list[_Simpul], list[_Simpul]]:
    """(kept, folded): in column c the `simpan[c]` brothers with most employees are kept.

    Folding a single brother saves no box, so it stays, unless its column keeps none.
    """
    sisa = list(simpan)
    buang: list[_Simpul] = []
    for s in sorted(saudara, key=lambda s: -s.pegawai):
        if sisa[s.kolom]:
            sisa[s.kolom] -= 1
        else:
            buang.append(s)
    if len(buang) == 1 and simpan[buang[0].kolom]:
        buang = []
    hilang = set(map(id, buang))
    return [s for s in saudara if id(s) not in hilang], buang


def _muat_simpul(saudara: Sequence[_Simpul], simpan: Sequence[int], sisa: int) -> int:
    """How many of `sisa` boxes are left after this folding; negative as soon as there are none."""
    tetap, buang = _pilih(saudara, simpan)
    sisa -= len(tetap) + bool(buang)
    for s in tetap:
        if sisa < 0:
            break
        sisa = _muat_simpul(s.anak, simpan, sisa) if s.anak else sisa
    return sisa


def _lipat(
    saudara: Sequence[_Simpul], simpan: Sequence[int], paling_banyak: float = math.inf
) -> list[_Simpul]:
    """A copy of the forest in which folded brothers, and all below them, have become one box.

    Who hangs under two folded brothers is counted twice, but never do they hold more than their
    parent (`paling_banyak`).
    """
    tetap, buang = _pilih(saudara, simpan)
    hasil = [
        _Simpul(s.uraian, s.jenjang, s.pegawai, _lipat(s.anak, simpan, s.pegawai) if s.anak else [], s.kolom)
        for s in tetap
    ]
    if buang:
        isi: Counter[str] = Counter()
        for s in buang:
            isi.update(s.isi)
        saudara_saja = Counter(s.jenjang for s in buang)
        bawahan = isi - saudara_saja
        kolom = min(_KOLOM_PALING_BANYAK - 1, *(s.kolom for s in buang))
        uraian = f"… {_hitung(saudara_saja)}{' lain' if tetap else ''}"
        uraian += f" dengan {_hitung(bawahan)}" if bawahan else ""
        pegawai = min(paling_banyak, sum(s.pegawai for s in buang))
        hasil.append(_Simpul(uraian, "", pegawai, [], kolom, isi, lipatan=True))
    return hasil


def _ringkas(akar: list[_Simpul], lebar: float, ruang: float) -> list[_Simpul]:
    """The most detailed folding that fits `ruang` mm of height, folding from the deepest level up."""
    dalam = 1 + max(s.kolom for s in _semua(akar))
    # columns that the page has no room for keep nothing
    penuh = dalam <= _KOLOM_PALING_BANYAK
    simpan = [_SIMPUL_PALING_BANYAK if penuh or c < _KOLOM_PALING_BANYAK - 1 else 0 for c in range(dalam)]
    for c in range(min(dalam, _KOLOM_PALING_BANYAK) - 1, -1, -1):
        for k in range(simpan[c], -1 if c else 0, -1):
            simpan[c] = k
            if _muat_simpul(akar, simpan, _SIMPUL_PALING_BANYAK) >= 0:
                hasil = _lipat(akar, simpan)
                if _tinggi_pohon(hasil, lebar, 2) <= ruang:
                    return hasil
    return _lipat(akar, simpan)


def _tinggi_pohon(saudara: Sequence[_Simpul], lebar: float, baris: int) -> float:
    """Wrap every node's text in at most `baris` lines and give the height of the stacked trees, mm.

    The counts of a fold are not to be cut: they get four.
    """
    tinggi = -_CELAH_Y
    for s in saudara:
        s.baris = bungkus_teks(s.uraian, lebar - 3.4, 9, 4 if s.lipatan else baris)
        h = (len(s.baris) + 1) * tinggi_baris(9) + 2.6
        s.kotak = (0.0, 0.0, lebar, h)
        tinggi += max(h, _tinggi_pohon(s.anak, lebar, baris)) + _CELAH_Y
    return tinggi


def _tata(saudara: Sequence[_Simpul], atas: float, langkah: float) -> float:
    """Place the trees below `atas`, a parent level with the middle of its children; gives the bottom."""
    y = atas
    for s in saudara:
        _, _, w, h = s.kotak
        bawah = _tata(s.anak, y, langkah) if s.anak else y
        if bawah - y < h:  # the children are lower than their parent: centre them on it
            bawah = _tata(s.anak, y + (h - (bawah - y)) / 2, langkah) if s.anak else y
            s.kotak = (s.kolom * langkah, y, w, h)
            bawah = y + h
        else:
            pertama, akhir = s.anak[0].kotak, s.anak[-1].kotak
            pusat = (pertama[1] + pertama[3] / 2 + akhir[1] + akhir[3] / 2) / 2
            s.kotak = (s.kolom * langkah, min(max(pusat - h / 2, y), bawah - h), w, h)
        y = bawah + _CELAH_Y
    return y - _CELAH_Y if saudara else atas


def gambar_kaskade(simpul: pd.DataFrame, lepas: int = 0) -> Gambar:
    """The performance tree (pohon kinerja) of one OPD, from left to right, with employees per node.

    `simpul`: `id`, `induk` (id or NaN), `jenjang` (code of `skema.JENJANG_KASKADE`), `uraian`,
    `pegawai` (employees at or below the node). `lepas`: employees that hang nowhere. What does not
    fit one page is folded from the deepest level up; a node without employees has a dashed edge.
    Raises ValueError for a missing column.
    """
    _periksa(simpul, "gambar_kaskade", ["pegawai"], ["id", "induk", "jenjang", "uraian"])
    sumber = "Lembar kaskade; pegawai dihitung dari lembar rhk."
    ekor = (
        f"{angka(lepas)} pegawai belum terhubung ke pohon kinerja"
        if lepas
        else "Semua pegawai terhubung ke pohon kinerja"
    )
    if simpul.empty:
        return gambar_kosong("Pohon kinerja", f"Belum ada pohon kinerja. {ekor}.", sumber)
    akar = _pohon(simpul)
    asli = _semua(akar)
    jejak: list[_Simpul] = []  # single ancestors of everything, told in one line to save columns
    while len(akar) == 1 and akar[0].anak and len(jejak) < 4 and _banyak_kolom(akar) > _KOLOM_PALING_BANYAK:
        jejak.append(akar[0])
        akar = akar[0].anak
    atas = 7.0 + 5.2 * len(jejak)
    ruang = TINGGI - atas - 12
    lebar = _rapatkan(akar)
    pohon = _ringkas(akar, lebar, ruang)
    lebar = _rapatkan(pohon)
    langkah = lebar + _CELAH_X
    for baris in (4, 3, 2):
        if _tinggi_pohon(pohon, lebar, baris) <= ruang:
            break
    bawah = _tata(pohon, atas, langkah)
    tampak = _semua(pohon)
    kertas = Kertas(bawah + 12)
    _gambar_pohon(kertas, tampak, langkah, atas)
    for i, s in enumerate(jejak):
        y, banyak = 4.2 + 5.2 * i, f"{tulis_cacah(s.pegawai)} pegawai"
        ruang_teks = LEBAR - 5 - lebar_teks(banyak, 9.5, True)
        kertas.teks(0.5, y, potong_teks(_nama(s, ": "), ruang_teks, 9.5), 9.5)
        kertas.teks(LEBAR - 0.5, y, banyak, 9.5, rata="right", tebal=True)
    tepi = (TINTA, 1.2, "--") if lepas else (PUDAR, 0.8, "-")
    kertas.isi([(0.5, bawah + 3.5, lebar_teks(ekor, 10, True) + 5, 7.5)], "#ffffff", *tepi)
    kertas.alinea(3, bawah + 7.25, [ekor], 10, tebal=True)

    kosong = [s for s in asli if not s.pegawai]
    lipat = sum((s.isi for s in tampak if s.lipatan), Counter[str]())
    pangkal = _sebut([*jejak, *akar])
    cabang = _sebut(akar[0].anak) if len(akar) == 1 else ""
    alt = (
        f"Pohon kinerja dari kiri ke kanan: {_hitung(Counter(s.jenjang for s in asli))}. "
        f"Pangkal: {pangkal}. {f'Di bawahnya: {cabang}. ' if cabang else ''}"
        + (f"Diringkas karena tempat: {_hitung(lipat)}. " if lipat else "")
        + (f"{angka(len(kosong))} simpul belum punya pegawai. " if kosong else "")
        + f"{ekor}."
    )
    akhir = ekor.removesuffix(" ke pohon kinerja")
    judul = f"Pohon kinerja: {_hitung(Counter(s.jenjang for s in asli))}; {akhir[:1].lower()}{akhir[1:]}"
    return jadi_gambar(kertas, judul, alt, sumber)


def _nama(s: _Simpul, pisah: str) -> str:
    """Level and text; many texts already begin with the name of their level."""
    jenjang = label(s.jenjang)
    return s.uraian if s.uraian.lower().startswith(jenjang.lower()) else f"{jenjang}{pisah}{s.uraian}"


def _sebut(simpul: Sequence[_Simpul]) -> str:
    """The first nodes in words, with their employees."""
    isi = [f"{_nama(s, ' ')} ({tulis_cacah(s.pegawai)} pegawai)" for s in simpul[:8]]
    return "; ".join([*isi, f"dan {len(simpul) - 8} lainnya"] if len(simpul) > 8 else isi)


def _gambar_pohon(kertas: Kertas, tampak: Sequence[_Simpul], langkah: float, atas: float) -> None:
    geser = 0.5  # room for the edge of the first column
    hubung: list[list[Titik]] = []
    for s in tampak:
        x, y, w, h = s.kotak
        for a in s.anak:
            ax, ay, _, ah = a.kotak
            siku = x + w + _CELAH_X / 2
            # one pen stroke from parent to child
            hubung.append(
                [
                    (x + w + geser, y + h / 2),
                    (siku + geser, y + h / 2),
                    (siku + geser, ay + ah / 2),
                    (ax + geser, ay + ah / 2),
                ]
            )
    kertas.garis(hubung, SEDANG, 0.9)

    def kotak(pilih: Iterable[_Simpul]) -> list[Kotak]:
        return [(s.kotak[0] + geser, *s.kotak[1:]) for s in pilih]

    pangkal = [s for s in tampak if s.kolom == 0 and not s.lipatan and s.pegawai]
    lipatan = [s for s in tampak if s.lipatan]
    kosong = [s for s in tampak if not s.pegawai and not s.lipatan]
    biasa = [s for s in tampak if s.kolom and s.pegawai and not s.lipatan]
    kertas.isi(kotak(pangkal), AKSEN)
    kertas.isi(kotak(biasa), "#ffffff", AKSEN, 1.0)
    kertas.isi(kotak(lipatan), LATAR, SEDANG, 0.6)
    kertas.isi(kotak(kosong), "#ffffff", TINTA, 1.2, "--")
    for s in tampak:
        x, y, w, h = s.kotak
        warna = "#ffffff" if s in pangkal else TINTA
        banyak = f"{tulis_cacah(s.pegawai)} pegawai" if s.pegawai else "belum ada pegawai"
        for i, b in enumerate(s.baris):
            kertas.teks(x + geser + 1.7, y + 4.3 + i * tinggi_baris(9), b, 9, warna=warna)
        isi = potong_teks(banyak, w - 3.4, 9, True)
        kertas.teks(x + geser + 1.7, y + h - 1.8, isi, 9, tebal=True, warna=warna)
    for c in sorted({s.kolom for s in tampak}):
        ada = sorted(
            {s.jenjang for s in tampak if s.kolom == c and s.jenjang}, key=lambda j: _URUT.get(j, 99)
        )
        kepala = potong_teks(" / ".join(map(label, ada)), langkah - _CELAH_X, 9.5, True)
        kertas.teks(c * langkah + geser, atas - 2.6, kepala, 9.5, tebal=True, warna=SEDANG)


# --- pay -------------------------------------------------------------------------------------


def gambar_tpp(tabel: pd.DataFrame) -> Gambar:
    """Performance allowance by job class: paid, lost to performance, lost to discipline.

    `tabel`: `kelas`, `dibayar`, `potongan_kinerja`, `potongan_disiplin` (rupiah; NaN = not
    computed). Highest class on top. Raises ValueError for a missing column or an infinite number.
    """
    uang = ["dibayar", "potongan_kinerja", "potongan_disiplin"]
    _periksa(tabel, "gambar_tpp", ["kelas", *uang])
    sumber = "Hasil hitung TPP; kelas jabatan dari lembar pegawai."
    if tabel.empty:
        return gambar_kosong("TPP menurut kelas jabatan", "Belum ada TPP yang dihitung.", sumber)
    isi = tabel[["kelas", *uang]].astype(float).sort_values("kelas", ascending=False, kind="stable")
    baris = isi.to_numpy().tolist()
    jumlah = isi[uang].sum().tolist()
    pagu = sum(jumlah)

    x0, x1, x2, atas = 20.0, 104.0, 108.0, 8.0
    pitch = min(11.5, max(9.4, (TINGGI - 24) / len(baris)))
    terbesar = float(isi[uang].fillna(0).clip(lower=0).sum(axis=1).max())
    skala = (x1 - x0) / terbesar if terbesar else 0.0
    bawah = atas + pitch * len(baris)
    kertas = Kertas(bawah + 13)
    bagian: tuple[list[Kotak], ...] = ([], [], [])
    rinci = []
    for i, (kelas, *nilai) in enumerate(baris):
        y = atas + (i + 0.5) * pitch
        nama = f"Kelas {tulis_cacah(kelas)}" if kelas == kelas else "Tanpa kelas"
        kertas.alinea(0, y, [potong_teks(nama, x0 - 1, 9.5, True)], 9.5, tebal=True)
        if nilai[0] != nilai[0]:
            kertas.alinea(x0 + 1.5, y, ["belum dihitung"], 9, warna=SEDANG)
            rinci.append(f"{nama} belum dihitung")
            continue
        x = x0
        for v, tempat in zip(nilai, bagian, strict=True):
            w = max(v, 0.0) * skala if v == v else 0.0
            tempat.append((x, y - 3.2, w, 6.4))
            x += w
        kertas.teks(x2, y - 0.4, _dari(nilai), 10.5, tebal=True)
        kertas.teks(x2, y + 3.9, _hilang(nilai), 9)
        rinci.append(f"{nama} {_dari(nilai)} juta ({_hilang(nilai)})")
    kertas.isi(bagian[0], AKSEN)
    kertas.arsir(bagian[1])
    kertas.titik(bagian[2])
    kertas.garis([((x0, atas), (x0, bawah))], TINTA, 0.8)
    kertas.garis([((0, bawah + 1.5), (LEBAR, bawah + 1.5))], TINTA, 0.8)
    kertas.alinea(0, bawah + 7, ["Jumlah"], 10.5, tebal=True)
    kertas.teks(x2, bawah + 6.6, f"{_dari(jumlah)}", 10.5, tebal=True)
    kertas.teks(x2, bawah + 10.9, _hilang(jumlah), 9)
    kertas.teks(x2, 4.2, "dibayar dari pagu, juta rupiah", 9, warna=SEDANG)
    x = x0
    for teks, cara in (
        ("dibayar", lambda k: kertas.isi(k, AKSEN)),
        ("hilang: kinerja", kertas.arsir),
        ("hilang: disiplin", kertas.titik),
    ):
        cara([(x, 1.2, 5.0, 3.6)])
        kertas.teks(x + 6.2, 4.2, teks, 9)
        x += 6.2 + lebar_teks(teks, 9) + 3.6

    alt = (
        f"TPP menurut kelas jabatan, juta rupiah: dibayar {_juta(jumlah[0])} dari pagu {_juta(pagu)} "
        f"({tulis_porsi(jumlah[0], pagu)}); hilang karena kinerja {_juta(jumlah[1])} "
        f"({tulis_porsi(jumlah[1], pagu)}), karena disiplin {_juta(jumlah[2])} ({tulis_porsi(jumlah[2], pagu)}). "
        f"Rincian dibayar dari pagu: {'; '.join(rinci)}."
    )
    if isi["dibayar"].isna().all():
        return jadi_gambar(kertas, "TPP menurut kelas jabatan: belum dihitung", alt, sumber)
    judul = f"TPP dibayar {rupiah(jumlah[0])} dari pagu {rupiah(pagu)} ({tulis_porsi(jumlah[0], pagu)})"
    return jadi_gambar(kertas, judul, alt, sumber)


def _dari(nilai: Sequence[float]) -> str:
    return f"{_juta(nilai[0])} dari {_juta(math.fsum(v for v in nilai if v == v))}"


def _hilang(nilai: Sequence[float]) -> str:
    """What was lost, in juta: 'kinerja −1,2; disiplin −0,4'."""
    sebab = [
        f"{s} {KOSONG if v != v else f'−{_juta(v)}'}"
        for s, v in zip(("kinerja", "disiplin"), nilai[1:], strict=True)
        if v
    ]
    return "; ".join(sebab) or "tanpa potongan"


# --- the whole government --------------------------------------------------------------------


def _di_tengah(urut: list[Any], muat: int) -> tuple[list[Any], list[Any], list[Any]]:
    """(head, folded middle, tail) so that head, one line for the middle, and tail are `muat` lines."""
    if len(urut) <= muat:
        return urut, [], []
    kepala = muat // 2
    ekor = max(muat - kepala - 1, 0)
    return urut[:kepala], urut[kepala : len(urut) - ekor], urut[len(urut) - ekor :]


_OPD_PALING_BANYAK = 48  # rows that one F4 page holds at 9 pt


def gambar_selisih(tabel: pd.DataFrame) -> Gambar:
    """Do individual scores follow the organisation's score? One dot per OPD, grouped by the latter.

    `tabel`: `nama`, `organisasi` (code of `skema.PREDIKAT_ORGANISASI` or NaN), `persen_baik`
    (percent of the OPD's employees rated Baik or better, NaN = none rated). The dashed line is the
    plain mean of the group's OPDs. More OPDs than one page holds are folded in the middle of
    their group. Raises ValueError for a missing column or an unknown code.
    """
    _periksa(tabel, "gambar_selisih", ["persen_baik"], ["nama", "organisasi"])
    organisasi = [None if pd.isna(o) else str(o) for o in tabel["organisasi"]]
    _sah([o for o in organisasi if o], PREDIKAT_ORGANISASI, "gambar_selisih, kolom organisasi")
    sumber = "Lembar opd: predikat organisasi; lembar penilaian: predikat pegawai."
    if tabel.empty:
        return gambar_kosong("Predikat organisasi dan pegawai", "Belum ada perangkat daerah.", sumber)
    nama = [satu_baris(t) for t in tabel["nama"]]
    nilai = _bilangan(tabel["persen_baik"]).tolist()
    grup: list[tuple[str | None, list[tuple[float, str]]]] = []
    for o in (*PREDIKAT_ORGANISASI, None):
        anggota = [(v, t) for v, t, milik in zip(nilai, nama, organisasi, strict=True) if milik == o]
        if anggota:
            grup.append(
                (o, sorted(anggota, key=lambda a: (a[0] != a[0], -a[0] if a[0] == a[0] else 0, a[1])))
            )
    muat = [
        len(a) if len(nama) <= _OPD_PALING_BANYAK else max(4, _OPD_PALING_BANYAK * len(a) // len(nama))
        for _, a in grup
    ]

    kepala, atas, x0 = 7.4, 7.0, 90.0
    tampil = sum(min(len(a), m) for (_, a), m in zip(grup, muat, strict=True))
    pitch = min(6.4, max(4.3, (TINGGI - atas - kepala * len(grup)) / tampil))
    skala = (LEBAR - 22 - x0) / 100
    kertas = Kertas(atas + kepala * len(grup) + pitch * tampil + 1)
    pita: list[Kotak] = []
    tuntun: list[tuple[Titik, Titik]] = []
    rerata: list[tuple[Titik, Titik]] = []
    noda: list[Titik] = []
    kalimat = []
    y = atas
    for (o, anggota), m in zip(grup, muat, strict=True):
        isi = [v for v, _ in anggota if v == v]
        rata = math.fsum(isi) / len(isi) if isi else math.nan
        judul_grup = f"Organisasi {label(o)}" if o else "Organisasi belum berpredikat"
        pita.append((0, y + 0.6, LEBAR, kepala - 1.4))
        kertas.alinea(1.5, y + kepala / 2, [f"{judul_grup}: {len(anggota)} OPD"], 9.5, tebal=True)
        teks_rata = tulis_persen(rata) if isi else KOSONG
        kertas.alinea(LEBAR - 1, y + kepala / 2, [f"rata-rata {teks_rata}"], 9.5, rata="right", tebal=True)
        y += kepala
        awal = y
        depan, lipat, belakang = _di_tengah(anggota, m)
        for v, t in [*depan, *([(math.nan, "")] if lipat else []), *belakang]:
            tengah = y + pitch / 2
            y += pitch
            if not t:
                antara = _rentang([v for v, _ in lipat])
                kertas.alinea(1.5, tengah, [f"… {len(lipat)} OPD lain: {antara}"], 9, warna=SEDANG)
                continue
            kertas.alinea(1.5, tengah, [potong_teks(t, x0 - 4, 9)], 9)
            if v == v:
                x = x0 + min(max(v, 0.0), 100.0) * skala
                noda.append((x, tengah))
                tuntun.append(((x0, tengah), (x, tengah)))
                kertas.alinea(LEBAR - 1, tengah, [tulis_persen(v)], 9.5, rata="right", tebal=True)
            else:
                kertas.alinea(x0 + 1.5, tengah, ["belum dinilai"], 9, warna=SEDANG)
                kertas.alinea(LEBAR - 1, tengah, [KOSONG], 9.5, rata="right", warna=SEDANG)
        if isi:
            rerata.append(((x0 + rata * skala, awal), (x0 + rata * skala, y)))
        rentang = f", {_rentang(isi)}" if len(isi) > 1 else ""
        kalimat.append(f"{judul_grup} ({len(anggota)} OPD): rata-rata {teks_rata}{rentang}")
    _sumbu(kertas, x0, skala, (0, 25, 50, 75, 100), atas, y)
    kertas.isi(pita, LATAR)
    kertas.garis(tuntun, SEDANG, 0.9)
    kertas.garis(rerata, TINTA, 1.4, "--")
    sudut = [(math.cos(a), math.sin(a)) for a in np.linspace(0, 2 * math.pi, 20, endpoint=False)]
    kertas.bidang([[(x + 1.5 * c, b + 1.5 * s) for c, s in sudut] for x, b in noda], AKSEN)
    kertas.teks(0, atas - 1.6, "Pegawai berpredikat Baik atau Sangat Baik", 9, tebal=True)

    alt = (
        f"Persentase pegawai berpredikat Baik atau Sangat Baik di {len(nama)} perangkat daerah, "
        f"dikelompokkan menurut predikat organisasi. {'; '.join(kalimat)}."
    )
    atas_dulu = [(o, [v for v, _ in a if v == v]) for o, a in grup if o]
    berisi = [(o, math.fsum(v) / len(v)) for o, v in atas_dulu if v]
    judul = "Predikat organisasi dan pegawai berpredikat Baik atau Sangat Baik"
    if len(berisi) > 1:
        (a, va), (b, vb) = berisi[0], berisi[-1]
        judul += f": organisasi {label(a)} {tulis_persen(va)}, organisasi {label(b)} {tulis_persen(vb)}"
    return jadi_gambar(kertas, judul, alt, sumber)


def _rentang(nilai: Iterable[float]) -> str:
    """'71,2 % sampai 97,4 %'; unknown ones do not count."""
    ada = [v for v in nilai if v == v]
    return f"{tulis_persen(min(ada))} sampai {tulis_persen(max(ada))}" if ada else "belum ada nilainya"


def gambar_opd(tabel: pd.DataFrame) -> Gambar:
    """The pemda's agencies ranked by the mean achievement of their IKU, with employees and pay.

    `tabel`: `nama`, `capaian` (mean percent, NaN = none yet), `pegawai` (count), `tpp` (rupiah,
    NaN = not computed). More OPDs than one page holds are folded in the middle.
    Raises ValueError for a missing column or an infinite number.
    """
    _periksa(tabel, "gambar_opd", ["capaian", "pegawai", "tpp"], ["nama"])
    sumber = "Lembar iku, pegawai, dan hasil hitung TPP."
    if tabel.empty:
        return gambar_kosong("Capaian perangkat daerah", "Belum ada perangkat daerah.", sumber)
    kolom = [_bilangan(tabel[k]).tolist() for k in ("capaian", "pegawai", "tpp")]
    baris = list(zip([satu_baris(t) for t in tabel["nama"]], *kolom, strict=True))
    urut = sorted(baris, key=lambda b: (b[1] != b[1], -b[1] if b[1] == b[1] else 0, b[0]))
    depan, lipat, belakang = _di_tengah(urut, _OPD_PALING_BANYAK)
    tampil: list[tuple[str, float, float, float] | None] = [*depan, *[None] * bool(lipat), *belakang]

    atas, x0, skala = 11.0, 79.0, 35 / BATAS_SUMBU
    kanan = (132.5, 150.0, LEBAR)
    pitch = min(7.0, max(4.3, (TINGGI - atas) / len(tampil)))
    bawah = atas + pitch * len(tampil)
    kertas = Kertas(bawah + 1)
    tengah = [atas + (i + 0.5) * pitch for i in range(len(tampil))]
    kertas.garis([((0, y + pitch / 2), (LEBAR, y + pitch / 2)) for y in tengah[:-1]], LATAR, 0.7)
    _sumbu(kertas, x0, skala, (0,), atas, bawah)
    ada = [(y, b[1]) for y, b in zip(tengah, tampil, strict=True) if b]
    _batang_capaian(kertas, ada, x0, skala, min(3.8, pitch - 1.3), atas, bawah)
    for x, teks in zip(kanan, ("capaian", "pegawai", "TPP, juta"), strict=True):
        kertas.teks(x, 4.0, teks, 9, rata="right", tebal=True)
    kertas.teks(0, 4.0, "Perangkat daerah", 9, tebal=True)
    for y, b in zip(tengah, tampil, strict=True):
        if b is None:
            isi = f"… {len(lipat)} OPD lain: {_rentang(v for _, v, _, _ in lipat)}"
            kertas.alinea(0, y, [potong_teks(isi, x0 - 2, 9)], 9, warna=SEDANG)
            continue
        nama, v, orang, uang = b
        kertas.alinea(0, y, [potong_teks(nama, x0 - 3, 9)], 9)
        if v != v:
            kertas.alinea(x0 + 1.5, y, ["belum ada"], 9, warna=SEDANG)
        kertas.alinea(kanan[0], y, [tulis_persen(v) if v == v else KOSONG], 9, rata="right", tebal=True)
        kertas.alinea(kanan[1], y, [tulis_cacah(orang) if orang == orang else KOSONG], 9, rata="right")
        kertas.alinea(kanan[2], y, [angka(uang / 1e6, 1)], 9, rata="right")

    terisi = [b for b in urut if b[1] == b[1]]
    capai = sum(b[1] >= 100 for b in terisi)
    orang_total = math.fsum(b[2] for b in urut if b[2] == b[2])
    tpp_total = math.fsum(b[3] for b in urut if b[3] == b[3])
    kalimat = [
        f"Peringkat {len(urut)} perangkat daerah menurut rata-rata capaian IKU: {capai} mencapai 100 % atau "
        f"lebih, {len(terisi) - capai} di bawahnya, {len(urut) - len(terisi)} belum ada capaiannya."
    ]
    if terisi:
        kalimat.append(f"Tertinggi {tulis_persen(terisi[0][1])} ({terisi[0][0]}).")
        kalimat.append(f"Terendah {tulis_persen(terisi[-1][1])} ({terisi[-1][0]}).")
    kalimat.append(f"Jumlah {tulis_cacah(orang_total)} pegawai, TPP {_juta(tpp_total)} juta rupiah.")
    judul = f"Rata-rata capaian IKU perangkat daerah: {_pencapaian(capai, len(terisi), len(urut))}"
    return jadi_gambar(kertas, judul, " ".join(kalimat), sumber)
