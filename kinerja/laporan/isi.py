"""What the reports say: computed once for the whole pemda, then cut into one slice per OPD.

A slice (`irisan`) is one JSON file that holds everything that one report shows and nothing about
people of another OPD. The report notebook only reads its slice.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kinerja import __version__, tulisan
from kinerja.aturan import Hasil, jelaskan, ke_seri
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT, RATING
from kinerja.iki.capaian import dasar_rumus, hitung_capaian, tulis_rumus
from kinerja.kaskade import pegawai_per_simpul, pegawai_tergantung, telusur
from kinerja.laporan.mutu import Mutu, hitung_mutu, iki_contoh, iki_per_jenis, iki_per_kode, temuan_kaskade
from kinerja.parameter import Instansi, Kebijakan, Nilai, akhir_periode, instansi, kebijakan
from kinerja.pecahan import Kode
from kinerja.regulasi import permenpanrb6, se3
from kinerja.tukin import tpp

PEMDA = "PEMDA"  # the code of rows that belong to the government as a whole
_RATING = ["rating_hasil", "rating_perilaku"]
_UANG = ["besaran_tpp", "tpp", "potongan_kinerja", "potongan_disiplin"]
_MUTU = ["iki", "iki_lemah", "iki_salinan", "temuan_kaskade"]


class GalatPeriode(ValueError):
    """The period asked for is malformed or has no data."""


@dataclass(frozen=True)
class HasilPemda:
    """All results of one pemda and period. Tables: one row one employee, employee-month, indicator,
    node, OPD, pattern rule, parameter, check."""

    kode: str
    instansi: Instansi
    periode: str
    kebijakan: Kebijakan
    sumber: str
    sha256: str
    info: Mapping[str, str]
    pegawai: pd.DataFrame
    bulanan: pd.DataFrame
    iku: pd.DataFrame
    kaskade: pd.DataFrame
    jejak: pd.DataFrame
    opd: pd.DataFrame
    pola: pd.DataFrame
    parameter: pd.DataFrame
    pemeriksaan: pd.DataFrame
    hasil_predikat: Hasil
    hasil_tpp: Hasil
    mutu: Mutu

    @cached_property
    def _letak(self) -> dict[str, dict[str, Any]]:
        return {n: getattr(self, n).groupby("opd").indices for n in ("pegawai", "bulanan", "iku", "jejak")}

    def milik(self, tabel: str, opd: str) -> pd.DataFrame:
        """The rows of one OPD, grouped once for all OPDs."""
        milik: pd.DataFrame = getattr(self, tabel).iloc[self._letak[tabel].get(opd, [])]
        return milik


# -- the period ---------------------------------------------------------------------------------


def bulan_dalam(periode: str) -> list[str]:
    """'2022' -> twelve months, '2022-TW3' -> three, '2022-07' -> itself. GalatPeriode if malformed."""
    if cocok := re.fullmatch(r"((?:19|20)[0-9]{2})(?:-TW([1-4])|-(0[1-9]|1[0-2]))?", periode):
        tahun, triwulan, bulan = cocok.groups()
        if bulan:
            return [periode]
        awal, banyak = (3 * int(triwulan) - 2, 3) if triwulan else (1, 12)
        return [f"{tahun}-{b:02d}" for b in range(awal, awal + banyak)]
    raise GalatPeriode(
        f"Periode {periode!r} tidak dikenal. Tulis tahun (2022), triwulan (2022-TW3), atau bulan (2022-07)."
    )


def periode_memuat(periode: str) -> list[str]:
    """A period and those that contain it, the most specific first: month, quarter, year."""
    bulan = bulan_dalam(periode)
    triwulan = f"{periode[:4]}-TW{(int(bulan[0][5:]) + 2) // 3}"
    return {1: [periode, triwulan, periode[:4]], 3: [periode, periode[:4]], 12: [periode]}[len(bulan)]


# -- computing ------------------------------------------------------------------------------------


def hitung_pemda(data: Data, kode_instansi: str, periode: str, tanggal: dt.date | None = None) -> HasilPemda:
    """Every number of every report of one pemda.

    The policy snapshot is that of `tanggal`; without it, the date that the instansi's file names for
    its own period, else the period's last day. GalatPeriode if no employee has been rated for it.
    """
    pemda = instansi(kode_instansi)
    bulan_dalam(periode)  # refuses a malformed period before anything reads it
    if tanggal is None:
        sendiri = pemda.tanggal_kebijakan is not None and periode.startswith(pemda.periode)
        tanggal = pemda.tanggal_kebijakan if sendiri else akhir_periode(periode)
    assert tanggal is not None
    snapshot = kebijakan(tanggal)

    penilaian = _penilaian_berlaku(data.tabel["penilaian"], periode)
    penilaian = penilaian.assign(predikat=_predikat(permenpanrb6.nilai(penilaian, snapshot)))

    bulanan, hasil_predikat, hasil_tpp, bulan_kosong = _bulanan(data, snapshot, pemda, kode_instansi, periode)
    jejak = telusur(data.tabel["kaskade"], data.tabel["rhk"])
    pegawai = _pegawai(data, penilaian, bulanan, jejak, bulan_kosong)
    simpul = data.tabel["kaskade"].assign(pegawai=pegawai_per_simpul(data.tabel["kaskade"], jejak))

    iku = data.tabel["iku"].reset_index(drop=True)
    iku = pd.concat([iku, hitung_capaian(iku, snapshot, pemda.capaian)], axis=1)
    organisasi = data.tabel["opd"].set_index("kode")["predikat_organisasi"].astype("str")
    jumlah = _jumlah_predikat(pegawai)
    mutu = hitung_mutu(data.tabel, snapshot, pemda.capaian)
    pola = (
        se3.periksa_pola(jumlah[jumlah.sum(axis=1) > 0], organisasi, snapshot)
        if _ada_pola(snapshot)
        else pd.DataFrame(columns=se3.KOLOM)
    )
    hasil = HasilPemda(
        kode=kode_instansi,
        instansi=pemda,
        periode=periode,
        kebijakan=snapshot,
        sumber=data.sumber,
        sha256=data.sha256,
        info=data.info,
        pegawai=pegawai,
        bulanan=bulanan,
        iku=iku,
        kaskade=simpul,
        jejak=jejak.assign(opd=jejak["nip"].map(pegawai.set_index("nip")["opd"])),
        opd=_per_opd(data.tabel["opd"], pegawai, iku, jumlah, mutu),
        pola=pola,
        parameter=_parameter(hasil_predikat, hasil_tpp, snapshot, pemda, iku),
        pemeriksaan=_pemeriksaan(periode, pegawai, iku, bulan_kosong),
        hasil_predikat=hasil_predikat,
        hasil_tpp=hasil_tpp,
        mutu=mutu,
    )
    return hasil


def _penilaian_berlaku(penilaian: pd.DataFrame, periode: str) -> pd.DataFrame:
    """The rating that counts for a period, per employee: its own, else that of the nearest longer one.

    A shorter period never stands for a longer one: the last quarter's rating is not the year's.
    """
    urutan = periode_memuat(periode)
    dipakai = penilaian[penilaian["periode"].isin(urutan)]
    if dipakai.empty:
        ada = ", ".join(sorted(penilaian["periode"].dropna().unique())) or "tidak ada"
        raise GalatPeriode(
            f"Lembar penilaian tidak memuat penilaian untuk {tulisan.periode(periode)}. "
            f"Periode yang ada: {ada}. Pakai --periode dengan salah satunya atau lengkapi lembar penilaian."
        )
    urut = dipakai["periode"].map({p: i for i, p in enumerate(urutan)})
    return (
        dipakai.assign(_urut=urut)
        .sort_values("_urut", kind="stable")
        .drop_duplicates("nip")
        .drop(columns="_urut")
    )


def _ada_pola(snapshot: Kebijakan) -> bool:
    return f"{se3.BERKAS}.pola_distribusi" in snapshot


def _predikat(hasil: Hasil) -> Any:
    """The predikat as a Categorical of all five, best first."""
    kolom = hasil["predikat"]
    assert isinstance(kolom, Kode)
    return ke_seri(kolom.dalam(PREDIKAT))


def _bulanan(
    data: Data, snapshot: Kebijakan, pemda: Instansi, kode_instansi: str, periode: str
) -> tuple[pd.DataFrame, Hasil, Hasil, list[str]]:
    """Employee-months with attendance in the period, the predikat and TPP of each, and the months
    without any data. A month is paid by the rating of the most specific period that contains it."""
    kehadiran = data.tabel["kehadiran"]
    bulan = bulan_dalam(periode)
    kehadiran = kehadiran[kehadiran["bulan"].isin(bulan)]
    ada = set(kehadiran["bulan"].unique())
    bagian = [kehadiran.iloc[:0].assign(**{r: pd.Categorical([], categories=list(RATING)) for r in _RATING})]
    for b in sorted(ada):
        satu = kehadiran[kehadiran["bulan"] == b]
        dinilai = _penilaian_berlaku(data.tabel["penilaian"], b)
        bagian.append(satu.merge(dinilai[["nip", *_RATING]], on="nip", how="left"))
    bulanan = pd.concat(bagian, ignore_index=True)
    hasil_predikat = permenpanrb6.nilai(bulanan, snapshot)
    bulanan["predikat"] = _predikat(hasil_predikat)
    bulanan = bulanan.merge(data.tabel["pegawai"][["nip", "opd", "kelas"]], on="nip", how="left")
    parameter = tpp.parameter_tpp(snapshot, pemda.skema_tpp, kode_instansi)
    hasil = tpp.hitung_tpp(bulanan, parameter)
    langkah = hasil.tabel().reset_index(drop=True)
    langkah["potongan_keterlambatan"] = hasil["potongan_keterlambatan"].ke_float()  # type: ignore[union-attr]
    langkah[_UANG] = langkah[_UANG].astype("Int64")
    return pd.concat([bulanan, langkah], axis=1), hasil_predikat, hasil, [b for b in bulan if b not in ada]


def _pegawai(
    data: Data, penilaian: pd.DataFrame, bulanan: pd.DataFrame, jejak: pd.DataFrame, bulan_kosong: list[str]
) -> pd.DataFrame:
    pegawai = data.tabel["pegawai"].reset_index(drop=True)
    pegawai = pegawai.merge(
        penilaian[["nip", "rating_hasil", "rating_perilaku", "predikat", "catatan", "periode"]].rename(
            columns={"periode": "periode_penilaian"}
        ),
        on="nip",
        how="left",
    )
    kejadian = bulanan["terlambat"].str.count(";") + (bulanan["terlambat"] != "")
    per_nip = bulanan.assign(kali_terlambat=kejadian).groupby("nip")
    uang = per_nip[_UANG].sum()
    # a month without a known amount makes the sum unknown, never smaller
    uang.loc[bulanan.loc[bulanan["tpp"].isna(), "nip"].unique()] = pd.NA
    jumlah = per_nip[
        ["alpa", "kali_terlambat", "lupa_rekam", "tidak_apel", "hari_kerja", "potongan_keterlambatan"]
    ].sum()
    rata = per_nip[["nilai_produktivitas", "nilai_disiplin"]].mean()
    bulan = per_nip.size().rename("bulan_hadir")
    pegawai = pegawai.join(pd.concat([uang, jumlah, rata, bulan], axis=1), on="nip")
    pegawai[_UANG] = pegawai[_UANG].astype("Int64")
    seharusnya = int(bulanan["bulan"].nunique())
    pegawai["bulan_hadir"] = pegawai["bulan_hadir"].fillna(0).astype("int64")
    pegawai["tergantung"] = pegawai_tergantung(pegawai, jejak)
    tanpa_nilai = bulanan[bulanan["predikat"].isna()].groupby("nip").size()
    belum = pegawai["nip"].map(tanpa_nilai).fillna(0).astype("int64")
    kelas_kosong = pegawai["tpp"].isna() & (belum == 0) & (pegawai["bulan_hadir"] > 0)
    pegawai["alasan_tpp"] = ""
    pegawai.loc[kelas_kosong, "alasan_tpp"] = (
        "tukin BPK kelas " + pegawai.loc[kelas_kosong, "kelas"].astype(str) + " belum ditetapkan sumbernya"
    )
    pegawai.loc[belum > 0, "alasan_tpp"] = "penilaian " + belum[belum > 0].astype(str) + " bulan belum ada"
    pegawai.loc[(belum > 0) & (belum == pegawai["bulan_hadir"]), "alasan_tpp"] = "belum dinilai"
    pegawai.loc[pegawai["bulan_hadir"] == 0, "alasan_tpp"] = "kehadiran belum ada"
    kurang = (
        (pegawai["bulan_hadir"] > 0) & (pegawai["bulan_hadir"] < seharusnya) & (pegawai["alasan_tpp"] == "")
    )
    pegawai.loc[kurang, "alasan_tpp"] = (
        "kehadiran " + (seharusnya - pegawai.loc[kurang, "bulan_hadir"]).astype(str) + " bulan belum ada"
    )
    return pegawai


def _jumlah_predikat(pegawai: pd.DataFrame) -> pd.DataFrame:
    """One row one OPD, one column one predikat, people."""
    jumlah = pd.crosstab(pegawai["opd"], pegawai["predikat"].astype("str"))
    return jumlah.reindex(index=pegawai["opd"].unique(), columns=list(PREDIKAT), fill_value=0)


def _per_opd(
    opd: pd.DataFrame, pegawai: pd.DataFrame, iku: pd.DataFrame, jumlah: pd.DataFrame, mutu: Mutu
) -> pd.DataFrame:
    tabel = opd.reset_index(drop=True).set_index("kode", drop=False)
    per_opd = pegawai.groupby("opd")
    tabel["pegawai"] = per_opd.size()
    tabel["lepas"] = (~pegawai["tergantung"]).groupby(pegawai["opd"]).sum()
    tabel["dinilai"] = jumlah.sum(axis=1)
    baik = jumlah[["sangat_baik", "baik"]].sum(axis=1)
    tabel["persen_baik"] = (100 * baik / jumlah.sum(axis=1)).where(jumlah.sum(axis=1) > 0)
    # capaian have two decimals: a mean of them that is a tie must not fall to a float's last bit
    tabel["capaian"] = iku.groupby("opd")["capaian"].mean().round(9)
    for u in _UANG:
        tabel[u] = per_opd[u].sum(min_count=1)
    tabel["tpp_kosong"] = pegawai["tpp"].isna().groupby(pegawai["opd"]).sum()
    tabel = tabel.join(jumlah).join(mutu.jumlah())
    bulat = ["pegawai", "lepas", "dinilai", "tpp_kosong", *PREDIKAT, *_MUTU]
    tabel[bulat] = tabel[bulat].fillna(0).astype("int64")
    return tabel


# -- what was used --------------------------------------------------------------------------------


def nilai_teks(nilai: Nilai) -> str:
    """A parameter's value as one line of text."""
    match nilai.tipe:
        case "skalar":
            return _satu_nilai(nilai.nilai)
        case "tabel":
            return "; ".join(f"{tulisan.label(k)}: {_satu_nilai(v)}" for k, v in nilai.nilai.items())
        case "matriks":
            return "; ".join(
                f"{tulisan.label(b)} × {tulisan.label(k)}: {_satu_nilai(v)}"
                for b, isi in nilai.nilai.items()
                for k, v in isi.items()
            )
        case "selang":
            return "; ".join(f"{_selang(s)}: {_satu_nilai(s['nilai'])}" for s in nilai.nilai)
    return "; ".join(", ".join(_satu_nilai(v) for v in butir.values()) for butir in nilai.nilai)


