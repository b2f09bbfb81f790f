"""Dialog kinerja: one sheet per employee for a talk of half an hour, as PDF or workbook.

Expectation, where things stand, an agenda made from the employee's own numbers and findings, a log to
fill in, and places to sign. Nothing on it is a judgement: it asks, and leaves room for the answer.
"""

from __future__ import annotations

import datetime as dt
import difflib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

import kinerja.iki
from kinerja.data import Data
from kinerja.data.skema import BERAKHLAK
from kinerja.data.templat import tinggi_baris
from kinerja.data.utuh import tulis_utuh
from kinerja.iki.capaian import hitung_capaian
from kinerja.iki.target import periksa_target
from kinerja.laporan.isi import tiap_baris
from kinerja.laporan.pdf import Kertas, pdf_blok
from kinerja.parameter import Kebijakan, akhir_periode, kebijakan
from kinerja.tahapan import siklus
from kinerja.tampil import (
    AngkaKunci,
    Blok,
    Butir,
    Catatan,
    Judul,
    KolomTabel,
    Paragraf,
    Pihak,
    Tabel,
    TandaTangan,
)
from kinerja.tulisan import KOSONG, angka, daftar, label, periode, persen, tanggal

MENIT = 30
_BUKA, _TUTUP = 3, 5  # minutes for opening and closing; the rest belongs to the topics
_BARIS_CATATAN, _BARIS_CATATAN_PADAT = 8, 5  # the fewer after a long plan: one sheet, both sides
_PADAT = 9
_PALING_BANYAK = 15  # rows of the plan that leave room for agenda and log on the same sheet
_KERTAS = {"A4": 9, "F4": 14}
_TANGGAL_BUAT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - same input, same bytes
_KOLOM_CATATAN = ("Tanggal", "Umpan balik", "Tindak lanjut dan siapa", "Batas waktu", "Paraf")
_TERLARANG = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Topik:
    """One item of the agenda: minutes, what it is about, the question that opens it."""

    menit: int
    hal: str
    pertanyaan: str


@dataclass(frozen=True)
class LembarDialog:
    """What is printed for one employee; all texts ready to print.

    ekspektasi: RHK, indikator, target, realisasi, capaian (text); the index ranks the rows, 1 = the first to be
    talked about (nothing known, then the lowest achievement). kedudukan: name -> value.
    """

    nip: str
    nama: str
    identitas: tuple[tuple[str, str], ...]
    nama_opd: str
    kedudukan: tuple[tuple[str, str], ...]
    ekspektasi: pd.DataFrame
    agenda: tuple[Topik, ...]
    catatan_lalu: tuple[tuple[str, str], ...]
    pegawai: Pihak
    atasan: Pihak
    tanggal: dt.date
    tanda: str


def lembar_dialog(
    data: Data | Mapping[str, pd.DataFrame],
    tanggal: dt.date | str,
    *,
    nip: str | None = None,
    opd: str | None = None,
    capaian: str = "capaian-lkjip",
    aturan: Kebijakan | None = None,
) -> list[LembarDialog]:
    """The sheets of one employee (`nip`), of one agency (`opd`), or of everybody in `data`.

    capaian: file in params/iki/ whose bounds the achievement uses. Everything is computed once for
    all; ValueError with the nearest names when nip or opd is unknown.
    """
    tabel = dict(data.tabel if isinstance(data, Data) else data)
    keadaan = siklus(tabel, tanggal, aturan=aturan)
    tabel = {
        n: tabel.get(n, pd.DataFrame())
        for n in ("pegawai", "opd", "rhk", "iki", "perilaku", "penilaian", "info")
    }
    siapa = _pilih(tabel["pegawai"], nip, opd)
    k = aturan or kebijakan(keadaan.tanggal)
    rencana = _rencana(tabel, siapa, k, capaian)
    perilaku = _perilaku(tabel["perilaku"], siapa)
    penilaian = _milik(tabel["penilaian"], siapa)
    if len(penilaian):  # what was written for a period that has not ended belongs to a later talk
        berakhir = {p: akhir_periode(str(p)) < keadaan.tanggal for p in penilaian["periode"].unique()}
        penilaian = penilaian[penilaian["periode"].map(berakhir).to_numpy(dtype=bool)]
    per_rencana = dict(tuple(rencana.groupby("nip", sort=False)))
    per_perilaku = dict(tuple(perilaku.groupby("nip", sort=False)))
    per_penilaian = dict(tuple(penilaian.groupby("nip", sort=False))) if len(penilaian) else {}
    tugas = keadaan.pegawai.set_index("nip")
    orang = tabel["pegawai"].drop_duplicates("nip").set_index("nip")
    nama_opd = (
        tabel["opd"].drop_duplicates("kode").set_index("kode")["nama"]
        if len(tabel["opd"])
        else pd.Series(dtype="str")
    )
    tanda = _tanda(tabel["info"])
    panduan = {b["aspek"]: b["perilaku"] for b in k["permenpanrb-6-2022.berakhlak"].pasti()}
    return [
        _satu(
            p,
            per_rencana.get(p.nip, rencana.iloc[:0]),
            per_perilaku.get(p.nip, perilaku.iloc[:0]),
            per_penilaian.get(p.nip, penilaian.iloc[:0]),
            tugas.loc[p.nip],
            orang,
            str(nama_opd.get(p.opd, p.opd)),
            panduan,
            keadaan.tanggal,
            tanda,
        )
        for p in tiap_baris(siapa)
    ]


