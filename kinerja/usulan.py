"""Reward and sanction: proposals from the data, each with its rule, what is missing and who must confirm.

It only ever proposes. What the law says is data: `params/tindak_lanjut/tindak-lanjut.yaml` (the decision table),
the ladder of absences (PP 94/2021), the improvement window (PP 30/2019) and angka kredit (PermenPANRB 1/2023).
One row of the result is one proposal, or the reason why none can be made; contradictions between rows of the
same person are shown, never resolved.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.data import Data
from kinerja.data.skema import HUKUMAN, PREDIKAT, RATING, SKEMA
from kinerja.data.utuh import tulis_utuh
from kinerja.parameter import Kebijakan, Nilai, akhir_periode, kebijakan
from kinerja.pecahan import Kode, Pecahan, Syarat, cari_selang, dari_angka
from kinerja.regulasi import angka_kredit, permenpanrb6
from kinerja.tampil import Tabel
from kinerja.tulisan import KOSONG, angka, daftar, label

BERKAS = "tindak-lanjut"
USULAN, SUDAH, BELUM = "usulan", "sudah ada keputusan", "belum dapat diusulkan"
JENIS = ("penghargaan", "pengembangan", "pembinaan", "sanksi")
KOLOM: Mapping[str, str] = {  # column -> heading
    "nip": "NIP",
    "nama": "Nama",
    "opd": "OPD",
    "keadaan": "Keadaan",
    "jenis": "Jenis",
    "usul": "Usul",
    "data": "Data yang memicu",
    "alasan": "Mengapa belum dapat diusulkan",
    "aturan": "Aturan",
    "pasal": "Pasal",
    "status_pasal": "Status pasal",
    "status": "Status terlemah",
    "peringatan": "Bertumpu pada yang belum pasti",
    "mulai": "Mulai",
    "sampai": "Sampai",
    "tenggat": "Tenggat usulan",
    "pertentangan": "Pertentangan",
    "bertumpuk": "Hukuman yang sudah ada",
    "belum_ada": "Yang belum ada",
    "konfirmasi": "Harus dikonfirmasi oleh",
    "keberatan": "Cara keberatan",
    "kode": "Kode",
}
TANDA = "USULAN, bukan keputusan"

_KUAT = ("teks", "dua-sumber", "sekunder", "tafsir", "asumsi", "ilustratif", "belum-terverifikasi")
_KUADRAN = "permenpanrb-6-2022.kuadran"
_DISIPLIN = "disiplin-pp-94-2021"
_SENDIRI = {"teks", "dua-sumber"}  # may be written as the rule
_DIBUAT = dt.datetime(2022, 1, 1)  # noqa: DTZ001 (fixed, so that the bytes do not depend on the clock)

Bulat = npt.NDArray[np.int64]
Tanda = npt.NDArray[np.bool_]
Teks = npt.NDArray[np.object_]


@dataclass(frozen=True)
class TindakLanjut:
    """Proposals on a day.

    usulan: columns KOLOM, sorted by opd, nip and the decision table, whatever the order of the data.
    talenta: one row one employee: predikat of each year, years Sangat Baik and below Baik in a row up to the
    latest year, absences, running sanction. opd: one row one agency. tidak_diuji: rules that could not be
    tried, why, and for how many people. dasar: the parameters used. skenario: what was changed, in words.
    """

    tanggal: dt.date
    tahun_penilaian: int | None
    tahun_kehadiran: int | None
    usulan: pd.DataFrame
    talenta: pd.DataFrame
    opd: pd.DataFrame
    tidak_diuji: pd.DataFrame
    dasar: pd.DataFrame
    skenario: str
    sifat: str = ""

    def pertentangan(self) -> pd.DataFrame:
        """Proposals of people for whom reward and sanction meet."""
        return self.usulan[self.usulan["pertentangan"] != ""].reset_index(drop=True)

    def ringkas(self) -> str:
        """Two sentences for the head of a slide."""
        u = self.usulan[self.usulan["keadaan"] == USULAN]
        per = u["jenis"].value_counts().reindex(JENIS).dropna()
        isi = daftar(f"{angka(int(n))} {j}" for j, n in per.items())
        bentrok = self.pertentangan()["nip"].nunique()
        belum = self.usulan.loc[self.usulan["keadaan"] == BELUM, "nip"].nunique()
        return (
            f"Per {tulisan.tanggal(self.tanggal)}: {angka(len(u))} usulan untuk {angka(u['nip'].nunique())} dari "
            f"{angka(len(self.talenta))} pegawai" + (f" ({isi})" if isi else "") + ". "
            f"{angka(belum)} pegawai belum dapat diusulkan karena datanya atau aturannya kurang; "
            f"pada {angka(bentrok)} pegawai penghargaan atau pengembangan bertemu sanksi atau pembinaan."
        )

    def jelaskan(self, nip: str) -> Tabel:
        """One person's file: every line about them, with rule, gaps and who decides.

        ValueError for a NIP that is not in the data.
        """
        siapa = self.talenta[self.talenta["nip"] == nip]
        if siapa.empty:
            raise ValueError(
                f"NIP {nip} tidak ada di data. Salin NIP dari kolom nip pada usulan atau talenta."
            )
        orang = siapa.iloc[0]
        milik = self.usulan[self.usulan["nip"] == nip]
        isi = [
            (f"{i}. {b['usul']}\n({b['jenis']}; {b['keadaan']})", *_uraian(b))
            for i, b in enumerate(milik.to_dict("records"), 1)
        ]
        tahun = [k for k in self.talenta.columns if str(k).isdigit()]
        riwayat = ", ".join(f"{t} {label(orang[t]) if orang[t] else KOSONG}" for t in tahun)
        kosong = ("Tidak ada usulan", f"Predikat: {riwayat or KOSONG}", KOSONG, KOSONG, KOSONG)
        return Tabel.dari(
            pd.DataFrame(
                isi or [kosong],
                columns=["Usul", "Data", "Aturan dan status", "Yang belum ada", "Konfirmasi dan keberatan"],
                dtype="str",
            ),
            judul=f"Berkas {orang['nama']} ({nip}), {orang['opd']}",
            catatan=f"{TANDA}. Predikat: {riwayat or KOSONG}. Tidak masuk tanpa alasan sah: "
            f"{angka(int(orang['alpa'])) if orang['alpa'] == orang['alpa'] else KOSONG} hari. "
            f"Hukuman berjalan: {label(orang['hukuman']) if orang['hukuman'] else 'tidak ada'}.",
            kelas_baris=tuple("peringatan" if x else "" for x in milik["pertentangan"]) if isi else (),
        )

    def tulis_xlsx(self, berkas: str | Path) -> Path:
        """Write the proposals, filterable, every page marked as proposals; a failure leaves the old file."""
        tujuan = Path(berkas)
        isi = _buku(self)
        with tulis_utuh(tujuan) as sementara:
            sementara.write_bytes(isi)
        return tujuan


def tindak_lanjut(
    data: Data | Mapping[str, pd.DataFrame],
    tanggal: dt.date | str,
    tahun: int | None = None,
    *,
    predikat: pd.DataFrame | None = None,
    langkah: pd.DataFrame | None = None,
    berturut: pd.Series | None = None,
    pak: pd.DataFrame | None = None,
    aturan: Kebijakan | None = None,
) -> TindakLanjut:
    """What the data suggests for each employee on `tanggal`, as proposals for a person to confirm.

    data: tables pegawai, opd, penilaian (several years), kehadiran, hukuman; what is missing counts as empty.
    Only periods and months that have ended by `tanggal` count. tahun: the last year looked at, without it the
    latest that the data has. predikat: official predikat where the two ratings do not give it (columns nip,
    tahun, predikat); it goes before the ratings. langkah: steps already taken (columns nip, langkah, mulai,
    hasil; see `urutan_langkah` for the words). berturut: index NIP, longest run of absent working days, where
    the daily record is at hand. pak: as for `angka_kredit.nilai`. aturan: the policy, for scenarios; without
    it that of `tanggal`. ValueError names every faulty row of the arguments; GalatParameter if a rule that is
    needed is not established.
    """
    hari = _hari(tanggal)
    k = aturan or kebijakan(hari)
    f = _fakta(data, hari, tahun, k, predikat, berturut)
    p = _param(k)
    uji = _uji(f, p, langkah, pak)
    usulan = _susun(f, p, uji)
    info = _tabel(data, "info")
    sifat = dict(zip(info["kunci"], info["nilai"], strict=True)).get("sifat_data", "") if len(info) else ""
    return TindakLanjut(
        hari,
        f.tahun_nilai,
        f.tahun_hadir,
        usulan,
        _talenta(f),
        _per_opd(usulan, f, _tabel(data, "opd")),
        pd.DataFrame([*f.catatan, *uji.catatan, *_tanpa_data(p)], columns=_KOLOM_UJI),
        _dasar(p),
        k.cetak_perubahan(),
        str(sifat),
    )


# -- facts ------------------------------------------------------------------------------------------------

_KOLOM_UJI = ["hal", "aturan", "pasal", "status", "sebab", "pegawai"]
_PREDIKAT_LAIN = {"cukup": "butuh_perbaikan"}


@dataclass(frozen=True)
class _Fakta:
    """The data as arrays in the order of `pegawai`, n people.

    predikat: n x years codes in PREDIKAT, -1 unknown; rating: n x 2 codes of the last year; akhir: code of the
    last rated period with its last day. alpa, ada: n x 12 of the year; lalu: absences of December before.
    """

    hari: dt.date
    k: Kebijakan
    pegawai: pd.DataFrame
    tahun: tuple[int, ...]
    predikat: npt.NDArray[np.int8]
    rating: npt.NDArray[np.int8]
    resmi: Tanda
    berkala: pd.DataFrame
    tahun_hadir: int | None
    bulan: tuple[int, ...]
    alpa: Bulat
    ada: Tanda
    lalu: Bulat
    hukuman: pd.DataFrame
    berturut: Bulat
    penilaian: pd.DataFrame
    catatan: tuple[tuple[object, ...], ...]

    @property
    def n(self) -> int:
        return len(self.pegawai)

    @property
    def tahun_nilai(self) -> int | None:
        return self.tahun[-1] if self.tahun else None

    @property
    def total(self) -> Bulat:
        return np.asarray(self.alpa.sum(axis=1), dtype=np.int64)

    @property
    def terakhir(self) -> npt.NDArray[np.int8]:
        """Predikat of the last year, -1 unknown."""
        return self.predikat[:, -1] if self.tahun else np.full(self.n, -1, dtype=np.int8)


def _hari(tanggal: dt.date | str) -> dt.date:
    try:
        return dt.date.fromisoformat(tanggal) if isinstance(tanggal, str) else tanggal
    except ValueError:
        raise ValueError(f"{tanggal!r} bukan tanggal. Tulis TTTT-BB-HH, misalnya 2026-01-31.") from None


def _tabel(data: Data | Mapping[str, pd.DataFrame], nama: str) -> pd.DataFrame:
    tabel: Mapping[str, pd.DataFrame] = data.tabel if isinstance(data, Data) else data
    if nama in tabel:
        return tabel[nama]
    return pd.DataFrame({x.nama: pd.Series(dtype="object") for x in SKEMA[nama].kolom})


def _fakta(
    data: Data | Mapping[str, pd.DataFrame],
    hari: dt.date,
    tahun: int | None,
    k: Kebijakan,
    predikat: pd.DataFrame | None,
    berturut: pd.Series | None,
) -> _Fakta:
    pegawai = _tabel(data, "pegawai").reset_index(drop=True)
    letak = pd.Index(pegawai["nip"])
    catatan: list[tuple[object, ...]] = []
    penilaian = _tutup(_tabel(data, "penilaian"), "periode", hari, tahun)
    penilaian = penilaian[letak.get_indexer(pd.Index(penilaian["nip"])) >= 0]
    berkala = penilaian.assign(
        orang=letak.get_indexer(pd.Index(penilaian["nip"])), kode=_predikat(penilaian, k)
    )
    if len(penilaian) and _KUADRAN not in k:
        catatan.append(
            (
                "Predikat dari dua rating",
                "PermenPANRB 6/2022",
                "kuadran kinerja",
                "dua-sumber",
                f"Kuadran kinerja belum berlaku pada {tulisan.tanggal(k.tanggal)}; berikan predikat resminya.",
                len(pegawai),
            )
        )
    setahun = berkala[berkala["periode"].astype("str").str.len() == 4]
    resmi = _resmi(predikat, letak, tahun or hari.year, hari)
    semua = [*setahun["periode"].astype("int64"), *resmi["tahun"]]
    urut = tuple(range(min(semua), max(semua) + 1)) if semua else ()
    kode = np.full((len(pegawai), len(urut)), -1, dtype=np.int8)
    dari_resmi = np.zeros((len(pegawai), len(urut)), dtype=bool)
    rating = np.full((len(pegawai), 2), -1, dtype=np.int8)
    if urut:
        kode[setahun["orang"], setahun["periode"].astype("int64") - urut[0]] = setahun["kode"]
        kode[resmi["orang"], resmi["tahun"] - urut[0]] = resmi["kode"]
        dari_resmi[resmi["orang"], resmi["tahun"] - urut[0]] = True
        kini = setahun[setahun["periode"] == str(urut[-1])]
        for j, kolom in enumerate(("rating_hasil", "rating_perilaku")):
            rating[kini["orang"], j] = _urutan(kini[kolom], RATING)
        catatan += _tahun_asing(urut, setahun, k)
    kolom_berkala = [
        "orang",
        "periode",
        "kode",
    ]  # later rows go first: an official predikat before the ratings
    tahunan = resmi.assign(periode=resmi["tahun"].astype("str"))[kolom_berkala]
    berkala = pd.concat([berkala[kolom_berkala], tahunan], ignore_index=True)
    berkala = berkala.drop_duplicates(["orang", "periode"], keep="last")
    hadir = _tutup(_tabel(data, "kehadiran"), "bulan", hari, tahun)
    tahun_hadir = int(hadir["bulan"].astype("str").str[:4].max()) if len(hadir) else None
    alpa, ada, lalu = _rekap(hadir, letak, tahun_hadir)
    if tahun_hadir is None:
        catatan.append(
            (
                "Hari tidak masuk",
                "PP 94/2021",
                "Pasal 8 dan 11",
                "dua-sumber",
                f"Tidak ada rekap kehadiran yang berakhir sampai {tulisan.tanggal(hari)}.",
                len(pegawai),
            )
        )
    return _Fakta(
        hari,
        k,
        pegawai,
        urut,
        kode,
        rating,
        dari_resmi,
        berkala,
        tahun_hadir,
        tuple(int(b) for b in np.flatnonzero(ada.any(axis=0))),
        alpa,
        ada,
        lalu,
        _hukuman(_tabel(data, "hukuman"), letak, hari, k),
        np.full(len(pegawai), -1, dtype=np.int64)
        if berturut is None
        else berturut.reindex(letak).fillna(-1).to_numpy(dtype=np.int64),
        penilaian,
        tuple(catatan),
    )


def _tutup(t: pd.DataFrame, kolom: str, hari: dt.date, tahun: int | None) -> pd.DataFrame:
    """Rows whose period has ended, not later than `tahun`."""
    isi = t[kolom].astype("str")
    macam = {p: akhir_periode(p) for p in isi.unique()}
    boleh = {p: akhir <= hari and (tahun is None or akhir.year <= tahun) for p, akhir in macam.items()}
    return t[isi.map(boleh).to_numpy(dtype=bool)]


def _urutan(isi: pd.Series, kategori: Iterable[str]) -> npt.NDArray[np.int8]:
    """Place of each word in `kategori`, -1 for any other."""
    return (
        pd.Index(list(kategori), dtype="object").get_indexer(pd.Index(isi.astype("object"))).astype(np.int8)
    )


def _predikat(penilaian: pd.DataFrame, k: Kebijakan) -> npt.NDArray[np.int8]:
    if _KUADRAN not in k or penilaian.empty:
        return np.full(len(penilaian), -1, dtype=np.int8)
    rating = {
        n: pd.Categorical.from_codes(_urutan(penilaian[n], RATING), dtype=pd.CategoricalDtype(list(RATING)))
        for n in ("rating_hasil", "rating_perilaku")
    }
    hasil = permenpanrb6.nilai(pd.DataFrame(rating), k)["predikat"]
    assert isinstance(hasil, Kode)  # the graph's rule gives a code
    return hasil.dalam(PREDIKAT).kode.astype(np.int8)


def _resmi(predikat: pd.DataFrame | None, letak: pd.Index[Any], tahun: int, hari: dt.date) -> pd.DataFrame:
    """Official predikat as orang, tahun, kode; ValueError with every faulty row."""
    if predikat is None or predikat.empty:
        return pd.DataFrame({c: pd.Series(dtype="int64") for c in ("orang", "tahun", "kode")})
    isi = predikat["predikat"].astype("str").replace(_PREDIKAT_LAIN)
    t = pd.DataFrame(
        {
            "orang": letak.get_indexer(pd.Index(predikat["nip"])),
            "tahun": predikat["tahun"].to_numpy(dtype=np.int64),
            "kode": _urutan(isi, PREDIKAT),
        }
    )
    _tolak(
        "predikat",
        [
            (t["orang"] < 0, predikat["nip"], "NIP {} tidak ada di lembar pegawai"),
            (t["kode"] < 0, isi, f"predikat {{}} tidak dikenal; pilih {daftar(PREDIKAT, 'atau')}"),
            (
                t.duplicated(["orang", "tahun"]),
                predikat["nip"],
                "NIP {} ditulis dua kali untuk tahun yang sama",
            ),
        ],
    )
    return t[(t["tahun"] <= tahun) & (t["tahun"] < hari.year + (hari >= dt.date(hari.year, 12, 31)))]


def _tolak(nama: str, syarat: Iterable[tuple[Any, pd.Series, str]]) -> None:
    """ValueError with each faulty row of an argument, at most twenty in words."""
    salah = [
        (int(i) + 1, pesan.format(isi.iloc[int(i)]))
        for di, isi, pesan in syarat
        for i in np.flatnonzero(np.asarray(di, dtype=bool))
    ]
    if salah:
        sisa = f"; dan {len(salah) - 20} kesalahan lain" if len(salah) > 20 else ""
        raise ValueError(
            f"Tabel {nama}: "
            + "; ".join(f"baris {i}: {pesan}" for i, pesan in sorted(salah)[:20])
            + f"{sisa}. Perbaiki barisnya."
        )


def _tahun_asing(tahun: tuple[int, ...], setahun: pd.DataFrame, k: Kebijakan) -> list[tuple[object, ...]]:
    """Years rated before the kuadran was in force: their predikat is read with it all the same."""
    if _KUADRAN not in k:
        return []
    mulai = k.ketentuan[_KUADRAN].waktu[0].sejak.year
    lama = [t for t in tahun if t < mulai]
    ada = setahun["periode"].astype("int64").isin(lama)
    if not ada.any():
        return []
    return [
        (
            f"Predikat {daftar(str(t) for t in lama)}",
            "PermenPANRB 6/2022",
            "kuadran kinerja",
            "asumsi",
            f"Kuadran baru berlaku {mulai}; rating tahun sebelumnya dibaca dengan kuadran itu. "
            "Berikan predikat resmi tahun itu bila ada.",
            int(setahun.loc[ada, "nip"].nunique()),
        )
    ]


def _rekap(hadir: pd.DataFrame, letak: pd.Index[Any], tahun: int | None) -> tuple[Bulat, Tanda, Bulat]:
    """Absences (people x 12), which months have a record, and absences of December of the year before."""
    n = len(letak)
    alpa, ada, lalu = np.zeros((n, 12), dtype=np.int64), np.zeros((n, 12), dtype=bool), np.zeros(n, np.int64)
    if tahun is None:
        return alpa, ada, lalu
    orang = letak.get_indexer(pd.Index(hadir["nip"]))
    bulan = hadir["bulan"].astype("str")
    hari = hadir["alpa"].fillna(0).to_numpy(dtype=np.int64)
    ini = (bulan.str[:4] == str(tahun)).to_numpy(dtype=bool) & (orang >= 0)
    ke = bulan.str[5:7].astype("int64").to_numpy() - 1
    np.add.at(alpa, (orang[ini], ke[ini]), hari[ini])
    ada[orang[ini], ke[ini]] = True
    desember = (bulan == f"{tahun - 1}-12").to_numpy(dtype=bool) & (orang >= 0)
    np.add.at(lalu, orang[desember], hari[desember])
    return alpa, ada, lalu


def akhir_masa(mulai: pd.Series, bulan: pd.Series) -> pd.Series:
    """Last day of a stay of so many calendar months: the day before the same day of the month (datetime64[s]).

    NaT where the months are unknown. A month that lacks the day counts to its last day, as pay does.
    """
    awal = pd.to_datetime(mulai).astype("datetime64[s]")
    hasil = pd.Series(pd.NaT, index=mulai.index, dtype="datetime64[s]")
    for b in bulan.dropna().unique():  # a handful of lengths
        ini = bulan == b
        hasil[ini] = (awal[ini] + pd.DateOffset(months=int(b)) - pd.Timedelta(days=1)).astype("datetime64[s]")
    return hasil


def _hukuman(t: pd.DataFrame, letak: pd.Index[Any], hari: dt.date, k: Kebijakan) -> pd.DataFrame:
    """Sanctions begun by `hari`: orang, berat (place in HUKUMAN), mulai, sampai, berjalan."""
    jenis = t["jenis"].astype("str")
    lama = k[f"{_DISIPLIN}.lama_hukuman"].nilai if f"{_DISIPLIN}.lama_hukuman" in k else {}
    bulan = jenis.map({j: np.nan if b is None else float(b) for j, b in (lama or {}).items()}).astype(
        "float64"
    )
    mulai = pd.to_datetime(t["mulai"]).astype("datetime64[s]")
    sampai = pd.to_datetime(t["sampai"]).astype("datetime64[s]")
    hasil = pd.DataFrame(
        {
            "orang": letak.get_indexer(pd.Index(t["nip"])),
            "berat": _urutan(jenis, HUKUMAN),
            "mulai": mulai,
            "sampai": sampai.fillna(akhir_masa(mulai, bulan.where(bulan > 0))),
            "tanpa_masa": (bulan == 0).to_numpy(dtype=bool),  # a reprimand is given, it does not last
        }
    )
    kini = pd.Timestamp(hari)
    hasil["berjalan"] = ~(hasil["sampai"] < kini) & ~(hasil["tanpa_masa"] & sampai.isna().to_numpy())
    return hasil[(hasil["orang"] >= 0) & (hasil["mulai"] <= kini)].reset_index(drop=True)


# -- rules tried on the facts --------------------------------------------------------------------------------


def _param(k: Kebijakan) -> dict[str, Nilai]:
    """Every parameter that the decision table rests on, by its path; those not in force are left out."""
    tabel = k[f"{BERKAS}.keputusan"]
    jalur = {f"{BERKAS}.{n}" for n in k.bagian(BERKAS)}
    for b in tabel.pasti():
        jalur |= {*b["acuan"], *([b["lama"]] if "lama" in b else [])}
    jalur |= {f"{_DISIPLIN}.tumpang_tindih", "siklus.batas", *angka_kredit.JEMBATAN}
    return {j: k[j] for j in sorted(jalur) if j in k}


@dataclass
class _Uji:
    """Per code of the decision table: who, the data in words, and dates where the rule has them."""

    kena: dict[str, Tanda] = field(default_factory=dict)
    data: dict[str, Teks] = field(default_factory=dict)
    alasan: dict[str, Teks] = field(default_factory=dict)  # "" = nothing is missing
    mulai: dict[str, pd.Series] = field(default_factory=dict)
    catatan: list[tuple[object, ...]] = field(default_factory=list)
    tambahan: dict[str, str] = field(default_factory=dict)  # further gaps of a rule


def _uji(f: _Fakta, p: Mapping[str, Nilai], langkah: pd.DataFrame | None, pak: pd.DataFrame | None) -> _Uji:
    u = _Uji()
    _sangat_baik(f, p, u)
    _alpa(f, p, u)
    _langkah(f, p, u, langkah)
    _angka_kredit(f, p, u, pak)
    return u


def _kata(n: int, isi: str = "") -> Teks:
    return np.full(n, isi, dtype=object)


def _menurut(tulis: Callable[..., str], *kolom: npt.ArrayLike) -> Teks:
    """Words made once for each combination of whole numbers that occurs."""
    isi = np.column_stack([np.asarray(x, dtype=np.int64) for x in kolom])
    macam, letak = np.unique(isi, axis=0, return_inverse=True)
    kata = np.array([tulis(*map(int, m)) for m in macam], dtype=object)
    return kata[letak.ravel()] if len(macam) else _kata(0)


def deret(cocok: Tanda) -> Bulat:
    """Length of the run of True that ends in the last column: people x years -> people."""
    return np.asarray(np.cumprod(cocok[:, ::-1], axis=1, dtype=np.int64).sum(axis=1), dtype=np.int64)


def _rendah(p: Mapping[str, Nilai]) -> npt.NDArray[np.bool_]:
    """Per place in PREDIKAT whether it is read as a missed target; the last entry is for unknown."""
    isi = p[f"{BERKAS}.predikat_target_tidak_tercapai"]
    return np.array([*(bool(isi.pasti(x)) for x in PREDIKAT), False])


def _sangat_baik(f: _Fakta, p: Mapping[str, Nilai], u: _Uji) -> None:
    jalur = "pp-30-2019.tahun_sangat_baik_berturut_turut"
    if not f.tahun or jalur not in p:
        return
    syarat = int(p[jalur].pasti())
    puncak = f.predikat == PREDIKAT.index("sangat_baik")
    panjang = deret(puncak)
    akhir = f.tahun[-1]

    def tulis(n: int) -> str:
        tahun = ", ".join(str(t) for t in range(akhir - n + 1, akhir + 1))
        return f"Sangat Baik {n} tahun berturut-turut ({tahun}); syarat {syarat} tahun" if n else ""

    # the last `syarat` years: none of them known to be less, and one of them unknown
    jendela = np.full((f.n, syarat), -1, dtype=np.int8)
    lebar = min(syarat, len(f.tahun))
    jendela[:, syarat - lebar :] = f.predikat[:, len(f.tahun) - lebar :]
    kosong = jendela < 0
    mungkin = (kosong | (jendela == PREDIKAT.index("sangat_baik"))).all(axis=1) & kosong.any(axis=1)
    bobot = 1 << np.arange(syarat, dtype=np.int64)

    def kurang(pola: int) -> str:
        tahun = [str(akhir - syarat + 1 + i) for i in range(syarat) if pola >> i & 1]
        return f"predikat tahunan {daftar(tahun)} belum ada" if tahun else ""

    for kode in ("suksesi", "kompetensi"):
        u.kena[kode] = panjang >= syarat
        u.data[kode] = _menurut(tulis, panjang)
        u.alasan[kode] = np.where(mungkin, _menurut(kurang, kosong @ bobot), "")


def _hukuman_menurut(total: Bulat, p: Mapping[str, Nilai]) -> npt.NDArray[np.int8]:
    """Place in HUKUMAN for so many days in the year, -1 for none."""
    jenis = cari_selang(p[f"{_DISIPLIN}.hukuman_menurut_hari"].pasti(), dari_angka(total))
    assert isinstance(jenis, Kode)  # the intervals hold words
    return jenis.dalam(("tidak_ada", *HUKUMAN)).kode.astype(np.int8) - np.int8(1)


def _alpa(f: _Fakta, p: Mapping[str, Nilai], u: _Uji) -> None:
    if f.tahun_hadir is None or f"{_DISIPLIN}.hukuman_menurut_hari" not in p:
        return
    tahun = f.tahun_hadir
    total = f.total
    berat = _hukuman_menurut(total, p)
    rincian = _kata(f.n)
    for b in range(12):
        rincian = rincian + np.where(
            f.alpa[:, b] > 0, _menurut(lambda h, b=b: f", {tulisan.BULAN[b]} {h}", f.alpa[:, b]), ""
        )
    rincian = pd.Series(rincian, dtype="str").str[2:].to_numpy(dtype=object)
    batas = {
        s["nilai"]: angka(s["paling_sedikit"])
        + (
            " hari atau lebih"
            if "paling_banyak" not in s
            else " hari"
            if s["paling_banyak"] == s["paling_sedikit"]
            else f"–{angka(s['paling_banyak'])} hari"
        )
        for s in p[f"{_DISIPLIN}.hukuman_menurut_hari"].pasti()
        if "paling_sedikit" in s
    }
    hari = _menurut(lambda n: f"{angka(n)} hari tidak masuk tanpa alasan sah pada {tahun} (", total)
    wajib = np.isin(np.arange(12), f.bulan)
    hilang = wajib & ~f.ada
    pola = hilang @ (1 << np.arange(12, dtype=np.int64))
    belum = _menurut(
        lambda m: daftar(tulisan.BULAN[b] for b in range(12) if m >> b & 1) + f" {tahun}" if m else "", pola
    )
    kurang = pola > 0
    for i, jenis in enumerate(HUKUMAN):
        u.kena[jenis] = berat == i
        u.data[jenis] = hari + rincian + f"); batas {batas.get(jenis, KOSONG)}"
        u.data[jenis] = np.where(
            kurang, u.data[jenis] + "; paling sedikit, karena rekap " + belum + " belum ada", u.data[jenis]
        )
    u.alasan["alpa"] = np.where(kurang & (berat < 0), "rekap kehadiran " + belum + " belum ada", "")
    beruntun = int(p[f"{BERKAS}.hari_berturut_turut"].pasti())
    u.kena["pemberhentian_berturut"] = f.berturut >= beruntun
    u.data["pemberhentian_berturut"] = _menurut(
        lambda n: f"{angka(n)} hari kerja berturut-turut tidak masuk; batas {angka(beruntun)} hari",
        f.berturut,
    )
    # ten working days in a row touch at most two neighbouring months: a monthly record can only exclude them
    lebar = np.column_stack([f.lalu, f.alpa])
    pasangan = (lebar[:, 1:] + lebar[:, :-1]).max(axis=1)
    u.kena["periksa_berturut"] = (pasangan >= beruntun) & (f.berturut < 0)
    u.data["periksa_berturut"] = _menurut(
        lambda n: (
            f"{angka(n)} hari tidak masuk dalam dua bulan berdampingan; {angka(beruntun)} hari kerja "
            "berturut-turut mungkin terjadi"
        ),
        pasangan,
    )


def _angka_kredit(f: _Fakta, p: Mapping[str, Nilai], u: _Uji, pak: pd.DataFrame | None) -> None:
    kunci = f"{angka_kredit.BERKAS}.koefisien_jenjang"
    hal = ("Angka kredit", "PermenPANRB 1/2023", "Lampiran A", "dua-sumber")
    fungsional = int((f.pegawai["jenis_jabatan"].astype("str") == "fungsional").sum())
    if kunci not in p or _KUADRAN not in p:
        sebab = f"Belum berlaku pada {tulisan.tanggal(f.k.tanggal)}."
        u.catatan.append((*hal, sebab, fungsional))
        return
    mulai = f.k.ketentuan[kunci].waktu[0].sejak.year
    tahun = f.penilaian["periode"].astype("str").str[:4].astype("int64")
    lama = int((tahun < mulai).sum())
    if lama:
        u.catatan.append(
            (*hal, f"Penilaian sebelum {mulai} tidak dikonversi; masukkan lewat PAK.", fungsional)
        )
    dinilai = f.penilaian[(tahun >= mulai).to_numpy()].dropna(subset=["rating_hasil", "rating_perilaku"])
    if dinilai.empty:
        return
    hasil = angka_kredit.nilai({"pegawai": f.pegawai, "penilaian": dinilai}, f.k, None, pak).pegawai
    if not len(hasil.kunci):
        return
    letak = hasil.kunci.get_indexer(pd.Index(f.pegawai["nip"]))
    ada = letak >= 0

    def kolom(nama: str) -> Pecahan:
        isi = hasil[nama]
        assert isinstance(isi, Pecahan)
        return isi

    def pada(s: Syarat) -> Tanda:
        return np.asarray(ada & s.benar[letak], dtype=bool)

    syarat = hasil["syarat_predikat"]
    assert isinstance(syarat, Kode)
    cukup, jenjang = pada(kolom("kekurangan_pangkat") <= 0), pada(kolom("kekurangan_jenjang") <= 0)
    dekat = pada(kolom("tahun_ke_pangkat") <= p[f"{BERKAS}.menjelang_pangkat"].pasti())
    baik = Syarat(syarat.kode == syarat.kategori.index("memenuhi"), np.ones(len(syarat.kode), dtype=bool))
    u.kena["pangkat"] = cukup & ~jenjang
    u.kena["menjelang_pangkat"] = dekat & ~cukup
    u.kena["jenjang"] = jenjang & pada(baik)
    t = hasil.tabel()
    angka2 = {
        n: np.array([angka(x, 2) for x in t[n].astype("float64")], dtype=object)[letak]
        for n in ("ak_kumulatif", "kebutuhan_pangkat", "kebutuhan_jenjang", "tahun_ke_pangkat")
    }
    jabatan = (f.pegawai["jenjang"].astype("str") + ", " + f.pegawai["golongan"].astype("str")).to_numpy(
        object
    )
    awal = "Angka kredit kumulatif " + angka2["ak_kumulatif"] + " dari kebutuhan "
    u.data["pangkat"] = awal + angka2["kebutuhan_pangkat"] + " (" + jabatan + ")"
    u.data["menjelang_pangkat"] = (
        u.data["pangkat"] + "; kira-kira " + angka2["tahun_ke_pangkat"] + " tahun lagi"
    )
    u.data["jenjang"] = awal + angka2["kebutuhan_jenjang"] + " untuk jenjang berikutnya (" + jabatan + ")"
    if pak is None:
        for kode in ("pangkat", "menjelang_pangkat", "jenjang"):
            u.tambahan[kode] = "PAK: angka kredit lama dan penyesuaian dianggap menurut jembatan"


_MASA = {
    "masa_perbaikan": "pp-30-2019.masa_perbaikan",
    "penempatan_sementara": "pp-30-2019.penempatan_sementara_paling_lama",
}
_SEBUT = {
    "masa_perbaikan": "masa perbaikan",
    "uji_kompetensi": "uji kompetensi",
    "pindah": "pindah jabatan",
    "penempatan_sementara": "penempatan sementara",
}


def _bulan_masa(f: _Fakta, jalur: str, kode: str, p: Mapping[str, Nilai]) -> pd.Series:
    """Months of a stay per person (NaN: not established): by kelompok jabatan, by sanction, or one for all."""
    n = p[jalur]
    kali = 12 if n.satuan == "tahun" else 1
    if not isinstance(n.nilai, Mapping):
        isi = float("nan") if n.nilai is None else float(n.nilai) * kali
        return pd.Series(np.full(f.n, isi), index=f.pegawai.index)
    nilai = {x: float("nan") if b is None else float(b) * kali for x, b in n.nilai.items()}
    if kode in nilai:
        return pd.Series(np.full(f.n, nilai[kode]), index=f.pegawai.index)
    kelompok = p[f"{BERKAS}.kelompok_jabatan"].nilai
    jenis = f.pegawai["jenis_jabatan"].astype("str")
    return jenis.map({j: nilai.get(g, float("nan")) for j, g in kelompok.items()}).astype("float64")


def _langkah(f: _Fakta, p: Mapping[str, Nilai], u: _Uji, langkah: pd.DataFrame | None) -> None:
    """The ladder of PP 30/2019: from the last step on record and its outcome to the next."""
    urutan = p[f"{BERKAS}.urutan_langkah"].pasti()
    rendah = _rendah(p)
    jatuh = rendah[f.terakhir]
    tahun = f.tahun_nilai
    baris = _catatan_langkah(f, urutan, langkah)
    orang = baris["orang"].to_numpy(dtype=np.int64)
    tercatat = np.full(f.n, "belum_ada", dtype=object)
    tercatat[orang] = baris["langkah"]
    mulai = pd.Series(pd.NaT, index=f.pegawai.index, dtype="datetime64[s]")
    mulai.iloc[orang] = baris["mulai"]
    hasil = np.where(jatuh, "target_tidak_tercapai", "tercapai").astype(object)
    hasil[orang] = baris["hasil"].where(baris["hasil"] != "", "belum_dicatat")
    akhir = mulai.copy()
    kini = pd.Timestamp(f.hari)
    for nama, jalur in _MASA.items():
        ini = tercatat == nama
        selesai = akhir_masa(mulai, _bulan_masa(f, jalur, "", p).where(ini))
        akhir = akhir.where(~ini, selesai)
        hasil[ini & (hasil == "belum_dicatat") & (selesai >= kini).to_numpy()] = "berjalan"
    ini = (tercatat == "masa_perbaikan") & (hasil == "belum_dicatat")
    sesudah, ada = _sesudah(f, akhir)
    hasil[ini & ada] = np.where(rendah[sesudah], "tidak_membaik", "membaik")[ini & ada]
    lanjut = _kata(f.n)
    for a, kolom in urutan.items():
        for h, tujuan in kolom.items():
            lanjut[(tercatat == a) & (hasil == h)] = tujuan
    # a new low year after a finished ladder begins it again
    baru = np.zeros(f.n, dtype=bool)
    if tahun is not None:
        baru = (lanjut == "selesai") & jatuh & (tercatat != "belum_ada")
        baru &= (akhir < pd.Timestamp(dt.date(tahun, 12, 31))).to_numpy()
    lanjut[baru] = "masa_perbaikan"
    panjang = deret(rendah[f.predikat]) if f.tahun else np.zeros(f.n, dtype=np.int64)
    data = _menurut(lambda *a: _tulis_predikat(tahun, *a), f.terakhir, f.rating.T[0], f.rating.T[1], panjang)
    catatan = pd.Series(tercatat).map({**_SEBUT, "belum_ada": ""}).to_numpy(dtype=object)
    tgl = _tulis_tanggal(mulai)
    jejak = np.where(catatan != "", "; " + catatan + " dimulai " + tgl, "")
    kode = ("masa_perbaikan", "pantau_perbaikan", "uji_kompetensi", "pindah")
    for nama in (*kode, "penempatan_sementara", "pantau_penempatan", "berhenti_kinerja"):
        u.kena[nama] = lanjut == nama
        u.data[nama] = data + jejak
    u.mulai["pantau_perbaikan"] = u.mulai["pantau_penempatan"] = mulai
    sebut = pd.Series(tercatat).map(_SEBUT).astype("object").fillna("").to_numpy(dtype=object)
    belum = np.full(
        f.n, f"predikat tahunan {tahun} belum ada" if tahun else "predikat tahunan belum ada", object
    )
    u.alasan["langkah"] = np.select(
        [
            lanjut == "tidak_tahu",
            lanjut == "tidak_diatur",
            (tercatat == "belum_ada") & (f.terakhir < 0),
        ],
        [
            "hasil " + sebut + " yang dimulai " + tgl + " belum dicatat",
            _kata(f.n, "langkah sesudah uji kompetensi yang sesuai belum ditetapkan"),
            belum,
        ],
        "",
    ).astype(object)


def _tulis_predikat(tahun: int | None, kode: int, hasil: int, perilaku: int, panjang: int) -> str:
    if kode < 0 or tahun is None:
        return f"Predikat {tahun or 'tahunan'} belum ada"
    dari = (
        f" (hasil kerja {label(RATING[hasil]).lower()}, perilaku {label(RATING[perilaku]).lower()})"
        if hasil >= 0 and perilaku >= 0
        else ""
    )
    ke = f"; tahun ke-{panjang} berturut-turut" if panjang > 1 else ""
    return f"Predikat {tahun} {label(PREDIKAT[kode])}{dari}{ke}"


def _tulis_tanggal(t: pd.Series) -> Teks:
    """Dates in words, made once for each that occurs; '' for none."""
    macam = {x: tulisan.tanggal(x.date()) for x in t.dropna().drop_duplicates()}
    return t.map(macam).astype("object").fillna("").to_numpy(dtype=object)


def _catatan_langkah(
    f: _Fakta, urutan: Mapping[str, Mapping[str, str]], langkah: pd.DataFrame | None
) -> pd.DataFrame:
    """The last step of each person that has begun: orang, langkah, mulai, hasil."""
    if langkah is None or langkah.empty:
        return pd.DataFrame(
            {"orang": [], "langkah": [], "mulai": pd.to_datetime([]), "hasil": pd.Series(dtype=str)}
        )
    dikenal = [x for x in urutan if x != "belum_ada"]
    nama = langkah["langkah"].astype("str")
    hasil = langkah["hasil"].astype("object").fillna("").astype("str")
    boleh = {a: {"", *kolom} - {"berjalan", "belum_dicatat"} for a, kolom in urutan.items()}
    pasang = pd.Series(list(zip(nama, hasil, strict=True)), index=langkah.index, dtype="object")
    asing = pasang.map({(a, h): False for a in dikenal for h in boleh[a]}).isna() & nama.isin(dikenal)
    mulai = pd.to_datetime(langkah["mulai"], errors="coerce").astype("datetime64[s]")
    orang = pd.Index(f.pegawai["nip"]).get_indexer(pd.Index(langkah["nip"]))
    _tolak(
        "langkah",
        [
            (orang < 0, langkah["nip"], "NIP {} tidak ada di lembar pegawai"),
            (~nama.isin(dikenal), nama, f"langkah {{}} tidak dikenal; pilih {daftar(dikenal, 'atau')}"),
            (asing, pasang.map(lambda x: f"{x[1]} pada langkah {x[0]}"), "hasil {} tidak dikenal"),
            (mulai.isna(), langkah["mulai"], "mulai {} bukan tanggal (TTTT-BB-HH)"),
        ],
    )
    t = pd.DataFrame({"orang": orang, "langkah": nama, "mulai": mulai, "hasil": hasil})
    t = t[t["mulai"] <= pd.Timestamp(f.hari)]
    ke = t["langkah"].map({x: i for i, x in enumerate(dikenal)})
    return t.assign(ke=ke).sort_values(["orang", "mulai", "ke"]).drop_duplicates("orang", keep="last")


def _sesudah(f: _Fakta, akhir: pd.Series) -> tuple[npt.NDArray[np.int8], Tanda]:
    """Predikat of the last period that ended on or after `akhir` of each person, and whether there is one."""
    kode = np.full(f.n, -1, dtype=np.int8)
    t = f.berkala
    if t.empty:
        return kode, kode >= 0
    macam = {x: pd.Timestamp(akhir_periode(x)) for x in t["periode"].astype("str").unique()}
    tutup = t["periode"].astype("str").map(macam)
    cukup = (tutup.to_numpy() >= akhir.iloc[t["orang"]].to_numpy()) & (t["kode"].to_numpy() >= 0)
    # a year and its last quarter end on the same day: the year speaks for both
    urut = t.assign(tutup=tutup, panjang=-t["periode"].astype("str").str.len())[cukup].sort_values(
        ["orang", "tutup", "panjang"]
    )
    kode[urut["orang"]] = urut["kode"].to_numpy(dtype=np.int8)
    return kode, kode >= 0


# -- rows of the result ------------------------------------------------------------------------------------


def _susun(f: _Fakta, p: Mapping[str, Nilai], u: _Uji) -> pd.DataFrame:
    berlaku = p[f"{BERKAS}.berlaku_untuk"]
    status = f.pegawai["status"].astype("str")
    bagian = []
    for ke, b in enumerate(p[f"{BERKAS}.keputusan"].pasti()):
        kode = b["kode"]
        if kode not in u.kena:
            continue
        luas = status.map(dict(berlaku.pasti(b["kelompok"]))).astype("object")
        boleh, tak_tentu = (luas == True).to_numpy(bool), luas.isna().to_numpy(bool)  # noqa: E712
        kena = u.kena[kode]
        alasan = _alasan(b, kode, f, u, kena, boleh, tak_tentu, status)
        ikut = (kena & boleh) | (alasan != "")
        if ikut.any():
            bagian.append(_baris(f, p, u, b, ke, np.flatnonzero(ikut), alasan, berlaku))
    bagian.append(_baris_alpa_kurang(f, p, u, berlaku))
    t = pd.concat(bagian, ignore_index=True)
    t = t.sort_values(["opd", "nip", "ke"], kind="stable").reset_index(drop=True)
    return _bertentangan(f, t)[[*KOLOM]]


def _alasan(
    b: Mapping[str, Any],
    kode: str,
    f: _Fakta,
    u: _Uji,
    kena: Tanda,
    boleh: Tanda,
    tak_tentu: Tanda,
    status: pd.Series,
) -> Teks:
    """Why nothing can be proposed although the rule may concern the person; '' where it can."""
    sebutan = status.map({s: label(s) for s in status.unique()})
    luas = f"aturan {b['aturan']} bagi " + sebutan + " belum ditetapkan"
    alasan = np.where(kena & tak_tentu, luas.to_numpy(dtype=object), "")
    sumber = "langkah" if kode == "masa_perbaikan" else kode
    if sumber in u.alasan:
        alasan = np.where(boleh & ~kena & (u.alasan[sumber] != ""), u.alasan[sumber], alasan)
    return alasan.astype(object)


def _baris(
    f: _Fakta,
    p: Mapping[str, Nilai],
    u: _Uji,
    b: Mapping[str, Any],
    ke: int,
    siapa: Bulat,
    alasan: Teks,
    berlaku: Nilai,
) -> pd.DataFrame:
    kode = b["kode"]
    orang = f.pegawai.iloc[siapa]
    usul = alasan[siapa] == ""
    jpt = (orang["jenis_jabatan"].astype("str") == "jpt").to_numpy() & ("pasal_jpt" in b)
    pasal = np.where(jpt, b.get("pasal_jpt", ""), b["pasal"])
    status_pasal = np.where(jpt, b.get("status_jpt", ""), b["status"])
    lemah = [(p[j].nama, p[j].status) for j in b["acuan"] if j in p and p[j].status not in _SENDIRI]
    luas = {s: str(berlaku.asal(b["kelompok"], s)["status"]) for s in ("cpns", "pppk")}
    luas = {
        s: "" if x in _SENDIRI else x for s, x in luas.items()
    }  # a PNS under a rule for PNS needs no reading
    bukan_pns = orang["status"].astype("str").map(luas).astype("object").fillna("").to_numpy(dtype=object)
    terlemah = _terlemah(status_pasal, *(np.full(len(siapa), s) for _, s in lemah), bukan_pns)
    sendiri = np.where(
        np.isin(status_pasal, list(_SENDIRI)), "", "pasal ini (" + status_pasal.astype(object) + ")"
    )
    lain = "; ".join(f"{n[:1].lower()}{n[1:]} ({s})" for n, s in lemah)
    peringatan = _sambung(
        sendiri,
        _kata(len(siapa), lain),
        np.where(bukan_pns != "", "berlakunya bagi yang bukan PNS (" + bukan_pns + ")", ""),
    )
    mulai = pd.Series(pd.Timestamp(f.hari), index=orang.index).astype("datetime64[s]")
    sampai = pd.Series(pd.NaT, index=orang.index, dtype="datetime64[s]")
    if "lama" in b:
        mulai = u.mulai[kode].iloc[siapa] if kode in u.mulai else mulai
        bulan = _bulan_masa(f, b["lama"], kode, p).iloc[siapa]
        sampai = akhir_masa(mulai, bulan.where(bulan > 0))
        lama_kosong = bulan.isna().to_numpy()
    else:
        mulai = sampai.copy()
        lama_kosong = np.zeros(len(siapa), dtype=bool)
    return pd.DataFrame(
        {
            "nip": orang["nip"].to_numpy(),
            "nama": orang["nama"].to_numpy(),
            "opd": orang["opd"].to_numpy(),
            "keadaan": np.where(usul, USULAN, BELUM),
            "jenis": b["jenis"],
            "usul": _usul(b, kode, p),
            "data": u.data[kode][siapa],
            "alasan": alasan[siapa],
            "aturan": b["aturan"],
            "pasal": pasal,
            "status_pasal": status_pasal,
            "status": terlemah,
            "peringatan": peringatan,
            "mulai": mulai.where(usul).to_numpy(),
            "sampai": sampai.where(usul).to_numpy(),
            "tenggat": _tenggat(f, p, b["pemicu"], kode, sampai).where(usul).to_numpy(),
            "bertumpuk": "",
            "belum_ada": _sambung(
                _kata(len(siapa), b["belum_ada"]),
                _kata(len(siapa), u.tambahan.get(kode, "")),
                np.where(lama_kosong, "lamanya belum ditetapkan", ""),
                _tahun_resmi(f, b["pemicu"], siapa),
            ),
            "konfirmasi": b["konfirmasi"],
            "keberatan": b["keberatan"],
            "kode": kode,
            "ke": ke,
            "orang": siapa,
        }
    )


def _usul(b: Mapping[str, Any], kode: str, p: Mapping[str, Nilai]) -> str:
    """The proposal with its numbers of law: percent and months."""
    lama, potong = p.get(f"{_DISIPLIN}.lama_hukuman"), p.get(f"{_DISIPLIN}.potong_hukuman")
    if b["pemicu"] != "hari_alpa" or lama is None or potong is None or not (bulan := lama.nilai.get(kode)):
        return str(b["usul"])
    persen = potong.nilai.get(kode)
    return f"{b['usul']}{f' {tulisan.persen(persen)}' if persen else ''} selama {angka(bulan)} bulan"


def _tahun_resmi(f: _Fakta, pemicu: str, siapa: Bulat) -> Teks:
    """Names the assumption under years that were rated before the kuadran was in force."""
    if pemicu != "sangat_baik_beruntun" or _KUADRAN not in f.k:
        return _kata(len(siapa))
    mulai = f.k.ketentuan[_KUADRAN].waktu[0].sejak.year
    tahun = np.array(f.tahun)
    dipakai = np.cumprod((f.predikat[siapa] == PREDIKAT.index("sangat_baik"))[:, ::-1], axis=1)[:, ::-1]
    kena = ((dipakai > 0) & (tahun < mulai) & ~f.resmi[siapa]).any(axis=1)
    return np.where(kena, f"Predikat resmi sebelum {mulai}: di sini dibaca dengan kuadran (asumsi)", "")


def _tenggat(f: _Fakta, p: Mapping[str, Nilai], pemicu: str, kode: str, sampai: pd.Series) -> pd.Series:
    """Until when to act: the follow-up stage of the cycle for what rests on the year, the end of a stay that
    is being watched; nothing is established for discipline."""
    if kode.startswith("pantau_"):
        return sampai
    hasil = pd.Series(pd.NaT, index=sampai.index, dtype="datetime64[s]")
    batas = p.get("siklus.batas")
    lama = batas.nilai.get("tindak_lanjut") if batas is not None and batas.nilai else None
    if (
        lama is None
        or f.tahun_nilai is None
        or not (pemicu == "sangat_baik_beruntun" or kode == "masa_perbaikan")
    ):
        return hasil
    return hasil.fillna(pd.Timestamp(dt.date(f.tahun_nilai, 12, 31) + dt.timedelta(days=int(lama))))


def _terlemah(*status: npt.ArrayLike) -> Teks:
    """The weakest of several columns of status; '' does not count."""
    tingkat = [_urutan(pd.Series(np.asarray(s, dtype=object)), _KUAT) for s in status]
    return np.array(_KUAT, dtype=object)[np.maximum.reduce(tingkat)]


def _sambung(*bagian: Teks) -> Teks:
    """Non-empty parts of each row joined with '; '."""
    hasil = _kata(len(bagian[0]))
    for b in bagian:
        hasil = np.where((hasil != "") & (b != ""), hasil + "; " + b, hasil + b)
    return hasil.astype(object)


def _baris_alpa_kurang(f: _Fakta, p: Mapping[str, Nilai], u: _Uji, berlaku: Nilai) -> pd.DataFrame:
    """People whose absences cannot be counted because months of their record are missing."""
    b = next(x for x in p[f"{BERKAS}.keputusan"].pasti() if x["pemicu"] == "hari_alpa")
    umum = {
        **b,
        "kode": "alpa",
        "usul": "Hukuman disiplin menurut hari tidak masuk",
        "pasal": "Pasal 8 dan 11",
    }
    alasan = u.alasan.get("alpa", _kata(f.n))
    luas = f.pegawai["status"].astype("str").map(dict(berlaku.pasti("disiplin")))
    alasan = np.where((luas == True).to_numpy(bool), alasan, "")  # noqa: E712
    u.data["alpa"] = (
        _menurut(lambda n: f"{angka(n)} hari tidak masuk pada bulan yang rekapnya ada", f.total)
        if f.n
        else _kata(0)
    )
    return _baris(f, p, u, umum, 99, np.flatnonzero(alasan != ""), alasan, berlaku)


def _bertentangan(f: _Fakta, t: pd.DataFrame) -> pd.DataFrame:
    """Marks decided sanctions, running ones, and where reward meets sanction."""
    h = f.hukuman
    t = t.copy()
    berjalan = h[h["berjalan"]].sort_values(["orang", "berat", "mulai"], kind="stable")
    tulis = berjalan.assign(
        teks=[
            f"{label(HUKUMAN[int(b)])} sejak {tulisan.tanggal(m.date())}"
            + (f" sampai {tulisan.tanggal(s.date())}" if s == s else "")
            for b, m, s in zip(berjalan["berat"], berjalan["mulai"], berjalan["sampai"], strict=True)
        ]
    )
    kini = tulis.groupby("orang")["teks"].agg("; ".join) if len(tulis) else pd.Series(dtype="object")
    ada = t["orang"].map(kini).astype("object").fillna("").to_numpy()
    disiplin = t["kode"].isin(HUKUMAN).to_numpy()
    t["bertumpuk"] = np.where(
        (ada != "") & disiplin,
        ada
        + ". Bila bertumpuk dipakai yang terberat (Permen ESDM 21/2014 Pasal 20, untuk instansi lain tafsir)",
        ada,
    )
    if f.tahun_hadir is not None and len(h):
        # a sanction decided since the year began that is at least as heavy may already be about these days
        sejak = h[h["mulai"] >= pd.Timestamp(dt.date(f.tahun_hadir, 1, 1))]
        terberat = t["orang"].map(sejak.groupby("orang")["berat"].max()).fillna(-1).to_numpy()
        usul = _urutan(t["kode"], HUKUMAN)
        sudah = disiplin & (t["keadaan"] == USULAN).to_numpy() & (terberat >= usul)
        t.loc[sudah, "keadaan"] = SUDAH
        mulai_lain = disiplin & (terberat >= 0) & (terberat < usul)
        t.loc[mulai_lain, "belum_ada"] += "; apakah hukuman yang lebih ringan sudah memuat hari yang sama"
    usulan = (t["keadaan"] == USULAN).to_numpy()
    baik = usulan & t["jenis"].isin(("penghargaan", "pengembangan")).to_numpy()
    # what may only be looked into is no charge against anybody
    buruk = (usulan | (t["keadaan"] == SUDAH).to_numpy()) & t["jenis"].isin(
        ("sanksi", "pembinaan")
    ).to_numpy()
    buruk &= (t["kode"] != "periksa_berturut").to_numpy()
    lawan_baik = _gabung(t, buruk)
    lawan_buruk = t[baik].groupby("orang")["usul"].agg("; ".join)
    t["pertentangan"] = ""
    t.loc[baik, "pertentangan"] = t.loc[baik, "orang"].map(lawan_baik).astype("object").fillna("")
    t.loc[buruk, "pertentangan"] = t.loc[buruk, "orang"].map(lawan_buruk).astype("object").fillna("")
    kata = t["pertentangan"].astype("object").to_numpy()
    t["pertentangan"] = np.where(kata != "", "Bertemu dengan: " + kata, "")
    teks = [c for c in KOLOM if c not in ("mulai", "sampai", "tenggat")]
    return t.astype(dict.fromkeys(teks, "str"))


def _gabung(t: pd.DataFrame, buruk: Tanda) -> pd.Series:
    """Per person what stands against a reward: proposed or decided sanctions and those that run."""
    berjalan = pd.DataFrame({"orang": t["orang"], "teks": t["bertumpuk"]})
    berjalan = berjalan[(berjalan["teks"] != "").to_numpy()].drop_duplicates("orang")
    berjalan["teks"] = "hukuman berjalan: " + berjalan["teks"].str.split(". Bila").str[0]
    isi = pd.concat(
        [t.loc[buruk, ["orang", "usul"]].rename(columns={"usul": "teks"}), berjalan], ignore_index=True
    )
    return isi.groupby("orang")["teks"].agg("; ".join) if len(isi) else pd.Series(dtype="object")


# -- other views --------------------------------------------------------------------------------------------


def _talenta(f: _Fakta) -> pd.DataFrame:
    nama = np.array([*PREDIKAT, ""], dtype=object)
    tahun = {str(t): nama[f.predikat[:, j]] for j, t in enumerate(f.tahun)}
    kosong = np.zeros(f.n, dtype=np.int64)
    tinggi = f.predikat == PREDIKAT.index("sangat_baik")
    rendah = f.predikat > PREDIKAT.index("baik")
    berjalan = f.hukuman[f.hukuman["berjalan"]].groupby("orang")["berat"].max()
    kode = pd.Series(np.arange(f.n)).map(berjalan).fillna(-1).to_numpy(dtype=np.int64)
    alpa = np.where(f.ada.any(axis=1), f.total.astype(np.float64), np.nan)
    t = pd.DataFrame(
        {
            **{c: f.pegawai[c].to_numpy() for c in ("nip", "nama", "opd")},
            "jenis_jabatan": f.pegawai["jenis_jabatan"].astype("str").to_numpy(),
            **tahun,
            "sangat_baik": deret(tinggi) if f.tahun else kosong,
            "di_bawah_baik": deret(rendah) if f.tahun else kosong,
            "alpa": alpa,
            "hukuman": np.array([*HUKUMAN, ""], dtype=object)[kode],
        }
    )
    return t.sort_values(["opd", "nip"], kind="stable").reset_index(drop=True)


def _per_opd(usulan: pd.DataFrame, f: _Fakta, opd: pd.DataFrame) -> pd.DataFrame:
    """Counts per agency: proposals by kind, what cannot be proposed, and people with contradictions."""
    kode = pd.Index(sorted({*opd["kode"], *f.pegawai["opd"]}), name="opd")
    nama = opd.drop_duplicates("kode").set_index("kode")["nama"] if len(opd) else pd.Series(dtype="str")
    hitung = usulan[usulan["keadaan"] == USULAN]
    per = pd.crosstab(hitung["opd"], hitung["jenis"]).reindex(index=kode, columns=list(JENIS), fill_value=0)
    hasil = per.astype("int64").rename_axis(columns=None)
    hasil.insert(0, "nama", nama.reindex(kode).astype("object").fillna("").astype("str").to_numpy())
    hasil.insert(1, "pegawai", f.pegawai["opd"].value_counts().reindex(kode, fill_value=0).to_numpy())

    def orang(pilih: pd.Series) -> Any:
        banyak = usulan[pilih].groupby("opd")["nip"].nunique()
        return banyak.reindex(kode, fill_value=0).to_numpy(dtype=np.int64)

    hasil["sudah_ada_keputusan"] = orang(usulan["keadaan"] == SUDAH)
    hasil["belum_dapat_diusulkan"] = orang(usulan["keadaan"] == BELUM)
    hasil["pertentangan"] = orang(usulan["pertentangan"] != "")
    return hasil.reset_index()


def _tanpa_data(p: Mapping[str, Nilai]) -> list[tuple[object, ...]]:
    n = p.get(f"{BERKAS}.tanpa_data")
    isi = n.nilai if n is not None and n.nilai else ()
    return [(b["hal"], b["aturan"], b["pasal"], b["status"], b["sebab"], None) for b in isi]


def _dasar(p: Mapping[str, Nilai]) -> pd.DataFrame:
    baris = [(j, n.nama, n.dasar, n.status, "; ".join(n.sumber)) for j, n in p.items()]
    return pd.DataFrame(baris, columns=["parameter", "nama", "dasar", "status", "sumber"])


def kepekaan(
    data: Data | Mapping[str, pd.DataFrame],
    tanggal: dt.date | str,
    tahun: int | None = None,
    *,
    aturan: Kebijakan | None = None,
) -> pd.DataFrame:
    """How many proposals hang on one day of absence or one step of a rating in the last year.

    Each person is shifted alone, all others stay. Columns: geseran (words), jenis (sanksi, penghargaan,
    pembinaan), kini (people proposed now), hilang, bertambah, berganti (another sanction). Only people to whom
    the rules apply. Same arguments and errors as `tindak_lanjut`.
    """
    hari = _hari(tanggal)
    k = aturan or kebijakan(hari)
    f = _fakta(data, hari, tahun, k, None, None)
    p = _param(k)
    status = f.pegawai["status"].astype("str")
    luas = p[f"{BERKAS}.berlaku_untuk"]
    boleh = {g: (status.map(dict(luas.pasti(g))) == True).to_numpy(bool) for g in ("disiplin", "kinerja")}  # noqa: E712
    baris: list[tuple[str, str, int, int, int, int]] = []
    if f.tahun_hadir is not None and f"{_DISIPLIN}.hukuman_menurut_hari" in p:
        kini = _hukuman_menurut(f.total, p)
        for geser, kata in ((-1, "Satu hari ternyata sah"), (1, "Satu hari lagi tidak masuk")):
            lain = _hukuman_menurut(np.maximum(f.total + geser, 0), p)
            baris.append((kata, "sanksi", *_banding(kini, lain, boleh["disiplin"])))
    if f.tahun and _KUADRAN in k:
        syarat = int(p["pp-30-2019.tahun_sangat_baik_berturut_turut"].pasti())
        rendah = _rendah(p)
        for j, nama in enumerate(("hasil kerja", "perilaku")):
            for geser, kata in ((-1, "turun"), (1, "naik")):
                lain = _geser_rating(f, k, j, geser)
                kalimat = f"Rating {nama} {kata}"
                for jenis, hitung in (
                    ("penghargaan", lambda x: deret(x == 0) >= syarat),
                    ("pembinaan", lambda x: rendah[x[:, -1]]),
                ):
                    a, b = (np.where(hitung(x), 0, -1) for x in (f.predikat, lain))
                    baris.append((kalimat, jenis, *_banding(a, b, boleh["kinerja"])))
    return pd.DataFrame(baris, columns=["geseran", "jenis", "kini", "hilang", "bertambah", "berganti"])


def _banding(kini: Any, lain: Any, boleh: Tanda) -> tuple[int, int, int, int]:
    ada, nanti = (kini >= 0) & boleh, (lain >= 0) & boleh
    return (
        int(ada.sum()),
        int((ada & ~nanti).sum()),
        int((nanti & ~ada).sum()),
        int((ada & nanti & (kini != lain)).sum()),
    )


def _geser_rating(f: _Fakta, k: Kebijakan, kolom: int, geser: int) -> npt.NDArray[np.int8]:
    """Predikat of all years with one rating of the last year moved a step; official ones stay."""
    rating: Bulat = f.rating.astype(np.int64)
    tahu = (rating >= 0).all(axis=1) & ~f.resmi[:, -1]
    rating[:, kolom] = np.clip(rating[:, kolom] + geser, 0, len(RATING) - 1)
    t = pd.DataFrame(
        {
            n: np.array(RATING, dtype=object)[rating[tahu, j]]
            for j, n in enumerate(("rating_hasil", "rating_perilaku"))
        }
    )
    hasil = f.predikat.copy()
    hasil[tahu, -1] = _predikat(t, k)
    return hasil


def ambang_hari(aturan: Kebijakan) -> list[int]:
    """First day of each step of the ladder of absences, from the first sanction on."""
    selang = aturan[f"{_DISIPLIN}.hukuman_menurut_hari"].pasti()
    return sorted(int(s["paling_sedikit"]) for s in selang if s["nilai"] != "tidak_ada")


def taruhan(hasil: TindakLanjut, besaran: pd.Series, aturan: Kebijakan | None = None) -> pd.DataFrame:
    """What each proposed pay cut would take: columns nip, usul, besaran, rupiah (Int64, whole, half up).

    besaran: index NIP, whole rupiah a month; unknown amounts stay unknown. aturan: the policy, without it
    that of the result's date.
    """
    k = aturan or kebijakan(hasil.tanggal)
    potong, lama = (k[f"{_DISIPLIN}.{n}"].pasti() for n in ("potong_hukuman", "lama_hukuman"))
    kali = {j: int(potong[j] * lama[j]) for j in HUKUMAN if potong.get(j) and lama.get(j)}
    t = hasil.usulan[(hasil.usulan["keadaan"] == USULAN) & hasil.usulan["kode"].isin(list(kali))]
    sebulan = t["nip"].map(besaran).astype("Int64")
    rupiah = (2 * sebulan * t["kode"].map(kali).astype("Int64") + 100) // 200
    isi = {"nip": t["nip"], "usul": t["usul"], "besaran": sebulan, "rupiah": rupiah}
    return pd.DataFrame(isi).reset_index(drop=True)


# -- paper ----------------------------------------------------------------------------------------------------


def _uraian(b: Mapping[Any, Any]) -> tuple[str, str, str, str]:
    """Data, rule, gaps, and who decides, in the words of one person's file."""

    def t(x: Any) -> str:
        return tulisan.tanggal(x.date()) if x == x and x is not None else ""

    masa = f"\n{t(b['mulai'])} sampai {t(b['sampai'])}" if t(b["sampai"]) else ""
    data = f"{b['data']}{masa}" + (f"\nBelum dapat diusulkan karena {b['alasan']}" if b["alasan"] else "")
    aturan = f"{b['aturan']}, {b['pasal']}\nStatus: {b['status_pasal']}"
    if b["peringatan"]:
        aturan += f"\nBertumpu pada: {b['peringatan']}"
    kurang = "\n".join(x for x in (b["pertentangan"], b["belum_ada"], b["bertumpuk"]) if x)
    tenggat = f"\nTenggat usulan: {t(b['tenggat'])} (asumsi)" if t(b["tenggat"]) else ""
    return data, aturan, kurang, f"{b['konfirmasi']}\nKeberatan: {b['keberatan']}{tenggat}"


