"""From what happened to what a month's pay feels: events, leave days and sanctions as rows.

Every function takes the employee-months (`bulanan`, RangeIndex, columns nip, bulan, hari_kerja, ...) and gives
the columns that the rules of pay read, one value per employee-month, with the `Hasil` of the single rows
behind them, so that each can be explained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Fungsi, Graf, Hasil, Kolom
from kinerja.data.skema import CUTI
from kinerja.parameter import Galat, Nilai
from kinerja.pecahan import Kode, Pecahan, dari_angka, dari_kategori, jumlah_per
from kinerja.tukin import aturan_bayar as a
from kinerja.tukin.skema import Skema, turunan
from kinerja.tukin.tpp import menit_kejadian

Bulat = npt.NDArray[np.int64]

# column of `kehadiran` -> (parameter, label); the columns beyond the workbook's may be added to the table
KALI = {
    "alpa": ("potongan_alpa_per_hari", "Potongan tidak masuk tanpa keterangan"),
    "lupa_rekam": ("potongan_lupa_rekam", "Potongan tidak merekam kehadiran"),
    "tidak_apel": ("potongan_tidak_apel", "Potongan tidak ikut apel atau upacara"),
    "acara_wajib": ("potongan_acara_wajib", "Potongan tidak ikut acara wajib lain"),
    "izin_bukan_dinas": ("potongan_izin_bukan_dinas", "Potongan izin bukan dinas"),
    "dinas_lebih_4_hari": ("potongan_dinas_lebih_4_hari", "Potongan perjalanan dinas lebih dari 4 hari"),
    "aktivitas_negatif": ("potongan_aktivitas_negatif", "Potongan aktivitas negatif"),
    "dibebaskan_sementara": ("potongan_dibebaskan_sementara", "Potongan dibebaskan sementara"),
    "alpa_10_hari_beruntun": (
        "potongan_alpa_10_hari_beruntun",
        "Potongan 10 hari berturut-turut tidak hadir",
    ),
    "tidak_lapor": ("potongan_tidak_lapor", "Potongan tidak melapor"),
}
MENIT = {
    "terlambat": ("potongan_terlambat", "Potongan terlambat"),
    "pulang_cepat": ("potongan_pulang_cepat", "Potongan pulang cepat"),
}
_BASIS = ("porsi", "total", "kinerja")


@dataclass
class Rincian:
    """Columns per employee-month and the rows that they are the sums of."""

    kolom: dict[str, Kolom]
    tingkat: list[Hasil] = field(default_factory=list)

    def tambah(self, nama: str, isi: Pecahan) -> None:
        lama = self.kolom[nama]
        assert isinstance(lama, Pecahan)
        self.kolom[nama] = lama + isi


def nol(n: int, nilai: int = 0) -> Pecahan:
    return Pecahan(np.full(n, nilai, dtype=np.int64))


def angka(kolom: pd.Series) -> Pecahan:
    return dari_angka(kolom.to_numpy(dtype=np.float64, na_value=np.nan))


def kode(kolom: pd.Series, tabel: Nilai) -> Kode:
    """Words as codes; the categories are those of the table that will be looked up, and what is there."""
    if not isinstance(kolom.dtype, pd.CategoricalDtype):
        kolom = kolom.astype("str").astype("category")
    kunci = [str(k) for k in tabel.nilai or {}]
    ada = [str(t) for t in kolom.cat.categories]
    semua = [*kunci, *(t for t in ada if t not in kunci)]
    pindah = np.array([*map(semua.index, ada), -1], dtype=np.int8)
    return dari_kategori(pindah[kolom.cat.codes.to_numpy()], semua)


def tanpa_rincian(bulanan: pd.DataFrame, *nama: str) -> Rincian:
    """Nothing happened: all columns zero."""
    return Rincian({n: nol(len(bulanan)) for n in nama})


def contoh_baris(bulanan: pd.DataFrame, baris: npt.ArrayLike, kejadian: str) -> str:
    """'terlambat (3 baris, pertama NIP 1990... bulan 2022-07)'."""
    letak = np.unique(np.asarray(baris))
    b = bulanan.iloc[int(letak[0])]
    return f"{kejadian} ({tulisan.angka(len(letak))} baris, pertama NIP {b['nip']} bulan {b['bulan']})"


def _jalankan(
    fungsi: Fungsi,
    label: str,
    bulanan: pd.DataFrame,
    baris: Bulat,
    masukan: Mapping[str, Kolom],
    parameter: Mapping[str, Nilai],
    butir: list[str],
    keluaran: str,
    label_masukan: Mapping[str, str],
    dasar: str = "",
) -> Hasil:
    n = next(iter(parameter.values()))
    aturan = {
        keluaran: a.salin(fungsi, label, dasar=dasar or n.dasar, status="tafsir" if dasar else n.status)
    }
    kunci = pd.MultiIndex.from_arrays(
        [bulanan["nip"].iloc[baris], bulanan["bulan"].iloc[baris], butir],
        names=["nip", "bulan", "butir"],
    )
    return Graf(label, aturan, dict(label_masukan)).jalankan(masukan, parameter, kunci)


# -- attendance -------------------------------------------------------------------------------------------


def kehadiran(bulanan: pd.DataFrame, skema: Skema) -> Rincian:
    """Columns pelanggaran_disiplin (percent of the attendance share), potongan_total (percent of all) and
    pelanggaran_kinerja (percent of the performance component)."""
    r = tanpa_rincian(bulanan, "pelanggaran_disiplin", "potongan_total", "pelanggaran_kinerja")
    for jenis, (nama, label) in MENIT.items():
        if jenis in bulanan:
            _menit(r, bulanan, skema, jenis, nama, label)
    for jenis, (nama, label) in KALI.items():
        if jenis in bulanan and jenis != "tidak_lapor":
            _kali(r, bulanan, skema, jenis, nama, label, bulanan[jenis], "kehadiran")
    return r


def laporan(bulanan: pd.DataFrame, skema: Skema, r: Rincian) -> None:
    """Add the cut for months without a report; some schemes cut the months after it instead."""
    if "tidak_lapor" not in bulanan:
        return
    nama, label = KALI["tidak_lapor"]
    masa = int(skema.angka("masa_potongan_tidak_lapor", False, "kinerja").nilai)
    kali = bulanan["tidak_lapor"]
    if masa:
        kali = pada_bulan_lalu(bulanan, kali, range(1, masa + 1)).max(axis=1)
    _kali(r, bulanan, skema, "tidak_lapor", nama, label, kali, "kinerja")


def pada_bulan_lalu(bulanan: pd.DataFrame, isi: pd.Series, geser: range) -> pd.DataFrame:
    """The value of the same person 1, 2, ... months before; zero where that month is not in the table."""
    kunci = pd.MultiIndex.from_arrays([bulanan["nip"], nomor_bulan(bulanan["bulan"])])
    asal = pd.Series(isi.to_numpy(dtype=np.float64, na_value=np.nan), index=kunci)
    kolom = {}
    for g in geser:
        cari = pd.MultiIndex.from_arrays([bulanan["nip"], nomor_bulan(bulanan["bulan"]) - g])
        letak = asal.index.get_indexer(cari)
        kolom[g] = np.where(letak < 0, 0.0, asal.to_numpy()[letak])
    return pd.DataFrame(kolom, index=bulanan.index)


def nomor_bulan(bulan: pd.Series) -> Bulat:
    """Months since January 1970: '2022-07' -> 630."""
    letak, teks = pd.factorize(bulan)
    nomor = [(int(t[:4]) - 1970) * 12 + int(t[5:7]) - 1 for t in teks.tolist()]
    return np.array(nomor, dtype=np.int64)[letak]


def _catat(
    r: Rincian, bulanan: pd.DataFrame, skema: Skema, jenis: str, bagian: str, baris: Bulat, hasil: Hasil
) -> None:
    """Add the cuts of single events to the column that the scheme says they bite."""
    dasar = skema.nilai.get("dasar_potongan")
    basis = dasar.nilai.get(jenis) if dasar is not None and dasar.nilai is not None else None
    if basis not in _BASIS:
        n = skema.perlu("dasar_potongan", bagian, contoh_baris(bulanan, baris, jenis))
        if n.nilai is not None:
            skema.tolak(n, (jenis,), bagian, contoh_baris(bulanan, baris, jenis))
        basis = "total"
    kolom = {"porsi": "pelanggaran_disiplin", "total": "potongan_total", "kinerja": "pelanggaran_kinerja"}
    potongan = hasil["potongan"]
    assert isinstance(potongan, Pecahan)
    r.tambah(kolom[str(basis)], jumlah_per(potongan, baris, len(bulanan)))
    r.tingkat.append(hasil)


def _kali(
    r: Rincian,
    bulanan: pd.DataFrame,
    skema: Skema,
    jenis: str,
    nama: str,
    label: str,
    isi: pd.Series,
    bagian: str,
) -> None:
    kali = isi.to_numpy(dtype=np.float64, na_value=np.nan)
    baris = np.flatnonzero(kali != 0)
    if not len(baris):
        return
    n = skema.perlu(nama, bagian, contoh_baris(bulanan, baris, jenis))
    if n.nilai is None:
        return
    hasil = _jalankan(
        a.potongan_kali, label, bulanan, baris, {"kali": dari_angka(kali[baris])}, {"persen_per_kali": n},
        [jenis] * len(baris), "potongan", {"kali": "banyak kejadian atau hari"},
    )  # fmt: skip
    _catat(r, bulanan, skema, jenis, bagian, baris, hasil)


def _menit(r: Rincian, bulanan: pd.DataFrame, skema: Skema, jenis: str, nama: str, label: str) -> None:
    menit, kali = menit_kejadian(bulanan[jenis])
    baris = np.repeat(np.arange(len(bulanan)), kali)
    nyata = ~(menit <= 0)  # an event of unknown length stays
    menit, baris = menit[nyata], baris[nyata]
    if not len(baris):
        return
    karena = contoh_baris(bulanan, baris, jenis)
    cara = skema.nilai.get("cara_menit")
    if cara is None or cara.nilai is None:
        skema.perlu("cara_menit", "kehadiran", karena)
        return
    if cara.nilai == "sebulan":
        jumlah = np.zeros(len(bulanan))
        np.add.at(jumlah, baris, menit)
        baris = np.unique(baris)
        menit = jumlah[baris]
    kena = skema.perlu("kena_menit")
    jabatan = kode(bulanan["jenis_jabatan"].iloc[baris], kena)
    masukan: dict[str, Kolom] = {"menit": dari_angka(menit), "jenis_jabatan": jabatan}
    parameter: dict[str, Nilai] = {}
    if cara.nilai == "per_menit":
        fungsi: Fungsi = a.potongan_per_menit
        n = skema.perlu("potongan_per_menit", "kehadiran", karena)
        parameter["persen_per_menit"] = n
    else:
        fungsi = a.potongan_selang
        n = skema.perlu(nama, "kehadiran", karena)
        parameter["persen_menit"] = n
        tepat = skema.nilai.get(f"{nama}_tepat_60")
        if tepat is not None and n.nilai is not None and not _mengatur(n, 60):
            fungsi, parameter = a.potongan_selang_tepat_60, {**parameter, "persen_tepat_60": tepat}
    if n.nilai is None:
        return
    parameter["kena_menit"] = kena
    hasil = _jalankan(
        fungsi, label, bulanan, baris, masukan, parameter, _bernomor(jenis, baris), "potongan",
        {"menit": "menit", "jenis_jabatan": "jenis jabatan"},
    )  # fmt: skip
    potongan = hasil["potongan"]
    diam = ~potongan.tahu & ~np.isnan(menit) & (jabatan.kode >= 0)  # type: ignore[union-attr]
    if diam.any():
        i = int(np.flatnonzero(diam)[0])
        skema.galat.append(
            Galat(
                n.jalur,
                f"{menit[i]:g} menit tidak diatur ({contoh_baris(bulanan, baris[diam], jenis)}). "
                f'{n.celah} Isi selangnya lewat skenario, atau hitung tanpa bagian ini: tanpa=("kehadiran",).',
            )
        )
    _catat(r, bulanan, skema, jenis, "kehadiran", baris, hasil)


def _mengatur(n: Nilai, menit: int) -> bool:
    return any(
        s.get("paling_sedikit", menit) <= menit <= s.get("paling_banyak", menit)
        and ("lebih_dari" not in s or s["lebih_dari"] < menit)
        and ("kurang_dari" not in s or menit < s["kurang_dari"])
        for s in n.nilai
    )


def _bernomor(jenis: str, baris: Bulat) -> list[str]:
    """'terlambat 1', 'terlambat 2' within each employee-month."""
    ke = pd.Series(baris).groupby(baris).cumcount() + 1
    return [f"{jenis.replace('_', ' ')} {k}" for k in ke.tolist()]


# -- leave -------------------------------------------------------------------------------------------------


def cuti(bulanan: pd.DataFrame, skema: Skema) -> Rincian:
    """Columns potongan_hari_cuti (percent of all), tidak_dibayar_cuti (share of the month's pay that is not
    paid, percent) and pelanggaran_disiplin (where a scheme lets leave bite the attendance share)."""
    r = tanpa_rincian(bulanan, "potongan_hari_cuti", "tidak_dibayar_cuti", "pelanggaran_disiplin")
    n = skema.nilai.get("cuti")
    aturan = () if n is None or n.nilai is None else n.nilai
    umum = skema.perlu("tidak_dibayar", "cuti")
    for jenis in dict.fromkeys([*CUTI, *umum.nilai, *(str(x["jenis"]) for x in aturan)]):
        if jenis not in bulanan:
            continue
        sendiri = [x for x in aturan if x["jenis"] == jenis]
        if sendiri or jenis not in umum.nilai:
            _satu_cuti(r, bulanan, skema, jenis, sendiri, None)
        else:
            baris = {"jenis": jenis, "segmen": "semua", "dibayar": umum.nilai[jenis]}
            _satu_cuti(r, bulanan, skema, jenis, [baris], umum)
    return r


def _satu_cuti(
    r: Rincian, bulanan: pd.DataFrame, skema: Skema, jenis: str, aturan: list[Any], n: Nilai | None
) -> None:
    isi = bulanan[jenis].to_numpy(dtype=np.float64, na_value=np.nan)
    baris = np.flatnonzero(isi != 0)
    if not len(baris):
        return
    if n is None:
        n = skema.perlu("cuti", "cuti", contoh_baris(bulanan, baris, jenis))
    if n.nilai is None:
        return
    hari = isi[baris]
    ke, sebelum = urutan_cuti(bulanan.iloc[baris], hari)
    if not any(x.get("bulan_sampai") == 0 for x in aturan):
        ke = np.maximum(ke, 1)  # no rule of its own for less than a month: it is month one
    terliput = np.zeros(len(baris))
    for x in aturan:
        kena = (ke >= x.get("bulan_mulai", 0)) & (ke <= x.get("bulan_sampai", np.inf))
        kena &= (hari >= x.get("hari_bulan_mulai", 0)) & (hari <= x.get("hari_bulan_sampai", np.inf))
        atas = np.minimum(sebelum + hari, float(x.get("hari_sampai", np.inf)))
        bawah = np.maximum(sebelum, x.get("hari_mulai", 1) - 1)
        bagian = np.where(kena, np.maximum(atas - bawah, 0), 0.0)
        terliput += bagian
        pilih = bagian > 0
        if pilih.any():
            _satu_segmen(r, bulanan, skema, n, x, baris[pilih], bagian[pilih])
    lubang = (terliput < hari) | np.isnan(hari)
    if lubang.any():
        skema.tolak(n, (), "cuti", contoh_baris(bulanan, baris[lubang], jenis))


def urutan_cuti(
    bulanan: pd.DataFrame, hari: npt.NDArray[np.float64]
) -> tuple[Bulat, npt.NDArray[np.float64]]:
    """For rows with leave of one kind: which month in a row it is (0 = a single, partial month), and the days
    taken in the same calendar year before it."""
    t = pd.DataFrame(
        {
            "nip": bulanan["nip"].to_numpy(),
            "bulan": nomor_bulan(bulanan["bulan"]),
            "hari": hari,
            "penuh": hari >= bulanan["hari_kerja"].to_numpy(dtype=np.float64, na_value=np.nan),
        }
    )
    u = t.sort_values(["nip", "bulan"], kind="stable")
    baru = (u["nip"] != u["nip"].shift()) | (u["bulan"] != u["bulan"].shift() + 1)
    runtun = baru.cumsum()
    ke = u.groupby(runtun).cumcount() + 1
    tunggal = u.groupby(runtun)["nip"].transform("size") == 1
    u["ke"] = np.where(tunggal & ~u["penuh"], 0, ke)
    u["sebelum"] = u.groupby(["nip", u["bulan"] // 12])["hari"].cumsum() - u["hari"]
    u = u.sort_index()
    return u["ke"].to_numpy(dtype=np.int64), u["sebelum"].to_numpy(dtype=np.float64)


def _satu_segmen(
    r: Rincian, bulanan: pd.DataFrame, skema: Skema, n: Nilai, x: Mapping[str, Any], baris: Bulat, hari: Any
) -> None:
    nama = f"{tulisan.label(x['jenis']).lower()}, {x['segmen']}"
    cara = "dibayar" if "dibayar" in x else "potong"
    if x[cara] is None:
        skema.tolak(n, (), "cuti", contoh_baris(bulanan, baris, f"{x['jenis']}, {x['segmen']}"))
        return
    kolom = {"hari": dari_angka(hari), "hari_kerja": angka(bulanan["hari_kerja"].iloc[baris])}
    if cara == "potong":
        fungsi: Fungsi = a.potongan_kali
        masukan: dict[str, Kolom] = {"kali": kolom["hari"]}
        label, keluaran = f"Potongan {nama}", "potongan"
        parameter = {"persen_per_kali": turunan(n, f"potongan sehari {nama}", x[cara])}
        tujuan = "pelanggaran_disiplin" if x.get("basis") == "porsi" else "potongan_hari_cuti"
        sebutan = {"kali": "hari cuti"}
    elif "hari_bulan_mulai" in x or "hari_bulan_sampai" in x:
        fungsi, label, keluaran, tujuan = (
            a.tidak_dibayar_sebulan,
            f"Tidak dibayar {nama}",
            "bagian",
            "tidak_dibayar_cuti",
        )
        masukan, sebutan = {"bulan_kena": nol(len(baris), 1)}, {"bulan_kena": "bulan yang dikenai"}
        parameter = {"persen_dibayar": turunan(n, f"persen dibayar {nama}", x[cara])}
    else:
        fungsi, label, keluaran, tujuan = (
            a.tidak_dibayar,
            f"Tidak dibayar {nama}",
            "bagian",
            "tidak_dibayar_cuti",
        )
        masukan, sebutan = dict(kolom), {"hari": "hari cuti", "hari_kerja": "hari kerja bulan itu"}
        parameter = {"persen_dibayar": turunan(n, f"persen dibayar {nama}", x[cara])}
    hasil = _jalankan(
        fungsi, label, bulanan, baris, masukan, parameter, [nama] * len(baris), keluaran, sebutan
    )
    potongan = hasil[keluaran]
    assert isinstance(potongan, Pecahan)
    r.tambah(tujuan, jumlah_per(potongan, baris, len(bulanan)))
    r.tingkat.append(hasil)


# -- sanctions ---------------------------------------------------------------------------------------------

_TURUN = {"penurunan_jabatan_12_bulan": "turun_kelas", "pembebasan_jabatan_12_bulan": "kelas_pelaksana"}
_TAK_BERAKHIR = np.iinfo(np.int64).max // 4


def hukuman(
    bulanan: pd.DataFrame, daftar: pd.DataFrame | None, skema: Skema, besaran: Mapping[str, Nilai]
) -> Rincian:
    """Columns potongan_hukuman_persen and susut_besaran (rupiah: the tariff of a lower class).

    Where sanctions overlap the heaviest of each day counts (PP 94/2021; Permen ESDM 21/2014 Ps 20). Months that
    are only partly touched follow `cara_bulan_hukuman`. besaran: the parameters of the class's amount.
    """
    r = tanpa_rincian(bulanan, "potongan_hukuman_persen", "susut_besaran")
    if daftar is None or daftar.empty or bulanan.empty:
        return r
    potong, lama = skema.perlu("potong_hukuman", "hukuman"), skema.perlu("lama_hukuman", "hukuman")
    cara = skema.kata("cara_bulan_hukuman", "hukuman", ("prorata_hari", "bulan_penuh", "awal_bulan"))
    if not isinstance(potong.nilai, Mapping) or not isinstance(lama.nilai, Mapping) or cara is None:
        return r
    h = daftar.copy()
    jenis = h["jenis"].astype("str")
    for asing in sorted(set(jenis) - set(potong.nilai)):
        pesan = f"tidak ada hukuman {asing}. Yang ada: {', '.join(potong.nilai)}. Perbaiki lembar hukuman."
        skema.galat.append(Galat(potong.jalur, pesan))
    h = h[jenis.isin(list(potong.nilai))]
    jenis = h["jenis"].astype("str")
    h["persen"] = jenis.map({k: -1.0 if v is None else float(v) for k, v in potong.nilai.items()})
    for k in sorted(set(jenis[h["persen"] < 0])):
        skema.tolak(potong, (k,), "hukuman", f"{int((jenis == k).sum())} hukuman")
    h["awal"], h["akhir"] = masa_hukuman(h, lama.nilai, str(skema.perlu("henti_mulai", "hukuman").nilai))
    pasang = bulanan[["nip", "bulan"]].assign(baris=np.arange(len(bulanan))).merge(h, on="nip", how="inner")
    pertama = hari_pertama(nomor_bulan(pasang["bulan"]))
    terakhir = hari_pertama(nomor_bulan(pasang["bulan"]) + 1) - 1
    if cara == "awal_bulan":
        kena = (pasang["awal"] <= pertama) & (pasang["akhir"] >= pertama)
        pasang["dari"], pasang["ke"] = pertama, np.where(kena, terakhir, pertama - 1)
    else:
        pasang["dari"] = np.maximum(pasang["awal"], pertama)
        pasang["ke"] = np.minimum(pasang["akhir"], terakhir)
        if cara == "bulan_penuh":
            kena = pasang["dari"] <= pasang["ke"]
            pasang["dari"], pasang["ke"] = pertama, np.where(kena, terakhir, pertama - 1)
    pasang = pasang[pasang["dari"] <= pasang["ke"]]
    _potong(r, bulanan, pasang, potong)
    _turun(r, bulanan, pasang, skema, besaran)
    return r


def masa_hukuman(h: pd.DataFrame, lama: Mapping[str, Any], henti: str) -> tuple[Bulat, Bulat]:
    """First and last day of each sanction as days since 1970. An end that is not written follows from the
    length in months: the day before the same day of the month; without a length it does not end. Dismissal
    stops pay from the next month on (`henti`)."""
    mulai = pd.to_datetime(h["mulai"])
    henti_kini = (h["jenis"].astype("str") == "pemberhentian") & (henti == "bulan_berikutnya")
    awal = mulai.where(~henti_kini, mulai + pd.offsets.MonthBegin(1))
    bulan = h["jenis"].astype("str").map({k: np.nan if v is None else float(v) for k, v in lama.items()})
    hitung = pd.Series(pd.NaT, index=h.index, dtype="datetime64[s]")
    for b in bulan.dropna().unique():  # a handful of lengths
        ini = bulan == b
        hitung[ini] = (mulai[ini] + pd.DateOffset(months=int(b)) - pd.Timedelta(days=1)).astype(
            "datetime64[s]"
        )
    akhir = pd.to_datetime(h["sampai"]).astype("datetime64[s]").fillna(hitung)
    hari = akhir.to_numpy().astype("datetime64[D]").astype(np.int64)
    return (
        awal.to_numpy().astype("datetime64[D]").astype(np.int64),
        np.where(akhir.isna(), _TAK_BERAKHIR, hari),
    )


def hari_pertama(nomor: Bulat) -> Bulat:
    """The first day of a month (months since January 1970) as days since 1970."""
    return nomor.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def hari_gabungan(baris: npt.ArrayLike, dari: npt.ArrayLike, ke: npt.ArrayLike) -> pd.Series:
    """Days covered by at least one of the intervals (both ends included), per row number."""
    t = pd.DataFrame({"baris": baris, "dari": dari, "ke": ke}).sort_values(["baris", "dari"], kind="stable")
    puncak = t.groupby("baris")["ke"].cummax().groupby(t["baris"]).shift()
    mulai = np.fmax(t["dari"], puncak + 1)
    return (t["ke"] - mulai + 1).clip(lower=0).groupby(t["baris"]).sum().astype("int64")


def _hari(bulanan: pd.DataFrame, baris: Bulat) -> Bulat:
    nomor = nomor_bulan(bulanan["bulan"].iloc[baris])
    return hari_pertama(nomor + 1) - hari_pertama(nomor)


def _hari_kena(pasang: pd.DataFrame, syarat: Any, banyak: int) -> Bulat:
    """Days of each employee-month with at least one of the chosen sanctions."""
    kena = pasang[np.asarray(syarat)]
    hari = hari_gabungan(kena["baris"], kena["dari"], kena["ke"])
    return hari.reindex(range(banyak), fill_value=0).to_numpy(dtype=np.int64)


def _potong(r: Rincian, bulanan: pd.DataFrame, pasang: pd.DataFrame, potong: Nilai) -> None:
    """Level by level: days with at least this cut x what the level adds; exact, the heaviest each day.

    A demotion is heavier than a cut, a stop of pay heavier than both.
    """
    sebelum: Any = 0
    n = len(bulanan)
    turun, henti = pasang["jenis"].astype("str").isin(list(_TURUN)), pasang["persen"] >= 100
    for tingkat in sorted({v for v in potong.nilai.values() if v}):
        cukup = pasang["persen"] >= float(tingkat)
        hari = _hari_kena(pasang, henti, n)
        if tingkat < 100:
            hari = hari + _hari_kena(pasang, cukup | turun, n) - _hari_kena(pasang, turun | henti, n)
        baris = np.flatnonzero(hari)
        if len(baris):
            nama = f"potongan hukuman {tulisan.angka(tingkat)} %"
            if sebelum:
                nama += f" di atas {tulisan.angka(sebelum)} %"
            hasil = _jalankan(
                a.potongan_tingkat, nama[0].upper() + nama[1:], bulanan, baris,
                {"hari_kena": dari_angka(hari[baris]), "hari_sebulan": dari_angka(_hari(bulanan, baris))},
                {"potongan_tingkat_ini": turunan(potong, nama, tingkat - sebelum)}, [nama] * len(baris),
                "potongan", {"hari_kena": "hari yang dikenai", "hari_sebulan": "hari dalam bulan"},
                "Hari kena ÷ hari dalam bulan; hukuman yang bertumpang tindih dihitung yang terberat",
            )  # fmt: skip
            potongan = hasil["potongan"]
            assert isinstance(potongan, Pecahan)
            r.tambah("potongan_hukuman_persen", jumlah_per(potongan, baris, n))
            r.tingkat.append(hasil)
        sebelum = tingkat


def _turun(
    r: Rincian, bulanan: pd.DataFrame, pasang: pd.DataFrame, skema: Skema, besaran: Mapping[str, Nilai]
) -> None:
    """Demotion: the tariff of the lower class for the days of the sanction; relief from office goes first."""
    jenis, banyak = pasang["jenis"].astype("str"), len(bulanan)
    henti = pasang["persen"] >= 100
    hari_henti = _hari_kena(pasang, henti, banyak)
    bebas = _hari_kena(pasang, henti | (jenis == "pembebasan_jabatan_12_bulan"), banyak) - hari_henti
    semua = _hari_kena(pasang, henti | jenis.isin(list(_TURUN)), banyak) - hari_henti
    for nama, hari in (("turun_kelas", semua - bebas), ("kelas_pelaksana", bebas)):
        baris = np.flatnonzero(hari)
        if not len(baris):
            continue
        n = skema.perlu(nama, "hukuman", contoh_baris(bulanan, baris, "hukuman"))
        if n.nilai is None:
            continue
        kelas = bulanan["kelas"].iloc[baris].to_numpy(dtype=np.float64, na_value=np.nan)
        baru = (
            np.maximum(kelas - int(n.nilai), 1) if nama == "turun_kelas" else np.minimum(kelas, int(n.nilai))
        )
        label = (
            "Turun besaran karena penurunan jabatan"
            if nama == "turun_kelas"
            else "Turun besaran karena pembebasan"
        )
        lama = Graf("Besaran", {"tarif": a.tarif, "besaran": a.besaran}, {"kelas": "Kelas jabatan"})
        kunci = pd.MultiIndex.from_arrays(
            [bulanan["nip"].to_numpy()[baris], bulanan["bulan"].to_numpy()[baris], [label] * len(baris)]
        )
        sebelum = lama.jalankan({"kelas": dari_angka(kelas)}, besaran, kunci)["besaran"]
        graf = Graf(
            label,
            {
                "tarif": a.salin(a.tarif, "Tarif kelas selama hukuman", dasar=n.dasar, status=n.status),
                "besaran": a.salin(a.besaran, "Besaran kelas selama hukuman", dasar=n.dasar, status=n.status),
                "susut": a.susut,
            },
            {
                "kelas": "Kelas selama hukuman",
                "besaran_lama": "besaran kelas semula",
                "hari_kena": "hari yang dikenai",
                "hari_sebulan": "hari dalam bulan",
            },
        )
        hasil = graf.jalankan(
            {
                "kelas": dari_angka(baru),
                "besaran_lama": sebelum,
                "hari_kena": dari_angka(hari[baris]),
                "hari_sebulan": dari_angka(_hari(bulanan, baris)),
            },
            besaran,
            kunci,
        )
        turun = hasil["susut"]
        assert isinstance(turun, Pecahan)
        r.tambah("susut_besaran", jumlah_per(turun, baris, len(bulanan)))
        r.tingkat.append(hasil)
