"""The side of a table of a week grid, where its times stand, and its rows of times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.bell_schedule import Area
from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.ports import CellValue


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of times: `start` and `end` are minutes after midnight.

    `of_days`, of a period alone, are those of each day on which it is ("Mon", "D1").
    """

    row: int
    column: int
    start: int
    end: int
    of_days: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def on(self, day: str) -> tuple[int, int] | None:
        """Return start and end on a day, None where the period is not on that day."""
        return self.of_days.get(day) if self.of_days else (self.start, self.end)


@dataclass(frozen=True)
class Side:
    """Where the times of a table stand: in the rows `first_row` to `last_row`, in one of `columns`.

    `places` are the columns of its sessions, `days` what days stand over them; `merged` are merged ranges.
    `headings` are rows between the times, from which on they may begin anew; `lengths` are the minutes that
    a column beside the times says of a row.
    """

    first_row: int
    last_row: int
    columns: range
    places: tuple[int, ...]
    days: tuple[str, ...]
    merged: Sequence[Area] = ()
    headings: tuple[int, ...] = ()
    lengths: Mapping[int, int] = field(default_factory=dict)


def is_session(cell: CellValue) -> bool:
    """Tell whether a cell below a day may hold a session: more than nothing, or "Lunch"."""
    return not is_blank(cell) and not (isinstance(cell, str) and is_no_session(cell))
