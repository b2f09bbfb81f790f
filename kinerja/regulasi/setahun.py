"""One year by its parts: a regulation, a post, an agency, or a superior that changes in the middle of it.

Each part is scored as an employee of its own under the regulation then in force. The parts are joined only
by what a regulation says: half and half in 2021, the mean of two SKP (PP 46/2011), in proportion to the time
in each unit (PP 30/2019), K3 x days of each indicator (KMK 127/2026), the leader's annual rating
(PermenPANRB 6/2022). Where none says how, the year stays without a predikat, with the reason.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Graf, Hasil, aturan, jelaskan, ke_seri, keterangan, tampil
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan, akhir_periode, kebijakan
from kinerja.pecahan import Kode, Pecahan, pada, pilih
from kinerja.penjelasan import Langkah, Penjelasan
from kinerja.regulasi import kmk127, permenpanrb6, permenpanrb8, pp30, pp46
from kinerja.regulasi.banding import Penilaian, Tabel, nilai
from kinerja.regulasi.registri import berlaku, linimasa
from kinerja.regulasi.tabel import belum_diketahui, ide_baru, kolom_angka, kolom_kata, saring, siap

ASUMSI = ("jembatan.setahun_rhk_tanpa_tanggal", "jembatan.setahun_ganti_atasan", "jembatan.setahun_perilaku")
KOLOM_BAGIAN = [
    "nip", "bagian", "regulasi", "mulai", "sampai", "hari", "opd", "unit", "jabatan", "atasan", "nilai",
    "predikat", "dasar", "status", "alasan",
]  # fmt: skip
_POSISI = ["opd", "unit", "jabatan", "jenis_jabatan", "jenjang", "atasan"]
_KETERANGAN = ("cara", "dasar", "status", "alasan")
_NILAI_AKHIR = {
    pp46.BERKAS: "nilai_prestasi",
    pp30.BERKAS: "nilai_kinerja",
    permenpanrb8.BERKAS: "nilai_kinerja",
    kmk127.BERKAS: "nkp",
}
_TANPA_ATURAN_PINDAH = (
    "pindah di tengah tahun tanpa rating tahunan; cara menggabung predikat dua SKP setahun belum ditetapkan"
)
_TANPA_RATING_BAGIAN = (
    "tidak ada satu rating berkala di dalam bagian ini; cara menggabung beberapa rating belum ditetapkan"
)


# -- the last level: one row one employee -----------------------------------------------------------------


@aturan("Nilai setahun", satuan="poin", dasar="Gabungan bagian tahun itu", status="tafsir")
def nilai_tahun(nilai_gabungan: Pecahan) -> Pecahan:
    return nilai_gabungan


@aturan("Predikat setahun", satuan="predikat", dasar="Gabungan bagian tahun itu", status="tafsir")
def predikat(predikat_gabungan: Kode) -> Kode:
    return predikat_gabungan


GRAF_TAHUN = Graf.dari(
    "Setahun",
    [nilai_tahun, predikat],
    {"nilai_gabungan": "Nilai gabungan", "predikat_gabungan": "Predikat gabungan"},
)


@dataclass(frozen=True)
class Setahun(Bertingkat):
    """What `nilai_setahun` gives; its last level is one row one employee, comparable by `bandingkan`.

    bagian: one row one employee in one part (KOLOM_BAGIAN). gabungan: index nip; cara, dasar, status of the
    joining, and alasan why there is none. penilaian: the result of each regulation of the year, the key of an
    earlier part being "NIP/1". asumsi: the assumptions that were needed (jalur, nama, status, catatan).
    """

    tahun: int
    bagian: pd.DataFrame = field(repr=False)
    gabungan: pd.DataFrame = field(repr=False)
    penilaian: tuple[Penilaian, ...] = field(repr=False)
    asumsi: pd.DataFrame = field(repr=False)

    def tabel(self) -> pd.DataFrame:
        """One row one employee: nilai, predikat, cara, dasar, status, alasan, then the columns of each part."""
        akhir = self.pegawai
        isi = [
            pd.DataFrame({"nilai": akhir["nilai_tahun"].ke_float(), "predikat": ke_seri(akhir["predikat"])})  # type: ignore[union-attr]
            .set_index(akhir.kunci)
            .join(self.gabungan)
        ]
        kolom = [k for k in KOLOM_BAGIAN if k not in ("nip", "bagian")]
        for ke, milik in self.bagian.groupby("bagian"):
            isi.append(milik.set_index("nip")[kolom].add_prefix(f"bagian_{ke}_"))
        return pd.concat(isi, axis=1).reindex(akhir.kunci)

    def jelaskan(self, nip: str) -> Penjelasan:
        """The steps of every part of one employee, then how the parts were joined. LookupError for a stranger."""
        if nip not in self.pegawai.kunci:
            raise LookupError(f"{nip} tidak ada di hasil {self.nama}.")
        langkah: list[Langkah] = []
        milik = self.bagian[self.bagian["nip"] == nip]
        baris = _baris(milik)
        for b in baris:
            letak = f"{b.bagian} ({tulisan.tanggal(b.mulai)} sampai {tulisan.tanggal(b.sampai)})"
            hasil = next((p for p in self.penilaian if p.regulasi == b.regulasi), None)
            if hasil is not None and any(
                (t.kunci.get_level_values(0) == b.kunci).any() for t in hasil.tingkat
            ):
                isi = hasil.jelaskan(b.kunci).langkah
                langkah += [
                    replace(x, letak=(("Bagian", letak), *x.letak), akhir=False) if len(milik) > 1 else x
                    for x in isi
                ]
            else:
                langkah.append(
                    Langkah(
                        f"Bagian {letak}",
                        "tidak dapat dinilai",
                        b.alasan,
                        "belum diketahui",
                        b.dasar,
                        b.status,
                    )
                )
        for h in self.tingkat[:-1]:
            for kunci in (
                h.kunci[h.kunci.get_level_values(0) == nip] if h.graf.nama in self._penggabung else ()
            ):
                rinci = f" [{', '.join(map(str, kunci[1:]))}]" if isinstance(kunci, tuple) else ""
                langkah += [
                    replace(x, label=x.label + rinci, akhir=False) for x in jelaskan(h, kunci).langkah
                ]
        g: dict[Any, str] = self.gabungan.loc[nip].to_dict()
        (i,) = np.flatnonzero(self.pegawai.kunci == nip).tolist()
        bagian = "; ".join(
            f"bagian {b.bagian}: {tulisan.label(b.predikat) if b.predikat else 'belum diketahui'}"
            for b in baris
        )
        langkah.append(
            Langkah(
                "Predikat setahun",
                g["cara"],
                g["alasan"] or bagian,
                tampil(self.pegawai["predikat"], i),
                g["dasar"],
                g["status"],
                akhir=True,
            )
        )
        return Penjelasan(f"{self.nama}: {nip}", tuple(langkah))

    def tanpa_nilai(self) -> pd.DataFrame:
        """Everyone without a predikat for the year: nip, alasan."""
        tanpa = self.gabungan["alasan"][self.gabungan["alasan"] != ""]
        return tanpa.rename_axis("nip").reset_index()

    @property
    def _penggabung(self) -> set[str]:
        sendiri = {t.graf.nama for p in self.penilaian for t in p.tingkat}
        return {t.graf.nama for t in self.tingkat[:-1]} - sendiri


def nilai_setahun(
    data: Data | Tabel,
    tahun: int,
    instansi: str | None = None,
    bagian: Mapping[str, Data | Tabel] | None = None,
    skenario: Any = None,
) -> Setahun:
    """Everyone of `data` over one calendar year, scored by its parts.

    The year is cut by the timeline of `instansi` (None: the nation) and by the table `riwayat_jabatan`
    (who moved, and when). An RHK with mulai or sampai counts in the parts that it touches. bagian: file name
    of a regulation -> the workbook of its own part, where each part of the year has one (2021:
    {"pp-46-2011": Januari-Juni}). skenario: for `kebijakan`, a scenario in force on some days only included.

    Points, exact. GalatParameter before the first regulation, for an unknown agency or regulation;
    ValueError for a workbook of a regulation that is not of that year.
    """
    if not str(tahun).isdecimal() or not 1 <= int(tahun) <= 9999:
        raise ValueError(f"tahun {tahun} tidak dikenal. Tulis satu tahun, misalnya 2021.")
    tahun = int(tahun)
    awal, akhir = dt.date(tahun, 1, 1), dt.date(tahun, 12, 31)
    k = kebijakan(akhir, skenario=skenario)
    garis = _garis(instansi, awal, akhir, skenario)
    if garis.empty:
        berlaku(k, instansi)
    lain = {nama: _tabel(d) for nama, d in (bagian or {}).items()}
    asing = sorted(set(lain) - set(garis["regulasi"].dropna()))
    if asing:
        ada = tulisan.daftar(garis["regulasi"].dropna()) or "tidak ada"
        raise ValueError(
            f"buku kerja untuk {tulisan.daftar(asing)} tidak terpakai pada {tahun}. Peraturan tahun itu: {ada}."
        )
    tabel = _tabel(data)
    nip = pd.Index(tabel["pegawai"]["nip"], name="nip")
    rezim = []
    for g in _baris(garis):
        pakai = lain.get(g.regulasi, tabel)
        asing_nip = pd.Index(pakai["pegawai"]["nip"]).difference(nip)
        if len(asing_nip):
            raise ValueError(
                f"buku kerja {g.regulasi} memuat {len(asing_nip)} NIP yang tidak ada di buku kerja utama "
                f"({', '.join(asing_nip[:3])}). Pakai pegawai yang sama."
            )
        hari = kebijakan(g.sampai, skenario=skenario)
        rezim.append(_Rezim.dari(g, pakai, hari, nip, bersama=len(garis) > 1 and g.regulasi not in lain))
    return _gabungkan(tahun, nip, rezim, k)


# -- one regulation's part of the year --------------------------------------------------------------------


@dataclass(frozen=True)
class _Isi:
    """One row one employee of the year: a value, a word, and how they came about (text, "" if they did not)."""

    nilai: Pecahan
    predikat: Kode
    cara: npt.NDArray[np.object_]
    dasar: npt.NDArray[np.object_]
    status: npt.NDArray[np.object_]
    alasan: npt.NDArray[np.object_]
    tingkat: tuple[Hasil, ...] = ()


@dataclass(frozen=True)
class _Rezim:
    """The part of the year under one regulation. bagian: one row one employee in one place (kunci is unique)."""

    regulasi: str | None
    mulai: dt.date
    dasar: str
    bagian: pd.DataFrame
    hasil: Penilaian | None
    isi: _Isi
    asumsi: frozenset[str]

    @classmethod
    def dari(cls, g: Any, tabel: Tabel, k: Kebijakan, nip: pd.Index[Any], *, bersama: bool) -> _Rezim:
        b = _bagian(tabel, g.mulai, g.sampai)
        if g.regulasi is None:
            sebab = f"aturan {g.dasar} belum terbukti"
            b = b.assign(dasar=g.dasar, status=g.status, alasan=sebab, nilai=np.nan, predikat="")
            return cls(None, g.mulai, g.dasar, b, None, _kosong(len(nip), sebab, g.dasar), frozenset())
        tahun = str(g.mulai.year)
        pecah, asumsi = _pecah(tabel, b, g, k, bersama=bersama)
        hasil = nilai(pecah, g.regulasi, k, periode=tahun)
        b = _beri_hasil(b, hasil)
        b["dasar"], b["status"] = g.dasar, g.status
        if g.regulasi == permenpanrb6.BERKAS:
            b["alasan"] = b["alasan"].mask((b["banyak"] > 1) & (b["predikat"] == ""), _TANPA_RATING_BAGIAN)
        isi, asumsi_pindah = _dalam_rezim(tabel, pecah, b, g, k, hasil, nip)
        return cls(g.regulasi, g.mulai, g.dasar, b, hasil, isi, asumsi | asumsi_pindah)


def _garis(instansi: str | None, awal: dt.date, akhir: dt.date, skenario: Any) -> pd.DataFrame:
    """The timeline of the year with what a scenario moves in it; one regulation on both sides of a day is one."""
    hukum = _baris(linimasa(instansi, awal, akhir))
    isi = [linimasa(instansi, g.mulai, g.sampai, kebijakan(g.sampai, skenario=skenario)) for g in hukum]
    garis = pd.concat(isi, ignore_index=True) if isi else linimasa(instansi, awal, akhir)
    baru = (garis["regulasi"] != garis["regulasi"].shift()) | garis["regulasi"].isna()
    return garis[baru].assign(sampai=garis.groupby(baru.cumsum())["sampai"].last().to_numpy())


def _baris(t: pd.DataFrame) -> list[Any]:
    return list(t.itertuples())


def _tabel(data: Data | Tabel) -> Tabel:
    return siap(data, {"pegawai": ("nip", *_POSISI)})


def _bagian(tabel: Tabel, mulai: dt.date, sampai: dt.date) -> pd.DataFrame:
    """Where each employee was, one row one place within [mulai, sampai], in the order of `pegawai`.

    Whoever is not in `riwayat_jabatan`, or only with rows after the year, is where `pegawai` says. kunci: the
    NIP for the last place, "NIP/1" for the first of several. ganti_jabatan: whether the place differs
    from the one before it in more than the superior.
    """
    pegawai = tabel["pegawai"].reset_index(drop=True)
    awal, akhir = pd.Timestamp(mulai), pd.Timestamp(sampai)
    riwayat = tabel.get("riwayat_jabatan", pd.DataFrame(columns=["nip", "mulai", *_POSISI]))
    r = riwayat[pd.to_datetime(riwayat["mulai"]) <= pd.Timestamp(mulai.year, 12, 31)]
    r = r.sort_values(["nip", "mulai"], kind="stable").reset_index(drop=True)
    lepas = r.groupby("nip")["mulai"].shift(-1)
    r["sampai"] = (pd.to_datetime(lepas) - pd.Timedelta(days=1)).fillna(akhir)
    r["sampai"] = r["sampai"].where(r["sampai"] <= akhir, akhir)
    r["mulai"] = pd.to_datetime(r["mulai"]).where(lambda t: t >= awal, awal)
    menetap = pegawai[~pegawai["nip"].isin(r["nip"])].assign(mulai=awal, sampai=akhir)
    kolom = ["nip", "mulai", "sampai", *_POSISI]
    r = r[r["mulai"] <= r["sampai"]]
    ada = [x for x in (menetap, r) if len(x)] or [menetap]
    b = pd.concat([x[kolom].astype(dict.fromkeys(_POSISI, object)) for x in ada])
    b = b.astype({"mulai": "datetime64[s]", "sampai": "datetime64[s]"})
    b["urut"] = pd.Index(pegawai["nip"]).get_indexer(pd.Index(b["nip"]))
    b = b[b["urut"] >= 0].sort_values(["urut", "mulai"]).reset_index(drop=True)
    ke, banyak = b.groupby("nip").cumcount() + 1, b.groupby("nip")["nip"].transform("size")
    b["ke"], b["banyak"] = ke, banyak
    b["kunci"] = b["nip"].where(ke == banyak, b["nip"] + "/" + ke.astype("str"))
    b["hari"] = (b["sampai"] - b["mulai"]).dt.days + 1
    tempat = b[_POSISI[:-1]].fillna("").astype("str")
    b["ganti_jabatan"] = (tempat != tempat.shift()).any(axis=1).to_numpy() & (ke > 1).to_numpy()
    return b


def _pecah(
    tabel: Tabel, b: pd.DataFrame, g: Any, k: Kebijakan, *, bersama: bool
) -> tuple[dict[str, pd.DataFrame], frozenset[str]]:
    """The tables with one employee per row of `b`, and which assumptions that took.

    bersama: whether the tables serve another regulation's part of the year as well. Tables that need no cutting
    come back as they were.
    """
    utuh = bool((b["banyak"] == 1).all()) and len(b) == len(tabel["pegawai"])
    asumsi: set[str] = set()
    hasil = dict(tabel)
    rhk = tabel["rhk"]
    bertanggal = any(k in rhk and rhk[k].notna().any() for k in ("mulai", "sampai"))
    if bertanggal or not utuh or (bersama and not k[ASUMSI[0]].pasti()):
        hasil["rhk"], hasil["iki"], tanpa_tanggal = _pecah_rhk(
            tabel, b, g, k, bersama=bersama, hari=bertanggal
        )
        asumsi |= {ASUMSI[0]} if tanpa_tanggal else set()
    elif bersama:
        asumsi.add(ASUMSI[0])
    if bersama or not utuh:
        asumsi.add(ASUMSI[2])
        if bersama and not k[ASUMSI[2]].pasti():
            hasil["perilaku"] = tabel["perilaku"].iloc[:0]
    setahun = (g.mulai.month, g.mulai.day, g.sampai.month, g.sampai.day) == (1, 1, 12, 31)
    if not utuh or not setahun:
        hasil["penilaian"] = _pecah_penilaian(tabel["penilaian"], b, g, k, setahun=setahun)
    if not utuh:
        hasil["pegawai"] = _pecah_pegawai(tabel["pegawai"], b)
        for nama in ("perilaku", "perilaku_level"):
            if nama in hasil:
                hasil[nama] = _salin(hasil[nama], b).drop(columns=_ALAT)
        hasil["hukuman"] = _pecah_hukuman(tabel["hukuman"], b)
    return hasil, frozenset(asumsi)


_ALAT = ["_baris", "kunci", "ke", "banyak", "awal", "akhir"]


def _salin(t: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Each row once per part of its employee, in order; `nip` becomes the part's key, `_ALAT` tells the part."""
    x = t.reset_index(drop=True)
    x = x.assign(_baris=np.arange(len(x)))
    ada = b[["nip", "kunci", "ke", "banyak", "mulai", "sampai"]].rename(
        columns={"mulai": "awal", "sampai": "akhir"}
    )
    x = (
        x.merge(ada, on="nip", how="inner")
        .sort_values(["_baris", "ke"], kind="stable")
        .reset_index(drop=True)
    )
    return x.assign(nip=x["kunci"].astype("str"))


