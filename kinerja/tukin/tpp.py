"""TPP daerah, pola 60/40: base of BPK by class x regional index, productivity and discipline.

The pattern is that of one regional implementation whose region is unknown (`tpp-60-40.yaml`,
status sekunder); there is no national norm. It regulates lateness, absence without notice and
missed assemblies; early leaving, missing taps and leave are not regulated and change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja.aturan import Graf, Hasil, aturan
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan, Nilai
from kinerja.pecahan import (
    Kode,
    Pecahan,
    Skalar,
    cari,
    cari_selang,
    dari_angka,
    dari_kategori,
    jumlah_per,
    pilih,
    rupiah,
    terbesar,
)

_DASAR = "Aturan TPP satu daerah (nama daerah tidak diketahui)"


@aturan(
    "Besaran TPP kelas jabatan",
    satuan="rupiah",
    dasar="Basic TPP = tukin BPK × indeks TPP, dibulatkan ke rupiah (SK Basic TPP Kota Lubuklinggau 2022)",
    status="dua-sumber",
)
def besaran_tpp(kelas: Pecahan, tukin_bpk: Mapping[int, int], indeks_tpp: Skalar) -> Pecahan:
    return rupiah(cari(tukin_bpk, kelas) * indeks_tpp)  # type: ignore[operator, arg-type]


@aturan("Nilai produktivitas", satuan="persen", dasar=_DASAR, status="sekunder")
def nilai_produktivitas(predikat: Kode, nilai_kinerja_predikat: Mapping[str, Skalar]) -> Pecahan:
    return cari(nilai_kinerja_predikat, predikat)  # type: ignore[return-value]


@aturan("Pelanggaran disiplin", satuan="persen", dasar=_DASAR, status="sekunder")
def pelanggaran_disiplin(
    potongan_keterlambatan: Pecahan, tidak_apel: Pecahan, potongan_tidak_apel: Skalar
) -> Pecahan:
    return potongan_keterlambatan + tidak_apel * potongan_tidak_apel


@aturan("Nilai disiplin", satuan="persen", dasar=_DASAR, status="sekunder")
def nilai_disiplin(pelanggaran_disiplin: Pecahan, nilai_disiplin_paling_sedikit: Skalar) -> Pecahan:
    return terbesar(100 - pelanggaran_disiplin, nilai_disiplin_paling_sedikit)


@aturan("Nilai TPP bila disiplin penuh", satuan="persen", dasar=_DASAR, status="sekunder")
def nilai_disiplin_penuh(
    nilai_produktivitas: Pecahan, porsi_produktivitas: Skalar, porsi_disiplin: Skalar
) -> Pecahan:
    return nilai_produktivitas * porsi_produktivitas / 100 + porsi_disiplin


@aturan("Nilai TPP", satuan="persen", dasar=_DASAR, status="sekunder")
def nilai_tpp(
    nilai_produktivitas: Pecahan,
    porsi_produktivitas: Skalar,
    nilai_disiplin: Pecahan,
    porsi_disiplin: Skalar,
    alpa: Pecahan,
    potongan_alpa_per_hari: Skalar,
) -> Pecahan:
    return terbesar(
        nilai_produktivitas * porsi_produktivitas / 100
        + nilai_disiplin * porsi_disiplin / 100
        - alpa * potongan_alpa_per_hari,
        0,
    )


@aturan("TPP dibayar", satuan="rupiah", dasar=_DASAR, status="sekunder")
def tpp(besaran_tpp: Pecahan, nilai_tpp: Pecahan) -> Pecahan:
    return rupiah(besaran_tpp * nilai_tpp / 100)


@aturan(
    "Berkurang karena kinerja",
    satuan="rupiah",
    dasar="Selisih besaran TPP dengan TPP bila disiplin penuh",
    status="tafsir",
)
def potongan_kinerja(besaran_tpp: Pecahan, nilai_disiplin_penuh: Pecahan) -> Pecahan:
    return besaran_tpp - rupiah(besaran_tpp * nilai_disiplin_penuh / 100)


@aturan(
    "Berkurang karena disiplin",
    satuan="rupiah",
    dasar="Sisa pengurangan setelah kinerja; keduanya menjumlah tepat",
    status="tafsir",
)
def potongan_disiplin(besaran_tpp: Pecahan, potongan_kinerja: Pecahan, tpp: Pecahan) -> Pecahan:
    return besaran_tpp - potongan_kinerja - tpp


GRAF = Graf.dari(
    "TPP pola 60/40",
    [
        besaran_tpp,
        nilai_produktivitas,
        pelanggaran_disiplin,
        nilai_disiplin,
        nilai_disiplin_penuh,
        nilai_tpp,
        tpp,
        potongan_kinerja,
        potongan_disiplin,
    ],
    {
        "kelas": "Kelas jabatan",
        "predikat": "Predikat kinerja",
        "potongan_keterlambatan": "Jumlah potongan keterlambatan",
        "tidak_apel": "Kali tidak ikut apel",
        "alpa": "Hari tidak masuk tanpa keterangan",
    },
    tujuan=("tpp",),
)


def potongan_per_kejadian(
    menit: Pecahan,
    potongan_terlambat: Sequence[Mapping[str, Any]],
    potongan_terlambat_tepat_60: Skalar,
) -> Pecahan:
    """Percent cut for each late event of `menit` minutes.

    The source is silent about exactly 60: a named assumption, used only while the table has that gap.
    """
    potongan: Pecahan = cari_selang(potongan_terlambat, menit)  # type: ignore[assignment]
    tepat_60 = pilih(menit == 60, potongan_terlambat_tepat_60, potongan)
    return pilih(menit <= 0, 0, pilih(potongan.tahu, potongan, tepat_60))


def potongan_keterlambatan(terlambat: pd.Series, parameter: Mapping[str, Nilai]) -> Pecahan:
    """Sum of the cuts of each row's late events: "12;45" per row, "" for none, missing is unknown."""
    menit, kejadian = menit_kejadian(terlambat)
    potongan = potongan_per_kejadian(
        dari_angka(menit),
        parameter["potongan_terlambat"].pasti(),
        parameter["potongan_terlambat_tepat_60"].pasti(),
    )
    return jumlah_per(potongan, np.repeat(np.arange(len(kejadian)), kejadian), len(kejadian))


