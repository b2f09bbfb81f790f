"""Pictures of the pay laboratory: winners and losers, Lorenz, cliffs, heat maps, and a change taken apart.

Each takes the table that `kinerja.simulasi` gives. Printed in black and white they still read: hatching, numbers at
the marks, and line styles carry what colour would.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

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
    potong_teks,
    satu_baris,
    tulis_persen,
)
from kinerja.tampil import Gambar
from kinerja.tulisan import angka, label, persen

_SUMBER = "Simulasi; pegawai sintetis bukan orang nyata."
_JUMLAH = "Jumlah"
# how the laboratory's columns are called in print
SEBUT: Mapping[str, str] = {
    "total": "Jumlah sebulan", "orang": "Pegawai", "turun": "Berkurang", "tetap": "Tetap", "naik": "Bertambah", "lama": "Lama", "baru": "Baru",
    "selisih": "Selisih", "rata": "Rata-rata per pegawai", "rata_undian": "Rata-rata undian", "kehilangan": "Jumlah berkurang", "perolehan": "Jumlah bertambah",
    "opd": "Perangkat daerah atau instansi", "jenis_jabatan": "Jenis jabatan", "kelas": "Kelas jabatan", "golongan": "Golongan",
    "desil": "Desil bayaran lama", "dua_belas_bulan": "Dua belas bulan", "thr": "THR", "ketiga_belas": "Ketiga belas",
    "setahun": "Setahun", "sebulan": "Sebulan", "gini": "Gini", "theil": "Theil", "ragam_kelas": "Ragam karena kelas (%)",
    "ragam_kinerja": "Ragam karena kinerja (%)", "ragam_lain": "Ragam lain (%)", "tepat": "Predikat tepat (%)",
    "baik_dibayar_buruk": "Yang baik dibayar sebagai buruk (%)", "buruk_dibayar_baik": "Yang buruk dibayar sebagai baik (%)",
    "penilaian": "Aturan penilaian", "bayaran": "Tabel bayaran", "kehadiran": "Kehadiran", "pajak": "Pajak dan iuran",
    "kalah": "Pegawai berkurang (%)", "menang": "Pegawai bertambah (%)", "kinerja": "Ragam karena kinerja (%)",
}  # fmt: skip
_PALING_BANYAK = 24  # groups that one page holds
_BESAR = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def rupiah_ringkas(x: float) -> str:
    """1234567890 -> 'Rp1,23 miliar': three figures, for axes and labels. Tables carry the exact amount."""
    tanda, besar = "−" if x < 0 else "", abs(x)
    for nilai, kata in _BESAR:
        if besar >= nilai * 0.9995:
            y = besar / nilai
            return f"{tanda}Rp{angka(float(y), max(0, 2 - int(math.log10(max(y, 1)))))} {kata}"
    return f"{tanda}Rp{angka(float(besar), 0)}"


def _sebut(kode: object) -> str:
    return SEBUT.get(str(kode), label(kode))


def _perlu(tabel: pd.DataFrame, untuk: str, kolom: Sequence[str]) -> None:
    kurang = [k for k in kolom if k not in tabel]
    if kurang:
        raise ValueError(f"{untuk}: kolom {', '.join(kurang)} tidak ada pada tabel")


def _langkah(rentang: float, kira: int = 5) -> float:
    """A round distance between marks."""
    if rentang <= 0:
        return 1.0
    kasar = rentang / kira
    pangkat = 10.0 ** math.floor(math.log10(kasar))
    return next(pangkat * k for k in (1, 2, 2.5, 5, 10) if pangkat * k >= kasar * 0.999)


def gambar_menang_kalah(tabel: pd.DataFrame, nama: str = "Kelompok") -> Gambar:
    """Share of people who lose, keep and gain per group, one bar each; `tabel` as `Bandingan.per`.

    Losing is black to the left, gaining hatched to the right, keeping light in the middle. More than 24 groups: the
    12 with the largest and the 12 with the smallest share of losers. ValueError for a missing column.
    """
    _perlu(tabel, "gambar_menang_kalah", ["orang", "turun", "tetap", "naik", "selisih"])
    t = tabel[tabel.index != _JUMLAH]
    if t.empty:
        return gambar_kosong("Siapa bertambah, siapa berkurang", "Belum ada pegawai.", _SUMBER)
    catatan = ""
    if len(t) > _PALING_BANYAK:
        urut = t.assign(bagian=t["turun"] / t["orang"]).sort_values("bagian", ascending=False, kind="stable")
        t = pd.concat([urut.head(_PALING_BANYAK // 2), urut.tail(_PALING_BANYAK // 2)]).drop(columns="bagian")
        catatan = f" ({_PALING_BANYAK} dari {len(tabel) - 1} kelompok)"
    x0, x1, atas, pitch = 46.0, 128.0, 13.0, 7.6
    kertas = Kertas(atas + pitch * len(t) + 2)
    gelap: list[Kotak] = []
    terang: list[Kotak] = []
    arsir: list[Kotak] = []
    # the key, in the order of the bar
    for x, isi, cara in ((x0, "berkurang", gelap), (x0 + 32, "tetap", terang), (x0 + 55, "bertambah", arsir)):
        cara.append((x, 1.2, 5, 3.6))
        kertas.teks(x + 6.5, 4.2, isi, 9.5)
    kertas.teks(0, atas - 2, potong_teks(satu_baris(nama), x0 - 2, 9.5, True), 9.5, tebal=True)
    kertas.teks(LEBAR, atas - 2, "Selisih sebulan", 9.5, rata="right", tebal=True)
    kalimat = []
    for i, (siapa, b) in enumerate(t.iterrows()):
        y = atas + i * pitch
        orang = max(int(b["orang"]), 1)
        lebar = [(x1 - x0) * int(b[k]) / orang for k in ("turun", "tetap", "naik")]
        for x, w, cara in zip(
            (x0, x0 + lebar[0], x0 + lebar[0] + lebar[1]), lebar, (gelap, terang, arsir), strict=True
        ):
            cara.append((x, y + 1, w, pitch - 2))
        kertas.alinea(0, y + pitch / 2, [potong_teks(satu_baris(label(siapa)), x0 - 2, 9.5)], 9.5)
        kertas.alinea(LEBAR, y + pitch / 2, [rupiah_ringkas(float(b["selisih"]))], 9.5, rata="right")
        kalimat.append(
            f"{label(siapa)}: {tulis_persen(100 * b['turun'] / orang)} berkurang, {tulis_persen(100 * b['naik'] / orang)} bertambah"
        )
    kertas.isi(terang, LATAR, PUDAR)
    kertas.isi(gelap, TINTA)
    kertas.arsir(arsir)
    semua = max(int(t["orang"].sum()), 1)
    judul = f"{tulis_persen(100 * t['turun'].sum() / semua)} pegawai berkurang, {tulis_persen(100 * t['naik'].sum() / semua)} bertambah{catatan}"
    return jadi_gambar(kertas, judul, f"{'; '.join(kalimat)}.", _SUMBER)


_GARIS = ((TINTA, 1.8, "-"), (SEDANG, 1.6, "--"), (AKSEN, 1.6, ":"), (PUDAR, 2.0, "-"))


def _bidang(
    kertas: Kertas, x: Kotak, sumbu_x: Sequence[tuple[float, str]], sumbu_y: Sequence[tuple[float, str]]
) -> None:
    """Grid and marks of a plot area; places as shares of it."""
    kiri, atas, lebar, tinggi = x
    kertas.garis(
        [((kiri + p * lebar, atas), (kiri + p * lebar, atas + tinggi)) for p, _ in sumbu_x], PUDAR, 0.5
    )
    kertas.garis(
        [((kiri, atas + tinggi * (1 - p)), (kiri + lebar, atas + tinggi * (1 - p))) for p, _ in sumbu_y],
        PUDAR,
        0.5,
    )
    for p, isi in sumbu_x:
        kertas.teks(kiri + p * lebar, atas + tinggi + 5, isi, 9, rata="center", warna=SEDANG)
    for p, isi in sumbu_y:
        kertas.alinea(kiri - 2, atas + tinggi * (1 - p), [isi], 9, rata="right", warna=SEDANG)


def gambar_lorenz(kurva: Mapping[str, pd.DataFrame]) -> Gambar:
    """Lorenz curves, at most four: name -> table of `simulasi.lorenz`. The diagonal is equal pay for all."""
    if not kurva:
        return gambar_kosong("Kurva Lorenz", "Belum ada bayaran.", _SUMBER)
    kiri, atas, sisi = 24.0, 4.0, 88.0
    kertas = Kertas(atas + sisi + 14)
    tanda = [(k / 100, f"{k}") for k in (0, 25, 50, 75, 100)]
    _bidang(kertas, (kiri, atas, sisi, sisi), tanda, tanda)
    kertas.garis([((kiri, atas + sisi), (kiri + sisi, atas))], SEDANG, 0.8)
    kalimat = []
    for i, ((nama, t), gaya) in enumerate(zip(kurva.items(), _GARIS, strict=False)):
        _perlu(t, "gambar_lorenz", ["orang", "uang"])
        titik = [
            (kiri + sisi * x / 100, atas + sisi * (1 - y / 100))
            for x, y in zip(t["orang"], t["uang"], strict=True)
        ]
        kertas.garis([titik], *gaya)
        y = atas + 8 + 15 * i
        kertas.garis([((kiri + sisi + 5, y), (kiri + sisi + 15, y))], *gaya)
        kertas.alinea(
            kiri + sisi + 17, y, [potong_teks(satu_baris(nama), LEBAR - kiri - sisi - 17, 9.5)], 9.5
        )
        bawah = float(np.interp(40, t["orang"], t["uang"]))
        kertas.alinea(kiri + sisi + 17, y + 5, [f"40 % terbawah: {persen(bawah, 1)}"], 9, warna=SEDANG)
        kalimat.append(f"{nama}: 40 persen pegawai dengan bayaran terendah menerima {persen(bawah, 1)}")
    kertas.teks(
        kiri + sisi / 2, atas + sisi + 10.5, "Persen pegawai, dari bayaran terendah", 9.5, rata="center"
    )
    kertas.teks(0, atas + 2.6, "Persen", 9)
    kertas.teks(0, atas + 6.6, "bayaran", 9)
    return jadi_gambar(kertas, "Pembagian bayaran (kurva Lorenz)", f"{'; '.join(kalimat)}.", _SUMBER)


def gambar_tebing(kurva: Mapping[str, pd.DataFrame]) -> Gambar:
    """Pay over points of results, at most four schemes: name -> table of `simulasi.tebing`. Each step is a cliff."""
    isi = {n: t for n, t in kurva.items() if len(t)}
    if not isi:
        return gambar_kosong("Tebing bayaran", "Belum ada bayaran.", _SUMBER)
    for t in isi.values():
        _perlu(t, "gambar_tebing", ["poin", "rupiah", "marginal"])
    kiri, atas, lebar, tinggi = 30.0, 4.0, 134.0, 78.0
    kertas = Kertas(atas + tinggi + 14 + 7 * len(isi))
    x_awal, x_akhir = (f(f(t["poin"]) for t in isi.values()) for f in (min, max))
    y_atas = max(float(t["rupiah"].max()) for t in isi.values())
    y_bawah = min(float(t["rupiah"].min()) for t in isi.values())
    y_bawah = 0.0 if y_bawah < 0.4 * y_atas else y_bawah - 0.15 * (y_atas - y_bawah or y_atas)
    y_atas += 0.05 * (y_atas - y_bawah)
    lx, ly = _langkah(x_akhir - x_awal, 6), _langkah(y_atas - y_bawah)
    sx = [
        ((v - x_awal) / (x_akhir - x_awal), angka(float(v), 0))
        for v in np.arange(math.ceil(x_awal / lx) * lx, x_akhir + 1e-9, lx)
    ]
    sy = [
        ((v - y_bawah) / (y_atas - y_bawah), rupiah_ringkas(float(v)))
        for v in np.arange(math.ceil(y_bawah / ly) * ly, y_atas, ly)
    ]
    _bidang(kertas, (kiri, atas, lebar, tinggi), sx, sy)

    def di(x: float, y: float) -> Titik:
        return kiri + lebar * (x - x_awal) / (x_akhir - x_awal), atas + tinggi * (
            1 - (y - y_bawah) / (y_atas - y_bawah)
        )

    kalimat = []
    for i, ((nama, t), gaya) in enumerate(zip(isi.items(), _GARIS, strict=False)):
        poin, uang = t["poin"].tolist(), t["rupiah"].tolist()
        tangga = [di(poin[0], uang[0])]
        for k in range(1, len(poin)):  # pay jumps at the point that reaches the next predikat
            tangga += [di(poin[k], uang[k - 1]), di(poin[k], uang[k])]
        kertas.garis([tangga], *gaya)
        y = atas + tinggi + 14 + 7 * i
        kertas.garis([((kiri, y), (kiri + 10, y))], *gaya)
        lompat = t.iloc[int(t["marginal"].abs().to_numpy().argmax())]
        teks = (
            f"{satu_baris(nama)}: tebing terbesar {rupiah_ringkas(float(lompat['marginal']))} pada poin {angka(int(lompat['poin']))}"
            if lompat["marginal"]
            else f"{satu_baris(nama)}: datar, poin tidak mengubah bayaran"
        )
        kertas.alinea(kiri + 12, y, [potong_teks(teks, LEBAR - kiri - 12, 9.5)], 9.5)
        kalimat.append(teks)
    kertas.teks(kiri + lebar / 2, atas + tinggi + 9.6, "Poin hasil kerja", 9.5, rata="center")
    return jadi_gambar(kertas, "Bayaran sebulan menurut hasil kerja", f"{'; '.join(kalimat)}.", _SUMBER)


def gambar_panas(tabel: pd.DataFrame, judul: str, *, uang: bool = False, desimal: int = 1) -> Gambar:
    """A heat map: rows and columns are the values of two levers, cells the figure; darker is more.

    Every cell carries its number, so the picture is a table too. ValueError above 12 × 12 cells.
    """
    if tabel.empty:
        return gambar_kosong(judul, "Belum ada sapuan.", _SUMBER)
    if len(tabel) > 12 or tabel.shape[1] > 12:
        raise ValueError(
            f"gambar_panas memuat paling banyak 12 × 12 sel; ini {len(tabel)} × {tabel.shape[1]}."
        )
    nilai = tabel.to_numpy(dtype=np.float64)
    bawah, atas_ = float(np.nanmin(nilai)), float(np.nanmax(nilai))
    teks = [[rupiah_ringkas(v) if uang else angka(v, desimal) for v in baris] for baris in nilai.tolist()]
    kiri, atas = 32.0, 15.0
    lebar = (LEBAR - kiri) / tabel.shape[1]
    pt = 10.0
    while pt > 7.5 and max(lebar_teks(x, pt) for b in teks for x in b) > lebar - 2:
        pt -= 0.5
    tinggi = 11.0
    kertas = Kertas(atas + tinggi * len(tabel) + 1)
    for k in range(5):  # five greys, light enough or dark enough for their number
        warna, huruf = _ABU[k]
        kotak, isi = [], []
        for i, j in np.ndindex(nilai.shape):
            bagian = 0.0 if atas_ == bawah else (nilai[i, j] - bawah) / (atas_ - bawah)
            if min(int(bagian * 5), 4) == k:
                kotak.append((kiri + j * lebar, atas + i * tinggi, lebar, tinggi))
                isi.append((i, j))
        kertas.isi(kotak, warna, "#ffffff", 1.2)
        for i, j in isi:
            kertas.alinea(
                kiri + (j + 0.5) * lebar,
                atas + (i + 0.5) * tinggi,
                [teks[i][j]],
                pt,
                rata="center",
                warna=huruf,
            )
    nama_kolom, nama_baris = label(tabel.columns.name or "kolom"), label(tabel.index.name or "baris")
    kertas.teks(kiri, 4, potong_teks(f"{nama_kolom} →", LEBAR - kiri, 9.5, True), 9.5, tebal=True)
    kertas.teks(0, atas - 2.5, potong_teks(f"{nama_baris} ↓", kiri - 1, 9.5, True), 9.5, tebal=True)
    for j, v in enumerate(tabel.columns):
        kertas.teks(kiri + (j + 0.5) * lebar, atas - 2.5, angka(_bil(v)), 9.5, rata="center")
    for i, v in enumerate(tabel.index):
        kertas.alinea(kiri - 3, atas + (i + 0.5) * tinggi, [angka(_bil(v))], 9.5, rata="right")
    i, j = divmod(int(np.nanargmax(nilai)), nilai.shape[1])
    alt = (
        f"{judul}. Terendah {rupiah_ringkas(bawah) if uang else angka(bawah, desimal)}, tertinggi {teks[i][j]} pada "
        f"{nama_baris.lower()} {angka(_bil(tabel.index[i]))} dan {nama_kolom.lower()} {angka(_bil(tabel.columns[j]))}."
    )
    return jadi_gambar(kertas, judul, alt, _SUMBER)


_ABU = (
    ("#f4f5f6", TINTA),
    ("#d3d7db", TINTA),
    ("#aab0b7", TINTA),
    ("#5c646d", "#ffffff"),
    ("#262b31", "#ffffff"),
)


def _bil(v: Any) -> Any:
    return float(v) if isinstance(v, np.floating) else int(v) if isinstance(v, np.integer) else v


def gambar_uraian(
    langkah: pd.Series, awal: float, akhir: float, nama: tuple[str, str] = ("Lama", "Baru")
) -> Gambar:
    """A waterfall: from the old total over each step to the new one. `langkah`: rupiah per step, in order.

    ValueError if the steps do not add up to akhir − awal.
    """
    nilai = [int(v) for v in langkah]
    if int(awal) + sum(nilai) != int(akhir):
        raise ValueError("gambar_uraian: langkah-langkahnya tidak menjumlah ke selisih")
    titik = np.cumsum([int(awal), *nilai])
    rentang = float(titik.max() - titik.min())
    # the bars of the totals are cut off below: what is shown is the change
    dasar = float(titik.min()) - max(0.35 * rentang, 1.0)
    puncak = float(titik.max()) + 0.12 * max(rentang, 1.0)
    kiri, atas, tinggi = 2.0, 8.0, 74.0
    n = len(nilai) + 2
    lebar = (LEBAR - 2 * kiri) / n
    kertas = Kertas(atas + tinggi + 18)

    def y(v: float) -> float:
        return atas + tinggi * (puncak - v) / (puncak - dasar)

    gelap: list[Kotak] = []
    arsir: list[Kotak] = []
    utuh: list[Kotak] = []
    sambung: list[tuple[Titik, Titik]] = []
    kini = float(awal)
    nama_batang = [nama[0], *(_sebut(k) for k in langkah.index), nama[1]]
    for i in range(n):
        x = kiri + i * lebar + 0.12 * lebar
        w = 0.76 * lebar
        if i in (0, n - 1):
            v = float(awal if i == 0 else akhir)
            utuh.append((x, y(v), w, y(dasar) - y(v)))
            isi, di_atas = rupiah_ringkas(v), v
        else:
            v = kini + nilai[i - 1]
            tinggi_, rendah = max(kini, v), min(kini, v)
            if not nilai[i - 1]:  # a step without effect: the line goes on
                sambung.append(((x, y(v)), (x + w, y(v))))
            else:
                (arsir if v >= kini else gelap).append((x, y(tinggi_), w, max(y(rendah) - y(tinggi_), 0.4)))
            isi, di_atas = ("+" if nilai[i - 1] > 0 else "") + rupiah_ringkas(float(nilai[i - 1])), tinggi_
            kini = v
        kertas.teks(x + w / 2, y(di_atas) - 1.6, isi, 9, rata="center", tebal=True)
        baris = bungkus_teks(satu_baris(nama_batang[i]), lebar - 1, 9.5, 2)
        kertas.alinea(x + w / 2, atas + tinggi + 6, baris, 9.5, rata="center")
        if i < n - 1:
            sambung.append(((x + w, y(kini)), (x + w + 0.24 * lebar, y(kini))))
    kertas.isi(utuh, PUDAR, SEDANG)
    kertas.isi(gelap, TINTA)
    kertas.arsir(arsir)
    kertas.garis(sambung, SEDANG, 0.8, "--")
    kertas.teks(
        kiri,
        atas + tinggi + 16,
        "Batang hitam mengurangi, arsir menambah; dua batang ujung dipotong di bawah.",
        9,
        warna=SEDANG,
    )
    rinci = "; ".join(
        f"{_sebut(k)} {rupiah_ringkas(float(v))}" for k, v in zip(langkah.index, nilai, strict=True)
    )
    judul = f"Perubahan {rupiah_ringkas(float(akhir) - float(awal))} sebulan menurut sebabnya"
    return jadi_gambar(
        kertas,
        judul,
        f"Dari {rupiah_ringkas(float(awal))} menjadi {rupiah_ringkas(float(akhir))}: {rinci}.",
        _SUMBER,
    )


def _rentang_rupiah(bawah: float, atas: float) -> str:
    """'Rp38,42 s.d. Rp38,51 miliar': one unit, with enough figures to tell the ends apart."""
    nilai, kata = next(((n, k) for n, k in _BESAR if max(abs(bawah), abs(atas)) >= n), (1, ""))
    beda = max(abs(atas - bawah) / nilai, 1e-9)
    desimal = min(max(1, 1 - math.floor(math.log10(beda))), 6) if nilai > 1 else 0
    awal, akhir = (f"{'−' if v < 0 else ''}Rp{angka(abs(v) / nilai, desimal)}" for v in (bawah, atas))
    return f"{awal} s.d. {akhir} {kata}".rstrip()


def gambar_pita(pita: pd.DataFrame, figur: Sequence[str] | None = None) -> Gambar:
    """Bands of Monte Carlo figures in percent of their mean: the 5th to 95th percentile and the median.

    `pita` as `simulasi.pita`. ValueError for a missing column.
    """
    _perlu(pita, "gambar_pita", ["rata", "p5", "p50", "p95"])
    t = pita.loc[list(figur)] if figur is not None else pita
    t = t[(t["rata"].abs() > 0) & t.notna().all(axis=1)]
    if t.empty:
        return gambar_kosong("Pita undian", "Belum ada undian.", _SUMBER)
    relatif = 100 * t.div(t["rata"], axis=0) - 100
    batas = max(float(relatif[["p5", "p95"]].abs().to_numpy().max()), 0.1)
    x0, x1, atas, pitch = 66.0, 116.0, 6.0, 8.0
    kertas = Kertas(atas + pitch * len(t) + 9)
    tengah = (x0 + x1) / 2

    def x(v: float) -> float:
        return tengah + (x1 - x0) / 2 * v / batas

    kotak, garis, kalimat = [], [], []
    for i, nama in enumerate(t.index):
        y = atas + i * pitch
        bawah, median, atas_ = (float(relatif.loc[nama, k]) for k in ("p5", "p50", "p95"))
        bawah, atas_ = min(bawah, atas_), max(bawah, atas_)
        kotak.append((x(bawah), y + 2, max(x(atas_) - x(bawah), 0.4), pitch - 4))
        garis.append(((x(median), y + 1.2), (x(median), y + pitch - 1.2)))
        asli = sorted(float(t.loc[nama, k]) for k in ("p5", "p95"))
        besar = nama in ("total", "selisih")
        tulis = (
            _rentang_rupiah(*asli)
            if besar
            else f"{angka(asli[0], 3 if asli[1] < 1 else 1)} s.d. {angka(asli[1], 3 if asli[1] < 1 else 1)}"
        )
        kertas.alinea(0, y + pitch / 2, [potong_teks(satu_baris(_sebut(nama)), x0 - 2, 9.5)], 9.5)
        kertas.alinea(LEBAR, y + pitch / 2, [potong_teks(tulis, LEBAR - x1 - 2, 9)], 9, rata="right")
        kalimat.append(f"{_sebut(nama)} {tulis}")
    kertas.garis([((tengah, atas), (tengah, atas + pitch * len(t)))], SEDANG, 0.8, "--")
    kertas.isi(kotak, PUDAR, SEDANG)
    kertas.garis(garis, TINTA, 2.0)
    tepi: tuple[tuple[float, Rata], ...] = ((-batas, "left"), (0.0, "center"), (batas, "right"))
    for v, rata in tepi:
        kertas.teks(
            x(v), atas + pitch * len(t) + 5, persen(v, 1) if v else "rata-rata", 9, rata=rata, warna=SEDANG
        )
    return jadi_gambar(
        kertas,
        "Seberapa jauh angka bergantung pada untung penilaian (90 % undian)",
        f"{'; '.join(kalimat)}.",
        _SUMBER,
    )
