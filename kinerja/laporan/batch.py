"""The press: one workbook in, one report pack per OPD out, restartable and never half-written.

Everything is computed once; each OPD then gets its own process, which reads one slice, runs the
report notebook with papermill, and writes the pack into a hidden folder. Only a finished pack is
renamed to its final name, so a file under a final name is always whole.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jinja2 import Environment, FileSystemLoader, select_autoescape

from kinerja import __version__, tulisan
from kinerja.data import baca, samarkan
from kinerja.laporan import bagian
from kinerja.laporan.buku import buku_opd
from kinerja.laporan.cabang import FORK_ADA, Galat, jalankan_cabang
from kinerja.laporan.html import TEMPLAT, html_dari
from kinerja.laporan.isi import (
    HasilPemda,
    baca_irisan,
    hitung_pemda,
    irisan_opd,
    irisan_pemda,
    tulis_irisan,
)
from kinerja.laporan.pdf import pdf_dari, penyusun

AKAR = Path(__file__).parents[2]
NOTEBOOK = AKAR / "notebooks"
FORMAT = ("ipynb", "html", "pdf", "xlsx")
MAP_PEMDA = "_pemda"  # an OPD's code never starts with an underscore
MANIFES = "manifes.json"
GALAT = "galat.txt"
BATAS_DETIK = 600.0
_ALAT = (
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
class Pesanan:
    """One order to the press. `opd` empty means all, the pemda's own report included."""

    instansi: str
    data: Path
    periode: str
    keluaran: Path
    opd: tuple[str, ...] = ()
    format: tuple[str, ...] = FORMAT
    pekerja: int = 2
    lanjutkan: bool = False
    samarkan: str | None = None
    tanggal: dt.date | None = None


@dataclass(frozen=True)
class Tugas:
    """One pack to make: everything that its process needs, as plain text."""

    kode: str
    nama: str
    notebook: str
    irisan: str = field(repr=False)
    format: tuple[str, ...]
    map: Path

    @property
    def sementara(self) -> Path:
        """Where the pack grows before it gets its final name."""
        return self.map.with_name(f".{self.kode}.sebagian")

    @cached_property
    def kunci(self) -> str:
        """Changes when anything that could change a byte of a file of the pack changes."""
        bahan = (self.irisan, self.notebook, _sidik_jari_program())
        return hashlib.sha256("\0".join(bahan).encode()).hexdigest()

    @property
    def berkas(self) -> dict[str, str]:
        """Format -> name of the file, of the formats asked for; the pemda has no pay list."""
        dasar = f"laporan-{self.kode.strip('_')}"
        nama = {f: f"{dasar}.{f}" for f in ("ipynb", "html", "pdf")}
        if self.kode != MAP_PEMDA:
            nama["xlsx"] = f"nominatif-{self.kode}.xlsx"
        return {f: n for f, n in nama.items() if f in self.format}


@dataclass(frozen=True)
class Ringkasan:
    """What a run did. `gagal` maps the OPD's code to the last line of its error."""

    map: Path
    dibuat: tuple[str, ...]
    dilewati: tuple[str, ...]
    gagal: Mapping[str, str]

    def __str__(self) -> str:
        baris = [
            f"{tulisan.angka(len(self.dibuat))} paket dibuat, {tulisan.angka(len(self.dilewati))} sudah ada, "
            f"{tulisan.angka(len(self.gagal))} gagal. Buka {self.map / 'index.html'}"
        ]
        baris += [f"GAGAL {k}: {v} (rincian: {self.map / k / GALAT})" for k, v in self.gagal.items()]
        return "\n".join(baris)


# -- one pack, in its own process -------------------------------------------------------------------


