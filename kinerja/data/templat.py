"""Writing the tables: workbook with drop-downs and protection, folder of CSV, folder of Parquet.

The same tables give the same bytes; a file is complete or not there at all.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..tulisan import angka
from .baca import LEMBAR_PETUNJUK, bertipe, kolom_dari
from .skema import SKEMA, Kolom, Tabel, judul
from .urai import PANJANG_TEKS
from .utuh import tulis_utuh

if TYPE_CHECKING:  # loaded where a workbook is written
    import xlsxwriter

BARIS_EXCEL = 1_048_576
_TANGGAL_BUAT = dt.datetime(2022, 1, 1)  # noqa: DTZ001 (fixed, so that the bytes do not depend on the clock)
_TEKS = ("teks", "kode", "nip", "pilihan", "ya_tidak", "bulan", "periode", "menit")
_LEBAR = {"teks": 34, "kode": 18, "nip": 22, "pilihan": 18, "tanggal": 13, "menit": 16, "periode": 12}
_LEBAR_BACA = {
    **dict.fromkeys(("pesan", "saran", "perbaikan", "pertanyaan", "alasan"), 48),
    **dict.fromkeys(("rumusan_lemah", "tulisan_baru", "satu_jawaban_baik", "contoh_tulisan", "peran"), 48),
    **dict.fromkeys(("instansi", "sebab"), 36),
    **dict.fromkeys(("uraian", "yang_diperiksa", "aturan", "keterangan", "pemicu"), 36),
    "dasar": 60,
    **dict.fromkeys(("keparahan", "lembar", "opd", "jumlah"), 12),
    **dict.fromkeys(("kode", "baris"), 8),
    "nama": 30,
    "nip": 22,
}
_LEBAR_LAIN = 16

Kumpulan = Mapping[str, pd.DataFrame]


def templat(berkas: str | Path) -> Path:
    """Write the empty workbook that operators fill in."""
    return tulis_buku({}, berkas)


def tulis_buku(tabel: Kumpulan, berkas: str | Path, info: Mapping[str, object] | None = None) -> Path:
    """Write all tables of SKEMA to one .xlsx; tables and columns that are missing stay empty.

    `info` fills the sheet of that name. Numbers keep 15 significant digits, as in Excel itself.
    Raises ValueError for unknown tables or columns and for values that a cell cannot hold.
    """
    import xlsxwriter

    siap = _siapkan(tabel, info)
    for nama, t in siap.items():
        if len(t) >= BARIS_EXCEL:
            raise ValueError(
                f"Lembar {nama} perlu {angka(len(t))} baris, Excel hanya memuat {angka(BARIS_EXCEL - 1)}. "
                "Pakai tulis_parquet atau tulis_csv."
            )
    tujuan = Path(berkas)
    with tulis_utuh(tujuan) as sementara:
        pilihan = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        buku = xlsxwriter.Workbook(str(sementara), pilihan)
        try:
            buku.set_properties(
                {"title": "Buku kerja kinerja", "author": "kinerja", "created": _TANGGAL_BUAT}
            )
            gaya = _Gaya(buku)
            _lembar_petunjuk(buku, gaya)
            for nama, t in siap.items():
                _lembar_tabel(buku, gaya, SKEMA[nama], t)
        finally:
            buku.close()  # also removes its temporary files
    return tujuan


def tulis_csv(tabel: Kumpulan, folder: str | Path, info: Mapping[str, object] | None = None) -> Path:
    """Write one CSV per table as an Indonesian Excel opens it: UTF-8 with BOM, `;`, decimal comma.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; `baca` takes it off.
    """
    siap, tujuan = _siapkan(tabel, info), Path(folder)
    tujuan.mkdir(parents=True, exist_ok=True)
    for nama, t in siap.items():
        kolom = [_aman_csv(_sel_kolom(kolom_dari(SKEMA[nama], str(n)), t[n])) for n in t.columns]
        with (
            tulis_utuh(tujuan / f"{nama}.csv") as sementara,
            sementara.open("w", encoding="utf-8-sig", newline="") as keluar,
        ):
            penulis = csv.writer(keluar, delimiter=";")
            penulis.writerow(t.columns)
            penulis.writerows(zip(*kolom, strict=True))
    return tujuan


def tulis_parquet(tabel: Kumpulan, folder: str | Path, info: Mapping[str, object] | None = None) -> Path:
    """Write one Parquet file per table; numbers keep every digit."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    siap, tujuan = _siapkan(tabel, info), Path(folder)
    tujuan.mkdir(parents=True, exist_ok=True)
    for nama, t in siap.items():
        with tulis_utuh(tujuan / f"{nama}.parquet") as sementara:
            pq.write_table(pa.Table.from_pandas(t, preserve_index=False), sementara)
    return tujuan


