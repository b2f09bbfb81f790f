"""PermenPANRB 8/2021 against a literal oracle on Fraction, from the workbook's tables to the predikat."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak
from test_pecahan import isi, setengah_ke_atas

from kinerja.aturan import Bertingkat, Graf, Hasil, Teks, keterangan, tulis
from kinerja.contoh import buat_contoh
from kinerja.data.baca import bertipe
from kinerja.data.skema import BERAKHLAK, JENIS_JABATAN, SKEMA
from kinerja.parameter import GalatParameter, Kebijakan, kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.penjelasan import sebutan
from kinerja.regulasi import permenpanrb8 as modul
from kinerja.regulasi.permenpanrb8 import BERKAS, JEMBATAN, KATEGORI, SUSUNAN, nilai, tanpa_nilai

KEBIJAKAN = kebijakan("2021-12-31")
P = modul.parameter(KEBIJAKAN)
SEMUA_GRAF = (
    modul.GRAF_JABATAN,
    *modul.GRAF_CAPAIAN.values(),
    *(modul.graf_iki(pimpinan=x, tingkat=t) for x in (True, False) for t in (None, 4)),
    modul.GRAF_ASPEK,
    modul.GRAF_RENCANA_PIMPINAN,
    modul.GRAF_RENCANA,
    modul.GRAF_JENIS,
    modul.GRAF_TAMBAHAN,
    modul.GRAF_CARA,
    modul.GRAF_LANGSUNG,
    modul.GRAF_TIDAK_LANGSUNG,
    modul.GRAF_UTAMA_PIMPINAN,
    modul.GRAF_UTAMA,
    modul.GRAF_SKP,
    modul.GRAF,
    modul.GRAF_PERIODIK,
    modul.GRAF_LEVEL,
    modul.GRAF_ASPEK_LEVEL,
    modul.GRAF_KLARIFIKASI,
)
Baris = dict[str, Any]
POIN = {"sangat_baik": 120, "baik": 100, "cukup": 80, "kurang": 60, "sangat_kurang": 25}
LANTAI = {None: 0, 5: 0, 4: 60, 3: 80}  # lowest level of the model pengembangan


# -- the oracle: the fact sheet, typed once more ----------------------------------------------------------


def o_capaian(i: Baris) -> Fraction | None:
    """P8-05 to P8-08."""
    t, atas, r = (
        None if i[k] is None else Fraction(str(i[k])) for k in ("target", "target_atas", "realisasi")
    )
    if i["polaritas"] == "stabil" or r is None or t is None or t < 0:
        return None
    if atas is not None:
        if atas <= 0:
            return None
        t = atas if r > atas else t if r < t else None
        if t is None:
            return Fraction(100)
    if t <= 0:
        return None
    return r / t * 100 if i["polaritas"] == "maks" else (1 + (1 - r / t)) * 100


def o_utuh(capaian: Fraction | None, tingkat: int | None) -> Fraction | None:
    return None if capaian is None else setengah_ke_atas(max(capaian, Fraction(LANTAI[tingkat])))


def o_nilai(x: Fraction | None, maksimum: bool) -> Fraction | None:
    """P8-10 to P8-16, the formulas as printed."""
    if x is None:
        return None
    if x > 110 or (maksimum and x >= 100):
        return Fraction(120)
    if x >= 101:
        return 110 + Fraction(120 - 110, 110 - 101) * (x - 101)
    if x == 100:
        return Fraction(109)
    if x >= 80:
        return 70 + Fraction(89 - 70, 99 - 80) * (x - 80)
    if x >= 60:
        return 50 + Fraction(69 - 50, 79 - 60) * (x - 60)
    return x / 59 * 49


def o_kategori_nilai(x: Fraction | None) -> str | None:
    if x is None:
        return None
    return next(
        (k for k, batas in zip(KATEGORI, (110, 90, 70, 50), strict=False) if x >= batas), "sangat_kurang"
    )


def o_kategori_aspek(x: Fraction | None) -> str | None:
    """P8-27."""
    if x is None:
        return None
    if x == 100:
        return "baik"
    return next(
        (k for k, b in (("sangat_baik", 101), ("cukup", 80), ("kurang", 60)) if x >= b), "sangat_kurang"
    )


def o_kombinasi(k: list[str | None]) -> str | None:
    """P8-29 and P8-30: the ordered tests; two aspects have no rule."""
    if None in k or len(k) not in (1, 3):
        return None
    if len(k) == 1:
        return k[0]
    sb, b, c, kr, sk = (k.count(x) for x in KATEGORI)
    if sb == 3 or (sb == 2 and b == 1):
        return "sangat_baik"
    if sk >= 2:
        return "sangat_kurang"
    if kr >= 2 or sk == 1:
        return "kurang"
    return "cukup" if kr == 1 or c >= 2 else "baik"


def rata(x: list[Fraction | None]) -> Fraction | None:
    return None if not x or None in x else sum(x, Fraction()) / len(x)


def jumlah(x: list[Fraction | None]) -> Fraction | None:
    return None if None in x else sum(x, Fraction())


def o_rencana(rhk: Baris, memimpin: bool, tingkat: int | None) -> tuple[Fraction | None, str | None]:
    """Value and category of one plan."""
    utuh = [(i, o_utuh(o_capaian(i), tingkat)) for i in rhk["iki"]]
    if memimpin:
        v = rata([o_nilai(x, i["target_maksimum"]) for i, x in utuh])
        return v, o_kategori_nilai(v)
    per_aspek = [[x for i, x in utuh if i["aspek"] == a] for a in ("kuantitas", "kualitas", "waktu")]
    bulat = [None if (m := rata(x)) is None else setengah_ke_atas(m) for x in per_aspek if x]
    k = o_kombinasi([o_kategori_aspek(x) for x in bulat])
    return (None if k is None else Fraction(POIN[k])), k


def o_memimpin(orang: Baris) -> bool:
    return bool(orang["jenis_jabatan"] == "jpt" or orang["kepala"])


JENIS_INDUK = {"sasaran": 1, "program": 2, "rencana_atasan": 1, None: 2}


def o_skp(semua: list[Baris], ke: int, tingkat: int | None) -> Fraction | None:
    """Nilai SKP of one person: P8-17 to P8-22 for leaders, P8-32 to P8-40 for the others."""
    rencana = [[o_rencana(r, o_memimpin(o), tingkat) for r in o["rhk"]] for o in semua]
    orang = semua[ke]
    milik = list(zip(orang["rhk"], rencana[ke], strict=True))
    utama = [(r, v, k) for r, (v, k) in milik if r["jenis"] == "utama"]
    persen = dict(zip(KATEGORI, (100, 80, 60, 40, 20), strict=True))
    tambahan = jumlah(
        [
            None
            if v is None or r["lingkup"] is None
            else Fraction(persen[k], 100) * Fraction(r["lingkup"], 100) * v
            for r, (v, k) in milik
            if r["jenis"] == "tambahan"
        ]
    )
    if o_memimpin(orang):
        jenis: dict[int, list[Fraction | None]] = {1: [], 2: []}
        for r, v, _ in utama:
            asal = "rencana_atasan" if isinstance(r["induk"], tuple) else r["induk"]
            jenis[JENIS_INDUK[asal]].append(v)
        ada = [x for x in jenis.values() if x]
        bagian = [rata(x) for x in ada]
        if not ada or None in bagian:
            return None
        nilai_ku = bagian[0] if len(ada) == 1 else bagian[0] * Fraction(6, 10) + bagian[1] * Fraction(4, 10)
    else:
        tertimbang = []
        for r, v, k in utama:
            if r["cara"] not in ("tidak_langsung", "lintas"):
                tertimbang.append(v)
                continue
            if isinstance(r["induk"], tuple):
                o, i = r["induk"]
                atasan = rencana[o][i][0]
            elif orang["atasan"] is None:
                atasan = None
            else:
                o = orang["atasan"]
                atasan = rata(
                    [
                        v
                        for x, (v, _) in zip(semua[o]["rhk"], rencana[o], strict=True)
                        if x["jenis"] == "utama"
                    ]
                )
            if v is None or atasan is None:
                tertimbang.append(None)
            else:
                w = dict(zip(KATEGORI, (20, 20, 10, 5, 1), strict=True))[k]
                tertimbang.append(Fraction(80, 100) * v + Fraction(w, 100) * atasan)
        nilai_ku = rata(tertimbang)
    if nilai_ku is None or tambahan is None:
        return None
    return min(setengah_ke_atas(nilai_ku + min(tambahan, Fraction(10)), 1), Fraction(120))


PADANAN = {
    "orientasi_pelayanan": ["berorientasi_pelayanan"],
    "komitmen": ["akuntabel", "loyal"],
    "inisiatif_kerja": ["adaptif"],
    "kerja_sama": ["harmonis", "kolaboratif"],
    "kepemimpinan": ["kompeten"],
}


def o_perilaku(orang: Baris) -> Fraction | None:
    nilai_ = {b: Fraction(str(v)) for b, v in orang["perilaku"].items()}
    memimpin = orang["jenis_jabatan"] in ("jpt", "administrator", "pengawas")
    pakai = [d for a, d in PADANAN.items() if a != "kepemimpinan" or memimpin]
    return rata([rata([nilai_.get(b) for b in d]) for d in pakai])


def o_akhir(orang: Baris, skp: Fraction | None, dengan_360: bool) -> tuple[Fraction | None, str | None]:
    perilaku = o_perilaku(orang)
    if skp is None or perilaku is None:
        return None, None
    w = Fraction(6 if dengan_360 else 7, 10)
    x = skp * w + perilaku * (1 - w)
    if x >= 110:
        return x, "sangat_baik" if orang["ide_baru"] else "baik"
    return x, next((k for k, b in (("baik", 90), ("cukup", 70), ("kurang", 50)) if x >= b), "sangat_kurang")


# -- small tables -----------------------------------------------------------------------------------------

EMPAT = st.decimals(min_value=0, max_value=250, places=4)
UMUM = st.sampled_from([59.4, 59.5, 60, 79.5, 80, 99.4999, 99.5, 100, 100.4999, 100.5, 101, 110, 110.5])
POLARITAS = st.sampled_from(["maks", "maks", "maks", "min", "min"])


def indikator(aspek: str, serba: bool) -> st.SearchStrategy[Baris]:
    aneh = st.none() if serba else st.nothing()
    return st.fixed_dictionaries(
        {
            "aspek": st.just(aspek),
            "polaritas": POLARITAS | (st.just("stabil") if serba else st.nothing()),
            "target": st.just(100)
            | EMPAT.filter(bool)
            | (st.sampled_from([0, -1]) if serba else st.nothing()),
            "target_atas": st.none() | st.just(120) | (st.just(0) if serba else st.nothing()),
            "realisasi": UMUM | UMUM | EMPAT | aneh,
            "target_maksimum": st.booleans(),
        }
    )


def rencana(orang: int, banyak_atasan: int, serba: bool) -> st.SearchStrategy[Baris]:
    aspek = ["kuantitas", "kualitas", "waktu"]
    susunan = st.just(aspek)
    if serba:
        susunan |= st.lists(st.sampled_from([*aspek, "biaya"]), max_size=4)
    induk = st.sampled_from(["sasaran", "program", None])
    if orang:
        induk |= st.tuples(st.integers(0, orang - 1), st.integers(0, 1))
    return st.fixed_dictionaries(
        {
            "jenis": st.sampled_from(["utama", "utama", "utama", "tambahan"]),
            "lingkup": st.sampled_from([1, 2, 3, None] if serba else [1, 2, 3]),
            "cara": st.sampled_from(["langsung", "tidak_langsung", "tidak_langsung", "lintas", None]),
            "induk": induk,
            "iki": susunan.flatmap(lambda s: st.tuples(*(indikator(a, serba) for a in s)).map(list)),
        }
    )


PERILAKU = st.fixed_dictionaries(
    {b: st.sampled_from([0, 55.5, 89.9999, 90, 109.5, 110, 120]) for b in BERAKHLAK}
)


@st.composite
def kantor(draw: Any, serba: bool) -> list[Baris]:
    """One to six people; a superior stands before those below."""
    semua: list[Baris] = []
    for ke in range(draw(st.integers(1, 6))):
        atasan = draw(st.integers(0, ke - 1)) if ke else None
        perilaku = draw(PERILAKU)
        if serba and draw(st.integers(0, 9)) == 0:
            del perilaku["loyal"]
        rhk = draw(st.lists(rencana(ke, 0, serba), min_size=0 if serba else 2, max_size=3))
        for r in rhk:
            if isinstance(r["induk"], tuple) and r["induk"][1] >= len(semua[r["induk"][0]]["rhk"]):
                r["induk"] = None
        semua.append(
            {
                "jenis_jabatan": draw(st.sampled_from(JENIS_JABATAN)),
                "kepala": draw(st.integers(0, 4)) == 0,
                "atasan": atasan,
                "rhk": rhk,
                "perilaku": perilaku,
                "ide_baru": draw(st.booleans()),
            }
        )
    return semua


def nip(ke: int) -> str:
    return f"{19800101 + ke}200501100{ke}"


def bingkai(nama: str, baris: list[Baris]) -> pd.DataFrame:
    tabel = SKEMA[nama]
    return bertipe(tabel, pd.DataFrame(baris, columns=[k.nama for k in tabel.kolom], dtype=object))


def tabel(semua: list[Baris]) -> dict[str, pd.DataFrame]:
    """The workbook of these people."""
    isi_: dict[str, list[Baris]] = {k: [] for k in ("pegawai", "opd", "rhk", "iki", "perilaku", "penilaian")}
    for ke, o in enumerate(semua):
        if o["kepala"]:
            isi_["opd"].append({"kode": f"o{ke}", "nama": "OPD", "kepala_nip": nip(ke)})
        isi_["pegawai"].append(
            {
                "nip": nip(ke),
                "jenis_jabatan": o["jenis_jabatan"],
                "status": o.get("status", "pns"),
                "atasan": None if o["atasan"] is None else nip(o["atasan"]),
                "kelas": 8,
            }
        )
        isi_["perilaku"] += [
            {"nip": nip(ke), "aspek": b, "penilai": "atasan", "nilai": v} for b, v in o["perilaku"].items()
        ]
        isi_["penilaian"].append({"nip": nip(ke), "periode": "2021", "ide_baru": o["ide_baru"]})
        for i, r in enumerate(o["rhk"]):
            induk = r["induk"]
            induk = "R{}-{}".format(*induk) if isinstance(induk, tuple) else induk and f"simpul-{induk}"
            kunci = {"id": f"R{ke}-{i}", "nip": nip(ke), "rhk_induk": induk}
            isi_["rhk"].append(kunci | {k: r[k] for k in ("jenis", "lingkup", "cara")})
            for j, x in enumerate(r["iki"]):
                rumus = "maks" if x["polaritas"] == "maks" else "min_rasio"  # the polarity decides
                isi_["iki"].append({"rhk": f"R{ke}-{i}", "indikator": f"I{j}", "rumus": rumus, **x})
    kaskade = [{"id": f"simpul-{j}", "jenjang": j} for j in ("sasaran", "program")]
    return {k: bingkai(k, v) for k, v in {**isi_, "kaskade": kaskade}.items()}


def kolom_akhir(hasil: Bertingkat, nama: str) -> list[Any]:
    return isi(hasil.pegawai[nama])


# -- every rule is fit to be shown --------------------------------------------------------------------------


@pytest.mark.parametrize("graf", SEMUA_GRAF, ids=lambda g: g.nama)
def test_setiap_aturan_dapat_ditulis(graf: Graf) -> None:
    class Nama(Teks):
        def nama(self, nama: str) -> str:
            return nama

    for f in graf.aturan.values():
        k = keterangan(f)
        assert k.label
        assert "PermenPANRB 8/2021" in k.dasar or "PP 30/2019" in k.dasar or k.status in ("tafsir", "asumsi")
        assert tulis(f, Nama())
    assert set(graf.nama_parameter) <= set(P) | set(KEBIJAKAN.bagian("pp-30-2019"))


def test_semua_parameter_dipakai_suatu_aturan() -> None:
    dipakai = {n for g in SEMUA_GRAF for n in g.nama_parameter}
    assert set(KEBIJAKAN.bagian(BERKAS)) <= dipakai
    assert all(j in KEBIJAKAN for j in JEMBATAN)
    milik_sendiri = {j.partition("8_2021_")[2] for j in JEMBATAN if "8_2021" in j}
    assert milik_sendiri <= dipakai


def test_belum_berlaku_dan_tingkat_asing() -> None:
    t = tabel([])
    with pytest.raises(GalatParameter, match="belum berlaku pada 30 Juni 2021"):
        nilai(t, kebijakan("2021-06-30"))
    with pytest.raises(ValueError, match="tingkat 6 tidak dikenal; tulis 3, 4, 5"):
        nilai(t, KEBIJAKAN, tingkat=6)
    hasil = nilai(t, KEBIJAKAN)
    assert len(hasil.tabel()) == 0
    assert tanpa_nilai(hasil, t).empty


# -- indicators -----------------------------------------------------------------------------------------------


def hitung_iki(baris: list[Baris], *, pimpinan: bool = True, tingkat: int | None = None) -> Hasil:
    isi_ = pd.DataFrame(baris).assign(rumus="maks")
    for k in ("target", "target_atas", "realisasi"):
        isi_[k] = isi_[k].astype("float64")
    kunci = pd.RangeIndex(len(baris))
    capaian, _ = modul.hitung_capaian_iki(isi_, kunci)
    assert isi(capaian) == [o_capaian(x) for x in baris]
    return modul._iki(isi_, capaian, kunci, P, tingkat, pimpinan=pimpinan)


IKI = st.sampled_from(["kuantitas", "waktu", "biaya"]).flatmap(lambda a: indikator(a, serba=True))


@settings(deadline=None, max_examples=banyak(30))
@given(st.lists(IKI, min_size=1, max_size=12), st.sampled_from([None, 3, 4, 5]))
def test_iki_sama_dengan_oracle(baris: list[Baris], tingkat: int | None) -> None:
    hasil = hitung_iki(baris, tingkat=tingkat)
    utuh = [o_utuh(o_capaian(x), tingkat) for x in baris]
    harap = [o_nilai(u, x["target_maksimum"]) for u, x in zip(utuh, baris, strict=True)]
    assert isi(hasil["capaian_utuh"]) == utuh
    assert isi(hasil["nilai_iki"]) == harap
    assert isi(hasil["kategori_iki"]) == [o_kategori_nilai(v) for v in harap]
    lain = hitung_iki(baris, pimpinan=False, tingkat=tingkat)
    assert isi(lain["capaian_utuh"]) == utuh
    assert isi(lain["ikut_dinilai"]) == [x["aspek"] != "biaya" for x in baris]
    # a whole column is its rows, one at a time
    satu = [isi(hitung_iki([x], tingkat=tingkat)["nilai_iki"])[0] for x in baris[:2]]
    assert satu == harap[:2]


def dari_capaian(persen: list[str], maksimum: int = 0, k: Kebijakan = KEBIJAKAN) -> Hasil:
    return modul.graf_iki(pimpinan=True).jalankan(
        {
            "capaian": dari_angka(np.array([Fraction(x) for x in persen], dtype=object)),
            "target_maksimum": Pecahan(np.full(len(persen), maksimum)),
        },
        modul.parameter(k),
        pd.RangeIndex(len(persen)),
    )


@pytest.mark.parametrize(
    ("capaian", "utuh", "angka", "kategori"),
    [
        ("-20", 0, 0, "sangat_kurang"),
        ("0", 0, 0, "sangat_kurang"),
        ("59.4999", 59, 49, "sangat_kurang"),
        ("59.5", 60, 50, "kurang"),
        ("79.4999", 79, 69, "kurang"),
        ("79.5", 80, 70, "cukup"),
        ("99.4999", 99, 89, "cukup"),
        ("99.5", 100, 109, "baik"),
        ("100.4999", 100, 109, "baik"),
        ("100.5", 101, 110, "sangat_baik"),
        ("110.4999", 110, 120, "sangat_baik"),
        ("110.5", 111, 120, "sangat_baik"),
        ("1000", 1000, 120, "sangat_baik"),
    ],
)
def test_tepi_pita(capaian: str, utuh: int, angka: int, kategori: str) -> None:
    hasil = dari_capaian([capaian])
    assert (*isi(hasil["capaian_utuh"]), *isi(hasil["nilai_iki"]), *isi(hasil["kategori_iki"])) == (
        utuh,
        angka,
        kategori,
    )
    aspek = modul.kategori_aspek(dari_angka([utuh]), P["kategori_capaian_aspek"].pasti())
    assert isi(aspek) == [kategori]


def test_target_tertinggi() -> None:
    """100 % of the highest attainable target is 120; below that the band decides."""
    assert isi(dari_capaian(["99.4999", "99.5", "100", "105"], 1)["nilai_iki"]) == [89, 120, 120, 120]


def test_tanpa_pembulatan_ada_celah() -> None:
    """Why the whole percent matters: with decimals the bands leave gaps, and a gap has no value."""
    rinci = KEBIJAKAN.dengan({f"{BERKAS}.desimal_capaian": {"2021-07-01": 4}})
    persen = ["59", "59.5", "60", "79.5", "99.9999", "100", "100.5", "101", "110", "110.0001"]
    hasil = dari_capaian(persen, k=rinci)
    assert isi(hasil["nilai_iki"]) == [49, None, 50, None, None, 109, None, 110, 120, 120]


@settings(deadline=None, max_examples=banyak(25))
@given(
    st.lists(st.tuples(EMPAT, EMPAT), min_size=4, max_size=12), st.sampled_from([None, 120]), st.booleans()
)
def test_monoton_dalam_realisasi(pasangan: list[Any], atas: int | None, maksimum: bool) -> None:
    """More of what should be more never scores lower, and less of what should be less neither."""
    for polaritas in ("maks", "min"):
        tetap = {"aspek": "waktu", "polaritas": polaritas, "target": 100, "target_maksimum": maksimum}
        kiri, kanan = (
            isi(
                hitung_iki([{**tetap, "target_atas": atas, "realisasi": f(p)} for p in pasangan])["nilai_iki"]
            )
            for f in (min, max)
        )
        if polaritas == "min":
            kiri, kanan = kanan, kiri
        assert all(a <= b for a, b in zip(kiri, kanan, strict=True))


def test_polaritas_menentukan_rumus_bukan_rumus_buku_kerja() -> None:
    isi_ = bingkai(
        "iki",
        [
            {"polaritas": "min", "rumus": "min_rasio", "target": 10, "realisasi": 8},
            {"polaritas": "stabil", "rumus": "stabil", "target": 10, "realisasi": 10},
            {"polaritas": "maks", "rumus": "rentang_maks", "target": 10, "realisasi": 10},
            {"polaritas": "min", "rumus": "rentang_min", "target": 0, "target_atas": 5, "realisasi": 0},
            {"polaritas": "maks", "rumus": "maks", "target": 0, "realisasi": 1},
            {"polaritas": "maks", "rumus": "maks", "target": -2, "target_atas": 4, "realisasi": 5},
            {"polaritas": "maks", "rumus": "maks", "target": None, "realisasi": 5},
        ],
    )
    assert modul.rumus_capaian(isi_).tolist() == [
        "min_selisih",
        "",
        "rentang_maks",
        "rentang_min",
        "",
        "",
        "maks",
    ]
    capaian, hasil = modul.hitung_capaian_iki(isi_, pd.RangeIndex(len(isi_)))
    assert isi(capaian) == [120, None, None, 100, None, None, None]
    assert [list(h.graf.aturan) for h in hasil] == [
        ["maks"],
        ["min_selisih"],
        ["rentang_maks"],
        ["rentang_min"],
    ]


# -- plans ----------------------------------------------------------------------------------------------------


def kategori_rencana(susunan: list[tuple[str, ...]], k: Kebijakan = KEBIJAKAN) -> list[str | None]:
    kata = dari_kategori([SUSUNAN.index(", ".join(s)) for s in susunan], SUSUNAN)
    hasil = modul.GRAF_RENCANA.jalankan(
        {"susunan_aspek": kata}, modul.parameter(k), pd.RangeIndex(len(susunan))
    )
    assert isi(hasil["poin_rencana"]) == [POIN.get(x) for x in isi(hasil["kategori_rencana"])]
    return isi(hasil["kategori_rencana"])


SEMUA_TIGA = list(combinations_with_replacement(KATEGORI, 3))


def test_semua_susunan_aspek() -> None:
    assert len(SEMUA_TIGA) == 35
    assert kategori_rencana(SEMUA_TIGA) == [o_kombinasi(list(s)) for s in SEMUA_TIGA]
    assert kategori_rencana([(k,) for k in KATEGORI]) == list(KATEGORI)
    dua = list(combinations_with_replacement(KATEGORI, 2))
    assert kategori_rencana(dua) == [None] * 15  # not established
    assert set(P["kombinasi_aspek"].pasti()) == set(SUSUNAN)
    assert P["kombinasi_aspek"].asal("baik, cukup")["status"] == "belum-terverifikasi"


def test_susunan_monoton() -> None:
    """One aspect better never makes the plan worse."""
    nilai_ = dict(zip(SEMUA_TIGA, kategori_rencana(SEMUA_TIGA), strict=True))
    for s in product(KATEGORI, repeat=3):
        for i, k in enumerate(s):
            for lebih in KATEGORI[: KATEGORI.index(k)]:
                baik = tuple(sorted([*s[:i], lebih, *s[i + 1 :]], key=KATEGORI.index))
                lama = tuple(sorted(s, key=KATEGORI.index))
                assert KATEGORI.index(nilai_[baik]) <= KATEGORI.index(nilai_[lama])


def test_varian_lembar_kerja_lewat_skenario() -> None:
    """The competing spreadsheet (16/13/8/3/1) is milder on exactly twelve combinations."""
    konstanta = dict(zip(KATEGORI, (16, 13, 8, 3, 1), strict=True))

    def varian(s: tuple[str, ...]) -> str:
        x = sum(konstanta[k] for k in s)
        return next((k for k, b in zip(KATEGORI, (43, 34, 19, 7), strict=False) if x >= b), "sangat_kurang")

    beda = {", ".join(s): varian(s) for s in SEMUA_TIGA if varian(s) != o_kombinasi(list(s))}
    assert len(beda) == 12
    lain = KEBIJAKAN.dengan({f"{BERKAS}.kombinasi_aspek": {"2021-07-01": beda}})
    assert kategori_rencana(SEMUA_TIGA, lain) == [varian(s) for s in SEMUA_TIGA]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([*KATEGORI, None])), max_size=14))
def test_susun_kategori(baris: list[tuple[int, str | None]]) -> None:
    kode = [-1 if k is None else KATEGORI.index(k) for _, k in baris]
    kata = modul.susun_kategori(
        dari_kategori(kode, KATEGORI), np.array([i for i, _ in baris], dtype=np.intp), 5
    )
    harap = []
    for i in range(5):
        milik = [k for j, k in baris if j == i]
        boleh = 0 < len(milik) <= 3 and None not in milik
        harap.append(", ".join(sorted(milik, key=KATEGORI.index)) if boleh else None)
    assert isi(kata) == harap


# -- cascading and kinerja tambahan -----------------------------------------------------------------------------


def tertimbang(poin: int, kategori: str, atasan: Any, k: Kebijakan = KEBIJAKAN) -> Fraction | None:
    p = modul.parameter(k)
    v = dari_angka([float("nan") if atasan is None else atasan])
    hasil = modul.GRAF_TIDAK_LANGSUNG.jalankan(
        {
            "poin": dari_angka([poin]),
            "kategori": dari_kategori([KATEGORI.index(kategori)], KATEGORI),
            "punya_rencana_atasan": dari_angka([1]),
            "nilai_rencana_atasan": v,
            "rata_nilai_atasan": dari_angka([77]),
        },
        p,
        pd.RangeIndex(1),
    )
    return hasil["nilai_tertimbang"].satu(0)


def test_bobot_menurut_rencana_sendiri_atau_atasan() -> None:
    """P8-35 is a setting: own plan by default, the superior's by scenario."""
    ubah = KEBIJAKAN.dengan({f"{BERKAS}.bobot_ikut_atasan": {"2021-07-01": True}})
    bobot = dict(zip(KATEGORI, (20, 20, 10, 5, 1), strict=True))
    for own, sup in product(KATEGORI, KATEGORI):
        dasar = Fraction(POIN[own] * 8, 10)
        assert tertimbang(POIN[own], own, POIN[sup]) == dasar + Fraction(bobot[own] * POIN[sup], 100)
        assert tertimbang(POIN[own], own, POIN[sup], ubah) == dasar + Fraction(bobot[sup] * POIN[sup], 100)
    assert tertimbang(100, "baik", None) is None


