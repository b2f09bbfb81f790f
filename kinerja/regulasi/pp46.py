"""PP 46/2011 and Perka BKN 1/2013: prestasi kerja of PNS until June 2021.

Four aspects per kegiatan, efficiency of time and cost with its cliff just above 24 %, additions after
the mean, 60/40 with behaviour. Exactly on plan scores 76 for time and cost, and the explanation
says so. Nothing is rounded on the way. Number of the articles: not established.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja.aturan import Bertingkat, Graf, Hasil, Kolom, aturan
from kinerja.data.skema import POLARITAS, SKEMA
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
    pilih,
    terbesar,
    terkecil,
    titik_lurus,
    tutup_celah,
)
from kinerja.regulasi.tabel import (
    alasan_kosong,
    angka_dari,
    banyak_per,
    belum_diketahui,
    dengan_jembatan,
    dinilai,
    ide_baru,
    kode_dari,
    kolom_angka,
    kunci_indikator,
    kunci_rhk,
    perilaku_per_aspek,
    saring,
    tanda,
    tidak_dikerjakan,
)

BERKAS = "pp-46-2011"
_AWALAN = "pp_46_2011_"
JEMBATAN = tuple(
    f"jembatan.{_AWALAN}{n}"
    for n in (
        "status_dinilai",
        "arah_realisasi",
        "pembagi_aspek_kurang",
        "tugas_tambahan",
        "manfaat_kreativitas",
        "perilaku",
        "skala_perilaku",
        "bobot_penilai",
    )
)
SUSUNAN = ("tanpa_biaya", "dengan_biaya")
MANFAAT = ("tidak_ada", "unit", "organisasi", "negara")
ASPEK = SKEMA["iki"]["aspek"].pilihan
_JEMBATAN = "Jembatan perbandingan"
_PERKA = "Perka BKN 1/2013"
_PP = "PP 46/2011"


# -- bridge: an indicator as a regulation without polarity reads it -------------------------------------


@aturan(
    "Target pembanding",
    satuan="satuan indikator",
    dasar=f"{_JEMBATAN}: target rentang dibandingkan dengan batasnya yang terdekat",
    status="asumsi",
)
def target_pembanding(target: Pecahan, target_atas: Pecahan, realisasi: Pecahan) -> Pecahan:
    return terbesar(target, terkecil(target_atas, realisasi))


@aturan(
    "Simpangan dari target",
    satuan="satuan indikator",
    dasar=f"{_JEMBATAN}: indikator stabil memakai jarak dari target",
    status="asumsi",
)
def simpangan(realisasi: Pecahan, target_pembanding: Pecahan, stabil: Pecahan) -> Pecahan:
    return pilih(
        stabil > 0,
        terbesar(realisasi - target_pembanding, target_pembanding - realisasi),
        realisasi - target_pembanding,
    )


@aturan("Realisasi searah aspek", satuan="satuan indikator", dasar=_JEMBATAN, status="asumsi")
def realisasi_searah(
    target_pembanding: Pecahan,
    simpangan: Pecahan,
    aspek: Kode,
    polaritas: Kode,
    arah_realisasi: Mapping[str, Mapping[str, Skalar]],
) -> Pecahan:
    return target_pembanding + simpangan * cari(arah_realisasi, aspek, polaritas)  # type: ignore[operator]


GRAF_SEARAH = Graf.dari(
    "Jembatan: arah indikator",
    [target_pembanding, simpangan, realisasi_searah],
    {
        "target": "Target",
        "target_atas": "Batas atas target",
        "realisasi": "Realisasi",
        "stabil": "Indikator stabil (1 ya, 0 tidak)",
        "aspek": "Aspek",
        "polaritas": "Polaritas",
    },
)


# -- one aspect ------------------------------------------------------------------------------------------


@aturan("Nilai kuantitas atau kualitas", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_rasio(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return realisasi / target * 100


GRAF_RASIO = Graf.dari(
    "PP 46/2011: kuantitas dan kualitas",
    [nilai_rasio],
    {"target": "Target", "realisasi": "Realisasi"},
)


@aturan("Persentase efisiensi", satuan="persen", dasar=_PERKA, status="dua-sumber")
def persen_efisiensi(target: Pecahan, realisasi: Pecahan) -> Pecahan:
    return 100 - realisasi / target * 100


@aturan(
    "Nilai bila tepat sesuai rencana (realisasi = target)",
    satuan="poin",
    dasar=f"{_PERKA}, akibat hitungan rumusnya: sesuai rencana belum 100",
    status="dua-sumber",
)
def nilai_sesuai_rencana(target: Pecahan, faktor_efisiensi: Skalar) -> Pecahan:
    return (faktor_efisiensi * target - target) / target * 100


@aturan("Nilai menurut faktor efisiensi", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_menurut_faktor(target: Pecahan, realisasi: Pecahan, faktor_efisiensi: Skalar) -> Pecahan:
    return (faktor_efisiensi * target - realisasi) / target * 100


@aturan("Nilai waktu atau biaya", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_efisiensi(
    persen_efisiensi: Pecahan,
    batas_efisiensi: Skalar,
    nilai_menurut_faktor: Pecahan,
    nilai_dasar_efisiensi: Skalar,
) -> Pecahan:
    return pilih(
        persen_efisiensi <= batas_efisiensi,
        nilai_menurut_faktor,
        nilai_dasar_efisiensi - (nilai_menurut_faktor - 100),
    )


GRAF_EFISIENSI = Graf.dari(
    "PP 46/2011: waktu dan biaya",
    [persen_efisiensi, nilai_sesuai_rencana, nilai_menurut_faktor, nilai_efisiensi],
    {"target": "Target", "realisasi": "Realisasi"},
)


@aturan(
    "Nilai aspek",
    satuan="poin",
    dasar=f"{_JEMBATAN}: PP 46/2011 mengenal satu target per aspek; beberapa indikator dirata-ratakan",
    status="asumsi",
)
def nilai_aspek(jumlah_indikator: Pecahan, banyak_indikator: Pecahan) -> Pecahan:
    return jumlah_indikator / banyak_indikator


GRAF_ASPEK = Graf.dari(
    "PP 46/2011: aspek",
    [nilai_aspek],
    {"jumlah_indikator": "Jumlah nilai indikator", "banyak_indikator": "Banyak indikator"},
)


# -- one kegiatan ------------------------------------------------------------------------------------------


@aturan("Pembagi", satuan="aspek", dasar=_PERKA, status="dua-sumber")
def pembagi(susunan: Kode, pembagi_kegiatan: Mapping[str, Skalar]) -> Pecahan:
    return cari(pembagi_kegiatan, susunan)  # type: ignore[return-value]


@aturan(
    "Pembagi",
    satuan="aspek",
    dasar=f"{_JEMBATAN}: kuantitas, kualitas, atau waktu tidak punya indikator",
    status="asumsi",
)
def pembagi_kurang(banyak_aspek: Pecahan, pembagi_aspek_kurang: Mapping[int, Skalar]) -> Pecahan:
    return cari(pembagi_aspek_kurang, banyak_aspek)  # type: ignore[return-value]


@aturan("Nilai kegiatan", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_kegiatan(
    dikerjakan: Pecahan,
    nilai_kegiatan_tidak_dikerjakan: Skalar,
    kuantitas: Pecahan,
    kualitas: Pecahan,
    waktu: Pecahan,
    biaya: Pecahan,
    pembagi: Pecahan,
) -> Pecahan:
    return pilih(
        dikerjakan < 1,
        nilai_kegiatan_tidak_dikerjakan,
        (kuantitas + kualitas + waktu + biaya) / pembagi,
    )


_MASUKAN_KEGIATAN = {
    "kuantitas": "Nilai kuantitas",
    "kualitas": "Nilai kualitas",
    "waktu": "Nilai waktu",
    "biaya": "Nilai biaya",
    "dikerjakan": "Dikerjakan (1 ya, 0 tidak)",
}
GRAF_KEGIATAN = Graf.dari(
    "PP 46/2011: kegiatan", [pembagi, nilai_kegiatan], {**_MASUKAN_KEGIATAN, "susunan": "Susunan aspek"}
)
GRAF_KEGIATAN_KURANG = Graf(
    "PP 46/2011: kegiatan yang aspeknya kurang",
    {"pembagi": pembagi_kurang, "nilai_kegiatan": nilai_kegiatan},
    {**_MASUKAN_KEGIATAN, "banyak_aspek": "Banyak aspek"},
)


# -- one behaviour aspect -------------------------------------------------------------------------------------


@aturan("Nilai perilaku skala PP 46", satuan="poin", dasar=_JEMBATAN, status="asumsi")
def perilaku_setara(nilai_berakhlak: Pecahan, skala_perilaku: Mapping[Skalar, Skalar]) -> Pecahan:
    return titik_lurus(skala_perilaku, nilai_berakhlak)


@aturan("Nilai aspek perilaku", satuan="poin", dasar=_PP, status="dua-sumber")
def nilai_aspek_perilaku(perilaku_setara: Pecahan, nilai_perilaku_paling_banyak: Skalar) -> Pecahan:
    return terkecil(perilaku_setara, nilai_perilaku_paling_banyak)


GRAF_PERILAKU = Graf.dari(
    "PP 46/2011: perilaku",
    [perilaku_setara, nilai_aspek_perilaku],
    {"nilai_berakhlak": "Rata-rata nilai BerAKHLAK yang dipadankan"},
)


# -- one employee -----------------------------------------------------------------------------------------------


@aturan("Rata-rata nilai kegiatan", satuan="poin", dasar=_PERKA, status="dua-sumber")
def rata_kegiatan(jumlah_kegiatan: Pecahan, banyak_kegiatan: Pecahan) -> Pecahan:
    return jumlah_kegiatan / banyak_kegiatan


@aturan("Nilai tugas tambahan", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_tugas_tambahan(
    banyak_tugas_tambahan: Pecahan, tambahan_tugas: Sequence[Mapping[str, Any]]
) -> Pecahan:
    return cari_selang(tambahan_tugas, banyak_tugas_tambahan)  # type: ignore[return-value]


@aturan("Nilai kreativitas", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_kreativitas(manfaat_kreativitas: Kode, tambahan_kreativitas: Mapping[str, Skalar]) -> Pecahan:
    return cari(tambahan_kreativitas, manfaat_kreativitas)  # type: ignore[return-value]


@aturan("Nilai SKP", satuan="poin", dasar=_PERKA, status="dua-sumber")
def nilai_skp(rata_kegiatan: Pecahan, nilai_tugas_tambahan: Pecahan, nilai_kreativitas: Pecahan) -> Pecahan:
    return rata_kegiatan + nilai_tugas_tambahan + nilai_kreativitas


@aturan("Nilai perilaku", satuan="poin", dasar=f"{_PP}; {_PERKA}", status="dua-sumber")
def nilai_perilaku(jumlah_perilaku: Pecahan, banyak_perilaku: Pecahan) -> Pecahan:
    return jumlah_perilaku / banyak_perilaku


@aturan("Nilai prestasi kerja", satuan="poin", dasar=f"{_PP}; {_PERKA}", status="dua-sumber")
def nilai_prestasi(
    nilai_skp: Pecahan, bobot_skp: Skalar, nilai_perilaku: Pecahan, bobot_perilaku: Skalar
) -> Pecahan:
    return nilai_skp * bobot_skp / 100 + nilai_perilaku * bobot_perilaku / 100


@aturan(
    "Nilai prestasi kerja yang ditampilkan",
    satuan="poin",
    dasar="Formulir dan program menampilkan dua desimal; predikat memakai nilai penuh",
    status="sekunder",
)
def nilai_prestasi_tampil(nilai_prestasi: Pecahan) -> Pecahan:
    return bulat(nilai_prestasi, 2)


@aturan("Nilai yang menentukan predikat", satuan="poin", dasar=_PP, status="dua-sumber")
def nilai_berpredikat(
    nilai_prestasi: Pecahan, pita_predikat: Sequence[Mapping[str, Any]], celah_predikat: str
) -> Pecahan:
    return tutup_celah(pita_predikat, nilai_prestasi, celah_predikat)


@aturan("Predikat prestasi kerja", satuan="predikat", dasar=_PP, status="dua-sumber")
def predikat(nilai_berpredikat: Pecahan, pita_predikat: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(pita_predikat, nilai_berpredikat)  # type: ignore[return-value]


@aturan("Predikat SKP", satuan="predikat", dasar=_PP, status="dua-sumber")
def predikat_skp(nilai_skp: Pecahan, pita_predikat: Sequence[Mapping[str, Any]], celah_predikat: str) -> Kode:
    return cari_selang(  # type: ignore[return-value]
        pita_predikat, tutup_celah(pita_predikat, nilai_skp, celah_predikat)
    )


@aturan("Predikat perilaku", satuan="predikat", dasar=_PP, status="dua-sumber")
def predikat_perilaku(
    nilai_perilaku: Pecahan, pita_predikat: Sequence[Mapping[str, Any]], celah_predikat: str
) -> Kode:
    return cari_selang(  # type: ignore[return-value]
        pita_predikat, tutup_celah(pita_predikat, nilai_perilaku, celah_predikat)
    )


GRAF = Graf.dari(
    "PP 46/2011",
    [
        rata_kegiatan,
        nilai_tugas_tambahan,
        nilai_kreativitas,
        nilai_skp,
        predikat_skp,
        nilai_perilaku,
        predikat_perilaku,
        nilai_prestasi,
        nilai_prestasi_tampil,
        nilai_berpredikat,
        predikat,
    ],
    {
        "jumlah_kegiatan": "Jumlah nilai kegiatan",
        "banyak_kegiatan": "Banyak kegiatan",
        "banyak_tugas_tambahan": "Banyak tugas tambahan",
        "manfaat_kreativitas": "Manfaat kreativitas",
        "jumlah_perilaku": "Jumlah nilai perilaku",
        "banyak_perilaku": "Banyak aspek perilaku",
    },
)


@aturan("Nilai SKP setelah pindah jabatan", satuan="poin", dasar=_PERKA, status="sekunder")
def nilai_skp_pindah(nilai_skp_lama: Pecahan, nilai_skp_baru: Pecahan) -> Pecahan:
    return (nilai_skp_lama + nilai_skp_baru) / 2


GRAF_PINDAH = Graf.dari(
    "PP 46/2011: pindah jabatan",
    [nilai_skp_pindah],
    {"nilai_skp_lama": "Nilai SKP jabatan lama", "nilai_skp_baru": "Nilai SKP jabatan baru"},
)


# -- from the workbook's tables ------------------------------------------------------------------------------------


def parameter(kebijakan: Kebijakan) -> dict[str, Nilai]:
    """All parameters by the name that the rules use: the regulation's own and, without prefix, its bridges."""
    return dengan_jembatan(kebijakan, BERKAS, JEMBATAN, _AWALAN)


