"""Pay against literal oracles on Fraction: day by day, person by person; and every scheme against its golden file."""

from __future__ import annotations

import calendar
import datetime as dt
import os
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from penghitung_bayar import tabel
from test_pecahan import setengah_ke_atas
from test_tpp import acak

import kinerja as kj
from kinerja.contoh import buat_contoh
from kinerja.data.skema import CUTI as CUTI_SEMUA
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.tukin import BAGIAN, POTONGAN, bagi, daftar, hitung
from kinerja.tukin import aturan_bayar as a
from kinerja.tukin.bayar import acuan_predikat
from kinerja.tukin.rincian import KALI, MENIT, hari_gabungan, masa_hukuman, urutan_cuti
from kinerja.tukin.tpp import hitung_tpp, parameter_tpp

EMAS = Path(__file__).parent / "emas" / "tukin"
AKHIR_2026 = kebijakan("2026-07-31")

# upper bounds in thousands of rupiah and rates in percent, typed from the fact sheet; the oracle does not read params/
TER = {
    "A": (
        "5400 5650 5950 6300 6750 7500 8550 9650 10050 10350 10700 11050 11600 12500 13750 15100 16950 "
        "19750 24150 26450 28000 30050 32400 35400 39100 43850 47800 51400 56300 62200 68600 77500 89000 "
        "103000 125000 157000 206000 337000 454000 550000 695000 910000 1400000 -",
        "0 0.25 0.5 0.75 1 1.25 1.5 1.75 2 2.25 2.5 3 3.5 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 "
        "22 23 24 25 26 27 28 29 30 31 32 33 34",
    ),
    "B": (
        "6200 6500 6850 7300 9200 10750 11250 11600 12600 13600 14950 16400 18450 21850 26000 27700 29350 "
        "31450 33950 37100 41100 45800 49500 53800 58500 64000 71000 80000 93000 109000 129000 163000 "
        "211000 374000 459000 555000 704000 957000 1405000 -",
        "0 0.25 0.5 0.75 1 1.5 2 2.5 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
        "28 29 30 31 32 33 34",
    ),
    "C": (
        "6600 6950 7350 7800 8850 9800 10950 11200 12050 12950 14150 15550 17050 19500 22700 26600 28100 "
        "30100 32600 35400 38900 43000 47400 51200 55800 60400 66700 74500 83200 95600 110000 134000 "
        "169000 221000 390000 463000 561000 709000 965000 1419000 -",
        "0 0.25 0.5 0.75 1 1.25 1.5 1.75 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 "
        "26 27 28 29 30 31 32 33 34",
    ),
}
T3 = {
    1: 2531250, 2: 2708250, 3: 2898000, 4: 2985000, 5: 3134250, 6: 3510400, 7: 3915950, 8: 4595150,
    9: 5079200, 10: 5979200, 11: 8757600, 12: 9896000, 13: 10936000, 14: 17064000, 15: 19280000,
    16: 27577500, 17: 33240000,
}  # fmt: skip
KEMNAKER = {"sangat_baik": 100, "baik": 100, "butuh_perbaikan": 85, "kurang": 60, "sangat_kurang": 60}
BULAN = ("2026-03", "2026-04", "2026-05")
CUTI = ("cuti_tahunan", "cuti_sakit", "cuti_besar", "cuti_melahirkan", "cuti_luar_tanggungan")


# -- Kemnaker, literally --------------------------------------------------------------------------------------

HUKUMAN = st.tuples(
    st.sampled_from(
        [
            "teguran_lisan",
            "potong_tukin_6_bulan",
            "potong_tukin_12_bulan",
            "penurunan_jabatan_12_bulan",
            "pemberhentian",
        ]
    ),
    st.dates(dt.date(2025, 6, 1), dt.date(2026, 6, 15)),
    st.one_of(st.none(), st.integers(1, 90)),
)
DAFTAR_MENIT = st.lists(st.integers(1, 500), max_size=4)
SEBULAN = st.fixed_dictionaries(
    {
        "hari_kerja": st.integers(16, 23),
        "terlambat": DAFTAR_MENIT,
        "pulang_cepat": DAFTAR_MENIT,
        "alpa": st.sampled_from([0, 0, 1, 3, 16]),
        "lupa_rekam": st.integers(0, 4),
        "tidak_apel": st.integers(0, 2),
        "cuti": st.tuples(st.sampled_from([None, *CUTI]), st.integers(1, 23)),
    }
)
ORANG = st.fixed_dictionaries(
    {
        "kelas": st.integers(1, 17),
        "status": st.sampled_from(["pns", "cpns", "pppk"]),
        "predikat": st.sampled_from(PREDIKAT),
        "bulan": st.tuples(SEBULAN, SEBULAN, SEBULAN),
        "hukuman": st.lists(HUKUMAN, max_size=3, unique_by=lambda h: (h[0], h[1])),
    }
)


def baris_dari(orang: dict[str, Any], ke: int) -> list[dict[str, Any]]:
    hasil = []
    for b, m in zip(BULAN, orang["bulan"], strict=True):
        cuti = dict.fromkeys(CUTI, 0)
        if m["cuti"][0]:
            cuti[m["cuti"][0]] = min(m["cuti"][1], m["hari_kerja"])
        hasil.append(
            {
                "nip": f"{ke:018d}",
                "bulan": b,
                **{k: orang[k] for k in ("kelas", "status", "predikat")},
                **{k: m[k] for k in ("hari_kerja", "alpa", "lupa_rekam", "tidak_apel")},
                **{k: "; ".join(map(str, m[k])) for k in ("terlambat", "pulang_cepat")},
                **cuti,
            }
        )
    hasil[0]["hukuman"] = [
        {"jenis": j, "mulai": mulai, "sampai": None if lama is None else mulai + dt.timedelta(days=lama)}
        for j, mulai, lama in orang["hukuman"]
    ]
    return hasil


def tambah_bulan(hari: dt.date, n: int) -> dt.date:
    tahun, bulan = divmod(hari.year * 12 + hari.month - 1 + n, 12)
    return dt.date(tahun, bulan + 1, min(hari.day, calendar.monthrange(tahun, bulan + 1)[1]))


def hukuman_hari(orang: dict[str, Any], hari: dt.date) -> str:
    """The heaviest sanction of one day."""
    berat = ["", "teguran_lisan", "potong", "penurunan_jabatan_12_bulan", "pemberhentian"]
    ada = [""]
    for jenis, mulai, lama in orang["hukuman"]:
        akhir = dt.date.max if lama is None else mulai + dt.timedelta(days=lama)
        panjang = {"potong_tukin_6_bulan": 6, "potong_tukin_12_bulan": 12, "penurunan_jabatan_12_bulan": 12}
        if lama is None and jenis in panjang:
            akhir = tambah_bulan(mulai, panjang[jenis]) - dt.timedelta(days=1)
        if lama is None and jenis == "teguran_lisan":
            akhir = mulai
        if jenis == "pemberhentian":
            mulai = tambah_bulan(mulai.replace(day=1), 1)
        if mulai <= hari <= akhir:
            ada.append("potong" if jenis.startswith("potong") else jenis)
    return max(ada, key=berat.index)


