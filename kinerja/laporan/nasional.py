"""What printing every pemda of the nation would take: the plan whole, a sample really made, the rest estimated.

The plan is a table, one row one OPD pack; nobody's data is needed for it. The sample is printed by the ordinary press
from synthetic pemda of about the drawn sizes. The estimate says what was measured and what is assumed.
"""

from __future__ import annotations

import datetime as dt
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import psutil
from numpy.typing import NDArray

from kinerja import tulisan
from kinerja.contoh import OPD_TERKECIL, buat_contoh
from kinerja.data import baca, tulis_buku, tulis_parquet
from kinerja.data.utuh import tulis_utuh
from kinerja.laporan.batas import MB, Batas
from kinerja.laporan.batch import Pesanan, gladi, periksa_format, rencana
from kinerja.laporan.cabang import FORK_ADA, Hasil, jalankan_cabang
from kinerja.laporan.isi import hitung_pemda
from kinerja.laporan.paket import FORMAT, MAP_PEMDA, Tugas, beri_nama, buang, cetak_satu, status_paket
from kinerja.laporan.waktu import Jam
from kinerja.parameter import Nilai, instansi, kebijakan

Angka = NDArray[np.float64]
Bulat = NDArray[np.int64]
CONTOH = ("sumbar", "babel")  # whose rules the synthetic pemda follow, in turn
BUKU = 5  # synthetic pemda at most: to make one takes longer than to print its OPDs
MASUKAN = {"parquet": tulis_parquet, "xlsx": tulis_buku}
SELANG = 0.90
GB = 1024**3


class GalatSampel(ValueError):
    """The sample cannot be drawn, or one of its packs failed."""


# -- the plan ---------------------------------------------------------------------------------------


def ketentuan() -> dict[str, Nilai]:
    """The numbers of the plan, published or assumed: asn, opd, pemda, pegawai_pemda, keragaman_ukuran."""
    k = kebijakan(dt.date(2100, 1, 1))
    return {"asn": k["populasi.instansi"], "opd": k["populasi.banyak_opd"], **k.bagian("rencana-nasional")}


def bagi(jumlah: Bulat, kelompok: Bulat, bobot: Angka) -> Bulat:
    """Each group's `jumlah` divided like the weights of its rows, in whole ones, by largest remainder.

    jumlah: shape (groups,); kelompok (group of each row) and bobot (above 0): shape (rows,). The parts of a group add
    up to its number exactly.
    """
    tepat = jumlah[kelompok] * bobot / np.bincount(kelompok, bobot, len(jumlah))[kelompok]
    hasil = np.floor(tepat).astype(np.int64)
    kurang = jumlah - np.bincount(kelompok, hasil, len(jumlah)).astype(np.int64)
    urut = np.lexsort((hasil - tepat, kelompok))  # within a group the largest remainder first
    banyak = np.bincount(kelompok, minlength=len(jumlah))
    ke = np.arange(len(kelompok)) - (np.cumsum(banyak) - banyak)[kelompok[urut]]
    hasil[urut] += ke < kurang[kelompok[urut]]
    return hasil


