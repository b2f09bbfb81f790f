"""The press under real faults: killed, starved, interrupted, filled up, lied to about the time.

After each: nothing wrong or half-made under a final name, `--lanjutkan` finishes, the manifest
verifies, and every byte equals that of an undisturbed run.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kinerja.contoh import buat_contoh
from kinerja.data import tulis_buku, tulis_csv
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

    def berjalan(self) -> bool:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        return False

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


def rantai(mesin: Mesin, sasaran: Path, banyak: int) -> Iterator[Jalan]:
    """Runs to be disturbed, each continuing what the one before left undone; after every RANTAI of them one
    finishes undisturbed. Where nothing is left undone the next begins anew: a run without work proves nothing."""
    for ke in range(banyak):
        lanjut = ["--lanjutkan"] if ke % RANTAI and sisa(sasaran) else []
        if not lanjut:
            shutil.rmtree(sasaran, ignore_errors=True)
        yield mesin.mulai(sasaran, *lanjut)
        tidak_ada_yang_salah(mesin, sasaran)
        if ke % RANTAI == RANTAI - 1 or ke == banyak - 1:
            pulih(mesin, sasaran)


def sisa(sasaran: Path) -> int:
    """Packs that are not made yet."""
    return 4 - len(list(map_run(sasaran).glob(f"[!.]*/{MANIFES}")))


def bunuh_induk(mesin: Mesin, sasaran: Path, acak: random.Random, banyak: int) -> int:
    """Kill the press itself at any moment; returns how many kills struck before it had finished."""
    kena = 0
    for jalan in rantai(mesin, sasaran, banyak):
        time.sleep(acak.uniform(0, mesin.lama))
        os.kill(jalan.pid, signal.SIGKILL)
        kena += jalan.tunggu() == -signal.SIGKILL
        tunggu_sampai(lambda: not mesin.tersisa(), 10)
    return kena


def bunuh_pekerja(mesin: Mesin, sasaran: Path, acak: random.Random, banyak: int) -> int:
    """Kill one worker of each run; returns how many runs lost a pack to it."""
    kena = 0
    for jalan in rantai(mesin, sasaran, banyak):
        nomor, korban = acak.randint(1, min(3, sisa(sasaran))), []  # which of the workers that the run starts
        while len(korban) < nomor and jalan.berjalan():
            korban += [p for p in jalan.anak() if p not in korban]
            time.sleep(0.002)
        time.sleep(acak.uniform(0, mesin.lama / 8))  # any moment of its life
        if korban:
            with contextlib.suppress(ProcessLookupError):
                os.kill(korban[-1], signal.SIGKILL)
        status = jalan.tunggu()
        assert status in (0, 1), jalan.kata
        assert (status == 1) == ("SIGKILL" in jalan.kata), jalan.kata
        assert "Traceback" not in jalan.kata
        kena += status
    return kena


@pytest.mark.lambat
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
    assert kena >= BUNUH // 2


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


# -- two at once, and what changes under the press ------------------------------------------------------


@pytest.mark.lambat
def test_dua_cetakan_pada_satu_sasaran(mesin, sasaran):
    satu = mesin.mulai(sasaran)
    tunggu_sampai(lambda: (sasaran / "sumbar" / ".2022.gembok").exists())
    dua = mesin.mulai(sasaran)
    assert dua.tunggu() == 2
    assert f"sedang dikerjakan proses {satu.pid} di" in dua.kata
    tiga = mesin.mulai(sasaran, "--lanjutkan", "--tunggu")
    lain = mesin.mulai(sasaran, "--periode", "2022-TW3")
    assert satu.tunggu() == 0, satu.kata
    assert tiga.tunggu() == 0, tiga.kata
    assert "Menunggu" in tiga.kata
    assert "0 paket dibuat, 4 sudah ada" in tiga.kata
    assert lain.tunggu() == 0, lain.kata
    assert periksa_paket(sasaran / "sumbar" / "2022-TW3").utuh
    assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)


@pytest.mark.lambat
def test_masukan_berubah_selagi_dicetak(mesin, sasaran, tmp_path):
    buku = tmp_path / "buku.xlsx"
    shutil.copy(mesin.buku, buku)
    jalan = mesin.mulai(sasaran, data=buku)
    tunggu_sampai(lambda: sedang_dikerjakan(sasaran))
    tulis_buku(buat_contoh("sumbar", pegawai=20, benih=6), buku)
    assert jalan.tunggu() == 1, jalan.kata
    assert "berubah selagi laporan dicetak" in jalan.kata
    assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh), "seluruhnya dari isi yang dibaca di awal"
    lanjut = mesin.sampai_selesai(sasaran, "--lanjutkan", data=buku)
    assert "4 paket dibuat" in lanjut.kata
    assert periksa_paket(map_run(sasaran)).utuh


@pytest.mark.lambat
def test_masukan_berubah_selagi_dibaca(mesin, sasaran, tmp_path):
    """A folder of CSV of which one file is written anew after another was read: half old, half new."""
    tulis_csv(buat_contoh("sumbar", pegawai=20, benih=5), tmp_path / "csv")
    cara = f"""
