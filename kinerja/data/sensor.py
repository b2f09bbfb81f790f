"""Words for a log: messages and tracebacks without anybody's NIP or name."""

from __future__ import annotations

import re
from collections.abc import Iterable

# in a message a NIP may be mistyped, grouped in any way, or have become a float: rather too much than one
_MIRIP_NIP = re.compile(
    r"(?<![0-9A-Za-z])[0-9](?:[ .\-_'\u00a0]?[0-9]){14,}(?:\.0+)?(?![0-9A-Za-z])"
    r"|(?<![0-9])[0-9](?:\.[0-9]+)?[eE]\+?1[67](?![0-9])"
    r"|(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{10}(?![0-9])"  # within a word
)
KATA = re.compile(r"[^\W_]+(?:['’`-][^\W_]+)*")


def sensor(teks: str, nama: Iterable[str] = ()) -> str:
    """`teks` for a log: what may be a NIP, whole or mistyped, becomes [NIP], each of `nama` [nama].

    Names are found whole, with or without titles, in any case and spacing; a part of a name is not.

    >>> sensor("KeyError: 198701012010121001 (1.9870101201012102e+17), 19870101 201012 1 001")
    'KeyError: [NIP] ([NIP]), [NIP]'
    """
    teks = _MIRIP_NIP.sub("[NIP]", teks)
    bentuk = {tuple(KATA.findall(b)) for n in nama for b in bentuk_nama(n)}
    pola = ["[\\W_]+".join(map(re.escape, k)) for k in sorted(bentuk, key=len, reverse=True) if k]
    for awal in range(0, len(pola), 500):  # one pattern of thousands of names would be slow to build
        gabung = "|".join(pola[awal : awal + 500])
        teks = re.sub(rf"(?<!\w)(?:{gabung})(?!\w)", "[nama]", teks, flags=re.IGNORECASE)
    return teks


def bentuk_nama(nama: str) -> Iterable[str]:
    """The full name, and the name without its titles when at least two words are left.

    >>> list(bentuk_nama("Dr. Sri Rahayu, S.E., M.Si."))
    ['Dr. Sri Rahayu, S.E., M.Si.', 'Dr. Sri Rahayu', 'Sri Rahayu']
    """
    tanpa_belakang = nama.split(",")[0].strip()
    tanpa_gelar = re.sub(r"^((?:\w{1,5}\.\s*)+)", "", tanpa_belakang).strip()
    bentuk = [nama, *(b for b in (tanpa_belakang, tanpa_gelar) if len(KATA.findall(b)) > 1)]
    return dict.fromkeys(bentuk)
