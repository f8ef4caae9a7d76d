"""A kept sheet without one student: hers is found as a run finds it, everybody else's stays where it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Config
from sheets_sync.ports import Sheet
from sheets_sync.without_student import without_student
from tests.small_school import Rows

KNOWN = {"Ana Ruiz": "0012", "Ana Ruin": "", "Ben Toth": "0034"}
TODAY = date(2025, 10, 20)
SPEECH = ["Speech therapy", "1 x 30 min / week"]


def left_of(tab: str, rows: Rows) -> Sheet | None:
    sheet = Sheet("Other: Sheet", tuple(map(tuple, rows)), as_tab=tab)
    (left,) = without_student([sheet], "Ana Ruiz", KNOWN, Config(), TODAY)
    return left


GRID = ["Student", "Service", "Frequency"]
PARTS = ["First name", "Last name"]


@pytest.mark.parametrize(
    ("tab", "header", "hers", "others"),
    [
        ("Service Grid", GRID, ["Ruiz, Ana", *SPEECH], ["Ana Ruin", *SPEECH]),
        ("Service Grid", GRID, ["Ana R.", *SPEECH], ["Toth, Ben", *SPEECH]),
        (
            "Service Grid",
            [*PARTS, *GRID[1:]],
            ["Ana", "Ruiz", *SPEECH],
            ["Ana", "Ruin", *SPEECH],
        ),
        ("Service Grid", ["Student ID", *GRID], ["0012", "Annie", *SPEECH], ["0034", "Ben", *SPEECH]),
        ("Caseload", ["Student", "Last name"], ["Ana", "Ruiz"], ["Ana", "Ruin"]),
        ("Caseload", ["Student", "Grade"], ["RUIZ, Ana", "4"], ["Cal Y.", "4"]),
    ],
)
def test_the_students_rows_are_blanked_and_no_other(
    tab: str, header: list[str], hers: list[str], others: list[str]
) -> None:
    left = left_of(tab, [header, hers, others])
    assert left is not None
    assert left.rows == (tuple(header), (None,) * len(hers), tuple(others))


def test_another_name_of_the_caseload_is_hers_in_the_grid_too() -> None:
    sheets = [
        Sheet("Other: A", (("Student", "Also known as"), ("Ana Ruiz", "Nan Fox")), as_tab="Caseload"),
        Sheet("Other: B", (tuple(GRID), ("Nan Fox", *SPEECH), ("Ben Toth", *SPEECH)), as_tab="Service Grid"),
    ]
    _, grid = without_student(sheets, "Ana Ruiz", KNOWN, Config(), TODAY)
    assert grid is not None
    assert grid.rows == (tuple(GRID), (None, None, None), ("Ben Toth", *SPEECH))


def test_of_a_grid_of_services_her_cells_go() -> None:
    rows: Rows = [["Student", "Speech", "OT"], ["Ruiz, Ana", "1 x 30 min / week", "2 x 20 min / week"]]
    left = left_of("Service Grid", [*rows, ["Ben Toth", "1 x 30 min / week", "1 x 20 min / week"]])
    assert left is not None
    assert left.rows[:2] == (("Student", "Speech", "OT"), (None, None, None))
    assert left.rows[2] == ("Ben Toth", "1 x 30 min / week", "1 x 20 min / week")


@pytest.mark.parametrize("several", ["Ana Ruiz\nBen Toth", "Ben Toth; Ruiz, Ana", "Ana Ruiz and Ben Toth"])
def test_a_row_that_is_anothers_too_stays_the_others(several: str) -> None:
    left = left_of("Service Grid", [GRID, [several, *SPEECH]])
    assert left is not None
    assert left.rows[1] == ("Ben Toth", *SPEECH)


def test_of_the_staff_only_what_names_her_goes() -> None:
    left = left_of("Staff", [["Name", "Role", "Email"], ["J. Rivera", "aide of Ruiz, Ana", "r@example.org"]])
    assert left is not None
    assert left.rows[1] == ("J. Rivera", None, "r@example.org")


def test_a_sheet_that_cannot_be_read_goes_whole() -> None:
    assert left_of("Service Grid", [["no", "header"], ["Ana", "Ruiz"]]) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8) | st.none(), min_size=3, max_size=3), max_size=4))
def test_whatever_stands_there_her_name_is_gone(rows: list[list[str | None]]) -> None:
    left = left_of("Service Grid", [list(GRID), *map(list, rows), ["Ruiz, Ana", *SPEECH]])
    assert left is None or "Ruiz" not in str(left.rows)
