"""The exercise: ten weak phrases to rewrite, marked by the linter, with the trainer's key apart.

The questions are in `params/iki/latihan-iki.yaml`; the key in `kunci-latihan-iki.yaml`, which may be
absent: marking never reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kinerja.iki.klinik import Banding, Diagnosis, banding_tulis, diagnosis
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
    bobot = {str(k): int(v) for k, v in muat()["latihan-iki.bobot"].waktu[-1].pasti().items()}
    isi = baca_jawaban(jawaban).set_index("nomor")
    baris = []
    for s in soal_latihan().to_dict("records"):
        dasar = {"nomor": s["nomor"], "jabatan": s["jabatan"], "soal": s["indikator"]}
        if s["nomor"] not in isi.index:
            kosong = dict.fromkeys(bobot, False)
            baris.append(
                {**dasar, "jawaban": "", "tingkat": "", **kosong, "nilai": 0, "umpan_balik": "Belum dijawab."}
            )
            continue
        j = isi.loc[s["nomor"]]
        b = _banding(s, j)
        benar = _benar(b, s["indikator"])
        baris.append(
            {
                **dasar,
                "jawaban": j["indikator"],
                "tingkat": b.sesudah.tingkat,
                **benar,
                "nilai": sum(bobot[k] for k, ya in benar.items() if ya),
                "umpan_balik": _umpan_balik(b, benar, s["indikator"]),
            }
        )
    return pd.DataFrame(baris)


def _banding(soal: Mapping[Any, Any], jawaban: pd.Series) -> Banding:
    satu = pd.DataFrame(
        {"indikator": [soal["indikator"]], "jenjang": [soal["jenjang"]]}, index=[soal["nomor"]], dtype="str"
    )
    dua = satu.assign(indikator=jawaban["indikator"])
    if jawaban["satuan"] or jawaban["target"]:
        dua = dua.assign(satuan=jawaban["satuan"], target=jawaban["target"])
    return banding_tulis(diagnosis(satu)[0], diagnosis(dua)[0])


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
