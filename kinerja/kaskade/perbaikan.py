"""Mending a tree: a table of corrections put into the tables, all of it or nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from kinerja.data.skema import SKEMA
from kinerja.parameter import Kebijakan, kebijakan
from kinerja.tulisan import angka, daftar

from .gulung import bagi_target
from .periksa import BERKAS, BERLAKU, Periksa, dapat_dijumlahkan, kolom
from .pohon import tabel_dari

_BULAN = tuple(f"target_{b:02d}" for b in range(1, 13))
_RHK = ("rhk", "cara", "bagi")  # besides the parent, what a correction may say about an RHK
_IKI = ("indikator", "satuan", "target", "aspek", "polaritas", "rumus", "sumber_data", "sop", *_BULAN)
_BAKU = {"aspek": "kuantitas", "polaritas": "maks", "rumus": "maks"}
KOLOM_PERBAIKAN = ("kode", "induk", "lintas", "nip", *_RHK, *_IKI)


def perbaiki(data: Any, perbaikan: pd.DataFrame | Iterable[Mapping[str, Any]]) -> dict[str, pd.DataFrame]:
    """The tables with the corrections put in; `data` itself stays as it is.

    perbaikan: one row one code, columns KOLOM_PERBAIKAN, all but `kode` optional. A node gets a new parent
    (`induk`) or `cara`; an RHK a new parent, text, `cara` or `bagi`; a code that is nowhere is a new RHK and
    needs `nip`, `rhk` and `induk`. Beside an RHK, `indikator`, `satuan` and `target` add an IKI (kuantitas,
    higher is better, unless aspek, polaritas and rumus say otherwise). `lintas` names a node or RHK that this
    one supports across the lines. Empty cells change nothing.
    ValueError, all rows at once, for an unknown code, parent, person, column or choice, a code given twice,
    a node hung on itself or on an RHK, and a row that changes nothing.
    """
    tabel = dict(tabel_dari(data))
    baris = _baris(perbaikan)
    galat = _salah(tabel, baris)
    if galat:
        raise ValueError(
            f"{angka(len(galat))} galat pada tabel perbaikan; tidak ada yang diubah.\n" + "\n".join(galat)
        )
    simpul, rencana = set(tabel["kaskade"]["id"]), set(tabel["rhk"]["id"])
    di_simpul = [b for b in baris if b["kode"] in simpul]
    di_rhk = [b for b in baris if b["kode"] not in simpul]
    tabel["kaskade"] = _ubah(tabel["kaskade"], di_simpul, {"induk": "induk", "cara": "cara"})
    isi = {"induk": "rhk_induk", **{k: k for k in _RHK}}
    rhk = _ubah(tabel["rhk"], [b for b in di_rhk if b["kode"] in rencana], isi)
    baru = [
        {"id": b["kode"], "nip": b["nip"], "jenis": "utama", **{isi[k]: b[k] for k in isi if k in b}}
        for b in di_rhk
        if b["kode"] not in rencana
    ]
    tabel["rhk"] = _tambah(rhk, baru)
    ukuran = [
        {"rhk": b["kode"], **_BAKU, "target_maksimum": False, **{k: b[k] for k in _IKI if k in b}}
        for b in di_rhk
        if "indikator" in b
    ]
    silang = [{"dari": b["kode"], "ke": b["lintas"]} for b in baris if "lintas" in b]
    if silang:
        lama = tabel.get("lintas", pd.DataFrame({"dari": [], "ke": []}, dtype="str"))
        tabel["lintas"] = _tambah(lama, silang)
    if ukuran:
        tabel["iki"] = _tambah(tabel["iki"], ukuran)
    return tabel


def bagi_rhk(
    data: Any,
    rhk: str,
    bobot: pd.Series,
    dasar: str = "beban",
    desimal: int = 0,
    per_bulan: pd.Series | None = None,
) -> pd.DataFrame:
    """Corrections that hand one result down directly: a new RHK for each person, the target split exactly.

    bobot: weight on NIP. dasar: beban, wilayah or aspek. per_bulan: weight of each month (1..12; even without
    it). The quantity of `rhk` is split (`bagi_target`), and each part again by month. Returns rows for `perbaiki`.
    ValueError for an RHK that is not there or has no quantity, or weights that cannot split it.
    """
    t = tabel_dari(data)
    milik = t["rhk"][(t["rhk"]["id"] == rhk).to_numpy(dtype=bool, na_value=False)]
    ukuran = t["iki"][
        ((t["iki"]["rhk"] == rhk) & (t["iki"]["aspek"] == "kuantitas")).to_numpy(dtype=bool, na_value=False)
    ]
    if milik.empty or ukuran.empty:
        apa = "tidak ada di lembar rhk" if milik.empty else "tidak punya IKI kuantitas"
        raise ValueError(f"RHK {rhk} {apa}, jadi targetnya tidak dapat dibagi.")
    u = ukuran.iloc[0]
    bagian = bagi_target(_bulat(u["target"]), bobot, desimal)
    bulan = per_bulan if per_bulan is not None else pd.Series(1, index=range(1, 13))
    nama = t["pegawai"].drop_duplicates("nip").set_index("nip")["nama"]
    hasil = [
        {
            "kode": f"{rhk}-B{ke}",
            "induk": rhk,
            "nip": nip,
            "rhk": f"{milik['rhk'].iloc[0]}: bagian {nama.get(nip, nip)}",
            "cara": "langsung",
            "bagi": dasar,
            **{
                k: u[k] for k in ("indikator", "satuan", "polaritas", "rumus", "sumber_data", "sop") if k in u
            },
            "target": x,
            **dict(zip(_BULAN, bagi_target(x, bulan, desimal).tolist(), strict=True)),
        }
        for ke, (nip, x) in enumerate(bagian.items(), 1)
    ]
    return pd.DataFrame(hasil)


def hari_kerja(data: Any) -> pd.Series:
    """Working days of each month (1..12) as the sheet kehadiran has them; even months where it is empty.

    Months without a row count as the mean of the others, rounded.
    """
    t = tabel_dari(data).get("kehadiran", pd.DataFrame())
    bulan = pd.RangeIndex(1, 13, name="bulan")
    if t.empty:
        return pd.Series(1, index=bulan, dtype="int64", name="hari_kerja")
    per = t["hari_kerja"].groupby(t["bulan"].astype("str").str[-2:].astype("int64")).max().astype("float64")
    return per.reindex(bulan).fillna(per.mean()).round().astype("int64").rename("hari_kerja")


def beban_tim(data: Any, rhk: str) -> pd.Series:
    """Working days that each direct staff member of the owner of `rhk` was not absent: a weight to split by.

    Index NIP. Without attendance everybody weighs 1. ValueError when the owner has no staff.
    """
    t = tabel_dari(data)
    pemilik = t["rhk"].loc[(t["rhk"]["id"] == rhk).to_numpy(dtype=bool, na_value=False), "nip"]
    tim = t["pegawai"].loc[t["pegawai"]["atasan"].isin(pemilik).to_numpy(), "nip"]
    if tim.empty:
        raise ValueError(
            f"Pemilik RHK {rhk} tidak punya bawahan langsung, jadi tidak ada yang menerima bagian."
        )
    hadir = t.get("kehadiran", pd.DataFrame())
    if hadir.empty:
        return pd.Series(1, index=pd.Index(tim, name="nip"), dtype="int64", name="beban")
    hari = (hadir["hari_kerja"] - hadir["alpa"]).groupby(hadir["nip"]).sum()
    return hari.reindex(tim).fillna(0).astype("int64").rename_axis("nip").rename("beban")


def dapat_dibagi(data: Any, hasil: Periksa, aturan: Kebijakan | None = None) -> str:
    """Code of a result whose target can be split: its quantity is whole and adds up, its owner has staff.

    One that nobody supports (K12) before all others, then the largest team, then the code. ValueError when
    there is none.
    """
    t = tabel_dari(data)
    rhk, iki = t["rhk"], t["iki"]
    param = (aturan or kebijakan(BERLAKU)).bagian(BERKAS)
    layak = (iki["aspek"] == "kuantitas").to_numpy(dtype=bool) & dapat_dijumlahkan(iki["satuan"], param)
    layak &= (iki["rumus"] == "maks").to_numpy(dtype=bool)
    layak &= ((iki["target"] >= 1) & (iki["target"] % 1 == 0)).to_numpy(dtype=bool)
    tim = t["pegawai"]["atasan"].value_counts()
    kosong = hasil.temuan.loc[(hasil.temuan["kode"] == "K12").to_numpy(), "id"]
    calon = pd.DataFrame(
        {"id": rhk["id"], "tim": rhk["nip"].map(tim).fillna(0), "kosong": rhk["id"].isin(kosong)}
    )[
        rhk["id"].isin(iki.loc[layak, "rhk"]).to_numpy()
        & (kolom(rhk, "jenis") != "tambahan").to_numpy(dtype=bool)
    ]
    calon = calon[(calon["tim"] > 0).to_numpy()]
    if calon.empty:
        raise ValueError(
            "Tidak ada hasil kerja seorang atasan yang targetnya dapat dijumlahkan, jadi tidak ada yang dapat dibagi."
        )
    urut = calon.sort_values(["kosong", "tim", "id"], ascending=[False, False, True], kind="stable")
    return str(urut["id"].iloc[0])


def _bulat(x: Any) -> Any:
    return int(x) if float(x).is_integer() else float(x)


def usul_gantungan(data: Any, hasil: Periksa) -> pd.DataFrame:
    """A proposal for everybody whose results support nothing: hang them on the superior's first RHK utama.

    Rows for `perbaiki` (kode, induk, cara), to be agreed with the superior. Who has no superior, or one
    without results, gets no row.
    """
    t = tabel_dari(data)
    rhk = t["rhk"]
    lepas = hasil.pegawai.loc[(hasil.pegawai["sebab"] == "tidak_menggantung").to_numpy(), "nip"]
    utama = rhk[(kolom(rhk, "jenis") != "tambahan").to_numpy(dtype=bool)]
    atasan = t["pegawai"].drop_duplicates("nip").set_index("nip")["atasan"]
    pertama = utama.drop_duplicates("nip").set_index("nip")["id"]
    milik = utama[utama["nip"].isin(lepas).to_numpy()]
    induk = milik["nip"].map(atasan).map(pertama)
    usul = pd.DataFrame({"kode": milik["id"], "induk": induk, "cara": "tidak_langsung"})
    return usul.dropna(subset=["induk"]).reset_index(drop=True)


def _baris(perbaikan: pd.DataFrame | Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows without their empty cells; texts without spaces around them."""
    semua = (
        perbaikan.to_dict("records") if isinstance(perbaikan, pd.DataFrame) else [dict(b) for b in perbaikan]
    )
    rapi = [{str(k): v.strip() if isinstance(v, str) else v for k, v in b.items()} for b in semua]
    return [{k: v for k, v in b.items() if v is not None and v == v and v != ""} for b in rapi]


