"""From what stands in a cell to a value: tolerant where the meaning is certain, strict where it is not.

Cells are read per *distinct* content of a column, so a clean column of 120,000 rows costs a few
array operations. Numbers in number columns never pass through Python at all.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..tulisan import BULAN, angka
from .skema import Kolom

PANJANG_TEKS = 32_767  # what one Excel cell can hold
MENIT_SEHARI = 1_440
BELUM_DIHITUNG = "#BELUM-DIHITUNG!"  # stands for a formula saved without its result

ANGKA_TEKS = "angka tersimpan sebagai teks"  # a deviation in a workbook, the only way in CSV
TANDA_PERSEN = "tanda persen dilepas, angka dibaca dalam persen"
SPASI = "spasi berlebih atau huruf tak terlihat dirapikan"


class Tolak(ValueError):
    """A cell whose meaning is not certain: what is wrong, and what to write instead."""

    def __init__(self, pesan: str, perbaikan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.perbaikan = perbaikan


@dataclass
class Lajur:
    """One column after reading. Positions count data rows from 0; refused cells are missing in `nilai`."""

    nilai: NDArray[np.float64] | NDArray[np.object_]
    kosong: NDArray[np.bool_]
    tolak: list[tuple[NDArray[np.intp], str, Tolak]] = field(default_factory=list)
    catatan: list[tuple[NDArray[np.intp], str, str]] = field(default_factory=list)  # rows, sample, note


def urai_lajur(kolom: Kolom, isi: NDArray[np.object_]) -> Lajur:
    """Read one column of raw cells (str, float, int, bool, date, time, None)."""
    bernilai_angka = kolom.tipe in ("bulat", "desimal")
    nilai = np.full(len(isi), np.nan) if bernilai_angka else np.full(len(isi), None, dtype=object)
    hasil = Lajur(nilai, np.ones(len(isi), dtype=bool))
    for tipe, di in _per_tipe(isi):
        if tipe is type(None):
            continue
        sel = isi[di]
        if bernilai_angka and tipe in (int, float, Decimal):
            _angka_langsung(kolom, sel.astype(np.float64), di, hasil)
        elif tipe is str:
            _per_isi(kolom, _dari_teks, sel, di, hasil)
        elif tipe in _DARI:
            _per_isi(kolom, _DARI[tipe], sel, di, hasil)
        else:
            salah = Tolak("isi sel bukan teks, angka, atau tanggal", "ketik ulang isinya")
            hasil.kosong[di] = False
            hasil.tolak.append((di, tipe.__name__, salah))
    if bernilai_angka:
        _periksa_rentang(kolom, hasil)
    return hasil


def _per_tipe(isi: NDArray[np.object_]) -> list[tuple[type, NDArray[np.intp]]]:
    tipe = list(map(type, isi))
    if len(set(tipe)) == 1:
        return [(tipe[0], np.arange(len(isi)))]
    wadah = np.empty(len(tipe), dtype=object)
    wadah[:] = tipe
    kode, macam = pd.factorize(wadah)
    return [(t, np.flatnonzero(kode == i)) for i, t in enumerate(macam)]


Terurai = tuple[object, tuple[str, ...]]  # the value (None: empty) and what was read tolerantly
Pengurai = Callable[[Kolom, object], Terurai]


def _per_isi(
    kolom: Kolom, urai: Pengurai, sel: NDArray[np.object_], di: NDArray[np.intp], hasil: Lajur
) -> None:
    """Read each distinct content once and spread the result over the rows that have it."""
    kode, macam = pd.factorize(sel, use_na_sentinel=False)
    terurai: list[object] = [None] * len(macam)
    catatan: list[tuple[int, str]] = []
    tolak: list[tuple[int, Tolak]] = []
    for i, isi in enumerate(macam):
        try:
            terurai[i], catat = urai(kolom, isi)
            catatan += [(i, c) for c in catat]
        except Tolak as salah:
            tolak.append((i, salah))
    kosong = np.array([v is None for v in terurai], dtype=bool)
    kosong[[i for i, _ in tolak]] = False
    hasil.kosong[di] = kosong[kode]
    nilai = np.empty(len(terurai), dtype=object)
    nilai[:] = terurai
    if hasil.nilai.dtype != object:
        nilai = np.array([np.nan if v is None else v for v in terurai], dtype=np.float64)
    hasil.nilai[di] = nilai[kode]
    if not (catatan or tolak):
        return
    # rows of each distinct content, found with one sort instead of one pass per content
    urut = np.argsort(kode, kind="stable")
    batas = np.searchsorted(kode[urut], np.arange(len(macam) + 1))
    baris = [di[urut[batas[i] : batas[i + 1]]] for i in range(len(macam))]
    hasil.catatan += [(baris[i], tampil(macam[i]), c) for i, c in catatan]
    hasil.tolak += [(baris[i], tampil(macam[i]), salah) for i, salah in tolak]


def _angka_langsung(kolom: Kolom, x: NDArray[np.float64], di: NDArray[np.intp], hasil: Lajur) -> None:
    ada = ~np.isnan(x)
    hasil.kosong[di] = ~ada
    buruk = np.isinf(x)
    if kolom.tipe == "bulat":
        pecahan = ada & ~buruk & (x != np.floor(x))
        for v in np.unique(x[pecahan]):
            hasil.tolak.append((di[x == v], angka(float(v)), _BUKAN_BULAT))
        buruk |= pecahan
    tak_hingga = di[np.isinf(x)]
    if len(tak_hingga):
        hasil.tolak.append((tak_hingga, "tak hingga", Tolak("bukan angka yang terhingga", "ketik angkanya")))
    hasil.nilai[di] = np.where(buruk, np.nan, x)


_BUKAN_BULAT = Tolak("harus bilangan bulat", "ketik bilangan bulat, tanpa koma")


def _periksa_rentang(kolom: Kolom, hasil: Lajur) -> None:
    bawah = -np.inf if kolom.paling_sedikit is None else kolom.paling_sedikit
    atas = np.inf if kolom.paling_banyak is None else kolom.paling_banyak
    if kolom.tipe == "bulat":  # beyond 2^53 a float no longer holds every whole number
        bawah, atas = max(bawah, -(2**53)), min(atas, 2**53)
    x = hasil.nilai
    luar = ~np.isnan(x.astype(np.float64)) & ((x < bawah) | (x > atas))
    for v in np.unique(x[luar]):
        salah = Tolak(
            f"di luar batas {angka(_pendek(bawah))} sampai {angka(_pendek(atas))}"
            + (f" {kolom.satuan}" if kolom.satuan else ""),
            "periksa dan ketik ulang angkanya",
        )
        hasil.tolak.append((np.flatnonzero(x == v), angka(_pendek(float(v))), salah))
    x[luar] = np.nan


def _pendek(x: float) -> int | float:
    return int(x) if x == int(x) else x


def tampil(isi: object) -> str:
    """A cell's content as shown in a message: one line, at most 60 characters."""
    if isinstance(isi, bool):
        return "TRUE" if isi else "FALSE"
    teks = angka(isi) if isinstance(isi, int | float) and abs(isi) < 10**15 else str(isi)
    teks = "".join(c if c.isprintable() else "·" for c in teks)
    return teks if len(teks) <= 60 else teks[:57] + "..."


