"""Columns beside the meanings of a key: how long such a session is, and whether it is to be made up."""

from __future__ import annotations

import re

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.plain import plain
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.ports import CellValue, Sheet

_LENGTH = re.compile(r"\W*(?:min(?:ute)?s?|length|duration|how long)\W*", re.IGNORECASE)
_MINUTES = re.compile(r"\d{1,3}\s*m(?:in(?:ute)?s?)?\.?", re.IGNORECASE)
_MAKE_UP = r"(?:make[\s-]?ups?|made[\s-]?up|m/?u)"
_OWED = re.compile(
    rf"\W*(?:(?:is |needs |to )?{_MAKE_UP}(?: (?:session|owed|needed|required|due))?"
    rf"|owe[sd]?(?: {_MAKE_UP})?)"
    r"\W*(?:y/?n|yes/no)?\W*",
    re.IGNORECASE,
)
_FARTHEST = 4
"""So many columns behind the meaning are looked at."""


def columns_of_key(sheet: Sheet, row: int, first: int) -> list[int]:
    """Return which columns, from `first` on, have a header in this row that is one of those of a key."""
    places = range(first, first + _FARTHEST)
    return [
        place
        for place in places
        if _is_called(_OWED, cell_at(sheet, row, place))
        or (place == first and _is_called(_LENGTH, cell_at(sheet, row, place)))
    ]


def with_columns(sheet: Sheet, row: int, first: int, words: str) -> str:
    """Return a code's meaning with what the columns behind it, from `first` on, say of it."""
    said = as_long_as(sheet, row, first, words)
    for place in range(first, first + _FARTHEST):
        typed = plain(text_of(cell_at(sheet, row, place))).casefold()
        above = (cell_at(sheet, at, place) for at in range(1, row))
        if meanings("yes_no").get(typed) == "yes" and any(_is_called(_OWED, one) for one in above):
            return f"{said}, make-up owed"
    return said


def as_long_as(sheet: Sheet, row: int, place: int, words: str) -> str:
    """Return a code's meaning with what a cell says of how long such a session is: "15 min".

    A number alone is one only below a header that says so: else it may count how often the code stands.
    """
    cell = cell_at(sheet, row, place)
    said = text_of(cell)
    above = (cell_at(sheet, at, place) for at in range(1, row))
    if said and not isinstance(cell, bool) and any(_is_called(_LENGTH, one) for one in above):
        nothing = said in ("0", "-", "–", "—") or said.casefold() in ("n/a", "na", "none")
        return words if nothing else f"{words}, {said} min" if said.isdecimal() else f"{words}, {said}"
    return f"{words}, {said}" if _MINUTES.fullmatch(said) else words


def _is_called(form: re.Pattern[str], cell: CellValue) -> bool:
    return isinstance(cell, str) and form.fullmatch(cell) is not None
