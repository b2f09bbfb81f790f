"""PP 30/2019 against a literal oracle on Fraction: weights, predikat, moves, and the split year 2021."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak
from test_pecahan import isi, kolom, setengah_ke_atas
from test_pp46 import EMPAT, KOSONG, PEGAWAI, f, ide, lihat, rapi, susun

from kinerja.aturan import Teks, keterangan, tulis
from kinerja.contoh import buat_contoh
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import Pecahan
from kinerja.regulasi import pp30 as modul
from kinerja.regulasi import pp46
from kinerja.regulasi.pp30 import (
    BERKAS,
    JEMBATAN,
    masa_skp,
    nilai,
    nilai_2021,
    nilai_pindah,
    selaras,
    tanpa_nilai,
)
from kinerja.regulasi.tabel import ide_baru, kode_dari, saring

KEBIJAKAN = kebijakan("2021-12-31")
PARAMETER = {n: v.nilai for n, v in modul.parameter(KEBIJAKAN).items()}
GRAF = (
    modul.GRAF_INDIKATOR,
    modul.GRAF_RHK,
    modul.GRAF_PERILAKU,
    modul.GRAF,
    modul.GRAF_TANPA_JUKNIS,
    modul.GRAF_BAGIAN,
    modul.GRAF_PINDAH,
    modul.GRAF_2021,
)

# -- the fact sheet, typed once more -------------------------------------------------------------------------------

SUMBER = {
    "orientasi_pelayanan": ["berorientasi_pelayanan"],
    "komitmen": ["akuntabel", "loyal"],
    "inisiatif_kerja": ["adaptif"],
    "kerja_sama": ["harmonis", "kolaboratif"],
    "kepemimpinan": ["kompeten"],
}


def predikat(x: Fraction | None, baru: bool) -> str | None:
    if x is None or x > 120:
        return None
    if x >= 110 and baru:
        return "sangat_baik"
    if x >= 90:
        return "baik"
    return "cukup" if x >= 70 else "kurang" if x >= 50 else "sangat_kurang"


def konversi(n: Fraction) -> Fraction:
    if n <= 50:
        return n / 50 * 49
    if 51 <= n <= 60:
        return 50 + Fraction(19, 9) * (n - 51)
    if 61 <= n <= 75:
        return 70 + Fraction(19, 14) * (n - 61)
    if 76 <= n <= 90:
        return 90 + Fraction(19, 14) * (n - 76)
    if 91 <= n <= 99:
        return 110 + Fraction(10, 8) * (n - 91)
    assert n > 99
    return Fraction(120)


def di_pita(n: Fraction, celah: str) -> Fraction:
    for bawah, atas in ((50, 51), (60, 61), (75, 76), (90, 91)):
        if bawah < n < atas:
            return {
                "langit": Fraction(atas),
                "lantai": Fraction(bawah),
                "setengah_ke_atas": setengah_ke_atas(n),
            }[celah]
    return n


def nilai_indikator(x: dict[str, Any]) -> Fraction | None:
    target, atas, nyata = f(x["target"]), f(x["target_atas"]), f(x["realisasi"])
    if target is None or target <= 0 or nyata is None:
        return None
    if x["rentang"] and x["polaritas"] != "stabil":
        if atas is None:
            return None
        target = max(target, min(atas, nyata))
    if x["polaritas"] == "stabil":
        nyata = target - abs(nyata - target)
    elif x["polaritas"] == "min":
        nyata = 2 * target - nyata
    return min(max(nyata / target * 100, Fraction(0)), Fraction(120))


def rata(x: list[Fraction | None]) -> Fraction | None:
    return None if not x or None in x else sum(x, Fraction()) / len(x)  # type: ignore[arg-type]


def oracle(o: dict[str, Any], tahun: str, dengan_360: bool) -> dict[str, Any]:
    skp = rata([rata([nilai_indikator(x) for x in r["iki"]]) for r in o["rhk"] if r["jenis"] == "utama"])
    aspek = [
        rata([f(o["perilaku"].get((d, "atasan"))) for d in dari])
        for nama, dari in SUMBER.items()
        if nama != "kepemimpinan" or o["jenis_jabatan"] in ("jpt", "administrator", "pengawas")
    ]
    perilaku = rata(aspek)
    bobot = Fraction(60 if dengan_360 else 70, 100)
    akhir = None if skp is None or perilaku is None else skp * bobot + perilaku * (1 - bobot)
    return {
        "nilai_skp": skp,
        "nilai_perilaku": perilaku,
        "nilai_kinerja": akhir,
        "nilai_kinerja_tampil": None if akhir is None else setengah_ke_atas(akhir, 2),
        "predikat": predikat(akhir, ide(o, tahun)),
    }


@settings(max_examples=banyak(25), deadline=None)
@given(PEGAWAI, st.sampled_from([None, True, False]))
def test_setiap_langkah_sama_dengan_oracle(orang: list[dict[str, Any]], cara: bool | None) -> None:
    tabel = susun(orang)
    hasil = nilai(tabel, KEBIJAKAN, dengan_360=cara)
    tahun = max((p[:4] for o in orang for p in o["penilaian"]), default="2021")
    ada_360 = any(p != "atasan" for o in orang for _, p in o["perilaku"])
    for o, (nip, langkah) in zip(orang, lihat(hasil).items(), strict=True):
        harap = oracle(o, tahun, ada_360 if cara is None else cara)
        assert {n: langkah[n] for n in harap} == harap, nip
    tanpa = tanpa_nilai(hasil, tabel)
    assert set(tanpa["nip"]) == {n for n, x in lihat(hasil).items() if x["nilai_kinerja"] is None}
    assert not tanpa.duplicated().any()
    assert hasil.jelaskan("0" * 18).langkah[-1].label == "Predikat kinerja"


@settings(max_examples=banyak(12), deadline=None)
@given(PEGAWAI, st.randoms(use_true_random=False))
def test_urutan_dan_orang_lain_tidak_berpengaruh(orang: list[dict[str, Any]], acak: Any) -> None:
    for o in orang:
        o["penilaian"] = {"2021": True, **o["penilaian"]}
    tabel = susun(orang)
    setelan: dict[str, Any] = {"dengan_360": False, "periode": "2021"}
    harap = lihat(nilai(tabel, KEBIJAKAN, **setelan))
    kocok = {n: t.iloc[acak.sample(range(len(t)), len(t))] for n, t in tabel.items()}
    assert lihat(nilai(kocok, KEBIJAKAN, **setelan)) == harap
    for nip in tabel["pegawai"]["nip"]:
        satu = {**tabel, "pegawai": tabel["pegawai"][tabel["pegawai"]["nip"] == nip]}
        assert lihat(nilai(satu, KEBIJAKAN, **setelan)) == {nip: harap[nip]}


def test_setiap_aturan_tertulis_dan_berdasar() -> None:
    class Nama(Teks):
        def nama(self, nama: str) -> str:
            return nama

    for graf in GRAF:
        for fungsi in graf.aturan.values():
            ket = keterangan(fungsi)
            assert ket.label
            assert ket.dasar
            assert ket.status in ("teks", "dua-sumber", "sekunder", "tafsir", "asumsi")
            assert tulis(fungsi, Nama())
        assert set(graf.nama_parameter) <= set(PARAMETER)


# -- each rule as it stands -------------------------------------------------------------------------------------------

ANGKA = st.decimals(min_value=-300, max_value=300, places=4)


@settings(max_examples=banyak(40), deadline=None)
@given(st.lists(st.tuples(ANGKA, ANGKA, st.integers(1, 9)), min_size=1, max_size=5))
def test_setiap_fungsi_aturan(baris: list[tuple[Any, ...]]) -> None:
    a, b = (kolom([r[i] for r in baris]) for i in range(2))
    bagi = Pecahan(np.array([r[2] for r in baris]))

    def harap(fungsi: Any) -> list[Any]:
        return [fungsi(*map(Fraction, r)) for r in baris]

    assert isi(modul.nilai_indikator(a, b, 0, 120)) == harap(
        lambda t, r, _: min(max(r / t * 100, Fraction(0)), Fraction(120)) if t else None
    )
    assert isi(modul.nilai_rhk(a, bagi)) == isi(modul.nilai_skp(a, bagi)) == harap(lambda x, _, n: x / n)
    assert isi(modul.nilai_perilaku(a, bagi)) == harap(lambda x, _, n: x / n)
    assert isi(modul.nilai_aspek_perilaku(a)) == isi(a)
    assert isi(modul.nilai_kinerja_tampil(a)) == harap(lambda x, *_: setengah_ke_atas(x, 2))
    assert isi(modul.nilai_tertimbang(a, b)) == harap(lambda x, y, _: x * y)
    assert isi(modul.nilai_skp_proporsional(a, b)) == harap(lambda x, y, _: x / y if y else None)
    assert isi(modul.nilai_tahun_2021(a, 50, b, 50)) == harap(lambda x, y, _: (x + y) / 2)
    for cara, skp in (("tanpa_360", 70), ("dengan_360", 60)):
        kode = kode_dari(pd.Series([cara] * len(baris)), modul.CARA)
        hasil = modul.nilai_kinerja(a, b, kode, PARAMETER["bobot_skp"], PARAMETER["bobot_perilaku"])
        assert isi(hasil) == harap(lambda x, y, _, w=skp: (x * w + y * (100 - w)) / 100)


TEPI = [
    "-1",
    "0",
    "49.9999",
    "50",
    "69.9999",
    "70",
    "89.9999",
    "90",
    "109.9999",
    "110",
    "119",
    "120",
    "120.0001",
]


@pytest.mark.parametrize("baru", ["ya", "tidak"])
def test_tepi_predikat(baru: str) -> None:
    pita = modul.pita(kolom(TEPI), PARAMETER["pita_nilai"])
    kode = kode_dari(pd.Series([baru] * len(TEPI)), modul.YA_TIDAK)
    hasil = modul.predikat(pita, kode, PARAMETER["predikat_menurut_pita"])
    assert isi(hasil) == [predikat(Fraction(t), baru == "ya") for t in TEPI]
    assert hasil.kategori == ("sangat_baik", "baik", "cukup", "kurang", "sangat_kurang")


@settings(deadline=None)
@given(st.lists(EMPAT, min_size=2, max_size=6))
def test_ekamatra(realisasi: list[Any]) -> None:
    """More of what should be more never lowers the value."""
    urut = isi(modul.nilai_indikator(kolom([20] * len(realisasi)), kolom(sorted(realisasi)), 0, 120))
    assert urut == sorted(urut)


# -- the split year -----------------------------------------------------------------------------------------------------


def dua_paruh(pertama: list[Any], kedua: list[Any], baru: list[bool], k: Any = KEBIJAKAN) -> Any:
    nip = pd.Index([f"{i:018d}" for i in range(len(pertama))])
    return nilai_2021(nip, kolom(pertama), kolom(kedua), np.array(baru, dtype=bool), k)


SKOR = st.one_of(st.integers(0, 110), st.decimals(0, 112, places=4))


@settings(max_examples=banyak(40), deadline=None)
@given(st.lists(st.tuples(SKOR, st.decimals(0, 120, places=4), st.booleans()), min_size=1, max_size=6))
def test_tahun_2021_sama_dengan_oracle(baris: list[tuple[Any, ...]]) -> None:
    for celah in ("langit", "lantai", "setengah_ke_atas"):
        k = KEBIJAKAN
        if celah != "langit":
            k = k.dengan({f"{BERKAS}.celah_konversi": {"2021-07-01": celah}})
        hasil = dua_paruh(*map(list, zip(*baris, strict=True)), k).pegawai
        harap = [konversi(di_pita(Fraction(a), celah)) for a, *_ in baris]
        assert isi(hasil["nilai_konversi"]) == harap
        tahunan = [(h + Fraction(b)) / 2 for h, (_, b, _) in zip(harap, baris, strict=True)]
        assert isi(hasil["nilai_kinerja"]) == tahunan
        assert isi(hasil["predikat"]) == [
            predikat(t, baru) for t, (*_, baru) in zip(tahunan, baris, strict=True)
        ]


@pytest.mark.parametrize("celah", ["langit", "lantai", "setengah_ke_atas"])
def test_konversi_tidak_pernah_turun(celah: str) -> None:
    k = KEBIJAKAN
    if celah != "langit":
        k = k.dengan({f"{BERKAS}.celah_konversi": {"2021-07-01": celah}})
    skor = [n / 10 for n in range(1100)]
    hasil = isi(dua_paruh(skor, skor, [False] * len(skor), k).pegawai["nilai_konversi"])
    assert hasil == sorted(hasil)
    assert hasil[0] == 0
    assert hasil[-1] == 120


def test_konversi_dilanjutkan_seperti_program_publik() -> None:
    """The extrapolating readings are there as settings, and do fall where the score rises."""
    atas = KEBIJAKAN.dengan({f"{BERKAS}.konversi_dilanjutkan": {"2021-07-01": True}})
    hasil = isi(dua_paruh([90.5, 50, 50.1, 104], [0] * 4, [False] * 4, atas).pegawai["nilai_konversi"])
    assert hasil[0] == Fraction("109.375")
    assert hasil[2] < hasil[1] == 49
    assert hasil[3] == 120
    bawah = atas.dengan({f"{BERKAS}.celah_konversi": {"2021-07-01": "lantai"}})
    hasil = isi(dua_paruh([90.5, 50.5], [0, 0], [False] * 2, bawah).pegawai["nilai_konversi"])
    assert hasil == [90 + Fraction(19, 14) * Fraction("14.5"), Fraction("50.5") / 50 * 49]


def test_tahun_2021_dari_dua_hasil() -> None:
    """From the two regulations' own results; who has no first half has no year."""
    orang = [rapi(), rapi(status="pppk"), rapi(penilaian={"2021": True})]
    tabel = susun(orang)
    tanpa_pppk = kebijakan("2021-06-30").dengan(
        {"jembatan.pp_46_2011_status_dinilai": {"2014-01-01": {"pppk": False}}}
    )
    pertama = pp46.nilai(tabel, tanpa_pppk).pegawai
    kedua = nilai(tabel, KEBIJAKAN).pegawai
    nip = pd.Index(tabel["pegawai"]["nip"])
    hasil = nilai_2021(
        nip,
        selaras(pertama, "nilai_prestasi", nip),
        selaras(kedua, "nilai_kinerja", nip),
        ide_baru(tabel["penilaian"], tabel["pegawai"]["nip"], "2021"),
        KEBIJAKAN,
    )
    langkah = list(lihat(hasil).values())
    # 85.6 under PP 46 converts to 90 + 19/14 x 9.6; exactly on plan is 100 with behaviour 90 under PP 30: 97
    konversi_pertama = 90 + Fraction(19, 14) * Fraction("9.6")
    assert langkah[0]["nilai_konversi"] == konversi_pertama
    assert langkah[0]["nilai_kinerja"] == (konversi_pertama + 97) / 2
    assert [x["predikat"] for x in langkah] == ["baik", None, "baik"]
    teks = str(hasil.jelaskan(nip[0]))
    assert "SE MenPANRB 3/2021" in teks
    assert "PP 30/2019 Pasal 41 ayat (5)" in teks
    assert "19 [untuk 76–90]" in teks
    kosong = isi(selaras(pertama, "nilai_prestasi", pd.Index([])))
    assert kosong == []


