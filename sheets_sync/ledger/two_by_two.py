"""Dates with two sessions and two entries, of which a start time settles which is whose: as arrays.

They are the most frequent of the dates that need the rules of `cells.py` in full (a group and an individual
session of one service on one day), and most of a district's.
"""

from __future__ import annotations

import numpy as np

from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.entries import Entries, Outcome
from sheets_sync.ledger.occurrences import Occurrences


def settled_by_start(
    occurrences: Occurrences, entries: Entries, sessions: Ints, left: Ints, size: int
) -> tuple[Ints, Ints]:
    """Return (occurrence, entry) pairs of the dates that can be settled at once.

    One entry has the start of one session, the other not the same one; no team decision, no entry that names
    another group: then the first round of matching gives the one pair, and the other pair is what remains.
    """
    of_session = occurrences.course[sessions] * size + occurrences.day[sessions]
    of_entry = entries.course[left] * size + entries.day[left]
    s, e = _twos(of_session, sessions), _twos(of_entry, left)
    both, at_s, at_e = np.intersect1d(s[0], e[0], assume_unique=True, return_indices=True)
    s2, e2 = s[1][at_s], e[1][at_e]
    if not len(both):
        return sessions[:0], left[:0]
    starts = occurrences.start[s2]
    same = entries.start[e2][:, :, None] == starts[:, None, :]
    same &= entries.start[e2][:, :, None] >= 0
    group, named = occurrences.group[s2][:, None, :], entries.group[e2][:, :, None]
    clash = ((group >= 0) & (named >= 0) & (group != named)).any(axis=(1, 2))
    decided = (entries.outcome[e2] == Outcome.TEAM_DECISION).any(axis=1)
    straight = same[:, 0, 0] | same[:, 1, 1]
    crossed = same[:, 0, 1] | same[:, 1, 0]
    clear = (starts[:, 0] != starts[:, 1]) & (straight ^ crossed) & ~clash & ~decided
    s2, e2, crossed = s2[clear], e2[clear], crossed[clear]
    second = np.where(crossed[:, None], e2[:, ::-1], e2)
    return s2.reshape(-1), second.reshape(-1)


def _twos(cells: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Return the cells that hold exactly two rows, and the two rows of each."""
    order = np.argsort(cells, kind="stable")
    found, first, counts = np.unique(cells[order], return_index=True, return_counts=True)
    two = counts == 2
    begin = first[two]
    return found[two], np.stack((rows[order[begin]], rows[order[begin + 1]]), axis=1)
