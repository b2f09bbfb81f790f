"""Evaluasi AKIP against a literal oracle: shares of criteria, predikat of sub-components, total, label."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.parameter import kebijakan
from kinerja.pecahan import dari_angka
from kinerja.regulasi.akip import BERKAS, JEMBATAN, KOMPONEN, kelompok, nilai, predikat, tanpa_nilai

KEBIJAKAN = kebijakan("2021-12-31")
BOBOT = {
    "P1": "6", "P2": "9", "P3": "15", "U1": "6", "U2": "9", "U3": "15",
    "L1": "3", "L2": "4.5", "L3": "7.5", "E1": "5", "E2": "7.5", "E3": "12.5",
}  # fmt: skip
PEMENUHAN = {"penuh": 100, "sebagian": 50, "tidak": 0}
PENUH = {"mandat": ("BB", 80), "lebih": ("A", 90), "percontohan": ("AA", 100)}
Isi = dict[str, tuple[list[str], str]]  # subkomponen -> fulfilment of its criteria, upaya


def tabel(opd: list[Isi]) -> dict[str, pd.DataFrame]:
    kriteria = [
        (f"opd{i}", f"{s}.{n}", p)
        for i, isi in enumerate(opd)
        for s, (ps, _) in isi.items()
        for n, p in enumerate(ps)
    ]
    upaya = [(f"opd{i}", s, u) for i, isi in enumerate(opd) for s, (_, u) in isi.items() if u != "mandat"]
    return {
        "opd": pd.DataFrame({"kode": pd.Series([f"opd{i}" for i in range(len(opd))], dtype="str")}),
        "akip": pd.DataFrame(kriteria, columns=["opd", "kriteria", "pemenuhan"], dtype="str"),
        "akip_upaya": pd.DataFrame(upaya, columns=["opd", "subkomponen", "upaya"], dtype="str"),
    }


def sub(pemenuhan: list[str], upaya: str) -> tuple[str, int]:
    x = Fraction(sum(PEMENUHAN[p] for p in pemenuhan), len(pemenuhan))
    if x == 100:
        return PENUH[upaya]
    tangga = ((75, "B", 70), (50, "CC", 60), (25, "C", 50), (0, "D", 30))
    return next(((h, n) for batas, h, n in tangga if x > batas), ("E", 0))


def label(x: Fraction) -> tuple[str, str]:
    tangga = (
        (90, "AA", "sangat memuaskan"), (80, "A", "memuaskan"), (70, "BB", "sangat baik"), (60, "B", "baik"),
        (50, "CC", "cukup"), (30, "C", "kurang"),
    )  # fmt: skip
    return next(((h, s) for batas, h, s in tangga if x > batas), ("D", "sangat kurang"))


KRITERIA = st.lists(st.sampled_from(list(PEMENUHAN)), min_size=1, max_size=8)
SERAGAM = st.builds(lambda p, n: [p] * n, st.sampled_from(list(PEMENUHAN)), st.integers(1, 8))
OPD = st.fixed_dictionaries(
    {s: st.tuples(st.one_of(KRITERIA, SERAGAM), st.sampled_from(list(PENUH))) for s in BOBOT}
)


@settings(max_examples=30, deadline=None)
@given(st.lists(OPD, min_size=1, max_size=3))
def test_setiap_langkah_sama_dengan_oracle(opd: list[Isi]) -> None:
    data = tabel(opd)
    hasil = nilai(data, KEBIJAKAN)
    _, per_sub, akhir = hasil.tingkat
    for i, isi in enumerate(opd):
        harap = {s: sub(*isi[s]) for s in BOBOT}
        for j, s in enumerate(BOBOT):
            letak = i * len(BOBOT) + j
            assert per_sub.kunci[letak] == (f"opd{i}", s)
            assert per_sub["predikat_sub"].satu(letak) == harap[s][0]
            assert per_sub["nilai_sub"].satu(letak) == harap[s][1] * Fraction(BOBOT[s]) / 100
        jumlah = {
            k: sum(harap[s][1] * Fraction(BOBOT[s]) / 100 for s in BOBOT if s[0] == k) for k in KOMPONEN
        }
        assert [akhir[n].satu(i) for n in akhir.graf.masukan] == list(jumlah.values())
        total = sum(jumlah.values())
        assert akhir["nilai_akip"].satu(i) == total
        assert (akhir["predikat"].satu(i), akhir["sebutan"].satu(i)) == label(Fraction(total))
    # one agency at a time, and in another order
    semua = hasil.tabel()
    balik = {k: v.iloc[::-1] for k, v in data.items()}
    pd.testing.assert_frame_equal(nilai(balik, KEBIJAKAN).tabel().iloc[::-1], semua)
    satu = {**data, "akip": data["akip"][data["akip"]["opd"] == "opd0"]}
    pd.testing.assert_frame_equal(nilai(satu, KEBIJAKAN).tabel(), semua.iloc[:1])


@pytest.mark.parametrize(
    ("x", "harap"),
    [(0, "nol"), (0.0001, "lebih_dari_0"), (25, "lebih_dari_0"), (25.0001, "lebih_dari_25"), (50, "lebih_dari_25"),
     (50.0001, "lebih_dari_50"), (75, "lebih_dari_50"), (75.0001, "lebih_dari_75"), (99.9999, "lebih_dari_75"),
     (100, "seluruhnya")],
)  # fmt: skip
def test_tepi_kelompok(x: float, harap: str) -> None:
    selang = KEBIJAKAN[f"{BERKAS}.kelompok_pemenuhan"].pasti()
    assert kelompok(dari_angka([float(x)]), selang).satu(0) == harap


@pytest.mark.parametrize("batas", [30, 50, 60, 70, 80, 90])
def test_tepi_predikat_akhir(batas: int) -> None:
    selang = KEBIJAKAN[f"{BERKAS}.predikat_akhir"].pasti()
    for x in (batas - 0.0001, float(batas), batas + 0.0001):
        assert predikat(dari_angka([x]), selang).satu(0) == label(Fraction(repr(x)))[0]
    ujung = predikat(dari_angka([0.0, 100.0, -0.0001, 100.0001]), selang)
    assert [ujung.satu(i) for i in range(4)] == ["D", "AA", None, None]


def test_memenuhi_lebih_banyak_tidak_pernah_menurunkan() -> None:
    urutan = [["tidak"] * (8 - n) + ["penuh"] * n for n in range(9)]
    hasil = nilai(tabel([dict.fromkeys(BOBOT, (p, "lebih")) for p in urutan]), KEBIJAKAN)
    nilai_akip = hasil.tabel()["nilai_akip"]
    assert nilai_akip.is_monotonic_increasing
    assert nilai_akip.iloc[[0, -1]].tolist() == [0, 90]


def test_bobot_menjumlah_seratus() -> None:
    bobot = KEBIJAKAN[f"{BERKAS}.bobot_subkomponen"].pasti()
    assert {s: Fraction(b) for s, b in bobot.items()} == {s: Fraction(b) for s, b in BOBOT.items()}
    per_komponen = {k: sum(b for s, b in bobot.items() if s[0] == k) for k in KOMPONEN}
    assert per_komponen == {"P": 30, "U": 30, "L": 15, "E": 25}
    assert JEMBATAN == ()


def test_yang_belum_lengkap_tidak_bernilai() -> None:
    penuh: Isi = dict.fromkeys(BOBOT, (["penuh"], "mandat"))
    data = tabel([penuh, {s: v for s, v in penuh.items() if s not in ("U2", "E3")}, penuh])
    data["akip"].loc[0, "pemenuhan"] = None
    data["opd"] = pd.DataFrame({"kode": ["opd0", "opd1", "opd2", "opd3"]})
    assert nilai(data, KEBIJAKAN).tabel()["predikat"].astype("str").fillna("").to_dict() == {
        "opd0": "", "opd1": "", "opd2": "BB",
    }  # fmt: skip
    assert tanpa_nilai(data, KEBIJAKAN).to_numpy().tolist() == [
        ["opd0", "belum lengkap: P1"],
        ["opd1", "belum lengkap: U2, E3"],
        ["opd3", "belum dievaluasi"],
    ]
    kosong = {**data, "akip": data["akip"].iloc[:0]}
    assert len(nilai(kosong, KEBIJAKAN).tabel()) == 0


def test_isian_salah_disebut_semua() -> None:
    data = tabel([dict.fromkeys(BOBOT, (["penuh"], "lebih"))])
    with pytest.raises(ValueError, match="tabel akip belum ada; isi kolom opd, kriteria"):
        nilai({"opd": data["opd"]}, KEBIJAKAN)
    salah = pd.DataFrame(
        [("opd9", "X1.1", "hampir"), ("opd0", "P1.0", "penuh")], columns=["opd", "kriteria", "pemenuhan"]
    )
    data["akip"] = pd.concat([data["akip"], salah])
    data["akip_upaya"] = pd.DataFrame([("opd0", "P9", "hebat")] * 2, columns=["opd", "subkomponen", "upaya"])
    with pytest.raises(ValueError) as e:  # noqa: PT011
        nilai(data, KEBIJAKAN)
    assert str(e.value).splitlines() == [
        "tabel akip, kolom opd: opd9 tidak dikenal; pakai opd0.",
        "tabel akip, kolom kriteria: X1.1 tidak dikenal; pakai awalan P1, P2, P3, U1, U2, U3, L1, L2, L3, E1, E2, atau E3.",
        "tabel akip, kolom pemenuhan: hampir tidak dikenal; pakai penuh, sebagian, atau tidak.",
        "tabel akip: opd0 P1.0 tertulis lebih dari sekali; sisakan satu.",
        "tabel akip_upaya, kolom subkomponen: P9 tidak dikenal; pakai P1, P2, P3, U1, U2, U3, L1, L2, L3, E1, E2, atau E3.",
        "tabel akip_upaya, kolom upaya: hebat tidak dikenal; pakai mandat, lebih, atau percontohan.",
        "tabel akip_upaya: opd0 P9 tertulis lebih dari sekali; sisakan satu.",
    ]


def test_contoh_dengan_penjelasan_dan_skenario(tabel_contoh: Any) -> None:
    kode = tabel_contoh["opd"]["kode"]
    baris = [(o, f"{s}.{n}", "penuh") for o in kode for s in BOBOT for n in (1, 2)]
    data = {**tabel_contoh, "akip": pd.DataFrame(baris, columns=["opd", "kriteria", "pemenuhan"])}
    hasil = nilai(data, KEBIJAKAN)
    assert hasil.tabel().index.tolist() == kode.tolist()
    assert set(hasil.tabel()["sebutan"]) == {"sangat baik"}
    teks = str(hasil.jelaskan("dinkes"))
    assert "Subkomponen P1: Nilai subkomponen = 4,8 poin" in teks
    assert "Predikat AKIP = BB" in teks
    assert "PermenPANRB 88/2021: jumlah dua belas subkomponen [sekunder]" in teks
    lain = KEBIJAKAN.dengan({f"{BERKAS}.nilai_predikat": {"2021-01-01": {"BB": 75}}})
    baru = nilai(data, lain)
    assert set(baru.tabel()["nilai_akip"]) == {75.0}
    assert "75 [untuk BB] ÷ 100 × 6 [untuk P1]" in str(baru.jelaskan("dinkes"))
