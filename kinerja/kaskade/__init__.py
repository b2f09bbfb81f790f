"""Pohon kinerja: the tree, what is wrong with it, the matriks peran hasil, roll-up and roll-down."""

from .akip import bukti_akip
from .ekspor import mermaid, tulis_periksa
from .gulung import Gulungan, bagi_target, gulung, gulung_nasional, target_bulanan
from .latihan import Soal, potong, rusakkan
from .matriks import Gabungan, baca_matriks, gabung_matriks, matriks, pemimpin, tulis_matriks
from .perbaikan import perbaiki
from .periksa import Periksa, periksa, sebutan_jenjang
from .pohon import jalur, pegawai_per_simpul, pegawai_tergantung, telusur

__all__ = [
    "Gabungan",
    "Gulungan",
    "Periksa",
    "Soal",
    "baca_matriks",
    "bagi_target",
    "bukti_akip",
    "gabung_matriks",
    "gulung",
    "gulung_nasional",
    "jalur",
    "matriks",
    "mermaid",
    "pegawai_per_simpul",
    "pegawai_tergantung",
    "pemimpin",
    "perbaiki",
    "periksa",
    "potong",
    "rusakkan",
    "sebutan_jenjang",
    "target_bulanan",
    "telusur",
    "tulis_matriks",
    "tulis_periksa",
]
