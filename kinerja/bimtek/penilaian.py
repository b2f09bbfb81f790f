"""Marking what came back: four exercises per table, two tests per person, the gain per question.

Weights and conditions are assumptions of the training (`params/bimtek/latihan-bimtek.yaml`), named wherever a mark is
shown. Marks are exact fractions until they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kinerja.iki.klinik import Banding
from kinerja.iki.latihan import nilai_kelompok
from kinerja.iki.lint import LEMAH, aturan
from kinerja.parameter import muat

from . import soal
from .jawaban_usb import HasilUsb, Kunci, nilai_usb
from .kumpul import TES, Kumpulan
from .peserta import Kelas

LATIHAN = {
    "iki": "Menulis ulang IKI",
    "pilah": "Lemah atau kuat",
    "kaskade": "Celah kaskade",
    "matriks": "Matriks peran",
}
SYARAT = {"hadir": "hadir", "pretes": "mengisi pretes", "postes": "mengisi postes"}
_MULUS = 100


@dataclass(frozen=True, eq=False)
class Kenaikan:
    """Before and after of `n` people who took both tests: share right (percent), gain in points, normalised gain.

    Unknown (None) without a pair; `g` too where everybody was right already.
    """

    n: int
    pretes: Fraction | None
    postes: Fraction | None

    @property
    def poin(self) -> Fraction | None:
        return None if self.pretes is None or self.postes is None else self.postes - self.pretes

    @property
    def g(self) -> Fraction | None:
        """Hake's normalised gain: what was gained of what could be gained."""
        if self.pretes is None or self.postes is None or self.pretes == _MULUS:
            return None
        return (self.postes - self.pretes) / (_MULUS - self.pretes)

    @property
    def tingkat(self) -> str:
        """'tinggi', 'sedang', 'rendah', 'turun', '' where g is unknown."""
        return "" if self.g is None else str(muat()["latihan-bimtek.kenaikan"].waktu[-1].cari(self.g))


def kenaikan(benar_pretes: int, benar_postes: int, n: int, butir: int = 1) -> Kenaikan:
    """From counts of right answers among `n` pairs that answered `butir` questions each."""
    if not n:
        return Kenaikan(0, None, None)
    return Kenaikan(n, Fraction(_MULUS * benar_pretes, n * butir), Fraction(_MULUS * benar_postes, n * butir))


