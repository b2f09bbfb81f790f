"""Who is simulated: real workbooks as small columns, or synthetic people from one OPD to the whole nation.

The shares are parameters (params/simulasi/populasi.yaml, each with its source or named as an assumption). Published
shares are met to the person at any size; what is not published is drawn. Nobody in a synthetic population exists.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT_ORGANISASI, RATING
from kinerja.parameter import Kebijakan, Nilai, kebijakan
from kinerja.simulasi.acak import POTONG, Larik, acak_urutan, kata16, kuota, tabel_normal

BERKAS = "populasi"
CAKUPAN = ("opd", "kabupaten", "provinsi", "nasional")
PALING_TINGGI = 200  # points: scores stay within 0..200
KELOMPOK = ("opd", "jenis_jabatan", "kelas", "golongan", "status")
# attendance of one month as the tables of the workbook write it
_HADIR = ("hari_kerja", "terlambat", "pulang_cepat", "alpa", "lupa_rekam", "tidak_apel")
_TANPA_POLA = "hari_kerja"
# streams of random numbers; a number once given stays, or every seed would mean something else
_ARUS = MappingProxyType(
    {
        "jenis_jabatan": 1, "status": 2, "jenis_kelamin": 3, "pendidikan": 4, "masa_kerja": 5, "kelas": 6,
        "golongan": 7, "status_ptkp": 8, "bersama": 9, "hasil": 10, "perilaku": 11, "cpns": 12, "kehadiran": 20,
        "derau_hasil": 21, "derau_perilaku": 22, "kelonggaran": 23, "opd": 30, "organisasi": 31, "pola": 40,
    }
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Penilai:
    """How raters err: noise of each rating, and what each rater gives to all whom he rates (points)."""

    derau: float
    longgar_rata: float
    longgar_simpang: float
    bawahan: int


@dataclass(frozen=True, eq=False)
class Populasi:
    """People as small integer columns of the same length, in a fixed order.

    kolom: codes into `kategori` (opd, jenis_jabatan, status, golongan, status_ptkp, ...), or numbers (kelas; hasil
    and perilaku are the true performance in points). opd: one row one OPD or instansi: nama, capaian (percent),
    predikat. pola: the attendance months that people can have, columns as the table kehadiran. nip: of a real
    workbook, else None. tetap: the attendance of real people, which no month changes.
    """

    nama: str
    benih: int
    kolom: Mapping[str, Larik] = field(repr=False)
    kategori: Mapping[str, tuple[str, ...]] = field(repr=False)
    opd: pd.DataFrame = field(repr=False)
    pola: pd.DataFrame = field(repr=False)
    penilai: Penilai
    ambang: tuple[int, int]
    hari_kerja: int
    asumsi: tuple[str, ...] = field(repr=False)
    nip: pd.Index[Any] | None = field(default=None, repr=False)
    tetap: Larik | None = field(default=None, repr=False)
    parameter: Mapping[str, Nilai] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def __len__(self) -> int:
        return len(self.kolom["kelas"])

    @property
    def sintetis(self) -> bool:
        return self.nip is None

    @property
    def byte(self) -> int:
        """Bytes that the columns take."""
        return sum(k.nbytes for k in self.kolom.values())

    def pola_bulan(self, bulan: int = 0) -> Larik:
        """Which attendance month (row of `pola`) each person has in a month; int16, shape (orang,)."""
        if self.tetap is not None:
            return self.tetap
        n, banyak = len(self), len(self.pola)
        hasil = np.empty(n, dtype=np.int16)

        def isi(a: int, b: int) -> None:
            u = kata16(self.benih, _ARUS["kehadiran"], a, b, bulan)
            hasil[a:b] = (u.astype(np.uint32) * np.uint32(banyak)) >> np.uint32(16)

        _berpotong(n, isi)
        return hasil

    def angka(
        self, undian: int = 0, *, derau: float | None = None, longgar: float | None = None
    ) -> tuple[Larik, Larik]:
        """The points (hasil, perilaku) that raters give: truth + the rater's leniency + noise, within 0..200; int16.

        undian: another draw of the raters' errors; 0 is the population's own. derau, longgar: other sizes of the
        noise and of the mean leniency (points).
        """
        n, p = len(self), self.penilai
        d = p.derau if derau is None else derau
        rata = p.longgar_rata if longgar is None else longgar
        noda = tabel_normal(0.0, float(d))
        murah = tabel_normal(float(rata), p.longgar_simpang)
        hasil, perilaku = np.empty(n, np.int16), np.empty(n, np.int16)

        def isi(a: int, b: int) -> None:
            ke, ujung = a // p.bawahan, (b - 1) // p.bawahan + 1
            longgar_ = murah[kata16(self.benih, _ARUS["kelonggaran"], ke, ujung, undian)]
            tambah = np.repeat(longgar_, p.bawahan)[a - ke * p.bawahan : b - ke * p.bawahan]
            for tujuan, sejati in ((hasil, "hasil"), (perilaku, "perilaku")):
                x = noda[kata16(self.benih, _ARUS[f"derau_{sejati}"], a, b, undian)]
                x += self.kolom[sejati][a:b]
                x += tambah
                np.clip(x, 0, PALING_TINGGI, out=tujuan[a:b])

        _berpotong(n, isi)
        return hasil, perilaku

    def kode(self, kelompok: str) -> tuple[Larik, tuple[str, ...]]:
        """Codes (0..) and names of a grouping: one of KELOMPOK or another column with categories."""
        if kelompok == "kelas":
            return self.kolom["kelas"], tuple(map(str, range(int(self.kolom["kelas"].max(initial=0)) + 1)))
        if kelompok == "opd":
            return self.kolom["opd"], tuple(self.opd["nama"])
        if kelompok not in self.kategori:
            raise ValueError(
                f"tidak dapat dikelompokkan menurut {kelompok}. Pilih: {tulisan.daftar(['opd', 'kelas', *self.kategori], 'atau')}."
            )
        return self.kolom[kelompok], self.kategori[kelompok]

    @cached_property
    def cap(self) -> str:
        """Which people: the same cap, the same people in the same order."""
        from hashlib import blake2b

        sari = blake2b(digest_size=12)
        for n in sorted(self.kolom):
            sari.update(n.encode())
            sari.update(np.ascontiguousarray(self.kolom[n]).data)
        return sari.hexdigest()

    def pangsa(self) -> pd.DataFrame:
        """Each published share beside that of this population: dimensi, kategori, diterbitkan, populasi (percent),
        status, sumber. Empty for real people."""
        baris = []
        for dimensi in ("status", "instansi", "jenis_kelamin", "jenis_jabatan", "pendidikan", "masa_kerja"):
            n = self.parameter.get(dimensi)
            if n is None or dimensi not in self.kolom:
                continue
            ada = np.bincount(self.kolom[dimensi], minlength=len(self.kategori[dimensi]))
            hitung = {_kelompok(dimensi, k): 0 for k in self.kategori[dimensi]}
            for k, banyak in zip(self.kategori[dimensi], ada.tolist(), strict=True):
                hitung[_kelompok(dimensi, k)] += banyak
            for k, terbit in n.pasti().items():
                baris.append(
                    {
                        "dimensi": dimensi,
                        "kategori": k,
                        "diterbitkan": 100 * int(terbit) / sum(map(int, n.nilai.values())),
                        "populasi": 100 * hitung[str(k)] / len(self),
                        "status": n.status,
                        "sumber": "; ".join(n.sumber),
                    }
                )
        return pd.DataFrame(
            baris, columns=["dimensi", "kategori", "diterbitkan", "populasi", "status", "sumber"]
        )


_STRUKTURAL = ("jpt", "administrator", "pengawas")
JENIS_JABATAN = (*_STRUKTURAL, "fungsional", "pelaksana")
STATUS = ("pns", "cpns", "pppk")
GOLONGAN = ("I", "II", "III", "IV", "PPPK")


def _kelompok(dimensi: str, kategori: str) -> str:
    """The published group that a category belongs to."""
    if dimensi == "jenis_jabatan" and kategori in _STRUKTURAL:
        return "struktural"
    return "pns" if kategori == "cpns" else kategori


def _berpotong(n: int, kerja: Callable[[int, int], None], pekerja: int | None = None) -> None:
    """Stretches of people on threads."""
    if n <= POTONG:
        kerja(0, n)
        return
    with ThreadPoolExecutor(pekerja or os.cpu_count()) as kumpulan:
        list(kumpulan.map(lambda a: kerja(a, min(a + POTONG, n)), range(0, n, POTONG)))


# -- synthetic ----------------------------------------------------------------------------------------------


def buat(
    cakupan: str = "provinsi",
    pegawai: int | None = None,
    *,
    benih: int = 1,
    ubah: Mapping[str, Any] | None = None,
    pekerja: int | None = None,
) -> Populasi:
    """Synthetic people, calibrated to the published shares at any size.

    cakupan: one of CAKUPAN. pegawai: how many; without it 50 for an OPD, 4.000, 10.000, or the nation's whole number.
    ubah: other shares, `{"populasi.derau_penilaian": 6}`. The same arguments give the same people whatever the
    number of workers. ValueError for an unknown cakupan or a number below 1; GalatParameter for a wrong share.
    """
    if cakupan not in CAKUPAN:
        raise ValueError(f"cakupan {cakupan!r} tidak dikenal. Pilih: {tulisan.daftar(CAKUPAN, 'atau')}.")
    p = ketentuan(ubah)
    if pegawai is None:
        pegawai = {"opd": 50, "kabupaten": 4000, "provinsi": 10_000}.get(cakupan) or int(
            p["jumlah_nasional"].pasti()
        )
    if pegawai < 1 or benih < 0:
        raise ValueError("banyak pegawai sedikitnya 1 dan benih tidak negatif.")
    banyak_opd = min(int(p["banyak_opd"].pasti()[cakupan]), pegawai)
    opd, batas, pusat = _opd(cakupan, pegawai, banyak_opd, p, benih)
    kategori: dict[str, tuple[str, ...]] = {
        "jenis_jabatan": JENIS_JABATAN,
        "status": STATUS,
        "golongan": GOLONGAN,
        "status_ptkp": tuple(map(str, p["ptkp"].pasti())),
        **{
            n: tuple(map(str, p[n].pasti()))
            for n in ("instansi", "jenis_kelamin", "pendidikan", "masa_kerja")
        },
    }
    kolom = {n: np.empty(pegawai, np.int8) for n in (*kategori, "kelas")}
    kolom |= {n: np.empty(pegawai, np.int16) for n in ("opd", "hasil", "perilaku")}
    undi = _Undian(p, pegawai, benih)

    def isi(a: int, b: int) -> None:
        for nama, nilai in undi.potong(a, b).items():
            kolom[nama][a:b] = nilai
        letak = np.arange(a, b)
        kolom["opd"][a:b] = np.searchsorted(batas, letak, side="right")
        kolom["instansi"][a:b] = (letak >= pusat) if cakupan == "nasional" else 1

    _berpotong(pegawai, isi, pekerja)
    if cakupan != "nasional":  # a region has no central agencies, so that share says nothing about it
        del kolom["instansi"], kategori["instansi"]
    for k in kolom.values():
        k.flags.writeable = False
    return Populasi(
        nama=f"{tulisan.angka(pegawai)} pegawai sintetis ({cakupan}), bukan orang nyata",
        benih=benih,
        kolom=MappingProxyType(kolom),
        kategori=MappingProxyType(kategori),
        opd=opd,
        pola=_pola(p, benih),
        penilai=_penilai(p),
        ambang=_ambang(p),
        hari_kerja=int(p["hari_kerja"].pasti()),
        asumsi=tuple(f"{n.nama}: {n.dasar}." for n in p.values() if n.status == "asumsi"),
        parameter=MappingProxyType(p),
    )


def ketentuan(ubah: Mapping[str, Any] | None = None) -> dict[str, Nilai]:
    """The shares by name, with other values laid over them: `{"populasi.cpns": 2}`. GalatParameter as `Kebijakan.dengan`."""
    k: Kebijakan = kebijakan(dt.date(2100, 1, 1))
    if ubah:
        # a population has one day, so the day is not asked for
        k = k.dengan(
            {
                j if "." in j else f"{BERKAS}.{j}": v if _berhari(v) else {"2100-01-01": v}
                for j, v in ubah.items()
            }
        )
    return k.bagian(BERKAS)


def _berhari(x: Any) -> bool:
    return isinstance(x, Mapping) and all(
        isinstance(k, dt.date) or str(k)[:2] in ("19", "20", "21") for k in x
    )


def _penilai(p: Mapping[str, Nilai]) -> Penilai:
    longgar = p["kelonggaran_penilai"].pasti()
    return Penilai(
        float(p["derau_penilaian"].pasti()), float(longgar["rata"]), float(longgar["simpang"]),
        int(p["bawahan_per_penilai"].pasti()),
    )  # fmt: skip


def _ambang(p: Mapping[str, Nilai]) -> tuple[int, int]:
    ambang = p["ambang_rating"].pasti()
    return int(ambang["bawah"]), int(ambang["atas"])


def _opd(
    cakupan: str, pegawai: int, banyak: int, p: Mapping[str, Nilai], benih: int
) -> tuple[pd.DataFrame, Larik, int]:
    """The OPD with their results; where each ends; how many people are in central agencies."""
    u = kata16(benih, _ARUS["opd"], 0, banyak)
    bobot = np.exp2(tabel_normal(0.0, 8.0)[u] / 10.0)  # sizes differ by a factor of two or so
    pusat = 0
    if cakupan == "nasional":
        pangsa = [int(x) for x in p["instansi"].pasti().values()]
        pusat = kuota(pangsa, pegawai)[0]
        di_pusat = min(max(round(banyak * 88 / 640), 1), banyak - 1) if banyak > 1 else 0
        ukuran = [
            *_sedikitnya_satu(bobot[:di_pusat], pusat),
            *_sedikitnya_satu(bobot[di_pusat:], pegawai - pusat),
        ]
    else:
        ukuran = _sedikitnya_satu(bobot, pegawai)
    c = p["capaian_organisasi"].pasti()
    capaian = np.clip(
        tabel_normal(float(c["rata"]), float(c["simpang"]))[kata16(benih, _ARUS["organisasi"], 0, banyak)],
        0,
        120,
    )
    sebut = "Instansi" if cakupan == "nasional" else "OPD"
    lebar = len(str(banyak))
    opd = pd.DataFrame(
        {
            "nama": [f"{sebut} {k:0{lebar}d}" for k in range(1, banyak + 1)],
            "capaian": capaian,
            "predikat": _predikat_organisasi(capaian, p["ambang_organisasi"]),
        }
    )
    return opd, np.cumsum(ukuran), pusat


def _sedikitnya_satu(bobot: Larik, pegawai: int) -> list[int]:
    if not len(bobot):
        return []
    return (
        [1 + k for k in kuota(bobot.tolist(), pegawai - len(bobot))]
        if pegawai >= len(bobot)
        else kuota([1] * len(bobot), pegawai)
    )


def _predikat_organisasi(capaian: Larik, ambang: Nilai) -> pd.Categorical[Any]:
    batas = [float(ambang.pasti()[o]) for o in PREDIKAT_ORGANISASI[:-1]]
    kode = np.full(len(capaian), len(batas))
    for i, b in reversed(list(enumerate(batas))):
        kode[capaian >= b] = i
    return pd.Categorical.from_codes(kode.tolist(), categories=pd.Index(PREDIKAT_ORGANISASI), ordered=True)


def _tabel_undi(bobot: Sequence[Any], kode: Sequence[int] | None = None) -> Larik:
    """The code that each uint16 draws, in proportion to the weights; int8, shape (65536,)."""
    banyak = kuota([float(b) for b in bobot], POTONG)
    return np.repeat(np.asarray(range(len(banyak)) if kode is None else kode, dtype=np.int8), banyak)


class _Undian:
    """The attributes of people from their places alone."""

    def __init__(self, p: Mapping[str, Nilai], pegawai: int, benih: int):
        self.n, self.benih = pegawai, benih
        jenis = p["jenis_jabatan"].pasti()
        struktural, fungsional, _ = kuota(
            [int(jenis[j]) for j in ("struktural", "fungsional", "pelaksana")], pegawai
        )
        jenjang = kuota([int(p["jenjang_struktural"].pasti()[j]) for j in _STRUKTURAL], struktural)
        self.struktural = struktural
        self.batas_jenis = np.cumsum([*jenjang, fungsional])
        status = p["status"].pasti()
        self.pppk = min(kuota([int(status["pns"]), int(status["pppk"])], pegawai)[1], pegawai - struktural)
        self.batas = {
            n: np.cumsum(kuota([int(x) for x in p[n].pasti().values()], pegawai))[:-1]
            for n in ("jenis_kelamin", "pendidikan", "masa_kerja")
        }
        kelas = p["kelas_jabatan"].pasti()
        self.kelas = np.stack(
            [_tabel_undi(list(kelas[j].values()), [int(k) for k in kelas[j]]) for j in JENIS_JABATAN]
        )
        gol = p["golongan_pns"].pasti()
        self.golongan = np.stack(
            [_tabel_undi([0, 0, 0, gol["IV"]])] * 2
            + [_tabel_undi([0, 0, gol["III"], gol["IV"]])]
            + [_tabel_undi([gol[g] for g in GOLONGAN[:4]])] * 2
        )
        self.ptkp = _tabel_undi(list(p["ptkp"].pasti().values()))
        self.cpns = round(float(p["cpns"].pasti()) / 100 * POTONG)
        sama = float(p["bagian_bersama"].pasti()) / 100
        self.mutu = {}
        for n in ("hasil", "perilaku"):
            x = p[f"{n}_kerja"].pasti()
            rata, simpang = float(x["rata"]), float(x["simpang"])
            self.mutu[n] = (
                tabel_normal(0.0, simpang * sama**0.5),
                tabel_normal(rata, simpang * (1 - sama) ** 0.5),
            )

    def _acak(self, nama: str, a: int, b: int) -> Larik:
        return kata16(self.benih, _ARUS[nama], a, b)

    def potong(self, a: int, b: int) -> dict[str, Larik]:
        letak = np.arange(a, b)
        urut = acak_urutan(letak, self.n, self.benih, _ARUS["jenis_jabatan"])
        jenis = np.searchsorted(self.batas_jenis, urut, side="right")
        # structural posts are never PPPK; among the others exactly the published number is
        lain = self.n - self.struktural
        bukan = np.maximum(urut - self.struktural, 0)
        pppk = (acak_urutan(bukan, max(lain, 1), self.benih, _ARUS["status"]) < self.pppk) & (
            urut >= self.struktural
        )
        cpns = (self._acak("cpns", a, b) < self.cpns) & (urut >= self.struktural)
        hasil: dict[str, Larik] = {
            "jenis_jabatan": jenis,
            "status": np.where(pppk, 2, cpns.astype(np.int8)),
            "kelas": self.kelas[jenis, self._acak("kelas", a, b)],
            "golongan": np.where(pppk, len(GOLONGAN) - 1, self.golongan[jenis, self._acak("golongan", a, b)]),
            "status_ptkp": self.ptkp[self._acak("status_ptkp", a, b)],
        }
        for n, batas in self.batas.items():
            hasil[n] = np.searchsorted(batas, acak_urutan(letak, self.n, self.benih, _ARUS[n]), side="right")
        bersama = self._acak("bersama", a, b)
        for n, (umum, sendiri) in self.mutu.items():
            hasil[n] = np.clip(umum[bersama] + sendiri[self._acak(n, a, b)], 0, PALING_TINGGI)
        return hasil


def _pola(p: Mapping[str, Nilai], benih: int) -> pd.DataFrame:
    """Attendance months of equal weight; each column alone has its shares exactly (to one pattern)."""
    n = int(p["pola_kehadiran"].pasti())
    letak = np.arange(n)
    isi: dict[str, Any] = {"hari_kerja": np.full(n, int(p["hari_kerja"].pasti()))}
    for k, nama in enumerate(("terlambat", "pulang_cepat", "alpa", "lupa_rekam", "tidak_apel")):
        bobot = p[nama].pasti()
        urut = acak_urutan(letak, n, benih, _ARUS["pola"] + k)
        kode = np.searchsorted(np.cumsum(kuota([float(b) for b in bobot.values()], n)), urut, side="right")
        kunci = list(bobot)
        isi[nama] = (
            pd.array([str(kunci[i]) for i in kode], dtype="str")
            if nama in ("terlambat", "pulang_cepat")
            else np.array(kunci, dtype=np.int64)[kode]
        )
    cuti, lama = p["cuti"].pasti(), p["lama_cuti"].pasti()
    urut = acak_urutan(letak, n, benih, _ARUS["pola"] + 9)  # one kind of leave a month
    batas = np.cumsum(kuota([*map(float, cuti.values()), 100 - float(sum(cuti.values()))], n))
    jenis = np.searchsorted(batas, urut, side="right")
    for k, nama in enumerate(cuti):
        isi[nama] = np.where(jenis == k, int(lama[nama]), 0)
    return pd.DataFrame(isi)


# -- real people --------------------------------------------------------------------------------------------------


def dari_data(
    data: Data | Mapping[str, pd.DataFrame],
    *,
    periode: str | None = None,
    bulan: str | None = None,
    benih: int = 1,
    derau: float = 0.0,
    longgar: float = 0.0,
    ubah: Mapping[str, Any] | None = None,
) -> Populasi:
    """The employees of a workbook as small columns, in the order of the sheet pegawai.

    periode: whose ratings (default the last there is); bulan: whose attendance (default the last). A workbook holds
    ratings, not points: below, at and above expectation become 80, 100 and 120 (an assumption, named in `asumsi`),
    and the raters err by `derau` and `longgar` points on top of that, by default not at all. Whoever has no rating
    in the period is left out and counted in `asumsi`. ValueError if nobody is left or there is no such period.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    p = ketentuan(ubah)
    nilai = tabel["penilaian"].dropna(subset=["rating_hasil", "rating_perilaku"])
    periode = periode or (str(nilai["periode"].max()) if len(nilai) else None)
    nilai = nilai[nilai["periode"].astype("str") == periode]
    orang = tabel["pegawai"].merge(
        nilai[["nip", "rating_hasil", "rating_perilaku"]], on="nip", how="left", validate="1:1"
    )
    ada = orang[["rating_hasil", "rating_perilaku", "kelas", "status"]].notna().all(axis=1)
    if not ada.any():
        raise ValueError(
            f"tidak ada pegawai dengan kelas, status, dan kedua rating pada periode {periode}. Sebut periode lain."
        )
    catatan = (
        [f"{tulisan.angka(int((~ada).sum()))} pegawai tanpa rating, kelas, atau status tidak ikut."]
        if (~ada).any()
        else []
    )
    orang = orang[ada].reset_index(drop=True)
    pola, letak, bulan = _pola_nyata(tabel["kehadiran"], orang["nip"], bulan, int(p["hari_kerja"].pasti()))
    catatan += [f"Kehadiran bulan {bulan}.", "Angka dari rating: di bawah 80, sesuai 100, di atas 120."]
    poin = pd.Series([80, 100, 120], index=list(RATING))
    golongan = orang["golongan"].astype("str").str.upper().str.partition("/")[0].str.strip()
    golongan = golongan.where(orang["status"].astype("str") != "pppk", "PPPK")
    kolom: dict[str, Larik] = {"kelas": orang["kelas"].to_numpy(dtype=np.int8)}
    kategori: dict[str, tuple[str, ...]] = {}
    sumber = {n: orang[n].astype("str") for n in ("jenis_jabatan", "status", "status_ptkp") if n in orang} | {
        "golongan": golongan
    }
    for n, isi in sumber.items():
        kode, kata = pd.factorize(isi.fillna(tulisan.KOSONG), sort=True)
        kolom[n], kategori[n] = kode.astype(np.int8), tuple(map(str, kata))
    kode_opd, nama = pd.factorize(orang["opd"].astype("str"), sort=True)
    kolom["opd"] = kode_opd.astype(np.int16)
    for n in ("hasil", "perilaku"):
        kolom[n] = orang[f"rating_{n}"].astype("str").map(poin).to_numpy(dtype=np.int16)
    penilai = Penilai(derau, longgar, 0.0, 1)
    return Populasi(
        nama=f"{tulisan.angka(len(orang))} pegawai buku kerja, {tulisan.periode(str(periode))}",
        benih=benih,
        kolom=MappingProxyType(kolom),
        kategori=MappingProxyType(kategori),
        opd=_opd_nyata(tabel.get("opd"), list(nama), p),
        pola=pola,
        penilai=penilai,
        ambang=_ambang(p),
        hari_kerja=int(p["hari_kerja"].pasti()),
        asumsi=tuple(catatan),
        nip=pd.Index(orang["nip"]),
        tetap=letak.astype(np.int16 if len(pola) < 2**15 else np.int32),
        parameter=MappingProxyType(p),
    )