def test_masa_berlaku() -> None:
    for hari in ("2021-06-30", "2022-01-01"):
        k = kebijakan(hari)
        with pytest.raises(GalatParameter, match=r"belum berlaku|berakhir 31 Desember 2021"):
            dua_paruh([80], [100], [False], k)
        assert len(nilai(susun([KOSONG]), k).tabel()) == 1  # the regulation itself goes on
    with pytest.raises(GalatParameter, match="belum berlaku"):
        modul.parameter(kebijakan("2019-04-25"))


# -- a move within the year ---------------------------------------------------------------------------------------------

HARI = st.dates(dt.date(2019, 1, 1), dt.date(2022, 12, 31))


def sejak_awal(h: dt.date) -> Fraction:
    return h.year * 12 + h.month + Fraction(h.day - 1, monthrange(h.year, h.month)[1])


@settings(max_examples=banyak(40), deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), HARI, HARI, EMPAT), min_size=1, max_size=6))
def test_pindah_sebanding_masa(baris: list[tuple[Any, ...]]) -> None:
    baris = [(nip, min(a, b), max(a, b), v) for nip, a, b, v in baris]
    bagian = pd.DataFrame(
        {
            "nip": pd.Series([b[0] for b in baris], dtype="str"),
            "unit": [f"u{i}" for i in range(len(baris))],
            "mulai": pd.to_datetime([b[1] for b in baris]),
            "sampai": pd.to_datetime([b[2] for b in baris]),
        }
    )
    for satuan in ("bulan", "hari"):
        k = KEBIJAKAN
        if satuan == "hari":
            k = k.dengan({f"{BERKAS}.satuan_masa_skp": {"2019-04-26": "hari"}})
        hasil = nilai_pindah(bagian, kolom([b[3] for b in baris]), k).pegawai
        masa = []
        for _, a, b, _ in baris:
            lepas = b + dt.timedelta(days=1)
            masa.append(Fraction((lepas - a).days) if satuan == "hari" else sejak_awal(lepas) - sejak_awal(a))
        harap = {}
        for nip in {b[0] for b in baris}:
            milik = [(m, Fraction(b[3])) for m, b in zip(masa, baris, strict=True) if b[0] == nip]
            harap[nip] = sum(m * v for m, v in milik) / sum(m for m, _ in milik)
        assert dict(zip(hasil.kunci, isi(hasil["nilai_skp_proporsional"]), strict=True)) == harap


