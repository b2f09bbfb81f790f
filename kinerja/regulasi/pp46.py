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

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Graf, Hasil, Kolom, aturan
from kinerja.data.skema import BERAKHLAK, JENIS_JABATAN, POLARITAS, SKEMA
from kinerja.parameter import Kebijakan, Nilai
from kinerja.pecahan import (
    Kode,
    Larik,
    Pecahan,
    Skalar,
    bulat,
    cari,
    cari_selang,
    dari_angka,
    dari_kategori,
    jumlah_per,
    pilih,
    rata_per,
    terbesar,
    terkecil,
    titik_lurus,
    tutup_celah,
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
    jembatan = {j.partition(_AWALAN)[2]: kebijakan[j] for j in JEMBATAN}
    return {**jembatan, **kebijakan.bagian(BERKAS)}


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
    per_indikator = pilih(waktu_biaya, _angka(efisiensi, "nilai_efisiensi"), _angka(rasio, "nilai_rasio"))

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
    nilai_sel = pilih(banyak > 0, _angka(aspek, "nilai_aspek"), 0)
    ada = banyak.reshape(-1, m) > 0
    lengkap: Larik = np.asarray(ada[:, : ASPEK.index("biaya")].all(axis=1))
    masukan: dict[str, Kolom] = {
        **{a: nilai_sel[j::m] for j, a in enumerate(ASPEK)},
        "dikerjakan": _ya(~tidak_dikerjakan(tabel["iki"], i.rhk["id"])),
        "susunan": dari_kategori(ada[:, ASPEK.index("biaya")], SUSUNAN),
        "banyak_aspek": Pecahan(ada.sum(axis=1)),
    }
    kunci = pd.MultiIndex.from_frame(i.rhk[["nip", "id"]], names=["nip", "rhk"])
    kegiatan = GRAF_KEGIATAN.jalankan(masukan, p, kunci)
    kurang = GRAF_KEGIATAN_KURANG.jalankan(masukan, p, kunci)
    per_kegiatan = pilih(lengkap, _angka(kegiatan, "nilai_kegiatan"), _angka(kurang, "nilai_kegiatan"))

    perilaku = perilaku_per_aspek(tabel["perilaku"], pegawai, p)
    nilai_perilaku = GRAF_PERILAKU.jalankan({"nilai_berakhlak": perilaku.nilai}, p, perilaku.kunci)
    tambahan = _tambahan(tabel, pegawai)
    orang = GRAF.jalankan(
        {
            "jumlah_kegiatan": jumlah_per(per_kegiatan, i.pemilik, n),
            "banyak_kegiatan": Pecahan(np.bincount(i.pemilik, minlength=n)),
            "banyak_tugas_tambahan": Pecahan(_banyak_tugas(tambahan, n, p)),
            "manfaat_kreativitas": _manfaat(
                tambahan, ide_baru(tabel["penilaian"], pegawai["nip"], periode), p
            ),
            "jumlah_perilaku": jumlah_per(
                _angka(nilai_perilaku, "nilai_aspek_perilaku"), perilaku.pemilik, n
            ),
            "banyak_perilaku": Pecahan(np.bincount(perilaku.pemilik, minlength=n)),
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
    penuh, dipakai = _angka(orang, "nilai_prestasi"), _angka(orang, "nilai_berpredikat")
    return hasil.tabel().loc[(penuh != dipakai).benar, ["nilai_prestasi", "nilai_berpredikat", "predikat"]]


def tanpa_nilai(hasil: Bertingkat, tabel: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Everyone in `pegawai` without a final value, one row per reason: nip, alasan (Indonesian)."""
    kosong = ~_angka(hasil.pegawai, "nilai_prestasi").tahu
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


def dinilai(pegawai: pd.DataFrame, status: Nilai) -> pd.DataFrame:
    """The employees whose status the bridge admits, rows numbered anew."""
    ikut = [s for s, ya in status.pasti().items() if ya]
    return pegawai[pegawai["status"].isin(ikut)].reset_index(drop=True)


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
    target = _kolom(iki["target"])
    target = pilih(target > 0, target, _kosong(len(iki)))
    realisasi = _kolom(iki["realisasi"])
    kode = {k: kode_dari(iki[k], v) for k, v in (("aspek", ASPEK), ("polaritas", POLARITAS))}
    searah = GRAF_SEARAH.jalankan(
        {
            "target": target,
            "target_atas": pilih(rentang, _kolom(iki["target_atas"]), target),
            "realisasi": realisasi,
            "stabil": _ya((iki["polaritas"] == "stabil").to_numpy()),
            **kode,
        },
        p,
        pd.MultiIndex.from_arrays(
            [rhk["nip"].to_numpy()[letak], *(iki[k].astype("str") for k in ("rhk", "aspek", "indikator"))],
            names=["nip", "rhk", "aspek", "indikator"],
        ),
    )
    arah: Any = cari(p["arah_realisasi"].pasti(), kode["aspek"], kode["polaritas"])
    berubah = rentang | (iki["polaritas"] == "stabil").to_numpy() | (arah < 1).benar
    return Indikator(
        rhk,
        letak.astype(np.int64),
        pemilik.astype(np.int64),
        kode["aspek"].kode.astype(np.int64),
        pilih(rentang, _angka(searah, "target_pembanding"), target),
        pilih(berubah, _angka(searah, "realisasi_searah"), realisasi),
        searah,
        berubah,
    )


def tidak_dikerjakan(iki: pd.DataFrame, rhk: pd.Series) -> Larik:
    """True for each RHK that counts something where more is better, and all those counts came to zero."""
    hitung = iki[(iki["aspek"] == "kuantitas") & (iki["polaritas"] == "maks")]
    nihil = (hitung["realisasi"] == 0).groupby(hitung["rhk"].to_numpy()).all()
    return rhk.isin(nihil.index[nihil]).to_numpy()


@dataclass(frozen=True)
class Perilaku:
    """One row per employee x aspect of the regulation: the mean of the BerAKHLAK values that stand for it."""

    nilai: Pecahan
    pemilik: npt.NDArray[np.int64]
    kunci: pd.Index[Any]


def perilaku_per_aspek(perilaku: pd.DataFrame, pegawai: pd.DataFrame, p: Mapping[str, Nilai]) -> Perilaku:
    """Behaviour by the bridges `bobot_penilai` (weighted mean of the raters) and `perilaku` (aspects).

    Kepemimpinan only for the posts in `kepemimpinan_dinilai`; unknown where no rater with a weight rated.
    """
    n, b = len(pegawai), len(BERAKHLAK)
    pemilik = pd.Index(pegawai["nip"]).get_indexer(pd.Index(perilaku["nip"]))
    perilaku, pemilik = perilaku[pemilik >= 0], pemilik[pemilik >= 0]
    bobot: Any = cari(
        p["bobot_penilai"].pasti(), kode_dari(perilaku["penilai"], SKEMA["perilaku"]["penilai"].pilihan)
    )
    sel = pemilik * b + kode_dari(perilaku["aspek"], BERAKHLAK).kode
    berakhlak = jumlah_per(_kolom(perilaku["nilai"]) * bobot, sel, n * b) / jumlah_per(bobot, sel, n * b)

    padanan = p["perilaku"].pasti()
    nama = [x["aspek"] for x in padanan]
    pasangan = np.array([(j, BERAKHLAK.index(d)) for j, x in enumerate(padanan) for d in x["dari"]])
    orang = np.repeat(np.arange(n), len(pasangan))
    asal = berakhlak[orang * b + np.tile(pasangan[:, 1], n)]
    rata = rata_per(asal, orang * len(nama) + np.tile(pasangan[:, 0], n), n * len(nama))

    memimpin: Any = cari(
        p["kepemimpinan_dinilai"].pasti(), kode_dari(pegawai["jenis_jabatan"], JENIS_JABATAN)
    )
    pakai = np.repeat((memimpin > 0).benar, len(nama)) | np.tile(np.array(nama) != "kepemimpinan", n)
    milik = np.repeat(np.arange(n), len(nama))[pakai]
    kunci = pd.MultiIndex.from_arrays(
        [pegawai["nip"].to_numpy()[milik], np.tile(np.array(nama, dtype=object), n)[pakai]],
        names=["nip", "aspek"],
    )
    return Perilaku(rata[pakai], milik, kunci)


def ide_baru(penilaian: pd.DataFrame, nip: pd.Series, periode: str | None) -> Larik:
    """Whether a new idea was recognised, per NIP: the row of the year decides, else any row within it."""
    tahun = penilaian["periode"].str[:4]
    isi = penilaian[tahun == (tahun.max() if periode is None else periode)]
    setahun = isi["nip"][isi["periode"].str.len() == 4]
    penentu = isi[(isi["periode"].str.len() == 4) | ~isi["nip"].isin(setahun)]
    return nip.isin(penentu["nip"][penentu["ide_baru"]]).to_numpy()


def alasan_kosong(
    hasil: Bertingkat, tabel: Mapping[str, pd.DataFrame], kosong: Larik, kegiatan: str, perilaku: str
) -> pd.DataFrame:
    """Why the employees at the rows `kosong` of the last level have no value, and who has no row at all.

    kegiatan, perilaku: the rules of the RHK level and the behaviour level.
    """
    pegawai, nip = tabel["pegawai"], hasil.pegawai.kunci
    luar = pegawai[~pegawai["nip"].isin(nip)]
    bagian = [
        pd.DataFrame(
            {
                "nip": luar["nip"],
                "alasan": "status " + luar["status"].astype("str").str.upper() + " tidak dinilai (jembatan)",
            }
        )
    ]
    cari_nip = pd.Index(nip[kosong])
    buntu = _buntu(hasil, kegiatan)
    bagian.append(_alasan_rhk(tabel["iki"], buntu[buntu["nip"].isin(cari_nip)]))
    utama = tabel["rhk"].loc[tabel["rhk"]["jenis"] == "utama", "nip"]
    bagian.append(pd.DataFrame({"nip": cari_nip[~cari_nip.isin(utama)], "alasan": "belum ada RHK utama"}))
    buntu = _buntu(hasil, perilaku)
    buntu["alasan"] = "nilai perilaku belum ada: " + buntu["rinci"].map(tulisan.label)
    bagian.append(buntu.loc[buntu["nip"].isin(cari_nip), ["nip", "alasan"]])
    semua = pd.concat(bagian, ignore_index=True).astype("str")
    urutan = pd.Index(pegawai["nip"]).get_indexer(pd.Index(semua["nip"]))
    return semua.iloc[np.argsort(urutan, kind="stable")].reset_index(drop=True)


def _buntu(hasil: Bertingkat, aturan: str) -> pd.DataFrame:
    """The keys (nip, rinci) where this rule of some level gave nothing."""
    kunci = [t.kunci[~_angka(t, aturan).tahu] for t in hasil.tingkat if aturan in t.graf.aturan]
    isi = [k.to_frame(index=False).iloc[:, :2].set_axis(["nip", "rinci"], axis=1) for k in kunci]
    return pd.concat([pd.DataFrame(columns=["nip", "rinci"]), *isi]).astype("str")


def _alasan_rhk(iki: pd.DataFrame, buntu: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator that keeps its RHK from a value, or per RHK without indicators."""
    x = buntu.rename(columns={"rinci": "rhk"}).merge(iki, on="rhk", how="left")
    target = x["target"].isna() | (x["target"] <= 0)
    rentang = x["rumus"].isin(["rentang_maks", "rentang_min"]) & x["target_atas"].isna()
    sebab = np.select(
        [x["indikator"].isna(), x["realisasi"].isna(), target, rentang],
        [
            "belum punya indikator",
            "realisasi belum ada",
            "target kosong, nol, atau negatif",
            "batas atas target rentang belum ada",
        ],
        "",
    )
    apa = (", " + x["aspek"].astype("str") + ", " + x["indikator"]).fillna("")
    x["alasan"] = "RHK " + x["rhk"] + apa + ": " + sebab
    return pd.DataFrame(x.loc[sebab != "", ["nip", "alasan"]])


def saring(hasil: Hasil, baris: Larik) -> Hasil:
    """Only these rows of a result."""
    kolom: dict[str, Kolom] = {
        n: Kode(k.kode[baris], k.kategori) if isinstance(k, Kode) else k[baris]
        for n, k in hasil.kolom.items()
    }
    return Hasil(hasil.graf, kolom, hasil.parameter, hasil.kunci[baris])


def kode_dari(kolom: pd.Series, kategori: Sequence[str]) -> Kode:
    """A column of words as codes of these categories; -1 for anything else."""
    isi = kolom.astype("category").cat
    letak = np.append(pd.Index(list(kategori)).get_indexer(isi.categories), -1)
    return dari_kategori(letak[isi.codes], kategori)


# -- inside ---------------------------------------------------------------------------------------------------------------


def _angka(hasil: Hasil, nama: str) -> Pecahan:
    kolom = hasil[nama]
    assert isinstance(kolom, Pecahan)
    return kolom


def _kolom(kolom: pd.Series) -> Pecahan:
    return dari_angka(kolom.to_numpy(dtype=np.float64, na_value=np.nan))


def _kosong(n: int) -> Pecahan:
    return Pecahan(np.zeros(n, dtype=np.int64), 1, np.zeros(n, dtype=bool))


def _ya(syarat: npt.ArrayLike) -> Pecahan:
    return Pecahan(np.asarray(syarat, dtype=np.int64))


def _tambahan(tabel: Mapping[str, pd.DataFrame], pegawai: pd.DataFrame) -> pd.DataFrame:
    """RHK tambahan that were done: pemilik (row of pegawai), lingkup (0 if not given)."""
    rhk = tabel["rhk"]
    rhk = rhk.assign(pemilik=pd.Index(pegawai["nip"]).get_indexer(pd.Index(rhk["nip"])))
    rhk = rhk[(rhk["jenis"] == "tambahan") & (rhk["pemilik"] >= 0)]
    rhk = rhk[~tidak_dikerjakan(tabel["iki"], rhk["id"])]
    return rhk[["pemilik"]].assign(lingkup=rhk["lingkup"].fillna(0).astype("int64"))


def _banyak_tugas(tambahan: pd.DataFrame, n: int, p: Mapping[str, Nilai]) -> npt.NDArray[np.int64]:
    dihitung: Any = cari(p["tugas_tambahan"].pasti(), dari_angka(tambahan["lingkup"].to_numpy()))
    return np.bincount(tambahan["pemilik"][(dihitung > 0).benar], minlength=n).astype(np.int64)


def _manfaat(tambahan: pd.DataFrame, berganti: Larik, p: Mapping[str, Nilai]) -> Kode:
    terluas = np.zeros(len(berganti), dtype=np.int64)
    np.maximum.at(terluas, tambahan["pemilik"].to_numpy(), tambahan["lingkup"].to_numpy())
    manfaat: Any = cari(p["manfaat_kreativitas"].pasti(), dari_angka(terluas))
    kode = manfaat.dalam(MANFAAT).kode
    return Kode(np.where(berganti, kode, np.int8(MANFAAT.index("tidak_ada"))), MANFAAT)
