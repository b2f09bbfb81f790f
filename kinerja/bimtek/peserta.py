"""Who is in the hall: the roster read, spread evenly over the tables, and kept as the class list."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.baca import huruf_kolom
from kinerja.data.berkas import Kisi, baca_csv, buka_buku
from kinerja.data.galat import GalatData, Temuan
from kinerja.data.kepala import cari_kepala
from kinerja.data.skema import Kolom, Tabel
from kinerja.data.urai import bersih, urai_lajur
from kinerja.data.utuh import tulis_utuh
from kinerja.tulisan import angka

from .soal import kode_naskah, sidik

PER_MEJA = 7
PALING_BANYAK = 10  # seats that fit beside a question on one landscape sheet
TANGGAL_BUAT = dt.datetime(2022, 1, 1)  # noqa: DTZ001 - same input, same bytes
KERTAS = MappingProxyType({"A4": 9, "F4": 14})
_KOLOM_KELAS = ("meja", "kursi", "nama", "nip", "jabatan", "instansi")
_JUDUL_KELAS = ("Meja", "Kursi", "Nama", "NIP", "Jabatan", "Instansi")
_KODE_KELAS = re.compile(r"BIMTEK ([A-Z2-7]{6}) KELAS ([A-Z2-7]{4})")

PESERTA = Tabel(
    "peserta",
    "satu peserta",
    (
        Kolom("nama", "teks", "nama lengkap seperti pada sertifikat", wajib=True, pribadi=True,
              alias=("nama_lengkap", "nama_peserta", "nama_pegawai")),
        Kolom("nip", "nip", "18 angka, format sel Teks; boleh kosong", pribadi=True),
        Kolom("jabatan", "teks", "jabatan peserta", alias=("nama_jabatan",)),
        Kolom("instansi", "teks", "perangkat daerah atau unit asal",
              alias=("opd", "skpd", "unit", "unit_kerja", "perangkat_daerah", "asal_instansi", "instansi_asal")),
        Kolom("meja", "bulat", "nomor meja; kosongkan seluruhnya bila dibagi oleh program",
              paling_sedikit=1, paling_banyak=99, alias=("nomor_meja", "no_meja", "kelompok")),
    ),
    kunci=("nama", "nip"),
)  # fmt: skip


def teks_sel(x: object) -> str:
    """A cell as a person reads it: '7' for 7.0, '97,5' for 97.5, '2022-07-01' for a date, '' for an empty one."""
    match x:
        case None:
            return ""
        case bool():
            return "ya" if x else "tidak"
        case int() | float():
            return np.format_float_positional(x, trim="-").replace(".", ",")
        case dt.datetime() | dt.date():
            return x.strftime("%Y-%m-%d")
    return bersih(str(x)).strip()


@dataclass(frozen=True, eq=False)
class Kelas:
    """One class. peserta: meja, kursi (int64), nama, nip, jabatan, instansi (str), ordered by seat."""

    nama: str
    peserta: pd.DataFrame

    @property
    def kode(self) -> str:
        """Six letters that tell this class from another; made of names and seats, never of a NIP."""
        return sidik(
            [self.nama, *(self.peserta[k].astype("str").tolist() for k in ("meja", "kursi", "nama"))], 6
        )

    @property
    def meja(self) -> list[int]:
        """The table numbers in order."""
        return [int(m) for m in self.peserta["meja"].unique()]


def baca_peserta(berkas: str | Path) -> pd.DataFrame:
    """The roster as a table of PESERTA, one row one person, on the row numbers of the file.

    XLSX (the sheet that looks most like a roster) or CSV; further columns are ignored. GalatData names every
    fault at once: no column of names, an empty name, a NIP that is none, somebody twice, tables half filled in.
    """
    asal = Path(berkas)
    lembar, kisi = _kisi_peserta(asal)
    kepala = cari_kepala(PESERTA, kisi)
    if "nama" not in kepala.letak:
        ada = ", ".join(str(s) for s in kepala.asing.values()) if kepala.baris >= 0 else ""
        pesan = "kolom Nama tidak ditemukan" + (f"; judul yang ada: {ada}" if ada else "")
        raise GalatData(
            [
                Temuan(
                    lembar, None, "Nama", "", "", pesan, "Pakai templat: kinerja latihan templat peserta.xlsx"
                )
            ],
            asal.name,
        )
    isi = kisi[kepala.baris + 1 :]
    baris = np.arange(kepala.baris + 2, kepala.baris + 2 + len(isi))
    pakai = np.array([any(teks_sel(b[j]) for j in kepala.letak.values()) for b in isi], dtype=bool)
    isi, baris = isi[pakai], baris[pakai]
    temuan: list[Temuan] = []
    kolom: dict[str, Any] = {}
    for k in PESERTA.kolom:
        j = kepala.letak.get(k.nama)
        if j is None:
            kolom[k.nama] = np.full(len(isi), np.nan if k.tipe == "bulat" else None, dtype=object)
            continue
        mentah = np.empty(len(isi), dtype=object)
        mentah[:] = [b[j] for b in isi]
        lajur = urai_lajur(k, mentah)
        for di, nilai, salah in lajur.tolak:
            temuan += [
                Temuan(lembar, int(baris[i]), k.judul, huruf_kolom(j), nilai, salah.pesan, salah.perbaikan)
                for i in di.tolist()
            ]
        if k.wajib:
            temuan += [
                Temuan(
                    lembar,
                    int(baris[i]),
                    k.judul,
                    huruf_kolom(j),
                    "",
                    "nama kosong",
                    "Isi atau hapus barisnya",
                )
                for i in np.flatnonzero(lajur.kosong).tolist()
            ]
        kolom[k.nama] = lajur.nilai
    if not len(isi):
        temuan.append(
            Temuan(lembar, None, "Nama", "", "", "tidak ada peserta", "Isi satu baris tiap peserta")
        )
    t = pd.DataFrame(kolom, index=pd.Index(baris, name="baris"))
    t = t.assign(**{n: t[n].astype("str").fillna("") for n in ("nama", "nip", "jabatan", "instansi")})
    t["meja"] = t["meja"].astype("float64").astype("Int64")
    if not temuan:
        temuan = [*_kembar(t, lembar), *_meja_separuh(t, lembar)]
    if temuan:
        raise GalatData(temuan, asal.name)
    return t


def _kisi_peserta(asal: Path) -> tuple[str, Kisi]:
    if not asal.is_file():
        raise GalatData(
            [Temuan("", None, "", "", "", "berkas tidak ditemukan", "Periksa nama dan letaknya")], asal.name
        )
    if asal.suffix.lower() in (".csv", ".txt"):
        return "", baca_csv(asal, PESERTA)
    buku = buka_buku(asal)
    semua = [(n, buku.muat(n)) for n in buku.lembar]
    return max(semua, key=lambda x: (len(cari_kepala(PESERTA, x[1]).letak), -buku.lembar.index(x[0])))


def _kembar(t: pd.DataFrame, lembar: str) -> list[Temuan]:
    """Somebody twice: the same NIP, or the same name where no NIP tells the two apart."""
    hasil = []
    for k, kunci in (
        ("nip", t["nip"].where(t["nip"] != "")),
        ("nama", t["nama"].str.casefold().where(t["nip"] == "")),
    ):
        pertama = pd.Series(t.index, index=t.index).groupby(kunci).transform("min")
        for baris, awal in pertama[pertama < pertama.index.to_series()].items():
            pesan = f"peserta ini sudah ada di baris {int(awal)}"
            saran = "Hapus salah satu, atau isi NIP bila memang dua orang"
            hasil.append(
                Temuan(lembar, int(str(baris)), PESERTA[k].judul, "", str(t.at[baris, k]), pesan, saran)
            )
    return hasil


def _meja_separuh(t: pd.DataFrame, lembar: str) -> list[Temuan]:
    kosong = t.index[t["meja"].isna()]
    if len(kosong) in (0, len(t)):
        penuh = t["meja"].value_counts()
        return [
            Temuan(lembar, None, "Meja", "", str(m), f"satu meja berisi {n} orang, paling banyak {PALING_BANYAK}",
                   "Pindahkan sebagian ke meja lain")
            for m, n in penuh.items() if n > PALING_BANYAK
        ]  # fmt: skip
    pesan = "nomor meja kosong, sedangkan peserta lain sudah bermeja"
    return [
        Temuan(lembar, int(b), "Meja", "", "", pesan, "Isi semua, atau kosongkan seluruh kolom Meja")
        for b in kosong
    ]


def nomor_meja(banyak: int, per_meja: int = PER_MEJA) -> list[int]:
    """Table of each of `banyak` people in roster order: as few tables as hold them, sizes differing by one at most.

    Dealt out one by one, so that colleagues who stand together on the roster sit apart.
    """
    if not 1 <= per_meja <= PALING_BANYAK:
        raise ValueError(f"Satu meja memuat 1 sampai {PALING_BANYAK} orang; diminta {per_meja}.")
    meja = -(-banyak // per_meja)
    return [i % meja + 1 for i in range(banyak)]


def susun_kelas(peserta: pd.DataFrame, per_meja: int = PER_MEJA, nama: str = "") -> Kelas:
    """The class with a seat for everyone: the roster's own tables where it has them, else `nomor_meja`."""
    t = peserta.reset_index(drop=True)
    sendiri = t["meja"].notna().all()
    meja = t["meja"].astype("int64") if sendiri else pd.Series(nomor_meja(len(t), per_meja), dtype="int64")
    t = t.assign(meja=meja).sort_values("meja", kind="stable", ignore_index=True)
    t["kursi"] = t.groupby("meja").cumcount().astype("int64") + 1
    return Kelas(nama.strip(), t[list(_KOLOM_KELAS)])


