"""Rules explain themselves: what is printed, what the workbook computes and the number are one.

Also the corners of exact columns that the rules rely on: unknown rows, wide numbers, look-ups.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pecahan import DESIMAL, isi, kolom, setengah_ke_atas
from test_tpp import acak
from test_tpp import tabel as tabel_tpp

from kinerja import tulisan
from kinerja.aturan import (
    Bertingkat,
    Excel,
    Graf,
    Hasil,
    Teks,
    aturan,
    jelaskan,
    ke_seri,
    keterangan,
    tampil,
    tulis,
)
from kinerja.data.skema import PREDIKAT
from kinerja.iki.capaian import RUMUS
from kinerja.parameter import GalatParameter, Nilai, kebijakan
from kinerja.pecahan import (
    Kode,
    Pecahan,
    Syarat,
    bulat,
    cari,
    cari_selang,
    dari_angka,
    dari_kategori,
    jumlah_per,
    pilih,
    rata_per,
    rupiah,
    terbesar,
    terkecil,
    titik_lurus,
)
from kinerja.penjelasan import Langkah, Penjelasan, sebutan
from kinerja.regulasi import permenpanrb6
from kinerja.tukin import tpp
from kinerja.tukin.tpp import hitung_tpp, parameter_tpp

KEBIJAKAN = kebijakan("2022-12-31")
STATUS = ("teks", "dua-sumber", "sekunder", "tafsir", "belum-terverifikasi", "ilustratif", "asumsi")
SEMUA_ATURAN = [*tpp.GRAF.aturan.values(), *permenpanrb6.GRAF.aturan.values(), *RUMUS.values()]
HASIL = hitung_tpp(acak(150, benih=11), parameter_tpp(KEBIJAKAN, "tpp-60-40", "babel"))
_TANDA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?")


def eksak(teks: str) -> Fraction:
    """'4.447.069' or '0,25' as people write them."""
    return Fraction(teks.replace(".", "").replace(",", "."))


# -- every rule is fit to be shown ------------------------------------------------------------------------------


@pytest.mark.parametrize("fungsi", SEMUA_ATURAN, ids=lambda f: f.__name__)
def test_setiap_aturan_punya_keterangan_dan_satu_ungkapan(fungsi: Callable[..., Any]) -> None:
    ket = keterangan(fungsi)
    assert ket.label
    assert ket.dasar
    assert ket.satuan in {"persen", "rupiah", "predikat"}
    assert ket.status in STATUS

    class Nama(Teks):
        def nama(self, nama: str) -> str:
            return nama

    assert tulis(fungsi, Nama())  # TypeError if it is not one return expression


@pytest.mark.parametrize("graf", [tpp.GRAF, permenpanrb6.GRAF], ids=lambda g: g.nama)
def test_graf_lengkap_dan_terurut(graf: Graf) -> None:
    perlu = {n: set(f.__code__.co_varnames[: f.__code__.co_argcount]) for n, f in graf.aturan.items()}
    assert sorted(graf.urutan) == sorted(graf.aturan)
    for i, nama in enumerate(graf.urutan):
        assert perlu[nama] & set(graf.aturan) <= set(graf.urutan[:i])
    # every input is used, and every other argument is a parameter that has a name for people
    semua = set().union(*perlu.values())
    assert set(graf.masukan) <= semua
    assert set(graf.nama_parameter) == semua - set(graf.aturan) - set(graf.masukan)
    assert all(graf.masukan.values())


def test_masukan_atau_parameter_kurang_disebut_semua() -> None:
    with pytest.raises(ValueError, match=r"^graf PermenPANRB 6/2022: belum ada rating_perilaku, kuadran$"):
        permenpanrb6.GRAF.jalankan({"rating_hasil": dari_kategori([0], ["x"])}, {}, pd.Index(["a"]))


# -- the printed step is the number --------------------------------------------------------------------------------


def hitung_teks(teks: str) -> Fraction:
    """'dibulatkan ke rupiah (41.550.000 [untuk 17] × 0,59112978)' with plain Fraction arithmetic."""
    teks = re.sub(r" \[untuk [^\]]*\]", "", teks)
    teks = teks.replace("dibulatkan ke rupiah (", "bulat(")
    teks = teks.replace("terbesar antara (", "max(").replace("terkecil antara (", "min(")
    teks = _TANDA.sub(lambda m: f"F('{m[1].replace('.', '')}{(m[2] or '').replace(',', '.')}')", teks)
    for tulisan_, python in ((";", ","), ("×", "*"), ("÷", "/"), ("−", "-")):
        teks = teks.replace(tulisan_, python)
    return Fraction(eval(teks, {"F": Fraction, "bulat": setengah_ke_atas, "max": max, "min": min}))


def angka_hasil(teks: str) -> Fraction:
    return eksak(teks.removeprefix("Rp").removesuffix(" %"))


def test_penjelasan_menghasilkan_angkanya() -> None:
    """The line 'nilai' of every step, computed by hand, gives the step's number in every row."""
    diperiksa = 0
    for i, kunci in enumerate(HASIL.kunci):
        penjelasan = jelaskan(HASIL, kunci)
        for nama, langkah in zip(HASIL.graf.urutan, penjelasan.langkah, strict=True):
            nilai = HASIL[nama].satu(i)
            if nilai is None:
                assert langkah.hasil == "belum diketahui"
                assert "belum diketahui" in langkah.dengan_nilai
                continue
            assert hitung_teks(langkah.dengan_nilai) == nilai == angka_hasil(langkah.hasil)
            diperiksa += 1
    assert diperiksa > 1000


