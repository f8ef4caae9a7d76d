"""A header in two rows over columns of services: "Speech | | OT |" above "Freq | Min | Freq | Min"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.services import known_service
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_ROWS_SEARCHED = 50
_OFTEN = lazy_regex(r"(?:service )?(?:freq(?:uency)?\.?|how often)", re.IGNORECASE)
_LONG = lazy_regex(r"(?:session )?(?:min(?:ute)?s?\.?|length|duration)", re.IGNORECASE)

Cells = Sequence[CellValue]


def with_services_in_one_row(sheet: Sheet) -> Sheet:
    """Return the sheet with both rows of such a header as one in the lower row: "Speech Freq | Speech Min".

    As it is where there is no such header, or a service stands twice in it, or has not one column of how
    often below it.
    """
    for row in range(min(_ROWS_SEARCHED, len(sheet.rows) - 1)):
        one = _as_one(sheet.rows[row], sheet.rows[row + 1])
        if one is not None:
            return replace(sheet, rows=[*sheet.rows[:row], [], one, *sheet.rows[row + 2 :]])
    return sheet


def _as_one(upper: Cells, lower: Cells) -> list[CellValue] | None:
    width = max(len(upper), len(lower))
    above, below = ([*cells, *[None] * (width - len(cells))] for cells in (upper, lower))
    if not all(isinstance(cell, str) or is_blank(cell) for cell in (*above, *below)):
        return None
    one: list[CellValue] = []
    service, often = "", dict[str, int]()
    for over, under in zip(above, below, strict=True):
        if not is_blank(over):
            service = _service(over)
            if service in often:
                return None
            often |= {service: 0} if service else {}
        is_often, is_long = (_is(measure, under) for measure in (_OFTEN, _LONG))
        if service and not (is_often or is_long):
            service = ""
        if service:
            often[service] += is_often
        one.append(f"{service} {under}" if service else over if is_blank(under) else under)
    whose = any(
        isinstance(cell, str) and read_header(cell, tab="Caseload").value == "Student" for cell in one
    )
    return one if whose and often and set(often.values()) == {1} else None


def _service(cell: CellValue) -> str:
    return (known_service(cell) or "") if isinstance(cell, str) else ""


def _is(measure: re.Pattern[str], cell: CellValue) -> bool:
    return isinstance(cell, str) and measure.fullmatch(" ".join(cell.split())) is not None
