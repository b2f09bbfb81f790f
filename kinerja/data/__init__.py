"""The workbook's tables: read, check, template, anonymise."""

from .baca import Data, baca
from .berkas import sidik_sumber
from .galat import GalatData, Temuan
from .periksa import periksa
from .samaran import samarkan
from .sensor import sensor
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
    "sensor",
    "sidik_sumber",
    "templat",
    "tulis_buku",
    "tulis_csv",
    "tulis_parquet",
]
