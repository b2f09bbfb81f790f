"""Rules as JavaScript against the same rules in Python: every number, word and explanation."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import subprocess
from fractions import Fraction
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from peramban import peramban, perlu_peramban

from kinerja import tulisan
from kinerja.aturan import Graf, aturan, jelaskan, tampil
from kinerja.bimtek.javascript import naskah_aturan, naskah_graf, naskah_label
from kinerja.data.skema import PREDIKAT, RATING
from kinerja.iki.capaian import RUMUS
from kinerja.parameter import kebijakan
from kinerja.pecahan import Kode, Pecahan, dari_kategori, titik_lurus
from kinerja.regulasi import permenpanrb6
from kinerja.tukin import tpp

NODE = shutil.which("node")
HALAMAN = Path(__file__).parents[1] / "kinerja" / "bimtek" / "halaman"


def node(kode: str, masukan: Any, tmp_path: Path) -> Any:
    """What `hasil` of the code is, given `data`: in node, or in the browser where there is no node."""
    pustaka = "\n".join((HALAMAN / n).read_text("utf-8") for n in ("pecahan.js", "aturan.js"))
    isi = f"const LABEL = {naskah_label()};\n{pustaka}\n{kode}\n"
    if NODE is None:
        perlu_peramban()
        with peramban() as b:
            fungsi = f"(teks) => {{ const data = JSON.parse(teks);\n{isi}\nreturn JSON.stringify(hasil); }}"
            return json.loads(b.new_page().evaluate(fungsi, json.dumps(masukan)))
    naskah = tmp_path / "uji.js"
    baca = "const data = JSON.parse(require('fs').readFileSync(0));\n"
    naskah.write_text(f"{baca}{isi}\nprocess.stdout.write(JSON.stringify(hasil))", "utf-8")
    jawab = subprocess.run(
        [NODE, str(naskah)], input=json.dumps(masukan), capture_output=True, text=True, check=False
    )
    assert not jawab.returncode, jawab.stderr[-2000:]
    return json.loads(jawab.stdout)


def kolom(x: list[Fraction | None]) -> Pecahan:
    pasti = [f or Fraction(0) for f in x]
    return Pecahan(
        np.array([f.numerator for f in pasti], dtype=object),
        np.array([f.denominator for f in pasti], dtype=object),
        np.array([f is not None for f in x]),
    )


def tulis(f: Fraction | None) -> list[str] | None:
    return None if f is None else [str(f.numerator), str(f.denominator)]


def acak_angka(acak: random.Random) -> Fraction | None:
    macam = acak.random()
    if macam < 0.03:
        return None
    if macam < 0.1:
        return Fraction(0)
    if macam < 0.2:
        return Fraction(acak.randint(-10_000, -1), 100)
    return Fraction(acak.randint(1, 10**6), 10 ** acak.randint(0, 4))


def test_capaian_sama_sampai_pecahan_terakhir(tmp_path: Path) -> None:
    acak = random.Random(11)
    masukan, harap = [], []
    for nama, fungsi in RUMUS.items():
        baris = [[acak_angka(acak) for _ in signature(fungsi).parameters] for _ in range(700)]
        python = fungsi(*(kolom(list(k)) for k in zip(*baris, strict=True)))
        harap += [tulis(python.satu(i)) for i in range(len(baris))]
        masukan += [[nama, [tulis(x) for x in b]] for b in baris]
    rumus = ", ".join(f"{n}: {naskah_aturan(f)}" for n, f in RUMUS.items())
    kode = (
        f"const f = {{{rumus}}};\n"
        "const hasil = data.map(([n, b]) => { const h = f[n](...b.map((x) => x && bil(x[0], x[1]))); return h && h.map(String); });"
    )
    assert node(kode, masukan, tmp_path) == harap


def _banding_penjelasan(
    graf: Graf, parameter: Any, masukan: dict[str, Pecahan | Kode], n: int, tmp_path: Path
) -> None:
    hasil = graf.jalankan(masukan, parameter, pd.RangeIndex(n))
    baris = [
        {
            k: (v.satu(i) if isinstance(v, Kode) else tulis(v.satu(i)))  # type: ignore[arg-type]
            for k, v in masukan.items()
        }
        for i in range(n)
    ]
    kode = f"const g = siapkan({naskah_graf(graf, parameter)});\n" + (
        "const baca = (b) => Object.fromEntries(Object.entries(b).map(([k, v]) => [k, Array.isArray(v) ? bil(v[0], v[1]) : v]));\n"
        "const hasil = data.map((b) => jelaskan(jalankan(g, baca(b))).map((x) => [x.label, x.rumus, x.isi, x.hasil, x.dasar, x.status, x.akhir]));"
    )
    jawab = node(kode, baris, tmp_path)
    for i in range(n):
        harap = [
            [x.label, x.rumus, x.dengan_nilai, x.hasil, x.dasar, x.status, x.akhir]
            for x in jelaskan(hasil, i).langkah
        ]
        assert jawab[i] == harap, baris[i]


def test_tpp_dan_penjelasannya_sama(tmp_path: Path) -> None:
    acak = random.Random(7)
    n = 150
    k = kebijakan(dt.date(2023, 1, 31))
    parameter = tpp.parameter_tpp(k, "tpp-60-40", "sumbar")
    masukan: dict[str, Pecahan | Kode] = {
        "kelas": kolom([Fraction(acak.randint(1, 17)) for _ in range(n)]),
        "predikat": dari_kategori([acak.randint(-1, 4) for _ in range(n)], PREDIKAT),
        "potongan_keterlambatan": kolom([Fraction(acak.randint(0, 60), 4) for _ in range(n)]),
        "tidak_apel": kolom([Fraction(acak.randint(0, 60)) for _ in range(n)]),
        "alpa": kolom([Fraction(acak.randint(0, 31)) for _ in range(n)]),
    }
    _banding_penjelasan(tpp.GRAF, parameter, masukan, n, tmp_path)


def test_kuadran_dan_penjelasannya_sama(tmp_path: Path) -> None:
    pasangan = [(a, b) for a in range(-1, 3) for b in range(-1, 3)]
    masukan: dict[str, Pecahan | Kode] = {
        "rating_hasil": dari_kategori([a for a, _ in pasangan], RATING),
        "rating_perilaku": dari_kategori([b for _, b in pasangan], RATING),
    }
    parameter = kebijakan(dt.date(2023, 1, 31)).bagian("permenpanrb-6-2022")
    _banding_penjelasan(permenpanrb6.GRAF, parameter, masukan, len(pasangan), tmp_path)


def test_kata_lain_sama(tmp_path: Path) -> None:
    """bulat, titik_lurus and how a number is written."""
    acak = random.Random(3)
    x = [acak_angka(acak) for _ in range(2000)]
    titik = [(Fraction(0), Fraction(0)), (Fraction(90), Fraction(100)), (Fraction(100), Fraction(120))]
    python = kolom(x)
    lurus = titik_lurus(titik, python)
    harap = [
        [
            tulis(lurus.satu(i)),
            tampil(python, i),
            "–" if x[i] is None else tulisan.angka(x[i], 2),
        ]
        for i in range(len(x))
    ]
    kode = (
        "const T = [[0, 0], [90, 100], [100, 120]].map((t) => t.map((v) => bil(v)));\n"
        "const hasil = data.map((v) => { const p = v && bil(v[0], v[1]); const l = titik_lurus(T, p);"
        "return [l && l.map(String), tampilNilai(p), tulisAngka(p, 2)]; });"
    )
    assert node(kode, [tulis(v) for v in x], tmp_path) == harap


def test_angka_yang_diketik_dibaca_seperti_orang_menulisnya(tmp_path: Path) -> None:
    tulisannya = ["1.234,5", "1234.5", "12", " Rp1.500.000 ", "-3,25", "", "dua", "1,2,3", "0,5", "1.5"]
    harap = [
        ["2469", "2"], ["2469", "2"], ["12", "1"], ["1500000", "1"], ["-13", "4"], None, "bukan", "bukan", ["1", "2"], ["3", "2"],
    ]  # fmt: skip
    kode = "const hasil = data.map((t) => { const x = bacaAngka(t); return x === undefined ? 'bukan' : x && x.map(String); });"
    assert node(kode, tulisannya, tmp_path) == harap


def test_ungkapan_yang_belum_ada_bentuknya_ditolak() -> None:
    @aturan("Uji", satuan="persen", dasar="uji", status="asumsi")
    def pangkat(a: Pecahan, b: Pecahan) -> Any:
        return a**b  # type: ignore[operator]

    with pytest.raises(TypeError, match="belum dapat ditulis sebagai JavaScript"):
        naskah_aturan(pangkat)
