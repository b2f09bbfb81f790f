"""Controls for a hall: a slider where a person sits before the notebook, the same picture without one elsewhere.

A lesson must run without a person and read on paper. So `kendali` shows controls only in a notebook that a person
has open, and otherwise what the first values of the controls give, with those values in words.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from kinerja import gambar_iki, tulisan
from kinerja.iki import FormKartu, banding_tulis, blok_kartu, cari_pustaka, diagnosis
from kinerja.iki.klinik import Diagnosis
from kinerja.tampil import GAYA, Blok, Catatan, Gambar, Judul, Paragraf

Isi = Blok | Sequence[Blok]
_UKURAN = re.compile(r'\b(width|height)="([\d.]+)pt"')  # of the <svg> element; inside it numbers have no unit
_KALI = 1.6  # a page's figure, as large as a hall needs it; the page narrows it to its own width
# set by the Jupyter server for a notebook that a person opened, and by Voila for a page; by no batch run
_SESI = ("JPY_SESSION_NAME", "VOILA_BASE_URL")


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
    return any(n in os.environ for n in _SESI)


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
    """Show what `buat` makes of the values of these controls, again whenever one of them has moved.

    buat: called with one value per control, by name; a ValueError of it is shown in the picture's place.
    Without a person: once, with the first values, and a line that names them.
    """
    _pasang(buat, alat, seketika=False)


def kendali_langsung(buat: Callable[..., Isi], **alat: Angka | Pilihan) -> None:
    """As `kendali`, but the pictures stand side by side and follow the hand while a slider is being dragged.

    `buat` must be quick (tens of milliseconds): the browser sends the next value when the last is shown.
    """
    _pasang(buat, alat, seketika=True)


def _pasang(buat: Callable[..., Isi], alat: Mapping[str, Angka | Pilihan], seketika: bool) -> None:
    """The controls over one HTML widget: a single message replaces all pictures at once, so nothing flickers."""
    from IPython.display import display

    if not ada_orang():
        display(_baris(alat))  # type: ignore[no-untyped-call]
        temuan(buat(**{n: a.awal for n, a in alat.items()}))
        return
    import ipywidgets

    lebar = _lebar_label(alat.values())
    panel = {n: _alat(a, seketika, lebar) for n, a in alat.items()}
    ulang = ipywidgets.Button(description="Kembali ke awal", tooltip="Kembalikan semua kendali ke nilai awal")
    layar = ipywidgets.HTML(layout={"width": "100%"})

    def gambar(_: Any = None) -> None:
        try:
            isi = buat(**{n: p.value for n, p in panel.items()})
        except ValueError as galat:
            isi = Catatan(str(galat), "peringatan")
        blok = [isi] if isinstance(isi, Blok) else isi
        layar.value = _GAYA_LANGSUNG + _langsung(blok) if seketika else _halaman(blok)

    def pasang(nilai: Mapping[str, Any]) -> None:
        """All controls at once: one drawing, not one for each."""
        for p in panel.values():
            p.unobserve(gambar, "value")
        for n, p in panel.items():
            p.value = nilai[n]
            p.observe(gambar, "value")
        gambar()

    for p in panel.values():
        p.observe(gambar, "value")
    ulang.on_click(lambda _: pasang({n: a.awal for n, a in alat.items()}))
    gambar()
    susun: Any = [*panel.values(), ipywidgets.HBox([ulang, _berkas_keadaan(panel, pasang)])]
    if seketika:
        kolom = {"grid_template_columns": "repeat(2, minmax(0, 1fr))", "width": "100%"}
        susun = [ipywidgets.GridBox(susun, layout=kolom)]
    _tampilkan(ipywidgets.VBox([*susun, layar]))


_PAPAN_KETIK = Path(__file__).with_name("papan_ketik.js").read_text(encoding="utf-8")


def _tampilkan(panel: Any) -> None:
    """Show a panel so that keys alone can work it, and its controls say their names."""
    from IPython.display import display

    display(panel)  # type: ignore[no-untyped-call]
    display({"application/javascript": _PAPAN_KETIK, "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]


# --- the state of a panel as a file ----------------------------------------------------------------------

_FORMAT_KEADAAN = {"format": "kinerja-keadaan", "versi": 1}
_KEADAAN_TERBESAR = 200_000  # bytes
_GAYA_TAUTAN = "color:#0b57a4;text-decoration:underline;padding:0 .6em"


def tulis_keadaan(panel: Mapping[str, Any]) -> str:
    """What the controls of a panel are set to, by their labels, as the JSON that is shared."""
    isi = {p.description: p.label if hasattr(p, "options") else p.value for p in panel.values()}
    return json.dumps({**_FORMAT_KEADAAN, "isian": isi}, ensure_ascii=False, indent=1)


def baca_keadaan(teks: str, panel: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `tulis_keadaan`: name of a control -> value. ValueError names every fault at once.

    A control that the file does not know keeps its value; one that the panel does not have is a fault, for the file
    then belongs to another panel.
    """
    try:
        isi = json.loads(teks)
    except (ValueError, RecursionError):
        raise ValueError("Berkas ini bukan keadaan panel: isinya tidak terbaca.") from None
    if not isinstance(isi, dict) or {k: isi.get(k) for k in _FORMAT_KEADAAN} != _FORMAT_KEADAAN:
        raise ValueError("Berkas ini bukan keadaan panel. Pakai berkas dari tautan Simpan keadaan.")
    isian = isi.get("isian")
    nama = {p.description: n for n, p in panel.items()}
    if not isinstance(isian, dict) or set(isian) - set(nama):
        raise ValueError(f"Keadaan ini milik panel lain. Panel ini berisi: {tulisan.daftar(nama)}.")
    hasil, salah = {n: p.value for n, p in panel.items()}, []
    for label, nilai in isian.items():
        p = panel[nama[label]]
        if hasattr(p, "options"):
            pilihan = dict(p.options)
            cocok = isinstance(nilai, str) and nilai in pilihan
            hasil[nama[label]] = pilihan[nilai] if cocok else p.value
            boleh = f"pilih dari {tulisan.daftar(pilihan)}"
        elif hasattr(p, "max"):
            cocok = type(nilai) in (int, float) and p.min <= nilai <= p.max
            hasil[nama[label]] = type(p.value)(nilai) if cocok else p.value
            boleh = f"angka {tulisan.angka(p.min)} sampai {tulisan.angka(p.max)}"
        else:
            cocok = type(nilai) is type(p.value)
            hasil[nama[label]] = nilai if cocok else p.value
            boleh = "teks" if isinstance(p.value, str) else "true atau false"
        if not cocok:
            salah.append(f"{label}: {str(nilai)[:40]!r} tidak dapat dipakai; {boleh}")
    if salah:
        raise ValueError("Keadaan tidak dipasang. " + ". ".join(salah) + ".")
    return hasil