@dataclass(frozen=True, eq=False)
class Hasil:
    """Everything marked.

    iki: the rows of `nilai_latihan` per table (kelompok = table number as text); banding: what the linter says of each.
    pilah, celah, peran: one row per item and table: meja, nomor (or kode), jawaban, nilai (Fraction 0 to 1).
    orang: one row per person, seats in order: meja, kursi, nama, nip, jabatan, instansi, hadir ('Hadir', 'Tidak hadir',
    ''), and for each test ikut_* (bool), benar_* (int64). benar: test -> bool array, shape (people, questions).
    usb: what came back from the USB package; it has no part in the marks of the tables.
    """

    kelas: Kelas
    kembali: tuple[int, ...]
    iki: pd.DataFrame
    banding: Mapping[tuple[str, int], Banding]
    pilah: pd.DataFrame
    celah: pd.DataFrame
    peran: pd.DataFrame
    orang: pd.DataFrame
    benar: Mapping[str, np.ndarray]
    usb: HasilUsb = field(default_factory=HasilUsb)

    @cached_property
    def nilai(self) -> pd.DataFrame:
        """One row per table that came back: meja, each exercise and `nilai` (Fraction, 0 to 100), `peringkat`."""
        bobot = soal.bobot("bobot_meja")
        celah, banyak = soal.bobot("bobot_celah"), soal.banyak_celah()
        baris = []
        for m in self.kembali:
            isi = self.celah[self.celah["meja"] == m]
            kredit = sum((Fraction(celah[h], _MULUS) for h in isi["hasil"]), Fraction(0))
            bagian = {
                "iki": Fraction(
                    int(self.iki.loc[self.iki["kelompok"] == str(m), "nilai"].sum()), self._banyak_iki
                ),
                "pilah": _rata(self.pilah, m),
                "kaskade": _MULUS * kredit / max(banyak, len(isi)),
                "matriks": _rata(self.peran, m),
            }
            jumlah = sum((bagian[k] * b for k, b in bobot.items()), Fraction(0)) / sum(bobot.values())
            baris.append({"meja": m, **bagian, "nilai": jumlah})
        t = pd.DataFrame(baris, columns=["meja", *LATIHAN, "nilai"])
        urut = sorted(t["nilai"], reverse=True)
        t["peringkat"] = [urut.index(x) + 1 for x in t["nilai"]]
        return t

    @property
    def _banyak_iki(self) -> int:
        return max(int(self.iki["nomor"].nunique()), 1) if len(self.iki) else 1

    @property
    def pasangan(self) -> np.ndarray:
        """Who took both tests: bool, shape (people,)."""
        dua = self.orang["ikut_pretes"] & self.orang["ikut_postes"]
        return dua.to_numpy(dtype=bool)

    def per_soal(self) -> dict[int, Kenaikan]:
        """Question -> its gain over all pairs."""
        p = self.pasangan
        a, b = (self.benar[t][p].sum(axis=0) for t in TES)
        nomor = soal.tes()["nomor"].tolist()
        return {int(n): kenaikan(int(x), int(y), int(p.sum())) for n, x, y in zip(nomor, a, b, strict=True)}

    def per_meja(self) -> dict[int, Kenaikan]:
        """Table -> the gain of its pairs over all questions."""
        return {m: self._kenaikan((self.orang["meja"] == m).to_numpy()) for m in self.kelas.meja}

    def sekelas(self) -> Kenaikan:
        """The gain of the whole class over all questions."""
        return self._kenaikan(np.ones(len(self.orang), dtype=bool))

    def _kenaikan(self, mana: np.ndarray) -> Kenaikan:
        p = self.pasangan & mana
        a, b = (int(self.benar[t][p].sum()) for t in TES)
        return kenaikan(a, b, int(p.sum()), self.benar["PRETES"].shape[1])

    def _tulisan(self) -> Iterator[tuple[int | str, int, int, bool, Banding]]:
        """Every rewrite: table (a number) or person from the USB package (a name), question, mark, without fault."""
        for t, banding in ((self.iki, self.banding), (self.usb.iki, self.usb.banding)):
            if not len(t):
                continue
            for siapa, s, n, bersih in t[["kelompok", "nomor", "nilai", "bersih"]].itertuples(index=False):
                if (b := banding.get((siapa, int(s)))) is not None:
                    yield (int(siapa) if t is self.iki else str(siapa)), int(s), int(n), bool(bersih), b

    def cacat(self) -> pd.DataFrame:
        """Faults that the linter still finds in the rewrites, the most frequent first.

        Columns kode, nama, sebelum (rewritten phrases that had it), sesudah (rewrites that have it), contoh, saran.
        """
        hitung: dict[str, list[Any]] = {}
        for siapa, nomor, _, _, b in self._tulisan():
            for kali, d in enumerate((b.sebelum, b.sesudah)):
                for kode in dict.fromkeys(d.temuan.loc[d.temuan["keparahan"].isin(LEMAH), "kode"]):
                    isi = hitung.setdefault(str(kode), [0, 0, ""])
                    isi[kali] += 1
                    if kali and not isi[2]:
                        isi[2] = (
                            f"{d.indikator} ({f'meja {siapa}' if isinstance(siapa, int) else siapa}, soal {nomor})"
                        )
        baris = [
            (k, aturan()[k]["nama"], a, b, contoh, aturan()[k]["saran"])
            for k, (a, b, contoh) in hitung.items() if b
        ]  # fmt: skip
        baris.sort(key=lambda x: (-x[3], int(x[0].removeprefix("L"))))
        return pd.DataFrame(baris, columns=["kode", "nama", "sebelum", "sesudah", "contoh", "saran"])

    def terbaik(self, banyak: int = 3) -> list[tuple[int | str, int, Banding]]:
        """(table or name, question, before and after) of the best rewrites: marked full first, then the higher climb, equal ones in an order that favours no table; each of
        another table and another question as far as there are any. Only rewrites without a fault left."""
        calon = [
            (-n, -(b.sesudah.anak_tangga - b.sebelum.anak_tangga), -len(b.membaik), soal.sidik([str(siapa), s], 8), siapa, s, b)
            for siapa, s, n, bersih, b in self._tulisan() if bersih
        ]  # fmt: skip
        calon.sort(key=lambda x: x[:4])
        hasil: list[tuple[int | str, int, Banding]] = []
        for longgar in (False, True):
            for *_, m, s, b in calon:
                ada = {(x, y) for x, y, _ in hasil}
                baru = all(m != x and s != y for x, y in ada) or (longgar and (m, s) not in ada)
                if len(hasil) < banyak and baru:
                    hasil.append((m, s, b))
        return hasil

    def sertifikat(self, syarat: Sequence[str] = tuple(SYARAT), nilai_postes: int = 0) -> pd.DataFrame:
        """Who fulfils the trainer's condition: the columns of `orang`, memenuhi (bool), sebab (what is lacking).

        syarat: of SYARAT; nilai_postes: the least share right in the post-test, percent. ValueError for others.
        """
        if asing := [s for s in syarat if s not in SYARAT]:
            raise ValueError(f"Syarat {', '.join(asing)} tidak dikenal. Yang ada: {', '.join(SYARAT)}.")
        if not 0 <= nilai_postes <= _MULUS:
            raise ValueError(f"Nilai postes paling sedikit 0 sampai 100; diminta {nilai_postes}.")
        t = self.orang
        butir = self.benar["POSTES"].shape[1]
        kurang = {
            "hadir": (t["hadir"] == "Tidak hadir", "tidak hadir"),
            "hadir ": (t["hadir"] == "", "kehadiran belum ditulis"),
            "pretes": (~t["ikut_pretes"], "belum mengisi pretes"),
            "postes": (~t["ikut_postes"], "belum mengisi postes"),
        }
        sebab = pd.Series([""] * len(t), index=t.index, dtype="str")
        dipakai = [v for k, v in kurang.items() if k.strip() in syarat]
        if nilai_postes:
            # whole numbers on both sides: no rounding decides
            dipakai.append(
                (t["benar_postes"] * _MULUS < nilai_postes * butir, f"nilai postes di bawah {nilai_postes}")
            )
        for mana, kata in dipakai:
            sebab = sebab.mask(mana, sebab.where(sebab == "", sebab + "; ") + kata)
        return t.assign(memenuhi=sebab == "", sebab=sebab)


