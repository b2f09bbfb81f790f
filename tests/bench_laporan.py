"""`make bench`, the report press: ratios from one run, on the machine at hand.

40 OPDs of two governments, executed notebook, HTML, PDF, XLSX and DOCX, two workers, three ways:
  kinerja   `kinerja laporan`, as an operator runs it
  fungsi    a plain Python function: the same reading, computing, figures and files, no notebook is run;
            one forked process per OPD like ours
  lingkar   the usual shell loop, `papermill`, `jupyter nbconvert` to HTML and to webpdf, given slices
            already computed; it makes neither the workbook nor the DOCX
`--ringkas`: the first two once instead of three times, the loop on every fifth OPD, times five.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AKAR = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
FORMAT = "ipynb,html,pdf,xlsx,docx"
# a government, its employees, its period, and how many of its largest OPDs
PEMDA = (("sumbar", 4000, "2022", 38), ("babel", 600, "2019", 2))


def detik(*perintah: str | Path, rinci: Path | None = None) -> float:
    """Wall seconds of one command; its failure is ours. What it prints goes to `rinci`."""
    awal = time.perf_counter()
    hasil = subprocess.run([str(p) for p in perintah], check=False, capture_output=True, text=True)
    lama = time.perf_counter() - awal
    if hasil.returncode:
        raise SystemExit(f"{perintah[0]} gagal:\n{hasil.stdout}\n{hasil.stderr}")
    if rinci is not None:
        rinci.write_text(hasil.stdout + hasil.stderr, encoding="utf-8")
    return lama


def fungsi_polos(instansi: str, buku: str, keluaran: str, periode: str, kode: list[str]) -> None:
    """What the same files cost without running any notebook: started by this file as its own process."""
    import nbformat

    import kinerja as kj
    from kinerja.data import baca
    from kinerja.laporan import batch, isi
    from kinerja.laporan.buku import buku_opd
    from kinerja.laporan.cabang import jalankan_cabang
    from kinerja.laporan.docx import docx_dari
    from kinerja.laporan.html import html_dari
    from kinerja.laporan.paket import NOTEBOOK
    from kinerja.laporan.pdf import pdf_dari

    hasil = isi.hitung_pemda(baca(buku), instansi, periode)
    irisan = [(k, isi.tulis_irisan(isi.irisan_opd(hasil, k))) for k in kode]
    pesanan = batch.Pesanan(instansi, Path(buku), periode, Path(keluaran))
    batch.gladi(next(batch.rencana(hasil, pesanan, Path(keluaran))))
    asal = nbformat.read(NOTEBOOK / "laporan_opd.ipynb", 4)

    def satu(tugas: tuple[str, str]) -> None:
        nama, teks = tugas
        x = isi.baca_irisan(teks)
        nb = nbformat.from_dict(asal)
        for sel in nb.cells:
            baris = sel.source.splitlines()[-1]
            if sel.cell_type == "code" and baris.startswith("kj.bagian."):
                blok = eval(baris, {"kj": kj, "laporan": x})
                sel.outputs = [nbformat.v4.new_output("display_data", blok._repr_mimebundle_())]
        m = x.meta
        judul = f"{m['judul']} {m['nama']} {m['periode_teks']}"
        jadi = {
            "ipynb": (nbformat.writes(nb) + "\n").encode(),
            "html": html_dari(nb, judul).encode(),
            "pdf": pdf_dari(nb, m["kertas"], judul=judul, penulis=m["instansi"]),
            "docx": docx_dari(nb, m["kertas"], judul=judul, penulis=m["instansi"]),
            "xlsx": buku_opd(x),
        }
        for akhiran, byte in jadi.items():
            Path(keluaran, f"{nama}.{akhiran}").write_bytes(byte)

    for selesai in jalankan_cabang(irisan, satu, 2):
        assert selesai.galat is None, selesai.galat


def peramban_untuk_webpdf(kerja: Path) -> dict[str, str]:
    """nbconvert's webpdf asks Playwright for a browser of its own; it is given the system's Chromium."""
    env = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(kerja / "peramban")}
    kode = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.launch(args=['--no-sandbox']).version)"
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("bench_laporan memerlukan Chromium untuk lingkar webpdf.")
    coba = subprocess.run([sys.executable, "-c", kode], env=env, check=False, capture_output=True, text=True)
    if coba.returncode:
        diminta = Path(coba.stderr.split("Executable doesn't exist at ")[1].splitlines()[0].strip())
        diminta.parent.mkdir(parents=True)
        diminta.symlink_to(chromium)
        subprocess.run([sys.executable, "-c", kode], env=env, check=True, stdout=subprocess.DEVNULL)
    return env


def main(ringkas: bool) -> None:
    kerja = Path(tempfile.mkdtemp(prefix="bench-"))
    os.environ.update(peramban_untuk_webpdf(kerja))
    from kinerja.data import baca

    milik: dict[str, tuple[Path, str, list[str]]] = {}
    orang = 0
    for instansi, pegawai, periode, banyak in PEMDA:
        buku = kerja / f"contoh-{instansi}.xlsx"
        detik(BIN / "kinerja", "contoh", instansi, "--pegawai", str(pegawai), "--keluaran", buku)
        jumlah = baca(buku).tabel["pegawai"]["opd"].value_counts()
        milik[instansi] = buku, periode, sorted(jumlah.head(banyak).index)
        orang += int(jumlah.head(banyak).sum())
    opd = sum(len(kode) for *_, kode in milik.values())

    def kinerja(ke: int) -> float:
        return sum(
            detik(
                *(BIN / "kinerja", "laporan", "--instansi", i, "--data", buku, "--periode", periode),
                *("--format", FORMAT, "--keluaran", kerja / f"kinerja{ke}", "--rinci"),
                *(a for k in kode for a in ("--opd", k)),
                rinci=kerja / f"rinci-{i}.txt",
            )
            for i, (buku, periode, kode) in milik.items()
        )

    def fungsi() -> float:
        (kerja / "polos").mkdir(exist_ok=True)
        return sum(
            detik(sys.executable, __file__, "fungsi", i, buku, kerja / "polos", periode, *kode)
            for i, (buku, periode, kode) in milik.items()
        )

    tiga = []
    for ke in range(1 if ringkas else 3):
        a, b = kinerja(ke), fungsi()
        tiga.append((a / b, a, b))
    rasio, a, b = sorted(tiga)[len(tiga) // 2]

    nb = kerja / "satu.ipynb"
    langkah = dict.fromkeys(("papermill", "html", "webpdf"), 0.0)
    webpdf = ("--to", "webpdf", "--WebPDFExporter.disable_sandbox=True")
    setiap, diputar = 5 if ringkas else 1, 0
    for i, (_, periode, kode) in milik.items():
        for k in kode[setiap // 2 :: setiap]:
            irisan = kerja / "kinerja0" / i / periode / k / "irisan.json"
            cetak = (BIN / "papermill", AKAR / "notebooks" / "laporan_opd.ipynb", nb, "-p", "irisan", irisan)
            langkah["papermill"] += detik(*cetak, "--no-progress-bar")
            langkah["html"] += detik(BIN / "jupyter", "nbconvert", "--to", "html", nb)
            langkah["webpdf"] += detik(BIN / "jupyter", "nbconvert", *webpdf, nb)
            diputar += 1
    langkah = {n: s * opd / diputar for n, s in langkah.items()}
    lingkar = sum(langkah.values())

    print(f"{opd} OPD, {orang} pegawai, {FORMAT}, dua pekerja, {os.cpu_count()} inti; detik dinding")
    print(f"{'cara':<54}{'detik':>8}{'dibanding fungsi':>18}{'lebih cepat dari lingkar':>26}")
    for nama, s in (
        ("kinerja laporan (baca, hitung, cetak)", a),
        ("fungsi tanpa notebook (baca, hitung, tulis)", b),
        ("lingkar papermill + nbconvert html + webpdf (cetak saja)", lingkar),
    ):
        print(f"{nama:<54}{s:>8.1f}{s / b:>18.2f}{lingkar / s:>26.1f}")
    print(
        f"lingkar dijalankan pada {diputar} dari {opd} OPD{', lalu disetarakan' if ringkas else ''}; "
        f"kinerja/fungsi {len(tiga)} kali: {', '.join(f'{r:.2f}' for r, _, _ in sorted(tiga))}; median {rasio:.2f}"
    )
    print("lingkar: " + ", ".join(f"{n} {s / opd:.1f}" for n, s in langkah.items()) + " detik setiap OPD")
    print(f"median lingkar / median kinerja: {lingkar / statistics.median(x for _, x, _ in tiga):.1f}")
    for i in milik:
        print(
            f"\nBiaya setiap tahap, {i}:\n" + (kerja / f"rinci-{i}.txt").read_text(encoding="utf-8").strip()
        )
    shutil.rmtree(kerja)


if __name__ == "__main__":
    if sys.argv[1:2] == ["fungsi"]:
        fungsi_polos(*sys.argv[2:6], sys.argv[6:])
    else:
        main(ringkas="--ringkas" in sys.argv)