def test_nilai_tertimbang_monoton() -> None:
    for k in (KEBIJAKAN, KEBIJAKAN.dengan({f"{BERKAS}.bobot_ikut_atasan": {"2021-07-01": True}})):
        for own in KATEGORI:
            nilai_ = [
                tertimbang(POIN[own], own, v, k) for v in (25, 49.5, 50, 69.9, 70, 89, 90, 109, 110, 120)
            ]
            assert nilai_ == sorted(nilai_)
        for sup in (25, 100, 120):
            nilai_ = [tertimbang(POIN[own], own, sup, k) for own in reversed(KATEGORI)]
            assert nilai_ == sorted(nilai_)


def orang(**ubah: Any) -> Baris:
    """A pengawas with one plan, everything at 100 %."""
    sepenuhnya = {"polaritas": "maks", "target": 100, "target_atas": None, "target_maksimum": False}
    iki = [{"aspek": a, "realisasi": 100, **sepenuhnya} for a in ("kuantitas", "kualitas", "waktu")]
    rhk = {"jenis": "utama", "lingkup": None, "cara": "langsung", "induk": None, "iki": iki}
    dasar = {"jenis_jabatan": "pengawas", "kepala": False, "atasan": None, "ide_baru": False}
    return {**dasar, "rhk": [rhk], "perilaku": dict.fromkeys(BERAKHLAK, 100), **ubah}


