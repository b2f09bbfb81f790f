"""KMK 127/2026 (Kementerian Keuangan): capaian, K3, NKC, NHK, NPK, NKP, NKO, rating, predikat.

The decree's own text was not read; every number rests on public programs that worked from it. What they
dispute or leave open is a parameter of `kmk-127-2026.yaml`: the reading of Tabel 15 (`bacaan_tabel_15`),
rounding between the steps of a weight (`pembulatan_antara`), an indicator without capaian
(`iki_tanpa_capaian`), the label of an NKO on an edge (`celah_label_nko`).

What the decree asks for and the workbook never recorded comes from the bridges in `JEMBATAN`. A column of
that name in the table replaces its bridge: validitas, kendali, hari, keadaan_target (or target_lalu and
realisasi_lalu) in `iki`, skor_mpjhd in `hukuman`, tingkat_jabatan and koreksi in `pegawai`, nko in `opd`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from inspect import signature
from types import FunctionType, MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Fungsi, Graf, Hasil, Kolom, aturan, ke_seri, keterangan
from kinerja.data.skema import BERAKHLAK, HUKUMAN, PREDIKAT, RATING
from kinerja.iki.capaian import RUMUS, hitung_capaian, rumus_dipakai
from kinerja.parameter import Galat, GalatParameter, Kebijakan, Nilai
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
    terbesar,
    terkecil,
    titik_lurus,
)
from kinerja.regulasi import permenpanrb6
from kinerja.regulasi.tabel import (
    angka_dari,
    banyak_per,
    belum_diketahui,
    dengan_jembatan,
    dengan_setelan,
    kode_terpilih,
    kolom_angka,
    kolom_kata,
    kunci_indikator,
    letak_di,
    satukan,
    tanda,
)

BERKAS = "kmk-127-2026"
BERKAS_CAPAIAN = "capaian-kmk-127-2026"
JEMBATAN = tuple(
    f"jembatan.kmk127_{nama}"
    for nama in (
        "validitas",
        "kendali",
        "keadaan_target",
        "hari",
        "skala_perilaku",
        "skor_mpjhd",
        "tingkat_jabatan",
        "nko_dari_iku",
        "koreksi",
    )
)
SETELAN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bacaan_tabel_15": ("kinerja_app", "simulator"),
        "pembulatan_antara": ("tepat", "bertahap"),
        "iki_tanpa_capaian": ("belum_diketahui", "tidak_dihitung"),
        "celah_label_nko": ("tidak_diatur", "ke_atas", "ke_bawah"),
    }
)
VALIDITAS = ("exact", "proxy", "activity")
KENDALI = ("low", "moderate", "high")
KEADAAN_TARGET = (
    "lama",
    "mandatory",
    "baru",
    "stabilize",
    "peraturan",
    "penilaian_kementerian",
    "stabil_dua_tahun",
)
GOLONGAN_JABATAN = (
    "menteri",
    "wakil_menteri",
    "pimpinan_tinggi_utama",
    "pimpinan_tinggi_madya",
    "pimpinan_tinggi_pratama",
    "administrator",
    "pengawas",
    "fungsional",
    "pelaksana",
)
KATEGORI_HUKUMAN = ("ringan", "sedang", "berat")  # in rising weight
KONSOLIDASI = ("jumlah", "rata_rata", "tlkv")
_NAMA = "KMK 127/2026"
_ASPEK = ("kuantitas", "kualitas", "waktu", "biaya")
_PENILAI = ("atasan", "rekan", "bawahan")
_RUMUS_POLARITAS = MappingProxyType({"maks": "maks", "min": "min_selisih", "stabil": "stabil"})
_RENTANG = ("rentang_maks", "rentang_min")
_PERSPEKTIF = ("stakeholder", "customer", "internal_process", "learning_growth")

_HLM_CAPAIAN = "KMK 127/2026 hlm. 37-38, 67-70"
_TABEL_14 = "KMK 127/2026 Tabel 14"
_TABEL_15 = "KMK 127/2026 Tabel 15"
_TABEL_36 = "KMK 127/2026 Tabel 36"
_NHK = "KMK 127/2026 hlm. 125-126"
_NPK = "KMK 127/2026 hlm. 138-139"
_NKP = "KMK 127/2026 hlm. 139-149"
_HUKDIS = "KMK 127/2026 hlm. 139-144"
_NKO = "KMK 127/2026 hlm. 147"
_JEMBATAN = "Jembatan perbandingan ke KMK 127/2026"

Bilangan = npt.NDArray[np.int64]


# -- capaian of one indicator -----------------------------------------------------------------------------


@aturan("Capaian yang diatur", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def tanpa_target_negatif(target: Pecahan, capaian_rumus: Pecahan, belum_diatur: Pecahan) -> Pecahan:
    return pilih(target >= 0, capaian_rumus, belum_diatur)


@aturan("Capaian yang diatur", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def tanpa_terburuk_negatif(terburuk: Pecahan, capaian_rumus: Pecahan, belum_diatur: Pecahan) -> Pecahan:
    return pilih(terburuk >= 0, capaian_rumus, belum_diatur)


@aturan("Capaian menurut skala manual indikator", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def capaian_skala(kedekatan: Pecahan, skala_stabil: Sequence[tuple[Skalar, Skalar]]) -> Pecahan:
    return titik_lurus(skala_stabil, kedekatan)


@aturan("Capaian dalam batasnya", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def capaian_berbatas(capaian_diatur: Pecahan, capaian_terendah: Skalar, capaian_tertinggi: Skalar) -> Pecahan:
    return terkecil(terbesar(capaian_diatur, capaian_terendah), capaian_tertinggi)


@aturan("Capaian", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def capaian_maks(
    target_maksimum: Pecahan,
    realisasi: Pecahan,
    target: Pecahan,
    capaian_target_maksimum: Skalar,
    capaian_berbatas: Pecahan,
) -> Pecahan:
    return pilih((target_maksimum >= 1) & (realisasi >= target), capaian_target_maksimum, capaian_berbatas)


@aturan("Capaian", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def capaian_min(
    target_maksimum: Pecahan,
    realisasi: Pecahan,
    target: Pecahan,
    capaian_target_maksimum: Skalar,
    capaian_berbatas: Pecahan,
) -> Pecahan:
    return pilih((target_maksimum >= 1) & (realisasi <= target), capaian_target_maksimum, capaian_berbatas)


@aturan("Capaian", satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")
def capaian_stabil(
    target_maksimum: Pecahan,
    realisasi: Pecahan,
    target: Pecahan,
    capaian_target_maksimum: Skalar,
    capaian_berbatas: Pecahan,
) -> Pecahan:
    return pilih(
        (target_maksimum >= 1) & (realisasi >= target) & (realisasi <= target),
        capaian_target_maksimum,
        capaian_berbatas,
    )


def _menurut_kmk(label: str, fungsi: Callable[..., Pecahan]) -> Fungsi:
    """A formula of `kinerja.iki.capaian` as this decree's own: the article that an explanation cites."""
    assert isinstance(fungsi, FunctionType)
    salinan = FunctionType(fungsi.__code__, fungsi.__globals__, fungsi.__name__)
    return aturan(label, satuan="persen", dasar=_HLM_CAPAIAN, status="sekunder")(salinan)


def _susun(nama: str, aturan_: Mapping[str, Fungsi], label: Mapping[str, str]) -> Graf:
    """A graph of these rules, with those of the labels as inputs that some rule asks for."""
    perlu = {a for f in aturan_.values() for a in signature(f).parameters} - set(aturan_)
    return Graf(nama, dict(aturan_), {n: isi for n, isi in label.items() if n in perlu})


