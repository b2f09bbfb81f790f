"""The manual of an indicator as a card: a form, a fillable workbook, a page. One table row is one card.

What a card must say is `KARTU`; which source names each element is `params/iki/kartu.yaml`. A card that
lacks something still prints: what it lacks is a finding (`periksa_kartu`). For PDF give `blok_kartu` to
`kj.pdf_blok`.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from kinerja import tulisan
from kinerja.data.galat import GalatData, Temuan
from kinerja.data.skema import SKEMA, Kolom, Tabel, judul
from kinerja.data.urai import rapikan, tampil, urai_lajur
from kinerja.data.utuh import tulis_utuh
from kinerja.iki.capaian import RUMUS, dasar_rumus, tulis_rumus
from kinerja.iki.target import KOLOM_TEMUAN, KONSOLIDASI, PILIHAN, periksa_target
from kinerja.parameter import muat
from kinerja.tampil import GAYA, Blok, Catatan, Judul, KolomTabel
from kinerja.tampil import Tabel as TabelBlok

_UKURAN = SKEMA["iki"]
KARTU = Tabel(
    "kartu",
    "satu kartu indikator",
    (
        Kolom("indikator", "teks", "apa yang diukur", wajib=True),
        Kolom(
            "pemilik", "teks", "jabatan atau unit penanggung jawab", wajib=True, alias=("penanggung_jawab",)
        ),
        Kolom(
            "sasaran",
            "teks",
            "rencana hasil kerja atau sasaran yang diukur",
            wajib=True,
            alias=("teks_rhk", "rhk"),
        ),
        Kolom("definisi", "teks", "arti tiap kata kunci; apa yang dihitung dan yang tidak", wajib=True),
        Kolom("tujuan", "teks", "mengapa ini diukur; keputusan apa yang dibantu"),
        Kolom(
            "cara_hitung", "teks", "cara menghitung angkanya", wajib=True, alias=("formula", "rumus_hitung")
        ),
        Kolom("pembilang", "teks", "untuk persen atau rasio: yang dihitung"),
        Kolom("penyebut", "teks", "untuk persen atau rasio: keseluruhannya"),
        Kolom("satuan", "teks", "satu satuan, misalnya persen atau hari kerja", wajib=True),
        _UKURAN["polaritas"],
        _UKURAN["rumus"],
        Kolom("baseline", "desimal", "angka awal sebelum target", alias=("angka_awal",)),
        _UKURAN["target"],
        _UKURAN["target_atas"],
        _UKURAN["terburuk"],
        Kolom("sumber_data", "teks", "dokumen atau sistem tempat angka dibaca", wajib=True),
        Kolom("penyedia_data", "teks", "siapa yang menyerahkan datanya"),
        Kolom(
            "periode",
            "pilihan",
            "seberapa sering dilaporkan",
            wajib=True,
            pilihan=("bulanan", "triwulanan", "semesteran", "tahunan"),
            setara=MappingProxyType({"bulan": "bulanan", "triwulan": "triwulanan", "tahun": "tahunan"}),
            alias=("periode_pelaporan",),
        ),
        PILIHAN["konsolidasi"],
        PILIHAN["validitas"],
        PILIHAN["kendali"],
        Kolom("catatan", "teks", "hal lain yang perlu diketahui pembaca"),
    ),
    kunci=("indikator", "pemilik"),
)
_WAJIB_MENURUT = {  # which rule of the linter an empty element breaks
    "definisi": "L14",
    "cara_hitung": "L14",
    "pemilik": "L15",
    "sumber_data": "L15",
    "periode": "L15",
    "sasaran": "L16",
    "konsolidasi": "L18",
}
_AKHIR = "Pengesahan"  # below this line of the workbook nothing is read
_KERTAS = {"A4": 9, "F4": 14}
_TANGGAL_BUAT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - same input, same bytes
_JUDUL = "Kartu Indikator Kinerja Individu"
_ARAH = {
    "maks": "makin besar makin baik",
    "min": "makin kecil makin baik",
    "stabil": "makin dekat target makin baik",
}


def kartu_dari(tabel: pd.DataFrame) -> pd.DataFrame:
    """Cards from any table of indicators: the columns of KARTU, known ones taken over, others empty.

    Takes the sheet iki (rhk becomes sasaran; its text where `tabel_iki` has put it beside), a result of `cari_pustaka` (hitung becomes cara_hitung,
    jabatan becomes pemilik), or a table of cards that lacks columns. Text columns str, numbers float64;
    on the index of `tabel`. A number that cannot be read stays empty; `periksa_kartu` names it.
    """
    nama = {a: k.nama for k in KARTU.kolom for a in k.alias} | {
        "hitung": "cara_hitung",
        "jabatan": "pemilik",
    }
    ada = set(map(str, tabel.columns))
    ganti: dict[str, str] = {}
    for a, n in nama.items():
        if a in ada and n not in ada and n not in ganti.values():
            ganti[a] = n
    sumber = tabel.rename(columns=ganti)
    lajur = {k.nama: urai_lajur(k, _mentah(sumber, k.nama)) for k in KARTU.kolom}
    return pd.DataFrame({k.nama: _bertipe(k, lajur[k.nama].nilai) for k in KARTU.kolom}).set_index(
        tabel.index
    )


def periksa_kartu(tabel: pd.DataFrame) -> pd.DataFrame:
    """What the cards lack and what is odd in them: the columns of `periksa_target`, sorted by row.

    Every element that is named as necessary and stands empty is a finding, never an error.
    """
    kartu = kartu_dari(tabel)
    bagian = [periksa_target(_asli(tabel, kartu))]
    for k in KARTU.kolom:
        kode = _WAJIB_MENURUT.get(k.nama)
        if kode is None:
            continue
        kosong = kartu.index[kartu[k.nama].isna()]
        bagian.append(
            pd.DataFrame(
                {
                    "baris": kosong,
                    "kode": kode,
                    "keparahan": "peringatan" if kode in ("L15", "L16", "L18") else "galat",
                    "pesan": f"{k.judul} belum ditulis.",
                    "saran": f"Tulis {k.keterangan}.",
                    "pemicu": k.nama,
                }
            )
        )
    semua = pd.concat([b for b in bagian if len(b)] or [bagian[0]], ignore_index=True)
    letak = pd.Series(range(len(kartu)), index=kartu.index)
    semua = semua.assign(_i=semua["baris"].map(letak[~letak.index.duplicated()]))
    return (
        semua.sort_values("_i", kind="stable").drop(columns="_i").reset_index(drop=True)[list(KOLOM_TEMUAN)]
    )


def _asli(tabel: pd.DataFrame, kartu: pd.DataFrame) -> pd.DataFrame:
    """The cards with numbers as they were typed, so that what cannot be read is named with its text."""
    mentah = {
        k.nama: tabel[k.nama] for k in KARTU.kolom if k.tipe in ("desimal", "pilihan") and k.nama in tabel
    }
    unsur = {k.nama for k in KARTU.kolom}
    riwayat = {
        str(c): tabel[c]
        for c in tabel.columns
        if str(c).startswith(("realisasi", "target_")) and str(c) not in unsur
    }
    return kartu.assign(**mentah, **riwayat)


def _mentah(tabel: pd.DataFrame, nama: str) -> np.ndarray:
    if nama not in tabel:
        return np.full(len(tabel), None, dtype=object)
    isi = tabel[nama].astype(object)
    isi = isi.where(isi.notna(), None)
    return isi.to_numpy(dtype=object)


def _bertipe(kolom: Kolom, nilai: np.ndarray) -> pd.Series:
    if kolom.tipe == "desimal":
        return pd.Series(nilai, dtype="float64")
    return pd.Series(nilai, dtype="object").astype("str")


def _sel(kolom: Kolom, nilai: object) -> str:
    """A value as it is typed into the card; "" where empty."""
    if nilai is None or nilai != nilai:
        return ""
    if isinstance(nilai, int | float):
        return np.format_float_positional(float(nilai), trim="-").replace(".", ",")
    return str(nilai)


def _tampak(kolom: Kolom, nilai: object) -> str:
    """A value as a reader sees it."""
    teks = _sel(kolom, nilai)
    if not teks:
        return tulisan.KOSONG
    if kolom.nama == "rumus" and teks in RUMUS:
        dasar, status = dasar_rumus(teks)
        return f"{tulis_rumus(teks)}\n{teks}; {dasar} ({status})"
    return _sebut(kolom, teks) if kolom.tipe == "pilihan" else teks


def _sebut(kolom: Kolom, pilihan: str) -> str:
    """A choice as people say it: 'min: makin kecil makin baik', 'posisi akhir'."""
    if kolom.nama == "polaritas":
        return f"{pilihan}: {_ARAH[pilihan]}"
    if kolom.nama == "rumus":
        return f"{pilihan}: {tulis_rumus(pilihan)}"
    return KONSOLIDASI[pilihan] if kolom.nama == "konsolidasi" else pilihan


# -- page ---------------------------------------------------------------------------------------------


def blok_kartu(tabel: pd.DataFrame) -> list[list[Blok]]:
    """Each card as blocks: the elements, then what is still missing. For the screen and for `kj.pdf_blok`."""
    kartu, temuan = kartu_dari(tabel), periksa_kartu(tabel)
    pesan = {k: list(dict.fromkeys(t["pesan"])) for k, t in temuan.groupby("baris", sort=False)}
    lemah = [
        b["unsur"] for b in muat()["kartu.unsur"].waktu[-1].pasti() if b["status"] == "belum-terverifikasi"
    ]
    catatan = f"Unsur yang susunannya belum terbukti: {tulisan.daftar(judul(n).lower() for n in lemah)}."
    hasil: list[list[Blok]] = []
    for label, baris in zip(kartu.index, kartu.to_dict("records"), strict=True):
        isi = tuple((k.judul, _tampak(k, baris[str(k.nama)])) for k in KARTU.kolom if k.nama != "indikator")
        blok: list[Blok] = [
            Judul(_JUDUL, 1),
            Judul(_sel(KARTU["indikator"], baris["indikator"]) or "Indikator belum ditulis"),
            TabelBlok((KolomTabel("Unsur", lebar=1), KolomTabel("Isi", lebar=3.2)), isi, catatan=catatan),
        ]
        if label in pesan:
            blok.append(
                Catatan("Yang perlu dilengkapi atau diperiksa:\n• " + "\n• ".join(pesan[label]), "peringatan")
            )
        hasil.append(blok)
    return hasil


def halaman_kartu(tabel: pd.DataFrame) -> str:
    """All cards as one HTML page that needs no network; each card prints on its own sheet."""
    isi = "".join(f"<section>{''.join(b.html() for b in kartu)}</section>" for kartu in blok_kartu(tabel))
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(_JUDUL)}</title>{GAYA}"
        "<style>body{font:16px/1.45 system-ui,sans-serif;max-width:54em;margin:2em auto;padding:0 1em}"
        "section+section{margin-top:4em;border-top:2px solid;padding-top:1em}"
        "@media print{body{font-size:11pt;margin:0}section{break-after:page}section+section{border:0;margin:0}}"
        f"</style></head><body>{isi or '<p>Tidak ada kartu.</p>'}</body></html>\n"
    )


# -- workbook -----------------------------------------------------------------------------------------


def tulis_kartu(tabel: pd.DataFrame, berkas: str | Path, kertas: str = "A4") -> Path:
    """Write the cards: .xlsx (one sheet each, fillable, one printed page) or .html.

    An empty table gives one empty card. Whole or not at all. ValueError for another ending or paper.
    """
    tujuan = Path(berkas)
    if kertas not in _KERTAS:
        raise ValueError(f"kertas {kertas!r} tidak dikenal; pakai F4 atau A4.")
    if tujuan.suffix.lower() not in (".xlsx", ".html"):
        raise ValueError(f"{tujuan.name}: akhiran berkas harus .xlsx atau .html.")
    with tulis_utuh(tujuan) as sementara:
        if tujuan.suffix.lower() == ".html":
            sementara.write_text(halaman_kartu(tabel), encoding="utf-8")
        else:
            _buku(kartu_dari(tabel if len(tabel) else pd.DataFrame(index=[0])), sementara, kertas)
    return tujuan


def _buku(kartu: pd.DataFrame, tujuan: Path, kertas: str) -> None:
    pilihan = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    wb = xlsxwriter.Workbook(str(tujuan), pilihan)
    wb.set_properties({"title": _JUDUL, "author": "kinerja", "created": _TANGGAL_BUAT})
    dasar = {"font_name": "Arial", "font_size": 10, "valign": "vcenter", "text_wrap": True}
    gaya = {
        "judul": wb.add_format({"font_name": "Arial", "font_size": 15, "bold": True}),
        "polos": wb.add_format({"font_name": "Arial", "font_size": 9}),
        "kepala": wb.add_format({**dasar, "bold": True, "border": 1, "bg_color": "#D9D9D9"}),
        "unsur": wb.add_format({**dasar, "bold": True, "border": 1, "bg_color": "#EFEFEF"}),
        "petunjuk": wb.add_format({**dasar, "border": 1, "font_size": 8, "font_color": "#444444"}),
        # text even for numbers: Excel would turn a typed "90%" into 0,9
        "isian": wb.add_format(
            {**dasar, "border": 1, "bg_color": "#FFF2CC", "locked": False, "num_format": "@"}
        ),
    }
    for i, baris in enumerate(kartu.to_dict("records"), 1):
        _lembar(wb.add_worksheet(f"Kartu {i}"), {str(k): v for k, v in baris.items()}, gaya, kertas)
    wb.close()


def _lembar(ws: Any, baris: Mapping[str, object], g: Mapping[str, Any], kertas: str) -> None:
    ws.set_column(0, 0, 22)
    ws.set_column(1, 1, 50)
    ws.set_column(2, 2, 34)
    ws.write_string(0, 0, _JUDUL, g["judul"])
    ws.write_string(
        1, 0, "Isi sel kuning. Tanda * wajib. Desimal memakai koma; tulis angkanya saja.", g["polos"]
    )
    for k, t in enumerate(("Unsur", "Isian", "Petunjuk")):
        ws.write_string(3, k, t, g["kepala"])
    for r, kolom in enumerate(KARTU.kolom, 4):
        isi = _sel(kolom, baris[kolom.nama])
        petunjuk = kolom.keterangan[:1].upper() + kolom.keterangan[1:]
        ws.write_string(r, 0, kolom.judul + (" *" if kolom.wajib else ""), g["unsur"])
        ws.write_string(r, 1, isi, g["isian"])
        ws.write_string(r, 2, petunjuk, g["petunjuk"])
        ws.set_row(r, max(27, 13.5 * -(-len(isi) // 46) + 4, 11 * -(-len(petunjuk) // 38) + 4))
        if kolom.pilihan:
            ws.data_validation(
                r,
                1,
                r,
                1,
                {
                    "validate": "list",
                    "source": list(kolom.pilihan),
                    "error_title": "Pilih dari daftar",
                    "error_message": f"{kolom.judul}: {', '.join(kolom.pilihan)}"[:250],
                },
            )
    r = 5 + len(KARTU.kolom)
    ws.write_string(r, 0, _AKHIR, g["kepala"])
    for k, t in ((1, "Pemilik indikator"), (2, "Atasan")):
        ws.write_string(r, k, t, g["kepala"])
        ws.write_string(r + 4, k, "( ........................................ )", g["polos"])
    ws.protect("", {"format_rows": True, "format_columns": True})
    ws.set_paper(_KERTAS[kertas])
    ws.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
    ws.fit_to_pages(1, 1)
    ws.center_horizontally()
    ws.hide_gridlines(2)
    ws.set_footer("&L&8&A&R&8Halaman &P dari &N")


def baca_kartu(berkas: str | Path) -> pd.DataFrame:
    """Read filled cards back: columns of KARTU, one row for each sheet with a card, index = sheet name.

    A sheet whose yellow cells are all empty is no card. Empty elements stay empty. GalatData names at
    once, with sheet, row and value: what cannot be read, labels that are unknown or written twice,
    and cards without an indicator.
    """
    jalur = Path(berkas)
    lembar = _muat(jalur)
    temuan: list[Temuan] = []
    kartu: dict[str, dict[str, tuple[int, object]]] = {}
    for nama, baris in lembar.items():
        isi = _isian(nama, baris, temuan)
        if isi is not None and any(tampil(v).strip() for _, v in isi.values() if v is not None):
            kartu[nama] = isi
    if not kartu and not temuan:
        pesan = "tidak ada kartu yang terisi"
        saran = "Isi sel kuning pada lembar yang memuat judul kolom Unsur dan Isian"
        raise GalatData([Temuan("", None, "", "", "", pesan, saran)], jalur.name)
    hasil: dict[str, pd.Series] = {}
    nama_kartu = list(kartu)
    for kolom in KARTU.kolom:
        letak = [kartu[n].get(kolom.nama, (0, None)) for n in nama_kartu]
        mentah = np.empty(len(letak), dtype=object)
        mentah[:] = [v for _, v in letak]
        lajur = urai_lajur(kolom, mentah)
        for di, nilai, salah in lajur.tolak:
            temuan += [
                Temuan(nama_kartu[i], letak[i][0], kolom.judul, "B", nilai, salah.pesan, salah.perbaikan)
                for i in di.tolist()
            ]
        if kolom.nama == "indikator":
            temuan += [
                Temuan(
                    nama_kartu[i],
                    letak[i][0] or None,
                    kolom.judul,
                    "B",
                    "",
                    "belum diisi",
                    "tulis indikatornya",
                )
                for i in np.flatnonzero(lajur.kosong).tolist()
            ]
        hasil[kolom.nama] = _bertipe(kolom, lajur.nilai)
    if temuan:
        urut = {n: i for i, n in enumerate(lembar)}
        temuan.sort(key=lambda t: (urut.get(t.lembar, -1), t.baris or 0))
        raise GalatData(temuan, jalur.name)
    return pd.DataFrame(hasil).set_index(pd.Index(nama_kartu, name="lembar"))


def _muat(jalur: Path) -> dict[str, list[list[object]]]:
    pesan, saran = "berkas bukan buku kerja Excel atau rusak", "Simpan ulang sebagai .xlsx dari Excel"
    if not jalur.is_file():
        pesan, saran = "berkas tidak ditemukan", "Periksa nama dan map berkasnya"
    with suppress(CalamineError, OSError, ValueError):
        buku = CalamineWorkbook.from_path(str(jalur))
        return {
            n: list(map(list, buku.get_sheet_by_name(n).to_python(skip_empty_area=False)))
            for n in buku.sheet_names
        }
    raise GalatData([Temuan("", None, "", "", "", pesan, saran)], jalur.name)


_SEBUTAN = {rapikan(s): k.nama for k in KARTU.kolom for s in (k.nama, *k.alias)}


def _isian(
    lembar: str, baris: Sequence[Sequence[object]], temuan: list[Temuan]
) -> dict[str, tuple[int, object]] | None:
    """Element -> (row number, raw content) of one sheet; None when the sheet is no card."""
    kepala = next(
        (i for i, b in enumerate(baris[:15]) if _label(b, 0) == "unsur" and _label(b, 1) == "isian"), None
    )
    if kepala is None:
        return None
    hasil: dict[str, tuple[int, object]] = {}
    for i, b in enumerate(baris[kepala + 1 :], kepala + 2):
        label = _label(b, 0)
        if label == _AKHIR.lower():
            break
        if not label:
            continue
        nama = _SEBUTAN.get(label)
        isi = b[1] if len(b) > 1 and b[1] != "" else None
        if nama is None:
            dekat = difflib.get_close_matches(label, _SEBUTAN, n=1, cutoff=0.7)
            saran = (
                f"tulis {judul(_SEBUTAN[dekat[0]])}" if dekat else "hapus barisnya, atau pindahkan ke Catatan"
            )
            temuan.append(Temuan(lembar, i, "Unsur", "A", tampil(b[0]), "unsur tidak dikenal", saran))
        elif nama in hasil:
            pesan = f"unsur ini sudah ada di baris {hasil[nama][0]}"
            temuan.append(Temuan(lembar, i, "Unsur", "A", tampil(b[0]), pesan, "hapus salah satu"))
        else:
            hasil[nama] = (i, isi)
    return hasil


def _label(baris: Sequence[object], kolom: int) -> str:
    return rapikan(str(baris[kolom]).replace("*", "")) if len(baris) > kolom else ""


# -- form ---------------------------------------------------------------------------------------------


class FormKartu:
    """A card to fill in a notebook: `form.kartu` is the table of one row, `form.temuan` its findings.

    `kotak` is the panel (ipywidgets.VBox), `awal` the first value of every element.
    Where no front end draws widgets (an exported page, papermill), the same card shows as a table.
    kartu: values to start from, one row (DataFrame, or a mapping element -> value).
    """

    def __init__(self, kartu: pd.DataFrame | Mapping[str, object] | None = None) -> None:
        import ipywidgets as w

        awal = pd.DataFrame([dict(kartu)]) if isinstance(kartu, Mapping) else kartu
        isi = kartu_dari(awal if awal is not None and len(awal) else pd.DataFrame(index=[0])).iloc[0]
        lebar = w.Layout(width="100%")
        gaya = {"description_width": "11em"}
        self.isian: dict[str, Any] = {}
        for k in KARTU.kolom:
            label = k.judul + (" *" if k.wajib else "")
            perian = {"description": label, "tooltip": k.keterangan, "layout": lebar, "style": gaya}
            if k.pilihan:
                self.isian[k.nama] = w.Dropdown(
                    options=[("", ""), *((_sebut(k, p), p) for p in k.pilihan)],
                    value=_sel(k, isi[k.nama]),
                    **perian,
                )
            else:
                kotak = w.Textarea if k.nama in ("definisi", "cara_hitung", "catatan") else w.Text
                self.isian[k.nama] = kotak(value=_sel(k, isi[k.nama]), placeholder=k.keterangan, **perian)
        self._hasil = w.HTML()
        self.kotak = w.VBox([*self.isian.values(), self._hasil])
        for isian in self.isian.values():
            isian.observe(self._berubah, names="value")
        self.awal = {n: x.value for n, x in self.isian.items()}
        self._memasang = False
        self._tampilkan()

    def pasang(self, nilai: Mapping[str, str]) -> None:
        """All elements at once (name -> value as `awal` has them): examined once, not once for each."""
        self._memasang = True
        for n, x in self.isian.items():
            x.value = nilai[n]
        self._memasang = False
        self._tampilkan()

    @property
    def _ketikan(self) -> pd.DataFrame:
        return pd.DataFrame([{n: x.value or None for n, x in self.isian.items()}], dtype="object")

    @property
    def kartu(self) -> pd.DataFrame:
        """The card as it stands, columns of KARTU, one row."""
        return kartu_dari(self._ketikan)

    @property
    def temuan(self) -> pd.DataFrame:
        """What is missing or odd, as `periksa_kartu`."""
        return periksa_kartu(self._ketikan)

    def _berubah(self, _: object) -> None:
        if not self._memasang:
            self._tampilkan()

    def _tampilkan(self) -> None:
        butir = "".join(
            f"<li>{escape(p)} <em>{escape(s)}</em></li>"
            for p, s in self.temuan[["pesan", "saran"]].to_numpy()
        )
        self._hasil.value = (
            f'<div role="status"><b>Yang perlu dilengkapi:</b><ul>{butir}</ul></div>'
            if butir
            else '<div role="status"><b>Kartu lengkap.</b></div>'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        widget = self.kotak._repr_mimebundle_()
        statis = "".join(b.html() for b in blok_kartu(self._ketikan)[0])
        return {**(widget or {}), "text/html": GAYA + statis, "text/plain": self.teks_polos()}

    def teks_polos(self) -> str:
        """The card to read in a terminal."""
        return "\n\n".join(b.teks_polos() for b in blok_kartu(self._ketikan)[0])