def dengan_rencana(o: Baris, **ubah: Any) -> Baris:
    return {**o, "rhk": [{**o["rhk"][0], **ubah}]}


def test_kinerja_tambahan_dibatasi() -> None:
    """Twelve tasks between agencies at Baik give 28.8; ten is the most that counts."""
    dasar = orang()
    tugas = [{**dasar["rhk"][0], "jenis": "tambahan", "lingkup": 3}] * 12
    for cacah, harap in ((0, 0), (1, Fraction(24, 10)), (4, Fraction(96, 10)), (5, 10), (12, 10)):
        hasil = nilai(tabel([{**dasar, "rhk": [*dasar["rhk"], *tugas[:cacah]]}]), KEBIJAKAN)
        assert kolom_akhir(hasil, "kinerja_tambahan") == [harap]
        assert kolom_akhir(hasil, "nilai_skp") == [100 + harap]


def test_batas_dan_pembulatan_nilai_skp() -> None:
    def skp(utama: str, tambahan: str, k: Kebijakan = KEBIJAKAN) -> Fraction | None:
        masukan = {"kinerja_utama": utama, "jumlah_tambahan": tambahan}
        kolom = {n: dari_angka(np.array([Fraction(v)], dtype=object)) for n, v in masukan.items()}
        hasil = modul.GRAF_SKP.jalankan(kolom, modul.parameter(k), pd.RangeIndex(1))
        return hasil["nilai_skp"].satu(0)

    assert skp("89.9499", "0") == Fraction("89.9")
    assert skp("89.95", "0") == 90
    assert skp("119", "1.04") == 120
    assert skp("119", "12") == 120
    tanpa = KEBIJAKAN.dengan({f"{BERKAS}.batas_nilai_skp": {"2021-07-01": 130}})
    assert skp("119", "12", tanpa) == 129


