"""The press: one workbook in, one report pack per OPD out, restartable and never half-written.

Everything is computed once; each OPD then gets its own process, which reads one slice, runs the
report notebook with papermill, and writes the pack into a hidden folder (`paket`). Only a finished
pack is renamed to its final name, so a file under a final name is always whole.
"""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import platform
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jinja2 import Environment, FileSystemLoader, select_autoescape

from kinerja import __version__, tulisan
from kinerja.data import GalatData, baca, samarkan, sidik_sumber
from kinerja.data.alamat import unduhan
from kinerja.kertas import periksa_huruf
from kinerja.laporan import bagian
from kinerja.laporan.batas import TANPA_BATAS, Batas
from kinerja.laporan.buku import buku_opd
from kinerja.laporan.cabang import FORK_ADA, jalankan_cabang
from kinerja.laporan.cabang import Hasil as Selesai
from kinerja.laporan.cermin import Cermin, keluaran_lokal
from kinerja.laporan.gabungan import gabung, rencana_gabungan
from kinerja.laporan.gembok import gembok
from kinerja.laporan.html import html_dari
from kinerja.laporan.isi import (
    HasilPemda,
    baca_irisan,
    bulan_dalam,
    hitung_pemda,
    irisan_opd,
    irisan_pemda,
    meta_pemda,
    tulis_irisan,
)
from kinerja.laporan.isi import tanda as tanda_data
from kinerja.laporan.keutuhan import MANIFES, TANDA, baca_manifes, sha_berkas, sha_isi, tulis_manifes
from kinerja.laporan.paket import (
    ALAT,
    FORMAT,
    FORMAT_GABUNGAN,
    FORMAT_ZIP,
    GALAT,
    IRISAN,
    MAP_PEMDA,
    GalatPesanan,
    Tugas,
    beri_nama,
    catat_gagal,
    cetak_satu,
    hanya_untuk,
    kunci_paket,
    paket_utuh,
    sapu,
    segel,
    status_paket,
    tulis_utuh,
)
from kinerja.laporan.tanda import Penanda, muat_penanda
from kinerja.laporan.waktu import Jam
from kinerja.parameter import instansi
from kinerja.penata import TEMPLAT, penyusun

IZIN = (0o600, 0o640, 0o660)  # results are for the owner, or for a group as well; never for everybody


@dataclass(frozen=True)
class Pesanan:
    """One order to the press. `opd` empty means all, the pemda's own report included.

    Files get the mode `izin`; with `kunci_tanda`, the file of a private key, manifests are signed.
    `tunggu` waits for another run on the same target. `tampilkan_nip` leaves NIP and names in errors.
    """

    instansi: str
    data: Path | str  # a path, or the address of another store
    periode: str
    keluaran: Path | str
    opd: tuple[str, ...] = ()
    format: tuple[str, ...] = FORMAT
    pekerja: int = 2
    lanjutkan: bool = False
    samarkan: str | None = None
    tanggal: dt.date | None = None
    izin: int = 0o600
    kunci_tanda: Path | None = None
    tunggu: bool = False
    tampilkan_nip: bool = False
    batas: Batas = field(default_factory=Batas)
    penjadwal: str | None = None  # of a Dask cluster; None: the processes of this machine


@dataclass(frozen=True)
class Ringkasan:
    """What a run did. `gagal` maps the OPD's code to the last line of its error; `peringatan` says
    what makes the results of the whole run unfit to be handed on."""

    map: Path
    dibuat: tuple[str, ...]
    dilewati: tuple[str, ...]
    gagal: Mapping[str, str]
    peringatan: tuple[str, ...] = ()
    alamat: str = ""  # where the results are, when that is another store
    rinci: str = ""  # what each stage cost, as a table
    pertama: float | None = None  # seconds until the first pack was finished

    def __str__(self) -> str:
        baris = [
            f"{tulisan.angka(len(self.dibuat))} paket dibuat, {tulisan.angka(len(self.dilewati))} sudah ada, "
            f"{tulisan.angka(len(self.gagal))} gagal. Buka {self._letak('index.html')}"
        ]
        if self.pertama is not None:
            baris.append(f"Paket pertama jadi setelah {tulisan.angka(self.pertama, 1)} detik.")
        for k, v in self.gagal.items():
            ada = self.alamat or (self.map / k / GALAT).is_file()
            baris.append(f"GAGAL {k}: {v}" + (f" (rincian: {self._letak(k, GALAT)})" if ada else ""))
        baris += [f"PERINGATAN: {p}" for p in self.peringatan]
        return "\n".join(baris)

    def _letak(self, *nama: str) -> str:
        return "/".join((self.alamat, *nama)) if self.alamat else str(self.map.joinpath(*nama))


