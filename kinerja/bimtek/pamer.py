"""`kinerja pamer`: the lessons as applications on the hall's network (Voila), code hidden, a short code as the key.

Every lesson is run once (`benih`) and its page is made once; a participant who opens it gets that page and a kernel
branched from the seed. Nobody can send code: Voila's server passes widget messages only. More participants than the
machine carries get a page that says so, not a crash.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from nbformat import NotebookNode
from tornado import web
from traitlets.config import Config
from voila.app import Voila
from voila.notebook_renderer import NotebookRenderer
from voila.tornado.handler import TornadoVoilaHandler
from voila.utils import get_page_config

from kinerja.bimtek import benih
from kinerja.bimtek.layanan import tunggu_jawab, tutup
from kinerja.bimtek.pelajaran import Pelajaran, pelajaran
from kinerja.data.samaran import SAKELAR

PORTA = 8866
PALING = 84  # participants at once, where kernels branch (measured: tests/bench_pamer.py)
PALING_TANPA_CABANG = 12  # where each participant costs a whole Python
_TEMPLAT = Path(__file__).parent / "templat"
_HURUF = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that reads as something else on a board
_PANJANG_KODE = 8  # 31^8: guessing a thousand a second takes 27 years
_TANDA_KERNEL = "00000000-kernel-dari-peserta-000000000000"  # stands in a page for the kernel of who opens it
_SEKALIGUS = 2  # lessons prepared side by side
_DIAM_PUTUS = 300  # seconds after which the kernel of somebody who has gone is ended


def kode_baru() -> str:
    """A code to write on the board."""
    return "".join(secrets.choice(_HURUF) for _ in range(_PANJANG_KODE))


def rapikan_kode(teks: str) -> str:
    """A code as somebody typed it from the board: small letters, spaces and dashes do not matter."""
    return "".join(h for h in teks.upper() if h.isalnum())


def alamat_hall() -> str:
    """This machine's address on the network it is in; loopback if it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.1", 9))  # a documentation address: only asks which way out would be taken
            return str(s.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def papan_tulis(alamat: str, kode: str, terbuka: bool, paling: int) -> str:
    """What the trainer reads: the address and code to write down, a QR code of both, and what stands open."""
    baris = ["", "Tulis di papan:", "", f"    {alamat}", f"    kode: {kode[:4]} {kode[4:]}", ""]
    if terbuka:
        import segno

        qr = io.StringIO()
        segno.make(f"{alamat}?token={kode}", error="l").terminal(out=qr, border=2, compact=True)
        baris += [
            qr.getvalue(),
            "Terbuka bagi semua yang ada di jaringan ini dan tahu kodenya: pelajaran dengan pegawai sintetis, tanpa kode",
            "program, tanpa kunci latihan. Sambungannya tidak disandikan; jangan tampilkan data pegawai sungguhan.",
        ]
    else:
        baris.append("Hanya komputer ini yang dapat membukanya. Untuk peserta di ruang: --alamat 0.0.0.0")
    return "\n".join([*baris, f"Paling banyak {paling} peserta sekaligus. Tekan Ctrl+C untuk menutup.", ""])


def halaman_paket(map_: Path) -> dict[str, bytes]:
    """The pages of a USB package, by name and gzipped once for the whole hall. Nothing else in the folder is served.

    ValueError if `map_` holds no package.
    """
    isi = {p.name: gzip.compress(p.read_bytes(), mtime=0) for p in sorted(map_.glob("*.html"))}
    if "mulai.html" not in isi:
        raise ValueError(f"{map_}: bukan paket USB. Buat dulu dengan kinerja bimtek usb --keluaran {map_}.")
    return isi


@dataclass
class Sajian:
    """One lesson on offer. `halaman` is empty until it is ready; `galat` says that it cannot be."""

    pelajaran: Pelajaran
    berkas: Path
    benih: benih.Benih | None = None
    halaman: str = ""
    galat: str = ""

    @property
    def siap(self) -> bool:
        return bool(self.halaman) or (self.benih is None and not self.galat)


# --- kernels that branch ---------------------------------------------------------------------------------


class _Anak:
    """A process that is not our child, as far as jupyter_client wants to know about one."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        return 0

    def send_signal(self, nomor: int) -> None:
        os.kill(self.pid, nomor)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Cabang(LocalProvisioner):
    """Starts a kernel by branching the seed of its lesson."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        pengelola: Any = self.parent
        sajian: Sajian = pengelola.parent.parent.sajian[kwargs["env"]["KINERJA_PELAJARAN"]]
        assert sajian.benih
        anak: Any = _Anak(await asyncio.to_thread(sajian.benih.cabang, pengelola.connection_file))
        self.process, self.pid = anak, anak.pid
        return self.connection_info


class PengelolaCabang(ServerKernelManager):
    """Jupyter's kernel manager, with `Cabang` in the place of a new process."""

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or kw.get("kernel_id")
            self.provisioner = Cabang(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kw)


class _Perender(NotebookRenderer):  # type: ignore[misc]
    """Voila's renderer over a notebook that has already run, for whatever kernel comes."""

    def __init__(self, nb: NotebookNode, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._nb = nb

    async def load_notebook(self, path: str) -> NotebookNode:
        nb: NotebookNode = await self.fix_notebook(self._nb)
        return nb

    async def _jinja_kernel_start(self, nb: NotebookNode, kernel_id: str, kernel_future: Any) -> str:
        return kernel_id

    async def _jinja_cell_generator(self, nb: NotebookNode, kernel_id: str) -> Any:
        for sel in nb.cells:
            yield sel


# --- pages ---------------------------------------------------------------------------------------------


class _Halaman(JupyterHandler):
    """Common to our own pages."""

    @property
    def app(self) -> Pamer:
        app: Pamer = self.settings["pamer"]
        return app

    def tulis(self, jenis: str, status: int = 200, **isi: Any) -> None:
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        umum = {"base_url": self.base_url, "paket": bool(self.app.paket)}
        self.finish(self.app.templat.render(jenis=jenis, status=status, **umum, **isi))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.tulis("galat", status_code)


class _Daftar(_Halaman):
    @web.authenticated
    def get(self) -> None:
        sajian = list(self.app.sajian.values())
        self.tulis("daftar", sajian=sajian, menunggu=any(not s.siap and not s.galat for s in sajian))


class _Paket(_Halaman):
    """A page that needs no kernel: any number of participants may have it."""

    @web.authenticated
    def get(self, nama: str) -> None:
        if nama not in self.app.paket:
            return self.tulis("galat", 404)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Cache-Control", "private, max-age=86400")
        self.finish(self.app.paket[nama])
        return None


class _Kesiapan(_Halaman):
    @web.authenticated
    def get(self) -> None:
        semua = self.app.sajian.values()
        self.finish(
            {
                "siap": [s.pelajaran.kode for s in semua if s.siap],
                "gagal": [s.pelajaran.kode for s in semua if s.galat],
                "semua": [s.pelajaran.kode for s in semua],
                "peserta": len(self.app.kernel_manager.list_kernel_ids()),
                "benih": [s.benih.pid for s in semua if s.benih],
            }
        )


class _Hidup(_Halaman):
    @web.authenticated
    def get(self, kernel_id: str) -> None:
        self.set_status(204 if kernel_id in self.app.kernel_manager else 404)
        self.finish()


class _TidakAda(_Halaman):
    @allow_unauthenticated
    def get(self) -> None:
        self.tulis("galat", 404)


class _Masuk(_Halaman, LoginFormHandler):
    def _render(self, message: Mapping[str, str] | None = None) -> None:
        lanjut = self.get_argument("next", default=self.base_url)
        salah = message is not None
        self.tulis("masuk", 401 if salah else 200, lanjut=lanjut, salah=salah, xsrf=self.xsrf_form_html())


class _Tamu(IdentityProvider):
    """Whoever has the code from the board, typed in any way that means it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "login_handler_class": _Masuk})

    def get_token(self, handler: web.RequestHandler) -> str | None:
        return rapikan_kode(super().get_token(handler) or "")

    def process_login_form(self, handler: web.RequestHandler) -> Any:
        kode = rapikan_kode(handler.get_argument("password", default=""))
        cocok = secrets.compare_digest(kode.encode(), self.token.encode())
        return self.generate_anonymous_user(handler) if cocok else None


class _Pelajaran(_Halaman, TornadoVoilaHandler):  # type: ignore[misc]
    @web.authenticated
    async def get(self, kode: str) -> None:
        sajian = self.app.sajian.get(kode)
        if sajian is None:
            return self.tulis("galat", 404)
        if not sajian.siap:
            return self.tulis("tunggu", 200 if not sajian.galat else 503, satu=sajian)
        if self.app.penuh():
            return self.tulis("penuh", 503, paling=self.app.paling)
        if sajian.benih is None:
            self.app.membuka += 1
            try:
                await TornadoVoilaHandler.get(self, path=sajian.berkas.name)
            finally:
                self.app.membuka -= 1
            return None
        self.app.membuka += 1  # counted while it starts, lest a hall that comes at once passes the limit
        try:
            kernel_id = await self.app.kernel_manager.start_kernel(
                kernel_name="python3", env={**os.environ, "KINERJA_PELAJARAN": kode}
            )
        finally:
            self.app.membuka -= 1
        self.set_header("Cache-Control", "no-store")
        _ = self.xsrf_token  # sets the cookie with which the page, when it is left, ends its kernel
        self.finish(sajian.halaman.replace(_TANDA_KERNEL, kernel_id))
        return None


# --- the server ---------------------------------------------------------------------------------------------


class Pamer(Voila):  # type: ignore[misc]
    """Voila with our list of lessons, our key and our limit in the place of its folder of notebooks."""

    name = "voila"
    sajian: dict[str, Sajian]
    paling: int
    paket: Mapping[str, bytes]
    membuka = 0
    templat: jinja2.Template
    kerja: Path

    def penuh(self) -> bool:
        return len(self.kernel_manager.list_kernel_ids()) + self.membuka >= self.paling

    def init_settings(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().init_settings()
        return {**isi, "pamer": self, "websocket_ping_interval": 20, "websocket_ping_timeout": 20}

    def init_handlers(self) -> list[Any]:
        """Voila's own, without its ways to the folder: its list, its files, its contents."""
        buang = ("/voila/tree", "/voila/render", "/voila/files", "/voila/api/contents")
        sisa = [h for h in super().init_handlers() if h[0] != self.server_url and not h[0].startswith(buang)]
        voila = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            (r"/", _Daftar),
            (r"/kesiapan", _Kesiapan),
            (r"/paket/([\w-]+\.html)", _Paket),
            (r"/hidup/([-\w]+)", _Hidup),
            (r"/pelajaran/(\w+)", _Pelajaran, voila),
            *sisa,
            (r"/.*", _TidakAda),
        ]

    def siapkan(self, putaran: asyncio.AbstractEventLoop) -> None:
        """Run every lesson and make its page, a few side by side, while the list can already be seen."""
        with ThreadPoolExecutor(_SEKALIGUS) as utas:
            for s in self.sajian.values():
                utas.submit(self._siapkan_satu, s, putaran)

    def _siapkan_satu(self, s: Sajian, putaran: asyncio.AbstractEventLoop) -> None:
        try:
            s.benih = benih.Benih(
                s.berkas,
                self.kerja / f"hasil-{s.pelajaran.kode}.ipynb",
                self.kerja / f"pelajaran-{s.pelajaran.kode}.log",
                {"VOILA_BASE_URL": self.base_url},
            )
            nb = s.benih.tunggu()
            s.halaman = asyncio.run_coroutine_threadsafe(self._halaman(s, nb), putaran).result()
            self.log.info("Pelajaran %s siap", s.pelajaran.kode)
        except Exception as galat:  # one lesson less, not no hall
            s.galat = str(galat)
            self.log.exception("Pelajaran %s tidak dapat disajikan", s.pelajaran.kode)

    async def _halaman(self, s: Sajian, nb: NotebookNode) -> str:
        alat = {"base_url": self.base_url, "voila_configuration": self.voila_configuration}
        perender = _Perender(
            nb,
            traitlet_config=self.config,
            notebook_path=s.berkas.name,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=get_page_config(**alat, settings=self.app.settings, log=self.log),
            **alat,
        )
        await perender.initialize()
        perender.resources |= {"judul": s.pelajaran.judul, "language_code": "id"}
        return str(await perender.generate_content_str(_TANDA_KERNEL, None))

    def listen(self) -> None:
        # from here on there is a loop to make pages in; Voila's own listen() runs it until the end
        putaran = asyncio.get_event_loop()
        if benih.dapat():
            threading.Thread(target=self.siapkan, args=(putaran,), daemon=True).start()
        super().listen()

    def stop(self) -> None:
        for s in self.sajian.values():
            if s.benih:
                s.benih.tutup()
        super().stop()


def layani(
    map_: Path, alamat: str, porta: int, paling: int, kode_pelajaran: Sequence[str], paket: Path | None = None
) -> None:
    """The server process: serve these lessons until it is told to stop. The key is in KINERJA_KODE."""
    pilihan = {p.kode: p for p in pelajaran() if p.kode in kode_pelajaran}
    app = Pamer()
    app.sajian = {k: Sajian(p, map_ / p.berkas) for k, p in pilihan.items()}
    app.paling, app.kerja = paling, map_
    app.paket = {} if paket is None else halaman_paket(paket)
    lingkungan = jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLAT), autoescape=True)
    app.templat = lingkungan.get_template("pamer.html")
    app.update_config(
        Config(
            {
                "Voila": {
                    "root_dir": str(map_),
                    "ip": alamat,
                    "port": porta,
                    "port_retries": 0,
                    "open_browser": False,
                    "token": os.environ["KINERJA_KODE"],
                    "identity_provider_class": _Tamu,
                    "log_level": logging.INFO,
                    "tornado_settings": {
                        "compress_response": True
                    },  # a first visit is 5 MB on the Wi-Fi otherwise
                },
                "VoilaConfiguration": {
                    "template": "kinerja",
                    "allow_template_override": "NO",
                    "allow_theme_override": "NO",
                },
                "MappingKernelManager": {
                    "kernel_manager_class": f"{__name__}.PengelolaCabang"
                    if benih.dapat()
                    else "jupyter_server.services.kernels.kernelmanager.ServerKernelManager",
                    "cull_idle_timeout": _DIAM_PUTUS,
                    "cull_interval": 60,
                    "cull_connected": False,
                    "cull_busy": True,  # a page given up before it connected stays "starting" for good
                    "buffer_offline_messages": False,
                },
            }
        )
    )
    app.initialize([])
    app.start()


