"""What the page asks of Python: JSON in, JSON out."""

from __future__ import annotations

import json
from dataclasses import asdict

from kinerja.iki.nasihat import Nasihat, nasihat, perubahan


def _isi(n: Nasihat) -> dict[str, object]:
    return {**asdict(n), "anak_tangga": n.anak_tangga, "di_tempat": n.di_tempat, "lemah": bool(n.berat)}


def baca(teks: str, jenjang: str, baru: str = "") -> str:
    """Advice on a phrase, and on its rewrite with what that changed, where there is one."""
    lama = nasihat(teks, jenjang)
    hasil: dict[str, object] = {"lama": _isi(lama)}
    if baru.strip():
        n = nasihat(baru, jenjang)
        naik, turun = perubahan(lama.tingkat, n.tingkat, lama.berat, n.berat)
        sama = n.teks.casefold() == lama.teks.casefold()
        hasil |= {"baru": _isi(n), "membaik": naik, "memburuk": turun, "sama": sama}
    return json.dumps(hasil, ensure_ascii=False)
