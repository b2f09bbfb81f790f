"""What the trainer keeps: results, list of certificates, and the key on a sheet of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from kinerja.data.templat import tulis_lembar
from kinerja.iki.latihan import kunci_latihan, soal_latihan
from kinerja.tulisan import KOSONG, angka, daftar

from . import soal
from .dinding import bulat, mengapa, tulis_dinding
from .jawaban_usb import Kunci
from .kumpul import TES, Kumpulan
from .penilaian import LATIHAN, SYARAT, Hasil, Kenaikan, nilai

_NAMA = {"iki": "IKI", "pilah": "lemah_kuat", "kaskade": "kaskade", "matriks": "matriks"}


def tulis_hasil(
    k: Kumpulan,
    keluaran: Path,
    syarat: Sequence[str] = tuple(SYARAT),
    nilai_postes: int = 0,
    kunci: bool = False,
    kunci_usb: Kunci | None = None,
) -> Hasil:
    """Mark, and write dinding.html, rekap.xlsx and daftar-sertifikat.xlsx into `keluaran`, each whole; made if absent.

    Written again when more comes back: the same input gives the same bytes. ValueError for an unknown condition,
    before anything is written.
    """
    h = nilai(k, kunci_usb)
    h.sertifikat(syarat, nilai_postes)  # refuses before the first file
    keluaran.mkdir(parents=True, exist_ok=True)
    tulis_dinding(h, keluaran / "dinding.html", k.lengkap)
    tulis_rekap(k, h, keluaran / "rekap.xlsx", kunci)
    tulis_sertifikat(h, keluaran / "daftar-sertifikat.xlsx", syarat, nilai_postes)
    return h


def sebut_temuan(k: Kumpulan, paling: int = 40) -> list[str]:
    """What was set aside or could not be read, one sentence each, for the screen; the whole list is in rekap.xlsx."""
    hasil = []
    if not k.lengkap and (k.kembali or not k.usb):
        hasil.append(
            "Daftar kelas tidak ada di map itu: meja yang belum kembali tidak dapat disebut. Sertakan --kelas."
        )
    for t in k.temuan.head(paling).to_dict("records"):
        sel = f"{t['huruf']}{'' if pd.isna(t['baris']) else t['baris']}"
        baris = "" if t["huruf"] or pd.isna(t["baris"]) else f"baris {t['baris']}"
        letak = ", ".join(
            filter(
                None,
                (
                    t["berkas"],
                    t["lembar"] and f"lembar {t['lembar']}",
                    baris,
                    t["huruf"] and f"sel {sel}" if not pd.isna(t["baris"]) else t["kolom"],
                ),
            )
        )
        isi = f" (tertulis: {t['nilai']})" if t["nilai"] else ""
        hasil.append("- " + ": ".join(filter(None, (letak, f"{t['pesan']}{isi}. {t['perbaikan']}."))))
    if len(k.temuan) > paling:
        hasil.append(f"... dan {angka(len(k.temuan) - paling)} lagi; lihat lembar Temuan pada rekap.xlsx.")
    return hasil


def tulis_rekap(k: Kumpulan, h: Hasil, berkas: Path, kunci: bool = False) -> Path:
    """The workbook of results. With `kunci` also every answer beside the right one: then for the owner only."""
    lembar = {
        "Ringkasan": _ringkasan(k, h),
        "Meja": _meja(h),
        "IKI": _iki(h),
        "Kesalahan": h.cacat().rename(columns={"contoh": "contoh_tulisan"}),
        "Tes tiap soal": _tiap_soal(h),
        "Tes tiap peserta": _tiap_peserta(h),
        "Lemah-Kuat": _tiap_butir(h.pilah, soal.pilah()[["nomor", "jabatan", "indikator"]]),
        "Kaskade": _kaskade(h),
        "Matriks": _tiap_butir(h.peran, soal.peran()),
        **({"usb": _usb(h, kunci)} if len(h.usb.jawaban) else {}),
        "Berkas": k.berkas,
        "Temuan": k.temuan,
    }
    if not kunci:
        return tulis_lembar(lembar, berkas)
    return _untuk_pemilik({**lembar, "Jawaban dan kunci": _jawaban(k, h)}, berkas)


def tulis_sertifikat(
    h: Hasil, berkas: Path, syarat: Sequence[str] = tuple(SYARAT), nilai_postes: int = 0
) -> Path:
    """Who gets a certificate and who not yet, with the condition as the trainer's assumption. ValueError as there."""
    t = h.sertifikat(syarat, nilai_postes)
    butir = h.benar["POSTES"].shape[1]
    isi = pd.DataFrame(
        {
            "nama": t["nama"].where(t["perbaikan"] == "", t["perbaikan"]),
            "nip": t["nip"],
            "jabatan": t["jabatan"],
            "instansi": t["instansi"],
            "meja": t["meja"],
            "kehadiran": t["hadir"],
            **{
                f"nilai_{n}": _desimal(Fraction(100 * int(b), butir) if ikut else None for b, ikut in zip(t[f"benar_{n}"], t[f"ikut_{n}"], strict=True))
                for n in ("pretes", "postes")
            },
        }
    )  # fmt: skip
    nama = [SYARAT[s] for s in SYARAT if s in syarat]
    if nilai_postes:
        nama.append(f"nilai postes paling sedikit {nilai_postes}")
    ada = t["memenuhi"].to_numpy(dtype=bool)
    syarat_ = pd.DataFrame(
        {
            "hal": ["Syarat", "Status", "Memenuhi", "Belum memenuhi"],
            "keterangan": [
                daftar(nama) if nama else "tanpa syarat",
                "asumsi: ditetapkan pelatih dengan --syarat dan --nilai-postes, bukan bunyi peraturan",
                f"{angka(int(ada.sum()))} dari {angka(len(t))} peserta",
                f"{angka(int((~ada).sum()))} peserta",
            ],
        }
    )
    belum = isi.assign(sebab=t["sebab"])[~ada]
    return tulis_lembar({"Sertifikat": isi[ada], "Belum memenuhi": belum, "Syarat": syarat_}, berkas)


