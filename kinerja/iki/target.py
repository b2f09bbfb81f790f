"""Is the target sane: against its history, its unit, its polarity, its formula, and who controls it?

Word lists and thresholds are `params/iki/target.yaml` (tafsir, asumsi). Values are compared as exact
fractions. A column that the table does not have was not asked for and gives no finding; an empty cell
in a column that it has is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import SKEMA, Kolom
from kinerja.data.urai import Lajur, urai_lajur
from kinerja.iki.capaian import RUMUS, dasar_rumus, rumus_dipakai, tulis_rumus
from kinerja.parameter import Kebijakan, Nilai, muat
from kinerja.pecahan import Larik, Pecahan, dari_angka, pilih, terbesar

KOLOM_TEMUAN = ("baris", "kode", "keparahan", "pesan", "saran", "pemicu")
KODE = ("L1", "L3", "L6", "L10", "L13", "L14", "L18")  # what `periksa_target` can report
KONSOLIDASI = {
    "jumlah": "jumlah",
    "rata_rata": "rata-rata",
    "posisi_akhir": "posisi akhir",
    "maksimum": "maksimum",
}
_TAHUN = re.compile(r"(realisasi|target)_((?:19|20)\d\d)")
_BULAN = tuple(f"target_{b:02d}" for b in range(1, 13))
PILIHAN = {
    "polaritas": SKEMA["iki"]["polaritas"],
    "rumus": SKEMA["iki"]["rumus"],
    "validitas": Kolom(
        "validitas",
        "pilihan",
        "validitas indikator terhadap sasaran",
        pilihan=("exact", "proxy", "activity"),
        setara={
            "eksak": "exact",
            "langsung": "exact",
            "proksi": "proxy",
            "tidak langsung": "proxy",
            "aktivitas": "activity",
            "kegiatan": "activity",
        },
    ),
    "kendali": Kolom(
        "kendali",
        "pilihan",
        "kendali pemilik atas hasilnya",
        pilihan=("tinggi", "sedang", "rendah"),
        setara={"high": "tinggi", "moderate": "sedang", "medium": "sedang", "low": "rendah"},
    ),
    "konsolidasi": Kolom(
        "konsolidasi",
        "pilihan",
        "cara target dan realisasi bulanan menjadi angka tahunan",
        pilihan=tuple(KONSOLIDASI),
        setara={
            "sum": "jumlah",
            "penjumlahan": "jumlah",
            "average": "rata_rata",
            "rata-rata": "rata_rata",
            "rata rata": "rata_rata",
            "tlkv": "posisi_akhir",
            "take last known value": "posisi_akhir",
            "nilai akhir": "posisi_akhir",
            "posisi akhir": "posisi_akhir",
            "max": "maksimum",
        },
    ),
}
_RENTANG = ("rentang_maks", "rentang_min")


def periksa_target(tabel: pd.DataFrame, kebijakan: Kebijakan | None = None) -> pd.DataFrame:
    """Findings about target, unit, history, polarity, formula, control and validity, one row each.

    tabel: column indikator (text) and any of satuan, polaritas, rumus, target, target_atas, realisasi,
    terburuk, target_maksimum, target_01..target_12, konsolidasi (jumlah, rata_rata, posisi_akhir,
    maksimum), validitas (exact, proxy, activity), kendali (tinggi, sedang, rendah), and the years before
    as realisasi_2021, target_2021, ... Numbers may be text as officials type it.
    kebijakan: word lists and thresholds of a day or scenario; without it the newest.
    Returns KOLOM_TEMUAN sorted by row: `baris` is the index label of `tabel`, `kode` one of KODE,
    `keparahan` galat or peringatan, `pemicu` the words or numbers that triggered it. ValueError
    without the column indikator.
    """
    x = _Isi.dari(tabel, _parameter(kebijakan))
    catatan = _Catatan(x)
    for periksa in (
        _tak_terbaca,
        _kelengkapan,
        _satuan,
        _polaritas,
        _rumus,
        _batas,
        _riwayat_mudah,
        _riwayat_mustahil,
        _target_lama,
        _capaian_tak_wajar,
        _bulanan,
        _kendali,
    ):
        periksa(x, catatan)
    return catatan.tabel()


def tebak_polaritas(tabel: pd.DataFrame, kebijakan: Kebijakan | None = None) -> pd.DataFrame:
    """What the words say about the direction: `polaritas` (maks, min, stabil, "" unknown), `pemicu`, `alasan`.

    tabel: columns indikator and, better, satuan. On the index of `tabel`.
    """
    x = _Isi.dari(tabel, _parameter(kebijakan))
    return pd.DataFrame(
        {"polaritas": x.duga, "pemicu": x.duga_pemicu, "alasan": x.duga_alasan}, index=tabel.index
    )


def saran_rumus(tabel: pd.DataFrame, kebijakan: Kebijakan | None = None) -> pd.DataFrame:
    """Both formulas for every "lower is better" indicator, side by side, and what follows from them.

    A = (2T - R)/T x 100 (PermenPANRB 8/2021 p. 100; LKjIP), B = T/R x 100 (practice). Rows of `tabel`
    whose polaritas is min, or where it is empty and the words say so.
    Returns baris, indikator, satuan, target, realisasi, rumus (as written), `selisih` and `rasio`
    (percent, float64, NaN undefined), `beda` (B - A, points), `kata_selisih`, `kata_rasio` (what each
    would say), `berpisah` (where they part), `jurang` (cliffs), `saran`. Everything is decided on
    exact fractions; for T, R > 0: B - A = (R - T)^2 / (T R) x 100, so B is never the stricter one.
    """
    p = _parameter(kebijakan)
    semua = _Isi.dari(tabel, p)
    x = _Isi.dari(tabel[(semua.arah < 0) & (semua.polaritas != "stabil")], p)
    t, r = x.angka["target"], x.angka["realisasi"]
    a, b = RUMUS["min_selisih"](t, r), RUMUS["min_rasio"](t, r)
    positif = (t > 0).benar & (r > 0).benar
    b = Pecahan(b.n, b.d, b.tahu & (t >= 0).benar & (r >= 0).benar)
    a = Pecahan(a.n, a.d, a.tahu & (t > 0).benar)
    beda = b - a
    kata = (
        [_tulis_hasil(a, t, r, i) for i in range(len(x))],
        [_tulis_hasil(b, t, r, i) for i in range(len(x))],
    )
    batas_jurang = p["jurang_satu_satuan"].pasti()
    cacah = x.cacah
    satu = 100 / t  # points that one unit of realisasi moves A
    tajam = cacah & (satu >= batas_jurang).benar
    lewat = np.asarray((x.terburuk_tercatat > 2 * t).benar)
    return pd.DataFrame(
        {
            "baris": x.indeks,
            "indikator": x.indikator,
            "satuan": x.satuan,
            "target": t.ke_float(),
            "realisasi": r.ke_float(),
            "rumus": x.rumus,
            "selisih": a.ke_float(),
            "rasio": b.ke_float(),
            "beda": beda.ke_float(),
            "kata_selisih": kata[0],
            "kata_rasio": kata[1],
            "berpisah": [_berpisah(a, b, t, r, i) if positif[i] else _belum(t, r, i) for i in range(len(x))],
            "jurang": [_jurang(t, satu, tajam, lewat, x, i) for i in range(len(x))],
            "saran": [_saran_rumus(t, tajam, lewat, x, i) for i in range(len(x))],
        }
    )


# -- the table, read once -------------------------------------------------------------------------


def _parameter(kebijakan: Kebijakan | None) -> Mapping[str, Nilai]:
    if kebijakan is not None:
        return kebijakan.bagian("target")
    return {j.partition(".")[2]: p.waktu[-1] for j, p in muat().parameter.items() if j.startswith("target.")}


@dataclass
class _Isi:
    """Columns of the table as arrays; what could not be read is in `tolak`."""

    indeks: pd.Index[Any]
    p: Mapping[str, Nilai]
    ada: frozenset[str]  # columns that the table has
    indikator: Larik
    satuan: Larik
    teks: dict[str, Larik]  # choices: "" where empty
    angka: dict[str, Pecahan]
    riwayat: list[tuple[int, Pecahan]]
    target_lama: list[tuple[int, Pecahan]]
    tolak: list[tuple[str, Larik, str, str, str]] = field(default_factory=list)

    @classmethod
    def dari(cls, tabel: pd.DataFrame, p: Mapping[str, Nilai]) -> _Isi:
        if "indikator" not in tabel:
            raise ValueError(
                "Tabel tidak punya kolom indikator; yang ada: "
                f"{tulisan.daftar(map(str, tabel.columns)) or 'tidak ada kolom'}."
            )
        tolak: list[tuple[str, Larik, str, str, str]] = []

        def baca(kolom: Kolom) -> Lajur:
            hasil = _lajur(tabel, kolom)
            tolak.extend((kolom.nama, di, isi, s.pesan, s.perbaikan) for di, isi, s in hasil.tolak)
            return hasil

        def angka(nama: str) -> Pecahan:
            return dari_angka(np.asarray(baca(Kolom(nama, "desimal", "")).nilai, dtype=np.float64))

        tahun = sorted((m[1], int(m[2]), str(k)) for k in tabel.columns if (m := _TAHUN.fullmatch(str(k))))
        return cls(
            indeks=tabel.index,
            p=p,
            ada=frozenset(map(str, tabel.columns)),
            indikator=_kata(tabel, "indikator"),
            satuan=_kata(tabel, "satuan"),
            teks={
                n: np.where(pd.isna(isi := baca(k).nilai), "", isi).astype(object) for n, k in PILIHAN.items()
            },
            angka={n: angka(n) for n in ("target", "target_atas", "realisasi", "terburuk", *_BULAN)},
            riwayat=[(t, angka(k)) for jenis, t, k in tahun if jenis == "realisasi"],
            target_lama=[(t, angka(k)) for jenis, t, k in tahun if jenis == "target"],
            tolak=tolak,
        )

    def __len__(self) -> int:
        return len(self.indeks)

    @property
    def polaritas(self) -> Larik:
        return self.teks["polaritas"]

    @property
    def rumus(self) -> Larik:
        return self.teks["rumus"]

    @cached_property
    def _duga(self) -> tuple[Larik, Larik, Larik]:
        aturan = self.p["polaritas_menurut_kata"].pasti()
        letak, pemicu = _cocok(aturan, self.indikator, self.satuan)
        polaritas = np.array([*(a["polaritas"] for a in aturan), ""], dtype=object)
        alasan = np.array([*(a["alasan"] for a in aturan), ""], dtype=object)
        return polaritas[letak], pemicu, alasan[letak]

    @property
    def duga(self) -> Larik:
        """Polarity that the words suggest."""
        return self._duga[0]

    @property
    def duga_pemicu(self) -> Larik:
        return self._duga[1]

    @property
    def duga_alasan(self) -> Larik:
        return self._duga[2]

    @cached_property
    def arah(self) -> Larik:
        """1 more is better, -1 less is better, 0 neither or unknown; as written, else the formula, else words."""
        dari_rumus = np.select(
            [np.isin(self.rumus, ["maks", "rentang_maks"]), self.rumus == "stabil", self.rumus != ""],
            ["maks", "stabil", "min"],
            "",
        )
        pakai = np.where(
            self.polaritas != "", self.polaritas, np.where(dari_rumus != "", dari_rumus, self.duga)
        )
        return np.select([pakai == "maks", pakai == "min"], [1, -1], 0)

    @cached_property
    def capai(self) -> Pecahan:
        """The bound that a realisasi must reach: the target, or the looser end of a range."""
        t, atas = self.angka["target"], self.angka["target_atas"]
        return pilih((self.arah < 0) & atas.tahu, atas, t)

    @cached_property
    def terakhir(self) -> tuple[Pecahan, Larik]:
        """Last known realisasi of earlier years and its year (0 unknown)."""
        nilai, tahun = _kosong(len(self)), np.zeros(len(self), dtype=np.int64)
        for t, x in self.riwayat:
            nilai, tahun = pilih(x.tahu, x, nilai), np.where(x.tahu, t, tahun)
        return nilai, tahun

    @cached_property
    def terburuk_tercatat(self) -> Pecahan:
        """The largest realisasi ever written in the row, this year's too."""
        hasil = _kosong(len(self))
        for x in (self.angka["realisasi"], *(v for _, v in self.riwayat)):
            hasil = pilih(x.tahu & hasil.tahu, terbesar(x, hasil), pilih(x.tahu, x, hasil))
        return hasil

    @cached_property
    def cacah(self) -> Larik:
        """Whether the unit counts things, so that realisasi moves in whole steps: whole target, no measure unit."""
        t = self.angka["target"]
        utuh = np.asarray(t.n % t.d == 0) & t.tahu
        ukur = _ada_pola(
            self.satuan, r"%|persen|indeks|nilai|rasio|rupiah|per |hari|jam|menit|detik|bulan|ton|^$"
        )
        return utuh & ~ukur

    def sama_atau_lebih_baik(self, a: Pecahan, b: Pecahan) -> Larik:
        """Rows where a is at least as good as b; False where unknown or without direction."""
        return np.where(self.arah > 0, (a >= b).benar, np.where(self.arah < 0, (a <= b).benar, False)).astype(
            bool
        )

    def lebih_baik(self, a: Pecahan, b: Pecahan) -> Larik:
        return self.sama_atau_lebih_baik(a, b) & (a != b).benar

    def batas(self) -> tuple[Pecahan, Pecahan, Larik]:
        """Least and greatest possible value of each measure, and why."""
        aturan = self.p["batas_ukuran"].pasti()
        letak, _ = _cocok(aturan, self.indikator, self.satuan)
        ujung = [
            dari_angka(np.array([*(np.nan if a[k] is None else float(a[k]) for a in aturan), np.nan])[letak])
            for k in ("bawah", "atas")
        ]
        alasan = np.array([*(a["alasan"] for a in aturan), ""], dtype=object)[letak]
        return ujung[0], ujung[1], alasan


