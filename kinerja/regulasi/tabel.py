"""How the regulations read the workbook's tables: columns, keys, and why somebody has no value.

Plumbing without law: nothing here is a rule, and every number of law comes in as a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Hasil, Kolom
from kinerja.data import Data, GalatData, Temuan, periksa
from kinerja.data.skema import BERAKHLAK, JENIS_JABATAN, SKEMA
from kinerja.parameter import Kebijakan, Nilai
from kinerja.pecahan import (
    Kode,
    Larik,
    Pecahan,
    cari,
    dari_angka,
    dari_kategori,
    jumlah_per,
    pada,
    rata_per,
    sambung,
)

Bilangan = npt.NDArray[np.int64]


# -- whether the tables can be scored at all ------------------------------------------------------------


def siap(data: object, perlu: Mapping[str, Sequence[str]]) -> Mapping[str, pd.DataFrame]:
    """The tables of `data`, if they can be scored. perlu: sheet -> columns that the rules read.

    data: what `kinerja.data.baca` gives, or its tables; tables made by hand are not checked elsewhere.
    GalatData names, all at once, sheets and columns that are missing, rows whose key occurs twice, and
    numbers that are none or not finite. Broken references are left to the rules: they score who is there.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    if not isinstance(tabel, Mapping):
        pesan = f"data berupa {type(data).__name__}, bukan buku kerja"
        raise GalatData([Temuan("", None, "", "", "", pesan, _BACA_DULU)])
    temuan = [x for nama, kolom in perlu.items() for x in _kurang(nama, tabel.get(nama), kolom)]
    if temuan:
        raise GalatData(temuan)
    return tabel


_BACA_DULU = 'Baca dulu dengan kj.baca("buku.xlsx"), lalu berikan hasilnya'


def _kurang(nama: str, t: object, kolom: Sequence[str]) -> list[Temuan]:
    if not isinstance(t, pd.DataFrame):
        ada = "lembar ini belum ada" if t is None else f"isinya {type(t).__name__}, bukan tabel"
        return [Temuan(nama, None, "", "", "", ada, "tambahkan; kosong pun boleh (lihat kj.templat)")]
    if hilang := [k for k in kolom if k not in t]:
        apa = f"kolom {tulisan.daftar(hilang)} belum ada"
        return [Temuan(nama, None, "", "", "", apa, "tambahkan kolomnya; isinya boleh kosong")]
    if t.duplicated(kunci := [k for k in SKEMA[nama].kunci if k in kolom]).any():
        bernomor = t if pd.api.types.is_integer_dtype(t.index) else t.reset_index(drop=True)
        return periksa({nama: bernomor[kunci]})
    desimal = [k.nama for k in SKEMA[nama].kolom if k.tipe == "desimal" and k.nama in kolom]
    return [x for k in desimal for x in _bukan_angka(nama, t[k])]


def _bukan_angka(nama: str, kolom: pd.Series) -> list[Temuan]:
    """Cells of a decimal column that are no finite number; an empty cell is fine."""
    if pd.api.types.is_numeric_dtype(kolom.dtype):
        salah = np.isinf(kolom.to_numpy(dtype=np.float64, na_value=np.nan))
    else:  # Decimal and Fraction are numbers too
        isi = kolom.astype(object)
        salah = isi.map(lambda x: isinstance(x, str) or x in (np.inf, -np.inf)).to_numpy(dtype=bool)
    judul = SKEMA[nama][str(kolom.name)].judul
    return [
        Temuan(nama, int(b) if isinstance(b, int) else None, judul, "", str(x), "bukan bilangan", _ISI_ANGKA)
        for b, x in zip(kolom.index[salah].tolist(), kolom[salah], strict=True)
    ]


_ISI_ANGKA = "isi dengan bilangan, misalnya 12.5 di Python, atau kosongkan"


# -- columns of a sheet ---------------------------------------------------------------------------------


def angka_dari(kolom: pd.Series) -> Pecahan:
    """Numbers of a sheet: floats mean the decimals that were typed; int, Decimal, Fraction stay as they are."""
    if kolom.dtype != object:
        return dari_angka(kolom.to_numpy(dtype=np.float64, na_value=np.nan))
    tahu = kolom.notna().to_numpy()
    isi = dari_angka(kolom.where(tahu, 0).to_numpy())
    return Pecahan(isi.n, isi.d, tahu)


