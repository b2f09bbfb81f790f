"""PermenPANRB 8/2021: capaian IKI, rencana kinerja, cascading, kinerja tambahan, behaviour, nilai akhir.

Two ways of scoring: leaders (PPT, pimpinan unit kerja mandiri) by the value of each IKI, everybody else by
the categories of three aspects. Weights and predicates of the final score belong to the parent, PP 30/2019
(`pp30`). The levels, from the single indicator to the employee, are in the order of `nilai`.

Readings that the regulation leaves open are rules or parameters with status `tafsir` or `asumsi`:
a plan of a leader takes the mean of its IKI, an aspect with several indicators the mean of their whole
percents, a kind of kinerja utama the mean of its plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja.aturan import Bertingkat, Fungsi, Graf, Hasil, Kolom, aturan
from kinerja.data.skema import JENIS_JABATAN, JENJANG_KASKADE, SKEMA
from kinerja.iki.capaian import RUMUS
from kinerja.parameter import Kebijakan, Nilai
from kinerja.pecahan import (
    Kode,
    Larik,
    Pecahan,
    Skalar,
    bulat,
    cari,
    cari_selang,
    dari_kategori,
    jumlah_per,
    pada,
    pilih,
    rata_per,
    sambung,
    terbesar,
    terkecil,
)
from kinerja.regulasi import pp30
from kinerja.regulasi.tabel import (
    alasan_kosong,
    angka_dari,
    banyak_per,
    dengan_jembatan,
    dinilai,
    kode_dari,
    kolom_angka,
    kolom_kata,
    kunci_indikator,
    kunci_rhk,
    saring,
    satukan,
    tanda,
    urut_pegawai,
)

BERKAS = "permenpanrb-8-2021"
_AWALAN = "permenpanrb_8_2021_"
JEMBATAN = tuple(
    f"jembatan.{nama}"
    for nama in (
        "pp_30_2019_status_dinilai",
        "pp_30_2019_penilai_360",
        "pp_30_2019_bobot_penilai",
        "pp_30_2019_perilaku",
        "permenpanrb_8_2021_cara_menilai",
        "permenpanrb_8_2021_jenis_kinerja_utama",
        "permenpanrb_8_2021_tidak_langsung",
        "permenpanrb_8_2021_rata_rata_atasan",
        "permenpanrb_8_2021_aspek_dinilai",
        "permenpanrb_8_2021_capaian_tingkat_terendah",
    )
)

KATEGORI = ("sangat_baik", "baik", "cukup", "kurang", "sangat_kurang")
_KEDUDUKAN = ("kepala_perangkat_daerah", "bukan_kepala")
_INDUK = (*JENJANG_KASKADE, "rencana_atasan", "tanpa_induk")
_CARA = ("langsung", "tidak_langsung", "lintas", "tanpa_cara")
_SUSUNAN_JENIS = ("keduanya", "perjanjian_kinerja", "rencana_aksi")
# one, two or three categories, the best first: the keys of kombinasi_aspek
SUSUNAN = tuple(", ".join(k) for n in (1, 2, 3) for k in combinations_with_replacement(KATEGORI, n))

Bilangan = npt.NDArray[np.intp]
_HLM_8 = "PermenPANRB 8/2021"


# -- who is scored how ----------------------------------------------------------------------------------


@aturan("Cara penilaian SKP", satuan="teks", dasar=f"{_HLM_8} BAB VI.A", status="asumsi")
def cara_penilaian(
    jenis_jabatan: Kode, kedudukan: Kode, cara_menilai: Mapping[str, Mapping[str, str]]
) -> Kode:
    return cari(cara_menilai, jenis_jabatan, kedudukan)  # type: ignore[return-value]


# -- indicators -----------------------------------------------------------------------------------------


@aturan(
    "Capaian IKI dalam persen bulat",
    satuan="persen",
    dasar=f"{_HLM_8} hlm. 91-100, Anak Lampiran 4 dan 5",
    status="sekunder",
)
def capaian_utuh(capaian: Pecahan, capaian_terendah: Skalar, desimal_capaian: int) -> Pecahan:
    return bulat(terbesar(capaian, capaian_terendah), desimal_capaian)


@aturan(
    "Capaian IKI dalam persen bulat, model pengembangan",
    satuan="persen",
    dasar=f"{_HLM_8} hlm. 24 dan 40 (rating 3, 4, atau 5 tingkat)",
    status="asumsi",
)
def capaian_bertingkat(
    capaian: Pecahan,
    jumlah_tingkat: Pecahan,
    capaian_tingkat_terendah: Mapping[int, Skalar],
    desimal_capaian: int,
) -> Pecahan:
    return bulat(terbesar(capaian, cari(capaian_tingkat_terendah, jumlah_tingkat)), desimal_capaian)  # type: ignore[arg-type]


@aturan("Pita capaian IKI", satuan="teks", dasar=f"{_HLM_8} hlm. 92-93", status="teks")
def pita_iki(capaian_utuh: Pecahan, pita_capaian_iki: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(pita_capaian_iki, capaian_utuh)  # type: ignore[return-value]


@aturan("Nilai capaian IKI", satuan="poin", dasar=f"{_HLM_8} hlm. 93 huruf e-i", status="teks")
def nilai_iki(
    capaian_utuh: Pecahan,
    target_maksimum: Pecahan,
    pita_iki: Kode,
    capaian_target_tertinggi: Skalar,
    nilai_target_tertinggi: Skalar,
    pita_nilai_awal: Mapping[str, Skalar],
    pita_kenaikan: Mapping[str, Skalar],
    pita_capaian_awal: Mapping[str, Skalar],
    pita_lebar: Mapping[str, Skalar],
) -> Pecahan:
    return pilih(
        (target_maksimum > 0) & (capaian_utuh >= capaian_target_tertinggi),
        nilai_target_tertinggi,
        cari(pita_nilai_awal, pita_iki)  # type: ignore[operator, arg-type]
        + cari(pita_kenaikan, pita_iki)  # type: ignore[operator, arg-type]
        * (capaian_utuh - cari(pita_capaian_awal, pita_iki))  # type: ignore[operator]
        / cari(pita_lebar, pita_iki),
    )


@aturan("Kategori IKI", satuan="predikat", dasar=f"{_HLM_8} hlm. 93", status="tafsir")
def kategori_iki(nilai_iki: Pecahan, kategori_nilai: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(kategori_nilai, nilai_iki)  # type: ignore[return-value]


@aturan(
    "IKI ikut menentukan kategori rencana (1 ya)",
    satuan="pengali",
    dasar=f"{_HLM_8} hlm. 101-109",
    status="asumsi",
)
def ikut_dinilai(aspek: Kode, aspek_dinilai: Mapping[str, Skalar]) -> Pecahan:
    return cari(aspek_dinilai, aspek)  # type: ignore[return-value]


@aturan(
    "Capaian aspek",
    satuan="persen",
    dasar="Rata-rata capaian indikatornya, persen bulat; aturan beberapa indikator tidak ditemukan",
    status="tafsir",
)
def capaian_aspek(jumlah_capaian: Pecahan, banyak_iki: Pecahan, desimal_capaian: int) -> Pecahan:
    return bulat(jumlah_capaian / banyak_iki, desimal_capaian)


@aturan("Kategori aspek", satuan="predikat", dasar=f"{_HLM_8} hlm. 101-109", status="dua-sumber")
def kategori_aspek(capaian_aspek: Pecahan, kategori_capaian_aspek: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(kategori_capaian_aspek, capaian_aspek)  # type: ignore[return-value]


# -- plans ----------------------------------------------------------------------------------------------


@aturan(
    "Nilai rencana kinerja",
    satuan="poin",
    dasar=f"{_HLM_8} hlm. 93-94; rata-rata nilai IKI rencana itu",
    status="tafsir",
)
def nilai_rencana(jumlah_nilai_iki: Pecahan, banyak_iki: Pecahan) -> Pecahan:
    return jumlah_nilai_iki / banyak_iki


@aturan("Kategori rencana", satuan="predikat", dasar=f"{_HLM_8} hlm. 93", status="tafsir")
def kategori_rencana_pimpinan(nilai_rencana: Pecahan, kategori_nilai: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(kategori_nilai, nilai_rencana)  # type: ignore[return-value]


@aturan("Kategori rencana", satuan="predikat", dasar=f"{_HLM_8} hlm. 101-109", status="dua-sumber")
def kategori_rencana(susunan_aspek: Kode, kombinasi_aspek: Mapping[str, str]) -> Kode:
    return cari(kombinasi_aspek, susunan_aspek)  # type: ignore[return-value]


@aturan("Poin rencana", satuan="poin", dasar=f"{_HLM_8} hlm. 101-109", status="dua-sumber")
def poin_rencana(kategori_rencana: Kode, poin_kategori: Mapping[str, Skalar]) -> Pecahan:
    return cari(poin_kategori, kategori_rencana)  # type: ignore[return-value]


@aturan("Jenis kinerja utama", satuan="teks", dasar=f"{_HLM_8} hlm. 93", status="asumsi")
def jenis_rencana(induk: Kode, jenis_kinerja_utama: Mapping[str, str]) -> Kode:
    return cari(jenis_kinerja_utama, induk)  # type: ignore[return-value]


@aturan("Nilai kinerja tambahan rencana ini", satuan="poin", dasar=f"{_HLM_8} hlm. 95 dan 288", status="teks")
def nilai_tambahan(
    kategori: Kode,
    lingkup: Pecahan,
    nilai: Pecahan,
    persen_kinerja_tambahan: Mapping[str, Skalar],
    bobot_lingkup: Mapping[int, Skalar],
) -> Pecahan:
    return cari(persen_kinerja_tambahan, kategori) / 100 * cari(bobot_lingkup, lingkup) / 100 * nilai  # type: ignore[operator]


@aturan(
    "Diturunkan tidak langsung (1 ya)", satuan="pengali", dasar=f"{_HLM_8} hlm. 26 dan 288", status="asumsi"
)
def diturunkan_tidak_langsung(cara: Kode, tidak_langsung: Mapping[str, Skalar]) -> Pecahan:
    return cari(tidak_langsung, cara)  # type: ignore[return-value]


@aturan(
    "Nilai tertimbang, cascading langsung",
    satuan="poin",
    dasar=f"{_HLM_8} hlm. 26 (nilai atasan tidak ikut dihitung)",
    status="sekunder",
)
def nilai_tertimbang_langsung(poin: Pecahan) -> Pecahan:
    return poin


@aturan(
    "Nilai rencana atasan",
    satuan="poin",
    dasar=f"{_HLM_8} hlm. 288; nilai pada formulir SKP atasan sendiri",
    status="tafsir",
)
def nilai_atasan(
    punya_rencana_atasan: Pecahan,
    nilai_rencana_atasan: Pecahan,
    rata_nilai_atasan: Pecahan,
    rata_rata_atasan: bool,
) -> Pecahan:
    return pilih(
        punya_rencana_atasan > 0,
        nilai_rencana_atasan,
        pilih(rata_rata_atasan, rata_nilai_atasan, nilai_rencana_atasan),  # type: ignore[arg-type]
    )


@aturan("Kategori rencana atasan", satuan="predikat", dasar=f"{_HLM_8} hlm. 288", status="tafsir")
def kategori_atasan(nilai_atasan: Pecahan, kategori_nilai: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(kategori_nilai, nilai_atasan)  # type: ignore[return-value]


@aturan("Bobot rencana atasan", satuan="persen", dasar=f"{_HLM_8} hlm. 288", status="tafsir")
def bobot_atasan(
    kategori: Kode,
    kategori_atasan: Kode,
    bobot_rencana_atasan: Mapping[str, Skalar],
    bobot_ikut_atasan: bool,
) -> Pecahan:
    return pilih(
        bobot_ikut_atasan,  # type: ignore[arg-type]
        cari(bobot_rencana_atasan, kategori_atasan),  # type: ignore[arg-type]
        cari(bobot_rencana_atasan, kategori),  # type: ignore[arg-type]
    )


@aturan(
    "Nilai tertimbang, cascading tidak langsung",
    satuan="poin",
    dasar=f"{_HLM_8} hlm. 288",
    status="dua-sumber",
)
def nilai_tertimbang(
    poin: Pecahan, nilai_atasan: Pecahan, bobot_atasan: Pecahan, bobot_rencana_sendiri: Skalar
) -> Pecahan:
    return bobot_rencana_sendiri / 100 * poin + bobot_atasan / 100 * nilai_atasan  # type: ignore[operator]


# -- SKP ------------------------------------------------------------------------------------------------


@aturan(
    "Rata-rata kinerja utama dari perjanjian kinerja, renstra, dan direktif",
    satuan="poin",
    dasar=f"{_HLM_8} hlm. 93-94",
    status="tafsir",
)
def rata_perjanjian(jumlah_perjanjian: Pecahan, banyak_perjanjian: Pecahan) -> Pecahan:
    return jumlah_perjanjian / terbesar(banyak_perjanjian, 1)


@aturan(
    "Rata-rata kinerja utama dari rencana aksi atau inisiatif strategis",
    satuan="poin",
    dasar=f"{_HLM_8} hlm. 93-94",
    status="tafsir",
)
def rata_rencana_aksi(jumlah_rencana_aksi: Pecahan, banyak_rencana_aksi: Pecahan) -> Pecahan:
    return jumlah_rencana_aksi / terbesar(banyak_rencana_aksi, 1)


@aturan("Nilai kinerja utama pimpinan", satuan="poin", dasar=f"{_HLM_8} hlm. 94", status="tafsir")
def kinerja_utama_pimpinan(
    susunan_jenis: Kode,
    rata_perjanjian: Pecahan,
    rata_rencana_aksi: Pecahan,
    bobot_perjanjian_kinerja: Mapping[str, Skalar],
    bobot_rencana_aksi: Mapping[str, Skalar],
) -> Pecahan:
    return (
        cari(bobot_perjanjian_kinerja, susunan_jenis) / 100 * rata_perjanjian  # type: ignore[operator]
        + cari(bobot_rencana_aksi, susunan_jenis) / 100 * rata_rencana_aksi  # type: ignore[operator]
    )


@aturan("Nilai kinerja utama", satuan="poin", dasar=f"{_HLM_8} hlm. 101-109", status="sekunder")
def kinerja_utama_pegawai(jumlah_tertimbang: Pecahan, banyak_rencana: Pecahan) -> Pecahan:
    return jumlah_tertimbang / banyak_rencana


@aturan("Nilai kinerja tambahan", satuan="poin", dasar=f"{_HLM_8} hlm. 95 angka 8", status="teks")
def kinerja_tambahan(jumlah_tambahan: Pecahan, batas_kinerja_tambahan: Skalar) -> Pecahan:
    return terkecil(jumlah_tambahan, batas_kinerja_tambahan)


@aturan("Nilai SKP", satuan="poin", dasar=f"{_HLM_8} hlm. 95-96", status="teks")
def nilai_skp(
    kinerja_utama: Pecahan,
    kinerja_tambahan: Pecahan,
    desimal_nilai_skp: int,
    batas_nilai_skp: Skalar,
) -> Pecahan:
    return terkecil(bulat(kinerja_utama + kinerja_tambahan, desimal_nilai_skp), batas_nilai_skp)


@aturan("Nilai SKP periodik", satuan="poin", dasar=f"{_HLM_8} hlm. 67", status="teks")
def nilai_skp_periodik(rata_nilai_aksi: Pecahan, rata_nilai_utama: Pecahan) -> Pecahan:
    return (rata_nilai_aksi + rata_nilai_utama) / 2


# -- behaviour ------------------------------------------------------------------------------------------


@aturan(
    "Nilai perilaku menurut level",
    satuan="poin",
    dasar=f"{_HLM_8} Lampiran BAB VI.B hlm. 128-140",
    status="asumsi",
)
def nilai_level(
    level: Pecahan,
    level_min: Pecahan,
    level_max: Pecahan,
    nilai_standar_awal: Skalar,
    nilai_standar_akhir: Skalar,
    nilai_level_tertinggi: Skalar,
    level_tertinggi: Skalar,
) -> Pecahan:
    return pilih(
        level < level_min,
        level / level_min * nilai_standar_awal,
        pilih(
            level <= level_max,
            nilai_standar_awal
            + (nilai_standar_akhir - nilai_standar_awal) * (level - level_min) / (level_max - level_min),  # type: ignore[operator]
            nilai_standar_akhir
            + (nilai_level_tertinggi - nilai_standar_akhir)  # type: ignore[operator]
            * (level - level_max)
            / (level_tertinggi - level_max),
        ),
    )


@aturan(
    "Di bawah standar (1 ya)", satuan="pengali", dasar=f"{_HLM_8} Lampiran BAB VI.B hlm. 128", status="teks"
)
def di_bawah_standar(level: Pecahan, level_min: Pecahan) -> Pecahan:
    return pilih(level < level_min, 1, 0)


@aturan(
    "Penilai wajib dimintai klarifikasi (1 ya)", satuan="pengali", dasar=f"{_HLM_8} BAB VI.B", status="teks"
)
def perlu_klarifikasi(banyak_di_bawah_standar: Pecahan, banyak_situasi: Pecahan) -> Pecahan:
    return pilih(banyak_di_bawah_standar >= banyak_situasi, 1, 0)


@aturan("Nilai aspek perilaku", satuan="poin", dasar=f"{_HLM_8} BAB VI.B; rata-rata situasi", status="asumsi")
def nilai_aspek_level(jumlah_berbobot: Pecahan, jumlah_bobot: Pecahan) -> Pecahan:
    return jumlah_berbobot / jumlah_bobot


# -- graphs, one per level ------------------------------------------------------------------------------

GRAF_JABATAN = Graf.dari(
    f"{_HLM_8}, jabatan",
    [cara_penilaian],
    {"jenis_jabatan": "Jenis jabatan", "kedudukan": "Kedudukan dalam perangkat daerah"},
)
_RUMUS = ("maks", "min_selisih", "rentang_maks", "rentang_min")
_KOLOM_CAPAIAN = {"target": "Target", "target_atas": "Batas atas target", "realisasi": "Realisasi"}
GRAF_CAPAIAN = {
    nama: Graf.dari(
        f"{_HLM_8}, capaian IKI",
        [RUMUS[nama]],
        {k: v for k, v in _KOLOM_CAPAIAN.items() if k != "target_atas" or nama.startswith("rentang")},
    )
    for nama in _RUMUS
}


def graf_iki(*, pimpinan: bool, tingkat: int | None = None) -> Graf:
    """Rules of one IKI: a leader's value, or whether the aspect counts. `tingkat`: model pengembangan."""
    utuh = capaian_utuh if tingkat is None else capaian_bertingkat
    lain = (pita_iki, nilai_iki, kategori_iki) if pimpinan else (ikut_dinilai,)
    masukan = {"capaian": "Capaian IKI"}
    masukan |= {"target_maksimum": "Target sudah paling tinggi (1 ya)"} if pimpinan else {"aspek": "Aspek"}
    if tingkat is not None:
        masukan["jumlah_tingkat"] = "Banyaknya tingkat rating"
    model = "model dasar" if tingkat is None else "model pengembangan"
    fungsi: dict[str, Fungsi] = {"capaian_utuh": utuh, **{f.__name__: f for f in lain}}
    return Graf(f"{_HLM_8}, IKI {model}", fungsi, masukan)


