"""The figures: honest numbers, nothing cut or overlapping, the same bytes every time."""

from __future__ import annotations

import hashlib
import math
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from kinerja import gambar, kertas
from kinerja.data.skema import JENJANG_KASKADE, PREDIKAT, PREDIKAT_ORGANISASI, RATING
from kinerja.laporan.cabang import jalankan_cabang
from kinerja.tampil import Gambar

NAN = math.nan
MM = 72 / 25.4
PANJANG = (
    "Persentase penduduk di seluruh kecamatan kepulauan yang memperoleh pelayanan air minum layak dan aman "
    "sepanjang tahun termasuk pada musim kemarau"
)
TAK_TERPUTUS = "Pertanggungjawabanpenyelenggaraanpemerintahandaerahkabupatenkepulauanterluar" * 2
JAHAT = [
    "<script>alert(1)</script>",
    "Sarana & prasarana",
    "$x_1$ dan $\\frac{1}{2}$",
    "a\x00b\x07c\nd\u202ee\ufffe",
    "]]>&amp;<!--",
    "人口 😀",
    "",
]


# --- tables ---------------------------------------------------------------------------------


def tabel_iku(n: int = 7) -> pd.DataFrame:
    capaian = [101.25, 87.5, 99.96, 233.3333, NAN, 100, 700.0]
    nama = [
        "Nilai SAKIP",
        PANJANG,
        "Opini BPK",
        TAK_TERPUTUS,
        "Angka kematian ibu",
        "Indeks",
        "Jumlah inovasi",
    ]
    return pd.DataFrame(
        {"indikator": [f"{nama[i % 7]} {i}" for i in range(n)], "capaian": [capaian[i % 7] for i in range(n)]}
    )


def tabel_kuadran() -> tuple[pd.DataFrame, pd.DataFrame]:
    baris, kolom = list(RATING[::-1]), list(RATING)
    jumlah = pd.DataFrame([[3, 52, 41], [9, 512, 84], [12, 18, 11]], index=baris, columns=kolom)
    predikat = pd.DataFrame(
        [
            ["kurang", "baik", "sangat_baik"],
            ["kurang", "baik", "baik"],
            ["sangat_kurang", "butuh_perbaikan", "butuh_perbaikan"],
        ],
        index=baris,
        columns=kolom,
    )
    return jumlah, predikat


def tabel_predikat() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "predikat": list(PREDIKAT),
            "jumlah": [41, 648, 29, 12, 12],
            "paling_sedikit": [NAN, 100, 40, NAN, NAN],
            "paling_banyak": [30, NAN, 150, 80, NAN],
        }
    )


def tabel_kaskade(program: int = 3, kegiatan: int = 3, sub: int = 4) -> pd.DataFrame:
    baris: list[tuple[str, str | None, str, str, int]] = [("S", "pemda", "sasaran", PANJANG, 1200)]
    for p in range(program):
        baris.append((f"P{p}", "S", "program", f"Program {TAK_TERPUTUS} {p}", 40 - p))
        for k in range(kegiatan):
            baris.append((f"P{p}K{k}", f"P{p}", "kegiatan", f"Penyediaan layanan kesehatan rujukan {k}", 14))
            baris.extend(
                (f"P{p}K{k}S{s}", f"P{p}K{k}", "sub_kegiatan", f"Pengelolaan pelayanan {s}", max(0, 3 - s))
                for s in range(sub)
            )
    return pd.DataFrame(baris, columns=["id", "induk", "jenjang", "uraian", "pegawai"])


def tabel_dalam() -> pd.DataFrame:
    """All eight levels, with branches from the fifth on."""
    baris: list[tuple[str, str | None, str, str, int]] = []
    induk = None
    for i, j in enumerate(JENJANG_KASKADE):
        baris.extend((f"{j}{n}", induk, j, f"{PANJANG} {n}", 90 - i) for n in range(1 if i < 4 else 2))
        induk = f"{j}0"
    return pd.DataFrame(baris, columns=["id", "induk", "jenjang", "uraian", "pegawai"])


def tabel_tpp(n: int = 9) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kelas": range(5, 5 + n),
            "dibayar": [410_000_000 + 9_123_456 * i for i in range(n)],
            "potongan_kinerja": [1_200_000 * i for i in range(n)],
            "potongan_disiplin": [0 if i == 3 else 30_000 + 420_000 * i for i in range(n)],
        }
    )


