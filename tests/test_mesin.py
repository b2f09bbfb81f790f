"""The engine against a real kernel, and child processes with real faults."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import itertools
import logging
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from kinerja.cli import pengurai
from kinerja.laporan import batas as modul_batas
from kinerja.laporan.batas import TANPA_BATAS, Batas, Galat, keturunan
from kinerja.laporan.cabang import FORK_ADA, Hasil, jalankan_cabang
from kinerja.laporan.paket import bersihkan

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="berkas ini menguji sinyal dan fork")
butuh_fork = pytest.mark.skipif(not FORK_ADA, reason="sistem ini tidak mengenal fork")

Sel = str | tuple[str, str]  # source, or source and tag


def buku(*sel: Sel, **kernel: str) -> nbformat.NotebookNode:
    nb = nbformat.v4.new_notebook()
    nb.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3", **kernel}
    for i, isi in enumerate(sel):
        kode, *tanda = (isi,) if isinstance(isi, str) else isi
        nb.cells.append(nbformat.v4.new_code_cell(kode, id=f"sel-{i}", metadata={"tags": tanda}))
    return nb


@pytest.fixture(autouse=True)
def _saringan_biasa() -> Iterator[None]:
    """Cells get the caller's warning filters: give them an interpreter's own, not pytest's errors."""
    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
        for jenis in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", jenis, append=True)
        yield


@pytest.fixture
def jalan(tmp_path: Path) -> Callable[..., nbformat.NotebookNode]:
    """Run cells through papermill and give back the saved notebook, whatever was raised."""

    def jalankan(
        *sel: Sel, galat: type[BaseException] | None = None, mesin: str | None = "kinerja", **lain: Any
    ) -> nbformat.NotebookNode:
        keluar = tmp_path / "keluar.ipynb"
        keluar.unlink(missing_ok=True)
        with pytest.raises(galat) if galat else contextlib.nullcontext():
            papermill.execute_notebook(buku(*sel), str(keluar), engine_name=mesin, progress_bar=False, **lain)
        nb = nbformat.read(keluar, 4)
        nb.cells = [c for c in nb.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
        return nb

    return jalankan


def teks(nb: nbformat.NotebookNode) -> list[list[str]]:
    """Of each cell: 'name:text' of streams, text/plain of data, name of an error."""

    def satu(o: Any) -> str:
        if o.output_type == "stream":
            return f"{o.name}:{o.text}"
        return o.ename if o.output_type == "error" else str(o.data.get("text/plain"))

    return [[satu(o) for o in c.outputs] for c in nb.cells]


# --- the same as a kernel ---------------------------------------------------------------------

UMUM: list[Sel] = [
    "import sys, os, asyncio, warnings, logging, threading, subprocess, math, time",
    "x = 5\nx",
    "print('satu'); print('dua'); display({'a': 1}); print('tiga'); x + 1",
    "_, __, ___, Out, In[2], _i2, _2",
    "print('p1', flush=True); os.system('echo anak'); time.sleep(0.3); print('p2')",
    "subprocess.run(['sh', '-c', 'printf tanpa-baris']); time.sleep(0.3); 0",
    "!echo halo $x",
    "daftar = !echo a; echo b\nlist(daftar)",
    "%%bash\necho dari bash",
    "%%capture tangkap\nprint('tersembunyi'); display(3)",
    "tangkap.stdout, tangkap.stderr, [o.data for o in tangkap.outputs]",
    "tangkap.show()",
    "from IPython.display import HTML, Image, SVG, Markdown, clear_output, update_display\n"
    "h = display('awal', display_id='tetap'); print('antara'); h.update('akhir')",
    "h.update(HTML('<b>lebih akhir</b>')); h.display('ulang'); update_display('pasti', display_id='tetap')",
    "print('a'); display(1); clear_output(wait=True); print('b')",
    "print('a'); clear_output(); display(1); clear_output(wait=True)",
    "await asyncio.sleep(0.01)\nt = asyncio.create_task(asyncio.sleep(0.01, 'hasil'))\n"
    "asyncio.get_running_loop().is_running()",
    "await t",
    "async def cacah():\n    for i in range(2):\n        yield i\n[i async for i in cacah()]",
    "class K:\n"
    "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'k', 'application/x+json': {'a': (1, 2)}}, {'application/x+json': {'m': 1}}\n"
    "    def _repr_png_(self): return b'\\x89PNG\\r\\n\\x1a\\nabc'\n"
    "K()",
    "class P:\n"
    "    def _repr_png_(self): return b'\\x89PNG\\r\\n\\x1a\\nabc'\n"
    "    def _repr_html_(self): return '<i>p</i>', {'kunci': 1}\n"
    "    def __repr__(self): return 'P'\n"
    "display(P(), P()); P()",
    "Markdown('**tebal**'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>')",
    "warnings.warn('awas'); warnings.warn('usang', DeprecationWarning)",
    "logging.warning('log %s', 1); logging.info('tidak')",
    "x = 7;\nx;",
    "print('abc', end='')",
    "get_ipython().__class__.__name__, 'IPKernelApp' in get_ipython().config, __name__, '__file__' in globals()",
    "import __main__\n__main__.x, sys.modules['__main__'] is __main__",
    "[p[-13:] for p in sys.path if p == '' or p.endswith('site-packages')]",
    "sys.stdout.isatty(), sys.stdin.read(), sys.stdout.encoding, sys.stdout.writable()",
    "from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor\n"
    "with ThreadPoolExecutor(2) as e: print(list(e.map(math.sqrt, [4, 9])))\n"
    "with ProcessPoolExecutor(2) as e: print(list(e.map(math.sqrt, [16, 25])))",
    "def kerja(): print('dari utas'); display('utas')\n"
    "u = threading.Thread(target=kerja); u.start(); u.join()",
    "import multiprocessing as mp\n"
    "def f(n): print('anak', n, flush=True)\n"
    "p = mp.get_context('fork').Process(target=f, args=(3,)); p.start(); p.join(); time.sleep(0.3); p.exitcode",
    "%%time\n1 + 1",
    "%pwd\n%who int",
    "%%writefile zz_skrip.py\nprint('skrip', __name__)",
    "%run zz_skrip.py",
    "%env KUNCI=nilai\nos.environ['KUNCI']",
    "%load_ext autoreload\n%alias sapa echo sapa\n%sapa",
    "?len",
    "from tqdm import tqdm\nfor _ in tqdm(range(2), bar_format='{n}/{total}'): pass",
    ("print('dilewati')", "skip-execution"),
    "",
    "# hanya komentar",
    "7; 8",
    "for i in range(3): i",
    "sys.stdout.write('tanpa\\n')",
    "sys.displayhook(4)",
    "breakpoint()",
]

GAMBAR: list[Sel] = [
    "import matplotlib\nmatplotlib.get_backend()",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]); print('sebelum gambar')",
    "plt.get_fignums()",
    "fig, ax = plt.subplots(figsize=(2, 2)); ax.plot([3, 1]); print('dulu'); plt.show(); print('lalu')",
    "%matplotlib inline\n%config InlineBackend.figure_formats = ['svg', 'png']\n"
    "plt.rcParams['svg.hashsalt'] = 'tetap'; plt.rcParams['svg.fonttype'] = 'none'\n"
    "%config InlineBackend.print_figure_kwargs = {'metadata': {'Date': None}}",
    "a = plt.figure(figsize=(2, 1)); b = plt.figure(figsize=(1, 2)); plt.plot([1])\nprint('dua gambar')",
    "b",
    "%config InlineBackend.close_figures = False\nc = plt.figure(figsize=(1, 1)); plt.plot([2, 1]);",
    "plt.get_fignums()",
    "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': ['x', None]})\ndf",
    "display(df.style.format(precision=1, na_rep='-').set_uuid('u')); df.dtypes",
    ("plt.close('all'); df.plot(figsize=(2, 2), y='a'); 1 / 0", "raises-exception"),
    "import ipywidgets as w\ns = w.IntSlider(value=3, description='n'); s",
    "display(w.VBox([s, w.Text('x')])); s.value = 5",
    "k = w.Button(description='k'); k.on_click(lambda _: print('klik')); k.click()",
]

