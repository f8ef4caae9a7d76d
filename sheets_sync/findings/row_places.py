"""Where rows of a tab stand tonight that cannot be read, told from the rows around them. Pure.

A row that was read last time and whose content stands nowhere tonight may be one of those that cannot be
read: those of a gap between rows that still stand there, one by one, if there are as many; else where the
rows above it have moved, or those below it, or else between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import inf
from typing import TypeVar

Content = TypeVar("Content", bound=Hashable)
Rows = Mapping[int, Sequence[Content]]
"""What was read of a tab: by the row of the sheet, what stands in it."""


@dataclass(frozen=True)
class _Matched:
    """`moved`: rows of last time by where they stand now; `lost`: those of which something is missing now.

    `fresh` is what is there now and was not last time.
    """

    moved: dict[int, int]
    lost: frozenset[int]
    fresh: frozenset[object]


def places(
    before: Rows[Content],
    now: Rows[Content],
    unread: Collection[int],
    about: Callable[[Content], object],
    first: Collection[int] = (),
) -> dict[int, int]:
    """Return where rows of last time, of which something is missing now, stand among the rows `unread`.

    A row was edited, and can be read, if something new about the same stands anywhere now. The rows `first`
    are placed before all others.
    """
    matched = _matched(before, now, about)
    moved = matched.moved
    gaps = _Gaps(moved)
    found = {row: moved[row] for row in matched.lost if moved.get(row) in unread}
    free = set(unread) - set(found.values())
    edited = {row for row in matched.lost if any(about(one) in matched.fresh for one in before[row])}
    rest = sorted(matched.lost - set(moved) - edited, key=lambda row: (row not in first, row))
    for places_of in (gaps.of_all, gaps.beside, gaps.between):
        for row, place in places_of([row for row in rest if row not in found], free):
            if place in free and row not in found:
                found[row] = place
                free.discard(place)
    return found


@dataclass(frozen=True)
class _Gaps:
    """The gaps between the rows that stand there as they stood; `moved` as in _Matched."""

    moved: Mapping[int, int]

    @cached_property
    def anchors(self) -> list[int]:
        return sorted(self.moved)

    def of_all(self, rows: Sequence[int], free: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of rows of a gap in which as many cannot be read as are missing."""
        for _, group in groupby(sorted(rows), key=lambda row: bisect_left(self.anchors, row)):
            those = list(group)
            above, below = self._around(those[0])
            there = sorted(one for one in free if above < one < below)
            if len(there) == len(those):
                yield from zip(those, there, strict=True)

    def beside(self, rows: Sequence[int], free: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of rows that moved as the next above them did, or the next below."""
        for row in rows:
            at = bisect_left(self.anchors, row)
            for anchor in self.anchors[max(at - 1, 0) : at + 1]:
                yield row, row + self.moved[anchor] - anchor

    def between(self, rows: Sequence[int], free: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield any places between the neighbours; all places, where these changed their order."""
        for row in sorted(rows):
            above, below = self._around(row)
            inside = (one for one in free if above < one < below or below < above)
            yield from ((row, place) for place in sorted(inside)[:1])

    def _around(self, row: int) -> tuple[float, float]:
        """Return where the next rows above and below stand now."""
        at = bisect_left(self.anchors, row)
        above = self.moved[self.anchors[at - 1]] if at else 0
        return above, self.moved[self.anchors[at]] if at < len(self.anchors) else inf


def _matched(before: Rows[Content], now: Rows[Content], about: Callable[[Content], object]) -> _Matched:
    """Match what stood there with what stands there; what is twice the same is matched in its order."""
    stands: dict[Content, list[int]] = {}
    for content, row in _by_content(now):
        stands.setdefault(content, []).append(row)
    moved: dict[int, int] = {}
    lost: set[int] = set()
    for content, row in _by_content(before):
        if stands.get(content):
            moved.setdefault(row, stands[content].pop(0))
        else:
            lost.add(row)
    fresh = frozenset(about(content) for content, rows in stands.items() if rows)
    return _Matched(moved, frozenset(lost), fresh)


def _by_content(rows: Rows[Content]) -> Iterator[tuple[Content, int]]:
    return ((content, row) for row in sorted(rows) for content in rows[row])
