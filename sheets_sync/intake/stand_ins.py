"""Columns that stand for others: "Minutes per week" for the frequency, "Duration (hrs)" for minutes, and the
period in the header of the sessions for the column Per."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.header_measures import (
    Measure,
    is_length_in_hours,
    period_in,
    says_of_what,
    total_of,
)
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.used_columns import COLUMNS, HOURS, TOTAL
from sheets_sync.intake.ways_of_delivery import ways_across
from sheets_sync.ports import CellValue, Sheet

GRID = "Service Grid"


def measured_column(tab: str, text: str) -> str | None:
    """Return Total or Hours where a header says so; hours of what must be told on any tab but the grid."""
    if TOTAL in COLUMNS[tab] and total_of(text):
        return TOTAL
    is_hours = HOURS in COLUMNS[tab] and is_length_in_hours(text)
    return HOURS if is_hours and (tab == GRID or says_of_what(text)) else None


def stand_ins(
    sheet: Sheet, tab: str, row: int, found: Mapping[str, Sequence[int]]
) -> dict[str, Sequence[int]]:
    """Return the columns that are there, and those for which another stands: all minutes of a period,
    ways of delivery, or whole frequencies below minutes for the frequency, hours for minutes."""
    cells = sheet.rows[row - 1]
    totals = [place for place in found.get(TOTAL, ()) if measure(cells[place]).period]
    more: dict[str, Sequence[int]] = {"Minutes": ()} if HOURS in found else {}
    is_grid = tab == GRID and "Frequency" not in found
    if totals or (is_grid and (_holds_frequencies(sheet, row, found) or _has_ways(sheet, row, found))):
        more["Frequency"] = totals
    return {**more, **found}


def _holds_frequencies(sheet: Sheet, row: int, found: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether a column of minutes holds whole frequencies: "IEP minutes" with "2x30/wk"."""
    place = found.get("Minutes", (-1,))[0]
    cells = {cells[place] for cells in sheet.rows[row:] if 0 <= place < len(cells)}
    return any(
        isinstance(cell, str) and read_line_frequency(cell, None, None, None).value is not None
        for cell in cells
    )


def _has_ways(sheet: Sheet, row: int, found: Mapping[str, Sequence[int]]) -> bool:
    return {"Student", "Service"} <= set(found) and bool(ways_across(sheet, row))


def measure(cell: CellValue) -> Measure:
    """Return what the numbers below a header of all minutes of a period are."""
    return total_of(text_of(cell)) or Measure("")


def implied_period(cells: Sequence[CellValue], found: Mapping[str, Sequence[int]]) -> str | None:
    """Return the period that the header of the sessions names, where there is no column Per."""
    if "Per" in found:
        return None
    places = [found[name][0] for name in ("Sessions", "Frequency") if name in found]
    named = (period_in(text_of(cells[place])) for place in places)
    return next((period for period in named if period), None)