def bagian(*baris: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "nip": pd.Series(["1"] * len(baris), dtype="str"),
            "unit": [b[0] for b in baris],
            "mulai": pd.to_datetime([b[1] for b in baris]),
            "sampai": pd.to_datetime([b[2] for b in baris]),
        }
    )


def test_pindah_tujuh_dan_lima_bulan() -> None:
    pindah = bagian(("lama", "2021-01-01", "2021-07-31"), ("baru", "2021-08-01", "2021-12-31"))
    hasil = nilai_pindah(pindah, kolom([80, 100]), KEBIJAKAN)
    assert isi(hasil.pegawai["nilai_skp_proporsional"]) == [Fraction(7 * 80 + 5 * 100, 12)]
    teks = str(hasil.jelaskan("1"))
    assert "PP 30/2019 Pasal 36" in teks
    assert "80 × 7" in teks
    assert isi(masa_skp(pindah["mulai"], pindah["sampai"], "hari")) == [212, 153]


def test_masa_terbalik_dan_satuan_asing_ditolak() -> None:
    salah = bagian(("x", "2021-02-01", "2021-01-31"), ("y", "2021-01-01", "2021-01-01"))
    with pytest.raises(ValueError, match=r"masa SKP kosong atau berakhir sebelum mulai: 1 \(x\)\."):
        nilai_pindah(salah, kolom([1, 2]), KEBIJAKAN)
    with pytest.raises(ValueError, match="satuan_masa_skp minggu tidak dikenal; yang ada: hari, bulan"):
        masa_skp(salah["mulai"], salah["sampai"], "minggu")


