@echo off
rem Klik dua kali: menyiapkan lingkungan sekali (perlu internet), lalu membuka pelajaran di JupyterLab (tanpa internet).
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1

if exist ".venv\Scripts\python.exe" if exist ".venv\.siap" goto buka

py -3.11 --version >nul 2>&1 && set "PY=py -3.11" && goto pasang
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && set "PY=py -3" && goto pasang
python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && set "PY=python" && goto pasang
where conda >nul 2>&1 && goto conda

echo Python 3.11 atau lebih baru belum ada di komputer ini.
echo Pasang Python (centang "Add python.exe to PATH") atau Miniconda, lalu klik dua kali berkas ini lagi.
goto gagal

:pasang
echo Menyiapkan lingkungan; sekali saja, beberapa menit ...
%PY% -m venv .venv || goto gagal
".venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || goto gagal
".venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || goto gagal
echo siap> ".venv\.siap"

:buka
".venv\Scripts\python.exe" -m kinerja.cli lab %* || goto gagal
goto selesai

:conda
echo Menyiapkan lingkungan conda; sekali saja, beberapa menit ...
call conda run -n kinerja python -c "import kinerja" >nul 2>&1 || call conda env create -f environment.yml || goto gagal
call conda run --no-capture-output -n kinerja python -m kinerja.cli lab %* || goto gagal
goto selesai

:gagal
echo.
echo Belum berhasil. Pesan di atas menyebut sebabnya.
pause
exit /b 1

:selesai
endlocal
