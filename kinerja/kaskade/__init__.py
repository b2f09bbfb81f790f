"""Pohon kinerja: the tree, what is wrong with it, the matriks peran hasil, roll-up and roll-down."""

from .periksa import Periksa, periksa
from .pohon import pegawai_per_simpul, pegawai_tergantung, telusur

__all__ = ["Periksa", "pegawai_per_simpul", "pegawai_tergantung", "periksa", "telusur"]
