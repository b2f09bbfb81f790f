"""Pictures of reward and sanction: who is proposed for what, how years follow each other, what hangs on a step.

For a hall: few words, large, and the finding in the title with its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kinerja.data.skema import HUKUMAN, PREDIKAT
from kinerja.kertas import (
    AKSEN,
    LEBAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    bungkus_teks,
    gambar_kosong,
    jadi_gambar,
    lebar_teks,
    tulis_cacah,
    tulis_porsi,
)
from kinerja.tampil import AngkaKunci, Butir, Gambar, KolomTabel, Tabel
from kinerja.tulisan import KOSONG, angka, daftar, label, rupiah, tanggal
from kinerja.usulan import BELUM, JENIS, SUDAH, TANDA, USULAN, TindakLanjut

__all__ = [
    "angka_syarat",
    "angka_usulan",
    "gambar_hari",
    "gambar_kepekaan",
    "gambar_talenta",
    "gambar_usulan",
    "tabel_opd",
    "tabel_pertentangan",
    "tabel_taruhan",
    "tabel_tidak_diuji",
    "tabel_usulan",
]

_BIRU, _GELAP = "#8fb0d6", "#4a4f55"


def _sumber(h: TindakLanjut, apa: str = "") -> str:
    data = f" Data {h.sifat}." if h.sifat else ""
    return f"{apa}{' ' if apa else ''}{TANDA}. Per {tanggal(h.tanggal)}.{data}"


def angka_usulan(h: TindakLanjut) -> AngkaKunci:
    """People per kind of proposal, people without enough data, and contradictions."""
    u = h.usulan
    kini = u[u["keadaan"] == USULAN].groupby("jenis")["nip"].nunique()
    butir = [
        Butir(angka(int(kini.get(j, 0))), f"pegawai diusulkan {k}")
        for j, k in (("penghargaan", "penghargaan"), ("pembinaan", "pembinaan"), ("sanksi", "sanksi"))
    ]
    belum = u.loc[u["keadaan"] == BELUM, "nip"].nunique()
    return AngkaKunci(
        (
            *butir,
            Butir(angka(belum), "belum dapat diusulkan", "data atau aturannya kurang"),
            Butir(angka(h.pertentangan()["nip"].nunique()), "bertentangan", "diserahkan kepada pejabat"),
        )
    )


def angka_syarat(h: TindakLanjut, tahun: int) -> AngkaKunci:
    """What a changed condition does: rewarded people, people to coach until when, and the status of the lines."""
    u = h.usulan[h.usulan["keadaan"] == USULAN]
    suksesi, bina = u[u["kode"] == "suksesi"], u[u["kode"] == "masa_perbaikan"]
    akhir = bina["sampai"].max()
    sampai = f"bila dimulai hari ini, sampai {tanggal(akhir.date())}" if len(bina) and akhir == akhir else ""
    status = daftar(sorted(set(suksesi["status"]) | set(bina["status"]))) or KOSONG
    return AngkaKunci(
        (
            Butir(angka(len(suksesi)), "rencana suksesi", f"Sangat Baik {angka(tahun)} tahun berturut-turut"),
            Butir(angka(len(bina)), "masa perbaikan", sampai),
            Butir(status, "status terlemah pada barisnya"),
        )
    )


def gambar_usulan(h: TindakLanjut) -> Gambar:
    """Proposals by what they propose; dark proposed, hatched decided already, white not possible yet."""
    u = h.usulan
    judul = "Usulan tindak lanjut"
    if u.empty:
        return gambar_kosong(judul, "Tidak ada yang diusulkan.", _sumber(h))
    hitung = u.groupby(["jenis", "usul", "keadaan"]).size().unstack(fill_value=0)
    hitung = hitung.reindex(columns=[USULAN, SUDAH, BELUM], fill_value=0)
    kiri, penuh, langkah = 82.0, LEBAR - 124.0, 8.6
    paling = int(hitung.sum(axis=1).max())
    jenis = [j for j in JENIS if j in hitung.index.get_level_values(0)]
    kertas = Kertas(len(hitung) * langkah + len(jenis) * 8 + 12)
    y, kalimat = 1.0, []
    for j in jenis:
        kertas.garis([((0, y), (LEBAR, y))], PUDAR, 0.8)
        kertas.teks(0, y + 5.4, label(j), 12, tebal=True)
        y += 8
        bagian = hitung.loc[j]
        urut = bagian.assign(n=bagian.to_numpy().sum(axis=1)).sort_values("n", ascending=False, kind="stable")
        isi = zip(urut.index, *(urut[k].tolist() for k in (USULAN, SUDAH, BELUM)), strict=True)
        for usul, n, sudah, belum in isi:
            baris = bungkus_teks(str(usul), kiri - 4, 9.5, 2)
            kertas.alinea(kiri - 3, y + 3.4, baris, 9.5, rata="right")
            skala = penuh / paling
            kertas.isi([(kiri, y, n * skala, langkah - 2.4)], AKSEN)
            kertas.arsir([(kiri + n * skala, y, sudah * skala, langkah - 2.4)])
            kertas.isi(
                [(kiri + (n + sudah) * skala, y, belum * skala, langkah - 2.4)], "#ffffff", SEDANG, 0.9
            )
            sisa = [f"{tulis_cacah(b)} {k}" for b, k in ((sudah, "sudah"), (belum, "belum")) if b]
            teks = tulis_cacah(n) + (f" ({', '.join(sisa)})" if sisa else "")
            ujung = kiri + (n + sudah + belum) * skala + 1.5
            kertas.teks(ujung, y + 4.6, teks, 10, tebal=True)
            kalimat.append(f"{usul}: {teks}")
            y += langkah
    y += 4.5
    x = 0.0
    for kata, gaya in (("usulan", 0), ("sudah ada keputusan", 1), ("belum dapat diusulkan", 2)):
        kotak = [(x, y - 3.4, 4.6, 4.6)]
        if gaya == 1:
            kertas.arsir(kotak, 1.2)
        else:
            kertas.isi(kotak, AKSEN if gaya == 0 else "#ffffff", SEDANG, 0.8)
        kertas.teks(x + 6, y, kata, 10)
        x += 11 + lebar_teks(kata, 10)
    orang = u[u["keadaan"] == USULAN]
    harga = orang.loc[orang["jenis"] == "penghargaan", "nip"].nunique()
    sanksi = orang.loc[orang["jenis"] == "sanksi", "nip"].nunique()
    judul = (
        f"Dari {tulis_cacah(len(h.talenta))} pegawai, {tulis_cacah(harga)} diusulkan penghargaan dan "
        f"{tulis_cacah(sanksi)} sanksi; semuanya menunggu pejabat"
    )
    return jadi_gambar(kertas, judul, f"{'. '.join(kalimat)}.", _sumber(h))


def gambar_talenta(h: TindakLanjut) -> Gambar:
    """Two-year sequences: of the people at each predikat a year ago, where they stand now, per pair of years.

    Only people rated in both years. Shade by share of the row; the thick cell is the pair that a talent pool
    asks for.
    """
    tahun = [str(k) for k in h.talenta.columns if str(k).isdigit()]
    if len(tahun) < 2:
        return gambar_kosong("Riwayat predikat", "Perlu sekurangnya dua tahun penilaian.", _sumber(h))
    a, b = tahun[-2:]
    ada = h.talenta[(h.talenta[a] != "") & (h.talenta[b] != "")]
    if ada.empty:
        return gambar_kosong("Riwayat predikat", f"Tidak ada yang dinilai pada {a} dan {b}.", _sumber(h))
    silang = pd.crosstab(ada[a], ada[b]).reindex(index=list(PREDIKAT), columns=list(PREDIKAT), fill_value=0)
    sel = silang.to_numpy(dtype=np.int64)
    kiri, atas, lebar, tinggi = 36.0, 16.0, (LEBAR - 37) / 5, 15.0
    kertas = Kertas(atas + 5 * tinggi + 2)
    kertas.teks(kiri, 5, f"Predikat {b} →", 11, tebal=True)
    kertas.teks(0, atas - 2.5, f"{a} ↓", 11, tebal=True)
    for j, p in enumerate(PREDIKAT):
        baris = bungkus_teks(label(p), lebar - 2, 9.5, 2)
        kertas.alinea(kiri + (j + 0.5) * lebar, atas - 5, baris, 9.5, rata="center", tebal=True)
    for i, p in enumerate(PREDIKAT):
        y, orang = atas + i * tinggi, int(sel[i].sum())
        kertas.alinea(
            kiri - 3,
            y + tinggi / 2 - 2,
            bungkus_teks(label(p), kiri - 5, 9.5, 1),
            9.5,
            rata="right",
            tebal=True,
        )
        kertas.alinea(kiri - 3, y + tinggi / 2 + 3, [f"{tulis_cacah(orang)} orang"], 9, rata="right")
        for j in range(5):
            n = int(sel[i, j])
            porsi = n / orang if orang else 0.0
            muka = AKSEN if porsi >= 0.5 else _BIRU if porsi >= 0.15 else "#eef0f2" if n else "#ffffff"
            tinta = "#ffffff" if porsi >= 0.5 else TINTA if n else PUDAR
            x = kiri + j * lebar
            kertas.isi([(x, y, lebar, tinggi)], muka, SEDANG, 0.5)
            kertas.teks(x + lebar / 2, y + 6.8, tulis_cacah(n), 14, rata="center", tebal=True, warna=tinta)
            if n:
                kertas.teks(x + lebar / 2, y + 12, tulis_porsi(n, orang), 9.5, rata="center", warna=tinta)
    kertas.isi([(kiri, atas, lebar, tinggi)], "none", TINTA, 2.6)
    dua, dulu = int(sel[0, 0]), int(sel[0].sum())
    judul = (
        f"{tulis_cacah(dua)} dari {tulis_cacah(dulu)} pegawai Sangat Baik {a} tetap Sangat Baik {b}"
        f" ({tulis_porsi(dua, dulu)})"
    )
    kalimat = (
        f"{label(p)}: {daftar(f'{label(q)} {n}' for q, n in zip(PREDIKAT, isi, strict=True) if n)}."
        for p, isi in zip(PREDIKAT, sel.tolist(), strict=True)
        if any(isi)
    )
    alt = f"Predikat {a} (baris) menjadi predikat {b} (kolom). {' '.join(kalimat)}"
    return jadi_gambar(kertas, judul, alt, _sumber(h, "Kotak tebal: dua tahun Sangat Baik berturut-turut."))


def gambar_hari(h: TindakLanjut, batas: Sequence[int]) -> Gambar:
    """People by days absent in the year, from one day on; thick lines where another sanction begins.

    batas: first day of each step, e.g. 3, 4, 7, 11.
    """
    hari = h.talenta["alpa"].dropna().astype("int64")
    judul = "Hari tidak masuk"
    if not len(hari) or not hari.max():
        return gambar_kosong(judul, "Tidak ada hari tidak masuk yang tercatat.", _sumber(h))
    ujung = max(30, int(hari.max()))
    hitung = dict(enumerate(np.bincount(hari, minlength=ujung + 1)[1:].tolist(), 1))
    kiri, penuh, tinggi, atas = 2.0, LEBAR - 4.0, 46.0, 12.0
    lebar = penuh / ujung
    kertas = Kertas(atas + tinggi + 15)
    dasar = atas + tinggi
    tepi = {b - 1 for b in batas} | set(batas)
    puncak = max(n for d, n in hitung.items() if d >= min(batas)) or 1
    kotak: dict[str, list[tuple[float, float, float, float]]] = {AKSEN: [], PUDAR: []}
    for d, n in hitung.items():
        if not n:
            continue
        t = min(tinggi, tinggi * n / (puncak * 1.25))
        x = kiri + (d - 1) * lebar
        kotak[AKSEN if d in tepi else PUDAR].append((x + 0.5, dasar - t, lebar - 1, t))
        kertas.teks(x + lebar / 2, dasar - t - 1.2, tulis_cacah(n), 9, rata="center", tebal=True)
    for warna, isi in kotak.items():
        kertas.isi(isi, warna)
    kertas.garis([((kiri, dasar), (kiri + penuh, dasar))], TINTA, 1.2)
    for b in batas:
        if b <= ujung:
            x = kiri + (b - 1) * lebar
            kertas.garis([((x, atas - 8), (x, dasar + 2))], TINTA, 1.4, "--")
            kertas.teks(x + lebar / 2, dasar + 6.2, str(b), 11, rata="center", tebal=True)
    kertas.teks(
        kiri + penuh / 2,
        dasar + 12.5,
        "Hari tidak masuk setahun; garis = mulai hukuman berikutnya",
        11,
        rata="center",
    )
    di_tepi = int(hari.isin(tepi).sum())
    kena = int((hari >= min(batas)).sum())
    judul = (
        f"{tulis_cacah(di_tepi)} pegawai berdiri satu hari dari hukuman yang lain; "
        f"{tulis_cacah(kena)} sudah melewati batas pertama"
    )
    alt = f"{judul}. " + daftar(f"{d} hari: {n} pegawai" for d, n in hitung.items() if n) + "."
    return jadi_gambar(
        kertas, judul, alt, _sumber(h, "Gelap: satu hari dari garis. Batang tertinggi dipotong.")
    )


def gambar_kepekaan(k: pd.DataFrame, sumber: str = "") -> Gambar:
    """What one day or one step moves: proposals lost to the left, new or other ones to the right.

    k: of `usulan.kepekaan`. Each person is moved alone.
    """
    baris = [
        (b["geseran"], b["jenis"], int(b["kini"]), int(b["hilang"]), int(b["bertambah"] + b["berganti"]))
        for b in k.to_dict("records")
        if b["hilang"] or b["bertambah"] or b["berganti"]
    ]
    judul = "Kepekaan usulan"
    if not baris:
        return gambar_kosong(judul, "Tidak ada usulan yang berpindah.", sumber)
    tengah, setengah, langkah = 103.0, 46.0, 11.0
    paling = max(max(a, b) for *_, a, b in baris)
    skala = (setengah - 14) / paling
    kertas = Kertas(9 + len(baris) * langkah + 2)
    kertas.teks(tengah - 2, 5, "usulan hilang", 11, rata="right", tebal=True)
    kertas.teks(tengah + 2, 5, "usulan baru atau berganti", 11, tebal=True)
    y = 9.0
    for geseran, jenis, _, hilang, tambah in baris:
        kertas.garis([((0, y), (LEBAR, y))], PUDAR, 0.6)
        teks = bungkus_teks(geseran, 56, 9.5, 1)
        kertas.teks(0, y + 4.6, teks[0], 9.5, tebal=True)
        kertas.teks(0, y + 9.0, jenis, 9.5, warna=SEDANG)
        kertas.isi([(tengah - hilang * skala, y + 2, hilang * skala, langkah - 4)], _GELAP)
        kertas.isi([(tengah, y + 2, tambah * skala, langkah - 4)], _BIRU, AKSEN, 0.8)
        if hilang:
            kertas.teks(
                tengah - hilang * skala - 1.5, y + 7.2, tulis_cacah(hilang), 11, rata="right", tebal=True
            )
        if tambah:
            kertas.teks(tengah + tambah * skala + 1.5, y + 7.2, tulis_cacah(tambah), 11, tebal=True)
        y += langkah
    kertas.garis([((tengah, 9), (tengah, y))], TINTA, 1.2)
    hari = [b for b in baris if b[1] == "sanksi"]
    turun = [b for b in baris if b[1] == "penghargaan" and b[3]]
    kata = []
    if hari:
        pindah = hari[0][3] + hari[0][4]
        kata.append(f"{tulis_cacah(pindah)} dari {tulis_cacah(hari[0][2])} sanksi bergantung pada satu hari")
    if turun:
        kata.append(
            f"{tulis_cacah(turun[0][3])} dari {tulis_cacah(turun[0][2])} penghargaan pada satu tingkat rating"
        )
    judul = "; ".join(kata) or judul
    alt = " ".join(f"{g} ({j}): {a} hilang, {b} baru atau berganti." for g, j, _, a, b in baris)
    return jadi_gambar(
        kertas,
        judul,
        alt,
        sumber or f"Setiap pegawai digeser sendirian, satu hari atau satu tingkat rating. {TANDA}.",
    )


# --- tables ------------------------------------------------------------------------------------


def tabel_usulan(h: TindakLanjut, jenis: str = "", opd: str = "", paling: int = 8) -> Tabel:
    """Lines of one kind, for one agency or all: sanctions first those that cut deepest."""
    u = h.usulan
    u = u[(u["jenis"] == jenis) | (jenis == "")]
    u = u[(u["opd"] == opd) | (opd == "")]
    berat = {k: i for i, k in enumerate(HUKUMAN)}
    u = u.assign(
        a=u["keadaan"].map({USULAN: 0, SUDAH: 1, BELUM: 2}),
        b=-u["kode"].map(berat).astype("float64").fillna(-1),
    ).sort_values(["a", "b", "opd", "nip"], kind="stable")
    kolom = (
        KolomTabel("Pegawai", lebar=1.5),
        KolomTabel("Usul", lebar=1.7),
        KolomTabel("Data yang memicu", lebar=2.2),
        KolomTabel("Aturan, pasal, status", lebar=1.8),
        KolomTabel("Yang belum ada", lebar=2.0),
    )
    isi = u.head(paling).to_dict("records")
    baris = tuple(
        (
            f"{b['nama']}\n{b['opd']}",
            b["usul"] if b["keadaan"] == USULAN else f"{b['usul']}\n({b['keadaan']})",
            b["data"] + (f"\nBelum dapat diusulkan karena {b['alasan']}" if b["alasan"] else ""),
            f"{b['aturan']}, {b['pasal']}\n{b['status_pasal']}"
            + (f"; terlemah {b['status']}" if b["status"] != b["status_pasal"] else ""),
            "\n".join(x for x in (b["pertentangan"], b["belum_ada"]) if x),
        )
        for b in isi
    )
    sisa = len(u) - len(baris)
    return Tabel(
        kolom,
        baris,
        f"Usulan{f' {jenis}' if jenis else ''}: {angka(min(paling, len(u)))} dari {angka(len(u))} baris",
        f"{TANDA}." + (f" {angka(sisa)} baris lain ada di berkas XLSX." if sisa > 0 else ""),
        kelas_baris=tuple("peringatan" if b["pertentangan"] else "" for b in isi),
    )


def tabel_pertentangan(h: TindakLanjut, paling: int = 8) -> Tabel:
    """One row one person in whom reward and sanction meet, both sides beside each other."""
    t = h.pertentangan()
    baik = t["jenis"].isin(["penghargaan", "pengembangan"])
    kolom = [
        KolomTabel("Pegawai", lebar=1.5),
        KolomTabel("Penghargaan atau pengembangan", lebar=2.4),
        KolomTabel("Sanksi atau pembinaan", lebar=2.4),
    ]
    kiri = t[baik].groupby("nip", sort=False)["usul"].agg("\n".join)
    kanan = t[baik].groupby("nip", sort=False)["pertentangan"].first().str.removeprefix("Bertemu dengan: ")
    siapa = t.drop_duplicates("nip").set_index("nip")
    # people with a real reward first: a due rise in rank is less of a contradiction
    ada = t[t["jenis"] == "penghargaan"]["nip"].unique()
    urut = [*[n for n in kiri.index if n in set(ada)], *[n for n in kiri.index if n not in set(ada)]]
    baris = tuple(
        (f"{siapa.loc[n, 'nama']}\n{siapa.loc[n, 'opd']}", str(kiri[n]), str(kanan[n]).replace("; ", "\n"))
        for n in urut[:paling]
    )
    return Tabel(
        tuple(kolom),
        baris,
        f"Bertentangan: {angka(len(baris))} dari {angka(len(kiri))} pegawai",
        "Aturan yang mendahulukan salah satunya belum ditetapkan; pejabat yang memutuskan.",
    )


def tabel_opd(h: TindakLanjut, paling: int = 12) -> Tabel:
    """Agencies by number of sanction and coaching proposals."""
    t = h.opd.assign(berat=h.opd["sanksi"] + h.opd["pembinaan"])
    t = t.sort_values(["berat", "opd"], ascending=[False, True], kind="stable").head(paling)
    kepala = ("penghargaan", "pengembangan", "pembinaan", "sanksi", "belum_dapat_diusulkan", "pertentangan")
    kolom = (
        KolomTabel("OPD", lebar=3),
        KolomTabel("Pegawai", "kanan"),
        *(KolomTabel(label(k), "kanan", 1.4) for k in kepala),
    )
    baris = tuple(
        (str(b["nama"] or b["opd"]), angka(int(b["pegawai"])), *(angka(int(b[k])) for k in kepala))
        for b in t.to_dict("records")
    )
    return Tabel(
        kolom, baris, "Usulan per OPD", f"{TANDA}. Empat kolom pertama usulan, dua terakhir pegawai."
    )


def tabel_taruhan(t: pd.DataFrame) -> Tabel:
    """What proposed pay cuts would take: of `usulan.taruhan`, per kind of cut."""
    tahu = t.dropna(subset=["rupiah"])
    kelompok = [(str(u), isi["rupiah"].astype("int64")) for u, isi in tahu.groupby("usul")]
    baris = tuple((u, angka(len(isi)), rupiah(int(isi.sum())), rupiah(int(isi.max()))) for u, isi in kelompok)
    kolom = (
        KolomTabel("Potongan", lebar=3),
        KolomTabel("Pegawai", "kanan"),
        KolomTabel("Jumlah", "kanan", 1.4),
        KolomTabel("Paling besar untuk satu orang", "kanan", 1.6),
    )
    paling = rupiah(int(tahu["rupiah"].max())) if len(tahu) else KOSONG
    semua = ("Jumlah", angka(len(tahu)), rupiah(int(tahu["rupiah"].sum())), paling)
    tanpa = len(t) - len(tahu)
    catatan = f"{angka(tanpa)} pegawai lain tidak terhitung: besarannya belum ditetapkan." if tanpa else ""
    return Tabel(kolom, baris, "Yang dipertaruhkan bila usulan itu salah", catatan, jumlah=semua)


def tabel_tidak_diuji(h: TindakLanjut) -> Tabel:
    """Rules that could not be tried, and why."""
    kolom = (
        KolomTabel("Hal", lebar=2),
        KolomTabel("Aturan", lebar=2.2),
        KolomTabel("Status", lebar=1.2),
        KolomTabel("Sebab", lebar=2.6),
    )
    baris = tuple(
        (str(b["hal"]), f"{b['aturan']}, {b['pasal']}", str(b["status"]), str(b["sebab"]))
        for b in h.tidak_diuji.to_dict("records")
    )
    return Tabel(kolom, baris, "Yang tidak dapat diuji")
