"""The parts of a report: each function takes a slice and returns one block to show.

Chapters follow the usual LKjIP order; the predikat recap and the pay list are its companions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from kinerja import gambar, tulisan
from kinerja.data.skema import JENIS_JABATAN, PREDIKAT, RATING
from kinerja.laporan.isi import Irisan, tiap_baris
from kinerja.tampil import (
    AngkaKunci,
    Butir,
    Catatan,
    Gambar,
    Judul,
    KolomTabel,
    Kop,
    Paragraf,
    Pihak,
    Tabel,
    TandaTangan,
)
from kinerja.tulisan import KOSONG, angka, label, persen

_TITIK_TANGGAL = "." * 24
BEDA_LEBAR = 10  # points between individuals and organisation from which the note warns; our choice


# -- opening --------------------------------------------------------------------------------------


def kop(x: Irisan) -> Kop:
    """Letterhead, title, and the notice and footer of every page."""
    m = x.meta
    return Kop(
        baris=tuple(m["kop"]),
        nama_opd=m["nama"] if m.get("kode") else "",
        judul=m["judul"],
        subjudul=m["periode_teks"],
        kaki=m["kaki"],
        tanda=m["tanda"],
        logo=m["logo"],
    )


def ringkasan_opd(x: Irisan) -> AngkaKunci:
    """Five numbers of one OPD."""
    p = x.tabel["pegawai"]
    lepas = int((~p["tergantung"]).sum())
    dinilai = int(p["predikat"].notna().sum())
    baik = int(p["predikat"].isin(["sangat_baik", "baik"]).sum())
    return AngkaKunci(
        (
            Butir(persen(x.meta["capaian"], 1), "Rata-rata capaian IKU", _hitung_iku(x.tabel["iku"])),
            Butir(label(x.meta["predikat_organisasi"] or None), "Predikat organisasi", "ditetapkan pimpinan"),
            Butir(
                angka(lepas),
                "Pegawai tanpa target selaras",
                f"dari {angka(len(p))} pegawai",
            ),
            Butir(
                persen(100 * baik / dinilai, 1) if dinilai else KOSONG,
                "Pegawai Baik atau lebih",
                f"{angka(baik)} dari {angka(dinilai)} yang dinilai",
            ),
            _butir_tpp(x, p),
        )
    )


def ringkasan_pemda(x: Irisan) -> AngkaKunci:
    """Five numbers of the whole government."""
    o, iku = x.tabel["opd"], x.tabel["iku"]
    dinilai = int(o["dinilai"].sum())
    baik = int(o[["sangat_baik", "baik"]].to_numpy().sum())
    return AngkaKunci(
        (
            Butir(_hitung_iku(iku), "Indikator pemerintah daerah", f"{angka(len(iku))} indikator"),
            Butir(angka(len(o)), "Perangkat daerah", f"{angka(int(o['pegawai'].sum()))} pegawai"),
            Butir(angka(int(o["lepas"].sum())), "Pegawai tanpa target selaras", "seluruh perangkat daerah"),
            Butir(
                persen(100 * baik / dinilai, 1) if dinilai else KOSONG,
                "Pegawai Baik atau lebih",
                f"{angka(baik)} dari {angka(dinilai)} yang dinilai",
            ),
            _butir_tpp(x, o),
        )
    )


def _butir_tpp(x: Irisan, t: pd.DataFrame) -> Butir:
    dibayar = _jumlah(t["tpp"])
    besaran = _jumlah(t.loc[t["tpp"].notna(), "besaran_tpp"])
    if dibayar is None or not besaran:
        return Butir(uang_ringkas(dibayar), "TPP dibayar", "belum dapat dihitung")
    bagian = f"{persen(Fraction(100 * dibayar, besaran), 1)} dari besaran"
    m = x.meta
    sebagian = f", {angka(m['bulan_terisi'])} dari {angka(m['bulan'])} bulan"
    return Butir(
        uang_ringkas(dibayar), "TPP dibayar", bagian + (sebagian if m["bulan_terisi"] < m["bulan"] else "")
    )


def uang_ringkas(x: int | None) -> str:
    """'Rp4,21 miliar' for a headline; exact rupiah stay in the tables; '–' for an unknown sum.

    >>> uang_ringkas(4_205_000_000), uang_ringkas(999_999_999), uang_ringkas(0), uang_ringkas(None)
    ('Rp4,21 miliar', 'Rp1,00 miliar', 'Rp0', '–')
    """
    if x is None:
        return KOSONG
    for batas, nama in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")):
        if abs(x) >= batas - batas // 200_000:  # from here two decimals round up to 1,00
            return f"Rp{angka(Fraction(x, batas), 2)} {nama}"
    return tulisan.rupiah(x)


def _hitung_iku(iku: pd.DataFrame) -> str:
    ada = int(iku["capaian"].notna().sum())
    tercapai = int(iku["tercapai"].fillna(False).sum())
    return f"{angka(tercapai)} dari {angka(ada)} tercapai" if ada else "belum ada realisasi"


def kuadran(x: Irisan) -> Gambar:
    """The summary picture: ratings of results against ratings of behaviour."""
    jumlah = (
        x.tabel["kuadran"].set_index("rating_hasil")
        if "kuadran" in x.tabel
        else pd.crosstab(x.tabel["pegawai"]["rating_hasil"], x.tabel["pegawai"]["rating_perilaku"])
    )
    jumlah = jumlah.reindex(index=list(reversed(RATING)), columns=list(RATING), fill_value=0).astype("int64")
    predikat = pd.DataFrame(x.meta["kuadran"]).T.reindex(index=jumlah.index, columns=jumlah.columns)
    return gambar.gambar_kuadran(jumlah, predikat)


def ikhtisar_opd(x: Irisan) -> Paragraf:
    """The executive summary in words, from the same numbers."""
    p, iku = x.tabel["pegawai"], x.tabel["iku"]
    kalimat = []
    if iku["capaian"].notna().any():
        urut = iku.dropna(subset=["capaian"]).sort_values("capaian")
        rendah, tinggi = urut.iloc[0], urut.iloc[-1]
        kalimat.append(
            f"Dari {angka(len(iku))} indikator kinerja utama, {_hitung_iku(iku)}. Capaian tertinggi "
            f"{persen(tinggi['capaian'], 2)} pada {tinggi['indikator']}; terendah "
            f"{persen(rendah['capaian'], 2)} pada {rendah['indikator']}."
        )
    else:
        kalimat.append("Belum ada indikator kinerja utama yang realisasinya dapat dinilai.")
    hilang_k, hilang_d = _jumlah(p["potongan_kinerja"]), _jumlah(p["potongan_disiplin"])
    kalimat.append(
        "TPP belum dapat dihitung."
        if hilang_k is None or hilang_d is None
        else f"TPP berkurang {tulisan.rupiah(hilang_k)} karena kinerja dan {tulisan.rupiah(hilang_d)} karena disiplin."
    )
    lepas = int((~p["tergantung"]).sum())
    if p.empty:
        kalimat.append("Buku kerja tidak memuat pegawai perangkat daerah ini.")
    elif lepas:
        kalimat.append(
            f"{angka(lepas)} pegawai belum memiliki rencana hasil kerja yang terhubung sampai puncak pohon kinerja."
        )
    else:
        kalimat.append(
            "Seluruh pegawai memiliki rencana hasil kerja yang terhubung sampai puncak pohon kinerja."
        )
    return Paragraf(" ".join(kalimat))


def dasar_waktu(x: Irisan) -> Catatan:
    """Which snapshot of the rules was used, and why."""
    m = x.meta
    teks = f"Aturan yang dipakai adalah yang berlaku pada {m['tanggal_kebijakan']}."
    nada = "asumsi" if m["alasan_tanggal"] else "info"
    return Catatan(f"{teks} {m['alasan_tanggal']}".strip(), nada)  # type: ignore[arg-type]


# -- BAB I and II ---------------------------------------------------------------------------------


def sumber_daya(x: Irisan) -> Tabel:
    """Employees by kind of post and status."""
    p = x.tabel["pegawai"]
    t = pd.crosstab(p["jenis_jabatan"], p["status"]).reindex(
        index=list(JENIS_JABATAN), columns=["pns", "cpns", "pppk"], fill_value=0
    )
    t = t[t.sum(axis=1) > 0]
    baris = tuple(
        (label(j), *(angka(int(v)) for v in r), angka(int(r.sum())))
        for j, r in zip(t.index, t.to_numpy(), strict=True)
    )
    return Tabel(
        (
            KolomTabel("Jenis jabatan", lebar=3),
            *(KolomTabel(s, "kanan") for s in ("PNS", "CPNS", "PPPK", "Jumlah")),
        ),
        baris,
        judul="Pegawai menurut jenis jabatan dan status",
        jumlah=("Jumlah", *(angka(int(v)) for v in t.sum()), angka(len(p))),
    )


def perjanjian(x: Irisan) -> Tabel:
    """Indicators and targets as agreed."""
    iku = x.tabel["iku"]
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Sasaran", lebar=3),
            KolomTabel("Indikator kinerja utama", lebar=3.5),
            KolomTabel("Satuan", lebar=1.2),
            KolomTabel("Target", "kanan", 1.1),
        ),
        tuple(
            (str(i), _teks(r.sasaran), r.indikator, r.satuan, _target(r))
            for i, r in enumerate(tiap_baris(iku), 1)
        ),
        judul="Indikator kinerja utama dan target",
    )


def kaskade(x: Irisan) -> Gambar:
    """The cascade of the OPD and the employees that hang on it."""
    lepas = int((~x.tabel["pegawai"]["tergantung"]).sum())
    return gambar.gambar_kaskade(x.tabel["simpul"], lepas)


def kaskade_teks(x: Irisan) -> Paragraf:
    """How many employees hang on the tree, in words."""
    p = x.tabel["pegawai"]
    n, lepas = len(p), int((~p["tergantung"]).sum())
    if not n:
        return Paragraf("Buku kerja tidak memuat pegawai perangkat daerah ini.")
    return Paragraf(
        f"{angka(n - lepas)} dari {angka(n)} pegawai memiliki sedikitnya satu rencana hasil kerja yang "
        f"terhubung, lewat atasan atau langsung, sampai visi. {angka(lepas)} pegawai belum."
    )


def kaskade_temuan(x: Irisan) -> Tabel | Catatan:
    """What is wrong with the tree, one row one rule, with an example and the remedy."""
    t = x.tabel["temuan_kaskade"]
    if t.empty:
        return Catatan("Pemeriksaan kaskade tidak menemukan kekurangan.")
    return Tabel(
        (
            KolomTabel("Temuan", lebar=2.4),
            KolomTabel("Jumlah", "kanan", 0.9),
            KolomTabel("Contoh", lebar=3),
            KolomTabel("Perbaikan", lebar=2.8),
            KolomTabel("Dasar", lebar=2.2),
        ),
        tuple(
            (r.aturan, angka(int(r.jumlah)), r.contoh, r.saran, f"{r.dasar} [{r.status}]")
            for r in tiap_baris(t)
        ),
        judul="Temuan pemeriksaan kaskade",
        kelas_baris=tuple("peringatan" if k == "galat" else "" for k in t["keparahan"]),
    )


def kaskade_selisih(x: Irisan) -> Catatan:
    """The individuals' achievement rolled up, beside the organisation's own indicators."""
    individu, iku = x.meta["individu"], x.meta["capaian"]
    if individu is None or iku is None:
        return Catatan("Capaian individu dan capaian IKU belum dapat disandingkan: salah satunya belum ada.")
    beda = round(individu - iku, 1)
    arah = "sama dengan" if beda == 0 else f"{angka(abs(beda), 1)} poin di {'atas' if beda > 0 else 'bawah'}"
    return Catatan(
        f"Rata-rata capaian individu {persen(individu, 1)}, rata-rata capaian IKU {persen(iku, 1)}: individu {arah} "
        "organisasinya. Selisih yang lebar berarti target individu belum mengukur hasil organisasi.",
        "peringatan" if abs(beda) >= BEDA_LEBAR else "info",
    )


def mutu_iki_teks(x: Irisan) -> Paragraf:
    """How many IKI are weak in wording, in words."""
    t = x.tabel["iki_jenis"]
    n, lemah, salinan = (int(t[k].sum()) for k in ("iki", "lemah", "salinan"))
    if not n:
        return Paragraf("Buku kerja tidak memuat indikator kinerja individu.")
    kalimat = [
        f"Dari {angka(n)} indikator kinerja individu, {angka(lemah)} ({persen(Fraction(100 * lemah, n), 1)}) "
        "perlu diperbaiki rumusan atau kelengkapannya."
    ]
    if salinan:
        kalimat.append(
            f"{angka(salinan)} indikator memakai rumusan yang sama atau hampir sama pada banyak pegawai; "
            "periksa apakah peran mereka memang sama."
        )
    kalimat.append("Pemeriksaan ini membaca kata dan angka; kelayakan akhirnya ditetapkan atasan.")
    return Paragraf(" ".join(kalimat))


def mutu_iki(x: Irisan) -> Tabel | Catatan:
    """Findings on the IKI per rule."""
    t = x.tabel["iki_kode"]
    if t.empty:
        return Catatan("Pemeriksaan rumusan IKI tidak menemukan kekurangan.")
    return Tabel(
        (
            KolomTabel("Kode", "tengah", 0.7),
            KolomTabel("Temuan", lebar=4),
            KolomTabel("Bobot temuan", lebar=1.4),
            KolomTabel("Banyaknya", "kanan", 1.2),
        ),
        tuple((r.kode, r.nama, label(r.keparahan), angka(int(r.jumlah))) for r in tiap_baris(t)),
        judul="Temuan pada rumusan IKI",
        catatan="Satu indikator dapat mempunyai beberapa temuan. Aturan pemeriksaan berstatus tafsir.",
        kelas_baris=tuple("peringatan" if k == "galat" else "" for k in t["keparahan"]),
    )


def mutu_iki_contoh(x: Irisan) -> Tabel | Catatan:
    """Weak phrases with the reason and a way to write them."""
    t = x.tabel["iki_contoh"]
    if t.empty:
        return Catatan("Tidak ada rumusan lemah untuk dicontohkan.")
    return Tabel(
        (
            KolomTabel("Rumusan", lebar=2.6),
            KolomTabel("Jabatan", lebar=1.2),
            KolomTabel("Mengapa lemah", lebar=3),
            KolomTabel("Saran", lebar=3.2),
            KolomTabel("IKI", "kanan", 0.7),
        ),
        tuple(
            (r.indikator, label(r.jenis_jabatan), f"{r.kode}. {r.pesan}", r.saran, angka(int(r.jumlah)))
            for r in tiap_baris(t)
        ),
        judul="Rumusan yang perlu diperbaiki lebih dahulu",
    )


# -- BAB III --------------------------------------------------------------------------------------


def capaian(x: Irisan) -> Gambar:
    """Capaian of each indicator."""
    return gambar.gambar_capaian(x.tabel["iku"])


def target_realisasi(x: Irisan) -> Tabel:
    """Target, realisation and capaian with the formula named and the status of the sources."""
    iku = x.tabel["iku"]
    catatan = [f"{i}. {r.catatan}" for i, r in enumerate(tiap_baris(iku), 1) if isinstance(r.catatan, str)]
    batas = x.meta["batas_capaian"]
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Indikator", lebar=3),
            KolomTabel("Satuan", lebar=1.2),
            KolomTabel("Target", "kanan", 1.1),
            KolomTabel("Realisasi", "kanan", 1.2),
            KolomTabel("Capaian", "kanan", 1.2),
            KolomTabel("Rumus", lebar=1.8),
            KolomTabel("Status angka", lebar=1.5),
        ),
        tuple(
            (
                str(i),
                r.indikator,
                r.satuan,
                _target(r),
                angka(r.realisasi) if pd.notna(r.realisasi) else "belum ada",
                persen(r.capaian, 2) if pd.notna(r.capaian) else r.alasan,
                r.rumus_teks,
                _status(r),
            )
            for i, r in enumerate(tiap_baris(iku), 1)
        ),
        judul="Target, realisasi, dan capaian",
        catatan="\n".join([batas, *catatan]),
        kelas_baris=tuple("peringatan" if r is False else "" for r in _tercapai(iku)),
    )


def _tercapai(iku: pd.DataFrame) -> Sequence[bool | None]:
    return [None if pd.isna(v) else bool(v) for v in iku["tercapai"]]


def _status(r: Any) -> str:
    target, realisasi = _teks(r.status_target), _teks(r.status_realisasi)
    if KOSONG in (target, realisasi) or target == realisasi:
        return target if target != KOSONG else realisasi
    return f"T {target}; R {realisasi}"


def riwayat(x: Irisan) -> Tabel | Catatan:
    """Realisations of earlier years, as far as they are known."""
    iku = x.tabel["iku"]
    tahun = sorted(c for c in iku.columns if c.startswith("realisasi_"))
    if not tahun:
        return Catatan("Buku kerja tidak memuat realisasi tahun-tahun sebelumnya.")
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Indikator", lebar=3.5),
            KolomTabel("Satuan", lebar=1.2),
            *(KolomTabel(t.removeprefix("realisasi_"), "kanan") for t in tahun),
            KolomTabel(x.meta["periode"][:4], "kanan"),
        ),
        tuple(
            (
                str(i),
                r["indikator"],
                r["satuan"],
                *(angka(_ada(r[t])) for t in tahun),
                angka(_ada(r["realisasi"])),
            )
            for i, (_, r) in enumerate(iku.iterrows(), 1)
        ),
        judul="Realisasi dibandingkan dengan tahun-tahun sebelumnya",
        catatan=f"{KOSONG} berarti belum diketahui, bukan nol.",
    )


def jangka_menengah(x: Irisan) -> Tabel | Catatan:
    """Position against the final target of the medium-term plan and the national figure."""
    iku = x.tabel["iku"]
    if not iku[["target_akhir", "pembanding_nasional"]].notna().any(axis=None):
        return Catatan("Buku kerja tidak memuat target akhir jangka menengah dan angka nasional.")
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Indikator", lebar=3.5),
            KolomTabel("Satuan", lebar=1.2),
            KolomTabel("Realisasi", "kanan"),
            KolomTabel("Target akhir", "kanan"),
            KolomTabel("Nasional", "kanan"),
        ),
        tuple(
            (
                str(i),
                r.indikator,
                r.satuan,
                angka(_ada(r.realisasi)),
                angka(_ada(r.target_akhir)),
                angka(_ada(r.pembanding_nasional)),
            )
            for i, r in enumerate(tiap_baris(iku), 1)
        ),
        judul="Realisasi terhadap target jangka menengah dan angka nasional",
        catatan=f"{KOSONG} berarti belum diketahui, bukan nol.",
    )


def sebab(x: Irisan) -> Tabel | Catatan:
    """Causes and follow-up, as the OPD wrote them; unmet indicators without a cause are named."""
    iku = x.tabel["iku"]
    perlu = iku[iku["sebab"].notna() | iku["tindak_lanjut"].notna() | ~iku["tercapai"].fillna(True)]
    if perlu.empty and not iku["capaian"].notna().any():
        return Catatan("Belum ada indikator yang dapat dinilai dan tidak ada uraian sebab dari OPD.")
    if perlu.empty:
        return Catatan("Semua indikator yang dapat dinilai mencapai target; tidak ada uraian sebab dari OPD.")
    return Tabel(
        (
            KolomTabel("Indikator", lebar=2.5),
            KolomTabel("Capaian", "kanan", 1),
            KolomTabel("Penyebab", lebar=3),
            KolomTabel("Tindak lanjut", lebar=3),
        ),
        tuple(
            (
                r.indikator,
                persen(_ada(r.capaian), 2),
                r.sebab if isinstance(r.sebab, str) else "belum diisi OPD",
                r.tindak_lanjut if isinstance(r.tindak_lanjut, str) else "belum diisi OPD",
            )
            for r in tiap_baris(perlu)
        ),
        judul="Penyebab keberhasilan atau kegagalan dan tindak lanjut",
    )


def mutu_opd(x: Irisan) -> Tabel:
    """Quality of IKI and cascade per OPD, the most urgent first."""
    o = x.tabel["opd"]
    lemah = (100 * o["iki_lemah"] / o["iki"]).where(o["iki"] > 0)
    o = o.assign(persen_lemah=lemah).sort_values(["lepas", "persen_lemah"], ascending=False, kind="stable")
    return Tabel(
        (
            KolomTabel("Perangkat daerah", lebar=3),
            KolomTabel("Pegawai tanpa target selaras", "kanan", 1.3),
            KolomTabel("Temuan kaskade", "kanan", 1.1),
            KolomTabel("IKI", "kanan", 0.9),
            KolomTabel("IKI lemah", "kanan", 1),
            KolomTabel("Individu", "kanan", 1, "Capaian"),
            KolomTabel("IKU", "kanan", 1, "Capaian"),
            KolomTabel("Selisih (poin)", "kanan", 1.1),
        ),
        tuple(
            (
                r.nama,
                angka(int(r.lepas)),
                angka(int(r.temuan_kaskade)),
                angka(int(r.iki)),
                persen(_ada(r.persen_lemah), 1),
                persen(_ada(r.individu), 1),
                persen(_ada(r.capaian), 1),
                angka(_ada(r.selisih), 1),
            )
            for r in tiap_baris(o)
        ),
        judul="Mutu IKI dan kaskade menurut perangkat daerah",
        catatan="Urut dari pegawai tanpa target selaras terbanyak. Selisih = capaian individu dikurangi capaian IKU.",
    )


def tanpa_anggaran(_: Irisan) -> Catatan:
    """Why two usual sub-chapters are missing."""
    return Catatan(
        "Subbab efisiensi sumber daya dan realisasi anggaran tidak disusun karena buku kerja tidak memuat data anggaran."
    )


# -- people ---------------------------------------------------------------------------------------


def predikat(x: Irisan) -> Gambar:
    """Predikat counts against the pattern."""
    return gambar.gambar_predikat(x.tabel["rentang"])


def pola(x: Irisan) -> Tabel | Catatan:
    """Each rule of the distribution pattern: met, not met, or impossible for so few people."""
    t = x.tabel["pola"]
    if t.empty:
        return Catatan(
            "Pola distribusi tidak diperiksa: belum ada pegawai yang dinilai, predikat organisasi belum ditetapkan, "
            "atau SE MenPANRB 3/2023 belum berlaku pada tanggal aturan."
        )
    if not t["mungkin"].all():
        n = int(t["pegawai"].iloc[0])
        pesan = (
            f"Dengan {angka(n)} pegawai yang dinilai, tidak ada sebaran yang memenuhi semua syarat pola ini sekaligus. "
            "Gabungkan dengan unit yang menandatangani formulir sebaran yang sama."
        )
    else:
        pesan = "Pola adalah bahan pertimbangan pimpinan (SE MenPANRB 3/2023), bukan kuota; predikat tidak diubah."
    return Tabel(
        (
            KolomTabel("Syarat pola", lebar=4),
            KolomTabel("Batas", lebar=1.5),
            KolomTabel("Kenyataan", "kanan", 1.2),
            KolomTabel("Hasil", lebar=1.5),
        ),
        tuple(
            (
                r.syarat,
                r.batas,
                f"{angka(r.jumlah)} orang",
                "terpenuhi" if r.terpenuhi else "tidak terpenuhi",
            )
            for r in tiap_baris(t)
        ),
        judul=f"Sebaran predikat terhadap pola organisasi {label(t['organisasi'].iloc[0])}",
        catatan=pesan,
        kelas_baris=tuple("" if v else "peringatan" for v in t["terpenuhi"]),
    )


def selisih(x: Irisan) -> Catatan:
    """Organisation and individuals side by side: do they tell the same story?"""
    p, m = x.tabel["pegawai"], x.meta
    dinilai = int(p["predikat"].notna().sum())
    if not dinilai or not m["predikat_organisasi"]:
        return Catatan("Selisih organisasi dan individu belum dapat dibaca: predikat belum lengkap.")
    baik = 100 * int(p["predikat"].isin(["sangat_baik", "baik"]).sum()) / dinilai
    teks = (
        f"Predikat organisasi {label(m['predikat_organisasi'])}, rata-rata capaian IKU {persen(m['capaian'], 1)}; "
        f"{persen(baik, 1)} pegawai berpredikat Baik atau lebih."
    )
    jauh = m["predikat_organisasi"] not in ("istimewa", "baik") and baik > 50
    tambah = " Nilai individu tidak sejalan dengan nilai organisasi; bahas dalam dialog kinerja."
    return Catatan(teks + (tambah if jauh else ""), "peringatan" if jauh else "info")


def rekap_predikat(x: Irisan) -> Tabel:
    """Each employee with ratings and predikat."""
    p = x.tabel["pegawai"]
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Nama\nNIP", lebar=2.6),
            KolomTabel("Jabatan", lebar=3),
            KolomTabel("Hasil kerja", lebar=1.4),
            KolomTabel("Perilaku", lebar=1.4),
            KolomTabel("Predikat", lebar=1.4),
        ),
        tuple(
            (
                str(i),
                f"{r.nama}\n{r.nip}",
                r.jabatan,
                label(_ada(r.rating_hasil)),
                label(_ada(r.rating_perilaku)),
                label(_ada(r.predikat)) if pd.notna(r.predikat) else "belum dinilai",
            )
            for i, r in enumerate(tiap_baris(p), 1)
        ),
        judul="Rekap predikat kinerja pegawai",
        nomor_kolom=True,
    )


# -- pay ------------------------------------------------------------------------------------------


def tpp_gambar(x: Irisan) -> Gambar:
    """Pay by class: paid, lost to performance, lost to discipline."""
    t = x.tabel["kelas"].rename(columns={"tpp": "dibayar"})
    return gambar.gambar_tpp(t[["kelas", "dibayar", "potongan_kinerja", "potongan_disiplin"]])


def tpp_kelas(x: Irisan) -> Tabel:
    """The same in rupiah, exact."""
    t = x.tabel["kelas"]
    uang = ["besaran_tpp", "potongan_kinerja", "potongan_disiplin", "tpp"]
    return Tabel(
        (
            KolomTabel("Kelas", "tengah", 1.1),
            KolomTabel("Pegawai", "kanan", 1),
            KolomTabel("Besaran TPP (Rp)", "kanan", 2),
            KolomTabel("Berkurang karena kinerja (Rp)", "kanan", 2),
            KolomTabel("Berkurang karena disiplin (Rp)", "kanan", 2),
            KolomTabel("TPP dibayar (Rp)", "kanan", 2),
        ),
        tuple(
            (str(r.kelas), angka(int(r.pegawai)), *(angka(_bulat(getattr(r, u))) for u in uang))
            for r in tiap_baris(t)
        ),
        judul=f"TPP menurut kelas jabatan, {x.meta['periode_teks']}",
        jumlah=("Jumlah", angka(int(t["pegawai"].sum())), *(angka(_jumlah(t[u])) for u in uang)),
        catatan=_catatan_tpp(x),
    )


def _catatan_tpp(x: Irisan) -> str:
    p = x.tabel.get("pegawai")
    kosong = int(p["tpp"].isna().sum()) if p is not None else int(x.tabel["opd"]["tpp_kosong"].sum())
    kalimat = []
    if kosong:
        kalimat.append(
            f"{angka(kosong)} pegawai belum dapat dihitung lengkap dan tidak masuk jumlah dibayar; sebabnya ada pada daftar dan pada pemeriksaan data."
        )
    m = x.meta
    if m["bulan_terisi"] < m["bulan"]:
        kalimat.append(
            f"Data kehadiran ada untuk {angka(m['bulan_terisi'])} dari {angka(m['bulan'])} bulan; bulan lain tidak ikut dihitung."
        )
    return " ".join(kalimat)


def penjelasan(x: Irisan) -> Tabel | Catatan:
    """How one amount came about, step by step with articles."""
    t = x.tabel["penjelasan"]
    if t.empty:
        return Catatan("Belum ada TPP yang dapat dihitung, sehingga contoh perhitungan tidak ditampilkan.")
    nip, bulan = t["nip"].iloc[0], t["bulan"].iloc[0]
    nama = x.tabel["pegawai"].set_index("nip").loc[nip, "nama"]
    return Tabel(
        (
            KolomTabel("Langkah", lebar=1.6),
            KolomTabel("Rumus", lebar=2.6),
            KolomTabel("Dengan nilai", lebar=2.2),
            KolomTabel("Hasil", "kanan", 1.3),
            KolomTabel("Dasar", lebar=2.4),
        ),
        tuple((r.label, r.rumus, r.dengan_nilai, r.hasil, f"{r.dasar} [{r.status}]") for r in tiap_baris(t)),
        judul=f"Contoh perhitungan: {nama}, {tulisan.periode(bulan)} (pengurangan terbesar)",
    )


def nominatif(x: Irisan) -> Tabel:
    """The pay list, landscape, with column numbers and a place to sign."""
    p = x.tabel["pegawai"]
    dibayar = p["tpp"]
    nilai = (100 * dibayar.astype("float64") / p["besaran_tpp"].astype("float64")).round(6)
    jumlah = [
        _jumlah(p.loc[dibayar.notna(), k])
        for k in ("besaran_tpp", "potongan_kinerja", "potongan_disiplin", "tpp")
    ]
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Nama\nNIP", lebar=2.5),
            KolomTabel("Gol", "tengah", 0.7),
            KolomTabel("Jabatan", lebar=2.8),
            KolomTabel("Kelas", "tengah", 0.6),
            KolomTabel("Predikat", lebar=1.1),
            KolomTabel("Besaran TPP", "kanan", 1.4),
            KolomTabel("Kinerja", "kanan", 1.3, "Berkurang karena"),
            KolomTabel("Disiplin", "kanan", 1.3, "Berkurang karena"),
            KolomTabel("Nilai (%)", "kanan", 0.8),
            KolomTabel("TPP dibayar", "kanan", 1.4),
            KolomTabel("Tanda tangan", lebar=1.5),
        ),
        tuple(
            (
                str(i),
                f"{r.nama}\n{r.nip}",
                _teks(r.golongan),
                r.jabatan,
                str(r.kelas),
                label(_ada(r.predikat)),
                angka(_bulat(r.besaran_tpp)),
                angka(_bulat(r.potongan_kinerja)),
                angka(_bulat(r.potongan_disiplin)),
                angka(_ada(n), 2),
                angka(_bulat(r.tpp)) if pd.notna(r.tpp) else r.alasan_tpp,
                f"{i}." if i % 2 else f"        {i}.",
            )
            for i, (r, n) in enumerate(zip(tiap_baris(p), nilai, strict=True), 1)
        ),
        judul=f"Daftar nominatif TPP, {x.meta['periode_teks']} (rupiah)",
        jumlah=(
            "",
            "Jumlah",
            "",
            "",
            "",
            "",
            *(angka(v) for v in jumlah[:3]),
            "",
            angka(jumlah[3]),
            "",
        ),
        catatan=_catatan_tpp(x),
        mendatar=True,
        nomor_kolom=True,
    )


def tanda_tangan(x: Irisan, bendahara: bool = False) -> TandaTangan:
    """Who signs the report, or (`bendahara`) the pay list, by the government's own rule. The date is left
    to fill in.
    """
    m = x.meta
    kepala = {k: m["kepala"][k] for k in ("jabatan", "nama", "pangkat", "nip")}
    pihak = [
        Pihak(**{"sebagai": "", **(kepala if "pejabat" in p else {}), **_tanpa(p, "pejabat")})
        for p in m["penanda_tangan"]["nominatif" if bendahara else "laporan"]
    ]
    return TandaTangan(f"{m['tempat']}, {_TITIK_TANGGAL}", tuple(pihak))


def _tanpa(x: Mapping[str, str], kunci: str) -> dict[str, str]:
    return {k: v for k, v in x.items() if k != kunci}


def judul_tpp(x: Irisan, nomor: str) -> Judul:
    """The chapter on pay, under the name that this government gives it."""
    return Judul(f"{nomor} {x.meta['sebutan_tpp']}", 1)


# -- closing --------------------------------------------------------------------------------------


def penutup(x: Irisan) -> Paragraf:
    """What is left to do, derived from the findings."""
    p, iku = x.tabel["pegawai"], x.tabel["iku"]
    hal = [
        f"menindaklanjuti {r.indikator} (capaian {persen(r.capaian, 2)})"
        for r in tiap_baris(iku[~iku["tercapai"].fillna(True)])
    ]
    if (n := int(iku["capaian"].isna().sum())) > 0:
        hal.append(f"melengkapi realisasi {angka(n)} indikator")
    if (n := int((~p["tergantung"]).sum())) > 0:
        hal.append(f"menyelaraskan rencana hasil kerja {angka(n)} pegawai")
    if (n := int(p["predikat"].isna().sum())) > 0:
        hal.append(f"menyelesaikan penilaian {angka(n)} pegawai")
    if (n := int((~x.tabel["pola"]["terpenuhi"].astype(bool)).sum())) > 0:
        hal.append(f"membahas {angka(n)} syarat pola distribusi yang tidak terpenuhi")
    teks = (
        f"Hal yang perlu ditindaklanjuti: {'; '.join(hal)}."
        if hal
        else "Tidak ada hal yang perlu ditindaklanjuti dari pemeriksaan laporan ini."
    )
    return Paragraf("\n\n".join(filter(None, (teks, x.meta["kalimat_penutup"]))))


def parameter(x: Irisan) -> Tabel:
    """Every number of the law that was used, with article and status."""
    t = x.tabel["parameter"]
    return Tabel(
        (
            KolomTabel("Parameter", lebar=2),
            KolomTabel("Nilai", lebar=3.2),
            KolomTabel("Satuan", lebar=0.9),
            KolomTabel("Dasar", lebar=2.2),
            KolomTabel("Status", lebar=1.3),
            KolomTabel("Catatan", lebar=2.6),
        ),
        tuple((r.nama, r.nilai, r.satuan, r.dasar, r.status, r.catatan) for r in tiap_baris(t)),
        judul="Parameter yang dipakai",
        mendatar=True,
    )


def parameter_teks(x: Irisan) -> Catatan:
    """How many of the parameters do not rest on the regulation's own text."""
    t = x.tabel["parameter"]
    lain = int((t["status"] != "teks").sum())
    return Catatan(
        f"{angka(lain)} dari {angka(len(t))} parameter berstatus selain 'teks', artinya naskah peraturannya sendiri "
        "belum dibaca atau angkanya asumsi. Lihat kolom status sebelum memakai angka laporan ini untuk keputusan.",
        "asumsi" if lain else "info",
    )


