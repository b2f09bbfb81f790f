"""Pictures and tables of the clinic: the ladder of results with phrases on it, and weak wording in a pemda."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import JENIS_JABATAN
from kinerja.iki import kembar, kunci_latihan, periksa, periksa_target, saran_rumus, tabel_iki
from kinerja.iki.frasa import TINGKAT
from kinerja.iki.klinik import Banding, Diagnosis
from kinerja.iki.kriteria import KRITERIA
from kinerja.iki.lint import LEMAH
from kinerja.kertas import (
    AKSEN,
    LATAR,
    LEBAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    bungkus_teks,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    potong_teks,
    satu_baris,
    tinggi_baris,
)
from kinerja.tampil import AngkaKunci as Angka
from kinerja.tampil import Butir, Gambar, KolomTabel, Paragraf, Tabel
from kinerja.tulisan import KOSONG, angka, daftar, label, persen

# rules on the words themselves; copies (L12), targets and empty columns are other matters
KODE_RUMUSAN = ("L1", "L2", "L4", "L5", "L6", "L7", "L8", "L9", "L10", "L11", "L17")
_TANYA = (
    "Apa yang dipakai?",
    "Apa yang dikerjakan?",
    "Apa yang dihasilkan?",
    "Sebaik atau secepat apa?",
    "Apa yang berubah?",
    "Apa yang membaik di daerah?",
)
_ANAK = LEBAR / len(TINGKAT)
_RENDAH, _NAIK, _TANDA = 19.0, 6.5, 7.5  # mm: lowest step, rise, marker
_RENGGANG = 0.6  # mm, so that the frame of a word does not touch its neighbour
_SUMBER = "Pemeriksa IKI (tafsir); anak tangga wajar disusun untuk pelajaran ini."
_BARIS = 10  # rows of a map that a hall can read

Potong = tuple[str, bool]  # a word, and whether a finding names it


# --- a phrase with its trigger words -----------------------------------------------------------------


def _kata(d: Diagnosis) -> list[Potong]:
    hasil, mulai = [], 0
    for kata in satu_baris(d.indikator).split(" "):
        awal = d.indikator.find(kata, mulai)
        mulai = awal + len(kata)
        hasil.append((kata, any(a < mulai and b > awal for a, b in d.tanda)))
    return hasil


def _susun(kata: Sequence[Potong], lebar: float, pt: float, paling: int) -> list[list[Potong]]:
    """Words in lines of `lebar` mm; what does not fit in `paling` lines ends in an ellipsis."""
    baris: list[list[Potong]] = [[]]
    terpakai, spasi = 0.0, lebar_teks(" ", pt) + 2 * _RENGGANG
    for k, tanda in kata:
        k = potong_teks(k, lebar - 2, pt, tanda)
        w = lebar_teks(k, pt, tanda) + spasi
        if baris[-1] and terpakai + w > lebar:
            if len(baris) == paling:
                baris[-1].append(("…", False))
                return baris
            baris.append([])
            terpakai = 0.0
        baris[-1].append((k, tanda))
        terpakai += w
    return baris


def _tulis(kertas: Kertas, x: float, y: float, baris: Sequence[Sequence[Potong]], pt: float) -> None:
    """The lines from the top `y`; trigger words bold in a frame, so that they show in black and white."""
    tinggi = tinggi_baris(pt) * 1.18
    for i, isi in enumerate(baris):
        kini, dasar = x, y + tinggi * i + 0.78 * tinggi
        for kata, tanda in isi:
            w = lebar_teks(kata, pt, tanda)
            if tanda:
                kini += _RENGGANG
                kertas.isi([(kini - 0.6, y + tinggi * i + 0.25, w + 1.2, tinggi - 0.5)], LATAR, TINTA, 1.1)
            kertas.teks(kini, dasar, kata, pt, tebal=tanda)
            kini += w + lebar_teks(" ", pt) + _RENGGANG * tanda


# --- the ladder --------------------------------------------------------------------------------------


def _noda(kertas: Kertas, x: float, y: float, isi: str, baik: bool) -> None:
    """A marker centred on (x, y): a full disc for a sound phrase, an open square for a weak one."""
    r = _TANDA / 2
    if baik:
        sudut = np.linspace(0, 2 * math.pi, 33)[:-1]
        kertas.bidang([[(x + r * math.cos(s), y + r * math.sin(s)) for s in sudut]], AKSEN)
    else:
        kertas.isi([(x - r, y - r, 2 * r, 2 * r)], "#ffffff", TINTA, 1.8)
    kertas.alinea(x, y, [isi], 11, rata="center", tebal=True, warna="#ffffff" if baik else TINTA)


def _baik(d: Diagnosis) -> bool:
    return not d.lemah and d.di_tempat


def _panah(kertas: Kertas, dari: tuple[float, float], ke: tuple[float, float]) -> None:
    r = _TANDA / 2 + 1
    jauh = math.dist(dari, ke)
    if jauh <= 2 * r + 2:
        return
    dx, dy = (ke[0] - dari[0]) / jauh, (ke[1] - dari[1]) / jauh
    a, b = (dari[0] + dx * r, dari[1] + dy * r), (ke[0] - dx * (r + 2), ke[1] - dy * (r + 2))
    kertas.garis([(a, b)], TINTA, 1.6)
    ujung = (ke[0] - dx * r, ke[1] - dy * r)
    kertas.bidang([[ujung, (b[0] - dy * 1.4, b[1] + dx * 1.4), (b[0] + dy * 1.4, b[1] - dx * 1.4)]], TINTA)


def gambar_tangga(semua: Sequence[Diagnosis], sesudah: Diagnosis | None = None) -> Gambar:
    """The ladder input > aktivitas > output > mutu/waktu > outcome > dampak with the phrases on it.

    semua: up to ten are written out below the ladder, trigger words framed; the rest only stand on it.
    sesudah: the new wording of the first phrase, joined to it by an arrow.
    """
    if not semua:
        return gambar_kosong("Tangga hasil", "Tulis atau tempel sebuah indikator.", _SUMBER)
    letak = [(str(d.nomor), d) for d in semua]
    if sesudah is not None:
        letak = [("1", semua[0]), ("2", sesudah)]
    ramai = len(letak) > 2
    pt = 11.0 if ramai else 14.0
    ditulis = letak[:_BARIS]
    alinea = [_susun(_kata(d), LEBAR - 12, pt, 2 if ramai else 4) for _, d in ditulis]
    per: list[list[tuple[str, Diagnosis]]] = [[] for _ in TINGKAT]
    for n, d in letak:
        if d.anak_tangga >= 0:
            per[d.anak_tangga].append((n, d))
    tak_jelas = [(n, d) for n, d in letak if d.anak_tangga < 0]
    muat = int(_ANAK // (_TANDA + 1))
    tumpuk = [math.ceil(len(p) / muat) for p in per]
    puncak = max(_RENDAH + _NAIK * i + (_TANDA + 1.2) * t for i, t in enumerate(tumpuk))
    lantai = 2 + max(puncak, _RENDAH + _NAIK * (len(TINGKAT) - 1)) + 1
    satu = tinggi_baris(pt) * 1.18
    tinggi_teks = [len(a) * satu + 5.5 for a in alinea]
    keterangan = _keterangan([d for _, d in letak])
    kertas = Kertas(lantai + 5 + len(keterangan) * tinggi_baris(9.5) + sum(tinggi_teks))

    wajar = {d.wajar for _, d in letak}
    bawah, atas = max(w[0] for w in wajar), min(w[1] for w in wajar)
    for i, nama in enumerate(TINGKAT):
        x, tinggi = i * _ANAK, _RENDAH + _NAIK * i
        di_dalam = bawah <= i <= atas
        muka, tinta = (AKSEN, "#ffffff") if di_dalam else (LATAR, TINTA)
        kertas.isi([(x + 0.3, lantai - tinggi, _ANAK - 0.6, tinggi)], muka, AKSEN, 0.9)
        kertas.teks(x + _ANAK / 2, lantai - tinggi + 5.2, nama, 11, rata="center", tebal=True, warna=tinta)
        for k, b in enumerate(bungkus_teks(_TANYA[i], _ANAK - 2, 9, 3)):
            kertas.teks(
                x + _ANAK / 2, lantai - tinggi + 9.6 + k * tinggi_baris(9), b, 9, rata="center", warna=tinta
            )
    titik: dict[str, tuple[float, float]] = {}
    for i, isi in enumerate(per):
        for k, (n, _) in enumerate(isi):
            di_baris = min(muat, len(isi) - k // muat * muat)
            x = (i + 0.5) * _ANAK + (k % muat - (di_baris - 1) / 2) * (_TANDA + 1)
            titik[n] = (x, lantai - _RENDAH - _NAIK * i - 0.9 - (_TANDA + 1.2) * (k // muat) - _TANDA / 2)
    for k, (n, _) in enumerate(tak_jelas):
        titik[n] = (4.5 + (k % 7) * (_TANDA + 1), 10.5 + (k // 7) * (_TANDA + 1))
    if tak_jelas:
        kertas.teks(0.5, 5, "Belum terbaca sebagai ukuran:", 9.5, warna=SEDANG)
    if sesudah is not None:
        _panah(kertas, titik["1"], titik["2"])
    for n, d in letak:
        _noda(kertas, *titik[n], n, _baik(d))

    for k, b in enumerate(keterangan):
        kertas.teks(0.5, lantai + 5 + k * tinggi_baris(9.5), b, 9.5, warna=SEDANG)
    y = lantai + 5 + len(keterangan) * tinggi_baris(9.5)
    for (n, d), a, t in zip(ditulis, alinea, tinggi_teks, strict=True):
        _noda(kertas, 4.2, y + _TANDA / 2 + 0.2, n, _baik(d))
        _tulis(kertas, 11, y + 0.6, a, pt)
        y += t
    return jadi_gambar(kertas, _judul_tangga(letak, sesudah), _alt(letak), _SUMBER)


def _keterangan(semua: Sequence[Diagnosis]) -> list[str]:
    """How to read the ladder, in at most two lines."""
    siapa = list(dict.fromkeys(map(_jenjang, semua)))
    kalimat = (
        f"Anak tangga gelap: wajar bagi {daftar(siapa) if len(siapa) < 3 else 'semua jenjang yang disebut'}."
    )
    if any(d.tanda for d in semua):
        kalimat += " Kata berbingkai: pemicu temuan."
    return bungkus_teks(kalimat, LEBAR - 1, 9.5, 2)


def _jenjang(d: Diagnosis) -> str:
    if not d.jenjang:
        return "jenjang yang belum disebut"
    return "sub-kegiatan" if d.jenjang == "sub_kegiatan" else label(d.jenjang)


def _judul_tangga(letak: Sequence[tuple[str, Diagnosis]], sesudah: Diagnosis | None) -> str:
    d = letak[0][1]
    if sesudah is not None:
        if sesudah.anak_tangga > d.anak_tangga:
            return f"Naik dari {d.tingkat} ke {sesudah.tingkat}"
        return (
            f"Belum naik: masih {sesudah.tingkat}"
            if sesudah.anak_tangga == d.anak_tangga
            else f"Turun ke {sesudah.tingkat}"
        )
    if len(letak) > 1:
        perlu = sum(not _baik(x) for _, x in letak)
        return f"{perlu} dari {len(letak)} rumusan perlu ditulis ulang"
    if _baik(d):
        return f"Anak tangga {d.tingkat}: wajar bagi {_jenjang(d)}, tanpa temuan berat"
    if d.anak_tangga < 0:
        return "Belum terbaca sebagai ukuran: tulis apa yang berubah dan bagaimana menghitungnya"
    if d.di_tempat:
        return f"Anak tangga {d.tingkat} sudah wajar, rumusannya belum: {daftar(_nama_berat(d))}"
    arah = "di bawah" if d.anak_tangga < d.wajar[0] else "di atas"
    return f"Berhenti di anak tangga {d.tingkat}, {arah} yang wajar bagi {_jenjang(d)}"


def _nama_berat(d: Diagnosis) -> list[str]:
    return [str(n).lower() for n in d.temuan.loc[d.temuan["keparahan"].isin(LEMAH), "nama"]]


def _alt(letak: Iterable[tuple[str, Diagnosis]]) -> str:
    kalimat = [
        f"{n}. {satu_baris(d.indikator)}: anak tangga {d.tingkat}, "
        + (f"temuan {daftar(d.temuan['kode'])}" if len(d.temuan) else "tanpa temuan")
        + (f", pemicu {daftar(f'“{d.indikator[a:b]}”' for a, b in d.tanda)}" if d.tanda else "")
        for n, d in letak
    ]
    return f"Tangga {daftar(TINGKAT)}. " + "; ".join(kalimat) + "."


# --- tables of the clinic ------------------------------------------------------------------------------


def _kotak(nama: Sequence[str], lebar: Sequence[float], rata: str = "") -> tuple[KolomTabel, ...]:
    cara = {"r": "kanan", "t": "tengah"}
    return tuple(
        KolomTabel(n, cara.get(rata[i : i + 1], "kiri"), w)  # type: ignore[arg-type]
        for i, (n, w) in enumerate(zip(nama, lebar, strict=True))
    )


def tabel_temuan(d: Diagnosis) -> Tabel:
    """The findings of one phrase: what is wrong, which words, what to write instead."""
    kata = ", ".join(f"“{d.indikator[a:b]}”" for a, b in d.tanda)
    baris = tuple(
        (f"{t['kode']} {t['nama']}\n({t['keparahan']})", t["pesan"], t["saran"])
        for t in d.temuan.to_dict("records")
    )
    return Tabel(
        _kotak(("Temuan", "Mengapa", "Yang dapat ditulis"), (1.1, 1.6, 1.8)),
        baris or (("Tidak ada temuan", "Rumusannya bersih menurut pemeriksa.", KOSONG),),
        judul=f"Temuan nomor {d.nomor}" + (f"; kata pemicu: {kata}" if kata else ""),
    )


def tabel_smart(d: Diagnosis, sesudah: Diagnosis | None = None) -> Tabel:
    """SMART and menantang with the reason of each answer; with `sesudah` both wordings side by side."""
    jawab = [x.smart.set_index("kriteria") for x in (d, sesudah) if x is not None]
    nama = ["Kriteria", *(["Sebelum", "Sesudah"] if sesudah else ["Jawaban"]), "Alasan"]
    baris = tuple(
        (k, *(str(j.at[k, "hasil"]) for j in jawab), str(jawab[-1].at[k, "alasan"])) for k in KRITERIA
    )
    return Tabel(
        _kotak(nama, [1.1, *[1.0] * len(jawab), 3.2]),
        baris,
        judul="SMART dan menantang (lembar kerja evaluasi AKIP)",
    )


def tabel_ringkas(semua: Sequence[Diagnosis]) -> Tabel:
    """All phrases of a pasted list, one row each."""
    baris = tuple(
        (
            str(d.nomor),
            satu_baris(d.indikator),
            d.tingkat,
            "\n".join(f"{k} {n}" for k, n in d.temuan[["kode", "nama"]].to_numpy()) or KOSONG,
            d.saran if not _baik(d) else "dapat dipakai",
        )
        for d in semua
    )
    return Tabel(
        _kotak(("No.", "Rumusan", "Anak tangga", "Temuan", "Usul penulisan"), (0.4, 2.2, 0.9, 1.6, 2.3), "t"),
        baris,
        judul="Hasil pemeriksaan",
        kelas_baris=tuple("" if _baik(d) else "peringatan" for d in semua) if any(map(_baik, semua)) else (),
    )


def tabel_banding(b: Banding) -> Tabel:
    """Before and after side by side, and what got better."""

    def temuan(d: Diagnosis) -> str:
        return "\n".join(f"{k} {n}" for k, n in d.temuan[["kode", "nama"]].to_numpy()) or "tidak ada"

    a, z = b.sebelum, b.sesudah
    baris = [
        ("Rumusan", satu_baris(a.indikator), satu_baris(z.indikator)),
        ("Anak tangga", a.tingkat, z.tingkat),
        ("Temuan", temuan(a), temuan(z)),
        ("Membaik", "", "\n".join(b.membaik) or "Belum ada yang membaik."),
    ]
    if b.memburuk:
        baris.append(("Memburuk", "", "\n".join(b.memburuk)))
    if b.tersisa:
        baris.append(("Masih perlu", "", "\n".join(b.tersisa)))
    return Tabel(_kotak(("", "Sebelum", "Sesudah"), (0.8, 2, 2)), tuple(baris), judul="Sebelum dan sesudah")


def tabel_pustaka(hasil: pd.DataFrame, cari: str) -> Tabel | Paragraf:
    """Examples from the indicator library, with the status of each."""
    if hasil.empty:
        return Paragraf(f"Pustaka belum punya contoh untuk {cari}. Coba satu kata saja, misalnya perizinan.")
    baris = tuple(
        (b["indikator"], b["jabatan"], b["satuan"], b["hitung"] or KOSONG, b["status"])
        for b in hasil.to_dict("records")
    )
    return Tabel(
        _kotak(("Indikator", "Jabatan", "Satuan", "Cara menghitung", "Status"), (2.4, 1.4, 0.8, 2.4, 0.9)),
        baris,
        judul=f"Contoh dari pustaka: {cari}",
    )


def tabel_target(tabel: pd.DataFrame) -> Tabel:
    """Targets against the years before, one row per finding of `periksa_target`; sound rows say so."""
    temuan = periksa_target(tabel)
    nama, target = tabel["indikator"].map(satu_baris), tabel["target"]
    baris = [
        (nama[t["baris"]], angka(float(target[t["baris"]])), t["pesan"], t["saran"])
        for t in temuan.to_dict("records")
    ]
    baris += [
        (nama[i], angka(float(target[i])), "Tidak ada temuan.", KOSONG)
        for i in tabel.index.difference(pd.Index(temuan["baris"]))
    ]
    return Tabel(
        _kotak(("Indikator", "Target", "Temuan", "Saran"), (2, 0.7, 2.2, 2.2), " r"),
        tuple(baris),
        judul="Target terhadap realisasi tahun sebelumnya",
    )


def tabel_rumus(tabel: pd.DataFrame) -> Tabel:
    """Both formulas for each indicator where lower is better, from `saran_rumus`."""
    baris = tuple(
        (
            satu_baris(b["indikator"]),
            f"{angka(float(b['target']))}; {angka(float(b['realisasi']))}",
            b["kata_selisih"],
            b["kata_rasio"],
            " ".join(filter(None, (b["berpisah"], b["saran"]))),
        )
        for b in saran_rumus(tabel).to_dict("records")
    )
    kolom = ("Indikator", "Target; realisasi", "(2T − R) ÷ T × 100", "T ÷ R × 100", "Yang perlu diketahui")
    return Tabel(
        _kotak(kolom, (1.8, 1, 1.1, 1.1, 2.6)),
        baris,
        judul="Dua rumus untuk ukuran yang makin kecil makin baik",
    )


def tabel_soal(soal: pd.DataFrame) -> Tabel:
    """The questions of the exercise with level and origin."""
    baris = tuple(
        (str(b["nomor"]), b["indikator"], b["jabatan"], label(b["jenjang"]), b["asal"])
        for b in soal.to_dict("records")
    )
    return Tabel(
        _kotak(("No.", "Rumusan lemah", "Jabatan", "Jenjang", "Asal"), (0.4, 2.8, 1.8, 1, 1), "t"),
        baris,
        judul="Sepuluh rumusan untuk ditulis ulang",
    )


def tabel_nilai(nilai: pd.DataFrame) -> Tabel:
    """Answers with mark and feedback; unanswered questions stand last in one row."""
    ada = nilai[nilai["jawaban"] != ""]
    kosong = nilai.loc[nilai["jawaban"] == "", "nomor"]
    baris = tuple(
        (str(b["nomor"]), b["soal"], b["jawaban"], b["tingkat"], angka(b["nilai"]), b["umpan_balik"])
        for b in ada.to_dict("records")
    )
    catatan = f"Belum dijawab: nomor {daftar(map(str, kosong))}." if len(kosong) else ""
    return Tabel(
        _kotak(
            ("No.", "Soal", "Jawaban", "Anak tangga", "Nilai", "Umpan balik"),
            (0.4, 1.7, 2, 0.9, 0.6, 2.2),
            "t   r",
        ),
        baris,
        judul="Jawaban dan nilainya",
        catatan=catatan,
    )


def angka_nilai(nilai: pd.DataFrame) -> Angka:
    """How many were answered, the mean mark of these, and how many are clean."""
    ada = nilai[nilai["jawaban"] != ""]
    return Angka(
        (
            Butir(f"{len(ada)} dari {len(nilai)}", "Soal dijawab"),
            Butir(
                angka(float(ada["nilai"].mean()), 0) if len(ada) else KOSONG,
                "Rata-rata nilai",
                "dari soal yang dijawab",
            ),
            Butir(angka(int(nilai["bersih"].sum())), "Tanpa galat dan peringatan"),
        )
    )


def tabel_kunci(tampilkan: bool) -> Tabel | Paragraf:
    """The trainer's key; where `tampilkan` is False only who has it. FileNotFoundError as `kunci_latihan`."""
    if not tampilkan:
        return Paragraf("Kunci ada pada pelatih: kunci = True di sel pertama menampilkannya di sini.")
    kunci = kunci_latihan()
    baris = tuple(
        (str(b["nomor"]), b["indikator"], b["satuan"], b["target"], b["status"])
        for b in kunci.to_dict("records")
    )
    return Tabel(
        _kotak(("No.", "Satu jawaban baik", "Satuan", "Target", "Status"), (0.4, 3.4, 0.8, 0.8, 1), "t  r"),
        baris,
        judul="Kunci (untuk pelatih)",
        catatan="Jawaban lain yang bersih, naik tangga, dan bersatuan sama baiknya.",
    )


