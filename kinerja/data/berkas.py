"""Opening a workbook, a folder of CSV or of Parquet: raw cells out, whole-file faults named.

Nothing here knows what a value means; every source becomes the same grid of cells.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from ..tulisan import angka, daftar
from .bawaan import BERTAUT, bagian_terlarang, bertaut, rumus_keluar
from .galat import GalatData, Temuan
from .kepala import BARIS_KEPALA, cari_kepala, nama_lembar
from .skema import SKEMA, Tabel
from .urai import BELUM_DIHITUNG

if TYPE_CHECKING:  # loaded where a file of that kind is opened
    import pyarrow as pa

BATAS_BERKAS = 100 * 1024**2  # bytes of one workbook on disk
BATAS_BUKA = 1024**3  # bytes of a workbook after unzipping, of one CSV, of one Parquet when decoded
BATAS_SEL = 60_000_000  # cells of the rectangle that one sheet spans

Kisi = NDArray[np.object_]  # 2-D: sheet rows from row 1, columns from A; "" or None is an empty cell

_BESAR = "Untuk data besar pakai map berisi CSV atau Parquet, satu berkas per tabel"


@dataclass(frozen=True)
class Sumber:
    """What was opened: `lembar` maps a table of SKEMA to the name it bears in the source."""

    nama: str
    sha256: str
    lembar: Mapping[str, str]
    asing: tuple[str, ...]  # sheets or files that belong to no table
    muat: Callable[[Tabel], Kisi]
    csv: bool = False


def buka(jalur: Path) -> Sumber:
    """Open `jalur`. Raises GalatData when the file as a whole cannot be used."""
    try:
        if not jalur.exists():
            raise _galat(jalur.name, "berkas atau map tidak ditemukan", "Periksa nama dan letaknya")
        return _buka_map(jalur) if jalur.is_dir() else _buka_buku(jalur)
    except OSError as salah:
        raise _galat(
            jalur.name,
            f"tidak dapat dibaca ({salah.strerror or type(salah).__name__})",
            "Tutup berkas itu di program lain dan periksa izin bacanya",
        ) from salah


def sidik_sumber(jalur: Path) -> str:
    """SHA-256 of what lies at `jalur` now: equal to `buka(jalur).sha256` as long as nobody wrote there."""
    if not jalur.is_dir():
        with jalur.open("rb") as f:
            return hashlib.file_digest(f, "sha256").hexdigest()
    return _sidik_map(_letak_map(jalur)[0])


def _galat(nama: str, pesan: str, perbaikan: str) -> GalatData:
    return GalatData([Temuan("", None, "", "", "", pesan, perbaikan)], nama)


def _ukuran(byte: int) -> str:
    return f"{angka(byte / 1024**2, 0)} MB"


def _cocokkan(nama_sumber: str, nama: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Match sheet or file names to the tables of SKEMA; two names for one table are refused."""
    cocok: dict[str, str] = {}
    for n in nama:
        tabel = nama_lembar(n)
        if tabel not in SKEMA:
            continue
        if tabel in cocok:
            raise _galat(
                nama_sumber,
                f"dua lembar untuk tabel {tabel}: '{cocok[tabel]}' dan '{n}'",
                "Sisakan satu lembar untuk tiap tabel",
            )
        cocok[tabel] = n
    if not cocok:
        raise _galat(
            nama_sumber,
            f"tidak ada lembar yang dikenal. Lembar yang ditemukan: {daftar(nama) or 'tidak ada'}. "
            f"Lembar yang diperlukan: {daftar(t.nama for t in SKEMA.values() if t.wajib)}",
            f"Nama lembar yang dikenal: {daftar(SKEMA)}",
        )
    return cocok, tuple(n for n in nama if n not in cocok.values())


# ---------------------------------------------------------------- workbook

_SIMPAN_ULANG = "Buka di Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx)"
_MINTA_XLSX = "Minta berkas Excel-nya (.xlsx)"


@dataclass(frozen=True)
class Buku:
    """An opened workbook, whatever its sheets are. `muat(lembar)` gives the cells of one sheet."""

    nama: str
    sha256: str
    lembar: tuple[str, ...]  # in the order of the workbook
    muat: Callable[[str], Kisi]