def _satu_nilai(v: Any) -> str:
    if v is None:
        return "belum ditetapkan"
    if isinstance(v, str):
        return tulisan.label(v)
    if isinstance(v, tuple):
        return "/".join(map(_satu_nilai, v))
    return tulisan.angka(v)


def _selang(s: Mapping[str, Any]) -> str:
    kata = {
        "paling_sedikit": "paling sedikit",
        "lebih_dari": "lebih dari",
        "kurang_dari": "kurang dari",
        "paling_banyak": "paling banyak",
    }
    return " dan ".join(f"{kata[k]} {tulisan.angka(s[k])}" for k in kata if k in s)


def _parameter(
    predikat: Hasil, bayar: Hasil, snapshot: Kebijakan, pemda: Instansi, iku: pd.DataFrame
) -> pd.DataFrame:
    """Every number of the law that the reports rest on, with article and status."""
    dipakai = [*predikat.parameter.values(), *bayar.parameter.values()]
    skema = snapshot.bagian(pemda.skema_tpp)
    dipakai += [skema[n] for n in ("potongan_terlambat", "potongan_terlambat_tepat_60")]
    if _ada_pola(snapshot):
        # the curves in circulation are for lesson 05; no report measures anybody against them
        dipakai += [p for n, p in snapshot.bagian(se3.BERKAS).items() if n != "kurva_contoh"]
    dipakai += list(snapshot.bagian(pemda.capaian).values())
    baris = []
    for p in dipakai:
        butir = [f"{k}: {b['status']}" for k, b in p.butir.items() if b.get("status", p.status) != p.status]
        status = p.status + (f" ({'; '.join(butir)})" if butir else "")
        baris.append(
            (p.nama, nilai_teks(p), p.satuan, p.dasar, status, tulisan.tanggal(p.sejak), p.catatan or "")
        )
    for rumus in dict.fromkeys(iku["rumus_dipakai"]):
        dasar, status = dasar_rumus(rumus)
        baris.append((f"Rumus capaian {rumus}", tulis_rumus(rumus), "persen", dasar, status, "", ""))
    kolom = ["nama", "nilai", "satuan", "dasar", "status", "sejak", "catatan"]
    return pd.DataFrame(baris, columns=kolom).drop_duplicates(ignore_index=True)


