"""From a key to the painted answer: the widgets of the lessons in JupyterLab and on the pages of the USB stick.

A key as a hand presses it; the clock runs in the page, from the time that the browser gives the key to the frame in
which the new picture stands, decoded. Pay is that of a province of 10,000 employees. Beside it in the same run: the
kernel's own work on the pay sliders alone, so that the rest is the road between both.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from peramban import (
    CHROMIUM,
    jalankan_semua,
    layar,
    peramban,
    server_lab,
    tunggu_buka,
    tunggu_selesai,
)
from playwright.sync_api import Locator, Page

from kinerja.bimtek.usb import tulis_paket

NOTEBOOK = Path(__file__).parents[1] / "notebooks"
BATAS = 150.0  # milliseconds
KALI = 40
# a clock that the next key starts and the painted answer stops; `kata`: what a complete answer contains
JAM = """([layar, kata]) => {
  window.lama = null;
  let awal = 0;
  const catat = (e) => { awal = e.timeStamp; };
  addEventListener("keydown", catat, true);
  const pengamat = new MutationObserver(async () => {
    if (!awal || (kata && !layar.innerHTML.includes(kata) && !layar.textContent.includes(kata))) return;
    pengamat.disconnect();
    removeEventListener("keydown", catat, true);
    await Promise.all([...layar.querySelectorAll("img")].map((x) => x.decode().catch(() => {})));
    requestAnimationFrame(() => setTimeout(() => { window.lama = performance.now() - awal; }));
  });
  pengamat.observe(layar, { childList: true, subtree: true, characterData: true, attributes: true });
}"""


def ukur(page: Page, alat: Locator, tempat: Locator, tombol: Sequence[str]) -> list[float]:
    """Milliseconds of each of these keys pressed on `alat`; `tempat` holds the answer. A space is not timed."""
    alat.scroll_into_view_if_needed()
    alat.focus()
    layar_ = tempat.element_handle()
    lama = []
    for t in tombol:
        if t == " ":  # changes nothing by itself
            page.keyboard.press(t)
            page.wait_for_timeout(300)
            continue
        page.evaluate(JAM, [layar_, ""])
        page.keyboard.press(t)
        lama.append(page.wait_for_function("() => window.lama", polling=20).json_value())
        page.wait_for_timeout(60)  # what follows the answer (echo, link) is over
    return lama


def ukur_cepat(page: Page, alat: Locator, tempat: Locator, kali: int = 8) -> list[float]:
    """Milliseconds from the last key of a word typed at eight letters a second to the advice on the whole."""
    alat.focus()
    layar_ = tempat.element_handle()
    lama = []
    for i in range(kali):
        kata = f"stunting{'abcdefgh'[i]}"
        page.evaluate(JAM, [layar_, kata])
        page.keyboard.type(" " + kata, delay=125)
        lama.append(page.wait_for_function("() => window.lama", polling=20).json_value())
        for _ in range(len(kata) + 1):
            page.keyboard.press("Backspace")
        page.wait_for_timeout(600)
    return lama


# every letter makes another phrase, so nothing is answered from memory
HURUF = " penanganan keluarga rawan gizi di kecamatan"
HAPUS = ("a", "Backspace") * (KALI // 2)
PANAH = ("ArrowDown", "ArrowUp") * (KALI // 2)
NAIK = PANAH[::-1]  # where the first choice shown is the last of the list
GESER = ("ArrowRight", "ArrowLeft") * (KALI // 2)
ENTER = ("Enter",) * KALI


Baris = tuple[str, list[float]]


def ukur_inti() -> Iterator[Baris]:
    """The kernel's own work per move of a pay slider, without a browser."""
    import kinerja as kj
    from kinerja.widget_tukin import Laboratorium, gambar_panel

    orang = kj.simulasi.buat("provinsi", 10_000, benih=1)
    kini = kj.simulasi.Skenario("Sekarang", "tpp-60-40", instansi="sumbar", tanpa=["pajak"]).jalankan(orang)
    lab = Laboratorium(kini)
    lama = []
    for i in range(KALI):
        awal = time.perf_counter()
        gambar_panel(lab, 103, **{**lab.awal, "porsi_kinerja": 50 + i})
        lama.append(1000 * (time.perf_counter() - awal))
    yield "(geser bayaran: inti saja)", lama


def ukur_lab(page: Page, alamat: str) -> Iterator[Baris]:
    """The widgets of four lessons in JupyterLab."""

    def buka(nama: str) -> None:
        page.goto(alamat.replace("01_desain_iki.ipynb", nama))
        tunggu_buka(page, nama)
        jalankan_semua(page)
        tunggu_selesai(page)

    def alat(peran: str, nama: str) -> tuple[Locator, Locator]:
        """A control by its label, and the picture of its panel."""
        satu = page.get_by_role(peran, name=nama, exact=True).first  # type: ignore[arg-type]
        satu.scroll_into_view_if_needed()
        panel = satu.locator("xpath=ancestor::*[contains(@class, 'widget-vbox')][last()]")
        return satu, panel.locator(":scope > .widget-html .widget-html-content")

    def tutup() -> None:
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    buka("01_desain_iki.ipynb")
    kotak, tempat = alat("textbox", "Indikator")
    kotak.focus()
    page.keyboard.press("End")
    yield "klinik: satu huruf", ukur(page, kotak, tempat, HURUF)
    yield "klinik: kata diketik cepat", ukur_cepat(page, kotak, tempat)
    yield "klinik: jenjang", ukur(page, *alat("combobox", "Jenjang"), PANAH)
    yield "kartu: target", ukur(page, *alat("textbox", "Target *"), HAPUS)
    tutup()
    buka("02_kaskade.ipynb")
    yield "pohon: perangkat daerah", ukur(page, *alat("combobox", "Perangkat daerah"), NAIK)
    yield "pohon: buka satu jenjang", ukur(page, *alat("slider", "Buka sampai jenjang ke"), GESER)
    tutup()
    buka("09_kuadran_dan_refleksi.ipynb")
    yield "kuadran 84 titik: meja", ukur(page, *alat("combobox", "Meja"), PANAH)
    tutup()
    buka("06_simulasi_tukin.ipynb")
    for nama in (
        "Indeks (persen dari sekarang)",
        "Porsi kinerja (persen)",
        "Tanpa keterangan sehari (persen)",
    ):
        yield f"bayaran: {nama.partition(' (')[0].lower()}", ukur(page, *alat("slider", nama), GESER)
    tutup()


