"""kinerja.parameter as the page carries it: only the words that reading a phrase needs, already checked."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_BERKAS = Path(__file__).resolve().parent.parent / "parameter.json"


class Ketentuan:
    def __init__(self, isi: dict[str, Any]) -> None:
        self.parameter = {
            jalur: SimpleNamespace(waktu=(SimpleNamespace(nilai=n),)) for jalur, n in isi.items()
        }

    def __getitem__(self, jalur: str) -> SimpleNamespace:
        return self.parameter[jalur]


_isi: list[Ketentuan] = []


def muat() -> Ketentuan:
    if not _isi:
        _isi.append(Ketentuan(json.loads(_BERKAS.read_text("utf-8"))))
    return _isi[0]