def _pecah_pegawai(pegawai: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    asal = pegawai.reset_index(drop=True)
    baru = asal.iloc[b["urut"]].reset_index(drop=True)
    for kolom in _POSISI[:-1]:
        baru[kolom] = b[kolom].astype(baru[kolom].dtype)
    baru["nip"] = b["kunci"].astype("str")
    # the superior's own part that holds on the last day of this one
    kiri = pd.DataFrame({"atasan": b["atasan"].astype("str"), "sampai": b["sampai"]})
    kiri = kiri.assign(letak=np.arange(len(b))).dropna(subset=["atasan"]).sort_values("sampai", kind="stable")
    kanan = pd.DataFrame({"atasan": b["nip"].astype("str"), "mulai": b["mulai"], "kunci": b["kunci"]})
    temu = pd.merge_asof(
        kiri,
        kanan.sort_values("mulai", kind="stable"),
        left_on="sampai",
        right_on="mulai",
        by="atasan",
    )
    atasan = temu["kunci"].fillna(temu["atasan"]).set_axis(temu["letak"])
    baru["atasan"] = atasan.reindex(np.arange(len(b))).astype("str").array
    return baru


def _pecah_rhk(
    tabel: Tabel, b: pd.DataFrame, g: Any, k: Kebijakan, *, bersama: bool, hari: bool
) -> tuple[pd.DataFrame, pd.DataFrame, bool]:
    """RHK and IKI of each part, and whether an RHK without dates served more than one part.

    An RHK that serves several parts keeps its id in the last and is "id/1" in an earlier one. With `hari` KMK
    127/2026 weighs each indicator by the days that its RHK and the part share.
    """
    x = _salin(tabel["rhk"], b)
    kosong = pd.Series(pd.NaT, index=x.index, dtype="datetime64[s]")
    mulai, sampai = (pd.to_datetime(x[c]) if c in x else kosong for c in ("mulai", "sampai"))
    tanpa_tanggal = mulai.isna() & sampai.isna() & ((x["banyak"] > 1) | bersama)
    kena = (mulai.fillna(x["awal"]) <= x["akhir"]) & (sampai.fillna(x["akhir"]) >= x["awal"])
    if not k[ASUMSI[0]].pasti():
        kena &= ~tanpa_tanggal
    x = x.assign(
        lama=x["id"],
        lama_hari=(
            sampai.fillna(x["akhir"]).clip(upper=x["akhir"]) - mulai.fillna(x["awal"]).clip(lower=x["awal"])
        ).dt.days
        + 1,
    )[kena]
    terakhir = ~x.duplicated("_baris", keep="last")
    x["id"] = x["id"].where(terakhir, x["id"] + "/" + x["ke"].astype("str")).astype("str")
    iki = tabel["iki"].reset_index(drop=True)
    iki = iki.assign(_iki=np.arange(len(iki))).merge(
        x[["lama", "id", "lama_hari"]], left_on="rhk", right_on="lama", how="inner"
    )
    iki = (
        iki.sort_values(["_iki"], kind="stable")
        .reset_index(drop=True)
        .assign(rhk=lambda t: t["id"].astype("str"))
    )
    if hari and "hari" not in tabel["iki"] and g.regulasi == kmk127.BERKAS:
        iki = iki.assign(hari=iki["lama_hari"].astype("float64"))
    iki = iki.drop(columns=["_iki", "lama", "id", "lama_hari"])
    rhk = x.drop(columns=[*_ALAT, "lama", "lama_hari"]).reset_index(drop=True)
    return rhk, iki, bool((tanpa_tanggal & kena).any())


def _pecah_penilaian(
    penilaian: pd.DataFrame, b: pd.DataFrame, g: Any, k: Kebijakan, *, setahun: bool
) -> pd.DataFrame:
    """Ratings of each part: those of the only period inside it (of the last, where the policy says so).

    Employees with one place in a whole year keep their rows. A new idea is one of the periods inside the part,
    else of the whole year.
    """
    tahun = str(g.mulai.year)
    x = _salin(penilaian, b)
    tetap = (x["banyak"] == 1) & setahun
    kolom = list(penilaian.columns)
    akhir = {p: pd.Timestamp(akhir_periode(p)) for p in x["periode"].unique()}
    lama = x["periode"].map(lambda p: 12 if len(p) == 4 else 3 if "TW" in p else 1)
    ujung = x["periode"].map(akhir)
    pangkal = pd.Series(
        [u.to_period("M") - int(n) + 1 for u, n in zip(ujung, lama, strict=True)], index=x.index, dtype=object
    ).map(lambda p: p.to_timestamp())
    dalam = (pd.to_datetime(pangkal) >= x["awal"]) & (pd.to_datetime(ujung) <= x["akhir"])
    tahunan = x["periode"] == tahun
    y = x[~tetap & (dalam | tahunan)].assign(dalam=dalam, ujung=pd.to_datetime(ujung), lama=lama)
    y = y.sort_values(["kunci", "dalam", "ujung", "lama"], kind="stable")
    satu = y.groupby("kunci")["dalam"].transform("sum")
    jalur = f"{permenpanrb6.BERKAS}.sumber_tahunan"
    terakhir = jalur in k and k[jalur].nilai == "periode_terakhir"
    ide = y["ide_baru"].where(y["dalam"] | (satu == 0), False).groupby(y["kunci"]).transform("max")
    dinilai = y["dalam"] & ((satu == 1) | terakhir)
    y = y.assign(
        ide_baru=ide.astype(bool),
        periode=y["periode"].where(y["dalam"] & terakhir, tahun),
        rating_hasil=y["rating_hasil"].where(dinilai),
        rating_perilaku=y["rating_perilaku"].where(dinilai),
    )
    y = y[y["dalam"] | (satu == 0)] if terakhir else y.drop_duplicates("kunci", keep="last")
    hasil = pd.concat([x[tetap][kolom], y[kolom]], ignore_index=True)
    return hasil.astype({c: penilaian[c].dtype for c in kolom})


def _pecah_hukuman(hukuman: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Each sanction once: in the part in which it began, else in the last."""
    x = _salin(hukuman, b)
    mulai = pd.to_datetime(x["mulai"])
    x = x.assign(dalam=(mulai >= x["awal"]) & (mulai <= x["akhir"]))
    x = x.sort_values(["_baris", "dalam", "ke"], kind="stable").drop_duplicates("_baris", keep="last")
    return x[list(hukuman.columns)].reset_index(drop=True)


def _beri_hasil(b: pd.DataFrame, hasil: Penilaian) -> pd.DataFrame:
    """`b` with nilai (float for showing), predikat (word, "" unknown) and alasan of each part."""
    akhir = hasil.pegawai
    letak = np.asarray(akhir.kunci.get_indexer(pd.Index(b["kunci"])), dtype=np.intp)
    kata = kolom_kata(akhir, "predikat")
    isi = np.array([*kata.kategori, ""], dtype=object)[np.where(letak >= 0, kata.kode[letak], -1)]
    kolom = _NILAI_AKHIR.get(hasil.regulasi)
    angka = pada(kolom_angka(akhir, kolom), letak).ke_float() if kolom else np.full(len(b), np.nan)
    alasan = _alasan(hasil).reindex(b["kunci"]).fillna("belum dinilai").to_numpy()
    return b.assign(nilai=angka, predikat=isi, alasan=np.where(isi == "", alasan, ""))


def _alasan(hasil: Penilaian) -> pd.Series:
    return hasil.tanpa_nilai().groupby("nip")["alasan"].agg("; ".join)


# -- joining ----------------------------------------------------------------------------------------------


def _dalam_rezim(
    tabel: Tabel,
    pecah: Mapping[str, pd.DataFrame],
    b: pd.DataFrame,
    g: Any,
    k: Kebijakan,
    hasil: Penilaian,
    nip: pd.Index[Any],
) -> tuple[_Isi, frozenset[str]]:
    """Each employee under one regulation: the only part as it is, several parts joined as it says."""
    satu = _dari_hasil(hasil.pegawai, hasil.regulasi, nip, "satu peraturan, satu tempat", g.dasar, g.status)
    alasan = _alasan(hasil).reindex(nip).fillna("tidak ada di lembar pegawai peraturan ini").to_numpy()
    banyak = b.groupby("nip")["banyak"].first().reindex(nip).fillna(0).to_numpy()
    alasan = np.where(banyak == 0, "belum menjabat pada bagian tahun ini", alasan)
    satu = replace(satu, alasan=np.where(satu.predikat.kode < 0, alasan, ""))
    pindah = b[b["banyak"] > 1]
    if pindah.empty:
        return satu, frozenset()
    if hasil.regulasi in (kmk127.BERKAS, permenpanrb6.BERKAS):
        gabung = _utuh(tabel, pecah, b, g, k, hasil, nip)
        asumsi: frozenset[str] = frozenset()
    else:
        gabung, asumsi = _skp_gabungan(pindah, g, k, hasil, nip)
    pilihan = nip.isin(pindah["nip"])
    return _pilih_isi(pilihan, gabung, satu), asumsi


def _utuh(
    tabel: Tabel, pecah: Mapping[str, pd.DataFrame], b: pd.DataFrame, g: Any, k: Kebijakan, hasil: Penilaian,
    nip: pd.Index[Any],
) -> _Isi:  # fmt: skip
    """The year as one: KMK 127/2026 weighs each indicator by days, PermenPANRB 6/2022 has an annual rating."""
    menetap = b[b["ke"] == b["banyak"]]
    pegawai = pecah["pegawai"][pecah["pegawai"]["nip"].isin(nip)].reset_index(drop=True)
    luas = menetap.assign(
        mulai=pd.Timestamp(g.mulai), sampai=pd.Timestamp(g.sampai), ke=1, banyak=1, kunci=menetap["nip"]
    )
    satu = {**tabel, "pegawai": pegawai}
    utuh, _ = _pecah(satu, luas.reset_index(drop=True), g, k, bersama=False)
    h = nilai({**utuh, "pegawai": pegawai}, hasil.regulasi, k, periode=str(g.mulai.year))
    if hasil.regulasi == kmk127.BERKAS:
        ket = keterangan(kmk127.dasar_bobot)
        isi = _dari_hasil(
            h.pegawai, h.regulasi, nip, "setiap indikator berbobot K3 × hari", ket.dasar, ket.status
        )
        alasan = _alasan(h).reindex(nip).fillna("").to_numpy()
    else:
        isi = _dari_hasil(h.pegawai, h.regulasi, nip, "rating tahunan ditetapkan pimpinan", g.dasar, g.status)
        alasan = np.full(len(nip), _TANPA_ATURAN_PINDAH, dtype=object)
    # its levels repeat those of the parts; only what is of the people who moved is a step of joining
    siapa = pd.Index(b.loc[b["banyak"] > 1, "nip"].unique())
    tingkat = tuple(
        replace(t, graf=replace(t.graf, nama=f"{t.graf.nama}, setahun"))
        for t in (saring(t, t.kunci.get_level_values(0).isin(siapa)) for t in h.tingkat)
        if len(t.kunci)
    )
    return replace(isi, alasan=np.where(isi.predikat.kode < 0, alasan, ""), tingkat=tingkat)


def _skp_gabungan(
    pindah: pd.DataFrame, g: Any, k: Kebijakan, hasil: Penilaian, nip: pd.Index[Any]
) -> tuple[_Isi, frozenset[str]]:
    """PP 46/2011 and PP 30/2019: the SKP of the parts joined, then the regulation's own rules from there on."""
    orang = hasil.pegawai
    siapa = pd.Index(pindah["nip"].unique(), name="nip")
    ganti = pindah[pindah["ke"] > 1].groupby("nip")["ganti_jabatan"].all().reindex(siapa).to_numpy()
    boleh = ganti | bool(k[ASUMSI[1]].pasti())
    skp = pp30.selaras(orang, "nilai_skp", pd.Index(pindah["kunci"]))
    if hasil.regulasi == pp46.BERKAS:
        dua = pindah.groupby("nip")["banyak"].first().reindex(siapa).to_numpy() == 2
        boleh = boleh & dua
        letak = pindah.reset_index(drop=True).groupby("nip", sort=False)
        pertama = letak.head(1).index.to_numpy(), letak.tail(1).index.to_numpy()
        masukan = {n: skp[i] for n, i in zip(pp46.GRAF_PINDAH.masukan, pertama, strict=True)}
        tingkat = [pp46.GRAF_PINDAH.jalankan(masukan, k.bagian(pp46.BERKAS), siapa)]
        ket, cara = keterangan(pp46.nilai_skp_pindah), "(SKP lama + SKP baru) ÷ 2"
        sebab = np.where(
            dua, "ganti atasan di tengah tahun tidak diatur PP 46/2011", "PP 46/2011 hanya mengatur dua SKP dalam setahun"
        )  # fmt: skip
    else:
        tempat = pindah["unit"].fillna(pindah["opd"]).astype("str")
        bagian = pindah.assign(unit="bagian " + pindah["ke"].astype("str") + ", " + tempat).reset_index(
            drop=True
        )
        tingkat = list(pp30.nilai_pindah(bagian, skp, k).tingkat)
        ket, cara = keterangan(pp30.nilai_skp_proporsional), "SKP sebanding masa di setiap tempat"
        sebab = np.full(len(siapa), "ganti atasan di tengah tahun tidak diatur PP 30/2019", dtype=object)
    (nama_skp,) = tingkat[-1].graf.aturan
    akhir = _lanjutkan(orang, "nilai_skp", kolom_angka(tingkat[-1], nama_skp), siapa)
    isi = _dari_hasil(akhir, hasil.regulasi, nip, cara, ket.dasar, ket.status)
    letak_nip = siapa.get_indexer(nip)
    tahu = (letak_nip >= 0) & boleh[letak_nip]
    buntu = np.where(boleh, "SKP atau perilaku salah satu bagian belum lengkap", sebab)[letak_nip]
    kode = np.where(tahu, isi.predikat.kode, np.int8(-1))
    isi = replace(
        isi,
        nilai=pada(isi.nilai, np.where(tahu, np.arange(len(nip)), -1)),
        predikat=Kode(kode, isi.predikat.kategori),
        alasan=np.where(kode < 0, buntu, ""),
        tingkat=(*tingkat, akhir),
    )
    return isi, frozenset() if (ganti | ~boleh).all() else frozenset({ASUMSI[1]})


def _lanjutkan(h: Hasil, nama: str, isi: Pecahan, kunci: pd.Index[Any]) -> Hasil:
    """The rules of a result that follow from column `nama`, run anew with another value for it."""
    argumen = {n: tuple(inspect.signature(f).parameters) for n, f in h.graf.aturan.items()}
    perlu: set[str] = set()
    for n in h.graf.urutan:
        if {nama, *perlu} & set(argumen[n]):
            perlu.add(n)
    for n in reversed(h.graf.urutan):
        if n != nama and any(n in argumen[m] for m in perlu):
            perlu.add(n)
    dibaca = {a for n in perlu for a in argumen[n]}
    label = {nama: keterangan(h.graf.aturan[nama]).label, **h.graf.masukan}
    graf = Graf(
        f"{h.graf.nama}, setelah digabung",
        {n: f for n, f in h.graf.aturan.items() if n in perlu},
        {n: teks for n, teks in label.items() if n in dibaca},
    )
    letak = np.asarray(h.kunci.get_indexer(kunci), dtype=np.intp)
    kolom = {n: _ambil(h[n], letak) for n in graf.masukan if n != nama}
    return graf.jalankan({**kolom, nama: isi}, h.parameter, kunci)


def _gabungkan(tahun: int, nip: pd.Index[Any], rezim: list[_Rezim], k: Kebijakan) -> Setahun:
    """The parts of all regulations, and what the year comes to."""
    bagian = pd.concat([r.bagian.assign(regulasi=r.regulasi or "", rezim=i) for i, r in enumerate(rezim)])
    urut = nip.get_indexer(pd.Index(bagian["nip"]))
    bagian = bagian.assign(urut=urut).sort_values(["urut", "rezim", "ke"]).reset_index(drop=True)
    bagian["bagian"] = bagian.groupby("nip").cumcount() + 1
    for kolom in ("mulai", "sampai"):
        bagian[kolom] = pd.Series([t.date() for t in bagian[kolom]], dtype=object)
    isi = rezim[0].isi if len(rezim) == 1 else _antar_rezim(rezim, k, nip)
    akhir = GRAF_TAHUN.jalankan({"nilai_gabungan": isi.nilai, "predikat_gabungan": isi.predikat}, {}, nip)
    gabungan = pd.DataFrame({n: getattr(isi, n) for n in _KETERANGAN}, nip, dtype="str")
    hasil = tuple(r.hasil for r in rezim if r.hasil is not None)
    dalam = [t for r in rezim for t in r.isi.tingkat] if len(rezim) > 1 else []
    dipakai = set[str]().union(*(r.asumsi for r in rezim))
    asumsi = [(j, k[j].nama, k[j].status, k[j].catatan) for j in ASUMSI if j in dipakai]
    return Setahun(
        f"Setahun {tahun}",
        (*(t for h in hasil for t in h.tingkat), *dalam, *isi.tingkat, akhir),
        tahun,
        bagian[[*KOLOM_BAGIAN, "kunci"]],
        gabungan,
        hasil,
        pd.DataFrame(asumsi, columns=["jalur", "nama", "status", "catatan"], dtype="str"),
    )


def _antar_rezim(rezim: list[_Rezim], k: Kebijakan, nip: pd.Index[Any]) -> _Isi:
    """Several regulations in one year: only 2021 has a rule for it."""
    nama = [r.regulasi for r in rezim]
    paruh = (rezim[-1].mulai.month, rezim[-1].mulai.day) == (7, 1)
    if (
        nama != [pp46.BERKAS, permenpanrb8.BERKAS]
        or not paruh
        or f"{pp30.BERKAS}.bobot_paruh_pertama" not in k
    ):
        dasar = list(dict.fromkeys(r.dasar for r in rezim))
        sebab = f"cara menggabung {' lalu '.join(dasar)} dalam satu tahun belum ditetapkan"
        return _kosong(len(nip), sebab, "; ".join(dasar))
    pertama, kedua = (r.isi for r in rezim)
    berganti = ide_baru(rezim[-1].hasil.data["penilaian"], nip.to_series(), str(rezim[-1].mulai.year))  # type: ignore[union-attr]
    h = pp30.nilai_2021(nip, pertama.nilai, kedua.nilai, berganti, k)
    ket = keterangan(pp30.nilai_tahun_2021)
    isi = _dari_hasil(h.pegawai, pp30.BERKAS, nip, "50 % + 50 % setelah konversi", ket.dasar, ket.status)
    alasan = [
        "; ".join(f"{r.regulasi}: {a}" for r, a in zip(rezim, pasangan, strict=True) if a)
        for pasangan in zip(pertama.alasan, kedua.alasan, strict=True)
    ]
    tanpa = isi.predikat.kode < 0
    return replace(isi, alasan=np.where(tanpa, np.array(alasan, dtype=object), ""), tingkat=h.tingkat)


# -- small things -----------------------------------------------------------------------------------------


def _ambil(kolom: Pecahan | Kode, letak: npt.NDArray[np.intp]) -> Pecahan | Kode:
    if isinstance(kolom, Kode):
        return Kode(np.where(letak >= 0, kolom.kode[letak], np.int8(-1)), kolom.kategori)
    return pada(kolom, letak)


def _kosong(n: int, alasan: str, dasar: str) -> _Isi:
    return _Isi(
        belum_diketahui(n),
        Kode(np.full(n, -1, dtype=np.int8), PREDIKAT),
        **_teks(n, "tidak digabung", dasar, "belum-terverifikasi", alasan),
    )


def _dari_hasil(h: Hasil, regulasi: str, nip: pd.Index[Any], cara: str, dasar: str, status: str) -> _Isi:
    letak = np.asarray(h.kunci.get_indexer(nip), dtype=np.intp)
    asal = kolom_kata(h, "predikat")
    kata = Kode(np.where(letak >= 0, asal.kode[letak], np.int8(-1)), asal.kategori)
    kolom = _NILAI_AKHIR.get(regulasi)
    angka = pada(kolom_angka(h, kolom), letak) if kolom else belum_diketahui(len(nip))
    return _Isi(angka, kata, **_teks(len(nip), cara, dasar, status, ""))


def _teks(n: int, *isi: str) -> dict[str, Any]:
    return {nama: np.full(n, x, dtype=object) for nama, x in zip(_KETERANGAN, isi, strict=True)}


def _pilih_isi(syarat: npt.NDArray[np.bool_], ya: _Isi, tidak: _Isi) -> _Isi:
    kategori = tidak.predikat.kategori
    return _Isi(
        pilih(syarat, ya.nilai, tidak.nilai),
        Kode(np.where(syarat, ya.predikat.dalam(kategori).kode, tidak.predikat.kode), kategori),
        **{n: np.where(syarat, getattr(ya, n), getattr(tidak, n)) for n in _KETERANGAN},
        tingkat=ya.tingkat,
    )
