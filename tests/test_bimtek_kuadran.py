"""Lessons 09 to 11: dots, weights, monthly targets, stages, and the reflection card that never enters a rating."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kinerja as kj
from kinerja import gambar_kuadran, gambar_siklus
from kinerja.bimtek import bulanan, kuadran, pelajaran, refleksi
from kinerja.data.skema import RATING, SKEMA
from kinerja.kaskade import target_bulanan
from kinerja.parameter import Ketentuan, kebijakan, muat

ATURAN = kebijakan("2022-12-31")
KUADRAN = ATURAN["permenpanrb-6-2022.kuadran"].nilai
HARI = pd.Series(
    [23, 20, 21, 22, 23, 20, 23, 22, 21, 23, 21, 22],
    index=pd.RangeIndex(1, 13, name="bulan"),
    name="hari_kerja",
)


@pytest.fixture(scope="module")
def data() -> dict[str, pd.DataFrame]:
    return dict(kj.buat_contoh("sumbar", pegawai=150, benih=4))


# -- the hall's dots ---------------------------------------------------------------------------------------


def orang(*pasangan: tuple[str, str]) -> pd.DataFrame:
    isi = pd.DataFrame(pasangan, columns=["rating_hasil", "rating_perilaku"])
    return isi.set_index(pd.RangeIndex(1, len(isi) + 1))


def test_setiap_orang_satu_titik_pada_selnya() -> None:
    t = orang(("di_atas", "di_atas"), ("sesuai", "sesuai"), ("sesuai", "sesuai"), ("di_atas", "di_bawah"))
    g = gambar_kuadran.gambar_titik(t, KUADRAN, [2], "Meja 1")
    assert g.judul == "4 orang: Sangat Baik 1, Baik 2, dan Kurang 1"
    assert "Meja 1: 1 orang" in g.alt
    assert "Kurang (hasil di atas ekspektasi, perilaku di bawah ekspektasi) 1 orang" in g.alt
    assert (
        "belum dinilai"
        in gambar_kuadran.gambar_titik(t.assign(rating_hasil=[None, *t["rating_hasil"][1:]]), KUADRAN).alt
    )
    assert "Belum ada yang dinilai" in gambar_kuadran.gambar_titik(t.iloc[:0], KUADRAN).svg


@pytest.mark.parametrize("banyak", [1, 84, 400])
def test_titik_tidak_keluar_dari_selnya(banyak: int) -> None:
    g = gambar_kuadran.gambar_titik(orang(*[("sesuai", "sesuai")] * banyak), KUADRAN)
    assert g.judul == f"{banyak} orang: Baik {banyak}"
    garis = re.findall(r'd="(M [^"]+)"[^>]*stroke-linecap: round', g.svg)
    titik = np.array([[float(x), float(y)] for d in garis for x, y in re.findall(r"M ([\d.]+) ([\d.]+)", d)])
    assert len(titik) == 2 * banyak, "tepi dan isi setiap titik"
    mm = titik / (72 / 25.4)
    lebar = (170 - 31.5) / 3
    assert mm[:, 0].min() > 31 + lebar
    assert mm[:, 0].max() < 31 + 2 * lebar
    assert mm[:, 1].min() > 1 + 37 + 8
    assert mm[:, 1].max() < 1 + 2 * 37


def test_ringkas_menghitung_puncak_dan_yang_jatuh() -> None:
    t = orang(("di_atas", "di_atas"), ("sesuai", "di_bawah"), ("di_bawah", "di_bawah"), ("sesuai", "sesuai"))
    kata = gambar_kuadran.ringkas_titik(t, KUADRAN)
    assert "1 dari 9 kotak adalah Sangat Baik; di sini 1 orang (25,0 %)" in kata
    assert "1 orang turun semata-mata karena perilakunya" in kata


def test_aula_84_orang_dua_belas_meja_dari_jenjang_tertinggi(data: dict[str, pd.DataFrame]) -> None:
    a = kuadran.aula(data, "2022", 84, 7)
    assert len(a) == a["nip"].nunique() == 84
    assert a["meja"].value_counts().eq(7).all()
    assert a["meja"].nunique() == 12
    jenis = data["pegawai"].set_index("nip")["jenis_jabatan"].loc[a["nip"]]
    urut = [("jpt", "administrator", "pengawas", "fungsional", "pelaksana").index(j) for j in jenis]
    assert urut == sorted(urut)
    with pytest.raises(ValueError, match="Hanya 150 pegawai dinilai pada 2022; diminta 151"):
        kuadran.aula(data, "2022", 151)


def test_bobot_memilih_pemenang_dan_jumlahnya_seratus() -> None:
    capaian, bobot = kuadran.contoh_bobot()
    jumlah = capaian[bobot.columns] @ (bobot.T / 100)
    assert jumlah.idxmax().nunique() == 3, "setiap susunan bobot punya pemenang sendiri"
    g = gambar_kuadran.gambar_bobot(capaian, bobot)
    assert g.judul == "Hasilnya sama, bobotnya berganti: pemenangnya Gita, Hadi, dan Intan"
    tetap = gambar_kuadran.gambar_bobot(capaian.loc[["Hadi"]], bobot)
    assert tetap.judul == "Apa pun bobotnya, Hadi tetap di atas"
    with pytest.raises(ValueError, match="Susunan A, Susunan B, dan Susunan C tidak berjumlah 100"):
        gambar_kuadran.gambar_bobot(capaian, bobot.assign(Layanan=46.0))
    tabel = kuadran.tabel_capaian(capaian)
    assert dict(zip([b[0] for b in tabel.baris], [b[-1] for b in tabel.baris], strict=True)) == {
        "Gita": "Inovasi", "Hadi": "tidak ada", "Intan": "Layanan",
    }  # fmt: skip


def test_kunci_kuadran_predikatnya_dari_aturan_dan_hanya_bagi_pelatih(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tabel = kuadran.tabel_kunci(ATURAN, True)
    assert isinstance(tabel, kj.tampil.Tabel)
    assert [b[4] for b in tabel.baris] == [
        "Baik",
        "Kurang",
        "Baik",
        "Butuh Perbaikan",
        "Sangat Baik",
        "Sangat Kurang",
    ]
    assert len(kuadran.soal()) == len(tabel.baris) == 6
    assert kuadran.tabel_kunci(ATURAN, False).teks_polos() == pelajaran.HANYA_PELATIH
    assert all(b[4:] == ("", "", "") for b in kuadran.tabel_soal().baris), "lembar soal kosong"
    _tanpa_kunci(monkeypatch, kuadran, "kunci-kuadran.")
    with pytest.raises(FileNotFoundError, match="hanya ada pada pelatih"):
        kuadran.tabel_kunci(ATURAN, True)


def _tanpa_kunci(monkeypatch: pytest.MonkeyPatch, modul: object, awal: str) -> None:
    """A participant's copy: the key's file is not there."""
    k = muat()
    sisa = {j: p for j, p in k.parameter.items() if not j.startswith(awal)}
    monkeypatch.setattr(modul, "muat", lambda: Ketentuan(k.akar, sisa, k.instansi))


def test_matriks_peran_tanpa_kode_dan_tanpa_bobot(data: dict[str, pd.DataFrame]) -> None:
    atasan = kj.kaskade.pemimpin(data, "disdik")[0]
    t = kuadran.tabel_peran(data, atasan, 2)
    assert t.judul == "Matriks peran hasil Kepala Dinas Pendidikan"
    assert t.kolom[0].nama == "Anggota"
    assert len(t.kolom) == 3
    assert "tidak ditampilkan" in t.catatan
    assert not any("[" in s for b in t.baris for s in b)
    assert not any("bobot" in k.nama.casefold() for k in t.kolom)


# -- the reflection card never enters a rating ---------------------------------------------------------------


def test_kartu_refleksi_empat_pernyataan_setiap_dorongan() -> None:
    p = refleksi.pernyataan()
    assert p["dorongan"].value_counts().to_dict() == dict.fromkeys(("prestasi", "afiliasi", "kuasa"), 4)
    assert refleksi.hitung([]).tolist() == [0, 0, 0]
    assert refleksi.hitung(p["nomor"].tolist()).tolist() == [4, 4, 4]
    assert refleksi.hitung([1, 4, 2]).to_dict() == {"Prestasi": 2, "Afiliasi": 1, "Kuasa": 0}
    with pytest.raises(ValueError, match="Tidak ada pernyataan nomor 13; yang ada 1 sampai 12"):
        refleksi.hitung([13])
    assert len(refleksi.kartu().baris) == 12
    assert "Tidak ada nilai baik atau buruk" in refleksi.gambar_kartu([1]).alt
    for kata in ("tidak dikumpulkan", "tidak disimpan", "tidak pernah masuk rating"):
        assert kata in refleksi.catatan_aman().teks


def test_tidak_satu_pun_aturan_mengenal_kartu_refleksi() -> None:
    """By code: nothing but the lesson's own room and the package's face names it; no sheet has a column for it."""
    akar = Path(kj.__file__).parent
    pemakai = {
        b.relative_to(akar).as_posix()
        for b in akar.rglob("*.py")
        if "refleksi" in b.read_text(encoding="utf-8")
    }
    assert pemakai <= {"__init__.py", "bimtek/refleksi.py"}
    kolom = {k.nama for lembar in SKEMA.values() for k in lembar.kolom}
    assert not kolom & {"prestasi", "afiliasi", "kuasa", "refleksi", "dorongan"}


def test_predikat_usulan_dan_bayaran_sama_dengan_atau_tanpa_refleksi(data: dict[str, pd.DataFrame]) -> None:
    """By running it: with the card's numbers put into the tables every result stays the same."""
    acak = np.random.default_rng(1)

    def sisip(t: pd.DataFrame) -> pd.DataFrame:
        return t.assign(**{k: acak.integers(0, 5, len(t)) for k in ("prestasi", "afiliasi", "kuasa")})

    isi = {**data, "pegawai": sisip(data["pegawai"]), "penilaian": sisip(data["penilaian"])}
    isi["refleksi"] = sisip(data["pegawai"][["nip"]])
    for p in ("pp-46-2011", "permenpanrb-8-2021", "permenpanrb-6-2022", "kmk-127-2026"):
        pd.testing.assert_frame_equal(kj.nilai(isi, p).tabel(), kj.nilai(data, p).tabel())
    a, b = (kj.tindak_lanjut(d, "2023-01-31").usulan for d in (data, isi))
    pd.testing.assert_frame_equal(a, b)
    opd = ["dinkes"]
    bayar = [
        kj.tukin.hitung(
            kj.kaskade.potong(d, opd), "tpp-60-40", "2022-12-31", instansi="sumbar", tanpa=("pajak",)
        ).tabel()
        for d in (data, {k: v for k, v in isi.items() if k != "refleksi"})
    ]
    pd.testing.assert_frame_equal(*bayar)


