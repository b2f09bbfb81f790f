"""The pay panel: levers, the still form, one slip to the rupiah."""

from __future__ import annotations

from typing import Any

import pytest

import kinerja as kj
from kinerja import gambar_tukin, widget, widget_tukin
from kinerja.simulasi.slip import SLIP, contoh, jelaskan_slip, siapa, slip
from kinerja.tampil import AngkaKunci, Catatan, Gambar, Judul, Paragraf


@pytest.fixture(scope="module")
def kini() -> Any:
    orang = kj.simulasi.buat("provinsi", 1500, benih=2)
    s = kj.simulasi.Skenario("Sekarang", "tpp-60-40", instansi="sumbar", tanpa=["pajak"])
    return s.jalankan(orang)


@pytest.fixture(scope="module")
def lab(kini: Any) -> widget_tukin.Laboratorium:
    return widget_tukin.Laboratorium(kini)


def test_tanpa_digeser_tidak_seorang_pun_berubah(lab: widget_tukin.Laboratorium) -> None:
    c = lab.ubah(**lab.awal)
    assert not c.selisih().any()
    assert "belum ada yang berubah" in gambar_tukin.gambar_kelas(c).judul
    assert gambar_tukin.kalimat(c).startswith("Anggaran setahun tetap")


def test_indeks_mengalikan_hak_semua_orang(lab: widget_tukin.Laboratorium) -> None:
    c = lab.ubah(**{**lab.awal, "indeks": 110})
    kelas = lab.kini.populasi.kolom["kelas"]
    tarif = lab.kini.bayaran.parameter["tangga"].pasti()
    indeks = lab.kini.bayaran.parameter["indeks"].pasti()
    i = int((lab.kini.bayaran.populasi.kolom["status"] == 0).argmax())  # a pns: the whole right
    tepat = tarif[int(kelas[i])] * indeks * 110 / 100
    assert c.baru.uang("hak")[i] == int(tepat + type(tepat)("0.5"))


def test_porsi_dan_persen_sampai_ke_rumus_60_40(lab: widget_tukin.Laboratorium) -> None:
    """Recomputed by hand on whole fractions: hak x (share x percent + rest), where nobody was absent."""
    from fractions import Fraction

    c = lab.ubah(**{**lab.awal, "porsi_kinerja": 70, "butuh_perbaikan": 55})
    h = lab.kini
    bersih = h.bayaran.hitung(h.predikat, h.pola, ["potongan_kehadiran", "potongan_cuti", "hak"])
    siapa_saja = (h.predikat == 2) & (bersih["potongan_kehadiran"] == 0) & (bersih["potongan_cuti"] == 0)
    assert siapa_saja.any()
    hak, kotor = bersih["hak"][siapa_saja].tolist(), c.baru.uang("kotor")[siapa_saja].tolist()
    bagian = Fraction(70, 100) * Fraction(55, 100) + Fraction(30, 100)
    # hak is itself rounded, so the product may be one rupiah away
    assert all(abs(k - x * bagian) <= 1 for x, k in zip(hak, kotor, strict=True))


def test_alpa_hanya_mengenai_yang_tidak_masuk(lab: widget_tukin.Laboratorium) -> None:
    c = lab.ubah(**{**lab.awal, "alpa": 5})
    absen = lab.kini.populasi.pola["alpa"].to_numpy()[lab.kini.pola] > 0
    assert absen.any()
    assert not c.selisih()[~absen].any()
    assert (c.selisih()[absen] < 0).any()


