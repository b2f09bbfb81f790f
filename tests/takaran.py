"""How many random cases a property is tried on: a third in `make uji`, all in `make uji-lengkap`."""

from __future__ import annotations

import os

LENGKAP = os.environ.get("KINERJA_LENGKAP") == "1"


def banyak(kasus: int) -> int:
    """This many cases in the complete run, a third of them (at least 3) in the quick one."""
    return kasus if LENGKAP else max(3, kasus // 3)
