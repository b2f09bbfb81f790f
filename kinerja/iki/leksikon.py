"""Words of an indicator: tokens with their place, mended typos, stems, and the roles the lexicon gives.

The lexicon is data (`params/iki/leksikon-iki.yaml`). It lists families of words by root; the
Indonesian stemmer of snowballstemmer finds the family of a form that is not listed
(dibina, pembinaan, membina, terbinanya), and rapidfuzz finds the word that a typo meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from kinerja.parameter import muat

_KATA = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_KENDALI = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PEMBUKA = re.compile(
    r"^\s*(?:(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+|[-–—•*·]+\s*|(?:IKI|IKU|IKK|(?:aspek\s+)?(?:kuantitas|kualitas|waktu|biaya)|indikator|output|outcome)\s*\d*\s*:\s*)+",
    re.I,
)
_KURUNG = re.compile(r"\([^()]*\)")
_ME = re.compile(r"me(?:[lrwymn]|ng|ny)\w{3,}")
_PE_AN = re.compile(r"(?:pe[a-z]|pel|per)\w{3,}an|penge\w+an")
_ASI = re.compile(r"\w{4,}(?:asi|isme)")
_TER_NYA = re.compile(r"t?ter\w{3,}nya")
_KE_NYA = re.compile(r"(?:[a-z]{4,})nya")
_BUNYI = re.compile(r"[aeiou\d]", re.I)
_AKHIRAN = re.compile(r"(?:-nya|nya|-ku|lah|pun)$")


@dataclass(frozen=True, slots=True)
class Kata:
    """One word: as mended (`baku`), its stem, its shape and every lexicon group that holds it.

    bentuk: me, pe_an, asi, ter_nya, nya, di, ter, ber or "" (no affix that matters here).
    golongan: "<parameter>" and "<parameter>.<kelompok>" of the lexicon.
    """

    baku: str
    akar: str
    bentuk: str
    golongan: frozenset[str]

    def __contains__(self, golongan: str) -> bool:
        return golongan in self.golongan


@dataclass(frozen=True)
class Leksikon:
    """The lexicon by word, by stem, and its compiled patterns; `kunci` are words worth mending."""

    kata: Mapping[str, frozenset[str]]
    akar: Mapping[str, frozenset[str]]
    pola: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    majemuk: Mapping[str, tuple[tuple[str, ...], ...]]  # first word -> the compounds that it opens
    daftar: Mapping[str, frozenset[str]]  # lists that only one question asks for, without roles
    pendek: Mapping[str, str]  # short spellings: yg -> yang
    kunci: tuple[str, ...]


_AKAR = ("akar_kerja", "akar_kerja_luas")
_stemmer = snowballstemmer.stemmer("indonesian")


@lru_cache(maxsize=100_000)
def stem(kata: str) -> str:
    """Stem of a lower-case word: pelaksanaan, terlaksananya -> laksana."""
    return str(_stemmer.stemWord(kata))


def _varian(akar: str) -> Iterator[str]:
    """A root and what is left of it after a nasal prefix swallowed k, p, s or t (kelola, mengelola -> elola)."""
    dasar = stem(akar)
    yield from {akar, dasar}
    for k in {akar, dasar}:
        if k[:1] in "kpst" and len(k) > 4 and k[1] in "aiueo":
            yield k[1:]


@cache
def leksikon() -> Leksikon:
    """Read once per process. GalatParameter if the file is broken."""
    semua = muat()
    kata: dict[str, set[str]] = {}
    akar: dict[str, set[str]] = {}
    pola: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    majemuk: dict[str, list[str]] = {}
    daftar: dict[str, set[str]] = {}
    for jalur, p in semua.parameter.items():
        berkas, _, nama = jalur.partition(".")
        if berkas != "leksikon-iki":
            continue
        for baris in p.waktu[-1].nilai:
            if nama.startswith("daftar_"):
                daftar.setdefault(nama.removeprefix("daftar_"), set()).update(daftar_kata(baris))
                continue
            golongan = {nama, f"{nama}.{baris['kelompok']}"}
            if "pola" in baris:
                pola.setdefault(nama, []).append((baris["kelompok"], re.compile(baris["pola"])))
                continue
            if nama.startswith("frasa_"):
                frasa = "|".join(map(re.escape, daftar_kata(baris)))
                pola.setdefault(nama, []).append(
                    (baris["kelompok"], re.compile(rf"(?<!\w)(?:{frasa})(?!\w)"))
                )
                continue
            for k in daftar_kata(baris):
                if nama in _AKAR:
                    kata.setdefault(k, set()).update(golongan)
                    for v in _varian(k):
                        akar.setdefault(v, set()).update(golongan)
                else:
                    kata.setdefault(k, set()).update(golongan)
                    if " " in k:
                        majemuk.setdefault(k.split()[0], []).append(k)
    kunci = {k for k, g in kata.items() if g & {"kata_ukur", "kegiatan"} and len(k) >= 5 and " " not in k}
    kunci |= set(_kata_baku())
    return Leksikon(
        kata={k: frozenset(g) for k, g in kata.items()},
        akar={k: frozenset(g) for k, g in akar.items()},
        pola={k: tuple(v) for k, v in pola.items()},
        majemuk={
            k: tuple(sorted(map(tuple, map(str.split, v)), key=len, reverse=True)) for k, v in majemuk.items()
        },
        daftar={k: frozenset(v) for k, v in daftar.items()},
        pendek=dict(k.split("=") for k in daftar["pendek"]),
        kunci=tuple(sorted(kunci)),
    )


def _kata_baku() -> tuple[str, ...]:
    """Openings so common that a slip of the finger in them is worth mending."""
    p = muat()["leksikon-iki.pembuka_lazim"].waktu[-1].nilai
    return tuple(k for baris in p for k in daftar_kata(baris))


def daftar_kata(baris: Mapping[str, Any]) -> list[str]:
    """Words of one lexicon row: split at spaces; an underscore is a space inside a compound."""
    return [k.replace("_", " ") for k in str(baris.get("kata", "")).split()]


@lru_cache(maxsize=200_000)
def betulkan(kata: str) -> str:
    """The common opening that a mistyped word meant; the word itself if none is near.

    At most one slip (letter missing, doubled, wrong or swapped) in words shorter than nine letters,
    two in longer ones.
    """
    lek = leksikon()
    if len(kata) < 5 or kata in lek.kata or kata in lek.kunci or stem(kata) in lek.akar:
        return kata
    batas = 1 if len(kata) < 9 else 2
    temu = extractOne(kata, lek.kunci, scorer=OSA.distance, score_cutoff=batas)
    return str(temu[0]) if temu else kata


@lru_cache(maxsize=200_000)
def urai_kata(kata: str, pembuka: bool = False) -> Kata:
    """A lower-case word with its roles; as an opening word its typos are mended first."""
    lek = leksikon()
    baku = betulkan(kata) if pembuka else kata
    polos = _AKHIRAN.sub("", baku) if len(baku) > 6 else baku
    akar = stem(baku)
    golongan: set[str] = set(lek.kata.get(baku, ()))
    if polos != baku and polos in lek.kata:
        golongan |= lek.kata[polos]
    bentuk = ""
    bukan = "bukan_kegiatan" in golongan
    if _TER_NYA.fullmatch(baku):
        bentuk = "ter_nya"
    elif bukan:
        bentuk = ""
    elif baku.startswith("di") and len(baku) > 5:
        bentuk = "di"
    elif _ME.fullmatch(baku) and not baku.endswith("nya"):
        bentuk = "me"
    elif _PE_AN.fullmatch(baku):
        bentuk = "pe_an"
    elif _KE_NYA.fullmatch(baku) and polos != baku:
        bentuk = "nya"
    elif _ASI.fullmatch(baku):
        bentuk = "asi"
    elif baku.startswith("ter") and len(baku) > 4:
        bentuk = "ter"
    elif baku.startswith("ber") and len(baku) > 5:
        bentuk = "ber"
    if not bukan and "hasil" not in golongan and "gejala" not in golongan:
        for a in (akar, stem(polos), akar[2:] if bentuk == "di" else ""):
            if a:
                golongan |= lek.akar.get(a, frozenset())
    return Kata(baku, akar, bentuk, frozenset(golongan))


def rapikan(teks: object) -> str:
    """Text as one line: compatible characters joined, control and zero-width characters dropped."""
    if not isinstance(teks, str):
        teks = "" if _hampa(teks) else str(teks)
    if not teks.isascii():
        teks = unicodedata.normalize("NFKC", teks)
        teks = "".join(c for c in teks if unicodedata.category(c) != "Cf")
    return " ".join(_KENDALI.sub(" ", teks).split())


def _hampa(x: object) -> bool:
    """None, NaN and pandas' NA (whose comparison has no truth), without needing pandas to know them."""
    try:
        return x is None or bool(x != x)
    except TypeError:
        return True


