"""One cell of Google's answer -> what it holds (google.md, "One run, two calls").

Google gives every cell three ways; which one is meant:

- text, and whatever else is no number: as it is shown, which is as it was typed ("0012" stays "0012");
- a date, a clock time, a length of time: the serial number (days since 1899-12-30), by the number format;
- any other number: the number, unless its format makes people see something that is none ("0012", "30 min",
  "9:30" of a format 00\\:00): then what they see.

Decimal commas, spaces between thousands, brackets round negatives, currencies and percents are still numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.shown_numbers import means_text

Json = dict[str, Any]

CELL_FIELDS = (
    "formattedValue,effectiveValue(numberValue,boolValue,errorValue.type),effectiveFormat.numberFormat"
)
"""What a value is read from. Text is left out of effectiveValue: it would come twice (reading.py)."""

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates of the workbook
_FIRST, _LAST = (date.min - EPOCH.date()).days, (date.max - EPOCH.date()).days
_LONGEST = 999_999_998
_DAY = 86_400

ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "NULL_VALUE": "#NULL!",
        "DIVIDE_BY_ZERO": "#DIV/0!",
        "VALUE": "#VALUE!",
        "REF": "#REF!",
        "NAME": "#NAME?",
        "NUM": "#NUM!",
        "N_A": "#N/A",
        "LOADING": "Loading...",
    }
)
"""Google's words for errors -> what the cell shows, in every language; all others show "#ERROR!"."""

_MOMENTS = frozenset({"DATE", "TIME", "DATE_TIME"})
_SHOWN_AS_MEANT = frozenset({"NUMBER", "TEXT"})
_LITERAL = lazy_regex(r'"[^"]*"|\\.')
_ELAPSED = lazy_regex(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def values_of(cells: Sequence[Json]) -> Sequence[CellValue]:
    """Return what each cell of a row holds; () where all are blank."""
    values = [
        _value(cell, cell["effectiveValue"])
        if cell.get("effectiveValue")
        else cell.get("formattedValue") or None
        for cell in cells
    ]
    return values if values.count(None) < len(values) else _BLANK


_BLANK: Sequence[CellValue] = ()


def value_of(cell: Json) -> CellValue:
    """Return what one cell holds."""
    effective = cell.get("effectiveValue")
    return _value(cell, effective) if effective else cell.get("formattedValue") or None


def _value(cell: Json, effective: Json) -> CellValue:
    number = effective.get("numberValue")
    if number is not None:
        look = cell.get("effectiveFormat", _NO_LOOK).get("numberFormat")
        if look is None:
            return float(number)
        return _formatted(
            number, look.get("type", ""), look.get("pattern", ""), cell.get("formattedValue", "")
        )
    if "boolValue" in effective:
        return bool(effective["boolValue"])
    if "errorValue" in effective:
        return ErrorValue(ERRORS.get(effective["errorValue"].get("type", ""), "#ERROR!"))
    return cell.get("formattedValue") or None


_NO_LOOK: Json = {}


@lru_cache(maxsize=1 << 14)
def _formatted(number: float, kind: str, pattern: str, shown: str) -> CellValue:
    if _is_elapsed(pattern):
        return timedelta(seconds=round(number * _DAY)) if abs(number) < _LONGEST else float(number)
    if kind in _MOMENTS:
        return _moment(number)
    seen = shown.strip()
    if kind in _SHOWN_AS_MEANT and means_text(seen):
        return seen
    return float(number)


@lru_cache(maxsize=256)
def _is_elapsed(pattern: str) -> bool:
    return "[" in pattern and _ELAPSED.search(_LITERAL.sub("", pattern)) is not None


def _moment(number: float) -> CellValue:
    """Return the date, the clock time (of a number below 1) or both, to the second, as the Excel edge."""
    if not _FIRST <= number < _LAST + 1:
        return float(number)
    if number == int(number) and number != 0:
        return (EPOCH + timedelta(days=int(number))).date()
    if 0 <= number < 1:
        return (EPOCH + timedelta(seconds=min(int(number * _DAY + 0.5), _DAY - 1))).time()
    seconds = timedelta(days=number) // timedelta(microseconds=1) + 500_000
    try:
        return EPOCH + timedelta(seconds=seconds // 1_000_000)
    except OverflowError:  # less than half a second before the year 10000
        return float(number)
