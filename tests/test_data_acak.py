"""Properties: numbers typed in Indonesian read back as themselves; valid tables survive every format;
junk is refused, never crashed on."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bantu_data import DASAR, NIP, buku, lengkap, mentah
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja import tulisan
from kinerja.data import SKEMA, Data, GalatData, baca, tulis_buku, tulis_csv, tulis_parquet
from kinerja.data.skema import Kolom
from kinerja.data.urai import BELUM_DIHITUNG, Lajur, bersih, urai_lajur

DESIMAL = Kolom("x", "desimal", "")
CEPAT = settings(max_examples=100, deadline=None)
BERKAS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def urai(kolom: Kolom, *isi: object) -> Lajur:
    sel = np.empty(len(isi), dtype=object)
    sel[:] = isi
    return urai_lajur(kolom, sel)


def coba(sumber: Path) -> Data | GalatData:
    """Anything but GalatData is a crash and fails the test."""
    try:
        return baca(sumber)
    except GalatData as galat:
        return galat


def utuh(hasil: Data | GalatData) -> None:
    if isinstance(hasil, GalatData):
        assert len(hasil.tabel()) == len(hasil.temuan) > 0
        assert all(t.pesan in str(hasil) for t in hasil.temuan)
    else:
        assert list(hasil.tabel) == list(SKEMA)


@CEPAT
@given(st.decimals(-(10**12), 10**12, places=4, allow_nan=False), st.sampled_from(["", "Rp", "Rp "]))
def test_angka_indonesia_terbaca_sebagai_dirinya(x: Decimal, rp: str) -> None:
    ringkas = x.normalize() + 0
    teks = tulisan.angka(ringkas)
    teks = f"-{rp}{teks[1:]}" if teks.startswith("-") else rp + teks
    hasil = urai(DESIMAL, teks)
    if hasil.tolak:  # exactly the two notations that mean something else elsewhere
        satu_titik = not rp and teks.count(".") == 1 and "," not in teks
        rp_tiga_desimal = bool(rp) and "." not in teks and len(teks.partition(",")[2]) == 3
        assert satu_titik or rp_tiga_desimal, teks
    else:
        assert hasil.nilai[0] == float(ringkas)


@CEPAT
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_angka_tanpa_pemisah_ribuan_selalu_terbaca(x: float) -> None:
    teks = np.format_float_positional(x, trim="-").replace(".", ",")
    assert urai(DESIMAL, teks).nilai.tolist() == [x]
    assert urai(DESIMAL, x).nilai.tolist() == [x]


@CEPAT
@given(st.text(max_size=40))
def test_merapikan_cukup_sekali(teks: str) -> None:
    assert bersih(bersih(teks)) == bersih(teks)


@CEPAT
@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_tanggal_indonesia_terbaca(x: dt.date) -> None:
    kolom = Kolom("x", "tanggal", "")
    hasil = urai(kolom, tulisan.tanggal(x), x.isoformat(), x, f"{x:%d-%m-%Y}")
    tertukar = x.day <= 12 and x.day != x.month
    assert [h.date() for h in hasil.nilai[: 3 if tertukar else 4]] == [x] * (3 if tertukar else 4)
    assert bool(hasil.tolak) is tertukar


SEL_ANEH = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.decimals(allow_nan=False),
    st.binary(max_size=5),
    st.sampled_from(
        [
            "#N/A",
            "12;45",
            "1.234",
            "97,5 %",
            "Rp",
            "-",
            "'",
            "%",
            ";",
            "=A1",
            "2022-07",
            "TW 1",
            BELUM_DIHITUNG,
        ]
    ),
    st.lists(st.integers(), max_size=2),
)


@pytest.mark.parametrize("tipe", ["teks", "kode", "nip", "bulat", "desimal", "pilihan", "ya_tidak", "bulan", "periode", "tanggal", "menit"])  # fmt: skip
@settings(max_examples=40, deadline=None)
@given(isi=st.lists(SEL_ANEH, max_size=8))
def test_sel_aneh_diterima_atau_ditolak(tipe: str, isi: list[object]) -> None:
    """Every cell ends as exactly one of: a value, empty, refused."""
    kolom = Kolom("x", tipe, "", pilihan=("a", "b"))  # type: ignore[arg-type]
    hasil = urai(kolom, *isi)
    ditolak = np.zeros(len(isi), dtype=bool)
    for di, _, salah in hasil.tolak:
        ditolak[di] = True
        assert salah.pesan
        assert salah.perbaikan
    bernilai = pd.notna(hasil.nilai)
    assert np.array_equal(bernilai, ~ditolak & ~hasil.kosong)
    assert not (hasil.kosong & ditolak).any()


@BERKAS
@given(
    isi=st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=9), max_size=25),
    tab=st.sampled_from(sorted(SKEMA)),
)
def test_csv_acak_hanya_galat_data(isi: list[list[str]], tab: str) -> None:
    with tempfile.TemporaryDirectory() as map_:
        folder = tulis_csv(lengkap(), map_)
        with (folder / f"{tab}.csv").open("a", encoding="utf-8", newline="") as f:
            csv.writer(f, delimiter=";").writerows(isi)
        utuh(coba(folder))


@BERKAS
@given(isi=st.binary(max_size=400), awal=st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"kode;nama\n"]))
def test_byte_acak_hanya_galat_data(isi: bytes, awal: bytes) -> None:
    with tempfile.TemporaryDirectory() as map_:
        jalur = Path(map_)
        (jalur / "a.xlsx").write_bytes(awal + isi)
        for nama in ("opd.csv", "opd.parquet"):
            (jalur / nama[4:]).mkdir()
            (jalur / nama[4:] / nama).write_bytes(awal + isi)
        for sumber in ("a.xlsx", "csv", "parquet"):
            with pytest.raises(GalatData):
                baca(jalur / sumber)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_xlsx_dirusak_tidak_pernah_macet(data: st.DataObject) -> None:
    """Valid zip, damaged XML: cut, doubled or with bytes replaced."""
    with tempfile.TemporaryDirectory() as map_:
        jalur = Path(map_) / "a.xlsx"
        shutil.copy(_contoh(), jalur)
        with zipfile.ZipFile(jalur) as z:
            bagian = {n: z.read(n) for n in z.namelist()}
        nama = data.draw(st.sampled_from([n for n in sorted(bagian) if n.startswith("xl/")]))
        x = bytearray(bagian[nama])
        for _ in range(data.draw(st.integers(1, 5))):
            i = data.draw(st.integers(0, len(x) - 1))
            x[i : i + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
        with zipfile.ZipFile(jalur, "w", zipfile.ZIP_DEFLATED) as z:
            for n, isi in {**bagian, nama: bytes(x)}.items():
                z.writestr(n, isi)
        utuh(coba(jalur))


_CONTOH: list[Path] = []


def _contoh() -> Path:
    if not _CONTOH:
        _CONTOH.append(
            buku(Path(tempfile.mkdtemp()) / "a.xlsx", mentah({**DASAR, "kehadiran": lengkap()["kehadiran"]}))
        )
    return _CONTOH[0]


# ---------------------------------------------------------------- valid tables

TEKS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co"]), min_size=1, max_size=30)
    .map(bersih)
    .filter(lambda t: t and not t.startswith("#") and t != BELUM_DIHITUNG)
)
KODE = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_-]|\.(?!\.|$)){0,12}", fullmatch=True).filter(
    lambda k: k.casefold()[:3] not in ("con", "prn", "aux", "nul", "com", "lpt", "pem")
)
ANGKA = st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.10g}"))
MENIT = st.lists(st.integers(1, 1440), max_size=3).map(lambda m: ";".join(map(str, m)))
PERIODE = st.tuples(st.integers(1990, 2060), st.sampled_from(["", "-TW1", "-TW4", "-01", "-12"])).map(
    lambda p: f"{p[0]}{p[1]}"
)


@st.composite
def tabel_sah(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    n = draw(st.integers(1, 5))

    def banyak(s: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(s, min_size=n, max_size=n))

    kode = draw(st.lists(KODE, min_size=n, max_size=n, unique_by=str.casefold))
    urut = banyak(st.integers(0, 99))
    nip = [f"{1960 + i}{1 + i:02d}2{i}{1985 + i}0{1 + i}1{u:02d}{i}" for i, u in enumerate(urut)]
    opd = pd.DataFrame({"kode": kode, "nama": banyak(TEKS), "kepala_pangkat": banyak(TEKS | st.none())})
    pegawai = pd.DataFrame(
        {
            "nip": nip,
            "nama": banyak(TEKS),
            "opd": banyak(st.sampled_from(kode)),
            "jabatan": banyak(TEKS),
            "jenis_jabatan": banyak(st.sampled_from(SKEMA["pegawai"]["jenis_jabatan"].pilihan)),
            "kelas": banyak(st.integers(1, 17)),
            "status": banyak(st.sampled_from(["pns", "cpns", "pppk"])),
            "atasan": [None, *nip[: n - 1]],
            "status_ptkp": banyak(st.sampled_from(["TK/0", "K/3"]) | st.none()),
        }
    )
    ukuran = {
        "opd": banyak(st.sampled_from([*kode, "PEMDA"])),
        "indikator": [f"{i} {t}" for i, t in enumerate(banyak(TEKS))],
        "satuan": banyak(TEKS),
        "polaritas": "min",
        "rumus": "min_rasio",
        "target": banyak(ANGKA),
        "realisasi": banyak(ANGKA | st.none()),
        "target_maksimum": banyak(st.booleans()),
        "realisasi_2020": banyak(ANGKA | st.none()),
    }
    hadir = {
        "nip": nip,
        "bulan": "2022-07",
        "hari_kerja": 22,
        "terlambat": banyak(MENIT),
        "lupa_rekam": banyak(st.integers(0, 62)),
    }
    nilai = {"nip": nip, "periode": banyak(PERIODE), "rating_hasil": "sesuai", "rating_perilaku": "di_atas"}
    hukuman = {
        "nip": nip,
        "jenis": "teguran_lisan",
        "mulai": banyak(st.dates(dt.date(1990, 1, 1), dt.date(2099, 1, 1))),
    }
    return {
        "opd": opd,
        "pegawai": pegawai,
        "iku": pd.DataFrame(ukuran),
        "kehadiran": pd.DataFrame(hadir),
        "penilaian": pd.DataFrame(nilai | {"catatan": banyak(TEKS | st.none())}),
        "hukuman": pd.DataFrame(hukuman),
    }


@settings(BERKAS, max_examples=8)
@given(tabel=tabel_sah())
def test_tabel_sah_selamat_dalam_tiga_bentuk(tabel: dict[str, pd.DataFrame]) -> None:
    with tempfile.TemporaryDirectory() as map_:
        jalur = Path(map_)
        hasil = [
            baca(tulis_buku(tabel, jalur / "a.xlsx")),
            baca(tulis_csv(tabel, jalur / "csv")),
            baca(tulis_parquet(tabel, jalur / "pq")),
        ]
    for d in hasil:
        assert d.catatan.empty, d.catatan.to_string()
        for nama, t in tabel.items():
            pd.testing.assert_frame_equal(d.tabel[nama], hasil[0].tabel[nama])
            for k in t.columns:
                asal = pd.to_datetime(t[k]) if k == "mulai" else t[k]
                for a, b in zip(asal.tolist(), d.tabel[nama][k].tolist(), strict=True):
                    assert a == b or (pd.isna(a) and pd.isna(b)), (nama, k)


def test_nip_contoh_sah() -> None:
    assert not urai(Kolom("nip", "nip", ""), *NIP).tolak
