"""What a small look at a workbook tells: what is ticked, and whether a tab holds something else than before.

The daemon looks every few minutes, in a process of its own that must stay small: no pandas here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from sheets_sync.boxes import Boxes, read_boxes
from sheets_sync.ports import CellValue, Peek

Rows = Sequence[Sequence[CellValue]]

NOTHING_SEEN = Peek(Boxes(), "")
"""A look at a workbook that cannot be read now: it is open, or half saved."""


def peek_of(top: Rows, named: Mapping[str, Rows | None]) -> Peek:
    """Return what is seen in the first rows of our tab and in the named tabs, None for one that is not there.

    Blank cells at the end of a row and blank rows at the end of a tab say nothing.
    """
    return Peek(read_boxes(top), _digest(named))


def _digest(named: Mapping[str, Rows | None]) -> str:
    if not named or None in named.values():
        return ""
    told = hashlib.sha256()
    for name, rows in sorted(named.items()):
        told.update(repr((name, _trimmed(_trimmed(row) for row in rows or ()))).encode())
    return told.hexdigest()


def _trimmed(cells: Iterable[object]) -> tuple[object, ...]:
    kept = list(cells)
    while kept and kept[-1] in (None, "", ()):
        kept.pop()
    return tuple(kept)
