"""The law as data: dated, cited values from params/, frozen policies, and scenarios over them.

`kebijakan(tanggal)` is what was in force on a date. `.dengan(skenario)` gives another policy;
nothing can reach the one it came from. A file that breaks the format (`params/skema.json`) or its
sense is refused with everything that is wrong in all files at once.

Numbers are exact: int, or Decimal as written in the file. Never a binary float.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from numbers import Integral, Number, Real
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from kinerja import tulisan
from kinerja.logo import baca_logo

AKAR_PARAMS = Path(__file__).resolve().parent.parent / "params"
_SKEMA = AKAR_PARAMS / "skema.json"
_MAP = ("regulasi", "tukin", "iki", "kaskade", "tindak_lanjut", "simulasi", "bimtek", "instansi")
_RUJUKAN_INSTANSI = {"regulasi": "regulasi", "pola": "regulasi", "skema_tpp": "tukin", "capaian": "iki"}
_TANGGAL = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMA_BERKAS = re.compile(r"[a-z0-9][a-z0-9-]*")

Letak = tuple[str | int, ...]  # where in a file: keys, and 0-based places in a list


# -- errors -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Galat:
    """One thing that is wrong: file and 1-based line (if in a file), path, what is wrong and the way out."""

    jalur: str
    pesan: str
    berkas: str = ""
    baris: int | None = None

    def __str__(self) -> str:
        tempat = self.berkas + (f" baris {self.baris}" if self.baris else "")
        return ": ".join(x for x in (tempat, self.jalur, self.pesan) if x)


class GalatParameter(ValueError):
    """Everything that is wrong, in Indonesian; `galat` holds the items."""

    def __init__(self, galat: Iterable[Galat]):
        self.galat = tuple(galat)
        super().__init__(self.galat)

    def __str__(self) -> str:
        if len(self.galat) == 1:
            return str(self.galat[0])
        butir = (f"{i}. {g}" for i, g in enumerate(self.galat, 1))
        return "\n".join([f"{len(self.galat)} kesalahan pada parameter:", *butir])


def _tolak(jalur: str, pesan: str) -> GalatParameter:
    return GalatParameter([Galat(jalur, pesan)])


def _kutip(x: object) -> str:
    """A value as the writer of the file would recognise it."""
    if x is None:
        return "null"
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, Mapping):
        return f"susunan dengan kunci {', '.join(map(str, x))}" if x else "susunan kosong"
    if isinstance(x, Sequence) and not isinstance(x, str):
        return f"daftar {len(x)} butir"
    return str(x) if isinstance(x, int | Decimal) else f'"{x}"'


def _maksud(x: object, pilihan: Iterable[object], ringkas: Iterable[object] | None = None) -> str:
    """'Maksudnya baik?', or the whole choice (`ringkas` if that is too long to say) when nothing is near."""
    semua = [str(p) for p in pilihan]
    # a number is not a misspelling of another
    dekat = [] if isinstance(x, int) else difflib.get_close_matches(str(x), semua, n=3, cutoff=0.6)
    if dekat:
        return f"Maksudnya {tulisan.daftar(dekat, 'atau')}?"
    semua = semua if ringkas is None else [str(r) for r in ringkas]
    return f"Yang ada: {', '.join(semua)}." if semua else "Belum ada satu pun."


# -- reading a file -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Naskah:
    """One file as plain Python (dict, list, str, int, Decimal, bool, None), knowing its line numbers."""

    berkas: str
    kode: str
    isi: Any
    baris: Mapping[Letak, int] = field(default_factory=dict)
    rusak: tuple[Galat, ...] = ()

    def galat(self, letak: Letak, pesan: str) -> Galat:
        induk = (letak[:n] for n in range(len(letak), -1, -1))
        baris = next((self.baris[i] for i in induk if i in self.baris), None)
        return Galat(_jalur(self.kode, letak), pesan, self.berkas, baris)


def _jalur(kode: str, letak: Letak) -> str:
    teks = kode
    for bagian in letak:
        teks += f"[{bagian + 1}]" if isinstance(bagian, int) else f".{bagian}" if teks else bagian
    return teks


BYTE_YAML, SIMPUL_YAML, DALAM_YAML = 5 * 1024**2, 200_000, 50


class SusunanBerlebih(yaml.MarkedYAMLError):
    """Well-formed YAML that no person wrote: its problem says in Indonesian what is too much."""

    def __init__(self, pesan: str, tanda: Any = None) -> None:
        super().__init__(problem=pesan, problem_mark=tanda)


def baca_yaml(berkas: Path) -> bytes:
    """The bytes of a YAML file that can be composed safely.

    Composing recurses in C, so that deep nesting would end the process, and an alias (`*`) costs
    nothing to write and its whole value to read: ten lines can stand for a billion. Both are counted
    here on the stream of events. Raises SusunanBerlebih and other YAMLError.
    """
    if berkas.stat().st_size > BYTE_YAML:
        raise SusunanBerlebih(f"berkas lebih besar dari {BYTE_YAML // 1024**2} MB. Bagi berkasnya")
    mentah = berkas.read_bytes()
    jangkar: dict[str | None, int] = {}  # the nodes that an anchor stands for
    buka: list[tuple[str | None, int]] = []  # anchor and first node of what is open
    banyak = 0
    for p in yaml.parse(mentah, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        if isinstance(p, yaml.AliasEvent):
            banyak += jangkar.get(p.anchor, 1)
        elif isinstance(p, yaml.NodeEvent):
            banyak += 1
            if isinstance(p, yaml.CollectionStartEvent):
                buka.append((p.anchor, banyak - 1))
            elif p.anchor:
                jangkar[p.anchor] = 1
        elif isinstance(p, yaml.CollectionEndEvent):
            nama, awal = buka.pop()
            if nama:
                jangkar[nama] = banyak - awal
        if banyak > SIMPUL_YAML:
            pesan = f"isinya lebih dari {tulisan.angka(SIMPUL_YAML)} nilai. Tulis nilainya, bukan rujukan (*) bertingkat"
            raise SusunanBerlebih(pesan, p.start_mark)
        if len(buka) > DALAM_YAML:
            pesan = f"susunan lebih dalam dari {DALAM_YAML} tingkat. Ratakan susunannya"
            raise SusunanBerlebih(pesan, p.start_mark)
    return mentah


def _baca(berkas: Path, tampil: str) -> _Naskah:
    """Parse one YAML file. Syntax errors, duplicate keys and tags end up in `rusak`."""
    kode = berkas.stem
    try:
        mentah = baca_yaml(berkas)
        simpul = yaml.compose(mentah, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        tanda = getattr(e, "problem_mark", None)
        letak = f" dekat kolom {tanda.column + 1}" if tanda else ""
        pesan = (
            f"{e.problem}."
            if isinstance(e, SusunanBerlebih)
            else f"susunan YAML tidak terbaca{letak}. Periksa lekukan (spasi, bukan tab), titik dua, "
            "tanda kutip, kurung, dan simpan sebagai UTF-8."
        )
        return _Naskah(tampil, kode, None, rusak=(Galat(kode, pesan, tampil, tanda and tanda.line + 1),))
    baris: dict[Letak, int] = {}
    rusak: list[tuple[Letak, str]] = []
    isi = _bangun(simpul, (), baris, rusak, ()) if simpul else None
    naskah = _Naskah(tampil, kode, isi, baris)
    return replace(naskah, rusak=tuple(naskah.galat(*r) for r in rusak))


def _bangun(
    simpul: yaml.Node,
    letak: Letak,
    baris: dict[Letak, int],
    rusak: list[tuple[Letak, str]],
    leluhur: tuple[yaml.Node, ...],
) -> Any:
    baris.setdefault(letak, simpul.start_mark.line + 1)
    if simpul in leluhur:
        rusak.append((letak, "susunan merujuk dirinya sendiri. Tulis isinya, bukan rujukan (*)."))
        return None
    if simpul.tag.rpartition(":")[2] not in ("str", "map", "seq"):
        rusak.append(
            (
                letak,
                f"tanda {simpul.tag.replace('tag:yaml.org,2002:', '!!')} tidak dipakai. Hapus tanda itu, tulis nilainya saja.",
            )
        )
        return None
    if isinstance(simpul, yaml.ScalarNode):
        return simpul.value if simpul.style else _polos(simpul.value)
    dalam = (*leluhur, simpul)
    if isinstance(simpul, yaml.SequenceNode):
        return [_bangun(s, (*letak, i), baris, rusak, dalam) for i, s in enumerate(simpul.value)]
    hasil: dict[Any, Any] = {}
    for k, v in simpul.value:
        if not isinstance(k, yaml.ScalarNode):
            rusak.append((letak, "kunci harus satu kata, bukan daftar atau susunan."))
            continue
        di = (*letak, str(k.value))
        if di in baris:
            rusak.append((di, f"kunci ditulis lagi di baris {k.start_mark.line + 1}. Hapus salah satunya."))
            continue
        baris[di] = k.start_mark.line + 1
        kunci = k.value if k.style else _polos(k.value)
        hasil[kunci if type(kunci) is int else k.value] = _bangun(v, di, baris, rusak, dalam)
    return hasil


def _polos(teks: str) -> Any:
    """An unquoted word: null, true/false, or a number as the law writes it; anything else is text."""
    match teks:
        case "" | "~" | "null":
            return None
        case "true" | "false":
            return teks == "true"
    if len(teks) > 400:  # no number of law, and Python refuses to read longer ones
        return teks
    if re.fullmatch(r"-?(0|[1-9][0-9]*)", teks):
        return int(teks)
    return Decimal(teks) if re.fullmatch(r"-?(0|[1-9][0-9]*)\.[0-9]+", teks) else teks


def _rapikan(x: Any) -> Any:
    """A Python value (from a notebook) as a file would have given it; a float means the decimal typed."""
    match x:
        case None | bool() | str():
            return x
        case dt.datetime():
            return x.date().isoformat()
        case dt.date():
            return x.isoformat()
        case Integral():
            return int(x)
        case Decimal():
            return x if x.is_finite() else str(x)
        case Real() if not isinstance(x, Fraction):
            return _rapikan(Decimal(repr(float(x))))
        case Number():
            return str(x)  # 1/3 and 2j have no decimal: refused later, as text
        case Mapping():
            return {_kunci(k): _rapikan(v) for k, v in x.items()}
        case Sequence():
            return [_rapikan(v) for v in x]
    return x


def _kunci(k: Any) -> Any:
    k = _rapikan(k)
    return k if type(k) is int else str(k)


def _json(x: Any) -> Any:
    """What jsonschema and editors see: keys are text."""
    if isinstance(x, Mapping):
        return {str(k): _json(v) for k, v in x.items()}
    return [_json(v) for v in x] if isinstance(x, list) else x


def _tanggal(x: dt.date | str) -> dt.date | None:
    """A day, or None if the text is none."""
    if isinstance(x, dt.datetime):
        return x.date()
    if isinstance(x, dt.date):
        return x
    try:
        return dt.date.fromisoformat(x) if _TANGGAL.fullmatch(x) else None
    except ValueError:
        return None


# -- the schema, in Indonesian ------------------------------------------------------------------------


def _skema(bagian: str) -> dict[str, Any]:
    skema = json.loads(_SKEMA.read_text(encoding="utf-8"))
    return {"$schema": skema["$schema"], "$ref": f"#/$defs/{bagian}", "$defs": skema["$defs"]}


@cache
def _penyaring(bagian: str) -> Any:
    """Says only yes or no, a hundred times faster than jsonschema, which then finds the words."""
    import jsonschema_rs

    return jsonschema_rs.validator_for(_skema(bagian))


@cache
def _pemeriksa(bagian: str) -> Any:
    # jsonschema compiles an IRI grammar on import, for a format that params/ does not have:
    # over a second in every kernel. A module that is None in sys.modules counts as not installed.
    tanpa = "rfc3987_syntax" not in sys.modules
    if tanpa:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        import jsonschema
    finally:
        if tanpa:
            del sys.modules["rfc3987_syntax"]
    return jsonschema.Draft202012Validator(_skema(bagian))


_JENIS = {
    "object": "susunan kunci: nilai",
    "array": "daftar",
    "string": "teks",
    "number": "angka",
    "boolean": "true atau false",
    "null": "null",
}


def _salah_jenis(e: Any) -> str:
    jenis = [e.validator_value] if isinstance(e.validator_value, str) else e.validator_value
    harus = "satu nilai" if len(jenis) > 2 else tulisan.daftar((_JENIS[j] for j in jenis), "atau")
    pesan = [f"harus {harus}; tertulis {_kutip(e.instance)}."]
    if isinstance(e.instance, str) and "number" in jenis:
        pesan.append("Tulis angka dengan titik desimal tanpa tanda kutip, misalnya 0.25.")
    if isinstance(e.instance, int | Decimal) and "string" in jenis:
        pesan.append("Beri tanda kutip.")
    if "description" in e.schema:  # the schema says there how to write it
        pesan.append(e.schema["description"])
    return " ".join(pesan)


def _kunci_asing(e: Any) -> str:
    dikenal = e.schema.get("properties", {})
    pola = list(e.schema.get("patternProperties", {}))
    asing = [k for k in e.instance if k not in dikenal and not any(re.search(p, k) for p in pola)]
    tanggal = " Tanggal ditulis TTTT-BB-HH." if pola and any(k[:1].isdigit() for k in asing) else ""
    return " ".join(f"kunci {k} tidak dikenal. {_maksud(k, dikenal)}" for k in asing) + tanggal


_POLA = {
    "^[a-z][a-z0-9_]*$": "Nama parameter: huruf kecil, angka, dan garis bawah, misalnya porsi_disiplin.",
    "^(19|20)\\d\\d$": "Riwayat ditulis per tahun, misalnya 2021.",
    "^\\d{4}-\\d{2}-\\d{2}$": "Tanggal ditulis TTTT-BB-HH, misalnya 2023-01-31.",
    "^[12]\\d{3}(-(TW[1-4]|0[1-9]|1[0-2]))?$": 'Periode ditulis "2022", "2022-TW3", atau "2022-07".',
    "^[A-Za-z0-9][A-Za-z0-9_-]*\\.(png|svg)$": "Tulis nama berkas PNG atau SVG saja, misalnya lambang.png.",
    "^\\d{18}$": "NIP ditulis 18 angka dalam tanda kutip.",
}

_TERJEMAH: dict[str, Callable[[Any], str]] = {
    "type": _salah_jenis,
    "required": lambda e: (
        f"belum ada {tulisan.daftar(k for k in e.validator_value if k not in e.instance)}. Tambahkan."
    ),
    "additionalProperties": _kunci_asing,
    "enum": lambda e: (
        f"{_kutip(e.instance)} tidak dikenal. "
        f"Pilih salah satu: {', '.join(v for v in e.validator_value if v is not None)}."
    ),
    "pattern": lambda e: f"{_kutip(e.instance)} tidak dapat dipakai. {_POLA[e.validator_value]}",
    "minLength": lambda e: "masih kosong. Isi dengan teks.",
    "minItems": lambda e: (
        f"berisi {len(e.instance)} butir; paling sedikit {e.validator_value}. Lengkapi daftarnya."
    ),
    "maxItems": lambda e: (
        f"berisi {len(e.instance)} butir; paling banyak {e.validator_value}. Kurangi daftarnya."
    ),
    "minProperties": lambda e: "masih kosong. Isi paling sedikit satu kunci.",
    "not": lambda e: (
        f"memakai {' dan '.join(e.validator_value['required'])} sekaligus. Pilih salah satu batas."
    ),
    "dependentRequired": lambda e: "tanggal_kebijakan memerlukan alasan_tanggal. Tuliskan alasannya.",
}


def _periksa(isi: Any, bagian: str) -> dict[Letak, list[str]]:
    """Where `isi` breaks `$defs/<bagian>` of the schema, and how."""
    hasil: dict[Letak, list[str]] = {}
    bentuk = _json(isi)
    with suppress(ValueError):  # a number that the quick one cannot hold
        if _penyaring(bagian).is_valid(bentuk):
            return hasil
    for e in _pemeriksa(bagian).iter_errors(bentuk):
        pesan = hasil.setdefault(tuple(e.absolute_path), [])
        teks = _TERJEMAH[e.validator](e)
        if teks not in pesan:  # jsonschema reports each missing key, our sentence names all
            pesan.append(teks)
    return hasil


# -- values -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Nilai:
    """One value of the law with its papers.

    nilai: by `tipe` an exact scalar; a mapping key -> scalar (tabel); row -> column -> scalar
    (matriks); a tuple of mappings (selang, daftar). Deeply immutable. None = not established.
    sejak, sampai: first and last day in force (None = until further notice).
    butir: key (tabel) or (row, column) (matriks) -> what differs from the whole: dasar, sumber,
    status, catatan.
    """

    jalur: str
    nama: str
    satuan: str
    tipe: str
    nilai: Any
    dasar: str
    sumber: tuple[str, ...]
    status: str
    catatan: str
    sejak: dt.date
    sampai: dt.date | None = None
    butir: Mapping[Any, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    celah: str = ""

    def pasti(self, *kunci: Any) -> Any:
        """The value, or one entry of it; GalatParameter if it is not established or has no such key.

        A whole table may hold None entries: what is not established for one class says nothing
        about the others.
        """
        x = self.nilai
        for n, k in enumerate(kunci):
            if not isinstance(x, Mapping) or k not in x:
                pesan = f"tidak ada {_kutip(k)}. {_maksud(k, x if isinstance(x, Mapping) else ())}"
                raise _tolak(_jalur(self.jalur, tuple(map(str, kunci[:n]))), pesan)
            x = x[k]
        if x is None:
            asal = self.asal(*kunci)
            raise _tolak(
                _jalur(self.jalur, tuple(map(str, kunci))),
                f"nilainya belum terbukti ({asal['dasar']}; status {asal['status']}) sehingga tidak dipakai. "
                "Lengkapi berkasnya, atau isi lewat skenario sebagai asumsi.",
            )
        return x

    def asal(self, *kunci: Any) -> Mapping[str, Any]:
        """dasar, sumber, status, catatan of the whole or of one entry: asal(16), asal("sesuai", "baik")."""
        umum = {"dasar": self.dasar, "sumber": self.sumber, "status": self.status, "catatan": self.catatan}
        khusus = self.butir.get(kunci[0] if len(kunci) == 1 else kunci, {})
        return MappingProxyType({**umum, **khusus})

    def cari(self, x: int | float | Decimal | Fraction) -> Any:
        """The value of the interval that x lies in (tipe selang); GalatParameter where the law is silent."""
        tepat = Decimal(repr(x)) if isinstance(x, float) else x
        for s in self.pasti():
            if _memuat(s, tepat):
                return s["nilai"]
        alasan = self.celah or "Tidak ada selang yang memuatnya."
        raise _tolak(self.jalur, f"{tulisan.angka(x)} tidak diatur. {alasan}")


def _memuat(s: Mapping[str, Any], x: int | Decimal | Fraction) -> bool:
    return bool(
        ("paling_sedikit" not in s or s["paling_sedikit"] <= x)
        and ("lebih_dari" not in s or s["lebih_dari"] < x)
        and ("kurang_dari" not in s or s["kurang_dari"] > x)
        and ("paling_banyak" not in s or s["paling_banyak"] >= x)
    )


@dataclass(frozen=True)
class Parameter:
    """One parameter over time: `waktu` holds its dated values, the earliest first."""

    jalur: str
    nama: str
    satuan: str
    tipe: str
    waktu: tuple[Nilai, ...]
    keterangan: str = ""
    celah: str = ""
    paling_sedikit: int | Decimal | None = None
    paling_banyak: int | Decimal | None = None

    def pada(self, tanggal: dt.date) -> Nilai | None:
        """The dated value that counts on a day; None before the first. It may say that the rule ended."""
        letak = bisect_right(self.waktu, tanggal, key=lambda n: n.sejak)
        return self.waktu[letak - 1] if letak else None

    def berlaku(self, tanggal: dt.date) -> Nilai | None:
        """As `pada`, but None as well after the rule ended."""
        n = self.pada(tanggal)
        return None if n is None or _berakhir(n) else n


def _berakhir(n: Nilai) -> bool:
    """null ends a rule, unless its status says that the value is only not established."""
    return n.nilai is None and n.status != "belum-terverifikasi"


def _susun(waktu: Iterable[Nilai]) -> tuple[Nilai, ...]:
    """In order, each lasting until the day before the next."""
    urut = sorted(waktu, key=lambda n: n.sejak)
    akhir = [n.sejak - dt.timedelta(days=1) for n in urut[1:]]
    return tuple(replace(n, sampai=s) for n, s in zip(urut, [*akhir, None], strict=True))


def _beku(x: Any) -> Any:
    if isinstance(x, Mapping):
        return MappingProxyType({k: _beku(v) for k, v in x.items()})
    return tuple(_beku(v) for v in x) if isinstance(x, list | tuple) else x


def _jadi_tanggal(x: Any) -> Any:
    """Leaves of a value in satuan `tanggal` become days."""
    if isinstance(x, Mapping):
        return {k: _jadi_tanggal(v) for k, v in x.items()}
    if isinstance(x, list):
        return [_jadi_tanggal(v) for v in x]
    return (_tanggal(x) or x) if isinstance(x, str) else x


_UBAH_BUTIR = ("status", "sumber", "catatan")


def _nilai(jalur: str, p: Mapping[str, Any], sejak: str, isi: Mapping[str, Any]) -> Nilai:
    nilai = isi["nilai"]
    butir = {}
    if p["tipe"] == "tabel" and nilai is not None:
        butir = {
            k: {u: v[u] for u in _UBAH_BUTIR if u in v} for k, v in nilai.items() if isinstance(v, Mapping)
        }
        nilai = {k: v["nilai"] if isinstance(v, Mapping) else v for k, v in nilai.items()}
    return Nilai(
        jalur=jalur,
        nama=p["nama"],
        satuan=p["satuan"],
        tipe=p["tipe"],
        nilai=_beku(_jadi_tanggal(nilai) if p["satuan"] == "tanggal" else nilai),
        dasar=isi["dasar"],
        sumber=tuple(isi["sumber"]),
        status=isi["status"],
        catatan=isi.get("catatan", ""),
        sejak=dt.date.fromisoformat(sejak),
        butir=_beku(butir),
        celah=p.get("celah", ""),
    )


_PERIAN = ("nama", "satuan", "tipe", "keterangan", "celah", "paling_sedikit", "paling_banyak")


def _parameter(jalur: str, p: Mapping[str, Any]) -> Parameter:
    perian = {k: p[k] for k in _PERIAN if k in p}
    waktu = _susun(_nilai(jalur, p, k, v) for k, v in p.items() if k not in _PERIAN)
    return Parameter(jalur=jalur, waktu=waktu, **perian)


# -- what a schema cannot say -------------------------------------------------------------------------


def _makna(p: Mapping[str, Any]) -> Iterator[tuple[Letak, str]]:
    """Errors of sense in one parameter that has the right form."""
    bawah, atas = p.get("paling_sedikit"), p.get("paling_banyak")
    if bawah is not None and atas is not None and bawah > atas:
        yield ("paling_sedikit",), f"{_kutip(bawah)} melebihi paling_banyak {_kutip(atas)}. Tukar keduanya."
        return
    bertanggal = {k: v for k, v in p.items() if k not in _PERIAN}
    if not bertanggal:
        yield (), "belum ada nilai bertanggal. Tambahkan, misalnya 2023-01-01: {nilai: ..., dasar: ..., ...}."
        return
    for k, v in bertanggal.items():
        if _tanggal(k) is None:
            yield (k,), "bukan tanggal yang ada di kalender. Tanggal ditulis TTTT-BB-HH."
        for letak, pesan in _makna_nilai(p, v["nilai"]):
            yield (k, "nilai", *letak), pesan
    pertama = min(bertanggal)
    if bertanggal[pertama]["nilai"] is None and bertanggal[pertama]["status"] != "belum-terverifikasi":
        yield (
            (pertama, "nilai"),
            "null mengakhiri ketentuan, padahal ketentuan ini belum pernah mulai. "
            "Isi nilainya, atau beri status belum-terverifikasi bila memang belum diketahui.",
        )


def _makna_nilai(p: Mapping[str, Any], nilai: Any) -> Iterator[tuple[Letak, str]]:
    if nilai is None:
        return
    for letak, daun in _daun(p["tipe"], nilai):
        if p["tipe"] != "daftar":  # whose rows hold words beside numbers
            for pesan in _periksa({p["satuan"]: daun}, "isi_satuan").values():
                yield from ((letak, f"{t} Satuannya {p['satuan']}.") for t in pesan)
            if p["satuan"] == "tanggal" and isinstance(daun, str) and _tanggal(daun) is None:
                yield letak, f"{_kutip(daun)} bukan tanggal yang ada di kalender. Tanggal ditulis TTTT-BB-HH."
        yield from ((letak, t) for t in _luar_rentang(p, daun))
    if p["tipe"] == "selang":
        yield from _makna_selang(p, nilai)


def _daun(tipe: str, nilai: Any) -> Iterator[tuple[Letak, Any]]:
    match tipe:
        case "skalar":
            yield (), nilai
        case "tabel":
            for k, v in nilai.items():
                yield (str(k),), v["nilai"] if isinstance(v, Mapping) else v
        case "matriks":
            yield from (((str(b), str(k)), v) for b, isi in nilai.items() for k, v in isi.items())
        case "selang":
            yield from (((i, "nilai"), s["nilai"]) for i, s in enumerate(nilai))
        case _:
            yield from (((i, str(k)), v) for i, baris in enumerate(nilai) for k, v in baris.items())


def _luar_rentang(p: Mapping[str, Any], x: Any) -> Iterator[str]:
    if not isinstance(x, int | Decimal) or isinstance(x, bool):
        return
    bawah, atas = p.get("paling_sedikit"), p.get("paling_banyak")
    if bawah is not None and x < bawah:
        yield f"{tulisan.angka(x)} di bawah batas parameter ini, {tulisan.angka(bawah)}. Perbaiki nilainya."
    if atas is not None and x > atas:
        yield f"{tulisan.angka(x)} di atas batas parameter ini, {tulisan.angka(atas)}. Perbaiki nilainya."


def _batas_bawah(s: Mapping[str, Any]) -> tuple[Any, bool]:
    """(bound, whether the bound itself is inside); (None, ...) open."""
    return s.get("paling_sedikit", s.get("lebih_dari")), "paling_sedikit" in s


def _batas_atas(s: Mapping[str, Any]) -> tuple[Any, bool]:
    return s.get("paling_banyak", s.get("kurang_dari")), "paling_banyak" in s


def _makna_selang(p: Mapping[str, Any], nilai: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Letak, str]]:
    kosong = []
    for i, s in enumerate(nilai):
        (b, b_masuk), (a, a_masuk) = _batas_bawah(s), _batas_atas(s)
        if b is not None and a is not None and (b > a or (b == a and not (b_masuk and a_masuk))):
            kosong.append(i)
            yield (i,), f"selang {_tulis_selang(s)} tidak memuat angka apa pun. Perbaiki batasnya."
    if kosong:
        return

    def urutan(i: int) -> tuple[bool, Any, bool]:
        batas, masuk = _batas_bawah(nilai[i])
        return batas is not None, batas or 0, not masuk

    for i, j in pairwise(sorted(range(len(nilai)), key=urutan)):
        (a, a_masuk), (b, b_masuk) = _batas_atas(nilai[i]), _batas_bawah(nilai[j])
        dua = f"{_tulis_selang(nilai[i])} dan {_tulis_selang(nilai[j])}"
        if a is None or b is None or a > b or (a == b and a_masuk and b_masuk):
            yield (j,), f"selang {dua} bertumpang tindih. Perbaiki batasnya."
        elif (a < b or not (a_masuk or b_masuk)) and "celah" not in p:
            yield (
                (j,),
                f"di antara selang {dua} ada yang tidak diatur. Perbaiki batasnya, atau jelaskan dengan "
                "kunci celah bila peraturannya memang demikian.",
            )


# -- everything that was ever in force ---------------------------------------------------------------


_SALAH_PIHAK = "tulis salah satu: pejabat: kepala_opd, atau jabatan dengan nama, pangkat, dan nip-nya."
_KEPALA_OPD = {"pejabat": "kepala_opd"}
PENANDA_TANGAN: Mapping[str, Sequence[Mapping[str, str]]] = MappingProxyType(
    {
        "laporan": (_KEPALA_OPD,),
        "nominatif": ({"sebagai": "Mengetahui,", **_KEPALA_OPD}, {"jabatan": "Bendahara Pengeluaran"}),
    }
)


@dataclass(frozen=True)
class Instansi:
    """A regional government: who it is, which rules it uses, and its published indicators.

    iku, kaskade: one mapping per indicator or node, keys as in the file (`riwayat`: year -> mapping). varian:
    regulation -> scenario file with this region's own way of it. logo: SVG text, '' for none. tempat: where
    one signs, '' for the capital. penanda_tangan: 'laporan' and 'nominatif' -> who signs, from left to right.
    """

    kode: str
    nama: str
    singkatan: str
    ibu_kota: str
    kop: tuple[str, ...]
    kertas: str
    periode: str
    regulasi: str
    pola: str
    skema_tpp: str
    capaian: str
    iku: tuple[Mapping[str, Any], ...]
    kaskade: tuple[Mapping[str, Any], ...] = ()
    tanggal_kebijakan: dt.date | None = None
    alasan_tanggal: str = ""
    catatan: str = ""
    varian: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    logo: str = field(default="", repr=False)
    tempat: str = ""
    sebutan_tpp: str = "Tambahan penghasilan pegawai"
    kalimat_penutup: str = ""
    penanda_tangan: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=lambda: PENANDA_TANGAN)

    @property
    def tanggal(self) -> dt.date:
        """Day of the policy: the one given, else the last day of the period."""
        return self.tanggal_kebijakan or akhir_periode(self.periode)


def akhir_periode(periode: str) -> dt.date:
    """'2022' -> 2022-12-31, '2022-TW3' -> 2022-09-30, '2022-07' -> 2022-07-31."""
    tahun, _, sisa = periode.partition("-")
    bulan = 12 if not sisa else 3 * int(sisa[2]) if sisa.startswith("TW") else int(sisa)
    return dt.date(int(tahun) + bulan // 12, bulan % 12 + 1, 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Ketentuan:
    """All dated values by path "<berkas>.<parameter>", and all instansi by file name."""

    akar: Path
    parameter: Mapping[str, Parameter] = field(repr=False)
    instansi: Mapping[str, Instansi] = field(repr=False)

    def __getitem__(self, jalur: str) -> Parameter:
        """GalatParameter with the nearest path if there is none."""
        if jalur not in self.parameter:
            raise _tolak(jalur, f"tidak ada parameter ini. {self.maksud(jalur)}")
        return self.parameter[jalur]

    def maksud(self, jalur: str) -> str:
        """The nearest paths as a question; else what there is in that file, else which files there are."""
        berkas = dict.fromkeys(j.partition(".")[0] for j in self.parameter)
        awal = jalur.partition(".")[0]
        sama = [j for j in self.parameter if j.startswith(f"{awal}.")]
        # the file name that they share makes any two paths look alike
        nama = [j.removeprefix(f"{awal}.") for j in sama]
        dekat = difflib.get_close_matches(jalur.removeprefix(f"{awal}."), nama, n=3, cutoff=0.6)
        terdekat = [f"{awal}.{d}" for d in dekat]
        return _maksud(jalur, terdekat or sama or self.parameter, None if sama else berkas)


def muat(akar: Path | str = AKAR_PARAMS) -> Ketentuan:
    """Read and check regulasi/, tukin/, iki/, kaskade/, tindak_lanjut/, simulasi/, bimtek/ and instansi/ under `akar`.

    Cached until a file changes. GalatParameter lists every error of every file.
    """
    akar = Path(akar).resolve()
    berkas = sorted(b for m in _MAP for b in (akar / m).glob("*.y*ml"))
    return _muat(akar, tuple((b, b.stat().st_mtime_ns, b.stat().st_size) for b in berkas))


@lru_cache(maxsize=8)
def _muat(akar: Path, cap: tuple[tuple[Path, int, int], ...]) -> Ketentuan:
    if not cap:
        raise GalatParameter([Galat("", f"tidak ada berkas ketentuan di {akar.name}/{{{','.join(_MAP)}}}.")])
    galat: list[Galat] = []
    parameter: dict[str, Parameter] = {}
    instansi: dict[str, Instansi] = {}
    milik: dict[str, str] = {}  # file name -> folder
    naskah = {b: _baca(b, b.relative_to(akar.parent).as_posix()) for b, *_ in cap}
    for b, n in naskah.items():
        galat += n.rusak
        if b.suffix != ".yaml" or not _NAMA_BERKAS.fullmatch(b.stem):
            pesan = "nama berkas memakai huruf kecil, angka, dan tanda hubung, berakhir .yaml. Ganti namanya."
            galat.append(Galat("", pesan, n.berkas))
        if b.stem in milik:
            pesan = f"nama {b.stem} sudah dipakai di map {milik[b.stem]}. Ganti nama berkasnya."
            galat.append(Galat("", pesan, n.berkas))
        milik[b.stem] = b.parent.name
    for b, n in naskah.items():
        if n.rusak:
            continue
        if b.parent.name == "instansi":
            salah, isi = _baca_instansi(n, milik, b.parent)
            if isi:
                instansi[b.stem] = isi
            ketentuan = n.isi.get("parameter", {}) if isi else {}
        else:
            salah, ketentuan = _periksa_ketentuan(n.isi), n.isi
        galat += [n.galat(letak, t) for letak, pesan in salah.items() for t in pesan]
        if not salah:
            parameter |= {f"{b.stem}.{k}": _parameter(f"{b.stem}.{k}", p) for k, p in ketentuan.items()}
    if galat:
        raise GalatParameter(sorted(galat, key=lambda g: (g.berkas, g.baris or 0)))
    return Ketentuan(akar, MappingProxyType(parameter), MappingProxyType(instansi))


def _periksa_ketentuan(isi: Any) -> dict[Letak, list[str]]:
    """Form first; sense of those parameters whose form is right."""
    salah = _periksa(isi, "ketentuan")
    rusak = {letak[0] for letak in salah if letak}
    for nama, p in isi.items() if isinstance(isi, Mapping) else ():
        if str(nama) not in rusak:
            for letak, pesan in _makna(p):
                salah.setdefault((str(nama), *letak), []).append(pesan)
    return salah


def _baca_instansi(
    n: _Naskah, milik: Mapping[str, str], map_: Path
) -> tuple[dict[Letak, list[str]], Instansi | None]:
    salah = _periksa(n.isi, "instansi")
    if salah:
        return salah, None
    isi = dict(n.isi)
    ketentuan = isi.pop("parameter", {})
    for letak, pesan in _periksa_ketentuan(ketentuan).items() if ketentuan else ():
        salah["parameter", *letak] = pesan
    for kunci, folder in _RUJUKAN_INSTANSI.items():
        ada = [k for k, m in milik.items() if m == folder]
        if isi[kunci] not in ada:
            salah[kunci,] = [f"tidak ada params/{folder}/{isi[kunci]}.yaml. {_maksud(isi[kunci], ada)}"]
    if "tanggal_kebijakan" in isi:
        tanggal = isi["tanggal_kebijakan"] = _tanggal(isi["tanggal_kebijakan"])
        if tanggal is None:
            salah["tanggal_kebijakan",] = ["bukan tanggal yang ada di kalender. Tanggal ditulis TTTT-BB-HH."]
    if "logo" in isi:
        try:
            isi["logo"] = baca_logo(map_ / isi["logo"])
        except ValueError as e:
            salah["logo",] = [str(e)]
    for daftar, pihak in isi.get("penanda_tangan", {}).items():
        for i, satu in enumerate(pihak):
            orang = {"nama", "pangkat", "nip"} & set(satu)
            if ("pejabat" in satu) == ("jabatan" in satu) or ("pejabat" in satu and orang):
                salah["penanda_tangan", daftar, i] = [_SALAH_PIHAK]
    if "penanda_tangan" in isi:
        isi["penanda_tangan"] = {**PENANDA_TANGAN, **isi["penanda_tangan"]}
    return salah, Instansi(kode=n.kode, **{k: _beku(v) for k, v in isi.items()})


def instansi(nama: str, akar: Path | str = AKAR_PARAMS) -> Instansi:
    """params/instansi/<nama>.yaml; GalatParameter with the nearest names if there is none."""
    semua = muat(akar).instansi
    if nama not in semua:
        raise _tolak(nama, f"tidak ada instansi ini. {_maksud(nama, semua)}")
    return semua[nama]


# -- policies and scenarios ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Perubahan:
    """What a scenario changed on the policy's date; `tanggal` is when its value starts."""

    jalur: str
    nama: str
    satuan: str
    tanggal: dt.date
    sebelum: Any
    sesudah: Any
    skenario: str


