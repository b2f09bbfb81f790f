"""The cascade: which employees hang on the tree, and on which node."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

TANPA_INDUK, INDUK_HILANG = -1, -2


def telusur(kaskade: pd.DataFrame, rhk: pd.DataFrame) -> pd.DataFrame:
    """Every node of the tree above every RHK.

    kaskade: columns id, induk. rhk: columns id, nip, rhk_induk (a node or another RHK).
    Returns one row RHK x node: nip, rhk, simpul (node id), sampai_akar (bool: the chain ends at a
    node without a parent, not at a parent that is missing from the tables). An RHK that hangs on
    nothing has no row. ValueError if chains go round in circles.
    """
    n = len(kaskade)
    simpul = pd.concat([kaskade["id"], rhk["id"]], ignore_index=True)
    di_pohon = {k: i for i, k in reversed(list(enumerate(kaskade["id"])))}
    di_mana_saja = {k: n + i for i, k in reversed(list(enumerate(rhk["id"])))}
    di_mana_saja |= di_pohon  # a node and an RHK may share an id: the node is meant
    atas = np.concatenate([_letak(kaskade["induk"], di_pohon), _letak(rhk["rhk_induk"], di_mana_saja)])
    _tolak_melingkar(atas, simpul)
    baris = np.arange(len(rhk))
    posisi = atas[n:]
    puncak = np.full(len(rhk), -1)
    pasangan: list[tuple[np.ndarray, np.ndarray]] = []
    while (ada := posisi >= 0).any():
        baris, posisi = baris[ada], posisi[ada]
        puncak[baris] = posisi
        simpul_saja = posisi < n
        pasangan.append((baris[simpul_saja], posisi[simpul_saja]))
        posisi = atas[posisi]
    sampai_akar = atas[puncak] == TANPA_INDUK
    i = np.concatenate([b for b, _ in pasangan]) if pasangan else np.array([], dtype=np.int64)
    s = np.concatenate([p for _, p in pasangan]) if pasangan else np.array([], dtype=np.int64)
    return pd.DataFrame(
        {
            "nip": rhk["nip"].to_numpy()[i],
            "rhk": rhk["id"].to_numpy()[i],
            "simpul": simpul.to_numpy()[s],
            "sampai_akar": sampai_akar[i],
        }
    )


def _letak(induk: pd.Series, tempat: Mapping[str, int]) -> np.ndarray:
    ada = induk.map(tempat).fillna(INDUK_HILANG)
    return np.where(induk.isna(), TANPA_INDUK, ada).astype(np.int64)


def _tolak_melingkar(atas: np.ndarray, simpul: pd.Series) -> None:
    """ValueError if some chain never ends: after 2**k >= len(simpul) steps up, someone is left."""
    naik = atas
    for _ in range(len(simpul).bit_length()):
        naik = np.where(naik >= 0, naik[np.maximum(naik, 0)], naik)
    if (naik >= 0).any():
        contoh = ", ".join(map(str, simpul[naik >= 0].iloc[:5]))
        raise ValueError(f"induk melingkar, rantainya tidak pernah sampai ke akar: {contoh}")


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
