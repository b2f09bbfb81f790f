"""All that a user sees is Indonesian: English words are looked for where sentences are written and where they are shown."""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from kinerja.cli import pengurai

AKAR = Path(__file__).parents[1]
# words of every English sentence, and none of an Indonesian one
INGGRIS = re.compile(
    r"\b(the|and|with|from|this|that|these|are|is|was|has|have|not|must|should|cannot|please|which|when|where|"
    r"loading|click|missing|unknown|found|invalid|failed|expected|required|options|usage|default|select|choose|"
    r"previous|next|submit|cancel|show|hide|close|search|warning|error)\b",
    re.IGNORECASE,
)
# names of things, quoted as their owners write them
NAMA = re.compile(
    r"`[^`]*`|<code>.*?</code>|\{[^{}]*\}|https?:\S+|\b[\w.]+\(|\b\w+_\w+\b|KeyError|not[- ]a[- ]number|"
    r"\bis-\w+|\b\w*Error\b|\bthis\.\w+|<[a-zA-Z/][^<]*",
    re.DOTALL,
)


# what Python itself says to a program, and a program in a string
PROGRAM = re.compile(r"(from|import) [\w.]+ |.* argument must be str, not$|/content-types\"><Default")


def inggris(teks: str) -> list[str]:
    """English words in a text that is meant to be Indonesian."""
    return INGGRIS.findall(NAMA.sub(" ", unescape(teks)))


def kalimat_kode(berkas: Path) -> Iterator[tuple[int, str]]:
    """Strings of a module that read like sentences: no docstrings, no code, no patterns."""
    pohon = ast.parse(berkas.read_text(encoding="utf-8"))
    bukan: set[int] = set()
    for simpul in ast.walk(pohon):
        if isinstance(simpul, ast.Expr) and isinstance(simpul.value, ast.Constant):
            bukan.add(id(simpul.value))  # docstrings, also those of fields
        if isinstance(simpul, ast.Call) and isinstance(f := simpul.func, ast.Attribute):
            pola = isinstance(f.value, ast.Name) and f.value.id == "re"
            if pola or f.attr in ("compile", "filterwarnings", "evaluate"):
                bukan |= {id(x) for a in simpul.args for x in ast.walk(a)}
    for simpul in ast.walk(pohon):
        teks = simpul.value if isinstance(simpul, ast.Constant) and id(simpul) not in bukan else None
        if isinstance(teks, str) and not PROGRAM.match(teks.strip()):
            yield simpul.lineno, teks


KODE = sorted(
    b.relative_to(AKAR).as_posix()
    for b in (AKAR / "kinerja").rglob("*.py")
    if b.name != "cli.py"  # holds argparse's own English as keys of its translation; its help is read below
)


def test_kalimat_dalam_kode() -> None:
    asing = [
        f"{nama}:{baris}: {teks.strip()[:90]!r} {kata}"
        for nama in KODE
        for baris, teks in kalimat_kode(AKAR / nama)
        if len(teks.split()) >= 3 and "\n.kj" not in teks and (kata := inggris(teks))
    ]
    assert not asing, "\n".join(asing)


def pengurai_semua(p: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield p
    for a in p._actions:
        if isinstance(a, argparse._SubParsersAction):
            for anak in a.choices.values():
                yield from pengurai_semua(anak)


def test_bantuan_setiap_perintah() -> None:
    asing = [(p.prog, kata) for p in pengurai_semua(pengurai()) if (kata := inggris(p.format_help()))]
    assert not asing


@pytest.mark.parametrize("berkas", sorted((AKAR / "notebooks").glob("*.ipynb")), ids=lambda b: b.stem)
def test_notebook_dan_keluarannya(berkas: Path) -> None:
    """Prose, what cells printed, and pictures' words and descriptions."""
    asing = []
    for i, sel in enumerate(json.loads(berkas.read_text(encoding="utf-8"))["cells"]):
        teks = ["".join(sel["source"])] if sel["cell_type"] == "markdown" else []
        for k in sel.get("outputs", ()):
            teks.append("".join(k.get("text", "")))
            teks += ["".join(k.get("data", {}).get(jenis, "")) for jenis in ("text/plain", "text/markdown")]
            html = "".join(k.get("data", {}).get("text/html", ""))
            html = re.sub(
                r"<style.*?</style>|<script.*?</script>|base64,[\w+/=]+", " ", html, flags=re.DOTALL
            )
            teks += re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*)"', html)
            teks.append(re.sub(r"<[^>]+>", " ", html))
        asing += [(i, kata, t[:80]) for t in teks if (kata := inggris(t))]
    assert not asing


HALAMAN = sorted(
    b.relative_to(AKAR).as_posix()
    for akar in ("kinerja/bimtek", "reports/templat")
    for b in (AKAR / akar).rglob("*")
    if b.suffix in (".html", ".j2", ".js", ".typ") and b.is_file()
)


@pytest.mark.parametrize("nama", HALAMAN)
def test_templat_halaman(nama: str) -> None:
    """What stands between tags or in attributes that are read aloud, and texts in scripts."""
    isi = (AKAR / nama).read_text(encoding="utf-8")
    isi = re.sub(r"<style.*?</style>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|/\*.*?\*/", " ", isi, flags=re.DOTALL)
    skrip = " ".join(re.findall(r"<script.*?</script>", isi, re.DOTALL)) if not nama.endswith(".js") else isi
    skrip = re.sub(r"(?m)(?<![:\w])//.*$", " ", skrip)
    teks = re.findall(r'"((?:[^"\\\n]|\\.)*\s(?:[^"\\\n]|\\.)*)"', skrip)  # with a space in it: a sentence
    if not nama.endswith((".js", ".typ")):
        tanpa = re.sub(r"<script.*?</script>", " ", isi, flags=re.DOTALL)
        teks += re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*)"', tanpa)
        teks.append(re.sub(r"<[^>]+>", " ", tanpa))
    asing = [(kata, t[:100]) for t in teks if (kata := inggris(t))]
    assert not asing


def test_pencari_menemukan_yang_ditanam() -> None:
    """The search itself can fail: an English sentence is found, an Indonesian one with quoted names is not."""
    assert inggris("File not found, please choose another")
    assert not inggris("Berkas `not found` tidak ada; panggil kj.baca(berkas) lagi.")