@dataclass(frozen=True, eq=False)
class Kebijakan:
    """The law on one day: `kebijakan["permenpanrb-6-2022.kuadran"]` is a `Nilai`. Frozen."""

    tanggal: dt.date
    ketentuan: Ketentuan = field(repr=False)
    perubahan: tuple[Perubahan, ...] = ()
    skenario: tuple[tuple[str, str], ...] = ()  # (nama, alasan) of each overlay, in order

    def __getitem__(self, jalur: str) -> Nilai:
        """GalatParameter if the path is unknown, or not in force on the date."""
        p = self.ketentuan[jalur]
        n = p.berlaku(self.tanggal)
        if n is None:
            raise _tolak(jalur, f"{_tidak_berlaku(p, self.tanggal)} Pilih tanggal lain.")
        return n

    def __contains__(self, jalur: object) -> bool:
        p = self.ketentuan.parameter.get(str(jalur))
        return p is not None and p.berlaku(self.tanggal) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.jalur())

    def jalur(self) -> tuple[str, ...]:
        """Paths in force on the date."""
        return tuple(j for j, p in self.ketentuan.parameter.items() if p.berlaku(self.tanggal))

    def bagian(self, berkas: str) -> dict[str, Nilai]:
        """Name -> Nilai of one file, those in force. GalatParameter if there are none."""
        awalan = f"{berkas}."
        semua = {j: p for j, p in self.ketentuan.parameter.items() if j.startswith(awalan)}
        if not semua:
            nama = dict.fromkeys(j.partition(".")[0] for j in self.ketentuan.parameter)
            raise _tolak(berkas, f"tidak ada berkas ketentuan ini. {_maksud(berkas, nama)}")
        isi = {j.removeprefix(awalan): p.berlaku(self.tanggal) for j, p in semua.items()}
        if not any(isi.values()):
            raise GalatParameter(
                Galat(j, f"{_tidak_berlaku(p, self.tanggal)} Pilih tanggal lain.") for j, p in semua.items()
            )
        return {nama: n for nama, n in isi.items() if n is not None}

    def dengan(self, skenario: Mapping[str, Any] | Path | str) -> Kebijakan:
        """A new policy with a scenario laid over this one; this one stays as it is.

        skenario: a YAML file, the name of a file in params/skenario/, `{nama, alasan, ubah}`, or just
        `{path: {date: value}}`. Its values carry its `status` and `sumber` if it has them, else asumsi. In a tabel or matriks only the keys given change. Refused, all at once:
        unknown path, wrong form, unit or range, and whatever changes nothing on this policy's date.
        """
        return _terapkan(self, skenario, harus_berpengaruh=True)

    def cetak_perubahan(self) -> str:
        """What the scenarios changed on the date, in Indonesian, one line per value."""
        pada = tulisan.tanggal(self.tanggal)
        baris = []
        for nama, alasan in dict.fromkeys(self.skenario):
            kena = [t for u in self.perubahan if u.skenario == nama for t in _tulis_perubahan(u)]
            baris += [f"Skenario: {nama}", f"Alasan: {alasan}"]
            baris += kena or [f"- tidak mengubah apa pun pada {pada}"]
        return "\n".join(baris) or f"Tanpa skenario: ketentuan yang berlaku pada {pada}."


