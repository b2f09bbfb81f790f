"""The press on a cluster: who is trusted, what becomes of lost packs, and the same bytes as on one machine."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from klaster import AKAR, Klaster, klaster, perintah_laporan, sidik, tunggu_jadi

from kinerja.contoh import buat_contoh
from kinerja.data import tulis_buku
from kinerja.laporan import klaster as modul
from kinerja.laporan.batas import Batas
from kinerja.laporan.batch import Pesanan, Ringkasan, cetak
from kinerja.laporan.keutuhan import MANIFES, tulis_manifes
from kinerja.laporan.klaster import COBA, cetak_di_klaster
from kinerja.laporan.mesin_cetak import Balasan, Kiriman, keadaan
from kinerja.laporan.paket import GalatPesanan, Tugas

BATAS = Batas(opd=60)


# -- what is decided here, with a cluster that does as it is told ---------------------------------------


class _Masa:
    def __init__(self, key: str) -> None:
        self.key, self.status, self._isi = key, "pending", None

    def selesai(self, status: str, isi: Any = None) -> None:
        self.status, self._isi = status, isi

    def result(self) -> Any:
        return self._isi

    exception = result

    def add_done_callback(self, panggil: Callable[[Any], None]) -> None:
        panggil(self)

    def cancel(self) -> None:
        self.status = "cancelled"

    def release(self) -> None:
        pass


class _Klien:
    """Answers at once, as `laku(worker, request)` says: a value, an exception, or "hilang" for a dead worker."""

    def __init__(self, laku: Callable[[str, Kiriman | None], Any], *pekerja: str) -> None:
        self.laku, self.pekerja = laku, dict.fromkeys(pekerja, 1)
        self.dikirim: list[tuple[str, str]] = []
        self.paling_banyak = self.di_luar = 0

    def nthreads(self) -> dict[str, int]:
        return dict(self.pekerja)

    def submit(
        self, fungsi: Any, pesanan: str, isi: bytes, *, key: str, workers: list[str], **_: Any
    ) -> _Masa:
        import pickle

        minta, masa = pickle.loads(isi), _Masa(key)
        if minta is not None:
            self.dikirim.append((workers[0], minta.tugas.kode))
        hasil = self.laku(workers[0], minta)
        if hasil == "hilang":
            self.pekerja.pop(workers[0], None)
            masa.add_done_callback = lambda _: None  # type: ignore[method-assign]
        elif isinstance(hasil, Exception):
            masa.selesai("error", hasil)
        else:
            masa.selesai("finished", pickle.dumps(hasil))
        return masa

    def cancel(self, masa: list[_Masa]) -> None:
        pass

    def run(self, *_: Any, **__: Any) -> None:
        pass

    def close(self, **_: Any) -> None:
        pass


def _tugas(folder: Path, banyak: int = 6) -> list[Tugas]:
    return [
        Tugas(f"opd{i}", f"OPD {i}", "x.ipynb", "{}", ("html",), folder / f"opd{i}", f"k{i}")
        for i in range(banyak)
    ]


def _baik(_: str, minta: Kiriman | None) -> Any:
    if minta is None:
        return keadaan()
    import hashlib

    isi = {f"laporan-{minta.tugas.kode}.html": b"isi", "irisan.json": b"{}"}
    berkas = {n: hashlib.sha256(b).hexdigest() for n, b in isi.items()}
    manifes = tulis_manifes({"kunci": minta.tugas.kunci, "berkas": berkas}).encode()
    return Balasan({**isi, MANIFES: manifes}, {}, None, 1.0, 1)


@pytest.fixture
def jalankan(monkeypatch, tmp_path):
    def lakukan(klien: _Klien, tugas: list[Tugas] | None = None) -> tuple[dict[str, Any], list[str]]:
        kata: list[str] = []
        monkeypatch.setattr(modul, "_sambung", lambda _: klien)
        monkeypatch.setattr(modul, "_SELANG", 0.001)
        antrean = iter(_tugas(tmp_path) if tugas is None else tugas)
        hasil = {h.tugas.kode: h.galat for h in cetak_di_klaster(antrean, "tcp://x:1", BATAS, kata.append)}
        return hasil, kata

    return lakukan


def test_berkas_yang_datang_ditaruh_di_tempat_sementara(jalankan, tmp_path):
    hasil, _ = jalankan(_Klien(_baik, "a", "b"))
    assert hasil == dict.fromkeys([f"opd{i}" for i in range(6)])
    for i in range(6):
        isi = {p.name for p in (tmp_path / f".opd{i}.sebagian").iterdir()}
        assert isi == {f"laporan-opd{i}.html", "irisan.json", MANIFES}


def test_pekerja_berversi_lain_ditolak_dan_tidak_diberi_paket(jalankan):
    klien = _Klien(
        lambda w, m: {**keadaan(), "pandas": "0.1"} if m is None and w == "lama" else _baik(w, m),
        "lama",
        "baru",
    )
    hasil, kata = jalankan(klien)
    assert set(hasil.values()) == {None}
    assert {w for w, _ in klien.dikirim} == {"baru"}
    assert len(kata) == 1
    assert "lama ditolak" in kata[0]
    assert "pandas 0.1 (di sini" in kata[0]


def test_semua_pekerja_berversi_lain_menghentikan_pesanan(jalankan):
    with pytest.raises(GalatPesanan, match=r"kinerja 0\.0 \(di sini"):
        jalankan(_Klien(lambda w, m: {**keadaan(), "kinerja": "0.0"}, "a", "b"))


def test_pekerja_tanpa_kinerja_ditolak_dengan_sebabnya(jalankan):
    with pytest.raises(GalatPesanan, match=r"tidak dapat dijalankan.*No module named"):
        jalankan(_Klien(lambda w, m: ModuleNotFoundError("No module named 'kinerja'"), "a"))


def test_tanpa_pekerja_disebut_cara_menjalankannya(jalankan, monkeypatch):
    monkeypatch.setattr(modul, "TUNGGU_PEKERJA", 0.01)
    with pytest.raises(GalatPesanan, match="dask worker tcp://x:1"):
        jalankan(_Klien(_baik))


def test_paket_dari_pekerja_yang_hilang_dikerjakan_pekerja_lain(jalankan):
    hilang = itertools.count()

    def laku(w: str, m: Kiriman | None) -> Any:
        return "hilang" if m is not None and w == "a" and next(hilang) == 1 else _baik(w, m)

    hasil, kata = jalankan(_Klien(laku, "a", "b"))
    assert hasil == dict.fromkeys([f"opd{i}" for i in range(6)])
    assert any("Pekerja a hilang" in k for k in kata)


def test_paket_yang_mematikan_setiap_pekerja_dilaporkan_dan_tidak_menyeret_yang_lain(jalankan):
    klien = _Klien(_baik, "w0", "w1")
    nomor = itertools.count(2)

    def laku(w: str, m: Kiriman | None) -> Any:
        if m is not None and m.tugas.kode == "opd2":
            klien.pekerja[f"w{next(nomor)}"] = 1  # the cluster replaces what dies
            return "hilang"
        return _baik(w, m)

    klien.laku = laku
    hasil, _ = jalankan(klien)
    assert {k for k, g in hasil.items() if g is not None} == {"opd2"}
    assert f"Sudah dicoba {COBA} kali" in str(hasil["opd2"])
    assert "pekerjanya hilang" in str(hasil["opd2"])
    assert [k for _, k in klien.dikirim].count("opd2") == COBA


@pytest.mark.parametrize(
    "rusak",
    [
        lambda b: replace(b, isi={**b.isi, "irisan.json": b"[]"}),
        lambda b: replace(b, isi={n: x for n, x in b.isi.items() if n != "irisan.json"}),
        lambda b: replace(b, isi={**b.isi, "../luar.html": b""}),
        lambda b: replace(b, isi={n: x for n, x in b.isi.items() if n != MANIFES}),
        lambda b: replace(b, isi={**b.isi, MANIFES: b'{"kunci": "lain", "berkas": {}}'}),
        lambda b: replace(b, isi={**b.isi, MANIFES: b"[]"}),
    ],
)
def test_berkas_yang_tidak_cocok_dengan_manifes_tidak_pernah_ditaruh(jalankan, tmp_path, rusak):
    klien = _Klien(lambda w, m: _baik(w, m) if m is None else rusak(_baik(w, m)), "a", "b")
    hasil, _ = jalankan(klien, _tugas(tmp_path, 1))
    assert "tidak cocok dengan manifesnya" in str(hasil["opd0"])
    assert {w for w, _ in klien.dikirim} == {"a", "b"}  # the second try went to another worker
    assert list(tmp_path.iterdir()) == []


def test_irisan_dibuat_sedikit_demi_sedikit(jalankan, tmp_path, monkeypatch):
    di_tangan: list[int] = []
    dibuat = itertools.count(1)

    def rencana():
        for t in _tugas(tmp_path, 200):
            di_tangan.append(next(dibuat) - selesai)
            yield t

    monkeypatch.setattr(modul, "_sambung", lambda _: _Klien(_baik, "a", "b"))
    selesai = 0
    for _ in cetak_di_klaster(rencana(), "tcp://x:1", BATAS, lambda _: None):
        selesai += 1
    assert selesai == 200
    assert max(di_tangan) <= 5  # two workers of one thread hold two each


@pytest.mark.parametrize(
    ("alamat", "pesan"),
    [
        ("127.0.0.1:8786", "Tulis seperti tcp://"),
        ("http://127.0.0.1:8786", "Tulis seperti tcp://"),
        ("tcp://127.0.0.1:1", "tidak menjawab"),
    ],
)
def test_penjadwal_yang_salah_ditolak_sebelum_data_dibaca(tmp_path, alamat, pesan, monkeypatch):
    import dask

    pesanan = Pesanan("sumbar", tmp_path / "tidak-ada.xlsx", "2022", tmp_path / "hasil", penjadwal=alamat)
    monkeypatch.setattr(modul, "TUNGGU_SAMBUNG", 1.0)
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(GalatPesanan, match=pesan),
    ):
        cetak(pesanan)
    assert not (tmp_path / "hasil").exists()


def test_tanpa_dask_disebut_cara_memasangnya(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GalatPesanan, match=r"pip install 'kinerja\[dask\]'"):
        cetak(Pesanan("sumbar", tmp_path / "x.xlsx", "2022", tmp_path, penjadwal="tcp://127.0.0.1:8786"))


# -- on a real one: slow, so few people, few OPDs, and the fastest format ------------------------------


@pytest.fixture(scope="module")
def kecil(tmp_path_factory) -> tuple[Pesanan, Ringkasan]:
    """Five OPDs and the pemda, printed on this machine. Read only."""
    folder = tmp_path_factory.mktemp("kecil")
    tulis_buku(buat_contoh("sumbar", pegawai=30, benih=7), folder / "buku.xlsx")
    pesanan = Pesanan("sumbar", folder / "buku.xlsx", "2022", folder / "hasil", format=("html",))
    return pesanan, cetak(pesanan)


def perintah_kecil(pesanan: Pesanan, keluaran: Path, k: Klaster, *opd: str) -> list[str]:
    pilihan = ["--format", ",".join(pesanan.format), "--penjadwal", k.alamat]
    return perintah_laporan(Path(pesanan.data), keluaran, *pilihan, *(x for o in opd for x in ("--opd", o)))


def jalan(perintah: list[str], folder: Path, env: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        perintah, capture_output=True, text=True, cwd=folder, env=dict(env), check=False, timeout=300
    )


@contextmanager
def berjalan(perintah: list[str], folder: Path, env: Any) -> Iterator[subprocess.Popen[str]]:
    """A command in the background, which does not outlive the block."""
    with subprocess.Popen(perintah, stderr=subprocess.PIPE, text=True, cwd=folder, env=env) as proses:
        try:
            yield proses
        finally:
            if proses.poll() is None:
                proses.kill()


def sedang_mencetak(k: Klaster, proses: subprocess.Popen[str]) -> list[subprocess.Popen[bytes]]:
    """Workers whose printing machine has a pack in the making just now; waits until there is one."""
    while True:
        assert proses.poll() is None, proses.stderr.read()
        with suppress(psutil.NoSuchProcess):  # ended between two looks
            if sibuk := [p for p in k.pekerja if any(m.children() for m in mesin(p))]:
                return sibuk
        time.sleep(0.02)


def mesin(pekerja: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The printing machines of a worker."""
    return [p for p in psutil.Process(pekerja.pid).children() if "mesin_cetak" in " ".join(p.cmdline())]


