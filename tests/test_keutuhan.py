"""Any changed byte is found; one run per target; no NIP where nobody asked for it."""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja import cli
from kinerja.data import baca, samarkan, sensor
from kinerja.laporan.asing import nip_asing, teks_dalam
from kinerja.laporan.docx import zip_tetap
from kinerja.laporan.gembok import SasaranDipakai, gembok
from kinerja.laporan.keutuhan import MANIFES, TANDA, BukanCetakan, periksa_paket, sha_isi, tulis_manifes
from kinerja.laporan.paket import hanya_untuk
from kinerja.laporan.tanda import GalatKunci, KunciPublik, buat_kunci, muat_penanda, muat_publik


@pytest.fixture(scope="module")
def kunci(tmp_path_factory) -> Path:
    berkas = tmp_path_factory.mktemp("kunci") / "k"
    buat_kunci(berkas)
    return berkas


def tulis_run(akar: Path, kunci: Path | None) -> None:
    """A run of two packs as the press leaves it, with small files."""
    penanda = muat_penanda(kunci) if kunci else None
    sidik = penanda.publik.sidik if penanda else None
    for kode in ("bkd", "rsud"):
        (akar / kode).mkdir(parents=True)
        for nama in ("irisan.json", f"laporan-{kode}.html"):
            (akar / kode / nama).write_bytes(f"{kode} {nama}".encode())
        isi = tulis_manifes(
            {"kode": kode, "kunci": "k", "tanda": sidik, "berkas": sha_isi(akar / kode)}
        ).encode()
        (akar / kode / MANIFES).write_bytes(isi)
        if penanda:
            (akar / kode / TANDA).write_bytes(penanda.tandai(isi))
    (akar / "index.html").write_text("indeks", encoding="utf-8")
    paket = {k: {"nama": k, "status": "selesai", "berkas": sha_isi(akar / k)} for k in ("bkd", "rsud")}
    semua = {"berkas": {"index.html": sha_isi(akar)["index.html"]}, "paket": paket, "tanda": sidik}
    isi = tulis_manifes(semua).encode()
    (akar / MANIFES).write_bytes(isi)
    if penanda:
        (akar / TANDA).write_bytes(penanda.tandai(isi))


@pytest.fixture(scope="module", params=["bertanda", "tanpa tanda"])
def run(request, kunci, tmp_path_factory) -> tuple[Path, KunciPublik | None]:
    akar = tmp_path_factory.mktemp("run") / "2022"
    tulis_run(akar, kunci if request.param == "bertanda" else None)
    return akar, muat_penanda(kunci).publik if request.param == "bertanda" else None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_setiap_byte_yang_berubah_ditemukan(run, tmp_path, data):
    asal, publik = run
    akar = tmp_path / "x"
    shutil.rmtree(akar, ignore_errors=True)
    shutil.copytree(asal, akar)
    assert periksa_paket(akar, publik).utuh
    p = data.draw(st.sampled_from(sorted(p for p in akar.rglob("*") if p.is_file())))
    isi = p.read_bytes()
    letak = data.draw(st.integers(0, len(isi) - 1))
    match data.draw(st.sampled_from(["ubah", "buang", "sisip", "hapus", "tambah", "potong"])):
        case "ubah":
            p.write_bytes(
                isi[:letak] + bytes([isi[letak] ^ data.draw(st.integers(1, 255))]) + isi[letak + 1 :]
            )
        case "buang":
            p.write_bytes(isi[:letak] + isi[letak + 1 :])
        case "sisip":
            p.write_bytes(isi[:letak] + data.draw(st.binary(min_size=1, max_size=3)) + isi[letak:])
            if p.read_bytes() == isi:
                return
        case "potong":
            p.write_bytes(isi[:letak])
        case "hapus":
            p.unlink()
        case "tambah":
            (p.parent / data.draw(st.sampled_from(["x", ".x", "x.html", "paket.zip"]))).write_bytes(b"")
    hasil = periksa_paket(akar, publik)
    assert not hasil.utuh
    assert hasil.kerusakan[0].berkas in (
        p.relative_to(akar).as_posix(),
        *(x.relative_to(akar).as_posix() for x in p.parent.iterdir()),
    )


def salin(run, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run[0], tmp_path / "salinan"))


def masalah(akar: Path, publik: KunciPublik | None = None) -> str:
    return str(periksa_paket(akar, publik))