def _kosong(n: int) -> Pecahan:
    return Pecahan(np.zeros(n, dtype=np.int64), 1, np.zeros(n, dtype=bool))


def _kata(tabel: pd.DataFrame, nama: str) -> Larik:
    """A column of text, trimmed; "" where empty."""
    if nama not in tabel:
        return np.full(len(tabel), "", dtype=object)
    isi = tabel[nama].astype(object)
    teks = isi.where(isi.notna(), "").map(lambda v: " ".join(str(v).split()))
    return teks.to_numpy(dtype=object)


def _lajur(tabel: pd.DataFrame, kolom: Kolom) -> Lajur:
    if kolom.nama not in tabel:
        isi = np.full(len(tabel), np.nan) if kolom.tipe == "desimal" else np.full(len(tabel), None)
        return Lajur(isi, np.ones(len(tabel), dtype=bool))
    s = tabel[kolom.nama]
    if kolom.tipe == "desimal" and pd.api.types.is_numeric_dtype(s):
        x = s.to_numpy(dtype=np.float64, na_value=np.nan)
        if not np.isinf(x).any():
            return Lajur(x, np.isnan(x))
    s = s.astype(object)
    return urai_lajur(kolom, s.where(s.notna(), None).to_numpy(dtype=object))


def _cocok(aturan: Any, indikator: Larik, satuan: Larik) -> tuple[Larik, Larik]:
    """Number of the first rule that fits each row (-1 none) and the words that it found.

    Distinct pairs only: a pemda repeats the same phrase for hundreds of employees.
    """
    pasangan = pd.MultiIndex.from_arrays([indikator, satuan])
    kode, macam = pd.factorize(pasangan)
    letak = np.full(len(macam), -1)
    pemicu = np.full(len(macam), "", dtype=object)
    pola = [(re.compile(a["pola"], re.IGNORECASE), re.compile(a["satuan"], re.IGNORECASE)) for a in aturan]
    for j, (kata, unit) in enumerate(macam):
        for k, (di_kata, di_satuan) in enumerate(pola):
            if (m := di_kata.search(kata)) and di_satuan.search(unit):
                letak[j], pemicu[j] = k, m[0].strip()
                break
    return letak[kode], pemicu[kode]


