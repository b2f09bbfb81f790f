"""`make bench`: the pay laboratory at full size. Every part is a process of its own; peaks are of that process.

  dua        baseline, reform, and both difference tables (kelas and desil) for 5 million: ours, pandas, polars, and
             tables as Tax-Calculator makes them (sort by the baseline, cumulate the weights, cut, group); columns
             are in memory in the form that each likes best, and every total must be the same rupiah
  tumbuh     the same from 10 thousand to 5 million people: cost per person must stay flat
  undian     10,000 Monte Carlo draws of noise and leniency for a province of 10,000
  nasional   5.6 million people x 12 months x 4 policies, streaming to Parquet

Give a name to run one part.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from bench_nasional import AKAR, MEMORI, PEMBANDING, koma, pasang, puncak

PEGAWAI = 5_000_000
ULANG = 4
PUTARAN = 2
UBAH = {"kemnaker-2024.nilai_kinerja_predikat": {"2024-01-01": {"butuh_perbaikan": 70, "kurang": 40}}}
PESERTA = {
    "kinerja": ("kinerja: dua skema dari berkas ketentuan", False),
    "pandas": ("pandas, kolom utuh dan groupby", False),
    "taxcalc": ("pandas, tabel ala Tax-Calculator", False),
    "polars": ("polars, kueri malas", True),
}
KOLOM = ("kelas", "status", "predikat", "disiplin", "total", "cuti")


# -- two policies -------------------------------------------------------------------------------------------


def siapkan(map_: Path, pegawai: int = PEGAWAI) -> None:
    """The columns that an analyst would have: class, status, predikat, and the cuts of the month in percent."""
    from kinerja import simulasi as lab

    orang = lab.buat("nasional", pegawai)
    h = lab.Skenario("Kini", "kemnaker-2024").jalankan(orang)
    p = h.bayaran.parameter
    pola = np.arange(len(orang.pola))
    isi = {
        n: _per_pola(h, n, pola)[h.pola]
        for n in ("pelanggaran_disiplin", "potongan_total", "tidak_dibayar_cuti")
    }
    kolom = {
        "kelas": orang.kolom["kelas"], "status": orang.kolom["status"], "predikat": h.predikat,
        "disiplin": isi["pelanggaran_disiplin"], "total": isi["potongan_total"], "cuti": isi["tidak_dibayar_cuti"],
    }  # fmt: skip
    for n, x in kolom.items():
        np.save(map_ / f"{n}.npy", x)
    persen = dict(p["nilai_kinerja_predikat"].nilai)
    polos = {
        "tangga": {int(k): int(v) for k, v in p["tangga"].nilai.items()},
        "status": [float(p["persen_status"].nilai[s]) for s in ("pns", "cpns", "pppk")],
        "persen": [
            [float(v) for v in {**persen, **u}.values()] for u in ({}, {"butuh_perbaikan": 70, "kurang": 40})
        ],
        "porsi": [float(p[f"porsi_{n}"].nilai) for n in ("produktivitas", "disiplin")],
    }
    (map_ / "parameter.json").write_text(json.dumps(polos), encoding="utf-8")


def _per_pola(h: Any, nama: str, pola: np.ndarray) -> np.ndarray:
    from kinerja.pecahan import Pecahan

    return np.asarray(h.bayaran.graf.aturan[nama](Pecahan(pola.astype(np.int64))).ke_float())


def kinerja(map_: Path) -> Callable[[], dict[str, int]]:
    from kinerja import simulasi as lab

    orang = lab.buat("nasional", PEGAWAI)
    satu = lab.Skenario("Kini", "kemnaker-2024").jalankan(orang)
    dua = lab.Skenario("Usul", "kemnaker-2024", ubah=UBAH).jalankan(orang)

    def jalan() -> dict[str, int]:
        a, b = (h.bayaran.hitung(h.predikat, h.pola, ["dibayar"])["dibayar"] for h in (satu, dua))
        for h, x in ((satu, a), (dua, b)):
            h._uang["dibayar"] = x
        t = lab.bandingkan(satu, dua, "dibayar").hitung(["kelas", "desil"])
        return {k: int(t["kelas"].iloc[-1][k]) for k in ("lama", "baru", "turun", "naik")}

    return jalan


def _muat(map_: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    return {n: np.load(map_ / f"{n}.npy") for n in KOLOM}, json.loads((map_ / "parameter.json").read_text())


def _bayar_pandas(d: Any, p: dict[str, Any], ke: int) -> Any:
    hak = np.floor(d["kelas"].map({int(k): v for k, v in p["tangga"].items()}) + 0.5)
    nilai = d["predikat"].map(dict(enumerate(p["persen"][ke])))
    porsi = p["porsi"]
    persen = (
        nilai * porsi[0] / 100 + (100 - d["disiplin"]).clip(lower=0) * porsi[1] / 100 - d["total"]
    ).clip(lower=0)
    persen = persen * (100 - d["cuti"]).clip(lower=0) / 100
    return np.floor(hak * d["status"].map(dict(enumerate(p["status"]))) * persen / 10000 + 0.5)


def pandas(map_: Path) -> Callable[[], dict[str, int]]:
    import pandas as pd

    x, p = _muat(map_)
    d = pd.DataFrame(x)

    def jalan() -> dict[str, int]:
        t = d[["kelas"]].assign(lama=_bayar_pandas(d, p, 0), baru=_bayar_pandas(d, p, 1))
        t["beda"] = t["baru"] - t["lama"]
        t["turun"], t["naik"] = t["beda"] < 0, t["beda"] > 0
        t["desil"] = pd.qcut(t["lama"], 10, labels=False, duplicates="drop")
        tabel = [t.groupby(k)[["lama", "baru", "beda", "turun", "naik"]].sum() for k in ("kelas", "desil")]
        return {k: int(tabel[0][k].sum()) for k in ("lama", "baru", "turun", "naik")}

    return jalan


def taxcalc(map_: Path) -> Callable[[], dict[str, int]]:
    import pandas as pd

    x, p = _muat(map_)
    d = pd.DataFrame(x)

    def tabel(t: Any, kunci: str) -> Any:
        def satu(g: Any) -> Any:
            w = g["bobot"]
            return pd.Series(
                {
                    "orang": w.sum(), "lama": (g["lama"] * w).sum(), "baru": (g["baru"] * w).sum(),
                    "turun": w[g["beda"] < 0].sum(), "naik": w[g["beda"] > 0].sum(), "rata": (g["beda"] * w).sum() / w.sum(),
                }
            )  # fmt: skip

        return t.groupby(kunci, observed=False)[["lama", "baru", "beda", "bobot"]].apply(satu)

    def jalan() -> dict[str, int]:
        t = d[["kelas"]].assign(lama=_bayar_pandas(d, p, 0), baru=_bayar_pandas(d, p, 1), bobot=1.0)
        t["beda"] = t["baru"] - t["lama"]
        t = t.sort_values("lama")
        kumulatif = t["bobot"].cumsum()
        t["desil"] = pd.cut(kumulatif, np.linspace(0, len(t) + 1e-9, 11), labels=range(10))
        kelas, _ = tabel(t, "kelas"), tabel(t, "desil")
        return {k: int(kelas[k].sum()) for k in ("lama", "baru", "turun", "naik")}

    return jalan


def polars(map_: Path) -> Callable[[], dict[str, int]]:
    import polars as pl

    x, p = _muat(map_)
    d = pl.DataFrame(x)
    tangga = [float(p["tangga"].get(str(k), 0)) for k in range(18)]

    def cari(isi: list[float], kolom: str) -> Any:
        return pl.lit(pl.Series(isi)).gather(pl.col(kolom).cast(pl.UInt32))

    def bayar(ke: int) -> Any:
        nilai, hak, status = (
            cari(p["persen"][ke], "predikat"),
            cari(tangga, "kelas"),
            cari(p["status"], "status"),
        )
        a, b = p["porsi"]
        persen = (
            nilai * a / 100 + (100 - pl.col("disiplin")).clip(0, None) * b / 100 - pl.col("total")
        ).clip(0, None)
        return (hak * status * persen * (100 - pl.col("cuti")).clip(0, None) / 100 / 10000 + 0.5).floor()

    def jalan() -> dict[str, int]:
        t = (
            d.lazy()
            .select("kelas", lama=bayar(0), baru=bayar(1))
            .with_columns(beda=pl.col("baru") - pl.col("lama"))
            .collect()
        )
        batas = np.unique([t["lama"].quantile(k / 10, "higher") for k in range(1, 10)])
        q = t.lazy().with_columns(desil=pl.col("lama").cut(batas.tolist()))
        isi = [
            pl.col("lama").sum(),
            pl.col("baru").sum(),
            (pl.col("beda") < 0).sum().alias("turun"),
            (pl.col("beda") > 0).sum().alias("naik"),
        ]
        kelas, _ = pl.collect_all([q.group_by(k).agg(isi) for k in ("kelas", "desil")])
        return {k: int(kelas[k].sum()) for k in ("lama", "baru", "turun", "naik")}

    return jalan


def peserta(nama: str, map_: Path) -> None:
    jalan = globals()[nama](map_)
    detik, hasil = [], {}
    for _ in range(ULANG):
        awal = time.perf_counter()
        hasil = jalan()
        detik.append(time.perf_counter() - awal)
    print(json.dumps({"detik": detik, "puncak": puncak(), "hasil": hasil}))


def _panggil(python: str | Path, *argumen: str) -> dict[str, Any] | str:
    """The JSON that one process prints, or why there is none."""
    lingkungan = {**os.environ, "PYTHONPATH": os.pathsep.join([str(AKAR), str(AKAR / "tests")])}
    hasil = subprocess.run([str(python), __file__, *argumen], capture_output=True, text=True, env=lingkungan)
    if hasil.returncode:
        return (hasil.stderr.strip().splitlines() or ["berhenti tanpa pesan"])[-1]
    isi: dict[str, Any] = json.loads(hasil.stdout)
    return isi


def dua() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-simulasi-") as nama_map:
        siapkan(Path(nama_map))
        tidak_ada = pasang()
        hasil: dict[str, dict[str, Any]] = {}
        gagal: dict[str, str] = {}
        for _ in range(PUTARAN):
            for nama, (_, dari_venv) in PESERTA.items():
                python = PEMBANDING / "bin" / "python" if dari_venv else Path(sys.executable)
                keluar = tidak_ada if dari_venv and tidak_ada else _panggil(python, "peserta", nama, nama_map)
                if isinstance(keluar, str):
                    gagal[nama] = keluar
                    continue
                lama = hasil.setdefault(nama, {"detik": [], "puncak": 0.0, "hasil": keluar["hasil"]})
                lama["detik"] += keluar["detik"]
                lama["puncak"] = max(lama["puncak"], keluar["puncak"])
    kami = hasil["kinerja"]
    terbaik = min(kami["detik"])
    print(
        f"{koma(PEGAWAI, 0)} pegawai sintetis, dua skema dan dua tabel selisih; detik terbaik dari {ULANG * PUTARAN}"
    )
    print(f"{'cara':<46}{'detik':>9}{'puncak MB':>11}{'kali kinerja':>14}{'beda rupiah':>16}")
    for nama, (sebut, _) in PESERTA.items():
        if nama in gagal:
            print(f"{sebut:<46}  tidak terpasang atau gagal: {gagal[nama]}")
            continue
        h = hasil[nama]
        beda = abs(h["hasil"]["lama"] - kami["hasil"]["lama"]) + abs(
            h["hasil"]["baru"] - kami["hasil"]["baru"]
        )
        print(
            f"{sebut:<46}{koma(min(h['detik']), 3):>9}{koma(h['puncak'], 0):>11}{koma(min(h['detik']) / terbaik, 2):>14}{koma(beda, 0):>16}"
        )
        assert (h["hasil"]["turun"], h["hasil"]["naik"]) == (kami["hasil"]["turun"], kami["hasil"]["naik"]), (
            nama
        )
    print(
        "Beda rupiah: jumlah selisih terhadap hitungan eksak; cara lain memakai float64 dan membulatkan setengah keliru."
    )
    assert kami["puncak"] < MEMORI, f"puncak {kami['puncak']:.0f} MB, batasnya {MEMORI} MB"


# -- the other parts ---------------------------------------------------------------------------------------------


def tumbuh() -> None:
    from kinerja import simulasi as lab

    print(f"{'pegawai':>12}{'detik':>10}{'ns per orang':>14}")
    for n in (10_000, 50_000, 200_000, 1_000_000, 5_000_000):
        orang = lab.buat("nasional", n)
        satu = lab.Skenario("Kini", "kemnaker-2024").jalankan(orang)
        baru = lab.Skenario("Usul", "kemnaker-2024", ubah=UBAH).jalankan(orang)
        waktu = []
        for _ in range(ULANG):
            for h in (satu, baru):
                h._uang.clear()
            awal = time.perf_counter()
            lab.bandingkan(satu, baru, "dibayar").hitung(["kelas", "desil"])
            waktu.append(time.perf_counter() - awal)
        print(f"{koma(n, 0):>12}{koma(min(waktu), 3):>10}{koma(min(waktu) / n * 1e9, 0):>14}")


def undian() -> None:
    from kinerja import simulasi as lab

    orang = lab.buat("provinsi", 10_000)
    satu = lab.Skenario("Kini", "kemnaker-2024").jalankan(orang)
    baru = lab.Skenario("Usul", "kemnaker-2024", ubah=UBAH).jalankan(orang)
    awal = time.perf_counter()
    t = lab.undi(baru, 10_000, dasar=satu)
    lama = time.perf_counter() - awal
    pita = lab.pita(t)
    print(
        f"10.000 undian provinsi 10.000 pegawai, dua kebijakan, {t.shape[1]} angka: {koma(lama, 1)} detik, puncak "
        f"{koma(puncak(), 0)} MB; selisih sebulan p5 Rp{koma(pita.loc['selisih', 'p5'], 0)}, p95 Rp{koma(pita.loc['selisih', 'p95'], 0)}."
    )


def nasional() -> None:
    from tqdm import tqdm

    from kinerja import simulasi as lab

    skenario = [
        lab.Skenario("Kini", "kemnaker-2024"),
        lab.Skenario("Jarak lebar", "kemnaker-2024", ubah=UBAH),
        lab.Skenario("PP 30", "kemnaker-2024", regulasi="pp-30-2019"),
        lab.Skenario("KMK 127", "kemnaker-2024", regulasi="kmk-127-2026"),
    ]
    awal = time.perf_counter()
    orang = lab.buat("nasional")
    siap = time.perf_counter() - awal
    with tempfile.TemporaryDirectory(prefix="bench-simulasi-") as tujuan:
        awal = time.perf_counter()
        with tqdm(
            total=48, desc="Bulan", bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt}, sisa {remaining}"
        ) as bilah:
            t = lab.setahun(skenario, orang, tujuan, kemajuan=lambda *_: bilah.update())
        lama = time.perf_counter() - awal
        besar = sum(b.stat().st_size for b in Path(tujuan).iterdir()) / 1e6
    baris = len(orang) * 48
    print(
        f"{koma(len(orang), 0)} pegawai x 12 bulan x 4 kebijakan: {koma(lama, 1)} detik ({koma(baris / lama / 1e6, 1)} juta "
        f"baris sedetik), {koma(besar, 0)} MB Parquet, puncak {koma(puncak(), 0)} MB; menyusun populasi {koma(siap, 1)} detik."
    )
    for nama, uang in t["kotor"].groupby(level=0, sort=False).sum().items():
        print(f"  {nama:<14} Rp{koma(int(uang), 0)} setahun tanpa THR dan ketiga belas")


BAGIAN = {"dua": dua, "tumbuh": tumbuh, "undian": undian, "nasional": nasional}


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            for nama in BAGIAN:
                print(f"-- {nama}", flush=True)
                subprocess.run(
                    [sys.executable, __file__, nama], check=True, env={**os.environ, "PYTHONPATH": str(AKAR)}
                )
        case ["peserta", nama, tujuan]:
            peserta(nama, Path(tujuan))
        case [nama] if nama in BAGIAN:
            BAGIAN[nama]()
        case lain:
            sys.exit(f"tidak ada bagian {' '.join(lain)}. Yang ada: {', '.join(BAGIAN)}.")
