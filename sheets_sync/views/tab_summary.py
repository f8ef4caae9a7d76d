"""The two rows above the table of the Compliance tab: what is to do in one line, and how it was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.findings.words import count
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.ledger.rules import Rules
from sheets_sync.views.wording import capped, long_day

TO_DO: Mapping[Status, str] = {
    Status.MAKE_UP_OWED: "to make up",
    Status.NOT_SCHEDULED: "not scheduled",
    Status.PARTLY_SCHEDULED: "partly scheduled",
    Status.NOT_LOGGED: "without an entry",
    Status.SCHEDULE_DIFFERS: "with a schedule that differs",
    Status.WATCH: "to watch",
}
"""In words, the most urgent first; the other statuses ask for nothing."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_CODES = 4


def to_do_in_one_line(ledger: Ledger, gone: Sequence[int] = ()) -> str:
    """Return "3 to make up, 1 not scheduled, 2 without an entry; 190 min behind in all".

    `gone`: the minutes behind of each line that left the grid with some, which are not in that sum. Lines
    that are held (frozen.py) are in it as they stood.
    """
    statuses = Counter(ledger.lines["status"].tolist())
    parts = [f"{statuses[status]} {words}" for status, words in TO_DO.items() if statuses[status]]
    behind = int(ledger.lines["behind"].sum())
    held = int((ledger.lines["held"] & (ledger.lines["status"] != Status.CHECK_DATA)).sum())
    left = f"; {sum(gone)} min behind on {count(len(gone), 'line')} that left the grid" if gone else ""
    left += f"; {count(held, 'line')} not updated" if held else ""
    if not parts:
        return f"{_nothing_to_do(statuses, behind, held)}{left}"
    return ", ".join(parts) + f"; {behind} min behind in all{left}"


def _nothing_to_do(statuses: Counter[Status], behind: int, held: int) -> str:
    counted = statuses.total() - statuses[Status.CHECK_DATA]
    if statuses[Status.CHECK_DATA] and not counted:
        return "No line could be counted: see Data Problems"
    counted_ones = " on the lines that could be counted" if statuses[Status.CHECK_DATA] else ""
    of_these = " on the lines that were updated" if held else counted_ones
    if behind:
        return f"Nothing to do{of_these}; {behind} min behind in all"
    return f"Nothing to do{of_these}" if of_these else "Nothing to do: every line is on track"


def not_counted(ledger: Ledger) -> str:
    """Return how many lines could not be counted, "" if all could."""
    number = int((ledger.lines["status"] == Status.CHECK_DATA).sum())
    return f"{count(number, 'line')} could not be counted" if number else ""


def how_counted(ledger: Ledger, checked_at: datetime, version: str, config: Config) -> str:
    """Return when the workbook was read, by what version, from what date it is counted, with what where the
    configuration departs from the defaults, and the counts by status."""
    day = f"{DAYS[checked_at.weekday()]}, {long_day(checked_at.date())}"
    read = f"Read {day} at {checked_at:%H:%M} by sheets-sync {version}."
    since = long_day(ledger.calendar.day(ledger.calendar.window_start))
    different = list(departures(config))
    with_what = f", with {'; '.join(different)}" if different else ""
    counts = Counter(ledger.lines["status"].tolist())
    by_status = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])
    return (
        f"{read} Counted from {since}{with_what}. {count(len(ledger.lines), 'line')}: {by_status or 'none'}."
    )


def departures(config: Config) -> Iterator[str]:
    """Yield what the configuration counts otherwise than the defaults: "closures owe", "min_behind 20"."""
    usual = Rules()
    for one in fields(Rules):
        value = getattr(config.rules, one.name)
        if value != getattr(usual, one.name) and one.name != "report_from":
            yield f"{one.name} {_value(value)}" if one.name != "school_days" else f"school on {_value(value)}"
    codes = [f"{code} as {meaning}" for code, meaning in config.names.codes.items()]
    if codes:
        yield f"codes {capped(codes, MOST_CODES)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(DAYS[day] for day in value)
    return value.isoformat() if isinstance(value, date) else str(value)
