"""What is wrong with a cascade: every finding with its row, rule, article and remedy, and the key numbers.

A finding names the root cause once. What only follows from it (everyone below a cut branch) is counted in
`akibat` and in the key numbers, not repeated as a finding of its own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kinerja import tulisan
from kinerja.data.skema import JENIS_JABATAN, JENJANG_KASKADE
from kinerja.parameter import Kebijakan, Nilai, kebijakan
from kinerja.tulisan import angka

from .pohon import (
    INDUK_HILANG,
    TANPA_INDUK,
    Bulat,
    Pohon,
    Tanda,
    jumlah_ke_atas,
    letak,
    susun,
    tabel_dari,
)

BERKAS = "pohon-kinerja"
BERLAKU = "2022-12-31"  # the guide is the same for older data
_DALAM_ATASAN = 24  # superiors above one person that are looked through
_JAUH_INDIKATOR = 12  # levels above an indicator that are compared with it
_BATAS_SARAN = 200  # broken codes for which the nearest known code is looked up
_CONTOH = 5
_SEMPIT = 32  # elements of a front that are still taken off as whole columns
_KOLOM_TEMUAN = (
    "kode", "aturan", "keparahan", "lembar", "baris", "id", "nip", "opd", "uraian", "pesan", "saran", "akibat",
    "dasar", "status",
)  # fmt: skip
SEBAB = {
    "": "selaras",
    "tanpa_rhk": "belum punya RHK",
    "tidak_menggantung": "punya RHK, tetapi tidak mendukung hasil kerja atau simpul mana pun",
    "rantai_putus": "terputus karena rantai di atasnya tidak sampai ke puncak",
    "tanpa_iki": "punya RHK yang sampai ke puncak, tetapi belum ber-IKI dan bertarget",
}


@dataclass(frozen=True, eq=False)
class Periksa:
    """What `periksa` found.

    angka: kunci, nama, nilai, dari, persen, keterangan; the first row is the number of employees
    without an aligned target. temuan: one row per root cause, columns kode, aturan, keparahan, lembar,
    baris (row of the sheet), id, nip, opd, uraian, pesan, saran, akibat (employees cut off by it),
    dasar, status. pegawai: nip, nama, opd, jenis_jabatan, selaras, sebab, putus_di. simpul: the nodes
    with dalam, sampai_puncak, rhk (RHK at or below), langkah_1..5. opd: coverage OPD x jenis jabatan.
    belum_diperiksa: what the data did not allow to decide, in Indonesian.
    """

    angka: pd.DataFrame
    temuan: pd.DataFrame
    pegawai: pd.DataFrame
    simpul: pd.DataFrame
    opd: pd.DataFrame
    belum_diperiksa: tuple[str, ...]

    @property
    def ringkas(self) -> pd.DataFrame:
        """Number of findings per rule: kode, aturan, keparahan, jumlah, dasar, status."""
        kunci = ["kode", "aturan", "keparahan", "dasar", "status"]
        hasil = self.temuan.groupby(kunci, sort=True).size().rename("jumlah").reset_index()
        return hasil[["kode", "aturan", "keparahan", "jumlah", "dasar", "status"]]

    def milik(self, opd: str) -> pd.DataFrame:
        """The findings of one OPD."""
        return self.temuan[self.temuan["opd"] == opd].reset_index(drop=True)

    @property
    def judul(self) -> str:
        """The first number in one sentence."""
        return judul_selaras(int(self.angka["nilai"].iloc[0]), int(self.angka["dari"].iloc[0]))

    def _repr_html_(self) -> str:
        a = self.angka
        isi = pd.DataFrame(
            {
                "Angka kunci": a["nama"],
                "Nilai": [bilangan(x) for x in a["nilai"]],
                "Dari": [bilangan(x) if x == x else tulisan.KOSONG for x in a["dari"]],
                "Persen": [tulisan.persen(float(x), 1) for x in a["persen"]],
            }
        )
        r = self.ringkas.rename(columns=lambda c: c.capitalize())
        catatan = "".join(f"<li>{escape(c)}</li>" for c in self.belum_diperiksa)
        return (
            f"<p><b>{escape(self.judul)}</b></p>{isi.to_html(index=False)}"
            + (f"{r.to_html(index=False)}" if len(r) else "<p>Tidak ada temuan.</p>")
            + (f"<p>Belum dapat diperiksa:</p><ul>{catatan}</ul>" if catatan else "")
        )


def periksa(data: Any, aturan: Kebijakan | None = None) -> Periksa:
    """Check the cascade of a `Data` or of its tables (kaskade, rhk, pegawai; iki, opd and lintas if given).

    aturan: the policy whose `pohon-kinerja` parameters decide (a scenario may change them); without it
    those in force at the end of 2022. Faulty trees give findings, never an exception; the order of rows
    does not matter. Rules and articles: params/kaskade/pohon-kinerja.yaml.
    """
    return _Pemeriksa(tabel_dari(data), (aturan or kebijakan(BERLAKU)).bagian(BERKAS)).hasil()


def sebutan_jenjang(aturan: Kebijakan | None = None) -> pd.DataFrame:
    """Names of the levels in 2019 and today, one row per jenis jabatan: jenis_jabatan, tahun_2019, kini,
    simpul (levels of the tree that such a post may support)."""
    p = (aturan or kebijakan(BERLAKU)).bagian(BERKAS)
    return pd.DataFrame(
        {
            "jenis_jabatan": list(JENIS_JABATAN),
            "tahun_2019": [str(p["sebutan_2019"].pasti(j)) for j in JENIS_JABATAN],
            "kini": [str(p["sebutan_kini"].pasti(j)) for j in JENIS_JABATAN],
            "simpul": [
                ", ".join(tulisan.label(s).lower() for s in kata(p["simpul_bagi_jabatan"], j))
                for j in JENIS_JABATAN
            ],
        },
        dtype="str",
    )


def judul_selaras(tanpa: int, dari: int) -> str:
    """The first number in one sentence."""
    if not tanpa:
        return f"Tidak ada ASN tanpa target yang selaras dengan atasannya ({angka(dari)} pegawai)."
    return f"{angka(tanpa)} dari {angka(dari)} ASN belum punya target yang selaras dengan atasannya."


def kolom(t: pd.DataFrame, nama: str) -> pd.Series:
    """A column, empty where the table does not have it."""
    return t[nama] if nama in t else pd.Series(None, index=t.index, dtype=object, name=nama)


def kata(nilai: Nilai, kunci: str) -> tuple[str, ...]:
    """'visi, misi' of a parameter as words."""
    return tuple(k.strip() for k in str(nilai.pasti(kunci)).split(",") if k.strip())


def ukuran(satuan: pd.Series) -> pd.Series:
    """Units as they are compared: "Laporan " and "laporan" are one; an empty one stays empty."""
    return satuan.astype("str").str.split().str.join(" ").str.casefold()


def dapat_dijumlahkan(satuan: pd.Series, param: Mapping[str, Nilai]) -> Tanda:
    """Whether targets in this unit may be added up (documents yes, percent and days no)."""
    tidak = kata(param["satuan_tidak_dijumlahkan"], "daftar")
    pola = re.compile("|".join(rf"(?<!\w){re.escape(k)}(?!\w)" for k in tidak))
    kode, macam = pd.factorize(satuan.to_numpy(dtype=object))
    boleh = np.array([not pola.search(str(s).casefold()) for s in macam] + [False], dtype=bool)
    return np.asarray(boleh[kode])


def bilangan(x: float) -> str:
    """12.0 -> '12'; 2.5 -> '2,5'."""
    return angka(int(x) if float(x).is_integer() else round(float(x), 6))


def _besar(teks: str) -> str:
    return teks[:1].upper() + teks[1:]


def normal(teks: str) -> str:
    """A phrase without case, punctuation and double spaces."""
    return " ".join(re.sub(r"[^\w%]+", " ", teks.casefold()).split())


class _Pemeriksa:
    """One run: columns as arrays once, then one method per rule."""

    def __init__(self, tabel: Mapping[str, pd.DataFrame], param: Mapping[str, Nilai]) -> None:
        kosong = pd.DataFrame({"id": [], "nip": [], "kode": []}, dtype="str")
        self.param = param
        self.kaskade, self.rhk = tabel["kaskade"], tabel["rhk"]
        self.iki, self.opd = tabel.get("iki", kosong), tabel.get("opd", kosong)
        self.lintas, self.pegawai = tabel.get("lintas", kosong), tabel["pegawai"]
        self.p: Pohon = susun(self.kaskade, self.rhk)
        self.bagian: list[pd.DataFrame] = []
        self.belum: list[str] = []
        self.baris_temuan: list[tuple[Any, ...]] = []
        self._kolom()

    def _kolom(self) -> None:
        """Columns of all elements (nodes, then RHK) and of the employees."""
        k, r, g = self.kaskade, self.rhk, self.pegawai
        n, m = len(k), len(r)

        def sambung(a: pd.Series, b: pd.Series) -> NDArray[Any]:
            return np.concatenate([a.to_numpy(dtype=object), b.to_numpy(dtype=object)])

        self.baris = np.concatenate([np.asarray(k.index), np.asarray(r.index)])
        self.jenjang = np.full(n + m, len(JENJANG_KASKADE))
        self.jenjang[:n] = pd.Index(JENJANG_KASKADE).get_indexer(pd.Index(kolom(k, "jenjang").astype(object)))
        self.cara = sambung(kolom(k, "cara"), kolom(r, "cara"))
        self.uraian = sambung(kolom(k, "uraian"), kolom(r, "rhk"))
        self.pemilik = np.concatenate([letak(kolom(k, "pemilik"), g["nip"]), letak(r["nip"], g["nip"])])
        self.utama = (kolom(r, "jenis").to_numpy(dtype=object) != "tambahan").astype(bool)
        # codes of agencies; -1 for the pemda itself
        milik_pegawai = kolom(g, "opd").to_numpy(dtype=object)
        kode, self.nama_opd = pd.factorize(
            np.concatenate([milik_pegawai, kolom(k, "opd").to_numpy(dtype=object)]), sort=True
        )
        self.opd_pegawai = kode[: len(g)]
        opd_pemilik = np.append(self.opd_pegawai, -1)[np.maximum(self.pemilik, -1)]
        self.opd_unsur = np.where(
            np.arange(n + m) < n, np.append(kode[len(g) :], np.full(m, -1)), opd_pemilik
        )
        self.atasan = letak(kolom(g, "atasan"), g["nip"])
        self.jabatan = pd.Index(JENIS_JABATAN).get_indexer(pd.Index(kolom(g, "jenis_jabatan").astype(object)))
        self.punya_iki = self._punya_iki()
        self.puncak_sah = self._puncak_sah()
        self.sampai = self.puncak_sah[self.p.puncak] & (self.p.akhir == TANPA_INDUK)

    def _punya_iki(self) -> Tanda:
        if self.iki.empty:
            self.belum.append("IKI: lembar iki kosong, jadi target tiap RHK belum dapat diperiksa.")
            return np.ones(len(self.rhk), dtype=bool)
        bertarget = self.iki[kolom(self.iki, "target").notna()]
        return np.asarray(self.rhk["id"].isin(bertarget["rhk"].unique()))

    def _puncak_sah(self) -> Tanda:
        """Roots of the highest level that any root has; without a vision the tree starts lower."""
        p = self.p
        akar = np.zeros(len(p), dtype=bool)
        akar[: p.n] = p.atas[: p.n] == TANPA_INDUK
        if not akar.any():
            return akar
        tertinggi = int(self.jenjang[akar].min())
        if tertinggi > 0:
            self.belum.append(
                f"Pohon dimulai dari {tulisan.label(JENJANG_KASKADE[tertinggi]).lower()}, bukan dari visi."
            )
        return np.asarray(akar & (self.jenjang == tertinggi))

    # -- writing findings ---------------------------------------------------------------------------

    def catat(
        self,
        aturan: str,
        unsur: Bulat,
        pesan: Sequence[str] | Callable[[int], str],
        akibat: Bulat | None = None,
    ) -> None:
        """One finding per element (position among nodes and RHK)."""
        for j, i in enumerate(unsur.tolist()):
            milik = int(self.pemilik[i])
            o = int(self.opd_unsur[i])
            self.baris_temuan.append(
                (
                    aturan,
                    "kaskade" if i < self.p.n else "rhk",
                    self.baris[i],
                    self.p.id[i],
                    self.nip[milik] if milik >= 0 else "",
                    self.nama_opd[o] if o >= 0 else "",
                    self.uraian[i],
                    pesan(i) if callable(pesan) else pesan[j],
                    0 if akibat is None else int(akibat[i]),
                )
            )

    @property
    def nip(self) -> NDArray[Any]:
        return self.pegawai["nip"].to_numpy(dtype=object)

    def sebut(self, i: int) -> str:
        """'sasaran dinkes-S1' or 'RHK R00012-2'."""
        if i >= self.p.n:
            return f"RHK {self.p.id[i]}"
        j = int(self.jenjang[i])
        nama = tulisan.label(JENJANG_KASKADE[j]).lower() if j >= 0 else "simpul"
        return f"{nama} {self.p.id[i]}"

    def maksud(self, kode: Iterable[Any]) -> dict[str, str]:
        """Broken code -> ' (mungkin maksudnya X)'."""
        macam = list(dict.fromkeys(map(str, kode)))
        kecil = {str(k).casefold(): str(k) for k in self.p.id}
        daftar_kecil = list(kecil) if len(macam) * len(kecil) <= 2_000_000 else []
        hasil = {}
        for k in macam[:_BATAS_SARAN]:
            dekat = (
                [k.casefold()]
                if k.casefold() in kecil
                else difflib.get_close_matches(k.casefold(), daftar_kecil, 1, 0.8)
            )
            hasil[k] = f" (mungkin maksudnya {kecil[dekat[0]]})" if dekat else ""
        return hasil

    # -- employees ----------------------------------------------------------------------------------

    def _pegawai(self) -> None:
        """Who is aligned, why not, and how many each broken place cuts off."""
        p, n, g = self.p, self.p.n, len(self.pegawai)
        milik = self.pemilik[n:]
        kenal = milik >= 0
        sampai = self.sampai[n:]

        def ada(syarat: Tanda) -> Tanda:
            return np.bincount(milik[kenal & syarat], minlength=g).astype(bool)

        self.selaras = ada(sampai & self.punya_iki)
        bergantung = (p.atas[n:] >= 0) | p.lingkar[n:]
        self.sebab = np.select(
            [self.selaras, ~ada(kenal), ada(sampai), ada(bergantung)],
            ["", "tanpa_rhk", "tanpa_iki", "rantai_putus"],
            "tidak_menggantung",
        )
        putus = (
            kenal
            & bergantung
            & ~sampai
            & np.append(self.sebab == "rantai_putus", False)[np.maximum(milik, -1)]
        )
        pasangan = np.unique(p.puncak[n:][putus] * (g + 1) + milik[putus])
        self.akibat = np.bincount(pasangan // (g + 1), minlength=len(p))
        self.putus_di = np.full(g, "", dtype=object)
        self.putus_di[(pasangan % (g + 1))[::-1]] = p.id[(pasangan // (g + 1))[::-1]]

    def k01(self) -> None:
        n, g = self.p.n, self.pegawai
        sendiri = np.isin(self.sebab, ["tanpa_rhk", "tidak_menggantung", "tanpa_iki"])
        rhk_milik: dict[int, list[int]] = {}
        for i, m in enumerate(self.pemilik[n:].tolist()):
            if m >= 0 and sendiri[m]:
                rhk_milik.setdefault(m, []).append(i)
        jabatan = kolom(g, "jabatan").to_numpy(dtype=object)
        for i in np.flatnonzero(sendiri).tolist():
            punya = rhk_milik.get(i, [])
            sebut = f" ({', '.join(sorted(str(self.p.id[n + r]) for r in punya)[:_CONTOH])})" if punya else ""
            o = int(self.opd_pegawai[i])
            self.baris_temuan.append(
                (
                    "k01_pegawai_tanpa_target",
                    "pegawai",
                    g.index[i],
                    "",
                    self.nip[i],
                    self.nama_opd[o] if o >= 0 else "",
                    jabatan[i],
                    f"Pegawai ini {SEBAB[str(self.sebab[i])]}{sebut}.",
                    int(self.akibat[[n + r for r in punya]].sum()),
                )
            )

    # -- shape of the tree ----------------------------------------------------------------------------

    def k02(self) -> None:
        p = self.p
        i = np.flatnonzero(p.atas[: p.n] == INDUK_HILANG)
        induk = self.kaskade["induk"].to_numpy(dtype=object)[i]
        maksud = self.maksud(induk)
        pesan = [
            f"Induk {x} tidak ada di lembar kaskade{maksud.get(str(x), '')}.{self._ikut(j)}"
            for x, j in zip(induk, i.tolist(), strict=True)
        ]
        self.catat("k02_simpul_yatim", i, pesan, self.akibat)

    def _ikut(self, i: int) -> str:
        n = int(self.akibat[i])
        return f" {angka(n)} pegawai di bawahnya ikut terputus." if n else ""

    def k03(self) -> None:
        p = self.p
        i = np.flatnonzero((p.atas[: p.n] == TANPA_INDUK) & ~self.puncak_sah[: p.n])
        self.catat(
            "k03_bukan_puncak",
            i,
            lambda j: f"{_besar(self.sebut(j))} tidak punya induk.{self._ikut(j)}",
            self.akibat,
        )

    def k04(self) -> None:
        """One finding per circle: of the parents, and of the parents together with crosscutting links."""
        dari, ke = self.tautan
        naik = np.flatnonzero(self.p.atas >= 0)
        a, b = np.concatenate([naik, dari]), np.concatenate([self.p.atas[naik], ke])
        for lingkaran in lingkaran_graf(len(self.p), a, b):
            urut = sorted(lingkaran, key=lambda i: str(self.p.id[i]))
            pertama = urut[0]
            lewat = "" if self.p.lingkar[urut].all() else " melalui tautan lintas"
            nama = ", ".join(str(self.p.id[i]) for i in urut[:_CONTOH])
            lain = f", dan {angka(len(urut) - _CONTOH)} lainnya" if len(urut) > _CONTOH else ""
            banyak = int(self.akibat[urut].sum())
            ikut = f" {angka(banyak)} pegawai ikut terputus." if banyak else ""
            sendiri = "menunjuk dirinya sendiri" if len(urut) == 1 else "saling menjadi induk"
            akibat = np.zeros(len(self.p), dtype=np.int64)
            akibat[pertama] = banyak
            self.catat(
                "k04_melingkar", np.array([pertama]), [f"{nama}{lain} {sendiri}{lewat}.{ikut}"], akibat
            )

    def k05(self) -> None:
        p, jumlah = self.p, len(JENJANG_KASKADE)
        sah = np.zeros((jumlah, jumlah), dtype=bool)
        for a, nama in enumerate(JENJANG_KASKADE):
            sah[a, [JENJANG_KASKADE.index(x) for x in kata(self.param["induk_yang_sah"], nama)]] = True
        i = np.flatnonzero((p.atas[: p.n] >= 0) & ~p.lingkar[: p.n] & (self.jenjang[: p.n] >= 0))
        i = i[self.jenjang[p.atas[i]] >= 0]
        i = i[~sah[self.jenjang[i], self.jenjang[p.atas[i]]]]
        self.catat(
            "k05_salah_jenjang",
            i,
            lambda j: f"{_besar(self.sebut(j))} menggantung pada {self.sebut(int(p.atas[j]))}.",
        )

    def k06(self) -> None:
        p = self.p
        sah = np.zeros((len(JENIS_JABATAN) + 1, len(JENJANG_KASKADE) + 1), dtype=bool)
        sah[-1] = True  # post not known
        for a, nama in enumerate(JENIS_JABATAN):
            boleh = kata(self.param["simpul_bagi_jabatan"], nama)
            sah[a, [JENJANG_KASKADE.index(x) for x in boleh]] = True
        urutan = np.array([int(self.param["urutan_jabatan"].pasti(x)) for x in JENIS_JABATAN] + [0])
        i = np.arange(p.n, len(p))
        i = i[(p.atas[i] >= 0) & ~p.lingkar[i] & (self.pemilik[i] >= 0)]
        jabatan, induk = self.jabatan[self.pemilik[i]], p.atas[i]
        pada_simpul = induk < p.n
        salah = pada_simpul & ~sah[jabatan, self.jenjang[induk]]
        milik_induk = np.append(self.jabatan, -1)[np.maximum(self.pemilik[induk], -1)]
        turun = ~pada_simpul & (jabatan >= 0) & (milik_induk >= 0)
        salah |= turun & (urutan[milik_induk] > urutan[jabatan])
        self.catat("k06_salah_jabatan", i[salah], self._pesan_jabatan)

    def _pesan_jabatan(self, i: int) -> str:
        jenis = tulisan.label(JENIS_JABATAN[self.jabatan[self.pemilik[i]]])
        induk = int(self.p.atas[i])
        if induk < self.p.n:
            return f"{jenis} mendukung langsung {self.sebut(induk)}."
        atas = tulisan.label(JENIS_JABATAN[self.jabatan[self.pemilik[induk]]])
        return f"{jenis} mendukung {self.sebut(induk)} milik {atas.lower()}."

    def k07(self) -> None:
        p = self.p
        i = np.arange(p.n, len(p))
        lepas = (p.atas[i] == INDUK_HILANG) | ((p.atas[i] == TANPA_INDUK) & self.utama)
        sebab = np.append(self.sebab, "")[np.maximum(self.pemilik[i], -1)]
        i = i[lepas & (sebab != "tidak_menggantung")]
        induk = self.rhk["rhk_induk"].to_numpy(dtype=object)[i - p.n]
        maksud = self.maksud(x for x in induk if isinstance(x, str))
        pesan = [
            (
                f"RHK induk {x} tidak ada di lembar kaskade dan rhk{maksud.get(x, '')}."
                if isinstance(x, str)
                else "RHK induk belum diisi."
            )
            + self._ikut(j)
            for x, j in zip(induk, i.tolist(), strict=True)
        ]
        self.catat("k07_rhk_lepas", i, pesan, self.akibat)

    def k08(self) -> None:
        """A supporter outside the line: another agency's node, or someone neither above nor beside."""
        p = self.p
        i = np.flatnonzero((p.atas >= 0) & (self.cara != "lintas") & ~p.lingkar)
        induk = p.atas[i]
        beda_opd = (
            (self.opd_unsur[i] >= 0)
            & (self.opd_unsur[induk] >= 0)
            & (self.opd_unsur[i] != self.opd_unsur[induk])
        )
        a, b = self.pemilik[i], self.pemilik[induk]
        antar_rhk = (i >= p.n) & (induk >= p.n) & (a >= 0) & (b >= 0)
        i_rhk, a, b = i[antar_rhk], a[antar_rhk], b[antar_rhk]
        atasan = np.append(self.atasan, -1)
        kini, atas_b = atasan[a], atasan[b]
        segaris = (a == b) | (kini < 0)
        for _ in range(_DALAM_ATASAN):
            if not (kini >= 0).any():
                break
            segaris |= (kini >= 0) & ((kini == b) | (kini == atas_b))
            kini = np.where(kini >= 0, atasan[np.maximum(kini, -1)], -1)
        luar = np.union1d(i_rhk[~segaris], i[~antar_rhk & beda_opd])
        self.catat("k08_luar_garis", luar, self._pesan_luar)

    def _pesan_luar(self, i: int) -> str:
        induk = int(self.p.atas[i])
        milik, o = int(self.pemilik[induk]), int(self.opd_unsur[induk])
        siapa = f" milik NIP {self.nip[milik]}" if milik >= 0 else ""
        di = f" di {self.nama_opd[o]}" if o >= 0 and o != self.opd_unsur[i] else ""
        return f"Mendukung {self.sebut(induk)}{siapa}{di}, di luar garis atasannya."

    def k09(self) -> None:
        tanggal = pd.concat(
            [
                pd.to_datetime(kolom(self.kaskade, "ditetapkan")),
                pd.to_datetime(kolom(self.rhk, "ditetapkan")),
            ],
            ignore_index=True,
        ).to_numpy(dtype="datetime64[s]")
        if np.isnat(tanggal).all():
            self.belum.append(
                "Urutan penetapan: kolom Ditetapkan kosong, jadi bawahan yang mendahului atasan belum terlihat."
            )
            return
        p = self.p
        i = np.flatnonzero((p.atas >= 0) & ~p.lingkar)
        i = i[tanggal[i] < tanggal[p.atas[i]]]

        def tulis(j: int) -> str:
            kapan = pd.Timestamp(tanggal[j]).date(), pd.Timestamp(tanggal[p.atas[j]]).date()
            return (
                f"Ditetapkan {tulisan.tanggal(kapan[0])}, sebelum {self.sebut(int(p.atas[j]))} "
                f"({tulisan.tanggal(kapan[1])})."
            )

        self.catat("k09_mendahului_atasan", i, tulis)

    # -- splitting ------------------------------------------------------------------------------------

    @property
    def anak_langsung(self) -> Bulat:
        """RHK that are a direct part of another person's RHK."""
        p = self.p
        i = np.arange(p.n, len(p))
        return np.asarray(i[(p.atas[i] >= p.n) & (self.cara[i] == "langsung") & ~p.lingkar[i]])

    def k10(self) -> None:
        t = self.iki
        if t.empty or "aspek" not in t:
            return
        p = self.p
        t = t[(t["aspek"] == "kuantitas").to_numpy()]
        t = t.assign(
            i=letak(t["rhk"], self.rhk["id"]) + p.n,
            jumlah=dapat_dijumlahkan(kolom(t, "satuan"), self.param),
            ukuran=ukuran(kolom(t, "satuan")),
        )
        t = t[t["i"] >= p.n]
        anak = self.anak_langsung
        bagi = kolom(self.rhk, "bagi").to_numpy(dtype=object)
        # a parent whose parts name a basis, and that is not also supported indirectly (that is K13)
        semua_anak = np.arange(p.n, len(p))
        campur = p.atas[semua_anak[self.cara[semua_anak] == "tidak_langsung"]]
        dinilai = np.setdiff1d(p.atas[anak[pd.notna(bagi[anak - p.n])]], campur)
        anak = anak[np.isin(p.atas[anak], dinilai)]
        if not len(anak):
            return
        induk = np.unique(p.atas[anak])
        t_induk = t[t["i"].isin(induk) & t["jumlah"] & t["target"].notna()]
        per = t_induk.groupby(["i", "ukuran"], observed=True)
        target, tulisan_satuan = per["target"].sum(), per["satuan"].first()
        t_anak = t[t["i"].isin(anak) & t["jumlah"]].assign(atas=lambda x: p.atas[x["i"].to_numpy()])
        per = t_anak.groupby(["atas", "ukuran"], observed=True)
        bagian, berunit = per["target"].sum(), per["i"].nunique()
        per = t_anak[t_anak["target"].isna()].groupby(["atas", "ukuran"], observed=True)
        tanpa_target = per["i"].nunique()
        banyak = pd.Series(p.atas[anak]).value_counts()
        lepas_satuan = pd.Series(p.atas[anak][bagi[anak - p.n] != "aspek"]).value_counts()
        unsur, pesan = [], []
        for kunci, t0 in zip(target.index.tolist(), target.tolist(), strict=True):
            i, satuan = kunci[0], tulisan_satuan[kunci]
            ikut, semua = int(berunit.get(kunci, 0)), int(banyak.get(i, 0))
            kosong = int(tanpa_target.get(kunci, 0))
            if ikut < semua and i in lepas_satuan:
                unsur.append(i)
                pesan.append(
                    f"Target {bilangan(t0)} {satuan} dibagi kepada {angka(semua)} RHK, tetapi "
                    f"{angka(semua - ikut)} di antaranya tidak bersatuan {satuan}."
                )
            elif ikut == semua and kosong:
                unsur.append(i)
                pesan.append(
                    f"Target {bilangan(t0)} {satuan} dibagi kepada {angka(semua)} RHK, tetapi "
                    f"{angka(kosong)} di antaranya belum bertarget."
                )
            elif ikut == semua and (selisih := round(float(bagian[kunci]) - float(t0), 6)):
                unsur.append(i)
                pesan.append(
                    f"Target {bilangan(t0)} {satuan}, jumlah bagiannya {bilangan(bagian[kunci])} "
                    f"({'lebih' if selisih > 0 else 'kurang'} {bilangan(abs(selisih))})."
                )
        self.catat("k10_jumlah_pembagian", np.array(unsur, dtype=np.int64), pesan)

    def k11(self) -> None:
        bagi = kolom(self.rhk, "bagi").to_numpy(dtype=object)
        anak = self.anak_langsung
        if not len(anak):
            return
        if pd.isna(bagi).all():
            self.belum.append(
                "Dasar pembagian: kolom Bagi (aspek, wilayah, beban) kosong, jadi jumlah bagian belum diperiksa."
            )
            return
        isi = bagi[anak - self.p.n]
        kosong = pd.isna(isi)
        ber_sop = (
            self.rhk["id"].isin(self.iki.loc[kolom(self.iki, "sop").notna(), "rhk"])
            if len(self.iki)
            else pd.Series(True, index=self.rhk.index)
        )
        tanpa_sop = (isi == "aspek") & ~ber_sop.to_numpy()[anak - self.p.n]
        self.catat("k11_dasar_pembagian", anak[kosong], lambda _: "Cara langsung, tetapi kolom Bagi kosong.")
        self.catat(
            "k11_dasar_pembagian",
            anak[tanpa_sop],
            lambda _: "Dibagi menurut aspek, tetapi tidak ada SOP yang menetapkan aspeknya.",
        )

    def k12(self) -> None:
        """Empty columns of the matriks peran hasil."""
        p = self.p
        memimpin = np.zeros(len(self.pegawai) + 1, dtype=bool)
        ber_rhk = np.bincount(self.pemilik[p.n :][self.pemilik[p.n :] >= 0], minlength=len(self.pegawai))
        memimpin[self.atasan[(self.atasan >= 0) & (ber_rhk > 0)]] = True
        didukung = np.zeros(len(p), dtype=bool)
        didukung[p.atas[p.n :][p.atas[p.n :] >= 0]] = True
        didukung[self.tautan[1]] = True
        i = np.arange(p.n, len(p))
        milik = np.maximum(self.pemilik[i], -1)
        i = i[memimpin[milik] & self.utama & ~didukung[i]]
        self.kolom_kosong = len(i)
        self.kolom_semua = int((memimpin[milik] & self.utama).sum())
        self.catat("k12_kolom_kosong", i, lambda _: "Tidak seorang pun bawahan mendukung hasil kerja ini.")

    def k13(self) -> None:
        p = self.p
        i = np.arange(p.n, len(p))
        i = i[(p.atas[i] >= p.n) & self.utama & ~p.lingkar[i]]
        langsung = np.bincount(p.atas[i][self.cara[i] == "langsung"], minlength=len(p))
        tidak = np.bincount(p.atas[i][self.cara[i] == "tidak_langsung"], minlength=len(p))
        self.catat(
            "k13_dua_cara",
            np.flatnonzero((langsung > 0) & (tidak > 0)),
            lambda j: (
                f"{angka(int(langsung[j]))} RHK bawahan memakai cara langsung dan {angka(int(tidak[j]))} "
                "memakai cara tidak langsung."
            ),
        )

    def k14(self) -> None:
        """The same indicator on an element and on one above it that somebody else owns."""
        p = self.p
        unsur, kode, macam = self._indikator()
        if not len(unsur):
            return
        lebar = len(macam)
        ada = np.unique(unsur * lebar + kode)
        bagi = np.concatenate(
            [np.full(p.n, None, dtype=object), kolom(self.rhk, "bagi").to_numpy(dtype=object)]
        )
        boleh = (self.cara == "langsung") & pd.notna(bagi)
        naik = p.naik
        posisi, sisa = naik[unsur], np.arange(len(unsur))
        kena = np.full(len(unsur), -1, dtype=np.int64)
        for _ in range(_JAUH_INDIKATOR):
            hidup = posisi >= 0
            posisi, sisa = posisi[hidup], sisa[hidup]
            if not len(sisa):
                break
            cari = posisi * lebar + kode[sisa]
            di = np.minimum(np.searchsorted(ada, cari), len(ada) - 1)
            lain = (self.pemilik[posisi] < 0) | (self.pemilik[posisi] != self.pemilik[unsur[sisa]])
            sama = (ada[di] == cari) & lain & ~boleh[unsur[sisa]]
            kena[sisa[sama]] = posisi[sama]
            posisi, sisa = naik[posisi[~sama]], sisa[~sama]
        sama_dengan: dict[tuple[int, int], list[str]] = {}
        for j in np.flatnonzero(kena >= 0).tolist():
            sama_dengan.setdefault((int(unsur[j]), int(kena[j])), []).append(f"'{macam[kode[j]]}'")
        self.catat(
            "k14_indikator_ganda",
            np.array([i for i, _ in sama_dengan], dtype=np.int64),
            [
                f"Indikator {tulisan.daftar(sorted(isi))} sama dengan indikator {self.sebut(atas)}."
                for (_, atas), isi in sama_dengan.items()
            ],
        )

    def _indikator(self) -> tuple[Bulat, Bulat, NDArray[Any]]:
        """(element, code of its indicator, text of each code); a node may hold several, with semicolons."""
        p = self.p
        teks = pd.Series(kolom(self.kaskade, "indikator").to_numpy(dtype=object)).dropna()
        pecah = teks.astype("str").str.split(";").explode()
        pecah = pecah[pecah.str.strip() != ""]
        simpul = pecah.index.to_numpy(dtype=np.int64)
        i_rhk, t_rhk = np.array([], dtype=np.int64), np.array([], dtype=object)
        if len(self.iki) and "indikator" in self.iki:
            i_rhk = letak(self.iki["rhk"], self.rhk["id"])
            t_rhk = self.iki["indikator"].to_numpy(dtype=object)
            ada = (i_rhk >= 0) & pd.notna(t_rhk)
            i_rhk, t_rhk = i_rhk[ada] + p.n, t_rhk[ada]
        # sorted: which spelling stands for its equals does not depend on the order of rows
        kode, macam = pd.factorize(np.concatenate([pecah.to_numpy(dtype=object), t_rhk]), sort=True)
        if not len(macam):
            return np.array([], dtype=np.int64), kode, macam
        samar, _ = pd.factorize(np.array([normal(str(m)) for m in macam], dtype=object))
        asal = np.full(samar.max() + 1, -1)
        asal[samar[::-1]] = np.arange(len(macam))[::-1]
        return np.concatenate([simpul, i_rhk]), samar[kode], np.array([str(m).strip() for m in macam])[asal]

    def k15(self) -> None:
        p = self.p
        if self.kaskade.empty:
            self._catat_lepas(
                "k15_berhenti", "kaskade", "", "Lembar kaskade kosong: pohon kinerja belum ada."
            )
            return
        rhk = np.zeros(len(p), dtype=np.int64)
        rhk[p.n :] = 1
        self.rhk_per_unsur = jumlah_ke_atas(p, rhk)
        beranak = np.zeros(p.n, dtype=bool)
        beranak[p.atas[: p.n][p.atas[: p.n] >= 0]] = True
        daun = ~beranak & (self.rhk_per_unsur[: p.n] == 0) & ~p.lingkar[: p.n]
        # an owner is enough on the operational level only: above it the staff still have nothing to hang on
        operasional = [JENJANG_KASKADE.index(x) for x in kata(self.param["langkah_jenjang"], "operasional")]
        kurang_dalam = (self.jenjang[: p.n] >= 0) & ~np.isin(self.jenjang[: p.n], operasional)
        kurang_dalam &= ~self._mungkin_kehilangan_anak()
        berpemilik = self.pemilik[: p.n] >= 0
        self.catat(
            "k15_berhenti",
            np.flatnonzero(daun & (~berpemilik | kurang_dalam)),
            lambda j: (
                f"{_besar(self.sebut(j))} "
                + ("sudah punya penanggung jawab, tetapi " if berpemilik[j] else "")
                + f"tidak punya simpul di bawahnya{' atau RHK.' if berpemilik[j] else ', RHK, atau penanggung jawab.'}"
            ),
        )
        ber_simpul = np.isin(np.arange(len(self.nama_opd)), self.opd_unsur[: p.n])
        ber_pegawai = np.bincount(self.opd_pegawai[self.opd_pegawai >= 0], minlength=len(self.nama_opd)) > 0
        if (self.opd_unsur[: p.n] >= 0).any():
            for o in np.flatnonzero(ber_pegawai & ~ber_simpul).tolist():
                self._catat_lepas(
                    "k15_berhenti",
                    "opd",
                    self.nama_opd[o],
                    "Perangkat daerah ini belum punya simpul pada pohon.",
                )

    def _mungkin_kehilangan_anak(self) -> Tanda:
        """Nodes whose agency has a misplaced node of a lower level: that is the root cause, named before."""
        n = self.p.n
        bentuk = {"k02_simpul_yatim", "k03_bukan_puncak", "k04_melingkar", "k05_salah_jenjang"}
        salah = np.isin(
            self.p.id[:n], [b[3] for b in self.baris_temuan if b[0] in bentuk and b[1] == "kaskade"]
        )
        terdalam = np.full(len(self.nama_opd) + 1, -1, dtype=np.int64)  # the last one: the pemda itself
        np.maximum.at(terdalam, self.opd_unsur[:n][salah], self.jenjang[:n][salah])
        return np.asarray(terdalam[self.opd_unsur[:n]] > self.jenjang[:n])

    def _catat_lepas(self, aturan: str, lembar: str, opd: str, pesan: str) -> None:
        baris: Any = pd.NA
        if lembar == "opd" and "kode" in self.opd and (self.opd["kode"] == opd).any():
            baris = self.opd.index[(self.opd["kode"] == opd).to_numpy()][0]
        self.baris_temuan.append((aturan, lembar, baris, "", "", opd, "", pesan, 0))

    # -- crosscutting -----------------------------------------------------------------------------------

    @property
    def tautan(self) -> tuple[Bulat, Bulat]:
        """Crosscutting links whose two ends exist, as positions."""
        ada = (self.ujung[0] >= 0) & (self.ujung[1] >= 0)
        return self.ujung[0][ada], self.ujung[1][ada]

    def _ujung(self) -> None:
        t = self.lintas
        if "dari" not in t or "ke" not in t or t.empty:
            kosong = np.array([], dtype=np.int64)
            self.ujung = kosong, kosong
            return
        kode = pd.Series(self.p.id)
        self.ujung = letak(t["dari"], kode), letak(t["ke"], kode)

    def k16(self) -> None:
        p = self.p
        ber_simpul = np.unique(self.opd_unsur[: p.n][self.opd_unsur[: p.n] >= 0])
        dari, ke = self.tautan
        anak = np.flatnonzero((p.atas >= 0) & (self.cara == "lintas"))
        a = self.opd_unsur[np.concatenate([dari, anak])]
        b = self.opd_unsur[np.concatenate([ke, p.atas[anak]])]
        antar = (a >= 0) & (b >= 0) & (a != b)
        self.antar_opd = int(antar.sum())
        terhubung = np.union1d(a[antar], b[antar])
        self.opd_tanpa_lintas = np.setdiff1d(ber_simpul, terhubung)
        self.opd_bersimpul = len(ber_simpul)
        if len(ber_simpul) < 2:
            return
        for o in self.opd_tanpa_lintas.tolist():
            self._catat_lepas(
                "k16_tanpa_lintas",
                "opd",
                self.nama_opd[o],
                "Tidak ada tautan lintas dari atau ke perangkat daerah ini.",
            )

    def k17(self) -> None:
        a, b = self.ujung
        putus = np.flatnonzero((a < 0) | (b < 0))
        if not len(putus):
            return
        dari, ke = (self.lintas[k].to_numpy(dtype=object) for k in ("dari", "ke"))
        hilang = {i: str(dari[i] if a[i] < 0 else ke[i]) for i in putus.tolist()}
        maksud = self.maksud(hilang.values())
        for i, kode in hilang.items():
            pesan = f"Kode {kode} tidak ada di lembar kaskade dan rhk{maksud.get(kode, '')}."
            self.baris_temuan.append(
                (
                    "k17_lintas_putus",
                    "lintas",
                    self.lintas.index[i],
                    str(dari[i]),
                    "",
                    "",
                    str(ke[i]),
                    pesan,
                    0,
                )
            )

    # -- targets and indicators -----------------------------------------------------------------------

    def k18(self) -> None:
        t = self.iki
        bulan = [f"target_{b:02d}" for b in range(1, 13)]
        if t.empty or not set(bulan) <= set(t.columns) or "aspek" not in t:
            return
        isi = t[bulan].to_numpy(dtype=np.float64, na_value=np.nan)
        terisi = ~np.isnan(isi)
        self.iki_berbulan = int(terisi.any(axis=1).sum())
        target = t["target"].to_numpy(dtype=np.float64, na_value=np.nan)
        jumlah = np.where(terisi, isi, 0).sum(axis=1)
        akhir = isi[np.arange(len(t)), np.where(terisi.any(axis=1), 11 - terisi[:, ::-1].argmax(axis=1), 0)]
        periksa_ini = (
            (t["aspek"] == "kuantitas").to_numpy()
            & terisi.any(axis=1)
            & ~np.isnan(target)
            & dapat_dijumlahkan(t["satuan"], self.param)
            & (np.abs(jumlah - target) > 1e-6 * np.maximum(1, np.abs(target)))
            & (np.abs(akhir - target) > 1e-9)  # a running total ends at the year's target
        )
        i_rhk = letak(t["rhk"], self.rhk["id"])
        for j in np.flatnonzero(periksa_ini & (i_rhk >= 0)).tolist():
            i = int(i_rhk[j]) + self.p.n
            milik, o = int(self.pemilik[i]), int(self.opd_unsur[i])
            pesan = (
                f"Target setahun {bilangan(target[j])} {t['satuan'].iloc[j]}, jumlah target bulanan "
                f"{bilangan(jumlah[j])}."
            )
            self.baris_temuan.append(
                (
                    "k18_target_bulanan",
                    "iki",
                    t.index[j],
                    self.p.id[i],
                    self.nip[milik] if milik >= 0 else "",
                    self.nama_opd[o] if o >= 0 else "",
                    kolom(t, "indikator").iloc[j],
                    pesan,
                    0,
                )
            )

    def k19(self) -> None:
        p = self.p
        wajib = [JENJANG_KASKADE.index(x) for x in kata(self.param["langkah_jenjang"], "wajib_indikator")]
        teks = kolom(self.kaskade, "indikator").astype(object)
        self.berindikator = (teks.where(teks.notna(), "").astype("str").str.strip() != "").to_numpy()
        i = np.flatnonzero(~self.berindikator & np.isin(self.jenjang[: p.n], wajib))
        self.catat("k19_tanpa_indikator", i, lambda j: f"{_besar(self.sebut(j))} belum punya indikator.")

    # -- what comes out -----------------------------------------------------------------------------

    def hasil(self) -> Periksa:
        self._ujung()
        self._pegawai()
        self.rhk_per_unsur = np.zeros(len(self.p), dtype=np.int64)
        self.iki_berbulan = 0
        for nama in ("k01", "k02", "k03", "k04", "k05", "k06", "k07", "k08", "k09", "k10", "k11", "k12", "k13",
                     "k14", "k15", "k16", "k17", "k18", "k19"):  # fmt: skip
            getattr(self, nama)()
        temuan = self._temuan()
        pegawai = self._tabel_pegawai()
        return Periksa(
            self._angka(temuan), temuan, pegawai, self._tabel_simpul(), cakupan(pegawai), tuple(self.belum)
        )

    def _temuan(self) -> pd.DataFrame:
        nama = ["aturan", "lembar", "baris", "id", "nip", "opd", "uraian", "pesan", "akibat"]
        t = pd.DataFrame(self.baris_temuan, columns=nama)
        macam = {a: self.param[a] for a in t["aturan"].unique()}
        t["kode"] = t["aturan"].str.slice(0, 3).str.upper()
        for k in ("keparahan", "saran"):
            t[k] = t["aturan"].map({a: str(v.pasti(k)) for a, v in macam.items()})
        t["dasar"] = t["aturan"].map({a: v.dasar for a, v in macam.items()})
        t["status"] = t["aturan"].map({a: v.status for a, v in macam.items()})
        t["aturan"] = t["aturan"].map({a: v.nama for a, v in macam.items()})
        jenis = dict.fromkeys(_KOLOM_TEMUAN, "str") | {"baris": "Int64", "akibat": "int64"}
        baris = pd.to_numeric(t["baris"], errors="coerce").astype("Int64")
        t = t.assign(baris=baris, uraian=t["uraian"].where(t["uraian"].notna(), ""))
        t = t[list(_KOLOM_TEMUAN)].astype(jenis)
        urut = t.sort_values(["kode", "lembar", "id", "nip", "opd", "pesan"], kind="stable")
        return urut.reset_index(drop=True)

    def _tabel_pegawai(self) -> pd.DataFrame:
        g = self.pegawai
        return pd.DataFrame(
            {
                "nip": g["nip"].to_numpy(),
                "nama": kolom(g, "nama").to_numpy(dtype=object),
                "opd": kolom(g, "opd").to_numpy(dtype=object),
                "jenis_jabatan": kolom(g, "jenis_jabatan").to_numpy(dtype=object),
                "selaras": self.selaras,
                "sebab": self.sebab,
                "putus_di": self.putus_di,
            },
            index=g.index,
        ).astype(dict.fromkeys(["nip", "nama", "opd", "jenis_jabatan", "sebab", "putus_di"], "str"))

    def _tabel_simpul(self) -> pd.DataFrame:
        p, n = self.p, self.p.n
        isi = ["id", "induk", "jenjang", "uraian", "indikator", "opd", "pemilik", "cara"]
        t = pd.DataFrame({k: kolom(self.kaskade, k) for k in isi})
        t["dalam"], t["sampai_puncak"] = p.dalam[:n], self.sampai[:n]
        t["rhk"] = self.rhk_per_unsur[:n]
        return t.assign(**self._langkah())

    def _langkah(self) -> dict[str, Tanda]:
        """Which of the five steps of PermenPANRB 89/2021 the data show for each node."""
        p, n = self.p, self.p.n

        def jenjang(nama: str) -> Tanda:
            dicari = [JENJANG_KASKADE.index(x) for x in kata(self.param["langkah_jenjang"], nama)]
            return np.isin(self.jenjang, dicari)

        rhk = np.arange(len(p)) >= n
        bawah = {
            k: jumlah_ke_atas(p, v.astype(np.int64)) > 0
            for k, v in {
                "outcome": jenjang("outcome"),
                "csf": jenjang("csf"),
                "operasional": jenjang("operasional") | rhk,
                "rhk": rhk,
            }.items()
        }
        outcome, csf = (self._di_atas(jenjang(k)) | bawah[k] for k in ("outcome", "csf"))
        return {
            "langkah_1": outcome[:n],
            "langkah_2": csf[:n],
            "langkah_3": bawah["operasional"][:n],
            "langkah_4": self.berindikator,
            "langkah_5": bawah["rhk"][:n] | (self.pemilik[:n] >= 0),
        }

    def _di_atas(self, tanda: Tanda) -> Tanda:
        """Whether the element or one above it is marked."""
        p = self.p
        hasil, loncat = tanda.copy(), np.where(p.naik >= 0, p.naik, np.arange(len(p)))
        for _ in range(max(1, int(p.dalam.max(initial=0)).bit_length())):
            hasil |= hasil[loncat]
            loncat = loncat[loncat]
        return hasil

    def _angka(self, temuan: pd.DataFrame) -> pd.DataFrame:
        p, n, g = self.p, self.p.n, len(self.pegawai)
        hitung = temuan["kode"].value_counts()
        tanpa = ~self.selaras
        baris: list[tuple[str, str, float, float, str]] = [
            ("tanpa_target_selaras", "ASN tanpa target yang selaras dengan atasannya", tanpa.sum(), g, "")
        ]
        baris += [
            (s, f"· di antaranya {nama}", float((self.sebab == s).sum()), g, "")
            for s, nama in SEBAB.items()
            if s
        ]
        terhubung = self.rhk_per_unsur[:n] > 0
        berpemilik = self.pemilik[:n] >= 0
        beranak = np.zeros(n, dtype=bool)
        beranak[p.atas[:n][p.atas[:n] >= 0]] = True
        utama = int(self.utama.sum())
        baris_kosong, baris_semua = self._baris_matriks()
        baris += [
            ("simpul_lepas", "Simpul yang tidak sampai ke puncak pohon", float((~self.sampai[:n]).sum()), n, ""),
            ("simpul_tanpa_rhk", "Simpul tanpa RHK pada dan di bawahnya", float((~terhubung).sum()), n, ""),
            (
                "daun_tanpa_rhk",
                "Simpul terbawah berpenanggung jawab tetapi tanpa RHK",
                float((~beranak & ~terhubung & berpemilik).sum()),
                float((~beranak).sum()),
                "",
            ),
            ("rhk_lepas", "RHK utama yang tidak sampai ke puncak",
             float((~self.sampai[n:] & self.utama).sum()), utama, ""),
            ("kolom_kosong", "Kolom matriks peran hasil yang kosong", self.kolom_kosong, self.kolom_semua, ""),
            ("baris_kosong", "Baris matriks peran hasil yang kosong", baris_kosong, baris_semua,
             "pegawai yang tidak mendukung satu pun hasil kerja atasan langsungnya"),
            ("opd_tanpa_lintas", "Perangkat daerah tanpa crosscutting", len(self.opd_tanpa_lintas), self.opd_bersimpul, ""),
            ("tautan_antar_opd", "Tautan lintas antarperangkat daerah", self.antar_opd, np.nan, ""),
        ]  # fmt: skip
        if len(self.iki):
            sop = kolom(self.iki, "sop").isna().sum()
            baris += [
                ("iki_tanpa_sop", "IKI tanpa norma SOP", float(sop), len(self.iki), ""),
                ("iki_tanpa_target_bulanan", "IKI tanpa target bulanan", float(len(self.iki) - self.iki_berbulan),
                 len(self.iki), ""),
            ]  # fmt: skip
        baris.append(("temuan", "Temuan", float(hitung.sum()), np.nan, ""))
        t = pd.DataFrame(baris, columns=["kunci", "nama", "nilai", "dari", "keterangan"])
        t = t.astype({"nilai": "float64", "dari": "float64"})
        t.insert(4, "persen", 100 * t["nilai"] / t["dari"].where(t["dari"] > 0))
        return t

    def _baris_matriks(self) -> tuple[int, int]:
        """Employees whose superior has results, and those of them that support none of these."""
        p, g = self.p, len(self.pegawai)
        i = np.arange(p.n, len(p))
        kenal = self.pemilik[i] >= 0
        punya_hasil = np.append(np.bincount(self.pemilik[i][kenal & self.utama], minlength=g) > 0, False)
        ada_matriks = (self.atasan >= 0) & punya_hasil[np.maximum(self.atasan, -1)]
        i = i[kenal & (p.atas[i] >= p.n)]
        cocok = self.pemilik[p.atas[i]] == self.atasan[self.pemilik[i]]
        terisi = np.bincount(self.pemilik[i][cocok], minlength=g) > 0
        return int((ada_matriks & ~terisi).sum()), int(ada_matriks.sum())


