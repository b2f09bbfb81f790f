"""Angka kredit against a literal oracle on Fraction, from the figures of the fact sheet typed once more."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak

from kinerja.data.skema import PREDIKAT, RATING
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.regulasi.angka_kredit import (
    BERKAS,
    GRAF,
    GRAF_PERIODE,
    JEMBATAN,
    integrasi,
    nilai,
    setelah_naik,
    tanpa_nilai,
    tanpa_rangkap,
)

KEBIJAKAN = kebijakan("2023-12-31")
BAGIAN = {"sangat_baik": 150, "baik": 100, "butuh_perbaikan": 75, "kurang": 50, "sangat_kurang": 25}
# jenjang: koefisien, AK pangkat, AK jenjang
JENJANG: dict[str, tuple[str, int, int | None]] = {
    "pemula": ("3.75", 15, 15),
    "terampil": ("5", 20, 60),
    "mahir": ("12.5", 50, 100),
    "penyelia": ("25", 100, None),
    "ahli pertama": ("12.5", 50, 100),
    "ahli muda": ("25", 100, 200),
    "ahli madya": ("37.5", 150, 450),
    "ahli utama": ("50", 200, None),
}
DASAR = {
    ("pemula", "II/a"): 0,
    ("terampil", "II/b"): 0,
    ("mahir", "III/a"): 0,
    ("mahir", "III/b"): 50,
    ("penyelia", "III/c"): 0,
    ("ahli pertama", "III/a"): 0,
    ("ahli pertama", "III/b"): 50,
    ("ahli muda", "III/c"): 0,
    ("ahli muda", "III/d"): 100,
    ("ahli madya", "IV/a"): 0,
    ("ahli madya", "IV/b"): 150,
    ("ahli madya", "IV/c"): 300,
    ("ahli utama", "IV/d"): 0,
}
GOLONGAN = [
    "II/a",
    "II/b",
    "II/c",
    "II/d",
    "III/a",
    "III/b",
    "III/c",
    "III/d",
    "IV/a",
    "IV/b",
    "IV/c",
    "IV/d",
    "IV/e",
    "IX",
]
Tabel = dict[str, pd.DataFrame]
Orang = tuple[str, str, dict[str, str | None]]  # jenjang, golongan, periode -> predikat

# a pair of ratings that gives the predikat
RATING_UNTUK = {
    "sangat_baik": ("di_atas", "di_atas"),
    "baik": ("sesuai", "sesuai"),
    "butuh_perbaikan": ("di_bawah", "sesuai"),
    "kurang": ("sesuai", "di_bawah"),
    "sangat_kurang": ("di_bawah", "di_bawah"),
    None: (None, "sesuai"),
}


def nip(i: int) -> str:
    return f"{i:018d}"


def tabel(orang: list[Orang], jenis: str = "fungsional") -> Tabel:
    baris = [(nip(i), p, *RATING_UNTUK[q]) for i, (_, _, isi) in enumerate(orang) for p, q in isi.items()]
    tipe = pd.CategoricalDtype(list(RATING))
    return {
        "pegawai": pd.DataFrame(
            {
                "nip": pd.Series([nip(i) for i in range(len(orang))], dtype="str"),
                "jenis_jabatan": pd.Categorical([jenis] * len(orang), categories=["fungsional", "pelaksana"]),
                "jenjang": pd.Series([o[0] for o in orang], dtype="str"),
                "golongan": pd.Series([o[1] for o in orang], dtype="str"),
            }
        ),
        "penilaian": pd.DataFrame(
            {
                "nip": pd.Series([b[0] for b in baris], dtype="str"),
                "periode": pd.Series([b[1] for b in baris], dtype="str"),
                "rating_hasil": pd.Categorical([b[2] for b in baris], dtype=tipe),
                "rating_perilaku": pd.Categorical([b[3] for b in baris], dtype=tipe),
            }
        ),
    }


def oracle(
    jenjang: str, golongan: str, isi: dict[str, str | None], pak: tuple[str, ...] | None
) -> dict[str, Any]:
    """Sections 1 to 3 of the fact sheet, step by step; None where something is unknown."""
    koefisien, pangkat, naik = Fraction(JENJANG[jenjang][0]), JENJANG[jenjang][1], JENJANG[jenjang][2]
    dasar = DASAR.get((jenjang, golongan))
    konversi: Fraction | None = Fraction(0)
    for periode, predikat in isi.items():
        bulan = 12 if len(periode) == 4 else 3 if "TW" in periode else 1
        if predikat is None:
            konversi = None
        elif konversi is not None:
            konversi += Fraction(bulan, 12) * Fraction(BAGIAN[predikat], 100) * koefisien
    h: dict[str, Any] = dict.fromkeys(GRAF.aturan)
    h |= {"koefisien": koefisien, "ak_dasar": dasar, "kebutuhan_jenjang": naik, "ak_setahun": koefisien}
    if dasar is not None:
        h["kebutuhan_pangkat"] = dasar + pangkat
        if konversi is not None:
            h["ak_kumulatif"] = dasar + konversi + sum(map(Fraction, pak or ()))
    for apa in ("pangkat", "jenjang"):
        if h[f"kebutuhan_{apa}"] is not None and h["ak_kumulatif"] is not None:
            selisih = h[f"kebutuhan_{apa}"] - h["ak_kumulatif"]
            h[f"kekurangan_{apa}"] = max(selisih, Fraction(0))
            h[f"kelebihan_{apa}"] = max(-selisih, Fraction(0))
            h[f"tahun_ke_{apa}"] = h[f"kekurangan_{apa}"] / koefisien
    terakhir = isi[max(isi)]
    if terakhir is not None:
        h["syarat_predikat"] = "memenuhi" if terakhir in ("sangat_baik", "baik") else "tidak_memenuhi"
    return h


PREDIKAT_ATAU_KOSONG = st.sampled_from([*PREDIKAT, *PREDIKAT, None])
TAHUN = st.dictionaries(st.sampled_from(["2020", "2021", "2022", "2023"]), PREDIKAT_ATAU_KOSONG, min_size=1)
TRIWULAN = st.dictionaries(
    st.sampled_from([f"2023-TW{i}" for i in range(1, 5)]), PREDIKAT_ATAU_KOSONG, min_size=1
)
BULAN = st.dictionaries(
    st.sampled_from([f"2023-{i:02d}" for i in range(1, 13)]), PREDIKAT_ATAU_KOSONG, min_size=1
)
ORANG = st.tuples(
    st.sampled_from(list(JENJANG)), st.sampled_from(GOLONGAN), st.one_of(TAHUN, TRIWULAN, BULAN)
)
POIN = st.decimals(min_value=0, max_value=500, places=4).map(str)


@settings(max_examples=banyak(40), deadline=None)
@given(st.lists(st.tuples(ORANG, st.tuples(POIN, POIN, POIN)), min_size=1, max_size=5), st.booleans())
def test_setiap_langkah_sama_dengan_oracle(baris: list[Any], dengan_pak: bool) -> None:
    orang = [b[0] for b in baris]
    pak = pd.DataFrame(
        [(nip(i), *map(float, b[1])) for i, b in enumerate(baris)],
        columns=["nip", "ak_jf_lama", "ak_penyesuaian", "ak_pendidikan"],
    )
    data = tabel(orang)
    hasil = nilai(data, KEBIJAKAN, pak=pak if dengan_pak else None).pegawai
    harap = [oracle(*o, b[1] if dengan_pak else None) for o, b in zip(orang, baris, strict=True)]
    for nama in GRAF.urutan:
        assert [hasil[nama].satu(i) for i in range(len(orang))] == [h[nama] for h in harap], nama
    balik = {k: v.iloc[::-1] for k, v in data.items()}
    pd.testing.assert_frame_equal(
        nilai(balik, KEBIJAKAN, pak=pak if dengan_pak else None).tabel().iloc[::-1], hasil.tabel()
    )
    satu = {**data, "pegawai": data["pegawai"].iloc[:1]}
    pd.testing.assert_frame_equal(
        nilai(satu, KEBIJAKAN, pak=pak if dengan_pak else None).tabel(), hasil.tabel().iloc[:1]
    )


def test_tabel_ketentuan_saling_cocok() -> None:
    """AK dasar and AK pangkat of the last golongan add up to AK jenjang; every pangkat is four years at Baik."""
    param = {n: v.nilai for n, v in KEBIJAKAN.bagian(BERKAS).items()}
    for jenjang, (koefisien, pangkat, naik) in JENJANG.items():
        assert param["koefisien_jenjang"][jenjang] * 4 == pangkat == param["ak_pangkat"][jenjang]
        assert Fraction(koefisien) == Fraction(param["koefisien_jenjang"][jenjang])
        dasar = param["ak_dasar_golongan"][jenjang]
        if naik is not None and None not in dasar.values():
            assert max(dasar.values()) + pangkat == naik
    assert {
        (j, g) for j, b in param["ak_dasar_golongan"].items() for g, v in b.items() if v is not None
    } == set(DASAR)


def test_predikat_lebih_baik_tidak_pernah_mengurangi() -> None:
    data = tabel([("ahli muda", "III/c", {"2023": p}) for p in PREDIKAT])
    hasil = nilai(data, KEBIJAKAN).tabel()
    assert hasil["ak_kumulatif"].is_monotonic_decreasing
    assert hasil["kekurangan_pangkat"].is_monotonic_increasing
    assert hasil["ak_kumulatif"].tolist() == [37.5, 25, 18.75, 12.5, 6.25]


def test_tepat_di_kebutuhan() -> None:
    data = tabel([("ahli pertama", "III/a", {"2023": "baik"})] * 3)
    pak = pd.DataFrame(
        {"nip": [nip(0), nip(1)], "ak_jf_lama": [37.5, 37.5001], "ak_penyesuaian": 0, "ak_pendidikan": 0}
    )
    hasil = nilai(data, KEBIJAKAN, pak=pak).tabel()
    assert hasil["kekurangan_pangkat"].iloc[:2].tolist() == [0, 0]
    assert hasil["kelebihan_pangkat"].iloc[:2].tolist() == [0, 0.0001]
    assert hasil["ak_kumulatif"].isna().tolist() == [False, False, True]  # no PAK, no guess
    with pytest.raises(ValueError, match=rf"PAK memuat NIP {nip(0)} lebih dari sekali"):
        nilai(data, KEBIJAKAN, pak=pak.assign(nip=nip(0)))


def test_periode_yang_tercakup_tidak_dihitung_dua_kali() -> None:
    isi = dict.fromkeys(["2022", "2022-TW1", "2022-03", "2023-TW1", "2023-01", "2023-03", "2023-04"], "baik")
    data = tabel([("ahli muda", "III/c", isi)])
    assert tanpa_rangkap(data["penilaian"])["periode"].tolist() == ["2022", "2023-TW1", "2023-04"]
    assert tanpa_rangkap(data["penilaian"], "2023-TW1")["periode"].tolist() == ["2023-TW1"]
    assert tanpa_rangkap(data["penilaian"], "2022-TW1")["periode"].tolist() == ["2022-TW1"]
    assert tanpa_rangkap(data["penilaian"], "2021").empty
    assert nilai(data, KEBIJAKAN).pegawai["ak_kumulatif"].satu(0) == 25 + Fraction(25, 4) + Fraction(25, 12)
    bulan = nilai(data, KEBIJAKAN, "2023-03").tingkat[1]
    assert (bulan.graf, bulan["ak_periode"].satu(0)) == (GRAF_PERIODE, Fraction(25, 12))
    kosong = nilai(data, KEBIJAKAN, "2021")
    assert len(kosong.tabel()) == 0


def test_contoh_dari_ujung_ke_ujung(tabel_contoh: Tabel) -> None:
    hasil = nilai(tabel_contoh, KEBIJAKAN, "2022")
    pegawai = tabel_contoh["pegawai"]
    jf = pegawai[pegawai["jenis_jabatan"] == "fungsional"]
    assert hasil.tabel().index.tolist() == jf["nip"].tolist()
    tanpa = tanpa_nilai(tabel_contoh, KEBIJAKAN, "2022")
    assert set(tanpa["nip"]) == set(pegawai["nip"]) - set(jf["nip"])
    assert set(tanpa["alasan"]) == {"bukan jabatan fungsional"}
    # PPPK have no golongan of the table: points are converted, the next pangkat is unknown
    pppk = hasil.tabel()[(jf["status"] == "pppk").to_numpy()]
    assert len(pppk)
    assert pppk["kekurangan_pangkat"].isna().all()
    teks = str(hasil.jelaskan(jf["nip"].iloc[0]))
    for dasar in (
        "PermenPANRB 1/2023 Pasal 37",
        "Lampiran A",
        "Peraturan BKN 3/2023 hlm. 25",
        "kuadran kinerja",
    ):
        assert dasar in teks
    assert "Jembatan: PAK tidak disertakan" in teks
    assert "Ahli pertama; III/a" in teks


def test_yang_tidak_dinilai_disebut_alasannya() -> None:
    data = tabel(
        [
            ("Ahli Pertama ", "III/a", {"2023": "baik"}),
            ("guru besar", "IV/a", {"2023": "baik"}),
            ("mahir", "III/a", {}),
        ]
    )
    assert nilai(data, KEBIJAKAN).tabel()["koefisien"].to_dict() == {nip(0): 12.5}
    tanpa = tanpa_nilai(data, KEBIJAKAN).set_index("nip")["alasan"]
    assert tanpa[nip(1)].startswith("jenjang tidak dikenal; yang ada: pemula, terampil")
    assert tanpa[nip(2)] == "belum dinilai"
    assert tanpa_nilai(data, KEBIJAKAN, "2023-TW1")["alasan"].iloc[0] == "belum dinilai untuk Triwulan I 2023"
    assert set(tanpa_nilai(tabel([("mahir", "III/a", {})], "pelaksana"), KEBIJAKAN)["alasan"]) == {
        "bukan jabatan fungsional"
    }


def test_skenario_mengubah_angka_dan_penjelasan() -> None:
    data = tabel([("ahli pertama", "III/a", {"2023": "baik"})])
    lain = KEBIJAKAN.dengan(
        {f"{BERKAS}.bagian_predikat": {"2023-01-01": {"baik": 120}}, JEMBATAN[1]: {"2023-01-01": 150}}
    )
    lama, baru = nilai(data, KEBIJAKAN), nilai(data, lain)
    assert lama.tabel()[["ak_kumulatif", "tahun_ke_pangkat"]].iloc[0].tolist() == [12.5, 3]
    assert baru.tabel()[["ak_kumulatif", "tahun_ke_pangkat"]].iloc[0].tolist() == [15, 35 / 18.75]
    assert "12 ÷ 12 × 120 ÷ 100 × 12,5" in str(baru.jelaskan(nip(0)))
    assert "Skenario" in str(baru.jelaskan(nip(0)))
    assert "Skenario" not in str(lama.jelaskan(nip(0)))


def test_kelebihan_setelah_naik_menunggu_ketentuan() -> None:
    hasil = nilai(tabel([("ahli pertama", "III/a", {"2023": "baik"})]), KEBIJAKAN)
    with pytest.raises(GalatParameter, match=r"kelebihan_dibawa_(pangkat|jenjang): nilainya belum terbukti"):
        setelah_naik(hasil, KEBIJAKAN)
    k = KEBIJAKAN.dengan(
        {
            f"{BERKAS}.kelebihan_dibawa_pangkat": {"2023-01-01": 100},
            f"{BERKAS}.kelebihan_dibawa_jenjang": {"2023-01-01": 0},
        }
    )
    pak = pd.DataFrame(
        {"nip": [nip(0)], "ak_jf_lama": [100.0], "ak_penyesuaian": [0.0], "ak_pendidikan": [0.0]}
    )
    lebih = setelah_naik(nilai(tabel([("ahli pertama", "III/a", {"2023": "baik"})]), k, pak=pak), k)
    assert (lebih["dibawa_pangkat"].satu(0), lebih["dibawa_jenjang"].satu(0)) == (Fraction(125, 2), 0)


def test_integrasi() -> None:
    lama = pd.DataFrame({"nip": [nip(0), nip(1)], "ak_lama": [287.5, None], "nilai_dasar": [200, 100]})
    hasil = integrasi(lama)["ak_integrasi"]
    assert [hasil.satu(i) for i in range(2)] == [Fraction("87.5"), None]