# ---------------------------------------------------------------- text


_KOTOR = re.compile(r"[^!-~\n ]|  |^[ \n]|[ \n]$| \n|\n ")
_BUANG = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_GALAT_EXCEL = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|PYTHON!|GETTING_DATA)",
    re.IGNORECASE,
)


def bersih(teks: str) -> str:
    """Single spaces, no edges, no invisible characters, one Unicode form; line breaks stay."""
    if not _KOTOR.search(teks):
        return teks
    teks = unicodedata.normalize("NFC", _BUANG.sub("", teks)).replace("\r\n", "\n").replace("\r", "\n")
    teks = "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in teks)
    return "\n".join(" ".join(b.split()) for b in teks.split("\n")).strip("\n")


def rapikan(teks: str) -> str:
    """For comparing choices: case, spaces, underscores and hyphens do not matter."""
    return " ".join(re.sub(r"[\s_\-]+", " ", teks.casefold()).split())


def _dari_teks(kolom: Kolom, isi: object) -> Terurai:
    asli = str(isi)
    teks = bersih(asli)
    if not teks:
        return None, ()
    if teks == BELUM_DIHITUNG:
        raise Tolak(
            "sel berisi rumus yang hasilnya belum tersimpan",
            "buka berkas di Excel, hitung ulang, lalu simpan",
        )
    if _GALAT_EXCEL.fullmatch(teks):
        raise Tolak("sel berisi galat rumus Excel", "perbaiki rumusnya atau ketik nilainya")
    nilai, catatan = _TEKS[kolom.tipe](kolom, teks)
    return nilai, catatan if teks == asli else (SPASI, *catatan)