def tulis_lembar(lembar: Kumpulan, berkas: str | Path, cetak: Mapping[str, int] | None = None) -> Path:
    """Write any tables to one .xlsx to read and filter, one sheet each; whole or not at all.

    Headings are the column names as an official reads them, whole texts are wrapped in rows high enough for
    them, the head stays in sight. cetak: sheet -> number of first columns that go on paper (without it all).
    Empty cells stay empty; text that looks like a formula or a number stays text. ValueError for a table
    with more rows than a sheet holds.
    """
    import xlsxwriter

    for nama, t in lembar.items():
        if len(t) >= BARIS_EXCEL:
            raise ValueError(
                f"Lembar {nama} perlu {angka(len(t))} baris, Excel hanya memuat {angka(BARIS_EXCEL - 1)}. "
                "Periksa sebagian OPD dulu."
            )
    tujuan = Path(berkas)
    with tulis_utuh(tujuan) as sementara:
        buku = xlsxwriter.Workbook(
            str(sementara),
            {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False},
        )
        buku.set_properties({"author": "kinerja", "created": _TANGGAL_BUAT})
        kepala = buku.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#DDE3EA"})
        garis = {"border": 1, "border_color": "#C9D0D8", "valign": "top"}
        teks = buku.add_format({"text_wrap": True, **garis})
        desimal = buku.add_format({"num_format": "#,##0.0#", **garis})
        for nama, t in lembar.items():
            ws = buku.add_worksheet(nama)
            lebar = [_LEBAR_BACA.get(str(k), _LEBAR_LAIN) for k in t.columns]
            isi = [_sel_baca(t[k]) for k in t.columns]
            tercetak = (cetak or {}).get(nama, len(t.columns))
            for j, k in enumerate(map(str, t.columns)):
                ws.write_string(0, j, k.upper() if k == "id" else judul(k), kepala)
                ws.set_column(j, j, lebar[j])
            for i, baris in enumerate(zip(*isi, strict=True), 1):
                kata = [x if isinstance(x, str) else "" for x in baris[:tercetak]]
                ws.set_row(i, tinggi_baris(kata, lebar[:tercetak]))
                for j, x in enumerate(baris):
                    pecahan = isinstance(x, float) and not x.is_integer()
                    ws.write(i, j, x, desimal if pecahan else teks)
            ws.freeze_panes(1, 0)
            ws.set_landscape()
            ws.set_paper(9)
            ws.fit_to_pages(1, 0)
            ws.repeat_rows(0)
            if len(t):
                ws.autofilter(0, 0, len(t), len(t.columns) - 1)
                ws.print_area(0, 0, len(t), tercetak - 1)
        buku.close()
    return tujuan