def buka_buku(jalur: Path) -> Buku:
    """Open any .xlsx. GalatData names what is wrong with the file as a whole, and the way out; so does `muat`."""
    import python_calamine as calamine

    nama, besar = jalur.name, jalur.stat().st_size
    if besar == 0:
        raise _galat(nama, "berkas kosong (0 byte)", "Minta atau simpan ulang berkasnya")
    if besar > BATAS_BERKAS:
        raise _galat(nama, f"besar berkas {_ukuran(besar)}, batasnya {_ukuran(BATAS_BERKAS)}", _BESAR)
    isi = jalur.read_bytes()
    _tolak_bukan_xlsx(nama, isi)
    rusak = _galat(
        nama, "berkas rusak atau terpotong", "Salin atau unduh ulang; atau simpan ulang dari Excel"
    )
    try:
        bagian = _Bagian(nama, isi)
        letak = bagian.letak_lembar()
        _tolak_bawaan(nama, bagian, letak)
        if not letak:
            raise _galat(
                nama, "buku kerja tidak berisi lembar kerja", "Pakai templat dan isi lembar-lembarnya"
            )
        persen = bagian.gaya_persen()
        buku = calamine.CalamineWorkbook.from_filelike(io.BytesIO(isi))
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError,
        ElementTree.ParseError, KeyError, ValueError, calamine.CalamineError,
    ) as salah:  # fmt: skip
        raise rusak from salah

    def muat(judul: str) -> Kisi:
        try:
            xml = bagian.baca(letak[judul])
            if temuan := _temuan_rumus(judul, xml):
                raise GalatData(temuan, nama)
            _tolak_terlalu_luas(nama, judul, xml)
            kisi = _kisi(buku.get_sheet_by_name(judul).to_python(skip_empty_area=False))
            for baris, kolom, teks in _sel_khusus(xml, persen):
                if baris >= len(kisi) or kolom >= kisi.shape[1]:  # calamine drops error cells
                    luas = max(baris + 1, len(kisi)), max(kolom + 1, kisi.shape[1])
                    lebar = np.full(luas, "", dtype=object)
                    lebar[: kisi.shape[0], : kisi.shape[1]] = kisi
                    kisi = lebar
                kisi[baris, kolom] = teks
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            KeyError,
            ValueError,
            calamine.CalamineError,
        ) as salah:
            raise rusak from salah
        return kisi

    return Buku(nama, hashlib.sha256(isi).hexdigest(), tuple(letak), muat)


def _tolak_bawaan(nama: str, bagian: _Bagian, letak: Mapping[str, str]) -> None:
    """Refuse what the workbook brings along, all at once; of links the cells that use them, where there are any."""
    bagian_nama = bagian.zip.namelist()
    temuan = [Temuan("", None, "", "", "", *apa) for apa in bagian_terlarang(bagian_nama)]
    if bertaut(bagian_nama):
        sel = [t for judul, di in letak.items() for t in _temuan_rumus(judul, bagian.baca(di))]
        temuan += sel or [Temuan("", None, "", "", "", *BERTAUT)]
    if temuan:
        raise GalatData(temuan, nama)


def _temuan_rumus(judul: str, xml: bytes) -> list[Temuan]:
    saran = "ganti rumusnya dengan nilainya (salin, lalu tempel khusus: nilai)"
    return [
        Temuan(judul, baris or None, "", huruf, rumus[:80], apa, saran)
        for huruf, baris, rumus, apa in rumus_keluar(xml)
    ]


def _buka_buku(jalur: Path) -> Sumber:
    buku = buka_buku(jalur)
    lembar, asing = _cocokkan(buku.nama, list(buku.lembar))
    return Sumber(buku.nama, buku.sha256, lembar, asing, lambda tabel: buku.muat(lembar[tabel.nama]))