def tulis_dialog(
    data: Data | Mapping[str, pd.DataFrame],
    berkas: str | Path,
    tanggal: dt.date | str,
    *,
    nip: str | None = None,
    opd: str | None = None,
    kertas: Kertas = "A4",
    capaian: str = "capaian-lkjip",
    aturan: Kebijakan | None = None,
) -> Path:
    """Write the sheets to one file; its ending decides: .pdf to print, .xlsx to type in.

    Whole or not at all: a failure leaves no half file. ValueError for another ending or paper.
    """
    tujuan = Path(berkas)
    if tujuan.suffix.lower() not in (".pdf", ".xlsx"):
        raise ValueError(f"{tujuan.name}: akhiran berkas harus .pdf atau .xlsx.")
    if kertas not in _KERTAS:
        raise ValueError(f"kertas {kertas!r} tidak dikenal; pakai F4 atau A4.")
    lembar = lembar_dialog(data, tanggal, nip=nip, opd=opd, capaian=capaian, aturan=aturan)
    if not lembar:
        raise ValueError("Tidak ada pegawai untuk dicetak.")
    isi = _pdf(lembar, kertas) if tujuan.suffix.lower() == ".pdf" else _buku(lembar, kertas)
    with tulis_utuh(tujuan) as sementara:
        sementara.write_bytes(isi)
    return tujuan


# -- whom, and what is known about them ---------------------------------------------------------------


def _pilih(pegawai: pd.DataFrame, nip: str | None, opd: str | None) -> pd.DataFrame:
    for nilai, kolom, sebutan in ((nip, "nip", "NIP"), (opd, "opd", "OPD")):
        if nilai is None:
            continue
        ada = pegawai[kolom].astype(str)
        if nilai not in set(ada):
            dekat = difflib.get_close_matches(nilai, sorted(set(ada)), n=3, cutoff=0.6)
            saran = f"Maksudnya {daftar(dekat, 'atau')}?" if dekat else "Periksa lembar pegawai."
            raise ValueError(f"{sebutan} {nilai} tidak ada di data. {saran}")
        pegawai = pegawai[ada == nilai]
    return pegawai.drop_duplicates("nip")


def _milik(tabel: pd.DataFrame, siapa: pd.DataFrame) -> pd.DataFrame:
    return tabel[tabel["nip"].isin(siapa["nip"])] if len(tabel) else tabel


