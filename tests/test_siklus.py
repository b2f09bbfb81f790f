"""The cycle (kinerja.tahapan) on hand-made people whose stage is known, and on the sample pemda."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from kinerja.parameter import GalatParameter, kebijakan
from kinerja.tahapan import KOLOM_PEGAWAI, TAHAP, siklus

A, B, C, D = (f"19800101200501100{i}" for i in range(1, 5))


def tabel(penilaian: list[tuple[str, str, str, str, str | None]] = ()) -> dict[str, pd.DataFrame]:
    """A: complete plan. B: an RHK without IKI. C: an IKI without target. D: no RHK at all."""
    return {
        "opd": pd.DataFrame({"kode": ["dinkes", "kosong"], "nama": ["Dinas Kesehatan", "Dinas Kosong"]}),
        "pegawai": pd.DataFrame(
            {"nip": [A, B, C, D], "nama": list("ABCD"), "opd": "dinkes"}, index=[2, 3, 4, 5]
        ),
        "rhk": pd.DataFrame({"id": ["a", "b1", "b2", "c"], "nip": [A, B, B, C]}),
        "iki": pd.DataFrame(
            {
                "rhk": ["a", "a", "b1", "c"],
                "target": [10.0, 20.0, 5.0, None],
                "realisasi": [9.0, None, 5.0, None],
            }
        ),
        "perilaku": pd.DataFrame({"nip": [A], "aspek": ["loyal"], "nilai": [100]}),
        "penilaian": pd.DataFrame(
            penilaian or [],
            columns=["nip", "periode", "rating_hasil", "rating_perilaku", "catatan"],
            dtype="object",
        ),
    }


def lihat(tanggal: str, *penilaian: tuple[str, str, str, str, str | None], tahun: int = 2022) -> pd.DataFrame:
    return siklus(tabel(list(penilaian)), tanggal, tahun).pegawai.set_index("nama")


SESUAI = ("sesuai", "sesuai")


def test_perencanaan_belum_terlambat_sampai_batasnya():
    p = lihat("2022-01-31")
    assert p["tahap"].tolist() == ["pelaksanaan", "perencanaan", "perencanaan", "perencanaan"]
    assert (p["terlambat"] == "").all()
    assert p.loc["B", "berikutnya"] == "Lengkapi SKP (1 RHK tanpa IKI)"
    assert p.loc["C", "berikutnya"] == "Lengkapi SKP (1 IKI tanpa target)"
    assert p.loc["D", "berikutnya"] == "Lengkapi SKP (belum ada RHK)"
    assert p.loc["D", "batas"] == pd.Timestamp("2022-01-31")


def test_sehari_sesudah_batas_terlambat():
    p = lihat("2022-02-01")
    assert p["hari_terlambat"].tolist() == [0, 1, 1, 1]
    assert p.loc["D", "terlambat"] == "SKP (belum ada RHK)"
    assert p.loc["A", "terlambat"] == ""


def test_pelaksanaan_menunggu_lalu_menagih_tiap_triwulan():
    p = lihat("2022-04-01").loc["A"]
    assert p["berikutnya"] == "Dialog kinerja dan evaluasi Triwulan I 2022"
    assert p["batas"] == pd.Timestamp("2022-04-14")
    assert p["terlambat"] == ""
    p = lihat("2022-04-15").loc["A"]
    assert p["terlambat"] == "Evaluasi Triwulan I 2022; catatan dialog Triwulan I 2022"
    assert p["hari_terlambat"] == 1
    p = lihat("2022-04-15", (A, "2022-TW1", *SESUAI, None)).loc["A"]
    assert p["terlambat"] == "Catatan dialog Triwulan I 2022"
    assert p["berikutnya"] == "Tulis catatan dialog kinerja Triwulan I 2022"
    p = lihat("2022-04-15", (A, "2022-TW1", *SESUAI, "sepakat")).loc["A"]
    assert p["terlambat"] == ""
    assert p["berikutnya"].endswith("lalu dialog dan evaluasi Triwulan II 2022")
    assert (p["periode_berakhir"], p["periode_dinilai"], p["periode_berdialog"]) == (1, 1, 1)


def test_penilaian_sesudah_tahun_berakhir():
    empat = [(A, f"2022-TW{k}", *SESUAI, "sepakat") for k in range(1, 5)]
    p = lihat("2023-01-05", *empat).loc["A"]
    assert p["tahap"] == "penilaian"
    assert p["berikutnya"] == "Lengkapi realisasi 1 IKI"
    assert p["terlambat"] == ""
    p = lihat("2023-02-01", *empat).loc["A"]
    assert p["terlambat"] == "Realisasi 1 IKI; evaluasi tahunan 2022"
    assert p["hari_terlambat"] == 18  # since 14 January


def test_tindak_lanjut_membedakan_yang_perlu_perbaikan():
    baik = lihat("2023-03-01", (A, "2022", *SESUAI, "x")).loc["A"]
    assert baik["tahap"] == "tindak_lanjut"
    assert baik["berikutnya"].startswith("Sepakati penghargaan")
    buruk = lihat("2023-03-01", (A, "2022", "di_bawah", "sesuai", "x")).loc["A"]
    assert buruk["berikutnya"].startswith("Sepakati rencana perbaikan")
    assert buruk["batas"] == pd.Timestamp("2023-03-31")


def test_penilaian_periode_yang_belum_berakhir_tidak_dihitung():
    assert lihat("2022-06-01", (A, "2022", *SESUAI, "x")).loc["A", "tahap"] == "pelaksanaan"


def test_per_opd_dan_ringkasan():
    s = siklus(tabel(), "2022-02-01", 2022)
    assert tuple(s.pegawai.columns) == KOLOM_PEGAWAI
    assert s.pegawai.index.tolist() == [2, 3, 4, 5]
    dinkes, kosong = s.opd.to_dict("records")
    assert dinkes["pegawai"] == 4
    assert [dinkes[t] for t in TAHAP] == [3, 1, 0, 0]
    assert (dinkes["terlambat"], dinkes["persen_terlambat"], dinkes["hari_terlama"]) == (3, 75.0, 1)
    assert dinkes["paling_banyak"].startswith("SKP (")
    assert kosong["pegawai"] == 0
    assert pd.isna(kosong["persen_terlambat"])
    assert s.ringkas().startswith(
        "Per 1 Februari 2022, tahun kinerja 2022: 4 pegawai (3 perencanaan dan 1 pelaksanaan"
    )
    assert s.ringkas().endswith("3 pegawai mempunyai hal yang terlambat.")


def test_asumsi_ikut_tampil_dan_dapat_diubah():
    s = siklus(tabel(), "2022-02-01", 2022)
    assert "asumsi" in s.pegawai["dasar"].iloc[0]
    assert set(s.dasar["status"]) == {"dua-sumber", "sekunder", "asumsi"}
    longgar = kebijakan("2022-02-01").dengan({"siklus.batas": {"2022-01-01": {"perencanaan": 60}}})
    assert (siklus(tabel(), "2022-02-01", 2022, longgar).pegawai["terlambat"] == "").all()
    bulanan = kebijakan("2022-02-20").dengan({"siklus.periode_evaluasi": {"2022-01-01": "bulan"}})
    s = siklus(tabel(), "2022-02-20", 2022, bulanan)
    assert "evaluasi Januari 2022" in s.pegawai["terlambat"].iloc[1]


def test_batas_yang_belum_ditetapkan_tidak_menagih():
    tanpa = kebijakan("2022-04-15").dengan(
        {"siklus.batas": {"2022-01-01": {"dialog": None, "evaluasi_periodik": None, "perencanaan": None}}}
    )
    s = siklus(tabel(), "2022-06-15", 2022, tanpa)
    assert (s.pegawai["terlambat"] == "").all()
    assert "belum ditetapkan" in s.dasar["nilai"].tolist()
    assert s.pegawai["batas"].isna().any()


def test_tahun_dari_data_dan_tanggal_yang_salah(tabel_contoh):
    s = siklus(tabel_contoh, dt.date(2022, 7, 20))
    assert s.tahun == 2022
    assert len(s.pegawai) == len(tabel_contoh["pegawai"])
    assert s.opd["pegawai"].sum() == len(tabel_contoh["pegawai"])
    assert set(s.pegawai["tahap"]) == {"pelaksanaan"}
    with pytest.raises(ValueError, match="bukan tanggal"):
        siklus(tabel_contoh, "20 Juli 2022")
    with pytest.raises(GalatParameter, match="siklus"):
        siklus(tabel_contoh, "2010-01-01")


def test_tabel_yang_tidak_ada_dianggap_kosong():
    s = siklus({"pegawai": tabel()["pegawai"]}, "2024-02-10")
    assert s.tahun == 2024
    assert (s.pegawai["terlambat"] == "SKP (belum ada RHK)").all()
    kosong = siklus({}, "2024-02-10")
    assert kosong.pegawai.empty
    assert kosong.ringkas().endswith("0 pegawai. 0 pegawai mempunyai hal yang terlambat.")


def test_dari_muka_paket_berkali_kali(tabel_contoh):
    """A module of the same name as a public function would hide it after the first call."""
    import kinerja as kj

    for _ in range(2):
        assert kj.siklus(tabel_contoh, "2022-07-20").tahun == 2022
        assert len(kj.lembar_dialog(tabel_contoh, "2022-07-20", opd="dinkes")) == 6
        assert not kj.iki.cari_pustaka("puskesmas", jenjang="pengawas").empty
