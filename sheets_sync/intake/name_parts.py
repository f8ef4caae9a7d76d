"""A student's name in two columns, First name and Last name, as the one column Student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.ports import CellValue, ErrorValue

Found = Mapping[str, Sequence[int]]


def with_student(found: Found) -> dict[str, Sequence[int]]:
    """Return the columns of a header row with Student at the first of its two parts.

    The parts go where the whole name has a column of its own, or where one is there without the other.
    """
    rest = {name: places for name, places in found.items() if name not in NAME_PARTS}
    if "Student" in found or not all(part in found for part in NAME_PARTS):
        return rest
    first = min(place for part in NAME_PARTS for place in found[part])
    return {**found, "Student": (first,)}


def whole_names(first: Sequence[CellValue], last: Sequence[CellValue]) -> list[CellValue]:
    """Return each row's name, "First Last"; where a part shows an error, that."""
    return [_whole(*parts) for parts in zip(first, last, strict=True)]


def _whole(first: CellValue, last: CellValue) -> CellValue:
    for part in (first, last):
        if isinstance(part, ErrorValue):
            return part
    return " ".join(text_of(part) for part in (first, last) if not is_blank(part)) or None