def oracle_kemnaker(orang: dict[str, Any], ke: int, dengan: tuple[str, ...] = POTONGAN) -> int:
    """Permenaker 15/2024 for one month, in words and loops; `dengan`: the parts that count."""
    m = orang["bulan"][ke]
    kinerja = Fraction(KEMNAKER[orang["predikat"]]) if "kinerja" in dengan else Fraction(100)
    potong = Fraction(0)
    if "kehadiran" in dengan:
        potong += Fraction(1, 100) * (sum(m["terlambat"]) + sum(m["pulang_cepat"]))
        potong += 3 * m["alpa"] + m["lupa_rekam"] + 3 * m["tidak_apel"]
    persen = kinerja * 70 / 100 + max(Fraction(0), 100 - potong) * 30 / 100
    if "cuti" in dengan and m["cuti"][0]:
        jenis, hari = m["cuti"][0], min(m["cuti"][1], m["hari_kerja"])
        runtun = 1
        while runtun <= ke and orang["bulan"][ke - runtun]["cuti"][0] == jenis:
            runtun += 1
        lanjut = ke + 1 < len(BULAN) and orang["bulan"][ke + 1]["cuti"][0] == jenis
        kurang_sebulan = runtun == 1 and not lanjut and hari < m["hari_kerja"]
        dibayar = {
            "cuti_tahunan": 100,
            "cuti_melahirkan": 100,
            "cuti_luar_tanggungan": 0,
            "cuti_sakit": {1: 100, 2: 50, 3: 25}[runtun],
            "cuti_besar": 100 if kurang_sebulan else {1: 50, 2: 25, 3: 10}[runtun],
        }[jenis]
        persen *= 1 - Fraction(hari, m["hari_kerja"]) * (100 - dibayar) / 100
    tahun, bulan = map(int, BULAN[ke].split("-"))
    panjang = calendar.monthrange(tahun, bulan)[1]
    jumlah = Fraction(0)
    for h in range(1, panjang + 1):
        kena = hukuman_hari(orang, dt.date(tahun, bulan, h)) if "hukuman" in dengan else ""
        tarif = T3[max(orang["kelas"] - 1, 1) if kena.startswith("penurunan") else orang["kelas"]]
        jumlah += tarif * {"potong": Fraction(3, 4), "pemberhentian": Fraction(0)}.get(kena, Fraction(1))
    hak = Fraction(80, 100) if orang["status"] == "cpns" else Fraction(1)
    return setengah_ke_atas(jumlah / panjang * hak * persen / 100)


@settings(max_examples=12, deadline=None)
@given(st.lists(ORANG, min_size=1, max_size=6))
def test_kemnaker_sama_dengan_oracle_hari_demi_hari(orang: list[dict[str, Any]]) -> None:
    data, predikat = tabel([b for i, o in enumerate(orang) for b in baris_dari(o, i)])
    hasil = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat).tabel()
    harap = [oracle_kemnaker(o, k) for o in orang for k in range(3)]
    assert hasil["dibayar"].tolist() == harap
    # the gates in their order: each line of the cut is the fall from one oracle to the next
    for banyak, bagian in enumerate(POTONGAN, 1):
        sebelum = [oracle_kemnaker(o, k, POTONGAN[: banyak - 1]) for o in orang for k in range(3)]
        sesudah = [oracle_kemnaker(o, k, POTONGAN[:banyak]) for o in orang for k in range(3)]
        assert hasil[f"potongan_{bagian}"].tolist() == [s - t for s, t in zip(sebelum, sesudah, strict=True)]


@settings(max_examples=4, deadline=None)
@given(st.lists(ORANG, min_size=2, max_size=3))
def test_pembagian_tanpa_urutan_sama_dengan_rata_rata_semua_urutan(semua: list[dict[str, Any]]) -> None:
    data, predikat = tabel([b for i, o in enumerate(semua) for b in baris_dari(o, i)])
    hasil = bagi(hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat))
    orang_bulan = [(o, k) for o in semua for k in range(3)]
    for i, (orang, k) in enumerate(orang_bulan):
        bayar = {
            buka: oracle_kemnaker(orang, k, buka)
            for n in range(len(POTONGAN) + 1)
            for buka in combinations(POTONGAN, n)
        }
        andil = dict.fromkeys(POTONGAN, Fraction(0))
        for urutan in permutations(POTONGAN):
            for n, b in enumerate(urutan):
                dulu = tuple(p for p in POTONGAN if p in urutan[:n])
                kini = tuple(p for p in POTONGAN if p in urutan[: n + 1])
                andil[b] += Fraction(bayar[dulu] - bayar[kini], 24)
        baris = hasil.iloc[i]
        assert sum(baris[b] for b in POTONGAN) == baris["jumlah"]
        assert all(abs(int(baris[b]) - andil[b]) <= 2 for b in POTONGAN)


def test_satu_satu_urutan_baris_dan_potongan_menjumlah(contoh_tukin: dict[str, pd.DataFrame]) -> None:
    data = contoh_tukin
    hasil = hitung(data, "kemnaker-2024", AKHIR_2026)
    t = hasil.tabel()
    bersih = t["hak"] - sum(t[f"potongan_{b}"] for b in POTONGAN)
    assert t["dibayar"].equals(bersih)
    assert t["dibayar"].between(0, t["hak"]).all()
    assert (t[[f"potongan_{b}" for b in POTONGAN]].sum() > 0)[
        ["potongan_kinerja", "potongan_kehadiran", "potongan_cuti"]
    ].all()
    acakan = data["kehadiran"].sample(frac=1, random_state=3)
    pegawai = data["pegawai"].sample(frac=1, random_state=4)
    lain = hitung({**data, "kehadiran": acakan, "pegawai": pegawai}, "kemnaker-2024", AKHIR_2026).tabel()
    pd.testing.assert_frame_equal(lain.loc[t.index], t)
    for nip in data["pegawai"]["nip"].iloc[:3]:
        sendiri = {k: v[v["nip"] == nip] if "nip" in v else v for k, v in data.items()}
        satu = hitung(sendiri, "kemnaker-2024", AKHIR_2026).tabel()
        pd.testing.assert_frame_equal(satu, t.loc[[nip]])


# -- the report's graph and the general graph --------------------------------------------------------------------


def test_graf_umum_sama_dengan_graf_laporan_tpp() -> None:
    bulanan = acak(400, benih=5)
    bulanan = bulanan[(bulanan["kelas"] != 16) & bulanan["predikat"].notna()].reset_index(drop=True)
    bulanan["nip"] = [f"{i:018d}" for i in range(len(bulanan))]
    k = kebijakan("2022-12-31")
    laporan = hitung_tpp(bulanan, parameter_tpp(k, "tpp-60-40", "babel")).tabel()
    pegawai = bulanan[["nip", "kelas"]].assign(status="pns", jenis_jabatan="pelaksana", golongan="III/b")
    hadir = bulanan.drop(columns=["kelas", "predikat"]).assign(hari_kerja=31)
    umum = hitung(
        {"pegawai": pegawai, "kehadiran": hadir},
        "tpp-60-40",
        k,
        instansi="babel",
        predikat=bulanan.set_index("nip")["predikat"],
    ).tabel()
    pasangan = {
        "besaran_tpp": "hak",
        "nilai_disiplin": "nilai_disiplin",
        "nilai_tpp": "persen_kehadiran",
        "tpp": "dibayar",
        "potongan_kinerja": "potongan_kinerja",
        "potongan_disiplin": "potongan_kehadiran",
    }
    for lama, baru in pasangan.items():
        assert umum[baru].tolist() == laporan[lama].tolist()
    assert umum["pph"].tolist() == [setengah_ke_atas(Fraction(int(x) * 5, 100)) for x in umum["kotor"]]


