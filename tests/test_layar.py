"""Slides for the projector: nothing of the lesson is lost, what must wait waits, people are masked, keys work."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from peramban import buka, peramban, perlu_peramban

import kinerja as kj
from kinerja import cli
from kinerja.bimtek import layar
from kinerja.bimtek.pelajaran import HANYA_PELATIH, pelajaran
from kinerja.bimtek.tabel_layar import PALING_LAYAR, tabel_layar
from kinerja.data.samaran import SAKELAR
from kinerja.gambar_iki import tabel_kunci
from kinerja.penjelasan import Langkah, Penjelasan
from kinerja.tampil import Gambar, KolomTabel, Paragraf, Tabel

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def buku(*sel: object) -> NotebookNode:
    """A notebook of markdown (str) and of cells that showed blocks (a list of them)."""
    jadi = []
    for s in sel:
        if isinstance(s, str):
            jadi.append(nbformat.v4.new_markdown_cell(s))
        else:
            keluaran = [nbformat.v4.new_output("display_data", b._repr_mimebundle_()) for b in s]
            jadi.append(nbformat.v4.new_code_cell("tampilkan()", outputs=keluaran))
    return nbformat.v4.new_notebook(cells=jadi)


def polos(html: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_judul_gambar_dan_cara_membaca() -> None:
    nb = buku(
        "# Judul pelajaran\n\nKalimat pembuka.",
        "## 1. Klinik",
        [Gambar(SVG, "Tangga", alt="Tangga hasil")],
        "**Cara membaca.** Kotak berarti lemah.",
        "**Tanyakan kepada peserta:** Siapa yang berubah?",
    )
    s = layar.slaid_dari(nb)
    assert [(x.judul, x.jenis) for x in s] == [
        ("", "teks"),
        ("1. Klinik", "gambar"),
        ("Tanyakan kepada peserta", "tanya"),
    ]
    assert "Judul pelajaran" not in polos("".join(s[0].isi))
    assert s[1].tampak == 1
    assert "Kotak berarti lemah" in s[1].isi[1]
    assert polos(s[2].isi[0]) == "Siapa yang berubah?"


def test_daftar_muncul_satu_satu_di_bawah_pengumumannya() -> None:
    s = layar.slaid_dari(buku("## Tujuan\n\nPeserta dapat:\n\n1. satu\n2. dua\n3. tiga"))
    assert len(s) == 1
    assert s[0].tampak == 2  # the line above and the first item
    assert [polos(x) for x in s[0].isi] == ["Peserta dapat:", "satu", "dua", "tiga"]
    assert "start=3" in s[0].isi[3]


def test_tabel_panjang_dipecah_tanpa_kehilangan_baris() -> None:
    t = Tabel.dari(
        pd.DataFrame({"Nama": [f"baris {i}" for i in range(30)], "Isi": ["kata " * 9] * 30}),
        jumlah=("Jumlah", "30"),
    )
    s = layar.slaid_dari(buku("## Tabel", [t]))
    isi = "".join(x for b in s for x in b.isi)
    assert len(s) > 3
    assert [f"baris {i}" for i in range(30)] == re.findall(r"baris \d+", isi)
    assert isi.count("<thead>") == len(s)
    assert isi.count("<tfoot>") == 1


@given(
    st.lists(
        st.text("abc ", min_size=1, max_size=200).map(lambda t: f"A{t.strip()}."), min_size=1, max_size=12
    )
)
def test_alinea_panjang_dipecah_di_ujung_kalimat(kalimat: list[str]) -> None:
    teks = " ".join(kalimat)
    potong = layar._penggal(teks)
    assert " ".join(potong).split() == teks.split()
    assert all(p.endswith(".") for p in potong)


def test_halaman_tidak_memanggil_apa_pun_dari_luar() -> None:
    s = layar.slaid_dari(buku("## A\n\nLihat [pelajaran 02](02_kaskade.ipynb) & <script>x</script>."))
    isi = layar.halaman_layar(s, "Judul & isi", "Pelajaran 01", 90)
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", isi)
    assert "Judul &amp; isi" in isi
    assert "<script>x" not in isi
    assert isi == layar.halaman_layar(s, "Judul & isi", "Pelajaran 01", 90)


def test_orang_disamarkan_oleh_satu_sakelar(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asli = kj.buat_contoh("sumbar", pegawai=60, benih=3)
    monkeypatch.setenv(SAKELAR, "1")
    samar = kj.buat_contoh("sumbar", pegawai=60, benih=3)
    ulang = kj.baca(kj.tulis_buku(samar, tmp_path / "samar.xlsx")).tabel
    dari_berkas = kj.baca(kj.tulis_buku(asli, tmp_path / "asli.xlsx")).tabel
    for nama, t in samar.items():
        isi = t.to_csv()
        assert not set(asli["pegawai"]["nip"]) & set(re.findall(r"\d{18}", isi)), nama
        assert not any(n in isi for n in asli["pegawai"]["nama"]), nama
    for lain in (ulang, dari_berkas):  # masked once, and the same wherever the people come from
        assert lain["pegawai"]["nip"].tolist() == samar["pegawai"]["nip"].tolist()
        assert lain["pegawai"]["nama"].tolist() == samar["pegawai"]["nama"].tolist()
    monkeypatch.setenv(SAKELAR, "0")
    assert kj.buat_contoh("sumbar", pegawai=60, benih=3)["pegawai"].equals(asli["pegawai"])


def test_map_yang_sudah_ada_dan_kode_asing_ditolak(tmp_path: Path) -> None:
    (tmp_path / "milik.txt").write_text("saya")
    with pytest.raises(FileExistsError):
        layar.cetak_layar(tmp_path)
    with pytest.raises(ValueError, match=r"Tidak ada pelajaran 99"):
        layar.cetak_layar(tmp_path / "baru", ["99"])
    assert not (tmp_path / "baru").exists()


@pytest.mark.parametrize(
    "argumen", [["98", "99"], ["98,99"], ["--pelajaran", "98,99"], ["98", "--pelajaran", "99"]]
)
def test_pelajaran_disebut_seperti_pada_perintah_lain(argumen, tmp_path, capsys) -> None:
    assert cli.main(["bimtek", "layar", *argumen, "--keluaran", str(tmp_path / "baru")]) == 2
    pesan = capsys.readouterr().err
    assert pesan.startswith("Pelajaran sedang dijalankan")
    assert "Tidak ada pelajaran 98, 99." in pesan


@pytest.mark.lambat
def test_semua_pelajaran_menjadi_layar_tanpa_nama_dan_muat(tmp_path: Path) -> None:
    perlu_peramban()
    berkas = layar.cetak_layar(tmp_path / "layar")
    assert [b.stem for b in berkas] == [p.jalur.stem for p in pelajaran()]
    with peramban() as b_:
        for b in berkas:
            isi = b.read_text(encoding="utf-8")
            assert not re.search(r"(?<!\d)(?:19|20)\d{16}(?!\d)", isi), b.name
            halaman = b_.new_page(viewport={"width": 1280, "height": 720})
            galat: list[str] = []
            halaman.on("pageerror", lambda g, galat=galat: galat.append(str(g)))
            halaman.goto(b.as_uri())
            kecil = halaman.evaluate(
                """layar.map((s, i) => { tampilkan(i, true); const x = s.querySelector(".isi");
                const tulisan = [...x.querySelectorAll(":not(figcaption, figcaption *)")].filter(
                  e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
                return [i + 1, Math.min(...tulisan.map(e => parseFloat(getComputedStyle(e).fontSize))),
                  x.scrollHeight > x.clientHeight + 1 || x.scrollWidth > x.clientWidth + 1]; })
                .filter(([, besar, lebih]) => besar < 20 || lebih)"""
            )
            assert not galat
            assert not kecil, (b.name, kecil)
            halaman.close()


def test_tombol_di_peramban(tmp_path: Path) -> None:
    perlu_peramban()
    nb = buku("## Tujuan\n\nDapat:\n\n- satu\n- dua", "**Tanyakan kepada peserta:** Siapa?")
    berkas = tmp_path / "layar.html"
    berkas.write_text(layar.halaman_layar(layar.slaid_dari(nb), "Coba", "Pelajaran 00", 5), encoding="utf-8")
    with buka(berkas.as_uri()) as p:
        tampak = "[...document.querySelectorAll('.kini .bagian')].filter(x => getComputedStyle(x).visibility === 'visible').length"
        assert p.evaluate(tampak) == 2
        p.keyboard.press("ArrowRight")
        assert p.evaluate(tampak) == 3
        p.keyboard.press("PageDown")
        assert p.evaluate("location.hash") == "#2"
        p.keyboard.press("Home")
        assert p.evaluate(tampak) == 2
        p.keyboard.press("r")
        assert p.evaluate(tampak) == 3
        p.keyboard.press("?")
        assert p.evaluate("document.getElementById('tombol').open")
        p.keyboard.press("Escape")
        p.keyboard.type("2")
        p.keyboard.press("Enter")
        assert p.evaluate("document.querySelector('.kini').textContent").count("Siapa?") == 1


def test_gambar_tinggi_diperbesar_bagian_demi_bagian(tmp_path: Path) -> None:
    perlu_peramban()
    tinggi, lebar = (SVG.replace("0 0 9 9", f"0 0 {k}") for k in ("90 90", "90 30"))
    nb = buku("## A", [Gambar(tinggi, "Tinggi", alt="tinggi")], "**Cara membaca.** Begini.")
    nb.cells += buku([Gambar(lebar, "Lebar", alt="lebar")]).cells
    berkas = tmp_path / "layar.html"
    berkas.write_text(layar.halaman_layar(layar.slaid_dari(nb), "Coba", "Pelajaran 00", 5), encoding="utf-8")
    letak = """() => { const r = gambar().querySelector("img").getBoundingClientRect(),
      k = layar[kini].querySelector(".isi").getBoundingClientRect();
      return [kini + 1, lup, r.width / k.width, r.top - k.top, r.bottom - k.bottom]; }"""
    with buka(berkas.as_uri()) as p:
        p.wait_for_function("gambar().querySelector('img').complete")
        n = p.evaluate("sebanyakLup()")
        assert n >= 2
        tampak = []
        for ke in range(1, n + 1):
            p.keyboard.press("ArrowRight")
            nomor, lup, selebar, atas, bawah = p.evaluate(letak)
            assert (nomor, lup) == (1, ke)
            assert selebar > 0.95, "selebar layar"
            tampak.append((atas, bawah))
        assert abs(tampak[0][0]) < 15, "mulai dari tepi atas gambar"
        assert abs(tampak[-1][1]) < 15, "sampai tepi bawahnya"
        assert all(a[0] > b[0] for a, b in pairwise(tampak))
        p.keyboard.press("ArrowRight")
        assert p.evaluate(letak)[:2] == [1, 0], "utuh kembali, dan yang menanti terbuka"
        assert p.evaluate("menanti().length") == 0
        p.keyboard.press("ArrowRight")
        assert p.evaluate("[kini, sebanyakLup()]") == [1, 0], "gambar lebar tidak perlu diperbesar"
        p.keyboard.press("ArrowLeft")
        assert p.evaluate(letak)[:2] == [1, 0]


def test_yang_hanya_untuk_di_komputer_tidak_menjadi_layar() -> None:
    s = layar.slaid_dari(buku("## A\n\nSatu.\n\n**Di komputer.** Ubah `x`.\n\nDua.", "## B\n\nTiga."))
    assert [polos("".join(x.isi)) for x in s] == ["Satu. Dua.", "Tiga."]
    assert [x.bagian for x in s] == ["A", "B"]


def test_baris_pendek_berdiri_di_atas_tabelnya() -> None:
    s = layar.slaid_dari(buku("# J\n\n**Waktu.** 90 menit.\n\n| Menit | Langkah |\n|---|---|\n| 0 | awal |"))
    assert [(x.jenis, x.tampak, len(x.isi)) for x in s] == [("tabel", 2, 2)]
    assert polos(s[0].isi[0]) == "Waktu. 90 menit."


def test_tabel_dibagi_rata() -> None:
    t = Tabel.dari(pd.DataFrame({"Nama": [f"baris {i}" for i in range(9)]}))
    s = layar.slaid_dari(buku("## Tabel", [t]))
    assert [len(re.findall(r"baris \d", x.isi[0])) for x in s] == [5, 4]


def isi_tabel(t: list[Tabel]) -> str:
    return " ".join(polos(x.html()) for x in t)


def test_tabel_lebar_dipecah_menurut_kolom_dan_grup() -> None:
    kolom = [
        KolomTabel("Kelas"),
        *(KolomTabel(f"Bilangan {i}", "kanan", grup=g) for g in "AB" for i in range(5)),
    ]
    t = Tabel(tuple(kolom), (("Kelas 1", *["12.345.678"] * 10),), jumlah=("Jumlah", *["99.999.999"] * 10))
    dua = tabel_layar(t.data())
    assert [[k.grup for k in x.kolom] for x in dua] == [["", *"AAAAA"], ["", *"BBBBB"]]
    assert [x.kolom[0].nama for x in dua] == ["Kelas", "Kelas"], "barisnya tetap bernama"
    assert [x.baris[0][0] for x in dua] == ["Kelas 1", "Kelas 1"]
    assert [len(x.jumlah or ()) for x in dua] == [6, 6]
    sempit = Tabel(tuple(kolom[:4]), (("Kelas 1", *["12.345.678"] * 3),))
    assert tabel_layar(sempit.data()) == [sempit]


def test_baris_yang_sepenuh_layar_menjadi_lembar() -> None:
    nama = ("Pegawai", "Usul", "Data", "Aturan", "Yang belum ada")
    isi = tuple(
        (f"Pegawai {i}", "usul", "data", "pasal", "kata yang cukup panjang untuk satu sel " * 6)
        for i in (1, 2)
    )
    t = Tabel(tuple(map(KolomTabel, nama)), isi, judul="Usulan", kelas_baris=("", "peringatan"))
    satu, dua = tabel_layar(t.data())
    assert [k.nama for k in satu.kolom] == ["Pegawai", "Pegawai 1"]
    assert [b[0] for b in dua.baris] == list(nama[1:])
    assert set(satu.kelas_baris) == {""}
    assert set(dua.kelas_baris) == {"peringatan"}


def test_tabel_sangat_panjang_menyebut_yang_tidak_tampak() -> None:
    t = Tabel.dari(
        pd.DataFrame({"Nama": [f"baris {i}." for i in range(200)]}), jumlah=("Jumlah",), catatan="Asal."
    )
    semua = tabel_layar(t.data())
    assert len(semua) == PALING_LAYAR
    tampak = sum(len(x.baris) for x in semua)
    assert re.findall(r"baris \d+\.", isi_tabel(semua)) == [f"baris {i}." for i in range(tampak)]
    assert semua[-1].catatan == f"Asal. {200 - tampak} baris lagi ada pada selebaran pelajaran ini."
    assert [x.catatan for x in semua[:-1]] == ["Asal."] * (PALING_LAYAR - 1)


@given(
    st.lists(st.lists(st.text("ab 1", max_size=90), min_size=5, max_size=5), min_size=1, max_size=12),
    st.lists(st.sampled_from(["", "G"]), min_size=5, max_size=5),
)
def test_setiap_sel_tampak_dan_urutan_baris_tetap(baris: list[list[str]], grup: list[str]) -> None:
    bertanda = tuple(tuple(f"s{i}x{j} {x}" for j, x in enumerate(b)) for i, b in enumerate(baris))
    t = Tabel(tuple(KolomTabel(f"K{j}", grup=g) for j, g in enumerate(grup)), bertanda)
    hasil = tabel_layar(t.data())
    tampak = re.findall(r"s\d+x\d+", isi_tabel(hasil))
    assert set(tampak) == {f"s{i}x{j}" for i in range(len(baris)) for j in range(5)}
    urut = [int(x[1:-2]) for x in tampak if x.endswith("x4")]
    assert urut == sorted(urut)


def test_tanpa_kunci_tidak_ada_layar_jawaban_yang_kosong() -> None:
    for tanpa in (Paragraf(HANYA_PELATIH), tabel_kunci(False)):
        assert layar.slaid_dari(buku("## Jawaban", [tanpa])) == []
    s = layar.slaid_dari(buku("## Jawaban", [tabel_kunci(True)]))[0]
    assert (s.jenis, s.tampak) == ("tabel", 0)  # a slip of the hand does not show the answers


def test_penjelasan_bercabang_menjadi_langkah_lalu_hasil_tiap_cabang() -> None:
    langkah = [
        Langkah("Predikat", "a", "b", "Baik", "Pasal 1", "bunyi", letak=letak, akhir=not letak)
        for letak in ((), *(((("Periode", f"Triwulan {n}")),) for n in ("I", "II")))
    ]
    nb = buku("## Satu\n\nSatu orang:")
    nb.cells.append(
        nbformat.v4.new_code_cell(
            "jelaskan()",
            outputs=[
                nbformat.v4.new_output(
                    "display_data", {"text/html": Penjelasan("Orang", tuple(langkah))._repr_html_()}
                )
            ],
        )
    )
    s = layar.slaid_dari(nb)
    assert [polos("".join(x.isi)) for x in s] == [
        "Satu orang: Orang Hasil: Predikat = Baik",
        "Predikat = Baik a = b Pasal 1 [bunyi]",
        "Periode (2) Periode Triwulan I: Predikat = Baik Periode Triwulan II: Predikat = Baik",
    ]
