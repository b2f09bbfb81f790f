"""The report of a policy comparison: whole packs or nothing, every table adding up; and the tables of lesson 07."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pypdf
import pytest

import kinerja as kj
from kinerja import gambar_tukin
from kinerja.cli import main
from kinerja.laporan import kebijakan
from kinerja.parameter import AKAR_PARAMS, GalatParameter
from kinerja.parameter import kebijakan as hukum
from kinerja.simulasi import Skenario, bandingkan, cari, geser
from kinerja.simulasi.slip import potongan
from kinerja.tampil import MIME_BLOK

NASKAH = """
judul: Uji dua usulan (ilustratif)
populasi: {cakupan: opd, pegawai: 120, benih: 3}
skenario:
  - {nama: Sekarang, skema: tpp-60-40, instansi: sumbar, tanpa: [pajak]}
  - {nama: "Jarak <lebar>", skema: tpp-60-40, instansi: sumbar, tanpa: [pajak], ubah: jarak-predikat-ilustratif}
  - {nama: Porsi 80, skema: tpp-60-40, instansi: sumbar, tanpa: [pajak], ubah: porsi-kinerja-ilustratif}
"""


@pytest.fixture(scope="module")
def naskah(tmp_path_factory: Any) -> Path:
    berkas = tmp_path_factory.mktemp("naskah") / "uji.yaml"
    berkas.write_text(NASKAH, encoding="utf-8")
    return Path(berkas)


@pytest.fixture(scope="module")
def kini() -> Any:
    orang = kj.simulasi.buat("provinsi", 1500, benih=2)
    return Skenario("Sekarang", "tpp-60-40", instansi="sumbar", tanpa=["pajak"]).jalankan(orang)


def test_satu_paket_setiap_pasangan(naskah: Path, tmp_path: Path, capsys: Any) -> None:
    tujuan = tmp_path / "hasil"
    assert main(["banding", str(naskah), "--keluaran", str(tujuan)]) == 0
    assert capsys.readouterr().out.startswith("2 laporan di ")
    ada = sorted(b.name for b in tujuan.iterdir())
    dasar = ["kebijakan-1-jarak-lebar", "kebijakan-2-porsi-80"]
    assert ada == sorted(f"{d}.{a}" for d in dasar for a in ("ipynb", "html", "pdf"))
    html = (tujuan / f"{dasar[0]}.html").read_text(encoding="utf-8")
    assert "Jarak &lt;lebar&gt;" in html
    assert "Jarak <lebar>" not in html
    assert str(tmp_path) not in html
    pdf = pypdf.PdfReader(io.BytesIO((tujuan / f"{dasar[1]}.pdf").read_bytes()))
    teks = " ".join(" ".join(h.extract_text().split()) for h in pdf.pages)
    for kata in (
        "Porsi 80 dibandingkan dengan Sekarang",
        "ilustratif",
        "Lampiran 2. Asumsi",
        "pegawai sintetis",
    ):
        assert kata in teks
    nb = nbformat.read(tujuan / f"{dasar[0]}.ipynb", as_version=4)
    blok = [
        o.data[MIME_BLOK]["jenis"]
        for s in nb.cells
        for o in s.get("outputs", ())
        if MIME_BLOK in o.get("data", {})
    ]
    assert blok.count("gambar") == 5
    assert blok.count("tabel") >= 8
    assert str(tmp_path) not in nbformat.writes(nb)
    # the name is taken now, and nothing half-written is left beside it
    assert main(["banding", str(naskah), "--keluaran", str(tujuan)]) == 2
    assert [b.name for b in tmp_path.iterdir()] == ["hasil"]


def test_naskah_salah_tidak_meninggalkan_apa_pun(tmp_path: Path, capsys: Any) -> None:
    berkas = tmp_path / "salah.yaml"
    berkas.write_text(NASKAH.replace("cakupan: opd", "cakupn: opd"), encoding="utf-8")
    assert main(["banding", str(berkas), "--keluaran", str(tmp_path / "hasil")]) == 2
    assert "cakupn" in capsys.readouterr().err
    assert [b.name for b in tmp_path.iterdir()] == ["salah.yaml"]


def test_pasangan_yang_tidak_ada(naskah: Path) -> None:
    with pytest.raises(ValueError, match="pasangan 3 tidak ada; naskah ini punya 1 sampai 2"):
        kebijakan.buka_pasangan(str(naskah), 3)
    with pytest.raises(GalatParameter, match="populasi"):
        kj.simulasi.baca({"skenario": []})


def test_laporan_menyebut_yang_diubah_dan_statusnya(naskah: Path) -> None:
    p = kebijakan.buka_pasangan(str(naskah), 2)
    ubah = kebijakan.perubahan(p)
    assert "60 % → 80 %" in ubah.baris[1][3]
    assert "Tanpa bagian: pajak." in ubah.baris[0][3]
    assert "ilustratif" in {b[-1] for b in gambar_tukin.tabel_dasar(*p.hasil).baris}
    kelas = gambar_tukin.tabel_bandingan(p.banding, "kelas").jumlah
    desil = gambar_tukin.tabel_bandingan(p.banding, "desil").jumlah
    assert kelas is not None
    assert desil is not None
    assert kelas[1:] == desil[1:]
    assert kebijakan.gambar_sebab(p).judul.startswith("Perubahan sebulan menurut sebabnya: ")


@pytest.mark.parametrize("berkas", ["jarak-predikat-ilustratif", "porsi-kinerja-ilustratif"])
def test_skenario_contoh_berlabel_ilustratif(berkas: str) -> None:
    k = hukum("2026-06-30").dengan(berkas)
    assert k.perubahan
    assert (AKAR_PARAMS / "skenario" / f"{berkas}.yaml").read_text(encoding="utf-8").count("ilustratif") >= 2


def test_gerbang_disiplin_menjumlah_sampai_rupiah(kini: Any) -> None:
    tanpa = Skenario("Tanpa", "tpp-60-40", instansi="sumbar", tanpa=["pajak", "disiplin"]).jalankan(
        kini.populasi
    )
    a, b = potongan(kini), potongan(tanpa)
    assert a["potongan_kehadiran"] > 0
    assert a["hak"] - a["dibayar"] == sum(v for k, v in a.items() if k.startswith("potongan"))
    t = gambar_tukin.tabel_gerbang(kini, tanpa)
    angka = [int(r[1].removeprefix("Rp").replace(".", "")) for r in (*t.baris, t.jumlah or ())]
    assert angka[0] + angka[1] == angka[2] == a["hak"] - a["dibayar"]
    assert angka[0] == b["hak"] - b["dibayar"]
    assert "kehadiran" in gambar_tukin.gambar_gerbang(kini).judul


def test_keadilan_pola_dan_jejak_dalam_tabel(kini: Any) -> None:
    paksa = Skenario("Pola", "tpp-60-40", instansi="sumbar", tanpa=["pajak"], pola=True).jalankan(
        kini.populasi
    )
    c = bandingkan(kini, paksa)
    k = gambar_tukin.tabel_keadilan(c)
    ragam = [float(b[1].replace(",", ".")) for b in k.baris if b[0].startswith("Ragam")]
    assert sum(ragam) == pytest.approx(100, abs=0.02)
    p = c.pola()
    pola = gambar_tukin.tabel_pola(c)
    assert pola.baris[1][1] == kj.gambar_tukin.angka(int(p["dibengkokkan"]))
    assert gambar_tukin.kalimat_pola(c).startswith("Pola yang dipaksakan meluruskan")
    usul = geser(kini, {"persen_kurang": 0})
    temuan = cari(
        usul, "indeks", plafon=int(kini.anggaran()["setahun"]), dari="0.4", sampai="0.9", langkah="0.001"
    )
    jejak = gambar_tukin.tabel_jejak(temuan)
    assert jejak.kelas_baris.count("subjumlah") == 1
    assert "Gini" in gambar_tukin.kalimat_lorenz(c)
    datar = {
        "A": kj.simulasi.tebing(kini),
        "B": kj.simulasi.tebing(geser(kini, {"persen_butuh_perbaikan": 100}), dari=70),
    }
    kalimat = gambar_tukin.kalimat_tebing(datar)
    assert "A: poin 90" in kalimat
    assert "B: tidak ada" in kalimat


def test_kalimat_sapuan_menghitung_yang_muat() -> None:
    t = pd.DataFrame({"setahun": [1_000_000_000, 2_000_000_000, 3_000_000_000]})
    assert gambar_tukin.kalimat_sapuan(t, 2_000_000_000).startswith(
        "2 dari 3 gabungan muat di bawah plafon Rp2,0 miliar"
    )
    assert gambar_tukin.kalimat_sapuan(t, 5).startswith("Tidak satu pun dari 3 gabungan")
