"""What a workbook may not bring along: macros, connections, formulas that reach outside it.

A formula that stays inside the workbook is read by the value that the spreadsheet stored; nothing here
is ever computed. A value from another file, program or address was made where nobody can check it, and
the workbook would fetch it again on every computer that opens it: refused, with or without a value.
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from operator import itemgetter

_BAGIAN = (
    (
        re.compile(r"(^|/)vba\w*\.bin$|^xl/(intl)?macrosheets/"),
        "buku kerja berisi makro, program yang berjalan ketika dibuka",
        "Simpan sebagai Buku Kerja Excel (.xlsx) tanpa makro",
    ),
    (
        re.compile(r"^xl/(connections\.xml$|querytables/|model/)"),
        "buku kerja terhubung ke data di luarnya (koneksi atau kueri)",
        "Di Excel buka Data, Kueri & Koneksi, hapus semuanya, lalu simpan",
    ),
)
BERTAUT = (
    "buku kerja bertaut ke buku kerja atau program lain",
    "Di Excel buka Data, Edit Tautan, Putuskan Tautan, lalu simpan",
)
_TAUTAN = re.compile(r"^xl/externallinks/")

PALING_PANJANG = 8192  # letters of a formula in Excel
_AWAL = re.compile(rb"<(?:\w+:)?f\b(?:[^<>]*[^<>/])?>")
_AKHIR = re.compile(rb"</(?:\w+:)?f\s*>")
_SEL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_LETAK = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_KOMENTAR = re.compile(r"<!--.*?-->", re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_TEKS = re.compile(r'"(?:[^"]|"")*"')
_PETIK = re.compile(r"'(?:[^']|'')*'")
_BUKU_LAIN = re.compile(r"(?<![\w.\[\]])\[[^\[\]]+\][\w.]*!")  # [1]Lembar!A1, unlike Tabel[Kolom]
_FUNGSI = (
    r"HYPERLINK|WEBSERVICE|IMAGE|RTD|DDE|CALL|REGISTER(?:\.ID)?|EXEC|SQL\.REQUEST|STOCKHISTORY|CUBE[A-Z]+"
    r"|IMPORT(?:RANGE|XML|HTML|DATA|FEED)|GOOGLEFINANCE|__XLUDF\.DUMMYFUNCTION"
)
_MENGAMBIL = re.compile(rf"\b({_FUNGSI})\s*\(", re.I)
# what a formula must hold to be any of these, before it is read with care: the others are many
_MUNGKIN = re.compile(rf"[\[|<&]|://|{_FUNGSI}".encode(), re.I)


def bagian_terlarang(nama: Iterable[str]) -> list[tuple[str, str]]:
    """(what is wrong, the way out) for the names of a workbook's parts."""
    kecil = [n.lower() for n in nama]
    return [(pesan, jalan) for pola, pesan, jalan in _BAGIAN if any(map(pola.search, kecil))]


def bertaut(nama: Iterable[str]) -> bool:
    """Whether the workbook keeps a link to another file or a program (DDE, OLE)."""
    return any(_TAUTAN.search(n.lower()) for n in nama)


def rumus_keluar(xml: bytes) -> Iterator[tuple[str, int, str, str]]:
    """Formulas of a sheet that reach outside: (column letters, row from 1, formula, what it does)."""
    bahaya = [(di, teks, apa) for di, teks in _rumus(xml) if (apa := _keluar(teks))]
    if not bahaya:
        return
    sel = [(m.start(), m[1]) for m in _SEL.finditer(xml)]
    for di, teks, apa in bahaya:
        ke = bisect(sel, di, key=itemgetter(0)) - 1
        letak = _LETAK.search(sel[ke][1]) if ke >= 0 else None
        yield (letak[1].decode().upper(), int(letak[2]), teks, apa) if letak else ("", 0, teks, apa)


def _rumus(xml: bytes) -> Iterator[tuple[int, str]]:
    """(place, text) of each formula that may reach outside; one pattern would be quadratic where ends lack."""
    di = 0
    while (awal := _AWAL.search(xml, di)) and (akhir := _AKHIR.search(xml, awal.end())):
        isi = xml[awal.end() : akhir.start()]
        if len(isi) > PALING_PANJANG or _MUNGKIN.search(isi):
            yield awal.start(), _polos(isi)
        di = akhir.end()


def _polos(xml: bytes) -> str:
    """The text of a formula, however the XML hides it."""
    teks = xml.decode("utf-8", "replace")
    if len(teks) > PALING_PANJANG:  # refused whatever it says
        return "=" + teks
    if "<" in teks:
        teks = _CDATA.sub(lambda m: html.escape(m[1]), _KOMENTAR.sub("", teks))
    return "=" + html.unescape(teks).strip()


def _keluar(rumus: str) -> str:
    """What a formula takes from outside; '' for one that stays inside."""
    if len(rumus) > PALING_PANJANG + 1:
        return "rumus lebih panjang daripada yang dapat ditulis Excel"
    tanpa_teks = _TEKS.sub('""', rumus)
    if m := _MENGAMBIL.search(tanpa_teks):
        return f"rumus {m[1].upper()} menjangkau alamat, berkas, atau program di luar buku kerja"
    di_petik = any("[" in m[0] or "://" in m[0] for m in _PETIK.finditer(tanpa_teks))
    polos = _PETIK.sub("''", tanpa_teks)
    if "|" in polos:
        return "rumus menjalankan program lain (DDE)"
    if di_petik or _BUKU_LAIN.search(polos):
        return "rumus mengambil nilai dari buku kerja lain"
    return ""