GRAF_ASPEK = Graf.dari(
    f"{_HLM_8}, aspek",
    [capaian_aspek, kategori_aspek],
    {"jumlah_capaian": "Jumlah capaian IKI", "banyak_iki": "Banyaknya IKI"},
)
GRAF_RENCANA_PIMPINAN = Graf.dari(
    f"{_HLM_8}, rencana pimpinan",
    [nilai_rencana, kategori_rencana_pimpinan],
    {"jumlah_nilai_iki": "Jumlah nilai IKI", "banyak_iki": "Banyaknya IKI"},
)
GRAF_RENCANA = Graf.dari(
    f"{_HLM_8}, rencana",
    [kategori_rencana, poin_rencana],
    {"susunan_aspek": "Kategori aspek dari yang terbaik"},
)
GRAF_JENIS = Graf.dari(f"{_HLM_8}, jenis kinerja utama", [jenis_rencana], {"induk": "Induk rencana"})
GRAF_TAMBAHAN = Graf.dari(
    f"{_HLM_8}, kinerja tambahan",
    [nilai_tambahan],
    {"kategori": "Kategori rencana", "nilai": "Nilai rencana", "lingkup": "Lingkup penugasan"},
)
GRAF_CARA = Graf.dari(f"{_HLM_8}, cascading", [diturunkan_tidak_langsung], {"cara": "Cara menurunkan"})
GRAF_LANGSUNG = Graf.dari(
    f"{_HLM_8}, cascading langsung", [nilai_tertimbang_langsung], {"poin": "Poin rencana sendiri"}
)
GRAF_TIDAK_LANGSUNG = Graf.dari(
    f"{_HLM_8}, cascading tidak langsung",
    [nilai_atasan, kategori_atasan, bobot_atasan, nilai_tertimbang],
    {
        "poin": "Poin rencana sendiri",
        "kategori": "Kategori rencana sendiri",
        "punya_rencana_atasan": "Rencana atasan disebut (1 ya)",
        "nilai_rencana_atasan": "Nilai rencana atasan yang disebut",
        "rata_nilai_atasan": "Rata-rata nilai kinerja utama atasan",
    },
)
GRAF_UTAMA_PIMPINAN = Graf.dari(
    f"{_HLM_8}, kinerja utama pimpinan",
    [rata_perjanjian, rata_rencana_aksi, kinerja_utama_pimpinan],
    {
        "susunan_jenis": "Jenis kinerja utama yang ada",
        "jumlah_perjanjian": "Jumlah nilai dari perjanjian kinerja",
        "banyak_perjanjian": "Banyaknya rencana dari perjanjian kinerja",
        "jumlah_rencana_aksi": "Jumlah nilai rencana aksi",
        "banyak_rencana_aksi": "Banyaknya rencana aksi",
    },
)
GRAF_UTAMA = Graf.dari(
    f"{_HLM_8}, kinerja utama",
    [kinerja_utama_pegawai],
    {"jumlah_tertimbang": "Jumlah nilai tertimbang", "banyak_rencana": "Banyaknya kinerja utama"},
)


