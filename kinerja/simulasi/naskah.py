"""A laboratory run as a YAML file: population, policies, what to do with them. Whatever is wrong is told at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from kinerja import tulisan
from kinerja.parameter import Galat, GalatParameter, SusunanBerlebih, baca_yaml
from kinerja.simulasi import bayaran, populasi
from kinerja.simulasi.penilaian import REGULASI
from kinerja.simulasi.populasi import CAKUPAN, Populasi
from kinerja.simulasi.skenario import Skenario

FORMAT = ("csv", "parquet", "xlsx")
_SKENARIO = tuple(f.name for f in fields(Skenario))
# key -> type, and what it must be in words
_UTAMA: Mapping[str, tuple[tuple[type, ...], str]] = {
    "judul": ((str,), "teks"),
    "populasi": ((dict,), "susunan"),
    "skenario": ((list,), "daftar skenario"),
    "kolom": ((str,), "nama jumlah uang"),
    "uraian": ((bool,), "true atau false"),
    "undian": ((int,), "bilangan bulat"),
    "sapuan": ((dict,), "susunan tuas: [nilai, ...]"),
    "pencarian": ((dict,), "susunan"),
    "format": ((list,), "daftar format"),
}
_POPULASI: Mapping[str, tuple[tuple[type, ...], str]] = {
    "cakupan": ((str,), "teks"),
    "pegawai": ((int,), "bilangan bulat"),
    "benih": ((int,), "bilangan bulat"),
    "ubah": ((dict,), "susunan pangsa: nilai"),
    "data": ((str,), "berkas .xlsx atau map"),
    "periode": ((str, int), "teks"),
    "bulan": ((str,), 'teks seperti "2022-07"'),
}
_CARI: Mapping[str, tuple[tuple[type, ...], str]] = {
    "tuas": ((str,), "teks"),
    "plafon": ((int,), "rupiah bulat"),
    "kalah_paling_banyak": ((int, float), "persen"),
    "dari": ((int, float), "angka"),
    "sampai": ((int, float), "angka"),
    "langkah": ((int, float), "angka"),
}
_JENIS_SKENARIO: Mapping[str, tuple[tuple[type, ...], str]] = {
    **dict.fromkeys(_SKENARIO, ((str,), "teks")),
    "ubah": ((dict, list, str), "skenario, atau daftarnya"),
    "tanpa": ((list, str), "daftar bagian"),
    "bulan": ((int,), "bulan 1 sampai 12"),
    **dict.fromkeys(("pola", "upaya"), ((bool,), "true atau false")),
}


@dataclass(frozen=True)
class Naskah:
    """A run that has been checked. The first scenario is the baseline of all others."""

    judul: str
    populasi: Mapping[str, Any]
    skenario: tuple[Skenario, ...]
    kolom: str
    uraian: bool
    undian: int
    sapuan: Mapping[str, Sequence[Any]]
    pencarian: Mapping[str, Any]
    format: tuple[str, ...]
    map: Path

    def orang(self) -> Populasi:
        """The people of the run. What is wrong with a workbook is told as the workbook's reader tells it."""
        p = dict(self.populasi)
        if "data" in p:
            from kinerja.data import baca as baca_data

            data = baca_data(self.map / p.pop("data"))
            if "periode" in p:
                p["periode"] = str(p["periode"])
            return populasi.dari_data(data, **p)
        return populasi.buat(**p)


def baca(sumber: Path | str | Mapping[str, Any]) -> Naskah:
    """A YAML file, or its contents. GalatParameter lists every unknown key (with the nearest), wrong type and word."""
    berkas = "" if isinstance(sumber, Mapping) else str(sumber)
    isi = sumber if isinstance(sumber, Mapping) else _urai(Path(sumber))
    galat = [Galat(jalur, pesan, berkas) for jalur, pesan in _periksa(isi)]
    if galat:
        raise GalatParameter(galat)
    return Naskah(
        judul=isi.get("judul", "Simulasi kebijakan"),
        populasi=isi["populasi"],
        skenario=tuple(Skenario(**_teks_tanggal(s)) for s in isi["skenario"]),
        kolom=isi.get("kolom", "kotor"),
        uraian=isi.get("uraian", True),
        undian=isi.get("undian", 200),
        sapuan=isi.get("sapuan", {}),
        pencarian=isi.get("pencarian", {}),
        format=tuple(isi.get("format", ["xlsx"])),
        map=Path(berkas).parent if berkas else Path(),
    )


def _teks_tanggal(s: Mapping[str, Any]) -> dict[str, Any]:
    return {k: str(v) if k == "tanggal" else v for k, v in s.items()}


class _Pemuat(yaml.SafeLoader):
    """Plain YAML in which a key written twice is an error and a date stays text."""


def _tanpa_ganda(pemuat: yaml.SafeLoader, simpul: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    hasil: dict[Any, Any] = {}
    for k, v in simpul.value:
        kunci = pemuat.construct_object(k, deep=True)
        if kunci in hasil:
            baris = k.start_mark.line + 1
            raise yaml.MarkedYAMLError(
                problem=f"kunci {kunci} ditulis lagi di baris {baris}", problem_mark=k.start_mark
            )
        hasil[kunci] = pemuat.construct_object(v, deep=True)
    return hasil


_Pemuat.add_constructor("tag:yaml.org,2002:map", _tanpa_ganda)
_Pemuat.add_constructor("tag:yaml.org,2002:timestamp", lambda p, s: str(s.value))


# what PyYAML raises for a value that is not what its tag says: !!int kata, !!bool 7, 0x
_TAK_TERBACA = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, OverflowError)


