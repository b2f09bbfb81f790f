"""A checked run to a folder: tables, pictures, and a short report. The folder appears only when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from kinerja import gambar_simulasi, tulisan
from kinerja.data.utuh import map_utuh
from kinerja.gambar_simulasi import SEBUT
from kinerja.simulasi import ukuran
from kinerja.simulasi.bandingan import KELOMPOK, Bandingan, bandingkan
from kinerja.simulasi.naskah import Naskah
from kinerja.simulasi.pencarian import cari, sapu
from kinerja.simulasi.skenario import Hasil, jalankan
from kinerja.simulasi.undian import pita, undi
from kinerja.simulasi.uraian import uraikan
from kinerja.tampil import Gambar

Tabel = Mapping[str, pd.DataFrame]


def tulis(naskah: Naskah, tujuan: Path | str, kemajuan: Callable[[str], None] | None = None) -> Path:
    """Run everything that the file asks for and write it to the new folder `tujuan`.

    laporan.md and laporan.html, pictures as SVG, and every table as CSV, Parquet or sheets of one XLSX.
    FileExistsError if there is such a folder or file. kemajuan gets a line for each stage.
    """
    tujuan = Path(tujuan)
    with map_utuh(tujuan) as map_:
        _isi(naskah, map_, kemajuan or (lambda _: None))
    return tujuan


def _isi(naskah: Naskah, map_: Path, cerita: Callable[[str], None]) -> None:
    cerita("Menyusun populasi")
    orang = naskah.orang()
    semua = []
    for s in naskah.skenario:
        cerita(f"Menghitung {s.nama}")
        semua.append(jalankan(s, orang))
    lama = semua[0]
    tabel: dict[str, pd.DataFrame] = {}
    bagian: list[tuple[str, list[str], list[tuple[str, pd.DataFrame]], list[tuple[str, Gambar]]]] = []
    pangsa = orang.pangsa()
    if len(pangsa):
        tabel["pangsa"] = pangsa
    for ke, baru in enumerate(semua[1:], 1):
        cerita(f"Membandingkan {baru.nama} dengan {lama.nama}")
        b = bandingkan(lama, baru, naskah.kolom)
        bagian.append(_satu(naskah, b, f"{ke}", tabel))
    if naskah.sapuan:
        cerita("Menyapu tuas")
        bagian.append(_sapuan(naskah, semua[-1], tabel))
    if naskah.pencarian:
        cerita("Mencari angka yang memenuhi plafon")
        c: dict[str, Any] = dict(naskah.pencarian)
        plafon = c.pop("plafon")
        temuan = cari(
            semua[-1],
            c.pop("tuas"),
            plafon=plafon,
            kolom=naskah.kolom,
            **c,
        )
        tabel["pencarian"] = temuan.jejak
        bagian.append(
            (
                f"Pencarian {tulisan.label(temuan.tuas).lower()}",
                [temuan.alasan],
                [("Yang dicoba", temuan.jejak)],
                [],
            )
        )
    asumsi = list(dict.fromkeys(a for h in semua for a in h.asumsi))
    cerita("Menulis tabel, gambar, dan laporan")
    _tulis_tabel(tabel, map_, naskah.format)
    for _, _, _, gambar in bagian:
        for nama, g in gambar:
            (map_ / f"{nama}.svg").write_text(g.svg, encoding="utf-8")
    kepala = [
        f"Populasi: {orang.nama}; benih {orang.benih}.",
        f"Skenario dasar: {lama.nama}. Uang yang dibandingkan: {SEBUT.get(naskah.kolom, naskah.kolom)}, rupiah bulat.",
    ]
    perubahan = [
        f"{h.nama}: {baris}"
        for h in semua
        for baris in h.kebijakan.cetak_perubahan().splitlines()
        if baris.startswith("- ")
    ]
    (map_ / "laporan.md").write_text(_md(naskah.judul, kepala, bagian, perubahan, asumsi), encoding="utf-8")
    (map_ / "laporan.html").write_text(
        _html(naskah.judul, kepala, bagian, perubahan, asumsi), encoding="utf-8"
    )


def _satu(
    naskah: Naskah, b: Bandingan, ke: str, tabel: dict[str, pd.DataFrame]
) -> tuple[str, list[str], list[tuple[str, pd.DataFrame]], list[tuple[str, Gambar]]]:
    per = b.hitung(KELOMPOK)
    tabel |= {f"{ke}-{k}": t for k, t in per.items()} | {
        f"{ke}-anggaran": b.anggaran(),
        f"{ke}-keadilan": b.keadilan(),
    }
    tampil = [
        ("Anggaran kotor (rupiah)", b.anggaran()),
        ("Menurut jenis jabatan", per["jenis_jabatan"]),
        ("Menurut desil", per["desil"]),
        ("Keadilan", b.keadilan()),
    ]
    kurva = {h.nama: h for h in (b.lama, b.baru)}
    gambar = [
        (f"{ke}-menang-kalah", gambar_simulasi.gambar_menang_kalah(per["kelas"], "Kelas jabatan")),
        (
            f"{ke}-lorenz",
            gambar_simulasi.gambar_lorenz({n: ukuran.lorenz(h.uang(b.kolom)) for n, h in kurva.items()}),
        ),
        (f"{ke}-tebing", gambar_simulasi.gambar_tebing({n: ukuran.tebing(h) for n, h in kurva.items()})),
    ]
    if naskah.uraian:
        u = uraikan(b.lama, b.baru, b.kolom)
        urut, bebas = u.berurutan().iloc[-1], u.bebas_urutan().iloc[-1]
        t = pd.DataFrame({"berurutan": urut, "bebas_urutan": bebas})
        tabel[f"{ke}-uraian"] = t
        tampil.append(("Uraian perubahan sebulan (rupiah)", t))
        langkah = bebas.drop("selisih")
        gambar.append(
            (
                f"{ke}-uraian",
                gambar_simulasi.gambar_uraian(
                    langkah, b.lama.total(b.kolom), b.baru.total(b.kolom), (b.lama.nama, b.baru.nama)
                ),
            )
        )
    kalimat = str(b).splitlines()[1:]
    if naskah.undian and not b.baru.bayaran.menurut == b.lama.bayaran.menurut == "predikat":
        kalimat.append(
            "Undian tidak dijalankan: hanya skema yang membayar menurut predikat bergantung pada untung penilaian."
        )
    elif naskah.undian:
        p = pita(undi(b.baru, naskah.undian, dasar=b.lama, kolom=b.kolom))
        # a mean over draws, not over people
        t = p.rename(columns={"rata": "rata_undian"})
        tabel[f"{ke}-undian"] = t
        tampil.append((f"Pita dari {tulisan.angka(naskah.undian)} undian derau dan kelonggaran", t))
        gambar.append((f"{ke}-undian", gambar_simulasi.gambar_pita(p)))
    return f"{b.baru.nama} dibandingkan dengan {b.lama.nama}", kalimat, tampil, gambar


def _sapuan(
    naskah: Naskah, h: Hasil, tabel: dict[str, pd.DataFrame]
) -> tuple[str, list[str], list[tuple[str, pd.DataFrame]], list[tuple[str, Gambar]]]:
    t = sapu(h, naskah.sapuan, kolom=naskah.kolom)
    tabel["sapuan"] = t
    gambar = []
    tuas = list(naskah.sapuan)
    if len(tuas) == 2 and all(len(v) <= 12 for v in naskah.sapuan.values()):
        for f, uang in (("setahun", True), ("kalah", False)):
            isi = t.pivot(index=tuas[0], columns=tuas[1], values=f)
            gambar.append(
                (f"sapuan-{f}", gambar_simulasi.gambar_panas(isi, f"{SEBUT[f]} menurut dua tuas", uang=uang))
            )
    return f"Sapuan tuas pada {h.nama}", [], [("Setiap gabungan", t)], gambar


# -- files --------------------------------------------------------------------------------------------------


def _tulis_tabel(tabel: Tabel, map_: Path, format_: Sequence[str]) -> None:
    datar = {
        n: t
        if isinstance(t.index, pd.RangeIndex)
        else t.rename_axis(str(t.index.name or "nama")).reset_index()
        for n, t in tabel.items()
    }
    for n, t in datar.items():
        if "csv" in format_:
            t.to_csv(map_ / f"{n}.csv", index=False, sep=";", decimal=",", encoding="utf-8-sig")
        if "parquet" in format_:
            t.to_parquet(map_ / f"{n}.parquet", index=False)
    if "xlsx" in format_:
        import xlsxwriter

        with xlsxwriter.Workbook(
            str(map_ / "tabel.xlsx"), {"default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": False}
        ) as buku:
            kepala = buku.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
            utuh, pecah = (
                buku.add_format({"num_format": "#,##0"}),
                buku.add_format({"num_format": "#,##0.0000"}),
            )
            for n, t in datar.items():
                lembar = buku.add_worksheet(n[:31])
                lembar.freeze_panes(1, 1)
                for j, k in enumerate(t.columns):
                    lembar.write_string(0, j, SEBUT.get(str(k), tulisan.label(k)), kepala)
                    bulat = pd.api.types.is_integer_dtype(t[k].dtype)
                    lembar.set_column(j, j, 24 if j == 0 else 19, utuh if bulat else pecah)
                    for i, v in enumerate(t[k].tolist(), 1):
                        if v is None or v != v:
                            continue
                        if isinstance(v, int | float):
                            lembar.write_number(i, j, v)
                        else:
                            lembar.write_string(i, j, tulisan.label(v))


def _sel(v: Any, kolom: str) -> str:
    if isinstance(v, (bool, str)) or v is None:
        return SEBUT.get(v, tulisan.label(v)) if isinstance(v, str) else str(v)
    if isinstance(v, float):
        return tulisan.angka(v, 0 if abs(v) >= 1000 or kolom == "rata" else 4 if abs(v) < 1 else 2)
    return tulisan.angka(v)


def _baris(t: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    datar = t if isinstance(t.index, pd.RangeIndex) else t.rename_axis(str(t.index.name or "")).reset_index()
    kepala = [SEBUT.get(str(k), tulisan.label(k) if k else "") for k in datar.columns]
    return kepala, [
        [_sel(v, str(k)) for k, v in zip(datar.columns, b, strict=True)]
        for b in datar.itertuples(index=False)
    ]


def _md(
    judul: str, kepala: Sequence[str], bagian: Sequence[Any], perubahan: Sequence[str], asumsi: Sequence[str]
) -> str:
    isi = [
        f"# {_aman(judul)}",
        "",
        *(_aman(k) for k in kepala),
        "",
        "Simulasi, bukan prakiraan dan bukan aturan.",
        "",
    ]
    for nama, kalimat, tabel, gambar in bagian:
        isi += [f"## {_aman(nama)}", "", *(f"- {_aman(k)}" for k in kalimat), ""]
        for sebut, t in tabel:
            atas, baris = _baris(t)
            isi += [f"### {sebut}", "", f"| {' | '.join(map(_aman, atas))} |", f"|{'---|' * len(atas)}"]
            isi += [f"| {' | '.join(map(_aman, b))} |" for b in baris] + [""]
        isi += [f"![{_aman(g.alt)}]({berkas}.svg)\n\n*{_aman(g.judul)}*\n" for berkas, g in gambar]
    for sebut, daftar in (("Yang diubah skenario", perubahan), ("Asumsi", asumsi)):
        if daftar:
            isi += [f"## {sebut}", "", *(f"- {_aman(x.removeprefix('- '))}" for x in daftar), ""]
    return "\n".join(isi)


def _aman(x: str) -> str:
    return x.replace("|", "\\|").replace("\n", " ")


_GAYA = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "table{border-collapse:collapse;margin:1em 0;font-size:.9em}caption{text-align:left;font-weight:700;padding:.3em 0}"
    "th,td{border:1px solid #999;padding:.25em .55em;text-align:right}th:first-child,td:first-child{text-align:left}"
    "thead th{background:#eee}tr:last-child td{font-weight:600}figure{margin:1.5em 0}figure svg{max-width:100%;height:auto}"
    "figcaption{font-weight:600}.gulir{overflow-x:auto}"
)


def _html(
    judul: str, kepala: Sequence[str], bagian: Sequence[Any], perubahan: Sequence[str], asumsi: Sequence[str]
) -> str:
    isi = [
        f"<h1>{escape(judul)}</h1>",
        *(f"<p>{escape(k)}</p>" for k in kepala),
        "<p><strong>Simulasi, bukan prakiraan dan bukan aturan.</strong></p>",
    ]
    for nama, kalimat, tabel, gambar in bagian:
        isi += [f"<h2>{escape(nama)}</h2>", "<ul>", *(f"<li>{escape(k)}</li>" for k in kalimat), "</ul>"]
        isi += [
            f'<figure role="img" aria-label="{escape(g.alt)}">{g.svg}<figcaption>{escape(g.judul)}</figcaption></figure>'
            for _, g in gambar
        ]
        for sebut, t in tabel:
            atas, baris = _baris(t)
            kolom = "".join(f'<th scope="col">{escape(k)}</th>' for k in atas)
            badan = "".join("<tr>" + "".join(f"<td>{escape(v)}</td>" for v in b) + "</tr>" for b in baris)
            isi.append(
                f'<div class="gulir"><table><caption>{escape(sebut)}</caption><thead><tr>{kolom}</tr></thead><tbody>{badan}</tbody></table></div>'
            )
    for sebut, daftar in (("Yang diubah skenario", perubahan), ("Asumsi", asumsi)):
        if daftar:
            isi += [
                f"<h2>{sebut}</h2><ul>",
                *(f"<li>{escape(x.removeprefix('- '))}</li>" for x in daftar),
                "</ul>",
            ]
    return f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(judul)}</title><style>{_GAYA}</style></head><body>{"".join(isi)}</body></html>'


__all__ = ["tulis"]
