"""Rows of a Service Grid that sum up the lines above them: "Total | 90 min/wk", "% out of gen ed"."""

from __future__ import annotations

import re

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.intake.used_columns import TOTAL
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_TOTAL = lazy_regex(
    r"(?:weekly |monthly |daily |yearly |annual |overall |combined |all services )?"
    r"(?:(?:grand|sub)[\s-]?)?(?:totals?(?! communication)|sum|average|avg)\b.*"
    r"|(?:%|percent(?:age)?\b).*"
    r"|.*\b(?:sub-?)?totals?"
    r"|(?:minutes|mins|min|time|hours) (?:out of|outside(?: of)?|outside the|in) (?:the )?"
    r"(?:gen(?:eral)?\.? ?ed(?:ucation)?|reg(?:ular)?\.? ?ed(?:ucation)?)\b.*",
    re.IGNORECASE,
)
_MAY_BE = lazy_regex(
    r".*\b(?:combined|altogether|all services)"
    r"|(?:.*\b)?(?:sped|special ed(?:ucation)?|related services?|services?) (?:minutes|mins|min|time|hours)",
    re.IGNORECASE,
)
_OF_A_STUDENT = lazy_regex(
    r".*\b(?:(?:sub|grand)[\s-]?)?(?:totals?|count|sum|average|avg)|(?:totals?|sum|average|count)\b.*",
    re.IGNORECASE,
)
_LINE = ("Student", "Service", "Frequency", "Sessions", "Per")
_AMOUNTS = ("Minutes", TOTAL)


def total_rows(rows: TabRows) -> Flags:
    """Tell which rows of a Service Grid begin their Service with "Total" or the like, or, where that is
    blank, their Frequency; and those right below one with nothing but a number of minutes."""
    service, frequency = rows.column("Service"), rows.column("Frequency")
    total: Flags = service.where(_is_total) | (service.blank() & frequency.where(_is_total))
    number = ~np.logical_and.reduce([rows.column(name).blank() for name in _AMOUNTS])
    number &= np.logical_and.reduce([rows.column(name).blank() for name in _LINE])
    for row in np.flatnonzero(number):
        total[row] = row > 0 and total[row - 1] and rows.rows[row] == rows.rows[row - 1] + 1
    return total


def may_be_total(cell: CellValue) -> bool:
    """Tell whether a Service may be the sum of others: "Sped minutes", "Combined"."""
    return isinstance(cell, str) and len(cell) <= LONGEST and _MAY_BE.fullmatch(plain(cell)) is not None


def sums_up_a_student(cell: CellValue) -> bool:
    """Tell whether a text in the place of a student is a sum: "Ana R. Total", "Speech count"."""
    return isinstance(cell, str) and len(cell) <= LONGEST and _OF_A_STUDENT.fullmatch(plain(cell)) is not None


def _is_total(cell: CellValue) -> bool:
    return (
        isinstance(cell, str) and len(cell) <= LONGEST and _TOTAL.fullmatch(plain(text_of(cell))) is not None
    )