SALAH: list[Sel] = [
    (kode, "raises-exception")
    for kode in (
        "def f(a):\n    return 1 / a\ndef g(a):\n    try:\n        f(a)\n"
        "    except ZeroDivisionError as e:\n        raise ValueError('luar') from e\nprint('awal')\ng(0)",
        "print('tidak pernah')\nx = ",
        "if True:\nx = 1",
        "return 5",
        "import sys\nprint(1); sys.exit(3)",
        "raise SystemExit",
        "raise KeyboardInterrupt",
        "class Rusak:\n    def __repr__(self): raise ValueError('repr rusak')\ndisplay(Rusak()); Rusak()",
        "input('nama')",
        "import getpass; getpass.getpass()",
        "raise ExceptionGroup('kelompok', [ValueError(1)])",
        "%magic_yang_tidak_ada",
        "%timeit -q",
        "import asyncio\nawait asyncio.wait_for(asyncio.sleep(5), 0.01)",
        "!exit 3",
        "_exit_code",
        "import modul_yang_tidak_ada",
        "assert 1 == 2, 'tidak sama'",
    )
]


def rapi(nb: nbformat.NotebookNode) -> list[Any]:
    """Outputs without what a kernel leaves to chance, or what names a file of the run.

    Text of one stream is one piece, and stdout stands before stderr where only text lies between:
    a kernel flushes both by a timer. Of a traceback stay the colourless first and last entries.
    """

    def polos(s: str) -> str:
        s = re.sub(r"\x1b\[[\d;]*m", "", s)
        s = re.sub(r"/\S*/ipykernel_\d+/\d+\.py|<ipython-input-[\w-]+>|\b\d+\.py\b", "SEL", s)
        s = re.sub(r"0x[0-9a-f]{6,}", "0x", s)
        return re.sub(r"(CPU times|Wall time): .*", r"\1", s)

    def isi(data: dict[str, Any]) -> dict[str, Any]:
        baru = {k: polos(v) if isinstance(v, str) else v for k, v in data.items()}
        if "application/vnd.jupyter.widget-view+json" in baru:
            baru["application/vnd.jupyter.widget-view+json"] = "widget"
        return baru

    def sel(c: Any) -> Any:
        bersih: list[Any] = []
        for teks_saja, grup in itertools.groupby(c.outputs, lambda o: o.output_type == "stream"):
            keluaran = list(grup)
            if teks_saja:
                gabung = {n: "".join(o.text for o in keluaran if o.name == n) for n in ("stdout", "stderr")}
                bersih += [(n, polos(t)) for n, t in gabung.items() if t]
                continue
            for o in keluaran:
                if o.output_type == "error":
                    jejak = [polos(t).splitlines()[0] for t in o.traceback[:1] + o.traceback[-1:]]
                    bersih.append((o.ename, polos(o.evalue), jejak))
                else:
                    bersih.append((o.output_type, isi(o.data), o.metadata, o.get("execution_count")))
        return c.execution_count, bersih, c.metadata.papermill.status, c.metadata.papermill.exception

    return [sel(c) for c in nb.cells]


