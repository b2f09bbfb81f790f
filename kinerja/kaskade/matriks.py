"""Matriks peran hasil: rows are staff, columns are the superior's results (PermenPANRB 8/2021 p. 24).

One sheet per superior. A cell holds the staff's results that support the column, one per line, each as
`[code; cara] text`; a line without brackets is a new result that has no code yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kinerja.data.baca import huruf_kolom
from kinerja.data.galat import GalatData, Temuan
from kinerja.data.skema import SKEMA
from kinerja.data.templat import tinggi_baris
from kinerja.data.utuh import tulis_utuh

from .periksa import kolom
from .pohon import tabel_dari

_CARA = SKEMA["rhk"]["cara"].pilihan
_JUDUL = ("No", "NIP", "Nama", "Jabatan")
_BARIS_KODE, _BARIS_HASIL, _BARIS_AWAL = 4, 5, 6  # 0-based rows of codes, texts, first person
_NIP = re.compile(r"\d{18}|SAMARAN-[0-9A-Z]{12}")  # as the workbook reader takes it
_ISI = re.compile(r"\[([^;\]]*)(?:;([^\]]*))?\]\s*(.*)", re.S)
_KOLOM_PERAN = ("berkas", "lembar", "baris", "kolom", "atasan", "rhk_induk", "nip", "rhk", "cara", "uraian")


def matriks(data: Any, atasan: str) -> pd.DataFrame:
    """The matrix of one superior: index NIP of the direct staff, one column per RHK utama of the superior.

    Columns nama, jabatan, then the codes of the results; a cell holds lines as in the workbook, "" where it is
    empty. Staff are ordered as in the table pegawai. ValueError when the superior has no staff or no results.
    """
    t = tabel_dari(data)
    rhk, pegawai = t["rhk"], t["pegawai"]
    staf = pegawai[(pegawai["atasan"] == atasan).to_numpy(dtype=bool, na_value=False)]
    hasil = rhk[
        ((rhk["nip"] == atasan) & (kolom(rhk, "jenis") != "tambahan")).to_numpy(dtype=bool, na_value=False)
    ]
    if staf.empty or hasil.empty:
        apa = "bawahan langsung" if staf.empty else "RHK utama"
        raise ValueError(f"NIP {atasan} tidak punya {apa}, jadi matriksnya tidak dapat disusun.")
    peran = rhk[(rhk["nip"].isin(staf["nip"]) & rhk["rhk_induk"].isin(hasil["id"])).to_numpy(dtype=bool)]
    baris = peran.assign(
        isi=[_tulis(*x) for x in zip(peran["id"], kolom(peran, "cara"), peran["rhk"], strict=True)]
    )
    sel = baris.groupby(["nip", "rhk_induk"], sort=False, observed=True)["isi"].agg("\n".join)
    petak = sel.unstack(fill_value="").reindex(index=staf["nip"], columns=hasil["id"], fill_value="") if len(sel) else (
        pd.DataFrame("", index=pd.Index(staf["nip"]), columns=hasil["id"])
    )  # fmt: skip
    petak.insert(0, "nama", kolom(staf, "nama").to_numpy())
    petak.insert(1, "jabatan", kolom(staf, "jabatan").to_numpy())
    return petak.rename_axis(index="nip", columns=None)


def _tulis(kode: str, cara: object, teks: str) -> str:
    kepala = f"{kode}; {cara}" if isinstance(cara, str) else kode
    return f"[{kepala}] {teks}"


def pemimpin(data: Any, opd: str | None = None) -> list[str]:
    """NIP of everyone with direct staff and results of their own, in the order of the table pegawai."""
    t = tabel_dari(data)
    pegawai, rhk = t["pegawai"], t["rhk"]
    punya = rhk.loc[(kolom(rhk, "jenis") != "tambahan").to_numpy(), "nip"]
    pilih = pegawai["nip"].isin(pegawai["atasan"].dropna()) & pegawai["nip"].isin(punya)
    if opd is not None:
        pilih &= pegawai["opd"] == opd
    return [str(n) for n in pegawai.loc[pilih, "nip"]]


def tulis_matriks(data: Any, berkas: str | Path, atasan: Iterable[str] | None = None) -> Path:
    """One workbook, one sheet per superior (all who lead, without `atasan`). Whole or not at all.

    ValueError for a superior without staff or results.
    """
    import xlsxwriter

    t = tabel_dari(data)
    siapa = list(pemimpin(data) if atasan is None else atasan)
    if not siapa:
        raise ValueError("Tidak ada atasan yang punya bawahan dan RHK, jadi tidak ada matriks untuk ditulis.")
    isi = {nip: matriks(data, nip) for nip in siapa}
    orang = t["pegawai"].drop_duplicates("nip").set_index("nip")
    hasil = t["rhk"].drop_duplicates("id").set_index("id")["rhk"]
    tujuan = Path(berkas)
    with tulis_utuh(tujuan) as sementara:
        buku = xlsxwriter.Workbook(
            str(sementara),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        gaya = {
            "judul": buku.add_format({"bold": True, "font_size": 14}),
            "kepala": buku.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter",
                                       "align": "center", "bg_color": "#DDE3EA"}),
            "kode": buku.add_format({"font_color": "#666666", "border": 1, "align": "center"}),
            "teks": buku.add_format({"text_wrap": True, "border": 1, "valign": "top", "num_format": "@"}),
            "kosong": buku.add_format({"text_wrap": True, "border": 1, "valign": "top", "bg_color": "#FFF2CC",
                                       "num_format": "@"}),
        }  # fmt: skip
        for ke, (nip, petak) in enumerate(isi.items(), 1):
            _lembar(buku.add_worksheet(f"{ke:03d}"), gaya, nip, orang.loc[[nip]].iloc[0], petak, hasil)
        buku.close()
    return tujuan


def _lembar(
    ws: Any, gaya: Mapping[str, Any], nip: str, atasan: pd.Series, petak: pd.DataFrame, hasil: pd.Series
) -> None:
    kode = [str(c) for c in petak.columns[2:]]
    lebar = [8, 21, 28, 28] + [38] * len(kode)
    ws.write_string(0, 0, "MATRIKS PERAN HASIL", gaya["judul"])
    ws.write_string(1, 0, "Atasan")
    ws.write_string(1, 1, nip)
    ws.write_string(1, 2, f"{atasan.get('nama', '')} · {atasan.get('jabatan', '')}")
    ws.write_string(
        2,
        0,
        "Satu baris satu peran: [kode; cara] uraian. Cara: langsung, tidak_langsung, atau lintas. "
        "Peran baru ditulis tanpa kurung siku. Sel kuning masih kosong.",
    )
    for j, nama in enumerate(_JUDUL):
        ws.write_string(_BARIS_KODE, j, "", gaya["kode"])
        ws.write_string(_BARIS_HASIL, j, nama, gaya["kepala"])
    for j, k in enumerate(kode, len(_JUDUL)):
        ws.write_string(_BARIS_KODE, j, k, gaya["kode"])
        ws.write_string(_BARIS_HASIL, j, str(hasil[k]), gaya["kepala"])
    for i, (milik, baris) in enumerate(petak.iterrows()):
        r = _BARIS_AWAL + i
        ws.write_number(r, 0, i + 1, gaya["teks"])
        for j, x in enumerate([milik, baris["nama"], baris["jabatan"]], 1):
            ws.write_string(r, j, "" if pd.isna(x) else str(x), gaya["teks"])
        for j, x in enumerate(baris.iloc[2:], len(_JUDUL)):
            ws.write_string(r, j, x, gaya["teks" if x else "kosong"])
        ws.set_row(r, tinggi_baris(["" if pd.isna(x) else str(x) for x in baris], lebar[2:], 30))
    for j, w in enumerate(lebar):
        ws.set_column(j, j, w)
    ws.set_row(_BARIS_HASIL, tinggi_baris([str(hasil[k]) for k in kode], lebar[len(_JUDUL) :], 48))
    ws.freeze_panes(_BARIS_AWAL, 3)
    ws.set_landscape()
    ws.set_paper(9)
    ws.fit_to_pages(1, 0)
    ws.repeat_rows(_BARIS_KODE, _BARIS_HASIL)


def baca_matriks(berkas: str | Path) -> pd.DataFrame:
    """The roles of one filled-in workbook, one row each.

    Columns berkas, lembar, baris and kolom (as Excel shows them), atasan, rhk_induk, nip, rhk (code, "" for a
    new one), cara ("" if not given), uraian. GalatData names every sheet, row and cell that cannot be read.
    """
    from python_calamine import CalamineWorkbook

    asal = Path(berkas)
    temuan: list[Temuan] = []
    try:
        buku = CalamineWorkbook.from_path(str(asal))
    except Exception as salah:  # whatever the reader of foreign files may raise
        pesan = "berkas tidak ada" if not asal.exists() else "berkas bukan buku kerja Excel yang utuh"
        galat = Temuan("", None, "", "", "", pesan, "simpan ulang sebagai .xlsx dari templat matriks")
        raise GalatData([galat], asal.name) from salah
    baris: list[tuple[Any, ...]] = []
    for lembar in buku.sheet_names:
        isi = buku.get_sheet_by_name(lembar).to_python(skip_empty_area=False)
        baris += _baca_lembar(asal.name, lembar, isi, temuan)
    if temuan:
        raise GalatData(temuan, asal.name)
    t = pd.DataFrame(baris, columns=list(_KOLOM_PERAN))
    return t.astype(dict.fromkeys(_KOLOM_PERAN, "str") | {"baris": "int64"})


def _baca_lembar(
    berkas: str, lembar: str, isi: list[list[Any]], temuan: list[Temuan]
) -> list[tuple[Any, ...]]:
    def sel(i: int, j: int) -> str:
        return str(isi[i][j]).strip() if i < len(isi) and j < len(isi[i]) and isi[i][j] is not None else ""

    def galat(i: int, j: int, kolom_: str, nilai: str, pesan: str, perbaikan: str) -> None:
        temuan.append(Temuan(lembar, i + 1, kolom_, huruf_kolom(j), nilai, pesan, perbaikan))

    atasan = sel(1, 1)
    if sel(0, 0).upper() != "MATRIKS PERAN HASIL" or not _NIP.fullmatch(atasan):
        galat(1, 1, "Atasan", atasan, "bukan lembar matriks peran hasil, atau NIP atasan bukan 18 angka",
              "pakai lembar dari kj.kaskade.tulis_matriks; tulis NIP atasan sebagai teks di B2")  # fmt: skip
        return []
    lebar = max((len(b) for b in isi), default=0)
    kode = {j: sel(_BARIS_KODE, j) for j in range(len(_JUDUL), lebar)}
    for j in [j for j, k in kode.items() if not k]:
        if any(sel(i, j) for i in range(_BARIS_HASIL, len(isi))):
            galat(_BARIS_KODE, j, "kode hasil", "", "kolom berisi peran tetapi tanpa kode hasil kerja atasan",
                  "isi kode RHK atasan pada baris 5")  # fmt: skip
        del kode[j]
    hasil: list[tuple[Any, ...]] = []
    terlihat: dict[str, int] = {}
    for i in range(_BARIS_AWAL, len(isi)):
        nip = sel(i, 1)
        berisi = [j for j in kode if sel(i, j)]
        if not nip and not berisi:
            continue
        if not _NIP.fullmatch(nip):
            galat(i, 1, "NIP", nip, "NIP bukan 18 angka", "tulis sebagai teks, tanpa spasi")
            continue
        if nip in terlihat:
            galat(i, 1, "NIP", nip, f"pegawai ini sudah ada di baris {terlihat[nip]}", "satukan kedua baris")
            continue
        terlihat[nip] = i + 1
        for j in berisi:
            for satu in filter(None, (x.strip() for x in re.split(r"\n(?=\s*\[)|\n", sel(i, j)))):
                cocok = _ISI.fullmatch(satu)
                rhk, cara, uraian = (
                    ("", "", satu) if cocok is None else tuple((x or "").strip() for x in cocok.groups())
                )
                cara = cara.lower().replace(" ", "_").replace("-", "_")
                if cara and cara not in _CARA:
                    galat(i, j, kode[j], satu, f"cara '{cara}' tidak dikenal", f"pakai {', '.join(_CARA)}")
                elif not uraian:
                    galat(i, j, kode[j], satu, "peran tanpa uraian", "tulis uraian sesudah kurung siku")
                else:
                    hasil.append(
                        (berkas, lembar, i + 1, huruf_kolom(j), atasan, kode[j], nip, rhk, cara, uraian)
                    )
    return hasil


@dataclass(frozen=True, eq=False)
class Gabungan:
    """Roles of several files together. peran: as `baca_matriks`, what the files say in agreement, each role
    once. konflik: what they do not agree on: jenis, berkas, lembar, baris, kolom, nip, rhk, rhk_induk,
    uraian, pesan, saran; both sides of a conflict are listed and neither is in `peran`."""

    peran: pd.DataFrame
    konflik: pd.DataFrame

    def terapkan(self, data: Any) -> dict[str, pd.DataFrame]:
        """The tables with the roles put into `rhk`: links, cara and text changed, new results added.

        ValueError while there are conflicts.
        """
        if len(self.konflik):
            raise ValueError(
                f"Masih ada {len(self.konflik)} baris konflik; selesaikan dulu (lihat .konflik), lalu gabungkan lagi."
            )
        t = dict(tabel_dari(data))
        rhk = t["rhk"].copy()
        letak = pd.Series(np.arange(len(rhk)), index=rhk["id"]).reindex(self.peran["rhk"]).to_numpy()
        ada = ~np.isnan(letak)
        di, isi = letak[ada].astype(int), self.peran[ada]
        bercara = (isi["cara"] != "").to_numpy()
        for k, dari, pilih in (
            ("rhk_induk", "rhk_induk", None),
            ("rhk", "uraian", None),
            ("cara", "cara", bercara),
        ):
            kolom_baru = kolom(rhk, k).astype(object).to_numpy(copy=True)
            pakai = np.ones(len(di), dtype=bool) if pilih is None else pilih
            kolom_baru[di[pakai]] = isi[dari].to_numpy(dtype=object)[pakai]
            rhk[k] = pd.Series(kolom_baru, index=rhk.index).astype(t["rhk"].dtypes.get(k, "str"))
        baru = self.peran[~ada]
        if len(baru):
            urut = baru.groupby("nip").cumcount() + 1
            tambah = pd.DataFrame(
                {
                    "id": [f"MPH-{n}-{u}" for n, u in zip(baru["nip"], urut, strict=True)],
                    "nip": baru["nip"].to_numpy(),
                    "rhk": baru["uraian"].to_numpy(),
                    "rhk_induk": baru["rhk_induk"].to_numpy(),
                    "jenis": "utama",
                    "cara": baru["cara"].where(baru["cara"] != "").to_numpy(),
                }
            )
            jenis = rhk.dtypes
            rhk = pd.concat([rhk.astype(object), tambah.astype(object)], ignore_index=True)
            rhk = rhk.astype({k: v for k, v in jenis.items() if k in rhk})
        t["rhk"] = rhk
        return t


def gabung_matriks(berkas: Sequence[str | Path], data: Any = None) -> Gabungan:
    """Merge the files that several tables (groups) filled in.

    The same role from two files counts once. Conflicts: one code with different content, an empty and a
    filled view of the same matrix do not conflict; with `data` also an unknown NIP or unknown result, a code
    that belongs to somebody else. GalatData, for all files at once, when a file cannot be read.
    """
    bagian, temuan = [], []
    for b in berkas:
        try:
            bagian.append(baca_matriks(b))
        except GalatData as g:
            temuan += [
                Temuan(f"{g.sumber}: {t.lembar}", t.baris, t.kolom, t.huruf, t.nilai, t.pesan, t.perbaikan)
                for t in g.temuan
            ]
    if temuan:
        raise GalatData(temuan, "matriks peran hasil")
    semua = pd.concat(bagian, ignore_index=True) if bagian else pd.DataFrame(columns=list(_KOLOM_PERAN))
    isi = ["rhk_induk", "nip", "rhk", "cara", "uraian"]
    satu = semua.drop_duplicates(isi)
    konflik: list[pd.DataFrame] = []

    def bentrok(salah: pd.Series, jenis: str, pesan: str, saran: str) -> None:
        if salah.any():
            konflik.append(satu[salah].assign(jenis=jenis, pesan=pesan, saran=saran))

    berkode = satu["rhk"] != ""
    bentrok(
        berkode & satu.duplicated("rhk", keep=False),
        "isi berbeda",
        "Kode RHK ini ditulis dengan hasil yang didukung, pemilik, cara, atau uraian yang berbeda.",
        "Sepakati satu isi, lalu samakan pada semua berkas.",
    )
    tanpa_kode = ~berkode
    if data is not None:
        t = tabel_dari(data)
        milik = dict(zip(t["rhk"]["id"], t["rhk"]["nip"], strict=True))
        bentrok(~satu["nip"].isin(t["pegawai"]["nip"]), "NIP tidak dikenal",
                "NIP ini tidak ada di lembar pegawai.", "Perbaiki NIP, atau tambahkan pegawainya.")  # fmt: skip
        bentrok(~satu["rhk_induk"].isin(t["rhk"]["id"]), "hasil atasan tidak dikenal",
                "Kode hasil kerja atasan ini tidak ada di lembar rhk.", "Perbaiki kode pada baris 5.")  # fmt: skip
        pemilik = satu["rhk"].map(milik)
        bentrok(berkode & pemilik.isna(), "RHK tidak dikenal", "Kode RHK ini tidak ada di lembar rhk.",
                "Hapus kurung sikunya bila ini peran baru.")  # fmt: skip
        bentrok(berkode & pemilik.notna() & (pemilik != satu["nip"]), "bukan pemiliknya",
                "Kode RHK ini milik pegawai lain.", "Pindahkan ke baris pemiliknya.")  # fmt: skip
    kembar = tanpa_kode & satu.assign(u=satu["uraian"].str.casefold()).duplicated(["nip", "u"], keep=False)
    bentrok(
        kembar,
        "peran baru mendukung dua hasil",
        "Peran baru yang sama ditulis untuk hasil atasan atau dengan cara yang berbeda.",
        "Pilih satu hasil yang didukung; dukungan kedua dicatat pada lembar lintas.",
    )
    kolom_konflik = [
        "jenis",
        "berkas",
        "lembar",
        "baris",
        "kolom",
        "nip",
        "rhk",
        "rhk_induk",
        "uraian",
        "pesan",
        "saran",
    ]
    if not konflik:
        return Gabungan(satu.reset_index(drop=True), pd.DataFrame(columns=kolom_konflik))
    t_konflik = pd.concat(konflik)
    sisa = satu[~satu.index.isin(t_konflik.index)].reset_index(drop=True)
    urut = t_konflik.sort_values(["rhk", "nip", "berkas", "lembar", "baris"], kind="stable")
    return Gabungan(sisa, urut[kolom_konflik].reset_index(drop=True))
