"""What on the Staff tab says outside Away from that somebody is away: it is asked about, once a column.

"Leave" with "10/1-12/19", "Status" with "resigned 10/1", a role "SLP (on leave)".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_sync.intake.cells import cell_in, is_blank, shown, text_of
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

_NOT_LOOKED_AT = ("Services", "Email", "Supervisor", "Supervisor email", "Away from", "Away to")
_HEADER = lazy_regex(
    r"(?:(?:on|maternity|medical|parental|family) )?leaves?(?: of absence)?(?: dates?)?"
    r"|(?:dates? )?(?:out|away|absent|off)(?: dates?)?|absences?|unavailable|not available|vacation|fmla"
    r"|resigned|retired|retires|left|end date|last day|exit date|inactive",
    re.IGNORECASE,
)
_AWAY = lazy_regex(
    r"\b(?:(?:on|maternity|paternity|medical|parental|family|sick|personal) leave|leave of absence|loa|fmla"
    r"|sabbatical|resign\w*|retir\w+|terminated|no longer|left (?:on|in|the|district|us)|last day"
    r"|(?:out|away|off|gone|leave|absent) (?:on|from|until|till|thru|through|since|after|starting|\d)"
    r"|returns?|returning|inactive|vacant|starts? (?:on )?\d|not (?:here|working|available|active)"
    r"|transferred|moved)\b",
    re.IGNORECASE,
)
_STATES_NONE = frozenset(("no", "n", "none", "n/a", "na", "-", "--", "0", "false", "never"))


def ask_of_staff(
    sheet: Sheet, header: int, columns: Mapping[str, int], kept: Sequence[int]
) -> tuple[Problem, ...]:
    """Ask of each column that says of somebody without Away from that they are away: `columns` are those in
    use, by their 0-based places, `kept` the rows' 1-based numbers."""
    away = columns.get("Away from", -1)
    left_out = {columns[name] for name in _NOT_LOOKED_AT if name in columns}
    asked = []
    for place, cell in enumerate(sheet.rows[header - 1]):
        if place in left_out or is_blank(cell):
            continue
        telling = _HEADER.fullmatch(plain(text_of(cell)[:LONGEST]).strip(" ?:.")) is not None
        open_rows = (row for row in kept if is_blank(cell_in(sheet.rows[row - 1], away)))
        first = next((row for row in open_rows if _says(cell_in(sheet.rows[row - 1], place), telling)), None)
        if first is not None:
            asked.append(_question(sheet, first, place))
    return tuple(asked)


def _says(cell: CellValue, telling: bool) -> bool:
    if is_blank(cell):
        return False
    typed = plain(text_of(cell)[:LONGEST]).casefold()
    return typed not in _STATES_NONE if telling else _AWAY.search(typed) is not None


def _question(sheet: Sheet, row: int, place: int) -> Problem:
    return Problem(
        Severity.QUESTION,
        sheet.name,
        a1(row, place),
        shown(cell_in(sheet.rows[row - 1], place)),
        "This may say that somebody is away, and Away from is blank: they are taken to be here.",
        "Write the dates into Away from and Away to, or take out whoever has left; else leave it as it is.",
    )
