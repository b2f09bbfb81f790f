"""KMK 127/2026 against a literal oracle in Fractions, from the single indicator to the predikat."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from penghitung_kmk127 import baris_k3, isi, jalankan, kolom, nkp
from takaran import banyak
from test_pecahan import setengah_ke_atas

from kinerja.aturan import Graf, Teks, keterangan, tulis
from kinerja.contoh import buat_contoh
from kinerja.data.skema import BERAKHLAK, HUKUMAN
from kinerja.iki.capaian import hitung_capaian
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import dari_kategori
from kinerja.regulasi import kmk127
from kinerja.regulasi.banding import ketentuan
from kinerja.regulasi.kmk127 import KONSOLIDASI, nilai, tanpa_nilai, temuan

KEBIJAKAN = kebijakan("2026-12-31")
P = kmk127.parameter_kmk(KEBIJAKAN)
SEMUA_GRAF = [
    *kmk127.GRAF_CAPAIAN.values(),
    kmk127.GRAF_KEADAAN,
    kmk127.GRAF_K3,
    *kmk127.GRAF_DASAR_BOBOT.values(),
    kmk127.GRAF_BOBOT,
    kmk127.GRAF_PENILAI,
    kmk127.GRAF_PERILAKU,
    *kmk127.GRAF_HUKUMAN.values(),
    kmk127.GRAF_PEGAWAI,
    kmk127.GRAF_ORGANISASI,
    kmk127.GRAF_PERSPEKTIF,
    kmk127.GRAF_NKO_PERSPEKTIF,
]


def pecah(x: Any) -> Fraction | None:
    return None if x is None or x != x else Fraction(Decimal(repr(float(x))))


# -- the oracle: the decree as the fact sheet words it, one value at a time --------------------------------------


def o_capaian(b: Mapping[str, Any]) -> Fraction | None:
    t, r, w = (pecah(b[k]) for k in ("target", "realisasi", "terburuk"))
    if t is None or r is None or b["rumus"].startswith("rentang"):
        return None
    arah = b["polaritas"]
    mentah: Fraction | None
    if arah == "maks":
        mentah = None if t == 0 else (1 + (1 - r / t)) * 100 if t < 0 else r / t * 100
        terpenuhi = r >= t
    elif arah == "min":
        if t == 0:
            mentah = (w - r) / w * 100 if w is not None and w > 0 else None
        else:
            mentah = (1 + (1 - r / t)) * 100 if t > 0 else None
        terpenuhi = r <= t
    else:
        terpenuhi = r == t
        mentah = None
        if t > 0:
            ca = r / t * 100 if r <= t else 200 - r / t * 100
            mentah = ca / 90 * 100 if ca <= 90 else 100 + (ca - 90) / 10 * 20
    if b["target_maksimum"] and terpenuhi:
        return Fraction(120)
    return None if mentah is None else min(Fraction(120), max(Fraction(0), mentah))


KUALITAS = {
    ("exact", "low"): "1.2",
    ("exact", "moderate"): "1.15",
    ("proxy", "low"): "1.1",
    ("proxy", "moderate"): "1",
    ("proxy", "high"): "0.9",
    ("activity", "moderate"): "0.8",
    ("activity", "high"): "0.6",
}


def o_tabel_15(
    arah: str, t: Fraction | None, t1: Fraction | None, r1: Fraction | None, bacaan: str
) -> Fraction | None:
    if t is None or t1 is None or r1 is None:
        return None
    if arah == "stabil":
        return Fraction(1) if bacaan == "kinerja_app" else None
    if arah == "min":
        t, t1, r1 = -t, -t1, -r1
    if bacaan == "simulator" and r1 <= t1:
        return Fraction("0.8") if r1 < t1 and t >= t1 else None
    if t < t1:
        return Fraction("0.8")
    if t == t1:
        return Fraction("0.9") if r1 > t1 else Fraction(1)
    if t < r1:
        return Fraction(1)
    return Fraction("1.1") if t == r1 else Fraction("1.2")


def o_target(b: Mapping[str, Any], bacaan: str) -> Fraction | None:
    match b["keadaan_target"]:
        case "peraturan" | "penilaian_kementerian" | "stabil_dua_tahun":
            return Fraction("1.2")
        case "baru" | "stabilize":
            return Fraction(1)
        case x if not isinstance(x, str):  # an empty cell
            return None
    dasar = o_tabel_15(
        b["polaritas"], *(pecah(b[k]) for k in ("target", "target_lalu", "realisasi_lalu")), bacaan
    )
    if dasar is None or b["keadaan_target"] == "lama":
        return dasar
    return max(dasar, Fraction(1))


def o_k3(b: Mapping[str, Any], bacaan: str) -> Fraction | None:
    kualitas, target = KUALITAS.get((b["validitas"], b["kendali"])), o_target(b, bacaan)
    return None if kualitas is None or target is None else (Fraction(kualitas) + target) / 2


def o_nhk(iki: list[dict[str, Any]], setelan: Mapping[str, str]) -> Fraction | None:
    butir = []
    for b in iki:
        capaian, k3 = o_capaian(b), o_k3(b, setelan["bacaan_tabel_15"])
        nkc = None if capaian is None or k3 is None else min(Fraction(120), capaian * k3)
        if nkc is None and setelan["iki_tanpa_capaian"] == "tidak_dihitung":
            continue
        butir.append((nkc, k3, Fraction(b["hari"])))
    if not butir or any(nkc is None for nkc, *_ in butir):
        return None
    hari = sum(h for *_, h in butir)
    bobot = []
    for _, k3, h in butir:
        assert k3 is not None
        if setelan["pembulatan_antara"] == "bertahap":
            bobot.append(setengah_ke_atas(k3 * setengah_ke_atas(h / hari, 2), 2) if hari else None)
        else:
            bobot.append(k3 * h)
    if any(x is None for x in bobot) or not sum(bobot):
        return None
    return Fraction(sum(n * x for (n, *_), x in zip(butir, bobot, strict=True)) / sum(bobot))


def o_kalibrasi(x: Fraction | None, jabatan: str) -> Fraction | None:
    if x is None or x <= 100 or jabatan == "madya":
        return x
    return 100 + (x - 100) * 15 / 20


KATEGORI = dict(zip(HUKUMAN, ["ringan"] * 3 + ["sedang"] * 3 + ["berat"] * 3, strict=True))
BERAT = {"ringan": (1, 10, 2), "sedang": (2, 25, 3), "berat": (3, 40, 4)}


def o_hukdis(hukuman: list[dict[str, Any]], tahun: int, triwulan: int | None) -> Fraction:
    berlaku = []
    for h in hukuman:
        peringkat, persen, lama = BERAT[KATEGORI[h["jenis"]]]
        sejak = 4 * (tahun - h["mulai"].year) + (triwulan or 0) - (h["mulai"].month + 2) // 3
        if h["mulai"].year == tahun if triwulan is None else 0 <= sejak < lama:
            skor = pecah(h["skor_mpjhd"])
            assert skor is not None
            berlaku.append((peringkat, skor, skor * persen / 100))
    return max(berlaku)[2] if berlaku else Fraction(0)


KUADRAN = {
    ("di_atas", "di_atas"): "sangat_baik",
    ("di_atas", "sesuai"): "baik",
    ("sesuai", "di_atas"): "baik",
    ("sesuai", "sesuai"): "baik",
    ("di_atas", "di_bawah"): "kurang",
    ("sesuai", "di_bawah"): "kurang",
    ("di_bawah", "di_atas"): "butuh_perbaikan",
    ("di_bawah", "sesuai"): "butuh_perbaikan",
    ("di_bawah", "di_bawah"): "sangat_kurang",
}


def o_cabang(x: Fraction | None, nko: Fraction | None, tingkat: int) -> Fraction | None:
    if x is None or nko is None:
        return None
    w = Fraction({1: 50, 2: 30}[tingkat] if x >= nko else 10, 100)
    return (1 - w) * x + w * nko


def o_rating(x: Fraction | None) -> str | None:
    return None if x is None else "di_atas" if x > 100 else "sesuai" if x >= 90 else "di_bawah"


def o_pegawai(
    nhk: Fraction | None,
    npk: Fraction | None,
    jabatan: str,
    penyesuaian: Fraction,
    nko: Fraction | None,
    tingkat: int,
) -> dict[str, Any]:
    hasil, perilaku = o_kalibrasi(nhk, jabatan), o_kalibrasi(npk, jabatan)

    def sesuaikan(x: Fraction | None) -> Fraction | None:
        return None if x is None else min(Fraction(120), max(Fraction(0), x + penyesuaian))

    awal = None if hasil is None or perilaku is None else hasil * 75 / 100 + perilaku * 25 / 100
    akhir = [o_cabang(sesuaikan(x), nko, tingkat) for x in (awal, hasil, perilaku)]
    rating = o_rating(akhir[1]), o_rating(akhir[2])
    return {
        "nhk": nhk,
        "npk": npk,
        "nkp_awal": awal,
        "nkp": akhir[0],
        "nhk_akhir": akhir[1],
        "npk_akhir": akhir[2],
        "rating_hasil": rating[0],
        "rating_perilaku": rating[1],
        "predikat": None if None in rating else KUADRAN[rating],  # type: ignore[index]
    }


# -- tables that hold everything the decree asks for --------------------------------------------------------------


def tabel_acak(benih: int, orang: int = 4) -> dict[str, pd.DataFrame]:
    """Small tables with all columns that replace a bridge; edges are frequent."""
    a = random.Random(benih)

    def angka(*tepi: Any) -> Any:
        return a.choice([*tepi, round(a.uniform(1, 130), a.randrange(5))])

    nip = [f"{i:018d}" for i in range(orang)]
    jenis = [a.choice([("jpt", "madya"), ("jpt", "Pratama"), ("pelaksana", None)]) for _ in nip]
    pegawai = pd.DataFrame(
        {
            "nip": nip,
            "opd": [a.choice("XY") for _ in nip],
            "jenis_jabatan": [j for j, _ in jenis],
            "jenjang": [j for _, j in jenis],
            "atasan": [None, *(a.choice(nip[:i]) for i in range(1, orang))],
            "tingkat_jabatan": [a.choice([1, 2]) for _ in nip],
            "koreksi": [a.choice([0, -5, 5, -9, 7, 2.5]) for _ in nip],
        }
    )
    iki = []
    for i in range(orang):
        for j in range(a.choice([0, 1, 3, 5])):
            arah = a.choice(["maks", "maks", "min", "stabil"])
            lalu = angka(100)
            target = angka(100, 0, -10, lalu)
            iki.append(
                {
                    "rhk": f"R{i}",
                    "aspek": a.choice(["kuantitas", "kualitas", "waktu", "biaya"]),
                    "indikator": f"I{j}",
                    "satuan": "x",
                    "polaritas": arah,
                    "rumus": a.choice([arah.replace("min", "min_rasio")] * 9 + ["rentang_maks"]),
                    "target": target,
                    "target_atas": np.nan,
                    "realisasi": angka(target, target * 1.2, target * 0.9, *[np.nan] * (a.random() < 0.1)),
                    "terburuk": angka(np.nan, 0, 120),
                    "target_maksimum": a.random() < 0.2,
                    "validitas": a.choice(["exact", "proxy", "proxy", "activity"]),
                    "kendali": a.choice(["low", "moderate", "moderate", "high"]),
                    "keadaan_target": a.choice([*kmk127.KEADAAN_TARGET, "lama", "lama", "lama", None]),
                    "target_lalu": angka(lalu, target, np.nan),
                    "realisasi_lalu": angka(lalu, target, lalu + 1),
                    "hari": a.choice([365, 365, 200, 31, 0]),
                }
            )
    perilaku = [
        {"nip": n, "aspek": s, "penilai": p, "nilai": angka(100, 90, 120)}
        for n in nip
        for s in BERAKHLAK[: 7 if a.random() < 0.8 else 6]
        for p in a.sample(["atasan", "rekan", "bawahan"], a.choice([1, 2, 3]))
    ]
    hukuman = [
        {
            "nip": a.choice(nip),
            "jenis": a.choice(HUKUMAN),
            "mulai": pd.Timestamp(2025 + a.randrange(2), a.randrange(1, 13), 5),
            "skor_mpjhd": angka(16, 57, 400),
        }
        for _ in range(a.choice([0, 1, 4]))
    ]
    return {
        "pegawai": pegawai,
        "rhk": pd.DataFrame({"id": [f"R{i}" for i in range(orang)], "nip": nip}),
        "iki": pd.DataFrame(iki, columns=KOLOM_IKI).astype({"target_maksimum": bool}),
        "perilaku": pd.DataFrame(perilaku, columns=["nip", "aspek", "penilai", "nilai"]),
        "hukuman": pd.DataFrame(hukuman, columns=["nip", "jenis", "mulai", "skor_mpjhd"]),
        "opd": pd.DataFrame({"kode": ["X", "Y"], "nko": [angka(100, 90), angka(np.nan, 110)]}),
        "iku": pd.DataFrame(columns=["opd", "indikator", *KOLOM_UKURAN]),
    }


KOLOM_UKURAN = ["polaritas", "rumus", "target", "target_atas", "realisasi", "terburuk", "target_maksimum"]
KOLOM_IKI = [
    *("rhk", "aspek", "indikator", "satuan", *KOLOM_UKURAN),
    *("validitas", "kendali", "keadaan_target", "target_lalu", "realisasi_lalu", "hari"),
]
SETELAN = [
    {"bacaan_tabel_15": b, "pembulatan_antara": r, "iki_tanpa_capaian": k}
    for b in ("kinerja_app", "simulator")
    for r in ("tepat", "bertahap")
    for k in ("belum_diketahui", "tidak_dihitung")
]


def o_semua(
    tabel: Mapping[str, pd.DataFrame], setelan: Mapping[str, str], tahun: int, triwulan: int | None
) -> dict[str, dict[str, Any]]:
    pegawai = tabel["pegawai"].to_dict("records")
    iki = tabel["iki"].astype(object).to_dict("records")
    hukuman = tabel["hukuman"].to_dict("records")
    hukdis = {
        p["nip"]: o_hukdis([h for h in hukuman if h["nip"] == p["nip"]], tahun, triwulan) for p in pegawai
    }
    nko = {o["kode"]: pecah(o["nko"]) for o in tabel["opd"].to_dict("records")}
    hasil = {}
    for i, p in enumerate(pegawai):
        per_aspek: dict[str, list[Fraction]] = {}
        for b in tabel["perilaku"].to_dict("records"):
            if b["nip"] == p["nip"]:
                per_aspek.setdefault(b["aspek"], []).append(pecah(b["nilai"]))  # type: ignore[arg-type]
        npk = (
            sum((sum(v) / len(v) for v in per_aspek.values()), Fraction()) / 7
            if len(per_aspek) == 7
            else None
        )
        dampak = sum((hukdis[q["nip"]] for q in pegawai if q["atasan"] == p["nip"]), Fraction()) / 20
        koreksi = max(Fraction(-5), min(Fraction(5), pecah(p["koreksi"]) or Fraction(0)))
        hasil[p["nip"]] = o_pegawai(
            o_nhk([b for b in iki if b["rhk"] == f"R{i}"], setelan),
            npk,
            str(p["jenjang"]),
            koreksi - hukdis[p["nip"]] - min(Fraction(5), dampak),
            nko[p["opd"]],
            p["tingkat_jabatan"],
        )
    return hasil


@settings(max_examples=banyak(16), deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10**9), st.sampled_from(SETELAN), st.sampled_from([None, 1, 2, 3, 4]))
def test_semuanya_sama_dengan_oracle(benih: int, setelan: dict[str, str], triwulan: int | None) -> None:
    tabel = tabel_acak(benih, 16)
    periode = "2026" if triwulan is None else f"2026-TW{triwulan}"
    pakai = {k: v for k, v in setelan.items() if P[k].nilai != v}
    akhir = nilai(tabel, KEBIJAKAN, periode, **pakai).pegawai
    for i, (nip, harap) in enumerate(o_semua(tabel, setelan, 2026, triwulan).items()):
        assert akhir.kunci[i] == nip
        assert {n: akhir[n].satu(i) for n in harap} == harap
    tanpa = tanpa_nilai(tabel, KEBIJAKAN, periode, **pakai)
    assert set(tanpa["nip"]) == {n for i, n in enumerate(akhir.kunci) if akhir["predikat"].satu(i) is None}
    assert (tanpa["alasan"] != "").all()


@settings(max_examples=banyak(12), deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10**9))
def test_capaian_dan_temuan(benih: int) -> None:
    """Exact against the oracle; rounded, the same as `hitung_capaian`; every empty cell has its finding."""
    tabel = tabel_acak(benih, 16)
    iki = tabel["iki"].merge(tabel["rhk"].rename(columns={"id": "rhk"}), on="rhk", how="left")
    kunci = pd.MultiIndex.from_frame(iki[["nip", "rhk", "aspek", "indikator"]])
    tingkat, capaian = kmk127._capaian(iki, kunci, P)
    baris = iki.astype(object).to_dict("records")
    assert isi(capaian) == [o_capaian(b) for b in baris]
    assert sum(len(h.kunci) for h in tingkat) == sum(not b["rumus"].startswith("rentang") for b in baris)
    polos = iki.assign(rumus=iki["polaritas"].map(dict(kmk127._RUMUS_POLARITAS)))
    rata = hitung_capaian(polos, KEBIJAKAN, kmk127.BERKAS_CAPAIAN)["capaian"].to_numpy()
    for i, b in enumerate(baris):
        if not b["rumus"].startswith("rentang"):
            f = capaian.satu(i)
            np.testing.assert_equal(rata[i], np.nan if f is None else float(setengah_ke_atas(f, 2)))
    butir = next(h for h in nilai(tabel, KEBIJAKAN).tingkat if "k3" in h.graf.aturan)
    kosong = [k for i, k in enumerate(butir.kunci) if butir["nkc"].satu(i) is None]
    hasil = temuan(tabel, KEBIJAKAN)
    assert set(zip(hasil["nip"], hasil["indikator"], strict=True)) == {(k[0], k[3]) for k in kosong}
    assert hasil["temuan"].notna().all()


@settings(max_examples=banyak(5), deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10**9))
def test_urutan_dan_teman_tidak_berpengaruh(benih: int) -> None:
    tabel = tabel_acak(benih)
    utuh = nilai(tabel, KEBIJAKAN, "2026").tabel()
    kacau = {n: t.sample(frac=1, random_state=benih % 2**32) for n, t in tabel.items()}
    acak = nilai(kacau, KEBIJAKAN, "2026").tabel()
    assert list(acak.index) == list(kacau["pegawai"]["nip"])
    pd.testing.assert_frame_equal(acak.loc[utuh.index], utuh)
    tabel["hukuman"] = tabel["hukuman"].iloc[:0]
    utuh = nilai(tabel, KEBIJAKAN, "2026").tabel()
    sendiri = [
        nilai({**tabel, "pegawai": tabel["pegawai"].iloc[i : i + 1]}, KEBIJAKAN, "2026").tabel()
        for i in range(len(utuh))
    ]
    pd.testing.assert_frame_equal(pd.concat(sendiri), utuh)


@settings(max_examples=banyak(30), deadline=None)
@given(
    st.lists(st.sampled_from([None, *kmk127.KEADAAN_TARGET]), min_size=1, max_size=5),
    st.lists(st.integers(-3, 3), min_size=3, max_size=3),
    st.sampled_from(["maks", "min", "stabil"]),
    st.sampled_from(["kinerja_app", "simulator"]),
)
def test_bobot_target(keadaan: list[str | None], angka: list[int], arah: str, bacaan: str) -> None:
    """Small whole numbers: every relation of target, last target and last realisasi occurs."""
    urut = ("target", "target_lalu", "realisasi_lalu")
    baris: list[Any] = [
        {"keadaan_target": k, "polaritas": arah, **dict(zip(urut, map(str, angka), strict=True))}
        for k in keadaan
        if k is not None
    ]
    if not baris:
        return
    p = kmk127.parameter_kmk(KEBIJAKAN, **({} if bacaan == "kinerja_app" else {"bacaan_tabel_15": bacaan}))
    hasil = baris_k3(baris, p, "bobot_kualitas_target")
    penuh = [{**b, "validitas": "proxy", "kendali": "moderate"} for b in baris]
    assert isi(hasil["bobot_kualitas_target"]) == [o_target(b, bacaan) for b in penuh]


@given(
    st.sampled_from(KONSOLIDASI),
    st.lists(
        st.tuples(st.booleans(), st.one_of(st.none(), st.decimals(-1000, 1000, places=4))),
        min_size=1,
        max_size=4,
    ),
)
def test_konsolidasi(cara: str, triwulan: list[tuple[bool, Decimal | None]]) -> None:
    hasil = kmk127.konsolidasi(
        [kolom([v, 1]) for _, v in triwulan],
        [np.array([ada, True]) for ada, _ in triwulan],
        dari_kategori([KONSOLIDASI.index(cara), -1], KONSOLIDASI),
    )
    ikut = [v for ada, v in triwulan if ada]
    harap = None
    if ikut and None not in ikut:
        angka = [Fraction(v) for v in ikut]  # type: ignore[arg-type]
        harap = {"jumlah": sum(angka), "rata_rata": sum(angka) / len(angka), "tlkv": angka[-1]}[cara]
    assert isi(hasil) == [harap, None]


def test_npk_tahunan_rata_rata_triwulan_terisi() -> None:
    triwulan = [kolom(["100", None]), kolom([None, None]), kolom(["90.5", None]), kolom(["101", None])]
    cara = dari_kategori([1, 1], KONSOLIDASI)
    hasil = kmk127.konsolidasi(triwulan, [t.tahu for t in triwulan], cara)
    assert isi(hasil) == [Fraction("291.5") / 3, None]


# -- edges -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tepi", ["90", "100"])
@pytest.mark.parametrize("geser", ["-0.0001", "0", "0.0001"])
def test_tepi_rating(tepi: str, geser: str) -> None:
    """NHK = NPK = NKO: whatever the branch, the result is that number, and exactly 90 and 100 are SE."""
    x = str(Decimal(tepi) + Decimal(geser))
    hasil = nkp([{"nhk": x, "npk": x, "nko": x, "tingkat": t} for t in "12"], P, "nkp", "predikat")
    assert isi(hasil["nkp"]) == isi(hasil["nhk_akhir"]) == [Fraction(Decimal(x))] * 2
    harap = o_rating(Fraction(Decimal(x)))
    assert isi(hasil["rating_hasil"]) == isi(hasil["rating_perilaku"]) == [harap] * 2
    assert isi(hasil["predikat"]) == [KUADRAN[harap, harap]] * 2  # type: ignore[index]


@pytest.mark.parametrize(("nhk", "bobot"), [("99.9999", [10, 10]), ("100", [50, 30]), ("100.0001", [50, 30])])
def test_tepi_cabang_nko(nhk: str, bobot: list[int]) -> None:
    hasil = nkp([{"nhk": nhk, "npk": nhk, "nko": "100", "tingkat": t} for t in "12"], P, "nkp", "predikat")
    for nama in ("bobot_nko_nkp", "bobot_nko_nhk", "bobot_nko_npk"):
        assert isi(hasil[nama]) == bobot


@pytest.mark.parametrize(
    ("nhk", "golongan", "harap"),
    [
        ("99.9999", "pelaksana", "99.9999"),
        ("100", "pelaksana", "100"),
        ("100.0001", "pelaksana", "100.000075"),
        ("120", "pimpinan_tinggi_pratama", "115"),
        ("120", "pimpinan_tinggi_madya", "120"),
        ("120", "menteri", "120"),
        ("120", "wakil_menteri", "120"),
        ("99", "pimpinan_tinggi_utama", None),
    ],
)
def test_kalibrasi(nhk: str, golongan: str, harap: str | None) -> None:
    kode = kmk127.GOLONGAN_JABATAN.index(golongan)
    masukan = {"nhk": kolom([nhk]), "npk": kolom([nhk])}
    hasil = jalankan(
        kmk127.GRAF_PEGAWAI,
        {**masukan, "golongan_jabatan": dari_kategori([kode], kmk127.GOLONGAN_JABATAN)},
        P,
        "nkp_awal",
    )
    for nama in ("nhk_kalibrasi", "npk_kalibrasi"):
        assert isi(hasil[nama]) == [None if harap is None else Fraction(Decimal(harap))]


@pytest.mark.parametrize(
    ("k3", "harap"),
    [("0.9999", "cukup_berkualitas"), ("1", "berkualitas"), ("1.0001", "sangat_berkualitas")],
)
def test_sebutan_k3(k3: str, harap: str) -> None:
    hasil = jalankan(kmk127.GRAF_K3, {"k3": kolom([k3]), "capaian": kolom(["120"])}, P, "mutu_k3", "nkc")
    assert isi(hasil["mutu_k3"]) == [harap]
    assert isi(hasil["nkc"]) == [min(Fraction(120), 120 * Fraction(Decimal(k3)))]


@pytest.mark.parametrize(
    ("celah", "harap"),
    [
        ("tidak_diatur", ["buruk", None, "kurang", None, "cukup", None, "baik", "sangat_baik"]),
        ("ke_atas", ["buruk", "kurang", "kurang", "cukup", "cukup", "baik", "baik", "sangat_baik"]),
        ("ke_bawah", ["buruk", "buruk", "kurang", "kurang", "cukup", "cukup", "baik", "sangat_baik"]),
    ],
)
def test_sebutan_nko_di_tepi(celah: str, harap: list[str | None]) -> None:
    p = kmk127.parameter_kmk(KEBIJAKAN, **({} if celah == "tidak_diatur" else {"celah_label_nko": celah}))
    nko = kolom(["79.9999", "80", "80.0001", "90", "90.0001", "100", "109.9999", "110"])
    hasil = jalankan(kmk127.GRAF_ORGANISASI, {"nko": nko}, p, "sebutan_nko")
    assert isi(hasil["sebutan_nko"]) == harap
    assert p["label_nko"].status == ("sekunder" if celah == "tidak_diatur" else "asumsi")


@settings(max_examples=banyak(12), deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10**6), st.lists(st.decimals(0, 150, places=4), min_size=2, max_size=30), st.booleans())
def test_searah_dengan_realisasi(benih: int, realisasi: list[Decimal], naik: bool) -> None:
    """The same employee many times, with one indicator realised better and better: nothing ever falls."""
    satu = tabel_acak(benih, 1)
    b = dict.fromkeys(KOLOM_IKI, np.nan) | {
        "aspek": "biaya",
        "indikator": "baru",
        "polaritas": "maks" if naik else "min",
        "rumus": "maks" if naik else "min_selisih",
        "target": 80.0,
        "target_maksimum": benih % 2 == 0,
        "validitas": "proxy",
        "kendali": "low",
        "keadaan_target": "baru",
        "hari": 100,
    }
    nip = [f"{i:018d}" for i in range(len(realisasi))]
    iki = pd.concat(
        [
            pd.concat([satu["iki"], pd.DataFrame([{**b, "realisasi": float(r)}])]).assign(rhk=n)
            for n, r in zip(nip, sorted(realisasi, reverse=not naik), strict=True)
        ],
        ignore_index=True,
    )
    tabel = {
        **satu,
        "pegawai": pd.concat([satu["pegawai"]] * len(nip), ignore_index=True).assign(nip=nip, atasan=None),
        "rhk": pd.DataFrame({"id": nip, "nip": nip}),
        "iki": iki[KOLOM_IKI].astype({"target_maksimum": bool}),
        "perilaku": pd.concat([satu["perilaku"].assign(nip=n) for n in nip], ignore_index=True),
        "hukuman": satu["hukuman"].iloc[:0],
        "opd": pd.DataFrame({"kode": ["X", "Y"], "nko": 95.5}),
    }
    akhir = nilai(tabel, KEBIJAKAN, "2026", iki_tanpa_capaian="tidak_dihitung").pegawai
    for nama in ("nhk", "nhk_kalibrasi", "nkp_awal", "nkp", "nhk_akhir"):
        if None not in (angka := isi(akhir[nama])):
            assert angka == sorted(angka)
    assert None not in isi(akhir["nhk_akhir"])


def test_dampak_dan_hukuman_yang_dihitung() -> None:
    """The heaviest category counts, then the score, whatever the order; a superior carries five percent."""
    tabel = tabel_acak(5, 3)
    pegawai = tabel["pegawai"].assign(atasan=[None, *["0" * 18] * 2], koreksi=0)
    nip = list(pegawai["nip"])
    baris = [(1, "pernyataan_tidak_puas", 110.0), (1, "potong_tukin_6_bulan", 38.0)]
    baris += [
        (1, "potong_tukin_12_bulan", 57.0),
        (1, "potong_tukin_9_bulan", 40.0),
        (2, "pemberhentian", 65.0),
    ]
    hukuman = pd.DataFrame(
        [(nip[i], j, pd.Timestamp("2026-05-01"), s) for i, j, s in baris], columns=tabel["hukuman"].columns
    )
    for urut in (hukuman, hukuman.iloc[::-1]):
        akhir = nilai({**tabel, "pegawai": pegawai, "hukuman": urut}, KEBIJAKAN, "2026-06").pegawai
        assert isi(akhir["nilai_hukdis"]) == [0, Fraction("14.25"), 26]
        assert isi(akhir["penyesuaian"]) == [-Fraction("40.25") / 20, -Fraction("14.25"), -26]
    # an unknown score of the highest category leaves the deduction unknown
    kosong = hukuman.assign(skor_mpjhd=hukuman["skor_mpjhd"].mask(hukuman["jenis"] == "potong_tukin_9_bulan"))
    tabel = {**tabel, "pegawai": pegawai, "hukuman": kosong}
    assert isi(nilai(tabel, KEBIJAKAN, "2026").pegawai["nilai_hukdis"]) == [0, None, 26]
    alasan = tanpa_nilai(tabel, KEBIJAKAN, "2026").set_index("nip")["alasan"]
    assert alasan[nip[1]].endswith("koreksi atau skor hukuman belum diketahui")


# -- findings and reasons ----------------------------------------------------------------------------------------


def tabel_contoh_kecil() -> dict[str, pd.DataFrame]:
    """Sample tables without any column beyond the workbook's: everything goes over the bridges."""
    return buat_contoh("sumbar", pegawai=60)


