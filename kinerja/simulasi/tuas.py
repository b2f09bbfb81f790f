"""What can be moved: one name for each number of a policy, and the result after moving it.

indeks, porsi_kinerja (attendance gets the rest), persen_<predikat>, derau, kelonggaran; or any number by the name that
the scheme's rules read it (persen_thr, batas_potongan, ...).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from kinerja import tulisan
from kinerja.data.skema import PREDIKAT
from kinerja.simulasi.bayaran import Bayaran, tarif_lain
from kinerja.simulasi.skenario import Hasil, ubah_bayaran, ubah_penilai

PENILAI = {"derau": "derau", "kelonggaran": "longgar"}


def tuas(h: Hasil) -> tuple[str, ...]:
    """The names that `geser` knows for this result."""
    skalar = [
        n for n, p in h.bayaran.parameter.items() if p.tipe == "skalar" and isinstance(p.nilai, int | Decimal)
    ]
    persen = [f"persen_{p}" for p in PREDIKAT] if h.bayaran.persen is not None else []
    return (
        "porsi_kinerja",
        *persen,
        *PENILAI,
        *(n for n in skalar if n not in ("porsi_produktivitas", "porsi_disiplin")),
    )


def geser(h: Hasil, nilai: Mapping[str, Any], nama: str | None = None) -> Hasil:
    """The result with other values of levers; the rest, and the raters' luck, stay as they are.

    ValueError for an unknown lever (with the nearest), what is no number, or a share or percent outside 0..100.
    """
    ada = tuas(h)
    salah = [_pesan(n, v, ada) for n, v in nilai.items()]
    if any(salah):
        raise ValueError("\n".join(s for s in salah if s))
    angka = {n: _tepat(v) for n, v in nilai.items()}
    orang = {PENILAI[n]: float(v) for n, v in angka.items() if n in PENILAI}
    hasil = ubah_penilai(h, **orang) if orang else h
    b = hasil.bayaran
    for n, v in angka.items():
        if n not in PENILAI:
            b = _satu(b, n, v)
    sebut = (
        nama
        or f"{h.nama} dengan {tulisan.daftar(f'{tulisan.label(n).lower()} {tulisan.angka(v)}' for n, v in angka.items())}"
    )
    return ubah_bayaran(hasil, b, sebut)


def _satu(b: Bayaran, nama: str, v: int | Decimal) -> Bayaran:
    if nama == "porsi_kinerja":
        return tarif_lain(tarif_lain(b, "porsi_produktivitas", v), "porsi_disiplin", 100 - v)
    if nama.startswith("persen_") and nama.removeprefix("persen_") in PREDIKAT:
        return tarif_lain(b, "nilai_kinerja_predikat", {nama.removeprefix("persen_"): v})
    return tarif_lain(b, nama, v)


def _tepat(v: Any) -> int | Decimal:
    """A number as it was typed, never as binary."""
    if isinstance(v, int | Decimal):
        return v
    d = Decimal(repr(float(v)))
    return int(d) if d == d.to_integral_value() else d


def _pesan(nama: str, v: Any, ada: tuple[str, ...]) -> str:
    if nama not in ada:
        dekat = difflib.get_close_matches(nama, ada, n=3, cutoff=0.5)
        return f"tuas {nama} tidak dikenal. " + (
            f"Maksudnya {tulisan.daftar(dekat, 'atau')}?" if dekat else f"Yang ada: {', '.join(ada)}."
        )
    if isinstance(v, bool) or not isinstance(v, int | float | Decimal | np.number):
        return f"tuas {nama}: {v!r} bukan angka."
    if nama.startswith(("persen_", "porsi_")) and not 0 <= v <= 100:
        return f"tuas {nama}: {tulisan.angka(_tepat(v))} di luar 0 sampai 100."
    if v < 0 and nama != "kelonggaran":
        return f"tuas {nama}: {tulisan.angka(_tepat(v))} tidak boleh negatif."
    return ""


__all__ = ["geser", "tuas"]
