"""The library: every entry is usable and says how sure it is; the search forgives endings and slips."""

from __future__ import annotations

import pytest

from kinerja.data.skema import POLARITAS, RUMUS
from kinerja.iki.pustaka import JENJANG, KOLOM, cari_pustaka, pustaka
from kinerja.iki.target import periksa_target, tebak_polaritas

SEMUA = pustaka()


def test_setiap_entri_lengkap():
    assert len(SEMUA) >= 120
    for kolom in ("indikator", "jabatan", "urusan", "satuan", "status", "sumber"):
        assert (SEMUA[kolom].str.strip() != "").all(), kolom
    assert set(SEMUA["jenjang"]) == set(JENJANG)
    assert set(SEMUA["polaritas"]) <= set(POLARITAS)
    assert set(SEMUA["rumus"]) <= set(RUMUS)
    assert not SEMUA.duplicated(["indikator", "jabatan"]).any()


def test_status_jujur():
    ilustratif = SEMUA["status"] == "ilustratif"
    karangan = SEMUA["sumber"].str.startswith("Disusun untuk")
    assert (ilustratif[karangan]).all()
    assert (~ilustratif).sum() >= 20
    assert set(SEMUA["status"]) <= {"teks", "dua-sumber", "sekunder", "ilustratif"}


def test_entri_lolos_pemeriksa_target_sendiri():
    """The examples that we hand out have a unit, a polarity and a formula that belong together."""
    temuan = periksa_target(SEMUA[["indikator", "satuan", "polaritas", "rumus"]])
    assert temuan[["baris", "pesan"]].to_dict("records") == []
    duga = tebak_polaritas(SEMUA)["polaritas"]
    assert (duga == SEMUA["polaritas"]).mean() > 0.98


@pytest.mark.parametrize(
    ("kata", "jabatan"),
    [
        ("puskesmas", "Kepala Puskesmas"),
        ("guru", "Guru"),
        ("perawat", "Perawat"),
        ("perencana", "Perencana"),
        ("arsiparis", "Arsiparis"),
        ("PBJ", "Pengelola Pengadaan Barang dan Jasa"),
        ("auditor", "Auditor"),
        ("camat", "Camat"),
        ("satpol pp", "Polisi Pamong Praja"),
        ("bendahara", "Bendahara"),
        ("widyaiswara", "Widyaiswara"),
    ],
)
def test_jabatan_yang_sering_dicari_ada(kata, jabatan):
    assert jabatan in cari_pustaka(kata, banyak=100)["jabatan"].tolist()


def test_jenjang_menyaring():
    hasil = cari_pustaka("puskesmas", jenjang="pengawas")
    assert len(hasil) >= 4
    assert set(hasil["jenjang"]) == {"pengawas"}
    assert hasil.equals(cari_pustaka("puskesmas", jenjang="Eselon IV"))
    with pytest.raises(ValueError, match="yang ada: kepala_daerah, jpt"):
        cari_pustaka("puskesmas", jenjang="eselon V")


@pytest.mark.parametrize("kata", ["Pelayanan", "melayani", "pelayannan", "PELAYANAN "])
def test_imbuhan_dan_salah_ketik_dimaafkan(kata):
    hasil = cari_pustaka(kata, banyak=500)
    assert (hasil["indikator"] + hasil["jabatan"]).str.contains("ayanan").any()


def test_semua_kata_harus_cocok_dan_urut_menurut_kecocokan():
    hasil = cari_pustaka("waktu tunggu", banyak=100)
    gabung = hasil[["indikator", "jabatan"]].agg(" ".join, axis=1).str.lower()
    assert (gabung.str.contains("waktu") & gabung.str.contains("tunggu")).any()
    assert hasil["cocok"].is_monotonic_decreasing
    assert tuple(hasil.columns) == (*KOLOM, "cocok")


def test_tidak_ada_yang_cocok_dan_tanpa_kata():
    assert cari_pustaka("xyzzy").empty
    assert cari_pustaka("!!!").empty
    assert len(cari_pustaka(banyak=7)) == 7
    assert cari_pustaka(banyak=1)["status"].item() == "teks"  # the better attested first
    assert set(cari_pustaka(jabatan="camat")["jabatan"]) >= {"Camat"}
    assert not cari_pustaka(urusan="kesehatan", banyak=100).empty
