"""The `kinerja` command."""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import io
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from kinerja import __version__

# argparse speaks English; these are the phrases that a user can meet
_TERJEMAH = {
    "usage: ": "Pemakaian: ",
    "options": "Pilihan",
    "positional arguments": "Yang harus ditulis",
    "show this help message and exit": "tampilkan bantuan ini",
    "%(prog)s: error: %(message)s\n": "%(message)s\n",
    "the following arguments are required: %s": "Belum ditulis: %s",
    "unrecognized arguments: %s": "Tidak dikenal: %s",
    "expected one argument": "perlu satu nilai",
    "expected at least one argument": "perlu sedikitnya satu nilai",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid %(type)s value: %(value)r": "nilai %(value)r tidak dapat dibaca (%(type)s)",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak ada; pilih dari %(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kurang jelas; mungkin %(matches)s",
}


class _Pengurai(argparse.ArgumentParser):
    """An argument parser that answers in Indonesian and points at --help."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{message}\nLihat: {self.prog} --help\n")


def _tanggal(teks: str) -> dt.date:
    return dt.date.fromisoformat(teks)


def _alamat(teks: str) -> Path | str:
    from kinerja.data.alamat import baca_alamat

    return baca_alamat(teks) if ":" in teks else Path(teks)


def _bilangan(teks: str) -> int:
    n = int(teks)
    if n < 1:
        raise argparse.ArgumentTypeError(f"{teks} harus 1 atau lebih")
    return n


def _persen(teks: str) -> int:
    n = int(teks)
    if not 0 <= n <= 100:
        raise argparse.ArgumentTypeError(f"{teks} harus 0 sampai 100")
    return n


_persen.__name__ = "bilangan bulat 0 sampai 100"


def _izin(teks: str) -> int:
    izin = {"600": 0o600, "640": 0o640, "660": 0o660}.get(teks.lstrip("0"))
    if izin is None:
        raise argparse.ArgumentTypeError(f"{teks!r} tidak ada; pilih 0600, 0640, atau 0660")
    return izin


_TAMPILKAN_NIP = "tulis NIP dan nama apa adanya dalam pesan galat (baku: disembunyikan)"
_SABAR = 3.0  # seconds after which another Ctrl-C ends a clean-up that hangs
_bilangan.__name__ = "bilangan bulat"
_tanggal.__name__ = "tanggal seperti 2023-01-31"


def pengurai() -> argparse.ArgumentParser:
    """The command line, in Indonesian."""
    argparse._ = lambda teks: _TERJEMAH.get(teks, teks)  # type: ignore[attr-defined]
    p = _Pengurai(prog="kinerja", description="Meja kerja metodologi kinerja ASN.")
    p.add_argument("--version", action="version", version=f"kinerja {__version__}", help="tampilkan versi")
    anak = p.add_subparsers(dest="perintah", required=True, metavar="perintah", title="Perintah")

    cetak = anak.add_parser("laporan", help="cetak laporan tiap OPD dari satu buku kerja")
    cetak.add_argument("--instansi", required=True, help="berkas di params/instansi, misalnya sumbar")
    cetak.add_argument(
        "--data", required=True, type=_alamat,
        help="buku kerja .xlsx, map CSV, atau map Parquet; boleh alamat seperti s3://, sftp://, https://, zip://",
    )  # fmt: skip
    cetak.add_argument("--periode", help="2022, 2022-TW3, atau 2022-07 (baku: periode instansi)")
    cetak.add_argument("--opd", action="append", default=[], help="kode OPD; boleh diulang (baku: semua)")
    cetak.add_argument(
        "--keluaran", type=_alamat, default=Path("reports"),
        help="map hasil (baku: reports); boleh alamat seperti s3:// atau sftp://",
    )  # fmt: skip
    cetak.add_argument(
        "--format",
        default="ipynb,html,pdf,docx,xlsx",
        help="dipisah koma (baku: %(default)s); tambahkan zip untuk satu berkas kirim tiap OPD, "
        "gabungan untuk satu PDF seluruh pemda",
    )
    cetak.add_argument("--pekerja", type=_bilangan, default=2, help="OPD yang dikerjakan bersamaan (baku: 2)")
    cetak.add_argument("--rinci", action="store_true", help="cetak juga waktu setiap tahap")
    cetak.add_argument(
        "--penjadwal", metavar="ALAMAT",
        help="cetak di klaster Dask, misalnya tcp://nama:8786; pakai tls:// bila melewati jaringan bersama",
    )  # fmt: skip
    cetak.add_argument("--lanjutkan", action="store_true", help="hanya buat yang belum ada atau berubah")
    cetak.add_argument(
        "--samarkan",
        action="store_true",
        help="ganti nama dan NIP dengan samaran; kuncinya dari KINERJA_KUNCI_SAMARAN atau berkas .kunci-samaran di map hasil",
    )
    cetak.add_argument(
        "--tanggal", type=_tanggal, help="pakai aturan yang berlaku pada tanggal ini (baku: akhir periode)"
    )

    for nama, baku, arti in (
        ("sel", 300, "detik untuk satu sel notebook"),
        ("opd", 600, "detik untuk satu OPD"),
        ("memori", 2048, "MB memori untuk satu OPD, semua prosesnya bersama-sama"),
    ):
        cetak.add_argument(
            f"--batas-{nama}", type=_bilangan, default=baku, metavar="N",
            help=f"paling banyak N {arti}; yang melewatinya dihentikan dan dilaporkan (baku: {baku})",
        )  # fmt: skip

    cetak.add_argument(
        "--izin", type=_izin, default=0o600,
        help="siapa boleh membuka hasil: 0600 pemilik saja (baku), 0640 grup membaca, 0660 grup juga menulis",
    )  # fmt: skip
    cetak.add_argument(
        "--kunci-tanda", type=Path, metavar="BERKAS",
        help="tandatangani manifes dengan kunci rahasia ini (baku: KINERJA_KUNCI_TANDA); buat dengan kinerja kunci buat",
    )  # fmt: skip
    cetak.add_argument(
        "--tunggu", action="store_true", help="tunggu bila map hasil sedang dikerjakan perintah lain"
    )
    cetak.add_argument("--tampilkan-nip", action="store_true", help=_TAMPILKAN_NIP)

    utuh = anak.add_parser(
        "periksa-paket", help="periksa apakah hasil cetakan masih sama seperti saat dicetak"
    )
    utuh.add_argument(
        "map", type=Path, help="map INSTANSI/PERIODE, map satu paket di dalamnya, atau berkas ZIP"
    )
    utuh.add_argument(
        "--kunci-publik", type=Path, metavar="BERKAS",
        help="tuntut tanda tangan pemilik kunci ini (berkas .pub dari pengirim)",
    )  # fmt: skip
    utuh.add_argument(
        "--data", type=Path, help="buku kerjanya: cari juga NIP pegawai OPD lain di semua berkas paket"
    )

    kunci = anak.add_parser("kunci", help="buat kunci untuk menandatangani cetakan")
    kerja_kunci = kunci.add_subparsers(
        dest="kerja_kunci", required=True, metavar="pekerjaan", title="Pekerjaan"
    )
    buat = kerja_kunci.add_parser("buat", help="buat sepasang kunci Ed25519: rahasia dan publik")
    buat.add_argument(
        "berkas", type=Path, help="nama berkas kunci rahasia; yang publik di sampingnya, berakhiran .pub"
    )

    contoh = anak.add_parser("contoh", help="buat buku kerja contoh dengan pegawai sintetis")
    contoh.add_argument("instansi", help="sumbar atau babel")
    contoh.add_argument("--pegawai", type=_bilangan, default=6000, help="jumlah pegawai (baku: 6000)")
    contoh.add_argument("--benih", type=int, default=1, help="benih acak; benih sama, isi sama (baku: 1)")
    contoh.add_argument("--keluaran", type=Path, help="nama berkas (baku: contoh-INSTANSI.xlsx)")

    templat = anak.add_parser("templat", help="tulis buku kerja kosong untuk diisi")
    templat.add_argument("berkas", type=Path, help="nama berkas .xlsx")

    simulasi = anak.add_parser("simulasi", help="jalankan skenario kebijakan bayaran tanpa notebook")
    simulasi.add_argument("skenario", type=Path, help="berkas .yaml: populasi, skenario, dan yang diminta")
    simulasi.add_argument("--keluaran", type=Path, help="map hasil yang belum ada (baku: simulasi-NAMA)")

    banding = anak.add_parser(
        "banding", help="cetak laporan perbandingan kebijakan, satu setiap pasangan skenario"
    )
    banding.add_argument(
        "naskah", type=Path, help="berkas .yaml seperti untuk simulasi; skenario pertama menjadi dasar"
    )
    banding.add_argument("--keluaran", type=Path, help="map hasil yang belum ada (baku: banding-NAMA)")

    nasional = anak.add_parser(
        "rencana-nasional",
        help="rencanakan laporan semua pemda; perkirakan waktu dan biayanya dari sampel terukur",
    )
    nasional.add_argument(
        "--sampel",
        type=_bilangan,
        metavar="N",
        help="cetak sungguh-sungguh N paket OPD lalu perkirakan seluruhnya",
    )
    nasional.add_argument(
        "--inti", type=_bilangan, default=16, help="inti prosesor untuk perkiraan lamanya (baku: 16)"
    )
    nasional.add_argument(
        "--masukan", choices=("parquet", "xlsx"), default="parquet",
        help="bentuk buku kerja pemda sampel (baku: parquet); xlsx lebih lama dibuat dan dibaca",
    )  # fmt: skip
    nasional.add_argument(
        "--format",
        default="ipynb,html,pdf,docx,xlsx",
        help="isi paket sampel, dipisah koma (baku: %(default)s)",
    )
    nasional.add_argument(
        "--benih", type=int, default=1, help="benih acak; benih sama, rencana sama (baku: 1)"
    )
    nasional.add_argument(
        "--keluaran", type=Path, metavar="BERKAS",
        help="tulis rencana ke .csv atau .parquet, satu baris satu paket; hasil ukur menjadi CSV di sampingnya",
    )  # fmt: skip

    periksa = anak.add_parser("periksa", help="periksa buku kerja tanpa mencetak apa pun")
    periksa.add_argument("data", type=Path, help="buku kerja .xlsx, map CSV, atau map Parquet")
    periksa.add_argument(
        "--temuan", type=Path, metavar="BERKAS.xlsx",
        help="tulis temuan mutu IKI dan kaskade ke berkas ini, satu baris satu temuan",
    )  # fmt: skip
    periksa.add_argument("--tampilkan-nip", action="store_true", help=_TAMPILKAN_NIP)

    lab = anak.add_parser("lab", help="buka pelajaran bimtek di JupyterLab berbahasa Indonesia")
    lab.add_argument(
        "--map", type=Path, default=Path.home() / "kinerja-bimtek",
        help="map salinan pelajaran yang boleh diubah (baku: kinerja-bimtek di map rumah)",
    )  # fmt: skip
    lab.add_argument(
        "--baru", action="store_true", help="salin ulang; salinan yang sudah diubah disimpan dulu"
    )
    lab.add_argument(
        "--porta", type=_bilangan, help="porta yang dipakai (baku: 8888 atau berikutnya yang bebas)"
    )
    lab.add_argument(
        "--proyektor", action="store_true",
        help="untuk layar ruang: huruf besar, kode tersembunyi, nama dan NIP disamarkan",
    )  # fmt: skip
    lab.add_argument(
        "--tanpa-peramban", action="store_true", help="jangan buka peramban; alamatnya saja dicetak"
    )

    pamer = anak.add_parser("pamer", help="sajikan pelajaran sebagai aplikasi kepada peserta di satu ruang")
    pamer.add_argument(
        "--alamat", default="127.0.0.1",
        help="127.0.0.1: komputer ini saja (baku); 0.0.0.0: semua yang ada di jaringan ruang ini",
    )  # fmt: skip
    pamer.add_argument(
        "--porta", type=_bilangan, help="porta yang dipakai (baku: 8866 atau berikutnya yang bebas)"
    )
    pamer.add_argument(
        "--paling", type=_bilangan, help="peserta yang boleh membuka pelajaran bersamaan (baku: 84)"
    )
    pamer.add_argument(
        "--pelajaran", metavar="KODE", help="hanya pelajaran ini, dipisah koma, misalnya 01,02 (baku: semua)"
    )
    pamer.add_argument(
        "--paket",
        type=Path,
        metavar="MAP",
        help="map dari bimtek usb: disajikan juga, bagi peserta yang tidak mendapat tempat",
    )
    pamer.add_argument("--nama-asli", action="store_true", help="tampilkan nama dan NIP (baku: disamarkan)")

    bimtek = anak.add_parser("bimtek", help="bahan untuk dibagikan di ruang bimtek")
    bahan = bimtek.add_subparsers(dest="bahan", required=True, metavar="bahan", title="Bahan")
    usb = bahan.add_parser("usb", help="latihan yang dibuka dari USB: tanpa pasang, tanpa internet")
    usb.add_argument("--keluaran", type=Path, default=Path("paket-usb"), help="map paket (baku: paket-usb)")
    usb.add_argument(
        "--kunci", type=Path, metavar="BERKAS.csv",
        help="tulis kunci soal kaskade untuk pelatih, di luar map paket",
    )  # fmt: skip
    usb.add_argument(
        "--benih", type=_bilangan,
        help="benih soal kaskade; sama benih, sama paket. Rahasiakan (baku: acak)",
    )  # fmt: skip
    usb.add_argument(
        "--pyodide",
        type=Path,
        metavar="BERKAS.tgz",
        help="paket Pyodide yang sudah diambil, bila tanpa internet",
    )
    usb.add_argument(
        "--tanpa-mesin",
        action="store_true",
        help="jangan sertakan pemeriksa IKI (13 MB); halaman lain tetap lengkap",
    )
    selebaran = bahan.add_parser(
        "selebaran", help="cetak setiap pelajaran dan glosarium sebagai halaman HTML dan PDF"
    )
    selebaran.add_argument("--keluaran", type=Path, required=True, help="map hasil yang belum ada")
    selebaran.add_argument(
        "--pelajaran",
        metavar="KODE",
        action="extend",
        type=_kode_pelajaran,
        default=[],
        help="hanya pelajaran ini, dipisah koma, misalnya 01,02 (baku: semua)",
    )
    selebaran.add_argument("--kunci", action="store_true", help="edisi pelatih, dengan jawaban latihannya")
    selebaran.add_argument(
        "--pekerja", type=_bilangan, default=2, help="pelajaran yang dikerjakan bersamaan (baku: 2)"
    )
    layar = bahan.add_parser("layar", help="pelajaran untuk proyektor: huruf besar, satu gagasan satu layar")
    layar.add_argument("pelajaran", nargs="*", help="kode pelajaran, misalnya 01 04 (baku: semua)")
    layar.add_argument(
        "--pelajaran", dest="kode", metavar="KODE", action="extend", type=_kode_pelajaran, default=[],
        help="sama, dipisah koma, misalnya 01,04",
    )  # fmt: skip
    layar.add_argument(
        "--keluaran", type=Path, default=Path("layar"), help="map hasil yang belum ada (baku: layar)"
    )
    layar.add_argument(
        "--kunci", action="store_true", help="dengan jawaban, yang baru tampak setelah tombol ditekan"
    )
    layar.add_argument("--nama-asli", action="store_true", help="tampilkan nama dan NIP (baku: disamarkan)")
    layar.add_argument(
        "--pekerja", type=_bilangan, default=2, help="pelajaran yang dikerjakan bersamaan (baku: 2)"
    )
    _pengurai_latihan(anak)
    return p


def _pengurai_latihan(anak: argparse._SubParsersAction[_Pengurai]) -> None:
    latihan = anak.add_parser("latihan", help="latihan bimtek: bagikan buku kerja meja, kumpulkan, nilai")
    langkah = latihan.add_subparsers(dest="langkah", required=True, metavar="langkah", title="Langkah")

    templat = langkah.add_parser("templat", help="tulis daftar peserta kosong untuk diisi")
    templat.add_argument("berkas", type=Path, help="nama berkas .xlsx")

    bagi = langkah.add_parser("bagi", help="tulis satu buku kerja untuk tiap meja, tanpa kunci")
    bagi.add_argument(
        "--peserta", dest="data", required=True, type=Path, metavar="BERKAS", help="daftar peserta .xlsx atau .csv"
    )  # fmt: skip
    bagi.add_argument(
        "--keluaran", required=True, type=Path, metavar="MAP", help="map yang belum ada atau kosong"
    )
    bagi.add_argument("--meja", type=_bilangan, default=7, help="orang tiap meja, paling banyak 10 (baku: 7)")
    bagi.add_argument("--nama", default="", help='nama kelas, misalnya "Angkatan I"')
    bagi.add_argument(
        "--kertas", choices=("A4", "F4"), default="A4", help="ukuran cetak: A4 atau F4 (baku: A4)"
    )

    kumpul = langkah.add_parser("kumpul", help="baca yang kembali, nilai, dan tulis dinding hasil")
    kumpul.add_argument("map", type=Path, help="map berisi berkas yang kembali, dengan nama apa pun")
    kumpul.add_argument(
        "--keluaran", type=Path, metavar="MAP", default=Path("hasil-latihan"), help="map hasil (baku: hasil-latihan)"
    )  # fmt: skip
    kumpul.add_argument(
        "--kelas", type=Path, metavar="BERKAS", help="daftar-kelas.xlsx; tak perlu ditulis bila ada di map itu"
    )  # fmt: skip
    kumpul.add_argument(
        "--syarat", default="hadir,pretes,postes",
        help="syarat sertifikat, dipisah koma: hadir, pretes, postes (baku: ketiganya)",
    )  # fmt: skip
    kumpul.add_argument(
        "--nilai-postes", type=_persen, default=0, metavar="N", help="nilai postes paling sedikit untuk sertifikat (baku: 0)"
    )  # fmt: skip
    kumpul.add_argument(
        "--kunci-usb", type=Path, metavar="BERKAS", help="kunci pohon paket USB (dari bimtek usb --kunci): menilai jawaban kaskadenya"
    )  # fmt: skip
    kumpul.add_argument(
        "--kunci", action="store_true", help="hanya pelatih: rekap memuat jawaban dan kunci, terbaca pemilik berkas saja"
    )  # fmt: skip

    kunci = langkah.add_parser("kunci", help="hanya pelatih: tulis kunci semua latihan")
    kunci.add_argument(
        "--keluaran",
        type=Path,
        default=Path("kunci.xlsx"),
        metavar="BERKAS",
        help="nama berkas (baku: kunci.xlsx)",
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status (0 done, 1 something failed, 2 refused)."""
    for aliran in (
        sys.stdout,
        sys.stderr,
    ):  # a terminal that cannot show a sign gets a question mark, no crash
        if isinstance(aliran, io.TextIOWrapper) and aliran.errors == "strict":
            aliran.reconfigure(errors="replace")
    pilihan = pengurai().parse_args(argv)
    kerja = {
        "laporan": _laporan,
        "contoh": _contoh,
        "templat": _templat,
        "simulasi": _simulasi,
        "banding": _banding,
        "rencana-nasional": _rencana_nasional,
        "periksa": _periksa,
        "bimtek": _bimtek,
        "periksa-paket": _periksa_paket,
        "kunci": _kunci_cetakan,
        "lab": _lab,
        "pamer": _pamer,
        "latihan": _latihan,
    }
    try:
        return kerja[pilihan.perintah](pilihan)
    except KeyboardInterrupt:
        print("\nDihentikan. Ulangi dengan --lanjutkan untuk meneruskan.", file=sys.stderr)
        return 130
    except Exception as galat:
        return _gagal(galat, pilihan)


