"""Checks between columns and between tables. Works on read tables and on generated ones."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..tulisan import angka
from .galat import Temuan
from .skema import CUTI, SKEMA, Kolom, Tabel
from .urai import tampil

BATAS_SARAN = 20_000  # comparisons worth making to name the code that was meant
PEMDA = "PEMDA"  # stands for the local government itself in iku.opd
_RENTANG = ("rentang_maks", "rentang_min")
_RUMUS_POLARITAS = {
    "maks": ("maks", "rentang_maks"),
    "min": ("min_selisih", "min_rasio", "rentang_min"),
    "stabil": ("stabil",),
}

Tanda = NDArray[np.bool_]
Catat = Callable[..., None]


def periksa(
    tabel: Mapping[str, pd.DataFrame], huruf: Mapping[tuple[str, str], str] | None = None
) -> list[Temuan]:
    """Findings across columns and tables; an empty list when everything fits.

    `tabel` may lack tables or columns, and cells may be missing: what cannot be decided is not
    reported here. `huruf` gives the Excel letter of (table, column). The index is the row number.
    """
    temuan: list[Temuan] = []

    for nama, t in tabel.items():
        if t.empty:
            continue
        skema = SKEMA[nama]

        def catat(
            kolom: str,
            salah: Tanda,
            pesan: str,
            perbaikan: str,
            nilai: pd.Series | None = None,
            t: pd.DataFrame = t,
            skema: Tabel = skema,
        ) -> None:
            """One finding for every row where `salah`; `nilai` replaces the column's own values."""
            if not salah.any():
                return
            isi = _teks(t, kolom)[salah].map(tampil) if nilai is None else nilai[salah]
            letak = (huruf or {}).get((skema.nama, kolom), "")
            temuan.extend(
                Temuan(skema.nama, b, skema[kolom].judul, letak, str(v), pesan, perbaikan)
                for b, v in zip(isi.index.tolist(), isi.tolist(), strict=True)
            )

        _kunci_ganda(skema, t, catat)
        for kolom, tujuan in skema.rujukan.items():
            if kolom in t:
                _rujukan(skema, skema[kolom], t, tujuan, tabel, catat)
        for pemeriksaan in _KHUSUS.get(nama, ()):
            pemeriksaan(t, catat)
    return temuan


def _ada(t: pd.DataFrame, *kolom: str) -> bool:
    return all(k in t for k in kolom)


def _teks(t: pd.DataFrame, kolom: str) -> pd.Series:
    return t[kolom].astype(object)


def _bilangan(t: pd.DataFrame, kolom: str) -> NDArray[np.float64]:
    """The column as floats; a column that is not there counts as empty."""
    if kolom not in t:
        return np.full(len(t), np.nan)
    return t[kolom].to_numpy(dtype=np.float64, na_value=np.nan)


# ---------------------------------------------------------------- keys and references


def _kunci_ganda(skema: Tabel, t: pd.DataFrame, catat: Catat) -> None:
    if not _ada(t, *skema.kunci):
        return
    kunci = t[list(skema.kunci)].astype(object)
    if (skema.nama, skema.kunci) == ("opd", ("kode",)):  # folders: DINKES and dinkes are one on Windows
        kunci["kode"] = kunci["kode"].map(str.casefold, na_action="ignore")
    lengkap = kunci.notna().all(axis=1).to_numpy()
    ganda = lengkap & kunci.duplicated(keep="first").to_numpy()
    if not ganda.any():
        return
    pertama = pd.Series(t.index, index=t.index).groupby([kunci[k] for k in skema.kunci]).transform("first")
    nilai = pd.Series(
        [
            f"{', '.join(tampil(_isi(v)) for v in isi)} (sama dengan baris {int(p)})"
            for isi, p in zip(
                t.loc[ganda, list(skema.kunci)].itertuples(index=False), pertama[ganda], strict=True
            )
        ],
        index=t.index[ganda],
    ).reindex(t.index)
    nama = " + ".join(skema[k].judul for k in skema.kunci)
    catat(
        skema.kunci[0],
        ganda,
        f"kembar: {nama} harus satu kali saja"
        + (" (huruf besar dan kecil dianggap sama)" if skema.nama == "opd" else ""),
        "hapus baris yang kembar atau perbaiki isinya",
        nilai,
    )


def _isi(v: object) -> object:
    return v.date() if isinstance(v, pd.Timestamp) else v


