"""Two months over the days of an attendance grid: "Sept/Oct 2025" above 24, 26, 1, 3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.layouts.two_months import days_of_two, two_months
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import Rows, entries, with_log
from tests.intake.small_workbook import told

HEADINGS = [
    ("Sept/Oct 2025", ("September #, 2025", "October #, 2025")),
    ("Sept-Oct", ("September #", "October #")),
    ("Speech log, September – October 2025", ("September #, 2025", "October #, 2025")),
    ("Sept. & Oct.", ("September #", "October #")),
    ("Dec/Jan 2026", ("December #, 2025", "January #, 2026")),
    ("Dec 2025 - Jan 2026", ("December #, 2025", "January #, 2026")),
    ("Dec/Jan 2025-26", ("December #, 2025", "January #, 2026")),
    ("Mar/Apr 2025-2026", ("March #, 2026", "April #, 2026")),
    ("Sept/Nov", ()),
    ("Sept/Oct/Nov", ()),
    ("Oct/Sept", ()),
    ("September 2025", ()),
    ("Sept 24 - Oct 3", ()),
    ("Sept/Oct week 4", ()),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS)
def test_the_two_months_of_a_heading(heading: str, expected: tuple[str, ...]) -> None:
    assert two_months(heading) == expected


TITLES: list[Rows] = [
    [["Speech"], [None, "Sept/Oct 2025"], ["Student", 24, 26, 1, 3]],
    [["Speech Sept - Oct"], ["Student", 24, 26, 1, 3]],
    [["Speech"], [None, "Sept/Oct"], ["Student", "W", "F", "W", "F"], ["Student", 24, 26, 1, 3]],
    [["Speech"], [None, "Sept/Oct"], ["Student", 24, 26, 1, 3], [None, "Wed", "Fri", "Wed", "Fri"]],
]


@pytest.mark.parametrize("above", TITLES)
def test_the_days_fall_once_where_the_second_month_begins(above: Rows) -> None:
    tables = with_log(*above, ["Ana R.", 30, None, 30, 30])
    assert [day for day, *_ in entries(tables)] == ["2025-09-24", "2025-10-01", "2025-10-03"]
    assert tables.problems == ()


def test_a_weekday_that_does_not_fit_is_named() -> None:
    tables = with_log(
        ["Speech"], [None, "Sept/Oct"], ["", "M", "F", "W"], ["Student", 24, 26, 1], ["Ana R.", 30, 30]
    )
    assert [where for _, where, _ in told(tables)] == ["Service Log!B4"]
    assert [day for day, *_ in entries(tables)] == ["2025-09-26"]


NOT_TOLD: list[list[CellValue]] = [
    ["Student", 22, 24, 26, 29],
    ["Student", 24, 26, 1, 3, 2],
    ["Student", 24, 24, 1, 3],
]


@pytest.mark.parametrize("days", NOT_TOLD)
def test_days_that_may_be_of_either_month_are_refused(days: list[CellValue]) -> None:
    with pytest.raises(CannotCount, match="two months in B2"):
        with_log(["Speech"], [None, "Sept/Oct 2025"], days, ["Ana R.", 30, 30, 30, 30])


def test_below_a_table_that_is_read_days_of_either_month_are_not() -> None:
    table: Rows = [["Speech"], [None, "Aug"], ["Student", 25, 26, 28], ["Ana R.", None, 30, None], []]
    tables = with_log(*table, [None, "Sept/Oct"], ["Student", 24, 26, 29], ["Ana R.", 30, 30, 30])
    assert [day for day, *_ in entries(tables)] == ["2025-08-26"]
    assert "error" in {severity for severity, where, _ in told(tables) if where.endswith(("6", "7"))}


@given(st.text(max_size=30), st.dictionaries(st.integers(0, 9), st.integers(1, 31)))
def test_no_heading_and_no_days_stop_the_reading(text: str, numbers: dict[int, int]) -> None:
    assert len(two_months(text)) in (0, 2)
    days = days_of_two(numbers, ("September #", "October #"))
    assert days is None or days.keys() == numbers.keys()
