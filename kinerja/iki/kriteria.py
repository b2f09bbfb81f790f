"""SMART plus "menantang" for each indicator, with the reason of every yes, no and cannot be judged.

The criteria of the AKIP working sheet KKE 1 (PermenPANRB 88/2021: indicators are SMART; targets can be
reached, challenge and are realistic). An answer is only given from what is there; a column that is
absent or empty makes it "tidak dapat dinilai", never a silent yes.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from kinerja.iki.frasa import Telaah, telaah
from kinerja.iki.leksikon import ambang, rapikan
from kinerja.iki.lint import LEMAH, baku_jenjang, jenjang_baris, kosong, periksa, tabel_indikator
from kinerja.tulisan import angka

KRITERIA = ("Spesifik", "Terukur", "Dapat dicapai", "Relevan", "Berbatas waktu", "Menantang")
YA, TIDAK, TAK_TERNILAI = "ya", "tidak", "tidak dapat dinilai"
_REALISASI = re.compile(r"realisasi_((?:19|20)\d\d)$")
_TAK_RELEVAN = {"L1", "L2", "L4", "L5", "L9", "L10", "L11", "L16"}
_TAK_SPESIFIK = {"L1", "L2", "L7", "L8", "L9", "L17"}
_TAK_TERUKUR = {"L3", "L6", "L7"}


def _jawab(
    ya: pd.Series, alasan_ya: Any, alasan_tidak: Any, dinilai: Any = True, alasan_tak: str = ""
) -> tuple[np.ndarray, np.ndarray]:
    """(hasil, alasan) per row."""
    nilai = np.where(dinilai, np.where(ya, YA, TIDAK), TAK_TERNILAI)
    alasan = np.where(dinilai, np.where(ya, alasan_ya, alasan_tidak), alasan_tak)
    return nilai.astype(object), alasan.astype(object)


def _riwayat(x: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """(the latest earlier realisation, how fast it moved per year at best in the past)."""
    tahun = sorted((int(m[1]), str(k)) for k in x.columns if (m := _REALISASI.match(str(k))))
    if not tahun:
        kosong = pd.Series(np.nan, index=x.index, dtype="float64")
        return kosong, kosong
    isi = x[[k for _, k in tahun]].apply(pd.to_numeric, errors="coerce")
    return isi.ffill(axis=1).iloc[:, -1], isi.diff(axis=1).abs().max(axis=1)


def _alasan(x: pd.DataFrame, temuan: pd.DataFrame, kode: set[str]) -> pd.Series:
    """First message among these codes per row; '' where there is none."""
    t = temuan[temuan["kode"].isin(kode) & temuan["keparahan"].isin(LEMAH)]
    pertama = t.drop_duplicates("baris").set_index("baris")["pesan"]
    return x.index.to_series().map(pertama).astype("str").fillna("")


def smart(x: Any, *, jenjang: str = "", temuan: pd.DataFrame | None = None) -> pd.DataFrame:
    """Six answers per indicator for a phrase, a list or a table (columns as in `periksa`).

    temuan: what `periksa` said of the same table, if it is known already.
    Returns baris, kriteria, hasil (ya, tidak, tidak dapat dinilai), alasan: six rows per input row, in order.
    """
    asli = tabel_indikator([x] if isinstance(x, str) or x is None else x)
    t = asli.reset_index(drop=True)
    if temuan is None:
        temuan = periksa(t, jenjang=jenjang)
    else:  # its rows are labels of the caller's index
        temuan = temuan.assign(baris=asli.index.get_indexer(pd.Index(temuan["baris"])))
    baca: dict[str, Telaah] = {u: telaah(u) for u in t["indikator"].astype(object).map(rapikan).unique()}
    frasa = t["indikator"].astype(object).map(rapikan)
    j = jenjang_baris(t)
    j = j.where(j != "", baku_jenjang(jenjang))

    a = _alasan(t, temuan, _TAK_SPESIFIK)
    spesifik = _jawab(a == "", "Rumusannya menyebut satu hal yang diukur dengan kata yang tegas.", a)

    a = _alasan(t, temuan, _TAK_TERUKUR)
    punya_ukuran = frasa.map({u: bool(b.ukuran or b.batas or not b.cacat) for u, b in baca.items()}).astype(
        bool
    )
    a = a.where(
        (a != "") | punya_ukuran,
        "Tidak ada ukuran: tidak dibuka jumlah, persentase, nilai, waktu, atau sejenisnya.",
    )
    terukur = _jawab(a == "", "Ada ukuran yang dapat dihitung.", a)

    lalu, langkah = _riwayat(t)
    target = (
        pd.to_numeric(t["target"], errors="coerce") if "target" in t else pd.Series(np.nan, index=t.index)
    )
    arah = _polaritas(t)
    dinilai = target.notna() & lalu.notna() & (lalu != 0) & arah.ne(0)
    tak = "Perlu target, realisasi tahun sebelumnya, dan polaritas."
    maju = ((target - lalu) * arah).where(dinilai, 0.0)
    persen = (maju / lalu.abs() * 100).where(dinilai, 0.0)
    loncatan = ambang("smart", "loncatan")
    wajar = (persen <= loncatan) | (maju <= 2 * langkah.fillna(0))
    ket = pd.Series(
        [
            f"Target {angka(b)} terhadap realisasi terakhir {angka(c)}" if d else ""
            for b, c, d in zip(target, lalu, dinilai, strict=True)
        ],
        index=t.index,
        dtype="str",
    )
    dicapai = _jawab(
        wajar,
        ket + f": perubahan tidak lebih dari {loncatan} persen atau dua kali langkah terbesar selama ini.",
        ket + f": melompat lebih dari {loncatan} persen dan dua kali langkah terbesar selama ini.",
        dinilai,
        tak,
    )
    menantang = _jawab(
        maju > 0,
        ket + ": lebih baik daripada yang sudah dicapai.",
        ket + ": tidak lebih baik daripada yang sudah dicapai.",
        dinilai,
        tak,
    )

    a = _alasan(t, temuan, _TAK_RELEVAN)
    relevan = _jawab(
        a == "",
        "Mengukur hasil atau mutu yang menjadi tanggung jawab jenjang ini.",
        a,
        (a != "") | (j != ""),
        "Rumusannya mengukur hasil, tetapi jenjang jabatan tidak disebut.",
    )

    kolom_waktu = [k for k in ("periode", "tahun", "target_waktu") if k in t]
    bulan = [k for k in t.columns if re.fullmatch(r"target_(0[1-9]|1[0-2]|tw[1-4])", str(k))]
    ada_waktu = pd.Series(False, index=t.index)
    for k in [*kolom_waktu, *bulan]:
        ada_waktu |= ~kosong(t[k])
    batas = frasa.map({u: b.batas or b.ukuran == "waktu" for u, b in baca.items()}).astype(bool)
    berwaktu = _jawab(
        ada_waktu | batas,
        np.where(batas, "Rumusannya memuat batas waktu atau ambang.", "Periode atau target berkala terisi."),
        "Kolom periode atau target berkala kosong dan rumusannya tidak menyebut batas waktu.",
        ada_waktu | batas | bool(kolom_waktu or bulan),
        "Tidak ada kolom periode; SKP tahunan memberi batas akhir tahun.",
    )
    hasil, alasan = zip(spesifik, terukur, dicapai, relevan, berwaktu, menantang, strict=True)
    return pd.DataFrame(
        {
            "baris": asli.index.repeat(len(KRITERIA)),
            "kriteria": pd.Series(list(KRITERIA) * len(t), dtype="str"),
            "hasil": pd.Series(np.stack(hasil, axis=1).ravel(), dtype="str"),
            "alasan": pd.Series(np.stack(alasan, axis=1).ravel(), dtype="str"),
        }
    )


def _polaritas(t: pd.DataFrame) -> pd.Series:
    """+1 higher is better, -1 lower is better, 0 unknown or stabilise."""
    if "polaritas" not in t:
        return pd.Series(0, index=t.index)
    p = t["polaritas"].astype("str").str.strip().str.lower()
    naik = p.str.match(r"maks|maximize|makin besar").fillna(False)
    turun = p.str.match(r"min|makin kecil").fillna(False)
    return pd.Series(np.where(naik, 1, np.where(turun, -1, 0)), index=t.index)