def tabel_opd(n: int = 35) -> pd.DataFrame:
    acak = np.random.default_rng(4)
    nama = ["Dinas Kesehatan", PANJANG, "Inspektorat", TAK_TERPUTUS, "Sekretariat DPRD"]
    organisasi = [*PREDIKAT_ORGANISASI, None]
    return pd.DataFrame(
        {
            "nama": [f"{nama[i % 5]} {i}" for i in range(n)],
            "organisasi": [organisasi[i % 6] for i in range(n)],
            "persen_baik": [NAN if i == 11 else v for i, v in enumerate(acak.uniform(80, 100, n).round(2))],
            "capaian": [
                NAN if i == 5 else 412.5 if i == 7 else v for i, v in enumerate(acak.uniform(60, 125, n))
            ],
            "pegawai": acak.integers(8, 2400, n),
            "tpp": acak.integers(50_000_000, 99_000_000_000, n),
        }
    )


def semua() -> dict[str, Gambar]:
    """Every figure on ordinary, largest, smallest and empty tables."""
    jumlah, predikat = tabel_kuadran()
    opd = tabel_opd()
    return {
        "capaian": gambar.gambar_capaian(tabel_iku()),
        "capaian 1": gambar.gambar_capaian(tabel_iku(1)),
        "capaian 40": gambar.gambar_capaian(tabel_iku(40)),
        "capaian nan": gambar.gambar_capaian(tabel_iku().assign(capaian=NAN)),
        "capaian 0": gambar.gambar_capaian(tabel_iku(0)),
        "kuadran": gambar.gambar_kuadran(jumlah, predikat),
        "kuadran besar": gambar.gambar_kuadran(jumlah * 9_999, predikat),
        "kuadran 0": gambar.gambar_kuadran(jumlah * 0, predikat),
        "predikat": gambar.gambar_predikat(tabel_predikat()),
        "predikat lepas": gambar.gambar_predikat(
            tabel_predikat().assign(paling_sedikit=NAN, paling_banyak=NAN)
        ),
        "predikat 0": gambar.gambar_predikat(tabel_predikat().assign(jumlah=0)),
        "kaskade": gambar.gambar_kaskade(tabel_kaskade(), 37),
        "kaskade kecil": gambar.gambar_kaskade(tabel_kaskade(2, 2, 2)),
        "kaskade besar": gambar.gambar_kaskade(tabel_kaskade(6, 6, 8), 4120),
        "kaskade lebar": gambar.gambar_kaskade(tabel_kaskade(40, 1, 1)),
        "kaskade dalam": gambar.gambar_kaskade(tabel_dalam(), 1),
        "kaskade 1": gambar.gambar_kaskade(tabel_kaskade(0, 0, 0).assign(pegawai=0), 1),
        "kaskade 0": gambar.gambar_kaskade(tabel_kaskade(0, 0, 0)[:0], 5),
        "tpp": gambar.gambar_tpp(tabel_tpp()),
        "tpp 17": gambar.gambar_tpp(tabel_tpp(17)),
        "tpp 1": gambar.gambar_tpp(tabel_tpp(1)),
        "tpp nol": gambar.gambar_tpp(tabel_tpp().assign(dibayar=0, potongan_kinerja=0, potongan_disiplin=0)),
        "tpp nan": gambar.gambar_tpp(tabel_tpp().assign(dibayar=NAN)),
        "tpp pemda": gambar.gambar_tpp(tabel_tpp().set_index("kelas").mul(1000).reset_index()),
        "tpp 0": gambar.gambar_tpp(tabel_tpp(0)),
        "selisih": gambar.gambar_selisih(opd),
        "selisih 80": gambar.gambar_selisih(tabel_opd(80)),
        "selisih 1": gambar.gambar_selisih(opd[:1]),
        "selisih nan": gambar.gambar_selisih(opd.assign(persen_baik=NAN, organisasi=None)),
        "selisih 0": gambar.gambar_selisih(opd[:0]),
        "opd": gambar.gambar_opd(opd),
        "opd 80": gambar.gambar_opd(tabel_opd(80)),
        "opd 1": gambar.gambar_opd(opd[:1]),
        "opd nan": gambar.gambar_opd(opd.assign(capaian=NAN, tpp=NAN)),
        "opd 0": gambar.gambar_opd(opd[:0]),
    }