def test_yang_bukan_byte_pun_ditemukan(run, tmp_path):
    akar = salin(run, tmp_path)
    (akar / "rsud" / "irisan.json").unlink()
    (akar / "rsud" / "irisan.json").symlink_to(akar / "bkd" / "irisan.json")
    assert "rsud/irisan.json: tautan simbolik" in masalah(akar)
    akar = Path(shutil.copytree(run[0], tmp_path / "b"))
    (akar / "kosong").mkdir()
    assert "kosong: tidak tercatat" in masalah(akar)
    akar = Path(shutil.copytree(run[0], tmp_path / "c"))
    (akar / ".dinkes.sebagian").mkdir()
    (akar / ".dinkes.sebagian" / "irisan.json").write_text("{}", encoding="utf-8")
    assert ".dinkes.sebagian: sisa pencetakan yang terhenti" in masalah(akar)
    (akar / MANIFES).unlink()
    assert "pencetakan belum selesai atau terhenti" in masalah(akar)
    with pytest.raises(BukanCetakan, match="bukan hasil `kinerja laporan`"):
        periksa_paket(tmp_path_kosong(tmp_path))


def tmp_path_kosong(tmp_path: Path) -> Path:
    (tmp_path / "kosong").mkdir()
    return tmp_path / "kosong"


def test_kunci_lain_dan_tanpa_tanda(run, kunci, tmp_path):
    akar, publik = run
    buat_kunci(tmp_path / "lain")
    lain = muat_publik(tmp_path / "lain.pub")
    assert not periksa_paket(akar, lain).utuh
    if publik is None:
        assert "tidak ditandatangani" in masalah(akar, muat_publik(kunci.with_name("k.pub")))
        return
    assert "ditandatangani dengan kunci lain" in masalah(akar, lain)
    assert periksa_paket(akar / "rsud", publik).utuh
    palsu = salin(run, tmp_path)  # everything rewritten and signed by somebody else
    for p in (*palsu.rglob(TANDA),):
        p.write_bytes(muat_penanda(tmp_path / "lain").tandai(p.with_name(MANIFES).read_bytes()))
    assert not periksa_paket(palsu).utuh
    assert not periksa_paket(palsu, publik).utuh


def test_zip_diperiksa_sendiri(run, tmp_path):
    akar, publik = run
    isi = [(p.name, p.read_bytes()) for p in sorted((akar / "rsud").iterdir())]
    z = tmp_path / "paket-rsud.zip"
    z.write_bytes(zip_tetap(isi))
    assert periksa_paket(z, publik).utuh
    z.write_bytes(zip_tetap([(n, b + b"x" if n.endswith(".html") else b) for n, b in isi]))
    assert "laporan-rsud.html: isinya berubah" in masalah(z, publik)
    z.write_bytes(zip_tetap([*isi, ("../keluar.html", b"x")]))
    assert "keluar dari mapnya" in masalah(z)
    z.write_bytes(zip_tetap(isi)[:-40])
    assert "rusak atau terpotong" in masalah(z)


def test_perintah_periksa_paket(run, tmp_path, capsys):
    akar = salin(run, tmp_path)
    assert cli.main(["periksa-paket", str(akar)]) == 0
    (akar / "rsud" / "irisan.json").write_text("lain", encoding="utf-8")
    assert cli.main(["periksa-paket", str(akar)]) == 1
    assert "rsud/irisan.json: isinya berubah sejak dicetak" in capsys.readouterr().out
    assert cli.main(["periksa-paket", str(tmp_path / "tak-ada")]) == 2


# -- keys ----------------------------------------------------------------------------------------------


def test_kunci_hanya_untuk_pemilik(kunci, tmp_path, capsys):
    assert stat.S_IMODE(kunci.stat().st_mode) == 0o600
    longgar = tmp_path / "k"
    shutil.copy(kunci, longgar)
    longgar.chmod(0o640)
    with pytest.raises(GalatKunci, match=r"izin 0640.*chmod 600"):
        muat_penanda(longgar)
    with pytest.raises(GalatKunci, match="ini kunci rahasia"):
        muat_publik(kunci)
    (tmp_path / "acak").write_text("acak", encoding="utf-8")
    (tmp_path / "acak").chmod(0o600)
    with pytest.raises(GalatKunci, match="bukan kunci tanda rahasia"):
        muat_penanda(tmp_path / "acak")
    assert cli.main(["kunci", "buat", str(kunci)]) == 2, "kunci yang dipakai tidak ditimpa"
    assert "sudah dipakai" in capsys.readouterr().err
    assert "PRIVATE" not in repr(muat_penanda(kunci))


