"""Whether results are what was printed: the manifest of a pack and of a run, and its check.

A manifest names the SHA-256 of every file beside it; a run's covers the manifests of its packs. It
is written in one way only and carries the digest of itself, so that a changed byte of the manifest
shows even where nobody signed. Against one who rewrites it all only the signature helps (`tanda`).
"""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kinerja import tulisan
from kinerja.laporan.tanda import AKHIRAN, KunciPublik, TandaSalah, periksa_tanda

MANIFES = "manifes.json"
TANDA = MANIFES + AKHIRAN
BATAS_MANIFES = 64 * 1024**2  # bytes; that of a province has a hundredth
BATAS_ZIP = 64 * 1024**3  # bytes of all files of a ZIP
SEBAGIAN, LAMA = ".sebagian", ".lama"  # endings of hidden names that a run works under


class BukanCetakan(ValueError):
    """There is nothing to check at this address."""


@dataclass(frozen=True)
class Kerusakan:
    """One thing that is not as it was printed: where (relative to what was checked), and what."""

    berkas: str
    masalah: str

    def __str__(self) -> str:
        return f"{self.berkas}: {self.masalah}"


@dataclass(frozen=True)
class HasilPeriksa:
    """What a check found. `kunci` signed the manifest, None when nobody did."""

    alamat: Path
    kerusakan: tuple[Kerusakan, ...]
    catatan: tuple[str, ...]
    berkas: int
    kunci: KunciPublik | None

    @property
    def utuh(self) -> bool:
        return not self.kerusakan

    def __str__(self) -> str:
        if self.utuh:
            kepala = f"{self.alamat}: utuh. {tulisan.angka(self.berkas)} berkas sama dengan yang dicetak."
        else:
            kepala = f"{self.alamat}: TIDAK UTUH, {tulisan.angka(len(self.kerusakan))} masalah."
        return "\n".join(map(_sebaris, [kepala, *(f"  {k}" for k in self.kerusakan), *self.catatan]))


def _sebaris(teks: str) -> str:
    """For a terminal: a name cannot move its cursor, begin a line of its own, or be no text at all."""
    return "".join(c if c.isprintable() else "\ufffd" for c in teks)


# -- writing -----------------------------------------------------------------------------------------


