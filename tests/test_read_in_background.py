"""A read that begins in the background is the same read: its result, its error, and a new one after."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from sheets_sync.ports import Snapshot
from sheets_sync.problems import RunFailed
from sheets_sync.read_in_background import ReadInBackground
from tests.small_school import MemoryWorkbook, small_school


class Slow(MemoryWorkbook):
    """Its reads wait until they are let go."""

    begun = threading.Event()
    may_end = threading.Event()

    def read(self) -> Snapshot:
        self.begun.set()
        self.may_end.wait(10)
        return super().read()


def students(snapshot: Snapshot) -> int:
    sheet = snapshot.sheet("Caseload")
    assert sheet is not None
    return len(sheet.rows) - 1


def test_it_reads_before_it_is_asked_and_anew_the_second_time() -> None:
    workbook = Slow(small_school())
    background = ReadInBackground(workbook)
    assert workbook.begun.wait(10)
    workbook.may_end.set()
    assert students(background.read()) == 1
    workbook.tabs["Caseload"].append(["Ben T."])
    assert students(background.read()) == 2
    assert background.calls == {"read": 2, "write": 0}


def test_what_goes_wrong_is_raised_by_the_read_and_only_by_the_first() -> None:
    class BrokenOnce(MemoryWorkbook):
        def read(self) -> Snapshot:
            snapshot = super().read()
            if self.calls["read"] == 1:
                raise RunFailed("the network is gone", "plug it in")
            return snapshot

    background = ReadInBackground(BrokenOnce(small_school()))
    with pytest.raises(RunFailed, match="the network is gone") as failed:
        background.read()
    assert failed.value.remedy == "plug it in"
    assert students(background.read()) == 1


def test_writing_is_the_workbooks_own() -> None:
    workbook = MemoryWorkbook(small_school())
    background = ReadInBackground(workbook)
    assert background.write((), background.read()) == 0
    assert (background.name, dict(background.calls)) == ("small.xlsx", {"read": 1, "write": 1})


def test_the_program_ends_though_a_read_still_hangs() -> None:
    program = (
        "import threading\n"
        "from sheets_sync.read_in_background import ReadInBackground\n"
        "class Hangs:\n"
        "    def read(self): threading.Event().wait()\n"
        "ReadInBackground(Hangs())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=20, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
