"""Answer files of the USB package (`usb` tells the format): read with distrust, merged per person, marked.

Marked is only what a rule here decides: rewrites by the linter, boxes of the quadrant, counts of its dots and the
sums of capaian by the law in params; the tree only against the trainer's key of the same package. Notes are carried,
not marked, and counts of dots that were moved since neither. Every text is one line without control characters.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kinerja.data.galat import GalatData, Temuan
from kinerja.data.skema import PREDIKAT, RATING
from kinerja.iki.capaian import hitung_capaian
from kinerja.iki.klinik import Banding
from kinerja.iki.latihan import nilai_kelompok, soal_latihan
from kinerja.iki.leksikon import rapikan
from kinerja.iki.salinan import kunci as akar_kata
from kinerja.parameter import kebijakan, muat
from kinerja.regulasi import permenpanrb6
from kinerja.tulisan import angka, daftar, label

from .usb import HALAMAN_USB, HARI

BATAS = 500_000  # bytes; the fullest page writes a tenth of it
PALING_BARIS = 200
JUDUL = {h.kode: h.judul for h in HALAMAN_USB}
KOLOM = ("orang", "nama", "meja", "pelajaran", "latihan", "butir", "soal", "jawaban", "satuan", "target", "hasil",
         "keterangan", "berkas")  # fmt: skip
KOLOM_KUNCI = ("paket", "kode", "induk")
MEMBAIK, TEPAT, TAK_DINILAI = "membaik", "tepat", "tidak dinilai"
Kunci = Mapping[str, Mapping[str, str]]  # package -> code -> right parent
_SKALA_SOAL = "capaian-kmk-127-2026"  # the scale that the page of capaian asks in
_KODE = re.compile(r"N\d{1,4}")
_NIP = re.compile(r"\d(?:[\s.-]?\d){14,}")
_MINTA = "Minta peserta menekan Simpan jawaban lagi lalu menyerahkan berkasnya apa adanya"
# exercise -> (lesson, field that says which item, field of the answer, most letters that the page takes)
_LATIHAN = {
    "iki": ("klinik", "nomor", "indikator", 600),
    "kaskade": ("kaskade", "kode", "induk", 10),
    "kuadran": ("kuadran", "kotak", "predikat", 20),
    "titik": ("kuadran", "predikat", "orang", 3),
    "capaian": ("capaian", "nomor", "capaian", 20),
    "bayaran": ("bayaran", "", "catatan", 2000),
}


@dataclass(frozen=True)
class Jawab:
    """One answer, as typed."""

    latihan: str
    butir: str
    teks: str
    satuan: str = ""
    target: str = ""


@dataclass(frozen=True)
class Berkas:
    """What one file says. dipindah: the dots of the quadrant are not where they were asked for any more.
    salah: rows that cannot be read, as (place, reason)."""

    paket: str
    pelajaran: str
    nama: str
    meja: str
    jawaban: tuple[Jawab, ...]
    dipindah: bool = False
    salah: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Jawaban:
    """A file that counts: its name, and the person as the wall names them (unique in the class)."""

    berkas: str
    orang: str
    isi: Berkas


# -- reading ----------------------------------------------------------------------------------------------


def baca(jalur: Path) -> Berkas | None:
    """The answers in a file; None when it does not look like JSON. GalatData, with the way out, for a broken,
    foreign, too large file or one of another version."""
    with jalur.open("rb") as f:
        isi = f.read(BATAS + 1)
    awal = isi[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if jalur.suffix.lower() != ".json" and not awal.startswith(b"{"):
        return None
    if not isi:
        raise _galat(jalur, "berkas kosong (0 byte)", _MINTA)
    if len(isi) > BATAS:
        raise _galat(jalur, f"terlalu besar untuk berkas jawaban: lebih dari {angka(BATAS // 1000)} kB", _MINTA)  # fmt: skip
    try:
        x = json.loads(isi)
    except (ValueError, RecursionError) as salah:
        raise _galat(jalur, "berkas jawaban rusak atau terpotong (bukan JSON yang utuh)", _MINTA) from salah
    return urai(x, jalur)


def urai(x: object, jalur: Path) -> Berkas:
    """A file's JSON value as answers; what is no answer is in `salah`. GalatData as `baca`."""
    if not isinstance(x, dict) or x.get("format") != "kinerja-jawaban":
        raise _galat(jalur, "JSON ini bukan berkas jawaban dari paket USB",
                     "Serahkan berkas jawaban-….json yang disimpan halaman latihan")  # fmt: skip
    versi = x.get("versi")
    if isinstance(versi, bool) or versi != 1:
        raise _galat(jalur, f"berkas jawaban versi {_teks(versi)[:20] or 'tidak tertulis'}; program ini membaca versi 1",
                     "Perbarui kinerja, atau bagikan paket USB yang dibuat program ini")  # fmt: skip
    pelajaran, baris, keadaan = x.get("pelajaran"), x.get("jawaban"), x.get("keadaan")
    if not isinstance(pelajaran, str) or pelajaran not in JUDUL:
        raise _galat(
            jalur, f"pelajaran “{_teks(pelajaran)[:20]}” tidak ada di paket USB", f"Yang ada: {daftar(JUDUL)}"
        )
    if not isinstance(baris, list) or len(baris) > PALING_BARIS:
        raise _galat(jalur, "daftar jawabannya tidak ada atau tidak wajar panjangnya", _MINTA)
    jawaban: dict[tuple[str, str], Jawab] = {}
    salah = []
    for i, b in enumerate(baris, 1):
        try:
            if (j := _satu(b, pelajaran)) is None:
                continue
            if (j.latihan, j.butir) in jawaban:
                raise ValueError(f"{j.latihan} {j.butir} sudah dijawab di atasnya; yang lebih atas dipakai")
            jawaban[j.latihan, j.butir] = j
        except ValueError as galat:
            salah.append((f"jawaban ke-{i}", str(galat)))
    return Berkas(
        _teks(x.get("paket"))[:20],
        pelajaran,
        _teks(x.get("nama"))[:80],
        _teks(x.get("meja"))[:20],
        tuple(jawaban.values()),
        isinstance(keadaan, dict) and "titik" in keadaan,
        tuple(salah),
    )


