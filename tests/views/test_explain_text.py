"""`explain` for eyes: the answer, the sum, and every session beside its cell."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest
from rich.console import Console

from sheets_sync.ledger import Ledger
from sheets_sync.tables import Category
from sheets_sync.views.explain_text import explain_text, student_list
from sheets_sync.views.period_words import arithmetic, period_words
from tests.views.small_school import entry, small_school

MISSED = [entry("10-06", minutes=20), entry("10-08", Category.PROVIDER_ABSENT)]


def read(ledger: Ledger, *, width: int = 80) -> str:
    """Return what stands on the terminal, without the blanks at the ends of its lines."""
    out = io.StringIO()
    Console(file=out, width=width).print(explain_text(ledger, ["Make up 40 min."], student="Ana R."))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_the_whole_page_of_a_line_that_is_behind() -> None:
    """Oct 6 given for 20 of 30 minutes, Oct 8 missed, Oct 13 closed. Today Tue Oct 14."""
    assert (
        read(small_school(MISSED, today=date(2025, 10, 14)))
        == """\
Ana R. · Speech therapy · M. Duarte --------------------------------------------
MAKE-UP OWED: 40 minutes behind.
Make up 40 min.

Promised   "2 x 30 mpw", read as 2 x 30 min / week, from Mon Oct 6 2025 (Service
Grid!A7)
Scheduled  Mon, Wed 9:00-9:30 (Schedule!A4)

  required 90 = delivered 20 + upcoming 30 + owed 40
  behind 40 = owed 40 + not scheduled in periods that are over 0
  beside that: not asked for 30, 33.3% delivered

Week of Mon Oct 13
  required 30 = upcoming 30
  Wed Oct 15  9:00 30 min upcoming              Schedule!A4
  not asked for: Mon Oct 13, 30 min: no school: Columbus Day

Week of Mon Oct 6   40 BEHIND
  required 60 = delivered 20 + owed 40
  Mon Oct 6   9:00 20 min delivered, 10 owed    Schedule!A4, Service Log!A31
  Wed Oct 8   9:00 30 min owed: provider absent Schedule!A4, Service Log!A32"""
    )


def test_what_nobody_logged_or_scheduled_is_named_at_its_week() -> None:
    text = read(small_school(today=date(2025, 10, 14), weekdays=0b00100))
    assert "30 NOT LOGGED" in text
    assert "30 BEHIND" in text


def test_nothing_scheduled_at_all() -> None:
    """60 a week, no schedule, Oct 13 closed: 60 x 4/5 = 48 are asked for in the week in progress."""
    text = read(small_school(today=date(2025, 10, 14), weekdays=0))
    assert "Scheduled  nothing" in text
    assert "48 NOT SCHEDULED" in text
    assert "asked for 48 of 60: 4 of 5 days" in text


def test_a_session_that_the_week_does_not_need_is_explained() -> None:
    log = [entry("10-06", Category.PROVIDER_ABSENT), entry("10-08"), entry("10-10")]
    text = read(small_school(log, today=date(2025, 10, 14), weekdays=0b10101), width=120)
    assert "30 min owed, no longer needed: provider absent" in text


def test_a_line_that_cannot_be_counted_says_why() -> None:
    text = read(small_school(MISSED, today=date(2025, 10, 14), reason='"2 x 30 or 1 x 60" is not clear'))
    assert 'CHECK DATA: this line cannot be counted. "2 x 30 or 1 x 60" is not clear' in text
    assert "required" not in text


@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_the_terminal(width: int) -> None:
    text = read(small_school(MISSED, today=date(2025, 12, 1)), width=width)
    assert max(len(line) for line in text.splitlines()) <= width


def test_markup_in_a_cell_is_text() -> None:
    log = [entry("10-06", Category.UNKNOWN, reason="[red]see notes[/red]")]
    assert "[red]see notes[/red]" in read(small_school(log, today=date(2025, 10, 14)), width=160)


def test_a_student_without_a_line() -> None:
    out = io.StringIO()
    ledger = small_school(today=date(2025, 10, 14))
    Console(file=out, width=80).print(explain_text(ledger, [""], student="Ben T."))
    assert out.getvalue().strip() == "Ben T. has no line in the Service Grid."


def test_the_students_to_choose_from() -> None:
    out = io.StringIO()
    Console(file=out, width=80).print(student_list(small_school(today=date(2025, 10, 14))))
    assert [line.split() for line in out.getvalue().splitlines()][1] == ["13", "Ben", "T."]


@pytest.mark.parametrize(
    ("kind", "start", "end", "words"),
    [
        ("week", "2025-10-06", "2025-10-12", "Week of Mon Oct 6"),
        ("day", "2025-10-06", "2025-10-12", "Week of Mon Oct 6"),
        ("month", "2025-10-01", "2025-10-31", "October 2025"),
        ("cycle", "2025-10-06", "2025-10-14", "Mon Oct 6 to Tue Oct 14 2025"),
    ],
)
def test_what_a_period_is_called(kind: str, start: str, end: str, words: str) -> None:
    assert period_words({"start": pd.Timestamp(start), "end": pd.Timestamp(end)}, kind) == words


@pytest.mark.parametrize(
    ("full", "scheduled", "shut", "available", "required", "words"),
    [
        (60, 60, 0, 5, 60, ""),
        (60, 30, 30, 4, 30, ""),
        (
            90,
            30,
            30,
            4,
            54,
            "asked for 54 of 90: 30 scheduled + 24 of the 30 that nobody scheduled (4 of 5 days)",
        ),
        (60, 60, 30, 4, 48, "asked for 48 of 60: 4 of 5 days"),
    ],
)
def test_how_a_requirement_came_about(
    full: int, scheduled: int, shut: int, available: int, required: int, words: str
) -> None:
    row = {
        "full": full,
        "scheduled": scheduled,
        "shut": shut,
        "available": available,
        "days": 5,
        "required": required,
    }
    assert arithmetic(row) == words