def test_sel_tidak_diperbolehkan_menjadi_temuan() -> None:
    tabel = tabel_contoh_kecil()
    iki = (
        tabel["iki"]
        .iloc[:4]
        .assign(
            validitas=["exact", "activity", "proxy", None],
            kendali=["high", "low", "high", "low"],
            target_lalu=[np.nan, 90.0, 90.0, 90.0],
            realisasi_lalu=[90.0, 80.0, 80.0, 80.0],
        )
    )
    iki.loc[3, ["rumus", "realisasi"]] = ["rentang_maks", 1.0]
    iki["keadaan_target"] = ["lama", "lama", "baru", None]
    tabel["iki"] = iki
    hasil = temuan(tabel, KEBIJAKAN, bacaan_tabel_15="simulator")
    assert list(hasil["temuan"]) == [
        "validitas exact dengan kendali high tidak diperbolehkan (Tabel 14); perbaiki indikatornya",
        "target atau realisasi tahun lalu belum diketahui",
        "validitas activity dengan kendali low tidak diperbolehkan (Tabel 14); perbaiki indikatornya",
        "capaian belum diketahui: target berupa rentang tidak diatur KMK 127/2026",
        "validitas atau kendali belum diisi",
        "keadaan target belum diisi",
    ]
    iki.loc[1, "target"] = 50.0
    iki.loc[1, "polaritas"] = "maks"
    pesan = list(temuan({**tabel, "iki": iki}, KEBIJAKAN, bacaan_tabel_15="simulator")["temuan"])
    assert "Tabel 15 baris 31 belum ditetapkan (KMK 127/2026 Tabel 15, bacaan simulator)" in pesan