def _ada_pola(teks: Larik, pola: str) -> Larik:
    return pd.Series(teks, dtype="str").str.contains(pola, case=False, regex=True).to_numpy(dtype=bool)


# -- findings -------------------------------------------------------------------------------------

Tulisan = str | Callable[[int], str]


class _Catatan:
    """Collects findings. Words are made for flagged rows only."""

    def __init__(self, x: _Isi) -> None:
        self.x = x
        self.bagian: list[tuple[int, str, str, str, str, str]] = []

    def tambah(
        self, di: Larik, kode: str, keparahan: str, pesan: Tulisan, saran: Tulisan, pemicu: Tulisan = ""
    ) -> None:
        for i in np.flatnonzero(di).tolist():
            kata = (t if isinstance(t, str) else t(i) for t in (pesan, saran, pemicu))
            self.bagian.append((i, kode, keparahan, *kata))  # type: ignore[arg-type]

    def tabel(self) -> pd.DataFrame:
        urut = sorted(self.bagian, key=lambda b: (b[0], int(b[1][1:])))
        hasil = pd.DataFrame([b[1:] for b in urut], columns=list(KOLOM_TEMUAN[1:]), dtype="str")
        label = self.x.indeks.take(np.array([b[0] for b in urut], dtype=np.intp))
        hasil.insert(0, "baris", label)
        return hasil


