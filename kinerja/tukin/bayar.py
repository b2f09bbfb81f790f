"""What each employee is paid each month under a scheme: gross, cuts, tax, contributions, net; and why."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Bertingkat, Fungsi, Graf, Hasil, Kolom, jelaskan, keterangan, tampil
from kinerja.data import Data
from kinerja.data.skema import PREDIKAT, RATING
from kinerja.parameter import Galat, Kebijakan, Nilai, kebijakan
from kinerja.pecahan import Kode, Pecahan, dari_kategori, rupiah
from kinerja.penjelasan import Langkah, Penjelasan
from kinerja.regulasi import permenpanrb6
from kinerja.tukin import aturan_bayar as a
from kinerja.tukin import rincian
from kinerja.tukin.rincian import angka, kode, nol
from kinerja.tukin.skema import POTONGAN, Skema, bagian_ditutup, turunan

Tabel = Mapping[str, pd.DataFrame]

_JEMBATAN = "jembatan.skala_predikat"
_WAKTU = ("bulan_ini", "triwulan_sebelumnya", "tahun_sebelumnya")
_UKURAN = ("predikat", "realisasi", "organisasi", "hari_tanpa_hasil", "poin")
_PAJAK = ("ter", "final", "ditanggung", "tidak_dipotong")
_GRAF_TER = {n: getattr(a, n) for n in ("kategori", "tarif_ter", "pph_bruto")}

LABEL_MASUKAN: Mapping[str, str] = {
    "kelas": "Kelas jabatan",
    "status": "Status kepegawaian",
    "jenis_opd": "Jenis perangkat daerah",
    "golongan": "Golongan",
    "status_ptkp": "Status PTKP",
    "predikat": "Predikat kinerja",
    "realisasi": "Realisasi kinerja (%)",
    "capaian_organisasi": "Capaian organisasi (%)",
    "hari_tanpa_hasil": "Hari tanpa hasil",
    "hari_kerja": "Hari kerja bulan itu",
    "poin": "Poin kinerja bulan itu (menit)",
    "nilai_kinerja": "Nilai kinerja (bagian kinerja tidak dihitung)",
    "pelanggaran_kinerja": "Jumlah potongan nilai kinerja",
    "pelanggaran_disiplin": "Jumlah potongan porsi kehadiran",
    "potongan_total": "Jumlah potongan dari total",
    "potongan_hari_cuti": "Jumlah potongan per hari cuti",
    "tidak_dibayar_cuti": "Bagian bulan tidak dibayar karena cuti",
    "potongan_hukuman_persen": "Potongan hukuman disiplin bulan itu",
    "susut_besaran": "Turun besaran karena penurunan jabatan",
    "kali_plt": "Kali menjadi pelaksana tugas",
    "kali_thr": "Kali THR bulan itu",
    "kali_ketiga_belas": "Kali pembayaran ketiga belas bulan itu",
    "gaji": "Gaji bruto bulan itu",
    "gaji_pokok": "Gaji pokok dan tunjangan keluarga",
    "pph_gaji": "PPh 21 atas gaji",
    "pph": "PPh 21 (bagian pajak tidak dihitung)",
    "bpjs_pegawai": "Iuran pegawai (bagian iuran tidak dihitung)",
}


@dataclass(frozen=True)
class Pembayaran(Bertingkat):
    """What `hitung` gives: events, leave and sanctions as rows, then the employee-months.

    skema: the scheme's file. tanpa: the parts that were left out. asumsi: sentences that say what the amounts
    rest on besides the law. `tabel()`: index (nip, bulan), the steps as columns; money in rupiah, NaN unknown.
    """

    skema: str
    kebijakan: Kebijakan = field(repr=False)
    tanpa: tuple[str, ...]
    asumsi: tuple[str, ...]

    def jelaskan(self, nip: Hashable) -> Penjelasan:
        """Every rupiah of a slip to its article. nip: (nip, bulan), or the NIP if it has one month only.

        LookupError if there is no such employee-month, or a NIP has several.
        """
        bulan = self.pegawai.kunci
        if not isinstance(nip, tuple):
            milik = bulan[bulan.get_level_values(0) == nip]
            if len(milik) > 1:
                ada = tulisan.daftar(map(str, milik.get_level_values(1)))
                raise LookupError(f'{nip} dibayar pada {ada}. Sebut bulannya: ("{nip}", "{milik[0][1]}").')
            nip = milik[0] if len(milik) else (nip, "")
        langkah: list[Langkah] = []
        for hasil in self.tingkat[:-1]:
            ini = (hasil.kunci.get_level_values(0) == nip[0]) & (hasil.kunci.get_level_values(1) == nip[1])
            for k in hasil.kunci[ini]:
                langkah += [
                    replace(x, label=f"{x.label} [{k[2]}]", akhir=False) for x in jelaskan(hasil, k).langkah
                ]
        langkah += jelaskan(self.pegawai, nip).langkah
        return Penjelasan(f"{self.nama}: {nip[0]}, {tulisan.periode(str(nip[1]))}", tuple(langkah))

    def bukan_teks(self) -> pd.DataFrame:
        """The numbers of the law that the amounts rest on and whose wording was not read: jalur, nama, status,
        dasar, catatan."""
        semua = {p.jalur: p for h in self.tingkat for p in h.parameter.values()}
        baris = [
            (p.jalur, p.nama, p.status, p.dasar, p.catatan)
            for p in semua.values()
            if p.status != "teks" and p.sejak != dt.date.min
        ]
        return pd.DataFrame(baris, columns=["jalur", "nama", "status", "dasar", "catatan"])


def hitung(
    data: Data | Tabel,
    skema: str,
    tanggal: dt.date | str | Kebijakan,
    *,
    instansi: str | None = None,
    predikat: Any = None,
    realisasi: Any = None,
    organisasi: Any = None,
    tanpa: str | Sequence[str] = (),
    thr: str | Sequence[str] = (),
    ketiga_belas: str | Sequence[str] = (),
    skenario: Any = None,
) -> Pembayaran:
    """Pay of each employee in each month of the table `kehadiran`.

    data: what `kinerja.data.baca` gives, or its tables (pegawai, kehadiran; hukuman, opd, penilaian if there).
    skema: a scheme of `daftar()`. tanggal: the day of the law, or a policy. instansi: whose TPP index counts.
    predikat: a Series by NIP, a table nip, periode (or bulan), predikat, or what `kinerja.nilai` gives; without
    it the ratings of `penilaian` under PermenPANRB 6/2022. realisasi: percent, Series by NIP or table nip,
    bulan, realisasi. organisasi: percent, one number or a Series by OPD. tanpa: parts of BAGIAN (or "disiplin")
    to leave out. thr, ketiga_belas: months ("2026-03") in which they are paid. skenario: as in
    `Kebijakan.dengan`, or a list of them.

    Further columns of `kehadiran` that schemes know (tidak_lapor, hari_tanpa_hasil, plt, tugas_belajar, ...)
    count if they are there; likewise gaji, gaji_pokok of `pegawai` (rupiah).

    GalatParameter names, all at once, each value that the data need and that is not established, with the rows
    and the ways out; ValueError for words or keys that are unknown.
    """
    k = tanggal if isinstance(tanggal, Kebijakan) else kebijakan(tanggal)
    for lapis in skenario if isinstance(skenario, list | tuple) else [] if skenario is None else [skenario]:
        k = k.dengan(lapis)
    tabel = data.tabel if isinstance(data, Data) else data
    s = Skema.buka(skema, k)
    tutup = bagian_ditutup(tanpa)
    s.asumsi += [f"Bagian {t} tidak dihitung." for t in tutup]
    bulanan = _bulanan(tabel)
    masukan, parameter = _dasar(bulanan, s, instansi)
    aturan: dict[str, Fungsi] = {n: getattr(a, n) for n in ("tarif", "besaran", "persen_hak", "hak")}
    _kinerja(bulanan, tabel, s, tutup, masukan, aturan, parameter, predikat, realisasi, organisasi)
    tingkat = _potongan(bulanan, tabel, s, tutup, masukan, parameter)
    aturan |= _ATURAN_POTONGAN
    _porsi(bulanan, s, masukan, parameter)
    _tambahan(bulanan, s, masukan, parameter, aturan, thr, ketiga_belas)
    _bersih(tabel, bulanan, s, tutup, masukan, aturan, parameter)
    s.selesai()
    aturan = {n: _milik(f, s) for n, f in aturan.items()}
    graf = Graf(s.nama, aturan, {n: LABEL_MASUKAN[n] for n in _dipakai(aturan, masukan)})
    kunci = pd.MultiIndex.from_frame(bulanan[["nip", "bulan"]])
    akhir = graf.jalankan(masukan, parameter, kunci)
    _periksa_lubang(s, bulanan, akhir, masukan, parameter)
    return Pembayaran(s.nama, (*tingkat, akhir), skema, k, tutup, tuple(s.asumsi))


_ATURAN_POTONGAN: dict[str, Fungsi] = {
    "nilai_produktivitas": a.nilai_produktivitas,
    "nilai_disiplin_penuh": a.persen_kinerja,
    **{
        n: getattr(a, n)
        for n in (
            "nilai_disiplin",
            "potongan_terbatas",
            "persen_kehadiran",
            "persen_cuti",
            "setelah_kinerja",
            "setelah_kehadiran",
            "setelah_cuti",
            "dibayar",
            "potongan_kinerja",
            "potongan_kehadiran",
            "potongan_cuti",
            "potongan_hukuman",
        )
    },
}


def _milik(fungsi: Fungsi, s: Skema) -> Fungsi:
    """A rule that the scheme makes cites the scheme."""
    ket = keterangan(fungsi)
    if ket.dasar != a.SKEMA:
        return fungsi
    return a.salin(fungsi, ket.label, dasar=s.nilai["skema"].dasar, status=s.nilai["skema"].status)


def _dipakai(aturan: Mapping[str, Fungsi], masukan: Mapping[str, Kolom]) -> list[str]:
    perlu = {p for f in aturan.values() for p in inspect.signature(f).parameters}
    return [n for n in masukan if n in perlu]


def _bulanan(tabel: Tabel) -> pd.DataFrame:
    """Employee-months with the columns of the employee; ValueError if an employee is not in `pegawai`."""
    _punya(tabel, "pegawai", "nip", "kelas", "status", "jenis_jabatan")
    _punya(tabel, "kehadiran", "nip", "bulan", "hari_kerja")
    pegawai, kehadiran = tabel["pegawai"], tabel["kehadiran"].reset_index(drop=True)
    for nama, isi, kunci in (("pegawai", pegawai, ["nip"]), ("kehadiran", kehadiran, ["nip", "bulan"])):
        ganda = isi.duplicated(kunci)
        if ganda.any():
            contoh = ", ".join(map(str, isi.loc[ganda, kunci].iloc[0]))
            raise ValueError(f"tabel {nama}: {contoh} ada lebih dari satu kali; sisakan satu baris")
    asing = kehadiran.loc[
        pd.Index(pegawai["nip"]).get_indexer(pd.Index(kehadiran["nip"])) < 0, "nip"
    ].unique()
    if len(asing):
        raise ValueError(
            f"lembar kehadiran memuat {len(asing)} NIP yang tidak ada di lembar pegawai, misalnya {asing[0]}"
        )
    kolom = [c for c in pegawai if c == "nip" or c not in kehadiran]
    hasil = kehadiran.merge(pegawai[kolom], on="nip", how="left")
    jenis = pd.Series("lainnya", index=hasil.index, dtype="str")
    if "opd" in tabel and "jenis" in tabel["opd"] and "opd" in hasil:
        peta = tabel["opd"].set_index("kode")["jenis"].astype("str")
        jenis = hasil["opd"].map(peta).astype("str").fillna("lainnya")
    return hasil.assign(jenis_opd=jenis)


def _punya(tabel: Tabel, nama: str, *kolom: str) -> None:
    """ValueError if a table or one of its columns is not there."""
    kurang = [c for c in kolom if nama not in tabel or c not in tabel[nama]]
    if kurang:
        raise ValueError(
            f"tabel {nama} belum punya kolom {tulisan.daftar(kurang)}. Tambahkan, lalu hitung lagi."
        )


def _dasar(
    bulanan: pd.DataFrame, s: Skema, instansi: str | None
) -> tuple[dict[str, Kolom], dict[str, Nilai]]:
    """Class, status and what the class is worth."""
    tangga = s.kata("tangga", "", ("bpk", "t1", "t2", "t3", "t4"))
    p: dict[str, Nilai] = {n: s.perlu(n) for n in ("persen_kelas", "persen_status", "persen_unit")}
    if tangga == "bpk":
        p["tangga"] = s.kebijakan["tukin-bpk.tukin_bpk"]
        if "indeks_tpp" in s.nilai:
            p["indeks"] = s.perlu("indeks_tpp")
        elif instansi is None:
            s.galat.append(
                Galat(
                    s.kode,
                    'besarannya tukin BPK × indeks TPP daerah. Sebutkan daerahnya, misalnya instansi="sumbar".',
                )
            )
        else:
            p["indeks"] = s.kebijakan[f"{instansi}.indeks_tpp"]
    elif tangga is not None:
        p["tangga"] = s.kebijakan[f"tangga-tukin.{tangga}"]
        p["indeks"] = turunan(s.nilai["tangga"], "pengali tangga pusat", 1, "pengali")
    s.selesai()  # without a ladder nothing else can be said
    masukan: dict[str, Kolom] = {
        "kelas": angka(bulanan["kelas"]),
        "status": kode(bulanan["status"], p["persen_status"]),
        "jenis_opd": kode(bulanan["jenis_opd"], p["persen_unit"]),
    }
    return masukan, p


# -- performance ------------------------------------------------------------------------------------------


def _kinerja(
    bulanan: pd.DataFrame,
    tabel: Tabel,
    s: Skema,
    tutup: Sequence[str],
    masukan: dict[str, Kolom],
    aturan: dict[str, Fungsi],
    parameter: dict[str, Nilai],
    predikat: Any,
    realisasi: Any,
    organisasi: Any,
) -> None:
    masukan["pelanggaran_kinerja"] = nol(len(bulanan))
    if "kinerja" in tutup:
        masukan["nilai_kinerja"] = nol(len(bulanan), 100)
        return
    match s.kata("dasar_kinerja", "kinerja", _UKURAN):
        case "predikat":
            aturan["nilai_kinerja"] = a.nilai_predikat
            n = s.perlu("nilai_kinerja_predikat", "kinerja", "setiap baris")
            parameter["nilai_kinerja_predikat"] = n
            masukan["predikat"] = _predikat(bulanan, tabel, s, predikat)
        case "realisasi":
            aturan["nilai_kinerja"] = a.nilai_realisasi
            parameter["realisasi_paling_banyak"] = s.perlu("realisasi_paling_banyak", "kinerja")
            masukan["realisasi"] = _per_bulan(bulanan, realisasi, "realisasi", s)
        case "organisasi":
            aturan["nilai_kinerja"] = a.nilai_organisasi
            parameter["persen_organisasi"] = s.perlu("persen_organisasi", "kinerja", "setiap baris")
            masukan["capaian_organisasi"] = _organisasi(bulanan, organisasi, s)
        case "poin":
            aturan |= {"poin_normal": a.poin_normal, "kelebihan_poin": a.kelebihan_poin}
            aturan["nilai_kinerja"] = a.nilai_poin
            for nama in ("jam_kerja_sehari", "persen_kelebihan_poin"):
                parameter[nama] = s.perlu(nama, "kinerja", "setiap baris")
            masukan["poin"] = _per_bulan(bulanan, None, "poin", s)
            masukan["hari_kerja"] = angka(bulanan["hari_kerja"])
        case "hari_tanpa_hasil":
            aturan["nilai_kinerja"] = a.nilai_hari
            masukan["hari_tanpa_hasil"] = _per_bulan(bulanan, None, "hari_tanpa_hasil", s)
            masukan["hari_kerja"] = angka(bulanan["hari_kerja"])


def _predikat(bulanan: pd.DataFrame, tabel: Tabel, s: Skema, predikat: Any) -> Kode:
    """The predikat that pays each month; the scheme says whether it is this month's, the last quarter's or
    the last year's. A shorter period never stands for a longer one."""
    kosong = dari_kategori(np.full(len(bulanan), -1), PREDIKAT)
    waktu = s.kata("waktu_predikat", "kinerja", _WAKTU)
    if waktu is None:
        return kosong
    if isinstance(predikat, Bertingkat):
        p = predikat.tabel()["predikat"].astype("str")
        predikat = p.set_axis(p.index.get_level_values(0))
    if isinstance(predikat, pd.Series):
        return _kode_predikat(bulanan["nip"].map(predikat.astype("str")).astype("str"), s)
    if predikat is None:
        predikat = _dari_penilaian(tabel, s)
        if predikat is None:
            return kosong
    t = predikat.rename(columns={"bulan": "periode"})
    isi = pd.Series(
        t["predikat"].astype("str").to_numpy(),
        index=pd.MultiIndex.from_frame(t[["nip", "periode"]].astype("str")),
    )
    if isi.index.has_duplicates:
        ganda = isi.index[isi.index.duplicated()][0]
        raise ValueError(f"predikat NIP {ganda[0]} periode {ganda[1]} ada lebih dari satu kali; sisakan satu")
    hasil = pd.Series(None, index=bulanan.index, dtype="str")
    acuan = [acuan_predikat(b, waktu) for b in bulanan["bulan"].unique()]
    peta = dict(zip(bulanan["bulan"].unique(), acuan, strict=True))
    for ke in range(max(map(len, acuan), default=0)):
        periode = bulanan["bulan"].map({b: p[ke] for b, p in peta.items() if ke < len(p)})
        letak = isi.index.get_indexer(pd.MultiIndex.from_arrays([bulanan["nip"], periode]))
        calon = isi.to_numpy(dtype=object)[letak] if len(isi) else np.full(len(letak), None, dtype=object)
        calon[letak < 0] = None
        hasil = hasil.fillna(pd.Series(calon, index=bulanan.index, dtype="str"))
    if len(bulanan) and hasil.isna().all():
        perlu = ", ".join(sorted({p[-1] for p in acuan}))
        ada = ", ".join(sorted(t["periode"].astype("str").unique())) or "tidak ada"
        n = s.nilai["waktu_predikat"]
        s.galat.append(
            Galat(
                n.jalur,
                f"skema ini membayar menurut predikat {tulisan.label(waktu).lower()}, yaitu {perlu}; penilaian yang "
                f"ada: {ada}. Berikan predikat=..., atau asumsikan waktu lain: "
                f'kebijakan(...).dengan({{"{n.jalur}": {{"{n.sejak.isoformat()}": "bulan_ini"}}}}).',
            )
        )
    return _kode_predikat(hasil, s)


