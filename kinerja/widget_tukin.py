"""Panel of the pay laboratory: move a policy and see at once what it costs, who feels it, and one slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from kinerja.gambar_simulasi import gambar_menang_kalah
from kinerja.gambar_tukin import angka_anggaran, gambar_kelas, gambar_slip
from kinerja.simulasi.bandingan import Bandingan, bandingkan
from kinerja.simulasi.bayaran import Bayaran, siapkan
from kinerja.simulasi.skenario import Hasil, ubah_bayaran
from kinerja.simulasi.slip import contoh, siapa, slip
from kinerja.simulasi.tuas import geser
from kinerja.simulasi.uraian import campur
from kinerja.tampil import Blok
from kinerja.widget import Angka, Pilihan, ada_orang, kendali_langsung

_ALPA = "potongan_alpa_per_hari"
_ALPA_TERBANYAK = 10  # percent; each is asked of the scheme once when the panel opens
_UANG = ("kotor", "thr", "ketiga_belas")


@dataclass(frozen=True, eq=False)
class Laboratorium:
    """A result and what a hand can move of its scheme. `ubah(...)` compares the moved policy with the first one."""

    kini: Hasil
    _hadir: dict[Decimal, Bayaran] = field(default_factory=dict, repr=False)
    _slip: dict[int, pd.Series] = field(default_factory=dict, repr=False)

    @property
    def alpa(self) -> float:
        """Percent that a day of absence without notice costs now."""
        return float(self.kini.kebijakan[f"{self.kini.skenario.skema}.{_ALPA}"].pasti())

    @property
    def awal(self) -> Mapping[str, float]:
        """The first value of every control of `ubah`."""
        b = self.kini.bayaran
        if b.persen is None:
            raise ValueError(
                f"{b.nama} tidak membayar menurut predikat, jadi tidak ada persen per predikat yang digeser."
            )
        persen = {p: b.persen[p] for p in ("butuh_perbaikan", "kurang", "sangat_kurang")}
        porsi = b.parameter["porsi_produktivitas"].pasti()
        return {
            n: _rapi(v)
            for n, v in {"indeks": 100, "porsi_kinerja": porsi, **persen, "alpa": self.alpa}.items()
        }

    def siapkan(self, alpa: Sequence[float]) -> None:
        """Ask the scheme beforehand about these percents, so that dragging need not wait."""
        for a in alpa:
            self._kehadiran(a)

    def ubah(
        self,
        indeks: float,
        porsi_kinerja: float,
        butuh_perbaikan: float,
        kurang: float,
        sangat_kurang: float,
        alpa: float,
    ) -> Bandingan:
        """The policy moved: indeks in percent of today's, the rest in percent. ValueError where a number cannot be.

        alpa: what a day of absence without notice costs, of what the scheme lets it bite.
        """
        h = ubah_bayaran(self.kini, self._kehadiran(alpa))
        minta = {
            "porsi_kinerja": porsi_kinerja,
            "butuh_perbaikan": butuh_perbaikan,
            "kurang": kurang,
            "sangat_kurang": sangat_kurang,
        }
        # what is not moved stays the law's number with the law's papers
        nilai: dict[str, Any] = {
            n if n == "porsi_kinerja" else f"persen_{n}": v for n, v in minta.items() if v != self.awal[n]
        }
        if indeks != 100:
            kini = self.kini.bayaran.parameter["indeks"].pasti()
            nilai["indeks"] = kini * Decimal(repr(indeks)) / 100
        baru = geser(h, nilai, "Usulan")
        baru.siapkan(*_UANG)
        return bandingkan(self.kini, baru)

    def _kehadiran(self, alpa: float) -> Bayaran:
        """The scheme with another cut per day of absence; asked once for each percent."""
        a = Decimal(repr(float(alpa)))
        if a not in self._hadir:
            self._hadir[a] = self.kini.bayaran if a == Decimal(repr(self.alpa)) else self._tanya(a)
        return self._hadir[a]

    def _tanya(self, a: Decimal) -> Bayaran:
        s, k = self.kini.skenario, self.kini.kebijakan
        jalur = f"{s.skema}.{_ALPA}"
        k = k.dengan({jalur: {k[jalur].sejak: a}})
        b = siapkan(s.skema, k, self.kini.populasi, instansi=s.instansi, tanpa=s.tanpa)
        return campur(self.kini.bayaran, b, ("kehadiran",))

    def slip(self, c: Bandingan, letak: int) -> pd.DataFrame:
        """One person's slip before and after: columns lama, baru (rupiah)."""
        if letak not in self._slip:
            self._slip[letak] = slip(self.kini, letak)
        return pd.DataFrame({"lama": self._slip[letak], "baru": slip(c.baru, letak)})


