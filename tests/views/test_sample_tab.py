"""The tab of a whole workbook: counted, written into the file, read back."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from sheets_sync.config import Config, Names
from sheets_sync.edges.excel.workbook import ExcelWorkbook
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import ACCOUNTS, Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.sample.school import write_sample_school
from sheets_sync.staff_columns import StaffColumns, StaffRow, read_staff_columns
from sheets_sync.views.columns import FIGURE_COLUMNS, LINE, NAMES, STAFF_NOTES, STATUS, WHAT_TO_DO
from sheets_sync.views.compliance import compliance_tab
from sheets_sync.views.tab import Tab

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "sample-01.xlsx"
CHECKED = datetime(2025, 9, 17, 5, 2)  # noqa: DTZ001
QUIET = {"ON TRACK", "AS NEEDED", "ENDED", "NOT STARTED"}


@pytest.fixture(params=["sample", "school"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, date]:
    path = tmp_path / "services.xlsx"
    if request.param == "school":
        write_sample_school(path, date(2026, 11, 25))
        return path, date(2026, 11, 25)
    shutil.copy(SAMPLE, path)
    return path, date(2025, 9, 17)


def counted(path: Path, today: date) -> Ledger:
    tables = read_tables(ExcelWorkbook(path).read(), Names(), today=today)
    return count(tables, Rules(), today)


def tab_of(ledger: Ledger, staff: StaffColumns) -> Tab:
    return compliance_tab(
        ledger,
        keys=[f"key{at}" for at in range(len(ledger.lines))],
        staff=staff,
        since={},
        checked_at=CHECKED,
        version="1",
        config=Config(),
    )


def test_each_row_adds_up_and_says_what_to_do(workbook: tuple[Path, date]) -> None:
    ledger = counted(*workbook)
    tab = tab_of(ledger, StaffColumns())
    accounts = [column.name for column in FIGURE_COLUMNS if column.figure in ACCOUNTS]
    for cells in tab.rows[3:]:
        row = dict(zip(NAMES, cells, strict=True))
        assert row[STATUS].value in QUIET or row[WHAT_TO_DO].value
        if row[STATUS].value == "CHECK DATA":
            continue
        figures = [row[name].value for name in accounts]
        assert row["Required min"].value == sum(figure for figure in figures if isinstance(figure, int))
        assert all(0 < len(row[column.name].note) <= 900 for column in FIGURE_COLUMNS)


def test_what_staff_wrote_comes_back_from_the_file_beside_its_line(workbook: tuple[Path, date]) -> None:
    path, today = workbook
    ledger = counted(path, today)
    wrote = {"key1": StaffRow("key1", "0012", date(2026, 12, 1)), "key3": StaffRow("key3", "=1+1")}
    file = ExcelWorkbook(path)
    file.write([tab_of(ledger, StaffColumns(wrote))], file.read())
    read = read_staff_columns(ExcelWorkbook(path).read().sheet("Compliance"))
    assert {key: (row.notes, row.snooze) for key, row in read.rows.items() if row.written} == {
        "key1": ("0012", date(2026, 12, 1)),
        "key3": ("=1+1", None),
    }
    again = tab_of(ledger, read)
    place = {row[NAMES.index(LINE)].value: row for row in again.rows[3:]}
    assert place["key1"][NAMES.index(STAFF_NOTES)].value == "0012"
    file = ExcelWorkbook(path)
    assert file.write([again], file.read()) == 0