def tulis_kunci(berkas: Path) -> Path:
    """The key of every exercise, for the trainer: readable by the owner of the file only.

    FileNotFoundError, in Indonesian, where no key is installed.
    """
    tes, kunci = soal.tes(), soal.kunci_tes()
    huruf = kunci["jawaban"].str.lower()
    isi_tes = pd.DataFrame(
        {
            "nomor": tes["nomor"],
            "pertanyaan": tes["pertanyaan"],
            "jawaban": kunci["jawaban"] + ". " + pd.Series([t[h] for t, h in zip(tes.to_dict("records"), huruf, strict=True)], dtype="str"),
            "alasan": kunci["alasan"],
            "dasar": kunci["dasar"],
            "status": kunci["status"],
            "sumber": ["; ".join(s) for s in kunci["sumber"]],
        }
    )  # fmt: skip
    k = soal.soal_kaskade()
    pohon = soal.pohon_patah().set_index("kode")
    kaskade = pd.DataFrame(
        {
            "kode": k.kunci["kode"],
            "uraian": pohon["uraian"].reindex(k.kunci["kode"]).to_numpy(),
            "induk_tertulis": pohon["induk"].reindex(k.kunci["kode"]).replace("", "(kosong)").to_numpy(),
            "induk_yang_benar": k.kunci["induk"],
            "celah": k.kunci["cacat"].str.replace("_", " "),
        }
    )
    iki = soal_latihan().merge(kunci_latihan(), on="nomor", suffixes=("_lemah", ""))
    iki = iki.rename(columns={"indikator_lemah": "rumusan_lemah", "indikator": "satu_jawaban_baik"})
    lembar = {
        "Pretes dan postes": isi_tes,
        "IKI": iki[["nomor", "jabatan", "rumusan_lemah", "satu_jawaban_baik", "satuan", "target", "status"]],
        "Lemah-Kuat": soal.pilah().merge(soal.kunci_pilah(), on="nomor"),
        "Kaskade": kaskade,
        "Matriks": soal.peran().merge(soal.kunci_peran(), on="nomor"),
    }
    return _untuk_pemilik(lembar, berkas)


def _untuk_pemilik(lembar: Mapping[str, pd.DataFrame], berkas: Path) -> Path:
    """Written where nobody else can look, then moved into place, mode 0600."""
    if not berkas.parent.is_dir():
        raise FileNotFoundError(f"map {berkas.parent} belum ada. Buat dulu, atau tulis ke map lain.")
    ruang = Path(tempfile.mkdtemp(prefix=".kunci-", dir=berkas.parent))  # 0700
    try:
        sementara = tulis_lembar(lembar, ruang / "kunci.xlsx")
        sementara.chmod(0o600)
        os.replace(sementara, berkas)
    finally:
        shutil.rmtree(ruang, ignore_errors=True)
    return berkas


# -- sheets of the results --------------------------------------------------------------------------------


def _desimal(x: Iterable[Fraction | None]) -> pd.Series:
    """Fractions as numbers of one decimal, half up; unknown stays empty."""
    return pd.Series(np.array([np.nan if v is None else float(_satu(v)) for v in x], dtype=np.float64))


