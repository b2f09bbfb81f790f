"""A real browser for tests: Playwright drives the machine's own Chromium; nothing is downloaded, nothing stays open."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from kinerja.bimtek import lab

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
POTRET = Path(__file__).parents[1] / "reports" / "peramban"  # what the browser showed, to be looked at
LAYAR = {"width": 1366, "height": 900}  # a participant's laptop
_SABAR = 120_000  # milliseconds; a busy machine is slow, not wrong


def perlu_peramban() -> None:
    """Skip where there is no browser; fail where KINERJA_WAJIB_PERAMBAN says that there must be one."""
    if CHROMIUM is None:
        if os.environ.get("KINERJA_WAJIB_PERAMBAN") == "1":
            pytest.fail("KINERJA_WAJIB_PERAMBAN=1, tetapi chromium tidak terpasang")
        pytest.skip("chromium tidak terpasang")


@contextlib.contextmanager
def peramban() -> Iterator[Any]:
    """Chromium without a window (Playwright's Browser)."""
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield b
        finally:
            b.close()


def layar(b: Any, **pilihan: Any) -> Page:
    """A new window of this browser that notes in `page.luar` every address asked for outside this machine."""
    page = b.new_page(**{"viewport": LAYAR, "locale": "id-ID", **pilihan})
    page.set_default_timeout(_SABAR)
    page.luar = []
    page.on("request", lambda r: page.luar.append(r.url) if _luar(r.url) else None)
    return page


def _luar(alamat: str) -> bool:
    bagian = urlsplit(alamat)
    return bagian.scheme.startswith(("http", "ws")) and bagian.hostname not in ("127.0.0.1", "localhost")


@contextlib.contextmanager
def buka(alamat: str) -> Iterator[Page]:
    """One window at this address."""
    with peramban() as b:
        page = layar(b)
        page.goto(alamat)
        yield page


def potret(page: Page, nama: str) -> Path:
    """What the window shows, as PNG among the artefacts."""
    POTRET.mkdir(parents=True, exist_ok=True)
    berkas = POTRET / f"{nama}.png"
    page.screenshot(path=berkas)
    return berkas


def tunggu(coba: Callable[[], Any], detik: float = _SABAR / 1000) -> Any:
    """What `coba` gives as soon as it gives something; AssertionError if it never does."""
    akhir = time.monotonic() + detik
    while not (hasil := coba()):
        assert time.monotonic() < akhir, "belum juga"
        time.sleep(0.1)
    return hasil


def porta_acak() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


# --- JupyterLab ---------------------------------------------------------------------------------------

_KINI = "window.jupyterapp.shell.currentWidget"


@contextlib.contextmanager
def server_lab(map_: Path, *notebook: Path, proyektor: bool = False) -> Iterator[str]:
    """`kinerja lab` (`--proyektor`) over copies of these notebooks in the empty folder `map_`; gives the address."""
    lab.salin(notebook, map_)
    # the test asks the application itself when a notebook has finished
    buka_app = map_ / ".jupyter-bimtek" / "config" / "jupyter_lab_config.json"
    buka_app.parent.mkdir(parents=True)
    buka_app.write_text('{"LabApp": {"expose_app_in_browser": true}}', encoding="utf-8")
    with lab.lab(map_, porta_acak(), notebook[0].name, False, proyektor) as (alamat, _):
        yield alamat


@contextlib.contextmanager
def buka_lab(notebook: Path, map_: Path) -> Iterator[Page]:
    """JupyterLab with a copy of this notebook open and its cells started."""
    with server_lab(map_ / "bimtek", notebook) as alamat, buka(alamat) as page:
        tunggu_buka(page, notebook.name)
        jalankan_semua(page)
        yield page


def tunggu_buka(page: Page, nama: str) -> None:
    """Until this notebook is in front and its kernel listens."""
    page.wait_for_function(
        f"n => window.jupyterapp && {_KINI}?.context?.path === n && {_KINI}.content.widgets.length > 5"
        f" && {_KINI}.sessionContext?.session?.kernel?.status === 'idle'",
        arg=nama,
    )


def jalankan_semua(page: Page) -> None:
    """Start all cells as the menu does; a window must not wait for the promise, which ends with the last cell."""
    page.evaluate(
        "() => { window.selesai = false;"
        " window.jupyterapp.commands.execute('notebook:run-all-cells').finally(() => { window.selesai = true; }); }"
    )


def tunggu_selesai(page: Page) -> None:
    """Until every cell that was started has ended and the kernel rests."""
    page.wait_for_function(
        f"() => window.selesai && {_KINI}.sessionContext.session.kernel.status === 'idle'", timeout=2 * _SABAR
    )


def galat_sel(page: Page) -> list[str]:
    """Every error that a cell of the notebook in front shows."""
    return page.evaluate(
        f"() => {_KINI}.content.model.toJSON().cells.flatMap(c => c.outputs || [])"
        ".filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue)"
    )
