"""The glossary: terms that are used, articles that exist, and every bold term of a lesson explained."""

from __future__ import annotations

import re

import nbformat
import pytest

from kinerja.bimtek import glosarium as g
from kinerja.bimtek.pelajaran import NOTEBOOK, PINTU, pelajaran
from kinerja.parameter import AKAR_PARAMS, muat

STATUS = {"teks", "dua-sumber", "sekunder", "tafsir", "belum-terverifikasi", "ilustratif", "asumsi"}
BUKAN_ISTILAH = {  # printed in bold for weight, not as a term
    "76", "agendanya disusun dari angka orang itu sendiri", "analis", "anggaran", "apa yang berubah", "atasan", "baik",
    "batas", "bayaran menurut kelas", "berapa bagian perbedaan bayaran yang disebabkan kinerja", "berbeda",
    "beserta satuan dan target", "di bawah", "dibagi habis", "dijabarkan", "diukur sendiri", "gambar kurva", "hari",
    "hasilnya", "jalankan", "jalankan semua sel", "jawaban hanya untuk pelatih", "kata-katanya", "kembali ke awal", "kepalanya", "kmk 127/2026",
    "kumulatif setahun", "mengusulkan penghargaan dan hukuman", "menutup", "operator", "pegawai", "pelatih", "pengamat",
    "perilakunya", "permenpanrb 6/2022", "permenpanrb 8/2021", "pp 46/2011", "satu hari",
    "satu slip", "satu tingkat", "selang", "seluruh himpunan", "semua", "sepakati dengan atasan itu",
    "sepuluh hari berturut-turut", "siapa berkurang dan bertambah", "siapa mendukung hasil yang mana", "tab", "tabel",
    "tangga", "tepat", "tetap terbaca", "tidak", "tidak diselesaikan", "tidak memilih pemenang", "urutan",
    "usulan, bukan keputusan",
}  # fmt: skip


def sel_pelajaran() -> list[tuple[str, nbformat.NotebookNode]]:
    berkas = [NOTEBOOK / PINTU, *(p.jalur for p in pelajaran())]
    return [(b.name, s) for b in berkas for s in nbformat.read(b, 4).cells]


def tebal() -> set[str]:
    """Bold words of the lessons that are no label ('Tujuan.', 'Cara membaca.') and no question."""
    isi = {
        " ".join(t.split()).casefold()
        for _, s in sel_pelajaran()
        if s.cell_type == "markdown"
        for t in re.findall(r"\*\*(.+?)\*\*", s.source, re.DOTALL)
    }
    return {t for t in isi if not t.endswith((".", ":", "?"))}


def test_enam_puluh_istilah_lengkap_tanpa_kembar() -> None:
    t = g.glosarium()
    assert len(t) >= 60
    assert tuple(t.columns) == g.KOLOM
    mentah = muat()["glosarium.istilah"].waktu[-1].nilai
    assert {k for b in mentah for k in b} == set(g.KOLOM), "koma tanpa tanda kutip menjadi kunci sendiri"
    assert not t["istilah"].str.casefold().duplicated().any()
    assert (t[["kelompok", "istilah", "arti", "status"]] != "").all(axis=None)
    assert set(t["status"]) <= STATUS
    assert t["arti"].str.endswith(".").all()
    kelompok = t["kelompok"].tolist()
    assert len(dict.fromkeys(kelompok)) == sum(
        a != b for a, b in zip(kelompok, [None, *kelompok], strict=False)
    )


def test_setiap_istilah_benar_benar_dipakai() -> None:
    """In a lesson or its output, or in what the package shows."""
    teks = [
        s.source + " ".join(str(o.get("data", {}).get("text/plain", "")) for o in s.get("outputs", ()))
        for _, s in sel_pelajaran()
    ]
    teks += [b.read_text(encoding="utf-8") for b in (AKAR_PARAMS.parent / "kinerja").rglob("*.py")]
    semua = " ".join(teks).casefold()
    tidak = [
        i
        for i, lain in zip(g.glosarium()["istilah"], g.glosarium()["lain"], strict=True)
        if not any(
            re.search(rf"\b{re.escape(x.casefold())}\b", semua)
            for x in [i, *re.split(r", | atau ", lain)]
            if x
        )
    ]
    assert tidak == []


def test_istilah_tebal_di_pelajaran_ada_di_glosarium_atau_disebut_bukan_istilah() -> None:
    ada = tebal()
    kenal = g.nama()
    assert ada - kenal == BUKAN_ISTILAH & ada
    assert ada >= BUKAN_ISTILAH, f"tidak dicetak tebal lagi: {sorted(BUKAN_ISTILAH - ada)}"
    assert not BUKAN_ISTILAH & kenal
    assert len(ada & kenal) >= 20, "glosarium dan pelajaran memakai kata yang sama"


def test_setiap_letak_ada_pada_params_atau_statusnya_lemah() -> None:
    """A regulation is named in params/; an article counts as read only where params/ cites that very article."""
    dasar = [
        teks
        for j, p in muat().parameter.items()
        if not j.startswith("glosarium.")
        for n in p.waktu
        for teks in (n.dasar, *(str(b.get("dasar", "")) for b in n.butir.values()))
    ]
    berkas = " ".join(b.read_text(encoding="utf-8") for m in ("regulasi", "tukin", "kaskade", "tindak_lanjut", "iki") for b in (AKAR_PARAMS / m).glob("*.yaml"))  # fmt: skip
    t = g.glosarium()
    t = t[t["peraturan"] != ""]
    for istilah, peraturan, letak, status in t[["istilah", "peraturan", "letak", "status"]].to_numpy():
        lemah = status in ("sekunder", "tafsir", "belum-terverifikasi", "asumsi")
        dikenal = any(peraturan in d for d in dasar) or peraturan in berkas
        assert dikenal or lemah or peraturan in ("UU 20/2023", "PP 12/2019"), (istilah, peraturan)
        if letak and not lemah:
            tepat = any(d.startswith(peraturan) and letak in d for d in dasar)
            assert tepat or (peraturan, letak) in DARI_LEMBAR_FAKTA, (istilah, peraturan, letak)


DARI_LEMBAR_FAKTA = {  # cited in the fact sheets with that status, not a parameter of any computation
    ("PP 12/2019", "Pasal 58"),
    ("PermenPANRB 8/2021", "hlm. 24-26"),
}


def test_cari_mendahulukan_nama() -> None:
    assert g.cari("SKP")["istilah"].iloc[0] == "SKP"
    assert g.cari("  mph ")["istilah"].tolist()[0] == "matriks peran hasil"
    assert g.cari("tidak ada kata ini").empty
    assert g.dikenal("Cascading")
    assert not g.dikenal("")


@pytest.mark.parametrize("kata", ["", "kuadran"])
def test_tabel_memuat_setiap_baris(kata: str) -> None:
    isi = g.cari(kata)
    tabel = g.tabel(isi, judul="Glosarium")
    assert len(tabel.baris) == len(isi) > 0
    assert all(b[3] in STATUS for b in tabel.baris)
