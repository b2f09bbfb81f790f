"""What a phrase says as an indicator: its level on the ladder of results, and why it is weak if it is.

Read from the structure of the sentence, not from a list of sentences. The opening decides how
the rest is read: a verb or nominalised activity, a statement of a state (ter-...-nya), a count, a share,
an index, a rate, a time. Then the predicate decides: work of the office itself (dibina, disusun,
pelaksanaan ...) or a state of the beneficiary, the object or its quality (naik, tuntas, tanpa koreksi ...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kinerja.iki.leksikon import Frasa, Kata, leksikon, urai

TINGKAT = ("input", "aktivitas", "output", "mutu/waktu", "outcome", "dampak")
TIDAK_JELAS = "tidak jelas"

_PENGISI = frozenset(
    [
        "yang",
        "telah",
        "sudah",
        "dapat",
        "bisa",
        "akan",
        "masih",
        "mampu",
        "dan",
        "atau",
        "serta",
        "di",
        "ke",
        "dari",
        "pada",
        "dalam",
        "untuk",
        "oleh",
        "secara",
        "para",
        "setiap",
        "semua",
        "seluruh",
        "suatu",
        "sebuah",
        "hasil",
        "terhadap",
        "atas",
        "per",
        "tentang",
        "dengan",
        "bagi",
        "antar",
        "berdasarkan",
        "melalui",
    ]
)
_SAMBUNG = frozenset(("dan", "atau", "serta"))
_UKUR_KEDUA = frozenset(("persen", "hitungan", "penilaian", "laju"))
_BERSTATUS = frozenset(
    [
        "kondisi",
        "kategori",
        "predikat",
        "status",
        "nilai",
        "minimal",
        "klasifikasi",
        "berkategori",
        "berpredikat",
        "berstatus",
        "bernilai",
        "kinerja",
        "keadaan",
        "kriteria",
        "mutu",
        "sangat",
        "cukup",
        "kurang",
        "indeks",
        "berkinerja",
        "opini",
        "level",
        "peringkat",
    ]
)
_PENGANTAR_SIFAT = frozenset(("yang", "dengan", "secara", "lebih"))
_LAYANAN_UMUM = frozenset(["administrasi", "perkantoran", "umum", "internal", "kepegawaian", "surat", "jasa"])
_KEGIATAN_UMUM = frozenset(
    ["kegiatan", "tugas", "program", "pekerjaan", "rapat", "aktivitas", "sub-kegiatan", "subkegiatan"]
)
_PEMBAWA = frozenset(
    ("realisasi", "survei", "nol", "zero", "nihil", "hasil")
)  # carry the measure that follows
_SATUAN_KURUNG = re.compile(
    r"\((?:%|persen|ton|kg|ku|ha|nilai|indeks|hari|jam|menit|poin|skor|rasio|rp|rupiah|juta|per )", re.I
)
_UMUM_NAIK = frozenset(("pelayanan", "layanan", "kapasitas", "kemampuan", "kinerja", "pengetahuan"))
_TEMPAT = frozenset(
    ("titik", "lokasi", "kawasan", "hari", "jam", "desa", "rumah")
)  # units in which a state is counted
_SAKU_ANGGARAN = re.compile(r"\b(?:fisik|keuangan|anggaran|dana|belanja|pagu|dipa|apbd|dak)\b")
_UKUR_BELAKANG = frozenset(("rate", "ratio", "rasio", "index", "indeks", "time", "score"))
_SELESAI = frozenset(("penyelesaian", "pemenuhan", "ketersediaan", "tersedianya"))
_BUKAN_HURUF = re.compile(r"[^\W\d_]", re.U)


@dataclass(frozen=True, slots=True)
class Cacat:
    """One weakness: code, places of the words that show it, and what is wrong, in Indonesian."""

    kode: str
    tempat: tuple[int, ...]
    pesan: str


@dataclass(frozen=True, slots=True)
class Telaah:
    """The reading of one phrase. `ukuran` is the kind of measure that opens it ('' if none).

    batas: the phrase itself holds a standard, a deadline or a number.
    dampak: places of the words that name a final outcome of the whole region.
    """

    frasa: Frasa
    tingkat: str
    ukuran: str
    batas: bool
    dampak: tuple[int, ...]
    cacat: tuple[Cacat, ...]


class _Baca:
    """One reading; collects weaknesses."""

    def __init__(self, f: Frasa):
        self.f = f
        self.kata = f.kata
        self.lek = leksikon()
        self.cacat: list[Cacat] = []
        self.batas = {k for k, p in self.lek.pola["batas"] if p.search(f.kecil)}

    # -- small questions ---------------------------------------------------------------------------

    def isi(self, mulai: int) -> list[int]:
        """Places of words that carry meaning from `mulai` on."""
        return [i for i in range(mulai, len(self.kata)) if self.kata[i].baku not in _PENGISI]

    def ada(self, golongan: str, mulai: int) -> int:
        """First place from `mulai` on with a word of the group; -1 if none."""
        for i in range(mulai, len(self.kata)):
            if golongan in self.kata[i].golongan:
                return i
        return -1

    def hasil(self, mulai: int, kuat: bool = False) -> bool:
        """Whether a state of result follows. kuat: a change or completion, not only a quality word."""
        golongan = ("hasil.berubah", "hasil.tuntas") if kuat else ("hasil",)
        if any(self.ada(g, mulai) >= 0 for g in golongan):
            return True
        return not kuat and bool(self.batas)

    def kerja(self, k: Kata, luas: bool = False) -> bool:
        """A word of office work itself; luas: also work on things and people."""
        if "hasil" in k:
            return False
        if "akar_kerja" in k or "kegiatan" in k:
            return "gejala" not in k
        return luas and "akar_kerja_luas" in k and "gejala" not in k

    def tambah(self, kode: str, tempat: tuple[int, ...] | int, pesan: str) -> None:
        t = (tempat,) if isinstance(tempat, int) else tempat
        if all(c.kode != kode for c in self.cacat):
            self.cacat.append(Cacat(kode, tuple(i for i in t if 0 <= i < len(self.kata)), pesan))

    def kutip(self, i: int) -> str:
        return f"“{self.f.asli[i]}”"

    # -- the whole -----------------------------------------------------------------------------------

    def baca(self) -> Telaah:
        ukuran, mulai = self.pembuka()
        if self.kosong():
            self.tambah("L7", 0 if self.kata else (), "Isian ini belum berisi indikator.")
            return self.selesai("")
        match ukuran:
            case "":
                self.tanpa_ukuran()
            case "hitungan":
                self.hitungan(mulai)
            case "persen" | "cakupan":
                self.bagian(mulai)
            case _:
                self.penilaian(ukuran, mulai)
        self.kabur(ukuran)
        self.ganda(mulai)
        return self.selesai(ukuran)

    def kosong(self) -> bool:
        huruf = [k for k in self.kata if _BUKAN_HURUF.search(k.baku)]
        if not huruf or len("".join(k.baku for k in huruf)) < 3:
            return True
        if len(set("".join(k.baku for k in huruf))) <= 2:
            return True
        return all("isian_kosong" in k or not _BUKAN_HURUF.search(k.baku) for k in self.kata)

    def pembuka(self) -> tuple[str, int]:
        """(kind of measure, place after the measure words)."""
        for j in range(1, min(4, len(self.kata))):
            # "Net death rate", "Gini rasio", "Response time": the measure stands behind
            k = self.kata[j].baku
            if (
                k in _UKUR_BELAKANG
                and not self.kerja(self.kata[0], luas=True)
                and "kata_ukur" not in self.kata[0]
            ):
                return ("waktu" if k == "time" else "laju"), 0
            if k in ("rate", "ratio"):
                return "laju", j + 1
        jenis: list[str] = []
        i = 0
        while i < len(self.kata) and "kata_ukur" in self.kata[i]:
            jenis.append(self.jenis(self.kata[i]))
            i += 1
        if not jenis:
            return "", 0
        if jenis[0] == "laju" and "hitungan" in jenis:
            return "hitungan", i  # rata-rata jumlah rapat
        # rata-rata lama pelayanan is a time; persentase tingkat kelulusan a rate
        dalam = ("waktu", "akurasi", "selisih", "biaya", "penilaian")
        return next((j for j in jenis[1:] if j in dalam), jenis[0]), i

    @staticmethod
    def jenis(k: Kata) -> str:
        return next((g.partition(".")[2] for g in sorted(k.golongan) if g.startswith("kata_ukur.")), "")

    def selesai(self, ukuran: str) -> Telaah:
        kode = {c.kode for c in self.cacat}
        dampak = () if kode & {"L1", "L2", "L4", "L7", "L9", "L11"} else self.dampak(ukuran)
        if "L11" in kode:
            tingkat = "input"
        elif kode & {"L1", "L2"} or "L9" in kode:
            tingkat = "aktivitas"
        elif "L4" in kode:
            tingkat = "output"
        elif "L7" in kode:
            keluar = any(k.bentuk == "ter_nya" for k in self.kata[:1]) or self.ada("keluaran", 0) == 0
            tingkat = "output" if keluar else TIDAK_JELAS
        elif dampak:
            tingkat = "dampak"
        elif ukuran == "" or self.batas & {"mutu"} or ukuran in ("waktu", "akurasi", "selisih", "biaya"):
            tingkat = "mutu/waktu"
            if ukuran == "" and not self.batas:
                tingkat = "outcome"
        else:
            tingkat = "outcome"
        return Telaah(self.f, tingkat, ukuran, bool(self.batas), dampak, tuple(self.cacat))

    def dampak(self, ukuran: str) -> tuple[int, ...]:
        for _, pola in self.lek.pola["frasa_dampak"]:
            if m := pola.search(self.f.kecil):
                kata = set(m.group().split())
                return tuple(i for i, k in enumerate(self.kata) if kata & set(k.baku.split())) or (0,)
        i = self.ada("dampak", 0)
        return (i,) if 0 <= i < 3 and ukuran != "persen" else ()

    # -- readings by opening ---------------------------------------------------------------------------

    def melingkar(self, mulai: int) -> bool:
        for _, pola in self.lek.pola["melingkar"]:
            if pola.search(self.f.kecil):
                self.tambah(
                    "L9",
                    tuple(self.isi(mulai)[:4]),
                    "Indikator mengukur capaian atau terlaksananya rencana itu sendiri, bukan hasilnya.",
                )
                return True
        return False

    def masukan(self, mulai: int) -> bool:
        """Money spent and hours: what is used, not what comes of it."""
        s = self.ada("masukan.serap", mulai)
        a = self.ada("masukan.anggaran", mulai)
        if s >= 0 and (a >= 0 or _SAKU_ANGGARAN.search(self.f.kecil)):
            self.tambah(
                "L11", (s, a), "Yang diukur penyerapan anggaran: sumber daya yang dipakai, bukan hasilnya."
            )
            return True
        isi = self.isi(mulai)
        if isi == [s]:
            self.tambah("L11", s, "Yang diukur penyerapan: sumber daya yang dipakai, bukan hasilnya.")
            return True
        if isi and "masukan.tenaga" in self.kata[isi[0]]:
            self.tambah("L11", isi[0], "Yang diukur jam atau tenaga yang dipakai, bukan hasilnya.")
            return True
        return False

    def ikut(self, mulai: int) -> bool:
        i = self.ada("ikut", mulai)
        if i < 0 or self.hasil(i + 1, kuat=True):
            return False
        if any(k.baku in ("pemilih", "pemilu", "pilkada", "posyandu", "sekolah") for k in self.kata):
            return False
        self.tambah(
            "L1",
            i,
            f"{self.kutip(i)} menyebut keikutsertaan; yang dinilai harus hasil dari keikutsertaan itu.",
        )
        return True

    def yang(self, mulai: int) -> int:
        """Place of the first meaningful word after the first "yang"; -1 if none."""
        for i in range(mulai, len(self.kata)):
            if self.kata[i].baku == "yang":
                return next(iter(self.isi(i + 1)), -1)
        return -1

    def tanpa_ukuran(self) -> None:
        k = self.kata[0]
        isi = self.isi(0)
        akhir = isi[-1] if isi else 0
        gejala = len(isi) > 1 and "gejala" in self.kata[isi[1]]
        if gejala and (k.baku in _PEMBAWA or k.baku.isdigit()):
            return  # realisasi investasi, survei kepuasan, 0 temuan
        if k.bentuk == "me" or "kata_kerja_polos" in k:
            self.tambah(
                "L1",
                0,
                f"Indikator dibuka kata kerja {self.kutip(0)}: itu kegiatan, bukan hasil yang diukur.",
            )
            return
        if k.bentuk == "ter_nya":
            if self.kerja(k) and "akar_kerja.susun" not in k and "akar_kerja.ada" not in k:
                self.tambah("L2", 0, f"{self.kutip(0)} hanya berganti awalan; isinya tetap kegiatan.")
            else:
                self.tambah("L7", 0, f"{self.kutip(0)} membuka kalimat keadaan, bukan ukuran.")
            return
        if k.bentuk == "nya" and "gejala" not in k and "kata_perubahan" not in k:
            self.tambah("L7", 0, f"{self.kutip(0)} membuka kalimat keadaan; tulis ukuran perubahannya.")
            return
        if self.melingkar(0) or self.masukan(0):
            return
        if "ikut" in k:
            self.tambah("L1", 0, f"{self.kutip(0)} menyebut keikutsertaan, bukan hasil.")
            return
        if "kata_perubahan" in k:
            self.perubahan(0)
            return
        mutu = bool(self.batas) and any(x.bentuk in ("di", "ter") or "hasil" in x for x in self.kata[1:])
        if k.bentuk in ("pe_an", "asi") and "gejala" not in k and "bukan_kegiatan" not in k:
            self.tambah("L1", 0, f"{self.kutip(0)} menyebut kegiatan, bukan hasil yang diukur.")
            return
        if "kegiatan" in k and "gejala" not in k:
            self.tambah("L1", 0, f"{self.kutip(0)} menyebut kegiatan, bukan hasil yang diukur.")
            return
        if (
            mutu
            or (self.batas and self.hasil(0))
            or (
                any(x.baku == "terhadap" for x in self.kata[1:])
                and "keluaran" not in k
                and "kabur.benda" not in k
            )
        ):
            return
        if "gejala" in k and "kabur.benda" not in k:
            return
        if isi and self.kata[akhir].bentuk == "ter" and self.kerja(self.kata[akhir]):
            self.tambah("L2", akhir, f"{self.kutip(akhir)} hanya menyatakan kegiatan sudah berlangsung.")
            return
        self.tambah(
            "L7",
            0,
            "Isinya kalimat atau nama benda, bukan ukuran: tidak ada yang dihitung atau dibandingkan.",
        )

    def perubahan(self, i: int) -> None:
        """Penurunan jumlah gangguan: sound. Peningkatan mutu: an intention."""
        isi = self.isi(i + 1)
        if isi:
            k = self.kata[isi[0]]
            ukur = "kata_ukur" in k
            tumbuh = self.kata[i].baku not in ("peningkatan", "perbaikan", "percepatan", "efisiensi")
            satuan = bool(_SATUAN_KURUNG.search(self.f.teks)) and "gejala" in k
            if ukur or satuan or (tumbuh and "kabur.benda" not in k and not self.kerja(k)):
                return
        self.tambah("L1", i, f"{self.kutip(i)} tanpa ukuran menyebut niat, bukan besarnya perubahan.")

    def hitungan(self, mulai: int) -> None:
        isi = self.isi(mulai)
        if not isi:
            self.tambah("L7", 0, "Belum disebut apa yang dihitung.")
            return
        b = isi[0]
        k = self.kata[b]
        # laporan capaian kinerja is a document to be counted, not a circle
        if "keluaran" not in k and (self.melingkar(mulai) or self.masukan(mulai)):
            return
        benda = self.f.asli[b].lower()
        if "masukan" in k and "masukan.serap" not in k:
            self.tambah("L11", b, f"Yang dihitung {benda}: sumber daya yang dipakai, bukan hasilnya.")
            return
        if benda in ("pegawai", "sdm", "personel", "asn") and len(isi) == 1:
            self.tambah("L11", b, "Yang dihitung sumber daya, bukan hasil kerja.")
            return
        if k.baku == "kunjungan" and len(isi) > 1 and self.kerja(self.kata[isi[1]]):
            self.hitung(b, isi[1], f"{benda} {self.f.asli[isi[1]].lower()}")
            return
        p = self.yang(mulai)
        if p < 0:
            p = next((i for i in isi[1:] if self.pasif(self.kata[i])), -1)
        if self.kerja(k, luas=True) and "keluaran" not in k and "kata_ukur" not in k and "gejala" not in k:
            self.tambah(
                "L9", b, f"{self.kutip(b)} adalah kegiatan sendiri; menghitungnya tidak menunjukkan hasil."
            )
            return
        if p >= 0:
            q = self.kata[p]
            i = self.ada("ikut", p)
            if i >= 0 and self.ada("hasil.berubah", i + 1) < 0:
                self.hitung(b, i, f"{benda} yang {self.f.asli[i].lower()}")
                return
            if self.pasif_kerja(q, luas=True) or "dapat" in q or "ikut" in q:
                # "diciptakan dan digunakan": the second half of a pair of work words is work too
                lanjut = p + 3 if p + 2 < len(self.kata) and self.kata[p + 1].baku == "dan" else p + 1
                if not self.hasil(lanjut, kuat=True):
                    self.hitung(b, p, f"{benda} yang {self.f.asli[p].lower()}")
                return
            # terdampak, terlantar: a state that nobody's office work brought about
            if "hasil" in q or self.hasil(p) or "gejala" in k or "gejala" in q or q.bentuk == "ter":
                return
            self.hitung(b, p, f"{benda} yang {self.f.asli[p].lower()}")
            return
        if "gejala" in k or self.hasil(b + 1) or "kata_ukur" in k or self.kata[0].baku == "luas":
            return
        if "keluaran.orang" in k and len(isi) > 1 and "gejala.kejadian" in self.kata[isi[1]]:
            return  # siswa putus sekolah
        if self.ada("gejala", b + 1) >= 0 and ("keluaran" not in k or k.baku in _TEMPAT):
            return
        self.hitung(b, b, benda)

    @staticmethod
    def pasif(k: Kata) -> bool:
        return k.bentuk in ("di", "ter")

    def pasif_kerja(self, k: Kata, luas: bool) -> bool:
        if "hasil.berubah" in k or "hasil.tuntas" in k or ("hasil" in k and not luas):
            return False
        if k.bentuk == "me":
            return self.kerja(k)
        if k.bentuk == "di":
            return self.kerja(k, luas) or luas
        return k.bentuk in ("ter", "ter_nya") and self.kerja(k, luas)

    def hitung(self, b: int, p: int, apa: str) -> None:
        self.tambah(
            "L4",
            (0, b, p) if p != b else (0, b),
            f"Menghitung {apa} adalah keluaran, bukan perubahan pada penerimanya.",
        )

    def bagian(self, mulai: int) -> None:
        """Share or coverage of something: which subject, which predicate."""
        isi = self.isi(mulai)
        if not isi:
            self.tambah("L7", 0, "Belum disebut apa yang diukur.")
            return
        if self.melingkar(mulai) or self.masukan(mulai) or self.ikut(mulai):
            return
        b = isi[0]
        while "kata_perubahan" in self.kata[b] or "kata_ukur" in self.kata[b]:
            lanjut = self.isi(b + 1)
            if not lanjut:
                break
            b = lanjut[0]
        k = self.kata[b]
        if "kata_perubahan" in self.kata[isi[0]] and k.baku in _UMUM_NAIK:
            self.tambah(
                "L8", (isi[0], b), f"{self.kutip(b)} belum dapat dihitung: naik menurut alat ukur apa?"
            )
            return
        p = self.yang(b)
        if p >= 0:
            q = self.kata[p]
            if self.pasif_kerja(q, luas=False) and q.bentuk != "me":
                if not self.hasil(p + 1):
                    self.sendiri((b, p), f"{self.f.asli[b].lower()} yang {self.f.asli[p].lower()}")
                return
            if k.baku in _KEGIATAN_UMUM and q.bentuk in ("di", "ter") and not self.hasil(p):
                self.sendiri((b, p), f"{self.f.asli[b].lower()} yang {self.f.asli[p].lower()}")
                return
            if "dapat" in q and not self.hasil(p + 1):
                d = next((i for i in range(p + 1, len(self.kata)) if self.kerja(self.kata[i])), -1)
                if d >= 0 and self.kata[d].baku not in ("pelayanan", "layanan"):
                    self.tambah(
                        "L4",
                        (p, d),
                        f"Menerima {self.f.asli[d].lower()} baru keluaran; ukur apa yang berubah sesudahnya.",
                    )
                return
            if (
                q.bentuk == "me"
                and self.kerja(q)
                and not self.hasil(p + 1)
                and ("keluaran.orang" in k or "keluaran.kegiatan" in k)
                and k.baku in ("pegawai", "asn", "pns", "kegiatan", "staf", "tugas")
            ):
                self.sendiri((b, p), f"{self.f.asli[b].lower()} yang {self.f.asli[p].lower()}")
            return
        if k.bentuk == "ter_nya":
            self.sendiri((b,), self.f.asli[b].lower())
            return
        if k.bentuk == "nya" and "gejala" not in k:
            self.tambah(
                "L7", b, f"{self.kutip(b)} kalimat keadaan, bukan sesuatu yang dapat dipersentasekan."
            )
            return
        if "kabur.benda" in k and "gejala" not in k:
            self.tambah("L8", b, f"{self.kutip(b)} belum dapat dihitung: apa pembilang dan penyebutnya?")
            return
        kegiatan = self.kerja(k) and (k.bentuk in ("pe_an", "asi") or "kegiatan" in k)
        # "pembinaan desa mandiri" is still pembinaan: only completion or a standard makes it a result
        n = self.isi(b + 1)
        if (
            k.baku == "keberhasilan"
            and len(n) > 1
            and self.kerja(self.kata[n[0]])
            and self.kata[n[1]].baku in _KEGIATAN_UMUM
        ):
            self.sendiri((b, n[0], n[1]), f"{self.f.asli[b].lower()} {self.f.asli[n[0]].lower()}")
            return
        if self.batas or self.ada("hasil.tuntas", b) >= 0 or (not kegiatan and self.hasil(b)):
            return
        layanan_umum = k.baku in ("pelayanan", "layanan") and any(
            x.baku in _LAYANAN_UMUM for x in self.kata[b + 1 :]
        )
        if (kegiatan and k.baku not in ("pelayanan", "layanan")) or layanan_umum:
            self.sendiri((b,), self.f.asli[b].lower())
            return
        if "keluaran.dokumen" in k or "keluaran.kegiatan" in k:
            if k.baku not in ("pelayanan", "layanan") and self.ada("gejala", b + 1) < 0:
                self.sendiri((b,), self.f.asli[b].lower())
            return
        n = self.isi(b + 1)
        if (
            k.baku in _SELESAI
            and n
            and (
                "keluaran.dokumen" in self.kata[n[0]]
                or self.kata[n[0]].baku in _LAYANAN_UMUM | _KEGIATAN_UMUM
            )
        ):
            self.sendiri((b, n[0]), f"{self.f.asli[b].lower()} {self.f.asli[n[0]].lower()}")
            return
        d = next(
            (i for i in isi if i > b and self.pasif(self.kata[i]) and self.pasif_kerja(self.kata[i], False)),
            -1,
        )
        if d >= 0 and "gejala" not in k and not self.hasil(d + 1):
            self.sendiri((b, d), f"{self.f.asli[b].lower()} {self.f.asli[d].lower()}")

    def sendiri(self, tempat: tuple[int, ...], apa: str) -> None:
        self.tambah(
            "L9",
            tempat,
            f"Yang diukur pekerjaan sendiri ({apa}), bukan hasilnya; capaiannya hampir selalu penuh.",
        )

    def penilaian(self, ukuran: str, mulai: int) -> None:
        """Index, score, rate, average, time, deviation: sound if they measure anything but own work."""
        isi = self.isi(mulai)
        if not isi and len(self.kata) < 3 and ukuran != "penilaian":
            self.tambah("L7", 0, "Belum disebut apa yang diukur.")
            return
        if ukuran in ("selisih",):
            return
        if self.melingkar(mulai) or self.masukan(mulai):
            return
        if (
            ukuran == "waktu"
            and len(isi) > 1
            and self.kerja(self.kata[isi[0]])
            and self.kata[isi[1]].baku in _KEGIATAN_UMUM
        ):
            self.sendiri((isi[0], isi[1]), f"{self.f.asli[isi[0]].lower()} {self.f.asli[isi[1]].lower()}")
            return
        if ukuran in ("waktu", "akurasi", "biaya") or not isi:
            return
        if self.ikut(mulai):
            return
        b = isi[0]
        k = self.kata[b]
        umum = any(x.baku in _KEGIATAN_UMUM for x in self.kata[b : b + 2])
        if ukuran == "penilaian":
            if self.kerja(k) and umum and not self.hasil(b + 1):
                self.sendiri((b,), self.f.asli[b].lower())
            return
        n = self.isi(b + 1)
        if k.baku in _SELESAI and n and self.kata[n[0]].baku in _KEGIATAN_UMUM and not self.batas:
            self.sendiri((b, n[0]), f"{self.f.asli[b].lower()} {self.f.asli[n[0]].lower()}")
            return
        if "kabur.benda" in k and "gejala" not in k:
            self.tambah("L8", b, f"{self.kutip(b)} belum terukur: sebut alat ukur dan standarnya.")
            return
        if (
            self.kerja(k)
            and k.baku not in _UMUM_NAIK
            and not self.hasil(b + 1)
            and (k.bentuk in ("pe_an", "asi") or "kegiatan" in k or umum)
        ):
            self.sendiri((b,), self.f.asli[b].lower())
            return
        p = self.yang(b)
        if (
            p >= 0
            and self.pasif_kerja(self.kata[p], False)
            and self.kata[p].bentuk != "me"
            and not self.hasil(p + 1)
        ):
            self.sendiri((b, p), f"{self.f.asli[b].lower()} yang {self.f.asli[p].lower()}")

    # -- what may stand anywhere -----------------------------------------------------------------------

    def kabur(self, ukuran: str) -> None:
        for _, pola in self.lek.pola["frasa_kabur"]:
            if m := pola.search(self.f.kecil):
                kata = set(re.split(r"\W+", m.group()))
                tempat = tuple(i for i, k in enumerate(self.kata) if k.baku in kata)
                self.tambah("L8", tempat, f"“{m.group()}” tidak punya ukuran.")
                return
        for i, k in enumerate(self.kata):
            if "kabur.sifat" not in k:
                continue
            dulu = self.kata[i - 1].baku if i else ""
            lanjut = self.kata[i + 1].baku if i + 1 < len(self.kata) else ""
            if lanjut.startswith("me") and not self.kerja(self.kata[i + 1]):
                continue  # lancar membaca
            if (
                lanjut[:1].isdigit()
                or dulu in _BERSTATUS
                or any(x.baku in _BERSTATUS for x in self.kata[max(0, i - 3) : i])
                or (k.baku == "maksimal" and self.batas)
            ):
                continue
            if not ukuran or dulu in _PENGANTAR_SIFAT:
                self.tambah(
                    "L8", i, f"{self.kutip(i)} tidak punya ukuran: sebut standar, angka, atau batas waktunya."
                )
                return
        if not ukuran and self.cacat:
            i = self.ada("kabur.benda", 0)
            if i >= 0 and "gejala" not in self.kata[i]:
                self.tambah(
                    "L8", i, f"{self.kutip(i)} tidak punya ukuran: sebut standar, angka, atau batas waktunya."
                )

    def ganda(self, mulai: int) -> None:
        for i in range(max(1, mulai), len(self.kata) - 1):
            if self.kata[i].baku not in _SAMBUNG:
                continue
            k, dulu = self.kata[i + 1], self.kata[i - 1]
            if "kata_ukur" in k and self.jenis(k) in _UKUR_KEDUA and "gejala" not in k and mulai:
                self.tambah(
                    "L17",
                    (0, i + 1),
                    f"Dua ukuran dalam satu baris: {self.kutip(0)} dan {self.kutip(i + 1)}.",
                )
                return
            if (
                self.jenis(self.kata[0]) == "hitungan"
                and i - 1 == mulai
                and "keluaran.dokumen" in k
                and "keluaran.dokumen" in dulu
            ):
                self.tambah(
                    "L17",
                    (i - 1, i + 1),
                    f"Dua satuan dalam satu baris: {self.kutip(i - 1)} dan {self.kutip(i + 1)}.",
                )
                return


@lru_cache(maxsize=200_000)
def telaah(teks: str) -> Telaah:
    """Read one phrase (tidied text). Never fails, whatever the text."""
    return _Baca(urai(teks)).baca()
