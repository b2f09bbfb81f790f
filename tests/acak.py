"""`make acak`: the readers under a coverage-guided fuzzer (atheris), a fixed number of runs and seed.

    python tests/acak.py RUNS SEED [target ...]

A target takes bytes and gives a result or an error in Indonesian; whatever else it raises, a run
longer than 20 seconds or over 2 GB of memory is a finding, which libFuzzer leaves as a file
`crash-*`. Findings become cases in tests/test_acak.py, which also runs every target under
hypothesis. The bytes are a small programme of changes to a valid file (which part, where, what),
so that a workbook stays a ZIP with its sums right and the change reaches the reader behind it; most
change a value, since nine of ten changes of bytes end at the parser of the format.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

AKAR = Path(__file__).parents[1]
JAHAT = [  # what a random byte seldom finds
    b"&a", b"*a", b"[" * 60, b"{" * 60, b"- " * 60, b"9" * 5000, b"1e999", b".nan", b"!!int ", b"!!python/object:os.system ",
    b"<<: *a", b"? [a]\n: b", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"=cmd|'/c calc'!A0", b"=HYPERLINK(\"http://x\")",
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"&a;", b"</v>", b"<f>1/0</f>", b't="e"', b't="s"', b't="d"',
    b'r="XFD1048576"', b"-1", b"1" * 40, b"\n", b": ", b"'", b'"', b"0001-01-01", b"99999-12-31", b"2022-13-45", b"\xe2\x80\xae",
]  # fmt: skip


NILAI = [
    *(x.encode() for x in (
        "", "x", "0", "-1", "1,5", "1.234", "1e308", "97,5%", "2022", "2022-07", "2022-13", "2022-TW3", "31-02-2023",
        "2023-01-31", "44927", "1e999", "nan", ".inf", "-0", "99999999999999999999", "198001012005011003",
        "1.98001012005011E+17", "ya", "true", "null", "~", "#N/A", "#REF!", "12;45", "12;;", "DINKES", "PEMDA", "R1", "V1",
        "maks", "min_rasio", "pns", "jpt", "s", "e", "str", "inlineStr", "A1", "B999", "ZZ7", "kode", "Nama *", "nip",
        "x" * 40_000, "9" * 5000, "\u202e", "\u00b2", "\u0e53", "{}", "[]", "[1, 2]", "{a: 1}", "'a'", "*a", "&a x", "|",
        "2022-01-01: 5", "=1+1", "../x", "&amp;#0;", "&#10;",
    )),
]  # fmt: skip
DI_TEKS, DI_ATRIBUT = re.compile(rb">([^<>]+)</"), re.compile(rb'="([^"]*)"')
DI_CSV = re.compile(rb"[^;\n\"]+")
DI_YAML = re.compile(rb"^\s*(?:- )?([\w-]+)(?=:)|: +([^\n{\[]+)$|[\w.-]+(?=[,\]}])", re.M)


def bersuara(galat: Exception) -> None:
    """A refusal says something, and not what Python or a library said in English."""
    assert str(galat).strip(), repr(galat)
    assert "Traceback" not in str(galat)


class Program:
    """Numbers and bytes drawn from the fuzzer's input, zeros after its end."""

    def __init__(self, isi: bytes) -> None:
        self.isi, self.di = isi, 0

    def __bool__(self) -> bool:
        return self.di < len(self.isi)

    def bilangan(self, n: int) -> int:
        potong = self.isi[self.di : self.di + 3]
        self.di += 3
        return int.from_bytes(potong, "little") % n

    def pilih(self, daftar: Sequence[Any]) -> Any:
        return daftar[self.bilangan(len(daftar))]

    def ubah_nilai(self, asal: bytes, pola: re.Pattern[bytes]) -> bytes:
        """A few of the values that `pola` finds replaced, so that the change comes through the parser."""
        for _ in range(1 + self.bilangan(4)):
            letak = [m.span(m.lastindex or 0) for m in pola.finditer(asal)]
            if letak:
                awal, akhir = self.pilih(letak)
                asal = asal[:awal] + self.pilih(NILAI) + asal[akhir:]
        return asal

    def ubah(self, asal: bytes) -> bytes:
        """A few places of `asal` cut, doubled, or replaced."""
        x = bytearray(asal)
        for _ in range(1 + self.bilangan(6)):
            i, panjang, cara = self.bilangan(len(x) + 1), self.bilangan(24), self.bilangan(4)
            if cara == 0:
                x[i : i + panjang] = JAHAT[self.bilangan(len(JAHAT))]
            elif cara == 1:
                x[i:i] = x[i : i + 40 * panjang]
            elif cara == 2:
                del x[i : i + panjang]
            else:
                x[i : i + panjang] = self.isi[self.di : self.di + panjang]
                self.di += panjang
        return bytes(x)


