"""Pohon kinerja: the tree, what is wrong with it, the matriks peran hasil, roll-up and roll-down."""

from .akip import bukti_akip
from .ekspor import mermaid, tulis_periksa
from .gulung import Gulungan, bagi_target, gulung, gulung_nasional, target_bulanan
from .latihan import Soal, potong, rusakkan
from .matriks import Gabungan, baca_matriks, gabung_matriks, matriks, pemimpin, tulis_matriks
from .perbaikan import bagi_rhk, beban_tim, dapat_dibagi, hari_kerja, perbaiki, usul_gantungan
from .periksa import Periksa, periksa, sebutan_jenjang
from .pohon import jalur, pegawai_per_simpul, pegawai_tergantung, telusur

__all__ = [
    "Gabungan",
    "Gulungan",
    "Periksa",
    "Soal",
    "baca_matriks",
    "bagi_rhk",
    "bagi_target",
    "beban_tim",
    "bukti_akip",
    "dapat_dibagi",
    "gabung_matriks",
    "gulung",
    "gulung_nasional",
    "hari_kerja",
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
    "usul_gantungan",
]
