"""excused-often: a quarter or more of the sessions of the last 20 open days, by a word of a provider."""

from __future__ import annotations

import pytest

from sheets_sync.findings.finding import Finding
from sheets_sync.tables import Category
from tests.findings.a_school import day, entry, found, given, line, of_kind, school, slot

SESSIONS = ("10-20", "10-22", "10-27", "10-29", "11-03", "11-05", "11-10", "11-12")
"""The eight Mondays and Wednesdays of the 20 open days from Mon Oct 20 to Fri Nov 14."""

TODAY = "11-17"


def often(words: dict[str, Category], today: str = TODAY) -> list[Finding]:
    log = given("10-06", "10-08", "10-15", *(on for on in SESSIONS if on not in words))
    log += [entry(on, word, decided=True) for on, word in words.items()]
    return of_kind(found(school(today, log=log)), "excused-often")


@pytest.mark.parametrize(
    ("days", "is_often"),
    [
        (("10-20",), False),  # 1 of 8
        (("10-20", "11-12"), True),  # 2 of 8: a quarter
        (SESSIONS[:3], True),  # 3 of 8
    ],
)
def test_a_quarter_of_the_sessions_is_often(days: tuple[str, ...], is_often: bool) -> None:
    assert bool(often(dict.fromkeys(days, Category.AGREED_DAY_OFF))) is is_often


@pytest.mark.parametrize(
    ("word", "is_a_word_of_a_provider"),
    [
        (Category.AGREED_DAY_OFF, True),
        (Category.SCHOOL_CLOSED, True),
        (Category.TEAM_DECISION, True),
        (Category.STUDENT_ABSENT, False),
        (Category.STUDENT_REFUSED, False),
        (Category.PROVIDER_ABSENT, False),
        (Category.SCHOOL_ACTIVITY, False),
        (Category.DELIVERED, False),
    ],
)
def test_only_what_excuses_by_a_word_counts(word: Category, is_a_word_of_a_provider: bool) -> None:
    assert bool(often(dict.fromkeys(SESSIONS[:3], word))) is is_a_word_of_a_provider


def test_the_words_count_together_and_are_named() -> None:
    words = {"10-20": Category.AGREED_DAY_OFF, "10-22": Category.SCHOOL_CLOSED} | {
        "11-03": Category.AGREED_DAY_OFF
    }
    (finding,) = often(words)
    assert finding.text == (
        "3 of 8 sessions in the last 20 school days are excused:"
        " agreed day off (2) and school closed (1). Oct 20, Oct 22 and Nov 3."
    )
    assert (finding.provider, finding.date) == ("Ms. Lee", day("10-20"))


def test_a_session_that_was_made_up_was_given() -> None:
    log = given("10-06", "10-08", "10-15", *SESSIONS[2:])
    log += [entry(on, Category.AGREED_DAY_OFF) for on in SESSIONS[:2]]
    log += [entry("11-14", Category.MAKE_UP, makeup_for=day("10-20"))]
    assert of_kind(found(school(TODAY, log=log)), "excused-often") == []


def test_what_lies_further_back_is_past() -> None:
    """On Nov 18 the twenty days begin with Tue Oct 21: of 8 sessions (Nov 17 came) one is excused."""
    log = given("10-06", "10-08", "10-15", *SESSIONS[2:], "11-17")
    log += [entry(on, Category.AGREED_DAY_OFF) for on in SESSIONS[:2]]
    assert of_kind(found(school("11-18", log=log)), "excused-often") == []


def test_one_snow_day_of_a_weekly_service_is_no_habit() -> None:
    grid, schedule = [line(sessions=1, total=30)], [slot(weekdays=0b1)]
    log = given("10-06", "10-20", "10-27", "11-03")
    for days, expected in ((["11-10"], 0), (["11-03", "11-10"], 1)):
        entries = [one for one in log if one["date"] not in map(day, days)]
        entries += [entry(on, Category.SCHOOL_CLOSED) for on in days]
        ledger = school(TODAY, grid=grid, schedule=schedule, log=entries)
        assert len(of_kind(found(ledger), "excused-often")) == expected


def test_a_day_that_the_calendar_has_closed_holds_no_session() -> None:
    shut = {"kind": "no school", "time": -1}
    days = [{"date": day(on), "to": day(on)} | shut for on in SESSIONS[:3]]
    log = given("10-06", "10-08", "10-15", *SESSIONS[3:])
    log += [entry(on, Category.SCHOOL_CLOSED) for on in SESSIONS[:3]]
    assert of_kind(found(school(TODAY, log=log, days=days)), "excused-often") == []
