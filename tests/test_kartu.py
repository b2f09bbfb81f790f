"""Cards: what they lack is a finding; the workbook goes out and comes back; refusals name sheet and row."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kinerja.data import GalatData
from kinerja.iki.kartu import (
    KARTU,
    FormKartu,
    baca_kartu,
    blok_kartu,
    halaman_kartu,
    kartu_dari,
    periksa_kartu,
    tulis_kartu,
)
from kinerja.iki.lint import tabel_iki
from kinerja.iki.pustaka import cari_pustaka
from kinerja.laporan.pdf import pdf_blok
from kinerja.parameter import muat

LENGKAP = {
    "indikator": "Rata-rata waktu tunggu rawat jalan",
    "pemilik": "Kepala Puskesmas",
    "sasaran": "Meningkatnya mutu layanan",
    "definisi": "Menit sejak mendaftar sampai diperiksa",
    "cara_hitung": "jumlah menit ÷ jumlah kunjungan",
    "satuan": "menit",
    "polaritas": "min",
    "rumus": "min_selisih",
    "target": 20.5,
    "sumber_data": "Sistem antrean",
    "periode": "bulanan",
    "konsolidasi": "rata_rata",
    "validitas": "exact",
    "kendali": "sedang",
}


def tabel(*kartu: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{**LENGKAP, **k} for k in kartu])


def ubah(berkas, lembar: str, sel: dict[str, object]) -> None:
    buku = openpyxl.load_workbook(berkas)
    for alamat, nilai in sel.items():
        buku[lembar][alamat] = nilai
    buku.save(berkas)


def baris(unsur: str) -> int:
    """Row of an element in the sheet, 1-based."""
    return 5 + [k.nama for k in KARTU.kolom].index(unsur)


# -- findings -----------------------------------------------------------------------------------------


def test_kartu_lengkap_tanpa_temuan():
    assert periksa_kartu(tabel({})).empty


@pytest.mark.parametrize(
    ("unsur", "kode"),
    [
        ("definisi", "L14"),
        ("cara_hitung", "L14"),
        ("pemilik", "L15"),
        ("sumber_data", "L15"),
        ("periode", "L15"),
        ("sasaran", "L16"),
        ("konsolidasi", "L18"),
        ("polaritas", "L14"),
        ("rumus", "L14"),
        ("satuan", "L3"),
        ("target", "L3"),
    ],
)
def test_unsur_kosong_menjadi_temuan(unsur, kode):
    temuan = periksa_kartu(tabel({}, {unsur: None}))
    assert temuan["baris"].tolist() == [1]
    assert temuan["kode"].tolist() == [kode]


def test_tabel_hampir_kosong_tetap_tercetak():
    for t in (pd.DataFrame(index=[0]), pd.DataFrame({"indikator": ["x"], "target": ["abc"]})):
        assert len(periksa_kartu(t)) >= 10
        assert "Yang perlu dilengkapi" in halaman_kartu(t)
    assert "Tidak ada kartu" in halaman_kartu(pd.DataFrame({"indikator": []}))


def test_dari_lembar_iki_dan_pustaka(tabel_contoh):
    iki = tabel_contoh["iki"].head(5)
    kartu = kartu_dari(iki)
    assert kartu["sasaran"].tolist() == iki["rhk"].tolist()
    assert kartu.index.equals(iki.index)
    beserta_rhk = tabel_iki(tabel_contoh).head(5)
    assert kartu_dari(beserta_rhk)["sasaran"].tolist() == beserta_rhk["teks_rhk"].tolist()
    pustaka = kartu_dari(cari_pustaka("puskesmas"))
    assert pustaka["cara_hitung"].notna().any()
    assert "Kepala Puskesmas" in pustaka["pemilik"].tolist()


def test_setiap_unsur_menyebut_dasarnya():
    asal = {b["unsur"] for b in muat()["kartu.unsur"].waktu[-1].pasti()}
    assert asal == {k.nama for k in KARTU.kolom} - {"catatan"}


# -- page ---------------------------------------------------------------------------------------------


def test_halaman_dan_pdf_memuat_semua_kartu(tmp_path):
    t = tabel({}, {"indikator": "Nilai <b>AKIP</b>", "satuan": "nilai", "polaritas": "maks", "rumus": "maks"})
    html = tulis_kartu(t, tmp_path / "k.html").read_text(encoding="utf-8")
    assert html.count("<section>") == 2
    assert "Nilai &lt;b&gt;AKIP" in html
    assert "20,5" in html
    assert "http" not in html.replace('xmlns="http', "")
    (tmp_path / "k.pdf").write_bytes(pdf_blok(blok_kartu(t), judul="Kartu", penulis="uji"))
    teks = [h.extract_text() for h in PdfReader(tmp_path / "k.pdf").pages]
    assert len(teks) == 2
    assert "Sistem antrean" in teks[0]


# -- workbook -----------------------------------------------------------------------------------------


def test_tulis_lalu_baca_sama(tmp_path):
    t = tabel({}, {"target": 1234567.25, "catatan": "=1+1", "baseline": -0.001})
    kembali = baca_kartu(tulis_kartu(t, tmp_path / "k.xlsx"))
    assert kembali.index.tolist() == ["Kartu 1", "Kartu 2"]
    pd.testing.assert_frame_equal(kembali.reset_index(drop=True), kartu_dari(t))


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20),
            st.floats(min_value=-1e9, max_value=1e9).map(lambda x: round(x, 4)),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_isi_apa_pun_kembali_utuh(tmp_path_factory, isi):
    t = tabel(*({"catatan": f"a {teks}", "target": angka} for teks, angka in isi))
    kembali = baca_kartu(tulis_kartu(t, tmp_path_factory.mktemp("k") / "k.xlsx"))
    assert kembali["target"].tolist() == kartu_dari(t)["target"].tolist()
    assert kembali["catatan"].tolist() == kartu_dari(t)["catatan"].tolist()


def test_buku_dapat_diisi_dan_satu_halaman(tmp_path):
    buku = openpyxl.load_workbook(tulis_kartu(tabel({}, {}), tmp_path / "k.xlsx", kertas="F4"))
    assert buku.sheetnames == ["Kartu 1", "Kartu 2"]
    for ws in buku.worksheets:
        assert ws.protection.sheet
        assert not ws["B5"].protection.locked
        assert ws["A5"].protection.locked
        assert ws["A5"].value == "Indikator *"
        pilihan = {str(v.sqref): v.formula1 for v in ws.data_validations.dataValidation}
        assert pilihan[f"B{baris('polaritas')}"] == '"maks,min,stabil"'
        assert len(pilihan) == sum(bool(k.pilihan) for k in KARTU.kolom)
        assert ws.sheet_properties.pageSetUpPr.fitToPage
        assert int(ws.page_setup.paperSize) == 14
    kosong = tulis_kartu(pd.DataFrame(), tmp_path / "kosong.xlsx")
    assert openpyxl.load_workbook(kosong)["Kartu 1"]["B5"].value in (None, "")
    with pytest.raises(GalatData, match="tidak ada kartu yang terisi"):
        baca_kartu(kosong)


def test_isian_manusia_dibaca_longgar(tmp_path):
    berkas = tulis_kartu(tabel({}), tmp_path / "k.xlsx")
    ubah(
        berkas,
        "Kartu 1",
        {
            f"B{baris('target')}": "90 %",
            f"B{baris('baseline')}": 71,
            f"B{baris('polaritas')}": "Makin kecil makin baik",
            f"B{baris('konsolidasi')}": "TLKV",
            f"B{baris('kendali')}": " Tinggi ",
        },
    )
    k = baca_kartu(berkas).iloc[0]
    assert (k["target"], k["baseline"]) == (90, 71)
    assert (k["polaritas"], k["konsolidasi"], k["kendali"]) == ("min", "posisi_akhir", "tinggi")


def test_semua_galat_sekaligus_dengan_lembar_dan_baris(tmp_path):
    berkas = tulis_kartu(tabel({}, {}, {}), tmp_path / "k.xlsx")
    ubah(berkas, "Kartu 1", {f"B{baris('target')}": "1.234", f"B{baris('polaritas')}": "naik"})
    ubah(
        berkas, "Kartu 2", {"B5": None, f"A{baris('definisi')}": "Definsi", f"A{baris('catatan')}": "Satuan"}
    )
    with pytest.raises(GalatData) as e:
        baca_kartu(berkas)
    t = e.value.tabel()
    assert t["lembar"].tolist() == ["Kartu 1", "Kartu 1", "Kartu 2", "Kartu 2", "Kartu 2"]
    assert t["baris"].tolist() == [
        baris("polaritas"),
        baris("target"),
        5,
        baris("definisi"),
        baris("catatan"),
    ]
    assert t["kolom"].tolist() == ["Polaritas", "Target", "Indikator", "Unsur", "Unsur"]
    assert "1.234" in t["nilai"].tolist()
    assert "tulis Definisi" in t["perbaikan"].tolist()
    assert f"unsur ini sudah ada di baris {baris('satuan')}" in t["pesan"].tolist()


def test_berkas_yang_bukan_buku_kartu(tmp_path):
    with pytest.raises(GalatData, match="tidak ditemukan"):
        baca_kartu(tmp_path / "tidak-ada.xlsx")
    (tmp_path / "rusak.xlsx").write_bytes(b"bukan excel")
    with pytest.raises(GalatData, match="rusak"):
        baca_kartu(tmp_path / "rusak.xlsx")
    lain = openpyxl.Workbook()
    lain.active["A1"] = "Daftar hadir"
    lain.save(tmp_path / "lain.xlsx")
    with pytest.raises(GalatData, match="tidak ada kartu"):
        baca_kartu(tmp_path / "lain.xlsx")


def test_akhiran_dan_kertas_lain_ditolak(tmp_path):
    with pytest.raises(ValueError, match="akhiran"):
        tulis_kartu(tabel({}), tmp_path / "k.docx")
    with pytest.raises(ValueError, match="kertas"):
        tulis_kartu(tabel({}), tmp_path / "k.xlsx", kertas="A3")
    assert list(tmp_path.iterdir()) == []


# -- form ---------------------------------------------------------------------------------------------


def test_formulir_mengikuti_ketikan():
    form = FormKartu(LENGKAP)
    assert form.temuan.empty
    assert "Kartu lengkap" in form._hasil.value
    form.isian["target"].value = "sekitar 20"
    form.isian["polaritas"].value = ""
    assert set(form.temuan["kode"]) == {"L3", "L14"}
    assert "sekitar 20" in form.temuan["pemicu"].tolist()
    assert "Polaritas" in form._hasil.value
    assert pd.isna(form.kartu["target"].item())
    form.isian["target"].value = "21,5"
    assert form.kartu["target"].item() == 21.5


def test_formulir_punya_bentuk_diam():
    isi = FormKartu(LENGKAP)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in isi
    assert "Kepala Puskesmas" in isi["text/html"]
    assert "Kepala Puskesmas" in isi["text/plain"]
    assert len(FormKartu().temuan) >= 10
