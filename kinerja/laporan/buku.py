"""The workbook of one OPD: pay list and recaps with live formulas.

Every formula of the pay rules is written from the rule itself (`aturan.Excel`), so that changing a
parameter cell in the sheet Parameter recalculates the pay as the package would. The cached value of
each formula is the package's own exact result.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zlib
from decimal import Decimal
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kinerja import tulisan
from kinerja.aturan import Excel, keterangan, tulis
from kinerja.data.skema import PREDIKAT
from kinerja.laporan.bagian import tanda_tangan
from kinerja.laporan.isi import Irisan, tiap_baris
from kinerja.penata import png_dari
from kinerja.tukin import tpp
from kinerja.tulisan import label

_TANGGAL = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - workbook metadata carry no clock: same input, same bytes
_RINCIAN = ("no", "nama", "bulan", "kelas", "predikat", "potongan_keterlambatan", "tidak_apel", "alpa")
_KOLOM_TTD = {1: (14,), 2: (1, 14), 3: (1, 7, 14), 4: (1, 5, 10, 14)}  # columns that signatures start in
_KERTAS = {"A4": 9, "F4": 14}  # 14 is Folio 8,5 x 13 inch, the driver's name for F4


class _Lembar(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas hold none of the functions that came after Excel 2007.

    The library searches every formula for them, 29 times: half of the time of a pay list. Where a
    later release no longer asks this method, only the time comes back.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Buku:
    """A workbook under construction: formats and the sheets that refer to each other."""

    def __init__(self, x: Irisan, keluar: io.BytesIO):
        self.x = x
        self.logo = _logo(x.meta["logo"])
        # text is text: nothing that a workbook cell said becomes a formula or a link here
        self.wb = xlsxwriter.Workbook(
            keluar,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.wb.set_properties(
            {
                "title": f"{x.meta['judul']} {x.meta['nama']}",
                "author": x.meta["instansi"],
                "created": _TANGGAL,
            }
        )
        dasar = {"font_name": "Arial", "font_size": 9, "valign": "top"}
        kotak = {**dasar, "border": 1}
        self.biasa = self.wb.add_format({**kotak, "text_wrap": True})
        self.polos = self.wb.add_format(dasar)
        self.judul = self.wb.add_format({**dasar, "bold": True, "font_size": 12})
        self.kepala = self.wb.add_format(
            {
                **kotak,
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#D9D9D9",
            }
        )
        self.nomor = self.wb.add_format({**kotak, "italic": True, "align": "center", "font_size": 8})
        self.uang = self.wb.add_format({**kotak, "num_format": "#,##0"})
        self.persen = self.wb.add_format({**kotak, "num_format": "0.00"})
        self.isian = self.wb.add_format(
            {**kotak, "num_format": "#,##0", "bg_color": "#FFF2CC", "locked": False}
        )
        self.jumlah = self.wb.add_format(
            {**kotak, "num_format": "#,##0", "bold": True, "bg_color": "#D9D9D9"}
        )
        self.ubah = self.wb.add_format({**kotak, "num_format": "0.########", "bg_color": "#FFF2CC"})

    def lembar(self, nama: str, mendatar: bool = True) -> Any:
        """A sheet with title, notice and print set-up; the table starts at row 5."""
        ws = self.wb.add_worksheet(nama, _Lembar)
        m = self.x.meta
        ws.write_string(0, 0, f"{nama}, {m['periode_teks']}", self.judul)
        ws.write_string(1, 0, m["nama"], self.polos)
        ws.write_string(2, 0, m["tanda"], self.polos)
        if mendatar:
            ws.set_landscape()
        ws.set_paper(_KERTAS[m["kertas"]])
        ws.fit_to_pages(1, 0)
        self._kop_cetak(ws)
        # '&' starts a code in a printed footer, and the whole footer may have 255 characters
        ws.set_footer(f"&L&8{m['kaki'].replace('&', 'dan')[:200]}&R&8Halaman &P dari &N")
        return ws

    def _kop_cetak(self, ws: Any) -> None:
        """Letterhead and logo over every printed page; on screen the cells begin at once."""
        m = self.x.meta
        kop = [m["kop"][0].upper(), m["nama"].upper(), *m["kop"][1:]] if m["kop"] else [m["nama"].upper()]
        teks = "\n".join(k.replace("&", "dan") for k in kop)[:200]
        logo = {"image_left": "logo.png", "image_data_left": io.BytesIO(self.logo)} if self.logo else {}
        ws.set_header(f"{'&L&G' if self.logo else ''}&C&10{teks}", {"margin": 0.3, **logo})
        ws.set_margins(
            left=0.5, right=0.5, top=0.55 + max(0.17 * len(kop), 0.75 * bool(self.logo)), bottom=0.75
        )


def _logo(svg: str) -> bytes:
    """The logo as a PNG 18 mm high that knows its size in print; empty for none."""
    if not svg:
        return b""
    ppi = 288
    (png,) = png_dari([svg], ppi, tinggi=18)
    ukuran = b"pHYs" + struct.pack(">IIB", *[round(ppi / 0.0254)] * 2, 1)
    return png[:33] + struct.pack(">I", 9) + ukuran + zlib.crc32(ukuran).to_bytes(4, "big") + png[33:]


def buku_opd(x: Irisan) -> bytes:
    """The XLSX of one OPD slice, as bytes. Same slice, same bytes."""
    keluar = io.BytesIO()
    b = _Buku(x, keluar)
    nominatif = b.lembar("Nominatif")
    rekap = b.lembar("Rekap penilaian")
    ringkas = b.lembar("Rekap", mendatar=False)
    rincian = b.lembar("Rincian")
    parameter = b.lembar("Parameter", mendatar=False)
    letak = _tulis_parameter(b, parameter)
    kolom = _tulis_rincian(b, rincian, letak)
    _tulis_nominatif(b, nominatif, kolom)
    _tulis_rekap_penilaian(b, rekap, kolom)
    _tulis_rekap(b, ringkas)
    b.wb.close()
    return keluar.getvalue()


def _tulis_parameter(b: _Buku, ws: Any) -> dict[str, str | tuple[str, str]]:
    """Parameters as cells; returns name -> cell, or (keys, values) ranges for a table."""
    p = b.x.meta["tpp_parameter"]
    letak: dict[str, str | tuple[str, str]] = {}
    ws.set_column(0, 0, 44)
    ws.set_column(1, 1, 18)
    ws.write_row(4, 0, ["Parameter", "Nilai"], b.kepala)
    baris = 5
    for nama, nilai in p["skalar"].items():
        ws.write_string(baris, 0, p["nama"][nama], b.biasa)
        ws.write_number(baris, 1, Decimal(nilai), b.ubah)
        letak[nama] = f"Parameter!{xl_rowcol_to_cell(baris, 1, True, True)}"
        baris += 1
    for nama, isi in p["tabel"].items():
        baris += 1
        ws.write_string(baris, 0, p["nama"][nama], b.kepala)
        ws.write_string(baris, 1, "Nilai", b.kepala)
        awal = baris + 1
        for kunci, nilai in isi:
            baris += 1
            if kunci.isdigit():
                ws.write_number(baris, 0, int(kunci), b.biasa)
            else:
                ws.write_string(baris, 0, label(kunci), b.biasa)
            if nilai is None:
                ws.write_string(baris, 1, "belum ditetapkan", b.biasa)
            else:
                ws.write_number(baris, 1, Decimal(nilai), b.ubah)
        letak[nama] = (
            f"Parameter!$A${awal + 1}:$A${baris + 1}",
            f"Parameter!$B${awal + 1}:$B${baris + 1}",
        )
        baris += 1
    return letak


def _tulis_rincian(b: _Buku, ws: Any, letak: dict[str, str | tuple[str, str]]) -> dict[str, str]:
    """One row one employee-month; returns the column range of each step, for sums elsewhere."""
    langkah = list(tpp.GRAF.urutan)
    nama = [*_RINCIAN, *langkah]
    judul = {
        "no": "No",
        "nama": "Nama",
        "bulan": "Bulan",
        **tpp.GRAF.masukan,
        **{n: keterangan(f).label for n, f in tpp.GRAF.aturan.items()},
    }
    ws.set_column(0, 0, 5)
    ws.set_column(1, 1, 28)
    ws.set_column(2, len(nama) - 1, 13)
    for k, n in enumerate(nama):
        ws.write_string(4, k, judul[n], b.kepala)
        ws.write_number(5, k, k + 1, b.nomor)
    ws.freeze_panes(6, 2)
    ws.repeat_rows(4, 5)
    pegawai = b.x.tabel["pegawai"]
    no = dict(zip(pegawai["nip"], range(1, len(pegawai) + 1), strict=True))
    nama_pegawai = dict(zip(pegawai["nip"], pegawai["nama"], strict=True))
    bulanan = b.x.tabel["bulanan"]
    bulanan = bulanan.assign(no=bulanan["nip"].map(no)).sort_values(["no", "bulan"], kind="stable")
    huruf = {n: xl_col_to_name(k) for k, n in enumerate(nama)}
    rumus = {n: _rumus_baris(n, letak, huruf) for n in langkah}
    format_ = {n: b.uang if keterangan(tpp.GRAF.aturan[n]).satuan == "rupiah" else b.persen for n in langkah}
    isi = _nilai_langkah(bulanan)
    r = 6
    for i, baris in enumerate(tiap_baris(bulanan)):
        ws.write_number(r, 0, baris.no, b.biasa)
        ws.write_string(r, 1, nama_pegawai[baris.nip], b.biasa)
        ws.write_string(r, 2, tulisan.periode(baris.bulan), b.biasa)
        ws.write_number(r, 3, baris.kelas, b.biasa)
        ws.write_string(r, 4, label(baris.predikat), b.biasa)
        ws.write_number(r, 5, baris.potongan_keterlambatan, b.persen)
        ws.write_number(r, 6, baris.tidak_apel, b.biasa)
        ws.write_number(r, 7, baris.alpa, b.biasa)
        if pd.isna(baris.tpp):
            for k in range(len(_RINCIAN), len(nama)):
                ws.write_string(r, k, "belum diketahui", b.biasa)
        else:
            for n in langkah:
                ws.write_formula(r, nama.index(n), rumus[n].replace("#", str(r + 1)), format_[n], isi[n][i])
        r += 1
    akhir = max(r, 7)
    return {n: f"Rincian!${h}$7:${h}${akhir}" for n, h in huruf.items()}


def _rumus_baris(nama: str, letak: dict[str, str | tuple[str, str]], huruf: dict[str, str]) -> str:
    """The rule as a formula with '#' for the row number."""
    sel: dict[str, str | tuple[str, str]] = {**letak, **{n: f"${h}#" for n, h in huruf.items()}}
    return "=" + tulis(tpp.GRAF.aturan[nama], Excel(sel))


def _nilai_langkah(bulanan: pd.DataFrame) -> dict[str, list[float]]:
    """Cached values of the formulas, one list per step (rows with an unknown TPP are not read)."""
    return {n: [float(v) if pd.notna(v) else 0.0 for v in bulanan[n]] for n in tpp.GRAF.urutan}


def _tulis_nominatif(b: _Buku, ws: Any, rincian: dict[str, str]) -> None:
    """The 19-column pay list; yellow cells are for the treasurer to fill in."""
    form = b.x.meta["form"]["daftar_pembayaran"]
    _kepala_form(b, ws, form)
    lebar = [5, 25, 7, 28, 6, *[11.5] * 13, 13]
    for k, w in enumerate(lebar):
        ws.set_column(k, k, w)
    pegawai = b.x.tabel["pegawai"]
    r = 7
    for i, p in enumerate(tiap_baris(pegawai), 1):
        baris = r + 1
        tahu = pd.notna(p.tpp)
        besaran, bayar = (int(p.besaran_tpp), int(p.tpp)) if tahu else (0, 0)
        ws.set_row(r, 26)  # two lines: name and NIP
        ws.write_number(r, 0, i, b.biasa)
        ws.write_string(r, 1, f"{p.nama}\n{p.nip}", b.biasa)
        ws.write_string(r, 2, _teks(p.golongan), b.biasa)
        ws.write_string(r, 3, p.jabatan, b.biasa)
        ws.write_number(r, 4, p.kelas, b.biasa)
        if tahu:
            for k, langkah, nilai in ((5, "besaran_tpp", besaran), (7, "tpp", bayar)):
                ws.write_formula(
                    r, k, f"=SUMIFS({rincian[langkah]},{rincian['no']},$A{baris})", b.uang, nilai
                )
            ws.write_formula(
                r,
                6,
                f"=IF(F{baris}=0,0,H{baris}/F{baris}*100)",
                b.persen,
                100 * bayar / besaran if besaran else 0,
            )
        else:
            ws.write_string(r, 5, p.alasan_tpp, b.biasa)
            ws.write_blank(r, 6, None, b.persen)
            ws.write_blank(r, 7, None, b.uang)
        for k in (8, 9, 10, 13, 16):
            ws.write_blank(r, k, None, b.isian)
        jadi = {12: bayar, 16: bayar, 18: bayar}  # while the yellow cells are empty
        for k, f in enumerate(form, 1):
            if f["rumus"]:
                ws.write_formula(r, k - 1, f"={_rumus_form(f['rumus'], baris)}", b.uang, jadi.get(k, 0))
        ws.write_string(r, 18, f"{i}.", b.biasa)
        r += 1
    ws.write_string(r, 0, "", b.jumlah)
    ws.write_string(r, 1, "Jumlah", b.jumlah)
    total = int(pegawai["tpp"].sum())
    besaran = int(pegawai.loc[pegawai["tpp"].notna(), "besaran_tpp"].sum())
    cache = {5: besaran, 7: total, 11: total, 15: total, 17: total}
    for k in range(2, 19):
        if k in (2, 3, 4, 6, 18):
            ws.write_string(r, k, "", b.jumlah)
        else:
            h = xl_col_to_name(k)
            ws.write_formula(r, k, f"=SUM({h}8:{h}{max(r, 8)})", b.jumlah, cache.get(k, 0))
    ws.freeze_panes(7, 2)
    ws.repeat_rows(4, 6)
    ttd = tanda_tangan(b.x, bendahara=True).data()["pihak"]
    for k, pihak in zip(_KOLOM_TTD[len(ttd)], ttd, strict=True):
        bawah = [pihak["bawah"][0], *filter(None, pihak["bawah"][1:])]
        for i, teks in [*enumerate(pihak["atas"], r + 2), *enumerate(bawah, r + 7)]:
            ws.write_string(i, k, teks, b.polos)
    ws.write_string(r + 10, 0, "Sel kuning diisi bendahara: belum dihitung dalam laporan ini.", b.polos)


def _kepala_form(b: _Buku, ws: Any, form: list[dict[str, Any]]) -> None:
    """Two head rows with groups, then the column numbers."""
    ws.set_row(5, 36)
    awal = 0
    while awal < len(form):
        grup = form[awal].get("grup", "")
        akhir = awal
        while grup and akhir + 1 < len(form) and form[akhir + 1].get("grup", "") == grup:
            akhir += 1
        if grup and akhir > awal:
            ws.merge_range(4, awal, 4, akhir, grup, b.kepala)
        elif grup:
            ws.write_string(4, awal, grup, b.kepala)
        for k in range(awal, akhir + 1):
            if grup:
                ws.write_string(5, k, form[k]["kolom"], b.kepala)
            else:
                ws.merge_range(4, k, 5, k, form[k]["kolom"], b.kepala)
            ws.write_string(6, k, f"{k + 1}={form[k]['rumus']}" if form[k]["rumus"] else str(k + 1), b.nomor)
        awal = akhir + 1


def _rumus_form(rumus: str, baris: int) -> str:
    """'(8+11)-(9+10)' with column numbers -> '(H7+K7)-(I7+J7)'."""
    return re.sub(r"\d+", lambda m: f"{xl_col_to_name(int(m[0]) - 1)}{baris}", rumus)


def _tulis_rekap_penilaian(b: _Buku, ws: Any, rincian: dict[str, str]) -> None:
    form = b.x.meta["form"]["rekap_penilaian"]
    _kepala_form(b, ws, form)
    for k, w in enumerate([5, 30, 22, 9, 36, *[13] * 6, 34]):
        ws.set_column(k, k, w)
    r = 7
    for i, p in enumerate(tiap_baris(b.x.tabel["pegawai"]), 1):
        baris = r + 1
        ws.write_number(r, 0, i, b.biasa)
        for k, teks in ((1, p.nama), (2, p.nip), (3, _teks(p.golongan)), (4, p.jabatan)):
            ws.write_string(r, k, teks, b.biasa)
        for k in range(5, 11):
            ws.write_blank(r, k, None, b.persen)
        if pd.notna(p.tpp):
            no = rincian["no"]
            for k, langkah, nilai in (
                (5, "nilai_disiplin", p.nilai_disiplin),
                (6, "nilai_produktivitas", p.nilai_produktivitas),
            ):
                ws.write_formula(r, k, f"=AVERAGEIFS({rincian[langkah]},{no},$A{baris})", b.persen, nilai)
            ws.write_formula(
                r,
                8,
                f"=SUMIFS({rincian['potongan_keterlambatan']},{no},$A{baris})",
                b.persen,
                p.potongan_keterlambatan,
            )
            ws.write_formula(
                r,
                10,
                f"=Nominatif!G{baris}",
                b.persen,
                100 * int(p.tpp) / int(p.besaran_tpp) if p.besaran_tpp else 0,
            )
        ws.write_string(r, 11, p.alasan_tpp, b.biasa)
        r += 1
    ws.freeze_panes(7, 2)
    ws.repeat_rows(4, 6)


def _tulis_rekap(b: _Buku, ws: Any) -> None:
    """Predikat counts and pay by class, counted live from the pay list and the details."""
    pegawai = b.x.tabel["pegawai"]
    n = len(pegawai)
    ws.set_column(0, 0, 24)
    ws.set_column(1, 4, 18)
    ws.write_row(4, 0, ["Predikat", "Pegawai", "Persen"], b.kepala)
    bantu = 7  # ratings beside the table, outside the printed area
    ws.write_string(4, bantu, "Predikat tiap pegawai", b.kepala)
    ws.set_column(bantu, bantu, 22)
    for i, p in enumerate(pegawai["predikat"]):
        ws.write_string(5 + i, bantu, label(p) if pd.notna(p) else "belum dinilai", b.biasa)
    h = xl_col_to_name(bantu)
    daerah = f"${h}$6:${h}${5 + max(n, 1)}"
    jumlah = pegawai["predikat"].value_counts()
    for i, p in enumerate(PREDIKAT):
        ada = int(jumlah.get(p, 0))
        ws.write_string(5 + i, 0, label(p), b.biasa)
        ws.write_formula(5 + i, 1, f"=COUNTIF({daerah},A{6 + i})", b.uang, ada)
        ws.write_formula(
            5 + i,
            2,
            f"=IF(SUM(B$6:B$10)=0,0,B{6 + i}/SUM(B$6:B$10)*100)",
            b.persen,
            100 * ada / max(int(jumlah.sum()), 1),
        )
    awal = 12
    ws.write_row(awal, 0, ["Kelas jabatan", "Pegawai", "Besaran TPP", "TPP dibayar", "Berkurang"], b.kepala)
    per_kelas = pegawai.groupby("kelas")
    sampai = 7 + max(n, 1)
    for i, (kelas, isi) in enumerate(per_kelas):
        r = awal + 1 + i
        tahu = isi[isi["tpp"].notna()]
        besaran, bayar = int(tahu["besaran_tpp"].sum()), int(tahu["tpp"].sum())
        ws.write_number(r, 0, int(str(kelas)), b.biasa)
        ws.write_formula(r, 1, f"=COUNTIF(Nominatif!$E$8:$E${sampai},A{r + 1})", b.uang, len(isi))
        for k, sumber, nilai in ((2, "F", besaran), (3, "H", bayar)):
            rumus = f"=SUMIFS(Nominatif!${sumber}$8:${sumber}${sampai},Nominatif!$E$8:$E${sampai},A{r + 1})"
            ws.write_formula(r, k, rumus, b.uang, nilai)
        ws.write_formula(r, 4, f"=C{r + 1}-D{r + 1}", b.uang, besaran - bayar)
    ws.print_area(0, 0, awal + 1 + len(per_kelas), 4)


def _teks(v: Any) -> str:
    return v if isinstance(v, str) else ""