from pathlib import Path
from kinerja.laporan import batch
baca = batch.baca
def baca_lalu_ubah(sumber):
    data = baca(sumber)
    with open({str(tmp_path / "csv" / "pegawai.csv")!r}, "a") as f:
        f.write("\\n")
    return data
batch.baca = baca_lalu_ubah
"""
    jalan = mesin.mulai(sasaran, cara=cara, data=tmp_path / "csv")
    assert jalan.tunggu() == 2
    assert "berubah selagi dibaca. Belum ada yang dicetak" in jalan.kata
    assert not sasaran.exists()


IRISAN_RUSAK = """
from kinerja.laporan import paket
asli = paket.jalankan_notebook
def rusak(notebook, parameter, folder):
    p = folder / "irisan.json"
    isi = p.read_bytes()
    if b'"disdik"' in isi and "opd" in notebook.name:
        p.write_bytes(isi.replace(b"1", b"2", 1))
    return asli(notebook, parameter, folder)
paket.jalankan_notebook = rusak
"""


@pytest.mark.lambat
def test_irisan_rusak_di_cakram(mesin, sasaran):
    jalan = mesin.mulai(sasaran, cara=IRISAN_RUSAK)
    assert jalan.tunggu() == 1, jalan.kata
    assert "irisan.json di cakram tidak sama dengan yang ditulis" in jalan.kata
    tidak_ada_yang_salah(mesin, sasaran)
    pulih(mesin, sasaran)
    p = map_run(sasaran) / "disdik" / "irisan.json"  # and later, at rest
    p.write_bytes(p.read_bytes().replace(b"1", b"2", 1))
    assert "disdik/irisan.json: isinya berubah" in str(periksa_paket(map_run(sasaran)))
    pulih(mesin, sasaran)


@pytest.mark.lambat
def test_buku_terpotong(mesin, sasaran, tmp_path):
    isi = mesin.buku.read_bytes()
    for bagian in (0.0, 0.1, 0.5, 0.9, 0.999):
        (tmp_path / "b.xlsx").write_bytes(isi[: int(len(isi) * bagian)])
        jalan = mesin.mulai(sasaran, data=tmp_path / "b.xlsx")
        assert jalan.tunggu() == 2
        assert "berkas kosong" in jalan.kata or "rusak atau terpotong" in jalan.kata, jalan.kata
        assert "Traceback" not in jalan.kata
        assert not sasaran.exists()


# -- the disk --------------------------------------------------------------------------------------------


def boleh_mount() -> bool:
    izin = next(b for b in Path("/proc/self/status").read_text().splitlines() if b.startswith("CapEff"))
    return bool(int(izin.split()[1], 16) & 1 << 21)  # CAP_SYS_ADMIN


perlu_mount = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not boleh_mount(), reason="mount tidak diizinkan di sini"
)


@contextlib.contextmanager
def cakram(map_: Path, kb: int) -> Iterator[None]:
    map_.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kb}k", "tmpfs", str(map_)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(map_)], check=True)


@contextlib.contextmanager
def cakram_ext4(map_: Path, citra: Path, kb: int) -> Iterator[None]:
    map_.mkdir(exist_ok=True)
    with citra.open("wb") as f:
        f.truncate(kb * 1024)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-b", "1024", "-m", "0", "-N", "4096", str(citra)], check=True)
        subprocess.run(["mount", "-o", "loop", str(citra), str(map_)], check=True)
    except (OSError, subprocess.CalledProcessError) as salah:
        pytest.skip(f"perlu mkfs.ext4 dan cakram loop: {salah}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(map_)], check=True)


@pytest.mark.lambat
@perlu_mount
@pytest.mark.parametrize("kb", [4, 48, 160, 320])
def test_cakram_penuh(mesin, sasaran, kb):
    with cakram(sasaran, kb):
        jalan = mesin.mulai(sasaran)
        assert jalan.tunggu() in (1, 2), jalan.kata
        assert "ruang penyimpanan penuh" in jalan.kata or "No space left" in jalan.kata, jalan.kata
        assert "Traceback" not in jalan.kata
        tidak_ada_yang_salah(mesin, sasaran)
        subprocess.run(["mount", "-o", "remount,size=20m", str(sasaran)], check=True)
        pulih(mesin, sasaran)


PENUHI = """
import os
from kinerja.laporan import paket
asli = paket.tulis_awet
def penuhi(berkas, isi):
    if {nama!r} in berkas.name:
        with open({isian!r}, "wb", buffering=0) as f:
            try:
                while True:
                    f.write(bytes(4096))
            except OSError:
                pass
    return asli(berkas, isi)
