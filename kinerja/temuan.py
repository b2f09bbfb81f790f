"""Every finding about a workbook in one table: its indicators and its cascade, one row one finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

import kinerja.iki
from kinerja.data.skema import SKEMA
from kinerja.data.templat import tulis_lembar
from kinerja.iki.lint import tabel_iki
from kinerja.kaskade import Periksa, periksa
from kinerja.kaskade.pohon import tabel_dari
from kinerja.parameter import Kebijakan, muat

KEPARAHAN = ("galat", "peringatan", "saran")
KOLOM = (
    "keparahan", "lembar", "baris", "opd", "nama", "yang_diperiksa", "pesan", "perbaikan", "pemicu",
    "tentang", "kode", "aturan", "nip", "id", "dasar", "status",
)  # fmt: skip  # first what the one who mends them reads; only that goes on paper
_CETAK = KOLOM.index("perbaikan") + 1


def semua_temuan(data: Any, kaskade: Periksa | None = None, aturan: Kebijakan | None = None) -> pd.DataFrame:
    """The findings of kj.iki.periksa and kj.kaskade.periksa about a `Data` (or its tables), one row each.

    Columns KOLOM: tentang (IKI or kaskade), lembar and baris where to look (row of the sheet), id (code of the
    RHK or node), yang_diperiksa (the indicator or result as written), pesan, perbaikan, pemicu (words that
    triggered it), dasar and status of the rule. The severest first, then sheet by sheet. Without indicators
    only the cascade is judged.
    """
    t = tabel_dari(data)
    pegawai = t["pegawai"].drop_duplicates("nip").set_index("nip")
    k = (kaskade or periksa(data, aturan)).temuan
    dari_kaskade = k.assign(tentang="kaskade", yang_diperiksa=k["uraian"], perbaikan=k["saran"], pemicu="")
    semua = pd.concat([_iki(t), dari_kaskade[[x for x in KOLOM if x != "nama"]]], ignore_index=True)
    kosong = semua["nip"].isna() | (semua["nip"] == "")
    nama = pegawai["nama"] if "nama" in pegawai else pd.Series(dtype="str")
    semua["nama"] = semua["nip"].map(nama).where(~kosong, None)
    semua = semua.assign(
        _p=pd.Categorical(semua["keparahan"], KEPARAHAN).codes,
        _l=pd.Categorical(semua["lembar"], list(SKEMA)).codes,
    )
    semua = semua.sort_values(["_p", "_l", "baris", "kode"], kind="stable", ignore_index=True)
    teks = [x for x in KOLOM if x != "baris"]
    hasil: pd.DataFrame = semua[list(KOLOM)].astype(dict.fromkeys(teks, "str") | {"baris": "Int64"})
    hasil[teks] = hasil[teks].replace("", None)
    return hasil


def _iki(t: Any) -> pd.DataFrame:
    """The findings about the indicators beside whose they are."""
    kolom = [x for x in KOLOM if x != "nama"]
    if "iki" not in t or t["iki"].empty:
        return pd.DataFrame({x: pd.Series(dtype=object) for x in kolom})
    temuan = kinerja.iki.periksa(t)
    milik = tabel_iki(t).loc[temuan["baris"].to_numpy()].reset_index(drop=True)
    asal = muat()["aturan-iki.aturan"].waktu[-1]
    hasil: pd.DataFrame = temuan.assign(
        tentang="IKI",
        aturan=temuan["nama"],
        lembar="iki",
        perbaikan=temuan["saran"],
        opd=milik["opd"].to_numpy(),
        nip=milik["nip"].to_numpy(),
        id=milik["rhk"].to_numpy(),
        yang_diperiksa=milik["indikator"].to_numpy(),
        dasar=asal.dasar,
        status=asal.status,
    )[kolom]
    return hasil


def tulis_temuan(temuan: pd.DataFrame, berkas: str | Path, kaskade: Periksa | None = None) -> Path:
    """Write `semua_temuan` to one .xlsx: the findings, how many there are of each rule and of each OPD, and with
    `kaskade` its key numbers; whole or not at all. ValueError for another suffix."""
    tujuan = Path(berkas)
    if tujuan.suffix.lower() != ".xlsx":
        raise ValueError(f"{tujuan.name}: akhiran berkas temuan harus .xlsx.")

    def jumlah(*kunci: str) -> pd.DataFrame:
        k = temuan.groupby(list(kunci), sort=False, dropna=False).size().rename("jumlah").reset_index()
        return k.sort_values("jumlah", ascending=False, kind="stable", ignore_index=True)

    lembar = {
        "temuan": temuan,
        "per aturan": jumlah("tentang", "kode", "aturan", "keparahan"),
        "per OPD": jumlah("opd", "tentang", "keparahan"),
    }
    angka_kunci = {} if kaskade is None else {"angka kunci": kaskade.angka}
    return tulis_lembar(lembar | angka_kunci, tujuan, {"temuan": _CETAK})