GRAF_SKP = Graf.dari(
    f"{_HLM_8}, SKP",
    [kinerja_tambahan, nilai_skp],
    {"kinerja_utama": "Nilai kinerja utama", "jumlah_tambahan": "Jumlah nilai kinerja tambahan"},
)
GRAF = Graf(
    _HLM_8,
    {**GRAF_SKP.aturan, **pp30.GRAF.aturan},
    {**GRAF_SKP.masukan, **{k: v for k, v in pp30.GRAF.masukan.items() if k != "nilai_skp"}},
)
GRAF_PERIODIK = Graf.dari(
    f"{_HLM_8}, SKP periodik",
    [nilai_skp_periodik],
    {
        "rata_nilai_aksi": "Rata-rata nilai rencana aksi",
        "rata_nilai_utama": "Rata-rata nilai kinerja utama yang terukur",
    },
)
GRAF_LEVEL = Graf.dari(
    f"{_HLM_8}, level perilaku",
    [nilai_level, di_bawah_standar],
    {
        "level": "Level yang diamati",
        "level_min": "Level standar terendah",
        "level_max": "Level standar tertinggi",
    },
)
GRAF_ASPEK_LEVEL = Graf.dari(
    f"{_HLM_8}, aspek perilaku menurut level",
    [nilai_aspek_level],
    {"jumlah_berbobot": "Jumlah nilai × bobot penilai", "jumlah_bobot": "Jumlah bobot penilai"},
)
GRAF_KLARIFIKASI = Graf.dari(
    f"{_HLM_8}, klarifikasi",
    [perlu_klarifikasi],
    {
        "banyak_di_bawah_standar": "Banyaknya situasi di bawah standar",
        "banyak_situasi": "Banyaknya situasi",
    },
)


