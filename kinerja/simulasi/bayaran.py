"""A pay scheme made ready for millions: the very graph of `kinerja.tukin`, with attendance as one look-up.

The scheme is asked once for every attendance month that people can have (`Populasi.pola`), through the same
`tukin.hitung` that pays a workbook. What it says of those months becomes a look-up by month; the rest of its graph runs
as it is, so a person's rupiah here and on the slip are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tukin
from kinerja.aturan import Graf, Kolom, aturan
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Galat, GalatParameter, Kebijakan, Nilai
from kinerja.pecahan import Kode, Pecahan, pada
from kinerja.ranah import Padat, jalankan_nasional
from kinerja.simulasi.acak import Larik
from kinerja.simulasi.populasi import Populasi

UANG = ("hak", "dibayar", "kotor", "pph", "bpjs_pegawai", "bersih", "thr", "ketiga_belas")
_ORANG = ("kelas", "status", "golongan", "status_ptkp")
_BULAN = "2026-03"  # any month: the tables of attendance know no other
_RANAH = 1 << 19  # combinations that a table may have: worth it for millions of people


@dataclass(frozen=True, eq=False)
class Bayaran:
    """How a scheme pays a population: `hitung` gives rupiah for any ratings and months.

    persen: what performance share each predikat is paid (percent), None where the scheme does not pay by predikat.
    """

    skema: str
    nama: str
    populasi: Populasi
    graf: Graf
    parameter: Mapping[str, Nilai] = field(repr=False)
    tetap: Mapping[str, Padat | Kode] = field(repr=False)
    menurut: str
    persen: Mapping[str, Any] | None
    asumsi: tuple[str, ...] = field(repr=False)

    def hitung(
        self,
        predikat: Larik,
        pola: Larik,
        kolom: Sequence[str] = ("kotor",),
        *,
        hasil: Larik | None = None,
        pekerja: int | None = None,
    ) -> dict[str, Larik]:
        """Whole rupiah per person for these columns of UANG; int32 where that holds them.

        predikat: codes into PREDIKAT; pola: rows of `populasi.pola`; hasil: points, for schemes that pay by
        realisation (percent) or by days without result. ValueError where an amount is unknown.
        """
        masukan = self.masukan(predikat, pola, hasil)
        # tables larger than the people are more work than the people: a slider over a province waits a sixth of the time
        ranah = min(_RANAH, max(len(pola), 1 << 10))
        jadi = jalankan_nasional(
            self.graf, masukan, self.parameter, list(kolom), benang=pekerja, ranah_terbesar=ranah
        )
        return {n: self._rupiah(n, jadi[n]) for n in kolom}

    def masukan(self, predikat: Larik, pola: Larik, hasil: Larik | None) -> dict[str, Padat | Kode]:
        """The columns that the graph reads, for these ratings and months (see `hitung`)."""
        semua = {**self.tetap, "pola": Padat(pola)}
        if "predikat" in self.graf.masukan:
            semua["predikat"] = Kode(predikat, PREDIKAT)
        if self.menurut in ("realisasi", "hari_tanpa_hasil"):
            semua[self.menurut] = Padat(_dari_poin(self.menurut, hasil, self.populasi))
        return {n: x for n, x in semua.items() if n in self.graf.masukan}

    def untuk(self, letak: Larik) -> Bayaran:
        """The same scheme for these people (places in the population, also repeated)."""
        orang = replace(
            self.populasi, kolom={n: x[letak] for n, x in self.populasi.kolom.items()}, tetap=None
        )
        return replace(self, populasi=orang, tetap={n: _ambil(x, letak) for n, x in self.tetap.items()})

    def _rupiah(self, nama: str, x: Any) -> Larik:
        if not isinstance(x, Padat) or not isinstance(x.d, int) or x.d != 1 or not x.lengkap:
            raise ValueError(f"{self.nama}: {nama} tidak diketahui pada sebagian pegawai; periksa skemanya.")
        n: Larik = x.n
        return n if n.dtype.itemsize >= 4 else n.astype(np.int32)


def _ambil(x: Padat | Kode, letak: Larik) -> Padat | Kode:
    return Kode(x.kode[letak], x.kategori) if isinstance(x, Kode) else Padat(x.n[letak], x.d)


def _dari_poin(menurut: str, hasil: Larik | None, populasi: Populasi) -> Larik:
    """The points as percent of realisation, or as days without result in a month."""
    if hasil is None:
        raise ValueError("skema ini membayar menurut hasil kerja; poinnya belum diberikan (hasil=...).")
    if menurut == "realisasi":
        return np.asarray(np.minimum(hasil, 100))
    return np.asarray(np.maximum(100 - hasil, 0) * populasi.hari_kerja // 100, dtype=np.int16)


def siapkan(
    skema: str,
    k: Kebijakan,
    populasi: Populasi,
    *,
    instansi: str | None = None,
    tanpa: str | Sequence[str] = (),
) -> Bayaran:
    """A scheme for a population. GalatParameter with every value that its people need and that is not established."""
    contoh, letak = _contoh(populasi)
    predikat = pd.Series([PREDIKAT[i % len(PREDIKAT)] for i in range(len(contoh))], index=contoh["nip"])
    pegawai = contoh[
        ["nip", "opd", *(c for c in ("kelas", "status", "golongan", "status_ptkp", "jenis_jabatan"))]
    ]
    hadir = contoh[["nip", "bulan", *populasi.pola.columns]]
    banyak = populasi.opd["capaian"].astype("float64")
    lain: dict[str, Any] = {
        "realisasi": pd.Series(100.0, index=contoh["nip"]),
        "organisasi": pd.Series(
            banyak.iloc[[i % len(banyak) for i in range(len(contoh))]].to_numpy(), index=contoh["opd"]
        ),
    }
    hadir = hadir.assign(hari_tanpa_hasil=0)
    bulan: dict[str, Any] = {"thr": _BULAN, "ketiga_belas": _BULAN}
    h = tukin.hitung(
        {"pegawai": pegawai, "kehadiran": hadir},
        skema,
        k,
        instansi=instansi,
        predikat=predikat,
        tanpa=tanpa,
        **lain,
        **bulan,
    )
    akhir = h.pegawai
    menurut = next(
        (n for n in ("realisasi", "capaian_organisasi", "hari_tanpa_hasil") if n in akhir.graf.masukan),
        "predikat",
    )
    tetap: dict[str, Padat | Kode] = {}
    cari: list[Callable[..., Any]] = []
    for nama in akhir.graf.masukan:
        x = akhir.kolom[nama]
        if nama in _ORANG:
            tetap[nama] = _kolom_orang(populasi, nama, x)
        elif nama == "capaian_organisasi":
            tetap[nama] = Padat(populasi.opd["capaian"].to_numpy(dtype=np.int16)[populasi.kolom["opd"]])
        elif nama in ("predikat", "realisasi", "hari_tanpa_hasil"):
            continue
        elif nama in ("kali_thr", "kali_ketiga_belas"):
            tetap[nama] = Padat(np.ones(len(populasi), np.int8))
        else:
            cari.append(_menurut_pola(nama, akhir.graf.masukan[nama], _per_pola(x, letak)))
    graf = Graf(
        akhir.graf.nama,
        {**akhir.graf.aturan, **{f.__name__: f for f in cari}, "kotor": _kotor_sebulan},
        {n: label for n, label in akhir.graf.masukan.items() if n not in {f.__name__ for f in cari}}
        | {"pola": "Pola kehadiran"},
    )
    n = akhir.parameter.get("nilai_kinerja_predikat")
    persen = None if n is None or menurut != "predikat" else n.pasti()
    return Bayaran(skema, h.nama, populasi, graf, akhir.parameter, tetap, menurut, persen, h.asumsi)


@aturan(
    "Jumlah kotor sebulan",
    satuan="rupiah",
    dasar="Dibayar + tambahan, tanpa THR dan ketiga belas",
    status="tafsir",
)
def kotor(dibayar: Pecahan, tambahan_plt: Pecahan) -> Pecahan:
    return dibayar + tambahan_plt


_kotor_sebulan = kotor


def _contoh(populasi: Populasi) -> tuple[pd.DataFrame, Larik]:
    """A few employee-months that hold every attendance month and every trait that occurs, each with a rupiah of its own.

    Returns the table and the first row of each attendance month.
    """
    pola = populasi.pola
    sifat: dict[str, list[Any]] = {"kelas": np.unique(populasi.kolom["kelas"]).tolist()}
    for n in ("status", "golongan", "status_ptkp", "jenis_jabatan"):
        if n in populasi.kolom:
            sifat[n] = [populasi.kategori[n][i] for i in np.unique(populasi.kolom[n]).tolist()]
        else:
            sifat[n] = ["TK/0"] if n == "status_ptkp" else ["pelaksana"]
    banyak = max(len(pola), *(len(v) for v in sifat.values()))
    isi = pola.iloc[[i % len(pola) for i in range(banyak)]].reset_index(drop=True)
    isi = isi.assign(**{n: [v[i % len(v)] for i in range(banyak)] for n, v in sifat.items()})
    nip = [f"pola-{i:06d}" for i in range(banyak)]
    return isi.assign(nip=nip, opd=nip, bulan=_BULAN), np.arange(len(pola))


def _kolom_orang(populasi: Populasi, nama: str, x: Kolom) -> Padat | Kode:
    if nama == "kelas":
        return Padat(populasi.kolom["kelas"])
    assert isinstance(x, Kode)
    if nama not in populasi.kolom:
        return Kode(np.full(len(populasi), x.kategori.index("TK/0"), np.int8), x.kategori)
    milik = populasi.kategori[nama]
    asing = [m for i, m in enumerate(milik) if m not in x.kategori and (populasi.kolom[nama] == i).any()]
    if asing:
        raise GalatParameter(
            [Galat(nama, f"{', '.join(asing)} tidak dikenal skema ini. Yang ada: {', '.join(x.kategori)}.")]
        )
    if milik == tuple(x.kategori):
        return Kode(populasi.kolom[nama], x.kategori)
    pindah = np.array([x.kategori.index(m) if m in x.kategori else -1 for m in milik], dtype=np.int8)
    return Kode(pindah[populasi.kolom[nama]], x.kategori)


def _per_pola(x: Kolom, letak: Larik) -> Pecahan | Kode:
    return Kode(x.kode[letak], x.kategori) if isinstance(x, Kode) else x[letak]


def _menurut_pola(nama: str, label: str, isi: Pecahan | Kode) -> Callable[..., Any]:
    """What the scheme says of each attendance month, as a rule of the graph."""

    def cari(pola: Pecahan) -> Any:
        letak = pola.n.astype(np.intp)
        return Kode(isi.kode[letak], isi.kategori) if isinstance(isi, Kode) else pada(isi, letak)

    cari.__name__ = nama
    return aturan(label, satuan="persen", dasar="Jumlah kejadian sebulan menurut skema", status="tafsir")(
        cari
    )


def tarif_lain(b: Bayaran, nama: str, nilai: Any) -> Bayaran:
    """The scheme with another value of one of its parameters, without reading the scheme again.

    nama: an argument of its rules (indeks, porsi_produktivitas, nilai_kinerja_predikat, ...); a mapping changes only
    the keys given. KeyError if the scheme's graph does not read it.
    """
    n = b.parameter[nama]
    isi = {**n.nilai, **nilai} if isinstance(nilai, Mapping) else nilai
    return replace(
        b,
        parameter={**b.parameter, nama: replace(n, nilai=isi, status="asumsi", dasar="Asumsi laboratorium")},
        persen=isi if nama == "nilai_kinerja_predikat" else b.persen,
    )


__all__ = ["UANG", "Bayaran", "siapkan", "tarif_lain"]
