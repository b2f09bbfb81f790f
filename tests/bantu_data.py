"""Small valid tables and dirty workbooks for the tests of `kinerja.data`."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import xlsxwriter

from kinerja.data import SKEMA, Data, GalatData, Temuan, baca, tulis_buku

NIP = ("198001012005011003", "197512312000032001", "199002282015041002")
NIP_PPPK = "198507152023211005"  # digits 13-14 are no month
OPD = pd.DataFrame({"kode": ["DINKES", "BKPSDM"], "nama": ["Dinas Kesehatan", "Badan Kepegawaian"]})
PEGAWAI = pd.DataFrame(
    {
        "nip": NIP,
        "nama": ["Dr. Sri Rahayu, S.E., M.Si.", "Budi Santoso", "Wayan"],
        "opd": ["DINKES", "DINKES", "BKPSDM"],
        "jabatan": ["Kepala Dinas", "Analis", "Analis"],
        "jenis_jabatan": ["jpt", "fungsional", "pelaksana"],
        "kelas": [15, 9, 7],
        "status": ["pns", "pns", "cpns"],
        "atasan": [None, NIP[0], NIP[0]],
    }
)


def lengkap() -> dict[str, pd.DataFrame]:
    """Every table with a few rows; every type and every empty meaning occurs."""
    ukuran = {
        "indikator": ["Jumlah dokumen", "Tingkat kesalahan"],
        "satuan": ["dokumen", "persen"],
        "polaritas": ["maks", "min"],
        "rumus": ["maks", "min_selisih"],
        "target": [12.0, 1.234],
        "realisasi": [None, 0.1],
        "target_maksimum": [False, True],
    }
    return {
        "info": pd.DataFrame({"kunci": ["instansi", "periode"], "nilai": ["Kabupaten Contoh", "2022"]}),
        "opd": OPD.assign(kepala_nama=["Sri Rahayu", None], kepala_nip=[NIP[0], None], jenis=["dinas", None]),
        "iku": pd.DataFrame({"opd": ["PEMDA", "DINKES"], **ukuran, "realisasi_2021": [1.5, None]}),
        "pegawai": PEGAWAI.assign(status_ptkp=["K/1", None, "TK/0"], golongan=["IV/c", "III/b", None]),
        "riwayat_jabatan": pd.DataFrame(
            {
                "nip": [NIP[1]] * 2,
                "mulai": [pd.Timestamp(2022, 1, 1), pd.Timestamp(2022, 7, 1)],
                "opd": ["DINKES"] * 2,
                "unit": ["Bidang A", None],
                "jabatan": ["Pranata Komputer", "Analis Data"],
                "jenis_jabatan": ["fungsional"] * 2,
                "atasan": [None, NIP[0]],
            }
        ),
        "kaskade": pd.DataFrame(
            {
                "id": ["V1", "M1"],
                "induk": [None, "V1"],
                "jenjang": ["visi", "misi"],
                "uraian": ["Sehat bersama Budi Santoso", "Baris satu\nbaris dua"],
                "pemilik": [None, NIP[0]],
            }
        ),
        "rhk": pd.DataFrame(
            {
                "id": ["R1", "R2"],
                "nip": NIP[:2],
                "rhk": ["Terlaksananya layanan", '=HYPERLINK("http://contoh","klik")'],
                "rhk_induk": ["M1", "R1"],
                "jenis": ["utama", "tambahan"],
                "lingkup": [None, 2],
                "mulai": [None, pd.Timestamp(2022, 7, 1)],
            }
        ),
        "lintas": pd.DataFrame({"dari": ["R2"], "ke": ["V1"], "keterangan": ["Data bersama"]}),
        "iki": pd.DataFrame(
            {"rhk": ["R1", "R2"], "aspek": ["kuantitas", "kualitas"], **ukuran, "target_03": [3.0, None]}
        ),
        "perilaku": pd.DataFrame(
            {"nip": NIP[:1], "aspek": ["akuntabel"], "penilai": ["rekan"], "nilai": [97.125]}
        ),
        "penilaian": pd.DataFrame(
            {
                "nip": [NIP[0]] * 3,
                "periode": ["2022", "2022-TW3", "2022-07"],
                "rating_hasil": ["di_atas", "sesuai", "di_bawah"],
                "rating_perilaku": ["sesuai"] * 3,
                "ide_baru": [True, False, False],
                "catatan": ["Bagus", None, "-5 bukan angka"],
            }
        ),
        "kehadiran": pd.DataFrame(
            {
                "nip": NIP[:2],
                "bulan": ["2022-07", "2022-08"],
                "hari_kerja": [21, 22],
                "alpa": [1, None],
                "terlambat": ["12;45", None],
                "cuti_tahunan": [2, None],
            }
        ),
        "hukuman": pd.DataFrame(
            {
                "nip": NIP[:1],
                "jenis": ["teguran_lisan"],
                "mulai": [pd.Timestamp(2023, 1, 31)],
                "sampai": [None],
            }
        ),
    }


Isi = Mapping[str, Sequence[Sequence[object]]]


def buku(berkas: Path, lembar: Isi, persen: Sequence[str] = ()) -> Path:
    """A raw workbook: sheet name -> rows of cells. Cells in `persen` ("iki!G2") are shown in percent.

    A tuple ("=rumus", hasil) is written as a formula with its stored result.
    """
    wb = xlsxwriter.Workbook(str(berkas), {"strings_to_formulas": False, "strings_to_urls": False})
    tanggal = wb.add_format({"num_format": "yyyy-mm-dd"})
    jam = wb.add_format({"num_format": "hh:mm"})
    gaya_persen = wb.add_format({"num_format": "0.0%"})
    for nama, baris in lembar.items():
        ws = wb.add_worksheet(nama)
        for i, isi in enumerate(baris):
            for j, sel in enumerate(isi):
                letak = f"{nama}!{xlsxwriter.utility.xl_rowcol_to_cell(i, j)}"
                if isinstance(sel, dt.date):
                    ws.write_datetime(i, j, sel, tanggal)
                elif isinstance(sel, dt.time):
                    ws.write_datetime(i, j, sel, jam)
                elif isinstance(sel, tuple):
                    ws.write_formula(i, j, sel[0], None, sel[1])
                elif letak in persen:
                    ws.write_number(i, j, sel, gaya_persen)
                elif sel is not None:
                    ws.write(i, j, sel)
    wb.close()
    return berkas


def mentah(
    tabel: Mapping[str, pd.DataFrame], **ganti: Sequence[Sequence[object]]
) -> dict[str, list[list[object]]]:
    """Tables as raw rows with the plain column names as headings; `ganti` replaces whole sheets."""
    hasil: dict[str, list[list[object]]] = {}
    for nama, t in tabel.items():
        isi = t.astype(object).where(t.notna(), None)
        hasil[nama] = [list(isi.columns), *isi.to_numpy().tolist()]
    return {**hasil, **{k: [list(b) for b in v] for k, v in ganti.items()}}


DASAR = {"opd": OPD, "pegawai": PEGAWAI}


def satu_sel(tmp_path: Path, lembar: str, kolom: str, isi: object, **lain: object) -> Data:
    """Read a valid workbook in which one cell of one row holds `isi` (and `lain` other columns)."""
    tabel = lengkap() | DASAR
    baris = tabel[lembar].iloc[[0]].astype(object).assign(**{k: [v] for k, v in lain.items()})
    baris = baris.where(baris.notna(), None)
    baris[kolom] = pd.Series([isi], index=baris.index, dtype=object)
    ada = {"opd": OPD, "pegawai": PEGAWAI}
    if lembar in ("rhk", "iki"):
        ada |= {"kaskade": tabel["kaskade"], "rhk": tabel["rhk"]}
    isi_lembar = [list(baris.columns), [baris.iloc[0][k] for k in baris.columns]]
    if lembar == "opd":
        isi_lembar.append(["BKPSDM", "Badan", *[None] * (len(baris.columns) - 2)])
    berkas = buku(
        tmp_path / "satu.xlsx", mentah({k: v for k, v in ada.items() if k != lembar}, **{lembar: isi_lembar})
    )
    return baca(berkas)


def tambal(berkas: Path, cari: bytes, ganti: bytes) -> Path:
    """Replace a pattern in every worksheet of a workbook; it must occur."""
    with zipfile.ZipFile(berkas) as z:
        isi = {n: z.read(n) for n in z.namelist()}
    baru = {n: re.sub(cari, ganti, x) if n.startswith("xl/worksheets/") else x for n, x in isi.items()}
    assert baru != isi
    with zipfile.ZipFile(berkas, "w", zipfile.ZIP_DEFLATED) as z:
        for nama, x in baru.items():
            z.writestr(nama, x)
    return berkas


def galat(tmp_path: Path, lembar: Isi) -> GalatData:
    """The refusal of a workbook that must be refused."""
    try:
        baca(buku(tmp_path / "galat.xlsx", lembar))
    except GalatData as e:
        return e
    raise AssertionError("seharusnya ditolak")


def temuan(e: GalatData, lembar: str) -> list[Temuan]:
    return [t for t in e.temuan if t.lembar == lembar]


def tulis(tmp_path: Path, **tabel: pd.DataFrame) -> Path:
    return tulis_buku(DASAR | tabel, tmp_path / "buku.xlsx")


assert set(lengkap()) == set(SKEMA)


def terzip(isi: Mapping[str, bytes]) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as z:
        for nama, x in isi.items():
            z.writestr(nama, x)
    return keluar.getvalue()
