"""Organisation against individuals: the distribution of predikat that a pattern asks for, and what is there.

The patterns are SE MenPANRB 3/2023 as one source quotes it (`se3`); the drawn curves that circulate with it are
illustration and are checked against it here. A pattern is a consideration, not a quota: nothing here changes a
predikat. Organisation and employee have five steps each; `SETARA` lays them side by side (Istimewa beside
Sangat Baik), which no regulation does: it is the assumption on which "better than the organisation" rests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT, PREDIKAT_ORGANISASI
from kinerja.parameter import Kebijakan
from kinerja.pecahan import Kode
from kinerja.regulasi import permenpanrb6, se3
from kinerja.regulasi.banding import Tabel, nilai

SETARA: Mapping[str, str] = MappingProxyType(dict(zip(PREDIKAT_ORGANISASI, PREDIKAT, strict=True)))
_PENDEK = {"paling_banyak": "≤", "paling_sedikit": "≥"}
_TERBANYAK = 60  # people whose distributions are tried one by one: half a million


# -- the patterns ---------------------------------------------------------------------------------------


def pola(kebijakan: Kebijakan) -> pd.DataFrame:
    """The patterns as a grid: index PREDIKAT_ORGANISASI, columns PREDIKAT, cells text, '' where all is free.

    GalatParameter if no pattern is in force on the policy's date.
    """
    isi = pd.DataFrame("", index=list(PREDIKAT_ORGANISASI), columns=list(PREDIKAT))
    for a in kebijakan[f"{se3.BERKAS}.pola_distribusi"].pasti():
        bersama = len(a["predikat"]) > 1
        match a["aturan"]:
            case "ada":
                teks = "salah satu\nharus ada" if bersama else "harus ada"
            case "terbanyak":
                teks = "terbanyak"
            case "paling_banyak" if a["persen"] == 0:
                teks = "tidak boleh\nada"
            case _:
                teks = f"{_PENDEK[a['aturan']]} {tulisan.persen(a['persen'])}" + "\nbersama" * bersama
        for p in a["predikat"]:
            lama = isi.loc[a["organisasi"], p]
            isi.loc[a["organisasi"], p] = f"{lama}\n{teks}" if lama else teks
    return isi


def kurva_contoh(kebijakan: Kebijakan) -> pd.DataFrame:
    """The drawn curves that circulate, and which rules of the quoted pattern each breaks.

    One row per organisation predikat: the five counts, pegawai (their sum), dilanggar (text, '' if none).
    """
    kurva = kebijakan[f"{se3.BERKAS}.kurva_contoh"].pasti()
    isi = pd.DataFrame({o: {p: kurva[o][p] for p in PREDIKAT} for o in PREDIKAT_ORGANISASI}).T
    periksa = se3.periksa_pola(isi, pd.Series(isi.index, index=isi.index), kebijakan)
    salah = periksa[~periksa["terpenuhi"].astype(bool)]
    teks = (
        salah["syarat"]
        + " ("
        + salah["jumlah"].astype("str")
        + " dari "
        + salah["pegawai"].astype("str")
        + ")"
    )
    dilanggar = teks.groupby(salah["opd"].to_numpy()).agg("; ".join).reindex(isi.index).fillna("")
    return isi.assign(pegawai=isi.sum(axis=1), dilanggar=dilanggar)


# -- how a pattern meets the size of a unit -------------------------------------------------------------


def ukuran_unit(kebijakan: Kebijakan, sampai: int = 30) -> pd.DataFrame:
    """Whether any distribution of 1..sampai people meets a pattern: index PREDIKAT_ORGANISASI, columns sizes."""
    return pd.DataFrame(
        {n: [_mungkin(o, n, kebijakan) for o in PREDIKAT_ORGANISASI] for n in range(1, sampai + 1)},
        index=list(PREDIKAT_ORGANISASI),
    )


def pola_dalam_orang(ukuran: Sequence[int], kebijakan: Kebijakan) -> pd.DataFrame:
    """What each pattern means in a unit of so many people; one row per organisation predikat and size.

    Columns: organisasi, pegawai; syarat: the rules in whole people (text); semua: how many ways there are to
    spread so many people over the five predikat; sesuai: how many of them meet the pattern; wajib_<predikat>,
    paling_<predikat>: least and most people with it in any that does (0 and 0 if none does). ValueError for a
    size above 60, where the ways are too many to try.
    """
    if ukuran and max(ukuran) > _TERBANYAK:
        raise ValueError(
            f"unit {max(ukuran)} orang terlalu besar untuk dicoba satu per satu; paling banyak {_TERBANYAK}."
        )
    bulat = _pembulatan(kebijakan)
    baris = []
    for o in PREDIKAT_ORGANISASI:
        aturan = _aturan(o, kebijakan)
        for n in ukuran:
            semua = _semua_sebaran(n)
            cocok = semua[_memenuhi(semua, aturan, n, bulat)]
            tepi = (cocok.min(axis=0), cocok.max(axis=0)) if len(cocok) else np.zeros((2, len(PREDIKAT)), int)
            baris.append(
                {
                    "organisasi": o,
                    "pegawai": n,
                    "syarat": "; ".join(_syarat_orang(a, n, bulat) for a in aturan),
                    "sesuai": len(cocok),
                    "semua": len(semua),
                    **{f"wajib_{p}": int(x) for p, x in zip(PREDIKAT, tepi[0], strict=True)},
                    **{f"paling_{p}": int(x) for p, x in zip(PREDIKAT, tepi[1], strict=True)},
                }
            )
    return pd.DataFrame(baris)


def _aturan(organisasi: str, kebijakan: Kebijakan) -> list[Mapping[str, Any]]:
    semua = kebijakan[f"{se3.BERKAS}.pola_distribusi"].pasti()
    return [a for a in semua if a["organisasi"] == organisasi]


def _pembulatan(kebijakan: Kebijakan) -> dict[str, str]:
    return {k: kebijakan[f"{se3.BERKAS}.pembulatan_{k}"].pasti() for k in ("paling_banyak", "paling_sedikit")}


def _mungkin(organisasi: str, pegawai: int, kebijakan: Kebijakan) -> bool:
    return se3.mungkin(_aturan(organisasi, kebijakan), pegawai, _pembulatan(kebijakan))


def _syarat_orang(a: Mapping[str, Any], n: int, pembulatan: Mapping[str, str]) -> str:
    batas = se3.batas_orang(a, n, pembulatan)
    siapa = tulisan.daftar([tulisan.label(p) for p in a["predikat"]], "atau")
    if batas is None:
        return f"{siapa} terbanyak"
    kata = "paling banyak" if a["aturan"] == "paling_banyak" else "paling sedikit"
    return f"{siapa} {kata} {tulisan.angka(batas)} orang"


@cache
def _semua_sebaran(n: int) -> npt.NDArray[np.int64]:
    """Every way to spread n people over the five predikat, shape (banyak, 5)."""
    k = len(PREDIKAT)
    sekat = np.array(list(combinations(range(n + k - 1), k - 1)), dtype=np.int64).reshape(-1, k - 1)
    tepi = np.concatenate([np.full((len(sekat), 1), -1), sekat, np.full((len(sekat), 1), n + k - 1)], axis=1)
    return np.diff(tepi, axis=1) - 1


def _memenuhi(
    sebaran: npt.NDArray[np.int64], aturan: Sequence[Mapping[str, Any]], n: int, pembulatan: Mapping[str, str]
) -> npt.NDArray[np.bool_]:
    """Which of these distributions meet all rules."""
    baik = np.ones(len(sebaran), dtype=bool)
    for a in aturan:
        ada = sebaran[:, [PREDIKAT.index(p) for p in a["predikat"]]].sum(axis=1)
        batas = se3.batas_orang(a, n, pembulatan)
        if batas is None:
            baik &= (ada == sebaran.max(axis=1)) & (ada > 0)
        else:
            baik &= ada <= batas if a["aturan"] == "paling_banyak" else ada >= batas
    return baik


# -- the pemda ------------------------------------------------------------------------------------------


def per_unit(data: Data | Tabel, hasil: Bertingkat, kelompok: Sequence[str] = ("opd",)) -> pd.DataFrame:
    """People with each predikat per unit: index the unit, columns PREDIKAT; who has no predikat is left out.

    hasil: under a regulation whose predikat are PREDIKAT (PermenPANRB 6/2022, KMK 127/2026), else ValueError.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    predikat = hasil.pegawai["predikat"]
    assert isinstance(predikat, Kode)
    kode = predikat.dalam(PREDIKAT).kode
    pegawai = tabel["pegawai"].set_index("nip").reindex(hasil.pegawai.kunci)
    isi = pegawai.loc[kode >= 0, list(kelompok)].astype("str").fillna(tulisan.KOSONG)
    kata = np.array(PREDIKAT)[kode[kode >= 0]]
    baris = [isi[k].to_numpy() for k in kelompok]
    return (
        pd.crosstab(baris if len(baris) > 1 else baris[0], kata, rownames=list(kelompok), colnames=[""])
        .reindex(columns=list(PREDIKAT), fill_value=0)
        .rename_axis(columns=None)
    )