# -- indicators on tables -------------------------------------------------------------------------------


def rumus_capaian(indikator: pd.DataFrame) -> Larik:
    """Name of the formula of each indicator (a key of `GRAF_CAPAIAN`), "" where the regulation has none.

    indikator: columns polaritas (maks, min, stabil), rumus, target, target_atas. The polarity and a range
    decide, not the workbook's own formula: less is better is always 1 + (1 − R/T). Nothing is said about
    `stabil`, nor about a target of zero or less.
    """
    rentang = indikator["target_atas"].notna() | indikator["rumus"].isin(["rentang_maks", "rentang_min"])
    acuan = indikator["target_atas"].where(rentang, indikator["target"])
    diatur = ~(acuan <= 0) & ~(indikator["target"] < 0)
    bentuk = {
        "rentang_maks": ("maks", True),
        "rentang_min": ("min", True),
        "maks": ("maks", False),
        "min_selisih": ("min", False),
    }
    syarat = [(indikator["polaritas"] == p) & (rentang == r) & diatur for p, r in bentuk.values()]
    return np.select([s.to_numpy(dtype=bool) for s in syarat], list(bentuk), "")


def hitung_capaian_iki(indikator: pd.DataFrame, kunci: pd.Index[Any]) -> tuple[Pecahan, list[Hasil]]:
    """Capaian IKI in percent of each row, exact and not rounded, and one `Hasil` per formula in use.

    indikator: columns polaritas, rumus, target, target_atas, realisasi. Unknown where a number is missing
    or the regulation has no formula.
    """
    pakai = rumus_capaian(indikator)
    hasil = []
    bagian = []
    for nama, graf in GRAF_CAPAIAN.items():
        baris = np.flatnonzero(pakai == nama)
        if len(baris):
            masukan = {k: angka_dari(indikator[k].iloc[baris]) for k in graf.masukan}
            hasil.append(graf.jalankan(masukan, {}, kunci[baris]))
            bagian.append((baris, kolom_angka(hasil[-1], nama)))
    return satukan(bagian, len(indikator)), hasil