# -- bounds, order of predikat, caps, basis ------------------------------------------------------------------------

SIAP: dict[str, dict[str, Any]] = {  # scheme -> what a run on the whole sample needs besides the law
    "kemnaker-2024": {},
    "tpp-60-40": {"instansi": "sumbar", "skenario": {"pajak-iuran.tarif_final": {"2010-01-01": {"PPPK": 5}}}},
    "tpp-daerah-a": {
        "instansi": "sumbar",
        "tanpa": ("cuti", "pajak"),
        "skenario": {"tpp-daerah-a.potongan_tidak_apel": {"2019-01-01": 2}},
    },
    "kemlu-2025": {"tanpa": ("kehadiran", "cuti")},
    "bakamla-2023": {"tanpa": ("kehadiran", "cuti")},
    "kebudayaan-2025": {"tanpa": ("kehadiran", "cuti")},
    "bkn-2020": {"tanpa": ("kinerja", "kehadiran", "cuti")},
    "bkkbn-2023": {
        "tanpa": ("kinerja", "kehadiran", "pajak"),
        "skenario": {
            "bkkbn-2023.cuti": {
                "2023-01-01": [{"jenis": j, "segmen": "semua", "potong": 1} for j in CUTI_SEMUA]
            }
        },
    },
    "kemendikdasmen-2025": {"tanpa": ("kinerja", "kehadiran", "cuti")},
    "kumham-imipas-2025": {"tanpa": ("kinerja", "kehadiran", "cuti")},
    "bgn-2025": {
        "tanpa": ("kinerja", "cuti"),
        "skenario": {
            "bgn-2025.tangga": {"2025-01-01": "t3"},
            **{
                f"bgn-2025.potongan_{n}": {"2025-01-01": 1}
                for n in ("alpa_per_hari", "lupa_rekam", "tidak_apel")
            },
        },
    },
    "lubuklinggau-2022": {"tanpa": ("kinerja", "kehadiran", "cuti", "pajak")},
}


@pytest.mark.parametrize("skema", ["kemnaker-2024", "kemlu-2025", "bakamla-2023", "tpp-60-40"])
def test_bayaran_tidak_turun_bila_predikat_naik(skema: str) -> None:
    data, predikat = tabel([{"predikat": p, "kelas": k, "alpa": 0} for k in (3, 8, 15) for p in PREDIKAT])
    per_nip = predikat.set_index("nip")["predikat"]
    t = hitung(
        data, skema, AKHIR_2026, predikat=per_nip, **{n: v for n, v in SIAP[skema].items() if n != "skenario"}
    ).tabel()
    uang = t["dibayar"].to_numpy().reshape(3, 5)
    assert (np.diff(uang, axis=1) <= 0).all()  # PREDIKAT goes from best to worst
    assert (uang <= t["hak"].to_numpy().reshape(3, 5)).all()
    assert (uang[:, 0] > uang[:, -1]).all()


def test_tiga_persen_yang_sama_menggigit_tiga_koma_tiga_tiga_kali() -> None:
    data, predikat = tabel([{"alpa": 1}])
    porsi = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat).tabel()["potongan_kehadiran"]
    total = AKHIR_2026.dengan({"kemnaker-2024.dasar_potongan": {"2024-01-01": {"alpa": "total"}}})
    semua = hitung(data, "kemnaker-2024", total, predikat=predikat).tabel()["potongan_kehadiran"]
    assert semua.tolist() == [137854]  # 3 % of 4,595,150 = 137,854.5; what is paid is rounded, half up
    assert porsi.tolist() == [41356]  # 0.9 % = 41,356.35
    assert round(137854.5 / 41356.35, 2) == 3.33


@given(st.integers(0, 31), st.integers(0, 62))
@settings(max_examples=12, deadline=None)
def test_batas_potongan(alpa: int, lupa: int) -> None:
    """Pola 2013: 5 % a day and 1.5 % a missing tap of the total, at most 100 % a month."""
    k = kebijakan("2018-12-31").dengan({"pola-kementerian-2013.tangga": {"2013-01-01": "t1"}})
    data, _ = tabel([{"kelas": 8, "bulan": "2018-07", "alpa": alpa, "lupa_rekam": lupa}])
    t = hitung(data, "pola-kementerian-2013", k, tanpa=("kinerja", "cuti", "pajak", "iuran")).tabel()
    persen = min(Fraction(100), Fraction(5 * alpa) + Fraction(3, 2) * lupa)
    assert t["dibayar"].tolist() == [setengah_ke_atas(2927000 * (100 - persen) / 100)]


@pytest.mark.parametrize(
    ("menit", "persen"),
    [(1, "0.5"), (30, "0.5"), (31, "1"), (60, "1"), (61, "1.25"), (90, "1.25"), (91, "1.5"), (480, "1.5")],
)
def test_tepi_tangga_terlambat(menit: int, persen: str) -> None:
    data, _ = tabel([{"pulang_cepat": str(menit)}])
    h = hitung(data, "tpp-daerah-a", AKHIR_2026, instansi="sumbar", tanpa=("kinerja", "cuti", "pajak"))
    assert h.pegawai["potongan_total"].satu(0) == Fraction(persen)


def test_menit_sebulan_dijumlah_lebih_dulu() -> None:
    k = kebijakan("2020-12-31").dengan({"kementan-2012.tangga": {"2012-01-01": "t3"}})
    data, _ = tabel([{"bulan": "2020-07", "terlambat": "20; 20; 20", "pulang_cepat": "10; 10"}])
    h = hitung(data, "kementan-2012", k, tanpa=("kinerja", "pajak"))
    assert h.pegawai["potongan_total"].satu(0) == Fraction(3, 2)  # 60 minutes: 1 %, 20 minutes: 0.5 %


# -- TER ------------------------------------------------------------------------------------------------------------


def lapis(kategori: str) -> list[tuple[int | None, Fraction]]:
    batas, tarif = (t.split() for t in TER[kategori])
    return [(None if b == "-" else int(b) * 1000, Fraction(t)) for b, t in zip(batas, tarif, strict=True)]


