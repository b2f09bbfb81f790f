"""What a phrase says as an indicator: its level on the ladder of results, and why it is weak if it is.

Read from the structure of the sentence, not from a list of sentences. The opening decides how
the rest is read: a verb or nominalised activity, a statement of a state (ter-...-nya), a count, a share,
an index, a rate, a time. Then the predicate decides: work of the office itself (dibina, disusun,
pelaksanaan ...) or a state of the beneficiary, the object or its quality (naik, tuntas, tanpa koreksi ...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kinerja.iki.leksikon import Frasa, Kata, leksikon, tulis, urai

TINGKAT = ("input", "aktivitas", "output", "mutu/waktu", "outcome", "dampak")
TIDAK_JELAS = "tidak jelas"

_SAMBUNG = frozenset(("dan", "atau", "serta"))
_UKUR_KEDUA = frozenset(("persen", "hitungan", "penilaian", "laju"))  # kinds of measure, not words
_SATUAN_KURUNG = re.compile(  # a unit of something measured; "(dokumen)" or "(unit)" is none
    r"\(\s*(?:%|persen|ribu |juta |miliar |triliun |rp|rupiah|usd|ton|kg|ku|kw|ha|km|m[23]\b|liter|kwh|mwh|sbm|kkal|"
    r"nilai|indeks|skor|skala|poin|rasio|hari|jam|menit|detik|bulan|tahun|per |[a-z0-9]+\s?/\s?[a-z]+)",
    re.I,
)
_DALAM_KURUNG = re.compile(r"\((.+)\)[\s*.]*$")
_SAKU_ANGGARAN = re.compile(r"\b(?:fisik|keuangan|anggaran|dana|belanja|pagu|dipa|apbd|dak)\b")
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
    proses: places of the words that name only the timeliness or completeness of the office's own papers.
    """

    frasa: Frasa
    tingkat: str
    ukuran: str
    batas: bool
    dampak: tuple[int, ...]
    proses: tuple[int, ...]
    cacat: tuple[Cacat, ...]


