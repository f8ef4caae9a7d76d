"""When a line's sessions are: the columns "Scheduled" and "Next session" of the tab."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sheets_sync.findings.grid_lines import is_school_day
from sheets_sync.findings.words import clock, clock_span, day_words, weekday_words
from sheets_sync.ledger.result import Ledger
from sheets_sync.views.wording import to_day

MOST_TIMES = 6
LEAST_RUN = 3
WEEK = "Mon, Tue, Wed, Thu, Fri, Sat, Sun"


def scheduled_words(ledger: Ledger) -> tuple[str, ...]:
    """Return "Mon, Wed 9:00-9:30" for each line, of the rows that serve it and are not over; "" for none.

    Of rows that have yet to begin the date stands with them; where all are over, nothing is scheduled. A row
    of one day alone on which there is no school is no session to come.
    """
    rows = ledger.tables.schedule.to_dict("records")
    words: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for line, at in zip(ledger.served["line"].tolist(), ledger.served["schedule"].tolist(), strict=True):
        text = "" if is_of_a_closed_day(rows[at], ledger) else _row_words(rows[at], ledger.today)
        if text:
            words[line].setdefault(text, _order(rows[at]))
    return tuple(_joined(words.get(line, {})) for line in range(len(ledger.lines)))


def is_of_a_closed_day(row: dict[Any, Any], ledger: Ledger) -> bool:
    """Tell whether a row of the Schedule is of one day alone, on which there is no school."""
    begins = to_day(row["from"])
    return begins is not None and begins == to_day(row["to"]) and not is_school_day(ledger.calendar, begins)


def next_session_words(day: date | None, start: int) -> str:
    """Return "Mon, Nov 24 9:00"; "" where none is scheduled."""
    return f"{weekday_words(day)} {clock(start)}".rstrip() if day else ""


def _row_words(row: dict[Any, Any], today: date) -> str:
    begins, ends = to_day(row["from"]), to_day(row["to"])
    if ends and ends < today:
        return ""
    text = f"{_days(row['days_text'])} {clock_span(int(row['start']), int(row['minutes']))}".strip()
    if begins and begins == ends:
        return f"{text} on {day_words(begins)} only"
    if begins and begins > today:
        return f"{text} from {day_words(begins)}"
    return text


def _days(text: str) -> str:
    """Return "Mon-Fri" for "Mon, Tue, Wed, Thu, Fri"; days that do not follow on each other stay a list."""
    days = text.split(", ")
    follow_on = len(days) >= LEAST_RUN and ", ".join(days) in WEEK
    return f"{days[0]}-{days[-1]}" if follow_on else text


def _order(row: dict[Any, Any]) -> tuple[Any, ...]:
    begins = to_day(row["from"]) or date.min
    weekdays = int(row["weekdays"])
    return (begins == to_day(row["to"]), weekdays & -weekdays, int(row["start"]), begins)


def _joined(words: dict[str, tuple[Any, ...]]) -> str:
    texts = sorted(words, key=lambda text: words[text])
    if len(texts) > MOST_TIMES:
        texts = [*texts[: MOST_TIMES - 1], f"... and {len(texts) - MOST_TIMES + 1} more"]
    return "; ".join(texts)
