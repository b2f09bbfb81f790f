"""The typesetter: the only place where Typst runs.

Typst starts threads when it first compiles, and a fork does not inherit them: a child that compiles after its
parent has would wait for ever. Such a child is found here, and compiles in a new process.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

TEMPLAT = Path(__file__).parents[1] / "reports" / "templat"

_penata_pertama: int | None = None  # process that compiled first


@cache
def penyusun(templat: str) -> typst.Compiler:
    """The compiler of a template with its fonts (Typst's own and matplotlib's, none of the system).

    Built before forking it is inherited, and starts no thread yet.
    """
    return typst.Compiler(TEMPLAT / templat, root=TEMPLAT, font_paths=_huruf(), ignore_system_fonts=True)


@cache
def _huruf() -> typst.Fonts:
    asal = find_spec("matplotlib")
    assert asal is not None
    assert asal.origin is not None
    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(Path(asal.origin).parent / "mpl-data" / "fonts" / "ttf")]
    )


def png_dari(
    svg: Sequence[str], ppi: float = 200, tinggi: float | None = None, tepi: float = 0
) -> list[bytes]:
    """Each SVG as a PNG on white, the same bytes for the same text.

    `tinggi` of the picture and `tepi` around it in mm; None as drawn. RuntimeError if one is no picture.
    """
    bahan = {"svg": list(svg), "tinggi": tinggi, "tepi": tepi}
    return tata("gambar.typ", bahan, format="png", ppi=ppi) if svg else []


def tata(templat: str, bahan: Any, **opsi: Any) -> list[bytes]:
    """What Typst sets from a template and its data: one PDF, or one PNG for each page.

    `opsi` are those of Typst's compiler, `format` among them. RuntimeError, in Indonesian, when it cannot be set.
    """
    data = json.dumps(bahan, ensure_ascii=False)
    if _penata_pertama in (None, os.getpid()):
        return _tata_di_sini(templat, data, opsi)
    perintah = [sys.executable, "-X", "utf8", "-m", "kinerja.penata", templat, json.dumps(opsi)]
    hasil = subprocess.run(perintah, input=data.encode(), capture_output=True, check=False)
    if hasil.returncode:
        raise RuntimeError(hasil.stderr.decode(errors="replace").strip())
    return [base64.b64decode(b) for b in hasil.stdout.split()]


def _tata_di_sini(templat: str, data: str, opsi: dict[str, Any]) -> list[bytes]:
    global _penata_pertama
    _penata_pertama = os.getpid()
    try:
        jadi = penyusun(templat).compile(sys_inputs={"data": data}, **opsi)
    except typst.TypstError as e:
        apa = "PDF" if opsi["format"] == "pdf" else "Gambar"
        raise RuntimeError(f"{apa} tidak dapat disusun: {e.message}. {' '.join(e.hints)}".strip()) from e
    return [b for b in (jadi if isinstance(jadi, list) else [jadi]) if b is not None]


if __name__ == "__main__":
    try:
        jadi = _tata_di_sini(sys.argv[1], sys.stdin.buffer.read().decode(), json.loads(sys.argv[2]))
    except RuntimeError as galat:
        sys.exit(str(galat))  # on stderr, to be told by who asked
    for b in jadi:
        print(base64.b64encode(b).decode())
