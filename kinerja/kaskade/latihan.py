"""A tree to practise on: one or a few agencies cut out of a workbook, and faults planted with their answers."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kinerja.tulisan import daftar

from .pohon import jumlah_ke_atas, susun, tabel_dari

CACAT = {
    "salah_ketik": "Kode induk simpul salah ketik",
    "rhk_lepas": "RHK induk seorang staf kosong",
    "melingkar": "Simpul digantungkan pada bawahannya sendiri",
    "tanpa_induk": "Induk simpul terhapus",
    "loncat": "Sub kegiatan digantungkan melewati satu jenjang",
    "rhk_salah_ketik": "RHK induk seorang ketua salah ketik",
}


@dataclass(frozen=True, eq=False)
class Soal:
    """A broken tree and its answers. data: the tables. kunci: kode, induk (the right one), cacat (of CACAT),
    in the form that `perbaiki` takes; mending with it gives the tables back as they were."""

    data: dict[str, pd.DataFrame]
    kunci: pd.DataFrame

    def cocok(self, jawaban: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
        """The answers beside the key without giving it away: kode, induk, hasil (tepat, belum tepat, bukan bagian
        soal), one row per answer."""
        benar = dict(zip(self.kunci["kode"], self.kunci["induk"], strict=True))
        isi = [(str(j.get("kode", "")).strip(), str(j.get("induk", "")).strip()) for j in jawaban]
        hasil = [
            "bukan bagian soal" if k not in benar else "tepat" if benar[k] == i else "belum tepat"
            for k, i in isi
        ]
        t = pd.DataFrame(isi, columns=["kode", "induk"], dtype="str")
        return t.assign(hasil=pd.Series(hasil, dtype="str"))


def potong(data: Any, opd: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The tables with these agencies only: their people and what is theirs, and the nodes above their own.

    Indicators of the whole government are left out: they are not what these agencies alone achieved.
    Superiors and owners outside are left empty, as are crosscutting links with an end outside. ValueError for
    an unknown agency, with the nearest name.
    """
    t = dict(tabel_dari(data))
    ada = [str(k) for k in t["opd"]["kode"]]
    hilang = [o for o in opd if o not in ada]
    if hilang or not len(opd):
        dekat = difflib.get_close_matches(hilang[0], ada, 3, 0.5) if hilang else []
        apa = f"OPD {daftar(hilang)} tidak ada." if hilang else "Sebut paling sedikit satu OPD."
        jalan = f"Maksudnya {daftar(dekat, 'atau')}?" if dekat else f"Yang ada: {', '.join(ada)}."
        raise ValueError(f"{apa} {jalan}")
    t["opd"] = t["opd"][t["opd"]["kode"].isin(opd).to_numpy()]
    t["pegawai"] = t["pegawai"][t["pegawai"]["opd"].isin(opd).to_numpy()]
    nip = t["pegawai"]["nip"]
    p = susun(t["kaskade"], t["rhk"])
    pakai = np.zeros(len(p), dtype=np.int64)
    pakai[: p.n] = t["kaskade"]["opd"].isin(opd).to_numpy(dtype=bool)
    t["kaskade"] = t["kaskade"][jumlah_ke_atas(p, pakai)[: p.n] > 0]
    for nama in ("rhk", "riwayat_jabatan", "perilaku", "penilaian", "kehadiran", "hukuman"):
        if nama in t:
            t[nama] = t[nama][t[nama]["nip"].isin(nip).to_numpy()]
    if "riwayat_jabatan" in t:
        t["riwayat_jabatan"] = t["riwayat_jabatan"][t["riwayat_jabatan"]["opd"].isin(opd).to_numpy()]
    if "iki" in t:
        t["iki"] = t["iki"][t["iki"]["rhk"].isin(t["rhk"]["id"]).to_numpy()]
    if "iku" in t:
        t["iku"] = t["iku"][t["iku"]["opd"].isin(opd).to_numpy()]
    if "lintas" in t:
        kode = pd.concat([t["kaskade"]["id"], t["rhk"]["id"]])
        ujung = t["lintas"]["dari"].isin(kode) & t["lintas"]["ke"].isin(kode)
        t["lintas"] = t["lintas"][ujung.to_numpy()]
    for nama, k in (
        ("pegawai", "atasan"), ("kaskade", "pemilik"), ("riwayat_jabatan", "atasan"), ("opd", "kepala_nip"),
    ):  # fmt: skip
        if nama in t and k in t[nama]:
            t[nama] = t[nama].assign(**{k: t[nama][k].where(t[nama][k].isin(nip))})
    return {nama: x.reset_index(drop=True) for nama, x in t.items()}


