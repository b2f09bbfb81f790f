"""Target findings and formula advice against a literal oracle on Fraction, and on inputs that are broken."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.iki.target import KODE, KOLOM_TEMUAN, periksa_target, saran_rumus, tebak_polaritas
from kinerja.parameter import kebijakan

ANGKA = st.decimals(min_value=0, max_value=10_000, places=2)
POSITIF = st.decimals(min_value="0.01", max_value=10_000, places=2)


def satu(**isi: object) -> pd.DataFrame:
    return periksa_target(pd.DataFrame([{"indikator": "Nilai evaluasi AKIP", "satuan": "nilai", **isi}]))


def kode(**isi: object) -> list[str]:
    return satu(**isi)["kode"].tolist()


MAKS = {"polaritas": "maks", "rumus": "maks"}
MIN = {"polaritas": "min", "rumus": "min_selisih"}


# -- what is flagged, and what is not -----------------------------------------------------------------


def test_indikator_yang_baik_tanpa_temuan():
    t = pd.DataFrame(
        {
            "indikator": ["Nilai evaluasi AKIP", "Angka kematian ibu", "Persentase rekomendasi yang tuntas"],
            "satuan": ["nilai", "per 100.000 kelahiran hidup", "persen"],
            "polaritas": ["maks", "min", "maks"],
            "rumus": ["maks", "min_selisih", "maks"],
            "target": [73, 95.0, 88],
            "realisasi": [72.5, 99, 90],
            "realisasi_2019": [69, 110, 80],
            "realisasi_2020": [70, 105, 82],
            "realisasi_2021": [71, 100, 85],
            "target_2021": [72, 98, 84],
            "validitas": ["exact", "exact", "proxy"],
            "kendali": ["sedang", "sedang", "tinggi"],
        }
    )
    assert periksa_target(t).empty


def test_selalu_tercapai_tiga_tahun():
    t = satu(**MAKS, target=12, realisasi_2019=12, realisasi_2020=12, realisasi_2021=12)
    [pesan] = t["pesan"]
    assert t["kode"].tolist() == ["L13"]
    assert pesan == "Target 12 terlalu mudah: selalu tercapai dalam 3 tahun terakhir."
    assert t["pemicu"].item() == "2019: 12; 2020: 12; 2021: 12"


def test_dua_tahun_belum_kebiasaan_tetapi_realisasi_terakhir_terlampaui():
    assert "terlampaui" in satu(**MAKS, target=12, realisasi_2020=11, realisasi_2021=13)["pesan"].item()
    assert "sama dengan" in satu(**MAKS, target=12, realisasi_2020=11, realisasi_2021=12)["pesan"].item()
    assert kode(**MAKS, target=12, realisasi_2020=10, realisasi_2021=11) == []


def test_makin_kecil_makin_baik_dibaca_terbalik():
    assert kode(**MIN, target=10, realisasi_2021=9) == ["L13"]
    assert kode(**MIN, target=10, realisasi_2021=11) == []


def test_target_rentang_dibandingkan_dengan_ujung_yang_longgar():
    rentang = {"polaritas": "min", "rumus": "rentang_min", "target": 7, "target_atas": 8}
    assert kode(**rentang, realisasi_2021=8) == ["L13"]
    assert kode(**rentang, realisasi_2021=8.1) == []
    assert kode(**{**rentang, "target_atas": None}) == ["L14"]
    assert kode(**{**rentang, "target_atas": 6}) == ["L13"]


def test_seratus_persen_tiap_tahun_disarankan_ukuran_lain():
    t = periksa_target(
        pd.DataFrame(
            [
                {
                    "indikator": "Persentase warga yang mendapat layanan dasar",
                    "satuan": "persen",
                    **MAKS,
                    "target": 100,
                    "realisasi_2019": 100,
                    "realisasi_2020": 100,
                    "realisasi_2021": 100,
                }
            ]
        )
    )
    assert "ukuran mutu" in t["saran"].item()


def test_mustahil_menurut_batas_dan_kecenderungan():
    persen = {"indikator": "Persentase siswa tuntas belajar", "satuan": "%", **MAKS}
    assert satu(**persen, target=120)["keparahan"].tolist() == ["galat"]
    assert kode(**persen, target=100) == []
    assert kode(**{**persen, "indikator": "Persentase pertumbuhan omzet"}, target=120) == []
    naik = {"realisasi_2019": 70, "realisasi_2020": 71, "realisasi_2021": 72}
    assert kode(**persen, target=74, **naik) == []  # exactly twice the best step
    assert kode(**persen, target=74.01, **naik) == ["L13"]
    turun = {"realisasi_2019": 72, "realisasi_2020": 71, "realisasi_2021": 70}
    assert kode(**persen, target=77, **turun) == []  # exactly ten percent
    assert "melawan kecenderungan" in satu(**persen, target=77.01, **turun)["pesan"].item()


def test_tahun_yang_terlewat_dihitung_per_tahun():
    """From 60 (2018) to 66 (2021) is 2 a year, so 70 asks for 4: exactly twice."""
    riwayat = {"realisasi_2017": 58, "realisasi_2018": 60, "realisasi_2019": None, "realisasi_2021": 66}
    assert kode(**MAKS, target=70, **riwayat) == []
    assert kode(**MAKS, target=70.01, **riwayat) == ["L13"]


@pytest.mark.parametrize(("realisasi", "temuan"), [(233, 1), (700, 1), (150, 0), (150.01, 1)])
def test_capaian_233_sampai_700_persen(realisasi, temuan):
    t = satu(indikator="Jumlah usaha baru", satuan="usaha", **MAKS, target=100, realisasi=realisasi)
    assert len(t) == temuan
    assert all("terlalu mudah" in p for p in t["pesan"])


def test_target_tidak_pernah_berubah_atau_dilonggarkan():
    assert kode(**MAKS, target=80, target_2020=80, target_2021=80) == ["L13"]
    assert kode(**MAKS, target=80, target_2020=79, target_2021=80) == []
    assert "dilonggarkan" in satu(**MAKS, target=80, target_2021=81)["pesan"].item()


def test_polaritas_melawan_kata_dan_rumus():
    t = satu(indikator="Prevalensi balita stunting", satuan="persen", **MAKS, target=14)
    assert t["kode"].tolist() == ["L14"]
    assert t["pemicu"].item() == "Prevalensi"
    assert kode(indikator="Prevalensi stunting", polaritas="min", rumus="maks", target=14) == ["L14"]
    assert kode(polaritas="", rumus="", target=5) == ["L14", "L14"]
    assert kode(indikator="Jumlah temuan berulang", satuan="temuan", **MIN, target=0) == ["L14"]
    assert kode(indikator="Jumlah temuan berulang", satuan="temuan", **MIN, target=0, terburuk=5) == []


def test_satuan_dan_target_kosong_atau_bukan_angka():
    assert kode(**MAKS, satuan=None, target=None) == ["L3", "L3"]
    assert kode(**MAKS) == []  # columns that are not there were not asked for
    t = satu(**MAKS, target="7–8 bulan")
    assert t["pemicu"].item() == "7–8 bulan"
    assert "target_atas" in t["saran"].item()
    assert kode(**MAKS, target="97,5") == []
    assert kode(**MAKS, target=float("inf")) == ["L3"]
    assert kode(indikator="Cakupan pemantauan keluarga", satuan="laporan", **MAKS, target=4) == ["L6"]


def test_target_bulanan():
    bulan = {f"target_{b:02d}": 2 for b in range(1, 13)}
    assert kode(**MAKS, target=24, **bulan) == []
    assert kode(**MAKS, target=24, konsolidasi="jumlah", **bulan) == []
    assert kode(**MAKS, target=24, konsolidasi="TLKV", **bulan) == ["L18"]
    assert kode(**MAKS, target=2, konsolidasi="rata-rata", **bulan) == []
    assert "20" in satu(**MAKS, target=24, target_01=10, target_02=10)["pesan"].item()
    tiga = {"target_01": 1.1, "target_02": 1.1, "target_03": 1.1}  # 3.3 in decimals, not in floats
    assert kode(**MAKS, target=3.3, konsolidasi="jumlah", **tiga) == []


def test_kendali_dan_validitas():
    assert kode(**MAKS, validitas="proxy", kendali="tinggi") == []
    assert kode(**MAKS, validitas="exact", kendali="low") == ["L10"]
    assert satu(**MAKS, validitas="activity", kendali="rendah")["keparahan"].tolist() == ["galat"]
    assert kode(**MAKS, validitas="activity", kendali="sedang") == ["L1"]
    assert "Pilih salah satu" in satu(**MAKS, kendali="bagus")["saran"].item()


# -- the table as a whole -----------------------------------------------------------------------------


def test_bentuk_hasil_label_baris_dan_urutan():
    t = pd.DataFrame({"indikator": ["a", "b"], "satuan": ["", "nilai"], "target": [1, None]}, index=[17, 9])
    hasil = periksa_target(t)
    assert tuple(hasil.columns) == KOLOM_TEMUAN
    assert hasil["baris"].tolist() == [17, 9]
    assert set(hasil["kode"]) <= set(KODE)
    kosong = periksa_target(t.iloc[:0])
    assert tuple(kosong.columns) == KOLOM_TEMUAN
    assert kosong.empty


def test_tanpa_kolom_indikator_ditolak():
    with pytest.raises(ValueError, match="kolom indikator"):
        periksa_target(pd.DataFrame({"target": [1]}))


def test_ambang_dapat_diubah_lewat_skenario():
    t = pd.DataFrame(
        [{"indikator": "Jumlah usaha", "satuan": "usaha", **MAKS, "target": 100, "realisasi": 160}]
    )
    longgar = kebijakan("2026-01-01").dengan({"target.capaian_tak_wajar": {"2026-01-01": 200}})
    assert len(periksa_target(t)) == 1
    assert periksa_target(t, longgar).empty


def test_contoh_pemda_tidak_menyalahkan_polaritas_yang_benar(tabel_contoh):
    temuan = periksa_target(tabel_contoh["iki"])
    assert temuan.loc[temuan["kode"] == "L14"].empty
    assert len(tebak_polaritas(tabel_contoh["iki"])) == len(tabel_contoh["iki"])


@pytest.mark.parametrize(
    ("indikator", "satuan", "polaritas"),
    [
        ("Angka kematian bayi", "per 1.000", "min"),
        ("Prevalensi stunting", "persen", "min"),
        ("Rata-rata waktu tunggu pasien", "menit", "min"),
        ("Ketepatan waktu penyelesaian aplikasi", "bulan", "min"),
        ("Ketepatan waktu penyampaian laporan", "persen", "maks"),
        ("Jumlah temuan BPK", "temuan", "min"),
        ("Persentase temuan BPK yang ditindaklanjuti", "persen", "maks"),
        ("Persentase penurunan angka kemiskinan", "persen", "maks"),
        ("Persentase pengaduan yang selesai ≤ 5 hari", "persen", "maks"),
        ("Jumlah pengaduan masyarakat", "pengaduan", "min"),
        ("Rata-rata lama sekolah", "tahun", "maks"),
        ("Gini rasio", "rasio", "min"),
        ("Tingkat pengangguran terbuka", "persen", "min"),
        ("Tingkat inflasi", "persen", "stabil"),
        ("Indeks Pembangunan Manusia", "indeks", "maks"),
        ("", "", ""),
    ],
)
def test_arah_menurut_kata(indikator, satuan, polaritas):
    hasil = tebak_polaritas(pd.DataFrame({"indikator": [indikator], "satuan": [satuan]}))
    assert hasil["polaritas"].tolist() == [polaritas]


# -- both formulas ------------------------------------------------------------------------------------


@given(st.lists(st.tuples(POSITIF, POSITIF), min_size=1, max_size=8))
def test_dua_rumus_sama_dengan_pecahan(pasangan: list[tuple[Decimal, Decimal]]):
    t = pd.DataFrame(
        {
            "indikator": "Waktu tunggu",
            "satuan": "menit",
            "polaritas": "min",
            "target": [float(a) for a, _ in pasangan],
            "realisasi": [float(b) for _, b in pasangan],
        }
    )
    hasil = saran_rumus(t)
    for baris, (target, realisasi) in zip(hasil.itertuples(), pasangan, strict=True):
        tt, rr = Fraction(target), Fraction(realisasi)
        a, b = (2 * tt - rr) / tt * 100, tt / rr * 100
        assert baris.selisih == float(a)
        assert baris.rasio == float(b)
        assert baris.beda == float((rr - tt) ** 2 / (tt * rr) * 100)  # the closed form of the docstring
        for kata in (baris.kata_selisih, baris.kata_rasio):
            assert kata.endswith("tidak tercapai") == (rr > tt)


@given(
    st.lists(
        st.tuples(ANGKA, st.lists(st.one_of(ANGKA, st.none()), min_size=4, max_size=4)),
        min_size=1,
        max_size=6,
    )
)
def test_temuan_mudah_sama_dengan_penghitung_harfiah(baris):
    t = pd.DataFrame({"indikator": "Nilai ujian", "satuan": "nilai", **MAKS}, index=range(len(baris)))
    t["target"] = [float(a) for a, _ in baris]
    for k in range(4):
        t[f"realisasi_{2018 + k}"] = [np.nan if r[k] is None else float(r[k]) for _, r in baris]
    temuan = periksa_target(t)
    mudah = temuan.loc[temuan["pesan"].str.contains("terlalu mudah|terlampaui|sama dengan"), "baris"].tolist()
    harus = []
    for i, (target, riwayat) in enumerate(baris):
        ada = [r for r in riwayat if r is not None]
        if ada and (ada[-1] >= target or (len(ada) >= 3 and all(r >= target for r in ada))):
            harus.append(i)
    assert mudah == harus


def test_contoh_lembar_fakta():
    """T 10 with R 8, 12, 20, 25: the worked examples of both variants."""
    t = pd.DataFrame(
        {"indikator": "Waktu layanan", "satuan": "menit", **MIN, "target": 10, "realisasi": [8, 12, 20, 25]}
    )
    hasil = saran_rumus(t)
    assert hasil["selisih"].tolist() == [120, 80, 0, -50]
    assert [round(x, 1) for x in hasil["rasio"]] == [125, 83.3, 50, 40]
    assert hasil["berpisah"][0].endswith("batas 120 mengubah akibatnya.")
    assert "tepat nol" in hasil["berpisah"][2]
    assert "negatif" in hasil["berpisah"][3]
    assert "batas bawah nol" in hasil["saran"][3]


def test_jurang_target_kecil_nol_dan_yang_belum_ada():
    t = pd.DataFrame(
        {
            "indikator": "Jumlah temuan",
            "satuan": "temuan",
            **MIN,
            "target": [2, 0, np.nan, 5, 6, -1],
            "realisasi": [3, 1, 1, 0, 6, 1],
        }
    )
    hasil = saran_rumus(t)
    assert hasil["jurang"][0].startswith("Satu temuan mengubah capaian selisih sebesar 50 %.")
    assert "per seribu" in hasil["saran"][0]
    assert "terburuk" in hasil["saran"][1]
    assert hasil["saran"][2] == "Isi target dahulu."
    assert hasil["jurang"][3].startswith("Satu temuan mengubah capaian selisih sebesar 20 %.")
    assert hasil["kata_rasio"][3] == "tidak terdefinisi"
    assert hasil["jurang"][4].startswith("Selisih menjadi nol pada realisasi 12")
    assert "negatif" in hasil["berpisah"][5]
    assert hasil.loc[[1, 2, 5], "selisih"].isna().all()


def test_saran_hanya_untuk_makin_kecil_makin_baik():
    t = pd.DataFrame({"indikator": ["Angka kematian ibu", "Nilai AKIP"], "satuan": ["per 100.000", "nilai"]})
    assert saran_rumus(t)["indikator"].tolist() == ["Angka kematian ibu"]


def test_saran_tanpa_realisasi_memberi_contoh_dan_mencatat_pilihan_rasio():
    t = pd.DataFrame(
        {
            "indikator": "Waktu layanan",
            "satuan": "menit",
            "polaritas": "min",
            "rumus": "min_rasio",
            "target": 10,
            "realisasi": [np.nan, -1],
        }
    )
    hasil = saran_rumus(t)
    assert hasil["berpisah"][0].startswith("Contoh: bila realisasi dua kali target (20)")
    assert hasil["berpisah"][1].startswith("Realisasi negatif")
    assert hasil["saran"].str.contains("catat dasarnya").all()
    assert periksa_target(pd.DataFrame({"indikator": ["Waktu layanan"]})).empty