# -- twelve months and four stages -----------------------------------------------------------------------------


def test_gambar_bulanan_menyebut_bulan_yang_lebih() -> None:
    muat_ = gambar_siklus.gambar_bulanan(target_bulanan(96, HARI, 0.4), "laporan")
    assert muat_.judul == "96 laporan setahun: semua bulan dapat dikerjakan menurut norma SOP"
    menumpuk = bulanan.dengan_hari(target_bulanan(96, HARI.where(HARI.index >= 10, 0), 0.4), HARI, 0.4)
    assert menumpuk["target"].sum() == 96
    assert menumpuk["kemampuan"].tolist() == target_bulanan(0, HARI, 0.4)["kemampuan"].tolist()
    g = gambar_siklus.gambar_bulanan(menumpuk, "laporan")
    assert g.judul == "96 laporan setahun: 3 bulan melebihi norma SOP"
    assert "Melebihi norma: Oktober, November, dan Desember." in g.alt


def test_target_terbesar_tepat_di_batas() -> None:
    n = int(re.search(r"adalah (\d+) laporan", bulanan.kalimat_terbesar(HARI, 0.4, "laporan"))[1])
    assert target_bulanan(n, HARI, 0.4)["cukup"].all()
    assert not target_bulanan(n + 1, HARI, 0.4)["cukup"].all()


