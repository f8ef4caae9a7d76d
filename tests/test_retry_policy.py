"""When a mail is tried again and when it is given up: growing waits, five days, 5xx at once, told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.ports import Delivery
from sheets_sync.retry_policy import after_try, next_try, to_report
from sheets_sync.state import MailOutcome, Posting

FIRST = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
"""A Friday."""

WAITS = Posting(1, "<1@x>", "lee@school.example", "provider", "IEP services", FIRST, MailOutcome.WAITING)
LATER = Delivery("<1@x>", "waiting", problem="The mail server said no (450) while naming the receiver.")
NEVER = Delivery("<1@x>", "refused", problem="The mail server said no (550) while naming the receiver.")


def at(text: str) -> datetime:
    """ "22 05:20" is on November 22."""
    day, clock = text.split(" ")
    return datetime.fromisoformat(f"2025-11-{day}T{clock}:00+00:00")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("21 05:00", "21 05:05"),
        ("21 05:05", "21 05:20"),
        ("21 05:20", "21 06:20"),
        ("21 06:20", "21 10:20"),
        ("21 10:20", "22 05:00"),
        ("22 05:00", "23 05:00"),
        ("23 05:00", "24 05:00"),
        ("21 05:04", "21 05:20"),  # somebody ran it by hand a minute before
        ("21 05:30", "21 06:20"),
        ("22 04:59", "23 05:00"),
        ("25 13:00", "26 05:00"),  # the machine was off
    ],
)
def test_the_waits_grow_from_five_minutes_to_a_day(now: str, then: str) -> None:
    assert next_try(FIRST, at(now)) == at(then)


@given(st.integers(min_value=0, max_value=40 * 24 * 3600))
def test_the_next_try_is_never_sooner_than_in_five_minutes_nor_later_than_in_a_day(seconds: int) -> None:
    now = FIRST + timedelta(seconds=seconds)
    wait = next_try(FIRST, now) - now
    assert timedelta(minutes=5) <= wait < timedelta(days=1, minutes=5)


def tried_as_planned(hours: float) -> Posting:
    """A relay that answers 4xx for so long, and a mail that is tried whenever its time has come."""
    posting, now = after_try(WAITS, LATER, FIRST), FIRST
    while posting.next_try is not None and posting.next_try < FIRST + timedelta(hours=hours):
        now = posting.next_try
        posting = after_try(posting, LATER, now)
    return posting


def test_a_relay_that_answers_4xx_for_three_days_gets_the_mail_on_the_third() -> None:
    """Five tries on the first day, one each on the second and the third."""
    waits = tried_as_planned(72)
    assert (waits.outcome, waits.tries, waits.first_try) == (MailOutcome.WAITING, 7, FIRST)
    assert waits.next_try == FIRST + timedelta(days=3)
    done = after_try(waits, Delivery("<1@x>", "accepted"), waits.next_try)
    assert (done.outcome, done.next_try, done.problem) == (MailOutcome.ACCEPTED, None, "")


def test_after_five_days_it_is_given_up() -> None:
    assert tried_as_planned(24 * 5).outcome is MailOutcome.WAITING
    given_up = tried_as_planned(24 * 5 + 1)
    assert (given_up.outcome, given_up.next_try, given_up.tries) == (MailOutcome.GIVEN_UP, None, 10)
    assert given_up.problem == LATER.problem


def test_a_machine_that_was_off_for_a_week_has_not_given_up() -> None:
    """Without a daemon there is one try a night: the sixth is the last."""
    posting = after_try(WAITS, LATER, FIRST)
    outcomes = []
    for night in range(7, 12):
        posting = after_try(posting, LATER, FIRST + timedelta(days=night))
        outcomes.append(posting.outcome.value)
    assert outcomes == ["waiting", "waiting", "waiting", "waiting", "given up"]


def test_what_is_refused_for_good_is_given_up_at_once() -> None:
    given_up = after_try(WAITS, NEVER, FIRST)
    assert (given_up.outcome, given_up.tries, given_up.problem) == (MailOutcome.GIVEN_UP, 1, NEVER.problem)


def test_a_mail_whose_turn_did_not_come_was_not_tried() -> None:
    posting = after_try(WAITS, replace(LATER, tried=False), FIRST)
    assert (posting.tries, posting.next_try) == (0, at("21 05:05"))


def test_a_clock_that_was_a_year_ahead_makes_no_mail_wait_a_year() -> None:
    posting = after_try(WAITS, LATER, FIRST + timedelta(days=365))
    assert after_try(posting, LATER, FIRST).next_try == at("21 05:05")


def test_times_are_kept_in_utc_by_the_second() -> None:
    local = datetime(2025, 11, 21, 0, 0, 0, 7, tzinfo=timezone(timedelta(hours=-5)))
    posting = after_try(WAITS, LATER, local)
    assert str(posting.first_try) == "2025-11-21 05:00:00+00:00"
    assert str(posting.next_try) == "2025-11-21 05:05:00+00:00"


def given_up(number: int, problem: str = NEVER.problem, **more: object) -> Posting:
    fields = {"number": number, "message_id": f"<{number}@x>", "problem": problem} | more
    return replace(after_try(WAITS, NEVER, FIRST), **fields)


TODAY = date(2025, 11, 21)


def reported(*postings: Posting) -> dict[str, list[int]]:
    return {cause: [one.number for one in found] for cause, found in to_report(postings, TODAY).items()}


def test_what_was_given_up_is_told_by_its_cause() -> None:
    assert reported(given_up(1), given_up(2, "no such user"), given_up(3), WAITS) == {
        NEVER.problem: [1, 3],
        "no such user": [2],
    }


def test_what_was_told_is_not_told_again() -> None:
    assert reported(given_up(1, reported=date(2025, 11, 20))) == {}


def test_one_cause_is_told_once_a_day_the_rest_waits_for_tomorrow() -> None:
    assert reported(given_up(1, reported=TODAY), given_up(2)) == {}
    assert reported(given_up(1, reported=date(2025, 11, 20)), given_up(2)) == {NEVER.problem: [2]}


def test_a_note_to_the_administrator_that_is_refused_is_told_to_nobody() -> None:
    assert reported(given_up(1, role="administrator")) == {}