def selisih(data: Data | Tabel, jumlah: pd.DataFrame) -> pd.DataFrame:
    """How the individuals of each agency stand against their organisation, the widest gap first.

    jumlah: of `per_unit`. Columns: opd, nama, organisasi, pegawai; di_atas, sama, di_bawah: people whose
    predikat is better than, beside (SETARA), or below the organisation's; persen_di_atas; persen_baik: Baik
    or better; jarak: mean steps of individuals above the organisation (exact, then float64). Agencies without
    a predikat or without rated people are left out.
    """
    tabel = data.tabel if isinstance(data, Data) else data
    opd = tabel["opd"].dropna(subset=["predikat_organisasi"])
    opd = opd[opd["kode"].isin(jumlah.index)]
    n = jumlah.loc[opd["kode"]].to_numpy(dtype=np.int64)
    letak = np.array(
        [PREDIKAT_ORGANISASI.index(o) for o in opd["predikat_organisasi"].astype("str")], dtype=int
    )
    tingkat = np.arange(len(PREDIKAT))
    langkah = letak[:, None] - tingkat[None, :]
    orang = n.sum(axis=1)
    isi = pd.DataFrame(
        {
            "opd": opd["kode"].to_numpy(),
            "nama": opd["nama"].to_numpy(),
            "organisasi": opd["predikat_organisasi"].astype("str").to_numpy(),
            "pegawai": orang,
            "di_atas": (n * (langkah > 0)).sum(axis=1),
            "sama": (n * (langkah == 0)).sum(axis=1),
            "di_bawah": (n * (langkah < 0)).sum(axis=1),
            "persen_baik": [
                float(Fraction(100 * int(b), int(o)))
                for b, o in zip(n[:, :2].sum(axis=1), orang, strict=True)
            ],
        }
    )
    isi["persen_di_atas"] = [
        float(Fraction(100 * int(a), int(o))) for a, o in zip(isi["di_atas"], orang, strict=True)
    ]
    isi["jarak"] = [
        float(Fraction(int(a), int(o))) for a, o in zip((n * langkah).sum(axis=1), orang, strict=True)
    ]
    return isi.sort_values(["jarak", "opd"], ascending=[False, True], kind="stable").reset_index(drop=True)