NAMA = list(semua())


@pytest.fixture(scope="module")
def hasil() -> dict[str, Gambar]:
    return semua()


# --- reading a figure back ------------------------------------------------------------------


def urai(g: Gambar) -> tuple[float, float, list[tuple[str, float, float, float, float]], list[list[float]]]:
    """(width mm, height mm, texts (text, left, top, right, bottom), path numbers) of a figure."""
    akar = ElementTree.fromstring(g.svg)
    _, _, w, h = (float(v) / MM for v in akar.attrib["viewBox"].split())
    tulisan = []
    for t in akar.iter("{http://www.w3.org/2000/svg}text"):
        isi, pt = t.text or "", float(t.attrib["font-size"])
        assert pt >= 9, f"{isi!r} hanya {pt} pt"
        panjang = kertas.lebar_teks(isi, pt, t.attrib.get("font-weight") == "bold")
        geser = {"start": 0.0, "middle": 0.5, "end": 1.0}[t.attrib["text-anchor"]]
        x, y = float(t.attrib["x"]) / MM - geser * panjang, float(t.attrib["y"]) / MM
        tulisan.append((isi, x, y - 0.73 * pt / MM, x + panjang, y + 0.1 * pt / MM))
    jalur = [
        [float(v) / MM for v in re.findall(r"-?\d+(?:\.\d+)?", p.attrib["d"])]
        for p in akar.iter("{http://www.w3.org/2000/svg}path")
    ]
    return w, h, tulisan, jalur


def kata(g: Gambar) -> list[str]:
    return [t[0] for t in urai(g)[2]]


def kotak_kaskade(g: Gambar) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of every closed rectangle, without the sheet and the note below the tree."""
    akar = ElementTree.fromstring(g.svg)
    kotak = []
    for p in akar.iter("{http://www.w3.org/2000/svg}path"):
        for potong in p.attrib["d"].split("z")[:-1]:
            v = [float(x) / MM for x in re.findall(r"-?\d+(?:\.\d+)?", potong)]
            kotak.append((min(v[0::2]), min(v[1::2]), max(v[0::2]), max(v[1::2])))
    return kotak[1:-1]


def bertumpuk(a: tuple[float, ...], b: tuple[float, ...], longgar: float = 0.05) -> bool:
    return a[0] < b[2] - longgar and b[0] < a[2] - longgar and a[1] < b[3] - longgar and b[1] < a[3] - longgar


@pytest.mark.parametrize("nama", NAMA)
def test_nothing_is_cut_or_overlaps(hasil: dict[str, Gambar], nama: str) -> None:
    w, h, tulisan, jalur = urai(hasil[nama])
    assert w == pytest.approx(170, abs=1e-3)
    assert h <= 247, "lebih tinggi dari satu halaman F4"
    assert tulisan
    for isi, kiri, atas, kanan, bawah in tulisan:
        assert kiri >= -0.1, isi
        assert kanan <= w + 0.1, isi
        assert atas >= -0.1, isi
        assert bawah <= h + 0.1, isi
    for v in jalur:
        assert min(v) >= -0.01
        assert max(v[0::2]) <= w + 0.01
        assert max(v[1::2]) <= h + 0.01
    for i, a in enumerate(tulisan):
        for b in tulisan[:i]:
            assert not bertumpuk(a[1:], b[1:]), (a[0], b[0])


@pytest.mark.parametrize("nama", NAMA)
def test_numbers_are_written_in_indonesian(hasil: dict[str, Gambar], nama: str) -> None:
    g = hasil[nama]
    for isi in (*kata(g), g.judul, g.alt):
        # a point may only part thousands; no English words or raw nan from a format
        assert not re.search(r"\d\.(?!\d{3}(?!\d))\d", isi), isi
        assert not re.search(r"\d%|\bnan\b|\binf\b|None", isi), isi
    assert g.judul
    assert g.sumber


@pytest.mark.parametrize("nama", [n for n in NAMA if not n.endswith(" 0")])
def test_alt_says_numbers(hasil: dict[str, Gambar], nama: str) -> None:
    assert len(re.findall(r"\d+", hasil[nama].alt)) >= 2


# --- same bytes -----------------------------------------------------------------------------


def sidik() -> str:
    return hashlib.sha256("".join(f"{g.svg}{g.judul}{g.alt}" for g in semua().values()).encode()).hexdigest()


def test_two_processes_give_the_same_bytes() -> None:
    perintah = "import sys; sys.path[:0] = sys.argv[1:]; import test_gambar; print(test_gambar.sidik())"
    jalan = [
        subprocess.run(
            [sys.executable, "-c", perintah, str(__import__("pathlib").Path(__file__).parent)],
            env={"PYTHONHASHSEED": benih, "MPLCONFIGDIR": matplotlib.get_configdir(), "TZ": zona},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for benih, zona in (("1", "Asia/Jakarta"), ("2", "UTC"))
    ]
    assert jalan[0] == jalan[1] == sidik()


def test_global_settings_of_a_notebook_do_not_matter() -> None:
    biasa = sidik()
    lain = {
        "svg.fonttype": "path",
        "font.size": 30,
        "text.color": "red",
        "lines.linewidth": 9,
        "hatch.color": "red",
    }
    with matplotlib.rc_context(
        {**lain, "svg.hashsalt": "x", "figure.facecolor": "black", "text.usetex": True}
    ):
        assert sidik() == biasa


def test_threads_draw_at_the_same_time() -> None:
    with ThreadPoolExecutor(6) as kolam:
        assert len({f.result() for f in [kolam.submit(sidik) for _ in range(6)]}) == 1


def test_drawing_lays_out_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text layout is nine tenths of what matplotlib's drawing costs; it must not come back."""

    def mahal(*_: object) -> None:
        raise AssertionError("tata letak teks matplotlib dipakai")

    monkeypatch.setattr(Text, "_get_layout", mahal)
    assert kata(gambar.gambar_capaian(tabel_iku()))