# -- from the sample to the explanation ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contoh() -> dict[str, pd.DataFrame]:
    return buat_contoh("sumbar", pegawai=60)


def test_contoh_dari_awal_sampai_akhir(contoh: dict[str, pd.DataFrame]) -> None:
    hasil = nilai(contoh, KEBIJAKAN)
    tabel = hasil.tabel()
    assert list(tabel.index) == list(contoh["pegawai"]["nip"])
    assert tabel["predikat"].notna().sum() >= 50
    assert set(tanpa_nilai(hasil, contoh)["nip"]) == set(tabel.index[tabel["predikat"].isna()])
    teks = str(hasil.jelaskan(tabel.index[20]))
    for kata in (
        "PP 30/2019 Pasal 41 ayat (1)-(4)",
        "[teks]",
        "Jembatan perbandingan",
        "70 [untuk Tanpa 360]",
    ):
        assert kata in teks


def test_nilai_skp_dari_peraturan_menteri(contoh: dict[str, pd.DataFrame]) -> None:
    """The ministerial rule's SKP takes the place of the bridge; who has none there has no value here."""
    sendiri = nilai(contoh, KEBIJAKAN)
    separuh = saring(sendiri.pegawai, np.arange(len(sendiri.pegawai.kunci)) % 2 == 0)
    hasil = nilai(contoh, KEBIJAKAN, skp=separuh)
    assert hasil.nama == "PP 30/2019"
    ganjil = contoh["pegawai"]["nip"].iloc[1::2]
    tanpa = tanpa_nilai(hasil, contoh)
    assert list(tanpa["nip"]) == list(ganjil)
    assert set(tanpa["alasan"]) == {"nilai SKP belum ada"}
    genap = contoh["pegawai"]["nip"].iloc[::2]
    pd.testing.assert_series_equal(
        hasil.tabel()["nilai_kinerja"].loc[genap], sendiri.tabel()["nilai_kinerja"].loc[genap]
    )
    assert "Nilai indikator" not in str(hasil.jelaskan(genap.iloc[0]))


