"""One room per regulation, and the registry of which one was in force when."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_LETAK = {
    **dict.fromkeys(("berlaku", "bersinggungan", "linimasa", "perbedaan"), "kinerja.regulasi.registri"),
    "gambar": "kinerja.bagan",
}

__all__ = [*_LETAK]


def __getattr__(nama: str) -> Any:
    if nama in _LETAK:
        return getattr(import_module(_LETAK[nama]), nama)
    raise AttributeError(f"kinerja.regulasi tidak punya {nama!r}; yang ada: {', '.join(sorted(__all__))}")