def test_alasan_tanpa_nilai() -> None:
    tabel = tabel_contoh_kecil()
    nip = list(tabel["pegawai"]["nip"])
    milik = tabel["rhk"].set_index("id")["nip"]
    iki = tabel["iki"].assign(hari=365.0)
    pemilik = iki["rhk"].map(milik)
    iki.loc[pemilik == nip[1], "realisasi"] = np.nan
    iki.loc[pemilik == nip[2], "hari"] = 0.0
    pegawai = tabel["pegawai"].assign(tingkat_jabatan=1.0, koreksi=0.0)
    pegawai.loc[3, "tingkat_jabatan"] = np.nan
    pegawai.loc[4, "koreksi"] = np.nan
    pegawai["jenjang"] = pegawai["jenjang"].mask(pegawai.index == 0, "utama")
    lain = pegawai["opd"].iloc[-1]
    tabel |= {
        "iki": iki[pemilik != nip[5]],
        "pegawai": pegawai,
        "opd": tabel["opd"].assign(nko=np.where(tabel["opd"]["kode"] == lain, np.nan, 50.0)),
        "perilaku": tabel["perilaku"].query("nip != @nip[5] or aspek != 'loyal'"),
    }
    alasan = tanpa_nilai(tabel, KEBIJAKAN).set_index("nip")["alasan"]
    assert [alasan[n] for n in nip[:6]] == [
        "golongan jabatan atau kalibrasinya tidak diketahui",
        "ada indikator tanpa nilai (lihat temuan)",
        "hari berlaku indikatornya kosong atau nol",
        "tingkat jabatan belum diketahui",
        "koreksi atau skor hukuman belum diketahui",
        "belum punya indikator (IKI); nilai perilaku belum lengkap",
    ]
    assert (alasan[pegawai.loc[pegawai["opd"] == lain, "nip"]] == "NKO unitnya belum diketahui").all()
    assert len(alasan) == 6 + (pegawai["opd"] == lain).sum()