def test_slip_menjumlah_dan_sama_dengan_seluruh_populasi(lab: widget_tukin.Laboratorium) -> None:
    c = lab.ubah(**{**lab.awal, "porsi_kinerja": 75, "kurang": 10, "alpa": 4})
    for i in contoh(lab.kini):
        s = slip(c.baru, i)
        potongan = s[[n for n in SLIP if n.startswith("potongan")]].sum()
        assert s["hak"] - potongan == s["dibayar"] == c.baru.uang("dibayar")[i]
        jelas = jelaskan_slip(c.baru, i)
        dibayar = [x for x in jelas.langkah if x.label == "Tukin atau TPP dibayar"]
        assert dibayar[0].hasil == kj.gambar_tukin.tulisan.rupiah(int(s["dibayar"]))
        assert siapa(c.baru, i) in jelas.judul
    potong = slip(c.baru, contoh(lab.kini)[-1])
    assert potong["potongan_kinerja"] > 0


def test_contoh_satu_orang_setiap_predikat(kini: Any) -> None:
    orang = contoh(kini)
    kelas = kini.populasi.kolom["kelas"]
    assert len(set(kelas[list(orang)])) == 1
    sekelas = kini.predikat[kelas == kelas[orang[0]]]
    assert sorted(set(kini.predikat[list(orang)])) == sorted(set(sekelas))
    assert len(orang) == len(set(sekelas))


def test_bentuk_diam_memuat_keempat_bagian(kini: Any, muncul: list[object], monkeypatch: Any) -> None:
    monkeypatch.setattr(widget, "ada_orang", lambda: False)
    widget_tukin.panel_bayaran(kini, porsi_kinerja=80)
    assert [type(x) for x in muncul] == [Paragraf, AngkaKunci, *([Judul, Gambar] * 3)]
    assert isinstance(muncul[0], Paragraf)
    assert "Porsi kinerja (persen) = 80; Butuh Perbaikan (persen) = 80" in muncul[0].teks


def test_panel_langsung_mengganti_gambar_sekali_kirim(muncul: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(widget, "ada_orang", lambda: True)

    def buat(n: int) -> Any:
        if n > 3:
            raise ValueError("n paling banyak 3")
        return gambar_tukin.gambar_kosong(f"n {n}", f"isi {n} < 4", "uji")

    widget.kendali_langsung(buat, n=widget.Angka("Banyak", 1, 0, 9))
    susun, layar = muncul[0].children
    geser, baris = susun.children
    ulang = baris.children[0]
    assert "<h3>n 1</h3><svg" in layar.value
    assert layar.value.count("<style>") == 2  # ours; the picture's own would hold for the whole page
    geser.value = 2
    assert "n 2" in layar.value
    assert "isi 2 &lt; 4" in layar.value
    geser.value = 7
    assert "n paling banyak 3" in layar.value
    ulang.click()
    assert geser.value == 1
    assert "n 1" in layar.value


def test_skema_tanpa_persen_predikat_ditolak_dengan_kata() -> None:
    class Bayaran:
        persen = None
        nama = "Skema poin"

    class Hasil:
        bayaran = Bayaran()

    with pytest.raises(ValueError, match="Skema poin tidak membayar menurut predikat"):
        _ = widget_tukin.Laboratorium(Hasil()).awal  # type: ignore[arg-type]


def test_tabel_menjumlah_dan_menyebut_status(lab: widget_tukin.Laboratorium) -> None:
    c = lab.ubah(**{**lab.awal, "porsi_kinerja": 90})
    kelas, jenis = (gambar_tukin.tabel_bandingan(c, k) for k in ("kelas", "jenis_jabatan"))
    assert kelas.jumlah is not None
    assert jenis.jumlah is not None
    assert kelas.jumlah[1:] == jenis.jumlah[1:]
    dasar = gambar_tukin.tabel_dasar(lab.kini)
    assert {b[-1] for b in dasar.baris} >= {"sekunder", "asumsi"}
    assert len(gambar_tukin.tabel_asumsi(lab.kini, c.baru).baris) >= len(lab.kini.asumsi)
    assert gambar_tukin.tabel_anggaran(c).jumlah is not None


def test_catatan_peringatan_dipakai_bila_gagal() -> None:
    assert "n salah" in widget._langsung([Catatan("n salah", "peringatan")])
