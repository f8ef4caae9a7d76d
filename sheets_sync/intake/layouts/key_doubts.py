"""A meaning that a key gives, and which leaves something open: "absent (make-up needed)", "seen by OT"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheets_sync.categories import CATEGORY_WORDS, EXCUSED, Category
from sheets_sync.intake.by_whom import NOT_THEIRS, who_gives
from sheets_sync.intake.cells import shown
from sheets_sync.intake.known_codes import category_of_words, code_key
from sheets_sync.intake.layouts.key_beside import is_bare_absence
from sheets_sync.intake.layouts.key_tables import Entry
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.title import service_of_the_tab
from sheets_sync.intake.rows_named import in_rows
from sheets_sync.intake.said_to_be_owed import SAID, says_owed
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1

_EXCUSED = {CATEGORY_WORDS[category] for category in EXCUSED}
_GIVEN = {CATEGORY_WORDS[one] for one in (Category.DELIVERED, Category.MAKE_UP, Category.LATE)}
_MOST_SHOWN = 4
_WHOLE = 'Write all of it into the meaning, like "student absent" or "therapist absent".'
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


def ask_of_columns_beside(sheet: Sheet, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Ask once about what stands beside the meanings of a key and is not understood."""
    unread = [(entry.place[0], at) for entry in entries for at in (entry.said.unread if entry.said else ())]
    if unread:
        stands = dict.fromkeys(shown(cell_at(sheet, *place)) for place in unread)
        problem = (
            "This stands beside the meaning of a code and is not understood: the code is read as if it were"
            f" not there.{in_rows(row for row, _ in unread)}"
        )
        texts = shown("; ".join(list(stands)[:_MOST_SHOWN]))
        yield Problem(Severity.QUESTION, sheet.name, a1(*unread[0]), texts, problem, _WHOLE)


def ask_of_one_meaning(sheet: Sheet, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Ask where two codes are both "absent": which of them is the student's is not said."""
    bare = [entry for entry in entries if is_bare_absence(entry.meaning)]
    other = next((entry for entry in bare if code_key(entry.code) != code_key(bare[0].code)), None)
    if other:
        two = f"{shown(bare[0].code)} and {shown(other.code)}"
        problem = f"The key says only absent of {two}, and not who was: both are read as the student."
        yield _asked(sheet, other, problem, _WHOLE)


def _service(sheet: Sheet) -> str:
    found = service_of_the_tab(sheet, [range(1, min(_TITLES, len(sheet.rows)) + 1)])
    return str(found[0]) if found else ""


def _asked(sheet: Sheet, entry: Entry, problem: str, remedy: str) -> Problem:
    stands = shown(cell_at(sheet, *entry.place))
    return Problem(Severity.QUESTION, sheet.name, a1(*entry.place), stands, problem, remedy)
