"""Data from and results to other stores: memory, archives, a real HTTP server, a real FTP server."""

from __future__ import annotations

import functools
import http.server
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from klaster import AKAR, perintah_laporan, sidik

from kinerja.data import baca
from kinerja.data.alamat import GalatAlamat, baca_alamat, tanpa_rahasia, unduhan
from kinerja.laporan import gembok
from kinerja.laporan.batch import Ringkasan, cetak
from kinerja.laporan.cermin import Cermin, keluaran_lokal
from kinerja.laporan.keutuhan import MANIFES, periksa_paket


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("C:\\data\\buku.xlsx", Path("C:\\data\\buku.xlsx")),
        ("C:/data/buku.xlsx", Path("C:/data/buku.xlsx")),
        ("c://data/buku.xlsx", Path("c://data/buku.xlsx")),
        ("buku.xlsx", Path("buku.xlsx")),
        ("map dengan : titik dua/x.xlsx", Path("map dengan : titik dua/x.xlsx")),
        ("s3://ember/x.xlsx", "s3://ember/x.xlsx"),
        ("zip://a.xlsx::/tmp/b.zip", "zip://a.xlsx::/tmp/b.zip"),
        ("file:///tmp/a b.xlsx", Path("/tmp/a b.xlsx")),
    ],
)
def test_jalur_windows_bukan_alamat(teks, hasil):
    assert baca_alamat(teks) == hasil


@pytest.mark.parametrize(
    ("teks", "tampil"),
    [
        ("sftp://budi:rahasia@server/map", "sftp://server/map"),
        ("https://x/buku.xlsx?X-Signature=rahasia&a=b", "https://x/buku.xlsx"),
        ("zip://a.xlsx::https://u:rahasia@x/b.zip?t=rahasia", "zip://a.xlsx::https://x/b.zip"),
        ("gagal di 'ftp://u:rahasia@x:21/a', coba lagi", "gagal di 'ftp://x:21/a', coba lagi"),
    ],
)
def test_rahasia_tidak_ditampilkan(teks, tampil):
    assert tanpa_rahasia(teks) == tampil


def sama(a, b) -> bool:
    return (
        a.sha256 == b.sha256 and a.sumber == b.sumber and all(a.tabel[t].equals(b.tabel[t]) for t in a.tabel)
    )


def test_data_dari_memori_arsip_dan_berkas(buku, tmp_path):
    asli = baca(buku)
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/uji-data/contoh.xlsx", buku.read_bytes())
    with zipfile.ZipFile(tmp_path / "arsip.zip", "w") as z:
        z.write(buku, "dalam/contoh.xlsx")
    assert sama(baca("memory://uji-data/contoh.xlsx"), asli)
    assert sama(baca(f"zip://dalam/contoh.xlsx::{tmp_path / 'arsip.zip'}"), asli)
    assert sama(baca(f"file://{buku}"), asli)


def test_map_csv_di_tempat_lain_diunduh_seluruhnya():
    fs = fsspec.filesystem("memory")
    for nama in ("opd.csv", "pegawai.csv", "catatan.txt"):
        fs.pipe_file(f"/uji-map/data/{nama}", nama.encode())
    with unduhan("memory://uji-map/data") as jalur:
        assert {p.name: p.read_text() for p in jalur.iterdir()} == {
            "opd.csv": "opd.csv",
            "pegawai.csv": "pegawai.csv",
        }
    assert not jalur.exists()


class _Diam(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_data_dari_server_http(buku):
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Diam, directory=str(buku.parent))
    )
    utas = threading.Thread(target=server.serve_forever)
    utas.start()
    try:
        alamat = f"http://127.0.0.1:{server.server_port}"
        kode = (
            "import sys, hashlib; from kinerja.data.alamat import unduhan, GalatAlamat\n"
            "with unduhan(sys.argv[1]) as p: print(p.name, hashlib.sha256(p.read_bytes()).hexdigest())\n"
            "try:\n    with unduhan(sys.argv[2]): pass\nexcept GalatAlamat as g: print(g)\n"
        )
        hasil = subprocess.run(
            [
                sys.executable,
                "-c",
                kode,
                f"{alamat}/contoh.xlsx?t=rahasia",
                f"{alamat}/tidak-ada.xlsx?t=rahasia",
            ],
            capture_output=True,
            text=True,
            check=True,
            cwd=AKAR,
        )
    finally:
        server.shutdown()
        utas.join()
        server.server_close()
    ada, tiada = hasil.stdout.splitlines()
    assert ada == f"contoh.xlsx {baca(buku).sha256}"
    assert "tidak-ada.xlsx tidak dapat dicapai" in tiada
    assert "rahasia" not in hasil.stdout


