"""A year scored by its parts: each part by its own regulation, joined only by what a regulation says."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import kinerja as kj
from kinerja.data import SKEMA
from kinerja.data.baca import bertipe
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.pecahan import Kode, Pecahan
from kinerja.regulasi import setahun as s


def _riwayat(*baris: tuple) -> pd.DataFrame:
    kolom = ["nip", "mulai", "opd", "unit", "jabatan", "jenis_jabatan", "jenjang", "atasan"]
    return bertipe(SKEMA["riwayat_jabatan"], pd.DataFrame(baris, columns=kolom))


@pytest.fixture(scope="module")
def tabel():
    """A small sample without movers and without dated RHK."""
    t = kj.buat_contoh("sumbar", pegawai=24, benih=7)
    t["riwayat_jabatan"] = t["riwayat_jabatan"].iloc[:0]
    t["rhk"] = t["rhk"].assign(mulai=pd.NaT, sampai=pd.NaT).astype(t["rhk"].dtypes.to_dict())
    return t


@pytest.fixture(scope="module")
def pelaku(tabel) -> str:
    """An employee with two or more RHK utama, scored by every regulation, who leads nobody."""
    utama = tabel["rhk"][tabel["rhk"]["jenis"] == "utama"].groupby("nip").size()
    calon = tabel["pegawai"][
        tabel["pegawai"]["nip"].isin(utama.index[utama >= 2])
        & (tabel["pegawai"]["jenis_jabatan"] == "pelaksana")
    ]["nip"]
    for reg in ("pp-46-2011", "permenpanrb-8-2021", "kmk-127-2026"):
        hasil = kj.nilai(tabel, reg).tabel()["predikat"].dropna()
        calon = calon[calon.isin(hasil.index)]
    return str(calon.iloc[0])


def _pindah(tabel, nip, *hari, hanya_atasan=False):
    """`nip` moves on each of `hari`; its first RHK utama ends with the first post, the others begin with it."""
    p = tabel["pegawai"].set_index("nip").loc[nip]
    lain = tabel["pegawai"]["nip"][tabel["pegawai"]["nip"] != nip].iloc[0]
    baris = []
    for i, h in enumerate(["2014-01-01", *hari]):
        tetap = hanya_atasan or i == len(hari)
        unit = p["unit"] if tetap else f"Unit {i}"
        atasan = lain if hanya_atasan and i == 0 else p["atasan"]
        baris.append((nip, h, p["opd"], unit, p["jabatan"], p["jenis_jabatan"], p["jenjang"], atasan))
    t = {**tabel, "riwayat_jabatan": _riwayat(*baris)}
    if not hanya_atasan:
        rhk = tabel["rhk"].copy()
        milik = np.flatnonzero((rhk["nip"] == nip) & (rhk["jenis"] == "utama"))
        rhk.iloc[milik[:1], rhk.columns.get_loc("sampai")] = pd.Timestamp(hari[0]) - pd.Timedelta(days=1)
        rhk.iloc[milik[1:], rhk.columns.get_loc("mulai")] = pd.Timestamp(hari[0])
        t["rhk"] = rhk
    return t


def _hanya(tabel, nip, pilih):
    """The tables where `nip` keeps only the RHK utama that `pilih` takes (a slice); tambahan stay."""
    rhk = tabel["rhk"]
    milik = rhk[(rhk["nip"] == nip) & (rhk["jenis"] == "utama")]["id"]
    buang = milik.drop(milik.index[pilih])
    return {
        **tabel,
        "rhk": rhk[~rhk["id"].isin(buang)].reset_index(drop=True),
        "iki": tabel["iki"][~tabel["iki"]["rhk"].isin(buang)].reset_index(drop=True),
    }


def _satu(hasil, nip, kolom):
    h = hasil.pegawai
    return h[kolom].satu(int(h.kunci.get_loc(nip)))


# -- a year under one regulation -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tahun", "instansi", "regulasi", "kolom"),
    [
        (2014, None, "pp-46-2011", "nilai_prestasi"),
        (2020, "sumbar", "pp-46-2011", "nilai_prestasi"),
        (2022, None, "permenpanrb-6-2022", None),
        (2026, "kemenkeu", "kmk-127-2026", "nkp"),
    ],
)
def test_tahun_utuh_sama_dengan_peraturannya(tabel, tahun, instansi, regulasi, kolom) -> None:
    tahunan = tabel["penilaian"][tabel["penilaian"]["periode"] == "2022"].assign(periode=str(tahun))
    t = {**tabel, "penilaian": tahunan}
    hasil = kj.nilai_setahun(t, tahun, instansi)
    langsung = kj.nilai(t, regulasi, dt.date(tahun, 12, 31), periode=str(tahun))
    nip = t["pegawai"]["nip"]
    assert hasil.tabel().index.tolist() == nip.tolist()
    for n in nip:
        ada = n in langsung.pegawai.kunci
        assert _satu(hasil, n, "predikat") == (_satu(langsung, n, "predikat") if ada else None)
        if kolom:
            assert _satu(hasil, n, "nilai_tahun") == _satu(langsung, n, kolom)
    tanpa = langsung.tanpa_nilai().groupby("nip")["alasan"].agg("; ".join)
    assert hasil.tanpa_nilai().set_index("nip")["alasan"].to_dict() == tanpa.to_dict()
    assert hasil.asumsi.empty
    satu = hasil.jelaskan(str(nip.iloc[3]))
    assert satu.langkah[:-1] == langsung.jelaskan(str(nip.iloc[3])).langkah
    assert satu.langkah[-1].label == "Predikat setahun"


def test_contoh_dengan_yang_pindah_tetap_sama_bagi_yang_lain(tabel_contoh) -> None:
    pindah = set(tabel_contoh["riwayat_jabatan"]["nip"])
    assert pindah
    hasil = kj.nilai_setahun(tabel_contoh, 2022)
    langsung = kj.nilai(tabel_contoh, "permenpanrb-6-2022", "2022-12-31", periode="2022")
    assert (
        hasil.tabel()["predikat"].astype(str).to_dict() == langsung.tabel()["predikat"].astype(str).to_dict()
    )
    banyak = hasil.bagian.groupby("nip").size()
    assert set(banyak.index[banyak == 2]) == pindah
    assert set(hasil.gabungan.loc[sorted(pindah), "cara"]) == {"rating tahunan ditetapkan pimpinan"}


# -- 2021 ------------------------------------------------------------------------------------------------------


def _konversi(x: Fraction) -> Fraction:
    """SE MenPANRB 3/2021 by hand; a value in a gap goes to the band above (the policy `langit`)."""
    pita = [
        (0, 50, 0, Fraction(49, 50)), (51, 60, 50, Fraction(19, 9)), (61, 75, 70, Fraction(19, 14)),
        (76, 90, 90, Fraction(19, 14)), (91, 99, 110, Fraction(10, 8)),
    ]  # fmt: skip
    for bawah, atas, awal, kemiringan in pita:
        if x <= atas:
            return awal + (max(x, Fraction(bawah)) - bawah) * kemiringan
    return Fraction(120)


def test_2021_setengah_setengah_setelah_konversi(tabel) -> None:
    hasil = kj.nilai_setahun(tabel, 2021)
    pp46 = kj.nilai(tabel, "pp-46-2011", "2021-06-30", periode="2021")
    juli = kj.nilai(tabel, "permenpanrb-8-2021", "2021-12-31", periode="2021")
    ada = 0
    for n in tabel["pegawai"]["nip"]:
        a, b = _satu(pp46, n, "nilai_prestasi"), _satu(juli, n, "nilai_kinerja")
        harus = None if a is None or b is None else _konversi(a) / 2 + b / 2
        assert _satu(hasil, n, "nilai_tahun") == harus
        ada += harus is not None
    assert ada > 15
    x = hasil.tabel()
    assert set(x["dasar"]) == {"SE MenPANRB 3/2021"}
    assert x["bagian_1_hari"].eq(181).all()
    assert x["bagian_2_hari"].eq(184).all()
    assert (x["predikat"].isna() == (x["alasan"] != "")).all()
    assert set(hasil.asumsi["jalur"]) == {s.ASUMSI[0], s.ASUMSI[2]}
    teks = str(hasil.jelaskan(str(x.index[3])))
    for penggal in (
        "Bagian 1 (1 Januari 2021 sampai 30 Juni 2021): ",
        "Bagian 2 (1 Juli 2021",
        "Nilai konversi",
    ):
        assert penggal in teks


def test_2021_buku_kerja_tersendiri_untuk_satu_bagian(tabel, pelaku) -> None:
    iki = tabel["iki"].copy()
    milik = iki["rhk"].isin(tabel["rhk"]["id"][tabel["rhk"]["nip"] == pelaku])
    iki.loc[milik, "realisasi"] = iki.loc[milik, "target"]
    semester = {**tabel, "iki": iki}
    hasil = kj.nilai_setahun(tabel, 2021, bagian={"pp-46-2011": semester})
    a = _satu(kj.nilai(semester, "pp-46-2011", "2021-06-30", periode="2021"), pelaku, "nilai_prestasi")
    b = _satu(kj.nilai(tabel, "permenpanrb-8-2021", "2021-12-31", periode="2021"), pelaku, "nilai_kinerja")
    assert _satu(hasil, pelaku, "nilai_tahun") == _konversi(a) / 2 + b / 2
    assert _satu(kj.nilai_setahun(tabel, 2021), pelaku, "nilai_tahun") != _satu(hasil, pelaku, "nilai_tahun")
    dua = kj.nilai_setahun(tabel, 2021, bagian={"pp-46-2011": semester, "permenpanrb-8-2021": tabel})
    assert dua.asumsi.empty
    with pytest.raises(
        ValueError, match=r"kmk-127-2026 tidak terpakai pada 2021\. Peraturan tahun itu: pp-46"
    ):
        kj.nilai_setahun(tabel, 2021, bagian={"kmk-127-2026": tabel})
    asing = {**semester, "pegawai": tabel["pegawai"].iloc[:1].assign(nip="1" * 18)}
    with pytest.raises(ValueError, match="memuat 1 NIP yang tidak ada di buku kerja utama"):
        kj.nilai_setahun(tabel, 2021, bagian={"pp-46-2011": asing})


def test_tahun_dan_buku_kerja_kosong(tabel) -> None:
    assert kj.nilai_setahun({n: t.iloc[:0] for n, t in tabel.items()}, 2021).tabel().empty
    for tahun in ("abc", 20222, -1):
        with pytest.raises(ValueError, match=r"tahun .* tidak dikenal\. Tulis satu tahun, misalnya 2021"):
            kj.nilai_setahun(tabel, tahun)


def test_2021_skp_menurut_tanggalnya(tabel, pelaku) -> None:
    """An SKP of January-June and one of July-December in one workbook, told apart by the dates of the RHK."""
    rhk = tabel["rhk"].copy()
    milik = np.flatnonzero((rhk["nip"] == pelaku) & (rhk["jenis"] == "utama"))
    rhk.iloc[milik[:1], rhk.columns.get_loc("sampai")] = pd.Timestamp("2021-06-30")
    rhk.iloc[milik[1:], rhk.columns.get_loc("mulai")] = pd.Timestamp("2021-07-01")
    hasil = kj.nilai_setahun({**tabel, "rhk": rhk}, 2021)
    a = kj.nilai(_hanya(tabel, pelaku, slice(0, 1)), "pp-46-2011", "2021-06-30", periode="2021")
    b = kj.nilai(_hanya(tabel, pelaku, slice(1, None)), "permenpanrb-8-2021", "2021-12-31", periode="2021")
    harus = _konversi(_satu(a, pelaku, "nilai_prestasi")) / 2 + _satu(b, pelaku, "nilai_kinerja") / 2
    assert _satu(hasil, pelaku, "nilai_tahun") == harus


def test_masuk_di_tengah_2021_tidak_digabung(tabel, pelaku) -> None:
    p = tabel["pegawai"].set_index("nip").loc[pelaku]
    isi = (
        pelaku,
        "2021-09-01",
        p["opd"],
        p["unit"],
        p["jabatan"],
        p["jenis_jabatan"],
        p["jenjang"],
        p["atasan"],
    )
    hasil = kj.nilai_setahun({**tabel, "riwayat_jabatan": _riwayat(isi)}, 2021)
    assert _satu(hasil, pelaku, "predikat") is None
    assert hasil.gabungan.loc[pelaku, "alasan"] == "pp-46-2011: belum menjabat pada bagian tahun ini"
    assert hasil.bagian[hasil.bagian["nip"] == pelaku]["hari"].tolist() == [122]


# -- moves -----------------------------------------------------------------------------------------------------


def test_pp46_pindah_rata_rata_dua_skp(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2020-05-01")
    hasil = kj.nilai_setahun(t, 2020)
    lama = kj.nilai(_hanya(tabel, pelaku, slice(0, 1)), "pp-46-2011", "2020-12-31", periode="2020")
    baru = kj.nilai(_hanya(tabel, pelaku, slice(1, None)), "pp-46-2011", "2020-12-31", periode="2020")
    a, b = (_satu(h, pelaku, "nilai_skp") for h in (lama, baru))
    harus = Fraction(60, 100) * (a + b) / 2 + Fraction(40, 100) * _satu(lama, pelaku, "nilai_perilaku")
    assert a != b
    assert _satu(hasil, pelaku, "nilai_tahun") == harus
    assert hasil.gabungan.loc[pelaku, "cara"] == "(SKP lama + SKP baru) ÷ 2"
    assert "Perka BKN 1/2013" in hasil.gabungan.loc[pelaku, "dasar"]
    x = hasil.tabel().loc[pelaku]
    assert [x["bagian_1_hari"], x["bagian_2_hari"]] == [121, 245]
    assert x["bagian_1_nilai"] == float(_satu(lama, pelaku, "nilai_prestasi"))
    assert x["bagian_2_nilai"] == float(_satu(baru, pelaku, "nilai_prestasi"))
    langkah = hasil.jelaskan(pelaku).langkah
    assert "Nilai SKP setelah pindah jabatan" in [y.label for y in langkah]
    bagian = [y.letak[0][1][:2] for y in langkah if y.letak and y.letak[0][0] == "Bagian"]
    assert bagian.count("1 ") == bagian.count("2 ") - _iki(tabel, pelaku) > 0
    # nobody else changed
    dasar = kj.nilai_setahun(tabel, 2020).tabel().drop(index=pelaku)
    pd.testing.assert_frame_equal(dasar, hasil.tabel()[dasar.columns].drop(index=pelaku))


def _iki(tabel, nip) -> int:
    """How many more steps the RHK of the new post take than the one of the old."""
    utama = tabel["rhk"][(tabel["rhk"]["nip"] == nip) & (tabel["rhk"]["jenis"] == "utama")]["id"]
    hitung = {}
    for nama, pilih in (("lama", slice(0, 1)), ("baru", slice(1, None))):
        h = kj.nilai(_hanya(tabel, nip, pilih), "pp-46-2011", "2020-12-31", periode="2020")
        hitung[nama] = len(h.jelaskan(nip).langkah)
    assert len(utama) >= 2
    return hitung["baru"] - hitung["lama"]


@pytest.mark.parametrize(("hari", "bulan"), [("2021-10-01", (3, 3)), ("2021-08-01", (1, 5))])
def test_permenpanrb8_pindah_sebanding_masa(tabel, pelaku, hari, bulan) -> None:
    t = _pindah(tabel, pelaku, hari)
    hasil = kj.nilai_setahun(t, 2021)
    lama = kj.nilai(_hanya(tabel, pelaku, slice(0, 1)), "permenpanrb-8-2021", "2021-12-31", periode="2021")
    baru = kj.nilai(_hanya(tabel, pelaku, slice(1, None)), "permenpanrb-8-2021", "2021-12-31", periode="2021")
    a, b = (_satu(h, pelaku, "nilai_skp") for h in (lama, baru))
    skp = (a * bulan[0] + b * bulan[1]) / sum(bulan)
    p = lama.pegawai.parameter
    cara = _satu(lama, pelaku, "cara_perilaku")
    kinerja = (
        skp * Fraction(p["bobot_skp"].nilai[cara]) + _satu(lama, pelaku, "nilai_perilaku") * Fraction(p["bobot_perilaku"].nilai[cara])
    ) / 100  # fmt: skip
    pp46 = kj.nilai(_hanya(tabel, pelaku, slice(0, 1)), "pp-46-2011", "2021-06-30", periode="2021")
    harus = _konversi(_satu(pp46, pelaku, "nilai_prestasi")) / 2 + kinerja / 2
    assert _satu(hasil, pelaku, "nilai_tahun") == harus
    assert hasil.bagian[hasil.bagian["nip"] == pelaku]["bagian"].tolist() == [1, 2, 3]
    teks = str(hasil.jelaskan(pelaku))
    assert "Nilai SKP proporsional" in teks
    assert "PP 30/2019 Pasal 36" in teks


def test_kmk_pindah_berbobot_hari(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2026-08-01")
    hasil = kj.nilai_setahun(t, 2026, "kemenkeu")
    hari = pd.Series(365.0, tabel["rhk"]["id"])
    milik = t["rhk"].set_index("id")
    hari[milik.index[milik["sampai"].notna()]] = 212
    hari[milik.index[milik["mulai"].notna()]] = 153
    iki = tabel["iki"].assign(hari=hari.reindex(tabel["iki"]["rhk"]).to_numpy())
    langsung = kj.nilai({**tabel, "iki": iki}, "kmk-127-2026", "2026-12-31", periode="2026")
    for n in tabel["pegawai"]["nip"]:
        assert _satu(hasil, n, "nilai_tahun") == _satu(langsung, n, "nkp")
    assert _satu(langsung, pelaku, "nkp") != _satu(kj.nilai(tabel, "kmk-127-2026"), pelaku, "nkp")
    assert hasil.gabungan.loc[pelaku, "cara"] == "setiap indikator berbobot K3 × hari"
    assert "Tabel 36" in hasil.gabungan.loc[pelaku, "dasar"]
    # a sanction counts in the part in which it began, once
    hukuman = bertipe(
        SKEMA["hukuman"],
        pd.DataFrame({"nip": [pelaku], "jenis": ["teguran_lisan"], "mulai": [pd.Timestamp("2026-03-01")]}),
    )
    (b,) = [r.data for r in kj.nilai_setahun({**t, "hukuman": hukuman}, 2026, "kemenkeu").penilaian]
    assert b["hukuman"]["nip"].tolist() == [f"{pelaku}/1"]


def test_permenpanrb6_pindah_dari_rating_tahunan_atau_kosong(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2022-10-01")
    hasil = kj.nilai_setahun(t, 2022)
    langsung = kj.nilai(tabel, "permenpanrb-6-2022", "2022-12-31", periode="2022")
    assert _satu(hasil, pelaku, "predikat") == _satu(langsung, pelaku, "predikat")
    penilaian = tabel["penilaian"]
    tanpa = {**t, "penilaian": penilaian[~((penilaian["nip"] == pelaku) & (penilaian["periode"] == "2022"))]}
    kosong = kj.nilai_setahun(tanpa, 2022)
    assert _satu(kosong, pelaku, "predikat") is None
    assert "menggabung predikat dua SKP setahun belum ditetapkan" in kosong.gabungan.loc[pelaku, "alasan"]
    # the only quarter inside October-December is the rating of that part; three quarters before it are not one
    bagian = kosong.bagian[kosong.bagian["nip"] == pelaku]
    tw4 = kj.nilai(tabel, "permenpanrb-6-2022", "2022-12-31", periode="2022-TW4")
    assert bagian["predikat"].tolist() == ["", _satu(tw4, pelaku, "predikat")]
    assert "beberapa rating belum ditetapkan" in bagian["alasan"].iloc[0]
    assert "menggabung predikat dua SKP" in str(kosong.jelaskan(pelaku))
    # unless the policy takes the last period
    skenario = {"permenpanrb-6-2022.sumber_tahunan": {"2022-01-01": "periode_terakhir"}}
    terakhir = kj.nilai_setahun(tanpa, 2022, skenario=skenario)
    tw3 = kj.nilai(tabel, "permenpanrb-6-2022", "2022-12-31", periode="2022-TW3")
    bagian = terakhir.bagian[terakhir.bagian["nip"] == pelaku]
    assert bagian["predikat"].tolist() == [_satu(tw3, pelaku, "predikat"), _satu(tw4, pelaku, "predikat")]
    assert _satu(terakhir, pelaku, "predikat") == _satu(tw4, pelaku, "predikat")


def test_ide_baru_milik_bagiannya(tabel, pelaku) -> None:
    """A new idea of the first quarter belongs to January-June, the year's to both."""
    penilaian = tabel["penilaian"].assign(ide_baru=False)
    penilaian["periode"] = penilaian["periode"].str.replace("2022", "2021")
    for periode, harus in (("2021-TW1", ["ya", "tidak"]), ("2021-TW3", ["tidak", "ya"])):
        p = penilaian.copy()
        p.loc[(p["nip"] == pelaku) & (p["periode"] == periode), "ide_baru"] = True
        hasil = kj.nilai_setahun({**tabel, "penilaian": p}, 2021)
        dapat = []
        for h in hasil.penilaian:
            isi = h.data["penilaian"]
            dapat.append("ya" if isi[isi["nip"] == pelaku]["ide_baru"].any() else "tidak")
        assert dapat == harus


