"""The door in a real JupyterLab: a link in its text and one in its table open the lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from peramban import buka, perlu_peramban, potret, server_lab

from kinerja.bimtek.pelajaran import NOTEBOOK, PINTU, pelajaran

DI_DEPAN = "n => window.jupyterapp?.shell.currentWidget?.context?.path === n"


@pytest.mark.lambat
def test_tautan_pintu_membuka_pelajaran_di_jupyterlab(tmp_path: Path) -> None:
    perlu_peramban()
    dua = [p for p in pelajaran() if p.kode in ("01", "04")]
    with (
        server_lab(tmp_path / "b", NOTEBOOK / PINTU, *(p.jalur for p in dua)) as alamat,
        buka(alamat) as page,
    ):
        page.wait_for_function(DI_DEPAN, arg=PINTU)
        teks = page.locator(".jp-MarkdownOutput a", has_text="Merancang IKI").first
        teks.wait_for()
        potret(page, "pintu")
        teks.click()
        page.wait_for_function(DI_DEPAN, arg=dua[0].berkas)
        page.evaluate("n => window.jupyterapp.commands.execute('docmanager:open', { path: n })", PINTU)
        page.wait_for_function(DI_DEPAN, arg=PINTU)
        page.locator(".jp-OutputArea a", has_text="Skala dan ambang").first.click()
        page.wait_for_function(DI_DEPAN, arg=dua[1].berkas)
        assert page.luar == [], "tidak ada alamat di luar mesin ini yang diminta"
