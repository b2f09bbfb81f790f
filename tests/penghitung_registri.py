"""The timeline of the fact sheets: which regulation scores which day."""

from __future__ import annotations

from typing import Any

from kinerja.parameter import Kebijakan
from kinerja.regulasi import berlaku


def hitung(masukan: Any, _: Kebijakan, __: str) -> list[str]:
    return [berlaku(b["tanggal"], b.get("instansi")) for b in masukan]