def cetak_satu(tugas: Tugas) -> None:
    """Make one pack in `tugas.sementara`, its manifest last. Runs in a child process."""
    wadah = tugas.sementara
    shutil.rmtree(wadah, ignore_errors=True)
    wadah.mkdir(parents=True)
    (wadah / "irisan.json").write_text(tugas.irisan, encoding="utf-8")
    irisan = baca_irisan(tugas.irisan)
    nb = jalankan_notebook(NOTEBOOK / tugas.notebook, {"irisan": "irisan.json"}, wadah)
    judul = f"{irisan.meta['judul']} {irisan.meta['nama']} {irisan.meta['periode_teks']}"
    buat: dict[str, Callable[[], bytes]] = {
        "ipynb": lambda: (nbformat.writes(nb) + "\n").encode(),
        "html": lambda: html_dari(nb, judul).encode(),
        "pdf": lambda: pdf_dari(nb, irisan.meta["kertas"], judul=judul, penulis=irisan.meta["instansi"]),
        "xlsx": lambda: buku_opd(irisan),
    }
    isi = {nama: buat[f]() for f, nama in tugas.berkas.items()}
    for nama, bytes_ in isi.items():
        (wadah / nama).write_bytes(bytes_)
    isi["irisan.json"] = tugas.irisan.encode()
    manifes = {"kunci": tugas.kunci, "berkas": {n: _sha(b) for n, b in sorted(isi.items())}}
    (wadah / MANIFES).write_text(_json(manifes), encoding="utf-8")


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


# -- the whole order --------------------------------------------------------------------------------


def cetak(pesanan: Pesanan, kemajuan: Any = None) -> Ringkasan:
    """Carry out an order. `kemajuan` is a tqdm-like class for the progress bar, None for silence.

    Raises GalatData, GalatPeriode, GalatParameter or GalatPesanan before anything is written; a
    failing OPD is in the summary instead, with its traceback in its folder.
    """
    asing = sorted(set(pesanan.format) - set(FORMAT))
    if asing:
        raise GalatPesanan(f"Format {', '.join(asing)} tidak dikenal. Yang ada: {', '.join(FORMAT)}.")
    if not pesanan.format:
        raise GalatPesanan(f"Belum ada format yang dipilih. Yang ada: {', '.join(FORMAT)}.")
    data = baca(pesanan.data)
    milik = data.info.get("instansi", "").strip()
    if milik and milik != pesanan.instansi:
        raise GalatPesanan(
            f"{data.sumber} adalah buku kerja instansi {milik!r} (lembar info), tetapi yang diminta laporan "
            f"{pesanan.instansi!r}. Pakai --instansi {milik}, atau perbaiki isian instansi di lembar info."
        )
    if pesanan.samarkan is not None:
        data = samarkan(data, pesanan.samarkan)
    hasil = hitung_pemda(data, pesanan.instansi, pesanan.periode, pesanan.tanggal)
    dasar = pesanan.keluaran / pesanan.instansi / pesanan.periode
    semua = list(rencana(hasil, pesanan, dasar))
    dipilih = [t for t in semua if not pesanan.opd or t.kode in pesanan.opd]
    dilewati = [t for t in dipilih if pesanan.lanjutkan and paket_utuh(t)]
    kerja = [t for t in dipilih if t not in dilewati]

    dasar.mkdir(parents=True, exist_ok=True)
    _sapu(dasar)
    if kerja and FORK_ADA:
        gladi(kerja[0])
    gagal: dict[str, str] = {}
    bilah = kemajuan(total=len(kerja)) if kemajuan else None
    for selesai in jalankan_cabang(kerja, cetak_satu, pesanan.pekerja, batas_detik=BATAS_DETIK):
        tugas = selesai.tugas
        if selesai.galat is None:
            _beri_nama(tugas.sementara, tugas.map)
        else:
            gagal[tugas.kode] = _catat_gagal(tugas, selesai.galat)
        if bilah is not None:
            bilah.update()
    if bilah is not None:
        bilah.close()
    _tulis_manifes(hasil, pesanan, semua, dasar)
    _tulis_indeks(hasil, semua, dasar)
    return Ringkasan(
        dasar,
        tuple(t.kode for t in kerja if t.kode not in gagal),
        tuple(t.kode for t in dilewati),
        gagal,
    )