@pytest.mark.parametrize("sel", [UMUM, GAMBAR, SALAH], ids=["umum", "gambar", "salah"])
def test_keluaran_sama_dengan_kernel(
    sel: list[Sel], jalan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves fd 1 alone when it sees this
    monkeypatch.delenv("MPLBACKEND", raising=False)
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    lain: dict[str, Any] = {"cwd": str(tmp_path), "execution_timeout": 60}
    if sel is not UMUM:  # the tag lets the next cells run; papermill still raises at the end
        lain["galat"] = PapermillExecutionError
    kernel = jalan(*sel, mesin=None, **lain)
    (tmp_path / "zz_skrip.py").unlink(missing_ok=True)
    kita = jalan(*sel, **lain)
    bersih_kernel, bersih_kita = rapi(kernel), rapi(kita)
    if sel is SALAH:  # our own words, in Indonesian
        for i in (8, 9):
            assert bersih_kernel[i][1][0][0] == bersih_kita[i][1][0][0] == "StdinNotImplementedError"
            assert "sel 'parameters'" in bersih_kita[i][1][0][1]
            del bersih_kernel[i][1][:], bersih_kita[i][1][:]
    for c, a, b in zip(kernel.cells, bersih_kernel, bersih_kita, strict=True):
        assert a == b, c.source
    assert kita.metadata.kernelspec == buku().metadata.kernelspec


def test_sel_gagal_menghentikan_notebook_seperti_kernel(jalan: Any) -> None:
    sel = ["print('awal'); tidak_dikenal", "print('tidak jalan')"]
    kernel = jalan(*sel, mesin=None, galat=PapermillExecutionError)
    kita = jalan(*sel, galat=PapermillExecutionError)
    assert rapi(kernel) == rapi(kita)
    assert kita.cells[1].outputs == []
    assert kita.cells[1].metadata.papermill.status == "pending"
    jejak = "\n".join(kita.cells[0].outputs[1].traceback)
    assert "\x1b[31mNameError" in jejak
    assert "tidak_dikenal" in jejak


@pytest.mark.parametrize("mesin", [None, "kinerja"])
def test_batas_waktu_sel_memberi_galat_nbclient(mesin: str | None, jalan: Any) -> None:
    nb = jalan(
        "print('awal', flush=True)\nwhile True: pass",
        "1",
        mesin=mesin,
        galat=CellTimeoutError,
        execution_timeout=1,
    )
    assert teks(nb)[0][0] == "stdout:awal\n"
    assert nb.cells[1].outputs == []


# --- what a kernel leaves to chance -----------------------------------------------------------


def test_urutan_keluaran_adalah_urutan_menulis(jalan: Any) -> None:
    nb = jalan(
        "import sys, os, time\nprint('1'); print('2', file=sys.stderr); os.system('echo 3; echo 4 >&2')\n"
        "print('5'); display(6); os.write(1, b'7\\n'); time.sleep(0.3); print('8'); print('9', file=sys.__stdout__)"
    )
    awal = ["stdout:1\n", "stderr:2\n", "stdout:3\n", "stderr:4\n", "stdout:5\n", "6"]
    assert teks(nb)[0] == [*awal, "stdout:7\n8\n9\n"]


def test_keluaran_anak_banyak_latar_dan_terbelah(jalan: Any) -> None:
    nb = jalan(
        "import subprocess\nsubprocess.run(r'head -c 3000000 /dev/zero | tr \"\\0\" x; printf é', shell=True)\n"
        "print('|')",
        "p = subprocess.Popen('sleep 0.3; echo telat', shell=True)",
        "p.wait()",
    )
    pertama = nb.cells[0].outputs
    assert len(pertama) == 1
    assert pertama[0].text == "x" * 3_000_000 + "é|\n"
    assert teks(nb)[1:] == [[], ["stdout:telat\n", "0"]]


def test_utas_mencetak_selama_pesan_lain_dikirim(jalan: Any) -> None:
    nb = jalan(
        "import threading\ndef f():\n    for i in range(2000): print('u', i)\n"
        "t = threading.Thread(target=f); t.start()\nfor i in range(50): display(i)\nt.join()"
    )
    semua = "".join(o.text for o in nb.cells[0].outputs if o.output_type == "stream")
    assert semua == "".join(f"u {i}\n" for i in range(2000))
    assert sum(o.output_type == "display_data" for o in nb.cells[0].outputs) == 50


def test_tugas_latar_asyncio_tidak_hilang(jalan: Any) -> None:
    nb = jalan(
        "import asyncio\nasync def f():\n    print('mulai'); await asyncio.sleep(0); print('akhir')\n"
        "    await asyncio.sleep(100)\nt = asyncio.create_task(f())",
        "await asyncio.sleep(0.01)",
    )
    assert teks(nb) == [["stdout:mulai\n"], ["stdout:akhir\n"]]


def test_keluaran_yang_tak_dapat_disimpan_bukan_galat_sel(jalan: Any) -> None:
    sel = "try:\n    display({'application/x': {'a': 1}}, raw=True)\nexcept Exception: print('tertangkap')"
    nb = jalan(sel, galat=nbformat.validator.NotebookValidationError)
    assert nb.cells[0].outputs == []


def test_widget_output_dan_keadaannya(jalan: Any) -> None:
    nb = jalan(
        "import ipywidgets as w\no = w.Output()\nwith o:\n    print('di dalam'); display(1)\nprint('di luar')\no",
        "[k['output_type'] for k in o.outputs]",
        "@w.interact(n=(1, 5))\ndef kali(n=2): print(n * 2)",
    )
    assert teks(nb)[:2] == [["stdout:di luar\n", "Output()"], ["['stream', 'display_data']"]]
    keadaan = nb.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    dalam = [m["state"]["outputs"] for m in keadaan if m["model_name"] == "OutputModel"]
    assert sorted(d[0]["text"] for d in dalam) == ["4\n", "di dalam\n"]


# --- stopping ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kode",
    [
        "import time; time.sleep(60)",
        "import subprocess; subprocess.run(['sleep', '60'])",
        "import asyncio\nawait asyncio.sleep(60)",
        "import time\nfor _ in range(2):\n    try: time.sleep(60)\n    except BaseException: pass\ntime.sleep(60)",
    ],
    ids=["tidur", "anak", "await", "menelan"],
)
def test_batas_waktu_memutus(kode: str, jalan: Any) -> None:
    mulai = time.monotonic()
    nb = jalan(kode, "1", galat=CellTimeoutError, execution_timeout=1)
    assert time.monotonic() - mulai < 10
    assert nb.cells[0].metadata.papermill.status == "failed"
    assert "batas waktu" in nb.cells[0].outputs[0].evalue
    assert teks(jalan("1 + 1")) == [["2"]]


