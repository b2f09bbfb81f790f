"""Where the predikat moves: score against realisasi, who stands near a step, and the way back.

Nothing here knows a formula. A question "what if" becomes copies of the employee beside the original, one
copy per candidate, and the regulation itself scores them all as one column: superiors, other indicators,
behaviour and the organisation stay as they are. So the answers hold for scenarios and for every regulation
in `banding.REGULASI` that computes a score from realisasi.

A realisasi has as many decimals as its indicator is written with; the answers lie on that grid. A small
grid is tried whole. On a large one the predikat is monotone between `_sendi` (the target, its range, zero,
the efficiency edge of PP 46/2011), so both sides of each are tried and every change is halved down to two
neighbours on the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import ke_seri
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan, kebijakan
from kinerja.pecahan import Kode, Pecahan, dari_angka, dari_kategori
from kinerja.regulasi import kmk127, permenpanrb6, permenpanrb8, pp30, pp46
from kinerja.regulasi.banding import SKALA, TIDAK_DINILAI, Penilaian, Tabel, nilai, tanggal_acuan

# the number of a regulation that its bands read and that a realisasi moves
NILAI_AKHIR: Mapping[str, str] = MappingProxyType(
    {
        pp46.BERKAS: "nilai_prestasi",
        pp30.BERKAS: "nilai_kinerja",
        permenpanrb8.BERKAS: "nilai_kinerja",
        kmk127.BERKAS: "nhk_akhir",
    }
)
TANPA_ANGKA = MappingProxyType(
    {
        permenpanrb6.BERKAS: "rating hasil kerja ditetapkan pimpinan terhadap ekspektasinya; "
        "tidak ada ambang angka nasional, jadi tidak ada realisasi yang menjamin predikat"
    }
)
KUNCI = ("rhk", "aspek", "indikator")
UTUH = 512  # a grid up to this many points is tried point by point
_CABANG = 16  # candidates per change and round on a larger grid
_PISAH = "#"  # between a NIP or a code and the number of its copy

Bulat = npt.NDArray[np.int64]
Pengubah = Callable[[pd.DataFrame], pd.Series]


# -- what if: copies beside the original ------------------------------------------------------------------


def andaikan(
    data: Data | Tabel, regulasi: str, nip: Sequence[str], ubah: Pengubah, **cara: Any
) -> tuple[Penilaian, npt.NDArray[np.intp]]:
    """The regulation on copies of these employees (one copy per entry of `nip`), with other realisasi.

    ubah: gets the rows of `iki` of all copies with the column `calon` (number of the copy) and gives their
    realisasi. The second result is the row of each copy in the last level, -1 where the regulation leaves
    it out. A copy keeps its superior, its organisation, and the sanctions of its direct subordinates. cara: tanggal,
    skenario and settings of `nilai`. LookupError for a NIP that does not occur.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    pegawai = tabel["pegawai"]
    asing = sorted(set(nip) - set(pegawai["nip"]))
    if asing:
        raise LookupError(f"{tulisan.daftar(asing[:3])} tidak ada di lembar pegawai.")
    calon = pd.DataFrame({"nip": pd.array(list(nip), dtype="str")})
    calon["calon"] = np.arange(len(calon))
    calon["salinan"] = calon["nip"] + _PISAH + calon["calon"].astype("str")

    asli = pegawai[pegawai["nip"].isin(_dan_atasan(pegawai, set(nip)))]
    bawahan = pegawai[pegawai["atasan"].isin(nip) & pegawai["nip"].isin(tabel["hukuman"]["nip"])]
    isi: dict[str, pd.DataFrame] = {"pegawai": asli}
    isi |= {
        nama: t[t["nip"].isin(asli["nip"])]
        for nama, t in tabel.items()
        if "nip" in t and nama not in ("pegawai", "kehadiran")
    }
    isi["iki"] = tabel["iki"][tabel["iki"]["rhk"].isin(isi["rhk"]["id"])]

    tambah = {nama: _salin(calon, t, "nip", "nip") for nama, t in isi.items() if nama != "iki"}
    rhk = _salin(calon, isi["rhk"], "nip", "nip", buang=False)
    butir = rhk[["id", "calon"]].merge(isi["iki"], left_on="id", right_on="rhk").drop(columns="id")
    butir["realisasi"] = ubah(butir).to_numpy(dtype=np.float64, na_value=np.nan)
    butir["rhk"] = _bernomor(butir["rhk"], butir["calon"])
    tambah["iki"] = butir.drop(columns="calon")
    tambah["rhk"] = rhk.assign(id=_bernomor(rhk["id"], rhk["calon"])).drop(columns=["calon", "nip_asli"])
    kepala = _salin(calon, tabel["opd"], "nip", "kepala_nip", buang=False)
    tambah["opd"] = kepala.assign(kode=_bernomor(kepala["kode"], kepala["calon"])).drop(
        columns=["calon", "nip_asli"]
    )
    isi["opd"] = tabel["opd"]
    if len(bawahan):
        pengikut = _salin(calon, bawahan, "nip", "atasan", buang=False)
        pengikut["salinan"] = _bernomor(pengikut["nip"], pengikut["calon"])
        hukuman = pengikut[["nip", "salinan"]].merge(tabel["hukuman"], on="nip")
        hukuman = hukuman.assign(nip=hukuman["salinan"]).drop(columns="salinan")
        pengikut = pengikut.assign(nip=pengikut["salinan"]).drop(columns=["calon", "nip_asli", "salinan"])
        tambah["pegawai"] = pd.concat([tambah["pegawai"], pengikut])
        tambah["hukuman"] = pd.concat([tambah["hukuman"], hukuman])
    baru = {
        **tabel,
        **{k: pd.concat([t, tambah[k].astype(t.dtypes)], ignore_index=True) for k, t in isi.items()},
    }
    hasil = nilai(baru, regulasi, **cara)
    return hasil, hasil.pegawai.kunci.get_indexer(pd.Index(calon["salinan"]))


