"""The pemda's merged PDF: cover, list of contents, and the reports of all OPDs behind it.

qpdf (pikepdf) reads pages only when it writes them, so that memory does not grow with the number of
OPDs. The reports are tagged PDF/A-2a; merged they are PDF/A-2b: the tags of forty files would have to be
held at once, so whoever needs them opens the OPD's own file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from kinerja import tulisan
from kinerja.laporan.keutuhan import MANIFES, SEBAGIAN, sha_berkas
from kinerja.laporan.paket import MAP_PEMDA, Tugas, sinkron
from kinerja.laporan.pdf import sampul


@dataclass(frozen=True)
class Gabungan:
    """What to merge, decided before anything is opened: in this order, into this file."""

    berkas: Path
    pdf: tuple[tuple[str, Path, str], ...] = field(repr=False)  # name, file, SHA-256
    kurang: tuple[str, ...] = field(repr=False)  # names without a finished report
    meta: Mapping[str, Any] = field(repr=False)
    program: str = field(repr=False)  # what else shapes the bytes

    @property
    def kunci(self) -> str:
        """Changes when what is in the file would."""
        bahan = [self.program, *(f"{n}\0{sha}" for n, _, sha in self.pdf), *self.kurang]
        return hashlib.sha256("\n".join(bahan).encode()).hexdigest()


def rencana_gabungan(
    berkas: Path, tugas: Sequence[Tugas], status: Mapping[str, str], meta: Mapping[str, Any]
) -> Gabungan:
    """The finished reports of an order, the pemda's own first; who has none is named instead."""
    ada, kurang, program = [], [], f"pikepdf {version('pikepdf')}"
    for t in sorted(tugas, key=lambda t: t.kode != MAP_PEMDA):
        if t.kode == MAP_PEMDA:
            program += t.kunci
        nama = f"laporan-{t.kode.strip('_')}.pdf"
        sha = _berkas_paket(t).get(nama)
        if sha is None or status[t.kode] != "selesai":
            kurang.append(t.nama)
        else:
            ada.append((t.nama, t.map / nama, sha))
    return Gabungan(berkas, tuple(ada), tuple(kurang), meta, program)


def gabung(g: Gabungan) -> str:
    """Write the merged file under its final name once it is whole; returns its SHA-256.

    The same bytes for the same reports. ValueError if there is no report to merge.
    """
    if not g.pdf:
        raise ValueError("Belum ada laporan PDF yang selesai untuk digabung.")
    lembar = []
    for _, berkas, _ in g.pdf:
        with pikepdf.open(berkas) as satu:
            lembar.append(len(satu.pages))
    depan = _halaman_depan(g, lembar)
    sementara = g.berkas.with_name(f".{g.berkas.name}{SEBAGIAN}")
    with pikepdf.open(depan) as hasil:
        for kunci in ("/StructTreeRoot", "/MarkInfo"):
            if kunci in hasil.Root:
                del hasil.Root[kunci]
        awal = len(hasil.pages)
        with hasil.open_outline() as garis:
            garis.root.append(OutlineItem("Daftar isi", 1, "Fit"))
            letak = []
            for nama, berkas, _ in g.pdf:
                with pikepdf.open(berkas) as satu:
                    mulai = len(hasil.pages)
                    letak.append(mulai)
                    bab = OutlineItem(nama, mulai, "Fit")
                    bab.is_closed = True
                    bab.children.extend(_bab(satu, mulai))
                    garis.root.append(bab)
                    hasil.pages.extend(satu.pages)
        for halaman in hasil.pages:
            _tanpa_tanda_struktur(halaman)
        for halaman in hasil.pages[:awal]:
            _sambung(halaman, [hasil.pages[i] for i in letak])
        hasil.Root.PageMode = Name.UseOutlines
        hasil.save(
            sementara,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    sinkron(sementara)
    sha = sha_berkas(sementara)
    os.replace(sementara, g.berkas)
    sinkron(g.berkas.parent)
    return sha


def _berkas_paket(t: Tugas) -> dict[str, str]:
    with suppress(OSError, ValueError, KeyError):
        berkas: dict[str, str] = json.loads((t.map / MANIFES).read_text(encoding="utf-8"))["berkas"]
        return berkas
    return {}


def _halaman_depan(g: Gabungan, lembar: Sequence[int]) -> Any:
    """Cover and contents, set twice: how long the list is decides the page numbers in it."""
    m = g.meta
    n = 2
    while True:
        mulai = [n + 1 + sum(lembar[:i]) for i in range(len(lembar))]
        daftar = [
            {"nama": nama, "lembar": b, "halaman": h}
            for (nama, _, _), b, h in zip(g.pdf, lembar, mulai, strict=True)
        ]
        bahan = {
            "kertas": m["kertas"],
            "judul": f"Gabungan laporan kinerja {m['instansi']} {m['periode_teks']}",
            "judul_sampul": "Gabungan laporan kinerja",
            "penulis": m["instansi"],
            "tanggal": dict(
                zip(("year", "month", "day"), map(int, m["tanggal_berkas"].split("-")), strict=True)
            ),
            "tanda": m["tanda"],
            "kop": m["kop"],
            "logo": m.get("logo", ""),
            "periode": m["periode_teks"],
            "isi_sampul": f"{tulisan.angka(len(g.pdf))} laporan, {tulisan.angka(sum(lembar))} halaman",
            "daftar": daftar,
            "kurang": tulisan.daftar(g.kurang) if g.kurang else "",
        }
        berkas = sampul(bahan)
        with pikepdf.open(berkas) as depan:
            panjang = len(depan.pages)
        if panjang == n:
            berkas.seek(0)
            return berkas
        n = panjang


def _bab(satu: pikepdf.Pdf, mulai: int) -> Iterator[OutlineItem]:
    """The chapters of one report as bookmarks of the merged file, where it starts at page `mulai`."""
    nomor = {h.objgen: i for i, h in enumerate(satu.pages)}
    with satu.open_outline() as garis:
        for butir in garis.root:
            if isinstance(butir.destination, Array):
                tujuan = pikepdf.Page(butir.destination[0])
                yield OutlineItem(butir.title, mulai + nomor[tujuan.objgen], "Fit")


def _tanpa_tanda_struktur(halaman: pikepdf.Page) -> None:
    """Drop the numbers that point into a structure tree which the merged file does not have."""
    for isi in (halaman.obj, *halaman.obj.get("/Annots", ())):
        for kunci in ("/StructParents", "/StructParent"):
            if kunci in isi:
                del isi[kunci]


def _sambung(halaman: pikepdf.Page, tujuan: Sequence[pikepdf.Page]) -> None:
    """Links 'berkas:3' of the list of contents become links to the first page of the fourth report."""
    for tautan in halaman.obj.get("/Annots", ()):
        alamat = str(tautan.get("/A", Dictionary()).get("/URI", ""))
        if alamat.startswith("berkas:"):
            del tautan["/A"]
            tautan.Dest = Array([tujuan[int(alamat.removeprefix("berkas:"))].obj, Name.Fit])
