"""What is wrong with one table of an attendance grid, each at the cell to change."""

from __future__ import annotations

from datetime import time

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import cell_in, is_blank
from sheets_sync.intake.clock import read_time
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.date_rows import where_dates_go_back
from sheets_sync.intake.layouts.day_columns import Columns
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.row_kinds import Kind
from sheets_sync.intake.layouts.student_rows import StudentRows
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

_DATE_TWICE = "This date stands over two columns: what stands below them is not read."
_MEND_THE_DATE = "Mend the date that is wrong."
_HEADER_NOT_KNOWN = "What this column below a date holds is not known: it is not read."
_GOES_BACK = "The dates go back here: is this the date that is meant?"
_ANOTHER = "A second table begins here, and its days are not told: it and what is below it are not read."
_OF_WHICH_DAYS = (
    'Write its month or week above it, like "October 2025" or "Week of 10/6", or its dates in full, or give '
    "it a tab of its own."
)
_UNTOLD = "It is not told of what service the entries below this are: they are not read."
_MAYBE = "This is nobody on the Caseload: it is taken for a student, what is below it for the same service."
_NAME_THE_SERVICE = (
    'If it is a heading, write the service, like "Speech", or put what is not of the Service Grid on a tab '
    "of its own; if it is a student, write the name as on the Caseload."
)
_NOBODYS = "No student stands on the left of this: it is not read."
_OF_THE_DAYS = "This row is about the days and no student: it is left alone."
_IN_THE_CALENDAR = "Days without school are read from the Calendar, times from the Schedule."
_OF_ONE_STATUS = "This says that the row is of one kind of session alone: it is not read."
_ONE_ROW = 'Keep one row for a student and service, and write what happened into it, like "SA" or "MU/30".'
_SCORES = "This says that the row holds scores: the numbers in it are not read as minutes."
_ELSEWHERE = "Keep scores on a tab that is not read, and what was given in rows of minutes or codes."
_ABOVE = "No row of dates stands above this student: what stands beside the name is not read."
_PLANNED = "This row says what was planned or is owed, not what was given: it is left alone."


def report(doubts: Doubts, block: Block, students: StudentRows, columns: Columns) -> None:
    """Say what of a table is not read, or is asked about."""
    dates = block.dates
    for place in columns.twice:
        doubts.at(dates.row, place, _DATE_TWICE, _MEND_THE_DATE)
    for place in columns.unknown:
        remedy = 'Call it "Code", "Min", "Notes", or by what a tick in it means, the same below each date.'
        doubts.at(block.below or dates.row, place, _HEADER_NOT_KNOWN, remedy)
    back = where_dates_go_back(dates)
    if back is not None:
        doubts.at(dates.row, back, _GOES_BACK, _MEND_THE_DATE, Severity.QUESTION)
    _report_rows(doubts, students)
    for row, place in students.nobodys:
        if _is_of_the_days(doubts.sheet, row, block):
            doubts.at(row, place, _OF_THE_DAYS, _IN_THE_CALENDAR, Severity.NOTE)
        else:
            doubts.at(row, place, _NOBODYS, 'Write the name as on the Caseload, or "Total".')


def report_above(doubts: Doubts, first: Block, known: PeopleKnown) -> None:
    """Say which rows of students above the first table, with something beside the name, belong to none.
    Numbers alone may be sums: they are asked about."""
    column = first.beside["Student"]
    for row, cells in enumerate(doubts.sheet.rows[: first.dates.top - 1], start=1):
        cell = cell_in(cells, column)
        if not isinstance(cell, str) or not known.students.find(name_words(cell)):
            continue
        beside = [other for other in cells[first.dates.first :] if not is_blank(other)]
        if beside:
            sums = all(isinstance(other, float) for other in beside)
            doubts.at(row, column, _ABOVE, _OF_WHICH_DAYS, Severity.QUESTION if sums else Severity.ERROR)


def _is_of_the_days(sheet: Sheet, row: int, block: Block) -> bool:
    """Tell whether times, or closed days, stand in a row beside which nothing stands."""
    cells = [cell for cell in sheet.rows[row - 1] if not is_blank(cell)]
    beside = [cell for cell in sheet.rows[row - 1][: block.dates.first] if not is_blank(cell)]
    return not beside and all(
        isinstance(cell, time) or (isinstance(cell, str) and (_is_closed(cell) or _is_time(cell)))
        for cell in cells
    )


def _is_closed(text: str) -> bool:
    return category_words(text) == CATEGORY_WORDS[Category.SCHOOL_CLOSED]


def _is_time(text: str) -> bool:
    return ":" in text and read_time(text).value is not None


def _report_rows(doubts: Doubts, students: StudentRows) -> None:
    if students.other is not None:
        doubts.at(students.other, _first_filled(doubts.sheet, students.other), _ANOTHER, _OF_WHICH_DAYS)
    for row, place in students.untold:
        doubts.at(row, place, _UNTOLD, _NAME_THE_SERVICE)
    for row, place in students.maybe:
        doubts.at(row, place, _MAYBE, _NAME_THE_SERVICE, Severity.QUESTION)
    for row, kind, place in students.of_a_kind:
        if kind is Kind.PLANNED:
            doubts.at(row, place, _PLANNED, _ONE_ROW, Severity.NOTE)
        elif kind is Kind.OF_SCORES:
            doubts.at(row, place, _SCORES, _ELSEWHERE)
        else:
            doubts.at(row, place, _OF_ONE_STATUS, _ONE_ROW)


def _first_filled(sheet: Sheet, row: int) -> int:
    return next(place for place, cell in enumerate(sheet.rows[row - 1]) if not is_blank(cell))
