"""A tab of another layout as the rows of a list, each cell with the place in the sheet where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheets_sync.ports import CellValue
from sheets_sync.problems import Problem

Placed = tuple[CellValue, int, int]
"""What stands in a cell, with its 1-based row and 0-based column in the sheet."""


@dataclass(frozen=True)
class Listed:
    """`records` are the rows of the list: by canonical column, what stands where. `own` names the column by
    whose cell a record is known ("Status"): no other record has it.

    `layout` and `seen` say in words what the tab was taken for: "an attendance grid", "12 students down, 60
    dates across". `codes` is the key of codes that stands on the tab (code -> category in words).
    """

    layout: str
    seen: str
    own: str
    records: tuple[Mapping[str, Placed], ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
