"""The wall: one screen for the whole hall, one file without network, readable from the back row at 1920 × 1080."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from pathlib import Path

from kinerja.data.utuh import tulis_utuh
from kinerja.iki.klinik import Banding
from kinerja.tulisan import KOSONG, angka, daftar

from . import soal
from .penilaian import LATIHAN, Hasil, Kenaikan

PANJANG = 90  # letters of one phrase on the wall
TERBANYAK_CACAT = 3
_DUA_LAJUR = 26  # more tables than this stand in two columns
_MUAT_KIRI = 24  # rows in the left column when it holds tables and people

# sizes in vh: what is readable at 1080 lines stays so on any projector of the same shape
_GAYA = """
*{box-sizing:border-box;margin:0}
html,body{height:100%}
body{font-family:"Segoe UI",Calibri,"Noto Sans","DejaVu Sans",sans-serif;background:#fff;color:#16202b;font-size:2.3vh;
line-height:1.25;padding:1.6vh 1.6vw;display:grid;grid-template-rows:auto 1fr auto;gap:1.2vh;overflow:hidden}
header{display:flex;justify-content:space-between;align-items:baseline;border-bottom:.4vh solid #0b3d66;padding-bottom:.6vh}
h1{font-size:4.4vh;color:#0b3d66}
header p{font-size:2.6vh}
main{display:grid;grid-template-columns:minmax(0,24fr) minmax(0,38fr) minmax(0,38fr);gap:1.6vw;min-height:0}
section{min-height:0;display:flex;flex-direction:column}
h2{font-size:2.9vh;color:#0b3d66;margin-bottom:.7vh}
.meja{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr);flex:1;gap:.3vh 1vw;min-height:0}
.dua .palang,.dua .belum{display:none}
.dua .satu{grid-template-columns:1.4em 1fr 2.3em}
.satu{display:grid;grid-template-columns:1.4em 4.7em 1fr 2.3em;align-items:center;gap:.5em;min-height:0}
.satu b{text-align:right;font-variant-numeric:tabular-nums}
.satu .p{color:#4a5865;text-align:right}
.satu.orang{grid-template-columns:minmax(0,1fr) max-content}
.satu.orang span{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
div+h2.usb{margin-top:1.2vh}
section>h2.usb+p{margin-bottom:.4vh}
.palang{background:#e3e9ef;height:55%;min-height:1.2vh}
.palang i{display:block;height:100%;background:#0b5394}
.belum{color:#4a5865;font-style:italic;grid-column:3/5;white-space:nowrap;font-size:.75em}
section>p{margin-bottom:1.2vh}
.kartu{border-left:.7vh solid #0b5394;background:#f2f6fa;padding:1vh 1vw;margin-bottom:.9vh;display:grid;gap:.5vh;flex:0 1 auto}
.kartu>*{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:1;overflow:hidden}
.kartu .siapa{font-weight:600;color:#0b3d66;font-size:2.1vh}
.kartu .lama{color:#4a5865}
.kartu .baru{font-size:2.6vh;font-weight:700;-webkit-line-clamp:3}
.kartu .sebab{font-size:2.1vh;-webkit-line-clamp:2}
.cacat{display:grid;grid-template-columns:auto 1fr;gap:.6vh .7em;margin-bottom:1.4vh}
.cacat b{font-size:3.2vh;text-align:right;line-height:1.1;color:#8a3b00}
.cacat span small{display:block;color:#33414e;font-size:2vh}
.soal{display:grid;grid-template-columns:1.4em 1fr 24% max-content;gap:0 .6em;align-items:center;flex:1;min-height:0;font-size:2.2vh}
.soal .n{text-align:right;color:#4a5865}
.soal b{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.jarak{position:relative;height:2.4vh;margin:0 1.2vh}
.jarak i{position:absolute;top:50%}
.jarak .alas{left:0;right:0;height:.25vh;background:#b9c4cf}
.jarak .beda{height:.7vh;margin-top:-.25vh;background:#0b5394}
.jarak .titik{width:2vh;height:2vh;margin:-1vh 0 0 -1vh;border-radius:50%;border:.45vh solid #0b5394;background:#0b5394}
.jarak .awal{background:#fff}
.ringkas{font-size:2.4vh;font-weight:600;margin-top:.6vh}
.kunci-gambar{font-size:1.9vh;color:#33414e;margin-bottom:.4vh}
footer{font-size:1.75vh;color:#33414e}
@media print{@page{size:A4 landscape;margin:8mm}body{overflow:visible}}
"""


def tulis_dinding(h: Hasil, berkas: Path, lengkap: bool) -> Path:
    """Write the page; whole or not at all. `lengkap`: the class list is known, so missing tables are shown."""
    with tulis_utuh(berkas) as sementara:
        sementara.write_text(dinding(h, lengkap), encoding="utf-8", newline="\n")
    return berkas


def dinding(h: Hasil, lengkap: bool = True) -> str:
    """The page as HTML: tables with their marks, best rewrites, most frequent faults, gain per question.

    Tables are named by number; of people only those from the USB package, as they named themselves.
    """
    judul = f"Dinding hasil{' · ' + h.kelas.nama if h.kelas.nama else ''}"
    dari = f" dari {angka(len(h.kelas.meja))}" if lengkap else ""
    tamu = f"{angka(len(h.usb.peserta))} peserta dari USB" if len(h.usb.jawaban) else ""
    datang = f"{angka(len(h.kembali))}{dari} meja kembali" if h.kembali or lengkap or not tamu else ""
    bobot = soal.bobot("bobot_meja")
    rinci = daftar(f"{LATIHAN[k][:1].lower()}{LATIHAN[k][1:]} {angka(b)}" for k, b in bobot.items())
    return (
        f'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><title>{escape(judul)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_GAYA}</style></head><body>\n'
        f"<header><h1>{escape(judul)}</h1><p>{' · '.join(filter(None, (datang, tamu)))}</p></header>\n<main>\n"
        f"<section>{_kiri(h, lengkap)}</section>\n"
        f"<section><h2>Tulisan ulang terbaik</h2>{_terbaik(h)}</section>\n"
        f"<section><h2>Kesalahan yang masih tersering</h2>{_cacat(h)}"
        f"<h2>Kenaikan tiap soal</h2>{_kenaikan(h)}</section>\n</main>\n"
        f"<footer>Nilai meja 0–100, bobot {escape(rinci)} (asumsi latihan). Kesalahan menurut pemeriksa IKI; "
        "pemeriksa dapat keliru. Kenaikan: yang mengisi kedua tes.</footer>\n</body></html>\n"
    )


def bulat(x: Fraction | None, desimal: int = 0) -> str:
    """A mark as it is shown: '86', '86,4', '–'."""
    return angka(x, desimal)


def _kiri(h: Hasil, lengkap: bool) -> str:
    """The marks of the tables, below them who worked with the USB package."""
    orang = h.usb.peserta
    if not len(orang):
        return f"<h2>Nilai meja</h2>{_meja(h, lengkap, 0)}"
    meja = len(h.kelas.meja) if lengkap else len(h.kembali)
    muat = max(_MUAT_KIRI - (meja if meja <= _MUAT_KIRI // 2 else -(-meja // 2)), _MUAT_KIRI // 4)
    tampil = orang if len(orang) <= muat else orang.head(muat - 1)
    baris = [
        f'<div class="satu orang"><span>{escape(pendek(o, 26))}</span><b>{f"{m} dari {n}" if n else KOSONG}</b></div>'
        for o, m, n in tampil.itertuples(index=False)
    ]
    if len(tampil) < len(orang):
        baris.append(
            f'<div class="satu orang"><span>dan {angka(len(orang) - len(tampil))} orang lagi (rekap.xlsx)</span></div>'
        )
    tinggi = len(baris)
    usb = (
        '<h2 class="usb">Peserta dari USB</h2><p class="kunci-gambar">tulisan ulang yang membaik</p>'
        f'<div class="meja" style="grid-template-rows:repeat({tinggi},minmax(0,1fr));flex:{tinggi};font-size:2.2vh;'
        f'max-height:{4 * tinggi}vh">{"".join(baris)}</div>'
    )  # fmt: skip
    return (f"<h2>Nilai meja</h2>{_meja(h, lengkap, tinggi + 3)}" if meja else "") + usb


def _meja(h: Hasil, lengkap: bool, lain: int) -> str:
    """`lain`: rows of this height that stand below in the same column."""
    t = h.nilai.sort_values(["peringkat", "meja"], kind="stable")
    baris = [
        f'<div class="satu"><span class="p">{p}</span><span>Meja {m}</span>'
        f'<span class="palang"><i style="width:{float(n):.2f}%"></i></span><b>{bulat(n)}</b></div>'
        for m, n, p in t[["meja", "nilai", "peringkat"]].itertuples(index=False)
    ]
    if lengkap:
        baris += [
            f'<div class="satu"><span class="p">{KOSONG}</span><span>Meja {m}</span>'
            '<span class="belum">belum kembali</span></div>'
            for m in h.kelas.meja if m not in h.kembali
        ]  # fmt: skip
    if not baris:
        return "<p>Belum ada berkas yang dapat dinilai.</p>"
    dua = len(baris) > (_MUAT_KIRI // 2 if lain else _DUA_LAJUR)
    tinggi = -(-len(baris) // (2 if dua else 1))
    return (
        f'<div class="meja{" dua" if dua else ""}" style="grid-template-rows:repeat({tinggi},minmax(0,1fr));'
        f"font-size:{max(min(2.8, 56 / (tinggi + lain)), 2.2 if lain else 0):.2f}vh;flex:{tinggi};"
        f'max-height:{(4 if lain else 7) * tinggi}vh">{"".join(baris)}</div>'
    )


def _terbaik(h: Hasil) -> str:
    jabatan = {
        int(n): j for t in (h.iki, h.usb.iki) if len(t) for n, j in t[["nomor", "jabatan"]].itertuples(index=False)
    }  # fmt: skip
    kartu = [
        f'<div class="kartu"><div class="siapa">{escape(f"Meja {m}" if isinstance(m, int) else pendek(m, 40))} · {escape(str(jabatan[s]))}</div>'
        f'<div class="lama">Sebelum: {escape(pendek(b.sebelum.indikator))}</div>'
        f'<div class="baru">{escape(pendek(b.sesudah.indikator))}{escape(_target(b))}</div>'
        f'<div class="sebab">{escape(mengapa(b))}</div></div>'
        for m, s, b in h.terbaik()
    ]
    return "".join(kartu) or "<p>Belum ada tulisan ulang tanpa temuan.</p>"


def _target(b: Banding) -> str:
    d = b.sesudah
    satuan = "" if d.satuan.lower() in d.target.lower() else d.satuan
    return f" (target {pendek(f'{d.target} {satuan}'.strip(), 30)})" if d.target else ""


def mengapa(b: Banding) -> str:
    """Why a rewrite is better, in one sentence a hall can read."""
    naik = (
        f"Naik dari {b.sebelum.tingkat} ke {b.sesudah.tingkat}."
        if b.sesudah.anak_tangga > b.sebelum.anak_tangga
        else ""
    )
    hilang = [
        x.removeprefix("Teratasi: ").split(" ", 1)[1].rstrip(".")
        for x in b.membaik
        if x.startswith("Teratasi: ")
    ]
    lepas = f"Tidak lagi: {daftar(x[:1].lower() + x[1:] for x in hilang)}." if hilang else ""
    return " ".join(filter(None, (naik, lepas)))


def _cacat(h: Hasil) -> str:
    t = h.cacat().head(TERBANYAK_CACAT)
    if not len(t):
        return (
            "<p>Tidak ada temuan pada tulisan ulang.</p>"
            if h.banding or h.usb.banding
            else "<p>Belum ada tulisan ulang.</p>"
        )
    baris = "".join(
        f"<b>{angka(n)}×</b><span>{escape(nama)}<small>{escape(pendek(saran, 90))}</small></span>"
        for nama, n, saran in t[["nama", "sesudah", "saran"]].itertuples(index=False)
    )
    return f'<div class="cacat">{baris}</div>'


def _kenaikan(h: Hasil) -> str:
    semua, sekelas = h.per_soal(), h.sekelas()
    if not sekelas.n:
        return "<p>Belum ada peserta yang mengisi kedua tes.</p>"
    topik: dict[int, str] = dict(soal.tes()[["nomor", "topik"]].itertuples(index=False))
    baris = "".join(
        f'<span class="n">{n}</span><span>{escape(str(topik[n]))}</span>{_jarak(k)}' for n, k in semua.items()
    )
    g = ""
    if sekelas.g is not None:  # the normalised gain, in words that a hall reads at once
        sisa = f"kenaikan {sekelas.tingkat}: {bulat(sekelas.g * 100)} % dari sisa sampai 100"
        g = f" · {sisa if sekelas.g >= 0 else sekelas.tingkat}"
    return (
        '<p class="kunci-gambar">○ pretes, ● postes, dalam persen jawaban benar</p>'
        f'<div class="soal">{baris}</div>'
        f'<p class="ringkas">Rata-rata {bulat(sekelas.pretes)} → {bulat(sekelas.postes)}{g} · {angka(sekelas.n)} orang</p>'
    )


def _jarak(k: Kenaikan) -> str:
    """Two circles on a line from 0 to 100 percent, and their numbers; form, not colour, tells them apart."""
    assert k.pretes is not None
    assert k.postes is not None
    a, b = float(k.pretes), float(k.postes)
    sebut = f"pretes {bulat(k.pretes)} persen, postes {bulat(k.postes)} persen"
    return (
        f'<span class="jarak" role="img" aria-label="{sebut}"><i class="alas"></i>'
        f'<i class="beda" style="left:{min(a, b):.1f}%;width:{abs(b - a):.1f}%"></i>'
        f'<i class="titik awal" style="left:{a:.1f}%"></i><i class="titik" style="left:{b:.1f}%"></i></span>'
        f"<b>{bulat(k.pretes)} → {bulat(k.postes)}</b>"
    )


def pendek(teks: str, panjang: int = PANJANG) -> str:
    """Cut at a word so that it fits; '…' where something is missing."""
    if len(teks) <= panjang:
        return teks
    return teks[:panjang].rsplit(" ", 1)[0].rstrip(",;:") + " …"