def menit_kejadian(teks: pd.Series) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Minutes of all events one after another, and how many events each row has; NaN for an unknown length."""
    # a missing text is one event of unknown length; one parse for the whole column
    teks = teks.astype("str").fillna("nan")
    menit = np.fromstring(";".join(teks[teks != ""].tolist()), dtype=np.float64, sep=";")
    return menit, np.asarray(teks.str.count(";") + (teks != ""), dtype=np.int64)


def parameter_tpp(kebijakan: Kebijakan, skema: str, instansi: str) -> dict[str, Nilai]:
    """All parameters that the scheme needs, by name: scheme file, BPK ladder, regional index."""
    return {
        **kebijakan.bagian(skema),
        "tukin_bpk": kebijakan["tukin-bpk.tukin_bpk"],
        "indeks_tpp": kebijakan[f"{instansi}.indeks_tpp"],
    }


def hitung_tpp(bulanan: pd.DataFrame, parameter: Mapping[str, Nilai]) -> Hasil:
    """TPP of each employee-month.

    bulanan: columns nip, bulan, kelas, predikat (categories of PREDIKAT), terlambat ("12;45"),
    tidak_apel, alpa (counts). Money in whole rupiah, unknown where the class's base, the predikat
    or the attendance is unknown. The result's key is (nip, bulan).
    """
    predikat = bulanan["predikat"].cat
    masukan: dict[str, Pecahan | Kode] = {
        "kelas": _angka(bulanan["kelas"]),
        "predikat": dari_kategori(predikat.codes, predikat.categories).dalam(PREDIKAT),
        "potongan_keterlambatan": potongan_keterlambatan(bulanan["terlambat"], parameter),
        "tidak_apel": _angka(bulanan["tidak_apel"]),
        "alpa": _angka(bulanan["alpa"]),
    }
    return GRAF.jalankan(masukan, parameter, pd.MultiIndex.from_frame(bulanan[["nip", "bulan"]]))


def _angka(kolom: pd.Series) -> Pecahan:
    return dari_angka(kolom.to_numpy(dtype=np.float64, na_value=np.nan))