def _gagal(galat: Exception, pilihan: argparse.Namespace) -> int:
    """Tell what went wrong, without anybody's NIP unless asked for; returns the exit status."""
    from xlsxwriter.exceptions import FileCreateError  # only now: --help need not wait for these

    from kinerja.data import GalatData, sensor

    terbuka = getattr(pilihan, "tampilkan_nip", False)
    if isinstance(galat, GalatData) and not terbuka:
        galat = galat.tersensor()
    if isinstance(galat, FileCreateError) and galat.args and isinstance(galat.args[0], OSError):
        galat = galat.args[0]
    if not isinstance(galat, ValueError | OSError | GalatData):
        jejak = "".join(traceback.format_exception(galat))
        print(jejak if terbuka else sensor(jejak), "Galat ini tidak terduga. Laporkan dengan catatan di atas.",
              sep="\n", file=sys.stderr)  # fmt: skip
        return 1
    pesan = _sebab_sistem(galat) if isinstance(galat, OSError) else str(galat)
    bersih = pesan if terbuka else sensor(pesan)
    print(bersih, file=sys.stderr)
    if hasattr(pilihan, "tampilkan_nip") and ("[NIP]" in bersih or "[disembunyikan]" in bersih):
        print("NIP dan nama disembunyikan. Tambahkan --tampilkan-nip untuk melihatnya.", file=sys.stderr)
    if isinstance(galat, GalatData) and len(galat.temuan) > 1:
        print(_simpan_temuan(galat, Path(pilihan.data)), file=sys.stderr)
    return 2