def _rencana(
    tabel: Mapping[str, pd.DataFrame], siapa: pd.DataFrame, k: Kebijakan, capaian: str
) -> pd.DataFrame:
    """RHK x IKI of these employees with capaian and the gravest finding of each row."""
    rhk = _milik(tabel["rhk"], siapa)
    kolom = [
        "nip",
        "teks_rhk",
        "indikator",
        "satuan",
        "target",
        "realisasi",
        "capaian",
        "tercapai",
        "pesan",
        "saran",
    ]
    if not len(rhk):
        return pd.DataFrame(columns=kolom)
    iki = tabel["iki"][tabel["iki"]["rhk"].isin(rhk["id"])] if len(tabel["iki"]) else tabel["iki"]
    induk = rhk.drop_duplicates("id").set_index("id")
    if len(iki):
        hasil = hitung_capaian(iki, k, capaian)
        iki = iki.assign(
            capaian=hasil["capaian"], tercapai=hasil["tercapai"], nip=iki["rhk"].map(induk["nip"])
        )
        iki = iki.assign(teks_rhk=iki["rhk"].map(induk["rhk"])).join(_temuan(iki, induk))
    tanpa = rhk[~rhk["id"].isin(iki["rhk"] if len(iki) else [])]
    kosong = tanpa.rename(columns={"rhk": "teks_rhk"}).assign(
        pesan="RHK ini belum punya indikator.",
        saran="Ukuran apa yang membuat kita berdua tahu bahwa hasil ini tercapai?",
    )
    semua = pd.concat([t for t in (iki, kosong) if len(t)], ignore_index=True).reindex(columns=kolom)
    return semua.sort_values("nip", kind="stable").reset_index(drop=True)


def _temuan(iki: pd.DataFrame, induk: pd.DataFrame) -> pd.DataFrame:
    """The gravest finding of each IKI: pesan, saran; by the full checker where it is at hand."""
    periksa = getattr(kinerja.iki, "periksa", None)
    temuan = periksa(iki) if callable(periksa) else periksa_target(iki)
    berat = temuan.assign(galat=temuan["keparahan"] == "galat").sort_values(
        "galat", ascending=False, kind="stable"
    )
    return berat.drop_duplicates("baris").set_index("baris")[["pesan", "saran"]]


def _perilaku(perilaku: pd.DataFrame, siapa: pd.DataFrame) -> pd.DataFrame:
    """Mean of all raters per value, one row employee x value."""
    milik = _milik(perilaku, siapa)
    if not len(milik):
        return pd.DataFrame(columns=["nip", "aspek", "nilai"])
    rata = (
        milik.assign(aspek=milik["aspek"].astype(str)).groupby(["nip", "aspek"], sort=False)["nilai"].mean()
    )
    return rata.reset_index()


def _tanda(info: pd.DataFrame) -> str:
    isi = dict(zip(info["kunci"], info["nilai"], strict=True)) if len(info) else {}
    return (
        "ILUSTRATIF: pegawai dan angka OPD sintetis, bukan data nyata"
        if isi.get("sifat_data") == "ilustratif"
        else ""
    )


# -- one employee -------------------------------------------------------------------------------------


