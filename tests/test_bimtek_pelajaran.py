"""The lessons and the agenda: every notebook is there, and the minutes fill the day, breaks included."""

from __future__ import annotations

import re

import nbformat
import pytest

from kinerja.bimtek import pelajaran as ajar
from kinerja.parameter import Ketentuan, muat
from kinerja.tampil import MIME_BLOK, Tabel


def test_setiap_notebook_ada_dan_kodenya_nomor_berkasnya() -> None:
    semua = ajar.pelajaran()
    assert all(p.jalur.is_file() for p in semua), [p.berkas for p in semua if not p.jalur.is_file()]
    assert all(p.berkas.startswith(f"{p.kode}_") for p in semua)
    assert len({p.kode for p in semua}) == len(semua)
    bernomor = {b.name for b in ajar.NOTEBOOK.glob("[0-9][0-9]_*.ipynb")} - {ajar.PINTU}
    assert bernomor == {p.berkas for p in semua}, "setiap notebook bernomor adalah pelajaran"


def test_setiap_pelajaran_lengkap_dan_milik_satu_cerita() -> None:
    kode = [c.kode for c in ajar.cerita()]
    assert len(kode) == len(set(kode)) == 5
    for p in ajar.pelajaran():
        assert all((p.judul, p.tujuan, p.pertanyaan, p.latihan, p.dasar)), p.kode
        assert p.pertanyaan.endswith("?"), p.kode
        assert p.cerita in kode
        assert 30 <= p.menit <= 90
    assert {p.cerita for p in ajar.pelajaran()} == set(kode), "tidak ada cerita tanpa pelajaran"


@pytest.mark.parametrize("hari", [1, 2])
def test_menit_memenuhi_hari_termasuk_rehat(hari: int) -> None:
    tabel = ajar.agenda(hari)
    waktu = muat()["pelajaran.waktu"].waktu[-1].nilai
    assert sorted(tabel["hari"].unique()) == list(range(1, hari + 1))
    for _, satu in tabel.groupby("hari"):
        assert satu["menit"].sum() == waktu["sehari"]
        assert satu["mulai"].iloc[0] == "08.00"
        assert satu["selesai"].iloc[-1] == "16.00"
        assert satu["mulai"].tolist()[1:] == satu["selesai"].tolist()[:-1], (
            "tanpa sela dan tanpa tumpang tindih"
        )
        assert satu["acara"].str.startswith("Rehat").sum() == 2
        assert satu["acara"].str.startswith("Istirahat").sum() == 1
        ajar_beruntun = (satu["kode"] != "").astype("int64") * satu["menit"]
        kelompok = (satu["kode"] == "").cumsum()
        assert ajar_beruntun.groupby(kelompok).sum().max() <= 120, "paling lama dua jam tanpa jeda"


def test_dua_hari_memuat_semua_sekali_dan_sehari_satu_dari_setiap_cerita() -> None:
    dua = ajar.agenda(2)
    assert sorted(k for k in dua["kode"] if k) == sorted(p.kode for p in ajar.pelajaran())
    assert [k for k in dua["kode"] if k] == [p.kode for p in ajar.pelajaran()], "urutan mengajarnya sama"
    cerita = {p.kode: p.cerita for p in ajar.pelajaran()}
    assert sorted(cerita[k] for k in ajar.agenda(1)["kode"] if k) == sorted(c.kode for c in ajar.cerita())


def test_yang_tidak_ada_ditolak_dengan_pilihan() -> None:
    assert ajar.satu_pelajaran("04").berkas == "04_skala_dan_ambang.ipynb"
    with pytest.raises(ValueError, match=r"Tidak ada pelajaran '99'.*01"):
        ajar.satu_pelajaran("99")
    with pytest.raises(ValueError, match="1 atau 2 hari, bukan 3"):
        ajar.agenda(3)  # type: ignore[arg-type]


# -- the notebooks say what the list says --------------------------------------------------------------------