def test_ganti_atasan_saja_ialah_asumsi_yang_dapat_dimatikan(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2020-05-01", hanya_atasan=True)
    hasil = kj.nilai_setahun(t, 2020)
    langsung = kj.nilai(tabel, "pp-46-2011", "2020-12-31", periode="2020")
    assert _satu(hasil, pelaku, "nilai_tahun") == _satu(langsung, pelaku, "nilai_prestasi")
    assert set(hasil.asumsi["jalur"]) == set(s.ASUMSI)
    assert set(hasil.asumsi["status"]) == {"asumsi"}
    ketat = kj.nilai_setahun(t, 2020, skenario={s.ASUMSI[1]: {"2020-01-01": False}})
    assert _satu(ketat, pelaku, "predikat") is None
    assert ketat.gabungan.loc[pelaku, "alasan"] == "ganti atasan di tengah tahun tidak diatur PP 46/2011"
    assert s.ASUMSI[1] not in set(ketat.asumsi["jalur"])
    ketat = kj.nilai_setahun(
        _pindah(tabel, pelaku, "2021-10-01", hanya_atasan=True),
        2021,
        skenario={s.ASUMSI[1]: {"2020-01-01": False}},
    )
    assert "ganti atasan di tengah tahun tidak diatur PP 30/2019" in ketat.gabungan.loc[pelaku, "alasan"]


def test_tiga_jabatan_tidak_diatur_pp46(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2020-05-01", "2020-09-01")
    hasil = kj.nilai_setahun(t, 2020)
    assert hasil.gabungan.loc[pelaku, "alasan"] == "PP 46/2011 hanya mengatur dua SKP dalam setahun"
    assert hasil.bagian[hasil.bagian["nip"] == pelaku]["kunci"].tolist() == [
        f"{pelaku}/1",
        f"{pelaku}/2",
        pelaku,
    ]


def test_rhk_dan_perilaku_bersama_dapat_ditolak(tabel, pelaku) -> None:
    tanpa_rhk = kj.nilai_setahun(tabel, 2021, skenario={s.ASUMSI[0]: {"2021-01-01": False}})
    assert tanpa_rhk.gabungan["alasan"].str.contains("belum ada RHK utama").all()
    assert s.ASUMSI[0] not in set(tanpa_rhk.asumsi["jalur"])
    tanpa_perilaku = kj.nilai_setahun(tabel, 2021, skenario={s.ASUMSI[2]: {"2021-01-01": False}})
    assert tanpa_perilaku.gabungan["alasan"].str.contains("nilai perilaku belum ada").all()
    t = _pindah(tabel, pelaku, "2020-05-01")
    t["rhk"] = tabel["rhk"]
    ketat = kj.nilai_setahun(t, 2020, skenario={s.ASUMSI[0]: {"2020-01-01": False}})
    assert ketat.gabungan.loc[pelaku, "alasan"] == "SKP atau perilaku salah satu bagian belum lengkap"
    assert (ketat.gabungan["alasan"] == "").sum() > 15


def test_atasan_yang_pindah_dikenali_pada_masanya(tabel) -> None:
    """Whoever reports to a superior who moved reports to that superior's part of the same time."""
    atasan = str(tabel["pegawai"]["atasan"].dropna().value_counts().index[0])
    bawahan = str(tabel["pegawai"]["nip"][tabel["pegawai"]["atasan"] == atasan].iloc[0])
    t = _pindah(tabel, atasan, "2026-07-01")
    t2 = _pindah(tabel, bawahan, "2026-05-01")
    t["riwayat_jabatan"] = pd.concat([t["riwayat_jabatan"], t2["riwayat_jabatan"]], ignore_index=True)
    (h,) = kj.nilai_setahun(t, 2026, "kemenkeu").penilaian
    ke = h.data["pegawai"].set_index("nip")["atasan"]
    assert ke[f"{bawahan}/1"] == f"{atasan}/1"
    assert ke[bawahan] == atasan


# -- what is refused, and what stays the same -------------------------------------------------------------------


def test_yang_belum_terbukti_kosong_beralasan(tabel) -> None:
    hasil = kj.nilai_setahun(tabel, 2022, "kemenkeu")
    x = hasil.tabel()
    assert x["predikat"].isna().all()
    assert set(x["alasan"]) == {
        "cara menggabung KMK 467/2014 lalu KMK 300/2022 dalam satu tahun belum ditetapkan"
    }
    assert set(x["bagian_1_alasan"]) == {"aturan KMK 467/2014 belum terbukti"}
    teks = str(hasil.jelaskan(str(x.index[0])))
    assert "tidak dapat dinilai" in teks
    satu = kj.nilai_setahun(tabel, 2020, "kemenkeu")
    assert set(satu.gabungan["alasan"]) == {"aturan KMK 467/2014 belum terbukti"}
    assert len(hasil.tanpa_nilai()) == len(tabel["pegawai"])


def test_peralihan_yang_bukan_1_juli_tidak_diatur(tabel) -> None:
    """The rule speaks of January-June and July-December; a scenario that moves the day has no rule."""
    skenario = {"registri.rezim_nasional": {"2021-05-01": "permenpanrb-8-2021"}}
    hasil = kj.nilai_setahun(tabel, 2021, skenario=skenario)
    assert set(hasil.bagian["hari"]) == {120, 245}
    assert hasil.tabel()["predikat"].isna().all()
    assert hasil.gabungan["alasan"].str.contains("dalam satu tahun belum ditetapkan").all()


def test_penolakan(tabel) -> None:
    with pytest.raises(GalatParameter, match="DP3"):
        kj.nilai_setahun(tabel, 2013)
    with pytest.raises(GalatParameter, match="tidak dikenal"):
        kj.nilai_setahun(tabel, 2022, "kemenkue")
    with pytest.raises(LookupError, match="tidak ada di hasil Setahun 2022"):
        kj.nilai_setahun(tabel, 2022).jelaskan("000")


def test_urutan_orang_dan_baris_tidak_berpengaruh(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2021-10-01")
    acak = np.random.default_rng(3)
    kocok = {n: x.iloc[acak.permutation(len(x))].reset_index(drop=True) for n, x in t.items()}
    a, b = kj.nilai_setahun(t, 2021), kj.nilai_setahun(kocok, 2021)
    pd.testing.assert_frame_equal(a.tabel(), b.tabel().reindex(a.tabel().index))


def test_dibandingkan_seperti_kebijakan_lain(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2021-10-01")
    hasil = kj.nilai_setahun(t, 2021)
    x = kj.bandingkan(t, [("tahun 2021", hasil), "permenpanrb-6-2022"])
    assert len(x.tabel()) == len(t["pegawai"])
    assert x.yang_berubah().set_index("nip")["dasar_sebelum"].notna().all()
    assert kj.jelaskan(hasil, pelaku) == hasil.jelaskan(pelaku)


def test_parameter_mengubah_angka_dan_penjelasannya(tabel, pelaku) -> None:
    t = _pindah(tabel, pelaku, "2020-05-01")
    skenario = {"pp-46-2011.bobot_skp": {"2020-01-01": 50}, "pp-46-2011.bobot_perilaku": {"2020-01-01": 50}}
    a, b = kj.nilai_setahun(t, 2020), kj.nilai_setahun(t, 2020, skenario=skenario)
    assert _satu(a, pelaku, "nilai_tahun") != _satu(b, pelaku, "nilai_tahun")
    assert "× 50 ÷ 100" in str(b.jelaskan(pelaku))
    assert "× 50 ÷ 100" not in str(a.jelaskan(pelaku))


def test_kolom_tetap_eksak(tabel, pelaku) -> None:
    h = kj.nilai_setahun(_pindah(tabel, pelaku, "2020-05-01"), 2020).pegawai
    assert isinstance(h["nilai_tahun"], Pecahan)
    assert isinstance(h["predikat"], Kode)
    assert kebijakan("2020-12-31")[s.ASUMSI[0]].status == "asumsi"