@cache
def _contoh() -> dict[str, dict[str, bytes]]:
    """Valid files: the parts of a workbook, CSV and Parquet tables."""
    from bantu_data import DASAR, lengkap

    from kinerja.data import tulis_buku, tulis_csv, tulis_parquet

    tabel = {**DASAR, "kehadiran": lengkap()["kehadiran"]}
    with tempfile.TemporaryDirectory() as map_:
        with zipfile.ZipFile(tulis_buku(tabel, Path(map_, "a.xlsx"))) as z:
            buku = {n: z.read(n) for n in z.namelist()}
        csv = {p.name: p.read_bytes() for p in sorted(tulis_csv(tabel, Path(map_, "csv")).iterdir())}
        pq = {p.name: p.read_bytes() for p in sorted(tulis_parquet(tabel, Path(map_, "pq")).iterdir())}
    return {"buku": buku, "csv": csv, "parquet": pq}


def _terzip(bagian: Iterable[tuple[str, bytes]]) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as z, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that comes twice is meant
        for nama, x in bagian:
            z.writestr(nama.encode("utf-8", "replace").decode(), x)
    return keluar.getvalue()


def _bagian(p: Program, bagian: Iterable[str]) -> str:
    """A part to change, of a workbook mostly one that holds cells."""
    isi = [n for n in sorted(bagian) if n.startswith(("xl/worksheets/sheet", "xl/sharedStrings"))]
    return str(p.pilih(isi if isi and p.bilangan(4) else sorted(bagian)))