def _dan_atasan(pegawai: pd.DataFrame, nip: set[str]) -> set[str]:
    """These employees and everyone above them."""
    atasan = pegawai.set_index("nip")["atasan"]
    semua, baru = set(nip), set(nip)
    while baru:
        baru = set(atasan.reindex(list(baru)).dropna()) - semua
        semua |= baru
    return semua


def _salin(
    calon: pd.DataFrame, tabel: pd.DataFrame, kolom: str, milik: str, *, buang: bool = True
) -> pd.DataFrame:
    """The rows of `tabel` whose `milik` is a candidate, once per copy, under the NIP of the copy."""
    kiri = calon.rename(columns={kolom: "nip_asli"})
    isi = kiri.merge(tabel, left_on="nip_asli", right_on=milik)
    isi = isi.assign(**{milik: isi["salinan"]}).drop(columns="salinan")
    return isi.drop(columns=["calon", "nip_asli"]) if buang else isi


def _bernomor(kode: pd.Series, calon: pd.Series) -> pd.Series:
    return kode.astype("str") + _PISAH + calon.astype("str")


def _tingkat(hasil: Penilaian, letak: npt.NDArray[np.intp]) -> Bulat:
    """Place of each row's predikat in SKALA, 0 the best, the last if there is none."""
    predikat = hasil.pegawai["predikat"]
    assert isinstance(predikat, Kode)
    padanan = hasil.kebijakan["jembatan.skala_predikat"]
    urut = np.array([*(SKALA.index(padanan.pasti(k)) for k in predikat.kategori), len(PREDIKAT)])
    return np.asarray(urut[np.where(letak >= 0, predikat.kode[letak], -1)], dtype=np.int64)


def _asli(hasil: Penilaian, letak: npt.NDArray[np.intp]) -> npt.NDArray[np.object_]:
    """Each row's predikat in the regulation's own words."""
    predikat = hasil.pegawai["predikat"]
    assert isinstance(predikat, Kode)
    kata = np.array([*predikat.kategori, TIDAK_DINILAI], dtype=object)
    return np.asarray(kata[np.where(letak >= 0, predikat.kode[letak], -1)], dtype=object)


def _nilai_akhir(hasil: Penilaian) -> Pecahan:
    kolom = hasil.pegawai[NILAI_AKHIR[hasil.regulasi]]
    assert isinstance(kolom, Pecahan)
    return kolom


# -- one indicator of one employee ------------------------------------------------------------------------


@dataclass(frozen=True)
class Indikator:
    """One row of `iki` and the grid of realisasi that it is written on: whole multiples of 10^-desimal.

    bawah, atas: the ends of the search, as numbers of steps.
    """

    nip: str
    kunci: tuple[str, str, str]
    satuan: str
    polaritas: str
    desimal: int
    target: Decimal | None
    target_atas: Decimal | None
    realisasi: Decimal | None
    bawah: int
    atas: int

    def angka(self, langkah: int) -> Decimal:
        """Realisasi at this step of the grid."""
        return Decimal(langkah).scaleb(-self.desimal)

    def tulis(self, x: Decimal | None) -> str:
        return f"{tulisan.angka(x)} {_satuan(self.satuan)}"


def _satuan(satuan: str) -> str:
    return "%" if satuan in ("persen", "%") else satuan