def kode_dari(kolom: pd.Series, kategori: Sequence[str]) -> Kode:
    """A column of words as codes of these categories; -1 for anything else."""
    isi = kolom.astype("category").cat
    letak = np.append(pd.Index(list(kategori)).get_indexer(isi.categories), -1)
    return dari_kategori(letak[isi.codes], kategori)


def kode_terpilih(kolom: pd.Series, pilihan: Sequence[str], nama: str) -> Kode:
    """As `kode_dari`, but only an empty cell is unknown: ValueError names words that are no choice."""
    isi = kolom.astype(object)
    asing = sorted(set(map(str, isi[isi.notna() & ~isi.isin(pilihan)])))
    if asing:
        raise ValueError(
            f"{nama}: {', '.join(asing)} tidak dikenal. Pilih salah satu: {tulisan.daftar(pilihan, 'atau')}."
        )
    return kode_dari(isi, pilihan)


def tanda(syarat: npt.ArrayLike) -> Pecahan:
    """1 where true, else 0."""
    return Pecahan(np.asarray(syarat, dtype=np.int64))


def belum_diketahui(banyak: int) -> Pecahan:
    """A column of unknown numbers."""
    return Pecahan(np.zeros(banyak, dtype=np.int64), 1, np.zeros(banyak, dtype=bool))


# -- rows and keys --------------------------------------------------------------------------------------


def letak_di(kolom: pd.Series | pd.Index[Any], di: Sequence[Any] | pd.Index[Any]) -> Bilangan:
    """Position of each value in `di`, -1 where it is not there."""
    return np.asarray(pd.Index(di).get_indexer(pd.Index(kolom.astype(object))), dtype=np.int64)


def banyak_per(kelompok: npt.NDArray[np.integer[Any]], banyak: int) -> Pecahan:
    """How many rows each group 0..banyak-1 has."""
    return Pecahan(np.bincount(kelompok, minlength=banyak).astype(np.int64))


def kunci_rhk(rhk: pd.DataFrame) -> pd.MultiIndex:
    """(nip, rhk) of the rows of `rhk`."""
    return pd.MultiIndex.from_arrays([rhk["nip"], rhk["id"]], names=["nip", "rhk"])


def kunci_indikator(iki: pd.DataFrame, nip: npt.ArrayLike) -> pd.MultiIndex:
    """(nip, rhk, aspek, indikator) of the rows of `iki`, whose owners are `nip`."""
    kolom = ("rhk", "aspek", "indikator")
    return pd.MultiIndex.from_arrays(
        [np.asarray(nip), *(iki[k].astype("str") for k in kolom)], names=["nip", *kolom]
    )


# -- columns of a result --------------------------------------------------------------------------------


def kolom_angka(hasil: Hasil, nama: str) -> Pecahan:
    """A column that is known to hold numbers."""
    kolom = hasil[nama]
    assert isinstance(kolom, Pecahan)
    return kolom


def kolom_kata(hasil: Hasil, nama: str) -> Kode:
    """A column that is known to hold words."""
    kolom = hasil[nama]
    assert isinstance(kolom, Kode)
    return kolom


def saring(hasil: Hasil, baris: npt.NDArray[Any]) -> Hasil:
    """Only these rows of a result (a mask or positions)."""
    kolom: dict[str, Kolom] = {
        n: Kode(k.kode[baris], k.kategori) if isinstance(k, Kode) else k[baris]
        for n, k in hasil.kolom.items()
    }
    return Hasil(hasil.graf, kolom, hasil.parameter, hasil.kunci[baris])


def satukan(bagian: Sequence[tuple[npt.NDArray[np.integer[Any]], Pecahan]], banyak: int) -> Pecahan:
    """One column of `banyak` rows from parts and the rows they belong to; unknown where no part is."""
    letak = np.full(banyak, -1, dtype=np.intp)
    if bagian:
        baris = np.concatenate([i for i, _ in bagian])
        letak[baris] = np.arange(len(baris))
    return pada(sambung([x for _, x in bagian]), letak)


# -- the policy -----------------------------------------------------------------------------------------


def dengan_jembatan(
    kebijakan: Kebijakan, berkas: str, jembatan: Sequence[str], *awalan: str
) -> dict[str, Nilai]:
    """All parameters by the name that the rules use: the regulation's own, and its bridges without prefix."""
    nama = {j: j.partition(".")[2] for j in jembatan}
    for a in awalan:
        nama = {j: n.removeprefix(a) for j, n in nama.items()}
    return {**{n: kebijakan[j] for j, n in nama.items()}, **kebijakan.bagian(berkas)}