@pytest.mark.parametrize("kategori", "ABC")
def test_ter_tepat_di_setiap_tepi(kategori: str) -> None:
    p = {n: AKHIR_2026[f"pajak-iuran.{n}"].nilai for n in ("ter_a", "ter_b", "ter_c")}
    isi = lapis(kategori)
    assert len(isi) == {"A": 44, "B": 40, "C": 41}[kategori]
    tepi = [b for b, _ in isi if b is not None]
    bruto = [0, 1, *(x for b in tepi for x in (b - 1, b, b + 1)), 10**12]

    def tarif(x: int) -> Fraction:
        return next(t for b, t in isi if b is None or x <= b)

    nomor = dari_angka(np.full(len(bruto), "ABC".index(kategori) + 1))
    kolom = a.tarif_ter(Pecahan(np.array(bruto)), nomor, p["ter_a"], p["ter_b"], p["ter_c"])
    assert [kolom.satu(i) for i in range(len(bruto))] == [tarif(x) for x in bruto]
    pajak = a.pph_bruto(Pecahan(np.array(bruto)), kolom)
    assert [pajak.satu(i) for i in range(len(bruto))] == [setengah_ke_atas(x * tarif(x) / 100) for x in bruto]


def test_kategori_ter_menurut_ptkp() -> None:
    tabel_kategori = AKHIR_2026["pajak-iuran.kategori_ter"].nilai
    ptkp = ("TK/0", "TK/1", "K/0", "TK/2", "TK/3", "K/1", "K/2", "K/3")
    k = a.kategori(dari_kategori(range(8), ptkp), tabel_kategori)
    assert [k.satu(i) for i in range(8)] == [1, 1, 1, 2, 2, 2, 2, 3]


def test_pajak_atas_gaji_tidak_ikut_slip_tukin() -> None:
    data, predikat = tabel([{"kelas": 8, "gaji": 5_000_000, "gaji_pokok": 4_000_000}])
    t = hitung(data, "kemlu-2025", AKHIR_2026, predikat=predikat.set_index("nip")["predikat"]).tabel().iloc[0]
    # gross 9,595,150 in category A: 1.75 %; the salary alone is below 5,400,000: 0 %
    assert t["bruto"] == 9_595_150
    assert t["pph"] == setengah_ke_atas(Fraction(9_595_150 * 175, 10000))
    assert t["dasar_bpjs"] == 4_595_150
    assert t["bpjs_pegawai"] == 45_952
    assert t["iwp"] == 320_000
    assert t["bersih"] == t["kotor"] - t["pph"] - t["bpjs_pegawai"]


@given(st.integers(0, 20_000_000))
@settings(max_examples=12, deadline=None)
def test_bpjs_gaji_dibebani_lebih_dulu(gaji: int) -> None:
    data, predikat = tabel([{"kelas": 15, "gaji": gaji}])
    t = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat).tabel().iloc[0]
    assert t["dasar_bpjs"] == max(0, min(12_000_000, gaji + 19_280_000) - min(12_000_000, gaji))


def test_pajak_final_menurut_golongan_dan_pppk_belum_terbukti() -> None:
    golongan = ["I/d", "II/a", "III/d", "IV/b"]
    data, predikat = tabel([{"golongan": g} for g in golongan])
    t = hitung(
        data, "tpp-60-40", "2022-12-31", instansi="sumbar", predikat=predikat.set_index("nip")["predikat"]
    )
    assert t.tabel()["pph"].tolist() == [0, 0, 222353, 667060]  # 5 and 15 % of 4,447,069
    data, predikat = tabel([{"golongan": "IX", "status": "pppk"}])
    with pytest.raises(GalatParameter, match=r"pajak-iuran.tarif_final.PPPK: .*tanpa=\(\"pajak\",\)"):
        hitung(
            data, "tpp-60-40", "2022-12-31", instansi="sumbar", predikat=predikat.set_index("nip")["predikat"]
        )


def test_desember_belum_terbukti_dan_dapat_diasumsikan() -> None:
    data, predikat = tabel([{"bulan": "2025-12"}])
    p = predikat.set_index("nip")["predikat"]
    with pytest.raises(GalatParameter, match=r"pajak-iuran.ter_desember: .*Pasal 17"):
        hitung(data, "kemlu-2025", "2025-12-31", predikat=p)
    ubah = {"pajak-iuran.ter_desember": {"2024-01-01": "ter"}}
    assert hitung(data, "kemlu-2025", "2025-12-31", predikat=p, skenario=ubah).tabel()["pph"].notna().all()
    with pytest.raises(GalatParameter, match=r"ter_a: belum berlaku"):
        hitung(data, "bakamla-2023", "2023-12-31", predikat=p)


# -- sanctions ------------------------------------------------------------------------------------------------------


def hukum(*h: tuple[str, str, str | None], cara: str = "prorata_hari", bulan: str = "2026-04") -> Any:
    daftar_hukuman = [{"jenis": j, "mulai": m, "sampai": s} for j, m, s in h]
    data, predikat = tabel([{"bulan": bulan, "hukuman": daftar_hukuman}])
    k = AKHIR_2026
    if cara != "prorata_hari":
        k = k.dengan({"disiplin-pp-94-2021.cara_bulan_hukuman": {"2021-01-01": cara}})
    return hitung(data, "kemnaker-2024", k, predikat=predikat).pegawai["potongan_hukuman_persen"].satu(0)


def test_hukuman_setengah_bulan_dan_tumpang_tindih() -> None:
    setengah = ("potong_tukin_6_bulan", "2026-04-16", None)
    assert hukum(setengah) == Fraction(25 * 15, 30)
    assert hukum(setengah, cara="bulan_penuh") == 25
    assert hukum(setengah, cara="awal_bulan") == 0
    assert hukum(setengah, bulan="2026-10") == Fraction(25 * 15, 31)  # six months: to 15 October
    assert hukum(setengah, bulan="2026-10", cara="awal_bulan") == 25
    assert hukum(setengah, bulan="2026-11", cara="bulan_penuh") == 0
    lain = ("potong_tukin_12_bulan", "2026-04-20", None)
    assert hukum(setengah, lain) == Fraction(25 * 15, 30)  # 25 %, never 50 %
    jauh = ("potong_tukin_9_bulan", "2026-01-01", "2026-04-05")
    assert hukum(setengah, jauh) == Fraction(25 * 20, 30)
    assert hukum(setengah, ("pemberhentian", "2026-03-31", None)) == 100
    assert hukum(("pemberhentian", "2026-04-01", None)) == 0  # from the month after
    assert hukum(("pemberhentian", "2026-04-01", None), bulan="2026-05") == 100
    assert hukum(("teguran_tertulis", "2026-04-01", None)) == 0


