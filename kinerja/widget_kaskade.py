"""Panels of the cascade lesson: choose an agency and how deep to open its tree, or one employee, a split,
how many corrections to put in; and what a table of participants mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kinerja.gambar_kaskade import (
    gambar_bagian,
    gambar_cakupan,
    gambar_jalur,
    gambar_perbaikan,
    gambar_pohon,
)
from kinerja.kaskade import Periksa, Soal, bagi_target, perbaiki, periksa, sebutan_jenjang
from kinerja.kaskade.latihan import CACAT
from kinerja.kaskade.pohon import tabel_dari
from kinerja.tampil import Blok, Catatan, Tabel
from kinerja.tulisan import angka
from kinerja.widget import Angka, Pilihan, kendali

SEMUA = ""  # the choice "all agencies"
_DALAM = 7  # from the vision down to a sub-activity
_SEBUTAN = {"kini": "sekarang", "tahun_2019": "susunan 2019", "keduanya": "keduanya"}


def panel_pohon(data: Any, hasil: Periksa, opd: str = SEMUA, dalam: int = _DALAM, baris: int = 16) -> None:
    """The tree, of all or of one agency, opened `dalam` levels below its first."""
    t = tabel_dari(data)
    ada = set(t["kaskade"]["opd"].dropna())
    pilihan = {SEMUA: "Semua"} | {
        str(k): str(n) for k, n in zip(t["opd"]["kode"], t["opd"]["nama"], strict=True) if k in ada
    }

    def gambar(opd: str, dalam: int) -> Blok:
        return gambar_pohon(data, hasil, opd=opd or None, baris=baris, dalam=dalam)

    kendali(
        gambar,
        opd=Pilihan("Perangkat daerah", _sah(opd, pilihan, "OPD"), pilihan),
        dalam=Angka("Buka sampai jenjang ke", dalam, 0, _DALAM),
    )


def panel_cakupan(hasil: Periksa, sebutan: str = "keduanya") -> None:
    """The coverage map with the names of the levels of today, of 2019, or both."""
    nama = sebutan_jenjang().set_index("jenis_jabatan")

    def gambar(sebutan: str) -> Blok:
        dua = nama["kini"].where(
            nama["kini"] == nama["tahun_2019"], nama["kini"] + " · " + nama["tahun_2019"]
        )
        isi = dua if sebutan == "keduanya" else nama[sebutan]
        return gambar_cakupan(hasil, {str(k): str(v) for k, v in isi.items()})

    kendali(gambar, sebutan=Pilihan("Sebutan jenjang", _sah(sebutan, _SEBUTAN, "sebutan"), _SEBUTAN))


def panel_jalur(data: Any, pegawai: str = "", opd: str | None = None) -> None:
    """One employee's way from the first RHK utama up to the vision; `pegawai`: NIP, "" the first of the list."""
    t = tabel_dari(data)
    orang = t["pegawai"][t["pegawai"]["nip"].isin(t["rhk"]["nip"]).to_numpy()]
    orang = orang if opd is None else orang[(orang["opd"] == opd).to_numpy(dtype=bool)]
    if orang.empty:
        raise ValueError("Belum ada pegawai ber-RHK, jadi tidak ada jalur untuk ditunjukkan.")
    pilihan = {
        str(n): f"{nama} ({jabatan})"
        for n, nama, jabatan in orang[["nip", "nama", "jabatan"]].itertuples(index=False)
    }
    awal = _sah(pegawai, pilihan, "NIP") if pegawai else next(iter(pilihan))
    kendali(lambda pegawai: gambar_jalur(data, pegawai), pegawai=Pilihan("Pegawai", awal, pilihan))


def panel_perbaikan(data: Any, perbaikan: pd.DataFrame, sampai: int | None = None) -> None:
    """Before and after the first `sampai` corrections (all without it): each row mended moves the numbers."""
    sebelum, semua = periksa(data), len(perbaikan)

    def gambar(sampai: int) -> Blok:
        return gambar_perbaikan(sebelum, periksa(perbaiki(data, perbaikan.iloc[:sampai])))

    awal = semua if sampai is None else min(max(sampai, 0), semua)
    kendali(gambar, sampai=Angka("Perbaikan yang diterapkan", awal, 0, max(semua, 1)))


def blok_latihan(soal: Soal, jawaban: Sequence[Mapping[str, Any]], kunci: bool = False) -> list[Blok]:
    """What the answers of a table mend. The key is shown with `kunci` only; a row that cannot be used is told."""
    sebelum = periksa(soal.data)
    isi: list[Blok] = []
    if not len(jawaban):
        isi.append(Catatan(f"Belum ada jawaban. {sebelum.judul} Isi parameter jawaban, lalu jalankan ulang."))
    else:
        try:
            isi.append(gambar_perbaikan(sebelum, periksa(perbaiki(soal.data, jawaban))))
            cocok = soal.cocok(jawaban)
            tepat = int((cocok["hasil"] == "tepat").sum())
            judul = f"{angka(tepat)} dari {angka(len(soal.kunci))} kerusakan diperbaiki dengan tepat"
            isi.append(
                Tabel.dari(cocok.set_axis(["Kode", "Induk menurut jawaban", "Hasil"], axis=1), judul=judul)
            )
        except ValueError as galat:
            isi += [Catatan(baris, "peringatan") for baris in str(galat).splitlines()]
    if kunci:
        benar = soal.kunci.assign(cacat=soal.kunci["cacat"].map(CACAT))
        benar.columns = pd.Index(["Kode", "Induk yang benar", "Yang dirusak"])
        isi.append(Tabel.dari(benar, judul="Kunci jawaban (hanya untuk pelatih)"))
    return isi


def panel_bagi(target: int, bobot: Mapping[str, float], satuan: str, dasar: str, desimal: int = 0) -> None:
    """A target split by these weights; the control moves the target."""
    berat = pd.Series(dict(bobot), dtype=object)

    def gambar(target: float) -> Blok:
        nilai = Decimal(repr(target)) if desimal else int(target)
        try:
            return gambar_bagian(bagi_target(nilai, berat, desimal), berat, satuan, dasar)
        except ValueError as galat:
            return Catatan(str(galat), "peringatan")

    kendali(gambar, target=Angka(f"Target ({satuan})", target, 0, max(4 * target, 10)))


def _sah(nilai: str, pilihan: Mapping[str, str], apa: str) -> str:
    """The value, if it is one of the choices; else ValueError that names a few."""
    if nilai in pilihan:
        return nilai
    contoh = ", ".join([k for k in pilihan if k][:5])
    raise ValueError(f"{apa} {nilai} tidak ada dalam {angka(len(pilihan))} pilihan. Misalnya: {contoh}.")
