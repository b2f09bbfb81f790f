"""Reading the workbook's tables: `baca(sumber) -> Data`, or GalatData with every finding at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..tulisan import daftar
from .alamat import unduhan
from .berkas import Sumber, buka
from .galat import GalatData, Temuan, rentang
from .kepala import BARIS_KEPALA, Kepala, cari_kepala, salah_ketik
from .periksa import periksa
from .skema import SKEMA, Kolom, Tabel
from .urai import ANGKA_TEKS, TANDA_PERSEN, Lajur, Tolak, rapikan, tampil, urai_lajur

PERSEN = frozenset(("persen", "%", "percent"))
LEMBAR_PETUNJUK = "petunjuk"


@dataclass(frozen=True, eq=False)
class Data:
    """Tables that passed every check.

    `tabel` has every table of SKEMA; the index `baris` is the row number in the sheet. dtypes: teks,
    kode, nip, bulan, periode, menit -> str; bulat -> int64 (Int64 where empty is allowed);
    desimal -> float64; pilihan -> category in the order of SKEMA; ya_tidak -> bool;
    tanggal -> datetime64[s].
    `catatan` lists what was read tolerantly: lembar, kolom, catatan, contoh, jumlah, baris.
    `sumber` is the file name only; `info` is the sheet of that name as a mapping.
    """

    tabel: Mapping[str, pd.DataFrame]
    catatan: pd.DataFrame
    sumber: str
    sha256: str
    info: Mapping[str, str]


def baca(sumber: str | Path) -> Data:
    """Read a workbook (.xlsx; .xlsm without macros), a folder of CSV files or of Parquet files, here or at an address (`alamat`).

    Raises GalatData with all findings, GalatAlamat if it cannot be fetched; nothing half-read is ever returned.
    """
    with unduhan(sumber) as jalur:
        return _baca(buka(jalur))


def _baca(asal: Sumber) -> Data:
    from .samaran import samaran_layar  # which reads what this module makes

    pembaca = _Pembaca(asal)
    mentah = {t.nama: pembaca.baca_tabel(t) for t in SKEMA.values()}
    for nama in asal.asing:
        if rapikan(nama) != LEMBAR_PETUNJUK:
            pembaca.catat(nama, "", "lembar yang tidak dikenal diabaikan", "", [])
    ada = {nama: t for nama, t in mentah.items() if t is not None}
    temuan = [*pembaca.temuan, *periksa(ada, pembaca.huruf)]
    if temuan:
        urutan = {nama: i for i, nama in enumerate(SKEMA)}
        temuan.sort(key=lambda t: (urutan.get(t.lembar, -1), t.baris or 0))
        raise GalatData(temuan, asal.nama)
    tabel = samaran_layar({n: bertipe(SKEMA[n], t) if n in asal.lembar else t for n, t in ada.items()})
    info = dict(zip(tabel["info"]["kunci"], tabel["info"]["nilai"].fillna(""), strict=True))
    return Data(tabel, pembaca.tabel_catatan(), asal.nama, asal.sha256, info)


@cache
def _kosong(nama: str) -> pd.DataFrame:
    """The table without rows, with the dtypes that `baca` gives; copy before handing out."""
    return bertipe(SKEMA[nama], pd.DataFrame(index=pd.Index([], dtype="int64", name="baris")))


class _Pembaca:
    """Collects findings and notes while the tables are read one by one."""

    def __init__(self, asal: Sumber) -> None:
        self.asal = asal
        self.temuan: list[Temuan] = []
        self.huruf: dict[tuple[str, str], str] = {}
        self._catatan: dict[tuple[str, str, str], tuple[str, list[NDArray[np.int64]]]] = {}

    def galat(self, lembar: str, pesan: str, perbaikan: str, kolom: str = "", huruf: str = "") -> None:
        self.temuan.append(Temuan(lembar, None, kolom, huruf, "", pesan, perbaikan))

    def catat(self, lembar: str, kolom: str, catatan: str, contoh: str, baris: object) -> None:
        _, semua = self._catatan.setdefault((lembar, kolom, catatan), (contoh, []))
        semua.append(np.asarray(baris, dtype=np.int64))

    def tabel_catatan(self) -> pd.DataFrame:
        isi = [
            (
                lembar,
                kolom,
                catatan,
                contoh,
                max(1, sum(map(len, baris))),
                rentang(np.concatenate(baris).tolist()),
            )
            for (lembar, kolom, catatan), (contoh, baris) in self._catatan.items()
        ]
        nama = ["lembar", "kolom", "catatan", "contoh", "jumlah", "baris"]
        hasil = pd.DataFrame(isi, columns=nama)
        return hasil.astype({n: "int64" if n == "jumlah" else "str" for n in nama})

    def baca_tabel(self, tabel: Tabel) -> pd.DataFrame | None:
        """The table with refused cells missing; None when its columns could not be found at all."""
        if tabel.nama not in self.asal.lembar:
            if tabel.wajib:
                ada = daftar([*self.asal.lembar.values(), *self.asal.asing])
                self.galat(
                    tabel.nama,
                    f"lembar wajib tidak ada; lembar yang ditemukan: {ada}",
                    "tambahkan lembar itu",
                )
                return None
            return _kosong(tabel.nama).copy()
        try:
            kisi = self.asal.muat(tabel)
        except GalatData as galat:
            if any(t.baris is None for t in galat.temuan):  # the file as a whole; nothing more can be said
                raise
            self.temuan += [replace(t, lembar=tabel.nama) for t in galat.temuan]
            return None
        kepala = cari_kepala(tabel, kisi)
        if kepala.baris < 0:
            if not tabel.wajib and not any(tampil(s).strip() for s in kisi.ravel() if s is not None):
                self.catat(tabel.nama, "", "lembar kosong", "", [])
                return _kosong(tabel.nama).copy()
            self.galat(
                tabel.nama,
                f"baris judul tidak ditemukan dalam {BARIS_KEPALA} baris pertama",
                "tulis judul kolom seperti dalam templat: "
                + ", ".join(k.judul for k in tabel.kolom if k.wajib),
            )
            return None
        if not self._periksa_kepala(tabel, kepala):
            return None
        return self._baca_baris(tabel, kepala, kisi[kepala.baris + 1 :])

    def _periksa_kepala(self, tabel: Tabel, kepala: Kepala) -> bool:
        banyak = len(self.temuan)
        for nama, satu, dua in kepala.ganda:
            self.galat(
                tabel.nama,
                f"judul kolom ganda: {kolom_dari(tabel, nama).judul} ada di kolom {huruf_kolom(satu)} dan {huruf_kolom(dua)}",
                "hapus atau ganti salah satu judul itu",
            )
        ketik = salah_ketik(tabel, kepala)
        for j, nama in ketik.items():
            self.galat(
                tabel.nama,
                f"judul kolom '{tampil(kepala.asing[j])}' tidak dikenal",
                f"bila maksudnya {kolom_dari(tabel, nama).judul}, tulis begitu; bila bukan, ganti atau hapus kolom itu",
                huruf=huruf_kolom(j),
            )
        for k in tabel.kolom:
            if k.wajib and k.nama not in kepala.letak and k.nama not in ketik.values():
                asing = daftar(f"'{tampil(a)}'" for a in kepala.asing.values())
                self.galat(
                    tabel.nama,
                    f"kolom wajib tidak ada: {k.judul}",
                    f"tambahkan kolom berjudul {k.judul}"
                    + (f"; judul yang tidak dikenal: {asing}" if asing else ""),
                )
        for j, judul in kepala.asing.items():
            if j not in ketik:
                self.catat(
                    tabel.nama, f"{tampil(judul)} ({huruf_kolom(j)})", "kolom tambahan diabaikan", "", []
                )
        for nama, j, judul in kepala.lain:
            self.catat(
                tabel.nama,
                self._label(tabel, nama, j),
                "judul kolom ditulis dengan cara lain",
                tampil(judul),
                [],
            )
        if kepala.baris:
            self.catat(tabel.nama, "", "baris di atas judul kolom dilewati", "", range(1, kepala.baris + 1))
        return len(self.temuan) == banyak

    def _label(self, tabel: Tabel, nama: str, j: int) -> str:
        return f"{kolom_dari(tabel, nama).judul} ({huruf_kolom(j)})"

    def _baca_baris(self, tabel: Tabel, kepala: Kepala, isi: NDArray[np.object_]) -> pd.DataFrame:
        nomor = np.arange(len(isi)) + kepala.baris + 2
        lajur = {n: urai_lajur(kolom_dari(tabel, n), isi[:, j]) for n, j in kepala.letak.items()}
        terisi = np.zeros(len(isi), dtype=bool)
        for x in lajur.values():
            terisi |= ~x.kosong
        self._catat_baris_kosong(tabel, nomor, terisi)
        for nama, j in kepala.letak.items():
            self.huruf[tabel.nama, nama] = huruf_kolom(j)
            _tolak_persen(kolom_dari(tabel, nama), lajur[nama], lajur.get("satuan"))
            self._kumpulkan(tabel, kolom_dari(tabel, nama), j, lajur[nama], nomor, terisi)
        if not terisi.any() and tabel.wajib:
            self.galat(
                tabel.nama,
                f"belum berisi data; perlu paling sedikit {tabel.satu_baris}",
                "isi di bawah baris judul",
            )
        indeks = pd.Index(nomor[terisi], dtype="int64", name="baris")
        return pd.DataFrame({n: x.nilai[terisi] for n, x in lajur.items()}, index=indeks)

    def _catat_baris_kosong(self, tabel: Tabel, nomor: NDArray[np.int64], terisi: NDArray[np.bool_]) -> None:
        akhir = int(np.flatnonzero(terisi)[-1]) if terisi.any() else 0
        sela = nomor[:akhir][~terisi[:akhir]]
        if len(sela):
            self.catat(tabel.nama, "", "baris kosong dilewati", "", sela)

    def _kumpulkan(
        self,
        tabel: Tabel,
        kolom: Kolom,
        j: int,
        lajur: Lajur,
        nomor: NDArray[np.int64],
        terisi: NDArray[np.bool_],
    ) -> None:
        """Turn what the column reader found into findings and notes with sheet rows."""
        for di, nilai, salah in lajur.tolak:
            self.temuan += [
                Temuan(tabel.nama, int(b), kolom.judul, huruf_kolom(j), nilai, salah.pesan, salah.perbaikan)
                for b in nomor[di]
            ]
        if kolom.wajib:
            self.temuan += [
                Temuan(
                    tabel.nama,
                    int(b),
                    kolom.judul,
                    huruf_kolom(j),
                    "",
                    "wajib diisi tetapi kosong",
                    "isi selnya; bila sel digabung (merge), pisahkan dan isi tiap baris",
                )
                for b in nomor[terisi & lajur.kosong]
            ]
        for di, contoh, catatan in lajur.catatan:
            if not (catatan == ANGKA_TEKS and self.asal.csv):
                self.catat(tabel.nama, self._label(tabel, kolom.nama, j), catatan, contoh, nomor[di])


def _tolak_persen(kolom: Kolom, lajur: Lajur, satuan: Lajur | None) -> None:
    """A percent sign has a meaning only where the unit is percent; 5 % of days or of points has none."""
    bertanda = [(di, contoh) for di, contoh, catatan in lajur.catatan if catatan == TANDA_PERSEN]
    if kolom.satuan in PERSEN or not bertanda:
        return
    lajur.catatan = [c for c in lajur.catatan if c[2] != TANDA_PERSEN]
    for di, contoh in bertanda:
        persen = [
            satuan is not None and not kolom.satuan and str(satuan.nilai[b]).casefold() in PERSEN for b in di
        ]
        sah, salah = di[np.array(persen)], di[~np.array(persen)]
        if len(sah):
            lajur.catatan.append((sah, contoh, TANDA_PERSEN))
        if len(salah):
            pesan = _TANDA_PERSEN_SALAH
            lajur.tolak.append((salah, contoh, pesan))


_TANDA_PERSEN_SALAH = Tolak(
    "tanda persen pada angka yang satuannya bukan persen",
    "tulis angkanya tanpa tanda persen (format sel Angka), atau ubah satuan menjadi persen",
)


def kolom_dari(tabel: Tabel, nama: str) -> Kolom:
    """The column; one that fits `pola_kolom` (realisasi_2021) is an optional decimal."""
    for k in tabel.kolom:
        if k.nama == nama:
            return k
    return Kolom(nama, "desimal", tabel.keterangan_pola)


def huruf_kolom(j: int) -> str:
    """0 -> 'A', 26 -> 'AA'."""
    huruf = ""
    j += 1
    while j:
        j, sisa = divmod(j - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return huruf


def bertipe(tabel: Tabel, t: pd.DataFrame, boleh_kosong: bool = False) -> pd.DataFrame:
    """Columns in the order of SKEMA with their final dtypes; empty cells get what empty means.

    `boleh_kosong` lets a required whole number be missing (Int64 instead of int64).
    """
    pola = [n for n in t.columns if n not in {k.nama for k in tabel.kolom}]
    kolom = [*tabel.kolom, *(kolom_dari(tabel, n) for n in pola)]
    return pd.DataFrame({k.nama: _bertipe_kolom(k, t, boleh_kosong) for k in kolom}, index=t.index)


def _bertipe_kolom(kolom: Kolom, t: pd.DataFrame, boleh_kosong: bool) -> pd.Series:
    x = t[kolom.nama] if kolom.nama in t else pd.Series([None] * len(t), index=t.index, dtype=object)
    isi = kolom.kosong_berarti
    if isi is not None:
        x = x.astype(object).fillna(isi == "ya" if kolom.tipe == "ya_tidak" else isi)
    match kolom.tipe:
        case "ya_tidak":
            return x.astype("boolean" if isi is None and not kolom.wajib else "bool")
        case "desimal":
            return x.astype("float64")
        case "bulat":
            terisi = isi is not None or (kolom.wajib and not (boleh_kosong and x.isna().any()))
            return x.astype("float64").astype("int64" if terisi else "Int64")
        case "tanggal":
            return pd.to_datetime(x).astype("datetime64[s]")
        case "pilihan":
            return x.astype(pd.CategoricalDtype(list(kolom.pilihan)))
        case _:
            return x.astype("str")
