"""Walking the timeline of regulations date by date; and what a scenario may never touch."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import kinerja as kj
from kinerja.aturan import Bertingkat
from kinerja.parameter import AKAR_PARAMS, GalatParameter, kebijakan, muat
from kinerja.pecahan import Kode, Pecahan
from kinerja.regulasi import banding, berlaku, linimasa

SEHARI = dt.timedelta(days=1)
INSTANSI = [None, *sorted(muat().instansi), *sorted(
    j.removeprefix("registri.rezim_").replace("_", "-")
    for j in muat().parameter
    if j.startswith("registri.rezim_") and j != "registri.rezim_nasional"
)]  # fmt: skip
REGULASI = tuple(banding.REGULASI)


@pytest.fixture(scope="module")
def tabel():
    """Enough people that every job and rating occurs."""
    return kj.buat_contoh("sumbar", pegawai=24, benih=7)


def _sidik(h: Bertingkat) -> bytes:
    """Every column of every level as bytes: exact numbers, not what they look like."""
    isi = []
    for t in h.tingkat:
        isi.append((t.graf.nama, list(map(str, t.kunci))))
        for nama, k in t.kolom.items():
            if isinstance(k, Kode):
                isi.append((nama, k.kategori, k.kode.tobytes()))
            else:
                angka = [k.satu(i) for i in range(len(k))]
                isi.append((nama, angka))
    return repr(isi).encode()


# -- date by date ----------------------------------------------------------------------------------------------


def _hari(instansi: str | None) -> list[dt.date]:
    """Every change date of the timeline and of any value of the law, the day before and after, and each month."""
    garis = linimasa(instansi)
    ubah = {*garis["mulai"], *(n.sejak for p in muat().parameter.values() for n in p.waktu)}
    hari = {h + geser * SEHARI for h in ubah for geser in (-1, 0, 1)}
    hari |= {dt.date(t, b, 1) for t in range(2014, 2028) for b in range(1, 13)}
    return sorted(h for h in hari if h >= dt.date(2014, 1, 1))


@pytest.mark.parametrize("instansi", INSTANSI)
def test_setiap_hari_dijawab_peraturan_pada_garisnya(instansi) -> None:
    garis = linimasa(instansi)
    for h in _hari(instansi):
        (n,) = [b for b in garis.itertuples() if b.mulai <= h and (b.sampai is None or h <= b.sampai)]
        if n.regulasi is None:
            with pytest.raises(GalatParameter, match="belum terbukti"):
                berlaku(h, instansi)
        else:
            assert berlaku(h, instansi) == berlaku(kebijakan(h), instansi) == n.regulasi


@pytest.mark.parametrize("instansi", [None, "kemenkeu"])
def test_jawaban_setiap_hari_ialah_jawaban_peraturannya_sendiri(tabel, instansi) -> None:
    """On each day where anything that the regulation reads changes, and on the days around it, scoring through
    the registry gives what the regulation gives with its own policy of that day."""
    diuji = 0
    for b in linimasa(instansi).itertuples():
        if b.regulasi is None:
            continue
        cara = banding.REGULASI[b.regulasi]
        milik = banding.ketentuan(
            kj.nilai(tabel, b.regulasi, b.sampai or "2026-12-31", **_periode(b.regulasi))
        )
        ubah = {b.mulai, b.sampai, *(n.sejak for j in milik for n in muat()[j].waktu)} - {None}
        dekat = {h + g * SEHARI for h in ubah for g in (-1, 0, 1)}
        for h in sorted(h for h in dekat if b.mulai <= h and (b.sampai is None or h <= b.sampai)):
            nama = berlaku(h, instansi)
            assert nama == b.regulasi
            lewat = kj.nilai(tabel, nama, h, **_periode(nama))
            sendiri = cara.hitung(tabel, kebijakan(h), **_periode(nama))
            assert _sidik(lewat) == _sidik(sendiri)
            diuji += 1
    assert diuji >= (7 if instansi is None else 2)


def _periode(regulasi: str) -> dict[str, str]:
    return {"periode": "2022"} if regulasi != "kmk-127-2026" else {"periode": "2026"}


def test_setiap_parameter_tepat_satu_nilai_setiap_hari() -> None:
    """No value of any file overlaps its neighbour, and none leaves a hole, at every change date."""
    for p in muat().parameter.values():
        for lama, baru in zip(p.waktu, p.waktu[1:], strict=False):
            assert lama.sampai is not None
            assert lama.sampai + SEHARI == baru.sejak
            assert p.pada(baru.sejak - SEHARI) is lama
            assert p.pada(baru.sejak) is baru
        assert p.waktu[-1].sampai is None
        assert p.pada(p.waktu[0].sejak - SEHARI) is None


BERKAS = sorted(
    b.relative_to(AKAR_PARAMS).as_posix() for m in ("regulasi", "tukin", "iki") for b in (AKAR_PARAMS / m).glob("*.yaml")
)  # fmt: skip


@pytest.fixture
def akar(tmp_path) -> Path:
    tujuan = tmp_path / "params"
    shutil.copytree(AKAR_PARAMS, tujuan)
    return tujuan


def test_tanggal_kembar_ditolak_di_setiap_berkas(akar) -> None:
    """Two values from the same day overlap: each file is named with both lines, all files at once."""
    for berkas in BERKAS:
        baris = (AKAR_PARAMS / berkas).read_text(encoding="utf-8").splitlines()
        awal = _bertanggal(baris)
        akhir = next((i for i in range(awal + 1, len(baris)) if not baris[i].startswith("    ")), len(baris))
        kembar = [*baris[:akhir], *_tanpa_jangkar(baris[awal:akhir]), *baris[akhir:], ""]
        (akar / berkas).write_text("\n".join(kembar), encoding="utf-8")
    with pytest.raises(GalatParameter) as galat:
        muat(akar)
    for berkas in BERKAS:
        pola = rf"{re.escape(Path(berkas).name)} baris \d+: .*kunci ditulis lagi di baris \d+"
        assert re.search(pola, str(galat.value)), berkas


def test_tanpa_tanggal_ditolak_di_setiap_berkas(akar) -> None:
    """A parameter without a day has no period: each is named, all at once."""
    jalur = []
    for berkas in BERKAS:
        teks = (AKAR_PARAMS / berkas).read_text(encoding="utf-8")
        baris = teks.splitlines()
        nama = next(b for b in reversed(baris[: _bertanggal(baris)]) if b[:1].isalpha()).rstrip(":")
        isi = yaml.safe_load(teks)
        isi[nama] = {k: v for k, v in isi[nama].items() if not str(k).startswith("20")}
        (akar / berkas).write_text(yaml.safe_dump(isi, allow_unicode=True), encoding="utf-8")
        jalur.append((Path(berkas).name, nama))
    with pytest.raises(GalatParameter) as galat:
        muat(akar)
    for berkas, nama in jalur:
        assert any(berkas in x and nama in x for x in str(galat.value).splitlines()), (berkas, nama)


def _bertanggal(baris: list[str]) -> int:
    """The first line that dates a value."""
    return next(i for i, b in enumerate(baris) if b.startswith("  20") and b.rstrip().endswith(":"))


def _tanpa_jangkar(blok: list[str]) -> list[str]:
    """The block again; an anchor may be named once only."""
    return [" ".join(k for k in b.split(" ") if not k.startswith("&")) for b in blok]


# -- what a scenario leaves alone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("regulasi", REGULASI)
def test_skenario_kosong_tidak_mengubah_satu_byte_pun(tabel, regulasi, tmp_path) -> None:
    hari = banding.tanggal_acuan(regulasi)
    dasar = kj.nilai(tabel, regulasi, hari, **_periode(regulasi))
    for kosong in ([], (), None):
        lain = kj.nilai(tabel, regulasi, kebijakan(hari), skenario=kosong, **_periode(regulasi))
        assert _sidik(dasar) == _sidik(lain)
        berkas = [tmp_path / n for n in ("a.parquet", "b.parquet")]
        for h, b in zip((dasar, lain), berkas, strict=True):
            h.tabel().to_parquet(b)
        assert berkas[0].read_bytes() == berkas[1].read_bytes()
        assert dasar.tanpa_nilai().to_csv() == lain.tanpa_nilai().to_csv()


UBAHAN = {  # a value that every regulation reads, and another value for it
    "pp-46-2011": ("pp-46-2011.bobot_skp", 50, "2015-03-10"),
    "pp-30-2019": ("pp-30-2019.bobot_skp", {"tanpa_360": 50, "dengan_360": 50}, "2021-08-10"),
    "permenpanrb-8-2021": ("permenpanrb-8-2021.poin_kategori", {"baik": 99}, "2021-09-10"),
    "permenpanrb-6-2022": ("permenpanrb-6-2022.kuadran", {"sesuai": {"sesuai": "kurang"}}, "2023-04-10"),
    "kmk-127-2026": ("kmk-127-2026.porsi_hasil", 50, "2026-05-10"),
}


@pytest.mark.parametrize("regulasi", REGULASI)
def test_skenario_tidak_menyentuh_apa_pun_sebelum_tanggalnya(tabel, regulasi) -> None:
    jalur, isi, mulai = UBAHAN[regulasi]
    hari = dt.date.fromisoformat(mulai)
    skenario = {jalur: {mulai: isi}}
    for h in (hari - 60 * SEHARI, hari - SEHARI):
        sebelum = kj.nilai(tabel, regulasi, kebijakan(h, skenario=skenario), **_periode(regulasi))
        assert _sidik(sebelum) == _sidik(kj.nilai(tabel, regulasi, h, **_periode(regulasi)))
    sesudah = kj.nilai(tabel, regulasi, kebijakan(hari, skenario=skenario), **_periode(regulasi))
    assert sesudah.kebijakan.perubahan
    assert _sidik(sesudah) != _sidik(kj.nilai(tabel, regulasi, hari, **_periode(regulasi)))


# -- people ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regulasi", REGULASI)
def test_urutan_orang_tidak_berpengaruh(tabel, regulasi) -> None:
    acak = np.random.default_rng(5)
    kocok = {n: t.iloc[acak.permutation(len(t))].reset_index(drop=True) for n, t in tabel.items()}
    a, b = (kj.nilai(t, regulasi, **_periode(regulasi)).pegawai for t in (tabel, kocok))
    letak = b.kunci.get_indexer(a.kunci)
    assert len(a.kunci) == len(b.kunci)
    for nama in a.graf.urutan:
        for i, j in enumerate(letak):
            assert a[nama].satu(i) == b[nama].satu(int(j))


@pytest.mark.parametrize("regulasi", REGULASI)
def test_satu_orang_sama_dengan_barisnya(tabel, regulasi) -> None:
    """Vector = scalar: one employee alone (with the superior's plans that their own hang on) gets the same."""
    semua = kj.nilai(tabel, regulasi, **_periode(regulasi)).pegawai
    for nip in tabel["pegawai"]["nip"].iloc[[0, 5, 11, 17]]:
        sendiri = {**tabel, "pegawai": _serumpun(tabel["pegawai"], nip)}
        for nama in ("perilaku", "penilaian", "hukuman"):
            sendiri[nama] = tabel[nama][tabel[nama]["nip"].isin(sendiri["pegawai"]["nip"])]
        satu = kj.nilai(sendiri, regulasi, **_periode(regulasi)).pegawai
        i, j = int(semua.kunci.get_loc(nip)), int(satu.kunci.get_loc(nip))
        for nama in semua.graf.urutan:
            x, y = semua[nama].satu(i), satu[nama].satu(j)
            assert x == y
            assert isinstance(x, Fraction | str | None)
    assert isinstance(semua[semua.graf.urutan[0]], Pecahan | Kode)


def _serumpun(pegawai: pd.DataFrame, nip: str) -> pd.DataFrame:
    """The employee, those above (their plans count in cascading) and those directly below (sanctions reach up)."""
    atas = pegawai.set_index("nip")["atasan"]
    ikut = {nip, *pegawai["nip"][pegawai["atasan"] == nip]}
    while isinstance(naik := atas.get(nip), str):
        ikut.add(nip := naik)
    return pegawai[pegawai["nip"].isin(ikut)]
