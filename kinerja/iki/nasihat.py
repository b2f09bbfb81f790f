"""One phrase, one advice: its findings, the words that show them, and a rewrite one rung up the ladder.

Plain Python on the text alone, without tables: `lint` gives it to whole columns, and the page that opens from
a USB stick runs this very file in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kinerja.iki.frasa import TINGKAT, telaah
from kinerja.iki.leksikon import Frasa, Kata, daftar_kata, leksikon, rapikan, tulis, urai
from kinerja.parameter import muat

LEMAH = ("galat", "peringatan")  # severities that call an indicator weak; "saran" does not
PELAKSANA = ("pengawas", "fungsional", "pelaksana")
KEGIATAN = ("kegiatan", "sub_kegiatan")
_JENJANG = (
    ("sub_kegiatan", r"sub[\s_-]*kegiatan"),
    ("kegiatan", r"^kegiatan$"),
    (
        "jpt",
        r"\bjpt\b|pimpinan tinggi|eselon\s*(?:1|2|i|ii)\b|^(?:visi|misi|tujuan|sasaran|pemda|organisasi)$",
    ),
    ("administrator", r"administrator|eselon\s*(?:3|iii)\b|^program$"),
    ("pengawas", r"pengawas|eselon\s*(?:4|iv)\b|ketua tim|koordinator"),
    ("fungsional", r"fungsional|^jf|\b(?:ahli|terampil|mahir|penyelia|pemula)\b"),
    ("pelaksana", r"pelaksana|\bstaf|individu"),
)
_EKOR = re.compile(r"[,;(]")
_ISIAN = re.compile(r"\{(\w+)\}")


@cache
def aturan() -> Mapping[str, Mapping[str, str]]:
    """Rules by code: nama, keparahan, penjelasan, berlaku_untuk, contoh, saran."""
    return {str(b["kode"]): b for b in muat()["aturan-iki.aturan"].waktu[-1].nilai}


@cache
def _pola_saran() -> tuple[tuple[frozenset[str], frozenset[str], str, str], ...]:
    """(words of the phrase, kinds of its object, rewrite for high posts, for those below)."""
    p = muat()["aturan-iki.pola_saran"].waktu[-1].nilai
    return tuple(
        (
            frozenset(daftar_kata(b)),
            frozenset(str(b.get("benda", "")).split()),
            str(b["tinggi"]),
            str(b["rendah"]),
        )
        for b in p
    )


def baku_jenjang(x: object) -> str:
    """'JPT Pratama', 'eselon III', 'Ahli Muda', 'sub kegiatan' -> the level the rules know; '' if unknown."""
    teks = rapikan(x).lower()
    return next((j for j, pola in _JENJANG if teks and re.search(pola, teks)), "")


def _inti(f: Frasa, maks: int = 7) -> list[tuple[Kata, str]]:
    """What the phrase is about: the complement of "yang mengikuti ...", else its subject.

    Up to the first comma or preposition; without measure words, vague words and words of office routine.
    """
    daftar = leksikon().daftar
    buang = daftar["salinan"] | daftar["tepi"]
    n = len(f.kata)
    if m := _EKOR.search(f.teks):  # "..., 1 laporan" and what follows a comma
        n = len(urai(f.teks[: m.start()]).kata) or n
    kata = list(zip(f.kata[:n], f.asli[:n], strict=True))
    yang = next((i for i, (k, _) in enumerate(kata) if k.baku == "yang"), n)
    pelengkap = (
        kata[yang + 2 :]
        if yang + 1 < n and {"ikut", "dapat", "akar_kerja.laksana"} & kata[yang + 1][0].golongan
        else []
    )
    if pelengkap and pelengkap[0][0].baku in daftar["henti"]:
        pelengkap = []  # yang terbina menuju WBK
    for bagian in (pelengkap, kata[:yang], kata[yang + 1 :]):
        isi = [
            (k, a)
            for k, a in bagian
            if not {"kabur", "ikut", "kata_ukur"} & k.golongan
            and k.baku not in daftar["lingkar"]
            and not k.baku.isdigit()
        ]
        while isi and (isi[0][0].baku in buang or isi[0][0].bentuk in ("me", "ter_nya", "di")):
            isi.pop(0)
        henti = (i for i, (k, _) in enumerate(isi) if i and k.baku in daftar["henti"])
        isi = isi[: min(next(henti, maks), maks)]
        while isi and (
            isi[-1][0].baku in daftar["tepi"] or (len(isi) > 1 and isi[-1][0].baku in daftar["salinan"])
        ):
            isi.pop()
        if isi:
            return isi
    return []


def _bahan(f: Frasa) -> tuple[dict[str, str], frozenset[str]]:
    """What a rewrite may name ('' where unknown), and what kind the object is.

    kegiatan: a noun of action (rapat koordinasi TPID); pekerjaan: the same, or "pekerjaan mencatat barang";
    objek: the thing or people behind it.
    """
    isi = _inti(f)
    teriak = f.teks.isupper()
    benda = list(isi)
    while benda and (
        benda[0][0].baku in leksikon().daftar["tepi"]
        or (
            {"akar_kerja", "kegiatan"} & benda[0][0].golongan
            and "keluaran.benda" not in benda[0][0].golongan
            and benda[0][0].bentuk in ("pe_an", "asi", "")
            and "keluaran.orang" not in benda[0][0].golongan
        )
        or (benda[0][0].bentuk == "pe_an" and "akar_kerja_luas" in benda[0][0].golongan)
    ):
        benda.pop(0)
    lepas = isi[: len(isi) - len(benda)]
    giat = " ".join(tulis(a, teriak) for _, a in isi)
    kerja = giat
    if giat and f.kata[0].bentuk == "me" and f.kata[0].baku not in leksikon().daftar["salinan"]:
        kerja, giat = f"pekerjaan {f.kata[0].baku} {giat}", ""
    elif not lepas and not (benda and _nama_kerja(benda[0][0])):
        kerja = giat = ""
    if any(k.baku in leksikon().daftar["kegiatan_umum"] for k, _ in lepas) or (
        benda and _nama_kerja(benda[0][0])
    ):
        benda = []  # what such a noun of action is done to is not said
    golongan = benda[0][0].golongan if benda else frozenset()
    jenis = {g.partition(".")[2] for g in golongan if g.startswith("keluaran.")}
    if not jenis and "gejala" in golongan:
        jenis = {"gejala"}  # kemiskinan has no standard of quality
    isian = {"kegiatan": giat, "pekerjaan": kerja, "objek": " ".join(tulis(a, teriak) for _, a in benda)}
    return isian, frozenset(jenis or {"lain"})


def _nama_kerja(k: Kata) -> bool:
    """A noun of action that no list holds: penagihan, instalasi."""
    return k.bentuk in ("pe_an", "asi") and not {"gejala", "keluaran"} & k.golongan


def _keadaan(f: Frasa) -> str:
    """A bare state (keterbukaan informasi, kualitas air sungai) with what it is the state of; '' if none."""
    a = 0
    if f.kata[0].bentuk in ("ter_nya", "nya", "me") or "kata_perubahan" in f.kata[0]:
        a = 1  # meningkatnya derajat kesehatan masyarakat
    while a < len(f.kata) and f.kata[a].baku in ("derajat", "taraf", "tingkat"):
        a += 1
    k = f.kata[min(a, len(f.kata) - 1)]
    if "gejala.keadaan" not in k and (a or k.baku not in ("kualitas", "mutu", "efektivitas")):
        return ""
    henti = leksikon().daftar["henti"]
    n = next((i for i, x in enumerate(f.kata) if i > a and x.baku in henti), len(f.kata))
    return " ".join(tulis(a, f.teks.isupper()) for a in f.asli[a : min(n, a + 6)])


def saran_tulis(teks: str, jenjang: str = "") -> str:
    """A rewrite built from the phrase's own object: a measure one rung up the ladder of results.

    For JPT and administrator (and unknown levels) an outcome; for those below quality and time. The first
    pattern whose words and kind of object fit; never one that the linter itself calls weak.
    """
    return _saran(rapikan(teks), jenjang in PELAKSANA)


@lru_cache(maxsize=200_000)
def _saran(teks: str, bawah: bool) -> str:
    f = telaah(teks).frasa
    kata = {w for k in f.kata for w in (k.baku, *k.baku.split())}
    isian, jenis = _bahan(f)
    if f.kata and (hal := _keadaan(f)):
        isian, jenis = {"objek": hal}, frozenset({"keadaan"})
    for sah, benda, tinggi, rendah in _pola_saran():
        if ("*" not in sah and kata.isdisjoint(sah)) or (benda and benda.isdisjoint(jenis)):
            continue
        pola = rendah if bawah else tinggi
        if any(not isian.get(n) for n in _ISIAN.findall(pola)):
            continue
        # the object may begin with the word that the pattern already says
        hasil = re.sub(r"\b(\w+)( \1\b)+", r"\1", pola.format_map(isian), flags=re.I)
        if not telaah(hasil).cacat:
            return hasil
    raise AssertionError(teks)  # the last pattern always fits: tests/test_iki.py


def _pemicu(f: Frasa, tempat: Iterable[int]) -> str:
    return ", ".join(f"{f.asli[i]} (kata ke-{i + 1})" for i in tempat)


def satu_temuan(
    kode: str, pesan: str, saran: str = "", pemicu: str = "", keparahan: str = ""
) -> tuple[str, ...]:
    a = aturan()[kode]
    return (kode, a["nama"], keparahan or a["keparahan"], pesan, saran or f"{a['saran']}.", pemicu)


def temuan_frasa(teks: str, jenjang: str, kuantitas: bool) -> list[tuple[str, ...]]:
    """Findings of a phrase by itself, as the IKI of a level ('' = an employee of unknown level)."""
    t = telaah(teks)
    hasil: list[tuple[str, ...]] = []
    for c in t.cacat:
        keparahan = ""
        if c.kode == "L4" and jenjang in KEGIATAN:
            continue  # there a count of outputs is what the nomenclature asks for
        if t.ukuran == "hitungan" and c.kode in ("L4", "L9") and kuantitas and jenjang in PELAKSANA:
            keparahan = "saran"  # the aspect kuantitas asks for a count; quality and time stand beside it
        if c.kode == "L17" and jenjang in KEGIATAN:
            keparahan = "saran"
        saran = ""
        if c.kode in ("L1", "L2", "L4", "L7", "L8", "L9", "L11") and t.frasa.kata and not hasil:
            saran = f"Misalnya: “{saran_tulis(teks, jenjang)}”."
        elif c.kode == "L17" and c.pesan.startswith("Dua"):
            saran = "Pisahkan menjadi dua baris, masing-masing dengan satuan dan target sendiri."
        elif c.kode == "L17":
            saran = "Tetapkan satu hasil yang dituju semua kegiatan itu, lalu ukur hasil itu saja."
        hasil.append(satu_temuan(c.kode, c.pesan, saran, _pemicu(t.frasa, c.tempat), keparahan))
    if t.proses and jenjang == "jpt" and not t.cacat:
        hasil.append(
            satu_temuan(
                "L9",
                "Tepat waktu menyelesaikan berkas sendiri adalah mutu proses: wajar bagi staf, "
                "terlalu rendah sebagai ukuran JPT.",
                f"Misalnya: “{saran_tulis(teks, jenjang)}”.",
                _pemicu(t.frasa, t.proses),
            )
        )
    if t.dampak and jenjang in PELAKSANA:
        hasil.append(
            satu_temuan(
                "L10",
                "Hasil akhir daerah ini ditentukan banyak pihak; jabatan ini tidak dapat mengendalikannya.",
                "Turunkan ke hasil antara yang dapat dipengaruhi jabatan ini, misalnya mutu atau waktu layanan "
                "yang ikut menentukan hasil akhir itu.",
                _pemicu(t.frasa, t.dampak),
            )
        )
    return hasil


# -- all of it at once -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Nasihat:
    """What is said of one phrase by itself, for a level.

    tanda: (start, end) of the trigger words in `teks`. temuan: (kode, nama, keparahan, pesan, saran, pemicu).
    anak_tangga: place in TINGKAT, -1 = not clear. wajar: lowest and highest place that fit the level.
    saran: a rewrite one rung up, also where nothing is wrong.
    """

    teks: str
    jenjang: str
    tingkat: str
    tanda: tuple[tuple[int, int], ...]
    temuan: tuple[tuple[str, ...], ...]
    saran: str
    wajar: tuple[int, int]

    @property
    def anak_tangga(self) -> int:
        return anak_tangga(self.tingkat)

    @property
    def berat(self) -> dict[str, str]:
        """Code and name of the findings that call it weak."""
        return {t[0]: t[1] for t in self.temuan if t[2] in LEMAH}

    @property
    def di_tempat(self) -> bool:
        """Whether it stands on a rung that fits its level."""
        return self.wajar[0] <= self.anak_tangga <= self.wajar[1]


def nasihat(teks: object, jenjang: str = "") -> Nasihat:
    """Read one phrase as the IKI of a level (any spelling of it; '' = not said). Never fails."""
    rapi, j = rapikan(teks), baku_jenjang(jenjang)
    batas = tangga_wajar()
    return Nasihat(
        rapi,
        j,
        telaah(rapi).tingkat,
        tanda(rapi, j),
        tuple(temuan_frasa(rapi, j, False)),
        saran_tulis(rapi, j) if rapi else "",
        batas.get(j, batas[""]),
    )


def anak_tangga(tingkat: str) -> int:
    """Place on the ladder, 0 = input; -1 = not clear."""
    return TINGKAT.index(tingkat) if tingkat in TINGKAT else -1


@cache
def tangga_wajar() -> dict[str, tuple[int, int]]:
    """Level -> lowest and highest rung that fit it, as places in TINGKAT; "" = level not said."""
    baris = muat()["latihan-iki.tangga_wajar"].waktu[-1].nilai
    return {
        "" if b["jenjang"] == "umum" else str(b["jenjang"]): (
            TINGKAT.index(str(b["terendah"])),
            TINGKAT.index(str(b["tertinggi"])),
        )
        for b in baris
    }


def tanda(teks: str, jenjang: str) -> tuple[tuple[int, int], ...]:
    """Where in the text the words stand that a finding names."""
    t = telaah(teks)
    tempat = {i for c in t.cacat for i in c.tempat}
    if jenjang in PELAKSANA:
        tempat |= set(t.dampak)
    hasil, dari = [], 0
    for i, kata in enumerate(t.frasa.asli):
        pola = r"\s+".join(map(re.escape, kata.split()))
        m = re.compile(rf"(?<!\w){pola}(?!\w)", re.I).search(teks, dari)
        if m is None:  # "%" is read as the word persen
            continue
        dari = m.end()
        if i in tempat:
            hasil.append(m.span())
    return tuple(hasil)


def perubahan(
    dari: str, ke: str, lama: Mapping[str, str], baru: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """What got better and what got worse from one wording to another, as sentences.

    dari, ke: their rungs. lama, baru: code and name of the findings that call them weak.
    """
    naik, turun = [], []
    a, b = anak_tangga(dari), anak_tangga(ke)
    if b > a:
        naik.append(f"Naik tangga: dari {dari} ke {ke}.")
    elif b < a:
        turun.append(f"Turun tangga: dari {dari} ke {ke}.")
    naik += [f"Teratasi: {k} {n}." for k, n in lama.items() if k not in baru]
    turun += [f"Baru: {k} {n}." for k, n in baru.items() if k not in lama]
    return naik, turun
