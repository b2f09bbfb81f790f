"""`make acak`: the readers under a coverage-guided fuzzer (atheris), a fixed number of runs and seed.

    python tests/acak.py RUNS SEED [target ...]

A target takes bytes and gives a result or an error in Indonesian; whatever else it raises, a run
longer than 20 seconds or over 2 GB of memory is a finding, which libFuzzer leaves as a file
`crash-*`. Findings become cases in tests/test_acak.py, which also runs every target under
hypothesis. The bytes are a small programme of changes to a valid file (which part, where, what),
so that a workbook stays a ZIP with its sums right and the change reaches the reader behind it.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

AKAR = Path(__file__).parents[1]
JAHAT = [  # what a random byte seldom finds
    b"&a", b"*a", b"[" * 60, b"{" * 60, b"- " * 60, b"9" * 5000, b"1e999", b".nan", b"!!int ", b"!!python/object:os.system ",
    b"<<: *a", b"? [a]\n: b", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"=cmd|'/c calc'!A0", b"=HYPERLINK(\"http://x\")",
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"&a;", b"</v>", b"<f>1/0</f>", b't="e"', b't="s"', b't="d"',
    b'r="XFD1048576"', b"-1", b"1" * 40, b"\n", b": ", b"'", b'"', b"0001-01-01", b"99999-12-31", b"2022-13-45", b"\xe2\x80\xae",
]  # fmt: skip


def bersuara(galat: Exception) -> None:
    """A refusal says something, and not what Python or a library said in English."""
    assert str(galat).strip(), repr(galat)
    assert "Traceback" not in str(galat)


class Program:
    """Numbers and bytes drawn from the fuzzer's input, zeros after its end."""

    def __init__(self, isi: bytes) -> None:
        self.isi, self.di = isi, 0

    def __bool__(self) -> bool:
        return self.di < len(self.isi)

    def bilangan(self, n: int) -> int:
        potong = self.isi[self.di : self.di + 3]
        self.di += 3
        return int.from_bytes(potong, "little") % n

    def ubah(self, asal: bytes) -> bytes:
        """A few places of `asal` cut, doubled, or replaced."""
        x = bytearray(asal)
        for _ in range(1 + self.bilangan(6)):
            i, panjang, cara = self.bilangan(len(x) + 1), self.bilangan(24), self.bilangan(4)
            if cara == 0:
                x[i : i + panjang] = JAHAT[self.bilangan(len(JAHAT))]
            elif cara == 1:
                x[i:i] = x[i : i + 40 * panjang]
            elif cara == 2:
                del x[i : i + panjang]
            else:
                x[i : i + panjang] = self.isi[self.di : self.di + panjang]
                self.di += panjang
        return bytes(x)


@cache
def _contoh() -> dict[str, dict[str, bytes]]:
    """Valid files: the parts of a workbook, CSV and Parquet tables."""
    from bantu_data import DASAR, lengkap

    from kinerja.data import tulis_buku, tulis_csv, tulis_parquet

    tabel = {**DASAR, "kehadiran": lengkap()["kehadiran"]}
    with tempfile.TemporaryDirectory() as map_:
        with zipfile.ZipFile(tulis_buku(tabel, Path(map_, "a.xlsx"))) as z:
            buku = {n: z.read(n) for n in z.namelist()}
        csv = {p.name: p.read_bytes() for p in sorted(tulis_csv(tabel, Path(map_, "csv")).iterdir())}
        pq = {p.name: p.read_bytes() for p in sorted(tulis_parquet(tabel, Path(map_, "pq")).iterdir())}
    return {"buku": buku, "csv": csv, "parquet": pq}


def _tabel(isi: bytes, bentuk: str) -> None:
    from kinerja.data import GalatData, baca

    p, bagian = Program(isi), dict(_contoh()[bentuk])
    for _ in range(1 + p.bilangan(2)):
        nama = sorted(bagian)[p.bilangan(len(bagian))]
        bagian[nama] = p.ubah(bagian[nama])
    with tempfile.TemporaryDirectory() as map_:
        if bentuk == "buku":
            keluar = io.BytesIO()
            with zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as z:
                for n, x in bagian.items():
                    z.writestr(n, x)
            sumber = Path(map_, "a.xlsx")
            sumber.write_bytes(keluar.getvalue())
        else:
            sumber = Path(map_)
            for n, x in bagian.items():
                (sumber / n).write_bytes(x)
        try:
            baca(sumber)
        except GalatData as galat:
            bersuara(galat)


