"""PP 46/2011 against a literal oracle on Fraction, from the workbook's tables to the predikat."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak
from test_pecahan import isi, kolom, setengah_ke_atas

from kinerja.aturan import Bertingkat, Teks, keterangan, tulis
from kinerja.contoh import buat_contoh
from kinerja.data.skema import BERAKHLAK, JENIS_JABATAN, SKEMA
from kinerja.parameter import GalatParameter, Kebijakan, kebijakan
from kinerja.pecahan import Pecahan
from kinerja.regulasi import pp46 as modul
from kinerja.regulasi.pp46 import ASPEK, BERKAS, JEMBATAN, nilai, tanpa_nilai

KEBIJAKAN = kebijakan("2021-06-30")
GRAF = (
    modul.GRAF_SEARAH,
    modul.GRAF_RASIO,
    modul.GRAF_EFISIENSI,
    modul.GRAF_ASPEK,
    modul.GRAF_KEGIATAN,
    modul.GRAF_KEGIATAN_KURANG,
    modul.GRAF_PERILAKU,
    modul.GRAF,
    modul.GRAF_PINDAH,
)

# -- small tables ----------------------------------------------------------------------------------------------

EMPAT = st.decimals(min_value=0, max_value=40, places=4)
TARGET = st.one_of(st.none(), st.sampled_from([0, 12, 10000]), st.decimals(-5, 40, places=4))
INDIKATOR = st.fixed_dictionaries(
    {
        "aspek": st.sampled_from(ASPEK),
        "polaritas": st.sampled_from(["maks", "maks", "min", "stabil"]),
        "rentang": st.booleans(),
        "target": st.one_of(st.just(12), EMPAT.filter(bool), TARGET),
        "target_atas": st.one_of(st.none(), EMPAT),
        "realisasi": st.one_of(st.just(0), st.just(9.12), EMPAT, st.none()),
    }
)
RHK = st.fixed_dictionaries(
    {
        "jenis": st.sampled_from(["utama", "utama", "tambahan"]),
        "lingkup": st.sampled_from([None, 1, 2, 3]),
        "iki": st.lists(INDIKATOR, max_size=6),
    }
)
# what a tidy plan looks like, so that final values are not all unknown
RAPI = st.fixed_dictionaries(
    {
        "jenis": st.just("utama"),
        "lingkup": st.none(),
        "iki": st.tuples(*([EMPAT] * 4), st.booleans()).map(
            lambda r: [
                {
                    "aspek": a,
                    "polaritas": "maks" if a in ("kuantitas", "kualitas") else "min",
                    "rentang": False,
                    "target": 20,
                    "target_atas": None,
                    "realisasi": v,
                }
                for a, v in zip(ASPEK, r[:4], strict=True)
                if a != "biaya" or r[4]
            ]
        ),
    }
)
PERILAKU = st.dictionaries(
    st.tuples(st.sampled_from(BERAKHLAK), st.sampled_from(["atasan", "rekan", "bawahan"])),
    st.decimals(0, 120, places=2),
)
LENGKAP = st.tuples(*([st.decimals(0, 120, places=2)] * 7)).map(
    lambda v: {(a, "atasan"): x for a, x in zip(BERAKHLAK, v, strict=True)}
)
ORANG = st.fixed_dictionaries(
    {
        "jenis_jabatan": st.sampled_from(JENIS_JABATAN),
        "status": st.sampled_from(["pns", "cpns", "pppk"]),
        "rhk": st.one_of(st.lists(RAPI, min_size=1, max_size=3), st.lists(st.one_of(RAPI, RHK), max_size=9)),
        "perilaku": st.one_of(LENGKAP, LENGKAP, PERILAKU),
        "penilaian": st.dictionaries(
            st.sampled_from(["2021", "2021-TW1", "2021-TW3", "2020"]), st.booleans(), max_size=3
        ),
    }
)
PEGAWAI = st.lists(ORANG, min_size=1, max_size=3)


RUMUS = {
    "maks": ("maks", "rentang_maks"),
    "min": ("min_selisih", "rentang_min"),
    "stabil": ("stabil", "stabil"),
}


def susun(orang: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The tables that `kinerja.data.baca` would give for these people."""
    baris: dict[str, list[dict[str, Any]]] = {
        n: [] for n in ("pegawai", "rhk", "iki", "perilaku", "penilaian")
    }
    for i, o in enumerate(orang):
        nip = f"{i:018d}"
        baris["pegawai"].append(
            {"nip": nip, "nama": nip, "opd": "a", "jabatan": "x", "kelas": "7"}
            | {k: o[k] for k in ("jenis_jabatan", "status")}
        )
        for j, r in enumerate(o["rhk"]):
            kode = f"R{i}-{j}"
            baris["rhk"].append(
                {"id": kode, "nip": nip, "rhk": kode, "jenis": r["jenis"], "lingkup": r["lingkup"]}
            )
            for n, x in enumerate(r["iki"]):
                rumus = RUMUS[x["polaritas"]][x["rentang"]]
                baris["iki"].append(
                    {"rhk": kode, "indikator": f"i{n}", "satuan": "u", "rumus": rumus}
                    | {k: x[k] for k in ("aspek", "polaritas", "target", "target_atas", "realisasi")}
                )
        baris["perilaku"] += [
            {"nip": nip, "aspek": a, "penilai": p, "nilai": v} for (a, p), v in o["perilaku"].items()
        ]
        baris["penilaian"] += [
            {"nip": nip, "periode": p, "rating_hasil": "sesuai", "rating_perilaku": "sesuai", "ide_baru": v}
            for p, v in o["penilaian"].items()
        ]
    hasil = {}
    for nama, b in baris.items():
        tabel = pd.DataFrame(b, index=pd.RangeIndex(len(b)))
        jenis = {k.nama: k for k in SKEMA[nama].kolom}
        for k in jenis.values():
            isi_kolom = tabel[k.nama] if k.nama in tabel else pd.Series([None] * len(b), dtype=object)
            match k.tipe:
                case "pilihan":
                    tabel[k.nama] = pd.Categorical(isi_kolom, categories=list(k.pilihan))
                case "desimal":
                    tabel[k.nama] = isi_kolom.astype("float64")
                case "bulat":
                    tabel[k.nama] = isi_kolom.astype("float64").astype("Int64")
                case "ya_tidak":
                    tabel[k.nama] = isi_kolom.astype("boolean").fillna(False).astype("bool")
                case _:
                    tabel[k.nama] = isi_kolom.astype("str")
        hasil[nama] = tabel
    return hasil


