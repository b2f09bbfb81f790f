"""The pay workbook in another program: LibreOffice works out every formula anew, to the same rupiah."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from perkantoran import ubah

from kinerja.contoh import buat_contoh
from kinerja.data import baca, tulis_buku
from kinerja.laporan import isi
from kinerja.laporan.buku import buku_opd
from kinerja.parameter import instansi


@pytest.fixture(scope="module", params=["sumbar", "babel"])
def nominatif(request, tmp_path_factory):
    """The pay workbook of one OPD of each sample, and the form that its columns follow."""
    map_ = tmp_path_factory.mktemp(request.param)
    tulis_buku(buat_contoh(request.param, pegawai=60, benih=7), map_ / "buku.xlsx")
    periode = instansi(request.param).periode
    hasil = isi.hitung_pemda(baca(map_ / "buku.xlsx"), request.param, periode)
    x = isi.irisan_opd(hasil, str(hasil.opd.index[hasil.opd["pegawai"] > 0][0]))
    (map_ / "nominatif.xlsx").write_bytes(buku_opd(x))
    return map_ / "nominatif.xlsx", x.meta["form"]["daftar_pembayaran"]


def rumus_buku(berkas: Path):
    """(sheet, place, formula) of every formula of a workbook."""
    for ws in openpyxl.load_workbook(berkas):
        yield from (
            (ws.title, c.coordinate, c.value) for b in ws.iter_rows() for c in b if c.data_type == "f"
        )


@pytest.mark.lambat
def test_libreoffice_menghitung_rupiah_yang_sama(nominatif, tmp_path):
    """Drop every cached value, let LibreOffice recalculate all formulas of all sheets, and compare."""
    berkas, _ = nominatif
    openpyxl.load_workbook(berkas).save(tmp_path / "b.xlsx")  # openpyxl keeps formulas, not their values
    tanpa = openpyxl.load_workbook(tmp_path / "b.xlsx", data_only=True)
    kami = openpyxl.load_workbook(berkas, data_only=True)
    mereka = openpyxl.load_workbook(ubah(tmp_path / "b.xlsx", "xlsx", tmp_path), data_only=True)
    lembar = set()
    banyak = 0
    for nama, letak, rumus in rumus_buku(berkas):
        assert tanpa[nama][letak].value is None, "nilai simpanan harus terhapus lebih dahulu"
        a, b = kami[nama][letak].value, mereka[nama][letak].value
        assert a == pytest.approx(b, abs=1e-6), f"{nama}!{letak} {rumus}"
        lembar.add(nama)
        banyak += 1
    assert lembar == {"Nominatif", "Rekap penilaian", "Rekap", "Rincian"}
    assert banyak > 500


@pytest.mark.lambat
def test_isian_bendahara_mengalir_sampai_jumlah(nominatif, tmp_path):
    """Yellow cells filled in and a parameter changed: LibreOffice carries them through to the totals."""
    berkas, form = nominatif
    buku = openpyxl.load_workbook(berkas)
    ws = buku["Nominatif"]
    baris = [r for r in range(8, ws.max_row) if isinstance(ws.cell(r, 1).value, int)]
    kuning = [k for k in range(1, 20) if not ws.cell(8, k).protection.locked]
    assert len(kuning) == 5
    for r in baris:
        for k in kuning:
            ws.cell(r, k).value = 1000 * r + k
    parameter = buku["Parameter"]
    porsi = next(r for r in range(6, 40) if parameter.cell(r, 1).value == "Porsi disiplin kerja")
    parameter.cell(porsi, 2).value = float(parameter.cell(porsi, 2).value) / 2
    buku.save(tmp_path / "b.xlsx")
    jadi = openpyxl.load_workbook(ubah(tmp_path / "b.xlsx", "xlsx", tmp_path), data_only=True)["Nominatif"]
    lama = openpyxl.load_workbook(berkas, data_only=True)["Nominatif"]

    def angka(r: int, k: int) -> float:
        isi = jadi.cell(r, k).value
        return isi if isinstance(isi, int | float) else 0  # empty, or why somebody's pay is unknown

    for r in baris:
        nilai = {k: angka(r, k) for k in range(6, 19)}
        assert {k: nilai[k] for k in kuning} == {k: 1000 * r + k for k in kuning}
        for k, kolom in enumerate(form, 1):
            if kolom["rumus"]:  # "(8+11)-(9+10)": numbers of columns, worked out here once more
                hitung = re.sub(r"\d+", lambda m, n=nilai: f"({n[int(m[0])]})", kolom["rumus"])
                assert re.fullmatch(r"[\d.()+*/ eE-]+", hitung)
                assert nilai[k] == pytest.approx(eval(hitung), abs=1e-6), f"baris {r} kolom {k}"
    jumlah = baris[-1] + 1
    assert jadi.cell(jumlah, 2).value == "Jumlah"
    for k in (6, *range(8, 19)):
        assert jadi.cell(jumlah, k).value == pytest.approx(sum(angka(r, k) for r in baris))
    # the halved share of discipline lowers what is paid, never the base that it is taken from
    assert jadi.cell(jumlah, 6).value == lama.cell(jumlah, 6).value
    assert 0 < jadi.cell(jumlah, 8).value < lama.cell(jumlah, 8).value