def _tolak_bukan_xlsx(nama: str, isi: bytes) -> None:
    """Name what the file is when it is not a workbook, whatever its extension claims."""
    if isi.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in isi:
            raise _galat(
                nama, "berkas dilindungi kata sandi", "Buka di Excel, hapus kata sandinya, lalu simpan ulang"
            )
        raise _galat(nama, "berkas Excel lama (.xls), bukan .xlsx", _SIMPAN_ULANG)
    if isi.startswith(b"PK\x03\x04"):
        for tanda, jenis in ((b"xl/workbook.bin", "Excel biner (.xlsb)"), (b"opendocument", "OpenDocument")):
            if tanda in isi and b"xl/workbook.xml" not in isi:
                raise _galat(nama, f"berkas {jenis}, bukan .xlsx", _SIMPAN_ULANG)
        for tanda, jenis in ((b"word/document.xml", "Word (.docx)"), (b"ppt/presentation.xml", "PowerPoint")):
            if tanda in isi:
                raise _galat(nama, f"berkas {jenis}, bukan buku kerja .xlsx", _MINTA_XLSX)
        if _arsip(isi):
            raise _galat(nama, "arsip ZIP, bukan buku kerja .xlsx", "Ekstrak arsipnya, lalu pakai isinya")
        return
    if isi.startswith(b"%PDF"):
        raise _galat(nama, "berkas PDF, bukan buku kerja .xlsx", _MINTA_XLSX)
    if isi.startswith(b"PAR1"):
        raise _galat(nama, "satu berkas Parquet", "Beri nama map yang berisi berkas-berkas Parquet-nya")
    awal = isi[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if awal.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"mime-version")):
        raise _galat(nama, "berkas HTML atau XML yang dinamai seperti Excel, bukan .xlsx", _SIMPAN_ULANG)
    if b"\x00" not in awal and awal.count(b"\n") and re.search(rb"[,;\t]", awal):
        raise _galat(
            nama,
            "berkas CSV atau teks, bukan buku kerja .xlsx",
            "Taruh berkas CSV dalam satu map (misalnya pegawai.csv) lalu beri nama map itu",
        )
    raise _galat(nama, "bukan buku kerja .xlsx", _SIMPAN_ULANG)


def _arsip(isi: bytes) -> bool:
    """Whether a whole ZIP holds other files than an Office document."""
    with suppress(zipfile.BadZipFile, ValueError, NotImplementedError):
        nama = zipfile.ZipFile(io.BytesIO(isi)).namelist()
        return bool(nama) and "[Content_Types].xml" not in nama and not any(n.startswith("xl/") for n in nama)
    return False


_DIBACA_AWAL = ("sharedstrings.xml", "styles.xml", "workbook.xml", "workbook.xml.rels")
_UTF8 = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml\b(?![^>]*\bencoding\s*=)|<\?xml\b[^>]*\bencoding\s*=\s*[\"'](?i:utf-?8|us-ascii)[\"']|<[^?]|$)"
)


def _tolak_nama_bagian(nama: str, bagian: Sequence[str]) -> None:
    """Two parts of one name would show one program this and another that; a name may not leave the archive."""
    if len({b.replace("\\", "/").casefold() for b in bagian}) < len(bagian):
        raise _galat(nama, "dua bagian di dalam berkas bernama sama", _SIMPAN_ULANG)
    for b in bagian:
        if b.startswith(("/", "\\")) or ":" in b or ".." in re.split(r"[/\\]", b):
            raise _galat(nama, "bagian di dalam berkas bernama keluar dari berkasnya", _SIMPAN_ULANG)