# -- the whole order --------------------------------------------------------------------------------


def cetak(pesanan: Pesanan, kemajuan: Any = None, kabar: Callable[[str], None] | None = None) -> Ringkasan:
    """Carry out an order. `kemajuan` is a tqdm-like class for the progress bar, None for silence;
    `kabar` is told when the run has to wait, and of workers of a cluster that are refused or lost.

    Raises GalatData, GalatPeriode, GalatParameter, GalatPesanan, GalatKunci, GalatHuruf or SasaranDipakai
    before anything is written; a failing OPD is in the summary instead, with its traceback in its folder.
    """
    periksa_format(pesanan.format)
    periksa_huruf()
    if pesanan.izin not in IZIN:
        raise GalatPesanan(
            f"Izin {pesanan.izin:04o} tidak dipakai. Pilih: {', '.join(f'{i:04o}' for i in IZIN)}."
        )
    penanda = muat_penanda(pesanan.kunci_tanda) if pesanan.kunci_tanda else None
    if pesanan.penjadwal is not None:
        from kinerja.laporan.klaster import periksa_penjadwal

        periksa_penjadwal(pesanan.penjadwal)
    instansi(pesanan.instansi)  # both make the target's name, so they are looked at before it is locked
    bulan_dalam(pesanan.periode)
    with (
        hanya_untuk(pesanan.izin),
        unduhan(pesanan.data) as masukan,
        keluaran_lokal(
            pesanan.keluaran,
            pesanan.instansi,
            pesanan.periode,
            pesanan.lanjutkan,
            tunggu=pesanan.tunggu,
            kabar=kabar,
        ) as (di, cermin),
    ):
        dasar = di / pesanan.instansi / pesanan.periode
        with gembok(dasar, tunggu=pesanan.tunggu, kabar=kabar):
            ringkasan = _cetak(pesanan, masukan, penanda, dasar, cermin, kemajuan, kabar)
        if cermin is None:
            return ringkasan
        cermin.akhiri()
        return replace(ringkasan, alamat=str(cermin))


