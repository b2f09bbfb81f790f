"""Small tables for the decision table: people made of what the rule asks about, and the answer in one line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kinerja.parameter import Kebijakan
from kinerja.usulan import TindakLanjut, tindak_lanjut

TANGGAL = "2026-01-31"


def nip(i: int) -> str:
    return f"{198001012010010000 + i}"


def tabel(
    n: int,
    *,
    jenis: list[str] | None = None,
    hari: list[int] | None = None,
    hukuman: list[tuple[int, str, str, str | None]] = (),
    status: list[str] | None = None,
) -> dict[str, pd.DataFrame]:
    """`n` people of one agency; `hari` absent in 2025, at most 5 a month and otherwise present all year."""
    siapa = [nip(i) for i in range(n)]
    pegawai = pd.DataFrame(
        {
            "nip": siapa,
            "nama": [f"Orang {i}" for i in range(n)],
            "opd": "dinas",
            "unit": "bidang",
            "jabatan": "jabatan",
            "jenis_jabatan": jenis or ["pelaksana"] * n,
            "jenjang": "pelaksana",
            "kelas": 7,
            "golongan": "III/a",
            "status": status or ["pns"] * n,
        }
    )
    kehadiran = pd.DataFrame(
        [
            (siapa[i], f"2025-{b:02d}", 21, max(0, min(5, h - 5 * (b - 1))) if b < 12 else max(0, h - 55))
            for i, h in enumerate(hari or [])
            for b in range(1, 13)
        ],
        columns=["nip", "bulan", "hari_kerja", "alpa"],
    )
    daftar = pd.DataFrame(
        [(siapa[i], j, pd.Timestamp(m), pd.Timestamp(s) if s else pd.NaT) for i, j, m, s in hukuman],
        columns=["nip", "jenis", "mulai", "sampai"],
    )
    return {"pegawai": pegawai, "kehadiran": kehadiran, "hukuman": daftar}


def satu_baris(h: TindakLanjut, siapa: str, lewati: tuple[str, ...] = ()) -> str:
    """What is proposed first for a person: kode; pasal; status; mulai sampai."""
    t = h.usulan[
        (h.usulan["nip"] == siapa) & ~h.usulan["kode"].isin(lewati) & (h.usulan["keadaan"] == "usulan")
    ]
    if t.empty:
        return "tidak ada"
    b = t.iloc[0]
    masa = f"; {b['mulai'].date()} sampai {b['sampai'].date()}" if b["sampai"] == b["sampai"] else ""
    return f"{b['kode']}; {b['pasal']}; {b['status_pasal']}{masa}"


def hitung(masukan: Any, k: Kebijakan, _: str) -> list[str]:
    if "hari" in masukan:
        hari = [int(x) for x in masukan["hari"]]
        h = tindak_lanjut(tabel(len(hari), hari=hari), TANGGAL, aturan=k)
        return [satu_baris(h, nip(i), ("periksa_berturut",)) for i in range(len(hari))]
    orang = masukan["orang"]
    predikat = pd.DataFrame(
        [(nip(i), 2024 + j, x) for i, o in enumerate(orang) for j, x in enumerate(o[1:3])],
        columns=["nip", "tahun", "predikat"],
    )
    langkah = pd.DataFrame(
        [(nip(i), *o[3:]) for i, o in enumerate(orang) if len(o) > 3],
        columns=["nip", "langkah", "mulai", "hasil"],
    )
    data = tabel(len(orang), jenis=[o[0] for o in orang])
    h = tindak_lanjut(data, TANGGAL, predikat=predikat, langkah=langkah, aturan=k)
    return [satu_baris(h, nip(i)) for i in range(len(orang))]
