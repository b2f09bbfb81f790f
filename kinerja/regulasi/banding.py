"""The same people under any regulation, and side by side: who moves, and which rule did it.

A regulation gives its predikat in its own words; `jembatan.skala_predikat` puts them on one scale of five
steps. Whoever a regulation cannot score stays in the comparison as `TIDAK_DINILAI`. A policy compares with
any other: regulations, dates, scenarios, settings.
"""

from __future__ import annotations

import datetime as dt
import difflib
import inspect
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import aturan, penjelasan, tulisan
from kinerja.aturan import Bertingkat, Fungsi, Hasil, Kolom, keterangan, tampil
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Galat, GalatParameter, Kebijakan, Nilai, kebijakan, muat
from kinerja.parameter import instansi as profil
from kinerja.pecahan import Kode, Pecahan, rata_per
from kinerja.penjelasan import Penjelasan
from kinerja.regulasi import kmk127, permenpanrb6, permenpanrb8, pp30, pp46
from kinerja.regulasi.tabel import siap

TIDAK_DINILAI = "tidak_dapat_dinilai"
SKALA = (*PREDIKAT, TIDAK_DINILAI)
KELOMPOK = ("opd", "jenis_jabatan", "jenjang", "kelas")
ARAH = ("naik", "tetap", "turun", TIDAK_DINILAI)
_TIPE_SKALA = pd.CategoricalDtype(list(SKALA), ordered=True)
_TIPE_ARAH = pd.CategoricalDtype(list(ARAH))
JEMBATAN_SKALA = "jembatan.skala_predikat"

Tabel = Mapping[str, pd.DataFrame]
Baris = npt.NDArray[np.intp]


@dataclass(frozen=True)
class _Cara:
    """How one regulation scores the tables, says why it cannot, which steps tell the most about a predikat,
    and which columns of which sheets it cannot do without."""

    modul: ModuleType
    hitung: Callable[..., Bertingkat]
    alasan: Callable[[Penilaian], pd.DataFrame]
    rinci: tuple[str, ...]
    perlu: Mapping[str, tuple[str, ...]]


def _alasan_dari_hasil(modul: Any) -> Callable[[Penilaian], pd.DataFrame]:
    return lambda h: modul.tanpa_nilai(h, h.data)


def _alasan_dari_tabel(modul: Any) -> Callable[[Penilaian], pd.DataFrame]:
    return lambda h: modul.tanpa_nilai(h.data, h.kebijakan, **h.setelan)


_UKURAN = ("indikator", "polaritas", "rumus", "target", "target_atas", "realisasi")
_PERLU: Mapping[str, tuple[str, ...]] = {
    "pegawai": ("nip", "opd", "jenis_jabatan", "jenjang", "kelas", "status"),
    "rhk": ("id", "nip", "rhk", "jenis", "lingkup"),
    "iki": ("rhk", "aspek", *_UKURAN),
    "perilaku": ("nip", "aspek", "penilai", "nilai"),
    "penilaian": ("nip", "periode", "ide_baru"),
}
_PEGAWAI_BERATASAN = (*_PERLU["pegawai"], "atasan")
REGULASI: Mapping[str, _Cara] = MappingProxyType(
    {
        pp46.BERKAS: _Cara(
            pp46,
            pp46.nilai,
            _alasan_dari_hasil(pp46),
            ("nilai_prestasi", "nilai_skp", "nilai_perilaku", "nilai_rasio", "nilai_efisiensi"),
            _PERLU,
        ),
        pp30.BERKAS: _Cara(
            pp30,
            pp30.nilai,
            _alasan_dari_hasil(pp30),
            ("nilai_kinerja", "nilai_skp", "nilai_perilaku"),
            _PERLU,
        ),
        permenpanrb8.BERKAS: _Cara(
            permenpanrb8,
            permenpanrb8.nilai,
            _alasan_dari_hasil(permenpanrb8),
            (
                "nilai_kinerja",
                "nilai_skp",
                "nilai_perilaku",
                "kategori_rencana",
                "kategori_rencana_pimpinan",
            ),
            {
                **_PERLU,
                "pegawai": _PEGAWAI_BERATASAN,
                "opd": ("kode", "kepala_nip"),
                "kaskade": ("id", "jenjang"),
                "rhk": (*_PERLU["rhk"], "rhk_induk", "cara"),
                "iki": (*_PERLU["iki"], "target_maksimum"),
            },
        ),
        permenpanrb6.BERKAS: _Cara(
            permenpanrb6,
            permenpanrb6.nilai_tabel,
            _alasan_dari_tabel(permenpanrb6),
            ("angka_perilaku", "rating_kepala"),
            {
                "pegawai": ("nip", "opd", "jenis_jabatan", "jenjang", "kelas"),
                "penilaian": ("nip", "periode", "rating_hasil", "rating_perilaku"),
            },
        ),
        kmk127.BERKAS: _Cara(
            kmk127,
            kmk127.nilai,
            _alasan_dari_tabel(kmk127),
            ("nhk_akhir", "npk_akhir", "nko", "penyesuaian"),
            {
                "pegawai": _PEGAWAI_BERATASAN,
                "opd": ("kode",),
                "iku": ("opd", *_UKURAN, "terburuk", "target_maksimum"),
                "rhk": ("id", "nip", "rhk"),
                "iki": (*_PERLU["iki"], "terburuk", "target_maksimum"),
                "perilaku": _PERLU["perilaku"],
                "hukuman": ("nip", "jenis", "mulai"),
            },
        ),
    }
)


