"""`make bench`: capaian, ratings, kuadran and pay of five million synthetic employees, one rule six ways.

Every contestant is a process of its own, with the columns already in memory in the form that it likes
best, and must give the same rupiah, predikat and capaian on every row. To be exact they all count in
integers (realisasi in hundredths, cuts in quarters); written with floats the rule is wrong on band edges.
polars and openfisca-core are needed only here and live in `.venv-bench`, which this file makes.

  kinerja     the house's own graph (skor_nasional.GRAF) by `ranah.jalankan_nasional`
  pandas      the same rule as an analyst writes it, whole columns
  apply       the same rule by `DataFrame.apply`, on 100,000 rows, scaled
  polars      the same rule as a lazy query, the faster of its two engines
  openfisca   the same rule as Variables, Enums and parameters of openfisca-core, as its documentation says
  salin       the limit: copying as many bytes as the rule must read and write
  graf        `Graf.jalankan` in pieces: what explains a single employee, here the judge of all rows
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

AKAR = Path(__file__).parents[1]
PEMBANDING = AKAR / ".venv-bench"
PAKET = ("polars>=1.30", "openfisca-core>=43")
PEGAWAI = 5_000_000
POTONGAN = 100_000
ULANG = 4  # in each process
PUTARAN = 2  # times that every contestant has its turn
INSTANSI = 600  # agencies, for the difference tables
MEMORI = 700  # MB that our process may have at most
KOLOM = ("target", "realisasi", "angka_perilaku", "kelas", "potongan_keterlambatan", "tidak_apel", "alpa")
PENYEBUT = {"realisasi": 100, "angka_perilaku": 100, "potongan_keterlambatan": 4}
PREDIKAT = ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
RATING = ("di_bawah", "sesuai", "di_atas")

Larik = dict[str, np.ndarray]
Hasil = dict[str, np.ndarray]  # capaian in hundredths, predikat as its place in PREDIKAT, tpp; -1 unknown


# -- the people and the numbers of law -----------------------------------------------------------------


def siapkan(map_: Path) -> None:
    """Synthetic columns, half of them exactly on a whole percent so that band edges are hit."""
    rng = np.random.default_rng(2022)
    n = PEGAWAI
    target = rng.integers(1, 201, n, dtype=np.int16)
    persen = rng.integers(60, 131, n, dtype=np.int16)
    pecah = rng.integers(0, 100, n, dtype=np.int8) * (rng.random(n) < 0.5)
    kolom = {
        "target": target,
        "realisasi": target.astype(np.int32) * persen + pecah,
        "angka_perilaku": rng.integers(7000, 12001, n, dtype=np.int16),
        "kelas": rng.integers(1, 18, n, dtype=np.int8),
        "potongan_keterlambatan": (rng.integers(0, 60, n) * (rng.random(n) < 0.4)).astype(np.int16),
        "tidak_apel": (rng.integers(0, 6, n) * (rng.random(n) < 0.3)).astype(np.int8),
        "alpa": (rng.integers(0, 8, n) * (rng.random(n) < 0.1)).astype(np.int8),
        "instansi": rng.integers(0, INSTANSI, n, dtype=np.int16),
    }
    for nama, x in kolom.items():
        np.save(map_ / f"{nama}.npy", x)
    (map_ / "parameter.json").write_text(json.dumps(_parameter_polos()), encoding="utf-8")


def _parameter_polos() -> dict[str, Any]:
    """The numbers of the policy as integers: percent, and rupiah per class (-1 not established)."""
    from skor_nasional import KEBIJAKAN, parameter

    from kinerja.pecahan import dari_angka
    from kinerja.tukin.tpp import besaran_tpp

    p = {n: v.nilai for n, v in parameter(KEBIJAKAN).items()}
    kelas = dari_angka(np.arange(1, 18))
    besaran = besaran_tpp(kelas, p["tukin_bpk"], p["indeks_tpp"])
    return {
        "bawah": 90,
        "atas": 110,
        "kuadran": [[PREDIKAT.index(p["kuadran"][h][k]) for k in RATING] for h in RATING],
        "nilai": [int(p["nilai_kinerja_predikat"][x]) for x in PREDIKAT],
        "porsi_produktivitas": int(p["porsi_produktivitas"]),
        "porsi_disiplin": int(p["porsi_disiplin"]),
        "potongan_tidak_apel": int(p["potongan_tidak_apel"]),
        "nilai_disiplin_paling_sedikit": int(p["nilai_disiplin_paling_sedikit"]),
        "potongan_alpa_per_hari": int(p["potongan_alpa_per_hari"]),
        "besaran": [-1 if (v := besaran.satu(i)) is None else int(v) for i in range(17)],
    }


# -- the contestants: each returns a function to be timed, and what makes its result comparable ----------


def kinerja(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    from skor_nasional import GRAF, KEBIJAKAN, parameter

    from kinerja.ranah import Padat, jalankan_nasional

    par = parameter(KEBIJAKAN)

    def jalan() -> Any:
        kolom = {n: Padat(x[n], PENYEBUT.get(n, 1)) for n in KOLOM}
        return jalankan_nasional(GRAF, kolom, par, ["capaian", "predikat", "tpp"])

    return jalan, _dari_kinerja


def _dari_kinerja(hasil: Any) -> Hasil:
    predikat = hasil["predikat"]
    pindah = np.array([*(PREDIKAT.index(k) for k in predikat.kategori), -1], dtype=np.int8)
    angka = {}
    for nama, d in (("capaian", 100), ("tpp", 1)):
        k = hasil[nama]
        assert d % k.d == 0
        angka[nama] = np.where(k.tahu, k.n.astype(np.int64) * (d // k.d), -1)
    return {**angka, "predikat": pindah[predikat.kode]}


def graf(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    import pandas as pd
    from skor_nasional import GRAF, KEBIJAKAN, parameter

    from kinerja.ranah import Padat

    par = parameter(KEBIJAKAN)
    kolom = {n: Padat(x[n], PENYEBUT.get(n, 1)) for n in KOLOM}

    def jalan() -> list[Hasil]:
        hasil = []
        for i in range(0, len(x["kelas"]), POTONGAN):
            b = slice(i, i + POTONGAN)
            h = GRAF.jalankan({n: k.pecahan(b) for n, k in kolom.items()}, par, pd.RangeIndex(POTONGAN))
            hasil.append(_dari_kinerja({"capaian": h["capaian"], "predikat": h["predikat"], "tpp": h["tpp"]}))
        return hasil

    return jalan, lambda h: {n: np.concatenate([b[n] for b in h]) for n in h[0]}


def pandas(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    import pandas as pd

    df = pd.DataFrame({n: x[n] for n in KOLOM})
    kuadran = np.array(p["kuadran"])
    nilai = dict(enumerate(p["nilai"]))
    besaran_kelas = {k: v for k, v in enumerate(p["besaran"], 1) if v >= 0}

    def jalan() -> pd.DataFrame:
        r, t = df["realisasi"].astype("int64"), df["target"].astype("int64")
        perilaku = df["angka_perilaku"].astype("int64")
        rating_hasil = np.select([r < p["bawah"] * t, r > p["atas"] * t], [0, 2], 1)
        rating_perilaku = np.select([perilaku < 100 * p["bawah"], perilaku > 100 * p["atas"]], [0, 2], 1)
        predikat = pd.Series(kuadran[rating_hasil, rating_perilaku])
        disiplin = (
            400
            - df["potongan_keterlambatan"]
            - 4 * p["potongan_tidak_apel"] * df["tidak_apel"].astype("int64")
        ).clip(lower=4 * p["nilai_disiplin_paling_sedikit"])
        nilai_tpp = (
            predikat.map(nilai) * (4 * p["porsi_produktivitas"])
            + disiplin * p["porsi_disiplin"]
            - df["alpa"].astype("int64") * (400 * p["potongan_alpa_per_hari"])
        ).clip(lower=0)
        besaran = df["kelas"].map(besaran_kelas).fillna(-1).astype("int64")
        return pd.DataFrame(
            {
                "capaian": (200 * r + t) // (2 * t),
                "predikat": predikat.astype("int8"),
                "tpp": ((2 * besaran * nilai_tpp + 40_000) // 80_000).where(besaran >= 0, -1),
            }
        )

    return jalan, lambda h: {n: h[n].to_numpy() for n in h}


def apply(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    import pandas as pd

    df = pd.DataFrame({n: x[n][:POTONGAN] for n in KOLOM})

    def rating(nilai: int, satuan: int) -> int:
        return 0 if nilai < p["bawah"] * satuan else 2 if nilai > p["atas"] * satuan else 1

    def satu(b: Any) -> tuple[int, int, int]:
        t, r = int(b["target"]), int(b["realisasi"])
        predikat = p["kuadran"][rating(r, t)][rating(int(b["angka_perilaku"]), 100)]
        disiplin = max(
            400 - int(b["potongan_keterlambatan"]) - 4 * p["potongan_tidak_apel"] * int(b["tidak_apel"]),
            4 * p["nilai_disiplin_paling_sedikit"],
        )
        nilai_tpp = max(
            p["nilai"][predikat] * 4 * p["porsi_produktivitas"]
            + disiplin * p["porsi_disiplin"]
            - int(b["alpa"]) * 400 * p["potongan_alpa_per_hari"],
            0,
        )
        besaran = p["besaran"][int(b["kelas"]) - 1]
        tpp = -1 if besaran < 0 else (2 * besaran * nilai_tpp + 40_000) // 80_000
        return (200 * r + t) // (2 * t), predikat, tpp

    def jalan() -> pd.DataFrame:
        hasil = df.apply(satu, axis=1, result_type="expand")
        return hasil.set_axis(["capaian", "predikat", "tpp"], axis=1)

    return jalan, lambda h: {n: h[n].to_numpy() for n in h}


def polars(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    import polars as pl

    df = pl.DataFrame({n: x[n] for n in KOLOM})
    r, t = pl.col("realisasi").cast(pl.Int64), pl.col("target").cast(pl.Int64)
    perilaku = pl.col("angka_perilaku").cast(pl.Int32)

    def rating(nilai: pl.Expr, satuan: pl.Expr | int) -> pl.Expr:
        return (
            pl.when(nilai < p["bawah"] * satuan)
            .then(pl.lit(0, pl.Int8))
            .when(nilai > p["atas"] * satuan)
            .then(pl.lit(2, pl.Int8))
            .otherwise(pl.lit(1, pl.Int8))
        )

    sel = {3 * i + j: p["kuadran"][i][j] for i in range(3) for j in range(3)}
    besaran = {k: v if v >= 0 else None for k, v in enumerate(p["besaran"], 1)}
    kueri = (
        df.lazy()
        .select(
            "kelas",
            ((200 * r + t) // (2 * t)).alias("capaian"),
            (3 * rating(r, t) + rating(perilaku, 100))
            .replace_strict(sel, return_dtype=pl.Int8)
            .alias("predikat"),
            (
                400
                - pl.col("potongan_keterlambatan").cast(pl.Int32)
                - 4 * p["potongan_tidak_apel"] * pl.col("tidak_apel").cast(pl.Int32)
            )
            .clip(lower_bound=4 * p["nilai_disiplin_paling_sedikit"])
            .alias("disiplin"),
            (pl.col("alpa").cast(pl.Int32) * (400 * p["potongan_alpa_per_hari"])).alias("karena_alpa"),
        )
        .select(
            "capaian",
            "predikat",
            pl.col("kelas").replace_strict(besaran, return_dtype=pl.Int64).alias("besaran"),
            (
                pl.col("predikat").replace_strict(dict(enumerate(p["nilai"])), return_dtype=pl.Int32)
                * (4 * p["porsi_produktivitas"])
                + pl.col("disiplin") * p["porsi_disiplin"]
                - pl.col("karena_alpa")
            )
            .clip(lower_bound=0)
            .alias("nilai_tpp"),
        )
        .select(
            "capaian",
            "predikat",
            ((2 * pl.col("besaran") * pl.col("nilai_tpp") + 40_000) // 80_000).alias("tpp"),
        )
    )

    def jalan() -> Any:
        awal = time.perf_counter()
        hasil = kueri.collect(engine=mesin[0])
        lama[mesin[0]] = min(lama.get(mesin[0], 1e9), time.perf_counter() - awal)
        return hasil

    mesin, lama = ["in-memory"], {}
    for m in ("streaming", "in-memory"):  # the faster engine competes
        mesin[0] = m
        jalan(), jalan()
    mesin[0] = min(lama, key=lama.__getitem__)
    return jalan, lambda h: {n: h[n].fill_null(-1).to_numpy() for n in h.columns}


def openfisca(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    orang = build_entity(key="pegawai", plural="semua_pegawai", label="Pegawai", is_person=True)
    kelas_enum = Enum("Kelas", {f"k{k}": f"Kelas {k}" for k in range(1, 18)})
    predikat_enum = Enum("Predikat", {k: k for k in PREDIKAT})
    rating_enum = Enum("Rating", {k: k for k in RATING})

    def sejak(nilai: int) -> dict[str, Any]:
        return {"values": {"2022-01-01": {"value": nilai}}}

    sistem = TaxBenefitSystem([orang])
    sistem.parameters = ParameterNode(
        "",
        data={
            "kuadran": {
                h: {k: sejak(p["kuadran"][i][j]) for j, k in enumerate(RATING)} for i, h in enumerate(RATING)
            },
            "nilai": {k: sejak(v) for k, v in zip(PREDIKAT, p["nilai"], strict=True)},
            "besaran": {f"k{k}": sejak(v) for k, v in enumerate(p["besaran"], 1)},
            **{k: sejak(v) for k, v in p.items() if isinstance(v, int)},
        },
    )

    def variabel(nama: str, rumus: Callable[..., Any] | None, tipe: Any = int, bawaan: Any = None) -> None:
        isi = {
            "value_type": Enum if bawaan is not None else tipe,
            "entity": orang,
            "definition_period": DateUnit.MONTH,
            "label": nama,
        }
        if bawaan is not None:
            isi |= {"possible_values": tipe, "default_value": bawaan}
        if rumus is not None:
            isi["formula"] = rumus
        sistem.add_variable(type(nama, (Variable,), isi))

    for nama in KOLOM:
        if nama == "kelas":
            variabel(nama, None, kelas_enum, kelas_enum.k1)
        else:
            variabel(nama, None)

    def capaian(pegawai: Any, period: Any) -> Any:
        r, t = pegawai("realisasi", period).astype(np.int64), pegawai("target", period)
        return (200 * r + t) // (2 * t)

    def rating_hasil(pegawai: Any, period: Any, parameters: Any) -> Any:
        r, t = pegawai("realisasi", period), pegawai("target", period)
        q = parameters(period)
        return np.select([r < q.bawah * t, r > q.atas * t], [0, 2], 1)

    def rating_perilaku(pegawai: Any, period: Any, parameters: Any) -> Any:
        nilai, q = pegawai("angka_perilaku", period), parameters(period)
        return np.select([nilai < 100 * q.bawah, nilai > 100 * q.atas], [0, 2], 1)

    def predikat(pegawai: Any, period: Any, parameters: Any) -> Any:
        hasil, perilaku = pegawai("rating_hasil", period), pegawai("rating_perilaku", period)
        return parameters(period).kuadran[hasil][perilaku].astype(np.int16)

    def nilai_disiplin(pegawai: Any, period: Any, parameters: Any) -> Any:
        q = parameters(period)
        dipotong = pegawai("potongan_keterlambatan", period) + 4 * q.potongan_tidak_apel * pegawai(
            "tidak_apel", period
        )
        return np.maximum(400 - dipotong, 4 * q.nilai_disiplin_paling_sedikit)

    def nilai_tpp(pegawai: Any, period: Any, parameters: Any) -> Any:
        q = parameters(period)
        return np.maximum(
            q.nilai[pegawai("predikat", period)] * (4 * q.porsi_produktivitas)
            + pegawai("nilai_disiplin", period) * q.porsi_disiplin
            - pegawai("alpa", period) * (400 * q.potongan_alpa_per_hari),
            0,
        )

    def tpp(pegawai: Any, period: Any, parameters: Any) -> Any:
        besaran = parameters(period).besaran[pegawai("kelas", period)].astype(np.int64)
        nilai = pegawai("nilai_tpp", period)
        return np.where(besaran < 0, -1, (2 * besaran * nilai + 40_000) // 80_000)

    variabel("capaian", capaian)
    variabel("rating_hasil", rating_hasil, rating_enum, rating_enum.sesuai)
    variabel("rating_perilaku", rating_perilaku, rating_enum, rating_enum.sesuai)
    variabel("predikat", predikat, predikat_enum, predikat_enum.baik)
    variabel("nilai_disiplin", nilai_disiplin)
    variabel("nilai_tpp", nilai_tpp)
    variabel("tpp", tpp)
    masuk = {n: (x[n] - 1).astype(np.int16) if n == "kelas" else x[n].astype(np.int32) for n in KOLOM}
    x.clear()

    def jalan() -> Any:
        simulasi = SimulationBuilder().build_default_simulation(sistem, count=len(masuk["kelas"]))
        for nama, isi in masuk.items():
            simulasi.set_input(nama, "2022-12", isi)
        return {n: simulasi.calculate(n, "2022-12") for n in ("capaian", "predikat", "tpp")}

    return jalan, lambda h: {n: np.asarray(v).view(np.ndarray) for n, v in h.items()}


def salin(x: Larik, p: dict[str, Any]) -> tuple[Callable[[], Any], Callable[[Any], Hasil]]:
    """As many bytes read plus written as our rule must: the input columns and the three results."""
    dibaca = sum(x[n].itemsize for n in KOLOM)
    ditulis = np.int16().itemsize + np.int8().itemsize + np.int32().itemsize
    dari = np.ones((dibaca + ditulis) * len(x["kelas"]) // 2, dtype=np.uint8)
    ke = np.zeros_like(dari)
    benang = os.cpu_count() or 1
    bagian = np.linspace(0, len(dari), benang + 1).astype(int)
    kumpulan = ThreadPoolExecutor(benang)

    def satu(i: int) -> None:
        np.copyto(ke[bagian[i] : bagian[i + 1]], dari[bagian[i] : bagian[i + 1]])

    return lambda: list(kumpulan.map(satu, range(benang))), lambda h: {}


PESERTA: dict[str, tuple[str, Callable[..., Any], bool]] = {  # name -> what it is, how, from .venv-bench
    "kinerja": ("kinerja: graf yang sama, ranah + blok", kinerja, False),
    "polars": ("polars lazy", polars, True),
    "pandas": ("pandas, kolom utuh", pandas, False),
    "openfisca": ("openfisca-core", openfisca, True),
    "graf": ("kinerja: Graf.jalankan per 100.000 baris", graf, False),
    "apply": ("DataFrame.apply, 100.000 baris diskalakan", apply, False),
    "salin": ("batas: menyalin bita yang dibaca + ditulis", salin, False),
}
SEKALI = ("apply", "graf", "openfisca")  # slow: one run only


def puncak() -> float:
    """Greatest resident memory of this process so far, MB."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would remember the process that started this one
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peserta(nama: str, map_: Path) -> None:
    """One contestant in a process of its own: its times and peak as JSON, its results as files."""
    p = json.loads((map_ / "parameter.json").read_text(encoding="utf-8"))
    jalan, samakan = PESERTA[nama][1]({n: np.load(map_ / f"{n}.npy") for n in KOLOM}, p)
    waktu: list[float] = []
    prosesor: list[float] = []
    hasil = None
    for _ in range(1 if nama in SEKALI else ULANG):
        hasil = None  # the last result does not count as memory of the next run
        awal, awal_prosesor = time.perf_counter(), time.process_time()
        hasil = jalan()
        waktu.append(time.perf_counter() - awal)
        prosesor.append(time.process_time() - awal_prosesor)
    memori = puncak()
    for kolom, isi in samakan(hasil).items():
        np.save(map_ / f"{nama}-{kolom}.npy", isi.astype(np.int32))
    print(json.dumps({"detik": waktu, "prosesor": prosesor, "puncak": memori}))


