"""The Word document: what Word demands of its XML, what another reader sees in it, what a page looks like."""

from __future__ import annotations

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
import zipfile

import docx
import nbformat.v4 as v4
import pytest
from docx.enum.section import WD_ORIENT
from perkantoran import ubah
from pypdf import PdfReader
from test_pdf_html import JAHAT, TANDA, buku, contoh, nominatif, sel

from kinerja.laporan.docx import docx_dari, zip_tetap
from kinerja.tampil import Catatan, Judul, KolomTabel, Kop, Paragraf, Pihak, Tabel, TandaTangan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Children in the order of ECMA-376 part 1, of every element of which we write more than one child.
URUTAN = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "numPr": "ilvl numId",
    "settings": "zoom mirrorMargins defaultTabStop autoHyphenation characterSpacingControl compat themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "docDefaults": "rPrDefault pPrDefault",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "pic": "nvPicPr blipFill spPr",
    "spPr": "xfrm custGeom prstGeom",
}


def nama(unsur: ET.Element) -> str:
    return unsur.tag.rpartition("}")[2]


def salah_urut(akar: ET.Element) -> list[str]:
    """Where children stand in another order than Word accepts, or are not known at all."""
    hasil = []
    for unsur in akar.iter():
        anak = [nama(a) for a in unsur]
        if nama(unsur) in URUTAN:
            urutan = URUTAN[nama(unsur)].split()
            asing = [a for a in anak if a not in urutan]
            if asing or anak != sorted(anak, key=urutan.index):
                hasil.append(f"{nama(unsur)}: {anak}")
        if nama(unsur) == "tc" and (anak[0] != "tcPr" or anak[-1] != "p"):
            hasil.append(f"tc: {anak}")  # a cell ends with a paragraph
        if nama(unsur) == "r" and "rPr" in anak and anak[0] != "rPr":
            hasil.append(f"r: {anak}")
        if nama(unsur) == "p" and "pPr" in anak and anak[0] != "pPr":
            hasil.append(f"p: {anak}")
    return hasil


def tulis(nb, kertas="F4", **lain) -> bytes:
    return docx_dari(nb, kertas, **{"judul": "Laporan Dinas Z", "penulis": "Dinas Z", **lain})


@pytest.fixture(scope="module")
def isi() -> bytes:
    return tulis(contoh())


@pytest.fixture(scope="module")
def bagian(isi) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(isi)) as z:
        assert z.testzip() is None
        return {n: z.read(n) for n in z.namelist()}


@pytest.fixture(scope="module")
def dokumen(bagian) -> ET.Element:
    return ET.fromstring(bagian["word/document.xml"])


@pytest.fixture(scope="module")
def terbaca(isi):
    return docx.Document(io.BytesIO(isi))


def test_pemeriksa_urutan_melihat_yang_salah():
    def satu(xml: str) -> list[str]:
        return salah_urut(ET.fromstring(f'<w:x xmlns:w="{W[1:-1]}">{xml}</w:x>'))

    assert satu("<w:pPr><w:jc/><w:pStyle/></w:pPr>") == ["pPr: ['jc', 'pStyle']"]
    assert satu("<w:tblPr><w:tblLook/><w:tblW/></w:tblPr>")
    assert satu("<w:tc><w:tcPr/><w:tbl/></w:tc>")
    assert satu("<w:rPr><w:gambar/></w:rPr>")
    assert not satu("<w:pPr><w:pStyle/><w:keepNext/><w:jc/></w:pPr>")


def test_setiap_bagian_xml_menurut_urutan_word(bagian):
    xml = {n: ET.fromstring(b) for n, b in bagian.items() if n.endswith((".xml", ".rels"))}
    assert len(xml) == 12
    assert {n: s for n, akar in xml.items() if (s := salah_urut(akar))} == {}