_LEMBAR: Mapping[str, tuple[str, int]] = {  # column of the sheet -> heading, width
    "nip": ("NIP", 17),
    "nama": ("Nama", 16),
    "opd": ("OPD", 10),
    "keadaan": ("Keadaan", 11),
    "jenis": ("Jenis", 12),
    "usul": ("Usul", 20),
    "data": ("Data yang memicu", 28),
    "aturan": ("Aturan dan pasal", 18),
    "status": ("Status terlemah", 11),
    "dasar": ("Status pasal dan yang belum pasti", 19),
    "mulai": ("Mulai", 10),
    "sampai": ("Sampai", 10),
    "pertentangan": ("Pertentangan dan hukuman yang ada", 20),
    "belum_ada": ("Yang belum ada", 23),
    "konfirmasi": ("Dikonfirmasi oleh; cara keberatan", 24),
}


def _untuk_lembar(t: pd.DataFrame) -> pd.DataFrame:
    """The lines in as many columns as a sheet of paper holds; nothing is left out."""
    teks = {c: t[c].astype("object").to_numpy() for c in KOLOM if c not in ("mulai", "sampai", "tenggat")}

    def ekor(kata: str, isi: Teks) -> Teks:
        return np.where(isi != "", f"\n{kata}" + isi, "").astype(object)

    tenggat = _tulis_tanggal(t["tenggat"])
    hasil = t.assign(
        data=teks["data"] + ekor("Belum dapat diusulkan karena ", teks["alasan"]),
        aturan=teks["aturan"] + ", " + teks["pasal"],
        dasar=teks["status_pasal"] + ekor("Bertumpu pada: ", teks["peringatan"]),
        pertentangan=_sambung(teks["pertentangan"], teks["bertumpuk"]),
        konfirmasi=teks["konfirmasi"]
        + ekor("Keberatan: ", teks["keberatan"])
        + ekor("Tenggat usulan (asumsi): ", tenggat),
    )
    return hasil[list(_LEMBAR)]


