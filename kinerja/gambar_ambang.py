"""What the two laboratories show: scores against realisasi, the cliff, who stands near a step, and patterns.

Pictures for a hall: few words, large, and the finding in the title with its numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pandas as pd

from kinerja.data import Data
from kinerja.data.skema import PREDIKAT, PREDIKAT_ORGANISASI
from kinerja.kertas import (
    AKSEN,
    LATAR,
    LEBAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    Kotak,
    Rata,
    Titik,
    bungkus_teks,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    tulis_cacah,
    tulis_porsi,
)
from kinerja.parameter import Kebijakan
from kinerja.regulasi import se3
from kinerja.regulasi.ambang import Indikator, Kebutuhan
from kinerja.tampil import AngkaKunci, Butir, Gambar, KelasBaris, KolomTabel, Tabel
from kinerja.tulisan import KOSONG, angka, daftar, label, persen

__all__ = [
    "angka_berkala",
    "angka_rata",
    "angka_selisih",
    "gambar_kepekaan",
    "gambar_kurva",
    "gambar_organisasi",
    "gambar_pola",
    "gambar_serentak",
    "gambar_skala",
    "gambar_tebing",
    "gambar_unit_kecil",
    "tabel_berkala",
    "tabel_capaian",
    "tabel_kebutuhan",
    "tabel_kepala",
    "tabel_kepekaan",
    "tabel_kurva_contoh",
    "tabel_periksa",
    "tabel_pola_orang",
    "tabel_selisih",
    "tabel_skala",
    "tabel_unit",
]

_GELAP, _BIRU = "#4a4f55", "#8fb0d6"
_MUKA = {0: AKSEN, 1: _BIRU, 2: "#ffffff", 3: PUDAR, 4: _GELAP, 5: "#ffffff"}  # by place in SKALA
_TULIS = {0: "#ffffff", 4: "#ffffff"}


# --- a plain field with two axes ---------------------------------------------------------------


@dataclass(frozen=True)
class _Bidang:
    """A rectangle of the sheet on which numbers are places."""

    kertas: Kertas
    kotak: Kotak
    x: tuple[float, float]
    y: tuple[float, float]

    def ke(self, x: float, y: float) -> Titik:
        kiri, atas, lebar, tinggi = self.kotak
        return (
            kiri + (x - self.x[0]) / (self.x[1] - self.x[0]) * lebar,
            atas + tinggi - (y - self.y[0]) / (self.y[1] - self.y[0]) * tinggi,
        )

    def sumbu(self, tanda_x: Iterable[float], tanda_y: Iterable[float], nama_x: str, nama_y: str) -> None:
        """Faint lines with their numbers; the name of x below, that of y above."""
        kiri, atas, lebar, tinggi = self.kotak
        k = self.kertas
        for t in tanda_y:
            y = self.ke(self.x[0], t)[1]
            k.garis([((kiri, y), (kiri + lebar, y))], LATAR, 1.2)
            k.teks(kiri - 2, y + 1.6, angka(_rapi(t)), 11, rata="right")
        for t in tanda_x:
            x = self.ke(t, self.y[0])[0]
            k.garis([((x, atas + tinggi), (x, atas + tinggi + 1.5))], TINTA, 1.0)
            k.teks(x, atas + tinggi + 6.2, angka(_rapi(t)), 11, rata="center")
        k.garis([((kiri, atas), (kiri, atas + tinggi), (kiri + lebar, atas + tinggi))], TINTA, 1.2)
        k.teks(kiri + lebar / 2, atas + tinggi + 12.2, nama_x, 11, rata="center", tebal=True)
        k.teks(kiri - 10, atas - 3.2, nama_y, 11, tebal=True)

    def kurva(self, x: Sequence[float], y: Sequence[float], warna: str = AKSEN, pisah: str = "-") -> None:
        """A line that is interrupted where the number jumps, with the ends of a jump as open circles."""
        tinggi = self.y[1] - self.y[0]
        bagian: list[list[Titik]] = [[]]
        putus: list[Titik] = []
        for (x0, y0), (x1, y1) in pairwise([*zip(x, y, strict=True), (math.nan, math.nan)]):
            if y0 == y0:
                bagian[-1].append(self.ke(x0, y0))
            lompat = y0 == y0 and y1 == y1 and abs(y1 - y0) > 0.03 * tinggi
            if lompat and abs(x1 - x0) < 0.006 * (self.x[1] - self.x[0]):
                putus += [self.ke(x0, y0), self.ke(x1, y1)]
                self.kertas.garis([(putus[-2], putus[-1])], SEDANG, 0.9, (0, (2, 2)))  # type: ignore[arg-type]
                bagian.append([])
            elif y0 != y0:
                bagian.append([])
        self.kertas.garis([b for b in bagian if len(b) > 1], warna, 3.0 if pisah == "-" else 1.6, pisah)

    def bulat(self, x: float, y: float, *, penuh: bool = True, jari: float = 1.7) -> None:
        """A point: filled if it belongs to the curve, open if it just does not."""
        a, b = self.ke(x, y)
        lingkar = [
            (a + jari * math.cos(t), b + jari * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 25)[:-1]
        ]
        self.kertas.bidang([lingkar], AKSEN if penuh else "#ffffff")
        self.kertas.garis([[*lingkar, lingkar[0]]], AKSEN if penuh else TINTA, 1.4)

    def sebut(
        self, x: float, y: float, baris: Sequence[str], geser: Titik, *, rata: Rata = "left", pt: float = 12
    ) -> None:
        """Words beside a point; `geser` in mm from the point to the middle of the block."""
        a, b = self.ke(x, y)
        self.kertas.alinea(a + geser[0], b + geser[1], baris, pt, rata=rata, tebal=True)


def _rapi(x: float) -> float | int:
    x = round(float(x), 6)
    return int(x) if x.is_integer() else x


def _tanda(bawah: float, atas: float, banyak: int = 6) -> list[float]:
    """Round numbers between two ends."""
    kasar = max((atas - bawah) / banyak, 1e-9)
    pangkat = 10.0 ** math.floor(math.log10(kasar))
    langkah = next(m * pangkat for m in (1, 2, 2.5, 5, 10) if m * pangkat >= kasar - 1e-12)
    awal = math.ceil(bawah / langkah - 1e-9)
    return [round(k * langkah, 9) for k in range(awal, math.floor(atas / langkah + 1e-9) + 1)]


# --- the old scale and the new -------------------------------------------------------------------


def gambar_skala(skala: pd.DataFrame, sorot: tuple[float, float] = (80, 90)) -> Gambar:
    """Old scores against the scale to 120, with the habit `sorot` marked and the shortcut × 1,2 dashed.

    skala: of `ambang.skala_baru`, in rising old scores; its first and last rows are the ends of the axis.
    """
    sorot = (min(sorot), max(sorot))
    a, b = (skala.iloc[(skala["lama"] - s).abs().argmin()] for s in sorot)
    kertas = Kertas(104)
    f = _Bidang(
        kertas, (17, 9, 147, 80), (float(skala["lama"].iloc[0]), float(skala["lama"].iloc[-1])), (45, 122)
    )
    kiri, kanan = f.ke(a["lama"], 45)[0], f.ke(b["lama"], 45)[0]
    kertas.isi([(kiri, f.kotak[1], kanan - kiri, f.kotak[3])], LATAR)
    f.sumbu(
        _tanda(*f.x, 6),
        (50, 70, 90, 110, 120),
        "Nilai lama (PP 46/2011, sampai 100)",
        "Nilai baru (PP 30/2019, sampai 120)",
    )
    for bawah, atas, kata in ((50, 70, "Kurang"), (70, 90, "Cukup"), (90, 110, "Baik")):
        y = (f.ke(0, bawah)[1] + f.ke(0, atas)[1]) / 2
        kertas.teks(f.kotak[0] + f.kotak[2], y + 1.6, kata, 12, rata="right", warna=SEDANG, tebal=True)
    kertas.teks(f.kotak[0] + 2, f.ke(0, 115)[1] + 1.6, "Sangat Baik*", 12, warna=SEDANG, tebal=True)
    f.kurva(skala["lama"].tolist(), skala["dikali"].tolist(), SEDANG, "--")
    f.kurva(skala["lama"].tolist(), skala["baru"].tolist())
    for s, naik in ((a, False), (b, True)):
        f.bulat(s["lama"], s["baru"])
        teks = f"{angka(_rapi(s['lama']))} menjadi {angka(float(s['baru']), 1)}"
        ruang = lebar_teks(teks, 12, True) + 5
        letak = f.ke(s["lama"], 0)[0] - f.kotak[0]
        ke_kiri = letak > f.kotak[2] - ruang or (naik and letak > ruang)
        geser = (-4.0 if ke_kiri else 4.0, -5.0 if ke_kiri and letak > ruang else 6.0)
        f.sebut(s["lama"], s["baru"], [teks], geser, rata="right" if ke_kiri else "left")
    tengah = (kiri + kanan) / 2
    kertas.teks(tengah, f.kotak[1] + f.kotak[3] - 3, "kebiasaan", 11, rata="center", tebal=True)
    dulu, kini = (
        " sampai ".join(dict.fromkeys([label(a[k]), label(b[k])])) for k in ("predikat_lama", "predikat_baru")
    )
    akibat = f"tetap {kini}" if dulu == kini else f"{dulu} menjadi {kini}"
    judul = (
        f"Kebiasaan {angka(_rapi(sorot[0]))} sampai {angka(_rapi(sorot[1]))} menjadi "
        f"{angka(float(a['baru']), 1)} sampai {angka(float(b['baru']), 1)}: {akibat}"
    )
    alt = (
        f"Garis konversi nilai PP 46/2011 ke skala 120. {angka(_rapi(a['lama']))} menjadi {angka(float(a['baru']), 2)} dan "
        f"{angka(_rapi(b['lama']))} menjadi {angka(float(b['baru']), 2)}. Garis putus-putus: nilai lama dikali 1,2, "
        f"yang bukan aturan: {angka(float(a['dikali']), 1)} dan {angka(float(b['dikali']), 1)}. Garis melompat di batas setiap pita."
    )
    sumber = (
        "Konversi tahun peralihan 2021 (dua-sumber). Putus-putus: nilai lama × 120 ÷ 100, bukan aturan. "
        "*Sangat Baik hanya dengan ide baru atau cara kerja baru."
    )
    return jadi_gambar(kertas, judul, alt, sumber)


def tabel_skala(skala: pd.DataFrame, nilai: Sequence[float]) -> Tabel:
    """These old scores, what they become, and what the shortcut would make of them."""
    pilih = skala[skala["lama"].isin(nilai)].drop_duplicates("lama")
    kolom = (
        KolomTabel("Nilai", "kanan", grup="PP 46/2011"),
        KolomTabel("Predikat", lebar=1.6, grup="PP 46/2011"),
        KolomTabel("Nilai konversi", "kanan", 1.3, "PP 30/2019, sampai 120"),
        KolomTabel("Predikat", lebar=1.6, grup="PP 30/2019, sampai 120"),
        KolomTabel("Bila hanya dikali 1,2", "kanan", 1.4),
    )
    isi = pilih[["lama", "predikat_lama", "baru", "predikat_baru", "dikali"]].to_numpy(dtype=object).tolist()
    baris = tuple(
        (angka(_rapi(lama)), label(p), angka(round(baru, 2)), label(q), angka(_rapi(kali)))
        for lama, p, baru, q, kali in isi
    )
    return Tabel(kolom, baris, "Nilai lama di skala baru, tanpa ide baru")


# --- the cliff -----------------------------------------------------------------------------------


def gambar_tebing(kurva: pd.DataFrame, batas: float = 24) -> Gambar:
    """PP 46/2011: the value of time or cost against efficiency, exactly on plan and both sides of the edge.

    kurva: of `ambang.kurva_efisiensi`, rising, with 0, `batas` and the first efficiency after it in it.
    """
    e, n = kurva["efisiensi"], kurva["nilai"]
    tepi = int((e - batas).abs().argmin())
    rencana = int(e.abs().argmin())
    x = (float(e.iloc[0]), float(e.iloc[-1]))
    kertas = Kertas(104)
    f = _Bidang(kertas, (17, 9, 147, 80), x, (40, 106))
    f.sumbu(
        _tanda(*x, 8),
        (40, 60, 76, 91, 100),
        "Efisiensi: berapa persen lebih cepat atau lebih hemat dari rencana",
        "Nilai",
    )
    for y in (76.0, 91.0):
        kertas.garis([(f.ke(x[0], y), f.ke(x[1], y))], PUDAR, 1.4)
    for y, kata in ((83.5, "Baik"), (95.5, "Sangat Baik"), (68, "Cukup")):
        kertas.teks(
            f.kotak[0] + f.kotak[2], f.ke(0, y)[1] + 1.6, kata, 12, rata="right", warna=SEDANG, tebal=True
        )
    f.kurva(e.tolist(), n.tolist())
    f.bulat(float(e.iloc[rencana]), float(n.iloc[rencana]))
    f.bulat(float(e.iloc[tepi]), float(n.iloc[tepi]))
    f.bulat(float(e.iloc[tepi + 1]), float(n.iloc[tepi + 1]), penuh=False)
    f.sebut(
        float(e.iloc[rencana]),
        float(n.iloc[rencana]),
        ["Tepat sesuai", f"rencana: {angka(float(n.iloc[rencana]), 0)}"],
        (4, 8.0),
    )
    f.sebut(
        float(e.iloc[tepi]),
        float(n.iloc[tepi]),
        [f"Tepat {angka(_rapi(batas))} %: {angka(float(n.iloc[tepi]), 0)}"],
        (4, 0),
    )
    sesudah = f"{angka(_rapi(e.iloc[tepi + 1]))} %: {angka(_rapi(n.iloc[tepi + 1]))}"
    f.sebut(float(e.iloc[tepi + 1]), float(n.iloc[tepi + 1]), [sesudah], (4, -3.5))
    jatuh = angka(float(n.iloc[tepi] - n.iloc[tepi + 1]), 0)
    judul = (
        f"Tebing {angka(_rapi(batas))} %: sedikit saja lebih efisien, nilai jatuh {jatuh} poin, "
        f"dan tepat sesuai rencana hanya {angka(float(n.iloc[rencana]), 0)}"
    )
    alt = (
        f"Nilai waktu atau biaya naik lurus dari {angka(float(n.iloc[rencana]), 0)} pada efisiensi 0 % sampai "
        f"{angka(float(n.iloc[tepi]), 0)} pada tepat {angka(_rapi(batas))} %, lalu jatuh menjadi {angka(_rapi(n.iloc[tepi + 1]))} pada "
        f"{angka(_rapi(e.iloc[tepi + 1]))} % dan terus turun."
    )
    return jadi_gambar(kertas, judul, alt, "Perka BKN 1/2013, faktor 1,76 dan batas 24 % (dua-sumber).")


# --- one indicator of one employee ----------------------------------------------------------------


def tabel_capaian(capaian: pd.DataFrame) -> Tabel:
    """What the same capaian was and is worth. capaian: of `ambang.skala_capaian`."""
    kolom = (
        KolomTabel("Capaian", "kanan"),
        KolomTabel("Nilai", "kanan", grup="PP 46/2011 (kuantitas, kualitas)"),
        KolomTabel("Predikat", lebar=1.5, grup="PP 46/2011 (kuantitas, kualitas)"),
        KolomTabel("Nilai IKI", "kanan", 1.2, "PermenPANRB 8/2021"),
        KolomTabel("Pimpinan", lebar=1.5, grup="PermenPANRB 8/2021"),
        KolomTabel("Pegawai lain", lebar=1.5, grup="PermenPANRB 8/2021"),
    )
    baris = tuple(
        (persen(c), angka(_rapi(n)), label(p), angka(round(i, 2)), label(k), label(a))
        for c, n, p, i, k, a in capaian.to_numpy(dtype=object).tolist()
    )
    turun = capaian["predikat_pp46"].isin(["baik", "sangat_baik"]) & (capaian["kategori_iki"] == "cukup")
    return Tabel(
        kolom,
        baris,
        "Capaian yang sama, dua peraturan",
        "Baris tebal: dulu Baik atau Sangat Baik, menurut PermenPANRB 8/2021 Cukup.",
        kelas_baris=tuple("peringatan" if x else "" for x in turun),
    )


def gambar_kurva(
    kurva: pd.DataFrame, i: Indikator, kebutuhan: Kebutuhan | None = None, peraturan: str = ""
) -> Gambar:
    """The employee's score against one realisasi; the strip below says which predikat that gives.

    kurva: of `ambang.kurva`. Marked: target, present realisasi, and the least that `kebutuhan` asks.
    """
    nama = peraturan or (kebutuhan.nama if kebutuhan else "")
    sumber = (
        f"{nama}: semua yang lain dianggap tetap. Pegawai sintetis." if nama else "Semua yang lain tetap."
    )
    if kurva["nilai"].isna().all():
        return gambar_kosong(f"Nilai menurut {i.kunci[2]}", "Nilainya belum dapat dihitung.", sumber)
    x = (float(kurva["realisasi"].iloc[0]), float(kurva["realisasi"].iloc[-1]))
    bawah, atas = float(kurva["nilai"].min()), float(kurva["nilai"].max())
    ruang = max((atas - bawah) * 0.12, 1.0)
    kertas = Kertas(112)
    f = _Bidang(kertas, (17, 9, 147, 74), x, (bawah - ruang, atas + 2.2 * ruang))
    satuan = "%" if i.satuan in ("persen", "%") else i.satuan
    f.sumbu(_tanda(*x, 7), _tanda(*f.y, 5), "", "Nilai akhir")
    f.kurva(kurva["realisasi"].tolist(), kurva["nilai"].tolist())
    pita = _pita(kurva)
    y0 = f.kotak[1] + f.kotak[3] + 8.5
    for awal, akhir, t, kata in pita:
        a, b = f.ke(awal, 0)[0], f.ke(akhir, 0)[0]
        kertas.isi([(a, y0, max(b - a, 0.5), 9)], _MUKA[t], TINTA, 0.8)
        pt = next((u for u in (12.0, 10.0, 9.0) if b - a > lebar_teks(kata, u, True) + 1), None)
        if pt:
            kertas.teks((a + b) / 2, y0 + 6, kata, pt, rata="center", tebal=True, warna=_TULIS.get(t, TINTA))
    kertas.teks(
        f.kotak[0] + f.kotak[2] / 2,
        y0 + 15.5,
        f"Realisasi ({satuan}), dan predikat yang dihasilkannya",
        11,
        rata="center",
        tebal=True,
    )
    _sebut_titik(f, kurva, {"target": i.target, "kini": i.realisasi})
    titik = None if kebutuhan is None or kebutuhan.bebas else kebutuhan.titik
    judul = f"{nama}: {i.kunci[2]}"
    if kebutuhan is not None:
        p = label(kebutuhan.predikat)
        perlu = (
            f"{p} berapa pun realisasinya"
            if kebutuhan.bebas
            else f"Tidak ada realisasi yang cukup untuk {p}"
            if titik is None
            else f"{p} bila {kebutuhan.rentang()}"
        )
        judul = f"{perlu} ({judul})"
    if titik is not None:
        a = f.ke(float(titik), 0)[0]
        tegak = [(f.kotak[1], f.kotak[1] + f.kotak[3]), (y0, y0 + 9)]
        kertas.garis([((a, awal), (a, akhir)) for awal, akhir in tegak], TINTA, 1.6, "--")
    isi = daftar(f"{k} dari {angka(_rapi(a))} sampai {angka(_rapi(b))}" for a, b, _, k in pita)
    alt = f"Nilai akhir antara {angka(bawah, 2)} dan {angka(atas, 2)} menurut realisasi {i.kunci[2]} ({satuan}): {isi}."
    return jadi_gambar(kertas, judul, alt, sumber)


def _sebut_titik(f: _Bidang, kurva: pd.DataFrame, titik: Mapping[str, Decimal | None]) -> None:
    """Points on the curve with their words on the empty side: the left one to the left, the right one to the right."""
    ada = sorted((float(x), kata, x) for kata, x in titik.items() if x is not None)
    for k, (x, kata, asli) in enumerate(ada):
        if not f.x[0] <= x <= f.x[1]:
            continue
        y = float(np.interp(x, kurva["realisasi"], kurva["nilai"]))
        f.bulat(x, y, penuh=kata == "kini")
        sela = (f.x[1] - f.x[0]) / 12
        sebelum, sesudah = (
            float(np.interp(z, kurva["realisasi"], kurva["nilai"])) for z in (x - sela, x + sela)
        )
        teks = f"{kata} {angka(asli)}"
        a = f.ke(x, y)[0] - f.kotak[0]
        ruang = lebar_teks(teks, 12, True) + 4
        kiri = a > f.kotak[2] - ruang or (k == 0 and len(ada) > 1 and a > ruang)
        atas = sebelum < sesudah if kiri else sebelum >= sesudah
        f.sebut(
            x, y, [teks], (-3.0 if kiri else 3.0, -5.5 if atas else 6.0), rata="right" if kiri else "left"
        )


def _pita(kurva: pd.DataFrame) -> list[tuple[float, float, int, str]]:
    """Stretches of the same predikat: from, to, place in SKALA, its word."""
    t = kurva["tingkat"].to_numpy()
    batas = [0, *(np.flatnonzero(np.diff(t)) + 1).tolist(), len(t)]
    x = kurva["realisasi"].tolist()
    return [
        (x[a], x[min(b, len(x) - 1)], int(t[a]), label(kurva["predikat"].iloc[a])) for a, b in pairwise(batas)
    ]


def tabel_kebutuhan(semua: Sequence[Kebutuhan]) -> Tabel:
    """The answers side by side, one row one indicator and regulation."""
    kolom = (
        KolomTabel("Indikator", lebar=2.4),
        KolomTabel("Target", "kanan"),
        KolomTabel("Kini", "kanan"),
        KolomTabel("Peraturan", lebar=1.5),
        KolomTabel("Predikat kini", lebar=1.1),
        KolomTabel("Yang diperlukan", lebar=2.8),
    )
    baris = tuple(
        (
            k.indikator.kunci[2],
            k.indikator.tulis(k.indikator.target),
            k.indikator.tulis(k.indikator.realisasi),
            k.nama,
            label(k.predikat_sekarang),
            ("Berapa pun; indikator ini tidak menentukan" if k.bebas else k.rentang().capitalize())
            if k.selang
            else f"Tidak ada: {k.alasan}",
        )
        for k in semua
    )
    p = label(semua[0].predikat) if semua else ""
    return Tabel(kolom, baris, f"Realisasi yang diperlukan untuk {p}, semua yang lain tetap")


# --- who stands near a step -------------------------------------------------------------------------


def gambar_kepekaan(kepekaan: dict[str, pd.DataFrame], jarak: Sequence[float] = (1, 2, 5, 10)) -> Gambar:
    """Per regulation: how many people lose a predikat if all their realisasi slip by x percent, or gain one.

    kepekaan: name of the regulation -> table of `ambang.kepekaan`. Bars to the left fall, to the right rise.
    """
    tengah, setengah = 97.0, 60.0
    isi = {
        n: [(j, int((t["turun"] <= j).sum()), int((t["naik"] <= j).sum())) for j in jarak]
        for n, t in kepekaan.items()
    }
    paling = max((max(a, b) for v in isi.values() for _, a, b in v), default=0)
    total = max((int((t["tingkat"] < len(PREDIKAT)).sum()) for t in kepekaan.values()), default=0)
    sumber = "Semua realisasi seorang pegawai digeser bersama; orang lain tetap. Pegawai sintetis."
    if not paling:
        return gambar_kosong("Kepekaan predikat", "Tidak seorang pun berpindah predikat.", sumber)
    skala = (setengah - 12) / paling
    langkah, sela = 7.6, 6.0
    kertas = Kertas(11 + len(isi) * (len(jarak) * langkah + sela + 7))
    kertas.teks(tengah - 14, 5, "turun bila merosot", 12, rata="right", tebal=True)
    kertas.teks(tengah + 14, 5, "naik bila membaik", 12, tebal=True)
    y = 11.0
    for n, v in isi.items():
        kertas.garis([((0, y), (LEBAR, y))], PUDAR, 0.8)
        kertas.teks(0, y + 5.6, n, 12, tebal=True)
        y += 8.0
        for j, turun, naik in v:
            kertas.teks(tengah, y + 4.4, persen(_rapi(j)), 11, rata="center")
            kertas.isi([(tengah - 10 - turun * skala, y, turun * skala, langkah - 2)], _GELAP)
            kertas.isi([(tengah + 10, y, naik * skala, langkah - 2)], _BIRU, AKSEN, 0.8)
            kertas.teks(
                tengah - 11.5 - turun * skala, y + 4.4, tulis_cacah(turun), 12, rata="right", tebal=True
            )
            kertas.teks(tengah + 11.5 + naik * skala, y + 4.4, tulis_cacah(naik), 12, tebal=True)
            y += langkah
        y += sela - 1.0
    terpeka = max(isi, key=lambda n: isi[n][0][1])
    j, turun, _ = isi[terpeka][0]
    judul = f"Merosot {persen(_rapi(j))} saja: {tulis_cacah(turun)} dari {tulis_cacah(total)} pegawai turun predikat menurut {terpeka}"
    alt = " ".join(
        f"{n}: {daftar(f'{persen(_rapi(j))}: {a} turun, {b} naik' for j, a, b in v)}." for n, v in isi.items()
    )
    return jadi_gambar(kertas, judul, alt, sumber)


def tabel_kepekaan(kepekaan: dict[str, pd.DataFrame], paling: int = 6) -> Tabel:
    """The employees nearest to a step, per regulation: what they have and how little moves them."""
    kolom = (
        KolomTabel("Peraturan", lebar=1.5),
        KolomTabel("Pegawai", lebar=1.6),
        KolomTabel("Nilai", "kanan"),
        KolomTabel("Predikat", lebar=1.2),
        KolomTabel("Naik bila membaik", "kanan", 1.2),
        KolomTabel("Turun bila merosot", "kanan", 1.2),
    )
    baris: list[tuple[str, ...]] = []
    for n, t in kepekaan.items():
        dekat = t.assign(paling=t[["naik", "turun"]].min(axis=1)).dropna(subset=["paling"])
        urut = dekat.sort_values(["paling", "nip"], kind="stable").head(paling)
        isi = urut[["nip", "opd", "nilai", "predikat", "naik", "turun"]].to_numpy(dtype=object).tolist()
        for nip, opd, nilai, predikat, *pindah in isi:
            geser = [KOSONG if x != x else persen(_rapi(x)) for x in pindah]
            baris.append((n, f"{nip}\n{opd}", angka(nilai, 2), label(predikat), *geser))
    return Tabel(kolom, tuple(baris), "Yang paling dekat dengan perpindahan predikat")


# --- organisation and individuals --------------------------------------------------------------------


def gambar_pola(pola: pd.DataFrame) -> Gambar:
    """The pattern of each organisation predikat: which group leads, what is bounded, what is free.

    pola: of `sebaran.pola`: index PREDIKAT_ORGANISASI, columns PREDIKAT, cells text ('' = free).
    """
    kiri, lebar, tinggi, atas = 34.0, 27.2, 15.0, 16.0
    kertas = Kertas(atas + tinggi * len(pola) + 9)
    kertas.teks(kiri + 2.5 * lebar, 4.5, "Predikat pegawai", 11, rata="center", warna=SEDANG)
    kertas.teks(0, 12, "Organisasi", 11, warna=SEDANG)
    for j, p in enumerate(pola.columns):
        kertas.alinea(
            kiri + (j + 0.5) * lebar,
            10.6,
            bungkus_teks(label(p), lebar - 2, 11, 2, True),
            11,
            rata="center",
            tebal=True,
        )
    for i, (o, baris) in enumerate(pola.iterrows()):
        y = atas + i * tinggi
        kertas.alinea(0, y + tinggi / 2, bungkus_teks(label(o), kiri - 3, 11.5, 2, True), 11.5, tebal=True)
        for j, isi in enumerate(baris):
            kotak = (kiri + j * lebar + 0.6, y + 0.6, lebar - 1.2, tinggi - 1.2)
            utama = "terbanyak" in isi or isi.startswith("≥ 60")
            if not isi:
                kertas.isi([kotak], "#ffffff", PUDAR, 0.8)
                kertas.teks(
                    kotak[0] + kotak[2] / 2, y + tinggi / 2 + 1.6, "bebas", 11, rata="center", warna=SEDANG
                )
                continue
            kertas.isi([kotak], AKSEN if utama else "#ffffff", AKSEN, 1.6)
            kertas.alinea(
                kotak[0] + kotak[2] / 2,
                y + tinggi / 2,
                isi.split("\n"),
                11.5,
                rata="center",
                tebal=True,
                warna="#ffffff" if utama else TINTA,
            )
    kertas.teks(
        0,
        atas + tinggi * len(pola) + 6,
        "Gelap: kelompok yang diminta terbesar. Bergaris tebal: dibatasi. Bebas: tidak diatur.",
        10,
        warna=SEDANG,
    )
    isi_alt = "; ".join(
        f"{label(o)}: " + daftar(f"{label(p)} {x.replace(chr(10), ' ')}" for p, x in b.items() if x)
        for o, b in pola.iterrows()
    )
    puncak = {o: str(x).split("\n") for o, x in pola[PREDIKAT[0]].items() if x}
    batas = daftar(
        f"{' '.join(x) if x[0].startswith('tidak') else x[-1]} di organisasi {label(o)}"
        for o, x in puncak.items()
    )
    return jadi_gambar(
        kertas,
        f"Pola pegawai {label(PREDIKAT[0])}: {batas}",
        f"Pola menurut predikat organisasi. {isi_alt}.",
        "SE MenPANRB 3/2023 menurut kutipan satu sumber (sekunder); bahan pertimbangan, bukan kuota.",
    )


def gambar_organisasi(ringkas: pd.DataFrame) -> Gambar:
    """What individuals got in agencies of each organisation predikat: one bar of 100 % per organisation predikat.

    ringkas: index PREDIKAT_ORGANISASI (present ones), columns opd (agencies) and PREDIKAT (people).
    """
    baris = [
        (label(o), f"{tulis_cacah(b['opd'])} OPD", [int(b[p]) for p in PREDIKAT])
        for o, b in ringkas.iterrows()
    ]
    gagal = ringkas.loc[[o for o in ringkas.index if PREDIKAT_ORGANISASI.index(o) >= 2]]
    orang = int(gagal[list(PREDIKAT)].to_numpy().sum())
    baik = int(gagal[list(PREDIKAT[:2])].to_numpy().sum())
    judul = (
        f"Di OPD yang berpredikat di bawah Baik, {tulis_porsi(baik, orang)} pegawainya tetap Baik atau Sangat Baik"
        if orang
        else "Predikat pegawai menurut predikat organisasinya"
    )
    return _batang_penuh(baris, judul, "Lembar opd dan penilaian; PermenPANRB 6/2022. Pegawai sintetis.")


def gambar_serentak(serentak: pd.DataFrame) -> Gambar:
    """Everyone equally efficient: predikat at each percentage. serentak: of `ambang.serentak`."""
    baris = [
        (f"{angka(_rapi(float(str(e))))} %", "lebih cepat", [int(b[p]) for p in PREDIKAT])
        for e, b in serentak.iterrows()
    ]
    puncak = max(baris, key=lambda x: x[2][0])
    sesudah = next((x for x in baris[baris.index(puncak) + 1 :]), puncak)
    judul = (
        f"Semua orang {puncak[0]} lebih cepat: {tulis_cacah(puncak[2][0])} Sangat Baik. "
        f"{sesudah[0]} lebih cepat: tinggal {tulis_cacah(sesudah[2][0])}"
    )
    return _batang_penuh(
        baris,
        judul,
        "PP 46/2011; hanya waktu yang diubah; predikat pada skala bersama (Cukup = Butuh Perbaikan). Pegawai sintetis.",
    )


def _batang_penuh(baris: Sequence[tuple[str, str, list[int]]], judul: str, sumber: str) -> Gambar:
    """Bars of 100 %, one per row (name, remark, people with each of PREDIKAT)."""
    kiri, penuh, tinggi, atas = 46.0, 123.0, 16.0, 1.0
    kertas = Kertas(atas + tinggi * len(baris) + 10)
    kalimat = []
    for i, (nama, ket, isi) in enumerate(baris):
        y, orang, x = atas + i * tinggi, sum(isi), kiri
        kertas.teks(0, y + 6.4, nama, 12.5, tebal=True)
        kertas.teks(0, y + 11.4, f"{ket}, {tulis_cacah(orang)} orang", 10)
        for t, n in enumerate(isi):
            w = penuh * n / orang if orang else 0.0
            if t == 2:
                kertas.arsir([(x, y + 1.5, w, tinggi - 4)])
            else:
                kertas.isi([(x, y + 1.5, w, tinggi - 4)], _MUKA[t], TINTA, 0.8)
            teks = tulis_porsi(n, orang)
            lebar = lebar_teks(teks, 12, True) + 2
            if w > lebar:
                if t == 2:
                    kertas.isi([(x + w / 2 - lebar / 2, y + 4.6, lebar, 6)], "#ffffff")
                warna = _TULIS.get(t, TINTA)
                kertas.teks(x + w / 2, y + 9.2, teks, 12, rata="center", tebal=True, warna=warna)
            x += w
        ada = daftar(
            f"{label(p)} {n} ({tulis_porsi(n, orang)})" for p, n in zip(PREDIKAT, isi, strict=True) if n
        )
        kalimat.append(f"{nama} ({ket}): {ada}")
    x, y = 0.0, atas + tinggi * len(baris) + 6.5
    for t, p in enumerate(PREDIKAT):
        if t == 2:
            kertas.arsir([(x, y - 3.6, 4.6, 4.6)], 1.2)
        else:
            kertas.isi([(x, y - 3.6, 4.6, 4.6)], _MUKA[t], TINTA, 0.8)
        kertas.teks(x + 6, y, label(p), 11)
        x += 10 + lebar_teks(label(p), 11)
    return jadi_gambar(kertas, judul, f"{'. '.join(kalimat)}.", sumber)


def gambar_unit_kecil(isi: pd.DataFrame) -> Gambar:
    """One square per person: which predikat a pattern has already given away in units of a few sizes.

    isi: of `sebaran.pola_dalam_orang`, up to three sizes. Filled squares are people who must have that
    predikat, white ones are free within the bounds.
    """
    ukuran = sorted(isi["pegawai"].unique())
    kiri, atas, tinggi = 33.0, 12.0, 21.0
    lebar = (LEBAR - kiri) / max(len(ukuran), 1)
    sisi = min(4.2, (lebar - 4) / 10)
    kertas = Kertas(atas + tinggi * len(PREDIKAT_ORGANISASI) + 13)
    kertas.teks(0, 6.5, "Organisasi", 11, warna=SEDANG)
    for j, n in enumerate(ukuran):
        kertas.teks(kiri + j * lebar, 6.5, f"Unit {n} orang", 13, tebal=True)
    for i, o in enumerate(PREDIKAT_ORGANISASI):
        y = atas + i * tinggi
        kertas.garis([((0, y - 1.6), (LEBAR, y - 1.6))], PUDAR, 0.8)
        kertas.alinea(0, y + 7, bungkus_teks(label(o), kiri - 3, 12, 2, True), 12, tebal=True)
        for j, n in enumerate(ukuran):
            b = isi[(isi["organisasi"] == o) & (isi["pegawai"] == n)].iloc[0]
            x0 = kiri + j * lebar
            wajib = [t for t, p in enumerate(PREDIKAT) for _ in range(b[f"wajib_{p}"])]
            orang = [*wajib, *[-1] * (n - len(wajib))]
            for k, t in enumerate(orang):
                kotak = (x0 + k % 10 * (sisi + 0.3), y + k // 10 * (sisi + 0.5) + 0.6, sisi - 0.4, sisi - 0.4)
                if t < 0:
                    kertas.isi([kotak], "#ffffff", SEDANG, 0.8)
                elif t == 2:
                    kertas.arsir([kotak], 1.2)
                else:
                    kertas.isi([kotak], _MUKA[t], TINTA, 0.8)
            teks = (
                f"{tulis_cacah(b['sesuai'])} dari {tulis_cacah(b['semua'])}"
                if b["sesuai"]
                else "tidak ada yang cocok"
            )
            kertas.teks(x0, y + 14.6, teks, 11)
    x, y = 0.0, atas + tinggi * len(PREDIKAT_ORGANISASI) + 3.5
    for t, kata in [*((t, label(p)) for t, p in enumerate(PREDIKAT)), (-1, "bebas")]:
        if t == 2:
            kertas.arsir([(x, y - 3.4, 4.4, 4.4)], 1.2)
        else:
            kertas.isi([(x, y - 3.4, 4.4, 4.4)], _MUKA.get(t, "#ffffff"), TINTA, 0.8)
        kertas.teks(x + 5.6, y, kata, 10)
        x += 8.4 + lebar_teks(kata, 10)
    kertas.teks(
        0,
        y + 6.5,
        "Kotak: satu pegawai. Angka: sebaran yang sesuai pola, dari semua yang mungkin.",
        10,
        warna=SEDANG,
    )
    sempit = isi.sort_values("sesuai", kind="stable").iloc[0]
    judul = (
        f"Unit {sempit['pegawai']} orang pada organisasi {label(sempit['organisasi'])}: hanya "
        f"{tulis_cacah(sempit['sesuai'])} dari {tulis_cacah(sempit['semua'])} sebaran yang sesuai pola"
    )
    alt = " ".join(
        f"{label(b['organisasi'])}, {b['pegawai']} orang: {b['syarat']}; {b['sesuai']} dari {b['semua']} sebaran sesuai."
        for _, b in isi.iterrows()
    )
    return jadi_gambar(
        kertas, judul, alt, "Pola SE MenPANRB 3/2023 (sekunder); pembulatan orang adalah tafsir."
    )


def tabel_pola_orang(isi: pd.DataFrame) -> Tabel:
    """The patterns in whole people. isi: of `sebaran.pola_dalam_orang`."""
    kolom = (
        KolomTabel("Organisasi", lebar=1.2),
        KolomTabel("Pegawai", "kanan", 0.7),
        KolomTabel("Syarat dalam orang", lebar=4),
        KolomTabel("Sebaran yang sesuai", "kanan", 1.3),
    )
    baris = tuple(
        (label(o), angka(n), syarat, f"{angka(a)} dari {angka(b)}")
        for o, n, syarat, a, b in isi[["organisasi", "pegawai", "syarat", "sesuai", "semua"]]
        .to_numpy(dtype=object)
        .tolist()
    )
    return Tabel(kolom, baris, "Pola dalam orang")


def tabel_kurva_contoh(kurva: pd.DataFrame) -> Tabel:
    """The drawn curves and which rules they break. kurva: of `sebaran.kurva_contoh`."""
    kolom = (
        KolomTabel("Organisasi", lebar=1.4),
        *(KolomTabel(label(p), "kanan", grup="Orang pada kurva contoh") for p in PREDIKAT),
        KolomTabel("Aturan pola yang dilanggar", lebar=3),
    )
    baris = tuple(
        (label(o), *(angka(int(b[p])) for p in PREDIKAT), str(b["dilanggar"]) or "Tidak ada")
        for o, b in kurva.iterrows()
    )
    kelas: tuple[KelasBaris, ...] = tuple("peringatan" if x else "" for x in kurva["dilanggar"])
    return Tabel(kolom, baris, "Kurva contoh yang beredar (ilustratif) terhadap polanya", kelas_baris=kelas)


def tabel_selisih(selisih: pd.DataFrame, paling: int = 10) -> Tabel:
    """Agencies whose individuals stand highest above their organisation. selisih: of `sebaran.selisih`."""
    kolom = (
        KolomTabel("Perangkat daerah", lebar=3),
        KolomTabel("Predikat organisasi", lebar=1.5),
        KolomTabel("Pegawai", "kanan", 0.8),
        KolomTabel("Lebih baik dari organisasinya", "kanan", 1.6),
        KolomTabel("Selisih rata-rata (tingkat)", "kanan", 1.3),
    )
    isi = selisih.head(paling)[["nama", "organisasi", "pegawai", "di_atas", "jarak"]]
    baris = tuple(
        (
            nama,
            label(o),
            angka(n),
            f"{angka(a)} ({tulis_porsi(a, n)})",
            f"{'+' if j > 0 else ''}{angka(j, 2)}",
        )
        for nama, o, n, a, j in isi.to_numpy(dtype=object).tolist()
    )
    return Tabel(kolom, baris, "Pegawai tampak lebih baik dari organisasinya")


def angka_rata(nilai: dict[str, pd.Series], keterangan: str = "") -> AngkaKunci:
    """Means of a few columns as key numbers; unknown values are left out."""
    return AngkaKunci(
        tuple(
            Butir(angka(float(x.mean()), 2), f"Rata-rata {n[:1].lower()}{n[1:]}", keterangan)
            for n, x in nilai.items()
        )
    )


def angka_selisih(selisih: pd.DataFrame) -> AngkaKunci:
    """The number of the mismatch. selisih: of `sebaran.selisih`."""
    orang, di_atas = int(selisih["pegawai"].sum()), int(selisih["di_atas"].sum())
    gagal = selisih[selisih["organisasi"].isin(PREDIKAT_ORGANISASI[2:])]
    jarak = float((selisih["jarak"] * selisih["pegawai"]).sum() / orang) if orang else math.nan
    butir = [
        Butir(
            tulis_porsi(di_atas, orang),
            "pegawai lebih baik dari organisasinya",
            f"{tulis_cacah(di_atas)} dari {tulis_cacah(orang)} orang",
        ),
        Butir(
            f"{'+' if jarak > 0 else ''}{angka(jarak, 2)}",
            "tingkat, rata-rata selisih",
            "individu dikurangi organisasi",
        ),
    ]
    if len(gagal):
        n, a = int(gagal["pegawai"].sum()), int(gagal["di_atas"].sum())
        ket = f"{tulis_cacah(len(gagal))} OPD di bawah Baik, {tulis_cacah(n)} orang"
        butir.append(Butir(tulis_porsi(a, n), "di OPD yang di bawah Baik", ket))
    return AngkaKunci(tuple(butir))


def angka_berkala(berkala: pd.DataFrame) -> AngkaKunci:
    """How the year relates to its quarters. berkala: of `sebaran.berkala`."""
    n = berkala["banding"].value_counts()
    ganti = int((berkala["tahunan"] != berkala["terakhir"]).sum())
    return AngkaKunci(
        (
            Butir(tulis_cacah(int(n.get("di_atas_semua", 0))), "tahunan lebih baik dari semua triwulan"),
            Butir(tulis_cacah(int(n.get("di_bawah_semua", 0))), "tahunan lebih buruk dari semua triwulan"),
            Butir(tulis_cacah(ganti), "berubah bila triwulan terakhir yang dipakai", "asumsi, bukan aturan"),
        )
    )


def tabel_periksa(
    data: Data | Mapping[str, pd.DataFrame], jumlah: pd.DataFrame, kebijakan: Kebijakan
) -> Tabel:
    """How many agencies meet each rule of their pattern. jumlah: of `sebaran.per_unit`."""
    tabel = data.tabel if isinstance(data, Data) else data
    organisasi = tabel["opd"].set_index("kode")["predikat_organisasi"].astype("str")
    isi = se3.periksa_pola(jumlah, organisasi, kebijakan)
    isi["terpenuhi"] = isi["terpenuhi"].astype(bool)
    per = isi.groupby(["organisasi", "syarat"], sort=False)["terpenuhi"].agg(["sum", "size"]).reset_index()
    per["urut"] = per["organisasi"].map({o: i for i, o in enumerate(PREDIKAT_ORGANISASI)})
    baris = (
        per.sort_values("urut", kind="stable")[["organisasi", "syarat", "sum", "size"]]
        .to_numpy(dtype=object)
        .tolist()
    )
    penuh = isi.groupby("opd")["terpenuhi"].all()
    kolom = (
        KolomTabel("Organisasi", lebar=1.3),
        KolomTabel("Syarat pola", lebar=3.4),
        KolomTabel("OPD yang memenuhi", "kanan", 1.4),
    )
    return Tabel(
        kolom,
        tuple((label(o), s, f"{angka(a)} dari {angka(b)}") for o, s, a, b in baris),
        "Berapa OPD yang memenuhi polanya",
        jumlah=("Semua syarat sekaligus", "", f"{angka(int(penuh.sum()))} dari {angka(len(penuh))}"),
        kelas_baris=tuple("" if a == b else "peringatan" for _, _, a, b in baris),
    )


def tabel_unit(unit: pd.DataFrame, kecil: int = 10) -> Tabel:
    """How small units are. unit: of `sebaran.unit_kecil`."""
    kolom = (
        KolomTabel("Organisasi", lebar=1.6),
        KolomTabel("Unit", "kanan"),
        KolomTabel("Pegawai", "kanan"),
        KolomTabel("Pegawai per unit (median)", "kanan", 1.3),
        KolomTabel(f"Unit di bawah {kecil} orang", "kanan", 1.3),
        KolomTabel("Unit yang tidak mungkin memenuhi pola", "kanan", 1.8),
    )
    baris = tuple(
        (
            label(o),
            *map(angka, (u, n)),
            angka(_rapi(m)),
            f"{angka(k)} ({tulis_porsi(k, u)})",
            f"{angka(t)} ({tulis_porsi(t, u)})",
        )
        for o, u, n, m, k, t in unit.to_numpy(dtype=object).tolist()
    )
    return Tabel(kolom, baris, "Unit kerja menurut predikat organisasinya")


def tabel_kepala(kepala: pd.DataFrame) -> Tabel:
    """Heads of agencies, rated and by their organisation. kepala: of `sebaran.kepala_unit`."""
    kolom = (
        KolomTabel("Predikat organisasi", lebar=1.5),
        KolomTabel("Predikat kepala sekarang", lebar=1.6),
        KolomTabel("Bila rating hasilnya dari organisasi", lebar=1.8),
        KolomTabel("Kepala OPD", "kanan"),
    )
    isi = kepala.groupby(["organisasi", "sekarang", "menurut_organisasi"], sort=False).size().reset_index()
    isi["urut"] = isi["organisasi"].map({o: i for i, o in enumerate(PREDIKAT_ORGANISASI)})
    urut = isi.sort_values(["urut", "sekarang"], kind="stable").drop(columns="urut")
    baris = tuple(
        (label(o), label(a or None), label(b or None), angka(n))
        for o, a, b, n in urut.to_numpy(dtype=object).tolist()
    )
    beda: tuple[KelasBaris, ...] = tuple(
        "peringatan" if a != b else "" for _, a, b, _ in urut.to_numpy(dtype=object).tolist()
    )
    return Tabel(kolom, baris, "Kepala OPD: predikat sendiri dan predikat organisasinya", kelas_baris=beda)


def tabel_berkala(berkala: pd.DataFrame, paling: int = 8) -> Tabel:
    """Quarters and the year of those whose year stands outside its quarters. berkala: of `sebaran.berkala`."""
    triwulan = [k for k in berkala.columns if "-TW" in str(k)]
    kolom = (
        KolomTabel("NIP", lebar=1.8),
        *(KolomTabel(str(k).partition("-")[2].replace("TW", "Triwulan "), lebar=1.2) for k in triwulan),
        KolomTabel("Setahun", lebar=1.2),
        KolomTabel("Terhadap triwulannya", lebar=1.6),
    )
    kata = {"di_atas_semua": "lebih baik dari semua", "di_bawah_semua": "lebih buruk dari semua"}
    luar = berkala[berkala["banding"].isin(list(kata))].head(paling)
    baris = tuple(
        (str(nip), *(label(b[k]) for k in triwulan), label(b["tahunan"]), kata[b["banding"]])
        for nip, b in luar.iterrows()
    )
    return Tabel(kolom, baris, "Predikat tahunan di luar predikat triwulannya")