def test_tanpa_capaian_tidak_dihitung() -> None:
    """The named setting leaves such an indicator out; its weight goes to the others."""
    tabel = tabel_contoh_kecil()
    satu = tabel["rhk"]["nip"].iloc[0]
    punya = tabel["iki"]["rhk"].isin(tabel["rhk"].loc[tabel["rhk"]["nip"] == satu, "id"])
    iki = tabel["iki"][punya].reset_index(drop=True)
    kosong = {**tabel, "iki": iki.assign(realisasi=iki["realisasi"].mask(iki.index == 0))}
    assert nilai(kosong, KEBIJAKAN).pegawai["nhk"].satu(0) is None
    lewat = nilai(kosong, KEBIJAKAN, iki_tanpa_capaian="tidak_dihitung").pegawai["nhk"].satu(0)
    assert lewat == nilai({**tabel, "iki": iki.iloc[1:]}, KEBIJAKAN).pegawai["nhk"].satu(0)


def test_tabel_kosong() -> None:
    """Nothing recorded: everyone is named with what is missing; nobody at all gives an empty result."""
    penuh = tabel_contoh_kecil()
    kosong = {n: t.iloc[:0] for n, t in penuh.items()} | {"opd": penuh["opd"], "pegawai": penuh["pegawai"]}
    assert nilai(kosong, KEBIJAKAN, "2022").tabel()["predikat"].isna().all()
    alasan = "belum punya indikator (IKI); nilai perilaku belum lengkap; NKO unitnya belum diketahui"
    assert set(tanpa_nilai(kosong, KEBIJAKAN, "2022")["alasan"]) == {alasan}
    assert temuan(kosong, KEBIJAKAN).empty
    kosong["pegawai"] = penuh["pegawai"].iloc[:0]
    assert len(nilai(kosong, KEBIJAKAN, "2022").tabel()) == 0
    assert tanpa_nilai(kosong, KEBIJAKAN, "2022").empty