def susun_rencana(benih: int = 1) -> pd.DataFrame:
    """The plan: one row one OPD pack, in the order of printing; the same seed gives the same plan.

    Columns: pemda (P01.., K001..), jenis (provinsi, kabupaten_kota), opd (code), pegawai. Numbers come from
    `ketentuan`; how people spread over pemda and OPD is drawn (lognormal), with no OPD below OPD_TERKECIL.
    ValueError for a negative seed.
    """
    if benih < 0:
        raise ValueError(f"Benih acak tidak boleh negatif: {benih}.")
    k, acak = ketentuan(), np.random.default_rng([benih, 552])
    provinsi, kabkota = (int(k["pemda"].pasti(j)) for j in ("provinsi", "kabupaten_kota"))
    jenis = np.repeat([0, 1], [provinsi, kabkota])
    opd_per_pemda = np.array([int(k["opd"].pasti(j)) for j in ("provinsi", "kabupaten")])[jenis]
    pemda = np.repeat(np.arange(len(jenis)), opd_per_pemda)
    ragam = {n: float(k["keragaman_ukuran"].pasti(n)) for n in ("pemda", "opd")}

    asn = np.array([int(k["asn"].pasti("daerah"))])
    bagian = np.array([float(k["pegawai_pemda"].pasti(j)) for j in ("provinsi", "kabupaten_kota")])
    per_jenis = bagi(asn, np.zeros(2, np.int64), bagian)
    paling_sedikit = OPD_TERKECIL * opd_per_pemda
    lebih = per_jenis - np.bincount(jenis, paling_sedikit).astype(np.int64)
    per_pemda = paling_sedikit + bagi(lebih, jenis, acak.lognormal(0, ragam["pemda"], len(jenis)))
    per_opd = OPD_TERKECIL + bagi(
        per_pemda - paling_sedikit, pemda, acak.lognormal(0, ragam["opd"], len(pemda))
    )

    kode = pd.Series(
        [f"P{i:02d}" for i in range(1, provinsi + 1)] + [f"K{i:03d}" for i in range(1, kabkota + 1)]
    )
    milik = kode.iloc[pemda].reset_index(drop=True)
    urut = pd.Series(np.arange(len(pemda)) - (np.cumsum(opd_per_pemda) - opd_per_pemda)[pemda] + 1)
    return pd.DataFrame(
        {
            "pemda": milik,
            "jenis": np.array(["provinsi", "kabupaten_kota"])[jenis[pemda]],
            "opd": milik + "-" + urut.astype("str").str.zfill(2),
            "pegawai": per_opd,
        }
    )


def ringkas_rencana(r: pd.DataFrame) -> str:
    """The plan in a few lines, with where its numbers come from."""
    x = r["pegawai"].quantile([0.1, 0.5, 0.9, 1.0], interpolation="nearest").tolist()
    per_pemda = r.groupby("pemda")["pegawai"]
    baris = [
        f"Rencana: {_bulat(len(r))} paket OPD di {_bulat(per_pemda.ngroups)} pemda, "
        f"{_bulat(r['pegawai'].sum())} pegawai, dan {_bulat(per_pemda.ngroups)} laporan pemda.",
        f"Pegawai satu OPD: persentil 10, 50, 90, dan terbesar {_bulat(x[0])}, {_bulat(x[1])}, {_bulat(x[2])}, "
        f"{_bulat(x[3])}; OPD terbesar memuat rata-rata "
        f"{tulisan.persen(float(100 * (per_pemda.max() / per_pemda.sum()).mean()), 0)} pegawai pemdanya.",
    ]
    for n in ketentuan().values():
        isi = {
            kunci: v
            for kunci, v in n.pasti().items()
            if kunci not in ("pusat", "nasional") and (n.jalur != "populasi.banyak_opd" or kunci != "opd")
        }
        nilai = ", ".join(f"{str(kunci).replace('_', '/')} {tulisan.angka(v)}" for kunci, v in isi.items())
        asal = "; ".join(n.sumber) or n.dasar
        baris.append(f"  {n.nama}: {nilai} ({n.status}; {asal})")
    return "\n".join(baris)


# -- the sample -------------------------------------------------------------------------------------


def undi_berlapis(nilai: Bulat, banyak: int, acak: np.random.Generator) -> Bulat:
    """`banyak` values, one from each of as many equal slices of the sorted ones: every size has its turn."""
    tepi = np.arange(banyak + 1) * len(nilai) // banyak
    letak = tepi[:-1] + (acak.random(banyak) * np.diff(tepi)).astype(np.int64)
    return np.asarray(np.sort(nilai)[letak], dtype=np.int64)


@dataclass(frozen=True)
class Ukuran:
    """What was measured. paket: one row one printed pack, in the order of the run: contoh, kode, pemda (is it the
    pemda's own report), pegawai, detik, memori, byte, memori_induk. buku: one row one synthetic pemda: contoh,
    pegawai, detik, memori. Memory in bytes, NaN where the system does not tell. jam: seconds per stage."""

    paket: pd.DataFrame
    buku: pd.DataFrame
    jam: Jam
    beban: tuple[float, ...]
    format: tuple[str, ...]
    masukan: str = "parquet"

    @property
    def opd(self) -> pd.DataFrame:
        return self.paket[~self.paket["pemda"]]