def kebijakan(
    tanggal: dt.date | str,
    akar: Path | str = AKAR_PARAMS,
    skenario: Mapping[str, Any] | Path | str | None = None,
) -> Kebijakan:
    """What is in force on a day (date, or text TTTT-BB-HH).

    With a `skenario` (see `Kebijakan.dengan`) the same scenario can be asked on any day: before its
    start, or after a later act replaced it, it changes nothing. It is refused if it never changes
    anything on any day.
    """
    hari = _tanggal(tanggal)
    if hari is None:
        raise _tolak("", f"{_kutip(tanggal)} bukan tanggal. Tanggal ditulis TTTT-BB-HH, misalnya 2023-01-31.")
    dasar = Kebijakan(hari, muat(akar))
    return dasar if skenario is None else _terapkan(dasar, skenario, harus_berpengaruh=False)


def _tidak_berlaku(p: Parameter, tanggal: dt.date) -> str:
    n = p.pada(tanggal)
    pada = tulisan.tanggal(tanggal)
    if n is None:
        return f"belum berlaku pada {pada}; mulai {tulisan.tanggal(p.waktu[0].sejak)}."
    catatan = f": {n.catatan}" if n.catatan else ""
    akhir = tulisan.tanggal(n.sejak - dt.timedelta(days=1))
    return f"tidak berlaku lagi pada {pada}; berakhir {akhir} ({n.dasar}{catatan})."