def rencana(hasil: HasilPemda, pesanan: Pesanan, dasar: Path) -> Iterator[Tugas]:
    """One task per OPD, one without employees included, and one for the pemda itself.

    GalatPesanan if an OPD was asked for that does not exist, with the nearest codes.
    """
    kode = [str(k) for k in hasil.opd.index]
    dikenal = [*kode, MAP_PEMDA]
    tak_ada = [k for k in pesanan.opd if k not in dikenal]
    if tak_ada:
        kecil = {k.lower(): k for k in dikenal}
        mirip = {k: [kecil[m] for m in difflib.get_close_matches(k.lower(), kecil, 3)] for k in tak_ada}
        saran = [
            f"{k} (mungkin {', '.join(m)})" if m else f"{k} (tidak ada yang mirip)" for k, m in mirip.items()
        ]
        raise GalatPesanan(
            f"OPD tidak ada dalam buku kerja: {'; '.join(saran)}. Kode yang ada: {', '.join(kode)}."
        )
    for k in kode:
        isi = tulis_irisan(irisan_opd(hasil, k))
        yield Tugas(k, str(hasil.opd.loc[k, "nama"]), "laporan_opd.ipynb", isi, pesanan.format, dasar / k)
    yield Tugas(
        MAP_PEMDA,
        hasil.instansi.nama,
        "laporan_pemda.ipynb",
        tulis_irisan(irisan_pemda(hasil)),
        pesanan.format,
        dasar / MAP_PEMDA,
    )


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