def _teks(kolom: Kolom, teks: str) -> Terurai:
    if len(teks) > PANJANG_TEKS:
        raise Tolak(f"teks lebih dari {angka(PANJANG_TEKS)} huruf", "ringkas teksnya")
    return teks, ()


_KODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_NAMA_PERANTI = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def _kode(kolom: Kolom, teks: str) -> Terurai:
    if not _KODE.fullmatch(teks):
        raise Tolak(
            "kode tidak sah: 1 sampai 40 huruf, angka, titik, garis bawah, atau tanda hubung, "
            "dimulai huruf atau angka",
            "tulis misalnya DINKES atau 1.02.01",
        )
    if ".." in teks or teks.endswith("."):
        raise Tolak(
            "kode tidak sah: titik berurutan atau titik di akhir", "hapus titik yang berlebih pada kode"
        )
    if _NAMA_PERANTI.fullmatch(teks):
        raise Tolak(
            "kode tidak sah: nama itu dipakai Windows untuk peranti", "tambahkan huruf lain pada kode"
        )
    return teks, ()


_NIP_SAMARAN = re.compile(r"SAMARAN-[0-9A-Z]{12}")


def _nip(kolom: Kolom, teks: str) -> Terurai:
    if _NIP_SAMARAN.fullmatch(teks):
        return teks, ("NIP samaran",)
    rapat = re.sub(r"[\s.]", "", teks.removeprefix("'").removeprefix("’"))
    if not re.fullmatch(r"[0-9]+", rapat):
        raise Tolak("NIP hanya boleh berisi angka", "ketik 18 angka NIP; kosongkan sel bila tidak ada")
    if len(rapat) != 18:
        raise Tolak("NIP harus 18 angka", "periksa jumlah angkanya dan lengkapi")
    _periksa_nip(rapat)
    return rapat, () if rapat == teks else ("spasi, titik, atau tanda petik dalam NIP dilepas",)


def _periksa_nip(nip: str) -> None:
    """Birth date, start of service and sex as far as they hold for every employee.

    Digits 13-14 are a month only for PNS; that part needs the status, see `periksa`.
    """
    try:
        lahir = dt.date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        lahir = dt.date.min
    if not 1940 <= lahir.year <= 2099:
        raise Tolak(
            "angka ke-1 sampai ke-8 NIP bukan tanggal lahir yang mungkin (TTTTBBHH, mulai 1940)",
            "cocokkan NIP dengan kartu pegawai",
        )
    tahun, bulan = int(nip[8:12]), int(nip[12:14])
    umur = tahun - lahir.year - (1 <= bulan <= 12 and tahun - lahir.year == 15 and bulan < lahir.month)
    if not 15 <= umur <= 65:
        raise Tolak(
            "angka ke-9 sampai ke-14 NIP bukan tahun dan bulan pengangkatan yang mungkin "
            "(umur 15 sampai 65 tahun saat diangkat)",
            "cocokkan NIP dengan kartu pegawai",
        )
    if nip[14] not in "12":
        raise Tolak(
            "angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan)", "cocokkan NIP dengan kartu pegawai"
        )


