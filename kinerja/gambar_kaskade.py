"""Pictures and tables of the cascade: the tree, coverage, one way up, mending, splits, individuals beside IKU.

Each takes what kinerja.kaskade gives and returns a `Gambar` or another block; `simpan_gambar` writes it as SVG or PNG. As in
kinerja.gambar nothing is smaller than 9 pt at 170 mm and no meaning rests on colour alone: the share is
always written, and what is empty is dashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import JENIS_JABATAN, JENJANG_KASKADE
from kinerja.kaskade import Gulungan, Periksa, jalur, sebutan_jenjang
from kinerja.kaskade.periksa import bilangan, judul_selaras
from kinerja.kaskade.pohon import susun, tabel_dari
from kinerja.kertas import (
    AKSEN,
    LATAR,
    LEBAR,
    PUDAR,
    SEDANG,
    TINGGI,
    TINTA,
    Kertas,
    Titik,
    bungkus_teks,
    gambar_kosong,
    jadi_gambar,
    potong_teks,
    satu_baris,
    tinggi_baris,
)
from kinerja.tahapan import TAHAP, Siklus
from kinerja.tampil import AngkaKunci, Butir, Gambar, Tabel
from kinerja.tulisan import BULAN, angka, label, persen

__all__ = [
    "angka_kunci",
    "gambar_bagian",
    "gambar_cakupan",
    "gambar_gulungan",
    "gambar_jalur",
    "gambar_perbaikan",
    "gambar_pohon",
    "simpan_gambar",
    "tabel_aturan",
    "tabel_bukti",
    "tabel_bulanan",
    "tabel_jenjang",
    "tabel_konflik",
    "tabel_siklus",
    "tabel_temuan",
]

_BARIS_POHON = 36  # rows of a tree on one page
_BARIS_PETA = 38
_BARIS_SAUDARA = 3  # rows that brothers need to be worth opening
_LEKUK = 4.5  # mm per level
_MUDA = "#c9d5e3"


@dataclass
class _Baris:
    """One row of the tree: a node, or brothers folded into one (`lipatan`)."""

    dalam: int
    induk: int  # row of the parent, -1 for none
    jenjang: str
    teks: str
    daun: int  # lowest nodes in the branch
    terisi: int  # of which with an RHK
    simpul: int  # nodes in the branch
    lipatan: bool = False
    lepas: bool = False
    anak: list[int] = field(default_factory=list)


def gambar_pohon(
    data: Any,
    hasil: Periksa,
    akar: str | None = None,
    opd: str | None = None,
    baris: int = _BARIS_POHON,
    dalam: int | None = None,
) -> Gambar:
    """The tree as an outline, from `akar` down or one agency's branches (`opd`), at any size.

    Levels are opened as long as they fit `baris` rows, at most `dalam` below the first (None: all); where brothers do not fit, those with the poorest
    coverage stay and the rest fold into one row. The bar of a row is the share of the lowest nodes of its
    branch that have an RHK. What does not reach the top is drawn at the end with a dashed edge. ValueError
    for an unknown node or agency.
    """
    pohon = _susun_baris(data, hasil, akar, opd, baris, dalam)
    sumber = "Lembar kaskade dan rhk."
    siapa = f" {opd}" if opd else ""
    orang = hasil.pegawai if opd is None else hasil.pegawai[hasil.pegawai["opd"] == opd]
    kalimat = judul_selaras(int((~orang["selaras"]).sum()), len(orang))
    judul = kalimat.removesuffix(".")
    if not pohon:
        return gambar_kosong("Pohon kinerja", "Belum ada pohon kinerja.", sumber)
    tinggi = float(np.clip((TINGGI - 20) / len(pohon), 6.1, 13.0))
    pt = 9.0 if tinggi < 8 else 10.0
    kertas = Kertas(16 + tinggi * len(pohon))
    atas, kiri_batang, lebar_batang = 10.0, 112.0, 26.0
    kertas.teks(0.5, 5.5, "Simpul", 9.5, tebal=True, warna=SEDANG)
    kertas.teks(kiri_batang, 5.5, "Simpul terbawah ber-RHK", 9.5, tebal=True, warna=SEDANG)
    tengah = [atas + tinggi * (i + 0.5) for i in range(len(pohon))]
    garis: list[list[Titik]] = []
    for i, b in enumerate(pohon):
        if b.induk >= 0:
            x = 1.8 + _LEKUK * (b.dalam - 1)
            garis.append([(x, tengah[b.induk] + 1.8), (x, tengah[i]), (x + _LEKUK - 1.4, tengah[i])])
    kertas.garis(garis, PUDAR, 0.9)
    for i, b in enumerate(pohon):
        _gambar_baris(kertas, b, tengah[i], tinggi, pt, kiri_batang, lebar_batang)
    lipat = [b for b in pohon if b.lipatan]
    simpul = sum(b.simpul for b in pohon if b.induk < 0)
    daun, terisi = (sum(getattr(b, k) for b in pohon if b.induk < 0) for k in ("daun", "terisi"))
    alt = (
        f"Pohon kinerja {angka(simpul)} simpul; {angka(terisi)} dari {angka(daun)} simpul terbawah dikerjakan "
        f"pegawai ({_porsi(terisi, daun)}). "
        + (f"{angka(len(lipat))} kelompok diringkas. " if lipat else "")
        + "Cabang dengan cakupan terendah: "
        + "; ".join(
            f"{b.teks} {_porsi(b.terisi, b.daun)}"
            for b in sorted((x for x in pohon if not x.lipatan), key=lambda x: x.terisi / max(x.daun, 1))[:3]
        )
        + f". {kalimat}"
    )
    return jadi_gambar(kertas, f"Pohon kinerja{siapa}: {judul[:1].lower()}{judul[1:]}", alt, sumber)


def _porsi(a: float, b: float) -> str:
    return persen(100 * a / b, 0) if b else "–"


def _gambar_baris(
    kertas: Kertas, b: _Baris, y: float, tinggi: float, pt: float, kiri: float, lebar: float
) -> None:
    x = 0.8 + _LEKUK * b.dalam
    kosong = b.terisi == 0
    kotak = (x, y - 1.5, 3.0, 3.0)
    if b.lepas:
        kertas.isi([kotak], "#ffffff", TINTA, 1.2, "--")
    else:
        kertas.isi([kotak], AKSEN if b.terisi >= b.daun else "#ffffff" if kosong else _MUDA, AKSEN, 0.9)
    ruang = kiri - x - 7.0
    isi = b.teks if b.lipatan or not b.jenjang else f"{b.jenjang}: {b.teks}"
    if b.lepas and not b.lipatan:
        isi = f"TERPUTUS · {isi}"
    teks = (
        bungkus_teks(isi, ruang, pt, 2, tebal=b.dalam == 0)
        if tinggi >= 9.5
        else [potong_teks(isi, ruang, pt, b.dalam == 0)]
    )
    kertas.alinea(x + 4.6, y, teks, pt, tebal=b.dalam == 0, warna=SEDANG if b.lipatan else TINTA)
    porsi = b.terisi / b.daun if b.daun else 0.0
    kertas.isi(
        [(kiri, y - 1.7, lebar, 3.4)], "#ffffff", TINTA if kosong else PUDAR, 0.8, "--" if kosong else "-"
    )
    kertas.isi([(kiri, y - 1.7, lebar * porsi, 3.4)], AKSEN)
    banyak = f"{angka(b.terisi)}/{angka(b.daun)}"
    kertas.alinea(kiri + lebar + 1.5, y, [banyak], 9, warna=TINTA)
    kertas.alinea(
        LEBAR - 0.5, y, ["kosong" if kosong else _porsi(b.terisi, b.daun)], 9, tebal=porsi < 1, rata="right"
    )


def _susun_baris(
    data: Any, hasil: Periksa, akar: str | None, opd: str | None, muat: int, dalam_terbanyak: int | None
) -> list[_Baris]:
    """The rows, in the order in which they are drawn."""
    t = tabel_dari(data)
    k = t["kaskade"]
    p = susun(k, t["rhk"])
    n = p.n
    naik = p.naik[:n]
    anak: list[list[int]] = [[] for _ in range(n)]
    for i, a in enumerate(naik.tolist()):
        if a >= 0:
            anak[a].append(i)
    rhk = hasil.simpul["rhk"].to_numpy()
    sampai = hasil.simpul["sampai_puncak"].to_numpy()
    daun0 = np.array([not a for a in anak], dtype=np.int64)
    isi = {"daun": daun0, "terisi": daun0 * (rhk > 0), "simpul": np.ones(n, dtype=np.int64)}
    for v in isi.values():
        for i in np.argsort(-p.dalam[:n], kind="stable").tolist():
            if naik[i] >= 0:
                v[naik[i]] += v[i]
    pangkal = _pangkal(k, naik, akar, opd)
    pangkal = sorted(pangkal, key=lambda i: (not sampai[i], -int(isi["simpul"][i])))
    jenjang, uraian, kode = (k[c].tolist() for c in ("jenjang", "uraian", "id"))
    milik = k["opd"].tolist() if "opd" in k and opd is None else [None] * n

    def porsi(i: int) -> float:
        return float(isi["terisi"][i]) / float(isi["daun"][i]) if isi["daun"][i] else 0.0

    def pilih(saudara: Sequence[int], ruang: int) -> tuple[list[int], list[int]]:
        """(shown, folded) in at most `ruang` rows; folding one alone saves nothing."""
        if len(saudara) <= ruang:
            return list(saudara), []
        urut = sorted(saudara, key=lambda i: (porsi(i), -int(isi["simpul"][i]), str(kode[i])))
        tampak = set(urut[: max(ruang - 1, 0)])
        return [i for i in saudara if i in tampak], [i for i in saudara if i not in tampak]

    buka: dict[int, tuple[list[int], list[int]]] = {-1: pilih(pangkal, muat)}
    terpakai = len(buka[-1][0]) + bool(buka[-1][1])
    lapis, tingkat = buka[-1][0], 0
    while lapis and (dalam_terbanyak is None or tingkat < dalam_terbanyak):
        tingkat += 1
        bercabang = [i for i in lapis if anak[i]]
        ruang = muat - terpakai
        butuh = sum(len(anak[i]) for i in bercabang)
        if not bercabang or ruang <= 0:
            break
        if butuh <= ruang:
            jatah = {i: len(anak[i]) for i in bercabang}
        else:
            bagi = ruang // len(bercabang)
            if bagi >= _BARIS_SAUDARA:
                jatah = dict.fromkeys(bercabang, bagi)
            else:  # too little for everyone: the poorest branches are opened whole
                jatah = {}
                for i in sorted(bercabang, key=lambda i: (porsi(i), str(kode[i]))):
                    if porsi(i) < 1 and len(anak[i]) <= ruang:
                        jatah[i] = len(anak[i])
                        ruang -= len(anak[i])
        berikut: list[int] = []
        for i in jatah:
            buka[i] = pilih(anak[i], jatah[i])
            terpakai += len(buka[i][0]) + bool(buka[i][1])
            berikut += buka[i][0]
        lapis = berikut if butuh <= ruang else []

    hasil_baris: list[_Baris] = []

    def sebut(i: int) -> str:
        """'Sasaran dishub': the agency where it first appears, since many goals read the same."""
        atas = milik[naik[i]] if naik[i] >= 0 else None
        baru = isinstance(milik[i], str) and milik[i] != atas
        return f"{label(str(jenjang[i]))}{f' {milik[i]}' if baru else ''}"

    def tulis(i: int, dalam: int, induk: int) -> None:
        hasil_baris.append(
            _Baris(
                dalam, induk, sebut(i), satu_baris(uraian[i]), int(isi["daun"][i]),
                int(isi["terisi"][i]), int(isi["simpul"][i]), lepas=not sampai[i],
            )
        )  # fmt: skip
        turun(i, dalam + 1, len(hasil_baris) - 1)

    def turun(i: int, dalam: int, induk: int) -> None:
        tampak, lipat = buka.get(i, ([], []))
        for a in tampak:
            tulis(a, dalam, induk)
        if lipat:
            jumlah = {kk: int(sum(v[a] for a in lipat)) for kk, v in isi.items()}
            macam = pd.Series([str(jenjang[a]) for a in lipat]).value_counts()
            urut = sorted(macam.index, key=lambda j: JENJANG_KASKADE.index(j) if j in JENJANG_KASKADE else 99)
            nama = ", ".join(f"{angka(int(macam[j]))} {label(j).lower()}" for j in urut)
            dalamnya = jumlah["simpul"] - len(lipat)
            teks = f"… {nama}{' lain' if tampak else ''}" + (
                f" dengan {angka(dalamnya)} simpul" if dalamnya else ""
            )
            hasil_baris.append(
                _Baris(
                    dalam, induk, "", teks, jumlah["daun"], jumlah["terisi"], jumlah["simpul"], True,
                    lepas=not any(sampai[a] for a in lipat),
                )
            )  # fmt: skip

    turun(-1, 0, -1)
    return hasil_baris


def _pangkal(k: pd.DataFrame, naik: np.ndarray, akar: str | None, opd: str | None) -> list[int]:
    """Where the drawing starts."""
    if akar is not None:
        mulai = np.flatnonzero((k["id"] == akar).to_numpy(dtype=bool, na_value=False))
        if not len(mulai):
            raise ValueError(f"simpul {akar} tidak ada di lembar kaskade.")
        return [int(mulai[0])]
    if opd is not None:
        milik = (k["opd"] == opd).to_numpy(dtype=bool, na_value=False)
        if not milik.any():
            raise ValueError(f"OPD {opd} tidak punya simpul di lembar kaskade.")
        return list(np.flatnonzero(milik & ~np.append(milik, False)[np.maximum(naik, -1)]))
    return list(np.flatnonzero(naik < 0))


def gambar_cakupan(hasil: Periksa, sebutan: dict[str, str] | None = None) -> Gambar:
    """Coverage map OPD x jenis jabatan: share of employees with an aligned target, the poorest OPD first.

    sebutan: other names for the columns, for example those of 2019 (`sebutan_2019` of pohon-kinerja). OPD
    beyond one page are summed up in the last row.
    """
    t = hasil.opd
    sumber = "Lembar pegawai, rhk, dan kaskade."
    if t.empty:
        return gambar_kosong("Peta cakupan", "Belum ada pegawai.", sumber)
    nama = sebutan or {j: label(j) for j in JENIS_JABATAN}
    kode, opd = pd.factorize(t["opd"], sort=True)
    jenis = pd.Categorical(t["jenis_jabatan"], JENIS_JABATAN).codes
    isi = np.zeros((len(opd), len(JENIS_JABATAN), 2))  # employees, aligned ones
    isi[kode[jenis >= 0], jenis[jenis >= 0]] = t.loc[jenis >= 0, ["pegawai", "selaras"]].to_numpy()
    porsi = isi[:, :, 1].sum(axis=1) / np.maximum(isi[:, :, 0].sum(axis=1), 1)
    urut = np.argsort(porsi, kind="stable")
    baris = [(str(opd[o]), isi[o]) for o in urut[:_BARIS_PETA]]
    if len(sisa := urut[_BARIS_PETA:]):
        baris.append((f"{angka(len(sisa))} OPD lain", isi[sisa].sum(axis=0)))
    tinggi = float(np.clip((TINGGI - 26) / len(baris), 5.5, 9.0))
    x0, lebar = 28.0, 23.6
    # two names of a level (today's and that of 2019) stand under each other
    kepala = [
        [b for bagian in h.split(" · ") for b in bungkus_teks(bagian, lebar - 0.5, 9, 3)]
        for h in (*(nama[j] for j in JENIS_JABATAN), "Semua")
    ]
    atas = 12.0 + tinggi_baris(9) * max(0, max(map(len, kepala)) - 2)
    kertas = Kertas(atas + 8 + tinggi * (len(baris) + 1))
    for j, h in enumerate(kepala):
        kertas.alinea(x0 + lebar * (j + 0.5), atas / 2, h, 9, rata="center")
    for i, (o, sel) in enumerate([*baris, ("SEMUA OPD", isi.sum(axis=0))]):
        akhir = i == len(baris)
        y = atas + tinggi * i + (1.5 if akhir else 0)
        kertas.alinea(0.5, y + tinggi / 2, [potong_teks(o, x0 - 2, 9.5, akhir)], 9.5, tebal=akhir)
        for j, (x, z) in enumerate([*sel.tolist(), sel.sum(axis=0).tolist()]):
            kotak = (x0 + lebar * j + 0.4, y + 0.3, lebar - 0.8, tinggi - 0.6)
            tengah = (x0 + lebar * (j + 0.5), y + tinggi / 2)
            if not x:
                kertas.alinea(*tengah, ["–"], 9, rata="center", warna=SEDANG)
                continue
            penuh, rendah = z >= x, z < 0.9 * x
            kertas.isi([kotak], AKSEN if penuh else "#ffffff" if rendah else _MUDA, TINTA if rendah else AKSEN,
                       1.3 if rendah else 0.6)  # fmt: skip
            tulis = "100 %" if penuh else f"{persen(float(np.floor(100 * z / x)), 0)} ({angka(int(x - z))})"
            kertas.alinea(
                *tengah, [tulis], 9, rata="center", tebal=rendah, warna="#ffffff" if penuh else TINTA
            )
    bawah = atas + tinggi * (len(baris) + 1) + 5.5
    kertas.teks(
        0.5,
        bawah,
        "Pegawai dengan target yang selaras; dalam kurung: yang belum. Putih bergaris tebal: di bawah 90 %.",
        9,
        warna=SEDANG,
    )
    kurang = int((porsi < 1).sum())
    alt = f"Peta cakupan {angka(len(urut))} OPD menurut jenis jabatan. {hasil.judul} " + (
        f"Terendah: {', '.join(f'{opd[o]} {persen(float(np.floor(1000 * porsi[o])) / 10, 1)}' for o in urut[:3])}. "
        if kurang
        else ""
    )
    lepas = int(isi[:, :, 0].sum() - isi[:, :, 1].sum())
    judul = f"Peta cakupan: {angka(kurang)} OPD belum penuh" + (
        f", {angka(lepas)} dari {angka(int(isi[:, :, 0].sum()))} ASN belum selaras" if lepas else ""
    )
    return jadi_gambar(kertas, judul, alt.strip(), sumber)


def gambar_jalur(data: Any, rhk: str) -> Gambar:
    """One person's way: own RHK at the bottom, every result above it, the vision at the top.

    rhk: code of the RHK, or a NIP for the person's first RHK utama. ValueError when there is none.
    """
    t = tabel_dari(data)
    if rhk not in set(t["rhk"]["id"]) and (milik := t["rhk"][(t["rhk"]["nip"] == rhk).to_numpy()]).size:
        utama = milik[(milik["jenis"] != "tambahan").to_numpy()] if "jenis" in milik else milik
        rhk = str((utama if len(utama) else milik)["id"].iloc[0])
    langkah = jalur(data, rhk).iloc[::-1]
    orang = t["pegawai"].drop_duplicates("nip").set_index("nip")
    sampai = langkah["tingkat"].iloc[0] == "visi"
    kotak = []
    for _, s in langkah.iterrows():
        siapa = (
            orang.loc[s["pemilik"]] if isinstance(s["pemilik"], str) and s["pemilik"] in orang.index else None
        )
        kepala = "RHK" if s["tingkat"] == "rhk" else label(s["tingkat"])
        if siapa is not None:
            kepala += f" · {satu_baris(siapa.get('jabatan'))} · {satu_baris(siapa.get('nama'))}"
        ukur = satu_baris(s["indikator"]) if isinstance(s["indikator"], str) else ""
        if s["target"] == s["target"] and s["target"] is not None:
            ukur += f": {_ringkas(s['target'])} {satu_baris(s['satuan'])}"
            ukur += (
                f"; target di {s['target_bulan']} bulan" if s["target_bulan"] else "; tanpa target bulanan"
            )
            ukur += f"; {satu_baris(s['sop'])}" if isinstance(s["sop"], str) else "; tanpa SOP"
        lebar = LEBAR - 6
        isi = (
            bungkus_teks(kepala, lebar, 9, 1, tebal=True),
            bungkus_teks(satu_baris(s["uraian"]), lebar, 11, 2),
            bungkus_teks(ukur, lebar, 9, 2) if ukur else [],
        )
        kotak.append((isi, 3.4 + tinggi_baris(9) * (1 + len(isi[2])) + tinggi_baris(11) * len(isi[1])))
    celah = 5.0
    putus = 0.0 if sampai else 9.0
    kertas = Kertas(2 + putus + sum(h for _, h in kotak) + celah * (len(kotak) - 1) + 1)
    y = 1.0
    if not sampai:
        kertas.isi([(0.5, y, LEBAR - 1, 7)], "#ffffff", TINTA, 1.3, "--")
        kertas.alinea(LEBAR / 2, y + 3.5, ["Rantai ini tidak sampai ke visi"], 10, rata="center", tebal=True)
        y += putus
    for i, ((judul_, uraian, ukuran), h) in enumerate(kotak):
        puncak, dasar = i == 0 and sampai, i == len(kotak) - 1
        kertas.isi(
            [(0.5, y, LEBAR - 1, h)],
            AKSEN if puncak else LATAR if dasar else "#ffffff",
            AKSEN,
            1.4 if dasar else 0.9,
        )
        warna = "#ffffff" if puncak else TINTA
        bawah = y + 1.2
        for teks, pt, tebal in ((judul_, 9.0, True), (uraian, 11.0, False), (ukuran, 9.0, False)):
            for satu in teks:
                bawah += tinggi_baris(pt)
                kertas.teks(3, bawah - 0.8, satu, pt, tebal=tebal, warna=warna)
        y += h
        if not dasar:
            kertas.garis([[(LEBAR / 2, y + celah), (LEBAR / 2, y + 1.2)]], AKSEN, 1.4)
            kertas.bidang(
                [[(LEBAR / 2 - 1.4, y + 2.4), (LEBAR / 2 + 1.4, y + 2.4), (LEBAR / 2, y + 0.3)]], AKSEN
            )
            y += celah
    akhir = "sampai ke visi" if sampai else "terputus sebelum visi"
    alt = (
        f"Jalur RHK {rhk} ke atas, {akhir}: "
        + "; ".join(satu_baris(u) for u in langkah["uraian"].iloc[::-1])
        + "."
    )
    return jadi_gambar(
        kertas,
        f"Dari RHK {rhk} naik {angka(len(langkah) - 1)} langkah, {akhir}",
        alt,
        "Lembar kaskade, rhk, dan iki.",
    )


def _ringkas(x: Any) -> str:
    return angka(int(x) if float(x).is_integer() else round(float(x), 4))


def gambar_gulungan(g: Gulungan, baris: int = _BARIS_PETA) -> Gambar:
    """Individuals rolled up (filled circle side) beside the organisation's own IKU, per OPD, largest gap first.

    A bar joins the two; the gap in percentage points is written. OPD without one of the two are named in
    the alt text.
    """
    sumber = "Lembar iki dan iku; cara menggulung pada parameter pohon-kinerja."
    t = g.opd.dropna(subset=["individu", "iku"])
    lain = sorted(set(g.opd["opd"]) - set(t["opd"]))
    if t.empty:
        return gambar_kosong(
            "Capaian individu dan IKU", "Belum ada OPD dengan capaian individu dan IKU.", sumber
        )
    t = t.assign(b=t["selisih"].abs()).sort_values(["b", "opd"], ascending=[False, True])
    tampak = t.head(baris)
    b = g.pemda.iloc[0]
    isi = [
        (str(o), float(x), float(y))
        for o, x, y in zip(tampak["opd"], tampak["individu"], tampak["iku"], strict=True)
    ]
    if b["selisih"] == b["selisih"]:
        isi.insert(0, ("PEMDA", float(b["individu"]), float(b["iku"])))
    x0, x1 = 34.0, 140.0
    semua = [v for _, a, c in isi for v in (a, c)] + [100.0]
    bawah_skala = np.floor(min(semua) / 10) * 10
    atas_skala = np.ceil(max(semua) / 10) * 10 or 10.0
    if atas_skala == bawah_skala:
        atas_skala += 10

    def x(v: float) -> float:
        return float(x0 + (x1 - x0) * (v - bawah_skala) / (atas_skala - bawah_skala))

    tinggi = float(np.clip((TINGGI - 26) / len(isi), 5.4, 10.0))
    atas = 13.0
    kertas = Kertas(atas + tinggi * len(isi) + 8)
    dasar = atas + tinggi * len(isi)
    langkah = (atas_skala - bawah_skala) / 5
    for v in np.arange(6) * langkah + bawah_skala:
        kertas.garis([[(x(v), atas), (x(v), dasar)]], PUDAR, 0.5)
        kertas.teks(x(v), dasar + 5, _ringkas(round(float(v), 1)), 9, rata="center", warna=SEDANG)
    kertas.garis([[(x(100), atas - 1), (x(100), dasar)]], TINTA, 0.9)
    kertas.isi([(x0, 3.2, 3, 3)], AKSEN)
    kertas.teks(x0 + 4.4, 6, "individu (rata-rata pegawai)", 9)
    kertas.isi([(x0 + 58, 3.2, 3, 3)], "#ffffff", TINTA, 1.1)
    kertas.teks(x0 + 62.4, 6, "IKU organisasi", 9)
    kertas.teks(LEBAR - 0.5, 6, "selisih, poin", 9, rata="right", tebal=True)
    for i, (nama, a, c) in enumerate(isi):
        y = atas + tinggi * (i + 0.5)
        tebal = nama == "PEMDA"
        kertas.alinea(0.5, y, [potong_teks(nama, x0 - 3, 9.5, tebal)], 9.5, tebal=tebal)
        kertas.garis([[(x(a), y), (x(c), y)]], SEDANG, 1.6)
        kertas.isi([(x(c) - 1.4, y - 1.4, 2.8, 2.8)], "#ffffff", TINTA, 1.1)
        kertas.isi([(x(a) - 1.4, y - 1.4, 2.8, 2.8)], AKSEN)
        beda = round(a - c, 1)
        tanda = "+" if beda > 0 else "−" if beda < 0 else ""
        kertas.alinea(
            LEBAR - 0.5, y, [f"{tanda}{angka(abs(beda), 1)}"], 9.5, rata="right", tebal=abs(beda) >= 5
        )
    rinci = "; ".join(f"{n} individu {angka(a, 1)}, IKU {angka(c, 1)}" for n, a, c in isi[:6])
    alt = f"{g.judul} Selisih terbesar: {rinci}."
    alt += f" Tanpa salah satu angka: {', '.join(lain)}." if lain else ""
    sisa = len(t) - len(tampak)
    alt += f" {angka(sisa)} OPD dengan selisih lebih kecil tidak digambar." if sisa else ""
    return jadi_gambar(kertas, g.judul.removesuffix("."), alt, sumber)


def gambar_perbaikan(sebelum: Periksa, sesudah: Periksa) -> Gambar:
    """Before and after mending: the first number, what hangs loose, and the findings of each rule.

    The bar of a row is the number before (outlined) with the number after inside it (filled); both are written.
    Rules without a finding on either side are left out.
    """
    awal, akhir = (h.angka.set_index("kunci")["nilai"] for h in (sebelum, sesudah))
    kunci = {
        "tanpa_target_selaras": "ASN tanpa target yang selaras",
        "simpul_lepas": "Simpul yang tidak sampai ke puncak",
        "rhk_lepas": "RHK utama yang tidak sampai ke puncak",
    }
    isi = [(nama, int(awal[k]), int(akhir[k]), True) for k, nama in kunci.items()]
    per = [h.temuan.groupby("kode").size() for h in (sebelum, sesudah)]
    nama_aturan = dict(zip(sebelum.temuan["kode"], sebelum.temuan["aturan"], strict=True))
    nama_aturan |= dict(zip(sesudah.temuan["kode"], sesudah.temuan["aturan"], strict=True))
    isi += [
        (f"{k} {nama_aturan[k]}", int(per[0].get(k, 0)), int(per[1].get(k, 0)), False)
        for k in sorted(nama_aturan)
    ]
    tinggi, x0, x1, atas = 11.0, 88.0, 138.0, 12.0
    terbesar = max(1, *(max(a, b) for _, a, b, _ in isi))
    kertas = Kertas(atas + tinggi * len(isi) + 1)
    kertas.isi([(x0, 3.2, 3, 3)], "#ffffff", TINTA, 1.1)
    kertas.teks(x0 + 4.4, 6, "sebelum", 10)
    kertas.isi([(x0 + 26, 3.2, 3, 3)], AKSEN)
    kertas.teks(x0 + 30.4, 6, "sesudah", 10)
    for i, (nama, a, b, tebal) in enumerate(isi):
        y = atas + tinggi * (i + 0.5)
        kertas.alinea(0.5, y, bungkus_teks(nama, x0 - 4, 10.5, 2, tebal=tebal), 10.5, tebal=tebal)
        kertas.isi([(x0, y - 3, (x1 - x0) * a / terbesar, 6)], "#ffffff", TINTA, 1.1)
        kertas.isi([(x0, y - 1.8, (x1 - x0) * b / terbesar, 3.6)], AKSEN)
        kertas.alinea(LEBAR - 0.5, y, [f"{angka(a)} → {angka(b)}"], 12, tebal=a != b, rata="right")
        if i == len(kunci) - 1:
            kertas.garis([[(0.5, y + tinggi / 2), (LEBAR - 0.5, y + tinggi / 2)]], PUDAR, 0.8)
    tanpa, dari = int(akhir["tanpa_target_selaras"]), int(sesudah.angka["dari"].iloc[0])
    temuan = f"temuan dari {angka(len(sebelum.temuan))} menjadi {angka(len(sesudah.temuan))}"
    judul = (
        f"ASN tanpa target yang selaras dari {angka(int(awal['tanpa_target_selaras']))} menjadi {angka(tanpa)}, "
        f"{temuan}"
    )
    alt = (
        f"{judul}, dari {angka(dari)} pegawai. "
        + "; ".join(f"{n} {angka(a)} menjadi {angka(b)}" for n, a, b, _ in isi)
        + "."
    )
    return jadi_gambar(kertas, judul, alt, "Lembar kaskade, rhk, iki, dan pegawai.")


def gambar_bagian(bagian: pd.Series, bobot: pd.Series, satuan: str, dasar: str) -> Gambar:
    """A target split into parts (kj.kaskade.bagi_target): one bar per part with its weight, and the sum.

    bagian, bobot: on the same index of names. dasar: by what it was split, as words.
    """
    sumber = "Target dibagi dengan kj.kaskade.bagi_target."
    if bagian.empty:
        return gambar_kosong("Pembagian target", "Belum ada bagian.", sumber)
    jumlah = sum(bagian.tolist())
    terbesar = max(float(max(abs(x) for x in bagian)), 1e-9)
    tinggi, x0, x1, atas = float(np.clip(150 / (len(bagian) + 1), 7.0, 12.0)), 62.0, 128.0, 9.0
    kertas = Kertas(atas + tinggi * (len(bagian) + 1) + 2)
    kertas.teks(0.5, 5.5, dasar[:1].upper() + dasar[1:], 10, tebal=True, warna=SEDANG)
    kertas.teks(LEBAR - 0.5, 5.5, f"target, {satuan} (bobot)", 10, tebal=True, warna=SEDANG, rata="right")
    for i, (nama, x, b) in enumerate(zip(bagian.index, bagian.tolist(), bobot.tolist(), strict=True)):
        y = atas + tinggi * (i + 0.5)
        kertas.alinea(0.5, y, [potong_teks(str(nama), x0 - 3, 11)], 11)
        kertas.isi([(x0, y - 2.6, (x1 - x0) * abs(float(x)) / terbesar, 5.2)], AKSEN)
        tulis = f"{_tepat(x)} ({bilangan(float(b))})"
        kertas.alinea(LEBAR - 0.5, y, [tulis], 11, rata="right")
    y = atas + tinggi * (len(bagian) + 0.5) + 1
    kertas.garis([[(0.5, y - tinggi / 2), (LEBAR - 0.5, y - tinggi / 2)]], TINTA, 1.2)
    kertas.alinea(0.5, y, ["Jumlah, tepat sama dengan target"], 11, tebal=True)
    kertas.alinea(LEBAR - 0.5, y, [_tepat(jumlah)], 12, tebal=True, rata="right")
    rinci = "; ".join(f"{n} {_tepat(x)}" for n, x in bagian.items())
    judul = f"Target {_tepat(jumlah)} {satuan} dibagi kepada {angka(len(bagian))} bagian menurut {dasar}"
    return jadi_gambar(kertas, judul, f"{judul}: {rinci}. Jumlahnya tepat {_tepat(jumlah)}.", sumber)


def _tepat(x: Any) -> str:
    return angka(x if isinstance(x, Decimal) else int(x))


def angka_kunci(hasil: Periksa) -> AngkaKunci:
    """The first number, ASN without an aligned target, and what it comes from, in large figures."""
    nilai = hasil.angka.set_index("kunci")
    isi = [
        ("tanpa_target_selaras", "ASN tanpa target yang selaras dengan atasannya", "pegawai"),
        ("simpul_lepas", "simpul tidak sampai ke puncak", "simpul"),
        ("rhk_lepas", "RHK utama tidak sampai ke puncak", "RHK utama"),
        ("temuan", "temuan", ""),
    ]
    return AngkaKunci(
        tuple(
            Butir(
                angka(int(nilai["nilai"][k])),
                nama,
                f"dari {angka(int(nilai['dari'][k]))} {apa}" if apa else "",
            )
            for k, nama, apa in isi
        )
    )


def tabel_aturan(hasil: Periksa) -> Tabel:
    """Findings by rule: how many, and the remedy."""
    saran = hasil.temuan.drop_duplicates("kode").set_index("kode")["saran"]
    r = hasil.ringkas
    t = pd.DataFrame(
        {
            "Kode": r["kode"],
            "Aturan": r["aturan"],
            "Banyak": [angka(int(n)) for n in r["jumlah"]],
            "Cara memperbaiki": r["kode"].map(saran),
            "Dasar": r["dasar"] + " [" + r["status"] + "]",
        },
        dtype=object,
    )
    return Tabel.dari(t, judul="Temuan menurut aturan dan cara memperbaikinya")


def tabel_temuan(hasil: Periksa, paling: int = 8) -> Tabel:
    """The findings that cut off most people first: where, what, how many people."""
    t = hasil.temuan.sort_values(["akibat"], ascending=False, kind="stable").head(paling)
    isi = pd.DataFrame(
        {
            "Kode": t["kode"],
            "Lembar": t["lembar"],
            "Simpul, RHK, atau NIP": t["id"].where(t["id"] != "", t["nip"]),
            "Apa": t["pesan"],
            "Pegawai terputus": [angka(int(n)) for n in t["akibat"]],
        },
        dtype=object,
    )
    sisa = len(hasil.temuan) - len(t)
    return Tabel.dari(
        isi,
        judul="Temuan, yang memutus paling banyak pegawai lebih dahulu",
        catatan=f"{angka(sisa)} temuan lain tidak ditampilkan." if sisa else "",
    )


def tabel_jenjang(hasil: Periksa) -> Tabel:
    """The levels of 2019 beside those of today, with the people of this workbook."""
    t = sebutan_jenjang().set_index("jenis_jabatan")
    banyak = (
        hasil.pegawai.groupby("jenis_jabatan", observed=True)["selaras"].agg(["size", "sum"]).reindex(t.index)
    )
    banyak = banyak.fillna(0).astype("int64")
    isi = pd.DataFrame(
        {
            "Susunan 2019": t["tahun_2019"],
            "Susunan sekarang": t["kini"],
            "Mendukung simpul": t["simpul"],
            "Pegawai": [angka(int(n)) for n in banyak["size"]],
            "Selaras": [angka(int(n)) for n in banyak["sum"]],
        },
        dtype=object,
    )
    return Tabel.dari(isi, judul="Jenjang 2019 dan sekarang", catatan="Padanan jenjang berstatus tafsir.")


def tabel_bulanan(t: pd.DataFrame, satuan: str) -> Tabel:
    """`kj.kaskade.target_bulanan` as a page shows it, with its sums."""
    isi = pd.DataFrame(
        {
            "Bulan": [BULAN[int(b) - 1] for b in t.index],
            "Hari kerja": [angka(int(h)) for h in t["hari_kerja"]],
            f"Target ({satuan})": [_tepat(x) for x in t["target"]],
            "Kemampuan menurut SOP": [_tepat(x) for x in t["kemampuan"]],
            "Cukup": ["ya" if c else "TIDAK" for c in t["cukup"]],
        },
        dtype=object,
    )
    kurang = int((~t["cukup"]).sum())
    judul = (
        f"{angka(kurang)} dari {angka(len(t))} bulan melampaui norma SOP"
        if kurang
        else "Semua bulan cukup menurut norma SOP"
    )
    jumlah = (
        "Jumlah",
        angka(int(t["hari_kerja"].sum())),
        _tepat(sum(t["target"].tolist())),
        _tepat(sum(t["kemampuan"].tolist())),
        "",
    )
    return Tabel.dari(isi, judul=judul, jumlah=jumlah)


def tabel_konflik(konflik: pd.DataFrame) -> Tabel:
    """What several tables' matrices do not agree on: file, cell, what, and the way out."""
    isi = pd.DataFrame(
        {
            "Berkas": konflik["berkas"],
            "Sel": konflik["lembar"].astype(str)
            + " "
            + konflik["kolom"].astype(str)
            + konflik["baris"].astype(str),
            "RHK": konflik["rhk"],
            "Ditulis": konflik["uraian"],
            "Konflik": konflik["pesan"],
            "Jalan keluar": konflik["saran"],
        },
        dtype=object,
    )
    return Tabel.dari(isi, judul=f"{angka(len(konflik))} baris belum disepakati")


