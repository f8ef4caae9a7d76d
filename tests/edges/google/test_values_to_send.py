"""What is sent of a value is never parsed by Google, and it is known again when it is read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.cells import value_of
from sheets_sync.edges.google.moment import CellAtRead
from sheets_sync.edges.google.values_to_send import (
    LONGEST_TEXT,
    as_read,
    extended_value,
    holds,
    plain_text,
    same,
    serial,
    stale_formula,
)
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.views.stale_notice import stale_notice
from sheets_sync.views.tab import OutValue, StaleNotice
from tests.sheets_server import effective
from tests.sheets_server.model import Json
from tests.sheets_server.requests.books import do, one_tab

NOON = datetime(2025, 11, 4, 12, 0)  # noqa: DTZ001 - local, as all dates of the workbook

SENT: list[tuple[OutValue, Json | None]] = [
    (None, None),
    ("", None),
    ("0012", {"stringValue": "0012"}),
    ("=1+1", {"stringValue": "=1+1"}),
    ("+1 603", {"stringValue": "+1 603"}),
    ("-", {"stringValue": "-"}),
    ("@home", {"stringValue": "@home"}),
    ("'quoted", {"stringValue": "'quoted"}),
    ('=HYPERLINK("http://x.example","y")', {"stringValue": '=HYPERLINK("http://x.example","y")'}),
    ("11/4", {"stringValue": "11/4"}),
    ("TRUE", {"stringValue": "TRUE"}),
    ("two\r\nlines", {"stringValue": "two\nlines"}),
    (" ", {"stringValue": " "}),
    (30, {"numberValue": 30}),
    (0, {"numberValue": 0}),
    (83.3, {"numberValue": 83.3}),
    (float("nan"), {"stringValue": "#NUM!"}),
    (float("-inf"), {"stringValue": "#NUM!"}),
    (True, {"boolValue": True}),
    (False, {"boolValue": False}),
    (date(2025, 11, 4), {"numberValue": 45965}),
    (NOON, {"numberValue": 45965.5}),
]


@pytest.mark.parametrize(("value", "sent"), SENT)
def test_text_is_text_and_dates_are_days(value: OutValue, sent: Json | None) -> None:
    assert extended_value(value) == sent
    assert type(extended_value(value)) is type(sent)


def test_the_one_formula_is_the_notice_and_its_words_cannot_end_it() -> None:
    notice = StaleNotice(date(2025, 11, 4), 'so "old"')
    assert extended_value(notice) == {"formulaValue": '=IF(TODAY()>DATE(2025;11;4)+1;"so ""old""";"")'}


@pytest.mark.parametrize(
    ("day", "shown"), [("03", None), ("04", None), ("05", None), ("06", "Not checked since Nov 4")]
)
def test_the_notice_shows_from_the_second_day_on(day: str, shown: str | None) -> None:
    book = one_tab([stale_formula(stale_notice(date(2025, 11, 4)))])
    with time_machine.travel(f"2025-11-{day}T12:00:00Z", tick=False):
        assert (effective.formatted_value(book, book.sheets[0], (0, 0)) or None) == shown


