"""What is kept of a sheet of another workbook is read as the sheet was, without the columns not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from sheets_sync.config import Config
from sheets_sync.kept_sheets import sheets_to_keep
from sheets_sync.last_good_sheets import read_with_last_good
from sheets_sync.ports import Sheet, Snapshot
from tests.small_school import TODAY, Rows, small_school

read = partial(read_with_last_good, kept=(), config=Config(), today=TODAY)


def school(tab: str, rows: Rows, log_name: str = "Ana Ruiz", *, own: bool = False) -> Snapshot:
    """The small school, of which another workbook keeps a tab; its student is called Ana Ruiz."""
    tabs = small_school()
    for of_tab in tabs.values():
        for row in of_tab[1:]:
            row[:] = ["Ana Ruiz" if cell == "Ana R." else cell for cell in row]
    for row in tabs["Service Log"][1:]:
        row[1] = log_name
    if not own:
        del tabs[tab]
    sheets = [Sheet(name, tuple(map(tuple, cells))) for name, cells in tabs.items()]
    return Snapshot((*sheets, Sheet("Other: Sheet", tuple(map(tuple, rows)), as_tab=tab)))


def kept_of(snapshot: Snapshot) -> Sheet:
    (kept,) = sheets_to_keep(snapshot, read(snapshot), read, (), TODAY)
    return kept


@pytest.mark.parametrize(
    "rows",
    [
        [["Student", "Last name", "DOB"], ["Ana", "Ruiz", "5/6/2016"]],
        [["DOB", "Name", "Surname"], ["5/6/2016", "Ana", "Ruiz"]],
        [["Last name", "DOB", "First name"], ["Ruiz", "5/6/2016", "Ana"]],
        [["Student", "DOB", "Also known as"], ["Ana Ruiz", "5/6/2016", "Annie"]],
        [["Class of Ms. Poe"], [], ["DOB", "Student", "Parent"], ["5/6/2016", "Ana Ruiz", "Pat"]],
    ],
)
def test_what_is_kept_of_a_caseload_is_read_as_it_stood(rows: Rows) -> None:
    snapshot = school("Caseload", rows)
    before, kept = read(snapshot), kept_of(snapshot)
    again = read(replace(snapshot, sheets=(*snapshot.sheets[:-1], kept)))
    assert again.students.equals(before.students)
    assert set(before.students["student"]) == set(before.lines["student"]) == {"Ana Ruiz"}
    assert "5/6/2016" not in str(kept.rows)


def test_of_a_caseload_that_has_the_times_of_services_these_are_kept_too() -> None:
    rows: Rows = [["Student", "Service times"], ["Ana Ruiz", "Speech Tue 10:00-10:30"]]
    snapshot = school("Caseload", rows)
    assert len(read(snapshot).schedule) == 2
    assert kept_of(snapshot).rows == snapshot.sheets[-1].rows


def test_the_other_half_of_a_name_still_makes_it_another() -> None:
    """Kept as "Ana" alone, the other class's Ana Ruin would leave "Ana R." to Ana Ruiz."""
    rows: Rows = [["Student", "Last name"], ["Ana", "Ruin"]]
    snapshot = school("Caseload", rows, "Ana R.", own=True)
    again = read(replace(snapshot, sheets=(*snapshot.sheets[:-1], kept_of(snapshot))))
    assert len(again.log) == 0
    assert {one.value for one in again.problems if one.severity == "error"} == {"Ana R."}


@pytest.mark.parametrize(
    ("tab", "rows"),
    [
        ("Staff", [["Name", "Email", "Home phone"], ["J. Rivera", "rivera@example.org", "555 0100"]]),
        (
            "Service Grid",
            [
                ["Home phone", "Student", "Service", "Frequency"],
                ["555 0100", "Ana Ruiz", "Speech therapy", "2 x 30 min / week"],
            ],
        ),
    ],
)
def test_no_column_is_kept_that_is_not_read(tab: str, rows: Rows) -> None:
    kept = kept_of(school(tab, rows))
    assert "555 0100" not in str(kept.rows)
    assert rows[1][1] in kept.rows[1]


def test_a_sheet_that_would_say_something_else_is_kept_whole() -> None:
    snapshot = school("Staff", [["Name", "Home phone"], ["J. Rivera", "555 0100"]])
    before = read(snapshot)
    other = replace(before, staff=before.staff.assign(name="K. Lee"))
    (kept,) = sheets_to_keep(snapshot, before, lambda _: other, (), TODAY)
    assert kept.rows == snapshot.sheets[-1].rows


def test_what_cannot_be_read_tonight_is_kept_as_it_was_beside_what_can() -> None:
    snapshot = school("Staff", [["Name"], ["J. Rivera"]])
    other = Sheet("More: Sheet", (("Student",), ("Cal Y.",)), as_tab="Caseload", as_of=date(2025, 10, 1))
    gone = replace(other, name="Gone: Sheet")
    away = replace(snapshot, sheets=(*snapshot.sheets, replace(other, rows=(), absent="It is away.")))
    kept = sheets_to_keep(away, read(snapshot), lambda _: read(snapshot), (other, gone), TODAY)
    assert [(one.name, one.as_of) for one in kept] == [("Other: Sheet", TODAY), ("More: Sheet", other.as_of)]
