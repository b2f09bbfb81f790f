"""Whose numbers stand in a pack: no file of an agency may carry the NIP of another agency's people.

Every format is read as its reader would: the text of PDF pages and their metadata, all parts of
XLSX and DOCX, ZIP in ZIP, pictures inside a page. A picture made of pixels is not read.
"""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
import pypdf.errors

from kinerja import tulisan
from kinerja.data import Data
from kinerja.laporan.keutuhan import MANIFES

_DERET = re.compile(r"[0-9](?:[\s.\-_'’\u00a0\u200b\u00ad\u2009\u202f]{0,2}[0-9]){17,}")
_PECAHAN = re.compile(r"(?<![0-9])([0-9])[.,]([0-9]{6,16})[eE]\+?17(?![0-9])")
_BUKAN_ANGKA = re.compile(r"[^0-9]")
_SISIPAN = re.compile(r"data:([\w.+/-]*)((?:;[\w=.-]+)*),([^\"'\s)<>\\]+)")
_TAG = re.compile(r"<[^<>]*>")
_BATAS_BUKA = 1024**3  # bytes of one ZIP after unpacking
_LAPIS = 4  # ZIP in ZIP in ZIP: deeper is refused rather than believed
_PANJANG = 18
_TEPAT = 15  # digits that a spreadsheet's number keeps


@dataclass(frozen=True)
class Asing:
    """NIP of `banyak` people in `berkas` of pack `paket` who do not belong there; shown as a number only."""

    paket: str
    berkas: str
    banyak: int
    opd: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.paket}/{self.berkas}: memuat NIP {tulisan.angka(self.banyak)} pegawai "
            f"OPD lain ({tulisan.daftar(self.opd)})"
        )


def nip_asing(alamat: Path, data: Data) -> list[Asing]:
    """Every file below `alamat` (the folder of a run or of one pack, or a ZIP of one pack) that carries
    a NIP of `data` from another OPD than the pack's own.

    In the pemda's own pack, beside the packs, and in a masked run every NIP is foreign; only the
    merged PDF, which is all packs in one, may name everybody. ValueError for a file that cannot be
    read through.
    """
    pemilik = dict(zip(data.tabel["pegawai"]["nip"], data.tabel["pegawai"]["opd"], strict=True))
    kepala = data.tabel["opd"].dropna(subset=["kepala_nip"])
    tamu = dict(zip(kepala["kode"], kepala["kepala_nip"], strict=True))  # a head may be another OPD's own
    for kode, nip in tamu.items():
        pemilik.setdefault(nip, kode)
    awalan: dict[str, set[str]] = {}
    for nip in pemilik:
        awalan.setdefault(nip[:_TEPAT], set()).add(nip)
    milik: dict[str, set[str]] = {k: {n} for k, n in tamu.items()}
    for nip, kode in pemilik.items():
        milik.setdefault(kode, set()).add(nip)
    hasil = []
    for berkas, nama, kode, samar in _berkas(alamat, set(data.tabel["opd"]["kode"])):
        boleh: set[str] = set() if samar else milik.get(kode, set())
        lebih: set[str] = set()
        try:
            for teks in teks_dalam(berkas.name, berkas.read_bytes()):
                for calon in _calon(teks, pemilik.keys(), awalan):
                    lebih |= set() if calon & boleh else calon
        except ValueError as salah:
            letak = f"{kode}/{nama}" if kode and kode not in nama.split("/") else nama
            raise ValueError(f"{letak}: {salah} Cetak ulang paket itu dengan --lanjutkan.") from salah
        if lebih:
            hasil.append(Asing(kode or ".", nama, len(lebih), tuple(sorted({pemilik[n] for n in lebih}))))
    return hasil


def _calon(teks: str, dikenal: Set[str], awalan: Mapping[str, set[str]]) -> Iterator[set[str]]:
    """Who may be meant by the digits of `teks`: one person, or all whom a rounded number cannot tell apart."""
    for deret in _DERET.finditer(teks):
        angka = _BUKAN_ANGKA.sub("", deret[0])
        for i in range(len(angka) - _PANJANG + 1):
            nip = angka[i : i + _PANJANG]
            if nip in dikenal:
                yield {nip}
            elif nip.endswith("000") and nip[:_TEPAT] in awalan:
                yield awalan[nip[:_TEPAT]]
    for satuan, desimal in _PECAHAN.findall(teks):
        if (awal := (satuan + desimal)[:_TEPAT].ljust(_TEPAT, "0")) in awalan:
            yield awalan[awal]


