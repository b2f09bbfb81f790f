"""A regulation is a graph of small pure functions; this module runs and explains them.

Each rule is a function of one `return` expression, named after the column that it makes; its
arguments are the columns and parameters that it needs. `dags` wires them. The same expression
is what is computed, what `jelaskan` prints with the values put in, and what the workbook gets
as a live formula, so the three cannot drift apart.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.parameter import Nilai
from kinerja.pecahan import Kode, Pecahan
from kinerja.penjelasan import TINGKAT, Langkah, Letak, Penjelasan

Kolom = Pecahan | Kode
Fungsi = Callable[..., Any]
_F = TypeVar("_F", bound=Fungsi)


@dataclass(frozen=True)
class Keterangan:
    """What a rule makes: its name for people, unit, the article it implements, and its status."""

    label: str
    satuan: str
    dasar: str
    status: str


def aturan(label: str, *, satuan: str, dasar: str, status: str) -> Callable[[_F], _F]:
    """Mark a function as a rule of a regulation."""

    def pasang(fungsi: _F) -> _F:
        fungsi.keterangan = Keterangan(label, satuan, dasar, status)  # type: ignore[attr-defined]
        return fungsi

    return pasang


def keterangan(fungsi: Fungsi) -> Keterangan:
    """The `Keterangan` given by `@aturan`."""
    hasil: Keterangan = fungsi.keterangan  # type: ignore[attr-defined]
    return hasil


@dataclass(frozen=True)
class Graf:
    """Rules that belong together. `masukan` maps each input column to its label; `tujuan` names the rules
    that it is all for, if that is not `predikat`."""

    nama: str
    aturan: Mapping[str, Fungsi]
    masukan: Mapping[str, str]
    tujuan: tuple[str, ...] = ()

    @classmethod
    def dari(
        cls, nama: str, aturan: Sequence[Fungsi], masukan: Mapping[str, str], tujuan: tuple[str, ...] = ()
    ) -> Graf:
        return cls(nama, {f.__name__: f for f in aturan}, masukan, tujuan)

    @classmethod
    def gabung(cls, nama: str, *graf: Graf) -> Graf:
        """Several graphs as one: what one makes under a name is what another needs under that name.

        ValueError if two of them mean different things by the name of a rule.
        """
        semua: dict[str, Fungsi] = {}
        for g in graf:
            beda = [n for n, f in g.aturan.items() if semua.get(n, f) is not f]
            if beda:
                raise ValueError(f"graf {nama}: aturan {', '.join(beda)} ada dua; ganti nama salah satunya")
            semua |= g.aturan
        masukan = {n: label for g in graf for n, label in g.masukan.items() if n not in semua}
        return cls(nama, semua, masukan)

    def untuk(self, keluaran: Iterable[str]) -> Graf:
        """The rules and inputs that these columns need. KeyError names a column that is neither."""
        perlu: set[str] = set()
        antre = list(keluaran)
        while antre:
            nama = antre.pop()
            if nama not in self.aturan and nama not in self.masukan:
                raise KeyError(f"graf {self.nama} tidak membuat {nama}; yang ada: {', '.join(self.aturan)}")
            perlu.add(nama)
            if nama in self.aturan:
                argumen = inspect.signature(self.aturan[nama]).parameters
                antre += [a for a in argumen if (a in self.aturan or a in self.masukan) and a not in perlu]
        return Graf(
            self.nama,
            {n: f for n, f in self.aturan.items() if n in perlu},
            {n: label for n, label in self.masukan.items() if n in perlu},
        )

    def dengan(self, *aturan: Fungsi) -> Graf:
        """The graph of a reform: each rule stands in for the rule of its name and reads what this graph has.

        ValueError for a name that the graph does not have, or an argument that it cannot give.
        """
        asing = [f.__name__ for f in aturan if f.__name__ not in self.aturan]
        if asing:
            raise ValueError(
                f"graf {self.nama} tidak punya aturan {', '.join(asing)}. "
                f"Yang dapat diganti: {', '.join(self.urutan)}."
            )
        ada = {*self.aturan, *self.masukan, *self.nama_parameter}
        for f in aturan:
            kurang = [a for a in inspect.signature(f).parameters if a not in ada]
            if kurang:
                raise ValueError(
                    f"aturan {f.__name__} membaca {', '.join(kurang)}, yang tidak ada di graf {self.nama}. "
                    f"Yang ada: {', '.join(sorted(ada))}."
                )
        return replace(self, aturan={**self.aturan, **{f.__name__: f for f in aturan}})

    @property
    def nama_parameter(self) -> tuple[str, ...]:
        """Arguments that are neither rules nor inputs: what params/ must supply."""
        semua = {a for f in self.aturan.values() for a in inspect.signature(f).parameters}
        return tuple(sorted(semua - set(self.aturan) - set(self.masukan)))

    @cached_property
    def akhir(self) -> tuple[str, ...]:
        """What all of it is for: `tujuan`, else `predikat`, else every rule that no other rule reads."""
        if self.tujuan:
            return self.tujuan
        dibaca = {a for f in self.aturan.values() for a in inspect.signature(f).parameters}
        return (
            ("predikat",) if "predikat" in self.aturan else tuple(n for n in self.aturan if n not in dibaca)
        )

    @cached_property
    def urutan(self) -> tuple[str, ...]:
        """Rule names, each after what it needs, otherwise in the order of writing."""
        import dags
        import networkx as nx

        dag = dags.create_dag(dict(self.aturan), targets=list(self.aturan))
        letak = {n: i for i, n in enumerate(self.aturan)}
        urut = nx.lexicographical_topological_sort(dag, key=lambda n: letak.get(n, -1))
        return tuple(n for n in urut if n in self.aturan)

    @cached_property
    def _hitung(self) -> Fungsi:
        import dags

        fungsi: Fungsi = dags.concatenate_functions(
            dict(self.aturan), targets=list(self.urutan), return_type="dict", enforce_signature=False
        )
        return fungsi

    def parameter(self, masukan: Iterable[str], parameter: Mapping[str, Nilai]) -> dict[str, Nilai]:
        """The parameters that the rules use. ValueError names each missing input or parameter."""
        ada = set(masukan)
        kurang = [n for n in self.masukan if n not in ada] + [
            n for n in self.nama_parameter if n not in parameter
        ]
        if kurang:
            raise ValueError(f"graf {self.nama}: belum ada {', '.join(kurang)}")
        return {n: parameter[n] for n in self.nama_parameter}

    def jalankan(
        self, masukan: Mapping[str, Kolom], parameter: Mapping[str, Nilai], kunci: pd.Index[Any]
    ) -> Hasil:
        """Compute every rule on whole columns of len(kunci) rows.

        Scalar parameters reach the rules as Fraction, so that arithmetic among them is exact too.
        ValueError names each missing input or parameter; GalatParameter if one is not established.
        """
        pakai = self.parameter(masukan, parameter)
        kolom = {n: masukan[n] for n in self.masukan}
        langkah = self._hitung(**kolom, **{n: eksak(p) for n, p in pakai.items()})
        return Hasil(self, {**kolom, **langkah}, pakai, kunci)


def eksak(p: Nilai) -> Any:
    """What a rule gets for a parameter: an exact scalar as Fraction, or a table as it is."""
    nilai = p.pasti()
    return Fraction(nilai) if type(nilai) in (int, Decimal) else nilai


@dataclass(frozen=True)
class Hasil:
    """Inputs and steps as columns, one row per `kunci`, with the parameters that made them."""

    graf: Graf
    kolom: Mapping[str, Kolom]
    parameter: Mapping[str, Nilai]
    kunci: pd.Index[Any]

    def __getitem__(self, nama: str) -> Kolom:
        return self.kolom[nama]

    def dengan(self, *aturan: Fungsi) -> Hasil:
        """The same rows and parameters under rules of a reform, see `Graf.dengan`."""
        return self.graf.dengan(*aturan).jalankan(self.kolom, self.parameter, self.kunci)

    def tabel(self) -> pd.DataFrame:
        """The steps as a DataFrame: float64 with NaN, or categories."""
        return pd.DataFrame({n: ke_seri(self.kolom[n]) for n in self.graf.urutan}).set_index(self.kunci)


@dataclass(frozen=True)
class Bertingkat:
    """A regulation whose rules stand on several levels: indicators, then plans, then employees.

    `tingkat` goes from the finest level to the employee; the first level of every key is the NIP.
    """

    nama: str
    tingkat: tuple[Hasil, ...]

    @property
    def pegawai(self) -> Hasil:
        """The last level: one row one employee."""
        return self.tingkat[-1]

    def tabel(self) -> pd.DataFrame:
        """One row one employee, the steps as columns."""
        return self.pegawai.tabel()

    def jelaskan(self, nip: str) -> Penjelasan:
        """All steps of one employee, from the single indicator to the result.

        LookupError if the NIP does not occur.
        """
        langkah: list[Langkah] = []
        for hasil in self.tingkat:
            kolom = [str(n or "") for n in hasil.kunci.names[1:]]
            for kunci in hasil.kunci[hasil.kunci.get_level_values(0) == nip]:
                rinci = kunci[1:] if isinstance(kunci, tuple) else ()
                letak = _letak(dict(zip(kolom, map(str, rinci), strict=True)))
                akhir = hasil is self.pegawai
                langkah += [
                    replace(
                        x, letak=letak, tingkat=letak[-1][0] if letak else x.tingkat, akhir=x.akhir & akhir
                    )
                    for x in jelaskan(hasil, kunci).langkah
                ]
        if not langkah:
            raise LookupError(f"{nip} tidak ada di hasil {self.nama}.")
        return Penjelasan(f"{self.nama}: {nip}", tuple(langkah))


def _letak(kunci: Mapping[str, str]) -> Letak:
    """The key of a row below the employee as pairs of level and name for people."""
    isi = []
    for i, (kolom, teks) in enumerate(kunci.items()):
        if kolom in ("aspek", "penilai", "jenis"):
            teks = tulisan.label(teks)
        elif kolom == "periode":
            teks = tulisan.periode(teks)
        sebut = "Aspek perilaku" if (i, kolom) == (0, "aspek") else TINGKAT.get(kolom, tulisan.label(kolom))
        isi.append((sebut, teks))
    return tuple(isi)


def ke_seri(kolom: Kolom) -> Any:
    """A column for a DataFrame: float64 (NaN unknown) or a Categorical."""
    if isinstance(kolom, Kode):
        return pd.Categorical.from_codes(kolom.kode, categories=pd.Index(kolom.kategori))
    return kolom.ke_float()


# -- explaining -------------------------------------------------------------------------------------


def jelaskan(hasil: Hasil, kunci: Hashable) -> Penjelasan:
    """How the numbers of one row came about: step, formula, values put in, result, article.

    `kunci` is the row's key in `hasil.kunci` (for people the NIP; for monthly pay (nip, bulan)).
    LookupError if the key does not occur, or occurs more than once.
    """
    teks_kunci = ", ".join(map(str, kunci)) if isinstance(kunci, tuple) else str(kunci)
    tingkat = len(kunci) if isinstance(kunci, tuple) else 1
    sama = hasil.kunci.isin([kunci]) if tingkat == hasil.kunci.nlevels else np.array([], dtype=bool)
    letak = np.flatnonzero(sama)
    if len(letak) == 0:
        contoh = f" Kunci ditulis seperti {hasil.kunci[0]!r}." if len(hasil.kunci) else " Hasilnya kosong."
        raise LookupError(f"{teks_kunci} tidak ada di hasil {hasil.graf.nama}.{contoh}")
    if len(letak) > 1:
        raise LookupError(
            f"{teks_kunci} ada {len(letak)} kali di hasil {hasil.graf.nama}. "
            "Saring dulu barisnya, misalnya satu periode, lalu hitung ulang."
        )
    i = int(letak[0])
    label = Label(hasil.graf, hasil.parameter)
    milik = TINGKAT.get(str(hasil.kunci.names[0]), "Pegawai")
    akhir = hasil.graf.akhir
    langkah = []
    for nama in hasil.graf.urutan:
        fungsi = hasil.graf.aturan[nama]
        ket = keterangan(fungsi)
        entri = {t: tuple(_kunci(hasil, k, i) for k in kolom) for t, kolom in dicari(fungsi).items()}
        pakai = [a for a in inspect.signature(fungsi).parameters if a in hasil.parameter]
        asal = [hasil.parameter[a].asal(*entri.get(a, ())) for a in pakai]
        langkah.append(
            Langkah(
                ket.label,
                tulis(fungsi, label),
                tulis(fungsi, _Isi(hasil, i, entri)),
                _dengan_satuan(tampil(hasil.kolom[nama], i), ket.satuan),
                "; ".join(dict.fromkeys([ket.dasar, *(a["dasar"] for a in asal)])),
                ", ".join(dict.fromkeys([ket.status, *(a["status"] for a in asal)])),
                tingkat=milik,
                akhir=nama in akhir,
            )
        )
    return Penjelasan(f"{hasil.graf.nama}: {teks_kunci}", tuple(langkah))


def _kunci(hasil: Hasil, kolom: str, i: int) -> Any:
    """Row i of a column as a table of params/ writes its keys: a word or an integer."""
    nilai = hasil.kolom[kolom].satu(i)
    return int(nilai) if isinstance(nilai, Fraction) else nilai


def tampil(kolom: Kolom, i: int) -> str:
    """Row i as Indonesian text; what needs more than 12 decimals is cut to four, with '≈'."""
    if isinstance(kolom, Kode):
        return tulisan.label(kolom.satu(i))
    f = kolom.satu(i)
    if f is None:
        return "belum diketahui"
    return tulisan.angka(f) if 10**12 % f.denominator == 0 else f"≈ {tulisan.angka(f, 4)}"


def _dengan_satuan(teks: str, satuan: str) -> str:
    if teks == "belum diketahui" or satuan in ("predikat", "rating", "teks", "pengali"):
        return teks
    return f"Rp{teks}" if satuan == "rupiah" else f"{teks} {'%' if satuan == 'persen' else satuan}"


# -- one expression, several ways of writing it -------------------------------------------------------


class Dialek(Protocol):
    """How names, numbers, operators and calls are written."""

    operator: ClassVar[Mapping[type, str]]

    def nama(self, nama: str) -> str: ...
    def angka(self, nilai: int) -> str: ...
    def panggil(self, nama: str, argumen: list[str]) -> str: ...


_TINGKAT = {
    ast.BitOr: 1,
    ast.BitAnd: 2,
    ast.Lt: 3,
    ast.LtE: 3,
    ast.Gt: 3,
    ast.GtE: 3,
    ast.Add: 4,
    ast.Sub: 4,
    ast.Mult: 5,
    ast.Div: 5,
}


@cache
def ungkapan(fungsi: Fungsi) -> ast.expr:
    """The one expression that a rule returns. TypeError for a function of more than that."""
    pohon = ast.parse(textwrap.dedent(inspect.getsource(fungsi))).body[0]
    assert isinstance(pohon, ast.FunctionDef)
    isi = [s for s in pohon.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    if len(isi) != 1 or not isinstance(isi[0], ast.Return) or isi[0].value is None:
        raise TypeError(f"aturan {fungsi.__name__} harus terdiri dari satu ungkapan return")
    return isi[0].value


@cache
def dicari(fungsi: Fungsi) -> Mapping[str, tuple[str, ...]]:
    """Each table that the rule looks up, with the columns that are its keys."""
    hasil = {}
    for x in ast.walk(ungkapan(fungsi)):
        match x:
            case ast.Call(func=ast.Name(id="cari"), args=[ast.Name(id=tabel), *kunci]):
                hasil[tabel] = tuple(k.id for k in kunci if isinstance(k, ast.Name))
    return hasil


def tulis(fungsi: Fungsi, dialek: Dialek) -> str:
    """The rule's own expression in a dialect."""
    return _tulis(ungkapan(fungsi), dialek, 0)


