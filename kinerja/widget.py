"""Controls for a hall: a slider where a person sits before the notebook, the same picture without one elsewhere.

A lesson must run without a person and read on paper. So `kendali` shows controls only in a notebook that a person
has open, and otherwise what the first values of the controls give, with those values in words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kinerja import tulisan
from kinerja.tampil import Blok, Gambar, Judul, Paragraf

Isi = Blok | Sequence[Blok]
_UKURAN = re.compile(r'\b(width|height)="([\d.]+)pt"')  # of the <svg> element; inside it numbers have no unit
_KALI = 1.6  # a page's figure, as large as a hall needs it; the page narrows it to its own width
_SESI = "JPY_SESSION_NAME"  # set by the Jupyter server for a notebook that a person opened, by no batch run


@dataclass(frozen=True)
class Angka:
    """A slider: label, first value, ends and step."""

    label: str
    awal: float
    bawah: float
    atas: float
    langkah: float = 1


@dataclass(frozen=True)
class Pilihan:
    """A list: label, first choice, and the choices (value -> words)."""

    label: str
    awal: Any
    pilihan: Mapping[Any, str]


def ada_orang() -> bool:
    """Whether a person has this notebook open, so that controls make sense."""
    return _SESI in os.environ


def temuan(isi: Isi) -> None:
    """Show blocks; a picture with its finding above it in large type instead of below."""
    from IPython.display import display

    for b in [isi] if isinstance(isi, Blok) else isi:
        for x in _berjudul(b):
            display(x)  # type: ignore[no-untyped-call]


def _berjudul(b: Blok) -> Iterable[Blok]:
    if not isinstance(b, Gambar):
        return (b,)
    return Judul(b.judul, 3), replace(b, judul="", svg=_UKURAN.sub(_besar, b.svg, count=2))


def _besar(cocok: re.Match[str]) -> str:
    return f'{cocok[1]}="{float(cocok[2]) * _KALI:g}pt"'


def kendali(buat: Callable[..., Isi], **alat: Angka | Pilihan) -> None:
    """Show what `buat` makes of the values of these controls, again whenever one of them moves.

    buat: called with one value per control, by name. Without a person: once, with the first values, and a
    line that names them.
    """
    from IPython.display import display

    awal = {n: a.awal for n, a in alat.items()}
    if not ada_orang():
        display(_baris(alat))  # type: ignore[no-untyped-call]
        temuan(buat(**awal))
        return
    import ipywidgets

    panel = {n: _alat(a) for n, a in alat.items()}
    ulang = ipywidgets.Button(description="Kembali ke awal", tooltip="Kembalikan semua kendali ke nilai awal")

    def kembali(_: Any) -> None:
        for n, p in panel.items():
            p.value = awal[n]

    ulang.on_click(kembali)
    keluaran = ipywidgets.interactive_output(lambda **nilai: temuan(buat(**nilai)), panel)
    display(ipywidgets.VBox([*panel.values(), ulang]), keluaran)  # type: ignore[no-untyped-call]


def _alat(a: Angka | Pilihan) -> Any:
    import ipywidgets

    gaya = {"style": {"description_width": "16em"}, "layout": {"width": "95%"}}
    if isinstance(a, Pilihan):
        pilihan = [(kata, nilai) for nilai, kata in a.pilihan.items()]
        return ipywidgets.Dropdown(options=pilihan, value=a.awal, description=a.label, **gaya)
    bulat = all(float(x).is_integer() for x in (a.awal, a.bawah, a.atas, a.langkah))
    jenis = ipywidgets.IntSlider if bulat else ipywidgets.FloatSlider
    angka = int if bulat else float
    return jenis(
        value=angka(a.awal),
        min=angka(a.bawah),
        max=angka(a.atas),
        step=angka(a.langkah),
        description=a.label,
        continuous_update=False,
        **gaya,
    )


def _baris(alat: Mapping[str, Angka | Pilihan]) -> Blok:
    isi = (
        f"{a.label} = {a.pilihan[a.awal] if isinstance(a, Pilihan) else tulisan.angka(a.awal)}"
        for a in alat.values()
    )
    return Paragraf(f"Kendali (dapat digeser di JupyterLab): {'; '.join(isi)}.")