# --- a whole pemda ---------------------------------------------------------------------------------------


def iki_pemda(data: Any) -> pd.DataFrame:
    """Every IKI of a workbook with opd, jenis_jabatan, and `lemah`: a galat or peringatan on its wording."""
    tabel = tabel_iki(getattr(data, "tabel", data))
    tabel["opd"] = tabel["opd"].fillna("tanpa OPD")
    temuan = periksa(tabel)
    berat = temuan[temuan["keparahan"].isin(LEMAH) & temuan["kode"].isin(KODE_RUMUSAN)]
    hasil: pd.DataFrame = tabel.assign(lemah=tabel.index.isin(berat["baris"]))
    return hasil


def gambar_lemah(iki: pd.DataFrame) -> Gambar:
    """Where weak wording clusters: share of IKI, OPD x jenis jabatan, the worst OPD first.

    iki: as `iki_pemda`. The dark cells hold the largest shares; in brackets the number of weak IKI.
    """
    sumber = (
        "Lembar iki, rhk, dan pegawai (sintetis bila contoh); pemeriksa IKI: " + ", ".join(KODE_RUMUSAN) + "."
    )
    iki = iki[iki["jenis_jabatan"].isin(JENIS_JABATAN)]
    if iki.empty:
        return gambar_kosong("Rumusan lemah", "Belum ada IKI.", sumber)
    per_opd = iki.groupby(["opd", iki["jenis_jabatan"].astype("str")])["lemah"].agg(["size", "sum"])
    opd = sorted(iki["opd"].astype("str").unique())
    semua = pd.MultiIndex.from_product([opd, JENIS_JABATAN])
    isi = per_opd.reindex(semua, fill_value=0).to_numpy(dtype=float).reshape(len(opd), len(JENIS_JABATAN), 2)
    porsi = isi[:, :, 1].sum(axis=1) / isi[:, :, 0].sum(axis=1)
    urut = np.argsort(-porsi, kind="stable")
    baris = [(str(opd[o]), isi[o]) for o in urut[:_BARIS]]
    if len(sisa := urut[_BARIS:]):
        baris.append((f"{angka(len(sisa))} OPD lain", isi[sisa].sum(axis=0)))
    tinggi, x0, lebar, atas = 8.2, 30.0, 23.3, 10.0
    kertas = Kertas(atas + tinggi * (len(baris) + 1) + 13)
    for j, h in enumerate([*map(label, JENIS_JABATAN), "Semua"]):
        kertas.alinea(x0 + lebar * (j + 0.5), 5.5, [h], 9.5, rata="center", tebal=True)
    for i, (o, sel) in enumerate([*baris, ("SEMUA OPD", isi.sum(axis=0))]):
        akhir = i == len(baris)
        y = atas + tinggi * i + (1.5 if akhir else 0)
        kertas.alinea(0.5, y + tinggi / 2, [potong_teks(o, x0 - 2, 10, akhir)], 10, tebal=akhir)
        for j, (n, z) in enumerate([*sel.tolist(), sel.sum(axis=0).tolist()]):
            tengah = (x0 + lebar * (j + 0.5), y + tinggi / 2)
            if not n:
                kertas.alinea(*tengah, [KOSONG], 9.5, rata="center", warna=SEDANG)
                continue
            gelap, sedang = 2 * z >= n, 4 * z >= n
            kertas.isi(
                [(x0 + lebar * j + 0.4, y + 0.3, lebar - 0.8, tinggi - 0.6)],
                AKSEN if gelap else PUDAR if sedang else "#ffffff",
                AKSEN,
                0.6,
            )
            kertas.alinea(
                *tengah, [f"{persen(100 * z / n, 0)} ({angka(int(z))})"], 9.5,
                rata="center", tebal=gelap, warna="#ffffff" if gelap else TINTA,
            )  # fmt: skip
    bawah = atas + tinggi * (len(baris) + 1) + 6.5
    for k, baris_kunci in enumerate(
        (
            "Bagian IKI yang rumusannya lemah; dalam kurung banyaknya.",
            "Gelap: separuh atau lebih. Kelabu: seperempat atau lebih.",
        )
    ):
        kertas.teks(0.5, bawah + k * tinggi_baris(9.5), baris_kunci, 9.5, warna=SEDANG)
    n, z = isi[:, :, 0].sum(), isi[:, :, 1].sum()
    per = isi.sum(axis=0)
    bagi = np.divide(per[:, 1], per[:, 0], out=np.full(len(JENIS_JABATAN), -1.0), where=per[:, 0] > 0)
    puncak = int(np.argmax(bagi))
    rinci = daftar(
        f"{label(j)} {persen(100 * float(b), 0)}" for j, b in zip(JENIS_JABATAN, bagi, strict=True) if b >= 0
    )
    alt = (
        f"Bagian IKI yang rumusannya lemah menurut OPD dan jenis jabatan: {angka(int(z))} dari {angka(int(n))} "
        f"({persen(100 * z / n, 1)}). Menurut jenis jabatan: {rinci}. OPD tertinggi: "
        + daftar(f"{opd[o]} {persen(100 * float(porsi[o]), 0)}" for o in urut[:3])
        + "."
    )
    judul = (
        f"{angka(int(z))} dari {angka(int(n))} IKI rumusannya lemah; paling banyak pada {label(JENIS_JABATAN[puncak])} "
        f"({persen(100 * float(bagi[puncak]), 0)})"
    )
    return jadi_gambar(kertas, judul, alt, sumber)