# -- a year on tables --------------------------------------------------------------------------------------------


def periksa(semua: list[Baris], tingkat: int | None = None, dengan_360: bool | None = None) -> list[Any]:
    t = tabel(semua)
    hasil = nilai(t, KEBIJAKAN, tingkat=tingkat, dengan_360=dengan_360)
    assert list(hasil.pegawai.kunci) == [nip(i) for i in range(len(semua))]
    skp = [o_skp(semua, i, tingkat) for i in range(len(semua))]
    assert kolom_akhir(hasil, "nilai_skp") == skp
    akhir = [o_akhir(o, s, bool(dengan_360)) for o, s in zip(semua, skp, strict=True)]
    assert kolom_akhir(hasil, "nilai_kinerja") == [x for x, _ in akhir]
    assert kolom_akhir(hasil, "predikat") == [k for _, k in akhir]
    tanpa = tanpa_nilai(hasil, t)
    assert set(tanpa["nip"]) == {nip(i) for i, (x, _) in enumerate(akhir) if x is None}
    return akhir


@settings(deadline=None, max_examples=banyak(20))
@given(kantor(serba=False), st.sampled_from([None, None, 3, 4, 5]), st.sampled_from([None, True, False]))
def test_kantor_rapi_sama_dengan_oracle(semua: list[Baris], tingkat: int | None, cara: bool | None) -> None:
    periksa(semua, tingkat, cara)


