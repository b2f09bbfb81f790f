"""Masking people: stable pseudonyms instead of names and NIP, also inside free text."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from .baca import Data
from .sensor import KATA, bentuk_nama
from .skema import SKEMA

PANJANG_KUNCI = 16  # bytes; a shorter key can be guessed, and with it every NIP
ACAK = "kunci acak: hasil samaran tidak dapat dibandingkan antarproses"
TETAP = "kunci tetap: hasil samaran sama setiap kali untuk kunci yang sama"

SAKELAR = "KINERJA_SAMARKAN"  # set to 1 in the environment: people reach the screen of a hall masked

_NIP = re.compile(r"(?<![0-9])[0-9]{8}[ .]?[0-9]{6}[ .]?[0-9][ .]?[0-9]{3}(?![0-9])")
_SELA = re.compile(r"[\s.,]*")


def samarkan(data: Data, kunci: str | bytes | None = None) -> Data:
    """Return the same tables with every NIP and name replaced, consistently across tables.

    A NIP becomes 'SAMARAN-' and 12 letters or digits, a name 'Pegawai ' and 8. They come from
    HMAC-SHA256 under `kunci` (at least 16 bytes): without the key they cannot be undone or linked.
    `kunci=None` draws a random key that is kept nowhere; `info["samaran"]` then says that results
    of two runs cannot be compared. Full names and NIP inside text columns are replaced as well.
    Raises ValueError for a key that is too short.
    """
    rahasia = (
        secrets.token_bytes(32) if kunci is None else kunci.encode() if isinstance(kunci, str) else kunci
    )
    if len(rahasia) < PANJANG_KUNCI:
        raise ValueError(f"Kunci samaran terlalu pendek: perlu paling sedikit {PANJANG_KUNCI} huruf.")

    def sidik(isi: str) -> str:
        """60 bits of the keyed digest as 12 letters and digits."""
        return base64.b32encode(hmac.new(rahasia, isi.encode(), hashlib.sha256).digest()).decode()[:12]

    nama = _NamaSamaran(data, sidik)
    tabel = {n: _samarkan_tabel(n, t, nama, sidik) for n, t in data.tabel.items()}
    _pastikan_unik(data, tabel)
    keterangan = ACAK if kunci is None else TETAP
    info = {k: nama.dalam_teks(v) for k, v in data.info.items()} | {"samaran": keterangan}
    tabel["info"] = _tambah_info(tabel["info"], keterangan)
    return replace(data, tabel=tabel, info=info, catatan=_samarkan_catatan(data.catatan, nama, keterangan))


def samaran_layar(tabel: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables as they are, or masked where the hall's switch (`SAKELAR`) is on; masked tables stay as they are.

    The key is drawn from the people themselves: the same tables give the same pseudonyms on every
    screen, and who does not hold the tables cannot work them out.
    """
    info = tabel["info"]
    if os.environ.get(SAKELAR) != "1" or (info["kunci"] == "samaran").any():
        return dict(tabel)
    orang = "\n".join(sorted(tabel["pegawai"]["nip"] + tabel["pegawai"]["nama"]))
    kunci = hashlib.sha256(orang.encode()).digest()
    catatan = pd.DataFrame({k: pd.Series(dtype="str") for k in ("lembar", "kolom", "catatan", "contoh")})
    return dict(samarkan(Data(tabel, catatan, "", "", {}), kunci).tabel)


def _samarkan_tabel(
    lembar: str, t: pd.DataFrame, nama: _NamaSamaran, sidik: Callable[[str], str]
) -> pd.DataFrame:
    hasil = t.copy()
    for k in SKEMA[lembar].kolom:
        if k.tipe == "nip":
            hasil[k.nama] = _petakan(t[k.nama], lambda v: _nip_samaran(v, sidik))
        elif k.tipe == "kode":  # an id may be built from a NIP; references to it change the same way
            hasil[k.nama] = _petakan(t[k.nama], lambda v: _NIP.sub(lambda m: sidik(_angka(m[0])), v))
        elif k.tipe == "teks" and not k.pribadi:
            hasil[k.nama] = _petakan(t[k.nama], nama.dalam_teks)
    for kolom_nama, kolom_nip in _PASANGAN.get(lembar, ()):
        pasangan = zip(t[kolom_nip].astype(object), t[kolom_nama].astype(object), strict=True)
        isi = [None if pd.isna(n) else nama.dari(None if pd.isna(p) else p, n) for p, n in pasangan]
        hasil[kolom_nama] = pd.Series(isi, index=t.index, dtype="str")
    return hasil


# where a name stands beside the NIP of the same person; `_PASANGAN` covers every personal text column
_PASANGAN = {"pegawai": (("nama", "nip"),), "opd": (("kepala_nama", "kepala_nip"),)}


def _petakan(isi: pd.Series, ganti: Callable[[str], str]) -> pd.Series:
    """Apply `ganti` to each distinct value once; empty cells stay empty."""
    return isi.map({v: ganti(v) for v in isi.dropna().unique()}).astype("str")


def _angka(nip: str) -> str:
    return re.sub(r"[ .]", "", nip)