@dataclass(frozen=True)
class Frasa:
    """A phrase as tidied text, its lower-case body without numbering and brackets, and its words.

    tempat: (start, end) of each word in `teks`.
    """

    teks: str
    kecil: str
    kata: tuple[Kata, ...]
    asli: tuple[str, ...]


def urai(teks: object) -> Frasa:
    """Split a phrase into words. Casing and spacing do not matter; text in brackets is set aside."""
    bersih = rapikan(teks)
    isi = _PEMBUKA.sub("", bersih)
    isi = _KURUNG.sub(" ", isi)
    isi = " ".join(isi.replace("%", " persen ").replace("&", " dan ").split())
    kecil = isi.lower()
    lek = leksikon()
    kata: list[Kata] = []
    asli: list[str] = []
    semua = [lek.pendek.get(k, k) for k in _KATA.findall(kecil)]
    tulis = _KATA.findall(isi)
    if len(tulis) != len(semua):  # a letter whose small form is not one letter
        tulis = semua
    i = 0
    while i < len(semua):
        k, n = semua[i], 1
        for bagian in lek.majemuk.get(k, ()):
            if tuple(semua[i : i + len(bagian)]) == bagian:
                k, n = " ".join(bagian), len(bagian)
                break
        kata.append(urai_kata(k, i == 0))
        asli.append(" ".join(tulis[i : i + n]))
        i += n
    return Frasa(bersih, kecil, tuple(kata), tuple(asli))


def ambang(kelompok: str, nama: str) -> int:
    """One threshold of params/iki/aturan-iki.yaml: ambang("kembar", "pegawai")."""
    nilai = muat()[f"aturan-iki.ambang_{kelompok}"].waktu[-1].nilai[nama]
    return int(getattr(nilai, "nilai", nilai))


@lru_cache(maxsize=100_000)
def tulis(kata: str, teriak: bool = False) -> str:
    """A word inside a sentence: acronyms in capitals, also where the whole phrase was in capitals."""
    daftar = leksikon().daftar
    if kata.lower() in daftar["singkatan"] or not (_BUNYI.search(kata) or kata.lower() in daftar["satuan"]):
        return kata.upper() if len(kata) > 1 else kata.lower()
    campur = (kata.isupper() and len(kata) > 1) or any(c.isupper() for c in kata[1:])
    return kata if campur and not teriak else kata.lower()
