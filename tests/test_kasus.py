"""Published worked examples, one YAML file each: tests/kasus/<berkas ketentuan>/<tanggal>/<nama>.yaml.

The folder names the parameter file and the date of the policy. `hasil` is compared with tolerance zero at the
decimals that are printed there; `salah_cetak` (row -> printed number) holds what the source prints in error.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import penghitung_akip
import penghitung_angka_kredit
import penghitung_bayar
import penghitung_kmk127
import penghitung_permenpanrb8
import penghitung_pp30
import penghitung_pp46
import penghitung_registri
import penghitung_tindak_lanjut
import pytest
import yaml

from kinerja.data.skema import PREDIKAT, RATING
from kinerja.iki.capaian import hitung_capaian
from kinerja.parameter import Kebijakan, kebijakan
from kinerja.pecahan import Pecahan, dari_angka, dari_kategori
from kinerja.regulasi import permenpanrb6, se3
from kinerja.tukin import tpp

KASUS = Path(__file__).parent / "kasus"
BERKAS = sorted(KASUS.glob("*/*/*.yaml"))


def tercetak(nilai: Fraction | float, contoh: str) -> str:
    """The number with as many decimals as the example prints."""
    tepat = Fraction(repr(float(nilai))) if isinstance(nilai, float) else Fraction(nilai)
    desimal = Decimal(tepat.numerator) / tepat.denominator
    return str(desimal.quantize(Decimal(contoh), ROUND_HALF_UP))


def capaian(masukan: Any, k: Kebijakan, berkas: str) -> list[float]:
    isian = pd.DataFrame(masukan).reindex(
        columns=["rumus", "target", "target_atas", "realisasi", "terburuk", "target_maksimum"]
    )
    isian["target_maksimum"] = isian["target_maksimum"] == "true"
    angka = isian.columns[1:5]
    isian[angka] = isian[angka].astype("float64")
    return [float(x) for x in hitung_capaian(isian, k, berkas)["capaian"]]


def kuadran(masukan: Any, k: Kebijakan, _: str) -> list[str]:
    tabel = pd.DataFrame(masukan, columns=["rating_hasil", "rating_perilaku"])
    return list(permenpanrb6.nilai(tabel.astype(pd.CategoricalDtype(RATING)), k).tabel()["predikat"])


def pola(masukan: Any, k: Kebijakan, _: str) -> dict[str, dict[str, Any]]:
    pembulatan = {j: k[f"{se3.BERKAS}.pembulatan_{j}"].pasti() for j in ("paling_banyak", "paling_sedikit")}
    hasil: dict[str, dict[str, Any]] = {}
    for a in k[f"{se3.BERKAS}.pola_distribusi"].pasti():
        syarat = hasil.setdefault(a["organisasi"], {})
        batas = se3.batas_orang(a, int(masukan), pembulatan)
        if batas is not None:
            syarat[f"{' '.join(a['predikat'])} {a['aturan']}"] = str(batas)
    for organisasi, syarat in hasil.items():
        aturan = [a for a in k[f"{se3.BERKAS}.pola_distribusi"].pasti() if a["organisasi"] == organisasi]
        syarat["mungkin"] = str(se3.mungkin(aturan, int(masukan), pembulatan)).lower()
    return hasil


def basic_tpp(masukan: Any, k: Kebijakan, berkas: str) -> list[Fraction | None]:
    tangga = k[f"{berkas}.tukin_bpk"].pasti()
    kelas = dari_angka(np.array(masukan["kelas"], dtype=np.int64))
    besaran = tpp.besaran_tpp(kelas, tangga, Fraction(masukan["indeks_tpp"]))
    return [besaran.satu(i) for i in range(len(kelas))]


def skema_b(masukan: Any, k: Kebijakan, berkas: str) -> dict[str, Fraction | None]:
    """The rules of the scheme on numbers that the example gives instead of a class and minutes."""
    p = {nama: n.nilai for nama, n in k.bagian(berkas).items()}

    def satu(x: str) -> Pecahan:
        return Pecahan(np.array([1])) * Decimal(x)

    produktivitas = tpp.nilai_produktivitas(
        dari_kategori([PREDIKAT.index(masukan["predikat"])], PREDIKAT), p["nilai_kinerja_predikat"]
    )
    disiplin = tpp.nilai_disiplin(satu(masukan["pelanggaran_disiplin"]), p["nilai_disiplin_paling_sedikit"])
    nilai = tpp.nilai_tpp(
        produktivitas,
        p["porsi_produktivitas"],
        disiplin,
        p["porsi_disiplin"],
        satu(masukan["alpa"]),
        p["potongan_alpa_per_hari"],
    )
    dibayar = tpp.tpp(satu(masukan["besaran_tpp"]), nilai)
    langkah = {
        "nilai_disiplin": disiplin,
        "nilai_produktivitas": produktivitas,
        "nilai_tpp": nilai,
        "tpp": dibayar,
    }
    return {n: x.satu(0) for n, x in langkah.items()}


def tpp_60_40(masukan: Any, k: Kebijakan, berkas: str) -> Any:
    """The rules of the report on given numbers, or the whole slip of the general graph."""
    return (penghitung_bayar.hitung if "langkah" in masukan else skema_b)(masukan, k, berkas)


PENGHITUNG: dict[str, Callable[[Any, Kebijakan, str], Any]] = {
    "capaian-lkjip": capaian,
    "capaian-kmk-127-2026": capaian,
    "permenpanrb-1-2023": penghitung_angka_kredit.hitung,
    "permenpanrb-6-2022": kuadran,
    "permenpanrb-8-2021": penghitung_permenpanrb8.hitung,
    "permenpanrb-88-2021": penghitung_akip.hitung,
    "registri": penghitung_registri.hitung,
    "tindak-lanjut": penghitung_tindak_lanjut.hitung,
    "pp-46-2011": penghitung_pp46.hitung,
    "pp-30-2019": penghitung_pp30.hitung,
    "se-menpanrb-3-2023": pola,
    "kmk-127-2026": penghitung_kmk127.hitung,
    "tukin-bpk": basic_tpp,
    "tpp-60-40": tpp_60_40,
    **dict.fromkeys(
        [
            "kemnaker-2024",
            "kemlu-2025",
            "lubuklinggau-2022",
            "pola-kementerian-2013",
            "tpp-daerah-a",
            "tpp-poin",
        ],
        penghitung_bayar.hitung,
    ),
}


def test_setiap_penghitung_punya_kasus() -> None:
    assert {b.parent.parent.name for b in BERKAS} == set(PENGHITUNG)


@pytest.mark.parametrize("berkas", BERKAS, ids=lambda b: f"{b.parent.parent.name}/{b.stem}")
def test_kasus(berkas: Path) -> None:
    # every scalar stays the text that is printed
    kasus = yaml.load(berkas.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert set(kasus) - {"salah_cetak"} == {"sumber", "catatan", "masukan", "hasil"}
    tanggal, ketentuan = berkas.parent.name, berkas.parent.parent.name
    dihitung = PENGHITUNG[ketentuan](kasus["masukan"], kebijakan(tanggal), ketentuan)
    harap = kasus["hasil"]
    assert len(dihitung) == len(harap)
    for letak in harap if isinstance(harap, dict) else range(len(harap)):
        nilai, contoh = dihitung[letak], harap[letak]
        assert (nilai if isinstance(nilai, str | dict) else tercetak(nilai, contoh)) == contoh
    for letak, salah in kasus.get("salah_cetak", {}).items():
        assert tercetak(dihitung[int(letak)], salah) != salah