def _iki(
    indikator: pd.DataFrame,
    capaian: Pecahan,
    kunci: pd.Index[Any],
    p: Mapping[str, Nilai],
    tingkat: int | None,
    *,
    pimpinan: bool,
) -> Hasil:
    masukan: dict[str, Kolom] = {"capaian": capaian}
    if pimpinan:
        masukan["target_maksimum"] = tanda(indikator["target_maksimum"].to_numpy())
    else:
        masukan["aspek"] = kode_dari(indikator["aspek"], SKEMA["iki"]["aspek"].pilihan)
    if tingkat is not None:
        masukan["jumlah_tingkat"] = Pecahan(np.full(len(indikator), tingkat, dtype=np.int64))
    return graf_iki(pimpinan=pimpinan, tingkat=tingkat).jalankan(masukan, p, kunci)


def susun_kategori(kategori: Kode, kelompok: Bilangan, banyak: int) -> Kode:
    """The categories of each group 0..banyak-1, the best first, as one word of SUSUNAN.

    Unknown for a group without rows, with an unknown category, or with more than three.
    """
    k = kategori.dalam(KATEGORI).kode.astype(np.intp)
    hitung = np.zeros((banyak, len(KATEGORI)), dtype=np.intp)
    np.add.at(hitung, (kelompok[k >= 0], k[k >= 0]), 1)
    hitung[kelompok[k < 0]] = 0
    hitung[hitung.sum(axis=1) > 3] = 0
    basis = 4 ** np.arange(len(KATEGORI))  # a category occurs at most three times
    kode = np.full(4 ** len(KATEGORI), -1, dtype=np.int8)
    for i, kata in enumerate(SUSUNAN):
        kode[sum(basis[KATEGORI.index(x)] for x in kata.split(", "))] = i
    return Kode(kode[hitung @ basis], SUSUNAN)


# -- a year on tables -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rencana:
    """The plans (rows of `rhk`) of the people, with what every level asks about them."""

    rhk: pd.DataFrame
    kunci: pd.MultiIndex
    pemilik: Bilangan  # row of the owner in pegawai
    memimpin: Larik  # the owner is scored by the value of each IKI
    utama: Larik

    @classmethod
    def dari(cls, rhk: pd.DataFrame, orang: pd.Index[Any], memimpin: Larik) -> _Rencana:
        rhk = rhk[rhk["nip"].isin(orang)]
        pemilik = orang.get_indexer(pd.Index(rhk["nip"]))
        return cls(rhk, kunci_rhk(rhk), pemilik, memimpin[pemilik], (rhk["jenis"] == "utama").to_numpy())


def parameter(kebijakan: Kebijakan) -> dict[str, Nilai]:
    """Every parameter by the name that the rules use: the regulation's own and, without prefix, its bridges."""
    return dengan_jembatan(kebijakan, BERKAS, JEMBATAN, "pp_30_2019_", _AWALAN)


def nilai(
    tabel: Mapping[str, pd.DataFrame],
    kebijakan: Kebijakan,
    *,
    periode: str | None = None,
    tingkat: int | None = None,
    dengan_360: bool | None = None,
) -> Bertingkat:
    """Score and predikat of everyone in `pegawai` whose status the bridge `status_dinilai` admits.

    tabel: pegawai, opd, kaskade, rhk, iki, perilaku, penilaian as `kinerja.data.baca` gives them; optional
    perilaku_level (nip, aspek, penilai, level, level_min, level_max; one row per rated situation) replaces
    the scores in `perilaku` of the people in it.
    periode: the year of `penilaian` ("2021") for new ideas, None for the last one there.
    tingkat: None is the model dasar; 3, 4 or 5 rating levels are the model pengembangan.
    dengan_360: whether the agency asks peers and subordinates (60/40 instead of 70/30); None reads it
    from the raters that occur.

    Levels: how the post is scored (nip); capaian per formula and IKI (nip, rhk, aspek, indikator); aspects
    (nip, rhk, aspek); plans, kinerja tambahan, kind of kinerja utama, cascading (nip, rhk); kinerja utama
    (nip); behaviour (nip, aspek); employee (nip), with the rules of `pp30`. Points; unknown where something
    is missing, see `tanpa_nilai`. ValueError for another `tingkat`; GalatParameter if a value is not in
    force or not established.
    """
    if tingkat not in (None, 3, 4, 5):
        raise ValueError(f"tingkat {tingkat} tidak dikenal; tulis 3, 4, 5, atau kosongkan untuk model dasar")
    p = parameter(kebijakan)
    pegawai = dinilai(tabel["pegawai"], p["status_dinilai"])
    orang = pd.Index(pegawai["nip"])
    kepala = orang.isin(tabel["opd"]["kepala_nip"].dropna())
    jabatan = GRAF_JABATAN.jalankan(
        {
            "jenis_jabatan": kode_dari(pegawai["jenis_jabatan"], JENIS_JABATAN),
            "kedudukan": dari_kategori(np.where(kepala, 0, 1), _KEDUDUKAN),
        },
        p,
        orang,
    )
    r = _Rencana.dari(tabel["rhk"], orang, _ialah(kolom_kata(jabatan, "cara_penilaian"), "pimpinan"))
    poin, kategori, hasil_rencana = _nilai_rencana(r, tabel["iki"], p, tingkat)
    tambahan = _tambahan(r, poin, kategori, p)
    utama, hasil_utama = _kinerja_utama(r, tabel["kaskade"], pegawai, poin, kategori, p)
    per_orang = jumlah_per(kolom_angka(tambahan, "nilai_tambahan"), r.pemilik[~r.utama], len(orang))
    skp = GRAF_SKP.jalankan({"kinerja_utama": utama, "jumlah_tambahan": per_orang}, p, orang)
    *hasil_perilaku, induk = pp30.nilai(
        tabel, kebijakan, skp=skp, dengan_360=dengan_360, periode=periode
    ).tingkat
    masukan = {k: v for h in (skp, induk) for k, v in h.kolom.items() if k in GRAF.masukan}
    if "perilaku_level" in tabel:
        hasil_perilaku, dari_level = _perilaku_berlevel(tabel["perilaku_level"], hasil_perilaku[0], induk, p)
        masukan |= dari_level
    akhir = GRAF.jalankan(masukan, {**kebijakan.bagian(pp30.BERKAS), **p}, orang)
    return Bertingkat(_HLM_8, (jabatan, *hasil_rencana, tambahan, *hasil_utama, *hasil_perilaku, akhir))