def _cetak(
    pesanan: Pesanan,
    masukan: Path,
    penanda: Penanda | None,
    dasar: Path,
    cermin: Cermin | None,
    kemajuan: Any,
    kabar: Callable[[str], None] | None,
) -> Ringkasan:
    jam = Jam()
    with jam.tahap("baca dan periksa"):
        data = baca(masukan)
    sha = data.sha256
    if _berubah(masukan, sha):
        raise GalatPesanan(
            f"{data.sumber} berubah selagi dibaca. Belum ada yang dicetak. "
            "Ulangi setelah berkas itu selesai disimpan."
        )
    milik = data.info.get("instansi", "").strip()
    if milik and milik != pesanan.instansi:
        raise GalatPesanan(
            f"{data.sumber} adalah buku kerja instansi {milik!r} (lembar info), tetapi yang diminta laporan "
            f"{pesanan.instansi!r}. Pakai --instansi {milik}, atau perbaiki isian instansi di lembar info."
        )
    if pesanan.samarkan is not None:
        data = samarkan(data, pesanan.samarkan)
    with jam.tahap("hitung"):
        hasil = hitung_pemda(data, pesanan.instansi, pesanan.periode, pesanan.tanggal)
    diminta = pesanan.opd or (*hasil.opd.index, MAP_PEMDA)
    _tolak_opd_asing(hasil, pesanan)

    dasar.mkdir(parents=True, exist_ok=True)
    _tertutup(dasar, pesanan.izin)
    sapu(dasar)
    bilah = kemajuan(total=len(diminta)) if kemajuan else None
    gabungan_lama = _gabungan_lama(dasar)
    semua: list[Tugas] = []
    dibuat: list[str] = []
    dilewati: list[str] = []
    gagal: dict[str, str] = {}

    def kerja() -> Iterator[Tugas]:
        """What is to be made, a slice at a time: no more slices are held than are being printed."""
        antrean = rencana(hasil, pesanan, dasar, penanda.publik.sidik if penanda else None)
        while True:
            with jam.tahap("irisan"):
                t = next(antrean, None)
            if t is None:
                return
            semua.append(t.tanpa_irisan())
            if t.kode not in diminta:
                continue
            if not (pesanan.lanjutkan and paket_utuh(t)):
                for nama in (TANDA, MANIFES):  # until all is done nothing vouches for the whole
                    (dasar / nama).unlink(missing_ok=True)
                yield t
                continue
            dilewati.append(t.kode)
            if bilah is not None:
                bilah.update()

    try:
        with closing(_kerjakan(kerja(), pesanan, kabar)) as aliran:
            for selesai in aliran:
                tugas = selesai.tugas
                if selesai.galat is None:
                    with jam.tahap("tulis"):  # waiting for the disk is part of the price of a pack
                        if penanda is not None:
                            segel(tugas, penanda)
                        beri_nama(tugas.sementara, tugas.map)
                    dibuat.append(tugas.kode)
                    jam.paket_jadi(selesai.nilai, selesai.detik)
                else:
                    gagal[tugas.kode] = catat_gagal(tugas, selesai.galat, tampilkan_nip=pesanan.tampilkan_nip)
                if cermin is not None:
                    cermin.kirim(tugas.kode)
                if bilah is not None:
                    bilah.update()
    except BaseException:  # Ctrl-C, a full disk: what is half-made goes, what is done stays
        sapu(dasar)
        raise
    if bilah is not None:
        bilah.close()
    status = {t.kode: status_paket(t) for t in semua}
    for kode in [k for k in dibuat if status[k] == "belum"]:
        dibuat.remove(kode)
        gagal[kode] = "Berkasnya berubah sesudah ditulis. Ulangi dengan --lanjutkan."
    gabungan = _gabungan(hasil, pesanan, semua, status, dasar, gagal, gabungan_lama)
    _tulis_indeks(hasil, semua, status, dasar, gabungan)
    _tulis_manifes(hasil, pesanan, semua, status, dasar, gabungan, penanda)
    peringatan = []
    if _berubah(masukan, sha):
        peringatan.append(
            f"{data.sumber} berubah selagi laporan dicetak. Hasil ini dari isi yang dibaca di awal "
            f"(SHA-256 {sha[:12]}…), bukan dari isinya sekarang. Ulangi dengan --lanjutkan."
        )
    return Ringkasan(
        dasar,
        tuple(dibuat),
        tuple(dilewati),
        gagal,
        tuple(peringatan),
        rinci=jam.tabel(len(dibuat)),
        pertama=jam.pertama,
    )


def _berubah(sumber: Path, sha: str) -> bool:
    """Whether the input is no longer what was read."""
    try:
        return sidik_sumber(sumber) != sha
    except (OSError, GalatData):
        return True


def _tertutup(dasar: Path, izin: int) -> None:
    """Nobody else gets at results, those that an earlier version left open to all included."""
    for p in (dasar, *dasar.rglob("*")):
        if not p.is_symlink():
            boleh = izin | (izin & 0o444) >> 2 if p.is_dir() else izin
            if p.stat().st_mode & 0o777 & ~boleh:
                p.chmod(boleh)


def _kerjakan(
    kerja: Iterator[Tugas], pesanan: Pesanan, kabar: Callable[[str], None] | None
) -> Generator[Selesai[Tugas, dict[str, float]]]:
    """Each pack made in its `sementara`, or why not, as they finish."""
    if pesanan.penjadwal is not None:
        from kinerja.laporan.klaster import cetak_di_klaster  # only here: Dask is an extra

        yield from cetak_di_klaster(kerja, pesanan.penjadwal, pesanan.batas, kabar or (lambda _: None))
        return
    pertama = next(kerja, None)
    if pertama is None:
        return
    if FORK_ADA:
        gladi(pertama)
    antrean = itertools.chain([pertama], kerja)
    yield from jalankan_cabang(antrean, cetak_satu, pesanan.pekerja, pesanan.batas)


def periksa_format(format_: Sequence[str]) -> None:
    """GalatPesanan for formats that do not exist or need another."""
    semua = (*FORMAT, FORMAT_ZIP, FORMAT_GABUNGAN)
    if asing := sorted(set(format_) - set(semua)):
        raise GalatPesanan(f"Format {', '.join(asing)} tidak dikenal. Yang ada: {', '.join(semua)}.")
    if not set(format_) & set(FORMAT):
        raise GalatPesanan(f"Belum ada format yang dipilih. Yang ada: {', '.join(semua)}.")
    if FORMAT_GABUNGAN in format_ and "pdf" not in format_:
        raise GalatPesanan("Format gabungan menyatukan laporan PDF; tambahkan pdf pada --format.")


