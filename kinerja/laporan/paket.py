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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import papermill

from kinerja.laporan.buku import buku_opd
from kinerja.laporan.cabang import FORK_ADA, Galat
from kinerja.laporan.docx import docx_dari, zip_tetap
from kinerja.laporan.html import TEMPLAT, html_dari
from kinerja.laporan.isi import baca_irisan
from kinerja.laporan.pdf import pdf_dari

AKAR = Path(__file__).parents[2]
NOTEBOOK = AKAR / "notebooks"
FORMAT = ("ipynb", "html", "pdf", "docx", "xlsx")  # what a pack holds unless the order says otherwise
FORMAT_ZIP = "zip"  # the pack as one file to send, its manifest inside
FORMAT_GABUNGAN = "gabungan"  # one PDF of all packs, made after them
MAP_PEMDA = "_pemda"  # an OPD's code never starts with an underscore
MANIFES = "manifes.json"
GALAT = "galat.txt"
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

    @property
    def sementara(self) -> Path:
        """Where the pack grows before it gets its final name."""
        return self.map.with_name(f".{self.kode}.sebagian")

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


def kunci_paket(irisan: str, notebook: str) -> str:
    """Changes when anything that could change a byte of a file of the pack changes."""
    bahan = (irisan, notebook, sidik_jari_program())
    return hashlib.sha256("\0".join(bahan).encode()).hexdigest()


# -- making it ------------------------------------------------------------------------------------


def cetak_satu(tugas: Tugas) -> None:
    """Make one pack in `tugas.sementara`, its manifest last. Runs in a child process."""
    wadah = tugas.sementara
    shutil.rmtree(wadah, ignore_errors=True)
    wadah.mkdir(parents=True)
    (wadah / "irisan.json").write_text(tugas.irisan, encoding="utf-8")
    irisan = baca_irisan(tugas.irisan)
    nb = jalankan_notebook(NOTEBOOK / tugas.notebook, {"irisan": "irisan.json"}, wadah)
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
    isi = {nama: buat[f]() for f, nama in tugas.berkas.items() if f != FORMAT_ZIP}
    isi["irisan.json"] = tugas.irisan.encode()
    if zip_ := tugas.berkas.get(FORMAT_ZIP):
        isi[zip_] = zip_tetap([*sorted(isi.items()), (MANIFES, _manifes(tugas, isi))])
    for nama, bytes_ in isi.items():
        (wadah / nama).write_bytes(bytes_)
    (wadah / MANIFES).write_bytes(_manifes(tugas, isi))


def _manifes(tugas: Tugas, isi: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every file of the pack, and the key of what made them."""
    berkas = {n: _sha(b) for n, b in sorted(isi.items())}
    return sebagai_json({"kunci": tugas.kunci, "berkas": berkas}).encode()


def jalankan_notebook(notebook: Path, parameter: Mapping[str, Any], folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in `folder` through papermill; the result carries no time, path or random id.

    Raises papermill's PapermillExecutionError with the cell's traceback, or GalatPesanan for a
    parameter that the notebook does not have (papermill itself would only warn).
    """
    _periksa_parameter(notebook, parameter)
    nb = papermill.execute_notebook(
        str(notebook),
        None,
        dict(parameter),
        engine_name="kinerja" if FORK_ADA else None,
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
        manifes = json.loads((tugas.map / MANIFES).read_text(encoding="utf-8"))
        return (
            manifes["kunci"] == tugas.kunci
            and set(tugas.berkas.values()) <= set(manifes["berkas"])
            and all(_sha((tugas.map / nama).read_bytes()) == sha for nama, sha in manifes["berkas"].items())
        )
    except (OSError, ValueError, KeyError):
        return False


def status_paket(tugas: Tugas) -> str:
    if (tugas.map / GALAT).is_file():
        return "gagal"
    return "selesai" if paket_utuh(tugas) else "belum"


def sapu(dasar: Path) -> None:
    """Remove what an interrupted run left behind; it never had a final name."""
    for sisa in dasar.glob(".*.sebagian"):
        shutil.rmtree(sisa, ignore_errors=True)
    for sisa in dasar.glob(".*.lama"):
        asal = dasar / sisa.name[1:].removesuffix(".lama")
        if asal.exists():
            shutil.rmtree(sisa, ignore_errors=True)
        else:
            sisa.rename(asal)


def beri_nama(sementara: Path, akhir: Path) -> None:
    """Give the finished pack its final name; an older pack stays until the new one can take over."""
    lama = akhir.with_name(f".{akhir.name}.lama")
    if akhir.exists():
        akhir.rename(lama)
    sementara.rename(akhir)
    shutil.rmtree(lama, ignore_errors=True)


def catat_gagal(tugas: Tugas, galat: Galat) -> str:
    """Leave the traceback in the OPD's folder in place of a pack; returns one line for the summary."""
    shutil.rmtree(tugas.sementara, ignore_errors=True)
    tugas.sementara.mkdir(parents=True)
    isi = f"{tugas.nama} ({tugas.kode})\n\n{_polos(galat.pesan)}\n\n{_polos(galat.jejak)}\n"
    (tugas.sementara / GALAT).write_text(isi, encoding="utf-8")
    beri_nama(tugas.sementara, tugas.map)
    return _polos(galat.pesan).strip().splitlines()[-1]


def _polos(teks: str) -> str:
    """Without the colours of a notebook's traceback."""
    return re.sub(r"\x1b\[[\d;]*m", "", teks)


@cache
def sidik_jari_program() -> str:
    """SHA-256 over the package, the report notebooks and templates, and what renders them."""
    h = hashlib.sha256()
    for p in sorted(
        [*(AKAR / "kinerja").rglob("*.py"), *NOTEBOOK.glob("laporan_*.ipynb"), *TEMPLAT.rglob("*")]
    ):
        if p.is_file():
            h.update(p.relative_to(AKAR).as_posix().encode())
            h.update(p.read_bytes())
    for alat in ALAT:
        h.update(f"{alat} {version(alat)}".encode())
    return h.hexdigest()


def _sha(isi: bytes) -> str:
    return hashlib.sha256(isi).hexdigest()


def sebagai_json(isi: Any) -> str:
    return json.dumps(isi, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def tulis_utuh(berkas: Path, isi: str) -> None:
    """Write under another name, then rename: a reader sees the old file or the whole new one."""
    sementara = berkas.with_name(f".{berkas.name}.sebagian")
    sementara.write_text(isi, encoding="utf-8")
    os.replace(sementara, berkas)
