"""One form for each: frequencies, clock times, periods, initials, what a schedule says."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.findings.words import clock_span, frequency_words
from sheets_sync.intake.frequency import read_frequency
from sheets_sync.views.initials import all_initials, initials
from sheets_sync.views.row_heights import text_height
from sheets_sync.views.schedule_words import next_session_words, scheduled_words
from sheets_sync.views.wording import amount_words, capped, period_labels
from tests.ledgers import Row, ledger, line, schedule

FREQUENCIES = [
    ((2, 30, 60, "week", 1), "2 x 30 min / week", "2 x 30 a week"),
    ((0, 0, 60, "month", 1), "60 min / month", "60 min a month"),
    ((1, 30, 30, "n_weeks", 2), "1 x 30 min / 2 weeks", "1 x 30 every 2 weeks"),
    ((3, 40, 120, "cycle", 6), "3 x 40 min / 6-day cycle", "3 x 40 every 6-day cycle"),
    ((4, 30, 120, "grading_period", 1), "4 x 30 min / grading period", "4 x 30 a grading period"),
    ((1, 60, 60, "once", 1), "1 x 60 min in all", "1 x 60 in all"),
]


@pytest.mark.parametrize(("frequency", "form", "sentence"), FREQUENCIES)
def test_a_frequency_has_one_form(
    frequency: tuple[int, int, int, str, int], form: str, sentence: str
) -> None:
    assert frequency_words(*frequency) == form
    read = read_frequency(form).value
    assert read is not None
    assert (
        frequency_words(read.sessions or 0, read.minutes or 0, read.total or 0, read.period or "", read.n)
        == form
    )
    assert amount_words(*frequency) == sentence


def test_a_frequency_that_says_no_minutes() -> None:
    assert frequency_words(0, 0, 0, "as_needed") == "as needed"
    assert frequency_words(0, 0, 0, "") == ""


@pytest.mark.parametrize(
    ("start", "minutes", "words"),
    [(540, 30, "9:00-9:30"), (770, 45, "12:50-1:35"), (785, 30, "1:05-1:35"), (540, 0, "9:00"), (-1, 30, "")],
)
def test_clock_times_are_as_people_say_them(start: int, minutes: int, words: str) -> None:
    assert clock_span(start, minutes) == words


def test_long_lists_are_cut() -> None:
    assert capped(["a", "b", "c"], 3) == "a, b, c"
    assert capped(["a", "b", "c", "d"], 3) == "a, b ... and 2 more"


def test_periods_are_named_as_in_a_planner() -> None:
    week, next_week = (date(2025, 11, 10), date(2025, 11, 16)), (date(2025, 11, 17), date(2025, 11, 23))
    assert period_labels("week", [week]) == "week of Nov 10"
    assert period_labels("week", [week, next_week]) == "weeks of Nov 10, Nov 17"
    assert period_labels("month", [(date(2025, 11, 1), date(2025, 11, 30))]) == "Nov 2025"
    assert period_labels("quarter", [(date(2025, 9, 2), date(2025, 11, 7))]) == "Sep 2 to Nov 7"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana R.", "A.R."),
        ("R., Ana", "A.R."),
        ("Ana María Ruiz", "A.M.R."),
        ("Élan", "É."),
        ("12", "?"),
        ("", "?"),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


def test_who_shares_initials_gets_a_number() -> None:
    assert all_initials(["Ana R.", "Ben T.", "Al Ray"]) == {
        "Ana R.": "A.R. 1",
        "Al Ray": "A.R. 2",
        "Ben T.": "B.T.",
    }


SCHEDULES = [
    ("two days at one time", [schedule("Ana R.", "Mon, Wed")], "Mon, Wed 9:00-9:30"),
    (
        "two times, by the day",
        [schedule("Ana R.", "Wed", 600, weekdays=4), schedule("Ana R.", "Mon", weekdays=1)],
        "Mon 9:00-9:30; Wed 10:00-10:30",
    ),
    ("every day", [schedule("Ana R.", "Mon, Tue, Wed, Thu, Fri")], "Mon-Fri 9:00-9:30"),
    ("all but one", [schedule("Ana R.", "Mon, Tue, Thu, Fri")], "Mon, Tue, Thu, Fri 9:00-9:30"),
    ("over", [schedule("Ana R.", "Mon") | {"to": date(2025, 11, 20)}], ""),
    ("from later on", [schedule("Ana R.", "Mon") | {"from": date(2025, 12, 1)}], "Mon 9:00-9:30 from Dec 1"),
    (
        "one day only",
        [schedule("Ana R.", "Mon") | {"from": date(2025, 11, 24), "to": date(2025, 11, 24)}],
        "Mon 9:00-9:30 on Nov 24 only",
    ),
    (
        "one day only, without school",
        [schedule("Ana R.", "Sat") | {"from": date(2025, 11, 29), "to": date(2025, 11, 29)}],
        "",
    ),
    ("the same twice", [schedule("Ana R.", "Mon"), schedule("Ana R.", "Mon")], "Mon 9:00-9:30"),
]


@pytest.mark.parametrize(("rows", "words"), [s[1:] for s in SCHEDULES], ids=[s[0] for s in SCHEDULES])
def test_what_is_scheduled(rows: list[Row], words: str) -> None:
    found = scheduled_words(ledger([line()], schedule=rows, served=[(0, at) for at in range(len(rows))]))
    assert found == (words,)


def test_the_next_session_is_a_day_and_a_time() -> None:
    assert next_session_words(date(2025, 11, 24), 540) == "Mon, Nov 24 9:00"
    assert next_session_words(date(2025, 11, 24), -1) == "Mon, Nov 24"
    assert next_session_words(None, -1) == ""


def test_a_longer_text_needs_a_higher_row() -> None:
    one, two = text_height("x " * 10, 30, 10), text_height("word " * 14, 30, 10)
    assert one < two < text_height("word " * 14, 15, 10)
    assert text_height("a\nb\nc", 30, 10) > two
