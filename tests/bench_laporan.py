"""`make bench`, the report press: ratios from one run, on the machine at hand.

24 OPDs, executed notebook and HTML, two workers, three ways:
  kinerja   `kinerja laporan`, as an operator runs it
  fungsi    a plain Python function: the same reading, computing and figures, HTML written directly,
            no notebook; one forked process per OPD like ours
  lingkar   the usual shell loop, `papermill` then `jupyter nbconvert`, given slices already computed
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AKAR = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PEGAWAI = 4000
OPD = 24


def detik(*perintah: str | Path) -> float:
    """Wall seconds of one command; its failure is ours."""
    awal = time.perf_counter()
    subprocess.run(
        [str(p) for p in perintah], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - awal


def fungsi_polos(buku: str, keluaran: str, kode: list[str]) -> None:
    """What a report costs without any notebook: run by this file as its own process."""
    import nbformat

    from kinerja.data import baca
    from kinerja.laporan import bagian, batch, isi
    from kinerja.laporan.cabang import jalankan_cabang
    from kinerja.tampil import GAYA

    nb = nbformat.read(AKAR / "notebooks" / "laporan_opd.ipynb", 4)
    langkah = re.findall(
        r"kj\.bagian\.(\w+)\(laporan(, bendahara=True)?\)", "\n".join(s.source for s in nb.cells)
    )
    awal = time.perf_counter()
    hasil = isi.hitung_pemda(baca(buku), "sumbar", "2022")
    irisan = [(k, isi.tulis_irisan(isi.irisan_opd(hasil, k))) for k in kode]
    hitung = time.perf_counter() - awal

    batch.gladi(
        next(
            batch.rencana(hasil, batch.Pesanan("sumbar", Path(buku), "2022", Path(keluaran)), Path(keluaran))
        )
    )

    def satu(tugas: tuple[str, str]) -> None:
        nama, teks = tugas
        x = isi.baca_irisan(teks)
        blok = [getattr(bagian, f)(x, **({"bendahara": True} if b else {})) for f, b in langkah]
        halaman = "<!DOCTYPE html><html lang=id><meta charset=utf-8>" + GAYA + "".join(b.html() for b in blok)
        Path(keluaran, f"{nama}.html").write_text(halaman, encoding="utf-8")

    awal = time.perf_counter()
    for selesai in jalankan_cabang(irisan, satu, 2):
        assert selesai.galat is None, selesai.galat
    print(f"{hitung:.3f} {time.perf_counter() - awal:.3f}")


def main() -> None:
    kerja = Path(tempfile.mkdtemp(prefix="bench-"))
    buku = kerja / "contoh.xlsx"
    subprocess.run(
        [BIN / "kinerja", "contoh", "sumbar", "--pegawai", str(PEGAWAI), "--keluaran", buku],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    from kinerja.data import baca

    pegawai = baca(buku).tabel["pegawai"]
    kode = sorted(pegawai["opd"].value_counts().head(OPD).index)
    pilih = [a for k in kode for a in ("--opd", k)]
    laporan = [BIN / "kinerja", "laporan", "--instansi", "sumbar", "--data", buku, "--format", "ipynb,html"]

    tiga = []
    for i in range(3):
        a = detik(*laporan, *pilih, "--keluaran", kerja / f"kinerja{i}")
        b = detik(sys.executable, __file__, "fungsi", buku, kerja, *kode)
        tiga.append((a / b, a, b))
    rasio, a, b = sorted(tiga)[1]

    satu = kerja / "satu"
    satu.mkdir()
    dasar = detik(*laporan, "--opd", kode[0], "--keluaran", kerja / "dasar")
    awal = time.perf_counter()
    for k in kode:
        irisan = kerja / "kinerja0" / "sumbar" / "2022" / k / "irisan.json"
        nb = satu / f"{k}.ipynb"
        detik(
            BIN / "papermill",
            AKAR / "notebooks" / "laporan_opd.ipynb",
            nb,
            "-p",
            "irisan",
            irisan,
            "--no-progress-bar",
        )
        detik(BIN / "jupyter", "nbconvert", "--to", "html", nb)
    lingkar = time.perf_counter() - awal

    n = len(pegawai[pegawai["opd"].isin(kode)])
    print(
        f"{OPD} OPD, {n} pegawai, ipynb + HTML, dua pekerja, {os.cpu_count()} inti; detik dinding (median dari 3 untuk dua baris pertama)"
    )
    print(f"{'cara':<44}{'detik':>8}{'dibanding fungsi':>18}{'lebih cepat dari lingkar':>26}")
    for nama, s in (
        ("kinerja laporan (baca, hitung, cetak)", a),
        ("fungsi tanpa notebook (baca, hitung, tulis)", b),
        ("lingkar papermill + nbconvert (cetak saja)", lingkar),
    ):
        print(f"{nama:<44}{s:>8.1f}{s / b:>18.2f}{lingkar / s:>26.1f}")
    print(
        f"rasio kinerja/fungsi tiga kali: {', '.join(f'{r:.2f}' for r, _, _ in sorted(tiga))}; median {rasio:.2f}"
    )
    print(
        f"satu OPD saja (baca, hitung, cetak): {dasar:.1f} detik, jadi tiap OPD tambahan {(a - dasar) / (OPD - 1):.2f} detik"
    )
    shutil.rmtree(kerja)


if __name__ == "__main__":
    if sys.argv[1:2] == ["fungsi"]:
        fungsi_polos(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
