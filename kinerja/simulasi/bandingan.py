"""Two results for the same people: who gains, who loses, what it costs, and whether every table adds up."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import PREDIKAT
from kinerja.simulasi import ukuran
from kinerja.simulasi.acak import Larik
from kinerja.simulasi.penilaian import BAIK
from kinerja.simulasi.skenario import Hasil

KELOMPOK = ("opd", "jenis_jabatan", "kelas", "golongan", "desil")
ARAH = ("turun", "tetap", "naik")
JUMLAH = "Jumlah"
_POTONG = 1 << 17


@dataclass(frozen=True, eq=False)
class Bandingan:
    """`lama` and `baru` for the same people, in rupiah of `kolom` (bayaran.UANG). Made by `bandingkan`."""

    lama: Hasil
    baru: Hasil
    kolom: str
    _tabel: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def selisih(self) -> Larik:
        """Rupiah that each person gains (positive) or loses."""
        hasil: Larik = self.baru.uang(self.kolom).astype(np.int64) - self.lama.uang(self.kolom)
        return hasil

    def per(self, kelompok: str) -> pd.DataFrame:
        """One row one group and a last row Jumlah: orang, turun, tetap, naik (people), lama, baru, selisih (rupiah of
        everyone, exact), rata (rupiah a person), kehilangan, perolehan (rupiah of losers, of winners).

        kelompok: one of KELOMPOK or another column of the population. desil: of the baseline pay; people with the
        same pay are always in the same one, so they need not be equal in size. Groups without people are left out.
        """
        self.hitung([kelompok])
        return self._tabel[kelompok]

    def hitung(self, kelompok: Sequence[str] = KELOMPOK) -> dict[str, pd.DataFrame]:
        """Several tables in one pass over the people."""
        belum = [k for k in dict.fromkeys(kelompok) if k not in self._tabel]
        if belum:
            self._tabel.update(_tabel(self, belum))
        return {k: self._tabel[k] for k in kelompok}

    def jumlah(self) -> pd.Series:
        """The last row of every table: all people together."""
        ada = next(iter(self._tabel), "jenis_jabatan")
        return self.per(ada).iloc[-1]

    def anggaran(self) -> pd.DataFrame:
        """Gross budget of both (rupiah, exact) and the difference: sebulan to setahun with THR and the thirteenth."""
        t = pd.DataFrame({"lama": self.lama.anggaran(), "baru": self.baru.anggaran()})
        return t.assign(selisih=t["baru"] - t["lama"])

    def keadilan(self) -> pd.DataFrame:
        """`ukuran.keadilan` of both, side by side."""
        t = pd.DataFrame(
            {"lama": ukuran.keadilan(self.lama, self.kolom), "baru": ukuran.keadilan(self.baru, self.kolom)}
        )
        return t.assign(selisih=t["baru"] - t["lama"])

    def pola(self) -> pd.Series:
        """What the second rating adds or destroys against the first (people, and rupiah of `kolom`).

        diluruskan: rated as deserved only now; dibengkokkan: only before. baik_diturunkan: truly Baik or better, rated
        lower now; kurang_diturunkan: truly lower, rated lower now. Rupiah: what the truly good, and the others, gain.
        """
        a, b, sejati = self.lama.predikat, self.baru.predikat, self.lama.sejati
        baik, beda = sejati <= BAIK, self.selisih()
        isi = {
            "diluruskan": int(((b == sejati) & (a != sejati)).sum()),
            "dibengkokkan": int(((a == sejati) & (b != sejati)).sum()),
            "baik_diturunkan": int((baik & (b > a)).sum()),
            "baik_dinaikkan": int((baik & (b < a)).sum()),
            "kurang_diturunkan": int((~baik & (b > a)).sum()),
            "kurang_dinaikkan": int((~baik & (b < a)).sum()),
            "rupiah_yang_baik": int(beda[baik].sum()),
            "rupiah_yang_lain": int(beda[~baik].sum()),
        }
        return pd.Series(isi, dtype="int64")

    def pindah(self) -> pd.DataFrame:
        """People from each predikat before (rows) to each after (columns)."""
        n = len(PREDIKAT)
        sel = np.bincount(
            self.lama.predikat.astype(np.intp) * n + self.baru.predikat, minlength=n * n
        ).reshape(n, n)
        return pd.DataFrame(
            sel, pd.Index(PREDIKAT, name=self.lama.nama), pd.Index(PREDIKAT, name=self.baru.nama)
        )

    def __str__(self) -> str:
        j = self.jumlah()
        n = max(int(j["orang"]), 1)
        setahun = self.anggaran().loc["setahun"].to_dict()
        baris = [f"{self.baru.nama} dibandingkan dengan {self.lama.nama}: {self.lama.populasi.nama}"]
        for kode, kata in (("naik", "bertambah"), ("turun", "berkurang"), ("tetap", "tetap")):
            baris.append(
                f"{tulisan.angka(int(j[kode]))} pegawai ({tulisan.persen(100 * int(j[kode]) / n, 1)}) {kata}."
            )
        baris.append(
            f"Anggaran setahun {tulisan.rupiah(int(setahun['baru']))}, selisih {tulisan.rupiah(int(setahun['selisih']))}."
        )
        return "\n".join(baris)


def bandingkan(lama: Hasil, baru: Hasil, kolom: str = "kotor") -> Bandingan:
    """Two results side by side. ValueError unless they are the same people in the same order.

    True performance may differ (behaviour); who the people are and what posts they hold may not.
    """
    if len(lama.populasi) != len(baru.populasi) or not _orang_sama(lama, baru):
        raise ValueError(
            f"{lama.nama} dan {baru.nama} bukan untuk orang yang sama dalam urutan yang sama "
            f"({lama.populasi.nama}; {baru.populasi.nama}). Jalankan keduanya pada satu populasi."
        )
    for h in (lama, baru):
        h.siapkan(kolom)
    return Bandingan(lama, baru, kolom)


def _orang_sama(lama: Hasil, baru: Hasil) -> bool:
    a, b = lama.populasi, baru.populasi
    if (a.nip is None) != (b.nip is None) or (
        a.nip is not None and b.nip is not None and not a.nip.equals(b.nip)
    ):
        return False
    tetap = [n for n in a.kolom if n not in ("hasil", "perilaku")]
    return all(
        n in b.kolom and (a.kolom[n] is b.kolom[n] or np.array_equal(a.kolom[n], b.kolom[n])) for n in tetap
    )


def _batas_desil(uang: Larik) -> Larik:
    """The pay of the last person of each tenth but the last."""
    n = len(uang)
    letak = [max(-(-n * k // 10) - 1, 0) for k in range(1, 10)]
    return np.partition(uang, sorted(set(letak)))[letak] if n else uang[:0]


def _tabel(c: Bandingan, kelompok: Sequence[str]) -> dict[str, pd.DataFrame]:
    a, b = c.lama.uang(c.kolom), c.baru.uang(c.kolom)
    batas = _batas_desil(a) if "desil" in kelompok else a[:0]
    sumber: dict[str, tuple[Larik | None, tuple[str, ...]]] = {
        k: (None, tuple(f"Desil {d}" for d in range(1, 11))) if k == "desil" else c.lama.populasi.kode(k)
        for k in kelompok
    }

    def sebagian(mulai: int) -> dict[str, tuple[Larik, Larik, Larik]]:
        di = slice(mulai, mulai + _POTONG)
        x, y = a[di], b[di]
        arah = np.greater(y, x).astype(np.int8)
        arah -= y < x
        arah += 1
        wx, wy = x.astype(np.float64), y.astype(np.float64)
        hasil = {}
        for k, (kode, nama) in sumber.items():
            # as many thresholds as lie below a pay, so equal pay is in one decile
            milik = np.searchsorted(batas, x, side="left") if kode is None else kode[di]
            sel = milik.astype(np.intp) * 3 + arah
            m = 3 * len(nama)
            # below 2**53 in a stretch, so nothing is rounded
            hasil[k] = (
                np.bincount(sel, minlength=m),
                np.bincount(sel, wx, m).astype(np.int64),
                np.bincount(sel, wy, m).astype(np.int64),
            )
        return hasil

    with ThreadPoolExecutor(os.cpu_count()) as kumpulan:
        bagian = list(kumpulan.map(sebagian, range(0, len(a), _POTONG)))
    return {k: _susun(k, sumber[k][1], [p[k] for p in bagian]) for k in kelompok}


def _susun(
    kelompok: str, nama: tuple[str, ...], bagian: Sequence[tuple[Larik, Larik, Larik]]
) -> pd.DataFrame:
    bentuk = (len(nama), 3)
    orang, lama, baru = (
        sum((p[i] for p in bagian), np.zeros(3 * len(nama), np.int64)).reshape(bentuk) for i in range(3)
    )
    ada = np.flatnonzero(orang.sum(axis=1))
    orang, lama, baru = (np.vstack([x[ada], x[ada].sum(axis=0)]) for x in (orang, lama, baru))
    beda = baru - lama
    semua, selisih = orang.sum(axis=1), beda.sum(axis=1)
    isi: Mapping[str, Any] = {
        "orang": semua,
        **{arah: orang[:, i] for i, arah in enumerate(ARAH)},
        "lama": lama.sum(axis=1),
        "baru": baru.sum(axis=1),
        "selisih": selisih,
        "rata": selisih / np.maximum(semua, 1),
        "kehilangan": beda[:, 0],
        "perolehan": beda[:, 2],
    }
    return pd.DataFrame(isi, index=pd.Index([*(nama[i] for i in ada), JUMLAH], name=kelompok))


__all__ = ["ARAH", "JUMLAH", "KELOMPOK", "Bandingan", "bandingkan"]