def _ang(x: Pecahan, i: int) -> str:
    if x.ada is not None and not x.ada[i]:
        return tulisan.KOSONG
    return _tulis_angka(int(x.n[i]), x.d if isinstance(x.d, int) else int(x.d[i]))


@cache
def _rumus_tertulis(nama: str) -> str:
    return tulis_rumus(nama)


@lru_cache(maxsize=2**16)
def _tulis_angka(n: int, d: int) -> str:
    nilai = Fraction(n, d)
    if nilai.denominator == 1:
        return tulisan.angka(int(nilai))
    # a decimal that was typed keeps its digits; a quotient gets two
    return tulisan.angka(float(nilai)) if 10**9 % nilai.denominator == 0 else tulisan.angka(nilai, 2)


def _persen(x: Pecahan, i: int) -> str:
    return tulisan.persen(x.satu(i), 1).replace(",0 %", " %")


def _tak_terbaca(x: _Isi, c: _Catatan) -> None:
    for nama, di, isi, pesan, perbaikan in x.tolak:
        kode = (
            "L14" if nama in ("polaritas", "rumus") else "L10" if nama in ("kendali", "validitas") else "L3"
        )
        kode = "L18" if nama == "konsolidasi" or nama in _BULAN else kode
        kode = "L13" if _TAHUN.fullmatch(nama) or nama == "realisasi" else kode
        baris = np.isin(np.arange(len(x)), di)
        rentang = nama == "target" and re.fullmatch(r"[\d.,]+\s*(?:-|–|s\.?d\.?|sampai)\s*[\d.,]+.*", isi)
        saran = (
            "Untuk rentang isi target dengan batas bawah dan target_atas dengan batas atas."
            if rentang
            else f"{perbaikan[:1].upper()}{perbaikan[1:]}."
        )
        c.tambah(baris, kode, "galat", f"Isi {nama} tidak terbaca: {pesan}.", saran, isi)


def _ditolak(x: _Isi, nama: str) -> Larik:
    di = [d for n, d, *_ in x.tolak if n == nama]
    return np.isin(np.arange(len(x)), np.concatenate(di) if di else [])


def _kelengkapan(x: _Isi, c: _Catatan) -> None:
    if "satuan" in x.ada:
        c.tambah(
            x.satuan == "",
            "L3",
            "galat",
            "Satuan kosong: capaian tidak dapat dihitung dan dibandingkan.",
            "Tulis satu satuan, misalnya persen, hari kerja, indeks, atau dokumen.",
        )
    if "target" in x.ada:
        kosong = ~x.angka["target"].tahu & ~_ditolak(x, "target")
        c.tambah(
            kosong,
            "L3",
            "galat",
            "Target kosong: tidak ada yang dapat dibandingkan dengan realisasi.",
            "Isi angka target. Bila belum ada riwayat, tetapkan target awal dan catat dasarnya.",
        )


def _satuan(x: _Isi, c: _Catatan) -> None:
    aturan = [{**a, "satuan": ""} for a in x.p["satuan_menurut_kata"].pasti()]
    letak, pemicu = _cocok(aturan, x.indikator, np.full(len(x), "", dtype=object))
    for k, a in enumerate(aturan):
        di = (letak == k) & (x.satuan != "")
        salah = np.zeros(len(x), dtype=bool)
        if a["harus"]:
            salah |= ~_ada_pola(x.satuan, a["harus"])
        if a["dilarang"]:
            salah |= _ada_pola(x.satuan, a["dilarang"])
        c.tambah(
            di & salah,
            "L6",
            "galat",
            lambda i: f"Kata “{pemicu[i]}” tidak cocok dengan satuan “{x.satuan[i]}”.",
            f"Pakai {a['seharusnya']}, atau ubah kata pertama indikator sesuai satuannya.",
            lambda i: f"{pemicu[i]}; {x.satuan[i]}",
        )


_KATA_ARAH = {
    "maks": "makin besar makin baik",
    "min": "makin kecil makin baik",
    "stabil": "makin dekat target makin baik",
}


def _polaritas(x: _Isi, c: _Catatan) -> None:
    if "polaritas" in x.ada:
        kosong = (x.polaritas == "") & ~_ditolak(x, "polaritas")
        c.tambah(
            kosong,
            "L14",
            "galat",
            "Polaritas kosong: tidak jelas apakah makin besar atau makin kecil makin baik.",
            lambda i: (
                f"Dari katanya tampak {_KATA_ARAH[x.duga[i]]} ({x.duga[i]}); tulis pada kartu indikator."
                if x.duga[i]
                else "Tulis maks, min, atau stabil pada kartu indikator."
            ),
            lambda i: x.duga_pemicu[i] if x.duga[i] else "",
        )
    lawan = (x.polaritas != "") & (x.duga != "") & (x.polaritas != x.duga)
    # "persentase ..." alone hardly says a direction: only what the words of trouble say is held against min
    umum = x.p["polaritas_menurut_kata"].pasti()[-1]["alasan"]
    lawan &= x.duga_alasan != umum
    c.tambah(
        lawan,
        "L14",
        "peringatan",
        lambda i: (
            f"Tertulis {_KATA_ARAH[x.polaritas[i]]}, padahal kata “{x.duga_pemicu[i]}” lazimnya "
            f"{_KATA_ARAH[x.duga[i]]}: {x.duga_alasan[i]}."
        ),
        lambda i: f"Periksa arahnya. Bila keliru, ganti polaritas menjadi {x.duga[i]} beserta rumusnya.",
        lambda i: x.duga_pemicu[i],
    )


