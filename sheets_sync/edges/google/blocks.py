"""Cells that stand together and are to be treated alike, as rectangles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sheets_sync.edges.google.moment import Json

Kind = TypeVar("Kind", bound=Hashable)
Place = tuple[int, int]
"""(row, column), from 0."""


@dataclass(frozen=True, slots=True)
class Block(Generic[Kind]):
    """Rows `top` to `bottom`, columns `left` to `right`, the ends not included."""

    kind: Kind
    top: int
    bottom: int
    left: int
    right: int

    def grid_range(self, sheet_id: int) -> Json:
        return {
            "sheetId": sheet_id,
            "startRowIndex": self.top,
            "endRowIndex": self.bottom,
            "startColumnIndex": self.left,
            "endColumnIndex": self.right,
        }


def blocks_of(kinds: Mapping[Place, Kind]) -> list[Block[Kind]]:
    """Return rectangles that cover the places, each of one kind: runs along the rows or down the columns,
    whichever are fewer."""
    across = _blocks({(row, column): kind for (row, column), kind in kinds.items()})
    down = _blocks({(column, row): kind for (row, column), kind in kinds.items()})
    if len(across) <= len(down):
        return across
    turned = [Block(one.kind, one.left, one.right, one.top, one.bottom) for one in down]
    return sorted(turned, key=lambda one: (one.top, one.left))


def _blocks(kinds: Mapping[Place, Kind]) -> list[Block[Kind]]:
    """Join runs along a line with the same run on the next."""
    open_runs: dict[tuple[int, int, Kind], int] = {}
    found: list[Block[Kind]] = []
    lines: dict[int, dict[int, Kind]] = defaultdict(dict)
    for (line, at), kind in kinds.items():
        lines[line][at] = kind
    last = -2
    for line in sorted(lines):
        runs = set(_runs(lines[line]))
        for run in [run for run in open_runs if line != last + 1 or run not in runs]:
            found.append(_closed(run, open_runs.pop(run), last + 1))
        for run in runs:
            open_runs.setdefault(run, line)
        last = line
    found += [_closed(run, first, last + 1) for run, first in open_runs.items()]
    return sorted(found, key=lambda one: (one.top, one.left))


def _closed(run: tuple[int, int, Kind], first: int, end: int) -> Block[Kind]:
    left, right, kind = run
    return Block(kind, first, end, left, right)


def _runs(line: Mapping[int, Kind]) -> Iterator[tuple[int, int, Kind]]:
    places = sorted(line)
    start = before = places[0]
    for at in places[1:]:
        if at != before + 1 or line[at] != line[start]:
            yield start, before + 1, line[start]
            start = at
        before = at
    yield start, before + 1, line[start]