def test_tabel_kecil_bertipe_seperti_buku_kerja() -> None:
    contoh = buat_contoh("sumbar", pegawai=60)
    for nama, tabel in susun([{**KOSONG}]).items():
        for k in ("nip", "rhk", "aspek", "polaritas", "rumus", "target", "realisasi", "penilai", "ide_baru"):
            if k in tabel:
                assert tabel[k].dtype == contoh[nama][k].dtype, (nama, k)


KOSONG: dict[str, Any] = {
    "jenis_jabatan": "fungsional",
    "status": "pns",
    "rhk": [],
    "perilaku": {},
    "penilaian": {},
}


# -- the fact sheet, typed once more -------------------------------------------------------------------------------


def f(x: Any) -> Fraction | None:
    return None if x is None else Fraction(str(x))


def nilai_indikator(x: dict[str, Any]) -> Fraction | None:
    target, atas, nyata = f(x["target"]), f(x["target_atas"]), f(x["realisasi"])
    if target is None or target <= 0 or nyata is None:
        return None
    rentang = x["rentang"] and x["polaritas"] != "stabil"
    if rentang:
        if atas is None:
            return None
        target = max(target, min(atas, nyata))
    besar = x["aspek"] in ("kuantitas", "kualitas")
    if x["polaritas"] == "stabil":
        jarak = abs(nyata - target)
        nyata = target - jarak if besar else target + jarak
    elif (x["polaritas"] == "maks") != besar:
        nyata = 2 * target - nyata
    if besar:
        return nyata / target * 100
    e = 100 - nyata / target * 100
    return 76 + e if e <= 24 else 100 - e


def nihil(r: dict[str, Any]) -> bool:
    hitung = [x for x in r["iki"] if x["aspek"] == "kuantitas" and x["polaritas"] == "maks"]
    return bool(hitung) and all(x["realisasi"] == 0 for x in hitung)


