"""Two logs of one session: a second pair of eyes (issue 5, "Several sources").

A para's binder beside the therapist's own log: what both say alike is agreement, shown and not reported as
logged twice; where they differ it is a finding, as between any two entries (counting.md, "Log").
"""

from __future__ import annotations

from sheets_sync.ledger.stages import Count
from sheets_sync.problems import sheet_of


def in_two_logs(work: Count, first: int, second: int) -> bool:
    """Tell whether two entries (positions in Entries) stand on two of the sheets that are the Service Log."""
    rows = work.log_rows[work.entries.log[[first, second]]].tolist()
    return sheet_of(int(rows[0])) != sheet_of(int(rows[1]))


def agreed_occurrences(work: Count) -> frozenset[int]:
    """Return the occurrences of which two logs say the same."""
    pairs = {frozenset((one.first, one.second)) for one in work.matched.doubles if one.same}
    return frozenset(
        occurrence
        for occurrence, others in work.matched.more.items()
        for other in others
        if frozenset((int(work.matched.entry[occurrence]), other)) in pairs
        and in_two_logs(work, int(work.matched.entry[occurrence]), other)
    )
