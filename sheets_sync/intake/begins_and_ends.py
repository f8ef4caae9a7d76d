"""Columns of a Schedule headed "Begins" and "Ends", or "Start" twice: dates or times, by their cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import read_time, read_time_range
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.rules_in_period import is_period
from sheets_sync.ports import CellValue, Sheet

_DATES_OF = {"Start": "From", "End": "To"}
_MOST_OTHERS = 5
"""So many cells of a kind stand beside one of the other before that one is taken for a mistake."""
_A_DATE = 20_000
"""A number above this is a spreadsheet's date."""

Found = Mapping[str, Sequence[int]]


def told_by_values(sheet: Sheet, row: int, found: Found, every: Found, named: Collection[str]) -> Found:
    """Return the columns of a Schedule with those of Start and End that hold dates as From and To.

    `row` is the 1-based header, `found` its columns by name, `every` also those that stand behind an exact
    header, `named` the columns that the configuration names. Of two columns one that is blank is left out.
    Where the cells do not decide, all stays as it is.
    """
    told = {name: tuple(places) for name, places in found.items()}
    for name, of_dates in _DATES_OF.items():
        places = every.get(name, ())
        kinds = {place: _kind(sheet, row, place) for place in places}
        dates = [place for place in places if kinds[place] == "dates"]
        if {name, of_dates} & set(named) or len(dates) > 1 or (dates and of_dates in every):
            continue
        others = [place for place in places if kinds[place] not in ("dates", "blank")]
        if not dates and not others:
            continue
        exact = [place for place in others if place in told[name]]
        del told[name]
        told |= {of_dates: tuple(dates)} if dates else {}
        told |= {name: tuple(exact or others)} if others else {}
    return told


def _kind(sheet: Sheet, row: int, place: int) -> str:
    """Return what stands in a column below its header: "dates", "times", "blank", or "open"."""
    cells = [cells[place] for cells in sheet.rows[row:] if place < len(cells) and not is_blank(cells[place])]
    dates, times = _count(map(_is_date, cells)), _count(map(_is_time, cells))
    if not cells:
        return "blank"
    if dates and dates >= _MOST_OTHERS * times:
        return "dates"
    return "times" if times and times >= _MOST_OTHERS * dates else "open"


def _count(held: Iterable[bool]) -> int:
    return sum(held)


def _is_date(cell: CellValue) -> bool:
    if isinstance(cell, datetime):
        return cell.year > 1900
    if isinstance(cell, date):
        return True
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell > _A_DATE
    return isinstance(cell, str) and read_written_date(text_of(cell)) is not None


def _is_time(cell: CellValue) -> bool:
    """Tell whether a cell can be a time; "9-10" may be one or a date."""
    if isinstance(cell, time | timedelta):
        return True
    if isinstance(cell, datetime):
        return cell.year <= 1900 or cell.time() != time()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell <= _A_DATE and read_time(cell).value is not None
    if not isinstance(cell, str):
        return False
    return read_time(cell).value is not None or read_time_range(cell).value is not None or is_period(cell)