def acuan_predikat(bulan: str, waktu: str) -> list[str]:
    """Periods whose predikat pays a month, the most specific first.

    >>> acuan_predikat("2022-07", "bulan_ini"), acuan_predikat("2022-01", "triwulan_sebelumnya")
    (['2022-07', '2022-TW3', '2022'], ['2021-TW4', '2021'])
    """
    tahun, ke = int(bulan[:4]), int(bulan[5:7])
    triwulan = (ke + 2) // 3
    if waktu == "bulan_ini":
        return [bulan, f"{tahun}-TW{triwulan}", str(tahun)]
    if waktu == "tahun_sebelumnya":
        return [str(tahun - 1)]
    tahun, triwulan = (tahun, triwulan - 1) if triwulan > 1 else (tahun - 1, 4)
    return [f"{tahun}-TW{triwulan}", str(tahun)]


def _kode_predikat(teks: pd.Series, s: Skema) -> Kode:
    """The five predikat of pay; the words of older regulations through the bridge, which is then named."""
    asing = [t for t in teks.dropna().unique() if t not in PREDIKAT]
    if asing:
        padanan = s.kebijakan[_JEMBATAN].nilai
        lain = sorted(t for t in asing if t not in padanan)
        if lain:
            raise ValueError(f"predikat {', '.join(lain)} tidak dikenal; yang ada: {', '.join(padanan)}")
        teks = teks.map(dict(padanan)).astype("str")
        sebutan = tulisan.daftar(
            f"{tulisan.label(t)} dibaca {tulisan.label(padanan[t])}" for t in sorted(asing)
        )
        s.asumsi.append(f"{sebutan} ({_JEMBATAN}).")
    return dari_kategori(pd.Categorical(teks, categories=list(PREDIKAT)).codes, PREDIKAT)