def _mentah(isi: bytes) -> None:
    """Any bytes under any name."""
    from kinerja.data import GalatData, baca

    awal = (b"", b"PK\x03\x04", b"PAR1", b"kode;nama\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")[len(isi) % 5]
    with tempfile.TemporaryDirectory() as map_:
        sumber = Path(map_, ("a.xlsx", "a.xlsm", "opd.csv", "opd.parquet")[sum(isi) % 4])
        sumber.write_bytes(awal + isi)
        for s in (sumber, sumber.parent):
            try:
                baca(s)
            except GalatData as galat:
                bersuara(galat)


def _yaml(isi: bytes, asal: Iterable[str], kerja: Callable[[Path], object]) -> None:
    from kinerja.parameter import GalatParameter

    p, daftar = Program(isi), list(asal)
    benih = (AKAR / "params" / daftar[p.bilangan(len(daftar))]).read_bytes()
    with tempfile.TemporaryDirectory() as map_:
        berkas = Path(map_, "params", "regulasi", "coba.yaml")
        berkas.parent.mkdir(parents=True)
        berkas.write_bytes(p.ubah(benih))
        try:
            kerja(berkas)
        except GalatParameter as galat:
            bersuara(galat)


def parameter(isi: bytes) -> None:
    from kinerja.parameter import muat

    asal = ["regulasi/pp-46-2011.yaml", "regulasi/permenpanrb-6-2022.yaml", "tukin/tpp-60-40.yaml"]
    _yaml(isi, asal, lambda b: muat(b.parents[1]))


def skenario(isi: bytes) -> None:
    from kinerja.parameter import kebijakan

    asal = sorted(f"skenario/{p.name}" for p in (AKAR / "params" / "skenario").glob("*.yaml"))
    _yaml(isi, asal, lambda b: kebijakan(dt.date(2024, 12, 31)).dengan(b))


def naskah(isi: bytes) -> None:
    from kinerja.simulasi import baca

    asal = sorted(f"laboratorium/{p.name}" for p in (AKAR / "params" / "laboratorium").glob("*.yaml"))
    _yaml(isi, asal, baca)


SASARAN: dict[str, Callable[[bytes], None]] = {
    "buku": lambda isi: _tabel(isi, "buku"),
    "csv": lambda isi: _tabel(isi, "csv"),
    "parquet": lambda isi: _tabel(isi, "parquet"),
    "mentah": _mentah,
    "parameter": parameter,
    "skenario": skenario,
    "naskah": naskah,
}


def _satu_sasaran(nama: str, runs: str, seed: str) -> None:
    import atheris

    with atheris.instrument_imports(include=["kinerja", "yaml"]):
        import kinerja.data
        import kinerja.parameter
        import kinerja.simulasi  # noqa: F401
    warnings.simplefilter("error", RuntimeWarning)
    batas = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=400", "-len_control=0", "-print_final_stats=1"]
    acak = random.Random(seed)
    with tempfile.TemporaryDirectory() as benih:  # libFuzzer alone would start from nothing
        for i in range(40):
            Path(benih, str(i)).write_bytes(acak.randbytes(acak.randint(6, 200)))
        atheris.Setup([nama, benih, f"-runs={runs}", f"-seed={seed}", *batas], SASARAN[nama])
        atheris.Fuzz()


def main() -> int:
    if sys.argv[1:2] == ["--sasaran"]:
        _satu_sasaran(*sys.argv[2:5])
        return 0
    runs, seed, *nama = (*sys.argv[1:], *SASARAN) if len(sys.argv) == 3 else sys.argv[1:]
    gagal = [
        n for n in nama if subprocess.run([sys.executable, __file__, "--sasaran", n, runs, seed]).returncode
    ]
    print(
        "Temuan di: " + ", ".join(gagal)
        if gagal
        else f"{runs} kali tiap sasaran ({', '.join(nama)}): tanpa temuan"
    )
    return 1 if gagal else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
