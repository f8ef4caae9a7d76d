"""Whom a cell of a Student column names: one student, or several parted by marks.

"Ana, Ben" are two and "Rivera, Ana" is one: the Caseload tells, and where it leaves both open it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.intake.names import split_doubtfully, split_lines, split_students
from sheets_sync.intake.people_called import named_besides
from sheets_sync.intake.person_names import names_in
from sheets_sync.intake.students import Match, Roster, Standing


def students_in_cell(typed: str, student_id: str, grade: str, roster: Roster) -> list[Match]:
    """Match everybody whom a cell names; `student_id` and `grade` stand beside it, "" for none."""
    if not typed:
        return [roster.match(student_id, student_id)] if student_id else []
    whole = roster.match(typed, student_id)
    if whole.standing not in (Standing.UNKNOWN, Standing.SHARED):
        return [whole]
    pieces = split_lines(typed)
    if len(pieces) == 1:
        return _distinct(_in_piece(typed, student_id, grade, roster))
    if whole.standing is Standing.SHARED:
        return [whole]
    return _distinct(match for piece in pieces for match in _in_piece(piece, "", "", roster))


def _in_piece(text: str, student_id: str, grade: str, roster: Roster) -> list[Match]:
    """Match what stands between two semicolons: one name, or a list by commas, "and" or a slash."""
    alone = roster.find(text, student_id, grade)
    if alone.standing not in (Standing.UNKNOWN, Standing.SEVERAL) and not alone.by_form:
        return [alone]
    parts = split_students(text)
    if len(parts) > 1:
        return [roster.find(part) for part in parts]
    listed = _as_list(text, roster)
    if not listed:
        return [alone]
    if alone.standing is Standing.UNKNOWN:
        return listed
    several = " and ".join(_named(match, roster) for match in listed)
    one = alone.candidates or (_named(alone, roster),)
    return [Match(text, Standing.SEVERAL, candidates=(*one, several))]


def _as_list(text: str, roster: Roster) -> list[Match]:
    """Return the students of a list in which every part can call one, each another; else none.

    A last name alone calls nobody here: "Rivera, Ana" is no list because a Ben Rivera is there too.
    """
    parts = split_doubtfully(text)
    if len(parts) < 2:
        return []
    found: list[Match] = []
    for part in parts:
        match = roster.find(part)
        if match.standing not in _CALLED or not _is_first_name(part, match, roster):
            return []
        found.append(match)
    known = [match.code for match in found if match.standing is Standing.KNOWN]
    return found if len(known) == len(set(known)) else []


_CALLED = (Standing.KNOWN, Standing.SEVERAL, Standing.SHARED)


def _is_first_name(part: str, match: Match, roster: Roster) -> bool:
    """Tell whether a part of a list calls somebody otherwise than by the last name alone."""
    if not match.by_form and match.standing is not Standing.SEVERAL:
        return True
    readings = names_in(part)
    return any(
        len(name.words) > 1
        or any(roster.called.goes_by(name.words[0], who) for who in roster.called.could_be(readings))
        for name in readings
    )


def _named(match: Match, roster: Roster) -> str:
    return roster.labels[match.code] if match.standing is Standing.KNOWN else match.typed


def _distinct(matches: Iterable[Match]) -> list[Match]:
    return list({(match.code, match.typed): match for match in matches}.values())


def with_doubts(people: list[list[Match]], roster: Roster) -> list[list[Match]]:
    """Return the matches of a tab, without those by form that the tab's other names put into doubt.

    "Ana R." is not taken for Ana Rivera where the tab names Ana Ramos too, who is not on the Caseload; nor
    are "Ana M. Rivera" and "Ana L. Rivera" both.
    """
    formed = {match.typed: match for row in people for match in row if match.by_form}
    if not formed:
        return people
    strangers = {m.typed for row in people for m in row if m.standing is Standing.UNKNOWN}
    named_too = named_besides(
        {typed: roster.called.names_of(match.code) for typed, match in formed.items()}, sorted(strangers)
    )
    others = _of_two_people(formed, roster)
    doubts = {}
    for typed, match in formed.items():
        near = [*named_too.get(typed, ()), *others.get(typed, ())]
        if near:
            candidates = (roster.labels[match.code], *(f"{name} (named here too)" for name in near))
            doubts[typed] = Match(typed, Standing.SEVERAL, candidates=candidates)
    return [[doubts.get(m.typed, m) if m.by_form else m for m in row] for row in people]


def _of_two_people(formed: dict[str, Match], roster: Roster) -> dict[str, list[str]]:
    """Return the names that say more than the Caseload does, each with those that say something else."""
    fuller: dict[int, list[str]] = {}
    for typed, match in formed.items():
        if any(roster.called.says_more(name, match.code) for name in names_in(typed)):
            fuller.setdefault(match.code, []).append(typed)
    apart: dict[str, list[str]] = {}
    for several in fuller.values():
        for typed in several:
            other = [one for one in several if one != typed and not _one_person(one, typed)]
            if other:
                apart[typed] = other
    return apart


def _one_person(one: str, other: str) -> bool:
    pairs = [(a, b) for a in names_in(one)[:1] for b in names_in(other)[:1]]
    return any(a.could_be(b) or b.could_be(a) for a, b in pairs)