def _satu(b: object, pelajaran: str) -> Jawab | None:
    """A row; None where nothing was typed. ValueError says why it is no answer."""
    latihan = b.get("latihan") if isinstance(b, dict) else None
    if (
        not isinstance(b, dict)
        or not isinstance(latihan, str)
        or _LATIHAN.get(latihan, ("",))[0] != pelajaran
    ):
        raise ValueError("bukan jawaban dari pelajaran ini; tidak dinilai")
    _, nama_butir, kolom, paling = _LATIHAN[latihan]
    butir = b.get(nama_butir, "") if nama_butir else ""
    # a question's number is a number, all else is text
    sah = type(butir) is (int if nama_butir == "nomor" else str)
    if not sah or not _ada(latihan, butir := str(butir)):
        raise ValueError(f"{nama_butir} “{_teks(butir)[:20]}” tidak ada di latihan ini; tidak dinilai")
    isi = []
    for k, batas in ((kolom, paling), *((("satuan", 60), ("target", 60)) if latihan == "iki" else ())):
        v = b.get(k, "")
        if not isinstance(v, str):
            raise ValueError(f"{k} bukan teks; tidak dinilai")
        if len(v) > batas:
            raise ValueError(f"{k} lebih dari {angka(batas)} huruf, melampaui isian halamannya; tidak dinilai")  # fmt: skip
        isi.append(_teks(v))
    return Jawab(latihan, butir, *isi) if isi[0] else None


def _ada(latihan: str, butir: str) -> bool:
    return bool(_KODE.fullmatch(butir)) if latihan == "kaskade" else butir in _soal()[latihan]


