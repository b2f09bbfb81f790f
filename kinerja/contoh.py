"""A synthetic pemda to try everything on: real published indicators, invented staff.

Nothing about a person is real. Every NIP has the right form but ends in 000, a serial number that is
never issued, and every person bears the surname "Contoh". Shares and wording come from
params/contoh/; what is published about the pemda itself comes from params/instansi/.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
import yaml
from numpy.random import Generator
from numpy.typing import NDArray

from kinerja import __version__, parameter
from kinerja.data.baca import bertipe
from kinerja.data.samaran import samaran_layar
from kinerja.data.skema import BERAKHLAK, CUTI, RATING, SKEMA, Tabel
from kinerja.parameter import AKAR_PARAMS, Instansi

OPD_TERKECIL = 6  # a head and five staff
_PPPK_SEJAK = 2019
_KELAS_CPNS = 6  # new people are recruited from diploma upward
_USIA_PENSIUN = 57.5
_UPT_TERBANYAK = 12
_ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_STAF = ("fungsional", "pelaksana")
_KETUA = ("bagian", "pengawas", "ketua")
_TARGET_BULAN = tuple(f"target_{b:02d}" for b in range(1, 13))
_RIWAYAT = 3  # earlier years of an agency's indicator
_LUAR_ANGKA = 200  # a target from here on is a whole number

Angka = NDArray[np.float64]
Bulat = NDArray[np.int64]
Tanda = NDArray[np.bool_]


def buat_contoh(
    instansi: str, pegawai: int = 6000, benih: int = 1, periode: str | None = None, riwayat: int = 0
) -> dict[str, pd.DataFrame]:
    """Every table of SKEMA for a synthetic pemda, with the dtypes that `baca` gives.

    instansi: file name in params/instansi. pegawai: people, at least 6; a small number gives fewer
    agencies. benih: the same seed gives the same tables on the same platform. periode: a year;
    without it the year of the instansi's published indicators. For any other year those indicators
    are left out, because nothing is published for it. riwayat: so many earlier years of yearly ratings,
    and absences of the year that nobody has acted on yet; nothing else changes.

    Raises ValueError for a bad number or year, GalatParameter for an unknown instansi.
    """
    profil = parameter.instansi(instansi)
    periode = periode or profil.periode
    _periksa_masukan(pegawai, benih, periode)
    tahun = int(periode)
    katalog = _katalog()
    sumber = np.random.default_rng([benih, crc32(instansi.encode())])
    untuk = ("orang", "kinerja", "opd", "rhk", "nilai", "hadir", "pindah", "pohon", "riwayat")
    acak = dict(zip(untuk, sumber.spawn(len(untuk)), strict=True))

    opd, ukuran = _pilih_opd(katalog, pegawai)
    orang = _susun(opd, ukuran, katalog, acak["orang"])
    orang = _lengkapi(orang, katalog, tahun, acak["orang"])
    mutu = _mutu(orang, len(opd), katalog["pangsa"], acak["kinerja"])
    b = _Bahan(profil, tahun, katalog, opd, orang, mutu)
    iku = _iku(b, acak["opd"])
    kaskade = _kaskade(b)
    rencana = _rencana(b, kaskade, acak["rhk"])
    lintas = _lintas(b, kaskade, acak["pohon"])
    rencana = _tetapkan(b, rencana, acak["pohon"])
    kaskade = _cacat_pohon(kaskade, rencana, b.katalog["pangsa"], acak["pohon"])
    hukuman, alpa = _hukuman(b, acak["hadir"])
    alpa = alpa + _alpa_baru(b, alpa, acak["riwayat"]) if riwayat else alpa
    pindah = _riwayat(b, acak["pindah"])
    tabel = {
        "info": _info(b, benih),
        "opd": _tabel_opd(b),
        "iku": iku,
        "pegawai": _tabel_pegawai(b),
        "riwayat_jabatan": pindah,
        "kaskade": kaskade,
        "rhk": _beri_masa(rencana, pindah),
        "lintas": lintas,
        "iki": _iki(b, rencana, iku, acak["nilai"]),
        "perilaku": _perilaku(b, acak["nilai"]),
        "penilaian": pd.concat(
            [_penilaian(b, acak["nilai"]), *_penilaian_lalu(b, riwayat, acak["riwayat"])], ignore_index=True
        ),
        "kehadiran": _kehadiran(b, alpa, acak["hadir"]),
        "hukuman": hukuman,
    }
    return samaran_layar({nama: _bertipe(SKEMA[nama], tabel[nama]) for nama in SKEMA})


@dataclass(frozen=True)
class _Mutu:
    """Hidden success behind all results. opd (per agency), hasil and perilaku (per person) are about
    standard normal; rating_* are positions in RATING for the year; predikat is one per agency."""

    opd: Angka
    predikat: NDArray[np.str_]
    hasil: Angka
    perilaku: Angka
    rating_hasil: Bulat
    rating_perilaku: Bulat


@dataclass(frozen=True)
class _Bahan:
    """What every table is made from: the pemda, its agencies, its people and how well they did."""

    profil: Instansi
    tahun: int
    katalog: Mapping[str, Any]
    opd: list[dict[str, Any]]
    orang: pd.DataFrame
    mutu: _Mutu

    @property
    def kode(self) -> NDArray[np.str_]:
        """Agency codes by position."""
        return np.array([o["kode"] for o in self.opd])

    def bidang(self, orang: pd.DataFrame) -> list[dict[str, Any]]:
        """The catalogue's bidang of each of these people."""
        return [self.opd[o]["bidang"][i] for o, i in zip(orang["opd"], orang["bidang"], strict=True)]


def _periksa_masukan(pegawai: int, benih: int, periode: str) -> None:
    salah = []
    if pegawai < OPD_TERKECIL:
        salah.append(f"pegawai {pegawai}: paling sedikit {OPD_TERKECIL}, seorang kepala dan lima staf")
    if benih < 0:
        salah.append(f"benih {benih}: tulis bilangan bulat mulai dari 0")
    if not (len(periode) == 4 and periode.isdigit() and 2000 <= int(periode) <= 2099):
        salah.append(f"periode {periode!r}: data contoh dibuat untuk satu tahun, tulis misalnya 2022")
    if salah:
        raise ValueError("Data contoh tidak dapat dibuat: " + "; ".join(salah) + ".")


@cache
def _katalog() -> Mapping[str, Any]:
    """params/contoh/*.yaml by file name; the values of `populasi` shares without their citation."""
    isi = {
        b.stem: yaml.safe_load(b.read_text(encoding="utf-8")) for b in (AKAR_PARAMS / "contoh").glob("*.yaml")
    }
    for kelompok in ("pangsa", "kehadiran"):
        isi[kelompok] = {k: v["nilai"] for k, v in isi["populasi"][kelompok].items()}
    return isi


def _bertipe(skema: Tabel, t: pd.DataFrame) -> pd.DataFrame:
    """Only the columns of SKEMA and earlier years, with the dtypes of a read table."""
    pola = skema.pola_kolom
    dikenal = {k.nama for k in skema.kolom}
    kolom = sorted(map(str, t.columns))
    pakai = [k for k in kolom if k in dikenal or (pola is not None and pola.fullmatch(k))]
    return bertipe(skema, t[pakai].reset_index(drop=True))


def _info(b: _Bahan, benih: int) -> pd.DataFrame:
    iku = "Indikator pemerintah daerah menurut sumber terbit; indikator OPD ilustratif."
    if b.profil.periode != str(b.tahun):
        iku = f"Indikator pemerintah daerah tidak dimuat: yang terbit hanya untuk {b.profil.periode}."
    isi = {
        "instansi": b.profil.kode,
        "nama_instansi": b.profil.nama,
        "periode": str(b.tahun),
        "sifat_data": "ilustratif",
        "benih": str(benih),
        "versi": __version__,
        "pegawai": "Seluruh pegawai, NIP, jabatan, penilaian, dan kehadiran sintetis; bukan orang sungguhan.",
        "iku": iku,
        "hari_kerja": "Senin sampai Jumat; hari libur nasional dan cuti bersama tidak dikurangkan.",
    }
    return pd.DataFrame({"kunci": list(isi), "nilai": list(isi.values())})