def indikator(
    data: Data | Tabel, nip: str, nomor: int = 1, *, batas: float = 2, desimal: int | None = None
) -> Indikator:
    """The `nomor`-th indicator (from 1) of an employee's RHK utama, in the order of the workbook.

    batas: the search goes up to this many times the largest of target and realisasi. desimal: of the grid;
    without it those that the workbook uses for this indicator. LookupError for an employee without it;
    ValueError where target and realisasi are both empty.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    isi = daftar_indikator(tabel, nip)
    if not 1 <= nomor <= len(isi):
        raise LookupError(f"{nip} punya {len(isi)} indikator pada RHK utama; nomor {nomor} tidak ada.")
    b = isi.iloc[nomor - 1]
    angka_: dict[str, Decimal | None] = {
        k: None if pd.isna(b[k]) else Decimal(repr(float(b[k])))
        for k in ("target", "target_atas", "realisasi")
    }
    ada = [x for x in angka_.values() if x is not None]
    if not ada:
        raise ValueError(f"indikator {b['indikator']} belum punya target dan realisasi; isi dahulu.")
    if desimal is None:
        desimal = max(max(0, -int(x.normalize().as_tuple().exponent)) for x in ada)
    skala = 10**desimal
    kisi = Decimal(1).scaleb(-desimal)
    angka_ = {k: x if x is None or x % kisi else x.quantize(kisi) for k, x in angka_.items()}
    paling = max(abs(x) for x in ada) or Decimal(1)
    return Indikator(
        nip,
        (str(b["rhk"]), str(b["aspek"]), str(b["indikator"])),
        str(b["satuan"]),
        str(b["polaritas"]),
        desimal,
        angka_["target"],
        angka_["target_atas"],
        angka_["realisasi"],
        min(0, int(min(ada) * skala)),
        int(paling * Decimal(repr(float(batas))) * skala),
    )


def daftar_indikator(data: Data | Tabel, nip: str) -> pd.DataFrame:
    """The indicators of an employee's RHK utama, in the order of the workbook: the columns of `iki`."""
    tabel = data.tabel if isinstance(data, Data) else data
    rhk = tabel["rhk"]
    milik = rhk.loc[(rhk["nip"] == nip) & (rhk["jenis"] == "utama"), "id"]
    return tabel["iki"][tabel["iki"]["rhk"].isin(milik)].reset_index(drop=True)


def _pengganti(i: Indikator, langkah: Bulat) -> Pengubah:
    """Candidate k has the realisasi at step langkah[k]; all other indicators stay."""
    isi = langkah / 10.0**i.desimal

    def ubah(butir: pd.DataFrame) -> pd.Series:
        sama = np.logical_and.reduce(
            [(butir[k].astype("str") == v).to_numpy() for k, v in zip(KUNCI, i.kunci, strict=True)]
        )
        return butir["realisasi"].mask(sama, pd.Series(isi[butir["calon"].to_numpy()], butir.index))

    return ubah


def kurva(
    data: Data | Tabel, i: Indikator, regulasi: str, langkah: Sequence[int] | None = None, **cara: Any
) -> pd.DataFrame:
    """Score and predikat as functions of one realisasi, all else equal; rows in rising realisasi.

    langkah: steps of the grid of `i`; without them some 200 over the search range, with the target, the
    present realisasi and both sides of every change of predikat among them. Columns: realisasi (float64),
    nilai (float64, NaN unknown), predikat (in the regulation's words), tingkat (place in SKALA).
    ValueError for a regulation that computes no score from realisasi.
    """
    if regulasi not in NILAI_AKHIR:
        raise ValueError(f"{regulasi}: {TANPA_ANGKA.get(regulasi, 'tidak dikenal')}.")
    if langkah is None:
        titik = set(np.linspace(i.bawah, i.atas, 200).astype(np.int64).tolist())
        titik |= set(_sendi(i, _kebijakan(regulasi, cara)))
        titik |= {int(x.scaleb(i.desimal)) for x in (i.target, i.realisasi) if x is not None}
        titik |= {k for _, _, a, b in _ubahan(data, i, regulasi, cara) for k in (a, b)}
        langkah = sorted(k for k in titik if i.bawah <= k <= i.atas)
    n = np.asarray(langkah, dtype=np.int64)
    hasil, letak = andaikan(data, regulasi, [i.nip] * len(n), _pengganti(i, n), **cara)
    nilai_ = _nilai_akhir(hasil).ke_float()
    return pd.DataFrame(
        {
            "realisasi": n / 10.0**i.desimal,
            "nilai": np.where(letak >= 0, nilai_[letak], np.nan),
            "predikat": pd.array(_asli(hasil, letak), dtype="str"),
            "tingkat": _tingkat(hasil, letak),
        }
    )


def _kebijakan(regulasi: str, cara: Mapping[str, Any]) -> Kebijakan:
    tanggal = cara.get("tanggal") or tanggal_acuan(regulasi)
    return tanggal if isinstance(tanggal, Kebijakan) else kebijakan(tanggal)


