"""PermenPANRB 6/2022: rating of results and rating of behaviour give the predikat (kuadran kinerja)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kinerja.aturan import Graf, Hasil, aturan
from kinerja.data.skema import RATING
from kinerja.parameter import Kebijakan
from kinerja.pecahan import Kode, cari, dari_kategori

BERKAS = "permenpanrb-6-2022"


@aturan(
    "Predikat kinerja",
    satuan="predikat",
    dasar="PermenPANRB 6/2022, kuadran kinerja pegawai (nomor pasal belum ditetapkan)",
    status="dua-sumber",
)
def predikat(rating_hasil: Kode, rating_perilaku: Kode, kuadran: Mapping[str, Mapping[str, str]]) -> Kode:
    return cari(kuadran, rating_hasil, rating_perilaku)  # type: ignore[return-value]


GRAF = Graf.dari(
    "PermenPANRB 6/2022",
    [predikat],
    {"rating_hasil": "Rating hasil kerja", "rating_perilaku": "Rating perilaku kerja"},
)


def nilai(penilaian: pd.DataFrame, kebijakan: Kebijakan) -> Hasil:
    """Predikat of each row of `penilaian` (columns rating_hasil, rating_perilaku, categories of RATING).

    The result's key is made of the columns nip and bulan, as far as they are there, else the index. Rows with an unknown
    rating have an unknown predikat. ValueError if a column has other categories.
    """
    rating = {k: penilaian[k].cat for k in ("rating_hasil", "rating_perilaku")}
    masukan = {k: dari_kategori(r.codes, r.categories).dalam(RATING) for k, r in rating.items()}
    kolom = [k for k in ("nip", "bulan") if k in penilaian]
    kunci = penilaian.set_index(kolom).index if kolom else penilaian.index
    return GRAF.jalankan(masukan, kebijakan.bagian(BERKAS), kunci)