def _pola_nyata(
    kehadiran: pd.DataFrame, nip: pd.Series, bulan: str | None, hari_kerja: int
) -> tuple[pd.DataFrame, Larik, str]:
    """Different attendance months of real people, and which each has; a person without a row has the empty month."""
    from kinerja.data.skema import CUTI

    bulan = bulan or (str(kehadiran["bulan"].max()) if len(kehadiran) else "")
    kolom = [c for c in (*_HADIR, *CUTI) if c in kehadiran]
    isi = kehadiran[kehadiran["bulan"].astype("str") == bulan].set_index("nip")[kolom].reindex(nip)
    for c in kolom:
        isi[c] = (
            isi[c].astype("str").fillna("")
            if c in ("terlambat", "pulang_cepat")
            else isi[c].fillna(hari_kerja if c == _TANPA_POLA else 0).astype("int64")
        )
    pola = isi.drop_duplicates().reset_index(drop=True)
    letak = pd.MultiIndex.from_frame(pola).get_indexer(pd.MultiIndex.from_frame(isi))
    return pola, letak, bulan


def _opd_nyata(opd: pd.DataFrame | None, kode: Sequence[str], p: Mapping[str, Nilai]) -> pd.DataFrame:
    """Name, result and predikat of each OPD; an OPD without a predikat counts as Baik, said nowhere else than here."""
    nama, predikat = list(kode), ["baik"] * len(kode)
    if opd is not None:
        sebut = opd.set_index("kode")
        nama = [str(sebut["nama"].get(k, k)) for k in kode] if "nama" in sebut else nama
        if "predikat_organisasi" in sebut:
            isi = sebut["predikat_organisasi"].astype(object)
            predikat = [str(v) if (v := isi.get(k)) in PREDIKAT_ORGANISASI else "baik" for k in kode]
    ambang = p["ambang_organisasi"].pasti()
    capaian = [int(ambang.get(x, 50)) for x in predikat]
    tipe = pd.CategoricalDtype(list(PREDIKAT_ORGANISASI), ordered=True)
    return pd.DataFrame({"nama": nama, "capaian": capaian, "predikat": pd.Series(predikat).astype(tipe)})


__all__ = ["CAKUPAN", "KELOMPOK", "Penilai", "Populasi", "buat", "dari_data", "ketentuan"]