# -- the lock ------------------------------------------------------------------------------------------

PEMEGANG = """
import sys, time
from pathlib import Path
from kinerja.laporan.gembok import gembok
with gembok(Path(sys.argv[1])):
    print("dapat", flush=True)
    time.sleep(60)
"""


def test_gembok_menolak_yang_kedua_dan_lepas_bila_pemegangnya_dibunuh(tmp_path):
    sasaran = tmp_path / "sumbar" / "2022"
    with subprocess.Popen(
        [sys.executable, "-c", PEMEGANG, str(sasaran)], stdout=subprocess.PIPE, text=True
    ) as p:
        assert p.stdout
        assert p.stdout.readline() == "dapat\n"
        with (
            pytest.raises(
                SasaranDipakai,
                match=rf"dikerjakan proses {p.pid} di .* sejak \d+ \w+ 20\d\d pukul \d\d\.\d\d\.",
            ),
            gembok(sasaran),
        ):
            pass
        with gembok(tmp_path / "sumbar" / "2022-TW3"):  # another period is another target
            pass
        p.kill()
        p.wait()
        kabar: list[str] = []
        with gembok(sasaran, tunggu=True, kabar=kabar.append):
            assert (tmp_path / "sumbar" / ".2022.gembok").is_file()
    assert not (tmp_path / "sumbar" / ".2022.gembok").exists()


def test_anak_yang_hidup_terus_tidak_memegang_gembok(tmp_path):
    sasaran = tmp_path / "2022"
    with gembok(sasaran):
        pid = os.fork()
        if pid == 0:
            import time

            time.sleep(30)
            os._exit(0)
    try:
        with gembok(sasaran):
            pass
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)


# -- privacy -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("izin", [0o600, 0o640])
@pytest.mark.parametrize("umask", [0, 0o077])
def test_izin_tidak_bergantung_pada_umask(tmp_path, izin, umask):
    lama = os.umask(umask)
    try:
        with hanya_untuk(izin):
            (tmp_path / "m").mkdir()
            (tmp_path / "m" / "b").write_text("x", encoding="utf-8")
        assert os.umask(umask) == umask
    finally:
        os.umask(lama)
    assert stat.S_IMODE((tmp_path / "m" / "b").stat().st_mode) == izin
    assert stat.S_IMODE((tmp_path / "m").stat().st_mode) == (0o700 if izin == 0o600 else 0o750)


NIP = "198701012010121001"


@pytest.mark.parametrize(
    "bentuk",
    [NIP, f"{NIP}.0", "19870101 201012 1 001", "19870101.201012.1.001", "1.9870101201012102e+17", "1.98701E+17",
     f"pegawai_{NIP}", f"nip{NIP}x", NIP[:-1], f"np.int64({NIP})", f"['{NIP}', '{NIP}']", f"R-{NIP}-1"],
)  # fmt: skip
def test_sensor_menutupi_nip_dalam_bentuk_apa_pun(bentuk):
    bersih = sensor(f"KeyError: {bentuk} di baris 12, Rp1.234.567.890")
    assert "[NIP]" in bersih
    assert not re.search(r"198701|98701", bersih)
    assert "di baris 12, Rp1.234.567.890" in bersih


def test_sensor_menutupi_nama_lengkap():
    nama = ["Dr. Sri Rahayu, S.E., M.Si.", "Budi Santoso"]
    assert (
        sensor("gagal untuk SRI  RAHAYU dan budi santoso, Santoso lain", nama)
        == "gagal untuk [nama] dan [nama], Santoso lain"
    )


def test_samaran_tidak_dapat_dicari_balik_tanpa_kunci(buku):
    """With every NIP in hand, no digest that needs no key gives a pseudonym; only the key does."""
    data = baca(buku)
    satu, lain = (samarkan(data, k * 16).tabel["pegawai"]["nip"] for k in ("a", "b"))
    asal = data.tabel["pegawai"]["nip"]
    assert not set(satu) & set(lain)
    assert list(satu) == list(samarkan(data, "a" * 16).tabel["pegawai"]["nip"])
    samaran = {s.removeprefix("SAMARAN-").casefold() for s in satu}
    import base64

    for nip in asal:
        for bahan in (nip, f"NIP {nip}", f"SAMARAN-{nip}", f"{nip}\n"):
            for h in ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"):
                for ringkas in (
                    hashlib.new(h, bahan.encode()).digest(),
                    hmac.new(b"", bahan.encode(), "sha256").digest(),
                    hmac.new(b"kinerja", bahan.encode(), "sha256").digest(),
                ):
                    for tulis in (
                        ringkas.hex(),
                        base64.b32encode(ringkas).decode(),
                        base64.b64encode(ringkas).decode(),
                    ):
                        assert tulis.casefold()[:12] not in samaran
    benar = base64.b32encode(hmac.new(b"a" * 16, asal.iloc[0].encode(), hashlib.sha256).digest())[:12]
    assert satu.iloc[0] == f"SAMARAN-{benar.decode()}"


