"""The press: one workbook in, one report pack per OPD out, restartable and never half-written.

Everything is computed once; each OPD then gets its own process, which reads one slice, runs the
report notebook with papermill, and writes the pack into a hidden folder (`paket`). Only a finished
pack is renamed to its final name, so a file under a final name is always whole.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import itertools
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from kinerja.laporan.cabang import FORK_ADA, jalankan_cabang
from kinerja.laporan.cabang import Hasil as Selesai
from kinerja.laporan.gabungan import gabung, rencana_gabungan
from kinerja.laporan.html import TEMPLAT, html_dari
from kinerja.laporan.isi import (
    HasilPemda,
    baca_irisan,
    hitung_pemda,
    irisan_opd,
    irisan_pemda,
    meta_pemda,
    tanda,
    tulis_irisan,
)
from kinerja.laporan.paket import (
    ALAT,
    FORMAT,
    FORMAT_GABUNGAN,
    FORMAT_ZIP,
    GALAT,
    MANIFES,
    MAP_PEMDA,
    GalatPesanan,
    Tugas,
    beri_nama,
    catat_gagal,
    cetak_satu,
    kunci_paket,
    paket_utuh,
    sapu,
    sebagai_json,
    status_paket,
    tulis_utuh,
)
from kinerja.laporan.pdf import penyusun

BATAS_DETIK = 600.0


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
        for k, v in self.gagal.items():
            rincian = self.map / k / GALAT
            baris.append(f"GAGAL {k}: {v}" + (f" (rincian: {rincian})" if rincian.is_file() else ""))
        return "\n".join(baris)


# -- the whole order --------------------------------------------------------------------------------


def cetak(pesanan: Pesanan, kemajuan: Any = None) -> Ringkasan:
    """Carry out an order. `kemajuan` is a tqdm-like class for the progress bar, None for silence.

    Raises GalatData, GalatPeriode, GalatParameter or GalatPesanan before anything is written; a
    failing OPD is in the summary instead, with its traceback in its folder.
    """
    _periksa_format(pesanan.format)
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
    diminta = pesanan.opd or (*hasil.opd.index, MAP_PEMDA)
    _tolak_opd_asing(hasil, pesanan)

    dasar.mkdir(parents=True, exist_ok=True)
    sapu(dasar)
    bilah = kemajuan(total=len(diminta)) if kemajuan else None
    semua: list[Tugas] = []
    dibuat: list[str] = []
    dilewati: list[str] = []
    gagal: dict[str, str] = {}

    def kerja() -> Iterator[Tugas]:
        """What is to be made, a slice at a time: no more slices are held than are being printed."""
        for t in rencana(hasil, pesanan, dasar):
            semua.append(t.tanpa_irisan())
            if t.kode not in diminta:
                continue
            if not (pesanan.lanjutkan and paket_utuh(t)):
                yield t
                continue
            dilewati.append(t.kode)
            if bilah is not None:
                bilah.update()

    for selesai in _kerjakan(kerja(), pesanan):
        tugas = selesai.tugas
        if selesai.galat is None:
            beri_nama(tugas.sementara, tugas.map)
            dibuat.append(tugas.kode)
        else:
            gagal[tugas.kode] = catat_gagal(tugas, selesai.galat)
        if bilah is not None:
            bilah.update()
    if bilah is not None:
        bilah.close()
    status = {t.kode: status_paket(t) for t in semua}
    gabungan = _gabungan(hasil, pesanan, semua, status, dasar, gagal)
    _tulis_manifes(hasil, pesanan, semua, status, dasar, gabungan)
    _tulis_indeks(hasil, semua, status, dasar, gabungan)
    return Ringkasan(dasar, tuple(dibuat), tuple(dilewati), gagal)


def _kerjakan(kerja: Iterator[Tugas], pesanan: Pesanan) -> Iterator[Selesai[Tugas, None]]:
    """Each pack made in its `sementara`, or why not, as they finish."""
    pertama = next(kerja, None)
    if pertama is None:
        return
    if FORK_ADA:
        gladi(pertama)
    antrean = itertools.chain([pertama], kerja)
    yield from jalankan_cabang(antrean, cetak_satu, pesanan.pekerja, batas_detik=BATAS_DETIK)


def _periksa_format(format_: Sequence[str]) -> None:
    """GalatPesanan for formats that do not exist or need another."""
    semua = (*FORMAT, FORMAT_ZIP, FORMAT_GABUNGAN)
    if asing := sorted(set(format_) - set(semua)):
        raise GalatPesanan(f"Format {', '.join(asing)} tidak dikenal. Yang ada: {', '.join(semua)}.")
    if not set(format_) & set(FORMAT):
        raise GalatPesanan(f"Belum ada format yang dipilih. Yang ada: {', '.join(semua)}.")
    if FORMAT_GABUNGAN in format_ and "pdf" not in format_:
        raise GalatPesanan("Format gabungan menyatukan laporan PDF; tambahkan pdf pada --format.")


def _gabungan(
    hasil: HasilPemda,
    pesanan: Pesanan,
    semua: Sequence[Tugas],
    status: Mapping[str, str],
    dasar: Path,
    gagal: dict[str, str],
) -> dict[str, str] | None:
    """Bring the merged PDF up to date; returns what the manifest says of it, None if there is none.

    One that is out of date and was not asked for again is removed: a file under a final name is true.
    """
    berkas = dasar / f"gabungan-{pesanan.instansi}-{pesanan.periode}.pdf"
    g = rencana_gabungan(berkas, semua, status, meta_pemda(hasil))
    try:
        lama = json.loads((dasar / MANIFES).read_text(encoding="utf-8"))["gabungan"]
        sama = (
            lama["kunci"] == g.kunci and lama["sha256"] == hashlib.sha256(g.berkas.read_bytes()).hexdigest()
        )
    except (OSError, ValueError, KeyError):
        lama, sama = {}, False
    if sama:
        return dict(lama)
    g.berkas.unlink(missing_ok=True)
    if FORMAT_GABUNGAN not in pesanan.format:
        return None
    (jadi,) = jalankan_cabang([g], gabung, 1, batas_detik=BATAS_DETIK)
    if jadi.galat is not None or jadi.nilai is None:
        gagal[g.berkas.name] = str(jadi.galat).strip().splitlines()[-1]
        return None
    return {"berkas": g.berkas.name, "kunci": g.kunci, "sha256": jadi.nilai}


def _tolak_opd_asing(hasil: HasilPemda, pesanan: Pesanan) -> None:
    """GalatPesanan if an OPD was asked for that does not exist, with the nearest codes."""
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


def rencana(hasil: HasilPemda, pesanan: Pesanan, dasar: Path) -> Iterator[Tugas]:
    """One task per OPD, one without employees included, and one for the pemda itself; made one by one."""
    for kode, nama in hasil.opd["nama"].items():
        isi = tulis_irisan(irisan_opd(hasil, str(kode)))
        yield _tugas(str(kode), str(nama), "laporan_opd.ipynb", isi, pesanan, dasar)
    isi = tulis_irisan(irisan_pemda(hasil))
    yield _tugas(MAP_PEMDA, hasil.instansi.nama, "laporan_pemda.ipynb", isi, pesanan, dasar)


def _tugas(kode: str, nama: str, notebook: str, irisan: str, pesanan: Pesanan, dasar: Path) -> Tugas:
    return Tugas(kode, nama, notebook, irisan, pesanan.format, dasar / kode, kunci_paket(irisan, notebook))


def gladi(tugas: Tugas) -> None:
    """Rehearse once in the parent what every child does: they inherit all that is slow the first time.

    Only the package's own code runs here, never the report notebook, which somebody may have edited.
    """
    for templat in ("laporan.typ", "gambar.typ"):
        penyusun(templat)
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


def _tulis_manifes(
    hasil: HasilPemda,
    pesanan: Pesanan,
    semua: Sequence[Tugas],
    status: Mapping[str, str],
    dasar: Path,
    gabungan: Mapping[str, str] | None,
) -> None:
    """What went in, which rules, which versions, and the SHA-256 of everything that came out."""
    paket = {}
    for t in semua:
        paket[t.kode] = {"nama": t.nama, "status": status[t.kode]}
        if status[t.kode] == "selesai":
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
            **{alat: version(alat) for alat in ALAT},
        },
        "paket": paket,
    }
    if gabungan:
        isi["gabungan"] = dict(gabungan)
    tulis_utuh(dasar / MANIFES, sebagai_json(isi))


def _tulis_indeks(
    hasil: HasilPemda,
    semua: Sequence[Tugas],
    status: Mapping[str, str],
    dasar: Path,
    gabungan: Mapping[str, str] | None,
) -> None:
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
                "status": status[t.kode],
                "berkas": [(n, n.rsplit(".", 1)[1].upper(), (t.map / n).stat().st_size) for n in berkas],
                "pemda": t.kode == MAP_PEMDA,
            }
        )
    tulis_utuh(
        dasar / "index.html",
        templat.render(
            instansi=hasil.instansi.nama,
            periode=tulisan.periode(hasil.periode),
            tanda=tanda(hasil),
            baris=sorted(baris, key=lambda b: not b["pemda"]),
            sumber=hasil.sumber,
            sha=hasil.sha256,
            versi=__version__,
            gabungan=gabungan and (gabungan["berkas"], (dasar / gabungan["berkas"]).stat().st_size),
            ukuran=lambda n: f"{tulisan.angka(round(n / 1024))} KB",
        ),
    )
