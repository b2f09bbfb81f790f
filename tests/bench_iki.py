"""How well and how fast the IKI linter judges: recall, pass rate, precision; seconds for 100,000 IKI.

Pairs published with the project (tests/iki_pasangan.csv), the half that the rules were written on
(iki_pengembangan.csv) and the half that was written first and never read while writing them
(iki_tahanan.csv); fresh batches written round by round (iki_putaran.csv), with what the linter of that
day made of each at first look (iki_putaran_awal.csv; it cannot be measured again once a batch was used
to develop). Weak = a finding of severity galat or peringatan.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd

import kinerja as kj
from kinerja.iki.frasa import telaah
from kinerja.iki.leksikon import stem, urai_kata
from kinerja.iki.nasihat import _saran

SINI = Path(__file__).parent
N = 100_000


def ketepatan(nama: str) -> dict[str, object]:
    """Counts of one labelled list, each phrase judged at its own level and without one."""
    x = pd.read_csv(SINI / f"iki_{nama}.csv", keep_default_na=False)
    baris: dict[str, object] = {"daftar": nama}
    for cara, tabel in (("jenjang", x[["indikator", "jenjang"]]), ("tanpa", x[["indikator"]])):
        kena = kj.iki.lemah(tabel).to_numpy()
        lemah = x["label"].eq("lemah").to_numpy()
        baris |= {
            f"lemah kena ({cara})": f"{(kena & lemah).sum()}/{lemah.sum()}",
            f"recall % ({cara})": round(100 * (kena & lemah).sum() / lemah.sum(), 1),
            f"baik lolos % ({cara})": round(100 * (~kena & ~lemah).sum() / (~lemah).sum(), 1),
            f"presisi % ({cara})": round(100 * (kena & lemah).sum() / kena.sum(), 1),
        }
    return baris


def pandangan_pertama() -> pd.DataFrame:
    """First look of each round as recorded, beside today's figures on the same phrases."""
    x = pd.read_csv(SINI / "iki_putaran.csv", keep_default_na=False)
    kena = kj.iki.lemah(x[["indikator", "jenjang"]])
    awal = pd.read_csv(SINI / "iki_putaran_awal.csv").set_index("putaran")
    lemah = x["label"].eq("lemah")
    kini = {"lemah": kena[lemah], "baik": ~kena[~lemah]}
    return pd.DataFrame(
        {
            "lemah": awal["lemah"],
            "kena % saat pertama": (100 * awal["lemah_kena"] / awal["lemah"]).round(1),
            "kena % kini": (100 * kini["lemah"].groupby(x["putaran"]).mean()).round(1),
            "baik": awal["baik"],
            "lolos % saat pertama": (100 * awal["baik_lolos"] / awal["baik"]).round(1),
            "lolos % kini": (100 * kini["baik"].groupby(x["putaran"]).mean()).round(1),
            "ditulis": awal["ditulis"],
            "dipakai mengembangkan": awal["dipakai"].eq("pengembangan").map({True: "ya", False: "tidak"}),
        }
    )


def populasi(n: int) -> pd.DataFrame:
    """n IKI of made-up employees: phrases of the lists, most of them varied so that they are distinct."""
    acak = np.random.default_rng(1)
    dasar = pd.concat([pd.read_csv(SINI / f"iki_{k}.csv") for k in ("pengembangan", "tahanan")])["indikator"]
    tempat = [
        f"{a} {b}"
        for a in ("Kecamatan", "Bidang", "Seksi", "Wilayah", "Desa")
        for b in map(chr, range(65, 91))
    ]
    ekor = acak.choice(["", *tempat], n)
    akhir = np.where(
        acak.random(n) < 0.4,
        "",
        [f" {t} tahap {k}" for t, k in zip(ekor, acak.integers(1, 9, n), strict=True)],
    )
    indikator = pd.Series(acak.choice(dasar.to_numpy(), n)) + akhir
    return pd.DataFrame(
        {
            "indikator": indikator,
            "nip": [f"{i // 3:018d}" for i in range(n)],
            "jabatan": acak.choice([f"Jabatan {i}" for i in range(400)], n),
            "jenis_jabatan": acak.choice(["jpt", "administrator", "pengawas", "fungsional", "pelaksana"], n),
            "satuan": "persen",
            "target": acak.integers(50, 100, n),
            "realisasi": acak.integers(50, 100, n),
        }
    )


def detik(f: object, *a: object) -> float:
    """CPU seconds: the machine is shared."""
    awal = time.process_time()
    f(*a)  # type: ignore[operator]
    return time.process_time() - awal


if __name__ == "__main__":
    print(pd.DataFrame(map(ketepatan, ("pasangan", "pengembangan", "tahanan"))).T.to_string(header=False))
    print("\nPutaran segar (pandangan pertama tercatat; kini = aturan sekarang)")
    print(pandangan_pertama().to_string())
    x = populasi(N)
    print(f"\n{N} IKI, {x['indikator'].nunique()} rumusan berbeda")
    kembar = x["indikator"].str.replace(r" tahap \d$", "", regex=True)  # as alike as in a real pemda
    mirip = x.assign(indikator=kembar)
    hitung = {
        "periksa daftar frasa": (kj.iki.periksa, x["indikator"]),
        "periksa semua kolom": (kj.iki.periksa, x),
        f"periksa, {kembar.nunique()} rumusan": (kj.iki.periksa, mirip),
        "kembar": (kj.iki.kembar, x),
        "kembar, 10.000 baris": (kj.iki.kembar, x.head(N // 10)),
        "periksa_target": (kj.iki.periksa_target, x),
    }
    for nama, (f, tabel) in hitung.items():
        for baca in (telaah, urai_kata, stem, _saran):
            baca.cache_clear()
        print(f"  {nama:30} {detik(f, tabel):6.2f} detik CPU")
