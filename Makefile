# kinerja: `make laporan` renders the sample pemda, `make uji` proves everything. No other set-up.
PY        ?= python3
INSTANSI  ?= sumbar
PEGAWAI   ?= 6000
BENIH     ?= 1
KALI      ?= 2000
PEKERJA   ?= 2
V         := .venv/bin
SIAP      := .venv/.siap

.PHONY: laporan lab klaster uji uji-lengkap cakupan cek acak bench catatan kunci bersih

laporan: $(SIAP)            ## buku kerja contoh, lalu satu paket per OPD di reports/
	$(V)/kinerja contoh $(INSTANSI) --pegawai $(PEGAWAI) --benih $(BENIH) --keluaran reports/contoh-$(INSTANSI).xlsx
	$(V)/kinerja laporan --instansi $(INSTANSI) --data reports/contoh-$(INSTANSI).xlsx --pekerja $(PEKERJA) --lanjutkan

klaster: $(SIAP)            ## contoh yang sama di klaster Dask: satu pekerja dimatikan di tengah, byte harus sama
	$(V)/kinerja contoh $(INSTANSI) --pegawai $(PEGAWAI) --benih $(BENIH) --keluaran reports/contoh-$(INSTANSI).xlsx
	$(V)/python tests/klaster.py $(INSTANSI) reports/contoh-$(INSTANSI).xlsx

lab: $(SIAP)                ## pelajaran bimtek di JupyterLab berbahasa Indonesia
	$(V)/kinerja lab

uji: $(SIAP) cek            ## semua uji cepat: aturan, data, laporan, notebook
	$(V)/python -m pytest -n 2 -m "not lambat"
	$(V)/python -m pytest --nbval -n 2 --dist loadfile notebooks

ATURAN    := $(patsubst %,tests/test_%.py,akip ambang angka_kredit banding gambar_ambang kasus kmk127 linimasa penjelasan \
	permenpanrb6 permenpanrb6_tabel permenpanrb8 pp30 pp46 registri se3 sebaran setahun siklus tpp tukin varian)
uji-lengkap: $(SIAP) cek cakupan    ## termasuk uji lambat, dan kode aturan yang teruji seluruhnya
	KINERJA_LENGKAP=1 $(V)/python -m pytest -n 2 $(ATURAN:%=--ignore=%)
	$(V)/python -m pytest --nbval -n 2 --dist loadfile notebooks

cakupan: $(SIAP)            ## gagal bila satu baris atau cabang kode aturan tidak teruji
	KINERJA_LENGKAP=1 $(V)/python -m coverage run -m pytest -q -p no:xdist $(ATURAN)
	$(V)/python -m coverage report

cek: $(SIAP)                ## gaya, tipe, dan lapisan
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(V)/mypy
	$(V)/lint-imports

bench: $(SIAP)              ## tabel perbandingan kecepatan dan ketelitian, tiap berkas dari satu kali jalan
	for b in tests/bench_*.py; do echo; echo "== $$b"; $(V)/python $$b || exit 1; done

acak: $(SIAP)               ## pembaca berkas diuji penguji acak; KALI dan BENIH dapat diganti
	$(V)/python tests/acak.py $(KALI) $(BENIH)

catatan: $(SIAP)            ## jalankan ulang notebook dan simpan keluarannya
	$(V)/jupyter nbconvert --log-level WARN --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False notebooks/*.ipynb

kunci: $(SIAP)              ## perbarui requirements.lock (perlu uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --all-extras pyproject.toml -o requirements.lock

$(SIAP): requirements.lock pyproject.toml
	@$(PY) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "Perlu Python 3.11 atau lebih baru. Bila sudah ada dengan nama lain: make PY=python3.12 ..."; exit 1; }
	@$(PY) -m venv .venv || { echo "Pasang dulu venv-nya: sudo apt-get install python3-venv, lalu ulangi."; exit 1; }
	$(V)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(V)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

bersih:                     ## buang hasil, bukan lingkungan
	find reports -mindepth 1 -maxdepth 1 ! -name README.md ! -name templat -exec rm -rf {} +
