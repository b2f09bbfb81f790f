"""The graph of a regulation's rules as a picture, drawn from the very graphs that compute.

One picture a regulation. Each graph is a band, in the order of the module (from the indicator to the
employee), small ones side by side; in a band, what a rule reads stands left of it. A rule that several
variants share is drawn where it stands with the most others.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType, ModuleType

from kinerja.aturan import Fungsi, Graf, keterangan
from kinerja.kertas import (
    AKSEN,
    LATAR,
    PUDAR,
    SEDANG,
    TINTA,
    Kertas,
    Kotak,
    Titik,
    bungkus_teks,
    jadi_gambar,
    lebar_teks,
    satu_baris,
    tinggi_baris,
)
from kinerja.parameter import muat
from kinerja.tampil import Gambar
from kinerja.tulisan import angka, daftar, label

# what can be drawn -> module whose graphs compute it
MODUL: Mapping[str, str] = MappingProxyType(
    {
        "pp-46-2011": "kinerja.regulasi.pp46",
        "pp-30-2019": "kinerja.regulasi.pp30",
        "permenpanrb-8-2021": "kinerja.regulasi.permenpanrb8",
        "permenpanrb-6-2022": "kinerja.regulasi.permenpanrb6",
        "kmk-127-2026": "kinerja.regulasi.kmk127",
        "angka-kredit": "kinerja.regulasi.angka_kredit",
        "akip": "kinerja.regulasi.akip",
        "tpp": "kinerja.tukin.tpp",
    }
)
_PT, _PT_KECIL = 9.5, 9.0
_SIMPUL, _SELA, _JARAK = 45.0, 13.0, 2.6  # mm: width of a node, room for edges, between two nodes
_BAND_ATAS, _TEPI = 8.5, 4.0
_LEBAR_BAGAN = 290.0  # mm at least: two or three small bands side by side, as on a wide screen
_LANJUTAN = " (lanjutan)"
_TINGGI_LAYAR = 148.0  # mm: with the key 16 : 9 of that width, letters as high as on a slide
# told apart by every eye (tests/test_warna.py); the edge line differs too, for black and white
_GAYA_STATUS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "teks": ("#a3c4e6", "-", "bunyi peraturan"),
        "dua-sumber": ("#cfeadf", "-", "dua sumber sepakat"),
        "sekunder": ("#f6e7bf", "-", "sumber sekunder"),
        "tafsir": ("#f3d2bd", "--", "tafsir"),
        "belum-terverifikasi": ("#d9aecb", "--", "belum terverifikasi"),
        "ilustratif": ("#dcdcdc", ":", "ilustratif"),
        "asumsi": ("#ffffff", ":", "asumsi"),
    }
)


@dataclass
class _Simpul:
    """One box: an input or a rule; without text the place where a long edge passes a column."""

    nama: str
    baris: list[str]
    kecil: list[str]
    aturan: bool
    status: str = ""
    kolom: int = 0
    y: float = 0.0

    @property
    def tinggi(self) -> float:
        if not self.baris:
            return 0.6
        return len(self.baris) * tinggi_baris(_PT) + len(self.kecil) * tinggi_baris(_PT_KECIL) + 2.6


@dataclass
class _Band:
    """One graph laid out: boxes in columns, edges between them."""

    judul: list[str]
    simpul: list[_Simpul]
    sisi: list[tuple[_Simpul, _Simpul]]
    isi: float  # mm that the boxes take

    @property
    def tinggi(self) -> float:
        return self.isi + _BAND_ATAS + (len(self.judul) - 1) * tinggi_baris(11) + 3

    @property
    def lebar(self) -> float:
        return _x(max(s.kolom for s in self.simpul)) + _SIMPUL + _TEPI


def graf_dari(modul: ModuleType) -> list[Graf]:
    """Every graph of a module in the order of writing, those in tables of graphs too."""
    semua: list[Graf] = []
    for nama, isi in vars(modul).items():
        if nama == "graf_iki":  # 8/2021 makes these for leaders and others, model dasar and pengembangan
            semua += [isi(pimpinan=p, tingkat=t) for p in (True, False) for t in (None, 5)]
        calon = [isi] if isinstance(isi, Graf) else list(isi.values()) if isinstance(isi, Mapping) else []
        semua += [g for g in calon if isinstance(g, Graf)]
    return semua


def _bagian(semua: Sequence[Graf]) -> list[tuple[Graf, dict[str, Fungsi]]]:
    """Graphs with the rules that they are the first to show; the widest of several variants goes first."""
    terlihat: set[Fungsi] = set()
    bagian = []
    for g in sorted(semua, key=lambda g: -len(g.aturan)):
        baru = {n: f for n, f in g.aturan.items() if f not in terlihat}
        terlihat |= set(baru.values())
        bagian.append((g, baru))
    letak = {id(g): i for i, g in enumerate(semua)}
    return sorted([(g, b) for g, b in bagian if b], key=lambda x: letak[id(x[0])])


def gambar(nama: str, layar: int | None = None) -> Gambar:
    """The rules of one regulation (a key of MODUL) as an SVG picture with alt text.

    A box is an input (rounded line on grey), or a rule with its label, article and status; under the label
    of a rule stand the parameters that it reads. Variants of a rule stand in bands of their own. layar: only
    the part that a projector shows readably, 1 for the first; None draws all on one sheet.
    ValueError for an unknown name, or a layar that there is not.
    """
    if nama not in MODUL:
        raise ValueError(f"tidak ada bagan untuk {nama}. Pilih salah satu: {daftar(MODUL, 'atau')}.")
    modul = import_module(MODUL[nama])
    punya = (vars(modul).get("BERKAS", "tpp-60-40"), *vars(modul).get("JEMBATAN", ()))
    return gambar_graf(graf_dari(modul), punya, layar)


def gambar_graf(graf: Sequence[Graf], punya: Sequence[str] = (), layar: int | None = None) -> Gambar:
    """The picture of any graphs, each rule once: for a regulation of one's own or a rule that was replaced.

    punya: files and paths of params/ whose names the parameters take first. layar: as in `gambar`.
    """
    awal = _awal([g.nama for g in graf])
    judul = f"Bagan aturan {awal}"
    bagian = [(g, baru, _judul_band(g.nama, awal)) for g, baru in _bagian(graf)]
    if layar is None:
        band = [_susun(g, baru, nama, punya) for g, baru, nama in bagian]
    else:
        semua = _layar([b for g, baru, nama in bagian for b in _potong(g, baru, nama, punya)])
        if layar not in range(1, len(semua) + 1):
            raise ValueError(f"{judul} terdiri atas {angka(len(semua))} layar; pilih 1 sampai {len(semua)}.")
        judul += f", layar {layar} dari {angka(len(semua))}"
        band = semua[layar - 1]
    lebar = max([_LEBAR_BAGAN, *(b.lebar for b in band)])
    letak, tinggi = _jajarkan(band, lebar)
    status = [s for s in _GAYA_STATUS if any(x.status == s for b in band for x in b.simpul)]
    kunci = _tinggi_kunci(status, lebar)
    kertas = Kertas(tinggi + kunci, lebar)
    _kunci(kertas, status, lebar)
    for b, (kiri, atas) in zip(band, letak, strict=True):
        _lukis(kertas, b, kiri, kunci + atas)
    return jadi_gambar(
        kertas, judul, _alt(judul, band), "Graf aturan yang juga menghitung; pasal dan status dari aturannya."
    )


def _awal(nama: Sequence[str]) -> str:
    """The name of the regulation: what the most graphs begin with."""
    kepala = [re.split(r"[:,]", n)[0] for n in nama]
    return satu_baris(max(dict.fromkeys(kepala), key=kepala.count))


def _judul_band(nama: str, awal: str) -> str:
    isi = satu_baris(nama).removeprefix(awal).lstrip(":, ")
    return isi[:1].upper() + isi[1:] or awal


# -- for a projector --------------------------------------------------------------------------------------


def _potong(graf: Graf, aturan: Mapping[str, Fungsi], judul: str, punya: Sequence[str]) -> list[_Band]:
    """A graph as bands that fit a screen each, the rules in the order in which they are computed."""
    utuh = _susun(graf, aturan, judul, punya)
    if _muat(utuh):
        return [utuh]
    band: list[_Band] = []
    kini: dict[str, Fungsi] = {}
    for nama in (n for n in graf.urutan if n in aturan):
        calon = _susun(graf, {**kini, nama: aturan[nama]}, judul, punya)
        if kini and _muat(calon):
            kini[nama] = aturan[nama]
            band[-1] = calon
            continue
        if kini:
            judul = judul.removesuffix(_LANJUTAN) + _LANJUTAN
        kini = {nama: aturan[nama]}
        band.append(_susun(graf, kini, judul, punya))
    return band


def _muat(b: _Band) -> bool:
    return b.lebar <= _LEBAR_BAGAN and b.tinggi <= _TINGGI_LAYAR


def _layar(band: Sequence[_Band]) -> list[list[_Band]]:
    """The bands in their order, as many on each screen as fit."""
    layar: list[list[_Band]] = []
    for b in band:
        if layar and _jajarkan([*layar[-1], b], _LEBAR_BAGAN)[1] <= _TINGGI_LAYAR + 3:
            layar[-1].append(b)
        else:
            layar.append([b])
    return layar


# -- laying out -----------------------------------------------------------------------------------------


def _jajarkan(band: Sequence[_Band], lebar: float) -> tuple[list[Titik], float]:
    """Left top of each band, side by side as far as they fit and in their order; the height of all."""
    letak: list[Titik] = []
    x = y = terisi = 0.0
    for b in band:
        if x and x + b.lebar > lebar:
            x, y = 0.0, terisi
        letak.append((x, y))
        x, terisi = x + b.lebar + 3, max(terisi, y + b.tinggi + 3)
    return letak, terisi


def _judul_lebar(simpul: Sequence[_Simpul]) -> float:
    return _x(max(s.kolom for s in simpul)) + _SIMPUL - _TEPI


def _x(kolom: int) -> float:
    return _TEPI + kolom * (_SIMPUL + _SELA)


def _susun(graf: Graf, aturan: Mapping[str, Fungsi], judul: str, punya: Sequence[str]) -> _Band:
    """Layers by the longest way from an input, then boxes ordered so that edges cross little."""
    perlu = {n: tuple(inspect.signature(f).parameters) for n, f in aturan.items()}
    simpul = {n: _kotak_aturan(n, f, graf, punya) for n, f in aturan.items()}
    for pakai in perlu.values():
        for a in pakai:
            if a in graf.aturan and a not in simpul:  # a rule that another band shows
                simpul[a] = _kotak_masukan(a, keterangan(graf.aturan[a]).label)
            elif a in graf.masukan:
                simpul.setdefault(a, _kotak_masukan(a, graf.masukan[a]))
    for n in graf.urutan:
        if n in perlu:
            simpul[n].kolom = 1 + max((simpul[a].kolom for a in perlu[n] if a in simpul), default=-1)
            simpul[n].kolom = max(simpul[n].kolom, 1 if any(a in graf.masukan for a in perlu[n]) else 0)
    sisi = [(simpul[a], simpul[n]) for n, pakai in perlu.items() for a in pakai if a in simpul]
    for s in simpul.values():  # an input stands just left of its first reader
        if not s.aturan:
            s.kolom = max(0, min(k.kolom for a, k in sisi if a is s) - 1)
    semua, sisi = _lewat(list(simpul.values()), sisi)
    tinggi = _tempatkan(semua, sisi)
    return _Band(bungkus_teks(judul, _judul_lebar(semua), 11, 3, True), semua, sisi, tinggi)


def _lewat(
    simpul: list[_Simpul], sisi: list[tuple[_Simpul, _Simpul]]
) -> tuple[list[_Simpul], list[tuple[_Simpul, _Simpul]]]:
    """A long edge goes through a place of its own in every column between; edges of one box share it."""
    tempat: dict[tuple[str, int], _Simpul] = {}
    pendek: dict[tuple[str, str], tuple[_Simpul, _Simpul]] = {}
    for a, b in sisi:
        dari = a
        for k in range(a.kolom + 1, b.kolom):
            ke = tempat.setdefault((a.nama, k), _Simpul(f"{a.nama} {k}", [], [], False, kolom=k))
            pendek[dari.nama, ke.nama] = (dari, ke)
            dari = ke
        pendek[dari.nama, b.nama] = (dari, b)
    return [*simpul, *tempat.values()], list(pendek.values())


def _tempatkan(simpul: list[_Simpul], sisi: list[tuple[_Simpul, _Simpul]]) -> float:
    """Places in every column: barycentres to and fro, then as near to the neighbours as room allows."""
    kolom: dict[int, list[_Simpul]] = {}
    for s in simpul:
        kolom.setdefault(s.kolom, []).append(s)
    kiri: dict[str, list[_Simpul]] = {s.nama: [a for a, b in sisi if b is s] for s in simpul}
    kanan: dict[str, list[_Simpul]] = {s.nama: [b for a, b in sisi if a is s] for s in simpul}
    paling = max(_jumlah_tinggi(k) for k in kolom.values())
    for isi in kolom.values():
        _tumpuk(isi, paling)
    for putaran in range(8):
        maju = putaran % 2 == 0
        tetangga = kiri if maju else kanan
        for k in sorted(kolom, reverse=not maju):
            dekat = {s.nama: tetangga[s.nama] or kiri[s.nama] + kanan[s.nama] for s in kolom[k]}
            pusat = {s.nama: _rata([_tengah(t) for t in dekat[s.nama]], _tengah(s)) for s in kolom[k]}
            kolom[k].sort(key=lambda s: pusat[s.nama])
            _dekatkan(kolom[k], pusat, paling)
    return paling


def _tengah(s: _Simpul) -> float:
    return s.y + s.tinggi / 2


def _rata(nilai: Sequence[float], kosong: float) -> float:
    return sum(nilai) / len(nilai) if nilai else kosong


def _jumlah_tinggi(isi: Sequence[_Simpul]) -> float:
    return sum(s.tinggi for s in isi) + _JARAK * (len(isi) - 1)


def _tumpuk(isi: Sequence[_Simpul], ruang: float) -> None:
    y = (ruang - _jumlah_tinggi(isi)) / 2
    for s in isi:
        s.y = y
        y += s.tinggi + _JARAK


def _dekatkan(isi: Sequence[_Simpul], pusat: Mapping[str, float], ruang: float) -> None:
    """Each box near its wish, in order, none over another, all inside the band."""
    y = 0.0
    for s in isi:
        s.y = max(y, pusat[s.nama] - s.tinggi / 2)
        y = s.y + s.tinggi + _JARAK
    y = ruang
    for s in reversed(isi):
        s.y = min(s.y, y - s.tinggi)
        y = s.y - _JARAK


def _kotak_masukan(nama: str, sebutan: str) -> _Simpul:
    return _Simpul(nama, bungkus_teks(satu_baris(sebutan), _SIMPUL - 3, _PT, 4), [], False)


def _kotak_aturan(nama: str, fungsi: Fungsi, graf: Graf, punya: Sequence[str]) -> _Simpul:
    ket = keterangan(fungsi)
    parameter = [a for a in inspect.signature(fungsi).parameters if a in graf.nama_parameter]
    kecil = [
        b
        for a in parameter
        for b in bungkus_teks(f"◆ {_nama_parameter(a, punya)}", _SIMPUL - 3, _PT_KECIL, 3)
    ]
    kecil += bungkus_teks(satu_baris(ket.dasar), _SIMPUL - 3, _PT_KECIL, 3)
    kecil += bungkus_teks(f"[{ket.status}]", _SIMPUL - 3, _PT_KECIL, 1)
    kepala = bungkus_teks(satu_baris(ket.label), _SIMPUL - 3, _PT, 6, True)
    return _Simpul(nama, kepala, kecil, True, ket.status)


def _nama_parameter(nama: str, punya: Sequence[str]) -> str:
    """How params/ calls it: the regulation's own file first, then its bridges, then its parent's file."""
    calon = [
        (not any(j.startswith(f"{p}.") or j == p for p in punya), j)
        for j in muat().parameter
        if j.rpartition(".")[2] == nama or (j.startswith("jembatan.") and j.endswith(f"_{nama}"))
    ]
    return muat().parameter[min(calon)[1]].nama if calon else label(nama)


# -- drawing --------------------------------------------------------------------------------------------


def _lukis(kertas: Kertas, band: _Band, kiri: float, atas: float) -> None:
    kertas.isi([(kiri, atas, band.lebar, band.tinggi)], LATAR)
    for i, isi in enumerate(band.judul):
        kertas.teks(kiri + _TEPI, atas + 5.6 + i * tinggi_baris(11), isi, 11, tebal=True, warna=AKSEN)
    dasar = atas + _BAND_ATAS + (len(band.judul) - 1) * tinggi_baris(11)
    jalan = [(b, _lengkung(a, b, kiri, dasar)) for a, b in band.sisi]
    kertas.garis([g for _, g in jalan], SEDANG, 0.9)
    kertas.bidang([_panah(g[-1]) for b, g in jalan if b.baris], SEDANG)
    for s in band.simpul:
        if not s.baris:
            continue
        kotak: Kotak = (kiri + _x(s.kolom), dasar + s.y, _SIMPUL, s.tinggi)
        muka, garis, _ = _GAYA_STATUS[s.status] if s.aturan else ("#ffffff", "-", "")
        kertas.isi([kotak], muka, TINTA if s.aturan else PUDAR, 1.1 if s.aturan else 0.8, garis)
        y = kotak[1] + 1.3
        for isi, pt, tebal in [
            *((b, _PT, s.aturan) for b in s.baris),
            *((b, _PT_KECIL, False) for b in s.kecil),
        ]:
            y += tinggi_baris(pt)
            kertas.teks(kotak[0] + 1.5, y - 0.9, isi, pt, tebal=tebal)


def _lengkung(a: _Simpul, b: _Simpul, kiri: float, dasar: float) -> list[Titik]:
    """From the right side of a to the left side of b, flat at both ends; straight on where it only passes."""
    x0, x1 = kiri + _x(a.kolom) + _SIMPUL, kiri + _x(b.kolom) - (1.4 if b.baris else 0)
    y0, y1 = dasar + _tengah(a), dasar + _tengah(b)
    t = [i / 16 for i in range(17)]
    garis = [(x0 + (x1 - x0) * s, y0 + (y1 - y0) * s * s * (3 - 2 * s)) for s in t]
    return garis if b.baris else [*garis, (x1 + _SIMPUL, y1)]


def _panah(ujung: Titik) -> list[Titik]:
    x, y = ujung
    return [(x + 1.4, y), (x - 0.6, y - 1), (x - 0.6, y + 1)]


def _isi_kunci(status: Sequence[str]) -> list[tuple[str, str, str]]:
    masukan = ("#ffffff", "-", "masukan atau hasil tingkat lain")
    return [masukan, *(_GAYA_STATUS[s] for s in status), ("", "", "◆ parameter yang dibaca")]


def _letak_kunci(status: Sequence[str], lebar: float) -> list[tuple[float, float]]:
    x, y, letak = _TEPI, 0.0, []
    for _, _, teks in _isi_kunci(status):
        w = lebar_teks(teks, _PT) + 14
        if x > _TEPI and x + w > lebar:
            x, y = _TEPI, y + 6
        letak.append((x, y))
        x += w
    return letak


def _tinggi_kunci(status: Sequence[str], lebar: float) -> float:
    return _letak_kunci(status, lebar)[-1][1] + 8


def _kunci(kertas: Kertas, status: Sequence[str], lebar: float) -> None:
    for (x, y), (muka, garis, teks) in zip(_letak_kunci(status, lebar), _isi_kunci(status), strict=True):
        if muka:
            tepi = PUDAR if teks.startswith("masukan") else TINTA
            kertas.isi([(x, y + 1, 7, 4)], muka, tepi, 1.1, garis)
        kertas.teks(x + (8.5 if muka else 0), y + 4.3, teks, _PT)


def _alt(judul: str, band: Sequence[_Band]) -> str:
    aturan = [s for b in band for s in b.simpul if s.aturan]
    hitung = [(angka(sum(s.status == k for s in aturan)), k) for k in _GAYA_STATUS]
    isi = daftar(f"{n} {k}" for n, k in hitung if n != "0")
    kalimat = [f"{judul}: {angka(len(aturan))} aturan ({isi})."]
    for b in band:
        urut = sorted((s for s in b.simpul if s.aturan), key=lambda s: (s.kolom, s.y))
        kalimat.append(f"{' '.join(b.judul)}: {'; '.join(' '.join(s.baris) for s in urut)}.")
    return " ".join(kalimat)
