"""Pictures of pay that move while a slider is dragged: the budget in numbers, pay by class, one slip.

Drawn in a few milliseconds, with the finding as its title. `Bandingan` comes from `kinerja.simulasi`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.gambar_simulasi import gambar_uraian
from kinerja.kertas import (
    AKSEN,
    LEBAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    Kotak,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    tulis_cacah,
    tulis_porsi,
)
from kinerja.simulasi.bandingan import JUMLAH, Bandingan
from kinerja.simulasi.pencarian import Temuan
from kinerja.simulasi.skenario import Hasil
from kinerja.simulasi.slip import potongan
from kinerja.simulasi.ukuran import lorenz
from kinerja.tampil import AngkaKunci, Butir, Gambar, KelasBaris, KolomTabel, Paragraf, Tabel
from kinerja.tulisan import angka, label, persen

# the lines of a slip in the order of the cut, with the words for people
SLIP: Mapping[str, str] = {
    "hak": "Hak sebulan",
    "potongan_kinerja": "− karena kinerja",
    "potongan_kehadiran": "− karena kehadiran",
    "potongan_cuti": "− karena cuti",
    "potongan_hukuman": "− karena hukuman",
    "dibayar": "Dibayar",
}


def juta(x: float) -> str:
    """Rupiah a month as millions with two decimals: 'Rp4,45 juta'."""
    return f"{'−' if x < 0 else ''}Rp{angka(abs(x) / 1e6, 2)} juta"


def miliar(x: float) -> str:
    """Rupiah of a budget as billions: 'Rp608,9 miliar'; small ones as millions."""
    if abs(x) < 5e7:
        return juta(x) if x else "Rp0"
    return f"{'−' if x < 0 else ''}Rp{angka(abs(x) / 1e9, 1 if abs(x) >= 1e9 else 2)} miliar"


def bertanda(x: float, teks: str) -> str:
    """A difference with its sign in front: '+Rp1,2 miliar', '−Rp0,3 miliar'."""
    return f"+{teks}" if x > 0 else teks.replace("-", "−", 1)


def _ubah(lama: float, baru: float) -> str:
    """The change in percent, signed; one decimal, more where that would read as none."""
    if lama == baru:
        return "tetap"
    if not lama:
        return "baru"
    p = 100 * (baru - lama) / lama
    desimal = next((d for d in (1, 2, 3) if round(p, d)), 4)
    return bertanda(p, tulisan.persen(p, desimal))


def _sumber(c: Bandingan) -> str:
    return f"{c.lama.populasi.nama}. Semula: {c.lama.nama}. Sesudah: {c.baru.nama}."


def _setahun(c: Bandingan) -> dict[str, int]:
    """lama, baru, selisih of the year's gross budget."""
    return {str(k): int(v) for k, v in c.anggaran().loc["setahun"].to_dict().items()}


def angka_anggaran(c: Bandingan) -> AngkaKunci:
    """The budget in five numbers: before, after, difference, who loses, who gains."""
    a, j = _setahun(c), c.jumlah()
    n = int(j["orang"])
    return AngkaKunci(
        (
            Butir(miliar(a["lama"]), "Anggaran semula", "setahun, dengan THR dan ketiga belas"),
            Butir(miliar(a["baru"]), "Anggaran sesudah", "setahun, dengan THR dan ketiga belas"),
            Butir(
                bertanda(a["selisih"], miliar(a["selisih"])), "Selisih setahun", _ubah(a["lama"], a["baru"])
            ),
            Butir(tulis_cacah(j["turun"]), "pegawai berkurang", tulis_porsi(j["turun"], n)),
            Butir(tulis_cacah(j["naik"]), "pegawai bertambah", tulis_porsi(j["naik"], n)),
        )
    )


def ringkas(h: Hasil) -> Paragraf:
    """Who is paid, by what, and what it costs, in two sentences."""
    a = h.anggaran()
    rata = h.total() / max(len(h.populasi), 1)
    return Paragraf(
        f"{h.populasi.nama}, dibayar menurut {h.bayaran.nama}, dinilai menurut {peraturan(h.skenario.regulasi)}. "
        f"Anggaran sebulan {miliar(a['sebulan'])}, setahun dengan THR dan ketiga belas {miliar(a['setahun'])}; rata-rata "
        f"{juta(rata)} sebulan seorang."
    )