def menurut_organisasi(selisih_: pd.DataFrame, jumlah: pd.DataFrame) -> pd.DataFrame:
    """Individuals pooled by the predikat of their organisation: opd (how many), and people per PREDIKAT."""
    isi = jumlah.loc[selisih_["opd"]].groupby(selisih_["organisasi"].to_numpy()).sum()
    banyak = selisih_["organisasi"].value_counts()
    urut = [o for o in PREDIKAT_ORGANISASI if o in isi.index]
    return isi.loc[urut].assign(opd=banyak.reindex(urut).to_numpy())


def unit_kecil(data: Data | Tabel, kebijakan: Kebijakan, kecil: int = 10) -> pd.DataFrame:
    """Sizes of the units inside the agencies, and how many are too small for the pattern of their agency.

    One row per organisation predikat that occurs: organisasi, unit (units: column `unit` within an agency),
    orang, tengah (median size), kecil (units with fewer than `kecil` people), tidak_muat (units without any
    distribution that fits).
    """
    tabel = data.tabel if isinstance(data, Data) else data
    ukuran = tabel["pegawai"].groupby(["opd", "unit"], observed=True).size().rename("orang").reset_index()
    organisasi = tabel["opd"].set_index("kode")["predikat_organisasi"].astype("str")
    ukuran["organisasi"] = ukuran["opd"].map(organisasi)
    ukuran = ukuran.dropna(subset=["organisasi"])
    pasangan = ukuran[["organisasi", "orang"]].drop_duplicates()
    muat = {(o, n): _mungkin(o, int(n), kebijakan) for o, n in pasangan.itertuples(index=False)}
    ukuran["buntu"] = [not muat[o, n] for o, n in zip(ukuran["organisasi"], ukuran["orang"], strict=True)]
    kelompok = ukuran.assign(sedikit=ukuran["orang"] < kecil).groupby("organisasi")
    isi = kelompok.agg(
        unit=("orang", "size"),
        orang=("orang", "sum"),
        tengah=("orang", "median"),
        kecil=("sedikit", "sum"),
        tidak_muat=("buntu", "sum"),
    )
    return isi.loc[[o for o in PREDIKAT_ORGANISASI if o in isi.index]].reset_index()