def _pecahan(x: Iterable[Fraction]) -> pd.Series:
    return pd.Series(list(x), dtype="object")


def _rata(t: pd.DataFrame, meja: int) -> Fraction:
    nilai = t.loc[t["meja"] == meja, "nilai"]
    return _MULUS * sum(nilai, Fraction(0)) / max(len(nilai), 1)


def nilai(k: Kumpulan, kunci_usb: Kunci | None = None) -> Hasil:
    """Mark all tables that came back, and the answer files of the USB package (the tree with the trainer's key)."""
    meja = tuple(k.kembali)
    iki, banding = nilai_kelompok({str(m): _jawaban_iki(k, m) for m in meja})
    orang, benar = _tes(k)
    return Hasil(
        k.kelas,
        meja,
        iki,
        banding,
        _pilah(k, meja),
        _celah(k, meja),
        _peran(k, meja),
        orang,
        benar,
        nilai_usb(k.usb, kunci_usb),
    )


def _jawaban_iki(k: Kumpulan, meja: int) -> pd.DataFrame:
    t = k.lembar("IKI")
    t = t[t["meja"] == meja]
    lebar = t.pivot_table(index="nomor", columns="kolom", values="nilai", aggfunc="first")
    ganti = {"Rumusan baru": "indikator", "Satuan": "satuan", "Target": "target"}
    lebar = lebar.rename(columns=ganti).reindex(columns=list(ganti.values())).reset_index()
    return lebar.astype("str").fillna("")


def _setiap(meja: Sequence[int], butir: pd.DataFrame) -> pd.DataFrame:
    """Every item of every table."""
    return pd.DataFrame({"meja": pd.Series(meja, dtype="int64")}).merge(butir, how="cross")


def _pilah(k: Kumpulan, meja: Sequence[int]) -> pd.DataFrame:
    kunci = (
        soal.kunci_pilah()[["nomor", "jawaban"]]
        .rename(columns={"jawaban": "benar"})
        .astype({"nomor": "int64"})
    )
    t = _setiap(meja, kunci).merge(
        k.lembar("PILAH")[["meja", "nomor", "nilai"]], how="left", on=["meja", "nomor"]
    )
    t = t.rename(columns={"nilai": "jawaban"}).assign(jawaban=lambda x: x["jawaban"].fillna(""))
    return t.assign(nilai=_pecahan(Fraction(int(x)) for x in t["jawaban"] == t["benar"]))


