"""The press end to end: what it writes, what it never leaks, and how it stands faults."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import nbformat
import openpyxl
import pypdf
import pytest
from peramban import layar, peramban, perlu_peramban

from kinerja.data import tulis_buku
from kinerja.laporan import isi, paket
from kinerja.laporan.batas import Batas
from kinerja.laporan.batch import cetak
from kinerja.laporan.paket import GALAT, MANIFES, MAP_PEMDA, GalatPesanan, jalankan_notebook

AKAR = Path(__file__).parents[1]
NIP = re.compile(r"(?<!\d)\d{18}(?!\d)")
RAHASIA = "kunci uji yang panjang"


def teks_berkas(berkas: Path) -> str:
    """All text of an output: every PDF page, every workbook part, hidden metadata included."""
    if berkas.suffix == ".pdf":
        pdf = pypdf.PdfReader(berkas)
        halaman = "".join(h.extract_text() for h in pdf.pages) + str(pdf.metadata)
        return re.sub(r"[\s\u200b\u00ad]", "", halaman)
    if berkas.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(berkas) as z:
            isi = "".join(z.read(n).decode("utf-8", "replace") for n in z.namelist())
        return isi + re.sub(r"<[^>]*>", "", isi)  # a name may be broken by markup
    return berkas.read_text(encoding="utf-8")


def sidik(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def teks_bersih(teks: str) -> str:
    return re.sub(r"\s+", " ", teks)


# -- what is written ------------------------------------------------------------------------------


def test_paket_lengkap_untuk_setiap_opd(cetakan, tabel_contoh):
    _, r = cetakan
    assert not r.gagal
    kode = list(tabel_contoh["opd"]["kode"])
    assert sorted(r.dibuat) == sorted([*kode, MAP_PEMDA])
    for k in kode:
        assert {p.name for p in (r.map / k).iterdir()} == {
            f"laporan-{k}.ipynb",
            f"laporan-{k}.html",
            f"laporan-{k}.pdf",
            f"laporan-{k}.docx",
            f"nominatif-{k}.xlsx",
            "irisan.json",
            MANIFES,
        }
    assert not list(r.map.glob(".*")), "sisa sementara tertinggal"


def test_manifes_mencatat_setiap_byte(cetakan):
    pesanan, r = cetakan
    m = json.loads((r.map / MANIFES).read_text(encoding="utf-8"))
    assert m["masukan"]["sha256"] == hashlib.sha256(pesanan.data.read_bytes()).hexdigest()
    assert m["aturan_per"] == "2023-01-31"
    assert {p["status"] for p in m["paket"].values()} == {"selesai"}
    assert {"kinerja", "python", "pandas", "papermill"} <= set(m["versi"])
    assert any("PermenPANRB 6/2022" in p["dasar"] for p in m["parameter"])
    for kode, isi_paket in m["paket"].items():
        ada = {p.name for p in (r.map / kode).iterdir()}
        assert ada == set(isi_paket["berkas"])
        for nama, sha in isi_paket["berkas"].items():
            assert hashlib.sha256((r.map / kode / nama).read_bytes()).hexdigest() == sha


def test_masukan_sama_menghasilkan_byte_sama(cetakan, tmp_path):
    pesanan, r = cetakan
    kode = ("dinkes", MAP_PEMDA)
    lagi = cetak(replace(pesanan, keluaran=tmp_path, pekerja=1, opd=kode))
    for k in kode:
        assert sidik(lagi.map / k) == sidik(r.map / k)


@pytest.mark.lambat
def test_masukan_sama_menghasilkan_byte_sama_semuanya(cetakan, tmp_path):
    pesanan, r = cetakan
    lagi = cetak(replace(pesanan, keluaran=tmp_path, pekerja=1))
    assert sidik(lagi.map) == sidik(r.map)


def test_indeks_menautkan_semua_berkas(cetakan):
    _, r = cetakan
    indeks = (r.map / "index.html").read_text(encoding="utf-8")
    tautan = re.findall(r'href="([^"]+)"', indeks)
    assert len(tautan) == 11 * 5  # ten OPDs with five files, the pemda with four, and the manifest
    for t in tautan:
        assert (r.map / t).is_file(), t
    assert "ILUSTRATIF" in indeks


def test_setiap_halaman_menyebut_ilustratif(cetakan):
    _, r = cetakan
    for berkas in (r.map / "dinkes" / "laporan-dinkes.pdf", r.map / MAP_PEMDA / "laporan-pemda.pdf"):
        pdf = pypdf.PdfReader(berkas)
        assert len(pdf.pages) >= 5
        for i, h in enumerate(pdf.pages, 1):
            assert "ILUSTRATIF" in h.extract_text(), f"{berkas.name} halaman {i}"


def test_kertas_f4_dan_nominatif_mendatar(cetakan):
    _, r = cetakan
    ukuran = {
        (round(float(h.mediabox.width) / 72 * 25.4), round(float(h.mediabox.height) / 72 * 25.4))
        for h in pypdf.PdfReader(r.map / "dinkes" / "laporan-dinkes.pdf").pages
    }
    assert ukuran == {(215, 330), (330, 215)}


def test_laporan_memuat_semua_bab(cetakan):
    _, r = cetakan
    html = (r.map / "dinkes" / "laporan-dinkes.html").read_text(encoding="utf-8")
    for bab in (
        "Ikhtisar eksekutif",
        "BAB I Pendahuluan",
        "2.1 Indikator kinerja utama",
        "2.2 Pohon kinerja",
        "3.1 Capaian kinerja organisasi",
        "3.2 Target dan realisasi tahun ini",
        "3.3 Perbandingan dengan tahun-tahun sebelumnya",
        "3.4 Perbandingan dengan target jangka menengah",
        "3.5 Penyebab keberhasilan atau kegagalan",
        "BAB IV Penutup",
        "Pendamping A. Predikat kinerja pegawai",
        "Pendamping B. Tambahan penghasilan pegawai",
        "Lampiran 1. Parameter dan dasar hukum",
        "Lampiran 2. Data dan pemeriksaan",
        "PermenPANRB 6/2022",
        "SE MenPANRB 3/2023",
    ):
        assert bab in html, bab
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", html).replace("http-equiv", ""), (
        "ada alamat luar"
    )


def test_realisasi_yang_tidak_terbukti_tetap_kosong():
    x = isi.contoh_irisan(isi.PEMDA, "babel", pegawai=60)
    iku = x.tabel["iku"].set_index("indikator")
    assert len(iku) == 7
    assert set(iku.index[iku["realisasi"].notna()]) == {"Indeks Demokrasi Indonesia", "Gini rasio"}
    kosong = iku[iku["realisasi"].isna()]
    assert kosong["capaian"].isna().all()
    assert set(kosong["alasan"]) == {"realisasi belum ada"}
    # 76,75 / 76 and (2 x 0,24 - 0,27) / 0,24, by hand
    assert iku.loc["Indeks Demokrasi Indonesia", "capaian"] == 100.99
    assert iku.loc["Gini rasio", "capaian"] == 87.5
    from kinerja.laporan import bagian

    sel = [b for b in bagian.target_realisasi(x).baris if b[1] == "Pertumbuhan PDRB"]
    assert sel[0][4:6] == ("belum ada", "realisasi belum ada")
    assert "Peragaan" in bagian.dasar_waktu(x).teks


# -- the workbook -----------------------------------------------------------------------------------


def test_buku_nominatif_berumus_hidup(cetakan):
    _, r = cetakan
    buku = openpyxl.load_workbook(r.map / "dinkes" / "nominatif-dinkes.xlsx")
    assert buku.sheetnames == ["Nominatif", "Rekap penilaian", "Rekap", "Rincian", "Parameter"]
    ws = buku["Nominatif"]
    assert ws["L8"].value == "=(H8+K8)-(I8+J8)"
    assert ws["P8"].value == "=L8-O8"
    assert ws["R8"].value == "=P8-Q8"
    assert ws["H8"].value.startswith("=SUMIFS(Rincian!")
    assert ws["A5"].value == "No"
    nilai = openpyxl.load_workbook(r.map / "dinkes" / "nominatif-dinkes.xlsx", data_only=True)["Nominatif"]
    irisan = isi.baca_irisan((r.map / "dinkes" / "irisan.json").read_text(encoding="utf-8"))
    pegawai = irisan.tabel["pegawai"]
    for i, p in enumerate(pegawai.itertuples()):
        assert nilai.cell(8 + i, 18).value == p.tpp
        assert nilai.cell(8 + i, 6).value == p.besaran_tpp
    assert nilai.cell(8 + len(pegawai), 18).value == pegawai["tpp"].sum()


def test_rumus_buku_sama_dengan_yang_disiapkan_pustakanya(cetakan):
    """Our sheets skip the library's search for newer functions: no formula may hold one."""
    from xlsxwriter.worksheet import Worksheet

    _, r = cetakan
    buku = openpyxl.load_workbook(r.map / "dinkes" / "nominatif-dinkes.xlsx")
    rumus = [c.value for ws in buku for b in ws.iter_rows() for c in b if c.data_type == "f"]
    assert len(rumus) > 100
    assert [Worksheet()._prepare_formula(f) for f in rumus] == [f.removeprefix("=") for f in rumus]