def peraturan(kode: str) -> str:
    """'permenpanrb-6-2022' -> 'PermenPANRB 6/2022'."""
    jenis, _, sisa = kode.partition("-")
    return f"{jenis.replace('permenpanrb', 'PermenPANRB').replace('pp', 'PP') if jenis != 'kmk' else 'KMK'} {sisa.replace('-', '/')}"


def kalimat(c: Bandingan) -> str:
    """A comparison in one sentence: the year's budget, who gains, who loses."""
    a, j = _setahun(c), c.jumlah()
    n, p, m = (int(j[k]) for k in ("orang", "naik", "turun"))
    arah = (
        "tetap"
        if not a["selisih"]
        else f"{'naik' if a['selisih'] > 0 else 'turun'} {miliar(abs(a['selisih']))}"
    )
    return (
        f"Anggaran setahun {arah} ({_ubah(a['lama'], a['baru'])}); {tulis_cacah(p)} pegawai bertambah "
        f"({tulis_porsi(p, n)}), {tulis_cacah(m)} berkurang ({tulis_porsi(m, n)})."
    )


_ANGGARAN = {
    "sebulan": "Sebulan",
    "dua_belas_bulan": "Dua belas bulan",
    "thr": "THR",
    "ketiga_belas": "Ketiga belas",
    "setahun": "Setahun",
}


def tabel_anggaran(c: Bandingan) -> Tabel:
    """The gross budget in whole rupiah: a month, twelve months, THR, the thirteenth, the year."""
    a = c.anggaran()
    baris = [
        (
            _ANGGARAN[str(k)],
            *(tulisan.rupiah(int(r[n])) for n in ("lama", "baru")),
            bertanda(r["selisih"], tulisan.rupiah(int(r["selisih"]))),
            _ubah(r["lama"], r["baru"]),
        )
        for k, r in zip(a.index, a.to_dict("records"), strict=True)
    ]
    kolom = (
        KolomTabel("Anggaran kotor", lebar=1.5),
        *(KolomTabel(n, "kanan", 1.6) for n in (c.lama.nama, c.baru.nama, "Selisih")),
        KolomTabel("Perubahan", "kanan"),
    )
    return Tabel(kolom, tuple(baris[:-1]), jumlah=baris[-1], catatan=f"{c.lama.populasi.nama}.")


def _kelompok(kode: str, kelompok: str) -> str:
    return f"Kelas {kode}" if kelompok == "kelas" else label(kode)


