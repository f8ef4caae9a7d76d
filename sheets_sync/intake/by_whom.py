"""A Status that says by whom the student was seen ("Seen by OT"), where that is not who gives the service."""

from __future__ import annotations

import re

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import known_service
from sheets_sync.intake.tab_rows import Ints, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Severity
from sheets_sync.tables import Category

_BY = lazy_regex(
    r"(?:\bby (?:the |an? |our |his |her |another )?|\s[-–—]\s*|[(:/]\s*)"
    r"(?P<who>[a-z]+(?: (?:therapist|worker))?)\b",
    re.IGNORECASE,
)
_TOGETHER = lazy_regex(r"co-?\s?t(?:reat|x)", re.IGNORECASE)
_GIVES = (
    (lazy_regex(r"slpa?|speech|speech therapist"), lazy_regex(r"speech|language|articulation|feeding|aac")),
    (lazy_regex(r"ot|cota|occupational therapist"), lazy_regex(r"occupational")),
    (lazy_regex(r"pt|pta|physical therapist"), lazy_regex(r"physical")),
    (
        lazy_regex(r"counselor|psych\w*|ssw|social worker"),
        lazy_regex(r"counsel|psych|social|behavio|mental"),
    ),
    (
        lazy_regex(r"teachers?|paras?|paraprofessionals?|aides?|nurse"),
        lazy_regex(
            r"instruction|resource|teacher|support|nurs|aide|para|reading|math|writing|academic|vision|hearing"
        ),
    ),
)
"""Who a word calls, and the services that such people give, by words of their names."""
NOT_THEIRS = "It names somebody who may not give this service"


def ask_by_whom(rows: TabRows, categories: Ints, context: Context) -> None:
    """Ask about sessions that were given, where Status names somebody who may not give the row's service."""
    status, service = rows.column("Status"), rows.column("Service")
    whose = [who_gives(text_of(cell)) for cell in status.cells]
    if not any(whose):
        return
    names = [(known_service(text_of(cell)) or "").casefold() for cell in service.cells]
    fits = np.array(
        [[not gives or not name or bool(gives.search(name)) for name in names] for gives in whose]
    )
    given = np.isin(categories, (Category.DELIVERED, Category.MAKE_UP, Category.LATE))
    problem = f"{NOT_THEIRS}: it is counted as a session of it."
    remedy = "Leave out by whom, or write the session into the rows of that service."
    where = given & ~fits[status.codes, service.codes]
    context.found.at_rows(Severity.QUESTION, rows, status, where, problem, remedy)


def who_gives(status: str) -> re.Pattern[str] | None:
    """Return what the services are called that those give by whom the student was seen; None if not told."""
    typed = plain(status[:LONGEST])
    for found in _BY.finditer(typed) if not _TOGETHER.match(typed) else ():
        for who, gives in _GIVES:
            if who.fullmatch(found["who"].casefold()):
                return gives
    return None