def test_jenis_alamat_yang_tidak_ada_dan_yang_perlu_paket_tambahan():
    with pytest.raises(GalatAlamat, match="tidak dapat dicapai"), unduhan("entah://x/y.xlsx"):
        pass
    with pytest.raises(GalatAlamat, match="perlu paket tambahan"), unduhan("s3://x/y.xlsx"):
        pass


# -- results --------------------------------------------------------------------------------------------


MEMORI = fsspec.filesystem("memory")
GEMBOK = "sumbar/.2022.gembok"
ORANG_LAIN = b'{"pid": 77, "komputer": "server-lain", "sejak": "2026-01-02 03:04:05+07:00", "perintah": "x"}'


@pytest.fixture(autouse=True)
def tanpa_jeda(monkeypatch):
    monkeypatch.setattr(gembok, "_JEDA", 0.0)
    monkeypatch.setattr(gembok, "_SELANG_JAUH", 0.0)


def isi_memori(akar: str) -> dict[str, bytes]:
    return {p.removeprefix(akar + "/"): MEMORI.cat_file(p) for p in MEMORI.find(akar)}


@pytest.fixture
def map_jadi(cetakan, tmp_path) -> Path:
    """A folder as the press leaves it, and where a Cermin would look for it."""
    tujuan = tmp_path / "lokal" / "sumbar" / "2022"
    shutil.copytree(cetakan[1].map, tujuan)
    return tujuan


def test_manifes_selalu_yang_terakhir_dan_tidak_ada_selama_paket_diganti(map_jadi, monkeypatch):
    with keluaran_lokal("memory://uji-urutan", "sumbar", "2022", False) as (lokal, cermin):
        shutil.copytree(map_jadi, lokal / "sumbar" / "2022")
        fs, urutan = cermin.fs, []
        asli = type(fs).put_file

        def put_file(self, lokal_, jauh, **kw):
            urutan.append(jauh.removeprefix(cermin.akar + "/"))
            map_ = jauh.rsplit("/", 1)[0]
            assert not self.exists(f"{map_}/{MANIFES}"), "berkas diganti selagi manifesnya menjamin"
            asli(self, lokal_, jauh, **kw)

        monkeypatch.setattr(type(fs), "put_file", put_file)
        for _ in range(2):  # the second time everything is replaced
            urutan.clear()
            for kode in ("dinkes", "_pemda"):
                cermin.kirim(kode)
            assert cermin.menunggu is False
            cermin.akhiri()
            assert urutan[-1] == MANIFES
            for kode in ("dinkes", "_pemda"):
                milik = [u for u in urutan if u.startswith(f"{kode}/")]
                assert milik[-1] == f"{kode}/{MANIFES}"
    isi = isi_memori("/uji-urutan/sumbar/2022")
    assert isi[f"dinkes/{MANIFES}"] == (map_jadi / "dinkes" / MANIFES).read_bytes()


def test_berkas_yang_tiba_terpotong_adalah_galat(map_jadi, monkeypatch):
    asli = type(MEMORI).put_file

    def put_file(self, lokal_, jauh, **kw):
        asli(self, lokal_, jauh, **kw)
        if jauh.endswith(".pdf"):
            self.pipe_file(jauh, b"setengah")

    monkeypatch.setattr(type(MEMORI), "put_file", put_file)
    with keluaran_lokal("memory://uji-potong", "sumbar", "2022", False) as (lokal, cermin):
        shutil.copytree(map_jadi, lokal / "sumbar" / "2022")
        with pytest.raises(GalatAlamat, match="tiba dengan besar yang lain"):
            cermin.kirim("dinkes")
    assert f"dinkes/{MANIFES}" not in isi_memori("/uji-potong/sumbar/2022")