def _pemeriksaan(
    periode: str, pegawai: pd.DataFrame, iku: pd.DataFrame, bulan_kosong: list[str]
) -> pd.DataFrame:
    """Checks with the OPD that they concern ('' for the whole book)."""
    baris: list[tuple[str, str, str]] = []
    for opd, isi in pegawai.groupby("opd"):
        baris.append(
            (
                str(opd),
                "Pegawai tanpa penilaian pada periode ini",
                tulisan.angka(int(isi["predikat"].isna().sum())),
            )
        )
        baris.append(
            (
                str(opd),
                "Pegawai tanpa RHK yang terhubung sampai puncak pohon kinerja",
                tulisan.angka(int((~isi["tergantung"]).sum())),
            )
        )
        lain = isi.loc[isi["periode_penilaian"] != periode, "periode_penilaian"].value_counts().sort_index()
        for p, n in lain.items():
            baris.append(
                (
                    str(opd),
                    f"Penilaian {tulisan.periode(periode)} belum ada; dipakai penilaian {tulisan.periode(str(p))}",
                    tulisan.angka(int(n)),
                )
            )
        for alasan, n in isi.loc[isi["alasan_tpp"] != "", "alasan_tpp"].value_counts().sort_index().items():
            baris.append((str(opd), f"TPP tidak lengkap: {alasan}", tulisan.angka(int(n))))
        cpns = int((isi["status"] == "cpns").sum())
        if cpns:
            baris.append(
                (str(opd), "CPNS dihitung penuh; pola TPP ini tidak mengatur CPNS", tulisan.angka(cpns))
            )
    for opd, isi in iku.groupby("opd"):
        baris.append(
            (
                str(opd),
                "IKU tanpa capaian (realisasi belum ada atau rumus tak terdefinisi)",
                tulisan.angka(int(isi["capaian"].isna().sum())),
            )
        )
    if bulan_kosong:
        baris.append(
            (
                "",
                "Bulan tanpa data kehadiran, tidak ikut dihitung",
                tulisan.daftar([tulisan.periode(b) for b in bulan_kosong]),
            )
        )
    return pd.DataFrame(baris, columns=["opd", "pemeriksaan", "hasil"])


