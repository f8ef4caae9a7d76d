"""What the words of a key mean: of a log's codes "present (15 min)", of an attendance's "absent, excused"."""

from __future__ import annotations

import re

from sheets_sync.categories import Category
from sheets_sync.intake.attendance_words import attendance_kind
from sheets_sync.intake.codes import Code, is_part_of_a_session, read_code, words_of_code

_SESSION = re.compile(
    r"(?:(?P<m>\d{1,3})[\s-]*min(?:ute)?s?\.?\s+)?(?:(?:full|whole|half|short|long|regular|partial)\s+)?session"
    r"(?(m)|[\s,:(–-]+(?P<n>\d{1,3})\s*min(?:ute)?s?\.?\)?)",
    re.IGNORECASE,
)
"""A key's "30 minute session", "half session (15 min)": in a Status it would leave open what became of it."""
_CLAUSES = re.compile(r"\s*[,;/]\s*|\s+or\s+")
_EXCUSED = re.compile(r"\s*[,;]\s*(?:(?:un|not )?excused|all day)$", re.IGNORECASE)
_LESS_EXACT = {Category.LATE: (Category.DELIVERED,), Category.MAKE_UP: (Category.DELIVERED,)}
"""What says less of the same session: "present, late"."""


def category_words(text: str) -> str | None:
    """Return the category of a log's status in words (counting.md, "What a code does"), and the minutes that
    it names: "delivered 15 min" of "present (15 min)". None where its parts say several things, each of which
    a key may have the code stand for: "holiday/absent"."""
    whole = _read(text)
    clauses = _CLAUSES.split(text.strip())
    alone = [_read(clause) for clause in clauses] if len(clauses) > 1 else []
    found = {code.category for code in alone if code}
    if whole is None and len(found) == 1 and all(code and code.minutes is None for code in alone):
        whole = alone[0]
    if whole is None or not found <= {whole.category, *_LESS_EXACT.get(whole.category, ())}:
        return None
    untold = whole.minutes is None and any(map(is_part_of_a_session, clauses))
    return None if untold else words_of_code(whole)


def attendance_words(text: str) -> str | None:
    """Return absent, tardy, dismissed or present; None for any other. Excused or not, it is one."""
    return attendance_kind(_EXCUSED.sub("", text.strip()))


def _read(text: str) -> Code | None:
    session = _SESSION.fullmatch(text.strip())
    reading = read_code(f"{session['m'] or session['n']} min" if session else text)
    if reading.value is None or reading.problem or reading.value.category is Category.UNKNOWN:
        return None
    return reading.value
