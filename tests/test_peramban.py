"""Lessons as a participant sees them: JupyterLab and Voila in a real browser, with a hand on keys and sliders."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from peramban import (
    buka,
    galat_sel,
    jalankan_semua,
    layar,
    peramban,
    perlu_peramban,
    porta_acak,
    potret,
    server_lab,
    tunggu,
    tunggu_buka,
    tunggu_selesai,
)

from kinerja.bimtek import lab, pamer, pelajaran

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


def panel_dari(alat):
    """The panel that holds this control: its fields, buttons and picture."""
    return alat.locator("xpath=ancestor::*[contains(@class, 'widget-vbox')][last()]")


def isi_panel(panel):
    """What a panel shows, without its fields: the pictures and words that follow from them."""
    return panel.evaluate(
        "p => [...p.querySelectorAll(':scope > .widget-html .widget-html-content')].map(x => x.innerHTML).join('|')"
    )


def isi_tenang(panel):
    """What a panel shows once nothing has changed in it for a second."""
    lama = ""
    while lama != (kini := isi_panel(panel)):
        lama = kini
        panel.page.wait_for_timeout(1000)
    return kini


def pilih(daftar):
    """Moves this list by one choice with an arrow key and waits until the picture is another."""
    panel = panel_dari(daftar)
    daftar.scroll_into_view_if_needed()
    awal = isi_panel(panel)
    daftar.focus()
    akhir = daftar.evaluate("e => e.selectedIndex === e.options.length - 1")
    daftar.page.keyboard.press("ArrowUp" if akhir else "ArrowDown")
    tunggu(lambda: isi_panel(panel) != awal)
    return panel


def tangkap_pemilih(page):
    """From now on the page's file choosers are caught: one opened before that would stay open, unseen, for ever."""
    page.on("filechooser", lambda _: None)
    page.wait_for_timeout(500)


def coba_keadaan(panel, awal, map_):
    """Saves what a changed panel is set to, brings it back to its beginning, and opens the file: by keys only."""
    page, berubah = panel.page, isi_tenang(panel)
    assert berubah != awal
    panel.get_by_role("link", name="Simpan keadaan").focus()
    with page.expect_download() as unduh:
        page.keyboard.press("Enter")
    assert unduh.value.suggested_filename == "keadaan.json"
    berkas = map_ / "keadaan.json"
    unduh.value.save_as(berkas)
    panel.get_by_role("button", name="Kembali ke awal").focus()
    page.keyboard.press("Enter")
    tunggu(lambda: isi_panel(panel) == awal)
    panel.get_by_role("button", name="Buka keadaan").focus()
    with page.expect_file_chooser() as pemilih:
        page.keyboard.press("Enter")
    pemilih.value.set_files(berkas)
    panel.get_by_text("Keadaan dari keadaan.json dipasang.").wait_for()
    tunggu(lambda: isi_panel(panel) == berubah)


TANPA_NAMA = """() => [...document.querySelectorAll(
    ".jupyter-widgets :is(input, select, textarea, button, [role=slider], [contenteditable=true])")]
  .filter(e => e.offsetParent && e.type !== "file")
  .filter(e => !(e.getAttribute("aria-label") || e.title || e.textContent.trim() && e.tagName === "BUTTON"
    || [...(e.labels ?? [])].some(l => l.textContent.trim())))
  .map(e => e.outerHTML.slice(0, 120))"""
