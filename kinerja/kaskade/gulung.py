"""Roll-up and roll-down: what people achieved against what their organisation achieved, and targets split.

How a parent gets its value follows the kind of link (params/kaskade/pohon-kinerja.yaml, `gulung`): a direct
split adds up realisations and targets of its parts, an indirect one keeps its own measure, a crosscutting
supporter counts on every node that it supports but once in a total. No parent is a blind average.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kinerja.data.periksa import PEMDA
from kinerja.data.skema import JENJANG_KASKADE
from kinerja.iki.capaian import hitung_capaian
from kinerja.parameter import Kebijakan, kebijakan
from kinerja.tulisan import angka

from .periksa import BERKAS, BERLAKU, dapat_dijumlahkan, kolom, ukuran
from .pohon import letak, susun, tabel_dari, telusur


@dataclass(frozen=True, eq=False)
class Gulungan:
    """Achievement in percent from the individual up.

    rhk: id, nip, sendiri (mean of its own IKI), nilai (quantity replaced by its direct parts where that
    can be done), cara_gulung. pegawai: nip, opd, unit, nilai (mean of the RHK utama). unit, opd, pemda:
    pegawai (with a value), individu (mean of the employees, each once), iku (mean of the organisation's own
    measured indicators), banyak_iku, selisih = individu - iku in percentage points. opd has also
    pendukung_lintas (people of other agencies that support its nodes). simpul: id, jenjang, opd, pegawai,
    nilai (employees at, below or crosscutting into the node, each once). NaN where nothing is known.
    asumsi: what the numbers rest on, in Indonesian.
    """

    rhk: pd.DataFrame
    pegawai: pd.DataFrame
    unit: pd.DataFrame
    opd: pd.DataFrame
    pemda: pd.DataFrame
    simpul: pd.DataFrame
    asumsi: tuple[str, ...]

    @property
    def judul(self) -> str:
        """The gap of the whole government in one sentence."""
        b = self.pemda.iloc[0]
        if pd.isna(b["selisih"]):
            return "Selisih capaian individu dan IKU belum dapat dihitung: salah satunya belum diketahui."
        arah = "di atas" if b["selisih"] >= 0 else "di bawah"
        return (
            f"Capaian individu {angka(b['individu'], 1)}, IKU {angka(b['iku'], 1)}: "
            f"individu {angka(abs(b['selisih']), 1)} poin {arah} organisasinya."
        )


def gulung(data: Any, aturan: Kebijakan | None = None, capaian: str = "capaian-lkjip") -> Gulungan:
    """Roll achievement up from the IKI of a `Data` (or its tables) to RHK, employee, unit, OPD and pemda.

    capaian: the parameter file that bounds an indicator's achievement (`hitung_capaian`). A direct parent
    is ΣR ÷ ΣT of its parts where all of them count in the parent's unit, with higher being better; anywhere
    else it keeps its own measure. The government's own IKU are the rows PEMDA; without them the mean of
    the agencies' IKU.
    """
    aturan = aturan or kebijakan(BERLAKU)
    tabel = tabel_dari(data)
    param = aturan.bagian(BERKAS)
    rhk, pegawai = tabel["rhk"], tabel["pegawai"]
    t_rhk = _rhk(tabel, aturan, capaian)
    utama = (kolom(rhk, "jenis").to_numpy(dtype=object) != "tambahan").astype(bool)
    rata = t_rhk[utama & t_rhk["nilai"].notna().to_numpy()].groupby("nip")["nilai"].mean()
    orang = pd.DataFrame(
        {
            "nip": pegawai["nip"].to_numpy(),
            "opd": kolom(pegawai, "opd").to_numpy(dtype=object),
            "unit": kolom(pegawai, "unit").to_numpy(dtype=object),
            "nilai": pegawai["nip"].map(rata).to_numpy(dtype=np.float64),
        },
        index=pegawai.index,
    ).astype({"opd": "str", "unit": "str"})
    iku = _iku(tabel, aturan, capaian)
    pasangan = _pendukung(tabel)
    opd = _tingkat(orang, ["opd"]).merge(iku, on="opd", how="outer" if len(orang) else "right")
    opd = opd[opd["opd"] != PEMDA].reset_index(drop=True)
    opd["pendukung_lintas"] = (
        opd["opd"].map(_lintas_per_opd(tabel, pasangan, orang)).fillna(0).astype("int64")
    )
    opd["selisih"] = opd["individu"] - opd["iku"]
    milik = iku[iku["opd"] == PEMDA]
    pemda = pd.DataFrame(
        {
            "pegawai": [int(orang["nilai"].notna().sum())],
            "individu": [orang["nilai"].mean()],
            "iku": [milik["iku"].iloc[0] if len(milik) else opd["iku"].mean()],
            "banyak_iku": [int(milik["banyak_iku"].iloc[0]) if len(milik) else int(opd["banyak_iku"].sum())],
        }
    )
    pemda["selisih"] = pemda["individu"] - pemda["iku"]
    cara = param["gulung"]
    asumsi = [
        f"{k.replace('_', ' ').capitalize()}: {v} ({cara.asal(k)['status']})."
        for k, v in cara.pasti().items()
    ]
    if not len(milik):
        asumsi.append("IKU pemda tidak ada; dipakai rata-rata capaian IKU perangkat daerah (asumsi).")
    return Gulungan(
        t_rhk,
        orang,
        _tingkat(orang, ["opd", "unit"]),
        opd,
        pemda,
        _simpul(tabel, pasangan, orang),
        tuple(asumsi),
    )


def gulung_nasional(pemda: Mapping[str, Gulungan]) -> pd.DataFrame:
    """Several governments beside each other and together, weighted by their employees.

    Columns nama, pegawai, individu, iku, selisih; the last row is Nasional.
    """
    t = pd.concat([g.pemda.assign(nama=n) for n, g in pemda.items()], ignore_index=True)
    jumlah = {k: _timbang(t[k], t["pegawai"]) for k in ("individu", "iku")}
    semua = pd.DataFrame([{"nama": "Nasional", "pegawai": int(t["pegawai"].sum()), **jumlah}])
    semua["selisih"] = semua["individu"] - semua["iku"]
    isi = ["nama", "pegawai", "individu", "iku", "selisih"]
    return pd.concat([t[isi], semua[isi]], ignore_index=True)


def bagi_target(target: int | float | Decimal, bobot: pd.Series, desimal: int = 0) -> pd.Series:
    """Split a target by load (bobot: population, working units, months ...) so that the parts add up exactly.

    desimal: decimals that a part may have; 0 for things that cannot be cut (documents, people). Largest
    remainder: every part gets its share rounded down, and what is left goes to the largest remainders, then
    to the larger weight, then by label. Returns int64 (desimal 0) or exact Decimal, on the index of bobot.
    ValueError when a weight is negative or unknown, all are zero, or the target has more decimals.
    """
    nilai = target if isinstance(target, int | Decimal) else Decimal(repr(float(target)))
    satuan = Fraction(nilai) * 10**desimal
    berat = [Fraction(str(b)) if b == b and b is not None else None for b in bobot.tolist()]
    salah = [str(k) for k, b in zip(bobot.index, berat, strict=True) if b is None or b < 0]
    if salah:
        raise ValueError(f"bobot {', '.join(salah)} kosong atau negatif. Isi dengan angka nol atau lebih.")
    semua = sum(b for b in berat if b is not None)
    if not semua:
        raise ValueError("semua bobot nol, jadi target tidak dapat dibagi. Isi paling sedikit satu bobot.")
    if satuan.denominator != 1:
        raise ValueError(
            f"target {angka(nilai)} tidak dapat dibagi sampai {desimal} desimal. Tambah angka desimalnya."
        )
    tanda = -1 if satuan < 0 else 1
    bagian = [abs(satuan) * b / semua for b in berat if b is not None]
    dasar = [x.numerator // x.denominator for x in bagian]
    sisa = int(abs(satuan)) - sum(dasar)
    urut = sorted(
        range(len(dasar)), key=lambda i: (dasar[i] - bagian[i], -(berat[i] or 0), str(bobot.index[i]))
    )
    for i in urut[:sisa]:
        dasar[i] += 1
    if desimal == 0:
        return pd.Series([tanda * d for d in dasar], index=bobot.index, dtype="int64", name="target")
    return pd.Series(
        [tanda * Decimal(d).scaleb(-desimal) for d in dasar], index=bobot.index, dtype=object, name="target"
    )


def target_bulanan(
    target: int | float | Decimal, hari_kerja: pd.Series, norma: float | Decimal, desimal: int = 0
) -> pd.DataFrame:
    """A year's target month by month, and whether the norm of the SOP lets it be done.

    hari_kerja: working days, on the months as index. norma: what one person finishes in a working day by the
    SOP. Returns on that index hari_kerja, target (`bagi_target` by working days), kemampuan (norma x working
    days, rounded down to `desimal`), cukup (bool). ValueError as `bagi_target`, and for a norm below zero.
    """
    per_hari = Fraction(str(norma))
    if per_hari < 0:
        raise ValueError(f"norma SOP {angka(Decimal(str(norma)))} negatif. Isi dengan angka nol atau lebih.")
    bagian = bagi_target(target, hari_kerja, desimal)
    batas = [per_hari * Fraction(str(h)) * 10**desimal // 1 for h in hari_kerja.tolist()]
    mampu = [int(b) if desimal == 0 else Decimal(int(b)).scaleb(-desimal) for b in batas]
    t = pd.DataFrame({"hari_kerja": hari_kerja, "target": bagian})
    t["kemampuan"] = pd.Series(mampu, index=t.index, dtype=bagian.dtype)
    return t.assign(cukup=(t["target"] <= t["kemampuan"]).astype(bool))


# -- inside -----------------------------------------------------------------------------------------------


def _timbang(nilai: pd.Series, bobot: pd.Series) -> float:
    ada = nilai.notna() & (bobot > 0)
    if not ada.any():
        return float("nan")
    return float((nilai[ada] * bobot[ada]).sum() / bobot[ada].sum())


def _rhk(tabel: Mapping[str, pd.DataFrame], aturan: Kebijakan, berkas: str) -> pd.DataFrame:
    """Own value of each RHK, and its value with the quantity taken from its direct parts."""
    rhk, iki = tabel["rhk"], tabel["iki"]
    p = susun(tabel["kaskade"], rhk)
    n, m = p.n, len(rhk)
    milik = letak(iki["rhk"], rhk["id"])
    iki = iki[milik >= 0]
    milik = milik[milik >= 0]
    nilai = hitung_capaian(_ukuran(iki), aturan, berkas)["capaian"].to_numpy(dtype=np.float64)
    tahu = ~np.isnan(nilai)
    jumlah = np.bincount(milik[tahu], nilai[tahu], minlength=m)
    banyak = np.bincount(milik[tahu], minlength=m)
    sendiri = _bagi(jumlah, banyak)

    # the one quantity of an RHK that can be added up: unit, target, realisation
    k = (iki["aspek"] == "kuantitas").to_numpy() & (iki["rumus"] == "maks").to_numpy()
    satu = k & (np.bincount(milik[k], minlength=m) == 1)[milik]
    satu &= dapat_dijumlahkan(iki["satuan"], aturan.bagian(BERKAS))
    baris, di = np.flatnonzero(satu), milik[satu]
    unit = np.full(m, -1, dtype=np.int64)
    unit[di] = pd.factorize(ukuran(iki["satuan"]).to_numpy(dtype=object)[baris])[0]
    t, r, lama = (np.full(m, np.nan) for _ in range(3))
    t[di] = iki["target"].to_numpy(dtype=np.float64, na_value=np.nan)[baris]
    r[di] = iki["realisasi"].to_numpy(dtype=np.float64, na_value=np.nan)[baris]
    lama[di] = nilai[baris]

    cara = kolom(rhk, "cara").to_numpy(dtype=object)
    anak = np.flatnonzero((p.atas[n:] >= n) & (cara == "langsung") & ~p.lingkar[n:])
    induk = p.atas[n:][anak] - n
    cocok = (unit[anak] >= 0) & (unit[anak] == unit[induk])
    semua = np.bincount(induk, minlength=m)
    boleh = (semua > 0) & (np.bincount(induk[cocok], minlength=m) == semua)
    dalam = p.dalam[n:][anak]
    t_gulung, r_gulung = t.copy(), r.copy()
    for d in np.unique(dalam)[::-1]:  # the deepest first, so that parts of parts are already summed
        di_sini = (dalam == d) & boleh[induk]
        atas = np.unique(induk[di_sini])
        t_gulung[atas] = np.bincount(induk[di_sini], t_gulung[anak[di_sini]], minlength=m)[atas]
        r_gulung[atas] = np.bincount(induk[di_sini], r_gulung[anak[di_sini]], minlength=m)[atas]
    baru = _bagi(100 * r_gulung, t_gulung)
    ganti = boleh & ~np.isnan(baru) & ~np.isnan(lama)
    hasil = np.where(ganti, sendiri + (np.where(ganti, baru - lama, 0)) / np.maximum(banyak, 1), sendiri)
    return pd.DataFrame(
        {
            "id": rhk["id"].to_numpy(),
            "nip": rhk["nip"].to_numpy(),
            "sendiri": sendiri,
            "nilai": hasil,
            "cara_gulung": np.where(ganti, "jumlah bagian", "ukuran sendiri"),
        },
        index=rhk.index,
    )


def _ukuran(t: pd.DataFrame) -> pd.DataFrame:
    """With the columns that a table typed by hand may lack: no upper bound, no worst value, not at its top."""
    angka_ = {k: t.get(k, np.nan) for k in ("target_atas", "terburuk")}
    return t.assign(**angka_, target_maksimum=t.get("target_maksimum", False))


def _bagi(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(b > 0, a / np.where(b > 0, b, 1), np.nan)


def _tingkat(orang: pd.DataFrame, kunci: list[str]) -> pd.DataFrame:
    """Mean of the employees that have a value, each once."""
    k = orang[orang["nilai"].notna()].groupby(kunci, sort=True)["nilai"].agg(["size", "mean"]).reset_index()
    return k.rename(columns={"size": "pegawai", "mean": "individu"})


def _iku(tabel: Mapping[str, pd.DataFrame], aturan: Kebijakan, berkas: str) -> pd.DataFrame:
    """Mean of the known achievements of each organisation's own indicators: opd, iku, banyak_iku."""
    iku = tabel.get("iku")
    if iku is None or iku.empty:
        return pd.DataFrame(
            {"opd": pd.Series(dtype="str"), "iku": pd.Series(dtype="float64"), "banyak_iku": []}
        )
    nilai = hitung_capaian(_ukuran(iku), aturan, berkas)["capaian"]
    k = nilai.groupby(iku["opd"], sort=True).agg(["mean", "count"]).reset_index()
    return k.rename(columns={"mean": "iku", "count": "banyak_iku"})


