"""Of what kind a student's row is where a text beside it says so: planned, owed, or of one status alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.known_codes import category_of_words
from sheets_sync.intake.layouts.date_blocks import HEADER_ROWS, Block
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet

_PLANNED = lazy_regex(
    r"(?:(?:iep|total|min(?:ute)?s?|sessions?)\s+)?(?:required|planned|scheduled|schedule|expected|owed|owing|due"
    r"|balance|remaining|prescribed|mandated|target|goal|behind)(?:\s+(?:min(?:ute)?s?|sessions?|time))?\W*",
    re.IGNORECASE,
)
_MISSED = lazy_regex(
    r"(?:missed|absen(?:t|ces?)|make[\s-]?ups?|made[\s-]?up)(?:\s+(?:min(?:ute)?s?|sessions?|given|owed))?\W*",
    re.IGNORECASE,
)
_KIND_IN_A_SERVICE = lazy_regex(
    r"\b(?:required|planned|scheduled|expected|owed|owing|due|balance|remaining|prescribed|mandated|missed"
    r"|absen(?:t|ces?)|make[\s-]?ups?|made[\s-]?up|actual|delivered|given|provided)\b",
    re.IGNORECASE,
)
_OF_SCORES = lazy_regex(
    r"(?:%|percent(?:age)?)?\s*(?:(?:accura\w*|trials?|correct|scores?|probes?|baselines?|targets?|independen\w*|prompts?)\s*)"
    r"{1,3}(?:%|\(%\))?\W*",
    re.IGNORECASE,
)
_REMARKS = lazy_regex(r"(?:remarks?|notes?|comments?)\b", re.IGNORECASE)
_SHORTEST_STATUS = 4
"""A shorter text may be initials, or the number of a room."""


class Kind(Enum):
    """What a row is, beside one of entries: of what was to be given, or of one status."""

    PLANNED = "planned"
    OF_ONE_STATUS = "of one status"
    OF_SCORES = "of scores"


def kind_columns(sheet: Sheet, block: Block) -> list[int]:
    """Return the columns (0-based) left of the dates that are no column of a log's, and no remarks."""
    rows = range(max(block.dates.row - HEADER_ROWS, 1), block.body)
    return [
        place
        for place in range(block.dates.first)
        if place not in block.beside.values()
        and not any(_REMARKS.match(text_of(cell_at(sheet, row, place))) for row in rows)
    ]


def kind_of_row(
    sheet: Sheet, row: int, columns: list[int], beside: Mapping[str, Placed]
) -> tuple[Kind, int] | None:
    """Return what a row (1-based) is and the column that says so; None for a row of entries.

    `columns` are those of kind_columns, `beside` is what stands left of the dates by canonical column.
    """
    for place in columns:
        text = text_of(cell_at(sheet, row, place)).strip()
        if _PLANNED.fullmatch(text):
            return Kind.PLANNED, place
        if _OF_SCORES.fullmatch(text):
            return Kind.OF_SCORES, place
        if _MISSED.fullmatch(text) or _is_status(text):
            return Kind.OF_ONE_STATUS, place
    service = beside.get("Service")
    spoken = text_of(service[0]) if service else ""
    if service is None or known_service(spoken) or not _KIND_IN_A_SERVICE.search(spoken):
        return None
    return (Kind.OF_ONE_STATUS, service[2]) if services_spoken_of(spoken) else None


def _is_status(text: str) -> bool:
    if len(text) < _SHORTEST_STATUS or not any(map(str.isalpha, text)):
        return False
    said = category_words(text)
    return said is not None and category_of_words(said) != CATEGORY_WORDS[Category.DELIVERED]