# -- heads, and the year from its quarters -----------------------------------------------------------------


def kepala_unit(
    data: Data | Tabel, kebijakan: Kebijakan, rating: Mapping[str, str], periode: str | None = None
) -> pd.DataFrame:
    """Heads of agencies: predikat as rated, and if the organisation's predikat were their rating of results.

    rating: organisation predikat -> rating of results (no source establishes it: the caller's assumption).
    Columns: opd, organisasi, nip, sekarang, menurut_organisasi (categories of PREDIKAT, '' unknown).
    """
    tabel = data.tabel if isinstance(data, Data) else data
    dasar = nilai(tabel, permenpanrb6.BERKAS, kebijakan, periode=periode)
    ubahan = nilai(
        tabel,
        permenpanrb6.BERKAS,
        kebijakan,
        periode=periode,
        sumber_rating_kepala="predikat_organisasi",
        rating_kepala_unit=dict(rating),
    )
    opd = tabel["opd"].dropna(subset=["kepala_nip", "predikat_organisasi"])
    kolom = {"sekarang": dasar, "menurut_organisasi": ubahan}
    isi = {
        n: h.tabel()["predikat"].astype("str").reindex(opd["kepala_nip"]).fillna("") for n, h in kolom.items()
    }
    return pd.DataFrame(
        {
            "opd": opd["kode"].to_numpy(),
            "organisasi": opd["predikat_organisasi"].astype("str").to_numpy(),
            "nip": opd["kepala_nip"].to_numpy(),
            **{n: s.to_numpy() for n, s in isi.items()},
        }
    )


def berkala(data: Data | Tabel, kebijakan: Kebijakan, tahun: str | None = None) -> pd.DataFrame:
    """The predikat of each quarter and of the year side by side, index nip.

    Columns: the quarters as they are called in `penilaian` (2022-TW1, ...), tahunan (decision of the leader),
    terakhir (the last quarter's ratings for the year, an assumption); banding: where the year stands against
    its quarters (di_atas_semua, di_antara, di_bawah_semua, '' if something is missing).
    """
    tabel = data.tabel if isinstance(data, Data) else data
    tahun = tahun or permenpanrb6.tahun_penilaian(tabel["penilaian"])
    triwulan = sorted(p for p in tabel["penilaian"]["periode"].unique() if str(p).startswith(f"{tahun}-TW"))
    nip = pd.Index(tabel["pegawai"]["nip"], name="nip")

    def predikat(periode: str, **setelan: Any) -> pd.Series:
        h = nilai(tabel, permenpanrb6.BERKAS, kebijakan, periode=periode, **setelan)
        return h.tabel()["predikat"].astype("str").reindex(nip)

    isi = pd.DataFrame({p: predikat(p) for p in triwulan}, index=nip)
    isi["tahunan"] = predikat(tahun)
    isi["terakhir"] = predikat(tahun, sumber_tahunan="periode_terakhir") if triwulan else pd.NA
    urut = {p: i for i, p in enumerate(PREDIKAT)}
    angka = isi[triwulan].apply(lambda k: k.map(urut))
    setahun = isi["tahunan"].map(urut)
    kata = np.select(
        [angka.isna().any(axis=1) | setahun.isna(), setahun < angka.min(axis=1), setahun > angka.max(axis=1)],
        ["", "di_atas_semua", "di_bawah_semua"],
        "di_antara",
    )
    return isi.assign(banding=pd.array(kata, dtype="str"))