def _satu(x: Fraction) -> Fraction:
    return _pembulat(x, 1)


def _pembulat(x: Fraction, desimal: int) -> Fraction:
    """Half up."""
    return Fraction((x * 10**desimal + Fraction(1, 2)).__floor__(), 10**desimal)


def _naik(k: Kenaikan) -> dict[str, object]:
    return {
        "pasangan": k.n,
        "pretes": None if k.pretes is None else float(_satu(k.pretes)),
        "postes": None if k.postes is None else float(_satu(k.postes)),
        "kenaikan": None if k.poin is None else float(_satu(k.poin)),
        "ternormalkan": None if k.g is None else float(_pembulat(k.g, 2)),
        "tingkat": k.tingkat or KOSONG,
    }


def _ringkasan(k: Kumpulan, h: Hasil) -> pd.DataFrame:
    s = h.sekelas()
    hadir = h.orang["hadir"].value_counts()
    bobot = daftar(f"{LATIHAN[n]} {angka(b)}" for n, b in soal.bobot("bobot_meja").items())
    rata = sum(h.nilai["nilai"], Fraction(0)) / len(h.nilai) if len(h.nilai) else None
    baris = [
        ("Kelas", h.kelas.nama or KOSONG),
        ("Kode kelas dan kode soal", f"{h.kelas.kode} dan {soal.kode_naskah()}"),
        ("Meja kembali", f"{angka(len(h.kembali))} dari {angka(len(h.kelas.meja))}" if k.lengkap else f"{angka(len(h.kembali))}; daftar kelas tidak disertakan"),
        ("Peserta", f"{angka(len(h.orang))}; hadir {angka(int(hadir.get('Hadir', 0)))}, tidak hadir {angka(int(hadir.get('Tidak hadir', 0)))}, belum ditulis {angka(int(hadir.get('', 0)))}"),
        ("Rata-rata nilai meja", bulat(rata, 1)),
        ("Pretes dan postes", f"{bulat(s.pretes, 1)} dan {bulat(s.postes, 1)} persen benar, {angka(s.n)} pasangan"),
        ("Kenaikan", f"{bulat(s.poin, 1)} poin; ternormalkan {bulat(s.g, 2)} {f'({s.tingkat})' if s.tingkat else ''}".strip()),
        ("Asumsi: bobot nilai meja", bobot),
        ("Asumsi: nilai celah kaskade", "tepat 100, ditemukan tetapi induknya belum tepat 50; dibagi banyaknya celah atau banyaknya baris terisi, mana yang lebih besar"),
        ("Asumsi: nilai peran pada matriks", "hasil dan cara benar 100, hanya hasilnya benar 50"),
        ("Cara menghitung kenaikan", "hanya peserta yang mengisi kedua tes; soal yang tidak dijawab dihitung salah; ternormalkan = (postes − pretes) / (100 − pretes), R. R. Hake 1998"),
        ("Batas", "pemeriksa IKI dapat keliru; nilai ini alat belajar dan bukan penilaian kinerja"),
    ]  # fmt: skip
    if len(h.usb.jawaban):
        orang = h.usb.peserta
        baris += [
            ("Peserta dari USB", f"{angka(len(orang))}; {angka(int(orang['membaik'].sum()))} dari {angka(int(orang['ditulis'].sum()))} tulisan ulang membaik; nama seperti yang diketik"),
            ("Asumsi: tulisan ulang membaik", "bukan salinan soalnya, ada yang membaik, dan tidak ada yang memburuk menurut pemeriksa IKI"),
        ]  # fmt: skip
    return pd.DataFrame(baris, columns=["hal", "keterangan"])


def _usb(h: Hasil, kunci: bool) -> pd.DataFrame:
    """Answers from the USB package, one row each. Without `kunci` not what was chosen on the tree: with its mark that
    would be the key."""
    t = h.usb.jawaban
    return t if kunci else t.assign(jawaban=t["jawaban"].mask(t["latihan"] == "kaskade", ""))


def _meja(h: Hasil) -> pd.DataFrame:
    t = h.nilai.sort_values(["peringkat", "meja"], kind="stable", ignore_index=True)
    naik = h.per_meja()
    return pd.concat(
        [
            t[["peringkat", "meja"]],
            pd.DataFrame({n: _desimal(t[k]) for k, n in [("nilai", "nilai"), *_NAMA.items()]}),
            pd.DataFrame([_naik(naik[int(m)]) for m in t["meja"]], index=t.index),
        ],
        axis=1,
    )


