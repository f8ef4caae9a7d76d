"""Dates with two sessions and two entries, of which a start or a group settles which is whose: as arrays.

They are the most frequent of the dates that need the rules of `cells.py` in full (a group and an individual
session of one service on one day), and most of a district's.
"""

from __future__ import annotations

import numpy as np

from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.entries import Entries, Outcome
from sheets_sync.ledger.occurrences import Occurrences

STRAIGHT, CROSSED, NEITHER, BOTH = range(4)


def settled_pairs(
    occurrences: Occurrences, entries: Entries, sessions: Ints, left: Ints, size: int
) -> tuple[Ints, Ints]:
    """Return (occurrence, entry) pairs of the dates that can be settled at once.

    One entry has the start of one session, or its group where no start tells them apart, and the other entry
    has not; no team decision, no pair of different groups: then matching gives the one pair in its first
    rounds, and the other pair is what remains.
    """
    of_session = occurrences.course[sessions] * size + occurrences.day[sessions]
    of_entry = entries.course[left] * size + entries.day[left]
    s, e = _twos(of_session, sessions), _twos(of_entry, left)
    _, at_s, at_e = np.intersect1d(s[0], e[0], assume_unique=True, return_indices=True)
    s2, e2 = s[1][at_s], e[1][at_e]
    by_start = _straight(entries.start[e2], occurrences.start[s2])
    by_group = _straight(entries.group[e2], occurrences.group[s2])
    at_once = occurrences.start[s2][:, 0] == occurrences.start[s2][:, 1]
    unnamed = ((entries.start[e2] >= 0) & (entries.group[e2] < 0)).any(axis=1)
    way = np.where((by_start == NEITHER) | (at_once & ~unnamed), by_group, by_start)
    e2 = np.where((way == CROSSED)[:, None], e2[:, ::-1], e2)
    named, group = entries.group[e2], occurrences.group[s2]
    clash = ((group >= 0) & (named >= 0) & (group != named)).any(axis=1)
    decided = (entries.outcome[e2] == Outcome.TEAM_DECISION).any(axis=1)
    clear = ((way == STRAIGHT) | (way == CROSSED)) & ~clash & ~decided
    return s2[clear].reshape(-1), e2[clear].reshape(-1)


def _straight(told: Ints, planned: Ints) -> Ints:
    """Tell which of two entries has what the sessions beside them have: the first that of the first or the
    second that of the second, crossed, neither, or what does not tell them apart."""
    same = (told[:, :, None] == planned[:, None, :]) & (told[:, :, None] >= 0)
    straight = same[:, 0, 0] | same[:, 1, 1]
    crossed = same[:, 0, 1] | same[:, 1, 0]
    return np.select(
        [straight & ~crossed, crossed & ~straight, ~straight & ~crossed], [STRAIGHT, CROSSED, NEITHER], BOTH
    )


def _twos(cells: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Return the cells that hold exactly two rows, and the two rows of each."""
    order = np.argsort(cells, kind="stable")
    found, first, counts = np.unique(cells[order], return_index=True, return_counts=True)
    two = counts == 2
    begin = first[two]
    return found[two], np.stack((rows[order[begin]], rows[order[begin + 1]]), axis=1)
