"""Data from and results to other stores: memory, archives, a real HTTP server, a real FTP server."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import threading
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from klaster import AKAR, perintah_laporan, sidik

from kinerja.data import baca
from kinerja.data.alamat import GalatAlamat, baca_alamat, tanpa_rahasia, unduhan
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


def isi_memori(akar: str) -> dict[str, bytes]:
    fs = fsspec.filesystem("memory")
    return {p.removeprefix(akar + "/"): fs.cat_file(p) for p in fs.find(akar)}


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
    cermin = Cermin("memory://uji-potong", map_jadi.parents[1], map_jadi.relative_to(map_jadi.parents[1]))
    asli = type(cermin.fs).put_file

    def put_file(self, lokal_, jauh, **kw):
        asli(self, lokal_, jauh, **kw)
        if jauh.endswith(".pdf"):
            self.pipe_file(jauh, b"setengah")

    monkeypatch.setattr(type(cermin.fs), "put_file", put_file)
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
