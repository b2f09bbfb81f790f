"""The laboratory's pictures: well-formed, complete in words, and refusing tables that are not theirs."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
import pytest

from kinerja import gambar_simulasi as g
from kinerja import simulasi as lab
from kinerja.tampil import Gambar

UBAH = {"kemnaker-2024.nilai_kinerja_predikat": {"2024-01-01": {"butuh_perbaikan": 50}}}


@pytest.fixture(scope="module")
def dua() -> lab.Bandingan:
    orang = lab.buat("opd", 300)
    kini = lab.Skenario("Kini", "kemnaker-2024").jalankan(orang)
    return lab.bandingkan(kini, lab.geser(kini, {"persen_butuh_perbaikan": 50}, "Usul <b>"))


def teks(gambar: Gambar) -> list[str]:
    return [
        "".join(e.itertext()) for e in ElementTree.fromstring(gambar.svg).iter() if e.tag.endswith("text")
    ]


@pytest.mark.parametrize(
    ("x", "tulis"),
    [(0, "Rp0"), (999, "Rp999"), (1500, "Rp1,50 ribu"), (-2_345_678, "−Rp2,35 juta"), (12_345_678_901, "Rp12,3 miliar"), (999_999_999_999, "Rp1,00 triliun")],
)  # fmt: skip
def test_rupiah_ringkas(x: float, tulis: str) -> None:
    assert g.rupiah_ringkas(x) == tulis


def test_menang_kalah(dua: lab.Bandingan) -> None:
    t = dua.per("kelas")
    gambar = g.gambar_menang_kalah(t, "Kelas")
    for k in t.index[:-1]:
        assert k in teks(gambar)
    assert "berkurang" in gambar.judul
    assert "Jumlah" not in teks(gambar)
    banyak = pd.concat([t.drop("Jumlah")] * 4)
    banyak.index = pd.Index([f"OPD {i}" for i in range(len(banyak))])
    assert "24 dari" in g.gambar_menang_kalah(banyak).judul
    with pytest.raises(ValueError, match="turun"):
        g.gambar_menang_kalah(t.drop(columns="turun"))
    assert "Belum ada" in g.gambar_menang_kalah(t.iloc[:0]).alt


def test_lorenz_dan_tebing(dua: lab.Bandingan) -> None:
    kurva = {h.nama: lab.lorenz(h.uang()) for h in (dua.lama, dua.baru)}
    gambar = g.gambar_lorenz(kurva)
    assert gambar.alt.count("40 persen") == 2
    assert "Usul <b>" in teks(gambar)  # escaped in the file, whole on the sheet
    tebing = g.gambar_tebing({h.nama: lab.tebing(h) for h in (dua.lama, dua.baru)})
    assert tebing.alt.count("pada poin 90") == 2
    datar = g.gambar_tebing({"Datar": lab.tebing(dua.lama).assign(rupiah=1_000_000, marginal=0)})
    assert "tidak mengubah bayaran" in datar.alt
    with pytest.raises(ValueError, match="marginal"):
        g.gambar_tebing({"x": lab.tebing(dua.lama).drop(columns="marginal")})


def test_panas(dua: lab.Bandingan) -> None:
    t = lab.sapu(dua.lama, {"porsi_kinerja": [50, 70], "persen_kurang": [0, 30, 60]}, ["setahun"])
    isi = t.pivot(index="porsi_kinerja", columns="persen_kurang", values="setahun")
    gambar = g.gambar_panas(isi, "Anggaran", uang=True)
    for v in isi.to_numpy().ravel():
        assert g.rupiah_ringkas(v) in teks(gambar)
    assert "tertinggi" in gambar.alt
    with pytest.raises(ValueError, match="12 × 12"):
        g.gambar_panas(pd.DataFrame([[0.0] * 13]), "x")


def test_uraian_dan_pita(dua: lab.Bandingan) -> None:
    langkah = lab.uraikan(dua.lama, dua.baru, "kotor").bebas_urutan().iloc[-1].drop("selisih")
    gambar = g.gambar_uraian(langkah, dua.lama.total(), dua.baru.total())
    assert {"Lama", "Baru", "Kehadiran"} <= set(teks(gambar))
    with pytest.raises(ValueError, match="tidak menjumlah"):
        g.gambar_uraian(langkah, dua.lama.total(), dua.baru.total() + 1)
    pita = lab.pita(lab.undi(dua.baru, 8, dasar=dua.lama))
    gambar = g.gambar_pita(pita)
    assert "Jumlah sebulan" in gambar.alt
    assert g.gambar_pita(pita, ["gini"]).alt.startswith("Gini")
