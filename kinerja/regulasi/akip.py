"""Evaluasi AKIP (PermenPANRB 88/2021): criteria, twelve sub-components, four components, one predikat.

Four components without capaian: "five components" belongs to PermenPANRB 12/2015 and "60/40" to the RB
evaluation. Sub-components carry the workbench's own codes, a letter and a number: P1 to E3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Graf, aturan
from kinerja.parameter import Kebijakan
from kinerja.pecahan import Kode, Pecahan, Skalar, cari, cari_selang, dari_kategori, jumlah_per
from kinerja.regulasi.tabel import (
    banyak_per,
    kode_dari,
)

BERKAS = "permenpanrb-88-2021"
JEMBATAN: tuple[str, ...] = ()
KOMPONEN: Mapping[str, str] = {
    "P": "Perencanaan Kinerja",
    "U": "Pengukuran Kinerja",
    "L": "Pelaporan Kinerja",
    "E": "Evaluasi Akuntabilitas Kinerja Internal",
}

_NAMA = "Evaluasi AKIP"
_DASAR = "PermenPANRB 88/2021"


@aturan("Nilai kriteria", satuan="persen", dasar=_DASAR, status="sekunder")
def nilai_kriteria(pemenuhan: Kode, nilai_pemenuhan: Mapping[str, Skalar]) -> Pecahan:
    return cari(nilai_pemenuhan, pemenuhan)  # type: ignore[return-value]


@aturan(
    "Kriteria terpenuhi",
    satuan="persen",
    dasar=f"{_DASAR}: dibaca sebagai rata-rata kriteria",
    status="tafsir",
)
def terpenuhi(jumlah_nilai_kriteria: Pecahan, banyak_kriteria: Pecahan) -> Pecahan:
    return jumlah_nilai_kriteria / banyak_kriteria


@aturan("Kelompok pemenuhan", satuan="predikat", dasar=_DASAR, status="sekunder")
def kelompok(terpenuhi: Pecahan, kelompok_pemenuhan: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(kelompok_pemenuhan, terpenuhi)  # type: ignore[return-value]


@aturan("Predikat subkomponen", satuan="predikat", dasar=_DASAR, status="sekunder")
def predikat_sub(kelompok: Kode, upaya: Kode, predikat_subkomponen: Mapping[str, Mapping[str, str]]) -> Kode:
    return cari(predikat_subkomponen, kelompok, upaya)  # type: ignore[return-value]


@aturan(
    "Nilai subkomponen", satuan="poin", dasar=f"{_DASAR}: nilai predikat ÷ 100 × bobot", status="sekunder"
)
def nilai_sub(
    predikat_sub: Kode,
    subkomponen: Kode,
    nilai_predikat: Mapping[str, Skalar],
    bobot_subkomponen: Mapping[str, Skalar],
) -> Pecahan:
    return cari(nilai_predikat, predikat_sub) / 100 * cari(bobot_subkomponen, subkomponen)  # type: ignore[operator, return-value]


@aturan("Nilai AKIP", satuan="poin", dasar=f"{_DASAR}: jumlah dua belas subkomponen", status="sekunder")
def nilai_akip(
    nilai_perencanaan: Pecahan, nilai_pengukuran: Pecahan, nilai_pelaporan: Pecahan, nilai_evaluasi: Pecahan
) -> Pecahan:
    return nilai_perencanaan + nilai_pengukuran + nilai_pelaporan + nilai_evaluasi


@aturan("Predikat AKIP", satuan="predikat", dasar=_DASAR, status="dua-sumber")
def predikat(nilai_akip: Pecahan, predikat_akhir: Sequence[Mapping[str, Any]]) -> Kode:
    return cari_selang(predikat_akhir, nilai_akip)  # type: ignore[return-value]


@aturan("Sebutan", satuan="predikat", dasar=_DASAR, status="dua-sumber")
def sebutan(predikat: Kode, sebutan_predikat: Mapping[str, str]) -> Kode:
    return cari(sebutan_predikat, predikat)  # type: ignore[return-value]


GRAF_KRITERIA = Graf.dari(_NAMA, [nilai_kriteria], {"pemenuhan": "Pemenuhan kriteria"})
GRAF_SUB = Graf.dari(
    _NAMA,
    [terpenuhi, kelompok, predikat_sub, nilai_sub],
    {
        "jumlah_nilai_kriteria": "Jumlah nilai kriteria",
        "banyak_kriteria": "Banyak kriteria",
        "upaya": "Upaya",
        "subkomponen": "Subkomponen",
    },
)
GRAF = Graf.dari(
    _NAMA,
    [nilai_akip, predikat, sebutan],
    {
        "nilai_perencanaan": f"Nilai {KOMPONEN['P']}",
        "nilai_pengukuran": f"Nilai {KOMPONEN['U']}",
        "nilai_pelaporan": f"Nilai {KOMPONEN['L']}",
        "nilai_evaluasi": f"Nilai {KOMPONEN['E']}",
    },
)


def nilai(tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan) -> Bertingkat:
    """AKIP score and predikat of each agency, key its code, in the order of the table `opd`.

    The workbook has no evaluation sheet; give two more tables. `akip`: opd, kriteria ("P1.2": the part
    before the point is the sub-component), pemenuhan (penuh, sebagian, tidak). `akip_upaya` (may be left
    out): opd, subkomponen, upaya (mandat, lebih, percontohan); mandat where nothing is said.

    Levels: (opd, kriteria), (opd, subkomponen), opd. An agency that was evaluated at least once is there;
    its score is unknown while a sub-component has no criterion or an unknown one (`tanpa_nilai`).
    ValueError names unknown words and rows given twice, all at once.
    """
    param = kebijakan.bagian(BERKAS)
    sub = tuple(param["bobot_subkomponen"].pasti())
    kriteria, upaya = _periksa(tabel, param, sub)
    opd = pd.Index(tabel["opd"]["kode"])
    opd = opd[opd.isin(kriteria["opd"])]

    macam = tuple(param["nilai_pemenuhan"].pasti())
    butir = GRAF_KRITERIA.jalankan(
        {"pemenuhan": kode_dari(kriteria["pemenuhan"], macam)},
        param,
        pd.MultiIndex.from_frame(kriteria[["opd", "kriteria"]]),
    )

    petak = pd.MultiIndex.from_product([opd, sub], names=["opd", "subkomponen"])
    letak = petak.get_indexer(pd.MultiIndex.from_frame(kriteria[["opd", "subkomponen"]]))
    nama_upaya = tuple(next(iter(param["predikat_subkomponen"].pasti().values())))
    per_sub = GRAF_SUB.jalankan(
        {
            "jumlah_nilai_kriteria": jumlah_per(butir["nilai_kriteria"], letak, len(petak)),  # type: ignore[arg-type]
            "banyak_kriteria": banyak_per(letak, len(petak)),
            "upaya": kode_dari(upaya.reindex(petak, fill_value=nama_upaya[0]), nama_upaya),
            "subkomponen": dari_kategori(np.tile(np.arange(len(sub)), len(opd)), sub),
        },
        param,
        petak,
    )

    komponen = np.array([list(KOMPONEN).index(s[0]) for s in sub])
    kelompok = np.repeat(np.arange(len(opd)), len(sub)) * len(KOMPONEN) + np.tile(komponen, len(opd))
    jumlah = jumlah_per(per_sub["nilai_sub"], kelompok, len(opd) * len(KOMPONEN))  # type: ignore[arg-type]
    masukan = {n: jumlah[i :: len(KOMPONEN)] for i, n in enumerate(GRAF.masukan)}
    return Bertingkat(_NAMA, (butir, per_sub, GRAF.jalankan(masukan, param, opd)))


def tanpa_nilai(tabel: Mapping[str, pd.DataFrame], kebijakan: Kebijakan) -> pd.DataFrame:
    """Agencies without a score, columns opd and alasan (which sub-components are missing), order of `opd`."""
    hasil = nilai(tabel, kebijakan)
    per_sub = hasil.tingkat[1]
    kurang: dict[str, list[str]] = {o: [] for o in hasil.pegawai.kunci}
    for o, s in per_sub.kunci[~per_sub["nilai_sub"].tahu]:  # type: ignore[union-attr]
        kurang[o].append(s)
    alasan = {o: f"belum lengkap: {', '.join(s)}" if s else "" for o, s in kurang.items()}
    baris = [(o, alasan.get(o, "belum dievaluasi")) for o in tabel["opd"]["kode"]]
    return pd.DataFrame([b for b in baris if b[1]], columns=["opd", "alasan"], dtype="str")


# -- inside -----------------------------------------------------------------------------------------------


def _periksa(
    tabel: Mapping[str, pd.DataFrame], param: Mapping[str, Any], sub: Sequence[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """The criteria with their sub-component, and upaya by (opd, subkomponen)."""
    if "akip" not in tabel:
        raise ValueError("tabel akip belum ada; isi kolom opd, kriteria (misalnya P1.2), dan pemenuhan.")
    kriteria = tabel["akip"]
    kriteria = kriteria.assign(subkomponen=kriteria["kriteria"].astype("str").str.split(".").str[0])
    upaya = tabel.get("akip_upaya", pd.DataFrame(columns=["opd", "subkomponen", "upaya"], dtype="str"))
    nama_upaya = next(iter(param["predikat_subkomponen"].pasti().values()))
    salah = [
        *_asing("akip", kriteria, "opd", tabel["opd"]["kode"]),
        *_asing("akip", kriteria, "kriteria", sub, "subkomponen"),
        *_asing(
            "akip", kriteria[kriteria["pemenuhan"].notna()], "pemenuhan", param["nilai_pemenuhan"].pasti()
        ),
        *_ganda("akip", kriteria[["opd", "kriteria"]]),
        *_asing("akip_upaya", upaya, "opd", tabel["opd"]["kode"]),
        *_asing("akip_upaya", upaya, "subkomponen", sub),
        *_asing("akip_upaya", upaya, "upaya", nama_upaya),
        *_ganda("akip_upaya", upaya[["opd", "subkomponen"]]),
    ]
    if salah:
        raise ValueError("\n".join(salah))
    return kriteria, upaya.set_index(["opd", "subkomponen"])["upaya"]


def _asing(nama: str, tabel: pd.DataFrame, kolom: str, boleh: Any, diuji: str | None = None) -> list[str]:
    asing = tabel.loc[~tabel[diuji or kolom].isin(list(boleh)), kolom].astype("str").unique()
    apa = f"awalan {tulisan.daftar(boleh, 'atau')}" if diuji else tulisan.daftar(boleh, "atau")
    return (
        [f"tabel {nama}, kolom {kolom}: {', '.join(asing)} tidak dikenal; pakai {apa}."] if len(asing) else []
    )


def _ganda(nama: str, kunci: pd.DataFrame) -> list[str]:
    ganda = kunci[kunci.duplicated()].drop_duplicates()
    return [f"tabel {nama}: {a} {b} tertulis lebih dari sekali; sisakan satu." for a, b in ganda.to_numpy()]