def _teks(x: object) -> str:
    """One line of text that any screen and workbook takes; '' for what is no text."""
    if isinstance(x, bool | int | float):
        x = repr(x) if not isinstance(x, int) or abs(x) < 10**18 else "?"
    if not isinstance(x, str):
        return ""
    return rapikan("".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Cn") else c for c in x))


def _galat(jalur: Path, pesan: str, perbaikan: str) -> GalatData:
    return GalatData([Temuan("", None, "", "", "", pesan, perbaikan)], jalur.name)


def baca_kunci(jalur: Path) -> Kunci:
    """The key of the tree that `kinerja bimtek usb --kunci` wrote. ValueError, in Indonesian, for another file."""
    bukan = f"{jalur}: bukan kunci paket USB. Pakai berkas CSV dari kinerja bimtek usb --kunci."
    if not jalur.is_file():
        raise ValueError(f"{jalur}: kunci paket USB tidak ditemukan. Periksa nama dan mapnya.")
    if jalur.stat().st_size > BATAS:
        raise ValueError(bukan)
    try:
        isi = jalur.read_text("utf-8-sig")
        baris = list(csv.DictReader(io.StringIO(isi), delimiter=";" if ";" in isi.partition("\n")[0] else ","))  # fmt: skip
    except (UnicodeDecodeError, csv.Error) as salah:
        raise ValueError(bukan) from salah
    hasil: dict[str, dict[str, str]] = {}
    for b in baris:
        paket, kode, induk = (str(b.get(k) or "").strip() for k in KOLOM_KUNCI)
        if not (paket and kode and induk):
            raise ValueError(bukan)
        hasil.setdefault(paket, {})[kode] = induk
    if not hasil:
        raise ValueError(bukan)
    return hasil


def kunci_paket(jalur: Path) -> bool:
    """Whether a file is such a key, left among the answers."""
    with jalur.open("rb") as f:
        return f.read(64).removeprefix(b"\xef\xbb\xbf").startswith(b"paket;kode;induk;")


# -- persons ----------------------------------------------------------------------------------------------


def pilih(berkas: Mapping[str, Berkas]) -> tuple[tuple[Jawaban, ...], dict[str, str]]:
    """Of each person and lesson the fuller file, of equally full ones the later copy that a browser numbers
    ("jawaban (2).json"): (what counts, file set aside -> file that counts instead).

    A person is a name and a table, whatever their case and spaces; a name without a table joins the only table of
    that name. Files without a name are persons of their own, but for equal ones.
    """
    mejanya: dict[str, set[str]] = {}
    for x in berkas.values():
        mejanya.setdefault(x.nama.casefold(), set()).add(_meja(x.meja))
    milik: dict[str, tuple[str, ...]] = {}
    for n, x in berkas.items():
        lain = mejanya[x.nama.casefold()] - {""}
        meja = next(iter(lain)) if not x.meja and len(lain) == 1 else _meja(x.meja)
        milik[n] = (x.nama.casefold(), meja) if x.nama else ("", meja, repr(x))
    urut = sorted(berkas, key=lambda n: (-len(berkas[n].jawaban), -_salinan(n), n))
    dipakai: dict[tuple[tuple[str, ...], str], str] = {}
    for n in urut:
        dipakai.setdefault((milik[n], berkas[n].pelajaran), n)
    sisih = {n: d for n in urut if (d := dipakai[milik[n], berkas[n].pelajaran]) != n}
    sebutan = _sebutan({milik[n]: berkas[n] for n in sorted(dipakai.values(), reverse=True)})
    hasil = sorted((sebutan[milik[n]], list(JUDUL).index(berkas[n].pelajaran), n) for n in dipakai.values())
    return tuple(Jawaban(n, orang, berkas[n]) for orang, _, n in hasil), sisih


def _meja(x: str) -> str:
    """'Meja 03', '3' -> '3'."""
    m = re.search(r"\d+", x)
    return str(int(m[0])) if m else x.casefold()


def _salinan(nama: str) -> int:
    m = re.search(r"\((\d{1,4})\)\.\w+$", nama)
    return int(m[1]) if m else 0


def _sebutan(orang: Mapping[tuple[str, ...], Berkas]) -> dict[tuple[str, ...], str]:
    """How each person is named: as typed, with the table where names repeat, with a number where that does too.
    A NIP that somebody typed as a name is not for the wall."""
    nama = {k: _NIP.sub("(NIP)", x.nama) or "Tanpa nama" for k, x in orang.items()}
    kembar = Counter(n.casefold() for n in nama.values())
    nama = {
        k: f"{n} (meja {k[1]})" if k[1] and (kembar[n.casefold()] > 1 or not k[0]) else n
        for k, n in nama.items()
    }
    hasil: dict[tuple[str, ...], str] = {}
    sudah: set[str] = set()
    for k in sorted(nama):
        n, i = nama[k], 1
        while n.casefold() in sudah:
            i += 1
            n = f"{nama[k]}, orang ke-{i}"
        sudah.add(n.casefold())
        hasil[k] = n
    return hasil


# -- marks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class HasilUsb:
    """Everything marked. jawaban: one row per answer, KOLOM (text), hasil 'membaik', 'belum membaik', 'tepat',
    'belum tepat', 'tidak dinilai'. iki: rows of `nilai_kelompok` that were answered, kelompok = person; banding:
    (person, question) -> before and after. tanpa_kunci: packages whose tree has no key here."""

    jawaban: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(KOLOM), dtype="str"))
    iki: pd.DataFrame = field(default_factory=pd.DataFrame)
    banding: Mapping[tuple[str, int], Banding] = field(default_factory=dict)
    tanpa_kunci: tuple[str, ...] = ()

    @cached_property
    def peserta(self) -> pd.DataFrame:
        """One row per person, most improved rewrites first: orang (str), membaik, ditulis (int64)."""
        t = self.jawaban.assign(
            ditulis=self.jawaban["latihan"] == "iki", membaik=self.jawaban["hasil"] == MEMBAIK
        )
        t = t.groupby("orang")[["membaik", "ditulis"]].sum().astype("int64").reset_index()
        return t.sort_values(["membaik", "orang"], ascending=[False, True], kind="stable", ignore_index=True)