# -- slices -----------------------------------------------------------------------------------------


def tiap_baris(tabel: pd.DataFrame) -> Iterator[Any]:
    """Rows as named tuples of anything: for showing, where each cell becomes text."""
    return iter(tabel.itertuples())


@dataclass(frozen=True)
class Irisan:
    """What one report notebook reads: `meta` (texts) and `tabel` (DataFrames)."""

    meta: Mapping[str, Any]
    tabel: Mapping[str, pd.DataFrame]


_KOLOM_PEGAWAI = [
    "nip",
    "nama",
    "unit",
    "jabatan",
    "jenis_jabatan",
    "golongan",
    "kelas",
    "status",
    "rating_hasil",
    "rating_perilaku",
    "predikat",
    "besaran_tpp",
    "tpp",
    "potongan_kinerja",
    "potongan_disiplin",
    "nilai_produktivitas",
    "nilai_disiplin",
    "potongan_keterlambatan",
    "alpa",
    "kali_terlambat",
    "tidak_apel",
    "tergantung",
    "alasan_tpp",
]
_KOLOM_BULANAN = [
    "nip",
    "bulan",
    "kelas",
    "predikat",
    "potongan_keterlambatan",
    "tidak_apel",
    "alpa",
    *tpp.GRAF.urutan,
]
_KOLOM_OPD = [
    "kode",
    "nama",
    "jenis",
    "predikat_organisasi",
    "pegawai",
    "lepas",
    "dinilai",
    "persen_baik",
    "capaian",
    *_UANG,
    "tpp_kosong",
    *PREDIKAT,
    *_MUTU,
    "individu",
    "selisih",
]