def _satu(
    p: Any,
    rencana: pd.DataFrame,
    perilaku: pd.DataFrame,
    penilaian: pd.DataFrame,
    tugas: pd.Series,
    orang: pd.DataFrame,
    nama_opd: str,
    panduan: Mapping[str, Sequence[str]],
    hari: dt.date,
    tanda: str,
) -> LembarDialog:
    ada_atasan = isinstance(p.atasan, str) and p.atasan in orang.index
    atasan = orang.loc[p.atasan] if ada_atasan else None
    akhir = penilaian["periode"].map(lambda t: akhir_periode(str(t))) if len(penilaian) else None
    terakhir = None if akhir is None else penilaian.loc[akhir.sort_values(kind="stable").index[-1]]
    kapan = "" if terakhir is None else f", {periode(str(terakhir['periode']))}"
    tercatat = rencana["realisasi"].notna()
    tercapai = int((rencana["tercapai"] == True).sum())  # noqa: E712 - three states
    kedudukan = (
        ("IKI tercapai", f"{tercapai} dari {int(rencana['indikator'].notna().sum())}"),
        ("Realisasi tercatat", f"{int(tercatat.sum())} dari {int(rencana['indikator'].notna().sum())}"),
        (f"Rating hasil kerja{kapan}", label(None if terakhir is None else terakhir["rating_hasil"])),
        (f"Rating perilaku{kapan}", label(None if terakhir is None else terakhir["rating_perilaku"])),
    )
    catatan = penilaian[penilaian["catatan"].notna()] if len(penilaian) else penilaian
    return LembarDialog(
        nip=p.nip,
        nama=p.nama,
        identitas=(
            ("Pegawai", f"{p.nama}\nNIP {p.nip}"),
            ("Jabatan", f"{p.jabatan}\n{_teks(p.unit)}"),
            ("Pejabat penilai", f"{atasan['nama']}\nNIP {p.atasan}" if atasan is not None else KOSONG),
            ("Jabatan penilai", str(atasan["jabatan"]) if atasan is not None else KOSONG),
        ),
        nama_opd=nama_opd,
        kedudukan=kedudukan,
        ekspektasi=_ekspektasi(rencana),
        agenda=_agenda(rencana, perilaku, tugas, panduan, hari),
        catatan_lalu=tuple(
            (periode(str(b["periode"])), str(b["catatan"])) for b in catatan.to_dict("records")
        ),
        pegawai=Pihak("Pegawai yang dinilai,", p.jabatan, p.nama, nip=p.nip),
        atasan=Pihak(
            "Pejabat penilai kinerja,",
            str(atasan["jabatan"]) if atasan is not None else "",
            str(atasan["nama"]) if atasan is not None else "",
            nip=str(p.atasan) if ada_atasan else "",
        ),
        tanggal=hari,
        tanda=tanda,
    )


def _teks(x: object) -> str:
    return x if isinstance(x, str) else KOSONG


def _ekspektasi(rencana: pd.DataFrame) -> pd.DataFrame:
    """RHK, Indikator, Target, Realisasi, Capaian as text; an RHK is written once, over its indicators."""
    if not len(rencana):
        return pd.DataFrame(columns=["RHK", "Indikator", "Target", "Realisasi", "Capaian"], dtype="str")
    # the indicators of one RHK together, in the order in which the RHK first come
    rencana = rencana.iloc[
        np.argsort(pd.factorize(rencana["teks_rhk"], use_na_sentinel=False)[0], kind="stable")
    ]
    satuan = rencana["satuan"].fillna("").astype(str)
    return pd.DataFrame(
        {
            "RHK": rencana["teks_rhk"].fillna(KOSONG),
            "Indikator": rencana["indikator"].fillna("belum ada indikator"),
            "Target": [_berunit(x, s) for x, s in zip(rencana["target"], satuan, strict=True)],
            "Realisasi": [_angka(x) for x in rencana["realisasi"]],
            "Capaian": [persen(None if pd.isna(x) else float(x), 1) for x in rencana["capaian"]],
        },
    ).set_index(
        pd.to_numeric(rencana["capaian"]).rank(method="first", na_option="top").astype("int64").to_numpy()
    )


def _sekali(e: pd.DataFrame) -> pd.DataFrame:
    """An RHK written once, over its indicators."""
    return e.assign(RHK=e["RHK"].mask(e["RHK"].eq(e["RHK"].shift()), ""))


def _selembar(e: pd.DataFrame) -> pd.DataFrame:
    """What fits one sheet of paper: of a long plan the lowest and the unknown achievements, the rest counted."""
    if len(e) <= _PALING_BANYAK:
        return _sekali(e)
    tampak = e[e.index < _PALING_BANYAK]
    lain = (
        f"dan {angka(len(e) - len(tampak))} indikator lain dengan capaian lebih tinggi; selengkapnya pada SKP"
    )
    sisa = pd.DataFrame([["", lain, KOSONG, KOSONG, KOSONG]], columns=e.columns)
    return pd.concat([_sekali(tampak), sisa])


def _angka(x: object) -> str:
    if not isinstance(x, int | float) or x != x:
        return KOSONG
    return angka(int(x)) if float(x).is_integer() else angka(float(x))


def _berunit(x: object, satuan: str) -> str:
    teks = _angka(x)
    return teks if teks == KOSONG or not satuan else f"{teks} {satuan}"


