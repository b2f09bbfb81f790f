"""How many of 84 participants `kinerja pamer` carries on this machine: opening a lesson, moving a slider, typing.

Participants speak Voila's own protocol over HTTP and WebSocket (page, widget states, one change, the new picture);
one real browser works among them. Loopback only, at most 84, and it ends after a few minutes. The participants run on
the same machine and take part of its processors, so a real hall, where they do not, is a little better off; the
hall's Wi-Fi is not measured.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import statistics
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field

import psutil
from peramban import CHROMIUM, layar, peramban, porta_acak
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from kinerja.bimtek import pamer
from kinerja.bimtek.pelajaran import satu_pelajaran

PESERTA = (1, 42, 84)
DATANG = 60.0  # seconds in which all arrive after the trainer has said "open lesson ..."
BERPIKIR = (3.0, 8.0)  # seconds between two changes of one participant
KALI = 5  # changes of one participant
SABAR = 60.0  # seconds after which a participant gives up
KODE = "UJBEBANA"
# lesson, what a participant changes, the values that he gives to it in turn
PELAJARAN = {
    "06": ("Porsi kinerja (persen)", [60, 65, 75, 80, 70]),
    "01": ("Indikator", [f"Terlaksananya rapat koordinasi ke-{i}" for i in range(1, KALI + 1)]),
}


@dataclass
class Catatan:
    """Seconds measured, and how many participants could not."""

    buka: list[float] = field(default_factory=list)
    ubah: list[float] = field(default_factory=list)
    serentak: list[float] = field(default_factory=list)
    gagal: int = 0
    memori: float = 0.0  # MB of one participant
    lain: float = (
        0.0  # share of the machine's processors that worked for somebody else, or for these participants
    )
    prosesor_buka: float = 0.0  # processor seconds of server and kernel
    prosesor_ubah: float = 0.0


class Peserta:
    """One participant without a screen."""

    def __init__(self, alamat: str, kode: str, label: str, nilai: list[object]) -> None:
        self.alamat, self.kode, self.label, self.nilai = alamat, kode, label, nilai
        self.ws: WebSocketClientConnection | None = None
        self.kernel = self.alat = ""

    async def buka(self) -> float:
        """Open the lesson until its widgets could be drawn; seconds."""
        awal = time.perf_counter()
        minta = HTTPRequest(f"{self.alamat}pelajaran/{self.kode}?token={KODE}", request_timeout=SABAR)
        jawab = await AsyncHTTPClient().fetch(minta)
        self.kernel = re.search(r'"kernelId": "([-\w]+)"', jawab.body.decode())[1]  # type: ignore[index]
        kabel = f"ws{self.alamat[4:]}api/kernels/{self.kernel}/channels?token={KODE}"
        self.ws = await websocket_connect(kabel, max_message_size=2**28)
        comm = uuid.uuid4().hex
        isi = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        await self._kirim("comm_open", isi)
        await self._kirim("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        keadaan = (await self._sampai(lambda d, _: d.get("method") == "update_states"))["states"]
        self.alat = next(k for k, v in keadaan.items() if v["state"].get("description") == self.label)
        return time.perf_counter() - awal

    async def ubah(self, ke: int) -> float:
        """Change the control and wait for the new picture; seconds."""
        awal = time.perf_counter()
        data = {"method": "update", "state": {"value": self.nilai[ke % len(self.nilai)]}, "buffer_paths": []}
        await self._kirim("comm_msg", {"comm_id": self.alat, "data": data})
        await self._sampai(lambda d, c: c != self.alat and "<" in str(d.get("state", {}).get("value", "")))
        return time.perf_counter() - awal

    async def pergi(self) -> None:
        if self.ws:
            self.ws.close()

    async def _kirim(self, jenis: str, isi: dict[str, object]) -> None:
        kepala = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": jenis,
            "username": "",
            "session": self.kernel,
            "version": "5.3",
        }
        pesan = {
            "header": kepala,
            "parent_header": {},
            "metadata": {"version": "1.0.0"},
            "content": isi,
            "channel": "shell",
        }
        await self.ws.write_message(json.dumps(pesan))

    async def _sampai(self, cocok):
        while True:
            mentah = await asyncio.wait_for(self.ws.read_message(), SABAR)
            if mentah is None:
                raise OSError("sambungan ditutup")
            if isinstance(mentah, bytes):  # a message with buffers: lengths first, then JSON
                n = int.from_bytes(mentah[:4], "big")
                batas = [int.from_bytes(mentah[4 * (i + 1) : 4 * (i + 2)], "big") for i in range(n)]
                mentah = mentah[batas[0] : batas[1] if n > 1 else None].decode()
            pesan = json.loads(mentah)
            isi = pesan["content"]
            if pesan["header"]["msg_type"] == "comm_msg" and cocok(isi["data"], isi["comm_id"]):
                return isi["data"]


async def putaran(alamat: str, server: int, kode: str, banyak: int, acak: random.Random) -> Catatan:
    """All arrive, each changes something a few times, then all at the same instant."""
    catatan = Catatan()
    sibuk, prosesor, mulai = sibuk_semua(), prosesor_kami(server), time.perf_counter()
    label, nilai = PELAJARAN[kode]
    hadir: list[Peserta] = []

    async def satu(tunda: float) -> None:
        p = Peserta(alamat, kode, label, nilai)
        try:
            await asyncio.sleep(tunda)
            catatan.buka.append(await p.buka())
            hadir.append(p)
            if banyak == 1:
                await asyncio.sleep(2)
                catatan.prosesor_buka = prosesor_kami(server) - prosesor
            for ke in range(KALI):
                await asyncio.sleep(acak.uniform(*BERPIKIR))
                catatan.ubah.append(await p.ubah(ke))
        except (OSError, TimeoutError, HTTPClientError, StopIteration) as galat:
            print(f"  gagal: {galat!r}", file=sys.stderr)
            catatan.gagal += 1

    await asyncio.gather(*(satu(DATANG * i / banyak) for i in range(banyak)))
    await asyncio.sleep(2)
    terpakai = prosesor_kami(server) - prosesor
    if banyak == 1:
        catatan.prosesor_ubah = (terpakai - catatan.prosesor_buka) / KALI
    catatan.lain = (
        max(0.0, sibuk_semua() - sibuk - terpakai) / (time.perf_counter() - mulai) / (os.cpu_count() or 1)
    )
    catatan.memori = ingatan(alamat) / max(len(hadir), 1)
    catatan.serentak = list(await asyncio.gather(*(p.ubah(KALI + 1) for p in hadir)))
    for p in hadir:
        await p.pergi()
    for p in hadir:
        minta = HTTPRequest(
            f"{alamat}api/kernels/{p.kernel}", method="DELETE", headers={"Authorization": f"token {KODE}"}
        )
        await AsyncHTTPClient().fetch(minta, raise_error=False)
    return catatan


def kesiapan(alamat: str) -> dict:
    import urllib.request

    with urllib.request.urlopen(f"{alamat}kesiapan?token={KODE}", timeout=60) as r:
        return json.load(r)


def ingatan(alamat: str) -> float:
    """MB that all branched kernels hold together, what they share with each other counted once."""
    cabang = [c for b in kesiapan(alamat)["benih"] for c in psutil.Process(b).children()]
    return sum(c.memory_full_info().pss for c in cabang) / 2**20


def ukur_peramban(alamat: str, kode: str, hasil: dict[str, float]) -> None:
    """A real page among the others: seconds until the sliders stand, and from a key to the new picture."""
    with peramban() as b:
        page = layar(b)
        page.goto(f"{alamat}?token={KODE}")
        awal = time.perf_counter()
        page.goto(f"{alamat}pelajaran/{kode}")
        page.locator(".widget-hslider .noUi-handle").first.wait_for()
        hasil["buka"] = time.perf_counter() - awal
        hasil["unduhan"] = page.evaluate(
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
            ".reduce((n, r) => n + r.transferSize, 0) / 1e6"
        )
        gagang = page.locator(".widget-hslider .noUi-handle").nth(1)
        lama = []
        for i in range(12):
            sebelum = page.locator(".kj-langsung").first.inner_html()
            gagang.focus()
            awal = time.perf_counter()
            page.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
            page.wait_for_function(
                "h => document.querySelector('.kj-langsung').innerHTML !== h", arg=sebelum, polling=10
            )
            lama.append(time.perf_counter() - awal)
            page.wait_for_timeout(1500)
        hasil["geser"] = statistics.median(lama)
        hasil["geser_p95"] = p95(lama)


def p95(x: list[float]) -> float:
    return statistics.quantiles(x, n=20)[-1] if len(x) > 1 else x[0]


def main() -> int:
    acak = random.Random(84)
    AsyncHTTPClient.configure(None, max_clients=200)
    sajian = [satu_pelajaran(k) for k in PELAJARAN]
    with pamer.pamer(sajian, "127.0.0.1", porta_acak(), KODE, max(PESERTA) + 2) as (alamat, proses, log):
        awal = time.perf_counter()
        while len(kesiapan(alamat)["siap"]) < len(sajian):
            if kesiapan(alamat)["gagal"] or time.perf_counter() - awal > 300:
                print(log.read_text())
                return 1
            time.sleep(1)
        print(
            f"{len(sajian)} pelajaran siap dalam {time.perf_counter() - awal:.0f} detik; {os.cpu_count()} inti"
        )
        kepala = (
            f"{'pelajaran':9}{'peserta':>8}{'gagal':>6}{'buka p50':>10}{'p95':>7}{'ubah p50':>10}{'p95':>7}"
        )
        print(kepala + f"{'serentak p95':>14}{'MB/peserta':>12}{'beban':>7}{'prosesor lain':>15}")
        for kode in PELAJARAN:
            for banyak in PESERTA:
                nyata: dict[str, float] = {}
                utas = threading.Thread(target=ukur_peramban, args=(alamat, kode, nyata))
                if kode == "06" and banyak == max(PESERTA) and CHROMIUM:
                    utas.start()
                c = asyncio.run(putaran(alamat, proses.pid, kode, banyak, acak))
                angka = [f(x) for x in (c.buka, c.ubah) for f in (statistics.median, p95)]
                kata = "".join(
                    f"{x:>{n}.2f}" for x, n in zip((*angka, p95(c.serentak)), (10, 7, 10, 7, 14), strict=True)
                )
                print(
                    f"{kode:9}{banyak:8}{c.gagal:6}{kata}{c.memori:12.0f}{os.getloadavg()[0]:7.1f}{c.lain:14.0%}",
                    flush=True,
                )
                if banyak == 1:
                    print(
                        f"  prosesor: {c.prosesor_buka:.2f} detik membuka, {c.prosesor_ubah:.2f} detik sekali mengubah"
                    )
                if utas.ident:
                    utas.join(180)
                    print("  peramban nyata di antaranya:", {k: round(v, 2) for k, v in nyata.items()})
                sampai = time.perf_counter() + 60  # who failed may leave a kernel behind for a while
                while kesiapan(alamat)["peserta"] and time.perf_counter() < sampai:
                    time.sleep(0.5)
        inti = psutil.Process(proses.pid).memory_full_info().pss / 2**20
        bibit = sum(psutil.Process(b).memory_full_info().pss for b in kesiapan(alamat)["benih"]) / 2**20
        print(
            f"tetap, tanpa peserta: server {inti:.0f} MB, benih {bibit / len(sajian):.0f} MB tiap pelajaran"
        )
    return 0


def sibuk_semua() -> float:
    """Processor seconds that this machine has worked."""
    t = psutil.cpu_times()
    return sum(t) - t.idle - t.iowait


def prosesor_kami(server: int) -> float:
    """Processor seconds of the server, its seeds, and the kernels that are there now."""
    jumlah = 0.0
    for p in (psutil.Process(server), *psutil.Process(server).children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            t = p.cpu_times()
            jumlah += t.user + t.system
    return jumlah


if __name__ == "__main__":
    sys.exit(main())