def nilai_kegiatan(r: dict[str, Any]) -> Fraction | None:
    if nihil(r):
        return Fraction(0)
    aspek = {}
    for x in r["iki"]:
        aspek.setdefault(x["aspek"], []).append(nilai_indikator(x))
    if not aspek or any(v is None for isi_ in aspek.values() for v in isi_):
        return None
    rata = {a: sum(v) / len(v) for a, v in aspek.items()}
    pembagi = (
        (3 if "biaya" not in rata else 4) if {"kuantitas", "kualitas", "waktu"} <= set(rata) else len(rata)
    )
    return sum(rata.values(), Fraction()) / pembagi


SUMBER = {
    "orientasi_pelayanan": ["berorientasi_pelayanan"],
    "integritas": ["akuntabel"],
    "komitmen": ["loyal"],
    "disiplin": ["akuntabel"],
    "kerja_sama": ["harmonis", "kolaboratif"],
    "kepemimpinan": ["kompeten", "adaptif"],
}
TITIK = [(0, 0), (49, 50), (50, 51), (69, 60), (70, 61), (89, 75), (90, 76), (109, 90), (110, 91), (120, 100)]


def skala(x: Fraction) -> Fraction:
    for (x0, y0), (x1, y1) in pairwise(TITIK):
        if x <= x1:
            return y0 + (x - x0) * Fraction(y1 - y0, x1 - x0)
    return Fraction(100)


def nilai_perilaku(o: dict[str, Any]) -> Fraction | None:
    hasil = []
    for aspek, dari in SUMBER.items():
        if aspek == "kepemimpinan" and o["jenis_jabatan"] in ("fungsional", "pelaksana"):
            continue
        v = [f(o["perilaku"].get((d, "atasan"))) for d in dari]
        if None in v:
            return None
        hasil.append(min(skala(sum(v) / len(v)), Fraction(100)))
    return sum(hasil, Fraction()) / len(hasil)


def ide(o: dict[str, Any], tahun: str) -> bool:
    isi_ = {p: v for p, v in o["penilaian"].items() if p.startswith(tahun)}
    return isi_[tahun] if tahun in isi_ else any(isi_.values())


def predikat(x: Fraction | None, celah: str = "langit") -> str | None:
    if x is None:
        return None
    for bawah, atas in ((50, 51), (60, 61), (75, 76), (90, 91)):
        if bawah < x < atas:
            x = {
                "langit": Fraction(atas),
                "lantai": Fraction(bawah),
                "setengah_ke_atas": setengah_ke_atas(x),
            }[celah]
    if x >= 91:
        return "sangat_baik"
    if x >= 76:
        return "baik"
    return "cukup" if x >= 61 else "kurang" if x >= 51 else "buruk"


def oracle(o: dict[str, Any], tahun: str) -> dict[str, Any]:
    kegiatan = [nilai_kegiatan(r) for r in o["rhk"] if r["jenis"] == "utama"]
    tambahan = [r for r in o["rhk"] if r["jenis"] == "tambahan" and not nihil(r)]
    rata = None if None in kegiatan or not kegiatan else sum(kegiatan, Fraction()) / len(kegiatan)
    tugas = 0 if not tambahan else 1 if len(tambahan) <= 3 else 2 if len(tambahan) <= 6 else 3
    luas = max((r["lingkup"] or 0 for r in tambahan), default=0)
    kreatif = (3 if luas <= 1 else 6) if ide(o, tahun) else 0
    skp = None if rata is None else rata + tugas + kreatif
    perilaku = nilai_perilaku(o)
    akhir = None if skp is None or perilaku is None else skp * 6 / 10 + perilaku * 4 / 10
    return {
        "rata_kegiatan": rata,
        "nilai_tugas_tambahan": tugas,
        "nilai_kreativitas": kreatif,
        "nilai_skp": skp,
        "nilai_perilaku": perilaku,
        "nilai_prestasi": akhir,
        "nilai_prestasi_tampil": None if akhir is None else setengah_ke_atas(akhir, 2),
        "predikat_skp": predikat(skp),
        "predikat_perilaku": predikat(perilaku),
        "predikat": predikat(akhir),
    }


def lihat(hasil: Bertingkat) -> dict[str, dict[str, Any]]:
    """NIP -> every step of the employee level, exact."""
    orang = hasil.pegawai
    return {nip: {n: orang[n].satu(i) for n in orang.graf.urutan} for i, nip in enumerate(orang.kunci)}


