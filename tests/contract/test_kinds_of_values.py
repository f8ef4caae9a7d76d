"""What a cell holds is read alike in both houses, as people see it (google.md, "One run, two calls")."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from sheets_sync.ports import CellValue, ErrorValue
from tests.contract.houses import House
from tests.contract.test_samples import without_blanks

WHOLE = "General"
KINDS: list[tuple[Any, str, CellValue]] = [
    # what stands there, its number format, what is meant
    ("0012", "@", "0012"),
    ("0012", WHOLE, "0012"),
    (" two words ", WHOLE, " two words "),
    ("two\nlines", WHOLE, "two\nlines"),
    ("11/4", "@", "11/4"),
    ("TRUE", "@", "TRUE"),
    (30, WHOLE, 30.0),
    (30, "@", 30.0),
    (0.1, WHOLE, 0.1),
    (-3, "0;(0)", -3.0),
    (1234567, "#,##0", 1234567.0),
    (12.5, "0.00", 12.5),
    (0.5, "0%", 0.5),
    (0.5, "#.##", 0.5),
    (5, '"$"#,##0.00', 5.0),
    (3, "0.00E+00", 3.0),
    (3, ";;;", 3.0),
    (0, '0;-0;"–"', 0.0),
    (12, "0000", "0012"),
    (7, "00", "07"),
    (930, "00\\:00", "09:30"),
    (30, '0" min"', "30 min"),
    (8, '"Grade "0', "Grade 8"),
    (5551234567, "(000) 000-0000", "(555) 123-4567"),
    (3, '"yes";"no";"none"', "yes"),
    (date(2025, 11, 4), "m/d/yyyy", date(2025, 11, 4)),
    (45965, "d-mmm", date(2025, 11, 4)),
    (45965, '"since "mmm d', date(2025, 11, 4)),
    (datetime(2025, 11, 4, 9, 30), "m/d/yyyy h:mm", datetime(2025, 11, 4, 9, 30)),  # noqa: DTZ001
    (time(9, 30), "h:mm AM/PM", time(9, 30)),
    (time(0), "h:mm", time(0)),
    (0.375, "h:mm:ss", time(9)),
    (45965.375, "h:mm", datetime(2025, 11, 4, 9)),  # noqa: DTZ001
    (timedelta(hours=26, minutes=15), "[h]:mm", timedelta(hours=26, minutes=15)),
    (timedelta(minutes=45), "[mm]:ss", timedelta(minutes=45)),
    (True, WHOLE, True),
    (False, WHOLE, False),
    ("#REF!", WHOLE, ErrorValue("#REF!")),
    ("#N/A", WHOLE, ErrorValue("#N/A")),
    ("#DIV/0!", WHOLE, ErrorValue("#DIV/0!")),
    (None, "0000", None),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kinds"
    for row, (value, number_format, _) in enumerate(KINDS, 1):
        cell = sheet.cell(row, 2, value)
        cell.number_format = number_format
        sheet.cell(row, 3, "behind it")
    sheet.merge_cells("E2:G3")
    sheet["E2"] = "merged"
    for row in (4, 5, 9):
        sheet.row_dimensions[row].hidden = True
    other = book.create_sheet("Nothing in it")
    other.sheet_state = "hidden"
    path = tmp_path / "kinds.xlsx"
    book.save(path)
    return path


def test_each_kind_of_value_is_what_was_meant(house: House, file: Path) -> None:
    read = house.load(file).open().read()
    kinds = read.sheet("Kinds")
    assert kinds is not None
    found = [(type(row[1]), row[1]) for row in kinds.rows]
    assert found == [(type(meant), meant) for *_, meant in KINDS]


def test_tabs_merged_cells_and_hidden_rows_are_read_alike(excel: House, google: House, file: Path) -> None:
    seen = []
    for house in (excel, google):
        sheets = house.load(file).open().read().sheets
        seen.append([(one.name, without_blanks(one), one.merged, one.hidden_rows) for one in sheets])
    assert seen[0] == seen[1]
    assert seen[0][0][2:] == (("E2:G3",), frozenset({4, 5, 9}))
    assert seen[0][1][:2] == ("Nothing in it", [])


def test_hidden_columns_struck_cells_and_notes_are_alike(excel: House, google: House, file: Path) -> None:
    book = openpyxl.load_workbook(file)
    sheet = book["Kinds"]
    for column in "CD":
        sheet.column_dimensions[column].hidden = True
    sheet["B1"].font = Font(strike=True)
    sheet["C4"].font = Font(bold=True, strike=True)
    sheet["B3"].font = Font(strike=False)
    sheet["C7"].comment = Comment("really the 8th", "a para")
    book.save(file)
    for house in (excel, google):
        read = house.load(file).open().read().sheet("Kinds")
        assert read is not None
        assert (read.hidden_columns & {0, 1, 2}, read.struck) == ({2}, {(1, 1), (4, 2)})
        assert read.noted == {(7, 2)}
