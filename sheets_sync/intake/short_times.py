"""Lengths that are typed like times, "0:30" and "1:00" below "Time": how long a session was, and not when.

They are read as Minutes where another column says when; alone they are asked about (lengths_below_time.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from sheets_sync.intake.cells import cell_in, is_blank, shown, text_of
from sheets_sync.intake.clock import read_duration
from sheets_sync.intake.headers import read_header
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

_TABS = ("Schedule", "Service Log")
_SHORTEST, _LONGEST = 5, 90
_HOUR = 60
"""No school day has a time before 1:00: one cell of less shows that the column has lengths."""
_NOTE = "These are taken for how long each session is: another column says when."
_REMEDY = "If they are times, write them with AM or PM; else call the column Minutes."

Found = Mapping[str, Sequence[int]]


def are_lengths(cells: Iterable[CellValue]) -> bool:
    """Tell whether all cells in which something stands are times from 0:05 to 1:30, one of them before
    1:00."""
    lengths = [_length(cell) for cell in cells if not is_blank(cell)]
    return bool(lengths) and all(_SHORTEST <= one <= _LONGEST for one in lengths) and min(lengths) < _HOUR


def _length(cell: CellValue) -> int:
    """Return the minutes of a cell that is written like a time; 0 for anything else."""
    is_clock = isinstance(cell, time | timedelta) or (isinstance(cell, datetime) and cell.year <= 1900)
    is_clock |= isinstance(cell, float) and 0 < cell < 1
    is_clock |= isinstance(cell, str) and ":" in cell
    return (read_duration(cell).value or 0) if is_clock else 0


def with_lengths(
    sheet: Sheet, tab: str, row: int, found: Found, every: Found, configured: Collection[str]
) -> dict[str, Sequence[int]]:
    """Return the columns with the Minutes that one headed like Start holds, where another one says when.

    `row` is the 1-based header, `found` its columns by name, `every` also those behind an exact header.
    """
    starts = every.get("Start", ())
    is_told = bool({"Minutes", "Hours"} & {*found, *configured}) or "Start" in configured
    if tab not in _TABS or len(starts) < 2 or is_told:
        return dict(found)
    lengths = [place for place in starts if are_lengths(_below(sheet, row, place))]
    others = tuple(place for place in found["Start"] if place not in lengths)
    if len(lengths) != 1 or not others or all(is_blank(cell) for cell in _below(sheet, row, others[0])):
        return dict(found)
    return {**found, "Start": others, "Minutes": tuple(lengths)}


def note_lengths(sheet: Sheet, row: int, found: Found) -> list[Problem]:
    """Note that the Minutes are a column headed like a time."""
    place = next(iter(found.get("Minutes", ())), -1)
    header = text_of(sheet.rows[row - 1][place]) if place >= 0 else ""
    if read_header(header, tab="Service Log").value != "Start" or not are_lengths(_below(sheet, row, place)):
        return []
    return [Problem(Severity.NOTE, sheet.name, a1(row, place), shown(header), _NOTE, _REMEDY)]


def _below(sheet: Sheet, row: int, place: int) -> list[CellValue]:
    return [cell_in(cells, place) for cells in sheet.rows[row:]]