@dataclass(frozen=True)
class Penilaian(Bertingkat):
    """What `nilai` gives: the levels, with the regulation, policy, tables and settings that made them."""

    regulasi: str
    kebijakan: Kebijakan
    data: Tabel = field(repr=False)
    setelan: Mapping[str, Any]

    def tanpa_nilai(self) -> pd.DataFrame:
        """Everyone without a predikat: nip, alasan (Indonesian); one row per reason."""
        return REGULASI[self.regulasi].alasan(self)


# -- one regulation ---------------------------------------------------------------------------------------


def nilai(
    data: Data | Tabel,
    regulasi: str,
    tanggal: dt.date | str | Kebijakan | None = None,
    skenario: Any = None,
    aturan: Sequence[Fungsi] = (),
    **setelan: Any,
) -> Penilaian:
    """Everyone in `data` under one regulation; `.tabel()` is one row one employee, the steps as columns.

    data: what `kinerja.data.baca` gives, or its tables. regulasi: a key of REGULASI ("pp-46-2011").
    tanggal: the day of the policy, or a policy; without it see `tanggal_acuan`. skenario: one for
    `Kebijakan.dengan`, or a list of them, laid over in order. aturan: rules of a reform that stand in for the
    employee's rules of the same name (`Graf.dengan`; ValueError for another name or argument). setelan: keywords of the regulation's own
    `nilai` (periode, tingkat, ...). GalatData for tables that cannot be scored (see `siap`); GalatParameter for
    an unknown regulation or a scenario without effect on that day; ValueError for an unknown setting.
    """
    cara = _cara(regulasi)
    if tanggal is None:
        tanggal = tanggal_acuan(regulasi)
    k = tanggal if isinstance(tanggal, Kebijakan) else kebijakan(tanggal)
    for s in skenario if isinstance(skenario, list | tuple) else [] if skenario is None else [skenario]:
        k = k.dengan(s)
    _periksa_setelan(cara.hitung, regulasi, setelan)
    tabel = siap(data, cara.perlu)
    if isinstance(setelan.get("periode"), int):
        setelan["periode"] = str(setelan["periode"])  # a year written as a number
    h = cara.hitung(tabel, k, **setelan)
    if aturan:
        h = Bertingkat(h.nama, (*h.tingkat[:-1], h.pegawai.dengan(*aturan)))
    return Penilaian(h.nama, h.tingkat, regulasi, k, tabel, MappingProxyType(setelan))


def tanggal_acuan(regulasi: str) -> dt.date:
    """The last day on which a regulation was in force; for one that still is, its latest dated value."""
    _cara(regulasi)
    semua = muat().parameter
    akhir = [
        n.sampai
        for j, p in semua.items()
        if j.startswith("registri.rezim_")
        for n in p.waktu
        if n.nilai == regulasi
    ]
    if akhir and akhir[-1] is not None:
        return akhir[-1]
    return max(n.sejak for j, p in semua.items() if j.startswith(f"{regulasi}.") for n in p.waktu)


def jelaskan(hasil: Hasil | Bertingkat, kunci: Hashable) -> Penjelasan:
    """How one employee's numbers came about, from the single indicator on if there are levels.

    kunci: the NIP, or the row's key for a `Hasil` with several keys. LookupError if it does not occur.
    """
    if not isinstance(hasil, Hasil | Bertingkat):
        apa = type(hasil).__name__
        raise TypeError(f"yang dijelaskan hasil kj.nilai, bukan {apa}: kj.jelaskan(hasil, nip).")
    if isinstance(hasil, Penilaian):
        rhk = hasil.data["rhk"].dropna(subset="rhk")
        return hasil.jelaskan(str(kunci)).dengan_nama("RHK", dict(zip(rhk["id"], rhk["rhk"], strict=True)))
    if isinstance(hasil, Bertingkat):
        satu: Any = kunci if isinstance(kunci, tuple) else str(kunci)  # a month of pay has two keys
        return hasil.jelaskan(satu)
    return aturan.jelaskan(hasil, kunci)