def test_nip_ditemukan_di_setiap_jenis_berkas(cetakan, tmp_path):
    """The scan is silent over a whole run, and finds one foreign NIP put into any kind of file."""
    pesanan, r = cetakan
    data = baca(pesanan.data)
    p = data.tabel["pegawai"]
    asing = p.loc[p["opd"] == "rsud", "nip"].iloc[0]
    akar = tmp_path / "run"
    (akar / "bkd").mkdir(parents=True)
    pdf = pdf_berisi(asing)
    z = io.BytesIO()
    with zipfile.ZipFile(z, "w") as arsip:
        arsip.writestr("xl/sharedStrings.xml", f"<t>{asing[:8]}</t><t>{asing[8:]}</t>")
    contoh = {
        "a.html": f"<p>{asing[:8]}<b>{asing[8:]}</b>".encode(),
        "b.ipynb": f'{{"source": ["nip = ", "\\u0031{asing[1:]}"]}}'.encode(),
        "c.pdf": pdf,
        "d.xlsx": z.getvalue(),
        "e.zip": zip_tetap([("dalam.docx", z.getvalue())]),
        "f.txt": f"{asing[:8]} {asing[8:14]} {asing[14]} {asing[15:]}".encode(),
        "g.csv": f"{float(asing):.14E}".encode(),
    }
    for nama, isi in contoh.items():
        (akar / "bkd" / nama).write_bytes(isi)
    ketemu = {a.berkas for a in nip_asing(akar, data)}
    assert ketemu == set(contoh)
    milik = p.loc[p["opd"] == "bkd", "nip"].iloc[0]
    shutil.rmtree(akar / "bkd")
    (akar / "bkd").mkdir()
    (akar / "bkd" / "a.html").write_text(milik, encoding="utf-8")
    assert nip_asing(akar, data) == []
    assert nip_asing(r.map / "bkd", data) == []
    utuh = io.BytesIO()
    with zipfile.ZipFile(utuh, "w") as z:
        z.writestr("word/document.xml", "isi dokumen")
    (akar / "bkd" / "laporan-bkd.docx").write_bytes(utuh.getvalue().replace(b"isi dokumen", b"isi dikumen"))
    with pytest.raises(ValueError, match=r"^bkd/laporan-bkd\.docx: .* rusak, jadi .* Cetak ulang paket itu"):
        nip_asing(akar, data)


def pdf_berisi(teks: str) -> bytes:

    # in a process of its own: Typst leaves threads behind, and packs forked after it would wait for ever
    kode = "import sys, typst; sys.stdout.buffer.write(typst.compile(sys.stdin.buffer.read()))"
    isi = f"#set document(date: none)\nNIP {teks}".encode()
    return subprocess.run([sys.executable, "-c", kode], input=isi, capture_output=True, check=True).stdout


def test_nama_berkas_tidak_memuat_orang(cetakan):
    pesanan, r = cetakan
    orang = baca(pesanan.data).tabel["pegawai"]
    nama = "\n".join(str(p.relative_to(r.map)) for p in r.map.rglob("*"))
    assert "nominatif-bkd" in nama
    assert not re.search(r"\d{8}[\d -]*\d{6}", nama)
    padat = re.sub(r"[^a-z]", "", nama.casefold())
    assert not [n for n in orang["nama"] if re.sub(r"[^a-z]", "", n.casefold()) in padat]


@pytest.mark.lambat
def test_tidak_ada_nip_opd_lain_di_seluruh_cetakan(cetakan):
    pesanan, r = cetakan
    assert nip_asing(r.map, baca(pesanan.data)) == []
    assert sum(1 for _ in teks_dalam("x", (r.map / "bkd" / "laporan-bkd.pdf").read_bytes())) > 5