def _iki(h: Hasil) -> pd.DataFrame:
    if not len(h.iki):
        return pd.DataFrame(columns=["meja", "nomor", "jabatan"])
    dijawab = [h.banding.get((m, int(n))) for m, n in h.iki[["kelompok", "nomor"]].itertuples(index=False)]
    return pd.DataFrame(
        {
            "meja": h.iki["kelompok"].astype("int64"),
            "nomor": h.iki["nomor"],
            "jabatan": h.iki["jabatan"],
            "rumusan_lemah": h.iki["soal"],
            "tulisan_baru": h.iki["jawaban"],
            "satuan": [b.sesudah.satuan if b else "" for b in dijawab],
            "target": [b.sesudah.target if b else "" for b in dijawab],
            "tingkat_sebelum": [b.sebelum.tingkat if b else "" for b in dijawab],
            "tingkat_sesudah": h.iki["tingkat"],
            "nilai": h.iki["nilai"],
            "keterangan": [mengapa(b) if b else "" for b in dijawab],
            "saran": h.iki["umpan_balik"],
        }
    )


def _tiap_soal(h: Hasil) -> pd.DataFrame:
    t = soal.tes()
    return pd.concat(
        [t[["nomor", "topik", "pertanyaan"]], pd.DataFrame([_naik(k) for k in h.per_soal().values()])], axis=1
    )


def _tiap_peserta(h: Hasil) -> pd.DataFrame:
    """Right (1) and wrong (0) of each answer; empty where the test was not taken. No letters: they would be the key."""
    o = h.orang
    hasil = o[["meja", "kursi", "nama", "instansi", "hadir"]].rename(columns={"hadir": "kehadiran"})
    for tes in TES:
        benar = pd.DataFrame(
            h.benar[tes].astype("float64"), columns=[f"{tes.lower()}_{n}" for n in soal.tes()["nomor"]]
        )
        benar = benar.where(o[f"ikut_{tes.lower()}"])
        hasil = pd.concat([hasil, benar], axis=1)
    return hasil


def _tiap_butir(t: pd.DataFrame, butir: pd.DataFrame) -> pd.DataFrame:
    """Of each item how many tables have it wholly right."""
    tepat = (t["nilai"] == Fraction(1)).groupby(t["nomor"]).sum()
    return butir.assign(
        meja_tepat=butir["nomor"].map(tepat).fillna(0).astype("int64"), dari_meja=t["meja"].nunique()
    )


def _kaskade(h: Hasil) -> pd.DataFrame:
    hitung = pd.crosstab(h.celah["meja"], h.celah["hasil"]) if len(h.celah) else pd.DataFrame()
    hitung = hitung.reindex(index=list(h.kembali), columns=list(soal.bobot("bobot_celah")), fill_value=0)
    return (
        hitung.astype("int64")
        .rename_axis(index="meja", columns=None)
        .reset_index()
        .assign(banyak_celah=soal.banyak_celah())
    )


def _jawaban(k: Kumpulan, h: Hasil) -> pd.DataFrame:
    """Every answer beside the right one, whatever the sheet."""
    kunci = dict(zip(soal.kunci_tes()["nomor"], soal.kunci_tes()["jawaban"], strict=True))
    tes = k.jawaban[k.jawaban["lembar"].isin(TES)]
    induk = dict(zip(soal.soal_kaskade().kunci["kode"], soal.soal_kaskade().kunci["induk"], strict=True))
    bagian = [
        pd.DataFrame({"lembar": tes["lembar"].str.capitalize(), "meja": tes["meja"], "kursi": tes["kursi"],
                      "butir": tes["nomor"].astype("str"), "jawaban": tes["nilai"], "kunci": tes["nomor"].map(kunci)}),
        pd.DataFrame({"lembar": "Lemah-Kuat", "meja": h.pilah["meja"], "kursi": 0, "butir": h.pilah["nomor"].astype("str"),
                      "jawaban": h.pilah["jawaban"], "kunci": h.pilah["benar"]}),
        pd.DataFrame({"lembar": "Kaskade", "meja": h.celah["meja"], "kursi": 0, "butir": h.celah["kode"],
                      "jawaban": h.celah["induk"], "kunci": [induk.get(x, "sudah benar") for x in h.celah["kode"]]}),
        pd.DataFrame({"lembar": "Matriks", "meja": h.peran["meja"], "kursi": 0, "butir": h.peran["nomor"].astype("str"),
                      "jawaban": h.peran["jawaban"], "kunci": h.peran["benar"]}),
    ]  # fmt: skip
    return pd.concat(bagian, ignore_index=True)
