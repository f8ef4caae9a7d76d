"""A meaning that a key gives, and which leaves something open: "absent (make-up needed)", "seen by OT"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheets_sync.categories import CATEGORY_WORDS, EXCUSED, Category
from sheets_sync.intake.by_whom import NOT_THEIRS, who_gives
from sheets_sync.intake.cells import shown
from sheets_sync.intake.codes import category_of_words
from sheets_sync.intake.layouts.key_tables import Entry
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.title import service_of_the_tab
from sheets_sync.intake.said_to_be_owed import SAID, says_owed
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1

_EXCUSED = {CATEGORY_WORDS[category] for category in EXCUSED}
_GIVEN = {CATEGORY_WORDS[one] for one in (Category.DELIVERED, Category.MAKE_UP, Category.LATE)}
_TITLES = 3
"""So many rows at the head of a tab may say of what service it is."""


def ask_of_meanings(sheet: Sheet, entries: Sequence[Entry], codes: Mapping[str, str]) -> Iterator[Problem]:
    """Ask of each code that is excused and said to be owed, or given and said to be another's."""
    asked: set[str] = set()
    for entry in entries:
        category = category_of_words(codes.get(entry.code, ""))
        gives = who_gives(entry.meaning) if category in _GIVEN else None
        if entry.code in asked:
            continue
        if category in _EXCUSED and says_owed(entry.meaning):
            asked.add(entry.code)
            problem = f'{SAID}, and {shown(entry.code)} is counted as "{category}": nobody owes it.'
            yield _asked(sheet, entry, problem, "If it is owed, give it a kind that is: [codes].")
        elif gives and not ((service := _service(sheet)) and gives.search(service.casefold())):
            asked.add(entry.code)
            problem = f"{NOT_THEIRS}: {shown(entry.code)} is counted as a session of its row."
            yield _asked(sheet, entry, problem, "Leave out by whom, or write it into rows of that service.")


def _service(sheet: Sheet) -> str:
    found = service_of_the_tab(sheet, [range(1, min(_TITLES, len(sheet.rows)) + 1)])
    return str(found[0]) if found else ""


def _asked(sheet: Sheet, entry: Entry, problem: str, remedy: str) -> Problem:
    stands = shown(cell_at(sheet, *entry.place))
    return Problem(Severity.QUESTION, sheet.name, a1(*entry.place), stands, problem, remedy)
