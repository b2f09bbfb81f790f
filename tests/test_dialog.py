"""The sheet for a talk: what it says, what it leaves open, and both files read back."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from pypdf import PdfReader

from kinerja.dialog import MENIT, lembar_dialog, tulis_dialog

HARI = "2022-07-20"


@pytest.fixture(scope="module")
def lembar(tabel_contoh):
    return lembar_dialog(tabel_contoh, HARI, opd="dinkes")


def satu(tabel_contoh, **ganti):
    """The sheet of one employee after changing tables."""
    tabel = {**tabel_contoh, **ganti}
    nip = tabel_contoh["pegawai"]["nip"].iloc[3]
    [x] = lembar_dialog(tabel, HARI, nip=nip)
    return x


def test_satu_lembar_tiap_pegawai_dan_menitnya_tiga_puluh(tabel_contoh, lembar):
    pegawai = tabel_contoh["pegawai"]
    assert [x.nip for x in lembar] == pegawai.loc[pegawai["opd"] == "dinkes", "nip"].tolist()
    for x in lembar:
        assert sum(t.menit for t in x.agenda) == MENIT
        assert min(t.menit for t in x.agenda) >= 3
        assert 2 <= len(x.agenda) <= 9
        assert x.tanda.startswith("ILUSTRATIF")


def test_agenda_dimulai_dari_yang_paling_jauh_dari_target(tabel_contoh, lembar):
    for x in lembar:
        gagal = [t.hal for t in x.agenda if ": capaian " in t.hal]
        semua = x.ekspektasi.assign(
            n=[float(c[:-2].replace(".", "").replace(",", ".")) for c in x.ekspektasi["Capaian"]]
        )
        buruk = semua[semua["n"] < 100].sort_values("n", kind="stable")
        for hal, indikator in zip(gagal, buruk["Indikator"], strict=False):
            assert hal.startswith(indikator)
        assert len(gagal) == min(2, len(buruk))


def test_yang_belum_terjadi_tidak_disebut(lembar):
    """The sample workbook is of the year's end; on 20 July nobody knows it yet."""
    for x in lembar:
        assert "Triwulan II 2022" in x.kedudukan[2][0]
        assert all("III" not in p and "IV" not in p for p, _ in x.catatan_lalu)


def test_pegawai_tanpa_rencana_tetap_mendapat_lembar(tabel_contoh):
    nip = tabel_contoh["pegawai"]["nip"].iloc[3]
    rhk = tabel_contoh["rhk"]
    x = satu(tabel_contoh, rhk=rhk[rhk["nip"] != nip], perilaku=tabel_contoh["perilaku"].iloc[:0])
    assert any("Belum ada rencana hasil kerja" in t.hal for t in x.agenda)
    assert sum(t.menit for t in x.agenda) == MENIT
    assert x.ekspektasi.empty


def test_rhk_tanpa_indikator_dan_realisasi_kosong_menjadi_topik(tabel_contoh):
    nip = tabel_contoh["pegawai"]["nip"].iloc[3]
    milik = tabel_contoh["rhk"].loc[tabel_contoh["rhk"]["nip"] == nip, "id"]
    iki = tabel_contoh["iki"]
    x = satu(tabel_contoh, iki=iki[iki["rhk"] != milik.iloc[0]])
    assert "belum ada indikator" in x.ekspektasi["Indikator"].tolist()
    x = satu(tabel_contoh, iki=iki.assign(realisasi=float("nan")))
    assert any(t.hal.startswith("Realisasi belum tercatat") for t in x.agenda)
    assert x.kedudukan[1][1].startswith("0 dari ")


def test_nip_dan_opd_yang_tidak_ada(tabel_contoh):
    with pytest.raises(ValueError, match=r"OPD dinkez tidak ada di data\. Maksudnya .*dinkes"):
        lembar_dialog(tabel_contoh, HARI, opd="dinkez")
    with pytest.raises(ValueError, match="NIP 1 tidak ada"):
        lembar_dialog(tabel_contoh, HARI, nip="1")


