"""From a slider to the new picture, in JupyterLab in a real browser, for a province of 10,000 employees.

A key as a hand presses it moves a slider by one step. The clock runs in the page: from the browser's keydown to the
frame in which the new pictures stand. Beside it in the same run: the work of the kernel alone, so that the rest is the
road between both.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peramban import CHROMIUM, buka_lab, tunggu_selesai

BUKU = Path(__file__).parents[1] / "notebooks" / "06_simulasi_tukin.ipynb"
BATAS = 150.0  # milliseconds
KALI = 15
# the slider that has the label, and a clock that the next key starts
JAM = """
window.jam = (kata) => {
  const baris = [...document.querySelectorAll('.widget-hslider')].find(b => b.textContent.includes(kata));
  const layar = document.querySelector('.kj-langsung').parentElement;
  const gagang = baris.querySelector('.noUi-handle');
  gagang.focus();
  window.lama = null;
  gagang.addEventListener('keydown', () => {
    const awal = performance.now();
    const pengamat = new MutationObserver(() => {
      pengamat.disconnect();
      requestAnimationFrame(() => setTimeout(() => { window.lama = performance.now() - awal; }));
    });
    pengamat.observe(layar, {childList: true, subtree: true});
  }, {once: true, capture: true});
};
"""
KENDALI = (
    "Indeks",
    "Porsi kinerja",
    "Butuh Perbaikan",
    "Sangat Kurang",
    "Tanpa keterangan",
)


def ukur_inti() -> dict[str, list[float]]:
    """Milliseconds of the kernel's own work per move, without a browser: on the clock, and of the processor."""
    import kinerja as kj
    from kinerja.widget_tukin import Laboratorium, gambar_panel

    orang = kj.simulasi.buat("provinsi", 10_000, benih=1)
    kini = kj.simulasi.Skenario("Sekarang", "tpp-60-40", instansi="sumbar", tanpa=["pajak"]).jalankan(orang)
    lab = Laboratorium(kini)
    lama: dict[str, list[float]] = {"(inti saja, jam dinding)": [], "(inti saja, prosesor)": []}
    for i in range(KALI):
        awal = time.perf_counter(), time.process_time()
        gambar_panel(lab, 103, **{**lab.awal, "porsi_kinerja": 61 + i})
        for n, a, b in zip(lama, awal, (time.perf_counter(), time.process_time()), strict=True):
            lama[n].append(1000 * (b - a))
    return lama


def ukur_peramban() -> dict[str, list[float]]:
    """Milliseconds per move and control, keydown to frame."""
    hasil = {}
    with tempfile.TemporaryDirectory() as map_, buka_lab(BUKU, Path(map_)) as halaman:
        tunggu_selesai(halaman)
        halaman.evaluate(JAM)
        for kata in KENDALI:
            lama = []
            for i in range(KALI):
                halaman.evaluate("kata => window.jam(kata)", kata)
                halaman.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
                lama.append(float(halaman.wait_for_function("() => window.lama").json_value()))
            hasil[kata] = lama
    return hasil


def main() -> int:
    if CHROMIUM is None:
        print("chromium tidak terpasang; tidak diukur")
        return 0
    inti = ukur_inti()
    semua = ukur_peramban()
    print(f"{'kendali':36}{'median ms':>10}{'p90':>8}{'terlama':>9}")
    for kata, lama in {**inti, **semua}.items():
        p90 = statistics.quantiles(lama, n=10)[-1]
        print(f"{kata:36}{statistics.median(lama):10.0f}{p90:8.0f}{max(lama):9.0f}")
    print(f"beban mesin {os.getloadavg()[0]:.1f} pada {os.cpu_count()} inti")
    median = statistics.median(x for lama in semua.values() for x in lama)
    print(
        f"median semua {median:.0f} ms; batas {BATAS:.0f} ms: {'terpenuhi' if median < BATAS else 'TERLAMPAUI'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
