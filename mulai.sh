#!/usr/bin/env sh
# Klik dua kali atau jalankan ./mulai.sh: menyiapkan lingkungan sekali, lalu membuka pelajaran di JupyterLab.
set -eu
cd "$(dirname "$0")"
exec make lab