def _ubah_parquet(p: Program, asal: bytes) -> bytes:
    """The table with a column of another kind, under another name, twice, or away."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        t = pq.read_table(io.BytesIO(asal))
    except (pa.ArrowException, OSError):  # its bytes were changed before
        return asal
    n, jam = t.num_rows, dt.datetime(2022, 7, 1, 3, 4, 5, tzinfo=dt.UTC)
    kolom = [
        pa.array([2**62] * n), pa.array([float("nan")] * n), pa.array([float("inf")] * n), pa.array([None] * n),
        pa.array([jam] * n, pa.timestamp("ns", "Asia/Jakarta")), pa.array([jam.date()] * n, pa.date32()),
        pa.array([dt.time(3)] * n), pa.array([dt.timedelta(1)] * n), pa.array([b"\xff"] * n), pa.array([["a"]] * n),
        pa.array([{"a": 1}] * n), pa.array([True] * n), pa.array([Decimal("97.5")] * n), pa.array([1.5] * n, pa.float32()),
        pa.array(["x"] * n).dictionary_encode(), pa.array([None] * n, pa.string()).dictionary_encode(),
        *(pa.array([x.decode()] * n) for x in NILAI),
    ]  # fmt: skip
    for _ in range(1 + p.bilangan(3)):
        di, cara = p.bilangan(max(1, t.num_columns)), p.bilangan(8)
        nama = t.column_names[di] if t.num_columns else "kode"
        if cara == 0 and t.num_columns:
            t = t.remove_column(di)
        elif cara == 1:
            t = t.append_column(nama, p.pilih(kolom))
        elif cara == 2:
            t = t.append_column(p.pilih(NILAI).decode(), p.pilih(kolom))
        elif t.num_columns:
            t = t.set_column(di, nama, p.pilih(kolom))
    keluar = io.BytesIO()
    pq.write_table(t, keluar)
    return keluar.getvalue()


def _tabel(isi: bytes, bentuk: str) -> None:
    from kinerja.data import GalatData, baca

    p, bagian = Program(isi), dict(_contoh()[bentuk])
    ubah = {
        "buku": lambda x: p.ubah_nilai(x, DI_TEKS if p.bilangan(4) else DI_ATRIBUT),
        "csv": lambda x: p.ubah_nilai(x, DI_CSV),
        "parquet": lambda x: _ubah_parquet(p, x),
    }[bentuk]
    for _ in range(1 + p.bilangan(2)):
        nama = _bagian(p, bagian)
        bagian[nama] = ubah(bagian[nama]) if p.bilangan(4) else p.ubah(bagian[nama])
    with tempfile.TemporaryDirectory() as map_:
        if bentuk == "buku":
            sumber = Path(map_, "a.xlsx")
            sumber.write_bytes(_terzip(bagian.items()))
        else:
            sumber = Path(map_)
            for n, x in bagian.items():
                (sumber / n).write_bytes(x)
        try:
            baca(sumber)
        except GalatData as galat:
            bersuara(galat)


NAMA_BAGIAN = [
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "[Content_Types].xml",
    "xl/styles.xml", "xl/sharedStrings.xml", "XL/SharedStrings.xml", "xl/vbaProject.bin", "xl/connections.xml",
    "xl/externalLinks/externalLink1.xml", "../x", "word/document.xml", "xl/workbook.bin", "opd.csv", "a.xlsx",
]  # fmt: skip


@cache
def _kecil() -> dict[str, bytes]:
    """The least that is read as a whole: two sheets, text in the cells, a formula, a percentage, an error."""
    tabel = {
        "opd": [["kode", "nama"], ["DINKES", "Dinas"]],
        "pegawai": [["nip", "nama", "opd", "jabatan", "jenis_jabatan", "kelas", "status"],
                    ["198001012005011003", "Sri", "DINKES", "Kepala", "jpt", "15", "pns"]],
    }  # fmt: skip
    khusus = (
        '<row r="3"><c r="X3" t="str"><f>"B"&amp;1</f><v>B1</v></c><c r="Y3" t="e"><v>#N/A</v></c>'
        '<c r="Z3" s="1"><v>0.5</v></c><c r="AA3"><f>6*2</f></c></row>'
    )
    x, ruang = '<?xml version="1.0" encoding="UTF-8"?>', "http://schemas.openxmlformats.org/"
    induk = f'xmlns="{ruang}spreadsheetml/2006/main" xmlns:r="{ruang}officeDocument/2006/relationships"'
    daftar = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(tabel, 1))
    hubungan = "".join(
        f'<Relationship Id="rId{i}" Type="{ruang}officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{i}.xml"/>'
        for i in (1, 2)
    )
    isi = {
        "xl/workbook.xml": f"<workbook {induk}><sheets>{daftar}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{ruang}package/2006/relationships">{hubungan}</Relationships>',
        "xl/styles.xml": f'<styleSheet {induk}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
    }  # fmt: skip
    for i, baris in enumerate(tabel.values(), 1):
        sel = "".join(
            f'<row r="{r}">'
            + "".join(
                f'<c r="{h}{r}" t="inlineStr"><is><t>{v}</t></is></c>'
                for h, v in zip("ABCDEFG", b, strict=False)
            )
            + "</row>"
            for r, b in enumerate(baris, 1)
        )
        isi[f"xl/worksheets/sheet{i}.xml"] = (
            f"<worksheet {induk}><sheetData>{sel}{khusus}</sheetData></worksheet>"
        )
    return {n: (x + v).encode() for n, v in isi.items()}


def _wadah(p: Program) -> bytes:
    """Any bytes; a valid ZIP of any parts; a valid workbook whose ZIP itself is changed."""
    cara = p.bilangan(3)
    if cara == 0:
        awal = (b"", b"PK\x03\x04", b"PAR1", b"kode;nama\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        return awal[p.bilangan(len(awal))] + p.isi[p.di :]
    bagian = list(_kecil().items())
    if cara == 2:
        return p.ubah(_terzip(bagian))
    for _ in range(1 + p.bilangan(3)):
        di = p.bilangan(len(bagian))
        nama, asal = bagian[di]
        isi = p.ubah_nilai(asal, p.pilih((DI_TEKS, DI_ATRIBUT))) if p.bilangan(4) else p.ubah(asal)
        if p.bilangan(4):
            bagian[di] = (nama, isi)
        else:  # one more part, of another name mostly
            bagian.append((p.pilih(NAMA_BAGIAN), isi))
    return _terzip(bagian)


def _mentah(isi: bytes) -> None:
    """Any container under any name."""
    from kinerja.data import GalatData, baca

    p = Program(isi)
    with tempfile.TemporaryDirectory() as map_:
        nama = ("a.xlsx", "a.xlsx", "a.xlsm", "opd.csv", "opd.parquet")[p.bilangan(5)]
        sumber = Path(map_, nama)
        sumber.write_bytes(_wadah(p))
        try:
            baca(sumber if nama.startswith("a") or p.bilangan(2) else sumber.parent)
        except GalatData as galat:
            bersuara(galat)


@cache
def _jawaban() -> tuple[bytes, ...]:
    """What the pages of the USB package save, one file per lesson."""
    from kinerja.data.skema import PREDIKAT, RATING

    isi = {
        "klinik": [{"latihan": "iki", "nomor": n, "indikator": f"Persentase layanan {n} yang selesai", "satuan": "persen",
                    "target": "95"} for n in (1, 2)],
        "kaskade": [{"latihan": "kaskade", "kode": "N01", "induk": "N07"}],
        "kuadran": [{"latihan": "kuadran", "kotak": f"{RATING[0]}|{RATING[1]}", "predikat": PREDIKAT[1]},
                    {"latihan": "titik", "predikat": PREDIKAT[0], "orang": "9"}],
        "capaian": [{"latihan": "capaian", "nomor": n, "capaian": x} for n, x in ((1, "108,33"), (2, "1.250"))],
        "bayaran": [{"latihan": "bayaran", "catatan": "Bahan diskusi"}],
    }  # fmt: skip
    kepala = {"format": "kinerja-jawaban", "versi": 1, "paket": "abcd0123", "nama": "Ani Contoh", "meja": "3"}
    return tuple(
        json.dumps({**kepala, "pelajaran": k, "jawaban": v, "keadaan": {}}, ensure_ascii=False).encode()
        for k, v in isi.items()
    )


ANEH = [
    None,
    True,
    0,
    -1,
    1.5,
    1e308,
    10**30,
    "",
    "\ud800",
    "\u202e\x00",
    "9" * 5000,
    [],
    {},
    [[]],
    {"a": [1]},
    "²",
    "1/0",
]


def _ganti_nilai(p: Program, x: object) -> object:
    """The JSON value with one place in it replaced, kept, doubled or put under another name."""
    if isinstance(x, dict) and x and p.bilangan(8):
        k = list(x)[p.bilangan(len(x))]
        lain = {n: v for n, v in x.items() if n != k}
        return {**lain, (k if p.bilangan(4) else list(x)[p.bilangan(len(x))]): _ganti_nilai(p, x[k])}
    if isinstance(x, list) and x and p.bilangan(8):
        di = p.bilangan(len(x))
        return [*x[:di], *[_ganti_nilai(p, x[di])] * p.bilangan(4), *x[di + 1 :]]
    return ANEH[p.bilangan(len(ANEH))]


def usb(isi: bytes) -> None:
    """An answer file: read, merged with a good one, marked."""
    from kinerja.bimtek.jawaban_usb import baca, nilai_usb, pilih
    from kinerja.data import GalatData

    p = Program(isi)
    asal = _jawaban()[p.bilangan(len(_jawaban()))]
    if p.bilangan(4):
        x = json.loads(asal)
        for _ in range(1 + p.bilangan(3)):
            if p.bilangan(3) and isinstance(x, dict) and "jawaban" in x:
                x["jawaban"] = _ganti_nilai(p, x["jawaban"])
            else:
                x = _ganti_nilai(p, x)
        tulisan = json.dumps(x).encode()
    else:
        tulisan = p.ubah(asal)
    with tempfile.TemporaryDirectory() as map_:
        berkas = {}
        for nama, teks in (("jawaban.json", tulisan), ("jawaban (2).json", asal)):
            Path(map_, nama).write_bytes(teks)
            try:
                if (b := baca(Path(map_, nama))) is not None:
                    berkas[nama] = b
            except GalatData as galat:
                bersuara(galat)
        assert "jawaban (2).json" in berkas
        hasil = nilai_usb(pilih(berkas)[0], {"abcd0123": {"N01": "N07"}})
        assert hasil.jawaban.notna().all(axis=None)


@cache
def _meja() -> dict[str, bytes]:
    """The parts of a table's workbook as it comes back, filled in."""
    from bantu_bimtek import isi_meja, kelas_contoh

    from kinerja.bimtek.lembar_meja import tulis_meja

    with tempfile.TemporaryDirectory() as map_:
        berkas = tulis_meja(kelas_contoh(3), 1, Path(map_, "meja-01.xlsx"))
        isi_meja(berkas, 1)
        with zipfile.ZipFile(berkas) as z:
            return {n: z.read(n) for n in z.namelist()}


