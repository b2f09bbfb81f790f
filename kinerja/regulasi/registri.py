"""Which regulation was in force when, and which matters two or more rules decide at once.

The facts are in `params/regulasi/registri.yaml`. A timeline is one dated parameter, so two regulations can
never be in force at once; an agency's own timeline is `rezim_<kode>`, every other agency follows the nation.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from kinerja import tulisan
from kinerja.parameter import Galat, GalatParameter, Kebijakan, Ketentuan, Parameter, kebijakan, muat

BERKAS = "registri"
KOLOM = ["perkara", "aturan", "pasal", "isi", "status", "sumber", "mulai", "sampai", "instansi", "berbeda"]
KOLOM_BEDA = ["perkara", "pertama", "kedua", "beda", "status"]


def berlaku(tanggal: dt.date | str | Kebijakan, instansi: str | None = None) -> str:
    """File name of the regulation that scores performance on a day, e.g. "permenpanrb-6-2022".

    tanggal: a day, or a policy (its day, with its scenarios). instansi: code of an agency with a timeline
    of its own ("kemenkeu"), or of params/instansi. GalatParameter before the first regulation, where the
    one in force is known but not its rules, and for an unknown agency.
    """
    k = tanggal if isinstance(tanggal, Kebijakan) else kebijakan(tanggal)
    p = _garis_waktu(k.ketentuan, instansi)
    n = p.pada(k.tanggal)
    if n is None:
        pesan = f"tidak ada peraturan pada {tulisan.tanggal(k.tanggal)}. {p.keterangan} Pilih tanggal lain."
        raise GalatParameter([Galat(p.jalur, pesan)])
    return str(n.pasti())


def linimasa(
    instansi: str | None = None,
    mulai: dt.date | None = None,
    sampai: dt.date | None = None,
    menurut: Kebijakan | None = None,
) -> pd.DataFrame:
    """The timeline, one row one regulation, cut to [mulai, sampai]: a year that changes regime has two rows.

    menurut: the policy whose scenarios count; None is the law alone. Columns mulai, sampai (dates, None = until further notice), regulasi (file name, None where its rules are
    not established), dasar, status, catatan.
    """
    baris = []
    for n in _garis_waktu(menurut.ketentuan if menurut else muat(), instansi).waktu:
        awal = n.sejak if mulai is None else max(n.sejak, mulai)
        akhir = min((x for x in (n.sampai, sampai) if x is not None), default=None)
        if akhir is None or awal <= akhir:
            baris.append((awal, akhir, n.nilai, n.dasar, n.status, n.catatan))
    return pd.DataFrame(
        baris, columns=["mulai", "sampai", "regulasi", "dasar", "status", "catatan"], dtype=object
    )


def bersinggungan(tanggal: dt.date | str | None = None) -> pd.DataFrame:
    """Matters that two or more rules decide at once, article beside article, one row one rule.

    Columns KOLOM: `berbeda` says with which other rule of the matter it disagrees, and how ("" if none);
    mulai and sampai are empty where not known. `tanggal` keeps what was in force that day; a rule whose
    dates are not known stays.
    """
    nama = _isi("perkara")
    baris = pd.DataFrame([dict(b) for b in _isi("persinggungan")]).reindex(columns=KOLOM[:-1])
    for kolom in ("mulai", "sampai"):
        baris[kolom] = [dt.date.fromisoformat(x) if isinstance(x, str) else None for x in baris[kolom]]
    baris["sumber"] = baris["sumber"].map("; ".join)
    baris["instansi"] = baris["instansi"].fillna("")
    if tanggal is not None:
        hari = kebijakan(tanggal).tanggal
        sudah = [m is None or m <= hari for m in baris["mulai"]]
        masih = [s is None or hari <= s for s in baris["sampai"]]
        baris = baris[[a and b for a, b in zip(sudah, masih, strict=True)]]
        baris = baris[baris.groupby("perkara")["aturan"].transform("size") > 1]
    beda: dict[tuple[str, str], list[str]] = {}
    ada = set(zip(baris["perkara"], baris["aturan"], strict=True))
    for b in _isi("perbedaan"):
        for satu, lain in ((b["pertama"], b["kedua"]), (b["kedua"], b["pertama"])):
            if (b["perkara"], lain) in ada:
                beda.setdefault((b["perkara"], satu), []).append(f"dengan {lain}: {b['beda']}")
    kunci = zip(baris["perkara"], baris["aturan"], strict=True)
    baris = baris.assign(berbeda=["; ".join(beda.get(k, [])) for k in kunci])
    return baris.assign(perkara=baris["perkara"].map(nama))[KOLOM].reset_index(drop=True)


def perbedaan() -> pd.DataFrame:
    """Where two rules on the same matter disagree, one row one pair; columns KOLOM_BEDA."""
    nama, status = _isi("perkara"), _parameter("perbedaan").waktu[-1].status
    tabel = pd.DataFrame([{**b, "status": status} for b in _isi("perbedaan")])[KOLOM_BEDA]
    return tabel.assign(perkara=tabel["perkara"].map(nama))


# -- inside -----------------------------------------------------------------------------------------------


def _parameter(nama: str) -> Parameter:
    return muat()[f"{BERKAS}.{nama}"]


def _isi(nama: str) -> Any:
    return _parameter(nama).waktu[-1].pasti()


def _garis_waktu(ketentuan: Ketentuan, instansi: str | None) -> Parameter:
    nasional = ketentuan[f"{BERKAS}.rezim_nasional"]
    if instansi is None:
        return nasional
    awalan = f"{BERKAS}.rezim_"
    sendiri = awalan + instansi.replace("-", "_")
    if sendiri in ketentuan.parameter:
        return ketentuan.parameter[sendiri]
    if instansi in ketentuan.instansi:
        return nasional
    punya = {j.removeprefix(awalan) for j in ketentuan.parameter if j.startswith(awalan)} - {"nasional"}
    pesan = (
        f"instansi {instansi} tidak dikenal. Yang ada: {', '.join(sorted(punya | set(ketentuan.instansi)))}. "
        "Tanpa instansi dipakai peraturan nasional."
    )
    raise GalatParameter([Galat(instansi, pesan)])
