"""A header in two rows over columns of services: "Speech | | OT |" above "Freq | Min | Freq | Min"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import header_key, read_header
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_ROWS_SEARCHED = 50
_OFTEN = lazy_regex(r"(?:service )?(?:freq(?:uency)?\.?|how often)", re.IGNORECASE)
_LONG = lazy_regex(r"(?:session )?(?:min(?:ute)?s?\.?|length|duration)", re.IGNORECASE)

Cells = Sequence[CellValue]


def with_services_in_one_row(sheet: Sheet) -> Sheet:
    """Return the sheet with both rows of such a header as one in the lower row: "Speech Freq | Speech Min".

    What else stands below a service is its own too ("OT Start"). As it is where there is no such header, or a
    service stands twice in it, or has not one column of how often below it, or where what stands over such a
    column is no service.
    """
    for row in range(min(_ROWS_SEARCHED, len(sheet.rows) - 1)):
        one = _as_one(sheet.rows[row], sheet.rows[row + 1])
        if one is not None:
            return replace(sheet, rows=[*sheet.rows[:row], [], one, *sheet.rows[row + 2 :]])
    return sheet


def _as_one(upper: Cells, lower: Cells) -> list[CellValue] | None:
    width = max(len(upper), len(lower))
    above, below = ([*cells, *[None] * (width - len(cells))] for cells in (upper, lower))
    if not width or not all(isinstance(cell, str) or is_blank(cell) for cell in (*above, *below)):
        return None
    one: list[CellValue] = []
    often = dict[str, int]()
    for over, columns in _groups(above, below):
        service = _service(over, columns)
        if any(_is(measure, cell) for measure in (_OFTEN, _LONG) for cell in columns) and not service:
            return None
        if service in often:
            return None
        if service:
            often[service] = sum(_is(_OFTEN, cell) for cell in columns)
            one += [None if is_blank(cell) else f"{service} {cell}" for cell in columns]
        else:
            one += [over if is_blank(cell) and at == 0 else cell for at, cell in enumerate(columns)]
    whose = any(
        isinstance(cell, str) and read_header(cell, tab="Caseload").value == "Student" for cell in one
    )
    return one if whose and often and set(often.values()) == {1} else None


def _groups(above: Cells, below: Cells) -> list[tuple[CellValue, list[CellValue]]]:
    """Return each cell of the upper row with those below it. What stands below the last one alone, and is
    neither how often nor how long, may be of all: it is below none."""
    starts = [place for place, cell in enumerate(above) if place == 0 or not is_blank(cell)]
    groups = [
        (above[start], [*below[start:end]])
        for start, end in zip(starts, [*starts[1:], len(below)], strict=True)
    ]
    over, columns = groups[-1]
    known = {header_key(str(cell)) for _, others in groups[:-1] for cell in others}
    end = next((at for at, cell in enumerate(columns) if at and not _is_of_each(cell, known)), len(columns))
    return [*groups[:-1], (over, columns[:end]), *((None, [cell]) for cell in columns[end:])]


def _is_of_each(cell: CellValue, known: Collection[str]) -> bool:
    return _is(_OFTEN, cell) or _is(_LONG, cell) or header_key(str(cell)) in known


def _service(cell: CellValue, columns: Cells) -> str:
    """Return the service of a group, as it is typed where it says more: "OT consult". One over no amount may
    be any header."""
    if not isinstance(cell, str) or not any(_is(_OFTEN, column) for column in columns):
        return ""
    return known_service(cell) or (cell.strip() if services_spoken_of(cell) else "")


def _is(measure: re.Pattern[str], cell: CellValue) -> bool:
    return isinstance(cell, str) and measure.fullmatch(" ".join(cell.split())) is not None