def _nip_samaran(nip: str, sidik: Callable[[str], str]) -> str:
    return nip if nip.startswith("SAMARAN-") else f"SAMARAN-{sidik(_angka(nip))}"


class _NamaSamaran:
    """Pseudonyms of names, and where those names stand in running text."""

    def __init__(self, data: Data, sidik: Callable[[str], str]) -> None:
        self._sidik = sidik
        pegawai, opd = data.tabel["pegawai"], data.tabel["opd"]
        self._pemilik: dict[str, set[str]] = {}
        for nip, nama in [
            *zip(pegawai["nip"], pegawai["nama"], strict=True),
            *opd[["kepala_nip", "kepala_nama"]].dropna().itertuples(index=False, name=None),
        ]:
            self._pemilik.setdefault(_kunci_nama(nama), set()).add(nip)
        self._awal: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for nama in dict.fromkeys([*pegawai["nama"], *opd["kepala_nama"].dropna()]):
            self._daftarkan(nama)
        for calon in self._awal.values():
            calon.sort(key=lambda c: -len(c[0]))

    def dari(self, nip: str | None, nama: str) -> str:
        """'Pegawai 7K3F...' from the person's NIP; from the name when the NIP is not known."""
        if nip is None:
            pemilik = self._pemilik.get(_kunci_nama(nama), set())
            nip = next(iter(pemilik)) if len(pemilik) == 1 else None
        asal = f"nama {_kunci_nama(nama)}" if nip is None else _angka(nip)
        return f"Pegawai {self._sidik(asal)[:8]}"

    def _daftarkan(self, nama: str) -> None:
        samaran = self.dari(None, nama)
        for bentuk in bentuk_nama(nama):
            kata = tuple(k.casefold() for k in KATA.findall(bentuk))
            if kata:
                satu_kata = len(kata) == 1
                self._awal.setdefault(kata[0], []).append((kata, samaran, satu_kata))

    def dalam_teks(self, teks: str) -> str:
        """Replace known full names and anything that looks like a NIP."""
        teks = _NIP.sub(lambda m: _nip_samaran(m[0], self._sidik), teks)
        kata = list(KATA.finditer(teks))
        hasil: list[str] = []
        selesai = i = 0
        while i < len(kata):
            cocok = next(
                (c for c in self._awal.get(kata[i][0].casefold(), ()) if _cocok(teks, kata, i, c)), None
            )
            if cocok is None:
                i += 1
                continue
            akhir = i + len(cocok[0])
            hasil += [teks[selesai : kata[i].start()], cocok[1]]
            selesai, i = kata[akhir - 1].end(), akhir
        return "".join([*hasil, teks[selesai:]])


def _cocok(teks: str, kata: list[re.Match[str]], i: int, calon: tuple[tuple[str, ...], str, bool]) -> bool:
    urutan, _, satu_kata = calon
    if i + len(urutan) > len(kata):
        return False
    if satu_kata:  # a single name may also be a common word: only with its capital
        return kata[i][0][0].isupper()
    return all(kata[i + n][0].casefold() == urutan[n] for n in range(1, len(urutan))) and all(
        _SELA.fullmatch(teks, kata[i + n].end(), kata[i + n + 1].start()) for n in range(len(urutan) - 1)
    )


def _kunci_nama(nama: str) -> str:
    return " ".join(nama.casefold().split())


def _pastikan_unik(data: Data, tabel: dict[str, pd.DataFrame]) -> None:
    """Two people under one pseudonym would be merged in silence; 60 bits make it all but impossible."""
    if tabel["pegawai"]["nip"].nunique() != data.tabel["pegawai"]["nip"].nunique():
        raise RuntimeError("Dua NIP mendapat samaran yang sama; pakai kunci lain.")


def _tambah_info(info: pd.DataFrame, keterangan: str) -> pd.DataFrame:
    lain = info[info["kunci"] != "samaran"]
    baru = pd.DataFrame(
        {"kunci": ["samaran"], "nilai": [keterangan]},
        index=pd.Index([max(lain.index, default=1) + 1], name=info.index.name),
    )
    return pd.concat([lain, baru]).astype(info.dtypes.to_dict())


def _samarkan_catatan(catatan: pd.DataFrame, nama: _NamaSamaran, keterangan: str) -> pd.DataFrame:
    """Samples of personal columns go; those of other columns are masked like text."""
    pribadi = {(t.nama, k.judul) for t in SKEMA.values() for k in t.kolom if k.pribadi}
    kolom = catatan["kolom"].str.replace(r" \([A-Z]+\)$", "", regex=True)
    di = pd.Series(
        [p in pribadi for p in zip(catatan["lembar"], kolom, strict=True)], index=catatan.index, dtype=bool
    )
    hasil = catatan.copy()
    hasil["contoh"] = _petakan(catatan["contoh"], nama.dalam_teks).where(~di, "")
    baris = {"lembar": "", "kolom": "", "catatan": keterangan, "contoh": "", "jumlah": 1, "baris": ""}
    return pd.concat([hasil, pd.DataFrame([baris])], ignore_index=True).astype(catatan.dtypes.to_dict())
