"""The cascade as arrays: whose parent is whose, where each chain ends, who hangs on which node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

TANPA_INDUK, INDUK_HILANG, MELINGKAR = -1, -2, -3

Bulat = NDArray[np.int64]
Tanda = NDArray[np.bool_]


@dataclass(frozen=True)
class Pohon:
    """Nodes (positions 0..n-1) and RHK (n..) of one workbook, each with at most one parent.

    id: codes. n: number of nodes. atas: position of the parent, or TANPA_INDUK, INDUK_HILANG.
    lingkar: whether the element lies on a cycle. puncak: position of the last element of its chain;
    a chain that meets a cycle ends at the first element that lies on it. akhir: why it ends there:
    TANPA_INDUK, INDUK_HILANG or MELINGKAR. dalam: number of steps up to `puncak`.
    """

    id: NDArray[Any]
    n: int
    atas: Bulat
    lingkar: Tanda
    puncak: Bulat
    akhir: Bulat
    dalam: Bulat

    def __len__(self) -> int:
        return len(self.id)

    @property
    def naik(self) -> Bulat:
        """`atas` with the cycles cut open, so that every walk ends."""
        return np.where(self.lingkar, MELINGKAR, self.atas)


def susun(kaskade: pd.DataFrame, rhk: pd.DataFrame) -> Pohon:
    """The tree of the tables kaskade (id, induk) and rhk (id, rhk_induk).

    A node hangs on nodes only; an RHK on a node or another RHK, and where both have the code the node
    is meant. Of a code given twice the first row counts. Never raises for a broken tree.
    """
    n, m = len(kaskade), len(rhk)
    atas = np.full(n + m, TANPA_INDUK, dtype=np.int64)
    atas[:n] = letak(kaskade["induk"], kaskade["id"])
    di_simpul, di_rhk = letak(rhk["rhk_induk"], kaskade["id"]), letak(rhk["rhk_induk"], rhk["id"])
    atas[n:] = np.where(di_simpul == INDUK_HILANG, np.where(di_rhk >= 0, di_rhk + n, di_rhk), di_simpul)
    lingkar = _pada_lingkaran(atas)
    puncak, dalam = _puncak(np.where(lingkar, MELINGKAR, atas))
    akhir = np.where(lingkar[puncak], MELINGKAR, atas[puncak])
    kode = np.concatenate([kaskade["id"].to_numpy(dtype=object), rhk["id"].to_numpy(dtype=object)])
    return Pohon(kode, n, atas, lingkar, puncak, akhir, dalam)


def letak(cari: pd.Series, di: pd.Series) -> Bulat:
    """Position of each code in `di` (the first one if it is there twice); TANPA_INDUK for an empty
    cell, INDUK_HILANG for a code that is not there. Shape (len(cari),)."""
    teks, isi = (pa.array(k, pa.large_string(), from_pandas=True) for k in (cari, di))
    temu = pc.index_in(teks, value_set=isi, skip_nulls=True).fill_null(INDUK_HILANG)
    hasil: Bulat = temu.to_numpy(zero_copy_only=False).astype(np.int64)
    hasil[cari.isna().to_numpy()] = TANPA_INDUK
    return hasil


def _pada_lingkaran(atas: Bulat) -> Tanda:
    """After at least as many steps up as there are elements, only elements on cycles are reached."""
    n = len(atas)
    loncat = np.append(np.where(atas >= 0, atas, n), n)
    for _ in range(n.bit_length()):
        loncat = loncat[loncat]
    pada = np.zeros(n + 1, dtype=bool)
    pada[loncat] = True
    return pada[:n]


def _puncak(naik: Bulat) -> tuple[Bulat, Bulat]:
    """End of every chain and the steps to it, by doubling the length of the jump."""
    loncat = np.where(naik >= 0, naik, np.arange(len(naik)))
    dalam = (naik >= 0).astype(np.int64)
    while True:
        lagi = loncat[loncat]
        if (lagi == loncat).all():
            return loncat, dalam
        dalam, loncat = dalam + dalam[loncat], lagi


def jumlah_ke_atas(p: Pohon, nilai: NDArray[Any]) -> NDArray[Any]:
    """Each element's own value plus those of everything below it; a cycle's members stay apart."""
    hasil, loncat = nilai.copy(), p.naik.copy()
    # after k rounds each holds what is less than 2^k steps below it, so a deep chain costs few rounds
    while (ada := np.flatnonzero(loncat >= 0)).size:
        np.add.at(hasil, loncat[ada], hasil[ada])
        loncat[ada] = loncat[loncat[ada]]
    return hasil


def telusur(kaskade: pd.DataFrame, rhk: pd.DataFrame) -> pd.DataFrame:
    """Every node of the tree above every RHK.

    kaskade: columns id, induk. rhk: columns id, nip, rhk_induk (a node or another RHK).
    Returns one row RHK x node: nip, rhk, simpul (node id), sampai_akar (bool: the chain ends at a
    node without a parent, not at a parent that is missing from the tables, nor in a circle). An RHK
    that hangs on nothing has no row. A chain that meets a circle ends at its first node there.
    """
    p = susun(kaskade, rhk)
    n, naik = p.n, p.naik
    sampai_akar = (p.akhir == TANPA_INDUK) & (p.puncak < n)
    baris = np.arange(len(rhk))
    posisi = naik[n:]
    pasangan: list[tuple[Bulat, Bulat]] = []
    while (ada := posisi >= 0).any():
        baris, posisi = baris[ada], posisi[ada]
        simpul_saja = posisi < n
        pasangan.append((baris[simpul_saja], posisi[simpul_saja]))
        posisi = naik[posisi]
    i = np.concatenate([b for b, _ in pasangan]) if pasangan else np.array([], dtype=np.int64)
    s = np.concatenate([x for _, x in pasangan]) if pasangan else np.array([], dtype=np.int64)
    return pd.DataFrame(
        {
            "nip": rhk["nip"].to_numpy()[i],
            "rhk": rhk["id"].to_numpy()[i],
            "simpul": pd.concat([kaskade["id"], rhk["id"]], ignore_index=True).to_numpy()[s],
            "sampai_akar": sampai_akar[n + i],
        }
    )


def pegawai_tergantung(pegawai: pd.DataFrame, jejak: pd.DataFrame) -> pd.Series:
    """Whether each employee has at least one RHK whose chain reaches the top of the tree.

    Boolean, on the index of `pegawai`. This answers the first question of every review: is there
    an ASN without a target aligned with the level above?
    """
    return pegawai["nip"].isin(jejak.loc[jejak["sampai_akar"], "nip"])


def pegawai_per_simpul(kaskade: pd.DataFrame, jejak: pd.DataFrame) -> pd.Series:
    """Number of different employees that hang at or below each node, on the index of `kaskade`."""
    jumlah = jejak.drop_duplicates(["nip", "simpul"]).groupby("simpul").size()
    return kaskade["id"].map(jumlah).fillna(0).astype("int64")


def jalur(data: Any, rhk: str) -> pd.DataFrame:
    """The way from one RHK up to the end of its chain, the RHK first.

    Columns tingkat (rhk or jenjang of the node), id, uraian, pemilik (NIP), opd, indikator, satuan, target,
    target_bulan (months with a target), sop; one row per step. For an RHK the quantity (else the first IKI)
    is shown. ValueError when there is no such RHK. The last row of a whole chain is the vision.
    """
    t = tabel_dari(data)
    kaskade, tabel_rhk, iki = t["kaskade"], t["rhk"], t.get("iki", pd.DataFrame())
    p = susun(kaskade, tabel_rhk)
    awal = np.flatnonzero((tabel_rhk["id"] == rhk).to_numpy(dtype=bool, na_value=False))
    if not len(awal):
        raise ValueError(f"RHK {rhk} tidak ada di lembar rhk.")
    i, naik, langkah = int(awal[0]) + p.n, p.naik, []
    while i >= 0:
        langkah.append(i)
        i = int(naik[i])
    pegawai = t["pegawai"]
    opd: Any = pegawai.drop_duplicates("nip").set_index("nip")["opd"] if "opd" in pegawai else {}
    return pd.DataFrame([_langkah(j, p, kaskade, tabel_rhk, iki, opd) for j in langkah])


def _langkah(
    i: int, p: Pohon, kaskade: pd.DataFrame, rhk: pd.DataFrame, iki: pd.DataFrame, opd: Any
) -> dict[str, Any]:
    kosong = {"satuan": None, "target": np.nan, "target_bulan": 0, "sop": None}
    if i < p.n:
        s = kaskade.iloc[i]
        return {
            "tingkat": str(s.get("jenjang")), "id": s["id"], "uraian": s.get("uraian"), "pemilik": s.get("pemilik"),
            "opd": s.get("opd"), "indikator": s.get("indikator"), **kosong,
        }  # fmt: skip
    r = rhk.iloc[i - p.n]
    isi = {
        "tingkat": "rhk", "id": r["id"], "uraian": r.get("rhk"), "pemilik": r["nip"], "opd": opd.get(r["nip"]),
        "indikator": None, **kosong,
    }  # fmt: skip
    milik = iki[(iki["rhk"] == r["id"]).to_numpy(dtype=bool, na_value=False)] if len(iki) else iki
    if len(milik):
        urut = (milik["aspek"] != "kuantitas").to_numpy().argsort(kind="stable") if "aspek" in milik else [0]
        u = milik.iloc[int(urut[0])]
        bulan = [u.get(f"target_{b:02d}") for b in range(1, 13)]
        isi |= {k: u.get(k) for k in ("indikator", "satuan", "target", "sop")}
        isi["target_bulan"] = sum(b is not None and b == b for b in bulan)
    return isi


def tabel_dari(data: Any) -> Mapping[str, pd.DataFrame]:
    """The tables of a `Data`, or the mapping itself."""
    tabel: Mapping[str, pd.DataFrame] = getattr(data, "tabel", data)
    return tabel