@dataclass(frozen=True)
class _Pemda:
    """One synthetic pemda to make and to read."""

    nama: str
    instansi: str
    pegawai: int
    benih: int
    map: Path
    format: tuple[str, ...]
    masukan: str

    @property
    def berkas(self) -> Path:
        return self.map / f"{self.nama}.{self.masukan}"


def _buat(p: _Pemda) -> None:
    MASUKAN[p.masukan](buat_contoh(p.instansi, p.pegawai, p.benih), p.berkas)


def _siapkan(p: _Pemda) -> tuple[dict[str, float], dict[str, int]]:
    """What the press does once per pemda; seconds per stage and people per pack. Slices go to files."""
    jam = Jam()
    with jam.tahap("baca dan periksa"):
        data = baca(p.berkas)
    profil = instansi(p.instansi)
    with jam.tahap("hitung"):
        hasil = hitung_pemda(data, p.instansi, profil.periode)
    pesanan = Pesanan(p.instansi, p.berkas, profil.periode, p.map, format=p.format)
    antrean = rencana(hasil, pesanan, p.map / p.nama)
    while True:
        with jam.tahap("irisan"):
            t = next(antrean, None)
        if t is None:
            break
        (p.map / f"{p.nama}-{t.kode}.tugas").write_bytes(pickle.dumps(t))
    pegawai = {str(k): int(n) for k, n in hasil.opd["pegawai"].items()}
    return jam.detik, {**pegawai, MAP_PEMDA: sum(pegawai.values())}


def ukur(
    r: pd.DataFrame,
    sampel: int,
    benih: int = 1,
    format_: Sequence[str] = FORMAT,
    masukan: str = "parquet",
    kabar: Callable[[str], None] = lambda _: None,
) -> Ukuran:
    """Print `sampel` OPD packs of about the sizes that the plan has, one at a time, in a temporary folder.

    The sizes are drawn by layers of size, the synthetic pemda likewise; for each drawn size the nearest OPD of these
    is printed. The order is shuffled, so that what grows with time is not taken for what grows with size.
    `masukan`, one of MASUKAN, is how the pemda's data come. Raises GalatSampel for fewer than two packs, more than
    planned, or a pack that fails; GalatPesanan for an unknown format.
    """
    periksa_format(format_)
    if not 2 <= sampel <= len(r):
        raise GalatSampel(f"Sampel harus 2 sampai {_bulat(len(r))} paket, bukan {_bulat(sampel)}.")
    acak = np.random.default_rng([benih, 19000])
    target = undi_berlapis(r["pegawai"].to_numpy(), sampel, acak)
    besar = undi_berlapis(
        r.groupby("pemda")["pegawai"].sum().to_numpy(), min(BUKU, sampel, r["pemda"].nunique()), acak
    )
    beban = _beban()
    with tempfile.TemporaryDirectory(prefix="kinerja-nasional-") as map_:
        pemda = [
            _Pemda(
                f"contoh{i}", CONTOH[i % len(CONTOH)], int(n), benih + i, Path(map_), tuple(format_), masukan
            )
            for i, n in enumerate(besar, 1)
        ]
        jam, buku, ada = _ukur_buku(pemda, kabar)
        terpilih = _pilih(ada, target).sample(frac=1, random_state=int(acak.integers(2**31)))
        paket = _ukur_paket(terpilih, Path(map_), jam, kabar)
    return Ukuran(paket, buku, jam, (*beban, *_beban()), tuple(format_), masukan)


def _ukur_buku(
    pemda: Sequence[_Pemda], kabar: Callable[[str], None]
) -> tuple[Jam, pd.DataFrame, pd.DataFrame]:
    """Make and read each pemda in a process of its own. (stages, one row per pemda, one row per possible pack)."""
    jam, buku, ada = Jam(), [], []
    for p in pemda:
        kabar(f"Pemda contoh {p.nama} ({p.instansi}, {_bulat(p.pegawai)} pegawai sintetis)")
        _jadi(_satu(p, _buat), p.nama)
        h = _satu(p, _siapkan)
        tahap, pegawai = _jadi(h, p.nama)
        buang(p.berkas)
        jam.tambah(tahap)
        buku.append(
            {
                "contoh": p.nama,
                "pegawai": pegawai[MAP_PEMDA],
                "detik": sum(tahap.values()),
                "memori": _atau_nan(h.memori),
            }
        )
        ada.append(pd.DataFrame({"contoh": p.nama, "kode": list(pegawai), "pegawai": list(pegawai.values())}))
    return jam, pd.DataFrame(buku), pd.concat(ada, ignore_index=True)


