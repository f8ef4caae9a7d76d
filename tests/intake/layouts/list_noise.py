"""What people add to a list: a title, blank rows, sections, headers again, two rows of them, a total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from hypothesis import strategies as st

from sheets_sync.ports import CellValue

Row = list[CellValue]
NOISE = ("title", "blank rows", "sections", "headers again", "two header rows", "extra columns", "total")
noises = st.lists(st.sampled_from(NOISE), unique=True, max_size=4)
GROUPS = {"Start": "Time", "Minutes": "Amount", "Status": "Session"}
"""Header below which a second row begins -> the name of the group over it."""


def with_noise(rows: Sequence[Row], added: Sequence[str], sections: Sequence[str] = ()) -> list[Row]:
    """Return a list, whose first row is its header, with what people add to it."""
    header, *body = [list(row) for row in rows]
    if "extra columns" in added:
        header = [*header, "Initials", "Building"]
        body = [[*row, "KL", "Main"] for row in body]
    head = _two_rows(header) if "two header rows" in added else [header]
    parts = [*([["Oak Wing"]] if "sections" in added else []), *islice(body, 3)]
    if "blank rows" in added:
        parts.append([])
    if "sections" in added:
        parts += [[text] for text in (*sections, "Main building")]
    if "headers again" in added and "two header rows" not in added:
        parts.append(header)
    parts += islice(body, 3, None)
    if "total" in added:
        parts += [[], ["Total", None, None, float(len(body))]]
    title: list[Row] = [["Maple Hill services"], ["Printed 10/20/2025"], []] if "title" in added else []
    return [*title, *head, *parts]


def _two_rows(header: Row) -> list[Row]:
    upper: Row = [GROUPS.get(str(text), text) for text in header]
    lower: Row = [text if text in GROUPS else None for text in header]
    return [upper, lower]