def test_lanjutkan_memakai_yang_sudah_ada_di_sana(cetakan, map_jadi):
    pesanan, r = cetakan
    with keluaran_lokal("memory://uji-lanjut", "sumbar", "2022", False) as (lokal, cermin):
        shutil.copytree(map_jadi, lokal / "sumbar" / "2022")
        for kode in (*r.dibuat,):
            cermin.kirim(kode)
        cermin.akhiri()
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/uji-lanjut/sumbar/2022/dinkes/laporan-dinkes.html", b"rusak")
    lagi = cetak(replace(pesanan, keluaran="memory://uji-lanjut", lanjutkan=True))
    assert lagi.dibuat == ("dinkes",)
    assert len(lagi.dilewati) == 10
    assert "memory://uji-lanjut/sumbar/2022/index.html" in str(lagi)
    isi = isi_memori("/uji-lanjut/sumbar/2022")
    assert isi == {p.relative_to(r.map).as_posix(): p.read_bytes() for p in r.map.rglob("*") if p.is_file()}


# -- one run at a time on another store -----------------------------------------------------------------


@pytest.mark.parametrize("akhir", [None, ValueError, KeyboardInterrupt])
def test_gembok_jauh_ada_selama_perintah_dan_hilang_sesudahnya(akhir):
    akar = f"uji-gembok-{akhir and akhir.__name__}"
    with (
        pytest.raises(akhir) if akhir else nullcontext(),
        keluaran_lokal(f"memory://{akar}", "sumbar", "2022", False),
    ):
        siapa = json.loads(isi_memori(f"/{akar}")[GEMBOK])
        assert siapa.keys() == {"pid", "komputer", "sejak", "perintah"}
        assert siapa["pid"] == os.getpid()
        if akhir:
            raise akhir
    assert isi_memori(f"/{akar}") == {}


def test_gembok_orang_lain_menolak_perintah_dan_menyebut_jalan_keluarnya(cetakan):
    MEMORI.pipe_file(f"/u:rahasia@uji-dipakai/{GEMBOK}", ORANG_LAIN)
    with pytest.raises(gembok.SasaranDipakai) as galat:
        cetak(replace(cetakan[0], keluaran="memory://u:rahasia@uji-dipakai"))
    pesan = str(galat.value)
    assert "sedang dikerjakan proses 77 di server-lain sejak " in pesan
    assert " Januari 2026 pukul " in pesan
    assert "--tunggu" in pesan
    assert "hapus dulu objek memory://uji-dipakai/sumbar/.2022.gembok" in pesan
    assert "rahasia" not in pesan
    assert isi_memori("/u:rahasia@uji-dipakai") == {GEMBOK: ORANG_LAIN}


def test_tunggu_menunggu_gembok_jauh_dan_memberi_kabar_sekali():
    MEMORI.pipe_file(f"/uji-tunggu/{GEMBOK}", ORANG_LAIN)
    kata, dilihat = [], itertools.count()
    asli = gembok.time.sleep

    def sleep(lama):
        asli(lama)
        if next(dilihat) == 2:
            MEMORI.rm_file(f"/uji-tunggu/{GEMBOK}")

    with pytest.MonkeyPatch.context() as m:
        m.setattr(gembok.time, "sleep", sleep)
        with keluaran_lokal("memory://uji-tunggu", "sumbar", "2022", False, tunggu=True, kabar=kata.append):
            assert json.loads(isi_memori("/uji-tunggu")[GEMBOK])["pid"] == os.getpid()
    assert next(dilihat) > 3
    [satu] = kata
    assert "server-lain" in satu
    assert "Menunggu" in satu


def _ditimpa(self, jalur, isi, mode="overwrite"):
    """A store without exclusive create, and another run that looked when we did and wrote after us."""
    self.store.pop(jalur, None)
    type(self).open(self, jalur, mode="wb", data=isi)
    type(self).open(self, jalur, mode="wb", data=ORANG_LAIN)


