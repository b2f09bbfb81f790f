"""The whole nation, month by month, under several policies: straight to Parquet, a stretch of people at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.skema import PREDIKAT
from kinerja.simulasi.populasi import Populasi
from kinerja.simulasi.skenario import Skenario, jalankan

BARIS = 1 << 20  # people of one row group
KOLOM = ("kotor", "bersih")


def setahun(
    skenario: Sequence[Skenario],
    orang: Populasi,
    tujuan: Path | str,
    *,
    bulan: Sequence[int] = tuple(range(1, 13)),
    kolom: Sequence[str] = KOLOM,
    kemajuan: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Pay everyone in each month under each policy; one Parquet file per policy in the folder `tujuan`.

    Rows: bulan, pegawai (place in the population), opd, kelas, predikat, and `kolom` in whole rupiah. Each month has its
    own attendance; ratings stay for the year. kemajuan(done, all) is called after each month. A file appears only when
    it is whole. Returns exact totals: index (skenario, bulan), one column per amount.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    tujuan = Path(tujuan)
    tujuan.mkdir(parents=True, exist_ok=True)
    semua, sudah = len(skenario) * len(bulan), 0
    baris: list[dict[str, Any]] = []
    nama_predikat = pa.array(list(PREDIKAT))
    for ke, s in enumerate(skenario, 1):
        h = jalankan(s, orang)
        skema = pa.schema(
            [("bulan", pa.int8()), ("pegawai", pa.int32()), ("opd", pa.int16()), ("kelas", pa.int8())]
            + [("predikat", pa.dictionary(pa.int8(), pa.string()))]
            + [(n, pa.int32()) for n in kolom]
        )
        berkas = tujuan / f"{ke:02d}-{_nama_berkas(s.nama)}.parquet"
        sementara = berkas.with_suffix(".parquet.sementara")
        try:
            with pq.ParquetWriter(sementara, skema, compression="zstd", compression_level=1) as penulis:
                for b in bulan:
                    uang = h.bayaran.hitung(h.predikat, orang.pola_bulan(b), kolom, hasil=h.poin[0])
                    baris.append(
                        {
                            "skenario": s.nama,
                            "bulan": b,
                            **{n: int(x.sum(dtype=np.int64)) for n, x in uang.items()},
                        }
                    )
                    for a in range(0, len(orang), BARIS):
                        di = slice(a, min(a + BARIS, len(orang)))
                        isi = [
                            pa.array(np.full(di.stop - a, b, np.int8)),
                            pa.array(np.arange(a, di.stop, dtype=np.int32)),
                            pa.array(orang.kolom["opd"][di]),
                            pa.array(orang.kolom["kelas"][di]),
                            pa.DictionaryArray.from_arrays(pa.array(h.predikat[di]), nama_predikat),
                            *(pa.array(uang[n][di].astype(np.int32, copy=False)) for n in kolom),
                        ]
                        penulis.write_batch(pa.record_batch(isi, schema=skema))
                    sudah += 1
                    if kemajuan is not None:
                        kemajuan(sudah, semua)
            os.replace(sementara, berkas)
        finally:
            sementara.unlink(missing_ok=True)
    return pd.DataFrame(baris).set_index(["skenario", "bulan"])


def _nama_berkas(nama: str) -> str:
    rapi = "".join(c if c.isalnum() else "-" for c in nama.lower())
    return "-".join(x for x in rapi.split("-") if x)[:60] or "skenario"


__all__ = ["KOLOM", "setahun"]