@pytest.mark.lambat
def test_klaster_sungguhan_memberi_byte_yang_sama_dalam_semua_format(tmp_path):
    tulis_buku(buat_contoh("sumbar", pegawai=12, benih=7), tmp_path / "buku.xlsx")
    pesanan = Pesanan("sumbar", tmp_path / "buku.xlsx", "2022", tmp_path / "satu", opd=("setda", "_pemda"))
    r = cetak(pesanan)
    with klaster(tmp_path / "k", pekerja=1) as k:
        hasil = jalan(perintah_kecil(pesanan, tmp_path / "h", k, *pesanan.opd), tmp_path, k.env)
    assert hasil.returncode == 0, hasil.stderr
    assert {p.suffix for p in (r.map / "setda").iterdir()} >= {f".{f}" for f in pesanan.format}
    assert sidik(tmp_path / "h" / "sumbar" / "2022") == sidik(r.map)


@pytest.mark.lambat
def test_pekerja_dimatikan_paksa_selagi_mencetak(kecil, tmp_path):
    pesanan, r = kecil
    with klaster(tmp_path / "k", pekerja=2) as k:
        cetak_ = perintah_kecil(pesanan, tmp_path / "h", k)
        with berjalan(cetak_, tmp_path, k.env) as proses:
            sedang_mencetak(k, proses)[0].send_signal(signal.SIGKILL)
            _, galat = proses.communicate(timeout=300)
        assert proses.returncode == 0, galat
        assert "hilang" in galat
        lagi = jalan([*cetak_, "--lanjutkan"], tmp_path, k.env)
        assert "0 paket dibuat, 6 sudah ada" in lagi.stdout, lagi.stderr
    assert sidik(tmp_path / "h" / "sumbar" / "2022") == sidik(r.map)