def sel(berkas: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(ajar.NOTEBOOK / berkas, 4).cells  # type: ignore[no-any-return]


@pytest.mark.parametrize("p", ajar.pelajaran(), ids=lambda p: p.kode)
def test_kepala_pelajaran_sama_dengan_daftar(p: ajar.Pelajaran) -> None:
    kepala = sel(p.berkas)[0].source
    assert kepala.startswith(f"# {p.judul}\n")
    assert f"**Tujuan.** {p.tujuan}" in kepala
    assert re.search(rf"\*\*Waktu\.\*\* {p.menit} menit[.:]", kepala)
    assert "**Pertanyaan.**" in kepala
    [waktu] = re.findall(r"\*\*Waktu\.\*\* \d+ menit: ([^\n]+)\.", kepala) or [""]
    if waktu:
        bagian = [int(x.rsplit(" ", 1)[1]) for x in waktu.split(", ")]
        assert sum(bagian) == p.menit
    else:
        akhir = [int(x) for x in re.findall(r"^\| \d+–(\d+) \|", kepala, re.M)]
        assert akhir[-1] == p.menit


@pytest.mark.parametrize("p", ajar.pelajaran(), ids=lambda p: p.kode)
def test_setiap_pelajaran_berlatihan_dan_jawabannya_hanya_bagi_pelatih(p: ajar.Pelajaran) -> None:
    semua = sel(p.berkas)
    judul = [b for s in semua if s.cell_type == "markdown" for b in re.findall(r"^##? .+$", s.source, re.M)]
    assert judul.count("## Latihan") == judul.count("## Jawaban") == 1
    assert judul.index("## Latihan") < judul.index("## Jawaban")
    [awal] = [s for s in semua if "parameters" in s.metadata.get("tags", ())]
    assert re.search(r"^kunci = False\b", awal.source, re.M)
    teks = "\n".join(s.source for s in semua if s.cell_type == "markdown")
    assert "**Jawaban.**" not in teks, "jawaban tidak ditulis di pelajaran"
    i = next(i for i, s in enumerate(semua) if "## Jawaban" in s.source)
    assert "kunci" in semua[i + 1].source
    keluaran = "".join(str(o.get("data", {}).get("text/plain", "")) for o in semua[i + 1].outputs)
    assert "pelatih" in (semua[i].source + keluaran).casefold()


def test_salinan_peserta_tanpa_berkas_kunci_tetap_berjalan(monkeypatch: pytest.MonkeyPatch) -> None:
    """No lesson keeps its answer where a copy without kunci-*.yaml still has it."""
    milik_sendiri = {"01", "02", "09"}
    ada = set(muat()["kunci-pelajaran.jawaban"].waktu[-1].nilai)
    assert ada | milik_sendiri == {p.kode for p in ajar.pelajaran()}
    assert not ada & milik_sendiri
    assert "31,6 %" in ajar.jawaban("04", True).teks_polos()
    assert ajar.jawaban("04", False).teks_polos() == ajar.HANYA_PELATIH
    dipanggil: list[int] = []
    ajar.jawaban("07", False, plafon=lambda: dipanggil.append(1))
    assert not dipanggil, "jawaban yang tidak ditampilkan tidak dihitung"
    assert (
        ajar.jawaban("07", True, plafon=lambda: "Indeksnya 0,5.").teks_polos().startswith("1. Indeksnya 0,5.")
    )
    with pytest.raises(ValueError, match="Tidak ada pelajaran"):
        ajar.jawaban("99", True)
    k = muat()
    sisa = {j: p for j, p in k.parameter.items() if not j.startswith("kunci-")}
    monkeypatch.setattr(ajar, "muat", lambda: Ketentuan(k.akar, sisa, k.instansi))
    assert ajar.jawaban("04", False).teks_polos() == ajar.HANYA_PELATIH
    with pytest.raises(FileNotFoundError, match="hanya ada pada pelatih"):
        ajar.jawaban("04", True)


# -- the door ------------------------------------------------------------------------------------------------


def test_pintu_menuju_setiap_pelajaran_dan_tidak_ke_luar() -> None:
    semua = sel(ajar.PINTU)
    html = "".join(
        "".join(o.get("data", {}).get("text/html", "")) for s in semua for o in s.get("outputs", ())
    )
    markdown = "\n".join(s.source for s in semua if s.cell_type == "markdown")
    tautan = [*re.findall(r'href="([^"]+)"', html), *re.findall(r"\]\(([^)]+)\)", markdown)]
    assert {p.berkas for p in ajar.pelajaran()} == set(tautan), (
        "setiap tautan sebuah pelajaran, tidak ada yang lain"
    )
    for siapa in ("**Pelatih**", "**Analis**", "**Operator**"):
        assert siapa in markdown
    assert len(markdown.split()) < 280, "pintu, bukan buku"


def test_tabel_bertautan_di_layar_dan_tabel_biasa_di_kertas() -> None:
    t = ajar.tabel_agenda(2)
    assert t.html().count("<a href=") == len(ajar.pelajaran())
    data = t.data()
    assert data["jenis"] == "tabel"
    assert "tautan" not in data
    assert set(data) == set(Tabel.dari(ajar.agenda(1)[["acara"]].astype("str")).data())
    assert "href" not in str(t._repr_mimebundle_()[MIME_BLOK])
    assert ajar.tabel_agenda(1).html().count("<a href=") == 5
    assert ajar.tabel_pelajaran().html().count("<a href=") == len(ajar.pelajaran())
    assert len(ajar.tabel_cerita().baris) == 5
    aneh = ajar.TabelTautan(t.kolom[3:4], (("a<b",),), tautan=('x"y.ipynb',), sebutan=("a<b",))
    assert '<a href="x&quot;y.ipynb">a&lt;b</a>' in aneh.html()