def pemeriksaan(x: Irisan) -> Tabel:
    """Checks on the data behind this report."""
    t = x.tabel["pemeriksaan"]
    return Tabel(
        (KolomTabel("Pemeriksaan", lebar=4), KolomTabel("Hasil", "kanan", 1)),
        tuple((r.pemeriksaan, r.hasil) for r in tiap_baris(t)),
        judul="Pemeriksaan data",
    )


def versi(x: Irisan) -> Tabel:
    """What the report was made from."""
    m = x.meta
    isi = (
        ("Buku kerja", m["sumber"]),
        ("SHA-256 buku kerja", m["sha256"]),
        ("Sifat data", m["info"].get("sifat_data", "tidak disebut dalam buku kerja")),
        ("Aturan per tanggal", m["tanggal_kebijakan"]),
        ("Versi kinerja", m["versi"]),
    )
    return Tabel((KolomTabel("Hal", lebar=1), KolomTabel("Isi", lebar=3)), isi, judul="Versi data dan aturan")


# -- the pemda's own ------------------------------------------------------------------------------


def banding_opd(x: Irisan) -> Gambar:
    """OPDs ranked by capaian, with people and pay."""
    return gambar.gambar_opd(x.tabel["opd"][["nama", "capaian", "pegawai", "tpp"]])


