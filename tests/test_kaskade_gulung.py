"""Roll-up and roll-down against plain recursive and exact readings; the matriks peran hasil out and in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_kaskade_periksa import A, B, baik, nip, rencana, tambah, ubah

from kinerja.data import GalatData
from kinerja.kaskade import (
    baca_matriks,
    bagi_target,
    gabung_matriks,
    gulung,
    gulung_nasional,
    matriks,
    pemimpin,
    tulis_matriks,
)

# -- roll-up --------------------------------------------------------------------------------------------


def test_induk_langsung_adalah_jumlah_bagian() -> None:
    """8/10 is what the team leader wrote; 6 + 3 of 6 + 4 is what the parts did."""
    g = gulung(baik())
    r = g.rhk.set_index("id")
    assert (r.loc[f"{A}-R2", "sendiri"], r.loc[f"{A}-R2", "nilai"]) == (80.0, 90.0)
    assert r.loc[f"{A}-R2", "cara_gulung"] == "jumlah bagian"
    assert (r.loc[f"{A}-R1", "nilai"], r.loc[f"{A}-R1", "cara_gulung"]) == (100.0, "ukuran sendiri")
    orang = g.pegawai.set_index("nip")["nilai"]
    assert orang[nip(2)] == 90.0
    assert orang[nip(3)] == 100.0
    opd = g.opd.set_index("opd")
    assert opd.loc[A, "individu"] == pytest.approx((100 + 100 + 90 + 100 + 75) / 5)
    assert opd["selisih"].isna().all()  # no IKU sheet
    assert "belum dapat dihitung" in g.judul


def test_satuan_lain_tidak_digulung() -> None:
    t = baik()
    ubah(t, "iki", "rhk", f"{A}-R4", satuan="dokumen")
    assert gulung(t).rhk.set_index("id").loc[f"{A}-R2", "nilai"] == 80.0
    ubah(t, "iki", "rhk", f"{A}-R4", satuan="persen")
    assert gulung(t).rhk.set_index("id").loc[f"{A}-R2", "nilai"] == 80.0
    t = baik()
    ubah(t, "iki", "rhk", f"{A}-R4", realisasi=None)
    assert gulung(t).rhk.set_index("id").loc[f"{A}-R2", "nilai"] == 80.0  # a part is not known


def test_lintas_dihitung_di_kedua_tempat_tetapi_sekali_dalam_jumlah() -> None:
    g = gulung(baik())
    s = g.simpul.set_index("id")
    assert s.loc[f"{A}-S", "pegawai"] == 5
    # dari dinas-a-P: only who hangs at or below that node supports dinas-b-S
    assert s.loc[f"{B}-S", "pegawai"] == 6
    assert s.loc["V", "pegawai"] == 10
    assert g.opd.set_index("opd")["pendukung_lintas"].to_dict() == {A: 0, B: 1}
    assert g.pemda["pegawai"].tolist() == [10]


def test_selisih_terhadap_iku() -> None:
    t = baik()
    ukuran = {
        "satuan": "indeks",
        "polaritas": "maks",
        "rumus": "maks",
        "target": 100.0,
        "target_maksimum": False,
    }
    t["iku"] = pd.DataFrame(
        [
            {"opd": A, "indikator": "X", "realisasi": 60.0, **ukuran},
            {"opd": A, "indikator": "Y", "realisasi": 80.0, **ukuran},
            {"opd": B, "indikator": "Z", "realisasi": None, **ukuran},
            {"opd": "PEMDA", "indikator": "W", "realisasi": 65.0, **ukuran},
        ]
    ).assign(target_atas=None, terburuk=None)
    g = gulung(t)
    opd = g.opd.set_index("opd")
    assert (opd.loc[A, "iku"], opd.loc[A, "selisih"]) == (70.0, 23.0)
    assert pd.isna(opd.loc[B, "selisih"])
    assert g.judul == "Capaian individu 93,0, IKU 65,0: individu 28,0 poin di atas organisasinya."
    nasional = gulung_nasional({"satu": g, "dua": g}).set_index("nama")
    assert nasional.loc["Nasional", ["pegawai", "individu", "iku", "selisih"]].tolist() == [
        20,
        93.0,
        65.0,
        28.0,
    ]


@st.composite
def bertingkat(draw: Any) -> dict[str, pd.DataFrame]:
    """RHK trees of several levels, direct, indirect and crosscutting, in two units."""
    m = draw(st.integers(1, 10))
    baris = []
    for i in range(m):
        induk = f"r{draw(st.integers(0, i - 1))}" if i and draw(st.booleans()) else "s"
        cara = draw(st.sampled_from(["langsung", "langsung", "tidak_langsung", "lintas"]))
        satuan = draw(st.sampled_from(["laporan", "laporan", "laporan", "persen", "berkas"]))
        nyata = draw(st.one_of(st.none(), st.integers(0, 20)))
        baris.append(
            (f"r{i}", nip(draw(st.integers(0, 4))), induk, cara, satuan, draw(st.integers(1, 20)), nyata)
        )
    t = pd.DataFrame(baris, columns=["id", "nip", "rhk_induk", "cara", "satuan", "target", "realisasi"])
    iki = t.rename(columns={"id": "rhk"}).assign(
        aspek="kuantitas", indikator="x", polaritas="maks", rumus="maks", target_atas=None, terburuk=None,
        target_maksimum=False,
    )  # fmt: skip
    return {
        "kaskade": pd.DataFrame({"id": ["s"], "induk": [None], "jenjang": ["visi"], "opd": [None]}),
        "rhk": t.assign(jenis="utama").sample(frac=1, random_state=draw(st.integers(0, 9))),
        "iki": iki,
        "pegawai": pd.DataFrame({"nip": [nip(i) for i in range(5)], "opd": "o", "unit": "u"}),
    }


@settings(max_examples=40, deadline=None)
@given(bertingkat())
def test_gulung_sama_dengan_pembacaan_harfiah(t: dict[str, pd.DataFrame]) -> None:
    iki = t["iki"].set_index("rhk")
    anak: dict[str, list[str]] = {}
    for _, r in t["rhk"].iterrows():
        if r["cara"] == "langsung" and r["rhk_induk"] != "s":
            anak.setdefault(r["rhk_induk"], []).append(r["id"])

    def jumlah(i: str) -> tuple[Fraction, Fraction | None]:
        """(target, realisasi), summed from the parts where they all count in the parent's unit."""
        satuan = iki.loc[i, "satuan"]
        if i in anak and satuan != "persen" and all(iki.loc[a, "satuan"] == satuan for a in anak[i]):
            bagian = [jumlah(a) for a in anak[i]]
            nyata = [r for _, r in bagian if r is not None]
            return sum((x for x, _ in bagian), Fraction(0)), sum(nyata, Fraction(0)) if len(nyata) == len(
                bagian
            ) else None
        r = iki.loc[i, "realisasi"]
        return Fraction(int(iki.loc[i, "target"])), None if pd.isna(r) else Fraction(int(r))

    for _, b in gulung(t).rhk.iterrows():
        r = iki.loc[b["id"], "realisasi"]
        if pd.isna(r):
            assert pd.isna(b["nilai"])
            continue
        x, y = jumlah(b["id"])
        harap = 100 * r / iki.loc[b["id"], "target"] if y is None else float(100 * y / x)
        assert b["nilai"] == pytest.approx(harap, abs=0.006)


