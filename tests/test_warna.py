"""Colours that carry a meaning are told apart by every eye, and text on them is read from the back row."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from kinerja import bagan, kertas

# what each eye sees of linear RGB: Machado, Oliveira and Fernandes 2009, severity 1
MATA = {
    "biasa": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
    "abu-abu": [[0.2126, 0.7152, 0.0722]] * 3,
}  # fmt: skip
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)


def linear(heksa: str) -> np.ndarray:
    c = np.array([int(heksa[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(heksa: str, mata: str) -> np.ndarray:
    x = XYZ @ np.clip(np.array(MATA[mata]) @ linear(heksa), 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def beda(a: str, b: str, mata: str) -> float:
    return float(np.linalg.norm(lab(a, mata) - lab(b, mata)))


def kontras(a: str, b: str) -> float:
    terang = sorted(float(XYZ[1] @ linear(x)) + 0.05 for x in (a, b))
    return terang[1] / terang[0]


def test_ukurannya_menemukan_merah_dan_hijau():
    assert beda("#c05050", "#5c8a3c", "biasa") > 60
    assert beda("#c05050", "#8c7a30", "deuteranopia") < 25
    assert kontras("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("mata", MATA)
def test_nada_gambar_terbedakan(mata):
    nada = (kertas.TINTA, kertas.AKSEN, kertas.PUDAR, kertas.LATAR)
    assert min(beda(a, b, mata) for a, b in combinations(nada, 2)) > 15
    assert beda(kertas.SEDANG, kertas.PUDAR, mata) > 30


@pytest.mark.parametrize("mata", ["biasa", "protanopia", "deuteranopia", "tritanopia"])
def test_status_bergaris_sama_terbedakan_warnanya(mata):
    gaya = bagan._GAYA_STATUS.values()
    sekutu = [(a[0], b[0]) for a, b in combinations(gaya, 2) if a[1] == b[1]]
    assert len(sekutu) >= 5
    assert min(beda(a, b, mata) for a, b in sekutu) > 10


def test_tulisan_terbaca_di_atas_warnanya():
    for muka, *_ in bagan._GAYA_STATUS.values():
        assert kontras(kertas.TINTA, muka) > 10
    for huruf in (kertas.TINTA, kertas.SEDANG, kertas.AKSEN):
        assert kontras(huruf, "#ffffff") > 6.5
        assert kontras(huruf, kertas.LATAR) > 6
