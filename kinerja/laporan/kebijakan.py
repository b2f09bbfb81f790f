"""The report of a policy comparison: one notebook run by papermill per pair of scenarios, in three formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from kinerja import gambar_tukin, tulisan
from kinerja.data.utuh import map_utuh
from kinerja.gambar_simulasi import gambar_lorenz, gambar_menang_kalah, gambar_tebing, gambar_uraian
from kinerja.laporan.html import html_dari
from kinerja.laporan.paket import NOTEBOOK, jalankan_notebook
from kinerja.laporan.pdf import pdf_dari
from kinerja.parameter import AKAR_PARAMS
from kinerja.simulasi.bandingan import JUMLAH, Bandingan, bandingkan
from kinerja.simulasi.naskah import Naskah, baca
from kinerja.simulasi.skenario import Hasil, jalankan
from kinerja.simulasi.ukuran import lorenz, tebing
from kinerja.simulasi.uraian import uraikan
from kinerja.tampil import Gambar, KolomTabel, Kop, Paragraf, Tabel

CONTOH = AKAR_PARAMS / "laboratorium" / "dua-usulan.yaml"
BUKU = "laporan_kebijakan.ipynb"
_LANGKAH = {
    "penilaian": "Aturan penilaian",
    "bayaran": "Tabel bayaran",
    "kehadiran": "Kehadiran",
    "pajak": "Pajak dan iuran",
}


@dataclass(frozen=True, eq=False)
class Pasangan:
    """One pair of a run: the baseline and the `ke`-th other scenario, for the same people."""

    naskah: Naskah
    banding: Bandingan = field(repr=False)

    @property
    def hasil(self) -> tuple[Hasil, Hasil]:
        return self.banding.lama, self.banding.baru

    @property
    def judul(self) -> str:
        return f"{self.banding.baru.nama} dibandingkan dengan {self.banding.lama.nama}"


def buka_pasangan(berkas: str = "", pasangan: int = 1) -> Pasangan:
    """What the report's notebook shows: a run file ("" = the sample) and which scenario after the first.

    GalatParameter for what is wrong in the file; ValueError if there is no such scenario.
    """
    naskah = baca(Path(berkas) if berkas else CONTOH)
    if not 1 <= pasangan < len(naskah.skenario):
        raise ValueError(
            f"pasangan {pasangan} tidak ada; naskah ini punya 1 sampai {len(naskah.skenario) - 1}."
        )
    orang = naskah.orang()
    lama, baru = (jalankan(naskah.skenario[i], orang) for i in (0, pasangan))
    return Pasangan(naskah, bandingkan(lama, baru, naskah.kolom))


def kop(p: Pasangan) -> Kop:
    orang = p.banding.lama.populasi
    tanda = "SIMULASI: pegawai sintetis, bukan orang nyata" if orang.sintetis else "SIMULASI, bukan keputusan"
    return Kop(
        ("Laboratorium kebijakan",), p.naskah.judul, "Perbandingan kebijakan", p.judul,
        kaki=f"{p.naskah.judul} · {p.judul}", tanda=tanda,
    )  # fmt: skip


def ikhtisar(p: Pasangan) -> Paragraf:
    """The finding in four sentences."""
    c = p.banding
    return Paragraf(
        f"{gambar_tukin.kalimat(c)} {gambar_tukin.kalimat_lorenz(c)}.\n\nPopulasi: {c.lama.populasi.nama}, benih "
        f"{c.lama.populasi.benih}. Uang yang dibandingkan: jumlah {tulisan.label(c.kolom).lower()} sebulan; anggaran ialah "
        "jumlah kotor. Ini simulasi, bukan prakiraan dan bukan aturan."
    )


def perubahan(p: Pasangan) -> Tabel:
    """Each scenario: rating rule, pay scheme, day of the law, what it changes and why."""
    baris = []
    for h in p.hasil:
        s = h.skenario
        ubah = [x for x in h.kebijakan.cetak_perubahan().splitlines() if not x.startswith("Tanpa skenario")]
        lain = (
            [f"Tanpa bagian: {', '.join([s.tanpa] if isinstance(s.tanpa, str) else s.tanpa)}."]
            if s.tanpa
            else []
        )
        lain += ["Pola sebaran dipaksakan."] if s.pola else []
        baris.append(
            (
                h.nama,
                h.bayaran.nama,
                gambar_tukin.peraturan(s.regulasi),
                "\n".join([*ubah, *lain]) or "Tidak ada.",
            )
        )
    kolom = (
        KolomTabel("Skenario", lebar=1.3),
        KolomTabel("Bayaran", lebar=2),
        KolomTabel("Penilaian", lebar=1.4),
        KolomTabel("Yang diubah", lebar=4),
    )
    return Tabel(kolom, tuple(baris))


def gambar_arah(p: Pasangan) -> Gambar:
    return gambar_menang_kalah(p.banding.per("kelas"), "Kelas jabatan")


def gambar_timpang(p: Pasangan) -> Gambar:
    kurva = {h.nama: lorenz(h.uang(p.banding.kolom)) for h in p.hasil}
    return gambar_tukin.berjudul(gambar_lorenz(kurva), gambar_tukin.kalimat_lorenz(p.banding))


def gambar_poin(p: Pasangan) -> Gambar:
    kurva = {h.nama: tebing(h) for h in p.hasil}
    return gambar_tukin.berjudul(gambar_tebing(kurva), gambar_tukin.kalimat_tebing(kurva))


def gambar_sebab(p: Pasangan) -> Gambar:
    """The change taken apart, free of order."""
    c = p.banding
    andil = uraikan(c.lama, c.baru, c.kolom).bebas_urutan().loc[JUMLAH].to_dict()
    t = pd.Series({nama: int(andil[k]) for k, nama in _LANGKAH.items()})
    g = gambar_uraian(t, c.lama.total(c.kolom), c.baru.total(c.kolom), (c.lama.nama, c.baru.nama))
    isi = {str(k): int(v) for k, v in t.to_dict().items() if v}
    rinci = tulisan.daftar(
        f"{k.lower()} {gambar_tukin.bertanda(v, gambar_tukin.miliar(v))}" for k, v in isi.items()
    )
    return gambar_tukin.berjudul(
        g, f"Perubahan sebulan menurut sebabnya: {rinci}" if rinci else "Tidak ada yang berubah"
    )


def cetak_kebijakan(berkas: Path, tujuan: Path, kemajuan: Callable[[str], None] | None = None) -> list[Path]:
    """One report per pair (first scenario against each other) as ipynb, HTML and PDF in the new folder `tujuan`.

    Either the whole folder is written or none of it. FileExistsError if the name is taken; GalatParameter for what
    is wrong in the run file; papermill's error if a cell fails.
    """
    naskah = baca(berkas)
    cerita = kemajuan or (lambda _: None)
    nama: list[str] = []
    with map_utuh(tujuan) as map_:
        for ke, s in enumerate(naskah.skenario[1:], 1):
            cerita(f"Mencetak {s.nama} dibandingkan dengan {naskah.skenario[0].nama}")
            isi: dict[str, Any] = {"naskah": berkas.name, "pasangan": ke}
            nb = jalankan_notebook(NOTEBOOK / BUKU, isi, berkas.absolute().parent)
            judul = f"{naskah.judul}: {s.nama} dibandingkan dengan {naskah.skenario[0].nama}"
            dasar = f"kebijakan-{ke}-{_slug(s.nama)}"
            paket = {
                "ipynb": (nbformat.writes(nb) + "\n").encode(),
                "html": html_dari(nb, judul).encode(),
                "pdf": pdf_dari(nb, "A4", judul=judul, penulis="Laboratorium kebijakan"),
            }
            for akhiran, bytes_ in paket.items():
                (map_ / f"{dasar}.{akhiran}").write_bytes(bytes_)
                nama.append(f"{dasar}.{akhiran}")
    return [tujuan / n for n in nama]


def _slug(nama: str) -> str:
    """'Jarak diperlebar (60/40)' -> 'jarak-diperlebar-60-40'."""
    return re.sub(r"[^a-z0-9]+", "-", nama.lower()).strip("-") or "skenario"
