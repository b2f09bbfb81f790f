"""An explanation as people need it: result first, plans folded behind it, rows for a workbook."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import openpyxl
import pytest

import kinerja as kj
from kinerja.penjelasan import KOLOM, Langkah, Penjelasan, tulis_xlsx
from kinerja.regulasi.banding import REGULASI

SEMUA = tuple(REGULASI)


@pytest.fixture(scope="module", params=SEMUA)
def hasil(request, tabel_contoh):
    return kj.nilai(tabel_contoh, request.param)


@pytest.fixture(scope="module")
def penjelasan(hasil):
    """Of the employee with the most steps."""
    return max((kj.jelaskan(hasil, n) for n in hasil.pegawai.kunci[:6]), key=lambda p: len(p.langkah))


def test_yang_tampil_adalah_semua_langkah_sekali(penjelasan) -> None:
    assert sorted(penjelasan.urut, key=repr) == sorted(penjelasan.langkah, key=repr)
    teks, html = str(penjelasan), penjelasan._repr_html_()
    assert teks.count("dasar : ") == html.count("<li>") == len(penjelasan.langkah)


def test_hasil_dan_langkah_pegawai_lebih_dahulu(penjelasan) -> None:
    baris = str(penjelasan).splitlines()
    assert baris[1] == f"Hasil: {penjelasan.hasil_akhir}"
    assert penjelasan.hasil_akhir.startswith("Predikat")
    dalam = [bool(x.letak) for x in penjelasan.urut]
    assert dalam == sorted(dalam)
    html = penjelasan._repr_html_()
    awal = html.find("<details>")
    if awal >= 0:
        assert html.index(penjelasan.hasil_akhir) < html.index("<ol>") < awal
        assert html.count("<details>") == html.count("</details>") == html.count("<summary>")


def test_nomor_tidak_ada_yang_sama(penjelasan) -> None:
    nomor = re.findall(r"^ *((?:\d+\.)+) ", str(penjelasan), re.M)
    assert len(nomor) == len(set(nomor)) >= len(penjelasan.langkah)
    for n in nomor:
        *induk, _ = n.rstrip(".").split(".")
        assert not induk or ".".join(induk) + "." in nomor


class _Seimbang(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.buka: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in ("br",):
            self.buka.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.buka.pop() == tag


def test_html_seimbang_dan_terbaca_tanpa_gaya(penjelasan) -> None:
    html = penjelasan._repr_html_()
    periksa = _Seimbang()
    periksa.feed(html)
    assert periksa.buka == []
    isi = html.partition("</style>")[2]
    assert "style=" not in isi  # nothing that an untrusted notebook would lose is needed to read it
    assert "@media print" in html


def test_rhk_disebut_dengan_namanya(tabel_contoh) -> None:
    hasil = kj.nilai(tabel_contoh, "permenpanrb-8-2021")
    nip = str(hasil.pegawai.kunci[5])
    rhk = tabel_contoh["rhk"]
    for x in rhk[rhk["nip"] == nip].itertuples():
        assert f"RHK {x.id} {x.rhk}" in str(kj.jelaskan(hasil, nip))


def test_berkas_xlsx_terbaca_kembali(hasil, tmp_path) -> None:
    nip = [str(n) for n in hasil.pegawai.kunci[:2]]
    tabel = kj.tabel_penjelasan(hasil, nip)
    assert list(tabel) == list(KOLOM)
    assert list(dict.fromkeys(tabel["Siapa"])) == nip
    assert len(tabel) == sum(len(kj.jelaskan(hasil, n).langkah) for n in nip)
    satu, dua = (kj.tulis_penjelasan(hasil, nip, tmp_path / f"{i}.xlsx") for i in "ab")
    assert satu.read_bytes() == dua.read_bytes()
    (lembar,) = openpyxl.load_workbook(satu).worksheets
    baris = [[("" if s is None else s) for s in b] for b in lembar.iter_rows(values_only=True)]
    assert baris[0] == list(KOLOM)
    assert baris[1:] == tabel.to_numpy().tolist()
    assert lembar.freeze_panes == "A2"
    assert lembar.auto_filter.ref == f"A1:I{len(tabel) + 1}"
    assert [lembar.column_dimensions[h].width >= 11 for h in "ABCDEFGHI"] == [True] * 9
    assert not list(tmp_path.glob(".*"))


def test_xlsx_dari_tpp_dan_isi_berbahaya(tmp_path, buku) -> None:
    hasil = kj.hitung_pemda(kj.baca(buku), "sumbar", "2022").hasil_tpp
    kunci = hasil.kunci[0]
    berkas = kj.tulis_penjelasan(hasil, kunci, tmp_path / "tpp.xlsx")
    (lembar,) = openpyxl.load_workbook(berkas).worksheets
    assert lembar["A2"].value == ", ".join(kunci)
    assert lembar.title == "TPP pola 60 40"
    assert kj.jelaskan(hasil, kunci).hasil_akhir.startswith("TPP dibayar = ")

    jahat = Penjelasan("Uji: =1+1", (Langkah("=CMD()", "=1", "http://x", "1", "@a", "teks"),))
    (lembar,) = openpyxl.load_workbook(tulis_xlsx([jahat], tmp_path / "j.xlsx")).worksheets
    assert [s.data_type for s in lembar[2] if s.value is not None] == ["s"] * len(KOLOM)
    assert lembar["D2"].value == "=CMD()"
    assert lembar["F2"].hyperlink is None


def test_kunci_asing_tidak_meninggalkan_berkas(hasil, tmp_path) -> None:
    with pytest.raises(LookupError, match="tidak ada di hasil"):
        kj.tulis_penjelasan(hasil, [str(hasil.pegawai.kunci[0]), "000"], tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
