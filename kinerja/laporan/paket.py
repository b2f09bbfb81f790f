"""One pack: the files of one OPD, made in a hidden folder and renamed only when whole.

`cetak_satu` runs in a process of its own. Whatever stops it, a file under a final name is whole.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import papermill

from kinerja.data import sensor
from kinerja.laporan.batas import Galat
from kinerja.laporan.buku import buku_opd
from kinerja.laporan.docx import docx_dari, zip_tetap
from kinerja.laporan.html import html_dari
from kinerja.laporan.isi import baca_irisan
from kinerja.laporan.keutuhan import (
    LAMA,
    MANIFES,
    SEBAGIAN,
    TANDA,
    baca_manifes,
    sha_berkas,
    sha_isi,
    tulis_manifes,
)
from kinerja.laporan.pdf import pdf_dari
from kinerja.laporan.tanda import Penanda
from kinerja.laporan.waktu import Jam
from kinerja.penata import TEMPLAT

AKAR = Path(__file__).parents[2]
NOTEBOOK = AKAR / "notebooks"
FORMAT = ("ipynb", "html", "pdf", "docx", "xlsx")  # what a pack holds unless the order says otherwise
FORMAT_ZIP = "zip"  # the pack as one file to send, its manifest inside
FORMAT_GABUNGAN = "gabungan"  # one PDF of all packs, made after them
MAP_PEMDA = "_pemda"  # an OPD's code never starts with an underscore
GALAT = "galat.txt"
IRISAN = "irisan.json"
ALAT = (
    "pandas",
    "numpy",
    "matplotlib",
    "papermill",
    "nbconvert",
    "typst",
    "XlsxWriter",
)  # what shapes the bytes


class GalatPesanan(ValueError):
    """The order itself cannot be carried out: unknown OPD or format."""


class PaketRusak(RuntimeError):
    """A file of the pack changed under the hands of the press."""


@dataclass(frozen=True)
class Tugas:
    """One pack to make: everything that its process needs, as plain text."""

    kode: str
    nama: str
    notebook: str
    irisan: str = field(repr=False)
    format: tuple[str, ...]
    map: Path
    kunci: str
    izin: int = 0o600
    tanda: str | None = None  # fingerprint of the key that the finished pack is signed with

    @property
    def sementara(self) -> Path:
        """Where the pack grows before it gets its final name."""
        return self.map.with_name(f".{self.kode}{SEBAGIAN}")

    def tanpa_irisan(self) -> Tugas:
        """Enough to know the pack by, and small enough to keep one for each of thousands."""
        return replace(self, irisan="")

    @property
    def berkas(self) -> dict[str, str]:
        """Format -> name of the file, of the formats asked for; the pemda has no pay list."""
        dasar = f"laporan-{self.kode.strip('_')}"
        nama = {f: f"{dasar}.{f}" for f in ("ipynb", "html", "pdf", "docx")}
        if self.kode != MAP_PEMDA:
            nama["xlsx"] = f"nominatif-{self.kode}.xlsx"
        nama[FORMAT_ZIP] = f"paket-{self.kode.strip('_')}.zip"
        return {f: n for f, n in nama.items() if f in self.format}


def kunci_paket(irisan: str, notebook: str, tanda: str | None = None) -> str:
    """Changes when anything that could change a byte of a file of the pack changes."""
    bahan = (irisan, notebook, tanda or "", sidik_jari_program())
    return hashlib.sha256("\0".join(bahan).encode()).hexdigest()


# -- making it ------------------------------------------------------------------------------------


def cetak_satu(tugas: Tugas) -> dict[str, float]:
    """Make one pack in `tugas.sementara`, its manifest last; seconds per stage. Runs in a child process."""
    wadah, jam = tugas.sementara, Jam()
    with hanya_untuk(tugas.izin):
        buang(wadah)
        wadah.mkdir(parents=True)
        tulis_awet(wadah / IRISAN, tugas.irisan)
        irisan = baca_irisan(tugas.irisan)
        with jam.tahap("notebook"):
            nb = jalankan_notebook(NOTEBOOK / tugas.notebook, {"irisan": IRISAN}, wadah)
        judul = f"{irisan.meta['judul']} {irisan.meta['nama']} {irisan.meta['periode_teks']}"
        kertas = irisan.meta["kertas"]
        tanggal = dt.date.fromisoformat(irisan.meta["tanggal_berkas"])
        sifat = {"judul": judul, "penulis": irisan.meta["instansi"], "tanggal": tanggal}
        buat: dict[str, Callable[[], bytes]] = {
            "ipynb": lambda: (nbformat.writes(nb) + "\n").encode(),
            "html": lambda: html_dari(nb, judul).encode(),
            "pdf": lambda: pdf_dari(nb, kertas, **sifat),
            "docx": lambda: docx_dari(nb, kertas, **sifat),
            "xlsx": lambda: buku_opd(irisan),
        }
        isi = {}
        for f, nama in tugas.berkas.items():
            if f != FORMAT_ZIP:
                with jam.tahap(f):
                    isi[nama] = buat[f]()
        isi[IRISAN] = tugas.irisan.encode()
        if zip_ := tugas.berkas.get(FORMAT_ZIP):
            with jam.tahap(FORMAT_ZIP):
                dalam = _manifes(tugas, {n: hashlib.sha256(b).hexdigest() for n, b in isi.items()})
                isi[zip_] = zip_tetap([*sorted(isi.items()), (MANIFES, dalam)])
        with jam.tahap("tulis"):
            for nama, bytes_ in isi.items():
                if nama != IRISAN:
                    tulis_awet(wadah / nama, bytes_)
        with jam.tahap("sidik"):
            _pastikan_tertulis(wadah, isi)
            tulis_awet(wadah / MANIFES, _manifes(tugas, sha_isi(wadah)))
    return jam.detik


def _manifes(tugas: Tugas, berkas: Mapping[str, str]) -> bytes:
    """The SHA-256 of every file, what made them, and whose key vouches for them."""
    isi = {"kode": tugas.kode, "kunci": tugas.kunci, "tanda": tugas.tanda, "berkas": dict(berkas)}
    return tulis_manifes(isi).encode()


def _pastikan_tertulis(wadah: Path, isi: Mapping[str, bytes]) -> None:
    """What lies on the disk is what was made; the slice above all, which the notebook read from there."""
    for nama, bytes_ in isi.items():
        if (wadah / nama).is_symlink() or (wadah / nama).read_bytes() != bytes_:
            raise PaketRusak(
                f"{nama} di cakram tidak sama dengan yang ditulis: ada yang mengubahnya selagi dicetak, "
                "atau cakramnya rusak. Paket ini tidak dipakai; ulangi dengan --lanjutkan."
            )


def jalankan_notebook(notebook: Path, parameter: Mapping[str, Any], folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in `folder` through papermill; the result carries no time, path or random id.

    Raises what the engine raises (see `mesin`), or GalatPesanan for a parameter that the notebook
    does not have (papermill itself would only warn).
    """
    _periksa_parameter(notebook, parameter)
    nb = papermill.execute_notebook(
        str(notebook),
        None,
        dict(parameter),
        engine_name="kinerja",
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        cwd=str(folder),
    )
    return bersihkan(nb)


