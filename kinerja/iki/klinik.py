"""The clinic: pasted indicators read one by one, and an old wording held against a new one.

Everything here is made of `periksa`, `smart`, `tingkat` and `saran_tulis`; it only gathers, per phrase,
what a person wants to see at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kinerja.data.skema import Kolom
from kinerja.data.urai import Lajur, urai_lajur
from kinerja.iki.frasa import TIDAK_JELAS
from kinerja.iki.kriteria import KRITERIA, TIDAK, YA, smart
from kinerja.iki.leksikon import rapikan
from kinerja.iki.lint import LEMAH, baku_jenjang, periksa, saran_tulis, tingkat
from kinerja.iki.nasihat import anak_tangga, perubahan, tanda, tangga_wajar

KOLOM_TEMPEL = ("indikator", "satuan", "target", "jenjang")
PALING = 50  # rows that a panel reads; a whole pemda is for `periksa`
_KEPALA = {
    "indikator": "indikator",
    "iki": "indikator",
    "indikator kinerja individu": "indikator",
    "indikator kinerja": "indikator",
    "satuan": "satuan",
    "target": "target",
    "jenjang": "jenjang",
    "jenis jabatan": "jenjang",
}
_TARGET = Kolom("target", "desimal", "target")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the clinic says of one phrase.

    tanda: (start, end) of the trigger words in `indikator`. temuan: rows of `periksa`; smart: six rows of
    `smart`. wajar: the lowest and the highest rung for this level, as places in TINGKAT.
    """

    nomor: int
    indikator: str
    satuan: str
    target: str
    jenjang: str
    tingkat: str
    tanda: tuple[tuple[int, int], ...]
    temuan: pd.DataFrame
    smart: pd.DataFrame
    saran: str
    wajar: tuple[int, int]

    @property
    def anak_tangga(self) -> int:
        """Place on the ladder, 0 = input; -1 = not clear."""
        return anak_tangga(self.tingkat)

    @property
    def lemah(self) -> bool:
        """Whether a finding is a galat or a peringatan."""
        return bool(self.temuan["keparahan"].isin(LEMAH).any())

    @property
    def di_tempat(self) -> bool:
        """Whether it stands on a rung that fits its level."""
        return self.wajar[0] <= self.anak_tangga <= self.wajar[1]


def urai_tempelan(teks: str, jenjang: str = "") -> pd.DataFrame:
    """Typed or pasted lines as a table: one line one indicator, tabs as Excel copies cells.

    The columns are indikator, satuan, target, jenjang in this order, or as a first line of headings names
    them. Returns those that the text has, index = line number from 1, cells text ("" = empty); jenjang in
    the code of the linter, where a line says none or an unknown one the argument. Numbering in front of a
    phrase and empty lines fall away. ValueError, in Indonesian, for more than PALING lines or headings
    without indikator.
    """
    baris = [[rapikan(sel) for sel in b.split("\t")] for b in teks.splitlines()]
    baris = [b for b in baris if any(b)]
    kolom: Sequence[str] = KOLOM_TEMPEL
    sekepala = bool(baris) and all(sel.lower() in _KEPALA for sel in baris[0] if sel)
    if sekepala and max(len(baris), len(baris[0])) > 1:  # a lone word may be the phrase itself
        kolom = [_KEPALA.get(sel.lower(), "") for sel in baris[0]]
        if "indikator" not in kolom:
            raise ValueError(
                f"Baris judul hanya memuat {', '.join(filter(None, kolom))}. "
                "Sertakan kolom berjudul “Indikator”, atau tempel tanpa baris judul."
            )
        baris = baris[1:]
    if len(baris) > PALING:
        raise ValueError(
            f"Ada {len(baris)} baris; panel ini membaca paling banyak {PALING} sekaligus. "
            "Untuk satu pemda pakai kj.iki.periksa(tabel)."
        )
    lebar = max((len(b) for b in baris), default=1)
    isi: dict[str, list[str]] = {
        k: [b[i] if i < len(b) else "" for b in baris] for i, k in enumerate(kolom[:lebar]) if k
    }
    tabel = pd.DataFrame(
        {"indikator": [], **isi}, index=pd.RangeIndex(1, len(baris) + 1), columns=None, dtype="str"
    )
    tabel["indikator"] = tabel["indikator"].str.replace(r"^\(?\d{1,2}[.)]\s+", "", regex=True)
    baku = baku_jenjang(jenjang)
    asal = tabel["jenjang"] if "jenjang" in tabel else pd.Series("", index=tabel.index, dtype="str")
    tabel["jenjang"] = asal.map(baku_jenjang).where(lambda s: s != "", baku).astype("str")
    return tabel


