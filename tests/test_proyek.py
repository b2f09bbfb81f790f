"""The project's own promises: environments agree, the lock is repeatable, the README's commands exist."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

AKAR = Path(__file__).parents[1]
PROYEK = tomllib.loads((AKAR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BEDA_NAMA = {"matplotlib-base": "matplotlib"}  # conda's name for the package without a GUI toolkit


def syarat(baris: str) -> tuple[str, str]:
    nama, versi = re.fullmatch(r"([A-Za-z0-9_.-]+)\s*>=\s*([\d.]+)", baris).groups()
    return BEDA_NAMA.get(nama, nama).lower().replace("_", "-"), versi


def test_environment_yml_sama_dengan_pyproject():
    isi = yaml.safe_load((AKAR / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(d["pip"] for d in isi if isinstance(d, dict))
    paket = [d for d in [*isi, *pip] if isinstance(d, str) and d not in ("pip", "--no-deps -e .")]
    conda = dict(map(syarat, paket))
    assert conda.pop("python") == PROYEK["requires-python"].removeprefix(">=")
    assert conda == dict(map(syarat, PROYEK["dependencies"]))
    assert "--no-deps -e ." in pip


def test_tidak_ada_modul_yang_memakai_isi_dalam_modul_lain():
    """A name with an underscore belongs to its module (sunder methods of a library's object are no module)."""
    langgar = []
    for berkas in (AKAR / "kinerja").rglob("*.py"):
        pohon = ast.parse(berkas.read_text(encoding="utf-8"))
        modul = set()
        for x in ast.walk(pohon):
            if isinstance(x, ast.ImportFrom) and (x.module or "").startswith("kinerja"):
                if (x.module or "").split(".")[1:2] == [berkas.parent.name]:
                    continue  # the modules of one folder are one room
                nama = {a.name for a in x.names}
                modul |= {a.asname or a.name for a in x.names}
                langgar += [f"{berkas.name}: {n}" for n in nama if re.match(r"_(?!_)", n)]
        for x in ast.walk(pohon):
            if (
                isinstance(x, ast.Attribute)
                and isinstance(x.value, ast.Name)
                and x.value.id in modul
                and re.match(r"_(?!_)", x.attr)
            ):
                langgar.append(f"{berkas.name}: {x.value.id}.{x.attr}")
    assert langgar == []


def test_setiap_dependensi_diberi_alasan():
    teks = (AKAR / "pyproject.toml").read_text(encoding="utf-8")
    baris = re.findall(r'^    "([A-Za-z0-9_.-]+)>=[^"]+",(.*)$', teks, re.M)
    assert len(baris) >= len(PROYEK["dependencies"])
    assert [n for n, alasan in baris if not re.match(r"\s*# \S.{10,}", alasan)] == []


def test_lock_memuat_semua_paket_dengan_sidik_jari_tanpa_alamat():
    teks = (AKAR / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in teks
    assert "-index" not in teks
    assert "find-links" not in teks
    bagian = [b for b in re.split(r"\n(?=\S)", teks) if b.strip() and not b.startswith("#")]
    for b in bagian:
        assert "==" in b.splitlines()[0], b.splitlines()[0]
        assert "--hash=sha256:" in b, b.splitlines()[0]
    dikunci = {re.split(r"==", b)[0].lower().replace("_", "-") for b in bagian}
    semua = [*PROYEK["dependencies"], *(d for g in PROYEK["optional-dependencies"].values() for d in g)]
    assert {syarat(d.partition(";")[0].strip())[0] for d in semua} <= dikunci


def test_perintah_readme_ada():
    readme = (AKAR / "README.md").read_text(encoding="utf-8")
    makefile = (AKAR / "Makefile").read_text(encoding="utf-8")
    pengembang = (AKAR / "docs" / "pengembang.md").read_text(encoding="utf-8")
    for sasaran in set(re.findall(r"^make ([a-z-]+)", readme + pengembang, re.M)):
        assert re.search(rf"^{sasaran}:", makefile, re.M), f"make {sasaran} tidak ada di Makefile"
    for berkas in (AKAR / "README.md", AKAR / "docs" / "pengembang.md"):
        for tautan in re.findall(r"\]\(([^)#]+)\)", berkas.read_text(encoding="utf-8")):
            assert (berkas.parent / tautan).is_file(), tautan
    judul = {
        re.sub(r"[^\w -]", "", j.lower()).replace(" ", "-") for j in re.findall(r"^#+ (.+)$", readme, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", readme)) <= judul
    bantuan = subprocess.run(
        [sys.executable, "-m", "kinerja.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for perintah in set(re.findall(r"kinerja (laporan|contoh|templat|periksa)\b", readme)):
        assert perintah in bantuan


def test_setiap_perintah_readme_diterima_apa_adanya():
    """What a reader copies is what the program takes: commands, choices and their values."""
    from kinerja.cli import pengurai

    readme = (AKAR / "README.md").read_text(encoding="utf-8")
    perintah = re.findall(r"^\.venv/bin/kinerja (.+)$", readme, re.M)
    diterima = [vars(pengurai().parse_args(shlex.split(p, comments=True))) for p in perintah]
    assert {"lab", "pamer", "latihan", "laporan"} <= {d["perintah"] for d in diterima}
    assert {"layar", "selebaran", "usb"} <= {d.get("bahan") for d in diterima}


def test_isian_pemda_di_readme_lolos_skema():
    readme = (AKAR / "README.md").read_text(encoding="utf-8")
    [isian] = re.findall(r"```yaml\n(.*?)```", readme, re.S)
    skema = json.loads((AKAR / "params" / "skema.json").read_text(encoding="utf-8"))
    instansi = skema["$defs"]["instansi"]
    isi = yaml.safe_load(isian)
    assert {"logo", "penanda_tangan", "sebutan_tpp"} <= isi.keys()
    jsonschema.validate(isi, {**instansi, "required": [], "$defs": skema["$defs"]})


def test_contoh_python_di_readme_berjalan(buku, tmp_path):
    readme = (AKAR / "README.md").read_text(encoding="utf-8")
    (tmp_path / "reports").mkdir()
    shutil.copy(buku, tmp_path / "reports" / "contoh-sumbar.xlsx")
    [kode] = [k for k in re.findall(r"```python\n(.*?)```", readme, re.S) if "import kinerja" in k]
    hasil = subprocess.run([sys.executable, "-c", kode], cwd=tmp_path, capture_output=True, text=True)
    assert hasil.returncode == 0, hasil.stderr
    assert "TPP dibayar = Rp" in hasil.stdout
    assert "porsi_disiplin" in hasil.stdout
    assert "Jembatan yang dipakai" in hasil.stdout


@pytest.mark.parametrize(
    "argumen", [[], ["--help"], ["laporan", "--help"], ["laporan"], ["laporan", "--pekerja", "0"], ["xyz"]]
)
def test_bantuan_dan_penolakan_berbahasa_indonesia(argumen):
    hasil = subprocess.run(
        [sys.executable, "-m", "kinerja.cli", *argumen], capture_output=True, text=True, check=False
    )
    teks = hasil.stdout + hasil.stderr
    assert "Pemakaian:" in teks
    for inggris in ("usage", "options:", "error:", "required", "show ", "invalid", "positional"):
        assert inggris not in teks, inggris


def test_impor_paket_ringan():
    """A notebook's first line costs little: nothing heavy before it is used."""
    kode = (
        "import kinerja, sys; print([m for m in ('pandas', 'matplotlib', 'papermill') if m in sys.modules])"
    )
    keluar = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True).stdout
    assert keluar.strip() == "[]"


def test_muka_paket_lengkap():
    import kinerja as kj

    for nama in kj.__all__:
        assert getattr(kj, nama).__doc__, nama
    assert set(kj.__all__) <= set(dir(kj))
    with pytest.raises(AttributeError, match="kinerja tidak punya 'tidak_ada'"):
        kj.tidak_ada  # noqa: B018
