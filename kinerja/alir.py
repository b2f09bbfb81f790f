"""What a comparison of policies shows: the flow of predikat between them, and who changes and why."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

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
    satu_baris,
    tulis_cacah,
    tulis_porsi,
)
from kinerja.penjelasan import Penjelasan, sebutan
from kinerja.regulasi.banding import ARAH, SKALA, TIDAK_DINILAI, Penilaian, Perbandingan
from kinerja.tampil import Gambar, KolomTabel, Tabel
from kinerja.tulisan import daftar, label

__all__ = [
    "gambar_alir",
    "tabel_berubah",
    "tabel_bukan_teks",
    "tabel_jembatan",
    "tabel_kelompok",
    "tabel_langkah",
    "tabel_pindah",
    "tabel_tanpa_nilai",
]

_NAIK, _TURUN, _TETAP = "#8fb0d6", "#4a4f55", "#dfe3e8"
_MUKA = {"naik": _NAIK, "turun": _TURUN, "tetap": _TETAP, TIDAK_DINILAI: "#ffffff"}
_NAMA_ARAH = {"naik": "naik", "turun": "turun", "tetap": "tetap", TIDAK_DINILAI: "tidak dapat dinilai"}
_KIRI, _KOTAK, _TINGGI, _ATAS = 34.0, 16.0, 54.0, 13.0  # mm: row names, width of a box, all people, head
_KANAN = 8.0  # mm: room for the last heading, which is wider than its box
_BARIS = 10.5  # mm: least height of a row, so that its number fits above a thin box


def gambar_alir(banding: Perbandingan) -> Gambar:
    """Alluvial: one column per policy, one row per predikat; bands are the people who go from one to the next.

    Heights are people. Bands of who stays are light, of who rises middle, of who falls dark, so that the
    picture also reads in black and white. A predikat that nobody holds anywhere has no row. The title says
    what happens between the first and the last policy, the alt text all counts.
    """
    jumlah, nama = banding.jumlah(), banding.nama
    total = len(banding.orang)
    sumber = (
        "Data yang sama dinilai menurut setiap peraturan; predikat pada skala bersama (jembatan, asumsi)."
    )
    if not total:
        return gambar_kosong("Alir predikat", "Belum ada pegawai.", sumber)
    skala = _TINGGI / total
    orang: dict[tuple[str, str], int] = {(p, n): int(x) for n in nama for p, x in jumlah[n].items()}  # type: ignore[misc]
    terbanyak = {p: max(orang[p, n] for n in nama) for p in SKALA}
    baris = [p for p in SKALA if terbanyak[p]]
    tinggi = [max(terbanyak[p] * skala + 5.5, _BARIS) for p in baris]
    tepi = [_ATAS + sum(tinggi[:i]) for i in range(len(baris) + 1)]
    selang = (LEBAR - _KIRI - _KOTAK - _KANAN) / max(len(nama) - 1, 1)
    kiri = [_KIRI + k * selang for k in range(len(nama))]
    # a box stands on the floor of its row: the number has its place above
    atas = {(p, n): tepi[i + 1] - 1.2 - orang[p, n] * skala for i, p in enumerate(baris) for n in nama}
    kertas = Kertas(tepi[-1] + 15)
    kertas.garis([((0, y), (LEBAR, y)) for y in tepi[:-1]], LATAR, 0.8)
    for k, (a, b) in enumerate(pairwise(nama)):
        _pita(kertas, banding.pindah(a, b), baris, atas, (a, b), (kiri[k] + _KOTAK, kiri[k + 1]), skala)
        _ringkasan(kertas, banding.arah(a, b), (kiri[k] + _KOTAK + kiri[k + 1]) / 2, tepi[-1])
    for i, p in enumerate(baris):
        kertas.alinea(
            0, (tepi[i] + tepi[i + 1]) / 2, bungkus_teks(label(p), _KIRI - 3, 11, 2, True), 11, tebal=True
        )
        for n, x in zip(nama, kiri, strict=True):
            isi = orang[p, n]
            kotak = [(x, atas[p, n], _KOTAK, isi * skala)]
            if p == TIDAK_DINILAI:
                kertas.arsir(kotak)
            else:
                kertas.isi(kotak, AKSEN)
            besar = isi * skala > 7 and p != TIDAK_DINILAI
            y = atas[p, n] + isi * skala / 2 + 1.6 if besar else atas[p, n] - 1.2
            kertas.teks(
                x + _KOTAK / 2,
                y,
                tulis_cacah(isi),
                min(12, (_KOTAK - 1) / lebar_teks(tulis_cacah(isi), 1, True)),
                rata="center",
                tebal=True,
                warna="#ffffff" if besar else TINTA if isi else PUDAR,
            )
    for n, x in zip(nama, kiri, strict=True):
        judul_kolom = bungkus_teks(satu_baris(n), min(selang - 3, 40), 10.5, 2, True)
        kertas.alinea(x + _KOTAK / 2, _ATAS / 2 - 1, judul_kolom, 10.5, rata="center", tebal=True)
    _kunci(kertas, tepi[-1] + 13)

    arah = banding.arah().value_counts()
    judul = (
        f"Alir predikat {tulis_cacah(total)} pegawai: dari {satu_baris(nama[0])} ke {satu_baris(nama[-1])} "
        f"{tulis_cacah(arah['naik'])} naik dan {tulis_cacah(arah['turun'])} turun"
    )
    return jadi_gambar(kertas, judul, _alt(banding, total), sumber)


def _pita(
    kertas: Kertas,
    pindah: pd.DataFrame,
    baris: list[str],
    atas: dict[tuple[str, str], float],
    nama: tuple[str, str],
    x: tuple[float, float],
    skala: float,
) -> None:
    """The bands between two neighbouring columns, stacked in the order of the predikat on both sides."""
    dari = {p: atas[p, nama[0]] for p in baris}
    ke = {p: atas[p, nama[1]] for p in baris}
    semua = [
        (p, q, int(n))
        for p, sebaris in zip(SKALA, pindah.to_numpy(), strict=True)
        for q, n in zip(SKALA, sebaris.tolist(), strict=True)
        if n
    ]
    pita: dict[str, list[list[Titik]]] = {a: [] for a in ARAH}
    angka = []
    for p, q, n in semua:
        arah = _arah(p, q)
        pita[arah].append(_lengkung(x[0], x[1], dari[p], ke[q], n * skala))
        if arah in ("naik", "turun") and n * skala > 2.5:
            # early for those who rise, late for those who fall: the numbers stay apart where bands cross
            tengah, y = pita[arah][-1][8 if arah == "naik" else 16]
            angka.append((tengah, y + n * skala / 2, tulis_cacah(n)))
        dari[p], ke[q] = dari[p] + n * skala, ke[q] + n * skala
    for arah in ("tetap", TIDAK_DINILAI, "naik", "turun"):  # those who move lie on top
        kertas.bidang(pita[arah], _MUKA[arah])
        tebal = [g for g in pita[arah] if g[-1][1] - g[0][1] > 2]
        tipis = [g for g in pita[arah] if g[-1][1] - g[0][1] <= 2]
        kertas.garis([[*g, g[0]] for g in tebal], SEDANG if arah == TIDAK_DINILAI else "#ffffff", 0.6)
        # a white edge would swallow a thin band
        kertas.garis([[*g, g[0]] for g in tipis], SEDANG if arah == TIDAK_DINILAI else _MUKA[arah], 0.6)
    for tengah, y, isi in angka:  # on a label of its own: a steep band is narrower than its number
        lebar = lebar_teks(isi, 10, True) + 1.6
        kertas.isi([(tengah - lebar / 2, y - 2.2, lebar, 4.4)], "#ffffff", SEDANG, 0.6)
        kertas.teks(tengah, y + 1.3, isi, 10, rata="center", tebal=True)


def _arah(p: str, q: str) -> str:
    if TIDAK_DINILAI in (p, q):
        return TIDAK_DINILAI
    return "tetap" if p == q else "naik" if SKALA.index(q) < SKALA.index(p) else "turun"


def _lengkung(x0: float, x1: float, y0: float, y1: float, tebal: float) -> list[Titik]:
    """A band from (x0, y0) to (x1, y1), flat at both ends: the smooth step 3t² − 2t³."""
    t = [i / 24 for i in range(25)]
    tepi = [(x0 + (x1 - x0) * s, y0 + (y1 - y0) * s * s * (3 - 2 * s)) for s in t]
    return [*tepi, *((x, y + tebal) for x, y in reversed(tepi))]


def _ringkasan(kertas: Kertas, arah: pd.Series, tengah: float, y: float) -> None:
    n = arah.value_counts()
    kertas.teks(tengah, y + 3.2, f"▲ {tulis_cacah(n['naik'])} naik", 10, rata="center", tebal=True)
    kertas.teks(tengah, y + 7.4, f"▼ {tulis_cacah(n['turun'])} turun", 10, rata="center", tebal=True)


def _kunci(kertas: Kertas, y: float) -> None:
    x = 0.0
    for arah in ("tetap", "naik", "turun", TIDAK_DINILAI):
        kertas.isi([(x, y - 3, 6, 3.6)], _MUKA[arah], SEDANG, 0.6)
        kertas.teks(x + 7.5, y, _NAMA_ARAH[arah], 10)
        x += 27.0


def _alt(banding: Perbandingan, total: int) -> str:
    jumlah = banding.jumlah()
    kalimat = [f"Alir predikat {tulis_cacah(total)} pegawai melalui {daftar(banding.nama)}."]
    for n in banding.nama:
        isi = [f"{label(p)} {tulis_cacah(x)} ({tulis_porsi(x, total)})" for p, x in jumlah[n].items() if x]
        kalimat.append(f"{n}: {daftar(isi)}.")
    for a, b in pairwise(banding.nama):
        arah = banding.arah(a, b).value_counts()
        kalimat.append(
            f"{a} ke {b}: {daftar(f'{tulis_cacah(arah[k])} {_NAMA_ARAH[k]}' for k in ARAH if arah[k])}."
        )
    return " ".join(kalimat)


def tabel_berubah(
    banding: Perbandingan, a: str | None = None, b: str | None = None, paling: int = 8
) -> Tabel:
    """Whose predikat changes and the step that decided it under each, the first `paling` people."""
    isi = banding.yang_berubah(a, b)
    atas = isi.head(paling)
    pasangan = banding.pasangan(a, b)
    baris = [
        (
            f"{x['nip']}\n{label(x['jenis_jabatan'])}, kelas {x['kelas']}\n{x['opd']}",
            *(_keputusan(x, waktu) for waktu in ("sebelum", "sesudah")),
        )
        for x in atas.to_dict("records")
    ]
    kolom = (KolomTabel("Pegawai", lebar=0.8), *(KolomTabel(n, lebar=1.6) for n in pasangan))
    catatan = f"{tulis_cacah(len(isi))} dari {tulis_cacah(len(banding.orang))} pegawai berubah."
    if len(isi) > len(atas):
        catatan += f" Ditampilkan {tulis_cacah(len(atas))} yang pertama."
    return Tabel(kolom, tuple(baris), f"Yang berubah dari {pasangan[0]} ke {pasangan[1]}", catatan)


def _keputusan(x: dict[Any, Any], waktu: str) -> str:
    dasar = x[f"dasar_{waktu}"]
    langkah = f"{x[f'langkah_{waktu}']}, {dasar} [{x[f'status_{waktu}']}]" if dasar else ""
    karena = x[f"karena_{waktu}"].replace("; ", "\n")
    return "\n".join(filter(None, [label(x[waktu]).upper(), langkah, karena]))


def tabel_kelompok(banding: Perbandingan, kelompok: str, a: str | None = None, b: str | None = None) -> Tabel:
    """How many moved up, stayed, moved down, or have no predikat, per group (see `Perbandingan.per`)."""
    isi = banding.per(kelompok, a, b)
    judul = "Per " + kelompok.replace("_", " ").replace("opd", "OPD")
    pasangan = banding.pasangan(a, b)
    kolom = (
        KolomTabel(judul[4:5].upper() + judul[5:], lebar=2),
        *(KolomTabel(label(k), "kanan") for k in isi.columns),
    )
    baris = tuple((label(k), *map(tulis_cacah, n)) for k, n in zip(isi.index, isi.to_numpy(), strict=True))
    jumlah = ("Jumlah", *map(tulis_cacah, isi.sum()))
    return Tabel(kolom, baris, f"{judul}, dari {pasangan[0]} ke {pasangan[1]}", jumlah=jumlah)


def tabel_pindah(banding: Perbandingan, a: str | None = None, b: str | None = None) -> Tabel:
    """People from each predikat (rows) to each (columns); those that nobody holds on either side left out."""
    isi = banding.pindah(a, b)
    ada = isi.any(axis=1) | isi.any()
    isi = isi.loc[ada, ada]
    dari, ke = str(isi.index.name), str(isi.columns.name)
    kolom = (
        KolomTabel(dari, lebar=2),
        *(KolomTabel(label(k), "kanan", grup=ke) for k in isi.columns),
        KolomTabel("Jumlah", "kanan"),
    )
    baris = [
        (label(k), *map(tulis_cacah, n), tulis_cacah(sum(n)))
        for k, n in zip(isi.index, isi.to_numpy(), strict=True)
    ]
    jumlah = ("Jumlah", *map(tulis_cacah, isi.sum()), tulis_cacah(isi.to_numpy().sum()))
    return Tabel(kolom, tuple(baris), f"Perpindahan predikat dari {dari} ke {ke}", jumlah=jumlah)


def tabel_jembatan(banding: Perbandingan) -> Tabel:
    """The bridges that the comparison needed."""
    return _tabel_ketentuan(banding.jembatan, "Jembatan yang dipakai perbandingan ini")


def tabel_bukan_teks(banding: Perbandingan) -> Tabel:
    """The numbers of the law whose wording was not read."""
    return _tabel_ketentuan(banding.bukan_teks, "Angka yang bukan dari bunyi peraturan")


def _tabel_ketentuan(isi: pd.DataFrame, judul: str) -> Tabel:
    kolom = (
        KolomTabel("Ketentuan", lebar=2),
        KolomTabel("Dipakai untuk", lebar=1.4),
        KolomTabel("Status"),
        KolomTabel("Catatan", lebar=3.2),
    )
    return Tabel.dari(isi[["nama", "dipakai", "status", "catatan"]].replace("", None), kolom, judul=judul)


def tabel_tanpa_nilai(banding: Perbandingan) -> Tabel:
    """Whom a policy could not score, and why; policies that scored everyone have no rows."""
    bagian = [
        h.tanpa_nilai().assign(kebijakan=n) for n, h in banding.hasil.items() if isinstance(h, Penilaian)
    ]
    isi = pd.concat([pd.DataFrame(columns=["nip", "kebijakan", "alasan"]), *bagian])
    satu = (
        isi.sort_values("nip", kind="stable")
        .groupby(["nip", "alasan"], sort=False)["kebijakan"]
        .agg(lambda k: daftar(dict.fromkeys(k)))
    )
    baris = tuple(map(tuple, satu.reset_index().to_numpy(dtype=object).tolist()))
    kolom = (KolomTabel("NIP", lebar=1.3), KolomTabel("Alasan", lebar=3), KolomTabel("Menurut", lebar=1.4))
    return Tabel(kolom, baris, "Pegawai yang tidak dapat dinilai")


def tabel_langkah(penjelasan: Penjelasan, memuat: str, paling: int = 8) -> Tabel:
    """The first `paling` steps of an explanation whose label or place speaks of `memuat`."""
    isi = [x for x in penjelasan.langkah if memuat.lower() in sebutan(x).lower()][:paling]
    kolom = (
        KolomTabel("Langkah", lebar=2),
        KolomTabel("Rumus", lebar=2),
        KolomTabel("Dengan nilai", lebar=2),
        KolomTabel("Hasil"),
        KolomTabel("Dasar", lebar=1.5),
    )
    baris = tuple((sebutan(x), x.rumus, x.dengan_nilai, x.hasil, f"{x.dasar} [{x.status}]") for x in isi)
    return Tabel(kolom, baris, f"{penjelasan.judul}, langkah tentang {memuat}")