def ukur_usb(page: Page, map_: Path, bermesin: bool) -> Iterator[Baris]:
    """The pages of the USB stick, from disk."""

    def satu(css: str) -> Locator:
        return page.locator(css).first

    if bermesin:
        page.goto((map_ / "klinik.html").as_uri())
        page.wait_for_function("document.documentElement.dataset.siap")
        page.wait_for_selector("#k-hasil mark")
        satu("#k-teks").focus()
        page.keyboard.press("End")
        yield "USB klinik: satu huruf", ukur(page, satu("#k-teks"), satu("#k-hasil"), HURUF)
        yield "USB klinik: kata diketik cepat", ukur_cepat(page, satu("#k-teks"), satu("#k-hasil"))
        page.fill("#k-baru", "Persentase keluarga berisiko stunting yang didampingi lengkap")
        yield "USB klinik: menulis ulang", ukur(page, satu("#k-baru"), satu("#k-hasil"), HURUF)
        yield "USB klinik: jawaban latihan", ukur(page, satu("#k-jawab"), satu("#k-nilai"), HURUF)
    page.goto((map_ / "kaskade.html").as_uri())
    yield "USB pohon: pilih induk", ukur(page, satu("#p-i-0"), satu("#p-pohon"), PANAH)
    cabang = satu("#p-pohon details summary")
    yield "USB pohon: buka cabang", ukur(page, cabang, satu("#p-pohon"), ENTER)
    page.goto((map_ / "kuadran.html").as_uri())
    page.locator('#q-perilaku input[value="sesuai"]').check()
    page.locator('#q-hasil input[value="sesuai"]').check()
    yield "USB kuadran: satu orang", ukur(page, satu("#q-hasil input:checked"), satu("#q-satu"), PANAH)
    yield (
        "USB kuadran: pindahkan satu titik",
        ukur(page, satu("#q-p1"), satu("#q-titik"), ENTER[:8]),
    )
    page.goto((map_ / "bayaran.html").as_uri())
    yield "USB bayaran: tanpa keterangan", ukur(page, satu("#b-alpa"), satu("#b-hasil"), GESER)


def tulis(baris: Iterator[Baris]) -> list[tuple[str, float]]:
    """Prints each row as it comes; gives name and p95."""
    hasil = []
    for nama, lama in baris:
        p50, (p90, p95) = statistics.median(lama), [statistics.quantiles(lama, n=20)[i] for i in (17, 18)]
        ya = ["ya" if p <= BATAS else "TIDAK" for p in (p50, p95)]
        print(f"{nama:38}{len(lama):5}{p50:8.0f}{p90:8.0f}{p95:8.0f}{ya[0]:>9}{ya[1]:>9}", flush=True)
        hasil.append((nama, p95))
    return hasil


def main() -> int:
    if CHROMIUM is None:
        print("chromium tidak terpasang; tidak diukur")
        return 0
    mulai = time.perf_counter()
    print(f"beban mesin {os.getloadavg()[0]:.1f} pada {os.cpu_count()} inti; batas {BATAS:.0f} ms")
    print(f"{'kendali':38}{'kali':>5}{'p50 ms':>8}{'p90':>8}{'p95':>8}{'p50 ≤':>9}{'p95 ≤':>9}")
    semua = []
    with tempfile.TemporaryDirectory() as tempat, peramban() as b:
        paket = tulis_paket(Path(tempat) / "usb", benih=1)
        if paket.tanpa_mesin:
            print(f"klinik USB tidak diukur: {paket.tanpa_mesin}")
        semua += tulis(ukur_usb(layar(b, offline=True), paket.map, not paket.tanpa_mesin))
        buku = [
            NOTEBOOK / n
            for n in (
                "01_desain_iki.ipynb",
                "02_kaskade.ipynb",
                "06_simulasi_tukin.ipynb",
                "09_kuadran_dan_refleksi.ipynb",
            )
        ]
        with server_lab(Path(tempat) / "lab", *buku) as alamat:
            semua += tulis(ukur_lab(layar(b), alamat))
        tulis(ukur_inti())
    lewat = [nama for nama, p95 in semua if p95 > BATAS]
    print(f"beban mesin {os.getloadavg()[0]:.1f}; {time.perf_counter() - mulai:.0f} detik")
    print(
        f"p95 tiap kendali di bawah {BATAS:.0f} ms: "
        + (f"tidak ({'; '.join(lewat)})" if lewat else "ya, semua")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