@pytest.mark.parametrize(
    ("jalur", "ubah", "kolom_berubah", "terlihat"),
    [
        ("pp-30-2019.bobot_skp", {"tanpa_360": 80}, "nilai_kinerja", "80 [untuk Tanpa 360]"),
        ("pp-30-2019.bobot_perilaku", {"tanpa_360": 20}, "nilai_kinerja", "20 [untuk Tanpa 360]"),
        (
            "pp-30-2019.predikat_menurut_pita",
            {"90–110": {"ya": "cukup", "tidak": "cukup"}},
            "predikat",
            "Cukup [untuk 90–110",
        ),
        ("jembatan.pp_30_2019_nilai_paling_banyak", 100, "nilai_skp", "; 100)"),
    ],
)
def test_skenario_mengubah_angka_dan_penjelasan(
    contoh: dict[str, pd.DataFrame], jalur: str, ubah: Any, kolom_berubah: str, terlihat: str
) -> None:
    lama, lain = (nilai(contoh, k) for k in (KEBIJAKAN, KEBIJAKAN.dengan({jalur: {"2019-04-26": ubah}})))
    assert not lama.tabel()[kolom_berubah].equals(lain.tabel()[kolom_berubah])
    nip = contoh["pegawai"]["nip"][20]
    assert terlihat in str(lain.jelaskan(nip))
    assert "Skenario Tanpa nama" in str(lain.jelaskan(nip))
    assert terlihat not in str(lama.jelaskan(nip))


