"""A list in sections: what stands alone in a row is said of the rows below it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import cells, read, told

BY_STUDENT = """
    Date       | Service | Minutes | Status
    Ana R.     |         |         |
    2025-10-06 | Speech  | 30      | Delivered
    2025-10-08 | Speech  |         | Student absent
    Total      |         |         |
    T., Ben    |         |         |
    2025-10-06 | Speech  | 30      | Delivered
    """
BY_DATE = """
    Student | Service | Minutes | Status
    2025-10-06 |      |         |
    Ana R.  | Speech  | 30      | Delivered
    Ben T.  | Speech  | 30      | Delivered
    10/8    |         |         |
    Ana R.  | Speech  |         | Student absent
    """
ENTRIES = [("2025-10-06", "Ana R."), ("2025-10-06", "Ben T."), ("2025-10-08", "Ana R.")]


@pytest.mark.parametrize(("log", "what"), [(BY_STUDENT, "student"), (BY_DATE, "date")])
def test_a_log_in_sections_is_read_as_a_list(log: str, what: str) -> None:
    tables = read({"Service Log": log})
    entries = zip(tables.log["date"], tables.log["student"], strict=True)
    assert sorted((str(day)[:10], student) for day, student in entries) == ENTRIES
    severity, cell, problem = told(tables)[0]
    assert (severity, cell) == ("note", "Service Log!A2")
    assert (
        problem == f"There is no column for the {what}: each row is of the {what} that stands alone above it."
    )
    assert {severity for severity, _, _ in told(tables)} == {"note"}


def test_a_schedule_by_days_is_read_as_a_list() -> None:
    schedule = """
        Time      | Student | Service
        Monday    |         |
        9:00-9:30 | Ana R.  | Speech
        WED       |         |
        9:00-9:30 | Ana R.  | Speech
        Lunch     |         |
        9:30-10:00 | Ben T. | Speech
        """
    tables = read({"Schedule": schedule})
    assert tables.schedule["days_text"].tolist() == ["Mon", "Wed"]
    assert [where for severity, where, _ in told(tables) if severity == "error"] == ["Schedule!A6"]


def test_rows_below_a_stranger_are_not_those_of_the_student_above() -> None:
    tables = read({"Service Log": BY_STUDENT.replace("T., Ben", "Zoe X. ")})
    assert tables.log["student"].tolist() == ["Ana R.", "Ana R."]
    assert [where for severity, where, _ in told(tables) if severity == "error"] == ["Service Log!A6"]


def test_rows_above_the_first_section_are_nobodys() -> None:
    log = BY_STUDENT.replace("Status\n", "Status\n 2025-10-01 | Speech | 30 | Delivered\n")
    tables = read({"Service Log": log})
    assert len(tables.log) == 3
    assert [severity for severity, _, _ in told(tables)].count("error") == 1


def test_a_list_without_such_a_row_lacks_the_column() -> None:
    with pytest.raises(CannotCount, match='no column "Student"'):
        read({"Service Log": BY_STUDENT.replace("Ana R.", "Notes").replace("T., Ben", "More")})


CELLS = st.sampled_from(["Ana R.", "Zoe", "Total", "10/6", "Speech", "Delivered", "Monday", None, 30.0, True])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_whatever_stands_between_a_row_is_of_the_section_above_it(garbage: list[list[CellValue]]) -> None:
    header, _, entry, *_ = cells(BY_STUDENT)
    tables = read({"Service Log": [header, ["Ben T."], *garbage, ["Ana R."], entry]})
    assert tables.log["student"].tolist()[-1] == "Ana R."