def tanda(h: HasilPemda) -> str:
    """What every page says of data that are not of real people, else nothing."""
    ilustratif = h.info.get("sifat_data", "").strip().lower() == "ilustratif"
    return "ILUSTRATIF: pegawai dan angka OPD sintetis, bukan data nyata" if ilustratif else ""


def _meta(h: HasilPemda, nama: str, judul: str) -> dict[str, Any]:
    return {
        "instansi": h.instansi.nama,
        "kop": list(h.instansi.kop),
        "kertas": h.instansi.kertas,
        "tempat": h.instansi.tempat or h.instansi.ibu_kota,
        "logo": h.instansi.logo,
        "sebutan_tpp": h.instansi.sebutan_tpp,
        "kalimat_penutup": h.instansi.kalimat_penutup,
        "penanda_tangan": {k: [dict(p) for p in v] for k, v in h.instansi.penanda_tangan.items()},
        "nama": nama,
        "judul": judul,
        "periode": h.periode,
        "periode_teks": tulisan.periode(h.periode),
        "bulan": len(bulan_dalam(h.periode)),
        "bulan_terisi": int(h.bulanan["bulan"].nunique()),
        "tanggal_kebijakan": tulisan.tanggal(h.kebijakan.tanggal),
        # the day whose rules it states: files bear it as their date, since they know no clock
        "tanggal_berkas": h.kebijakan.tanggal.isoformat(),
        "alasan_tanggal": h.instansi.alasan_tanggal or "",
        "tanda": tanda(h),
        "kaki": f"{nama}, {h.instansi.singkatan} · {tulisan.periode(h.periode)} · data {h.sha256[:12]}",
        "sumber": h.sumber,
        "sha256": h.sha256,
        "versi": __version__,
        "kuadran": {b: dict(k) for b, k in h.hasil_predikat.parameter["kuadran"].nilai.items()},
        "batas_capaian": _batas_capaian(h.kebijakan[f"{h.instansi.capaian}.batas_capaian"]),
        "info": dict(h.info),
    }


