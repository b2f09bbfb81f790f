"""Rules as JavaScript: the expression that computes, explains and fills a workbook cell also runs in a page.

`naskah_graf` writes a graph with its parameters and their papers; `halaman/pecahan.js` supplies the exact
fractions and words that the expressions use, and `halaman/aturan.js` runs and explains them.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kinerja.aturan import Fungsi, Graf, Label, dicari, keterangan, tulis, ungkapan
from kinerja.parameter import Nilai
from kinerja.tulisan import LABEL

_OPERATOR: Mapping[type, str] = {
    ast.Add: "tambah",
    ast.Sub: "kurang",
    ast.Mult: "kali",
    ast.Div: "bagi",
    ast.Lt: "lebihKecil",
    ast.LtE: "palingBanyak",
    ast.Gt: "lebihBesar",
    ast.GtE: "palingSedikit",
    ast.BitAnd: "dan",
    ast.BitOr: "atau",
}
KATA = ("rupiah", "bulat", "terkecil", "terbesar", "pilih", "cari", "cari_selang", "titik_lurus")


def naskah_aturan(fungsi: Fungsi) -> str:
    """A rule as an arrow function of its own arguments. TypeError for what has no form in the page."""
    argumen = ", ".join(inspect.signature(fungsi).parameters)
    return f"({argumen}) => {_naskah(ungkapan(fungsi))}"


def _naskah(x: ast.expr) -> str:
    match x:
        case ast.Name(id=nama):
            return nama
        case ast.Constant(value=int(nilai)):
            return f"bil({nilai}n)"
        case ast.UnaryOp(op=ast.USub(), operand=isi):
            return f"kurang(bil(0n), {_naskah(isi)})"
        case ast.BinOp(left=kiri, op=op, right=kanan) if type(op) in _OPERATOR:
            return f"{_OPERATOR[type(op)]}({_naskah(kiri)}, {_naskah(kanan)})"
        case ast.Compare(left=kiri, ops=[op], comparators=[kanan]) if type(op) in _OPERATOR:
            return f"{_OPERATOR[type(op)]}({_naskah(kiri)}, {_naskah(kanan)})"
        case ast.Call(func=ast.Name(id=nama), args=argumen, keywords=[]) if nama in KATA:
            return f"{nama}({', '.join(map(_naskah, argumen))})"
    raise TypeError(f"ungkapan {ast.unparse(x)} belum dapat ditulis sebagai JavaScript")


class _Isian(Label):
    """The formula with a place for every value: {alpa}, and {tabel|kelas} for what a look-up found."""

    def __init__(self, graf: Graf, parameter: Mapping[str, Nilai], fungsi: Fungsi):
        super().__init__(graf, parameter)
        self.terbaca = {super(_Isian, self).nama(t): (t, *k) for t, k in dicari(fungsi).items()}

    def nama(self, nama: str) -> str:
        if nama in self.parameter and self.parameter[nama].tipe != "skalar":
            return super().nama(nama)
        return f"{{{nama}}}"

    def panggil(self, nama: str, a: list[str]) -> str:
        if nama == "cari":
            return f"{{{'|'.join(self.terbaca[a[0]])}}} [untuk {'; '.join(a[1:])}]"
        return super().panggil(nama, a)


def naskah_graf(graf: Graf, parameter: Mapping[str, Nilai]) -> str:
    """A graph as a JavaScript object literal: inputs, parameters with their papers, rules in order.

    ValueError names each parameter that is missing.
    """
    pakai = graf.parameter(graf.masukan, parameter)
    aturan = []
    for nama in graf.urutan:
        fungsi = graf.aturan[nama]
        ket = keterangan(fungsi)
        isi = {
            "nama": nama,
            "label": ket.label,
            "satuan": ket.satuan,
            "dasar": ket.dasar,
            "status": ket.status,
            "argumen": list(inspect.signature(fungsi).parameters),
            "rumus": tulis(fungsi, Label(graf, pakai)),
            "isi": tulis(fungsi, _Isian(graf, pakai, fungsi)),
            "dicari": {t: list(k) for t, k in dicari(fungsi).items()},
        }
        aturan.append(f"{{...{_json(isi)}, hitung: {naskah_aturan(fungsi)}}}")
    kepala = {
        "nama": graf.nama,
        "masukan": dict(graf.masukan),
        "akhir": list(graf.akhir),
        "kata": _kata(graf),
        "parameter": {n: _parameter(p) for n, p in pakai.items()},
    }
    return f"{{...{_json(kepala)}, aturan: [{', '.join(aturan)}]}}"


def _kata(graf: Graf) -> list[str]:
    """Columns that hold words: an unknown word reads otherwise than an unknown number."""
    hasil = {n for n, f in graf.aturan.items() if inspect.signature(f).return_annotation == "Kode"}
    for f in graf.aturan.values():
        hasil |= {n for n, p in inspect.signature(f).parameters.items() if p.annotation == "Kode"}
    return sorted(hasil)


def _parameter(p: Nilai) -> dict[str, Any]:
    return {
        "nama": p.nama,
        "satuan": p.satuan,
        "tipe": p.tipe,
        "nilai": polos(p.pasti()),
        "dasar": p.dasar,
        "status": p.status,
        "butir": {
            "|".join(map(str, k if isinstance(k, tuple) else (k,))): {
                n: b[n] for n in ("dasar", "status") if n in b
            }
            for k, b in p.butir.items()
        },
    }


def polos(x: Any) -> Any:
    """A value of the law as JSON: an exact number as ["numerator", "denominator"], words as they are."""
    if isinstance(x, bool) or x is None or isinstance(x, str):
        return x
    if isinstance(x, int | Decimal | Fraction):
        f = Fraction(x)
        return [str(f.numerator), str(f.denominator)]
    if isinstance(x, Mapping):
        return {str(k): polos(v) for k, v in x.items()}
    if isinstance(x, Iterable):
        return {"daftar": [polos(v) for v in x]}
    raise TypeError(f"{x!r} tidak dapat ditulis ke halaman")


def naskah_label() -> str:
    """The words for codes (butuh_perbaikan -> Butuh Perbaikan) as a JavaScript object literal."""
    return _json(dict(LABEL))


def _json(x: Any) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(x, ensure_ascii=False, sort_keys=False).replace("</", "<\\/").replace("<!--", "<\\!--")
