"""The cycle of PermenPANRB 6/2022, Pasal 5: where each employee and agency stands, what is late, what comes next.

Planning; carrying out, monitoring and coaching; appraisal; follow-up. Deadlines are
`params/regulasi/siklus.yaml`: most are named assumptions, and every result carries them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.data import Data
from kinerja.data.skema import SKEMA
from kinerja.parameter import Kebijakan, akhir_periode, kebijakan
from kinerja.tulisan import angka, daftar, periode

TAHAP = ("perencanaan", "pelaksanaan", "penilaian", "tindak_lanjut")
KOLOM_PEGAWAI = (
    "nip",
    "nama",
    "opd",
    "tahap",
    "terlambat",
    "hari_terlambat",
    "berikutnya",
    "batas",
    "dasar",
    "rhk",
    "iki",
    "iki_bertarget",
    "iki_terealisasi",
    "periode_berakhir",
    "periode_dinilai",
    "periode_berdialog",
)
_TAHUN = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Siklus:
    """One look at the cycle on a day.

    pegawai: KOLOM_PEGAWAI, one row one employee on the index of the table pegawai. `terlambat` names
    what is overdue ("" nothing), `hari_terlambat` days since the oldest of them, `berikutnya` the next
    thing to do and `batas` its last day (NaT: none). opd: one row one agency. dasar: the parameters
    used, with value, dasar and status. tahun: the performance year.
    """

    tanggal: dt.date
    tahun: int
    pegawai: pd.DataFrame
    opd: pd.DataFrame
    dasar: pd.DataFrame

    def ringkas(self) -> str:
        """Two sentences for the head of a slide."""
        n = len(self.pegawai)
        telat = int((self.pegawai["terlambat"] != "").sum())
        isi = [
            f"{angka(int(k))} {_NAMA[str(t)].lower()}"
            for t, k in self.pegawai["tahap"].value_counts().reindex(TAHAP).items()
            if k
        ]
        return (
            f"Per {tulisan.tanggal(self.tanggal)}, tahun kinerja {self.tahun}: {angka(n)} pegawai"
            + (f" ({daftar(isi)})" if isi else "")
            + f". {angka(telat)} pegawai mempunyai hal yang terlambat."
        )


_NAMA = {
    "perencanaan": "Perencanaan",
    "pelaksanaan": "Pelaksanaan, pemantauan, dan pembinaan",
    "penilaian": "Penilaian",
    "tindak_lanjut": "Tindak lanjut",
}


def siklus(
    data: Data | Mapping[str, pd.DataFrame],
    tanggal: dt.date | str,
    tahun: int | None = None,
    aturan: Kebijakan | None = None,
) -> Siklus:
    """Stage, what is late and what comes next for every employee and OPD on `tanggal`.

    data: tables pegawai, opd, rhk, iki, perilaku, penilaian (those that are missing count as empty).
    tahun: performance year that the tables belong to; without it the one that data says (info
    periode, else the latest period in penilaian), else the year of `tanggal`. aturan: the policy, for
    scenarios; without it the one of `tanggal`. A stage is done when the tables show it:
    planning: an RHK, IKI on every RHK, a target on every IKI; appraisal: the yearly ratings. The
    workbook does not record follow-up, so that stage stays open and is never called late.
    ValueError for a date that is none, GalatParameter if the date is before the regulation.
    """
    hari = _hari(tanggal)
    tabel: Mapping[str, pd.DataFrame] = data.tabel if isinstance(data, Data) else data
    isi = {
        n: tabel.get(n, _tanpa_baris(n)) for n in ("pegawai", "opd", "rhk", "iki", "perilaku", "penilaian")
    }
    info = tabel.get("info")
    tahun = tahun or _tahun(info, isi["penilaian"]) or hari.year
    p = (aturan or kebijakan(hari)).bagian("siklus")
    fakta = _fakta(isi, tahun, hari, str(p["periode_evaluasi"].pasti()))
    batas = _batas(p["batas"], tahun)
    tunggakan = _tunggakan(fakta, batas, hari, tahun)
    pegawai = isi["pegawai"]
    tahap = np.select(
        [
            ~fakta["rencana_lengkap"],
            fakta["dinilai_setahun"],
            np.full(len(pegawai), hari > dt.date(tahun, 12, 31)),
        ],
        [TAHAP[0], TAHAP[3], TAHAP[2]],
        TAHAP[1],
    )
    teks, telat = _gabung(tunggakan, hari, len(pegawai))
    berikut, kapan = _berikutnya(fakta, tahap, batas, hari, tahun)
    asal = p["batas"]
    hasil = pd.DataFrame(
        {
            "nip": pegawai["nip"],
            "nama": pegawai["nama"],
            "opd": pegawai["opd"],
            "tahap": pd.Categorical(tahap, TAHAP, ordered=True),
            "terlambat": teks,
            "hari_terlambat": telat,
            "berikutnya": berikut,
            "batas": pd.to_datetime(pd.Series(kapan, index=pegawai.index, dtype="object")).astype(
                "datetime64[s]"
            ),
            "dasar": f"PermenPANRB 6/2022 Pasal 5; batas waktu: {asal.status}",
            **{k: fakta[k] for k in KOLOM_PEGAWAI[9:]},
        },
        index=pegawai.index,
    )
    return Siklus(hari, tahun, hasil, _per_opd(hasil, isi["opd"]), _dasar(p, batas))


def _hari(tanggal: dt.date | str) -> dt.date:
    try:
        return dt.date.fromisoformat(tanggal) if isinstance(tanggal, str) else tanggal
    except ValueError:
        raise ValueError(f"{tanggal!r} bukan tanggal. Tulis TTTT-BB-HH, misalnya 2022-10-15.") from None


def _tanpa_baris(nama: str) -> pd.DataFrame:
    return pd.DataFrame({k.nama: pd.Series(dtype="object") for k in SKEMA[nama].kolom})


def _tahun(info: pd.DataFrame | None, penilaian: pd.DataFrame) -> int | None:
    if info is not None and len(info):
        tercatat = dict(zip(info["kunci"], info["nilai"], strict=True)).get("periode")
        if isinstance(tercatat, str) and _TAHUN.match(tercatat):
            return int(tercatat[:4])
    semua = penilaian["periode"].dropna().astype(str)
    return int(semua.str[:4].max()) if len(semua) else None


def _periode(tahun: int, cara: str) -> list[str]:
    if cara == "bulan":
        return [f"{tahun}-{b:02d}" for b in range(1, 13)]
    if cara == "triwulan":
        return [f"{tahun}-TW{k}" for k in range(1, 5)]
    raise ValueError(f"periode_evaluasi {cara!r} tidak dikenal; pakai triwulan atau bulan.")


def _berakhir(periode: pd.Series, hari: dt.date) -> np.ndarray:
    isi = periode.astype(str)
    macam = {p: akhir_periode(p) < hari for p in isi.unique()}
    return isi.map(macam).to_numpy(dtype=bool)


def _fakta(isi: Mapping[str, pd.DataFrame], tahun: int, hari: dt.date, cara: str) -> dict[str, Any]:
    """What the tables show for each employee, in the order of pegawai."""
    nip = isi["pegawai"]["nip"]
    rhk, iki, penilaian = isi["rhk"], isi["iki"], isi["penilaian"]
    milik = iki["rhk"].map(rhk.drop_duplicates("id").set_index("id")["nip"])
    ber_iki = rhk["id"].astype(object).isin(set(iki["rhk"]))

    def hitung(pemilik: pd.Series) -> np.ndarray:
        return nip.map(pemilik.value_counts()).fillna(0).to_numpy(dtype=np.int64)

    semua = _periode(tahun, cara)
    # a rating of a period that has not ended yet belongs to a later look, not to this day
    penilaian = penilaian[_berakhir(penilaian["periode"], hari)]
    berakhir = [p for p in semua if akhir_periode(p) < hari]
    lengkap = penilaian["rating_hasil"].notna() & penilaian["rating_perilaku"].notna()
    catatan = penilaian["catatan"].fillna("").astype(str).str.strip() != ""
    orang = nip.to_numpy(dtype=object)

    def ada(pemilik: pd.Series) -> np.ndarray:
        return np.asarray(pd.Index(orang).isin(set(pemilik)))

    dinilai = {p: ada(penilaian.loc[lengkap & (penilaian["periode"] == p), "nip"]) for p in semua}
    dialog = {p: ada(penilaian.loc[catatan & (penilaian["periode"] == p), "nip"]) for p in semua}
    setahun = penilaian[lengkap & (penilaian["periode"] == str(tahun))]
    rendah = setahun[(setahun["rating_hasil"] == "di_bawah") | (setahun["rating_perilaku"] == "di_bawah")]
    n = {
        "rhk": hitung(rhk["nip"]),
        "rhk_tanpa_iki": hitung(rhk.loc[~ber_iki, "nip"]),
        "iki": hitung(milik),
        "iki_bertarget": hitung(milik[iki["target"].notna()]),
        "iki_terealisasi": hitung(milik[iki["realisasi"].notna()]),
    }
    kosong = np.zeros(len(nip), dtype=np.int64)
    return {
        **n,
        "rencana_lengkap": (n["rhk"] > 0) & (n["rhk_tanpa_iki"] == 0) & (n["iki"] == n["iki_bertarget"]),
        "periode_berakhir": np.full(len(nip), len(berakhir)),
        "periode_dinilai": sum((dinilai[p] for p in berakhir), kosong),
        "periode_berdialog": sum((dialog[p] for p in berakhir), kosong),
        "dinilai": dinilai,
        "dialog": dialog,
        "semua_periode": semua,
        "berakhir": berakhir,
        "dinilai_setahun": ada(setahun["nip"]),
        "perlu_perbaikan": ada(rendah["nip"]),
        "berperilaku": ada(isi["perilaku"]["nip"]),
    }


def _batas(p: Any, tahun: int) -> dict[str, Any]:
    """Deadline of the year for each thing; for periods, days after their end. None: not established."""
    akhir = dt.date(tahun, 12, 31)
    nilai = p.nilai or {}

    def lama(kunci: str) -> dt.timedelta | None:
        n = nilai.get(kunci)
        return None if n is None else dt.timedelta(days=int(n))

    rencana = lama("perencanaan")
    return {
        "perencanaan": None if rencana is None else dt.date(tahun, 1, 1) + rencana - dt.timedelta(days=1),
        **{
            k: None if (s := lama(k)) is None else akhir + s
            for k in ("realisasi", "perilaku", "evaluasi_tahunan", "tindak_lanjut")
        },
        "dialog": lama("dialog"),
        "evaluasi_periodik": lama("evaluasi_periodik"),
    }


Tunggakan = tuple[np.ndarray, np.ndarray, dt.date]  # who, words, last day


def _tunggakan(f: Mapping[str, Any], batas: Mapping[str, Any], hari: dt.date, tahun: int) -> list[Tunggakan]:
    """What is overdue: never before its deadline, never when the deadline is not established."""
    n = len(f["rhk"])

    def kata(teks: str) -> np.ndarray:
        return np.full(n, teks, dtype=object)

    hasil: list[Tunggakan] = []

    def tambah(siapa: np.ndarray, teks: np.ndarray, kapan: dt.date | None) -> None:
        if kapan is not None and hari > kapan and siapa.any():
            hasil.append((siapa, teks, kapan))

    tambah(~f["rencana_lengkap"], _kurang_rencana(f), batas["perencanaan"])
    for p in f["berakhir"]:
        for jenis, ada, sebutan in (
            ("evaluasi_periodik", f["dinilai"][p], "evaluasi"),
            ("dialog", f["dialog"][p], "catatan dialog"),
        ):
            kapan = None if batas[jenis] is None else akhir_periode(p) + batas[jenis]
            tambah(~ada, kata(f"{sebutan} {periode(p)}"), kapan)
    kurang = f["iki"] - f["iki_terealisasi"]
    tambah(kurang > 0, _berangka(kurang, "realisasi {} IKI"), batas["realisasi"])
    tambah(~f["berperilaku"], kata(f"penilaian perilaku {tahun}"), batas["perilaku"])
    tambah(~f["dinilai_setahun"], kata(f"evaluasi tahunan {tahun}"), batas["evaluasi_tahunan"])
    return hasil


def _berangka(n: np.ndarray, pola: str) -> np.ndarray:
    """Each number put into the words; made once for each number that occurs."""
    macam, kode = np.unique(n, return_inverse=True)
    return np.array([pola.format(angka(int(k))) for k in macam], dtype=object)[kode]


def _kurang_rencana(f: Mapping[str, Any]) -> np.ndarray:
    tanpa_target = f["iki"] - f["iki_bertarget"]
    return np.select(
        [f["rhk"] == 0, f["rhk_tanpa_iki"] > 0, tanpa_target > 0],
        [
            np.full(len(f["rhk"]), "SKP (belum ada RHK)", dtype=object),
            _berangka(f["rhk_tanpa_iki"], "SKP ({} RHK tanpa IKI)"),
            _berangka(tanpa_target, "SKP ({} IKI tanpa target)"),
        ],
        "",
    ).astype(object)


def _gabung(tunggakan: list[Tunggakan], hari: dt.date, n: int) -> tuple[np.ndarray, np.ndarray]:
    """All overdue things of each employee in one text, and the days since the oldest."""
    if not tunggakan:
        return np.full(n, "", dtype=object), np.zeros(n, dtype=np.int64)
    bagian = [np.where(siapa, teks + "; ", "") for siapa, teks, _ in tunggakan]
    *_, gabungan = accumulate(bagian, lambda a, b: a + b)
    telat = np.max([np.where(s, (hari - kapan).days, 0) for s, _, kapan in tunggakan], axis=0)
    teks = pd.Series(gabungan, dtype="str").str.removesuffix("; ")
    return (teks.str[:1].str.upper() + teks.str[1:]).to_numpy(dtype=object), telat.astype(np.int64)


def _berikutnya(
    f: Mapping[str, Any], tahap: np.ndarray, batas: Mapping[str, Any], hari: dt.date, tahun: int
) -> tuple[np.ndarray, np.ndarray]:
    """The next thing for each employee and its last day: what is open in the present stage, oldest first."""
    n = len(tahap)
    langkah: list[tuple[np.ndarray, Any, dt.date | None]] = [
        (tahap == "perencanaan", "Lengkapi " + _kurang_rencana(f), batas["perencanaan"])
    ]
    for p in f["semua_periode"]:
        akhir = akhir_periode(p)
        selesai = f["dinilai"][p] & f["dialog"][p]
        kapan = None if batas["dialog"] is None else akhir + batas["dialog"]
        apa = (
            "Dialog kinerja dan evaluasi"
            if akhir < hari
            else "Catat realisasi dan umpan balik, lalu dialog dan evaluasi"
        )
        sudah = np.full(n, apa + f" {periode(p)}", dtype=object)
        sudah = np.where(f["dinilai"][p], f"Tulis catatan dialog kinerja {periode(p)}", sudah)
        # a finished year asks for its yearly appraisal first; notes of its periods are then only overdue
        langkah.append(((tahap == "pelaksanaan") & ~selesai, sudah, kapan))
    kurang = f["iki"] - f["iki_terealisasi"]
    langkah += [
        (
            (tahap == "penilaian") & (kurang > 0),
            _berangka(kurang, "Lengkapi realisasi {} IKI"),
            batas["realisasi"],
        ),
        ((tahap == "penilaian") & ~f["berperilaku"], f"Isi penilaian perilaku {tahun}", batas["perilaku"]),
        (tahap == "penilaian", f"Tetapkan evaluasi kinerja tahunan {tahun}", batas["evaluasi_tahunan"]),
        ((tahap == "pelaksanaan"), f"Evaluasi kinerja tahunan {tahun}", batas["evaluasi_tahunan"]),
        (
            (tahap == "tindak_lanjut") & f["perlu_perbaikan"],
            "Sepakati rencana perbaikan kinerja dan jadwal pembinaannya",
            batas["tindak_lanjut"],
        ),
        (
            tahap == "tindak_lanjut",
            "Sepakati penghargaan dan rencana pengembangan; susun ekspektasi tahun berikutnya",
            batas["tindak_lanjut"],
        ),
    ]
    syarat = [s for s, *_ in langkah]
    teks = np.select(syarat, [np.broadcast_to(np.asarray(t, dtype=object), n) for _, t, _ in langkah], "")
    nomor = np.select(syarat, list(range(len(langkah))), -1)
    kapan_semua = np.array([*(k for *_, k in langkah), None], dtype=object)
    return teks.astype(object), kapan_semua[nomor]


def _per_opd(pegawai: pd.DataFrame, opd: pd.DataFrame) -> pd.DataFrame:
    """Counts of each agency; agencies without employees are there too."""
    kode = pd.Index(dict.fromkeys([*opd["kode"], *pegawai["opd"]]), name="opd")
    tahap = pd.crosstab(pegawai["opd"], pegawai["tahap"]).reindex(
        index=kode, columns=list(TAHAP), fill_value=0
    )
    telat = pegawai[pegawai["terlambat"] != ""].groupby("opd", observed=True)
    butir = pegawai.set_index("opd")["terlambat"].str.split("; ").explode()
    butir = butir.str[:1].str.upper() + butir.str[1:]  # only the first of a text has its capital
    butir = butir[butir != ""]
    paling = butir.groupby(level=0).agg(lambda s: s.value_counts().index[0]) if len(butir) else butir
    hasil = tahap.astype("int64").rename_axis(columns=None)
    nama = opd.drop_duplicates("kode").set_index("kode")["nama"].astype("str")
    hasil.insert(0, "nama", nama.reindex(kode).fillna("").to_numpy())
    hasil.insert(1, "pegawai", hasil[list(TAHAP)].sum(axis=1))
    hasil["terlambat"] = telat.size().reindex(kode, fill_value=0).astype("int64")
    hasil["persen_terlambat"] = (
        100 * hasil["terlambat"] / hasil["pegawai"].where(hasil["pegawai"] > 0)
    ).round(1)
    hasil["hari_terlama"] = telat["hari_terlambat"].max().reindex(kode, fill_value=0).astype("int64")
    hasil["paling_banyak"] = paling.reindex(kode).fillna("").astype("str")
    return hasil.reset_index()


def _dasar(p: Mapping[str, Any], batas: Mapping[str, Any]) -> pd.DataFrame:
    def tulis(x: object) -> str:
        if x is None:
            return "belum ditetapkan"
        if isinstance(x, dt.timedelta):
            return f"{x.days} hari setelah periode berakhir"
        return tulisan.tanggal(x) if isinstance(x, dt.date) else str(x)

    baris = [(p["tahap"], "empat tahap", "; ".join(_NAMA.values()))]
    baris.append((p["periode_evaluasi"], "periode evaluasi", str(p["periode_evaluasi"].nilai)))
    baris += [(p["batas"], k.replace("_", " "), tulis(v)) for k, v in batas.items()]
    return pd.DataFrame(
        [(nama, nilai, n.dasar, n.status) for n, nama, nilai in baris],
        columns=["hal", "nilai", "dasar", "status"],
    )