def _baca_skenario(x: Mapping[str, Any] | Path | str, akar: Path) -> _Naskah:
    """The scenario as `{nama, alasan, ubah}`; GalatParameter if it has another form."""
    if isinstance(x, Mapping):
        isi = _rapikan(x)
        if not {"nama", "alasan", "ubah"} & set(isi):
            isi = {"nama": "Tanpa nama", "alasan": "tidak disebut", "ubah": isi}
        naskah = _Naskah("", "", isi)
    else:
        berkas = Path(x)
        if berkas.suffix != ".yaml":
            berkas = akar / "skenario" / f"{x}.yaml"
        if not berkas.is_file():
            ada = sorted(b.stem for b in (akar / "skenario").glob("*.yaml"))
            raise _tolak(str(x), f"tidak ada berkas skenario ini. {_maksud(x, ada)}")
        naskah = _baca(berkas, berkas.name)
    galat = naskah.rusak or tuple(
        naskah.galat(letak, t) for letak, pesan in _periksa(naskah.isi, "skenario").items() for t in pesan
    )
    if galat:
        raise GalatParameter(galat)
    return naskah


def _terapkan(
    lama: Kebijakan, skenario: Mapping[str, Any] | Path | str, *, harus_berpengaruh: bool
) -> Kebijakan:
    naskah = _baca_skenario(skenario, lama.ketentuan.akar)
    nama, alasan = naskah.isi["nama"], naskah.isi["alasan"]
    asal = {"status": naskah.isi.get("status", "asumsi"), "sumber": naskah.isi.get("sumber", [])}
    if "status" in naskah.isi:
        sumber = f"; sumber: {'; '.join(asal['sumber'])}" if asal["sumber"] else ""
        alasan = f"{alasan} [status {asal['status']}{sumber}]"
    galat: list[Galat] = []
    baru: dict[str, Parameter] = {}
    perubahan: list[Perubahan] = []
    for jalur, isi in naskah.isi["ubah"].items():
        di: Letak = ("ubah", jalur)
        if jalur not in lama.ketentuan.parameter:
            galat.append(naskah.galat(di, f"tidak ada parameter ini. {lama.ketentuan.maksud(jalur)}"))
            continue
        p = q = lama.ketentuan.parameter[jalur]
        salah: list[Galat] = []
        for sejak in sorted(isi, key=str):
            q, pesan = _sisip(q, str(sejak), isi[sejak], nama, asal)
            salah += [naskah.galat((*di, str(sejak), *letak), t) for letak, t in pesan]
        sebelum, sesudah = p.berlaku(lama.tanggal), q.berlaku(lama.tanggal)
        mulai = q.pada(lama.tanggal)
        if salah:
            galat += salah
        elif mulai and not _sama(sebelum, sesudah):
            baru[jalur] = q
            isi_lama, isi_baru = sebelum and sebelum.nilai, sesudah and sesudah.nilai
            perubahan.append(Perubahan(jalur, p.nama, p.satuan, mulai.sejak, isi_lama, isi_baru, nama))
        elif harus_berpengaruh:
            hari = [h for k in isi if (h := _tanggal(str(k)))]
            galat.append(naskah.galat(di, _tanpa_pengaruh(hari, mulai, lama.tanggal)))
    if galat:
        raise GalatParameter(galat)
    semua = MappingProxyType({**lama.ketentuan.parameter, **baru})
    return Kebijakan(
        lama.tanggal,
        replace(lama.ketentuan, parameter=semua),
        (*lama.perubahan, *perubahan),
        (*lama.skenario, (nama, alasan)),
    )