# -- roll-down --------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.decimals(0, 10**6, places=2),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any),
    st.integers(0, 4),
)
def test_bagi_target_tepat(target: Decimal, bobot: list[int], desimal: int) -> None:
    b = pd.Series(bobot, index=[f"u{i}" for i in range(len(bobot))])
    if Fraction(target) * 10**desimal % 1:
        with pytest.raises(ValueError, match="Tambah angka desimalnya"):
            bagi_target(target, b, desimal)
        return
    hasil = bagi_target(target, b, desimal)
    bagian = [Fraction(x) for x in hasil]
    assert sum(bagian) == Fraction(target)
    for x, w in zip(bagian, bobot, strict=True):
        assert abs(x - Fraction(target) * w / sum(bobot)) < Fraction(1, 10**desimal)
        assert x == 0 if w == 0 else x >= 0
    acak = bagi_target(target, b.sample(frac=1, random_state=1), desimal)
    assert acak.to_dict() == hasil.to_dict()


def test_bagi_target_contoh_dan_galat() -> None:
    assert bagi_target(10, pd.Series({"tawar": 1, "payau": 1})).to_dict() == {"tawar": 5, "payau": 5}
    assert bagi_target(-7, pd.Series([1, 1, 1])).tolist() == [-3, -2, -2]
    assert bagi_target(0.1, pd.Series([1, 1]), 2).tolist() == [Decimal("0.05")] * 2
    with pytest.raises(ValueError, match="bobot b, c kosong atau negatif"):
        bagi_target(1, pd.Series({"a": 1.0, "b": float("nan"), "c": -1.0}))
    with pytest.raises(ValueError, match="semua bobot nol"):
        bagi_target(1, pd.Series([0, 0]))


# -- matriks peran hasil --------------------------------------------------------------------------------


def test_matriks_baris_staf_kolom_hasil_atasan() -> None:
    t = baik()
    assert pemimpin(t, A) == [nip(0), nip(1), nip(2)]
    m = matriks(t, nip(2))
    assert list(m.index) == [nip(3), nip(4)]
    assert list(m.columns) == ["nama", "jabatan", f"{A}-R2"]
    assert m[f"{A}-R2"].tolist() == [f"[{A}-R3; langsung] Hasil {A}-R3", f"[{A}-R4; langsung] Hasil {A}-R4"]
    rencana(t, f"{A}-R4", rhk_induk=None)
    assert matriks(t, nip(2))[f"{A}-R2"].tolist()[1] == ""
    with pytest.raises(ValueError, match="tidak punya bawahan langsung"):
        matriks(t, nip(4))