def dua_kebijakan(map_: Path) -> None:
    """Baseline, reform and the tables of their difference, as an analyst asks for them."""
    from skor_nasional import GRAF, KEBIJAKAN, parameter

    from kinerja.ranah import Padat, jalankan_nasional

    x = {n: np.load(map_ / f"{n}.npy") for n in (*KOLOM, "instansi")}
    sejak = "2022-07-01"
    ubah = {
        "tpp-60-40.porsi_produktivitas": {sejak: 50},
        "tpp-60-40.porsi_disiplin": {sejak: 50},
        "tpp-60-40.nilai_kinerja_predikat": {sejak: {"baik": 95}},
    }
    par = [parameter(KEBIJAKAN), parameter(KEBIJAKAN.dengan(ubah))]
    waktu = []
    for _ in range(ULANG):
        awal = time.perf_counter()
        kolom = {n: Padat(x[n], PENYEBUT.get(n, 1)) for n in KOLOM}
        lama, baru = (jalankan_nasional(GRAF, kolom, q, ["predikat", "tpp"]) for q in par)
        tahu = lama["tpp"].tahu
        a, b = lama["tpp"].n * tahu, baru["tpp"].n * tahu
        # one cube of agency x class x predikat x direction; every table is a sum over its sides
        bentuk = (INSTANSI, 18, len(lama["predikat"].kategori), 3)
        sel = x["instansi"].astype(np.int32)
        for kode, banyak in zip(
            (x["kelas"], lama["predikat"].kode, np.sign(b - a) + 1), bentuk[1:], strict=True
        ):
            sel *= banyak
            sel += kode
        # sums stay whole: all rupiah together are below 2**53
        uang = [np.bincount(sel, weights=v, minlength=np.prod(bentuk)).reshape(bentuk) for v in (a, b)]
        orang = np.bincount(sel, minlength=np.prod(bentuk)).reshape(bentuk)
        tabel = {
            nama: (
                *(u.sum(axis=tuple({0, 1, 2, 3} - {sumbu})) for u in uang),
                orang.sum(axis=tuple({0, 1, 2} - {sumbu})),
            )
            for sumbu, nama in enumerate(("instansi", "kelas", "predikat"))
        }
        waktu.append(time.perf_counter() - awal)
    selisih = int(b.sum(dtype=np.int64)) - int(a.sum(dtype=np.int64))
    for lama_, baru_, berapa in tabel.values():
        assert int((baru_ - lama_).sum()) == selisih
        assert berapa.sum() == PEGAWAI
    print(json.dumps({"detik": waktu, "puncak": puncak(), "selisih": selisih}))