_LABEL_CAPAIAN = MappingProxyType(
    {
        "target": "Target",
        "realisasi": "Realisasi",
        "terburuk": "Realisasi terburuk",
        "target_maksimum": "Target sudah nilai terbaik yang mungkin (1 ya)",
        "belum_diatur": "Tanda negatif yang belum diatur",
    }
)
_MENTAH: Mapping[str, Mapping[str, Fungsi]] = {
    "maks": {"capaian_diatur": _menurut_kmk("Capaian, maximize", RUMUS["maks"])},
    "maks_target_negatif": {
        "capaian_diatur": _menurut_kmk("Capaian, maximize, target negatif", RUMUS["maks_target_negatif"])
    },
    "min_selisih": {
        "capaian_rumus": _menurut_kmk("Capaian, minimize", RUMUS["min_selisih"]),
        "capaian_diatur": tanpa_target_negatif,
    },
    "min_target_nol": {
        "capaian_rumus": _menurut_kmk("Capaian, minimize, target nol", RUMUS["min_target_nol"]),
        "capaian_diatur": tanpa_terburuk_negatif,
    },
    "stabil": {
        "kedekatan": _menurut_kmk("Kedekatan dengan target, stabilize", RUMUS["stabil"]),
        "capaian_rumus": capaian_skala,
        "capaian_diatur": tanpa_target_negatif,
    },
}
_KONVERSI: Mapping[str, Fungsi] = {
    "maks": capaian_maks,
    "maks_target_negatif": capaian_maks,
    "min_selisih": capaian_min,
    "min_target_nol": capaian_min,
    "stabil": capaian_stabil,
}
GRAF_CAPAIAN: Mapping[str, Graf] = MappingProxyType(
    {
        nama: _susun(
            f"{_NAMA}, capaian",
            {**mentah, "capaian_berbatas": capaian_berbatas, "capaian": _KONVERSI[nama]},
            _LABEL_CAPAIAN,
        )
        for nama, mentah in _MENTAH.items()
    }
)


# -- K3: quality of the commitment ------------------------------------------------------------------------


@aturan("Validitas", satuan="teks", dasar=_JEMBATAN, status="asumsi")
def validitas(aspek: Kode, kmk127_validitas: Mapping[str, str]) -> Kode:
    return cari(kmk127_validitas, aspek)  # type: ignore[return-value]


@aturan("Kendali", satuan="teks", dasar=_JEMBATAN, status="asumsi")
def kendali(aspek: Kode, kmk127_kendali: Mapping[str, str]) -> Kode:
    return cari(kmk127_kendali, aspek)  # type: ignore[return-value]


@aturan("Keadaan target", satuan="teks", dasar=_JEMBATAN, status="asumsi")
def keadaan_target(polaritas: Kode, kmk127_keadaan_target: Mapping[str, str]) -> Kode:
    return cari(kmk127_keadaan_target, polaritas)  # type: ignore[return-value]


@aturan("Bobot kualitas indikator", satuan="pengali", dasar=_TABEL_14, status="dua-sumber")
def bobot_kualitas_iki(
    validitas: Kode, kendali: Kode, bobot_kualitas: Mapping[str, Mapping[str, Skalar]]
) -> Pecahan:
    return cari(bobot_kualitas, validitas, kendali)  # type: ignore[return-value]


@aturan("Arah polaritas", satuan="pengali", dasar=_TABEL_15, status="sekunder")
def arah(polaritas: Kode, arah_polaritas: Mapping[str, Skalar]) -> Pecahan:
    return cari(arah_polaritas, polaritas)  # type: ignore[return-value]


@aturan(
    "Hasil tahun lalu (1 melampaui, 2 tepat, 3 tidak mencapai target)",
    satuan="pengali",
    dasar=_TABEL_15,
    status="sekunder",
)
def hasil_tahun_lalu(realisasi_lalu: Pecahan, target_lalu: Pecahan, arah: Pecahan) -> Pecahan:
    return pilih(
        (realisasi_lalu - target_lalu) * arah > 0,
        1,
        pilih((realisasi_lalu - target_lalu) * arah >= 0, 2, 3),
    )


@aturan(
    "Letak target (1 di bawah target lalu, 2 sama, 3 di antara, 4 sama dengan realisasi lalu, 5 di atas)",
    satuan="pengali",
    dasar=_TABEL_15,
    status="sekunder",
)
def letak_target(target: Pecahan, target_lalu: Pecahan, realisasi_lalu: Pecahan, arah: Pecahan) -> Pecahan:
    return pilih(
        (target - target_lalu) * arah < 0,
        1,
        pilih(
            (target - target_lalu) * arah <= 0,
            2,
            pilih(
                (target - realisasi_lalu) * arah < 0, 3, pilih((target - realisasi_lalu) * arah <= 0, 4, 5)
            ),
        ),
    )


@aturan("Baris Tabel 15", satuan="pengali", dasar=_TABEL_15, status="sekunder")
def baris_tabel_15(hasil_tahun_lalu: Pecahan, letak_target: Pecahan) -> Pecahan:
    return hasil_tahun_lalu * 10 + letak_target


@aturan("Bobot target menurut Tabel 15", satuan="pengali", dasar=_TABEL_15, status="sekunder")
def bobot_tabel_15(baris_tabel_15: Pecahan, bobot_target: Mapping[int, Skalar]) -> Pecahan:
    return cari(bobot_target, baris_tabel_15)  # type: ignore[return-value]


@aturan("Memakai Tabel 15 (1 ya)", satuan="pengali", dasar=_TABEL_15, status="sekunder")
def pakai_tabel_15(keadaan_target: Kode, memakai_tabel_15: Mapping[str, Skalar]) -> Pecahan:
    return cari(memakai_tabel_15, keadaan_target)  # type: ignore[return-value]


@aturan("Bobot target menurut keadaannya", satuan="pengali", dasar=_TABEL_15, status="sekunder")
def bobot_keadaan(keadaan_target: Kode, bobot_target_khusus: Mapping[str, Skalar]) -> Pecahan:
    return cari(bobot_target_khusus, keadaan_target)  # type: ignore[return-value]


@aturan("Bobot kualitas target", satuan="pengali", dasar=_TABEL_15, status="sekunder")
def bobot_kualitas_target(
    pakai_tabel_15: Pecahan, bobot_tabel_15: Pecahan, bobot_keadaan: Pecahan
) -> Pecahan:
    return pilih(pakai_tabel_15 >= 1, terbesar(bobot_tabel_15, bobot_keadaan), bobot_keadaan)


@aturan(
    "K3 (kualitas komitmen kinerja)",
    satuan="pengali",
    dasar="KMK 127/2026 hlm. 70-75, 123",
    status="dua-sumber",
)
def k3(bobot_kualitas_iki: Pecahan, bobot_kualitas_target: Pecahan) -> Pecahan:
    return (bobot_kualitas_iki + bobot_kualitas_target) / 2


