"""The lessons and the agenda: every notebook is there, and the minutes fill the day, breaks included."""

from __future__ import annotations

import pytest

from kinerja.bimtek import pelajaran as ajar
from kinerja.parameter import muat


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