def dengan_setelan(kebijakan: Kebijakan, berkas: str, setelan: Mapping[str, Any]) -> Kebijakan:
    """The policy with some parameters of a regulation replaced; those that already are so stay."""
    jalur = {f"{berkas}.{nama}": isi for nama, isi in setelan.items()}
    hari = kebijakan.tanggal.isoformat()
    ubah = {j: {hari: v} for j, v in jalur.items() if j not in kebijakan or kebijakan[j].nilai != v}
    if not ubah:
        return kebijakan
    return kebijakan.dengan({"nama": "Setelan", "alasan": "diminta saat menghitung", "ubah": ubah})


# -- what several regulations read in the same way ------------------------------------------------------


def dinilai(pegawai: pd.DataFrame, status: Nilai) -> pd.DataFrame:
    """The employees whose status the bridge admits, rows numbered anew."""
    ikut = [s for s, ya in status.pasti().items() if ya]
    return pegawai[pegawai["status"].isin(ikut)].reset_index(drop=True)


def tidak_dikerjakan(iki: pd.DataFrame, rhk: pd.Series) -> Larik:
    """True for each RHK that counts something where more is better, and all those counts came to zero."""
    hitung = iki[(iki["aspek"] == "kuantitas") & (iki["polaritas"] == "maks")]
    nihil = (hitung["realisasi"] == 0).groupby(hitung["rhk"].to_numpy()).all()
    return rhk.isin(nihil.index[nihil]).to_numpy()


def ide_baru(penilaian: pd.DataFrame, nip: pd.Series, periode: str | None) -> Larik:
    """Whether a new idea was recognised, per NIP: the row of the year decides, else any row within it."""
    tahun = penilaian["periode"].str[:4]
    isi = penilaian[tahun == (tahun.max() if periode is None else periode)]
    setahun = isi["nip"][isi["periode"].str.len() == 4]
    penentu = isi[(isi["periode"].str.len() == 4) | ~isi["nip"].isin(setahun)]
    return nip.isin(penentu["nip"][penentu["ide_baru"]]).to_numpy()


@dataclass(frozen=True)
class Perilaku:
    """One row per employee x aspect of the regulation: the mean of the BerAKHLAK values that stand for it."""

    nilai: Pecahan
    pemilik: Bilangan
    kunci: pd.Index[Any]


def perilaku_per_aspek(perilaku: pd.DataFrame, pegawai: pd.DataFrame, p: Mapping[str, Nilai]) -> Perilaku:
    """Behaviour by the bridges `bobot_penilai` (weighted mean of the raters) and `perilaku` (aspects).

    Kepemimpinan only for the posts in `kepemimpinan_dinilai`; unknown where no rater with a weight rated.
    """
    n, b = len(pegawai), len(BERAKHLAK)
    pemilik = pd.Index(pegawai["nip"]).get_indexer(pd.Index(perilaku["nip"]))
    perilaku, pemilik = perilaku[pemilik >= 0], pemilik[pemilik >= 0]
    bobot: Any = cari(
        p["bobot_penilai"].pasti(), kode_dari(perilaku["penilai"], SKEMA["perilaku"]["penilai"].pilihan)
    )
    sel = pemilik * b + kode_dari(perilaku["aspek"], BERAKHLAK).kode
    berakhlak = jumlah_per(angka_dari(perilaku["nilai"]) * bobot, sel, n * b) / jumlah_per(bobot, sel, n * b)

    padanan = p["perilaku"].pasti()
    nama = [x["aspek"] for x in padanan]
    pasangan = np.array([(j, BERAKHLAK.index(d)) for j, x in enumerate(padanan) for d in x["dari"]])
    orang = np.repeat(np.arange(n), len(pasangan))
    asal = berakhlak[orang * b + np.tile(pasangan[:, 1], n)]
    rata = rata_per(asal, orang * len(nama) + np.tile(pasangan[:, 0], n), n * len(nama))

    memimpin: Any = cari(
        p["kepemimpinan_dinilai"].pasti(), kode_dari(pegawai["jenis_jabatan"], JENIS_JABATAN)
    )
    pakai = np.repeat((memimpin > 0).benar, len(nama)) | np.tile(np.array(nama) != "kepemimpinan", n)
    milik = np.repeat(np.arange(n), len(nama))[pakai]
    kunci = pd.MultiIndex.from_arrays(
        [pegawai["nip"].to_numpy()[milik], np.tile(np.array(nama, dtype=object), n)[pakai]],
        names=["nip", "aspek"],
    )
    return Perilaku(rata[pakai], milik, kunci)