def test_matriks_bolak_balik(tmp_path: Any) -> None:
    t = baik()
    rencana(t, f"{A}-R3", rhk="=Hasil; dengan [tanda] dan titik koma")
    b = tulis_matriks(t, tmp_path / "m.xlsx")
    isi = baca_matriks(b)
    harap = t["rhk"][t["rhk"]["rhk_induk"].isin(t["rhk"]["id"])].sort_values("id")
    balik = isi.sort_values("rhk")
    for kolom, asal in (
        ("rhk", "id"),
        ("nip", "nip"),
        ("rhk_induk", "rhk_induk"),
        ("cara", "cara"),
        ("uraian", "rhk"),
    ):
        assert balik[kolom].tolist() == harap[asal].tolist()
    g = gabung_matriks([b, b], t)
    assert g.konflik.empty
    pd.testing.assert_frame_equal(g.terapkan(t)["rhk"], t["rhk"], check_dtype=False)
    assert [p.name for p in tmp_path.iterdir()] == ["m.xlsx"]


def _sunting(berkas: Any, **sel: Any) -> None:
    buku = openpyxl.load_workbook(berkas)
    for letak, isi in sel.items():
        lembar, alamat = letak.split("_")
        buku[lembar[1:]][alamat] = isi
    buku.save(berkas)


def test_dua_meja_berbeda_isi_menjadi_konflik(tmp_path: Any) -> None:
    t = baik()
    satu, dua = (tulis_matriks(t, tmp_path / f"{n}.xlsx", [nip(2)]) for n in ("satu", "dua"))
    _sunting(dua, L001_E8=f"[{A}-R4; langsung] Rumusan lain\nPeran baru")
    g = gabung_matriks([satu, dua], t)
    assert g.konflik["jenis"].tolist() == ["isi berbeda"] * 2
    assert g.konflik[["berkas", "lembar", "baris", "kolom"]].to_numpy().tolist() == [
        ["dua.xlsx", "001", 8, "E"], ["satu.xlsx", "001", 8, "E"]]  # fmt: skip
    assert sorted(g.peran["uraian"]) == [f"Hasil {A}-R3", "Peran baru"]
    with pytest.raises(ValueError, match="Masih ada 2 baris konflik"):
        g.terapkan(t)
    g = gabung_matriks([dua], t)
    baru = g.terapkan(t)["rhk"].set_index("id")
    assert baru.loc[f"{A}-R4", "rhk"] == "Rumusan lain"
    assert baru.loc[f"MPH-{nip(4)}-1", ["nip", "rhk", "rhk_induk"]].tolist() == [
        nip(4),
        "Peran baru",
        f"{A}-R2",
    ]


def test_kode_yang_tidak_dikenal_menjadi_konflik(tmp_path: Any) -> None:
    t = baik()
    b = tulis_matriks(t, tmp_path / "m.xlsx", [nip(2)])
    _sunting(b, L001_E7=f"[{A}-R4; langsung] Punya orang lain", L001_E8="[XX] Tidak ada")
    assert sorted(gabung_matriks([b], t).konflik["jenis"]) == ["RHK tidak dikenal", "bukan pemiliknya"]


def test_berkas_rusak_disebut_baris_dan_kolomnya(tmp_path: Any) -> None:
    t = baik()
    b = tulis_matriks(t, tmp_path / "m.xlsx", [nip(2)])
    _sunting(b, L001_B7="123", L001_E8=f"[{A}-R4; miring] Uraian")
    lain = tmp_path / "lain.xlsx"
    lain.write_bytes(b"bukan excel")
    with pytest.raises(GalatData) as galat:
        gabung_matriks([b, lain, tmp_path / "hilang.xlsx"], t)
    tabel = galat.value.tabel()
    assert len(tabel) == 4
    teks = str(galat.value)
    for kata in (
        "NIP bukan 18 angka",
        "cara 'miring' tidak dikenal",
        "bukan buku kerja Excel",
        "berkas tidak ada",
    ):
        assert kata in teks
    assert tabel["baris"].dropna().tolist() == [7, 8]


def test_hasil_yang_ditambah_terbaca(tmp_path: Any) -> None:
    t = baik()
    tambah(t, "rhk", id="X", nip=nip(3), rhk="Kedua", rhk_induk=f"{A}-R2", jenis="utama", cara="lintas")
    isi = baca_matriks(tulis_matriks(t, tmp_path / "m.xlsx", [nip(2)]))
    assert isi["rhk"].tolist() == [f"{A}-R3", "X", f"{A}-R4"]
