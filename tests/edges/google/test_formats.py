"""Every look that we give a cell is known again when it is read."""

from __future__ import annotations

from itertools import combinations

import pytest

from sheets_sync.edges.google.formats import (
    NO_LOOK,
    cell_format,
    colour,
    height_in_pixels,
    linked_text,
    seen,
    seen_as,
    width_in_pixels,
)
from sheets_sync.edges.google.moment import CellAtRead
from sheets_sync.views.palette import PALETTE
from sheets_sync.views.tab import Style
from tests.edges.google import laid
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import area

VALUES: dict[str, Json] = {
    "blank": {},
    "text": {"stringValue": "0012"},
    "number": {"numberValue": 30},
    "nought": {"numberValue": 0},
    "formula": {"formulaValue": '=IF(TRUE,"words","")'},
    "formula that shows nothing": {"formulaValue": '=IF(FALSE,"words","")'},
}


def with_look(style: Style, value: Json, *more: Json) -> Spreadsheet:
    """Return a workbook with our tab, in whose cell K9 a value stands in a style."""
    book = laid.written(laid.empty_workbook(), laid.problems(*(f"C{row}" for row in range(2, 9))))
    sheet_id = laid.on_server(book, "problems").id
    where = {"sheetId": sheet_id, "rowIndex": 8, "columnIndex": 5}
    cell = {"userEnteredValue": value} if value else {}
    return laid.carried_out(
        book,
        [
            {
                "repeatCell": {
                    "range": area(8, 9, 5, 6, sheet_id),
                    "cell": {"userEnteredFormat": cell_format(style)},
                    "fields": "userEnteredFormat",
                }
            },
            {"updateCells": {"start": where, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}},
            *more,
        ],
    )


def read_again(book: Spreadsheet) -> CellAtRead:
    return laid.our_tab(book, "problems").cell(8, 5)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("style", Style)
def test_a_look_is_known_again_whatever_stands_in_the_cell(style: Style, value: Json) -> None:
    assert seen(read_again(with_look(style, value))) == seen_as(style)


def test_a_cell_without_a_look_is_told_from_each_that_has_one() -> None:
    assert seen(CellAtRead()) == seen_as(None) == NO_LOOK
    assert not [style for style in Style if seen_as(style) == NO_LOOK]


def test_a_cell_painted_white_has_no_colour() -> None:
    assert seen(CellAtRead(fill="FFFFFF")) == NO_LOOK
    assert seen(CellAtRead(fill="FFFFFE")) != NO_LOOK


ABOVE_THE_TABLE = {
    Style.TITLE,
    Style.HEADLINE,
    Style.SUMMARY,
    Style.LABEL,
    Style.BANNER,
    Style.BANNER_LABEL,
}
"""Each stands where no other of its like ever does."""


def test_looks_that_are_read_alike_differ_in_nothing_that_means_anything() -> None:
    alike = {
        frozenset((one, other))
        for one, other in combinations(Style, 2)
        if seen_as(one) == seen_as(other) and not {one, other} & ABOVE_THE_TABLE
    }
    assert alike == {
        frozenset(pair)
        for pair in ((Style.TEXT, Style.WRAP), (Style.TEXT, Style.LINK), (Style.WRAP, Style.LINK))
    }


def test_statuses_are_all_told_apart() -> None:
    statuses = [Style.PURPLE, Style.RED, Style.ORANGE, Style.YELLOW, Style.BLUE, Style.GREEN, Style.GREY]
    assert len({seen_as(style) for style in statuses}) == len(statuses)


@pytest.mark.parametrize("style", Style)
def test_a_format_says_all_that_the_palette_says(style: Style) -> None:
    look, made = PALETTE[style], cell_format(style)
    text = made["textFormat"]
    assert text["foregroundColorStyle"] == colour(look.ink)
    assert (text.get("bold", False), text.get("italic", False)) == (look.bold, look.italic)
    assert text["fontSize"] == look.size
    assert made.get("backgroundColorStyle") == (colour(look.fill) if look.fill else None)
    assert made["horizontalAlignment"] == look.align.upper()
    assert made["verticalAlignment"] == {"top": "TOP", "center": "MIDDLE"}[look.valign]
    assert made["wrapStrategy"] == ("WRAP" if look.wrap else "OVERFLOW_CELL")
    assert ("borders" in made) is look.border


KINDS = [
    (Style.TEXT, "TEXT", "@"),
    (Style.STAFF_TEXT, "TEXT", "@"),
    (Style.DATE, "DATE", "mmm d"),
    (Style.STAFF_DATE, "DATE", "mmm d, yyyy"),
    (Style.PERCENT, "NUMBER", "0.0_)"),
    (Style.STALE, "NUMBER", "0;-0;0;@"),
]


@pytest.mark.parametrize(("style", "kind", "pattern"), KINDS)
def test_number_formats(style: Style, kind: str, pattern: str) -> None:
    assert cell_format(style)["numberFormat"] == {"type": kind, "pattern": pattern}


def test_a_link_keeps_our_ink_and_is_underlined() -> None:
    start = {
        "sheetId": laid.on_server(with_look(Style.LINK, {}), "problems").id,
        "rowIndex": 8,
        "columnIndex": 5,
    }
    text = linked_text(Style.LINK, "#gid=1&range=C7")
    row = {"values": [{"userEnteredFormat": {"textFormat": text}}]}
    update = {"start": start, "rows": [row], "fields": "userEnteredFormat.textFormat"}
    book = with_look(Style.LINK, {"stringValue": "C7"}, {"updateCells": update})
    cell = read_again(book)
    assert (cell.link, seen(cell)) == ("#gid=1&range=C7", seen_as(Style.LINK))
    kept = laid.on_server(book, "problems").cells[(8, 5)]["userEnteredFormat"]["textFormat"]
    assert kept["underline"] is True
    ink = {name: round(part, 4) for name, part in kept["foregroundColorStyle"]["rgbColor"].items()}
    assert ink == {"red": 0.0431, "green": 0.3255, "blue": 0.5804}


@pytest.mark.parametrize(
    ("rgb", "parts"),
    [
        ("000000", {}),
        ("FF0000", {"red": 1}),
        ("00FF80", {"green": 1, "blue": 0.50196078}),
        ("FFF9E3", {"red": 1, "green": 0.97647059, "blue": 0.89019608}),
    ],
)
def test_colours(rgb: str, parts: Json) -> None:
    assert colour(rgb) == {"rgbColor": parts}


def test_sizes() -> None:
    assert [width_in_pixels(width) for width in (0, 1, 9.5, 58)] == [5, 12, 72, 411]
    assert [height_in_pixels(points) for points in (0, 15, 17, 409)] == [0, 20, 23, 545]