# ---------------------------------------------------------------- numbers

_POLOS = re.compile(r"\d+(,\d+)?")
_RIBUAN = re.compile(r"[1-9]\d{0,2}((\.\d{3}){2,}|(\.\d{3})+,\d+)")  # 1.234.567 or 1.234,5
_RIBUAN_SATU = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # 1.234: thousand in Jakarta, one and a bit in London
_TITIK = re.compile(r"\d+\.\d+")
_INGGRIS = re.compile(r"[1-9]\d{0,2}((,\d{3}){2,}(\.\d+)?|(,\d{3})+\.\d+)")  # 1,234,567 or 1,234.5
_RP = re.compile(r"rp\.? ?", re.IGNORECASE)


def _bilangan(kolom: Kolom, teks: str) -> Terurai:
    """A number as officials type it. `1.234` is refused: thousand or decimal is not certain."""
    catatan: list[str] = []
    sisa = teks.removeprefix("'").removeprefix("’")
    if sisa != teks:
        catatan.append("tanda petik di depan angka dilepas")
    sisa, minus = _lepas_tanda(sisa)
    rp = _RP.match(sisa)
    if rp:
        sisa, minus_dalam = _lepas_tanda(sisa[rp.end() :])
        minus ^= minus_dalam
        sisa = re.sub(r",(-|–)$", "", sisa)
        catatan.append("tanda Rp dilepas")
    if sisa.endswith("%"):
        sisa = sisa[:-1].rstrip()
        catatan.append(TANDA_PERSEN)
    if _POLOS.fullmatch(sisa) and not (rp and re.fullmatch(r"\d{1,3},\d{3}", sisa)):
        polos = sisa.replace(",", ".")
        if not catatan:
            catatan.append(ANGKA_TEKS)
    elif _RIBUAN.fullmatch(sisa) or (rp and _RIBUAN_SATU.fullmatch(sisa)):
        polos = sisa.replace(".", "").replace(",", ".")
        catatan.append("titik dibaca sebagai pemisah ribuan")
    elif _RIBUAN_SATU.fullmatch(sisa):
        ribuan, pecahan = sisa.replace(".", ""), sisa.replace(".", ",")
        raise Tolak(
            "titik dapat berarti ribuan atau desimal",
            f"tulis {ribuan} bila ribuan, atau {pecahan} bila desimal"
            if len(ribuan) <= 6
            else "tulis tanpa titik",
        )
    elif _TITIK.fullmatch(sisa):
        polos = sisa
        catatan.append("titik dibaca sebagai tanda desimal")
    elif _INGGRIS.fullmatch(sisa):
        polos = sisa.replace(",", "")
        catatan.append("koma dibaca sebagai pemisah ribuan")
    elif re.fullmatch(r"[\d.,]+[eE][+-]?\d+", sisa):
        raise Tolak("angka dalam notasi ilmiah; sebagian angkanya mungkin hilang", "tulis angkanya lengkap")
    elif teks in ("-", "–", "—"):
        raise Tolak("tanda hubung bukan angka", "kosongkan sel bila belum diketahui, tulis 0 bila nol")
    else:
        raise Tolak("bukan angka", "tulis angka saja, desimal dengan koma, misalnya 97,5")
    nilai = float(polos)
    if np.isinf(nilai):
        raise Tolak("angka terlalu besar", "periksa banyaknya angka nol")
    if kolom.tipe == "bulat" and Decimal(polos) != int(Decimal(polos)):
        raise _BUKAN_BULAT
    return -nilai if minus else nilai, tuple(catatan)


def _lepas_tanda(teks: str) -> tuple[str, bool]:
    minus = teks[:1] in ("-", "−")
    return (teks[1:].lstrip() if minus or teks[:1] == "+" else teks), minus