def test_rujukan_antarbagian_lengkap(bagian, dokumen):
    hubungan = {u.get("Id"): u.get("Target") for u in ET.fromstring(bagian["word/_rels/document.xml.rels"])}
    dipakai = set(re.findall(r'r:(?:id|embed)="(\w+)"', bagian["word/document.xml"].decode()))
    assert dipakai <= set(hubungan)
    assert all(f"word/{t}" in bagian for t in hubungan.values() if not t.startswith("http"))
    jenis = ET.fromstring(bagian["[Content_Types].xml"])
    bagian_xml = {u.get("PartName", "")[1:] for u in jenis if u.get("PartName")}
    assert bagian_xml == {n for n in bagian if n.endswith(".xml") and n != "[Content_Types].xml"}
    gaya = {u.get(f"{W}styleId") for u in ET.fromstring(bagian["word/styles.xml"]).iter(f"{W}style")}
    for n in ("document", "header1", "footer1", "footer2"):
        akar = ET.fromstring(bagian[f"word/{n}.xml"])
        sebut = {u.get(f"{W}val") for t in ("pStyle", "rStyle", "tblStyle") for u in akar.iter(f"{W}{t}")}
        assert sebut <= gaya
    nomor = {u.get(f"{W}numId") for u in ET.fromstring(bagian["word/numbering.xml"]).iter(f"{W}num")}
    assert {u.get(f"{W}val") for u in dokumen.iter(f"{W}numId")} <= nomor
    tanda = [u.get(f"{W}id") for u in dokumen.iter(f"{W}bookmarkStart")]
    assert len(tanda) == len(set(tanda)) > 4
    assert tanda == [u.get(f"{W}id") for u in dokumen.iter(f"{W}bookmarkEnd")]


