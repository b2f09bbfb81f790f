"""`kinerja lab`: JupyterLab in Indonesian over a copy of the lessons; no internet, no log-in, nobody's own settings."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from nbformat.sign import NotebookNotary

from kinerja.bimtek.layanan import tunggu_jawab, tutup
from kinerja.bimtek.pelajaran import NOTEBOOK, PINTU, pelajaran
from kinerja.data.samaran import SAKELAR
from kinerja.parameter import AKAR_PARAMS

PORTA = 8888
_RUMAH = ".jupyter-bimtek"  # settings, run files and the log, inside the folder of the copies; hidden in the browser

# What JupyterLab shall do here; each person may change it in the menu, in this folder only.
_PENGATURAN = {
    "@jupyterlab/translation-extension:plugin": {"locale": "id_ID"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
}
# The same for a hall: large type, and of each cell only what it shows. Cells still run with Shift+Enter.
_GAYA_PROYEKTOR = """
body { --jp-content-font-size1: 26px; --jp-code-font-size: 22px; --jp-ui-font-size1: 15px }
.jp-Notebook .jp-RenderedHTMLCommon, .jp-Notebook .jp-OutputArea-output pre { font-size: 26px; line-height: 1.4 }
.jp-Notebook .jp-CodeCell .jp-Cell-inputWrapper, .jp-OutputPrompt, .jp-InputPrompt { display: none !important }
.jp-Notebook .jp-Cell { padding-bottom: 0.8em }
.jp-Notebook .jp-RenderedMarkdown :is(h1, h2) { color: #0b3d91 }
.jupyter-widgets { font-size: 20px !important; --jp-widgets-font-size: 20px; --jp-widgets-inline-height: 40px;
  --jp-widgets-inline-label-width: 320px; --jp-widgets-inline-width: 760px }
"""
_PADAM = (  # parts that ask the internet or offer what a hall must not install
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/extensionmanager-extension:plugin",
)


def berkas_pelajaran() -> list[Path]:
    """The lessons' notebooks, the door first, in the order in which they are taught."""
    return [p for p in (NOTEBOOK / PINTU, *(x.jalur for x in pelajaran())) if p.exists()]


def salin(asal: Sequence[Path], tujuan: Path, baru: bool = False, saat: datetime | None = None) -> list[str]:
    """Copy the lessons that `tujuan` does not have yet; returns what to tell about the copies.

    A lesson that somebody changed is kept. baru: all copies are made again, and a changed one is first moved to
    `tujuan`/lama-DATE-TIME, so that nothing written is lost. Originals are only read.
    """
    tujuan.mkdir(parents=True, exist_ok=True)
    lama = tujuan / f"lama-{saat or datetime.now().astimezone():%Y%m%d-%H%M%S}"
    disalin, dipindah, dipertahankan = 0, 0, 0
    for sumber in asal:
        salinan = tujuan / sumber.name
        if salinan.exists() and salinan.read_bytes() != sumber.read_bytes():
            if not baru:
                dipertahankan += 1
                continue
            lama.mkdir(exist_ok=True)
            salinan.replace(lama / sumber.name)
            dipindah += 1
        if not salinan.exists():
            sementara = salinan.with_suffix(".baru")  # a copy that stops half-way must not pass for a lesson
            shutil.copyfile(sumber, sementara)
            sementara.replace(salinan)
            disalin += 1
    kata = []
    if disalin:
        kata.append(f"{disalin} pelajaran disalin ke {tujuan}.")
    if dipindah:
        kata.append(f"{dipindah} pelajaran yang sudah Anda ubah disimpan di {lama}.")
    if dipertahankan:
        kata.append(
            f"{dipertahankan} salinan berbeda dari aslinya (sudah diubah atau dijalankan) dan dipakai apa adanya. "
            "Untuk mulai dari awal: kinerja lab --baru."
        )
    return kata


def siapkan_rumah(map_: Path, pelajaran: Sequence[Path], proyektor: bool = False) -> dict[str, str]:
    """Write our settings beside the copies and trust what we ourselves stored in them; returns the environment.

    proyektor: large type, no code, and people masked. The person's own Jupyter settings are neither read nor written.
    """
    rumah = map_ / _RUMAH
    for berkas, isi in (
        (rumah / "app" / "settings" / "overrides.json", _PENGATURAN),
        (
            rumah / "config" / "labconfig" / "page_config.json",
            {"disabledExtensions": dict.fromkeys(_PADAM, True)},
        ),
    ):
        berkas.parent.mkdir(parents=True, exist_ok=True)
        berkas.write_text(json.dumps(isi, indent=1), encoding="utf-8")
    gaya = rumah / "config" / "custom" / "custom.css"
    gaya.parent.mkdir(exist_ok=True)
    gaya.write_text(_GAYA_PROYEKTOR if proyektor else "", encoding="utf-8")
    tulis_bahasa(rumah / "bahasa")
    data = rumah / "data"
    data.mkdir(exist_ok=True)
    notaris = NotebookNotary(data_dir=str(data))
    for p in pelajaran:
        with suppress(OSError, ValueError):  # a copy that somebody broke is shown as it is
            notaris.sign(nbformat.read(p, as_version=4))
    return {
        "JUPYTER_CONFIG_DIR": str(rumah / "config"),
        "JUPYTER_DATA_DIR": str(data),
        "JUPYTER_RUNTIME_DIR": str(rumah / "jalan"),
        "JUPYTERLAB_SETTINGS_DIR": str(rumah / "pengaturan"),
        "JUPYTERLAB_WORKSPACES_DIR": str(rumah / "ruang"),
        # our language pack before the installed one, which it contains
        "PYTHONPATH": os.pathsep.join(filter(None, (str(rumah / "bahasa"), os.environ.get("PYTHONPATH")))),
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this installation, whatever else the account has
        **({SAKELAR: "1"} if proyektor else {}),
    }


def tulis_bahasa(map_: Path) -> None:
    """The installed Indonesian language pack with our words over it, as a package in `map_` of the same name.

    The installed one leaves most menus in English and some words are slips; it stays as it is.
    """
    nama = "jupyterlab_language_pack_id_ID"
    asal = find_spec(nama)
    if asal is None or asal.origin is None:
        return  # an installation without it speaks English; nothing else is lost
    tujuan = map_ / nama
    shutil.copytree(Path(asal.origin).parent, tujuan, dirs_exist_ok=True)
    kamus = json.loads((AKAR_PARAMS / "bimtek" / "antarmuka.json").read_text(encoding="utf-8"))
    pesan = tujuan / "locale" / "id_ID" / "LC_MESSAGES"
    isi = json.loads((pesan / "jupyterlab.json").read_text(encoding="utf-8"))
    # the server translates the menus from the compiled file, the page everything else from the JSON
    katalog = Catalog(locale="id_ID", charset="utf-8")
    for kunci, kata in kamus.items():
        isi |= {kunci: [kata], f"menu\x04{kunci}": [kata]}
    for kunci, kata in isi.items():
        if kunci:
            konteks, _, asli = kunci.rpartition("\x04")
            katalog.add(asli, kata[0], context=konteks or None)
    (pesan / "jupyterlab.json").write_text(json.dumps(isi, ensure_ascii=False), encoding="utf-8")
    with (pesan / "jupyterlab.mo").open("wb") as f:
        write_mo(f, katalog)


@contextmanager
def lab(
    map_: Path, porta: int, pembuka: str, buka: bool, proyektor: bool = False
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """JupyterLab on loopback over the lessons in `map_`; gives its address and process, ended with the block.

    pembuka: the lesson that opens first. buka: open the browser too. proyektor: see `siapkan_rumah`.
    """
    lingkungan = siapkan_rumah(map_, sorted(map_.glob("*.ipynb")), proyektor)
    token = secrets.token_urlsafe(24)
    catatan = map_ / _RUMAH / "lab.log"
    perintah = [
        sys.executable, "-m", "jupyterlab",
        f"--ServerApp.root_dir={map_}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={porta}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.open_browser={buka}",
        "--ServerApp.allow_root=True",
        "--ServerApp.answer_yes=True",
        "--ServerApp.terminals_enabled=False",
        f"--LabApp.app_settings_dir={map_ / _RUMAH / 'app' / 'settings'}",
        f"--LabApp.default_url=/lab/tree/{pembuka}",
        "--LabApp.custom_css=True",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    ]  # fmt: skip
    with catatan.open("wb") as log:
        proses = subprocess.Popen(
            perintah,
            env={
                **os.environ,
                **lingkungan,
                "JUPYTER_TOKEN": token,
            },  # not on the command line, which all may read
            cwd=map_,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            tunggu_jawab(f"http://127.0.0.1:{porta}/api/status?token={token}", proses, catatan)
            yield f"http://127.0.0.1:{porta}/lab/tree/{pembuka}?token={token}", proses
        finally:
            tutup(proses)