# -- the run --------------------------------------------------------------------------------------------


def pasang() -> str:
    """The venv of the contestants; a reason if it cannot be made."""
    python = PEMBANDING / "bin" / "python"
    if not python.exists():
        perintah = [sys.executable, "-m", "venv", str(PEMBANDING)]
        if subprocess.run(perintah, capture_output=True).returncode:
            return "lingkungan .venv-bench tidak dapat dibuat"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PAKET]
    hasil = subprocess.run(pip, capture_output=True, text=True)
    return "" if hasil.returncode == 0 else "pip gagal memasang " + ", ".join(PAKET)


def panggil(python: str | Path, *argumen: str) -> dict[str, Any] | str:
    """The JSON that one process prints, or why there is none."""
    lingkungan = {**os.environ, "PYTHONPATH": os.pathsep.join([str(AKAR), str(AKAR / "tests")])}
    hasil = subprocess.run([str(python), __file__, *argumen], capture_output=True, text=True, env=lingkungan)
    if hasil.returncode:
        return (hasil.stderr.strip().splitlines() or ["berhenti tanpa pesan"])[-1]
    isi: dict[str, Any] = json.loads(hasil.stdout or "{}")
    return isi


def impor() -> tuple[float, float]:
    """Milliseconds of processor time of `import pandas`, and of `import kinerja` after it with what a notebook takes."""
    kode = (
        "from time import process_time as t; a = t(); import pandas; b = t(); import kinerja as kj; "
        "kj.nilai, kj.bandingkan, kj.kebijakan; print((b - a) * 1e3, (t() - b) * 1e3)"
    )
    lingkungan = {**os.environ, "PYTHONPATH": str(AKAR)}
    pasangan = []
    for _ in range(7):
        keluar = subprocess.run(
            [sys.executable, "-c", kode], capture_output=True, text=True, env=lingkungan, check=True
        )
        pasangan.append([float(v) for v in keluar.stdout.split()])
    return min(a for a, _ in pasangan), min(b for _, b in pasangan)


