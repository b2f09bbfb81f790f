"""The press on a Dask cluster: the same packs, made by workers that come and go.

The parent hands out slices a few at a time, one worker by name for each, and takes back the bytes of the files;
worker and parent need no common file system. Dask carries them and tells who is there. Which worker is trusted, who
gets a lost worker's packs, and when a pack is given up is decided here, so that it does not hang on how a
particular cluster has been set up.
"""

from __future__ import annotations

import hashlib
import queue
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kinerja import tulisan
from kinerja.laporan.batas import Batas, Galat
from kinerja.laporan.cabang import Hasil
from kinerja.laporan.keutuhan import MANIFES, baca_manifes
from kinerja.laporan.mesin_cetak import Balasan, Kiriman, buka_balasan, keadaan, kirim
from kinerja.laporan.paket import GalatPesanan, Tugas, buang, hanya_untuk, tulis_awet
from kinerja.laporan.pekerja import bubarkan, minta_mesin

COBA = 3  # so often a pack may lose its worker before it is given up
TUNGGU_SAMBUNG = 10.0  # seconds for the scheduler to answer
TUNGGU_PEKERJA = 60.0  # seconds without any worker until the order is given up, at its start
TUNGGU_LAGI = 600.0  # and later, when there have been some
_SELANG = 1.0  # seconds between two looks at who is there


@dataclass
class _Usaha:
    """A pack that is not made yet, and what became of earlier tries."""

    tugas: Tugas
    kali: int = 0
    sebab: str = ""
    bekas: set[str] = field(default_factory=set)  # workers that failed it


@dataclass
class _Pekerja:
    alamat: str
    utas: int
    diterima: bool | None = None  # None: its answer is awaited
    memegang: dict[str, _Usaha] = field(default_factory=dict)  # by key of the future
    terasing: bool = False  # holds a pack under suspicion, and nothing beside it


def cetak_di_klaster(
    tugas: Iterator[Tugas], alamat: str, batas: Batas, kabar: Callable[[str], None]
) -> Iterator[Hasil[Tugas, dict[str, float]]]:
    """Each pack made somewhere on the cluster and laid in its `sementara`, or why not, as they finish.

    `batas` are the limits of `jalankan_cabang`, kept on each worker; `kabar` is told of workers refused and lost.
    GalatPesanan when the cluster cannot be used: no Dask here, no answer, no worker, none of the same version.
    Leaving the iterator (Ctrl-C as well) takes back what is handed out and ends what is being made.
    """
    klien = _sambung(alamat)
    pesanan = uuid.uuid4().hex[:12]
    kerja = _Kerja(klien, pesanan, tugas, batas, kabar, alamat)
    try:
        yield from kerja.jalankan()
    finally:
        kerja.tarik()
        with suppress(Exception):
            klien.close(timeout=5)


def periksa_penjadwal(alamat: str) -> None:
    """GalatPesanan if no scheduler answers there; for before the long work."""
    _sambung(alamat).close(timeout=5)


def _sambung(alamat: str) -> Any:
    if not alamat.startswith(("tcp://", "tls://")):
        raise GalatPesanan(
            f"Alamat penjadwal {alamat!r} tidak dikenal. Tulis seperti tcp://nama:8786 atau tls://nama:8786."
        )
    try:
        from distributed import Client
    except ImportError as galat:
        raise GalatPesanan(
            "--penjadwal perlu Dask, yang belum terpasang. Pasang dengan: pip install 'kinerja[dask]'"
        ) from galat

    class Klien(Client):
        """One that could not connect is not closed a second time, with a traceback, when it is collected."""

        def __del__(self) -> None:
            pass  # whoever got one closes it

    try:
        return Klien(alamat, timeout=TUNGGU_SAMBUNG, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, RuntimeError) as galat:
        sebab = str(galat) or type(galat).__name__
        raise GalatPesanan(
            f"Penjadwal {alamat} tidak menjawab ({sebab}). Jalankan dulu `dask scheduler`, periksa nama dan "
            "pintunya; untuk tls:// periksa juga sertifikat di setelan Dask."
        ) from galat