def gambar_kelas(c: Bandingan, kelompok: str = "kelas") -> Gambar:
    """Mean pay of a group before (line) and after (bar), highest class on top; rupiah a month per person."""
    t = c.per(kelompok)
    semua, t = t.loc[JUMLAH].to_dict(), t.drop(JUMLAH)
    if t.empty:
        return gambar_kosong("Bayaran menurut kelas", "Tidak ada pegawai.", _sumber(c))
    t = t.iloc[::-1] if kelompok == "kelas" else t
    lama, baru = t["lama"] / t["orang"], t["baru"] / t["orang"]
    x0, x1, atas = 41.0, 110.0, 9.0
    pitch = 7.6 if len(t) > 8 else 10.0
    terbesar = max(float(lama.max()), float(baru.max()), 1.0)
    skala = (x1 - x0) / terbesar
    kertas = Kertas(atas + pitch * len(t) + 2)
    batang: list[Kotak] = []
    tanda, rinci = [], []
    kertas.teks(0, 5, label(kelompok), 9.5, tebal=True)
    kertas.isi([(x0, 1.8, 5, 3.6)], AKSEN)
    kertas.teks(x0 + 6.2, 5, "sesudah", 9.5)
    x = x0 + 12 + lebar_teks("sesudah", 9.5)
    kertas.garis([((x, 1.2), (x, 6))], TINTA, 2)
    kertas.teks(x + 2, 5, "semula", 9.5)
    kertas.teks(LEBAR, 5, "rata-rata sebulan, juta rupiah", 9.5, rata="right", warna=SEDANG)
    baris = zip(t.index, lama.tolist(), baru.tolist(), t["orang"].tolist(), strict=True)
    for i, (kode, a, b, n) in enumerate(baris):
        y = atas + (i + 0.5) * pitch
        kertas.alinea(0, y, [_kelompok(str(kode), kelompok)], 10, tebal=True)
        kertas.alinea(x0 - 2, y, [f"{tulis_cacah(n)} org"], 9, rata="right", warna=SEDANG)
        batang.append((x0, y - pitch * 0.3, b * skala, pitch * 0.6))
        tanda.append(((x0 + a * skala, y - pitch * 0.42), (x0 + a * skala, y + pitch * 0.42)))
        kertas.alinea(LEBAR - 21, y, [f"{angka(a / 1e6, 2)} → {angka(b / 1e6, 2)}"], 10, rata="right")
        kertas.alinea(LEBAR, y, [_ubah(a, b)], 10, rata="right", tebal=True)
        rinci.append(f"{_kelompok(str(kode), kelompok)} {angka(a / 1e6, 2)} menjadi {angka(b / 1e6, 2)}")
    kertas.isi(batang, AKSEN)
    # white under the line: it must be seen on the bar too
    kertas.garis(tanda, "#ffffff", 3.6)
    kertas.garis(tanda, TINTA, 1.8)
    kertas.garis([((x0, atas), (x0, atas + pitch * len(t)))], TINTA, 0.8)
    rata = float(semua["lama"]) / semua["orang"], float(semua["baru"]) / semua["orang"]
    ubah = (baru / lama.where(lama > 0) - 1).abs()
    judul = f"Rata-rata bayaran {juta(rata[0])} menjadi {juta(rata[1])} sebulan ({_ubah(*rata)})"
    if rata[0] == rata[1] and not ubah.any():
        judul = f"Rata-rata bayaran {juta(rata[0])} sebulan; belum ada yang berubah"
    elif ubah.notna().any():
        k = str(ubah.idxmax())
        judul += (
            f"; paling terasa di {_kelompok(k, kelompok).lower()} ({_ubah(float(lama[k]), float(baru[k]))})"
        )
    alt = f"Rata-rata bayaran sebulan dalam juta rupiah, semula dan sesudah: {'; '.join(rinci)}."
    return jadi_gambar(kertas, judul, alt, _sumber(c))


def gambar_slip(slip: pd.DataFrame, siapa: str, sumber: str = "") -> Gambar:
    """One slip as a staircase from the right to what is paid. slip: index SLIP, columns lama, baru (rupiah)."""
    x0, x1, atas, pitch = 44.0, 112.0, 9.0, 9.4
    nilai = {str(k): (int(v["lama"]), int(v["baru"])) for k, v in slip.to_dict("index").items()}
    langkah = [k for k in SLIP if k in ("hak", "dibayar") or any(nilai[k])]
    terbesar = max(*nilai["hak"], *nilai["dibayar"], 1)
    skala = (x1 - x0) / terbesar
    kertas = Kertas(atas + pitch * len(langkah) + 3)
    kertas.teks(x0, 5, "sesudah (batang), semula (garis)", 9.5, warna=SEDANG)
    kertas.teks(LEBAR - 28, 5, "semula", 9.5, rata="right", tebal=True)
    kertas.teks(LEBAR, 5, "sesudah", 9.5, rata="right", tebal=True)
    penuh: list[Kotak] = []
    potong: list[Kotak] = []
    tanda, sambung = [], []
    sisa = float(nilai["hak"][1])
    for i, k in enumerate(langkah):
        y = atas + (i + 0.5) * pitch
        a, b = nilai[k]
        pokok = k in ("hak", "dibayar")
        kertas.alinea(0, y, [SLIP[k]], 10.5, tebal=pokok)
        if pokok:
            penuh.append((x0, y - 2.9, b * skala, 5.8))
            tanda.append(((x0 + a * skala, y - 3.9), (x0 + a * skala, y + 3.9)))
        else:
            potong.append((x0 + (sisa - b) * skala, y - 2.9, max(b * skala, 0.4), 5.8))
            sambung.append(((x0 + sisa * skala, y - pitch + 2.9), (x0 + sisa * skala, y + 2.9)))
            sisa -= b
        kertas.alinea(LEBAR - 28, y, [angka(a)], 10.5, rata="right")
        kertas.alinea(LEBAR, y, [angka(b)], 10.5, rata="right", tebal=True)
    kertas.garis(sambung, PUDAR, 0.8)
    kertas.isi(penuh, AKSEN)
    kertas.arsir(potong)
    kertas.garis(tanda, "#ffffff", 3.6)
    kertas.garis(tanda, TINTA, 1.8)
    kertas.garis([((x0, atas), (x0, atas + pitch * len(langkah)))], TINTA, 0.8)
    a, b = nilai["dibayar"]
    judul = f"{siapa}: {tulisan.rupiah(a)} menjadi {tulisan.rupiah(b)} ({_ubah(a, b)})"
    if a == b:
        judul = f"{siapa}: {tulisan.rupiah(a)}, tidak berubah"
    rinci = "; ".join(f"{SLIP[k]} {angka(nilai[k][0])} menjadi {angka(nilai[k][1])}" for k in langkah)
    return jadi_gambar(kertas, judul, f"Slip dalam rupiah. {rinci}.", sumber)


