"""A read that begins early is the same read: its result, its error, and a new one each time after."""

from __future__ import annotations

import pytest

from sheets_sync.problems import RunFailed
from sheets_sync.read_ahead import ReadAhead
from tests.small_school import MemoryWorkbook, small_school


def test_the_first_read_has_begun_already_and_later_ones_are_new() -> None:
    workbook = MemoryWorkbook(small_school())
    ahead = ReadAhead(workbook)
    assert ahead.read().sheet("Caseload") is not None
    assert workbook.calls == ["read"]
    workbook.tabs["Caseload"].append(["Ben T."])
    again = ahead.read().sheet("Caseload")
    assert again is not None
    assert len(again.rows) == 3
    assert workbook.calls == ["read", "read"]


def test_what_goes_wrong_is_raised_by_the_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(MemoryWorkbook):
        def read(self) -> None:  # type: ignore[override]
            raise RunFailed("the disk is gone")

    with pytest.raises(RunFailed, match="the disk is gone"):
        ReadAhead(Broken({})).read()


def test_writing_is_the_workbooks_own() -> None:
    workbook = MemoryWorkbook(small_school())
    ahead = ReadAhead(workbook)
    assert ahead.write((), ahead.read()) == 0
    assert (ahead.name, workbook.calls) == ("small.xlsx", ["read", "write"])