@pytest.mark.lambat
def test_ctrl_c_membatalkan_dan_lanjutkan_menyelesaikan(kecil, tmp_path):
    pesanan, r = kecil
    with klaster(tmp_path / "k", pekerja=1) as k:
        cetak_ = perintah_kecil(pesanan, tmp_path / "h", k)
        with berjalan(cetak_, tmp_path, k.env) as proses:
            tunggu_jadi(tmp_path / "h", 1, proses)
            [sibuk] = sedang_mencetak(k, proses)
            keluarga = [p for m in mesin(sibuk) for p in (m, *m.children(recursive=True))]
            proses.send_signal(signal.SIGINT)
            _, galat = proses.communicate(timeout=60)
        assert proses.returncode == 130, galat
        assert "--lanjutkan" in galat
        assert "Traceback" not in galat
        _, sisa = psutil.wait_procs(keluarga, timeout=10)
        assert not sisa, "mesin cetak masih jalan setelah dibatalkan"
        assert sibuk.poll() is None, "pekerja harus tetap ada untuk pesanan berikut"
        lagi = jalan([*cetak_, "--lanjutkan"], tmp_path, k.env)
        assert lagi.returncode == 0, lagi.stderr
        assert ", 0 sudah ada" not in lagi.stdout
    assert sidik(tmp_path / "h" / "sumbar" / "2022") == sidik(r.map)


