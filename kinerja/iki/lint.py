"""The IKI linter: findings L1..L18 for one phrase, a list, or a table of a whole pemda.

What a table does not hold is not judged: without a column `target` nobody is told that a target is
missing. Each distinct phrase is read once; rows only look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd

from kinerja.iki.frasa import TIDAK_JELAS, telaah
from kinerja.iki.leksikon import rapikan
from kinerja.iki.nasihat import (
    KEGIATAN,
    LEMAH,
    PELAKSANA,
    aturan,
    baku_jenjang,
    saran_tulis,
    satu_temuan,
    temuan_frasa,
)
from kinerja.iki.salinan import temuan_kembar
from kinerja.iki.target import periksa_target

KOLOM = ("baris", "kode", "nama", "keparahan", "pesan", "saran", "pemicu")

_PERUBAHAN = re.compile(
    r"^(?:meningkat|menurun|membaik|terwujud|berkurang|bertambah|tercipta|optimal|menguat)\w*nya\b"
)
_KOSONG = re.compile(r"^[\s\-–—.…?/]*$|^(?:nan|none|null|n/a|na|<na>)$", re.I)
_BERSATUAN = ("persen", "cakupan", "penilaian")  # measures that say their own unit


class Temuan(pd.DataFrame):
    """Findings of one phrase: a DataFrame that reads as a short report."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def _kepala(self) -> str:
        return f"“{self.attrs.get('frasa', '')}” · tingkat: {self.attrs.get('tingkat', TIDAK_JELAS)}"

    def __repr__(self) -> str:
        baris = [self._kepala()]
        for t in self.to_dict("records"):
            baris += [
                f"{t['kode']} {t['nama']} ({t['keparahan']}): {t['pesan']}",
                f"    pemicu: {t['pemicu'] or '–'}",
                f"    saran : {t['saran']}",
            ]
        return "\n".join(baris if len(self) else [*baris, "Tidak ada temuan."])

    def _repr_html_(self) -> str:
        butir = "".join(
            f"<li><b>{escape(t['kode'])} {escape(t['nama'])}</b> ({escape(t['keparahan'])}): {escape(t['pesan'])}"
            f"<br>Pemicu: {escape(t['pemicu'] or '–')}<br>Saran: {escape(t['saran'])}</li>"
            for t in self.to_dict("records")
        )
        return f"<p><b>{escape(self._kepala())}</b></p>" + (
            f"<ul>{butir}</ul>" if butir else "<p>Tidak ada temuan.</p>"
        )


def tingkat(x: Any) -> Any:
    """Rung of the ladder: input, aktivitas, output, mutu/waktu, outcome, dampak, or "tidak jelas".

    A str gives a str; a list, Series or table gives a Series of str on the same index.
    """
    if isinstance(x, str):
        return telaah(rapikan(x)).tingkat
    kolom = tabel_indikator(x)["indikator"]
    kode, unik = pd.factorize(kolom.map(rapikan))
    isi = pd.Series([telaah(str(u)).tingkat for u in unik], dtype="str")
    return pd.Series(isi.reindex(kode).to_numpy(), index=kolom.index, name="tingkat", dtype="str")


# -- tables ------------------------------------------------------------------------------------------------