def test_tpp_pemda_sama_dengan_jumlah_opd(cetakan):
    _, r = cetakan
    opd = isi.baca_irisan((r.map / MAP_PEMDA / "irisan.json").read_text(encoding="utf-8")).tabel["opd"]
    for baris in opd.itertuples():
        p = isi.baca_irisan((r.map / baris.kode / "irisan.json").read_text(encoding="utf-8")).tabel["pegawai"]
        assert baris.pegawai == len(p)
        assert baris.tpp == p["tpp"].sum()
        tahu = p[p["tpp"].notna()]
        hilang = tahu["potongan_kinerja"].sum() + tahu["potongan_disiplin"].sum()
        assert tahu["besaran_tpp"].sum() - hilang == tahu["tpp"].sum()


# -- privacy ------------------------------------------------------------------------------------------


def test_tidak_ada_nip_pegawai_opd_lain(cetakan, tabel_contoh):
    _, r = cetakan
    pegawai = tabel_contoh["pegawai"]
    semua = set(pegawai["nip"])
    for kode in tabel_contoh["opd"]["kode"]:
        milik = set(pegawai.loc[pegawai["opd"] == kode, "nip"])
        asing = semua - milik
        for berkas in (r.map / kode).iterdir():
            teks = teks_berkas(berkas)
            bocor = [n for n in asing if n in teks]
            assert not bocor, f"{berkas.name} memuat {len(bocor)} NIP pegawai OPD lain"
            if berkas.suffix in (".pdf", ".html", ".xlsx"):
                assert any(n in teks for n in milik), f"pemindai buta terhadap {berkas.name}"


