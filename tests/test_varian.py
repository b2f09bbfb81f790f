"""A region's own way of a regulation against the national rule, in one call, with what it rests on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kinerja as kj
from kinerja.parameter import AKAR_PARAMS, GalatParameter, instansi, kebijakan, muat
from kinerja.regulasi import banding

REG, VARIAN = "pp-30-2019", "pp-30-2019-daerah-ilustratif"
NAMA = "Varian daerah PP 30/2019 (ilustratif)"


@pytest.fixture(scope="module")
def tabel():
    return kj.buat_contoh("sumbar", pegawai=24, benih=7)


@pytest.fixture(scope="module")
def x(tabel):
    return kj.bandingkan(tabel, [REG, (REG, VARIAN)])


@pytest.mark.parametrize("berkas", sorted((AKAR_PARAMS / "skenario").glob("*.yaml")), ids=lambda b: b.stem)
def test_setiap_berkas_skenario_berlaku_dan_bersumber(berkas: Path) -> None:
    """Each file in params/skenario changes something on some day, and says how well it is established."""
    hari = max(n.sejak for p in muat().parameter.values() for n in p.waktu)
    k = kebijakan(hari, skenario=berkas.stem)
    assert k.perubahan
    for u in k.perubahan:
        n = k[u.jalur]
        assert n.sumber
        assert n.status in ("teks", "dua-sumber", "sekunder", "ilustratif")
        assert f"[status {n.status}; sumber: {'; '.join(n.sumber)}]" in k.cetak_perubahan()


def test_varian_dalam_satu_panggilan(tabel, x) -> None:
    assert x.nama == ("PP 30/2019 tanpa peraturan menteri", NAMA)
    sendiri = kj.nilai(tabel, REG, skenario=VARIAN)
    assert x.hasil[NAMA].tabel().equals(sendiri.tabel())
    nasional, daerah = (x.hasil[n].tabel()["nilai_kinerja"] for n in x.nama)
    assert (daerah <= nasional).sum() > 10  # one indicator counts 100 at most
    assert len(x.tersentuh()) == (daerah != nasional).sum() > 0


def test_status_dan_sumber_varian_tercetak(x) -> None:
    teks, laman = str(x), x._repr_html_()
    for isi in (teks, laman):
        assert "status ilustratif; sumber: Disusun untuk contoh" in isi
    assert "- Nilai satu indikator paling banyak [ilustratif], untuk Varian daerah" in teks
    batas = x.jembatan.set_index("jalur").loc["jembatan.pp_30_2019_nilai_paling_banyak"]
    assert batas["status"].tolist() == ["asumsi", "ilustratif"]
    assert batas["dipakai"].tolist() == list(x.nama)
    bersama = x.jembatan.set_index("jalur").loc["jembatan.pp_30_2019_arah_realisasi"]
    assert bersama["dipakai"] == " dan ".join(x.nama)
    penjelasan = str(x.hasil[NAMA].jelaskan(x.orang["nip"].iloc[5]))
    assert "Skenario Varian daerah" in penjelasan
    assert "ilustratif" in penjelasan


def test_varian_berupa_susunan_dan_berlapis(tabel) -> None:
    ubah = {"jembatan.pp_30_2019_nilai_paling_banyak": {"2020-01-01": 110}}
    y = kj.bandingkan(tabel, [REG, (REG, ubah), (REG, [VARIAN, ubah])])
    assert y.nama[1:] == ("PP 30/2019 tanpa peraturan menteri: Tanpa nama",
                          f"PP 30/2019 tanpa peraturan menteri: {NAMA} + Tanpa nama")  # fmt: skip
    assert {p.status for p in y.hasil[y.nama[1]].kebijakan.ketentuan[next(iter(ubah))].waktu} == {"asumsi"}
    dua = kj.bandingkan(tabel, [(REG, VARIAN), (REG, {"nama": "Batas 110", "alasan": "uji", "ubah": ubah})])
    assert dua.nama == (NAMA, "Batas 110")


def test_varian_instansi(tabel, monkeypatch) -> None:
    with pytest.raises(
        GalatParameter, match=r"Sumatera Barat belum punya varian untuk pp-30-2019\. Tambahkan varian"
    ):
        kj.bandingkan(tabel, [REG], instansi="sumbar")
    with pytest.raises(GalatParameter, match="tidak ada instansi ini"):
        kj.bandingkan(tabel, [REG], instansi="sumbarr")
    daerah = replace(instansi("sumbar"), varian={REG: VARIAN})
    monkeypatch.setattr(banding, "profil", lambda _: daerah)
    z = kj.bandingkan(tabel, ["pp-46-2011", REG], instansi="sumbar")
    assert z.nama == ("PP 46/2011", "PP 30/2019 tanpa peraturan menteri", NAMA)


def test_penolakan(tabel) -> None:
    with pytest.raises(GalatParameter, match=r"tidak ada berkas skenario ini\. Maksudnya pp-30-2019-daerah"):
        kj.bandingkan(tabel, [REG, (REG, "pp-30-2019-daerah-ilustratip")])
    with pytest.raises(GalatParameter, match="tidak ada peraturan penilaian ini"):
        kj.bandingkan(tabel, [REG, ("pp-30-2018", VARIAN)])
    with pytest.raises(GalatParameter, match="status"):
        kebijakan("2023-01-01").dengan(
            {"nama": "a", "alasan": "b", "status": "pasti", "ubah": {"x": {"2020-01-01": 1}}}
        )
