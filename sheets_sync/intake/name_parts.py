"""A name in two columns, First name and Last name, as the one column Student, or Name on the Staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.person_names import words_of
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.ports import CellValue, ErrorValue

Found = Mapping[str, Sequence[int]]


def whole_column(tab: str) -> str:
    """Return the column of a tab whose parts First name and Last name are."""
    return "Name" if tab == "Staff" else "Student"


def with_whole_name(found: Found, tab: str) -> dict[str, Sequence[int]]:
    """Return the columns of a header row with Student (Name) at the first of its two parts.

    Where Student stands beside one part it may hold the other ("Student | First name"), or the whole name.
    The parts go where both stand beside it, and where one is there without Student and the other.
    """
    whole = whole_column(tab)
    rest = {name: places for name, places in found.items() if name not in NAME_PARTS}
    there = [part for part in NAME_PARTS if part in found]
    if whole in found and len(there) == 1:
        other = next(part for part in NAME_PARTS if part not in there)
        return {**found, other: found[whole]}
    if whole in found or len(there) < len(NAME_PARTS):
        return rest
    first = min(place for part in NAME_PARTS for place in found[part])
    return {**found, whole: (first,)}


def whole_names(first: Sequence[CellValue], last: Sequence[CellValue]) -> list[CellValue]:
    """Return each row's name, "First Last"; where a part shows an error, that."""
    return [_whole(*parts) for parts in zip(first, last, strict=True)]


def _whole(first: CellValue, last: CellValue) -> CellValue:
    for part in (first, last):
        if isinstance(part, ErrorValue):
            return part
    if is_whole(text_of(first), text_of(last)):
        return text_of(first)
    if is_whole(text_of(last), text_of(first)):
        return text_of(last)
    return " ".join(text_of(part) for part in (first, last) if not is_blank(part)) or None


def is_whole(name: str, part: str) -> bool:
    """Tell whether a name holds a part of it that stands in a column of its own: "Ana Rivera" and "Ana"."""
    words = words_of(name.replace(",", " "))
    return len(words) > 1 and bool(words_of(part)) and set(words_of(part)) < set(words)