def _buku(x: TindakLanjut) -> bytes:
    import xlsxwriter

    keluar = io.BytesIO()
    pilihan = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(keluar, {"in_memory": True, **pilihan}) as wb:
        wb.set_properties(
            {"title": f"Usulan tindak lanjut. {TANDA}", "author": "kinerja", "created": _DIBUAT}
        )
        gaya = {"font_name": "Arial", "font_size": 9, "valign": "top", "text_wrap": True, "border": 1}
        g = {
            "isi": wb.add_format(gaya),
            "tanggal": wb.add_format({**gaya, "num_format": "dd/mm/yyyy"}),
            "kepala": wb.add_format({**gaya, "bold": True, "bg_color": "#1f3a5f", "font_color": "#ffffff"}),
            "bentrok": wb.add_format({**gaya, "bg_color": "#eef0f2", "bold": True}),
            "judul": wb.add_format({"font_name": "Arial", "font_size": 13, "bold": True}),
            "polos": wb.add_format({"font_name": "Arial", "font_size": 9}),
        }
        judul = {c: j for c, (j, _) in _LEMBAR.items()}
        _lembar(wb, "Usulan", _untuk_lembar(x.usulan), judul, g, x)
        _lembar(wb, "Pertentangan", _untuk_lembar(x.pertentangan()), judul, g, x)
        kepala = {
            "nama": "Nama",
            "opd": "OPD",
            **{c: label(c) for c in x.opd.columns if c not in ("nama", "opd")},
        }
        _lembar(wb, "Per OPD", x.opd, kepala, g, x)
        talenta = x.talenta.copy()
        for c in [c for c in talenta if str(c).isdigit() or c in ("hukuman", "jenis_jabatan")]:
            talenta[c] = talenta[c].map(_label_kosong)
        sebut = {
            **{
                "nip": "NIP",
                "nama": "Nama",
                "opd": "OPD",
                "jenis_jabatan": "Jenis jabatan",
                "hukuman": "Hukuman",
            },
            **{"sangat_baik": "Tahun Sangat Baik berturut-turut", "alpa": "Hari tidak masuk"},
            "di_bawah_baik": "Tahun di bawah Baik berturut-turut",
        }
        _lembar(wb, "Riwayat predikat", talenta, sebut, g, x)
        _lembar(wb, "Tidak diuji", x.tidak_diuji, {c: label(c) for c in _KOLOM_UJI}, g, x)
        _lembar(wb, "Dasar", x.dasar, {str(c): label(c) for c in x.dasar}, g, x)
    return keluar.getvalue()


