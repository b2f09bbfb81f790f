"""An executed notebook to DOCX that an office can go on editing, from the same blocks as PDF and HTML.

The text parts are written as WordprocessingML directly: a pay list has tens of thousands of cells, which
python-docx sets a hundred times slower (tests/bench_docx.py). Styles and settings are files in
reports/templat/docx. Word is strict about the order of elements; tests/test_docx.py holds it to it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from itertools import accumulate, pairwise
from typing import Any

from nbformat import NotebookNode

from kinerja.laporan.html import kop
from kinerja.laporan.pdf import Kertas
from kinerja.laporan.susunan import Blok, bagian_laporan, bersih
from kinerja.penata import TEMPLAT, png_dari
from kinerja.tampil import TANPA_BARIS

_PPI = 200
_TWIP = 1440 / 25.4  # twentieths of a point in a millimetre
_EMU = 914400  # drawing units in an inch
_UKURAN: dict[str, tuple[int, int]] = {"F4": (215, 330), "A4": (210, 297)}
_KIRI, _KANAN, _BAWAH = 25, 20, 23  # margins in mm, as in the PDF
_ABU = '<w:shd w:val="clear" w:color="auto" w:fill="E6E6E6"/>'
_RATA = {"kiri": "", "kanan": '<w:jc w:val="right"/>', "tengah": '<w:jc w:val="center"/>'}
_GAYA_NADA = {"info": "Catatan", "asumsi": "CatatanAsumsi", "peringatan": "CatatanPeringatan"}
_LEKAT = re.compile(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)')
_VOKAL, _KONSONAN = "[aiueoAIUEO]", "(?:ng|ny|sy|kh|[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z])"
_SUKU = (
    re.compile(f"({_VOKAL}{_KONSONAN})(?={_KONSONAN}{_VOKAL})"),
    re.compile(f"({_VOKAL})(?={_KONSONAN}{_VOKAL})"),
)
_LUNAK = "\x1f"  # stands for a permitted break until the text is escaped; data cannot hold it
_NAMA = " ".join(
    f'xmlns:{k}="{v}"'
    for k, v in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
_KEPALA_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_JENIS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HUBUNGAN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKET = "http://schemas.openxmlformats.org/package/2006"


def docx_dari(
    nb: NotebookNode,
    kertas: Kertas = "F4",
    *,
    judul: str,
    penulis: str,
    tanggal: dt.date | None = None,
) -> bytes:
    """The executed notebook `nb` as a Word document, the same bytes for the same input.

    Same sections as the PDF (`susunan.bagian_laporan`); real styles, repeated table heads, captions and
    contents as fields. `judul`, `penulis` and `tanggal` (the date that the report bears) become the
    document's properties. RuntimeError, in Indonesian, for a figure that is no picture.
    """
    if kertas not in _UKURAN:
        raise ValueError(f"kertas {kertas!r} tidak dikenal; pakai F4 atau A4.")
    bagian: list[dict[str, Any]] = bersih(bagian_laporan(nb))
    return _Naskah(kertas, bersih(kop(nb)), bagian).berkas(bersih(judul), bersih(penulis), tanggal)


def zip_tetap(isi: Iterable[tuple[str, bytes]], mampat: int = 6) -> bytes:
    """A ZIP in the order given, without clock, owner or platform: the same bytes for the same contents."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED, compresslevel=mampat) as z:
        for nama, data in isi:
            info = zipfile.ZipInfo(nama, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            z.writestr(info, data, compresslevel=mampat)
    return keluar.getvalue()


# -- words ----------------------------------------------------------------------------------------


def _teks(teks: str) -> str:
    """Text as the content of a run: breaks for new lines, nothing that could be markup."""
    aman = escape(teks, quote=False)
    if "\n" in aman or "\t" in aman or _LUNAK in aman:
        for tanda, unsur in (("\n", "br"), ("\t", "tab"), (_LUNAK, "softHyphen")):
            aman = aman.replace(tanda, f'</w:t><w:{unsur}/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{aman}</w:t>'


def _lari(teks: str, sifat: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{sifat}</w:rPr>' if sifat else ''}{_teks(teks)}</w:r>"


def _alinea(gaya: str, isi: str, sifat: str = "") -> str:
    """A paragraph in a style; `sifat` are paragraph properties that come after the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{gaya}"/>{sifat}</w:pPr>{isi}</w:p>'


def _lekat(xml: str) -> str:
    """The same, every paragraph on one page with the next."""
    return _LEKAT.sub(r"\1<w:keepNext/>", xml)


def _bidang(perintah: str, hasil: str) -> str:
    """A field with the result that shows until it is recalculated."""
    return f'<w:fldSimple w:instr=" {perintah} "><w:r><w:t>{hasil}</w:t></w:r></w:fldSimple>'


def _suku(teks: str, muat: int) -> str:
    """Breaks permitted between the syllables of words of more than `muat` letters, as many as a line holds."""

    def potong(m: re.Match[str]) -> str:
        kata = m[0]
        for pola in _SUKU:
            kata = pola.sub(rf"\1{_LUNAK}", kata)
        return kata

    return _kata_panjang(muat).sub(potong, teks)


@cache
def _kata_panjang(muat: int) -> re.Pattern[str]:
    return re.compile(rf"[A-Za-z]{{{muat + 1},}}")


def _muat(lebar: int, poin: float) -> int:
    """How many letters fit side by side in a cell of `lebar` twips: few enough to be sure."""
    return max(2, int((lebar / 20 - 8) / (0.52 * poin)))


# -- tables ---------------------------------------------------------------------------------------


def _grid(bagian: Sequence[float], lebar: int) -> list[int]:
    """Whole twips in these shares that add up to `lebar`."""
    batas = [round(lebar * x / sum(bagian)) for x in accumulate(bagian, initial=0.0)]
    return [b - a for a, b in pairwise(batas)]


def _sel(lebar: int, isi: str, sifat: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{lebar}" w:type="dxa"/>{sifat}</w:tcPr>{isi}</w:tc>'


def _baris(sel: str, kepala: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if kepala else ''}</w:trPr>{sel}</w:tr>"


def _tabel(gaya: str, grid: Sequence[int], baris: Iterable[str], nama: str = "", batas: str = "") -> str:
    keterangan = f'<w:tblCaption w:val="{escape(nama)}"/>' if nama else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{gaya}"/><w:tblW w:w="{sum(grid)}" w:type="dxa"/>{batas}'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/>{keterangan}</w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{g}"/>' for g in grid)
        + "</w:tblGrid>"
        + "".join(baris)
        + "</w:tbl>"
    )


def _kepala_tabel(b: Blok, grid: Sequence[int], gaya: str, poin: float) -> list[str]:
    """Head rows; a cell over two rows goes on, empty, in the second."""
    n = len(grid)
    hasil = []
    for i, isi in enumerate(b["kepala"]):
        sel = {s["awal"]: s for s in isi}
        menerus = {s["awal"] for atas in b["kepala"][:i] for s in atas if s["baris"] > 1}
        teks = []
        for k in range(n):
            if k in menerus:
                teks.append(_sel(grid[k], _alinea(gaya, ""), f"<w:vMerge/>{_ABU}"))
            elif s := sel.get(k):
                sifat = f'<w:gridSpan w:val="{s["kolom"]}"/>' if s["kolom"] > 1 else ""
                sifat += '<w:vMerge w:val="restart"/>' if s["baris"] > 1 else ""
                lebar = sum(grid[k : k + s["kolom"]])
                isi_sel = _alinea(gaya, _lari(_suku(s["teks"], _muat(lebar, poin))))
                teks.append(_sel(lebar, isi_sel, f'{sifat}{_ABU}<w:vAlign w:val="center"/>'))
        hasil.append(_baris("".join(teks), kepala=True))
    if b["nomor_kolom"]:
        nomor = (_sel(g, _alinea("NomorKolom", _lari(str(i))), _ABU) for i, g in enumerate(grid, 1))
        hasil.append(_baris("".join(nomor), kepala=True))
    return hasil


def _badan_tabel(b: Blok, grid: Sequence[int], gaya: str, poin: float) -> list[str]:
    """Body rows, and the row of sums; marked rows bold on grey."""
    if not b["baris"]:
        sifat = f'<w:gridSpan w:val="{len(grid)}"/>' if len(grid) > 1 else ""
        kosong = _alinea(gaya, _lari(TANPA_BARIS, "<w:i/>"), _RATA["tengah"])
        hasil = [_baris(_sel(sum(grid), kosong, sifat))]
    else:
        hasil = []
    muat = [_muat(g, poin) if k["rata"] == "kiri" else 0 for g, k in zip(grid, b["kolom"], strict=True)]

    def pola(latar: str, tebal: str) -> list[str]:
        return [
            _sel(g, _alinea(gaya, f"<w:r>{tebal}%s</w:r>", _RATA[k["rata"]]), latar)
            for g, k in zip(grid, b["kolom"], strict=True)
        ]

    biasa, tebal = pola("", ""), pola(_ABU, "<w:rPr><w:b/><w:bCs/></w:rPr>")
    kelas = b["kelas_baris"] or [""] * len(b["baris"])
    semua = [*zip(b["baris"], kelas, strict=True), *([(b["jumlah"], "jumlah")] if b["jumlah"] else [])]
    for isi, k in semua:
        sel = (
            p % _teks(_suku(t, m) if m else t)
            for p, t, m in zip(tebal if k else biasa, isi, muat, strict=True)
        )
        hasil.append(_baris("".join(sel)))
    return hasil


# -- the document -----------------------------------------------------------------------------------


class _Naskah:
    """A document under construction: what its parts refer to among each other."""

    def __init__(self, kertas: Kertas, kepala: Blok, bagian: list[dict[str, Any]]) -> None:
        self.kertas, self.kepala, self.bagian = kertas, kepala, bagian
        semua = [b for s in bagian for b in s["isi"]]
        self.judul = [b for b in semua if b["jenis"] == "judul"]
        svg = [b["svg"] for b in semua if b["jenis"] == "gambar"]
        self.logo = kepala.get("logo", "")
        logo = png_dari([self.logo], _PPI, tinggi=24) if self.logo else []
        self.png = [*logo, *png_dari(svg, _PPI)]
        self.gambar_ke = 0  # pictures set so far, the logo included
        self.nomor = {"Tabel": 0, "Gambar": 0, "judul": 0}
        self.tautan: list[str] = []
        self.daftar_bernomor: list[tuple[int, int]] = []  # (level, first number)

    def lebar(self, mendatar: bool) -> int:
        """Width of the text in twips."""
        return round((_UKURAN[self.kertas][mendatar] - _KIRI - _KANAN) * _TWIP)

    def berkas(self, judul: str, penulis: str, tanggal: dt.date | None) -> bytes:
        badan = "".join(self._bagian(i, s) for i, s in enumerate(self.bagian))
        dokumen = f"{_KEPALA_XML}<w:document {_NAMA}><w:body>{badan}</w:body></w:document>"
        tajuk = _alinea("Tajuk", _lari(self.kepala.get("tanda", "")))
        gambar = [(f"word/media/gambar{i}.png", g) for i, g in enumerate(self.png, 1)]
        bagian = {
            "word/document.xml": dokumen,
            "word/styles.xml": (TEMPLAT / "docx" / "styles.xml").read_text(encoding="utf-8"),
            "word/settings.xml": (TEMPLAT / "docx" / "settings.xml").read_text(encoding="utf-8"),
            "word/numbering.xml": self._penomoran(),
            "word/header1.xml": f"{_KEPALA_XML}<w:hdr {_NAMA}>{tajuk}</w:hdr>",
            "word/footer1.xml": self._kaki(mendatar=False),
            "word/footer2.xml": self._kaki(mendatar=True),
            "word/_rels/document.xml.rels": self._hubungan(),
            "docProps/core.xml": _sifat_inti(judul, penulis, tanggal),
            "docProps/app.xml": _KEPALA_XML
            + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Application>kinerja</Application><Company>{escape(penulis)}</Company></Properties>",
        }
        isi = [(n, t.encode()) for n, t in {**_BUNGKUS, **bagian}.items()]
        return zip_tetap([*isi, *gambar])

    def _hubungan(self) -> str:
        tetap = {
            "rId1": ("styles", "styles.xml"),
            "rId2": ("settings", "settings.xml"),
            "rId3": ("numbering", "numbering.xml"),
            "rId4": ("header", "header1.xml"),
            "rId5": ("footer", "footer1.xml"),
            "rId6": ("footer", "footer2.xml"),
            **{f"rIdG{i}": ("image", f"media/gambar{i}.png") for i in range(1, len(self.png) + 1)},
        }
        isi = [f'<Relationship Id="{k}" Type="{_HUBUNGAN}/{j}" Target="{t}"/>' for k, (j, t) in tetap.items()]
        isi += [
            f'<Relationship Id="rIdT{i}" Type="{_HUBUNGAN}/hyperlink" Target="{escape(u)}" TargetMode="External"/>'
            for i, u in enumerate(self.tautan, 1)
        ]
        return f'{_KEPALA_XML}<Relationships xmlns="{_PAKET}/relationships">{"".join(isi)}</Relationships>'

    def _penomoran(self) -> str:
        def tingkat(i: int, jenis: str, tanda: str) -> str:
            return (
                f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{jenis}"/><w:lvlText w:val="{tanda}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{400 * (i + 1)}" w:hanging="300"/></w:pPr></w:lvl>'
            )

        bulat = "".join(tingkat(i, "bullet", "–" if i % 2 else "•") for i in range(9))
        angka = "".join(tingkat(i, "decimal", f"%{i + 1}.") for i in range(9))
        nomor = "".join(
            f'<w:num w:numId="{i}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{t}">'
            f'<w:startOverride w:val="{awal}"/></w:lvlOverride></w:num>'
            for i, (t, awal) in enumerate(self.daftar_bernomor, 2)
        )
        return (
            f"{_KEPALA_XML}<w:numbering {_NAMA}>"
            f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{bulat}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{angka}</w:abstractNum>'
            f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nomor}</w:numbering>'
        )

    def _kaki(self, mendatar: bool) -> str:
        halaman = _lari("Halaman ") + _bidang("PAGE", "1") + _lari(" dari ") + _bidang("NUMPAGES", "1")
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{self.lebar(mendatar)}"/></w:tabs>'
        isi = _alinea("Kaki", f"{_lari(self.kepala.get('kaki', ''))}<w:r><w:tab/></w:r>{halaman}", tab)
        return f"{_KEPALA_XML}<w:ftr {_NAMA}>{isi}</w:ftr>"

    def _bagian(self, i: int, s: dict[str, Any]) -> str:
        mendatar = s["mendatar"]
        isi = s["isi"]
        hasil = []
        for k, b in enumerate(isi):
            xml = self._blok(b, mendatar)
            if k + 1 < len(isi) and isi[k + 1]["jenis"] == "tanda_tangan":
                xml = _lekat_akhir(xml) if b["jenis"] == "tabel" else _lekat(xml)
            hasil.append(xml)
        sifat = self._sifat_halaman(mendatar)
        if i < len(self.bagian) - 1:
            sifat = f'<w:p><w:pPr><w:pStyle w:val="Jarak"/>{sifat}</w:pPr></w:p>'
        return "".join(hasil) + sifat

    def _sifat_halaman(self, mendatar: bool) -> str:
        lebar, tinggi = (round(x * _TWIP) for x in _UKURAN[self.kertas])
        if mendatar:
            lebar, tinggi = tinggi, lebar
        tanda = '<w:headerReference w:type="default" r:id="rId4"/>' if self.kepala.get("tanda") else ""
        atas = 25 if tanda else 20
        tepi = {"top": atas, "right": _KANAN, "bottom": _BAWAH, "left": _KIRI, "header": 10, "footer": 12}
        return (
            f'<w:sectPr>{tanda}<w:footerReference w:type="default" r:id="{"rId6" if mendatar else "rId5"}"/>'
            '<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{lebar}" w:h="{tinggi}" w:orient="{"landscape" if mendatar else "portrait"}"/><w:pgMar '
            + "".join(f'w:{k}="{round(v * _TWIP)}" ' for k, v in tepi.items())
            + 'w:gutter="0"/></w:sectPr>'
        )

    # -- blocks ---------------------------------------------------------------------------------------

    def _blok(self, b: Blok, mendatar: bool) -> str:
        lebar = self.lebar(mendatar)
        match b["jenis"]:
            case "kop":
                return self._kop(b, lebar)
            case "daftar_isi":
                return self._daftar_isi()
            case "judul":
                self.nomor["judul"] += 1
                n = self.nomor["judul"]
                tanda = f'<w:bookmarkStart w:id="{n}" w:name="_Toc{n:08d}"/>'
                isi = f'{tanda}{self._inti(b["isi"])}<w:bookmarkEnd w:id="{n}"/>'
                return _alinea(f"Judul{b['tingkat']}", isi)
            case "md":
                return self._markdown(b["isi"], lebar)
            case "paragraf":
                return "".join(
                    _alinea("Isi", _lari(" ".join(p.split("\n")))) for p in b["teks"].split("\n\n")
                )
            case "catatan":
                return _kotak(_GAYA_NADA[b["nada"]], b["label"], b["teks"])
            case "galat":
                return _kotak("CatatanPeringatan", "Galat pada bagian ini", b["teks"])
            case "angka_kunci":
                return _angka_kunci(b, lebar)
            case "tabel":
                return self._tabel(b, lebar)
            case "gambar":
                return self._gambar(b, lebar)
            case "tanda_tangan":
                return _tanda_tangan(b, lebar)
            case jenis:
                raise ValueError(f"blok {jenis!r} belum dapat ditulis ke DOCX.")

    def _keterangan(self, jenis: str, gaya: str, isi: str) -> str:
        """'Tabel 3. Judul' with the number as a field, so that a new table renumbers the rest."""
        self.nomor[jenis] += 1
        tebal = "<w:b/><w:bCs/>"
        nomor = _bidang(rf"SEQ {jenis} \* ARABIC", str(self.nomor[jenis])).replace(
            "<w:r><w:t>", f"<w:r><w:rPr>{tebal}</w:rPr><w:t>"
        )
        return _alinea(gaya, f"{_lari(jenis + ' ', tebal)}{nomor}{_lari('. ', tebal)}{isi}")

    def _kop(self, b: Blok, lebar: int) -> str:
        induk = b["baris"][:1]
        isi = "".join(
            [
                *(_alinea("KopInduk", _lari(t)) for t in induk),
                *([_alinea("KopNama", _lari(b["nama_opd"]))] if b["nama_opd"] else []),
                *(_alinea("KopAlamat", _lari(t)) for t in b["baris"][1:]),
            ]
        )
        if self.logo:
            # the words stay in the middle of the page: an empty cell as wide as the logo's
            tepi = round(24 * _TWIP)
            grid = [tepi, lebar - 2 * tepi, tepi]
            gambar = _alinea("Tabel", self._png(b["alt_logo"], 22, 24))
            tengah = '<w:vAlign w:val="center"/>'
            sel = [gambar, isi or _alinea("KopNama", ""), _alinea("Tabel", "")]
            isi = _tabel(
                "TabelPolos",
                grid,
                [_baris("".join(_sel(g, x, tengah) for g, x in zip(grid, sel, strict=True)))],
            )
        return (
            isi
            + _alinea("KopGaris", "")
            + _alinea("JudulLaporan", _lari(b["judul"]))
            + _alinea("Subjudul", _lari(b["subjudul"]))
        )

    def _daftar_isi(self) -> str:
        """The field with its entries as they are; page numbers come with the first update."""
        awal = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            r'TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        butir = []
        for i, b in enumerate(self.judul, 1):
            if b["tingkat"] <= 3:
                isi = f'<w:hyperlink w:anchor="_Toc{i:08d}" w:history="1">{_lari(_polos(b["isi"]))}</w:hyperlink>'
                butir.append(_alinea(f"DaftarIsi{b['tingkat']}", awal + isi))
                awal = ""
        petunjuk = "Nomor halaman: klik daftar ini, lalu tekan F9 (Perbarui Bidang)."
        akhir = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            "</w:docPartObj></w:sdtPr><w:sdtContent>"
            + _alinea("JudulDaftarIsi", _lari("Daftar Isi"))
            + "".join(butir)
            + _alinea("CatatanTabel", _lari(petunjuk, "<w:i/><w:iCs/>") + akhir)
            + "</w:sdtContent></w:sdt>"
        )

    def _tabel(self, b: Blok, lebar: int) -> str:
        grid = _grid([k["lebar"] for k in b["kolom"]], lebar)
        rerata = lebar / len(grid) / _TWIP
        akhiran, poin = ("", 9.5) if rerata > 24 else ("Rapat", 8.0) if rerata > 15 else ("Padat", 7.0)
        kepala = _kepala_tabel(b, grid, f"KepalaTabel{akhiran}", poin)
        badan = _badan_tabel(b, grid, f"Tabel{akhiran}", poin)
        if len(b["baris"]) <= 12 and _tinggi(b, grid, poin) < 0.4 * _UKURAN[self.kertas][0]:
            badan = [*map(_lekat, badan[:-1]), badan[-1]]  # few rows, low enough: not torn apart
        judul = self._keterangan("Tabel", "KeteranganTabel", _lari(b["judul"])) if b["judul"] else ""
        catatan = _alinea("CatatanTabel", _lari(b["catatan"])) if b["catatan"] else _alinea("Jarak", "")
        return judul + _tabel("TabelLaporan", grid, [*kepala, *badan], b["judul"]) + catatan

    def _png(self, alt: str, lebar: float, tinggi: float) -> str:
        """The next picture as an inline drawing, shrunk into `lebar` x `tinggi` mm."""
        data = self.png[self.gambar_ke]
        self.gambar_ke += 1
        n = self.gambar_ke
        px = [int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")]
        skala = min(1.0, lebar / (px[0] / _PPI * 25.4), tinggi / (px[1] / _PPI * 25.4))
        cx, cy = (round(x / _PPI * _EMU * skala) for x in px)
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{n}" name="Gambar {n}" descr="{escape(alt)}"/><wp:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{n}" name="gambar{n}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="rIdG{n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _gambar(self, b: Blok, lebar: int) -> str:
        isi = _lari(b["judul"])
        if b["sumber"]:
            isi += "<w:r><w:br/></w:r>" + _lari(
                f"Sumber: {b['sumber']}", '<w:sz w:val="18"/><w:szCs w:val="18"/>'
            )
        gambar = self._png(b["alt"], lebar / _TWIP, 0.7 * _UKURAN[self.kertas][1])
        return _alinea("Gambar", gambar) + self._keterangan("Gambar", "KeteranganGambar", isi)

    # -- markdown: the tokens of mistune ----------------------------------------------------------------

    def _inti(self, token: Iterable[dict[str, Any]], sifat: str = "") -> str:
        hasil = []
        for t in token:
            match t["type"]:
                case "text":
                    hasil.append(_lari(t["raw"], sifat))
                case "strong":
                    hasil.append(self._inti(t["children"], _tambah(sifat, "<w:b/><w:bCs/>")))
                case "emphasis":
                    hasil.append(self._inti(t["children"], _tambah(sifat, "<w:i/><w:iCs/>")))
                case "strikethrough":
                    hasil.append(self._inti(t["children"], _tambah(sifat, "<w:strike/>")))
                case "codespan":
                    hasil.append(_lari(t["raw"], _tambah(sifat, '<w:rStyle w:val="HurufKode"/>')))
                case "link" if re.match(r"https?://|mailto:", t["attrs"]["url"]):
                    self.tautan.append(t["attrs"]["url"])
                    isi = self._inti(t["children"], _tambah(sifat, '<w:rStyle w:val="Tautan"/>'))
                    hasil.append(
                        f'<w:hyperlink r:id="rIdT{len(self.tautan)}" w:history="1">{isi}</w:hyperlink>'
                    )
                case "softbreak":
                    hasil.append(_lari(" ", sifat))
                case "linebreak":
                    hasil.append("<w:r><w:br/></w:r>")
                case "inline_html":
                    hasil.append("<w:r><w:br/></w:r>" if t["raw"].startswith("<br") else "")
                case _:
                    hasil.append(self._inti(t.get("children", ()), sifat))
        return "".join(hasil)

    def _markdown(self, t: dict[str, Any], lebar: int, gaya: str = "Isi", sifat: str = "") -> str:
        """A block of markdown; `gaya` and `sifat` are the paragraphs' style and properties."""
        match t["type"]:
            case "paragraph" | "block_text":
                return _alinea(gaya, self._inti(t["children"]), sifat)
            case "heading":  # inside a list or a quotation
                return _alinea(gaya, self._inti(t["children"], "<w:b/><w:bCs/>"), sifat)
            case "list":
                return self._daftar(t, lebar)
            case "block_quote":
                return "".join(self._markdown(a, lebar, "Kutipan") for a in t["children"])
            case "block_code":
                return _alinea("Kode", _lari(t["raw"].rstrip("\n")))
            case "thematic_break":
                return _alinea("GarisPisah", "")
            case "table":
                return self._tabel_markdown(t, lebar)
            case _:
                return ""

    def _daftar(self, t: dict[str, Any], lebar: int) -> str:
        tingkat = min(t["attrs"].get("depth", 0), 8)
        nomor = 1
        if t["attrs"]["ordered"]:
            self.daftar_bernomor.append((tingkat, t["attrs"].get("start", 1)))
            nomor = len(self.daftar_bernomor) + 1
        tanda = f'<w:numPr><w:ilvl w:val="{tingkat}"/><w:numId w:val="{nomor}"/></w:numPr>'
        lanjut = f'<w:ind w:left="{400 * (tingkat + 1)}"/>'
        hasil = []
        for butir in t["children"]:
            for i, anak in enumerate(butir["children"]):
                hasil.append(self._markdown(anak, lebar, "ButirDaftar", lanjut if i else tanda))
        return "".join(hasil)

    def _tabel_markdown(self, t: dict[str, Any], lebar: int) -> str:
        arah = {None: "", "left": "", "right": _RATA["kanan"], "center": _RATA["tengah"]}
        kepala, badan = t["children"][0]["children"], t["children"][1]["children"]
        rata = [arah[k["attrs"]["align"]] for k in kepala]
        grid = _grid([1] * len(kepala), lebar)
        baris = [
            _baris(
                "".join(
                    _sel(g, _alinea("KepalaTabel", self._inti(k["children"])), _ABU)
                    for g, k in zip(grid, kepala, strict=True)
                ),
                kepala=True,
            )
        ]
        baris += [
            _baris(
                "".join(
                    _sel(g, _alinea("Tabel", self._inti(s["children"]), r))
                    for g, s, r in zip(grid, b["children"], rata, strict=True)
                )
            )
            for b in badan
        ]
        return _tabel("TabelLaporan", grid, baris) + _alinea("Jarak", "")


# -- small things ---------------------------------------------------------------------------------------

_URUTAN_SIFAT = ("rStyle", "b", "bCs", "i", "iCs", "strike")


def _tambah(sifat: str, baru: str) -> str:
    """Run properties with one more, in the order that Word demands and none twice."""
    unsur = dict.fromkeys(re.findall(r"<w:[^>]*/>", baru + sifat))
    pilih: dict[str, str] = {}
    for u in unsur:
        pilih.setdefault(u[3:].split(" ")[0].rstrip("/>"), u)
    return "".join(pilih[n] for n in _URUTAN_SIFAT if n in pilih)


def _polos(token: Iterable[dict[str, Any]]) -> str:
    """The bare text of inline tokens."""
    return "".join(
        t["raw"] if "raw" in t and t["type"] != "inline_html" else _polos(t.get("children", ())) or " "
        for t in token
    )


def _kotak(gaya: str, label: str, teks: str) -> str:
    return _alinea(gaya, _lari(f"{label}. ", "<w:b/><w:bCs/>") + _lari(teks))


def _tinggi(b: Blok, grid: Sequence[int], poin: float) -> float:
    """Roughly how high the body of a table is, in mm."""
    huruf = [max(1.0, (g / 20 - 7) / (0.48 * poin)) for g in grid]  # characters to a line
    baris = [
        max(sum(-(-max(1, len(s)) // n) for s in t.split("\n")) for t, n in zip(isi, huruf, strict=True))
        for isi in b["baris"]
    ]
    return sum(n * poin * 1.15 + 5 for n in baris) / 72 * 25.4


def _lekat_akhir(xml: str) -> str:
    """A table whose last two rows, sums and note stay on the page of what follows."""
    potong = xml.split("<w:tr>")
    return "<w:tr>".join([*potong[:-3], *map(_lekat, potong[-3:])]) if len(potong) > 4 else _lekat(xml)


def _angka_kunci(b: Blok, lebar: int) -> str:
    butir = b["butir"]
    grid = _grid([1] * len(butir), lebar)
    terpanjang = max(len(x["nilai"]) for x in butir)
    ukuran = max(16, min(40, int(2 * (grid[0] / 20 - 14) / (0.56 * terpanjang))))  # half points
    besar = f'<w:sz w:val="{ukuran}"/><w:szCs w:val="{ukuran}"/>'
    batas = (
        '<w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
        '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        '<w:insideV w:val="single" w:sz="4" w:space="0" w:color="5A5A5A"/></w:tblBorders>'
    )
    sel = (
        _sel(
            g,
            _alinea("AngkaKunci", _lari(x["nilai"].replace(" ", "\xa0"), besar))
            + _alinea("AngkaNama", _lari(_suku(x["nama"], _muat(g, 9.5))))
            + _alinea("AngkaKeterangan", _lari(x["keterangan"])),
        )
        for g, x in zip(grid, butir, strict=True)
    )
    return _tabel("TabelPolos", grid, [_baris("".join(sel))], batas=batas) + _alinea("Jarak", "")


def _tanda_tangan(b: Blok, lebar: int) -> str:
    """Signatures side by side, one alone at the right; three rows that stay together."""
    kosong = max(0, 2 - len(b["pihak"]))
    grid = _grid([1] * (len(b["pihak"]) + kosong), lebar)
    hampa = [_alinea("TandaTangan", "")] * kosong
    ruang = _alinea("TandaTangan", "", f'<w:spacing w:before="{round(17 * _TWIP)}"/>')

    def nama(p: Blok) -> str:
        awal = _alinea("NamaTandaTangan" if p["nama"] else "TandaTangan", _lari(p["bawah"][0]))
        return awal + "".join(_alinea("TandaTangan", _lari(t)) for t in p["bawah"][1:] if t)

    baris = [
        ["".join(_alinea("TandaTangan", _lari(t)) for t in p["atas"]) for p in b["pihak"]],
        [ruang] * len(b["pihak"]),
        [nama(p) for p in b["pihak"]],
    ]
    letak = ['<w:vAlign w:val="bottom"/>', "", ""]
    isi = [
        _baris("".join(_sel(g, x, v) for g, x in zip(grid, [*hampa, *sel], strict=True)))
        for sel, v in zip(baris, letak, strict=True)
    ]
    return _alinea("Jarak", "", "<w:keepNext/>") + _tabel("TabelPolos", grid, isi) + _alinea("Jarak", "")


def _sifat_inti(judul: str, penulis: str, tanggal: dt.date | None) -> str:
    waktu = "".join(
        f'<dcterms:{k} xsi:type="dcterms:W3CDTF">{tanggal:%Y-%m-%d}T00:00:00Z</dcterms:{k}>'
        for k in (("created", "modified") if tanggal else ())
    )
    return (
        f'{_KEPALA_XML}<cp:coreProperties xmlns:cp="{_PAKET}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(judul)}</dc:title><dc:creator>{escape(penulis)}</dc:creator>"
        f"<dc:language>id-ID</dc:language>{waktu}</cp:coreProperties>"
    )


_BUNGKUS = {
    "[Content_Types].xml": f'{_KEPALA_XML}<Types xmlns="{_PAKET}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_JENIS}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{_JENIS}.{j}+xml"/>'
        for n, j in (
            ("styles", "styles"),
            ("settings", "settings"),
            ("numbering", "numbering"),
            ("header1", "header"),
            ("footer1", "footer"),
            ("footer2", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>',
    "_rels/.rels": f'{_KEPALA_XML}<Relationships xmlns="{_PAKET}/relationships">'
    f'<Relationship Id="rId1" Type="{_HUBUNGAN}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PAKET}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_HUBUNGAN}/extended-properties" Target="docProps/app.xml"/></Relationships>',
}