def _dari_penilaian(tabel: Tabel, s: Skema) -> pd.DataFrame | None:
    penilaian = tabel.get("penilaian")
    if penilaian is None or not {"rating_hasil", "rating_perilaku"} <= set(penilaian):
        s.galat.append(
            Galat(
                s.kode, "predikat belum ada: berikan predikat=..., atau tabel penilaian dengan kedua rating."
            )
        )
        return None
    t = penilaian.astype({r: pd.CategoricalDtype(list(RATING)) for r in ("rating_hasil", "rating_perilaku")})
    s.asumsi.append("Predikat dari rating lembar penilaian menurut PermenPANRB 6/2022.")
    return t[["nip", "periode"]].assign(
        predikat=permenpanrb6.nilai(t, s.kebijakan).tabel()["predikat"].to_numpy()
    )


def _per_bulan(bulanan: pd.DataFrame, isi: Any, nama: str, s: Skema) -> Pecahan:
    """A number per employee-month: a Series by NIP, a table nip, bulan, `nama`, or a column of kehadiran."""
    if isinstance(isi, pd.Series):
        return angka(bulanan["nip"].map(isi).astype("float64"))
    if isinstance(isi, pd.DataFrame):
        sama = bulanan[["nip", "bulan"]].merge(isi[["nip", "bulan", nama]], how="left", validate="m:1")
        return angka(sama[nama].astype("float64"))
    if _terisi(bulanan, nama):
        return angka(bulanan[nama])
    lain = f"{nama}=..., atau " if nama == "realisasi" else ""
    s.galat.append(
        Galat(
            s.kode,
            f"skema ini dibayar menurut {tulisan.label(nama).lower()}. Berikan {lain}kolom {nama} pada tabel "
            'kehadiran, atau hitung tanpa bagian ini: tanpa=("kinerja",).',
        )
    )
    return nol(len(bulanan))


