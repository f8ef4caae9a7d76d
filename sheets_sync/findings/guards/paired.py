"""Rows of the last trusted run and tonight's that are one row with other cells, wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sheets_sync.findings.guards.rows import (
    Marks,
    Numbers,
    cell_numbers,
    marks_of,
    row_numbers,
    shared_columns,
    told_apart,
)
from sheets_sync.guarded import SeenTab

Places = npt.NDArray[np.intp]

MANY_EDITS = 50
"""Where more rows than these, and more than were paired, are left over, no edits are looked for in them."""


@dataclass(frozen=True)
class Paired:
    """Rows by their places: `before[n]` is `now[n]` with other cells; `lost` and `came` have no such row.

    In the first `exact` of them no cell differs outside of the columns that were left out.
    """

    before: Places
    now: Places
    lost: Places
    came: Places
    exact: int


@dataclass(frozen=True)
class Edited:
    """A tab before and now. What stands in both, row for row, is left out of all that is asked here."""

    tab: SeenTab
    was: SeenTab

    @cached_property
    def columns(self) -> list[str]:
        """The columns that both have."""
        return shared_columns(self.tab, self.was)

    @cached_property
    def lost(self) -> Places:
        """The places of the rows that are nowhere any more."""
        return _without(self.was.rows, self._standing[0])

    @cached_property
    def came(self) -> Places:
        """The places of the rows that were not there."""
        return _without(self.tab.rows, self._standing[1])

    @cached_property
    def _standing(self) -> tuple[Places, Places]:
        return _alike(*(row_numbers(tab, self.columns) for tab in (self.was, self.tab)))

    @cached_property
    def _cells(self) -> dict[str, tuple[Numbers, Numbers]]:
        return {
            name: (cell_numbers(self.was, name)[self.lost], cell_numbers(self.tab, name)[self.came])
            for name in self.columns
        }

    @cached_property
    def _rows(self) -> tuple[Numbers, Numbers]:
        return (
            row_numbers(self.was, self.columns)[self.lost],
            row_numbers(self.tab, self.columns)[self.came],
        )

    def marks(self, name: str) -> tuple[Marks, Marks]:
        """Return what stood in the cells of a column that both have, and what does."""
        before, now = self.was.column(name), self.tab.column(name)
        assert before is not None
        assert now is not None
        return marks_of(before), marks_of(now)

    def paired(self, but: Collection[str]) -> Paired:
        """Pair the rows that are alike in all columns `but` these, then a few that are but for one more."""
        lost, came = np.arange(len(self.lost)), np.arange(len(self.came))
        pairs: list[tuple[Places, Places]] = []
        for left_out in self._left_out(but):
            if pairs and len(lost) > max(MANY_EDITS, len(pairs[0][0])):
                break
            were, are = self._keys(left_out)
            one, other = _alike(were[lost], are[came])
            pairs.append((lost[one], came[other]))
            lost, came = np.delete(lost, one), np.delete(came, other)
        before, now = (np.concatenate(found) for found in zip(*pairs, strict=True))
        return Paired(
            self.lost[before], self.came[now], self.lost[lost], self.came[came], exact=len(pairs[0][0])
        )

    def _left_out(self, but: Collection[str]) -> Iterator[set[str]]:
        yield set(but)
        for name in self.columns:
            if name not in but:
                yield {*but, name}

    def _keys(self, left_out: Collection[str]) -> tuple[Numbers, Numbers]:
        before, now = (numbers.copy() for numbers in self._rows)
        for name in left_out:
            before -= self._cells[name][0]
            now -= self._cells[name][1]
        return before, now


def _alike(one: Numbers, other: Numbers) -> tuple[Places, Places]:
    """Return the places of what is in both: of those that are alike, the first with the first."""
    _, places, others = np.intersect1d(
        told_apart(one), told_apart(other), assume_unique=True, return_indices=True
    )
    in_order = np.argsort(places)
    return places[in_order], others[in_order]


def _without(rows: int, places: Places) -> Places:
    return np.delete(np.arange(rows), places)