def kembali(isi: bytes) -> None:
    """A damaged workbook of the exercise round among good files: told, and the others marked."""
    from kinerja.bimtek.kumpul import kumpulkan
    from kinerja.bimtek.penilaian import nilai
    from kinerja.bimtek.rekap import sebut_temuan

    p, bagian = Program(isi), dict(_meja())
    for _ in range(1 + p.bilangan(2)):
        nama = _bagian(p, bagian)
        bagian[nama] = (
            p.ubah_nilai(bagian[nama], DI_TEKS if p.bilangan(4) else DI_ATRIBUT)
            if p.bilangan(4)
            else p.ubah(bagian[nama])
        )
    rusak = _terzip(bagian.items())
    with tempfile.TemporaryDirectory() as map_:
        Path(map_, "meja-01.xlsx").write_bytes(rusak if p.bilangan(8) else p.ubah(rusak))
        Path(map_, "jawaban.json").write_bytes(_jawaban()[-1])
        k = kumpulkan(map_)
        assert sorted(k.berkas["berkas"]) == ["jawaban.json", "meja-01.xlsx"]
        satu = k.berkas.set_index("berkas").loc["meja-01.xlsx"]
        assert satu["keadaan"] in KEADAAN, satu["keadaan"]
        assert satu["keadaan"] == "dinilai" or satu["keadaan"] == "daftar kelas" or len(k.temuan)
        assert len(k.usb) == 1
        if not p.bilangan(12):  # marking takes ten times the reading
            nilai(k)
        for baris in sebut_temuan(k):
            assert baris.strip()


