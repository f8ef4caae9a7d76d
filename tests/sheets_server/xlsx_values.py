"""What stands in a cell of an .xlsx file, or in a test's table -> CellData."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.sheets_server.model import Json

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates of a workbook
_DAY = timedelta(days=1)
_ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


def cell_of(value: Any, number_format: str = "General") -> Json:
    """Return the CellData of a value and its number format; {} where there is neither."""
    blank = value is None or value == ""
    form = format_of(number_format) or (None if blank else _format_for(value))
    cell = {} if blank else {"userEnteredValue": _entered(value)}
    return {**cell, **({"userEnteredFormat": {"numberFormat": form}} if form else {})}


def format_of(pattern: str) -> Json | None:
    """Return the NumberFormat of a pattern as Excel writes it; None for General."""
    pattern = re.sub(r"\[\$-[^\]]*\]|;@$", "", pattern or "General")
    if pattern.lower() == "general":
        return None
    return {"type": _kind(pattern), "pattern": pattern}


def serial(value: date | datetime | time | timedelta) -> float:
    """Return the days since 1899-12-30; of a time of day, or a length of time, the days that it is."""
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None) - _EPOCH
    elif isinstance(value, date):
        value = timedelta(days=(value - _EPOCH.date()).days)
    days = value / _DAY
    return int(days) if days == int(days) else days


def _entered(value: Any) -> Json:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, date | time | timedelta):
        return {"numberValue": serial(value)}
    text = str(value)
    if text in _ERRORS:
        return {"errorValue": {"type": _ERRORS[text]}}
    return {"formulaValue" if text.startswith("=") and len(text) > 1 else "stringValue": text}


def _format_for(value: Any) -> Json | None:
    """Return the format without which a date would be a number."""
    if isinstance(value, datetime):
        return {"type": "DATE_TIME", "pattern": "m/d/yyyy h:mm:ss"}
    if isinstance(value, date):
        return {"type": "DATE", "pattern": "m/d/yyyy"}
    if isinstance(value, time):
        return {"type": "TIME", "pattern": "h:mm am/pm"}
    if isinstance(value, timedelta):
        return {"type": "TIME", "pattern": "[h]:mm:ss"}
    return None


def _kind(pattern: str) -> str:
    """Return the type of a number format, as Google names it for a pattern of its own."""
    if pattern == "@":
        return "TEXT"
    currency = re.search(r"\[\$[^\]-]+|[$€£¥]", pattern) is not None
    letters = _ASIDE.sub("", pattern.split(";")[0])
    clock = _ELAPSED.search(letters) is not None or re.search(r"[hs]", letters, re.IGNORECASE) is not None
    days = re.search(r"[yd]", letters, re.IGNORECASE) is not None
    if clock or days or re.search(r"m", letters, re.IGNORECASE):
        return "DATE_TIME" if clock and days else "TIME" if clock else "DATE"
    if "%" in letters:
        return "PERCENT"
    if re.search(r"E[+-]", letters):
        return "SCIENTIFIC"
    return "CURRENCY" if currency else "NUMBER"
