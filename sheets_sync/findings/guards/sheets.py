"""Which of the last trusted run's sheets is which of tonight's (promises.md: "per source tab")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from sheets_sync.findings.guards.rows import marks_of, row_numbers, shared_columns
from sheets_sync.guarded import SeenColumn, SeenTab
from sheets_sync.intake.seen import MARK

Pair = tuple[SeenTab | None, SeenTab | None]


def pairs(now: Sequence[SeenTab], before: Sequence[SeenTab]) -> Iterator[Pair]:
    """Yield each sheet of tonight with what it was; None for one that is new, or that is gone.

    A tab that is read from one sheet is the same whatever that is called. Of several each is known by its
    name; where a second is added to the only one, or taken from two, the one most like it is still that one.
    One with another name that has most of the rows of one that is gone is that one, renamed.
    """
    for tab in dict.fromkeys(one.tab for one in (*before, *now)):
        there, were = ([one for one in tabs if one.tab == tab] for tabs in (now, before))
        known = {one.source: one for one in were}
        fresh = [one for one in there if one.source not in known]
        gone = [one for one in were if one.source not in {other.source for other in there}]
        yield from ((one, known[one.source]) for one in there if one.source in known)
        if fresh and gone and min(len(there), len(were)) == 1:
            same = max(((one, other) for one in fresh for other in gone), key=lambda pair: _alike(*pair))
            fresh, gone = [one for one in fresh if one is not same[0]], [g for g in gone if g is not same[1]]
            yield same
        for one, other in _renamed(fresh, gone):
            fresh, gone = [f for f in fresh if f is not one], [g for g in gone if g is not other]
            yield one, other
        yield from ((one, None) for one in fresh)
        yield from ((None, one) for one in gone)


def _renamed(fresh: Sequence[SeenTab], gone: Sequence[SeenTab]) -> Iterator[tuple[SeenTab, SeenTab]]:
    """Yield the sheets that have most of the rows of one that is gone, each once, the most alike first."""
    both = ((one, other) for one in fresh for other in gone)
    likely = [(_alike(*pair), pair) for pair in both]
    taken: list[SeenTab] = []
    for alike, (one, other) in sorted(likely, key=lambda found: -found[0]):
        if 2 * alike > other.rows and not any(tab is one or tab is other for tab in taken):
            taken += (one, other)
            yield one, other


def _alike(one: SeenTab, other: SeenTab) -> int:
    """Return in how many rows two sheets are alike."""
    columns = shared_columns(one, other)
    return int(np.isin(row_numbers(one, columns), row_numbers(other, columns)).sum()) if columns else 0


def whole_tab(name: str, tabs: Sequence[SeenTab]) -> SeenTab:
    """Return all sheets of a tab as one; a column that one of them lacks is blank there."""
    own = [tab for tab in tabs if tab.tab == name]
    if len(own) == 1:
        return own[0]
    columns = dict.fromkeys(column.name for tab in own for column in tab.columns)
    return SeenTab(
        name,
        sum(tab.rows for tab in own),
        tuple(_column(column, own) for column in columns),
        strange_rows=sum(tab.strange_rows for tab in own),
    )


def _column(name: str, tabs: Sequence[SeenTab]) -> SeenColumn:
    found = [(tab.column(name), tab.rows) for tab in tabs]
    marks = [np.zeros(rows, dtype=MARK) if one is None else marks_of(one) for one, rows in found]
    there = [one for one, _ in found if one is not None]
    whole = SeenColumn(name, np.concatenate(marks).tobytes() if marks else b"")
    return replace(
        whole,
        filled=sum(one.filled for one in there),
        unreadable=sum(one.unreadable for one in there),
    )
