"""A read that begins early is the same read: its result, its error, and a new one each time after."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sheets_sync.ports import Snapshot
from sheets_sync.problems import RunFailed
from sheets_sync.read_ahead import ReadAhead
from tests.small_school import MemoryWorkbook, small_school


def students(snapshot: Snapshot) -> int:
    sheet = snapshot.sheet("Caseload")
    assert sheet is not None
    return len(sheet.rows) - 1


@contextmanager
def another_thread() -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


def test_the_first_read_has_begun_already_and_later_ones_are_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that other tests left behind, or the runner's, are none of the program's."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    workbook = MemoryWorkbook(small_school())
    ahead = ReadAhead(workbook)
    workbook.tabs["Caseload"].append(["Ben T."])
    assert [students(ahead.read()), students(ahead.read())] == [1, 2]


def test_beside_other_threads_it_reads_when_it_is_asked() -> None:
    workbook = MemoryWorkbook(small_school())
    with another_thread():
        ahead = ReadAhead(workbook)
        workbook.tabs["Caseload"].append(["Ben T."])
        assert students(ahead.read()) == 2


def test_what_goes_wrong_is_raised_by_the_read() -> None:
    class Broken(MemoryWorkbook):
        def read(self) -> Snapshot:
            raise RunFailed("the disk is gone")

    with pytest.raises(RunFailed, match="the disk is gone"):
        ReadAhead(Broken({})).read()


def test_a_copy_that_is_killed_costs_nothing_but_time() -> None:
    class Killed(MemoryWorkbook):
        own = os.getpid()

        def read(self) -> Snapshot:
            if os.getpid() != self.own:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().read()

    assert students(ReadAhead(Killed(small_school())).read()) == 1


def test_writing_is_the_workbooks_own() -> None:
    workbook = MemoryWorkbook(small_school())
    ahead = ReadAhead(workbook)
    assert ahead.write((), ahead.read()) == 0
    assert (ahead.name, workbook.asked[-1]) == ("small.xlsx", "write")
    assert ahead.calls == {"read": 1, "write": 1}