def tulis_templat_peserta(berkas: str | Path) -> Path:
    """The empty roster to fill in; whole or not at all."""
    import xlsxwriter

    tujuan = Path(berkas)
    with tulis_utuh(tujuan) as sementara:
        buku = xlsxwriter.Workbook(str(sementara), {"strings_to_formulas": False})
        buku.set_properties({"title": "Daftar peserta bimtek", "author": "kinerja", "created": TANGGAL_BUAT})
        gaya = {"bold": True, "border": 1, "text_wrap": True, "valign": "top", "font_size": 12}
        wajib = buku.add_format({**gaya, "bg_color": "#F6D8A8"})
        boleh = buku.add_format({**gaya, "bg_color": "#DDE6EE"})
        isian = buku.add_format({"num_format": "@", "font_size": 12, "locked": False})
        ws = buku.add_worksheet("peserta")
        for j, (k, lebar) in enumerate(zip(PESERTA.kolom, (38, 24, 38, 38, 10), strict=True)):
            ws.set_column(j, j, lebar, isian)
            ws.write_string(0, j, k.judul + (" *" if k.wajib else ""), wajib if k.wajib else boleh)
            ws.write_comment(0, j, k.keterangan.capitalize() + ".", {"author": "kinerja"})
        ws.data_validation(1, 4, 500, 4, {
            "validate": "integer", "criteria": "between", "minimum": 1, "maximum": 99,
            "error_title": "Isian tidak sesuai", "error_message": "Nomor meja 1 sampai 99, atau kosong.",
        })  # fmt: skip
        ws.freeze_panes(1, 0)
        ws.set_landscape()
        ws.set_paper(KERTAS["A4"])
        ws.fit_to_pages(1, 0)
        ws.repeat_rows(0)
        ws.protect(
            "", dict.fromkeys(("format_cells", "format_columns", "insert_rows", "delete_rows", "sort"), True)
        )
        buku.close()
    return tujuan


