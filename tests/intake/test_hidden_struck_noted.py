"""Hidden columns, cells that are struck through and cells with a note are read like all others, and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sheets_sync.ports import Sheet
from tests.intake.small_workbook import SMALL, cells, only, read, told

LOG = Sheet("Service Log", cells(SMALL["Service Log"]))
STATUS, PROVIDER = LOG.rows[0].index("Status"), LOG.rows[0].index("Provider")
GRID = Sheet(
    "Service Log",
    [
        ["Student", "Service", date(2025, 9, 8), date(2025, 9, 9), date(2025, 9, 10)],
        ["Ana R.", "Speech", "Delivered", "Absent", None],
    ],
)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({STATUS}, f"1 hidden column was read like all others: Status ({chr(65 + STATUS)})."),
        ({0, 1}, "2 hidden columns were read like all others: Date (A), Student (B)."),
        ({30}, None),
        (set(), None),
    ],
)
def test_hidden_columns_are_read_and_named_in_one_note(columns: set[int], said: str | None) -> None:
    tables = read({"Service Log": replace(LOG, hidden_columns=frozenset(columns))})
    assert len(tables.log) == 1
    assert [(p.severity, p.problem) for p in tables.problems] == ([("note", said)] if said else [])


def test_many_hidden_columns_are_counted() -> None:
    tables = read({"Service Log": replace(LOG, hidden_columns=frozenset(range(7)))})
    assert only(tables).problem.endswith(" and 2 more.")
    assert only(tables).problem.startswith("7 hidden columns were read like all others: Date (A), ")


def test_hidden_days_of_a_grid_are_read_and_named_by_their_letters() -> None:
    tables = read({"Service Log": replace(GRID, hidden_columns=frozenset({2, 3, 9}))})
    assert len(tables.log) == 2
    assert ("note", "Service Log!C1", "2 hidden columns were read like all others: C, D.") in told(tables)


def test_what_is_struck_through_is_counted_and_asked_about() -> None:
    tables = read({"Service Log": replace(LOG, struck=frozenset({(2, STATUS), (1, 0), (2, 40), (9, 0)}))})
    assert len(tables.log) == 1
    assert (only(tables).severity, only(tables).cell) == ("question", f"{chr(65 + STATUS)}2")
    assert only(tables).value == LOG.rows[1][STATUS]
    assert (
        only(tables).problem == "This is struck through, and was read like all the rest: does it still count?"
    )


def test_a_row_that_is_struck_through_is_one_question() -> None:
    tables = read({"Service Log": replace(LOG, struck=frozenset((2, column) for column in range(3)))})
    assert only(tables).problem.endswith("does it still count? (3 cells: A2, B2, C2)")


def test_a_blank_cell_with_a_line_through_it_is_nobodys_business() -> None:
    assert LOG.rows[1][PROVIDER] is None
    assert not read({"Service Log": replace(LOG, struck=frozenset({(2, PROVIDER)}))}).problems


def test_cells_with_a_note_are_named_in_one_note_also_where_nothing_else_stands() -> None:
    tables = read({"Service Log": replace(LOG, noted=frozenset({(2, 0), (2, PROVIDER), (1, 0), (9, 0)}))})
    assert (only(tables).severity, only(tables).cell) == ("note", "A2")
    assert only(tables).problem == f"2 cells have a note, and notes are not read: A2, {chr(65 + PROVIDER)}2."


def test_a_note_on_a_blank_day_of_a_grid_is_said() -> None:
    grid = replace(
        GRID, rows=[*GRID.rows, ["Ben T.", "OT", None, None, "Delivered"]], noted=frozenset({(2, 4)})
    )
    assert ("note", "Service Log!E2", "1 cell has a note, and notes are not read: E2.") in told(
        read({"Service Log": grid})
    )


def test_a_hidden_tab_is_read_and_said_once() -> None:
    tables = read({"Service Log": replace(LOG, is_hidden=True)})
    assert len(tables.log) == 1
    assert (only(tables).severity, only(tables).tab, only(tables).cell) == ("note", "Service Log", "")


def test_of_a_hidden_tab_without_rows_nothing_is_said() -> None:
    assert told(read({"Service Log": replace(LOG, rows=LOG.rows[:1], is_hidden=True)})) == []