KEADAAN = (
    "dinilai",
    "tidak terbaca",
    "bukan buku kerja meja",
    "kelas lain",
    "soal lain",
    "kosong",
    "daftar kelas",
)


@cache
def _cetakan() -> tuple[dict[str, bytes], bytes]:
    """The files of a signed run of two packs, and the key that signed."""
    from kinerja.laporan.keutuhan import MANIFES, TANDA, sha_isi, tulis_manifes
    from kinerja.laporan.tanda import buat_kunci, muat_penanda

    with tempfile.TemporaryDirectory() as map_:
        buat_kunci(Path(map_, "k"))
        penanda, akar = muat_penanda(Path(map_, "k")), Path(map_, "2022")

        def tandai(di: Path, isi: dict[str, object]) -> None:
            teks = tulis_manifes({**isi, "tanda": penanda.publik.sidik}).encode()
            (di / MANIFES).write_bytes(teks)
            (di / TANDA).write_bytes(penanda.tandai(teks))

        for kode in ("bkd", "rsud"):
            (akar / kode).mkdir(parents=True)
            (akar / kode / f"laporan-{kode}.html").write_bytes(b"isi " + kode.encode())
            tandai(akar / kode, {"kode": kode, "berkas": sha_isi(akar / kode)})
        (akar / "index.html").write_bytes(b"indeks")
        indeks = {"index.html": sha_isi(akar)["index.html"]}
        paket = {k: {"nama": k, "status": "selesai", "berkas": sha_isi(akar / k)} for k in ("bkd", "rsud")}
        tandai(akar, {"berkas": indeks, "paket": paket})
        isi = {b.relative_to(akar).as_posix(): b.read_bytes() for b in sorted(akar.rglob("*")) if b.is_file()}
        return isi, penanda.publik.mentah