class _Kerja:
    """One order on one cluster."""

    def __init__(
        self,
        klien: Any,
        pesanan: str,
        tugas: Iterator[Tugas],
        batas: Batas,
        kabar: Callable[[str], None],
        alamat: str,
    ) -> None:
        self.klien, self.pesanan, self.batas, self.kabar, self.alamat = klien, pesanan, batas, kabar, alamat
        self.antrean = tugas
        self.habis = False
        self.ulang: deque[_Usaha] = deque()
        self.pekerja: dict[str, _Pekerja] = {}
        self.masa: dict[str, tuple[Any, _Pekerja]] = {}  # futures that are out, with whom
        self.kotak: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.tolakan: dict[str, str] = {}
        self.keadaan = keadaan()
        self.pernah = False  # whether there has been a worker to print on
        self.nomor = 0

    def jalankan(self) -> Iterator[Hasil[Tugas, dict[str, float]]]:
        dilihat = ada = time.monotonic() - _SELANG
        while True:
            if time.monotonic() - dilihat >= _SELANG:
                yield from self._perbarui()
                dilihat = time.monotonic()
            if self._bagi():
                return
            if any(p.diterima is not False for p in self.pekerja.values()):
                ada = time.monotonic()
            self._tolak_bila_sepi(time.monotonic() - ada)
            with suppress(queue.Empty):
                yield from self._terima(self.kotak.get(timeout=_SELANG))

    def tarik(self) -> None:
        """Take back what is out, and end the machines; a worker that does not answer is not waited for."""
        with suppress(Exception):
            self.klien.cancel([f for f, _ in self.masa.values()])
        siapa = [p.alamat for p in self.pekerja.values() if p.diterima]

        def tutup() -> None:
            with suppress(Exception):
                self.klien.run(bubarkan, self.pesanan, workers=siapa, on_error="ignore")

        if siapa:
            utas = threading.Thread(target=tutup, daemon=True)
            utas.start()
            utas.join(5)

    # -- who is there --

    def _perbarui(self) -> Iterator[Hasil[Tugas, dict[str, float]]]:
        """Ask the new, and take back what those who are gone had."""
        try:
            kini = self.klien.nthreads()
        except (OSError, TimeoutError, RuntimeError) as galat:
            raise GalatPesanan(
                f"Penjadwal {self.alamat} tidak menjawab lagi. Paket yang sudah jadi tetap ada; jalankan kembali "
                "penjadwalnya, lalu ulangi dengan --lanjutkan."
            ) from galat
        for alamat in self.pekerja.keys() - kini.keys():
            p = self.pekerja.pop(alamat)
            self.tolakan.pop(alamat, None)
            if p.memegang:
                n = tulisan.angka(len(p.memegang))
                self.kabar(f"Pekerja {alamat} hilang; {n} paketnya dikerjakan ulang.")
            for kunci in list(p.memegang):
                masa, _ = self.masa.pop(kunci)
                masa.cancel()
                yield from self._gagal(p.memegang.pop(kunci), p, "pekerjanya hilang")
        for alamat, utas in kini.items():
            if alamat not in self.pekerja:
                p = self.pekerja[alamat] = _Pekerja(alamat, utas)
                self._kirim(p, None)

    def _jawab(self, p: _Pekerja, masa: Any) -> None:
        """Let a worker in, or refuse one that would make other bytes."""
        if masa.status == "finished":
            lain = buka_balasan(masa.result())
            beda = [
                f"{k} {lain.get(k, 'tidak ada')} (di sini {v})"
                for k, v in self.keadaan.items()
                if lain.get(k) != v
            ]
        else:
            sebab = masa.exception() if masa.status == "error" else masa.status
            beda = [f"kinerja di sana tidak dapat dijalankan ({type(sebab).__name__}: {sebab})"]
        p.diterima = not beda
        self.pernah |= not beda
        if beda:
            self.tolakan[p.alamat] = "; ".join(beda)
            self.kabar(f"Pekerja {p.alamat} ditolak karena berbeda: {self.tolakan[p.alamat]}.")

    def _tolak_bila_sepi(self, detik: float) -> None:
        if any(p.diterima is not False for p in self.pekerja.values()):
            return
        if self.tolakan and not self.pernah:
            rinci = "\n".join(f"  {a}: {sebab}" for a, sebab in self.tolakan.items())
            raise GalatPesanan(
                f"Semua pekerja di {self.alamat} berbeda dari komputer ini, sehingga hasilnya tidak akan sama:\n{rinci}\n"
                "Pasang kinerja dan requirements.lock yang sama di semua komputer, lalu jalankan ulang pekerjanya."
            )
        if detik >= (TUNGGU_LAGI if self.pernah else TUNGGU_PEKERJA):
            raise GalatPesanan(
                f"Tidak ada pekerja di {self.alamat} selama {tulisan.angka(round(detik))} detik. Jalankan "
                f"`dask worker {self.alamat}` di tiap komputer pekerja, lalu ulangi dengan --lanjutkan."
            )

    # -- handing out --

    def _bagi(self) -> bool:
        """Give each worker as much as it can hold; whether all is done.

        One more than a worker has threads, so that it never waits for us. A pack whose worker was lost goes
        alone: if that worker is lost too, there is no doubt which pack it was.
        """
        diterima = [p for p in self.pekerja.values() if p.diterima]
        dipesan: set[str] = set()  # run empty before they get a pack under suspicion
        for p in diterima:
            p.terasing &= bool(p.memegang)
        for usaha in list(self.ulang):
            calon = [p for p in diterima if p.alamat not in usaha.bekas] or diterima
            calon = [p for p in calon if not p.terasing and p.alamat not in dipesan]
            if not calon:
                continue
            p = min(calon, key=lambda p: len(p.memegang))
            dipesan.add(p.alamat)
            if not p.memegang:
                self.ulang.remove(usaha)
                p.terasing = True
                self._cetak(p, usaha)
        for p in diterima:
            while not (p.terasing or p.alamat in dipesan or self.habis) and len(p.memegang) <= p.utas:
                berikut = next(self.antrean, None)
                if berikut is None:
                    self.habis = True
                else:
                    self._cetak(p, _Usaha(berikut))
        tugas_di_luar = any(p.memegang for p in self.pekerja.values())
        return self.habis and not self.ulang and not tugas_di_luar

    def _cetak(self, p: _Pekerja, usaha: _Usaha) -> None:
        kunci = self._kirim(p, Kiriman.dari(usaha.tugas, self.batas))
        p.memegang[kunci] = usaha

    def _kirim(self, p: _Pekerja, isi: Kiriman | None) -> str:
        self.nomor += 1
        kunci = f"kinerja-{self.pesanan}-{self.nomor}"
        masa = self.klien.submit(
            minta_mesin,
            self.pesanan,
            kirim(isi),
            key=kunci,
            workers=[p.alamat],
            allow_other_workers=False,
            pure=False,
        )
        self.masa[kunci] = (masa, p)
        masa.add_done_callback(self.kotak.put)
        return kunci

    # -- taking back --

    def _terima(self, masa: Any) -> Iterator[Hasil[Tugas, dict[str, float]]]:
        if masa.key not in self.masa:
            return  # taken back meanwhile
        _, p = self.masa.pop(masa.key)
        if masa.key not in p.memegang:
            self._jawab(p, masa)
            return
        usaha = p.memegang.pop(masa.key)
        if masa.status != "finished":
            sebab = masa.exception() if masa.status == "error" else masa.status
            yield from self._gagal(usaha, p, f"{type(sebab).__name__}: {sebab}")
            return
        balasan: Balasan = buka_balasan(masa.result())
        masa.release()
        if balasan.galat is None and not _cocok(usaha.tugas, balasan.isi):
            yield from self._gagal(usaha, p, "berkas yang datang tidak cocok dengan manifesnya")
            return
        if balasan.galat is None:
            _taruh(usaha.tugas, balasan.isi)
        yield Hasil(usaha.tugas, balasan.tahap, balasan.galat, balasan.detik, balasan.memori)

    def _gagal(self, usaha: _Usaha, p: _Pekerja, sebab: str) -> Iterator[Hasil[Tugas, dict[str, float]]]:
        """Not the pack's own error: try again elsewhere, but not for ever."""
        usaha.kali += 1
        usaha.sebab = sebab
        usaha.bekas.add(p.alamat)
        if usaha.kali < COBA:
            self.ulang.append(usaha)
            return
        kali = tulisan.angka(COBA)
        pesan = f"Sudah dicoba {kali} kali di klaster dan tiap kali gagal; yang terakhir: {sebab}."
        saran = "Mungkin notebook atau datanya mematikan pekerja. Coba OPD ini tanpa --penjadwal."
        yield Hasil(usaha.tugas, None, Galat(f"{pesan} {saran}"), 0.0, None)


def _cocok(tugas: Tugas, isi: Mapping[str, bytes]) -> bool:
    """Whether these are the files of this pack, every byte as its own manifest records."""
    try:
        manifes = baca_manifes(isi[MANIFES])
        berkas = manifes["berkas"]
        return (
            manifes["kunci"] == tugas.kunci
            and set(isi) == {*berkas, MANIFES}
            and set(tugas.berkas.values()) <= set(berkas)
            and all("/" not in n and "\\" not in n and not n.startswith(".") for n in isi)
            and all(hashlib.sha256(isi[n]).hexdigest() == sha for n, sha in berkas.items())
        )
    except (KeyError, ValueError, TypeError):
        return False


def _taruh(tugas: Tugas, isi: Mapping[str, bytes]) -> None:
    """Lay the files where a pack made here would have grown, its manifest last."""
    with hanya_untuk(tugas.izin):
        buang(tugas.sementara)
        tugas.sementara.mkdir(parents=True)
        for nama in sorted(isi, key=lambda n: n == MANIFES):
            tulis_awet(tugas.sementara / nama, isi[nama])