def _satu(p: _Pemda, fungsi: Callable[[_Pemda], Any]) -> Hasil[_Pemda, Any]:
    (h,) = jalankan_cabang([p], fungsi, 1)
    return h


def _jadi(h: Hasil[Any, Any], nama: str) -> Any:
    if h.galat is not None:
        raise GalatSampel(f"Sampel {nama} gagal, jadi belum ada yang dapat diperkirakan: {h.galat}")
    return h.nilai


def _pilih(ada: pd.DataFrame, target: Bulat) -> pd.DataFrame:
    """The pack nearest in size (by ratio) to each drawn size, and every pemda's own report."""
    milik_pemda = ada["kode"] == MAP_PEMDA
    opd = ada[~milik_pemda & (ada["pegawai"] > 0)]
    jarak = np.abs(np.log(target)[:, None] - np.log(opd["pegawai"].to_numpy())[None, :])
    terpilih: pd.DataFrame = pd.concat([opd.iloc[jarak.argmin(axis=1)], ada[milik_pemda]], ignore_index=True)
    return terpilih


def _ukur_paket(terpilih: pd.DataFrame, map_: Path, jam: Jam, kabar: Callable[[str], None]) -> pd.DataFrame:
    """Print the packs by the press's own function, one worker; each is looked at, weighed and thrown away."""
    kunci = list(zip(terpilih["contoh"], terpilih["kode"], strict=True))
    tugas = (
        replace(pickle.loads((map_ / f"{c}-{k}.tugas").read_bytes()), map=map_ / str(i) / str(k))
        for i, (c, k) in enumerate(kunci)
    )
    saya, baris = psutil.Process(), []
    if FORK_ADA:
        gladi(pickle.loads((map_ / "{}-{}.tugas".format(*kunci[0])).read_bytes()))
    hasil: Hasil[Tugas, dict[str, float]]
    for i, hasil in enumerate(jalankan_cabang(tugas, cetak_satu, 1, Batas()), 1):
        t, tahap = hasil.tugas, _jadi(hasil, hasil.tugas.kode)
        mulai = time.monotonic()  # what the press itself does to a finished pack belongs to its cost
        beri_nama(t.sementara, t.map)
        utuh = status_paket(t) == "selesai"
        tutup = time.monotonic() - mulai
        if not utuh:
            raise GalatSampel(
                f"Paket contoh {t.kode} tidak utuh sesudah ditulis. Periksa cakram {map_.parent}."
            )
        jam.tambah({**tahap, "mulai": max(0.0, hasil.detik - sum(tahap.values()))})
        baris.append(
            {
                "detik": hasil.detik + tutup,
                "memori": _atau_nan(hasil.memori),
                "byte": sum(p.stat().st_size for p in t.map.iterdir()),
                "memori_induk": saya.memory_info().rss,
            }
        )
        buang(t.map.parent)
        kabar(f"Paket {_bulat(i)} dari {_bulat(len(kunci))}")
    awal = terpilih.reset_index(drop=True).assign(pemda=terpilih["kode"].to_numpy() == MAP_PEMDA)
    return pd.concat([awal, pd.DataFrame(baris)], axis=1)


def _beban() -> tuple[float, ...]:
    return (os.getloadavg()[0],) if hasattr(os, "getloadavg") else ()


def _atau_nan(x: int | None) -> float:
    return float("nan") if x is None else float(x)


