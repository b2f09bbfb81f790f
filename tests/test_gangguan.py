"""The press under real faults: killed, starved, interrupted, filled up, lied to about the time.

After each: nothing wrong or half-made under a final name, `--lanjutkan` finishes, the manifest
verifies, and every byte equals that of an undisturbed run.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kinerja.contoh import buat_contoh
from kinerja.data import tulis_buku
from kinerja.laporan.keutuhan import MANIFES, periksa_paket, sha_isi

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="perlu fork")

AKAR = Path(__file__).parents[1]
BUNUH = 50  # kills of the parent, and as many of a worker
RANTAI = 4  # kills in a row, each of them of a run that continues, before one may finish
TANDA = "KINERJA_UJI_GANGGUAN"


@dataclass(frozen=True)
class Jalan:
    """One run of the press, a process of its own."""

    mesin: Mesin
    pid: int
    map: Path

    def tunggu(self) -> int:
        return int(self.mesin.kirim({"tunggu": self.pid}))

    @property
    def kata(self) -> str:
        return "".join((self.map / n).read_text(encoding="utf-8") for n in ("keluar", "galat"))

    def anak(self) -> list[int]:
        with contextlib.suppress(OSError):
            return [int(p) for p in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]
        return []


class Mesin:
    """A warmed process that starts runs; see pengganggu.py."""

    def __init__(self, buku: Path, map_: Path) -> None:
        self.buku, self.map, self.nomor = buku, map_, 0
        self.env = os.environ | {TANDA: str(map_)}
        with (map_ / "mesin.txt").open("wb") as catatan:
            self.proses = subprocess.Popen(
                [sys.executable, str(AKAR / "tests" / "pengganggu.py"), *self.argv(map_ / "utuh")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=catatan,
                text=True,
                env=self.env,
            )
        self.utuh = map_ / "utuh" / "sumbar" / "2022"
        self.lama = 3.0  # seconds of one run; measured when warm

    def argv(self, keluaran: Path, *lain: str, data: Path | None = None) -> list[str]:
        return [
            "laporan", "--instansi", "sumbar", "--data", str(data or self.buku), "--keluaran", str(keluaran),
            "--format", "html", *lain,
        ]  # fmt: skip

    def kirim(self, pesan: dict[str, object]) -> str:
        assert self.proses.stdin
        assert self.proses.stdout
        self.proses.stdin.write(json.dumps(pesan) + "\n")
        self.proses.stdin.flush()
        jawab = self.proses.stdout.readline().strip()
        assert jawab, (self.map / "mesin.txt").read_text(encoding="utf-8")
        return jawab

    def mulai(self, keluaran: Path, *lain: str, cara: str = "", data: Path | None = None) -> Jalan:
        self.nomor += 1
        map_ = self.map / f"jalan-{self.nomor}"
        map_.mkdir()
        argv = self.argv(keluaran, *lain, data=data)
        return Jalan(self, int(self.kirim({"argv": argv, "cara": cara, "map": str(map_)})), map_)

    def sampai_selesai(self, keluaran: Path, *lain: str, cara: str = "", data: Path | None = None) -> Jalan:
        jalan = self.mulai(keluaran, *lain, cara=cara, data=data)
        assert jalan.tunggu() == 0, jalan.kata
        return jalan

    def tersisa(self) -> list[int]:
        """Processes of any run that live on although it has ended."""
        tanda, sisa = f"{TANDA}={self.map}".encode(), []
        for p in Path("/proc").iterdir():
            if p.name.isdigit() and int(p.name) not in (os.getpid(), self.proses.pid):
                with contextlib.suppress(OSError):
                    if tanda in (p / "environ").read_bytes():
                        sisa.append(int(p.name))
        return sisa


@pytest.fixture(scope="module")
def mesin(tmp_path_factory) -> Iterator[Mesin]:
    map_ = tmp_path_factory.mktemp("gangguan")
    tulis_buku(buat_contoh("sumbar", pegawai=20, benih=5), map_ / "buku.xlsx")
    m = Mesin(map_ / "buku.xlsx", map_)
    try:
        m.sampai_selesai(map_ / "hangat")
        mulai = time.monotonic()
        m.sampai_selesai(map_ / "ukur")
        m.lama = time.monotonic() - mulai
        assert sha_isi(m.utuh) == sha_isi(map_ / "ukur" / "sumbar" / "2022")
        assert len(sha_isi(m.utuh)) == 4 * 3 + 2  # three OPDs and the pemda; manifest and index
        print(f"satu cetakan: {m.lama:.1f} detik")
        yield m
    finally:
        m.proses.stdin.close()
        m.proses.stdout.close()
        m.proses.wait(30)


@pytest.fixture
def sasaran(tmp_path) -> Path:
    return tmp_path / "hasil"


def map_run(sasaran: Path) -> Path:
    return sasaran / "sumbar" / "2022"


def tidak_ada_yang_salah(mesin: Mesin, sasaran: Path) -> None:
    """Whatever bears a final name equals the undisturbed run; a failed pack holds its reason only."""
    run = map_run(sasaran)
    benar = sha_isi(mesin.utuh)
    if not run.exists():
        return
    for p in run.iterdir():
        if p.name.startswith("."):
            continue
        if p.name == "index.html":  # says how far this run came
            assert p.read_text(encoding="utf-8").rstrip().endswith("</html>")
        elif p.name == MANIFES:
            assert periksa_paket(run).utuh, str(periksa_paket(run))
        elif (p / "galat.txt").is_file():
            assert [b.name for b in p.iterdir()] == ["galat.txt"]
        else:
            ada = {f"{p.name}/{n}": s for n, s in sha_isi(p).items()}
            assert ada == {n: s for n, s in benar.items() if n.startswith(f"{p.name}/")}, p.name


def pulih(mesin: Mesin, sasaran: Path, *lain: str) -> None:
    """Continuing finishes, all is verified, and equals the undisturbed run, to the last hidden file."""
    mesin.sampai_selesai(sasaran, "--lanjutkan", *lain)
    hasil = periksa_paket(map_run(sasaran))
    assert hasil.utuh, str(hasil)
    assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)
    assert [p.name for p in (sasaran / "sumbar").iterdir()] == ["2022"], "gembok tertinggal"


def tunggu_sampai(syarat, detik: float = 60.0) -> None:
    batas = time.monotonic() + detik
    while not syarat():
        assert time.monotonic() < batas, "yang ditunggu tidak terjadi"
        time.sleep(0.005)


def sebagian_jadi(sasaran: Path) -> bool:
    return any(map_run(sasaran).glob(f"[!.]*/{MANIFES}"))


def sedang_dikerjakan(sasaran: Path) -> bool:
    return any(map_run(sasaran).glob(".*.sebagian"))


# -- kill -9 ---------------------------------------------------------------------------------------


def bunuh_induk(mesin: Mesin, sasaran: Path, acak: random.Random, banyak: int) -> int:
    """Chains of runs, each continuing the one before and killed too; returns how many kills struck."""
    kena = 0
    for ke in range(banyak):
        lanjut = ["--lanjutkan"] if ke % RANTAI else []
        if not lanjut:
            shutil.rmtree(sasaran, ignore_errors=True)
        jalan = mesin.mulai(sasaran, *lanjut)
        time.sleep(acak.uniform(0, mesin.lama))
        os.kill(jalan.pid, signal.SIGKILL)
        kena += jalan.tunggu() == -signal.SIGKILL
        tunggu_sampai(lambda: not mesin.tersisa(), 10)
        tidak_ada_yang_salah(mesin, sasaran)
        if ke % RANTAI == RANTAI - 1 or ke == banyak - 1:
            pulih(mesin, sasaran)
    return kena


def bunuh_pekerja(mesin: Mesin, sasaran: Path, acak: random.Random, banyak: int) -> int:
    """Runs in which one worker is killed; returns how many of them lost a pack to it."""
    kena = 0
    for ke in range(banyak):
        lanjut = ["--lanjutkan"] if ke % RANTAI else []
        if not lanjut:
            shutil.rmtree(sasaran, ignore_errors=True)
        jalan = mesin.mulai(sasaran, *lanjut)
        selesai = time.monotonic() + acak.uniform(0, mesin.lama)
        korban: list[int] = []
        while time.monotonic() < selesai or not korban:
            korban = jalan.anak() or korban
            if time.monotonic() > selesai + 30 or not Path(f"/proc/{jalan.pid}/children").parent.exists():
                break
            time.sleep(0.005)
        if korban:
            with contextlib.suppress(ProcessLookupError):
                os.kill(acak.choice(korban), signal.SIGKILL)
        status = jalan.tunggu()
        assert status in (0, 1), jalan.kata
        assert (status == 1) == ("SIGKILL" in jalan.kata), jalan.kata
        assert "Traceback" not in jalan.kata
        kena += status
        tidak_ada_yang_salah(mesin, sasaran)
        if ke % RANTAI == RANTAI - 1 or ke == banyak - 1:
            pulih(mesin, sasaran)
    return kena


def test_induk_dan_pekerja_dibunuh(mesin, sasaran):
    assert bunuh_induk(mesin, sasaran, random.Random(1), 2) >= 1
    shutil.rmtree(sasaran)
    bunuh_pekerja(mesin, sasaran, random.Random(2), 2)


@pytest.mark.lambat
def test_induk_dibunuh_berkali_kali(mesin, sasaran):
    kena = bunuh_induk(mesin, sasaran, random.Random(20221), BUNUH)
    print(f"induk: {kena} dari {BUNUH} kena sebelum selesai")
    assert kena >= BUNUH // 2


@pytest.mark.lambat
def test_pekerja_dibunuh_berkali_kali(mesin, sasaran):
    kena = bunuh_pekerja(mesin, sasaran, random.Random(20222), BUNUH)
    print(f"pekerja: {kena} dari {BUNUH} menggagalkan satu paket")
    assert kena >= BUNUH // 4


# -- Ctrl-C and kind kills --------------------------------------------------------------------------


@pytest.mark.lambat
@pytest.mark.parametrize("bagian", [0.05, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("cara", ["kelompok", "induk", "dua kali", "SIGTERM"])
def test_dihentikan_dengan_baik(mesin, sasaran, cara, bagian):
    jalan = mesin.mulai(sasaran)
    time.sleep(mesin.lama * bagian)
    sinyal = signal.SIGTERM if cara == "SIGTERM" else signal.SIGINT
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if cara == "kelompok" else os.kill)(jalan.pid, sinyal)
        if cara == "dua kali":
            time.sleep(0.05)
            os.kill(jalan.pid, sinyal)
    status = jalan.tunggu()
    assert status in (0, 130, 143), jalan.kata
    assert (status != 0) == ("Dihentikan" in jalan.kata), jalan.kata
    assert "Traceback" not in jalan.kata
    tunggu_sampai(lambda: not mesin.tersisa(), 10)
    tidak_ada_yang_salah(mesin, sasaran)
    assert not sedang_dikerjakan(sasaran), "yang dihentikan baik-baik membereskan sisanya"
    pulih(mesin, sasaran)