def tabel_penjelasan(hasil: Hasil | Bertingkat, kunci: Hashable | Sequence[Hashable]) -> pd.DataFrame:
    """The explanation of one key or a list of keys as rows, one row one step, the employee's own first.

    Columns: Siapa, Tingkat, Butir, Langkah, Rumus, Dengan nilai, Hasil, Dasar, Status. LookupError as `jelaskan`.
    """
    return penjelasan.tabel_langkah(_semua_penjelasan(hasil, kunci))


def tulis_penjelasan(
    hasil: Hasil | Bertingkat, kunci: Hashable | Sequence[Hashable], berkas: str | Path
) -> Path:
    """Write `tabel_penjelasan` to a workbook that filters and prints; an existing file is replaced whole."""
    return penjelasan.tulis_xlsx(_semua_penjelasan(hasil, kunci), berkas)


def _semua_penjelasan(hasil: Hasil | Bertingkat, kunci: Hashable | Sequence[Hashable]) -> list[Penjelasan]:
    return [jelaskan(hasil, k) for k in (kunci if isinstance(kunci, list) else [kunci])]


def _cara(regulasi: str) -> _Cara:
    if regulasi not in REGULASI:
        rapi = str(regulasi).lower().replace("/", "-").replace(" ", "-")
        dekat = difflib.get_close_matches(rapi, REGULASI, n=3, cutoff=0.6)
        saran = (
            f"Maksudnya {tulisan.daftar(dekat, 'atau')}?" if dekat else f"Yang ada: {', '.join(REGULASI)}."
        )
        raise GalatParameter([Galat(str(regulasi), f"tidak ada peraturan penilaian ini. {saran}")])
    return REGULASI[regulasi]


def _periksa_setelan(hitung: Callable[..., Bertingkat], regulasi: str, setelan: Mapping[str, Any]) -> None:
    _, _, *lain = inspect.signature(hitung).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in lain):
        return  # the regulation checks them against its own parameters
    asing = sorted(set(setelan) - {p.name for p in lain})
    if asing:
        ada = tulisan.daftar(p.name for p in lain)
        raise ValueError(f"setelan {tulisan.daftar(asing)} tidak dikenal untuk {regulasi}. Yang ada: {ada}.")


