"""How good the indicators are and how well the tree hangs, per OPD: what the linter and the cascade found.

Counts and examples carry no NIP, so that the same tables serve the OPD's report and the pemda's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kinerja import iki, kaskade
from kinerja.iki.lint import LEMAH
from kinerja.parameter import Kebijakan

KODE_SALINAN = "L12"  # the same words for many people: told apart from weak wording
CONTOH = 8
_URUTAN = {"galat": 0, "peringatan": 1, "saran": 2}
_KOLOM_TEMUAN = ["kode", "aturan", "keparahan", "jumlah", "akibat", "contoh", "saran", "dasar", "status"]
_KOLOM_CONTOH = ["indikator", "jenis_jabatan", "kode", "nama", "keparahan", "pesan", "saran", "jumlah"]


@dataclass(frozen=True)
class Mutu:
    """Findings of a whole pemda.

    iki: one row one IKI: opd, jenis_jabatan, indikator, lemah (weak wording), salinan (the same words for
    many people). temuan_iki: one row one finding: opd, jenis_jabatan, indikator, kode, nama, keparahan,
    pesan, saran. kaskade: the findings of the tree, with opd. gulungan: per opd individu, iku, selisih.
    judul: the first number of the cascade, for the whole pemda.
    """

    iki: pd.DataFrame
    temuan_iki: pd.DataFrame
    kaskade: pd.DataFrame
    gulungan: pd.DataFrame

    def jumlah(self) -> pd.DataFrame:
        """One row one OPD (index opd): iki, iki_lemah, iki_salinan, temuan_kaskade, individu, selisih."""
        per = self.iki.groupby("opd")
        hasil = pd.DataFrame(
            {"iki": per.size(), "iki_lemah": per["lemah"].sum(), "iki_salinan": per["salinan"].sum()}
        )
        hasil = hasil.join(self.kaskade.groupby("opd").size().rename("temuan_kaskade"), how="outer")
        hasil = hasil.fillna(0).astype("int64")
        # means of two-decimal numbers: rounded, so that no platform's last bit reaches a file
        return hasil.join(self.gulungan.set_index("opd")[["individu", "selisih"]].round(6), how="outer")


def hitung_mutu(tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan, capaian: str) -> Mutu:
    """The findings on all IKI and on the tree. `capaian`: the instansi's file of formulas."""
    baris = iki.tabel_iki(tabel)
    baris = baris[baris["opd"].notna()]  # an IKI whose plan or owner is not in the book belongs to no report
    temuan = iki.periksa(baris)
    berat = temuan[temuan["keparahan"].isin(LEMAH)]
    lemah = baris.index.isin(berat.loc[berat["kode"] != KODE_SALINAN, "baris"])
    salinan = baris.index.isin(berat.loc[berat["kode"] == KODE_SALINAN, "baris"])
    siapa = ["opd", "jenis_jabatan", "indikator"]
    return Mutu(
        iki=baris[siapa].assign(lemah=lemah, salinan=salinan),
        temuan_iki=temuan.join(baris[siapa], on="baris"),
        kaskade=kaskade.periksa(tabel, kebijakan).temuan,
        gulungan=kaskade.gulung(tabel, kebijakan, capaian).opd,
    )


def iki_per_jenis(iki: pd.DataFrame) -> pd.DataFrame:
    """Counts by kind of post: jenis_jabatan, iki, lemah, salinan."""
    per = iki.groupby(iki["jenis_jabatan"].astype("str"), sort=False)
    return pd.DataFrame(
        {"iki": per.size(), "lemah": per["lemah"].sum(), "salinan": per["salinan"].sum()}
    ).reset_index()


def iki_per_kode(temuan: pd.DataFrame) -> pd.DataFrame:
    """Findings per rule, the gravest first: kode, nama, keparahan, jumlah."""
    t = temuan.groupby(["kode", "nama", "keparahan"]).size().rename("jumlah").reset_index()
    t = t.assign(_berat=t["keparahan"].map(_URUTAN), _nomor=t["kode"].str[1:].astype("int64"))
    return t.sort_values(["_berat", "_nomor"]).drop(columns=["_berat", "_nomor"]).reset_index(drop=True)


def iki_contoh(temuan: pd.DataFrame) -> pd.DataFrame:
    """Up to CONTOH weak phrases, the gravest and most frequent first, each with its first finding."""
    t = temuan[temuan["keparahan"].isin(LEMAH) & (temuan["kode"] != KODE_SALINAN)]
    if t.empty:
        return pd.DataFrame(columns=_KOLOM_CONTOH)
    t = t.assign(_berat=t["keparahan"].map(_URUTAN), jenis_jabatan=t["jenis_jabatan"].astype("str"))
    kunci = ["indikator", "jenis_jabatan", "kode"]
    t = t.assign(jumlah=t.groupby(kunci)["baris"].transform("nunique"))
    t = t.sort_values(["_berat", "jumlah", "indikator", "kode"], ascending=[True, False, True, True])
    t = t.drop_duplicates("indikator")
    # one example of each rule before the second of any
    t = t.assign(_ke=t.groupby("kode").cumcount()).sort_values(["_ke", "_berat"], kind="stable")
    return t.head(CONTOH)[_KOLOM_CONTOH].reset_index(drop=True)


def temuan_kaskade(temuan: pd.DataFrame) -> pd.DataFrame:
    """Findings of the tree per rule with one example, in the order of the rules."""
    if temuan.empty:
        return pd.DataFrame(columns=_KOLOM_TEMUAN)
    per = temuan.groupby("kode", sort=True)
    hasil = per[["aturan", "keparahan", "saran", "dasar", "status"]].first()
    contoh = per[["uraian", "pesan"]].first().fillna("")
    uraian = contoh["uraian"].where(contoh["uraian"] == "", contoh["uraian"] + ": ")
    hasil = hasil.assign(
        jumlah=per.size(), akibat=per["akibat"].sum().astype("int64"), contoh=uraian + contoh["pesan"]
    )
    return hasil.reset_index()[_KOLOM_TEMUAN]