# -- refusals ----------------------------------------------------------------------------------------------------


def test_kata_setelan_dan_periode_asing_ditolak() -> None:
    tabel = tabel_acak(1)
    with pytest.raises(GalatParameter, match=r'bacaan_tabel_15: "x" tidak dikenal\. Pilih .* atau simulator'):
        nilai(tabel, KEBIJAKAN, bacaan_tabel_15="x")
    with pytest.raises(GalatParameter, match="tidak ada parameter ini"):
        nilai(tabel, KEBIJAKAN, bacaan="simulator")
    for salah in ("2026-TW5", "2026-13", "26", "2026-TW1x"):
        with pytest.raises(ValueError, match=f'periode "{salah}" tidak dikenal. Tulis 2026, 2026-TW3'):
            nilai(tabel, KEBIJAKAN, salah)
    tabel = tabel_acak(3)
    tabel["iki"].loc[0, "validitas"] = "exak"
    with pytest.raises(
        ValueError, match=r"validitas: exak tidak dikenal\. Pilih salah satu: exact, proxy, atau"
    ):
        nilai(tabel, KEBIJAKAN)


@pytest.mark.parametrize(
    ("periode", "tahun", "triwulan"),
    [
        ("2026", 2026, None),
        ("2025-TW4", 2025, 4),
        ("2026-01", 2026, 1),
        ("2026-06", 2026, 2),
        ("2026-07", 2026, 3),
    ],
)
def test_periode(periode: str, tahun: int, triwulan: int | None) -> None:
    assert kmk127._periode({}, KEBIJAKAN, periode) == (tahun, triwulan)
    info = pd.DataFrame({"kunci": ["instansi", "periode"], "nilai": ["x", periode]})
    assert kmk127._periode({"info": info}, KEBIJAKAN, None) == (tahun, triwulan)
    assert kmk127._periode({}, KEBIJAKAN, None) == (2026, None)