def test_lama_hukuman_di_akhir_bulan() -> None:
    h = pd.DataFrame(
        {
            "jenis": [
                "potong_tukin_6_bulan",
                "potong_tukin_6_bulan",
                "pemberhentian",
                "potong_tukin_9_bulan",
            ],
            "mulai": pd.to_datetime(["2025-08-31", "2026-01-01", "2026-01-15", "2026-01-01"]),
            "sampai": pd.to_datetime([None, None, None, "2026-02-10"]),
        }
    )
    lama = {"potong_tukin_6_bulan": 6, "potong_tukin_9_bulan": 9, "pemberhentian": None}
    awal, akhir = masa_hukuman(h, lama, "bulan_berikutnya")
    hari = [dt.date(1970, 1, 1) + dt.timedelta(days=int(x)) for x in (*awal, akhir[0], akhir[1], akhir[3])]
    assert [h.isoformat() for h in hari] == [
        "2025-08-31", "2026-01-01", "2026-02-01", "2026-01-01", "2026-02-27", "2026-06-30", "2026-02-10",
    ]  # fmt: skip
    assert akhir[2] > 10**9


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 15)), min_size=1, max_size=12)
)
def test_hari_gabungan(selang: list[tuple[int, int, int]]) -> None:
    baris, dari, lama = zip(*selang, strict=True)
    ke = [d + n for d, n in zip(dari, lama, strict=True)]
    hasil = hari_gabungan(baris, dari, ke)
    for b in set(baris):
        hari = {h for x, d, k in zip(baris, dari, ke, strict=True) if x == b for h in range(d, k + 1)}
        assert hasil[b] == len(hari)


def test_penurunan_jabatan_memakai_kelas_di_bawahnya() -> None:
    h = [{"jenis": "penurunan_jabatan_12_bulan", "mulai": "2026-04-11", "sampai": None}]
    data, predikat = tabel([{"bulan": "2026-04", "kelas": 8, "hukuman": h}])
    t = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat).tabel().iloc[0]
    assert t["dibayar"] == setengah_ke_atas(Fraction(4595150 * 10 + 3915950 * 20, 30))
    tanpa = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat, tanpa="disiplin").tabel().iloc[0]
    assert tanpa["dibayar"] == 4595150
    h[0]["jenis"] = "pembebasan_jabatan_12_bulan"
    data, predikat = tabel([{"bulan": "2026-05", "kelas": 8, "hukuman": h}])
    with pytest.raises(GalatParameter, match="kelas_pelaksana"):
        hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat)
    ubah = {"disiplin-pp-94-2021.kelas_pelaksana": {"2021-01-01": 5}}
    hasil = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat, skenario=ubah)
    assert hasil.tabel()["dibayar"].tolist() == [3134250]
    assert "Tarif kelas selama hukuman" in str(hasil.jelaskan(("000000000000000000", "2026-05")))


# -- leave -------------------------------------------------------------------------------------------------------------


def test_urutan_bulan_dan_hari_cuti() -> None:
    t = pd.DataFrame(
        {
            "nip": ["1", "1", "1", "2", "1", "1"],
            "bulan": ["2026-02", "2026-01", "2026-05", "2026-02", "2025-12", "2026-08"],
            "hari_kerja": [20, 20, 20, 20, 20, 20],
        }
    )
    ke, sebelum = urutan_cuti(t, np.array([20.0, 5.0, 3.0, 20.0, 4.0, 20.0]))
    assert ke.tolist() == [3, 2, 0, 1, 1, 1]
    assert sebelum.tolist() == [5, 0, 25, 0, 0, 28]


@pytest.mark.parametrize(
    ("skema", "baris", "persen"),
    [
        # MA: 14 days a year free, then 2 % a day: 10 days, then 10 more of which 6 count
        ("ma-2020", [{"cuti_sakit": 10}, {"cuti_sakit": 10}], [100, 88]),
        # BKKBN: 3 days free, then 1 % a day
        ("bkkbn-2023", [{"cuti_sakit": 3}, {"cuti_sakit": 2}], [100, 98]),
        ("bkn-2020", [{"cuti_besar": 20}, {"cuti_melahirkan": 4}], [70, 94]),
        ("kumham-imipas-2025", [{"cuti_sakit": 2}, {"cuti_sakit": 4}], [100, 90]),
        # Kementan 2012: the whole month by its number of days
        ("kementan-2012", [{"cuti_sakit": 2}, {}], [100, 100]),
        ("kementan-2012", [{"cuti_sakit": 3}, {}], [75, 100]),
        ("kementan-2012", [{"cuti_sakit": 15}, {}], [50, 100]),
        ("pdt-2013", [{"cuti_sakit": 6}, {}], [80, 100]),
    ],
)
def test_cuti_menurut_skema(skema: str, baris: list[dict[str, int]], persen: list[int]) -> None:
    k = kebijakan("2026-07-31")
    if k[f"{skema}.tangga"].nilai is None:
        k = k.dengan({f"{skema}.tangga": {k[f"{skema}.tangga"].sejak.isoformat(): "t3"}})
    isi = [{"nip": "1", "bulan": f"2026-0{i}", "hari_kerja": 20, **b} for i, b in enumerate(baris, 3)]
    h = hitung(tabel(isi)[0], skema, k, tanpa=("kinerja", "kehadiran", "pajak", "iuran"))
    assert [h.pegawai["persen_cuti"].satu(i) for i in range(2)] == persen


def test_satu_hari_cuti_tidak_menghapus_sebulan() -> None:
    baris = [{"cuti_luar_tanggungan": 1, "hari_kerja": 20}, {"cuti_tahunan": 1, "alpa": 2, "hari_kerja": 20}]
    data, predikat = tabel(baris)
    t = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat).tabel()
    assert t["persen_cuti"].tolist() == [95.0, 98.2]


# -- timing, additions, reports ----------------------------------------------------------------------------------------


def test_predikat_yang_dipakai() -> None:
    assert acuan_predikat("2026-01", "tahun_sebelumnya") == ["2025"]
    assert acuan_predikat("2026-04", "triwulan_sebelumnya") == ["2026-TW1", "2026"]
    assert acuan_predikat("2026-01", "triwulan_sebelumnya") == ["2025-TW4", "2025"]
    assert acuan_predikat("2026-09", "bulan_ini") == ["2026-09", "2026-TW3", "2026"]


def test_triwulan_lalu_menentukan_bayar_triwulan_ini() -> None:
    data, _ = tabel([{"nip": "1", "bulan": f"2026-{b:02d}"} for b in (3, 4, 6, 7)])
    predikat = pd.DataFrame(
        {
            "nip": ["1"] * 3,
            "periode": ["2026-TW1", "2026-TW2", "2025"],
            "predikat": ["kurang", "baik", "sangat_kurang"],
        }
    )
    t = hitung(data, "kemlu-2025", AKHIR_2026, predikat=predikat).tabel()
    assert t["nilai_kinerja"].tolist() == [60, 70, 70, 100]
    with pytest.raises(GalatParameter, match=r"membayar menurut predikat tahun sebelumnya, yaitu 2025"):
        hitung(data, "klhk-2024", AKHIR_2026, predikat=predikat.iloc[:2], tanpa="pajak")
    with pytest.raises(ValueError, match="lebih dari satu kali"):
        hitung(data, "kemlu-2025", AKHIR_2026, predikat=pd.concat([predikat, predikat]))


def test_predikat_yang_persennya_kosong_adalah_galat() -> None:
    data, _ = tabel([{}])
    predikat = pd.Series(["baik"], index=["000000000000000000"])
    with pytest.raises(
        GalatParameter, match=r"klhk-2024.nilai_kinerja_predikat.baik: .*Tidak disebut dalam pasal"
    ):
        hitung(data, "klhk-2024", AKHIR_2026, predikat=predikat)
    t = hitung(data, "klhk-2024", AKHIR_2026, predikat=predikat.replace("baik", "kurang")).tabel()
    assert t["dibayar"].tolist() == [setengah_ke_atas(Fraction(4595150 * 85, 100))]


