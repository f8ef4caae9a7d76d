"""What people do to a school's workbook, its sharing, its key and its configuration between two runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.google.school import School, tab
from tests.sheets_server.accounts import ACCOUNT
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import MOST_CELLS
from tests.sheets_server.requests.registry import REQUESTS

Act = Callable[[School], object]


def shared_as(role: str | None) -> Act:
    return lambda school: school.server.share(school.id, ACCOUNT, role)


def api(*, enabled: bool) -> Act:
    return lambda school: setattr(school.server, "api_enabled", enabled)


def tokens(**properties: object) -> Act:
    return lambda school: [setattr(school.server.tokens, *one) for one in properties.items()]


def kind(name: str) -> Act:
    return lambda school: school.server.keep(replace(school.book, kind=name))


def configured(**changes: str) -> Act:
    return lambda school: school.configure(**changes)  # type: ignore[arg-type]


def key_mode(mode: int) -> Act:
    return lambda school: school.key.chmod(mode)


def key_text(school: School) -> None:
    school.key.write_text(school.key.read_text()[:900])


def new_key(school: School) -> None:
    school.server.key_file(school.folder)


def asks(name: str, request: Callable[[Spreadsheet], Json]) -> Act:
    """Let staff do what the menu does for a request of batchUpdate, in a browser of their own."""
    return lambda school: school.server.staff.do(
        school.id, lambda book: REQUESTS[name](book, request(book), Context())
    )


def protect(book: Spreadsheet) -> Json:
    where = {"sheetId": tab(book, "Compliance").id, "startRowIndex": 2, "endRowIndex": 4}
    only = {"users": ["principal@school.example"]}
    return {"protectedRange": {"protectedRangeId": 77, "range": where, "editors": only}}


def sized(rows: int, columns: int) -> Act:
    """Give the tab Staff another size."""
    grid = {"rowCount": rows, "columnCount": columns}
    return asks(
        "updateSheetProperties",
        lambda book: {
            "properties": {"sheetId": tab(book, "Staff").id, "gridProperties": grid},
            "fields": "gridProperties(rowCount,columnCount)",
        },
    )


def full(school: School) -> None:
    """Leave no room for one more row of our tab."""
    others = sum(one.row_count * one.column_count for one in school.book.sheets if one.title != "Staff")
    rows = next(rows for rows in range(1000, 5000) if (MOST_CELLS - others) % rows < 20)
    sized(rows, (MOST_CELLS - others) // rows)(school)


def renamed(old: str, new: str) -> Act:
    def request(book: Spreadsheet) -> Json:
        return {"properties": {"sheetId": tab(book, old).id, "title": new}, "fields": "title"}

    return asks("updateSheetProperties", request)
