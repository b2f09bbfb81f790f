"""The chapters mutu IKI and kaskade: what they count is what the linter and the cascade found."""

from __future__ import annotations

import pandas as pd
import pytest

from kinerja import kaskade
from kinerja.contoh import buat_contoh
from kinerja.laporan import bagian, isi, mutu
from kinerja.parameter import kebijakan
from kinerja.tampil import Catatan


@pytest.fixture(scope="module")
def tabel() -> dict[str, pd.DataFrame]:
    return dict(buat_contoh("sumbar", pegawai=300))


@pytest.fixture(scope="module")
def hasil(tabel: dict[str, pd.DataFrame]) -> mutu.Mutu:
    return mutu.hitung_mutu(tabel, kebijakan("2022-12-31"), "capaian-lkjip")


def test_every_iki_is_counted_once_and_as_the_linter_says(
    tabel: dict[str, pd.DataFrame], hasil: mutu.Mutu
) -> None:
    assert len(hasil.iki) == len(tabel["iki"])
    jumlah = hasil.jumlah()
    assert jumlah["iki"].sum() == len(tabel["iki"])
    assert jumlah["iki_lemah"].sum() == hasil.iki["lemah"].sum()
    t = hasil.temuan_iki
    berat = t[t["keparahan"].isin(["galat", "peringatan"])]
    for i in hasil.iki.index[::37]:
        kode = set(berat.loc[berat["baris"] == i, "kode"])
        assert hasil.iki.at[i, "lemah"] == bool(kode - {"L12"})
        assert hasil.iki.at[i, "salinan"] == ("L12" in kode)
        assert (t.loc[t["baris"] == i, "indikator"] == hasil.iki.at[i, "indikator"]).all()
    assert {*hasil.iki["lemah"]} == {True, False}


def test_a_planted_fault_shows_in_its_own_opd_only(tabel: dict[str, pd.DataFrame], hasil: mutu.Mutu) -> None:
    rusak = dict(tabel)
    rhk = tabel["rhk"]
    milik = rhk.merge(tabel["pegawai"][["nip", "opd"]], on="nip")
    satu = milik[(milik["opd"] == "dinkes") & (milik["jenis"] == "utama")]["id"].iloc[-1]
    rusak["iki"] = tabel["iki"].assign(
        indikator=tabel["iki"]["indikator"].mask(tabel["iki"]["rhk"] == satu, "Menghadiri rapat koordinasi")
    )
    baru = mutu.hitung_mutu(rusak, kebijakan("2022-12-31"), "capaian-lkjip")
    beda = baru.jumlah()["iki_lemah"] - hasil.jumlah()["iki_lemah"]
    assert beda["dinkes"] >= 1
    contoh = mutu.iki_contoh(baru.temuan_iki[baru.temuan_iki["opd"] == "dinkes"])
    assert "Menghadiri rapat koordinasi" in set(contoh["indikator"])


def test_findings_of_the_tree_add_up(tabel: dict[str, pd.DataFrame], hasil: mutu.Mutu) -> None:
    t = mutu.temuan_kaskade(hasil.kaskade)
    assert t["jumlah"].sum() == len(kaskade.periksa(tabel, kebijakan("2022-12-31")).temuan)
    assert (t["contoh"] != "").all()
    assert (t["dasar"] != "").all()


def test_a_book_without_iki_and_without_faults_says_so() -> None:
    kosong = pd.DataFrame({"jenis_jabatan": [], "iki": [], "lemah": [], "salinan": []})
    x = isi.Irisan(
        {"individu": None, "capaian": 90.0},
        {
            "iki_jenis": kosong,
            "iki_kode": pd.DataFrame(columns=["kode", "nama", "keparahan", "jumlah"]),
            "iki_contoh": mutu.iki_contoh(
                pd.DataFrame(columns=["keparahan", "kode", "indikator", "jenis_jabatan", "baris"])
            ),
            "temuan_kaskade": mutu.temuan_kaskade(pd.DataFrame()),
        },
    )
    assert "tidak memuat" in bagian.mutu_iki_teks(x).teks
    for f in (bagian.mutu_iki, bagian.mutu_iki_contoh, bagian.kaskade_temuan, bagian.kaskade_selisih):
        assert isinstance(f(x), Catatan)


@pytest.mark.parametrize(
    ("individu", "iku", "kata", "nada"),
    [
        (97.5, 96.2, "1,3 poin di atas", "info"),
        (80, 95, "15,0 poin di bawah", "peringatan"),
        (90, 90, "sama dengan", "info"),
    ],
)
def test_the_gap_is_said_with_its_direction(individu: float, iku: float, kata: str, nada: str) -> None:
    c = bagian.kaskade_selisih(isi.Irisan({"individu": individu, "capaian": iku}, {}))
    assert kata in c.teks
    assert c.nada == nada
