"""Findings as a workbook and the tree as Mermaid text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from kinerja.data.templat import tulis_lembar
from kinerja.tulisan import angka, label

from .periksa import Periksa, kolom
from .pohon import letak, tabel_dari


def tulis_periksa(hasil: Periksa, berkas: str | Path) -> Path:
    """Write angka, ringkas, temuan, pegawai, simpul and cakupan to one .xlsx; whole or not at all."""
    lembar = {
        "angka": hasil.angka,
        "ringkas": hasil.ringkas,
        "temuan": hasil.temuan,
        "pegawai": hasil.pegawai,
        "simpul": hasil.simpul,
        "cakupan": hasil.opd,
    }
    return tulis_lembar(lembar, berkas)


def mermaid(data: Any, akar: str | None = None, paling_banyak: int = 60) -> str:
    """The tree from `akar` down (from the top without it) as Mermaid text, level by level until
    `paling_banyak` boxes; what is left out becomes one box per parent with its number. Crosscutting links
    between the boxes shown are dotted. ValueError when there is no such node.
    """
    t = tabel_dari(data)
    k = t["kaskade"]
    atas = letak(k["induk"], k["id"])
    anak: dict[int, list[int]] = {}
    for i, a in enumerate(atas.tolist()):
        anak.setdefault(a if a >= 0 else -1, []).append(i)
    if akar is None:
        tampak = list(anak.get(-1, []))
    else:
        tampak = np.flatnonzero((k["id"] == akar).to_numpy(dtype=bool, na_value=False)).tolist()[:1]
        if not tampak:
            raise ValueError(f"simpul {akar} tidak ada di lembar kaskade.")
    tampak = tampak[:paling_banyak]
    terlihat = set(tampak)
    for i in tampak:  # grows while it is walked: level by level
        baru = [a for a in anak.get(i, []) if a not in terlihat]
        if len(tampak) + len(baru) > paling_banyak:
            continue
        tampak += baru
        terlihat |= set(baru)
    kode, jenjang = k["id"].tolist(), kolom(k, "jenjang").tolist()
    uraian = kolom(k, "uraian").tolist()
    baris = ["flowchart LR"]
    baris += [
        f'  n{i}["{_aman(label(jenjang[i]))}: {_aman(uraian[i])}<br/>{_aman(kode[i])}"]' for i in tampak
    ]
    for i in tampak:
        di_bawah = anak.get(i, [])
        baris += [f"  n{i} --> n{a}" for a in di_bawah if a in terlihat]
        sisa = [a for a in di_bawah if a not in terlihat]
        if sisa:
            baris += [f'  s{i}(["{angka(len(sisa))} simpul lain"])', f"  n{i} --> s{i}"]
    lintas = t.get("lintas")
    if lintas is not None and len(lintas):
        a, b = (letak(lintas[c], k["id"]).tolist() for c in ("dari", "ke"))
        baris += [
            f"  n{x} -. lintas .-> n{y}" for x, y in zip(a, b, strict=True) if x in terlihat and y in terlihat
        ]
    return "\n".join(baris) + "\n"


def _aman(teks: object) -> str:
    """Text inside a quoted Mermaid label."""
    isi = " ".join(str(teks).split())
    return re.sub(r'["<>&#;`]', lambda m: f"#{ord(m.group())};", isi)
