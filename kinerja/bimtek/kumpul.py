"""What comes back from the tables: every file looked at, what can be read read, the rest named with its way out.

Nothing that one file holds stops the others. A file is known by the code lines on its sheets, never by its name;
a row by its question, else by its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from kinerja.data.baca import huruf_kolom
from kinerja.data.berkas import Kisi, buka_buku
from kinerja.data.galat import GalatData
from kinerja.data.urai import BELUM_DIHITUNG, rapikan
from kinerja.iki.latihan import soal_latihan
from kinerja.tulisan import angka, daftar

from . import jawaban_usb, soal
from .lembar_meja import LEMBAR, MAP_MEJA, PILIHAN_HADIR, teks_soal
from .peserta import Kelas, kelas_dari, teks_sel

KOLOM_JAWABAN = ("meja", "lembar", "nomor", "kursi", "kolom", "nilai")
KOLOM_TEMUAN = ("berkas", "lembar", "baris", "kolom", "huruf", "nilai", "pesan", "perbaikan")
KOLOM_BERKAS = ("berkas", "keadaan", "meja", "isian", "keterangan")
TES = ("PRETES", "POSTES")
_KODE = re.compile(r"BIMTEK ([A-Z2-7]{6}) M(\d{2,}) ([A-Z2-7]{4}) ([A-Z]+)")
_KURSI = re.compile(r"kursi\s*(\d+)")
_BARIS_KODE, _BARIS_KEPALA = 12, 30  # how far down the code line and the headings are looked for
_BUKAN = ("thumbs.db", "desktop.ini")
_SATU_LEMBAR = (
    "Berkas itu hanya menyimpan satu lembar. Minta buku kerja .xlsx meja itu, bukan salinan CSV-nya"
)
_SIMPAN_LAGI = "Minta meja itu menyalin isiannya ke berkas aslinya, lalu kumpulkan lagi"


@dataclass(frozen=True, eq=False)
class Kumpulan:
    """All that came back. jawaban: one row per cell filled in (meja, lembar, nomor, kursi 0 = the table's, kolom,
    nilai as text). berkas: one row per file. temuan: what could not be read or was set aside, and the way out.
    lengkap: whether the class list was at hand, so that who is missing is known. usb: answer files of the USB
    package that count."""

    kelas: Kelas
    lengkap: bool
    jawaban: pd.DataFrame
    berkas: pd.DataFrame
    temuan: pd.DataFrame
    usb: tuple[jawaban_usb.Jawaban, ...] = ()

    @property
    def kembali(self) -> list[int]:
        """Tables whose answers are here."""
        return sorted(int(m) for m in self.berkas.loc[self.berkas["keadaan"] == "dinilai", "meja"])

    def lembar(self, kode: str) -> pd.DataFrame:
        """The answers on one sheet."""
        return self.jawaban[self.jawaban["lembar"] == kode]


@dataclass
class _Berkas:
    """One file on its way through."""

    nama: str
    keadaan: str = ""
    keterangan: str = ""
    kelas: str = ""
    meja: int = 0
    naskah: str = ""
    kisi: dict[str, tuple[str, Kisi]] = field(default_factory=dict)  # code of the sheet -> its name and cells
    jawaban: dict[tuple[str, int, int, str], str] = field(default_factory=dict)
    isian: int = 0
    usb: jawaban_usb.Berkas | None = None


class _Catat:
    """Findings as they come up."""

    def __init__(self) -> None:
        self.isi: list[tuple[object, ...]] = []

    def __call__(
        self, berkas: str, pesan: str, perbaikan: str, lembar: str = "", baris: int | None = None, kolom: str = "",
        huruf: str = "", nilai: str = "",
    ) -> None:  # fmt: skip
        self.isi.append((berkas, lembar, baris, kolom, huruf, nilai, pesan, perbaikan))

    def tabel(self) -> pd.DataFrame:
        t = pd.DataFrame(self.isi, columns=list(KOLOM_TEMUAN)).astype({"baris": "Int64"})
        return t.astype({k: "str" for k in KOLOM_TEMUAN if k != "baris"})


def kumpulkan(
    folder: str | Path, kelas: str | Path | None = None, kecuali: str | Path | None = None
) -> Kumpulan:
    """Every file in `folder` and below, read and merged. `kelas`: the class list, else the one found in the folder.

    Of two copies of one table the one with more filled in counts. ValueError when the folder is none or the given
    class list cannot be read; whatever is wrong with a file is a row of `temuan`.
    """
    akar = Path(folder)
    if not akar.is_dir():
        raise ValueError(f"{akar}: bukan map. Tulis nama map yang berisi berkas-berkas yang kembali.")
    catat = _Catat()
    semua, daftar_kelas = [], []
    if kelas is not None:
        daftar_kelas.append(_buka_kelas(Path(kelas)))
    for jalur in _berkas_di(akar, kecuali):
        b = _Berkas(jalur.relative_to(akar).as_posix())
        try:
            temu = _buka(jalur, b, catat)
        except GalatData as galat:
            b.keadaan, b.keterangan = "tidak terbaca", galat.temuan[0].pesan
            for t in galat.temuan:
                saran = _SATU_LEMBAR if t.pesan.startswith("berkas CSV") else t.perbaikan
                catat(b.nama, t.pesan, saran, t.lembar, t.baris, t.kolom, t.huruf, t.nilai)
        except OSError as galat:
            b.keadaan, b.keterangan = "tidak terbaca", galat.strerror or type(galat).__name__
            catat(
                b.nama,
                "berkas tidak dapat dibuka",
                "Tutup berkas itu di program lain dan periksa izin bacanya",
            )
        else:
            if temu is not None:
                b.keadaan = "daftar kelas"
                daftar_kelas.append(temu)
        semua.append(b)
    milik, lengkap = _kelas_ini(semua, daftar_kelas, catat)
    meja = [b for b in semua if not b.keadaan]
    for b in meja:
        _sisihkan(b, milik, lengkap, catat)
    meja = [b for b in meja if not b.keadaan]
    for b in meja:
        _baca_isi(b, milik, catat)
    dipakai = _pilih_salinan(meja, catat)
    usb = _pilih_usb(semua, catat)
    if lengkap:
        for m in milik.meja:
            if m not in {b.meja for b in meja if not _dibagikan(b)}:
                terbaca = "" if all(b.keadaan != "tidak terbaca" for b in semua) else " atau belum terbaca"
                catat("", f"meja {m} belum kembali{terbaca}", "Minta berkasnya, lalu jalankan lagi")
    baris = [(b.meja, *k, v) for _, b in sorted(dipakai.items()) for k, v in b.jawaban.items()]
    jawaban = pd.DataFrame(baris, columns=list(KOLOM_JAWABAN))
    jawaban = jawaban.astype(
        {"meja": "int64", "nomor": "int64", "kursi": "int64", "lembar": "str", "kolom": "str", "nilai": "str"}
    )
    berkas = pd.DataFrame(
        [(b.nama, b.keadaan, b.meja or None, b.isian, b.keterangan) for b in semua],
        columns=list(KOLOM_BERKAS),
    ).astype({"berkas": "str", "keadaan": "str", "meja": "Int64", "isian": "int64", "keterangan": "str"})
    return Kumpulan(milik, lengkap, jawaban, berkas, catat.tabel(), usb)


# -- files ------------------------------------------------------------------------------------------------


def _berkas_di(akar: Path, kecuali: str | Path | None) -> Iterator[Path]:
    lewati = None if kecuali is None else Path(kecuali).resolve()
    for jalur in sorted(akar.rglob("*"), key=lambda p: p.relative_to(akar).as_posix()):
        bagian = jalur.relative_to(akar).parts
        if (
            any(x.startswith(".") for x in bagian)
            or bagian[-1].startswith("~$")
            or bagian[-1].lower() in _BUKAN
        ):
            continue
        if jalur.is_file() and (lewati is None or lewati not in jalur.resolve().parents):
            yield jalur


def _buka_kelas(jalur: Path) -> tuple[Kelas, str]:
    if not jalur.is_file():
        raise ValueError(
            f"{jalur}: daftar kelas tidak ditemukan. Pakai daftar-kelas.xlsx dari kinerja latihan bagi."
        )
    buku = buka_buku(jalur)
    temu = kelas_dari({n: buku.muat(n) for n in buku.lembar})
    if temu is None:
        raise ValueError(
            f"{jalur.name}: bukan daftar kelas. Pakai daftar-kelas.xlsx dari kinerja latihan bagi."
        )
    return temu


def _buka(jalur: Path, b: _Berkas, catat: _Catat) -> tuple[Kelas, str] | None:
    """Open the file and find the sheets that are ours, or the answers of the USB package; the class list if it is one."""
    if (usb := jawaban_usb.baca(jalur)) is not None:
        b.usb, b.isian, b.keadaan = usb, len(usb.jawaban), "jawaban USB" if usb.jawaban else "kosong"
        b.keterangan = ", ".join(filter(None, (jawaban_usb.JUDUL[usb.pelajaran], usb.nama)))
        for letak, pesan in usb.salah:
            catat(b.nama, pesan, "Buka berkas itu di halaman latihannya dan simpan lagi", kolom=letak)
        if not usb.jawaban:
            catat(b.nama, "belum ada satu pun jawaban", "Minta peserta mengisi, lalu menyimpannya lagi")
        return None
    if jawaban_usb.kunci_paket(jalur):
        b.keadaan, b.keterangan = (
            "kunci paket USB",
            "hanya untuk pelatih; dipakai bila disebut dengan --kunci-usb",
        )
        return None
    buku = buka_buku(jalur)
    kode: dict[str, tuple[str, str, int, str]] = {}
    kisi: dict[str, Kisi] = {}
    for nama in buku.lembar:
        try:
            kisi[nama] = buku.muat(nama)
        except GalatData as galat:  # one sheet; the others may still be good
            for t in galat.temuan:
                catat(b.nama, t.pesan, t.perbaikan, nama, t.baris, t.kolom, t.huruf, t.nilai)
            continue
        sel = (teks_sel(x) for baris in kisi[nama][:_BARIS_KODE] for x in baris[:4])
        if m := next(filter(None, map(_KODE.search, sel)), None):
            kode[nama] = (m[4], m[1], int(m[2]), m[3])
    if not kode:
        if (temu := kelas_dari(kisi)) is not None:
            return temu
        b.keadaan, b.keterangan = "bukan buku kerja meja", "tanpa baris kode BIMTEK"
        catat(b.nama, "bukan buku kerja meja: baris kode BIMTEK tidak ada di lembar mana pun", _SIMPAN_LAGI)
        return None
    (b.kelas, b.meja, b.naskah), _ = Counter(k[1:] for k in kode.values()).most_common(1)[0]
    for nama, (lembar, *milik) in kode.items():
        if tuple(milik) != (b.kelas, b.meja, b.naskah):
            catat(b.nama, f"lembar ini milik meja {milik[1]}, sedangkan berkasnya meja {b.meja}; tidak dinilai",
                  "Kembalikan lembar itu ke berkas mejanya", lembar=nama)  # fmt: skip
        elif lembar in b.kisi:
            lama, isi = b.kisi[lembar]
            if _banyak_isi(kisi[nama]) > _banyak_isi(isi):
                b.kisi[lembar], nama, lama = (nama, kisi[nama]), lama, nama
            catat(
                b.nama,
                f"dua lembar yang sama; dipakai '{lama}', yang lebih lengkap",
                "Hapus lembar yang tidak dipakai",
                lembar=nama,
            )
        elif lembar in LEMBAR:
            b.kisi[lembar] = (nama, kisi[nama])
    asing = [n for n in buku.lembar if n not in kode]
    if asing:
        b.keterangan = f"lembar tambahan tidak dinilai: {daftar(asing)}"
    return None


def _banyak_isi(kisi: Kisi) -> int:
    return sum(bool(teks_sel(x)) for b in kisi for x in b)


def _kelas_ini(
    semua: Sequence[_Berkas], daftar_kelas: Sequence[tuple[Kelas, str]], catat: _Catat
) -> tuple[Kelas, bool]:
    """The class: the list that is given or found, else what most workbooks say of themselves."""
    if daftar_kelas:
        kelas, tertulis = daftar_kelas[0]
        if len({k.kode for k, _ in daftar_kelas}) > 1:
            catat(
                "",
                f"ada lebih dari satu daftar kelas; dipakai {kelas.nama or kelas.kode}",
                "Sebut yang benar dengan --kelas",
            )
        if kelas.kode != tertulis:
            catat(
                "",
                "isi daftar kelas berubah sejak dibagikan",
                "Pakai daftar-kelas.xlsx yang asli dari kinerja latihan bagi",
            )
        return _Berkode(kelas.nama, kelas.peserta, tertulis), True
    hitung = Counter(b.kelas for b in semua if b.kelas)
    kode = max(sorted(hitung), key=lambda k: hitung[k], default="")
    baris = {
        (b.meja, int(i)): x for b in semua if b.kelas == kode and "PESERTA" in b.kisi for i, x in _orang(b)
    }
    isi = [(m, k, *x) for (m, k), x in sorted(baris.items())]
    t = pd.DataFrame(isi, columns=["meja", "kursi", "nama", "jabatan", "instansi"])
    t = t.astype({"meja": "int64", "kursi": "int64", "nama": "str", "jabatan": "str", "instansi": "str"})
    t.insert(3, "nip", pd.Series("", index=t.index, dtype="str"))
    return _Berkode("", t, kode), False


@dataclass(frozen=True, eq=False)
class _Berkode(Kelas):
    """A class whose code was read, not made."""

    tertulis: str = ""

    @property
    def kode(self) -> str:
        return self.tertulis


def _orang(b: _Berkas) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for x in b.kisi["PESERTA"][1]:
        sel = [teks_sel(y) for y in x[:4]]
        if len(sel) == 4 and sel[0].isdecimal() and sel[1]:
            yield int(sel[0]), (sel[1], sel[2], sel[3])


def _sisihkan(b: _Berkas, kelas: Kelas, lengkap: bool, catat: _Catat) -> None:
    """Put aside what is not of this class, of these questions, or of a table that there is."""
    if b.kelas != kelas.kode:
        b.keadaan = "kelas lain"
        b.keterangan = f"kode kelas {b.kelas}, kelas ini {kelas.kode}"
        catat(
            b.nama,
            f"berkas dari kelas lain (kode {b.kelas}); tidak digabung",
            "Kumpulkan bersama kelasnya sendiri",
            nilai=b.kelas,
        )
    elif b.naskah != soal.kode_naskah():
        b.keadaan, b.keterangan = "soal lain", f"kode soal {b.naskah}, sekarang {soal.kode_naskah()}"
        catat(b.nama, "soalnya dari versi program lain, jadi kuncinya tidak cocok",
              "Nilai dengan versi yang membagikannya, atau bagikan ulang", nilai=b.naskah)  # fmt: skip
    elif lengkap and b.meja not in kelas.meja:
        b.keadaan, b.keterangan = "meja asing", f"meja {b.meja} tidak ada di daftar kelas"
        catat(
            b.nama,
            f"meja {b.meja} tidak ada di daftar kelas",
            "Periksa daftar kelas yang dipakai",
            nilai=str(b.meja),
        )


def _pilih_salinan(meja: Sequence[_Berkas], catat: _Catat) -> dict[int, _Berkas]:
    """Of each table the file with most filled in; the first by name where they are equal."""
    dipakai: dict[int, _Berkas] = {}
    for b in sorted(meja, key=lambda b: (-b.isian, b.nama)):
        if not b.isian:
            b.keadaan = "kosong"
            if b.meja in dipakai:
                b.keterangan = f"dipakai {dipakai[b.meja].nama}"
            elif not _dibagikan(b):
                catat(b.nama, f"belum ada satu pun isian (meja {b.meja})", "Minta berkas yang sudah diisi")
            continue
        lama = dipakai.setdefault(b.meja, b)
        if lama is b:
            b.keadaan = "dinilai"
            continue
        beda = sum(lama.jawaban.get(k) != v for k, v in b.jawaban.items())
        b.keadaan = "salinan"
        b.keterangan = f"dipakai {lama.nama}; {angka(beda)} isian di sini lain atau tidak ada di sana"
        catat(
            b.nama, f"salinan lain meja {b.meja}: dipakai {lama.nama} ({angka(lama.isian)} isian), "
            f"berkas ini dikesampingkan ({angka(b.isian)} isian, {angka(beda)} di antaranya lain)",
            f"Bila berkas ini yang benar, keluarkan {lama.nama} dari map lalu jalankan lagi",
        )  # fmt: skip
    return dipakai


def _dibagikan(b: _Berkas) -> bool:
    """Whether this is the hand-out itself, left beside what came back: nobody returned it."""
    return not b.isian and MAP_MEJA in b.nama.split("/")[:-1]


def _pilih_usb(semua: Sequence[_Berkas], catat: _Catat) -> tuple[jawaban_usb.Jawaban, ...]:
    """Of each person and lesson one answer file; the others are told."""
    ada = {b.nama: b for b in semua if b.usb is not None and b.isian}
    dipakai, sisih = jawaban_usb.pilih({n: b.usb for n, b in ada.items() if b.usb is not None})
    for n, lain in sorted(sisih.items()):
        b, lama = ada[n], ada[lain]
        assert b.usb is not None
        assert lama.usb is not None
        beda = len(set(b.usb.jawaban) - set(lama.usb.jawaban))
        b.keadaan = "salinan"
        b.keterangan = f"dipakai {lain}; {angka(beda)} isian di sini lain atau tidak ada di sana"
        if beda:
            catat(n, f"jawaban lain dari orang yang sama: dipakai {lain} ({angka(lama.isian)} isian), "
                  f"berkas ini dikesampingkan ({angka(b.isian)} isian, {angka(beda)} di antaranya lain)",
                  f"Bila berkas ini yang benar, keluarkan {lain} dari map lalu jalankan lagi")  # fmt: skip
    return dipakai


# -- sheets -----------------------------------------------------------------------------------------------


def _butir(kode: str, kelas: Kelas, meja: int) -> dict[int, str]:
    """What a sheet asks: number -> the text that tells a row from another."""
    if kode in TES:
        return {int(b["nomor"]): teks_soal(b) for b in soal.tes().to_dict("records")}
    if kode == "PESERTA":
        t = kelas.peserta[kelas.peserta["meja"] == meja]
        return dict(zip(t["kursi"].tolist(), t["nama"].tolist(), strict=True))
    if kode == "KASKADE":
        return dict(enumerate(soal.pohon_patah()["kode"], 1))
    tabel, kolom = {
        "IKI": (soal_latihan, "indikator"),
        "PILAH": (soal.pilah, "indikator"),
        "MATRIKS": (soal.peran, "peran"),
    }[kode]
    t = tabel()
    return dict(zip(t["nomor"].astype("int64").tolist(), t[kolom].tolist(), strict=True))


def _baca_isi(b: _Berkas, kelas: Kelas, catat: _Catat) -> None:
    for kode, lembar in LEMBAR.items():
        if kode not in b.kisi:
            catat(b.nama, "lembar ini tidak ada; dianggap belum dikerjakan", _SIMPAN_LAGI, lembar=lembar.nama)
            continue
        _baca_lembar(b, kode, _butir(kode, kelas, b.meja), kelas, catat)


def _baca_lembar(b: _Berkas, kode: str, butir: Mapping[int, str], kelas: Kelas, catat: _Catat) -> None:
    nama, kisi = b.kisi[kode]
    lembar = LEMBAR[kode]
    kepala = [[rapikan(teks_sel(x).split("\n")[0]) for x in baris] for baris in kisi[:_BARIS_KEPALA]]
    di = next((i for i, k in enumerate(kepala) if "no" in k and rapikan(lembar.penanda) in k), None)
    if di is None:
        catat(
            b.nama,
            f"baris judul (No, {lembar.penanda}) hilang; lembar ini tidak dinilai",
            _SIMPAN_LAGI,
            lembar=nama,
        )
        return
    judul = kepala[di]
    kolom_no, kolom_teks = judul.index("no"), judul.index(rapikan(lembar.penanda))
    if kode in TES:
        isian = _kolom_kursi(b, nama, kisi[di], kelas, catat)
    else:
        isian = {judul.index(rapikan(k)): (0, k) for k in lembar.isian if rapikan(k) in judul}
        for k in lembar.isian:
            if rapikan(k) not in judul:
                catat(b.nama, f"kolom {k} hilang", _SIMPAN_LAGI, lembar=nama, kolom=k)
    menurut_teks = {rapikan(t): n for n, t in butir.items()}
    if len(menurut_teks) < len(butir):  # two people of one name: only the number tells them apart
        kembar = Counter(map(rapikan, butir.values()))
        menurut_teks = {t: n for t, n in menurut_teks.items() if kembar[t] == 1}
    terlihat: dict[int, int] = {}
    for i in range(di + 1, len(kisi)):
        isi = {j: teks_sel(kisi[i][j]) for j in isian if j < len(kisi[i])}
        tanda, teks = teks_sel(kisi[i][kolom_no]), rapikan(teks_sel(kisi[i][kolom_teks]))
        tertulis = int(tanda) if tanda.isdecimal() and int(tanda) in butir else None
        nomor = menurut_teks.get(teks, tertulis)
        if nomor is None:
            if any(isi.values()):
                catat(b.nama, "nomor dan soal baris ini tidak dikenali; isiannya tidak dinilai", _SIMPAN_LAGI,
                      lembar=nama, baris=i + 1, kolom="No", huruf=huruf_kolom(kolom_no), nilai=tanda or teks[:40])  # fmt: skip
            continue
        if tertulis is not None and tertulis != nomor:
            catat(b.nama, f"nomor dan soalnya tertukar; dinilai sebagai soal {nomor}, menurut bunyi soalnya",
                  "Tidak perlu apa-apa bila bunyi soalnya benar", lembar=nama, baris=i + 1, kolom="No",
                  huruf=huruf_kolom(kolom_no), nilai=tanda)  # fmt: skip
        if nomor in terlihat and any(isi.values()):
            catat(b.nama, f"butir {nomor} sudah ada di baris {terlihat[nomor]}; yang lebih atas didahulukan",
                  "Satukan kedua baris", lembar=nama, baris=i + 1, kolom="No", huruf=huruf_kolom(kolom_no), nilai=tanda)  # fmt: skip
        terlihat.setdefault(nomor, i + 1)
        for j, x in isi.items():
            if not x:
                continue
            b.isian += 1
            kursi, kolom = isian[j]
            try:
                nilai = (_HADIR if kolom == "Kehadiran" else _PENGURAI[kode])(x)
            except ValueError as salah:
                pesan, saran = salah.args
                catat(b.nama, pesan, saran, lembar=nama, baris=i + 1, kolom=kolom if not kursi else f"Kursi {kursi}",
                      huruf=huruf_kolom(j), nilai=x[:60])  # fmt: skip
                continue
            b.jawaban.setdefault((kode, nomor, kursi, kolom), nilai)
    if hilang := [n for n in butir if n not in terlihat]:
        catat(
            b.nama,
            f"baris {daftar(map(str, hilang))} hilang; dianggap belum dijawab",
            _SIMPAN_LAGI,
            lembar=nama,
        )


def _kolom_kursi(
    b: _Berkas, lembar: str, kepala: Sequence[object], kelas: Kelas, catat: _Catat
) -> dict[int, tuple[int, str]]:
    """Columns of a test: position -> (seat, 'jawaban'); by the name in the heading, else by the seat's number."""
    orang = kelas.peserta[kelas.peserta["meja"] == b.meja]
    nama = orang["nama"].map(rapikan)
    unik = dict(zip(nama[~nama.duplicated(keep=False)], orang["kursi"], strict=False))
    hasil: dict[int, tuple[int, str]] = {}
    for j, x in enumerate(kepala):
        awal, _, siapa = teks_sel(x).partition("\n")
        m = _KURSI.search(rapikan(awal))
        if not m:
            continue
        kursi = int(unik.get(rapikan(siapa), int(m[1])))
        if kursi != int(m[1]):
            catat(b.nama, f"nama dan nomor kursi tertukar; dinilai sebagai kursi {kursi}, menurut namanya",
                  "Tidak perlu apa-apa bila namanya benar", lembar=lembar, kolom=awal, huruf=huruf_kolom(j), nilai=siapa)  # fmt: skip
        if kursi not in set(orang["kursi"]) or kursi in {k for k, _ in hasil.values()}:
            catat(b.nama, "kolom kursi ini tidak ada di daftar kelas atau sudah ada di kirinya; tidak dinilai",
                  _SIMPAN_LAGI, lembar=lembar, kolom=awal, huruf=huruf_kolom(j))  # fmt: skip
            continue
        hasil[j] = (kursi, "jawaban")
    hilang = [int(k) for k in orang["kursi"] if k not in {x for x, _ in hasil.values()}]
    if hilang:
        catat(b.nama, f"kolom kursi {daftar(map(str, hilang))} hilang", _SIMPAN_LAGI, lembar=lembar)
    return hasil


