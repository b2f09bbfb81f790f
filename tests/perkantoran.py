"""LibreOffice as a reader that is not us: opens what we write, recalculates it, prints it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
WAJIB_PERKANTORAN = os.environ.get("KINERJA_WAJIB_PERKANTORAN") == "1"
_SARINGAN = {"xlsx": "xlsx:Calc MS Excel 2007 XML"}


def ubah(berkas: Path, ke: str, map_: Path) -> Path:
    """`berkas` saved by LibreOffice as `ke` (pdf, xlsx) under `map_`, with a profile of its own.

    Skips without LibreOffice, unless KINERJA_WAJIB_PERKANTORAN=1 makes that a failure.
    """
    if SOFFICE is None:
        if WAJIB_PERKANTORAN:
            pytest.fail("KINERJA_WAJIB_PERKANTORAN=1, tetapi LibreOffice tidak terpasang")
        pytest.skip("LibreOffice tidak terpasang")
    tujuan = map_ / "hasil"
    perintah = [SOFFICE, f"-env:UserInstallation={(map_ / 'profil').as_uri()}", "--headless", "--convert-to"]
    jalan = [*perintah, _SARINGAN.get(ke, ke), "--outdir", str(tujuan), str(berkas)]
    proses = subprocess.run(jalan, capture_output=True, timeout=300)
    hasil = tujuan / f"{berkas.stem}.{ke}"
    assert hasil.is_file(), (proses.stdout + proses.stderr).decode(errors="replace")
    return hasil