def tabel_bandingan(c: Bandingan, kelompok: str) -> Tabel:
    """`Bandingan.per` as a table to read, with its total."""
    t = c.per(kelompok)

    def baris(kode: str, r: Mapping[Any, Any]) -> tuple[str, ...]:
        nama = kode if kode == JUMLAH else _kelompok(kode, kelompok)
        orang = [tulis_cacah(int(r[k])) for k in ("orang", "turun", "tetap", "naik")]
        uang = [angka(r[k] / 1e6, 1) for k in ("lama", "baru")]
        uang.append(bertanda(round(r["selisih"] / 1e6, 1), angka(r["selisih"] / 1e6, 1)))
        return (nama, *orang, *uang, _ubah(float(r["lama"]), float(r["baru"])))

    isi = [baris(str(k), r) for k, r in zip(t.index, t.to_dict("records"), strict=True)]
    judul = ("Semua", "Berkurang", "Tetap", "Bertambah", "Semula", "Sesudah", "Selisih", "Perubahan")
    grup = ("Pegawai",) * 4 + ("Juta rupiah sebulan",) * 3 + ("",)
    kolom = (
        KolomTabel(label(kelompok), lebar=2),
        *(KolomTabel(n, "kanan", grup=g) for n, g in zip(judul, grup, strict=True)),
    )
    return Tabel(kolom, tuple(isi[:-1]), jumlah=isi[-1])


def tabel_dasar(*hasil: Hasil) -> Tabel:
    """Every number of the law that these results rest on, once each: name, article, source, status."""
    semua = {
        (p.nama, p.dasar, p.status): p
        for h in hasil
        for p in h.bayaran.parameter.values()
        if p.sejak > dt.date.min
    }
    baris = tuple((p.nama, p.dasar, "; ".join(p.sumber) or "–", p.status) for p in semua.values())
    kolom = (
        KolomTabel("Ketentuan", lebar=2),
        KolomTabel("Dasar", lebar=3),
        KolomTabel("Sumber", lebar=3),
        KolomTabel("Status", lebar=1.4),
    )
    bukan = sum(p.status != "teks" for p in semua.values())
    return Tabel(
        kolom,
        baris,
        catatan=f"{bukan} dari {len(semua)} ketentuan tidak dibaca dari naskah peraturannya (status bukan teks).",
    )


def tabel_asumsi(*hasil: Hasil) -> Tabel:
    """Every assumption of these results besides the law, once each."""
    semua = dict.fromkeys(a for h in hasil for a in h.asumsi)
    return Tabel(
        (KolomTabel("No.", "kanan", 0.3), KolomTabel("Asumsi", lebar=6)),
        tuple((str(i), a) for i, a in enumerate(semua, 1)),
    )


def berjudul(g: Gambar, judul: str) -> Gambar:
    """The picture with the finding as its title."""
    return replace(g, judul=judul)


def kalimat_lorenz(c: Bandingan) -> str:
    """What the two Lorenz curves say: share of the lower 40 percent, Gini and Theil before and after."""
    k = c.keadilan()
    bawah = [
        persen(float(np.interp(40, t["orang"], t["uang"])), 1)
        for t in (lorenz(h.uang(c.kolom)) for h in (c.lama, c.baru))
    ]
    return (
        f"40 % pegawai terbawah menerima {bawah[0]} dari seluruh bayaran, sesudahnya {bawah[1]}; "
        f"Gini {_ke(k, 'gini', 4)}, Theil {_ke(k, 'theil', 4)}"
    )