@settings(deadline=None, max_examples=banyak(20))
@given(kantor(serba=True))
def test_kantor_berlubang_sama_dengan_oracle(semua: list[Baris]) -> None:
    periksa(semua)


def test_oracle_sampai_ke_semua_predikat() -> None:
    """The generated offices are not all unknown: these four end in five predikat."""
    kasus = {
        "sangat_baik": orang(
            jenis_jabatan="jpt", ide_baru=True, perilaku=dict.fromkeys(BERAKHLAK, 120), rhk=[_iki(120)]
        ),
        "baik": orang(),
        "cukup": orang(rhk=[_iki(90)]),
        "kurang": orang(rhk=[_iki(70)], perilaku=dict.fromkeys(BERAKHLAK, 50)),
        "sangat_kurang": orang(rhk=[_iki(40)], perilaku=dict.fromkeys(BERAKHLAK, 40)),
    }
    assert [k for _, k in periksa(list(kasus.values()))] == list(kasus)


def _iki(realisasi: float) -> Baris:
    rhk = orang()["rhk"][0]
    return {**rhk, "iki": [{**i, "realisasi": realisasi} for i in rhk["iki"]]}


@settings(deadline=None, max_examples=banyak(6))
@given(kantor(serba=True), st.randoms(use_true_random=False))
def test_urutan_baris_tidak_berpengaruh(semua: list[Baris], acak: Any) -> None:
    t = tabel(semua)
    kocok = {k: v.sample(frac=1, random_state=acak.randrange(2**31)) for k, v in t.items()}
    hasil = nilai(t, KEBIJAKAN).tabel()
    lain = nilai(kocok, KEBIJAKAN).tabel().loc[hasil.index]
    pd.testing.assert_frame_equal(lain, hasil, check_categorical=False)


