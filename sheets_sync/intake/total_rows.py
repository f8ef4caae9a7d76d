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
    r"|(?:%|percent(?:age)?\b).*",
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


def _is_total(cell: CellValue) -> bool:
    return (
        isinstance(cell, str) and len(cell) <= LONGEST and _TOTAL.fullmatch(plain(text_of(cell))) is not None
    )