# -- side by side -----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Perbandingan:
    """The same people under several policies, rows in the order of `pegawai`.

    orang: nip, opd, jenis_jabatan, jenjang, kelas. hasil: policy name -> its levels. asli: one column per
    policy, the predikat in the regulation's own words; skala: the same on the common scale (category of
    SKALA). `a` and `b` in the methods are names of policies (or file names that only one of them has);
    without them the first and the last.
    """

    orang: pd.DataFrame
    hasil: Mapping[str, Bertingkat]
    asli: pd.DataFrame
    skala: pd.DataFrame

    @property
    def nama(self) -> tuple[str, ...]:
        return tuple(self.hasil)

    def tabel(self) -> pd.DataFrame:
        """One row one employee: who, and the predikat under each policy on the common scale."""
        return pd.concat([self.orang, self.skala], axis=1)

    def jumlah(self) -> pd.DataFrame:
        """How many people hold each predikat (index SKALA) under each policy (columns)."""
        isi = {n: self.skala[n].value_counts().reindex(SKALA, fill_value=0) for n in self.nama}
        return pd.DataFrame(isi).rename_axis("predikat")

    def pindah(self, a: str | None = None, b: str | None = None) -> pd.DataFrame:
        """People from each predikat under `a` (rows) to each under `b` (columns); both all of SKALA."""
        dari, ke = self.pasangan(a, b)
        i, j = (self.skala[n].cat.codes.to_numpy(dtype=np.intp) for n in (dari, ke))
        isi = np.zeros((len(SKALA), len(SKALA)), dtype=np.int64)
        np.add.at(isi, (i, j), 1)
        return pd.DataFrame(isi, pd.Index(SKALA, name=dari), pd.Index(SKALA, name=ke))

    def arah(self, a: str | None = None, b: str | None = None) -> pd.Series:
        """naik, tetap, turun from `a` to `b`, or tidak_dapat_dinilai if either could not score; one per row."""
        i, j = (self.skala[n].cat.codes.to_numpy() for n in self.pasangan(a, b))
        kosong = (i == len(PREDIKAT)) | (j == len(PREDIKAT))
        kode = np.select([kosong, j < i, j > i], [3, 0, 2], 1)
        return pd.Series(pd.Categorical.from_codes(kode.tolist(), dtype=_TIPE_ARAH), name="arah")

    def per(self, kelompok: str, a: str | None = None, b: str | None = None) -> pd.DataFrame:
        """How many moved up, stayed, moved down, or lack a predikat, per group, with their sum.

        kelompok: one of KELOMPOK, else ValueError. An empty cell of the workbook is a group of its own.
        """
        if kelompok not in KELOMPOK:
            raise ValueError(
                f"tidak dapat dikelompokkan menurut {kelompok}. Pilih: {tulisan.daftar(KELOMPOK, 'atau')}."
            )
        siapa = self.orang[kelompok].astype(object).fillna(tulisan.KOSONG)
        isi = pd.crosstab(siapa, self.arah(a, b).astype("str"))
        isi = isi.reindex(columns=list(ARAH), fill_value=0).rename_axis(columns=None)
        if isinstance(self.orang[kelompok].dtype, pd.CategoricalDtype):
            isi = isi.reindex([k for k in self.orang[kelompok].cat.categories if k in isi.index])
        return isi.assign(jumlah=isi.sum(axis=1))

    def yang_berubah(self, a: str | None = None, b: str | None = None) -> pd.DataFrame:
        """Whose predikat differs on the common scale, one row one employee, and the step that decided each.

        Columns: those of `orang`; sebelum, sesudah (in the regulation's words), arah; langkah (label), dasar
        (article), status and karena (the numbers and categories that it read) of the deciding step, each
        with _sebelum and _sesudah. langkah_berbeda: the first step that differs if both policies score by the
        same regulation, else empty.
        """
        dari, ke = self.pasangan(a, b)
        letak = np.flatnonzero((self.skala[dari] != self.skala[ke]).to_numpy())
        isi = self.orang.iloc[letak].reset_index(drop=True)
        isi["sebelum"], isi["sesudah"] = (self.asli[n].iloc[letak].to_numpy() for n in (dari, ke))
        isi["arah"] = self.arah(a, b).iloc[letak].array
        beda = self._langkah_berbeda(dari, ke)
        isi["langkah_berbeda"] = pd.Series([beda.get(n, "") for n in isi["nip"]], dtype="str")
        for nama, akhiran in ((dari, "sebelum"), (ke, "sesudah")):
            sebab = penentu(self.hasil[nama], pd.Index(isi["nip"])).add_suffix(f"_{akhiran}")
            isi = pd.concat([isi, sebab.reset_index(drop=True)], axis=1)
        return isi

    def tersentuh(self, a: str | None = None, b: str | None = None) -> pd.Series:
        """Whoever has a step that differs, even where the predikat stays: index nip -> first such step.

        Only between policies that score by the same regulation, such as a scenario and its base; else
        ValueError.
        """
        dari, ke = self.pasangan(a, b)
        if self.hasil[dari].nama != self.hasil[ke].nama:
            raise ValueError(
                f"{dari} dan {ke} memakai peraturan yang berbeda, jadi langkahnya tidak dapat disandingkan. "
                "Pakai yang_berubah."
            )
        return self._langkah_berbeda(dari, ke)

    @cached_property
    def jembatan(self) -> pd.DataFrame:
        """Bridges that the policies needed, one row one bridge: jalur, nama, dipakai, status, catatan."""
        return self._ketentuan(lambda h: {j: n for j, n in ketentuan(h).items() if _jembatan(j)})

    @cached_property
    def bukan_teks(self) -> pd.DataFrame:
        """Numbers of the law whose status is not `teks`, bridges left out; columns as `jembatan`."""
        return self._ketentuan(
            lambda h: {j: n for j, n in ketentuan(h).items() if not _jembatan(j) and _status(n) != "teks"}
        )

    def __str__(self) -> str:
        bagian = [
            f"Perbandingan {tulisan.angka(len(self.orang))} pegawai",
            _berlabel(self.jumlah()).to_string(),
        ]
        bagian += self._perubahan()
        bagian.append("Jembatan yang dipakai:")
        bagian += [
            f"- {x.nama} [{x.status}], untuk {x.dipakai}: {x.catatan}" for x in self.jembatan.itertuples()
        ]
        return "\n".join(bagian)

    def _repr_html_(self) -> str:
        judul = ["Jalur", "Jembatan", "Dipakai untuk", "Status", "Catatan"]
        jembatan = self.jembatan.set_axis(judul, axis=1).drop(columns="Jalur")
        with pd.option_context("display.max_colwidth", None):
            # each cell says its side itself: a notebook sets all to the right, a browser to the left
            isi = [
                x.to_html(border=0, index=i)
                .replace("<td>", f'<td style="text-align:{sisi};vertical-align:top">')
                .replace("<th>", f'<th style="text-align:{sisi}">')
                for x, i, sisi in ((_berlabel(self.jumlah()), True, "right"), (jembatan, False, "left"))
            ]
        perubahan = "".join(f"<p style='white-space:pre-line'>{escape(p)}</p>" for p in self._perubahan())
        return (
            f"<p><strong>Perbandingan {tulisan.angka(len(self.orang))} pegawai</strong></p>{isi[0]}{perubahan}"
            f"<p><strong>Jembatan yang dipakai</strong></p>{isi[1]}"
        )

    def _perubahan(self) -> list[str]:
        """What scenarios changed, per policy that has one."""
        return [
            f"{n}. {h.kebijakan.cetak_perubahan()}"
            for n, h in self.hasil.items()
            if isinstance(h, Penilaian) and h.kebijakan.skenario
        ]

    def pasangan(self, a: str | None = None, b: str | None = None) -> tuple[str, str]:
        """The names of the two policies meant by `a` and `b`. ValueError for one that is not there."""
        return self._cari(self.nama[0] if a is None else a), self._cari(self.nama[-1] if b is None else b)

    def _cari(self, nama: str) -> str:
        if nama in self.hasil:
            return nama
        sama = [n for n, h in self.hasil.items() if isinstance(h, Penilaian) and h.regulasi == nama]
        if len(sama) != 1:
            raise ValueError(
                f"{nama} tidak ada dalam perbandingan ini. Pilih: {tulisan.daftar(self.nama, 'atau')}."
                if not sama
                else f"{nama} ada {len(sama)} kali dalam perbandingan ini. Sebut namanya: "
                f"{tulisan.daftar(sama, 'atau')}."
            )
        return sama[0]

    def _langkah_berbeda(self, a: str, b: str) -> pd.Series:
        beda: dict[str, str] = {}
        for nip, label in _beda_langkah(self.hasil[a], self.hasil[b]):
            beda.setdefault(nip, label)
        return pd.Series(beda, dtype="str").rename_axis("nip")

    def _ketentuan(self, pilih: Callable[[Bertingkat], Mapping[str, Nilai]]) -> pd.DataFrame:
        dipakai: dict[tuple[str, str, str], list[str]] = {}
        isi: dict[tuple[str, str, str], Nilai] = {}
        for nama, h in self.hasil.items():
            for jalur, n in pilih(h).items():
                kunci = (jalur, str(n.nilai), n.dasar)  # a variant has a line of its own
                dipakai.setdefault(kunci, []).append(nama)
                isi.setdefault(kunci, n)
        baris = [
            (k[0], n.nama, tulisan.daftar(dipakai[k]), _status(n), n.catatan or n.dasar)
            for k, n in isi.items()
        ]
        return pd.DataFrame(baris, columns=["jalur", "nama", "dipakai", "status", "catatan"], dtype="str")