def nilai_usb(jawaban: Sequence[Jawaban], kunci: Kunci | None = None) -> HasilUsb:
    """Mark the files that count."""
    if not jawaban:
        return HasilUsb()
    isi = {
        j.orang: pd.DataFrame(
            [(x.butir, x.teks, x.satuan, x.target) for x in j.isi.jawaban],
            columns=["nomor", "indikator", "satuan", "target"],
            dtype="str",
        )
        for j in jawaban
        if j.isi.pelajaran == "klinik"
    }
    iki, banding = nilai_kelompok(isi) if isi else (pd.DataFrame(), {})
    if len(iki):
        ada = [k in banding for k in zip(iki["kelompok"], iki["nomor"].astype(int), strict=True)]
        iki = iki[ada].reset_index(drop=True)
    baris = [b for j in jawaban for b in _nilai_satu(j, banding, kunci or {})]
    t = pd.DataFrame(baris, columns=list(KOLOM)).astype("str")
    paket = {j.isi.paket for j in jawaban if j.isi.pelajaran == "kaskade"} - set(kunci or {})
    return HasilUsb(t, iki, banding, tuple(sorted(paket)))


def _nilai_satu(
    j: Jawaban, banding: Mapping[tuple[str, int], Banding], kunci: Kunci
) -> Iterator[tuple[str, ...]]:
    for x in j.isi.jawaban:
        hasil, sebab = _hasil(j, x, banding, kunci)
        soal = "" if x.latihan in ("kaskade", "bayaran") else _soal()[x.latihan][x.butir][0]
        kode = x.latihan in ("kuadran", "titik")  # its items have codes, which the question says in words
        jawaban = label(x.teks) if x.teks in PREDIKAT else x.teks
        yield (j.orang, j.isi.nama, j.isi.meja, JUDUL[j.isi.pelajaran], x.latihan, "" if kode else x.butir, soal,
               jawaban, x.satuan, x.target, hasil, sebab, j.berkas)  # fmt: skip