def test_jembatan_ada_dan_hanya_asumsi() -> None:
    semua = [j for j in KEBIJAKAN if j.startswith("jembatan.pp_30_2019_")]
    assert sorted(semua) == sorted(JEMBATAN)
    assert {KEBIJAKAN[j].status for j in JEMBATAN} == {"asumsi"}


def test_tangga_tindak_lanjut_sebagai_data() -> None:
    tangga = KEBIJAKAN[f"{BERKAS}.tangga_tindak_lanjut"].pasti()
    assert [t["urutan"] for t in tangga] == [1, 2, 3, 4, 5]
    assert tangga[-1]["tindakan"] == "diberhentikan dengan hormat"
    masa = KEBIJAKAN[f"{BERKAS}.masa_perbaikan"]
    assert dict(masa.pasti()) == {"pimpinan_tinggi": 6, "administrasi": 6, "fungsional": 6}
    assert masa.asal("pimpinan_tinggi")["status"] == "sekunder"
    assert masa.asal("administrasi")["status"] == "dua-sumber"
    assert KEBIJAKAN[f"{BERKAS}.penempatan_sementara_paling_lama"].pasti() == 1


@pytest.mark.parametrize("nama", ["distribusi_predikat", "tanggal_wajib_360", "lama_penurunan_jabatan"])
def test_yang_belum_terbukti_ditolak(nama: str) -> None:
    with pytest.raises(GalatParameter, match="nilainya belum terbukti"):
        KEBIJAKAN[f"{BERKAS}.{nama}"].pasti()