def _tulis(x: ast.expr, d: Dialek, luar: int) -> str:
    match x:
        case ast.Name(id=nama):
            return d.nama(nama)
        case ast.Constant(value=int(nilai)):
            return d.angka(nilai)
        case ast.UnaryOp(op=ast.USub(), operand=isi):
            return f"-{_tulis(isi, d, 6)}"
        case ast.BinOp(left=kiri, op=op, right=kanan) if type(op) in d.operator:
            dalam = _TINGKAT[type(op)]
            # a right side of the same level was bracketed in the source: 1 + (1 − R ÷ T) stays so
            teks = f"{_tulis(kiri, d, dalam)} {d.operator[type(op)]} {_tulis(kanan, d, dalam + 1)}"
            return f"({teks})" if dalam < luar else teks
        case ast.Compare(left=kiri, ops=[op], comparators=[kanan]) if type(op) in d.operator:
            teks = f"{_tulis(kiri, d, 4)} {d.operator[type(op)]} {_tulis(kanan, d, 4)}"
            return f"({teks})" if luar > 3 else teks
        case ast.Call(func=ast.Name(id=nama), args=argumen, keywords=[]):
            return d.panggil(nama, [_tulis(a, d, 0) for a in argumen])
    raise TypeError(f"ungkapan {ast.unparse(x)} belum dapat ditulis")