def test_penjelasan_menyebut_dasar_dan_status_setiap_parameter() -> None:
    satu = jelaskan(HASIL, HASIL.kunci[0])
    for nama, langkah in zip(HASIL.graf.urutan, satu.langkah, strict=True):
        ket = keterangan(HASIL.graf.aturan[nama])
        assert langkah.label == ket.label
        assert langkah.dasar.startswith(ket.dasar)
        assert langkah.status.split(", ")[0] == ket.status
        assert set(langkah.status.split(", ")) <= set(STATUS)
    disiplin = next(x for x in satu.langkah if x.label == "Nilai disiplin")
    assert disiplin.status == "sekunder, tafsir"
    assert disiplin.dasar == "Aturan TPP satu daerah (nama daerah tidak diketahui)"


def test_status_entri_tabel_bukan_status_seluruh_tabel() -> None:
    """Class 17 has weaker papers than the ladder, class 16 none."""
    hasil = hitung_tpp(
        tabel_tpp([(k, "baik", [], 0, 0) for k in (8, 16, 17)]),
        parameter_tpp(KEBIJAKAN, "tpp-60-40", "babel"),
    )
    status = [jelaskan(hasil, k).langkah[0].status for k in hasil.kunci]
    assert status == [
        "dua-sumber, asumsi",
        "dua-sumber, belum-terverifikasi, asumsi",
        "dua-sumber, sekunder, asumsi",
    ]


def test_teks_penjelasan_seutuhnya() -> None:
    hasil = hitung_tpp(
        tabel_tpp([(8, "butuh_perbaikan", [10, 20, 70], 1, 1)]),
        parameter_tpp(KEBIJAKAN, "tpp-60-40", "babel"),
    )
    baris = str(jelaskan(hasil, hasil.kunci[0])).splitlines()
    assert baris[0] == "TPP pola 60/40: 000000000000000000, 2022-07"
    assert baris[1] == "Hasil: TPP dibayar = Rp3.731.091"
    assert baris[2].startswith("1. ")
    assert len(baris) == 2 + 4 * len(hasil.graf.urutan)
    letak = next(i for i, b in enumerate(baris) if "Nilai TPP = " in b)
    assert baris[letak].endswith(". Nilai TPP = 83,9 %")
    assert baris[letak + 1 : letak + 4] == [
        "   rumus : terbesar antara (nilai produktivitas × porsi produktivitas kerja ÷ 100 + nilai disiplin × "
        "porsi disiplin kerja ÷ 100 − hari tidak masuk tanpa keterangan × "
        "potongan setiap hari tidak masuk tanpa keterangan; 0)",
        "   nilai : terbesar antara (80 × 60 ÷ 100 + 94,75 × 40 ÷ 100 − 1 × 2; 0)",
        "   dasar : Aturan TPP satu daerah (nama daerah tidak diketahui) [sekunder]",
    ]
    letak = next(i for i, b in enumerate(baris) if ". TPP dibayar = " in b)
    assert baris[letak].endswith(". TPP dibayar = Rp3.731.091")
    assert baris[letak + 2] == "   nilai : dibulatkan ke rupiah (4.447.069 × 83,9 ÷ 100)"


@pytest.mark.parametrize("kunci", ["x", 3, None, ("x",), ("x", "2022-07"), ("x", "2022-07", "y")])
def test_kunci_asing(kunci: Any) -> None:
    with pytest.raises(LookupError, match=r"tidak ada di hasil TPP pola 60/40\. Kunci ditulis seperti \('"):
        jelaskan(HASIL, kunci)


# -- the workbook formula is the number ------------------------------------------------------------------------------


