"""The rules of pay: from class to gross to net, one expression each, for every scheme.

A scheme (params/tukin/) chooses by its data which of the variants of a rule it uses and supplies the numbers.
Money is rounded to whole rupiah where a line of the slip is made, never in between.

The whole cut is told in a stated order: performance, then attendance, then leave, then sanctions; each line
is the fall from one rounded amount to the next, so the lines add up to the whole cut to the rupiah.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import FunctionType
from typing import TYPE_CHECKING, Any

from kinerja.aturan import Fungsi, aturan, keterangan
from kinerja.pecahan import Kode, Pecahan, Skalar, pilih, rupiah, terbesar, terkecil
from kinerja.tukin import tpp

Tabel = Mapping[Any, Any]
Selang = Sequence[Mapping[str, Any]]

if TYPE_CHECKING:  # the tables of pay hold numbers, never words

    def cari(tabel: Tabel, *kunci: Kode | Pecahan) -> Pecahan: ...

    def cari_selang(selang: Selang, x: Pecahan) -> Pecahan: ...
else:
    from kinerja.pecahan import cari, cari_selang

SKEMA = "Aturan skema"  # stands for the source of the scheme in use
_SELISIH = "Selisih dua jumlah yang sudah dibulatkan; urutan kinerja, kehadiran, cuti, hukuman"


def salin(fungsi: Fungsi, label: str, *, dasar: str, status: str, satuan: str | None = None) -> Fungsi:
    """The same rule under another name for people: one formula, several places."""
    lama = keterangan(fungsi)
    baru = FunctionType(fungsi.__code__, fungsi.__globals__, fungsi.__name__)
    baru.__annotations__ = fungsi.__annotations__
    return aturan(label, satuan=satuan or lama.satuan, dasar=dasar, status=status)(baru)


# -- the class's amount -----------------------------------------------------------------------------


@aturan(
    "Tarif kelas jabatan", satuan="rupiah", dasar="Tangga × indeks, dibulatkan ke rupiah", status="dua-sumber"
)
def tarif(kelas: Pecahan, tangga: Tabel, indeks: Skalar) -> Pecahan:
    return rupiah(cari(tangga, kelas) * indeks)


@aturan("Besaran kelas", satuan="rupiah", dasar=SKEMA, status="tafsir")
def besaran(tarif: Pecahan, kelas: Pecahan, persen_kelas: Tabel) -> Pecahan:
    return rupiah(tarif * cari(persen_kelas, kelas) / 100)


@aturan("Persen hak", satuan="persen", dasar=SKEMA, status="tafsir")
def persen_hak(status: Kode, persen_status: Tabel, jenis_opd: Kode, persen_unit: Tabel) -> Pecahan:
    return cari(persen_status, status) * cari(persen_unit, jenis_opd) / 100


@aturan("Hak sebulan", satuan="rupiah", dasar="Besaran × persen hak", status="tafsir")
def hak(besaran: Pecahan, persen_hak: Pecahan) -> Pecahan:
    return rupiah(besaran * persen_hak / 100)


# -- performance -----------------------------------------------------------------------------------

nilai_predikat = salin(
    tpp.nilai_produktivitas, "Nilai kinerja menurut predikat", dasar=SKEMA, status="sekunder"
)


@aturan("Nilai kinerja menurut realisasi", satuan="persen", dasar=SKEMA, status="teks")
def nilai_realisasi(realisasi: Pecahan, realisasi_paling_banyak: Skalar) -> Pecahan:
    return terbesar(terkecil(realisasi, realisasi_paling_banyak), 0)


@aturan("Nilai kinerja menurut capaian organisasi", satuan="persen", dasar=SKEMA, status="dua-sumber")
def nilai_organisasi(capaian_organisasi: Pecahan, persen_organisasi: Selang) -> Pecahan:
    return cari_selang(persen_organisasi, capaian_organisasi)


@aturan("Nilai kinerja menurut hari berhasil", satuan="persen", dasar=SKEMA, status="sekunder")
def nilai_hari(hari_tanpa_hasil: Pecahan, hari_kerja: Pecahan) -> Pecahan:
    return terbesar(100 - 100 * hari_tanpa_hasil / hari_kerja, 0)


@aturan("Poin normal", satuan="menit", dasar=SKEMA, status="sekunder")
def poin_normal(hari_kerja: Pecahan, jam_kerja_sehari: Skalar) -> Pecahan:
    return hari_kerja * jam_kerja_sehari * 60


@aturan("Poin di atas normal", satuan="menit", dasar=SKEMA, status="sekunder")
def kelebihan_poin(poin: Pecahan, poin_normal: Pecahan) -> Pecahan:
    return poin - poin_normal


@aturan("Nilai kinerja menurut poin", satuan="persen", dasar=SKEMA, status="sekunder")
def nilai_poin(kelebihan_poin: Pecahan, persen_kelebihan_poin: Selang) -> Pecahan:
    return cari_selang(persen_kelebihan_poin, kelebihan_poin)


@aturan("Nilai kinerja", satuan="persen", dasar=SKEMA, status="tafsir")
def nilai_produktivitas(nilai_kinerja: Pecahan, pelanggaran_kinerja: Pecahan) -> Pecahan:
    return terbesar(nilai_kinerja - pelanggaran_kinerja, 0)


persen_kinerja = salin(
    tpp.nilai_disiplin_penuh,
    "Persen dibayar bila hanya kinerja dihitung",
    dasar="Porsi kinerja × nilai kinerja + porsi kehadiran penuh",
    status="tafsir",
)

# -- attendance, leave, sanctions ------------------------------------------------------------------------

nilai_disiplin = salin(tpp.nilai_disiplin, "Nilai kehadiran", dasar=SKEMA, status="sekunder")


@aturan("Potongan dari total", satuan="persen", dasar=SKEMA, status="tafsir")
def potongan_terbatas(potongan_total: Pecahan, batas_potongan: Skalar) -> Pecahan:
    return terkecil(potongan_total, batas_potongan)


@aturan("Persen dibayar setelah kehadiran", satuan="persen", dasar=SKEMA, status="tafsir")
def persen_kehadiran(
    nilai_produktivitas: Pecahan,
    porsi_produktivitas: Skalar,
    nilai_disiplin: Pecahan,
    porsi_disiplin: Skalar,
    potongan_terbatas: Pecahan,
) -> Pecahan:
    return terbesar(
        nilai_produktivitas * porsi_produktivitas / 100
        + nilai_disiplin * porsi_disiplin / 100
        - potongan_terbatas,
        0,
    )


@aturan("Persen dibayar setelah cuti", satuan="persen", dasar=SKEMA, status="tafsir")
def persen_cuti(
    persen_kehadiran: Pecahan, potongan_hari_cuti: Pecahan, tidak_dibayar_cuti: Pecahan
) -> Pecahan:
    return terbesar(persen_kehadiran - potongan_hari_cuti, 0) * terbesar(100 - tidak_dibayar_cuti, 0) / 100


# -- the slip: amounts in rupiah --------------------------------------------------------------------------


@aturan("Setelah kinerja", satuan="rupiah", dasar="Besaran × persen hak × persen kinerja", status="tafsir")
def setelah_kinerja(besaran: Pecahan, persen_hak: Pecahan, nilai_disiplin_penuh: Pecahan) -> Pecahan:
    return rupiah(besaran * persen_hak * nilai_disiplin_penuh / 10000)


@aturan("Setelah kehadiran", satuan="rupiah", dasar="Besaran × persen hak × persen dibayar", status="tafsir")
def setelah_kehadiran(besaran: Pecahan, persen_hak: Pecahan, persen_kehadiran: Pecahan) -> Pecahan:
    return rupiah(besaran * persen_hak * persen_kehadiran / 10000)


@aturan("Setelah cuti", satuan="rupiah", dasar="Besaran × persen hak × persen dibayar", status="tafsir")
def setelah_cuti(besaran: Pecahan, persen_hak: Pecahan, persen_cuti: Pecahan) -> Pecahan:
    return rupiah(besaran * persen_hak * persen_cuti / 10000)


@aturan(
    "Tukin atau TPP dibayar",
    satuan="rupiah",
    dasar="(Besaran − potongan hukuman − turun kelas) × persen hak × persen dibayar",
    status="tafsir",
)
def dibayar(
    besaran: Pecahan,
    susut_besaran: Pecahan,
    persen_hak: Pecahan,
    persen_cuti: Pecahan,
    potongan_hukuman_persen: Pecahan,
) -> Pecahan:
    return rupiah(
        (besaran * (100 - potongan_hukuman_persen) / 100 - susut_besaran) * (persen_hak * persen_cuti / 10000)
    )


@aturan("Berkurang karena kinerja", satuan="rupiah", dasar=_SELISIH, status="tafsir")
def potongan_kinerja(hak: Pecahan, setelah_kinerja: Pecahan) -> Pecahan:
    return hak - setelah_kinerja


@aturan("Berkurang karena kehadiran", satuan="rupiah", dasar=_SELISIH, status="tafsir")
def potongan_kehadiran(setelah_kinerja: Pecahan, setelah_kehadiran: Pecahan) -> Pecahan:
    return setelah_kinerja - setelah_kehadiran


@aturan("Berkurang karena cuti", satuan="rupiah", dasar=_SELISIH, status="tafsir")
def potongan_cuti(setelah_kehadiran: Pecahan, setelah_cuti: Pecahan) -> Pecahan:
    return setelah_kehadiran - setelah_cuti


@aturan("Berkurang karena hukuman disiplin", satuan="rupiah", dasar=_SELISIH, status="tafsir")
def potongan_hukuman(setelah_cuti: Pecahan, dibayar: Pecahan) -> Pecahan:
    return setelah_cuti - dibayar


# -- additions, tax, contributions ----------------------------------------------------------------------------


@aturan("Tambahan pelaksana tugas", satuan="rupiah", dasar=SKEMA, status="sekunder")
def tambahan_plt(hak: Pecahan, kali_plt: Pecahan, persen_plt: Skalar) -> Pecahan:
    return rupiah(hak * kali_plt * persen_plt / 100)


@aturan("Tukin atau TPP dalam THR", satuan="rupiah", dasar="Hak sebulan tanpa potongan", status="sekunder")
def thr(hak: Pecahan, kali_thr: Pecahan, persen_thr: Skalar) -> Pecahan:
    return rupiah(hak * kali_thr * persen_thr / 100)


@aturan("Tukin atau TPP ketiga belas", satuan="rupiah", dasar="Hak sebulan tanpa potongan", status="sekunder")
def ketiga_belas(hak: Pecahan, kali_ketiga_belas: Pecahan, persen_ketiga_belas: Skalar) -> Pecahan:
    return rupiah(hak * kali_ketiga_belas * persen_ketiga_belas / 100)


@aturan("Jumlah kotor", satuan="rupiah", dasar="Dibayar + tambahan", status="tafsir")
def kotor(dibayar: Pecahan, tambahan_plt: Pecahan, thr: Pecahan, ketiga_belas: Pecahan) -> Pecahan:
    return dibayar + tambahan_plt + thr + ketiga_belas


@aturan(
    "Penghasilan bruto sebulan",
    satuan="rupiah",
    dasar="Gaji + jumlah kotor (PMK 168/2023)",
    status="dua-sumber",
)
def bruto(gaji: Pecahan, kotor: Pecahan) -> Pecahan:
    return gaji + kotor


@aturan(
    "Kategori TER (1 = A, 2 = B, 3 = C)", satuan="pengali", dasar="PP 58/2023 Pasal 2", status="dua-sumber"
)
def kategori(status_ptkp: Kode, kategori_ter: Tabel) -> Pecahan:
    return cari(kategori_ter, status_ptkp)


@aturan("Tarif efektif bulanan", satuan="persen", dasar="PP 58/2023 dan PMK 168/2023", status="dua-sumber")
def tarif_ter(bruto: Pecahan, kategori: Pecahan, ter_a: Selang, ter_b: Selang, ter_c: Selang) -> Pecahan:
    return pilih(
        kategori == 1,
        cari_selang(ter_a, bruto),
        pilih(kategori == 2, cari_selang(ter_b, bruto), cari_selang(ter_c, bruto)),
    )


@aturan(
    "PPh 21 atas bruto",
    satuan="rupiah",
    dasar="Tarif efektif × bruto (PMK 168/2023); dibulatkan ke rupiah (tafsir)",
    status="dua-sumber",
)
def pph_bruto(bruto: Pecahan, tarif_ter: Pecahan) -> Pecahan:
    return rupiah(bruto * tarif_ter / 100)


@aturan("PPh 21 dipotong", satuan="rupiah", dasar="PPh atas bruto − PPh atas gaji", status="tafsir")
def pph_ter(pph_bruto: Pecahan, pph_gaji: Pecahan) -> Pecahan:
    return pph_bruto - pph_gaji


@aturan("PPh final dipotong", satuan="rupiah", dasar="PP 80/2010 Pasal 4", status="dua-sumber")
def pph_final(kotor: Pecahan, golongan: Kode, tarif_final: Tabel) -> Pecahan:
    return rupiah(kotor * cari(tarif_final, golongan) / 100)


@aturan("PPh 21 dipotong dari pegawai", satuan="rupiah", dasar=SKEMA, status="dua-sumber")
def pph_tetap(kotor: Pecahan, tarif_dipotong: Skalar) -> Pecahan:
    return rupiah(kotor * tarif_dipotong / 100)


@aturan(
    "Dasar iuran jaminan kesehatan atas tukin atau TPP",
    satuan="rupiah",
    dasar="Sampai batas upah; bagian gaji dibebani lebih dulu; tanpa THR dan ketiga belas",
    status="tafsir",
)
def dasar_bpjs(gaji: Pecahan, dibayar: Pecahan, tambahan_plt: Pecahan, batas_upah_bpjs: Skalar) -> Pecahan:
    return terkecil(gaji + dibayar + tambahan_plt, batas_upah_bpjs) - terkecil(gaji, batas_upah_bpjs)


@aturan("Iuran jaminan kesehatan pegawai", satuan="rupiah", dasar="Perpres 75/2019", status="dua-sumber")
def bpjs_pegawai(dasar_bpjs: Pecahan, iuran_bpjs_pegawai: Skalar) -> Pecahan:
    return rupiah(dasar_bpjs * iuran_bpjs_pegawai / 100)


@aturan(
    "Iuran jaminan kesehatan pemberi kerja", satuan="rupiah", dasar="Perpres 75/2019", status="dua-sumber"
)
def bpjs_pemberi_kerja(dasar_bpjs: Pecahan, iuran_bpjs_pemberi_kerja: Skalar) -> Pecahan:
    return rupiah(dasar_bpjs * iuran_bpjs_pemberi_kerja / 100)


@aturan(
    "Iuran wajib pegawai dari gaji", satuan="rupiah", dasar="Tidak mengenai tukin atau TPP", status="sekunder"
)
def iwp(gaji_pokok: Pecahan, iwp_pensiun: Skalar, iwp_hari_tua: Skalar) -> Pecahan:
    return rupiah(gaji_pokok * iwp_pensiun / 100 + gaji_pokok * iwp_hari_tua / 100)


@aturan("Diterima bersih", satuan="rupiah", dasar="Kotor − PPh 21 − iuran pegawai", status="tafsir")
def bersih(kotor: Pecahan, pph: Pecahan, bpjs_pegawai: Pecahan) -> Pecahan:
    return kotor - pph - bpjs_pegawai


# -- below the month: single events, leave days, sanctions ------------------------------------------------------


@aturan("Potongan", satuan="persen", dasar=SKEMA, status="tafsir")
def potongan_kali(kali: Pecahan, persen_per_kali: Skalar) -> Pecahan:
    return kali * persen_per_kali


@aturan("Potongan", satuan="persen", dasar=SKEMA, status="tafsir")
def potongan_per_menit(
    menit: Pecahan, persen_per_menit: Skalar, jenis_jabatan: Kode, kena_menit: Tabel
) -> Pecahan:
    return menit * persen_per_menit * cari(kena_menit, jenis_jabatan)


@aturan("Potongan", satuan="persen", dasar=SKEMA, status="tafsir")
def potongan_selang(menit: Pecahan, persen_menit: Selang, jenis_jabatan: Kode, kena_menit: Tabel) -> Pecahan:
    return cari_selang(persen_menit, menit) * cari(kena_menit, jenis_jabatan)


@aturan("Potongan", satuan="persen", dasar=SKEMA, status="tafsir")
def potongan_selang_tepat_60(
    menit: Pecahan, persen_menit: Selang, persen_tepat_60: Skalar, jenis_jabatan: Kode, kena_menit: Tabel
) -> Pecahan:
    return pilih(menit == 60, persen_tepat_60, cari_selang(persen_menit, menit)) * cari(
        kena_menit, jenis_jabatan
    )


@aturan(
    "Bagian bulan tidak dibayar", satuan="persen", dasar="Hari cuti ÷ hari kerja bulan itu", status="tafsir"
)
def tidak_dibayar(hari: Pecahan, hari_kerja: Pecahan, persen_dibayar: Skalar) -> Pecahan:
    return hari * (100 - persen_dibayar) / hari_kerja


@aturan(
    "Bagian bulan tidak dibayar",
    satuan="persen",
    dasar="Seluruh bulan menurut banyak hari cuti",
    status="tafsir",
)
def tidak_dibayar_sebulan(bulan_kena: Pecahan, persen_dibayar: Skalar) -> Pecahan:
    return bulan_kena * (100 - persen_dibayar)


@aturan("Potongan hukuman bulan itu", satuan="persen", dasar="Hari kena ÷ hari dalam bulan", status="tafsir")
def potongan_tingkat(hari_kena: Pecahan, hari_sebulan: Pecahan, potongan_tingkat_ini: Skalar) -> Pecahan:
    return potongan_tingkat_ini * hari_kena / hari_sebulan


@aturan(
    "Turun besaran selama hukuman",
    satuan="rupiah",
    dasar="Selisih besaran dua kelas × bagian bulan yang dikenai",
    status="tafsir",
)
def susut(besaran: Pecahan, besaran_lama: Pecahan, hari_kena: Pecahan, hari_sebulan: Pecahan) -> Pecahan:
    return (besaran_lama - besaran) * hari_kena / hari_sebulan