def _rapi(x: Any) -> float:
    """A control's value: whole where it is whole, so that it reads 60 and not 60,0."""
    return int(x) if x == int(x) else float(x)


def gambar_panel(lab: Laboratorium, letak: int, **nilai: float) -> list[Blok]:
    """What the panel shows for these values (see `Laboratorium.ubah`) and this person's slip."""
    c = lab.ubah(**nilai)
    c.hitung(("kelas", "jenis_jabatan"))
    orang = lab.kini.populasi.nama
    return [
        angka_anggaran(c),
        gambar_kelas(c),
        gambar_menang_kalah(c.per("jenis_jabatan"), "Jenis jabatan"),
        gambar_slip(lab.slip(c, letak), siapa(lab.kini, letak), orang),
    ]


def panel_bayaran(
    kini: Hasil,
    *,
    indeks: float = 100,
    porsi_kinerja: float | None = None,
    butuh_perbaikan: float | None = None,
    kurang: float | None = None,
    sangat_kurang: float | None = None,
    alpa: float | None = None,
    letak: int | None = None,
) -> None:
    """Sliders of a scheme over the budget, pay by class, winners and losers, and one slip.

    A control that is not given begins where the scheme is today. letak: whose slip (place in the population).
    """
    lab = Laboratorium(kini)
    beri = {
        "indeks": indeks,
        "porsi_kinerja": porsi_kinerja,
        "butuh_perbaikan": butuh_perbaikan,
        "kurang": kurang,
        "sangat_kurang": sangat_kurang,
        "alpa": alpa,
    }
    mulai = {n: lab.awal[n] if v is None else v for n, v in beri.items()}
    if ada_orang():
        lab.siapkan(range(_ALPA_TERBANYAK + 1))
    orang = contoh(kini) if letak is None else tuple(dict.fromkeys((letak, *contoh(kini))))
    kini.siapkan(*_UANG)
    kedua = (
        orang[0] if letak is not None or len(orang) < 3 else orang[2]
    )  # somebody whose rating costs him something

    def gambar(letak: int, **nilai: float) -> list[Blok]:
        return gambar_panel(lab, letak, **nilai)

    def persen(label: str, nama: str, atas: float = 100) -> Angka:
        return Angka(label, mulai[nama], 0, atas)

    kendali_langsung(
        gambar,
        indeks=Angka("Indeks (persen dari sekarang)", mulai["indeks"], 50, 150),
        porsi_kinerja=persen("Porsi kinerja (persen)", "porsi_kinerja"),
        butuh_perbaikan=persen("Butuh Perbaikan (persen)", "butuh_perbaikan"),
        kurang=persen("Kurang (persen)", "kurang"),
        sangat_kurang=persen("Sangat Kurang (persen)", "sangat_kurang"),
        alpa=persen("Tanpa keterangan sehari (persen)", "alpa", _ALPA_TERBANYAK),
        letak=Pilihan("Slip siapa", kedua, {i: siapa(kini, i) for i in orang}),
    )


__all__ = ["Laboratorium", "gambar_panel", "panel_bayaran"]
