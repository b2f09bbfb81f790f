"""Which criteria of the AKIP evaluation the cascade data prove, with the figures, and which they cannot."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kinerja.parameter import Kebijakan, kebijakan
from kinerja.tulisan import angka, persen

from .periksa import BERLAKU, Periksa, kolom, periksa
from .pohon import tabel_dari

BERKAS = "lke-akip"
_TIDAK_LANGSUNG = ("U2.4", "U2.5")  # the plan to measure is there; that it was done is shown elsewhere


def bukti_akip(data: Any, hasil: Periksa | None = None, aturan: Kebijakan | None = None) -> pd.DataFrame:
    """One row per criterion: kode, subkomponen, kriteria, dukungan (of the tool), terbukti, bukti, bukti_lain.

    terbukti: "ya" (the figures show it whole), "sebagian", "tidak" (the figures speak against it), or
    "di luar data" (the cascade says nothing; `bukti_lain` is what an evaluator usually asks for). A criterion
    that the tool supports only in part is never more than "sebagian". Whether a share is enough stays with
    the evaluator: only all and none are decided here.
    """
    aturan = aturan or kebijakan(BERLAKU)
    hasil = hasil or periksa(data, aturan)
    bukti = _bukti(data, hasil)
    baris = []
    for k in aturan.bagian(BERKAS)["kriteria"].pasti():
        terisi, dari, kalimat = bukti.get(str(k["kode"]), (0, 0, ""))
        if not kalimat or not dari:
            terbukti, kalimat = "di luar data", kalimat or "Data kaskade tidak memuat bukti kriteria ini."
        elif terisi == 0:
            terbukti = "tidak"
        else:
            penuh = k["dukungan"] == "penuh" and k["kode"] not in _TIDAK_LANGSUNG
            terbukti = "ya" if terisi >= dari and penuh else "sebagian"
        baris.append(
            (k["kode"], k["subkomponen"], k["kriteria"], k["dukungan"], terbukti, kalimat, k["bukti_lazim"])
        )
    nama = ["kode", "subkomponen", "kriteria", "dukungan", "terbukti", "bukti", "bukti_lain"]
    return pd.DataFrame(baris, columns=nama).astype("str")


def _bukti(data: Any, hasil: Periksa) -> dict[str, tuple[float, float, str]]:
    """Criterion -> (how many, of how many, sentence with the figures)."""
    t = tabel_dari(data)
    nilai = dict(zip(hasil.angka["kunci"], hasil.angka["nilai"].tolist(), strict=True))
    dari_ = dict(zip(hasil.angka["kunci"], hasil.angka["dari"].tolist(), strict=True))
    pegawai, rhk, iki = t["pegawai"], t["rhk"], t.get("iki", pd.DataFrame())
    n = len(pegawai)
    ber_rhk = int(pegawai["nip"].isin(rhk["nip"]).sum())
    selaras = int(hasil.pegawai["selaras"].sum())
    simpul = hasil.simpul
    sampai = int(simpul["sampai_puncak"].sum())
    salah = int(hasil.temuan["kode"].isin(["K02", "K03", "K04", "K05", "K06", "K14"]).sum())
    unit = kolom(pegawai, "unit").astype("str")
    ada_rhk = pegawai["nip"].isin(rhk["nip"])
    per_unit = ada_rhk.groupby([kolom(pegawai, "opd").astype("str"), unit]).any()
    opd = int(dari_["opd_tanpa_lintas"])
    lintas = opd - int(nilai["opd_tanpa_lintas"])

    utama = kolom(rhk, "rhk_induk")[(kolom(rhk, "jenis") != "tambahan").to_numpy(dtype=bool)]
    terikat = int(utama.notna().sum())

    def dari(x: float, y: float) -> str:
        return f"{angka(int(x))} dari {angka(int(y))} ({persen(100 * x / y, 1) if y else '–'})"

    bukti: dict[str, tuple[float, float, str]] = {
        "P1.2": (ber_rhk, n, f"Pegawai yang punya RHK: {dari(ber_rhk, n)}."),
        "P1.3": (
            sampai,
            len(simpul),
            f"Pohon kinerja {angka(len(simpul))} simpul, yang sampai ke puncak {dari(sampai, len(simpul))}; "
            f"kolom matriks peran hasil yang kosong {angka(int(nilai['kolom_kosong']))}.",
        ),
        "P2.8": (
            selaras if salah == 0 else min(selaras, n - 1),
            n,
            f"Pegawai dengan target yang selaras: {dari(selaras, n)}; simpul yatim, melingkar, salah jenjang, "
            f"atau indikator ganda: {angka(salah)} temuan.",
        ),
        "P2.9": (lintas, opd, f"Perangkat daerah dengan tautan lintas: {dari(lintas, opd)}."),
        "P2.10": (
            int(per_unit.sum()),
            len(per_unit),
            f"Unit dengan rencana pegawai: {dari(int(per_unit.sum()), len(per_unit))}.",
        ),
        "P3.2": (
            terikat,
            len(utama),
            f"RHK utama yang menyebut hasil yang didukung: {dari(terikat, len(utama))}.",
        ),
        "U2.5": (
            int((simpul["rhk"] > 0).sum()),
            len(simpul),
            f"Simpul yang capaian pegawainya dapat digulung: {dari(int((simpul['rhk'] > 0).sum()), len(simpul))}.",
        ),
    }
    if len(iki):
        bulanan = len(iki) - nilai["iki_tanpa_target_bulanan"]
        bersumber = int(kolom(iki, "sumber_data").notna().sum())
        bukti["U2.4"] = (bulanan, len(iki), f"IKI dengan target bulanan: {dari(bulanan, len(iki))}.")
        bukti["U1.3"] = (bersumber, len(iki), f"IKI yang menyebut sumber data: {dari(bersumber, len(iki))}.")
        bukti["U2.2"] = (bersumber, len(iki), f"IKI yang menyebut sumber data: {dari(bersumber, len(iki))}.")
    return bukti