def _terisi(bulanan: pd.DataFrame, nama: str) -> bool:
    """A column that the workbook has but nobody filled is not there."""
    return nama in bulanan and bool(bulanan[nama].notna().any())


def _organisasi(bulanan: pd.DataFrame, isi: Any, s: Skema) -> Pecahan:
    if isi is None:
        pesan = (
            'skema ini dibayar menurut capaian organisasi. Berikan organisasi=..., atau tanpa=("kinerja",).'
        )
        s.galat.append(Galat(s.kode, pesan))
        return nol(len(bulanan))
    if isinstance(isi, pd.Series):
        return angka(bulanan["opd"].map(isi).astype("float64"))
    return angka(pd.Series(float(isi), index=bulanan.index))


# -- attendance, leave, sanctions -----------------------------------------------------------------------------


def _potongan(
    bulanan: pd.DataFrame,
    tabel: Tabel,
    s: Skema,
    tutup: Sequence[str],
    masukan: dict[str, Kolom],
    parameter: dict[str, Nilai],
) -> list[Hasil]:
    kosong = rincian.tanpa_rincian
    hadir = kosong(bulanan, "pelanggaran_disiplin", "potongan_total", "pelanggaran_kinerja")
    if "kehadiran" not in tutup:
        hadir = rincian.kehadiran(bulanan, s)
    if "kinerja" not in tutup:
        rincian.laporan(bulanan, s, hadir)
    libur = kosong(bulanan, "potongan_hari_cuti", "tidak_dibayar_cuti", "pelanggaran_disiplin")
    if "cuti" not in tutup:
        libur = rincian.cuti(bulanan, s)
    hukum = kosong(bulanan, "potongan_hukuman_persen", "susut_besaran")
    if "hukuman" not in tutup:
        besaran = {n: parameter[n] for n in ("tangga", "indeks", "persen_kelas")}
        hukum = rincian.hukuman(bulanan, tabel.get("hukuman"), s, besaran)
    hadir.tambah("pelanggaran_disiplin", libur.kolom.pop("pelanggaran_disiplin"))  # type: ignore[arg-type]
    masukan |= {**hadir.kolom, **libur.kolom, **hukum.kolom}
    return [*hadir.tingkat, *libur.tingkat, *hukum.tingkat]