def _berkas_keadaan(panel: Mapping[str, Any], pasang: Callable[[Mapping[str, Any]], None]) -> Any:
    """A link that saves what the controls are set to as a file, and a button that opens such a file."""
    import ipywidgets

    simpan, kabar = ipywidgets.HTML(), ipywidgets.HTML()
    buka = ipywidgets.FileUpload(
        accept=".json",
        description="Buka keadaan",
        tooltip="Pasang keadaan dari berkas",
        layout={"width": "auto"},
    )

    def segarkan(_: Any = None) -> None:
        isi = b64encode(tulis_keadaan(panel).encode()).decode()
        simpan.value = f'<a style="{_GAYA_TAUTAN}" download="keadaan.json" href="data:application/json;base64,{isi}">Simpan keadaan</a>'

    def dibuka(_: Any) -> None:
        if not buka.value:
            return
        berkas = buka.value[0]
        try:
            if berkas["size"] > _KEADAAN_TERBESAR:
                raise ValueError("Berkas ini terlalu besar untuk keadaan panel.")
            pasang(baca_keadaan(bytes(berkas["content"]).decode("utf-8", "replace"), panel))
            kabar.value = f"<span>Keadaan dari {escape(berkas['name'])} dipasang.</span>"
        except ValueError as galat:
            kabar.value = GAYA + Catatan(str(galat), "peringatan").html()
        buka.value = ()

    for p in panel.values():
        p.observe(segarkan, "value")
    buka.observe(dibuka, "value")
    segarkan()
    return ipywidgets.HBox([simpan, buka, kabar])


