"""Pay schemes are data: which there are, what each needs, and what of it is not established.

A scheme is a file of params/tukin/ with the parameter `skema`. What it does not regulate itself comes from
`tukin-umum`, `disiplin-pp-94-2021` and `pajak-iuran`.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from kinerja import tulisan
from kinerja.data.skema import CUTI
from kinerja.parameter import Galat, GalatParameter, Kebijakan, Nilai, kebijakan

UMUM = ("tukin-umum", "disiplin-pp-94-2021", "pajak-iuran")
# parts of pay that can be left out; the first four cut the right to pay, in this order
POTONGAN = ("kinerja", "kehadiran", "cuti", "hukuman")
BAGIAN = (*POTONGAN, "pajak", "iuran")
DISIPLIN = ("kehadiran", "hukuman")
_MILIK = MappingProxyType(
    {
        "kinerja": (
            "dasar_kinerja",
            "waktu_predikat",
            "nilai_kinerja_predikat",
            "persen_organisasi",
            "persen_kelebihan_poin",
        ),
        "kehadiran": (
            "cara_menit",
            "potongan_terlambat",
            "potongan_pulang_cepat",
            "potongan_per_menit",
            "potongan_alpa_per_hari",
            "potongan_lupa_rekam",
            "potongan_tidak_apel",
            "dasar_potongan",
        ),
        "cuti": ("cuti",),
        "pajak": ("cara_pajak",),
        "besaran": ("tangga", "porsi_produktivitas", "porsi_disiplin"),
    }
)


def semua(k: Kebijakan) -> tuple[str, ...]:
    """The files that are schemes, in order."""
    return tuple(sorted(j.removesuffix(".skema") for j in k.ketentuan.parameter if j.endswith(".skema")))


def bagian_ditutup(tanpa: str | Sequence[str]) -> tuple[str, ...]:
    """The parts to leave out; "disiplin" stands for attendance and sanctions. ValueError if unknown."""
    kata = (tanpa,) if isinstance(tanpa, str) else tuple(tanpa)
    asing = [t for t in kata if t not in (*BAGIAN, "disiplin")]
    if asing:
        raise ValueError(
            f"bagian {tulisan.daftar(asing)} tidak dikenal; yang dapat ditutup: {', '.join(BAGIAN)}, disiplin"
        )
    terurai = {b for t in kata for b in (DISIPLIN if t == "disiplin" else (t,))}
    return tuple(b for b in BAGIAN if b in terurai)


@dataclass
class Skema:
    """One scheme on one day, and everything found wrong while it is being used."""

    kode: str
    kebijakan: Kebijakan
    nilai: Mapping[str, Nilai]
    galat: list[Galat] = field(default_factory=list)
    asumsi: list[str] = field(default_factory=list)  # what the result rests on besides the law
    _kurang: dict[tuple[str, tuple[Any, ...], str], tuple[Nilai, list[str]]] = field(default_factory=dict)

    @classmethod
    def buka(cls, kode: str, k: Kebijakan) -> Skema:
        """GalatParameter if there is no such scheme, or it is not in force on the policy's day."""
        ada = semua(k)
        if kode not in ada:
            dekat = difflib.get_close_matches(str(kode), ada, n=3, cutoff=0.6)
            saran = f"Maksudnya {tulisan.daftar(dekat, 'atau')}?" if dekat else f"Yang ada: {', '.join(ada)}."
            raise GalatParameter([Galat(str(kode), f"tidak ada skema tukin ini. {saran}")])
        nilai: dict[str, Nilai] = {}
        for berkas in UMUM:
            nilai |= _berlaku(k, berkas)
        return cls(kode, k, MappingProxyType(nilai | k.bagian(kode)))

    @property
    def nama(self) -> str:
        return str(self.nilai["skema"].nilai)

    def kata(self, nama: str, bagian: str, pilihan: Sequence[str]) -> str | None:
        """A word of the scheme, None (and an error kept) if it is not established or unknown."""
        n = self.perlu(nama, bagian)
        if n.nilai is not None and n.nilai not in pilihan and self._masih_baik(n):
            self.galat.append(Galat(n.jalur, f'"{n.nilai}" tidak dikenal. Yang ada: {", ".join(pilihan)}.'))
        return n.nilai if n.nilai in pilihan else None

    def perlu(self, nama: str, bagian: str = "", karena: str = "") -> Nilai:
        """A value that the data need; if it is missing the error is kept and a stand-in returned."""
        n = self.nilai.get(nama)
        if n is None:
            jalur = next(
                (f"{b}.{nama}" for b in (self.kode, *UMUM) if self._ada(b, nama)), f"{self.kode}.{nama}"
            )
            try:
                self.kebijakan[jalur]
            except GalatParameter as e:
                self.galat += e.galat
            return _pengganti(jalur, nama)
        if n.nilai is None:
            self.tolak(n, (), bagian, karena)
        return n

    def tolak(self, n: Nilai, kunci: tuple[Any, ...], bagian: str, karena: str) -> None:
        """Keep that a value (or one entry of it) is not established, and who needs it."""
        self._kurang.setdefault((n.jalur, kunci, bagian), (n, []))[1].append(karena)

    def _galat_kurang(self, kunci: tuple[Any, ...], bagian: str, n: Nilai, karena: Sequence[str]) -> Galat:
        """The value, who needs it, and both ways out."""
        asal = n.asal(*kunci) if n.tipe in ("tabel", "matriks") and kunci else n.asal()
        isi = f"{{{kunci[0]!r}: ...}}" if kunci and n.tipe == "tabel" else "..."
        alasan = "; ".join(k for k in karena if k)
        perlu = f" tetapi diperlukan untuk {alasan}" if alasan else ""
        tutup = f', atau hitung tanpa bagian ini: tanpa=("{bagian}",)' if bagian in BAGIAN else ""
        return Galat(
            ".".join([n.jalur, *map(str, kunci)]),
            f"{n.nama}: nilainya belum terbukti ({asal['dasar']}; status {asal['status']}){perlu}. "
            f"{asal['catatan']} Isi sebagai asumsi: "
            f'kebijakan(...).dengan({{"{n.jalur}": {{"{n.sejak.isoformat()}": {isi}}}}}){tutup}.',
        )

    def angka(self, nama: str, perlu: bool, bagian: str, karena: str = "", bila_tidak: int = 0) -> Nilai:
        """A scalar: the scheme's, or `bila_tidak` where nothing in the data needs it."""
        n = self.nilai.get(nama)
        if not perlu and (n is None or n.nilai is None):
            return _pengganti(f"{self.kode}.{nama}", nama if n is None else n.nama, bila_tidak)
        hasil = self.perlu(nama, bagian, karena)
        return hasil if hasil.nilai is not None else replace(hasil, nilai=bila_tidak)

    def selesai(self) -> None:
        """GalatParameter with everything that was found, once each."""
        kurang = [self._galat_kurang(kunci, b, *isi) for (_, kunci, b), isi in self._kurang.items()]
        if kurang or self.galat:
            raise GalatParameter(dict.fromkeys([*self.galat, *kurang]))

    def _ada(self, berkas: str, nama: str) -> bool:
        return f"{berkas}.{nama}" in self.kebijakan.ketentuan.parameter

    def _masih_baik(self, n: Nilai) -> bool:
        return all(g.jalur != n.jalur for g in self.galat)


