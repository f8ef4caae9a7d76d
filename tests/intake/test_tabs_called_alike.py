"""Last year's tab of a person, or a copy, beside this year's: never read in silence.

The small workbook is read on Oct 20 2025 unless a date is given.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.years_named import of_another_year
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.small_workbook import TODAY, read

GRID = """
    Student | Service        | Frequency         | Provider
    Ana R.  | Speech therapy | 2 x 30 min / week | Kim Lee
    Ben T.  | OT             | 1 x 30 min / week | Sam Poe
    """
KIM = """
    Student | Service        | Days     | Start | End
    Ana R.  | Speech therapy | Mon, Wed | 9:00  | 9:30
    """
OLD = """
    Student | Service        | Days | Start | End
    Ana R.  | Speech therapy | Fri  | 13:00 | 13:30
    """
SAM = """
    Student | Service | Days | Start | End
    Ben T.  | OT      | Tue  | 10:00 | 10:30
    """


@pytest.mark.parametrize(
    ("name", "today", "another"),
    [
        ("Kim", TODAY, False),
        ("Kim 25-26", TODAY, False),
        ("Kim SY 2025/2026", TODAY, False),
        ("Kim 2025", TODAY, False),
        ("Kim 2026", TODAY, False),
        ("Kim 24-25", TODAY, True),
        ("Kim 2024-2025", TODAY, True),
        ("Kim 2024", TODAY, True),
        ("Kim 26-27", TODAY, True),
        ("Kim 2023-25", TODAY, True),
        # dates, weeks and grades
        ("Kim 10-12", TODAY, False),
        ("10-11", TODAY, False),
        ("Week 10-13", TODAY, False),
        ("Wk 12-15", TODAY, False),
        ("Week 9-30", TODAY, False),
        ("Weeks 21-22", TODAY, False),
        ("Log Gr 11-12", TODAY, False),
        ("Kim 25-26", date(2026, 6, 30), False),
        ("Kim 25-26", date(2026, 7, 15), False),
        ("Kim 26-27", date(2026, 7, 15), False),
        ("Kim 25-26", date(2026, 9, 1), True),
    ],
)
def test_a_year_in_a_name(name: str, today: date, another: bool) -> None:
    assert of_another_year(name, today) is another


@given(st.text(alphabet="Kim 0123456789-/syS٣²", max_size=20), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_name_can_be_asked(name: str, today: date) -> None:
    this_year = today.year if today.month >= 7 else today.year - 1
    assert of_another_year(name, today) in (True, False)
    assert not of_another_year(f"Kim {this_year}-{this_year + 1}", today)


def school(**tabs: str) -> Tables:
    return read({"Service Grid": GRID, "Schedule": None, **tabs})


def read_tabs(tables: Tables) -> list[str]:
    return [tables.tab("Schedule", row) for row in tables.schedule["row"].tolist()]


def told_of(tables: Tables) -> list[tuple[str, str, str]]:
    return [(one.severity.value, one.tab, one.problem) for one in tables.problems]


@pytest.mark.parametrize(
    ("kim", "sam", "old"),
    [
        ("Kim", "Sam", "Kim 24-25"),
        ("Kim schedule 25-26", "Sam schedule 25-26", "Kim schedule 24-25"),
        ("Speech schedule", "OT schedule", "Speech schedule 2024"),
    ],
)
def test_last_years_tab_is_asked_about(kim: str, sam: str, old: str) -> None:
    tables = school(**{kim: KIM, sam: SAM, old: OLD})
    assert read_tabs(tables) == [kim, sam]
    assert told_of(tables) == [
        ("question", old, f'This tab also looks like a Schedule. It was not read; "{kim}" was.')
    ]


@pytest.mark.parametrize("copy", ["Kim -", "My Kim", "Kim's", "Kim Lee", "Kim schedule", "Kim 25-26"])
def test_of_two_tabs_that_are_called_alike_neither_is_read(copy: str) -> None:
    tables = school(Kim=KIM, Sam=SAM, **{copy: OLD})
    assert read_tabs(tables) == ["Sam"]
    assert told_of(tables) == [
        (
            "error",
            "Kim",
            f'This tab and "{copy}" are each called as the Schedule of the same: neither of them was read.',
        )
    ]


def test_two_tabs_alone_that_are_called_alike_are_no_schedule() -> None:
    with pytest.raises(CannotCount, match='no tab "Schedule"'):
        school(Kim=KIM, **{"My Kim": OLD})