def gladi(tugas: Tugas) -> None:
    """Rehearse once in the parent what every child does: they inherit all that is slow the first time.

    Only the package's own code runs here, never the report notebook, which somebody may have edited.
    """
    penyusun()
    x = baca_irisan(tugas.irisan)
    blok = [bagian.kop(x), bagian.tpp_gambar(x), bagian.kuadran(x), bagian.parameter(x)]
    sel = [nbformat.v4.new_code_cell("import kinerja as kj\nkj.tampil.Paragraf('gladi')")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nb = papermill.execute_notebook(
        nbformat.v4.new_notebook(cells=sel, metadata={"kernelspec": kernel}),
        None,
        engine_name="kinerja",
        progress_bar=False,
    )
    keluaran = [nbformat.v4.new_output("display_data", b._repr_mimebundle_()) for b in blok]
    nb.cells.append(nbformat.v4.new_code_cell("", outputs=keluaran))
    html_dari(nb, "gladi")
    if "bulanan" in x.tabel:
        buku_opd(x)


def _sapu(dasar: Path) -> None:
    """Remove what an interrupted run left behind; it never had a final name."""
    for sisa in dasar.glob(".*.sebagian"):
        shutil.rmtree(sisa, ignore_errors=True)
    for sisa in dasar.glob(".*.lama"):
        asal = dasar / sisa.name[1:].removesuffix(".lama")
        if asal.exists():
            shutil.rmtree(sisa, ignore_errors=True)
        else:
            sisa.rename(asal)


def _beri_nama(sementara: Path, akhir: Path) -> None:
    """Give the finished pack its final name; an older pack stays until the new one can take over."""
    lama = akhir.with_name(f".{akhir.name}.lama")
    if akhir.exists():
        akhir.rename(lama)
    sementara.rename(akhir)
    shutil.rmtree(lama, ignore_errors=True)


def _catat_gagal(tugas: Tugas, galat: Galat) -> str:
    """Leave the traceback in the OPD's folder in place of a pack; returns one line for the summary."""
    shutil.rmtree(tugas.sementara, ignore_errors=True)
    tugas.sementara.mkdir(parents=True)
    isi = f"{tugas.nama} ({tugas.kode})\n\n{_polos(galat.pesan)}\n\n{_polos(galat.jejak)}\n"
    (tugas.sementara / GALAT).write_text(isi, encoding="utf-8")
    _beri_nama(tugas.sementara, tugas.map)
    return _polos(galat.pesan).strip().splitlines()[-1]


def _polos(teks: str) -> str:
    """Without the colours of a notebook's traceback."""
    return re.sub(r"\x1b\[[\d;]*m", "", teks)


def _status(tugas: Tugas) -> str:
    if (tugas.map / GALAT).is_file():
        return "gagal"
    return "selesai" if paket_utuh(tugas) else "belum"


def _tulis_manifes(hasil: HasilPemda, pesanan: Pesanan, semua: Sequence[Tugas], dasar: Path) -> None:
    """What went in, which rules, which versions, and the SHA-256 of everything that came out."""
    paket = {}
    for t in semua:
        status = _status(t)
        paket[t.kode] = {"nama": t.nama, "status": status}
        if status == "selesai":
            paket[t.kode]["berkas"] = json.loads((t.map / MANIFES).read_text(encoding="utf-8"))["berkas"]
    isi = {
        "instansi": pesanan.instansi,
        "periode": pesanan.periode,
        "masukan": {"berkas": hasil.sumber, "sha256": hasil.sha256, "info": dict(hasil.info)},
        "disamarkan": pesanan.samarkan is not None,
        "aturan_per": hasil.kebijakan.tanggal.isoformat(),
        "parameter": hasil.parameter[["nama", "nilai", "dasar", "status"]].to_dict("records"),
        "versi": {
            "kinerja": __version__,
            "python": platform.python_version(),
            **{alat: version(alat) for alat in _ALAT},
        },
        "paket": paket,
    }
    _tulis_utuh(dasar / MANIFES, _json(isi))


def _tulis_indeks(hasil: HasilPemda, semua: Sequence[Tugas], dasar: Path) -> None:
    """The page that links all packs; links are relative, so the folder can be moved as one."""
    templat = Environment(
        loader=FileSystemLoader(TEMPLAT), autoescape=select_autoescape(default=True), trim_blocks=True
    ).get_template("indeks.html.j2")
    baris = []
    per_opd = hasil.opd.to_dict("index")
    for t in semua:
        berkas = sorted(p.name for p in t.map.glob("*") if p.name not in (MANIFES, "irisan.json", GALAT))
        opd: Mapping[Any, Any] = per_opd.get(t.kode) or {"pegawai": hasil.opd["pegawai"].sum()}
        baris.append(
            {
                "map": t.kode,
                "nama": t.nama,
                "pegawai": tulisan.angka(int(opd["pegawai"])),
                "organisasi": tulisan.label(opd.get("predikat_organisasi")),
                "capaian": tulisan.persen(opd.get("capaian"), 1),
                "status": _status(t),
                "berkas": [(n, n.rsplit(".", 1)[1].upper(), (t.map / n).stat().st_size) for n in berkas],
                "pemda": t.kode == MAP_PEMDA,
            }
        )
    meta = json.loads(next(iter(semua)).irisan)["meta"] if semua else {}
    _tulis_utuh(
        dasar / "index.html",
        templat.render(
            instansi=hasil.instansi.nama,
            periode=tulisan.periode(hasil.periode),
            tanda=meta.get("tanda", ""),
            baris=sorted(baris, key=lambda b: not b["pemda"]),
            sumber=hasil.sumber,
            sha=hasil.sha256,
            versi=__version__,
            ukuran=lambda n: f"{tulisan.angka(round(n / 1024))} KB",
        ),
    )


# -- small things -----------------------------------------------------------------------------------


@cache
def _sidik_jari_program() -> str:
    """SHA-256 over the package, the report notebooks and templates, and what renders them."""
    h = hashlib.sha256()
    for p in sorted(
        [*(AKAR / "kinerja").rglob("*.py"), *NOTEBOOK.glob("laporan_*.ipynb"), *TEMPLAT.rglob("*")]
    ):
        if p.is_file():
            h.update(p.relative_to(AKAR).as_posix().encode())
            h.update(p.read_bytes())
    for alat in _ALAT:
        h.update(f"{alat} {version(alat)}".encode())
    return h.hexdigest()


def _sha(isi: bytes) -> str:
    return hashlib.sha256(isi).hexdigest()


def _json(isi: Any) -> str:
    return json.dumps(isi, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _tulis_utuh(berkas: Path, isi: str) -> None:
    """Write under another name, then rename: a reader sees the old file or the whole new one."""
    sementara = berkas.with_name(f".{berkas.name}.sebagian")
    sementara.write_text(isi, encoding="utf-8")
    os.replace(sementara, berkas)