def _ke(k: pd.DataFrame, nama: str, desimal: int) -> str:
    a, b = (float(k[n].to_dict()[nama]) for n in ("lama", "baru"))
    return f"{angka(a, desimal)} menjadi {angka(b, desimal)}"


_KEADILAN = {
    "gini": ("Gini", "0 = semua sama, 1 = seorang menerima semuanya"),
    "theil": ("Theil", "0 = semua sama"),
    "ragam_kelas": ("Ragam bayaran karena kelas jabatan (%)", "bukan kinerja"),
    "ragam_kinerja": (
        "Ragam bayaran karena kinerja sebenarnya (%)",
        "makin besar, makin dibayar menurut hasil",
    ),
    "ragam_lain": ("Ragam bayaran karena hal lain (%)", "salah menilai, kehadiran, status"),
    "tepat": ("Predikat tepat (%)", "dinilai sebagaimana layaknya"),
    "baik_dibayar_buruk": (
        "Yang sungguh baik dibayar sebagai buruk (%)",
        "dari pegawai yang layak Baik ke atas",
    ),
    "buruk_dibayar_baik": (
        "Yang sungguh kurang dibayar sebagai baik (%)",
        "dari pegawai yang layak di bawah Baik",
    ),
}


def tabel_keadilan(c: Bandingan) -> Tabel:
    """Figures of fairness before and after, each with how to read it."""
    k = c.keadilan().to_dict("index")
    baris = []
    for n, (nama, baca) in _KEADILAN.items():
        d = 4 if n in ("gini", "theil") else 2
        a, b = float(k[n]["lama"]), float(k[n]["baru"])
        baris.append((nama, angka(a, d), angka(b, d), baca))
    kolom = (
        KolomTabel("Ukuran", lebar=3),
        *(KolomTabel(h.nama, "kanan", 1.2) for h in (c.lama, c.baru)),
        KolomTabel("Cara membaca", lebar=3),
    )
    return Tabel(
        kolom,
        tuple(baris),
        catatan="Kinerja sebenarnya hanya diketahui karena pegawainya sintetis; pada data nyata ia tidak pernah terlihat.",
    )


def gambar_gerbang(h: Hasil) -> Gambar:
    """From the full right to what is paid: what performance, attendance, leave and sanctions each take; adds up."""
    nilai = potongan(h)
    langkah = pd.Series(
        {
            SLIP[k].removeprefix("− karena ").capitalize(): -v
            for k, v in nilai.items()
            if k.startswith("potongan") and v
        }
    )
    if langkah.empty:
        return gambar_kosong("Potongan sebulan", "Tidak ada potongan.", h.populasi.nama)
    g = gambar_uraian(langkah, nilai["hak"], nilai["dibayar"], ("Hak penuh", "Dibayar"))
    semua = nilai["hak"] - nilai["dibayar"]
    rinci = tulisan.daftar(
        f"{str(k).lower()} {miliar(-v)} ({tulis_porsi(-v, semua)})" for k, v in langkah.items()
    )
    return replace(
        g,
        judul=f"Dari hak {miliar(nilai['hak'])} sebulan terpotong {miliar(semua)}: {rinci}",
        sumber=h.populasi.nama,
    )


def tabel_gerbang(dengan: Hasil, tanpa: Hasil) -> Tabel:
    """The cut with the gate of discipline and without it; the two parts add up to the whole, to the rupiah."""
    a, b = potongan(dengan), potongan(tanpa)
    semua, kinerja = a["hak"] - a["dibayar"], b["hak"] - b["dibayar"]
    isi = (
        ("Karena kinerja (tanpa gerbang disiplin)", kinerja),
        ("Tambahan karena gerbang disiplin", semua - kinerja),
    )
    baris = tuple((n, tulisan.rupiah(v), tulis_porsi(v, semua)) for n, v in isi)
    kolom = (
        KolomTabel("Potongan sebulan", lebar=3),
        KolomTabel("Rupiah", "kanan", 1.5),
        KolomTabel("Bagian", "kanan"),
    )
    return Tabel(
        kolom,
        baris,
        jumlah=("Seluruh potongan", tulisan.rupiah(semua), tulis_porsi(semua, semua)),
        catatan=f"{dengan.populasi.nama}.",
    )