def _didahului(self, jalur, isi, mode="overwrite"):
    """A store with exclusive create, and another run that was quicker by a moment."""
    type(self).open(self, jalur, mode="wb", data=ORANG_LAIN)
    raise OSError("412 Precondition Failed")


@pytest.mark.parametrize("pipe_file", [_ditimpa, _didahului])
def test_dua_perintah_pada_saat_yang_sama_hanya_satu_yang_jalan(monkeypatch, pipe_file):
    akar = f"uji-sama{pipe_file.__name__}"
    monkeypatch.setattr(type(MEMORI), "pipe_file", pipe_file)
    with (
        pytest.raises(gembok.SasaranDipakai, match="server-lain"),
        keluaran_lokal(f"memory://{akar}", "sumbar", "2022", False),
    ):
        pass
    assert isi_memori(f"/{akar}") == {GEMBOK: ORANG_LAIN}


def test_penyimpanan_tanpa_buat_eksklusif_tetap_bergembok(monkeypatch):
    def pipe_file(self, jalur, isi):
        self.open(jalur, mode="wb", data=isi)

    monkeypatch.setattr(type(MEMORI), "pipe_file", pipe_file)
    with keluaran_lokal("memory://uji-sederhana", "sumbar", "2022", False):
        assert set(isi_memori("/uji-sederhana")) == {GEMBOK}
    assert isi_memori("/uji-sederhana") == {}


@pytest.mark.parametrize("isi", [ORANG_LAIN, b"{", None])
def test_gembok_yang_direbut_di_tengah_menghentikan_sebelum_manifes(map_jadi, monkeypatch, isi):
    asli = type(MEMORI).put_file
    akar = f"/uji-rebut-{isi and len(isi)}"

    def put_file(self, lokal_, jauh, **kw):
        asli(self, lokal_, jauh, **kw)
        if isi is None:
            self.store.pop(f"{akar}/{GEMBOK}", None)
        else:
            self.pipe_file(f"{akar}/{GEMBOK}", isi)

    monkeypatch.setattr(type(MEMORI), "put_file", put_file)
    with keluaran_lokal(f"memory:/{akar}", "sumbar", "2022", False) as (lokal, cermin):
        shutil.copytree(map_jadi, lokal / "sumbar" / "2022")
        with pytest.raises(gembok.SasaranDipakai, match="berhenti sebelum menulis"):
            cermin.kirim("dinkes")
    sisa = isi_memori(akar)
    assert f"sumbar/2022/dinkes/{MANIFES}" not in sisa
    assert sisa.get(GEMBOK) == isi  # what is not ours stays


def test_gembok_yang_tidak_dapat_dihapus_dikabarkan_dan_tidak_menutupi_galatnya(monkeypatch):
    kata = []

    def rm_file(self, jalur):
        raise OSError("putus")

    monkeypatch.setattr(type(MEMORI), "rm_file", rm_file)
    with (
        pytest.raises(KeyboardInterrupt),
        keluaran_lokal("memory://uji-putus", "sumbar", "2022", False, kabar=kata.append),
    ):
        raise KeyboardInterrupt
    assert kata == [
        "Gembok memory://uji-putus/sumbar/.2022.gembok tidak dapat dihapus. "
        "Hapus sendiri sebelum perintah berikut."
    ]


def test_ringkasan_menyebut_alamat_tanpa_rahasia(tmp_path):
    c = Cermin("memory://u:rahasia@uji", tmp_path, Path("sumbar/2022"))
    teks = str(Ringkasan(tmp_path, (), (), {"x": "sebab"}, alamat=str(c)))
    assert "rahasia" not in teks
    assert "memory://uji/sumbar/2022/x/galat.txt" in teks


_FTP = """
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
a = DummyAuthorizer()
a.add_user("operator", "rahasia-sekali", sys.argv[1], perm="elradfmwMT")
FTPHandler.authorizer = a
s = FTPServer(("127.0.0.1", 0), FTPHandler)
print(s.address[1], flush=True)
s.serve_forever()
"""


ENV = {"PYTHONPATH": str(AKAR), "PATH": "/usr/bin:/bin"}


