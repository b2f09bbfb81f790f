"""A change of pay taken apart: rating rule, predicate-to-pay table, attendance, tax. Every split adds up to the rupiah.

Each step takes its part of the second scenario while the others stay with the first. In a stated order each step is
the change that it makes when its turn comes; free of order (Shapley) it is the mean over all orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations
from math import factorial

import numpy as np
import pandas as pd

from kinerja.simulasi.acak import Larik
from kinerja.simulasi.bandingan import JUMLAH
from kinerja.simulasi.bayaran import Bayaran
from kinerja.simulasi.skenario import Hasil
from kinerja.simulasi.ukuran import jumlah_per

LANGKAH = ("penilaian", "bayaran", "kehadiran", "pajak")
# rules, parameters and inputs of each part of pay; what is named in neither is the pay table
_KEHADIRAN = frozenset(
    {
        "pelanggaran_disiplin", "potongan_total", "potongan_hari_cuti", "tidak_dibayar_cuti", "nilai_disiplin",
        "potongan_terbatas", "nilai_disiplin_paling_sedikit", "batas_potongan", "pelanggaran_kinerja",
    }
)  # fmt: skip
_PAJAK = frozenset(
    {
        "bruto", "kategori", "tarif_ter", "pph_bruto", "pph", "pph_gaji", "kategori_ter", "ter_a", "ter_b", "ter_c",
        "tarif_final", "tarif_dipotong", "dasar_bpjs", "bpjs_pegawai", "bpjs_pemberi_kerja", "batas_upah_bpjs",
        "iuran_bpjs_pegawai", "iuran_bpjs_pemberi_kerja", "iwp", "iwp_pensiun", "iwp_hari_tua", "gaji", "gaji_pokok",
        "golongan", "status_ptkp", "bersih",
    }
)  # fmt: skip


def _bagian(nama: str) -> str:
    return "kehadiran" if nama in _KEHADIRAN else "pajak" if nama in _PAJAK else "bayaran"


def campur(a: Bayaran, b: Bayaran, dari_b: Sequence[str]) -> Bayaran:
    """Scheme `a` with the named parts (of LANGKAH) of scheme `b`."""

    def milik(nama: str) -> bool:
        return _bagian(nama) in dari_b

    graf = a.graf
    aturan = {n: f for n, f in graf.aturan.items() if not milik(n)} | {
        n: f for n, f in b.graf.aturan.items() if milik(n)
    }
    masukan = {n: x for n, x in {**b.graf.masukan, **graf.masukan}.items() if n not in aturan}
    parameter = {n: p for n, p in a.parameter.items() if not milik(n)} | {
        n: p for n, p in b.parameter.items() if milik(n)
    }
    tetap = {**b.tetap, **a.tetap} | {n: x for n, x in b.tetap.items() if milik(n)}
    pembayar = b if "bayaran" in dari_b else a
    return replace(
        a, graf=replace(graf, aturan=aturan, masukan=masukan), parameter=parameter, tetap=tetap,
        menurut=pembayar.menurut, persen=pembayar.persen,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Uraian:
    """Rupiah of every combination of steps, per group. jumlah[taken from the second] has shape (kelompok,)."""

    lama: Hasil
    baru: Hasil
    kolom: str
    kelompok: str | None
    nama: tuple[str, ...]
    total: dict[frozenset[str], Larik]

    def berurutan(self, urutan: Sequence[str] = LANGKAH) -> pd.DataFrame:
        """Rupiah of each step in a stated order, one row one group and a row Jumlah: the steps and `selisih`.

        ValueError if `urutan` is not the four steps, each once.
        """
        if sorted(urutan) != sorted(LANGKAH):
            raise ValueError(f"urutan harus memuat {', '.join(LANGKAH)}, masing-masing sekali.")
        isi, diambil = {}, frozenset[str]()
        for langkah in urutan:
            kini = diambil | {langkah}
            isi[langkah] = self.total[kini] - self.total[diambil]
            diambil = kini
        return self._tabel(isi)

    @cached_property
    def _shapley(self) -> dict[str, list[Fraction]]:
        n = len(LANGKAH)
        hasil = {}
        for langkah in LANGKAH:
            lain = [x for x in LANGKAH if x != langkah]
            andil = [Fraction(0)] * len(self.nama)
            for sudah in (frozenset(c) for r in range(n) for c in combinations(lain, r)):
                bobot = Fraction(factorial(len(sudah)) * factorial(n - len(sudah) - 1), factorial(n))
                beda = (self.total[sudah | {langkah}] - self.total[sudah]).tolist()
                andil = [x + bobot * d for x, d in zip(andil, beda, strict=True)]
            hasil[langkah] = andil
        return hasil

    def bebas_urutan(self) -> pd.DataFrame:
        """The same free of order (Shapley), in whole rupiah by largest remainder, so that the steps add up exactly."""
        per = [_bulatkan([self._shapley[n][i] for n in LANGKAH]) for i in range(len(self.nama))]
        return self._tabel({n: np.array([p[k] for p in per], dtype=np.int64) for k, n in enumerate(LANGKAH)})

    def rentang(self) -> pd.DataFrame:
        """How much a step depends on the order: terkecil and terbesar over all 24 orders (rupiah of everyone)."""
        semua = [self.berurutan(u).loc[JUMLAH] for u in permutations(LANGKAH)]
        return pd.DataFrame(
            {n: {"terkecil": min(s[n] for s in semua), "terbesar": max(s[n] for s in semua)} for n in LANGKAH}
        ).T

    def _tabel(self, isi: dict[str, Larik]) -> pd.DataFrame:
        t = pd.DataFrame(isi, index=pd.Index(self.nama, name=self.kelompok))
        t["selisih"] = self.total[frozenset(LANGKAH)] - self.total[frozenset()]
        if self.kelompok is None:
            t.index = pd.Index([JUMLAH])
        else:
            t.loc[JUMLAH] = t.sum()
        return t.astype("int64")


def _bulatkan(bagian: Sequence[Fraction]) -> list[int]:
    """Whole numbers with the same (whole) sum."""
    bawah = [x.numerator // x.denominator for x in bagian]
    kurang = int(sum(bagian)) - sum(bawah)
    urut = sorted(range(len(bagian)), key=lambda i: (bawah[i] - bagian[i], i))
    for i in urut[:kurang]:
        bawah[i] += 1
    return bawah


def uraikan(lama: Hasil, baru: Hasil, kolom: str = "bersih", kelompok: str | None = None) -> Uraian:
    """Take the change from `lama` to `baru` apart. kelompok: also per group (opd, kelas, ...).

    ValueError if they are not the same people. kolom: of bayaran.UANG; tax only shows in `bersih`.
    """
    from kinerja.simulasi.bandingan import bandingkan

    bandingkan(lama, baru, kolom)
    if kelompok is None:
        kode: Larik = np.zeros(len(lama.populasi), np.int8)
        nama: tuple[str, ...] = (JUMLAH,)
    else:
        kode, nama = lama.populasi.kode(kelompok)
    total: dict[frozenset[str], Larik] = {}
    for r in range(len(LANGKAH) + 1):
        for diambil in combinations(LANGKAH, r):
            bayaran = campur(lama.bayaran, baru.bayaran, diambil)
            penilai = baru if "penilaian" in diambil else lama
            pola = baru.pola if "kehadiran" in diambil else lama.pola
            uang = bayaran.hitung(penilai.predikat, pola, [kolom], hasil=penilai.poin[0])[kolom]
            total[frozenset(diambil)] = jumlah_per(kode, uang, len(nama))
    return Uraian(lama, baru, kolom, kelompok, tuple(nama), total)


__all__ = ["LANGKAH", "Uraian", "campur", "uraikan"]