def koma(x: float, desimal: int) -> str:
    return f"{x:,.{desimal}f}".translate(str.maketrans(",.", ".,"))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-nasional-") as nama_map:
        map_ = Path(nama_map)
        siap = panggil(sys.executable, "siapkan", nama_map)
        assert not isinstance(siap, str), siap
        tidak_ada = pasang()
        hasil: dict[str, dict[str, Any]] = {}
        gagal: dict[str, str] = {}
        for putaran in range(PUTARAN):
            for nama, (_, _, dari_venv) in PESERTA.items():
                if nama in gagal or (nama in SEKALI and putaran):
                    continue
                python = PEMBANDING / "bin" / "python" if dari_venv else Path(sys.executable)
                keluar = tidak_ada if dari_venv and tidak_ada else panggil(python, nama, nama_map)
                if isinstance(keluar, str):
                    gagal[nama] = keluar
                    continue
                lama = hasil.setdefault(nama, {"detik": [], "prosesor": [], "puncak": 0.0})
                lama["detik"] += keluar["detik"]
                lama["prosesor"] += keluar["prosesor"]
                lama["puncak"] = max(lama["puncak"], keluar["puncak"])
        dua = panggil(sys.executable, "dua", nama_map)
        assert not isinstance(dua, str), dua
        _sama(map_, [n for n in hasil if n != "salin"])
        _cetak(hasil, gagal)
        _cetak_ambang(map_)
    for apa, h in (("satu kebijakan", hasil["kinerja"]), ("dua kebijakan", dua)):
        assert h["puncak"] < MEMORI, f"{apa}: puncak {h['puncak']:.0f} MB, batasnya {MEMORI} MB"
    print(
        f"Dua kebijakan (60/40 dan 50/50 dengan Baik 95) beserta tabel selisih menurut {INSTANSI} instansi, kelas, "
        f"dan predikat: {koma(min(dua['detik']), 3)} detik, puncak {koma(dua['puncak'], 0)} MB; "
        f"selisih Rp{koma(dua['selisih'], 0)} sebulan."
    )
    pd, kj = impor()
    print(
        f"Impor kinerja dengan nilai, bandingkan, kebijakan: {koma(kj, 0)} ms waktu prosesor setelah pandas "
        f"({koma(pd, 0)} ms); rasio {koma(kj / pd, 2)}."
    )