def tulis_kelas(kelas: Kelas, berkas: Path) -> Path:
    """The class list, for the trainer (it holds NIP), and the seating plan to hang at the door (it does not)."""
    import xlsxwriter

    with tulis_utuh(berkas) as sementara:
        buku = xlsxwriter.Workbook(str(sementara), {"strings_to_formulas": False, "strings_to_urls": False})
        buku.set_properties({"title": "Daftar kelas bimtek", "author": "kinerja", "created": TANGGAL_BUAT})
        judul = buku.add_format({"bold": True, "font_size": 18})
        kecil = buku.add_format({"font_color": "#5A6470", "font_size": 10})
        kepala = buku.add_format({"bold": True, "border": 1, "bg_color": "#DDE6EE", "font_size": 12})
        teks = buku.add_format(
            {"border": 1, "num_format": "@", "text_wrap": True, "valign": "top", "font_size": 12}
        )
        besar = buku.add_format({"border": 1, "font_size": 16, "text_wrap": True, "valign": "top"})
        meja = buku.add_format(
            {"border": 1, "font_size": 24, "bold": True, "align": "center", "valign": "vcenter"}
        )
        ws = buku.add_worksheet("Daftar kelas")
        ws.write_string(0, 0, kelas.nama or "Daftar kelas", judul)
        ws.write_string(1, 0, f"BIMTEK {kelas.kode} KELAS {kode_naskah()}", kecil)
        ws.write_string(
            2,
            0,
            "Untuk pelatih. Dibaca kembali oleh kinerja latihan kumpul; jangan ubah kolom A sampai C.",
            kecil,
        )
        for j, (n, lebar) in enumerate(zip(_JUDUL_KELAS, (8, 8, 36, 24, 36, 36), strict=True)):
            ws.set_column(j, j, lebar)
            ws.write_string(4, j, n, kepala)
        for i, b in enumerate(kelas.peserta.to_numpy().tolist(), 5):
            for j, x in enumerate(b):
                ws.write(i, j, x, teks) if j < 2 else ws.write_string(i, j, x, teks)
        ws.freeze_panes(5, 0)
        ws.repeat_rows(4)
        denah = buku.add_worksheet("Denah")
        denah.write_string(0, 0, f"Denah meja {kelas.nama}".strip(), judul)
        denah.set_column(0, 0, 14)
        denah.set_column(1, 1, 60)
        denah.set_column(2, 2, 50)
        i = 2
        for nomor, isi in kelas.peserta.groupby("meja", sort=True):
            a = i
            for n, o in isi[["nama", "instansi"]].to_numpy().tolist():
                denah.write_string(i, 1, n, besar)
                denah.write_string(i, 2, o, besar)
                i += 1
            if i - a > 1:
                denah.merge_range(a, 0, i - 1, 0, f"{nomor}", meja)
            else:
                denah.write_string(a, 0, f"{nomor}", meja)
        for w in (ws, denah):
            w.set_paper(KERTAS["A4"])
            w.fit_to_pages(1, 0)
            w.set_footer("&L&A&RHalaman &P dari &N")
        ws.set_landscape()
        buku.close()
    return berkas