def selisih_opd(x: Irisan) -> Gambar:
    """Organisation predikat against the share of employees rated Baik or better."""
    t = x.tabel["opd"].rename(columns={"predikat_organisasi": "organisasi"})
    return gambar.gambar_selisih(t[["nama", "organisasi", "persen_baik"]])


def rekap_opd(x: Irisan) -> Tabel:
    """One row one OPD."""
    o = x.tabel["opd"]
    salah = x.tabel["pola"][~x.tabel["pola"]["terpenuhi"].astype(bool)].groupby("opd").size()
    return Tabel(
        (
            KolomTabel("No", "tengah", 0.5),
            KolomTabel("Perangkat daerah", lebar=3.2),
            KolomTabel("Predikat organisasi", lebar=1.4),
            KolomTabel("Capaian IKU", "kanan", 1),
            KolomTabel("Pegawai", "kanan", 0.9),
            KolomTabel("Tanpa target selaras", "kanan", 1),
            *(KolomTabel(label(p), "kanan", 0.9, "Predikat pegawai") for p in PREDIKAT),
            KolomTabel("Pola tak terpenuhi", "kanan", 1),
            KolomTabel("TPP dibayar (Rp)", "kanan", 1.7),
        ),
        tuple(
            (
                str(i),
                r["nama"],
                label(_ada(r["predikat_organisasi"])),
                persen(_ada(r["capaian"]), 1),
                angka(int(r["pegawai"])),
                angka(int(r["lepas"])),
                *(angka(int(r[p])) for p in PREDIKAT),
                angka(int(salah.get(r["kode"], 0))),
                angka(_bulat(r["tpp"])),
            )
            for i, (_, r) in enumerate(o.iterrows(), 1)
        ),
        judul=f"Rekap perangkat daerah, {x.meta['periode_teks']}",
        jumlah=(
            "",
            "Jumlah",
            "",
            "",
            *(angka(int(o[k].sum())) for k in ("pegawai", "lepas", *PREDIKAT)),
            angka(int(salah.sum())),
            angka(_jumlah(o["tpp"])),
        ),
        mendatar=True,
        nomor_kolom=True,
    )


# -- small words ----------------------------------------------------------------------------------


def _ada(v: Any) -> Any:
    return None if pd.isna(v) else v


def _bulat(v: Any) -> int | None:
    return None if pd.isna(v) else int(v)


def _jumlah(s: pd.Series) -> int | None:
    """A sum of rupiah; None where nothing is known, for that is not zero."""
    return _bulat(s.sum(min_count=1))


def _teks(v: Any) -> str:
    return v if isinstance(v, str) else KOSONG


def _target(r: Any) -> str:
    return angka(r.target) if pd.isna(r.target_atas) else f"{angka(r.target)}–{angka(r.target_atas)}"