def _halaman(isi: Iterable[Blok]) -> str:
    """Blocks for one HTML widget, one below the other as on a page."""
    return GAYA + "".join(x.html() for b in isi for x in _berjudul(b))


_GAYA_LANGSUNG = (
    GAYA
    + "<style>.kj-langsung{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26em),1fr));"
    "gap:0 1.5em;align-items:start}.kj-langsung>.lebar{grid-column:1/-1}.kj-langsung h3{margin:.4em 0;line-height:1.3}"
    ".kj-langsung svg{width:100%;height:auto;background:#fff;overflow:visible}.kj-langsung svg *{stroke-linejoin:round}"
    ".kj-langsung .kj-angka tr{margin:.4em 0}</style>"
)
_GAYA_SVG = re.compile(r"<style.*?</style>", re.DOTALL)  # inside a page it would hold for everything


def _langsung(isi: Sequence[Blok]) -> str:
    """Blocks for one HTML widget: pictures side by side as plain SVG, which a browser draws in the same frame."""
    return f'<div class="kj-langsung">{"".join(map(_satu_langsung, isi))}</div>'


def _satu_langsung(b: Blok) -> str:
    if not isinstance(b, Gambar):
        return f'<div class="lebar">{b.html()}</div>'
    svg = _GAYA_SVG.sub("", b.svg, count=1)
    sumber = f"<small>Sumber: {escape(b.sumber)}</small>" if b.sumber else ""
    return f'<div role="img" aria-label="{escape(b.alt)}"><h3>{escape(b.judul)}</h3>{svg}{sumber}</div>'


def _alat(a: Angka | Pilihan, seketika: bool, lebar: float) -> Any:
    """One control. seketika: send every value while the slider is being dragged. lebar: of the label, in em."""
    import ipywidgets

    gaya: dict[str, Any] = {"style": {"description_width": f"{lebar:g}em"}, "layout": {"width": "95%"}}
    if isinstance(a, Pilihan):
        pilihan = [(kata, nilai) for nilai, kata in a.pilihan.items()]
        return ipywidgets.Dropdown(options=pilihan, value=a.awal, description=a.label, **gaya)
    gaya |= {"description": a.label, "continuous_update": seketika}
    if all(float(x).is_integer() for x in (a.awal, a.bawah, a.atas, a.langkah)):
        ujung = {"min": int(a.bawah), "max": int(a.atas), "step": int(a.langkah)}
        return ipywidgets.IntSlider(value=int(a.awal), **ujung, **gaya)
    # a slider over numbers that are written out: FloatSlider knows the decimal point only
    anak = (round(a.bawah + i * a.langkah, 9) for i in range(int((a.atas - a.bawah) / a.langkah + 1e-9) + 1))
    isi = [(tulisan.angka(x), x) for x in sorted({*anak, float(a.awal)})]
    return ipywidgets.SelectionSlider(options=isi, value=float(a.awal), **gaya)


def _lebar_label(alat: Iterable[Angka | Pilihan]) -> float:
    """Room for the longest label, in em, so that none is cut off and all controls begin on one line."""
    return max((0.58 * len(a.label) + 1 for a in alat), default=8)


def _baris(alat: Mapping[str, Angka | Pilihan]) -> Blok:
    isi = (
        f"{a.label} = {a.pilihan[a.awal] if isinstance(a, Pilihan) else tulisan.angka(a.awal)}"
        for a in alat.values()
    )
    return Paragraf(f"Kendali (dapat digeser di JupyterLab): {'; '.join(isi)}.")


