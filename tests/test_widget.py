"""The clinic: pasted text in, findings out; reset; the form without a person; marking; and JupyterLab itself."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja as kj
from kinerja import gambar_iki, widget
from kinerja.iki.frasa import TINGKAT
from kinerja.iki.klinik import PALING
from kinerja.tampil import Catatan, Gambar, Judul, Paragraf, Tabel

SINI = Path(__file__).parent
PELAJARAN = SINI.parent / "notebooks" / "01_desain_iki.ipynb"
LEMAH = "Terlaksananya sosialisasi pencegahan stunting"
BAIK = "Persentase keluarga berisiko stunting yang didampingi lengkap"


@pytest.fixture
def tanpa_orang(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


# -- pasted text -----------------------------------------------------------------------------------------


def test_tempelan_dari_excel_menurut_urutan_atau_kepala():
    biasa = kj.iki.urai_tempelan("1. Menghadiri rapat\tkali\t12\tStaf\n\n  Nilai  AKIP\t\t\teselon II\r\n")
    assert biasa["indikator"].tolist() == ["Menghadiri rapat", "Nilai AKIP"]
    assert biasa["jenjang"].tolist() == ["pelaksana", "jpt"]
    kepala = kj.iki.urai_tempelan("Target\tIndikator\n85\tNilai AKIP", "administrator")
    assert kepala.loc[1].to_dict() == {"indikator": "Nilai AKIP", "target": "85", "jenjang": "administrator"}


@pytest.mark.parametrize("teks", ["", "  \n\t\n"])
def test_tempelan_kosong(teks):
    assert kj.iki.urai_tempelan(teks).empty
    assert kj.iki.diagnosis(teks) == []
    assert [type(b) for b in widget.blok_klinik(teks)] == [Paragraf]


def test_angka_di_depan_rumusan_bukan_nomor_urut():
    tabel = kj.iki.urai_tempelan("12 dokumen perencanaan\n2019 menjadi dasar\n(3) Nilai AKIP")
    assert tabel["indikator"].tolist() == ["12 dokumen perencanaan", "2019 menjadi dasar", "Nilai AKIP"]


def test_terlalu_banyak_baris_menjadi_catatan():
    blok = widget.blok_klinik("\n".join(f"Nilai {i}" for i in range(PALING + 1)))
    assert [type(b) for b in blok] == [Catatan]
    assert "51 baris" in blok[0].teks
    assert "kj.iki.periksa" in blok[0].teks


def test_kepala_satu_kolom_dan_kepala_tanpa_indikator():
    assert kj.iki.urai_tempelan("Indikator\nNilai AKIP")["indikator"].tolist() == ["Nilai AKIP"]
    assert kj.iki.urai_tempelan("Indikator")["indikator"].tolist() == ["Indikator"]
    with pytest.raises(ValueError, match="Baris judul hanya memuat satuan, target"):
        kj.iki.urai_tempelan("Satuan\tTarget\nkg\t5")
    assert [type(b) for b in widget.blok_klinik("Satuan\tTarget\nkg\t5")] == [Catatan]


def test_jenjang_tak_dikenal_memakai_pilihan():
    assert kj.iki.urai_tempelan("Nilai AKIP\t\t\tentah", "jpt").at[1, "jenjang"] == "jpt"


# -- one phrase --------------------------------------------------------------------------------------------


def test_diagnosis_sama_dengan_pemeriksa():
    d = kj.iki.diagnosis(LEMAH, "administrator")[0]
    asli = kj.iki.periksa(LEMAH, jenjang="administrator")
    assert d.temuan["kode"].tolist() == asli["kode"].tolist()
    assert d.tingkat == kj.iki.tingkat(LEMAH) == "aktivitas"
    assert d.lemah
    assert not d.di_tempat
    pd.testing.assert_frame_equal(
        d.smart.drop(columns="baris"), kj.iki.smart([LEMAH], jenjang="administrator").drop(columns="baris")
    )


def test_smart_dengan_temuan_yang_sudah_ada():
    tabel = pd.DataFrame(
        {"indikator": [LEMAH, BAIK], "satuan": ["kali", "persen"], "target": [1.0, 85.0], "jenjang": "jpt"},
        index=[7, 3],
    )
    pd.testing.assert_frame_equal(kj.iki.smart(tabel, temuan=kj.iki.periksa(tabel)), kj.iki.smart(tabel))


@pytest.mark.parametrize(
    ("teks", "jenjang", "kata"),
    [
        (LEMAH, "jpt", ["Terlaksananya"]),
        ("Jumlah  Berita Acara (BA) Musrenbang", "jpt", ["Jumlah", "Berita Acara"]),
        ("Persentase penyerapan 100% anggaran", "jpt", ["penyerapan", "anggaran"]),
        (BAIK, "administrator", []),
        ("Angka kemiskinan provinsi", "pelaksana", ["Angka", "kemiskinan"]),
        ("Angka kemiskinan provinsi", "jpt", []),
    ],
)
def test_tanda_menunjuk_kata_pemicu(teks, jenjang, kata):
    d = kj.iki.diagnosis(teks, jenjang)[0]
    assert [d.indikator[a:b] for a, b in d.tanda] == kata


def test_target_dari_tempelan_dinilai_dengan_koma_desimal():
    tanpa = kj.iki.diagnosis("Indikator\tSatuan\tTarget\nMengoptimalkan koordinasi\t\t", "jpt")[0]
    assert "L3" in set(tanpa.temuan["kode"])
    d = kj.iki.diagnosis(f"{BAIK}\tpersen\t85,5\tAdministrator")[0]
    assert d.temuan.empty
    assert (d.satuan, d.target) == ("persen", "85,5")
    lewat = kj.iki.diagnosis(f"{BAIK}\tpersen\t185,5\tAdministrator\nNilai AKIP\tnilai\tkategori baik\tJPT")
    assert len(lewat) == 2


def test_tangga_wajar_meliputi_semua_jenjang_panel():
    from kinerja.iki.klinik import tangga_wajar

    batas = tangga_wajar()
    assert set(widget.JENJANG) <= set(batas)
    assert all(0 <= a <= b < len(TINGKAT) for a, b in batas.values())


def test_banding_menyebut_yang_membaik_dan_memburuk():
    a, b = kj.iki.diagnosis(LEMAH, "administrator")[0], kj.iki.diagnosis(BAIK, "administrator")[0]
    maju, mundur = kj.iki.banding_tulis(a, b), kj.iki.banding_tulis(b, a)
    assert "Naik tangga: dari aktivitas ke outcome." in maju.membaik
    assert any(k.startswith("Teratasi: L2") for k in maju.membaik)
    assert (maju.memburuk, maju.tersisa) == ((), ())
    assert mundur.memburuk[0] == "Turun tangga: dari outcome ke aktivitas."
    assert any(k.startswith("Baru: L2") for k in mundur.memburuk)
    assert mundur.tersisa
    assert kj.iki.banding_tulis(a, a).membaik == ()


# -- pictures ----------------------------------------------------------------------------------------------


def test_tangga_satu_banyak_dan_berpanah():
    a, b = kj.iki.diagnosis(LEMAH, "administrator"), kj.iki.diagnosis(BAIK, "administrator")
    satu = gambar_iki.gambar_tangga(a)
    assert satu.judul == "Berhenti di anak tangga aktivitas, di bawah yang wajar bagi Administrator"
    assert "pemicu “Terlaksananya”" in satu.alt
    for nama in TINGKAT:
        assert f">{nama}</text>" in satu.svg
    assert gambar_iki.gambar_tangga(a, b[0]).judul == "Naik dari aktivitas ke outcome"
    assert gambar_iki.gambar_tangga(b, a[0]).judul == "Turun ke aktivitas"
    assert "wajar bagi Administrator, tanpa temuan berat" in gambar_iki.gambar_tangga(b).judul
    banyak = kj.iki.diagnosis("\n".join([LEMAH, BAIK, "x", "<b>&amp;"] * 6), "jpt")
    assert re.match(r"\d+ dari 24 rumusan perlu ditulis ulang", gambar_iki.gambar_tangga(banyak).judul)
    assert "<b>" not in gambar_iki.gambar_tangga(banyak).svg
    assert "Tulis atau tempel" in gambar_iki.gambar_tangga([]).alt


def test_tidak_ada_tulisan_keluar_kertas():
    panjang = kj.iki.diagnosis(
        "\n".join(
            f"{LEMAH} {'pada kelurahan ' * 20}\t\t\t{j}" for j in ("JPT", "Administrator", "Pengawas", "Staf")
        )
    )
    for gambar in (
        gambar_iki.gambar_tangga(panjang),
        gambar_iki.gambar_tangga(panjang[:1]),
        gambar_iki.gambar_tangga(panjang[:1], panjang[1]),
    ):
        batas = [float(x) for x in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', gambar.svg).groups()]
        from kinerja.kertas import lebar_teks

        for atribut, isi in re.findall(r"<text([^>]*)>([^<]*)</text>", gambar.svg):
            nilai = dict(re.findall(r'([\w-]+)="([^"]*)"', atribut))
            lebar = lebar_teks(isi, float(nilai["font-size"]), "font-weight" in nilai) * 72 / 25.4
            kiri = float(nilai["x"]) - {"start": 0, "middle": lebar / 2, "end": lebar}[nilai["text-anchor"]]
            assert kiri >= -0.5, isi
            assert kiri + lebar <= batas[0] + 0.5, isi
            assert 0 < float(nilai["y"]) <= batas[1], isi


@pytest.fixture(scope="module")
def iki():
    return gambar_iki.iki_pemda(kj.buat_contoh("sumbar", pegawai=200, benih=1))


def test_rumusan_lemah_menurut_opd_dan_jenis(iki):
    temuan = kj.iki.periksa(iki.drop(columns="lemah"))
    kata = temuan["kode"].isin(gambar_iki.KODE_RUMUSAN) & temuan["keparahan"].isin(["galat", "peringatan"])
    assert iki["lemah"].sum() == temuan.loc[kata, "baris"].nunique() > 0
    gambar = gambar_iki.gambar_lemah(iki)
    n = f"{len(iki):,}".replace(",", ".")
    assert gambar.judul.startswith(f"{iki['lemah'].sum()} dari {n} IKI rumusannya lemah")
    assert "SEMUA OPD" in gambar.svg
    assert "Belum ada IKI" in gambar_iki.gambar_lemah(iki.iloc[:0]).alt


def test_iki_tanpa_opd_tetap_dihitung():
    contoh = kj.buat_contoh("sumbar", pegawai=60, benih=1)
    contoh["pegawai"].loc[contoh["pegawai"].index[:5], "opd"] = None
    isi = gambar_iki.iki_pemda(contoh)
    assert isi["opd"].eq("tanpa OPD").any()
    assert f"{isi['lemah'].sum()} dari" in gambar_iki.gambar_lemah(isi).judul


def test_salinan_antarpegawai(iki):
    salinan = gambar_iki.salinan_pemda(iki)
    atas = salinan.iloc[0]
    sama = kj.iki.kembar(iki)
    kelompok = sama.loc[iki["indikator"] == atas["rumusan"], "kelompok"].iloc[0]
    anggota = iki[sama["kelompok"] == kelompok]
    assert atas["pegawai"] == anggota["nip"].nunique() > 1
    assert atas["opd"] == anggota["opd"].nunique()
    assert f"dipakai {atas['pegawai']} dari 200 pegawai" in gambar_iki.gambar_salinan(salinan, 200).judul
    assert "Tidak ada rumusan" in gambar_iki.gambar_salinan(salinan.iloc[:0], 200).alt


# -- the panel -----------------------------------------------------------------------------------------------


def test_panel_membaca_setiap_isian_dan_kembali():
    k = widget.Klinik(LEMAH, "administrator", jabatan="stunting")
    awal = k.keluaran.value
    assert "aktivitas" in k.blok[0].judul
    assert k.blok[-1].judul == "Contoh dari pustaka: stunting"
    k.isian["teks"].value = "Jumlah laporan"
    assert "output" in k.blok[0].judul
    k.isian["jenjang"].value = "sub_kegiatan"
    assert "tanpa temuan berat" in k.blok[0].judul
    k.isian["jenjang"].value = "administrator"
    k.isian["perbaikan"].value = BAIK
    assert k.blok[0].judul == "Naik dari output ke outcome"
    k.isian["besar"].value = True
    assert "font-size:1.5em" in k.keluaran.value
    assert k.isian["teks"].style.font_size == "1.5em"
    k._ulang.click()
    assert k.keadaan == {
        "teks": LEMAH,
        "jenjang": "administrator",
        "perbaikan": "",
        "jabatan": "stunting",
        "besar": False,
    }
    assert k.keluaran.value == awal


def test_isian_jahat_hanya_teks():
    jahat = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    k = widget.Klinik(jahat, "jpt", jahat, jahat)
    assert "<script" not in k.keluaran.value
    assert "<img src=x" not in k.keluaran.value


def test_tanpa_orang_yang_tampil_blok(tanpa_orang, muncul):
    widget.klinik(LEMAH, "administrator", BAIK)
    assert muncul[0].teks.startswith("Jenjang: Administrator.")
    assert not any(isinstance(b, widget.Klinik) for b in muncul)
    assert [type(b) for b in muncul if isinstance(b, Gambar | Tabel)] == [Gambar, Tabel, Tabel]


def test_dengan_orang_yang_tampil_panel_beserta_bentuk_diamnya(muncul, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "x")
    widget.klinik(LEMAH, "administrator")
    paket = muncul[0]._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in paket
    assert "L2 Kegiatan berbaju hasil" in paket["text/html"]
    assert "Berhenti di anak tangga aktivitas" in paket["text/plain"]


# -- the exercise ----------------------------------------------------------------------------------------------


def test_kunci_bernilai_penuh_dan_soal_bernilai_nol():
    soal, kunci = kj.iki.soal_latihan(), kj.iki.kunci_latihan()
    assert soal["nomor"].tolist() == kunci["nomor"].tolist() == list(range(1, 11))
    penuh = kj.iki.nilai_latihan(kunci)
    assert penuh["nilai"].tolist() == [100] * 10
    assert penuh["umpan_balik"].str.startswith("Baik.").all()
    sama = kj.iki.nilai_latihan(dict(zip(soal["nomor"], soal["indikator"].str.upper(), strict=True)))
    assert sama["nilai"].tolist() == [0] * 10
    assert kj.iki.nilai_latihan({})["umpan_balik"].eq("Belum dijawab.").all()


def test_nilai_menurut_bagiannya():
    nilai = kj.iki.nilai_latihan(
        {1: "Jumlah laporan evaluasi akuntabilitas", 7: "Persentase SPJ yang diterima tanpa perbaikan"}
    ).set_index("nomor")
    assert nilai.loc[1, ["bersih", "naik", "di_tempat", "satuan_target"]].tolist() == [
        False,
        True,
        False,
        False,
    ]
    assert nilai.at[1, "nilai"] == 20
    assert nilai.at[7, "nilai"] == 80
    assert nilai.at[7, "umpan_balik"] == "Lengkapi satuan dan target."


@pytest.mark.parametrize("pisah", [",", ";", "\t"])
def test_jawaban_dari_csv(tmp_path, pisah):
    berkas = tmp_path / "meja.csv"
    baris = [
        ["Nomor", "Indikator", "Satuan", "Target"],
        ["2", "Persentase belanja tanpa temuan", "persen", "90"],
    ]
    berkas.write_text("\n".join(pisah.join(b) for b in baris), encoding="utf-8")
    assert kj.iki.nilai_latihan(str(berkas)).set_index("nomor").at[2, "nilai"] == 100


@pytest.mark.parametrize(
    ("jawaban", "pesan"),
    [
        ("tidak-ada.csv", "tidak ada. Periksa nama"),
        ({11: "Nilai AKIP"}, "nomor '11' bukan nomor soal"),
        (pd.DataFrame({"nomor": [1, 1], "indikator": ["a b", "c d"]}), "nomor 1 dijawab lebih dari sekali"),
        (pd.DataFrame({"nomor": [1]}), "tanpa kolom indikator"),
        ({1: ("a", "b", "c", "d")}, "Jawaban nomor 1"),
        (5, "harus kamus"),
    ],
)
def test_jawaban_yang_tidak_terbaca(jawaban, pesan):
    with pytest.raises(ValueError, match=re.escape(pesan)):
        kj.iki.nilai_latihan(jawaban)


def test_tanpa_berkas_kunci_latihan_tetap_dinilai(monkeypatch):
    from kinerja.iki import latihan
    from kinerja.parameter import muat

    class TanpaKunci:
        parameter = {k: v for k, v in muat().parameter.items() if not k.startswith("kunci-latihan-iki")}  # noqa: RUF012

        def __getitem__(self, jalur):
            return self.parameter[jalur]

    monkeypatch.setattr(latihan, "muat", TanpaKunci)
    assert (
        kj.iki.nilai_latihan({2: ("Persentase belanja tanpa temuan", "persen", "90")})["nilai"].sum() == 100
    )
    with pytest.raises(FileNotFoundError, match="hanya ada pada pelatih"):
        kj.iki.kunci_latihan()


def test_pelajaran_tersimpan_tanpa_kunci():
    nb = nbformat.read(PELAJARAN, as_version=4)
    assert "kunci = False" in nb.cells[1].source
    isi = json.dumps(nb, ensure_ascii=False).lower()
    keluaran = [s for s in nb.cells if s.cell_type == "code" and s.outputs]
    assert len(keluaran) >= 12
    for jawaban in kj.iki.kunci_latihan()["indikator"]:
        assert jawaban.lower() not in isi, jawaban
    assert gambar_iki.tabel_kunci(False).teks_polos().startswith("Kunci ada pada pelatih")
    assert len(gambar_iki.tabel_kunci(True).baris) == 10


@pytest.mark.lambat
def test_pelajaran_berjalan_dengan_isian_lain(tmp_path, tanpa_orang):
    """Empty fields, the key shown, answers from a file: every parameter, by papermill."""
    import papermill

    berkas = tmp_path / "meja.csv"
    kj.iki.kunci_latihan().to_csv(berkas, index=False)
    hasil = papermill.execute_notebook(
        str(PELAJARAN),
        str(tmp_path / "hasil.ipynb"),
        parameters={"indikator": "", "perbaikan": "", "tempelan": "", "cari": "", "jenjang": "",
                    "jawaban": str(berkas), "kunci": True, "instansi": "babel", "pegawai": 60, "benih": 3},
        progress_bar=False,
        cwd=str(SINI.parent),
    )  # fmt: skip
    isi = json.dumps(hasil, ensure_ascii=False)
    assert "10 dari 10" in isi
    assert "Kunci (untuk pelatih)" in isi
    assert "Tulis atau tempel sebuah indikator" in isi


# --- the state of a panel as a file ------------------------------------------------------------------------


@pytest.fixture
def panel(muncul, monkeypatch):
    """A panel of a slider and a list; its controls by name, the upload button, and what is drawn."""
    import ipywidgets

    monkeypatch.setenv("JPY_SESSION_NAME", "x")
    angka = widget.Angka("Porsi kinerja", 60, 0, 100)
    skema = widget.Pilihan("Skema", "a", {"a": "Skema A", "b": "Skema B"})
    gambar = []
    widget.kendali(
        lambda porsi, skema: gambar.append((porsi, skema)) or Judul(f"{porsi} {skema}", 3),
        porsi=angka,
        skema=skema,
    )
    isi = muncul[0]
    semua = [isi, *isi.children]
    for x in semua:
        semua += [c for c in getattr(x, "children", ()) if c not in semua]
    kendali = {"porsi": next(x for x in semua if isinstance(x, ipywidgets.IntSlider))}
    kendali["skema"] = next(x for x in semua if isinstance(x, ipywidgets.Dropdown))
    return kendali, next(x for x in semua if isinstance(x, ipywidgets.FileUpload)), semua, gambar


def unggah(tombol, teks: str) -> None:
    isi = teks.encode()
    berkas = {
        "name": "k.json",
        "type": "application/json",
        "size": len(isi),
        "content": isi,
        "last_modified": datetime.now(UTC),
    }
    tombol.value = (berkas,)


def test_keadaan_panel_disimpan_dan_dipasang_kembali(panel):
    kendali, tombol, semua, gambar = panel
    kendali["porsi"].value, kendali["skema"].value = 75, "b"
    tautan = next(
        x.value
        for x in semua
        if isinstance(x.value if hasattr(x, "value") else None, str) and "download=" in x.value
    )
    teks = b64decode(re.search(r"base64,([^\"]+)", tautan)[1]).decode()
    assert json.loads(teks)["isian"] == {"Porsi kinerja": 75, "Skema": "Skema B"}
    kendali["porsi"].value, kendali["skema"].value = 10, "a"
    banyak = len(gambar)
    unggah(tombol, teks)
    assert (kendali["porsi"].value, kendali["skema"].value) == (75, "b")
    assert gambar[banyak:] == [(75, "b")]  # drawn once
    assert tombol.value == ()  # the same file can be opened again


@pytest.mark.parametrize(
    ("isian", "pesan"),
    [
        ({"Porsi kinerja": 101}, "angka 0 sampai 100"),
        ({"Porsi kinerja": "75"}, "angka 0 sampai 100"),
        ({"Skema": "Skema C"}, "pilih dari Skema A dan Skema B"),
        ({"Lain": 1}, "milik panel lain"),
        (None, "milik panel lain"),
    ],
)
def test_keadaan_yang_tidak_cocok_tidak_dipasang(panel, isian, pesan):
    kendali, tombol, semua, gambar = panel
    banyak = len(gambar)
    unggah(tombol, json.dumps({"format": "kinerja-keadaan", "versi": 1, "isian": isian}))
    assert (kendali["porsi"].value, kendali["skema"].value, len(gambar)) == (60, "a", banyak)
    assert any(pesan in x.value for x in semua if isinstance(getattr(x, "value", None), str))


@given(
    st.text(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(st.sampled_from(["format", "versi", "isian", "a"]), x, max_size=4)
        ),
    ).map(json.dumps)
)
def test_berkas_keadaan_sembarang_hanya_galat_nilai(teks):
    with pytest.raises(ValueError, match=r"(?i)keadaan"):
        widget.baca_keadaan(teks, {})


def test_keadaan_klinik_disimpan_dan_dipasang():
    k = widget.Klinik("Terlaksananya rapat", "administrator")
    teks = widget.tulis_keadaan(k.isian)
    k.isian["teks"].value, k.isian["besar"].value = "lain", True
    k._pasang(widget.baca_keadaan(teks, k.isian))
    assert k.keadaan["teks"] == "Terlaksananya rapat"
    assert k.keadaan["besar"] is False