def _berkas(alamat: Path, opd: set[str]) -> Iterator[tuple[Path, str, str, bool]]:
    """Every file with its name inside the pack, the OPD whose pack it is ("" for none), and whether masked."""
    if alamat.is_file():
        yield alamat, alamat.name, _kode_zip(alamat), False
        return
    run = _manifes(alamat / MANIFES)
    bersama = run.get("gabungan")
    gabungan = bersama.get("berkas") if isinstance(bersama, dict) else None
    for p in sorted(alamat.rglob("*")):
        if p.is_symlink() or not p.is_file():
            continue
        nama = p.relative_to(alamat).as_posix()
        if nama == gabungan and not run.get("disamarkan"):
            continue
        if "kode" in run:  # one pack
            yield p, nama, str(run["kode"]), False
        else:
            kode, _, sisa = nama.partition("/")
            milik = kode if sisa and kode in opd else ""
            yield p, sisa if milik else nama, milik, bool(run.get("disamarkan"))


def _manifes(berkas: Path) -> dict[str, object]:
    try:
        isi = json.loads(berkas.read_bytes())
    except (OSError, ValueError):
        return {}
    return isi if isinstance(isi, dict) else {}


def _kode_zip(berkas: Path) -> str:
    with zipfile.ZipFile(berkas) as z:
        for n in z.namelist():
            if n.split("/")[-1] == MANIFES and n.count("/") <= 1:
                return str(json.loads(z.read(n)).get("kode", ""))
    return ""


# -- what a file says ----------------------------------------------------------------------------------


def teks_dalam(nama: str, isi: bytes, lapis: int = 0) -> Iterator[str]:
    """All that can be read in a file, in pieces. ValueError for what is damaged or packed too deep."""
    yield nama
    try:
        if isi.startswith(b"%PDF"):
            yield from _teks_pdf(isi, lapis)
        elif isi.startswith(b"PK\x03\x04"):
            yield from _teks_zip(nama, isi, lapis)
        else:
            yield from _teks_biasa(nama, isi)
    except (zipfile.BadZipFile, zlib.error, pypdf.errors.PyPdfError, RuntimeError, EOFError) as salah:
        raise ValueError(f"{nama} rusak, jadi tidak dapat dibaca untuk mencari NIP.") from salah


def _teks_pdf(isi: bytes, lapis: int) -> Iterator[str]:
    pdf = pypdf.PdfReader(io.BytesIO(isi))
    for halaman in pdf.pages:
        yield halaman.extract_text()
        for catatan in halaman.get("/Annots") or ():
            yield str(catatan.get_object())
    yield str(pdf.metadata)
    yield str(list(_garis_besar(pdf.outline)))
    xmp = pdf.root_object.get("/Metadata")
    if xmp is not None:
        yield xmp.get_object().get_data().decode("utf-8", "replace")
    for nama, lampiran in pdf.attachments.items():
        for satu in lampiran:
            yield from teks_dalam(nama, satu, lapis + 1)


def _garis_besar(butir: Any) -> Iterator[str]:
    for b in butir:
        if isinstance(b, list):
            yield from _garis_besar(b)
        else:
            yield str(b.title)


def _teks_zip(nama: str, isi: bytes, lapis: int) -> Iterator[str]:
    if lapis >= _LAPIS:
        raise ValueError(f"{nama} memuat ZIP di dalam ZIP lebih dari {_LAPIS} lapis.")
    with zipfile.ZipFile(io.BytesIO(isi)) as z:
        if sum(i.file_size for i in z.infolist()) > _BATAS_BUKA:
            raise ValueError(f"{nama} terlalu besar sesudah dibuka untuk diperiksa.")
        for i in z.infolist():
            yield from teks_dalam(i.filename, z.read(i), lapis + 1)


def _teks_biasa(nama: str, isi: bytes) -> Iterator[str]:
    """Text as it stands, as a browser shows it, and what is folded into it."""
    teks = isi.decode("utf-16" if isi[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if nama.endswith((".json", ".ipynb")):
        with suppress(ValueError, RecursionError):
            teks += "\n" + "\n".join(_untai(json.loads(teks)))
    yield teks
    if "<" in teks:
        yield html.unescape(_TAG.sub("", teks))  # one word over several runs
        yield html.unescape(_TAG.sub(" ", teks))  # numbers of neighbouring cells apart
    for _, pilihan, sisipan in _SISIPAN.findall(teks):
        mentah = unquote(sisipan)
        if "base64" in pilihan:
            with suppress(ValueError):
                mentah = base64.b64decode(mentah).decode("utf-8", "replace")
        yield mentah
        yield _TAG.sub("", mentah)


def _untai(isi: Any) -> Iterator[str]:
    if isinstance(isi, str):
        yield isi
    elif isinstance(isi, dict):
        for k, v in isi.items():
            yield k
            yield from _untai(v)
    elif isinstance(isi, list):
        if isi and all(isinstance(v, str) for v in isi):
            yield "".join(isi)  # a notebook writes its lines so
        for v in isi:
            yield from _untai(v)
    else:
        yield str(isi)