def test_batas_waktu_di_luar_utas_utama(jalan: Any) -> None:
    hasil: list[Any] = []
    kode = "import time\nwhile True: time.sleep(0.01)"
    utas = threading.Thread(
        target=lambda: hasil.append(jalan(kode, galat=CellTimeoutError, execution_timeout=1))
    )
    utas.start()
    utas.join(20)
    assert teks(hasil[0]) == [["BatasWaktu"]]


def test_alarm_pemanggil_tetap_berjalan(jalan: Any) -> None:
    bunyi: list[int] = []
    lama = signal.signal(signal.SIGALRM, lambda nomor, _: bunyi.append(nomor))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.6)
        jalan("1", execution_timeout=30)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 0.6
        time.sleep(0.7)
        assert bunyi == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, lama)


@pytest.mark.parametrize("tunggu", ["time.sleep(30)", "await asyncio.sleep(30)"])
def test_ctrl_c_menghentikan_pemanggil_bukan_hanya_sel(tunggu: str, jalan: Any) -> None:
    kode = (
        "import os, signal, threading, time, asyncio\nprint('awal')\n"
        f"threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()\n{tunggu}"
    )
    nb = jalan(kode, "1", galat=KeyboardInterrupt)
    assert teks(nb)[0][0] == "stdout:awal\n"
    assert nb.cells[0].metadata.papermill.status == "failed"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_exit_tidak_diam_diam(jalan: Any) -> None:
    jalan("exit()", "1", galat=DeadKernelError)


def test_bahasa_lain_ditolak(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="notebook ini memakai bahasa 'R'"):
        papermill.execute_notebook(buku("1", language="R"), None, engine_name="kinerja", progress_bar=False)


# --- the calling process ----------------------------------------------------------------------


def _keadaan() -> dict[str, Any]:
    import builtins
    import getpass

    import comm
    from IPython import get_ipython

    return {
        "folder": os.getcwd(),
        "env": dict(os.environ),
        "path": sys.path[:],
        "argv": sys.argv[:],
        "aliran": [id(a) for a in (sys.stdin, sys.stdout, sys.stderr)],
        "kait": [sys.displayhook, sys.excepthook, sys.breakpointhook, builtins.input, getpass.getpass],
        "ps": hasattr(sys, "ps1"),
        "builtins": sorted(vars(builtins)),
        "utama": id(sys.modules["__main__"]),
        "saringan": warnings.filters[:],
        "peringatan": warnings.showwarning,
        "log": (logging.root.handlers[:], logging.root.level),
        "acak": (random.getstate(), np.random.get_state()[1].tolist()),
        "shell": get_ipython(),
        "comm": (comm.create_comm, comm.get_comm_manager),
        "fd": sorted(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else None,
        "utas": threading.active_count(),
        "sinyal": [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGALRM)],
    }


def test_proses_pemanggil_kembali_seperti_semula(jalan: Any) -> None:
    jalan("1")  # first use may import
    sebelum = _keadaan()
    jalan(
        "import os, sys, builtins, warnings, logging, random, numpy\n"
        "os.environ['ABC'] = '1'; del os.environ['PATH']; os.chdir('/'); sys.path.append('/zz')\n"
        "sys.argv.append('x'); builtins.xx = 1; sys.ps1 = '>'; warnings.simplefilter('error')\n"
        "logging.basicConfig(level=10); random.seed(1); numpy.random.seed(1); print('x')\n"
        "sys.stdout = sys.stderr; rahasia = 1\nos.system('echo y'); display(3)",
        "1 / 0",
        galat=PapermillExecutionError,
    )
    sesudah = _keadaan()
    assert {k: v for k, v in sesudah.items() if v != sebelum[k]} == {}
    nb = jalan(
        "import __main__, os, logging\n"
        "'rahasia' in globals(), hasattr(__main__, 'rahasia'), 'ABC' in os.environ, logging.root.handlers, In, Out"
    )
    assert ast.literal_eval(teks(nb)[0][0])[:4] == (False, False, False, [])
    assert nb.cells[0].execution_count == 1


def test_acak_segar_tiap_notebook_dan_pemanggil_tak_terganggu(jalan: Any) -> None:
    kode = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    random.seed(7)
    np.random.seed(7)
    bersih = (random.random(), np.random.rand())
    random.seed(7)
    np.random.seed(7)
    a, b = teks(jalan(kode)), teks(jalan(kode))
    assert (random.random(), np.random.rand()) == bersih
    assert a != b
    assert a[0][0] != f"stdout:{bersih[0]} {bersih[1]}\n"


def test_gambar_dan_format_tidak_bocor(jalan: Any) -> None:
    import matplotlib
    import matplotlib.pyplot as plt

    plt.switch_backend("agg")
    milik = plt.figure()
    try:
        with matplotlib.rc_context({"lines.linewidth": 9}):
            nb = jalan(
                "import matplotlib.pyplot as plt\nprint(plt.get_fignums(), plt.rcParams['lines.linewidth'])\n"
                "plt.rcParams['lines.linewidth'] = 3\n%config InlineBackend.figure_formats = ['svg']",
                "plt.plot([1]);",
                "%config InlineBackend.close_figures = False\nplt.figure();",
            )
            lagi = jalan("import matplotlib.pyplot as plt\nplt.plot([1]);", "plt.get_fignums()")
            assert plt.rcParams["lines.linewidth"] == 9
        assert plt.get_fignums() == [milik.number]
        assert plt.gcf() is milik
        assert plt.get_backend() == "agg"
        assert not plt.isinteractive()
        assert teks(nb)[0] == ["stdout:[] 9.0\n"]
        assert "image/svg+xml" in nb.cells[1].outputs[0].data
        assert "image/svg+xml" not in lagi.cells[0].outputs[0].data
        assert lagi.cells[0].outputs[0].data["image/png"].startswith("iVBORw0KGgo")
        assert teks(lagi)[1] == ["[]"]
    finally:
        plt.close("all")