paket.tulis_awet = penuhi
"""


@pytest.mark.lambat
@perlu_mount
@pytest.mark.parametrize("nama", ["index.html", "manifes.json"])
def test_cakram_penuh_tepat_saat(mesin, sasaran, nama):
    with cakram(sasaran, 4000):
        jalan = mesin.mulai(sasaran, cara=PENUHI.format(nama=nama, isian=str(sasaran / "isian")))
        assert jalan.tunggu() in (1, 2), jalan.kata
        assert "Traceback" not in jalan.kata
        assert not (map_run(sasaran) / MANIFES).exists()
        tidak_ada_yang_salah(mesin, sasaran)
        (sasaran / "isian").unlink()
        pulih(mesin, sasaran)


PENUHI_MAP = """
import os
from kinerja.laporan import batch
asli = batch.beri_nama
def penuhi(sementara, akhir):
    if akhir.name == "disdik":
        try:
            with open({isian!r}, "wb", buffering=0) as f:
                while f.write(bytes(1024)):
                    pass
        except OSError:
            pass
        for panjang in (200, 60, 16, 6):  # until not even an entry as short as the final name fits
            try:
                for i in range(100_000):
                    os.mkfifo(akhir.parent / ("." + str(i).zfill(panjang - 1)))
            except OSError as salah:
                assert salah.errno == 28, salah
    return asli(sementara, akhir)
batch.beri_nama = penuhi
"""


@pytest.mark.lambat
@perlu_mount
@pytest.mark.parametrize("sudah_ada", [False, True])
def test_cakram_penuh_ketika_nama_akhir_diberi(mesin, sasaran, tmp_path, sudah_ada):
    """A real disk on which the rename itself finds no room: the folder's blocks are full, and no block is left."""
    with cakram_ext4(sasaran, tmp_path / "cakram.img", 3000):
        if sudah_ada:
            mesin.sampai_selesai(sasaran)
            (map_run(sasaran) / "disdik" / "irisan.json").write_bytes(b"rusak")
        lama = sha_isi(map_run(sasaran) / "disdik") if sudah_ada else None
        cara = PENUHI_MAP.format(isian=str(sasaran / "isian"))
        jalan = mesin.mulai(sasaran, *["--lanjutkan"] * sudah_ada, cara=cara)
        assert jalan.tunggu() == 2, jalan.kata
        assert "ruang penyimpanan penuh" in jalan.kata, jalan.kata
        assert "Traceback" not in jalan.kata
        run = map_run(sasaran)
        assert not (run / MANIFES).exists()
        assert not sedang_dikerjakan(sasaran)
        if sudah_ada:  # what was there keeps its name, as it was
            assert sha_isi(run / "disdik") == lama
        else:
            assert not (run / "disdik").exists()
            tidak_ada_yang_salah(mesin, sasaran)
        (sasaran / "isian").unlink()
        for p in run.glob(".*"):
            p.unlink()
        pulih(mesin, sasaran)