NO_CHARACTERS = [
    ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
    ("a\x0bb\x1b", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"),
    ("\ud800", "\N{REPLACEMENT CHARACTER}"),
    ("a\udfffb", "a\N{REPLACEMENT CHARACTER}b"),
    ("\uffff", "\N{REPLACEMENT CHARACTER}"),
    ("a\rb\r\nc\n", "a\nb\nc\n"),
    ("tab\there", "tab\there"),
    ("Zoë 👩‍👩‍👦 שלום", "Zoë 👩‍👩‍👦 שלום"),
]


@pytest.mark.parametrize(("text", "kept"), NO_CHARACTERS)
def test_what_is_no_character_is_replaced(text: str, kept: str) -> None:
    assert plain_text(text) == kept


@pytest.mark.parametrize("letter", ["a", "é", "👦"])
@pytest.mark.parametrize("more", [-1, 0, 1, 5])
def test_a_text_that_no_cell_holds_is_cut(letter: str, more: int) -> None:
    width = len(letter.encode("utf-16-le")) // 2
    count = LONGEST_TEXT // width + more
    cut = plain_text(letter * count)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cut == letter * count if more <= 0 else cut.endswith(letter + "…")
    assert plain_text(cut) == cut


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(9999, 12, 31))  # noqa: DTZ001
VALUES = st.one_of(
    ANY_TEXT,
    st.text("=+-@'\"\n\t 0123456789/:.,%$EeTRUE", max_size=8),
    st.integers(-(2**60), 2**60),
    st.floats(),
    st.booleans(),
    st.none(),
)


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_any_value_is_known_again_when_it_is_read(values: list[OutValue]) -> None:
    cells = [{"userEnteredValue": sent} if (sent := extended_value(one)) else {} for one in values]
    assert not any("formulaValue" in cell.get("userEnteredValue", {}) for cell in cells)
    read = [read_again(cell) for cell in cells]
    assert [as_read(one) for one in read] == [as_read(one) for one in values]
    assert all(holds(CellAtRead(one), value) for one, value in zip(read, values, strict=True))


@given(st.one_of(MOMENTS, MOMENTS.map(datetime.date)))
def test_any_date_is_known_again_when_it_is_read(moment: date) -> None:
    kind = {"type": "DATE_TIME", "pattern": "m/d/yyyy h:mm:ss"}
    cell = {"userEnteredValue": {"numberValue": serial(moment)}, "userEnteredFormat": {"numberFormat": kind}}
    assert same(read_again(cell), moment)


def read_again(cell: Json) -> CellValue:
    """Return what is read of a cell that was written."""
    book = one_tab()
    rows = [{"values": [cell]}]
    where = {"sheetId": 7, "rowIndex": 0, "columnIndex": 0}
    do(book, "updateCells", start=where, rows=rows, fields="userEnteredValue,userEnteredFormat")
    sheet = book.sheets[0]
    value = effective.effective_value(book, sheet, (0, 0))
    return value_of(
        {
            "formattedValue": effective.formatted_value(book, sheet, (0, 0)),
            "effectiveValue": {} if value and "stringValue" in value else value or {},
            "effectiveFormat": effective.effective_format(book, sheet, (0, 0)),
        }
    )


SAME: list[tuple[CellValue, OutValue, bool]] = [
    (None, None, True),
    ("", None, True),
    (30.0, 30, True),
    (30.0, "30", False),
    ("0012", "12", False),
    (True, 1, False),
    (True, True, True),
    (datetime(2025, 11, 4), date(2025, 11, 4), True),  # noqa: DTZ001
    (datetime(2025, 11, 4, 9, 0, 0, 400), datetime(2025, 11, 4, 9), True),  # noqa: DTZ001
    (NOON, date(2025, 11, 4), False),
    (time(9, 30), "9:30", True),
    (timedelta(minutes=90), "1:30", True),
    (ErrorValue("#REF!"), "#REF!", True),
    ("a\nb", "a\r\nb", True),
    ("x", stale_notice(date(2025, 11, 4)), False),
]


@pytest.mark.parametrize(("read", "value", "is_same"), SAME)
def test_what_was_read_is_compared_with_what_is_to_be(
    read: CellValue, value: OutValue, is_same: bool
) -> None:
    assert same(read, value) is is_same


def test_a_formula_in_place_of_a_value_is_not_that_value() -> None:
    assert not holds(CellAtRead(30.0, formula="=15+15"), 30)
    notice = stale_notice(date(2025, 11, 4))
    assert holds(CellAtRead(None, formula=stale_formula(notice)), notice)
    assert holds(CellAtRead(None, formula=stale_formula(notice).replace(";", ",")), notice)
    assert not holds(CellAtRead(None, formula=stale_formula(notice)), stale_notice(date(2025, 11, 5)))
