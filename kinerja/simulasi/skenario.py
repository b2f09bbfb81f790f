"""One policy for one population: who is rated how, and paid what.

A scenario is data: `Skenario(...)` in a notebook, or a YAML file that `kinerja simulasi` runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Kebijakan, kebijakan
from kinerja.simulasi import penilaian, upaya
from kinerja.simulasi.acak import Larik
from kinerja.simulasi.bayaran import Bayaran, siapkan
from kinerja.simulasi.populasi import Populasi


@dataclass(frozen=True)
class Skenario:
    """What is tried. ubah: scenarios for `Kebijakan.dengan`, laid over in order (mapping, file name, or a list).

    regulasi: how points become a predikat. pola: force the distribution of SE MenPANRB 3/2023. skema: who is paid
    what; instansi: whose TPP index. tanpa: parts of pay left out ("disiplin", "pajak", ...). upaya: effort follows
    the slope of pay (an assumption). bulan: whose attendance, 1..12.
    """

    nama: str
    skema: str
    regulasi: str = "permenpanrb-6-2022"
    tanggal: dt.date | str = "2026-06-30"
    instansi: str | None = None
    ubah: Any = ()
    tanpa: Sequence[str] = ()
    pola: bool = False
    upaya: bool = False
    bulan: int = 1
    alasan: str = ""

    def kebijakan(self) -> Kebijakan:
        """The law of its day with its overlays. GalatParameter as `Kebijakan.dengan`."""
        k = kebijakan(self.tanggal)
        for lapis in self.ubah if isinstance(self.ubah, list | tuple) else [self.ubah]:
            k = k.dengan(lapis)
        return k

    def jalankan(self, orang: Populasi) -> Hasil:
        """Rate and pay these people; see `jalankan`."""
        return jalankan(self, orang)


@dataclass(frozen=True, eq=False)
class Hasil:
    """What a scenario does to a population: codes and rupiah in the order of its people.

    predikat: as rated, sejati: as the true performance deserves (codes into PREDIKAT, 0 the best). poin: (hasil,
    perilaku) as rated. `uang("bersih")` gives whole rupiah per person.
    """

    skenario: Skenario
    populasi: Populasi
    kebijakan: Kebijakan = field(repr=False)
    tabel_predikat: Larik = field(repr=False)
    predikat: Larik = field(repr=False)
    sejati: Larik = field(repr=False)
    poin: tuple[Larik, Larik] = field(repr=False)
    pola: Larik = field(repr=False)
    bayaran: Bayaran = field(repr=False)
    asumsi: tuple[str, ...] = field(repr=False)
    _uang: dict[str, Larik] = field(default_factory=dict, repr=False)

    @property
    def nama(self) -> str:
        return self.skenario.nama

    def uang(self, nama: str = "kotor") -> Larik:
        """Whole rupiah per person (one of bayaran.UANG): of one month; thr and ketiga_belas of the year."""
        self.siapkan(nama)
        return self._uang[nama]

    def siapkan(self, *nama: str) -> None:
        """Compute several amounts in one pass."""
        belum = [n for n in dict.fromkeys(nama) if n not in self._uang]
        if belum:
            jadi = self.bayaran.hitung(self.predikat, self.pola, belum, hasil=self.poin[0])
            for x in jadi.values():
                x.flags.writeable = False
            self._uang.update(jadi)

    def total(self, nama: str = "kotor") -> int:
        """Whole rupiah of everyone together."""
        return int(self.uang(nama).sum(dtype=np.int64))

    def anggaran(self) -> pd.Series:
        """Gross rupiah (exact): sebulan, dua_belas_bulan, thr, ketiga_belas, setahun.

        A year is twelve times this month, THR and the thirteenth; `nasional.setahun` pays each month on its own.
        """
        self.siapkan("kotor", "thr", "ketiga_belas")
        bulan, thr, tiga_belas = (self.total(n) for n in ("kotor", "thr", "ketiga_belas"))
        isi = {
            "sebulan": bulan, "dua_belas_bulan": 12 * bulan, "thr": thr, "ketiga_belas": tiga_belas,
            "setahun": 12 * bulan + thr + tiga_belas,
        }  # fmt: skip
        return pd.Series(isi, name=self.nama, dtype="int64")

    @cached_property
    def sebaran(self) -> pd.DataFrame:
        """People of each predikat (index PREDIKAT): dinilai, sejati."""
        n = len(PREDIKAT)
        isi = {
            "dinilai": np.bincount(self.predikat, minlength=n),
            "sejati": np.bincount(self.sejati, minlength=n),
        }
        return pd.DataFrame(isi, index=pd.Index(PREDIKAT, name="predikat"))

    def tabel(self) -> pd.DataFrame:
        """One row one person: opd, jenis_jabatan, kelas, golongan, predikat, and the rupiah of the month."""
        self.siapkan("hak", "kotor", "bersih")
        p = self.populasi
        isi: dict[str, Any] = {
            "opd": pd.Categorical.from_codes(p.kolom["opd"], categories=pd.Index(p.opd["nama"])),
            "kelas": p.kolom["kelas"],
        }
        for n in ("jenis_jabatan", "golongan", "status"):
            isi[n] = pd.Categorical.from_codes(p.kolom[n], categories=pd.Index(p.kategori[n]))
        isi["predikat"] = pd.Categorical.from_codes(self.predikat, categories=pd.Index(PREDIKAT))
        isi |= {n: self._uang[n] for n in ("hak", "kotor", "bersih")}
        return pd.DataFrame(isi, index=p.nip)

    def __str__(self) -> str:
        a = self.anggaran()
        baris = [
            f"{self.nama}: {self.populasi.nama}",
            f"Penilaian {self.skenario.regulasi}, bayaran {self.bayaran.nama}",
            f"Anggaran sebulan {tulisan.rupiah(int(a['sebulan']))}, setahun {tulisan.rupiah(int(a['setahun']))}",
        ]
        return "\n".join([*baris, *(f"Asumsi: {x}" for x in self.asumsi)])


def jalankan(s: Skenario, orang: Populasi, *, undian: int = 0) -> Hasil:
    """Rate and pay a population under a scenario. undian: another draw of the raters' errors.

    GalatParameter or ValueError name everything that the scenario needs and does not have.
    """
    k = s.kebijakan()
    bayaran = siapkan(s.skema, k, orang, instansi=s.instansi, tanpa=s.tanpa)
    tabel, asumsi = penilaian.tabel_predikat(s.regulasi, k, orang)
    if s.upaya:
        orang, catatan = upaya.berusaha(orang, bayaran, tabel)
        bayaran = replace(bayaran, populasi=orang)
        asumsi = (*asumsi, *catatan)
    return _nilai(s, orang, k, tabel, bayaran, asumsi, undian)


def _nilai(
    s: Skenario,
    orang: Populasi,
    k: Kebijakan,
    tabel: Larik,
    bayaran: Bayaran,
    asumsi: Sequence[str],
    undian: int,
) -> Hasil:
    hasil, perilaku = orang.angka(undian)
    predikat = _lihat(tabel, hasil, perilaku)
    if s.pola:
        predikat, catatan = penilaian.paksa(predikat, hasil + perilaku, orang, k)
        asumsi = (*asumsi, *catatan)
    sejati = _lihat(tabel, orang.kolom["hasil"], orang.kolom["perilaku"])
    return Hasil(
        s, orang, k, tabel, predikat, sejati, (hasil, perilaku), orang.pola_bulan(s.bulan), bayaran,
        tuple(dict.fromkeys([*orang.asumsi, *bayaran.asumsi, *asumsi])),
    )  # fmt: skip


def _lihat(tabel: Larik, hasil: Larik, perilaku: Larik) -> Larik:
    letak = hasil.astype(np.int32)
    letak *= tabel.shape[1]
    letak += perilaku
    return tabel.ravel().take(letak)


def ubah_bayaran(h: Hasil, bayaran: Bayaran, nama: str | None = None) -> Hasil:
    """The same ratings paid by another (variant of a) scheme: what a slider moves."""
    return replace(h, bayaran=bayaran, skenario=replace(h.skenario, nama=nama or h.nama), _uang={})


def ubah_penilai(h: Hasil, *, derau: float | None = None, longgar: float | None = None) -> Hasil:
    """The same scheme with raters who err otherwise (points)."""
    lama = h.populasi.penilai
    penilai = replace(
        lama,
        derau=lama.derau if derau is None else derau,
        longgar_rata=lama.longgar_rata if longgar is None else longgar,
    )
    orang = replace(h.populasi, penilai=penilai)
    return _nilai(
        h.skenario, orang, h.kebijakan, h.tabel_predikat, replace(h.bayaran, populasi=orang), h.asumsi, 0
    )


__all__ = ["Hasil", "Skenario", "jalankan", "ubah_bayaran", "ubah_penilai"]