_CELAH = {  # how a gap between two bands is closed, as people say it
    "langit": "naik ke batas di atasnya",
    "lantai": "turun ke batas di bawahnya",
    "setengah ke atas": "ke batas yang terdekat",
}


class Teks:
    """Formulas as people write them: × ÷ − and Indonesian words. Subclasses say how names read."""

    operator: ClassVar[Mapping[type, str]] = {
        ast.Add: "+",
        ast.Sub: "−",
        ast.Mult: "×",
        ast.Div: "÷",
        ast.Lt: "<",
        ast.LtE: "≤",
        ast.Gt: ">",
        ast.GtE: "≥",
        ast.BitAnd: "dan",
        ast.BitOr: "atau",
    }

    def angka(self, nilai: int) -> str:
        return tulisan.angka(nilai)

    def panggil(self, nama: str, a: list[str]) -> str:
        match nama:
            case "rupiah":
                return f"dibulatkan ke rupiah ({a[0]})"
            case "bulat":
                sampai = f"{a[1]} desimal" if a[1].isdigit() else f"sampai {a[1]}"
                return f"dibulatkan {sampai} ({a[0]})"
            case "terkecil" | "terbesar":
                return f"{nama} antara ({'; '.join(a)})"
            case "pilih":
                return f"{a[1]} bila {a[0]}, selain itu {a[2]}"
            case "cari" | "cari_selang" | "titik_lurus":
                tabel, *kunci = a
                return f"{tabel} untuk ({'; '.join(kunci)})"
            case "tutup_celah":
                return f"{a[1]} (di celah {a[0]}: {_CELAH.get(a[2], a[2])})"
        raise TypeError(f"fungsi {nama} belum dapat ditulis")


