"""Sweeps over one or two levers, and the value of a lever that keeps a budget and a limit of losers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

import pandas as pd

from kinerja import tulisan
from kinerja.simulasi import ukuran
from kinerja.simulasi.bandingan import bandingkan
from kinerja.simulasi.skenario import Hasil
from kinerja.simulasi.tuas import geser

FIGUR: Mapping[str, Callable[[Hasil, Hasil, str], Any]] = {
    "setahun": lambda h, _dasar, _k: int(h.anggaran()["setahun"]),
    "sebulan": lambda h, _dasar, k: h.total(k),
    "selisih": lambda h, dasar, k: h.total(k) - dasar.total(k),
    "kalah": lambda h, dasar, k: _persen_arah(dasar, h, k, "turun"),
    "menang": lambda h, dasar, k: _persen_arah(dasar, h, k, "naik"),
    "gini": lambda h, _dasar, k: float(ukuran.gini(h.uang(k))),
    "theil": lambda h, _dasar, k: ukuran.theil(h.uang(k)),
    "kinerja": lambda h, _dasar, k: ukuran.ragam(h, k)["kinerja"],
    "baik_dibayar_buruk": lambda h, _dasar, _k: ukuran.ketepatan(h)["baik_dibayar_buruk"],
    "buruk_dibayar_baik": lambda h, _dasar, _k: ukuran.ketepatan(h)["buruk_dibayar_baik"],
}


def _persen_arah(dasar: Hasil, h: Hasil, kolom: str, arah: str) -> float:
    j = bandingkan(dasar, h, kolom).jumlah()
    return 100 * int(j[arah]) / max(int(j["orang"]), 1)


def sapu(
    h: Hasil,
    tuas: Mapping[str, Iterable[Any]],
    figur: Sequence[str] = ("setahun", "selisih", "kalah", "gini", "kinerja"),
    kolom: str = "kotor",
) -> pd.DataFrame:
    """Every combination of values of one or more levers: one row each, the levers as columns, then the figures.

    selisih, kalah and menang are against `h`. Two levers make a heat map: `.pivot(index=..., columns=..., values=...)`.
    ValueError for an unknown lever or figure.
    """
    asing = [f for f in figur if f not in FIGUR]
    if asing:
        raise ValueError(f"angka {tulisan.daftar(asing)} tidak dikenal. Yang ada: {', '.join(FIGUR)}.")
    nama = list(tuas)
    baris = []
    for nilai in product(*(list(v) for v in tuas.values())):
        titik = dict(zip(nama, nilai, strict=True))
        lain = geser(h, titik)
        baris.append({**titik, **{f: FIGUR[f](lain, h, kolom) for f in figur}})
    return pd.DataFrame(baris, columns=[*nama, *figur])


@dataclass(frozen=True)
class Temuan:
    """What `cari` found. nilai: the lever's value (None if nothing fits); hasil: the result there; alasan: in words;
    jejak: everything that was tried: nilai, setahun (rupiah), kalah (percent of people)."""

    tuas: str
    nilai: Decimal | None
    hasil: Hasil | None
    alasan: str
    jejak: pd.DataFrame

    @property
    def layak(self) -> bool:
        return self.nilai is not None

    def __str__(self) -> str:
        return self.alasan


def cari(
    h: Hasil,
    tuas: str,
    *,
    plafon: int,
    kalah_paling_banyak: float = 100.0,
    dari: Any = 0,
    sampai: Any = 100,
    langkah: Any = "0.01",
    kolom: str = "kotor",
) -> Temuan:
    """The dearest value of a lever on the grid dari, dari + langkah, ..., sampai whose year fits under `plafon`
    (rupiah, gross with THR and the thirteenth) and under which at most `kalah_paling_banyak` percent lose against `h`.

    Bisection (bisect of the standard library) on exact whole totals: the budget must rise or fall with the lever all
    the way, as it does for indices, shares and percents; the trail is checked and a lever that turns is refused.
    ValueError for a wrong grid or such a lever. Where nothing fits, `alasan` says which limit fails and by how much.
    """
    a, z, s = (Decimal(str(x)) for x in (dari, sampai, langkah))
    if s <= 0 or z < a:
        raise ValueError(
            "rentang pencarian salah: sampai harus tidak kurang dari dari, dan langkah harus lebih dari 0."
        )
    banyak = int((z - a) / s)
    coba: dict[int, tuple[int, float]] = {}

    def titik(i: int) -> Decimal:
        return a + s * i

    def nilai(i: int) -> tuple[int, float]:
        if i not in coba:
            lain = geser(h, {tuas: titik(i)})
            coba[i] = int(lain.anggaran()["setahun"]), _persen_arah(h, lain, kolom, "turun")
        return coba[i]

    naik = nilai(banyak)[0] >= nilai(0)[0]

    def ke(j: int) -> int:  # places in order of rising budget
        return j if naik else banyak - j

    letak = range(banyak + 1)
    muat = bisect_left(letak, True, key=lambda j: nilai(ke(j))[0] > plafon)  # how many places fit
    jejak = pd.DataFrame(
        [{"nilai": titik(i), "setahun": coba[i][0], "kalah": coba[i][1]} for i in sorted(coba)],
    )
    urut = jejak["setahun"] if naik else jejak["setahun"][::-1]
    if not urut.is_monotonic_increasing:
        raise ValueError(
            f"anggaran tidak searah dengan {tuas}, jadi tidak dapat dicari dengan belah dua. Pakai sapu(...)."
        )
    sebut = tulisan.label(tuas).lower()
    if muat == 0:
        murah = coba[ke(0)][0]
        alasan = (
            f"Tidak ada {sebut} yang cukup murah: yang termurah ({tulisan.angka(titik(ke(0)))}) sudah "
            f"{tulisan.rupiah(murah)} setahun, {tulisan.rupiah(murah - plafon)} di atas plafon {tulisan.rupiah(plafon)}. "
            "Naikkan plafon, perlebar rentang, atau geser angka lain dulu."
        )
        return Temuan(tuas, None, None, alasan, jejak)
    i = ke(muat - 1)
    setahun, kalah = nilai(i)
    if kalah > kalah_paling_banyak:
        alasan = (
            f"Plafon {tulisan.rupiah(plafon)} dan batas {tulisan.persen(kalah_paling_banyak)} pegawai berkurang tidak dapat "
            f"dipenuhi bersama: pada {sebut} termahal yang masih muat ({tulisan.angka(titik(i))}) {tulisan.persen(kalah, 1)} "
            f"pegawai berkurang. Naikkan plafon atau longgarkan batasnya."
        )
        return Temuan(tuas, None, None, alasan, jejak)
    sisa = plafon - setahun
    alasan = (
        f"{tulisan.label(tuas)} {tulisan.angka(titik(i))}: {tulisan.rupiah(setahun)} setahun, sisa {tulisan.rupiah(sisa)} dari plafon; "
        f"{tulisan.persen(kalah, 1)} pegawai berkurang."
    )
    return Temuan(tuas, titik(i), geser(h, {tuas: titik(i)}), alasan, jejak)


__all__ = ["FIGUR", "Temuan", "cari", "sapu"]