@pytest.mark.lambat
@perlu_mount
def test_sasaran_hanya_dapat_dibaca(mesin, sasaran):
    with cakram(sasaran, 20000):
        subprocess.run(["mount", "-o", "remount,ro", str(sasaran)], check=True)
        jalan = mesin.mulai(sasaran)
        assert jalan.tunggu() == 2
        assert "media ini hanya dapat dibaca" in jalan.kata
        assert "Traceback" not in jalan.kata
        subprocess.run(["mount", "-o", "remount,rw", str(sasaran)], check=True)
        pulih(mesin, sasaran)


ORANG_BIASA = """
import os
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""


@pytest.mark.lambat
def test_sasaran_tanpa_izin_tulis(mesin):
    """An account that may read the target but not write there; root, who may anything, becomes nobody first."""
    with tempfile.TemporaryDirectory() as map_:  # pytest's own folder is closed to others
        sasaran, data = Path(map_, "hasil"), Path(map_, "buku.xlsx")
        shutil.copy(mesin.buku, data)
        data.chmod(0o644)
        sasaran.mkdir()
        Path(map_).chmod(0o755)
        sasaran.chmod(0o555)
        jalan = mesin.mulai(sasaran, cara=ORANG_BIASA, data=data)
        assert jalan.tunggu() == 2
        assert "tidak boleh dibaca atau ditulis oleh akun ini" in jalan.kata
        assert "Traceback" not in jalan.kata
        assert not list(sasaran.iterdir())
        sasaran.chmod(0o777)
        mesin.sampai_selesai(sasaran, cara=ORANG_BIASA, data=data)
        assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)
        (sasaran / "sumbar").chmod(0o555)  # and later, over results that are there
        (map_run(sasaran) / "disdik" / "irisan.json").write_bytes(b"rusak")
        sebelum = sha_isi(map_run(sasaran))
        jalan = mesin.mulai(sasaran, "--lanjutkan", cara=ORANG_BIASA, data=data)
        assert jalan.tunggu() == 2
        assert "tidak boleh dibaca atau ditulis oleh akun ini" in jalan.kata
        assert sha_isi(map_run(sasaran)) == sebelum
        (sasaran / "sumbar").chmod(0o755)
        mesin.sampai_selesai(sasaran, "--lanjutkan", cara=ORANG_BIASA, data=data)
        assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)


# -- memory, time, words ---------------------------------------------------------------------------------

BATAS_MEMORI = """
import resource
for baris in open("/proc/self/status"):
    if baris.startswith("VmSize"):
        batas = int(baris.split()[1]) * 1024 + {lebih} * 1024**2
resource.setrlimit(resource.RLIMIT_AS, (batas, batas))
"""


@pytest.mark.lambat
@pytest.mark.parametrize("lebih", [1, 8, 40])
def test_memori_habis(mesin, sasaran, lebih):
    jalan = mesin.mulai(sasaran, cara=BATAS_MEMORI.format(lebih=lebih))
    status = jalan.tunggu()
    assert status in (0, 1, 2), jalan.kata
    tidak_ada_yang_salah(mesin, sasaran)
    pulih(mesin, sasaran)


@contextlib.contextmanager
def kelompok_memori(mb: int) -> Iterator[Path]:
    """A cgroup of either version with a memory limit, from which the kernel kills when it is met."""
    akar = Path("/sys/fs/cgroup")
    v1 = (akar / "memory" / "memory.limit_in_bytes").exists()
    map_ = (akar / "memory" if v1 else akar) / f"kinerja-uji-{os.getpid()}"
    try:
        map_.mkdir()
    except OSError as salah:
        pytest.skip(f"cgroup tidak dapat dibuat di sini: {salah}")
    try:
        try:
            (map_ / ("memory.limit_in_bytes" if v1 else "memory.max")).write_text(str(mb * 1024**2))
        except OSError as salah:
            pytest.skip(f"cgroup di sini tidak membatasi memori: {salah}")
        yield map_
    finally:
        tunggu_sampai(lambda: not (map_ / "cgroup.procs").read_text(), 10)
        map_.rmdir()


BOROS = """
import os
from kinerja.laporan import paket
with open({procs!r}, "w") as f:
    f.write(str(os.getpid()))