class _Bilangan(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Call(ast.Name("F", ast.Load()), [node], [])


def hitung_excel(rumus: str, sel: dict[str, Any]) -> Any:
    """A formula of the Excel dialect: exact, ROUND half away from zero, 1-based INDEX and MATCH."""

    def index(nilai: Any, *letak: int) -> Any:
        for i in letak:
            nilai = nilai[i - 1]
        return nilai

    fungsi = {
        "F": Fraction,
        "ROUND": lambda x, n: setengah_ke_atas(x, int(n)),
        "MAX": max,
        "MIN": min,
        "IF": lambda syarat, ya, tidak: ya if syarat else tidak,
        "INDEX": index,
        "MATCH": lambda x, kunci, nol: list(kunci).index(x) + 1,
    }
    pohon = ast.fix_missing_locations(_Bilangan().visit(ast.parse(rumus, mode="eval")))
    return eval(compile(pohon, rumus, "eval"), {**fungsi, **sel})


def excel(nama: str, hasil: Hasil, i: int) -> Any:
    """The step's formula in row i, on the other steps' numbers of that row."""
    letak: dict[str, str | tuple[str, str]] = {}
    sel: dict[str, Any] = {}
    for k, isi_kolom in hasil.kolom.items():
        letak[k], sel[k] = k, isi_kolom.satu(i)
    for k, p in hasil.parameter.items():
        if isinstance(p.nilai, MappingProxyType):
            letak[k] = (f"kunci_{k}", f"nilai_{k}")
            sel[f"kunci_{k}"] = list(p.nilai)
            sel[f"nilai_{k}"] = [None if v is None else Fraction(v) for v in p.nilai.values()]
        else:
            letak[k], sel[k] = f"par_{k}", None
            sel[f"par_{k}"] = Fraction(p.nilai)
    return hitung_excel(tulis(hasil.graf.aturan[nama], Excel(letak)), sel)


def test_rumus_buku_kerja_menghasilkan_angkanya() -> None:
    diperiksa = 0
    for i in range(len(HASIL.kunci)):
        for nama in HASIL.graf.urutan:
            nilai = HASIL[nama].satu(i)
            if nilai is not None:
                assert excel(nama, HASIL, i) == nilai
                diperiksa += 1
    assert diperiksa > 1000


def test_bentuk_rumus_buku_kerja() -> None:
    sel = {
        "kelas": "$D#",
        "tukin_bpk": ("Daftar!$A$2:$A$18", "Daftar!$B$2:$B$18"),
        "indeks_tpp": "Daftar!$F$3",
        "besaran_tpp": "F7",
        "nilai_tpp": "K7",
    }
    assert tulis(tpp.besaran_tpp, Excel(sel)) == (
        "ROUND(INDEX(Daftar!$B$2:$B$18,MATCH($D#,Daftar!$A$2:$A$18,0)) * Daftar!$F$3,0)"
    )
    assert tulis(tpp.tpp, Excel(sel)) == "ROUND(F7 * K7 / 100,0)"
    kuadran = {"rating_hasil": "A2", "rating_perilaku": "B2", "kuadran": ("baris", "kolom", "isi")}
    rumus = tulis(permenpanrb6.predikat, Excel(kuadran))
    assert rumus == "INDEX(isi,MATCH(A2,baris,0),MATCH(B2,kolom,0))"
    nilai = KEBIJAKAN["permenpanrb-6-2022.kuadran"].nilai
    for hasil_, sebaris in nilai.items():
        for perilaku, harap in sebaris.items():
            isi_sel = {
                "A2": hasil_,
                "B2": perilaku,
                "baris": list(nilai),
                "kolom": list(nilai["sesuai"]),
                "isi": [list(b.values()) for b in nilai.values()],
            }
            assert hitung_excel(rumus, isi_sel) == harap


# -- a reform changes number, explanation and workbook together -----------------------------------------------------------

REFORMASI = [
    ("tpp-60-40.porsi_produktivitas", 50, "nilai_tpp", "50"),
    ("tpp-60-40.porsi_disiplin", 35, "nilai_tpp", "35"),
    ("tpp-60-40.nilai_kinerja_predikat", {"kurang": 55.5}, "nilai_produktivitas", "55,5"),
    ("tpp-60-40.potongan_tidak_apel", 2.75, "pelanggaran_disiplin", "2,75"),
    ("tpp-60-40.nilai_disiplin_paling_sedikit", 99, "nilai_disiplin", "99"),
    ("tpp-60-40.potongan_alpa_per_hari", 3, "nilai_tpp", "3"),
    ("tukin-bpk.tukin_bpk", {8: 8000000}, "besaran_tpp", "8.000.000"),
    ("babel.indeks_tpp", 0.6, "besaran_tpp", "0,6"),
]


@pytest.mark.parametrize(("jalur", "baru", "langkah", "tertulis"), REFORMASI)
def test_reformasi_mengubah_angka_penjelasan_dan_buku_kerja(
    jalur: str, baru: Any, langkah: str, tertulis: str
) -> None:
    baris = tabel_tpp([(8, "kurang", [10, 20, 70], 3, 2)])
    lain = KEBIJAKAN.dengan({"nama": "Reformasi", "alasan": "uji", "ubah": {jalur: {"2022-06-01": baru}}})
    lama, hasil = (hitung_tpp(baris, parameter_tpp(k, "tpp-60-40", "babel")) for k in (KEBIJAKAN, lain))
    letak = hasil.graf.urutan.index(langkah)
    sebelum, sesudah = (jelaskan(h, h.kunci[0]).langkah[letak] for h in (lama, hasil))
    assert hasil[langkah].satu(0) != lama[langkah].satu(0)
    assert hasil["tpp"].satu(0) != lama["tpp"].satu(0)
    assert sesudah.dengan_nilai != sebelum.dengan_nilai
    assert tertulis in re.split(r"[ ();]", sesudah.dengan_nilai)
    assert hitung_teks(sesudah.dengan_nilai) == hasil[langkah].satu(0) == excel(langkah, hasil, 0)
    assert "Skenario Reformasi" in sesudah.dasar
    assert "Skenario" not in sebelum.dasar
    assert sesudah.status.split(", ")[-1] == "asumsi"


def test_skalar_dihitung_tepat_juga_dengan_sesamanya() -> None:
    """Two scalars meet before a column does: still no float, no 28-digit Decimal."""

    @aturan("Uji", satuan="persen", dasar="uji", status="asumsi")
    def uji(alpa: Pecahan, porsi_produktivitas: Any, porsi_disiplin: Any) -> Pecahan:
        return alpa * (porsi_produktivitas / porsi_disiplin / 7)

    graf = Graf.dari("uji", [uji], {"alpa": "Alpa"})
    hasil = graf.jalankan({"alpa": dari_angka([3])}, KEBIJAKAN.bagian("tpp-60-40"), pd.Index(["a"]))
    assert isi(hasil["uji"]) == [Fraction(3 * 60, 40 * 7)]
    langkah = jelaskan(hasil, "a").langkah[0]
    assert langkah.dengan_nilai == "3 × (60 ÷ 40 ÷ 7)"
    assert langkah.hasil == "≈ 0,6429 %"


# -- showing ---------------------------------------------------------------------------------------------------------

JAHAT = "<script>alert('x')</script>&\""


def test_html_tidak_memuat_kode_dari_data() -> None:
    @aturan(JAHAT, satuan="persen", dasar=JAHAT, status="asumsi")
    def uji(alpa: Pecahan) -> Pecahan:
        return alpa * 2

    hasil = Graf.dari(JAHAT, [uji], {"alpa": JAHAT}).jalankan(
        {"alpa": dari_angka([1])}, {}, pd.Index([JAHAT])
    )
    html = jelaskan(hasil, JAHAT)._repr_html_()
    assert "<script" not in html
    # title twice, result, step, formula, article
    assert html.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;&quot;") == 6
    isi = html.partition("</style>")[2].replace('<div class="kj-jelas">', "<div>")
    assert re.sub(r"<(/?)(\w+)>", "", isi).count("<") == 0  # no tag with attributes either


def test_bentuk_html_dan_tabel() -> None:
    penjelasan = jelaskan(HASIL, HASIL.kunci[0])
    html = penjelasan._repr_html_()
    assert html.count("<li>") == len(penjelasan.langkah)
    assert "<details>" not in html  # one level has nothing to fold
    assert html.index("<p>Hasil: <strong>TPP dibayar = ") < html.index("<ol>")
    tabel = penjelasan.tabel()
    assert list(tabel) == ["label", "rumus", "dengan_nilai", "hasil", "dasar", "status"]
    assert [
        Langkah(**b, akhir=x.akhir) for b, x in zip(tabel.to_dict("records"), penjelasan.langkah, strict=True)
    ] == list(penjelasan.langkah)
    assert str(Penjelasan("kosong", ())) == "kosong"


@given(
    st.one_of(st.fractions(-(10**15), 10**15), st.builds(Fraction, st.decimals(-(10**15), 10**15, places=9)))
)
def test_tampil_tepat_atau_ditandai_kira_kira(f: Fraction) -> None:
    teks = tampil(Pecahan(np.array([f.numerator], dtype=object), f.denominator), 0)
    if 10**12 % f.denominator == 0:
        assert eksak(teks) == f
    else:
        assert teks.startswith("≈ ")
        assert abs(eksak(teks[2:]) - f) <= Fraction(1, 20000)


@aturan("Nilai", satuan="persen", dasar="uji", status="asumsi")
def nilai(capaian: Pecahan) -> Pecahan:
    return capaian * 2


@aturan("Rata-rata", satuan="persen", dasar="uji", status="asumsi")
def rata(rata_nilai: Pecahan) -> Pecahan:
    return rata_nilai + 1


def test_penjelasan_bertingkat_dari_indikator_ke_pegawai() -> None:
    kunci = pd.MultiIndex.from_tuples([("1", "a"), ("2", "a"), ("1", "b")], names=["nip", "rhk"])
    indikator = Graf.dari("indikator", [nilai], {"capaian": "Capaian"}).jalankan(
        {"capaian": dari_angka([10, 20, 35])}, {}, kunci
    )
    rata_nilai = rata_per(indikator["nilai"], np.array([0, 1, 0]), 2)
    pegawai = Graf.dari("pegawai", [rata], {"rata_nilai": "Rata-rata nilai"}).jalankan(
        {"rata_nilai": rata_nilai}, {}, pd.Index(["1", "2"])
    )
    bertingkat = Bertingkat("Uji", (indikator, pegawai))
    assert Bertingkat("Satu", (pegawai,)).pegawai is bertingkat.pegawai is pegawai
    assert bertingkat.tabel().to_dict("index") == {"1": {"rata": 46.0}, "2": {"rata": 41.0}}
    penjelasan = bertingkat.jelaskan("1")
    assert penjelasan.judul == "Uji: 1"
    assert [(x.label, x.dengan_nilai, x.hasil) for x in penjelasan.langkah] == [
        ("Nilai", "10 × 2", "20 %"),
        ("Nilai", "35 × 2", "70 %"),
        ("Rata-rata", "45 + 1", "46 %"),
    ]
    assert penjelasan.hasil_akhir == "Rata-rata = 46 %"
    assert [sebutan(x) for x in penjelasan.urut] == ["Rata-rata", "Nilai [a]", "Nilai [b]"]
    assert str(penjelasan).splitlines()[:3] == ["Uji: 1", "Hasil: Rata-rata = 46 %", "1. Rata-rata = 46 %"]
    assert "   2.2. RHK b: Nilai = 70 %" in str(penjelasan).splitlines()
    with pytest.raises(LookupError, match="3 tidak ada di hasil Uji"):
        bertingkat.jelaskan("3")


def test_tabel_hasil() -> None:
    tabel = HASIL.tabel()
    assert list(tabel) == list(HASIL.graf.urutan)
    assert tabel.index.equals(HASIL.kunci)
    kode = ke_seri(dari_kategori([1, -1], ("a", "b")))
    assert (list(kode), list(kode.categories)) == (["b", np.nan], ["a", "b"])
    assert tampil(dari_kategori([1, -1], ("a", "sangat_baik")), 0) == "Sangat Baik"
    assert tampil(dari_kategori([-1], ("a",)), 0) == tulisan.KOSONG


def test_tabel_yang_belum_terbukti_ditolak_sebelum_dihitung() -> None:
    kosong = KEBIJAKAN["tpp-60-40.porsi_disiplin"]
    belum = Nilai(**{**vars(kosong), "nilai": None})
    parameter = {**parameter_tpp(KEBIJAKAN, "tpp-60-40", "babel"), "porsi_disiplin": belum}
    with pytest.raises(GalatParameter, match="porsi_disiplin: nilainya belum terbukti"):
        hitung_tpp(tabel_tpp([]), parameter)


# -- writing an expression ------------------------------------------------------------------------------------------------


class Polos(Teks):
    def nama(self, nama: str) -> str:
        return nama


def kurung_kurang(a, b, c):
    return a - (b - c)


def kurung_bagi(a, b, c):
    return a / (b * c) / (a / b)


def kurung_tambah(a, b, c):
    return (a + b) * (c - 1) - a * b + (a - (b + c))


def minus(a, b):
    return -(a + b) * -a - -b


def syarat_ganda(a, b, c):
    """A docstring is allowed."""
    return pilih((a < b) & (b <= c) | (a > c) & (c >= 1), bulat(a, 2), terkecil(a, terbesar(b, 3)))


def titik(a, b):
    return titik_lurus(a, b)


def selang(a, b):
    return rupiah(cari_selang(a, b) * 2)


@pytest.mark.parametrize(
    ("fungsi", "teks"),
    [
        (kurung_kurang, "a − (b − c)"),
        (kurung_bagi, "a ÷ (b × c) ÷ (a ÷ b)"),
        (kurung_tambah, "(a + b) × (c − 1) − a × b + (a − (b + c))"),
        (minus, "-(a + b) × -a − -b"),
        (
            syarat_ganda,
            "dibulatkan 2 desimal (a) bila a < b dan b ≤ c atau a > c dan c ≥ 1, "
            "selain itu terkecil antara (a; terbesar antara (b; 3))",
        ),
        (titik, "a untuk (b)"),
        (selang, "dibulatkan ke rupiah (a untuk (b) × 2)"),
    ],
)
def test_ungkapan_ditulis_dengan_kurung_seperlunya(fungsi: Callable[..., Any], teks: str) -> None:
    assert tulis(fungsi, Polos()) == teks


@settings(deadline=None)
@given(DESIMAL, DESIMAL, DESIMAL)
def test_ungkapan_tertulis_bernilai_sama(a: Decimal, b: Decimal, c: Decimal) -> None:
    isian = {"a": Fraction(a), "b": Fraction(b), "c": Fraction(c)}
    for fungsi in (kurung_kurang, kurung_tambah, minus, kurung_bagi):
        argumen = [isian[n] for n in fungsi.__code__.co_varnames]
        if fungsi is kurung_bagi and 0 in argumen:
            continue
        excel_ = tulis(fungsi, Excel({n: n for n in isian}))
        assert hitung_excel(excel_, isian) == fungsi(*argumen)
        teks = tulis(fungsi, Polos())
        for tulisan_, python in (("×", "*"), ("÷", "/"), ("−", "-")):
            teks = teks.replace(tulisan_, python)
        assert eval(teks, {}, isian) == fungsi(*argumen)


def pangkat(a):
    return a**2


def sama(a):
    return pilih(a == 1, a, 2)


def pecahan_biner(a):
    return a * 0.6


def bernama(a):
    return bulat(a, desimal=2)


def asing(a):
    return sorted(a)


def dua_langkah(a):
    b = a * 2
    return b


def tanpa_hasil(a):
    a * 2


def sampingan(a):
    a * 2
    return a


@pytest.mark.parametrize(
    ("fungsi", "pesan"),
    [
        (pangkat, r"ungkapan a \*\* 2 belum dapat ditulis"),
        (sama, r"ungkapan a == 1 belum dapat ditulis"),
        (pecahan_biner, r"ungkapan 0\.6 belum dapat ditulis"),
        (bernama, r"ungkapan bulat\(a, desimal=2\) belum dapat ditulis"),
        (asing, r"fungsi sorted belum"),
        (dua_langkah, r"aturan dua_langkah harus terdiri dari satu ungkapan return"),
        (tanpa_hasil, r"aturan tanpa_hasil harus terdiri dari satu ungkapan return"),
        (sampingan, r"aturan sampingan harus terdiri dari satu ungkapan return"),
    ],
)
def test_yang_tidak_dapat_ditulis_ditolak(fungsi: Callable[..., Any], pesan: str) -> None:
    for dialek in (Polos(), Excel({"a": "A1"})):
        with pytest.raises(TypeError, match=pesan):
            tulis(fungsi, dialek)


def dan(a, b):
    return pilih((a < 1) & (b < 1), a, b)


def test_yang_belum_punya_rumus_buku_kerja() -> None:
    sel = {"a": "A1", "b": "B1", "c": "C1"}
    with pytest.raises(TypeError, match=r"ungkapan \(a < 1\) & \(b < 1\) belum dapat ditulis"):
        tulis(dan, Excel(sel))
    with pytest.raises(TypeError, match="fungsi cari_selang belum punya bentuk rumus buku kerja"):
        tulis(selang, Excel(sel))
    with pytest.raises(TypeError, match="fungsi cari belum punya bentuk rumus buku kerja"):
        tulis(tpp.nilai_produktivitas, Excel({"predikat": "A1", "nilai_kinerja_predikat": "B1"}))


def bersyarat(a, b, c):
    return pilih(a <= b, bulat(a, 2), terkecil(terbesar(b, 3), c))


@given(DESIMAL, DESIMAL, DESIMAL)
def test_pilihan_di_buku_kerja(a: Decimal, b: Decimal, c: Decimal) -> None:
    rumus = tulis(bersyarat, Excel({"a": "A1", "b": "B1", "c": "C1"}))
    assert rumus == "IF(A1 <= B1,ROUND(A1,2),MIN(MAX(B1,3),C1))"
    harap = isi(bersyarat(kolom([a]), kolom([b]), kolom([c])))
    sel = {"A1": Fraction(a), "B1": Fraction(b), "C1": Fraction(c)}
    assert [hitung_excel(rumus, sel)] == harap


# -- exact columns: the unknown -----------------------------------------------------------------------------------------

KOSONG = np.nan


def test_perbandingan_yang_tidak_diketahui_tidak_memutuskan_apa_pun() -> None:
    x = dari_angka([1.0, KOSONG, 3.0])
    syarat = x < 2
    assert isinstance(syarat, Syarat)
    assert syarat.tolist() == [True, False, False]
    assert (~syarat).tolist() == (x >= 2).tolist() == [False, False, True]
    assert (x != 1).tolist() == [False, False, True]
    assert np.where(syarat, "ya", "tidak").tolist() == ["ya", "tidak", "tidak"]
    assert isi(pilih(syarat, 10, 20)) == [10, None, 20]
    assert isi(pilih(~syarat, 10, 20)) == [20, None, 10]
    y = dari_angka([1.0, 1.0, KOSONG])
    assert isi(pilih((x < 2) & (y < 2), 1, 0)) == [1, None, None]
    assert isi(pilih((x < 2) | (y < 2), 1, 0)) == [1, None, None]
    a, b = dari_angka([0, 0, 5, 5]), dari_angka([0, 5, 0, 5])
    assert ((a < 2) | (b < 2)).tolist() == [True, True, True, False]
    assert ((a < 2) & (b < 2)).tolist() == [True, False, False, False]
    assert repr(dari_angka(list(range(6)))) == "Pecahan([0, 1, 2, 3, 4, …])"
    assert repr(dari_angka(list(range(5)))) == "Pecahan([0, 1, 2, 3, 4])"
    assert x.tahu.tolist() == [True, False, True]
    assert dari_angka([1, 2]).tahu.tolist() == [True, True]


def test_terkecil_terbesar_dan_selang_tidak_mengisi_yang_kosong() -> None:
    """An unknown result bounded below by zero used to become zero."""
    x = dari_angka([-5.0, KOSONG, 5.0])
    assert isi(terbesar(x, 0)) == [0, None, 5]
    assert isi(terkecil(x, 0)) == [-5, None, 0]
    assert isi(terkecil(0, x)) == [-5, None, 0]
    assert isi(titik_lurus(((0, 0), (10, 100)), x)) == [0, None, 50]
    assert isi(titik_lurus(((2, 7),), x)) == [7, 7, 7]
    assert isi(cari_selang(({"nilai": 3},), x)) == [3, None, 3]
    kata = cari_selang(({"lebih_dari": 0, "nilai": "naik"}, {"kurang_dari": 0, "nilai": "turun"}), x * 1)
    assert isinstance(kata, Kode)
    assert [kata.satu(i) for i in range(3)] == ["turun", None, "naik"]
    assert isi(x / (x - 5)) == [Fraction(1, 2), None, None]
    assert isi(5 / (x - 5)) == [Fraction(-1, 2), None, None]


# -- exact columns: what goes in --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("salah", [0.5, np.float64(0.5), "1", None])
def test_hanya_bilangan_eksak_yang_boleh(salah: Any) -> None:
    x = dari_angka([1, 2])
    for operasi in (operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, operator.eq):
        with pytest.raises(TypeError, match="bukan bilangan eksak"):
            operasi(x, salah)


def test_bilangan_numpy_dan_decimal_panjang() -> None:
    x = dari_angka([1, 2])
    assert isi(np.int64(3) * x) == isi(x * np.int32(3)) == [3, 6]
    assert isi(np.int64(3) - x) == [2, 1]
    assert isi(x / np.int64(2)) == [Fraction(1, 2), 1]
    panjang = Decimal("0.1234567890123456789012345678901234567890")
    assert isi(x - panjang) == [v - Fraction(panjang) for v in (1, 2)]
    assert isi(x / Fraction(3)) == [Fraction(1, 3), Fraction(2, 3)]


def test_dari_angka_menerima_semua_bilangan_bulat() -> None:
    for jenis in (np.int8, np.uint8, np.int64, bool):
        assert isi(dari_angka(np.array([0, 1], dtype=jenis))) == [0, 1]
    tepi = [2**64 - 1, 2**63, 0]
    assert isi(dari_angka(np.array(tepi, dtype=np.uint64))) == tepi
    bawah = dari_angka(np.array([-(2**63), 2**63 - 1]))
    assert isi(-bawah) == [2**63, 1 - 2**63]
    assert isi(1 / bawah) == [Fraction(1, -(2**63)), Fraction(1, 2**63 - 1)]
    assert isi(bulat(bawah)) == [-(2**63), 2**63 - 1]
    campur = [Decimal("0.1"), Fraction(1, 3), 5, 0.7]
    assert isi(dari_angka(np.array(campur, dtype=object))) == [
        Fraction(1, 10),
        Fraction(1, 3),
        5,
        Fraction(7, 10),
    ]
    for kosong in ([], np.array([], dtype=np.int64), np.array([], dtype=object)):
        assert len(dari_angka(kosong)) == 0


def test_dari_angka_tak_hingga_dan_campuran_kosong() -> None:
    with pytest.raises(ValueError, match="tak hingga"):
        dari_angka([1.0, np.inf])
    assert isi(dari_angka([1e-12, np.nan, 1e12])) == [Fraction(1, 10**12), None, 10**12]
    assert isi(dari_angka([np.nan])) == [None]
    assert isi(dari_angka([1e19, 2.0**63, 1e30])) == [10**19, Fraction(repr(2.0**63)), 10**30]


def test_kategori_dipindah_atau_ditolak() -> None:
    x = dari_kategori(np.array([1, 0, -1]), ["b", "a"])
    y = x.dalam(["a", "b", "c"])
    assert [y.satu(i) for i in range(3)] == ["a", "b", None]
    assert len(y) == 3
    with pytest.raises(ValueError, match=r"^b tidak dikenal; yang ada: a, c$"):
        x.dalam(["a", "c"])


# -- exact columns: wide numbers ----------------------------------------------------------------------------------------------

BESAR = st.one_of(
    st.integers(-3, 3),
    st.integers(-(2**31), 2**31),
    st.integers(-(2**62), 2**62),
    st.integers(-(2**70), 2**70),
)
PENYEBUT = st.one_of(st.sampled_from([1, 10, 10**9, 10**18, 2**63, 10**19, 2**64 + 1]), st.integers(1, 2**66))


@st.composite
def kolom_lebar(draw: Any, baris: int = 3) -> tuple[Pecahan, list[Fraction]]:
    n = draw(st.lists(BESAR, min_size=baris, max_size=baris))
    muat = max(map(abs, n)) < 2**63
    larik = np.array(n, dtype=np.int64 if muat else object)
    if draw(st.booleans()):
        d = draw(PENYEBUT)
        return Pecahan(larik, d), [Fraction(v, d) for v in n]
    penyebut = draw(st.lists(PENYEBUT, min_size=baris, max_size=baris))
    jenis = np.int64 if max(penyebut) < 2**63 else object
    nilai = [Fraction(v, d) for v, d in zip(n, penyebut, strict=True)]
    return Pecahan(larik, np.array(penyebut, dtype=jenis)), nilai


@settings(max_examples=300, deadline=None)
@given(kolom_lebar(), kolom_lebar(), st.lists(st.booleans(), min_size=3, max_size=3))
def test_tidak_ada_luapan_yang_tersembunyi(
    a: tuple[Pecahan, list[Fraction]], b: tuple[Pecahan, list[Fraction]], syarat: list[bool]
) -> None:
    (x, fx), (y, fy) = a, b
    pasang = list(zip(fx, fy, strict=True))
    assert isi(x + y) == [p + q for p, q in pasang]
    assert isi(x - y) == [p - q for p, q in pasang]
    assert isi(x * y) == [p * q for p, q in pasang]
    assert isi(x / y) == [p / q if q else None for p, q in pasang]
    assert isi(2 / x) == [2 / p if p else None for p in fx]
    assert isi(-x) == [-p for p in fx]
    assert (x <= y).tolist() == [p <= q for p, q in pasang]
    assert (x == y).tolist() == [p == q for p, q in pasang]
    assert isi(pilih(np.array(syarat), x, y)) == [
        p if s else q for s, (p, q) in zip(syarat, pasang, strict=True)
    ]
    assert isi(terbesar(x, y)) == [max(p, q) for p, q in pasang]
    assert isi(bulat(x, 2)) == [setengah_ke_atas(p, 2) for p in fx]
    # after rounding and choosing, the bounds still hold
    assert isi(bulat(x) * y + x) == [setengah_ke_atas(p) * q + p for p, q in pasang]
    assert isi(pilih(np.array(syarat), x, y) * y) == [
        (p if s else q) * q for s, (p, q) in zip(syarat, pasang, strict=True)
    ]
    assert x.ke_float().tolist() == [p.numerator / p.denominator for p in fx]


@given(st.lists(st.integers(2**52, 2**63 - 1), min_size=1, max_size=4), st.sampled_from([3, 7, 10**6]))
def test_float_dibulatkan_sekali_saja(n: list[int], d: int) -> None:
    assert Pecahan(np.array(n), d).ke_float().tolist() == [v / d for v in n]


@settings(deadline=None)
@given(kolom_lebar(4), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_jumlah_dan_rata_kelompok_besar(a: tuple[Pecahan, list[Fraction]], kelompok: list[int]) -> None:
    x, fx = a
    if isinstance(x.d, int):
        anggota = [[f for f, k in zip(fx, kelompok, strict=True) if k == i] for i in range(3)]
        assert isi(jumlah_per(x, np.array(kelompok), 3)) == [sum(g, Fraction()) for g in anggota]
        assert isi(rata_per(x, np.array(kelompok), 3)) == [
            sum(g, Fraction()) / len(g) if g else None for g in anggota
        ]


def test_jumlah_kelompok_melampaui_int64() -> None:
    assert isi(jumlah_per(Pecahan(np.full(8, 2**61)), np.zeros(8, dtype=np.int64), 1)) == [2**64]


def test_kelompok_dengan_yang_tidak_diketahui() -> None:
    x, kelompok = dari_angka([1.0, KOSONG, 3.0, 4.0]), np.array([0, 1, 1, 0])
    assert isi(jumlah_per(x, kelompok, 3)) == [5, None, 0]
    assert isi(rata_per(x, kelompok, 3)) == [Fraction(5, 2), None, None]


def test_ke_bulat_dengan_penyebut_besar() -> None:
    assert Pecahan(np.array([0, 0]), 10**19).ke_bulat().tolist() == [0, 0]
    assert Pecahan(np.array([4, 9]), np.array([2, 3])).ke_bulat().tolist() == [2, 3]
    with pytest.raises(ValueError, match="bulatkan dulu"):
        Pecahan(np.array([1]), 10**19).ke_bulat()


def test_nol_semua_setelah_diringkas() -> None:
    """A zero column over a large denominator keeps a sound bound."""
    nol = Pecahan(np.array([0, 0]), 10**18) * 1
    assert nol.batas >= 1
    assert isi(nol + Fraction(1, 10**30)) == [Fraction(1, 10**30)] * 2


# -- exact columns: look-ups ------------------------------------------------------------------------------------------------------


def test_cari_menolak_kunci_yang_bukan_miliknya() -> None:
    tabel = {8: 100, 3: 50, 16: None}
    assert isi(cari(tabel, dari_angka([3.0, 16.0, np.nan, 8.0]))) == [50, None, None, 100]
    with pytest.raises(ValueError, match="tidak memuat kunci 17/2"):
        cari(tabel, dari_angka([8.5, 8.0]))
    for asing_ in (-1, 0, 9, 10**18):
        with pytest.raises(ValueError, match=f"tidak memuat kunci {asing_}"):
            cari(tabel, dari_angka([asing_, 8]))
    predikat = dari_kategori([0, 1], ("baik", "kurang"))
    with pytest.raises(ValueError, match="tidak memuat kunci kurang"):
        cari({"baik": 1}, predikat)
    with pytest.raises(ValueError, match="kunci tabel bik tidak ada di antara baik, kurang"):
        cari({"baik": 1, "bik": 2}, predikat)
    assert len(cari(tabel, dari_angka(np.array([], dtype=np.int64)))) == 0


def test_kunci_besar_tidak_meluap_menjadi_kunci_lain() -> None:
    with pytest.raises(ValueError, match="tidak memuat kunci 0"):
        cari({2**40: 1}, Pecahan(np.array([0]), 2**30))  # 2**40 x 2**30 is 0 in int64


def test_cari_matriks_tidak_tertukar_kolom() -> None:
    """A foreign column key must not slip into the next row."""
    tabel = {1: {1: 11, 2: 12}, 2: {1: 21, 2: None}}
    assert isi(cari(tabel, dari_angka([2, 1, 2]), dari_angka([1, 2, 2]))) == [21, 12, None]
    for baris, kolom_ in ((1, 3), (1, 0), (2, -1), (3, 1), (1, 4)):
        with pytest.raises(ValueError, match="tidak memuat kunci"):
            cari(tabel, dari_angka([baris]), dari_angka([kolom_]))
    campur = cari({"a": {1: "x", 2: "y"}}, dari_kategori([0, 0, -1], ("a",)), dari_angka([2, 1, 1]))
    assert isinstance(campur, Kode)
    assert [campur.satu(i) for i in range(3)] == ["y", "x", None]
    assert isi(cari({"a": {1: 5}, "b": {2: 6}}, dari_kategori([0, 0], ("a", "b")), dari_angka([1, 2]))) == [
        5,
        None,
    ]


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(-5, 20), st.one_of(st.none(), DESIMAL), min_size=1, max_size=8),
    st.data(),
)
def test_cari_sama_dengan_dict(tabel: dict[int, Any], data: Any) -> None:
    kunci = data.draw(st.lists(st.one_of(st.none(), st.sampled_from(sorted(tabel))), max_size=6))
    hasil = cari(tabel, dari_angka(np.array([KOSONG if k is None else k for k in kunci], dtype=float)))
    harap = [None if k is None or tabel[k] is None else Fraction(tabel[k]) for k in kunci]
    assert isi(hasil) == harap


@given(st.lists(st.integers(-20, 140), min_size=1, max_size=8))
def test_cari_selang_sama_dengan_parameter(menit: list[int]) -> None:
    """Two independent readings of one table: whole columns here, value by value in Nilai.cari."""
    nilai = KEBIJAKAN["tpp-60-40.potongan_terlambat"]

    def satu(m: int) -> Fraction | None:
        try:
            return Fraction(nilai.cari(m))
        except GalatParameter:
            return None

    assert isi(cari_selang(nilai.pasti(), dari_angka(menit))) == [satu(m) for m in menit]


def test_semua_predikat_punya_nilai_kinerja() -> None:
    tabel = KEBIJAKAN["tpp-60-40.nilai_kinerja_predikat"].nilai
    assert set(tabel) == set(PREDIKAT)
