"""What stands under "Snooze until" on our tab, as dates (mail.md, "snoozed").

A date further ahead than `snooze_max_days` is cut, and that is said on the Data Problems tab, beside the cell
in which it stands: whoever typed it looks there, and the mail would say it to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.findings.alerts.snoozed import end_of, remembered
from sheets_sync.intake.dates import SchoolYear, read_date
from sheets_sync.ledger.calendars import SchoolCalendar
from sheets_sync.problems import Problem, Severity
from sheets_sync.staff_columns import StaffColumns
from sheets_sync.state import Snooze
from sheets_sync.views.tab import OutValue

UNREADABLE = "This cannot be read as a date, so nothing is silenced."
HOW_TO_WRITE = 'Write a date with its year, like "11/21/2025", or clear the cell.'
HOW_TO_RENEW = (
    "Type a later date then if it is to go on; what the team decided is written in the Service Log."
)


@dataclass(frozen=True, slots=True)
class SnoozeDates:
    """The dates by line key; `unreadable` has what stands in the other cells, by line key."""

    dates: Mapping[str, date]
    unreadable: Mapping[str, OutValue]


def read_snoozes(staff: StaffColumns, keys: Iterable[str], calendar: SchoolCalendar) -> SnoozeDates:
    """Read the cells beside the lines of these keys; a date without a year lies in the school year."""
    year = SchoolYear(calendar.day(calendar.first), calendar.day(calendar.last))
    dates: dict[str, date] = {}
    unreadable: dict[str, OutValue] = {}
    for key in keys:
        value = staff.rows[key].snooze if key in staff.rows else None
        if value is None:
            continue
        day = _day(value, year)
        if day:
            dates[key] = day
        else:
            unreadable[key] = value
    return SnoozeDates(dates, unreadable)


def _day(value: OutValue, year: SchoolYear) -> date | None:
    if isinstance(value, str | int | float | date):
        return read_date(value, year=year).value
    return None


def snooze_problems(
    found: SnoozeDates,
    before: Iterable[Snooze],
    *,
    today: date,
    max_days: int,
    tab: str,
    cells: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield a question for each cell that is no date, a note for each date that is cut.

    `cells` are the addresses of the cells in `tab` by line key, `before` the snoozes of the last run.
    """
    for key, value in found.unreadable.items():
        yield Problem(Severity.QUESTION, tab, cells.get(key, ""), str(value), UNREADABLE, HOW_TO_WRITE)
    for snooze in remembered(found.dates, before, today):
        end = end_of(snooze, max_days)
        if snooze.line in found.dates and today < snooze.until and end < snooze.until:
            typed = f"{snooze.until:%m/%d/%Y}"
            yield Problem(
                Severity.NOTE,
                tab,
                cells.get(snooze.line, ""),
                typed,
                _cut(end, today, max_days),
                HOW_TO_RENEW,
            )


def _cut(end: date, today: date, max_days: int) -> str:
    held = "silences until" if today < end else "silenced until"
    return f"A snooze lasts {max_days} days at most: this one {held} {end:%m/%d/%Y}."
