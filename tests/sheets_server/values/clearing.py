"""values.clear, values.batchClear, values.batchClearByDataFilter: values go, formats and notes stay."""

from __future__ import annotations

from tests.sheets_server import a1, data_filters
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import guard
from tests.sheets_server.values.reading import places
from tests.sheets_server.values.refusing import refusing
from tests.sheets_server.values.writing import keep, without_value


def clear(book: Spreadsheet, query: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    new = book.copy()
    with refusing():
        cleared = _clear(new, a1.parse(query["range"], new), user)
    return new, {"spreadsheetId": book.id, "clearedRange": cleared}


def batch_clear(book: Spreadsheet, body: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    new = book.copy()
    cleared = []
    for index, text in enumerate(body.get("ranges", [])):
        with refusing(f"range[{index}]"):
            cleared.append(_clear(new, a1.parse(text, new), user))
    return new, _answer(book, cleared)


def batch_clear_by_data_filter(book: Spreadsheet, body: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    new = book.copy()
    cleared = []
    for index, data_filter in enumerate(body.get("dataFilters", [])):
        with refusing(f"data_filters[{index}]"):
            cleared += [_clear(new, one, user) for one in data_filters.ranges(new, data_filter)]
    return new, _answer(book, list(dict.fromkeys(cleared)))


def _answer(book: Spreadsheet, cleared: list[str]) -> Json:
    return {"spreadsheetId": book.id, **({"clearedRanges": cleared} if cleared else {})}


def _clear(book: Spreadsheet, found: a1.Range, user: str) -> str:
    sheet, area = found.sheet, a1.clipped(found)
    guard.must_be_free(book, sheet, area, user)
    for place in list(places(sheet, area)):
        keep(sheet, place, without_value(sheet.cells[place]))
    return a1.written(sheet, area)