def cakupan(pegawai: pd.DataFrame) -> pd.DataFrame:
    """Coverage OPD x jenis jabatan from `Periksa.pegawai`: opd, jenis_jabatan, pegawai, selaras, persen."""
    k = pegawai.groupby(["opd", "jenis_jabatan"], sort=True)["selaras"].agg(["size", "sum"]).reset_index()
    k.columns = pd.Index(["opd", "jenis_jabatan", "pegawai", "selaras"])
    k["urut"] = k["jenis_jabatan"].map({j: i for i, j in enumerate(JENIS_JABATAN)})
    k = k.sort_values(["opd", "urut"], kind="stable").drop(columns="urut").reset_index(drop=True)
    return k.assign(persen=100 * k["selaras"] / k["pegawai"])


def lingkaran_graf(n: int, dari: Bulat, ke: Bulat) -> list[list[int]]:
    """The circles (strongly connected components with an edge inside) of a graph of n elements.

    Whole columns peel off what no circle can hold; only the rest, which is normally nothing, is
    walked through one by one.
    """
    a, b = dari, ke
    for _ in range(2):  # from the sources, then from the sinks
        hidup = _kupas(n, a, b)
        sisa = hidup[a] & hidup[b]
        a, b = b[sisa], a[sisa]
    if not len(a):
        return []
    import networkx as nx

    graf = nx.DiGraph()
    graf.add_edges_from(zip(a.tolist(), b.tolist(), strict=True))
    return [
        list(k)
        for k in nx.strongly_connected_components(graf)
        if len(k) > 1 or graf.has_edge(x := next(iter(k)), x)
    ]