def meta_pemda(h: HasilPemda) -> dict[str, Any]:
    """The texts of what the whole government prints."""
    return _meta(h, h.instansi.nama, "Laporan Kinerja Pemerintah Daerah")


def _batas_capaian(batas: Nilai) -> str:
    bagian = [
        f"paling {kata} {tulisan.persen(batas.nilai[k])}"
        for k, kata in (("bawah", "sedikit"), ("atas", "banyak"))
        if batas.nilai[k] is not None
    ]
    teks = tulisan.daftar(bagian) if bagian else "tanpa batas bawah dan atas"
    return f"Capaian {teks} [{batas.status}]: {batas.dasar}."


def irisan_opd(h: HasilPemda, kode: str) -> Irisan:
    """The slice of one OPD. KeyError if the code is unknown."""
    opd = h.opd.loc[kode]
    pegawai, bulanan = h.milik("pegawai", kode), h.milik("bulanan", kode)
    simpul = _simpul_opd(h, kode)
    meta = {
        **_meta(h, str(opd["nama"]), "Laporan Kinerja Perangkat Daerah"),
        "kode": kode,
        "predikat_organisasi": _atau_kosong(opd["predikat_organisasi"]),
        "kepala": {k: _atau_kosong(opd[f"kepala_{k}"]) for k in ("nama", "nip", "pangkat")}
        | {"jabatan": _jabatan_kepala(opd, pegawai)},
        "capaian": None if pd.isna(opd["capaian"]) else float(opd["capaian"]),
        "individu": None if pd.isna(opd["individu"]) else float(opd["individu"]),
        "tpp_parameter": _parameter_buku(h),
        "form": {
            n: [dict(k) for k in h.kebijakan[f"form-nominatif.{n}"].nilai]
            for n in ("daftar_pembayaran", "rekap_penilaian")
        },
    }
    parameter = h.parameter
    iki, temuan = (t[t["opd"] == kode] for t in (h.mutu.iki, h.mutu.temuan_iki))
    cek = h.pemeriksaan[h.pemeriksaan["opd"].isin([kode, ""])]
    return Irisan(
        meta,
        {
            "iku": _iku(h.milik("iku", kode), h.periode),
            "iku_pemda": _iku(h.iku[h.iku["opd"].str.upper() == PEMDA], h.periode),
            "pegawai": pegawai[_KOLOM_PEGAWAI].reset_index(drop=True),
            "bulanan": bulanan[_KOLOM_BULANAN].reset_index(drop=True),
            "kelas": _per_kelas(pegawai),
            "simpul": simpul,
            "iki_jenis": iki_per_jenis(iki),
            "iki_kode": iki_per_kode(temuan),
            "iki_contoh": iki_contoh(temuan),
            "temuan_kaskade": temuan_kaskade(h.mutu.kaskade[h.mutu.kaskade["opd"] == kode]),
            "pola": h.pola[h.pola["opd"] == kode].reset_index(drop=True),
            "rentang": _rentang(h, kode, pegawai),
            "parameter": parameter,
            "pemeriksaan": cek[["pemeriksaan", "hasil"]].reset_index(drop=True),
            "penjelasan": _contoh_penjelasan(h, bulanan),
        },
    )


def _jabatan_kepala(opd: Any, pegawai: pd.DataFrame) -> str:
    """What the head signs as: the post in the list of employees, else one that is always right."""
    jabatan = pegawai.loc[pegawai["nip"] == opd["kepala_nip"], "jabatan"]
    return str(jabatan.iloc[0]) if len(jabatan) else f"Pimpinan {opd['nama']}"