def test_target_bulanan_pegawai_disebut_caranya(data: dict[str, pd.DataFrame]) -> None:
    nip = data["pegawai"]["nip"].iloc[5]
    t = bulanan.tabel_target(data, nip)
    cara = [b[-2] for b in t.baris]
    assert set(cara) <= {"jumlah", "posisi akhir", "rata-rata"}
    assert t.mendatar
    assert "semua target bulanannya menjadi target setahun" in t.judul
    rhk = data["rhk"].loc[data["rhk"]["nip"] == nip, "id"]
    rusak = {**data, "iki": data["iki"].assign(target_12=data["iki"]["target_12"] + 1)}
    buruk = bulanan.tabel_target(rusak, nip)
    assert {b[-2] for b in buruk.baris} == {"TIDAK COCOK"}
    assert buruk.judul.startswith(f"{len(buruk.baris)} dari ")
    with pytest.raises(ValueError, match="tidak punya indikator"):
        bulanan.tabel_target({**data, "iki": data["iki"][~data["iki"]["rhk"].isin(rhk)]}, nip)
    with pytest.raises(ValueError, match="tidak ada pada lembar pegawai"):
        bulanan.opd(data, "0" * 18)
    assert bulanan.opd(data, nip) in set(data["opd"]["kode"])
    assert bulanan.contoh_orang(kj.tindak_lanjut(data, "2023-01-31")) in set(data["pegawai"]["nip"])