def tabel_bukti(bukti: pd.DataFrame) -> Tabel:
    """AKIP criteria that the data speak about, with the figures; the rest are counted."""
    t = bukti[bukti["terbukti"] != "di luar data"]
    isi = pd.DataFrame(
        {
            "Kode": t["kode"],
            "Kriteria": t["kriteria"],
            "Terbukti": t["terbukti"],
            "Angkanya": t["bukti"],
        },
        dtype=object,
    )
    lain = len(bukti) - len(t)
    judul = f"{angka(len(t))} dari {angka(len(bukti))} kriteria AKIP dapat diberi angka dari buku kerja ini"
    return Tabel.dari(
        isi, judul=judul, catatan=f"{angka(lain)} kriteria lain meminta bukti di luar data kaskade."
    )


def tabel_siklus(siklus: Siklus) -> Tabel:
    """Where each agency stands in the four stages."""
    t = siklus.opd
    isi = pd.DataFrame(
        {
            "OPD": t["nama"],
            "Pegawai": [angka(int(n)) for n in t["pegawai"]],
            **{label(k): [angka(int(n)) for n in t[k]] for k in TAHAP},
            "Terlambat": [angka(int(n)) for n in t["terlambat"]],
            "Paling sering terlambat": t["paling_banyak"],
        },
        dtype=object,
    )
    return Tabel.dari(isi, judul=siklus.ringkas())


def simpan_gambar(gambar: Gambar, berkas: str | Path, titik_per_inci: int = 200) -> Path:
    """Write a picture as .svg or .png (by the suffix). ValueError for another suffix."""
    tujuan = Path(berkas)
    if tujuan.suffix == ".svg":
        tujuan.write_text(gambar.svg, encoding="utf-8")
    elif tujuan.suffix == ".png":
        from kinerja.penata import png_dari  # only here: most who draw never ask for it

        (png,) = png_dari([gambar.svg], titik_per_inci, tepi=2)
        tujuan.write_bytes(png)
    else:
        raise ValueError(f"{tujuan.name}: simpan sebagai .svg atau .png.")
    return tujuan
