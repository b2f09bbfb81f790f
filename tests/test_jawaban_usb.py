"""Answer files of the USB package among what comes back: read with distrust, one per person, marked, shown."""

from __future__ import annotations

import csv
import html
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bantu_bimtek import kelas_contoh
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja import cli
from kinerja.bimtek import jawaban_usb
from kinerja.bimtek.dinding import dinding
from kinerja.bimtek.jawaban_usb import BATAS, Berkas, Jawab, baca, baca_kunci, nilai_usb, pilih, urai
from kinerja.bimtek.kumpul import Kumpulan, kumpulkan
from kinerja.bimtek.penilaian import nilai
from kinerja.bimtek.peserta import tulis_kelas
from kinerja.bimtek.rekap import tulis_hasil, tulis_rekap
from kinerja.data.galat import GalatData
from kinerja.data.skema import PREDIKAT, RATING
from kinerja.iki.klinik import banding_tulis, diagnosis
from kinerja.iki.latihan import kunci_latihan, soal_latihan
from kinerja.parameter import kebijakan
from kinerja.regulasi import permenpanrb6

KUNCI = {"abcd0123": {"N01": "N07", "N02": "N08", "N03": "N09"}}


def berkas(pelajaran: str, jawaban: list[dict[str, Any]], nama: str = "Ani Contoh", meja: str = "3", **lain: Any) -> dict[str, Any]:  # fmt: skip
    """A file as the page of `pelajaran` saves it."""
    return {"format": "kinerja-jawaban", "versi": 1, "paket": "abcd0123", "pelajaran": pelajaran, "meja": meja,
            "nama": nama, "jawaban": jawaban, "keadaan": {"nama": nama}, **lain}  # fmt: skip


def iki(banyak: int = 3) -> list[dict[str, Any]]:
    """Good rewrites of the first questions, but the last only says the question again."""
    baris = [
        {"latihan": "iki", "nomor": int(k.nomor), "indikator": k.indikator, "satuan": k.satuan, "target": str(k.target)}
        for k in kunci_latihan().head(banyak).itertuples()
    ]  # fmt: skip
    baris[-1] |= {"indikator": soal_latihan()["indikator"][banyak - 1], "satuan": "", "target": ""}
    return baris


def taruh(map_: Path, **isi: Any) -> Path:
    for nama, x in isi.items():
        (map_ / f"{nama}.json").write_text(json.dumps(x), "utf-8")
    return map_