# what the operating system says in English, as far as an operator can do something about it
_SEBAB: dict[int | None, str] = {
    errno.ENOENT: "map atau berkas ini tidak ada. Buat mapnya dulu atau periksa letaknya.",
    errno.ENOTDIR: "sebagian dari letak ini adalah berkas, bukan map. Pilih nama lain.",
    errno.EEXIST: "nama ini sudah dipakai sebuah berkas. Pilih nama lain.",
    errno.EISDIR: "ini map, bukan berkas. Tulis juga nama berkasnya.",
    errno.EACCES: "tidak boleh dibaca atau ditulis oleh akun ini. Pilih map lain atau minta izin.",
    errno.EPERM: "tidak boleh dibaca atau ditulis oleh akun ini. Pilih map lain atau minta izin.",
    errno.EROFS: "media ini hanya dapat dibaca. Pilih map lain.",
    errno.ENOSPC: "ruang penyimpanan penuh. Kosongkan sebagian, lalu ulangi dengan --lanjutkan.",
    errno.ENAMETOOLONG: "nama ini terlalu panjang. Pendekkan.",
}


def _sebab_sistem(galat: OSError) -> str:
    """A refusal of the operating system in Indonesian; one that is not foreseen stays as it is."""
    if galat.errno not in _SEBAB:
        return str(galat)
    return f"{galat.filename or 'Berkas'}: {_SEBAB[galat.errno]}"