@aturan("Sebutan K3", satuan="teks", dasar="KMK 127/2026 hlm. 70-75, 123", status="dua-sumber")
def mutu_k3(k3: Pecahan, sebutan_k3: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(sebutan_k3, k3)  # type: ignore[return-value]


@aturan("NKC (nilai kualitas capaian)", satuan="poin", dasar=_NHK, status="dua-sumber")
def nkc(capaian: Pecahan, k3: Pecahan, nilai_tertinggi: Skalar) -> Pecahan:
    return terkecil(capaian * k3, nilai_tertinggi)


_LABEL_IKI = MappingProxyType(
    {
        "aspek": "Aspek",
        "polaritas": "Polaritas",
        "target": "Target",
        "target_lalu": "Target tahun lalu",
        "realisasi_lalu": "Realisasi tahun lalu",
        "capaian": "Capaian",
    }
)
GRAF_KEADAAN = _susun(f"{_NAMA}, keadaan target", {"keadaan_target": keadaan_target}, _LABEL_IKI)
GRAF_K3 = _susun(
    f"{_NAMA}, K3",
    {
        f.__name__: f
        for f in (
            validitas,
            kendali,
            bobot_kualitas_iki,
            keadaan_target,
            arah,
            hasil_tahun_lalu,
            letak_target,
            baris_tabel_15,
            bobot_tabel_15,
            pakai_tabel_15,
            bobot_keadaan,
            bobot_kualitas_target,
            k3,
            mutu_k3,
            nkc,
        )
    },
    _LABEL_IKI,
)


# -- weights of the indicators ----------------------------------------------------------------------------


@aturan("Hari berlaku", satuan="hari", dasar=_JEMBATAN, status="asumsi")
def hari(aspek: Kode, kmk127_hari: Mapping[str, Skalar]) -> Pecahan:
    return cari(kmk127_hari, aspek)  # type: ignore[return-value]


@aturan("K3 × hari", satuan="hari", dasar=_TABEL_36, status="dua-sumber")
def dasar_bobot(k3: Pecahan, hari: Pecahan) -> Pecahan:
    return k3 * hari


@aturan("Porsi hari, dibulatkan", satuan="pengali", dasar=_TABEL_36, status="tafsir")
def porsi_hari(hari: Pecahan, jumlah_hari: Pecahan, desimal_antara: int) -> Pecahan:
    return bulat(hari / jumlah_hari, desimal_antara)


@aturan("K3 × porsi hari, dibulatkan", satuan="pengali", dasar=_TABEL_36, status="tafsir")
def dasar_bobot_bertahap(k3: Pecahan, porsi_hari: Pecahan, desimal_antara: int) -> Pecahan:
    return bulat(k3 * porsi_hari, desimal_antara)


@aturan("Bobot indikator", satuan="persen", dasar=_TABEL_36, status="dua-sumber")
def bobot_iki(dasar_bobot: Pecahan, jumlah_dasar_bobot: Pecahan) -> Pecahan:
    return dasar_bobot / jumlah_dasar_bobot * 100


@aturan("NKC berbobot", satuan="poin", dasar=_NHK, status="dua-sumber")
def nkc_berbobot(nkc: Pecahan, dasar_bobot: Pecahan) -> Pecahan:
    return nkc * dasar_bobot


_LABEL_BOBOT = MappingProxyType(
    {
        "aspek": "Aspek",
        "k3": "K3",
        "jumlah_hari": "Jumlah hari semua indikator pegawai",
        "nkc": "NKC",
        "dasar_bobot": "Dasar bobot",
        "jumlah_dasar_bobot": "Jumlah dasar bobot semua indikator pegawai",
    }
)
GRAF_DASAR_BOBOT: Mapping[str, Graf] = MappingProxyType(
    {
        "tepat": _susun(f"{_NAMA}, bobot", {"hari": hari, "dasar_bobot": dasar_bobot}, _LABEL_BOBOT),
        "bertahap": _susun(
            f"{_NAMA}, bobot bertahap",
            {"hari": hari, "porsi_hari": porsi_hari, "dasar_bobot": dasar_bobot_bertahap},
            _LABEL_BOBOT,
        ),
    }
)
GRAF_BOBOT = _susun(f"{_NAMA}, bobot", {"bobot_iki": bobot_iki, "nkc_berbobot": nkc_berbobot}, _LABEL_BOBOT)


# -- behaviour --------------------------------------------------------------------------------------------


@aturan("Bobot penilai", satuan="pengali", dasar=_NPK, status="tafsir")
def bobot_satu_penilai(penilai: Kode, bobot_penilai: Mapping[str, Skalar]) -> Pecahan:
    return cari(bobot_penilai, penilai)  # type: ignore[return-value]


@aturan("Nilai × bobot penilai", satuan="poin", dasar=_NPK, status="tafsir")
def nilai_penilai(nilai: Pecahan, bobot_satu_penilai: Pecahan) -> Pecahan:
    return nilai * bobot_satu_penilai


@aturan("Nilai perilaku satu aspek", satuan="poin", dasar=_NPK, status="tafsir")
def nilai_aspek(
    jumlah_nilai_penilai: Pecahan, jumlah_bobot_penilai: Pecahan, kmk127_skala_perilaku: Skalar
) -> Pecahan:
    return jumlah_nilai_penilai / jumlah_bobot_penilai * kmk127_skala_perilaku


GRAF_PENILAI = Graf.dari(
    f"{_NAMA}, perilaku", [bobot_satu_penilai, nilai_penilai], {"penilai": "Penilai", "nilai": "Nilai"}
)
GRAF_PERILAKU = Graf.dari(
    f"{_NAMA}, perilaku",
    [nilai_aspek],
    {
        "jumlah_nilai_penilai": "Jumlah nilai × bobot semua penilai",
        "jumlah_bobot_penilai": "Jumlah bobot penilai",
    },
)


# -- sanctions --------------------------------------------------------------------------------------------


@aturan("Kategori hukuman", satuan="teks", dasar="PP 94/2021 Pasal 8", status="dua-sumber")
def kategori(jenis: Kode, kategori_hukuman: Mapping[str, str]) -> Kode:
    return cari(kategori_hukuman, jenis)  # type: ignore[return-value]


@aturan("Skor MPJHD", satuan="poin", dasar=_JEMBATAN, status="asumsi")
def skor_mpjhd(jenis: Kode, kmk127_skor_mpjhd: Mapping[str, Skalar]) -> Pecahan:
    return cari(kmk127_skor_mpjhd, jenis)  # type: ignore[return-value]


@aturan("Bagian skor MPJHD", satuan="persen", dasar=_HUKDIS, status="sekunder")
def bagian_skor(kategori: Kode, persen_hukdis: Mapping[str, Skalar]) -> Pecahan:
    return cari(persen_hukdis, kategori)  # type: ignore[return-value]


@aturan("Nilai satu hukuman", satuan="poin", dasar=_HUKDIS, status="sekunder")
def nilai_satu_hukuman(skor_mpjhd: Pecahan, bagian_skor: Pecahan) -> Pecahan:
    return skor_mpjhd * bagian_skor / 100


@aturan("Lama berlaku (triwulan)", satuan="pengali", dasar=_HUKDIS, status="sekunder")
def lama_berlaku(kategori: Kode, lama_hukdis: Mapping[str, Skalar]) -> Pecahan:
    return cari(lama_hukdis, kategori)  # type: ignore[return-value]


@aturan("Berlaku pada triwulan ini (1 ya)", satuan="pengali", dasar=_HUKDIS, status="sekunder")
def berlaku_triwulan(selang_triwulan: Pecahan, lama_berlaku: Pecahan) -> Pecahan:
    return pilih((selang_triwulan >= 0) & (selang_triwulan < lama_berlaku), 1, 0)


@aturan(
    "Berlaku pada tahun ini (1 ya: dijatuhkan tahun ini)", satuan="pengali", dasar=_HUKDIS, status="sekunder"
)
def berlaku_tahun(selang_tahun: Pecahan) -> Pecahan:
    return pilih((selang_tahun >= 0) & (selang_tahun <= 0), 1, 0)


_ATURAN_HUKUMAN = (kategori, skor_mpjhd, bagian_skor, nilai_satu_hukuman)
_LABEL_HUKUMAN = MappingProxyType(
    {
        "jenis": "Jenis hukuman",
        "selang_triwulan": "Triwulan sejak hukuman mulai",
        "selang_tahun": "Tahun sejak hukuman mulai",
    }
)
GRAF_HUKUMAN: Mapping[str, Graf] = MappingProxyType(
    {
        "triwulan": _susun(
            f"{_NAMA}, hukuman disiplin",
            {**{f.__name__: f for f in (*_ATURAN_HUKUMAN, lama_berlaku)}, "berlaku": berlaku_triwulan},
            _LABEL_HUKUMAN,
        ),
        "tahun": _susun(
            f"{_NAMA}, hukuman disiplin",
            {**{f.__name__: f for f in _ATURAN_HUKUMAN}, "berlaku": berlaku_tahun},
            _LABEL_HUKUMAN,
        ),
    }
)


# -- the employee -----------------------------------------------------------------------------------------


@aturan("Nilai tertinggi setelah kalibrasi", satuan="poin", dasar="KMK 127/2026 hlm. 139", status="tafsir")
def puncak(golongan_jabatan: Kode, puncak_kalibrasi: Mapping[str, Skalar]) -> Pecahan:
    return cari(puncak_kalibrasi, golongan_jabatan)  # type: ignore[return-value]


@aturan("NHK", satuan="poin", dasar=_NHK, status="dua-sumber")
def nhk(jumlah_nkc_berbobot: Pecahan, jumlah_dasar_bobot: Pecahan) -> Pecahan:
    return jumlah_nkc_berbobot / jumlah_dasar_bobot


@aturan("NHK setelah kalibrasi", satuan="poin", dasar="KMK 127/2026 hlm. 139", status="tafsir")
def nhk_kalibrasi(
    nhk: Pecahan, puncak: Pecahan, kalibrasi_mulai: Fraction, nilai_tertinggi: Fraction
) -> Pecahan:
    return terkecil(nhk, kalibrasi_mulai) + terbesar(nhk - kalibrasi_mulai, 0) * (
        puncak - kalibrasi_mulai
    ) / (nilai_tertinggi - kalibrasi_mulai)


@aturan("NPK", satuan="poin", dasar=_NPK, status="dua-sumber")
def npk(jumlah_nilai_aspek: Pecahan, banyak_nilai_perilaku: Skalar) -> Pecahan:
    return jumlah_nilai_aspek / banyak_nilai_perilaku


@aturan("NPK setelah kalibrasi", satuan="poin", dasar="KMK 127/2026 hlm. 139", status="tafsir")
def npk_kalibrasi(
    npk: Pecahan, puncak: Pecahan, kalibrasi_mulai: Fraction, nilai_tertinggi: Fraction
) -> Pecahan:
    return terkecil(npk, kalibrasi_mulai) + terbesar(npk - kalibrasi_mulai, 0) * (
        puncak - kalibrasi_mulai
    ) / (nilai_tertinggi - kalibrasi_mulai)


@aturan("NKP awal", satuan="poin", dasar=_NKP, status="dua-sumber")
def nkp_awal(
    nhk_kalibrasi: Pecahan, porsi_hasil: Skalar, npk_kalibrasi: Pecahan, porsi_perilaku: Skalar
) -> Pecahan:
    return nhk_kalibrasi * porsi_hasil / 100 + npk_kalibrasi * porsi_perilaku / 100


@aturan("Koreksi atasan", satuan="poin", dasar=_JEMBATAN, status="asumsi")
def koreksi(satu_pegawai: Pecahan, kmk127_koreksi: Skalar) -> Pecahan:
    return satu_pegawai * kmk127_koreksi


@aturan("Koreksi dalam batasnya", satuan="poin", dasar=_NKP, status="sekunder")
def koreksi_berbatas(koreksi: Pecahan, koreksi_terendah: Skalar, koreksi_tertinggi: Skalar) -> Pecahan:
    return terkecil(terbesar(koreksi, koreksi_terendah), koreksi_tertinggi)


@aturan("Nilai dampak hukuman bawahan", satuan="poin", dasar="KMK 127/2026 hlm. 144", status="sekunder")
def nilai_dampak(hukdis_bawahan: Pecahan, persen_dampak: Skalar, dampak_tertinggi: Skalar) -> Pecahan:
    return terkecil(hukdis_bawahan * persen_dampak / 100, dampak_tertinggi)


@aturan("Penyesuaian", satuan="poin", dasar=_NKP, status="sekunder")
def penyesuaian(koreksi_berbatas: Pecahan, nilai_hukdis: Pecahan, nilai_dampak: Pecahan) -> Pecahan:
    return koreksi_berbatas - nilai_hukdis - nilai_dampak


@aturan("NKP setelah penyesuaian", satuan="poin", dasar=_NKP, status="sekunder")
def nkp_disesuaikan(
    nkp_awal: Pecahan, penyesuaian: Pecahan, nilai_terendah: Skalar, nilai_tertinggi: Skalar
) -> Pecahan:
    return terkecil(terbesar(nkp_awal + penyesuaian, nilai_terendah), nilai_tertinggi)


@aturan("NHK setelah penyesuaian", satuan="poin", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def nhk_disesuaikan(
    nhk_kalibrasi: Pecahan, penyesuaian: Pecahan, nilai_terendah: Skalar, nilai_tertinggi: Skalar
) -> Pecahan:
    return terkecil(terbesar(nhk_kalibrasi + penyesuaian, nilai_terendah), nilai_tertinggi)


@aturan("NPK setelah penyesuaian", satuan="poin", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def npk_disesuaikan(
    npk_kalibrasi: Pecahan, penyesuaian: Pecahan, nilai_terendah: Skalar, nilai_tertinggi: Skalar
) -> Pecahan:
    return terkecil(terbesar(npk_kalibrasi + penyesuaian, nilai_terendah), nilai_tertinggi)


@aturan("NKO unit", satuan="poin", dasar=_JEMBATAN, status="asumsi")
def nko(jumlah_capaian_iku: Pecahan, banyak_iku: Pecahan, kmk127_nko_dari_iku: Skalar) -> Pecahan:
    return jumlah_capaian_iku / banyak_iku * kmk127_nko_dari_iku


@aturan(
    "Tingkat jabatan",
    satuan="pengali",
    dasar=_JEMBATAN,
    status="asumsi",
)
def tingkat_jabatan(golongan_jabatan: Kode, kmk127_tingkat_jabatan: Mapping[str, Skalar]) -> Pecahan:
    return cari(kmk127_tingkat_jabatan, golongan_jabatan)  # type: ignore[return-value]


@aturan("Bobot NKO bila nilai tidak di bawah NKO", satuan="persen", dasar=_NKO, status="dua-sumber")
def bobot_nko_tingkat(tingkat_jabatan: Pecahan, bobot_nko_di_atas: Mapping[int, Skalar]) -> Pecahan:
    return cari(bobot_nko_di_atas, tingkat_jabatan)  # type: ignore[return-value]


@aturan("Bobot NKO untuk NKP", satuan="persen", dasar=_NKO, status="dua-sumber")
def bobot_nko_nkp(
    nkp_disesuaikan: Pecahan, nko: Pecahan, bobot_nko_tingkat: Pecahan, bobot_nko_di_bawah: Skalar
) -> Pecahan:
    return pilih(nkp_disesuaikan >= nko, bobot_nko_tingkat, bobot_nko_di_bawah)


@aturan("Bobot NKO untuk NHK", satuan="persen", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def bobot_nko_nhk(
    nhk_disesuaikan: Pecahan, nko: Pecahan, bobot_nko_tingkat: Pecahan, bobot_nko_di_bawah: Skalar
) -> Pecahan:
    return pilih(nhk_disesuaikan >= nko, bobot_nko_tingkat, bobot_nko_di_bawah)


@aturan("Bobot NKO untuk NPK", satuan="persen", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def bobot_nko_npk(
    npk_disesuaikan: Pecahan, nko: Pecahan, bobot_nko_tingkat: Pecahan, bobot_nko_di_bawah: Skalar
) -> Pecahan:
    return pilih(npk_disesuaikan >= nko, bobot_nko_tingkat, bobot_nko_di_bawah)


@aturan("NKP", satuan="poin", dasar=_NKO, status="dua-sumber")
def nkp(nkp_disesuaikan: Pecahan, bobot_nko_nkp: Pecahan, nko: Pecahan) -> Pecahan:
    return nkp_disesuaikan * (100 - bobot_nko_nkp) / 100 + nko * bobot_nko_nkp / 100


@aturan("NHK akhir", satuan="poin", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def nhk_akhir(nhk_disesuaikan: Pecahan, bobot_nko_nhk: Pecahan, nko: Pecahan) -> Pecahan:
    return nhk_disesuaikan * (100 - bobot_nko_nhk) / 100 + nko * bobot_nko_nhk / 100


@aturan("NPK akhir", satuan="poin", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def npk_akhir(npk_disesuaikan: Pecahan, bobot_nko_npk: Pecahan, nko: Pecahan) -> Pecahan:
    return npk_disesuaikan * (100 - bobot_nko_npk) / 100 + nko * bobot_nko_npk / 100


@aturan("Rating hasil kerja", satuan="rating", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def rating_hasil(nhk_akhir: Pecahan, rating: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(rating, nhk_akhir)  # type: ignore[return-value]


@aturan("Rating perilaku kerja", satuan="rating", dasar="KMK 127/2026 Tabel 47", status="sekunder")
def rating_perilaku(npk_akhir: Pecahan, rating: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(rating, npk_akhir)  # type: ignore[return-value]


GRAF_PEGAWAI = Graf.dari(
    _NAMA,
    [
        puncak,
        nhk,
        nhk_kalibrasi,
        npk,
        npk_kalibrasi,
        nkp_awal,
        koreksi,
        koreksi_berbatas,
        nilai_dampak,
        penyesuaian,
        nkp_disesuaikan,
        nko,
        tingkat_jabatan,
        bobot_nko_tingkat,
        bobot_nko_nkp,
        nkp,
        nhk_disesuaikan,
        bobot_nko_nhk,
        nhk_akhir,
        rating_hasil,
        npk_disesuaikan,
        bobot_nko_npk,
        npk_akhir,
        rating_perilaku,
        permenpanrb6.predikat,
    ],
    {
        "golongan_jabatan": "Golongan jabatan",
        "jumlah_nkc_berbobot": "Jumlah NKC berbobot",
        "jumlah_dasar_bobot": "Jumlah dasar bobot",
        "jumlah_nilai_aspek": "Jumlah nilai semua aspek perilaku",
        "satu_pegawai": "Satu pegawai",
        "nilai_hukdis": "Nilai hukdis yang berlaku",
        "hukdis_bawahan": "Jumlah nilai hukdis bawahan langsung",
        "jumlah_capaian_iku": "Jumlah capaian IKU unit",
        "banyak_iku": "Banyak IKU unit yang capaiannya diketahui",
    },
)


# -- the organisation -------------------------------------------------------------------------------------


@aturan("Sebutan NKO", satuan="teks", dasar="KMK 127/2026, sebutan NKO", status="sekunder")
def sebutan_nko(nko: Pecahan, label_nko: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(label_nko, nko)  # type: ignore[return-value]


@aturan("Bobot perspektif", satuan="persen", dasar="KMK 127/2026, NKO", status="sekunder")
def bobot_satu_perspektif(perspektif: Kode, bobot_perspektif: Mapping[str, Skalar]) -> Pecahan:
    return cari(bobot_perspektif, perspektif)  # type: ignore[return-value]


@aturan("Nilai perspektif berbobot", satuan="poin", dasar="KMK 127/2026, NKO", status="sekunder")
def nilai_perspektif_berbobot(nilai_perspektif: Pecahan, bobot_satu_perspektif: Pecahan) -> Pecahan:
    return nilai_perspektif * bobot_satu_perspektif / 100


@aturan("NKO unit", satuan="poin", dasar="KMK 127/2026, NKO", status="sekunder")
def nko_perspektif(jumlah_nilai_perspektif: Pecahan) -> Pecahan:
    return jumlah_nilai_perspektif


GRAF_ORGANISASI = Graf.dari(
    f"{_NAMA}, NKO",
    [nko, sebutan_nko],
    {n: GRAF_PEGAWAI.masukan[n] for n in ("jumlah_capaian_iku", "banyak_iku")},
)
GRAF_PERSPEKTIF = Graf.dari(
    f"{_NAMA}, NKO",
    [bobot_satu_perspektif, nilai_perspektif_berbobot],
    {"perspektif": "Perspektif", "nilai_perspektif": "Nilai perspektif"},
)
GRAF_NKO_PERSPEKTIF = Graf(
    f"{_NAMA}, NKO",
    {"nko": nko_perspektif, "sebutan_nko": sebutan_nko},
    {"jumlah_nilai_perspektif": "Jumlah nilai perspektif berbobot"},
)


# -- periods ----------------------------------------------------------------------------------------------


def konsolidasi(triwulan: Sequence[Pecahan], bertarget: Sequence[Larik], cara: Kode) -> Pecahan:
    """One value of the year from its periods, KMK 127/2026 Tabel 4, over the periods that have a target.

    triwulan: one column per period, in order; bertarget: boolean columns of the same shapes; cara:
    categories of KONSOLIDASI (tlkv = the last period with a target). Unknown where a period with a target
    has no value, where no period has a target, or where `cara` is unknown. Target and realisasi are
    consolidated alike; the annual NPK is `rata_rata` over the quarters that are filled.
    """
    baris = len(cara)
    jumlah = banyak = Pecahan(np.zeros(baris, dtype=np.int64))
    terakhir = kosong = belum_diketahui(baris)
    lengkap = np.ones(baris, dtype=bool)
    for nilai_, ada in zip(triwulan, bertarget, strict=True):
        jumlah = jumlah + pilih(ada, nilai_, 0)
        banyak = banyak + pilih(ada, 1, 0)
        terakhir = pilih(ada, nilai_, terakhir)
        lengkap &= ~ada | nilai_.tahu
    satu = cara.dalam(KONSOLIDASI)
    menurut = [satu.kode == i for i in range(len(KONSOLIDASI))]
    hasil = pilih(menurut[0], jumlah, pilih(menurut[1], jumlah / banyak, pilih(menurut[2], terakhir, kosong)))
    return pilih(lengkap & terakhir.tahu, hasil, kosong)


# -- whole tables -----------------------------------------------------------------------------------------


def nilai(
    tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, periode: str | None = None, **setelan: Any
) -> Bertingkat:
    """Every employee of `pegawai` under KMK 127/2026; unknown steps stay unknown (see `tanpa_nilai`).

    periode: whose sanctions count, "2026" (imposed in that year) or "2026-TW3", "2026-07" (in force in that
    quarter); default the `periode` of `info`, else the year of the policy. setelan: parameters of
    `kmk-127-2026.yaml` to replace for this call, by name (`bacaan_tabel_15="simulator"`).

    Levels: capaian (one graph per formula), the bridged state of targets without history where the table
    has history of others, K3, weights, behaviour per rater and per aspect, sanctions, and
    the employee, keys beginning with the NIP. Indicators with a target range have no capaian: the decree has
    no rule for them. The column `rumus` does not choose the formula, polarity does. ValueError or
    GalatParameter for a word or setting that the decree does not know.
    """
    p = parameter_kmk(kebijakan, **setelan)
    pegawai = tabel["pegawai"].reset_index(drop=True)
    orang = pd.Index(pegawai["nip"], name="nip")
    n = len(orang)

    iki = _iki(tabel, orang)
    kunci = kunci_indikator(iki, iki["nip"])
    per_rumus, capaian = _capaian(iki, kunci, p)
    keadaan, butir = _k3(iki, kunci, capaian, p)
    dasar, bobot = _bobot(iki, butir, orang, p)
    milik = letak_di(bobot.kunci.get_level_values(0), orang)

    penilai, aspek, jumlah_aspek = _perilaku(tabel["perilaku"], orang, p)
    hukuman, nilai_hukdis = _hukuman(tabel["hukuman"], orang, _periode(tabel, kebijakan, periode), p)
    atasan = letak_di(pegawai["atasan"], orang)
    ada = atasan >= 0
    organisasi = nilai_organisasi(tabel, kebijakan, **setelan).pegawai
    unit = letak_di(pegawai["opd"], organisasi.kunci)
    masukan: dict[str, Kolom] = {
        "golongan_jabatan": golongan_jabatan(pegawai),
        "jumlah_nkc_berbobot": jumlah_per(kolom_angka(bobot, "nkc_berbobot"), milik, n),
        "jumlah_dasar_bobot": jumlah_per(kolom_angka(bobot, "dasar_bobot"), milik, n),
        "jumlah_nilai_aspek": jumlah_aspek,
        "satu_pegawai": tanda(np.ones(n)),
        "nilai_hukdis": nilai_hukdis,
        "hukdis_bawahan": jumlah_per(nilai_hukdis[ada], atasan[ada], n),
    }
    ganti = {k: angka_dari(pegawai[k]) for k in ("tingkat_jabatan", "koreksi") if k in pegawai}
    sumber_nko = ("nko",) if "nko" in tabel["opd"] else ("jumlah_capaian_iku", "banyak_iku")
    unit_masukan = {k: pada(kolom_angka(organisasi, k), unit) for k in sumber_nko}
    graf = _dengan_data(GRAF_PEGAWAI, [*ganti, *(k for k in sumber_nko if k == "nko")])
    akhir = graf.jalankan({**masukan, **ganti, **unit_masukan}, p, orang)
    urut = {"predikat": PREDIKAT, "rating_hasil": RATING, "rating_perilaku": RATING}
    kolom = {k: v.dalam(urut[k]) if isinstance(v, Kode) and k in urut else v for k, v in akhir.kolom.items()}
    akhir = replace(akhir, kolom=kolom)
    return Bertingkat(_NAMA, (*per_rumus, *keadaan, butir, dasar, bobot, penilai, aspek, hukuman, akhir))


def nilai_organisasi(tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, **setelan: Any) -> Bertingkat:
    """NKO and its label of every agency of `opd`, and of PEMDA if `iku` has it; keys begin with its code.

    NKO is the column `nko` of `opd` where that is there, else the bridge: mean capaian of the agency's IKU
    as far as it is known.
    """
    p = parameter_kmk(kebijakan, **setelan)
    iku = tabel["iku"].reset_index(drop=True)
    kunci = pd.MultiIndex.from_frame(iku[["opd", "indikator"]])
    per_rumus, capaian = _capaian(iku, kunci, p)
    unit = pd.Index(pd.unique(pd.concat([tabel["opd"]["kode"], iku["opd"]], ignore_index=True)), name="opd")
    if "nko" in tabel["opd"]:
        data = angka_dari(tabel["opd"].set_index("kode")["nko"].reindex(unit))
        graf = _dengan_data(GRAF_ORGANISASI, ["nko"])
        return Bertingkat(graf.nama, (*per_rumus, graf.jalankan({"nko": data}, p, unit)))
    milik = letak_di(iku["opd"], unit)[capaian.tahu]
    masukan = {
        "jumlah_capaian_iku": jumlah_per(capaian[capaian.tahu], milik, len(unit)),
        "banyak_iku": banyak_per(milik, len(unit)),
    }
    hasil = GRAF_ORGANISASI.jalankan(masukan, p, unit)
    return Bertingkat(GRAF_ORGANISASI.nama, (*per_rumus, hasil))


def nilai_perspektif(perspektif: pd.DataFrame, kebijakan: Kebijakan, **setelan: Any) -> Bertingkat:
    """NKO from the values of the perspectives: columns opd, perspektif, nilai (one row one perspective).

    GalatParameter if a perspective's weight is not established (all but stakeholder: give it by a
    scenario); ValueError for a perspective that the strategy map does not have.
    """
    p = parameter_kmk(kebijakan, **setelan)
    kode = kode_terpilih(perspektif["perspektif"], _PERSPEKTIF, "perspektif")
    for nama in dict.fromkeys(perspektif["perspektif"]):
        p["bobot_perspektif"].pasti(nama)
    kunci = pd.MultiIndex.from_frame(perspektif[["opd", "perspektif"]])
    masukan: dict[str, Kolom] = {"perspektif": kode, "nilai_perspektif": angka_dari(perspektif["nilai"])}
    butir = GRAF_PERSPEKTIF.jalankan(masukan, p, kunci)
    unit = pd.Index(pd.unique(perspektif["opd"]), name="opd")
    jumlah = jumlah_per(
        kolom_angka(butir, "nilai_perspektif_berbobot"), letak_di(perspektif["opd"], unit), len(unit)
    )
    akhir = GRAF_NKO_PERSPEKTIF.jalankan({"jumlah_nilai_perspektif": jumlah}, p, unit)
    return Bertingkat(GRAF_NKO_PERSPEKTIF.nama, (butir, akhir))


def temuan(tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, **setelan: Any) -> pd.DataFrame:
    """Indicators without NKC: nip, rhk, aspek, indikator, temuan (what is wrong), one row per finding."""
    p = parameter_kmk(kebijakan, **setelan)
    iki = _iki(tabel, pd.Index(tabel["pegawai"]["nip"], name="nip"))
    kunci = kunci_indikator(iki, iki["nip"])
    _, capaian = _capaian(iki, kunci, p)
    _, butir = _k3(iki, kunci, capaian, p)
    sebab = (
        (capaian, "capaian belum diketahui: " + _alasan_capaian(iki, kebijakan)),
        (kolom_angka(butir, "bobot_kualitas_iki"), _alasan_bobot(butir)),
        (kolom_angka(butir, "bobot_kualitas_target"), _alasan_target(butir)),
    )
    semua = [iki[["nip", "rhk", "aspek", "indikator"]].assign(temuan=isi)[~x.tahu] for x, isi in sebab]
    return pd.concat(semua).sort_index(kind="stable").reset_index(drop=True)


def tanpa_nilai(
    tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, periode: str | None = None, **setelan: Any
) -> pd.DataFrame:
    """Employees without predikat: nip, alasan (all that is missing), in the order of `pegawai`."""
    hasil = nilai(tabel, kebijakan, periode, **setelan)
    akhir, orang = hasil.pegawai, hasil.pegawai.kunci
    butir = next(h for h in hasil.tingkat if "k3" in h.graf.aturan)
    banyak = temuan(tabel, kebijakan, **setelan)["nip"].value_counts().reindex(orang, fill_value=0).to_numpy()
    tanpa_iki = ~orang.isin(butir.kunci.get_level_values(0))

    def kosong(kolom: str) -> Larik:
        return ~kolom_angka(akhir, kolom).tahu

    sebab = {
        "belum punya indikator (IKI)": kosong("nhk") & tanpa_iki,
        "ada indikator tanpa nilai (lihat temuan)": kosong("nhk") & ~tanpa_iki & (banyak > 0),
        "hari berlaku indikatornya kosong atau nol": kosong("nhk") & ~tanpa_iki & (banyak == 0),
        "golongan jabatan atau kalibrasinya tidak diketahui": kosong("puncak"),
        "nilai perilaku belum lengkap": kosong("npk"),
        "koreksi atau skor hukuman belum diketahui": kosong("penyesuaian"),
        "NKO unitnya belum diketahui": kosong("nko"),
        "tingkat jabatan belum diketahui": kosong("bobot_nko_tingkat"),
    }
    alasan = np.full(len(orang), "", dtype=object)
    for teks, kena in sebab.items():
        alasan = np.where(kena, alasan + np.where(alasan == "", "", "; ") + teks, alasan)
    tanpa = akhir["predikat"].kode < 0  # type: ignore[union-attr]
    return pd.DataFrame({"nip": orang, "alasan": alasan}, dtype="str")[tanpa].reset_index(drop=True)


def golongan_jabatan(pegawai: pd.DataFrame) -> Kode:
    """Group of the post (GOLONGAN_JABATAN): a JPT by its `jenjang` (utama, madya, pratama), others by kind."""
    jenis = pegawai["jenis_jabatan"].astype(object)
    jpt = (
        "pimpinan_tinggi_" + pegawai["jenjang"].astype(object).fillna("").astype(str).str.strip().str.lower()
    )
    return dari_kategori(letak_di(jpt.where(jenis == "jpt", jenis), GOLONGAN_JABATAN), GOLONGAN_JABATAN)


# -- inside -----------------------------------------------------------------------------------------------


def _dengan_data(graf: Graf, kolom: Sequence[str]) -> Graf:
    """The graph in which the data give these columns instead of a bridge."""
    if not kolom:
        return graf  # whose order is known already
    label = {**graf.masukan, **{n: keterangan(graf.aturan[n]).label for n in kolom}}
    return _susun(graf.nama, {n: f for n, f in graf.aturan.items() if n not in kolom}, label)


# -- parameters


def parameter_kmk(kebijakan: Kebijakan, **setelan: Any) -> dict[str, Nilai]:
    """Everything that the graphs need, by name. GalatParameter if a setting has another word."""
    k = dengan_setelan(kebijakan, BERKAS, setelan)
    p = dengan_jembatan(k, BERKAS, JEMBATAN)
    salah = [
        Galat(
            p[n].jalur,
            f'"{p[n].pasti()}" tidak dikenal. Pilih salah satu: {tulisan.daftar(boleh, "atau")}.',
        )
        for n, boleh in SETELAN.items()
        if p[n].pasti() not in boleh
    ]
    if salah:
        raise GalatParameter(salah)
    batas, skala = (k[f"{BERKAS_CAPAIAN}.{n}"] for n in ("batas_capaian", "skala_stabil"))
    return {
        **p,
        "kuadran": k["permenpanrb-6-2022.kuadran"],
        "capaian_terendah": _entri(batas, "bawah", "Capaian paling rendah"),
        "capaian_tertinggi": _entri(batas, "atas", "Capaian paling tinggi"),
        "capaian_target_maksimum": k[f"{BERKAS_CAPAIAN}.capaian_target_maksimum"],
        "skala_stabil": replace(skala, nilai=tuple((t["ca"], t["capaian"]) for t in skala.pasti())),
        "bobot_target": p[f"bobot_target_{p['bacaan_tabel_15'].nilai}"],
        "label_nko": _tutup_celah(p["label_nko"], p["celah_label_nko"]),
    }


def _entri(n: Nilai, kunci: str, nama: str) -> Nilai:
    """One entry of a table as a scalar of its own, with its papers."""
    return replace(n, nama=nama, tipe="skalar", nilai=n.pasti(kunci), **n.asal(kunci), butir={})


def _tutup_celah(label: Nilai, celah: Nilai) -> Nilai:
    """The label bands with the edges that belong to no band given to the band above or below."""
    selang = [dict(s) for s in label.pasti()]
    terbuka = {s.get("kurang_dari") for s in selang} & {s.get("lebih_dari") for s in selang} - {None}
    dari, ke = {
        "tidak_diatur": ("", ""),
        "ke_atas": ("lebih_dari", "paling_sedikit"),
        "ke_bawah": ("kurang_dari", "paling_banyak"),
    }[celah.nilai]
    if not dari:
        return label
    isi = tuple({ke if b == dari and v in terbuka else b: v for b, v in s.items()} for s in selang)
    return replace(label, nilai=isi, dasar=f"{label.dasar}; {celah.dasar}", status=celah.status)


def _periode(
    tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, periode: str | None
) -> tuple[int, int | None]:
    """(year, quarter), quarter None for a whole year."""
    if periode is None:
        info = tabel.get("info", pd.DataFrame(columns=["kunci", "nilai"]))
        tertulis = info.loc[info["kunci"] == "periode", "nilai"]
        periode = str(tertulis.iloc[0]) if len(tertulis) else str(kebijakan.tanggal.year)
    cocok = re.fullmatch(r"(\d{4})(?:-TW([1-4])|-(0[1-9]|1[0-2]))?", periode)
    if cocok is None:
        raise ValueError(f'periode "{periode}" tidak dikenal. Tulis 2026, 2026-TW3, atau 2026-07.')
    tahun, triwulan, bulan = cocok.groups()
    if bulan:
        return int(tahun), (int(bulan) + 2) // 3
    return int(tahun), int(triwulan) if triwulan else None


# -- indicators


def _iki(tabel: Mapping[str, pd.DataFrame], orang: pd.Index[Any]) -> pd.DataFrame:
    """The rows of `iki` that belong to someone in `orang`, with their NIP."""
    iki = tabel["iki"]
    pemilik = tabel["rhk"].set_index("id")["nip"]
    iki = iki.assign(nip=iki["rhk"].map(pemilik))
    return iki[iki["nip"].isin(orang)].reset_index(drop=True)


def _rumus(indikator: pd.DataFrame) -> pd.Series:
    """The decree's formula of each indicator, by polarity."""
    kode = kode_terpilih(indikator["polaritas"], tuple(_RUMUS_POLARITAS), "polaritas").kode
    return pd.Series(np.array(list(_RUMUS_POLARITAS.values()), dtype=object)[kode], index=indikator.index)


def _capaian(
    indikator: pd.DataFrame, kunci: pd.MultiIndex, p: Mapping[str, Nilai]
) -> tuple[list[Hasil], Pecahan]:
    """One result per formula that occurs, and the capaian of all rows, exact; unknown for a range target."""
    n = len(indikator)
    masukan = {k: angka_dari(indikator[k]) for k in ("target", "realisasi", "terburuk")}
    masukan["target_maksimum"] = tanda(indikator["target_maksimum"].to_numpy(dtype=bool))
    masukan["belum_diatur"] = belum_diketahui(n)
    pakai = rumus_dipakai(_rumus(indikator), indikator["target"])
    pakai[indikator["rumus"].isin(_RENTANG).to_numpy()] = ""
    tingkat, bagian = [], []
    for nama, graf in GRAF_CAPAIAN.items():
        letak = np.flatnonzero(pakai == nama)
        if len(letak):
            tingkat.append(graf.jalankan({k: x[letak] for k, x in masukan.items()}, p, kunci[letak]))
            bagian.append((letak, kolom_angka(tingkat[-1], "capaian")))
    return tingkat, satukan(bagian, n)


def _k3(
    iki: pd.DataFrame, kunci: pd.MultiIndex, capaian: Pecahan, p: Mapping[str, Nilai]
) -> tuple[list[Hasil], Hasil]:
    """K3 and NKC of each indicator, and before it the bridged state of the targets if history decides some."""
    kosong = pd.Series(np.nan, index=iki.index)
    lalu = {k: angka_dari(iki.get(k, kosong)) for k in ("target_lalu", "realisasi_lalu")}
    polaritas = kode_terpilih(iki["polaritas"], tuple(_RUMUS_POLARITAS), "polaritas")
    masukan: dict[str, Kolom] = {
        "aspek": kode_terpilih(iki["aspek"], _ASPEK, "aspek"),
        "polaritas": polaritas,
        "target": angka_dari(iki["target"]),
        **lalu,
        "capaian": capaian,
    }
    pilihan = {"validitas": VALIDITAS, "kendali": KENDALI, "keadaan_target": KEADAAN_TARGET}
    ganti: dict[str, Kolom] = {k: kode_terpilih(iki[k], isi, k) for k, isi in pilihan.items() if k in iki}
    keadaan = []
    if "keadaan_target" not in iki and {"target_lalu", "realisasi_lalu"} <= set(iki):
        beriwayat = lalu["target_lalu"].tahu & lalu["realisasi_lalu"].tahu & (iki["polaritas"] != "stabil")
        kode = np.full(len(iki), KEADAAN_TARGET.index("lama"), dtype=np.int8)
        tanpa = np.flatnonzero(~beriwayat)
        if len(tanpa):
            satu: dict[str, Kolom] = {"polaritas": Kode(polaritas.kode[tanpa], polaritas.kategori)}
            keadaan = [GRAF_KEADAAN.jalankan(satu, p, kunci[tanpa])]
            kode[tanpa] = kolom_kata(keadaan[0], "keadaan_target").dalam(KEADAAN_TARGET).kode
        ganti["keadaan_target"] = Kode(kode, KEADAAN_TARGET)
    return keadaan, _dengan_data(GRAF_K3, list(ganti)).jalankan({**masukan, **ganti}, p, kunci)


def _bobot(
    iki: pd.DataFrame, butir: Hasil, orang: pd.Index[Any], p: Mapping[str, Nilai]
) -> tuple[Hasil, Hasil]:
    """Weight of each indicator among those of its employee."""
    nkc_ = kolom_angka(butir, "nkc")
    semua = p["iki_tanpa_capaian"].nilai == "belum_diketahui"
    letak = np.flatnonzero(np.ones(len(nkc_), dtype=bool) if semua else nkc_.tahu)
    kunci = butir.kunci[letak]
    milik = letak_di(kunci.get_level_values(0), orang)

    def sejumlah(x: Pecahan) -> Pecahan:
        return pada(jumlah_per(x, milik, len(orang)), milik)

    aspek = kode_terpilih(iki["aspek"].iloc[letak], _ASPEK, "aspek")
    ganti = {"hari": angka_dari(iki["hari"].iloc[letak])} if "hari" in iki else {}
    lama = ganti["hari"] if ganti else hari(aspek, p["kmk127_hari"].pasti())
    masukan: dict[str, Kolom] = {
        "aspek": aspek,
        "k3": kolom_angka(butir, "k3")[letak],
        "jumlah_hari": sejumlah(lama),
        **ganti,
    }
    graf = _dengan_data(GRAF_DASAR_BOBOT[p["pembulatan_antara"].nilai], list(ganti))
    dasar = graf.jalankan(masukan, p, kunci)
    dasar_bobot_ = kolom_angka(dasar, "dasar_bobot")
    masukan = {
        "nkc": nkc_[letak],
        "dasar_bobot": dasar_bobot_,
        "jumlah_dasar_bobot": sejumlah(dasar_bobot_),
    }
    return dasar, GRAF_BOBOT.jalankan(masukan, p, kunci)


def _alasan_capaian(iki: pd.DataFrame, kebijakan: Kebijakan) -> pd.Series:
    """Why a capaian is empty, per row."""
    alasan = hitung_capaian(iki.assign(rumus=_rumus(iki)), kebijakan, BERKAS_CAPAIAN)["alasan"]
    return alasan.mask(iki["rumus"].isin(_RENTANG), f"target berupa rentang tidak diatur {_NAMA}")


def _alasan_bobot(butir: Hasil) -> pd.Series:
    v, k = (pd.Series(ke_seri(butir[n])).astype(object) for n in ("validitas", "kendali"))
    teks = (
        "validitas " + v + " dengan kendali " + k + " tidak diperbolehkan (Tabel 14); perbaiki indikatornya"
    )
    return teks.fillna("validitas atau kendali belum diisi")


def _alasan_target(butir: Hasil) -> pd.Series:
    baris = pd.Series(kolom_angka(butir, "baris_tabel_15").ke_float()).astype("Int64").astype(object)
    bacaan = butir.parameter["bobot_target"].dasar
    teks = baris.map("Tabel 15 baris {} belum ditetapkan".format).mask(baris.isna())
    teks = (teks + f" ({bacaan})").fillna("target atau realisasi tahun lalu belum diketahui")
    return teks.mask(pd.Series(ke_seri(butir["keadaan_target"])).isna(), "keadaan target belum diisi")


# -- behaviour and sanctions


def _perilaku(
    perilaku: pd.DataFrame, orang: pd.Index[Any], p: Mapping[str, Nilai]
) -> tuple[Hasil, Hasil, Pecahan]:
    """Each rating, each aspect, and the sum of the aspects per employee (unknown unless all are there)."""
    baris = perilaku[perilaku["nip"].isin(orang)].reset_index(drop=True)
    aspek = kode_terpilih(baris["aspek"], BERAKHLAK, "aspek")
    masukan: dict[str, Kolom] = {
        "penilai": kode_terpilih(baris["penilai"], _PENILAI, "penilai"),
        "nilai": angka_dari(baris["nilai"]),
    }
    kunci = pd.MultiIndex.from_frame(baris[["nip", "aspek", "penilai"]])
    penilai = GRAF_PENILAI.jalankan(masukan, p, kunci)

    milik = letak_di(baris["nip"], orang)
    satu, kelompok = np.unique(milik * len(BERAKHLAK) + aspek.kode, return_inverse=True)
    pemilik = satu // len(BERAKHLAK)
    nama = np.array(BERAKHLAK, dtype=object)[satu % len(BERAKHLAK)]
    masukan = {
        "jumlah_nilai_penilai": jumlah_per(kolom_angka(penilai, "nilai_penilai"), kelompok, len(satu)),
        "jumlah_bobot_penilai": jumlah_per(kolom_angka(penilai, "bobot_satu_penilai"), kelompok, len(satu)),
    }
    kunci = pd.MultiIndex.from_arrays([orang.take(pemilik), nama], names=["nip", "aspek"])
    per_aspek = GRAF_PERILAKU.jalankan(masukan, p, kunci)
    jumlah = jumlah_per(kolom_angka(per_aspek, "nilai_aspek"), pemilik, len(orang))
    lengkap = np.bincount(pemilik, minlength=len(orang)) == int(p["banyak_nilai_perilaku"].pasti())
    return penilai, per_aspek, Pecahan(jumlah.n, jumlah.d, jumlah.tahu & lengkap)


def _hukuman(
    hukuman: pd.DataFrame, orang: pd.Index[Any], periode: tuple[int, int | None], p: Mapping[str, Nilai]
) -> tuple[Hasil, Pecahan]:
    """Each sanction, and the one nilai hukdis of each employee that counts: highest category, then score."""
    baris = hukuman[hukuman["nip"].isin(orang)].reset_index(drop=True)
    mulai = pd.to_datetime(baris["mulai"])
    tahun, triwulan = periode
    selang = 4 * (tahun - mulai.dt.year) + (triwulan or 0) - mulai.dt.quarter
    masukan: dict[str, Kolom] = {
        "jenis": kode_terpilih(baris["jenis"], HUKUMAN, "jenis hukuman"),
        "selang_triwulan": angka_dari(selang),
        "selang_tahun": angka_dari(tahun - mulai.dt.year),
    }
    ganti = {"skor_mpjhd": angka_dari(baris["skor_mpjhd"])} if "skor_mpjhd" in baris else {}
    graf = _dengan_data(GRAF_HUKUMAN["tahun" if triwulan is None else "triwulan"], list(ganti))
    kunci = pd.MultiIndex.from_frame(
        baris[["nip", "jenis"]].assign(mulai=mulai.dt.strftime("%Y-%m-%d").astype("str"))
    )
    hasil = graf.jalankan({**masukan, **ganti}, p, kunci)

    satu, nilai_satu = kolom_angka(hasil, "skor_mpjhd"), kolom_angka(hasil, "nilai_satu_hukuman")
    berat = kolom_kata(hasil, "kategori").dalam(KATEGORI_HUKUMAN).kode
    # an unknown score outranks the others of its category: what counts is then unknown too
    urut = np.lexsort((satu.n, ~satu.tahu, berat))
    urut = urut[np.asarray(kolom_angka(hasil, "berlaku") >= 1)[urut]]
    letak = np.full(len(orang), -1, dtype=np.intp)
    letak[letak_di(baris["nip"], orang)[urut]] = urut  # the last one written is the heaviest
    return hasil, pilih(letak >= 0, pada(nilai_satu, letak), 0)
