"""Ranges: what a text names, how an answer writes it, and what Google says where it cannot be read."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server import a1
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Area, Sheet, Spreadsheet


def tab(sheet_id: int, title: str, rows: int = 1000, columns: int = 26, **more: object) -> Sheet:
    grid = {"rowCount": rows, "columnCount": columns}
    return Sheet({"sheetId": sheet_id, "title": title, "gridProperties": grid, **more})


BOOK = Spreadsheet(
    "book",
    {"title": "Services"},
    [
        tab(9, "Old", hidden=True),
        tab(0, "Sheet1"),
        tab(1, "Service Log", 40, 8),
        tab(2, "It's", 5, 5),
        tab(3, "A1", 10, 10),
    ],
    named_ranges={
        "n1": {
            "namedRangeId": "n1",
            "name": "Minutes",
            "range": {
                "sheetId": 1,
                "startRowIndex": 1,
                "endRowIndex": 3,
                "startColumnIndex": 2,
                "endColumnIndex": 4,
            },
        },
        "n2": {"namedRangeId": "n2", "name": "Names", "range": {"startColumnIndex": 0, "endColumnIndex": 1}},
    },
)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Sheet1!A1:B2", "Sheet1!A1:B2"),
        ("'Sheet1'!A1:A1", "Sheet1!A1"),
        ("Sheet1!$B$2", "Sheet1!B2"),
        ("Sheet1!b2:a1", "Sheet1!A1:B2"),
        ("Sheet1!D4:A1", "Sheet1!A1:D4"),
        ("Sheet1!A1:1", "Sheet1!A1:Z1"),
        ("Sheet1!C2:2", "Sheet1!C2:Z2"),
        ("Sheet1!A:B", "Sheet1!A1:B1000"),
        ("Sheet1!A5:A", "Sheet1!A5:A1000"),
        ("Sheet1!2:3", "Sheet1!A2:Z3"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1!a1", "Sheet1!A1"),
        ("B2:C3", "Sheet1!B2:C3"),
        ("A1", "Sheet1!A1"),
        ("'A1'", "'A1'!A1:J10"),
        ("'A1'!A1", "'A1'!A1"),
        ("Service Log!A1:B2", "'Service Log'!A1:B2"),
        ("'Service Log'", "'Service Log'!A1:H40"),
        ("'Service Log'!A30:C99", "'Service Log'!A30:C40"),
        ("'Service Log'!G1:ZZ3", "'Service Log'!G1:H3"),
        ("'It''s'!A1", "'It''s'!A1"),
        ("It's!A1", "'It''s'!A1"),
        ("Minutes", "'Service Log'!C2:D3"),
        ("minutes", "'Service Log'!C2:D3"),
        ("'Service Log'!Minutes", "'Service Log'!C2:D3"),
        ("Names", "Sheet1!A1:A1000"),
        ("Sheet1!R2C3", "Sheet1!C2"),
        ("Sheet1!R01C01:R3C2", "Sheet1!A1:B3"),
        ("R1C1:R2", "Sheet1!A1:Z2"),
        ("R1C1:C2", "Sheet1!A1:B1000"),
        ("R[1]C[1]", "Sheet1!B2"),
        ("'Service Log'!R[3]C[1]", "'Service Log'!B4"),
        ("R[1]", "Sheet1!A2:Z2"),
        ("RC", "Sheet1!A1"),
        ("R1", "Sheet1!R1"),
        ("C2:D3", "Sheet1!C2:D3"),
    ],
)
def test_a_text_names_a_range(text: str, answered: str) -> None:
    found = a1.parse(text, BOOK)
    assert a1.written(found.sheet, a1.clipped(found)) == answered


@pytest.mark.parametrize(
    "text",
    [
        "Nope!A1",
        "Nope",
        "'Nope'",
        "Sheet1!",
        "Sheet1!A0",
        "Sheet1!A:5",
        "Sheet1!A1:B2:C3",
        "Sheet1!Minutes",
        "Sheet1!R0C1",
        "Sheet1!R[-1]C[1]",
        "A1:R2C2",
        "R1C1:B2",
        "Sheet1!AAAA1",
        "",
        "!",
        "'Sheet1'A1",
    ],
)
def test_what_cannot_be_read_is_said_in_googles_words(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        a1.parse(text, BOOK)
    assert (refused.value.code, refused.value.status) == (400, "INVALID_ARGUMENT")
    assert refused.value.message == f"Unable to parse range: {text}"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sheet1!A1001", "Sheet1!A1001"),
        ("Sheet1!AA1:AB2", "Sheet1!AA1:AB2"),
        ("Sheet1!A1001:B", "Sheet1!A1001:B"),
        ("Sheet1!AA1:2", "Sheet1!AA1:2"),
        ("Sheet1!A1001:1001", "Sheet1!1001:1001"),
        ("RC1", "Sheet1!RC1"),
    ],
)
def test_a_range_that_begins_outside_the_tab_exceeds_the_grid(text: str, named: str) -> None:
    with pytest.raises(ApiError) as refused:
        a1.clipped(a1.parse(text, BOOK))
    assert refused.value.message == (f"Range ({named}) exceeds grid limits. Max rows: 1000, max columns: 26")


@pytest.mark.parametrize(
    ("title", "answered"),
    [
        ("Sheet1", "Sheet1"),
        ("Service_Log", "Service_Log"),
        ("Service Log", "'Service Log'"),
        ("2025", "'2025'"),
        ("It's", "'It''s'"),
        ("CO2", "'CO2'"),
        ("R1C1", "'R1C1'"),
        ("Añ", "'Añ'"),
    ],
)
def test_tab_names_stand_in_quotes_where_they_need_them(title: str, answered: str) -> None:
    assert a1.quoted(title) == answered


@pytest.mark.parametrize(
    ("text", "grid_range"),
    [
        ("Sheet1!B2:C3", {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 3}),
        ("Sheet1!B:C", {"startRowIndex": 0, "startColumnIndex": 1, "endColumnIndex": 3}),
        ("Sheet1!2:3", {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0}),
        ("Sheet1", {"startRowIndex": 0, "startColumnIndex": 0}),
    ],
)
def test_open_ends_stay_open_in_a_grid_range(text: str, grid_range: dict[str, int]) -> None:
    found = a1.parse(text, BOOK)
    assert found.grid_range == {"sheetId": 0, **grid_range}
    assert a1.of_grid_range(found.grid_range, BOOK).area == found.area


@given(st.integers(0, 18_277))
def test_columns_go_from_letters_and_back(column: int) -> None:
    assert a1.column_index(a1.column_name(column)) == column


@given(st.text())
def test_no_text_crashes_the_reading(text: str) -> None:
    with contextlib.suppress(ApiError):
        assert a1.parse(text, BOOK).sheet in BOOK.sheets


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 25), st.integers(0, 25))
def test_an_answered_range_names_the_same_cells(top: int, bottom: int, left: int, right: int) -> None:
    area = Area(min(top, bottom), max(top, bottom) + 1, min(left, right), max(left, right) + 1)
    assert a1.parse(a1.written(BOOK.sheets[1], area), BOOK).area == area