def test_thr_ketiga_belas_dan_pelaksana_tugas() -> None:
    baris = [{"nip": "1", "bulan": f"2026-0{b}", "alpa": b == 4, "plt": b == 4} for b in (3, 4, 5)]
    data, predikat = tabel(baris)
    t = hitung(
        data, "kemnaker-2024", AKHIR_2026, predikat=predikat, thr="2026-03", ketiga_belas=["2026-05"]
    ).tabel()
    assert t["thr"].tolist() == [4595150, 0, 0]
    assert t["ketiga_belas"].tolist() == [0, 0, 4595150]
    assert t["tambahan_plt"].tolist() == [0, 0, 919030]  # 20 %, a month late
    assert (t["kotor"] == t["dibayar"] + t["tambahan_plt"] + t["thr"] + t["ketiga_belas"]).all()
    setengah = {"pajak-iuran.persen_thr": {"2026-01-01": 50}}
    u = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat, thr="2026-03", skenario=setengah).tabel()
    assert u["thr"].tolist() == [2297575, 0, 0]
    with pytest.raises(ValueError, match="2026-12 tidak ada di tabel kehadiran"):
        hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat, thr="2026-12")


def test_laporan_yang_tidak_masuk() -> None:
    baris = [{"nip": "1", "bulan": f"2026-0{b}", "tidak_lapor": b == 2} for b in range(1, 8)]
    data, _ = tabel(baris)
    ubah = {
        "bsn-2026.dasar_kinerja": {"2026-01-01": "realisasi"},
        "bsn-2026.porsi_produktivitas": {"2026-01-01": 70},
        "bsn-2026.porsi_disiplin": {"2026-01-01": 30},
    }
    satu = pd.Series({"1": 100.0})
    t = hitung(data, "bsn-2026", AKHIR_2026, realisasi=satu, skenario=ubah).tabel()
    assert t["nilai_produktivitas"].tolist() == [100, 100, 75, 75, 75, 100, 100]
    assert t["persen_kehadiran"].tolist()[2] == 82.5
    data, predikat = tabel([{"tidak_lapor": 1}])
    porsi = {f"klh-2025.porsi_{p}": {"2025-01-01": n} for p, n in (("produktivitas", 70), ("disiplin", 30))}
    u = hitung(data, "klh-2025", AKHIR_2026, predikat=predikat, skenario=porsi).tabel()
    assert u["persen_kehadiran"].tolist() == [65]


def test_realisasi_dan_organisasi() -> None:
    data, _ = tabel([{"nip": "1"}, {"nip": "2"}, {"nip": "3"}])
    realisasi = pd.Series({"1": 87.5, "2": 130.0, "3": 0.0})
    t = hitung(data, "kebudayaan-2025", AKHIR_2026, realisasi=realisasi).tabel()
    assert t["persen_kehadiran"].tolist() == [91.25, 100, 30]
    k = AKHIR_2026.dengan({"djp-2015.tangga": {"2015-01-01": "t3"}})
    for capaian, persen in ((95, 100), (94.99, 90), (90, 90), (80, 80), (70, 70), (69.99, 50)):
        h = hitung(data, "djp-2015", k, organisasi=capaian, tanpa="pajak")
        assert h.pegawai["nilai_kinerja"].satu(0) == persen


def test_poin_tepat_normal_tidak_diatur() -> None:
    data, _ = tabel([{"poin": 7260}, {"poin": 8161}, {"poin": 7259}])
    ubah = {"tpp-poin.porsi_produktivitas": {"2019-01-01": 100}, "tpp-poin.porsi_disiplin": {"2019-01-01": 0}}
    with pytest.raises(
        GalatParameter, match=r"persen_kelebihan_poin: 0 tidak diatur.*Tepat sama dengan poin normal"
    ):
        hitung(data, "tpp-poin", AKHIR_2026, instansi="sumbar", tanpa="pajak", skenario=ubah)
    data["kehadiran"].loc[0, "poin"] = 7261
    t = hitung(data, "tpp-poin", AKHIR_2026, instansi="sumbar", tanpa="pajak", skenario=ubah).tabel()
    assert t["nilai_kinerja"].tolist() == [50, 100, 0]


def test_sebutan_predikat_lama_melalui_jembatan() -> None:
    data, _ = tabel([{"nip": "1"}, {"nip": "2"}])
    lama = pd.Series({"1": "cukup", "2": "buruk"})
    h = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=lama)
    assert h.tabel()["nilai_kinerja"].tolist() == [85, 60]
    assert (
        "Buruk dibaca Sangat Kurang dan Cukup dibaca Butuh Perbaikan (jembatan.skala_predikat)." in h.asumsi
    )


def test_skema_dibayar_menurut_penilaian_peraturan_mana_pun() -> None:
    """What kj.nilai gives can be paid: the same people under another regulation."""
    data = buat_contoh("sumbar", pegawai=60, benih=5)
    data["kehadiran"] = data["kehadiran"][data["kehadiran"]["bulan"] == "2022-05"]
    lama = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=kj.nilai(data, "pp-46-2011")).tabel()
    baru = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=kj.nilai(data, "permenpanrb-6-2022")).tabel()
    assert lama.index.equals(baru.index)
    assert lama["dibayar"].notna().sum() > 50
    assert baru["hak"].equals(lama["hak"])


# -- what is not established -----------------------------------------------------------------------------------------------


def test_yang_belum_terbukti_adalah_galat_dengan_jalan_keluar() -> None:
    data, predikat = tabel([{"alpa": 2, "cuti_sakit": 1}])
    p = predikat.set_index("nip")["predikat"]
    with pytest.raises(GalatParameter) as e:
        hitung(data, "kemlu-2025", AKHIR_2026, predikat=p)
    assert [g.jalur for g in e.value.galat] == ["kemlu-2025.potongan_alpa_per_hari", "kemlu-2025.cuti"]
    teks = str(e.value)
    assert "alpa (1 baris, pertama NIP 000000000000000000 bulan 2026-07)" in teks
    assert '.dengan({"kemlu-2025.potongan_alpa_per_hari": {"2025-01-01": ...}})' in teks
    assert 'tanpa=("kehadiran",)' in teks
    # the two ways out, as the message words them
    ubah = {
        "kemlu-2025.potongan_alpa_per_hari": {"2025-01-01": 3},
        "kemlu-2025.cuti": {"2025-01-01": [{"jenis": "cuti_sakit", "segmen": "semua", "potong": 2}]},
    }
    t = hitung(data, "kemlu-2025", AKHIR_2026.dengan(ubah), predikat=p).tabel()
    assert t["persen_cuti"].tolist() == [92]
    tutup = hitung(data, "kemlu-2025", AKHIR_2026, predikat=p, tanpa=("kehadiran", "cuti"))
    assert tutup.tabel()["dibayar"].tolist() == [4595150]
    assert tutup.asumsi[:2] == ("Bagian kehadiran tidak dihitung.", "Bagian cuti tidak dihitung.")