def _sama(a: Nilai | None, b: Nilai | None) -> bool:
    return a is b if a is None or b is None else bool(a.nilai == b.nilai)


def _tanpa_pengaruh(ubahan: Sequence[dt.date], mulai: Nilai | None, tanggal: dt.date) -> str:
    pada = tulisan.tanggal(tanggal)
    if min(ubahan) > tanggal:
        return (
            f"tidak berpengaruh: baru mulai {tulisan.tanggal(min(ubahan))}, kebijakan ini bertanggal {pada}. "
            "Pakai kebijakan bertanggal lebih akhir, atau majukan tanggalnya."
        )
    if mulai and mulai.sejak not in ubahan:
        return (
            f"tidak berpengaruh: pada {pada} sudah digantikan {mulai.dasar} sejak "
            f"{tulisan.tanggal(mulai.sejak)}. Pakai tanggal itu atau sesudahnya."
        )
    return (
        f"tidak berpengaruh: nilainya pada {pada} sama dengan sebelumnya. Ubah nilainya atau hapus barisnya."
    )


def _sisip(
    p: Parameter, sejak: str, mentah: Any, skenario: str, asal: Mapping[str, Any]
) -> tuple[Parameter, list[tuple[Letak, str]]]:
    """`p` with one more dated value, or as it was and what is wrong with the value."""
    hari = _tanggal(sejak)
    if hari is None:
        return p, [((), "bukan tanggal yang ada di kalender. Tanggal ditulis TTTT-BB-HH.")]
    perian = {k: v for k in _PERIAN if (v := getattr(p, k)) not in (None, "")}
    isi = {"nilai": mentah, "dasar": f"Skenario {skenario}", **asal}
    bentuk = _periksa({**perian, sejak: isi}, "parameter")
    salah = [(letak[2:], t) for letak, pesan in bentuk.items() for t in pesan]
    sebelum = p.berlaku(hari)
    if not salah and isinstance(mentah, Mapping):
        acuan = sebelum.nilai if sebelum else next((n.nilai for n in reversed(p.waktu) if n.nilai), None)
        isi["nilai"] = _gabung(acuan, mentah, sebelum is not None, (), salah) if acuan else mentah
    salah = salah or list(_makna_nilai(perian, isi["nilai"]))
    if salah:
        return p, salah
    baru = _nilai(p.jalur, perian, sejak, isi)
    if _sama(sebelum, None if _berakhir(baru) else baru):
        tetap = "nilainya" if sebelum else "ketentuannya"
        return p, [
            ((), f"tidak mengubah apa pun: {tetap} memang sudah begitu. Ubah nilainya atau hapus barisnya.")
        ]
    if sebelum and isinstance(baru.nilai, Mapping):
        lama = dict(_titik(sebelum.nilai)) if sebelum.nilai else {}
        tetap_sama = [k for k, v in _titik(baru.nilai) if k in lama and lama[k] == v]
        butir = {k[0] if len(k) == 1 else k: sebelum.asal(*k) for k in tetap_sama}
        baru = replace(baru, butir=_beku(butir))
    return replace(p, waktu=_susun([*(n for n in p.waktu if n.sejak != hari), baru])), []