def _perlu_map(berkas: Path) -> None:
    """FileNotFoundError before any work if the folder to write into is not there."""
    if not berkas.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(berkas.parent))


def _simpan_temuan(galat: object, data: Path) -> str:
    """All findings as a CSV that Excel opens, in the working folder; returns what to tell."""
    berkas = Path(f"temuan-{data.stem}.csv")
    try:
        with suppress(FileNotFoundError):
            berkas.chmod(0o600)
        with open(os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
            galat.tabel().to_csv(f, index=False, sep=";", encoding="utf-8-sig")  # type: ignore[attr-defined]
    except OSError as sistem:
        return f"Daftar lengkap tidak dapat disimpan. {_sebab_sistem(sistem)}"
    return f"Daftar lengkap: {berkas}"


def _laporan(p: argparse.Namespace) -> int:
    with _Henti() as henti:
        try:
            return _cetak_laporan(p)
        except BaseException:
            if not henti.sinyal:
                raise
            print("\nDihentikan. Ulangi dengan --lanjutkan untuk meneruskan.", file=sys.stderr)
            return 128 + henti.sinyal


def _cetak_laporan(p: argparse.Namespace) -> int:
    from kinerja.parameter import instansi

    # refuses a wrong name before anything slow; and parameter imports jsonschema without its
    # slowest optional part, which the notebook libraries would load
    pemda = instansi(p.instansi)

    from tqdm import tqdm

    from kinerja.laporan.batas import Batas
    from kinerja.laporan.batch import Pesanan, cetak

    class Bilah(tqdm):  # type: ignore[type-arg]
        """Progress in Indonesian, with the time that is left."""

        def __init__(self, total: int) -> None:
            super().__init__(
                total=total,
                desc="Mencetak",
                bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt} paket, {elapsed} berjalan, sisa {remaining}",
            )

    tqdm.monitor_interval = 0  # its watcher thread must not live while the press forks

    ringkasan = cetak(
        Pesanan(
            instansi=p.instansi,
            data=p.data,
            periode=p.periode or pemda.periode,
            keluaran=p.keluaran,
            opd=tuple(p.opd),
            format=tuple(f.strip() for f in p.format.split(",") if f.strip()),
            pekerja=p.pekerja,
            lanjutkan=p.lanjutkan,
            samarkan=_kunci_samaran(p.keluaran) if p.samarkan else None,
            tanggal=p.tanggal,
            izin=p.izin,
            kunci_tanda=_berkas_kunci_tanda(p.kunci_tanda),
            tunggu=p.tunggu,
            tampilkan_nip=p.tampilkan_nip,
            batas=Batas(sel=p.batas_sel, opd=p.batas_opd, memori=p.batas_memori),
            penjadwal=p.penjadwal,
        ),
        Bilah,
        kabar=lambda kata: tqdm.write(kata, file=sys.stderr),
    )
    print(ringkasan)
    if p.rinci:
        print(ringkasan.rinci)
    return 1 if ringkasan.gagal or ringkasan.peringatan else 0