# -- the estimate -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taksiran:
    """A total with its standard error; `derajat` are the degrees of freedom behind that. NaN: not known."""

    jumlah: float
    galat_baku: float
    derajat: float

    def __add__(self, lain: Taksiran) -> Taksiran:
        """The total of both, measured independently; degrees of freedom by Welch and Satterthwaite."""
        ragam = np.array([self.galat_baku, lain.galat_baku]) ** 2
        pembagi = float((ragam**2 / np.array([self.derajat, lain.derajat])).sum())
        derajat = float(ragam.sum()) ** 2 / pembagi if pembagi else self.derajat + lain.derajat
        return Taksiran(self.jumlah + lain.jumlah, float(np.sqrt(ragam.sum())), derajat)

    def kali(self, x: float) -> Taksiran:
        return replace(self, jumlah=self.jumlah * x, galat_baku=self.galat_baku * x)

    @property
    def selang(self) -> tuple[float, float]:
        """The 90 % interval, never below zero."""
        lebar = t_kuantil(0.5 + SELANG / 2, self.derajat) * self.galat_baku
        return max(0.0, self.jumlah - lebar), self.jumlah + lebar


def t_kuantil(p: float, derajat: float) -> float:
    """Quantile of Student's t by Hill's series: within 1 % from 3 degrees of freedom (6 % at 2)."""
    z, v = NormalDist().inv_cdf(p), derajat
    return float(
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def garis(x: Angka, y: Angka) -> tuple[float, float]:
    """Least squares y = a + b x; b is 0 where all x are the same."""
    dari_tengah = x - x.mean()
    b = float(dari_tengah @ y / (dari_tengah @ dari_tengah)) if np.ptp(x) else 0.0
    return float(y.mean() - b * x.mean()), b


def taksir(x: Angka, y: Angka, banyak: int, jumlah: float) -> Taksiran:
    """Total cost of `banyak` units of together `jumlah` people, from units of x people that cost y.

    The line of least squares, not the weighted mean of the drawn layers: what is printed has about the drawn size, not
    exactly, and cost grows with people. Sizes are chosen and large packs vary more, so the error is HC3's, which
    holds for unequal spread; it needs no bootstrap, which would be wild with a handful of pemda. NaN error for fewer
    than three units.
    """
    a, b = garis(x, y)
    total = a * banyak + b * jumlah
    dari_tengah = x - x.mean()
    kuadrat, n = float(dari_tengah @ dari_tengah), len(x)
    lereng = dari_tengah / kuadrat if kuadrat else np.zeros(n)
    ungkit = 1 / n + dari_tengah * lereng
    derajat = n - (2 if kuadrat else 1)
    if derajat < 1 or ungkit.max() > 1 - 1e-9:
        return Taksiran(total, float("nan"), float("nan"))
    andil = banyak / n + (jumlah - banyak * x.mean()) * lereng  # of each measured unit in the total
    sisa = (y - a - b * x) / (1 - ungkit)
    return Taksiran(total, float(np.sqrt(((andil * sisa) ** 2).sum())), float(derajat))


def perkirakan(r: pd.DataFrame, u: Ukuran, inti: int) -> pd.DataFrame:
    """What the whole plan needs: index the things (with their unit), columns taksiran, bawah, atas (90 %).

    Hours of one core and of `inti` cores, disk, memory of one worker and of the press itself. NaN: not known.
    """
    if inti < 1:
        raise ValueError(f"Jumlah inti harus paling sedikit 1, bukan {inti}.")
    opd, milik_pemda = u.opd, u.paket[u.paket["pemda"]]
    per_pemda = r.groupby("pemda")["pegawai"].sum()
    orang = float(r["pegawai"].sum())

    def dari(t: pd.DataFrame, kolom: str, banyak: int, jumlah: float = orang) -> Taksiran:
        x, y = t["pegawai"].to_numpy(np.float64), t[kolom].to_numpy(np.float64)
        return taksir(x, y, banyak, jumlah)

    paket = dari(opd, "detik", len(r))
    tetap = dari(u.buku, "detik", len(per_pemda))
    laporan_pemda = dari(milik_pemda, "detik", len(per_pemda))
    semua = paket + tetap + laporan_pemda
    cakram = dari(opd, "byte", len(r)) + dari(milik_pemda, "byte", len(per_pemda))
    isi = {
        "Paket OPD (jam inti)": paket.kali(1 / 3600),
        "Baca, periksa, hitung, iris tiap pemda (jam inti)": tetap.kali(1 / 3600),
        "Laporan pemda (jam inti)": laporan_pemda.kali(1 / 3600),
        "Seluruhnya (jam inti)": semua.kali(1 / 3600),
        f"Seluruhnya dengan {_bulat(inti)} inti (jam)": semua.kali(1 / 3600 / inti),
        "Cakram (GB)": cakram.kali(1 / GB),
        "Memori pekerja, OPD terbesar (MB)": dari(opd, "memori", 1, float(r["pegawai"].max())).kali(1 / MB),
        "Memori induk, pemda terbesar (MB)": dari(u.buku, "memori", 1, float(per_pemda.max())).kali(1 / MB),
    }
    return pd.DataFrame(
        [{"taksiran": t.jumlah, "bawah": t.selang[0], "atas": t.selang[1]} for t in isi.values()],
        index=pd.Index(list(isi), name="kebutuhan"),
    )


def urutan(u: Ukuran) -> pd.DataFrame:
    """Whether cost drifts: OPD packs by tenth of the run (index from 1), beside what their size explains.

    Columns: paket, pegawai (mean), detik (per pack), rasio (to the line of least squares), memori (mean of the
    packs' processes) and memori_induk (highest), bytes.
    """
    opd = u.opd.reset_index(drop=True)
    x, y = opd["pegawai"].to_numpy(np.float64), opd["detik"].to_numpy(np.float64)
    a, b = garis(x, y)
    bagian = np.arange(len(opd)) * min(10, len(opd)) // len(opd) + 1
    g = opd.assign(garis=a + b * x).groupby(pd.Index(bagian, name="persepuluhan"))
    hasil = g.agg(
        paket=("detik", "size"),
        pegawai=("pegawai", "mean"),
        detik=("detik", "mean"),
        garis=("garis", "mean"),
        memori=("memori", "mean"),
        memori_induk=("memori_induk", "max"),
    )
    hasil.insert(3, "rasio", hasil["detik"] / hasil.pop("garis"))
    return hasil


def laporkan(r: pd.DataFrame, u: Ukuran, kira: pd.DataFrame) -> str:
    """Everything that was measured and estimated, as an operator reads it."""
    opd, alur = u.opd, urutan(u)
    a, b = garis(opd["pegawai"].to_numpy(np.float64), opd["detik"].to_numpy(np.float64))
    terbesar = int(opd["pegawai"].max())
    luar = r.loc[r["pegawai"] > terbesar, "pegawai"]
    baris = [
        f"Diukur: {_bulat(len(opd))} paket OPD ({', '.join(u.format)}) dan {_bulat(len(u.buku))} laporan pemda, "
        f"satu per satu, dari {_bulat(len(u.buku))} pemda sintetis ({tulisan.daftar(CONTOH[: len(u.buku)])}, ilustratif) "
        f"dengan {_bulat(u.buku['pegawai'].min())} sampai {_bulat(u.buku['pegawai'].max())} pegawai.",
        f"Satu paket OPD: {_satu_angka(a)} detik ditambah {_satu_angka(1000 * b)} detik tiap 1.000 pegawai; "
        f"memori tertinggi {_mb(opd['memori'].max())} MB.",
        "",
        f"{'Persepuluhan':<14}{'paket':>6}{'pegawai':>9}{'detik':>8}{'rasio':>7}{'MB paket':>10}{'MB induk':>10}",
    ]
    for n, x in alur.iterrows():
        baris.append(
            f"{n!s:<14}{_bulat(x['paket']):>6}{_bulat(round(x['pegawai'])):>9}{tulisan.angka(x['detik'], 2):>8}"
            f"{tulisan.angka(x['rasio'], 2):>7}{_mb(x['memori']):>10}{_mb(x['memori_induk']):>10}"
        )
    baris += [
        "Rasio: detik dibagi yang dijelaskan banyak pegawai; tetap sekitar 1 berarti biaya tidak naik selagi berjalan.",
        "",
        u.jam.tabel(len(u.paket)),
        "",
        f"{'Perkiraan seluruh rencana':<52}{'taksiran':>12}{'selang 90 persen':>24}",
    ]
    for nama, x in kira.iterrows():
        selang = (
            f"{_satu_angka(x['bawah'])} – {_satu_angka(x['atas'])}" if x.notna().all() else tulisan.KOSONG
        )
        baris.append(f"{nama!s:<52}{_satu_angka(x['taksiran']):>12}{selang:>24}")
    lewat = _lewat_batas(r, opd)
    beban = f" Beban mesin {' lalu '.join(tulisan.angka(x, 1) for x in u.beban)}." if u.beban else ""
    baris += [
        "",
        f"Perkiraan ini dari {_bulat(len(opd))} paket, bukan dari {_bulat(len(r))}: garis lurus menurut banyak pegawai. "
        f"{_bulat(len(luar))} OPD ({tulisan.persen(float(100 * luar.sum() / r['pegawai'].sum()), 1)} pegawai) lebih "
        f"besar daripada yang terbesar diukur ({_bulat(terbesar)}); garisnya diteruskan.",
        *([f"PERHATIAN: menurut garis itu {lewat}"] if lewat else []),
        "Selang hanya memuat galat sampel. Asumsi: ukuran pemda dan OPD seperti pada rencana, setiap inti secepat mesin "
        "ini selagi mengukur, pekerjaan terbagi rata, masukan "
        f"{u.masukan} (yang lain: --masukan), tanpa waktu menunggu jaringan." + beban,
    ]
    return "\n".join(baris)


def _lewat_batas(r: pd.DataFrame, opd: pd.DataFrame) -> str:
    """Which limits of the press the largest OPDs would meet, and what to do; nothing if none."""
    x, orang = opd["pegawai"].to_numpy(np.float64), r["pegawai"].to_numpy(np.float64)
    kata = []
    for nama, kolom, batas, satuan in (
        ("memori", "memori", Batas().memori, MB),
        ("opd", "detik", Batas().opd, 1),
    ):
        a, b = garis(x, opd[kolom].to_numpy(np.float64))
        perlu = (a + b * orang) / satuan
        if batas is not None and (perlu > batas).any():
            kata.append(
                f"{_bulat((perlu > batas).sum())} OPD melewati --batas-{nama} baku ({_bulat(batas)}; yang terbesar perlu "
                f"sekitar {_satu_angka(float(perlu.max()))})"
            )
    return f"{tulisan.daftar(kata)}. Cetak dengan batas lebih besar." if kata else ""


def simpan(
    berkas: Path, r: pd.DataFrame, u: Ukuran | None = None, kira: pd.DataFrame | None = None
) -> list[Path]:
    """Write the plan (.csv or .parquet) and, beside it, the measured packs and the estimate as CSV; what was written."""
    periksa_nama(berkas)
    isi = {berkas: r}
    if u is not None and kira is not None:
        isi |= {
            berkas.with_name(f"{berkas.stem}-{n}.csv"): t
            for n, t in (("paket", u.paket), ("pemda", u.buku), ("urutan", urutan(u).reset_index()))
        }
        isi[berkas.with_name(f"{berkas.stem}-perkiraan.csv")] = kira.reset_index()
    for tujuan, t in isi.items():
        with tulis_utuh(tujuan) as sementara:
            if tujuan.suffix == ".parquet":
                t.to_parquet(sementara, index=False)
            else:
                t.to_csv(sementara, index=False, sep=";", decimal=",", encoding="utf-8-sig")
    return list(isi)


def periksa_nama(berkas: Path) -> None:
    """ValueError for a name that is neither .csv nor .parquet."""
    if berkas.suffix not in (".csv", ".parquet"):
        raise ValueError(f"{berkas}: rencana ditulis sebagai .csv atau .parquet. Ganti akhiran namanya.")


def _bulat(x: float) -> str:
    return tulisan.angka(int(x))


def _mb(x: float) -> str:
    return tulisan.KOSONG if np.isnan(x) else tulisan.angka(round(x / MB))


def _satu_angka(x: float) -> str:
    """Three figures or so: more would promise what a sample does not know."""
    return tulisan.angka(x, 0 if abs(x) >= 100 else 1 if abs(x) >= 10 else 2)


__all__ = [
    "GalatSampel",
    "Taksiran",
    "Ukuran",
    "bagi",
    "laporkan",
    "perkirakan",
    "ringkas_rencana",
    "simpan",
    "susun_rencana",
    "taksir",
    "ukur",
    "urutan",
]
