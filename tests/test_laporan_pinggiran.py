"""The edges of a report: odd periods, gaps in the data, empty agencies, wrong orders, full disks."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd
import pytest

from kinerja import cli
from kinerja.contoh import buat_contoh
from kinerja.data import Data, tulis_buku
from kinerja.laporan import bagian, isi
from kinerja.laporan.batch import Pesanan, cetak
from kinerja.laporan.buku import buku_opd
from kinerja.laporan.paket import GalatPesanan

OPD = "disdik"
Tabel = dict[str, pd.DataFrame]


@cache
def dasar() -> Tabel:
    return buat_contoh("sumbar", pegawai=20, benih=5)


def hitung(
    ubah: Callable[[Tabel], None] = lambda t: None, periode: str = "2022", info=None
) -> isi.HasilPemda:
    tabel = {k: v.copy() for k, v in dasar().items()}
    ubah(tabel)
    info = {"sifat_data": "ilustratif"} if info is None else info
    return isi.hitung_pemda(Data(tabel, pd.DataFrame(), "uji", "0" * 64, info), "sumbar", periode)


def irisan(*a, **k) -> isi.Irisan:
    """The slice as the notebook gets it, through its JSON."""
    return isi.baca_irisan(isi.tulis_irisan(isi.irisan_opd(hitung(*a, **k), OPD)))


def milik(t: Tabel, nama: str) -> pd.Series:
    p = t["pegawai"]
    return t[nama]["nip"].isin(p.loc[p["opd"] == OPD, "nip"])


def buang_pegawai(t: Tabel) -> None:
    for nama in ("rhk", "perilaku", "penilaian", "kehadiran", "hukuman", "pegawai"):
        t[nama] = t[nama][~milik(t, nama)]


def butir(x: isi.Irisan) -> dict[str, tuple[str, str]]:
    return {b.nama: (b.nilai, b.keterangan) for b in bagian.ringkasan_opd(x).butir}


def cek(x: isi.Irisan) -> dict[str, str]:
    return dict(bagian.pemeriksaan(x).baris)


@pytest.fixture(scope="module")
def buku_kecil(tmp_path_factory):
    berkas = tmp_path_factory.mktemp("kecil") / "b.xlsx"
    tulis_buku(dasar(), berkas)
    return berkas


# -- the period -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "periode", ["", "2022-", "0000", "9999", "22", "2022-7", "2022-TW0", "2022-²", "2022-00", "２０２２"]
)
def test_periode_salah_ditolak_dengan_contoh(periode):
    with pytest.raises(isi.GalatPeriode, match=r"tidak dikenal\. Tulis tahun \(2022\)"):
        hitung(periode=periode)


def test_penilaian_triwulan_tidak_menjadi_penilaian_tahun():
    def tanpa_tahunan(t: Tabel) -> None:
        p = t["penilaian"]
        t["penilaian"] = p[~(milik(t, "penilaian") & (p["periode"] == "2022"))]

    x = irisan(tanpa_tahunan)
    n = len(x.tabel["pegawai"])
    assert x.tabel["pegawai"]["predikat"].isna().all()
    assert cek(x)["Pegawai tanpa penilaian pada periode ini"] == str(n)
    # each month is paid by its quarter's rating, so nothing is missing from the pay
    assert x.tabel["pegawai"]["tpp"].notna().all()
    assert not [k for k in cek(x) if k.startswith("TPP tidak lengkap")]


@pytest.mark.parametrize(("periode", "nama"), [("2022-07", "Juli 2022"), ("2022-TW3", "Triwulan III 2022")])
def test_penilaian_tahunan_yang_dipinjam_disebut(periode, nama):
    def hanya_tahunan(t: Tabel) -> None:
        t["penilaian"] = t["penilaian"][t["penilaian"]["periode"] == "2022"]

    x = irisan(hanya_tahunan, periode=periode)
    n = str(len(x.tabel["pegawai"]))
    assert cek(x)[f"Penilaian {nama} belum ada; dipakai penilaian Tahun 2022"] == n
    assert not [k for k in cek(irisan(periode="2022-TW3")) if "dipakai penilaian" in k]


def test_bulan_tanpa_penilaian_tidak_disalahkan_pada_kelas():
    def hanya_september(t: Tabel) -> None:
        p, m = t["penilaian"], milik(t, "penilaian")
        satu = p[m & (p["periode"] == "2022-TW3")].assign(periode="2022-09")
        t["penilaian"] = pd.concat([p[~m], satu], ignore_index=True)

    x = irisan(hanya_september, periode="2022-TW3")
    assert set(x.tabel["pegawai"]["alasan_tpp"]) == {"penilaian 2 bulan belum ada"}
    assert "tukin" not in str(cek(x))


def test_tahun_laporan_dan_sesudahnya_bukan_tahun_sebelumnya():
    def tambah(t: Tabel) -> None:
        for tahun in (2022, 2023):
            t["iku"][f"realisasi_{tahun}"] = t["iku"]["realisasi"]

    judul = [k.nama for k in bagian.riwayat(irisan(tambah)).kolom]
    assert judul[3:] == ["2019", "2020", "2021", "2022"]


# -- what is unknown is not zero ------------------------------------------------------------------


@pytest.mark.parametrize("sebab", ["kehadiran", "kelas"])
def test_tpp_yang_tidak_diketahui_tidak_ditulis_nol(sebab):
    def ubah(t: Tabel) -> None:
        if sebab == "kehadiran":
            t["kehadiran"] = t["kehadiran"].iloc[:0]
        else:
            t["pegawai"].loc[t["pegawai"]["opd"] == OPD, "kelas"] = 16

    x = irisan(ubah)
    assert butir(x)["TPP dibayar"] == ("–", "belum dapat dihitung")
    assert "TPP belum dapat dihitung." in bagian.ikhtisar_opd(x).teks
    assert "Rp0" not in bagian.ikhtisar_opd(x).teks
    assert bagian.tpp_kelas(x).jumlah[2:] == ("–",) * 4
    assert set(bagian.nominatif(x).jumlah[6:]) == {"–", ""}


def test_tahun_yang_baru_terisi_sebagian_disebut_di_ringkasan_dan_daftar():
    def dua_bulan(t: Tabel) -> None:
        t["kehadiran"] = t["kehadiran"][t["kehadiran"]["bulan"].isin(["2022-01", "2022-02"])]

    x = irisan(dua_bulan)
    assert butir(x)["TPP dibayar"][1].endswith("dari besaran, 2 dari 12 bulan")
    assert "2 dari 12 bulan" in bagian.nominatif(x).catatan
    penuh = irisan()
    assert "bulan" not in butir(penuh)["TPP dibayar"][1]
    assert "bulan lain" not in bagian.nominatif(penuh).catatan


def test_pola_tidak_diperiksa_bila_belum_ada_yang_dinilai():
    def tanpa_penilaian(t: Tabel) -> None:
        t["penilaian"] = t["penilaian"][~milik(t, "penilaian")]

    x = irisan(tanpa_penilaian)
    assert x.tabel["pola"].empty
    assert "belum ada pegawai yang dinilai" in bagian.pola(x).teks
    assert "syarat pola" not in bagian.penutup(x).teks
    assert not irisan().tabel["pola"].empty


def test_tanpa_iku_tidak_menyatakan_semua_tercapai():
    x = irisan(lambda t: t.update(iku=t["iku"].iloc[:0]))
    assert (
        bagian.sebab(x).teks == "Belum ada indikator yang dapat dinilai dan tidak ada uraian sebab dari OPD."
    )


@pytest.mark.parametrize(
    ("rupiah", "teks"),
    [
        (None, "–"),
        (0, "Rp0"),
        (999_999, "Rp1,00 juta"),
        (994_999, "Rp994.999"),
        (999_999_999, "Rp1,00 miliar"),
        (1_004_999_600, "Rp1,00 miliar"),
        (1_005_000_000, "Rp1,01 miliar"),
    ],
)
def test_rupiah_ringkas_dibulatkan_sekali(rupiah, teks):
    assert bagian.uang_ringkas(rupiah) == teks


def test_rata_rata_capaian_yang_tepat_di_tengah_dibulatkan_ke_atas():
    def tiga(t: Tabel) -> None:
        satu = t["iku"][t["iku"]["opd"] == OPD].iloc[[0]]
        nilai = [90.05, 90.15, 90.25]  # mean 90.15 exactly; the float mean is 90.14999...
        baru = [
            satu.assign(indikator=f"i{i}", rumus="maks", target=100.0, realisasi=v)
            for i, v in enumerate(nilai)
        ]
        t["iku"] = pd.concat([t["iku"][t["iku"]["opd"] != OPD], *baru], ignore_index=True)

    assert butir(irisan(tiga))["Rata-rata capaian IKU"][0] == "90,2 %"


# -- agencies -------------------------------------------------------------------------------------


def test_opd_tanpa_pegawai_tetap_mendapat_laporan(tmp_path):
    x = irisan(buang_pegawai)
    assert "tidak memuat pegawai" in bagian.ikhtisar_opd(x).teks
    assert "tidak memuat pegawai" in bagian.kaskade_teks(x).teks
    tabel = dict(dasar())
    baru = tabel["opd"].iloc[[1]].assign(kode="baru", nama="Badan Baru")
    tabel["opd"] = pd.concat([tabel["opd"], baru], ignore_index=True)
    tulis_buku(tabel, tmp_path / "b.xlsx")
    r = cetak(Pesanan("sumbar", tmp_path / "b.xlsx", "2022", tmp_path, opd=("baru",)))
    assert r.dibuat == ("baru",)
    assert {p.suffix for p in (r.map / "baru").iterdir()} == {
        ".ipynb",
        ".html",
        ".pdf",
        ".docx",
        ".xlsx",
        ".json",
    }


def test_lanjutkan_dengan_format_lain(buku_kecil, tmp_path):
    semua = Pesanan("sumbar", buku_kecil, "2022", tmp_path, opd=(OPD,), format=("html", "xlsx"))
    map_ = cetak(semua).map
    # fewer formats are already there: nothing is made again, nothing disappears, the index still links all
    sedikit = cetak(replace(semua, format=("html",), lanjutkan=True))
    assert sedikit.dilewati == (OPD,)
    assert (map_ / OPD / f"nominatif-{OPD}.xlsx").is_file()
    assert f"{OPD}/nominatif-{OPD}.xlsx" in (map_ / "index.html").read_text(encoding="utf-8")
    # another agency in another format does not make this pack look unmade
    cetak(replace(semua, opd=("rsud",), format=("html",)))
    assert f"{OPD}/nominatif-{OPD}.xlsx" in (map_ / "index.html").read_text(encoding="utf-8")
    # more formats than there are: made again
    lebih = cetak(replace(semua, opd=("rsud",), lanjutkan=True))
    assert lebih.dibuat == ("rsud",)
    assert (map_ / "rsud" / "nominatif-rsud.xlsx").is_file()


def test_pimpinan_menandatangani_dengan_jabatannya():
    h = hitung()
    jabatan = {k: isi.irisan_opd(h, k).meta["kepala"]["jabatan"] for k in ("setda", "rsud", OPD)}
    assert jabatan == {
        "setda": "Sekretaris Daerah",
        "rsud": "Direktur Rumah Sakit Umum Daerah Provinsi",
        OPD: "Kepala Dinas Pendidikan",
    }
    assert bagian.tanda_tangan(isi.irisan_opd(h, "rsud")).pihak[0].jabatan == jabatan["rsud"]

    def tanpa_kepala(t: Tabel) -> None:
        t["opd"]["kepala_nip"] = pd.Series([None] * len(t["opd"]), dtype="str")

    assert irisan(tanpa_kepala).meta["kepala"]["jabatan"] == "Pimpinan Dinas Pendidikan"


def test_tanda_ilustratif_tidak_bergantung_pada_huruf_besar():
    assert irisan(info={"sifat_data": " Ilustratif "}).meta["tanda"].startswith("ILUSTRATIF")
    assert irisan(info={"sifat_data": "nyata"}).meta["tanda"] == ""
    assert irisan(info={}).meta["tanda"] == ""


def test_teks_panjang_dan_penuh_ampersan_tetap_menjadi_laporan(tmp_path):
    def ubah(t: Tabel) -> None:
        p = t["pegawai"]
        p.loc[p["opd"] == OPD, "nama"] = 'O\'Brien "Siti"\n\tNur & <b>'
        p.loc[p["opd"] == OPD, "jabatan"] = "x" * 3000
        t["opd"].loc[t["opd"]["kode"] == OPD, "nama"] = "Dinas &" * 60
        t["iku"].loc[t["iku"]["opd"] == OPD, "sebab"] = "kata " * 600

    x = irisan(ubah)
    (tmp_path / "b.xlsx").write_bytes(buku_opd(x))
    ws = openpyxl.load_workbook(tmp_path / "b.xlsx")["Nominatif"]
    assert ws["B8"].value.startswith('O\'Brien "Siti"\n\tNur & <b>\n')
    assert ws["D8"].value == "x" * 3000
    assert ws.oddFooter.left.text.startswith("Dinas dan")
    assert ws.oddFooter.right.text.startswith("Halaman")
    assert bagian.rekap_predikat(x).baris[0][2] == "x" * 3000


# -- the command ----------------------------------------------------------------------------------


def test_tanpa_format_ditolak(buku_kecil, tmp_path):
    with pytest.raises(
        GalatPesanan, match=r"Belum ada format yang dipilih\. Yang ada: ipynb, html, pdf, docx, xlsx"
    ):
        cetak(Pesanan("sumbar", buku_kecil, "2022", tmp_path / "o", format=()))
    assert not (tmp_path / "o").exists()


def test_buku_kerja_instansi_lain_tidak_dicetak_dengan_kop_kita(buku_kecil, tmp_path):
    with pytest.raises(
        GalatPesanan, match=r"instansi 'sumbar' .* diminta laporan 'babel'.*--instansi sumbar"
    ):
        cetak(Pesanan("babel", buku_kecil, "2022", tmp_path / "o"))
    assert not (tmp_path / "o").exists()


def test_kode_opd_berhuruf_besar_mendapat_saran(buku_kecil, tmp_path):
    pesan = r"DISDIK \(mungkin disdik.*zzz \(tidak ada yang mirip\).*Kode yang ada: setda, disdik, rsud\."
    with pytest.raises(GalatPesanan, match=pesan):
        cetak(Pesanan("sumbar", buku_kecil, "2022", tmp_path, opd=("DISDIK", "zzz")))


def test_letak_yang_salah_dijawab_dalam_bahasa_indonesia(buku_kecil, tmp_path, capsys):
    hilang = str(tmp_path / "tak-ada" / "b.xlsx")
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    laporan = ["laporan", "--instansi", "sumbar", "--data", str(buku_kecil)]
    for perintah, pesan in (
        (["templat", hilang], "map atau berkas ini tidak ada"),
        (["contoh", "sumbar", "--pegawai", "20", "--keluaran", hilang], "map atau berkas ini tidak ada"),
        ([*laporan, "--keluaran", str(tmp_path / "berkas")], "sebagian dari letak ini adalah berkas"),
    ):
        assert cli.main(perintah) == 2
        salah = capsys.readouterr().err
        assert pesan in salah
        assert str(tmp_path) in salah
        assert "Traceback" not in salah
        assert "No such" not in salah


def test_ruang_penuh_dijawab_dengan_jalan_keluar(monkeypatch, capsys):
    def penuh(_):
        raise OSError(errno.ENOSPC, "No space left on device", "laporan.pdf")

    monkeypatch.setattr(cli, "_templat", penuh)
    assert cli.main(["templat", "x.xlsx"]) == 2
    assert capsys.readouterr().err == (
        "laporan.pdf: ruang penyimpanan penuh. Kosongkan sebagian, lalu ulangi dengan --lanjutkan.\n"
    )


def test_daftar_temuan_yang_tidak_dapat_disimpan_tidak_menutupi_temuannya(tmp_path, monkeypatch, capsys):
    tabel = {k: v.copy() for k, v in dasar().items()}
    tabel["pegawai"]["kelas"] = 99
    tulis_buku(tabel, tmp_path / "b.xlsx")
    (tmp_path / "temuan-b.csv").mkdir()  # a folder stands where the list should go
    monkeypatch.chdir(tmp_path)
    assert cli.main(["periksa", "b.xlsx"]) == 2
    salah = capsys.readouterr().err
    assert "pegawai" in salah
    assert "Daftar lengkap tidak dapat disimpan. temuan-b.csv: ini map, bukan berkas." in salah
