"""The workbook's tables: read, check, template, anonymise."""

from .baca import Data, baca
from .galat import GalatData, Temuan
from .periksa import periksa
from .samaran import samarkan
from .skema import SKEMA
from .templat import templat, tulis_buku, tulis_csv, tulis_parquet

__all__ = [
    "SKEMA",
    "Data",
    "GalatData",
    "Temuan",
    "baca",
    "periksa",
    "samarkan",
    "templat",
    "tulis_buku",
    "tulis_csv",
    "tulis_parquet",
]