class _Henti:
    """The first Ctrl-C or SIGTERM ends the press in good order; what follows at once does not disturb that.

    Whatever exception comes of it, `sinyal` tells that it was meant.
    """

    sinyal = 0

    def __enter__(self) -> _Henti:
        self._lama = {}
        if threading.current_thread() is threading.main_thread():
            self._lama = {n: signal.signal(n, self._terima) for n in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for nomor, lama in self._lama.items():
            signal.signal(nomor, lama)

    def _terima(self, nomor: int, bingkai: object) -> None:
        if not self.sinyal:
            self.sinyal, self._sejak = nomor, time.monotonic()
            raise KeyboardInterrupt
        if time.monotonic() - self._sejak > _SABAR:
            os._exit(128 + nomor)


def _berkas_kunci_tanda(berkas: Path | None) -> Path | None:
    if berkas is None and (letak := os.environ.get("KINERJA_KUNCI_TANDA")):
        return Path(letak)
    return berkas


def _periksa_paket(p: argparse.Namespace) -> int:
    from kinerja.laporan.keutuhan import periksa_paket
    from kinerja.laporan.tanda import muat_publik

    hasil = periksa_paket(p.map, muat_publik(p.kunci_publik) if p.kunci_publik else None)
    print(hasil)
    bocor = 0
    if p.data is not None:
        from kinerja.data import baca
        from kinerja.laporan.asing import nip_asing

        temuan = nip_asing(p.map, baca(p.data))
        bocor = len(temuan)
        print("\n".join(map(str, temuan)) or "Tidak ada NIP pegawai OPD lain di paket mana pun.")
    return 0 if hasil.utuh and not bocor else 1


def _kunci_cetakan(p: argparse.Namespace) -> int:
    from kinerja.laporan.tanda import buat_kunci

    _perlu_map(p.berkas)
    umum, publik = buat_kunci(p.berkas)
    print(
        f"{p.berkas}: kunci rahasia. Simpan cadangannya di tempat aman; jangan dikirim.\n"
        f"{umum}: kunci publik. Berikan kepada penerima laporan.\n"
        f"Sidik kunci: {publik.sidik}\n"
        f"Tandatangani: kinerja laporan --kunci-tanda {p.berkas} ...\n"
        f"Periksa: kinerja periksa-paket MAP --kunci-publik {umum}"
    )
    return 0


def _kunci_samaran(keluaran: Path | str) -> str:
    """The key of the pseudonyms: given, or made once and kept beside the results, for the owner only."""
    if kunci := os.environ.get("KINERJA_KUNCI_SAMARAN"):
        return kunci
    if isinstance(keluaran, str):
        raise ValueError(
            "--samarkan dengan hasil di tempat lain perlu kunci di KINERJA_KUNCI_SAMARAN: kunci samaran tidak "
            "pernah dikirim bersama hasilnya."
        )
    berkas = keluaran / ".kunci-samaran"
    if not berkas.exists():
        keluaran.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
            f.write(secrets.token_hex(32))
    return berkas.read_text()


def _contoh(p: argparse.Namespace) -> int:
    from kinerja import tulisan
    from kinerja.contoh import buat_contoh
    from kinerja.data import tulis_buku

    berkas = p.keluaran or Path(f"contoh-{p.instansi}.xlsx")
    _perlu_map(berkas)
    tabel = buat_contoh(p.instansi, pegawai=p.pegawai, benih=p.benih)
    tulis_buku(tabel, berkas)
    print(
        f"{berkas}: {tulisan.angka(len(tabel['pegawai']))} pegawai sintetis di "
        f"{tulisan.angka(len(tabel['opd']))} OPD (ilustratif, bukan orang nyata)."
    )
    return 0


def _templat(p: argparse.Namespace) -> int:
    from kinerja.data import templat

    _perlu_map(p.berkas)
    templat(p.berkas)
    print(f"{p.berkas} siap diisi. Mulai dari lembar petunjuk.")
    return 0


def _simulasi(p: argparse.Namespace) -> int:
    from kinerja.simulasi import baca, tulis

    tujuan = p.keluaran or Path(f"simulasi-{p.skenario.stem}")
    tulis(baca(p.skenario), tujuan, lambda kata: print(f"{kata} ...", file=sys.stderr))
    print(f"Hasil ada di {tujuan}. Mulai dari laporan.html.")
    return 0


def _banding(p: argparse.Namespace) -> int:
    from kinerja.laporan.kebijakan import cetak_kebijakan

    tujuan = p.keluaran or Path(f"banding-{p.naskah.stem}")
    berkas = cetak_kebijakan(p.naskah, tujuan, lambda kata: print(f"{kata} ...", file=sys.stderr))
    print(
        f"{len(berkas) // 3} laporan di {tujuan}: " + ", ".join(b.name for b in berkas if b.suffix == ".pdf")
    )
    return 0


def _rencana_nasional(p: argparse.Namespace) -> int:
    from kinerja.laporan import nasional

    if p.keluaran is not None:
        nasional.periksa_nama(p.keluaran)
        _perlu_map(p.keluaran)
    rencana, ukuran, kira = nasional.susun_rencana(p.benih), None, None
    print(nasional.ringkas_rencana(rencana), flush=True)
    if p.sampel is not None:
        ukuran = nasional.ukur(
            rencana,
            p.sampel,
            p.benih,
            tuple(f.strip() for f in p.format.split(",") if f.strip()),
            p.masukan,
            kabar=lambda kata: print(f"{kata} ...", file=sys.stderr),
        )
        kira = nasional.perkirakan(rencana, ukuran, p.inti)
        print("", nasional.laporkan(rencana, ukuran, kira), sep="\n")
    if p.keluaran is not None:
        berkas = nasional.simpan(p.keluaran, rencana, ukuran, kira)
        print(f"Ditulis: {', '.join(map(str, berkas))}")
    return 0


def _periksa(p: argparse.Namespace) -> int:
    from kinerja import tulisan
    from kinerja.data import baca

    if p.temuan is not None:
        _perlu_xlsx(p.temuan, p.data)
    data = baca(p.data)
    for nama, tabel in data.tabel.items():
        print(f"{nama:<10} {tulisan.angka(len(tabel)):>9} baris")
    for c in data.catatan.to_dict("records") if len(data.catatan) else []:
        print("Catatan:", "; ".join(f"{k} {v}" for k, v in c.items()))
    print("Buku kerja dapat dipakai.")
    if p.temuan is not None:
        from kinerja.kaskade import periksa
        from kinerja.temuan import KEPARAHAN, semua_temuan, tulis_temuan

        kaskade = periksa(data)
        temuan = semua_temuan(data, kaskade)
        tulis_temuan(temuan, p.temuan, kaskade)
        banyak = temuan["keparahan"].value_counts()
        rinci = tulisan.daftar(f"{tulisan.angka(int(banyak.get(k, 0)))} {k}" for k in KEPARAHAN)
        print(kaskade.judul)
        print(f"{p.temuan}: {tulisan.angka(len(temuan))} temuan ({rinci}).")
    return 0


def _lab(p: argparse.Namespace) -> int:
    from kinerja.bimtek import lab, layanan

    tujuan = p.map.expanduser().absolute()
    porta = layanan.porta_bebas("127.0.0.1", p.porta, lab.PORTA)
    asal = lab.berkas_pelajaran()
    for kata in lab.salin(asal, tujuan, baru=p.baru):
        print(kata)
    buka = not p.tanpa_peramban and layanan.ada_peramban()
    print("JupyterLab sedang disiapkan; pertama kali dapat makan waktu satu menit ...", flush=True)
    with (
        _tertutup_bersama_jendela(),
        lab.lab(tujuan, porta, asal[0].name, buka, p.proyektor) as (alamat, proses),
    ):
        if not buka and not p.tanpa_peramban:
            print("Peramban tidak ditemukan di komputer ini. Buka alamat berikut sendiri.")
        print(f"Siap. Bila peramban belum terbuka, salin alamat ini ke bilah alamatnya:\n\n    {alamat}\n")
        print(
            "Hanya komputer ini yang dapat membukanya. Tekan Ctrl+C di jendela ini untuk menutup.", flush=True
        )
        return _sampai_ditutup(proses)


def _pamer(p: argparse.Namespace) -> int:
    import ipaddress
    import json
    import time
    import urllib.request

    from kinerja.bimtek import benih, layanan, pamer
    from kinerja.bimtek.pelajaran import pelajaran, satu_pelajaran

    try:
        terbuka = not ipaddress.ip_address(p.alamat).is_loopback
    except ValueError:
        raise ValueError(f"Alamat {p.alamat!r} tidak dapat dipakai. Tulis 127.0.0.1 atau 0.0.0.0.") from None
    porta = layanan.porta_bebas(p.alamat, p.porta, pamer.PORTA)
    sajian = [satu_pelajaran(k) for k in _kode_pelajaran(p.pelajaran or "")] or list(pelajaran())
    sajian = [s for s in sajian if s.jalur.exists()]
    paling = p.paling or (pamer.PALING if benih.dapat() else pamer.PALING_TANPA_CABANG)
    kode = pamer.kode_baru()
    if p.paket is not None:
        pamer.halaman_paket(p.paket)  # refuses a folder that holds none before anything is started
    print("Server sedang disiapkan ...", flush=True)
    with (
        _tertutup_bersama_jendela(),
        pamer.pamer(sajian, p.alamat, porta, kode, paling, p.nama_asli, p.paket) as (
            setempat,
            proses,
            catatan,
        ),
    ):
        papan = f"http://{pamer.alamat_hall() if p.alamat == '0.0.0.0' else p.alamat}:{porta}/"
        print(pamer.papan_tulis(papan, kode, terbuka, paling), flush=True)
        siap: set[str] = set()
        try:
            while proses.poll() is None and len(siap) < len(sajian):
                with urllib.request.urlopen(f"{setempat}kesiapan?token={kode}", timeout=60) as jawab:
                    isi = json.load(jawab)
                for s in sajian:
                    if s.kode in {*isi["siap"], *isi["gagal"]} - siap:
                        siap.add(s.kode)
                        keadaan = "siap" if s.kode in isi["siap"] else f"gagal; sebabnya di {catatan}"
                        print(f"{len(siap)}/{len(sajian)} {s.judul}: {keadaan}", flush=True)
                time.sleep(1)
            return _sampai_ditutup(proses)
        except KeyboardInterrupt:
            print("\nDitutup. Peserta tidak dapat lagi membukanya.")
            return 0


@contextmanager
def _tertutup_bersama_jendela() -> Iterator[None]:
    """A window that is closed (SIGHUP) or a `kill` ends a server as Ctrl-C does: no port stays open behind it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    sinyal = [getattr(signal, n) for n in ("SIGTERM", "SIGHUP") if hasattr(signal, n)]
    lama = [signal.signal(n, signal.default_int_handler) for n in sinyal]
    try:
        yield
    finally:
        for n, pengurus in zip(sinyal, lama, strict=True):
            signal.signal(n, pengurus)


def _sampai_ditutup(proses: subprocess.Popen[bytes]) -> int:
    """Wait for a server until it ends, by Ctrl+C or from within the page."""
    try:
        return 1 if proses.wait() else 0
    except KeyboardInterrupt:
        print("\nDitutup.")
        return 0


def _bimtek(p: argparse.Namespace) -> int:
    return {"usb": _usb, "selebaran": _selebaran, "layar": _layar}[p.bahan](p)


def _kode_pelajaran(teks: str) -> list[str]:
    return [k.strip() for k in teks.split(",") if k.strip()]


_SEDANG_DIJALANKAN = "Pelajaran sedang dijalankan; semuanya dapat makan waktu beberapa menit ..."


def _layar(p: argparse.Namespace) -> int:
    from kinerja.bimtek.layar import cetak_layar

    def kemajuan(kata: str) -> None:
        print(kata, file=sys.stderr, flush=True)

    kemajuan(_SEDANG_DIJALANKAN)
    try:
        berkas = cetak_layar(
            p.keluaran,
            [k for teks in p.pelajaran for k in _kode_pelajaran(teks)] + p.kode,
            kunci=p.kunci,
            nama_asli=p.nama_asli,
            pekerja=p.pekerja,
            kemajuan=kemajuan,
        )
    except RuntimeError as galat:  # each lesson that failed, with its reason
        print(galat, file=sys.stderr)
        return 1
    print(
        f"{len(berkas)} pelajaran di {p.keluaran}. Buka {berkas[0]} di peramban; tombol ? menampilkan semua tombol."
    )
    return 0


def _usb(p: argparse.Namespace) -> int:
    from kinerja.bimtek.usb import tulis_paket

    if p.kunci is not None:
        _perlu_map(p.kunci)
    paket = tulis_paket(
        p.keluaran,
        benih=p.benih,
        kunci=p.kunci,
        pyodide=p.pyodide,
        mesin=not p.tanpa_mesin,
        kabar=lambda kata: print(f"{kata} ...", file=sys.stderr),
    )
    print(paket)
    if p.kunci is not None:
        print(f"Kunci soal kaskade paket {paket.paket}: {p.kunci}. Jangan dibagikan.")
    if paket.tanpa_mesin and not p.tanpa_mesin:
        print(
            f"Klinik dibuat tanpa mesin pemeriksa; halaman lain lengkap. Sebabnya: {paket.tanpa_mesin}",
            file=sys.stderr,
        )
        return 1
    return 0


def _latihan(p: argparse.Namespace) -> int:
    return {"templat": _latihan_templat, "bagi": _bagi, "kumpul": _kumpul, "kunci": _kunci}[p.langkah](p)


def _latihan_templat(p: argparse.Namespace) -> int:
    from kinerja.bimtek.peserta import tulis_templat_peserta

    _akhiran_xlsx(p.berkas)
    _perlu_map(p.berkas)
    tulis_templat_peserta(p.berkas)
    print(f"{p.berkas} siap diisi: satu baris satu peserta.")
    return 0


def _bagi(p: argparse.Namespace) -> int:
    from kinerja.bimtek.lembar_meja import bagikan
    from kinerja.bimtek.peserta import baca_peserta, sebut_kelas, susun_kelas

    kelas = susun_kelas(baca_peserta(p.data), p.meja, p.nama)
    bagikan(kelas, p.keluaran, p.kertas)
    print(f"{sebut_kelas(kelas)}.")
    print(f"Bagikan: {p.keluaran / 'untuk-meja'} (satu berkas satu meja, tanpa kunci).")
    print(f"Simpan: {p.keluaran / 'untuk-pelatih' / 'daftar-kelas.xlsx'} (memuat NIP; perlu untuk kumpul).")
    return 0


def _kumpul(p: argparse.Namespace) -> int:
    from kinerja.bimtek.jawaban_usb import baca_kunci
    from kinerja.bimtek.kumpul import kumpulkan
    from kinerja.bimtek.rekap import sebut_temuan, tulis_hasil
    from kinerja.tulisan import angka, daftar

    kunci_usb = None if p.kunci_usb is None else baca_kunci(p.kunci_usb)
    k = kumpulkan(p.map, p.kelas, kecuali=p.keluaran)
    syarat = [s.strip() for s in p.syarat.split(",") if s.strip()]
    h = tulis_hasil(k, p.keluaran, syarat, p.nilai_postes, p.kunci, kunci_usb)
    dari = f" dari {angka(len(k.kelas.meja))}" if k.lengkap else ""
    usb = h.usb.peserta
    if h.kembali or not len(usb):
        print(f"{angka(len(h.kembali))}{dari} meja dinilai.")
    if len(usb):
        membaik, ditulis = (angka(int(usb[x].sum())) for x in ("membaik", "ditulis"))
        print(f"{angka(len(usb))} peserta dari USB; {membaik} dari {ditulis} tulisan ulang membaik.")
    if h.usb.tanpa_kunci:
        print(
            f"Jawaban kaskade paket {daftar(h.usb.tanpa_kunci)} tidak dinilai: sertakan kuncinya dengan --kunci-usb."
        )
    for kalimat in sebut_temuan(k):
        print(kalimat)
    print(f"Hasil ada di {p.keluaran}: dinding.html untuk layar, rekap.xlsx, daftar-sertifikat.xlsx.")
    return 1 if (k.berkas["keadaan"] == "tidak terbaca").any() or not (h.kembali or len(usb)) else 0


def _kunci(p: argparse.Namespace) -> int:
    from kinerja.bimtek.rekap import tulis_kunci

    _akhiran_xlsx(p.keluaran)
    _perlu_map(p.keluaran)
    tulis_kunci(p.keluaran)
    print(f"{p.keluaran}: kunci semua latihan, hanya untuk pelatih. Jangan taruh di map yang dibagikan.")
    return 0


def _akhiran_xlsx(berkas: Path) -> None:
    if berkas.suffix.lower() != ".xlsx":
        raise ValueError(f"{berkas.name}: akhiran berkas harus .xlsx.")


def _selebaran(p: argparse.Namespace) -> int:
    from kinerja.bimtek.selebaran import cetak_selebaran

    def kemajuan(kata: str) -> None:
        print(kata, file=sys.stderr, flush=True)

    kemajuan(_SEDANG_DIJALANKAN)
    try:
        berkas = cetak_selebaran(p.keluaran, p.pelajaran, kunci=p.kunci, pekerja=p.pekerja, kemajuan=kemajuan)
    except RuntimeError as galat:  # each lesson that failed, with its reason
        print(galat, file=sys.stderr)
        return 1
    print(f"{len(berkas)} berkas di {p.keluaran}. Mulai dari {berkas[0].name}.")
    return 0


def _perlu_xlsx(berkas: Path, data: Path) -> None:
    """Refuses before any work a name that is no workbook, or that is the one being checked."""
    if berkas.suffix.lower() != ".xlsx":
        raise ValueError(f"{berkas.name}: akhiran berkas temuan harus .xlsx.")
    if berkas.absolute() == data.absolute():
        raise ValueError(f"{berkas.name}: ini buku kerja yang diperiksa. Beri nama lain untuk temuannya.")
    _perlu_map(berkas)


if __name__ == "__main__":
    sys.exit(main())