def _hasil(j: Jawaban, x: Jawab, banding: Mapping[tuple[str, int], Banding], kunci: Kunci) -> tuple[str, str]:
    """(mark, why)."""
    if x.latihan == "iki":
        return _membaik(banding[j.orang, int(x.butir)])
    if x.latihan == "bayaran":
        return TAK_DINILAI, "catatan diskusi, bahan pembahasan"
    if x.latihan == "titik" and j.isi.dipindah:
        return TAK_DINILAI, "titiknya sudah dipindahkan ketika disimpan"
    if x.latihan == "kaskade":
        induk = kunci.get(j.isi.paket, {})
        if x.butir not in induk:
            return (
                TAK_DINILAI,
                "simpul ini bukan soal paket itu" if induk else f"kunci paket {j.isi.paket} tidak disertakan",
            )
        benar = induk[x.butir] == x.teks
    elif x.latihan == "capaian":
        dibaca = _bilangan(x.teks)
        if dibaca is None:
            return "belum tepat", "bukan angka"
        benar = angka(dibaca, 2) == _soal()["capaian"][x.butir][1]
    else:
        benar = _soal()[x.latihan][x.butir][1] == x.teks.strip()
    return (TEPAT if benar else "belum tepat"), ""


def _membaik(b: Banding) -> tuple[str, str]:
    """Better: another wording than the question, with a gain and without a loss."""
    if akar_kata(b.sesudah.indikator) == akar_kata(b.sebelum.indikator):
        return "belum membaik", "masih sama dengan soalnya"
    if b.membaik and not b.memburuk:
        return MEMBAIK, " ".join(b.membaik)
    return "belum membaik", " ".join(b.memburuk or b.tersisa) or "tidak ada yang berubah"


def _bilangan(teks: str) -> Fraction | None:
    """A number as the page reads it: '108,33', '1.250', '97.5'; None for what is none."""
    t = re.sub(r"\s", "", teks).replace("−", "-")
    t = re.sub(r"^Rp", "", t, flags=re.I)
    if "," in t:
        t = t.replace(".", "").replace(",", ".", 1)
    elif re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", t):
        t = t.replace(".", "")
    return Fraction(t) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", t) else None


def _desimal(teks: str) -> float:
    x = _bilangan(teks)
    return float("nan") if x is None else float(x)


@cache
def _soal() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Exercise -> item -> (question, right answer as the page writes it; '' where the linter decides)."""
    k = kebijakan(HARI)
    kuadran: Any = k.bagian(permenpanrb6.BERKAS)["kuadran"].pasti()
    predikat = {(h, p): str(kuadran[h][p]) for h in RATING for p in RATING}
    titik: Any = muat()["latihan-usb.titik"].waktu[-1].pasti()
    orang = Counter(dict.fromkeys(PREDIKAT, 0))
    for (h, p), jadi in predikat.items():
        orang[jadi] += int(titik[h][p])
    c = pd.DataFrame([dict(b) for b in muat()["latihan-usb.capaian"].waktu[-1].nilai])
    # the table finds these two from the sign of the target
    rumus = c["rumus"].replace({"maks_target_negatif": "maks", "min_target_nol": "min_selisih"})
    bilangan = c.reindex(columns=["target", "target_atas", "terburuk", "realisasi"]).fillna("").map(_desimal)
    masuk = pd.concat([rumus, bilangan], axis=1).assign(target_maksimum=False)
    capaian = hitung_capaian(masuk, k, _SKALA_SOAL)["capaian"]
    iki = soal_latihan()
    return {
        "iki": {str(n): (t, "") for n, t in zip(iki["nomor"], iki["indikator"], strict=True)},
        "kuadran": {f"{h}|{p}": (f"hasil {label(h).lower()}, perilaku {label(p).lower()}", x) for (h, p), x in predikat.items()},
        "titik": {p: (f"banyaknya yang {label(p)}", str(orang[p])) for p in PREDIKAT},
        "capaian": {str(n): (t, angka(float(x), 2)) for n, t, x in zip(c["nomor"], c["indikator"], capaian, strict=True)},
        "bayaran": {"": ("", "")},
    }  # fmt: skip