ASING = (
    "x",
    ".x.sebagian/y",
    "bkd/x",
    "bkd/manifes.json~",
    "a\n  b: utuh",
    "\x1b[2J",
    "\udcff",
    "kosong/kosong/x",
)


def paket(isi: bytes) -> None:
    """A folder or ZIP of a run in which something was changed: found, whatever it is."""
    from kinerja.laporan.keutuhan import MANIFES, BukanCetakan, periksa_paket, tulis_manifes
    from kinerja.laporan.tanda import KunciPublik

    p = Program(isi)
    asal, mentah = _cetakan()
    publik = KunciPublik(mentah) if p.bilangan(2) else None
    berkas = dict(asal)
    nama = sorted(berkas)[p.bilangan(len(berkas))]
    cara = p.bilangan(6)
    if cara == 0 and nama.endswith(MANIFES):  # a manifest with its own digest right again
        x = _ganti_nilai(p, {k: v for k, v in json.loads(berkas[nama]).items() if k != "sidik"})
        try:
            berkas[nama] = tulis_manifes(x if isinstance(x, dict) else {"berkas": x}).encode()
        except UnicodeEncodeError:  # half a character: no manifest can hold it, JSON can
            berkas[nama] = json.dumps(x).encode()
    elif cara == 1:
        del berkas[nama]
    elif cara == 2:
        berkas[ASING[p.bilangan(len(ASING))]] = b""
    else:
        berkas[nama] = p.ubah(berkas[nama])
    sama = berkas == asal
    with tempfile.TemporaryDirectory() as map_:
        di = Path(map_, "2022")
        if p.bilangan(2):
            di = Path(map_, "2022.zip")
            utuh = _terzip(berkas.items())
            di.write_bytes(utuh if p.bilangan(4) else p.ubah(utuh))
            sama = sama and di.read_bytes() == utuh
        else:
            for n, x in berkas.items():
                (di / n).parent.mkdir(parents=True, exist_ok=True)
                (di / n).write_bytes(x)
        try:
            hasil = periksa_paket(di, publik)
        except BukanCetakan as galat:
            bersuara(galat)
            return
        assert len(str(hasil).splitlines()) == 1 + len(hasil.kerusakan) + len(hasil.catatan)
        assert not (hasil.utuh and berkas != asal)
        assert hasil.utuh or not sama  # in a ZIP bytes outside its files may change unseen


