"""The workbook that one table fills in: tests, rewrites, weak or strong, cascade, matrix. It never holds a key.

Every sheet carries its own code line (class, table, questions, sheet), every row its number and its question, so
that `kumpul` finds the answers again however the file was renamed, sorted or copied about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kinerja import tulisan
from kinerja.data.templat import tinggi_baris
from kinerja.data.utuh import map_utuh, tulis_utuh
from kinerja.iki.latihan import soal_latihan

from . import soal
from .peserta import KERTAS, TANGGAL_BUAT, Kelas, tulis_kelas

MAP_MEJA = "untuk-meja"  # the folder that goes to the tables
PILIHAN_HADIR = ("Hadir", "Tidak hadir")


@dataclass(frozen=True)
class Lembar:
    """One sheet: `penanda` is the heading of what is asked, `isian` what is filled in (a seat each for a test)."""

    nama: str
    penanda: str
    isian: tuple[str, ...]


LEMBAR: Mapping[str, Lembar] = MappingProxyType(
    {
        "PESERTA": Lembar("Peserta", "Nama", ("Kehadiran", "Perbaikan nama")),
        "PRETES": Lembar("Pretes", "Soal", ()),
        "IKI": Lembar("IKI", "Rumusan lemah", ("Rumusan baru", "Satuan", "Target")),
        "PILAH": Lembar("Lemah-Kuat", "Rumusan", ("Lemah atau kuat",)),
        "KASKADE": Lembar("Kaskade", "Kode", ("Induk yang benar",)),
        "MATRIKS": Lembar("Matriks", "Peran", tuple(soal.hasil_atasan()["kode"].astype("str"))),
        "POSTES": Lembar("Postes", "Soal", ()),
    }
)
_ARAHAN = {
    "PESERTA": "Pilih kehadiran tiap orang. Bila nama salah eja, tulis yang benar pada kolom terakhir: itulah yang "
    "dicetak pada sertifikat.",
    "PRETES": "Dikerjakan sendiri-sendiri sebelum pelajaran dimulai. Tiap orang memilih huruf pada kolom kursinya. "
    "Yang tidak tahu boleh mengosongkan.",
    "IKI": "Tulis ulang sepuluh rumusan lemah ini agar mengukur apa yang berubah, sewajarnya bagi jabatan itu, "
    "lengkap dengan satuan dan target.",
    "PILAH": "Tentukan apakah rumusan ini lemah atau kuat sebagai IKI jabatan yang tertulis.",
    "KASKADE": "Pada pohon ini {celah} baris menunjuk induk yang salah, kosong, atau tidak ada. Cari baris itu, lalu pilih "
    "induk yang benar pada kolom kuning. Baris yang sudah benar dibiarkan kosong; mengisi lebih dari {celah} baris "
    "mengurangi nilai. Pegawai dan perangkat daerahnya sintetis.",
    "MATRIKS": "Tiap peran mendukung tepat satu hasil kerja atasan. Pada kolom hasil itu pilih caranya: langsung atau "
    "tidak langsung. Kolom lain dibiarkan kosong.",
    "POSTES": "Dikerjakan sendiri-sendiri sesudah semua latihan. Soalnya sama dengan pretes.",
}
_PETUNJUK = (
    "Satu meja satu berkas. Isi hanya sel kuning; sel lain dikunci agar berkas dapat dinilai.",
    "Bila ada tanda panah di sisi sel, pilih dari daftarnya.",
    "Jangan menambah, menghapus, atau mengurutkan baris. Lembar catatan sendiri boleh ditambahkan dan tidak dinilai.",
    "Simpan sering-sering dengan Ctrl+S. Jenis berkas tetap .xlsx, tanpa kata sandi.",
    "Nama berkas boleh diganti. Serahkan satu salinan saja: yang terakhir.",
)
_PT = 12


def bagikan(kelas: Kelas, keluaran: Path, kertas: str = "A4") -> list[Path]:
    """All workbooks of a class: `keluaran`/untuk-meja/meja-01.xlsx ..., and untuk-pelatih/daftar-kelas.xlsx.

    All or nothing. FileExistsError when `keluaran` holds anything: workbooks that were filled in are never
    written over.
    """
    if keluaran.exists() and (not keluaran.is_dir() or any(keluaran.iterdir())):
        raise FileExistsError(
            f"{keluaran} sudah ada isinya. Pilih map lain; berkas yang sudah diisi tidak ditimpa."
        )
    with map_utuh(keluaran) as ruang:
        (ruang / MAP_MEJA).mkdir()
        (ruang / "untuk-pelatih").mkdir(mode=0o700)
        tulis_kelas(kelas, ruang / "untuk-pelatih" / "daftar-kelas.xlsx")
        nama = [f"meja-{m:02d}.xlsx" for m in kelas.meja]
        for m, n in zip(kelas.meja, nama, strict=True):
            tulis_meja(kelas, m, ruang / MAP_MEJA / n, kertas)
    return [keluaran / MAP_MEJA / n for n in nama]


def tulis_meja(kelas: Kelas, meja: int, berkas: Path, kertas: str = "A4") -> Path:
    """One table's workbook on `kertas` (A4, F4), landscape. Whole or not at all; the same class, the same bytes."""
    import xlsxwriter

    with tulis_utuh(berkas) as sementara:
        pilihan = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        buku = xlsxwriter.Workbook(str(sementara), pilihan)
        try:
            judul = f"Buku kerja meja {meja}"
            buku.set_properties({"title": judul, "author": "kinerja", "created": TANGGAL_BUAT})
            penulis = _Penulis(buku, kelas, meja, kertas)
            penulis.petunjuk()
            for kode, tulis in (
                ("PESERTA", penulis.peserta), ("PRETES", penulis.tes), ("IKI", penulis.iki),
                ("PILAH", penulis.pilah), ("KASKADE", penulis.kaskade), ("MATRIKS", penulis.matriks),
                ("POSTES", penulis.tes),
            ):  # fmt: skip
                tulis(kode)
        finally:
            buku.close()
    return berkas