def _rumus(x: _Isi, c: _Catatan) -> None:
    t, atas, buruk = x.angka["target"], x.angka["target_atas"], x.angka["terburuk"]
    rumus, polaritas = x.rumus, x.polaritas
    if "rumus" in x.ada:
        c.tambah(
            (rumus == "") & ~_ditolak(x, "rumus"),
            "L14",
            "galat",
            "Rumus capaian kosong: dua orang dapat menghitung capaian yang berbeda dari angka yang sama.",
            lambda i: _saran_kosong(x, i),
        )
    milik = np.select(
        [np.isin(rumus, ["maks", "rentang_maks"]), rumus == "stabil", rumus != ""],
        ["maks", "stabil", "min"],
        "",
    )
    c.tambah(
        (milik != "") & (polaritas != "") & (milik != polaritas),
        "L14",
        "galat",
        lambda i: (
            f"Polaritas {polaritas[i]} tidak cocok dengan rumus {rumus[i]} ({_rumus_tertulis(rumus[i])})."
        ),
        "Pakai rumus maks untuk makin besar makin baik; min_selisih atau min_rasio untuk makin kecil makin baik.",
        lambda i: f"{polaritas[i]}; {rumus[i]}",
    )
    nol = (t == 0).benar
    c.tambah(
        nol & ((x.arah > 0) | (milik == "stabil")),
        "L14",
        "galat",
        "Target nol menjadi pembagi: capaian tidak terdefinisi.",
        "Ganti ukurannya. Bila maksudnya tidak boleh terjadi, pakai polaritas min dan isi realisasi terburuk.",
        "target 0",
    )
    c.tambah(
        nol & (x.arah < 0) & ~buruk.tahu,
        "L14",
        "galat",
        "Target nol: (2T − R)/T dan T/R sama-sama tidak dapat dihitung.",
        "Isi kolom terburuk (realisasi terburuk menurut kartu); capaian = (terburuk − R)/terburuk × 100.",
        "target 0",
    )
    rentang = np.isin(rumus, _RENTANG) & bool(x.ada & {"target", "target_atas"})
    c.tambah(
        rentang & ~atas.tahu,
        "L14",
        "galat",
        "Rumus rentang tanpa batas atas.",
        "Isi target_atas, atau pakai rumus dengan satu target.",
        lambda i: str(rumus[i]),
    )
    c.tambah(
        (atas < t).benar,
        "L13",
        "galat",
        lambda i: f"Batas atas {_ang(atas, i)} lebih kecil daripada batas bawah {_ang(t, i)}.",
        "Tukar kedua angka itu.",
        lambda i: f"{_ang(t, i)}; {_ang(atas, i)}",
    )
    c.tambah(
        (t < 0).benar & ~np.isin(rumus, ["", "maks"]),
        "L14",
        "galat",
        lambda i: f"Target negatif {_ang(t, i)}: belum ada ketentuan untuk rumus {rumus[i]}.",
        "Ubah ukurannya menjadi besaran positif, misalnya dari minus pertumbuhan menjadi penurunan.",
        lambda i: _ang(t, i),
    )


def _saran_kosong(x: _Isi, i: int) -> str:
    if x.arah[i] > 0:
        return f"Pakai rumus maks: {_rumus_tertulis('maks')}."
    if x.arah[i] < 0:
        dasar, _ = dasar_rumus("min_selisih")
        return (
            f"Pakai min_selisih, {_rumus_tertulis('min_selisih')} ({dasar}), kecuali instansi menetapkan min_rasio, "
            f"{_rumus_tertulis('min_rasio')}. Bandingkan keduanya dengan saran_rumus."
        )
    return "Tetapkan polaritasnya dahulu, lalu pilih rumusnya."


def _batas(x: _Isi, c: _Catatan) -> None:
    bawah, atas, alasan = x.batas()
    t = x.angka["target"]
    for banding, batas, kata in (((t > atas).benar, atas, "di atas"), ((t < bawah).benar, bawah, "di bawah")):
        c.tambah(
            banding,
            "L13",
            "galat",
            lambda i, b=batas, k=kata: f"Target {_ang(t, i)} mustahil: {k} batas {_ang(b, i)}; {alasan[i]}.",  # type: ignore[misc]
            "Perbaiki angkanya, atau tulis ukuran yang benar, misalnya pertumbuhan atau perbandingan.",
            lambda i: f"target {_ang(t, i)}",
        )
    for tahun, nilai in [(0, x.angka["realisasi"]), *x.riwayat]:
        kapan = f"tahun {tahun}" if tahun else "periode ini"
        c.tambah(
            (nilai > atas).benar | (nilai < bawah).benar,
            "L13",
            "galat",
            lambda i, v=nilai, k=kapan: f"Realisasi {k} {_ang(v, i)} mustahil; {alasan[i]}.",  # type: ignore[misc]
            "Periksa pembilang, penyebut, dan satuannya.",
            lambda i, v=nilai: f"realisasi {_ang(v, i)}",  # type: ignore[misc]
        )


def _di_puncak(x: _Isi) -> Larik:
    """Rows whose target cannot be raised: it stands at the bound of its measure."""
    bawah, atas, _ = x.batas()
    t = x.angka["target"]
    return ((x.arah > 0) & (t == atas).benar) | ((x.arah < 0) & (t == bawah).benar)


