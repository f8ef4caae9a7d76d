"""Where rows or columns go when some are inserted, deleted or moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Span = tuple[int, int]
"""(start, end) along one dimension, the end not included."""


class Shift(Protocol):
    """A change of one dimension: `index` and `span` say where what stood there is now, None if it is gone."""

    def index(self, old: int) -> int | None: ...

    def span(self, old: Span) -> Span | None: ...


@dataclass(frozen=True)
class Inserted:
    """`count` new ones before `at`. A span grows when they come between two of its own."""

    at: int
    count: int

    def index(self, old: int) -> int:
        return old + self.count if old >= self.at else old

    def span(self, old: Span) -> Span:
        start, end = old
        return (
            start + self.count if start >= self.at else start,
            end + self.count if end > self.at else end,
        )


@dataclass(frozen=True)
class Deleted:
    """Those from `start` up to `end` are gone. A span that lay in them wholly is gone too."""

    start: int
    end: int

    def index(self, old: int) -> int | None:
        if old < self.start:
            return old
        return old - (self.end - self.start) if old >= self.end else None

    def span(self, old: Span) -> Span | None:
        start, end = (self._edge(edge) for edge in old)
        return (start, end) if start < end else None

    def _edge(self, edge: int) -> int:
        return edge - max(0, min(edge, self.end) - self.start)


@dataclass(frozen=True)
class Moved:
    """Those from `start` up to `end` stand before what was at `to` before the move.

    A span that is moved wholly goes along; one in which the move begins and ends stays as it is; otherwise
    what is moved out leaves it and what is moved between two of its own joins it.
    """

    start: int
    end: int
    to: int

    @property
    def count(self) -> int:
        return self.end - self.start

    @property
    def landed(self) -> int:
        """The index of the first of them after the move."""
        return self.to if self.to <= self.start else self.to - self.count

    def index(self, old: int) -> int:
        if self.start <= old < self.end:
            return old - self.start + self.landed
        left = old - self.count if old >= self.end else old
        return left + self.count if left >= self.landed else left

    def span(self, old: Span) -> Span:
        start, end = old
        if self.start <= start and end <= self.end:
            return start - self.start + self.landed, end - self.start + self.landed
        if start <= self.start and self.end <= end and start <= self.to <= end:
            return old
        left = Deleted(self.start, self.end).span(old)
        assert left is not None, "a span that lies in what is moved has gone along"
        return Inserted(self.landed, self.count).span(left)

    def splits(self, old: Span) -> bool:
        """Tell whether the move would tear apart what must stay together."""
        start, end = old
        touched = self.start < end and start < self.end
        whole = self.start <= start and end <= self.end
        return (touched and not whole) or (not touched and start < self.to < end)
