"""What the count lists on Data Problems stands at the cell that is to be mended, not at the row's first."""

from __future__ import annotations

import pytest

from sheets_sync.ledger import Rules, count
from tests.intake.small_workbook import TODAY, read

LOG = "Date | Student | Service | Provider | Start | Minutes | Status | Notes\n"

CASES = [
    # the rows under the header, the cell, how the problem begins
    ("2025-10-06 | Ana R. | Speech | | | 500 | Delivered |", "F2", "This is more than twice"),
    ("2025-10-06 | Ana R. | Speech | | | | Left early |", "F2", 'This entry says "late or left early"'),
    (
        "2025-10-06 | Ana R. | Speech | | | 20 | Provider absent |",
        "F2",
        "Minutes on a session that was missed",
    ),
    ("2025-10-06 | Ana R. | Speech | | | | Team decision |", "G2", "This team decision does not say"),
    ("2025-10-27 | Ana R. | Speech | | | 30 | Delivered |", "A2", "This entry is dated after today"),
    ("2025-07-01 | Ana R. | Speech | | | 30 | Delivered |", "A2", "This entry lies outside the school year"),
]


@pytest.mark.parametrize(("rows", "cell", "problem"), CASES)
def test_an_entry_is_listed_at_the_cell_that_is_wrong(rows: str, cell: str, problem: str) -> None:
    assert ("Service Log", cell, problem) in listed("Service Log", LOG + rows, problem)


def test_a_term_that_the_calendar_lacks_is_listed_at_the_frequency() -> None:
    grid = "Student | Service | Group | Frequency\nAna R. | Speech | | 6 x 30 min / trimester"
    problem = "This line cannot be counted: the Calendar names no trimester"
    assert ("Service Grid", "D2", problem) in listed("Service Grid", grid, problem)


def test_minutes_that_are_too_many_are_one_question_of_the_tab() -> None:
    rows = [f"2025-10-{day:02} | Ana R. | Speech | | | {100 + day} | Delivered |" for day in (6, 8, 13, 15)]
    problem = "This is more than twice"
    found = count(read({"Service Log": LOG + "\n".join(rows)}), Rules(), TODAY).problems
    told = [(one.cell, one.value, one.problem.split("(")[-1]) for one in found if problem in one.problem]
    assert told == [("F2", "106 min", "4 cells: F2, F3, F4, F5)")]


def listed(tab: str, rows: str, problem: str) -> list[tuple[str, str, str]]:
    """Return tab, cell and the beginning of the problem of what the count lists."""
    ledger = count(read({tab: rows}), Rules(), TODAY)
    return [(one.tab, one.cell, one.problem[: len(problem)]) for one in ledger.problems]