# ---------------------------------------------------------------- choices


def _pilihan(kolom: Kolom, teks: str) -> Terurai:
    if teks in kolom.pilihan:
        return teks, ()
    rapi = rapikan(teks)
    for p in kolom.pilihan:
        if rapikan(p) == rapi:
            return p, (f"ejaan lain dibaca sebagai {p}",)
    setara = {rapikan(k): v for k, v in kolom.setara.items()}
    if rapi in setara:
        return setara[rapi], (f"istilah lain dibaca sebagai {setara[rapi]}",)
    calon = {rapikan(p): p for p in kolom.pilihan} | setara
    dekat = difflib.get_close_matches(rapi, list(calon), n=1, cutoff=0.6)
    saran = f"mungkin maksudnya {calon[dekat[0]]}; " if dekat else ""
    raise Tolak("bukan pilihan yang dikenal", f"{saran}pilih salah satu: {', '.join(kolom.pilihan)}")


_YA = frozenset(("ya", "y", "iya", "true", "benar", "1"))
_TIDAK = frozenset(("tidak", "t", "tdk", "false", "salah", "0"))


def _ya_tidak(kolom: Kolom, teks: str) -> Terurai:
    rapi = teks.casefold()
    if rapi not in _YA | _TIDAK:
        raise Tolak("bukan ya atau tidak", "tulis ya atau tidak")
    nilai = rapi in _YA
    return nilai, () if teks in ("ya", "tidak") else (f"dibaca sebagai {'ya' if nilai else 'tidak'}",)


# ---------------------------------------------------------------- time

_TAHUN = r"((?:19|20)[0-9]{2})"
_NAMA_BULAN = {b.casefold(): i for i, b in enumerate(BULAN, 1)} | {
    b[:3].casefold(): i for i, b in enumerate(BULAN, 1)
}
_NAMA_BULAN |= {"agt": 8, "ags": 8, "nopember": 11, "nop": 11, "pebruari": 2, "peb": 2, "sept": 9}
_NAMA_BULAN |= {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7}
_NAMA_BULAN |= {"august": 8, "october": 10, "oct": 10, "december": 12, "dec": 12}
_BULAN_DIBACA = "bulan ditulis dengan cara lain"


def _bulan(kolom: Kolom, teks: str) -> Terurai:
    hasil = _cari_bulan(teks)
    if hasil is None:
        raise Tolak("bukan bulan dan tahun", "tulis tahun-bulan, misalnya 2022-07")
    return hasil, () if hasil == teks else (_BULAN_DIBACA,)


def _cari_bulan(teks: str) -> str | None:
    """'2022-07', '07/2022', 'Juli 2022' -> '2022-07'; None when it is not a month with its year."""
    if m := re.fullmatch(_TAHUN + r" ?[-/.] ?(\d{1,2})", teks):
        tahun, bulan = m[1], int(m[2])
    elif m := re.fullmatch(r"(\d{1,2}) ?[-/.] ?" + _TAHUN, teks):
        tahun, bulan = m[2], int(m[1])
    elif m := re.fullmatch(r"([A-Za-z]+)\.?[ \-/]?" + _TAHUN, teks):
        tahun, bulan = m[2], _NAMA_BULAN.get(m[1].casefold(), 0)
    elif re.fullmatch(r"([A-Za-z]+|\d{1,2})[ \-/.']+\d\d", teks):
        raise Tolak("tahun hanya dua angka", "tulis tahun empat angka, misalnya 2022-07")
    else:
        return None
    return f"{tahun}-{bulan:02d}" if 1 <= bulan <= 12 else None


_TRIWULAN = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