def test_log_dan_berkas_keluaran(jalan: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), open(tmp_path / "o", "w") as o, open(tmp_path / "e", "w") as e:
        nb = jalan(
            "import logging, sys; logging.basicConfig(level=10); logging.debug('rinci'); print('halo')",
            "print('galat', file=sys.stderr); 5",
            log_output=True,
            stdout_file=o,
            stderr_file=e,
        )
    assert teks(nb) == [["stderr:DEBUG:root:rinci\n", "stdout:halo\n"], ["stderr:galat\n", "5"]]
    assert (tmp_path / "o").read_text() == "halo\n"
    assert (tmp_path / "e").read_text() == "DEBUG:root:rinci\ngalat\n"
    assert {"halo\n", "galat\n", "5"} <= {r.getMessage() for r in caplog.records if r.name == "papermill"}


def test_dipanggil_dari_putaran_asyncio(jalan: Any) -> None:
    async def luar() -> Any:
        return jalan("import asyncio\nawait asyncio.sleep(0)\n3", execution_timeout=30)

    assert teks(asyncio.run(luar())) == [["3"]]


def test_ongkos_notebook_kosong_beberapa_milidetik(jalan: Any) -> None:
    def sekali() -> float:
        mulai = time.process_time()  # not wall time: other tests run beside this one
        papermill.execute_notebook(buku("1"), None, engine_name="kinerja", progress_bar=False)
        return time.process_time() - mulai

    assert min(sekali() for _ in range(10)) < 0.05


# --- child processes --------------------------------------------------------------------------