def test_order_of_rows_and_columns_of_the_kuadran_does_not_matter() -> None:
    jumlah, predikat = tabel_kuadran()
    terbalik = gambar.gambar_kuadran(jumlah.iloc[::-1, ::-1], predikat.iloc[[1, 0, 2]])
    assert terbalik == gambar.gambar_kuadran(jumlah, predikat)


# --- hostile text ---------------------------------------------------------------------------


def test_hostile_text_stays_text() -> None:
    n = len(JAHAT)
    gambar_jahat = [
        gambar.gambar_capaian(pd.DataFrame({"indikator": JAHAT, "capaian": [90.0] * n})),
        gambar.gambar_opd(pd.DataFrame({"nama": JAHAT, "capaian": 90.0, "pegawai": 1, "tpp": 1e6})),
        gambar.gambar_selisih(pd.DataFrame({"nama": JAHAT, "organisasi": "baik", "persen_baik": 90.0})),
        gambar.gambar_kaskade(
            pd.DataFrame(
                {"id": map(str, range(n)), "induk": None, "jenjang": "program", "uraian": JAHAT, "pegawai": 1}
            )
        ),
    ]
    for g in gambar_jahat:
        g.svg.encode()
        for potong in ("<script", "<!--", "\x00", "\x07", "\u202e"):
            assert potong not in g.svg
        isi = kata(g)
        for tampak in (JAHAT[0], JAHAT[1], JAHAT[2], "a b c d e", JAHAT[4], "人口 😀", "–"):
            assert tampak in isi or tampak[:12] in " ".join(isi), tampak
    assert kertas.satu_baris("a\ud800b") == "a b"  # lone surrogates cannot be written as UTF-8


def test_missing_names_are_shown_as_unknown() -> None:
    g = gambar.gambar_opd(
        pd.DataFrame({"nama": [pd.NA], "capaian": [90.0], "pegawai": [pd.NA], "tpp": [NAN]})
    )
    assert kata(g).count("–") == 3


def test_long_text_is_wrapped_and_elided() -> None:
    for teks in (PANJANG, TAK_TERPUTUS, f"{TAK_TERPUTUS} {PANJANG}", "a " * 200, "x"):
        for baris in (1, 2, 4):
            hasil = kertas.bungkus_teks(teks.strip(), 40, 9, baris)
            assert 1 <= len(hasil) <= baris
            assert all(kertas.lebar_teks(b, 9) <= 40 for b in hasil)
            utuh = "".join(hasil).replace(" ", "")
            assert utuh == teks.replace(" ", "") or utuh.endswith("…")
            assert teks.replace(" ", "").startswith(utuh.removesuffix("…"))