def _nilai_rencana(
    r: _Rencana, iki: pd.DataFrame, p: Mapping[str, Nilai], tingkat: int | None
) -> tuple[Pecahan, Kode, list[Hasil]]:
    """Value and category of each plan: the mean value of a leader's IKI, or the points of three aspects."""
    rencana, n = pd.Index(r.rhk["id"]), len(r.rhk)
    iki = iki[iki["rhk"].isin(rencana)]
    milik = rencana.get_indexer(pd.Index(iki["rhk"]))
    kunci = kunci_indikator(iki, r.rhk["nip"].to_numpy()[milik])
    capaian, hasil = hitung_capaian_iki(iki, kunci)

    i = np.flatnonzero(r.memimpin[milik])
    iki_pimpinan = _iki(iki.iloc[i], capaian[i], kunci[i], p, tingkat, pimpinan=True)
    pimpinan = np.flatnonzero(r.memimpin)
    rencana_pimpinan = GRAF_RENCANA_PIMPINAN.jalankan(
        {
            "jumlah_nilai_iki": jumlah_per(kolom_angka(iki_pimpinan, "nilai_iki"), milik[i], n)[pimpinan],
            "banyak_iki": banyak_per(milik[i], n)[pimpinan],
        },
        p,
        r.kunci[pimpinan],
    )

    i = np.flatnonzero(~r.memimpin[milik])
    iki_lain = _iki(iki.iloc[i], capaian[i], kunci[i], p, tingkat, pimpinan=False)
    ikut = _positif(kolom_angka(iki_lain, "ikut_dinilai"))
    nama_aspek = SKEMA["iki"]["aspek"].pilihan
    sel = milik[i] * len(nama_aspek) + kolom_kata(iki_lain, "aspek").kode
    unik, kelompok = np.unique(sel[ikut], return_inverse=True)
    milik_aspek, ke = np.divmod(unik, len(nama_aspek))
    aspek = GRAF_ASPEK.jalankan(
        {
            "jumlah_capaian": jumlah_per(kolom_angka(iki_lain, "capaian_utuh")[ikut], kelompok, len(unik)),
            "banyak_iki": banyak_per(kelompok, len(unik)),
        },
        p,
        pd.MultiIndex.from_arrays(
            [*(r.rhk[k].to_numpy()[milik_aspek] for k in ("nip", "id")), np.array(nama_aspek)[ke]],
            names=["nip", "rhk", "aspek"],
        ),
    )
    lain = np.flatnonzero(~r.memimpin)
    susunan = susun_kategori(kolom_kata(aspek, "kategori_aspek"), milik_aspek, n)
    rencana_lain = GRAF_RENCANA.jalankan(
        {"susunan_aspek": Kode(susunan.kode[lain], SUSUNAN)}, p, r.kunci[lain]
    )

    poin = satukan(
        [
            (pimpinan, kolom_angka(rencana_pimpinan, "nilai_rencana")),
            (lain, kolom_angka(rencana_lain, "poin_rencana")),
        ],
        n,
    )
    kode = np.full(n, -1, dtype=np.int8)
    kode[pimpinan] = kolom_kata(rencana_pimpinan, "kategori_rencana_pimpinan").dalam(KATEGORI).kode
    kode[lain] = kolom_kata(rencana_lain, "kategori_rencana").dalam(KATEGORI).kode
    return poin, Kode(kode, KATEGORI), [*hasil, iki_pimpinan, rencana_pimpinan, iki_lain, aspek, rencana_lain]


def _tambahan(r: _Rencana, poin: Pecahan, kategori: Kode, p: Mapping[str, Nilai]) -> Hasil:
    i = np.flatnonzero(~r.utama)
    masukan: dict[str, Kolom] = {
        "nilai": poin[i],
        "kategori": Kode(kategori.kode[i], KATEGORI),
        "lingkup": angka_dari(r.rhk["lingkup"].iloc[i]),
    }
    return GRAF_TAMBAHAN.jalankan(masukan, p, r.kunci[i])