def test_byte_sama_tanpa_waktu_dan_jalur(isi, bagian):
    assert tulis(contoh()) == isi
    with zipfile.ZipFile(io.BytesIO(isi)) as z:
        assert {i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert z.namelist()[0] == "[Content_Types].xml"  # Word looks for it first
    semua = b"".join(bagian.values()).decode("utf-8", "replace")
    assert "rahasia" not in semua
    assert not [n for n in bagian if "vba" in n.lower() or n.endswith(".bin")]
    assert zip_tetap([("a", b"1"), ("b", b"2")]) == zip_tetap([("a", b"1"), ("b", b"2")])


@pytest.mark.parametrize(("kertas", "mm"), [("F4", (215, 330)), ("A4", (210, 297))])
def test_kertas_dan_bagian_mendatar(kertas, mm):
    d = docx.Document(io.BytesIO(tulis(contoh(), kertas)))
    arah = [s.orientation for s in d.sections]
    assert arah == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    for s in d.sections:
        ukuran = (s.page_width.mm, s.page_height.mm)
        assert (ukuran if s.orientation == WD_ORIENT.PORTRAIT else ukuran[::-1]) == pytest.approx(mm, abs=0.1)


def test_gaya_sungguhan_dan_sifat_dokumen(terbaca, bagian):
    nama_gaya = {p.style.name for p in terbaca.paragraphs}
    assert {"Heading 1", "Heading 2", "Isi", "Title", "Caption", "Kop Nama", "Catatan Asumsi"} <= nama_gaya
    assert [p.text for p in terbaca.paragraphs if p.style.name == "Heading 1"] == [
        "Ikhtisar", "Penutup", "Lampiran", "Cara membaca",
    ]  # fmt: skip
    sifat = terbaca.core_properties
    assert (sifat.title, sifat.author, sifat.language) == ("Laporan Dinas Z", "Dinas Z", "id-ID")
    assert b'w:lang w:val="id-ID"' in bagian["word/styles.xml"]
    bertanggal = docx.Document(io.BytesIO(tulis(contoh(), tanggal=dt.date(2024, 10, 7))))
    assert bertanggal.core_properties.created.date() == dt.date(2024, 10, 7)


def test_tabel_berulang_kepalanya_dan_barisnya_utuh(terbaca):
    t = next(t for t in terbaca.tables if len(t.columns) == 15)
    baris = t._tbl.tr_lst
    kepala = [r for r in baris if r.trPr.find(f"{W}tblHeader") is not None]
    assert baris[:3] == kepala  # group, names, numbers; and no others
    assert all(r.trPr.find(f"{W}cantSplit") is not None for r in baris)
    assert len(baris) == 3 + 60 + 1
    grid = [int(g.get(f"{W}w")) for g in t._tbl.tblGrid]
    for r in (baris[0], baris[1], baris[5]):  # merged cells fill the grid exactly
        assert sum(int(c.tcPr.find(f"{W}tcW").get(f"{W}w")) for c in r.tc_lst) == sum(grid)
    uang = t.cell(5, 3).paragraphs[0]
    assert uang.text == "1.234.567"
    assert uang.alignment is not None
    assert uang.alignment.name == "RIGHT"
    assert t.cell(5, 0).paragraphs[0].alignment.name == "CENTER"
    assert all(r.bold for r in t.cell(63, 1).paragraphs[0].runs)  # sums


def test_tanda_tangan_lekat_dengan_dua_baris_terakhir(dokumen):
    badan = list(dokumen.find(f"{W}body"))
    i = next(i for i, u in enumerate(badan) if "Bendahara Pengeluaran" in "".join(u.itertext()))
    tabel = next(u for u in reversed(badan[:i]) if u.tag == f"{W}tbl")
    jarak = badan[badan.index(tabel) + 1 : i]

    def lekat(u: ET.Element) -> bool:
        gaya = {"TandaTangan", "NamaTandaTangan"}  # whose style says so
        return all(
            p.find(f"{W}pPr/{W}keepNext") is not None or p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in gaya
            for p in u.iter(f"{W}p")
        )

    baris = list(tabel.iter(f"{W}tr"))
    assert [lekat(r) for r in baris[-4:]] == [False, True, True, True]  # two people and the sums
    assert all(map(lekat, jarak))
    assert lekat(badan[i])


def test_bidang_hanya_yang_kami_tulis(dokumen):
    teks = "".join(dokumen.itertext())
    assert teks.count(JAHAT) >= 3
    bidang = [u.text.strip() for u in dokumen.iter(f"{W}instrText")]
    bidang += [u.get(f"{W}instr").strip() for u in dokumen.iter(f"{W}fldSimple")]
    assert {b.split()[0] for b in bidang} == {"TOC", "SEQ"}
    palsu = Paragraf('{ INCLUDETEXT "x" } = SUM(ABOVE) <w:instrText>DDE</w:instrText> &lt;w:p/&gt;')
    d = docx.Document(io.BytesIO(tulis(buku(sel(palsu)))))
    assert d.paragraphs[0].text == palsu.teks
    assert not list(d.element.iter(f"{W}instrText", f"{W}fldSimple", f"{W}fldChar"))


def test_huruf_kendali_diganti():
    d = docx.Document(io.BytesIO(tulis(buku(sel(Paragraf("a\x00b\x0bc\ud800d\u202ee\ufffef"))))))
    assert d.paragraphs[0].text == "a�b�c�d�e�f"


def test_gambar_png_dengan_alt_dan_nomor(terbaca, bagian, dokumen):
    (gambar,) = terbaca.inline_shapes
    assert gambar._inline.docPr.get("descr") == "Diagram batang: Baik 38 orang."
    assert gambar.width.mm <= 170
    assert bagian["word/media/gambar1.png"].startswith(b"\x89PNG")
    keterangan = [p.text for p in terbaca.paragraphs if p.style.name in ("Caption", "Keterangan Gambar")]
    assert keterangan[0].startswith("Tabel")
    teks = "".join(dokumen.itertext())
    assert "Gambar 1. Sebaran predikat" in teks
    assert "Tabel 3. Daftar nominatif" in teks


def test_daftar_isi_sudah_terisi(dokumen):
    butir = ["".join(h.itertext()) for h in dokumen.iter(f"{W}hyperlink") if h.get(f"{W}anchor")]
    assert butir[:2] == ["Ikhtisar", "Rincian"]
    tujuan = {u.get(f"{W}name") for u in dokumen.iter(f"{W}bookmarkStart")}
    assert {h.get(f"{W}anchor") for h in dokumen.iter(f"{W}hyperlink")} <= tujuan
    jenis = [u.get(f"{W}fldCharType") for u in dokumen.iter(f"{W}fldChar")]
    assert jenis == ["begin", "separate", "end"]
    tanpa = docx_dari(buku(sel(Judul("Satu", 1))), judul="x", penulis="y")
    assert b"TOC" not in zipfile.ZipFile(io.BytesIO(tanpa)).read("word/document.xml")


def test_kata_panjang_boleh_dipenggal_hanya_bila_kolomnya_sempit():
    sempit = Tabel(
        (KolomTabel("Pertanggungjawaban", lebar=1), KolomTabel("Lapang", lebar=9)),
        (("a", "Pertanggungjawaban"),),
    )
    xml = zipfile.ZipFile(io.BytesIO(tulis(buku(sel(sempit))))).read("word/document.xml").decode()
    kepala, badan = xml.split("Lapang")
    assert kepala.count("<w:softHyphen/>") >= 4
    assert "softHyphen" not in badan
    assert re.sub(r"<[^>]+>", "", kepala).strip() == "Pertanggungjawaban"


def test_daftar_bernomor_mulai_dari_yang_ditulis():
    nb = buku(
        v4.new_markdown_cell(
            "3. tiga\n4. empat\n\nJeda.\n\n1. satu\n   - dalam\n\n[web](https://contoh.go.id/a?b=1&c=2) [jahat](javascript:x)"
        )
    )
    with zipfile.ZipFile(io.BytesIO(tulis(nb))) as z:
        nomor = ET.fromstring(z.read("word/numbering.xml"))
        hubungan = z.read("word/_rels/document.xml.rels").decode()
        isi = z.read("word/document.xml").decode()
    assert [u.get(f"{W}val") for u in nomor.iter(f"{W}startOverride")] == ["3", "1"]
    assert "https://contoh.go.id/a?b=1&amp;c=2" in hubungan
    assert "javascript" not in hubungan + isi
    assert not salah_urut(ET.fromstring(isi))


def test_kop_dengan_logo_dan_tanpa():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="12"><rect width="9" height="12"/></svg>'
    kop = Kop(("Pemerintah X", "Jalan Y"), "Dinas Z", "Laporan", "2024", logo=svg)
    d = docx.Document(io.BytesIO(tulis(buku(sel(kop)))))
    assert [s.height.mm for s in d.inline_shapes] == pytest.approx([24], abs=0.2)
    assert d.inline_shapes[0]._inline.docPr.get("descr") == "Logo Pemerintah X"
    assert [c.text for c in d.tables[0].rows[0].cells] == ["", "Pemerintah X\nDinas Z\nJalan Y", ""]
    polos = docx.Document(io.BytesIO(tulis(buku(sel(Kop(("Pemerintah X",), "", "Laporan"))))))
    assert [p.text for p in polos.paragraphs if p.text] == ["Pemerintah X", "Laporan"]
    assert not polos.tables


def test_pesanan_yang_keliru_ditolak():
    with pytest.raises(ValueError, match="pakai F4 atau A4"):
        tulis(buku(), "A3")


def test_libreoffice_membuka_dan_mencetaknya(tmp_path):
    """One short document in a real office program: pages, repeated heads, foot, text."""
    pihak = (Pihak("Mengetahui,", "Kepala Dinas", "Ir. Contoh", "Pembina", "1"), Pihak("", "Bendahara"))
    nb = buku(
        sel(Kop(("Pemerintah Kabupaten X",), "Dinas Z", "Laporan", "2024", "Kaki halaman", TANDA)),
        v4.new_markdown_cell("# Satu\n\nKata **tebal**."),
        sel(Catatan("Diandaikan.", "asumsi")),
        v4.new_markdown_cell("# Lampiran"),
        sel(nominatif(40)),
        sel(TandaTangan("Kota X", pihak)),
    )
    (tmp_path / "a.docx").write_bytes(tulis(nb))
    pdf = PdfReader(ubah(tmp_path / "a.docx", "pdf", tmp_path))
    ukuran = [(float(h.mediabox.width) / 72 * 25.4, float(h.mediabox.height) / 72 * 25.4) for h in pdf.pages]
    assert ukuran[0] == pytest.approx((215, 330), abs=0.5)
    assert ukuran[1] == pytest.approx((330, 215), abs=0.5)
    teks = [re.sub(r"\s", "", h.extract_text()) for h in pdf.pages]
    berisi = [t for t in teks if "Pegawaike-" in t]
    assert len(berisi) >= 2
    assert all("KomponenTPP" in t for t in berisi), "kepala tabel harus berulang"
    for i in range(1, 41):
        cari = re.sub(r"\s", "", JAHAT) if i == 5 else f"Pegawaike-{i}NIP"
        assert sum(cari in t for t in berisi) == 1
    for i, t in enumerate(teks, 1):
        assert TANDA.replace(" ", "") in t
        assert f"Halaman{i}dari{len(teks)}" in t
    for kata in (
        "PEMERINTAHKABUPATENX",
        "Asumsi.Diandaikan.",
        "Tabel1.Daftarnominatif",
        "Ir.Contoh",
        "99.999.999",
    ):
        assert kata in "".join(teks)