def test_gambar_bayaran_menjumlah_sampai_rupiah() -> None:
    bulan = [f"2022-{b:02d}" for b in range(1, 13)]
    hak = pd.Series(4_000_000, index=bulan)
    potongan = pd.DataFrame(0, index=bulan, columns=["kinerja", "kehadiran", "cuti", "hukuman"])
    assert (
        gambar_siklus.gambar_bayaran(hak, potongan, "A", "uji").judul
        == "Setahun dibayar penuh, tanpa potongan"
    )
    potongan.loc["2022-10":, "kinerja"] = 800_001
    potongan.loc["2022-03", "hukuman"] = 500_000
    g = gambar_siklus.gambar_bayaran(hak, potongan, "A", "uji")
    assert g.judul == "Rp2.900.003 tidak dibayar setahun: kinerja Rp2.400.003 dan hukuman Rp500.000"
    assert "Okt Rp3.199.999" in g.alt
    assert "Belum ada bulan" in gambar_siklus.gambar_bayaran(hak.iloc[:0], potongan, "A", "uji").svg


def test_tahap_dan_dialog(data: dict[str, pd.DataFrame]) -> None:
    for hari in gambar_siklus.pilihan_hari("2022-10-20"):
        g = gambar_siklus.gambar_tahap(kj.siklus(data, hari))
        assert "Tindak lanjut sampai 31 Maret 2023" in g.alt
        assert g.judul.startswith("Tahun kinerja 2022: tahap ")
    siklus = kj.siklus(data, "2022-10-20")
    g = gambar_siklus.gambar_dialog(siklus)
    nol = int((siklus.pegawai["periode_berdialog"] == 0).sum())
    assert f"tidak sekali pun {nol} pegawai" in g.alt
    assert sum(map(int, re.findall(r" (\d+) pegawai", g.alt))) == len(siklus.pegawai)
    assert "Belum ada periode" in gambar_siklus.gambar_dialog(kj.siklus(data, "2022-01-20")).svg
    assert list(gambar_siklus.pilihan_hari("2022-10-20").values())[2] == "20 Oktober 2022"
    assert set(RATING) == set(KUADRAN)