def _label_kosong(x: str) -> str:
    return label(x) if x else ""


def _lembar(
    wb: Any, nama: str, t: pd.DataFrame, kepala: Mapping[str, str], g: Mapping[str, Any], x: TindakLanjut
) -> None:
    ws = wb.add_worksheet(nama)
    sifat = f". Data {x.sifat}" if x.sifat else ""
    ws.write_string(0, 0, f"{TANDA}: {nama.lower() if nama != 'Per OPD' else 'per OPD'}", g["judul"])
    ws.write_string(
        1, 0, f"Per {tulisan.tanggal(x.tanggal)}{sifat}. Setiap baris menunggu keputusan pejabat.", g["polos"]
    )
    lebar = [
        _LEMBAR[str(c)][1] if str(c) in _LEMBAR and nama in ("Usulan", "Pertentangan") else _cukup(t[c])
        for c in t
    ]
    for j, c in enumerate(t.columns):
        ws.set_column(j, j, lebar[j])
        ws.write_string(3, j, kepala.get(str(c), str(c)), g["kepala"])
    bentrok = (
        t["pertentangan"].to_numpy(dtype=object) != "" if nama == "Usulan" else np.zeros(len(t), dtype=bool)
    )
    tanggal = [pd.api.types.is_datetime64_any_dtype(t[c]) for c in t]
    for i, baris in enumerate(t.itertuples(index=False), 4):
        biasa = g["bentrok"] if bentrok[i - 4] else g["isi"]
        for j, sel in enumerate(baris):
            if sel is None or sel is pd.NaT or sel != sel:
                ws.write_blank(i, j, None, biasa)
            elif tanggal[j]:
                ws.write_datetime(i, j, sel.to_pydatetime(), g["tanggal"])
            elif isinstance(sel, str):
                ws.write_string(i, j, sel, biasa)
            else:
                ws.write_number(i, j, sel, biasa)
        ws.set_row(i, 12.5 * max(_baris_sel(str(s), w) for s, w in zip(baris, lebar, strict=True)))
    ws.set_row(3, 26)
    ws.freeze_panes(4, min(2, len(lebar)))
    ws.autofilter(3, 0, max(4, 3 + len(t)), len(lebar) - 1)
    ws.repeat_rows(0, 3)
    ws.set_landscape()
    ws.set_paper(8 if len(lebar) > 12 else 9)
    ws.fit_to_pages(1, 0)
    ws.set_margins(0.4, 0.4, 0.7, 0.6)
    ws.set_header(f"&C&B{TANDA}")
    ws.set_footer(f"&L{TANDA}{sifat}&RHalaman &P dari &N")


def _cukup(isi: pd.Series) -> int:
    """Width of a column that holds its longest text, within bounds."""
    return max(12, min(40, int(isi.astype("str").str.len().fillna(0).max()) if len(isi) else 0))


def _baris_sel(isi: str, lebar: int) -> int:
    """Lines that a text needs: office software does not grow rows that it did not type."""
    return sum(max(1, -(-len(b) * 10 // (lebar * 13))) for b in isi.split("\n"))  # Arial 9 is narrow
