"""Columns beside the meanings of a key: whose the cause is, how long a session is, whether it is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.key_beside import Said, said_by_all, says_who
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.plain import plain
from sheets_sync.intake.said_to_be_owed import says_owed
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_LENGTH = lazy_regex(r"\W*(?:min(?:ute)?s?|length|duration|how long)\W*", re.IGNORECASE)
_MINUTES = lazy_regex(r"\d{1,3}\s*m(?:in(?:ute)?s?)?\.?", re.IGNORECASE)
_CODES = lazy_regex(
    r"\W*(?:status |attendance )?(?:codes?|symbols?|abbreviations?|letters?)\W*", re.IGNORECASE
)
_CODE = lazy_regex(r"[A-Z][A-Z/]{0,2}|[^\w\s]{1,2}|[a-z]")
_MAKE_UP = r"(?:make[\s-]?ups?|made[\s-]?up|m/?u)"
_OWED = lazy_regex(
    rf"\W*(?:(?:is |needs |to )?{_MAKE_UP}(?: (?:session|owed|needed|required|due))?"
    rf"|owe[sd]?(?: {_MAKE_UP})?)"
    r"\W*(?:y/?n|yes/no)?\W*",
    re.IGNORECASE,
)
_NO_MEANING = lazy_regex(
    r"\W*(?:colou?rs?|examples?|counts?|totals?|times? used|how many|billable|billed|billing|points?"
    r"|order|percent|formulas?|abbreviations?|codes?|symbols?|letters?|(?:used|entered|marked) by|since|added"
    r"|(?:state|district|medicaid|billing|cpt|sis)(?: codes?)?|medicaid billable"
    r"|(?:last|previous|prior) year(?:'s)?(?: (?:codes?|meanings?))?|(?:old|previous) (?:codes?|meanings?)"
    r")\W*",
    re.IGNORECASE,
)
"""Headers of columns that say nothing of what became of a session."""
_BESIDE = ("Notes", "Reason", "Provider", "Group", "Status")
"""Columns of a log that those of a key may be called like."""
_FARTHEST = 4
"""So many columns behind the meaning are looked at."""


def columns_of_key(sheet: Sheet, row: int, first: int) -> list[int]:
    """Return which columns, from `first` on, have in this row (1-based) a header that can be one of the key.

    They end before a blank one, before the next key's and before those of a list ("Date", "Student").
    """
    found: list[int] = []
    for place in range(first, first + _FARTHEST):
        cell = cell_at(sheet, row, place)
        if is_blank(cell) or not isinstance(cell, str) or _is_called(_CODES, cell):
            break
        known = read_header(cell, tab="Service Log").value
        own = _is_called(_OWED, cell) or _is_called(_LENGTH, cell)
        if not own and known not in (None, *_BESIDE):
            break
        found.append(place)
    return found


def with_columns(sheet: Sheet, row: int, places: Sequence[int], words: str) -> Said:
    """Return a code's meaning with what stands in these columns of its row: whose the cause is, how long such
    a session is, whether it is made up."""
    cells = [(place, cell_at(sheet, row, place)) for place in places]
    told = [(place, str(cell)) for place, cell in cells if _tells(sheet, row, place, cell)]
    said = said_by_all(words, told)
    for place in places:
        said = replace(said, words=as_long_as(sheet, row, place, said.words))
    owed = any(_is_below(_OWED, sheet, row, at) and _says_yes(cell_at(sheet, row, at)) for at in places)
    return replace(said, words=f"{said.words}, make-up owed") if owed else said


def places_behind(sheet: Sheet, row: int, first: int) -> list[int]:
    """Return the columns of the texts and numbers side by side from `first` on, up to where another code
    with its meaning begins."""
    found: list[int] = []
    for place in range(first, first + _FARTHEST):
        cell, then = cell_at(sheet, row, place), cell_at(sheet, row, place + 1)
        if is_blank(cell):
            break
        code = isinstance(cell, str) and _CODE.fullmatch(cell.strip()) and not says_who(cell.strip())
        if (code and isinstance(then, str) and not is_blank(then)) or "=" in str(cell):
            break
        found.append(place)
    return found


def _tells(sheet: Sheet, row: int, place: int, cell: CellValue) -> bool:
    """Tell whether a cell may say more of the meaning: a text below no header of another use."""
    if not isinstance(cell, str) or _MINUTES.fullmatch(cell.strip()):
        return False
    return not any(_is_below(form, sheet, row, place) for form in (_NO_MEANING, _LENGTH, _OWED))


def as_long_as(sheet: Sheet, row: int, place: int, words: str) -> str:
    """Return a code's meaning with what a cell says of how long such a session is: "15 min".

    A number alone is one only below a header that says so: else it may count how often the code stands.
    """
    cell = cell_at(sheet, row, place)
    said = text_of(cell)
    if said and not isinstance(cell, bool) and _is_below(_LENGTH, sheet, row, place):
        nothing = said in ("0", "-", "–", "—") or said.casefold() in ("n/a", "na", "none")
        return words if nothing else f"{words}, {said} min" if said.isdecimal() else f"{words}, {said}"
    return f"{words}, {said}" if _MINUTES.fullmatch(said) else words


def _says_yes(cell: CellValue) -> bool:
    text = plain(text_of(cell))
    return meanings("yes_no").get(text.casefold()) == "yes" or says_owed(f"make-up {text}")


def _is_below(form: re.Pattern[str], sheet: Sheet, row: int, place: int) -> bool:
    return any(_is_called(form, cell_at(sheet, at, place)) for at in range(1, row))


def _is_called(form: re.Pattern[str], cell: CellValue) -> bool:
    return isinstance(cell, str) and form.fullmatch(cell) is not None