Skenario = str | Path | Mapping[str, Any]
Butir = str | tuple[str, Bertingkat | Skenario | Sequence[Skenario]]


def bandingkan(
    data: Data | Tabel,
    regulasi: Sequence[Butir],
    instansi: str | None = None,
) -> Perbandingan:
    """The people of `data` under two or more policies.

    regulasi: file names (scored by `nilai` as of their own time); pairs (file name, variant), the regulation as
    a region varied it: a scenario for `Kebijakan.dengan`, or several laid over in order; pairs (name, result of
    `nilai`). instansi: a region of params/instansi whose own `varian` of each regulation named is added. The
    comparison prints what a variant changed, with its status and source. ValueError for fewer than two, a name that occurs twice, or a result that holds other people.
    """
    tabel = siap(data, {"pegawai": ("nip", "opd", "jenis_jabatan", "jenjang", "kelas")})
    if isinstance(regulasi, str):
        raise ValueError(f'regulasi ditulis sebagai daftar, misalnya ["{regulasi}", "permenpanrb-6-2022"].')
    if instansi is not None:
        regulasi = [*regulasi, *_varian(regulasi, instansi)]
    if len(regulasi) < 2:
        raise ValueError("perbandingan memerlukan paling sedikit dua kebijakan. Tambahkan satu lagi.")
    hasil: dict[str, Bertingkat] = {}
    for r in regulasi:
        nama, h = _bernama(r, tabel, hasil)
        if nama in hasil:
            raise ValueError(f"nama {nama} dipakai dua kali. Beri setiap kebijakan nama sendiri.")
        hasil[nama] = h
    pegawai = tabel["pegawai"].reset_index(drop=True)
    letak = {n: _letak(n, h.pegawai, pd.Index(pegawai["nip"])) for n, h in hasil.items()}
    asli, skala = {}, {}
    for n, h in hasil.items():
        predikat = h.pegawai["predikat"]
        assert isinstance(predikat, Kode)
        kode = np.where(letak[n] >= 0, predikat.kode[letak[n]], -1)
        padanan = ketentuan(h)[JEMBATAN_SKALA]
        tingkat = [SKALA.index(padanan.pasti(k)) for k in predikat.kategori]
        asli[n] = np.array([*predikat.kategori, TIDAK_DINILAI], dtype=object)[kode]
        skala[n] = pd.Categorical.from_codes(np.array([*tingkat, len(PREDIKAT)])[kode], dtype=_TIPE_SKALA)
    return Perbandingan(
        pegawai[["nip", "opd", "jenis_jabatan", "jenjang", "kelas"]],
        MappingProxyType(hasil),
        pd.DataFrame(asli, dtype="str"),
        pd.DataFrame(skala),
    )