def _riwayat_mudah(x: _Isi, c: _Catatan) -> None:
    banyak = np.sum([v.tahu for _, v in x.riwayat], axis=0) if x.riwayat else np.zeros(len(x), dtype=int)
    capai = x.capai
    tercapai = [(t, v.tahu, x.sama_atau_lebih_baik(v, capai)) for t, v in x.riwayat]
    selalu = banyak >= x.p["tahun_riwayat"].pasti()
    for _, ada, ya in tercapai:
        selalu = selalu & (~ada | ya)
    akhir, tahun = x.terakhir
    lebih, sama = x.lebih_baik(akhir, capai), (akhir == capai).benar & (x.arah != 0)
    puncak = _di_puncak(x)

    def bukti(i: int) -> str:
        return "; ".join(f"{t}: {_ang(v, i)}" for t, v in x.riwayat if v.tahu[i])

    def naikkan(i: int) -> str:
        return (
            f"Tetapkan target yang lebih baik daripada {_ang(akhir, i)}, atau ganti ukuran; "
            "catat alasannya bila dipertahankan."
        )

    di_puncak = "Angka ini sudah tertinggi. Pertahankan bila wajib (misalnya SPM), dan tambahkan ukuran mutu atau waktu."
    c.tambah(
        selalu,
        "L13",
        "peringatan",
        lambda i: f"Target {_ang(capai, i)} terlalu mudah: selalu tercapai dalam {banyak[i]} tahun terakhir.",
        lambda i: di_puncak if puncak[i] else naikkan(i),
        bukti,
    )
    c.tambah(
        lebih & ~selalu,
        "L13",
        "peringatan",
        lambda i: (
            f"Target {_ang(capai, i)} sudah terlampaui oleh realisasi {tahun[i]}, yaitu {_ang(akhir, i)}."
        ),
        naikkan,
        lambda i: f"{tahun[i]}: {_ang(akhir, i)}",
    )
    c.tambah(
        sama & ~selalu,
        "L13",
        "peringatan",
        lambda i: (
            f"Target {_ang(capai, i)} sama dengan realisasi {tahun[i]}: tidak ada perbaikan yang diminta."
        ),
        lambda i: di_puncak if puncak[i] else naikkan(i),
        lambda i: f"{tahun[i]}: {_ang(akhir, i)}",
    )


def _riwayat_mustahil(x: _Isi, c: _Catatan) -> None:
    """The yearly improvement that the target asks for, against the best that the row has shown."""
    n = len(x)
    terbaik, langkah = _kosong(n), np.zeros(n, dtype=int)
    lalu, tahun_lalu = _kosong(n), np.zeros(n, dtype=np.int64)
    for t, v in x.riwayat:
        maju = (v - lalu) / Pecahan(np.maximum(t - tahun_lalu, 1)) * Pecahan(x.arah)
        terbaik = pilih(maju.tahu & terbaik.tahu, terbesar(maju, terbaik), pilih(maju.tahu, maju, terbaik))
        langkah = langkah + maju.tahu
        lalu, tahun_lalu = pilih(v.tahu, v, lalu), np.where(v.tahu, t, tahun_lalu)
    akhir, tahun = x.terakhir
    kini = max((t for t, _ in x.riwayat), default=0) + 1
    minta = (x.angka["target"] - akhir) / Pecahan(np.maximum(kini - tahun, 1)) * Pecahan(x.arah)
    wajar = akhir + terbaik * Pecahan(x.arah)
    cukup = (langkah >= x.p["tahun_riwayat"].pasti() - 1) & (x.arah != 0)
    kali = x.p["lonjakan_wajar"].pasti()
    jauh = (terbaik > 0).benar & (minta > terbaik * kali).benar & cukup
    c.tambah(
        jauh,
        "L13",
        "peringatan",
        lambda i: (
            f"Target {_ang(x.angka['target'], i)} di luar kecenderungan: menuntut perbaikan {_ang(minta, i)} setahun, "
            f"padahal yang terbaik selama ini {_ang(terbaik, i)} setahun."
        ),
        lambda i: (
            f"Tetapkan target bertahap sekitar {_ang(wajar, i)}, atau tulis perubahan cara kerja "
            "dan sumber daya yang membuat lonjakan itu mungkin."
        ),
        lambda i: f"{tahun[i]}: {_ang(akhir, i)}",
    )
    mutlak = pilih((akhir < 0).benar, -akhir, akhir)
    nekat = (
        (terbaik <= 0).benar & (minta * 100 > mutlak * x.p["lonjakan_tanpa_riwayat"].pasti()).benar & cukup
    )
    c.tambah(
        nekat,
        "L13",
        "peringatan",
        lambda i: (
            f"Target {_ang(x.angka['target'], i)} melawan kecenderungan: selama {langkah[i] + 1} tahun tidak pernah membaik, "
            f"terakhir {_ang(akhir, i)}."
        ),
        "Hentikan dahulu penurunannya: target antara yang dapat dicapai, dengan sebab dan langkah yang tertulis.",
        lambda i: f"{tahun[i]}: {_ang(akhir, i)}",
    )


def _target_lama(x: _Isi, c: _Catatan) -> None:
    t = x.angka["target"]
    sama = t.tahu
    banyak = t.tahu.astype(int)
    for _, v in x.target_lama:
        sama = sama & (~v.tahu | (v == t).benar)
        banyak = banyak + v.tahu
    tetap = sama & (banyak >= x.p["tahun_riwayat"].pasti())
    puncak = _di_puncak(x)
    c.tambah(
        tetap,
        "L13",
        "peringatan",
        lambda i: f"Target {_ang(t, i)} tidak pernah berubah selama {banyak[i]} tahun.",
        lambda i: (
            "Sudah di batas tertinggi; tambahkan ukuran mutu atau waktu."
            if puncak[i]
            else "Susun lintasan target sampai akhir renstra, bukan angka yang disalin tiap tahun."
        ),
        lambda i: f"target {_ang(t, i)}",
    )
    if x.target_lama:
        tahun, lalu = x.target_lama[-1]
        c.tambah(
            x.lebih_baik(lalu, t),
            "L13",
            "peringatan",
            lambda i: f"Target dilonggarkan: {tahun} sebesar {_ang(lalu, i)}, sekarang {_ang(t, i)}.",
            "Tulis alasannya, atau kembalikan ke target semula.",
            lambda i: f"{_ang(lalu, i)}; {_ang(t, i)}",
        )


