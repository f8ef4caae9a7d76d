"""Every required minute stands in exactly one account (counting.md, "Accounts").

required = delivered + made up + upcoming + owed + not logged + excused + not scheduled
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.calendars import TERM_KINDS, Ints, SchoolCalendar
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.pieces import DELIVERED, EXCUSED, GATHERED, NOT_LOGGED, OWED, UPCOMING, Pieces
from sheets_sync.ledger.requirement import rounded
from sheets_sync.ledger.spans import Spans

CONSULTATION = "consultation"
ARRANGED_KINDS = ("year", "once", *TERM_KINDS)


@dataclass(eq=False)
class Accounts:
    """Minutes by period, one array an account; make-ups and team decisions move minutes between them.

    `extra` is by period, `extra_outside` by strand: what was given on days of no period.
    """

    required: Ints
    delivered: Ints
    made_up: Ints
    upcoming: Ints
    owed: Ints
    not_logged: Ints
    excused: Ints
    not_scheduled: Ints
    extra: Ints
    extra_outside: Ints


def gather(pieces: Pieces, spans: Spans) -> Ints:
    """Add up the pieces: an array of (account, period), accounts as in GATHERED."""
    inside = pieces.span >= 0
    size = max(len(spans), 1)
    if not inside.all():
        cell = (pieces.account * size + pieces.span)[inside]
        weights = pieces.minutes[inside]
    else:
        cell, weights = pieces.account * size + pieces.span, pieces.minutes
    sums = np.bincount(cell, weights=weights, minlength=len(GATHERED) * size)
    return sums.astype(np.int64).reshape(len(GATHERED), size)[:, : len(spans)]


def fill(required: Ints, gathered: Ints, pieces: Pieces, lines: Lines) -> Accounts:
    """Fill what is required in the order delivered, upcoming, owed, not logged, excused."""
    room = required.copy()
    taken = []
    for minutes in gathered:
        part = np.minimum(minutes, room)
        room = room - part
        taken.append(part)
    outside = (pieces.span < 0) & (pieces.account == DELIVERED)
    extra_outside = np.bincount(
        pieces.strand[outside], weights=pieces.minutes[outside], minlength=len(lines)
    ).astype(np.int64)
    return Accounts(
        required=required,
        delivered=taken[DELIVERED],
        made_up=np.zeros_like(required),
        upcoming=taken[UPCOMING],
        owed=taken[OWED],
        not_logged=taken[NOT_LOGGED],
        excused=taken[EXCUSED],
        not_scheduled=room,
        extra=gathered[DELIVERED] - taken[DELIVERED],
        extra_outside=extra_outside,
    )


def arrange(
    accounts: Accounts, lines: Lines, spans: Spans, served: Ints, groups: list[str], calendar: SchoolCalendar
) -> None:
    """Count what is arranged as it comes: a consultation line, and one per year, once or term, without any
    Schedule row, has its rest upcoming as far as twice the even pace would still reach.

    `served` is the number of rows that serve each strand.
    """
    consult = groups.index(CONSULTATION) if CONSULTATION in groups else -2
    consultation = lines.group == consult
    by_kind = np.array([name in ARRANGED_KINDS for name, _ in lines.kinds], dtype=bool)
    arranged = (consultation | by_kind[lines.kind]) & (served == 0) if len(lines) else consultation
    own = arranged[spans.strand]
    days_left = _days_left(lines, spans, calendar)
    rest = accounts.not_scheduled
    reach = rounded(2 * accounts.required * days_left, spans.available)
    coming = np.where(own & ~spans.ended, np.minimum(rest, reach), 0)
    unlogged = np.where(own & spans.ended & consultation[spans.strand], rest, 0)
    accounts.upcoming = accounts.upcoming + coming
    accounts.not_logged = accounts.not_logged + unlogged
    accounts.not_scheduled = rest - coming - unlogged


def _days_left(lines: Lines, spans: Spans, calendar: SchoolCalendar) -> Ints:
    """Available days of each period from today on."""
    low = np.maximum(spans.low, calendar.today)
    after = np.maximum(spans.high + 1, low)
    ordinary = calendar.open_before[after] - calendar.open_before[low]
    esy = calendar.esy_before[after] - calendar.esy_before[low]
    return np.where(lines.esy[spans.strand], esy, ordinary)
