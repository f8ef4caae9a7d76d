"""Lengths beside the names in a cell of a week grid: "Ana (20)", "Ana - 20", "Ana 20 min, Ben 10 min".

The length is that of the student's session within the time of the row, from when the row begins. One without
a unit is asked about: it may be a room. A bare "(3)" or "(10)" may be a grade, and a number without brackets,
dash or unit an ID or a room: these stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_cell
from sheets_sync.intake.plain import LONGEST
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Severity

_UNIT = r"(?:minutes?|mins?|min|m)\b\.?"
_LENGTH = lazy_regex(
    rf"[(\[]\s*(?P<bare>\d{{2,3}})\s*[)\]]|(?<=[^\W\d])\.?\s+[-–—]\s*(?P<behind>\d{{2,3}})(?=\s*(?:[,;/&+|\n]|$))"
    rf"|[(\[]\s*(?P<inside>\d{{1,3}})\s*-?\s*{_UNIT}\s*[)\]]"
    rf"|(?:(?<=\s)[-–—]\s*|\bfor\s+)?(?<![\w:.,#/-])(?P<out>\d{{1,3}})\s?-?\s?{_UNIT}",
    re.IGNORECASE,
)
_OF_A_FREQUENCY = lazy_regex(r"(?:\d|\bx|×|\d\s*[-–—])\s*$", re.IGNORECASE)
"""What makes minutes behind it those of a frequency, or of a range: "2 x 20 min", "20 - 30 min"."""
_SHORTEST_BARE = 15
"""A smaller number without a unit may be a grade."""
_SHORTEST = 5
_Length = tuple[int, bool]
"""The minutes, and whether a unit stands beside them."""
_PARTS = lazy_regex(r"[,;/&+|\r\n\u2028]|\band\b", re.IGNORECASE)


def read_cell_with_lengths(text: str, known: PeopleKnown) -> tuple[SessionText, ...]:
    """Return the sessions that a cell of a schedule names, each with its length (`minutes`) where the cell
    says one: of the one student who stands there, or of each behind the name. What else leaves open whose a
    length is stays unread, as it stands."""
    whole = read_session_cell(text, known)
    if len(text) > LONGEST or not any(map(str.isdigit, text)) or all(one.is_clear for one in whole):
        return whole
    bare, lengths = _without_lengths(text, known)
    sessions = read_session_cell(bare, known) if lengths else ()
    if not sessions or not all(one.is_clear and one.students and not one.times for one in sessions):
        return whole
    students = [name for one in sessions for name in one.students]
    if len(students) == len(lengths) == 1:
        return (_long(sessions[0], lengths[0]),)
    own = _of_each(text, known)
    if own is None or sorted(own) != sorted(students):
        return whole
    return tuple(each for one in sessions for each in _apart(one, own))


def said_of_length(session: SessionText) -> tuple[Severity, str, str]:
    """Return what is to be said of a session that is shorter than the time of its row, and how gravely."""
    if session.has_unit:
        problem = "A length beside a name is that of this student's session, from when the row begins."
        return Severity.NOTE, problem, 'If it begins later, write its time: "9:10-9:30 Ana".'
    problem = (
        "A number beside a name is taken for minutes that are fewer than the time of the row: the session is"
        " that short, from when the row begins."
    )
    return Severity.QUESTION, problem, 'If that is right, write "15 min"; a room is "Rm 15".'


def _without_lengths(text: str, known: PeopleKnown) -> tuple[str, list[_Length]]:
    """Return a text with a mark in the place of each length, and these."""
    lengths: list[_Length] = []

    def take(found: re.Match[str]) -> str:
        number = found["bare"] or found["behind"] or found["inside"] or found["out"]
        has_unit = bool(found["inside"] or found["out"])
        least = _SHORTEST if has_unit else _SHORTEST_BARE
        fits = int(number) >= least and (has_unit or int(number) % 5 == 0)
        if not fits or _OF_A_FREQUENCY.search(text[: found.start()]) or number in known.numbers:
            return found[0]
        lengths.append((int(number), has_unit))
        return " / "

    return _LENGTH.sub(take, text), lengths


def _of_each(text: str, known: PeopleKnown) -> dict[str, _Length] | None:
    """Return each student's length; None where one has none, or two stand before one."""
    own: dict[str, _Length] = {}
    for part in filter(str.strip, _PARTS.split(text)):
        bare, lengths = _without_lengths(part, known)
        students = [name for one in read_session_cell(bare, known) for name in one.students]
        if not students and not lengths:
            continue
        if len(students) != 1 or len(lengths) != 1 or students[0] in own:
            return None
        own[students[0]] = lengths[0]
    return own


def _apart(session: SessionText, own: dict[str, _Length]) -> Iterable[SessionText]:
    """Yield a session for those of each length."""
    for length in dict.fromkeys(own[name] for name in session.students):
        students = tuple(name for name in session.students if own[name] == length)
        yield _long(replace(session, students=students), length)


def _long(session: SessionText, length: _Length) -> SessionText:
    return replace(session, minutes=length[0], has_unit=length[1])
