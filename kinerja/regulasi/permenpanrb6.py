"""PermenPANRB 6/2022: rating of results and rating of behaviour give the predikat (kuadran kinerja).

A rating is the leader's; there is no national threshold. Whatever replaces the leader's word is a named
setting in `permenpanrb-6-2022.yaml` and stands as a level of its own in front of the kuadran, so that an
explanation shows it with its status: ratings from numbers (`sumber_rating`), the year from its periods
(`sumber_tahunan`), a unit head from the organisation (`sumber_rating_kepala`, SE MenPANRB 3/2023).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Graf, Hasil, aturan, ke_seri
from kinerja.data.skema import BERAKHLAK, PREDIKAT, PREDIKAT_ORGANISASI, RATING
from kinerja.parameter import Galat, GalatParameter, Kebijakan, akhir_periode
from kinerja.pecahan import (
    Kode,
    Pecahan,
    Skalar,
    cari,
    cari_selang,
    dari_kategori,
    jumlah_per,
    pada,
    pilih,
)
from kinerja.regulasi.tabel import (
    angka_dari,
    dengan_setelan,
    satu_alasan,
)

BERKAS = "permenpanrb-6-2022"
JEMBATAN = ("jembatan.permenpanrb6_bobot_penilai",)  # only when ratings of behaviour come from numbers

_NAMA = "PermenPANRB 6/2022"
_RATING = ["rating_hasil", "rating_perilaku"]
_TIPE_RATING = pd.CategoricalDtype(list(RATING))
_PILIHAN: Mapping[str, tuple[str, ...]] = {  # the first is how it is before the setting is in force
    "sumber_rating": ("pimpinan", "angka"),
    "sumber_tahunan": ("keputusan_pimpinan", "periode_terakhir"),
    "sumber_rating_kepala": ("pimpinan", "predikat_organisasi"),
}
_SE = "SE MenPANRB 3/2023"


@aturan(
    "Predikat kinerja",
    satuan="predikat",
    dasar="PermenPANRB 6/2022, kuadran kinerja pegawai (nomor pasal belum ditetapkan)",
    status="dua-sumber",
)
def predikat(rating_hasil: Kode, rating_perilaku: Kode, kuadran: Mapping[str, Mapping[str, str]]) -> Kode:
    return cari(kuadran, rating_hasil, rating_perilaku)  # type: ignore[return-value]


GRAF = Graf.dari(
    _NAMA,
    [predikat],
    {"rating_hasil": "Rating hasil kerja", "rating_perilaku": "Rating perilaku kerja"},
)


# -- ratings from numbers: an analyst's assumption ------------------------------------------------------


@aturan("Bobot penilai", satuan="persen", dasar="Jembatan: siapa yang menilai perilaku", status="asumsi")
def bobot(penilai: Kode, bobot_penilai: Mapping[str, Skalar]) -> Pecahan:
    return cari(bobot_penilai, penilai)  # type: ignore[return-value]


@aturan(
    "Nilai perilaku berbobot", satuan="poin", dasar="Jembatan: siapa yang menilai perilaku", status="asumsi"
)
def nilai_berbobot(nilai_aspek: Pecahan, bobot: Pecahan) -> Pecahan:
    return nilai_aspek * bobot / 100


@aturan(
    "Angka perilaku kerja",
    satuan="poin",
    dasar="Rata-rata tertimbang semua nilai perilaku; tidak diatur PermenPANRB 6/2022",
    status="asumsi",
)
def angka_perilaku(jumlah_nilai_berbobot: Pecahan, jumlah_bobot: Pecahan) -> Pecahan:
    return jumlah_nilai_berbobot / jumlah_bobot * 100


_AMBANG = "Rating diturunkan dari angka oleh penelaah; PermenPANRB 6/2022 tidak menetapkan ambang"


@aturan("Rating hasil kerja", satuan="predikat", dasar=_AMBANG, status="asumsi")
def rating_hasil(angka_hasil: Pecahan, ambang_ekspektasi_hasil: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(ambang_ekspektasi_hasil, angka_hasil)  # type: ignore[return-value]


@aturan("Rating perilaku kerja", satuan="predikat", dasar=_AMBANG, status="asumsi")
def rating_perilaku(angka_perilaku: Pecahan, ambang_ekspektasi_perilaku: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(ambang_ekspektasi_perilaku, angka_perilaku)  # type: ignore[return-value]


GRAF_PERILAKU = Graf.dari(
    _NAMA,
    [bobot, nilai_berbobot],
    {"penilai": "Penilai", "nilai_aspek": "Nilai perilaku"},
)
GRAF_ANGKA = Graf.dari(
    _NAMA,
    [angka_perilaku, rating_hasil, rating_perilaku],
    {
        "angka_hasil": "Angka hasil kerja",
        "jumlah_nilai_berbobot": "Jumlah nilai perilaku berbobot",
        "jumlah_bobot": "Jumlah bobot penilai",
    },
)
GRAF_ANGKA_JADI = Graf.dari(
    _NAMA,
    [rating_hasil, rating_perilaku],
    {"angka_hasil": "Angka hasil kerja", "angka_perilaku": "Angka perilaku kerja"},
)


# -- the year from its last period ----------------------------------------------------------------------

_TERAKHIR = "Rating periode terakhir dipakai untuk setahun; cara menimbang hasil periodik belum terbukti"


@aturan("Rating hasil kerja tahunan", satuan="predikat", dasar=_TERAKHIR, status="asumsi")
def rating_hasil_tahunan(rating_hasil: Kode) -> Kode:
    return rating_hasil


@aturan("Rating perilaku kerja tahunan", satuan="predikat", dasar=_TERAKHIR, status="asumsi")
def rating_perilaku_tahunan(rating_perilaku: Kode) -> Kode:
    return rating_perilaku


GRAF_TERAKHIR = Graf.dari(
    _NAMA,
    [rating_hasil_tahunan, rating_perilaku_tahunan],
    {
        "rating_hasil": "Rating hasil kerja periode terakhir",
        "rating_perilaku": "Rating perilaku kerja periode terakhir",
    },
)


# -- the organisation (SE MenPANRB 3/2023) --------------------------------------------------------------


@aturan(
    "Rating hasil kerja kepala unit",
    satuan="predikat",
    dasar=f"{_SE}: capaian unit menjadi rating hasil kerja kepalanya",
    status="sekunder",
)
def rating_kepala(predikat_organisasi: Kode, rating_kepala_unit: Mapping[str, str]) -> Kode:
    return cari(rating_kepala_unit, predikat_organisasi)  # type: ignore[return-value]


@aturan(
    "Capaian rencana aksi yang dihitung",
    satuan="persen",
    dasar=f"{_SE}: sebagian besar rencana aksi belum ada kemajuan dihitung nol",
    status="tafsir",
)
def capaian_dihitung(
    capaian_rencana_aksi: Pecahan, tanpa_kemajuan: Pecahan, organisasi_sebagian_besar: Skalar
) -> Pecahan:
    return pilih(tanpa_kemajuan > organisasi_sebagian_besar, 0, capaian_rencana_aksi)


@aturan("Predikat organisasi periodik", satuan="predikat", dasar=_SE, status="dua-sumber")
def predikat_periodik(
    capaian_dihitung: Pecahan, organisasi_dari_capaian: Sequence[Mapping[str, Any]]
) -> Kode:
    return cari_selang(organisasi_dari_capaian, capaian_dihitung)  # type: ignore[return-value]


@aturan("Predikat organisasi tahunan", satuan="predikat", dasar=_SE, status="dua-sumber")
def predikat_tahunan(
    capaian_perjanjian: Kode, ekspektasi_unit: Kode, organisasi_tahunan: Mapping[str, Mapping[str, str]]
) -> Kode:
    return cari(organisasi_tahunan, capaian_perjanjian, ekspektasi_unit)  # type: ignore[return-value]


GRAF_KEPALA = Graf.dari(_SE, [rating_kepala], {"predikat_organisasi": "Predikat organisasi"})
GRAF_ORGANISASI = Graf.dari(
    _SE,
    [capaian_dihitung, predikat_periodik],
    {
        "capaian_rencana_aksi": "Capaian rencana aksi terhadap target yang disepakati",
        "tanpa_kemajuan": "Bagian rencana aksi yang belum ada kemajuan",
    },
)
GRAF_ORGANISASI_TAHUNAN = Graf.dari(
    _SE,
    [predikat_tahunan],
    {"capaian_perjanjian": "Capaian perjanjian kinerja", "ekspektasi_unit": "Ekspektasi kinerja unit"},
)


def predikat_organisasi(rencana_aksi: pd.DataFrame, kebijakan: Kebijakan) -> Hasil:
    """Periodic predikat of each organisation, key its code; unknown where no threshold is established.

    rencana_aksi: columns opd, capaian_rencana_aksi (percent of the agreed target), tanpa_kemajuan (percent
    of the action plans without progress).
    """
    masukan = {k: angka_dari(rencana_aksi[k]) for k in GRAF_ORGANISASI.masukan}
    return GRAF_ORGANISASI.jalankan(masukan, kebijakan.bagian(BERKAS), pd.Index(rencana_aksi["opd"]))


def predikat_organisasi_tahunan(organisasi: pd.DataFrame, kebijakan: Kebijakan) -> Hasil:
    """Annual predikat of each organisation, key its code, from its two components.

    organisasi: columns opd, capaian_perjanjian, ekspektasi_unit (words of the table `organisasi_tahunan`).
    GalatParameter as long as that table is not filled in; ValueError for other words.
    """
    tabel = kebijakan[f"{BERKAS}.organisasi_tahunan"].pasti()
    kata = {
        "capaian_perjanjian": list(tabel),
        "ekspektasi_unit": list(dict.fromkeys(k for baris in tabel.values() for k in baris)),
    }
    masukan = {}
    for kolom, kategori in kata.items():
        isi = organisasi[kolom].astype("str")
        asing = sorted(set(isi.dropna()) - set(kategori))
        if asing:
            raise ValueError(
                f"{kolom} berisi {', '.join(asing)}; pilih salah satu: {tulisan.daftar(kategori, 'atau')}."
            )
        masukan[kolom] = dari_kategori(pd.Categorical(isi, categories=kategori).codes, kategori)
    return GRAF_ORGANISASI_TAHUNAN.jalankan(masukan, kebijakan.bagian(BERKAS), pd.Index(organisasi["opd"]))


# -- people -----------------------------------------------------------------------------------------------


def nilai(penilaian: pd.DataFrame, kebijakan: Kebijakan) -> Hasil:
    """Predikat of each row of `penilaian` (columns rating_hasil, rating_perilaku, categories of RATING).

    The result's key is made of the columns nip and bulan, as far as they are there, else the index. Rows with an unknown
    rating have an unknown predikat. ValueError if a column has other categories.
    """
    kolom = [k for k in ("nip", "bulan") if k in penilaian]
    return _kuadran(penilaian, kebijakan, penilaian.set_index(kolom).index if kolom else penilaian.index)


def nilai_tabel(
    tabel: Mapping[str, pd.DataFrame],
    kebijakan: Kebijakan,
    periode: str | None = None,
    *,
    angka_hasil: pd.Series | None = None,
    angka_perilaku: pd.Series | None = None,
    **setelan: Any,
) -> Bertingkat:
    """Predikat of each employee whose two ratings are known; the others are in `tanpa_nilai`.

    periode: a year (annual predikat, default the only year of `penilaian`) or one period such as
    "2022-TW3". setelan: parameters of the regulation to replace for this call, by name, shown as asumsi
    (`sumber_rating="angka"`, `ambang_ekspektasi_hasil=[...]`, `sumber_tahunan="periode_terakhir"`,
    `sumber_rating_kepala="predikat_organisasi"`, `rating_kepala_unit={...}`).

    With `sumber_rating` angka the number of results is the caller's choice (which capaian, which mean):
    `angka_hasil`, index NIP. `angka_perilaku` likewise; without it the values of the table `perilaku`
    count by the bridge `permenpanrb6_bobot_penilai`. GalatParameter if a setting is unknown or a threshold
    or mapping that is needed is empty; ValueError if the year is not clear or a number is missing.
    """
    rating, tingkat, kebijakan = _rating(tabel, kebijakan, periode, angka_hasil, angka_perilaku, setelan)
    rating = rating.dropna(subset=_RATING)
    akhir = _kuadran(rating, kebijakan, rating.index)
    predikat_urut = akhir["predikat"].dalam(PREDIKAT)  # type: ignore[union-attr]
    return Bertingkat(_NAMA, (*tingkat, replace(akhir, kolom={**akhir.kolom, "predikat": predikat_urut})))


def tanpa_nilai(
    tabel: Mapping[str, pd.DataFrame],
    kebijakan: Kebijakan,
    periode: str | None = None,
    *,
    angka_hasil: pd.Series | None = None,
    angka_perilaku: pd.Series | None = None,
    **setelan: Any,
) -> pd.DataFrame:
    """Employees that `nilai_tabel` leaves out, columns nip and alasan (why), in the order of `pegawai`."""
    rating, _, _ = _rating(tabel, kebijakan, periode, angka_hasil, angka_perilaku, setelan)
    kosong = rating[_RATING].isna()
    sebab = {
        "ada RHK berpendekatan kualitatif: tidak ada angka untuk diturunkan menjadi rating": rating[
            "kualitatif"
        ],
        "rating hasil kerja dan perilaku belum ada": kosong.all(axis=1),
        "rating hasil kerja belum ada": kosong["rating_hasil"],
        "rating perilaku kerja belum ada": kosong["rating_perilaku"],
    }
    return satu_alasan(rating.index, sebab)


def pendekatan(tabel: Mapping[str, pd.DataFrame]) -> pd.Series:
    """How each employee's SKP is written, index NIP: kuantitatif, kualitatif or campuran.

    An RHK with at least one IKI (aspect and target) is kuantitatif, one without is kualitatif.
    """
    rhk = tabel["rhk"]
    berangka = rhk["id"].isin(tabel["iki"]["rhk"]).groupby(rhk["nip"].to_numpy(), sort=False)
    macam = np.select([berangka.all(), ~berangka.any()], ["kuantitatif", "kualitatif"], "campuran")
    kategori = ["kuantitatif", "kualitatif", "campuran"]
    return pd.Series(
        pd.Categorical(macam, categories=kategori),
        index=berangka.all().index.rename("nip"),
        name="pendekatan",
    )


def tahun_penilaian(penilaian: pd.DataFrame) -> str:
    """The only year that was rated. ValueError if there is none or more than one."""
    tahun = sorted(penilaian["periode"].astype("str").str[:4].unique())
    if len(tahun) != 1:
        isi = f"memuat tahun {tulisan.daftar(tahun)}" if tahun else "kosong"
        raise ValueError(f"lembar penilaian {isi}; sebutkan periodenya, misalnya periode='2022'.")
    return str(tahun[0])


# -- inside -----------------------------------------------------------------------------------------------


def _kuadran(penilaian: pd.DataFrame, kebijakan: Kebijakan, kunci: pd.Index[Any]) -> Hasil:
    masukan = {k: _kode(penilaian[k], RATING) for k in _RATING}
    return GRAF.jalankan(masukan, kebijakan.bagian(BERKAS), kunci)


def _kode(kolom: pd.Series, kategori: Sequence[str]) -> Kode:
    return dari_kategori(kolom.cat.codes, kolom.cat.categories).dalam(kategori)


def _rating(
    tabel: Mapping[str, pd.DataFrame],
    kebijakan: Kebijakan,
    periode: str | None,
    angka_hasil: pd.Series | None,
    angka_perilaku: pd.Series | None,
    setelan: Mapping[str, Any],
) -> tuple[pd.DataFrame, list[Hasil], Kebijakan]:
    """Both ratings of every employee (index NIP, NaN unknown), the levels that made them, the policy."""
    k = dengan_setelan(kebijakan, BERKAS, setelan)
    sumber = {nama: _sumber(k, nama) for nama in _PILIHAN}
    nip = pd.Index(tabel["pegawai"]["nip"], name="nip")
    if sumber["sumber_rating"] == "angka":
        rating, tingkat = _dari_angka(tabel, k, nip, angka_hasil, angka_perilaku)
        kualitatif = nip.isin((p := pendekatan(tabel)).index[p != "kuantitatif"])
        rating[kualitatif] = np.nan
    else:
        hari = periode or tahun_penilaian(tabel["penilaian"])
        terakhir = sumber["sumber_tahunan"] == "periode_terakhir"
        rating, tingkat = _dari_penilaian(tabel["penilaian"], k, nip, hari, terakhir)
        kualitatif = np.zeros(len(nip), dtype=bool)
    if sumber["sumber_rating_kepala"] == "predikat_organisasi":
        kepala = _dari_organisasi(tabel["opd"], k, nip)
        rating.loc[kepala.kunci.get_level_values(0), "rating_hasil"] = _seri(kepala["rating_kepala"])
        tingkat.append(kepala)
    return rating.assign(kualitatif=kualitatif), tingkat, k


def _sumber(kebijakan: Kebijakan, nama: str) -> str:
    jalur, boleh = f"{BERKAS}.{nama}", _PILIHAN[nama]
    isi = str(kebijakan[jalur].pasti()) if jalur in kebijakan else boleh[0]
    if isi not in boleh:
        pesan = f'"{isi}" tidak dikenal. Pilih salah satu: {tulisan.daftar(boleh, "atau")}.'
        raise GalatParameter([Galat(jalur, pesan)])
    return isi


def _seri(kolom: Any) -> pd.Categorical:
    """A rating column with all three ratings as categories."""
    isi: pd.Categorical = ke_seri(kolom.dalam(RATING))
    return isi


def _dari_penilaian(
    penilaian: pd.DataFrame, k: Kebijakan, nip: pd.Index[Any], periode: str, terakhir: bool
) -> tuple[pd.DataFrame, list[Hasil]]:
    tetap = penilaian.loc[penilaian["periode"] == periode].set_index("nip")[_RATING]
    berkala = penilaian.loc[penilaian["periode"].str.startswith(f"{periode}-")]
    tingkat = []
    if len(berkala):
        kunci = pd.MultiIndex.from_frame(berkala[["nip", "periode"]])
        tingkat.append(_kuadran(berkala, k, kunci))
    if terakhir and len(periode) == 4:
        # of a quarter and a month that end on the same day the quarter says more
        akhir = berkala["periode"].map(
            {p: (akhir_periode(p), "TW" in p) for p in berkala["periode"].unique()}
        )
        urut = berkala.loc[akhir.sort_values(kind="stable").index].drop_duplicates("nip", keep="last")
        masukan = {kolom: _kode(urut[kolom], RATING) for kolom in _RATING}
        setahun = GRAF_TERAKHIR.jalankan(masukan, {}, pd.MultiIndex.from_frame(urut[["nip", "periode"]]))
        tingkat.append(setahun)
        tetap = pd.DataFrame({kolom: _seri(setahun[f"{kolom}_tahunan"]) for kolom in _RATING})
        tetap.index = pd.Index(urut["nip"])
    return tetap.reindex(nip).astype(_TIPE_RATING), tingkat


def _dari_angka(
    tabel: Mapping[str, pd.DataFrame],
    k: Kebijakan,
    nip: pd.Index[Any],
    angka_hasil: pd.Series | None,
    angka_perilaku: pd.Series | None,
) -> tuple[pd.DataFrame, list[Hasil]]:
    if angka_hasil is None:
        raise ValueError(
            "sumber_rating angka memerlukan angka_hasil: satu angka per NIP, misalnya rata-rata capaian IKI."
        )
    param = k.bagian(BERKAS)
    for nama in ("ambang_ekspektasi_hasil", "ambang_ekspektasi_perilaku"):
        kurang = set(RATING) - {s["nilai"] for s in param[nama].pasti()}
        if kurang:
            pesan = f"belum memuat {tulisan.daftar(sorted(kurang))}. Isi ketiga rating."
            raise GalatParameter([Galat(f"{BERKAS}.{nama}", pesan)])
    masukan: dict[str, Pecahan | Kode] = {"angka_hasil": angka_dari(angka_hasil.reindex(nip))}
    if angka_perilaku is not None:
        masukan["angka_perilaku"] = angka_dari(angka_perilaku.reindex(nip))
        hasil = GRAF_ANGKA_JADI.jalankan(masukan, param, nip)
        tingkat = [hasil]
    else:
        param = {**param, "bobot_penilai": k[JEMBATAN[0]]}
        perilaku = tabel["perilaku"]
        butir = _butir_perilaku(perilaku[perilaku["nip"].isin(nip)], param)
        orang = nip.get_indexer(butir.kunci.get_level_values(0))
        lengkap = _semua_aspek(butir, orang, len(nip))
        for dari in ("nilai_berbobot", "bobot"):
            masukan[f"jumlah_{dari}"] = _jumlah(butir[dari], orang, lengkap)
        hasil = GRAF_ANGKA.jalankan(masukan, param, nip)
        tingkat = [butir, hasil]
    rating = pd.DataFrame({kolom: _seri(hasil[kolom]) for kolom in _RATING}, index=nip)
    return rating, tingkat


def _butir_perilaku(perilaku: pd.DataFrame, param: Mapping[str, Any]) -> Hasil:
    penilai = perilaku["penilai"].cat
    masukan: dict[str, Pecahan | Kode] = {
        "penilai": dari_kategori(penilai.codes, penilai.categories),
        "nilai_aspek": angka_dari(perilaku["nilai"]),
    }
    kunci = pd.MultiIndex.from_frame(perilaku[["nip", "aspek", "penilai"]])
    return GRAF_PERILAKU.jalankan(masukan, param, kunci)


def _semua_aspek(butir: Hasil, orang: Any, banyak: int) -> Any:
    """Who has a value that counts for each of the seven values: shape (banyak,) bool."""
    berarti = np.asarray(butir["bobot"] > 0)  # type: ignore[operator]
    aspek = butir.kunci.get_level_values(1)[berarti]
    pasangan = pd.DataFrame({"orang": orang[berarti], "aspek": aspek}).drop_duplicates()
    return np.bincount(pasangan["orang"], minlength=banyak) == len(BERAKHLAK)


def _jumlah(kolom: Any, orang: Any, lengkap: Any) -> Pecahan:
    jumlah = jumlah_per(kolom, orang, len(lengkap))
    return pada(jumlah, np.where(lengkap, np.arange(len(lengkap)), -1))


def _dari_organisasi(opd: pd.DataFrame, k: Kebijakan, nip: pd.Index[Any]) -> Hasil:
    kepala = opd[opd["kepala_nip"].isin(nip)]
    ganda = kepala[kepala["kepala_nip"].duplicated(keep=False)]
    if len(ganda):
        rinci = "; ".join(f"{n}: {', '.join(g['kode'])}" for n, g in ganda.groupby("kepala_nip"))
        raise ValueError(
            "satu NIP tercatat sebagai kepala beberapa OPD, sehingga predikat organisasi yang dipakai tidak jelas "
            f"({rinci}). Sisakan satu di kolom kepala_nip."
        )
    masukan = {"predikat_organisasi": _kode(kepala["predikat_organisasi"], PREDIKAT_ORGANISASI)}
    kunci = pd.MultiIndex.from_arrays([kepala["kepala_nip"], kepala["kode"]], names=["nip", "opd"])
    return GRAF_KEPALA.jalankan(masukan, k.bagian(BERKAS), kunci)