class _Bagian:
    """The XML parts of a workbook. Read in full, so a part that lies about its size is found out."""

    def __init__(self, nama: str, isi: bytes) -> None:
        self.nama = nama
        self.zip = zipfile.ZipFile(io.BytesIO(isi))
        _tolak_nama_bagian(nama, self.zip.namelist())
        besar = sum(i.file_size for i in self.zip.infolist())
        if besar > BATAS_BUKA:
            raise _galat(
                nama,
                f"isi berkas mengembang menjadi {_ukuran(besar)}, batasnya {_ukuran(BATAS_BUKA)}",
                _BESAR,
            )
        for info in self.zip.infolist():  # calamine reads these on opening
            if posixpath.basename(info.filename).lower() in _DIBACA_AWAL:
                self.baca(info.filename)

    def baca(self, bagian: str) -> bytes:
        xml = self.zip.read(bagian)
        if (
            not _UTF8.match(xml) or b"\x00" in xml[:200]
        ):  # in another encoding all that follows would be blind
            raise _galat(self.nama, "bagian di dalam berkas bukan XML bersandi UTF-8", _SIMPAN_ULANG)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise _galat(
                self.nama, "berkas berisi deklarasi DTD, yang tidak pernah dibuat Excel", _SIMPAN_ULANG
            )
        return xml

    def _akar(self, bagian: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.baca(bagian))

    def letak_lembar(self) -> dict[str, str]:
        """Worksheet name -> its part in the zip, in workbook order; charts and macros are left out."""
        tujuan = {
            r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", ""))).lstrip("/")
            for r in self._akar("xl/_rels/workbook.xml.rels")
            if r.get("Type", "").endswith("/worksheet")
        }
        hasil = {}
        for e in self._akar("xl/workbook.xml").iter():
            if e.tag.endswith("}sheet"):
                hubungan = next((v for k, v in e.attrib.items() if k.endswith("}id")), "")
                if hubungan in tujuan:
                    hasil[e.attrib["name"]] = tujuan[hubungan]
        return hasil

    def gaya_persen(self) -> frozenset[int]:
        """Cell styles that show a number as a percentage."""
        if "xl/styles.xml" not in self.zip.namelist():
            return frozenset()
        akar = self._akar("xl/styles.xml")
        persen = {"9", "10"} | {
            f.get("numFmtId", "")
            for f in akar.iter()
            if f.tag.endswith("}numFmt") and "%" in re.sub(r'"[^"]*"|\\.', "", f.get("formatCode", ""))
        }
        gaya = next((e for e in akar if e.tag.endswith("}cellXfs")), ())
        return frozenset(i for i, xf in enumerate(gaya) if xf.get("numFmtId") in persen)


# signs that a cell may lie beyond column Z or row 999,999; only then the extent is worked out
_JAUH = re.compile(rb"=[\"'](?!rId)(?:[A-Za-z]{2,3}[0-9]|[A-Za-z]?[0-9]{7})")
_HURUF_SEL = re.compile(rb"\br=[\"']([A-Za-z]{1,3})[0-9]")
_NOMOR_BARIS = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br=[\"']([0-9]+)")
_SEL_BERISI = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br=[\"']([A-Za-z]{1,3})([0-9]+)[\"'][^<>/]*>")


def _tolak_terlalu_luas(nama: str, lembar: str, xml: bytes) -> None:
    """Two cells far apart make a rectangle that no memory holds; A-Z x a million rows always fits."""
    if not _JAUH.search(xml):
        return
    luas = _luas(set(_HURUF_SEL.findall(xml)), map(int, _NOMOR_BARIS.findall(xml)))
    if luas > BATAS_SEL:  # formatted but empty cells do not count
        letak = set(_SEL_BERISI.findall(xml))
        luas = _luas({h for h, _ in letak}, (int(n) for _, n in letak))
    if luas > BATAS_SEL:
        raise _galat(
            nama,
            f"lembar '{lembar}' membentang {angka(luas)} sel, batasnya {angka(BATAS_SEL)}",
            "Hapus isi sel yang terletak jauh di kanan atau di bawah tabel",
        )


def _luas(huruf: set[bytes], baris: Iterable[int]) -> int:
    return max(map(_nomor_kolom, huruf), default=0) * max(baris, default=0)


def _nomor_kolom(huruf: bytes) -> int:
    nomor = 0
    for h in huruf.upper():
        nomor = nomor * 26 + h - 64
    return nomor