def _berlaku(k: Kebijakan, berkas: str) -> dict[str, Nilai]:
    semua = {
        j.partition(".")[2]: p.berlaku(k.tanggal)
        for j, p in k.ketentuan.parameter.items()
        if j.startswith(f"{berkas}.")
    }
    return {nama: n for nama, n in semua.items() if n is not None}


def _pengganti(jalur: str, nama: str, nilai: Any = 0) -> Nilai:
    """What stands for a value that no row needs."""
    return Nilai(
        jalur=jalur, nama=nama, satuan="persen", tipe="skalar", nilai=nilai, dasar="Tidak diperlukan data ini",
        sumber=(), status="tafsir", catatan="", sejak=dt.date.min,
    )  # fmt: skip


def turunan(n: Nilai, nama: str, nilai: Any, satuan: str = "persen") -> Nilai:
    """One entry of a value as a scalar of its own, with the papers of the whole."""
    return replace(n, nama=nama, satuan=satuan, tipe="skalar", nilai=nilai, butir=MappingProxyType({}))


def daftar(tanggal: dt.date | str | Kebijakan | None = None) -> pd.DataFrame:
    """All schemes: index the scheme; nama, mulai, status, tangga, porsi, belum_terbukti, asumsi, tanpa.

    tanggal: the day (or policy) whose values count; without it each scheme's own latest. `status` is that of
    the scheme's source; `belum_terbukti` and `asumsi` name its parameters; `tanpa` is what can be given to
    `hitung(..., tanpa=...)` so that no part that is not established is reached.
    """
    k = tanggal if isinstance(tanggal, Kebijakan) else kebijakan(tanggal or dt.date(2100, 1, 1))
    baris = []
    for kode in semua(k):
        isi = _berlaku(k, kode)
        if not isi:
            continue
        belum = [n for n, v in isi.items() if v.nilai is None or _berlubang(v)]
        porsi = [isi[f"porsi_{p}"].nilai for p in ("produktivitas", "disiplin")]
        kosong = {n for n in belum if isi[n].nilai is None or n == "nilai_kinerja_predikat"}
        if not _cuti_lengkap(isi["cuti"], k):
            kosong.add("cuti")
        baris.append(
            {
                "skema": kode,
                "nama": isi["skema"].nilai,
                "mulai": isi["skema"].sejak,
                "status": isi["skema"].status,
                "tangga": isi["tangga"].nilai,
                "porsi": None if None in porsi else "/".join(map(tulisan.angka, porsi)),
                "belum_terbukti": tuple(isi[n].nama for n in belum),
                "asumsi": tuple(v.nama for v in isi.values() if v.status == "asumsi"),
                "tanpa": tuple(b for b in BAGIAN if kosong & set(_MILIK.get(b, ()))),
                "dapat_dihitung": not kosong & set(_MILIK["besaran"]),
            }
        )
    return pd.DataFrame(baris).set_index("skema")


def _cuti_lengkap(n: Nilai, k: Kebijakan) -> bool:
    """Whether every kind of leave of the workbook is paid by the scheme or by the general rule."""
    umum = _berlaku(k, "tukin-umum")["tidak_dibayar"].nilai
    return {*CUTI} <= {*umum, *(x["jenis"] for x in n.nilai or ())} and not _berlubang(n)


def _berlubang(n: Nilai) -> bool:
    if n.tipe == "daftar":
        return n.nilai is not None and any(v is None for baris in n.nilai for v in baris.values())
    return n.tipe == "tabel" and n.nilai is not None and any(v is None for v in n.nilai.values())