@contextmanager
def server_ftp(akar: Path):
    p = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _FTP, str(akar)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f"ftp://operator:rahasia-sekali@127.0.0.1:{int(p.stdout.readline())}/hasil"
    finally:
        p.terminate()
        p.wait()
        p.stdout.close()


@pytest.mark.lambat
def test_hasil_ke_server_ftp_sungguhan(cetakan, buku, tmp_path):
    _, r = cetakan
    (tmp_path / "ftp").mkdir()
    with server_ftp(tmp_path / "ftp") as alamat:
        cetak_ = perintah_laporan(buku, Path("x"), "--opd", "dinkes", "--opd", "_pemda")
        cetak_[cetak_.index("x")] = alamat
        env = {"PYTHONPATH": str(AKAR), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
        hasil = subprocess.run(cetak_, capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
        assert hasil.returncode == 0, hasil.stderr
        lagi = subprocess.run(
            [*cetak_, "--lanjutkan"], capture_output=True, text=True, cwd=tmp_path, env=env, check=False
        )
        assert "0 paket dibuat, 2 sudah ada" in lagi.stdout, lagi.stderr
    assert "rahasia" not in hasil.stdout + hasil.stderr + lagi.stdout + lagi.stderr
    di_sana = tmp_path / "ftp" / "hasil" / "sumbar" / "2022"
    for kode in ("dinkes", "_pemda"):
        assert sidik(di_sana / kode) == sidik(r.map / kode)
        assert periksa_paket(di_sana / kode, None).utuh
    for p in di_sana.rglob("*"):
        assert not p.is_file() or b"rahasia-sekali" not in p.read_bytes()


@pytest.mark.lambat
def test_dua_perintah_ke_satu_ftp_dan_yang_dimatikan_paksa(buku, tmp_path):
    """The first is killed while it works: its lock stays, and the message of the second tells what to delete."""
    (tmp_path / "ftp").mkdir()
    berkas = tmp_path / "ftp" / "hasil" / GEMBOK
    with server_ftp(tmp_path / "ftp") as alamat:
        cetak_ = perintah_laporan(buku, Path("x"), "--opd", "dinkes", "--format", "html")
        cetak_[cetak_.index("x")] = alamat
        jalan = functools.partial(
            subprocess.run, capture_output=True, text=True, cwd=tmp_path, env=ENV, check=False
        )
        with subprocess.Popen(cetak_, cwd=tmp_path, env=ENV, stderr=subprocess.DEVNULL) as pertama:
            while not (berkas.is_file() and berkas.read_bytes()):
                assert pertama.poll() is None
                time.sleep(0.05)
            pertama.send_signal(signal.SIGSTOP)  # still at work when the second has started
            kedua = jalan(cetak_)
            pertama.kill()
        assert kedua.returncode == 2, kedua.stdout
        assert f"sedang dikerjakan proses {pertama.pid} di " in kedua.stderr
        assert "Traceback" not in kedua.stderr
        assert "rahasia" not in kedua.stderr
        assert f"hapus dulu objek {tanpa_rahasia(alamat)}/{GEMBOK}." in kedua.stderr
        berkas.unlink()
        ketiga = jalan([*cetak_, "--lanjutkan"])
        assert ketiga.returncode == 0, ketiga.stderr
        assert not berkas.exists()
    assert periksa_paket(tmp_path / "ftp" / "hasil" / "sumbar" / "2022" / "dinkes", None).utuh


@pytest.mark.lambat
def test_server_yang_hilang_di_tengah_adalah_galat_yang_jelas(buku, tmp_path):
    (tmp_path / "ftp").mkdir()
    with server_ftp(tmp_path / "ftp") as alamat:
        pass
    cetak_ = perintah_laporan(buku, Path("x"), "--opd", "dinkes")
    cetak_[cetak_.index("x")] = alamat
    hasil = subprocess.run(
        cetak_, capture_output=True, text=True, cwd=tmp_path, check=False, env={"PYTHONPATH": str(AKAR)}
    )
    assert hasil.returncode == 2
    assert "tidak dapat dicapai" in hasil.stderr
    assert "rahasia" not in hasil.stderr
    assert "Traceback" not in hasil.stderr
