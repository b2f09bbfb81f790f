"""Results on another store: a folder here grows as always, and each finished pack is sent there.

Most stores cannot rename as one step. So a pack's manifest goes first when an old pack is replaced and comes last
when the new one is there, and the run's own manifest is the last of all: a pack without a manifest that verifies
does not count, here or there. A run holds the lock of its target there (`GembokJauh`) from before its first write
to after its last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from kinerja.data.alamat import GalatAlamat, baca_alamat, gagal, sistem, tanpa_rahasia
from kinerja.laporan.gembok import GembokJauh, SasaranDipakai
from kinerja.laporan.keutuhan import MANIFES, TANDA

_AKHIR = (MANIFES, TANDA)  # in this order after all else


class Cermin:
    """`lokal` is where the run works; packs under `lokal/instansi/periode` are sent to `alamat`."""

    def __init__(self, alamat: str, lokal: Path, bagian: PurePosixPath) -> None:
        self.alamat, self.lokal, self.bagian = alamat, lokal / bagian, bagian
        self.fs, akar = sistem(alamat)
        self.akar = f"{akar}/{bagian}"
        self.gembok = GembokJauh(self.fs, self.akar, str(self))
        self.menunggu = True  # the run's old manifest still vouches there

    @contextmanager
    def dipegang(self, tunggu: bool, kabar: Callable[[str], None] | None) -> Iterator[None]:
        """Nobody else's run writes there meanwhile, as far as the store allows. SasaranDipakai if one does now."""
        try:
            with self._galat():
                self.gembok.ambil(tunggu=tunggu, kabar=kabar)
            yield
        finally:
            try:
                self.gembok.lepas()
            except Exception:  # the store is gone; what ended the block must not be hidden by that
                if kabar is not None:
                    kabar(
                        f"Gembok {self.gembok.tampil} tidak dapat dihapus. Hapus sendiri sebelum perintah berikut."
                    )

    def ambil(self) -> None:
        """Fetch the packs that are there, so that a run can go on from them."""
        with self._galat():
            if not self.fs.exists(self.akar):
                return
            for jalur in self.fs.find(self.akar):
                nama = PurePosixPath(jalur).parts[len(PurePosixPath(self.akar).parts) :]
                if 1 <= len(nama) <= 2 and ".." not in nama:
                    tujuan = self.lokal.joinpath(*nama)
                    tujuan.parent.mkdir(parents=True, exist_ok=True)
                    self.fs.get_file(jalur, str(tujuan))

    def kirim(self, kode: str) -> None:
        """Send one finished pack (or the error in its place)."""
        with self._galat():
            self.gembok.pastikan()
            if self.menunggu:
                self._hapus(self.akar, _AKHIR)
                self.menunggu = False
            self._kirim_map(self.lokal / kode, f"{self.akar}/{kode}")

    def akhiri(self) -> None:
        """Send what belongs to the whole run, its manifest last."""
        with self._galat():
            self.gembok.pastikan()
            self._kirim_map(self.lokal, self.akar)

    def __str__(self) -> str:
        return tanpa_rahasia(f"{self.alamat.rstrip('/')}/{self.bagian}")

    def _kirim_map(self, dari: Path, ke: str) -> None:
        berkas = sorted(
            (p for p in dari.iterdir() if p.is_file() and not p.name.startswith(".")),
            key=lambda p: (_AKHIR.index(p.name) + 1 if p.name in _AKHIR else 0, p.name),
        )
        self.fs.makedirs(ke, exist_ok=True)
        self._hapus(ke, _AKHIR)
        ada = {PurePosixPath(x["name"]).name for x in self.fs.ls(ke, detail=True) if x["type"] == "file"}
        self._hapus(ke, tuple(ada - {p.name for p in berkas}))
        for p in berkas:
            if p.name == MANIFES:
                self.gembok.pastikan()
            self.fs.put_file(str(p), f"{ke}/{p.name}")
            if self.fs.info(f"{ke}/{p.name}")["size"] != p.stat().st_size:
                raise OSError(f"{p.name} tiba dengan besar yang lain")

    def _hapus(self, di: str, nama: tuple[str, ...]) -> None:
        for n in nama:
            if self.fs.exists(f"{di}/{n}"):
                self.fs.rm_file(f"{di}/{n}")
        self.fs.invalidate_cache()

    @contextmanager
    def _galat(self) -> Iterator[None]:
        try:
            yield
        except (GalatAlamat, SasaranDipakai):
            raise
        except Exception as galat:  # every store has exceptions of its own
            raise gagal(self.alamat, galat) from None


@contextmanager
def keluaran_lokal(
    alamat: str | Path,
    instansi: str,
    periode: str,
    lanjutkan: bool,
    *,
    tunggu: bool = False,
    kabar: Callable[[str], None] | None = None,
) -> Iterator[tuple[Path, Any]]:
    """The folder to work in and the Cermin that sends it on, None for a path of this machine.

    SasaranDipakai if another run holds the target on that store, or with `tunggu` wait, telling `kabar`.
    """
    tempat = baca_alamat(alamat) if isinstance(alamat, str) else alamat
    if isinstance(tempat, Path):
        yield tempat, None
        return
    with TemporaryDirectory(prefix="kinerja-hasil-") as sementara:
        cermin = Cermin(tempat, Path(sementara), PurePosixPath(instansi, periode))
        with cermin.dipegang(tunggu, kabar):
            if lanjutkan:
                cermin.ambil()
            yield Path(sementara), cermin
