"""What the words of a key mean: of a log's codes "present (15 min)", of an attendance's "absent, excused"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheets_sync.categories import Category
from sheets_sync.intake.attendance_words import attendance_kind
from sheets_sync.intake.codes import Code, is_part_of_a_session, read_code
from sheets_sync.intake.known_codes import words_of_code
from sheets_sync.lazy_regex import lazy_regex

_SESSION = lazy_regex(
    r"(?:(?P<m>\d{1,3})[\s-]*min(?:ute)?s?\.?\s+)?(?:(?:full|whole|half|short|long|regular|partial)\s+)?session"
    r"(?(m)|[\s,:(–-]+(?P<n>\d{1,3})\s*min(?:ute)?s?\.?\)?)",
    re.IGNORECASE,
)
"""A key's "30 minute session", "half session (15 min)": in a Status it would leave open what became of it."""
_CLAUSES = lazy_regex(r"\s*[,;/]\s*(?:or\s+)?|\s+or\s+", re.IGNORECASE)
_STUDENT = lazy_regex(r"(?:the )?(?:student|child|kid|pupil)", re.IGNORECASE)
_STAFF = lazy_regex(r"(?:the )?(?:therapist|provider|clinician|slp|slpa|staff|teacher)", re.IGNORECASE)
"""A clause that is no cause of its own, but says of whom the one before it is: "absent, student"."""
_OWED = lazy_regex(
    r"(?:(?:must|will|should|can|may|to|is to|needs?|does|do|don['’]?t|not|be) )+(?:made|make)[\s-]up",
    re.IGNORECASE,
)
"""No cause either: "must be made up", "not made up"."""
_EXCUSED = lazy_regex(r"\s*[,;]\s*(?:(?:un|not )?excused|all day)$", re.IGNORECASE)
_GIVEN = (Category.DELIVERED, Category.MAKE_UP, Category.LATE)
_LESS_EXACT = {
    Category.LATE: (Category.DELIVERED,),
    Category.MAKE_UP: (Category.DELIVERED,),
    Category.STUDENT_REFUSED: (Category.STUDENT_UNAVAILABLE,),
}
"""What says less of the same session: "present, late", "student unavailable, refused"."""


def category_words(text: str) -> str | None:
    """Return the category of a log's status in words (counting.md, "What a code does"), and the minutes that
    it names: "delivered 15 min" of "present (15 min)". None where its parts say several things, each of which
    a key may have the code stand for: "holiday/absent"."""
    whole = _read(text)
    clauses = _clauses(text)
    alone = [_read(clause) for clause in clauses]
    found = {code.category for code in alone if code} if len(alone) > 1 else set()
    if whole is None and all(code and code.minutes is None for code in alone):
        whole = next((code for code in alone if code and _covers(code, alone)), None)
    if whole is None or not found <= {whole.category, *_LESS_EXACT.get(whole.category, ())}:
        return None
    untold = whole.minutes is None and any(map(is_part_of_a_session, clauses))
    return None if untold else words_of_code(whole)


def _clauses(text: str) -> list[str]:
    """Return what a meaning says apart: without what is to be made up, and each cause with whose it is."""
    clauses: list[str] = []
    told = True
    for clause in _CLAUSES.split(text.strip()):
        if not told and _completes(clauses[-1], clause):
            clauses[-1] = f"{clause} {clauses[-1]}"
            told = True
        elif not clauses or not _OWED.fullmatch(clause):
            clauses.append(clause)
            told = _says_who(clause)
    return clauses


def _completes(cause: str, clause: str) -> bool:
    """Tell whether a clause says whose the cause before it is. "Seen, teacher" may be seen by her."""
    code = _read(f"{clause} {cause}") if _says_who(clause) else None
    return code is not None and (code.category not in _GIVEN or _STUDENT.fullmatch(clause) is not None)


def _says_who(clause: str) -> bool:
    return any(form.fullmatch(clause) for form in (_STUDENT, _STAFF))


def _covers(code: Code, others: Sequence[Code | None]) -> bool:
    same = {code.category, *_LESS_EXACT.get(code.category, ())}
    return all(other is not None and other.category in same for other in others)


def attendance_words(text: str) -> str | None:
    """Return absent, tardy, dismissed or present; None for any other. Excused or not, it is one."""
    return attendance_kind(_EXCUSED.sub("", text.strip()))


def _read(text: str) -> Code | None:
    session = _SESSION.fullmatch(text.strip())
    reading = read_code(f"{session['m'] or session['n']} min" if session else text)
    if reading.value is None or reading.problem or reading.value.category is Category.UNKNOWN:
        return None
    return reading.value
