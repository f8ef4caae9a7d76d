"""Our tabs, laid on the test server's model night by night, while staff edit them there.

Every request is checked against Google's discovery document before it is carried out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sheets_sync.config import Config
from sheets_sync.edges.google.mark import mark_of
from sheets_sync.edges.google.moment import Moment, TabAtRead
from sheets_sync.edges.google.reading import FIELDS, understand
from sheets_sync.edges.google.writing import Who, plan
from sheets_sync.ledger.result import Ledger
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity
from sheets_sync.staff_columns import StaffColumns, read_staff_columns
from sheets_sync.views.columns import LINE, NAMES, SNOOZE_UNTIL, STAFF_NOTES
from sheets_sync.views.compliance import compliance_tab
from sheets_sync.views.problems_tab import problems_tab
from sheets_sync.views.tab import Tab
from tests.ledgers import Row, ledger, line
from tests.sheets_server import field_mask, model, spreadsheets
from tests.sheets_server.batch import batch_update
from tests.sheets_server.discovery import sheets
from tests.sheets_server.model import Json, Place, Spreadsheet
from tests.sheets_server.requests.books import area, book, do, span, tab, value
from tests.sheets_server.requests.refused import Refused

ACCOUNT = "robot@school.example"
CHECKED = datetime(2025, 11, 21, 5, 2)  # noqa: DTZ001 - local, as all dates of the workbook
NOTES, SNOOZE, KEY = (NAMES.index(name) for name in (STAFF_NOTES, SNOOZE_UNTIL, LINE))
FIRST_LINE = 3
"""The 0-based row of the first line of a tab on which nobody moved anything."""

ANA, BEN, CAL, DAN = "bcdfghjk", "mnpqrstv", "wxyzbcdf", "ghjkmnpq"
"""Keys of lines."""

Lines = Mapping[str, Row]
"""Tonight's lines by their key."""

Rows = tuple[tuple[tuple[str, object], ...], ...]


def lines(*keys: str) -> dict[str, Row]:
    students = {ANA: "Ana R.", BEN: "Ben T.", CAL: "Cal V.", DAN: "Dan W."}
    return {key: line(students.get(key, f"Student {key}"), required=60, delivered=30) for key in keys}


def _rows(these: Lines) -> Rows:
    return tuple(tuple(row.items()) for row in these.values())


@lru_cache(maxsize=64)
def _ledger(rows: Rows) -> Ledger:
    return ledger([dict(row) for row in rows])


def compliance(tonight: Lines, staff: StaffColumns | None = None, checked: datetime = CHECKED) -> Tab:
    """Return the Compliance tab of these lines, beside them what staff wrote."""
    return compliance_tab(
        _ledger(_rows(tonight)),
        keys=list(tonight),
        staff=staff or StaffColumns(),
        since=dict.fromkeys(tonight, date(2025, 11, 3)),
        checked_at=checked,
        version="1.2.3",
        config=Config(),
    )


def problems(*cells: str) -> Tab:
    """Return the Data Problems tab of a school with these cells of the Service Grid to mend."""
    found = [
        Problem(
            Severity.ERROR, "Service Grid", cell, f"2x{cell}", "The frequency cannot be read.", "Mend it."
        )
        for cell in cells
    ]
    return problems_tab(found, name="Data Problems", checked_at=CHECKED)


def empty_workbook() -> Spreadsheet:
    return book(tab(0, "Caseload", [["Student"], ["Ana R."]]), tab(1, "Service Grid", [["Student"]]))


def read(workbook: Spreadsheet) -> tuple[tuple[Sheet, ...], Moment]:
    """Read the workbook as the edge does."""
    answer = spreadsheets.get(workbook, {"includeGridData": True}, field_mask.parse(FIELDS), ACCOUNT)
    return understand(json.loads(json.dumps(answer)))


def our_tab(workbook: Spreadsheet, mark: str = "compliance") -> TabAtRead:
    return read(workbook)[1].ours[mark]


def on_server(workbook: Spreadsheet, mark: str = "compliance") -> model.Sheet:
    """Return our tab as the server keeps it; staff edit there."""
    return next(
        sheet for sheet in workbook.sheets if mark_of(sheet.id, sheet.developer_metadata.values()) == mark
    )


def carried_out(workbook: Spreadsheet, requests: Sequence[Json], user: str = ACCOUNT) -> Spreadsheet:
    """Return the workbook after one batchUpdate. Raises ApiError."""
    if not requests:
        return workbook
    return batch_update(workbook, checked({"requests": list(requests)}), user)[0]