def irisan_pemda(h: HasilPemda) -> Irisan:
    """The slice of the whole government: OPD totals, no names, no NIP."""
    kuadran = _kuadran(h.pegawai)
    umum = h.pemeriksaan[h.pemeriksaan["opd"] == ""][["pemeriksaan", "hasil"]]
    angka = h.pemeriksaan[(h.pemeriksaan["opd"] != "")]
    jumlah = (
        angka.assign(n=angka["hasil"].str.replace(".", "", regex=False).astype(int))
        .groupby("pemeriksaan", sort=False)["n"]
        .sum()
        .map(tulisan.angka)
        .rename("hasil")
        .reset_index()
    )
    return Irisan(
        meta_pemda(h),
        {
            "iku": _iku(h.iku[h.iku["opd"].str.upper() == PEMDA], h.periode),
            "opd": h.opd[_KOLOM_OPD].reset_index(drop=True),
            "kelas": _per_kelas(h.pegawai),
            "kuadran": kuadran,
            "iki_jenis": iki_per_jenis(h.mutu.iki),
            "iki_kode": iki_per_kode(h.mutu.temuan_iki),
            "iki_contoh": iki_contoh(h.mutu.temuan_iki),
            "temuan_kaskade": temuan_kaskade(h.mutu.kaskade),
            "pola": h.pola,
            "parameter": h.parameter,
            "pemeriksaan": pd.concat([umum, jumlah], ignore_index=True),
        },
    )


def _per_kelas(pegawai: pd.DataFrame) -> pd.DataFrame:
    """People and money by class; a class whose pay is unknown for everybody stays unknown."""
    per = pegawai.groupby("kelas")
    return per[_UANG].sum(min_count=1).assign(pegawai=per.size()).reset_index()


def _kuadran(pegawai: pd.DataFrame) -> pd.DataFrame:
    """Counts: one row one rating_hasil, columns rating_perilaku."""
    tabel = pd.crosstab(pegawai["rating_hasil"].astype("str"), pegawai["rating_perilaku"].astype("str"))
    tabel = tabel.reindex(index=list(RATING), columns=list(RATING), fill_value=0)
    return tabel.rename_axis("rating_hasil").reset_index()


def _iku(iku: pd.DataFrame, periode: str) -> pd.DataFrame:
    """The columns that reports show; of the years only those before the period's own."""
    lalu = (c for c in iku.columns if c.startswith("realisasi_") and c < f"realisasi_{periode[:4]}")
    tahun = sorted(c for c in lalu if iku[c].notna().any())
    kolom = [
        "sasaran",
        "indikator",
        "satuan",
        "polaritas",
        "target",
        "target_atas",
        "realisasi",
        "target_akhir",
        "pembanding_nasional",
        "status_target",
        "status_realisasi",
        "sumber",
        "catatan",
        "sebab",
        "tindak_lanjut",
        "capaian",
        "tercapai",
        "rumus_dipakai",
        "alasan",
        *tahun,
    ]
    return iku[kolom].assign(rumus_teks=iku["rumus_dipakai"].map(tulis_rumus)).reset_index(drop=True)


def _simpul_opd(h: HasilPemda, kode: str) -> pd.DataFrame:
    """The OPD's nodes and everything above them; counts are of this OPD's employees only."""
    jejak = h.milik("jejak", kode)
    induk = dict(zip(h.kaskade["id"], h.kaskade["induk"], strict=True))
    pakai = set(h.kaskade.loc[h.kaskade["opd"] == kode, "id"]) | set(jejak["simpul"])
    antre = list(pakai)
    while antre:
        atas = induk.get(antre.pop())
        if isinstance(atas, str) and atas not in pakai:
            pakai.add(atas)
            antre.append(atas)
    simpul = h.kaskade[h.kaskade["id"].isin(pakai)]
    simpul = simpul.assign(pegawai=pegawai_per_simpul(simpul, jejak))
    return simpul[["id", "induk", "jenjang", "uraian", "indikator", "pegawai"]].reset_index(drop=True)


def _rentang(h: HasilPemda, kode: str, pegawai: pd.DataFrame) -> pd.DataFrame:
    """Counts per predikat beside the pattern's bounds."""
    jumlah = pegawai["predikat"].value_counts().reindex(list(PREDIKAT), fill_value=0)
    organisasi = _atau_kosong(h.opd.loc[kode, "predikat_organisasi"])
    if _ada_pola(h.kebijakan):
        batas = se3.rentang_predikat(organisasi or None, int(jumlah.sum()), h.kebijakan)
    else:
        batas = pd.DataFrame(float("nan"), index=list(PREDIKAT), columns=["paling_sedikit", "paling_banyak"])
    return batas.assign(jumlah=jumlah.astype("int64")).rename_axis("predikat").reset_index()


