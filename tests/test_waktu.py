"""What each stage of a run costs: nothing is lost, and the table says it in Indonesian."""

from __future__ import annotations

import re

from kinerja.laporan.waktu import URUTAN, Jam


def test_tahap_dijumlahkan_dan_sisanya_adalah_mulai():
    jam = Jam()
    jam.tambah({"hitung": 2.0})
    jam.paket_jadi({"notebook": 1.0, "pdf": 0.25}, 1.5)
    jam.paket_jadi({"notebook": 2.0, "pdf": 0.75}, 3.0)
    assert jam.detik == {"hitung": 2.0, "notebook": 3.0, "pdf": 1.0, "mulai": 0.5}
    assert jam.pertama is not None
    baris = [b.split() for b in jam.tabel(2).splitlines()]
    assert ["hitung", "2,00"] in baris
    assert ["notebook", "3,00", "1,500"] in baris
    assert ["mulai", "0,50", "0,250"] in baris


def test_cetakan_menyebut_setiap_tahap(cetakan):
    _, r = cetakan
    assert re.search(r"^Paket pertama jadi setelah \d+,\d detik\.$", str(r), re.M)
    ada = [b.split("  ")[0] for b in r.rinci.splitlines()]
    assert [n for n in URUTAN if n in ada] == [n for n in URUTAN if n != "zip"]
