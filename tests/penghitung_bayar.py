"""Worked examples of pay: the rows of a case file become tables, the scheme is the folder's name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from kinerja.parameter import Kebijakan
from kinerja.tukin import hitung as bayar

_TEKS = ("bulan", "status", "jenis_jabatan", "golongan", "status_ptkp", "opd", "terlambat", "pulang_cepat")
BAKU = {
    "bulan": "2026-07",
    "kelas": 8,
    "status": "pns",
    "jenis_jabatan": "pelaksana",
    "golongan": "III/a",
    "status_ptkp": "TK/0",
    "opd": "A",
    "hari_kerja": 22,
    "terlambat": "",
    "pulang_cepat": "",
    "predikat": "baik",
}
_PEGAWAI = ("nip", "kelas", "status", "jenis_jabatan", "golongan", "status_ptkp", "opd", "gaji", "gaji_pokok")


def tabel(baris: list[dict[str, Any]]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """pegawai, kehadiran and hukuman from flat rows (nip by row unless given), and the predikat per month."""
    isi = [{"nip": f"{i:018d}", **BAKU, **b} for i, b in enumerate(baris)]
    semua = pd.DataFrame(isi)
    for kolom in semua.columns.difference([*_TEKS, "nip", "predikat", "hukuman"]):
        semua[kolom] = pd.to_numeric(semua[kolom]).fillna(0)
    hukuman = [
        {"nip": b["nip"], **{k: pd.Timestamp(v) if k != "jenis" else v for k, v in h.items()}}
        for b in isi
        for h in b.get("hukuman", [])
    ]
    pegawai = semua[[k for k in _PEGAWAI if k in semua]].drop_duplicates("nip", ignore_index=True)
    hadir = semua.drop(columns=[k for k in ("hukuman", "predikat", *_PEGAWAI[1:]) if k in semua])
    data = {
        "pegawai": pegawai,
        "kehadiran": hadir,
        "hukuman": pd.DataFrame(hukuman, columns=["nip", "jenis", "mulai", "sampai"]),
    }
    return data, semua[["nip", "bulan", "predikat"]]


def hitung(masukan: Any, k: Kebijakan, skema: str) -> dict[str, Fraction | None] | list[Fraction | None]:
    """masukan: `baris` (rows) and one `langkah` give a list; without `baris` one row and several steps.

    waktu: which predikat pays is not part of an example, so each month is paid by its own.
    """
    m = dict(masukan)
    langkah = m.pop("langkah")
    setelan = {n: m.pop(n) for n in ("tanpa", "instansi", "thr", "ketiga_belas") if n in m}
    ubah = {j: {t: _angka(v) for t, v in isi.items()} for j, isi in m.pop("skenario", {}).items()}
    data, predikat = tabel(m.get("baris", [m]))
    per_nip = predikat.drop_duplicates("nip").set_index("nip")["predikat"]
    hasil = bayar(data, skema, k.dengan(ubah) if ubah else k, predikat=per_nip, **setelan).pegawai
    if "baris" in m:
        return [hasil[langkah].satu(i) for i in range(len(hasil.kunci))]
    return {n: hasil[n].satu(0) for n in langkah}


def _angka(v: Any) -> Any:
    if isinstance(v, dict):
        return {int(k) if k.isdigit() else k: _angka(x) for k, x in v.items()}
    return int(v) if v.isdigit() else v