# -- cells ------------------------------------------------------------------------------------------------


def _teks(x: str) -> str:
    if x.startswith((BELUM_DIHITUNG, "#")):
        raise ValueError("isi sel rumus yang galat atau belum dihitung", "Tulis teksnya, bukan rumus")
    return x


def _huruf(x: str) -> str:
    """'b', 'B.', 'B. Baik' -> 'B'."""
    m = re.match(r"\s*([A-Da-d])\s*(?:[.):\s].*)?$", x, re.S)
    if not m:
        raise ValueError(
            "jawaban bukan A, B, C, atau D; dianggap tidak dijawab", "Pilih satu huruf dari daftar"
        )
    return str(m[1]).upper()


def _salah_satu(pilihan: Sequence[str], setara: Mapping[str, str]) -> Callable[[str], str]:
    baku = {rapikan(p): p for p in pilihan} | dict(setara)

    def urai(x: str) -> str:
        tulisan = rapikan(x).strip(" .,;:!\"'")
        if tulisan not in baku:
            raise ValueError(f"isian bukan {daftar(pilihan, 'atau')}; dianggap kosong", "Pilih dari daftar")
        return baku[tulisan]

    return urai


def _kode_pohon(x: str) -> str:
    kode = soal.kode_pohon()
    if x.casefold() not in kode:
        raise ValueError("kode ini tidak ada pada pohon; dianggap kosong", "Pilih kode dari daftar")
    return kode[x.casefold()]


_HADIR = _salah_satu(
    PILIHAN_HADIR,
    dict.fromkeys(("ya", "h", "v", "✓", "✔", "√"), "Hadir")
    | dict.fromkeys(("tidak", "absen"), "Tidak hadir"),
)
_PENGURAI: Mapping[str, Callable[[str], str]] = {
    "PESERTA": _teks,
    "PRETES": _huruf,
    "POSTES": _huruf,
    "IKI": _teks,
    "PILAH": _salah_satu(soal.PILIHAN_PILAH, {"l": "Lemah", "k": "Kuat"}),
    "KASKADE": _kode_pohon,
    "MATRIKS": _salah_satu(soal.PILIHAN_CARA, {"l": "langsung", "tl": "tidak langsung"}),
}