def sebagai_json(isi: Any) -> str:
    return json.dumps(isi, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def tulis_manifes(isi: Mapping[str, Any]) -> str:
    """The manifest's text, with the digest of all the rest of it under `sidik`."""
    return sebagai_json({**isi, "sidik": _sidik(isi)})


def baca_manifes(teks: bytes) -> dict[str, Any]:
    """The inverse of `tulis_manifes`. ValueError if any byte is not as it was written."""
    isi = json.loads(teks.decode("utf-8"))
    if not isinstance(isi, dict):
        raise ValueError("bukan manifes")
    if isi.get("sidik") != _sidik(isi) or sebagai_json(isi).encode("utf-8") != teks:
        raise ValueError("isinya berubah")
    return isi


def _sidik(isi: Mapping[str, Any]) -> str:
    return hashlib.sha256(sebagai_json({k: v for k, v in isi.items() if k != "sidik"}).encode()).hexdigest()


def sha_berkas(berkas: Path) -> str:
    with berkas.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def sha_isi(map_: Path, kecuali: tuple[str, ...] = ()) -> dict[str, str]:
    """Relative name -> SHA-256 of every file below `map_`. ValueError for what is no file (a link, a pipe)."""
    pohon = _Map(map_)
    if pohon.cacat:
        raise ValueError(str(pohon.cacat[0]))
    return {n: pohon.sha(n) for n in sorted(pohon.nama) if n not in kecuali}


# -- what is checked ------------------------------------------------------------------------------


class _Map:
    """The files of a folder; nothing is followed out of it."""

    def __init__(self, akar: Path) -> None:
        self.akar = akar
        self.cacat: list[Kerusakan] = []
        self.nama: set[str] = set()
        self.map_: set[str] = set()
        self._jelajahi(akar)

    def _jelajahi(self, map_: Path) -> None:
        for p in sorted(map_.iterdir()):
            nama, jenis = p.relative_to(self.akar).as_posix(), p.lstat().st_mode
            if stat.S_ISDIR(jenis):
                self.map_.add(nama)
                self._jelajahi(p)
            elif stat.S_ISREG(jenis):
                self.nama.add(nama)
            else:
                apa = "tautan simbolik" if stat.S_ISLNK(jenis) else "bukan berkas biasa"
                self.cacat.append(Kerusakan(nama, f"{apa}; cetakan hanya berisi berkas"))

    def baca(self, nama: str) -> bytes:
        with (self.akar / nama).open("rb") as f:
            return _terbatas(f)

    def sha(self, nama: str) -> str:
        return sha_berkas(self.akar / nama)


class _Zip:
    """The files of a ZIP; one folder around all of them is looked through."""

    def __init__(self, berkas: Path) -> None:
        self.zip = zipfile.ZipFile(berkas)
        self.cacat: list[Kerusakan] = []
        self.map_: set[str] = set()
        letak: dict[str, zipfile.ZipInfo] = {}
        for i in self.zip.infolist():
            if i.is_dir():
                continue
            jenis = i.external_attr >> 16
            if stat.S_IFMT(jenis) not in (0, stat.S_IFREG):
                self.cacat.append(Kerusakan(i.filename, "tautan simbolik; cetakan hanya berisi berkas"))
            elif i.filename in letak:
                self.cacat.append(Kerusakan(i.filename, "ada dua kali dalam ZIP"))
            elif not _nama_aman(i.filename):
                self.cacat.append(Kerusakan(i.filename, "nama yang keluar dari mapnya"))
            letak[i.filename] = i
        awal = {n.split("/")[0] for n in letak}
        if MANIFES not in letak and len(awal) == 1 and (depan := f"{awal.pop()}/") + MANIFES in letak:
            letak = {n.removeprefix(depan): i for n, i in letak.items()}
        self._letak = letak
        self.nama = set(letak)

    def _buka(self, nama: str) -> IO[bytes]:
        return self.zip.open(self._letak[nama])

    def baca(self, nama: str) -> bytes:
        with self._buka(nama) as f:
            return _terbatas(f)

    def sha(self, nama: str) -> str:
        h = hashlib.sha256()
        with self._buka(nama) as f:
            while potong := f.read(1 << 20):
                h.update(potong)
        return h.hexdigest()


def _terbatas(f: IO[bytes]) -> bytes:
    """A manifest or a signature. OSError rather than a full memory."""
    isi = f.read(BATAS_MANIFES + 1)
    if len(isi) > BATAS_MANIFES:
        raise OSError(f"lebih besar dari {tulisan.angka(BATAS_MANIFES // 1024**2)} MB")
    return isi


def _nama_aman(nama: str) -> bool:
    p = PurePosixPath(nama)
    return (
        bool(p.parts) and not p.is_absolute() and ".." not in p.parts and "\\" not in nama and ":" not in nama
    )


_RUSAK_BACA = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


# -- checking -----------------------------------------------------------------------------------------


def periksa_paket(alamat: Path, publik: KunciPublik | None = None) -> HasilPeriksa:
    """Compare the folder of a run, the folder of one pack, or a ZIP of either with its manifest.

    With `publik` the manifest must be signed by that key. BukanCetakan when there is no such folder
    or file, or nothing in it that the press could have made.
    """
    if alamat.is_dir():
        return _Pemeriksa(alamat, _Map(alamat), publik).periksa()
    if not alamat.is_file():
        raise BukanCetakan(f"{alamat}: tidak ada. Tulis map hasil, map satu paket, atau berkas ZIP-nya.")
    if alamat.suffix.lower() != ".zip":
        raise BukanCetakan(
            f"{alamat}: bukan map atau ZIP. Tulis map hasil, map satu paket, atau berkas ZIP-nya."
        )
    try:
        with zipfile.ZipFile(alamat):
            pass
        pohon = _Zip(alamat)
    except _RUSAK_BACA:
        return HasilPeriksa(alamat, (Kerusakan(alamat.name, "ZIP rusak atau terpotong"),), (), 0, None)
    with pohon.zip:
        if (besar := sum(i.file_size for i in pohon.zip.infolist())) > BATAS_ZIP:
            gb = tulisan.angka(besar / 1024**3, 0)
            salah = Kerusakan(alamat.name, f"isinya mengembang menjadi {gb} GB: bukan cetakan kinerja")
            return HasilPeriksa(alamat, (salah,), (), 0, None)
        return _Pemeriksa(alamat, pohon, publik).periksa()


@dataclass
class _Pemeriksa:
    alamat: Path
    pohon: _Map | _Zip
    publik: KunciPublik | None
    rusak: list[Kerusakan] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    kunci: KunciPublik | None = None
    tercatat: dict[str, str] = field(default_factory=dict)

    def periksa(self) -> HasilPeriksa:
        self.rusak += self.pohon.cacat
        isi = self._manifes()
        if isi is not None:
            self.tercatat = dict(_daftar_berkas(isi))
            self._tanda(isi)
            self._berkas()
            self._asing()
            self._status(isi)
        return HasilPeriksa(
            self.alamat, tuple(self.rusak), tuple(self.catatan), len(self.tercatat), self.kunci
        )

    def _catat(self, berkas: str, masalah: str) -> None:
        self.rusak.append(Kerusakan(berkas, masalah))

    def _manifes(self) -> dict[str, Any] | None:
        if MANIFES not in self.pohon.nama:
            self._tanpa_manifes()
            return None
        try:
            isi = baca_manifes(self.pohon.baca(MANIFES))
            dict(_daftar_berkas(isi))
        except _RUSAK_BACA as salah:
            self._catat(MANIFES, _tak_terbaca(salah))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._catat(MANIFES, "berubah sejak dicetak, atau bukan manifes kinerja")
        else:
            return isi
        return None

    def _tanpa_manifes(self) -> None:
        """A run that was stopped has packs or hidden names; anything else is not ours."""
        paket = {n.split("/")[0] for n in self.pohon.nama if n.endswith("/" + MANIFES)}
        sisa = {n.split("/")[0] for n in (*self.pohon.nama, *self.pohon.map_) if _sementara(n)}
        tanda = {"irisan.json", TANDA} & self.pohon.nama
        if not (paket or sisa or tanda):
            raise BukanCetakan(
                f"{self.alamat}: tidak ada {MANIFES}, jadi ini bukan hasil `kinerja laporan`. "
                "Tulis map INSTANSI/PERIODE, map satu paket di dalamnya, atau ZIP-nya."
            )
        self._catat(MANIFES, "tidak ada: pencetakan belum selesai atau terhenti. Ulangi dengan --lanjutkan")

    def _tanda(self, isi: Mapping[str, Any]) -> None:
        ada = TANDA in self.pohon.nama
        if not ada and isi.get("tanda") is not None:
            self._catat(TANDA, "hilang, padahal menurut manifes cetakan ini ditandatangani")
        elif not ada and self.publik is not None:
            self._catat(TANDA, "tidak ada: cetakan ini tidak ditandatangani")
        elif ada:
            try:
                self.kunci = periksa_tanda(self.pohon.baca(MANIFES), self.pohon.baca(TANDA), self.publik)
                if isi.get("tanda") != self.kunci.sidik:
                    raise TandaSalah("bukan tanda yang disebut manifes")
            except TandaSalah as salah:
                self._catat(TANDA, str(salah))
            except _RUSAK_BACA as salah:
                self._catat(TANDA, _tak_terbaca(salah))
        if self.kunci is not None and self.publik is None:
            self.catatan.append(
                f"Ditandatangani kunci dengan sidik {self.kunci.sidik}. Cocokkan dengan milik pengirim, "
                "atau ulangi dengan --kunci-publik."
            )
        elif self.kunci is not None:
            self.catatan.append("Tanda tangan cocok dengan kunci publik itu.")
        else:
            self.catatan.append(
                "Tidak ditandatangani: kerusakan terlihat, tetapi siapa pembuatnya tidak terbukti."
            )

    def _berkas(self) -> None:
        for nama, sha in self.tercatat.items():
            if not _nama_aman(nama):
                self._catat(nama, "nama yang keluar dari mapnya")
            elif nama not in self.pohon.nama:
                if nama not in {c.berkas for c in self.pohon.cacat}:
                    self._catat(nama, "hilang")
            else:
                try:
                    if self.pohon.sha(nama) != sha:
                        self._catat(nama, "isinya berubah sejak dicetak")
                except _RUSAK_BACA as salah:
                    self._catat(nama, _tak_terbaca(salah))

    def _asing(self) -> None:
        """What nobody printed: files, and folders without any recorded file below them."""
        induk = {p.as_posix() for n in self.tercatat for p in PurePosixPath(n).parents}
        for nama in sorted(
            (self.pohon.nama - self.tercatat.keys() - {MANIFES, TANDA}) | (self.pohon.map_ - induk)
        ):
            if any(p.as_posix() in self.pohon.map_ - induk for p in PurePosixPath(nama).parents):
                continue  # told with its folder
            if _sementara(nama):
                self._catat(nama, "sisa pencetakan yang terhenti. Ulangi dengan --lanjutkan")
            else:
                self._catat(nama, "tidak tercatat dalam manifes: bukan bagian dari cetakan ini")

    def _status(self, isi: Mapping[str, Any]) -> None:
        for status, kata in (("gagal", "gagal dicetak"), ("belum", "tidak dicetak")):
            kode = [k for k, p in isi.get("paket", {}).items() if p.get("status") == status]
            if kode:
                self.catatan.append(f"{tulisan.angka(len(kode))} paket {kata}: {tulisan.daftar(kode)}.")


def _daftar_berkas(isi: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every recorded file with its digest: those beside the manifest, and those of each pack of a run."""
    for nama, sha in isi["berkas"].items():
        yield str(nama), str(sha)
    for kode, paket in isi.get("paket", {}).items():
        for nama, sha in paket.get("berkas", {}).items():
            yield f"{kode}/{nama}", str(sha)


def _tak_terbaca(salah: Exception) -> str:
    """Python words the reasons within a ZIP in English; to the reader they are one."""
    sebab = (salah.strerror or str(salah)) if isinstance(salah, OSError) else "rusak di dalam ZIP"
    return f"tidak dapat dibaca ({sebab})"


def _sementara(nama: str) -> bool:
    awal = nama.split("/")[0]
    return awal.startswith(".") and awal.endswith((SEBAGIAN, LAMA))