class _Baca:
    """One reading; collects weaknesses."""

    def __init__(self, f: Frasa):
        self.f = f
        self.kata = f.kata
        self.lek = leksikon()
        self.daftar = self.lek.daftar
        self.cacat: list[Cacat] = []
        self.batas = {k for k, p in self.lek.pola["batas"] if p.search(f.kecil)}

    # -- small questions ---------------------------------------------------------------------------

    def isi(self, mulai: int) -> list[int]:
        """Places of words that carry meaning from `mulai` on."""
        return [i for i in range(mulai, len(self.kata)) if self.kata[i].baku not in self.daftar["pengisi"]]

    def ada(self, golongan: str, mulai: int) -> int:
        """First place from `mulai` on with a word of the group; -1 if none."""
        for i in range(mulai, len(self.kata)):
            if golongan in self.kata[i].golongan:
                return i
        return -1

    def maksud(self, mulai: int) -> int:
        """Where a purpose begins (untuk, menuju, dalam rangka): what follows is wished for, not reached."""
        n = len(self.kata)
        for i in range(mulai, n):
            if self.kata[i].baku in self.daftar["tujuan"] and all(k.baku != "yang" for k in self.kata[i:]):
                return i
        return n

    def hasil(self, mulai: int, kuat: bool = False) -> bool:
        """Whether a state of result follows. kuat: a change or completion, not only a quality word."""
        golongan = ("hasil.berubah", "hasil.tuntas") if kuat else ("hasil",)
        if any(0 <= self.ada(g, mulai) < self.maksud(mulai) for g in golongan):
            return True
        return not kuat and bool(self.batas)

    def hasil_berkas(self, mulai: int) -> bool:
        """Whether a counted paper has a state of its own; the activity it reports on has none to give."""
        for k in self.kata[mulai : self.maksud(mulai)]:
            if "hasil" in k:
                return True
            if k.bentuk in ("pe_an", "asi") and "gejala" not in k:
                break
        return bool(self.batas)

    def gejala(self, i: int) -> bool:
        """A symptom in its place: kunjungan wisatawan, not kunjungan ke kelompok tani."""
        k = self.kata[i]
        if "gejala" not in k:
            return False
        lanjut = self.kata[i + 1] if i + 1 < len(self.kata) else None
        if k.baku == "kunjungan":
            return lanjut is None or not (
                lanjut.baku in self.daftar["pelengkap_kunjungan"] or self.kerja(lanjut)
            )
        if k.baku == "penerimaan":  # revenue, unless something is handed in
            return lanjut is None or not ("gejala.kejadian" in lanjut or "keluaran" in lanjut)
        return True

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

    def sebut(self, i: int) -> str:
        """A word as it is written inside a sentence."""
        return tulis(self.f.asli[i], self.f.teks.isupper())

    def kutip(self, i: int) -> str:
        return f"“{self.f.asli[i]}”"

    # -- the whole -----------------------------------------------------------------------------------

    def baca(self) -> Telaah:
        ukuran, mulai = self.pembuka()
        if self.kosong():
            self.tambah("L7", 0 if self.kata else (), "Isian ini belum berisi indikator.")
            return self.selesai("")
        if ukuran == "hitungan" and "(%" in self.f.teks.replace(" ", ""):
            ukuran = "persen"  # total kredit/PDRB (%)
        if not ukuran and (m := _DALAM_KURUNG.search(self.f.teks)):
            dalam = _Baca(urai(m[1]))  # pengelolaan sampah (timbulan sampah yang terolah (%))
            if len(dalam.kata) > 2 and ({"kata_ukur", "gejala"} & dalam.kata[0].golongan):
                t = dalam.baca()
                if not t.cacat:
                    return replace(t, frasa=self.f, dampak=(), proses=())
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
        self.deret()
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
                k in self.daftar["ukur_belakang"]
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
        if jenis[0] == "laju" and "hitungan" in jenis and not self.kata[0].baku.startswith("rasi"):
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
        return Telaah(
            self.f, tingkat, ukuran, bool(self.batas), dampak, self.proses(ukuran), tuple(self.cacat)
        )

    def proses(self, ukuran: str) -> tuple[int, ...]:
        """Persentase laporan yang disampaikan tepat waktu: own papers, own work, and nobody who uses them."""
        isi = [i for i in self.isi(0) if "kata_ukur" not in self.kata[i]]
        if ukuran not in ("persen", "waktu", "laju", "akurasi") or not isi:
            return ()
        b = isi[0]
        if self.kata[b].baku in self.daftar["selesai"] and len(isi) > 1:
            b = isi[1]  # penyelesaian laporan
        if self.kata[b].baku not in self.daftar["berkas_sendiri"]:
            return ()
        p = self.yang(b)
        q = self.kata[p] if p >= 0 else self.kata[b]
        tepat = "tepat waktu" in self.f.kecil or "ketepatan waktu" in self.f.kecil or "jadwal" in self.f.kecil
        luar = any({"hasil.tuntas", "hasil.berubah", "hasil.punya"} & k.golongan for k in self.kata[b:])
        return (b, p if p >= 0 else b) if tepat and not luar and (p < 0 or self.kerja(q) or p == b) else ()

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
            if (m := pola.search(self.f.kecil)) and not self.berperingkat(m.start()):
                self.tambah(
                    "L9",
                    tuple(self.isi(mulai)[:4]),
                    "Indikator mengukur capaian atau terlaksananya rencana itu sendiri, bukan hasilnya.",
                )
                return True
        return False

    def berperingkat(self, mulai: int) -> bool:
        """Persentase OPD yang capaian kinerjanya berkategori baik: others are judged by a standard."""
        return "yang" in self.f.kecil and bool(
            re.search(r"\b(?:ber)?(?:kategori|predikat)\b", self.f.kecil[mulai:])
        )

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
        if i < 0:
            i = self.belajar(mulai)
        if i < 0 or self.hasil(i + 1, kuat=True):
            return False
        if i and self.kata[i - 1].baku in ("daftar", "rekap", "data", "rekapitulasi"):
            return False  # daftar hadir is a paper
        if self.kata[i].baku in ("hadir", "kehadiran") and any(
            k.baku in self.daftar["siswa"] for k in self.kata
        ):
            return False  # the attendance of pupils is what a school is for
        if any(k.baku in ("pemilih", "pemilu", "pilkada", "posyandu", "sekolah") for k in self.kata):
            return False
        self.tambah(
            "L1",
            i,
            f"{self.kutip(i)} menyebut keikutsertaan; yang dinilai harus hasil dari keikutsertaan itu.",
        )
        return True

    def belajar(self, mulai: int) -> int:
        """Place of melakukan, melaksanakan in front of a course that people take; -1 if none."""
        p = self.yang(mulai)
        if p < 0 or self.kata[p].baku not in ("melakukan", "melaksanakan", "menjalani", "menempuh"):
            return -1
        dekat = self.isi(p + 1)[:2]
        return p if any(self.kata[i].baku in self.daftar["kegiatan_belajar"] for i in dekat) else -1

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
        bawa = next((i for i in isi if self.kata[i].baku not in self.daftar["pembawa"]), 0)
        gejala = len(isi) > 1 and "gejala" in self.kata[bawa or isi[1]]
        if gejala and (k.baku in self.daftar["pembawa"] or k.baku.isdigit()):
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
        if "gejala" in k and not self.gejala(0):
            self.tambah("L1", 0, f"{self.kutip(0)} menyebut kegiatan, bukan hasil yang diukur.")
            return
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
        if _SATUAN_KURUNG.search(self.f.teks):
            return  # inklusi keuangan (%): the unit makes the noun a measure
        if {"gejala.keadaan", "gejala.prestasi"} & k.golongan:
            self.tambah(
                "L7",
                0,
                f"{self.kutip(0)} adalah keadaan, bukan ukuran: sebut indeks, persentase, atau angkanya.",
            )
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
        benda = self.sebut(b)
        if "masukan" in k and "masukan.serap" not in k:
            self.tambah("L11", b, f"Yang dihitung {benda}: sumber daya yang dipakai, bukan hasilnya.")
            return
        if benda in ("pegawai", "sdm", "personel", "asn") and len(isi) == 1:
            self.tambah("L11", b, "Yang dihitung sumber daya, bukan hasil kerja.")
            return
        if "gejala" in k and not self.gejala(b):
            self.hitung(b, b, benda)
            return
        if k.baku in ("alumni", "lulusan") and len(isi) > 1:
            kedua = self.kata[isi[1]].baku
            if kedua in self.daftar["kegiatan_belajar"] and kedua != "pendidikan":
                self.hitung(b, isi[1], f"{benda} {self.sebut(isi[1])}")
                return
        p = self.yang(mulai)
        if p < 0:
            p = next((i for i in isi[1:] if self.pasif(self.kata[i])), -1)
        if (
            self.kerja(k, luas=True)
            and not {"keluaran", "kata_ukur", "gejala"} & k.golongan
            and k.baku not in self.daftar["tuntutan"]
        ):
            self.tambah(
                "L9", b, f"{self.kutip(b)} adalah kegiatan sendiri; menghitungnya tidak menunjukkan hasil."
            )
            return
        if p >= 0:
            q = self.kata[p]
            i = self.ada("ikut", p)
            if i >= 0 and self.ada("hasil.berubah", i + 1) < 0:
                self.hitung(b, i, f"{benda} yang {self.sebut(i)}")
                return
            n = self.isi(p + 1)
            if "dapat" in q and n and self.kata[n[0]].baku in self.daftar["hak_dasar"]:
                return  # warga yang memperoleh kebutuhan pokok
            if self.oleh_lain(p):
                return  # inovasi yang direplikasi daerah lain
            if {"gejala.prestasi", "gejala.ekonomi"} & k.golongan and not self.kerja(q, luas=True):
                return  # medali yang diraih, ikan yang didaratkan
            if self.pasif_kerja(q, luas=True) or "dapat" in q or "ikut" in q:
                # "diciptakan dan digunakan": the second half of a pair of work words is work too
                lanjut = p + 3 if p + 2 < len(self.kata) and self.kata[p + 1].baku == "dan" else p + 1
                if not self.hasil(lanjut, kuat=True):
                    self.hitung(b, p, f"{benda} yang {self.sebut(p)}")
                return
            # terdampak, terlantar: a state that nobody's office work brought about
            if "hasil" in q or self.hasil(p) or "gejala" in k or "gejala" in q or q.bentuk == "ter":
                return
            self.hitung(b, p, f"{benda} yang {self.sebut(p)}")
            return
        berkas = "keluaran.dokumen" in k and "gejala" not in k
        if (
            "gejala" in k
            or "kata_ukur" in k
            or self.kata[0].baku == "luas"
            or (self.hasil_berkas(b + 1) if berkas else self.hasil(b + 1))
        ):
            return
        if "keluaran.orang" in k and len(isi) > 1 and "gejala" in self.kata[isi[1]]:
            return  # siswa putus sekolah, tamu wisatawan
        if self.ada("gejala", b + 1) >= 0 and ("keluaran" not in k or k.baku in self.daftar["tempat"]):
            return
        self.hitung(b, b, benda)

    def oleh_lain(self, p: int) -> bool:
        """Whether others did it (direplikasi daerah lain, diperbaiki auditi): that shows a result."""
        q = self.kata[p]
        if q.bentuk != "di" or self.kerja(q) or "akar_kerja_luas.beri" in q:
            return False
        return any(k.baku in self.daftar["pelaku_lain"] for k in self.kata[p + 1 : p + 3])

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
            f"Banyaknya {apa} baru menunjukkan keluaran, belum perubahan pada penerimanya.",
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
        if "kata_perubahan" in self.kata[isi[0]] and k.baku in self.daftar["umum_naik"]:
            self.tambah(
                "L8", (isi[0], b), f"{self.kutip(b)} belum dapat dihitung: naik menurut alat ukur apa?"
            )
            return
        p = self.yang(b)
        if p >= 0:
            q = self.kata[p]
            atas = next((i for i in range(b + 1, p) if self.kata[i].baku in ("terhadap", "atas")), -1)
            if atas >= 0 and self.kerja(k) and (k.bentuk in ("pe_an", "asi") or "kegiatan" in k):
                # pengawasan terhadap dokumen yang selaras: the clause tells of the document
                self.sendiri((b, p), self.sebut(b))
                return
            if k.baku in self.daftar["tuntutan"] and "akar_kerja.laksana" in q:
                return  # usulan warga yang terlaksana
            if self.pasif_kerja(q, luas=False) and q.bentuk != "me":
                if not self.hasil(p + 1):
                    self.sendiri((b, p), f"{self.sebut(b)} yang {self.sebut(p)}")
                return
            if k.baku in self.daftar["kegiatan_umum"] and q.bentuk in ("di", "ter") and not self.hasil(p):
                self.sendiri((b, p), f"{self.sebut(b)} yang {self.sebut(p)}")
                return
            if "dapat" in q and not self.hasil(p + 1):
                d = next((i for i in range(p + 1, len(self.kata)) if self.kerja(self.kata[i])), -1)
                if d >= 0 and self.kata[d].baku not in ("pelayanan", "layanan"):
                    self.tambah(
                        "L4",
                        (p, d),
                        f"Menerima {self.sebut(d)} baru keluaran; ukur apa yang berubah sesudahnya.",
                    )
                return
            if (
                q.bentuk == "me"
                and self.kerja(q)
                and not self.hasil(p + 1)
                and ("keluaran.orang" in k or "keluaran.kegiatan" in k)
                and k.baku in ("pegawai", "asn", "pns", "kegiatan", "staf", "tugas")
            ):
                self.sendiri((b, p), f"{self.sebut(b)} yang {self.sebut(p)}")
            return
        if k.bentuk == "ter_nya":
            self.sendiri((b,), self.sebut(b))
            return
        n = self.isi(b + 1)
        if "hasil.berubah" in k and k.bentuk == "nya" and n:
            q = self.kata[n[0]]
            if "kata_ukur" in q or ("gejala" in q and "gejala.keadaan" not in q):
                return  # persentase bertambahnya penerimaan retribusi
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
            and self.kata[n[1]].baku in self.daftar["kegiatan_umum"]
        ):
            self.sendiri((b, n[0], n[1]), f"{self.sebut(b)} {self.sebut(n[0])}")
            return
        if self.batas or self.ada("hasil.tuntas", b) >= 0 or (not kegiatan and self.hasil(b)):
            return
        layanan_umum = k.baku in ("pelayanan", "layanan") and any(
            x.baku in self.daftar["layanan_umum"] for x in self.kata[b + 1 :]
        )
        if (kegiatan and k.baku not in ("pelayanan", "layanan")) or layanan_umum:
            self.sendiri((b,), self.sebut(b))
            return
        if "keluaran.dokumen" in k or "keluaran.kegiatan" in k:
            if n and self.kata[n[0]].bentuk == "ber":
                return  # berita bernada positif: a state of the thing
            if k.baku not in ("pelayanan", "layanan") and self.ada("gejala", b + 1) < 0:
                self.sendiri((b,), self.sebut(b))
            return
        n = self.isi(b + 1)
        if (
            k.baku in self.daftar["selesai"]
            and n
            and (
                "keluaran.dokumen" in self.kata[n[0]]
                or self.kata[n[0]].baku in self.daftar["layanan_umum"] | self.daftar["kegiatan_umum"]
            )
        ):
            self.sendiri((b, n[0]), f"{self.sebut(b)} {self.sebut(n[0])}")
            return
        d = next(
            (i for i in isi if i > b and self.pasif(self.kata[i]) and self.pasif_kerja(self.kata[i], False)),
            -1,
        )
        if d >= 0 and "gejala" not in k and not self.hasil(d + 1):
            self.sendiri((b, d), f"{self.sebut(b)} {self.sebut(d)}")

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
            and self.kata[isi[1]].baku in self.daftar["kegiatan_umum"]
        ):
            self.sendiri((isi[0], isi[1]), f"{self.sebut(isi[0])} {self.sebut(isi[1])}")
            return
        if ukuran in ("waktu", "akurasi", "biaya") or not isi:
            return
        if self.ikut(mulai):
            return
        b = isi[0]
        if "kata_perubahan" in self.kata[b] and len(isi) > 1 and "kata_ukur" in self.kata[isi[1]]:
            return  # rata-rata peningkatan skor
        k = self.kata[b]
        umum = any(x.baku in self.daftar["kegiatan_umum"] for x in self.kata[b : b + 2])
        if ukuran == "penilaian":
            if self.kerja(k) and umum and not self.hasil(b + 1):
                self.sendiri((b,), self.sebut(b))
            return
        n = self.isi(b + 1)
        if (
            k.baku in self.daftar["selesai"]
            and n
            and self.kata[n[0]].baku in self.daftar["kegiatan_umum"]
            and not self.batas
        ):
            self.sendiri((b, n[0]), f"{self.sebut(b)} {self.sebut(n[0])}")
            return
        if k.baku in self.daftar["taraf"] and not umum:
            return  # tingkat digitalisasi arsip
        if "kabur.benda" in k and "gejala" not in k:
            self.tambah("L8", b, f"{self.kutip(b)} belum terukur: sebut alat ukur dan standarnya.")
            return
        if (
            self.kerja(k)
            and k.baku not in self.daftar["umum_naik"]
            and not self.hasil(b + 1)
            and (k.bentuk in ("pe_an", "asi") or "kegiatan" in k or umum)
        ):
            self.sendiri((b,), self.sebut(b))
            return
        p = self.yang(b)
        if (
            p >= 0
            and self.pasif_kerja(self.kata[p], False)
            and self.kata[p].bentuk != "me"
            and not self.hasil(p + 1)
        ):
            self.sendiri((b, p), f"{self.sebut(b)} yang {self.sebut(p)}")

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
                or dulu in self.daftar["berstatus"]
                or any(x.baku in self.daftar["berstatus"] for x in self.kata[max(0, i - 3) : i])
                or (k.baku == "maksimal" and self.batas)
            ):
                continue
            if not ukuran or dulu in self.daftar["pengantar_sifat"]:
                self.tambah(
                    "L8", i, f"{self.kutip(i)} tidak punya ukuran: sebut standar, angka, atau batas waktunya."
                )
                return
        if not ukuran and self.cacat:
            i = self.ada("kabur.benda", 0)  # audit kinerja is a name, meningkatkan kinerja a wish
            buka = self.kata[0]
            wahid = (
                i == 0 or buka.bentuk in ("ter_nya", "nya") or "akar_kerja.kembang" in buka or "mutu" in buka
            )
            if "akar_kerja.fasilitasi" in buka or buka.baku.startswith("optimal"):
                wahid = True
            if i >= 0 and wahid and "gejala" not in self.kata[i]:
                self.tambah(
                    "L8", i, f"{self.kutip(i)} tidak punya ukuran: sebut standar, angka, atau batas waktunya."
                )

    def deret(self) -> None:
        """Two or more activities of one row, joined by dan, commas or slashes (not a fixed pair)."""
        if not {c.kode for c in self.cacat} & {"L1", "L2", "L4", "L9"}:
            return
        giat = [
            i
            for i, k in enumerate(self.kata)
            if self.kerja(k) and (k.bentuk in ("me", "pe_an", "asi", "ter_nya") or "kegiatan" in k)
        ]
        deret = [
            (i, j)
            for i, j in pairwise(giat)
            if all(k.baku in _SAMBUNG for k in self.kata[i + 1 : j]) and self.pemisah(i, j)
        ]
        if not deret:
            return
        tempat = sorted({i for d in deret for i in d})
        kata = [self.kata[i].baku for i in tempat]
        if len(kata) == 2 and "+".join(kata) in self.daftar["pasangan_tetap"]:
            return
        sebut = ", ".join(self.kutip(i).lower() for i in tempat)
        self.tambah("L17", tuple(tempat), f"Beberapa kegiatan dalam satu baris: {sebut}.")

    def pemisah(self, i: int, j: int) -> bool:
        """Whether a link word, comma or slash stands between two words ("fasilitasi percepatan" has none)."""
        if j > i + 1:
            return True
        kecil = self.f.kecil
        a, b = (re.escape(self.f.asli[n].lower()) for n in (i, j))
        return bool(re.search(rf"{a}\s*[,/&;]\s*{b}", kecil))

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