def rusakkan(data: Any, benih: int = 1, banyak: int = 5) -> Soal:
    """Plant `banyak` faults, kind after kind of CACAT, where the seed says; the same seed breaks the same tree.

    A kind for which the tree has no place left is passed over. ValueError when nothing can be broken.
    """
    t = dict(tabel_dari(data))
    acak = np.random.default_rng(benih)
    kunci: list[tuple[str, str, str]] = []
    rusak: dict[str, str | None] = {}
    for ke in range(banyak):
        cacat = list(CACAT)[ke % len(CACAT)]
        tempat = [x for x in _tempat(t, cacat) if not {k for k, *_ in x} & set(rusak)]
        if not tempat:
            continue
        for kode, benar, salah in tempat[int(acak.integers(len(tempat)))]:
            rusak[kode] = salah
            kunci.append((kode, benar, cacat))
    if not kunci:
        raise ValueError("Pohon ini terlalu kecil untuk dirusak: tidak ada simpul atau RHK yang punya induk.")
    isi = pd.DataFrame(kunci, columns=["kode", "induk", "cacat"], dtype="str")
    for lembar, k in (("kaskade", "induk"), ("rhk", "rhk_induk")):
        semua = t[lembar]["id"].tolist()
        lama = t[lembar][k].astype(object).tolist()
        baru = [rusak.get(a, b) for a, b in zip(semua, lama, strict=True)]
        t[lembar] = t[lembar].assign(**{k: pd.Series(baru, index=t[lembar].index, dtype=t[lembar][k].dtype)})
    return Soal(t, isi)


Cacat = list[tuple[str, str, str | None]]  # code, right parent, wrong parent


def _tempat(t: Mapping[str, pd.DataFrame], cacat: str) -> list[Cacat]:
    """Every place where this fault can be planted, in the order of the sheet."""
    k, r = t["kaskade"], t["rhk"]
    induk = {a: b for a, b in zip(k["id"], k["induk"], strict=True) if isinstance(b, str)}
    jenjang = dict(zip(k["id"], k["jenjang"], strict=True))
    anak: dict[str, list[str]] = {}
    for a, b in induk.items():
        anak.setdefault(b, []).append(a)
    sah = [a for a, b in induk.items() if b in jenjang]  # what is broken already is left alone
    if cacat == "salah_ketik":
        # where the cut is felt: the goal of each agency under which most people hang
        p = susun(k, r)
        isi = np.zeros(len(p), dtype=np.int64)
        isi[p.n :] = 1
        orang = dict(zip(k["id"], jumlah_ke_atas(p, isi)[: p.n].tolist(), strict=True))
        calon = [a for a in sah if jenjang[a] == "sasaran" and orang[a]]
        puncak = max((orang[a] for a in calon), default=0)
        return [[(a, induk[a], f"{induk[a]}x")] for a in calon if 2 * orang[a] >= puncak]
    if cacat == "melingkar":
        bawah = [(a, anak[a][0]) for a in sah if jenjang[a] == "program" and anak.get(a)]
        return [[(a, induk[a], b)] for a, b in bawah]
    if cacat == "tanpa_induk":
        return [[(a, induk[a], None)] for a in sah if jenjang[a] in ("program", "kegiatan")]
    if cacat == "loncat":
        return [
            [(a, induk[a], induk[induk[a]])]
            for a in sah
            if jenjang[a] == "sub_kegiatan" and induk[a] in induk
        ]
    utama = r[(r["jenis"] != "tambahan").to_numpy(dtype=bool) & r["rhk_induk"].isin(r["id"]).to_numpy()]
    atasan = set(r["rhk_induk"].dropna())
    if cacat == "rhk_salah_ketik":
        ketua = utama[utama["id"].isin(atasan).to_numpy()]
        return [[(a, b, f"{b}x")] for a, b in zip(ketua["id"], ketua["rhk_induk"], strict=True)]
    bergantung = r[r["rhk_induk"].notna().to_numpy()]
    staf = utama[~utama["nip"].isin(r.loc[r["id"].isin(atasan).to_numpy(), "nip"]).to_numpy()]["nip"]
    per_orang = bergantung[bergantung["nip"].isin(staf).to_numpy()].groupby("nip", sort=False)
    return [[(a, b, None) for a, b in zip(x["id"], x["rhk_induk"], strict=True)] for _, x in per_orang]