class Label(Teks):
    """Names as the field calls them."""

    def __init__(self, graf: Graf, parameter: Mapping[str, Nilai]):
        self.graf = graf
        self.parameter = parameter

    def nama(self, nama: str) -> str:
        if nama in self.graf.aturan:
            teks = keterangan(self.graf.aturan[nama]).label
        else:
            teks = self.graf.masukan.get(nama) or self.parameter[nama].nama
        return teks[:1].lower() + teks[1:] if teks[1:2].islower() else teks


class _Isi(Label):
    """Names replaced by the values of one row, look-ups by the entry of the table that they found."""

    def __init__(self, hasil: Hasil, i: int, entri: Mapping[str, tuple[Any, ...]]):
        super().__init__(hasil.graf, hasil.parameter)
        self.hasil = hasil
        self.i = i
        self.terbaca = {super(_Isi, self).nama(t): self._terbaca(t, kunci) for t, kunci in entri.items()}

    def _terbaca(self, tabel: str, kunci: tuple[Any, ...]) -> str:
        isi = self.hasil.parameter[tabel].nilai
        for k in kunci:
            isi = isi.get(k) if isi else None
        if isi is None:
            return "belum diketahui"
        return tulisan.label(isi) if isinstance(isi, str) else tulisan.angka(isi)

    def nama(self, nama: str) -> str:
        if nama in self.hasil.kolom:
            return tampil(self.hasil.kolom[nama], self.i)
        p = self.hasil.parameter[nama]
        if p.tipe != "skalar":
            return super().nama(nama)
        match p.nilai:
            case str(teks):
                return tulisan.label(teks).lower()
            case bool(benar):
                return "ya" if benar else "tidak"
        return tulisan.angka(p.nilai)

    def panggil(self, nama: str, a: list[str]) -> str:
        if nama == "cari":
            return f"{self.terbaca[a[0]]} [untuk {'; '.join(a[1:])}]"
        return super().panggil(nama, a)