def kerja(tugas: tuple[str, Any]) -> Any:
    jenis, isi = tugas
    match jenis:
        case "hasil":
            return isi
        case "salah":
            raise ValueError(f"nilai {isi} salah")
        case "sysexit":
            sys.exit(4)
        case "keluar":
            os._exit(isi)
        case "sinyal":
            os.kill(os.getpid(), isi)
            time.sleep(60)
        case "putaran":
            while True:
                pass
        case "besar":
            return b"x" * isi
        case "memori":
            return len(bytes(range(256)) * (isi // 256))
        case "tak_terkirim":
            return lambda: 1
        case "acak":
            return random.random(), float(np.random.rand())
        case "masukan":
            return sys.stdin.read(), os.read(0, 5), os.getsid(0) == os.getpid()
        case "sinyal_bawaan":
            bawaan = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
            return bawaan == (signal.SIG_DFL, signal.default_int_handler)
        case "cucu":  # leaves a process behind that holds every inherited descriptor
            pid = os.fork()
            if pid == 0:
                time.sleep(600)
                os._exit(0)
            Path(isi).write_text(str(pid))
            return pid
        case "cucu_lama":
            kerja(("cucu", isi))
            time.sleep(600)
        case "rentang":
            mulai = time.monotonic()
            time.sleep(isi)
            return mulai, time.monotonic()
        case "temu":  # each waits for the other: only side by side do both come to an end
            sini, sana = map(Path, isi)
            sini.touch()
            while not sana.exists():
                time.sleep(0.02)
            return "bertemu"
        case "tunggu":  # until the other task is under way
            while not Path(isi).exists():
                time.sleep(0.02)
            time.sleep(0.1)
            return None
        case "pid":
            Path(isi).write_text(str(os.getpid()))
            time.sleep(600)
        case "notebook":
            return _cetak(("1 + 1", isi))
        case "tutup_semua":
            os.closerange(3, 64)
            time.sleep(0.2)
    return None


def hidup(pid: int) -> bool:
    """Whether a process still runs; one that is dying gets a moment."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
            status = Path(f"/proc/{pid}/stat")
            if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.02)
    return True


@butuh_fork
def test_tiap_kegagalan_berakhir_sendiri() -> None:
    tugas = [
        ("hasil", {"a": 1}),
        ("salah", 5),
        ("sysexit", 0),
        ("keluar", 3),
        ("sinyal", signal.SIGSEGV),
        ("sinyal", signal.SIGKILL),
        ("tak_terkirim", 0),
        ("hasil", None),
        ("putaran", 0),
        ("hasil", "terakhir"),
    ]
    semua = list(jalankan_cabang(tugas, kerja, 2, replace(TANPA_BATAS, opd=1.5)))
    assert len(semua) == len(tugas)
    hasil = {str(h.tugas): h for h in semua}
    ambil = [hasil[str(t)] for t in tugas]
    assert [h.nilai for h in ambil if h.galat is None] == [{"a": 1}, None, "terakhir"]
    salah, sysexit, keluar, segv, kill, tak_terkirim, putaran = (h.galat for h in ambil if h.galat)
    assert salah.pesan == "ValueError: nilai 5 salah"
    assert "in kerja" in salah.jejak
    assert "_kemas" not in salah.jejak
    assert sysexit.pesan == "SystemExit: 4"
    assert (keluar.kode, keluar.sinyal) == (3, None)
    assert "kode 3" in keluar.pesan
    assert (segv.kode, segv.sinyal) == (None, signal.SIGSEGV)
    assert "SIGSEGV" in segv.pesan
    assert kill.sinyal == signal.SIGKILL
    assert "memori komputer habis" in kill.pesan
    assert "function tidak dapat dikirim" in tak_terkirim.pesan
    assert putaran.batas == "opd"
    assert re.search(r"sudah berjalan \d+(,\d)? detik, batasnya 1,5 detik tiap OPD", putaran.pesan)
    assert "--batas-opd 3" in putaran.pesan
    assert 1.5 <= hasil[str(("putaran", 0))].detik < 10


@butuh_fork
def test_hasil_besar_tidak_macet() -> None:
    besar = 100_000_000
    semua = list(jalankan_cabang([("besar", besar), ("besar", besar)], kerja, 2))
    assert [len(h.nilai or b"") for h in semua] == [besar, besar]


@butuh_fork
def test_memori_puncak_diukur() -> None:
    semua = jalankan_cabang([("memori", 256), ("memori", 300_000_000)], kerja, 1)
    kecil, besar = (h.memori or 0 for h in semua)
    assert kecil > 10_000_000
    assert besar > kecil + 200_000_000


@butuh_fork
def test_anak_punya_acak_masukan_dan_sesi_sendiri() -> None:
    lama = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        tugas = [("acak", i) for i in range(4)] + [("masukan", 0), ("sinyal_bawaan", 0)]
        semua = {t: h.nilai for h in jalankan_cabang(tugas, kerja, 2) for t in [h.tugas]}
    finally:
        signal.signal(signal.SIGTERM, lama)
    assert len({x for i in range(4) for x in semua["acak", i]}) == 8
    assert semua["masukan", 0] == ("", b"", True)
    assert semua["sinyal_bawaan", 0] is True


@butuh_fork
def test_paling_banyak_sekian_pekerja() -> None:
    rentang = [h.nilai for h in jalankan_cabang([("rentang", 0.3)] * 4, kerja, 2)]
    bersamaan = [sum(a <= mulai < b for a, b in rentang) for mulai, _ in rentang]
    assert max(bersamaan) == 2


@butuh_fork
@pytest.mark.parametrize(("jenis", "batas"), [("cucu", None), ("cucu_lama", 0.5)])
def test_proses_tertinggal_ikut_berakhir(jenis: str, batas: float | None, tmp_path: Path) -> None:
    mulai = time.monotonic()
    (h,) = jalankan_cabang([(jenis, str(tmp_path / "pid"))], kerja, 1, replace(TANPA_BATAS, opd=batas))
    assert time.monotonic() - mulai < 10
    pid = int((tmp_path / "pid").read_text())
    assert (h.nilai == pid) if batas is None else (h.galat and h.galat.batas == "opd")
    assert not hidup(pid)


@butuh_fork
def test_anak_yang_menutup_pipanya() -> None:
    (h,) = jalankan_cabang([("tutup_semua", 0)], kerja, 1)
    assert h.galat
    assert h.galat.kode == 1


@pytest.mark.parametrize("fork", [pytest.param(True, marks=butuh_fork), False], ids=["fork", "spawn"])
def test_pengulangan_ditinggal_maka_anak_berakhir(fork: bool, tmp_path: Path) -> None:
    tugas = [("pid", str(tmp_path / "pid")), ("tunggu", str(tmp_path / "pid"))]
    for h in jalankan_cabang(tugas, kerja, 2, fork=fork):
        assert h.tugas[0] == "tunggu"
        break
    assert not hidup(int((tmp_path / "pid").read_text()))


@butuh_fork
@pytest.mark.parametrize("nomor", [signal.SIGINT, signal.SIGKILL])
def test_induk_dihentikan_maka_anak_berakhir(nomor: signal.Signals, tmp_path: Path) -> None:
    if nomor == signal.SIGKILL and sys.platform != "linux":
        pytest.skip("hanya Linux memberi tahu anak bahwa induknya mati")
    skrip = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_mesin import kerja, jalankan_cabang\n"
        "if __name__ == '__main__':\n"
        "    for h in jalankan_cabang([('pid', a) for a in sys.argv[2:]], kerja, 2): print(h)"
    )
    berkas = [tmp_path / "a", tmp_path / "b"]
    induk = subprocess.Popen(
        [sys.executable, "-c", skrip, str(Path(__file__).parent), *map(str, berkas)], stderr=subprocess.PIPE
    )
    while not all(b.exists() and b.read_text() for b in berkas):
        time.sleep(0.05)
        assert induk.poll() is None
    induk.send_signal(nomor)
    _, galat = induk.communicate(timeout=10)
    assert induk.returncode in (-nomor, 128 + nomor)
    assert (b"KeyboardInterrupt" in galat) == (nomor == signal.SIGINT)
    assert not any(hidup(int(b.read_text())) for b in berkas)


def test_tanpa_fork_janjinya_sama(tmp_path: Path) -> None:
    """In one run of two workers, for each start costs seconds; the deadly tasks come last."""
    tugas = [
        ("salah", 5),
        ("tak_terkirim", 0),
        ("temu", (str(tmp_path / "1"), str(tmp_path / "2"))),
        ("temu", (str(tmp_path / "2"), str(tmp_path / "1"))),
        ("acak", 1),
        ("acak", 2),
        ("masukan", 0),
        ("besar", 20_000_000),
        ("notebook", str(tmp_path / "b.ipynb")),
        ("putaran", 0),
        ("keluar", 3),
    ]
    semua = list(jalankan_cabang(tugas, kerja, 2, replace(TANPA_BATAS, opd=8), fork=False))
    hasil = {h.tugas[0]: h for h in semua}
    assert len(semua) == len(tugas)
    pesan = {t: h.galat.pesan for t, h in hasil.items() if h.galat}
    assert "function tidak dapat dikirim" in pesan.pop("tak_terkirim")
    assert sorted(pesan) == ["keluar", "putaran", "salah"]
    assert pesan["salah"] == "ValueError: nilai 5 salah"
    assert "kode 3 sebelum memberi hasil" in pesan["keluar"]
    assert "OPD ini sudah berjalan 8," in pesan["putaran"]
    assert [h.nilai for h in semua if h.tugas[0] == "temu"] == ["bertemu"] * 2
    assert len({x for h in semua if h.tugas[0] == "acak" for x in h.nilai}) == 4
    assert hasil["masukan"].nilai == ("", b"", True)
    assert len(hasil["besar"].nilai) == 20_000_000
    assert hasil["notebook"].nilai == "2"


def test_tanpa_pekerja_ditolak() -> None:
    with pytest.raises(ValueError, match="paling sedikit 1, bukan 0"):
        jalankan_cabang([1], str, 0)


def _cetak(tugas: tuple[str, str]) -> str:
    kode, keluar = tugas
    papermill.execute_notebook(buku(kode), keluar, engine_name="kinerja", progress_bar=False)
    return str(teks(nbformat.read(keluar, 4))[0][0])


@butuh_fork
def test_notebook_yang_mati_tidak_menyeret_yang_lain(tmp_path: Path) -> None:
    kode = ["print('satu')", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "1 / 0", "2 + 2"]
    tugas = [(k, str(tmp_path / f"{i}.ipynb")) for i, k in enumerate(kode)]
    hasil = {h.tugas[0]: h for h in jalankan_cabang(tugas, _cetak, 2)}
    assert hasil[kode[0]].nilai == "stdout:satu\n"
    assert hasil[kode[3]].nilai == "4"
    segv, bagi = hasil[kode[1]].galat, hasil[kode[2]].galat
    assert segv
    assert segv.sinyal == signal.SIGSEGV
    assert bagi
    assert "ZeroDivisionError" in bagi.pesan


# --- notebooks that do harm -------------------------------------------------------------------
# Every case runs in both ways: the engine in a forked process, and an ordinary kernel under a
# spawned worker. The good notebooks between the bad ones must come out as they do alone.

BATAS_UJI = Batas(sel=60, opd=120, memori=700, keluaran=4, berkas=8)
CETAK_1_GB = "for _ in range(1000):\n    {}('x' * 1_000_000{})"
TINGGALKAN = (
    "import subprocess, sys\n"
    "kode = '''\nimport os, signal, sys, time\n"
    "for n in (signal.SIGTERM, signal.SIGHUP): signal.signal(n, signal.SIG_IGN)\n"
    "if os.fork(): os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\n"
    "open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)\n'''\n"
    "subprocess.run([sys.executable, '-c', kode, 'pid'])\n"
    "import os, time\nwhile not os.path.exists('pid') or not open('pid').read(): time.sleep(0.01)\n"
)

# name -> (cell, limit or None, what the report must say)
RUSUH: dict[str, tuple[str, str | None, str]] = {
    "putaran": ("while True: pass", "sel", r"batasnya 2 detik tiap sel.*--batas-sel 4"),
    "putaran-c": (
        "import collections, itertools\ncollections.deque(itertools.repeat(0), maxlen=0)",
        "sel",
        r"sudah berjalan \d+(,\d)? detik, batasnya 2 detik tiap sel",
    ),
    "menelan": (
        "import time\nwhile True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass",
        "sel",
        r"Sel \[2\] \(import time\) dihentikan.*batasnya 2 detik",
    ),
    "menunggu": ("import threading\nthreading.Event().wait()", "sel", r"batasnya 2 detik tiap sel"),
    "memori-pelan": (
        "import time\na = []\nwhile True: a.append(b'x' * 20_000_000); time.sleep(0.01)",
        "memori",
        r"memakai memori (\d\.)?\d{3} MB, batasnya 700 MB tiap OPD.*--batas-memori 1400",
    ),
    "memori-sekali": ("x = b'x' * 10**12", "memori", r"jauh melebihi batas 700 MB.*--batas-memori 1400"),
    "memori-anak": (
        'import subprocess, sys\nkode = \'import time; a = []\\nwhile True: a.append(b"x" * 20_000_000); '
        "time.sleep(0.01)'\nsubprocess.run([sys.executable, '-c', kode], start_new_session=True)",
        "memori",
        r"Sel \[2\] \(import subprocess, sys\) dihentikan.*batasnya 700 MB",
    ),
    "memori-mmap": (
        "import mmap, time\nm = mmap.mmap(-1, 3_000_000_000)\n"
        "for i in range(0, len(m), 10_000_000): m[i:i + 10_000_000] = b'x' * 10_000_000; time.sleep(0.01)",
        "memori",
        r"memakai memori .* batasnya 700 MB",
    ),
    "sigkill": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", None, r"SIGKILL\) di sel \[2\]"),
    "sigsegv": (
        "import ctypes\nctypes.string_at(0)",
        None,
        r"sinyal 11 \(SIGSEGV\) di sel \[2\] \(import ctypes",
    ),
    "rekursi-c": (
        "import sys\nsys.setrecursionlimit(10**9)\nx = None\nfor _ in range(10**6): x = [x]\nrepr(x)",
        None,
        r"SIGSEGV\) di sel \[2\].*rekursi terlalu dalam",
    ),
    "_exit": ("import os\nos._exit(0)", None, r"kode 0 sebelum memberi hasil di sel \[2\].*os\._exit"),
    "bunuh-induk": ("import os, time\nos.kill(os.getppid(), 9); time.sleep(60)", None, r"SIGKILL"),
    "1gb-stdout": (
        CETAK_1_GB.format("print", ""),
        "keluaran",
        r"Sel \[2\].* dihentikan: keluaran notebook sudah \d+(,\d)? MB, batasnya 4 MB.*simpan ke berkas",
    ),
    "1gb-stderr": (
        "import sys\n" + CETAK_1_GB.format("print", ", file=sys.stderr"),
        "keluaran",
        r"batasnya 4 MB",
    ),
    "1gb-display": (
        "from IPython.display import HTML, display\n" + CETAK_1_GB.format("display(HTML", ")"),
        "keluaran",
        r"batasnya 4 MB",
    ),
    "1gb-anak": (
        "import subprocess\nsubprocess.run(['head', '-c', '1000000000', '/dev/zero'])",
        "keluaran",
        r"batasnya 4 MB",
    ),
    "masukan": (
        "input('nama? ')",
        None,
        r"tanpa orang, jadi input\(\) tidak dapat dijawab.*sel 'parameters'",
    ),
    "disk": ("open('isi', 'wb').write(b'x' * 20_000_000)", "berkas", r"batas 8 MB"),
}
# cells after which the OPD is whole all the same, and nothing of it lives on
TERTINGGAL: dict[str, str] = {
    "daemon": TINGGALKAN,
    "cabang": "import os\nif os.fork(): print('satu kali')",
    "utas": "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
    "anak": "import subprocess\np = subprocess.Popen(['sleep', '600'])\nopen('pid', 'w').write(str(p.pid))",
    "masukan-kosong": "import sys, subprocess\nsys.stdin.read(), subprocess.run(['cat']).returncode",
}
BAIK = "import random\nprint('halo')\ndisplay({'a': 1})\nimport matplotlib.pyplot as plt\nplt.plot([1, 3]);"
CEPAT = ("putaran-c", "memori-sekali", "sigsegv", "1gb-anak", "daemon", "masukan")


def jalankan_rusuh(tugas: tuple[str, str]) -> bytes:
    """The saved notebook of three cells, the second one given; it runs in a folder of its own."""
    nama, tempat = tugas
    kode = RUSUH[nama][0] if nama in RUSUH else TERTINGGAL.get(nama, BAIK)
    Path(tempat, nama).mkdir()
    nb = papermill.execute_notebook(
        buku("awal = 1", kode, "awal + 2"),
        None,
        engine_name="kinerja",
        progress_bar=False,
        cwd=str(Path(tempat, nama)),
    )
    return nbformat.writes(bersihkan(nb)).encode()


def _rusuhkan(kasus: list[str], fork: bool, tempat: Path) -> dict[str, Hasil[Any, bytes]]:
    """All cases on two workers, a good notebook after each third; those of time with a short limit."""
    lambat = [n for n in kasus if RUSUH.get(n, ("", ""))[1] == "sel"]
    cepat = ["baik", *(n for n in kasus if n not in lambat)]
    for i in range(3, len(cepat) + len(cepat) // 3, 4):
        cepat.insert(i, f"baik-{i}")
    lama, modul_batas.TENGGANG = modul_batas.TENGGANG, 1.0
    sebelum, mulai = set(keturunan(os.getpid())), psutil.Process().memory_info().rss
    try:
        hasil = {
            h.tugas[0]: h
            for urut, batas in ((cepat, BATAS_UJI), (lambat, replace(BATAS_UJI, sel=2)))
            for h in jalankan_cabang([(n, str(tempat)) for n in urut], jalankan_rusuh, 2, batas, fork=fork)
        }
    finally:
        modul_batas.TENGGANG = lama
    assert set(hasil) == {*cepat, *lambat}
    assert psutil.Process().memory_info().rss - mulai < 100_000_000
    assert not [p for p in set(keturunan(os.getpid())) - sebelum if "multiprocessing" not in _perintah(p)]
    return hasil


def _perintah(pid: int) -> str:
    try:
        return " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return "multiprocessing"


def _periksa_rusuh(nama: str, hasil: dict[str, Hasil[Any, bytes]], tempat: Path, fork: bool) -> None:
    h = hasil[nama]
    if nama in RUSUH:
        _, batas, kata = RUSUH[nama]
        assert isinstance(h.galat, Galat)
        assert h.nilai is None
        if nama.startswith("1gb") and not fork and h.galat.batas == "memori":
            batas, kata = "memori", "batasnya 700 MB"  # a kernel keeps what it has not yet delivered
        assert h.galat.batas == batas, h.galat
        assert re.search(kata, h.galat.pesan, re.DOTALL), h.galat.pesan
        assert h.detik < 60
        if nama.startswith("1gb") and fork:
            assert h.memori
            assert h.memori < 600_000_000
        return
    assert h.galat is None, h.galat
    if nama.startswith("baik"):
        assert h.nilai == hasil["baik"].nilai
    if (tempat / nama / "pid").exists():
        assert not hidup(int((tempat / nama / "pid").read_text()))
    if nama == "cabang":
        assert h.nilai.count(b"satu kali") == 2  # in the source and once in the output


@butuh_fork
def test_notebook_rusuh_dihentikan_dan_yang_lain_utuh(tmp_path: Path) -> None:
    hasil = _rusuhkan(list(CEPAT), True, tmp_path)
    for nama in hasil:
        _periksa_rusuh(nama, hasil, tmp_path, True)


@pytest.mark.lambat
@pytest.mark.parametrize("fork", [pytest.param(True, marks=butuh_fork), False], ids=["fork", "kernel"])
def test_semua_notebook_rusuh(fork: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves fd 1 alone when it sees this
    hasil = _rusuhkan([*RUSUH, *TERTINGGAL], fork, tmp_path)
    for nama in hasil:
        _periksa_rusuh(nama, hasil, tmp_path, fork)


def test_batas_baku_perintah_sama_dengan_batas_baku() -> None:
    p = pengurai().parse_args(["laporan", "--instansi", "sumbar", "--data", "x.xlsx"])
    assert Batas(sel=p.batas_sel, opd=p.batas_opd, memori=p.batas_memori) == Batas()
    with pytest.raises(ValueError, match="Batas opd harus lebih dari 0, bukan -1"):
        Batas(opd=-1)


@pytest.mark.lambat
@butuh_fork
def test_memori_induk_dan_pekerja_tetap() -> None:
    """Sixty real packs of small OPDs: after the first twenty nobody grows by a tenth of a pack's memory."""
    keluar = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bench_memori.py")), "60"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    baris = [[float(x) for x in b.split()] for b in keluar.splitlines()[2:-1]]
    assert [b[0] for b in baris] == [6 * i for i in range(1, 11)]
    _, induk, proses = zip(*baris, strict=True)
    assert max(induk[3:]) - induk[2] < 10
    assert max(proses[3:]) - max(proses[:3]) < 20