def test_laporan_pemda_dan_indeks_tanpa_nip_dan_nama(cetakan, tabel_contoh):
    _, r = cetakan
    nama = set(tabel_contoh["pegawai"]["nama"])
    for berkas in [*(r.map / MAP_PEMDA).iterdir(), r.map / "index.html", r.map / MANIFES]:
        teks = teks_berkas(berkas)
        assert not [n for n in tabel_contoh["pegawai"]["nip"] if n in teks], berkas.name
        assert not [n for n in nama if n.replace(" ", "") in teks or n in teks], berkas.name


def test_samaran_menghapus_nama_dan_nip_dan_tetap_per_kunci(cetakan, tabel_contoh, tmp_path):
    pesanan, _ = cetakan
    satu = {}
    for kunci, map_ in ((RAHASIA, "a"), (RAHASIA, "b"), (RAHASIA[::-1], "c")):
        r = cetak(
            replace(
                pesanan,
                keluaran=tmp_path / map_,
                opd=("dinkes",),
                samarkan=kunci,
                format=("html", "pdf", "xlsx"),
            )
        )
        satu[map_] = sidik(r.map / "dinkes")
        for berkas in (r.map / "dinkes").iterdir():
            teks = teks_berkas(berkas)
            for n in (*tabel_contoh["pegawai"]["nip"], *tabel_contoh["pegawai"]["nama"]):
                assert n not in teks, berkas.name
                assert n.replace(" ", "") not in teks, berkas.name
    assert satu["a"] == satu["b"]
    assert satu["a"] != satu["c"]


def test_tidak_ada_jalur_mesin_dalam_keluaran(cetakan):
    pesanan, r = cetakan
    for berkas in r.map.rglob("*"):
        if berkas.is_file():
            teks = teks_berkas(berkas)
            assert str(pesanan.keluaran) not in teks, berkas
            assert str(AKAR) not in teks, berkas


# -- hostile text -------------------------------------------------------------------------------------

JAHAT = '<script>document.title="DIBOBOL"</script>'