def _rujukan(
    skema: Tabel,
    kolom: Kolom,
    t: pd.DataFrame,
    tujuan: str,
    tabel: Mapping[str, pd.DataFrame],
    catat: Catat,
) -> None:
    asal = [a.split(".") for a in tujuan.split("|")]
    if not all(n in tabel and k in tabel[n] for n, k in asal):
        return  # the target itself could not be read, and that has been reported
    isi = _teks(t, kolom.nama)
    kumpulan = [tabel[n][k].dropna().astype(object).unique() for n, k in asal]
    ditemukan = [isi.isin(k).to_numpy() for k in kumpulan]
    hilang = isi.notna().to_numpy() & ~np.logical_or.reduce(ditemukan)
    if skema.nama == "iku" and kolom.nama == "opd":
        hilang &= (isi != PEMDA).to_numpy()
    # a key that was refused may be the one that is meant: its own finding comes first
    ditolak = sum(int(tabel[n][k].isna().sum()) for n, k in asal)
    putus = kolom.nama in skema.boleh_putus  # a faulty tree is well-formed: kaskade.periksa tells
    if not putus and hilang.any() and isi[hilang].nunique() > ditolak:
        lembar = " atau ".join(n for n, _ in asal)
        dikenal = {str(k).casefold(): str(k) for kel in kumpulan for k in kel}
        macam = isi[hilang].unique()
        kabur = kolom.tipe == "kode" and len(macam) * len(dikenal) <= BATAS_SARAN
        perbaikan = isi[hilang].map({v: _saran(str(v), dikenal, kabur) for v in macam})
        for p in perbaikan.unique():
            di = hilang.copy()
            di[hilang] = (perbaikan == p).to_numpy()
            catat(
                kolom.nama,
                di,
                f"tidak ada di lembar {lembar}",
                p or f"perbaiki, atau tambahkan ke lembar {lembar}",
            )
    if len(asal) > 1:
        dua = np.logical_and.reduce(ditemukan)
        catat(
            kolom.nama,
            dua,
            f"ada di lembar {' dan '.join(n for n, _ in asal)} sekaligus",
            "beri kode yang berbeda",
        )


def _saran(nilai: str, dikenal: Mapping[str, str], kabur: bool) -> str:
    """The known code that is meant: the same letters in another case or, when `kabur`, a near one."""
    kecil = nilai.casefold()
    dekat = (
        [kecil] if kecil in dikenal else difflib.get_close_matches(kecil, dikenal, 1, 0.8) if kabur else []
    )
    return f"mungkin maksudnya {dikenal[dekat[0]]}" if dekat else ""


def _induk(anak: pd.Series, induk: pd.Series) -> NDArray[np.intp]:
    """Position of each row's parent; a row without a parent in the table points at the end."""
    n = len(anak)
    unik = pd.Index(anak)
    posisi = pd.Series(np.arange(n), index=unik)[~unik.duplicated() & unik.notna()]
    hasil = induk.map(posisi).fillna(n).to_numpy(dtype=np.intp)
    return np.append(hasil, n)


def _berputar(induk: NDArray[np.intp]) -> Tanda:
    """Rows that lie on a cycle: after n steps upward only they can still be reached."""
    n = len(induk) - 1
    jauh = induk
    for _ in range(max(1, n).bit_length()):
        jauh = jauh[jauh]
    pada = np.zeros(n + 1, dtype=bool)
    pada[jauh] = True
    return pada[:n]


def _catat_putaran(t: pd.DataFrame, anak: str, ke: str, pesan: str, perbaikan: str, catat: Catat) -> None:
    if not _ada(t, anak, ke):
        return
    induk = _induk(_teks(t, anak), _teks(t, ke))
    sendiri = induk[:-1] == np.arange(len(t))
    catat(ke, sendiri, f"{pesan} menunjuk dirinya sendiri", perbaikan)
    putaran = _berputar(induk) & ~sendiri
    if putaran.any():
        nama = _teks(t, anak).to_numpy()
        rantai = pd.Series(
            [" → ".join(map(str, nama[list(_jejak(i, induk))])) if p else "" for i, p in enumerate(putaran)],
            index=t.index,
        )
        catat(ke, putaran, f"{pesan} berputar", perbaikan, rantai)


def _jejak(awal: int, induk: NDArray[np.intp], paling_banyak: int = 4) -> Iterator[int]:
    i = awal
    for _ in range(paling_banyak):
        yield i
        i = int(induk[i])
        if i == awal:
            break
    yield i


# ---------------------------------------------------------------- one table at a time


def _opd(t: pd.DataFrame, catat: Catat) -> None:
    if "kode" in t:
        cadangan = _teks(t, "kode").map(str.casefold, na_action="ignore") == PEMDA.casefold()
        catat(
            "kode",
            cadangan.to_numpy(),
            f"{PEMDA} dipakai untuk pemerintah daerah itu sendiri",
            "pakai kode OPD lain",
        )