def nilai(
    tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, *, periode: str | None = None
) -> Bertingkat:
    """Prestasi kerja of everyone in `pegawai` whose status the bridge `status_dinilai` admits.

    tabel: as `kinerja.data.baca` gives them; pegawai, rhk, iki, perilaku, penilaian are read. periode:
    the year of `penilaian` ("2021") for new ideas, None for the last one there. The levels are, from the
    finest: bridged indicators (nip, rhk, aspek, indikator; only those whose reading changes), kuantitas
    and kualitas, waktu and biaya, aspects with several indicators (nip, rhk, aspek), kegiatan (nip, rhk),
    behaviour (nip, aspek), employee (nip). Points; unknown where something is missing, see
    `tanpa_nilai`. GalatParameter if the regulation is not in force on the policy's date.
    """
    p = parameter(kebijakan)
    pegawai = dinilai(tabel["pegawai"], p["status_dinilai"])
    n = len(pegawai)
    i = baca_indikator(tabel, pegawai, p)

    rasio = GRAF_RASIO.jalankan({"target": i.target, "realisasi": i.realisasi}, p, i.kunci)
    efisiensi = GRAF_EFISIENSI.jalankan({"target": i.target, "realisasi": i.realisasi}, p, i.kunci)
    waktu_biaya = i.aspek >= ASPEK.index("waktu")
    per_indikator = pilih(
        waktu_biaya, kolom_angka(efisiensi, "nilai_efisiensi"), kolom_angka(rasio, "nilai_rasio")
    )

    # one row per RHK x aspect; an aspect without indicators adds nothing to its kegiatan
    m = len(ASPEK)
    sel = i.letak * m + i.aspek
    banyak = np.bincount(sel, minlength=len(i.rhk) * m)
    aspek = GRAF_ASPEK.jalankan(
        {
            "jumlah_indikator": jumlah_per(per_indikator, sel, len(banyak)),
            "banyak_indikator": Pecahan(banyak),
        },
        p,
        pd.MultiIndex.from_arrays(
            [
                i.rhk["nip"].repeat(m).to_numpy(),
                i.rhk["id"].repeat(m).to_numpy(),
                np.tile(np.array(ASPEK, dtype=object), len(i.rhk)),
            ],
            names=["nip", "rhk", "aspek"],
        ),
    )
    nilai_sel = pilih(banyak > 0, kolom_angka(aspek, "nilai_aspek"), 0)
    ada = banyak.reshape(-1, m) > 0
    lengkap: Larik = np.asarray(ada[:, : ASPEK.index("biaya")].all(axis=1))
    masukan: dict[str, Kolom] = {
        **{a: nilai_sel[j::m] for j, a in enumerate(ASPEK)},
        "dikerjakan": tanda(~tidak_dikerjakan(tabel["iki"], i.rhk["id"])),
        "susunan": dari_kategori(ada[:, ASPEK.index("biaya")], SUSUNAN),
        "banyak_aspek": Pecahan(ada.sum(axis=1)),
    }
    kunci = kunci_rhk(i.rhk)
    kegiatan = GRAF_KEGIATAN.jalankan(masukan, p, kunci)
    kurang = GRAF_KEGIATAN_KURANG.jalankan(masukan, p, kunci)
    per_kegiatan = pilih(
        lengkap, kolom_angka(kegiatan, "nilai_kegiatan"), kolom_angka(kurang, "nilai_kegiatan")
    )

    perilaku = perilaku_per_aspek(tabel["perilaku"], pegawai, p)
    nilai_perilaku = GRAF_PERILAKU.jalankan({"nilai_berakhlak": perilaku.nilai}, p, perilaku.kunci)
    tambahan = _tambahan(tabel, pegawai)
    orang = GRAF.jalankan(
        {
            "jumlah_kegiatan": jumlah_per(per_kegiatan, i.pemilik, n),
            "banyak_kegiatan": banyak_per(i.pemilik, n),
            "banyak_tugas_tambahan": Pecahan(_banyak_tugas(tambahan, n, p)),
            "manfaat_kreativitas": _manfaat(
                tambahan, ide_baru(tabel["penilaian"], pegawai["nip"], periode), p
            ),
            "jumlah_perilaku": jumlah_per(
                kolom_angka(nilai_perilaku, "nilai_aspek_perilaku"), perilaku.pemilik, n
            ),
            "banyak_perilaku": banyak_per(perilaku.pemilik, n),
        },
        p,
        pd.Index(pegawai["nip"]),
    )
    tingkat = (
        saring(i.searah, i.berubah),
        saring(rasio, ~waktu_biaya),
        saring(efisiensi, waktu_biaya),
        saring(aspek, banyak > 1),
        saring(kegiatan, lengkap),
        saring(kurang, ~lengkap),
        nilai_perilaku,
        orang,
    )
    return Bertingkat(GRAF.nama, tingkat)


