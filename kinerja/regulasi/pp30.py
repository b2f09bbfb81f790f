"""PP 30/2019, the parent regulation: weights, predikat with a new idea, moves, and the split year 2021.

PP 30/2019 has no formula for the value of an SKP; a ministerial rule gives it (`skp=`). Without one
(2019-2021: every region improvised) a bridge scores the indicators, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kinerja.aturan import Bertingkat, Graf, Hasil, Kolom, aturan
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
    terbesar,
    terkecil,
    tutup_celah,
)
from kinerja.regulasi.pp46 import baca_indikator
from kinerja.regulasi.tabel import (
    alasan_kosong,
    banyak_per,
    dengan_jembatan,
    dinilai,
    ide_baru,
    kolom_angka,
    kunci_rhk,
    perilaku_per_aspek,
    saring,
)

BERKAS = "pp-30-2019"
_AWALAN = "pp_30_2019_"
JEMBATAN = tuple(
    f"jembatan.{_AWALAN}{n}"
    for n in (
        "status_dinilai",
        "penilai_360",
        "bobot_penilai",
        "perilaku",
        "arah_realisasi",
        "nilai_paling_sedikit",
        "nilai_paling_banyak",
    )
)
CARA = ("tanpa_360", "dengan_360")
YA_TIDAK = ("tidak", "ya")
_JEMBATAN = "Jembatan perbandingan"
_PASAL_41 = "PP 30/2019 Pasal 41"


# -- bridge: a value of the SKP where no ministerial rule gives one ---------------------------------------


@aturan("Nilai indikator", satuan="poin", dasar=_JEMBATAN, status="asumsi")
def nilai_indikator(
    target: Pecahan, realisasi: Pecahan, nilai_paling_sedikit: Skalar, nilai_paling_banyak: Skalar
) -> Pecahan:
    return terkecil(terbesar(realisasi / target * 100, nilai_paling_sedikit), nilai_paling_banyak)


@aturan("Nilai RHK", satuan="poin", dasar=f"{_JEMBATAN}: rata-rata indikatornya", status="asumsi")
def nilai_rhk(jumlah_indikator: Pecahan, banyak_indikator: Pecahan) -> Pecahan:
    return jumlah_indikator / banyak_indikator


@aturan("Nilai SKP", satuan="poin", dasar=f"{_JEMBATAN}: rata-rata RHK utama", status="asumsi")
def nilai_skp(jumlah_rhk: Pecahan, banyak_rhk: Pecahan) -> Pecahan:
    return jumlah_rhk / banyak_rhk


GRAF_INDIKATOR = Graf.dari(
    "PP 30/2019: indikator", [nilai_indikator], {"target": "Target", "realisasi": "Realisasi"}
)
GRAF_RHK = Graf.dari(
    "PP 30/2019: RHK",
    [nilai_rhk],
    {"jumlah_indikator": "Jumlah nilai indikator", "banyak_indikator": "Banyak indikator"},
)


# -- one employee -------------------------------------------------------------------------------------------


@aturan("Nilai aspek perilaku", satuan="poin", dasar=f"{_JEMBATAN}: aspek dipadankan", status="asumsi")
def nilai_aspek_perilaku(nilai_berakhlak: Pecahan) -> Pecahan:
    return nilai_berakhlak


GRAF_PERILAKU = Graf.dari(
    "PP 30/2019: perilaku",
    [nilai_aspek_perilaku],
    {"nilai_berakhlak": "Rata-rata nilai BerAKHLAK yang dipadankan"},
)


@aturan(
    "Nilai perilaku kerja",
    satuan="poin",
    dasar="PP 30/2019 (rata-rata aspek; pasal belum ditetapkan)",
    status="tafsir",
)
def nilai_perilaku(jumlah_perilaku: Pecahan, banyak_perilaku: Pecahan) -> Pecahan:
    return jumlah_perilaku / banyak_perilaku


@aturan("Nilai kinerja", satuan="poin", dasar=f"{_PASAL_41} ayat (1)-(4)", status="teks")
def nilai_kinerja(
    nilai_skp: Pecahan,
    nilai_perilaku: Pecahan,
    cara_perilaku: Kode,
    bobot_skp: Mapping[str, Skalar],
    bobot_perilaku: Mapping[str, Skalar],
) -> Pecahan:
    return (
        nilai_skp * cari(bobot_skp, cara_perilaku) / 100  # type: ignore[operator]
        + nilai_perilaku * cari(bobot_perilaku, cara_perilaku) / 100  # type: ignore[operator]
    )


@aturan("Nilai kinerja yang ditampilkan", satuan="poin", dasar="Dua desimal untuk tampilan", status="tafsir")
def nilai_kinerja_tampil(nilai_kinerja: Pecahan) -> Pecahan:
    return bulat(nilai_kinerja, 2)


@aturan("Pita nilai kinerja", satuan="predikat", dasar=f"{_PASAL_41} ayat (5)", status="dua-sumber")
def pita(nilai_kinerja: Pecahan, pita_nilai: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(pita_nilai, nilai_kinerja)  # type: ignore[return-value]


@aturan("Predikat kinerja", satuan="predikat", dasar=f"{_PASAL_41} ayat (5)", status="dua-sumber")
def predikat(pita: Kode, ide_baru: Kode, predikat_menurut_pita: Mapping[str, Mapping[str, str]]) -> Kode:
    return cari(predikat_menurut_pita, pita, ide_baru)  # type: ignore[return-value]


_PREDIKAT: list[Callable[..., Any]] = [nilai_perilaku, nilai_kinerja, nilai_kinerja_tampil, pita, predikat]
_MASUKAN = {
    "jumlah_perilaku": "Jumlah nilai perilaku",
    "banyak_perilaku": "Banyak aspek perilaku",
    "cara_perilaku": "Penilaian perilaku",
    "ide_baru": "Ide baru atau cara kerja baru",
}
GRAF = Graf.dari("PP 30/2019", _PREDIKAT, {"nilai_skp": "Nilai SKP", **_MASUKAN})
GRAF_TANPA_JUKNIS = Graf.dari(
    "PP 30/2019 tanpa peraturan menteri",
    [nilai_skp, *_PREDIKAT],
    {"jumlah_rhk": "Jumlah nilai RHK utama", "banyak_rhk": "Banyak RHK utama", **_MASUKAN},
)


# -- a move within the year -------------------------------------------------------------------------------------


@aturan("Nilai SKP tertimbang masa", satuan="poin", dasar="PP 30/2019 Pasal 36", status="sekunder")
def nilai_tertimbang(nilai_skp_bagian: Pecahan, masa: Pecahan) -> Pecahan:
    return nilai_skp_bagian * masa


@aturan("Nilai SKP proporsional", satuan="poin", dasar="PP 30/2019 Pasal 36", status="sekunder")
def nilai_skp_proporsional(jumlah_tertimbang: Pecahan, jumlah_masa: Pecahan) -> Pecahan:
    return jumlah_tertimbang / jumlah_masa


GRAF_BAGIAN = Graf.dari(
    "PP 30/2019: masa SKP",
    [nilai_tertimbang],
    {"nilai_skp_bagian": "Nilai SKP di unit itu", "masa": "Masa SKP"},
)
GRAF_PINDAH = Graf.dari(
    "PP 30/2019: nilai SKP proporsional",
    [nilai_skp_proporsional],
    {"jumlah_tertimbang": "Jumlah nilai tertimbang masa", "jumlah_masa": "Jumlah masa SKP"},
)


# -- the split year 2021 ------------------------------------------------------------------------------------------

_PERALIHAN = "SE MenPANRB 3/2021"


@aturan("Nilai PP 46 di dalam pita", satuan="poin", dasar=_PERALIHAN, status="tafsir")
def nilai_pp46_berpita(
    nilai_pp46: Pecahan, pita_konversi: Sequence[Mapping[str, Any]], celah_konversi: str
) -> Pecahan:
    return tutup_celah(pita_konversi, nilai_pp46, celah_konversi)


@aturan("Pita nilai PP 46", satuan="predikat", dasar=_PERALIHAN, status="dua-sumber")
def pita_pp46(nilai_pp46_berpita: Pecahan, pita_konversi: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(pita_konversi, nilai_pp46_berpita)  # type: ignore[return-value]


@aturan("Nilai PP 46 yang dikonversi", satuan="poin", dasar=_PERALIHAN, status="tafsir")
def nilai_pp46_dipakai(
    konversi_dilanjutkan: bool, nilai_pp46: Pecahan, nilai_pp46_berpita: Pecahan
) -> Pecahan:
    return pilih(konversi_dilanjutkan, nilai_pp46, nilai_pp46_berpita)  # type: ignore[arg-type]


@aturan("Nilai konversi Januari-Juni", satuan="poin", dasar=_PERALIHAN, status="dua-sumber")
def nilai_konversi(
    nilai_pp46_dipakai: Pecahan,
    pita_pp46: Kode,
    konversi_nilai_awal: Mapping[str, Skalar],
    konversi_awal: Mapping[str, Skalar],
    konversi_kenaikan: Mapping[str, Skalar],
    konversi_lebar: Mapping[str, Skalar],
) -> Pecahan:
    return cari(konversi_nilai_awal, pita_pp46) + (  # type: ignore[arg-type, operator]
        nilai_pp46_dipakai - cari(konversi_awal, pita_pp46)  # type: ignore[operator]
    ) * cari(konversi_kenaikan, pita_pp46) / cari(konversi_lebar, pita_pp46)


@aturan("Nilai kinerja tahun 2021", satuan="poin", dasar=_PERALIHAN, status="dua-sumber")
def nilai_tahun_2021(
    nilai_konversi: Pecahan,
    bobot_paruh_pertama: Skalar,
    nilai_paruh_kedua: Pecahan,
    bobot_paruh_kedua: Skalar,
) -> Pecahan:
    return nilai_konversi * bobot_paruh_pertama / 100 + nilai_paruh_kedua * bobot_paruh_kedua / 100


GRAF_2021 = Graf(
    "Tahun peralihan 2021",
    {
        "nilai_pp46_berpita": nilai_pp46_berpita,
        "pita_pp46": pita_pp46,
        "nilai_pp46_dipakai": nilai_pp46_dipakai,
        "nilai_konversi": nilai_konversi,
        "nilai_kinerja": nilai_tahun_2021,
        "nilai_kinerja_tampil": nilai_kinerja_tampil,
        "pita": pita,
        "predikat": predikat,
    },
    {
        "nilai_pp46": "Nilai prestasi kerja Januari-Juni (PP 46/2011)",
        "nilai_paruh_kedua": "Nilai kinerja Juli-Desember",
        "ide_baru": "Ide baru atau cara kerja baru",
    },
)


# -- from the workbook's tables ------------------------------------------------------------------------------------


def parameter(kebijakan: Kebijakan) -> dict[str, Nilai]:
    """All parameters by the name that the rules use: the regulation's own and, without prefix, its bridges."""
    return dengan_jembatan(kebijakan, BERKAS, JEMBATAN, _AWALAN)