def _kinerja_utama(
    r: _Rencana,
    kaskade: pd.DataFrame,
    pegawai: pd.DataFrame,
    poin: Pecahan,
    kategori: Kode,
    p: Mapping[str, Nilai],
) -> tuple[Pecahan, list[Hasil]]:
    """Kinerja utama of each row of pegawai, unknown for who has none."""
    n, induk = len(pegawai), pd.Index(r.rhk["rhk_induk"])
    rencana_induk = pd.Index(r.rhk["id"]).get_indexer(induk)

    i = np.flatnonzero(r.memimpin & r.utama)
    simpul = pd.Index(kaskade["id"]).get_indexer(induk)
    jenjang = np.append(kode_dari(kaskade["jenjang"], _INDUK).kode, _INDUK.index("tanpa_induk"))[simpul]
    asal = np.where(rencana_induk >= 0, _INDUK.index("rencana_atasan"), jenjang)
    jenis = GRAF_JENIS.jalankan({"induk": dari_kategori(asal[i], _INDUK)}, p, r.kunci[i])
    jumlah: dict[str, Kolom] = {}
    banyak = []
    for nama, kata in (("perjanjian", "perjanjian_kinerja"), ("rencana_aksi", "rencana_aksi")):
        j = i[_ialah(kolom_kata(jenis, "jenis_rencana"), kata)]
        banyak.append(np.bincount(r.pemilik[j], minlength=n))
        jumlah[f"jumlah_{nama}"] = jumlah_per(poin[j], r.pemilik[j], n)
        jumlah[f"banyak_{nama}"] = Pecahan(banyak[-1])
    ada_satu, ada_dua = (b > 0 for b in banyak)
    susunan = np.select([ada_satu & ada_dua, ada_satu, ada_dua], [0, 1, 2], -1)
    pimpinan = np.unique(r.pemilik[i])
    hasil_pimpinan = saring(
        GRAF_UTAMA_PIMPINAN.jalankan(
            {"susunan_jenis": dari_kategori(susunan, _SUSUNAN_JENIS), **jumlah}, p, pd.Index(pegawai["nip"])
        ),
        pimpinan,
    )

    i = np.flatnonzero(~r.memimpin & r.utama)
    cara = kode_dari(r.rhk["cara"].iloc[i], _CARA).kode
    cara = np.where(cara < 0, np.int8(_CARA.index("tanpa_cara")), cara)
    kaskade_rencana = GRAF_CARA.jalankan({"cara": Kode(cara, _CARA)}, p, r.kunci[i])
    tak_langsung = _positif(kolom_angka(kaskade_rencana, "diturunkan_tidak_langsung"))
    langsung = GRAF_LANGSUNG.jalankan({"poin": poin[i[~tak_langsung]]}, p, r.kunci[i[~tak_langsung]])
    j = i[tak_langsung]
    rata = rata_per(poin[r.utama], r.pemilik[r.utama], n)
    atasan = pd.Index(pegawai["nip"]).get_indexer(pd.Index(pegawai["atasan"]))[r.pemilik[j]]
    tidak_langsung = GRAF_TIDAK_LANGSUNG.jalankan(
        {
            "poin": poin[j],
            "kategori": Kode(kategori.kode[j], KATEGORI),
            "punya_rencana_atasan": tanda(rencana_induk[j] >= 0),
            "nilai_rencana_atasan": pada(poin, rencana_induk[j]),
            "rata_nilai_atasan": pada(rata, atasan),
        },
        p,
        r.kunci[j],
    )
    tertimbang = sambung(
        [
            kolom_angka(langsung, "nilai_tertimbang_langsung"),
            kolom_angka(tidak_langsung, "nilai_tertimbang"),
        ]
    )
    pemilik = r.pemilik[np.concatenate([i[~tak_langsung], j])]
    lain = np.unique(pemilik)
    hasil_lain = saring(
        GRAF_UTAMA.jalankan(
            {
                "jumlah_tertimbang": jumlah_per(tertimbang, pemilik, n),
                "banyak_rencana": banyak_per(pemilik, n),
            },
            p,
            pd.Index(pegawai["nip"]),
        ),
        lain,
    )
    utama = satukan(
        [
            (pimpinan, kolom_angka(hasil_pimpinan, "kinerja_utama_pimpinan")),
            (lain, kolom_angka(hasil_lain, "kinerja_utama_pegawai")),
        ],
        n,
    )
    return utama, [jenis, hasil_pimpinan, kaskade_rencana, langsung, tidak_langsung, hasil_lain]


def _perilaku_berlevel(
    level: pd.DataFrame, per_aspek: Hasil, induk: Hasil, p: Mapping[str, Nilai]
) -> tuple[list[Hasil], dict[str, Kolom]]:
    """Behaviour of those in `level` from their levels, of the others as the parent reads it."""
    nip = induk.kunci
    hasil = perilaku_level(level[level["nip"].isin(nip)], p)
    pemilik = nip.get_indexer(hasil[1].kunci.get_level_values(0))
    banyak = np.bincount(pemilik, minlength=len(nip))
    jumlah = jumlah_per(kolom_angka(hasil[1], "nilai_aspek_level"), pemilik, len(nip))
    lain = ~per_aspek.kunci.get_level_values(0).isin(nip[banyak > 0])
    return [saring(per_aspek, lain), *hasil], {
        "jumlah_perilaku": pilih(banyak > 0, jumlah, kolom_angka(induk, "jumlah_perilaku")),
        "banyak_perilaku": pilih(banyak > 0, Pecahan(banyak), kolom_angka(induk, "banyak_perilaku")),
    }


def perilaku_level(level: pd.DataFrame, p: Mapping[str, Nilai]) -> list[Hasil]:
    """Behaviour from observed levels: situations (nip, aspek, baris), aspects (nip, aspek), klarifikasi (nip).

    level: columns nip, aspek, penilai (atasan, rekan, bawahan), level, level_min, level_max; one row per
    rated situation. p: see `parameter`. The points are an assumption (`nilai_standar_awal` and others);
    a standard of one single level has no points inside it, so it is unknown.
    """
    urut = np.arange(len(level))
    kunci = pd.MultiIndex.from_arrays(
        [level["nip"], level["aspek"], urut + 1], names=["nip", "aspek", "baris"]
    )
    masukan: dict[str, Kolom] = {k: angka_dari(level[k]) for k in GRAF_LEVEL.masukan}
    situasi = GRAF_LEVEL.jalankan(masukan, p, kunci)
    bobot: Any = cari(
        p["bobot_penilai"].pasti(), kode_dari(level["penilai"], SKEMA["perilaku"]["penilai"].pilihan)
    )
    i = np.flatnonzero(_positif(bobot) | ~bobot.tahu)  # a rater without weight says nothing about the aspect
    milik = level[["nip", "aspek"]].iloc[i]
    kelompok = np.asarray(milik.groupby(["nip", "aspek"], sort=False).ngroup(), dtype=np.int64)
    unik = milik.drop_duplicates()
    aspek = GRAF_ASPEK_LEVEL.jalankan(
        {
            "jumlah_berbobot": jumlah_per(
                (kolom_angka(situasi, "nilai_level") * bobot)[i], kelompok, len(unik)
            ),
            "jumlah_bobot": jumlah_per(bobot[i], kelompok, len(unik)),
        },
        p,
        pd.MultiIndex.from_frame(unik),
    )
    siapa, nip = pd.Index(level["nip"]).factorize()
    klarifikasi = GRAF_KLARIFIKASI.jalankan(
        {
            "banyak_di_bawah_standar": jumlah_per(kolom_angka(situasi, "di_bawah_standar"), siapa, len(nip)),
            "banyak_situasi": banyak_per(siapa, len(nip)),
        },
        p,
        pd.Index(nip),
    )
    return [situasi, aspek, klarifikasi]


# -- within the year, and who has no value ----------------------------------------------------------------


