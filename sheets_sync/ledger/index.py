"""Students, services, groups and providers of all tables as numbers, the same in every table.

A *course* is one student's one service: the lines, the sessions and the entries that can meet at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheets_sync.ledger.calendars import Ints
from sheets_sync.tables import Tables


@dataclass(frozen=True, eq=False)
class Index:
    """`students`, `services`, `providers`, `groups`: number -> text. `courses`: number -> (student, service).

    Missing values and courses without a line are -1.
    """

    students: list[str]
    services: list[str]
    providers: list[str]
    groups: list[str]
    course_table: Ints
    courses: int

    def student(self, column: pd.Series) -> Ints:
        return _numbers(column, self.students)

    def service(self, column: pd.Series) -> Ints:
        return _numbers(column, self.services)

    def provider(self, column: pd.Series) -> Ints:
        return _numbers(column, self.providers)

    def group(self, column: pd.Series) -> Ints:
        return _numbers(column, self.groups)

    def course(self, student: Ints, service: Ints) -> Ints:
        """Return the course of each pair, -1 where no line of the grid is of it."""
        place = np.where((student < 0) | (service < 0), 0, student * len(self.services) + service)
        found = self.course_table[place] if len(self.course_table) else np.full(len(student), -1)
        return np.where((student < 0) | (service < 0), -1, found)


def build_index(tables: Tables) -> Index:
    """Number everything that the tables name, in the order of its first table."""
    every = (tables.lines, tables.schedule, tables.log)
    students = _texts((*(t["student"] for t in every), tables.attendance["student"]))
    services = _texts(t["service"] for t in every)
    providers = _texts(t["provider"] for t in every)
    groups = _texts(t["group"] for t in every)
    place = _numbers(tables.lines["student"], students) * max(len(services), 1)
    place = place + _numbers(tables.lines["service"], services)
    named, _ = np.unique(place[place >= 0], return_inverse=True)
    course_table = np.full(max(len(students) * len(services), 1), -1, dtype=np.int64)
    course_table[named] = np.arange(len(named))
    return Index(students, services, providers, groups, course_table, len(named))


def _texts(columns: Iterable[pd.Series]) -> list[str]:
    seen: dict[str, None] = {}
    for column in columns:
        seen.update(dict.fromkeys(column.cat.categories.tolist()))
    return list(seen)


def _numbers(column: pd.Series, texts: list[str]) -> Ints:
    numbers = {text: number for number, text in enumerate(texts)}
    lookup = [numbers.get(text, -1) for text in column.cat.categories.tolist()]
    return np.array([*lookup, -1], dtype=np.int64)[column.cat.codes.to_numpy()]


def expand(counts: Ints) -> tuple[Ints, Ints]:
    """Return, for item i repeated counts[i] times, the item of each repeat and its place within the item."""
    item = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return item, np.arange(len(item)) - first[item]


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows sorted by a key, so that the rows of a key are `order[begin[key] : begin[key + 1]]`."""

    order: Ints
    begin: Ints

    @property
    def counts(self) -> Ints:
        return np.diff(self.begin)

    def of(self, keys: Ints) -> tuple[Ints, Ints]:
        """Pair each position of `keys` with every row of its key: (positions, rows)."""
        safe = np.where(keys < 0, 0, keys)
        counts = np.where(keys < 0, 0, self.counts[safe]) if len(self.begin) > 1 else np.zeros(len(keys), int)
        item, place = expand(counts)
        return item, self.order[self.begin[safe[item]] + place]


def group_rows(keys: Ints, size: int) -> Groups:
    """Group rows by `keys` (0 to size - 1; rows with a negative key are left out)."""
    kept = np.flatnonzero(keys >= 0)
    order = kept[np.argsort(keys[kept], kind="stable")]
    begin = np.concatenate(([0], np.cumsum(np.bincount(keys[kept], minlength=size))))
    return Groups(order, begin.astype(np.int64))