def _sama(map_: Path, nama: list[str]) -> None:
    """Every contestant, every row, every result."""
    for kolom in ("tpp", "predikat", "capaian"):
        acuan = np.load(map_ / f"kinerja-{kolom}.npy")
        assert len(acuan) == PEGAWAI
        for n in nama:
            isi = np.load(map_ / f"{n}-{kolom}.npy")
            assert len(isi) == (POTONGAN if n == "apply" else PEGAWAI), n
            beda = int((isi != acuan[: len(isi)]).sum())
            assert beda == 0, f"{n}: {kolom} berbeda pada {beda} baris"


def _cetak(hasil: dict[str, dict[str, Any]], gagal: dict[str, str]) -> None:
    skala = {"apply": PEGAWAI / POTONGAN}
    terbaik = {n: min(h["detik"]) * skala.get(n, 1) for n, h in hasil.items()}
    kami = terbaik["kinerja"]
    print(
        f"{koma(PEGAWAI, 0)} pegawai sintetis: capaian, rating, kuadran, TPP; {os.cpu_count()} inti; detik terbaik "
        f"dari {ULANG * PUTARAN} kali\nHasil ketiga kolom sama pada setiap baris (apply: {koma(POTONGAN, 0)} baris)."
    )
    print(f"{'cara':<46}{'detik':>10}{'prosesor':>11}{'puncak MB':>11}{'kali kinerja':>14}{'kali batas':>12}")
    for nama, (tentang, _, _) in PESERTA.items():
        if nama in gagal:
            print(f"{tentang:<46}  tidak terpasang atau gagal: {gagal[nama]}")
            continue
        s = terbaik[nama]
        print(
            f"{tentang:<46}{koma(s, 3):>10}{koma(min(hasil[nama]['prosesor']) * skala.get(nama, 1), 3):>11}{koma(hasil[nama]['puncak'], 0):>11}"
            f"{koma(s / kami, 2):>14}{koma(s / terbaik['salin'], 1):>12}"
        )
    urut = sorted(hasil["kinerja"]["detik"])
    print(
        f"kinerja: median {koma(urut[len(urut) // 2], 3)}, terlama {koma(urut[-1], 3)} detik (panggilan pertama "
        f"sebuah proses, termasuk menyusun graf)."
    )


def _cetak_ambang(map_: Path) -> None:
    r, t = (np.load(map_ / f"{n}.npy") for n in ("realisasi", "target"))
    mengambang = r / 100 / t * 100
    tepat = (r == 90 * t.astype(np.int32)) | (r == 110 * t.astype(np.int32))
    salah = ((mengambang < 90) != (r < 90 * t.astype(np.int32))) | (
        (mengambang > 110) != (r > 110 * t.astype(np.int32))
    )
    print(
        f"{koma(int(tepat.sum()), 0)} capaian tepat 90 atau 110 %; realisasi / target * 100 dengan float64 "
        f"menempatkan {koma(int(salah.sum()), 0)} di antaranya pada rating yang salah."
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main()
        case ["siapkan", tujuan]:
            siapkan(Path(tujuan))
        case ["dua", tujuan]:
            dua_kebijakan(Path(tujuan))
        case [nama, tujuan]:
            peserta(nama, Path(tujuan))