def salinan_pemda(iki: pd.DataFrame) -> pd.DataFrame:
    """Wordings shared by several people, those on most different posts first: rumusan, pegawai, jabatan, opd (counts)."""
    k = kembar(iki)
    t = iki.assign(kelompok=k["kelompok"])[k["kelompok"] >= 0]
    per = t.groupby("kelompok").agg(
        rumusan=("indikator", lambda s: s.value_counts().index[0]),
        pegawai=("nip", "nunique"),
        jabatan=("jabatan", "nunique"),
        opd=("opd", "nunique"),
    )
    urut = per[per["pegawai"] > 1].sort_values(
        ["jabatan", "pegawai", "rumusan"], ascending=[False, False, True]
    )
    hasil: pd.DataFrame = urut.reset_index(drop=True)
    return hasil


def gambar_salinan(salinan: pd.DataFrame, pegawai: int, paling: int = 8) -> Gambar:
    """The most shared wordings: a bar of people each. pegawai: how many people there are."""
    sumber = "Lembar iki dan pegawai (sintetis bila contoh); sama atau hampir sama menurut kata dasarnya."
    atas = salinan.head(paling)
    if atas.empty:
        return gambar_kosong(
            "Salinan antarpegawai", "Tidak ada rumusan yang dipakai lebih dari satu orang.", sumber
        )
    x0, x1, tinggi = 92.0, 128.0, 13.0
    skala = (x1 - x0) / float(atas["pegawai"].max())
    kertas = Kertas(2 + tinggi * len(atas))
    for i, b in enumerate(atas.to_dict("records")):
        y = 2 + tinggi * (i + 0.5)
        kertas.alinea(0.5, y, bungkus_teks(satu_baris(b["rumusan"]), x0 - 4, 10, 2), 10)
        kertas.isi([(x0, y - 3.2, skala * b["pegawai"], 6.4)], AKSEN)
        kertas.alinea(
            x0 + skala * b["pegawai"] + 1.5, y - 2.1, [f"{angka(b['pegawai'])} orang"], 10.5, tebal=True
        )
        kertas.alinea(
            x0 + skala * b["pegawai"] + 1.5,
            y + 2.5,
            [f"{angka(b['jabatan'])} jabatan, {angka(b['opd'])} OPD"],
            9,
        )
    kertas.garis([((x0, 2), (x0, 2 + tinggi * len(atas)))], TINTA, 0.8)
    pertama = atas.iloc[0]
    judul = (
        f"Satu rumusan dipakai {angka(int(pertama['pegawai']))} dari {angka(pegawai)} pegawai "
        f"di {angka(int(pertama['opd']))} OPD"
    )
    rinci = "; ".join(
        f"{satu_baris(b['rumusan'])}: {angka(b['pegawai'])} orang, {angka(b['jabatan'])} jabatan, {angka(b['opd'])} OPD"
        for b in atas.to_dict("records")
    )
    return jadi_gambar(kertas, judul, f"Rumusan yang paling banyak dipakai bersama. {rinci}.", sumber)