def _kupas(n: int, a: Bulat, b: Bulat) -> Tanda:
    """What is left when elements without an incoming edge are taken off again and again."""
    masuk = np.bincount(b, minlength=n)
    urut = np.argsort(a, kind="stable")
    tujuan = b[urut]
    awal = np.concatenate([[0], np.cumsum(np.bincount(a, minlength=n))])
    hidup = np.ones(n, dtype=bool)
    depan = np.flatnonzero(masuk == 0)
    while len(depan) > _SEMPIT:
        hidup[depan] = False
        banyak = awal[depan + 1] - awal[depan]
        geser = np.repeat(awal[depan] - np.concatenate([[0], np.cumsum(banyak)[:-1]]), banyak)
        kena = tujuan[np.arange(len(geser)) + geser]
        np.subtract.at(masuk, kena, 1)
        kena = kena[masuk[kena] == 0]
        depan = np.unique(kena)
    # a narrow front, as on a long chain, is quicker one by one than a round of whole columns for each
    tumpuk, sisa = depan.tolist(), masuk.tolist()
    while tumpuk:
        i = tumpuk.pop()
        hidup[i] = False
        for j in tujuan[awal[i] : awal[i + 1]].tolist():
            sisa[j] -= 1
            if not sisa[j]:
                tumpuk.append(j)
    return hidup