def _sendi(i: Indikator, k: Kebijakan) -> list[int]:
    """Steps of the grid on both sides of where the direction of a score may turn or jump."""
    acuan = [Fraction(x) for x in (i.target, i.target_atas) if x is not None]
    titik = [Fraction(0), *acuan]
    jalur = f"{pp46.BERKAS}.batas_efisiensi"
    tebing = k[jalur].nilai if jalur in k else None
    if tebing is not None:
        titik += [t * (1 + s * Fraction(tebing) / 100) for t in acuan for s in (-1, 1)]
    skala = 10**i.desimal
    dekat = {int(t * skala // 1) + s for t in titik for s in (-1, 0, 1, 2)}
    return sorted(x for x in dekat | {i.bawah, i.atas} if i.bawah <= x <= i.atas)


def _ubahan(
    data: Data | Tabel, i: Indikator, regulasi: str, cara: Mapping[str, Any]
) -> list[tuple[int, int, int, int]]:
    """Every change of predikat on the grid: place in SKALA before and after, last step before, first after."""
    n = i.atas - i.bawah + 1
    langkah = (
        np.arange(i.bawah, i.atas + 1)
        if n <= UTUH
        else np.unique(
            [*_sendi(i, _kebijakan(regulasi, cara)), *np.linspace(i.bawah, i.atas, 64).astype(np.int64)]
        )
    )

    def tingkat(titik: Bulat) -> Bulat:
        return _tingkat(*andaikan(data, regulasi, [i.nip] * len(titik), _pengganti(i, titik), **cara))

    t = tingkat(langkah)
    while True:
        beda = np.flatnonzero(np.diff(t))
        lebar = [k for k in beda if langkah[k + 1] - langkah[k] > 1]
        if not lebar:
            break
        sisip = np.unique(
            np.concatenate(
                [np.linspace(langkah[k], langkah[k + 1], _CABANG + 2).astype(np.int64)[1:-1] for k in lebar]
            )
        )
        sisip = np.setdiff1d(sisip, langkah)
        urut = np.argsort(np.concatenate([langkah, sisip]), kind="stable")
        langkah, t = np.concatenate([langkah, sisip])[urut], np.concatenate([t, tingkat(sisip)])[urut]
    return [(int(t[k]), int(t[k + 1]), int(langkah[k]), int(langkah[k + 1])) for k in beda]


# -- solved backwards -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kebutuhan:
    """Which realisasi of one indicator give at least a predikat, all else equal.

    selang: the whole answer, closed intervals on the grid of the indicator in rising order; empty with the
    reason in `alasan`. sekarang, predikat_sekarang: where the employee stands now.
    """

    regulasi: str
    nama: str
    indikator: Indikator
    predikat: str
    selang: tuple[tuple[Decimal, Decimal], ...]
    predikat_sekarang: str
    alasan: str = ""

    @property
    def terpenuhi(self) -> bool:
        """Whether the present realisasi is already in the set."""
        r = self.indikator.realisasi
        return r is not None and any(a <= r <= b for a, b in self.selang)

    @property
    def titik(self) -> Decimal | None:
        """The least that is asked: the smallest realisasi of the set, the largest where less is better.

        For `stabil` the nearest to the target. None if the set is empty.
        """
        if not self.selang:
            return None
        match self.indikator.polaritas:
            case "min":
                return self.selang[-1][1]
            case "stabil":
                ujung = [x for s in self.selang for x in s]
                return min(ujung, key=lambda x: abs(x - (self.indikator.target or 0)))
        return self.selang[0][0]

    @property
    def bebas(self) -> bool:
        """The whole range gives the predikat: this indicator does not decide."""
        i = self.indikator
        return self.selang == ((i.angka(i.bawah), i.angka(i.atas)),)

    def kalimat(self) -> str:
        """The answer in one or two Indonesian sentences."""
        i, p = self.indikator, tulisan.label(self.predikat)
        if not self.selang:
            return f"{self.nama}: {self.alasan}."
        if self.bebas:
            return (
                f"{self.nama}: berapa pun realisasinya ({i.tulis(i.angka(i.bawah))} sampai "
                f"{i.tulis(i.angka(i.atas))}), predikat tetap paling sedikit {p}. Indikator ini tidak menentukan."
            )
        teks = f"{self.nama}: {p} bila realisasinya {self.rentang()}."
        bawah, atas = self.selang[0][0], self.selang[-1][1]
        if i.polaritas == "min" and bawah > i.angka(i.bawah):
            teks += f" Kurang dari {i.tulis(bawah)} justru tidak lagi {p}: hasil yang lebih baik dihukum aturannya."
        if i.polaritas == "maks" and atas < i.angka(i.atas):
            teks += (
                f" Lebih dari {i.tulis(atas)} justru tidak lagi {p}: hasil yang lebih baik dihukum aturannya."
            )
        if _satuan(i.satuan) == "%" and self.titik is not None and self.titik > 100:
            teks += " Itu di atas 100 %: biasanya tidak mungkin dicapai."
        return teks

    def rentang(self) -> str:
        """The set in words: 'paling sedikit 45 laporan', '3,8 sampai 5,2 hari', with 'atau' between parts."""
        i = self.indikator
        bagian = []
        for a, b in self.selang:
            terbuka = (a == i.angka(i.bawah), b == i.angka(i.atas))
            if terbuka == (False, True):
                bagian.append(f"paling sedikit {i.tulis(a)}")
            elif terbuka == (True, False):
                bagian.append(f"paling banyak {i.tulis(b)}")
            elif a == b:
                bagian.append(f"tepat {i.tulis(a)}")
            else:
                bagian.append(f"{tulisan.angka(a)} sampai {i.tulis(b)}")
        return tulisan.daftar(bagian, "atau")


def realisasi_untuk(
    data: Data | Tabel, i: Indikator, regulasi: str, predikat: str = "baik", **cara: Any
) -> Kebutuhan:
    """Which realisasi of indicator `i` give its employee at least `predikat`, exact on the indicator's grid.

    predikat: one of PREDIKAT, on the common scale of the bridge `skala_predikat`. cara: as in `nilai`.
    A regulation that computes nothing from realisasi, and an employee whom nothing in the range lifts
    there, give an empty set with the reason. ValueError for another predikat.
    """
    if predikat not in PREDIKAT:
        raise ValueError(f"{predikat} tidak dikenal. Pilih: {tulisan.daftar(PREDIKAT, 'atau')}.")
    dasar = nilai(data, regulasi, **cara)
    letak = dasar.pegawai.kunci.get_indexer(pd.Index([i.nip]))
    kini = str(_asli(dasar, letak)[0])
    kosong = Kebutuhan(regulasi, dasar.nama, i, predikat, (), kini)
    if regulasi not in NILAI_AKHIR:
        return replace(kosong, alasan=TANPA_ANGKA.get(regulasi, "tidak menghitung nilai dari realisasi"))
    ubahan = _ubahan(data, i, regulasi, cara)
    batas = PREDIKAT.index(predikat)
    tepi = [i.bawah, *(x for _, _, a, b in ubahan for x in (a, b)), i.atas]
    ujung = list(zip(tepi[::2], tepi[1::2], strict=True))
    if ubahan:
        tingkat = [ubahan[0][0], *(b for _, b, _, _ in ubahan)]
    else:
        tingkat = [
            int(x)
            for x in _tingkat(*andaikan(data, regulasi, [i.nip], _pengganti(i, np.array([i.bawah])), **cara))
        ]
    selang: list[tuple[int, int]] = []
    for (a, b), t in zip(ujung, tingkat, strict=True):
        if t > batas:
            continue
        if selang and selang[-1][1] + 1 == a:
            selang[-1] = (selang[-1][0], b)
        else:
            selang.append((a, b))
    if selang:
        return replace(kosong, selang=tuple((i.angka(a), i.angka(b)) for a, b in selang))
    return replace(kosong, alasan=_alasan(data, i, dasar, tingkat, kosong, cara))


def _alasan(
    data: Data | Tabel,
    i: Indikator,
    dasar: Penilaian,
    tingkat: Sequence[int],
    k: Kebutuhan,
    cara: Mapping[str, Any],
) -> str:
    """Why no realisasi in the range gives the predikat."""
    p = tulisan.label(k.predikat)
    if max(tingkat) == len(PREDIKAT):
        sebab = dasar.tanpa_nilai()
        isi = list(sebab.loc[sebab["nip"] == i.nip, "alasan"])
        return f"tidak dapat dihitung: {'; '.join(isi) or 'ada isian yang belum diketahui'}"
    t = kurva(data, i, dasar.regulasi, **cara)
    puncak = t.loc[(t["nilai"] - t["nilai"].max()).abs() < 1e-9]
    puncak = puncak.iloc[-1 if i.polaritas == "min" else 0]  # the least that is asked for the best
    banyak = len(daftar_indikator(data, i.nip))
    return (
        f"tidak ada realisasi dari {i.tulis(i.angka(i.bawah))} sampai {i.tulis(i.angka(i.atas))} yang memberi "
        f"{p}. Yang terbaik, {i.tulis(Decimal(repr(float(puncak['realisasi']))))}, bernilai "
        f"{tulisan.angka(float(puncak['nilai']), 2)} ({tulisan.label(puncak['predikat'])}). Yang menahan adalah "
        f"{banyak - 1} indikator lain dan perilaku kerja, yang dianggap tetap"
    )


# -- everyone: who stands near a step ---------------------------------------------------------------------


def kepekaan(
    data: Data | Tabel, regulasi: str, jarak: float = 10, langkah: float = 0.5, **cara: Any
) -> pd.DataFrame:
    """How far each employee's realisasi must move, all of them by the same percent, until the predikat moves.

    Better means more (maks) or less (min) than now; indicators that are to stay stable are not moved.
    jarak: up to this many percent each way, in steps of `langkah`. One row per employee of `pegawai`:
    nip, opd, predikat (in the regulation's words), nilai; naik: smallest improvement that raises the predikat;
    turun: smallest worsening that lowers it; terhukum: smallest improvement that lowers it (percent, NaN if
    none within `jarak`). A moved realisasi is rounded to six decimals. Others' results stay as they are, a
    superior's too. ValueError for a regulation that computes no score from realisasi.
    """
    if regulasi not in NILAI_AKHIR:
        raise ValueError(f"{regulasi}: {TANPA_ANGKA.get(regulasi, 'tidak dikenal')}.")
    tabel = data.tabel if isinstance(data, Data) else data
    nip = tabel["pegawai"]["nip"].astype("str").tolist()
    banyak = round(jarak / langkah)
    geser = np.arange(-banyak, banyak + 1) * langkah
    arah = {"maks": 1.0, "min": -1.0, "stabil": 0.0}

    def ubah(butir: pd.DataFrame) -> pd.Series:
        searah = butir["polaritas"].astype("str").map(arah).astype("float64")  # also without a single row
        s = geser[butir["calon"].to_numpy() % len(geser)] * searah
        baru: pd.Series = (butir["realisasi"] * (100 + s) / 100).round(6)
        return baru

    hasil, letak = andaikan(tabel, regulasi, [x for x in nip for _ in geser], ubah, **cara)
    t = _tingkat(hasil, letak).reshape(len(nip), len(geser))
    kini, asal = t[:, [banyak]], letak[banyak :: len(geser)]
    tahu = (t < len(PREDIKAT)) & (kini < len(PREDIKAT))

    def pertama(syarat: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        return np.where(syarat.any(axis=1), (syarat.argmax(axis=1) + 1) * langkah, np.nan)

    lebih, kurang = slice(banyak + 1, None), slice(banyak - 1, None, -1) if banyak else slice(0, 0)
    angka_ = _nilai_akhir(hasil).ke_float()
    return pd.DataFrame(
        {
            "nip": pd.array(nip, dtype="str"),
            "opd": tabel["pegawai"]["opd"].to_numpy(),
            "predikat": pd.array(_asli(hasil, asal), dtype="str"),
            "tingkat": kini[:, 0],
            "nilai": np.where(asal >= 0, angka_[asal], np.nan),
            "naik": pertama((t < kini)[:, lebih] & tahu[:, lebih]),
            "turun": pertama((t > kini)[:, kurang] & tahu[:, kurang]),
            "terhukum": pertama((t > kini)[:, lebih] & tahu[:, lebih]),
        }
    )


def serentak(
    data: Data | Tabel, efisiensi: Sequence[Decimal | int], regulasi: str = pp46.BERKAS, **cara: Any
) -> pd.DataFrame:
    """Everyone's time and cost at the same efficiency: how many get which predikat.

    Index efisiensi (percent less than the target; indicators where less is better), columns SKALA (people).
    """
    tabel = data.tabel if isinstance(data, Data) else data
    iki = tabel["iki"]
    kena = iki["aspek"].isin(["waktu", "biaya"]) & (iki["polaritas"] == "min")
    baris = {}
    for e in efisiensi:
        sisa = float(100 - Fraction(e)) / 100
        isi = iki.assign(realisasi=iki["realisasi"].mask(kena, (iki["target"] * sisa).round(9)))
        hasil = nilai({**tabel, "iki": isi}, regulasi, **cara)
        letak = hasil.pegawai.kunci.get_indexer(pd.Index(tabel["pegawai"]["nip"]))
        baris[e] = np.bincount(_tingkat(hasil, letak), minlength=len(SKALA))
    return pd.DataFrame.from_dict(baris, orient="index", columns=list(SKALA)).rename_axis("efisiensi")


def _tingkat_calon(
    data: Data | Tabel,
    regulasi: str,
    semua: Sequence[Indikator],
    titik: Sequence[Bulat],
    cara: Mapping[str, Any],
) -> tuple[npt.NDArray[np.intp], Bulat]:
    """Place in SKALA for candidates of many indicators in one run: which of `semua`, and the place."""
    milik = np.repeat(np.arange(len(semua)), [len(x) for x in titik])
    calon = pd.MultiIndex.from_tuples([(j, *semua[i].kunci) for j, i in enumerate(milik.tolist())])
    isi = np.concatenate([x / 10.0**i.desimal for x, i in zip(titik, semua, strict=True)])

    def ubah(butir: pd.DataFrame) -> pd.Series:
        baris = pd.MultiIndex.from_arrays([butir["calon"], *(butir[x].astype("str") for x in KUNCI)])
        letak = calon.get_indexer(baris)
        return butir["realisasi"].mask(letak >= 0, pd.Series(isi[letak], butir.index))

    return milik, _tingkat(*andaikan(data, regulasi, [semua[i].nip for i in milik.tolist()], ubah, **cara))


def yang_dihukum(data: Data | Tabel, predikat: str = "baik", paling: int = 3, **cara: Any) -> list[Kebutuhan]:
    """PP 46/2011: whom one step beyond the efficiency edge costs the predikat, with what each would need.

    The first `paling` employees whose first indicator of time or cost gives `predikat` at the edge and
    neither just beyond it nor at zero. May be empty.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    persen = Fraction(_kebijakan(pp46.BERKAS, cara)[f"{pp46.BERKAS}.batas_efisiensi"].pasti())
    semua, titik = [], []
    for nip in tabel["pegawai"]["nip"]:
        isi = daftar_indikator(tabel, nip)
        hemat = isi["aspek"].isin(["waktu", "biaya"]) & (isi["polaritas"] == "min") & (isi["target"] > 0)
        if hemat.any():
            i = indikator(tabel, nip, int(np.flatnonzero(hemat)[0]) + 1)
            tepi = -int(-Fraction(i.target or 0) * (100 - persen) / 100 * 10**i.desimal // 1)
            semua.append(i)
            titik.append(np.array([tepi, tepi - 1, 0], dtype=np.int64))
    if not semua:
        return []
    _, tingkat = _tingkat_calon(tabel, pp46.BERKAS, semua, titik, cara)
    dapat = (tingkat <= PREDIKAT.index(predikat)).reshape(-1, 3)
    kena = np.flatnonzero(dapat[:, 0] & ~dapat[:, 1] & ~dapat[:, 2])[:paling]
    return [realisasi_untuk(tabel, semua[i], pp46.BERKAS, predikat, **cara) for i in kena.tolist()]


def yang_menentukan(
    data: Data | Tabel, regulasi: str, predikat: str = "baik", paling: int = 20, **cara: Any
) -> list[tuple[str, int]]:
    """Employees just below `predikat` and the number of an indicator that alone can lift them there.

    Looks at the `paling` employees whom the smallest improvement lifts (see `kepekaan`); (nip, nomor) pairs, one
    per employee, in the order of the workbook's indicators. Good examples for a lesson; may be empty.
    """
    t = kepekaan(data, regulasi, **cara)
    dekat = t[(t["tingkat"] == PREDIKAT.index(predikat) + 1) & t["naik"].notna()]
    nip = dekat.sort_values(["naik", "nip"], kind="stable")["nip"].head(paling).tolist()
    semua = [indikator(data, x, n) for x in nip for n in range(1, len(daftar_indikator(data, x)) + 1)]
    if not semua:
        return []
    k = _kebijakan(regulasi, cara)
    titik = [np.unique([*_sendi(i, k), *np.linspace(i.bawah, i.atas, 9).astype(np.int64)]) for i in semua]
    milik, tingkat = _tingkat_calon(data, regulasi, semua, titik, cara)
    sampai = tingkat <= PREDIKAT.index(predikat)
    nomor = {(i.nip, i.kunci): n for n, i in enumerate(semua)}
    bisa = [semua[i] for i in np.unique(milik[sampai]).tolist()]
    awal = {x: next(n for n, i in enumerate(semua) if i.nip == x) for x in nip}
    pertama: dict[str, int] = {}
    for i in bisa:
        pertama.setdefault(i.nip, nomor[i.nip, i.kunci] - awal[i.nip] + 1)
    return [(x, pertama[x]) for x in nip if x in pertama]


def contoh_indikator(
    data: Data | Tabel, regulasi: str, predikat: str = "baik", nip: str = "", nomor: int = 0, **cara: Any
) -> tuple[str, int]:
    """An employee and the number of an indicator on which `predikat` depends, for a lesson.

    nip, nomor: taken as they are where given; else the first that `yang_menentukan` finds, else the first
    indicator of that employee (or of the first who has one) that does not give the predikat whatever it is,
    else number 1. LookupError if nobody has an indicator.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    if not nip:
        pasangan = yang_menentukan(tabel, regulasi, predikat, **cara)
        if pasangan:
            return pasangan[0][0], nomor or pasangan[0][1]
        punya = [x for x in tabel["pegawai"]["nip"] if len(daftar_indikator(tabel, x))]
        if not punya:
            raise LookupError("belum ada pegawai yang punya indikator pada RHK utama.")
        nip = punya[0]
    for n in range(1, len(daftar_indikator(tabel, nip)) + 1) if not nomor else []:
        k = realisasi_untuk(tabel, indikator(tabel, nip, n), regulasi, predikat, **cara)
        if k.selang and not k.bebas:
            return nip, n
    return nip, nomor or 1


# -- scales -----------------------------------------------------------------------------------------------


def kurva_efisiensi(efisiensi: Sequence[Decimal | int], k: Kebijakan | None = None) -> pd.DataFrame:
    """PP 46/2011: value of time or cost at each percentage of efficiency, exact; columns efisiensi, nilai.

    Efficiency e is a realisasi of (100 − e) percent of the target. k: a policy, else the last day of PP 46.
    """
    p = pp46.parameter(k or kebijakan(tanggal_acuan(pp46.BERKAS)))
    e = dari_angka(np.array([Fraction(x) for x in efisiensi], dtype=object))
    target = Pecahan(np.full(len(efisiensi), 100, dtype=np.int64))
    hasil = pp46.GRAF_EFISIENSI.jalankan(
        {"target": target, "realisasi": target - e}, p, pd.RangeIndex(len(efisiensi))
    )
    return pd.DataFrame({n: ke_seri(hasil[n]) for n in ("persen_efisiensi", "nilai_efisiensi")}).set_axis(
        ["efisiensi", "nilai"], axis=1
    )


def skala_baru(nilai_lama: Sequence[Decimal | int | float], k: Kebijakan | None = None) -> pd.DataFrame:
    """Old scores (PP 46/2011, 0-100) on the scale to 120 by the conversion of 2021, and the predikat of both.

    Columns: lama, predikat_lama, baru (float64), predikat_baru (without a new idea), dikali (lama × 120 ÷ 100,
    the shortcut that no regulation knows). k: a policy in July-December 2021.
    """
    k = k or kebijakan("2021-12-31")
    lama = dari_angka(np.array([Fraction(str(x)) for x in nilai_lama], dtype=object))
    n = len(nilai_lama)
    kunci, tanpa_ide = pd.RangeIndex(n), np.zeros(n, dtype=bool)
    konversi = pp30.nilai_2021(kunci, lama, lama, tanpa_ide, k).pegawai["nilai_konversi"]
    assert isinstance(konversi, Pecahan)
    p = k.bagian(pp30.BERKAS)
    ide = dari_kategori(tanpa_ide, pp30.YA_TIDAK)
    predikat = pp30.predikat(
        pp30.pita(konversi, p["pita_nilai"].pasti()), ide, p["predikat_menurut_pita"].pasti()
    )
    pp = pp46.parameter(kebijakan(tanggal_acuan(pp46.BERKAS)))
    pita_lama, celah = pp["pita_predikat"].pasti(), pp["celah_predikat"].pasti()
    predikat_lama = pp46.predikat(pp46.nilai_berpredikat(lama, pita_lama, celah), pita_lama)
    return pd.DataFrame(
        {
            "lama": lama.ke_float(),
            "predikat_lama": pd.Series(ke_seri(predikat_lama)).astype("str"),
            "baru": konversi.ke_float(),
            "predikat_baru": pd.Series(ke_seri(predikat)).astype("str"),
            "dikali": (lama * 120 / 100).ke_float(),
        }
    )


def skala_capaian(capaian: Sequence[int], k: Kebijakan | None = None) -> pd.DataFrame:
    """What one and the same capaian (percent of target) is worth under PP 46/2011 and PermenPANRB 8/2021.

    Columns: capaian, nilai_pp46 with predikat_pp46; nilai_iki with kategori_iki (leaders, Lampiran p. 93;
    model dasar, target not the highest attainable); kategori_aspek (others). k: a policy in
    July-December 2021.
    """
    n = len(capaian)
    kunci = pd.RangeIndex(n)
    isi = Pecahan(np.asarray(capaian, dtype=np.int64))
    target = Pecahan(np.full(n, 100, dtype=np.int64))
    pp = pp46.parameter(kebijakan(tanggal_acuan(pp46.BERKAS)))
    lama: Any = pp46.GRAF_RASIO.jalankan({"target": target, "realisasi": isi}, pp, kunci)["nilai_rasio"]
    pita, celah = pp["pita_predikat"].pasti(), pp["celah_predikat"].pasti()
    p = permenpanrb8.parameter(k or kebijakan("2021-12-31"))
    pimpinan = permenpanrb8.graf_iki(pimpinan=True).jalankan(
        {"capaian": isi, "target_maksimum": Pecahan(np.zeros(n, dtype=np.int64))}, p, kunci
    )
    aspek = permenpanrb8.GRAF_ASPEK.jalankan(
        {"jumlah_capaian": isi, "banyak_iki": Pecahan(np.ones(n, dtype=np.int64))}, p, kunci
    )
    kata = {
        "predikat_pp46": pp46.predikat(pp46.nilai_berpredikat(lama, pita, celah), pita),
        "kategori_iki": pimpinan["kategori_iki"],
        "kategori_aspek": aspek["kategori_aspek"],
    }
    teks = {nama: pd.Series(ke_seri(x)).astype("str") for nama, x in kata.items()}
    return pd.DataFrame(
        {
            "capaian": np.asarray(capaian),
            "nilai_pp46": lama.ke_float(),
            "predikat_pp46": teks["predikat_pp46"],
            "nilai_iki": ke_seri(pimpinan["nilai_iki"]),
            "kategori_iki": teks["kategori_iki"],
            "kategori_aspek": teks["kategori_aspek"],
        }
    )
