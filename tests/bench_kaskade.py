"""Growth of `kaskade.periksa`: ratios within one run, on one core.

Trees of 5,000 to 50,000 nodes and RHK with twenty crosscutting links each (the largest: one million),
every rule switched on. CPU seconds of all threads together. A ratio near the ratio of the sizes means linear growth.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from kinerja import kaskade

UKURAN = (5_000, 10_000, 20_000, 50_000)
TAUTAN = 20  # crosscutting links per element
_JENJANG = ["visi", "misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan"]


def bahan(n: int, tautan: int, benih: int = 1) -> dict[str, pd.DataFrame]:
    """A pemda of about n elements: a tenth are nodes, the rest RHK of employees in a line of superiors."""
    acak = np.random.default_rng(benih)
    simpul = n // 10
    induk = np.maximum((np.arange(simpul) - 1) // 8, 0)
    dalam = np.zeros(simpul, dtype=int)
    for i in range(1, simpul):
        dalam[i] = dalam[induk[i]] + 1
    kode = np.array([f"S{i}" for i in range(simpul)])
    orang = (n - simpul) // 2
    nip = np.array([f"1980010120000{i:05d}" for i in range(orang)])
    atasan = np.maximum((np.arange(orang) - 1) // 8, 0)
    rhk = np.array([f"R{i}-{j}" for i in range(orang) for j in (1, 2)])
    ke = np.repeat(np.arange(orang), 2)
    atas = np.where(ke < 9, kode[ke % simpul], rhk[2 * atasan[ke] + np.tile([0, 1], orang)])
    semua = np.concatenate([kode, rhk])
    a = acak.integers(1, len(semua), tautan * n)
    b = (a * acak.random(len(a))).astype(int)  # always earlier: crosscutting without circles
    return {
        "kaskade": pd.DataFrame(
            {
                "id": kode,
                "induk": np.where(np.arange(simpul) == 0, None, kode[induk]),
                "jenjang": np.array(_JENJANG)[np.minimum(dalam, 6)],
                "uraian": "Kinerja " + pd.Series(kode),
                "indikator": "Indikator " + pd.Series(kode),
                "opd": np.where(np.arange(simpul) < 9, None, "opd" + pd.Series(induk % 40).astype(str)),
            }
        ),
        "pegawai": pd.DataFrame(
            {
                "nip": nip,
                "nama": "Contoh",
                "opd": "opd" + pd.Series(np.arange(orang) % 40).astype(str),
                "jenis_jabatan": np.where(np.arange(orang) < 9, "jpt", "pelaksana"),
                "atasan": np.where(np.arange(orang) == 0, None, nip[atasan]),
            }
        ),
        "rhk": pd.DataFrame(
            {"id": rhk, "nip": np.repeat(nip, 2), "rhk": "Hasil", "rhk_induk": atas, "jenis": "utama", "cara": "tidak_langsung"}
        ),
        "iki": pd.DataFrame(
            {"rhk": rhk, "aspek": "kuantitas", "indikator": "Jumlah " + pd.Series(rhk), "satuan": "dokumen", "target": 12.0}
        ),
        "lintas": pd.DataFrame({"dari": semua[a], "ke": semua[b]}),
    }  # fmt: skip


def utama() -> None:
    hasil = []
    for n in UKURAN:
        data = bahan(n, TAUTAN)
        kali = []
        for _ in range(3):
            awal = time.process_time()
            h = kaskade.periksa(data)
            kali.append(time.process_time() - awal)
        hasil.append((n, len(data["lintas"]), min(kali), len(h.temuan)))
    print("| unsur | tautan lintas | detik CPU | kali dari yang terkecil | ukuran kali | temuan |")
    print("|---:|---:|---:|---:|---:|---:|")
    for n, t, d, banyak in hasil:
        print(f"| {n:,} | {t:,} | {d:.2f} | {d / hasil[0][2]:.1f} | {n / hasil[0][0]:.1f} | {banyak:,} |")


if __name__ == "__main__":
    sys.exit(utama())
