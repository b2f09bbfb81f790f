"""A logo is a picture and nothing else; a government's own kop, place and signatories reach every format."""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
import zlib
from dataclasses import replace

import docx
import pypdf
import pytest

from kinerja.data import baca
from kinerja.laporan import isi
from kinerja.laporan.paket import Tugas, cetak_satu, kunci_paket
from kinerja.logo import baca_logo
from kinerja.parameter import AKAR_PARAMS, GalatParameter, instansi

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="72" viewBox="0 0 60 72">'
    '<path d="M4 4h52v36q0 22-26 28Q4 62 4 40z" fill="#fff" stroke="#111" stroke-width="4"/></svg>'
)


def png(lebar=4, tinggi=5) -> bytes:
    def potong(jenis: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + jenis + isi + zlib.crc32(jenis + isi).to_bytes(4, "big")

    kepala = struct.pack(">IIBBBBB", lebar, tinggi, 8, 0, 0, 0, 0)
    baris = zlib.compress(b"".join(b"\0" + b"\x55" * lebar for _ in range(tinggi)))
    return b"\x89PNG\r\n\x1a\n" + potong(b"IHDR", kepala) + potong(b"IDAT", baris) + potong(b"IEND", b"")


def test_png_dan_svg_terbaca(tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "b.svg").write_text(SVG, encoding="utf-8")
    dari_png = baca_logo(tmp_path / "a.png")
    assert 'width="4" height="5"' in dari_png
    assert "data:image/png;base64," in dari_png
    assert baca_logo(tmp_path / "b.svg") == SVG


@pytest.mark.parametrize(
    ("nama", "isi_berkas", "pesan"),
    [
        ("a.png", None, "tidak ada"),
        ("a.png", b"GIF89a", "bukan gambar PNG atau SVG"),
        ("a.png", png()[:-20], "rusak atau terpotong"),
        ("a.png", png().replace(b"IDAT", b"IDAU"), "rusak atau terpotong"),
        ("a.png", png(4000, 1), "4000 x 1 piksel"),
        ("a.png", b"\0" * 400_000, "391 KB, paling besar 300 KB"),
        ("a.svg", b"<svg", "bukan SVG yang benar"),
        ("a.svg", b"\xff\xfe", "bukan teks UTF-8"),
        ("a.svg", b"<html/>", "unsur pertamanya 'html'"),
        ("a.svg", b"<svg><script>alert(1)</script></svg>", "unsur <script>"),
        ("a.svg", b"<svg><g><foreignObject/></g></svg>", "unsur <foreignObject>"),
        ("a.svg", b"<svg onload='x()'/>", "onload='x\\(\\)'"),
        ("a.svg", b"<svg><image href='http://jahat/x.png'/></svg>", "tautan ke luar"),
        ("a.svg", b"<svg><image href='data:image/svg+xml,x'/></svg>", "tautan ke luar"),
        ("a.svg", b"<svg><use href='file:///etc/passwd#a'/></svg>", "tautan ke luar"),
        ("a.svg", b"<svg><rect fill='url(http://jahat)'/></svg>", "tautan ke luar"),
        ("a.svg", b"<svg><style>@import 'x'</style></svg>", "unsur <style>"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>', "DOCTYPE"),
    ],
)
def test_yang_bukan_gambar_ditolak(tmp_path, nama, isi_berkas, pesan):
    if isi_berkas is not None:
        (tmp_path / nama).write_bytes(isi_berkas)
    with pytest.raises(ValueError, match=pesan):
        baca_logo(tmp_path / nama)


def test_gradien_dan_rujukan_sendiri_diterima(tmp_path):
    teks = '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/><rect fill="url(#a)"/></svg>'
    (tmp_path / "a.svg").write_text(teks, encoding="utf-8")
    assert baca_logo(tmp_path / "a.svg") == teks


@pytest.fixture
def params(tmp_path):
    """A copy of params/ whose sumbar.yaml may get lines of its own."""
    shutil.copytree(AKAR_PARAMS, tmp_path / "params")
    berkas = tmp_path / "params" / "instansi" / "sumbar.yaml"

    def tambah(baris: str):
        asal = (AKAR_PARAMS / "instansi" / "sumbar.yaml").read_text(encoding="utf-8")
        berkas.write_text(asal.replace("kertas: F4\n", f"kertas: F4\n{baris}\n"), encoding="utf-8")
        return instansi("sumbar", tmp_path / "params")

    return tambah


@pytest.mark.parametrize(
    ("baris", "pesan"),
    [
        ("logo: ../rahasia.png", "Tulis nama berkas PNG atau SVG saja"),
        ("logo: lambang.png", "berkas logo lambang.png tidak ada"),
        ("penanda_tangan: {laporan: []}", "berisi 0 butir; paling sedikit 1"),
        ("penanda_tangan: {laporan: [{sebagai: Mengetahui}]}", "tulis salah satu: pejabat"),
        ("penanda_tangan: {laporan: [{pejabat: kepala_opd, nama: X}]}", "tulis salah satu: pejabat"),
        ('penanda_tangan: {nominatif: [{jabatan: Sekda, nip: "123"}]}', "NIP ditulis 18 angka"),
        ("penanda_tangan: {nominatif: [{jabatan: A}, {jabatan: B}, {jabatan: C}, {jabatan: D}, {jabatan: E}]}", "paling banyak 4"),
    ],
)  # fmt: skip
def test_salah_isi_instansi_disebut_letaknya(params, baris, pesan):
    with pytest.raises(GalatParameter) as galat:
        params(baris)
    assert pesan in str(galat.value)
    assert "sumbar" in str(galat.value)
    assert baris.split(":")[0] in str(galat.value)


@pytest.mark.lambat
def test_kop_tempat_dan_penanda_tangan_sampai_di_semua_format(buku, params, tmp_path, monkeypatch):
    (tmp_path / "params" / "instansi" / "lambang.svg").write_text(SVG, encoding="utf-8")
    pemda = params(
        "logo: lambang.svg\ntempat: Bukittinggi\nkalimat_penutup: Demikian laporan ini disampaikan.\n"
        "penanda_tangan:\n  nominatif:\n    - {sebagai: 'Mengetahui,', pejabat: kepala_opd}\n"
        "    - {jabatan: Sekretaris Contoh, nama: Contoh Sintetis, pangkat: Pembina, nip: '196501011990031999'}\n"
        "    - {jabatan: Bendahara Pengeluaran}"
    )
    monkeypatch.setattr(isi, "instansi", lambda _: replace(pemda, kop=(*pemda.kop, "Jalan Contoh Nomor 1")))
    irisan = isi.tulis_irisan(isi.irisan_opd(isi.hitung_pemda(baca(buku), "sumbar", "2022"), "dinkes"))
    kunci = kunci_paket(irisan, "laporan_opd.ipynb")
    format_ = ("html", "pdf", "docx", "xlsx")
    tugas = Tugas(
        "dinkes", "Dinas Kesehatan", "laporan_opd.ipynb", irisan, format_, tmp_path / "dinkes", kunci
    )
    cetak_satu(tugas)

    def berkas(akhiran: str):
        return next(tugas.sementara.glob(f"*.{akhiran}"))

    teks = {
        "html": re.sub(r"<[^>]+>", " ", berkas("html").read_text(encoding="utf-8")),
        "pdf": " ".join(h.extract_text() for h in pypdf.PdfReader(berkas("pdf")).pages),
        "docx": re.sub(r"<[^>]+>", " ", zipfile.ZipFile(berkas("docx")).read("word/document.xml").decode()),
        "xlsx": "".join(
            zipfile.ZipFile(berkas("xlsx")).read(n).decode("utf-8", "replace")
            for n in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
        ),
    }
    for nama, isi_teks in teks.items():
        for kata in (
            "Jalan Contoh Nomor 1",
            "Bukittinggi,",
            "Sekretaris Contoh",
            "Contoh Sintetis",
            "196501011990031999",
        ):
            assert kata in " ".join(isi_teks.split()), (nama, kata)
        if nama != "xlsx":
            assert "Demikian laporan ini disampaikan." in " ".join(isi_teks.split()), nama
    assert 'alt="Logo PEMERINTAH PROVINSI SUMATERA BARAT"' in berkas("html").read_text(encoding="utf-8")
    d = docx.Document(io.BytesIO(berkas("docx").read_bytes()))
    assert d.inline_shapes[0]._inline.docPr.get("descr") == "Logo PEMERINTAH PROVINSI SUMATERA BARAT"
    gambar = [n for n in zipfile.ZipFile(berkas("xlsx")).namelist() if n.startswith("xl/media/")]
    assert len(gambar) == 1  # the same picture on every sheet