def _porsi(
    bulanan: pd.DataFrame, s: Skema, masukan: Mapping[str, Kolom], parameter: dict[str, Nilai]
) -> None:
    """The shares; they only matter where performance or the attendance share is touched."""
    disiplin = masukan["pelanggaran_disiplin"]
    assert isinstance(disiplin, Pecahan)
    perlu = "nilai_kinerja" not in masukan or bool((disiplin.n != 0).any())
    karena = "bayaran yang dipengaruhi kinerja atau kehadiran"
    parameter["porsi_produktivitas"] = s.angka("porsi_produktivitas", perlu, "", karena, 100)
    parameter["porsi_disiplin"] = s.angka("porsi_disiplin", perlu, "", karena)
    for n in ("batas_potongan", "nilai_disiplin_paling_sedikit"):
        parameter[n] = s.perlu(n)


# -- additions and net ------------------------------------------------------------------------------------------


def _tambahan(
    bulanan: pd.DataFrame,
    s: Skema,
    masukan: dict[str, Kolom],
    parameter: dict[str, Nilai],
    aturan: dict[str, Fungsi],
    thr: str | Sequence[str],
    ketiga_belas: str | Sequence[str],
) -> None:
    aturan |= {n: getattr(a, n) for n in ("tambahan_plt", "thr", "ketiga_belas", "kotor")}
    plt = pd.Series(0.0, index=bulanan.index)
    if "plt" in bulanan:
        plt = bulanan["plt"].astype("float64")
        tunda = int(s.angka("tunda_plt_bulan", False, "").nilai)
        if tunda:
            plt = rincian.pada_bulan_lalu(bulanan, plt, range(tunda, tunda + 1))[tunda]
    masukan["kali_plt"] = angka(plt)
    parameter["persen_plt"] = s.angka("persen_plt", bool((plt != 0).any()), "", "pelaksana tugas")
    for nama, bulan in (("thr", thr), ("ketiga_belas", ketiga_belas)):
        pilihan = {bulan} if isinstance(bulan, str) else set(bulan)
        asing = sorted(pilihan - set(bulanan["bulan"].unique()))
        if asing:
            raise ValueError(f"{nama}: bulan {', '.join(asing)} tidak ada di tabel kehadiran")
        masukan[f"kali_{nama}"] = Pecahan(bulanan["bulan"].isin(pilihan).to_numpy().astype(np.int64))
        parameter[f"persen_{nama}"] = s.angka(f"persen_{nama}", bool(pilihan), "", "bulan pembayarannya")


