"""Hidden rows are read like all others; of merged cells only the first holds a value."""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.ports import Sheet
from tests.intake.small_workbook import SMALL, cells, only, read, told

LOG = cells(SMALL["Service Log"])
TWO = Sheet("Service Log", [*LOG, [LOG[1][0], None, *LOG[1][2:]]])


def test_hidden_rows_are_read_and_noted_once() -> None:
    sheet = Sheet("Service Log", [*LOG, LOG[1]], hidden_rows=frozenset({2, 3, 9}))
    tables = read({"Service Log": sheet})
    assert len(tables.log) == 2
    assert (only(tables).severity, only(tables).cell) == ("note", "A2")
    assert only(tables).problem == "2 hidden rows were read like all others."


def test_cells_merged_across_columns_are_asked_about() -> None:
    tables = read({"Service Log": replace(TWO, merged=("B2:C3",))})
    assert len(tables.log) == 1
    assert told(tables) == [
        (
            "question",
            "Service Log!B2",
            "Cells are merged: only the first holds the value, the others were read as blank.",
        ),
        (
            "error",
            "Service Log!B3",
            "Student is blank. The cell is part of merged cells: only the first of them holds a value.",
        ),
    ]


def test_the_first_of_merged_cells_is_blank_because_nothing_stands_in_it() -> None:
    blank = [LOG[1][0], None, *LOG[1][2:]]
    tables = read({"Service Log": Sheet("Service Log", [LOG[0], blank, blank], merged=("B2:B3",))})
    assert [problem for severity, _, problem in told(tables) if severity == "error"] == [
        "Student is blank.",
        "Student is blank. The cell is part of merged cells: only the first of them holds a value.",
    ]


def test_a_title_merged_above_the_header_is_nobodys_business() -> None:
    sheet = Sheet("Service Log", [["Log 2025-26"], *LOG], merged=("A1:J1",))
    assert not read({"Service Log": sheet}).problems


def test_a_blank_cell_without_a_merge_is_only_blank() -> None:
    assert told(read({"Service Log": TWO})) == [("error", "Service Log!B3", "Student is blank.")]