def _gabung(
    acuan: Mapping[Any, Any],
    ubahan: Mapping[Any, Any],
    sambung: bool,
    letak: Letak,
    salah: list[tuple[Letak, str]],
) -> dict[Any, Any]:
    """The keys of `acuan` with the values of `ubahan`; keys left out keep theirs if `sambung`."""
    salah += [
        ((*letak, str(k)), f"kunci {_kutip(k)} tidak ada di parameter ini. {_maksud(k, acuan)}")
        for k in ubahan
        if k not in acuan
    ]
    kurang = [k for k in acuan if k not in ubahan]
    if kurang and not sambung:
        pesan = f"belum ada {tulisan.daftar(map(str, kurang))}, dan belum ada nilai lama yang dapat diteruskan. Isi semuanya."
        salah.append((letak, pesan))
    hasil: dict[Any, Any] = {}
    for k, v in acuan.items():
        baru = ubahan.get(k, v)
        if isinstance(v, Mapping) and isinstance(baru, Mapping):
            baru = _gabung(v, baru, sambung, (*letak, str(k)), salah)
        elif isinstance(baru, Mapping):
            salah.append(((*letak, str(k)), "dalam skenario tulis nilainya saja, tanpa status dan sumber."))
        hasil[k] = baru
    return hasil