def _salah(tabel: Mapping[str, pd.DataFrame], baris: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the corrections, one line each."""
    simpul, rencana = set(tabel["kaskade"]["id"]), set(tabel["rhk"]["id"])
    orang = set(tabel["pegawai"]["nip"])
    baru = {b.get("kode") for b in baris if "nip" in b and "rhk" in b}
    dikenal = sorted(map(str, simpul | rencana))
    hasil: list[str] = []
    terpakai: dict[Any, int] = {}
    for i, b in enumerate(baris, 1):
        kode, induk = b.get("kode"), b.get("induk")

        def catat(pesan: str, i: int = i, kode: Any = kode) -> None:
            hasil.append(f"Perbaikan {i}{f' ({kode})' if kode else ''}: {pesan}")

        def mirip(x: Any) -> str:
            dekat = difflib.get_close_matches(str(x), dikenal, 1, 0.75)
            return f" Maksudnya {dekat[0]}?" if dekat else ""

        asing = [k for k in b if k not in KOLOM_PERBAIKAN]
        if asing:
            catat(f"kolom {daftar(asing)} tidak dikenal; yang ada: {', '.join(KOLOM_PERBAIKAN[:6])}, ...")
        if not kode:
            catat("kolom kode kosong. Tulis kode simpul atau RHK yang diperbaiki.")
            continue
        if kode in terpakai:
            catat(f"kode ini sudah ada pada perbaikan {terpakai[kode]}. Satukan keduanya.")
        terpakai.setdefault(kode, i)
        for k in ("cara", "bagi", "aspek", "polaritas", "rumus"):
            pilihan = SKEMA["rhk" if k in _RHK else "iki"][k].pilihan
            if k in b and b[k] not in pilihan:
                catat(f"{k} {b[k]!r} tidak dikenal; pilih dari {', '.join(pilihan)}.")
        if (ke := b.get("lintas")) is not None and (ke == kode or ke not in simpul | rencana | baru):
            catat(f"lintas {ke} bukan simpul atau RHK lain yang dikenal.{mirip(ke) if ke != kode else ''}")
        if kode in simpul:
            if liar := [k for k in b if k in (*_RHK[::2], "nip", *_IKI)]:
                catat(f"kolom {daftar(liar)} hanya untuk RHK, sedangkan ini simpul kaskade.")
            if induk == kode:
                catat("simpul tidak dapat menjadi induk dirinya sendiri.")
            elif induk is not None and induk not in simpul:
                catat(f"induk {induk} bukan simpul pada lembar kaskade.{mirip(induk)}")
        else:
            if kode not in rencana:
                kurang = [k for k in ("nip", "rhk", "induk") if k not in b]
                if kurang:
                    catat(
                        f"kode ini tidak ada di lembar kaskade dan rhk.{mirip(kode)} "
                        f"Untuk RHK baru isi juga {daftar(kurang)}."
                    )
                    continue
                if b["nip"] not in orang:
                    catat(f"NIP {b['nip']} tidak ada di lembar pegawai.")
            elif "nip" in b:
                catat("pemilik RHK yang sudah ada tidak diganti di sini. Kosongkan kolom nip.")
            if induk == kode:
                catat("RHK tidak dapat mendukung dirinya sendiri.")
            elif induk is not None and induk not in simpul | rencana | baru:
                catat(f"induk {induk} tidak ada di lembar kaskade dan rhk.{mirip(induk)}")
            ukuran = [k for k in _IKI if k in b]
            kurang = [k for k in _IKI[:3] if k not in b]
            if ukuran and kurang:
                catat(f"untuk IKI baru isi juga {daftar(kurang)}.")
            for k in ("target", *_BULAN):
                if k in b and not _berangka(b[k]):
                    catat(f"{k} {b[k]!r} bukan angka.")
        if set(b) <= {"kode"}:
            catat("tidak ada yang diubah. Isi paling sedikit kolom induk.")
    return hasil


def _berangka(x: Any) -> bool:
    try:
        return not isinstance(x, bool | str) and abs(float(x)) < float("inf")
    except (TypeError, ValueError):
        return False


def _ubah(t: pd.DataFrame, baris: list[dict[str, Any]], ke: Mapping[str, str]) -> pd.DataFrame:
    """A copy with the cells of these codes replaced; of a code given twice the first row, as the tree reads it."""
    letak = {k: i for i, k in reversed(list(enumerate(t["id"])))}
    baru = {}
    for dari, nama in ke.items():
        isi = [(letak[b["kode"]], b[dari]) for b in baris if dari in b]
        if not isi:
            continue
        k = kolom(t, nama).astype(object)
        for i, x in isi:
            k.iloc[i] = x
        baru[nama] = k.astype(t.dtypes.get(nama, "str"))
    return t.assign(**baru)


def _tambah(t: pd.DataFrame, baris: list[dict[str, Any]]) -> pd.DataFrame:
    """A copy with these rows at its end, in the dtypes of the table."""
    if not baris:
        return t
    awal = int(t.index.max()) + 1 if len(t) else 0
    tambahan = pd.DataFrame(
        baris, index=pd.RangeIndex(awal, awal + len(baris), name=t.index.name), dtype=object
    )
    hasil = pd.concat([t.astype(object), tambahan])
    return hasil.astype({k: v for k, v in t.dtypes.items() if k in hasil})