def _urai(berkas: Path) -> Any:
    try:
        return yaml.load(baca_yaml(berkas), Loader=_Pemuat)  # a SafeLoader
    except _TAK_TERBACA as e:
        tanda = getattr(e, "problem_mark", None)
        sebab = str(getattr(e, "problem", ""))
        pesan = (
            f"{sebab}. Hapus salah satunya."
            if sebab.startswith("kunci")
            else f"{sebab}."
            if isinstance(e, SusunanBerlebih)
            else "susunan YAML tidak terbaca. Periksa lekukan (spasi, bukan tab), titik dua, dan tanda kutip; simpan sebagai UTF-8."
        )
        raise GalatParameter([Galat("", pesan, str(berkas), tanda.line + 1 if tanda else None)]) from None


def _periksa(isi: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(isi, Mapping):
        yield "", f"harus susunan kunci: nilai. Yang ada: {', '.join(_UTAMA)}."
        return
    yield from _kunci(isi, _UTAMA, "")
    yield from ((k, "belum ada. Tambahkan.") for k in ("populasi", "skenario") if k not in isi)
    p = isi.get("populasi")
    if isinstance(p, Mapping):
        yield from _kunci(p, _POPULASI, "populasi.")
        if "data" in p:
            yield from (
                (f"populasi.{k}", "tidak dipakai bersama data. Hapus.")
                for k in ("cakupan", "pegawai")
                if k in p
            )
        elif p.get("cakupan", "provinsi") not in CAKUPAN:
            yield "populasi.cakupan", _maksud(p["cakupan"], CAKUPAN)
        if "data" not in p:
            yield from (
                (f"populasi.{k}", "hanya dipakai bersama data. Hapus.")
                for k in ("periode", "bulan")
                if k in p
            )
        for k, paling in (("pegawai", 1), ("benih", 0)):
            if isinstance(p.get(k), int) and p[k] < paling:
                yield f"populasi.{k}", f"{p[k]} terlalu kecil; sedikitnya {paling}."
    if isinstance(isi.get("skenario"), list):
        yield from _periksa_skenario(isi["skenario"])
    if isinstance(isi.get("kolom"), str) and isi["kolom"] not in bayaran.UANG:
        yield "kolom", _maksud(isi["kolom"], bayaran.UANG)
    if isinstance(isi.get("format"), list):
        yield from (("format", _maksud(f, FORMAT)) for f in isi["format"] if f not in FORMAT)
    if isinstance(isi.get("undian"), int) and not isinstance(isi["undian"], bool) and isi["undian"] < 0:
        yield "undian", "tidak boleh negatif; 0 berarti tanpa undian."
    if isinstance(isi.get("sapuan"), Mapping):
        if not 1 <= len(isi["sapuan"]) <= 2:
            yield "sapuan", f"memuat {len(isi['sapuan'])} tuas; satu atau dua."
        for k, v in isi["sapuan"].items():
            if not isinstance(v, list) or not v:
                yield f"sapuan.{k}", "harus daftar nilai, misalnya [60, 70, 80]."
    if isinstance(isi.get("pencarian"), Mapping):
        c = isi["pencarian"]
        yield from _kunci(c, _CARI, "pencarian.")
        yield from ((f"pencarian.{k}", "belum ada. Tambahkan.") for k in ("tuas", "plafon") if k not in c)


def _periksa_skenario(semua: list[Any]) -> Iterator[tuple[str, str]]:
    if len(semua) < 2:
        yield "skenario", f"berisi {len(semua)}; sedikitnya dua supaya ada yang dibandingkan."
    nama = []
    for i, s in enumerate(semua, 1):
        if not isinstance(s, Mapping):
            yield f"skenario[{i}]", "harus susunan kunci: nilai."
            continue
        yield from _kunci(s, _JENIS_SKENARIO, f"skenario[{i}].")
        yield from ((f"skenario[{i}].{k}", "belum ada. Tambahkan.") for k in ("nama", "skema") if k not in s)
        if isinstance(s.get("regulasi"), str) and s["regulasi"] not in REGULASI:
            yield f"skenario[{i}].regulasi", _maksud(s["regulasi"], REGULASI)
        if isinstance(s.get("bulan"), int) and not 1 <= s["bulan"] <= 12:
            yield f"skenario[{i}].bulan", f"{s['bulan']} bukan bulan; 1 sampai 12."
        nama.append(str(s.get("nama")))
    yield from (
        ("skenario", f"nama {n} dipakai dua kali. Ganti salah satunya.")
        for n in {x for x in nama if nama.count(x) > 1}
    )


def _kunci(
    isi: Mapping[Any, Any], dikenal: Mapping[str, tuple[tuple[type, ...], str]], awal: str
) -> Iterator[tuple[str, str]]:
    for k, v in isi.items():
        if k not in dikenal:
            yield f"{awal}{k}", f"kunci tidak dikenal. {_maksud(k, tuple(dikenal), kata='')}"
            continue
        tipe, sebut = dikenal[k]
        if not isinstance(v, tipe) or (isinstance(v, bool) and bool not in tipe):
            yield f"{awal}{k}", f"tertulis {_pendek(v)}, harus {sebut}."


def _pendek(x: object) -> str:
    teks = repr(x)
    return teks if len(teks) <= 80 else teks[:79] + "…"


def _maksud(x: object, pilihan: Sequence[str], kata: str | None = None) -> str:
    dekat = difflib.get_close_matches(str(x), pilihan, n=3, cutoff=0.6)
    awal = f"{x} tidak dikenal. " if kata is None else kata
    return awal + (
        f"Maksudnya {tulisan.daftar(dekat, 'atau')}?" if dekat else f"Yang ada: {', '.join(pilihan)}."
    )


__all__ = ["FORMAT", "Naskah", "baca"]
