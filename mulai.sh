#!/usr/bin/env sh
# Klik dua kali atau jalankan ./mulai.sh: menyiapkan lingkungan sekali, lalu membuka pelajaran di JupyterLab.
set -eu
cd "$(dirname "$0")"
command -v make >/dev/null || { echo "Pasang make dulu: sudo apt-get install make python3-venv, lalu ulangi."; exit 1; }
exec make lab