def diagnosis(x: str | pd.DataFrame, jenjang: str = "") -> list[Diagnosis]:
    """Each phrase of a pasted text, or of a table as `urai_tempelan` gives it, examined by itself.

    What the table does not hold (satuan, target) is not judged. ValueError as `urai_tempelan`.
    """
    tabel = urai_tempelan(x, jenjang) if isinstance(x, str) else x
    if tabel.empty:
        return []
    if "jenjang" not in tabel:
        tabel = tabel.assign(jenjang=baku_jenjang(jenjang))
    untuk = tabel.copy()
    if "target" in untuk:
        angka = _angka(untuk["target"])
        if not angka.tolak:  # a target in words stays words: the linter knows "kategori tinggi"
            untuk["target"] = pd.Series(angka.nilai.astype(np.float64), index=untuk.index)
    semua_jenjang = untuk["jenjang"].unique()
    if len(untuk.columns) == 2 and len(semua_jenjang) == 1:  # bare phrases: no target to look for
        untuk, satu_jenjang = untuk[["indikator"]], str(semua_jenjang[0])
    else:
        satu_jenjang = ""
    temuan = periksa(untuk, jenjang=satu_jenjang)
    jawab = smart(untuk, jenjang=satu_jenjang, temuan=temuan)
    per_temuan = {n: t.reset_index(drop=True) for n, t in temuan.groupby("baris", sort=False)}
    per_smart = {n: t.reset_index(drop=True) for n, t in jawab.groupby("baris", sort=False)}
    batas = tangga_wajar()
    hasil = []
    for nomor, b in zip(tabel.index, tabel.to_dict("records"), strict=True):
        teks, jenjang_ini = str(b["indikator"]), str(b["jenjang"])
        hasil.append(
            Diagnosis(
                nomor=int(nomor),
                indikator=teks,
                satuan=str(b.get("satuan", "")),
                target=str(b.get("target", "")),
                jenjang=jenjang_ini,
                tingkat=tingkat(teks),
                tanda=tanda(teks, jenjang_ini),
                temuan=per_temuan.get(nomor, temuan.iloc[:0]),
                smart=per_smart[nomor],
                saran=saran_tulis(teks, jenjang_ini) if teks else "",
                wajar=batas.get(jenjang_ini, batas[""]),
            )
        )
    return hasil


def _angka(target: pd.Series) -> Lajur:
    return urai_lajur(_TARGET, target.where(target != "", None).to_numpy(dtype=object))


def berangka(target: str) -> bool:
    """Whether a typed target is a number; "kategori tinggi" is not."""
    return bool(target) and not _angka(pd.Series([target], dtype="str")).tolak


@dataclass(frozen=True, slots=True)
class Banding:
    """An old and a new wording: what got better, what got worse, what is left to mend. Sentences."""

    sebelum: Diagnosis
    sesudah: Diagnosis
    membaik: tuple[str, ...]
    memburuk: tuple[str, ...]
    tersisa: tuple[str, ...]


def banding_tulis(sebelum: Diagnosis, sesudah: Diagnosis) -> Banding:
    """Compare two wordings of the same thing: ladder, findings, SMART."""
    lama, baru = (
        dict(x.temuan.loc[x.temuan["keparahan"].isin(LEMAH), ["kode", "nama"]].to_numpy())
        for x in (sebelum, sesudah)
    )
    naik, turun = perubahan(sebelum.tingkat, sesudah.tingkat, lama, baru)
    dulu, kini = (dict(zip(d.smart["kriteria"], d.smart["hasil"], strict=True)) for d in (sebelum, sesudah))
    for kriteria in KRITERIA:
        x, y = dulu[kriteria], kini[kriteria]
        if x != YA and y == YA:
            naik.append(f"{kriteria}: sekarang ya.")
        elif x != TIDAK and y == TIDAK:
            turun.append(f"{kriteria}: sekarang tidak.")
    sisa = sesudah.temuan.loc[sesudah.temuan["keparahan"].isin(LEMAH), ["kode", "pesan"]].to_numpy()
    return Banding(sebelum, sesudah, tuple(naik), tuple(turun), tuple(f"{k}: {p}" for k, p in sisa))


__all__ = [
    "KOLOM_TEMPEL",
    "PALING",
    "TIDAK_JELAS",
    "Banding",
    "Diagnosis",
    "banding_tulis",
    "berangka",
    "diagnosis",
    "tangga_wajar",
    "urai_tempelan",
]