def _yaml(isi: bytes, asal: Iterable[str], kerja: Callable[[Path], object]) -> None:
    from kinerja.parameter import GalatParameter

    p, daftar = Program(isi), list(asal)
    benih = (AKAR / "params" / daftar[p.bilangan(len(daftar))]).read_bytes()
    with tempfile.TemporaryDirectory() as map_:
        berkas = Path(map_, "params", "regulasi", "coba.yaml")
        berkas.parent.mkdir(parents=True)
        berkas.write_bytes(p.ubah_nilai(benih, DI_YAML) if p.bilangan(4) else p.ubah(benih))
        try:
            kerja(berkas)
        except GalatParameter as galat:
            bersuara(galat)


def parameter(isi: bytes) -> None:
    from kinerja.parameter import muat

    asal = ["regulasi/pp-46-2011.yaml", "regulasi/permenpanrb-6-2022.yaml", "tukin/tpp-60-40.yaml"]
    _yaml(isi, asal, lambda b: muat(b.parents[1]))


def skenario(isi: bytes) -> None:
    from kinerja.parameter import kebijakan

    asal = sorted(f"skenario/{p.name}" for p in (AKAR / "params" / "skenario").glob("*.yaml"))
    _yaml(isi, asal, lambda b: kebijakan(dt.date(2024, 12, 31)).dengan(b))


def naskah(isi: bytes) -> None:
    from kinerja.simulasi import baca

    asal = sorted(f"laboratorium/{p.name}" for p in (AKAR / "params" / "laboratorium").glob("*.yaml"))
    _yaml(isi, asal, baca)


SASARAN: dict[str, Callable[[bytes], None]] = {
    "buku": lambda isi: _tabel(isi, "buku"),
    "csv": lambda isi: _tabel(isi, "csv"),
    "parquet": lambda isi: _tabel(isi, "parquet"),
    "mentah": _mentah,
    "parameter": parameter,
    "skenario": skenario,
    "naskah": naskah,
    "usb": usb,
    "kembali": kembali,
    "paket": paket,
}


def _satu_sasaran(nama: str, runs: str, seed: str) -> None:
    import atheris

    with atheris.instrument_imports(include=["kinerja", "yaml"]):
        import kinerja.bimtek.kumpul
        import kinerja.bimtek.penilaian
        import kinerja.data
        import kinerja.laporan.keutuhan
        import kinerja.parameter
        import kinerja.simulasi  # noqa: F401
    warnings.simplefilter("error", RuntimeWarning)
    batas = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=400", "-len_control=0", "-print_final_stats=1"]
    acak = random.Random(seed)
    with tempfile.TemporaryDirectory() as benih:  # libFuzzer alone would start from nothing
        for i in range(40):
            Path(benih, str(i)).write_bytes(acak.randbytes(acak.randint(6, 200)))
        atheris.Setup([nama, benih, f"-runs={runs}", f"-seed={seed}", *batas], SASARAN[nama])
        atheris.Fuzz()


def main() -> int:
    if sys.argv[1:2] == ["--sasaran"]:
        _satu_sasaran(*sys.argv[2:5])
        return 0
    runs, seed, *nama = (*sys.argv[1:], *SASARAN) if len(sys.argv) == 3 else sys.argv[1:]
    tetap = os.environ | {"PYTHONHASHSEED": "0"}  # the same runs for the same seed
    gagal = [
        n
        for n in nama
        if subprocess.run([sys.executable, __file__, "--sasaran", n, runs, seed], env=tetap).returncode
    ]
    print(
        "Temuan di: " + ", ".join(gagal)
        if gagal
        else f"{runs} kali tiap sasaran ({', '.join(nama)}): tanpa temuan"
    )
    return 1 if gagal else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
