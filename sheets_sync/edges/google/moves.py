"""How rows or columns get to their places: by inserting and moving alone, as few steps as there are blocks.

Nothing is ever deleted and nothing is written anew, so that all that stands in a row goes where the row goes,
whatever somebody did to it since it was read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.edges.google.moment import Dimension, Json


@dataclass(frozen=True, slots=True)
class Insert:
    """`count` new ones go before what is at `at`."""

    at: int
    count: int

    def request(self, sheet_id: int, dimension: Dimension) -> Json:
        where = _range(sheet_id, dimension, self.at, self.at + self.count)
        return {"insertDimension": {"range": where, "inheritFromBefore": False}}


@dataclass(frozen=True, slots=True)
class Move:
    """Those from `start` up to `end` go before what stood at `to` before the move."""

    start: int
    end: int
    to: int

    def request(self, sheet_id: int, dimension: Dimension) -> Json:
        source = _range(sheet_id, dimension, self.start, self.end)
        return {"moveDimension": {"source": source, "destinationIndex": self.to}}


Step = Insert | Move


def steps_to(wanted: Sequence[int | None], count: int) -> list[Step]:
    """Return the steps that bring `count` rows into the order `wanted`.

    `wanted` names each of range(count) exactly once, by where it stands now; None is a new one, and never
    the last: so each is inserted before one that is there, and is new whatever came to the end meanwhile.
    All are moved first: before they are, a new one might have to come behind the last, where Google inserts
    nothing.
    """
    return [*_moves([at for at in wanted if at is not None], count), *_inserts(wanted)]


def _moves(wanted: Sequence[int], count: int) -> list[Step]:
    stay = _longest_rising(wanted)
    order = list(range(count))
    steps: list[Step] = []
    at = 0
    while at < len(wanted):
        if wanted[at] in stay:
            at += 1
            continue
        to = order.index(wanted[at - 1]) + 1 if at else 0
        start = order.index(wanted[at])
        length = _run_together(wanted, at, order, start)
        block = order[start : start + length]
        if to != start:
            steps.append(Move(start, start + length, to))
        del order[start : start + length]
        to -= length if to > start else 0
        order[to:to] = block
        at += length
    return steps


def _inserts(wanted: Sequence[int | None]) -> list[Step]:
    """Return one step for each run of new ones, from left to right: each at its place for good."""
    starts = [at for at, one in enumerate(wanted) if one is None and (not at or wanted[at - 1] is not None)]
    return [Insert(at, _run_of_new(wanted, at)) for at in starts]


def _run_of_new(wanted: Sequence[int | None], at: int) -> int:
    end = at
    while end < len(wanted) and wanted[end] is None:
        end += 1
    return end - at


def _run_together(wanted: Sequence[int], at: int, order: Sequence[int], start: int) -> int:
    """Count those from `at` on that stand together now as they are to stand."""
    length = 1
    while (
        at + length < len(wanted)
        and start + length < len(order)
        and wanted[at + length] == order[start + length]
    ):
        length += 1
    return length


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return the members of a longest rising subsequence: those that need not move."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, number in enumerate(numbers):
        place = bisect_left(tails, number)
        previous.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            ends.append(at)
        else:
            tails[place], ends[place] = number, at
    found = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(numbers[at])
        at = previous[at]
    return frozenset(found)


def _range(sheet_id: int, dimension: Dimension, start: int, end: int) -> Json:
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