def _periksa_parameter(notebook: Path, parameter: Mapping[str, Any]) -> None:
    dikenal = list(papermill.inspect_notebook(str(notebook)))
    for nama in parameter:
        if nama not in dikenal:
            mirip = difflib.get_close_matches(nama, dikenal, 1)
            raise GalatPesanan(
                f"Notebook {notebook.name} tidak punya parameter {nama!r}"
                + (f"; mungkin {mirip[0]!r}" if mirip else "")
                + f". Yang ada: {', '.join(dikenal) or 'tidak ada (sel bertanda parameters belum dibuat)'}."
            )


def bersihkan(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Drop what differs between two equal runs: papermill's clock and paths, random cell ids."""
    nb.metadata.pop("papermill", None)
    for sel in nb.cells:
        for k in ("papermill", "execution"):
            sel.metadata.pop(k, None)
        if "injected-parameters" in sel.metadata.get("tags", ()):
            sel.id = "parameter-irisan"
    return nb


# -- where it lies ---------------------------------------------------------------------------------


def paket_utuh(tugas: Tugas) -> bool:
    """Whether a finished pack with at least the files of this task is in place, every byte as recorded."""
    try:
        manifes = baca_manifes((tugas.map / MANIFES).read_bytes())
        return (
            manifes["kunci"] == tugas.kunci
            and set(tugas.berkas.values()) <= set(manifes["berkas"])
            and sha_isi(tugas.map, kecuali=(MANIFES, TANDA)) == manifes["berkas"]
            and (tugas.tanda is None or (tugas.map / TANDA).is_file())
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def status_paket(tugas: Tugas) -> str:
    if (tugas.map / GALAT).is_file():
        return "gagal"
    return "selesai" if paket_utuh(tugas) else "belum"


def sapu(dasar: Path) -> None:
    """Remove what an interrupted run left behind; it never had a final name."""
    for sisa in dasar.glob(f".*{SEBAGIAN}"):
        buang(sisa)
    for sisa in dasar.glob(f".*{LAMA}"):
        asal = dasar / sisa.name[1:].removesuffix(LAMA)
        if asal.exists():
            buang(sisa)
        else:
            sisa.rename(asal)


def buang(p: Path) -> None:
    """Remove whatever bears this name, never what a link points at."""
    if p.is_symlink() or p.is_file():
        p.unlink()
    else:
        shutil.rmtree(p, ignore_errors=True)


def segel(tugas: Tugas, penanda: Penanda) -> None:
    """Sign a pack that has no final name yet, and the ZIP in it. The key stays in the calling process."""
    wadah = tugas.sementara
    with hanya_untuk(tugas.izin):
        teks = (wadah / MANIFES).read_bytes()
        if zip_ := tugas.berkas.get(FORMAT_ZIP):
            with zipfile.ZipFile(wadah / zip_) as z:
                isi = [(n, z.read(n)) for n in z.namelist()]
            tulis_awet(wadah / zip_, zip_tetap([*isi, (TANDA, penanda.tandai(dict(isi)[MANIFES]))]))
            manifes = baca_manifes(teks)
            teks = _manifes(tugas, manifes["berkas"] | {zip_: sha_berkas(wadah / zip_)})
            tulis_awet(wadah / MANIFES, teks)
        tulis_awet(wadah / TANDA, penanda.tandai(teks))


def beri_nama(sementara: Path, akhir: Path) -> None:
    """Give the finished pack its final name; an older pack stays until the new one can take over."""
    lama = akhir.with_name(f".{akhir.name}{LAMA}")
    sinkron(sementara)
    if akhir.exists() or akhir.is_symlink():
        akhir.rename(lama)
    sementara.rename(akhir)
    sinkron(akhir.parent)
    buang(lama)


def catat_gagal(tugas: Tugas, galat: Galat, *, tampilkan_nip: bool = False) -> str:
    """Leave the traceback in the OPD's folder in place of a pack; returns one line for the summary.

    NIP and the full names of the slice's people are hidden unless `tampilkan_nip`.
    """
    nama = () if tampilkan_nip else _nama_dalam(tugas.irisan)
    pesan, jejak = (t if tampilkan_nip else sensor(t, nama) for t in map(_polos, (galat.pesan, galat.jejak)))
    buang(tugas.sementara)
    with hanya_untuk(tugas.izin):
        tugas.sementara.mkdir(parents=True)
        tulis_awet(tugas.sementara / GALAT, f"{tugas.nama} ({tugas.kode})\n\n{pesan}\n\n{jejak}\n")
    beri_nama(tugas.sementara, tugas.map)
    return (pesan.strip().splitlines() or ["tanpa pesan"])[-1]


def _nama_dalam(irisan: str) -> list[str]:
    pegawai = json.loads(irisan)["tabel"].get("pegawai", {"isi": {}})["isi"]
    return [n for n in pegawai.get("nama", ()) if n]


def _polos(teks: str) -> str:
    """Without the colours of a notebook's traceback."""
    return re.sub(r"\x1b\[[\d;]*m", "", teks)


@cache
def sidik_jari_program() -> str:
    """SHA-256 over the package, the report notebooks and templates, and what renders them."""
    h = hashlib.sha256()
    for dasar, pola in ((AKAR / "kinerja", "**/*.py"), (NOTEBOOK, "laporan_*.ipynb"), (TEMPLAT, "**/*")):
        for p in sorted(dasar.glob(pola)):
            if p.is_file():
                h.update(p.relative_to(dasar).as_posix().encode())
                h.update(p.read_bytes())
    for alat in ALAT:
        h.update(f"{alat} {version(alat)}".encode())
    return h.hexdigest()


# -- on the disk -----------------------------------------------------------------------------------


@contextmanager
def hanya_untuk(izin: int) -> Iterator[None]:
    """Within it new files get the mode `izin` and new folders what lets the same people in."""
    lama = os.umask(0o777 & ~(izin | (izin & 0o444) >> 2))
    try:
        yield
    finally:
        os.umask(lama)


def tulis_awet(berkas: Path, isi: str | bytes) -> None:
    """Write and wait until it is on the disk, so that a name given later never names half a file."""
    with berkas.open("wb") as f:
        f.write(isi.encode() if isinstance(isi, str) else isi)
        f.flush()
        os.fsync(f.fileno())


def tulis_utuh(berkas: Path, isi: str | bytes) -> None:
    """Write under another name, then rename: a reader sees the old file or the whole new one."""
    sementara = berkas.with_name(f".{berkas.name}{SEBAGIAN}")
    try:
        tulis_awet(sementara, isi)
        os.replace(sementara, berkas)
    except BaseException:
        with suppress(OSError):
            sementara.unlink(missing_ok=True)
        raise
    sinkron(berkas.parent)


def sinkron(p: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Windows can do so for neither."""
    if os.name != "posix":
        return
    fd = os.open(p, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems cannot
            os.fsync(fd)
    finally:
        os.close(fd)