asli = paket.jalankan_notebook
def boros(notebook, parameter, folder):
    if b'"disdik"' in (folder / "irisan.json").read_bytes() and "opd" in notebook.name:
        timbun = []
        while True:
            timbun.append(b"x" * 2**20)
    return asli(notebook, parameter, folder)
paket.jalankan_notebook = boros
"""


@pytest.mark.lambat
def test_pekerja_dibunuh_kernel_karena_memori_habis(mesin, sasaran):
    """The whole run in a cgroup that one worker fills, below the press's own limit: the kernel takes that worker,
    not the press, and the other packs are whole."""
    with kelompok_memori(600) as cgroup:
        jalan = mesin.mulai(sasaran, cara=BOROS.format(procs=str(cgroup / "cgroup.procs")))
        assert jalan.tunggu() == 1, jalan.kata
        catatan = next(b for n in ("memory.oom_control", "memory.events") if (b := cgroup / n).exists())
        bunuh = dict(b.split() for b in catatan.read_text().splitlines())["oom_kill"]
        assert bunuh == "1", "yang menghentikan bukan kernel"
    assert "SIGKILL" in jalan.kata
    assert "memori komputer habis" in jalan.kata
    assert "Traceback" not in jalan.kata
    assert [b.name for b in (map_run(sasaran) / "disdik").iterdir()] == ["galat.txt"]
    assert sum(p.is_dir() and (p / MANIFES).exists() for p in map_run(sasaran).iterdir()) == 3
    tidak_ada_yang_salah(mesin, sasaran)
    pulih(mesin, sasaran)


JAM = """
import itertools, time
asli, ke = time.time, itertools.count()
time.time = lambda: asli() + (-1) ** next(ke) * 400 * 86400
time.time_ns = lambda: int(time.time() * 1e9)
"""


@pytest.mark.lambat
def test_jam_melompat(mesin, sasaran):
    jalan = mesin.sampai_selesai(sasaran, cara=JAM)
    assert "Dihentikan karena" not in jalan.kata
    assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)
    for i, p in enumerate(map_run(sasaran).rglob("*")):
        os.utime(p, (4e9, 4e9) if i % 2 else (1, 1))
    lanjut = mesin.sampai_selesai(sasaran, "--lanjutkan")
    assert "0 paket dibuat, 4 sudah ada" in lanjut.kata
    assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)


@pytest.mark.lambat
def test_tanpa_utf8(mesin, sasaran):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    env |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    for argv in (mesin.argv(sasaran), ["periksa-paket", str(map_run(sasaran))], ["laporan", "--help"]):
        hasil = subprocess.run(
            [sys.executable, "-m", "kinerja.cli", *argv], env=env, capture_output=True, check=False
        )
        assert hasil.returncode == 0, hasil.stderr.decode()
        assert b"Traceback" not in hasil.stderr
    assert sha_isi(map_run(sasaran)) == sha_isi(mesin.utuh)


@perlu_mount
def test_huruf_hilang_ditolak_sebelum_menulis(mesin, sasaran):
    """Really gone: the fonts' folder lies under an empty one, in a mount namespace of this run only."""
    import matplotlib

    huruf = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    perintah = [sys.executable, "-m", "kinerja.cli", *mesin.argv(sasaran)]
    kosong = f"mount -t tmpfs none {shlex.quote(str(huruf))} && exec {shlex.join(perintah)}"
    jalan = subprocess.run(["unshare", "-m", "sh", "-c", kosong], check=False, capture_output=True, text=True)
    assert jalan.returncode == 2, jalan.stderr
    assert "Huruf DejaVuSans.ttf tidak ada atau rusak" in jalan.stderr
    assert "Pasang ulang matplotlib" in jalan.stderr
    assert "Traceback" not in jalan.stderr
    assert not sasaran.exists()
    pulih(mesin, sasaran)