def _titik(nilai: Mapping[Any, Any]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for k, v in nilai.items():
        if isinstance(v, Mapping):
            yield from (((k, kk), vv) for kk, vv in v.items())
        else:
            yield (k,), v


# -- showing ------------------------------------------------------------------------------------------


def _tulis_selang(s: Mapping[str, Any]) -> str:
    """'1 ≤ x < 15', 'x > 60'."""
    (b, b_masuk), (a, a_masuk) = _batas_bawah(s), _batas_atas(s)
    kanan = "" if a is None else f" {'≤' if a_masuk else '<'} {tulisan.angka(a)}"
    if b is not None and not kanan:
        return f"x {'≥' if b_masuk else '>'} {tulisan.angka(b)}"
    kiri = "" if b is None else f"{tulisan.angka(b)} {'≤' if b_masuk else '<'} "
    return f"{kiri}x{kanan}" if kiri or kanan else "semua angka"


def _tulis(x: Any, satuan: str) -> str:
    if isinstance(x, Mapping) and "nilai" in x:
        return f"{_tulis_selang(x)}: {_tulis(x['nilai'], satuan)}"
    if isinstance(x, Mapping):
        return ", ".join(f"{_tulis_kunci(k)}: {_tulis(v, satuan)}" for k, v in _titik(x))
    if isinstance(x, tuple):
        return "; ".join(_tulis(v, satuan) for v in x)
    if isinstance(x, bool):
        return "ya" if x else "tidak"
    if isinstance(x, dt.date):
        return tulisan.tanggal(x)
    if isinstance(x, str):
        return x if satuan == "teks" else tulisan.label(x)
    if satuan == "rupiah" and isinstance(x, int):
        return tulisan.rupiah(x)
    if satuan == "persen" or x is None:
        return tulisan.persen(x)
    return tulisan.angka(x) if satuan == "pengali" else f"{tulisan.angka(x)} {satuan}"


def _tulis_kunci(kunci: tuple[Any, ...]) -> str:
    return " × ".join(tulisan.label(k) for k in kunci)


def _tulis_perubahan(u: Perubahan) -> Iterator[str]:
    kepala = f"- {u.nama} ({u.jalur}) sejak {tulisan.tanggal(u.tanggal)}"
    a, b = u.sebelum, u.sesudah
    if not (isinstance(a, Mapping) and isinstance(b, Mapping)):
        sebelum = "tanpa nilai" if a is None else _tulis(a, u.satuan)
        sesudah = "tidak berlaku" if b is None else _tulis(b, u.satuan)
        yield f"{kepala}: {sebelum} → {sesudah}"
        return
    lama = dict(_titik(a))
    for k, v in _titik(b):
        if lama[k] != v:
            yield f"{kepala}, {_tulis_kunci(k)}: {_tulis(lama[k], u.satuan)} → {_tulis(v, u.satuan)}"