class Excel:
    """Live formulas: names become cells; a table becomes its ranges.

    `sel` maps a name to a cell ("F5"), a table to (keys, values), a matrix to (row keys, column keys,
    values). TypeError for what a workbook formula does not have yet.
    """

    operator: ClassVar[Mapping[type, str]] = {
        ast.Add: "+",
        ast.Sub: "-",
        ast.Mult: "*",
        ast.Div: "/",
        ast.Lt: "<",
        ast.LtE: "<=",
        ast.Gt: ">",
        ast.GtE: ">=",
    }

    def __init__(self, sel: Mapping[str, str | tuple[str, ...]]):
        self.sel = sel

    def nama(self, nama: str) -> str:
        sel = self.sel[nama]
        return sel if isinstance(sel, str) else nama

    def angka(self, nilai: int) -> str:
        return str(nilai)

    def panggil(self, nama: str, a: list[str]) -> str:
        match nama:
            case "rupiah":
                return f"ROUND({a[0]},0)"
            case "bulat":
                return f"ROUND({a[0]},{a[1]})"
            case "terkecil":
                return f"MIN({','.join(a)})"
            case "terbesar":
                return f"MAX({','.join(a)})"
            case "pilih":
                return f"IF({','.join(a)})"
            case "cari" if not isinstance(tabel := self.sel.get(a[0], ""), str):
                *rentang, nilai = tabel
                cocok = (f"MATCH({k},{r},0)" for k, r in zip(a[1:], rentang, strict=True))
                return f"INDEX({nilai},{','.join(cocok)})"
        raise TypeError(f"fungsi {nama} belum punya bentuk rumus buku kerja")
