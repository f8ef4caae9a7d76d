"""A process that has loaded the whole program and forks a fresh run of it each time it is asked to.

So a crash at each system call of a run can be tried without loading pandas a thousand times. With `late` it
counts and decides once, and each fork goes on from there: with writing the tabs, the first moment at which
anything is changed. Spoken to over standard input and output, a line of JSON each: {"stop": true,
"wrong": ""} -> {"pid": 7}, then {"status": 0}: the exit code, or minus the signal. With `stop` the run stands
still (SIGSTOP) before it begins, for strace to attach. `wrong` names a wrong variant (wrong_variants.py).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges import clock
from sheets_sync.edges.excel.workbook import ExcelWorkbook
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.edges.store.files import locked
from sheets_sync.watch import Watch
from tests.crashes.wrong_variants import WRONG

NEW_YORK = ZoneInfo("America/New_York")
PR_SET_PTRACER, ANY = 0x59616D61, ctypes.c_ulong(-1)


def main(how: str, stderr: str, arguments: Sequence[str]) -> int:
    today = date.fromisoformat(arguments[arguments.index("--today") + 1])
    clock.now = lambda zone: datetime(today.year, today.month, today.day, 5, tzinfo=NEW_YORK)
    run_command_line(arguments)  # loads what is loaded late
    say(ready=True)
    sys.stdin.readline()
    if how == "late":
        fork_where_the_tabs_are_written(stderr)
    else:
        serve(stderr)
    return run_command_line(arguments)


def fork_where_the_tabs_are_written(stderr: str) -> None:
    """Count and decide without the lock of the run; each fork takes it before it goes on.

    The thread that watches a run (watch.py) would not live on in a fork, so there is none.
    """
    write, stores, held = ExcelWorkbook.write, [], []

    def lock(self: SQLiteStore) -> AbstractContextManager[None]:
        stores.append(self)
        return nullcontext()

    def write_in_a_fork(self: ExcelWorkbook, *given: Any) -> int:
        if not held:
            serve(stderr)
            held.append(locked(stores[0].path))
            held[0].__enter__()
        return write(self, *given)

    Watch.watching = lambda self: nullcontext()  # type: ignore[method-assign,assignment,return-value]
    SQLiteStore.lock = lock  # type: ignore[method-assign]
    ExcelWorkbook.write = write_in_a_fork  # type: ignore[method-assign]


def serve(stderr: str) -> None:
    """Fork whenever asked to; return in each fork, never here."""
    say(ready=True)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            begin(asked, stderr)
            return
        say(pid=pid)
        _, status = os.waitpid(pid, 0)
        say(status=os.waitstatus_to_exitcode(status))
    os._exit(0)


def begin(asked: dict[str, Any], stderr: str) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.dup2(os.open(stderr, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), 2)
    if asked["wrong"]:
        WRONG[asked["wrong"]]()
    if asked["stop"]:
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANY, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)


def say(**words: object) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    code = main(sys.argv[1], sys.argv[2], sys.argv[3:])
    sys.stderr.flush()
    os._exit(code)
