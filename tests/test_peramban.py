"""Lessons as a participant sees them: JupyterLab and Voila in a real browser, with a hand on keys and sliders."""

from __future__ import annotations

from pathlib import Path

import pytest
from peramban import (
    buka,
    galat_sel,
    jalankan_semua,
    layar,
    peramban,
    perlu_peramban,
    potret,
    server_lab,
    tunggu,
    tunggu_buka,
    tunggu_selesai,
)

from kinerja.bimtek import lab

PELAJARAN = lab.berkas_pelajaran()
LEMAH = "Menghadiri rapat koordinasi"


def berkas(awalan: str) -> Path:
    return next(p for p in PELAJARAN if p.name.startswith(awalan))


@pytest.fixture(scope="module")
def jendela():
    perlu_peramban()
    with peramban() as b:
        yield b


@pytest.fixture(scope="module")
def alamat(tmp_path_factory):
    """`kinerja lab` over all lessons, in a folder whose name has spaces and letters outside ASCII."""
    perlu_peramban()
    with server_lab(tmp_path_factory.mktemp("lab") / "Bimtek Kinerja é", *PELAJARAN) as a:
        yield a


def pelajaran_dibuka(jendela, alamat, nama):
    page = layar(jendela)
    page.goto(alamat.replace(PELAJARAN[0].name, nama))
    tunggu_buka(page, nama)
    return page


def hentikan_kernel(page):
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.close()


def coba_klinik(kotak):
    """Types a weak indicator with the keyboard alone and reads the advice; Tab reaches the next field."""
    page = kotak.page
    panel = kotak.locator("xpath=ancestor::*[contains(@class, 'widget-vbox')][1]")
    kotak.scroll_into_view_if_needed()
    kotak.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(LEMAH)
    tunggu(lambda: "L1 Kata kerja kegiatan" in (teks := panel.inner_text()) and "“Menghadiri”" in teks)
    assert "Berhenti di anak tangga aktivitas" in panel.inner_text()
    urutan = []
    for _ in range(5):
        page.keyboard.press("Tab")
        urutan.append(page.evaluate("document.activeElement.type || document.activeElement.tagName"))
    assert urutan == ["select-one", "text", "text", "checkbox", "submit"]
    return panel


def geser(gagang):
    """Moves this slider one step with the keyboard and waits until the picture beside it is another."""
    page = gagang.page
    gagang.scroll_into_view_if_needed()
    isi = gagang.locator(
        "xpath=ancestor::*[contains(@class, 'jp-OutputArea') or contains(@class, 'jp-Cell')][last()]"
    ).first
    awal = isi.inner_html()
    gambar = isi.locator("svg, img, table").evaluate_all("x => x.map(e => e.outerHTML).join('')")
    gagang.focus()
    nilai = gagang.get_attribute("aria-valuenow")
    page.keyboard.press("ArrowLeft" if nilai == gagang.get_attribute("aria-valuemax") else "ArrowRight")
    tunggu(
        lambda: gambar != isi.locator("svg, img, table").evaluate_all("x => x.map(e => e.outerHTML).join('')")
    )
    assert awal != isi.inner_html()


def test_lab_membuka_pelajaran_dalam_bahasa_indonesia(tmp_path):
    """The quick one of `make uji`: the door opens in Indonesian, in order, and nothing leaves the machine."""
    perlu_peramban()
    with server_lab(tmp_path / "bimtek", *PELAJARAN) as a, buka(a) as page:
        tunggu_buka(page, PELAJARAN[0].name)
        daftar = page.locator(".jp-DirListing-itemText").all_inner_texts()
        assert [n.strip() for n in daftar] == sorted(p.name for p in PELAJARAN)
        potret(page, "lab-pintu")
        assert page.luar == []


@pytest.mark.lambat
@pytest.mark.parametrize("nama", [p.name for p in PELAJARAN])
def test_pelajaran_berjalan_di_jupyterlab(jendela, alamat, nama):
    page = pelajaran_dibuka(jendela, alamat, nama)
    potret(page, f"lab-{nama[:2]}-buka")
    jalankan_semua(page)
    tunggu_selesai(page)
    assert galat_sel(page) == []
    if (gagang := page.locator(".widget-hslider .noUi-handle")).count():
        geser(gagang.first)
        potret(page, f"lab-{nama[:2]}-geser")
    if (kotak := page.locator(".widget-textarea textarea")).count():
        panel = coba_klinik(kotak.first)
        potret(page, f"lab-{nama[:2]}-klinik")
        panel.get_by_text("Kembali ke awal").click()
        tunggu(lambda: "L2 Kegiatan berbaju hasil" in panel.inner_text())
    assert page.luar == []
    hentikan_kernel(page)