# --- the clinic of indicators -------------------------------------------------------------------------

JENJANG: Mapping[str, str] = {
    "jpt": "JPT",
    "administrator": "Administrator",
    "pengawas": "Pengawas atau ketua tim",
    "fungsional": "Fungsional",
    "pelaksana": "Pelaksana",
    "sub_kegiatan": "Sub-kegiatan (bukan IKI pejabat)",
    "": "Belum disebut",
}
_HURUF_BESAR = "1.5em"


def blok_klinik(teks: str, jenjang: str = "", perbaikan: str = "", jabatan: str = "") -> list[Blok]:
    """What the clinic says, as blocks: the ladder, findings, SMART, before and after, examples.

    teks: one indicator per line; tabs part indikator, satuan, target, jenjang, as cells copied from Excel.
    perbaikan: the first one written anew, in the same form. jabatan: words to look for in the library.
    Nothing typed raises: what cannot be read comes back as a remark.
    """
    try:
        semua, baru = _diagnosis(teks, jenjang), _diagnosis(perbaikan, jenjang)[:1]
    except ValueError as galat:
        return [Catatan(str(galat), "peringatan")]
    if not semua:
        return [Paragraf("Tulis atau tempel sebuah indikator untuk melihat letaknya di tangga hasil.")]
    satu = semua[0]
    isi: list[Blok] = []
    if len(semua) > 1:
        isi += [gambar_iki.gambar_tangga(semua), gambar_iki.tabel_ringkas(semua)]
    if baru:
        isi += _blok_banding(satu, baru[0])
    elif len(semua) == 1:
        isi += [gambar_iki.gambar_tangga(semua), gambar_iki.tabel_temuan(satu), gambar_iki.tabel_smart(satu)]
    if jabatan.strip():
        contoh = cari_pustaka(
            jabatan, jenjang=jenjang if jenjang not in ("", "sub_kegiatan") else None, banyak=4
        )
        if contoh.empty:
            contoh = cari_pustaka(jabatan, banyak=4)
        isi.append(gambar_iki.tabel_pustaka(contoh, jabatan.strip()))
    return isi


@lru_cache(maxsize=64)
def _diagnosis(teks: str, jenjang: str) -> tuple[Diagnosis, ...]:
    """While one field is typed in, the other stays as it was read."""
    return tuple(diagnosis(teks, jenjang))


def _blok_banding(lama: Diagnosis, baru: Diagnosis) -> list[Blok]:
    return [
        gambar_iki.gambar_tangga([lama], baru),
        gambar_iki.tabel_banding(banding_tulis(lama, baru)),
        gambar_iki.tabel_smart(lama, baru),
    ]


