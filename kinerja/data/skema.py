"""The workbook's tables: which sheets, which columns, in which unit, with which choices.

Everything else about the workbook (reading, the empty template, the sample, the
anonymiser) is derived from `SKEMA`; no other place names a column's type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Tipe = Literal[
    "teks",  # free text
    "kode",  # short identifier, safe as a folder name
    "nip",  # 18 digits, kept as text
    "bulat",  # whole number
    "desimal",  # number with decimals
    "pilihan",  # one of `pilihan`
    "ya_tidak",  # ya / tidak
    "bulan",  # YYYY-MM
    "periode",  # YYYY, YYYY-TW1..4 or YYYY-MM
    "tanggal",  # YYYY-MM-DD
    "menit",  # minutes of each event, "12; 45"
]


def _kosong() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Kolom:
    """One column: its name, type, unit, whether it must be filled, and how to say it."""

    nama: str
    tipe: Tipe
    keterangan: str
    wajib: bool = False
    satuan: str = ""
    pilihan: tuple[str, ...] = ()
    setara: Mapping[str, str] = field(default_factory=_kosong)  # other spellings -> choice
    alias: tuple[str, ...] = ()  # other headings
    paling_sedikit: float | None = None
    paling_banyak: float | None = None
    kosong_berarti: int | str | None = None  # what an empty cell certainly means
    pribadi: bool = False  # names a person: masked by --samarkan

    @property
    def judul(self) -> str:
        """The heading as an official reads it: 'Jenis jabatan', 'NIP'."""
        return judul(self.nama)


@dataclass(frozen=True)
class Tabel:
    """One sheet. `kunci` identifies a row; `rujukan` maps a column to the sheet it points at."""

    nama: str
    satu_baris: str
    kolom: tuple[Kolom, ...]
    kunci: tuple[str, ...]
    rujukan: Mapping[str, str] = field(default_factory=_kosong)  # column -> "tabel.kolom"
    boleh_putus: tuple[str, ...] = ()  # of these, what points nowhere is a finding of kaskade.periksa
    wajib: bool = False
    pola_kolom: re.Pattern[str] | None = None  # further decimal columns, e.g. realisasi_2021
    keterangan_pola: str = ""

    def __getitem__(self, nama: str) -> Kolom:
        return next(k for k in self.kolom if k.nama == nama)


_SINGKATAN = {"nip": "NIP", "opd": "OPD", "iki": "IKI", "rhk": "RHK", "sop": "SOP", "ptkp": "PTKP"}


def judul(nama: str) -> str:
    """'jenis_jabatan' -> 'Jenis jabatan'; known abbreviations stay in capitals."""
    kata = [_SINGKATAN.get(k, k) for k in nama.split("_")]
    return " ".join([kata[0][:1].upper() + kata[0][1:], *kata[1:]])


PREDIKAT = ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
PREDIKAT_ORGANISASI = ("istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
RATING = ("di_bawah", "sesuai", "di_atas")
JENIS_JABATAN = ("jpt", "administrator", "pengawas", "fungsional", "pelaksana")
POLARITAS = ("maks", "min", "stabil")
RUMUS = ("maks", "min_selisih", "min_rasio", "stabil", "rentang_maks", "rentang_min")
BERAKHLAK = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
CUTI = (
    "cuti_tahunan",
    "cuti_sakit",
    "cuti_besar",
    "cuti_melahirkan",
    "cuti_alasan_penting",
    "cuti_luar_tanggungan",
)
JENJANG_KASKADE = (
    "visi",
    "misi",
    "tujuan",
    "sasaran",
    "program",
    "kegiatan",
    "sub_kegiatan",
    "individu",
)
# what only some pay schemes ask for: name, meaning, unit, largest, what an empty cell means
_BAYARAN = (
    ("plt", "kali menjadi pelaksana tugas atau pelaksana harian bulan itu", "kali", 1, 0),
    ("tidak_lapor", "kali tidak menyampaikan laporan kinerja bulan itu", "kali", 1, 0),
    ("hari_tanpa_hasil", "hari tanpa hasil kerja, untuk skema yang memotongnya", "hari", 31, None),
)
HUKUMAN = (
    "teguran_lisan",
    "teguran_tertulis",
    "pernyataan_tidak_puas",
    "potong_tukin_6_bulan",
    "potong_tukin_9_bulan",
    "potong_tukin_12_bulan",
    "penurunan_jabatan_12_bulan",
    "pembebasan_jabatan_12_bulan",
    "pemberhentian",
)

_SETARA_RATING = MappingProxyType(
    {
        "dbe": "di_bawah",
        "di bawah ekspektasi": "di_bawah",
        "dibawah ekspektasi": "di_bawah",
        "se": "sesuai",
        "sesuai ekspektasi": "sesuai",
        "dae": "di_atas",
        "di atas ekspektasi": "di_atas",
        "diatas ekspektasi": "di_atas",
    }
)
_SETARA_PREDIKAT = MappingProxyType(
    {
        "cukup": "butuh_perbaikan",
        "cukup/butuh perbaikan": "butuh_perbaikan",
        "kurang/misconduct": "kurang",
    }
)
_SETARA_JABATAN = MappingProxyType(
    {"jf": "fungsional", "jabatan fungsional": "fungsional", "jabatan pimpinan tinggi": "jpt"}
)
_SETARA_POLARITAS = MappingProxyType(
    {
        "maksimum": "maks",
        "maksimal": "maks",
        "maximize": "maks",
        "makin besar makin baik": "maks",
        "minimum": "min",
        "minimal": "min",
        "minimize": "min",
        "makin kecil makin baik": "min",
        "stabilize": "stabil",
    }
)
_STATUS = (
    "teks",
    "dua-sumber",
    "sekunder",
    "tafsir",
    "belum-terverifikasi",
    "ilustratif",
    "asumsi",
)

_RUMUS = Kolom(
    "rumus",
    "pilihan",
    "rumus capaian: maks = R/T; min_selisih = (2T-R)/T; min_rasio = T/R; stabil; "
    "rentang_maks dan rentang_min bila target berupa rentang",
    wajib=True,
    pilihan=RUMUS,
    setara=MappingProxyType(
        {"r/t": "maks", "(2t-r)/t": "min_selisih", "(2t-r)/t x 100": "min_selisih", "t/r": "min_rasio"}
    ),
)
_UKURAN = (
    Kolom("indikator", "teks", "apa yang diukur", wajib=True),
    Kolom("satuan", "teks", "satuan ukuran, misalnya persen, indeks, dokumen", wajib=True),
    Kolom(
        "polaritas",
        "pilihan",
        "maks = makin besar makin baik; min = makin kecil makin baik; stabil = makin dekat target makin baik",
        wajib=True,
        pilihan=POLARITAS,
        setara=_SETARA_POLARITAS,
        alias=("polarisasi",),
    ),
    _RUMUS,
    Kolom("target", "desimal", "target; untuk rentang: batas bawah", wajib=True),
    Kolom("target_atas", "desimal", "batas atas, hanya untuk target rentang"),
    Kolom("realisasi", "desimal", "kosong berarti belum diketahui, bukan nol"),
    Kolom("terburuk", "desimal", "realisasi terburuk menurut manual; perlu bila target min bernilai nol"),
    Kolom(
        "target_maksimum",
        "ya_tidak",
        "ya bila target sudah nilai tertinggi (atau terendah) yang mungkin",
        kosong_berarti="tidak",
    ),
)

_DITETAPKAN = Kolom("ditetapkan", "tanggal", "tanggal rencana ditetapkan")

SKEMA: Mapping[str, Tabel] = MappingProxyType(
    {
        t.nama: t
        for t in (
            Tabel(
                "info",
                "satu keterangan tentang buku kerja ini",
                (
                    Kolom(
                        "kunci",
                        "kode",
                        "instansi, periode, sifat_data (nyata atau ilustratif), benih, versi",
                        wajib=True,
                    ),
                    Kolom("nilai", "teks", "isi keterangan"),
                ),
                kunci=("kunci",),
            ),
            Tabel(
                "opd",
                "satu perangkat daerah",
                (
                    Kolom(
                        "kode",
                        "kode",
                        "huruf, angka, titik, tanda hubung; dipakai sebagai nama map laporan",
                        wajib=True,
                    ),
                    Kolom("nama", "teks", "nama lengkap perangkat daerah", wajib=True),
                    Kolom(
                        "jenis",
                        "pilihan",
                        "jenis perangkat daerah",
                        pilihan=(
                            "sekretariat",
                            "inspektorat",
                            "dinas",
                            "badan",
                            "satpol_pp",
                            "rsud",
                            "kecamatan",
                            "lainnya",
                        ),
                    ),
                    Kolom(
                        "predikat_organisasi",
                        "pilihan",
                        "predikat kinerja organisasi (SE MenPANRB 3/2023)",
                        pilihan=PREDIKAT_ORGANISASI,
                        setara=_SETARA_PREDIKAT,
                    ),
                    Kolom(
                        "kepala_nama",
                        "teks",
                        "nama kepala yang menandatangani",
                        pribadi=True,
                        alias=("nama_kepala", "kepala"),
                    ),
                    Kolom("kepala_nip", "nip", "NIP kepala", pribadi=True, alias=("nip_kepala",)),
                    Kolom("kepala_pangkat", "teks", "pangkat dan golongan kepala", alias=("pangkat_kepala",)),
                ),
                kunci=("kode",),
                wajib=True,
            ),
            Tabel(
                "iku",
                "satu indikator kinerja organisasi",
                (
                    Kolom(
                        "opd", "kode", "kode OPD; tulis PEMDA untuk indikator pemerintah daerah", wajib=True
                    ),
                    Kolom("sasaran", "teks", "sasaran strategis yang diukur"),
                    *_UKURAN,
                    Kolom("target_akhir", "desimal", "target akhir RPJMD atau Renstra"),
                    Kolom("pembanding_nasional", "desimal", "angka nasional sebagai pembanding"),
                    Kolom("status_target", "pilihan", "status sumber target", pilihan=_STATUS),
                    Kolom("status_realisasi", "pilihan", "status sumber realisasi", pilihan=_STATUS),
                    Kolom("sumber", "teks", "dari mana angkanya"),
                    Kolom("catatan", "teks", "hal yang perlu diketahui pembaca"),
                    Kolom("sebab", "teks", "penyebab berhasil atau gagal"),
                    Kolom("tindak_lanjut", "teks", "langkah perbaikan"),
                ),
                kunci=("opd", "indikator"),
                rujukan=MappingProxyType({"opd": "opd.kode"}),
                pola_kolom=re.compile(r"realisasi_(19|20)\d\d"),
                keterangan_pola="realisasi_2021, realisasi_2020, ... = realisasi tahun-tahun sebelumnya",
            ),
            Tabel(
                "pegawai",
                "satu pegawai",
                (
                    Kolom("nip", "nip", "18 angka, format sel Teks", wajib=True, pribadi=True),
                    Kolom("nama", "teks", "nama lengkap", wajib=True, pribadi=True),
                    Kolom("opd", "kode", "kode OPD", wajib=True),
                    Kolom("unit", "teks", "bidang, bagian, atau subbagian"),
                    Kolom("jabatan", "teks", "nama jabatan", wajib=True),
                    Kolom(
                        "jenis_jabatan",
                        "pilihan",
                        "jenis jabatan",
                        wajib=True,
                        pilihan=JENIS_JABATAN,
                        setara=_SETARA_JABATAN,
                    ),
                    Kolom("jenjang", "teks", "pratama, madya, ahli pertama, terampil, dan seterusnya"),
                    Kolom(
                        "kelas",
                        "bulat",
                        "kelas jabatan",
                        wajib=True,
                        satuan="kelas",
                        paling_sedikit=1,
                        paling_banyak=17,
                        alias=("kelas_jabatan",),
                    ),
                    Kolom(
                        "golongan", "teks", "III/b untuk PNS, IX untuk PPPK", alias=("gol", "golongan_ruang")
                    ),
                    Kolom(
                        "status", "pilihan", "status kepegawaian", wajib=True, pilihan=("pns", "cpns", "pppk")
                    ),
                    Kolom(
                        "atasan",
                        "nip",
                        "NIP atasan langsung; kosong hanya untuk pimpinan tertinggi",
                        pribadi=True,
                        alias=("nip_atasan",),
                    ),
                    Kolom(
                        "status_ptkp",
                        "pilihan",
                        "status PTKP untuk PPh 21",
                        pilihan=("TK/0", "TK/1", "TK/2", "TK/3", "K/0", "K/1", "K/2", "K/3"),
                    ),
                    Kolom(
                        "gaji",
                        "bulat",
                        "gaji bruto sebulan; dasar PPh 21 dan iuran jaminan kesehatan bersama TPP",
                        satuan="rupiah",
                        paling_sedikit=0,
                    ),
                    Kolom(
                        "gaji_pokok",
                        "bulat",
                        "gaji pokok dan tunjangan keluarga; dasar iuran wajib pegawai",
                        satuan="rupiah",
                        paling_sedikit=0,
                    ),
                ),
                kunci=("nip",),
                rujukan=MappingProxyType({"opd": "opd.kode", "atasan": "pegawai.nip"}),
                wajib=True,
            ),
            Tabel(
                "riwayat_jabatan",
                "satu pegawai sejak satu tanggal; hanya untuk yang pindah di tengah tahun",
                (
                    Kolom("nip", "nip", "pegawai yang pindah", wajib=True, pribadi=True),
                    Kolom(
                        "mulai",
                        "tanggal",
                        "hari pertama; berlaku sampai baris berikutnya pegawai itu",
                        wajib=True,
                    ),
                    Kolom("opd", "kode", "kode OPD saat itu", wajib=True),
                    Kolom("unit", "teks", "bidang, bagian, atau subbagian saat itu"),
                    Kolom("jabatan", "teks", "nama jabatan saat itu", wajib=True),
                    Kolom(
                        "jenis_jabatan",
                        "pilihan",
                        "jenis jabatan saat itu",
                        wajib=True,
                        pilihan=JENIS_JABATAN,
                        setara=_SETARA_JABATAN,
                    ),
                    Kolom("jenjang", "teks", "jenjang saat itu"),
                    Kolom(
                        "atasan",
                        "nip",
                        "NIP atasan saat itu; kosong bila tidak ada di lembar pegawai",
                        pribadi=True,
                        alias=("nip_atasan",),
                    ),
                ),
                kunci=("nip", "mulai"),
                rujukan=MappingProxyType({"nip": "pegawai.nip", "opd": "opd.kode", "atasan": "pegawai.nip"}),
            ),
            Tabel(
                "kaskade",
                "satu simpul pohon kinerja",
                (
                    Kolom("id", "kode", "kode simpul", wajib=True),
                    Kolom("induk", "kode", "kode simpul di atasnya; kosong untuk visi"),
                    Kolom("jenjang", "pilihan", "jenjang simpul", wajib=True, pilihan=JENJANG_KASKADE),
                    Kolom("uraian", "teks", "kinerja yang diharapkan", wajib=True),
                    Kolom("indikator", "teks", "indikator simpul"),
                    Kolom("opd", "kode", "kode OPD pemilik; kosong untuk simpul pemerintah daerah"),
                    Kolom("pemilik", "nip", "NIP penanggung jawab", pribadi=True),
                    Kolom(
                        "cara",
                        "pilihan",
                        "cara menurunkan dari induk",
                        pilihan=("langsung", "tidak_langsung", "lintas"),
                    ),
                    _DITETAPKAN,
                ),
                kunci=("id",),
                rujukan=MappingProxyType(
                    {"induk": "kaskade.id", "opd": "opd.kode", "pemilik": "pegawai.nip"}
                ),
                boleh_putus=("induk",),
            ),
            Tabel(
                "rhk",
                "satu rencana hasil kerja",
                (
                    Kolom("id", "kode", "kode RHK", wajib=True),
                    Kolom("nip", "nip", "pemilik RHK", wajib=True, pribadi=True),
                    Kolom("rhk", "teks", "rencana hasil kerja", wajib=True),
                    Kolom("rhk_induk", "kode", "simpul kaskade atau RHK atasan yang didukung"),
                    Kolom(
                        "jenis", "pilihan", "utama atau tambahan", wajib=True, pilihan=("utama", "tambahan")
                    ),
                    Kolom(
                        "lingkup",
                        "bulat",
                        "lingkup penugasan 1-3 untuk kinerja tambahan",
                        paling_sedikit=1,
                        paling_banyak=3,
                    ),
                    Kolom(
                        "cara",
                        "pilihan",
                        "cara menurunkan dari atasan",
                        pilihan=("langsung", "tidak_langsung", "lintas"),
                    ),
                    Kolom("mulai", "tanggal", "hari pertama RHK; kosong bila sejak awal tahun"),
                    Kolom("sampai", "tanggal", "hari terakhir RHK; kosong bila sampai akhir tahun"),
                    Kolom(
                        "bagi",
                        "pilihan",
                        "dasar pembagian bila caranya langsung",
                        pilihan=("aspek", "wilayah", "beban"),
                    ),
                    _DITETAPKAN,
                ),
                kunci=("id",),
                rujukan=MappingProxyType({"nip": "pegawai.nip", "rhk_induk": "kaskade.id|rhk.id"}),
                boleh_putus=("rhk_induk",),
            ),
            Tabel(
                "lintas",
                "satu dukungan lintas unit atau lintas OPD (crosscutting)",
                (
                    Kolom("dari", "kode", "kode simpul atau RHK yang mendukung", wajib=True),
                    Kolom("ke", "kode", "kode simpul atau RHK yang didukung", wajib=True),
                    Kolom("keterangan", "teks", "apa yang disumbangkan"),
                ),
                kunci=("dari", "ke"),
            ),
            Tabel(
                "iki",
                "satu indikator kinerja individu: RHK x aspek",
                (
                    Kolom("rhk", "kode", "kode RHK", wajib=True),
                    Kolom(
                        "aspek",
                        "pilihan",
                        "aspek indikator",
                        wajib=True,
                        pilihan=("kuantitas", "kualitas", "waktu", "biaya"),
                    ),
                    *_UKURAN,
                    *(Kolom(f"target_{b:02d}", "desimal", f"target bulan ke-{b}") for b in range(1, 13)),
                    Kolom("sumber_data", "teks", "dari mana realisasi dibaca"),
                    Kolom("sop", "teks", "nomor atau nama SOP"),
                ),
                kunci=("rhk", "aspek", "indikator"),
                rujukan=MappingProxyType({"rhk": "rhk.id"}),
            ),
            Tabel(
                "perilaku",
                "satu nilai perilaku: pegawai x aspek x penilai",
                (
                    Kolom("nip", "nip", "pegawai yang dinilai", wajib=True, pribadi=True),
                    Kolom("aspek", "pilihan", "nilai BerAKHLAK", wajib=True, pilihan=BERAKHLAK),
                    Kolom(
                        "penilai",
                        "pilihan",
                        "siapa yang menilai",
                        wajib=True,
                        pilihan=("atasan", "rekan", "bawahan"),
                    ),
                    Kolom(
                        "nilai",
                        "desimal",
                        "nilai 0-120",
                        wajib=True,
                        satuan="poin",
                        paling_sedikit=0,
                        paling_banyak=120,
                    ),
                ),
                kunci=("nip", "aspek", "penilai"),
                rujukan=MappingProxyType({"nip": "pegawai.nip"}),
            ),
            Tabel(
                "penilaian",
                "satu pegawai dalam satu periode",
                (
                    Kolom("nip", "nip", "pegawai yang dinilai", wajib=True, pribadi=True),
                    Kolom("periode", "periode", "2022, 2022-TW3, atau 2022-07", wajib=True),
                    Kolom(
                        "rating_hasil",
                        "pilihan",
                        "rating hasil kerja terhadap ekspektasi",
                        wajib=True,
                        pilihan=RATING,
                        setara=_SETARA_RATING,
                    ),
                    Kolom(
                        "rating_perilaku",
                        "pilihan",
                        "rating perilaku kerja terhadap ekspektasi",
                        wajib=True,
                        pilihan=RATING,
                        setara=_SETARA_RATING,
                    ),
                    Kolom("ide_baru", "ya_tidak", "ya bila ada ide baru yang diakui", kosong_berarti="tidak"),
                    Kolom("catatan", "teks", "catatan dialog kinerja"),
                ),
                kunci=("nip", "periode"),
                rujukan=MappingProxyType({"nip": "pegawai.nip"}),
            ),
            Tabel(
                "kehadiran",
                "satu pegawai dalam satu bulan",
                (
                    Kolom("nip", "nip", "pegawai", wajib=True, pribadi=True),
                    Kolom("bulan", "bulan", "2022-07", wajib=True),
                    Kolom(
                        "hari_kerja",
                        "bulat",
                        "hari kerja bulan itu",
                        wajib=True,
                        satuan="hari",
                        paling_sedikit=0,
                        paling_banyak=31,
                    ),
                    Kolom(
                        "alpa",
                        "bulat",
                        "hari tidak masuk tanpa keterangan",
                        satuan="hari",
                        paling_sedikit=0,
                        paling_banyak=31,
                        kosong_berarti=0,
                    ),
                    Kolom(
                        "terlambat",
                        "menit",
                        "menit tiap kejadian terlambat, dipisah titik koma: 12; 45",
                        satuan="menit",
                        kosong_berarti="",
                    ),
                    Kolom(
                        "pulang_cepat",
                        "menit",
                        "menit tiap kejadian pulang cepat, dipisah titik koma",
                        satuan="menit",
                        kosong_berarti="",
                    ),
                    Kolom(
                        "lupa_rekam",
                        "bulat",
                        "kali tidak merekam masuk atau pulang",
                        satuan="kali",
                        paling_sedikit=0,
                        paling_banyak=62,
                        kosong_berarti=0,
                    ),
                    Kolom(
                        "tidak_apel",
                        "bulat",
                        "kali tidak ikut apel atau upacara",
                        satuan="kali",
                        paling_sedikit=0,
                        paling_banyak=31,
                        kosong_berarti=0,
                    ),
                    *(
                        Kolom(
                            nama,
                            "bulat",
                            keterangan,
                            satuan=satuan,
                            paling_sedikit=0,
                            paling_banyak=paling,
                            kosong_berarti=kosong,
                        )
                        for nama, keterangan, satuan, paling, kosong in _BAYARAN
                    ),
                    *(
                        Kolom(
                            c,
                            "bulat",
                            f"hari {c.replace('_', ' ')}",
                            satuan="hari",
                            paling_sedikit=0,
                            paling_banyak=31,
                            kosong_berarti=0,
                        )
                        for c in CUTI
                    ),
                ),
                kunci=("nip", "bulan"),
                rujukan=MappingProxyType({"nip": "pegawai.nip"}),
            ),
            Tabel(
                "hukuman",
                "satu hukuman disiplin",
                (
                    Kolom("nip", "nip", "pegawai", wajib=True, pribadi=True),
                    Kolom("jenis", "pilihan", "jenis hukuman (PP 94/2021)", wajib=True, pilihan=HUKUMAN),
                    Kolom("mulai", "tanggal", "tanggal mulai berlaku", wajib=True),
                    Kolom("sampai", "tanggal", "tanggal akhir; kosong bila tidak berbatas"),
                ),
                kunci=("nip", "jenis", "mulai"),
                rujukan=MappingProxyType({"nip": "pegawai.nip"}),
            ),
        )
    }
)