def _varian(regulasi: Sequence[Butir], instansi: str) -> list[Butir]:
    milik = profil(instansi)
    disebut = dict.fromkeys(r for r in regulasi if isinstance(r, str))
    hasil: list[Butir] = [(r, milik.varian[r]) for r in disebut if r in milik.varian]
    if not hasil:
        pesan = (
            f"{milik.nama} belum punya varian untuk {tulisan.daftar(disebut, 'atau')}. Tambahkan varian di "
            f'params/instansi/{instansi}.yaml, atau sebut skenarionya: ("{next(iter(disebut), "pp-30-2019")}", "nama-skenario").'
        )
        raise GalatParameter([Galat(instansi, pesan)])
    return hasil


def _bernama(r: Butir, tabel: Tabel, ada: Mapping[str, Bertingkat]) -> tuple[str, Bertingkat]:
    if isinstance(r, str):
        h = nilai(tabel, r)
        kali = sum(x.nama == h.nama for x in ada.values())
        return (f"{h.nama} ({kali + 1})" if kali else h.nama), h
    nama, isi = r
    if isinstance(isi, Bertingkat):
        return nama, isi
    varian = nilai(tabel, nama, skenario=isi)
    lapis = " + ".join(n for n, _ in varian.kebijakan.skenario)
    return (f"{varian.nama}: {lapis}" if lapis in ada or "Tanpa nama" in lapis else lapis), varian


def _letak(nama: str, pegawai: Hasil, nip: pd.Index[Any]) -> Baris:
    """Row of each employee in the result, -1 where it leaves the employee out."""
    asing = pegawai.kunci.difference(nip)
    ganda = pegawai.kunci[pegawai.kunci.duplicated()].append(nip[nip.duplicated()]).unique()
    for isi, masalah in ((asing, "yang tidak ada di lembar pegawai"), (ganda, "lebih dari sekali")):
        if len(isi):
            contoh = ", ".join(map(str, isi[:3]))
            raise ValueError(
                f"{nama} memuat {len(isi)} NIP {masalah} ({contoh}), padahal yang dibandingkan harus orang yang sama. "
                "Hitung ulang dari data yang sama."
            )
    return np.asarray(pegawai.kunci.get_indexer(nip), dtype=np.intp)


# -- which rule did it ------------------------------------------------------------------------------------


