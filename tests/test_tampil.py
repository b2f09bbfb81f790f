"""Blocks: one content in three forms, nothing of the data taken for markup."""

import json
import subprocess
import sys
import time
from html.parser import HTMLParser

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from kinerja.tampil import (
    GAYA,
    MIME_BLOK,
    AngkaKunci,
    Butir,
    Catatan,
    Gambar,
    Judul,
    KolomTabel,
    Kop,
    Paragraf,
    Pihak,
    Tabel,
    TandaTangan,
)

JAHAT = (
    """<script>alert('x')</script> & "petik" <img src=x onerror=alert(1)> #let $x$ \\ @a *b* `c` [d] // e"""
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><script>alert(1)</script></svg>'


def semua_blok(t: str) -> list:
    """Every block with `t` in every text field."""
    return [
        Kop((t, t), t, t, t, t, t),
        AngkaKunci((Butir(t, t, t), Butir(t, t))),
        Tabel(
            (KolomTabel(t, grup=t), KolomTabel(t, "kanan", 2.0, t), KolomTabel(t, "tengah")),
            ((t, t, t),) * 2,
            t,
            t,
            (t, t, t),
            nomor_kolom=True,
            kelas_baris=("", "peringatan"),
        ),
        Gambar(SVG, t, t, t),
        TandaTangan(t, (Pihak(t, t, t, t, t), Pihak(t, t))),
        Catatan(t, "asumsi"),
        Paragraf(t),
        Judul(t, 3),
    ]


class Isi(HTMLParser):
    """Tags, attribute names and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tag: set[str] = set()
        self.atribut: set[str] = set()
        self.teks: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tag.add(tag)
        self.atribut |= {nama for nama, _ in attrs}

    def handle_data(self, data):
        self.teks.append(data)


@pytest.mark.parametrize("blok", semua_blok(JAHAT), ids=lambda b: b.jenis)
def test_teks_jahat_tetap_teks(blok):
    isi = Isi(blok.html())
    assert not isi.tag & {"script", "iframe"}
    assert "onerror" not in isi.atribut
    assert ("img" in isi.tag) == isinstance(blok, Gambar)
    assert any(JAHAT in t for t in isi.teks)
    assert "<script>ale" in blok.teks_polos()


@pytest.mark.parametrize("blok", semua_blok("Dinas"), ids=lambda b: b.jenis)
def test_satu_isi_tiga_bentuk(blok):
    data, _ = DisplayFormatter().format(blok)
    assert set(data) == {"text/html", "text/plain", MIME_BLOK}
    assert data["text/html"] == GAYA + blok.html()
    assert data[MIME_BLOK]["jenis"] == blok.jenis
    assert json.loads(json.dumps(data[MIME_BLOK])) == data[MIME_BLOK]  # plain: no tuple, no object
    assert "Dinas" in data["text/plain"]


def test_tabel_dalam_tiga_bentuk():
    t = Tabel(
        (
            KolomTabel("Nama"),
            KolomTabel("Kotor", "kanan", grup="TPP"),
            KolomTabel("Bersih", "kanan", grup="TPP"),
        ),
        (("Ani", "1.000", "900"), ("Budi", "20", "–")),
        "Daftar",
        jumlah=("Jumlah", "1.020", "900"),
    )
    atas, bawah = t.kepala()
    assert [(s["teks"], s["awal"], s["kolom"], s["baris"]) for s in atas] == [
        ("Nama", 0, 1, 2),
        ("TPP", 1, 2, 1),
    ]
    assert [(s["teks"], s["awal"]) for s in bawah] == [("Kotor", 1), ("Bersih", 2)]
    assert t.html().count('<td class="n">') == 6
    assert t.teks_polos() == (
        "Daftar\n"
        "Nama    TPP: Kotor  TPP: Bersih\n"
        "------  ----------  -----------\n"
        "Ani          1.000          900\n"
        "Budi            20            –\n"
        "Jumlah       1.020          900"
    )


def test_tabel_kosong_dan_panjang():
    kosong = Tabel((KolomTabel("Nama"), KolomTabel("Nilai")), ())
    assert '<td class="nihil" colspan="2">Tidak ada baris.</td>' in kosong.html()
    assert kosong.teks_polos().endswith("Tidak ada baris.")
    panjang = Tabel((KolomTabel("No"),), tuple((str(i),) for i in range(50)), jumlah=("x",))
    assert panjang.teks_polos().splitlines()[-2:] == ["... 30 baris lagi", "x"]


def test_tabel_menyebut_semua_galat():
    with pytest.raises(ValueError, match="baris 2: 1 sel, seharusnya 2") as e:
        Tabel(
            (KolomTabel("A", "samping"), KolomTabel("B", lebar=0)),  # type: ignore[arg-type]
            (("1", "2"), ("3",)),
            "Rekap",
            jumlah=("x",),
            kelas_baris=("merah",),  # type: ignore[arg-type]
        )
    for bagian in (
        "Rekap",
        "'samping'",
        "'B': lebar 0",
        "baris jumlah: 1 sel",
        "1 tanda untuk 2",
        "['merah']",
    ):
        assert bagian in str(e.value)


def test_tabel_dari_dataframe():
    df = pd.DataFrame(
        {"Nama pegawai": ["Ani", None], "TPP": ["Rp1.000", "-Rp20"], "Capaian": ["97,5 %", "–"]}
    )
    t = Tabel.dari(df, judul="Rekap")
    assert t.baris == (("Ani", "Rp1.000", "97,5 %"), ("–", "-Rp20", "–"))
    assert [k.rata for k in t.kolom] == ["kiri", "kanan", "kanan"]
    assert Tabel.dari(df, [KolomTabel("A"), KolomTabel("B"), KolomTabel("C")]).kolom[2].nama == "C"
    assert Tabel.dari(df.iloc[:0]).baris == ()
    with pytest.raises(ValueError, match="2 KolomTabel untuk 3 kolom data"):
        Tabel.dari(df, [KolomTabel("A"), KolomTabel("B")])
    with pytest.raises(ValueError, match=r"kolom 'n' memuat .*1.*kolom 'x' memuat 0\.5"):
        Tabel.dari(pd.DataFrame({"n": [1], "teks": ["a"], "x": [0.5]}))


@pytest.mark.parametrize(
    ("buat", "pesan"),
    [
        (lambda: AngkaKunci(()), "1 sampai 5 butir, bukan 0"),
        (lambda: AngkaKunci((Butir("1", "a"),) * 6), "bukan 6"),
        (lambda: TandaTangan("Kota", ()), "1 sampai 4 pihak"),
        (lambda: Gambar(SVG, "Sebaran", " "), "alt kosong"),
        (lambda: Gambar("PNG", "Sebaran", "alt"), "bukan teks SVG"),
        (lambda: Catatan("x", "riang"), "nada 'riang'"),
        (lambda: Judul("x", 7), "tingkat 7"),
    ],
)
def test_blok_menolak(buat, pesan):
    with pytest.raises(ValueError, match=pesan):
        buat()


def test_nama_kosong_menjadi_titik():
    t = TandaTangan(
        "Kota, 1 Mei 2024", (Pihak("Mengetahui,", "Kepala"), Pihak("", "Bendahara", "Ani", "", "123"))
    )
    assert t.html().count(".....") > 2
    assert "NIP 123" in t.teks_polos()
    kepala, bendahara = t.data()["pihak"]
    assert set(kepala["bawah"][0]) == {"."}
    assert (kepala["atas"], bendahara["atas"]) == (
        ["Mengetahui,", "Kepala"],
        ["Kota, 1 Mei 2024", "Bendahara"],
    )
    assert t.teks_polos().startswith("Mengetahui,\nKepala\n\n....")


def test_impor_ringan():
    kode = (
        "import sys, kinerja.tampil; print([m for m in ('pandas', 'numpy', 'IPython') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", kode], text=True).strip() == "[]"


def test_800_baris_cepat():
    t = Tabel(tuple(KolomTabel(f"K{i}", "kanan") for i in range(12)), ((JAHAT[:30],) * 12,) * 800)
    lama = []
    for _ in range(7):
        mulai = time.process_time()
        t.html()
        lama.append(time.process_time() - mulai)
    assert min(lama) < 0.030
