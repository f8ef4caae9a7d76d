"""Two logs of one session: a second pair of eyes (issue 5, "Several sources").

A para's binder beside the therapist's own log: what both say alike is agreement, shown and not reported as
logged twice; where they differ it is a finding, as between any two entries (counting.md, "Log").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.ledger.matching import Double
from sheets_sync.ledger.stages import Count
from sheets_sync.problems import sheet_of

Agreeing = dict[int, tuple[int, ...]]


def doubles(work: Count) -> list[Double]:
    """Return all pairs of entries (positions in Entries) of one session or one make-up."""
    return [*work.matched.doubles, *work.pooled.twice]


def to_report(work: Count) -> Iterator[Double]:
    """Yield the pairs that are a finding: those that differ, and of those that say the same the ones within
    one log, also where it is the entry of another log that brings them together."""
    alike = [one for one in doubles(work) if one.same]
    session = _sessions(alike)
    first: dict[tuple[int, int], int] = {}
    told: set[int] = set()
    for one in doubles(work):
        if not one.same:
            yield one
            continue
        for entry in (one.first, one.second):
            own = first.setdefault((session[entry], _log(work, entry)), entry)
            if own != entry and entry not in told:
                told.add(entry)
                yield Double(own, entry, same=True)


def agreeing(work: Count) -> Agreeing:
    """Return, for each entry (position in Entries), those of other logs that say the same."""
    found: Agreeing = {}
    for one in doubles(work):
        if one.same and _log(work, one.first) != _log(work, one.second):
            found[one.first] = (*found.get(one.first, ()), one.second)
            found[one.second] = (*found.get(one.second, ()), one.first)
    return found


def _log(work: Count, entry: int) -> int:
    """Return on which of the sheets that are the Service Log an entry stands."""
    return sheet_of(int(work.log_rows[work.entries.log[entry]]))


def _sessions(alike: Sequence[Double]) -> dict[int, int]:
    """Return of each entry the first of those that tell of the same session."""
    found: dict[int, int] = {}
    for one in alike:
        number = found.setdefault(one.first, one.first)
        found.setdefault(one.second, number)
    return found