def _hitung(x: _Isi, target: Pecahan, realisasi: Pecahan) -> Pecahan:
    """Capaian without bounds, by the formula written, else the usual one for the direction."""
    usul = np.select([x.rumus != "", x.arah > 0, x.arah < 0], [x.rumus, "maks", "min_selisih"], "stabil")
    pakai = rumus_dipakai(pd.Series(usul), pd.Series(target.ke_float()))
    kolom = {
        "target": target,
        "target_atas": x.angka["target_atas"],
        "realisasi": realisasi,
        "terburuk": x.angka["terburuk"],
    }
    hasil = _kosong(len(x))
    for nama in dict.fromkeys(pakai):
        nilai = RUMUS[nama](*(kolom[m] for m in signature(RUMUS[nama]).parameters))
        hasil = pilih(pakai == nama, nilai, hasil)
    return Pecahan(hasil.n, hasil.d, hasil.tahu & (target > 0).benar)


def _capaian_tak_wajar(x: _Isi, c: _Catatan) -> None:
    batas = x.p["capaian_tak_wajar"].pasti()
    lama = dict(x.target_lama)
    pasangan = [(0, x.angka["target"], x.angka["realisasi"])]
    pasangan += [(t, lama[t], v) for t, v in x.riwayat if t in lama]
    for tahun, target, realisasi in pasangan:
        capaian = _hitung(x, target, realisasi)
        kapan = f"tahun {tahun}" if tahun else "periode ini"
        c.tambah(
            (capaian > batas).benar,
            "L13",
            "peringatan",
            lambda i, k=kapan, h=capaian: (
                f"Capaian {k} {_persen(h, i)}: target terlalu mudah, atau satuannya tertukar."
            ),  # type: ignore[misc]
            lambda i, r=realisasi: (  # type: ignore[misc]
                f"Periksa satuannya; bila realisasi {_ang(r, i)} benar, pakai angka itu sebagai titik awal target baru."
            ),
            lambda i, t=target, r=realisasi: f"target {_ang(t, i)}; realisasi {_ang(r, i)}",  # type: ignore[misc]
        )


def _bulanan(x: _Isi, c: _Catatan) -> None:
    """L18: the monthly targets must make the yearly one, in the way that the card names."""
    bulan = [x.angka[b] for b in _BULAN if b in x.ada]
    if not bulan:
        return
    n, t = len(x), x.angka["target"]
    isi = np.sum([b.tahu for b in bulan], axis=0)
    nol = Pecahan(np.zeros(n, dtype=np.int64))
    jumlah, akhir, besar = nol, _kosong(n), _kosong(n)
    for b in bulan:
        jumlah = jumlah + pilih(b.tahu, b, 0)
        akhir = pilih(b.tahu, b, akhir)
        besar = pilih(b.tahu & besar.tahu, terbesar(b, besar), pilih(b.tahu, b, besar))
    hasil = {
        "jumlah": jumlah,
        "rata_rata": jumlah / Pecahan(isi.astype(np.int64)),
        "posisi_akhir": akhir,
        "maksimum": besar,
    }
    ada = (isi > 0) & t.tahu
    cara = x.teks["konsolidasi"]
    for nama, h in hasil.items():
        c.tambah(
            ada & (cara == nama) & (h != t).benar,
            "L18",
            "galat",
            lambda i, k=nama, v=h: (  # type: ignore[misc]
                f"Target bulanan ({KONSOLIDASI[k]}) menghasilkan {_ang(v, i)}, target tahunan {_ang(t, i)}."
            ),
            "Samakan target bulanan dengan target tahunan, atau perbaiki cara konsolidasinya.",
            lambda i, v=h: f"{_ang(v, i)}; {_ang(t, i)}",  # type: ignore[misc]
        )
    cocok = np.any([(h == t).benar for h in hasil.values()], axis=0)
    c.tambah(
        ada & (cara == "") & ~cocok & ~_ditolak(x, "konsolidasi"),
        "L18",
        "galat",
        lambda i: (
            f"Target bulanan tidak cocok dengan target tahunan {_ang(t, i)}: jumlahnya {_ang(jumlah, i)}, "
            f"rata-ratanya {_ang(hasil['rata_rata'], i)}, posisi akhirnya {_ang(akhir, i)}."
        ),
        "Tetapkan cara konsolidasi (jumlah, rata-rata, posisi akhir, atau maksimum), lalu samakan.",
        lambda i: f"jumlah {_ang(jumlah, i)}; tahunan {_ang(t, i)}",
    )