def test_bobot_perspektif_belum_ditetapkan() -> None:
    tabel = pd.DataFrame(
        {"opd": ["X", "X"], "perspektif": ["stakeholder", "customer"], "nilai": [110.0, 95.5]}
    )
    with pytest.raises(GalatParameter, match=r"bobot_perspektif\.customer: nilainya belum terbukti"):
        kmk127.nilai_perspektif(tabel, KEBIJAKAN)
    with pytest.raises(ValueError, match="perspektif: pelanggan tidak dikenal"):
        kmk127.nilai_perspektif(tabel.assign(perspektif="pelanggan"), KEBIJAKAN)
    isi_bobot = {"customer": 20, "internal_process": 25, "learning_growth": 25}
    ubah = {"kmk-127-2026.bobot_perspektif": {"2026-01-01": isi_bobot}}
    hasil = kmk127.nilai_perspektif(tabel, KEBIJAKAN.dengan({"nama": "A", "alasan": "uji", "ubah": ubah}))
    assert isi(hasil.pegawai["nko"]) == [Fraction("33") + Fraction("19.1")]
    satu = kmk127.nilai_perspektif(tabel.iloc[:1], KEBIJAKAN)
    assert satu.tabel()["sebutan_nko"].tolist() == ["buruk"]


# -- the sample pemda, explanations, reforms ------------------------------------------------------------------------