def _parameter_buku(h: HasilPemda) -> dict[str, Any]:
    """The parameters that live formulas in the workbook refer to, exact as text."""
    p = h.hasil_tpp.parameter
    skalar = {n: str(v.nilai) for n, v in p.items() if v.tipe == "skalar"}
    tabel = {
        n: [[str(k), None if v is None else str(v)] for k, v in x.nilai.items()]
        for n, x in p.items()
        if x.tipe == "tabel"
    }
    return {"skalar": skalar, "tabel": tabel, "nama": {n: v.nama for n, v in p.items()}}


def _contoh_penjelasan(h: HasilPemda, bulanan: pd.DataFrame) -> pd.DataFrame:
    """The steps of the employee-month that lost most: the pay that somebody will ask about."""
    tahu = bulanan[bulanan["tpp"].notna()]
    if tahu.empty:
        return pd.DataFrame(
            columns=["nip", "bulan", "label", "rumus", "dengan_nilai", "hasil", "dasar", "status"]
        )
    hilang = tahu["potongan_kinerja"] + tahu["potongan_disiplin"]
    terbesar = tahu.iloc[int(hilang.to_numpy(dtype=float).argmax())]
    nip, bulan = terbesar["nip"], terbesar["bulan"]
    langkah = [jelaskan(hasil, (nip, bulan)) for hasil in (h.hasil_predikat, h.hasil_tpp)]
    tabel = pd.concat([x.tabel() for x in langkah], ignore_index=True)
    return tabel.assign(nip=nip, bulan=bulan)


def _atau_kosong(x: Any) -> str:
    return "" if x is None or x != x or x == "nan" else str(x)


# -- on disk --------------------------------------------------------------------------------------


def tulis_irisan(irisan: Irisan) -> str:
    """The slice as JSON text: equal slices give equal bytes."""
    tabel = {}
    for nama, df in irisan.tabel.items():
        tipe, isi = {}, {}
        for k in df.columns:
            s = df[k].astype("str") if isinstance(df[k].dtype, pd.CategoricalDtype) else df[k]
            tipe[k] = "str" if s.dtype == object else str(s.dtype)
            nilai = s.tolist()
            isi[k] = [None if v is pd.NA or v != v else v for v in nilai] if s.hasnans else nilai
        tabel[nama] = {"tipe": tipe, "isi": isi}
    return json.dumps({"meta": irisan.meta, "tabel": tabel}, ensure_ascii=False, separators=(",", ":"))


def baca_irisan(teks: str) -> Irisan:
    """The inverse of `tulis_irisan`."""
    isi = json.loads(teks)
    tabel = {
        nama: pd.DataFrame({k: pd.Series(v, dtype=t["tipe"][k]) for k, v in t["isi"].items()})
        for nama, t in isi["tabel"].items()
    }
    return Irisan(isi["meta"], tabel)


def buka_irisan(berkas: str, kode: str | None = None) -> Irisan:
    """The slice that a report notebook shows; without a file, a small illustrative sample
    (of one OPD, or of the pemda when `kode` is "PEMDA").

    FileNotFoundError with the way out if the file does not exist.
    """
    if not berkas:
        return contoh_irisan(kode)
    if not Path(berkas).is_file():
        raise FileNotFoundError(
            f"Irisan {berkas} tidak ada. Jalankan `kinerja laporan` agar irisan dibuat, "
            "atau kosongkan parameter `irisan` untuk melihat contoh."
        )
    return baca_irisan(Path(berkas).read_text(encoding="utf-8"))


def contoh_irisan(kode: str | None = None, kode_instansi: str = "sumbar", pegawai: int = 600) -> Irisan:
    """Slice of one OPD of a small synthetic pemda; `kode` "PEMDA" gives the pemda's own slice."""
    from kinerja.contoh import buat_contoh

    tabel = buat_contoh(kode_instansi, pegawai=pegawai, benih=1)
    info = dict(zip(tabel["info"]["kunci"], tabel["info"]["nilai"], strict=True))
    data = Data(tabel, pd.DataFrame(), f"contoh {kode_instansi}, {pegawai} pegawai", "tanpa berkas", info)
    hasil = hitung_pemda(data, kode_instansi, instansi(kode_instansi).periode)
    if kode == PEMDA:
        return irisan_pemda(hasil)
    return irisan_opd(hasil, kode or "dinkes")
