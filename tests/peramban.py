"""JupyterLab in a real browser: a server of our own and Chromium over its own protocol, both ended with the block."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WAJIB_PERAMBAN = os.environ.get("KINERJA_WAJIB_PERAMBAN") == "1"
SINI = Path(__file__).parent


class Peramban:
    """Chromium without a window, spoken to in its own protocol."""

    def __init__(self, alamat: str, profil: Path) -> None:
        import websocket

        perintah = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"]
        asal = ["--remote-allow-origins=*", "--window-size=1366,900", f"--user-data-dir={profil}"]
        self.proses = subprocess.Popen(
            [CHROMIUM, *perintah, *asal, alamat], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        porta = tunggu(lambda: (profil / "DevToolsActivePort").read_text().split()[0], 60)
        daftar = tunggu(
            lambda: [h for h in ambil(f"http://127.0.0.1:{porta}/json") if h["type"] == "page"], 60
        )
        self.kabel = websocket.create_connection(daftar[0]["webSocketDebuggerUrl"], timeout=120)
        self.nomor = 0

    def perintah(self, cara: str, **isi):
        self.nomor += 1
        self.kabel.send(json.dumps({"id": self.nomor, "method": cara, "params": isi}))
        while (jawab := json.loads(self.kabel.recv())).get("id") != self.nomor:
            pass
        assert "error" not in jawab, jawab
        return jawab["result"]

    def js(self, kode: str):
        hasil = self.perintah("Runtime.evaluate", expression=kode, returnByValue=True, awaitPromise=True)
        return hasil["result"].get("value")

    def tekan(self, tombol: str, kode: int) -> None:
        """A key as a hand presses it."""
        isi = {"key": tombol, "code": tombol, "windowsVirtualKeyCode": kode}
        self.perintah("Input.dispatchKeyEvent", type="keyDown", **isi)
        self.perintah("Input.dispatchKeyEvent", type="keyUp", **isi)

    def simpan(self, berkas: Path) -> None:
        """What the window shows, as PNG."""
        import base64

        berkas.write_bytes(base64.b64decode(self.perintah("Page.captureScreenshot")["data"]))

    def tutup(self) -> None:
        self.kabel.close()
        self.proses.terminate()
        self.proses.wait(30)


def ambil(alamat: str):
    with urllib.request.urlopen(alamat, timeout=10) as r:
        return json.loads(r.read())


def tunggu(coba, detik: float):
    """What `coba` gives as soon as it gives something; its last error if it never does."""
    akhir = time.monotonic() + detik
    while True:
        try:
            if hasil := coba():
                return hasil
            galat: Exception = AssertionError("belum juga")
        except (OSError, ValueError, IndexError) as g:
            galat = g
        if time.monotonic() > akhir:
            raise galat
        time.sleep(0.3)


@contextlib.contextmanager
def buka_lab(notebook: Path, map_: Path) -> Iterator[Peramban]:
    """JupyterLab with a copy of this notebook open and its cells started; `map_` is an empty folder."""
    kerja = map_ / "kerja"
    kerja.mkdir()
    shutil.copy(notebook, kerja)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        porta = s.getsockname()[1]
    rumah = {f"JUPYTER_{n}_DIR": str(map_ / n.lower()) for n in ("CONFIG", "RUNTIME")}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={porta}",
         "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=uji",
         f"--ServerApp.root_dir={kerja}", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url="],
        env={**os.environ, **rumah, "JUPYTERLAB_WORKSPACES_DIR": str(map_ / "w"),
             "JUPYTERLAB_SETTINGS_DIR": str(map_ / "s"), "PYTHONPATH": str(SINI.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    peramban = None
    try:
        tunggu(lambda: ambil(f"http://127.0.0.1:{porta}/api/status?token=uji"), 90)
        alamat = f"http://127.0.0.1:{porta}/lab/tree/{notebook.name}?token=uji&reset"
        peramban = Peramban(alamat, map_ / "profil")
        siap = "!!(window.jupyterapp && document.querySelectorAll('.jp-Notebook .jp-Cell').length > 10)"
        tunggu(lambda: peramban.js(siap), 120)
        siap = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
        tunggu(lambda: peramban.js(siap), 120)
        peramban.js("window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => 1, () => 0); 1")
        yield peramban
    finally:
        if peramban:
            peramban.tutup()
        server.terminate()
        server.wait(30)
