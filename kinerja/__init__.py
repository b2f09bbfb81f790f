"""Meja kerja metodologi kinerja ASN: indikator, penilaian, tukin, dan laporan per OPD.

`import kinerja as kj` gives a notebook everything that it calls; nothing heavy is imported
before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_LETAK = {
    "baca": "kinerja.data",
    "bandingkan": "kinerja.regulasi.banding",
    "blok_dialog": "kinerja.dialog",
    "buat_contoh": "kinerja.contoh",
    "buka_irisan": "kinerja.laporan.isi",
    "hitung_capaian": "kinerja.iki.capaian",
    "hitung_pemda": "kinerja.laporan.isi",
    "instansi": "kinerja.parameter",
    "jelaskan": "kinerja.regulasi.banding",
    "kebijakan": "kinerja.parameter",
    "lembar_dialog": "kinerja.dialog",
    "nilai": "kinerja.regulasi.banding",
    "nilai_setahun": "kinerja.regulasi.setahun",
    "pdf_blok": "kinerja.laporan.pdf",
    "samarkan": "kinerja.data",
    "semua_temuan": "kinerja.temuan",
    "siklus": "kinerja.tahapan",
    "tabel_penjelasan": "kinerja.regulasi.banding",
    "templat": "kinerja.data",
    "tindak_lanjut": "kinerja.usulan",
    "tulis_buku": "kinerja.data",
    "tulis_dialog": "kinerja.dialog",
    "tulis_penjelasan": "kinerja.regulasi.banding",
    "tulis_temuan": "kinerja.temuan",
}
_MODUL = {
    "alir": "kinerja.alir",
    "ambang": "kinerja.regulasi.ambang",
    "bagian": "kinerja.laporan.bagian",
    "bulanan": "kinerja.bimtek.bulanan",
    "gambar": "kinerja.gambar",
    "gambar_ambang": "kinerja.gambar_ambang",
    "gambar_iki": "kinerja.gambar_iki",
    "gambar_kaskade": "kinerja.gambar_kaskade",
    "gambar_kuadran": "kinerja.gambar_kuadran",
    "gambar_siklus": "kinerja.gambar_siklus",
    "gambar_simulasi": "kinerja.gambar_simulasi",
    "gambar_tukin": "kinerja.gambar_tukin",
    "gambar_tindak": "kinerja.gambar_tindak",
    "glosarium": "kinerja.bimtek.glosarium",
    "iki": "kinerja.iki",
    "kaskade": "kinerja.kaskade",
    "kebijakan_banding": "kinerja.laporan.kebijakan",
    "kuadran": "kinerja.bimtek.kuadran",
    "pelajaran": "kinerja.bimtek.pelajaran",
    "refleksi": "kinerja.bimtek.refleksi",
    "regulasi": "kinerja.regulasi",
    "sebaran": "kinerja.regulasi.sebaran",
    "simulasi": "kinerja.simulasi",
    "tampil": "kinerja.tampil",
    "tukin": "kinerja.tukin",
    "usulan": "kinerja.usulan",
    "widget": "kinerja.widget",
    "widget_kaskade": "kinerja.widget_kaskade",
    "widget_tukin": "kinerja.widget_tukin",
}

__all__ = [*_LETAK, *_MODUL]


def __getattr__(nama: str) -> Any:
    if nama in _LETAK:
        return getattr(import_module(_LETAK[nama]), nama)
    if nama in _MODUL:
        return import_module(_MODUL[nama])
    raise AttributeError(f"kinerja tidak punya {nama!r}; yang ada: {', '.join(sorted(__all__))}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