def _salin_program(tujuan: Path, ubah: Callable[[Path], None]) -> Path:
    for nama in ("kinerja", "notebooks", "params", "reports/templat"):
        shutil.copytree(AKAR / nama, tujuan / nama, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(AKAR / "requirements.lock", tujuan)
    ubah(tujuan)
    return tujuan


@pytest.mark.lambat
def test_pekerja_dengan_program_lain_ditolak(kecil, tmp_path):
    pesanan, r = kecil
    lain = _salin_program(
        tmp_path / "lain", lambda p: (p / "kinerja" / "laporan" / "baru.py").write_text("X = 1\n")
    )
    with klaster(tmp_path / "k", pekerja=0) as k:
        k.tambah({"PYTHONPATH": str(lain)})
        cetak_ = perintah_kecil(pesanan, tmp_path / "h", k, "setda")
        hasil = jalan(cetak_, tmp_path, k.env)
        assert hasil.returncode == 2, hasil.stdout + hasil.stderr
        assert "isi program" in hasil.stderr
        assert "Traceback" not in hasil.stderr
        assert not list((tmp_path / "h").rglob(MANIFES))
        k.tambah()
        k.tunggu_terdaftar()
        hasil = jalan(cetak_, tmp_path, k.env)
    assert hasil.returncode == 0, hasil.stderr
    assert "ditolak karena berbeda" in hasil.stderr  # still there, and still without a pack
    assert sidik(tmp_path / "h" / "sumbar" / "2022" / "setda") == sidik(r.map / "setda")


@pytest.mark.lambat
def test_notebook_yang_mematikan_pekerja_dilaporkan_gagal_dan_yang_lain_jadi(kecil, tmp_path):
    """Its own process is the child of the machine, and the machine of the worker: it kills its grandparent."""
    pesanan, _ = kecil
    bunuh = (
        "import os, signal\nfrom kinerja.laporan.isi import buka_irisan as _b\n"
        "if irisan and _b(irisan).meta['kode'] == 'disdik':\n"
        "    os.kill(int(open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[1]), signal.SIGKILL)\n"
        "    import time; time.sleep(60)\n"
    )

    def ubah(p: Path) -> None:
        nb = nbformat.read(p / "notebooks" / "laporan_opd.ipynb", 4)
        di = next(i for i, s in enumerate(nb.cells) if "parameters" in s.metadata.get("tags", []))
        nb.cells.insert(di + 1, nbformat.v4.new_code_cell(bunuh))
        nbformat.write(nb, p / "notebooks" / "laporan_opd.ipynb")

    program = _salin_program(tmp_path / "program", ubah)
    with klaster(tmp_path / "k", pekerja=0, env={"PYTHONPATH": str(program)}) as k:
        for _ in range(2):
            k.tambah(perawat=True)
        hasil = jalan(
            perintah_kecil(pesanan, tmp_path / "h", k, "setda", "disdik", "_pemda"), tmp_path, k.env
        )
    assert hasil.returncode == 1, hasil.stderr
    assert "2 paket dibuat, 0 sudah ada, 1 gagal" in hasil.stdout
    assert f"GAGAL disdik: Sudah dicoba {COBA} kali di klaster" in hasil.stdout


@pytest.mark.lambat
@pytest.mark.skipif(shutil.which("openssl") is None, reason="perlu openssl untuk membuat sertifikat uji")
def test_tls(kecil, tmp_path):
    pesanan, r = kecil
    kunci, sertifikat = tmp_path / "kunci.pem", tmp_path / "sertifikat.pem"
    buat = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=uji"]
    subprocess.run([*buat, "-keyout", str(kunci), "-out", str(sertifikat)], check=True, capture_output=True)
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(sertifikat)}
    for siapa in ("SCHEDULER", "WORKER", "CLIENT"):
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{siapa}__CERT"] = str(sertifikat)
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{siapa}__KEY"] = str(kunci)
    with klaster(tmp_path / "k", pekerja=1, env=tls) as k:
        assert k.alamat.startswith("tls://")
        cetak_ = perintah_kecil(pesanan, tmp_path / "h", k, "setda")
        hasil = jalan(cetak_, tmp_path, k.env)
        assert hasil.returncode == 0, hasil.stderr
        tanpa = {n: v for n, v in os.environ.items() if "TLS" not in n} | {"PYTHONPATH": str(AKAR)}
        ditolak = jalan(cetak_, tmp_path, tanpa)
        assert ditolak.returncode == 2
        assert "tidak menjawab" in ditolak.stderr
        assert "Traceback" not in ditolak.stderr
    assert sidik(tmp_path / "h" / "sumbar" / "2022" / "setda") == sidik(r.map / "setda")
