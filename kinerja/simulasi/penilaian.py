"""From points to predikat: the rule of a regulation as one small table, and the distribution that a pattern forces.

Both points of a person are whole numbers 0..200, so a regulation is a table of 201 × 201 predikat. The house's own
rules fill it, once; five million people are a look-up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kinerja import tulisan
from kinerja.aturan import Graf, Kolom
from kinerja.data.skema import PREDIKAT
from kinerja.parameter import Galat, GalatParameter, Kebijakan, Nilai
from kinerja.pecahan import Kode, Pecahan, dari_kategori, terkecil
from kinerja.regulasi import kmk127, permenpanrb6, pp30, pp46, se3
from kinerja.regulasi.banding import JEMBATAN_SKALA, tanggal_acuan
from kinerja.simulasi.acak import Larik, acak_urutan
from kinerja.simulasi.populasi import PALING_TINGGI, Populasi

REGULASI = ("pp-46-2011", "pp-30-2019", "permenpanrb-6-2022", "kmk-127-2026")
BAIK = PREDIKAT.index("baik")  # codes: 0 is the best
_BANYAK = PALING_TINGGI + 1
_GRAF6 = Graf.gabung("PermenPANRB 6/2022", permenpanrb6.GRAF_ANGKA_JADI, permenpanrb6.GRAF)
_GRAF127 = Graf.dari(
    "KMK 127/2026",
    [kmk127.rating_hasil, kmk127.rating_perilaku, permenpanrb6.predikat],
    {"nhk_akhir": "NHK", "npk_akhir": "NPK"},
)
_AMBANG = ("ambang_ekspektasi_hasil", "ambang_ekspektasi_perilaku")


def tabel_predikat(regulasi: str, k: Kebijakan, populasi: Populasi) -> tuple[Larik, tuple[str, ...]]:
    """The predikat (codes into PREDIKAT, int8, shape (201, 201)) of every pair hasil × perilaku; what it rests on.

    A regulation that is no longer in force on the policy's day is read on its own last day. GalatParameter for a
    regulation that the laboratory does not know.
    """
    if regulasi not in REGULASI:
        raise GalatParameter(
            [
                Galat(
                    str(regulasi),
                    f"laboratorium menilai menurut {tulisan.daftar(REGULASI, 'atau')}. Pilih salah satu.",
                )
            ]
        )
    if f"{regulasi}.{_PENANDA[regulasi]}" not in k:
        k = replace(k, tanggal=tanggal_acuan(regulasi))
    sesuai = populasi.parameter["nilai_sesuai"].pasti(regulasi)
    geser = sesuai - 100
    asumsi = [f"Penilaian {regulasi}: poin 100 dibaca {tulisan.angka(sesuai)}."]
    n = _BANYAK * _BANYAK
    poin = np.arange(_BANYAK, dtype=np.int64)
    hasil, perilaku = (Pecahan(x.ravel()) + geser for x in np.meshgrid(poin, poin, indexing="ij"))
    if regulasi == "permenpanrb-6-2022":
        p = dict(k.bagian(regulasi))
        for nama in _AMBANG:
            if nama not in p or p[nama].nilai is None:
                p[nama] = _ambang(p[nama], populasi.ambang)
                asumsi.append(
                    f"{p[nama].nama}: {populasi.ambang[0]} dan {populasi.ambang[1]} (tidak ditetapkan peraturan)."
                )
        isi: dict[str, Kolom] = {"angka_hasil": hasil, "angka_perilaku": perilaku}
        kode = _jalankan(_GRAF6, isi, p)
    elif regulasi == "kmk-127-2026":
        p = {**k.bagian(permenpanrb6.BERKAS), **k.bagian(regulasi)}
        kode = _jalankan(_GRAF127, {"nhk_akhir": hasil, "npk_akhir": perilaku}, p)
    else:
        satu = Pecahan(np.ones(n, np.int64))
        if regulasi == "pp-46-2011":
            isi = {
                "jumlah_kegiatan": hasil, "banyak_kegiatan": satu, "banyak_tugas_tambahan": Pecahan(np.zeros(n, np.int64)),
                "manfaat_kreativitas": _sama("tidak_ada", k["pp-46-2011.tambahan_kreativitas"].pasti(), n), "jumlah_perilaku": terkecil(perilaku, 100), "banyak_perilaku": satu,
            }  # fmt: skip
            kode = _jalankan(pp46.GRAF, isi, pp46.parameter(k))
        else:
            asumsi.append(
                "Penilaian pp-30-2019: nilai paling banyak 120; yang bernilai 110 ke atas dianggap punya ide baru."
            )
            isi = {
                "nilai_skp": terkecil(hasil, 120), "jumlah_perilaku": terkecil(perilaku, 120), "banyak_perilaku": satu,
                "cara_perilaku": _sama("tanpa_360", k["pp-30-2019.bobot_skp"].pasti(), n),
                "ide_baru": _sama("ya", {"ya": 1, "tidak": 0}, n),
            }  # fmt: skip
            kode = _jalankan(pp30.GRAF, isi, k.bagian(regulasi))
    skala = k[JEMBATAN_SKALA].pasti()
    pindah = np.array([PREDIKAT.index(skala[c]) for c in kode.kategori], dtype=np.int8)
    return pindah[kode.kode].reshape(_BANYAK, _BANYAK), tuple(asumsi)


_PENANDA = {
    "pp-46-2011": "pita_predikat",
    "pp-30-2019": "pita_nilai",
    "permenpanrb-6-2022": "kuadran",
    "kmk-127-2026": "rating",
}


def _sama(kata: str, pilihan: Mapping[str, Any], n: int) -> Kode:
    """The same word for everyone, among those that the table knows."""
    return dari_kategori(np.full(n, list(pilihan).index(kata)), pilihan)


def _jalankan(graf: Graf, masukan: Mapping[str, Kolom], p: Mapping[str, Nilai]) -> Kode:
    graf = graf.untuk(["predikat"])
    kolom = {n: masukan[n] for n in graf.masukan}
    hasil = graf.jalankan(kolom, p, pd.RangeIndex(_BANYAK * _BANYAK))["predikat"]
    assert isinstance(hasil, Kode)
    return hasil


def _ambang(n: Nilai, batas: tuple[int, int]) -> Nilai:
    """The assumption that stands for what the regulation does not say."""
    bawah, atas = batas
    selang = (
        {"kurang_dari": bawah, "nilai": "di_bawah"},
        {"paling_sedikit": bawah, "paling_banyak": atas, "nilai": "sesuai"},
        {"lebih_dari": atas, "nilai": "di_atas"},
    )
    return replace(n, nilai=selang, status="asumsi", tipe="selang")


# -- a pattern that is forced --------------------------------------------------------------------------------


def paksa(predikat: Larik, poin: Larik, populasi: Populasi, k: Kebijakan) -> tuple[Larik, tuple[str, ...]]:
    """The predikat when SE MenPANRB 3/2023 is taken for a quota: in each OPD its pattern, best points first.

    predikat: codes before; poin: what people are ranked by (0..400); ties keep the better predikat, then a fixed shuffle.
    Each OPD moves as few people as its pattern asks. The SE itself calls the pattern a consideration, not a quota.
    Returns the new codes and what it rests on; an OPD too small for its pattern keeps what it has.
    """
    aturan = k[f"{se3.BERKAS}.pola_distribusi"].pasti()
    bulat = {n: str(k[f"{se3.BERKAS}.pembulatan_{n}"].pasti()) for n in ("paling_banyak", "paling_sedikit")}
    opd = populasi.kolom["opd"].astype(np.int64)
    banyak = len(populasi.opd)
    n = len(PREDIKAT)
    ada = np.bincount(opd * n + predikat, minlength=banyak * n).reshape(banyak, n)
    tujuan, kecil = ada.copy(), 0
    for i, organisasi in enumerate(populasi.opd["predikat"].astype("str")):
        milik = [a for a in aturan if a["organisasi"] == organisasi]
        if not se3.mungkin(milik, int(ada[i].sum()), bulat):
            kecil += 1
            continue
        tujuan[i] = sesuaikan(ada[i].tolist(), milik, bulat)
    # one whole number a person holds all that decides the order, and the person: sorting it is the ranking
    acak = acak_urutan(np.arange(len(populasi)), len(populasi), populasi.benih, 50) & 0xFFFF
    kunci = (((opd << 9 | (2 * PALING_TINGGI - poin)) << 3 | predikat) << 16 | acak) << 24 | np.arange(
        len(populasi)
    )
    kunci.sort()
    urut = kunci & 0xFFFFFF
    hasil = np.empty_like(predikat)
    hasil[urut] = np.repeat(np.tile(np.arange(n, dtype=predikat.dtype), banyak), tujuan.ravel())
    asumsi = ["Pola SE MenPANRB 3/2023 dijadikan kuota, padahal SE menyebutnya pertimbangan."]
    if kecil:
        asumsi.append(f"{tulisan.angka(kecil)} OPD terlalu kecil untuk polanya dan tidak diubah.")
    return hasil, tuple(asumsi)


def sesuaikan(ada: Sequence[int], aturan: Sequence[Mapping[str, Any]], bulat: Mapping[str, str]) -> list[int]:
    """Counts of the five predikat that meet the rules, near to `ada`; `ada` itself if it meets them.

    Whoever has to leave a predikat goes to the next lower one with room; whoever has to fill one comes from the
    nearest better one that can spare him. The rules must be possible (`se3.mungkin`).
    """
    bawah, atas = _batas(ada, aturan, bulat)
    isi, semua = list(ada), range(len(ada))
    for i in semua:
        for j in sorted(semua, key=lambda j: (isi[j] <= atas[j], j > i, abs(j - i))):
            orang = min(bawah[i] - isi[i], isi[j] - bawah[j])
            if j != i and orang > 0:
                isi[j] -= orang
                isi[i] += orang
    for i in semua:
        for j in sorted(semua, key=lambda j: (j < i, abs(j - i))):
            orang = min(isi[i] - atas[i], atas[j] - isi[j])
            if j != i and orang > 0:
                isi[i] -= orang
                isi[j] += orang
    return isi


def _batas(
    ada: Sequence[int], aturan: Sequence[Mapping[str, Any]], bulat: Mapping[str, str]
) -> tuple[list[int], list[int]]:
    """The rules as least and most people of each predikat, chosen so that few have to move."""
    n = sum(ada)
    bawah, atas = [0] * len(ada), [n] * len(ada)
    bersama: list[tuple[list[int], int]] = []
    utama: int | None = None
    for a in aturan:
        kode, batas = [PREDIKAT.index(p) for p in a["predikat"]], se3.batas_orang(a, n, bulat)
        if batas is None:
            utama = kode[0]
        elif a["aturan"] == "paling_banyak":
            atas[kode[0]] = min(atas[kode[0]], batas)
        elif len(kode) > 1:
            bersama.append((kode, batas))
        else:
            bawah[kode[0]] = max(bawah[kode[0]], batas)
    if utama is not None:
        lain = [i for i in range(len(ada)) if i != utama]
        # the level at which what stands above it in the other groups just fills the main one
        datar = bisect_left(
            range(n), True, key=lambda m: sum(max(ada[i] - m, 0) for i in lain) <= m - ada[utama]
        )
        muat = bisect_left(range(n), True, key=lambda m: m + sum(min(atas[i], m) for i in lain) >= n)
        bawah[utama] = max(bawah[utama], min(max(datar, muat), atas[utama]))
        for i in lain:
            atas[i] = min(atas[i], bawah[utama])
    for kode, batas in bersama:
        kurang = batas - sum(bawah[i] for i in kode)
        for sampai in (ada, atas):  # first who is there already, then whoever fits
            for i in kode:
                tambah = max(min(kurang, min(sampai[i], atas[i]) - bawah[i]), 0)
                bawah[i] += tambah
                kurang -= tambah
    return bawah, atas


__all__ = ["BAIK", "REGULASI", "paksa", "sesuaikan", "tabel_predikat"]