def _nip_pns(t: pd.DataFrame, catat: Catat) -> None:
    """Digits 13-14 are the month of appointment for PNS; a PPPK number has other digits there."""
    if not _ada(t, "nip", "status"):
        return
    nip = t["nip"].astype("str")
    bulan = pd.to_numeric(nip.str.slice(12, 14).where(nip.str.fullmatch(r"[0-9]{18}"))).to_numpy(
        dtype=np.float64, na_value=np.nan
    )
    salah = (
        (_teks(t, "status") != "pppk").to_numpy()
        & t["status"].notna().to_numpy()
        & ((bulan < 1) | (bulan > 12))
    )
    catat(
        "nip",
        salah,
        "angka ke-13 dan ke-14 NIP bukan bulan pengangkatan (01 sampai 12)",
        "cocokkan NIP dengan kartu pegawai, atau ubah status menjadi pppk",
    )


def _atasan(t: pd.DataFrame, catat: Catat) -> None:
    _catat_putaran(
        t, "nip", "atasan", "rantai atasan", "perbaiki NIP atasan; pimpinan tertinggi dikosongkan", catat
    )


def _kehadiran(t: pd.DataFrame, catat: Catat) -> None:
    hari_kerja = _bilangan(t, "hari_kerja")
    tidak_masuk = sum((np.nan_to_num(_bilangan(t, k)) for k in ("alpa", *CUTI)), np.zeros(len(t)))
    jumlah = pd.Series(
        [
            f"{angka(int(a))} dari {angka(int(b))} hari" if b == b else ""
            for a, b in zip(tidak_masuk, hari_kerja, strict=True)
        ]
        if (tidak_masuk > hari_kerja).any()
        else [""] * len(t),
        index=t.index,
        dtype=object,
    )
    catat(
        "hari_kerja",
        tidak_masuk > hari_kerja,
        "jumlah hari alpa dan cuti melebihi hari kerja",
        "hitung hanya hari kerja; periksa alpa, cuti, dan hari kerja",
        jumlah,
    )
    for kolom in ("terlambat", "pulang_cepat"):
        if kolom in t:
            teks = t[kolom].astype("str").fillna("")
            kejadian = (teks.str.count(";") + (teks != "")).to_numpy(dtype=np.float64)
            catat(
                kolom,
                kejadian > hari_kerja,
                "kejadian lebih banyak daripada hari kerja",
                "satu hari paling banyak satu kejadian; periksa daftar menit",
            )


def _masa(t: pd.DataFrame, catat: Catat) -> None:
    if _ada(t, "mulai", "sampai"):
        mulai, sampai = (pd.to_datetime(t[k]) for k in ("mulai", "sampai"))
        salah = (sampai < mulai).to_numpy()
        catat(
            "sampai",
            salah,
            "tanggal akhir mendahului tanggal mulai",
            "tukar atau perbaiki tanggalnya",
            sampai.map(_isi),
        )


def _ukuran(t: pd.DataFrame, catat: Catat) -> None:
    if "rumus" not in t:
        return
    rumus = _teks(t, "rumus")
    if "polaritas" in t:
        polaritas = _teks(t, "polaritas")
        for p, cocok in _RUMUS_POLARITAS.items():
            salah = ((polaritas == p) & rumus.notna() & ~rumus.isin(cocok)).to_numpy()
            catat(
                "rumus",
                salah,
                f"tidak cocok dengan polaritas {p}",
                f"pakai {' atau '.join(cocok)}, atau ubah polaritas",
            )
    bawah, atas = _bilangan(t, "target"), _bilangan(t, "target_atas")
    rentang = rumus.isin(_RENTANG).to_numpy()
    if "target_atas" in t:
        catat(
            "target_atas",
            ~np.isnan(atas) & ~rentang & rumus.notna().to_numpy(),
            "hanya untuk rumus rentang",
            "kosongkan, atau pakai rumus rentang_maks atau rentang_min",
        )
        catat(
            "target_atas",
            rentang & (atas < bawah),
            "lebih kecil daripada target (batas bawah)",
            "tukar kedua batas",
        )
    catat(
        "rumus",
        rentang & np.isnan(atas),
        "rumus rentang tanpa batas atas",
        "isi kolom Target atas, atau pakai rumus lain",
    )


_KHUSUS: dict[str, tuple[Callable[[pd.DataFrame, Catat], None], ...]] = {
    "opd": (_opd,),
    "pegawai": (_nip_pns, _atasan),
    "rhk": (_masa,),
    "iku": (_ukuran,),
    "iki": (_ukuran,),
    "kehadiran": (_kehadiran,),
    "hukuman": (_masa,),
}
