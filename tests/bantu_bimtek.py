"""A class of synthetic participants, and tables that fill in their workbooks as people do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from kinerja.bimtek import soal
from kinerja.bimtek.peserta import Kelas, susun_kelas
from kinerja.iki.latihan import kunci_latihan, soal_latihan


def daftar_peserta(banyak: int = 84) -> pd.DataFrame:
    """A roster as `baca_peserta` gives it; nobody in it is real."""
    n = range(1, banyak + 1)
    return pd.DataFrame(
        {
            "nama": [f"Peserta {i:03d} Contoh" for i in n],
            "nip": [f"19{70 + i % 25:02d}0{1 + i % 9}1520{5 + i % 5:02d}011{i:03d}"[:18] for i in n],
            "jabatan": [f"Jabatan {i % 5 + 1}" for i in n],
            "instansi": [f"Dinas {(i - 1) // 7 + 1}" for i in n],
            "meja": pd.array([pd.NA] * banyak, dtype="Int64"),
        }
    )


def kelas_contoh(banyak: int = 84, nama: str = "Angkatan I") -> Kelas:
    return susun_kelas(daftar_peserta(banyak), nama=nama)


def kolom(ws: Worksheet, awal: str) -> int:
    """1-based column whose heading (row 5) begins with `awal`."""
    return next(c.column for c in ws[5] if c.value is not None and str(c.value).split("\n")[0] == awal)


def isi_meja(berkas: Path, meja: int, kecakapan: float = 0.7, benih: int = 0, hadir: bool = True) -> None:
    """Fill in a table's workbook: the better the table (`kecakapan` 0 to 1), the more of it is right."""
    acak = np.random.default_rng([benih, meja])
    buku = openpyxl.load_workbook(berkas)
    tes = soal.kunci_tes()["jawaban"].tolist()
    ws = buku["Peserta"]
    orang = ws.max_row - 5
    for i in range(orang):
        if hadir:
            ws.cell(6 + i, kolom(ws, "Kehadiran")).value = "Tidak hadir" if (meja, i) == (2, 6) else "Hadir"
    for nama, tambah in (("Pretes", -0.3), ("Postes", 0.1)):
        ws = buku[nama]
        for i in range(orang):
            if (meja, i) == (2, 6):
                continue  # the one who is not there
            j = kolom(ws, f"Kursi {i + 1}")
            for n, benar in enumerate(tes):
                tepat = acak.random() < min(max(kecakapan + tambah, 0), 1)
                ws.cell(6 + n, j).value = benar if tepat else "ABCD"[int(acak.integers(4))]
    ws = buku["IKI"]
    kunci, lemah = kunci_latihan(), soal_latihan()
    for n, (k, s) in enumerate(zip(kunci.itertuples(), lemah.itertuples(), strict=True)):
        untung = acak.random()
        if untung < kecakapan:
            jawab = (k.indikator, k.satuan, k.target)
        elif untung < kecakapan + 0.15:
            jawab = (f"Terlaksananya {s.indikator.lower()}", "laporan", 1)
        elif untung < kecakapan + 0.25:
            jawab = (f"Jumlah dokumen {s.jabatan}", "dokumen", 12)
        else:
            continue
        for j, x in zip(("Rumusan baru", "Satuan", "Target"), jawab, strict=True):
            ws.cell(6 + n, kolom(ws, j)).value = x
    ws = buku["Lemah-Kuat"]
    for n, benar in enumerate(soal.kunci_pilah()["jawaban"]):
        lain = "Kuat" if benar == "Lemah" else "Lemah"
        ws.cell(6 + n, kolom(ws, "Lemah atau kuat")).value = benar if acak.random() < kecakapan else lain
    ws = buku["Kaskade"]
    baris = {ws.cell(i, kolom(ws, "Kode")).value: i for i in range(6, ws.max_row + 1)}
    for k in soal.soal_kaskade().kunci.itertuples():
        if acak.random() < kecakapan:
            benar = k.induk if acak.random() < kecakapan + 0.1 else "V"
            ws.cell(baris[k.kode], kolom(ws, "Induk yang benar")).value = benar
    ws = buku["Matriks"]
    for n, k in enumerate(soal.kunci_peran().itertuples()):
        hasil = k.hasil if acak.random() < kecakapan + 0.1 else "H2"
        ws.cell(6 + n, kolom(ws, hasil)).value = k.cara if acak.random() < kecakapan else "langsung"
    buku.save(berkas)