@settings(max_examples=banyak(40), deadline=None)
@given(PEGAWAI)
def test_setiap_langkah_sama_dengan_oracle(orang: list[dict[str, Any]]) -> None:
    tabel = susun(orang)
    hasil = nilai(tabel, KEBIJAKAN)
    tahun = max((p[:4] for o in orang for p in o["penilaian"]), default="2021")
    for o, (nip, langkah) in zip(orang, lihat(hasil).items(), strict=True):
        harap = oracle(o, tahun)
        assert {n: langkah[n] for n in harap} == harap, nip
    tanpa = tanpa_nilai(hasil, tabel)
    kosong = {n for n, x in lihat(hasil).items() if x["nilai_prestasi"] is None}
    assert set(tanpa["nip"]) == kosong  # nobody without a value lacks a reason, and nobody else has one
    assert (tanpa["alasan"] != "").all()
    assert not tanpa.duplicated().any()
    assert hasil.jelaskan("0" * 18).langkah[-1].label == "Predikat prestasi kerja"


@settings(max_examples=banyak(15), deadline=None)
@given(PEGAWAI, st.randoms(use_true_random=False))
def test_urutan_dan_orang_lain_tidak_berpengaruh(orang: list[dict[str, Any]], acak: Any) -> None:
    for o in orang:
        o["penilaian"] = {"2021": True, **o["penilaian"]}  # the same year for everyone
    tabel = susun(orang)
    harap = lihat(nilai(tabel, KEBIJAKAN, periode="2021"))
    kocok = {n: t.iloc[acak.sample(range(len(t)), len(t))] for n, t in tabel.items()}
    assert lihat(nilai(kocok, KEBIJAKAN, periode="2021")) == harap
    for nip in tabel["pegawai"]["nip"]:
        satu = {**tabel, "pegawai": tabel["pegawai"][tabel["pegawai"]["nip"] == nip]}
        assert lihat(nilai(satu, KEBIJAKAN, periode="2021")) == {nip: harap[nip]}


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
        assert set(graf.nama_parameter) <= set(modul.parameter(KEBIJAKAN))


# -- each rule as it stands -------------------------------------------------------------------------------------------

ANGKA = st.decimals(min_value=-300, max_value=300, places=4)


@settings(deadline=None)
@given(st.lists(st.tuples(ANGKA, ANGKA, ANGKA, ANGKA, ANGKA, st.integers(1, 4)), min_size=1, max_size=5))
def test_setiap_fungsi_aturan(baris: list[tuple[Any, ...]]) -> None:
    a, b, c, d, e = (kolom([r[i] for r in baris]) for i in range(5))
    bagi = Pecahan(np.array([r[5] for r in baris]))

    def harap(fungsi: Any) -> list[Any]:
        return [fungsi(*map(Fraction, r)) for r in baris]

    assert isi(modul.nilai_rasio(a, b)) == harap(lambda t, r, *_: r / t * 100 if t else None)
    assert isi(modul.persen_efisiensi(a, b)) == harap(lambda t, r, *_: 100 - r / t * 100 if t else None)
    assert isi(modul.nilai_sesuai_rencana(a, Fraction("1.76"))) == harap(lambda t, *_: 76 if t else None)
    assert isi(modul.nilai_menurut_faktor(a, b, Fraction("1.76"))) == harap(
        lambda t, r, *_: (t * 176 / 100 - r) / t * 100 if t else None
    )
    assert isi(modul.nilai_efisiensi(a, 24, b, 76)) == harap(lambda x, v, *_: v if x <= 24 else 176 - v)
    assert isi(modul.nilai_aspek(a, bagi)) == harap(lambda x, *s: x / s[-1])
    assert isi(modul.nilai_kegiatan(a, 5, b, c, d, e, bagi)) == harap(
        lambda x, v, w, y, z, n: 5 if x < 1 else (v + w + y + z) / n
    )
    assert isi(modul.nilai_aspek_perilaku(a, 100)) == harap(lambda x, *_: min(x, Fraction(100)))
    assert isi(modul.nilai_skp(a, b, c)) == harap(lambda x, y, z, *_: x + y + z)
    assert isi(modul.nilai_prestasi(a, 60, b, 40)) == harap(lambda x, y, *_: x * 6 / 10 + y * 4 / 10)
    assert isi(modul.nilai_prestasi_tampil(a)) == harap(lambda x, *_: setengah_ke_atas(x, 2))
    assert isi(modul.nilai_skp_pindah(a, b)) == harap(lambda x, y, *_: (x + y) / 2)
    assert isi(modul.target_pembanding(a, b, c)) == harap(lambda t, u, r, *_: max(t, min(u, r)))
    for stabil in (0, 1):
        tanda = Pecahan(np.full(len(baris), stabil))
        assert isi(modul.simpangan(a, b, tanda)) == harap(
            lambda r, t, *_, s=stabil: abs(r - t) if s else r - t
        )