def kelas_dari(kisi: Mapping[str, Kisi]) -> tuple[Kelas, str] | None:
    """The class and the code that a class list carries, from its sheets; None when these are no class list."""
    for isi in kisi.values():
        kode = next((m for b in isi[:5] for x in b[:3] if (m := _KODE_KELAS.search(teks_sel(x)))), None)
        if kode is None:
            continue
        judul = teks_sel(isi[0][0])
        baris = [[teks_sel(x) for x in b[:6]] for b in isi[5:]]
        baris = [b for b in baris if b[0].isdecimal() and b[1].isdecimal() and b[2]]
        t = pd.DataFrame(baris, columns=list(_KOLOM_KELAS), dtype="str")
        t = t.astype({"meja": "int64", "kursi": "int64"})
        return Kelas("" if judul == "Daftar kelas" else judul, t), kode[1]
    return None


def sebut_kelas(kelas: Kelas) -> str:
    """'84 peserta di 12 meja, 7 orang tiap meja'."""
    isi = kelas.peserta["meja"].value_counts()
    a, b = int(isi.min()), int(isi.max())
    tiap = angka(a) if a == b else f"{angka(a)} sampai {angka(b)}"
    return f"{angka(len(kelas.peserta))} peserta di {angka(len(isi))} meja, {tiap} orang tiap meja"
