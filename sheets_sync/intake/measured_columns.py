"""Columns whose headers say a unit or a period, with it in their cells (header_measures.py).

60 below "Minutes per week" is "60 min / week"; 0.5 below "Duration (hrs)" is 30; 1 and 30 below "Duration
Hours" and "Duration Minutes" are 90.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time, timedelta

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import FEWEST_MINUTES, read_duration
from sheets_sync.intake.header_measures import Measure
from sheets_sync.intake.used_columns import HOURS, TOTAL
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue

MOST_HOURS = 8
"""A session is not longer: a greater number below hours is none of hours."""
_NUMBER = lazy_regex(r"\d{1,5}(?:\.\d+)?|\.\d+")
_ONE_HOUR = 60
_NONE = frozenset(("", "0", "-", "--", "n/a", "na", "none"))
_PERIOD_SAID = lazy_regex(r"(?:/|\bper\b|\ba\b|\beach\b|ly\b)", re.IGNORECASE)


def measured_columns(
    columns: Mapping[str, int], totals: Mapping[int, Measure], cells_at: Callable[[int], Sequence[CellValue]]
) -> Iterator[tuple[str, int, list[CellValue]]]:
    """Yield the columns of totals in words, and of minutes with the hours beside them: each with its name, a
    0-based column where it stands, and the cells of all rows. `cells_at` returns those of a column as typed.
    """
    if totals:
        beside = zip(*map(cells_at, totals), strict=True)
        measures = tuple(totals.values())
        yield TOTAL, columns[TOTAL], [total_in_words(row, measures) for row in beside]
    if HOURS in columns:
        hours = cells_at(columns[HOURS])
        place = columns.get("Minutes")
        minutes: Sequence[CellValue] = [None] * len(hours) if place is None else cells_at(place)
        pairs = zip(hours, minutes, strict=True)
        at = columns[HOURS] if place is None else place
        yield "Minutes", at, [minutes_with_hours(*pair) for pair in pairs]


def total_in_words(cells: Sequence[CellValue], measures: Sequence[Measure]) -> CellValue:
    """Return what the columns of all minutes say of one row: a frequency in words, a bare number where no
    header says a unit and a period; None where they say nothing."""
    said = [
        _total(cell, measure) for cell, measure in zip(cells, measures, strict=True) if not _is_none(cell)
    ]
    different = list(dict.fromkeys(said))
    return different[0] if len(different) == 1 else " and ".join(map(text_of, different)) or None


def _total(cell: CellValue, measure: Measure) -> CellValue:
    number = _number(cell)
    if number is None:
        text = text_of(cell)
        said = not measure.period or not isinstance(cell, str) or _PERIOD_SAID.search(text)
        return cell if said else f"{text} / {measure.period}"
    is_number = isinstance(cell, str | int | float)
    minutes = number * _ONE_HOUR if measure.unit == "hours" and is_number else number
    if not measure.period or not measure.unit or minutes < FEWEST_MINUTES:
        return cell
    return f"{text_of(minutes)} min / {measure.period}"


def _is_none(cell: CellValue) -> bool:
    return is_blank(cell) or text_of(cell).casefold() in _NONE


def _number(cell: CellValue) -> float | None:
    if isinstance(cell, time | timedelta):
        length = read_duration(cell).value
        return None if length is None else float(length)
    if isinstance(cell, bool | ErrorValue) or not isinstance(cell, str | int | float):
        return None
    return float(text_of(cell)) if _NUMBER.fullmatch(text_of(cell)) else None


def minutes_with_hours(hours: CellValue, minutes: CellValue) -> CellValue:
    """Return the minutes of a session of which the hours stand in a column of their own, alone or beside
    the rest in minutes; the same length in both columns is one. What contradicts goes on as it stands, in
    words that no reader takes for a length."""
    if _is_none(hours):
        return minutes if is_blank(hours) or not is_blank(minutes) else hours
    number = None if isinstance(hours, time | timedelta) else _number(hours)
    if number is None:
        return hours if _is_none(minutes) else f"{text_of(hours)} and {text_of(minutes)}"
    rest = 0.0 if _is_none(minutes) else _number(minutes)
    whole = round(number * _ONE_HOUR, 2)
    if number <= MOST_HOURS and rest in (0, whole):
        return whole
    if number <= MOST_HOURS and rest is not None and number.is_integer() and rest < _ONE_HOUR:
        return whole + rest
    beside = "" if is_blank(minutes) else f", {text_of(minutes)} in that of minutes"
    return f"{text_of(hours)} in the column of hours{beside}"