TERPOTONG = """() => [...document.querySelectorAll(".jupyter-widgets :is(.widget-label, button)")]
  .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""


def coba_kendali(page, potret_):
    """Every control of the page has a name and room for it; a slider and a list move the picture beside them."""
    assert page.evaluate(TANPA_NAMA) == []
    assert page.evaluate(TERPOTONG) == []
    if (gagang := page.locator(".widget-hslider .noUi-handle")).count():
        geser(gagang.first)
        potret_("geser")
    if (daftar := page.locator(".widget-dropdown select")).count():
        pilih(daftar.first)
        potret_("pilih")
    if (kotak := page.locator(".widget-textarea textarea")).count():
        panel = coba_klinik(kotak.first)
        potret_("klinik")
        panel.get_by_text("Kembali ke awal").click()
        tunggu(lambda: "L2 Kegiatan berbaju hasil" in panel.inner_text())


def test_lab_membuka_pelajaran_dalam_bahasa_indonesia(tmp_path):
    """The quick one of `make uji`: the door opens in Indonesian, in order, and nothing leaves the machine."""
    perlu_peramban()
    with server_lab(tmp_path / "bimtek", *PELAJARAN) as a, buka(a) as page:
        tunggu_buka(page, PELAJARAN[0].name)
        daftar = page.locator(".jp-DirListing-itemText").all_inner_texts()
        assert [n.strip() for n in daftar] == sorted(p.name for p in PELAJARAN)
        menu = page.locator(".lm-MenuBar-item").all_inner_texts()
        assert menu == ["Berkas", "Sunting", "Lihat", "Jalankan", "Kernel", "Tab", "Pengaturan", "Bantuan"]
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
    coba_kendali(page, lambda apa: potret(page, f"lab-{nama[:2]}-{apa}"))
    assert page.luar == []
    hentikan_kernel(page)


@pytest.mark.lambat
def test_kartu_diisi_dengan_papan_ketik(jendela, alamat, tmp_path):
    """The card of an indicator: Tab goes through its fields in order, what is missing follows every key."""
    page = pelajaran_dibuka(jendela, alamat, berkas("01").name)
    jalankan_semua(page)
    tunggu_selesai(page)
    isian = page.get_by_label("Pemilik *")
    isian.scroll_into_view_if_needed()
    panel = panel_dari(isian)
    awal = isi_tenang(panel)
    assert "Kartu lengkap" in awal
    isian.focus()
    urutan = [page.evaluate("document.activeElement.labels[0].textContent")]
    for _ in range(4):
        page.keyboard.press("Tab")
        urutan.append(page.evaluate("document.activeElement.labels[0].textContent"))
    label = panel.locator(".widget-label").all_inner_texts()
    mulai = label.index("Pemilik *")
    assert urutan == label[mulai : mulai + 5]
    isian.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    tunggu(lambda: "Yang perlu dilengkapi" in isi_panel(panel))
    panel.get_by_label("Polaritas").focus()
    page.keyboard.press("ArrowDown")  # now the formula no longer fits
    panel.get_by_label("Target *").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("sekitar 20")
    tunggu(
        lambda: "sekitar 20" in panel.get_by_label("Target *").input_value() and "angka" in isi_panel(panel)
    )
    potret(page, "lab-01-kartu")
    tangkap_pemilih(page)
    coba_keadaan(panel, awal, tmp_path)
    assert panel.get_by_label("Target *").input_value() == "sekitar 20"
    hentikan_kernel(page)


@pytest.mark.lambat
def test_panel_kaskade_dengan_papan_ketik(jendela, alamat, tmp_path):
    """Each of the five panels of the cascade: a key changes what it shows; its state returns from a file."""
    page = pelajaran_dibuka(jendela, alamat, berkas("02").name)
    jalankan_semua(page)
    tunggu_selesai(page)
    tangkap_pemilih(page)
    for ke, (peran, nama) in enumerate(
        [
            ("combobox", "Perangkat daerah"),
            ("slider", "Buka sampai jenjang ke"),
            ("combobox", "Sebutan jenjang"),
            ("slider", "Perbaikan yang diterapkan"),
            ("slider", "Target (kunjungan)"),
            ("combobox", "Pegawai"),
        ]
    ):
        alat = page.get_by_role(peran, name=nama, exact=True)
        alat.scroll_into_view_if_needed()
        panel = panel_dari(alat)
        awal = isi_tenang(panel)
        if peran == "slider":
            geser(alat)
        else:
            pilih(alat)
        bingkai = "e => e === document.activeElement && getComputedStyle(e).outlineWidth"
        assert alat.evaluate(bingkai) == "3px", nama  # where the keys are is seen
        potret(page, f"lab-02-panel-{ke}")
        map_ = tmp_path / str(ke)
        map_.mkdir()
        coba_keadaan(panel, awal, map_)
        panel.get_by_role("button", name="Kembali ke awal").click()  # two controls share a panel
        isi_tenang(panel)
    hentikan_kernel(page)


# -- Voila ------------------------------------------------------------------------------------------------

# what a hand can move; lessons that are only read do not differ from each other here
SAJIAN = [
    p
    for p in pelajaran.pelajaran()
    if re.search(r"kj\.widget\w*\.(kendali|panel_|klinik)", p.jalur.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def hall():
    """`kinerja pamer` with two places, all lessons ready: its address and code."""
    perlu_peramban()
    kode = pamer.kode_baru()
    with pamer.pamer(SAJIAN, "127.0.0.1", porta_acak(), kode, 2) as (a, _, catatan):

        def siap():
            with urllib.request.urlopen(f"{a}kesiapan?token={kode}", timeout=60) as r:
                isi = json.load(r)
            assert isi["gagal"] == [], catatan.read_text(encoding="utf-8")
            return len(isi["siap"]) == len(SAJIAN)

        tunggu(siap, 600)
        yield a, kode


@pytest.mark.lambat
def test_peserta_masuk_dengan_kode_dari_papan(jendela, hall):
    a, kode = hall
    page = layar(jendela, viewport={"width": 400, "height": 800})  # a telephone
    page.goto(a + "pelajaran/01")
    page.fill("#kode", "bukan itu")
    page.keyboard.press("Enter")
    page.wait_for_selector(".salah")
    potret(page, "pamer-kode-salah")
    page.fill("#kode", f"{kode[:4].lower()} {kode[4:].lower()}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#rendered_cells", state="visible")
    page.goto(a)
    assert page.locator("main a").all_inner_texts() == [p.judul for p in SAJIAN]
    potret(page, "pamer-daftar")
    page.goto(a + "tidak-ada")
    assert "Halaman ini tidak ada." in page.inner_text("main")
    for jalan in (
        "voila/api/contents/",
        "voila/files/01_desain_iki.ipynb",
        "voila/render/01_desain_iki.ipynb",
    ):
        assert page.request.get(a + jalan).status in (404, 405), jalan
    page.context.close()


@pytest.mark.lambat
@pytest.mark.parametrize("p", SAJIAN, ids=[p.kode for p in SAJIAN])
def test_pelajaran_berjalan_di_pamer(jendela, hall, p):
    a, kode = hall
    page = layar(jendela)
    page.goto(f"{a}pelajaran/{p.kode}?token={kode}")
    page.wait_for_selector("#rendered_cells", state="visible")
    assert (
        page.locator(".jp-InputArea-editor, .jp-RenderedText[data-mime-type*=stderr]").count() == 0
    )  # no code
    page.wait_for_selector(".jupyter-widgets")
    bawah = page.locator(".kj-atas").bounding_box()
    assert (
        page.locator("h1").first.bounding_box()["y"] >= bawah["y"] + bawah["height"]
    )  # the title is not covered
    coba_kendali(page, lambda apa: potret(page, f"pamer-{p.kode}-{apa}"))
    potret(page, f"pamer-{p.kode}")
    assert page.luar == []
    page.goto("about:blank")  # leaving the page gives the place back
    page.close()
    tunggu(lambda: peserta(hall) == 0)


def peserta(hall):
    a, kode = hall
    with urllib.request.urlopen(f"{a}kesiapan?token={kode}", timeout=60) as r:
        return json.load(r)["peserta"]


@pytest.mark.lambat
def test_ruang_penuh_diberi_tahu_dan_tempat_yang_kosong_terpakai(jendela, hall):
    a, kode = hall
    halaman = [layar(jendela) for _ in range(3)]
    for page in halaman[:2]:
        page.goto(f"{a}pelajaran/06?token={kode}")
        page.wait_for_selector(".kj-langsung")
    tamu = halaman[2]
    jawab = tamu.goto(f"{a}pelajaran/06?token={kode}")
    assert jawab.status == 503
    assert "Tempat sedang penuh: 2 peserta" in tamu.inner_text("main")
    potret(tamu, "pamer-penuh")
    halaman[0].goto("about:blank")
    tunggu(lambda: peserta(hall) == 1)
    tamu.reload()
    tamu.wait_for_selector(".kj-langsung")
    for page in halaman:
        page.goto("about:blank")
        page.close()


@pytest.mark.lambat
def test_proyektor_huruf_besar_tanpa_kode_dan_tanpa_nama(jendela, tmp_path):
    with server_lab(tmp_path / "proyektor", berkas("05"), proyektor=True) as alamat:
        page = layar(jendela, viewport={"width": 1920, "height": 1080})
        page.goto(alamat)
        tunggu_buka(page, berkas("05").name)
        jalankan_semua(page)
        tunggu_selesai(page)
        assert not galat_sel(page)
        tampak = "x => [...document.querySelectorAll(x)].some(e => e.offsetParent !== null)"
        assert not page.evaluate(tampak, ".jp-Notebook .jp-CodeCell .jp-Cell-inputWrapper")
        assert page.evaluate(tampak, ".jp-Notebook .jp-CodeCell .jp-OutputArea-output")
        besar = "x => parseFloat(getComputedStyle(document.querySelector(x)).fontSize)"
        assert page.evaluate(besar, ".jp-Notebook .jp-RenderedMarkdown p") >= 24
        kode = "import kinerja as kj; print(kj.buat_contoh('sumbar', pegawai=60)['pegawai']['nip'][0])"
        jawab = page.evaluate(
            """async kode => { let keluar = ""; const k = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const m = k.requestExecute({ code: kode }); m.onIOPub = p => { keluar += p.content.text ?? ""; };
            await m.done; return keluar; }""",
            kode,
        )
        assert jawab.startswith("SAMARAN-")
        potret(page, "lab-proyektor-05")
