"""`kinerja lab` and `kinerja pamer` without a browser: copies, settings, ports, codes, and kernels that branch."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

import jinja2
import nbformat
import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from nbformat.sign import NotebookNotary

from kinerja import cli
from kinerja.bimtek import benih, lab, layanan, pamer, pelajaran

AKAR = Path(__file__).parents[1]


def notebook(berkas: Path, *sel: str) -> Path:
    isi = [nbformat.v4.new_markdown_cell("# Judul"), *map(nbformat.v4.new_code_cell, sel)]
    nbformat.write(nbformat.v4.new_notebook(cells=isi), berkas)
    return berkas


@pytest.fixture
def asal(tmp_path):
    map_ = tmp_path / "asal"
    map_.mkdir()
    return [notebook(map_ / f"{n}.ipynb", f"print({n!r})") for n in ("00_mulai", "01_a")]


# -- the copies of the lab ----------------------------------------------------------------------------------


def test_salinan_dibuat_dan_yang_diubah_dipertahankan(asal, tmp_path):
    tujuan = tmp_path / "Bimtek di mana-mana é"
    assert lab.salin(asal, tujuan) == [f"2 pelajaran disalin ke {tujuan}."]
    assert lab.salin(asal, tujuan) == []
    (tujuan / "01_a.ipynb").write_text("punya saya", encoding="utf-8")
    [kata] = lab.salin(asal, tujuan)
    assert kata.startswith("1 salinan berbeda dari aslinya")
    assert (tujuan / "01_a.ipynb").read_text(encoding="utf-8") == "punya saya"


def test_salin_ulang_menyimpan_yang_diubah(asal, tmp_path):
    tujuan = tmp_path / "t"
    lab.salin(asal, tujuan)
    (tujuan / "01_a.ipynb").write_text("punya saya", encoding="utf-8")
    kata = lab.salin(asal, tujuan, baru=True, saat=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    lama = tujuan / "lama-20260102-030405"
    assert (lama / "01_a.ipynb").read_text(encoding="utf-8") == "punya saya"
    assert (tujuan / "01_a.ipynb").read_bytes() == asal[1].read_bytes()
    assert any(str(lama) in k for k in kata)
    assert sorted(p.name for p in tujuan.iterdir()) == ["00_mulai.ipynb", "01_a.ipynb", lama.name]


def test_pengaturan_lab_milik_sendiri_dan_salinan_dipercaya(asal, tmp_path):
    tujuan = tmp_path / "t"
    lab.salin(asal, tujuan)
    lingkungan = lab.siapkan_rumah(tujuan, sorted(tujuan.glob("*.ipynb")))
    for nama in ("CONFIG", "DATA", "RUNTIME"):
        assert Path(lingkungan[f"JUPYTER_{nama}_DIR"]).is_relative_to(tujuan)
    rumah = Path(lingkungan["JUPYTER_CONFIG_DIR"]).parent
    timpaan = json.loads((rumah / "app/settings/overrides.json").read_text(encoding="utf-8"))
    assert timpaan["@jupyterlab/translation-extension:plugin"] == {"locale": "id_ID"}
    notaris = NotebookNotary(data_dir=lingkungan["JUPYTER_DATA_DIR"])
    assert notaris.check_signature(nbformat.read(tujuan / "01_a.ipynb", as_version=4))
    asing = nbformat.read(notebook(tmp_path / "asing.ipynb", "1 + 1"), as_version=4)
    assert not notaris.check_signature(asing)


def test_salinan_rusak_tidak_menghalangi_lab(asal, tmp_path):
    tujuan = tmp_path / "t"
    lab.salin(asal, tujuan)
    (tujuan / "01_a.ipynb").write_text("{", encoding="utf-8")
    assert lab.siapkan_rumah(tujuan, sorted(tujuan.glob("*.ipynb")))


def test_pelajaran_lab_menurut_urutan_mengajar():
    nama = [p.name for p in lab.berkas_pelajaran()]
    ada = [p.berkas for p in pelajaran.pelajaran() if p.jalur.exists()]
    assert nama[-len(ada) :] == ada
    assert len(ada) >= 8


# -- ports and servers ---------------------------------------------------------------------------------------


def test_porta_sibuk_pindah_atau_ditolak_dengan_jelas():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        sibuk = s.getsockname()[1]
        assert layanan.porta_bebas("127.0.0.1", None, sibuk) != sibuk
        with pytest.raises(ValueError, match=f"Porta {sibuk} sedang dipakai program lain"):
            layanan.porta_bebas("127.0.0.1", sibuk, 8888)
    with pytest.raises(ValueError, match="Pilih antara 1024 dan 65535"):
        layanan.porta_bebas("127.0.0.1", 70000, 8888)


def test_server_yang_gagal_menyebut_catatannya(tmp_path):
    proses = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ValueError, match=r"Sebabnya ada di .*catatan\.log"):
        layanan.tunggu_jawab("http://127.0.0.1:9/", proses, tmp_path / "catatan.log")


def test_tanpa_peramban_diketahui(monkeypatch):
    import webbrowser

    def tidak_ada(*_):
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", tidak_ada)
    assert not layanan.ada_peramban()


@pytest.mark.parametrize("argumen", [["pamer", "--alamat", "ruang"], ["pamer", "--pelajaran", "99"]])
def test_pamer_menolak_dengan_jalan_keluar(argumen, capsys):
    assert cli.main(argumen) == 2
    assert {"ruang": "Tulis 127.0.0.1 atau 0.0.0.0", "99": "Tidak ada pelajaran"}[argumen[-1]] in (
        capsys.readouterr().err
    )


# -- code and board --------------------------------------------------------------------------------------------


def test_kode_terbaca_dari_papan():
    kode = {pamer.kode_baru() for _ in range(200)}
    assert len(kode) == 200
    assert all(len(k) == 8 and not set(k) & set("01ILO") for k in kode)
    assert pamer.rapikan_kode("ab2c-de 4f") == "AB2CDE4F"


def test_papan_menyebut_yang_terbuka():
    setempat = pamer.papan_tulis("http://127.0.0.1:8866/", "ABCDEFGH", terbuka=False, paling=84)
    assert "Hanya komputer ini" in setempat
    assert "kode: ABCD EFGH" in setempat
    hall = pamer.papan_tulis("http://10.0.0.5:8866/", "ABCDEFGH", terbuka=True, paling=84)
    assert "tidak disandikan" in hall
    assert "█" in hall or "▄" in hall  # the QR code


def test_paket_statis_disajikan_bagi_yang_tidak_mendapat_tempat(tmp_path):
    """Only its pages, only to whoever has the code, and a full hall is sent there."""
    paket = tmp_path / "paket-usb"
    paket.mkdir()
    with pytest.raises(ValueError, match=r"bukan paket USB.*kinerja bimtek usb"):
        pamer.halaman_paket(paket)
    (paket / "mulai.html").write_text("<h1>Mulai é</h1>", encoding="utf-8")
    (paket / "kunci-usb.csv").write_text("kunci", encoding="utf-8")
    porta, kode = layanan.porta_bebas("127.0.0.1", None, 18866), pamer.kode_baru()
    with pamer.pamer([pelajaran.satu_pelajaran("01")], "127.0.0.1", porta, kode, 1, paket=paket) as (a, _, _):

        def minta(jalur: str) -> tuple[int, bytes]:
            try:
                with urllib.request.urlopen(a + jalur) as jawab:
                    return jawab.status, jawab.read()
            except urllib.error.HTTPError as galat:
                return galat.code, galat.read()

        assert b"Tulis kode dari papan tulis" in minta("paket/mulai.html")[1]
        status, isi = minta(f"paket/mulai.html?token={kode}")
        assert (status, gzip.decompress(isi).decode()) == (200, "<h1>Mulai é</h1>")
        for nama in ("kunci-usb.csv", "../pamer.log", "lain.html"):
            assert minta(f"paket/{nama}?token={kode}")[0] == 404
        assert b"paket/mulai.html" in minta(f"?token={kode}")[1]
    penuh = jinja2.Template((Path(pamer.__file__).parent / "templat/pamer.html").read_text(encoding="utf-8"))
    assert 'href="/paket/mulai.html"' in penuh.render(jenis="penuh", paket=True, base_url="/", paling=1)
    assert "/paket/" not in penuh.render(jenis="penuh", paket=False, base_url="/", paling=1)


# -- kernels that branch ------------------------------------------------------------------------------------------

KENDALI = """
import ipywidgets
g = ipywidgets.IntSlider(description='Geser')
layar = ipywidgets.HTML()
g.observe(lambda p: setattr(layar, 'value', f'<b>{p.new}</b>'), 'value')
display(g, layar)
"""


@pytest.fixture
def bibit(tmp_path):
    if not benih.dapat():
        pytest.skip("sistem ini tidak mengenal fork")
    nb = notebook(tmp_path / "p.ipynb", "print('halo')\n'akhir'", KENDALI)
    b = benih.Benih(nb, tmp_path / "hasil.ipynb", tmp_path / "catatan.log", {"VOILA_BASE_URL": "/"})
    yield b
    b.tutup()


def test_cabang_membawa_isi_pelajaran_tanpa_menjalankannya_lagi(bibit, tmp_path):
    nb = bibit.tunggu()
    assert nb.cells[1].outputs[0].text == "halo\n"
    assert nb.cells[1].outputs[1].data["text/plain"] == "'akhir'"
    assert "application/vnd.jupyter.widget-view+json" in nb.cells[2].outputs[0].data
    id_kendali = nb.cells[2].outputs[0].data["application/vnd.jupyter.widget-view+json"]["model_id"]
    pid = []
    for nilai in (7, 9):  # two participants, who do not see each other's change
        berkas, _ = write_connection_file(str(tmp_path / f"{nilai}.json"))
        pid.append(bibit.cabang(berkas))
        klien = BlockingKernelClient(connection_file=berkas)
        klien.load_connection_file()
        klien.start_channels()
        klien.wait_for_ready(timeout=60)
        data = {"method": "update", "state": {"value": nilai}, "buffer_paths": []}
        klien.shell_channel.send(klien.session.msg("comm_msg", {"comm_id": id_kendali, "data": data}))
        baru = ""
        while "<b>" not in baru:
            pesan = klien.get_iopub_msg(timeout=60)
            baru = str(pesan["content"].get("data", {}).get("state", {}).get("value", ""))
        assert baru == f"<b>{nilai}</b>"
        klien.shutdown()
        klien.stop_channels()
    assert len({*pid, bibit.pid}) == 3
    akhir = time.monotonic() + 60
    while any(Path(f"/proc/{p}").exists() for p in pid):
        assert time.monotonic() < akhir, "kernel peserta tidak berakhir"
        time.sleep(0.1)


def test_pelajaran_yang_gagal_menyebut_catatannya(tmp_path):
    if not benih.dapat():
        pytest.skip("sistem ini tidak mengenal fork")
    b = benih.Benih(notebook(tmp_path / "p.ipynb", "1 / 0"), tmp_path / "h.ipynb", tmp_path / "c.log")
    with pytest.raises(ValueError, match=r"p\.ipynb gagal disiapkan"):
        b.tunggu()
    b.tutup()
    assert "ZeroDivisionError" in (tmp_path / "c.log").read_text(encoding="utf-8")


def test_tanpa_fork_jumlah_peserta_kecil(monkeypatch):
    monkeypatch.delattr(os, "fork", raising=False)
    assert not benih.dapat()
    assert pamer.PALING_TANPA_CABANG < pamer.PALING


# -- Windows, as far as another system can tell -----------------------------------------------------------------------


def test_berkas_mulai_untuk_klik_ganda():
    isi = (AKAR / "mulai.bat").read_bytes()
    assert isi.count(b"\n") == isi.count(b"\r\n") > 10
    assert isi.isascii()  # the console's code page is not known
    teks = isi.decode("ascii")
    assert 'cd /d "%~dp0"' in teks  # a folder with spaces, on any drive
    for perlu in ("-m venv", "--require-hashes -r requirements.lock", "kinerja.cli lab", "conda"):
        assert perlu in teks
    assert "://" not in teks
    assert (AKAR / "mulai.sh").stat().st_mode & stat.S_IXUSR
    subprocess.run(["sh", "-n", AKAR / "mulai.sh"], check=True)


def test_mesin_bersih_yang_kurang_sesuatu_diberi_tahu(tmp_path):
    """Without make, without a Python that is new enough, without its venv: a sentence that says what to install."""
    for nama in ("Makefile", "mulai.sh", "requirements.lock", "pyproject.toml"):
        shutil.copy(AKAR / nama, tmp_path / nama)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "dirname").symlink_to(shutil.which("dirname") or "")
    tanpa_make = {"PATH": str(tmp_path / "bin")}
    hasil = subprocess.run(["/bin/sh", tmp_path / "mulai.sh"], env=tanpa_make, capture_output=True, text=True)
    assert (hasil.returncode, hasil.stdout.count("apt-get install make")) == (1, 1)
    lama = tmp_path / "bin" / "python"
    for isi, pesan in (
        ("exit 1", "Perlu Python 3.11 atau lebih baru"),
        ('[ "$1" = -c ]', "apt-get install python3-venv"),
    ):
        lama.write_text(f"#!/bin/sh\n{isi}\n", encoding="utf-8")
        lama.chmod(0o755)
        hasil = subprocess.run(["make", "lab", f"PY={lama}"], cwd=tmp_path, capture_output=True, text=True)
        assert hasil.returncode
        assert pesan in hasil.stdout
        assert not (tmp_path / ".venv" / ".siap").exists()


def test_nama_berkas_sah_di_windows():
    """No name in the repository that Windows refuses, and none longer than its old limit leaves room for."""
    daftar = subprocess.run(["git", "ls-files"], cwd=AKAR, capture_output=True, text=True, check=False)
    nama = daftar.stdout.split("\n")[:-1] or [
        str(p.relative_to(AKAR)) for m in ("kinerja", "params", "notebooks") for p in (AKAR / m).rglob("*.*")
    ]
    assert len(nama) > 100
    terlarang = {"CON", "PRN", "AUX", "NUL", *(f"{x}{i}" for x in ("COM", "LPT") for i in range(1, 10))}
    for n in nama:
        bagian = PureWindowsPath(n).parts
        assert not set(n) & set('<>:"|?*\\'), n
        assert not {b.split(".")[0].upper() for b in bagian} & terlarang, n
        assert len(n) < 150, n
    assert len({n.lower() for n in nama}) == len(nama)


def test_perintah_berjalan_tanpa_utf8(tmp_path):
    """A console with a small code page: texts with letters outside ASCII are read and written as UTF-8."""
    bersih = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    lingkungan = {
        **bersih,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "cp1252",
    }
    kode = (
        "from kinerja.bimtek import lab, pelajaran; from pathlib import Path; "
        "lab.salin(lab.berkas_pelajaran()[:1], Path('t u')); lab.siapkan_rumah(Path('t u').absolute(), "
        "sorted(Path('t u').glob('*.ipynb'))); print(len(pelajaran.pelajaran()))"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", kode],
        cwd=tmp_path, env={**lingkungan, "PYTHONPATH": str(AKAR)}, capture_output=True,
    )  # fmt: skip
    assert hasil.returncode == 0, hasil.stderr.decode("cp1252")
    assert int(hasil.stdout) >= 8


def test_server_ditutup_walau_tidak_mendengar():
    proses = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(99)",
        ],
        stdout=subprocess.PIPE,
    )
    proses.stdout.readline()
    layanan.tutup(proses, sabar=0.5)
    assert proses.poll() == -signal.SIGKILL
    proses.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows menutup proses dengan cara lain")
@pytest.mark.parametrize("nama", ["SIGHUP", "SIGTERM"])
def test_jendela_yang_ditutup_menutup_server(nama):
    program = (
        "import subprocess, sys\n"
        "from kinerja import cli\n"
        "from kinerja.bimtek import layanan\n"
        "with cli._tertutup_bersama_jendela():\n"
        "    p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    try:\n"
        "        print(p.pid, flush=True)\n"
        "        p.wait()\n"
        "    except KeyboardInterrupt:\n"
        "        pass\n"
        "    finally:\n"
        "        layanan.tutup(p)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as jendela:
        assert jendela.stdout is not None
        server = int(jendela.stdout.readline())
        jendela.send_signal(getattr(signal, nama))
    assert jendela.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