def penentu(hasil: Bertingkat, nip: pd.Index[Any]) -> pd.DataFrame:
    """The step that put each employee in the predikat: index nip; langkah, dasar, status, karena (text).

    It is the rule `predikat` (the cell of a table, the band of a number), or the step before it where that
    alone fixes the cell: a band that gives the same predikat whatever the other key says. karena is what
    the step read, then the telling steps of the regulation. Whoever has no predikat gets the reasons.
    """
    orang = hasil.pegawai
    letak = np.asarray(orang.kunci.get_indexer(nip), dtype=np.intp)
    predikat = orang["predikat"]
    assert isinstance(predikat, Kode)
    tahu = (letak >= 0) & (predikat.kode[letak] >= 0)
    rinci = _rincian(hasil, nip)
    isi = [(tulisan.label(TIDAK_DINILAI), "", "", "")] * len(nip)
    for i in np.flatnonzero(tahu).tolist():
        baris = int(letak[i])
        nama = _aturan_penentu(orang, "predikat", baris)
        ket, argumen = keterangan(orang.graf.aturan[nama]), _argumen(orang, nama)
        parameter = [orang.parameter[a] for a in argumen if a in orang.parameter]
        dibaca = {a: (_label(orang, a), tampil(orang[a], baris)) for a in argumen if a in orang.kolom}
        sudah = {angka for _, angka in dibaca.values()}
        lain = [r[i] for n, r in rinci.items() if n not in dibaca and r[i][1] and r[i][1] not in sudah]
        isi[i] = (
            ket.label,
            _dasar([ket.dasar, *(p.dasar for p in parameter)]),
            ", ".join(dict.fromkeys([ket.status, *(p.status for p in parameter)])),
            "; ".join(f"{label} {angka}" for label, angka in [*dibaca.values(), *lain]),
        )
    tabel = pd.DataFrame(isi, nip, ["langkah", "dasar", "status", "karena"], dtype="str")
    if isinstance(hasil, Penilaian) and not tahu.all():
        alasan = hasil.tanpa_nilai().groupby("nip")["alasan"].agg("; ".join)
        tabel.loc[~tahu, "karena"] = alasan.reindex(nip[~tahu]).fillna("").to_numpy()
    return tabel


def _aturan_penentu(h: Hasil, nama: str, i: int) -> str:
    """The rule that fixes the word of rule `nama` in row i: a key whose whole row or column says the same."""
    argumen = _argumen(h, nama)
    kunci = [a for a in argumen if isinstance(h.kolom.get(a), Kode)]
    matriks = [h.parameter[a].nilai for a in argumen if a in h.parameter and h.parameter[a].tipe == "matriks"]
    if len(kunci) != 2 or len(matriks) != 1:
        return nama
    baris, kolom = (h[a].satu(i) for a in kunci)
    seragam = (
        set(matriks[0][baris].values()),
        {isi.get(kolom) for isi in matriks[0].values()},
    )
    for a, kata in zip(kunci, seragam, strict=True):
        if a in h.graf.aturan and len(kata) == 1:
            return _aturan_penentu(h, a, i)
    return nama


def _argumen(h: Hasil, nama: str) -> tuple[str, ...]:
    return tuple(inspect.signature(h.graf.aturan[nama]).parameters)


def _dasar(semua: Sequence[str]) -> str:
    """The articles once each, without one that another already opens with."""
    isi = list(dict.fromkeys(semua))
    return "; ".join(d for d in isi if not any(x != d and x.startswith(d) for x in isi))


def _label(h: Hasil, nama: str) -> str:
    return keterangan(h.graf.aturan[nama]).label if nama in h.graf.aturan else h.graf.masukan[nama]


def _rincian(hasil: Bertingkat, nip: pd.Index[Any]) -> dict[str, list[tuple[str, str]]]:
    """The telling steps per employee as (label, text): the number, else the mean, else a count of categories.

    The text is empty for whom a step says nothing.
    """
    cara = _cara_dari(hasil)
    rinci: dict[str, list[tuple[str, str]]] = {}
    for nama in cara.rinci if cara else ():
        for h in hasil.tingkat:
            if nama in h.graf.aturan:
                pemilik = np.asarray(nip.get_indexer(h.kunci.get_level_values(0)), dtype=np.int64)
                teks = _ringkas(h[nama], np.flatnonzero(pemilik >= 0), pemilik, len(nip))
                label = _label(h, nama)
                if h.kunci.nlevels > 1 and isinstance(h[nama], Pecahan):
                    label = f"rata-rata {label[:1].lower()}{label[1:]}"
                lama = rinci.get(nama, [("", "")] * len(nip))
                rinci[nama] = [(label, t) if t else x for t, x in zip(teks, lama, strict=True)]
    return rinci


def _ringkas(kolom: Kolom, baris: Baris, pemilik: npt.NDArray[np.int64], banyak: int) -> list[str]:
    """One text per employee 0..banyak-1 from the rows that are theirs."""
    if isinstance(kolom, Kode):
        hitung = np.zeros((banyak, len(kolom.kategori) + 1), dtype=np.int64)
        np.add.at(hitung, (pemilik[baris], kolom.kode[baris]), 1)
        kata = [tulisan.label(k) for k in kolom.kategori]
        return [", ".join(f"{n} {k}" for n, k in zip(b, kata, strict=False) if n) for b in hitung.tolist()]
    rata = rata_per(kolom[baris], pemilik[baris], banyak)
    return [tampil(rata, i) if tahu else "" for i, tahu in enumerate(rata.tahu)]


