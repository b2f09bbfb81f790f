"""The package for a USB stick: lessons with working exercises, one HTML file each, opened by double-click.

No server, no installation, no network. Rules of numbers are in the pages as JavaScript written from their own
expressions (`javascript`); the phrase reader of the clinic is our Python in WebAssembly (`pyodide`). What an exercise
compares with is computed from the rule, or is a salted slow hash; no key is written into a page.

What a participant saves is one JSON file (UTF-8), `jawaban-<pelajaran>[-meja-<meja>].json`:

    format "kinerja-jawaban", versi 1, paket (of the page), pelajaran (klinik, kaskade, kuadran, capaian, bayaran),
    meja, nama (as typed, may be empty), jawaban (rows), keadaan (what the page needs to show it again)

A row says its exercise: iki (nomor, indikator, satuan, target: as `kj.iki.nilai_latihan` takes them), kaskade (kode,
induk: to be held against the key of that `paket`), kuadran (kotak "hasil|perilaku", predikat), titik (predikat,
orang), capaian (nomor, capaian as typed), bayaran (catatan). Values are text as typed, but for nomor.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import random
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from kinerja import __version__, tulisan
from kinerja.aturan import Teks, keterangan, tulis
from kinerja.bimtek.javascript import naskah_aturan, naskah_graf, naskah_label, polos
from kinerja.bimtek.pelajaran import pelajaran, satu_pelajaran
from kinerja.bimtek.pyodide import HALAMAN, Mesin, MesinTidakAda, siapkan_mesin
from kinerja.contoh import buat_contoh
from kinerja.data.skema import PREDIKAT, PREDIKAT_ORGANISASI, RATING
from kinerja.data.utuh import tulis_utuh
from kinerja.iki.capaian import RUMUS, tulis_rumus
from kinerja.iki.frasa import TINGKAT
from kinerja.kaskade.latihan import CACAT, potong, rusakkan
from kinerja.parameter import Kebijakan, instansi, kebijakan, muat
from kinerja.regulasi import permenpanrb6
from kinerja.tukin import tpp
from kinerja.widget import JENJANG

HARI = date(2026, 6, 30)  # whose law the pages compute
PUTARAN = 300_000  # of PBKDF2-SHA256: about a tenth of a second for one guess
_INSTANSI = "sumbar"
_OPD = ("dinkes", "dinsos")
_POHON = ("visi", "misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan")
_SKALA = {
    "lkjip": ("capaian-lkjip", "LKjIP, tanpa batas"),
    "kmk": ("capaian-kmk-127-2026", "0 sampai 120, KMK 127/2026"),
}
_TANYA = (
    "apa yang dipakai?",
    "apa yang dikerjakan?",
    "apa yang dihasilkan?",
    "sebaik atau secepat apa?",
    "apa yang berubah?",
    "apa yang membaik di daerah?",
)
_SEBUTAN = {"index": "Daftar semua selebaran", "glosarium": "Glosarium"}
EDISI_PELATIH = "EDISI PELATIH"  # how every handout with answers is marked (kinerja.bimtek.selebaran)
_TANDA = "Orang dan angka di dalamnya sintetis atau ilustratif."


@dataclass(frozen=True)
class Halaman:
    """One page of the package: its file, its lesson ('' = the door), and what a person finds there."""

    kode: str
    pelajaran: str
    judul: str
    isi: str

    @property
    def berkas(self) -> str:
        return f"{self.kode}.html"


# in teaching order; the codes are those of params/bimtek/pelajaran.yaml
HALAMAN_USB = (
    Halaman("klinik", "01", "Klinik IKI", "Ketik satu indikator, lihat letaknya di tangga hasil dan kata yang memicunya, tulis ulang, bandingkan. Sepuluh soal."),
    Halaman("kaskade", "02", "Pohon yang patah", "Temukan simpul yang tidak sampai ke visi dan pilih induknya yang benar."),
    Halaman("kuadran", "09", "Kuadran kinerja", "Isi sembilan kotak, letakkan satu orang, hitung dan pindahkan 84 titik."),
    Halaman("capaian", "04", "Capaian menurut polaritas", "Delapan rumus, skala sampai 120, dan tujuh soal hitungan."),
    Halaman("bayaran", "06", "Predikat menjadi rupiah", "Geser predikat, kehadiran, dan kebijakan; baca setiap langkahnya."),
)  # fmt: skip


@dataclass(frozen=True)
class Paket:
    """What was written. tanpa_mesin: why the clinic cannot read new phrases ('' = it can)."""

    map: Path
    berkas: tuple[Path, ...]
    paket: str
    tanpa_mesin: str

    def __str__(self) -> str:
        besar = sum(b.stat().st_size for b in self.berkas)
        mega = tulisan.angka(round(besar / 1e6, 1))
        return f"{len(self.berkas)} halaman di {self.map}, {mega} MB. Buka mulai.html."


def tulis_paket(
    keluaran: Path,
    *,
    benih: int | None = None,
    kunci: Path | None = None,
    pyodide: Path | None = None,
    mesin: bool = True,
    kabar: Callable[[str], None] = lambda _: None,
) -> Paket:
    """Write the package into a folder (made if it is not there); files of other names in it stay.

    benih: of the broken tree and the salts; the same gives the same pages, none gives a new secret one. kunci: a CSV
    for the trainer with the tree's answers, outside `keluaran`. pyodide: the npm package as a file. mesin: False
    leaves the phrase reader out. Without npm or node it is left out too, and `tanpa_mesin` says why.
    ValueError for a key or a trainer's handout inside the package, or a `keluaran` that is a file.
    """
    if keluaran.exists() and not keluaran.is_dir():
        raise ValueError(f"{keluaran} adalah berkas, bukan map. Pilih nama lain.")
    if kunci is not None and kunci.absolute().is_relative_to(keluaran.absolute()):
        raise ValueError(
            f"Kunci {kunci} berada di dalam paket peserta. Simpan di map lain yang tidak dibagikan."
        )
    if rahasia := _rahasia(keluaran):
        raise ValueError(
            f"Map {keluaran} memuat berkas untuk pelatih: {tulisan.daftar(rahasia)}. Pindahkan dulu; map ini dibagikan kepada peserta."
        )
    benih = secrets.randbits(63) if benih is None else benih
    paket = hashlib.sha256(f"paket {benih}".encode()).hexdigest()[:8]
    isi_mesin, sebab = None, "Mesin pemeriksa tidak diminta."
    if mesin:
        kabar("Menyiapkan mesin pemeriksa")
        try:
            isi_mesin, sebab = siapkan_mesin(pyodide), ""
        except MesinTidakAda as galat:
            sebab = str(galat)
    kabar("Menyusun soal kaskade")
    pohon, jawaban = soal_kaskade(benih)
    kabar("Menulis halaman")
    k = kebijakan(HARI)
    isi = {
        "klinik": _klinik(isi_mesin),
        "kaskade": _kaskade(pohon),
        "kuadran": _kuadran(k),
        "capaian": _capaian(k),
        "bayaran": _bayaran(k),
    }
    keluaran.mkdir(parents=True, exist_ok=True)
    berkas = [
        _tulis(
            keluaran / h.berkas, _halaman(h, paket, isi[h.kode], isi_mesin if h.kode == "klinik" else None)
        )
        for h in HALAMAN_USB
    ]
    pintu = Halaman("mulai", "", "Latihan bimtek kinerja", "")
    berkas.insert(0, _tulis(keluaran / pintu.berkas, _halaman(pintu, paket, _Isi(_daftar(keluaran)))))
    if kunci is not None:
        _tulis_kunci(kunci, paket, jawaban)
    return Paket(keluaran, tuple(berkas), paket, sebab)


# -- a page ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Isi:
    """What differs from page to page: names for its template, constants and files for its script."""

    templat: Mapping[str, Any]
    tetapan: Mapping[str, str] = field(default_factory=dict)
    pustaka: Sequence[str] = ()


@cache
def _lingkungan() -> Environment:
    return Environment(
        loader=FileSystemLoader(HALAMAN), autoescape=True, trim_blocks=True, keep_trailing_newline=True
    )


def _baca(nama: str) -> str:
    return (HALAMAN / nama).read_text("utf-8")


def _halaman(h: Halaman, paket: str, isi: _Isi, mesin: Mesin | None = None) -> str:
    skrip = []
    if h.pelajaran:
        skrip = [
            f"const PAKET = {json.dumps(paket)}, PELAJARAN = {json.dumps(h.kode)}, LABEL = {naskah_label()};"
        ]
        skrip += [_baca(n) for n in ("pecahan.js", "aturan.js", "ruang.js", *isi.pustaka)]
        skrip += [f"const {n} = {naskah};" for n, naskah in isi.tetapan.items()]
        skrip.append(_baca(f"{h.kode}.js"))
    nama = {"pyodide.asm.wasm": "wasm", "pyodide.asm.mjs": "asm", "pyodide.mjs": "mjs", "potret": "potret"}
    bagian = {nama[n]: base64.b64encode(b).decode() for n, b in mesin.bagian.items()} if mesin else {}
    return _lingkungan().get_template("kerangka.html").render(
        kode=h.kode,
        judul=h.judul,
        versi=__version__,
        paket=f"paket {paket}",
        tanda=_TANDA,
        css=_baca("kerangka.css"),
        isi=_lingkungan().get_template(f"{h.kode}.html").render(isi.templat),
        skrip="\n".join(skrip),
        data=list(bagian.items()),
        tertanam=", ".join(f"{n} {v}" for n, v in mesin.versi.items()) if mesin else "",
        lisensi=mesin.lisensi if mesin else "",
    )  # fmt: skip


def _tulis(berkas: Path, teks: str) -> Path:
    with tulis_utuh(berkas) as sementara:
        sementara.write_text(teks, encoding="utf-8", newline="\n")
    return berkas


def _json(x: Any) -> str:
    return json.dumps(x, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\!--")


# -- the lessons -------------------------------------------------------------------------------------------


def _klinik(mesin: Mesin | None) -> _Isi:
    soal = [dict(b) for b in muat()["latihan-iki.soal"].waktu[-1].nilai]
    soal = [
        {"nomor": int(s["nomor"]), **{k: str(s[k]) for k in ("jabatan", "jenjang", "indikator")}}
        for s in soal
    ]
    awal = {"teks": "Terlaksananya sosialisasi pencegahan stunting", "jenjang": "administrator"}
    data: dict[str, Any] = {
        "tingkat": TINGKAT,
        "tanya": _TANYA,
        "jenjang": JENJANG,
        "soal": soal,
        "awal": awal,
    }
    if mesin:
        data["kunci"] = {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten", "version": "usb", "python": mesin.versi["Python"]}  # fmt: skip
    else:  # what was read beforehand
        bekal = [(awal["teks"], awal["jenjang"]), *((s["indikator"], s["jenjang"]) for s in soal)]
        data["kamus"] = {f"{j}|{t}": _nasihat(t, j) for t, j in bekal}
    return _Isi({"jenjang": JENJANG}, {"DATA": _json(data)})


def _nasihat(teks: str, jenjang: str) -> dict[str, Any]:
    from kinerja.bimtek.halaman.mesin import baca

    lama: dict[str, Any] = json.loads(baca(teks, jenjang))["lama"]
    return lama


def _kuadran(k: Kebijakan) -> _Isi:
    titik = muat()["latihan-usb.titik"].waktu[-1].pasti()
    parameter = k.bagian(permenpanrb6.BERKAS)
    pola = k["se-menpanrb-3-2023.pola_distribusi"]
    data = {
        "rating": list(RATING),
        "predikat": list(PREDIKAT),
        "organisasi": list(PREDIKAT_ORGANISASI),
        "titik": {f"{h}|{p}": int(n) for h, baris in titik.items() for p, n in baris.items()},
        "dari": "sesuai|sesuai",
        "ke": "sesuai|di_bawah",
        "catatan": parameter["kuadran"].catatan,
        "dasar_pola": f"{pola.dasar} [{pola.status}].",
    }
    aturan = [
        {
            "organisasi": str(a["organisasi"]),
            "predikat": list(a["predikat"]),
            "aturan": str(a["aturan"]),
            "persen": int(a.get("persen", 0)),
        }
        for a in pola.pasti()
    ]
    tetapan = {
        "DATA": _json(data),
        "POLA": _json(aturan),
        "GRAF_KUADRAN": naskah_graf(permenpanrb6.GRAF, parameter),
    }
    return _Isi({}, tetapan, ("pola.js",))


class _Angka(Teks):
    """Names of a formula of capaian as places for what was typed."""

    def nama(self, nama: str) -> str:
        return f"{{{nama}}}"


def naskah_capaian(k: Kebijakan) -> dict[str, str]:
    """RUMUS and the scales as JavaScript literals, by the name that `ukur.js` and `capaian.js` use."""
    rumus = []
    for nama, f in RUMUS.items():
        ket = keterangan(f)
        isi = {
            "label": _label_rumus(nama),
            "dasar": ket.dasar,
            "status": ket.status,
            "argumen": list(signature(f).parameters),
            "rumus": tulis_rumus(nama),
            "isi": tulis(f, _Angka()),
        }
        rumus.append(f"{nama}: {{...{_json(isi)}, hitung: {naskah_aturan(f)}}}")
    batas = {}
    for kode, (berkas, nama) in _SKALA.items():
        p = k.bagian(berkas)
        skala = p["skala_stabil"].pasti() if "skala_stabil" in p else None
        b = p["batas_capaian"]
        batas[kode] = {
            "nama": nama,
            "bawah": polos(b.nilai["bawah"]),
            "atas": polos(b.nilai["atas"]),
            "dasar": b.dasar,
            "status": b.status,
            "skala_stabil": skala and [[polos(t["ca"]), polos(t["capaian"])] for t in skala],
        }
    return {"RUMUS": f"{{{', '.join(rumus)}}}", "BATAS": _json(batas)}


def _capaian(k: Kebijakan) -> _Isi:
    naskah = naskah_capaian(k)
    label_rumus = {n: {"label": _label_rumus(n)} for n in RUMUS}
    soal = []
    for b in muat()["latihan-usb.capaian"].waktu[-1].nilai:
        isi = {n: str(b[n]) for n in ("target", "target_atas", "terburuk", "realisasi") if n in b}
        tampil = isi["target"] + (f" sampai {isi['target_atas']}" if "target_atas" in isi else "")
        soal.append({"nomor": int(b["nomor"]), "indikator": b["indikator"], "keterangan": b["keterangan"], "rumus": b["rumus"],
                     "target": tampil, "realisasi": isi["realisasi"], "isi": isi})  # fmt: skip
    kosong = {"target": "", "target_atas": "", "terburuk": "", "realisasi": ""}
    contoh = {
        "maks": {"target": "80", "realisasi": "92"},
        "maks_target_negatif": {"target": "-10", "realisasi": "-8"},
        "min_selisih": {"target": "60", "realisasi": "45"},
        "min_rasio": {"target": "60", "realisasi": "45"},
        "min_target_nol": {"terburuk": "20", "realisasi": "3"},
        "stabil": {"target": "3", "realisasi": "2,7"},
        "rentang_maks": {"target": "70", "target_atas": "80", "realisasi": "84"},
        "rentang_min": {"target": "12", "target_atas": "18", "realisasi": "20"},
    }
    contoh = {n: {**kosong, **isi} for n, isi in contoh.items()}
    data = {
        "soal": soal,
        "contoh": contoh,
        "awal": {"rumus": "maks", "batas": "kmk", **contoh["maks"]},
        "batas_soal": "kmk",
    }
    data_js = _json(data)[:-1] + f', "batas": {naskah["BATAS"]}}}'
    return _Isi({"rumus": label_rumus}, {"RUMUS": naskah["RUMUS"], "DATA": data_js}, ("ukur.js",))


def _label_rumus(nama: str) -> str:
    """'Capaian, makin besar makin baik' -> 'Makin besar makin baik'."""
    teks = keterangan(RUMUS[nama]).label.removeprefix("Capaian").lstrip(", ")
    return teks[:1].upper() + teks[1:]


def _bayaran(k: Kebijakan) -> _Isi:
    pemda = instansi(_INSTANSI)
    parameter = tpp.parameter_tpp(k, pemda.skema_tpp, _INSTANSI)
    besaran = parameter["tukin_bpk"].pasti()
    data = {
        "predikat": list(PREDIKAT),
        "terlambat": {
            n: polos(parameter[n].pasti()) for n in ("potongan_terlambat", "potongan_terlambat_tepat_60")
        },
        "awal": {
            "predikat": "baik",
            "kelas": "9",
            "terlambat": "12; 45",
            "alpa": 1,
            "tidak_apel": 0,
            "porsi": int(parameter["porsi_produktivitas"].pasti()),
            "potong": float(parameter["potongan_alpa_per_hari"].pasti()),
        },
    }
    skema = f"{parameter['skema'].pasti()} [{parameter['porsi_produktivitas'].status}]."
    kelas = [str(n) for n, nilai in besaran.items() if nilai is not None]
    templat = {"skema": skema, "instansi": pemda.nama, "kelas": kelas}
    tetapan = {"DATA": _json(data), "GRAF_TPP": naskah_graf(tpp.GRAF, parameter)}
    return _Isi(templat, tetapan, ("potong.js",))


# -- the broken tree -----------------------------------------------------------------------------------------


def soal_kaskade(benih: int) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """(what the page gets, the key): a tree of two agencies, broken, its codes shuffled so that they tell nothing.

    The page gets per question salt and hash of code and right parent. The key: kode, induk, cacat, uraian.
    """
    acak = random.Random(benih)
    data = _pohon_utuh()
    soal = rusakkan(data, benih % 2**32, 14)
    utuh, rusak = data["kaskade"], soal.data["kaskade"]
    urut = list(utuh["id"])
    acak.shuffle(urut)
    nama = {k: f"N{i:02d}" for i, k in enumerate(urut, 1)}
    patah = [
        {str(n): str(v) for n, v in x.items()} for x in soal.kunci.to_dict("records") if x["kode"] in nama
    ]
    acak.shuffle(patah)
    opd = {str(k): str(n) for k, n in zip(data["opd"]["kode"], data["opd"]["nama"], strict=True)}
    simpul = []
    for b in ({str(n): v for n, v in x.items()} for x in rusak.to_dict("records")):
        induk = b["induk"] if isinstance(b["induk"], str) else ""
        simpul.append(
            {
                "kode": nama[b["id"]],
                # a mistyped code must not look like the right one
                "induk": nama.get(induk, f"N{len(urut) + acak.randint(1, 19)}") if induk else "",
                "opd": opd.get(b["opd"], ""),
                "jenjang": b["jenjang"],
                "uraian": b["uraian"],
                "indikator": b["indikator"] if isinstance(b["indikator"], str) else "",
            }
        )
    uraian = dict(zip(utuh["id"], utuh["uraian"], strict=True))
    kunci = [
        {
            "kode": nama[b["kode"]],
            "induk": nama[b["induk"]],
            "cacat": CACAT[b["cacat"]],
            "uraian": uraian[b["kode"]],
        }
        for b in patah
    ]
    tanya = []
    for b in kunci:
        garam = hashlib.sha256(f"{benih} {b['kode']}".encode()).digest()[:16]
        sidik = hashlib.pbkdf2_hmac("sha256", f"{b['kode']}\n{b['induk']}".encode(), garam, PUTARAN, 16)
        tanya.append({"kode": b["kode"], "cacat": b["cacat"], "garam": _b64(garam), "sidik": _b64(sidik)})
    return {"simpul": _urut_pohon(simpul), "soal": tanya, "opd": list(opd.values())}, kunci


@cache
def _pohon_utuh() -> dict[str, Any]:
    return dict(potong(buat_contoh(_INSTANSI, pegawai=120, benih=1), _OPD))


def _urut_pohon(simpul: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By level and then by description: the order of the workbook would show what belongs together."""
    return sorted(simpul, key=lambda x: (_POHON.index(x["jenjang"]), x["opd"], x["uraian"], x["kode"]))


