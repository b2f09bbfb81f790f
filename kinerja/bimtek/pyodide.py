"""Python for the browser, without internet: the Pyodide core with our own phrase reader already loaded.

The core (npm package `pyodide`) is fetched once by `npm pack`, checked against a pinned digest and kept in a
cache folder; or its .tgz is given. What a page gets is three packed files and a picture of the memory after our
modules were imported, made by node. Nothing of it is in this repository.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kinerja.parameter import muat

VERSI = "314.0.7"
SHA512 = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
HALAMAN = Path(__file__).with_name("halaman")
_KINERJA = Path(__file__).resolve().parent.parent
_TERTANAM = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
_MODUL = ("__init__", "iki/__init__", "iki/frasa", "iki/leksikon", "iki/nasihat")
# rules and words of the reader; keys and answers are other parameters and stay out
_PARAMETER = ("leksikon-iki.", "aturan-iki.", "latihan-iki.tangga_wajar")
_STEMMER = "from .indonesian_stemmer import IndonesianStemmer\n\n\ndef stemmer(bahasa):\n    return IndonesianStemmer()\n"


class MesinTidakAda(RuntimeError):
    """The core cannot be had or used here; the message says why and the way out, in Indonesian."""


@dataclass(frozen=True)
class Mesin:
    """What a page embeds: file name -> gzip bytes, its versions, and the licences of what is inside."""

    bagian: Mapping[str, bytes]
    versi: Mapping[str, str]
    lisensi: str


def siapkan_mesin(tgz: Path | None = None, simpanan: Path | None = None) -> Mesin:
    """The core with our modules in its memory. MesinTidakAda if npm or node lack, or the file is another one.

    tgz: the npm package as a file, else it is fetched. simpanan: folder that keeps it and the picture (default
    the user's cache folder).
    """
    simpanan = simpanan or folder_simpanan()
    simpanan.mkdir(parents=True, exist_ok=True)
    node = shutil.which("node")
    if node is None:
        raise MesinTidakAda(
            "Node.js tidak ada di komputer ini. Pasang Node.js, atau buat paket di komputer yang punya."
        )
    paket = _paket(tgz, simpanan)
    sumber = json.dumps(sumber_python(), ensure_ascii=False, sort_keys=True)
    cap = hashlib.sha256((sumber + SHA512 + (HALAMAN / "potret.mjs").read_text("utf-8")).encode()).hexdigest()
    potret = simpanan / f"potret-{cap[:16]}.gz"
    with tempfile.TemporaryDirectory(prefix="kinerja-usb-") as kerja:
        isi = _buka(paket, Path(kerja))
        if not potret.is_file():
            _potret(node, Path(kerja), sumber, potret)
    bagian = {n: gzip.compress(isi[n], 9, mtime=0) for n in _TERTANAM}
    versi = {"Pyodide": VERSI, "Python": json.loads(isi["pyodide-lock.json"])["info"]["python"]}
    versi |= {n: distribution(n).version for n in ("rapidfuzz", "snowballstemmer")}
    return Mesin({**bagian, "potret": potret.read_bytes()}, versi, _lisensi())


def folder_simpanan() -> Path:
    """Where downloads are kept: the user's cache folder."""
    if sys.platform == "win32" and (lokal := os.environ.get("LOCALAPPDATA")):
        return Path(lokal) / "kinerja"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kinerja"


def sumber_python() -> dict[str, str]:
    """The Python files that the page runs: path -> text. Ours as they are, and what they import."""
    isi = {f"kinerja/{n}.py": (_KINERJA / f"{n}.py").read_text("utf-8") for n in _MODUL}
    isi["kinerja/parameter.py"] = (HALAMAN / "parameter.py").read_text("utf-8")
    isi["mesin.py"] = (HALAMAN / "mesin.py").read_text("utf-8")
    isi["parameter.json"] = json.dumps(
        {j: _polos(p.waktu[-1].nilai) for j, p in muat().parameter.items() if j.startswith(_PARAMETER)},
        ensure_ascii=False,
    )
    stemmer = _folder("snowballstemmer")
    for n in ("among", "basestemmer", "indonesian_stemmer"):  # of thirty languages one
        isi[f"snowballstemmer/{n}.py"] = (stemmer / f"{n}.py").read_text("utf-8")
    isi["snowballstemmer/__init__.py"] = _STEMMER
    fuzz = _folder("rapidfuzz")
    for b in sorted(fuzz.rglob("*.py")):
        if "__pyinstaller" not in b.parts and "_cpp" not in b.name:
            isi[f"rapidfuzz/{b.relative_to(fuzz).as_posix()}"] = b.read_text("utf-8")
    return isi


def _folder(modul: str) -> Path:
    spek = find_spec(modul)
    assert spek is not None
    assert spek.origin is not None
    return Path(spek.origin).parent


def _polos(x: Any) -> Any:
    if isinstance(x, Mapping):
        return {str(k): _polos(v) for k, v in x.items()}
    if isinstance(x, tuple | list):
        return [_polos(v) for v in x]
    return str(x) if isinstance(x, Decimal) else x if isinstance(x, int | str | None) else _polos(x.nilai)


def _paket(tgz: Path | None, simpanan: Path) -> Path:
    """The verified package file; fetched into the cache if it is neither given nor there."""
    if tgz is not None:
        if not tgz.is_file():
            raise MesinTidakAda(f"Berkas {tgz} tidak ada. Tulis letak pyodide-{VERSI}.tgz yang benar.")
        return _sah(tgz)
    berkas = simpanan / f"pyodide-{VERSI}.tgz"
    if not berkas.is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise MesinTidakAda(
                f"npm tidak ada di komputer ini, jadi Pyodide {VERSI} tidak dapat diambil. Pasang Node.js beserta npm, "
                f"atau bawa berkas pyodide-{VERSI}.tgz dan tulis letaknya dengan --pyodide."
            )
        with tempfile.TemporaryDirectory(prefix="kinerja-npm-") as kerja:
            jalan = subprocess.run(
                [npm, "pack", f"pyodide@{VERSI}", "--pack-destination", kerja],
                cwd=kerja, capture_output=True, text=True, check=False,
            )  # fmt: skip
            ambil = Path(kerja) / berkas.name
            if jalan.returncode or not ambil.is_file():
                sebab = (jalan.stderr.strip().splitlines() or ["tanpa keterangan"])[-1]
                raise MesinTidakAda(
                    f"npm tidak berhasil mengambil Pyodide {VERSI} ({sebab}). Sambungkan internet sekali ini saja, atau "
                    f"bawa berkas pyodide-{VERSI}.tgz dan tulis letaknya dengan --pyodide."
                )
            shutil.move(_sah(ambil), berkas)
    return _sah(berkas)


def _sah(berkas: Path) -> Path:
    if base64.b64encode(hashlib.sha512(berkas.read_bytes()).digest()).decode() != SHA512:
        raise MesinTidakAda(
            f"{berkas} bukan Pyodide {VERSI} yang semestinya (sidik SHA-512 berbeda). Hapus berkas itu lalu ulangi."
        )
    return berkas


def _buka(paket: Path, kerja: Path) -> dict[str, bytes]:
    isi: dict[str, bytes] = {}
    with tarfile.open(paket) as tar:
        for n in (*_TERTANAM, "python_stdlib.zip", "pyodide-lock.json", "package.json"):
            anggota = tar.extractfile(f"package/{n}")
            assert anggota is not None
            isi[n] = anggota.read()
            (kerja / n).write_bytes(isi[n])
    return isi


def _potret(node: str, kerja: Path, sumber: str, potret: Path) -> None:
    (kerja / "sumber.json").write_text(sumber, "utf-8")
    jalan = subprocess.run(
        [node, str(HALAMAN / "potret.mjs"), str(kerja), str(kerja / "sumber.json"), str(kerja / "potret")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if jalan.returncode:
        raise MesinTidakAda(
            f"Python untuk peramban tidak berhasil dijalankan dengan {node}. Perlu Node.js 20 atau lebih baru.\n"
            + jalan.stderr[-2000:]
        )
    padat = gzip.compress((kerja / "potret").read_bytes(), 9, mtime=0)
    sementara = potret.with_suffix(f".{os.getpid()}")
    sementara.write_bytes(padat)
    sementara.replace(potret)


def _lisensi() -> str:
    """The licences that ask to travel along, as one text."""
    bagian = [
        f"Pyodide {VERSI}: Mozilla Public License 2.0. Kode sumbernya diterbitkan proyek Pyodide (paket npm pyodide versi ini). "
        "Di dalamnya CPython: Python Software Foundation License 2."
    ]
    for nama in ("rapidfuzz", "snowballstemmer"):
        d = distribution(nama)
        teks = [
            f.read_text("utf-8")
            for f in d.files or []
            if f.name.upper().startswith(("LICENSE", "COPYING")) and "dist-info" in str(f)
        ]
        bagian.append(f"{nama} {d.version}\n\n" + "\n\n".join(teks))
    return "\n\n----\n\n".join(bagian)