def test_dua_jenis_kinerja_utama() -> None:
    """60/40 with both kinds; one kind alone counts whole. The superior's plan counts as perjanjian kinerja."""
    satu, dua = {**_iki(100), "induk": "sasaran"}, {**_iki(90), "induk": "program"}
    for rhk, harap in (
        ([satu, dua], Fraction("97.4")),
        ([satu, satu, dua], Fraction("97.4")),
        ([satu], 109),
        ([dua], 80),
        ([], None),
    ):
        hasil = nilai(tabel([orang(jenis_jabatan="jpt", rhk=rhk)]), KEBIJAKAN)
        assert kolom_akhir(hasil, "nilai_skp") == [harap]
    lain = KEBIJAKAN.dengan(
        {
            f"{BERKAS}.bobot_perjanjian_kinerja": {"2021-07-01": {"keduanya": 50}},
            f"{BERKAS}.bobot_rencana_aksi": {"2021-07-01": {"keduanya": 50}},
        }
    )
    hasil = nilai(tabel([orang(jenis_jabatan="jpt", rhk=[satu, dua])]), lain)
    assert kolom_akhir(hasil, "nilai_skp") == [Fraction("94.5")]


@pytest.mark.parametrize("jenis", JENIS_JABATAN)
def test_kepala_perangkat_daerah_dinilai_dengan_iki(jenis: str) -> None:
    """100 % of every target is 109 for who leads, 100 for the others."""
    hasil = nilai(tabel([orang(jenis_jabatan=jenis, kepala=x) for x in (True, False)]), KEBIJAKAN)
    assert kolom_akhir(hasil, "nilai_skp") == [109, 109 if jenis == "jpt" else 100]


def test_nilai_atasan_dari_simpul_kaskade() -> None:
    """A plan under a node of the tree takes the superior's mean, unless the bridge is closed."""
    bawahan = dengan_rencana(orang(atasan=0), cara="tidak_langsung", induk="program")
    t = tabel([orang(), bawahan])
    assert kolom_akhir(nilai(t, KEBIJAKAN), "nilai_skp") == [100, 100]
    tutup = KEBIJAKAN.dengan({"jembatan.permenpanrb_8_2021_rata_rata_atasan": {"2021-07-01": False}})
    hasil = nilai(t, tutup)
    assert kolom_akhir(hasil, "nilai_skp") == [100, None]
    assert tanpa_nilai(hasil, t).values.tolist() == [[nip(1), "R1-0: nilai rencana atasan belum diketahui"]]
    langsung = KEBIJAKAN.dengan(
        {"jembatan.permenpanrb_8_2021_tidak_langsung": {"2021-07-01": {"tidak_langsung": 0}}}
    )
    assert kolom_akhir(nilai(tabel([orang(rhk=[]), bawahan]), langsung), "nilai_skp") == [None, 100]


def test_model_pengembangan() -> None:
    """Fewer levels, milder bottom: 40 % is Sangat Kurang with five levels, Kurang with four, Cukup with three."""
    t = tabel([orang(rhk=[_iki(40)]), orang(jenis_jabatan="jpt", rhk=[_iki(40)])])
    harap = {None: (25, Fraction("33.2")), 5: (25, Fraction("33.2")), 4: (60, 50), 3: (80, 70)}
    for tingkat, angka in harap.items():
        assert kolom_akhir(nilai(t, KEBIJAKAN, tingkat=tingkat), "nilai_skp") == list(angka)
    teks = str(nilai(t, KEBIJAKAN, tingkat=3).jelaskan(nip(0)))
    assert "model pengembangan" in teks
    assert "80 [untuk 3]" in teks


def test_status_yang_tidak_dinilai() -> None:
    semua = [orang(), {**orang(), "status": "pppk"}]
    t = tabel(semua)
    assert len(nilai(t, KEBIJAKAN).tabel()) == 2
    hanya_pns = KEBIJAKAN.dengan({"jembatan.pp_30_2019_status_dinilai": {"2021-07-01": {"pppk": False}}})
    hasil = nilai(t, hanya_pns)
    assert hasil.tabel().index.tolist() == [nip(0)]
    ((siapa, alasan),) = tanpa_nilai(hasil, t).values.tolist()
    assert siapa == nip(1)
    assert alasan.startswith("status PPPK tidak dinilai")


def test_alasan_tanpa_nilai() -> None:
    iki = orang()["rhk"][0]["iki"]
    tanpa = {
        "belum ada RHK utama": orang(rhk=[]),
        "R1-0: belum punya IKI pada aspek yang dinilai": dengan_rencana(orang(), iki=[]),
        "R2-0: susunan aspek ini belum diatur": dengan_rencana(orang(), iki=iki[:2]),
        "R3-0 kuantitas I0: realisasi belum ada": dengan_rencana(
            orang(), iki=[{**iki[0], "realisasi": None}, *iki[1:]]
        ),
        "R4-0 kualitas I1: target kosong, nol, atau negatif": dengan_rencana(
            orang(), iki=[iki[0], {**iki[1], "target": 0}, iki[2]]
        ),
        "R5-0 waktu I2: polaritas stabil tidak diatur": dengan_rencana(
            orang(), iki=[*iki[:2], {**iki[2], "polaritas": "stabil"}]
        ),
        "R6-0: belum punya IKI": dengan_rencana(orang(jenis_jabatan="jpt"), iki=[]),
        "R7-1: lingkup penugasan kinerja tambahan belum diisi": {
            **orang(),
            "rhk": [orang()["rhk"][0], {**orang()["rhk"][0], "jenis": "tambahan"}],
        },
        "R8-0: nilai rencana atasan belum diketahui": dengan_rencana(orang(), cara="lintas"),
        "nilai perilaku belum ada: Inisiatif kerja": orang(
            perilaku={b: 100 for b in BERAKHLAK if b != "adaptif"}
        ),
    }
    t = tabel([*tanpa.values(), orang()])
    alasan = tanpa_nilai(nilai(t, KEBIJAKAN), t)
    assert alasan.values.tolist() == [[nip(i), a] for i, a in enumerate(tanpa)]