def checked(body: Json) -> Json:
    """Return the body as Google reads it. Raises ApiError where it does not keep to the document."""
    (method,) = [one for one in sheets().methods if one.id == "sheets.spreadsheets.batchUpdate"]
    return sheets().body(method, json.dumps(body, ensure_ascii=False).encode())


def requests_for(workbook: Spreadsheet, *tabs: Tab) -> list[Json]:
    """Return what a run would send to bring the workbook to these tabs."""
    tickets = [one for sheet in workbook.sheets for one in sheet.developer_metadata]
    return plan(tabs, read(workbook)[1], Who(ACCOUNT, max(tickets, default=0) + 1)).requests


def written(workbook: Spreadsheet, *tabs: Tab) -> Spreadsheet:
    return carried_out(workbook, requests_for(workbook, *tabs))


def staff(workbook: Spreadsheet) -> StaffColumns:
    """Return what staff wrote on the tab as it stands."""
    return read_staff_columns(
        next((sheet for sheet in read(workbook)[0] if sheet.mark == "compliance"), None)
    )


def tonight(workbook: Spreadsheet, these: Lines) -> Tab:
    """Return the tab of a run: the lines, and what staff wrote on the workbook's tab as it stands."""
    return compliance(these, staff(workbook))


def after_the_first_night(these: Lines) -> Spreadsheet:
    """Return a workbook after its first run, as one that can be changed."""
    return _first_night(tuple(these), _rows(these)).copy()


@lru_cache(maxsize=64)
def _first_night(keys: tuple[str, ...], rows: Rows) -> Spreadsheet:
    return night(empty_workbook(), dict(zip(keys, map(dict, rows), strict=True)))


def night(workbook: Spreadsheet, these: Lines) -> Spreadsheet:
    """Return the workbook after a run that nobody disturbed."""
    return written(workbook, tonight(workbook, these))


def type_in(workbook: Spreadsheet, cells: Mapping[Place, object]) -> None:
    """Staff type into cells of our tab, whose looks stay; None clears one. Merged cells are their first."""
    sheet = on_server(workbook)
    corners = {
        place: (merged.top, merged.left)
        for merged in map(sheet.area, sheet.merges)
        for place in merged.places()
    }
    for asked, typed in cells.items():
        place = corners.get(asked, asked)
        if place not in sheet.area({}):
            raise Refused("there is no such cell")
        old = {
            name: piece for name, piece in sheet.cells.get(place, {}).items() if name != "userEnteredValue"
        }
        sheet.cells[place] = old | ({} if typed is None else {"userEnteredValue": _entered(typed)})


def insert(workbook: Spreadsheet, dimension: str, at: int, count: int = 1, mark: str = "compliance") -> None:
    where = span(dimension, at, at + count, on_server(workbook, mark).id)
    do(workbook, "insertDimension", range=where, inheritFromBefore=at > 0)


def delete(workbook: Spreadsheet, dimension: str, at: int, count: int = 1, mark: str = "compliance") -> None:
    where = span(dimension, at, at + count, on_server(workbook, mark).id)
    do(workbook, "deleteDimension", range=where)


def move(workbook: Spreadsheet, dimension: str, at: int, to: int, count: int = 1) -> None:
    source = span(dimension, at, at + count, on_server(workbook).id)
    do(workbook, "moveDimension", source=source, destinationIndex=to)


def unmerge(workbook: Spreadsheet) -> None:
    do(workbook, "unmergeCells", range={"sheetId": on_server(workbook).id})


def copy_row(workbook: Spreadsheet, row: int, to: int) -> None:
    sheet = on_server(workbook)
    where, there = (area(at, at + 1, 0, sheet.column_count, sheet.id) for at in (row, to))
    do(workbook, "copyPaste", source=where, destination=there, pasteType="PASTE_NORMAL")


def merge(workbook: Spreadsheet, top: int, bottom: int, left: int, right: int) -> None:
    do(workbook, "mergeCells", range=area(top, bottom, left, right, on_server(workbook).id))


def sort_lines(workbook: Spreadsheet, column: int, order: str = "ASCENDING") -> None:
    sheet = on_server(workbook)
    where = area(FIRST_LINE, sheet.row_count, 0, sheet.column_count, sheet.id)
    do(workbook, "sortRange", range=where, sortSpecs=[{"dimensionIndex": column, "sortOrder": order}])


def values(workbook: Spreadsheet) -> list[list[object]]:
    """Return what stands on our tab, as it is read."""
    return [[cell.value for cell in cells] for cells in our_tab(workbook).cells]


def _entered(typed: object) -> Json:
    if isinstance(typed, date):
        return {"numberValue": (typed - date(1899, 12, 30)).days}
    return value(typed)