def _bersih(
    tabel: Tabel,
    bulanan: pd.DataFrame,
    s: Skema,
    tutup: Sequence[str],
    masukan: dict[str, Kolom],
    aturan: dict[str, Fungsi],
    parameter: dict[str, Nilai],
) -> None:
    for nama in ("gaji", "gaji_pokok"):
        masukan[nama] = angka(bulanan[nama]) if _terisi(bulanan, nama) else nol(len(bulanan))
    if not _terisi(bulanan, "gaji") and not {"pajak", "iuran"} <= set(tutup):
        s.asumsi.append("Gaji tidak dimuat: pajak dan iuran dihitung dari tukin atau TPP saja.")
    if "pajak" in tutup:
        masukan["pph"] = nol(len(bulanan))
    else:
        _pajak(tabel, bulanan, s, masukan, aturan, parameter)
    if "iuran" in tutup:
        masukan["bpjs_pegawai"] = nol(len(bulanan))
    else:
        aturan |= {n: getattr(a, n) for n in ("dasar_bpjs", "bpjs_pegawai", "bpjs_pemberi_kerja", "iwp")}
        for n in (
            "batas_upah_bpjs",
            "iuran_bpjs_pegawai",
            "iuran_bpjs_pemberi_kerja",
            "iwp_pensiun",
            "iwp_hari_tua",
        ):
            parameter[n] = s.perlu(n, "iuran")
    aturan["bersih"] = a.bersih