def di_celah(hasil: Bertingkat) -> pd.DataFrame:
    """Whose predikat hangs on the gap policy: index nip, nilai_prestasi and the value used instead."""
    orang = hasil.pegawai
    penuh, dipakai = kolom_angka(orang, "nilai_prestasi"), kolom_angka(orang, "nilai_berpredikat")
    return hasil.tabel().loc[(penuh != dipakai).benar, ["nilai_prestasi", "nilai_berpredikat", "predikat"]]


def tanpa_nilai(hasil: Bertingkat, tabel: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Everyone in `pegawai` without a final value, one row per reason: nip, alasan (Indonesian)."""
    kosong = ~kolom_angka(hasil.pegawai, "nilai_prestasi").tahu
    return alasan_kosong(hasil, tabel, kosong, "nilai_kegiatan", "nilai_aspek_perilaku")


# -- what PP 30/2019 reads in the same way ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Indikator:
    """The indicators of the RHK utama: rows of `iki`, each at row `letak` of `rhk` (row `pemilik` of pegawai).

    target, realisasi: as a regulation without polarity reads them; unknown where the workbook is silent
    or the target is not above zero. aspek: code in ASPEK. searah: how they were bridged; berubah: rows
    where that changed anything.
    """

    rhk: pd.DataFrame
    letak: npt.NDArray[np.int64]
    pemilik: npt.NDArray[np.int64]
    aspek: npt.NDArray[np.int64]
    target: Pecahan
    realisasi: Pecahan
    searah: Hasil
    berubah: Larik

    @property
    def kunci(self) -> pd.Index[Any]:
        return self.searah.kunci


def baca_indikator(
    tabel: Mapping[str, pd.DataFrame], pegawai: pd.DataFrame, p: Mapping[str, Nilai]
) -> Indikator:
    """The indicators of the RHK utama of these employees, bridged by `arah_realisasi`."""
    rhk = tabel["rhk"]
    pemilik = pd.Index(pegawai["nip"]).get_indexer(pd.Index(rhk["nip"]))
    utama = (rhk["jenis"] == "utama").to_numpy() & (pemilik >= 0)
    rhk, pemilik = rhk[utama].reset_index(drop=True), pemilik[utama]
    letak = pd.Index(rhk["id"]).get_indexer(pd.Index(tabel["iki"]["rhk"]))
    iki, letak = tabel["iki"][letak >= 0], letak[letak >= 0]
    rentang = iki["rumus"].isin(["rentang_maks", "rentang_min"]).to_numpy()
    target = angka_dari(iki["target"])
    target = pilih(target > 0, target, belum_diketahui(len(iki)))
    realisasi = angka_dari(iki["realisasi"])
    kode = {k: kode_dari(iki[k], v) for k, v in (("aspek", ASPEK), ("polaritas", POLARITAS))}
    searah = GRAF_SEARAH.jalankan(
        {
            "target": target,
            "target_atas": pilih(rentang, angka_dari(iki["target_atas"]), target),
            "realisasi": realisasi,
            "stabil": tanda((iki["polaritas"] == "stabil").to_numpy()),
            **kode,
        },
        p,
        kunci_indikator(iki, rhk["nip"].to_numpy()[letak]),
    )
    arah: Any = cari(p["arah_realisasi"].pasti(), kode["aspek"], kode["polaritas"])
    berubah = rentang | (iki["polaritas"] == "stabil").to_numpy() | (arah < 1).benar
    return Indikator(
        rhk,
        letak.astype(np.int64),
        pemilik.astype(np.int64),
        kode["aspek"].kode.astype(np.int64),
        pilih(rentang, kolom_angka(searah, "target_pembanding"), target),
        pilih(berubah, kolom_angka(searah, "realisasi_searah"), realisasi),
        searah,
        berubah,
    )


# -- inside ---------------------------------------------------------------------------------------------------------------


def _tambahan(tabel: Mapping[str, pd.DataFrame], pegawai: pd.DataFrame) -> pd.DataFrame:
    """RHK tambahan that were done: pemilik (row of pegawai), lingkup (0 if not given)."""
    rhk = tabel["rhk"]
    rhk = rhk.assign(pemilik=pd.Index(pegawai["nip"]).get_indexer(pd.Index(rhk["nip"])))
    rhk = rhk[(rhk["jenis"] == "tambahan") & (rhk["pemilik"] >= 0)]
    rhk = rhk[~tidak_dikerjakan(tabel["iki"], rhk["id"])]
    return rhk[["pemilik"]].assign(lingkup=rhk["lingkup"].fillna(0).astype("int64"))


def _banyak_tugas(tambahan: pd.DataFrame, n: int, p: Mapping[str, Nilai]) -> npt.NDArray[np.int64]:
    dihitung: Any = cari(p["tugas_tambahan"].pasti(), angka_dari(tambahan["lingkup"]))
    return np.bincount(tambahan["pemilik"][(dihitung > 0).benar], minlength=n).astype(np.int64)


def _manfaat(tambahan: pd.DataFrame, berganti: Larik, p: Mapping[str, Nilai]) -> Kode:
    terluas = np.zeros(len(berganti), dtype=np.int64)
    np.maximum.at(terluas, tambahan["pemilik"].to_numpy(), tambahan["lingkup"].to_numpy())
    manfaat: Any = cari(p["manfaat_kreativitas"].pasti(), Pecahan(terluas))
    kode = manfaat.dalam(MANFAAT).kode
    return Kode(np.where(berganti, kode, np.int8(MANFAAT.index("tidak_ada"))), MANFAAT)