def _agenda(
    rencana: pd.DataFrame,
    perilaku: pd.DataFrame,
    tugas: pd.Series,
    panduan: Mapping[str, Sequence[str]],
    hari: dt.date,
) -> tuple[Topik, ...]:
    """At most six topics: what hinders first, then how it is measured, then conduct and what goes well."""
    hal: list[tuple[str, str]] = []
    gagal = rencana[rencana["tercapai"] == False].sort_values("capaian", kind="stable")  # noqa: E712
    hal += [
        (
            f"{b['indikator']}: capaian {persen(float(b['capaian']), 1)} "
            f"(target {_berunit(b['target'], _teks(b['satuan']))}, realisasi {_angka(b['realisasi'])})",
            "Apa yang menghambat? Apa yang berubah mulai minggu depan, dan bantuan apa yang perlu dari atasan?",
        )
        for b in gagal.head(2).to_dict("records")
    ]
    belum = rencana[rencana["indikator"].notna() & rencana["realisasi"].isna()]
    if len(belum):
        hal.append(
            (
                f"Realisasi belum tercatat pada {angka(len(belum))} IKI, antara lain: {belum['indikator'].iloc[0]}",
                "Bukti apa yang sudah ada, dan kapan dicatat?",
            )
        )
    if not len(rencana):
        hal.append(
            (
                "Belum ada rencana hasil kerja",
                "Hasil apa dari peran ini yang paling ditunggu pimpinan tahun ini?",
            )
        )
    temuan = rencana[rencana["pesan"].notna()].drop_duplicates("pesan")
    hal += [
        (
            f"Ukuran: {b['teks_rhk'] if pd.isna(b['indikator']) else b['indikator']}. {b['pesan']}",
            str(b["saran"]),
        )
        for b in temuan.head(1).to_dict("records")
    ]
    if tugas["terlambat"]:
        hal.append(
            (f"Terlambat: {_ringkas(tugas['terlambat'])}", "Kapan diselesaikan, dan siapa mengerjakan apa?")
        )
    if len(perilaku):
        lemah = perilaku.sort_values("nilai", kind="stable").iloc[0]
        nama = label(lemah["aspek"]) if lemah["aspek"] in BERAKHLAK else str(lemah["aspek"])
        contoh = panduan.get(lemah["aspek"], ("",))[0]
        hal.append(
            (
                f"Perilaku {nama} ({_angka(round(float(lemah['nilai']), 1))}, terendah dari tujuh nilai)"
                if len(perilaku) == len(BERAKHLAK)
                else f"Perilaku {nama} ({_angka(round(float(lemah['nilai']), 1))}, terendah)",
                f"Contoh nyata apa dari periode ini? Panduan: {contoh[:1].lower()}{contoh[1:]}.",
            )
        )
    baik = rencana[rencana["tercapai"] == True].sort_values("capaian", ascending=False, kind="stable")  # noqa: E712
    if len(baik):
        puncak = baik.iloc[0]
        hal.append(
            (
                f"Yang berjalan baik: {puncak['indikator']} ({persen(float(puncak['capaian']), 1)})",
                "Apa yang membuatnya berhasil, dan siapa yang dapat belajar darinya?",
            )
        )
    sisa = MENIT - _BUKA - _TUTUP
    menit = [sisa // len(hal) + (i < sisa % len(hal)) for i in range(len(hal))] if hal else []
    return (
        Topik(
            _BUKA + (sisa if not hal else 0),
            "Pembuka: pegawai bercerita lebih dahulu",
            "Apa yang paling Anda banggakan, dan apa yang paling berat?",
        ),
        *(Topik(m, h, t) for m, (h, t) in zip(menit, hal, strict=True)),
        Topik(
            _TUTUP,
            "Penutup: ulangi kesepakatan",
            str(tugas["berikutnya"]) + _sampai(tugas["batas"], hari) + ". Kapan kita bertemu lagi?",
        ),
    )


def _ringkas(terlambat: str) -> str:
    butir = terlambat.split("; ")
    lebih = f", dan {len(butir) - 3} lainnya" if len(butir) > 3 else ""
    teks = ", ".join(butir[:3]) + lebih
    return teks[:1].lower() + teks[1:] if not teks.startswith("SKP") else teks


def _sampai(batas: Any, hari: dt.date) -> str:
    if pd.isna(batas):
        return ""
    return f" ({'seharusnya' if batas.date() < hari else 'paling lambat'} {tanggal(batas)})"


# -- paper --------------------------------------------------------------------------------------------


def _isian(baris: int) -> str:
    """Empty lines that keep their height on paper."""
    return "\n".join(["\u00a0"] * baris)


def blok_dialog(x: LembarDialog) -> list[Blok]:
    """The sheet as blocks, for a notebook cell or for `kinerja.laporan.pdf.pdf_blok`."""
    identitas = Tabel(
        (KolomTabel(x.identitas[0][0], lebar=1.1), *(KolomTabel(n) for n, _ in x.identitas[1:])),
        (tuple(v for _, v in x.identitas),),
    )
    e = x.ekspektasi
    ekspektasi = Tabel(
        (
            KolomTabel("Rencana hasil kerja", lebar=3),
            KolomTabel("Indikator kinerja individu", lebar=3.6),
            KolomTabel("Target", lebar=1.5),
            KolomTabel("Realisasi", "kanan", 1.15),
            KolomTabel("Capaian", "kanan", 1.15),
        ),
        tuple(tuple(map(str, b)) for b in _selembar(e).itertuples(index=False)),
    )
    agenda = Tabel(
        (
            KolomTabel("Menit", "tengah", 0.8),
            KolomTabel("Yang dibicarakan", lebar=3.6),
            KolomTabel("Pertanyaan pembuka", lebar=3.2),
            KolomTabel("Kesepakatan", lebar=2.8),
        ),
        tuple((str(t.menit), t.hal, t.pertanyaan, _isian(3)) for t in x.agenda),
    )
    log = Tabel(
        tuple(KolomTabel(n, lebar=w) for n, w in zip(_KOLOM_CATATAN, (1.3, 3.6, 3, 1.4, 1), strict=True)),
        tuple(
            (_isian(3), "", "", "", "")
            for _ in range(_BARIS_CATATAN if len(e) <= _PADAT else _BARIS_CATATAN_PADAT)
        ),
    )
    lalu: list[Blok] = []
    if x.catatan_lalu:
        teks = "\n".join(f"{p}: {c}" for p, c in x.catatan_lalu[-2:])
        lalu = [Catatan(f"Kesepakatan sebelumnya. {teks}")]
    return [
        Judul("Lembar Dialog Kinerja", 1),
        Paragraf(f"{x.nama_opd}, {tanggal(x.tanggal)}"),
        identitas,
        AngkaKunci(tuple(Butir(v, n) for n, v in x.kedudukan)),
        Judul("Ekspektasi dan kedudukan hari ini"),
        ekspektasi,
        *lalu,
        Judul(f"Agenda {MENIT} menit"),
        agenda,
        Judul("Catatan umpan balik"),
        log,
        TandaTangan("........................, ........................", (x.atasan, x.pegawai)),
    ]


def _pdf(lembar: Sequence[LembarDialog], kertas: Kertas) -> bytes:
    x = lembar[0]
    judul = f"Lembar Dialog Kinerja {x.nama if len(lembar) == 1 else x.nama_opd}"
    return pdf_blok(
        [blok_dialog(y) for y in lembar],
        kertas,
        judul=judul,
        penulis=x.nama_opd,
        tanda=x.tanda,
        kaki=f"Lembar dialog kinerja, {tanggal(x.tanggal)}. Bahan pembicaraan, bukan penilaian.",
    )


# -- workbook -----------------------------------------------------------------------------------------

_LEBAR = (11, 33, 33, 15, 11, 11)


def _nama_lembar(nama: str, dipakai: set[str]) -> str:
    """A sheet name that Excel takes: 31 letters, none of []:*?/\\', and used once."""
    dasar = _TERLARANG.sub(" ", nama).strip()[:27] or "Pegawai"
    hasil, k = dasar, 2
    while hasil.lower() in dipakai:
        hasil, k = f"{dasar[:25]} {k}", k + 1
    dipakai.add(hasil.lower())
    return hasil


def _buku(lembar: Sequence[LembarDialog], kertas: Kertas) -> bytes:
    keluar = io.BytesIO()
    wb = xlsxwriter.Workbook(
        keluar,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    wb.set_properties(
        {"title": "Lembar Dialog Kinerja", "author": lembar[0].nama_opd, "created": _TANGGAL_BUAT}
    )
    dasar = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    gaya = {
        "polos": wb.add_format({**dasar, "text_wrap": False}),
        "judul": wb.add_format({**dasar, "text_wrap": False, "bold": True, "font_size": 14}),
        "bagian": wb.add_format({**dasar, "text_wrap": False, "bold": True, "font_size": 11, "bottom": 1}),
        "kepala": wb.add_format({**dasar, "bold": True, "border": 1, "bg_color": "#D9D9D9"}),
        "isi": wb.add_format({**dasar, "border": 1}),
        "tengah": wb.add_format({**dasar, "border": 1, "align": "center"}),
        "besar": wb.add_format({**dasar, "border": 1, "bold": True, "font_size": 13, "align": "center"}),
        "nama": wb.add_format({**dasar, "border": 1, "align": "center", "font_size": 9}),
        "isian": wb.add_format({**dasar, "border": 1, "bg_color": "#FFF2CC", "locked": False}),
        "tgl": wb.add_format(
            {**dasar, "border": 1, "bg_color": "#FFF2CC", "locked": False, "num_format": "dd/mm/yyyy"}
        ),
    }
    dipakai: set[str] = {"daftar"}
    nama = [_nama_lembar(x.nama, dipakai) for x in lembar]
    if len(lembar) > 1:
        _lembar_daftar(wb.add_worksheet("Daftar"), lembar, nama, gaya)
    for x, n in zip(lembar, nama, strict=True):
        _lembar_satu(wb.add_worksheet(n), x, gaya, kertas)
    wb.close()
    return keluar.getvalue()


def _lembar_daftar(
    ws: Any, lembar: Sequence[LembarDialog], nama: Sequence[str], g: Mapping[str, Any]
) -> None:
    for k, w in enumerate((5, 32, 22, 40, 16, 26)):
        ws.set_column(k, k, w)
    ws.write_string(0, 0, f"Lembar Dialog Kinerja, {lembar[0].nama_opd}", g["judul"])
    ws.write_string(1, 0, ". ".join(filter(None, (tanggal(lembar[0].tanggal), lembar[0].tanda))), g["polos"])
    for k, t in enumerate(
        ("No", "Nama (klik untuk membuka)", "NIP", "Jabatan", "IKI tercapai", "Rating hasil kerja")
    ):
        ws.write_string(3, k, t, g["kepala"])
    for i, (x, n) in enumerate(zip(lembar, nama, strict=True)):
        ws.write_number(4 + i, 0, i + 1, g["isi"])
        ws.write_url(4 + i, 1, f"internal:'{n}'!A1", g["isi"], x.nama)
        for k, teks in ((2, x.nip), (3, x.pegawai.jabatan), (4, x.kedudukan[0][1]), (5, x.kedudukan[2][1])):
            ws.write_string(4 + i, k, teks, g["isi"])
    ws.freeze_panes(4, 0)
    ws.set_landscape()
    ws.set_paper(9)
    ws.fit_to_pages(1, 0)
    ws.repeat_rows(3)


def _lembar_satu(ws: Any, x: LembarDialog, g: Mapping[str, Any], kertas: Kertas) -> None:
    for k, w in enumerate(_LEBAR):
        ws.set_column(k, k, w)
    ws.write_string(0, 0, "Lembar Dialog Kinerja", g["judul"])
    ws.write_string(1, 0, f"{x.nama_opd}, {tanggal(x.tanggal)}", g["polos"])
    ws.write_string(2, 0, x.tanda, g["polos"])
    r = 3
    for n, v in x.identitas:
        ws.write_string(r, 0, n, g["kepala"])
        ws.merge_range(r, 1, r, 5, v.replace("\n", ", "), g["isi"])
        r += 1
    r += 1
    for k, (n, v) in enumerate(x.kedudukan, 1):
        if k == 4:
            ws.merge_range(r, 4, r, 5, v, g["besar"])
            ws.merge_range(r + 1, 4, r + 1, 5, n, g["nama"])
        else:
            ws.write_string(r, k, v, g["besar"])
            ws.write_string(r + 1, k, n, g["nama"])
    ws.set_row(r, 34)
    ws.set_row(r + 1, 26)
    r = _bagian_lembar(ws, r + 3, "Ekspektasi dan kedudukan hari ini", ("No", *x.ekspektasi.columns), g)
    for i, b in enumerate(_sekali(x.ekspektasi).itertuples(index=False), 1):
        ws.write_number(r, 0, i, g["tengah"])
        for k, v in enumerate(b, 1):
            ws.write_string(r, k, str(v), g["isi"])
        ws.set_row(r, tinggi_baris([str(v) for v in b], _LEBAR[1:]))
        r += 1
    for p, c in x.catatan_lalu[-2:]:
        ws.write_string(r, 0, p, g["kepala"])
        ws.merge_range(r, 1, r, 5, f"Kesepakatan sebelumnya: {c}", g["isi"])
        ws.set_row(r, tinggi_baris((p, f"Kesepakatan sebelumnya: {c}"), (_LEBAR[0], sum(_LEBAR[1:]))))
        r += 1
    kepala = ("Menit", "Yang dibicarakan", "Pertanyaan pembuka", "Kesepakatan", "", "")
    r = _bagian_lembar(ws, r + 1, f"Agenda {MENIT} menit", kepala, g)
    for t in x.agenda:
        ws.write_number(r, 0, t.menit, g["tengah"])
        ws.write_string(r, 1, t.hal, g["isi"])
        ws.write_string(r, 2, t.pertanyaan, g["isi"])
        ws.merge_range(r, 3, r, 5, "", g["isian"])
        ws.set_row(r, tinggi_baris((t.hal, t.pertanyaan), _LEBAR[1:3], 42))
        r += 1
    ws.set_h_pagebreaks([r])
    kepala = ("Tanggal", "Umpan balik", "Tindak lanjut dan siapa", "Batas waktu", "Keadaan", "Paraf")
    r = _bagian_lembar(ws, r + 1, "Catatan umpan balik", kepala, g)
    for _ in range(_BARIS_CATATAN):
        for k in range(6):
            ws.write_blank(r, k, None, g["tgl" if k in (0, 3) else "isian"])
        ws.set_row(r, 44)
        ws.data_validation(r, 4, r, 4, {"validate": "list", "source": ["belum", "berjalan", "selesai"]})
        for k in (0, 3):
            ws.data_validation(
                r,
                k,
                r,
                k,
                {
                    "validate": "date",
                    "criteria": ">=",
                    "value": dt.date(2010, 1, 1),
                    "error_title": "Bukan tanggal",
                    "error_message": "Isi tanggal, misalnya 31/01/2023.",
                },
            )
        r += 1
    r += 1
    for k, pihak in ((1, x.atasan), (2, x.pegawai)):
        nama, _, nip = pihak.baris
        for j, teks in enumerate((pihak.sebagai, pihak.jabatan, "", "", nama, nip)):
            ws.write_string(r + j, k, teks, g["polos"])
    ws.protect("", {"format_rows": True, "format_columns": True})
    ws.set_paper(_KERTAS[kertas])
    ws.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
    ws.fit_to_pages(1, 0)
    ws.set_footer("&L&8Bahan pembicaraan, bukan penilaian&R&8Halaman &P dari &N")
    ws.hide_gridlines(2)


def _bagian_lembar(ws: Any, r: int, judul: str, kepala: Sequence[str], g: Mapping[str, Any]) -> int:
    """A section's title and head, the last heading over the empty ones after it; the next free row."""
    ws.write_string(r, 0, judul, g["bagian"])
    isi = [k for k in kepala if k]
    for k, t in enumerate(isi):
        if k == len(isi) - 1 < len(kepala) - 1:
            ws.merge_range(r + 1, k, r + 1, len(kepala) - 1, t, g["kepala"])
        else:
            ws.write_string(r + 1, k, t, g["kepala"])
    return r + 2
