"""The exercise: ten weak phrases to rewrite, marked by the linter, with the trainer's key apart.

The questions are in `params/iki/latihan-iki.yaml`; the key in `kunci-latihan-iki.yaml`, which may be
absent: marking never reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from kinerja.iki.klinik import Banding, Diagnosis, banding_tulis, berangka, diagnosis
from kinerja.iki.leksikon import rapikan
from kinerja.iki.salinan import kunci as akar_kata
from kinerja.parameter import muat
from kinerja.tulisan import daftar

KOLOM_JAWABAN = ("nomor", "indikator", "satuan", "target")


def soal_latihan() -> pd.DataFrame:
    """The questions: nomor, jabatan, jenjang, indikator (weak), asal."""
    return pd.DataFrame([dict(b) for b in muat()["latihan-iki.soal"].waktu[-1].nilai]).astype(
        {"nomor": "int64"}
    )


def kunci_latihan() -> pd.DataFrame:
    """One good answer per question, for the trainer: nomor, indikator, satuan, target, status.

    FileNotFoundError, in Indonesian, where the key is not installed (a participant's copy).
    """
    if "kunci-latihan-iki.kunci" not in muat().parameter:
        raise FileNotFoundError(
            "Kunci latihan tidak ada di salinan ini. Kunci hanya ada pada pelatih, di params/iki/kunci-latihan-iki.yaml."
        )
    return pd.DataFrame([dict(b) for b in muat()["kunci-latihan-iki.kunci"].waktu[-1].nilai]).astype(
        {"nomor": "int64"}
    )


def baca_jawaban(jawaban: Any) -> pd.DataFrame:
    """Answers as a table KOLOM_JAWABAN, text, one row per question answered.

    jawaban: {nomor: indikator} or {nomor: (indikator, satuan, target)}, a table with these columns, or the
    path of a CSV (comma, semicolon or tab). ValueError names all faults at once: a number that is no
    question, a question answered twice, columns that lack.
    """
    if isinstance(jawaban, str | Path):
        berkas = Path(jawaban)
        if not berkas.is_file():
            raise ValueError(f"Berkas jawaban {str(jawaban)!r} tidak ada. Periksa nama dan foldernya.")
        jawaban = pd.read_csv(berkas, sep=None, engine="python", dtype="str", keep_default_na=False)
    if isinstance(jawaban, pd.DataFrame):
        tabel = jawaban.rename(columns=lambda k: str(k).strip().lower())
    elif isinstance(jawaban, Mapping):
        baris = [(n, *([j] if isinstance(j, str) else j)) for n, j in jawaban.items()]
        if panjang := [str(b[0]) for b in baris if not 2 <= len(b) <= 4]:
            raise ValueError(
                f"Jawaban nomor {daftar(panjang)}: tulis indikator saja, atau (indikator, satuan, target)."
            )
        tabel = pd.DataFrame([dict(zip(KOLOM_JAWABAN, b, strict=False)) for b in baris])
        tabel = tabel.reindex(columns=list(KOLOM_JAWABAN)) if baris else pd.DataFrame(columns=KOLOM_JAWABAN)
    else:
        raise ValueError("Jawaban harus kamus {nomor: indikator}, tabel, atau nama berkas CSV.")
    hilang = [k for k in KOLOM_JAWABAN[:2] if k not in tabel]
    if hilang:
        ada = daftar(map(str, tabel.columns)) or "tidak ada kolom"
        raise ValueError(f"Tabel jawaban tanpa kolom {daftar(hilang)}; yang ada: {ada}.")
    hasil = pd.DataFrame(
        {k: [rapikan(x) for x in tabel[k]] if k in tabel else [""] * len(tabel) for k in KOLOM_JAWABAN},
        dtype="str",
    )
    hasil = hasil[hasil["indikator"] != ""]
    sah = {str(n) for n in soal_latihan()["nomor"]}
    galat = [
        f"nomor {n!r} bukan nomor soal (1 sampai {len(sah)})" for n in hasil["nomor"].unique() if n not in sah
    ]
    galat += [
        f"nomor {n} dijawab lebih dari sekali" for n in hasil["nomor"][hasil["nomor"].duplicated()].unique()
    ]
    if galat:
        raise ValueError("Jawaban tidak dapat dinilai: " + "; ".join(galat) + ".")
    return hasil.astype({"nomor": "int64"}).sort_values("nomor", ignore_index=True)


def nilai_latihan(jawaban: Any) -> pd.DataFrame:
    """Each question marked: nomor, jawaban, tingkat, one yes/no per part of `bobot`, nilai (0-100), umpan_balik.

    jawaban: as `baca_jawaban`. A question without answer has nilai 0; a copy of the question too, however
    it is spelt. The weights are a teaching assumption (`latihan-iki.bobot`).
    """
    nilai, _ = nilai_kelompok({"": jawaban})
    return nilai.drop(columns="kelompok")


def nilai_kelompok(jawaban: Mapping[str, Any]) -> tuple[pd.DataFrame, dict[tuple[str, int], Banding]]:
    """The answers of many groups marked in one go, each exactly as `nilai_latihan` marks it alone.

    Returns the table of `nilai_latihan` with a first column kelompok, every question of every group in order,
    and for each answered (kelompok, nomor) what the linter says of before and after.
    """
    bobot = {str(k): int(v) for k, v in muat()["latihan-iki.bobot"].waktu[-1].pasti().items()}
    soal = soal_latihan()
    bagian = [baca_jawaban(j).assign(kelompok=k) for k, j in jawaban.items()]
    isi = (
        pd.concat(bagian, ignore_index=True) if bagian else pd.DataFrame(columns=[*KOLOM_JAWABAN, "kelompok"])
    )
    banding = _banding(soal, isi)
    baris = []
    for k in jawaban:
        for s in soal.to_dict("records"):
            dasar = {"kelompok": k, "nomor": s["nomor"], "jabatan": s["jabatan"], "soal": s["indikator"]}
            b = banding.get((k, int(s["nomor"])))
            benar = dict.fromkeys(bobot, False) if b is None else _benar(b, s["indikator"])
            baris.append(
                {
                    **dasar,
                    "jawaban": "" if b is None else b.sesudah.indikator,
                    "tingkat": "" if b is None else b.sesudah.tingkat,
                    **benar,
                    "nilai": sum(bobot[n] for n, ya in benar.items() if ya),
                    "umpan_balik": "Belum dijawab." if b is None else _umpan_balik(b, benar, s["indikator"]),
                }
            )
    return pd.DataFrame(baris), banding


def _banding(soal: pd.DataFrame, isi: pd.DataFrame) -> dict[tuple[str, int], Banding]:
    """Before and after of each answer. Equal answers to one question are read once."""
    awal = soal.set_index("nomor")[["indikator", "jenjang"]]
    sebelum = dict(_soal_terbaca(tuple(awal.itertuples(name=None))))
    unik = isi[list(KOLOM_JAWABAN)].drop_duplicates(ignore_index=True)
    unik["jenjang"] = unik["nomor"].map(awal["jenjang"]).astype("str")
    polos = (unik["satuan"] == "") & (unik["target"] == "")
    # a table is judged by the columns it has, and numbers only if all are: what differs goes apart
    angka = unik["target"].isin([t for t in unik["target"].unique() if not t or berangka(t)])
    cara = pd.Series("teks", index=unik.index).mask(angka, "angka").mask(polos, unik["jenjang"])
    sesudah: dict[int, Diagnosis] = {}
    for _, x in unik.groupby(cara.astype("str"), sort=False):
        kolom = (
            ["indikator", "jenjang"] if polos[x.index[0]] else ["indikator", "jenjang", "satuan", "target"]
        )
        sesudah |= {d.nomor: d for d in diagnosis(x[kolom])}
    satu = {
        tuple(r): banding_tulis(sebelum[int(r[0])], sesudah[i])
        for i, r in zip(unik.index, unik[list(KOLOM_JAWABAN)].to_numpy().tolist(), strict=True)
    }
    return {
        (str(k), int(r[0])): satu[tuple(r)]
        for k, r in zip(isi["kelompok"], isi[list(KOLOM_JAWABAN)].to_numpy().tolist(), strict=True)
    }


@lru_cache(maxsize=4)
def _soal_terbaca(soal: tuple[tuple[int, str, str], ...]) -> Mapping[int, Diagnosis]:
    """What the linter says of the questions themselves (nomor, indikator, jenjang)."""
    t = pd.DataFrame(soal, columns=["nomor", "indikator", "jenjang"]).set_index("nomor")
    return {d.nomor: d for _, x in t.groupby("jenjang", sort=False) for d in diagnosis(x)}


def _salinan(a: str, b: str) -> bool:
    return akar_kata(a) == akar_kata(b)


def _benar(b: Banding, soal: str) -> dict[str, bool]:
    d: Diagnosis = b.sesudah
    baru = not _salinan(d.indikator, soal)
    return {
        "bersih": baru and not d.lemah,
        "naik": baru and d.anak_tangga > b.sebelum.anak_tangga,
        "di_tempat": baru and d.di_tempat,
        "satuan_target": baru and bool(d.satuan and d.target) and "L3" not in set(d.temuan["kode"]),
    }


def _umpan_balik(b: Banding, benar: Mapping[str, bool], soal: str) -> str:
    if _salinan(b.sesudah.indikator, soal):
        return "Masih sama dengan soalnya; tulis apa yang berubah karena pekerjaan ini."
    kata = list(b.tersisa)
    if not benar["naik"]:
        kata.append(f"Anak tangganya belum naik ({b.sesudah.tingkat}).")
    elif not benar["di_tempat"]:
        kata.append(f"Anak tangga {b.sesudah.tingkat} belum wajar bagi jenjang ini.")
    if not benar["satuan_target"]:
        kata.append("Lengkapi satuan dan target.")
    if not kata:
        return "Baik. " + (b.membaik[0] if b.membaik else "Tidak ada temuan.")
    return " ".join(kata)