# -- why somebody has no value ----------------------------------------------------------------------------


def alasan_kosong(
    hasil: Bertingkat, tabel: Mapping[str, pd.DataFrame], kosong: Larik, kegiatan: str, perilaku: str
) -> pd.DataFrame:
    """Why the employees at the rows `kosong` of the last level have no value, and who has no row at all.

    kegiatan, perilaku: the rules of the RHK level and the behaviour level.
    """
    pegawai, nip = tabel["pegawai"], hasil.pegawai.kunci
    luar = pegawai[~pegawai["nip"].isin(nip)]
    bagian = [
        pd.DataFrame(
            {
                "nip": luar["nip"],
                "alasan": "status " + luar["status"].astype("str").str.upper() + " tidak dinilai (jembatan)",
            }
        )
    ]
    cari_nip = pd.Index(nip[kosong])
    buntu = _buntu(hasil, kegiatan)
    bagian.append(_alasan_rhk(tabel["iki"], buntu[buntu["nip"].isin(cari_nip)]))
    utama = tabel["rhk"].loc[tabel["rhk"]["jenis"] == "utama", "nip"]
    bagian.append(pd.DataFrame({"nip": cari_nip[~cari_nip.isin(utama)], "alasan": "belum ada RHK utama"}))
    buntu = _buntu(hasil, perilaku)
    buntu["alasan"] = "nilai perilaku belum ada: " + buntu["rinci"].map(tulisan.label)
    bagian.append(buntu.loc[buntu["nip"].isin(cari_nip), ["nip", "alasan"]])
    return urut_pegawai(pd.concat(bagian, ignore_index=True).astype("str"), pegawai)


def urut_pegawai(alasan: pd.DataFrame, pegawai: pd.DataFrame) -> pd.DataFrame:
    """The rows (column nip) in the order of `pegawai`, those of one employee as they were."""
    urutan = pd.Index(pegawai["nip"]).get_indexer(pd.Index(alasan["nip"]))
    return alasan.iloc[np.argsort(urutan, kind="stable")].reset_index(drop=True)


def satu_alasan(nip: Any, sebab: Mapping[str, npt.ArrayLike]) -> pd.DataFrame:
    """nip, alasan for everyone to whom a reason applies: the first one. sebab: alasan -> where it does."""
    isi = np.select([np.asarray(s, dtype=bool) for s in sebab.values()], list(sebab), "")
    hasil = pd.DataFrame({"nip": nip, "alasan": pd.Series(isi, dtype="str").array})
    return hasil[hasil["alasan"] != ""].reset_index(drop=True)


def _buntu(hasil: Bertingkat, aturan: str) -> pd.DataFrame:
    """The keys (nip, rinci) where this rule of some level gave nothing."""
    kunci = [t.kunci[~kolom_angka(t, aturan).tahu] for t in hasil.tingkat if aturan in t.graf.aturan]
    isi = [k.to_frame(index=False).iloc[:, :2].set_axis(["nip", "rinci"], axis=1) for k in kunci]
    return pd.concat([pd.DataFrame(columns=["nip", "rinci"]), *isi]).astype("str")


def _alasan_rhk(iki: pd.DataFrame, buntu: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator that keeps its RHK from a value, or per RHK without indicators."""
    x = buntu.rename(columns={"rinci": "rhk"}).merge(iki, on="rhk", how="left")
    target = x["target"].isna() | (x["target"] <= 0)
    rentang = x["rumus"].isin(["rentang_maks", "rentang_min"]) & x["target_atas"].isna()
    sebab = np.select(
        [x["indikator"].isna(), x["realisasi"].isna(), target, rentang],
        [
            "belum punya indikator",
            "realisasi belum ada",
            "target kosong, nol, atau negatif",
            "batas atas target rentang belum ada",
        ],
        "",
    )
    apa = (", " + x["aspek"].astype("str") + ", " + x["indikator"]).fillna("")
    x["alasan"] = "RHK " + x["rhk"] + apa + ": " + sebab
    return pd.DataFrame(x.loc[sebab != "", ["nip", "alasan"]])