def test_alasan_celah_rentang_dan_sisa() -> None:
    iki = orang()["rhk"][0]["iki"]
    t = tabel([dengan_rencana(orang(), iki=[{**iki[0], "realisasi": 99.5}, *iki[1:]])] * 1)
    t["iki"].loc[1, "rumus"] = "rentang_maks"
    rinci = KEBIJAKAN.dengan({f"{BERKAS}.desimal_capaian": {"2021-07-01": 2}})
    assert tanpa_nilai(nilai(t, rinci), t)["alasan"].tolist() == [
        "R0-0 kualitas I1: batas atas target rentang belum ada",
        "R0-0 kuantitas: capaian di antara dua pita, tidak diatur",
    ]
    empat = KEBIJAKAN.dengan({"jembatan.permenpanrb_8_2021_aspek_dinilai": {"2021-07-01": {"biaya": 1}}})
    t = tabel([dengan_rencana(orang(), iki=[*iki, {**iki[0], "aspek": "biaya"}])])
    assert kolom_akhir(nilai(t, KEBIJAKAN), "nilai_skp") == [100]
    assert tanpa_nilai(nilai(t, empat), t)["alasan"].tolist() == [
        "ada isian yang belum diketahui; lihat penjelasannya"
    ]


# -- behaviour by levels ------------------------------------------------------------------------------------------


def o_level(x: int, bawah: int, atas: int) -> Fraction | None:
    """P8-47 with the divisions that the public code forgot; seven levels."""
    if x < bawah:
        return Fraction(x, bawah) * 90
    if x > atas:
        return 109 + Fraction(11, 7 - atas) * (x - atas)
    return None if atas == bawah else 90 + Fraction(19, atas - bawah) * (x - bawah)


LEVEL = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["komitmen", "kerja_sama"]),
    st.sampled_from(["atasan", "atasan", "rekan"]),
    st.integers(1, 7),
    st.integers(1, 7),
    st.integers(0, 3),
)


@settings(deadline=None, max_examples=banyak(30))
@given(st.lists(LEVEL, min_size=1, max_size=10))
def test_perilaku_menurut_level(baris: list[tuple[Any, ...]]) -> None:
    isi_ = [(o, a, pn, x, b, min(7, b + lebar)) for o, a, pn, x, b, lebar in baris]
    level = pd.DataFrame(isi_, columns=["nip", "aspek", "penilai", "level", "level_min", "level_max"])
    level["nip"] = level["nip"].map(nip)
    situasi, aspek, klarifikasi = modul.perilaku_level(level, P)
    assert isi(situasi["nilai_level"]) == [o_level(*x[3:]) for x in isi_]
    for kunci, v in zip(aspek.kunci, isi(aspek["nilai_aspek_level"]), strict=True):
        milik = [o_level(*x[3:]) for x in isi_ if (nip(x[0]), x[1]) == kunci and x[2] == "atasan"]
        assert v == rata(milik)
    for n, v in zip(klarifikasi.kunci, isi(klarifikasi["perlu_klarifikasi"]), strict=True):
        assert v == all(x[3] < x[4] for x in isi_ if nip(x[0]) == n)


def test_level_monoton_dan_bersambung() -> None:
    for bawah, atas in ((1, 3), (2, 4), (3, 7), (6, 7)):
        level = pd.DataFrame({"nip": nip(0), "aspek": "komitmen", "penilai": "atasan", "level": range(1, 8)})
        nilai_ = isi(modul.perilaku_level(level.assign(level_min=bawah, level_max=atas), P)[0]["nilai_level"])
        assert nilai_ == sorted(nilai_)
        assert (nilai_[bawah - 1], nilai_[atas - 1]) == (90, 109)
        assert nilai_[6] == (120 if atas < 7 else 109)


def test_level_menggantikan_nilai_perilaku() -> None:
    t = tabel([orang(), orang(), orang()])
    level = pd.DataFrame(
        [
            (nip(0), "komitmen", "atasan", 4, 2, 4),
            (nip(0), "kerja_sama", "atasan", 1, 2, 4),
            (nip(1), "komitmen", "atasan", 3, 3, 3),
            ("9" * 18, "komitmen", "atasan", 3, 3, 3),
        ],
        columns=["nip", "aspek", "penilai", "level", "level_min", "level_max"],
    )
    hasil = nilai({**t, "perilaku_level": level}, KEBIJAKAN)
    assert kolom_akhir(hasil, "nilai_perilaku") == [77, None, 100]
    teks = str(hasil.jelaskan(nip(0)))
    assert "Nilai perilaku menurut level [Komitmen, 1] = 109 poin" in langkah(hasil)
    assert "hlm. 128-140" in teks
    assert "BerAKHLAK" not in teks
    assert "dipadankan" in str(hasil.jelaskan(nip(2)))
    alasan = tanpa_nilai(hasil, {**t, "perilaku_level": level})
    assert alasan.values.tolist() == [[nip(1), "komitmen 3: nilai untuk standar satu level belum diatur"]]


def test_dengan_360_dari_penilai() -> None:
    """With views of peers the agency weighs 60/40; the setting overrides what the table shows."""
    t = tabel([orang(perilaku=dict.fromkeys(BERAKHLAK, 60))])
    rekan = t["perilaku"].assign(
        penilai=pd.Categorical(["rekan"] * 7, categories=t["perilaku"]["penilai"].cat.categories)
    )
    banyak = {**t, "perilaku": pd.concat([t["perilaku"], rekan])}
    assert kolom_akhir(nilai(t, KEBIJAKAN), "nilai_kinerja") == [88]
    assert kolom_akhir(nilai(t, KEBIJAKAN, dengan_360=True), "nilai_kinerja") == [84]
    assert kolom_akhir(nilai(banyak, KEBIJAKAN), "nilai_kinerja") == [84]


# -- within the year ------------------------------------------------------------------------------------------------

UKUR = {"polaritas": "maks", "rumus": "maks", "target_atas": float("nan"), "target_maksimum": False}


def test_nilai_periodik() -> None:
    """P8-26: half and half; 100 % of the highest attainable target is 120; one of the two alone has no rule."""
    aksi = pd.DataFrame(
        [
            {**UKUR, "nip": nip(0), "rencana": "A1", "indikator": "x", "target": 4.0, "realisasi": 4.0},
            {**UKUR, "nip": nip(0), "rencana": "A2", "indikator": "x", "target": 5.0, "realisasi": 4.5},
            {**UKUR, "nip": nip(1), "rencana": "A1", "indikator": "x", "target": 4.0, "realisasi": 4.0},
            {
                **UKUR,
                "nip": nip(2),
                "rencana": "A1",
                "indikator": "x",
                "target": 4.0,
                "realisasi": float("nan"),
            },
        ]
    )
    aksi.loc[0, "target_maksimum"] = True
    utama = aksi.iloc[[1, 3]].assign(rencana="K1", target=100.0, realisasi=[100.0, 100.0])
    hasil = modul.nilai_periodik(aksi, utama, KEBIJAKAN)
    assert hasil.pegawai.kunci.tolist() == [nip(0), nip(1), nip(2)]
    assert kolom_akhir(hasil, "rata_nilai_aksi") == [100, 109, None]
    assert kolom_akhir(hasil, "nilai_skp_periodik") == [Fraction(209, 2), None, None]
    assert "PermenPANRB 8/2021 hlm. 67" in str(hasil.jelaskan(nip(0)))
    tiga = modul.nilai_periodik(aksi.assign(realisasi=0.4), utama, KEBIJAKAN, tingkat=3)
    assert kolom_akhir(tiga, "rata_nilai_aksi") == [70, 70, 70]