def _celah(k: Kumpulan, meja: Sequence[int]) -> pd.DataFrame:
    """What the tables wrote on the tree: meja, kode, induk, hasil (key of `bobot_celah`)."""
    kode = dict(enumerate(soal.pohon_patah()["kode"], 1))
    t = k.lembar("KASKADE")
    t = t[t["meja"].isin(meja)]
    jawaban = [{"kode": kode[n], "induk": v} for n, v in t[["nomor", "nilai"]].itertuples(index=False)]
    hasil = soal.soal_kaskade().cocok(jawaban)["hasil"].str.replace(" ", "_")
    return pd.DataFrame(
        {"meja": t["meja"].to_numpy(), "kode": [j["kode"] for j in jawaban], "induk": [j["induk"] for j in jawaban],
         "hasil": hasil.to_numpy()}
    )  # fmt: skip


def _peran(k: Kumpulan, meja: Sequence[int]) -> pd.DataFrame:
    """Each role: right when exactly one result is marked and it is the right one; half with the other way."""
    bobot = soal.bobot("bobot_peran")
    kunci = soal.kunci_peran()[["nomor", "hasil", "cara"]].astype({"nomor": "int64"})
    t = k.lembar("MATRIKS").rename(columns={"kolom": "pilih"})
    satu = t[~t.duplicated(["meja", "nomor"], keep=False)][["meja", "nomor", "pilih", "nilai"]]
    tulis = (t["pilih"] + " " + t["nilai"]).groupby([t["meja"], t["nomor"]]).agg("; ".join).rename("jawaban")
    s = _setiap(meja, kunci).merge(satu, how="left", on=["meja", "nomor"]).merge(
        tulis.reset_index(), how="left", on=["meja", "nomor"]
    )  # fmt: skip
    kena = (s["pilih"] == s["hasil"]).fillna(False).to_numpy(dtype=bool)
    penuh = kena & (s["nilai"] == s["cara"]).fillna(False).to_numpy(dtype=bool)
    persen = np.where(penuh, bobot["hasil_dan_cara"], np.where(kena, bobot["hasil_saja"], 0))
    return pd.DataFrame(
        {"meja": s["meja"], "nomor": s["nomor"], "benar": s["hasil"] + " " + s["cara"],
         "jawaban": s["jawaban"].fillna(""), "nilai": _pecahan(Fraction(int(p), _MULUS) for p in persen)}
    )  # fmt: skip


def _tes(k: Kumpulan) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """People in the order of seats with attendance and tests; whether each answer is right."""
    orang = k.kelas.peserta.reset_index(drop=True)
    kunci = soal.kunci_tes().set_index("nomor")["jawaban"]
    nomor = soal.tes()["nomor"].tolist()
    kursi = pd.MultiIndex.from_frame(orang[["meja", "kursi"]])
    benar: dict[str, np.ndarray] = {}
    for tes in TES:
        t = k.lembar(tes)
        lebar = t.pivot_table(index=["meja", "kursi"], columns="nomor", values="nilai", aggfunc="first")
        lebar = lebar.reindex(index=kursi, columns=nomor)
        benar[tes] = (lebar == kunci.reindex(nomor).to_numpy()).fillna(False).to_numpy(dtype=bool)
        ikut = lebar.notna().any(axis=1).to_numpy(dtype=bool)
        orang = orang.assign(
            **{f"ikut_{tes.lower()}": ikut, f"benar_{tes.lower()}": benar[tes].sum(axis=1).astype("int64")}
        )
    p = k.lembar("PESERTA")
    for kolom, nama in (("Kehadiran", "hadir"), ("Perbaikan nama", "perbaikan")):
        isi = p[p["kolom"] == kolom].set_index(["meja", "nomor"])["nilai"]
        isi.index = isi.index.set_names(["meja", "kursi"])
        orang[nama] = pd.Series(isi.reindex(kursi).to_numpy(), dtype="str").fillna("")
    return orang, benar
