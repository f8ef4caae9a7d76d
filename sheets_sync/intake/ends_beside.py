"""A column of a Service Grid that is not read and may say when a line ends: "Duration" 10/10/2025."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_SAYS_AN_END = lazy_regex(
    r"\b(?:durations?|end(?:s|ed|ing)?|through|thru|until|till|expir\w*|stop(?:s|ped)?|finish(?:es)?|closed?"
    r"|last (?:day|date|session)|valid)\b",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = lazy_regex(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|initiat\w*|ieps?|eval\w*|reeval\w*|esy|annual|review|report"
    r"|reporting|meeting|consent|progress|goals?|pmt|created|updated|modified|entered)\b",
    re.IGNORECASE,
)
_DATE = lazy_regex(
    r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{4}-\d\d-\d\d"
    rf"|\b{MONTH}\.? \d",
    re.IGNORECASE,
)

Row = Sequence[CellValue]


def asks_of_an_end(header: str, place: int, columns: Mapping[str, int]) -> Callable[[Row], bool] | None:
    """Return what tells whether a line without an End date has a date in this column; None for a column that
    speaks of no end, or of the plan's."""
    typed = plain(header[:LONGEST])
    if not _SAYS_AN_END.search(typed) or _OF_SOMETHING_ELSE.search(typed):
        return None
    if read_header(header, tab="Caseload").value is not None:
        return None
    end = columns.get("End date", -1)
    return lambda row: is_blank(cell_in(row, end)) and _is_dated(cell_in(row, place))


def _is_dated(cell: CellValue) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and bool(_DATE.search(text_of(cell)[:LONGEST])))