_POLA = {
    "diluruskan": "Predikatnya menjadi tepat",
    "dibengkokkan": "Predikatnya menjadi salah",
    "baik_diturunkan": "Sungguh baik, diturunkan",
    "baik_dinaikkan": "Sungguh baik, dinaikkan",
    "kurang_diturunkan": "Sungguh kurang, diturunkan",
    "kurang_dinaikkan": "Sungguh kurang, dinaikkan",
}


def tabel_pola(c: Bandingan) -> Tabel:
    """What the second way of rating does to whom: people, percent of all."""
    p = {str(k): int(v) for k, v in c.pola().to_dict().items()}
    n = len(c.lama.populasi)
    baris = tuple((nama, tulis_cacah(p[k]), tulis_porsi(p[k], n)) for k, nama in _POLA.items())
    baik, lain = (bertanda(x, tulisan.rupiah(x)) for x in (p["rupiah_yang_baik"], p["rupiah_yang_lain"]))
    catatan = f"Bayaran sebulan pegawai yang sungguh baik berubah {baik}, yang lain {lain}."
    kolom = (
        KolomTabel("Akibat bagi pegawai", lebar=3),
        KolomTabel("Pegawai", "kanan"),
        KolomTabel("Bagian", "kanan"),
    )
    return Tabel(kolom, baris, catatan=catatan)


def kalimat_pola(c: Bandingan) -> str:
    """Forced pattern in one sentence."""
    p = {str(k): int(v) for k, v in c.pola().to_dict().items()}
    t = c.keadilan().to_dict("index")["tepat"]
    return (
        f"Pola yang dipaksakan meluruskan predikat {tulis_cacah(p['diluruskan'])} pegawai dan membengkokkan "
        f"{tulis_cacah(p['dibengkokkan'])}; predikat yang tepat dari {persen(float(t['lama']), 1)} menjadi {persen(float(t['baru']), 1)}"
    )


def kalimat_tebing(kurva: Mapping[str, pd.DataFrame]) -> str:
    """At which points one more is worth rupiah; everywhere else it is worth nothing."""
    isi = []
    for nama, t in kurva.items():
        lompat = t[t["marginal"] != 0]
        letak = tulisan.daftar(
            f"poin {angka(int(p))} ({bertanda(float(m), juta(float(m)))})"
            for p, m in zip(lompat["poin"], lompat["marginal"], strict=True)
        )
        isi.append(f"{nama}: {letak or 'tidak ada'}")
    return f"Poin yang bernilai rupiah. {'; '.join(isi)}. Semua poin lain tidak mengubah bayaran"


def tabel_jejak(temuan: Temuan) -> Tabel:
    """What the search tried, in order of the lever's value; the one found is marked."""
    baris = [
        (angka(v), tulisan.rupiah(int(s)), persen(float(k), 1))
        for v, s, k in zip(*(temuan.jejak[n] for n in ("nilai", "setahun", "kalah")), strict=True)
    ]
    tanda: tuple[KelasBaris, ...] = tuple(
        "subjumlah" if v == temuan.nilai else "" for v in temuan.jejak["nilai"]
    )
    kolom = (
        KolomTabel(label(temuan.tuas), "kanan"),
        KolomTabel("Anggaran setahun", "kanan", 2),
        KolomTabel("Pegawai berkurang", "kanan"),
    )
    return Tabel(
        kolom, tuple(baris), kelas_baris=tanda, catatan="Yang dicoba pencarian; baris tebal yang dipilih."
    )


def kalimat_sapuan(sapuan: pd.DataFrame, plafon: int) -> str:
    """How many combinations of a sweep fit under the ceiling (rupiah a year), and the range of all."""
    setahun = [int(x) for x in sapuan["setahun"]]
    muat = sum(x <= plafon for x in setahun)
    sebut = f"{muat} dari {len(setahun)} gabungan" if muat else f"Tidak satu pun dari {len(setahun)} gabungan"
    return f"{sebut} muat di bawah plafon {miliar(plafon)}; anggarannya {miliar(min(setahun))} sampai {miliar(max(setahun))} setahun"