@pytest.fixture(scope="module")
def kembali(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a hall hands in on sticks, good and bad."""
    m = tmp_path_factory.mktemp("usb-kembali")
    predikat: Any = kebijakan(jawaban_usb.HARI).bagian(permenpanrb6.BERKAS)["kuadran"].pasti()
    kuadran = [
        {"latihan": "kuadran", "kotak": f"{h}|{p}", "predikat": predikat[h][p]}
        for h in RATING
        for p in RATING
    ]
    kuadran[0]["predikat"] = "baik"
    titik = [
        {"latihan": "titik", "predikat": p, "orang": str(n)}
        for p, n in zip(PREDIKAT, (9, 57, 11, 5, 3), strict=True)
    ]
    capaian = [
        {"latihan": "capaian", "nomor": n, "capaian": x}
        for n, x in enumerate(["90", "90", "120", "108,33", "88,89", "100,0", "84,9"], 1)
    ]
    pohon = [
        {"latihan": "kaskade", "kode": "N01", "induk": "N07"},
        {"latihan": "kaskade", "kode": "N02", "induk": "N09"},
    ]
    jahat = '<img src=x onerror=alert(1)> =HYPERLINK("x")'
    taruh(
        m, klinik=berkas("klinik", iki()), kuadran=berkas("kuadran", [*kuadran, *titik], "ANI  contoh", "Meja 03"),
        capaian=berkas("capaian", capaian, meja=""), kaskade=berkas("kaskade", pohon),
        catatan=berkas("bayaran", [{"latihan": "bayaran", "catatan": "=1+1"}], "Budi Contoh"),
        jahat=berkas("klinik", [{**iki(1)[0], "indikator": "Persentase <script>alert(1)</script> layanan tepat waktu", "satuan": "=cmd|x"}], jahat, "\x1b[2J\ud800\uffff"),
        kosong=berkas("klinik", []), versi2={**berkas("klinik", iki()), "versi": 2}, asing={"nbformat": 4},
        pelajaran=berkas("silsilah", []),
    )  # fmt: skip
    (m / "klinik (1).json").write_text(json.dumps(berkas("klinik", iki(2))), "utf-8-sig")
    (m / "kembar").mkdir()
    (m / "kembar" / "klinik.json").write_bytes((m / "klinik.json").read_bytes())
    (m / "putus.json").write_bytes((m / "klinik.json").read_bytes()[:-20])
    (m / "besar.json").write_bytes(b'{"x": "' + b"a" * BATAS + b'"}')
    (m / "hampa.json").write_bytes(b"")
    (m / "dalam.json").write_bytes(b"[" * 200_000)
    (m / "angka.json").write_bytes(b"9" * 100_000)
    (m / "lewat-wa.json.txt").write_text(json.dumps(berkas("klinik", iki(), "Citra Contoh")), "utf-8")
    (m / "kunci.csv").write_text("paket;kode;induk;cacat;uraian\nabcd0123;N01;N07;x;y\n", "utf-8-sig")
    return m


@pytest.fixture(scope="module")
def terkumpul(kembali: Path) -> Kumpulan:
    return kumpulkan(kembali)


def test_yang_rusak_asing_besar_dan_lain_versi_disebut(terkumpul: Kumpulan) -> None:
    t = terkumpul.berkas.set_index("berkas")
    tak_terbaca = {"versi2", "asing", "pelajaran", "putus", "besar", "hampa", "dalam", "angka"}
    assert set(t.index[t["keadaan"] == "tidak terbaca"]) == {f"{n}.json" for n in tak_terbaca}
    sebab = terkumpul.temuan.groupby("berkas")[["pesan", "perbaikan"]].first()
    assert "versi 2; program ini membaca versi 1" in sebab.at["versi2.json", "pesan"]
    assert "bukan berkas jawaban" in sebab.at["asing.json", "pesan"]
    assert "rusak atau terpotong" in sebab.at["putus.json", "pesan"]
    assert "500 kB" in sebab.at["besar.json", "pesan"]
    assert "“silsilah”" in sebab.at["pelajaran.json", "pesan"]
    assert (sebab["perbaikan"].str.len() > 10).all()
    assert t.at["kosong.json", "keadaan"] == "kosong"
    assert t.at["kunci.csv", "keadaan"] == "kunci paket USB"
    assert t.at["lewat-wa.json.txt", "keadaan"] == "jawaban USB"


def test_satu_orang_satu_berkas_tiap_pelajaran(terkumpul: Kumpulan) -> None:
    t = terkumpul.berkas.set_index("berkas")
    dipakai = {j.berkas: j.orang for j in terkumpul.usb}
    # two files have all three answers; the browser numbered neither: the first by name counts
    assert {n for n in t.index if t.at[n, "keadaan"] == "salinan"} == {"klinik (1).json", "klinik.json"}
    assert dipakai["kembar/klinik.json"] == dipakai["kuadran.json"] == dipakai["capaian.json"]
    sisih = terkumpul.temuan.set_index("berkas").loc["klinik (1).json"]
    assert "dipakai kembar/klinik.json (3 isian)" in sisih["pesan"]
    assert "(2 isian, 1 di antaranya lain)" in sisih["pesan"]
    assert "klinik.json" not in set(terkumpul.temuan["berkas"])  # the same to the letter: nothing is lost


def test_salinan_yang_lebih_baru_dan_orang_tanpa_nama() -> None:
    def b(nama: str, meja: str, *teks: str) -> Berkas:
        return Berkas("p", "bayaran", nama, meja, tuple(Jawab("bayaran", "", t) for t in teks))

    dipakai, sisih = pilih({"a (2).json": b("Ani", "1", "baru"), "a.json": b("ani", "01", "lama")})
    assert sisih == {"a.json": "a (2).json"}
    assert [j.orang for j in dipakai] == ["Ani"]
    # one name at two tables: two people; without a table then a third
    dipakai, sisih = pilih({"a": b("Ani", "1", "x"), "b": b("Ani", "2", "x"), "c": b("Ani", "", "x")})
    assert sorted(j.orang for j in dipakai) == ["Ani", "Ani (meja 1)", "Ani (meja 2)"]
    assert not sisih
    dipakai, sisih = pilih(
        {"a": b("", "1", "x"), "b": b("", "1", "y"), "c": b("", "1", "x"), "d": b("", "", "x")}
    )
    assert sisih == {"c": "a"}
    assert len({j.orang for j in dipakai}) == 3
    assert all(j.orang.startswith("Tanpa nama") for j in dipakai)
    assert pilih({"a": b("199001012015032001", "1", "x")})[0][0].orang == "(NIP)"


def test_nilai_menurut_pemeriksa_dan_aturan(terkumpul: Kumpulan) -> None:
    t = nilai_usb(terkumpul.usb, KUNCI).jawaban
    assert t.loc[t["latihan"] == "kuadran", "hasil"].tolist() == ["belum tepat", *["tepat"] * 8]
    assert t.loc[t["latihan"] == "titik", "hasil"].tolist() == [*["tepat"] * 4, "belum tepat"]
    assert t.loc[t["latihan"] == "capaian", "hasil"].tolist() == [*["tepat"] * 6, "belum tepat"]
    assert t.loc[t["latihan"] == "kaskade", "hasil"].tolist() == ["tepat", "belum tepat"]
    assert t.loc[t["latihan"] == "bayaran", "hasil"].tolist() == ["tidak dinilai"]
    s = soal_latihan().set_index("nomor")
    h = nilai_usb(terkumpul.usb)
    for (orang, n), b in h.banding.items():
        x = t[(t["orang"] == orang) & (t["butir"] == str(n)) & (t["latihan"] == "iki")].iloc[0]
        (lama,) = diagnosis(s.loc[[n], ["indikator", "jenjang"]])
        assert b.membaik == banding_tulis(lama, b.sesudah).membaik
        salin = b.sesudah.indikator == lama.indikator
        assert (x["hasil"] == "membaik") == bool(b.membaik and not b.memburuk and not salin)
    assert {"membaik", "belum membaik"} <= set(h.jawaban["hasil"])
    p = h.peserta.set_index("orang")
    assert p.loc["Citra Contoh"].tolist() == [2, 3]
    assert p.loc["Budi Contoh"].tolist() == [0, 0]
    # without the key, or with another package's, the tree is not marked and the package is named
    assert set(h.jawaban.loc[h.jawaban["latihan"] == "kaskade", "hasil"]) == {"tidak dinilai"}
    assert h.tanpa_kunci == ("abcd0123",)
    lain = nilai_usb(terkumpul.usb, {"ffff0000": KUNCI["abcd0123"]})
    assert lain.tanpa_kunci == ("abcd0123",)
    assert "tepat" not in set(lain.jawaban.loc[lain.jawaban["latihan"] == "kaskade", "hasil"])


def test_titik_yang_dipindah_tidak_dinilai() -> None:
    isi = urai(berkas("kuadran", [{"latihan": "titik", "predikat": "baik", "orang": "57"}], keadaan={"titik": {}}), Path("x.json"))  # fmt: skip
    (j,), _ = pilih({"x": isi})
    assert nilai_usb([j]).jawaban["hasil"].tolist() == ["tidak dinilai"]


def test_baris_yang_bukan_jawaban_disebut_dan_lainnya_tetap() -> None:
    baik = iki(2)[0]
    baris = [baik, baik, 7, {**baik, "nomor": True}, {**baik, "nomor": 99}, {**baik, "nomor": "2"}, {**baik, "nomor": 2, "indikator": ["x"]},
             {**baik, "nomor": 2, "indikator": "x" * 601}, {**baik, "nomor": 3, "indikator": " \u200b "}, {"latihan": "kaskade", "kode": "N01", "induk": "N02"}]  # fmt: skip
    isi = urai(berkas("klinik", baris), Path("x.json"))
    assert len(isi.jawaban) == 1
    assert [letak for letak, _ in isi.salah] == [f"jawaban ke-{i}" for i in (2, 3, 4, 5, 6, 7, 8, 10)]
    assert "lebih dari 600 huruf" in isi.salah[6][1]


def test_dinding_dan_rekap_teks_tetap_teks(terkumpul: Kumpulan, kembali: Path, tmp_path: Path) -> None:
    for n in ("a", "b"):
        tulis_hasil(kumpulkan(kembali), tmp_path / n, kunci_usb=KUNCI)
    for f in ("dinding.html", "rekap.xlsx"):
        assert (tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes()
    isi = (tmp_path / "a" / "dinding.html").read_text("utf-8")
    assert "<script" not in isi
    assert "<img" not in isi
    assert "Peserta dari USB" in isi
    assert "<span>Citra Contoh</span><b>2 dari 3</b>" in isi
    assert re.search(r'class="siapa">(Ani|ANI|Citra)', isi)  # their rewrites join the best
    assert html.escape("<img src=x onerror=alert(1)>")[:12] in isi
    buku = openpyxl.load_workbook(tmp_path / "a" / "rekap.xlsx")
    sel = [c for b in buku["usb"].iter_rows() for c in b]
    assert not [c for ws in buku for b in ws.iter_rows() for c in b if c.data_type == "f"]
    assert {"=1+1", "=cmd|x"} <= {c.value for c in sel}
    # what was chosen on the tree would with its mark be the key
    assert not {c.value for c in sel} & {"N07", "N09"}
    pohon = {b[5].value: b[10].value for b in buku["usb"].iter_rows(min_row=2) if b[4].value == "kaskade"}
    assert pohon == {"N01": "tepat", "N02": "belum tepat"}
    rahasia = tulis_rekap(terkumpul, nilai(terkumpul, KUNCI), tmp_path / "rekap.xlsx", kunci=True)
    buku = openpyxl.load_workbook(rahasia, read_only=True)
    assert "N07" in {c for b in buku["usb"].iter_rows(values_only=True) for c in b}
    buku.close()
    assert rahasia.stat().st_mode & 0o077 == 0


def test_dinding_menyebut_berapa_yang_tidak_muat(tmp_path: Path) -> None:
    satu = {"latihan": "bayaran", "catatan": "x"}
    taruh(tmp_path, **{f"p{i}": berkas("bayaran", [satu], f"Orang {i:02d} Contoh") for i in range(40)})
    isi = dinding(nilai(kumpulkan(tmp_path)))
    tampil = isi.count('class="satu orang"') - 1
    assert f"dan {40 - tampil} orang lagi" in isi
    assert "belum ada" not in isi.lower().split("peserta dari usb")[0]


def test_perintah_dan_kunci(kembali: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    m = tmp_path / "m"
    m.mkdir()
    (m / "kaskade.json").write_bytes((kembali / "kaskade.json").read_bytes())
    perintah = ["latihan", "kumpul", str(m), "--keluaran", str(tmp_path / "h")]
    assert cli.main(perintah) == 0
    keluar = capsys.readouterr().out
    assert "1 peserta dari USB; 0 dari 0 tulisan ulang membaik." in keluar
    assert "paket abcd0123 tidak dinilai: sertakan kuncinya dengan --kunci-usb" in keluar
    assert "daftar kelas" not in keluar.lower()
    kunci = tmp_path / "kunci.csv"
    with kunci.open("w", encoding="utf-8-sig", newline="") as f:
        tulis = csv.writer(f, delimiter=";")
        tulis.writerow(["paket", "kode", "induk", "cacat", "uraian"])
        tulis.writerows(["abcd0123", a, b, "x", "y; z"] for a, b in KUNCI["abcd0123"].items())
    assert baca_kunci(kunci) == KUNCI
    assert cli.main([*perintah, "--kunci-usb", str(kunci)]) == 0
    assert "tidak dinilai" not in capsys.readouterr().out
    for isi in (b"a;b\n1;2\n", b"", b"\xff\xfe\x00", b"paket;kode;induk\nx;;\n"):
        (tmp_path / "salah.csv").write_bytes(isi)
        assert cli.main([*perintah, "--kunci-usb", str(tmp_path / "salah.csv")]) == 2
        assert "bukan kunci paket USB" in capsys.readouterr().err
    assert cli.main([*perintah, "--kunci-usb", str(tmp_path / "hilang.csv")]) == 2
    assert "tidak ditemukan" in capsys.readouterr().err


@pytest.mark.lambat
@pytest.mark.parametrize("besar", [(1920, 1080), (1366, 768)])
def test_dinding_dengan_peserta_usb_muat_di_satu_layar(tmp_path: Path, besar: tuple[int, int]) -> None:
    from peramban import layar, peramban, perlu_peramban, potret
    from test_bimtek_latihan import _KELUAR, _TUMPANG

    perlu_peramban()
    nama = "Dr. Nama Panjang Sekali Contoh, S.T., M.Si."
    for map_, banyak, meja in (("a", 40, 12), ("b", 40, 24), ("c", 84, 0), ("d", 1, 1)):
        m = tmp_path / map_
        m.mkdir()
        taruh(m, **{f"p{i}": berkas("klinik", iki(2 + i % 9), f"{i} {nama}") for i in range(banyak)})
        if meja:
            tulis_kelas(kelas_contoh(7 * meja), m / "daftar-kelas.xlsx")
        k = kumpulkan(m)
        halaman = tmp_path / f"{map_}.html"
        halaman.write_text(dinding(nilai(k), k.lengkap), "utf-8")
        with peramban() as p:
            page = layar(p, viewport=dict(zip(("width", "height"), besar, strict=True)))
            page.goto(halaman.as_uri())
            potret(page, f"dinding-usb-{map_}-{besar[0]}")
            assert (page.evaluate(_KELUAR), page.evaluate(_TUMPANG)) == ("", 0), map_
            huruf = "parseFloat(getComputedStyle(document.querySelector('.satu.orang')).fontSize)/innerHeight"
            assert page.evaluate(huruf) >= 0.021


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(max_size=6), x, max_size=4),
    max_leaves=8,
)
_KATA = st.sampled_from(["iki", "kaskade", "titik", "kuadran", "capaian", "bayaran", "klinik", "N01", "baik", "sesuai|sesuai", "1,5", "9" * 20, "١", "x"])  # fmt: skip
_NILAI = _KATA | st.integers(-1, 11) | _JSON
_BARIS = st.dictionaries(
    st.sampled_from(["latihan", "nomor", "indikator", "satuan", "target", "kode", "induk", "kotak", "predikat", "orang", "capaian", "catatan"]),
    _NILAI, max_size=8,
)  # fmt: skip
_BERKAS = st.fixed_dictionaries(
    {"format": st.just("kinerja-jawaban"), "versi": st.just(1) | _JSON, "pelajaran": st.sampled_from([*jawaban_usb.JUDUL]) | _JSON},
    optional={"paket": _NILAI, "nama": _NILAI, "meja": _NILAI, "jawaban": st.lists(_BARIS | _JSON, max_size=4) | _JSON, "keadaan": _JSON},
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_BERKAS | _JSON, max_size=3))
def test_json_apa_pun_dibaca_atau_ditolak_dengan_kata(isi: list[Any]) -> None:
    terbaca, tolak = {}, []
    for i, x in enumerate(isi):
        try:
            terbaca[f"{i}.json"] = urai(json.loads(json.dumps(x)), Path(f"{i}.json"))
        except GalatData as galat:
            tolak.append(galat.temuan[0].perbaikan)
    assert all(tolak)
    dipakai, sisih = pilih(terbaca)
    assert {j.berkas for j in dipakai} | set(sisih) == set(terbaca)
    t = nilai_usb(dipakai, KUNCI).jawaban
    assert len(t) == sum(len(j.isi.jawaban) for j in dipakai)
    assert all(x.isprintable() for x in t.to_numpy(dtype=object).ravel())


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=40).map(lambda t: ('{"format": "' + t).encode("utf-8", "replace")))  # fmt: skip
def test_byte_apa_pun_tidak_menjatuhkan(isi: bytes) -> None:
    with tempfile.TemporaryDirectory() as m:
        jalur = Path(m) / "x.json"
        jalur.write_bytes(isi)
        with pytest.raises(GalatData):
            baca(jalur)