def test_text_width_is_that_of_the_font() -> None:
    berkas = kertas._berkas_huruf(False)
    berkas.set_size(100, 72)
    berkas.set_text("HHHHHHHHHH", 0.0)
    assert kertas.lebar_teks("HHHHHHHHHH", 100) * MM == pytest.approx(
        berkas.get_width_height()[0] / 64, rel=0.02
    )


# --- each figure ----------------------------------------------------------------------------


def test_capaian_is_cut_at_the_axis_with_its_true_number(hasil: dict[str, Gambar]) -> None:
    isi = kata(hasil["capaian"])
    for angka in ("101,3 %", "87,5 %", "99,96 %", "233,3 %", "700,0 %", "realisasi belum ada"):
        assert angka in isi
    alt = hasil["capaian"].alt
    assert "4 mencapai target, 2 di bawah target, 1 belum ada realisasinya" in alt
    assert "Tertinggi 700,0 % (Jumlah inovasi 6)" in alt
    assert hasil["capaian"].judul.endswith("4 dari 6 mencapai target, 1 belum ada realisasinya")


def test_binary_dust_does_not_cross_the_target() -> None:
    g = gambar.gambar_capaian(pd.DataFrame({"indikator": ["a"], "capaian": [100 - 1e-13]}))
    assert "100,0 %" in kata(g)
    assert "1 dari 1 mencapai target" in g.judul


def arsir(g: Gambar) -> int:
    """How many slanted lines the figure has."""
    n = 0
    for d in re.findall(r'<path d="([^"z]*)" style="fill: none', g.svg):
        for a, b in re.findall(r"M ([\d. -]+)\s+L ([\d. -]+)\s+(?=M|$)", d):
            (xa, ya), (xb, yb) = map(float, a.split()), map(float, b.split())
            n += xa != xb and ya != yb
    return n


def test_only_what_misses_its_target_is_hatched() -> None:
    def garis(v: float) -> int:
        return arsir(gambar.gambar_capaian(pd.DataFrame({"indikator": ["a"], "capaian": [v]})))

    assert garis(100.0) == garis(120.0) == garis(NAN) == 0
    assert garis(99.9) > garis(50.0) > 10
    patuh = tabel_predikat().assign(paling_sedikit=NAN, paling_banyak=[41, NAN, NAN, NAN, NAN])
    assert arsir(gambar.gambar_predikat(patuh)) == 0
    assert arsir(gambar.gambar_predikat(patuh.assign(paling_banyak=[40, NAN, NAN, NAN, NAN]))) > 0


def test_capaian_marks_only_what_lies_beyond_the_axis() -> None:
    def robek(v: float) -> int:
        g = gambar.gambar_capaian(pd.DataFrame({"indikator": ["a"], "capaian": [v]}))
        putih = re.findall(r'<path d="([^"]*)" style="fill: #ffffff"/>', g.svg)
        return sum(p.count("z") for p in putih[1:])  # the first is the sheet

    assert robek(150.0) == 0
    assert robek(150.01) == 2
    assert robek(-20.0) == 0


def test_a_bar_is_as_long_as_its_number() -> None:
    def panjang(v: float) -> float:
        g = gambar.gambar_capaian(pd.DataFrame({"indikator": ["a"], "capaian": [v]}))
        batang = re.findall(r'<path d="([^"]*)" style="fill: #1f3a5f"/>', g.svg)
        x = [float(t) / MM for t in re.findall(r"-?\d+(?:\.\d+)?", batang[0])][0::2]
        return max(x) - min(x)

    assert panjang(120.0) == pytest.approx(1.2 * panjang(100.0), rel=1e-4)
    assert panjang(700.0) == pytest.approx(1.5 * panjang(100.0), rel=1e-4)


def test_kuadran_puts_best_at_the_top_right(hasil: dict[str, Gambar]) -> None:
    g = hasil["kuadran"]
    letak = {isi: (x, y) for isi, x, y, _, _ in reversed(urai(g)[2])}  # the first of equal texts: a cell
    assert letak["41"][0] > letak["52"][0] > letak["3"][0]
    assert letak["41"][1] < letak["84"][1] < letak["11"][1]
    assert {"69,0 %", "5,5 %", "↑ Hasil kerja", "Perilaku kerja →", "Jumlah 742 pegawai"} <= set(letak)
    assert "Baik (hasil sesuai ekspektasi, perilaku sesuai ekspektasi) 512 pegawai atau 69,0 %" in g.alt
    assert "Sangat Baik 41 (5,5 %)" in g.alt
    assert g.judul == "Kuadran kinerja 742 pegawai: 92,9 % berpredikat Baik atau Sangat Baik"