def tabel_iki(tabel: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The sheet iki of a workbook beside its RHK (teks_rhk, rhk_induk, jenis) and employee, index as in the sheet."""
    iki, rhk, pegawai = (tabel[n] for n in ("iki", "rhk", "pegawai"))
    hasil = rhk.drop_duplicates("id").set_index("id")
    milik = iki["rhk"].map(hasil["nip"])
    orang = pegawai.drop_duplicates("nip").set_index("nip")
    return iki.assign(
        teks_rhk=iki["rhk"].map(hasil["rhk"]),
        rhk_induk=iki["rhk"].map(hasil["rhk_induk"]),
        jenis=iki["rhk"].map(hasil["jenis"]),
        nip=milik,
        **{k: milik.map(orang[k]) for k in ("jabatan", "jenis_jabatan", "opd", "atasan")},
    )


def tabel_indikator(x: Any) -> pd.DataFrame:
    """A list, Series or mapping of columns as a table with a column `indikator`."""
    if isinstance(x, pd.Series):
        return x.to_frame("indikator")
    x = getattr(x, "tabel", x)
    if isinstance(x, Mapping) and isinstance(x.get("iki"), pd.DataFrame):
        return tabel_iki(x)
    if not isinstance(x, pd.DataFrame):
        x = pd.DataFrame(x if isinstance(x, Mapping) else {"indikator": list(x)})
    nama = {str(k).strip().lower().replace(" ", "_"): k for k in x.columns}
    for calon in ("indikator", "iki", "indikator_kinerja_individu", "indikator_kinerja"):
        if calon in nama:
            baku = {v: k for k, v in nama.items() if k != "indikator"} | {nama[calon]: "indikator"}
            tabel: pd.DataFrame = x.rename(columns=baku)
            return tabel
    raise ValueError(
        "Tabel tidak punya kolom indikator; yang ada: "
        f"{', '.join(map(str, x.columns)) or 'tidak ada kolom'}. Beri judul “indikator” pada kolom berisi rumusan IKI."
    )


def kosong(s: pd.Series) -> pd.Series:
    """Whether each cell holds nothing: missing, blank, or only a dash."""
    kosong = s.isna()
    if not pd.api.types.is_numeric_dtype(s):
        kosong |= s.astype("str").fillna("").str.fullmatch(_KOSONG)
    return kosong.astype(bool)


def jenjang_baris(x: pd.DataFrame) -> pd.Series:
    """Level of each row: jenis_jabatan where it says one, else jenjang; '' = not said."""
    hasil = pd.Series("", index=x.index, dtype="str")
    for kolom in ("jenis_jabatan", "jenjang"):
        if kolom in x:
            teks = x[kolom].astype("str").fillna("")
            peta = {u: baku_jenjang(u) for u in teks.unique()}
            hasil = hasil.where(hasil != "", teks.map(peta))
    return hasil


def _rapi(x: pd.DataFrame) -> pd.Series:
    """The phrases, tidied; each distinct one once."""
    kode, unik = pd.factorize(x["indikator"].astype(object), use_na_sentinel=False)
    isi = pd.Series([rapikan(u) for u in unik], dtype=object)
    return pd.Series(isi.to_numpy()[kode], index=x.index, dtype=object)


def _kuantitas(x: pd.DataFrame) -> pd.Series:
    """Whether the row is the aspect kuantitas of an RHK."""
    if "aspek" not in x:
        return pd.Series(False, index=x.index)
    return x["aspek"].astype("str").str.strip().str.lower().eq("kuantitas").fillna(False).astype(bool)


def _bingkai(baris: Iterable[Any], isi: Iterable[tuple[str, ...]]) -> pd.DataFrame:
    isi = list(isi)
    kolom = dict(zip(KOLOM[1:], zip(*isi, strict=True) if isi else [()] * 6, strict=True))
    hasil = pd.DataFrame({k: pd.Series(list(v), dtype="str") for k, v in kolom.items()})
    hasil.insert(0, "baris", pd.Index(baris) if isi else pd.Index([], dtype="int64"))
    return hasil


def _per_frasa(x: pd.DataFrame, jenjang: pd.Series) -> pd.DataFrame:
    frasa = _rapi(x)
    aspek = _kuantitas(x)
    # levels between which no rule on words differs are one
    setara = {
        j: "sub_kegiatan" if j in KEGIATAN else "pelaksana" if j in PELAKSANA else "jpt" if j == "jpt" else ""
        for j in jenjang.unique()
    }
    kunci = pd.DataFrame({"frasa": frasa, "jenjang": jenjang.map(setara), "kuantitas": aspek}, index=x.index)
    nomor = kunci.groupby(["frasa", "jenjang", "kuantitas"], sort=False, dropna=False).ngroup()
    unik = kunci[~nomor.duplicated()]
    per = [temuan_frasa(f, j, bool(k)) for f, j, k in unik.itertuples(index=False)]
    banyak = pd.Series([len(p) for p in per], dtype="int64")
    temuan = [t for p in per for t in p]
    awal = (banyak.cumsum() - banyak).to_numpy()
    n = nomor.to_numpy()
    ulang = banyak.to_numpy()[n] if len(n) else banyak.to_numpy()
    semua = _bingkai(range(len(temuan)), temuan)
    urut = pd.RangeIndex(len(x)).repeat(ulang)
    ke = pd.Series(urut).groupby(urut).cumcount().to_numpy() if len(urut) else urut.to_numpy()
    hasil: pd.DataFrame = semua.iloc[awal[n[urut]] + ke] if len(urut) else semua.iloc[:0]
    return hasil.assign(baris=x.index[urut]).reset_index(drop=True)


def _untuk(x: pd.DataFrame, mana: pd.Series, isi: tuple[str, ...]) -> pd.DataFrame:
    baris = x.index[mana.to_numpy(dtype=bool)]
    return _bingkai(baris, [isi] * len(baris))


def _per_baris(x: pd.DataFrame, jenjang: pd.Series) -> Iterator[pd.DataFrame]:
    """What the other columns show: L5, L15, L16; target and unit are `periksa_target`'s."""
    ada = {k: ~kosong(x[k]) for k in ("sumber_data", "rhk_induk") if k in x}
    for k in ("sasaran", "sasaran_asal", "rhk_teks", "teks_rhk", "uraian_rhk", "rhk"):
        if k in x:
            teks = x[k].astype("str").fillna("").str.strip().str.lower()
            hitung = {f: any(c.kode == "L4" for c in telaah(f).cacat) for f in _rapi(x).unique()}
            mana = teks.str.contains(_PERUBAHAN) & _rapi(x).map(hitung)
            wajar = jenjang.isin(KEGIATAN) | (jenjang.isin(PELAKSANA) & _kuantitas(x))
            for j, keparahan in ((~wajar, ""), (wajar, "saran")):
                yield _untuk(
                    x,
                    mana & j,
                    satu_temuan(
                        "L5",
                        "Sasarannya menyatakan perubahan, tetapi indikatornya hanya menghitung keluaran.",
                        "Pakai ukuran perubahan: persentase, nilai, atau tingkat dari keadaan yang disebut sasaran.",
                        f"kolom {k}",
                        keparahan,
                    ),
                )
            break
    if "sumber_data" in ada:
        yield _untuk(
            x,
            ~ada["sumber_data"],
            satu_temuan("L15", "Sumber data kosong: tidak jelas dari mana angkanya diambil."),
        )
    if "rhk_induk" in ada:
        utama = ~x["jenis"].astype("str").eq("tambahan") if "jenis" in x else True
        puncak = kosong(x["atasan"]) if "atasan" in x else jenjang.eq("jpt")
        yield _untuk(
            x,
            ~ada["rhk_induk"] & utama & ~puncak,
            satu_temuan("L16", "RHK tidak menunjuk hasil atasan yang didukung."),
        )


def periksa(x: Any, *, jenjang: str = "", pegawai: int | None = None) -> pd.DataFrame:
    """Findings of a phrase (str), of phrases (list, Series), of a table, or of a workbook (`kj.baca`).

    Table columns, all optional but `indikator`: satuan, target, jenjang or jenis_jabatan, aspek, sasaran
    or rhk (text), sumber_data, rhk_induk, nip, jabatan, realisasi, realisasi_2021 ..., polaritas, rumus,
    target_01 ... What is absent is not judged. jenjang: the level where no column says it.
    pegawai: how many employees with the same wording make L12 (default from params/iki).

    Returns one row per finding: baris (index label of the row), kode L1..L18, nama, keparahan (galat,
    peringatan, saran), pesan, saran, pemicu. An indicator is weak if it has a galat or peringatan.
    ValueError, in Indonesian, if a table has no column `indikator`.
    """
    if isinstance(x, str) or x is None:
        teks = rapikan(x)
        satu = Temuan(_satu(teks, baku_jenjang(jenjang)))
        satu.attrs.update(frasa=teks, tingkat=telaah(teks).tingkat)
        return satu
    tabel = tabel_indikator(x)
    label = tabel.index
    tabel = tabel.reset_index(drop=True)
    if not len(tabel):
        return _bingkai([], [])
    j = jenjang_baris(tabel)
    j = j.where(j != "", baku_jenjang(jenjang))
    bagian = [_per_frasa(tabel, j), *_per_baris(tabel, j)]
    bagian.append(_lengkapi(temuan_kembar(tabel, pegawai)))
    if len(tabel.columns) > 1:  # a bare list has no target to judge
        bagian.append(_lengkapi(_longgar(periksa_target(tabel), tabel)))
    hasil = pd.concat([b for b in bagian if len(b)] or bagian[:1], ignore_index=True)
    urut = hasil["kode"].str.removeprefix("L").astype("int64")
    hasil = hasil.assign(_u=urut).sort_values(["baris", "_u"], kind="stable").drop(columns="_u")
    hasil = hasil.drop_duplicates(["baris", "kode"], ignore_index=True)
    return hasil.assign(baris=label[hasil["baris"].to_numpy(dtype="int64")])[list(KOLOM)]


def _satu(teks: str, jenjang: str) -> pd.DataFrame:
    isi = temuan_frasa(teks, jenjang, False)
    return _bingkai([0] * len(isi), isi)


def _lengkapi(t: pd.DataFrame) -> pd.DataFrame:
    """Findings of another module with their names, in our columns."""
    if not len(t):
        return _bingkai([], [])
    nama = t["kode"].map({k: a["nama"] for k, a in aturan().items()})
    return t.assign(nama=nama)[list(KOLOM)]


def _longgar(t: pd.DataFrame, x: pd.DataFrame) -> pd.DataFrame:
    """L3 becomes a saran where target and unit are said after all.

    The target in words ("kategori tinggi", "WTP", "naik 5 %"); the unit by the measure that opens the
    indicator (persentase, nilai) or behind the number of the target ("12 kali").
    """
    tiga = t["kode"].eq("L3")
    if "target" not in x or not tiga.any():
        return t
    target = x["target"].astype("str").fillna("")
    isi = ~kosong(x["target"])
    satuan = ~kosong(x["satuan"]) if "satuan" in x else pd.Series(True, index=x.index)
    tersirat = _rapi(x).map(lambda f: telaah(f).ukuran in _BERSATUAN).astype(bool)
    cukup = isi & (satuan | tersirat | target.str.contains(r"[^\W\d_]|%", regex=True))
    mana = tiga & t["baris"].map(cukup).astype(bool)
    return t.assign(keparahan=t["keparahan"].mask(mana, "saran"))


def lemah(x: Any, **pilihan: Any) -> Any:
    """Whether each indicator is weak (has a galat or peringatan): bool for a str, else a Series."""
    temuan = periksa(x, **pilihan)
    berat = temuan.loc[temuan["keparahan"].isin(LEMAH), "baris"]
    if isinstance(x, str):
        return bool(len(berat))
    return pd.Series(tabel_indikator(x).index.isin(berat), index=tabel_indikator(x).index, name="lemah")


__all__ = [
    "KOLOM",
    "LEMAH",
    "Temuan",
    "aturan",
    "baku_jenjang",
    "jenjang_baris",
    "kosong",
    "lemah",
    "periksa",
    "saran_tulis",
    "tabel_iki",
    "tabel_indikator",
    "tingkat",
]
