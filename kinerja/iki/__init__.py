"""Designing and measuring indicators: `kj.iki.periksa_target(tabel)`, `kj.iki.cari_pustaka("puskesmas")`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_LETAK = {
    "cari_pustaka": "kinerja.iki.pustaka",
    "periksa_target": "kinerja.iki.target",
    "saran_rumus": "kinerja.iki.target",
    "tebak_polaritas": "kinerja.iki.target",
}

__all__ = [*_LETAK]


def __getattr__(nama: str) -> Any:
    if nama in _LETAK:
        return getattr(import_module(_LETAK[nama]), nama)
    raise AttributeError(f"kinerja.iki tidak punya {nama!r}; yang ada: {', '.join(sorted(__all__))}")


def __dir__() -> list[str]:
    return sorted(__all__)
