"""The year of a performance plan: twelve monthly targets, twelve payments, four stages, the talks that were held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from kinerja.kertas import (
    AKSEN,
    LEBAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    tulis_cacah,
    tulis_porsi,
)
from kinerja.tahapan import TAHAP, Siklus
from kinerja.tampil import Gambar
from kinerja.tulisan import BULAN, angka, daftar, label, rupiah, tanggal

SINGKAT_BULAN = tuple(b[:3] for b in BULAN)
_SEBAB: Mapping[str, str] = {
    "kinerja": "kinerja",
    "kehadiran": "kehadiran",
    "cuti": "cuti",
    "hukuman": "hukuman",
}


def gambar_bulanan(t: pd.DataFrame, satuan: str) -> Gambar:
    """Twelve targets as bars beside what the SOP's norm lets one do (line); months beyond the norm are hatched.

    t: of `kaskade.target_bulanan`, index month 1..12.
    """
    dasar, tinggi, kiri = 62.0, 54.0, 4.0
    lebar = (LEBAR - 2 * kiri) / max(len(t), 1)
    kertas = Kertas(dasar + 21)
    paling = float(max(t["target"].max(), t["kemampuan"].max(), 1))
    tinggi_nya = [tinggi * float(x) / paling for x in t["target"]]
    letak = [(kiri + i * lebar + 1.5, dasar - h, lebar - 3, h) for i, h in enumerate(tinggi_nya)]
    cukup = t["cukup"].tolist()
    kertas.isi([k for k, c in zip(letak, cukup, strict=True) if c], AKSEN, TINTA, 0.8)
    kertas.arsir([k for k, c in zip(letak, cukup, strict=True) if not c])
    for i, (bulan, x, mampu, ya) in enumerate(zip(t.index, t["target"], t["kemampuan"], cukup, strict=True)):
        tengah = kiri + (i + 0.5) * lebar
        y = dasar - tinggi * float(mampu) / paling
        kertas.garis([((tengah - lebar / 2 + 0.4, y), (tengah + lebar / 2 - 0.4, y))], "#ffffff", 4.2)
        kertas.garis([((tengah - lebar / 2 + 0.4, y), (tengah + lebar / 2 - 0.4, y))], TINTA, 2.4)
        atas = dasar - max(tinggi_nya[i], tinggi * float(mampu) / paling)
        kertas.teks(tengah, atas - 2, _tulis(x), 12, rata="center", tebal=not ya)
        kertas.teks(tengah, dasar + 5, SINGKAT_BULAN[int(bulan) - 1], 11, rata="center", tebal=True)
    kertas.garis([((kiri, dasar), (LEBAR - kiri, dasar))], TINTA, 1.2)
    x = kiri
    for gambar, kata in (
        (0, f"target ({satuan})"),
        (1, "target melebihi norma"),
        (2, "batas menurut norma SOP"),
    ):
        y = dasar + 15
        if gambar == 2:
            kertas.garis([((x, y - 1.6), (x + 6, y - 1.6))], TINTA, 2.4)
        elif gambar == 1:
            kertas.arsir([(x, y - 4, 6, 5)])
        else:
            kertas.isi([(x, y - 4, 6, 5)], AKSEN, TINTA, 0.8)
        kertas.teks(x + 8, y, kata, 10.5)
        x += 14 + lebar_teks(kata, 10.5)
    lebih = [BULAN[int(b) - 1] for b, ya in zip(t.index, cukup, strict=True) if not ya]
    jumlah = f"{_tulis(sum(t['target'].tolist()))} {satuan}"
    judul = (
        f"{jumlah} setahun: {tulis_cacah(len(lebih))} bulan melebihi norma SOP"
        if lebih
        else f"{jumlah} setahun: semua bulan dapat dikerjakan menurut norma SOP"
    )
    rinci = "; ".join(
        f"{BULAN[int(b) - 1]} {_tulis(x)} dari {_tulis(m)}"
        for b, x, m in zip(t.index, t["target"], t["kemampuan"], strict=True)
    )
    kata = f" Melebihi norma: {daftar(lebih)}." if lebih else ""
    return jadi_gambar(kertas, judul, f"Target dan kemampuan tiap bulan: {rinci}.{kata}", "Norma SOP adalah asumsi pelajaran.")  # fmt: skip


def _tulis(x: object) -> str:
    return angka(x)  # type: ignore[arg-type]


def gambar_bayaran(hak: pd.Series, potongan: pd.DataFrame, siapa: str, sumber: str) -> Gambar:
    """One person's year of pay: the full right of each month, what was paid (filled) and what each cause took.

    hak: rupiah, index month 'YYYY-MM'. potongan: the same index, columns kinerja, kehadiran, cuti, hukuman (rupiah).
    """
    if not len(hak):
        return gambar_kosong(f"Bayaran {siapa}", "Belum ada bulan yang dibayar.", sumber)
    dasar, tinggi, kiri = 58.0, 50.0, 4.0
    lebar = (LEBAR - 2 * kiri) / len(hak)
    kertas = Kertas(dasar + 26)
    paling = float(hak.max()) or 1.0
    for i, bulan in enumerate(hak.index):
        x, w, y = kiri + i * lebar + 1.5, lebar - 3, dasar
        dibayar = float(hak.loc[bulan]) - float(potongan.loc[bulan, list(_SEBAB)].sum())
        h = tinggi * dibayar / paling
        kertas.isi([(x, y - h, w, h)], AKSEN, TINTA, 0.8)
        kertas.teks(
            x + w / 2, y - 2.4, angka(dibayar / 1e6, 1), 10.5, rata="center", tebal=True, warna="#ffffff"
        )
        y -= h
        for sebab in _SEBAB:
            h = tinggi * float(potongan.loc[bulan, sebab]) / paling
            _bagian(kertas, sebab, (x, y - h, w, h))
            y -= h
        kertas.teks(
            x + w / 2, dasar + 5, SINGKAT_BULAN[int(str(bulan)[5:7]) - 1], 11, rata="center", tebal=True
        )
    kertas.garis([((kiri, dasar), (LEBAR - kiri, dasar))], TINTA, 1.2)
    x, y = kiri, dasar + 14
    kertas.isi([(x, y - 4, 6, 5)], AKSEN, TINTA, 0.8)
    kertas.teks(x + 8, y, "dibayar (juta rupiah)", 10.5)
    kertas.teks(x, y + 8, "dipotong karena:", 10.5)
    x += 4 + lebar_teks("dipotong karena:", 10.5)
    for sebab, kata in _SEBAB.items():
        _bagian(kertas, sebab, (x, y + 4, 6, 5))
        kertas.teks(x + 8, y + 8, kata, 10.5)
        x += 14 + lebar_teks(kata, 10.5)
    jumlah = {k: int(potongan[k].sum()) for k in _SEBAB}
    hilang = sum(jumlah.values())
    rinci = daftar(f"{kata} {rupiah(jumlah[k])}" for k, kata in _SEBAB.items() if jumlah[k])
    judul = (
        f"{rupiah(hilang)} tidak dibayar setahun: {rinci}"
        if hilang
        else "Setahun dibayar penuh, tanpa potongan"
    )
    bulan = "; ".join(
        f"{SINGKAT_BULAN[int(str(b)[5:7]) - 1]} {rupiah(float(hak.loc[b]) - float(potongan.loc[b, list(_SEBAB)].sum()))}"
        for b in hak.index
    )
    return jadi_gambar(kertas, judul, f"Bayaran {siapa} tiap bulan: {bulan}. {judul}.", sumber)


def _bagian(kertas: Kertas, sebab: str, kotak: tuple[float, float, float, float]) -> None:
    """Causes by texture, not by colour alone."""
    if kotak[3] < 0.15:
        return
    if sebab == "kinerja":
        kertas.isi([kotak], "#ffffff", TINTA, 1.0)
    elif sebab == "kehadiran":
        kertas.arsir([kotak])
    elif sebab == "cuti":
        kertas.titik([kotak])
    else:
        kertas.isi([kotak], PUDAR, TINTA, 1.0)


def gambar_tahap(siklus: Siklus) -> Gambar:
    """The four stages from January to the March after, the last days of each, and where the looked-at day stands.

    The last days are those of `siklus.dasar`; most are named assumptions and are called so under the picture.
    """
    tahun, x0, lebar = siklus.tahun, 2.0, LEBAR - 4.0
    awal, akhir = dt.date(tahun, 1, 1), dt.date(tahun + 1, 3, 31)
    hari = (akhir - awal).days

    def x(t: dt.date) -> float:
        return x0 + lebar * min(max((t - awal).days, 0), hari) / hari

    batas = _batas(siklus)
    akhir_tahun = dt.date(tahun, 12, 31)
    nilai = max((batas[k] for k in ("evaluasi tahunan", "perilaku") if k in batas), default=akhir_tahun)
    rencana = batas.get("perencanaan", awal)
    # follow-up of one year begins where its appraisal ends
    ruas = {
        TAHAP[0]: (awal, rencana),
        TAHAP[1]: (rencana, akhir_tahun),
        TAHAP[2]: (akhir_tahun, nilai),
        TAHAP[3]: (nilai, batas.get("tindak lanjut", akhir)),
    }
    kertas = Kertas(64)
    atas, tinggi = 13.0, 15.0
    isi = (PUDAR, "#ffffff", PUDAR, "#ffffff")
    for (kode, (a, b)), muka in zip(ruas.items(), isi, strict=True):
        kertas.isi([(x(a), atas, x(b) - x(a), tinggi)], muka, TINTA, 1.2)
        nama = label(kode) if kode != TAHAP[1] else "Pelaksanaan, pemantauan, pembinaan"
        if lebar_teks(nama, 12, True) < x(b) - x(a) - 2:
            kertas.teks((x(a) + x(b)) / 2, atas + 9, nama, 12, rata="center", tebal=True)
    for nomor, (kode, (a, b)) in enumerate(ruas.items(), 1):
        y = 46 + (nomor - 1) * 5.2
        kertas.teks(x0, y, f"{nomor}. {'Pelaksanaan, pemantauan, pembinaan' if kode == TAHAP[1] else label(kode)}", 10.5, tebal=True)  # fmt: skip
        kertas.teks(LEBAR - 2, y, f"sampai {tanggal(b)}", 10.5, rata="right")
        if lebar_teks("Pelaksanaan", 12, True) >= x(b) - x(a) - 2:
            kertas.teks((x(a) + x(b)) / 2, atas + 9, str(nomor), 12, rata="center", tebal=True)
    for m in range(15):
        t = dt.date(tahun + m // 12, m % 12 + 1, 1)
        kertas.garis([((x(t), atas + tinggi), (x(t), atas + tinggi + 1.6))], TINTA, 0.9)
        kertas.teks(
            x(t) + lebar / 30, atas + tinggi + 6, SINGKAT_BULAN[m % 12], 10.5, rata="center", warna=SEDANG
        )
    di = x(siklus.tanggal)
    kertas.bidang(
        [[(di - 2.6, atas - 4.2), (di + 2.6, atas - 4.2), (di, atas)]], TINTA
    )  # a pointer, not through the words
    kertas.garis([((di, atas + tinggi - 3), (di, atas + tinggi))], TINTA, 2.6)
    rata = "left" if di < LEBAR / 3 else "right" if di > 2 * LEBAR / 3 else "center"
    kertas.teks(di, atas - 6, f"hari ini: {tanggal(siklus.tanggal)}", 12, rata=rata, tebal=True)  # type: ignore[arg-type]
    kini = siklus.pegawai["tahap"].value_counts()
    terbanyak = str(kini.index[0]) if len(kini) else TAHAP[0]
    judul = f"Tahun kinerja {tahun}: tahap {label(terbanyak).lower()} pada {tanggal(siklus.tanggal)}"
    alt = "; ".join(f"{label(k)} sampai {tanggal(b)}" for k, (_, b) in ruas.items())
    return jadi_gambar(
        kertas,
        judul,
        f"Garis waktu empat tahap: {alt}.",
        "PermenPANRB 6/2022 Pasal 5; tanggal batasnya asumsi meja kerja.",
    )


def _batas(siklus: Siklus) -> dict[str, dt.date]:
    """The last days in `siklus.dasar`, as dates; what is told in days is left out."""
    hasil = {}
    for hal, nilai in zip(siklus.dasar["hal"], siklus.dasar["nilai"], strict=True):
        kata = str(nilai).split()
        if len(kata) == 3 and kata[1] in BULAN and kata[0].isdigit() and kata[2].isdigit():
            hasil[str(hal)] = dt.date(int(kata[2]), BULAN.index(kata[1]) + 1, int(kata[0]))
    return hasil


def gambar_dialog(siklus: Siklus) -> Gambar:
    """How often everybody was talked with, out of the periods that have ended: one bar per count."""
    p = siklus.pegawai
    akhir = int(p["periode_berakhir"].max()) if len(p) else 0
    sumber = f"Lembar penilaian, kolom catatan dialog, per {tanggal(siklus.tanggal)}."
    if not akhir:
        return gambar_kosong("Dialog kinerja", "Belum ada periode yang berakhir.", sumber)
    banyak = np.bincount(p["periode_berdialog"].to_numpy(dtype="int64"), minlength=akhir + 1)
    kiri, tinggi = 47.0, 13.0
    kertas = Kertas(tinggi * len(banyak) + 2)
    nama = ["tidak sekali pun", *(f"{k} kali" for k in range(1, len(banyak)))]
    ruang = LEBAR - kiri - 40
    for i, n in enumerate(banyak.tolist()):
        y = 1 + i * tinggi
        kertas.teks(kiri - 3, y + 7.6, nama[i], 12.5, rata="right", tebal=True)
        kertas.isi([(kiri, y + 1, ruang * n / max(int(banyak.max()), 1), tinggi - 4)], AKSEN if i == 0 else PUDAR, TINTA, 0.8)  # fmt: skip
        kertas.teks(
            kiri + ruang * n / max(int(banyak.max()), 1) + 2.5,
            y + 7.6,
            f"{tulis_cacah(n)} ({tulis_porsi(n, len(p))})",
            12,
        )
    kertas.garis([((kiri, 0.5), (kiri, 1 + tinggi * len(banyak)))], TINTA, 1.2)
    judul = f"{tulis_porsi(int(banyak[0]), len(p))} pegawai tidak sekali pun berdialog dalam {tulis_cacah(akhir)} triwulan"
    rinci = daftar(f"{k} {tulis_cacah(n)} pegawai" for k, n in zip(nama, banyak.tolist(), strict=True))
    return jadi_gambar(kertas, judul, f"Banyaknya dialog kinerja yang tercatat: {rinci}.", sumber)


def pilihan_hari(hari: str) -> dict[str, str]:
    """Days to look at in a control, in words: one in every stage of the year of `hari`, and that day itself."""
    tahun = int(hari[:4])
    semua = {f"{tahun}-01-20", f"{tahun}-07-20", hari, f"{tahun + 1}-01-20", f"{tahun + 1}-03-01"}
    return {h: tanggal(dt.date.fromisoformat(h)) for h in sorted(semua)}