def nilai(
    tabel: Mapping[str, pd.DataFrame],
    kebijakan: Kebijakan,
    *,
    skp: Hasil | None = None,
    dengan_360: bool | None = None,
    periode: str | None = None,
) -> Bertingkat:
    """Kinerja of everyone in `pegawai` whose status the bridge `status_dinilai` admits.

    skp: a result of a ministerial rule with the column `nilai_skp` and the NIP as key (0-120); None
    scores the indicators by the bridge: then the levels are bridged indicators, indicators, RHK,
    behaviour, employee, else behaviour and employee. dengan_360: whether the agency asks peers and
    subordinates (60/40) or not (70/30); None reads it from the raters in `perilaku`. periode: the year
    of `penilaian` for new ideas, None for the last one there. Points; unknown where something is missing,
    see `tanpa_nilai`.
    """
    p = parameter(kebijakan)
    pegawai = dinilai(tabel["pegawai"], p["status_dinilai"])
    n = len(pegawai)
    nip = pd.Index(pegawai["nip"])
    perilaku = perilaku_per_aspek(tabel["perilaku"], pegawai, p)
    per_aspek = GRAF_PERILAKU.jalankan({"nilai_berakhlak": perilaku.nilai}, p, perilaku.kunci)
    if dengan_360 is None:
        tanda = [x for x, ya in p["penilai_360"].pasti().items() if ya]
        dengan_360 = bool(tabel["perilaku"]["penilai"].isin(tanda).any())
    masukan: dict[str, Kolom] = {
        "jumlah_perilaku": jumlah_per(perilaku.nilai, perilaku.pemilik, n),
        "banyak_perilaku": banyak_per(perilaku.pemilik, n),
        "cara_perilaku": dari_kategori(np.full(n, int(dengan_360)), CARA),
        "ide_baru": dari_kategori(ide_baru(tabel["penilaian"], pegawai["nip"], periode), YA_TIDAK),
    }
    if skp is not None:
        orang = GRAF.jalankan({**masukan, "nilai_skp": selaras(skp, "nilai_skp", nip)}, p, nip)
        return Bertingkat(GRAF.nama, (per_aspek, orang))

    i = baca_indikator(tabel, pegawai, p)
    indikator = GRAF_INDIKATOR.jalankan({"target": i.target, "realisasi": i.realisasi}, p, i.kunci)
    banyak = len(i.rhk)
    rhk = GRAF_RHK.jalankan(
        {
            "jumlah_indikator": jumlah_per(kolom_angka(indikator, "nilai_indikator"), i.letak, banyak),
            "banyak_indikator": banyak_per(i.letak, banyak),
        },
        p,
        kunci_rhk(i.rhk),
    )
    orang = GRAF_TANPA_JUKNIS.jalankan(
        {
            **masukan,
            "jumlah_rhk": jumlah_per(kolom_angka(rhk, "nilai_rhk"), i.pemilik, n),
            "banyak_rhk": banyak_per(i.pemilik, n),
        },
        p,
        nip,
    )
    tingkat = (saring(i.searah, i.berubah), indikator, rhk, per_aspek, orang)
    return Bertingkat(GRAF_TANPA_JUKNIS.nama, tingkat)