def _pendukung(tabel: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Pairs simpul x nip, each once: at or below a node, or crosscutting into it or below it."""
    kaskade, rhk = tabel["kaskade"], tabel["rhk"]
    jejak = telusur(kaskade, rhk)[["simpul", "nip"]].assign(lintas=False)
    lintas = tabel.get("lintas")
    if lintas is not None and len(lintas):
        asal = pd.concat(
            [
                rhk[["id", "nip"]].rename(columns={"id": "dari"}),
                jejak[["simpul", "nip"]].rename(columns={"simpul": "dari"}),
            ]
        ).drop_duplicates()
        sumbang = lintas[["dari", "ke"]].merge(asal, on="dari")[["ke", "nip"]]
        # what hangs on `ke` reaches every node above it, like an RHK that hangs there
        semu = pd.DataFrame(
            {"id": [f"\0{i}" for i in range(len(sumbang))], "nip": sumbang["nip"], "rhk_induk": sumbang["ke"]}
        )
        dua = pd.concat([rhk[["id", "nip", "rhk_induk"]], semu], ignore_index=True)
        lewat = telusur(kaskade, dua)
        lewat = lewat[lewat["rhk"].astype("str").str.startswith("\0")][["simpul", "nip"]]
        jejak = pd.concat([jejak, lewat.assign(lintas=True)], ignore_index=True)
    return jejak.drop_duplicates(["simpul", "nip"])


def _lintas_per_opd(
    tabel: Mapping[str, pd.DataFrame], pasangan: pd.DataFrame, orang: pd.DataFrame
) -> dict[str, int]:
    """People of other agencies on each agency's nodes."""
    milik = dict(zip(tabel["kaskade"]["id"], kolom(tabel["kaskade"], "opd"), strict=True))
    t = pd.DataFrame(
        {
            "opd": pasangan["simpul"].map(milik),
            "asal": pasangan["nip"].map(orang.set_index("nip")["opd"]),
            "nip": pasangan["nip"],
        }
    ).dropna(subset=["opd"])
    t = t[t["opd"] != t["asal"]].drop_duplicates(["opd", "nip"])
    return {str(k): int(v) for k, v in t.groupby("opd").size().items()}


def _simpul(tabel: Mapping[str, pd.DataFrame], pasangan: pd.DataFrame, orang: pd.DataFrame) -> pd.DataFrame:
    k = tabel["kaskade"]
    nilai = pasangan["nip"].map(orang.set_index("nip")["nilai"]).astype("float64")
    per = nilai.groupby(pasangan["simpul"]).agg(["count", "mean"])
    return pd.DataFrame(
        {
            "id": k["id"].to_numpy(),
            "jenjang": pd.Categorical(kolom(k, "jenjang"), JENJANG_KASKADE),
            "opd": kolom(k, "opd").to_numpy(dtype=object),
            "pegawai": k["id"].map(per["count"]).fillna(0).astype("int64").to_numpy(),
            "nilai": k["id"].map(per["mean"]).to_numpy(dtype=np.float64),
        },
        index=k.index,
    )