def _periode(kolom: Kolom, teks: str) -> Terurai:
    rapi = teks.casefold()
    hasil: str | None
    if m := re.fullmatch(r"(?:tahun )?" + _TAHUN, rapi):
        hasil = m[1]
    elif m := re.fullmatch(_TAHUN + r"[ \-/]*(?:tw|triwulan)[ \-]*([1-4]|i{1,3}|iv)", rapi):
        hasil = f"{m[1]}-TW{_TRIWULAN[m[2]]}"
    elif m := re.fullmatch(r"(?:tw|triwulan)[ \-]*([1-4]|i{1,3}|iv)[ \-/]*(?:tahun )?" + _TAHUN, rapi):
        hasil = f"{m[2]}-TW{_TRIWULAN[m[1]]}"
    else:
        hasil = _cari_bulan(teks)
    if hasil is None:
        raise Tolak("bukan periode", "tulis 2022, 2022-TW3, atau 2022-07")
    return hasil, () if hasil == teks else ("periode ditulis dengan cara lain",)


_TULIS_TANGGAL = "tulis tahun-bulan-hari, misalnya 2023-01-31, atau format sel sebagai tanggal"


def _tanggal(kolom: Kolom, teks: str) -> Terurai:
    catatan = ("tanggal berupa teks dengan cara tulis lain",)
    if m := re.fullmatch(_TAHUN + r"-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?", teks):
        return _hari(m[1], int(m[2]), m[3]), () if len(teks) == 10 else catatan
    if m := re.fullmatch(_TAHUN + r"[-/. ](\d{1,2})[-/. ](\d{1,2})", teks):
        return _hari(m[1], int(m[2]), m[3]), catatan
    if m := re.fullmatch(r"(\d{1,2})[-/. ]([A-Za-z]+)\.?[-/. ]" + _TAHUN, teks):
        return _hari(m[3], _NAMA_BULAN.get(m[2].casefold(), 0), m[1]), catatan
    if m := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]" + _TAHUN, teks):
        satu, dua = int(m[1]), int(m[2])
        if satu <= 12 and dua <= 12 and satu != dua:
            raise Tolak("hari dan bulan dapat tertukar", _TULIS_TANGGAL)
        hari, bulan = (dua, satu) if dua > 12 else (satu, dua)
        return _hari(m[3], bulan, hari), catatan
    if re.fullmatch(r"\d{1,2}[-/. ](\d{1,2}|[A-Za-z]+)[-/. ]\d\d", teks):
        raise Tolak("tahun hanya dua angka", _TULIS_TANGGAL)
    raise Tolak("bukan tanggal", _TULIS_TANGGAL)


def _hari(tahun: str, bulan: int, hari: str | int) -> dt.datetime:
    try:
        return dt.datetime(int(tahun), bulan, int(hari))  # noqa: DTZ001 (a calendar day has no zone)
    except ValueError:
        raise Tolak("tanggal itu tidak ada dalam kalender", _TULIS_TANGGAL) from None


_TULIS_MENIT = "tulis menit tiap kejadian dipisah titik koma, misalnya 12; 45"


def _menit(kolom: Kolom, teks: str) -> Terurai:
    """'12; 45' -> '12;45': whole minutes of each event."""
    if teks == "0":
        return None, ("nol menit dibaca sebagai tidak ada kejadian",)
    if "," in teks or "." in teks:
        raise Tolak("koma atau titik dapat berarti desimal atau dua kejadian", _TULIS_MENIT)
    catatan: tuple[str, ...] = ()
    if teks.endswith(";"):
        teks, catatan = teks[:-1], ("titik koma di akhir dilepas",)
    bagian = [b.strip() for b in teks.split(";")]
    if not all(re.fullmatch(r"\d{1,9}", b) for b in bagian):
        raise Tolak("bukan daftar menit", _TULIS_MENIT)
    menit = [int(b) for b in bagian]
    if not all(1 <= m <= MENIT_SEHARI for m in menit):
        raise Tolak(f"menit satu kejadian di luar 1 sampai {angka(MENIT_SEHARI)}", _TULIS_MENIT)
    return ";".join(map(str, menit)), catatan


