"""The press on a cluster: who is trusted, what becomes of lost packs, and the same bytes as on one machine."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from klaster import AKAR, klaster, perintah_laporan, sidik, tunggu_jadi

from kinerja.laporan import klaster as modul
from kinerja.laporan.batas import Batas
from kinerja.laporan.batch import Pesanan, cetak
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


# -- on a real one --------------------------------------------------------------------------------------


def test_klaster_sungguhan_memberi_byte_yang_sama(cetakan, tmp_path):
    pesanan, r = cetakan
    with klaster(tmp_path / "k", pekerja=1) as k:
        cetak_ = perintah_laporan(
            pesanan.data, tmp_path / "h", "--penjadwal", k.alamat, "--opd", "dinkes", "--opd", "_pemda"
        )
        hasil = subprocess.run(cetak_, capture_output=True, text=True, cwd=tmp_path, env=k.env, check=False)
    assert hasil.returncode == 0, hasil.stderr
    for kode in ("dinkes", "_pemda"):
        assert sidik(tmp_path / "h" / "sumbar" / "2022" / kode) == sidik(r.map / kode)


@pytest.mark.lambat
def test_pekerja_dimatikan_paksa_di_tengah(cetakan, tmp_path):
    pesanan, r = cetakan
    with klaster(tmp_path / "k", pekerja=2) as k:
        cetak_ = perintah_laporan(pesanan.data, tmp_path / "h", "--penjadwal", k.alamat)
        proses = subprocess.Popen(cetak_, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=k.env)
        tunggu_jadi(tmp_path / "h", 2, proses)
        k.pekerja[0].send_signal(signal.SIGKILL)
        _, galat = proses.communicate()
        assert proses.returncode == 0, galat
        assert "hilang" in galat
        lagi = subprocess.run(
            [*cetak_, "--lanjutkan"], capture_output=True, text=True, cwd=tmp_path, env=k.env, check=True
        )
        assert "0 paket dibuat, 11 sudah ada" in lagi.stdout
    assert sidik(tmp_path / "h" / "sumbar" / "2022") == sidik(r.map)


@pytest.mark.lambat
def test_ctrl_c_membatalkan_dan_lanjutkan_menyelesaikan(cetakan, tmp_path):
    pesanan, r = cetakan
    with klaster(tmp_path / "k", pekerja=1) as k:
        cetak_ = perintah_laporan(pesanan.data, tmp_path / "h", "--penjadwal", k.alamat)
        proses = subprocess.Popen(cetak_, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=k.env)
        tunggu_jadi(tmp_path / "h", 2, proses)
        proses.send_signal(signal.SIGINT)
        _, galat = proses.communicate(timeout=60)
        assert proses.returncode == 130, galat
        assert "--lanjutkan" in galat
        assert "Traceback" not in galat
        assert _tanpa_mesin(k.pekerja[0].pid), "mesin cetak masih jalan setelah dibatalkan"
        lagi = subprocess.run(
            [*cetak_, "--lanjutkan"], capture_output=True, text=True, cwd=tmp_path, env=k.env, check=False
        )
        assert lagi.returncode == 0, lagi.stderr
    assert sidik(tmp_path / "h" / "sumbar" / "2022") == sidik(r.map)


def _tanpa_mesin(pid: int) -> bool:
    for _ in range(100):
        anak = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if not anak:
            return True
        time.sleep(0.1)
    return False


def _salin_program(tujuan: Path, ubah: Callable[[Path], None]) -> Path:
    for nama in ("kinerja", "notebooks", "params", "reports/templat"):
        shutil.copytree(AKAR / nama, tujuan / nama, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(AKAR / "requirements.lock", tujuan)
    ubah(tujuan)
    return tujuan


@pytest.mark.lambat
def test_pekerja_dengan_program_lain_ditolak(cetakan, tmp_path):
    pesanan, r = cetakan
    lain = _salin_program(
        tmp_path / "lain", lambda p: (p / "kinerja" / "laporan" / "baru.py").write_text("X = 1\n")
    )
    with klaster(tmp_path / "k", pekerja=0) as k:
        k.tambah({"PYTHONPATH": str(lain)})
        cetak_ = perintah_laporan(pesanan.data, tmp_path / "h", "--penjadwal", k.alamat, "--opd", "dinkes")
        hasil = subprocess.run(cetak_, capture_output=True, text=True, cwd=tmp_path, env=k.env, check=False)
        assert hasil.returncode == 2
        assert "isi program" in hasil.stderr
        assert "Traceback" not in hasil.stderr
        assert not list((tmp_path / "h").rglob(MANIFES))
        k.tambah()
        time.sleep(5)
        hasil = subprocess.run(cetak_, capture_output=True, text=True, cwd=tmp_path, env=k.env, check=False)
    assert hasil.returncode == 0, hasil.stderr
    assert sidik(tmp_path / "h" / "sumbar" / "2022" / "dinkes") == sidik(r.map / "dinkes")


@pytest.mark.lambat
def test_notebook_yang_mematikan_pekerja_dilaporkan_gagal_dan_yang_lain_jadi(buku, tmp_path):
    """Its own process is the child of the machine, and the machine of the worker: it kills its grandparent."""
    bunuh = (
        "import os, signal\nfrom kinerja.laporan.isi import buka_irisan as _b\n"
        "if irisan and _b(irisan).meta['kode'] == 'dinkes':\n"
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
        opd = [x for kode in ("dinkes", "disdik", "bappeda") for x in ("--opd", kode)]
        cetak_ = perintah_laporan(buku, tmp_path / "h", "--penjadwal", k.alamat, *opd)
        hasil = subprocess.run(
            cetak_, capture_output=True, text=True, cwd=tmp_path, env=dict(k.env), check=False
        )
    assert hasil.returncode == 1, hasil.stderr
    assert "2 paket dibuat, 0 sudah ada, 1 gagal" in hasil.stdout
    assert "GAGAL dinkes: Sudah dicoba 3 kali di klaster" in hasil.stdout


@pytest.mark.lambat
@pytest.mark.skipif(shutil.which("openssl") is None, reason="perlu openssl untuk membuat sertifikat uji")
def test_tls(cetakan, tmp_path):
    pesanan, r = cetakan
    kunci, sertifikat = tmp_path / "kunci.pem", tmp_path / "sertifikat.pem"
    buat = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=uji"]
    subprocess.run([*buat, "-keyout", str(kunci), "-out", str(sertifikat)], check=True, capture_output=True)
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(sertifikat)}
    for siapa in ("SCHEDULER", "WORKER", "CLIENT"):
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{siapa}__CERT"] = str(sertifikat)
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{siapa}__KEY"] = str(kunci)
    with klaster(tmp_path / "k", pekerja=1, env=tls) as k:
        assert k.alamat.startswith("tls://")
        cetak_ = perintah_laporan(pesanan.data, tmp_path / "h", "--penjadwal", k.alamat, "--opd", "dinkes")
        hasil = subprocess.run(cetak_, capture_output=True, text=True, cwd=tmp_path, env=k.env, check=False)
        assert hasil.returncode == 0, hasil.stderr
        tanpa = {n: v for n, v in os.environ.items() if "TLS" not in n} | {"PYTHONPATH": str(AKAR)}
        ditolak = subprocess.run(cetak_, capture_output=True, text=True, cwd=tmp_path, env=tanpa, check=False)
        assert ditolak.returncode == 2
        assert "tidak menjawab" in ditolak.stderr
        assert "Traceback" not in ditolak.stderr
    assert sidik(tmp_path / "h" / "sumbar" / "2022" / "dinkes") == sidik(r.map / "dinkes")