def test_kuadran_ink_reads_on_every_shade() -> None:
    def terang(warna: str) -> float:
        rgb = [int(warna[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linier = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb]
        return float(np.dot(linier, (0.2126, 0.7152, 0.0722)))

    for bagian in np.linspace(0, 1, 101):
        a, b = sorted(terang(w) for w in gambar._campur(float(bagian)))
        assert (b + 0.05) / (a + 0.05) >= 4.5


def test_predikat_says_each_violation(hasil: dict[str, Gambar]) -> None:
    g = hasil["predikat"]
    isi = kata(g)
    assert {"lebih 11 dari pola ≤ 30", "pola ≥ 100", "kurang 11 dari pola 40–150", "pola ≤ 80"} <= set(isi)
    assert "648  (87,3 %)" in isi
    assert "2 predikat di luar pola distribusi" in g.judul
    assert "Baik 648 (87,3 %), sesuai pola ≥ 100" in g.alt


def test_predikat_on_its_bound_is_no_violation() -> None:
    tepat = tabel_predikat().assign(paling_sedikit=[41, 1, 29, 0, 12], paling_banyak=[41, 648, 30, 12, NAN])
    assert "semua predikat di dalam pola" in gambar.gambar_predikat(tepat).judul
    lepas = tabel_predikat().assign(paling_sedikit=NAN, paling_banyak=NAN)
    assert "tidak ada pola distribusi" in gambar.gambar_predikat(lepas).judul


def test_tpp_shows_small_losses_in_words(hasil: dict[str, Gambar]) -> None:
    isi = kata(hasil["tpp"])
    assert "disiplin −0,03" in isi  # Rp30.000 of Rp410 juta: invisible as a bar
    assert "kinerja −1,2; disiplin −0,5" in isi
    assert "kinerja −3,6" in isi  # class 8 lost nothing to discipline
    assert isi.index("Kelas 13") < isi.index("Kelas 5")
    alt = hasil["tpp"].alt
    assert "hilang karena kinerja 43,2" in alt
    assert "disiplin" in alt
    assert "Rp4.018.444.416" in hasil["tpp"].judul
    assert "tanpa potongan" in kata(hasil["tpp nol"])
    assert "belum dihitung" in kata(hasil["tpp nan"])


def test_selisih_groups_and_ranks(hasil: dict[str, Gambar]) -> None:
    isi = kata(hasil["selisih"])
    kepala = [i for i in isi if i.startswith("Organisasi")]
    urut = ["Istimewa", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang", "belum berpredikat"]
    assert [re.sub(r"^Organisasi (.*): \d+ OPD$", r"\1", k) for k in kepala] == urut
    baik = tabel_opd().query("organisasi == 'baik'")["persen_baik"]
    rata = f"{baik.mean():.1f} %".replace(".", ",")
    assert f"Organisasi Baik ({len(baik)} OPD): rata-rata {rata}" in hasil["selisih"].alt
    assert "belum dinilai" in isi
    awal, akhir = isi.index(kepala[1]), isi.index(kepala[2])
    nilai = [float(i[:-2].replace(",", ".")) for i in isi[awal:akhir] if re.fullmatch(r"[\d,]+ %", i)]
    assert len(nilai) == len(baik)
    assert nilai == sorted(nilai, reverse=True)


def test_opd_ranks_and_folds_the_middle(hasil: dict[str, Gambar]) -> None:
    isi = kata(hasil["opd"])
    assert isi.index("412,5 %") == min(
        isi.index(i) for i in isi if re.fullmatch(r"[\d,]+ %", i) and i != "0 %"
    )
    assert "belum ada" in isi
    assert "1 belum ada capaiannya" in hasil["opd"].alt
    lipatan = [i for i in kata(hasil["opd 80"]) if i.startswith("…")]
    assert len(lipatan) == 1
    assert re.fullmatch(r"… 33 OPD lain: [\d,]+ % sampai [\d,]+ %", lipatan[0])
    assert "Peringkat 80 perangkat daerah" in hasil["opd 80"].alt


# --- the cascade ----------------------------------------------------------------------------


@pytest.mark.parametrize("nama", [n for n in NAMA if n.startswith("kaskade") and not n.endswith(" 0")])
def test_boxes_do_not_overlap_and_hold_their_text(hasil: dict[str, Gambar], nama: str) -> None:
    kotak = kotak_kaskade(hasil[nama])
    assert 1 <= len(kotak) <= 24
    for i, a in enumerate(kotak):
        assert not any(bertumpuk(a, b) for b in kotak[:i])
    puncak = min(k[1] for k in kotak)
    banyak = [t for t in urai(hasil[nama])[2] if re.fullmatch(r"([\d.]+|belum ada) pegawai", t[0])]
    assert sum(t[2] > puncak for t in banyak) == len(kotak)
    for isi, kiri, atas, kanan, bawah in urai(hasil[nama])[2]:
        for k in kotak:
            if bertumpuk((kiri, atas, kanan, bawah), k):
                assert k[0] <= kiri <= kanan <= k[2] + 0.05, isi
                assert k[1] <= atas <= bawah <= k[3], isi


def test_a_small_tree_is_shown_whole(hasil: dict[str, Gambar]) -> None:
    assert len(kotak_kaskade(hasil["kaskade kecil"])) == len(tabel_kaskade(2, 2, 2)) == 15
    assert "Diringkas" not in hasil["kaskade kecil"].alt
    assert "Semua pegawai terhubung ke pohon kinerja" in kata(hasil["kaskade kecil"])


def test_what_does_not_fit_is_counted(hasil: dict[str, Gambar]) -> None:
    isi = " ".join(kata(hasil["kaskade"]))
    assert isi.count("… 4 sub kegiatan") == 9
    g = hasil["kaskade besar"]
    assert "1 sasaran, 6 program, 36 kegiatan, dan 288 sub kegiatan" in g.alt
    assert "Diringkas karena tempat" in g.alt
    assert "4.120 pegawai belum terhubung ke pohon kinerja" in kata(g)
    assert "Program" in kata(g)
    lebar = " ".join(kata(hasil["kaskade lebar"]))
    lipatan = re.search(r"… (\d+) program lain dengan (\d+) kegiatan dan (\d+) sub kegiatan", lebar)
    assert lipatan
    tampak = sum(k == "Program" for k in kata(hasil["kaskade lebar"])) - 1  # one is the heading
    assert [int(n) + tampak for n in lipatan.groups()] == [40, 40, 40]


def test_the_folded_and_the_shown_add_up() -> None:
    tabel = tabel_kaskade(1, 1, 60)
    g = gambar.gambar_kaskade(tabel)
    lipatan = re.search(r"… (\d+) sub kegiatan lain", " ".join(kata(g)))
    assert lipatan
    tampak = len(kotak_kaskade(g)) - 4  # sasaran, program, kegiatan, the fold
    assert tampak + int(lipatan[1]) == 60


def test_brothers_with_most_employees_stay() -> None:
    anak = pd.DataFrame(
        {
            "id": [f"a{i}" for i in range(50)],
            "induk": "S",
            "jenjang": "program",
            "uraian": [f"Program nomor {i}" for i in range(50)],
            "pegawai": [100 if i == 47 else i % 7 for i in range(50)],
        }
    )
    akar = pd.DataFrame(
        {"id": ["S"], "induk": [None], "jenjang": "sasaran", "uraian": "Pangkal", "pegawai": [200]}
    )
    isi = kata(gambar.gambar_kaskade(pd.concat([akar, anak], ignore_index=True)))
    assert "Program nomor 47" in isi
    assert "Program nomor 0" not in isi


def test_single_ancestors_become_one_line_each(hasil: dict[str, Gambar]) -> None:
    isi = kata(hasil["kaskade dalam"])
    assert [i.split(": ")[0] for i in isi if ": " in i] == ["Visi", "Misi", "Tujuan"]
    assert {"Sasaran", "Program", "Kegiatan", "Sub kegiatan", "Individu"} <= set(isi)


def test_a_node_without_employees_is_told(hasil: dict[str, Gambar]) -> None:
    assert "belum ada pegawai" in kata(hasil["kaskade 1"])
    assert "1 simpul belum punya pegawai" in hasil["kaskade 1"].alt
    assert "stroke-dasharray" in hasil["kaskade 1"].svg


def test_rings_and_very_deep_chains_end() -> None:
    lingkar = pd.DataFrame(
        {"id": ["a", "b", "c"], "induk": ["b", "a", "c"], "jenjang": "program", "uraian": "x", "pegawai": 1}
    )
    assert len(kotak_kaskade(gambar.gambar_kaskade(lingkar))) == 3
    n = 3000
    rantai = pd.DataFrame(
        {
            "id": [str(i) for i in range(n)],
            "induk": [None, *(str(i) for i in range(n - 1))],
            "jenjang": "individu",
            "uraian": "x",
            "pegawai": 1,
        }
    )
    g = gambar.gambar_kaskade(rantai)
    assert len(kotak_kaskade(g)) == 5
    assert "3.000 individu" in g.alt


# --- refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fungsi", "kurang"),
    [
        (gambar.gambar_capaian, ("indikator", "capaian")),
        (gambar.gambar_predikat, ("predikat", "jumlah", "paling_sedikit", "paling_banyak")),
        (gambar.gambar_kaskade, ("id", "induk", "jenjang", "uraian", "pegawai")),
        (gambar.gambar_tpp, ("kelas", "dibayar", "potongan_kinerja", "potongan_disiplin")),
        (gambar.gambar_selisih, ("nama", "organisasi", "persen_baik")),
        (gambar.gambar_opd, ("nama", "capaian", "pegawai", "tpp")),
    ],
)
def test_missing_columns_are_named_all_at_once(fungsi, kurang) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="tidak ada") as galat:
        fungsi(pd.DataFrame({"lain": [1]}))
    for k in kurang:
        assert f"kolom {k} tidak ada" in str(galat.value)


def test_infinite_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="kolom capaian baris 1: nilai tak terhingga"):
        gambar.gambar_capaian(pd.DataFrame({"indikator": ["a", "b"], "capaian": [1.0, math.inf]}))