# -- agencies and posts ---------------------------------------------------------------------------


def _pilih_opd(katalog: Mapping[str, Any], pegawai: int) -> tuple[list[dict[str, Any]], list[int]]:
    """The agencies that fit, with defaults filled in, and their number of people (sum = pegawai)."""
    berkas = katalog["perangkat_daerah"]
    baku = berkas["baku"]
    dipilih = berkas["perangkat_daerah"][: pegawai // OPD_TERKECIL]
    opd = []
    for o in dipilih:
        punya_sekretariat = o["jenis"] in ("dinas", "badan", "inspektorat", "satpol_pp")
        isi = {**baku, **o, "iku": [*o["iku"], baku["iku"]]}
        sekretariat = {**baku["sekretariat"], "iku": len(isi["iku"])}
        isi["bidang"] = [sekretariat, *o["bidang"]] if punya_sekretariat else o["bidang"]
        isi["lini"] = int(punya_sekretariat)  # index of the first bidang that is not the secretariat
        opd.append(isi)
    bobot = np.array([o["bobot"] for o in opd], dtype=float)
    bagian = (pegawai - OPD_TERKECIL * len(opd)) * bobot / bobot.sum()
    ukuran = np.floor(bagian).astype(int)
    kurang = pegawai - OPD_TERKECIL * len(opd) - int(ukuran.sum())
    ukuran[np.argsort(ukuran - bagian, kind="stable")[:kurang]] += 1
    return opd, (ukuran + OPD_TERKECIL).tolist()


def _susun(
    opd: list[dict[str, Any]], ukuran: list[int], katalog: Mapping[str, Any], acak: Generator
) -> pd.DataFrame:
    """One row one employee: opd and bidang (positions), peran, atasan (row, -1 for none), unit,
    jabatan, kunci (row of populasi.jabatan), nama_jf (key of the catalogue of results)."""
    awal = np.concatenate([[0], np.cumsum(ukuran)[:-1]])
    bagian = [
        _susun_opd(o, n, int(a), katalog, acak).assign(opd=i)
        for i, (o, n, a) in enumerate(zip(opd, ukuran, awal, strict=True))
    ]
    orang = pd.concat(bagian, ignore_index=True)
    kepala = (orang["peran"] == "kepala") & (orang.index != 0)
    orang.loc[kepala, "atasan"] = 0
    return orang


def _susun_opd(
    o: dict[str, Any], n: int, awal: int, katalog: Mapping[str, Any], acak: Generator
) -> pd.DataFrame:
    """The people of one agency: head, heads of bidang, bagian, pengawas, team leaders, staff."""
    a = min(len(o["bidang"]), max(1, n // 12))
    bidang = o["bidang"][:a]
    lini = list(range(o["lini"], a)) or [0]
    bagian = _bergilir(bidang, "bagian")[: n // 24]
    upt = o.get("upt")
    cabang = [(lini[j % len(lini)], f"{upt} {_ROMAWI[j]}") for j in range(_UPT_TERBANYAK)] if upt else []
    bernama = _bergilir(bidang, "pengawas")
    pengawas = [*bernama, *cabang][: round(katalog["pangsa"]["pengawas"] * n)] if n >= 20 else []
    sisa = n - 1 - a - len(bagian) - len(pengawas)
    tim = math.ceil(sisa / (o["rentang"] + 1)) if sisa > o["rentang"] else 0
    ketua = max(0, tim - len(pengawas))
    staf = sisa - ketua
    fungsional = int(np.clip(round(o["porsi_fungsional"] * (staf + ketua)) - ketua, 0, staf))

    # (peran, bidang, unit, jabatan, kunci, atasan within the agency)
    baris: list[tuple[str, int, str, str, str, int]] = []
    kunci_kepala = "jpt_madya" if o["kelas_kepala"] == 16 else "jpt_pratama"
    baris.append(("kepala", -1, o["nama"], o.get("kepala", f"Kepala {o['nama']}"), kunci_kepala, -1))
    baris += [("bidang", i, b["nama"], *_jabatan_bidang(b), 0) for i, b in enumerate(bidang)]
    di_bidang: dict[int, list[int]] = {i: [] for i in range(a)}  # bagian below each bidang
    for i, nama in bagian:
        di_bidang[i].append(len(baris))
        baris.append(("bagian", i, nama, f"Kepala {nama}", "administrator", 1 + i))
    atas = {i: d or [1 + i] for i, d in di_bidang.items()}
    regu: list[tuple[int, int]] = []  # (row, bidang) of everyone who leads staff
    for j, (i, nama) in enumerate(pengawas):
        regu.append((len(baris), i))
        kunci = "pengawas" if j < len(bernama) else "pengawas_upt"
        baris.append(("pengawas", i, nama, f"Kepala {nama}", kunci, atas[i][j % len(atas[i])]))
    for j in range(ketua):
        i = lini[j % len(lini)]
        nomor = 1 + (j // len(lini) if "{bidang}" in o["satuan_tim"] else j)
        nama = o["satuan_tim"].format(nomor=nomor, bidang=bidang[i]["nama"])
        regu.append((len(baris), i))
        baris.append(("ketua", i, nama, "", "ahli_muda", atas[i][j % len(atas[i])]))
    regu = regu or [(1 + i, i) for i in range(a)]
    kantor = [r for r in regu if r[1] not in lini]
    lapangan = [r for r in regu if r[1] in lini] or regu
    tujuan = [lapangan[j % len(lapangan)] for j in range(fungsional)]
    campur = [*kantor, *regu]
    tujuan += [campur[j % len(campur)] for j in range(staf - fungsional)]
    baris += [
        ("fungsional" if j < fungsional else "pelaksana", i, baris[r][2], "", "", r)
        for j, (r, i) in enumerate(tujuan)
    ]

    hasil = pd.DataFrame(baris, columns=["peran", "bidang", "unit", "jabatan", "kunci", "atasan"])
    hasil["atasan"] = np.where(hasil["atasan"] >= 0, hasil["atasan"] + awal, -1)
    nama_jf, bobot = list(o["fungsional"]), np.array(list(o["fungsional"].values()), dtype=float)
    hasil["nama_jf"] = np.where(
        hasil["peran"].isin(["ketua", "fungsional"]), acak.choice(nama_jf, n, p=bobot / bobot.sum()), ""
    )
    hasil["tambahan_ketua"] = f" ({o['ketua_tim']})"
    hasil["kelas_kepala"] = o["kelas_kepala"]
    return hasil


def _bergilir(bidang: list[dict[str, Any]], kunci: str) -> list[tuple[int, str]]:
    """The named subunits, the first of every bidang before the second of any."""
    urut = sorted((j, i, nama) for i, b in enumerate(bidang) for j, nama in enumerate(b.get(kunci, ())))
    return [(i, nama) for _, i, nama in urut]


def _jabatan_bidang(b: dict[str, Any]) -> tuple[str, str]:
    """Name of the post and row of populasi.jabatan for the head of a bidang."""
    nama = b["nama"]
    if nama == "Sekretariat":
        return "Sekretaris", "sekretaris"
    if nama.startswith("Wakil Direktur"):
        return nama, "sekretaris"
    if "bagian" in b:
        return f"Kepala {nama}", "jpt_pratama"
    return (nama if nama.startswith("Inspektur") else f"Kepala {nama}"), "administrator"


# -- people ---------------------------------------------------------------------------------------


def _lengkapi(orang: pd.DataFrame, katalog: Mapping[str, Any], tahun: int, acak: Generator) -> pd.DataFrame:
    """Adds level, class, status, golongan, NIP, name and tax status to the posts."""
    orang = _tentukan_jenjang(orang, katalog, acak)
    populasi, pangsa = katalog["populasi"], katalog["pangsa"]
    jabatan = pd.DataFrame.from_dict(populasi["jabatan"], orient="index")
    milik = jabatan.loc[orang["kunci"]].reset_index(drop=True)
    n = len(orang)
    orang["jenis_jabatan"], orang["jenjang"] = milik["jenis"], milik["jenjang"]
    kelas_kepala = orang["peran"] == "kepala"
    orang["kelas"] = orang["kelas_kepala"].where(kelas_kepala, milik["kelas"]).astype("int64")
    orang["status"] = _status(orang, milik["pppk"].notna().to_numpy(), pangsa, tahun, acak)
    perempuan = acak.random(n) < np.where(orang["kelas"] >= 14, pangsa["perempuan_jpt"], pangsa["perempuan"])
    orang["perempuan"] = perempuan
    bawah, atas = np.array(milik["masa"].tolist(), dtype=float).T
    muda, tua = np.array(milik["usia"].tolist(), dtype=float).T
    usia = acak.uniform(muda, tua + 1)
    senioritas = acak.beta(1.2, 1.5, n)
    masa = np.minimum(bawah + senioritas * (atas - bawah), _USIA_PENSIUN - usia)
    cpns = (orang["status"] == "cpns").to_numpy()
    masa = np.where(cpns, acak.uniform(0.1, 1.0, n), masa)
    awal_tahun = np.datetime64(f"{tahun}-01-01")
    tmt = (awal_tahun - np.round(masa * 365.25).astype("timedelta64[D]")).astype("datetime64[M]")
    pppk = (orang["status"] == "pppk").to_numpy()
    angkat = acak.integers(max(_PPPK_SEJAK, tahun - 4), max(_PPPK_SEJAK, tahun) + 1, n)
    tmt = np.where(pppk, (angkat - 1970).astype("datetime64[Y]").astype("datetime64[M]"), tmt)
    usia = np.where(pppk, acak.uniform(23, 50, n), usia)
    lahir = tmt.astype("datetime64[D]") - np.round(usia * 365.25).astype("timedelta64[D]")
    orang["nip"] = _nip(lahir, tmt, pppk, perempuan)
    orang["golongan"] = _golongan(orang, milik, np.where(cpns, 0.0, senioritas))
    orang["nama"] = _nama(perempuan, populasi["nama"], acak)
    ptkp = populasi["ptkp"]
    orang["status_ptkp"] = acak.choice(list(ptkp), n, p=list(ptkp.values()))
    return orang


def _tentukan_jenjang(orang: pd.DataFrame, katalog: Mapping[str, Any], acak: Generator) -> pd.DataFrame:
    """Level of functional staff and team leaders, post of pelaksana."""
    jabatan, n = katalog["jabatan"], len(orang)
    kategori = orang["nama_jf"].map({k: v["kategori"] for k, v in jabatan["fungsional"].items()})
    kunci = orang["kunci"].to_numpy(dtype=object)
    for nama, komposisi in katalog["populasi"]["komposisi"].items():
        undian = acak.choice(list(komposisi), n, p=list(komposisi.values()))
        kunci = np.where((orang["peran"] == "fungsional") & (kategori == nama), undian, kunci)
    kunci = np.where((orang["peran"] == "ketua") & (acak.random(n) < 0.4), "ahli_madya", kunci)
    pelaksana = jabatan["pelaksana"]
    bobot = np.array([v["bobot"] for v in pelaksana.values()], dtype=float)
    undian = acak.choice(list(pelaksana), n, p=bobot / bobot.sum())
    staf = (orang["peran"] == "pelaksana").to_numpy()
    orang["nama_jf"] = np.where(staf, undian, orang["nama_jf"])
    kelas = pd.Series(undian).map({k: f"pelaksana_{v['kelas']}" for k, v in pelaksana.items()})
    orang["kunci"] = np.where(staf, kelas, kunci)
    sebutan = {k: v["jenjang"].title() for k, v in katalog["populasi"]["jabatan"].items()}
    bernama = orang["nama_jf"] + np.where(staf, "", " " + orang["kunci"].map(sebutan))
    bernama += np.where(orang["peran"] == "ketua", orang["tambahan_ketua"], "")
    orang["jabatan"] = orang["jabatan"].where(orang["jabatan"] != "", bernama)
    return orang


def _status(
    orang: pd.DataFrame, boleh_pppk: Tanda, pangsa: Mapping[str, float], tahun: int, acak: Generator
) -> NDArray[np.str_]:
    """pns, cpns or pppk. PPPK exist only since 2019 and only on posts that admit them."""
    n = len(orang)
    hasil = np.full(n, "pns", dtype="<U4")
    calon = acak.permutation(np.flatnonzero(boleh_pppk))
    banyak = round(pangsa["pppk"] * n) if tahun >= _PPPK_SEJAK else 0
    hasil[calon[:banyak]] = "pppk"
    calon = calon[banyak:]
    calon = calon[orang["kelas"].to_numpy()[calon] >= _KELAS_CPNS]
    hasil[calon[: round(pangsa["cpns"] * n)]] = "cpns"
    return hasil


def _nip(
    lahir: NDArray[np.datetime64], tmt: NDArray[np.datetime64], pppk: Tanda, perempuan: Tanda
) -> NDArray[np.str_]:
    """18 digits: birth date, start (PPPK: year and 21), sex, and the serial 000 that nobody has.

    A birth date moves back one day for as long as another person has the same number.
    """
    bulan = np.where(pppk, "21", np.char.partition(tmt.astype(str), "-")[:, 2])
    ekor = tmt.astype("datetime64[Y]").astype(str) + bulan + np.where(perempuan, "2", "1") + "000"
    ekor = ekor.astype("<U10")
    while True:
        nip = np.char.add(np.char.replace(lahir.astype("datetime64[D]").astype(str), "-", ""), ekor)
        ganda = pd.Series(nip).duplicated().to_numpy()
        if not ganda.any():
            return nip
        lahir = np.where(ganda, lahir - np.timedelta64(1, "D"), lahir)


def _golongan(orang: pd.DataFrame, milik: pd.DataFrame, senioritas: Angka) -> pd.Series:
    banyak = milik["pns"].map(len).to_numpy()
    letak = np.minimum((senioritas * banyak).astype(int), banyak - 1)
    pns = [daftar[i] for daftar, i in zip(milik["pns"], letak, strict=True)]
    return milik["pppk"].where(orang["status"] == "pppk", pd.Series(pns))


def _nama(perempuan: Tanda, nama: Mapping[str, Any], acak: Generator) -> NDArray[np.str_]:
    """Given name, a second word, and the surname Contoh; a pair repeats only after all are used."""
    hasil = np.empty(len(perempuan), dtype=object)
    tengah = np.array(nama["tengah"])
    for kelompok, depan in ((perempuan, np.array(nama["perempuan"])), (~perempuan, np.array(nama["laki"]))):
        pasangan = len(depan) * len(tengah)
        urut = acak.permutation(pasangan)[np.arange(int(kelompok.sum())) % pasangan]
        hasil[kelompok] = depan[urut % len(depan)] + " " + tengah[urut // len(depan)]
    return np.array(hasil + f" {nama['belakang']}", dtype=str)


def _tabel_pegawai(b: _Bahan) -> pd.DataFrame:
    nip, atasan = b.orang["nip"].to_numpy(dtype=object), b.orang["atasan"].to_numpy()
    tak_ada = np.full(len(nip), None, dtype=object)
    return b.orang.assign(opd=b.kode[b.orang["opd"]], atasan=np.where(atasan >= 0, nip[atasan], tak_ada))


def _riwayat(b: _Bahan, acak: Generator) -> pd.DataFrame:
    """Two rows for each of the few who moved within the year: from 1 January in the place of somebody of the
    same kind and class in another agency, and from the first of a month (March to October) in their own."""
    orang = b.orang
    calon = orang.index[orang["peran"].isin(_STAF) & (orang["status"] != "cpns")].to_numpy()
    urut = orang.loc[acak.permutation(calon), ["peran", "kelas", "opd"]]
    sejawat = urut.assign(baris=urut.index).groupby(["peran", "kelas"])[["baris", "opd"]].shift(-1)
    boleh = sejawat["opd"].notna() & (sejawat["opd"] != urut["opd"])
    asal = sejawat["baris"][boleh].astype("int64")[: round(b.katalog["pangsa"]["pindah"] * len(orang))]
    tahun = np.datetime64(str(b.tahun), "M")
    mulai = (tahun + acak.integers(2, 10, len(asal))).astype("datetime64[s]")
    pegawai = _tabel_pegawai(b)
    kini = pegawai.loc[asal.index].assign(mulai=mulai)
    dulu = pegawai.loc[asal].assign(nip=kini["nip"].to_numpy(), mulai=tahun.astype("datetime64[s]"))
    return pd.concat([dulu, kini]).sort_values(["nip", "mulai"])


def _beri_masa(rencana: pd.DataFrame, riwayat: pd.DataFrame) -> pd.DataFrame:
    """Of the RHK utama of whoever moved the first ends with the old post, the others begin with the new."""
    pindah = riwayat.groupby("nip")["mulai"].max().reindex(rencana["nip"]).set_axis(rencana.index)
    hari = pindah.where(rencana["jenis"] == "utama")
    ke = rencana[hari.notna()].groupby("nip").cumcount().reindex(rencana.index)
    return rencana.assign(
        mulai=hari.where(ke > 0), sampai=(hari - pd.Timedelta(days=1)).where((ke == 0).to_numpy())
    )


# -- how well each agency and each person did -----------------------------------------------------


def _mutu(orang: pd.DataFrame, banyak_opd: int, pangsa: Mapping[str, float], acak: Generator) -> _Mutu:
    """An agency's success weighs little in its people's ratings, and superiors are lenient: that is
    what published figures show (organisations 70 to 77, people 85 to 95, over 95 % Baik or better)."""
    n = len(orang)
    opd = acak.standard_normal(banyak_opd)
    lunak = acak.standard_normal(n + 1)[orang["atasan"]]
    hasil = 0.3 * opd[orang["opd"]] + 0.35 * lunak + 0.88 * acak.standard_normal(n)
    perilaku = 0.7 * hasil + 0.7 * acak.standard_normal(n)
    predikat = _predikat_organisasi(opd)
    rating = _rating_kepala(_rating(hasil, pangsa), orang, predikat)
    return _Mutu(opd, predikat, hasil, perilaku, rating, _rating(perilaku, pangsa))


def _predikat_organisasi(opd: Angka) -> NDArray[np.str_]:
    """Few istimewa, mostly baik, some butuh_perbaikan, at most one kurang."""
    n = len(opd)
    urut = np.argsort(opd, kind="stable")
    hasil = np.full(n, "baik", dtype="<U16")
    terburuk = int(n >= 20)
    hasil[urut[: terburuk + round(0.15 * n)]] = "butuh_perbaikan"
    hasil[urut[:terburuk]] = "kurang"
    hasil[urut[n - round(0.06 * n) :]] = "istimewa"
    return hasil


def _rating(nilai: Angka, pangsa: Mapping[str, float]) -> Bulat:
    """Positions in RATING: the lowest and the highest share of the population, the rest in between."""
    n = len(nilai)
    peringkat = np.argsort(np.argsort(nilai, kind="stable"), kind="stable")
    bawah, atas = round(pangsa["di_bawah"] * n), n - round(pangsa["di_atas"] * n)
    return (peringkat >= bawah).astype(np.int64) + (peringkat >= atas)


def _rating_kepala(rating: Bulat, orang: pd.DataFrame, predikat: NDArray[np.str_]) -> Bulat:
    """The head's result follows the agency's; how five predicates become three ratings is not
    regulated, so only the two ends differ."""
    kode = pd.Series(predikat).map({"istimewa": 2, "kurang": 0}).fillna(1).to_numpy(dtype=np.int64)
    return np.where(orang["peran"] == "kepala", kode[orang["opd"]], rating)


def _tabel_opd(b: _Bahan) -> pd.DataFrame:
    kepala = b.orang[b.orang["peran"] == "kepala"].reset_index(drop=True)
    golongan = kepala["golongan"]
    return pd.DataFrame(
        {
            "kode": b.kode,
            "nama": [o["nama"] for o in b.opd],
            "jenis": [o["jenis"] for o in b.opd],
            "predikat_organisasi": b.mutu.predikat,
            "kepala_nama": kepala["nama"],
            "kepala_nip": kepala["nip"],
            "kepala_pangkat": golongan.map(b.katalog["populasi"]["pangkat"]) + ", " + golongan,
        }
    )


# -- indicators of the pemda and of the agencies ----------------------------------------------------


def _iku(b: _Bahan, acak: Generator) -> pd.DataFrame:
    """Published rows of the pemda (only for their own year), then invented rows of the agencies."""
    terbit = [_iku_terbit(i) for i in b.profil.iku] if b.profil.periode == str(b.tahun) else []
    hasil = pd.DataFrame([{**i, "letak": j, "opd": o["kode"]} for j, o in enumerate(b.opd) for i in o["iku"]])
    n = len(hasil)
    target = hasil["target"].to_numpy(dtype=float)
    naik = (hasil["polaritas"] == "maks").to_numpy()
    penuh = np.where(naik & (hasil["satuan"] == "persen"), 100.0, np.inf)
    desimal = np.array(
        [0 if t >= _LUAR_ANGKA else 1 + len(str(t).partition(".")[2].strip("0")) for t in target]
    )
    capaian = 0.968 + 0.035 * b.mutu.opd[hasil["letak"]] + 0.03 * acak.standard_normal(n)
    realisasi = target * np.where(naik, capaian, 2 - capaian)
    for mundur in range(_RIWAYAT, 0, -1):
        lalu = realisasi * (1 - np.where(naik, 1, -1) * (0.025 * mundur + 0.01 * acak.standard_normal(n)))
        hasil[f"realisasi_{b.tahun - mundur}"] = _bulatkan(np.minimum(lalu, penuh), desimal)
    nilai = _bulatkan(np.minimum(realisasi, penuh), desimal)
    luput = acak.random(n) < b.katalog["pangsa"]["iku_belum_terbit"]
    gagal = ~luput & np.where(naik, nilai < target, nilai > target)
    pilih = acak.integers(0, len(b.katalog["populasi"]["sebab"]), n)
    for kolom in ("sebab", "tindak_lanjut"):
        hasil[kolom] = pd.Series(b.katalog["populasi"][kolom]).iloc[pilih].reset_index(drop=True).where(gagal)
    hasil["realisasi"] = np.where(luput, np.nan, nilai)
    hasil["status_target"] = "ilustratif"
    hasil["status_realisasi"] = np.where(luput, "belum-terverifikasi", "ilustratif")
    hasil["sumber"] = "Disusun untuk contoh"
    hasil["catatan"] = pd.Series("Angka resmi belum terbit saat laporan disusun.", index=hasil.index).where(
        luput
    )
    hasil = hasil.rename(columns={"akhir": "target_akhir"})
    return pd.concat([pd.DataFrame(terbit), hasil], ignore_index=True) if terbit else hasil


def _bulatkan(x: Angka, desimal: Bulat) -> Angka:
    kali = 10.0**desimal
    return np.asarray(np.round(x * kali) / kali, dtype=np.float64)


def _iku_terbit(i: Mapping[str, Any]) -> dict[str, Any]:
    """One published indicator as a row; numbers exactly as published, the unknown stays empty."""
    angka = ("target", "target_atas", "target_akhir", "realisasi", "terburuk", "pembanding_nasional")
    baris = {k: v for k, v in i.items() if k not in ("riwayat", "sumber", "status_rumus", *angka)}
    baris |= {k: float(i[k]) if i.get(k) is not None else math.nan for k in angka}
    baris |= {f"realisasi_{t}": float(r["nilai"]) for t, r in i.get("riwayat", {}).items()}
    return {**baris, "opd": "PEMDA", "sumber": "; ".join(i["sumber"])}


# -- the tree ---------------------------------------------------------------------------------------

_SIMPUL = ["id", "induk", "jenjang", "uraian", "indikator", "opd", "pemilik", "cara"]
Milik = Mapping[tuple[int, int], list[str]]  # (opd, bidang) -> NIP


def _kaskade(b: _Bahan) -> pd.DataFrame:
    """Vision to sub-activity. Nodes of the pemda are owned by its elected head, who is no employee."""
    indikator: dict[str, list[str]] = {}
    for i in b.profil.iku:
        indikator.setdefault(i["sasaran"], []).append(i["indikator"])
    baris: list[tuple[Any, ...]] = []
    for s in b.profil.kaskade:
        ukuran = s.get("indikator") or "; ".join(indikator.get(s["uraian"], ())) or None
        cara = "langsung" if s["induk"] else None
        baris.append((s["id"], s["induk"], s["jenjang"], s["uraian"], ukuran, None, None, cara))
    atas = {s["id"] for s in b.profil.kaskade}
    pimpinan = _milik(b.orang, ("kepala", "bidang"))
    ketua = _milik(b.orang, _KETUA)
    staf = _milik(b.orang, _STAF)
    for letak in range(len(b.opd)):
        baris += _kaskade_opd(b.opd[letak], letak, atas, pimpinan, ketua, staf)
    return pd.DataFrame(baris, columns=_SIMPUL)


def _milik(orang: pd.DataFrame, peran: tuple[str, ...]) -> dict[tuple[int, int], list[str]]:
    terpilih = orang[orang["peran"].isin(peran)]
    hasil: dict[tuple[int, int], list[str]] = {}
    for o, i, nip in zip(terpilih["opd"], terpilih["bidang"], terpilih["nip"], strict=True):
        hasil.setdefault((o, i), []).append(nip)
    return hasil


def _kaskade_opd(
    o: Mapping[str, Any], letak: int, atas: set[str], pimpinan: Milik, ketua: Milik, staf: Milik
) -> list[tuple[Any, ...]]:
    """An agency's branch. Where a small agency has no head for a bidang, another one takes it over."""
    if o["tujuan"] not in atas:
        raise ValueError(
            f"params/contoh/perangkat_daerah.yaml, {o['kode']}: tujuan {o['tujuan']} tidak ada pada kaskade "
            f"instansi ini; yang ada: {', '.join(sorted(atas))}. Tambahkan simpul itu pada berkas instansi."
        )
    kode, (kepala,) = o["kode"], pimpinan[letak, -1]
    baris: list[tuple[Any, ...]] = []
    for s, iku in enumerate(o["iku"], 1):
        isi = ("sasaran", iku["sasaran"], iku["indikator"])
        baris.append((f"{kode}-S{s}", o["tujuan"], *isi, kode, kepala, "langsung"))
    terisi = sum((letak, p) in pimpinan for p in range(len(o["bidang"])))
    for p, b in enumerate(o["bidang"]):
        (milik,) = pimpinan[letak, p % terisi]
        program = f"{kode}-P{p + 1}"
        isi = ("program", b["program"], b["indikator"])
        baris.append((program, f"{kode}-S{b['iku']}", *isi, kode, milik, "langsung"))
        kepala_tim = ketua.get((letak, p), [milik])
        for k, uraian in enumerate(b["kegiatan"]):
            u, kegiatan = _kecil(uraian), f"{kode}-K{p + 1}.{k + 1}"
            penanggung = kepala_tim[k % len(kepala_tim)]
            isi = ("kegiatan", uraian, f"Persentase keluaran {u} yang diterima tanpa perbaikan")
            baris.append((kegiatan, program, *isi, kode, penanggung, "tidak_langsung"))
            anggota = staf.get((letak, p), [penanggung])
            for j, (teks, ukuran) in enumerate(_SUB_KEGIATAN):
                isi = ("sub_kegiatan", teks.format(u), ukuran.format(u))
                siapa = anggota[(2 * k + j) % len(anggota)]
                baris.append((f"{kegiatan}.{j + 1}", kegiatan, *isi, kode, siapa, "tidak_langsung"))
    return baris


_SUB_KEGIATAN = (
    ("Penyiapan {}", "Persentase bahan {} yang siap sesuai jadwal"),
    ("Tindak lanjut hasil {}", "Persentase hasil {} yang ditindaklanjuti"),
)


def _kecil(teks: str) -> str:
    """Lower-case first letter inside a sentence, unless the word is an abbreviation."""
    kata = teks.partition(" ")[0]
    return teks if len(kata) > 1 and kata.isupper() else teks[:1].lower() + teks[1:]


def _lintas(b: _Bahan, kaskade: pd.DataFrame, acak: Generator) -> pd.DataFrame:
    """Crosscutting: an agency's first program supports a goal of another one under the same tujuan.

    A small share of agencies supports nobody, and one link in a large pemda has a wrong code.
    """
    sasaran = kaskade[kaskade["id"].str.endswith("-S1")].set_index("opd")
    baris: list[tuple[str, str, str]] = []
    for _, kelompok in sasaran.groupby("induk", sort=True):
        anggota = list(kelompok.index)
        baris += [
            (f"{o}-P1", f"{anggota[(i + 1) % len(anggota)]}-S1", "Data dan layanan bersama")
            for i, o in enumerate(anggota)
            if len(anggota) > 1
        ]
    undian = acak.random(len(baris))
    baris = [x for x, u in zip(baris, undian, strict=True) if u >= b.katalog["pangsa"]["tanpa_lintas"]]
    if len(baris) > 20:
        i = int(acak.integers(len(baris)))
        baris[i] = (baris[i][0], f"{baris[i][1]}x", baris[i][2])
    return pd.DataFrame(baris, columns=["dari", "ke", "keterangan"], dtype="str")


def _tetapkan(b: _Bahan, rencana: pd.DataFrame, acak: Generator) -> pd.DataFrame:
    """Dates of the plans, leaders first, and the basis of every direct split, each with a few faults."""
    pangsa, n = b.katalog["pangsa"], len(rencana)
    urut = b.orang["peran"].map({"kepala": 0, "bidang": 7, "bagian": 9, "pengawas": 12, "ketua": 12})
    hari = urut.fillna(17).to_numpy()[rencana["orang"]] + acak.integers(0, 2, n)
    pemula = b.orang["peran"].isin(_STAF).to_numpy()[rencana["orang"]]
    hari = np.where(pemula & (acak.random(n) < pangsa["mendahului_atasan"]), 1, hari)
    awal = np.datetime64(f"{b.tahun}-01-04", "s")
    dibagi = (rencana["cara"] == "langsung") & rencana["rhk_induk"].str.fullmatch(r"R\d+-\d+")
    lupa = acak.random(n) < pangsa["tanpa_dasar_bagi"]
    aspek = pd.Series("aspek", index=rencana.index, dtype="str")
    hasil: pd.DataFrame = rencana.assign(
        ditetapkan=awal + hari.astype("timedelta64[D]"), bagi=aspek.where(dibagi & ~lupa.astype(bool))
    )
    return hasil


def _cacat_pohon(
    kaskade: pd.DataFrame, rencana: pd.DataFrame, pangsa: Mapping[str, float], acak: Generator
) -> pd.DataFrame:
    """A few sub-activities hang wrongly: a mistyped parent, a level skipped, one on itself.

    Only nodes at the bottom whose owner has other results, so that no branch is cut off by them.
    """
    milik = rencana[rencana["rhk_induk"].isin(rencana["id"])]["nip"]
    bawah = kaskade.index[(kaskade["jenjang"] == "sub_kegiatan") & kaskade["pemilik"].isin(milik)].to_numpy()
    kena = acak.permutation(bawah)[: round(pangsa["simpul_cacat"] * len(bawah))]
    induk = kaskade["induk"].copy()
    program = kaskade.set_index("id")["induk"]
    for ke, i in enumerate(kena):
        atas = induk.iloc[i]
        induk.iloc[i] = (f"{atas}x", program[atas])[ke % 2] if ke else kaskade["id"].iloc[i]
    return kaskade.assign(induk=induk)


# -- plans: RHK and IKI -----------------------------------------------------------------------------

_KELUARAN = ["keluaran", "satuan", "jumlah", "mutu", "target_mutu", "hari", "data"]


def _rencana(b: _Bahan, kaskade: pd.DataFrame, acak: Generator) -> pd.DataFrame:
    """Every RHK with what its indicators need: orang (row), opd, iku (position among the agency's
    indicators, -1 for none) and the columns of _KELUARAN."""
    pangsa, jabatan, n = b.katalog["pangsa"], b.katalog["jabatan"], len(b.orang)
    utama = pd.concat([*_rencana_pimpinan(b), *_rencana_staf(b, kaskade)], ignore_index=True)
    bertambah = np.flatnonzero(acak.random(n) < pangsa["tambahan"])
    tambahan = pd.DataFrame(_isi(jabatan["pimpinan"]["tambahan"]), index=range(len(bertambah))).assign(
        orang=bertambah,
        rhk=acak.choice(jabatan["tambahan"], len(bertambah)),
        jenis="tambahan",
        lingkup=acak.choice([1, 2, 3], len(bertambah), p=[0.7, 0.25, 0.05]),
    )
    rencana = pd.concat([utama.assign(jenis="utama"), tambahan], ignore_index=True)
    rencana = rencana.sort_values("orang", kind="stable").reset_index(drop=True)
    rencana["id"] = _id_rhk(rencana["orang"], rencana.groupby("orang").cumcount() + 1)
    rencana["nip"] = b.orang["nip"].to_numpy()[rencana["orang"]]
    rencana["opd"] = b.orang["opd"].to_numpy()[rencana["orang"]]
    rencana["iku"] = rencana["iku"].fillna(-1).astype("int64")
    # only people who lead nobody lose their link, so that one gap does not cut off those below
    staf = b.orang.index[b.orang["peran"].isin(_STAF)].to_numpy()
    lepas = rencana["orang"].isin(acak.permutation(staf)[: round(pangsa["tanpa_rhk_induk"] * n)])
    lintas = (rencana["cara"] == "tidak_langsung") & (acak.random(len(rencana)) < pangsa["lintas"])
    rencana["cara"] = rencana["cara"].mask(lintas, "lintas").mask(lepas)
    rencana["rhk_induk"] = rencana["rhk_induk"].mask(lepas)
    lemah = rencana["orang"].isin(staf) & (acak.random(len(rencana)) < pangsa["iki_lemah"])
    rencana["mutu"] = rencana["mutu"].mask(lemah, pd.Series(acak.choice(jabatan["lemah"], len(rencana))))
    return rencana


def _id_rhk(orang: pd.Series, urut: pd.Series | int) -> pd.Series:
    """'R00012-2': second RHK of the person in row 11. A superior's RHK is named without looking it up."""
    ke = urut.astype(str) if isinstance(urut, pd.Series) else str(urut)
    return "R" + (orang + 1).astype(str).str.zfill(5) + "-" + ke


def _rencana_pimpinan(b: _Bahan) -> list[pd.DataFrame]:
    """RHK of everyone who leads: an agency's objectives, a program's outcome, a unit's quality."""
    orang, butir = b.orang, b.katalog["jabatan"]["pimpinan"]
    kepala = orang.index[orang["peran"] == "kepala"]
    sasaran = pd.DataFrame(
        [
            (kepala[j], i["sasaran"], f"{o['kode']}-S{s + 1}", s)
            for j, o in enumerate(b.opd)
            for s, i in enumerate(o["iku"])
        ],
        columns=["orang", "rhk", "rhk_induk", "iku"],
    ).assign(cara="langsung", **_isi(butir["kepala"]))
    bidang = orang[orang["peran"] == "bidang"]
    milik = pd.DataFrame(b.bidang(bidang), index=bidang.index)
    hasil = pd.DataFrame(_isi(butir["hasil"]), index=bidang.index).assign(
        orang=bidang.index,
        rhk=milik["hasil"],
        rhk_induk=_id_rhk(bidang["atasan"], milik["iku"]),
        cara="langsung",
        mutu=milik["indikator"],
        target_mutu=milik["target"],
    )
    simpul = pd.Series(b.kode[bidang["opd"]], index=bidang.index) + "-P" + (bidang["bidang"] + 1).astype(str)
    tim = orang[orang["peran"].isin(_KETUA)]
    ke = tim.groupby(["opd", "bidang"]).cumcount()
    kegiatan = pd.Series(
        [_kecil(m["kegiatan"][k % len(m["kegiatan"])]) for m, k in zip(b.bidang(tim), ke, strict=True)],
        index=tim.index,
        dtype="str",
    )
    satu, dua = (_id_rhk(tim["atasan"], u) for u in (1, 2))
    di_bagian = tim["peran"] == "bagian"
    return [
        sasaran,
        hasil,
        _berulang(butir["program"], bidang, milik["program"], simpul, "langsung"),
        _berulang(butir["bagian"], tim[di_bagian], kegiatan[di_bagian], satu[di_bagian], "langsung"),
        _berulang(butir["tim"], tim[~di_bagian], kegiatan[~di_bagian], satu[~di_bagian], "langsung"),
        _berulang(butir["pembinaan"], tim, kegiatan, dua, "tidak_langsung"),
    ]


def _isi(butir: Mapping[str, Any]) -> dict[str, Any]:
    return {k: butir[k] for k in _KELUARAN if k in butir}


def _berulang(
    butir: Mapping[str, Any], orang: pd.DataFrame, uraian: pd.Series, rhk_induk: pd.Series, cara: str
) -> pd.DataFrame:
    """The same kind of RHK for many people; `{uraian}` and `{unit}` in its text are filled in."""
    teks = [butir["rhk"].format(uraian=u, unit=unit) for u, unit in zip(uraian, orang["unit"], strict=True)]
    return pd.DataFrame(_isi(butir), index=orang.index).assign(
        orang=orang.index, rhk=teks, rhk_induk=rhk_induk, cara=cara
    )


def _rencana_staf(b: _Bahan, kaskade: pd.DataFrame) -> list[pd.DataFrame]:
    """Two results of the post for staff, one for team leaders, one more for owners of a sub-activity."""
    orang, katalog = b.orang, b.katalog["jabatan"]
    kolom = katalog["kolom_hasil"]
    butir = {**katalog["fungsional"], **katalog["pelaksana"]}
    hasil = [
        pd.DataFrame(
            {n: dict(zip(kolom, v["hasil"][i], strict=True)) | {"data": v["data"]} for n, v in butir.items()}
        ).T
        for i in (0, 1)
    ]
    staf = orang[orang["peran"].isin(_STAF)]
    ketua = orang[orang["peran"] == "ketua"]
    bagian = []
    for siapa, ke in ((staf, 0), (staf, 1), (ketua, 0)):
        isi = hasil[ke].loc[siapa["nama_jf"]].set_index(siapa.index)
        isi["rhk"] = isi["rhk"] + " pada " + siapa["unit"]
        # a team's own result hangs on the first RHK of its superior, split directly: one method per result
        induk = _id_rhk(siapa["atasan"], 2 if siapa is ketua else 1 + ke)
        bagian.append(isi.assign(orang=siapa.index, rhk_induk=induk, cara="tidak_langsung"))
    baris = pd.Series(orang.index, index=orang["nip"])
    simpul = kaskade[(kaskade["jenjang"] == "sub_kegiatan") & kaskade["pemilik"].isin(staf["nip"])]
    simpul = simpul.drop_duplicates("pemilik")
    uraian = simpul["uraian"].map(_kecil)
    bagian.append(
        pd.DataFrame(_isi(katalog["pimpinan"]["sub_kegiatan"]), index=simpul.index).assign(
            orang=baris.loc[simpul["pemilik"]].to_numpy(),
            rhk="Selesainya " + uraian + " sesuai jadwal",
            rhk_induk=simpul["id"],
            cara="tidak_langsung",
            keluaran="laporan " + uraian,
        )
    )
    return bagian


def _iki(b: _Bahan, rencana: pd.DataFrame, iku: pd.DataFrame, acak: Generator) -> pd.DataFrame:
    """Quantity, quality and time for every RHK, with monthly targets and realisation.

    Counts add up over the months; percentages and days are the same every month. A head's quantity
    is the agency's own indicator, with the same target and realisation.
    """
    n, pangsa = len(rencana), b.katalog["pangsa"]
    orang = rencana["orang"].to_numpy()
    mampu = b.mutu.hasil[orang]
    turun = np.where(b.mutu.rating_hasil[orang] == RATING.index("di_bawah"), 0.78, 1.0)
    acuan = pd.Series(np.char.upper(b.kode)[rencana["opd"]]) + "-" + rencana["satuan"].str.upper()
    dasar = pd.DataFrame({"rhk": rencana["id"], "sumber_data": rencana["data"]})
    dasar["sop"] = "SOP-" + acuan.str.replace(" ", "-")
    tetap = np.ones((1, 12))

    jumlah = rencana["jumlah"].to_numpy(dtype=float) * acak.choice([0.75, 1.0, 1.0, 1.25], n)
    jumlah = np.maximum(1, np.round(jumlah))
    nyata = jumlah * (1.0 + 0.02 * mampu + 0.02 * acak.standard_normal(n)) * turun
    kuantitas = dasar.assign(
        **_ukuran("kuantitas", "maks", jumlah, np.diff(np.floor(jumlah[:, None] * np.arange(13) / 12))),
        indikator="Jumlah " + rencana["keluaran"],
        satuan=rencana["satuan"],
        realisasi=np.floor(np.maximum(nyata, 0) + acak.random(n)),
    )
    _pasang_iku(kuantitas, b, rencana, iku)
    mutu = rencana["target_mutu"].to_numpy(dtype=float)
    nyata = mutu * (1.005 + 0.02 * mampu + 0.02 * acak.standard_normal(n)) * turun
    kualitas = dasar.assign(
        **_ukuran("kualitas", "maks", mutu, mutu[:, None] * tetap),
        indikator=rencana["mutu"],
        satuan="persen",
        realisasi=np.round(np.clip(nyata, 0, 100), 1),
    )
    hari = rencana["hari"].to_numpy(dtype=float)
    nyata = hari * (1.0 - 0.04 * mampu + 0.04 * acak.standard_normal(n)) / turun
    waktu = dasar.assign(
        **_ukuran("waktu", "min", hari, hari[:, None] * tetap),
        indikator="Rata-rata waktu penyelesaian " + rencana["keluaran"],
        satuan="hari kerja",
        realisasi=np.round(np.maximum(nyata, 0.01), 2),
    )
    iki = pd.concat([kuantitas, kualitas, waktu], ignore_index=True)
    # what the agency reported stays with its head
    bebas = np.tile((rencana["iku"] < 0).to_numpy(), 3)
    iki["realisasi"] = iki["realisasi"].mask(bebas & (acak.random(3 * n) < pangsa["realisasi_kosong"]))
    iki["sumber_data"] = iki["sumber_data"].mask(acak.random(3 * n) < pangsa["sumber_data_kosong"])
    return iki.iloc[np.arange(3 * n).reshape(3, n).T.ravel()]


def _ukuran(aspek: str, polaritas: str, target: Angka, bulanan: Angka) -> dict[str, Any]:
    """The columns of a measure; bulanan: people x 12."""
    return {
        "aspek": aspek,
        "polaritas": polaritas,
        "rumus": "maks" if polaritas == "maks" else "min_selisih",
        "target": target,
        **{kolom: bulanan[:, i] for i, kolom in enumerate(_TARGET_BULAN)},
    }


def _pasang_iku(kuantitas: pd.DataFrame, b: _Bahan, rencana: pd.DataFrame, iku: pd.DataFrame) -> None:
    """Put the agencies' indicators in place of the heads' counts; the year's target is due in December."""
    milik = rencana[rencana["iku"] >= 0]
    nama = [b.opd[o]["iku"][i]["indikator"] for o, i in zip(milik["opd"], milik["iku"], strict=True)]
    isi = iku.set_index(["opd", "indikator"]).loc[list(zip(b.kode[milik["opd"]], nama, strict=True))]
    isi = isi.reset_index().set_index(milik.index)
    for kolom in ("indikator", "satuan", "polaritas", "rumus", "target", "realisasi"):
        kuantitas.loc[milik.index, kolom] = isi[kolom]
    kuantitas.loc[milik.index, list(_TARGET_BULAN[:-1])] = np.nan
    kuantitas.loc[milik.index, _TARGET_BULAN[-1]] = isi["target"]


# -- ratings ----------------------------------------------------------------------------------------


def _penilaian(b: _Bahan, acak: Generator) -> pd.DataFrame:
    """The year and its four quarters; quarters follow the year with some noise."""
    n, mutu, pangsa = len(b.orang), b.mutu, b.katalog["pangsa"]
    catatan = b.katalog["populasi"]["catatan_dialog"]
    bagian = []
    for periode in (f"{b.tahun}", *(f"{b.tahun}-TW{t}" for t in range(1, 5))):
        hasil, perilaku = mutu.rating_hasil, mutu.rating_perilaku
        if "-" in periode:
            hasil = _rating(0.85 * mutu.hasil + 0.53 * acak.standard_normal(n), pangsa)
            hasil = _rating_kepala(hasil, b.orang, mutu.predikat)
            perilaku = _rating(0.85 * mutu.perilaku + 0.53 * acak.standard_normal(n), pangsa)
        pesan = np.choose(hasil, [acak.choice(catatan[nama], n) for nama in RATING])
        bagian.append(
            pd.DataFrame(
                {
                    "nip": b.orang["nip"],
                    "periode": periode,
                    "rating_hasil": np.array(RATING)[hasil],
                    "rating_perilaku": np.array(RATING)[perilaku],
                    "ide_baru": (hasil == 2) & (acak.random(n) < pangsa["ide_baru"] / pangsa["di_atas"]),
                    "catatan": pd.Series(pesan).where(acak.random(n) < pangsa["catatan"]),
                }
            )
        )
    return pd.concat(bagian, ignore_index=True)


def _penilaian_lalu(b: _Bahan, tahun: int, acak: Generator) -> list[pd.DataFrame]:
    """Yearly ratings of earlier years, near to those of the year; a few people were not there yet."""
    n, mutu, pangsa = len(b.orang), b.mutu, b.katalog["pangsa"]
    bagian = []
    ada = (b.orang["status"] != "cpns").to_numpy()
    for t in range(1, tahun + 1):
        ada = ada & (acak.random(n) >= pangsa["belum_dinilai_lalu"])
        hasil = _rating(0.85 * mutu.hasil + 0.53 * acak.standard_normal(n), pangsa)
        perilaku = _rating(0.85 * mutu.perilaku + 0.53 * acak.standard_normal(n), pangsa)
        bagian.append(
            pd.DataFrame(
                {
                    "nip": b.orang["nip"],
                    "periode": f"{b.tahun - t}",
                    "rating_hasil": np.array(RATING)[hasil],
                    "rating_perilaku": np.array(RATING)[perilaku],
                    "ide_baru": False,
                    "catatan": None,
                }
            )[ada].astype({"catatan": "str"})
        )
    return bagian


_PITA_PERILAKU = np.array([[60.0, 89.0], [90.0, 109.0], [110.0, 120.0]])  # points, per rating


def _perilaku(b: _Bahan, acak: Generator) -> pd.DataFrame:
    """Seven values from the superior, whole points, inside the band of the year's rating."""
    n, mutu = len(b.orang), b.mutu
    bawah, atas = _PITA_PERILAKU[mutu.rating_perilaku].T
    tengah = np.where(mutu.rating_perilaku == 1, 97 + 3 * mutu.perilaku, (bawah + atas) / 2)
    nilai = np.round(tengah[:, None] + 2.5 * acak.standard_normal((n, len(BERAKHLAK))))
    return pd.DataFrame(
        {
            "nip": np.repeat(b.orang["nip"].to_numpy(), len(BERAKHLAK)),
            "aspek": np.tile(BERAKHLAK, n),
            "penilai": "atasan",
            "nilai": np.clip(nilai, bawah[:, None], atas[:, None]).ravel(),
        }
    )


# -- attendance and discipline ------------------------------------------------------------------------


def _hukuman(b: _Bahan, acak: Generator) -> tuple[pd.DataFrame, Bulat]:
    """A handful of sanctions, and the absences (people x months) that earned each of them."""
    aturan, orang = b.katalog["populasi"]["hukuman"], b.orang
    n = len(orang)
    banyak = round(b.katalog["pangsa"]["hukuman"] * n)
    alpa = np.zeros((n, 12), dtype=np.int64)
    calon = np.flatnonzero(orang["peran"].isin(_STAF) & (orang["status"] != "cpns"))
    kena = acak.permutation(calon)[:banyak]
    jenis = acak.choice(list(aturan), banyak, p=[a["peluang"] for a in aturan.values()])
    rentang = np.array([aturan[j]["hari"] for j in jenis], dtype=np.int64).reshape(-1, 2)
    hari = acak.integers(rentang[:, 0], rentang[:, 1] + 1)
    mulai = acak.integers(0, 6, banyak)
    for geser in range(4):  # at most five days a month, in a row of months
        alpa[kena, mulai + geser] = np.clip(hari - 5 * geser, 0, 5)
    berlaku = mulai + 4 + acak.integers(0, 3, banyak)  # 0-based month, after the absences
    awal = (berlaku + 12 * (b.tahun - 1970)).astype("datetime64[M]")
    lama = np.array([aturan[j]["bulan"] or 0 for j in jenis], dtype=np.int64)
    sampai = (awal + lama.astype("timedelta64[M]")).astype("datetime64[D]") - np.timedelta64(1, "D")
    hukuman = pd.DataFrame(
        {
            "nip": orang["nip"].to_numpy()[kena],
            "jenis": jenis,
            "mulai": awal.astype("datetime64[s]"),
            "sampai": np.where(lama > 0, sampai.astype("datetime64[s]"), np.datetime64("NaT", "s")),
        }
    )
    return hukuman.sort_values("nip"), alpa


def _alpa_baru(b: _Bahan, alpa: Bulat, acak: Generator) -> Bulat:
    """Absences (people x months) of a few people without a sanction, from three days to a month."""
    calon = np.flatnonzero((alpa.sum(axis=1) == 0) & ~b.orang["peran"].isin(["kepala"]).to_numpy())
    banyak = min(len(calon), max(1, round(b.katalog["pangsa"]["alpa_belum_ditindak"] * len(b.orang))))
    kena = acak.permutation(calon)[:banyak]
    hari = 3 + np.minimum(acak.geometric(0.12, banyak) - 1, 27)
    mulai = acak.integers(0, 8, banyak)
    hasil = np.zeros_like(alpa)
    for geser in range(5):  # at most six days a month, in a row of months
        hasil[kena, mulai + geser] = np.clip(hari - 6 * geser, 0, 6)
    return hasil


def _kehadiran(b: _Bahan, alpa: Bulat, acak: Generator) -> pd.DataFrame:
    """Twelve months per person. Working days are Monday to Friday; holidays are not taken off."""
    n, p = len(b.orang), b.katalog["kehadiran"]
    bulan = np.arange(np.datetime64(f"{b.tahun}-01"), np.datetime64(f"{b.tahun + 1}-01"))
    hari_kerja = np.busday_count(bulan.astype("datetime64[D]"), (bulan + 1).astype("datetime64[D]"))
    dihukum = (alpa.sum(axis=1) > 0)[:, None]
    sesekali = (acak.random((n, 12)) < p["alpa"]) * acak.integers(1, 3, (n, 12))
    alpa = alpa + np.where(dihukum, 0, sesekali)
    cuti = _cuti(b, hari_kerja, alpa, acak)
    hadir = hari_kerja - alpa - sum(cuti.values(), np.zeros((n, 12), dtype=np.int64))
    lambda_lupa = acak.gamma(p["lupa_rekam_ragam"], p["lupa_rekam_rata"] / p["lupa_rekam_ragam"], n)
    lupa = np.minimum(acak.poisson(np.broadcast_to(lambda_lupa[:, None], (n, 12))), 2 * hadir)
    terlambat, pulang = _kejadian(hadir, p["tepat_waktu"], acak)
    return pd.DataFrame(
        {
            "nip": np.repeat(b.orang["nip"].to_numpy(), 12),
            "bulan": np.tile(bulan.astype(str), n),
            "hari_kerja": np.tile(hari_kerja, n),
            "alpa": alpa.ravel(),
            "terlambat": terlambat,
            "pulang_cepat": pulang,
            "lupa_rekam": lupa.ravel(),
            "tidak_apel": np.minimum(acak.poisson(p["tidak_apel"], (n, 12)), hadir).ravel(),
            **{k: v.ravel() for k, v in cuti.items()},
        }
    )


def _cuti(b: _Bahan, hari_kerja: Bulat, alpa: Bulat, acak: Generator) -> dict[str, Bulat]:
    """Leave days per type (people x months). Long leave fills whole months and excludes all else;
    annual leave stops at twelve days a year; leave and absence never exceed the working days."""
    orang, p, n = b.orang, b.katalog["kehadiran"], len(b.orang)
    sisa = hari_kerja - alpa
    bersih = alpa.sum(axis=1) == 0
    tetap = bersih & ((orang["status"] == "pns") & (orang["peran"] != "kepala")).to_numpy()
    muda = orang["nip"].str.slice(0, 4).astype(int) >= b.tahun - 42
    subur = bersih & (orang["perempuan"] & muda).to_numpy()
    panjang = {
        "cuti_melahirkan": (subur, 3),
        "cuti_besar": (tetap, 3),
        "cuti_luar_tanggungan": (tetap, 12),
    }
    hasil = {k: np.zeros((n, 12), dtype=np.int64) for k in CUTI}
    penuh = np.zeros((n, 12), dtype=bool)
    for jenis, (boleh, lama) in panjang.items():
        calon = np.flatnonzero(boleh & ~penuh.any(axis=1))
        banyak = round(p[jenis] * n * 12 / lama)
        kena = acak.permutation(calon)[:banyak]
        mulai = acak.integers(0, 13 - lama, len(kena))
        tepat = (np.arange(12) >= mulai[:, None]) & (np.arange(12) < mulai[:, None] + lama)
        penuh[kena] = tepat
        hasil[jenis][kena] = tepat * hari_kerja
    sisa = np.where(penuh, 0, sisa)
    for jenis, terbanyak in (("cuti_sakit", 4), ("cuti_alasan_penting", 5), ("cuti_tahunan", 5)):
        hari = (acak.random((n, 12)) < p[jenis]) * acak.integers(1, terbanyak + 1, (n, 12))
        hari = np.minimum(hari, sisa)
        if jenis == "cuti_tahunan":
            hari = np.diff(np.minimum(np.cumsum(hari, axis=1), 12), axis=1, prepend=0)
        hasil[jenis] = hari
        sisa = sisa - hari
    return hasil


def _kejadian(hadir: Bulat, tepat_waktu: float, acak: Generator) -> tuple[pd.Series, pd.Series]:
    """Minutes of each late arrival and early leave as '12;45', at most four of each a month.

    The two together are absent from a share `tepat_waktu` of the person-months.
    """
    ragam = 0.6  # few people cause most of the events
    rata = ragam * (tepat_waktu ** (-1 / ragam) - 1)
    laju = acak.gamma(ragam, rata / ragam, hadir.shape[0])[:, None]
    hasil = []
    for bagian in (0.75, 0.25):
        kali = np.minimum(
            acak.poisson(np.broadcast_to(bagian * laju, hadir.shape)), np.minimum(hadir, 4)
        ).ravel()
        menit = np.ceil(acak.gamma(1.1, 18, (len(kali), 4))).clip(1, 180).astype(int).astype(str)
        teks = np.where(kali > 0, menit[:, 0], "").astype(object)
        for k in range(1, 4):
            teks = np.where(kali > k, teks + ";" + menit[:, k].astype(object), teks)
        hasil.append(pd.Series(teks, dtype="str"))
    return hasil[0], hasil[1]