def _pajak(
    tabel: Tabel,
    bulanan: pd.DataFrame,
    s: Skema,
    masukan: dict[str, Kolom],
    aturan: dict[str, Fungsi],
    parameter: dict[str, Nilai],
) -> None:
    cara = s.kata("cara_pajak", "pajak", _PAJAK)
    if cara == "final":
        _punya(tabel, "pegawai", "golongan")
        n = parameter["tarif_final"] = s.perlu("tarif_final", "pajak")
        masukan["golongan"] = kode(_golongan(bulanan), n)
        aturan["pph"] = a.pph_final
    elif cara in ("ditanggung", "tidak_dipotong"):
        nama = "tarif PPh 21 yang dipotong dari pegawai"
        parameter["tarif_dipotong"] = turunan(s.nilai["cara_pajak"], nama, 0)
        aturan["pph"] = a.pph_tetap
    elif cara == "ter":
        ter = {n: s.perlu(n, "pajak") for n in ("kategori_ter", "ter_a", "ter_b", "ter_c")}
        desember = bulanan["bulan"].astype("str").str.endswith("-12")
        if desember.any() and s.nilai.get("ter_desember") is not None:
            s.kata("ter_desember", "pajak", ("ter",))
        if any(n.nilai == 0 for n in ter.values()):
            return  # not in force on that day; the error is kept
        parameter |= ter
        _punya(tabel, "pegawai", "status_ptkp")
        masukan["status_ptkp"] = kode(bulanan["status_ptkp"], ter["kategori_ter"])
        masukan["pph_gaji"] = _pph_gaji(bulanan, masukan, ter)
        aturan |= {"bruto": a.bruto, **_GRAF_TER, "pph": a.pph_ter}


def _pph_gaji(bulanan: pd.DataFrame, masukan: Mapping[str, Kolom], ter: Mapping[str, Nilai]) -> Pecahan:
    """TER on the salary alone: what is left of the month's tax belongs to the pay."""
    if not _terisi(bulanan, "gaji"):
        return nol(len(bulanan))
    graf = Graf("TER gaji", _GRAF_TER, {"bruto": "Gaji", "status_ptkp": "Status PTKP"})
    isi = {"bruto": masukan["gaji"], "status_ptkp": masukan["status_ptkp"]}
    hasil = graf.jalankan(isi, ter, pd.RangeIndex(len(bulanan)))["pph_bruto"]
    assert isinstance(hasil, Pecahan)
    return hasil


def _golongan(bulanan: pd.DataFrame) -> pd.Series:
    """'III/b' -> 'III'; every PPPK is 'PPPK', whose numerals mean something else."""
    romawi = bulanan["golongan"].astype("str").str.upper().str.partition("/")[0].str.strip()
    return romawi.where(bulanan["status"].astype("str") != "pppk", "PPPK")


# -- entries of tables that are not established -------------------------------------------------------------------


