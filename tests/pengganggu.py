"""A warmed press that forks one real process per order, for tests/test_gangguan.py to kill and starve.

Orders come as JSON lines on stdin: {"argv": [...], "cara": "python to run first", "map": where stdout
and stderr go}; the answer is the process id. {"tunggu": pid} answers with its exit status, negative for
a signal. Only what is imported and cached is shared: every run is a process, in a group, of its own.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NoReturn

from kinerja import cli


def anak(argv: list[str], cara: str, keluar: Path) -> NoReturn:
    status = 70
    try:
        os.setsid()
        for fd, nama in ((1, "keluar"), (2, "galat")):
            berkas = os.open(keluar / nama, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(berkas, fd)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        exec(cara, {})
        try:
            status = cli.main(argv)
        except SystemExit as henti:
            status = henti.code if isinstance(henti.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def utama() -> None:
    for baris in sys.stdin:
        pesan = json.loads(baris)
        if "tunggu" in pesan:
            _, status = os.waitpid(pesan["tunggu"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            anak(pesan["argv"], pesan["cara"], Path(pesan["map"]))
        print(pid, flush=True)


if __name__ == "__main__":
    asli = os.dup(1)
    os.dup2(2, 1)  # what warms up may print; the pipe is for answers
    assert cli.main(sys.argv[1:]) == 0
    sys.stdout.flush()
    os.dup2(asli, 1)
    utama()