@pytest.fixture(scope="module")
def cetakan_jahat(tabel_contoh, tmp_path_factory):
    tabel = {k: v.copy() for k, v in tabel_contoh.items()}
    p, o, i = tabel["pegawai"], tabel["opd"], tabel["iku"]
    milik = p["opd"] == "dinkes"
    p.loc[milik, "nama"] = [
        '=HYPERLINK("http://jahat","klik")',
        "@SUM(1)",
        "+1",
        "-1",
        "$x^2$ #panic() \\",
        "  =1+1",
    ]
    p.loc[milik, "jabatan"] = JAHAT
    o.loc[o["kode"] == "dinkes", "nama"] = f"Dinas {JAHAT} & $rumus$"
    i.loc[i["opd"] == "dinkes", "indikator"] = [
        f"{JAHAT} {n}" for n in range(int((i["opd"] == "dinkes").sum()))
    ]
    map_ = tmp_path_factory.mktemp("jahat")
    tulis_buku(tabel, map_ / "buku.xlsx")
    from kinerja.laporan.batch import Pesanan

    return cetak(Pesanan("sumbar", map_ / "buku.xlsx", "2022", map_, opd=("dinkes",))).map


def test_naskah_dalam_teks_tidak_berjalan_di_peramban(cetakan_jahat, tmp_path):
    perlu_peramban()

    (tmp_path / "umpan.html").write_text(f"<title>utuh</title>{JAHAT}", encoding="utf-8")
    with peramban() as b:
        halaman = layar(b)

        def dom(berkas: Path) -> str:
            halaman.goto(berkas.as_uri())
            return halaman.content()

        umpan = dom(tmp_path / "umpan.html")
        assert "<title>DIBOBOL</title>" in umpan, "peramban uji tidak menjalankan naskah"
        for berkas in (cetakan_jahat / "dinkes" / "laporan-dinkes.html", cetakan_jahat / "index.html"):
            hasil = dom(berkas)
            assert "DIBOBOL</title>" not in hasil
            assert "&lt;script&gt;" in hasil, "teksnya harus tetap terbaca"


def test_teks_tidak_menjadi_rumus_di_buku(cetakan_jahat):
    buku = openpyxl.load_workbook(cetakan_jahat / "dinkes" / "nominatif-dinkes.xlsx")
    sel = [c for ws in buku for baris in ws.iter_rows() for c in baris if c.value is not None]
    jahat = [c for c in sel if "HYPERLINK" in str(c.value)]
    assert jahat
    assert all(c.data_type == "s" for c in jahat)
    assert not [c for c in sel if c.hyperlink]
    rumus = [c.value for c in sel if c.data_type == "f"]
    assert rumus
    assert not [f for f in rumus if "HYPERLINK" in f or "jahat" in f]


def test_teks_tidak_menjadi_perintah_di_pdf(cetakan_jahat):
    teks = teks_berkas(cetakan_jahat / "dinkes" / "laporan-dinkes.pdf")
    assert "#panic()" in teks
    assert "$rumus$" in teks.lower()


@pytest.mark.parametrize("kode", ["../../x", "a/b", "..", "CON", "_pemda", "a b", ".tersembunyi"])
def test_kode_opd_tidak_dapat_keluar_dari_map(tabel_contoh, tmp_path, kode):
    tabel = {k: v.copy() for k, v in tabel_contoh.items()}
    tabel["opd"].loc[tabel["opd"]["kode"] == "dinkes", "kode"] = kode
    for nama in ("pegawai", "iku", "kaskade"):
        tabel[nama].loc[tabel[nama]["opd"] == "dinkes", "opd"] = kode
    tulis_buku(tabel, tmp_path / "buku.xlsx")
    from kinerja.data import GalatData
    from kinerja.laporan.batch import Pesanan

    with pytest.raises(GalatData) as galat:
        cetak(Pesanan("sumbar", tmp_path / "buku.xlsx", "2022", tmp_path / "keluar"))
    assert kode in str(galat.value)
    assert not (tmp_path / "keluar").exists(), "tidak ada yang boleh tertulis"


# -- faults ---------------------------------------------------------------------------------------------


def test_lanjutkan_hanya_membuat_yang_hilang(salinan):
    pesanan, map_ = salinan
    awal = sidik(map_)
    (map_ / "bkd" / "laporan-bkd.pdf").unlink()
    (map_ / "disdik" / "laporan-disdik.html").write_text("rusak", encoding="utf-8")
    shutil.rmtree(map_ / "rsud")
    r = cetak(pesanan)
    assert sorted(r.dibuat) == ["bkd", "disdik", "rsud"]
    assert len(r.dilewati) == 8
    assert sidik(map_) == awal


