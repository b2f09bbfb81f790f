"""Worked example of evaluasi AKIP: one agency whose criteria are all met alike."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kinerja.parameter import Kebijakan
from kinerja.regulasi import akip


def hitung(masukan: Any, k: Kebijakan, berkas: str) -> dict[str, Any]:
    sub = list(k[f"{berkas}.bobot_subkomponen"].pasti())
    tabel = {
        "opd": pd.DataFrame({"kode": ["contoh"]}),
        "akip": pd.DataFrame(
            [("contoh", f"{s}.1", masukan["pemenuhan"]) for s in sub],
            columns=["opd", "kriteria", "pemenuhan"],
        ),
        "akip_upaya": pd.DataFrame(
            [("contoh", s, masukan["upaya"]) for s in sub], columns=["opd", "subkomponen", "upaya"]
        ),
    }
    hasil = akip.nilai(tabel, k)
    _, per_sub, opd = hasil.tingkat
    nilai_sub = {s: per_sub["nilai_sub"].satu(i) for i, s in enumerate(sub)}
    return {**nilai_sub, **{n: opd[n].satu(0) for n in opd.graf.urutan}}
