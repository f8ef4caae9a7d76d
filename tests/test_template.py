"""The template: every tab of workbook.md, and one example that counts without a question on any day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger import Rules, Status, count
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.template import write_template

COLUMNS = {
    "Caseload": "Student ID · Student · Grade · Date of birth · School · District · Case manager"
    " · Case manager email · Plan · Disability · IEP start · IEP end · Evaluation due · Draft due"
    " · Next meeting · Classroom teacher · Teacher email · Room · Transportation · Medicaid · Parent"
    " · Parent email · Home language · Exit date · Notes",
    "Service Grid": "Student · Service · Frequency · Sessions · Minutes · Per · Group · Provider · Setting"
    " · Start date · End date · ESY · Notes",
    "Schedule": "Student · Service · Provider · Days · Start · End · Minutes · Group · Location · From · To"
    " · Notes",
    "Service Log": "Date · Student · Service · Provider · Start · Minutes · Status · Group · Place"
    " · Make-up for · Reason · Notes · Parent told · Logged by",
    "Calendar": "Date · To · Kind · Time · Label",
    "Staff": "Name · Role · Services · Email · Supervisor · Supervisor email · Away from · Away to",
    "Attendance": "Date · Student · Attendance · Time",
}
"""From spec/workbook.md."""

WEEKDAYS = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
DAYS = [*WEEKDAYS, date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 9), date(2027, 1, 4), date(2027, 7, 15)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    file = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(file, WEEKDAYS[2])
    return openpyxl.load_workbook(file)


def test_it_has_every_tab_and_column_in_order(book: openpyxl.Workbook) -> None:
    there = {sheet.title: " · ".join(cell.value for cell in sheet[1]) for sheet in book}
    assert there == COLUMNS


def test_headers_stay_in_view_and_explain_themselves(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes.endswith("2"), sheet.title
        assert any(cell.comment for cell in sheet[1]), sheet.title


@pytest.mark.parametrize(
    ("tab", "column", "source"),
    [
        ("Service Grid", "A", "'Caseload'!$B$2:$B$120"),
        ("Schedule", "A", "'Caseload'!$B$2:$B$120"),
        ("Schedule", "C", "'Staff'!$A$2:$A$60"),
        ("Service Log", "B", "'Caseload'!$B$2:$B$120"),
        ("Attendance", "B", "'Caseload'!$B$2:$B$120"),
    ],
)
def test_students_and_staff_are_offered_from_their_own_tabs(
    book: openpyxl.Workbook, tab: str, column: str, source: str
) -> None:
    assert source in [
        choices.formula1
        for choices in book[tab].data_validations.dataValidation
        if f"{column}2" in choices.sqref
    ]


def test_a_dropdown_offers_and_never_forbids(book: openpyxl.Workbook) -> None:
    choices = [one for sheet in book for one in sheet.data_validations.dataValidation]
    assert len(choices) > 10
    assert not any(one.showErrorMessage for one in choices)
    assert max(len(one.formula1) for one in choices) <= 257  # a list in a cell's rule holds 255 characters


def test_nothing_in_it_is_a_formula(book: openpyxl.Workbook) -> None:
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_untouched_template_counts_without_a_question(tmp_path: Path, today: date) -> None:
    file = tmp_path / "template.xlsx"
    write_template(file, today)
    sheets = tuple(
        Sheet(sheet.title, [[_day(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])
        for sheet in openpyxl.load_workbook(file)
    )
    tables = read_tables(Snapshot(sheets), Names(), today=today)
    ledger = count(tables, Rules(), today)
    (line,) = ledger.lines.itertuples()
    assert (*tables.problems, *ledger.problems, *ledger.notices) == ()
    assert line.status == Status.ON_TRACK
    assert (line.delivered, line.behind, line.extra) == (30, 0, 0)


def _day(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime) else float(cell) if isinstance(cell, int) else cell


def test_the_example_is_plainly_an_example(book: openpyxl.Workbook) -> None:
    assert book["Caseload"]["B2"].value.startswith("EXAMPLE")