def _periksa_lubang(
    s: Skema,
    bulanan: pd.DataFrame,
    akhir: Hasil,
    masukan: Mapping[str, Kolom],
    parameter: Mapping[str, Nilai],
) -> None:
    """A row that needs an entry that its table leaves empty is an error, not an unknown amount."""
    cari = {
        "tangga": ("kelas", ""),
        "nilai_kinerja_predikat": ("predikat", "kinerja"),
        "tarif_final": ("golongan", "pajak"),
        "persen_status": ("status", ""),
    }
    for nama, (kolom, bagian) in cari.items():
        n, isi = parameter.get(nama), masukan.get(kolom)
        if n is None or isi is None or n.tipe != "tabel" or n.nilai is None:
            continue
        for kunci in (k for k, v in n.nilai.items() if v is None):
            if isinstance(isi, Kode):
                kena = isi.kode == (isi.kategori.index(str(kunci)) if str(kunci) in isi.kategori else -2)
            else:
                kena = np.asarray(isi == int(kunci))
            if kena.any():
                s.tolak(n, (kunci,), bagian, rincian.contoh_baris(bulanan, np.flatnonzero(kena), kolom))
    for nama, kolom in (
        ("persen_kelebihan_poin", "kelebihan_poin"),
        ("persen_organisasi", "capaian_organisasi"),
    ):
        if nama in parameter:
            ukuran, kinerja = akhir[kolom], akhir["nilai_kinerja"]
            diam = ukuran.tahu & ~kinerja.tahu  # type: ignore[union-attr]
            if diam.any():
                n, i = parameter[nama], int(np.flatnonzero(diam)[0])
                contoh = rincian.contoh_baris(bulanan, np.flatnonzero(diam), tulisan.label(kolom).lower())
                pesan = f"{tampil(ukuran, i)} tidak diatur, diperlukan {contoh}. {n.celah} Isi selangnya lewat skenario."
                s.galat.append(Galat(n.jalur, pesan))
    s.selesai()


# -- the whole cut, free of order -----------------------------------------------------------------------------------

_GRAF_BAGI = (
    "nilai_produktivitas",
    "nilai_disiplin",
    "potongan_terbatas",
    "persen_kehadiran",
    "persen_cuti",
    "dibayar",
)
_NETRAL = {
    "kinerja": {"nilai_kinerja": 100, "pelanggaran_kinerja": 0},
    "kehadiran": {"pelanggaran_disiplin": 0, "potongan_total": 0},
    "cuti": {"potongan_hari_cuti": 0, "tidak_dibayar_cuti": 0},
    "hukuman": {"potongan_hukuman_persen": 0, "susut_besaran": 0},
}


def bagi(hasil: Pembayaran) -> pd.DataFrame:
    """The whole cut of each employee-month divided among performance, attendance, leave and sanctions without
    an order (Shapley: the mean over all orders in which the gates can open).

    Index (nip, bulan); columns of POTONGAN and `jumlah`, whole rupiah (Int64), NA where pay is unknown; the four
    add up to `jumlah` = hak − dibayar; what rounding leaves over goes to the largest.
    """
    akhir = hasil.pegawai
    n = len(akhir.kunci)
    graf = Graf(
        "bagi", {x: akhir.graf.aturan[x] for x in _GRAF_BAGI}, dict.fromkeys(_masukan_bagi(akhir), "")
    )
    bayar: dict[frozenset[str], Pecahan] = {}
    for banyak in range(len(POTONGAN) + 1):
        for buka in combinations(POTONGAN, banyak):
            isi: dict[str, Kolom] = {x: akhir.kolom[x] for x in graf.masukan}
            for b in POTONGAN:
                if b not in buka:
                    isi |= {x: nol(n, v) for x, v in _NETRAL[b].items()}
            kolom = graf.jalankan(isi, akhir.parameter, akhir.kunci)["dibayar"]
            assert isinstance(kolom, Pecahan)
            bayar[frozenset(buka)] = kolom
    tabel = pd.DataFrame(index=akhir.kunci)
    for b in POTONGAN:
        andil: Any = nol(n)
        for lain in (set(c) for r in range(4) for c in combinations([x for x in POTONGAN if x != b], r)):
            bobot = Fraction(factorial(len(lain)) * factorial(3 - len(lain)), factorial(4))
            andil = andil + (bayar[frozenset(lain)] - bayar[frozenset(lain | {b})]) * bobot
        tabel[b] = rupiah(andil).ke_float()
    hak, dibayar = akhir["hak"], akhir["dibayar"]
    assert isinstance(hak, Pecahan)
    tabel["jumlah"] = (hak - dibayar).ke_float()  # type: ignore[operator]
    tahu = tabel["jumlah"].notna().to_numpy()
    uang = tabel.loc[tahu, list(POTONGAN)].to_numpy(copy=True)
    sisa = tabel.loc[tahu, "jumlah"].to_numpy() - uang.sum(axis=1)
    if len(uang):
        uang[np.arange(len(uang)), uang.argmax(axis=1)] += sisa
    tabel.loc[tahu, list(POTONGAN)] = uang
    tabel.loc[~tahu, :] = np.nan
    return tabel.astype("Int64")


def _masukan_bagi(akhir: Hasil) -> list[str]:
    perlu = ("nilai_kinerja", "besaran", "persen_hak", *(x for isi in _NETRAL.values() for x in isi))
    return list(dict.fromkeys(perlu))


__all__ = ["Pembayaran", "acuan_predikat", "bagi", "hitung"]
