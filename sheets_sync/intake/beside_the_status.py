"""What stands beside a Status of the Service Log that says otherwise: a Reason, a note, a mark of a make-up.

"Delivered" with the Reason "Student absent", or the note "not seen", is counted as delivered and asked about.
With "make-up" in Group, or a day in Make-up for, it is the make-up that a Status "Delivered - make-up" is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sheets_sync.categories import EXCUSED, OWED, Category
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.clauses import clauses_of
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.groups import is_makeup
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.said_to_be_owed import SAID, says_owed
from sheets_sync.intake.tab_rows import Column, Flags, Ints, Readings, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

Dates = npt.NDArray[np.datetime64]
Clauses = Sequence[str]

_NO_SESSION = (*EXCUSED, *OWED)
_SHORTENS = (Category.SCHOOL_ACTIVITY, Category.STUDENT_UNAVAILABLE)
"""Reasons that may say why a session was short, where its minutes are told."""
_NOT_GIVEN = lazy_regex(
    r"(?!.*\b(?:peers?|partners?|others?|group|friends?|classmates?|teacher|parent|mom|dad|aide|para)\b)"
    r"(?:\w+\.? ){0,2}(?:(?:was|is) )?(?:absent|abs|out sick|home sick|(?:a )?no[- ]?show)(?: today)?"
    r"|(?:\w+ ){0,2}(?:(?:was|is) )?not (?:seen|held|given|delivered|provided|here|in school|at school"
    r"|available)(?: today)?"
    r"|(?:\w+ )?(?:did not|didn'?t) (?:meet|see (?:student|him|her|them)|attend|come|happen|take place)"
    r"(?: today| this week| to (?:speech|therapy|session))?"
    r"|no (?:session|therapy|services?|school)(?: today| held| given)?"
    r"|(?:session )?(?:was )?(?:cancel+ed|missed|skipped)(?: by \w+)?|missed session"
    r"|(?:\w+ )?(?:refused|declined)(?: (?:to (?:come|attend)|services?|therapy|session))?"
    r"|(?:(?:entered|logged|recorded) )?(?:(?:in|by) )?(?:error|mistake)"
    r"|(?:please )?(?:delete|remove|void)(?: this)?"
    r"|(?:.*\b)?(?:meeting|mtg|consult\w*|eval\w*|test(?:ing|s)?|screening|observ\w*|conference|assembly|paperwork"
    r"|training)\b.{0,30}\binstead(?: of (?:session|speech|therapy|services?|ot|pt))?"
    r"|not an? (?:real |actual |true )?session"
    r"|do not (?:count|use|bill)|duplicate(?: entry)?|wrong (?:student|date|entry|child)",
    re.IGNORECASE,
)
_LASTED = lazy_regex(
    r"(?:(?:only|just|saw for|seen for|left after) )+(?P<only>\d{1,3}) ?m(?:in(?:ute)?s?)?"
    r"|(?P<alone>\d{1,3}) ?m(?:in(?:ute)?s?)? only"
    r"|(?:seen |for )*(?P<of>\d{1,3}) ?(?:m(?:in(?:ute)?s?)? )?(?:out of|of|/) ?\d{1,3} ?m(?:in(?:ute)?s?)?"
    r"|(?:seen |for )*(?P<of_all>\d{1,3}) ?m(?:in(?:ute)?s?)? (?:out )?of \d{1,3}",
    re.IGNORECASE,
)
_MAKE_UP = lazy_regex(
    r"(?:this (?:is|was) )?(?:a )?(?:make-?\s?up|made up(?! of)|mu|m/u)(?: session)?"
    r"(?: (?:for|from|of|on) .*|\W*\d.*)?"
    r"|(?:\d+ ?(?:m\w* )?)?(?:this |it )?(?:counts? )?(?:for|towards?) \d{1,2}[/-]\d{1,2}\b.*"
    r"|double session.*",
    re.IGNORECASE,
)
_WAS_MADE_UP = lazy_regex(
    r"(?:(?:this|it|session|was|already|has been|will be) )*"
    r"(?:made[\s-]?up|make-?\s?up (?:was )?(?:given|held|done))"
    r"(?: (?:on )?(?P<day>.*\d.*))?",
    re.IGNORECASE,
)
_SHORTER = lazy_regex(
    r"(?:\w+ ){0,2}(?:left|leaves|dismissed|picked up|went home|released|ended|stopped"
    r"|finished|sent home|pulled) (?:\d+ ?m\w* )?(?:early|at \d.*|sick)"
    r"|(?:\w+ ){0,2}(?:arrived|came|was|is|started|began)? ?(?:\d+ ?m\w* )?late|(?:\w+ ){0,2}tardy"
    r"|cut short|(?:(?:a )?(?:short|shortened|partial|half)|part of the|half the)(?: session)?",
    re.IGNORECASE,
)
_MAY_MATTER = lazy_regex(
    r"abs|sick|show|not\s|n['’]?t\b|\bno\b|cancel|miss|skip|refus|declin|error|mistake|delete|remove|void|duplicate"
    r"|wrong|\d\s?m|for \d|towards? \d|double|make|made|mu\b|m/u|instead"
    r"|early|late|tardy|left|short|partial|half|part of|\bat \d|sick"
)
"""A quick look at each of many notes in small letters: without one of these none of the above is said."""
_REMEDY = "Write into Status what became of the session, or mend what stands here."

_REMEDY_OF_OWED = "If it is owed, give these words a kind that is under [codes]; else take them out."


def ask_beside_status(
    rows: TabRows, categories: Ints, minutes: Ints, codes: Mapping[str, str], context: Context
) -> None:
    """Ask, once of each column, about sessions that were given and beside which something else stands."""
    given = categories == int(Category.DELIVERED)

    def is_of(cell: CellValue, wanted: Sequence[Category]) -> bool:
        code = read_code(cell, codes=codes, year=context.school_year).value
        return code is not None and code.category in wanted

    def ask(name: str, where: Flags, problem: str) -> None:
        context.found.at_rows(Severity.QUESTION, rows, rows.column(name), where, problem, _REMEDY)

    counted = np.isin(categories, (Category.DELIVERED, Category.MAKE_UP))
    for name in ("Reason", "Notes"):
        remarks = _remarks(rows.column(name), counted)
        denies = given & _say(remarks, _NOT_GIVEN)
        if name == "Reason":
            reasons = remarks.column
            shortened = reasons.where(lambda cell: is_of(cell, _SHORTENS), given & (minutes >= 0))
            denies |= reasons.where(lambda cell: is_of(cell, _NO_SESSION), given) & ~shortened
        ask(name, denies, "Status says that the session was given, and this does not: it is counted.")
        lasted = remarks.each(_minutes, -1, "int64")
        other = (minutes != lasted) & (lasted >= 0) & counted & ~denies
        ask(name, other, "This may say how long the session was, and Minutes does not say so.")
        made_up = given & ~other & ~denies & _say(remarks, _MAKE_UP)
        ask(name, made_up, "This may say that it was a make-up: it is counted as a session of its own day.")
        shorter = given & (minutes < 0) & ~other & ~denies & ~made_up & _say(remarks, _SHORTER)
        ask(
            name, shorter, "This may say that it was shorter. Minutes is blank: the whole session is counted."
        )


def ask_of_owed(rows: TabRows, categories: Ints, codes: Mapping[str, str], context: Context) -> None:
    """Ask, once of each column, about excused sessions beside which stands that they are owed.

    A Status to which the key or the configuration (`codes`) gives a meaning is as they say.
    """
    told = {code_key(code) for code in codes}

    def is_owed(cell: CellValue) -> bool:
        return isinstance(cell, str) and says_owed(cell) and code_key(cell) not in told

    excused = np.isin(categories, EXCUSED)
    for name in ("Status", "Reason", "Notes"):
        column = rows.column(name)
        problem = f"{SAID}, and the session is counted as excused: nobody owes it."
        where = column.where(is_owed, excused)
        context.found.at_rows(Severity.QUESTION, rows, column, where, problem, _REMEDY_OF_OWED)


def ask_of_made_up(rows: TabRows, categories: Ints, days: Dates, context: Context) -> None:
    """Ask, once of each column, about owed sessions that a note calls made up, where the log has no make-up
    of that day (where the note names none: none at all)."""
    owed = np.isin(categories, OWED)
    made_up = [str(day)[5:10] for day in np.unique(days[categories == int(Category.MAKE_UP)])]

    def is_untold(clauses: Clauses) -> bool:
        found = next((one for clause in clauses if (one := _WAS_MADE_UP.fullmatch(clause))), None)
        day = read_written_date(found["day"]) if found and found["day"] else None
        if found is None or (found["day"] and day is None):
            return False
        return not made_up if day is None else f"{day.month:02}-{day.day or 0:02}" not in made_up

    for name in ("Reason", "Notes"):
        column = rows.column(name)
        problem = "This is called made up, and the log has no make-up of that day: it is counted as owed."
        remedy = "Write the make-up into a row of its own, with Make-up as its Status."
        where = _remarks(column, owed).each(is_untold, False, "bool")
        context.found.at_rows(Severity.QUESTION, rows, column, where, problem, remedy)


def marked_make_up(rows: TabRows, made_up_for: Dates, days: Dates) -> Flags:
    """Tell which rows a mark in Group, or another day in Make-up for, makes a make-up."""
    marked: Flags = rows.column("Group").where(lambda cell: is_makeup(text_of(cell)))
    marked |= ~np.isnat(made_up_for) & (made_up_for != days)
    return marked


def _remarks(column: Column, among: Flags) -> Readings[Clauses]:
    """Return the clauses of what stands in these rows, each distinct text once; of others nothing."""
    found: list[Reading[Clauses] | None] = [None] * len(column.cells)
    for number in column.standing_in(among):
        cell = column.cells[number]
        if isinstance(cell, str) and len(cell) <= 10 * LONGEST and _MAY_MATTER.search(cell.casefold()):
            found[number] = Reading(clauses_of(cell))
    return Readings(column, tuple(found))


def _say(remarks: Readings[Clauses], pattern: re.Pattern[str]) -> Flags:
    return remarks.each(lambda clauses: any(map(pattern.fullmatch, clauses)), False, "bool")


def _minutes(clauses: Clauses) -> int:
    """Return how many minutes a note says that the session was, -1 where it does not."""
    found = next((found for clause in clauses if (found := _LASTED.fullmatch(clause))), None)
    return -1 if found is None else int(next(filter(None, found.groups())))