# -- edges --------------------------------------------------------------------------------------------------------------


def efisiensi(target: Any, realisasi: Any) -> Fraction | None:
    hasil = modul.GRAF_EFISIENSI.jalankan(
        {"target": kolom([target]), "realisasi": kolom([realisasi])},
        modul.parameter(KEBIJAKAN),
        pd.RangeIndex(1),
    )
    return hasil["nilai_efisiensi"].satu(0)  # type: ignore[return-value]


def test_tebing_24_persen_tepat() -> None:
    assert efisiensi(12, 9.12) == 100  # binary floats say 24.000000000000014 and fall to 76
    assert efisiensi(12, 12) == 76
    assert efisiensi(1, 0.76) == 100
    assert efisiensi(1, "0.7599") == Fraction("75.99")
    assert efisiensi(1, "0.7601") == Fraction("99.99")
    assert efisiensi(3, 6) == -24  # no floor is established
    assert efisiensi(0, 1) is None


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6))
def test_tebing_untuk_empat_desimal(target: int, realisasi: int) -> None:
    t, r = Fraction(target, 10**4), Fraction(realisasi, 10**4)
    e = 100 - r / t * 100
    assert efisiensi(target / 10**4, realisasi / 10**4) == (76 + e if e <= 24 else 100 - e)


@settings(deadline=None)
@given(EMPAT.filter(bool), st.lists(EMPAT, min_size=2, max_size=6))
def test_ekamatra(target: Any, realisasi: list[Any]) -> None:
    """More quantity never lowers. Less time never lowers up to 24 % saved, and never raises beyond."""
    urut = kolom(sorted(realisasi))
    t = kolom([target] * len(realisasi))
    rasio = isi(modul.nilai_rasio(t, urut))
    assert rasio == sorted(rasio)
    nilai_ = [efisiensi(target, r) for r in sorted(realisasi)]
    dalam = [
        v
        for v, r in zip(nilai_, sorted(realisasi), strict=True)
        if Fraction(r) >= Fraction(target) * 76 / 100
    ]
    luar = [
        v for v, r in zip(nilai_, sorted(realisasi), strict=True) if Fraction(r) < Fraction(target) * 76 / 100
    ]
    assert dalam == sorted(dalam, reverse=True)
    assert luar == sorted(luar)
    assert all(v < 76 for v in luar)


TEPI = [
    "50", "50.0001", "50.4999", "50.5", "50.9999", "51", "60", "60.0001", "60.5", "61", "75", "75.4999",
    "75.5", "76", "90", "90.0001", "90.5", "90.9999", "91", "104", "-3",
]  # fmt: skip


@pytest.mark.parametrize("celah", ["langit", "lantai", "setengah_ke_atas"])
def test_tepi_predikat_dan_celah(celah: str) -> None:
    k = (
        KEBIJAKAN
        if celah == "langit"
        else KEBIJAKAN.dengan({f"{BERKAS}.celah_predikat": {"2014-01-01": celah}})
    )
    p = {n: v.nilai for n, v in modul.parameter(k).items()}
    x = kolom(TEPI)
    dipakai = modul.nilai_berpredikat(x, p["pita_predikat"], p["celah_predikat"])
    harap = [predikat(Fraction(t), celah) for t in TEPI]
    assert isi(modul.predikat(dipakai, p["pita_predikat"])) == harap
    assert isi(modul.predikat_skp(x, p["pita_predikat"], p["celah_predikat"])) == harap
    assert isi(modul.predikat_perilaku(x, p["pita_predikat"], p["celah_predikat"])) == harap


