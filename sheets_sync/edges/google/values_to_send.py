"""What goes into a cell as Google's ExtendedValue, and what will be read of it again.

Text is `stringValue`: never parsed, never a formula. The one formula is the stale notice, a constant of the
program's own whose words and date come from no cell (google.md, "One run, two calls").
"""

from __future__ import annotations

import math
from datetime import date, datetime

from sheets_sync.edges.google.moment import CellAtRead, Json
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.staff_columns import kept_value
from sheets_sync.views.tab import Box, OutValue, StaleNotice

LONGEST_TEXT = 50_000
"""Characters that a cell holds, counted as UTF-16 does; what is longer is cut, and ends in "…"."""

_EPOCH = date(1899, 12, 30)
_NO_TEXT = lazy_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SECONDS_A_DAY = 86_400


def extended_value(value: OutValue) -> Json | None:
    """Return the ExtendedValue, None for a blank cell."""
    if isinstance(value, StaleNotice):
        return {"formulaValue": stale_formula(value)}
    if isinstance(value, Box):
        return {"boolValue": value.ticked}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value} if math.isfinite(value) else {"stringValue": "#NUM!"}
    if isinstance(value, date):
        return {"numberValue": serial(value)}
    text = plain_text(value)
    return {"stringValue": text} if text else None


def stale_formula(notice: StaleNotice) -> str:
    """Return the formula that shows the words from the second day after the check on.

    Between arguments stands ";", which Google takes in every locale; "," it takes only where numbers have no
    decimal comma.
    """
    day = notice.checked
    words = plain_text(notice.words).replace('"', '""')
    return f'=IF(TODAY()>DATE({day.year};{day.month};{day.day})+1;"{words}";"")'


def serial(day: date) -> float | int:
    """Return the days since 1899-12-30 of a local date, or of a local date and time."""
    days = day.toordinal() - _EPOCH.toordinal()
    if not isinstance(day, datetime):
        return days
    return days + (day.hour * 3600 + day.minute * 60 + day.second) / _SECONDS_A_DAY


def plain_text(text: str | None) -> str:
    """Return the text as Google keeps it: lines end in a line feed, what is no character is U+FFFD."""
    if not text:
        return ""
    text = _NO_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if _length(text) <= LONGEST_TEXT else _shortened(text)


def _length(text: str) -> int:
    return (
        len(text) if text.isascii() or 2 * len(text) <= LONGEST_TEXT else len(text.encode("utf-16-le")) // 2
    )


def _shortened(text: str) -> str:
    whole = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)]
    return whole.decode("utf-16-le", "ignore") + "…"


def holds(cell: CellAtRead, value: OutValue) -> bool:
    """Tell whether the cell as it was read holds this value."""
    if isinstance(value, StaleNotice):
        return _either(cell.formula) == _either(stale_formula(value))
    return not cell.formula and same(cell.value, value)


def _either(formula: str) -> str:
    """Google shows a formula with the separators of the workbook's locale."""
    return formula.replace(";", ",")


def same(read: CellValue, value: OutValue) -> bool:
    """Tell whether what was read is this value; TRUE is not 1."""
    one, other = as_read(read), as_read(value)
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def as_read(value: CellValue | OutValue) -> OutValue:
    """Return a value in the one form in which what was read and what is sent can be compared.

    Blank text is no value; whole numbers are whole, a date at midnight is a date, seconds are the smallest
    part of a time.
    """
    if isinstance(value, StaleNotice):
        return None
    if isinstance(value, Box):
        return value.ticked
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return kept_value(float(value)) if math.isfinite(value) else "#NUM!"
    if isinstance(value, datetime):
        return kept_value(value.replace(microsecond=0))
    if isinstance(value, str):
        return plain_text(value) or None
    return kept_value(value)
