"""Widths, heights and hiding: what is ours is as the tab says, what is staff's stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sheets_sync.edges.google.formats import ROW_PIXELS, height_in_pixels, width_in_pixels
from sheets_sync.edges.google.layout import layout_of
from sheets_sync.edges.google.sizes import sizes_of_a_new_tab, sizes_to_send
from sheets_sync.views.tab import Tab
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, FIRST_LINE, KEY, NOTES
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import do, span

EVENING = laid.lines(ANA, BEN, CAL)
A, B, C = range(FIRST_LINE, FIRST_LINE + 3)


def workbook() -> Spreadsheet:
    book = laid.after_the_first_night(EVENING)
    do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension="COLUMNS", length=1)
    laid.type_in(book, {(FIRST_LINE - 1, KEY + 1): "Room", (A, KEY + 1): "12"})
    return laid.night(book, EVENING)


def sent(book: Spreadsheet, tab: Tab) -> list[Json]:
    return sizes_to_send(layout_of(tab, laid.our_tab(book)))


def resize(book: Spreadsheet, dimension: str, at: int, **properties: object) -> None:
    where = span(dimension, at, at + 1, laid.on_server(book).id)
    do(book, "updateDimensionProperties", range=where, properties=properties, fields=",".join(properties))


def shown(requests: Sequence[Json]) -> list[tuple[str, int, int, Json]]:
    found = [one["updateDimensionProperties"] for one in requests]
    return [
        (one["range"]["dimension"], one["range"]["startIndex"], one["range"]["endIndex"], one["properties"])
        for one in found
    ]


def test_a_new_tab_has_the_sizes_of_the_tab_and_they_are_not_sent_again() -> None:
    book = laid.after_the_first_night(EVENING)
    tab, read = laid.tonight(book, EVENING), laid.our_tab(book)
    assert read.column_widths == tuple(map(width_in_pixels, tab.widths))
    assert read.row_heights == tuple(height_in_pixels(height) for _, height in tab.heights)
    assert read.hidden_columns == set(tab.hidden)
    assert sent(book, tab) == []


def test_alike_ones_side_by_side_are_one_request() -> None:
    tab = Tab("x", "problems", (), (9, 9, 12, 9), heights=((1, 15), (2, 15), (4, 15)), hidden=(1, 2))
    assert shown(sizes_of_a_new_tab(tab, 7)) == [
        ("COLUMNS", 0, 2, {"pixelSize": 68}),
        ("COLUMNS", 2, 3, {"pixelSize": 89}),
        ("COLUMNS", 3, 4, {"pixelSize": 68}),
        ("ROWS", 0, 2, {"pixelSize": 20}),
        ("ROWS", 3, 4, {"pixelSize": 20}),
        ("COLUMNS", 1, 3, {"hiddenByUser": True}),
    ]


def test_only_what_differs_is_sent() -> None:
    book = workbook()
    tab = laid.tonight(book, EVENING)
    heights = tuple((row, 99 if row == B + 1 else height) for row, height in tab.heights)
    wider = replace(tab, widths=(*tab.widths[:3], 20, *tab.widths[4:]), heights=heights)
    assert shown(sent(book, wider)) == [
        ("COLUMNS", 3, 4, {"pixelSize": 145}),
        ("ROWS", B, B + 1, {"pixelSize": 132}),
    ]
    assert sent(laid.carried_out(book, sent(book, wider)), wider) == []


def test_what_people_set_on_our_columns_is_set_right() -> None:
    book = workbook()
    resize(book, "COLUMNS", 3, pixelSize=20)
    resize(book, "COLUMNS", KEY, hiddenByUser=False)
    resize(book, "COLUMNS", 4, hiddenByUser=True)
    assert shown(sent(book, laid.tonight(book, EVENING))) == [
        ("COLUMNS", 3, 4, {"pixelSize": 411}),
        ("COLUMNS", 4, 5, {"hiddenByUser": False}),
        ("COLUMNS", KEY, KEY + 1, {"hiddenByUser": True}),
    ]


def test_what_people_set_on_columns_of_their_own_stays() -> None:
    book = workbook()
    resize(book, "COLUMNS", KEY + 1, pixelSize=20)
    resize(book, "COLUMNS", KEY + 1, hiddenByUser=True)
    assert sent(book, laid.tonight(book, EVENING)) == []


def test_rows_that_people_hid_stay_hidden() -> None:
    book = workbook()
    resize(book, "ROWS", B, hiddenByUser=True)
    assert sent(book, laid.tonight(book, EVENING)) == []


def test_a_column_that_moves_takes_its_width_along() -> None:
    book = workbook()
    laid.unmerge(book)
    laid.move(book, "COLUMNS", NOTES, 0)
    assert sent(book, laid.tonight(book, EVENING)) == []


def test_a_new_column_and_a_new_row_get_their_sizes() -> None:
    book = workbook()
    laid.delete(book, "COLUMNS", 4)
    requests = shown(sent(book, laid.tonight(book, laid.lines(ANA, laid.DAN, BEN, CAL))))
    assert [one for one in requests if one[0] == "ROWS"] == [("ROWS", B, B + 1, {"pixelSize": 25})]
    assert [one for one in requests if one[0] == "COLUMNS"] == [
        ("COLUMNS", 4, 5, {"pixelSize": 61}),
        ("COLUMNS", 4, 5, {"hiddenByUser": False}),
    ]


@pytest.mark.parametrize("students", [(ANA,), (ANA, CAL)])
def test_rows_below_the_table_are_plain_ones(students: tuple[str, ...]) -> None:
    after = laid.night(workbook(), laid.lines(*students))
    tab = laid.tonight(after, laid.lines(*students))
    assert set(laid.our_tab(after).row_heights[len(tab.rows) :]) == {ROW_PIXELS}