def test_contoh_sumbar() -> None:
    tabel = tabel_contoh_kecil()
    hasil = nilai(tabel, KEBIJAKAN)
    t = hasil.tabel()
    assert list(t.index) == list(tabel["pegawai"]["nip"])
    assert t["predikat"].notna().all()
    assert t["predikat"].nunique() >= 2
    assert tanpa_nilai(tabel, KEBIJAKAN).empty
    assert temuan(tabel, KEBIJAKAN).empty
    assert all(h.kunci.get_level_values(0).isin(tabel["pegawai"]["nip"]).all() for h in hasil.tingkat)
    bobot = next(h for h in hasil.tingkat if "bobot_iki" in h.graf.aturan)
    per_orang = pd.Series(isi(bobot["bobot_iki"])).groupby(bobot.kunci.get_level_values(0)).sum()
    assert (per_orang == 100).all()
    organisasi = kmk127.nilai_organisasi(tabel, KEBIJAKAN)
    iku = tabel["iku"].assign(
        rumus=tabel["iku"]["polaritas"].astype(object).map({"maks": "maks", "min": "min_selisih"})
    )
    rata = hitung_capaian(iku, KEBIJAKAN, kmk127.BERKAS_CAPAIAN)["capaian"].groupby(iku["opd"]).mean()
    nko = organisasi.tabel()["nko"]
    np.testing.assert_allclose(nko[rata.index], rata, atol=0.01)
    np.testing.assert_array_equal(t["nko"], nko[tabel["pegawai"]["opd"]])
    assert "NKO unit" in str(organisasi.jelaskan("setda"))
    assert set(organisasi.tabel()["sebutan_nko"].cat.categories) >= {"baik", "cukup"}


def test_penjelasan_menyebut_dasar_setiap_langkah() -> None:
    tabel = tabel_acak(21)
    nip = tabel["pegawai"]["nip"][1]
    tabel["hukuman"] = pd.DataFrame(
        [(nip, "pemberhentian", pd.Timestamp("2026-05-01"), 65.0)], columns=tabel["hukuman"].columns
    )
    penjelasan = nilai(tabel, KEBIJAKAN).jelaskan(nip)
    dasar = " | ".join(x.dasar for x in penjelasan.langkah)
    for sumber in ("hlm. 67-70", "Tabel 14", "Tabel 15, bacaan kinerja-app", "Tabel 36", "hlm. 125-126"):
        assert sumber in dasar
    for sumber in (
        "hlm. 138-139",
        "hlm. 139",
        "hlm. 144",
        "hlm. 147",
        "Tabel 47",
        "PP 94/2021",
        "PermenPANRB 6",
    ):
        assert sumber in dasar
    label = [x.label for x in penjelasan.langkah]
    assert label[-1] == "Predikat kinerja"
    assert sum(x.startswith("K3 (kualitas") for x in label) == (tabel["iki"]["rhk"] == "R1").sum()
    lain = nilai(tabel, KEBIJAKAN, bacaan_tabel_15="simulator").jelaskan(nip)
    tabel_15 = [x for x in lain.langkah if x.label.startswith("Bobot target menurut Tabel 15")]
    assert all("bacaan simulator" in x.dasar and "belum-terverifikasi" in x.status for x in tabel_15)
    assert tabel_15


def test_jembatan_terpakai_dan_tampak() -> None:
    """Every bridge that the module names moves a number of the sample, and only as an assumption."""
    tabel = buat_contoh("sumbar", pegawai=12)
    nip = tabel["pegawai"]["nip"].iloc[-1]
    jenis = pd.Categorical(["teguran_lisan"], categories=HUKUMAN)
    tabel["hukuman"] = pd.DataFrame({"nip": [nip], "jenis": jenis, "mulai": pd.to_datetime(["2022-03-01"])})
    ubahan = {
        "validitas": {"waktu": "exact"},
        "kendali": {"waktu": "low"},
        "keadaan_target": {"min": "peraturan"},
        "hari": {"waktu": 100},
        "skala_perilaku": 0.9,
        "skor_mpjhd": {"teguran_lisan": 20},
        "tingkat_jabatan": {"pelaksana": 1, "fungsional": 2},
        "nko_dari_iku": 0.9,
        "koreksi": 1,
    }
    assert {f"jembatan.kmk127_{n}" for n in ubahan} == set(kmk127.JEMBATAN)
    dasar = nilai(tabel, KEBIJAKAN)
    assert "asumsi" in " ".join(x.status for x in dasar.jelaskan(nip).langkah)
    for nama, isi_baru in ubahan.items():
        assert KEBIJAKAN[f"jembatan.kmk127_{nama}"].status == "asumsi"
        ubah = {f"jembatan.kmk127_{nama}": {"2026-01-01": isi_baru}}
        lain = nilai(tabel, KEBIJAKAN.dengan({"nama": "Uji", "alasan": "uji", "ubah": ubah}))
        assert isi(lain.pegawai["nkp"]) != isi(dasar.pegawai["nkp"]), nama
        assert "Skenario Uji" in " ".join(x.dasar for x in lain.jelaskan(nip).langkah)


REFORMASI = [
    ("kmk-127-2026.bobot_kualitas", {"proxy": {"moderate": 1.05}}),
    ("kmk-127-2026.bobot_target_kinerja_app", {32: 1.05}),
    ("kmk-127-2026.bobot_target_khusus", {"mandatory": 1.15}),
    ("kmk-127-2026.memakai_tabel_15", {"lama": 0}),
    ("kmk-127-2026.arah_polaritas", {"maks": -1}),
    ("kmk-127-2026.nilai_tertinggi", 110),
    ("kmk-127-2026.nilai_terendah", 99),
    ("kmk-127-2026.pembulatan_antara", "bertahap"),
    ("kmk-127-2026.kalibrasi_mulai", 101),
    ("kmk-127-2026.puncak_kalibrasi", {"pelaksana": 110}),
    ("kmk-127-2026.bobot_penilai", {"atasan": 3}),
    ("kmk-127-2026.porsi_hasil", 60),
    ("kmk-127-2026.porsi_perilaku", 40),
    ("kmk-127-2026.kategori_hukuman", {"teguran_lisan": "sedang"}),
    ("kmk-127-2026.persen_hukdis", {"ringan": 20}),
    ("kmk-127-2026.persen_dampak", 10),
    ("kmk-127-2026.dampak_tertinggi", 0),
    ("kmk-127-2026.koreksi_tertinggi", 1),
    ("kmk-127-2026.bobot_nko_di_atas", {2: 35}),
    ("kmk-127-2026.bobot_nko_di_bawah", 15),
    ("capaian-kmk-127-2026.batas_capaian", {"atas": 110}),
    ("capaian-kmk-127-2026.capaian_target_maksimum", 118),
]


