"""Where the schedule is not as the grid says (counting.md, SCHEDULE DIFFERS).

Session count, session length, group and provider, in the period that is judged, for the rows that serve the
line; only where both cells are filled and in the same terms: a role fits its people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ledger.calendars import Bools, Ints
from sheets_sync.ledger.index import Index
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.occurrences import Occurrences, ScheduleRows
from sheets_sync.ledger.periods import COUNTED_BY_SESSIONS
from sheets_sync.ledger.requirement import Shut
from sheets_sync.ledger.spans import Spans
from sheets_sync.tables import Tables
from sheets_sync.vacant import given_by, is_named

ROLE = lazy_regex(
    r"\b(slpa?|ot|cota|pta?|sped|paras?|aide|bcba|rbt|ssw|sw|tvi|tod|nurse|team|staff)\b"
    r"|\b(therap|patholog|teach|educat|paraprof|paraedu|psych|counsel|special|provid|assist|interpret)"
)
"""What a role is called: whole words, and the beginnings of words."""


def differences(
    tables: Tables,
    lines: Lines,
    spans: Spans,
    judged: Bools,
    session_counts: Ints,
    rows: ScheduleRows,
    occurrences: Occurrences,
    shut: Shut,
    index: Index,
    school_days: int,
) -> list[tuple[str, ...]]:
    """Return, for each line of the grid, sentences that say what differs; none for most."""
    grid = tables.lines
    found: dict[int, dict[str, None]] = defaultdict(dict)
    line_of = lines.line[spans.strand]
    sessions = grid["sessions"].to_numpy(np.int64)
    compared = grid["period"].isin(COUNTED_BY_SESSIONS).to_numpy(bool)
    expected = sessions * np.where(grid["period"] == "day", school_days, 1) * compared
    wanted = expected[line_of]
    other = judged & (spans.available > 0) & (wanted > 0) & (session_counts > 0) & (session_counts != wanted)
    for span in np.flatnonzero(other).tolist():
        counted = int(session_counts[span])
        are = "session is" if counted == 1 else "sessions are"
        found[int(line_of[span])][f"{counted} {are} scheduled, the grid says {wanted[span]}"] = None
    held = np.flatnonzero(occurrences.span >= 0)
    held = held[judged[occurrences.span[held]]]
    of_shut = np.flatnonzero(judged[shut.span])
    strand = np.concatenate((occurrences.strand[held], spans.strand[shut.span[of_shut]]))
    row = np.concatenate((occurrences.row[held], shut.row[of_shut]))
    pair = np.unique(strand * max(len(rows), 1) + row)
    strand, row = pair // max(len(rows), 1), pair % max(len(rows), 1)
    length, own = rows.minutes[row], lines.minutes[strand]
    for i in np.flatnonzero((own > 0) & (length != own)).tolist():
        text = f"sessions of {length[i]} min are scheduled, the grid says {own[i]}"
        found[int(lines.line[strand[i]])][text] = None
    group, own = rows.group[row], lines.group[strand]
    for i in np.flatnonzero((own >= 0) & (group >= 0) & (group != own)).tolist():
        text = f"scheduled as {index.groups[group[i]]}, the grid says {index.groups[own[i]]}"
        found[int(lines.line[strand[i]])][text] = None
    provider, own = rows.provider[row], lines.provider[strand]
    people = _people(tables.staff)
    for i in np.flatnonzero((own >= 0) & (provider >= 0) & (provider != own)).tolist():
        given, asked = index.providers[provider[i]], index.providers[own[i]]
        if not fits(given, asked, people):
            names = asked if is_named(asked) else f"nobody ({asked})"
            found[int(lines.line[strand[i]])][f"scheduled {given_by(given)}, the grid names {names}"] = None
    return [tuple(found[line]) if line in found else () for line in range(len(grid))]


def _people(staff: pd.DataFrame) -> Mapping[str, str]:
    return {
        str(name).casefold(): str(role).casefold()
        for name, role in zip(staff["name"], staff["role"], strict=True)
    }


def fits(given: str, asked: str, people: Mapping[str, str]) -> bool:
    """Tell whether a provider is the one who is asked for: the same, or a person of that role.

    A role that no person on Staff has cannot be compared with a name, and is let be.

    >>> fits("J. Rivera", "SLP", {"j. rivera": "slp"})
    True
    """
    given, asked = given.casefold(), asked.casefold()
    if given == asked:
        return True
    roles = set(people.values()) - {""}
    for person, role in ((given, asked), (asked, given)):
        if person in people and role in roles:
            return people[person] == role
    return bool(ROLE.search(given) or ROLE.search(asked))