def tanpa_nilai(hasil: Bertingkat, tabel: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Everyone in `pegawai` without a final value, one row per reason: nip, alasan (Indonesian)."""
    kosong = ~kolom_angka(hasil.pegawai, "nilai_kinerja").tahu
    alasan = alasan_kosong(hasil, tabel, kosong, "nilai_rhk", "nilai_aspek_perilaku")
    if "nilai_skp" in hasil.pegawai.graf.aturan:
        return alasan
    # the value came from elsewhere: its absence is the reason, not what the workbook lacks
    tanpa = hasil.pegawai.kunci[~kolom_angka(hasil.pegawai, "nilai_skp").tahu]
    alasan = alasan[alasan["alasan"] != "belum ada RHK utama"]
    isi = pd.DataFrame({"nip": tanpa, "alasan": "nilai SKP belum ada"})
    return pd.concat([alasan, isi], ignore_index=True).astype("str")


def nilai_pindah(bagian: pd.DataFrame, nilai_skp_bagian: Pecahan, kebijakan: Kebijakan) -> Bertingkat:
    """The SKP of people who moved, in proportion to the time in each unit (Pasal 36).

    bagian: columns nip, unit, mulai, sampai (dates, both inside), one row per part; nilai_skp_bagian:
    its value. The unit of time is the setting `satuan_masa_skp`: hari, or bulan with the days of a
    begun month as a fraction of that month. ValueError names parts that end before they begin.
    """
    p = kebijakan.bagian(BERKAS)
    terbalik = bagian[~(bagian["sampai"] >= bagian["mulai"])]
    if len(terbalik):
        siapa = ", ".join(f"{b.nip} ({b.unit})" for b in terbalik.itertuples())
        raise ValueError(f"masa SKP kosong atau berakhir sebelum mulai: {siapa}. Perbaiki tanggalnya.")
    masa = masa_skp(bagian["mulai"], bagian["sampai"], p["satuan_masa_skp"].pasti())
    kunci = pd.MultiIndex.from_frame(bagian[["nip", "unit"]])
    rinci = GRAF_BAGIAN.jalankan({"nilai_skp_bagian": nilai_skp_bagian, "masa": masa}, p, kunci)
    kelompok, nip = pd.factorize(bagian["nip"])
    letak = kelompok.astype(np.int64)
    orang = GRAF_PINDAH.jalankan(
        {
            "jumlah_tertimbang": jumlah_per(kolom_angka(rinci, "nilai_tertimbang"), letak, len(nip)),
            "jumlah_masa": jumlah_per(masa, letak, len(nip)),
        },
        p,
        pd.Index(nip, name="nip"),
    )
    return Bertingkat(GRAF_PINDAH.nama, (rinci, orang))


def masa_skp(mulai: pd.Series, sampai: pd.Series, satuan: str) -> Pecahan:
    """Time from the first to the last day, both inside, in hari or bulan. ValueError for another unit."""
    lepas = sampai + pd.Timedelta(days=1)
    if satuan == "hari":
        return Pecahan((lepas - mulai).dt.days.to_numpy(dtype=np.int64))
    if satuan == "bulan":
        return _bulan(lepas) - _bulan(mulai)
    raise ValueError(f"satuan_masa_skp {satuan} tidak dikenal; yang ada: hari, bulan")


def _bulan(tanggal: pd.Series) -> Pecahan:
    """Months since year 0, the day of the month as a fraction of that month."""
    t = tanggal.dt
    utuh = Pecahan((t.year * 12 + t.month - 1).to_numpy(dtype=np.int64))
    sehari = Pecahan((t.day - 1).to_numpy(dtype=np.int64))
    return utuh + sehari / Pecahan(t.days_in_month.to_numpy(dtype=np.int64))


def nilai_2021(
    nip: pd.Index[Any], nilai_pp46: Pecahan, nilai_paruh_kedua: Pecahan, ide_baru: Larik, kebijakan: Kebijakan
) -> Bertingkat:
    """The annual value of 2021: the PP 46 score of January-June converted, then 50/50 with July-December.

    nip: one per row; nilai_pp46: nilai prestasi kerja; nilai_paruh_kedua: nilai kinerja (0-120); ide_baru:
    boolean. Columns from other results come by `selaras`. Unknown where either half is. GalatParameter if
    the policy's date is not in July-December 2021.
    """
    masukan: dict[str, Kolom] = {
        "nilai_pp46": nilai_pp46,
        "nilai_paruh_kedua": nilai_paruh_kedua,
        "ide_baru": dari_kategori(ide_baru, YA_TIDAK),
    }
    p = {n: kebijakan[f"{BERKAS}.{n}"] for n in GRAF_2021.nama_parameter}
    return Bertingkat(GRAF_2021.nama, (GRAF_2021.jalankan(masukan, p, nip),))


def selaras(hasil: Hasil, kolom: str, nip: pd.Index[Any]) -> Pecahan:
    """A numeric column of an employee result in the order of `nip`; unknown for who is not there."""
    return pada(kolom_angka(hasil, kolom), hasil.kunci.get_indexer(nip))