class _Penulis:
    """Writes the sheets of one workbook: formats once, one method per sheet."""

    def __init__(self, buku: Any, kelas: Kelas, meja: int, kertas: str) -> None:
        self.buku, self.kelas, self.meja, self.kertas = buku, kelas, meja, KERTAS[kertas]
        self.orang = kelas.peserta[kelas.peserta["meja"] == meja]
        garis = {"border": 1, "border_color": "#9AA5B1", "text_wrap": True, "valign": "top", "font_size": _PT}
        self.judul = buku.add_format({"bold": True, "font_size": 22})
        self.meja_ = buku.add_format({"bold": True, "font_size": 14, "font_color": "#1F4E79"})
        self.arahan = buku.add_format({"font_size": 13, "text_wrap": True, "valign": "top"})
        self.kode = buku.add_format({"font_size": 9, "font_color": "#6B7680"})
        self.kepala = buku.add_format({**garis, "bold": True, "bg_color": "#DDE6EE", "valign": "vcenter"})
        self.teks = buku.add_format({**garis, "num_format": "@"})
        self.nomor = buku.add_format({**garis, "align": "center", "bold": True})
        isian = {**garis, "bg_color": "#FFF8D6", "locked": False, "num_format": "@"}
        self.isian = buku.add_format(isian)
        self.pilihan = buku.add_format({**isian, "align": "center", "valign": "vcenter", "font_size": 14})

    def lembar(self, kode: str, lebar: Sequence[float], kepala: Sequence[str]) -> Any:
        """A new protected sheet with title, table, instruction, code line and headings."""
        ws = self.buku.add_worksheet(LEMBAR[kode].nama)
        self.atas(ws, LEMBAR[kode].nama, kode, lebar, _ARAHAN[kode].format(celah=soal.banyak_celah()))
        for j, k in enumerate(kepala):
            ws.write_string(4, j, k, self.kepala)
        ws.set_row(4, tinggi(kepala, lebar))
        ws.freeze_panes(5, 0)
        ws.repeat_rows(4)
        return ws

    def atas(self, ws: Any, judul: str, kode: str, lebar: Sequence[float], arahan: str) -> None:
        for j, w in enumerate(lebar):
            ws.set_column(j, j, w)
        ws.write_string(0, 0, judul, self.judul)
        ws.set_row(0, 30)
        ws.write_string(
            1, 0, f"Meja {self.meja}" + (f" · {self.kelas.nama}" if self.kelas.nama else ""), self.meja_
        )
        ws.merge_range(2, 0, 2, len(lebar) - 1, arahan, self.arahan)
        ws.set_row(2, tinggi([arahan], [sum(lebar)], 13) + 4)
        ws.write_string(
            3, 0, f"BIMTEK {self.kelas.kode} M{self.meja:02d} {soal.kode_naskah()} {kode}", self.kode
        )
        ws.protect("", {"format_rows": True, "format_columns": True})
        ws.hide_gridlines(2)
        ws.set_landscape()
        ws.set_paper(self.kertas)
        ws.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        ws.fit_to_pages(1, 0)
        ws.set_footer(f"&L&8Meja {self.meja} · &A&R&8Halaman &P dari &N")

    def pilih(self, ws: Any, letak: tuple[int, int, int, int], daftar: Sequence[str] | str, hal: str) -> None:
        """A drop-down on a block of cells; `daftar` is the choices, or the range that holds them."""
        macam = "pilih salah satu dari daftar" if isinstance(daftar, str) else ", ".join(daftar)
        ws.data_validation(*letak, {
            "validate": "list", "source": daftar if isinstance(daftar, str) else list(daftar),
            "error_title": "Pilih dari daftar", "error_message": f"{hal}: {macam}."[:250],
        })  # fmt: skip

    def petunjuk(self) -> None:
        lebar = (10, 60, 22, 40)
        ws = self.buku.add_worksheet("Petunjuk")
        self.atas(
            ws,
            "Latihan pengelolaan kinerja",
            "PETUNJUK",
            lebar,
            "Baca dulu, lalu buka lembar-lembar di bawah berurutan dari kiri.",
        )
        i = 5
        for n, kalimat in enumerate(_PETUNJUK, 1):
            ws.write_number(i, 0, n, self.nomor)
            ws.merge_range(i, 1, i, 3, kalimat, self.teks)
            ws.set_row(i, tinggi([kalimat], [sum(lebar[1:])]))
            i += 1
        i += 1
        for j, k in enumerate(("Menit", "Kegiatan", "Lembar")):
            ws.write_string(i, j, k, self.kepala)
        for b in soal.daftar("latihan-bimtek.agenda").to_dict("records"):
            i += 1
            ws.write_number(i, 0, int(b["menit"]), self.nomor)
            ws.write_string(i, 1, str(b["kegiatan"]), self.teks)
            ws.write_string(i, 2, str(b["lembar"]), self.teks)
            ws.set_row(i, tinggi([str(b["kegiatan"])], [lebar[1]]))
        ws.activate()

    def peserta(self, kode: str) -> None:
        lebar = (8, 40, 40, 40, 16, 34)
        ws = self.lembar(kode, lebar, ("No", "Nama", "Jabatan", "Instansi", *LEMBAR[kode].isian))
        for i, b in enumerate(self.orang.to_dict("records"), 5):
            ws.write_number(i, 0, int(b["kursi"]), self.nomor)
            kata = [str(b[k]) for k in ("nama", "jabatan", "instansi")]
            for j, k in enumerate(kata, 1):
                ws.write_string(i, j, k, self.teks)
            ws.write_blank(i, 4, None, self.pilihan)
            ws.write_blank(i, 5, None, self.isian)
            ws.set_row(i, tinggi(kata, lebar[1:4], paling_sedikit=32))
        self.pilih(ws, (5, 4, 4 + len(self.orang), 4), PILIHAN_HADIR, "Kehadiran")
        ws.set_selection(5, 4, 5, 4)

    def tes(self, kode: str) -> None:
        kursi = [f"Kursi {k}\n{n}" for k, n in self.orang[["kursi", "nama"]].to_numpy().tolist()]
        lebar = (6, 74, *[11.0] * len(kursi))
        ws = self.lembar(kode, lebar, ("No", LEMBAR[kode].penanda, *kursi))
        butir = soal.tes()
        for i, b in enumerate(butir.to_dict("records"), 5):
            teks = teks_soal(b)
            ws.write_number(i, 0, int(b["nomor"]), self.nomor)
            ws.write_string(i, 1, teks, self.teks)
            for j in range(len(kursi)):
                ws.write_blank(i, 2 + j, None, self.pilihan)
            ws.set_row(i, tinggi([teks], [lebar[1]]))
        self.pilih(ws, (5, 2, 4 + len(butir), 1 + len(kursi)), soal.PILIHAN_TES, "Jawaban")
        ws.set_selection(5, 2, 5, 2)

    def iki(self, kode: str) -> None:
        lebar = (6, 28, 14, 40, 56, 16, 16)
        ws = self.lembar(kode, lebar, ("No", "Jabatan", "Jenjang", LEMBAR[kode].penanda, *LEMBAR[kode].isian))
        for i, b in enumerate(soal_latihan().to_dict("records"), 5):
            kata = [str(b["jabatan"]), tulisan.label(b["jenjang"]), str(b["indikator"])]
            ws.write_number(i, 0, int(b["nomor"]), self.nomor)
            for j, k in enumerate(kata, 1):
                ws.write_string(i, j, k, self.teks)
            for j in (4, 5, 6):
                ws.write_blank(i, j, None, self.isian)
            ws.set_row(i, tinggi(kata, lebar[1:4], paling_sedikit=52))
        ws.set_selection(5, 4, 5, 4)

    def pilah(self, kode: str) -> None:
        lebar = (6, 34, 16, 84, 20)
        ws = self.lembar(kode, lebar, ("No", "Jabatan", "Jenjang", LEMBAR[kode].penanda, *LEMBAR[kode].isian))
        butir = soal.pilah()
        for i, b in enumerate(butir.to_dict("records"), 5):
            kata = [str(b["jabatan"]), tulisan.label(b["jenjang"]), str(b["indikator"])]
            ws.write_number(i, 0, int(b["nomor"]), self.nomor)
            for j, k in enumerate(kata, 1):
                ws.write_string(i, j, k, self.teks)
            ws.write_blank(i, 4, None, self.pilihan)
            ws.set_row(i, tinggi(kata, lebar[1:4], paling_sedikit=32))
        self.pilih(ws, (5, 4, 4 + len(butir), 4), soal.PILIHAN_PILAH, "Lemah atau kuat")
        ws.set_selection(5, 4, 5, 4)

    def kaskade(self, kode: str) -> None:
        lebar = (6, 10, 16, 15, 68, 36, 16, 20)
        kepala = ("No", "Jenis", LEMBAR[kode].penanda, "Jenjang", "Uraian", "Pemilik", "Induk tertulis")
        ws = self.lembar(kode, lebar, (*kepala, *LEMBAR[kode].isian))
        pohon = soal.pohon_patah()
        for i, b in enumerate(pohon.to_dict("records"), 5):
            induk = str(b["induk"]) or ("(puncak)" if b["jenjang"] == "Visi" else "(kosong)")
            kata = [*(str(b[k]) for k in ("jenis", "kode", "jenjang", "uraian", "pemilik")), induk]
            ws.write_number(i, 0, i - 4, self.nomor)
            for j, k in enumerate(kata, 1):
                ws.write_string(i, j, k, self.teks)
            ws.write_blank(i, 7, None, self.pilihan)
            ws.set_row(i, tinggi(kata, lebar[1:7]))
        self.pilih(ws, (5, 7, 4 + len(pohon), 7), f"=$C$6:$C${5 + len(pohon)}", "Kode pada pohon")
        ws.set_selection(5, 7, 5, 7)

    def matriks(self, kode: str) -> None:
        hasil = soal.hasil_atasan().to_dict("records")
        kepala = [f"{h['kode']}\n{h['hasil']}\n{h['ukuran']}: {h['target']}" for h in hasil]
        lebar = (6, 30, 64, *[32.0] * len(hasil))
        ws = self.lembar(kode, lebar, ("No", "Jabatan", LEMBAR[kode].penanda, *kepala))
        butir = soal.peran()
        for i, b in enumerate(butir.to_dict("records"), 5):
            kata = [str(b["jabatan"]), str(b["peran"])]
            ws.write_number(i, 0, int(b["nomor"]), self.nomor)
            for j, k in enumerate(kata, 1):
                ws.write_string(i, j, k, self.teks)
            for j in range(len(hasil)):
                ws.write_blank(i, 3 + j, None, self.pilihan)
            ws.set_row(i, tinggi(kata, lebar[1:3], paling_sedikit=36))
        self.pilih(ws, (5, 3, 4 + len(butir), 2 + len(hasil)), soal.PILIHAN_CARA, "Cara")
        ws.set_selection(5, 3, 5, 3)


def teks_soal(b: Mapping[Any, Any]) -> str:
    """A question of the test with its choices, as the sheet shows it."""
    return "\n".join([str(b["pertanyaan"]), *(f"{h}. {b[h.lower()]}" for h in soal.PILIHAN_TES)])


def tinggi(teks: Sequence[str], lebar: Sequence[float], pt: float = _PT, paling_sedikit: float = 20) -> float:
    """Row height for text of `pt` points: `tinggi_baris` counts for the default type of 11."""
    skala = pt / 11
    return max(tinggi_baris(teks, [w / skala for w in lebar]) * skala, paling_sedikit)
