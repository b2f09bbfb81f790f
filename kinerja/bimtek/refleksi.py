"""The reflection card on achievement, affiliation and power: a teaching aid that never enters a rating.

A participant marks sentences on paper or in a notebook and looks at three small numbers. Nothing is written to a
file, nothing joins a table of employees, and no rule takes any of it: the package's layers forbid every rule to
import this module, and a test proves that ratings, proposals and pay stay the same with such columns in the data.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from kinerja.kertas import AKSEN, LEBAR, SEDANG, TINTA, Kertas, jadi_gambar, tinggi_baris
from kinerja.parameter import muat
from kinerja.tampil import Catatan, Gambar, KolomTabel, Tabel
from kinerja.tulisan import daftar

PERNYATAAN_AMAN = (
    "Kartu ini alat belajar, bukan alat ukur, dan boleh tidak diisi. Isinya milik pengisinya: tidak dikumpulkan, tidak "
    "disimpan, dan tidak pernah masuk rating, predikat, tunjangan, penghargaan, atau sanksi."
)


def dorongan() -> pd.DataFrame:
    """The three drives: kode, nama, isi, tanya (the question for oneself)."""
    return pd.DataFrame([dict(b) for b in muat()["refleksi.dorongan"].waktu[-1].pasti()])


def pernyataan() -> pd.DataFrame:
    """The twelve sentences: nomor, dorongan, isi."""
    return pd.DataFrame([dict(b) for b in muat()["refleksi.pernyataan"].waktu[-1].pasti()]).astype(
        {"nomor": "int64"}
    )


def catatan_aman() -> Catatan:
    """What the card is not, said before anybody marks it."""
    return Catatan(PERNYATAAN_AMAN, "peringatan")


def kartu() -> Tabel:
    """The card to print: sentences with an empty box each."""
    p = pernyataan()
    isi = pd.DataFrame({"No": p["nomor"].astype("str"), "Pernyataan": p["isi"], "Seperti saya?": "☐"})
    lebar = (0.5, 5.0, 1.2)
    rata = ("kanan", "kiri", "tengah")
    kolom = [KolomTabel(n, r, w) for n, r, w in zip(isi.columns, rata, lebar, strict=True)]  # type: ignore[arg-type]
    return Tabel.dari(isi, kolom, judul="Kartu refleksi (boleh tidak diisi)")


def tabel_dorongan() -> Tabel:
    """What the three words mean and the question that each leaves, with the numbers of its sentences."""
    p = pernyataan()
    nomor = p["nomor"].astype("str").groupby(p["dorongan"], sort=False).agg(", ".join)
    d = dorongan()
    isi = pd.DataFrame(
        {
            "Dorongan": d["nama"],
            "Artinya": d["isi"],
            "Pernyataan nomor": d["kode"].map(nomor),
            "Pertanyaan untuk diri sendiri": d["tanya"],
        }
    )
    return Tabel.dari(isi)


def hitung(ditandai: Collection[int]) -> pd.Series:
    """How many sentences of each drive are marked (0-4), index nama of the drive.

    ValueError for a number that is no sentence.
    """
    p = pernyataan()
    asing = sorted(set(ditandai) - set(p["nomor"].tolist()))
    if asing:
        raise ValueError(f"Tidak ada pernyataan nomor {daftar(map(str, asing))}; yang ada 1 sampai {len(p)}.")
    jumlah = p["nomor"].isin(list(ditandai)).groupby(p["dorongan"], sort=False).sum()
    d = dorongan()
    return pd.Series(
        d["kode"].map(jumlah).to_numpy(dtype="int64"),
        index=pd.Index(d["nama"], name="dorongan"),
        name="ditandai",
    )


def gambar_kartu(ditandai: Collection[int]) -> Gambar:
    """The three counts as rows of boxes. No scale, no norm and no ranking: it is a mirror, not a measure."""
    n = hitung(ditandai)
    sisi, tinggi = 11.0, 17.0
    kertas = Kertas(tinggi * len(n) + 4)
    kertas.isi([(0.5, 0.5, LEBAR - 1, tinggi * len(n) + 3)], "none", SEDANG, 0.8)
    for i, (nama, banyak) in enumerate(n.items()):
        y = 3 + i * tinggi
        kertas.teks(5, y + sisi / 2 + tinggi_baris(14) / 3, str(nama), 14, tebal=True)
        kotak = [(48 + k * (sisi + 3), y, sisi, sisi) for k in range(4)]
        kertas.isi(kotak[: int(banyak)], AKSEN, TINTA, 1.0)
        kertas.isi(kotak[int(banyak) :], "#ffffff", TINTA, 1.0)
        kertas.teks(48 + 4 * (sisi + 3) + 4, y + sisi / 2 + tinggi_baris(14) / 3, f"{int(banyak)} dari 4", 14)
    isi = daftar(f"{str(k).lower()} {int(v)} dari 4" for k, v in n.items())
    return jadi_gambar(
        kertas,
        "Contoh kartu yang sudah diisi: bahan percakapan, bukan nilai",
        f"Kartu refleksi rekaan: {isi}. Tidak ada nilai baik atau buruk.",
        "Contoh rekaan; kartu peserta tidak dikumpulkan.",
    )