@pytest.mark.parametrize(("banyak", "poin"), [(0, 0), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (20, 3)])
def test_tugas_tambahan(banyak: int, poin: int) -> None:
    tabel = modul.parameter(KEBIJAKAN)["tambahan_tugas"].pasti()
    assert isi(modul.nilai_tugas_tambahan(kolom([banyak]), tabel)) == [poin]


def test_kreativitas_dan_pembagi() -> None:
    p = modul.parameter(KEBIJAKAN)
    manfaat = modul.kode_dari(pd.Series(["tidak_ada", "unit", "organisasi", "negara", "lain"]), modul.MANFAAT)
    assert isi(modul.nilai_kreativitas(manfaat, p["tambahan_kreativitas"].pasti())) == [0, 3, 6, 12, None]
    susunan = modul.kode_dari(pd.Series(["tanpa_biaya", "dengan_biaya"]), modul.SUSUNAN)
    assert isi(modul.pembagi(susunan, p["pembagi_kegiatan"].pasti())) == [3, 4]
    kurang = modul.pembagi_kurang(kolom([0, 1, 2, 3]), p["pembagi_aspek_kurang"].pasti())
    assert isi(kurang) == [None, 1, 2, 3]


# -- from the sample to the explanation ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contoh() -> dict[str, pd.DataFrame]:
    return buat_contoh("sumbar", pegawai=60)


def test_contoh_dari_awal_sampai_akhir(contoh: dict[str, pd.DataFrame]) -> None:
    hasil = nilai(contoh, KEBIJAKAN)
    tabel = hasil.tabel()
    assert list(tabel.index) == list(contoh["pegawai"]["nip"])
    assert list(tabel["predikat"].cat.categories) == ["sangat_baik", "baik", "cukup", "kurang", "buruk"]
    assert tabel["predikat"].notna().sum() >= 50
    assert set(tanpa_nilai(hasil, contoh)["nip"]) == set(tabel.index[tabel["predikat"].isna()])
    celah = modul.di_celah(hasil)
    diam = tabel["nilai_prestasi"] != tabel["nilai_berpredikat"]
    assert list(celah.index) == list(tabel.index[diam & tabel["predikat"].notna()])
    assert (celah["nilai_prestasi"] < celah["nilai_berpredikat"]).all()
    assert len(celah) > 0


def test_penjelasan_menyebut_pasal_dan_76(contoh: dict[str, pd.DataFrame]) -> None:
    hasil = nilai(contoh, KEBIJAKAN)
    teks = str(hasil.jelaskan(contoh["pegawai"]["nip"][20]))
    for kata in (
        "Perka BKN 1/2013",
        "PP 46/2011",
        "Nilai bila tepat sesuai rencana (realisasi = target)",
        "= 76 poin",
        "Jembatan perbandingan",
        "asumsi",
        "tidak mengatur nilai di antara pita",
    ):
        assert kata in teks
    with pytest.raises(LookupError, match="tidak ada di hasil PP 46/2011"):
        hasil.jelaskan("0")


@pytest.mark.parametrize(
    ("jalur", "ubah", "kolom_berubah", "terlihat"),
    [
        (f"{BERKAS}.faktor_efisiensi", 1.8, "rata_kegiatan", "1,8 ×"),
        (f"{BERKAS}.nilai_dasar_efisiensi", 70, None, "selain itu 70 −"),
        (f"{BERKAS}.batas_efisiensi", 1, "rata_kegiatan", "≤ 1,"),
        (f"{BERKAS}.pembagi_kegiatan", {"tanpa_biaya": 5}, "rata_kegiatan", "5 [untuk Tanpa biaya]"),
        (f"{BERKAS}.bobot_skp", 70, "nilai_prestasi", "× 70 ÷ 100"),
        (f"{BERKAS}.bobot_perilaku", 30, "nilai_prestasi", "× 30 ÷ 100"),
        (f"{BERKAS}.nilai_perilaku_paling_banyak", 80, "nilai_perilaku", "; 80)"),
        (f"{BERKAS}.celah_predikat", "lantai", "nilai_berpredikat", "turun ke batas di bawahnya"),
        (f"{BERKAS}.tambahan_kreativitas", {"tidak_ada": 1, "unit": 4}, "nilai_skp", "[untuk"),
        ("jembatan.pp_46_2011_skala_perilaku", {109: 80}, "nilai_perilaku", "Skenario Tanpa nama"),
    ],
)
def test_skenario_mengubah_angka_dan_penjelasan(
    contoh: dict[str, pd.DataFrame], jalur: str, ubah: Any, kolom_berubah: str | None, terlihat: str
) -> None:
    lain = nilai(contoh, KEBIJAKAN.dengan({jalur: {"2014-01-01": ubah}}))
    lama = nilai(contoh, KEBIJAKAN)
    if kolom_berubah:
        assert not lama.tabel()[kolom_berubah].equals(lain.tabel()[kolom_berubah])
    penjelasan = str(lain.jelaskan(contoh["pegawai"]["nip"][20]))
    assert terlihat in penjelasan
    assert "Skenario Tanpa nama" in penjelasan
    assert "Skenario" not in str(lama.jelaskan(contoh["pegawai"]["nip"][20]))


