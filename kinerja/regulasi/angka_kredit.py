"""Angka kredit (PermenPANRB 1/2023, Peraturan BKN 3/2023): predikat x koefisien of the jenjang, by months.

The predikat is that of PermenPANRB 6/2022. Nothing is rounded; show two decimals. A change of jenjang within
a year, leave and study leave have no rule beyond months/12 and are not treated. The workbook has no PAK: give
it as `pak`, or the bridge `angka_kredit_saldo_lain` stands in for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Graf, Hasil, aturan
from kinerja.parameter import Kebijakan, akhir_periode
from kinerja.pecahan import (
    Kode,
    Pecahan,
    Skalar,
    cari,
    jumlah_per,
    terbesar,
)
from kinerja.regulasi import permenpanrb6
from kinerja.regulasi.tabel import (
    angka_dari,
    kode_dari,
    satu_alasan,
)

BERKAS = "permenpanrb-1-2023"
JEMBATAN = ("jembatan.angka_kredit_saldo_lain", "jembatan.angka_kredit_bagian_anggapan")
PAK = ("ak_jf_lama", "ak_penyesuaian", "ak_pendidikan")  # lines of the PAK form that are no conversion

_NAMA = "Angka kredit"
_BKN = "Peraturan BKN 3/2023"
_LAMPIRAN = "PermenPANRB 1/2023 Lampiran A"


@aturan("Koefisien setahun", satuan="poin", dasar=_LAMPIRAN, status="dua-sumber")
def koefisien(jenjang: Kode, koefisien_jenjang: Mapping[str, Skalar]) -> Pecahan:
    return cari(koefisien_jenjang, jenjang)  # type: ignore[return-value]


@aturan("Bagian koefisien", satuan="persen", dasar="PermenPANRB 1/2023 Pasal 37", status="dua-sumber")
def bagian_koefisien(predikat: Kode, bagian_predikat: Mapping[str, Skalar]) -> Pecahan:
    return cari(bagian_predikat, predikat)  # type: ignore[return-value]


@aturan(
    "Angka kredit konversi",
    satuan="poin",
    dasar=f"{_BKN}: bulan/12 × bagian × koefisien",
    status="dua-sumber",
)
def ak_periode(bulan: Pecahan, bagian_koefisien: Pecahan, koefisien: Pecahan) -> Pecahan:
    return bulan / 12 * bagian_koefisien / 100 * koefisien


GRAF_PERIODE = Graf.dari(
    _NAMA,
    [koefisien, bagian_koefisien, ak_periode],
    {"predikat": "Predikat kinerja", "bulan": "Bulan yang dinilai", "jenjang": "Jenjang jabatan"},
)


@aturan("Angka kredit dasar", satuan="poin", dasar=f"{_BKN} hlm. 25", status="sekunder")
def ak_dasar(jenjang: Kode, golongan: Kode, ak_dasar_golongan: Mapping[str, Mapping[str, Skalar]]) -> Pecahan:
    return cari(ak_dasar_golongan, jenjang, golongan)  # type: ignore[return-value]


@aturan("Angka kredit kumulatif", satuan="poin", dasar=f"{_BKN} hlm. 48, baris formulir PAK", status="teks")
def ak_kumulatif(
    ak_dasar: Pecahan,
    ak_jf_lama: Pecahan,
    ak_penyesuaian: Pecahan,
    ak_konversi: Pecahan,
    ak_pendidikan: Pecahan,
) -> Pecahan:
    return ak_dasar + ak_jf_lama + ak_penyesuaian + ak_konversi + ak_pendidikan


@aturan(
    "Angka kredit kumulatif",
    satuan="poin",
    dasar="Jembatan: PAK tidak disertakan, angka kredit di luar konversi dianggap",
    status="asumsi",
)
def ak_kumulatif_tanpa_pak(ak_dasar: Pecahan, ak_konversi: Pecahan, saldo_lain: Skalar) -> Pecahan:
    return ak_dasar + ak_konversi + saldo_lain


@aturan("Kebutuhan untuk pangkat berikutnya", satuan="poin", dasar=_LAMPIRAN, status="dua-sumber")
def kebutuhan_pangkat(jenjang: Kode, ak_dasar: Pecahan, ak_pangkat: Mapping[str, Skalar]) -> Pecahan:
    return ak_dasar + cari(ak_pangkat, jenjang)  # type: ignore[operator]


_SELISIH = "Selisih kebutuhan dengan angka kredit kumulatif"


@aturan("Kekurangan untuk pangkat berikutnya", satuan="poin", dasar=_SELISIH, status="dua-sumber")
def kekurangan_pangkat(kebutuhan_pangkat: Pecahan, ak_kumulatif: Pecahan) -> Pecahan:
    return terbesar(kebutuhan_pangkat - ak_kumulatif, 0)


@aturan("Kelebihan di atas pangkat berikutnya", satuan="poin", dasar=_SELISIH, status="dua-sumber")
def kelebihan_pangkat(kebutuhan_pangkat: Pecahan, ak_kumulatif: Pecahan) -> Pecahan:
    return terbesar(ak_kumulatif - kebutuhan_pangkat, 0)


@aturan("Kebutuhan untuk jenjang berikutnya", satuan="poin", dasar=_LAMPIRAN, status="dua-sumber")
def kebutuhan_jenjang(jenjang: Kode, ak_jenjang: Mapping[str, Skalar]) -> Pecahan:
    return cari(ak_jenjang, jenjang)  # type: ignore[return-value]


@aturan("Kekurangan untuk jenjang berikutnya", satuan="poin", dasar=_SELISIH, status="dua-sumber")
def kekurangan_jenjang(kebutuhan_jenjang: Pecahan, ak_kumulatif: Pecahan) -> Pecahan:
    return terbesar(kebutuhan_jenjang - ak_kumulatif, 0)


@aturan("Kelebihan di atas jenjang berikutnya", satuan="poin", dasar=_SELISIH, status="dua-sumber")
def kelebihan_jenjang(kebutuhan_jenjang: Pecahan, ak_kumulatif: Pecahan) -> Pecahan:
    return terbesar(ak_kumulatif - kebutuhan_jenjang, 0)


@aturan(
    "Angka kredit setahun yang dianggap",
    satuan="poin",
    dasar=f"{_BKN}: bagian × koefisien",
    status="dua-sumber",
)
def ak_setahun(koefisien: Pecahan, bagian_anggapan: Skalar) -> Pecahan:
    return koefisien * bagian_anggapan / 100


_SISA_TAHUN = "Kekurangan dibagi angka kredit setahun yang dianggap"


@aturan("Tahun sampai pangkat berikutnya", satuan="tahun", dasar=_SISA_TAHUN, status="asumsi")
def tahun_ke_pangkat(kekurangan_pangkat: Pecahan, ak_setahun: Pecahan) -> Pecahan:
    return kekurangan_pangkat / ak_setahun


@aturan("Tahun sampai jenjang berikutnya", satuan="tahun", dasar=_SISA_TAHUN, status="asumsi")
def tahun_ke_jenjang(kekurangan_jenjang: Pecahan, ak_setahun: Pecahan) -> Pecahan:
    return kekurangan_jenjang / ak_setahun


@aturan("Syarat predikat untuk kenaikan jenjang", satuan="predikat", dasar=f"{_BKN} hlm. 25", status="teks")
def syarat_predikat(predikat_terakhir: Kode, predikat_syarat_jenjang: Mapping[str, str]) -> Kode:
    return cari(predikat_syarat_jenjang, predikat_terakhir)  # type: ignore[return-value]


GRAF = Graf.dari(
    _NAMA,
    [
        koefisien,
        ak_dasar,
        ak_kumulatif,
        kebutuhan_pangkat,
        kekurangan_pangkat,
        kelebihan_pangkat,
        kebutuhan_jenjang,
        kekurangan_jenjang,
        kelebihan_jenjang,
        ak_setahun,
        tahun_ke_pangkat,
        tahun_ke_jenjang,
        syarat_predikat,
    ],
    {
        "jenjang": "Jenjang jabatan",
        "golongan": "Golongan",
        "ak_konversi": "Jumlah angka kredit konversi",
        "ak_jf_lama": "Angka kredit jabatan fungsional lama",
        "ak_penyesuaian": "Angka kredit penyesuaian atau penyetaraan",
        "ak_pendidikan": "Angka kredit dari pendidikan",
        "predikat_terakhir": "Predikat kinerja terakhir",
    },
)
GRAF_TANPA_PAK = replace(
    GRAF,
    aturan={**GRAF.aturan, "ak_kumulatif": ak_kumulatif_tanpa_pak},
    masukan={k: v for k, v in GRAF.masukan.items() if k not in PAK},
)

_DIBAWA = "Kelebihan setelah kenaikan (aturannya belum terbukti)"


@aturan(
    "Kelebihan yang dibawa setelah kenaikan pangkat",
    satuan="poin",
    dasar=_DIBAWA,
    status="belum-terverifikasi",
)
def dibawa_pangkat(kelebihan_pangkat: Pecahan, kelebihan_dibawa_pangkat: Skalar) -> Pecahan:
    return kelebihan_pangkat * kelebihan_dibawa_pangkat / 100


@aturan(
    "Kelebihan yang dibawa setelah kenaikan jenjang",
    satuan="poin",
    dasar=_DIBAWA,
    status="belum-terverifikasi",
)
def dibawa_jenjang(kelebihan_jenjang: Pecahan, kelebihan_dibawa_jenjang: Skalar) -> Pecahan:
    return kelebihan_jenjang * kelebihan_dibawa_jenjang / 100


GRAF_DIBAWA = Graf.dari(
    _NAMA,
    [dibawa_pangkat, dibawa_jenjang],
    {
        "kelebihan_pangkat": "Kelebihan di atas pangkat berikutnya",
        "kelebihan_jenjang": "Kelebihan di atas jenjang berikutnya",
    },
)


@aturan("Angka kredit integrasi", satuan="poin", dasar="Paparan BKN (scribd 712964724)", status="dua-sumber")
def ak_integrasi(ak_lama: Pecahan, nilai_dasar: Pecahan) -> Pecahan:
    return ak_lama - nilai_dasar


GRAF_INTEGRASI = Graf.dari(
    _NAMA,
    [ak_integrasi],
    {"ak_lama": "Angka kredit konvensional kumulatif terakhir", "nilai_dasar": "Nilai dasar"},
)


def nilai(
    tabel: Mapping[str, pd.DataFrame],
    kebijakan: Kebijakan,
    periode: str | None = None,
    pak: pd.DataFrame | None = None,
) -> Bertingkat:
    """Angka kredit of each rated official of a jabatan fungsional; the others are in `tanpa_nilai`.

    periode: a year or one period; None takes every year of `penilaian`. Within a year the annual predikat
    counts for 12 months; without one the quarters count for 3, and months for 1 where their quarter is
    missing. All of them count in the golongan of today.
    pak: columns nip, ak_jf_lama, ak_penyesuaian, ak_pendidikan (points of the last PAK without what is
    converted here, 0 for none); without the table the bridge `angka_kredit_saldo_lain` counts.

    Levels: predikat and converted points, both by (nip, periode); then one row one official. What the
    golongan or the top jenjang leaves without a rule is unknown. ValueError for a NIP twice in `pak`.
    """
    param = {
        **kebijakan.bagian(BERKAS),
        "saldo_lain": kebijakan[JEMBATAN[0]],
        "bagian_anggapan": kebijakan[JEMBATAN[1]],
    }
    jenjang = tuple(param["koefisien_jenjang"].pasti())
    orang = _pejabat(tabel["pegawai"], jenjang)
    dinilai = tanpa_rangkap(tabel["penilaian"], periode)
    letak = orang.index.get_indexer(pd.Index(dinilai["nip"]))
    dinilai, letak = dinilai[letak >= 0], letak[letak >= 0]
    ada = np.bincount(letak, minlength=len(orang)) > 0
    orang, letak = orang[ada], (np.cumsum(ada) - 1)[letak]
    kunci = pd.MultiIndex.from_frame(dinilai[["nip", "periode"]])
    kuadran = permenpanrb6.nilai(dinilai.set_axis(kunci).drop(columns="nip"), kebijakan)

    kode_jenjang = kode_dari(orang["jenjang"], jenjang)
    masukan: dict[str, Pecahan | Kode] = {
        "predikat": kuadran["predikat"],
        "bulan": Pecahan(_bulan(dinilai["periode"])),
        "jenjang": Kode(kode_jenjang.kode[letak], jenjang),
    }
    per_periode = GRAF_PERIODE.jalankan(masukan, param, kunci)

    golongan = tuple(dict.fromkeys(g for baris in param["ak_dasar_golongan"].pasti().values() for g in baris))
    pegawai = (GRAF_TANPA_PAK if pak is None else GRAF).jalankan(
        {
            "jenjang": kode_jenjang,
            "golongan": kode_dari(orang["golongan"], golongan),
            "ak_konversi": jumlah_per(per_periode["ak_periode"], letak, len(orang)),  # type: ignore[arg-type]
            **({} if pak is None else _dari_pak(pak, orang.index)),
            "predikat_terakhir": _terakhir(kuadran["predikat"], dinilai, letak, len(orang)),  # type: ignore[arg-type]
        },
        param,
        orang.index,
    )
    return Bertingkat(_NAMA, (kuadran, per_periode, pegawai))


def tanpa_nilai(
    tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, periode: str | None = None
) -> pd.DataFrame:
    """Employees that `nilai` leaves out, columns nip and alasan (why), in the order of `pegawai`."""
    pegawai = tabel["pegawai"]
    jenjang = tuple(kebijakan[f"{BERKAS}.koefisien_jenjang"].pasti())
    ada = tanpa_rangkap(tabel["penilaian"], periode)["nip"]
    belum = "belum dinilai" if periode is None else f"belum dinilai untuk {tulisan.periode(periode)}"
    sebab = {
        "bukan jabatan fungsional": pegawai["jenis_jabatan"].astype("str") != "fungsional",
        f"jenjang tidak dikenal; yang ada: {', '.join(jenjang)}": ~pegawai["nip"].isin(
            _pejabat(pegawai, jenjang).index
        ),
        belum: ~pegawai["nip"].isin(ada),
    }
    return satu_alasan(pegawai["nip"], sebab)


def setelah_naik(hasil: Bertingkat, kebijakan: Kebijakan) -> Hasil:
    """What of each official's surplus is carried over after a rise in pangkat or jenjang.

    GalatParameter as long as the two shares are not established; fill them in a scenario.
    """
    masukan = {k: hasil.pegawai[k] for k in GRAF_DIBAWA.masukan}
    return GRAF_DIBAWA.jalankan(masukan, kebijakan.bagian(BERKAS), hasil.pegawai.kunci)


def integrasi(lama: pd.DataFrame) -> Hasil:
    """Points carried over from the system before 2023: columns nip, ak_lama, nilai_dasar (points)."""
    return GRAF_INTEGRASI.jalankan(
        {k: angka_dari(lama[k]) for k in GRAF_INTEGRASI.masukan}, {}, pd.Index(lama["nip"])
    )


def tanpa_rangkap(penilaian: pd.DataFrame, periode: str | None = None) -> pd.DataFrame:
    """Rows of `penilaian` that cover no month twice: a year rather than its parts, a quarter rather than
    its months. `periode` keeps what lies within it."""
    nomor, macam = pd.factorize(penilaian["periode"])
    induk = [_induk(p) for p in macam]
    if periode is not None:
        dalam = np.array([periode in (p, *luar) for p, luar in zip(macam, induk, strict=True)], dtype=bool)
        penilaian, nomor = penilaian[dalam[nomor]], nomor[dalam[nomor]]
    orang = pd.factorize(penilaian["nip"])[0] * len(macam)
    rangkap = np.zeros(len(penilaian), dtype=bool)
    for tingkat in (0, 1):
        luar = pd.Index(macam).get_indexer([i[tingkat] if len(i) > tingkat else "" for i in induk])[nomor]
        rangkap |= (luar >= 0) & np.isin(orang + luar, orang + nomor)
    return penilaian[~rangkap]


# -- inside -----------------------------------------------------------------------------------------------


def _induk(periode: str) -> tuple[str, ...]:
    """Longer periods that contain this one: '2022-07' -> ('2022', '2022-TW3')."""
    tahun, _, sisa = periode.partition("-")
    if not sisa:
        return ()
    return (tahun,) if sisa.startswith("TW") else (tahun, f"{tahun}-TW{(int(sisa) + 2) // 3}")


def _bulan(periode: pd.Series) -> Any:
    """Months of each period, 12, 3 or 1: int64 column."""
    nomor, macam = pd.factorize(periode)
    return np.array([(12, 3, 1)[len(_induk(p))] for p in macam], dtype=np.int64)[nomor]


def _pejabat(pegawai: pd.DataFrame, jenjang: Sequence[str]) -> pd.DataFrame:
    """Officials of a jabatan fungsional with a known jenjang (lower case), index NIP."""
    nama = pegawai["jenjang"].astype("str").str.strip().str.lower()
    ikut = (pegawai["jenis_jabatan"].astype("str") == "fungsional") & nama.isin(jenjang)
    return pegawai.assign(jenjang=nama)[ikut].set_index("nip")


def _dari_pak(pak: pd.DataFrame, nip: pd.Index[Any]) -> dict[str, Pecahan]:
    """The lines of the PAK per official, unknown for whoever has none."""
    ganda = pak["nip"][pak["nip"].duplicated()].unique()
    if len(ganda):
        raise ValueError(f"PAK memuat NIP {', '.join(ganda)} lebih dari sekali. Sisakan satu baris per NIP.")
    return {k: angka_dari(pak.set_index("nip")[k].reindex(nip)) for k in PAK}


def _terakhir(predikat: Kode, dinilai: pd.DataFrame, letak: Any, banyak: int) -> Kode:
    """The predikat of each official's last period."""
    akhir = dinilai["periode"].map({p: akhir_periode(p) for p in dinilai["periode"].unique()})
    urut = np.argsort(akhir.to_numpy(), kind="stable")
    kode = np.full(banyak, -1, dtype=np.int8)
    kode[letak[urut]] = predikat.kode[urut]  # a later row overwrites an earlier one
    return Kode(kode, predikat.kategori)