class Klinik:
    """The clinic as a panel: type or paste, choose the level, rewrite; the answer follows every key.

    Nothing waits for a pause: the page itself holds later keys back until this answer is there, and then sends
    only the last text.

    All controls are plain form fields in reading order, so that Tab and the arrow keys reach them. The
    arguments are the first values; `ulang` brings them back. `blok` is what the panel shows now.
    """

    def __init__(
        self, teks: str = "", jenjang: str = "", perbaikan: str = "", jabatan: str = "", besar: bool = False
    ) -> None:
        import ipywidgets as w

        self.awal = {
            "teks": teks,
            "jenjang": jenjang,
            "perbaikan": perbaikan,
            "jabatan": jabatan,
            "besar": besar,
        }
        penuh = {"layout": {"width": "98%"}, "style": {"description_width": "10em"}}
        self.isian: dict[str, Any] = {
            "teks": w.Textarea(
                description="Indikator",
                placeholder="Satu indikator per baris. Dari Excel: indikator, satuan, target, jenjang.",
                rows=3,
                layout={"width": "98%", "height": "5.5em"},
                style={"description_width": "10em"},
            ),
            "jenjang": w.Dropdown(
                description="Jenjang", options=[(nama, kode) for kode, nama in JENJANG.items()], **penuh
            ),
            "perbaikan": w.Text(
                description="Tulis ulang", placeholder="Rumusan baru untuk indikator pertama", **penuh
            ),
            "jabatan": w.Text(
                description="Cari contoh", placeholder="Jabatan atau kata, misalnya puskesmas", **penuh
            ),
            "besar": w.Checkbox(description="Huruf besar", indent=False),
        }
        self._ulang = w.Button(description="Kembali ke awal", tooltip="Kembalikan semua isian ke nilai awal")
        self._ulang.on_click(lambda _: self.ulang())
        self.keluaran = w.HTML(layout={"width": "98%"})
        # beside each other: the picture stays on the screen
        cara = w.HBox([self.isian["besar"], self._ulang, _berkas_keadaan(self.isian, self._pasang)])
        isian = [self.isian[n] for n in ("teks", "jenjang", "perbaikan", "jabatan")]
        self.panel = w.VBox([*isian, cara, self.keluaran], layout={"width": "100%"})
        self.blok: list[Blok] = []
        for x in self.isian.values():
            x.observe(self._berubah, names="value")
        self._pasang(self.awal)

    @property
    def keadaan(self) -> dict[str, Any]:
        """The values of all controls, as the arguments of `Klinik` and of `blok_klinik`."""
        return {n: x.value for n, x in self.isian.items()}

    def _pasang(self, nilai: Mapping[str, Any]) -> None:
        """All fields at once: read once, not once for each."""
        self._memasang = True
        for n, x in self.isian.items():
            x.value = nilai[n]
        self._memasang = False
        self.hitung()

    def _berubah(self, _: Any) -> None:
        if not self._memasang:
            self.hitung()

    def ulang(self) -> None:
        """Back to the first values."""
        self._pasang(self.awal)

    def hitung(self) -> None:
        """Read the controls and show what follows."""
        isi = self.keadaan
        besar = isi.pop("besar")
        self.blok = blok_klinik(**isi)
        for n in ("teks", "perbaikan", "jabatan"):
            self.isian[n].style.font_size = _HURUF_BESAR if besar else None
        ukuran = _HURUF_BESAR if besar else "1em"
        self.keluaran.value = (
            f'<div role="status" style="font-size:{escape(ukuran)}">{_halaman(self.blok)}</div>'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        polos = "\n\n".join(b.teks_polos() for b in self.blok)
        return {
            **(self.panel._repr_mimebundle_() or {}),
            "text/html": _halaman(self.blok),
            "text/plain": polos,
        }


def klinik(teks: str, jenjang: str = "", perbaikan: str = "", jabatan: str = "", besar: bool = False) -> None:
    """Show the clinic: the panel where a person sits before the notebook, else what its first values give."""
    from IPython.display import display

    if ada_orang():
        _tampilkan(Klinik(teks, jenjang, perbaikan, jabatan, besar))
        return
    tulis = f"Jenjang: {JENJANG.get(jenjang, jenjang)}. Di JupyterLab bagian ini berupa panel: ketik rumusan Anda sendiri."
    display(Paragraf(tulis))  # type: ignore[no-untyped-call]
    temuan(blok_klinik(teks, jenjang, perbaikan, jabatan))


def kartu(isi: Any) -> None:
    """Show one card of an indicator: the form where a person sits before the notebook, else the card as a table.

    isi: a card as `kj.iki.kartu_dari` takes it; of several rows the first, without one a sentence that says so.
    """
    if not len(isi):
        temuan(Paragraf("Belum ada kartu: tulis dulu satu indikator."))
        return
    if not ada_orang():
        temuan(blok_kartu(isi)[0][1:])
        return
    import ipywidgets

    form = FormKartu(isi)
    ulang = ipywidgets.Button(description="Kembali ke awal", tooltip="Kembalikan semua isian ke nilai awal")
    ulang.on_click(lambda _: form.pasang(form.awal))
    form.kotak.children = (
        *form.kotak.children,
        ipywidgets.HBox([ulang, _berkas_keadaan(form.isian, form.pasang)]),
    )
    _tampilkan(form)