def test_unknown_and_repeated_codes_are_refused() -> None:
    jumlah, predikat = tabel_kuadran()
    with pytest.raises(ValueError, match="hebat tidak dikenal"):
        gambar.gambar_predikat(tabel_predikat().replace("baik", "hebat"))
    with pytest.raises(ValueError, match="baik muncul lebih dari sekali"):
        gambar.gambar_predikat(tabel_predikat().replace("sangat_baik", "baik"))
    with pytest.raises(ValueError, match="rating_hasil: tinggi tidak dikenal"):
        gambar.gambar_kuadran(jumlah.rename(index={"sesuai": "tinggi"}), predikat)
    with pytest.raises(ValueError, match="predikat: cukup tidak dikenal"):
        gambar.gambar_kuadran(jumlah, predikat.replace("baik", "cukup"))
    with pytest.raises(ValueError, match="organisasi: hebat tidak dikenal"):
        gambar.gambar_selisih(tabel_opd().assign(organisasi="hebat"))


@pytest.mark.parametrize(
    ("nilai", "tertulis"),
    [
        (99.96, "99,96 %"),
        (99.99999, "99,99999 %"),
        (100, "100,0 %"),
        (100.004, "100,004 %"),
        (0.0, "0,0 %"),
        (0.04, "0,04 %"),
        (87.25, "87,3 %"),
        (-12.5, "-12,5 %"),
    ],
)
def test_rounding_never_crosses_zero_or_the_target(nilai: float, tertulis: str) -> None:
    assert kertas.tulis_persen(nilai) == tertulis


@pytest.mark.skipif(not hasattr(os, "fork"), reason="tanpa fork")
def test_cabang_mengukur_huruf_tanpa_saling_ganggu():
    """Forked children measure text at the same time; an open font file would be one file for all of them."""
    kertas.lebar_teks("a", 9)  # the parent has opened the font
    teks = [chr(c) for c in range(33, 1200)]
    harap = sum(kertas.lebar_teks(h, 9, tebal) for h in teks for tebal in (False, True))

    def satu(_: int) -> float:
        kertas._lebar_huruf.cache_clear()
        return sum(kertas.lebar_teks(h, 9, tebal) for h in teks for tebal in (False, True))

    hasil = list(jalankan_cabang(range(12), satu, 4))
    assert [h.galat for h in hasil] == [None] * 12
    assert {h.nilai for h in hasil} == {harap}