def _kendali(x: _Isi, c: _Catatan) -> None:
    validitas, kendali = x.teks["validitas"], x.teks["kendali"]
    larangan = x.p["validitas_kendali"].pasti()
    asal = x.p["validitas_kendali"].dasar
    pasangan = np.array(
        [larangan.get(v, {}).get(k, "") for v, k in zip(validitas, kendali, strict=True)], dtype=object
    )
    c.tambah(
        (kendali == "rendah") & (pasangan != "dilarang"),
        "L10",
        "peringatan",
        "Kendali rendah: hasilnya terutama ditentukan pihak lain.",
        "Turunkan ke hasil antara yang dapat dipengaruhi jabatan ini; indikator asal tetap milik atasan atau pemerintah daerah.",
        "kendali rendah",
    )
    c.tambah(
        (validitas == "activity") & (pasangan != "dilarang"),
        "L1",
        "peringatan",
        "Validitas activity: yang diukur proses atau masukan, jauh dari sasaran.",
        "Cari ukuran exact, atau paling tidak proxy, dengan bertanya: apa yang berubah bila kegiatan ini berhasil?",
        "validitas activity",
    )
    c.tambah(
        pasangan == "dilarang",
        "L10",
        "galat",
        lambda i: f"Pasangan {validitas[i]} dan kendali {kendali[i]} tidak dipakai sebagai indikator.",
        lambda i: (
            (
                "Pilih ukuran yang lebih dekat ke sasaran dan lebih dapat dipengaruhi pemiliknya."
                if validitas[i] == "activity"
                else "Ukuran langsung yang sepenuhnya di tangan pemilik biasanya belum menguji hasil: periksa kembali kedua penilaian itu."
            )
            + f" Pembanding: {asal}."
        ),
        lambda i: f"{validitas[i]}; {kendali[i]}",
    )
    c.tambah(
        pasangan == "pemilik_peta_dilarang",
        "L10",
        "peringatan",
        "Pasangan activity dan kendali tinggi tidak dipakai bagi pemilik peta strategi.",
        f"Boleh bagi pelaksana; bagi pimpinan ganti dengan ukuran hasil. Pembanding: {asal}.",
        "activity; tinggi",
    )


# -- both formulas, in words --------------------------------------------------------------------------


def _tulis_hasil(capaian: Pecahan, t: Pecahan, r: Pecahan, i: int) -> str:
    nilai = capaian.satu(i)
    if not t.tahu[i] or not r.tahu[i]:
        return "belum dapat dihitung"
    if nilai is None:
        return "tidak terdefinisi"
    kata = "tercapai" if nilai >= 100 else "tidak tercapai"
    return f"{tulisan.persen(nilai, 2)}, {kata}"


def _belum(t: Pecahan, r: Pecahan, i: int) -> str:
    target, realisasi = t.satu(i), r.satu(i)
    if target is None:
        return "Target belum ada."
    if target == 0:
        return "Target nol: kedua rumus membagi dengan nol atau selalu memberi nol."
    if target < 0:
        return "Target negatif: belum ada ketentuan untuk kedua rumus."
    if realisasi is None:
        return (
            f"Contoh: bila realisasi dua kali target ({tulisan.angka(2 * target)}), selisih memberi 0 % dan rasio 50 %; "
            f"bila setengahnya ({tulisan.angka(target / 2)}), selisih memberi 150 % dan rasio 200 %."
        )
    if realisasi == 0:
        return "Realisasi nol: selisih memberi 200 %, rasio tidak terdefinisi (membagi dengan nol)."
    return "Realisasi negatif: rasio memberi hasil yang melawan polaritas."


def _berpisah(a: Pecahan, b: Pecahan, t: Pecahan, r: Pecahan, i: int) -> str:
    x, y = a.satu(i), b.satu(i)
    assert x is not None
    assert y is not None
    if x == y:
        return "Keduanya 100 %: realisasi tepat pada target."
    teks = f"Rasio {tulisan.angka(y - x, 2)} poin lebih tinggi daripada selisih."
    if x < 0:
        teks += " Selisih sudah negatif, rasio tidak pernah negatif."
    elif x == 0:
        teks += " Selisih tepat nol karena realisasi dua kali target."
    elif x <= 120 < y:
        teks += " Rasio melewati 120 %, selisih belum: batas 120 mengubah akibatnya."
    return teks


def _jurang(t: Pecahan, satu: Pecahan, tajam: Larik, lewat: Larik, x: _Isi, i: int) -> str:
    target = t.satu(i)
    if target is None:
        return ""
    if target == 0:
        return "Target nol: satu kejadian saja meruntuhkan capaian, dan kedua rumus tidak dapat dipakai."
    bagian = []
    if tajam[i]:
        bagian.append(f"Satu {x.satuan[i] or 'satuan'} mengubah capaian selisih sebesar {_persen(satu, i)}.")
    if target > 0:
        bagian.append(
            f"Selisih menjadi nol pada realisasi {tulisan.angka(2 * target)} dan negatif di atasnya."
        )
    if lewat[i]:
        bagian.append(f"Realisasi {_ang(x.terburuk_tercatat, i)} yang tercatat sudah melewati itu.")
    return " ".join(bagian)


def _saran_rumus(t: Pecahan, tajam: Larik, lewat: Larik, x: _Isi, i: int) -> str:
    target = t.satu(i)
    if target is None:
        return "Isi target dahulu."
    if target == 0:
        return (
            "Tulis realisasi terburuk pada kartu dan pakai (terburuk − R)/terburuk × 100, "
            "atau ukur persentase periode tanpa kejadian (makin besar makin baik)."
        )
    if target < 0:
        return "Ubah ukurannya menjadi besaran positif."
    dasar, _ = dasar_rumus("min_selisih")
    teks = f"Pakai min_selisih ({dasar}) dan tulis pada kartu; jangan berganti rumus di tengah tahun."
    if tajam[i]:
        teks = (
            "Target terlalu kecil untuk dihitung sebagai persen. Pakai angka per seribu, gabungkan beberapa tahun, "
            "atau tetapkan rentang. " + teks
        )
    if lewat[i]:
        teks += " Tetapkan batas bawah nol agar capaian negatif tidak menutup hasil lain."
    if x.rumus[i] == "min_rasio":
        teks += " Bila instansi memang menetapkan min_rasio, catat dasarnya: hasilnya selalu sama atau lebih tinggi."
    return teks