def test_skema_dan_bagian_yang_tidak_dikenal() -> None:
    data, predikat = tabel([{}])
    with pytest.raises(GalatParameter, match="Maksudnya kemnaker-2024"):
        hitung(data, "kemnaker", AKHIR_2026, predikat=predikat)
    with pytest.raises(ValueError, match="bagian lembur tidak dikenal"):
        hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat, tanpa="lembur")
    with pytest.raises(GalatParameter, match="Sebutkan daerahnya"):
        hitung(data, "tpp-60-40", AKHIR_2026, predikat=predikat)
    with pytest.raises(GalatParameter, match=r"pdt-2013.tangga: .*belum terbukti"):
        hitung(data, "pdt-2013", AKHIR_2026, predikat=predikat)
    with pytest.raises(
        ValueError, match="predikat istimewa tidak dikenal; yang ada: sangat_baik, baik, cukup"
    ):
        hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat.assign(predikat="istimewa"))
    with pytest.raises(GalatParameter, match="predikat belum ada"):
        hitung(data, "kemnaker-2024", AKHIR_2026)


def test_tabel_yang_kurang_atau_ganda() -> None:
    data, predikat = tabel([{}])
    for nama, kolom in (("pegawai", "status"), ("kehadiran", "hari_kerja")):
        kurang = {**data, nama: data[nama].drop(columns=kolom)}
        with pytest.raises(ValueError, match=f"tabel {nama} belum punya kolom {kolom}"):
            hitung(kurang, "kemnaker-2024", AKHIR_2026, predikat=predikat)
    tanpa_ptkp = {**data, "pegawai": data["pegawai"].drop(columns="status_ptkp")}
    with pytest.raises(ValueError, match="belum punya kolom status_ptkp"):
        hitung(tanpa_ptkp, "bakamla-2023", AKHIR_2026, predikat=predikat)
    ganda = {**data, "kehadiran": pd.concat([data["kehadiran"]] * 2)}
    with pytest.raises(
        ValueError, match="tabel kehadiran: 000000000000000000, 2026-07 ada lebih dari satu kali"
    ):
        hitung(ganda, "kemnaker-2024", AKHIR_2026, predikat=predikat)
    asing = {**data, "kehadiran": data["kehadiran"].assign(nip="9")}
    with pytest.raises(ValueError, match="1 NIP yang tidak ada di lembar pegawai, misalnya 9"):
        hitung(asing, "kemnaker-2024", AKHIR_2026, predikat=predikat)


def test_menit_di_celah_adalah_galat() -> None:
    data, _ = tabel([{"terlambat": "60"}])
    celah = {
        "tpp-daerah-a.potongan_terlambat": {
            "2019-01-01": [{"kurang_dari": 60, "nilai": 1}, {"lebih_dari": 60, "nilai": 2}]
        }
    }
    with pytest.raises(GalatParameter, match=r"60 menit tidak diatur \(terlambat"):
        hitung(data, "tpp-daerah-a", AKHIR_2026.dengan(celah), instansi="sumbar", tanpa=("kinerja", "pajak"))


def test_yang_kosong_di_data_tetap_tidak_diketahui() -> None:
    data, predikat = tabel([{}, {}])
    data["kehadiran"]["alpa"] = [np.nan, 0]
    h = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat)
    assert h.tabel()["dibayar"].isna().tolist() == [True, False]
    assert bagi(h)["jumlah"].isna().tolist() == [True, False]


# -- all schemes ------------------------------------------------------------------------------------------------------------


def test_daftar_skema() -> None:
    d = daftar()
    assert len(d) >= 30
    assert d["dapat_dihitung"].sum() >= 10
    assert d.loc["kemnaker-2024", "belum_terbukti"] == ()
    assert "Persen dibayar menurut predikat" in d.loc["pkp-2025", "belum_terbukti"]
    assert d.loc["kemlu-2025", "asumsi"] == ("Tangga besaran",)
    assert d.loc["kemlu-2025", "tanpa"] == ("kehadiran", "cuti")
    assert "kemnaker-2024" not in daftar("2020-12-31").index
    assert daftar("2021-12-31").loc["bkn-2020", "tangga"] == "t2"
    assert daftar("2022-07-15").loc["bkn-2020", "tangga"] == "t3"


def semua_kejadian() -> tuple[dict[str, pd.DataFrame], pd.Series]:
    """Twelve people who between them did everything that some scheme regulates."""
    baris: list[dict[str, Any]] = [
        {
            "predikat": "sangat_baik",
            "kelas": 15,
            "jenis_jabatan": "jpt",
            "golongan": "IV/c",
            "terlambat": "40; 20",
        },
        {
            "predikat": "baik",
            "kelas": 12,
            "jenis_jabatan": "administrator",
            "golongan": "IV/a",
            "lupa_rekam": 2,
        },
        {"predikat": "butuh_perbaikan", "kelas": 9, "alpa": 3, "pulang_cepat": "15", "status_ptkp": "K/3"},
        {
            "predikat": "kurang",
            "kelas": 8,
            "terlambat": "5; 31; 61; 95",
            "tidak_apel": 1,
            "status_ptkp": "K/1",
        },
        {"predikat": "sangat_kurang", "kelas": 7, "alpa": 12, "golongan": "II/c"},
        {"status": "cpns", "kelas": 8, "cuti_tahunan": 2},
        {"kelas": 6, "cuti_sakit": 4, "golongan": "II/a"},
        {"kelas": 8, "cuti_besar": 22, "status_ptkp": "K/2"},
        {"kelas": 9, "cuti_melahirkan": 22, "status_ptkp": "K/1"},
        {"kelas": 5, "cuti_alasan_penting": 3, "golongan": "I/d"},
        {"kelas": 8, "cuti_luar_tanggungan": 22},
        {"kelas": 8, "hukuman": [{"jenis": "potong_tukin_6_bulan", "mulai": "2026-07-16", "sampai": None}]},
    ]
    data, predikat = tabel(
        [
            {"hari_kerja": 22, "hari_tanpa_hasil": i % 3, "poin": 7210 + 100 * i, **b}
            for i, b in enumerate(baris)
        ]
    )
    return data, predikat.set_index("nip")["predikat"]


UANG = [
    "hak",
    "potongan_kinerja",
    "potongan_kehadiran",
    "potongan_cuti",
    "potongan_hukuman",
    "dibayar",
    "kotor",
]


def yang_diatur(data: dict[str, pd.DataFrame], skema: str, k: Any) -> list[str]:
    """Empty the columns of `kehadiran` that the scheme does not regulate, in place; their names."""
    hadir = data["kehadiran"]
    cuti = k[f"{skema}.cuti"].nilai or ()
    diatur = {x["jenis"] for x in cuti} - {x["jenis"] for x in cuti if None in x.values()}
    diatur |= {"cuti_luar_tanggungan"}  # never paid, under any scheme
    kosong = [c for c in CUTI_SEMUA if c in hadir and c not in diatur]
    kosong += [c for c, (n, _) in KALI.items() if c in hadir and k[f"{skema}.{n}"].nilai is None]
    menit = k[f"{skema}.cara_menit"].nilai
    for c, (n, _) in MENIT.items():
        if menit is None or (menit != "per_menit" and k[f"{skema}.{n}"].nilai is None):
            kosong.append(c)
    if k[f"{skema}.dasar_potongan"].nilai is None:
        kosong += [*MENIT, *(c for c in KALI if c in hadir)]
    for c in dict.fromkeys(kosong):
        hadir[c] = "" if c in MENIT else 0
    return sorted(set(kosong))