def test_jembatan_ada_dan_hanya_asumsi() -> None:
    semua = [j for j in KEBIJAKAN if j.startswith("jembatan.pp_46_2011_")]
    assert sorted(semua) == sorted(JEMBATAN)
    assert {KEBIJAKAN[j].status for j in JEMBATAN} == {"asumsi"}


def test_masa_berlaku() -> None:
    assert kebijakan("2014-01-01")[f"{BERKAS}.bobot_skp"].nilai == 60
    with pytest.raises(GalatParameter, match="berakhir 30 Juni 2021"):
        nilai(susun([KOSONG]), kebijakan("2021-07-01"))
    with pytest.raises(GalatParameter, match="belum berlaku"):
        modul.parameter(kebijakan("2013-12-31"))


@pytest.mark.parametrize("nama", ["nilai_skp_paling_banyak", "hukuman_skp_rendah"])
def test_yang_belum_terbukti_ditolak(nama: str) -> None:
    with pytest.raises(GalatParameter, match="nilainya belum terbukti"):
        KEBIJAKAN[f"{BERKAS}.{nama}"].pasti()


# -- who has no value, and why -----------------------------------------------------------------------------------------


def rapi(**ubah: Any) -> dict[str, Any]:
    """Someone exactly on plan with one RHK."""
    iki = [
        {
            "aspek": a,
            "polaritas": "min" if a == "waktu" else "maks",
            "rentang": False,
            "target": 12,
            "target_atas": None,
            "realisasi": 12,
        }
        for a in ("kuantitas", "kualitas", "waktu")
    ]
    rhk = [{"jenis": "utama", "lingkup": None, "iki": iki}]
    return {**KOSONG, "rhk": rhk, "perilaku": {(a, "atasan"): 90 for a in BERAKHLAK}, **ubah}


def test_tepat_rencana() -> None:
    """100, 100 and 76 make 92: a plan fulfilled to the letter."""
    langkah = lihat(nilai(susun([rapi()]), KEBIJAKAN))["0" * 18]
    assert langkah["nilai_skp"] == 92
    assert langkah["nilai_perilaku"] == 76
    assert langkah["nilai_prestasi"] == Fraction("85.6")
    assert langkah["predikat"] == "baik"


def ganti(o: dict[str, Any], n: int, **ubah: Any) -> dict[str, Any]:
    iki = [{**x, **ubah} if i == n else x for i, x in enumerate(o["rhk"][0]["iki"])]
    return {**o, "rhk": [{**o["rhk"][0], "iki": iki}]}


