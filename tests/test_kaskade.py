"""The cascade against a naive recursive oracle on random forests."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.kaskade import pegawai_per_simpul, pegawai_tergantung, telusur

JENIS = st.sampled_from(["str", "object"])


def pohon(simpul: dict[str, str | None], jenis: str = "str") -> pd.DataFrame:
    return pd.DataFrame({"id": list(simpul), "induk": list(simpul.values())}, dtype=jenis)


def rencana(baris: list[tuple[str, str, str | None]], jenis: str = "str") -> pd.DataFrame:
    return pd.DataFrame(baris, columns=["id", "nip", "rhk_induk"], dtype=jenis)


@st.composite
def hutan(draw: Any) -> tuple[dict[str, str | None], list[tuple[str, str, str | None]]]:
    """A forest and RHK on it: some parents missing from the tables, some RHK on a superior's RHK."""
    simpul: dict[str, str | None] = {}
    for i in range(draw(st.integers(0, 12))):
        simpul[f"s{i}"] = draw(st.sampled_from([None, "hilang", "r0", *simpul]))
    baris: list[tuple[str, str, str | None]] = []
    for i in range(draw(st.integers(0, 12))):
        induk = draw(st.sampled_from([None, "hilang", *simpul, *(b[0] for b in baris)]))
        baris.append((f"r{i}", f"p{draw(st.integers(0, 4))}", induk))
    return simpul, draw(st.permutations(baris))


def oracle(
    simpul: dict[str, str | None], baris: list[tuple[str, str, str | None]]
) -> set[tuple[str, str, str, bool]]:
    """(nip, rhk, node above, whether the chain ends at a node without a parent)."""
    rhk = {id_: induk for id_, _, induk in baris}

    def naik(k: str | None) -> tuple[list[str], bool]:
        if k in simpul:  # a node hangs on nodes only
            atas, akar = naik(simpul[k]) if simpul[k] in simpul else ([], simpul[k] is None)
            return [k, *atas], akar
        return naik(rhk[k]) if k in rhk else ([], False)

    hasil = set()
    for id_, nip, induk in baris:
        jalan, akar = naik(induk)
        hasil |= {(nip, id_, s, akar) for s in jalan}
    return hasil


@settings(max_examples=200, deadline=None)
@given(hutan(), JENIS)
def test_telusur_sama_dengan_oracle(isi: Any, jenis: str) -> None:
    simpul, baris = isi
    kaskade, rhk = pohon(simpul, jenis), rencana(baris, jenis)
    jejak = telusur(kaskade, rhk)
    assert list(jejak) == ["nip", "rhk", "simpul", "sampai_akar"]
    assert jejak["sampai_akar"].dtype == bool
    harap = oracle(simpul, baris)
    assert len(jejak) == len(harap)  # no pair twice
    assert set(jejak.itertuples(index=False, name=None)) == harap

    pegawai = pd.DataFrame({"nip": [f"p{i}" for i in range(5)]}, index=range(10, 15))
    tergantung = pegawai_tergantung(pegawai, jejak)
    assert tergantung.to_dict() == {
        10 + i: any(nip == f"p{i}" and akar for nip, _, _, akar in harap) for i in range(5)
    }
    per_simpul = pegawai_per_simpul(kaskade, jejak)
    assert per_simpul.dtype == "int64"
    assert dict(zip(kaskade["id"], per_simpul, strict=True)) == {
        s: len({nip for nip, _, di, _ in harap if di == s}) for s in simpul
    }


def test_rhk_menggantung_pada_rhk_atasan() -> None:
    jejak = telusur(
        pohon({"visi": None, "sasaran": "visi"}),
        rencana([("bawahan", "3", "tengah"), ("tengah", "2", "kepala"), ("kepala", "1", "sasaran")]),
    )
    assert set(zip(jejak["rhk"], jejak["simpul"], strict=True)) == {
        (r, s) for r in ("kepala", "tengah", "bawahan") for s in ("sasaran", "visi")
    }
    assert jejak["sampai_akar"].all()


def test_rantai_putus_tidak_sampai_akar() -> None:
    jejak = telusur(
        pohon({"a": None, "b": "hilang"}),
        rencana([("r1", "1", "a"), ("r2", "2", "b"), ("r3", "3", "hilang")]),
    )
    assert jejak.values.tolist() == [["1", "r1", "a", True], ["2", "r2", "b", False]]
    pegawai = pd.DataFrame({"nip": ["1", "2", "3"]})
    assert pegawai_tergantung(pegawai, jejak).tolist() == [True, False, False]


def test_kode_sama_berarti_simpul() -> None:
    jejak = telusur(pohon({"x": None}), rencana([("x", "1", "x"), ("y", "2", "x")]))
    assert jejak["simpul"].tolist() == ["x", "x"]
    assert jejak["sampai_akar"].all()


@pytest.mark.parametrize("dalam", [63, 64, 65, 500])
def test_rantai_dalam(dalam: int) -> None:
    """No limit on depth, neither for nodes nor for RHK hanging on RHK."""
    simpul = {f"s{i}": f"s{i - 1}" if i else None for i in range(dalam)}
    rhk = [(f"r{i}", "1", f"r{i - 1}" if i else f"s{dalam - 1}") for i in range(dalam)]
    jejak = telusur(pohon(simpul), rencana(rhk))
    assert len(jejak) == dalam * dalam
    assert jejak["sampai_akar"].all()
    assert pegawai_per_simpul(pohon(simpul), jejak).tolist() == [1] * dalam


@pytest.mark.parametrize(
    ("simpul", "rhk", "harap"),
    [
        ({"a": "a"}, [("r", "1", "a")], [("r", "a")]),
        ({"a": "b", "b": "c", "c": "a", "d": None}, [("r", "1", "c"), ("s", "1", "d")], [("r", "c"), ("s", "d")]),
        ({}, [("r1", "1", "r2"), ("r2", "2", "r1")], []),
        ({"a": "b", "b": "a", "c": "b"}, [("r", "1", "c")], [("r", "c"), ("r", "b")]),
    ],
)  # fmt: skip
def test_lingkaran_tidak_sampai_akar(simpul: dict[str, str | None], rhk: Any, harap: Any) -> None:
    """A circle is a fault of the data, not of the programme: the chain ends where it meets the circle."""
    jejak = telusur(pohon(simpul), rencana(rhk))
    assert list(zip(jejak["rhk"], jejak["simpul"], strict=True)) == sorted(
        harap, key=lambda h: harap.index(h)
    )
    assert jejak.loc[jejak["simpul"] != "d", "sampai_akar"].sum() == 0


def test_tanpa_kaskade_atau_tanpa_rhk() -> None:
    tanpa_rhk = telusur(pohon({"a": None}), rencana([]))
    assert len(tanpa_rhk) == 0
    assert pegawai_per_simpul(pohon({"a": None}), tanpa_rhk).tolist() == [0]
    tanpa_pohon = telusur(pohon({}), rencana([("r", "1", "a"), ("q", "1", None)]))
    assert len(tanpa_pohon) == 0
    assert pegawai_tergantung(pd.DataFrame({"nip": ["1"]}), tanpa_pohon).tolist() == [False]
    assert len(pegawai_per_simpul(pohon({}), tanpa_pohon)) == 0
