"""PermenPANRB 6/2022 on the workbook's tables: each way to a rating is an own, visible level before the kuadran."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from takaran import banyak

from kinerja.data.skema import BERAKHLAK, PREDIKAT, PREDIKAT_ORGANISASI, RATING
from kinerja.parameter import GalatParameter, kebijakan
from kinerja.regulasi.permenpanrb6 import (
    JEMBATAN,
    nilai,
    nilai_tabel,
    pendekatan,
    predikat_organisasi,
    predikat_organisasi_tahunan,
    tahun_penilaian,
    tanpa_nilai,
)

KEBIJAKAN = kebijakan("2023-01-31")
AMBANG = [
    {"kurang_dari": 90, "nilai": "di_bawah"},
    {"paling_sedikit": 90, "paling_banyak": 110, "nilai": "sesuai"},
    {"lebih_dari": 110, "nilai": "di_atas"},
]
ANGKA = {"sumber_rating": "angka", "ambang_ekspektasi_hasil": AMBANG, "ambang_ekspektasi_perilaku": AMBANG}
KEPALA = {
    "sumber_rating_kepala": "predikat_organisasi",
    "rating_kepala_unit": dict(
        zip(PREDIKAT_ORGANISASI, ("di_atas", "sesuai", "di_bawah", "di_bawah", "di_bawah"), strict=True)
    ),
}
Tabel = dict[str, pd.DataFrame]


def nip(i: int) -> str:
    return f"{i:018d}"


def kecil(
    rating: list[tuple[int, str, str | None, str | None]], pegawai: int = 3, organisasi: str | None = "baik"
) -> Tabel:
    """penilaian rows (person, periode, hasil, perilaku); person 0 heads the only agency."""
    tipe = pd.CategoricalDtype(list(RATING))
    teks = {"nip": pd.Series([nip(r[0]) for r in rating], dtype="str")}
    return {
        "pegawai": pd.DataFrame({"nip": pd.Series([nip(i) for i in range(pegawai)], dtype="str")}),
        "opd": pd.DataFrame(
            {
                "kode": ["dinkes"],
                "kepala_nip": [nip(0)],
                "predikat_organisasi": pd.Categorical([organisasi], categories=list(PREDIKAT_ORGANISASI)),
            }
        ),
        "penilaian": pd.DataFrame(
            {
                **teks,
                "periode": pd.Series([r[1] for r in rating], dtype="str"),
                "rating_hasil": pd.Categorical([r[2] for r in rating], dtype=tipe),
                "rating_perilaku": pd.Categorical([r[3] for r in rating], dtype=tipe),
            }
        ),
        "rhk": pd.DataFrame(
            {"id": [f"R{i}" for i in range(pegawai)], "nip": [nip(i) for i in range(pegawai)]}
        ),
        "iki": pd.DataFrame({"rhk": [f"R{i}" for i in range(pegawai)]}),
    }


def perilaku(baris: list[tuple[int, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "nip": pd.Series([nip(b[0]) for b in baris], dtype="str"),
            "aspek": pd.Categorical([b[1] for b in baris], categories=list(BERAKHLAK)),
            "penilai": pd.Categorical([b[2] for b in baris], categories=["atasan", "rekan", "bawahan"]),
            "nilai": pd.Series([b[3] for b in baris], dtype="float64"),
        }
    )


def predikat(hasil: Any) -> dict[str, Any]:
    kolom = hasil.pegawai["predikat"]
    return {n: kolom.satu(i) for i, n in enumerate(hasil.pegawai.kunci)}


def rating(x: Fraction) -> str:
    return "di_bawah" if x < 90 else "sesuai" if x <= 110 else "di_atas"


def kuadran(hasil: str, perilaku: str) -> str:
    if perilaku == "di_bawah":
        return "sangat_kurang" if hasil == "di_bawah" else "kurang"
    if hasil == "di_bawah":
        return "butuh_perbaikan"
    return "sangat_baik" if hasil == perilaku == "di_atas" else "baik"


# -- ratings of the leader ------------------------------------------------------------------------------


def test_contoh_setahun_sama_dengan_kuadran_baris_tahunan(tabel_contoh: Tabel) -> None:
    hasil = nilai_tabel(tabel_contoh, KEBIJAKAN)
    tahunan = tabel_contoh["penilaian"].query("periode == '2022'")
    harap = nilai(tahunan, KEBIJAKAN).tabel()["predikat"].astype("str")
    tabel = hasil.tabel()
    assert tabel["predikat"].astype("str").to_dict() == harap.to_dict()
    assert tuple(tabel["predikat"].cat.categories) == PREDIKAT
    assert tabel.index.tolist() == tabel_contoh["pegawai"]["nip"].tolist()
    assert tanpa_nilai(tabel_contoh, KEBIJAKAN).empty
    berkala, akhir = hasil.tingkat
    assert berkala.kunci.names == ["nip", "periode"]
    assert len(berkala.kunci) == 4 * len(akhir.kunci)
    teks = str(hasil.jelaskan(tabel.index[3]))
    assert teks.count("PermenPANRB 6/2022, kuadran kinerja pegawai") == 5
    assert "Periode Triwulan I 2022: Predikat kinerja = " in teks


def test_urutan_orang_dan_satu_per_satu(tabel_contoh: Tabel) -> None:
    semua = predikat(nilai_tabel(tabel_contoh, KEBIJAKAN))
    acak = {k: v.sample(frac=1, random_state=3) if len(v) else v for k, v in tabel_contoh.items()}
    assert predikat(nilai_tabel(acak, KEBIJAKAN)) == semua
    for n in tabel_contoh["pegawai"]["nip"].iloc[:5]:
        satu = {k: v[v["nip"] == n] if k in ("pegawai", "penilaian") else v for k, v in tabel_contoh.items()}
        assert predikat(nilai_tabel(satu, KEBIJAKAN)) == {n: semua[n]}


def test_yang_tidak_dapat_dinilai_disebut_alasannya() -> None:
    tabel = kecil(
        [(0, "2022", "sesuai", "sesuai"), (1, "2022", None, "sesuai"), (2, "2022", "sesuai", None)], pegawai=4
    )
    assert predikat(nilai_tabel(tabel, KEBIJAKAN)) == {nip(0): "baik"}
    assert dict(tanpa_nilai(tabel, KEBIJAKAN).to_numpy().tolist()) == {
        nip(1): "rating hasil kerja belum ada",
        nip(2): "rating perilaku kerja belum ada",
        nip(3): "rating hasil kerja dan perilaku belum ada",
    }


def test_periode_dan_tahun() -> None:
    tabel = kecil([(0, "2022", "sesuai", "sesuai"), (0, "2022-TW3", "di_bawah", "sesuai")])
    assert predikat(nilai_tabel(tabel, KEBIJAKAN)) == {nip(0): "baik"}
    tw3 = nilai_tabel(tabel, KEBIJAKAN, "2022-TW3")
    assert (predikat(tw3), len(tw3.tingkat)) == ({nip(0): "butuh_perbaikan"}, 1)
    assert predikat(nilai_tabel(tabel, KEBIJAKAN, "2022-TW3", sumber_tahunan="periode_terakhir")) == predikat(
        tw3
    )
    dua = kecil([(0, "2022", "sesuai", "sesuai"), (0, "2021", "sesuai", "sesuai")])
    with pytest.raises(ValueError, match="memuat tahun 2021 dan 2022; sebutkan periodenya"):
        nilai_tabel(dua, KEBIJAKAN)
    with pytest.raises(ValueError, match="lembar penilaian kosong"):
        tahun_penilaian(kecil([])["penilaian"])


def test_tahunan_dari_periode_terakhir_adalah_asumsi_yang_terlihat() -> None:
    tabel = kecil(
        [
            (0, "2022", "di_atas", "di_atas"),
            (0, "2022-TW4", "sesuai", "di_atas"),
            (0, "2022-12", "di_bawah", "di_bawah"),  # ends on the same day; the quarter counts
            (0, "2022-TW1", "di_bawah", "sesuai"),
            (1, "2022-02", "di_bawah", "sesuai"),
            (1, "2022-TW1", "di_atas", "di_atas"),
            (2, "2022", "sesuai", "sesuai"),
        ]
    )
    pimpinan = nilai_tabel(tabel, KEBIJAKAN)
    assert predikat(pimpinan) == {nip(0): "sangat_baik", nip(2): "baik"}
    assert "asumsi" not in str(pimpinan.jelaskan(nip(0)))
    terakhir = nilai_tabel(tabel, KEBIJAKAN, sumber_tahunan="periode_terakhir")
    assert predikat(terakhir) == {nip(0): "baik", nip(1): "sangat_baik"}
    assert tanpa_nilai(tabel, KEBIJAKAN, sumber_tahunan="periode_terakhir")["nip"].tolist() == [nip(2)]
    teks = str(terakhir.jelaskan(nip(0)))
    assert "Rating hasil kerja tahunan = Sesuai ekspektasi" in teks
    assert "cara menimbang hasil periodik belum terbukti [asumsi]" in teks


def test_skenario_mengubah_angka_dan_penjelasan() -> None:
    tabel = kecil([(0, "2022", "di_bawah", "di_atas")])
    lain = KEBIJAKAN.dengan({"permenpanrb-6-2022.kuadran": {"2022-06-01": {"di_bawah": {"di_atas": "baik"}}}})
    assert predikat(nilai_tabel(tabel, KEBIJAKAN)) == {nip(0): "butuh_perbaikan"}
    hasil = nilai_tabel(tabel, lain)
    assert predikat(hasil) == {nip(0): "baik"}
    assert "Predikat kinerja = Baik" in str(hasil.jelaskan(nip(0)))
    assert "Skenario" in str(hasil.jelaskan(nip(0)))


def test_setelan_yang_salah_ditolak() -> None:
    tabel = kecil([(0, "2022", "sesuai", "sesuai")])
    with pytest.raises(
        GalatParameter, match=r'sumber_rating: "nomor" tidak dikenal\. Pilih salah satu: pimpinan'
    ):
        nilai_tabel(tabel, KEBIJAKAN, sumber_rating="nomor")
    with pytest.raises(GalatParameter, match=r"Maksudnya permenpanrb-6-2022\.sumber_rating"):
        nilai_tabel(tabel, KEBIJAKAN, sumber_ratting="angka")
    # a setting that already is so changes nothing and is no assumption
    sama = nilai_tabel(tabel, KEBIJAKAN, sumber_rating="pimpinan", sumber_tahunan="keputusan_pimpinan")
    assert "Setelan" not in str(sama.jelaskan(nip(0)))


# -- ratings from numbers -------------------------------------------------------------------------------

DESIMAL = st.decimals(min_value=0, max_value=120, places=4).map(float)
TEPI = st.sampled_from([89.9999, 90.0, 90.0001, 109.9999, 110.0, 110.0001])
NILAI = st.one_of(DESIMAL, TEPI)
PENILAI = ("atasan", "rekan", "bawahan")


@settings(max_examples=banyak(60), deadline=None)
@given(
    st.lists(
        st.tuples(NILAI, st.lists(st.tuples(NILAI, NILAI, NILAI), min_size=7, max_size=7)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([(100, 0, 0), (60, 25, 15), (0, 50, 50)]),
)
def test_rating_dari_angka_sama_dengan_oracle(orang: list[Any], bobot: tuple[int, int, int]) -> None:
    tabel = kecil([], pegawai=len(orang))
    tabel["perilaku"] = perilaku(
        [
            (i, a, p, v)
            for i, (_, nilai_aspek) in enumerate(orang)
            for a, tiga in zip(BERAKHLAK, nilai_aspek, strict=True)
            for p, v in zip(PENILAI, tiga, strict=True)
        ]
    )
    k = KEBIJAKAN
    if bobot != (100, 0, 0):
        k = k.dengan({JEMBATAN[0]: {"2022-01-01": dict(zip(PENILAI, bobot, strict=True))}})
    angka = pd.Series([o[0] for o in orang], index=[nip(i) for i in range(len(orang))])
    hasil = nilai_tabel(tabel, k, angka_hasil=angka, **ANGKA)
    harap = {}
    for i, (hasil_kerja, nilai_aspek) in enumerate(orang):
        jumlah = sum(b * Fraction(repr(v)) for tiga in nilai_aspek for b, v in zip(bobot, tiga, strict=True))
        harap[nip(i)] = kuadran(rating(Fraction(repr(hasil_kerja))), rating(jumlah / (7 * sum(bobot))))
    assert predikat(hasil) == harap
    satu = {**tabel, "pegawai": tabel["pegawai"].iloc[:1]}
    assert predikat(nilai_tabel(satu, k, angka_hasil=angka, **ANGKA)) == {nip(0): harap[nip(0)]}


def test_angka_hasil_tidak_pernah_menurunkan_rating() -> None:
    angka = np.arange(0, 130, 0.5)
    tabel = kecil([], pegawai=len(angka))
    indeks = [nip(i) for i in range(len(angka))]
    hasil = nilai_tabel(
        tabel,
        KEBIJAKAN,
        angka_hasil=pd.Series(angka, index=indeks),
        angka_perilaku=pd.Series(100.0, index=indeks),
        **ANGKA,
    )
    kode = hasil.tingkat[0].tabel()["rating_hasil"].map(RATING.index).to_numpy(dtype=int)
    assert (np.diff(kode) >= 0).all()
    assert set(kode) == {0, 1, 2}


def test_pecahan_dan_angka_yang_tidak_ada() -> None:
    tabel = kecil([], pegawai=4)
    angka = pd.Series(
        [Fraction(270, 3), Fraction(269, 3), None], index=[nip(0), nip(1), nip(2)], dtype=object
    )
    sama = pd.Series([111, 111, 111, 111], index=[nip(i) for i in range(4)])
    isian = {**ANGKA, "angka_hasil": angka, "angka_perilaku": sama}
    assert predikat(nilai_tabel(tabel, KEBIJAKAN, **isian)) == {nip(0): "baik", nip(1): "butuh_perbaikan"}
    assert tanpa_nilai(tabel, KEBIJAKAN, **isian)["alasan"].tolist() == ["rating hasil kerja belum ada"] * 2
    teks = str(nilai_tabel(tabel, KEBIJAKAN, **isian).jelaskan(nip(0)))
    assert "Rating diturunkan dari angka oleh penelaah" in teks
    assert "Skenario Setelan [asumsi]" in teks


def test_perilaku_yang_kurang_satu_aspek_tidak_dirata_ratakan() -> None:
    tabel = kecil([], pegawai=2)
    penuh = [(i, a, "atasan", 100.0) for i in range(2) for a in BERAKHLAK]
    tabel["perilaku"] = perilaku(
        [*penuh[:-1], (1, BERAKHLAK[-1], "rekan", 100.0), (9, "loyal", "atasan", 1.0)]
    )
    angka = pd.Series(100.0, index=[nip(0), nip(1)])
    isian = {**ANGKA, "angka_hasil": angka}
    hasil = nilai_tabel(tabel, KEBIJAKAN, **isian)
    assert predikat(hasil) == {nip(0): "baik"}
    assert tanpa_nilai(tabel, KEBIJAKAN, **isian)["alasan"].tolist() == ["rating perilaku kerja belum ada"]
    teks = str(hasil.jelaskan(nip(0)))
    assert "Jembatan ke PermenPANRB 6/2022" in teks
    assert "Angka perilaku kerja = 100 poin" in teks


def test_ambang_kosong_atau_tidak_lengkap_ditolak() -> None:
    tabel = kecil([])
    angka = pd.Series(100.0, index=[nip(0)])
    with pytest.raises(GalatParameter, match="ambang_ekspektasi_hasil: nilainya belum terbukti"):
        nilai_tabel(tabel, KEBIJAKAN, angka_hasil=angka, sumber_rating="angka")
    dua = [{"kurang_dari": 90, "nilai": "di_bawah"}, {"paling_sedikit": 90, "nilai": "sesuai"}]
    with pytest.raises(GalatParameter, match=r"ambang_ekspektasi_hasil: belum memuat di_atas\. Isi ketiga"):
        nilai_tabel(tabel, KEBIJAKAN, angka_hasil=angka, **{**ANGKA, "ambang_ekspektasi_hasil": dua})
    with pytest.raises(ValueError, match="memerlukan angka_hasil: satu angka per NIP"):
        nilai_tabel(tabel, KEBIJAKAN, **ANGKA)


def test_pendekatan_kualitatif_tidak_diberi_angka() -> None:
    tabel = kecil([], pegawai=3)
    tabel["rhk"] = pd.DataFrame({"id": ["A", "B", "C", "D"], "nip": [nip(0), nip(1), nip(1), nip(2)]})
    tabel["iki"] = pd.DataFrame({"rhk": ["A", "A", "B"]})
    assert pendekatan(tabel).astype("str").to_dict() == {
        nip(0): "kuantitatif",
        nip(1): "campuran",
        nip(2): "kualitatif",
    }
    sama = pd.Series(100.0, index=[nip(i) for i in range(3)])
    isian = {**ANGKA, "angka_hasil": sama, "angka_perilaku": sama}
    assert predikat(nilai_tabel(tabel, KEBIJAKAN, **isian)) == {nip(0): "baik"}
    alasan = tanpa_nilai(tabel, KEBIJAKAN, **isian)
    assert alasan["nip"].tolist() == [nip(1), nip(2)]
    assert alasan["alasan"].str.startswith("ada RHK berpendekatan kualitatif").all()
    # the leader rates every approach
    tabel["penilaian"] = kecil([(2, "2022", "sesuai", "di_atas")])["penilaian"]
    assert predikat(nilai_tabel(tabel, KEBIJAKAN)) == {nip(2): "baik"}


# -- heads of units and organisations --------------------------------------------------------------------


@pytest.mark.parametrize("organisasi", [*PREDIKAT_ORGANISASI, None])
def test_kepala_unit_menurut_predikat_organisasi(organisasi: str | None) -> None:
    baris = [(0, "2022", "sesuai", "di_atas"), (1, "2022", "sesuai", "di_atas")]
    tabel = kecil(baris, pegawai=2, organisasi=organisasi)
    assert predikat(nilai_tabel(tabel, KEBIJAKAN)) == {nip(0): "baik", nip(1): "baik"}
    hasil = nilai_tabel(tabel, KEBIJAKAN, **KEPALA)
    harap = {nip(1): "baik"}
    if organisasi is not None:
        harap[nip(0)] = kuadran(KEPALA["rating_kepala_unit"][organisasi], "di_atas")  # type: ignore[index]
        teks = str(hasil.jelaskan(nip(0)))
        assert "OPD dinkes: Rating hasil kerja kepala unit = " in teks
        assert (
            "capaian unit menjadi rating hasil kerja kepalanya; Skenario Setelan [sekunder, asumsi]" in teks
        )
    assert predikat(hasil) == harap
    assert "kepala unit" not in str(hasil.jelaskan(nip(1)))


def test_kepala_tanpa_padanan_ganda_atau_sebelum_se() -> None:
    tabel = kecil([(0, "2022", "sesuai", "sesuai")])
    with pytest.raises(GalatParameter, match="rating_kepala_unit: nilainya belum terbukti"):
        nilai_tabel(tabel, KEBIJAKAN, sumber_rating_kepala="predikat_organisasi")
    assert predikat(nilai_tabel(tabel, kebijakan("2022-12-31"))) == {nip(0): "baik"}
    dua = pd.concat([tabel["opd"], tabel["opd"].assign(kode="rsud")])
    with pytest.raises(ValueError, match=rf"kepala beberapa OPD.*{nip(0)}: dinkes, rsud.*Sisakan satu"):
        nilai_tabel({**tabel, "opd": dua}, KEBIJAKAN, **KEPALA)


def test_predikat_organisasi_periodik_di_setiap_tepi() -> None:
    kasus: list[tuple[float, float, str | None]] = [
        (100, 0, None),
        (100.0001, 0, "istimewa"),
        (100.0001, 50, "istimewa"),
        (100.0001, 50.0001, "sangat_kurang"),
        (0, 0, "sangat_kurang"),
        (0.0001, 50, None),
        (99, 100, "sangat_kurang"),
        (float("nan"), 10, None),
        (120, float("nan"), None),
    ]
    data = pd.DataFrame(kasus, columns=["capaian_rencana_aksi", "tanpa_kemajuan", "harap"])
    data["opd"] = [f"opd{i}" for i in range(len(kasus))]
    hasil = predikat_organisasi(data, KEBIJAKAN)
    assert [hasil["predikat_periodik"].satu(i) for i in range(len(kasus))] == [k[2] for k in kasus]
    lain = KEBIJAKAN.dengan({"permenpanrb-6-2022.organisasi_sebagian_besar": {"2023-01-31": 60}})
    assert predikat_organisasi(data, lain)["predikat_periodik"].satu(3) == "istimewa"


def test_predikat_organisasi_tahunan_menunggu_tabelnya() -> None:
    data = pd.DataFrame(
        {"opd": ["a", "b"], "capaian_perjanjian": ["tinggi", None], "ekspektasi_unit": ["di_atas"] * 2}
    )
    with pytest.raises(GalatParameter, match="organisasi_tahunan: nilainya belum terbukti"):
        predikat_organisasi_tahunan(data, KEBIJAKAN)
    isi = {
        "tinggi": {"di_atas": "istimewa", "sesuai": "baik"},
        "rendah": {"di_atas": "baik", "sesuai": "kurang"},
    }
    k = KEBIJAKAN.dengan({"permenpanrb-6-2022.organisasi_tahunan": {"2023-01-31": isi}})
    hasil = predikat_organisasi_tahunan(data, k)
    assert [hasil["predikat_tahunan"].satu(i) for i in range(2)] == ["istimewa", None]
    with pytest.raises(
        ValueError, match="ekspektasi_unit berisi jauh; pilih salah satu: di_atas atau sesuai"
    ):
        predikat_organisasi_tahunan(data.assign(ekspektasi_unit="jauh"), k)


def test_isi_ketentuan() -> None:
    param = KEBIJAKAN.bagian("permenpanrb-6-2022")
    butir = param["berakhlak"].pasti()
    assert tuple(b["aspek"] for b in butir) == BERAKHLAK
    assert [len(set(b["perilaku"])) for b in butir] == [3] * 7
    assert {b["pendekatan"]: b["dihitung"] for b in param["pendekatan"].pasti()} == {
        "kuantitatif": True,
        "kualitatif": False,
    }
    for kosong in ("ambang_ekspektasi_hasil", "ambang_ekspektasi_perilaku", "rating_kepala_unit"):
        assert (param[kosong].nilai, param[kosong].status) == (None, "belum-terverifikasi")
    assert param["sumber_tahunan"].status == "asumsi"
