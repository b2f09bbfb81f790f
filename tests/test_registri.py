"""The timeline at every change date, its refusals, and where rules meet."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

import kinerja.regulasi as regulasi
from kinerja.parameter import GalatParameter, kebijakan, muat
from kinerja.regulasi import berlaku, bersinggungan, linimasa, perbedaan
from kinerja.regulasi.registri import BERKAS, KOLOM, KOLOM_BEDA

SEHARI = dt.timedelta(days=1)
GARIS = [None, "kemenkeu"]
STATUS = {"teks", "dua-sumber", "sekunder", "tafsir", "belum-terverifikasi", "asumsi"}


@pytest.mark.parametrize("instansi", GARIS)
def test_garis_waktu_tanpa_lubang_dan_tumpang_tindih(instansi: str | None) -> None:
    garis = linimasa(instansi)
    assert garis["mulai"].iloc[0] == dt.date(2014, 1, 1)
    assert garis["sampai"].iloc[-1] is None
    for lama, baru in zip(garis["sampai"], garis["mulai"].iloc[1:], strict=False):
        assert lama + SEHARI == baru


@pytest.mark.parametrize("instansi", GARIS)
def test_setiap_tanggal_perubahan_punya_satu_peraturan_yang_lengkap(instansi: str | None) -> None:
    """On its first and last day each regulation is the answer and its whole file is in force; where the
    rules are not established the answer is a refusal that says so."""
    for baris in linimasa(instansi).itertuples():
        for hari in {baris.mulai, baris.sampai or dt.date(2026, 12, 31)}:
            if baris.regulasi is None:
                with pytest.raises(GalatParameter, match=f"belum terbukti \\({baris.dasar}"):
                    berlaku(hari, instansi)
                continue
            assert berlaku(hari, instansi) == baris.regulasi
            assert len(kebijakan(hari).bagian(baris.regulasi)) > 0
            semua = [j for j in muat().parameter if j.startswith(f"{baris.regulasi}.")]
            tetap = {j for j in semua if muat()[j].waktu[0].sejak <= baris.mulai}
            assert tetap <= set(kebijakan(hari).jalur())


def test_hari_demi_hari_setahun_yang_berganti_peraturan() -> None:
    hari = [dt.date(2021, 1, 1) + n * SEHARI for n in range(365)]
    jawab = [berlaku(h) for h in hari]
    assert jawab == ["pp-46-2011"] * 181 + ["permenpanrb-8-2021"] * 184
    bagian = linimasa(None, hari[0], hari[-1])
    assert bagian[["mulai", "sampai", "regulasi"]].to_numpy().tolist() == [
        [dt.date(2021, 1, 1), dt.date(2021, 6, 30), "pp-46-2011"],
        [dt.date(2021, 7, 1), dt.date(2021, 12, 31), "permenpanrb-8-2021"],
    ]
    assert linimasa(None, dt.date(2022, 1, 1), dt.date(2022, 12, 31))["regulasi"].tolist() == [
        "permenpanrb-6-2022"
    ]


def test_sebelum_2014_dan_instansi_asing() -> None:
    with pytest.raises(
        GalatParameter, match=r"pada 31 Desember 2013\. .*DP3 \(PP 10/1979\), di luar meja kerja"
    ):
        berlaku("2013-12-31")
    with pytest.raises(GalatParameter, match=r"kemenkue tidak dikenal\. Yang ada: babel, kemenkeu, sumbar"):
        berlaku("2023-01-01", "kemenkue")
    with pytest.raises(GalatParameter, match="bukan tanggal"):
        berlaku("2023-02-30")
    assert berlaku("2023-01-01", "sumbar") == berlaku("2023-01-01") == "permenpanrb-6-2022"


def test_skenario_dapat_mengisi_yang_belum_terbukti() -> None:
    k = kebijakan("2023-01-01")
    lain = k.dengan({f"{BERKAS}.rezim_kemenkeu": {"2022-07-28": "kmk-127-2026"}})
    assert berlaku(lain, "kemenkeu") == "kmk-127-2026"
    assert berlaku(lain) == "permenpanrb-6-2022"
    with pytest.raises(GalatParameter, match=r"KMK 300/2022; status belum-terverifikasi"):
        berlaku(k, "kemenkeu")


def test_persinggungan_selalu_lebih_dari_satu_aturan() -> None:
    semua = bersinggungan()
    assert list(semua) == KOLOM
    assert (semua.groupby("perkara").size() >= 2).all()
    assert not semua.duplicated(["perkara", "aturan"]).any()
    assert set(semua["status"]) <= STATUS
    assert (semua[["pasal", "isi", "sumber"]] != "").all(axis=None)
    for b in semua.itertuples():
        assert b.mulai is None or b.sampai is None or b.mulai <= b.sampai
        # two sources say two sources; the text itself is named by at least one
        assert b.status != "dua-sumber" or ";" in b.sumber
    for perkara in (
        "Predikat kinerja pegawai",
        "Sanksi tidak masuk kerja tanpa alasan sah",
        "Masa perbaikan kinerja",
        "Potongan penghasilan karena hukuman disiplin",
        "Pindah jabatan atau unit di tengah tahun",
        "Sanksi karena kinerja rendah",
        "Akibat predikat bagi karier",
        "Nilai tugas atau kinerja tambahan",
        "Capaian indikator yang makin kecil makin baik",
        "Waktu penilaian dan nilai setahun",
        "Laporan kinerja tidak disampaikan",
    ):
        assert perkara in set(semua["perkara"])


def test_perbedaan_menunjuk_baris_yang_ada_dan_terlihat_di_kedua_sisi() -> None:
    beda, semua = perbedaan(), bersinggungan()
    assert list(beda) == KOLOM_BEDA
    assert set(beda["status"]) == {"tafsir"}
    baris = {(p, a): b for p, a, b in semua[["perkara", "aturan", "berbeda"]].to_numpy()}
    for p, satu, dua, isi, _ in beda.to_numpy():
        assert f"dengan {dua}: {isi}" in baris[p, satu]
        assert f"dengan {satu}: {isi}" in baris[p, dua]
    # whatever meets disagrees somewhere, but for what all decide alike
    sepakat = set(semua["perkara"]) - set(beda["perkara"])
    assert sepakat == {"Penghasilan CPNS", "Batas semua potongan sebulan"}
    # CPNS are paid alike everywhere: they meet without disagreeing
    cpns = semua[semua["perkara"] == "Penghasilan CPNS"]
    assert set(cpns["berbeda"]) == {""}
    assert cpns["isi"].nunique() == 1


def test_persinggungan_pada_satu_hari() -> None:
    predikat = {
        hari: b[b["perkara"] == "Predikat kinerja pegawai"]["aturan"].tolist()
        for hari in ("2020-01-01", "2021-07-01", "2023-01-01", "2026-01-01")
        if (b := bersinggungan(hari)) is not None
    }
    assert predikat == {
        "2020-01-01": [],  # one rule alone meets nobody
        "2021-07-01": [],
        "2023-01-01": ["PP 30/2019", "PermenPANRB 6/2022"],
        "2026-01-01": ["PP 30/2019", "PermenPANRB 6/2022", "KMK 127/2026"],
    }
    tanpa_kmk = bersinggungan("2023-01-01")
    assert not tanpa_kmk["berbeda"].str.contains("KMK 127/2026").any()
    assert bersinggungan("2026-01-01")["berbeda"].str.contains("KMK 127/2026").any()


def test_rezim_dan_persinggungan_memakai_tanggal_yang_sama() -> None:
    """PP 46/2011 ends in both on the same day."""
    akhir = linimasa().set_index("regulasi")["sampai"]["pp-46-2011"]
    pp46 = bersinggungan().query("aturan == 'PP 46/2011'")
    assert set(pp46["sampai"]) == {akhir}


def test_pintu_depan_ringan_dan_menolak_nama_asing() -> None:
    with pytest.raises(AttributeError, match="tidak punya 'berlakulah'; yang ada: berlaku, bersinggungan"):
        regulasi.berlakulah  # noqa: B018
    kode = "import sys, kinerja.regulasi; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", kode], check=False).returncode == 0
