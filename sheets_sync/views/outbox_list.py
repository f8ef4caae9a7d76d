"""What waits in the outbox and what was given up, in lines for people and as values for machines.

A line says to whom (address and role), when it was decided, how often it was tried, with what result and when
it is tried next. No student is named: subjects and problems hold none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sheets_sync.findings.roles import Role
from sheets_sync.findings.words import count
from sheets_sync.state import MailOutcome, Posting


def outbox_lines(postings: Sequence[Posting], zone: tzinfo | None) -> Iterator[str]:
    """Yield the lines; times are shown in `zone`, None for the machine's."""
    waiting = [one for one in postings if one.outcome is MailOutcome.WAITING]
    given_up = [one for one in postings if one.outcome is MailOutcome.GIVEN_UP]
    if not postings:
        yield "No mail waits, and none was given up."
    if waiting:
        yield f"{count(len(waiting), 'mail waits', 'mails wait')}:"
    for one in waiting:
        yield from posting_lines(one, zone)
    if given_up:
        yield f"{count(len(given_up), 'mail was', 'mails were')} given up:"
    for one in given_up:
        yield from posting_lines(one, zone)


def held_back_in_words(postings: Sequence[Posting]) -> str:
    """Say how many mails are not sent while the workbook is held, and what would do; "" where none waits."""
    waiting = [one for one in postings if one.outcome is MailOutcome.WAITING]
    others = [one for one in waiting if one.role != Role.ADMINISTRATOR.words]
    if not others:
        return ""
    return (
        f"The workbook is held: {count(len(others), 'mail waits', 'mails wait')} until a run trusts it. What"
        " would do: mend the workbook (sheets-sync check says what looks wrong), or tick “This is meant”;"
        " then run: sheets-sync sync"
    )


def posting_lines(posting: Posting, zone: tzinfo | None) -> tuple[str, str]:
    """Return what the mail is, and how it stands with it."""
    when = f", decided {_moment(posting.date, zone)}" if posting.date else ""
    what = f"{posting.number:>4}  to {posting.to} ({posting.role or 'receiver'}){when}: {posting.subject}"
    tries = f"tried {count(posting.tries, 'time')}" if posting.tries else "not tried yet"
    coming = f", next {_moment(posting.next_try, zone)}" if posting.tries and posting.next_try else ""
    return what, f"      {tries}{coming}. {posting.problem}".rstrip()


def outbox_result(postings: Sequence[Posting]) -> list[dict[str, Any]]:
    """Return what `outbox --json` prints: a value a mail, times as ISO text with their zone."""
    return [
        {
            "number": one.number,
            "message_id": one.message_id,
            "outcome": one.outcome.value,
            "to": one.to,
            "role": one.role,
            "subject": one.subject,
            "decided": _iso(one.date),
            "tries": one.tries,
            "first_try": _iso(one.first_try),
            "next_try": _iso(one.next_try),
            "problem": one.problem,
        }
        for one in postings
    ]


def _moment(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