def tabel_reformasi() -> dict[str, pd.DataFrame]:
    """A superior and a subordinate on whom every number of the decree leaves its mark."""
    nip = ["1" * 18, "2" * 18]
    iki = [
        ("R0", "a", "maks", 100.0, 104.0, False, "baru", np.nan, np.nan, 365),
        ("R1", "a", "maks", 100.0, 140.0, False, "lama", 100.0, 90.0, 365),
        ("R1", "b", "min", 10.0, 9.0, True, "mandatory", 5.0, 4.0, 200),
        ("R1", "c", "maks", 90.0, 60.0, False, "lama", 100.0, 90.0, 365),
    ]
    kolom_iki = ["rhk", "indikator", "polaritas", "target", "realisasi", "target_maksimum"]
    kolom_iki += ["keadaan_target", "target_lalu", "realisasi_lalu", "hari"]
    return {
        "pegawai": pd.DataFrame(
            {
                "nip": nip,
                "opd": "X",
                "jenis_jabatan": "pelaksana",
                "jenjang": None,
                "atasan": [None, nip[0]],
                "koreksi": [3, 0],
            }
        ),
        "rhk": pd.DataFrame({"id": ["R0", "R1"], "nip": nip}),
        "iki": pd.DataFrame(iki, columns=kolom_iki).assign(
            aspek="waktu", rumus="maks", terburuk=np.nan, target_atas=np.nan
        ),
        "perilaku": pd.DataFrame(
            [(n, s, p, v) for n in nip for s in BERAKHLAK for p, v in (("atasan", 110.0), ("rekan", 104.0))],
            columns=["nip", "aspek", "penilai", "nilai"],
        ),
        "hukuman": pd.DataFrame(
            {"nip": [nip[1]], "jenis": "teguran_lisan", "mulai": pd.Timestamp("2026-03-01")}
        ),
        "opd": pd.DataFrame({"kode": ["X"], "nko": [101.5]}),
        "iku": pd.DataFrame(columns=["opd", "indikator", *KOLOM_UKURAN]),
    }


@pytest.mark.parametrize(("jalur", "baru"), REFORMASI, ids=[j for j, _ in REFORMASI])
def test_reformasi_mengubah_angka_dan_penjelasan(jalur: str, baru: Any) -> None:
    tabel = tabel_reformasi()
    ubah = {"nama": "Reformasi", "alasan": "uji", "ubah": {jalur: {"2026-01-01": baru}}}
    lama, kini = (nilai(tabel, k, "2026") for k in (KEBIJAKAN, KEBIJAKAN.dengan(ubah)))
    langkah = ("nkp", "nhk_akhir", "npk_akhir")
    assert [isi(lama.pegawai[n]) for n in langkah] != [isi(kini.pegawai[n]) for n in langkah]
    teks = ["\n".join(str(h.jelaskan(n)) for n in tabel["pegawai"]["nip"]) for h in (lama, kini)]
    assert "Skenario" not in teks[0]
    if not isinstance(baru, str):  # a switch chooses other rules; their article says so
        assert "Skenario Reformasi" in teks[1]
    assert teks[0] != teks[1]


def test_lama_hukdis_dan_rating_dari_parameter() -> None:
    tabel = tabel_reformasi()

    def ubah(jalur: str, isi_baru: Any) -> Any:
        return KEBIJAKAN.dengan({f"kmk-127-2026.{jalur}": {"2026-01-01": isi_baru}})

    assert nilai(tabel, KEBIJAKAN, "2026-TW3").pegawai["nilai_hukdis"].satu(1) == 0
    assert nilai(tabel, ubah("lama_hukdis", {"ringan": 3}), "2026-TW3").pegawai["nilai_hukdis"].satu(1) > 0
    rating = [{"kurang_dari": 95, "nilai": "di_bawah"}, {"paling_sedikit": 95, "nilai": "di_atas"}]
    hasil = nilai(tabel, ubah("rating", rating), "2026").tabel()
    assert "sesuai" not in set(hasil["rating_hasil"])
    assert list(hasil["predikat"].cat.categories) == [
        "sangat_baik",
        "baik",
        "butuh_perbaikan",
        "kurang",
        "sangat_kurang",
    ]
    tujuh = ubah("banyak_nilai_perilaku", 8)
    assert nilai(tabel, tujuh, "2026").tabel()["npk"].isna().all()


def test_keadaan_target_dari_riwayat() -> None:
    """Last year's columns are enough: with both known the table applies, without them the bridge."""
    tabel = tabel_reformasi()
    iki = tabel["iki"].drop(columns="keadaan_target")
    iki.loc[2, "polaritas"] = "stabil"
    butir = next(h for h in nilai({**tabel, "iki": iki}, KEBIJAKAN).tingkat if "k3" in h.graf.aturan)
    assert isi(butir["keadaan_target"]) == ["baru", "lama", "stabilize", "lama"]
    assert isi(butir["bobot_kualitas_target"]) == [1, 1, 1, Fraction("0.8")]


def test_jembatan_keadaan_target_terlihat_setiap_kali_dipakai() -> None:
    """Where only some targets have history the bridge is a step of its own, and a comparison names it."""
    tabel = tabel_reformasi()
    tabel["iki"] = tabel["iki"].drop(columns="keadaan_target")
    hasil = nilai(tabel, KEBIJAKAN)
    jalur = "jembatan.kmk127_keadaan_target"
    keadaan = next(h for h in hasil.tingkat if h.graf is kmk127.GRAF_KEADAAN)
    riwayat = tabel["iki"]["target_lalu"].notna() & tabel["iki"]["realisasi_lalu"].notna()
    assert 0 < len(keadaan.kunci) == (~riwayat).sum() < len(riwayat)
    assert jalur in ketentuan(hasil)
    langkah = [x for x in hasil.jelaskan(keadaan.kunci[0][0]).langkah if x.label.startswith("Keadaan target")]
    assert [x.hasil for x in langkah] == ["Baru"] * len(langkah)
    assert {x.status for x in langkah} == {"asumsi"}

    tabel["iki"] = tabel["iki"].assign(target_lalu=1.0, realisasi_lalu=1.0, polaritas="maks")
    hasil = nilai(tabel, KEBIJAKAN)  # history decides every target: the bridge is not used
    assert all(h.graf is not kmk127.GRAF_KEADAAN for h in hasil.tingkat)
    assert jalur not in ketentuan(hasil)


# -- every rule is fit to be shown -----------------------------------------------------------------------------------


class Polos(Teks):
    def nama(self, nama: str) -> str:
        return nama


@pytest.mark.parametrize("graf", SEMUA_GRAF, ids=lambda g: f"{g.nama} {len(g.aturan)}")
def test_graf_lengkap_dan_setiap_aturan_dapat_ditulis(graf: Graf) -> None:
    perlu = {n: set(signature(f).parameters) for n, f in graf.aturan.items()}
    semua = set().union(*perlu.values())
    assert set(graf.masukan) <= semua
    assert set(graf.nama_parameter) <= set(P)
    for i, nama in enumerate(graf.urutan):
        assert perlu[nama] & set(graf.aturan) <= set(graf.urutan[:i])
        ket = keterangan(graf.aturan[nama])
        assert ket.label
        assert ket.dasar
        assert ket.status in ("dua-sumber", "sekunder", "tafsir", "asumsi")
        assert tulis(graf.aturan[nama], Polos())
