"""Capaian, ratings, kuadran and pay as one graph of the house's own rules: for the test and the bench.

PermenPANRB 6/2022 has no national threshold for a rating; 90 and 110 percent are an assumption here.
"""

from __future__ import annotations

from kinerja.aturan import Graf, aturan
from kinerja.iki.capaian import maks
from kinerja.parameter import Kebijakan, Nilai, kebijakan
from kinerja.pecahan import Pecahan, bulat
from kinerja.regulasi import permenpanrb6
from kinerja.tukin import tpp

AMBANG = [
    {"kurang_dari": 90, "nilai": "di_bawah"},
    {"paling_sedikit": 90, "paling_banyak": 110, "nilai": "sesuai"},
    {"lebih_dari": 110, "nilai": "di_atas"},
]
KEBIJAKAN = kebijakan("2022-12-31").dengan(
    {f"permenpanrb-6-2022.ambang_ekspektasi_{x}": {"2022-01-01": AMBANG} for x in ("hasil", "perilaku")}
)


@aturan("Angka hasil kerja", satuan="persen", dasar="Asumsi: capaian satu indikator", status="asumsi")
def angka_hasil(maks: Pecahan) -> Pecahan:
    return maks


@aturan("Capaian kinerja", satuan="persen", dasar="Dicetak dua desimal", status="asumsi")
def capaian(angka_hasil: Pecahan) -> Pecahan:
    return bulat(angka_hasil, 2)


SKOR = Graf.dari("Skor", [maks, angka_hasil, capaian], {"target": "Target", "realisasi": "Realisasi"})
GRAF = Graf.gabung("Skor sampai TPP", SKOR, permenpanrb6.GRAF_ANGKA_JADI, permenpanrb6.GRAF, tpp.GRAF)


def parameter(k: Kebijakan) -> dict[str, Nilai]:
    return {**k.bagian(permenpanrb6.BERKAS), **tpp.parameter_tpp(k, "tpp-60-40", "babel")}