def test_lanjutkan_mencetak_ulang_bila_data_berubah(salinan, tabel_contoh, tmp_path):
    pesanan, _ = salinan
    tabel = {k: v.copy() for k, v in tabel_contoh.items()}
    p = tabel["pegawai"]
    p.loc[(p["opd"] == "bkd") & (p["jenis_jabatan"] == "pelaksana"), "nama"] = "Nama Baru Contoh"
    tulis_buku(tabel, tmp_path / "baru.xlsx")
    r = cetak(replace(pesanan, data=tmp_path / "baru.xlsx", format=("html",)))
    # every footer carries the workbook's fingerprint, so a changed workbook changes every pack
    assert len(r.dibuat) == 11


def rusak_untuk(kode: str, perintah: str, folder: Path) -> None:
    """The report notebooks with one more cell that misbehaves for one OPD only."""
    folder.mkdir()
    for n in ("laporan_opd.ipynb", "laporan_pemda.ipynb"):
        nb = nbformat.read(AKAR / "notebooks" / n, 4)
        sel = nbformat.v4.new_code_cell(
            f"if laporan.meta.get('kode') == {kode!r}:\n    {perintah}", id="rusak"
        )
        nb.cells.append(sel)
        nbformat.write(nb, folder / n)


@pytest.mark.parametrize(
    ("perintah", "pesan"),
    [
        ("raise RuntimeError('angka tidak masuk akal')", "angka tidak masuk akal"),
        ("import os; os._exit(3)", "kode 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("while True: pass", "batasnya 2 detik tiap sel"),
        ("input('nama? ')", "input"),
    ],
)
def test_satu_opd_gagal_tidak_menghentikan_yang_lain(salinan, tmp_path, monkeypatch, perintah, pesan):
    pesanan, map_ = salinan
    rusak_untuk("dinkes", perintah, tmp_path / "nb")
    monkeypatch.setattr(paket, "NOTEBOOK", tmp_path / "nb")
    batas = Batas(sel=2 if "while" in perintah else 300)
    r = cetak(replace(pesanan, batas=batas, lanjutkan=False, format=("html",), opd=("dinkes", "bkd", "rsud")))
    assert list(r.gagal) == ["dinkes"]
    assert sorted(r.dibuat) == ["bkd", "rsud"]
    galat = (map_ / "dinkes" / GALAT).read_text(encoding="utf-8")
    assert pesan in galat
    assert "GAGAL dinkes" in str(r)
    assert [p.name for p in (map_ / "dinkes").iterdir()] == [GALAT]
    assert "gagal" in (map_ / "index.html").read_text(encoding="utf-8").lower()
    assert json.loads((map_ / MANIFES).read_text(encoding="utf-8"))["paket"]["dinkes"]["status"] == "gagal"


def test_status_keluar_bukan_nol_bila_ada_yang_gagal(buku, tmp_path, monkeypatch, capsys):
    from kinerja import cli

    rusak_untuk("bkd", "1 / 0", tmp_path / "nb")
    monkeypatch.setattr(paket, "NOTEBOOK", tmp_path / "nb")
    perintah = [
        "laporan",
        "--instansi",
        "sumbar",
        "--data",
        str(buku),
        "--keluaran",
        str(tmp_path),
        "--format",
        "html",
    ]
    assert cli.main([*perintah, "--opd", "bkd", "--opd", "rsud"]) == 1
    keluar = capsys.readouterr()
    assert "GAGAL bkd: ZeroDivisionError" in keluar.out
    assert cli.main([*perintah, "--opd", "rsud"]) == 0


@pytest.mark.parametrize(
    "sinyal",
    [
        signal.SIGKILL,
        pytest.param(signal.SIGTERM, marks=pytest.mark.lambat),
        pytest.param(signal.SIGINT, marks=pytest.mark.lambat),
    ],
)
def test_dibunuh_lalu_dilanjutkan(cetakan, buku, tmp_path, sinyal):
    _, utuh = cetakan
    perintah = [sys.executable, "-m", "kinerja.cli", "laporan", "--instansi", "sumbar", "--data", str(buku)]
    jalan = subprocess.Popen(
        [*perintah, "--keluaran", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    map_ = tmp_path / "sumbar" / "2022"
    batas = time.monotonic() + 120
    while len(list(map_.glob(f"[!.]*/{MANIFES}"))) < 3 and time.monotonic() < batas:
        time.sleep(0.02)
    jalan.send_signal(sinyal)
    assert jalan.wait(60) != 0
    sempat = {p.parent.name for p in map_.glob(f"[!.]*/{MANIFES}")}
    assert 3 <= len(sempat) < 11, "harus terbunuh di tengah jalan"
    for kode in sempat:  # whatever has a final name is whole
        assert sidik(map_ / kode) == sidik(utuh.map / kode)
    lanjut = subprocess.run(
        [*perintah, "--keluaran", str(tmp_path), "--lanjutkan"],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert f"{len(sempat)} sudah ada" in lanjut.stdout
    assert sidik(map_) == sidik(utuh.map)


def test_parameter_notebook_salah_eja_ditolak(tmp_path):
    with pytest.raises(GalatPesanan, match=r"tidak punya parameter 'irisn'; mungkin 'irisan'"):
        jalankan_notebook(AKAR / "notebooks" / "laporan_opd.ipynb", {"irisn": "x"}, tmp_path)


def test_pesanan_yang_keliru_ditolak_sebelum_menulis(cetakan, tmp_path):
    pesanan, _ = cetakan
    with pytest.raises(GalatPesanan, match=r"dinkess \(mungkin dinkes"):
        cetak(replace(pesanan, opd=("dinkess",), keluaran=tmp_path))
    with pytest.raises(GalatPesanan, match="Format odt tidak dikenal"):
        cetak(replace(pesanan, format=("odt",), keluaran=tmp_path))
    with pytest.raises(isi.GalatPeriode, match="Periode '2022-13' tidak dikenal"):
        cetak(replace(pesanan, periode="2022-13", keluaran=tmp_path))
    with pytest.raises(
        isi.GalatPeriode, match=r"tidak memuat penilaian untuk Tahun 2031.*Periode yang ada: 2022"
    ):
        cetak(replace(pesanan, periode="2031", keluaran=tmp_path))
    assert not list(tmp_path.iterdir())


def test_periode_bulan_memakai_penilaian_triwulan(buku, tmp_path):
    from kinerja.data import baca

    data = baca(buku)
    h = isi.hitung_pemda(data, "sumbar", "2022-07", tanggal=isi.akhir_periode("2022-07").replace(year=2023))
    triwulan = data.tabel["penilaian"].query("periode == '2022-TW3'").set_index("nip")["rating_hasil"]
    dipakai = h.pegawai.set_index("nip")["rating_hasil"]
    assert (dipakai.astype(str) == triwulan.reindex(dipakai.index).astype(str)).all()
    assert set(h.bulanan["bulan"]) == {"2022-07"}


# -- the golden OPD -------------------------------------------------------------------------------------

EMAS = Path(__file__).parent / "emas"


def isi_buku(berkas: Path) -> str:
    """Every cell of a workbook as text, one per line."""
    buku = openpyxl.load_workbook(io.BytesIO(berkas.read_bytes()))
    return "".join(
        f"{ws.title}!{c.coordinate}={c.value!r}\n"
        for ws in buku
        for baris in ws.iter_rows()
        for c in baris
        if c.value is not None
    )


@pytest.mark.parametrize(
    "nama",
    [
        "irisan.json",
        "laporan-dinkes.html",
        "laporan-dinkes.pdf",
        "laporan-dinkes.docx",
        "nominatif-dinkes.xlsx",
    ],
)
def test_berkas_emas(cetakan, nama):
    """What one small OPD's pack says. After a wanted change: KINERJA_EMAS=1 make uji, then read the diff."""
    _, r = cetakan
    berkas = r.map / "dinkes" / nama
    match berkas.suffix:
        case ".pdf":
            kini = "".join(
                f"-- halaman {i}\n{h.extract_text()}\n"
                for i, h in enumerate(pypdf.PdfReader(berkas).pages, 1)
            )
        case ".docx":
            xml = zipfile.ZipFile(berkas).read("word/document.xml").decode()
            alinea = (re.sub(r"<[^>]*>", "", a) for a in xml.split("</w:p>")[:-1])
            kini = "".join(f"{a.strip()}\n" for a in alinea)
        case ".xlsx":
            kini = isi_buku(berkas)
        case ".html":
            kini = re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,…", berkas.read_text(encoding="utf-8"))
        case _:
            kini = json.dumps(json.loads(berkas.read_text(encoding="utf-8")), indent=1, ensure_ascii=False)
    # the workbook's fingerprint follows the spreadsheet writer's version, which is not what is tested here
    sha = json.loads((r.map / MANIFES).read_text(encoding="utf-8"))["masukan"]["sha256"]
    kini = kini.replace(sha, "SHA256").replace(sha[:12], "SHA12")
    emas = EMAS / f"{nama}.txt"
    if os.environ.get("KINERJA_EMAS") == "1":
        emas.parent.mkdir(exist_ok=True)
        emas.write_text(kini, encoding="utf-8")
    assert kini == emas.read_text(encoding="utf-8")
