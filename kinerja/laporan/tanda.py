"""Who printed it: a detached Ed25519 signature that a recipient checks without any secret.

The signature is over the bytes of the manifest as they are, so that other tools can check it too.
It carries the public key: without a key of their own, recipients still see damage, and whose key
it was; that it is the sender's they know only by `--kunci-publik` or by comparing the fingerprint.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization as tulisan_kunci
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

AKHIRAN = ".ttd"
AKHIRAN_PUBLIK = ".pub"
_ALGORITMA = "Ed25519"


class GalatKunci(ValueError):
    """A key file that cannot be used, and what to do."""


class TandaSalah(ValueError):
    """The signature does not belong to these bytes or to this key."""


@dataclass(frozen=True)
class KunciPublik:
    """32 bytes that may be given to everybody."""

    mentah: bytes

    @property
    def sidik(self) -> str:
        """What two people compare by telephone: 16 groups of four hexadecimal digits."""
        heksa = hashlib.sha256(self.mentah).hexdigest()
        return " ".join(heksa[i : i + 4] for i in range(0, 64, 4))


@dataclass(frozen=True)
class Penanda:
    """A private key, ready to sign; its text never shows the secret."""

    _rahasia: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"Penanda({self.publik.sidik})"

    @property
    def publik(self) -> KunciPublik:
        return KunciPublik(self._rahasia.public_key().public_bytes_raw())

    def tandai(self, isi: bytes) -> bytes:
        """The content of the detached signature file of `isi`."""
        return _tulis(self.publik, self._rahasia.sign(isi))


def buat_kunci(berkas: Path) -> tuple[Path, KunciPublik]:
    """Write a new private key (0600) and its public half beside it; returns where that is, and the half.

    FileExistsError rather than lose a key that is in use.
    """
    umum = berkas.with_name(berkas.name + AKHIRAN_PUBLIK)
    rahasia = Ed25519PrivateKey.generate()
    pem = rahasia.private_bytes(
        tulisan_kunci.Encoding.PEM, tulisan_kunci.PrivateFormat.PKCS8, tulisan_kunci.NoEncryption()
    )
    _tulis_baru(berkas, pem, 0o600)
    publik = rahasia.public_key()
    _tulis_baru(
        umum,
        publik.public_bytes(tulisan_kunci.Encoding.PEM, tulisan_kunci.PublicFormat.SubjectPublicKeyInfo),
        0o644,
    )
    return umum, KunciPublik(publik.public_bytes_raw())


def muat_penanda(berkas: Path) -> Penanda:
    """The private key of a file that only its owner can read. GalatKunci otherwise."""
    _perlu_milik_sendiri(berkas)
    try:
        kunci = tulisan_kunci.load_pem_private_key(berkas.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as salah:
        raise GalatKunci(
            f"{berkas}: bukan kunci tanda rahasia. Buat dengan `kinerja kunci buat {berkas.name}`."
        ) from salah
    if not isinstance(kunci, Ed25519PrivateKey):
        raise GalatKunci(
            f"{berkas}: kunci jenis lain; yang dipakai {_ALGORITMA}. Buat dengan `kinerja kunci buat`."
        )
    return Penanda(kunci)


def muat_publik(berkas: Path) -> KunciPublik:
    """The public key of a file. GalatKunci if it is anything else, a private key included."""
    isi = berkas.read_bytes()
    if b"PRIVATE KEY" in isi:
        raise GalatKunci(
            f"{berkas}: ini kunci rahasia. Pakai pasangannya yang berakhiran {AKHIRAN_PUBLIK}; "
            "kunci rahasia tidak boleh dikirim kepada siapa pun."
        )
    try:
        kunci = tulisan_kunci.load_pem_public_key(isi)
    except (ValueError, UnsupportedAlgorithm) as salah:
        raise GalatKunci(
            f"{berkas}: bukan kunci publik. Minta berkas {AKHIRAN_PUBLIK} kepada pengirim."
        ) from salah
    if not isinstance(kunci, Ed25519PublicKey):
        raise GalatKunci(f"{berkas}: kunci jenis lain; yang dipakai {_ALGORITMA}.")
    return KunciPublik(kunci.public_bytes_raw())


def periksa_tanda(isi: bytes, tanda: bytes, publik: KunciPublik | None = None) -> KunciPublik:
    """The key under which `tanda` is the signature of `isi`. TandaSalah if it is not, or not by `publik`."""
    try:
        bagian = json.loads(tanda)
        kunci = KunciPublik(base64.b64decode(bagian["kunci_publik"], validate=True))
        angka = base64.b64decode(bagian["tanda"], validate=True)
        utuh = _tulis(kunci, angka) == tanda  # a second way to write the same is a changed byte too
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        utuh = False
    if not utuh:
        raise TandaSalah("berkas tanda rusak")
    if publik is not None and kunci != publik:
        raise TandaSalah(f"ditandatangani dengan kunci lain (sidik {kunci.sidik})")
    try:
        Ed25519PublicKey.from_public_bytes(kunci.mentah).verify(angka, isi)
    except (InvalidSignature, ValueError):
        raise TandaSalah("tanda tidak cocok dengan isinya") from None
    return kunci


def _tulis(publik: KunciPublik, tanda: bytes) -> bytes:
    isi = {
        "algoritma": _ALGORITMA,
        "kunci_publik": base64.b64encode(publik.mentah).decode(),
        "tanda": base64.b64encode(tanda).decode(),
    }
    return (json.dumps(isi, indent=1) + "\n").encode()


def _tulis_baru(berkas: Path, isi: bytes, izin: int) -> None:
    with os.fdopen(os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_EXCL, izin), "wb") as f:
        f.write(isi)
        f.flush()
        os.fsync(f.fileno())


def _perlu_milik_sendiri(berkas: Path) -> None:
    if os.name == "posix" and (izin := stat.S_IMODE(berkas.stat().st_mode)) & 0o077:
        raise GalatKunci(
            f"{berkas}: kunci rahasia ini terbuka bagi akun lain (izin {izin:04o}). "
            f"Jalankan `chmod 600 {berkas}`; bila sudah sempat dibaca orang, buat kunci baru."
        )
