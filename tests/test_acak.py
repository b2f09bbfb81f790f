"""What a fuzzer found or would look for: refused in words, never a crash, a hang or a full memory.

The targets of tests/acak.py run here under hypothesis for a small count; `make acak` runs them with
a coverage-guided fuzzer.
"""

from __future__ import annotations

from pathlib import Path

import acak
import pytest
from bantu_data import DASAR, buku, mentah, tambal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja.data import GalatData, baca
from kinerja.parameter import DALAM_YAML, GalatParameter, kebijakan, muat
from kinerja.simulasi import baca as baca_naskah


@pytest.mark.parametrize("nama", sorted(acak.SASARAN))
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(isi=st.binary(min_size=6, max_size=200))
def test_sasaran_acak(nama: str, isi: bytes) -> None:
    acak.SASARAN[nama](isi)


# ---------------------------------------------------------------- YAML

TERTAWA = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)
)
YAML = {
    "bom-rujukan": (TERTAWA, "lebih dari 200.000 nilai"),
    "bom-kunci": ("a: &a {b: 1}\n" + "".join(f"k{i}: {{? *a : *a}}\n" for i in range(3)), ""),
    "dalam-kurung": ("a: " + "[" * 60_000 + "]" * 60_000, f"lebih dalam dari {DALAM_YAML} tingkat"),
    "dalam-tanpa-tutup": ("a: " + "{" * 60_000, ""),
    "dalam-daftar": ("- " * 60_000 + "x", f"lebih dalam dari {DALAM_YAML} tingkat"),
    "diri-sendiri": ("a: &a [*a]\n", ""),
    "angka-panjang": ("nama: " + "9" * 5000, ""),
    "desimal-panjang": ("nama: 1." + "9" * 5000, ""),
    "kunci-daftar": ("? [a, b]\n: 1\n", ""),
    "tanda-python": ("nama: !!python/object/apply:os.system ['false']\n", ""),
    "tanda-salah": ("nama: !!int kata\nubah: !!bool 7\nalasan: !!float x\n", ""),
    "tanda-biner": ("nama: !!binary é\n", ""),
    "heksa-kosong": ("nama: 0x_\n", ""),
    "gabung": ("a: &a {b: 1}\nc:\n  <<: *a\n", ""),
    "bukan-utf8": ("nama: \xff", ""),
    "nol": ("nama: \0", ""),
    "kosong": ("", ""),
    "dua-dokumen": ("a: 1\n---\nb: 2\n", ""),
}
PEMUAT = {
    "parameter": lambda b: muat(b.parents[1]),
    "skenario": lambda b: kebijakan("2024-12-31").dengan(b),
    "naskah": baca_naskah,
}


@pytest.mark.parametrize("pemuat", sorted(PEMUAT))
@pytest.mark.parametrize("kasus", sorted(YAML))
def test_yaml_jahat_ditolak_dengan_kata(kasus: str, pemuat: str, tmp_path: Path) -> None:
    isi, kata = YAML[kasus]
    berkas = tmp_path / "params" / "regulasi" / "coba.yaml"
    berkas.parent.mkdir(parents=True)
    berkas.write_bytes(isi.encode("latin-1" if kasus == "bukan-utf8" else "utf-8"))
    with pytest.raises(GalatParameter) as info:
        PEMUAT[pemuat](berkas)
    acak.bersuara(info.value)
    assert kata in str(info.value)
    assert len(str(info.value)) < 20_000


def test_yaml_terlalu_besar(tmp_path: Path) -> None:
    berkas = tmp_path / "params" / "regulasi" / "coba.yaml"
    berkas.parent.mkdir(parents=True)
    with berkas.open("wb") as f:
        f.truncate(6 * 1024**2)
    for muatkan in PEMUAT.values():
        with pytest.raises(GalatParameter, match="lebih besar dari 5 MB"):
            muatkan(berkas)


@pytest.mark.parametrize(
    "naskah",
    [
        "populasi: {cakupan: [a]}\nskenario: []",
        "populasi: {cakupan: {a: 1}}\nskenario: 1",
        "populasi: {}\nskenario: [{nama: [a], skema: x}, {nama: [a], skema: x}]",
        "populasi: {pegawai: .nan}\nskenario: [{nama: 1e999}, {}]\nformat: [[a]]",
        "populasi: {}\nskenario: [{nama: a, skema: x, regulasi: [1], bulan: 99}]\nkolom: [1]",
        "1: 2\n? 2022-01-01\n: 3\n",
        "populasi: {}\nskenario: [{1: 2}, [3]]\nsapuan: {[1]: 2}\n",
    ],
)
def test_naskah_berjenis_salah(naskah: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(naskah)
    with pytest.raises(GalatParameter) as info:
        baca_naskah(tmp_path / "a.yaml")
    acak.bersuara(info.value)


# ---------------------------------------------------------------- workbooks


@pytest.mark.parametrize(
    "rumus",
    ["cmd|'/c calc'!A0", 'HYPERLINK("http://contoh.invalid","buka")', "'[lain.xlsx]Lembar'!A1", "1/0"],
)
def test_rumus_tidak_dijalankan(rumus: str, tmp_path: Path) -> None:
    """A formula is never computed: without the value that a spreadsheet stored it is refused in words."""
    berkas = buku(tmp_path / "a.xlsx", mentah(DASAR))
    polos = rumus.replace("&", "&amp;").encode()
    tambal(berkas, rb"</sheetData>", b'<row r="90"><c r="A90"><f>' + polos + b"</f></c></row></sheetData>")
    with pytest.raises(GalatData, match="rumus yang hasilnya belum tersimpan"):
        baca(berkas)
