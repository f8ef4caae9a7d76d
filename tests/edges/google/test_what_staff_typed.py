"""What staff typed in cells of theirs stays what it is: a date a date, a time a time, a number a number."""

from __future__ import annotations

import pytest

from sheets_sync.edges.google.moment import CellAtRead
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, FIRST_LINE, KEY, NOTES, SNOOZE
from tests.sheets_server import effective
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do

EVENING = laid.lines(ANA, BEN, CAL)
A = FIRST_LINE
TYPED = ["12/1/2025", "9:30 AM", "1:30:00", "50%", "$20", "1,200", "12", "TRUE", "=1+1", "0012", "call home"]


def typed(text: str, column: int, like_ours: bool) -> Spreadsheet:
    """Return a workbook in which somebody typed into a cell, with the look of our column or with none."""
    workbook = laid.after_the_first_night(EVENING)
    do(workbook, "appendDimension", sheetId=laid.on_server(workbook).id, dimension="COLUMNS", length=1)
    laid.type_in(workbook, {(FIRST_LINE - 1, KEY + 1): "Room"})
    sheet = laid.on_server(workbook)
    cell = sheet.cells.get((A, column), {}) if like_ours else {}
    sheet.cells[(A, column)] = effective.typed_in(text, workbook, cell)
    return workbook


def cell(workbook: Spreadsheet, column: int) -> CellAtRead:
    return laid.our_tab(workbook).cell(A, column)


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("like_ours", [True, False], ids=["in our look", "in no look"])
@pytest.mark.parametrize("column", [NOTES, SNOOZE, KEY + 1], ids=["notes", "snooze", "their own"])
def test_what_was_typed_is_read_again_as_it_was(text: str, column: int, like_ours: bool) -> None:
    workbook = typed(text, column, like_ours)
    before = cell(workbook, column)
    after = laid.night(workbook, EVENING)
    once_more = laid.night(after, laid.lines(CAL, ANA))
    key_row = next(row for row, cells in enumerate(laid.values(once_more)) if ANA in cells)
    assert (cell(after, column).value, cell(after, column).formula) == (before.value, before.formula)
    assert laid.our_tab(once_more).cell(key_row, column).value == before.value


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize(
    "at", [1, 2, 3, 4, 19], ids=["Service", "Status", "What to do", "Behind", "Next session"]
)
def test_what_was_typed_in_a_column_put_in_among_ours_goes_along_as_it_was(text: str, at: int) -> None:
    workbook = laid.after_the_first_night(EVENING)
    laid.insert(workbook, "COLUMNS", at)
    laid.type_in(workbook, {(FIRST_LINE - 1, at): "Room"})
    sheet = laid.on_server(workbook)
    sheet.cells[(A, at)] = effective.typed_in(text, workbook, sheet.cells.get((A, at), {}))
    before = cell(workbook, at).value
    after = laid.night(workbook, EVENING)
    assert laid.our_tab(after).cell(FIRST_LINE - 1, KEY + 1).value == "Room"
    assert cell(after, KEY + 1).value == before
    assert laid.requests_for(after, laid.tonight(after, EVENING)) == []
