"""One cell as Google answers it -> what it holds. Serial numbers count days from 1899-12-30."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.cells import value_of, values_of
from sheets_sync.ports import CellValue, ErrorValue

at = datetime.fromisoformat
NO_DATE = 4e6


def shown(text: str) -> dict[str, Any]:
    return {"formattedValue": text}


def number(value: float, text: str, kind: str = "", pattern: str = "") -> dict[str, Any]:
    cell: dict[str, Any] = {"effectiveValue": {"numberValue": value}, "formattedValue": text}
    if kind:
        cell["effectiveFormat"] = {"numberFormat": {"type": kind} | ({"pattern": pattern} if pattern else {})}
    return cell


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ({}, None),
        ({"effectiveValue": {}, "effectiveFormat": {}, "userEnteredFormat": {}}, None),
        (shown(""), None),
        ({"effectiveValue": {"stringValue": ""}}, None),
        (shown("Ana R."), "Ana R."),
        (shown(" Ana  R. "), " Ana  R. "),
        (shown("0012"), "0012"),
        (shown("11/3-11/7"), "11/3-11/7"),
        (shown("=1+1"), "=1+1"),
        (shown("two\nlines"), "two\nlines"),
        ({"effectiveValue": {}} | shown("30"), "30"),
        (number(12, "12"), 12.0),
        (number(0, "0"), 0.0),
        (number(29.6, "30"), 29.6),
        (number(1234567890123456, "1.23457E+15"), 1234567890123456.0),
        ({"effectiveValue": {"boolValue": True}} | shown("TRUE"), True),
        ({"effectiveValue": {"boolValue": False}} | shown("FALSCH"), False),
    ],
)
def test_text_is_text_and_a_number_a_number(cell: dict[str, Any], value: CellValue) -> None:
    assert (type(value_of(cell)), value_of(cell)) == (type(value), value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("REF", "#REF!"),
        ("N_A", "#N/A"),
        ("DIVIDE_BY_ZERO", "#DIV/0!"),
        ("VALUE", "#VALUE!"),
        ("NAME", "#NAME?"),
        ("NUM", "#NUM!"),
        ("NULL_VALUE", "#NULL!"),
        ("ERROR", "#ERROR!"),
        ("LOADING", "Loading..."),
        ("SOMETHING_NEW", "#ERROR!"),
    ],
)
def test_an_error_is_no_text(kind: str, text: str) -> None:
    cell = {"effectiveValue": {"errorValue": {"type": kind}}, "formattedValue": "#NV"}
    assert value_of(cell) == ErrorValue(text)


@pytest.mark.parametrize(
    ("serial", "kind", "value"),
    [
        (45981, "DATE", date(2025, 11, 20)),
        (45981, "DATE_TIME", date(2025, 11, 20)),
        (45981.375, "DATE", at("2025-11-20T09:00")),
        (45981.39583333, "DATE_TIME", at("2025-11-20T09:30")),  # 9:30 with the fraction cut short
        (45980.99999999, "DATE_TIME", at("2025-11-20T00:00")),
        (2, "DATE", date(1900, 1, 1)),
        (-1, "DATE", date(1899, 12, 29)),
        (0, "TIME", time(0, 0)),
        (0.3958333333333333, "TIME", time(9, 30)),
        (0.39583333, "TIME", time(9, 30)),
        (0.99999999, "TIME", time(23, 59, 59)),
        (1.25, "TIME", at("1899-12-31T06:00")),
        (2958465, "DATE", date(9999, 12, 31)),
        (2958465.9999999, "DATE", 2958465.9999999),
        (2958466, "DATE", 2958466.0),
        (-1e300, "DATE", -1e300),
    ],
)
def test_dates_and_times_by_the_type_of_the_format(serial: float, kind: str, value: CellValue) -> None:
    cell = number(serial, "whatever the format shows", kind, "ddd")
    assert (type(value_of(cell)), value_of(cell)) == (type(value), value)


@pytest.mark.parametrize(
    ("serial", "kind", "pattern", "value"),
    [
        (1.25, "TIME", "[h]:mm", timedelta(hours=30)),
        (0.5, "DATE_TIME", "[hh]:mm:ss", timedelta(hours=12)),
        (45 / 1440, "NUMBER", "[m]", timedelta(minutes=45)),
        (-0.5, "TIME", "[h]:mm", timedelta(hours=-12)),
        (1e12, "TIME", "[h]:mm", 1e12),
        (0.5, "TIME", '"[h]" h:mm', time(12, 0)),
        (30, "NUMBER", "[Red]0", 30.0),
    ],
)
def test_lengths_of_time_by_the_pattern(serial: float, kind: str, pattern: str, value: CellValue) -> None:
    cell = number(serial, "30", kind, pattern)
    assert (type(value_of(cell)), value_of(cell)) == (type(value), value)


@pytest.mark.parametrize(
    ("value", "text", "kind", "pattern", "meant"),
    [
        (12, "0012", "NUMBER", "0000", "0012"),
        (30, "30 min", "NUMBER", '0" min"', "30 min"),
        (2, "2 x week", "NUMBER", '0" x week"', "2 x week"),
        (930, "09:30", "NUMBER", r"00\:00", "09:30"),
        (1030, "10:30", "NUMBER", r"00\:00", "10:30"),
        (6035551234, "(603) 555-1234", "NUMBER", "(000) 000-0000", "(603) 555-1234"),
        (11252025, "11/25/2025", "NUMBER", "00/00/0000", "11/25/2025"),
        (12, "12", "TEXT", "@", 12.0),
        (30, "30", "NUMBER", "0", 30.0),
        (29.6, "30", "NUMBER", "0", 29.6),
        (30, "30.00", "NUMBER", "0.00", 30.0),
        (0.5, "0.5", "NUMBER", "0.0", 0.5),
        (0, "0", "NUMBER", "0", 0.0),
        (0, "–", "NUMBER", '0;-0;"–"', 0.0),
        (0, "", "NUMBER", "0;-0;", 0.0),
        (5, "", "NUMBER", ";;;", 5.0),
        (1200.5, "1,200.50", "NUMBER", "#,##0.00", 1200.5),
        (1200.5, "1.200,50", "NUMBER", "#,##0.00", 1200.5),  # German
        (1200.5, "1\u202f200,50", "NUMBER", "#,##0.00", 1200.5),  # French
        (1200.5, "1’200.50", "NUMBER", "#,##0.00", 1200.5),  # Swiss
        (-30, "(30)", "NUMBER", "0;(0)", -30.0),
        (-30, "-30", "NUMBER", "0", -30.0),
        (0.5, "1/2", "NUMBER", "# ?/?", 0.5),
        (1.5, "1 1/2", "NUMBER", "# ?/?", 1.5),
        (0.5, "50%", "PERCENT", "0%", 0.5),
        (30, "$30.00", "CURRENCY", "$0.00", 30.0),
        (30, "30,00 €", "CURRENCY", "", 30.0),
        (30, "3.0E+01", "SCIENTIFIC", "0.0E+00", 30.0),
    ],
)
def test_a_number_shown_as_something_else_is_what_people_see(
    value: float, text: str, kind: str, pattern: str, meant: CellValue
) -> None:
    read = value_of(number(value, text, kind, pattern))
    assert (type(read), read) == (type(meant), meant)


def test_a_row_keeps_the_places_of_its_cells() -> None:
    assert list(values_of([{}, shown("Ana R."), {}, number(30, "30")])) == [None, "Ana R.", None, 30.0]
    assert not values_of([{}, {"effectiveFormat": {}}, shown("")])


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "DATE", "TIME", "DATE_TIME", "NUMBER", "TEXT", "PERCENT"]),
    st.one_of(st.sampled_from(["", "[h]:mm", "0000"]), st.text(max_size=8)),
    st.text(max_size=12),
)
def test_no_number_and_no_format_crashes_it(value: float, kind: str, pattern: str, text: str) -> None:
    read = value_of(number(value, text, kind, pattern))
    assert isinstance(read, float | date | time | timedelta | str)
