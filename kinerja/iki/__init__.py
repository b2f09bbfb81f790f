"""Designing and measuring indicators.

`kj.iki.periksa`, `tingkat`, `smart`, `kembar`, `periksa_target(tabel)`, `cari_pustaka("puskesmas")` and the rest;
nothing is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_LETAK = {
    "aturan": "kinerja.iki.nasihat",
    "baca_jawaban": "kinerja.iki.latihan",
    "baca_kartu": "kinerja.iki.kartu",
    "banding_tulis": "kinerja.iki.klinik",
    "blok_kartu": "kinerja.iki.kartu",
    "cari_pustaka": "kinerja.iki.pustaka",
    "diagnosis": "kinerja.iki.klinik",
    "FormKartu": "kinerja.iki.kartu",
    "halaman_kartu": "kinerja.iki.kartu",
    "kartu_dari": "kinerja.iki.kartu",
    "kembar": "kinerja.iki.salinan",
    "kunci_latihan": "kinerja.iki.latihan",
    "lemah": "kinerja.iki.lint",
    "nilai_kelompok": "kinerja.iki.latihan",
    "nilai_latihan": "kinerja.iki.latihan",
    "periksa": "kinerja.iki.lint",
    "periksa_kartu": "kinerja.iki.kartu",
    "periksa_target": "kinerja.iki.target",
    "saran_rumus": "kinerja.iki.target",
    "saran_tulis": "kinerja.iki.nasihat",
    "smart": "kinerja.iki.kriteria",
    "soal_latihan": "kinerja.iki.latihan",
    "tabel_iki": "kinerja.iki.lint",
    "tebak_polaritas": "kinerja.iki.target",
    "tingkat": "kinerja.iki.lint",
    "tulis_kartu": "kinerja.iki.kartu",
    "urai_tempelan": "kinerja.iki.klinik",
}

__all__ = [*_LETAK]


def __getattr__(nama: str) -> Any:
    if nama in _LETAK:
        return getattr(import_module(_LETAK[nama]), nama)
    raise AttributeError(f"kinerja.iki tidak punya {nama!r}; yang ada: {', '.join(sorted(__all__))}")


def __dir__() -> list[str]:
    return sorted(__all__)