def test_rencana_panjang_tetap_satu_lembar_dan_yang_terendah_tampak(tabel_contoh, tmp_path):
    """Of 48 indicators the paper shows the lowest and counts the rest; the workbook keeps them all."""
    nip = tabel_contoh["pegawai"]["nip"].iloc[3]
    rhk = tabel_contoh["rhk"].loc[tabel_contoh["rhk"]["nip"] == nip, "id"]
    milik = tabel_contoh["iki"][tabel_contoh["iki"]["rhk"].isin(rhk)]
    lain = [milik.assign(indikator=milik["indikator"] + f" tahap {i}") for i in range(-(-48 // len(milik)))]
    tabel = {**tabel_contoh, "iki": pd.concat([tabel_contoh["iki"], *lain], ignore_index=True)}
    [x] = lembar_dialog(tabel, HARI, nip=nip)
    e = x.ekspektasi
    assert len(e) >= 48
    assert (e["RHK"].ne(e["RHK"].shift())).sum() == e["RHK"].nunique()  # indicators of one RHK together
    halaman = PdfReader(tulis_dialog(tabel, tmp_path / "d.pdf", HARI, nip=nip)).pages
    assert len(halaman) == 2
    teks = " ".join(" ".join(h.extract_text() for h in halaman).split())
    assert f"dan {len(e) - 14} indikator lain dengan capaian lebih tinggi" in teks
    assert e.sort_index()["Capaian"].iloc[0] in teks
    buku = openpyxl.load_workbook(tulis_dialog(tabel, tmp_path / "d.xlsx", HARI, nip=nip))
    isi = {str(v) for ws in buku for b in ws.iter_rows(values_only=True) for v in b}
    assert set(e["Indikator"]) <= isi


def test_pdf_satu_berkas_satu_opd(tabel_contoh, tmp_path, lembar):
    berkas = tulis_dialog(tabel_contoh, tmp_path / "dialog.pdf", HARI, opd="dinkes", kertas="F4")
    halaman = PdfReader(berkas).pages
    teks = [h.extract_text() for h in halaman]
    awal = [i for i, t in enumerate(teks) if "Lembar Dialog Kinerja\n" in t]
    assert len(awal) == len(lembar)
    assert len(halaman) == 2 * len(lembar)  # one sheet of paper each, both sides
    assert round(float(halaman[0].mediabox.height) / 72 * 25.4) == 330
    for x, i in zip(lembar, awal, strict=True):
        assert x.nip in teks[i]
    assert sum("Catatan umpan balik" in t for t in teks) == len(lembar)
    assert all("ILUSTRATIF" in t for t in teks)
    assert (
        berkas.read_bytes()
        == tulis_dialog(tabel_contoh, tmp_path / "d.pdf", HARI, opd="dinkes", kertas="F4").read_bytes()
    )


def test_xlsx_dapat_diisi_dan_dicetak(tabel_contoh, tmp_path, lembar):
    buku = openpyxl.load_workbook(tulis_dialog(tabel_contoh, tmp_path / "dialog.xlsx", HARI, opd="dinkes"))
    assert buku.sheetnames[0] == "Daftar"
    assert len(buku.sheetnames) == len(lembar) + 1
    for x, ws in zip(lembar, buku.worksheets[1:], strict=True):
        isi = [[c.value for c in b] for b in ws.iter_rows()]
        datar = [v for b in isi for v in b if v is not None]
        assert any(x.nip in str(v) for v in datar)
        r = next(i for i, b in enumerate(isi) if b[0] == "Menit")
        menit = [b[0] for b in isi[r + 1 : r + 1 + len(x.agenda)]]
        assert sum(menit) == MENIT
        assert ws.protection.sheet
        assert not ws.cell(r + 2, 4).protection.locked  # agreement: to be typed in
        assert ws.cell(r + 2, 2).protection.locked
        assert any("belum,berjalan,selesai" in str(v.formula1) for v in ws.data_validations.dataValidation)
        assert ws.sheet_properties.pageSetUpPr.fitToPage
    [satu_lembar] = openpyxl.load_workbook(
        tulis_dialog(tabel_contoh, tmp_path / "satu.xlsx", HARI, nip=lembar[0].nip)
    ).sheetnames
    assert satu_lembar != "Daftar"


def test_nama_kembar_dan_huruf_yang_ditolak_excel(tabel_contoh, tmp_path):
    pegawai = tabel_contoh["pegawai"].copy()
    pegawai["nama"] = "A/B: [Budi] 'Contoh' yang namanya panjang sekali"
    isi = tulis_dialog(
        {**tabel_contoh, "pegawai": pegawai}, tmp_path / "d.xlsx", HARI, opd="dinkes"
    ).read_bytes()
    nama = openpyxl.load_workbook(io.BytesIO(isi)).sheetnames
    assert len(set(nama)) == len(nama) > 2
    assert max(map(len, nama)) <= 31


def test_akhiran_dan_kertas_lain_ditolak_tanpa_meninggalkan_berkas(tabel_contoh, tmp_path):
    with pytest.raises(ValueError, match=r"\.pdf atau \.xlsx"):
        tulis_dialog(tabel_contoh, tmp_path / "d.docx", HARI, opd="dinkes")
    with pytest.raises(ValueError, match="kertas"):
        tulis_dialog(tabel_contoh, tmp_path / "d.pdf", HARI, opd="dinkes", kertas="A3")
    kosong = {"pegawai": tabel_contoh["pegawai"].iloc[:0]}
    with pytest.raises(ValueError, match="Tidak ada pegawai"):
        tulis_dialog(kosong, tmp_path / "d.pdf", HARI)
    assert list(tmp_path.iterdir()) == []


def test_tanpa_penilaian_dan_perilaku(tabel_contoh):
    tabel = {n: t for n, t in tabel_contoh.items() if n not in ("penilaian", "perilaku", "info")}
    semua = lembar_dialog(tabel, HARI, opd="rsud")
    assert isinstance(semua[0].ekspektasi, pd.DataFrame)
    assert semua[0].kedudukan[2][1] == "–"
    assert semua[0].tanda == ""


def test_kesepakatan_sebelumnya_ikut_dibawa(tabel_contoh, tmp_path):
    penilaian = tabel_contoh["penilaian"].assign(catatan="Mendampingi tim data tiap Senin")
    tabel = {**tabel_contoh, "penilaian": penilaian}
    nip = tabel_contoh["pegawai"]["nip"].iloc[3]
    [x] = lembar_dialog(tabel, HARI, nip=nip)
    assert [p for p, _ in x.catatan_lalu] == ["Triwulan I 2022", "Triwulan II 2022"]
    teks = "".join(
        h.extract_text() for h in PdfReader(tulis_dialog(tabel, tmp_path / "d.pdf", HARI, nip=nip)).pages
    )
    assert "Mendampingi tim data" in teks
    ws = openpyxl.load_workbook(tulis_dialog(tabel, tmp_path / "d.xlsx", HARI, nip=nip)).worksheets[0]
    assert any("Mendampingi tim data" in str(c.value) for b in ws.iter_rows() for c in b)