def _gabungan_lama(dasar: Path) -> Mapping[str, str]:
    """What the manifest of an earlier run says of its merged PDF; nothing where there is none to trust."""
    try:
        lama: Mapping[str, str] = baca_manifes((dasar / MANIFES).read_bytes())["gabungan"]
    except (OSError, ValueError, KeyError):
        return {}
    return lama


def _gabungan(
    hasil: HasilPemda,
    pesanan: Pesanan,
    semua: Sequence[Tugas],
    status: Mapping[str, str],
    dasar: Path,
    gagal: dict[str, str],
    lama: Mapping[str, str],
) -> dict[str, str] | None:
    """Bring the merged PDF up to date; returns what the manifest says of it, None if there is none.

    One that is out of date and was not asked for again is removed: a file under a final name is true.
    """
    berkas = dasar / f"gabungan-{pesanan.instansi}-{pesanan.periode}.pdf"
    g = rencana_gabungan(berkas, semua, status, meta_pemda(hasil))
    if lama.get("kunci") == g.kunci and g.berkas.is_file() and lama.get("sha256") == sha_berkas(g.berkas):
        return dict(lama)
    g.berkas.unlink(missing_ok=True)
    if FORMAT_GABUNGAN not in pesanan.format:
        return None
    (jadi,) = jalankan_cabang([g], gabung, 1, replace(TANPA_BATAS, opd=pesanan.batas.opd))
    if jadi.galat is not None or jadi.nilai is None:
        gagal[g.berkas.name] = str(jadi.galat).strip().splitlines()[-1]
        sapu(dasar)
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


def rencana(hasil: HasilPemda, pesanan: Pesanan, dasar: Path, tanda: str | None = None) -> Iterator[Tugas]:
    """One task per OPD, one without employees included, and one for the pemda itself; made one by one.

    `tanda` is the fingerprint of the key that the packs will be signed with.
    """

    def tugas(kode: str, nama: str, notebook: str, irisan: str) -> Tugas:
        kunci = kunci_paket(irisan, notebook, tanda)
        return Tugas(kode, nama, notebook, irisan, pesanan.format, dasar / kode, kunci, pesanan.izin, tanda)

    for kode, nama in hasil.opd["nama"].items():
        isi = tulis_irisan(irisan_opd(hasil, str(kode)))
        yield tugas(str(kode), str(nama), "laporan_opd.ipynb", isi)
    yield tugas(MAP_PEMDA, hasil.instansi.nama, "laporan_pemda.ipynb", tulis_irisan(irisan_pemda(hasil)))


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
        # without the logo: to draw it is to compile, which the parent must not do before it forks
        buku_opd(replace(x, meta={**x.meta, "logo": ""}))


def _tulis_manifes(
    hasil: HasilPemda,
    pesanan: Pesanan,
    semua: Sequence[Tugas],
    status: Mapping[str, str],
    dasar: Path,
    gabungan: Mapping[str, str] | None,
    penanda: Penanda | None,
) -> None:
    """What went in, which rules, which versions, and the SHA-256 of everything that came out; signed last."""
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
        "berkas": {"index.html": sha_berkas(dasar / "index.html")}
        | ({gabungan["berkas"]: gabungan["sha256"]} if gabungan else {}),
        "paket": {
            t.kode: {
                "nama": t.nama,
                "status": status[t.kode],
                "berkas": {} if status[t.kode] == "belum" else sha_isi(t.map),
            }
            for t in semua
        },
        "tanda": penanda.publik.sidik if penanda else None,
    }
    if gabungan:
        isi["gabungan"] = dict(gabungan)
    teks = tulis_manifes(isi).encode()
    (dasar / TANDA).unlink(missing_ok=True)
    tulis_utuh(dasar / MANIFES, teks)
    if penanda is not None:
        tulis_utuh(dasar / TANDA, penanda.tandai(teks))


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
        berkas = sorted(p.name for p in t.map.glob("*") if p.name not in (MANIFES, TANDA, IRISAN, GALAT))
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
            tanda=tanda_data(hasil),
            baris=sorted(baris, key=lambda b: not b["pemda"]),
            sumber=hasil.sumber,
            sha=hasil.sha256,
            versi=__version__,
            gabungan=gabungan and (gabungan["berkas"], (dasar / gabungan["berkas"]).stat().st_size),
            ukuran=lambda n: f"{tulisan.angka(round(n / 1024))} KB",
        ),
    )
