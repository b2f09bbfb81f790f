"""What the tables are asked, and apart from it the key.

Questions are in `params/bimtek/soal-bimtek.yaml` and `params/iki/latihan-iki.yaml`; keys in `kunci-bimtek.yaml` and
`kunci-latihan-iki.yaml`. Nothing that writes for participants reads a key, but one thing: the broken tree, whose
faults are made by the seed that the key holds; only the tree itself leaves this module through `pohon_patah`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from kinerja.iki.latihan import soal_latihan
from kinerja.kaskade.latihan import Soal, potong, rusakkan
from kinerja.parameter import muat

PILIHAN_TES = ("A", "B", "C", "D")
PILIHAN_PILAH = ("Lemah", "Kuat")
PILIHAN_CARA = ("langsung", "tidak langsung")
_TAHAP = {"simpul": "Simpul", "rhk": "RHK"}


def daftar(jalur: str) -> pd.DataFrame:
    """One list of params/ as a table, text columns str; FileNotFoundError where a key is not installed."""
    if jalur.startswith("kunci-") and jalur not in muat().parameter:
        raise FileNotFoundError(
            "Kunci latihan tidak ada di salinan ini. Kunci hanya ada pada pelatih, di params/bimtek/kunci-bimtek.yaml."
        )
    return pd.DataFrame([dict(b) for b in muat()[jalur].waktu[-1].pasti()])


def bobot(nama: str) -> dict[str, int]:
    """One table of weights of `latihan-bimtek.yaml`; all are teaching assumptions."""
    return {str(k): int(v) for k, v in muat()[f"latihan-bimtek.{nama}"].waktu[-1].pasti().items()}


def tes() -> pd.DataFrame:
    """The questions of both tests: nomor, cerita, pertanyaan, a, b, c, d."""
    return daftar("soal-bimtek.tes")


def pilah() -> pd.DataFrame:
    """Phrases to call weak or strong: nomor, jabatan, jenjang, indikator."""
    return daftar("soal-bimtek.pilah")


def hasil_atasan() -> pd.DataFrame:
    """The superior's results of the matrix: kode, hasil, ukuran, target."""
    return daftar("soal-bimtek.hasil_atasan")


def peran() -> pd.DataFrame:
    """The roles of the matrix: nomor, jabatan, peran."""
    return daftar("soal-bimtek.peran")


@cache
def soal_kaskade() -> Soal:
    """The broken tree with its answers, as the key's seed makes it: for marking, never for a hand-out."""
    from kinerja.contoh import buat_contoh

    k = daftar("kunci-bimtek.kaskade").iloc[0]
    contoh = buat_contoh(str(k["instansi"]), pegawai=int(k["pegawai"]), benih=int(k["benih"]))
    utuh = potong(contoh, [str(k["opd"])])
    return rusakkan(utuh, int(k["benih_rusak"]), int(k["banyak"]))


def pohon_patah() -> pd.DataFrame:
    """The broken tree as participants see it, in the order of the sheets: jenis, kode, jenjang, uraian, pemilik, induk."""
    data = soal_kaskade().data
    orang = data["pegawai"].set_index("nip")["jabatan"]
    k, r = data["kaskade"], data["rhk"]
    simpul = pd.DataFrame(
        {
            "jenis": _TAHAP["simpul"],
            "kode": k["id"],
            "jenjang": k["jenjang"].str.replace("_", " ").str.capitalize(),
            "uraian": k["uraian"],
            "pemilik": k["pemilik"].map(orang),
            "induk": k["induk"],
        }
    )
    hasil = pd.DataFrame(
        {
            "jenis": _TAHAP["rhk"],
            "kode": r["id"],
            "jenjang": "Individu",
            "uraian": r["rhk"],
            "pemilik": r["nip"].map(orang),
            "induk": r["rhk_induk"],
        }
    )
    return pd.concat([simpul, hasil], ignore_index=True).astype("str").fillna("")


@cache
def kode_pohon() -> Mapping[str, str]:
    """Every code of the tree: in small letters -> as it is written."""
    return {k.casefold(): k for k in pohon_patah()["kode"].tolist()}


def banyak_celah() -> int:
    """How many codes have a wrong parent: told to the tables, so that nobody sprays answers."""
    return len(soal_kaskade().kunci)


@cache
def kode_naskah() -> str:
    """Four letters that change when any question changes: a workbook of other questions is not marked with ours."""
    isi: list[Any] = [
        x.to_dict("split")["data"] for x in (tes(), pilah(), hasil_atasan(), peran(), soal_latihan())
    ]
    isi.append(pohon_patah().to_dict("split")["data"])
    return sidik(isi, 4)


def sidik(isi: Any, panjang: int) -> str:
    """Letters and digits 2-7 that stand for `isi` (anything JSON can hold)."""
    mentah = hashlib.sha256(json.dumps(isi, ensure_ascii=False, default=str).encode()).digest()
    return base64.b32encode(mentah).decode()[:panjang]


def kunci_tes() -> pd.DataFrame:
    """nomor, jawaban, alasan, dasar, sumber, status."""
    return daftar("kunci-bimtek.tes")


def kunci_pilah() -> pd.DataFrame:
    """nomor, jawaban, alasan."""
    return daftar("kunci-bimtek.pilah")


def kunci_peran() -> pd.DataFrame:
    """nomor, hasil, cara, alasan."""
    return daftar("kunci-bimtek.peran")