def _b64(x: bytes) -> str:
    return base64.b64encode(x).decode()


def _kaskade(pohon: Mapping[str, Any]) -> _Isi:
    data = {
        "simpul": pohon["simpul"],
        "soal": pohon["soal"],
        "jenjang": _POHON,
        "putaran": PUTARAN,
    }
    cerita = (
        f"Pohon kinerja dua perangkat daerah ({' dan '.join(pohon['opd'])}) dengan {len(pohon['soal'])} sambungan yang patah: "
        "salah ketik, terhapus, melingkar, atau melompati jenjang."
    )
    return _Isi({"cerita": cerita}, {"DATA": _json(data)})


def _tulis_kunci(berkas: Path, paket: str, kunci: Iterable[Mapping[str, str]]) -> None:
    isi = io.StringIO(newline="")
    tulis = csv.DictWriter(isi, ("paket", "kode", "induk", "cacat", "uraian"), delimiter=";")
    tulis.writeheader()
    tulis.writerows({"paket": paket, **b} for b in kunci)
    with tulis_utuh(berkas) as sementara:
        sementara.write_text(isi.getvalue(), encoding="utf-8-sig", newline="")


# -- the door --------------------------------------------------------------------------------------------------


def _daftar(keluaran: Path) -> dict[str, Any]:
    """What the door shows: the lessons in order, and the handouts that lie beside the package."""
    milik = {h.berkas for h in HALAMAN_USB} | {"mulai.html"}
    ada = [
        b
        for b in sorted(keluaran.rglob("*"))
        if b.suffix in (".html", ".pdf") and b.relative_to(keluaran).as_posix() not in milik
    ]
    isi = []
    for h in HALAMAN_USB:
        p = satu_pelajaran(h.pelajaran)
        isi.append(
            {
                "judul": h.judul,
                "halaman": h.berkas,
                "isi": f"{h.isi} Menyertai pelajaran {p.kode}, {p.judul}.",
                "selebaran": [_rujuk(b, keluaran) for b in ada if b.stem == p.jalur.stem],
            }
        )
    pakai = {satu_pelajaran(h.pelajaran).jalur.stem for h in HALAMAN_USB}
    return {"pelajaran": isi, "lain": [_rujuk(b, keluaran) for b in ada if b.stem not in pakai]}


def _rujuk(b: Path, keluaran: Path) -> dict[str, str]:
    judul = {p.jalur.stem: p.judul for p in pelajaran()} | _SEBUTAN
    nama = judul.get(b.stem, b.stem.replace("_", " "))
    return {"alamat": b.relative_to(keluaran).as_posix(), "nama": f"{nama} ({b.suffix[1:].upper()})"}


def _rahasia(keluaran: Path) -> list[str]:
    """Files in the folder that only a trainer may have: keys, and handouts of the trainer's edition."""
    return [
        b.relative_to(keluaran).as_posix()
        for b in sorted(keluaran.rglob("*"))
        if b.is_file()
        and (
            b.name.lower().startswith("kunci")
            or (b.suffix == ".html" and EDISI_PELATIH in b.read_text("utf-8", "replace"))
        )
    ]


__all__ = ["HALAMAN_USB", "PUTARAN", "Paket", "naskah_capaian", "soal_kaskade", "tulis_paket"]