def tinggi_baris(teks: Sequence[str], lebar: Sequence[float], paling_sedikit: float = 15) -> float:
    """Row height in points that shows the longest cell, for columns of `lebar` characters: not every program
    fits a row to its text when it opens a file, and none does for merged or protected rows."""
    baris = max(
        sum(-(-max(len(b), 1) // max(int(w * 0.95), 1)) for b in t.split("\n"))
        for t, w in zip(teks, lebar, strict=True)
    )
    return float(max(13.5 * baris + 2, paling_sedikit))


def _sel_baca(k: pd.Series) -> list[object]:
    if k.dtype == bool:
        return ["ya" if x else "tidak" for x in k]
    isi = k.astype(object).where(k.notna(), None).tolist()
    return [x.item() if isinstance(x, np.generic) else x for x in isi]


# ---------------------------------------------------------------- tables to cells


def _siapkan(tabel: Kumpulan, info: Mapping[str, object] | None) -> dict[str, pd.DataFrame]:
    """Every table of SKEMA with its columns in order and its final dtypes."""
    asing = [n for n in tabel if n not in SKEMA]
    if asing:
        raise ValueError(f"Tabel tidak dikenal: {', '.join(asing)}. Yang dikenal: {', '.join(SKEMA)}.")
    if info is not None:
        tabel = {
            **tabel,
            "info": pd.DataFrame({"kunci": list(info), "nilai": [str(v) for v in info.values()]}),
        }
    return {n: _siapkan_satu(t, tabel.get(n, pd.DataFrame())) for n, t in SKEMA.items()}


def _siapkan_satu(skema: Tabel, t: pd.DataFrame) -> pd.DataFrame:
    dikenal = {k.nama for k in skema.kolom}
    for n in t.columns:
        if n not in dikenal and not (skema.pola_kolom and skema.pola_kolom.fullmatch(str(n))):
            raise ValueError(f"Tabel {skema.nama}: kolom '{n}' tidak dikenal.")
    t = t.reset_index(drop=True)
    for k in skema.kolom:
        if k.tipe == "ya_tidak" and k.nama in t:
            t[k.nama] = t[k.nama].replace({"ya": True, "tidak": False}).astype(object)
        if k.tipe == "pilihan" and k.nama in t:
            liar = set(t[k.nama].dropna().unique()) - set(k.pilihan)
            if liar:
                raise ValueError(
                    f"Tabel {skema.nama}, kolom {k.nama}: bukan pilihan: {', '.join(map(str, liar))}."
                )
    try:
        siap = bertipe(skema, t, boleh_kosong=True)
    except (TypeError, ValueError) as salah:
        raise ValueError(f"Tabel {skema.nama}: {salah}") from salah
    for n in siap.columns:
        k = kolom_dari(skema, n)
        if k.tipe == "desimal" and np.isinf(siap[n].to_numpy()).any():
            raise ValueError(f"Tabel {skema.nama}, kolom {n}: angka tak hingga tidak dapat ditulis.")
        if siap[n].dtype == "str" and len(siap) and (siap[n].str.len() > PANJANG_TEKS).any():
            raise ValueError(f"Tabel {skema.nama}, kolom {n}: teks lebih dari {angka(PANJANG_TEKS)} huruf.")
    return siap


def _sel_kolom(kolom: Kolom, isi: pd.Series) -> list[object]:
    """A column as Python values; None is an empty cell."""
    match kolom.tipe:
        case "ya_tidak":
            return ["ya" if x else "tidak" for x in isi.tolist()]
        case "tanggal":
            return [None if pd.isna(x) else x.to_pydatetime() for x in isi]
        case "menit":
            return [x.replace(";", "; ") if x else None for x in isi.tolist()]
        case _:
            return isi.astype(object).where(isi.notna(), None).tolist()


def _aman_csv(sel: list[object]) -> list[str]:
    return [_satu_csv(x) for x in sel]


def _satu_csv(x: object) -> str:
    if x is None:
        return ""
    if isinstance(x, float):
        return np.format_float_positional(x, trim="-").replace(".", ",")
    if isinstance(x, dt.datetime):
        return x.date().isoformat()
    teks = str(x)
    rumus = isinstance(x, str) and teks.lstrip("'")[:1] in ("=", "+", "-", "@")
    return f"'{teks}" if rumus and teks else teks


# ---------------------------------------------------------------- workbook


class _Gaya:
    """Cell formats, made once for each workbook."""

    def __init__(self, buku: xlsxwriter.Workbook) -> None:
        self._buku = buku
        self.judul = self._buat(bold=True, font_size=16)
        self.bagian = self._buat(bold=True, font_size=12, top=1)
        self.kepala = self._buat(bold=True, text_wrap=True, valign="top", border=1, bg_color="#DDE6EE")
        self.wajib = self._buat(bold=True, text_wrap=True, valign="top", border=1, bg_color="#F6D8A8")
        self.teks = self._buat(text_wrap=True, valign="top")
        self.isian = {
            **{t: self._buat(locked=False, num_format="@", valign="top") for t in _TEKS},
            "tanggal": self._buat(locked=False, num_format="yyyy-mm-dd", valign="top"),
            "bulat": self._buat(locked=False, num_format="0", valign="top"),
            "desimal": self._buat(locked=False, num_format="General", valign="top"),
        }
        self.isian["teks"] = self._buat(locked=False, num_format="@", valign="top", text_wrap=True)

    def _buat(self, **sifat: object) -> object:
        return self._buku.add_format(sifat)


def _siap_cetak(lembar: xlsxwriter.worksheet.Worksheet, baris_kepala: int) -> None:
    lembar.set_landscape()
    lembar.set_paper(9)  # A4
    lembar.fit_to_pages(1, 0)
    lembar.repeat_rows(baris_kepala)
    lembar.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    lembar.set_footer("&L&A&RHalaman &P dari &N")


def _lembar_tabel(buku: xlsxwriter.Workbook, gaya: _Gaya, skema: Tabel, t: pd.DataFrame) -> None:
    lembar = buku.add_worksheet(skema.nama)
    kolom = [kolom_dari(skema, str(n)) for n in t.columns]
    for j, k in enumerate(kolom):
        lembar.set_column(j, j, max(_LEBAR.get(k.tipe, 11), len(k.judul) + 3), gaya.isian[k.tipe])
    lembar.set_row(0, 32)
    for j, k in enumerate(kolom):
        lembar.write_string(0, j, k.judul + (" *" if k.wajib else ""), gaya.wajib if k.wajib else gaya.kepala)
        lembar.write_comment(0, j, _penjelasan(k), {"author": "kinerja", "x_scale": 1.8, "y_scale": 1.2})
        _validasi(lembar, j, k)
    tulis: list[tuple[Callable[..., object], object]] = [
        (_penulis(lembar, k), gaya.isian[k.tipe]) for k in kolom
    ]
    sel = [_sel_kolom(k, t[n]) for k, n in zip(kolom, t.columns, strict=True)]
    for i, baris in enumerate(zip(*sel, strict=True), start=1):
        for j, isi in enumerate(baris):
            if isi is not None:
                tulis[j][0](i, j, isi, tulis[j][1])
    lembar.freeze_panes(1, 0)
    lembar.autofilter(0, 0, len(t), len(kolom) - 1)
    izin = (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "sort",
        "autofilter",
    )
    lembar.protect("", dict.fromkeys(izin, True))
    _siap_cetak(lembar, 0)


def _penulis(lembar: xlsxwriter.worksheet.Worksheet, kolom: Kolom) -> Callable[..., object]:
    if kolom.tipe in ("bulat", "desimal"):
        tulis: Callable[..., object] = lembar.write_number
    else:
        tulis = lembar.write_datetime if kolom.tipe == "tanggal" else lembar.write_string
    return tulis


def _penjelasan(k: Kolom) -> str:
    bagian = [k.keterangan[:1].upper() + k.keterangan[1:] + ".", f"Isi: {_isi(k)}."]
    return "\n".join([*bagian, "Wajib diisi." if k.wajib else _bila_kosong(k)])


def _bila_kosong(k: Kolom) -> str:
    if k.kosong_berarti is None:
        return "Boleh kosong."
    return f"Kosong berarti {k.kosong_berarti}." if k.kosong_berarti != "" else "Kosong berarti tidak ada."


_ISI = {
    "teks": "teks",
    "kode": "kode: huruf, angka, titik, garis bawah, tanda hubung; paling banyak 40",
    "nip": "18 angka, sebagai teks",
    "bulat": "bilangan bulat",
    "desimal": "angka, desimal dengan koma",
    "pilihan": "pilih dari daftar",
    "ya_tidak": "ya atau tidak",
    "bulan": "tahun-bulan, misalnya 2022-07",
    "periode": "2022, 2022-TW3, atau 2022-07",
    "tanggal": "tanggal, misalnya 2023-01-31",
    "menit": "menit tiap kejadian dipisah titik koma, misalnya 12; 45",
}


def _isi(k: Kolom) -> str:
    batas = ""
    if k.paling_sedikit is not None and k.paling_banyak is not None:
        batas = f" {angka(int(k.paling_sedikit))} sampai {angka(int(k.paling_banyak))}"
    return _ISI[k.tipe] + batas + (f", dalam {k.satuan}" if k.satuan and k.tipe != "menit" else "")


def _validasi(lembar: xlsxwriter.worksheet.Worksheet, j: int, k: Kolom) -> None:
    aturan: dict[str, object]
    match k.tipe:
        case "pilihan":
            aturan = {"validate": "list", "source": list(k.pilihan)}
        case "ya_tidak":
            aturan = {"validate": "list", "source": ["ya", "tidak"]}
        case "bulat" | "desimal":
            aturan = {
                "validate": "integer" if k.tipe == "bulat" else "decimal",
                "criteria": "between",
                "minimum": -1e15 if k.paling_sedikit is None else k.paling_sedikit,
                "maximum": 1e15 if k.paling_banyak is None else k.paling_banyak,
            }
        case "nip":
            aturan = {"validate": "length", "criteria": "==", "value": 18}
        case "kode":
            aturan = {"validate": "length", "criteria": "between", "minimum": 1, "maximum": 40}
        case "bulan":
            aturan = {"validate": "length", "criteria": "==", "value": 7}
        case "tanggal":
            aturan = {
                "validate": "date",
                "criteria": "between",
                "minimum": dt.date(1950, 1, 1),
                "maximum": dt.date(2099, 12, 31),
            }
        case _:
            return
    pesan = {
        "error_title": "Isian tidak sesuai",
        "error_message": f"{k.judul}: {_isi(k)}.",
        "error_type": "stop",
    }
    lembar.data_validation(1, j, BARIS_EXCEL - 1, j, aturan | pesan)


_CARA = (
    "Isi lembar berikut mulai baris kedua. Judul kolom terkunci; baris kosong di antara isian tidak mengganggu.",
    "Judul berwarna jingga dengan tanda * wajib diisi. Lembar yang tidak diperlukan dibiarkan kosong.",
    "NIP, kode, bulan, dan periode berformat Teks. Jangan ubah menjadi Angka: Excel membulatkan NIP 18 angka.",
    "Desimal memakai koma (97,5). Jangan tulis satuan, Rp, atau tanda persen di sel angka; satuan ada di kolom Satuan.",
    "Sel kosong berarti belum diketahui, kecuali disebut lain. Nol harus ditulis 0.",
)


def _lembar_petunjuk(buku: xlsxwriter.Workbook, gaya: _Gaya) -> None:
    lembar = buku.add_worksheet(LEMBAR_PETUNJUK)
    for j, lebar in enumerate((13, 24, 8, 40, 50, 48)):
        lembar.set_column(j, j, lebar)
    lembar.write_string(0, 0, "Petunjuk pengisian buku kerja kinerja", gaya.judul)
    for i, kalimat in enumerate(_CARA, start=2):
        lembar.write_string(i, 0, f"{i - 1}. {kalimat}")
    baris = kepala = len(_CARA) + 3
    for j, kata in enumerate(("Lembar", "Kolom", "Wajib", "Isi", "Keterangan", "Pilihan")):
        lembar.write_string(baris, j, kata, gaya.kepala)
    for skema in SKEMA.values():
        baris += 1
        wajib = "; lembar wajib" if skema.wajib else ""
        lembar.write_string(baris, 0, f"{skema.nama}: satu baris = {skema.satu_baris}{wajib}", gaya.bagian)
        for k in skema.kolom:
            baris += 1
            pilihan = ", ".join(k.pilihan)
            kosong = "" if k.wajib or k.kosong_berarti is None else f". {_bila_kosong(k)}"
            isi = (
                skema.nama,
                k.judul,
                "ya" if k.wajib else "",
                _isi(k),
                k.keterangan + kosong.rstrip("."),
                pilihan,
            )
            for j, kata in enumerate(isi):
                lembar.write_string(baris, j, kata, gaya.teks)
        if skema.keterangan_pola:
            baris += 1
            isi = (skema.nama, "kolom tambahan", "", _ISI["desimal"], skema.keterangan_pola, "")
            for j, kata in enumerate(isi):
                lembar.write_string(baris, j, kata, gaya.teks)
    lembar.freeze_panes(kepala + 1, 0)
    lembar.protect("")
    lembar.activate()
    _siap_cetak(lembar, kepala)