_TEKS: dict[str, Callable[[Kolom, str], Terurai]] = {
    "teks": _teks,
    "kode": _kode,
    "nip": _nip,
    "bulat": _bilangan,
    "desimal": _bilangan,
    "pilihan": _pilihan,
    "ya_tidak": _ya_tidak,
    "bulan": _bulan,
    "periode": _periode,
    "tanggal": _tanggal,
    "menit": _menit,
}


# ---------------------------------------------------------------- cells that are not text


def _dari_angka(kolom: Kolom, isi: object) -> Terurai:
    x = float(isi)  # type: ignore[arg-type]
    if np.isnan(x):
        return None, ()
    bulat = x == np.floor(x) and abs(x) < 1e15
    if kolom.tipe == "nip":
        raise Tolak(
            "NIP tersimpan sebagai angka; Excel membulatkan angka setelah 15 digit",
            "format kolom sebagai Teks, lalu ketik ulang NIP-nya",
        )
    if kolom.tipe == "teks" and abs(x) < 1e15:
        return (str(int(x)) if bulat else angka(x).replace(".", "")), ("angka dibaca sebagai teks",)
    if kolom.tipe == "kode" and bulat:
        return _kode(kolom, str(int(x)))[0], ("angka dibaca sebagai kode",)
    if kolom.tipe in ("teks", "kode"):
        raise Tolak(
            "tersimpan sebagai angka; nol atau digit di belakang dapat hilang",
            "format kolom sebagai Teks, lalu ketik ulang",
        )
    if kolom.tipe == "menit":
        if not bulat:
            raise Tolak("koma atau titik dapat berarti desimal atau dua kejadian", _TULIS_MENIT)
        return _menit(kolom, str(int(x)))
    if kolom.tipe == "tanggal":
        raise Tolak("angka, bukan tanggal", "format sel sebagai tanggal, lalu ketik ulang tanggalnya")
    return _TEKS[kolom.tipe](kolom, str(int(x)) if bulat else angka(x))


def _dari_logika(kolom: Kolom, isi: object) -> Terurai:
    if kolom.tipe == "ya_tidak":
        return bool(isi), ()
    raise Tolak("sel berisi TRUE atau FALSE", "ketik ulang isinya sebagai teks atau angka")


def _dari_tanggal(kolom: Kolom, isi: object) -> Terurai:
    assert isinstance(isi, dt.date)
    if not 1900 <= isi.year <= 2099:
        raise Tolak("tahun di luar 1900 sampai 2099", "periksa dan ketik ulang")
    if kolom.tipe == "tanggal":
        jam = isinstance(isi, dt.datetime) and isi.time() != dt.time()
        hari = dt.datetime(isi.year, isi.month, isi.day)  # noqa: DTZ001
        return hari, ("jam pada tanggal diabaikan",) if jam else ()
    if kolom.tipe == "bulan":
        return f"{isi.year}-{isi.month:02d}", ("tanggal dibaca sebagai bulan",)
    if kolom.tipe == "periode" and isi.day == 1 and isi.month > 1:
        return f"{isi.year}-{isi.month:02d}", ("tanggal dibaca sebagai bulan",)
    if kolom.tipe == "periode":
        raise Tolak(
            "tanggal, dapat berarti tahun atau bulan", "format sel sebagai Teks, tulis 2022 atau 2022-01"
        )
    raise Tolak(
        "sel berisi tanggal; Excel mungkin mengubah ketikan seperti 3/4 atau 1-2 menjadi tanggal",
        "format kolom sebagai Teks, lalu ketik ulang",
    )


def _dari_jam(kolom: Kolom, isi: object) -> Terurai:
    raise Tolak("sel berisi jam atau lama waktu", "format kolom sebagai Teks, lalu ketik ulang")


_DARI: dict[type, Pengurai] = {
    int: _dari_angka,
    float: _dari_angka,
    Decimal: _dari_angka,
    bool: _dari_logika,
    dt.date: _dari_tanggal,
    dt.datetime: _dari_tanggal,
    dt.time: _dari_jam,
    dt.timedelta: _dari_jam,
}
