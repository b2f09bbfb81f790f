"""Handouts: self-contained pages, PDFs that hold the headings, no answers for participants, whole or nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from pypdf import PdfReader

from kinerja.bimtek import glosarium, selebaran
from kinerja.bimtek.pelajaran import HANYA_PELATIH, NOTEBOOK, PINTU, pelajaran
from kinerja.cli import main
from kinerja.laporan.cabang import FORK_ADA
from kinerja.parameter import muat
from kinerja.penjelasan import Langkah, Penjelasan
from kinerja.tampil import MIME_BLOK, Judul, KolomTabel, Paragraf, Tabel

FORK = pytest.mark.skipif(not FORK_ADA, reason="uji menyuntik fungsi lewat fork")
SETIAP = ("index", "glosarium", *(p.jalur.stem for p in pelajaran()))


def periksa_halaman(html: str, ada: set[str]) -> None:
    """No internet, no script, every picture told, every link leads to a handout that is there."""
    assert "<script" not in html
    assert "default-src 'none'" in html
    badan = re.sub(r"<(pre|code)\b.*?</\1>", "", html, flags=re.DOTALL)
    for alamat in re.findall(r'(?:src|href)\s*=\s*["\']([^"\']*)', badan):
        assert alamat.startswith(("data:image/", "#")) or alamat in ada, alamat
    assert "url(" not in re.sub(r"url\(data:", "", badan)
    for img in re.findall(r"<img\b[^>]*>", badan):
        assert re.search(r'alt="[^"]{15,}"', img), img[:120]
    assert "bukan orang nyata" in html or "Pegawai sintetis" in html
    assert len(html.encode()) < selebaran.UKURAN_HALAMAN


def teks_pdf(isi: bytes) -> str:
    return " ".join(" ".join(h.extract_text().split()) for h in PdfReader(io.BytesIO(isi)).pages)


# -- parts ------------------------------------------------------------------------------------------------------


def sel(*blok: object, teks: str = "") -> nbformat.NotebookNode:
    keluaran = [v4.new_output("display_data", data=b._repr_mimebundle_()) for b in blok]
    if teks:
        keluaran.append(v4.new_output("stream", name="stdout", text=teks))
    return v4.new_code_cell("x = 1", outputs=keluaran)


def test_di_kertas_yang_tercetak_menjadi_paragraf_dan_jawaban_menjadi_ruang_menulis() -> None:
    asal = sel(Paragraf(HANYA_PELATIH), Paragraf("Biasa"), teks="Dibagi tepat: 0\n")
    langkah = [
        Langkah("Nilai", "a + b", "1 + 2 & 3", "6", "Pasal 1", "teks", letak=letak, akhir=not letak)
        for letak in ((), (("Periode", "Triwulan I"),))
    ]
    penjelasan = Penjelasan("Satu & dua", tuple(langkah))._repr_html_()
    asal.outputs.append(v4.new_output("execute_result", data={"text/html": penjelasan}))
    nb = selebaran._buku(
        selebaran._kop("A", "B", "C", False), [v4.new_markdown_cell("# Judul\n\nIsi."), asal]
    )
    assert nb.cells[1].source == "Isi."
    blok = [o.data[MIME_BLOK] for o in nb.cells[2].outputs]
    assert [b["jenis"] for b in blok] == ["tabel", "paragraf", "paragraf", "tabel"]
    assert blok[0]["baris"][0][0].strip("\n\u00a0") == "", "kosong, untuk ditulisi"
    assert blok[2]["teks"] == "Dibagi tepat: 0"
    assert blok[3]["judul"] == "Satu & dua. Hasil: Nilai = 6"
    assert blok[3]["baris"] == [
        ["Nilai = 6", "a + b\n= 1 + 2 & 3", "Pasal 1 [teks]"],
        ["Periode Triwulan I: Nilai = 6", "", ""],
        ["Nilai = 6", "a + b\n= 1 + 2 & 3", "Pasal 1 [teks]"],
    ]
    assert "text/plain" in asal.outputs[0].data, "notebook asalnya tidak berubah"
    assert asal.outputs[0].data[MIME_BLOK]["teks"] == HANYA_PELATIH


def test_untuk_kertas_judul_naik_dan_tabel_panjang_dipotong_dengan_kata() -> None:
    panjang = Tabel(
        (KolomTabel("a"),), tuple((str(i),) for i in range(30)), catatan="Asal.", kelas_baris=("",) * 30
    )
    nb = v4.new_notebook(
        cells=[v4.new_markdown_cell("## Dua\n\nTeks # bukan judul\n\n### Tiga"), sel(Judul("J", 3), panjang)]
    )
    hasil = selebaran._untuk_kertas(nb, 24)
    assert hasil.cells[0].source == "# Dua\n\nTeks # bukan judul\n\n## Tiga"
    judul, tabel = (o.data[MIME_BLOK] for o in hasil.cells[1].outputs)
    assert judul["tingkat"] == 2
    assert len(tabel["baris"]) == len(tabel["kelas_baris"]) == 24
    assert tabel["catatan"] == "Asal. 6 baris lagi ada pada halaman HTML pelajaran ini."
    assert len(selebaran._untuk_kertas(nb, None).cells[1].outputs[1].data[MIME_BLOK]["baris"]) == 30
    assert len(nb.cells[1].outputs[1].data[MIME_BLOK]["baris"]) == 30, "halaman HTML tetap lengkap"


def test_tautan_menuju_halaman_yang_ikut_dicetak() -> None:
    ada = {"index", "glosarium", "04_skala_dan_ambang"}
    assert selebaran._ke_halaman("04_skala_dan_ambang", ada) == "04_skala_dan_ambang.html"
    assert selebaran._ke_halaman("03_banding_regulasi", ada) == "index.html"
    assert selebaran._ke_halaman(Path(PINTU).stem, ada) == "index.html"


def test_ditolak_sebelum_mengerjakan_apa_pun(tmp_path: Path) -> None:
    (tmp_path / "milik.txt").write_text("saya")
    with pytest.raises(FileExistsError):
        selebaran.cetak_selebaran(tmp_path)
    with pytest.raises(ValueError, match=r"Tidak ada pelajaran 42, 99\. Yang ada: 01"):
        selebaran.cetak_selebaran(tmp_path / "baru", ["99", "01", "42"])
    assert [b.name for b in tmp_path.iterdir()] == ["milik.txt"]


def test_perintah_menolak_map_yang_ada(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "milik.txt").write_text("saya")
    assert main(["bimtek", "selebaran", "--keluaran", str(tmp_path)]) == 2
    assert "nama ini sudah dipakai" in capsys.readouterr().err


def kecil(notebook: Path, *, kunci: bool) -> nbformat.NotebookNode:
    isi = "kunci" if kunci else "peserta"
    return v4.new_notebook(cells=[v4.new_markdown_cell(f"# X\n\n## {isi} [b](03_banding_regulasi.ipynb)")])


@FORK
def test_satu_map_utuh_tiga_selebaran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selebaran, "_jalankan", kecil)
    cerita: list[str] = []
    berkas = selebaran.cetak_selebaran(tmp_path / "s", ["04"], kunci=True, kemajuan=cerita.append)
    assert [b.name for b in berkas] == [
        f"{n}.{a}" for n in ("index", "glosarium", "04_skala_dan_ambang") for a in ("html", "pdf")
    ]
    assert all(b.stat().st_size > 1000 for b in berkas)
    assert len(cerita) == 3
    for b in berkas[::2]:
        periksa_halaman(b.read_text(encoding="utf-8"), {x.name for x in berkas})
    satu = berkas[4].read_text(encoding="utf-8")
    assert "EDISI PELATIH: memuat jawaban, jangan dibagikan" in satu
    assert 'href="index.html"' in satu, "pelajaran yang tidak dicetak menuju indeks"
    kata = teks_pdf(berkas[3].read_bytes())
    for istilah in glosarium.glosarium()["istilah"]:
        assert istilah in kata, istilah


@FORK
def test_yang_gagal_disebut_semua_dan_tidak_ada_yang_tertulis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rusak(notebook: Path, *, kunci: bool) -> nbformat.NotebookNode:
        raise KeyError("sel keempat")

    monkeypatch.setattr(selebaran, "_jalankan", rusak)
    with pytest.raises(RuntimeError, match=r"(?s)04_skala_dan_ambang: .*sel keempat.*index: "):
        selebaran.cetak_selebaran(tmp_path / "s", ["04"])
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(selebaran, "_jalankan", kecil)
    monkeypatch.setattr(selebaran, "UKURAN_HALAMAN", 10)
    with pytest.raises(RuntimeError, match="lebih dari 2 MB"):
        selebaran.cetak_selebaran(tmp_path / "s", ["04"])
    assert list(tmp_path.iterdir()) == []


def test_setiap_gambar_tersimpan_di_pelajaran_beralt() -> None:
    """Quick look at what is stored, before anything is printed."""
    banyak = 0
    for b in (NOTEBOOK / PINTU, *(p.jalur for p in pelajaran())):
        for s in nbformat.read(b, 4).cells:
            for o in s.get("outputs", ()):
                assert "image/png" not in o.get("data", {}), f"{b.name}: gambar tanpa alt"
                for img in re.findall(r"<img\b[^>]*>", o.get("data", {}).get("text/html", "")):
                    assert re.search(r'alt="[^"]{15,}"', img), b.name
                    banyak += 1
    assert banyak > 40


# -- all of it ---------------------------------------------------------------------------------------------------


@pytest.mark.lambat
def test_semua_selebaran_peserta(tmp_path: Path) -> None:
    berkas = selebaran.cetak_selebaran(tmp_path / "s")
    assert [b.stem for b in berkas[::2]] == list(SETIAP)
    nama = {b.name for b in berkas}
    jawab = [str(x) for x in muat()["kunci-pelajaran.jawaban"].waktu[-1].nilai.values()]
    for b in berkas[::2]:
        html, pdf = b.read_text(encoding="utf-8"), b.with_suffix(".pdf").read_bytes()
        periksa_halaman(html, nama)
        kata = teks_pdf(pdf)
        for baris in (x.strip() for isi in jawab for x in isi.splitlines() if len(x) > 60 and "{" not in x):
            assert baris[:50] not in html, f"{b.name} memuat jawaban"
            assert baris[:50] not in kata
        assert "ILUSTRATIF: pegawai sintetis, bukan orang nyata" in kata
    for p in pelajaran():
        kata = teks_pdf((tmp_path / "s" / f"{p.jalur.stem}.pdf").read_bytes())
        assert p.judul.split(":")[0].casefold() in kata.casefold()
        for s in nbformat.read(p.jalur, 4).cells:
            for judul in re.findall(r"^## (.+)$", s.source, re.M) if s.cell_type == "markdown" else ():
                polos = " ".join(re.sub(r"[*`_]", "", judul).split())
                assert polos[:30] in kata, (p.kode, judul)
    indeks = (tmp_path / "s" / "index.html").read_text(encoding="utf-8")
    assert {f"{n}.html" for n in SETIAP if n != "index"} <= set(re.findall(r'href="([^"]+)"', indeks))


@pytest.mark.lambat
def test_edisi_pelatih_berisi_jawaban_dan_byte_yang_sama(tmp_path: Path) -> None:
    satu, dua = (selebaran.cetak_selebaran(tmp_path / n, ["04", "09"], kunci=True) for n in "ab")
    for a, b in zip(satu, dua, strict=True):
        assert a.read_bytes() == b.read_bytes(), a.name
    isi = {b.name: b for b in satu}
    kata = teks_pdf(isi["09_kuadran_dan_refleksi.pdf"].read_bytes())
    assert "Perilaku di bawah ekspektasi selalu mengalahkan" in kata
    kata = teks_pdf(isi["04_skala_dan_ambang.pdf"].read_bytes())
    assert "31,6 % lebih longgar" in kata
    assert "EDISI PELATIH" in kata