# -- explanation and reform -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contoh() -> dict[str, pd.DataFrame]:
    return buat_contoh("sumbar", pegawai=60, benih=7)


def test_contoh_dari_ujung_ke_ujung(contoh: dict[str, pd.DataFrame]) -> None:
    hasil = nilai(contoh, KEBIJAKAN)
    akhir = hasil.tabel()
    assert akhir.index.tolist() == contoh["pegawai"]["nip"].tolist()
    assert set(akhir["predikat"].dropna()) <= set(KATEGORI)
    alasan = tanpa_nilai(hasil, contoh)
    assert set(alasan["nip"]) == set(akhir.index[akhir["predikat"].isna()])
    assert alasan["alasan"].tolist() == [
        "R00043-3 kuantitas Nilai evaluasi AKIP perangkat daerah: realisasi belum ada"
    ]
    assert akhir["nilai_kinerja"].dropna().between(0, 120).all()


def test_penjelasan_menyebut_pasal_dan_status(contoh: dict[str, pd.DataFrame]) -> None:
    hasil = nilai(contoh, KEBIJAKAN)
    pegawai = contoh["pegawai"]
    kepala = str(hasil.jelaskan(pegawai["nip"].iloc[0]))
    staf = str(hasil.jelaskan(pegawai.loc[pegawai["jenis_jabatan"] == "fungsional", "nip"].iloc[0]))
    for teks in (
        "hlm. 91",
        "hlm. 100",
        "hlm. 93 huruf e-i",
        "hlm. 94",
        "hlm. 95 angka 8",
        "Pasal 41 ayat (5)",
    ):
        assert teks in kepala
    for teks in ("hlm. 101-109", "hlm. 288", "hlm. 26", "tafsir", "asumsi", "Jembatan perbandingan"):
        assert teks in staf
    assert "belum diketahui" not in kepala


def langkah(hasil: Bertingkat) -> str:
    """Every step of the first employee with what it is about: 'Poin rencana [R0-0] = 101 poin'."""
    return "\n".join(f"{sebutan(x)} = {x.hasil}" for x in hasil.jelaskan(nip(0)).langkah)


REFORMASI = [
    ("kombinasi_aspek", {"baik, baik, baik": "cukup"}, "Kategori rencana [R0-0] = Cukup"),
    ("poin_kategori", {"baik": 101}, "Poin rencana [R0-0] = 101 poin"),
    (
        "kategori_capaian_aspek",
        [{"paling_sedikit": 0, "nilai": "cukup"}],
        "Kategori aspek [R0-0, Waktu] = Cukup",
    ),
    ("desimal_nilai_skp", 0, "Nilai SKP = 104 poin"),
    ("batas_nilai_skp", 90, "Nilai SKP = 90 poin"),
    ("batas_kinerja_tambahan", 1, "Nilai kinerja tambahan = 1 poin"),
    ("persen_kinerja_tambahan", {"baik": 50}, "Nilai kinerja tambahan rencana ini [R0-1] = 1,5 poin"),
    ("bobot_lingkup", {3: 2}, "Nilai kinerja tambahan rencana ini [R0-1] = 1,6 poin"),
    ("bobot_rencana_sendiri", 70, "Nilai tertimbang, cascading tidak langsung [R0-0] = 91,8 poin"),
    ("bobot_rencana_atasan", {"baik": 10}, "Nilai tertimbang, cascading tidak langsung [R0-0] = 90,9 poin"),
]


@pytest.mark.parametrize(("nama", "baru", "tertulis"), REFORMASI, ids=[r[0] for r in REFORMASI])
def test_reformasi_mengubah_angka_dan_penjelasan(nama: str, baru: Any, tertulis: str) -> None:
    dasar = orang()["rhk"][0]
    bawahan = orang(
        atasan=1,
        rhk=[
            {**dasar, "cara": "tidak_langsung", "induk": (1, 0)},
            {**dasar, "jenis": "tambahan", "lingkup": 3},
        ],
    )
    atasan = orang(jenis_jabatan="jpt")  # whose plan is worth 109
    t = tabel([bawahan, atasan])
    lama = nilai(t, KEBIJAKAN)
    baru_ = nilai(t, KEBIJAKAN.dengan({f"{BERKAS}.{nama}": {"2021-07-01": baru}}))
    assert tertulis not in langkah(lama)
    assert tertulis in langkah(baru_)
    assert "Skenario" in str(baru_.jelaskan(nip(0)))
    assert lama.tabel().loc[nip(0), "nilai_kinerja"] != baru_.tabel().loc[nip(0), "nilai_kinerja"]


REFORMASI_PIMPINAN = [
    (f"{BERKAS}.pita_nilai_awal", {"cukup": 75}, "Nilai capaian IKI [R0-0, Waktu, I2] = 85 poin"),
    (f"{BERKAS}.pita_kenaikan", {"cukup": 0}, "Nilai capaian IKI [R0-0, Waktu, I2] = 70 poin"),
    (f"{BERKAS}.pita_capaian_awal", {"cukup": 85}, "Nilai capaian IKI [R0-0, Waktu, I2] = 75 poin"),
    (f"{BERKAS}.pita_lebar", {"cukup": 38}, "Nilai capaian IKI [R0-0, Waktu, I2] = 75 poin"),
    (f"{BERKAS}.pita_capaian_iki", [{"paling_sedikit": 0, "nilai": "baik"}], "[R0-0, Waktu, I2] = 109 poin"),
    (f"{BERKAS}.capaian_target_tertinggi", 90, "Nilai capaian IKI [R0-0, Waktu, I2] = 120 poin"),
    (f"{BERKAS}.capaian_terendah", 95, "Capaian IKI dalam persen bulat [R0-0, Waktu, I2] = 95 %"),
    (
        "jembatan.permenpanrb_8_2021_cara_menilai",
        {"jpt": {"bukan_kepala": "tiga_aspek"}},
        "Poin rencana [R0-0] = 80 poin",
    ),
    (
        "jembatan.permenpanrb_8_2021_jenis_kinerja_utama",
        {"program": "perjanjian_kinerja"},
        "Nilai SKP = 70 poin",
    ),
]


@pytest.mark.parametrize(
    ("jalur", "baru", "tertulis"), REFORMASI_PIMPINAN, ids=[r[0] for r in REFORMASI_PIMPINAN]
)
def test_reformasi_pimpinan(jalur: str, baru: Any, tertulis: str) -> None:
    kurang = {**_iki(90), "induk": "program"}
    kurang["iki"] = [{**i, "target_maksimum": True} for i in kurang["iki"]]
    sedang = {**_iki(70), "induk": "sasaran"}
    t = tabel([orang(jenis_jabatan="jpt", rhk=[kurang, sedang])])
    lama = nilai(t, KEBIJAKAN)
    baru_ = nilai(t, KEBIJAKAN.dengan({jalur: {"2021-07-01": baru}}))
    assert kolom_akhir(lama, "nilai_skp") == [68]
    assert tertulis not in langkah(lama)
    assert tertulis in langkah(baru_)
    assert kolom_akhir(baru_, "nilai_skp") != [68]
