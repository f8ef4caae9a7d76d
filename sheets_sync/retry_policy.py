"""When a mail that could not be sent is tried again, and when it is given up (mail.md, "Never lost").

4xx and faults of the connection are temporary: tried again 5 minutes after the first try, then 15 minutes,
1 hour and 4 hours later, then once a day; every run tries what waits besides. After five days, and six
tries at least (a machine that was off all week has not tried), a mail is given up. A mail that the server
refuses for good (5xx) is given up at once. What is given up is told to the administrator, once a cause and
day; where the note itself was given up another is made on a later date, as long as the words of the mail are
kept (four weeks: so long a person can put it back). No note is made about a note: that would never end.
A mail that waits for days says what was so on its night, and its Date says which night that was: it is the
same mail at every try. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sheets_sync.findings.roles import Role
from sheets_sync.ports import Delivery
from sheets_sync.state import MailOutcome, Posting

PLANNED = tuple(timedelta(minutes=minutes) for minutes in (5, 20, 80, 320))
"""How long after the first try the next ones are."""

THEN_EVERY = timedelta(days=1)
SHORTEST_WAIT = timedelta(minutes=5)
LIFE = timedelta(days=5)
FEWEST_TRIES = 6

KEPT = timedelta(days=28)
"""How long after it was decided the words of a mail that was given up are kept, and told about."""


def after_try(posting: Posting, delivery: Delivery, now: datetime) -> Posting:
    """Return what stands of a mail after the mailer tried to deliver it at `now` (aware)."""
    now = now.astimezone(UTC).replace(microsecond=0)
    first = min(posting.first_try or now, now)
    tried = replace(posting, tries=posting.tries + delivery.tried, first_try=first, problem=delivery.problem)
    if delivery.outcome in (MailOutcome.ACCEPTED, MailOutcome.WRITTEN):
        return replace(tried, outcome=MailOutcome(delivery.outcome), next_try=None)
    if delivery.outcome == "refused" or (tried.tries >= FEWEST_TRIES and now - first >= LIFE):
        return replace(tried, outcome=MailOutcome.GIVEN_UP, next_try=None)
    return replace(tried, next_try=next_try(first, now))


def next_try(first: datetime, now: datetime) -> datetime:
    """Return when a mail that was first tried at `first` and has just failed is tried again.

    The plan counts from the first try, so that a run in between neither shortens nor lengthens it.
    """
    soonest = now + SHORTEST_WAIT
    for wait in PLANNED:
        if first + wait >= soonest:
            return first + wait
    days = -((first - soonest) // THEN_EVERY)
    return first + days * THEN_EVERY


def put_back(posting: Posting, now: datetime) -> Posting:
    """Return a mail that was given up as one that waits, with all its tries before it."""
    due = now.astimezone(UTC).replace(microsecond=0)
    waits = replace(posting, outcome=MailOutcome.WAITING, tries=0, first_try=None, next_try=due)
    return replace(waits, problem="", reported=None)


def note_cause(problem: str) -> str:
    """Return what a note to the administrator is about that tells of mails given up for this problem."""
    return f"given up: {problem}"


def failed_notes(postings: Iterable[Posting], problem: str) -> tuple[Posting, ...]:
    """Return the notes about this problem that were given up themselves."""
    return tuple(
        one
        for one in postings
        if one.outcome is MailOutcome.GIVEN_UP
        and one.role == Role.ADMINISTRATOR.words
        and one.reasons == (note_cause(problem),)
    )


def to_report(postings: Sequence[Posting], today: date) -> dict[str, Sequence[Posting]]:
    """Return what was given up and not yet told to the administrator, by its cause.

    What stood in a note that was given up was not told. A cause that was told today waits until tomorrow.
    """
    given_up = [one for one in postings if one.outcome is MailOutcome.GIVEN_UP]
    told_today = {one.problem for one in given_up if one.reported == today}
    causes: dict[str, list[Posting]] = {}
    for one in given_up:
        if one.role == Role.ADMINISTRATOR.words or one.problem in told_today:
            continue
        if one.reported is None or _was_not_told(one, failed_notes(given_up, one.problem), today):
            causes.setdefault(one.problem, []).append(one)
    return dict(causes)


def _was_not_told(posting: Posting, failed: Sequence[Posting], today: date) -> bool:
    if posting.date is None or today - posting.date.date() > KEPT:
        return False
    return any(note.date is not None and note.date.date() == posting.reported for note in failed)
