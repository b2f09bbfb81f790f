"""A government's logo: one PNG or SVG file, checked when it is read, kept as SVG text for every output.

A file from outside ends up in every page, so it must be a picture and nothing else.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zlib
from base64 import b64encode
from pathlib import Path

BATAS_KB = 300
_BATAS_PIKSEL = 3000
_TANDA_PNG = b"\x89PNG\r\n\x1a\n"
_TERLARANG = {"script", "foreignobject", "iframe", "object", "embed", "animate", "set", "handler", "style"}


def baca_logo(berkas: Path) -> str:
    """The logo as SVG text (a PNG is wrapped in one). ValueError, in Indonesian, for anything else.

    Refused: a missing file, more than 300 KB, more than 3.000 pixels a side, a damaged PNG, an SVG with
    script, style, event, DOCTYPE, or anything from outside the file.
    """
    if not berkas.is_file():
        raise ValueError(
            f"berkas logo {berkas.name} tidak ada. Letakkan di map yang sama dengan berkas .yaml ini."
        )
    ukuran = berkas.stat().st_size
    if ukuran > BATAS_KB * 1024:
        raise ValueError(
            f"logo {berkas.name} {-(-ukuran // 1024)} KB, paling besar {BATAS_KB} KB. Kecilkan gambarnya."
        )
    isi = berkas.read_bytes()
    if isi.startswith(_TANDA_PNG):
        return _dari_png(berkas.name, isi)
    if berkas.suffix.lower() == ".svg":
        return _dari_svg(berkas.name, isi)
    raise ValueError(f"{berkas.name} bukan gambar PNG atau SVG. Simpan logo sebagai PNG, lalu ulangi.")


def _dari_png(nama: str, isi: bytes) -> str:
    letak, jenis, lebar, tinggi, data = 8, b"", 0, 0, b""
    while letak + 12 <= len(isi) and jenis != b"IEND":
        panjang = int.from_bytes(isi[letak : letak + 4], "big")
        jenis, badan = isi[letak + 4 : letak + 8], isi[letak + 8 : letak + 8 + panjang]
        sidik = isi[letak + 8 + panjang : letak + 12 + panjang]
        if zlib.crc32(jenis + badan).to_bytes(4, "big") != sidik:
            jenis = b""
            break
        if jenis == b"IHDR" and panjang == 13:
            lebar, tinggi = int.from_bytes(badan[:4], "big"), int.from_bytes(badan[4:8], "big")
        data += badan if jenis == b"IDAT" else b""
        letak += 12 + panjang
    if jenis != b"IEND" or not lebar or not tinggi or not data:
        raise ValueError(f"logo {nama} rusak atau terpotong. Simpan ulang sebagai PNG.")
    if max(lebar, tinggi) > _BATAS_PIKSEL:
        raise ValueError(
            f"logo {nama} {lebar} x {tinggi} piksel, paling banyak {_BATAS_PIKSEL} tiap sisi. Kecilkan gambarnya."
        )
    isi64 = b64encode(isi).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{lebar}" height="{tinggi}" viewBox="0 0 {lebar} {tinggi}">'
        f'<image width="{lebar}" height="{tinggi}" href="data:image/png;base64,{isi64}"/></svg>'
    )


def _dari_svg(nama: str, isi: bytes) -> str:
    try:
        teks = isi.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise ValueError(f"logo {nama} bukan teks UTF-8. Simpan ulang sebagai SVG atau PNG.") from e
    if "<!DOCTYPE" in teks or "<!ENTITY" in teks or "<?xml-stylesheet" in teks:
        raise ValueError(
            f"logo {nama} memuat DOCTYPE, ENTITY, atau xml-stylesheet. Simpan ulang sebagai 'Plain SVG'."
        )
    try:
        akar = ET.fromstring(teks)
    except ET.ParseError as e:
        raise ValueError(f"logo {nama} bukan SVG yang benar. Simpan ulang sebagai 'Plain SVG'.") from e
    if akar.tag.rpartition("}")[2] != "svg":
        raise ValueError(f"logo {nama} bukan SVG: unsur pertamanya {akar.tag.rpartition('}')[2]!r}.")
    for unsur in akar.iter():
        tag = str(unsur.tag).rpartition("}")[2]
        if tag.lower() in _TERLARANG:
            raise ValueError(
                f"logo {nama} memuat unsur <{tag}>, yang tidak diterima. Simpan ulang sebagai PNG."
            )
        for kunci, nilai in unsur.attrib.items():
            atribut = kunci.rpartition("}")[2].lower()
            luar = atribut in ("href", "src") and not nilai.startswith(
                ("#", "data:image/png;", "data:image/jpeg;")
            )
            if atribut.startswith("on") or luar or re.search(r"url\(\s*['\"]?(?!#)", nilai):
                raise ValueError(
                    f"logo {nama} memuat {atribut}={nilai[:40]!r} pada <{tag}>: naskah dan tautan ke luar "
                    "tidak diterima. Simpan ulang sebagai PNG."
                )
    return teks