@pytest.mark.parametrize("skema", daftar().index)
def test_emas_setiap_skema(skema: str) -> None:
    """Each scheme on what it regulates; an unknown ladder is T3 and unknown shares 70/30, by assumption."""
    data, predikat = semua_kejadian()
    if skema == "kementan-2012":  # its scale of sanctions is that of PP 53/2010
        data["hukuman"] = data["hukuman"].assign(jenis="teguran_tertulis")
    k = kebijakan("2026-07-31")
    ubah: dict[str, Any] = {}
    for nama, isi in (("tangga", "t3"), ("porsi_produktivitas", 70), ("porsi_disiplin", 30)):
        n = k[f"{skema}.{nama}"]
        if n.nilai is None:
            ubah[n.jalur] = {n.sejak.isoformat(): isi}
    k = k.dengan(ubah) if ubah else k
    kosong = yang_diatur(data, skema, k)
    tanpa = set(daftar(k).loc[skema, "tanpa"]) & {"kinerja", "pajak"}
    hasil = hitung(
        data, skema, k, instansi="sumbar", predikat=predikat, tanpa=tuple(tanpa),
        realisasi=pd.Series(90.0, index=predikat.index), organisasi=92,
    )  # fmt: skip
    t = hasil.tabel()
    assert (t["hak"] - t[[f"potongan_{b}" for b in POTONGAN]].sum(axis=1) == t["dibayar"]).all()
    assert t["dibayar"].between(0, t["hak"]).all()
    assert t["bersih"].between(0, t["kotor"]).all()
    kini = t[[*UANG, "pph", "bpjs_pegawai", "bersih"] if "pph" in t else [*UANG, "bersih"]].astype("int64")
    teks = f"# tanpa {', '.join(b for b in BAGIAN if b in tanpa) or '-'}; asumsi {', '.join(ubah) or '-'}\n"
    teks += f"# tidak diatur: {', '.join(kosong) or '-'}\n"
    teks += kini.reset_index(drop=True).to_csv(index=False, lineterminator="\n")
    emas = EMAS / f"{skema}.csv"
    if os.environ.get("KINERJA_EMAS") == "1":
        emas.parent.mkdir(parents=True, exist_ok=True)
        emas.write_text(teks, encoding="utf-8")
    assert teks == emas.read_text(encoding="utf-8")


@pytest.mark.parametrize("skema", SIAP)
def test_sedikitnya_sepuluh_skema_berjalan_pada_contoh(
    skema: str, contoh_tukin: dict[str, pd.DataFrame]
) -> None:
    """On the whole synthetic sample (no December, whose tax is not established)."""
    hadir = contoh_tukin["kehadiran"]
    data = {**contoh_tukin, "kehadiran": hadir.assign(hari_tanpa_hasil=1)}
    realisasi = pd.Series(95.0, index=data["pegawai"]["nip"])
    predikat = pd.Series("baik", index=data["pegawai"]["nip"])
    t = hitung(data, skema, AKHIR_2026, realisasi=realisasi, predikat=predikat, **SIAP[skema]).tabel()
    assert len(t) == len(data["kehadiran"])
    assert t["dibayar"].notna().all()
    assert t["dibayar"].between(0, t["hak"]).all()


@pytest.mark.parametrize("skema", daftar().query("dapat_dihitung").index)
def test_tanpa_dari_daftar_cukup_untuk_berjalan(skema: str, contoh_tukin: dict[str, pd.DataFrame]) -> None:
    data = {**contoh_tukin, "kehadiran": contoh_tukin["kehadiran"].assign(hari_tanpa_hasil=0)}
    nip = data["pegawai"]["nip"]
    pppk = {"pajak-iuran.tarif_final": {"2010-01-01": {"PPPK": 5}}}
    hasil = hitung(
        data,
        skema,
        AKHIR_2026,
        instansi="sumbar",
        predikat=pd.Series("baik", index=nip),
        realisasi=pd.Series(100.0, index=nip),
        tanpa=daftar(AKHIR_2026).loc[skema, "tanpa"],
        skenario=pppk,
    )
    t = hasil.tabel()
    assert t["bersih"].notna().all()
    assert (t["bersih"] <= t["kotor"]).all()


@pytest.fixture(scope="module")
def contoh_tukin() -> dict[str, pd.DataFrame]:
    data = dict(buat_contoh("sumbar", pegawai=100, benih=5))
    data["kehadiran"] = data["kehadiran"][data["kehadiran"]["bulan"] < "2022-12"]
    # the sample's classes are those of a ladder whose class 16 is not established for regions
    data["pegawai"] = data["pegawai"].assign(kelas=data["pegawai"]["kelas"].clip(upper=15))
    return data


# -- explaining ---------------------------------------------------------------------------------------------------------------


def test_jelaskan_setiap_rupiah_satu_slip() -> None:
    h = [{"jenis": "potong_tukin_6_bulan", "mulai": "2026-07-01", "sampai": None}]
    data, predikat = tabel(
        [{"predikat": "kurang", "terlambat": "22", "alpa": 1, "cuti_sakit": 2, "hukuman": h}]
    )
    hasil = hitung(data, "kemnaker-2024", AKHIR_2026, predikat=predikat)
    penjelasan = kj.jelaskan(hasil, ("000000000000000000", "2026-07"))
    teks = str(penjelasan)
    for bagian in (
        "Potongan terlambat [terlambat 1] = 0,22 %",
        "Permenaker 15/2024 Pasal 13",
        "Potongan tidak masuk tanpa keterangan [alpa] = 3 %",
        "Tidak dibayar cuti sakit, bulan ke-1",
        "Permenaker 15/2024 Pasal 14",
        "Potongan hukuman 25 %",
        "PP 94/2021 Pasal 8 ayat (3)",
        "Tarif kelas jabatan = Rp4.595.150",
        "Perpres 133/2024",
        "Iuran jaminan kesehatan pegawai",
        "Diterima bersih",
    ):
        assert bagian in teks
    assert "Aturan skema" not in teks
    langkah = {x.label: x.hasil for x in penjelasan.langkah}
    t = hasil.tabel().iloc[0]
    assert langkah["Diterima bersih"] == kj.tukin.bayar.tulisan.rupiah(int(t["bersih"]))
    with pytest.raises(LookupError, match="tidak ada di hasil"):
        kj.jelaskan(hasil, ("1", "2026-07"))
    assert str(kj.jelaskan(hasil, "000000000000000000")) == teks
    bukan = hasil.bukan_teks().set_index("jalur")
    assert bukan.loc["kemnaker-2024.nilai_kinerja_predikat", "status"] == "dua-sumber"
    assert "disiplin-pp-94-2021.potong_hukuman" in bukan.index