def test_alasan_disebut_satu_per_satu() -> None:
    orang = [
        rapi(),
        rapi(rhk=[]),
        rapi(rhk=[{"jenis": "utama", "lingkup": None, "iki": []}]),
        ganti(rapi(), 2, realisasi=None),
        ganti(rapi(), 1, target=0),
        ganti(rapi(), 1, rentang=True, target_atas=None),
        rapi(perilaku={("loyal", "atasan"): 90}),
        rapi(status="pppk"),
        ganti(ganti(rapi(), 0, realisasi=0), 2, realisasi=None),
    ]
    tabel = susun(orang)
    k = KEBIJAKAN.dengan({"jembatan.pp_46_2011_status_dinilai": {"2014-01-01": {"pppk": False}}})
    hasil = nilai(tabel, k)
    alasan = tanpa_nilai(hasil, tabel)
    nip = [f"{i:018d}" for i in range(len(orang))]
    assert list(hasil.pegawai.kunci) == [n for i, n in enumerate(nip) if i != 7]
    per_orang = alasan.groupby("nip")["alasan"].agg(list).to_dict()
    assert per_orang == {
        nip[1]: ["belum ada RHK utama"],
        nip[2]: ["RHK R2-0: belum punya indikator"],
        nip[3]: ["RHK R3-0, waktu, i2: realisasi belum ada"],
        nip[4]: ["RHK R4-0, kualitas, i1: target kosong, nol, atau negatif"],
        nip[5]: ["RHK R5-0, kualitas, i1: batas atas target rentang belum ada"],
        nip[6]: [
            f"nilai perilaku belum ada: {a}"
            for a in ("Orientasi pelayanan", "Integritas", "Disiplin", "Kerja sama")
        ],
        nip[7]: ["status PPPK tidak dinilai (jembatan)"],
    }
    assert list(alasan["nip"]) == sorted(alasan["nip"])
    # not done at all scores zero, even though its time was never recorded
    assert lihat(hasil)[nip[8]]["rata_kegiatan"] == 0


def test_tanpa_pegawai_atau_rencana() -> None:
    kosong = susun([])
    hasil = nilai(kosong, KEBIJAKAN)
    assert len(hasil.tabel()) == 0
    assert len(tanpa_nilai(hasil, kosong)) == 0
    assert len(modul.di_celah(hasil)) == 0


def test_jembatan_aspek_kurang_dan_beberapa_indikator_terlihat() -> None:
    iki = rapi()["rhk"][0]["iki"]
    o = rapi(rhk=[{"jenis": "utama", "lingkup": None, "iki": [iki[0], {**iki[0], "realisasi": 6}]}])
    hasil = nilai(susun([o]), KEBIJAKAN)
    assert lihat(hasil)["0" * 18]["rata_kegiatan"] == 75
    teks = str(hasil.jelaskan("0" * 18))
    assert "beberapa indikator dirata-ratakan" in teks
    assert "kuantitas, kualitas, atau waktu tidak punya indikator" in teks
    ditolak: Kebijakan = KEBIJAKAN.dengan(
        {"jembatan.pp_46_2011_pembagi_aspek_kurang": {"2014-01-01": {1: None}}}
    )
    assert lihat(nilai(susun([o]), ditolak))["0" * 18]["rata_kegiatan"] is None


def test_arah_indikator_dijelaskan_hanya_bila_dicerminkan() -> None:
    searah, terbalik = rapi(), ganti(rapi(), 0, polaritas="min", realisasi=9)
    hasil = nilai(susun([searah, terbalik]), KEBIJAKAN)
    assert "Realisasi searah aspek" not in str(hasil.jelaskan("0" * 18))
    teks = str(hasil.jelaskan(f"{1:018d}"))
    assert "Realisasi searah aspek" in teks
    assert "15 ÷ 12 × 100" in teks  # 9 of at most 12 reads as 15


def test_bobot_penilai_rata_rata_tertimbang() -> None:
    perilaku = {(a, p): v for a in BERAKHLAK for p, v in (("atasan", 90), ("rekan", 109), ("bawahan", 1))}
    k = KEBIJAKAN.dengan({"jembatan.pp_46_2011_bobot_penilai": {"2014-01-01": {"atasan": 3, "rekan": 2}}})
    langkah = lihat(nilai(susun([rapi(perilaku=perilaku)]), k))["0" * 18]
    assert langkah["nilai_perilaku"] == skala(Fraction(3 * 90 + 2 * 109, 5))


def test_celah_dijelaskan_dengan_kata_biasa() -> None:
    """An explanation says where a value between two bands goes, not the name of the setting."""
    for celah, kata in (
        ("langit", "naik ke batas di atasnya"),
        ("lantai", "turun ke batas di bawahnya"),
        ("setengah_ke_atas", "ke batas yang terdekat"),
    ):
        k = (
            KEBIJAKAN
            if celah == "langit"
            else KEBIJAKAN.dengan({f"{BERKAS}.celah_predikat": {"2014-01-01": celah}})
        )
        langkah = nilai(susun([{**KOSONG}]), k).jelaskan("0" * 18).langkah
        (satu,) = [x for x in langkah if x.label == "Nilai yang menentukan predikat"]
        assert f"(di celah pita predikat: {kata})" in satu.dengan_nilai