def nilai_periodik(
    rencana_aksi: pd.DataFrame,
    kinerja_utama: pd.DataFrame,
    kebijakan: Kebijakan,
    *,
    tingkat: int | None = None,
) -> Bertingkat:
    """The SKP value of a period for leaders: half the rencana aksi, half the kinerja utama measurable then.

    Both tables: columns nip, rencana, indikator, polaritas, rumus, target, target_atas, realisasi,
    target_maksimum; one row per IKI of the period. One result row per NIP in either; unknown for whoever
    has only one of the two (no rule), or an unknown IKI.
    """
    p = parameter(kebijakan)
    isi = pd.concat([rencana_aksi, kinerja_utama], ignore_index=True)
    bagian = np.repeat([0, 1], [len(rencana_aksi), len(kinerja_utama)])
    nama_bagian = np.array(["rencana aksi", "kinerja utama"])[bagian]
    kunci = pd.MultiIndex.from_arrays(
        [isi["nip"], nama_bagian, isi["rencana"], isi["indikator"]],
        names=["nip", "bagian", "rencana", "indikator"],
    )
    capaian, hasil = hitung_capaian_iki(isi, kunci)
    iki = _iki(isi, capaian, kunci, p, tingkat, pimpinan=True)
    siapa, nip = pd.factorize(isi["nip"])
    rata = rata_per(kolom_angka(iki, "nilai_iki"), siapa * 2 + bagian, 2 * len(nip))
    orang = GRAF_PERIODIK.jalankan(
        {"rata_nilai_aksi": rata[0::2], "rata_nilai_utama": rata[1::2]}, p, pd.Index(nip, name="nip")
    )
    return Bertingkat(f"{_HLM_8}, periodik", (*hasil, iki, orang))


def tanpa_nilai(hasil: Bertingkat, tabel: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Everyone in `pegawai` without a final value, one row per reason: nip, alasan (Indonesian).

    hasil: of `nilai` on the same tables.
    """
    kosong = ~kolom_angka(hasil.pegawai, "nilai_kinerja").tahu
    nip = hasil.pegawai.kunci[kosong]
    rhk = tabel["rhk"][tabel["rhk"]["nip"].isin(nip)]
    bagian = [
        alasan_kosong(hasil, tabel, kosong, "", "nilai_aspek_perilaku"),
        _alasan_iki(hasil, tabel["iki"]),
        pd.DataFrame({"nip": nip.difference(pd.Index(rhk.loc[rhk["jenis"] == "utama", "nip"]))}).assign(
            alasan="belum ada RHK utama"
        ),
    ]
    for nama, diketahui, teks in _SEBAB:
        for t in hasil.tingkat:
            if nama in t.graf.aturan:
                buntu = ~_tahu(t[nama]) & np.all([_tahu(t[k]) for k in diketahui], axis=0)
                bagian.append(_alasan(t.kunci[buntu], teks))
    semua = pd.concat(bagian, ignore_index=True).astype("str")
    semua = semua[semua["nip"].isin(nip) | ~semua["nip"].isin(hasil.pegawai.kunci)]
    sisa = nip.difference(pd.Index(semua["nip"]))
    semua = pd.concat([semua, pd.DataFrame({"nip": sisa, "alasan": _SISA}).astype("str")])
    return urut_pegawai(semua.drop_duplicates(), tabel["pegawai"])


_CELAH = "capaian di antara dua pita, tidak diatur"
_SISA = "ada isian yang belum diketahui; lihat penjelasannya"
_SEBAB: tuple[tuple[str, tuple[str, ...], str], ...] = (  # rule, known all the same, why it says nothing
    ("pita_iki", ("capaian_utuh",), _CELAH),
    ("kategori_aspek", ("capaian_aspek",), _CELAH),
    ("nilai_rencana", ("jumlah_nilai_iki",), "belum punya IKI"),
    ("kategori_rencana", ("susunan_aspek",), "susunan aspek ini belum diatur"),
    ("nilai_atasan", ("poin",), "nilai rencana atasan belum diketahui"),
    ("nilai_tambahan", ("nilai",), "lingkup penugasan kinerja tambahan belum diisi"),
    ("nilai_level", ("level", "level_min", "level_max"), "nilai untuk standar satu level belum diatur"),
)


def _alasan(kunci: pd.Index[Any], teks: str) -> pd.DataFrame:
    """nip, alasan; the alasan names the rest of the key."""
    rinci = [" ".join(map(str, k[1:])) for k in kunci]
    return pd.DataFrame({"nip": kunci.get_level_values(0), "alasan": [f"{r}: {teks}" for r in rinci]})


def _alasan_iki(hasil: Bertingkat, iki: pd.DataFrame) -> pd.DataFrame:
    """One row per IKI without capaian, and per plan without any scored aspect."""
    bagian = []
    for t in hasil.tingkat:
        if "capaian_utuh" in t.graf.aturan:
            ikut = _positif(kolom_angka(t, "ikut_dinilai")) if "ikut_dinilai" in t.graf.aturan else True
            buntu = t.kunci[~_tahu(t["capaian_utuh"]) & ikut].to_frame(index=False)
            x = buntu.merge(iki.astype({"aspek": "str"}), on=["rhk", "aspek", "indikator"])
            sebab = np.select(
                [x["polaritas"] == "stabil", x["realisasi"].isna(), ~(x["target"] > 0)],
                ["polaritas stabil tidak diatur", "realisasi belum ada", "target kosong, nol, atau negatif"],
                "batas atas target rentang belum ada",
            )
            rinci = x["rhk"] + " " + x["aspek"] + " " + x["indikator"] + ": "
            bagian.append(pd.DataFrame({"nip": x["nip"], "alasan": rinci + sebab}))
        if "kategori_aspek" in t.graf.aturan:
            beraspek = t.kunci.get_level_values("rhk")
        if "kategori_rencana" in t.graf.aturan:
            tanpa = ~t.kunci.get_level_values("rhk").isin(beraspek)
            bagian.append(_alasan(t.kunci[tanpa], "belum punya IKI pada aspek yang dinilai"))
    return pd.concat(bagian, ignore_index=True)


# -- inside -----------------------------------------------------------------------------------------------


def _ialah(kolom: Kode, kata: str) -> Larik:
    """True where the column holds this word."""
    return np.isin(kolom.kode, [i for i, k in enumerate(kolom.kategori) if k == kata])


def _tahu(kolom: Kolom) -> Larik:
    return kolom.kode >= 0 if isinstance(kolom, Kode) else kolom.tahu


def _positif(x: Pecahan) -> Larik:
    return (x > 0).benar