@contextmanager
def pamer(
    sajian: Sequence[Pelajaran],
    alamat: str,
    porta: int,
    kode: str,
    paling: int,
    nama_asli: bool = False,
    paket: Path | None = None,
) -> Iterator[tuple[str, subprocess.Popen[bytes], Path]]:
    """The server as a process of its own; gives its loopback address, the process and its log, ended with the block.

    nama_asli: people appear as the lessons' data have them, else masked. paket: the folder of a USB package that is
    served beside the lessons, for those whom the machine cannot carry.
    """
    with tempfile.TemporaryDirectory(prefix="kinerja-pamer-", ignore_cleanup_errors=True) as nama:
        map_ = Path(nama)
        for p in sajian:
            (map_ / p.berkas).write_bytes(p.jalur.read_bytes())
        catatan = map_ / "pamer.log"
        lingkungan = {
            SAKELAR: "0" if nama_asli else "1",
            "KINERJA_KODE": kode,  # not on the command line, which all may read
            "JUPYTER_PATH": str(_TEMPLAT),
            "JUPYTER_CONFIG_DIR": str(map_ / "config"),
            "JUPYTER_DATA_DIR": str(map_ / "data"),
            "JUPYTER_RUNTIME_DIR": str(map_ / "jalan"),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "IPYTHONDIR": str(map_ / "ipython"),
        }
        pilihan = {"map_": nama, "alamat": alamat, "porta": porta, "paling": paling}
        pilihan |= {"paket": None if paket is None else str(paket.absolute())}
        with catatan.open("wb") as log:
            proses = subprocess.Popen(
                [sys.executable, "-m", __name__, json.dumps({**pilihan, "kode": [p.kode for p in sajian]})],
                env={**os.environ, **lingkungan},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        setempat = f"http://127.0.0.1:{porta}/"
        try:
            tunggu_jawab(setempat + "login", proses, catatan)
            yield setempat, proses, catatan
        finally:
            tutup(proses)


def main(argumen: str) -> None:
    isi = json.loads(argumen)
    paket = None if isi["paket"] is None else Path(isi["paket"])
    layani(Path(isi["map_"]), isi["alamat"], isi["porta"], isi["paling"], isi["kode"], paket)


if __name__ == "__main__":
    # under its own name, so that classes named in the configuration are these and not a second copy
    from kinerja.bimtek.pamer import main as mulai

    mulai(sys.argv[1])
