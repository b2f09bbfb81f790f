"""The lesson on the kuadran: the hall's 84 officials, six people to place, and one example of weights.

Its material is data in `params/bimtek/kuadran.yaml`; the ratings of the six are in `kunci-kuadran.yaml`, which a
participant's copy does not have. The predikat is never written anywhere: the regulation's own rule makes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kinerja.bimtek.pelajaran import HANYA_PELATIH
from kinerja.data.skema import RATING
from kinerja.kaskade import matriks
from kinerja.parameter import Kebijakan, muat
from kinerja.regulasi import permenpanrb6
from kinerja.tampil import Blok, KolomTabel, Paragraf, Tabel
from kinerja.tulisan import KOSONG, angka, label

_KODE = re.compile(r"^\[[^\]]*\]\s*")
_JENJANG = ("jpt", "administrator", "pengawas", "fungsional", "pelaksana")


def aula(data: Mapping[str, pd.DataFrame], periode: str, banyak: int = 84, per_meja: int = 7) -> pd.DataFrame:
    """The first `banyak` rated officials, highest level first, at tables of `per_meja`.

    Index 1..n; columns nip, nama, jabatan, opd, rating_hasil, rating_perilaku, meja (1, 2, ...). ValueError when
    fewer than `banyak` are rated in `periode`.
    """
    nilai = data["penilaian"]
    nilai = nilai[(nilai["periode"] == periode).to_numpy(dtype=bool)].dropna(
        subset=["rating_hasil", "rating_perilaku"]
    )
    orang = data["pegawai"].merge(nilai[["nip", "rating_hasil", "rating_perilaku"]], on="nip")
    urut = orang.iloc[
        np.argsort(pd.Categorical(orang["jenis_jabatan"], _JENJANG).codes, kind="stable")[:banyak]
    ]
    if len(urut) < banyak:
        raise ValueError(
            f"Hanya {len(urut)} pegawai dinilai pada {periode}; diminta {banyak}. Kurangi banyak atau tambah pegawai."
        )
    hasil = urut[["nip", "nama", "jabatan", "opd", "rating_hasil", "rating_perilaku"]].reset_index(drop=True)
    hasil.index = pd.RangeIndex(1, banyak + 1, name="nomor")
    return hasil.assign(meja=(np.arange(banyak) // per_meja) + 1)


def soal() -> pd.DataFrame:
    """The six people to place: nomor, orang, hasil, perilaku."""
    return pd.DataFrame([dict(b) for b in muat()["kuadran.soal"].waktu[-1].pasti()]).astype(
        {"nomor": "int64"}
    )


def tabel_soal() -> Tabel:
    """The six people as a sheet to fill in: two ratings and the predikat stay empty."""
    s = soal()
    isi = pd.DataFrame(
        {
            "No": s["nomor"].astype("str"),
            "Siapa": s["orang"],
            "Hasil kerja": s["hasil"],
            "Perilaku kerja": s["perilaku"],
            "Rating hasil": "",
            "Rating perilaku": "",
            "Predikat": "",
        }
    )
    lebar = (0.5, 1.4, 3.2, 3.2, 1.3, 1.3, 1.3)
    return Tabel.dari(isi, [KolomTabel(n, lebar=w) for n, w in zip(isi.columns, lebar, strict=True)])


def tabel_kunci(kebijakan: Kebijakan, kunci: bool) -> Blok:
    """The trainer's answers with the predikat that the kuadran gives; without `kunci` only a line that says so.

    FileNotFoundError, in Indonesian, where the key is not installed (a participant's copy).
    """
    if not kunci:
        return Paragraf(HANYA_PELATIH)
    if "kunci-kuadran.kunci" not in muat().parameter:
        raise FileNotFoundError(
            "Kunci latihan tidak ada di salinan ini. Kunci hanya ada pada pelatih, di params/bimtek/kunci-kuadran.yaml."
        )
    k = pd.DataFrame([dict(b) for b in muat()["kunci-kuadran.kunci"].waktu[-1].pasti()])
    rating: dict[str, Any] = {
        n: pd.Categorical(k[n], categories=list(RATING)) for n in ("rating_hasil", "rating_perilaku")
    }
    predikat = permenpanrb6.nilai(pd.DataFrame(rating), kebijakan).tabel()["predikat"]
    isi = pd.DataFrame(
        {
            "No": k["nomor"].astype("str"),
            "Siapa": soal()["orang"],
            "Rating hasil": k["rating_hasil"].map(label),
            "Rating perilaku": k["rating_perilaku"].map(label),
            "Predikat": predikat.map(label).to_numpy(dtype=object),
            "Alasan": k["alasan"],
        },
        dtype=object,
    )
    return Tabel.dari(isi)


def contoh_bobot() -> tuple[pd.DataFrame, pd.DataFrame]:
    """(capaian, bobot) of the example: people x results and sets of weights x results, percent."""

    def petak(nama: str) -> pd.DataFrame:
        isi = muat()[f"kuadran.{nama}"].waktu[-1].pasti()
        return pd.DataFrame({k: dict(v) for k, v in isi.items()}, dtype="float64").T

    return petak("capaian_contoh"), petak("bobot_contoh")


def tabel_capaian(capaian: pd.DataFrame) -> Tabel:
    """Each result by itself, with the ones below target named: what a leader reads instead of a weighted sum."""
    isi = capaian.map(lambda x: f"{angka(float(x), 0)} %").astype(object)
    bawah = [
        ", ".join(str(k) for k in capaian.columns if capaian.loc[i, k] < 100) or "tidak ada"
        for i in capaian.index
    ]
    isi = isi.assign(**{"Di bawah target": bawah})
    isi.insert(0, "Siapa", [str(i) for i in capaian.index])
    return Tabel.dari(isi)


def tabel_peran(data: Mapping[str, pd.DataFrame], atasan: str, paling: int = 4) -> Tabel:
    """The matriks peran hasil of one superior without codes: who supports which result; '–' where one does not.

    At most `paling` results, those with most support first. ValueError as `kaskade.matriks`.
    """
    petak = matriks(data, atasan)
    hasil = petak.columns[2:]
    banyak = (petak[hasil] != "").sum().sort_values(ascending=False, kind="stable")
    pilih = banyak.index[:paling]
    uraian = data["rhk"].set_index("id")["rhk"]
    isi = petak[pilih].map(lambda x: "\n".join(_KODE.sub("", b) for b in str(x).splitlines()) or KOSONG)
    isi = isi.set_axis([str(uraian[k]) for k in pilih], axis=1)
    isi.insert(0, "Anggota", petak["jabatan"])
    kolom = [KolomTabel(str(n), lebar=1.2 if n == "Anggota" else 2.0) for n in isi.columns]
    lain = len(hasil) - len(pilih)
    kepala = data["pegawai"].set_index("nip")["jabatan"][atasan]
    return Tabel.dari(
        isi.astype(object),
        kolom,
        judul=f"Matriks peran hasil {kepala}",
        catatan=f"{lain} hasil atasan lain tidak ditampilkan." if lain else "",
    )