_RUMUS = rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
_NILAI = rb"<(?:\w+:)?v>([^<]+)</(?:\w+:)?v>"
_SEL_GALAT = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*\bt=\"e\"[^<>/]*)>\s*(?:" + _RUMUS + rb")?(?:" + _NILAI + rb")?"
)
_SEL_RUMUS = re.compile(
    rb"<(?:\w+:)?c\b([^<>/]*)>\s*"
    + _RUMUS
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SEL_BERGAYA = re.compile(rb"<(?:\w+:)?c\b([^<>/]*\bs=\"([0-9]+)\"[^<>/]*)>\s*(?:" + _RUMUS + rb")?" + _NILAI)
_LETAK = re.compile(rb"\br=\"([A-Z]+)([0-9]+)\"")


def _sel_khusus(xml: bytes, gaya_persen: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Cells whose number alone misleads: (row, column, what the person sees), counted from 0.

    The fast reader gives an error cell and an uncalculated formula as empty, and 97,5 % as 0.975.
    """
    if b't="e"' in xml:
        for m in _SEL_GALAT.finditer(xml):
            yield from _di(m[1], (m[2] or b"#VALUE!").decode())
    if b"<f>" in xml or b"<f " in xml or b":f>" in xml or b":f " in xml:
        for m in _SEL_RUMUS.finditer(xml):
            if b't="str"' not in m[1]:  # a formula whose result is an empty text
                yield from _di(m[1], BELUM_DIHITUNG)
    if gaya_persen:
        for m in _SEL_BERGAYA.finditer(xml):
            if int(m[2]) in gaya_persen and (b" t=" not in m[1] or b't="n"' in m[1]):
                yield from _di(m[1], f"{Decimal(repr(float(m[3]))) * 100:f}%".replace(".", ","))


def _di(atribut: bytes, teks: str) -> Iterator[tuple[int, int, str]]:
    if letak := _LETAK.search(atribut):
        yield int(letak[2]) - 1, _nomor_kolom(letak[1]) - 1, teks


def _kisi(baris: Sequence[Sequence[object]]) -> Kisi:
    """Rows of any length -> one rectangle."""
    lebar = max(map(len, baris), default=0)
    if any(len(b) != lebar for b in baris):
        baris = [[*b, *[""] * (lebar - len(b))] for b in baris]
    kisi = np.empty((len(baris), lebar), dtype=object)
    if baris and lebar:
        kisi[:] = baris
    return kisi


# ---------------------------------------------------------------- folder


def _buka_map(jalur: Path) -> Sumber:
    letak, asing, jenis = _letak_map(jalur)
    for b in letak.values():
        if b.stat().st_size > BATAS_BUKA:
            raise _galat(
                b.name,
                f"besar berkas {_ukuran(b.stat().st_size)}, batasnya {_ukuran(BATAS_BUKA)}",
                "Pakai Parquet atau bagi datanya",
            )
    baca_satu = baca_csv if jenis == ".csv" else _baca_parquet
    return Sumber(
        jalur.name,
        _sidik_map(letak),
        {t: b.stem for t, b in letak.items()},
        asing,
        lambda tabel: baca_satu(letak[tabel.nama], tabel),
        csv=jenis == ".csv",
    )


def _letak_map(jalur: Path) -> tuple[dict[str, Path], tuple[str, ...], str]:
    """Table -> its file, the names that belong to no table, and the kind of the files."""
    berkas = sorted(b for b in jalur.iterdir() if b.is_file() and not b.name.startswith((".", "~$")))
    per_jenis = {s: [b for b in berkas if b.suffix.lower() == s] for s in (".csv", ".parquet")}
    ada = [s for s, b in per_jenis.items() if b]
    if len(ada) != 1:
        buku = [b.name for b in berkas if b.suffix.lower() in (".xlsx", ".xlsm")]
        raise _galat(
            jalur.name,
            "map berisi CSV dan Parquet sekaligus" if ada else "map tidak berisi berkas CSV atau Parquet",
            "Sisakan satu jenis berkas"
            if ada
            else f"Untuk buku kerja, beri nama berkasnya: {daftar(buku, 'atau')}"
            if buku
            else "Taruh satu berkas per tabel, misalnya opd.csv dan pegawai.csv",
        )
    dipakai = per_jenis[ada[0]]
    lembar, asing = _cocokkan(jalur.name, [b.stem for b in dipakai])
    return {t: next(b for b in dipakai if b.stem == n) for t, n in lembar.items()}, asing, ada[0]


def _sidik_map(letak: Mapping[str, Path]) -> str:
    sha = hashlib.sha256()
    for tabel, b in letak.items():
        with b.open("rb") as f:
            sha.update(f"{tabel} {hashlib.file_digest(f, 'sha256').hexdigest()}\n".encode())
    return sha.hexdigest()


def baca_csv(berkas: Path, tabel: Tabel) -> Kisi:
    """Rows of a CSV file; the separator is the one under which the headings are recognised."""
    isi = berkas.read_bytes()
    try:
        teks = isi.decode("utf-8-sig")
    except UnicodeDecodeError as salah:
        baris = isi[: salah.start].count(b"\n") + 1
        raise _galat(
            berkas.name,
            f"baris {angka(baris)} bukan teks UTF-8",
            "Di Excel pilih Simpan Sebagai, jenis 'CSV UTF-8'",
        ) from salah
    nilai = {p: len(cari_kepala(tabel, _kisi(_awal_csv(teks, p))).letak) for p in ",;\t"}
    terbaik = max(nilai.values())
    calon = [p for p, n in nilai.items() if n == terbaik]
    # one known heading reads the same under every separator that the file does not contain
    if terbaik > 1 and len(calon) > 1:
        raise _galat(
            berkas.name,
            "pemisah kolom tidak jelas (koma, titik koma, atau tab)",
            "Simpan ulang dengan titik koma",
        )
    try:
        kisi = _kisi(list(_baris_csv(teks, calon[0])))
    except csv.Error as salah:
        raise _galat(
            berkas.name,
            f"tanda kutip dalam CSV tidak berpasangan atau tidak pada tempatnya ({salah})",
            "Simpan ulang dari Excel sebagai 'CSV UTF-8'",
        ) from salah
    if "'" in teks:
        lepas: Kisi = np.array(np.frompyfunc(_lepas_petik, 1, 1)(kisi), dtype=object)
        return lepas
    return kisi


def _baris_csv(teks: str, pemisah: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(teks, newline=""), delimiter=pemisah, strict=True)


def _awal_csv(teks: str, pemisah: str) -> list[list[str]]:
    """The first rows, as far as they can be read."""
    awal: list[list[str]] = []
    with suppress(csv.Error):
        awal.extend(islice(_baris_csv(teks, pemisah), BARIS_KEPALA))
    return awal


def _lepas_petik(sel: str) -> str:
    """Undo the apostrophe that keeps a spreadsheet from taking text for a formula (see `tulis_csv`)."""
    return sel[1:] if sel[:1] == "'" and sel.lstrip("'")[:1] in ("=", "+", "-", "@") else sel


def _baca_parquet(berkas: Path, tabel: Tabel) -> Kisi:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        isi = pq.ParquetFile(berkas)
        meta = isi.metadata
        besar = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if max(besar, meta.num_rows * meta.num_columns * 8) > BATAS_BUKA * 4:
            raise _galat(
                berkas.name,
                f"isi berkas mengembang menjadi {_ukuran(besar)}",
                "Bagi datanya per OPD atau tahun",
            )
        data = isi.read()
    except (pa.ArrowException, OSError) as salah:
        raise _galat(berkas.name, "bukan berkas Parquet yang utuh", "Tulis ulang berkasnya") from salah
    kisi = np.empty((data.num_rows + 1, data.num_columns), dtype=object)
    for j, kolom in enumerate(data.column_names):
        kisi[0, j] = kolom
        kisi[1:, j] = _sel_arrow(data.column(j))
    return kisi


def _sel_arrow(kolom: pa.ChunkedArray) -> NDArray[np.object_]:
    """Python objects of an Arrow column; equal texts share one object."""
    import pyarrow as pa

    if pa.types.is_string(kolom.type) or pa.types.is_large_string(kolom.type):
        kolom = kolom.dictionary_encode()
    if pa.types.is_timestamp(kolom.type):
        kolom = kolom.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_dictionary(kolom.type):
        kolom = kolom.unify_dictionaries()
        if not kolom.num_chunks:
            return np.empty(0, dtype=object)
        kamus = kolom.chunk(0).dictionary.to_pylist()
        macam = np.empty(len(kamus) + 1, dtype=object)
        macam[:-1] = kamus  # the last stays None: a null points there
        kode = [c.indices.fill_null(len(kamus)).to_numpy(zero_copy_only=False) for c in kolom.chunks]
        hasil: NDArray[np.object_] = macam[np.concatenate(kode)]
        return hasil
    hasil = np.empty(len(kolom), dtype=object)
    hasil[:] = (
        [_tanpa_zona(x) for x in kolom.to_pylist()]
        if pa.types.is_timestamp(kolom.type)
        else kolom.to_pylist()
    )
    return hasil


def _tanpa_zona(x: dt.datetime | None) -> dt.datetime | None:
    return x.replace(tzinfo=None) if x is not None else None