def _beda_langkah(a: Bertingkat, b: Bertingkat) -> Iterator[tuple[str, str]]:
    """(nip, label) of every step that differs between two results of one regulation, the finest first."""
    if a.nama != b.nama:
        return
    for x in a.tingkat:
        for y in b.tingkat:
            if x.graf.nama != y.graf.nama or list(x.graf.aturan) != list(y.graf.aturan):
                continue
            letak = y.kunci.get_indexer(x.kunci) if x.kunci.is_unique and y.kunci.is_unique else None
            if letak is None or (letak < 0).all():
                continue
            baris = np.flatnonzero(letak >= 0)
            nip = x.kunci.get_level_values(0)[baris]
            for nama in x.graf.urutan:
                beda = _berbeda(x[nama], y[nama], baris, np.asarray(letak[baris], dtype=np.intp))
                yield from ((str(n), _label(x, nama)) for n in nip[beda])
    hanya_satu = a.pegawai.kunci.symmetric_difference(b.pegawai.kunci)
    yield from ((str(n), tulisan.label(TIDAK_DINILAI)) for n in hanya_satu)


def _berbeda(x: Kolom, y: Kolom, i: Baris, j: Baris) -> npt.NDArray[np.bool_]:
    if isinstance(x, Kode) and isinstance(y, Kode):
        kata = [np.array([*k.kategori, ""], dtype=object)[k.kode] for k in (x, y)]
        return np.asarray(kata[0][i] != kata[1][j], dtype=bool)
    assert isinstance(x, Pecahan)
    assert isinstance(y, Pecahan)
    p, q = x[i], y[j]
    return np.asarray((p.tahu != q.tahu) | (p.tahu & q.tahu & (p != q).benar), dtype=bool)


# -- what the numbers rest on ------------------------------------------------------------------------------


def ketentuan(hasil: Bertingkat) -> dict[str, Nilai]:
    """Path -> every value of the law that a result rests on, its bridges included.

    Those that its steps read; the bridges of its regulation that no rule reads, because they shape the
    tables before the first step; and the common scale.
    """
    cara = _cara_dari(hasil)
    dipakai = {p.jalur: p for h in hasil.tingkat for p in h.parameter.values()}
    if isinstance(hasil, Penilaian):
        k = hasil.kebijakan
    else:
        k = kebijakan(tanggal_acuan(cara.modul.BERKAS) if cara else max(p.sejak for p in dipakai.values()))
    if cara:
        aturan_ = [f for f in vars(cara.modul).values() if hasattr(f, "keterangan")]
        argumen = {a for f in aturan_ for a in inspect.signature(f).parameters}
        argumen -= {kolom for h in hasil.tingkat for kolom in h.graf.masukan}
        # a bridge is called as the rule calls it, after the name of the regulation
        akhiran = tuple(f"{sambung}{a}" for a in argumen for sambung in "._")
        dipakai |= {j: k[j] for j in cara.modul.JEMBATAN if not j.endswith(akhiran)}
    return {**dipakai, JEMBATAN_SKALA: k[JEMBATAN_SKALA]}


def _cara_dari(hasil: Bertingkat) -> _Cara | None:
    """The regulation of a result: by its own word, else by the files that its last level reads."""
    if isinstance(hasil, Penilaian):
        return REGULASI[hasil.regulasi]
    berkas = {p.jalur.partition(".")[0] for h in hasil.tingkat for p in h.parameter.values()}
    # the most specific comes last: 8/2021 reads its parent PP 30 as well, KMK 127 the kuadran of 6/2022
    return next((c for nama, c in reversed(list(REGULASI.items())) if nama in berkas), None)


def _jembatan(jalur: str) -> bool:
    return jalur.startswith("jembatan.")


def _status(n: Nilai) -> str:
    """The status of the whole, and of entries where it differs."""
    return ", ".join(dict.fromkeys([n.status, *(b.get("status", n.status) for b in n.butir.values())]))


def _berlabel(jumlah: pd.DataFrame) -> pd.DataFrame:
    """Counts with readable predikat, and the sum."""
    isi = jumlah.rename(index=tulisan.label).rename_axis("Predikat")
    return pd.concat([isi, isi.sum().to_frame("Jumlah").T])
