"""A service in a cell of a schedule that neither its title names, nor its provider gives, nor the Service
Grid the student.

"Ana w/ OT" and "Ana (math)" on a speech therapist's schedule are speech, held with or in place of something
else: the title's service is taken, and asked about. "Cal - OT" there may be a session of OT: it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import CONSULTATION, known_service, services_spoken_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_IN_CLASS = frozenset(
    "Reading,Math,Writing,English language arts,In-class support,In-class resource,Co-teaching,Resource"
    ",Special day class,Special education,Specialized academic instruction".split(",")
)
"""From or in which a student may be served by somebody else."""
_OF_SUBJECTS = lazy_regex(
    r"academ|special(?:ly)? (?:ed|des|day)|resource|instruct|co-teach|class|support|reading|math|writ"
    r"|english",
    re.IGNORECASE,
)
_JOINT = lazy_regex(r"(?:\bw/|\bwith\b|\+)\s*(?P<service>[^()\n,;+]+)", re.IGNORECASE)
REMEDY = "Write a session of another service on the schedule of that one, or its provider beside it."


@dataclass(frozen=True)
class Another:
    """`instead` is the service to take in place of the cell's, None where the cell is not to be read."""

    problem: str
    instead: Placed | None


def another_service(
    cell: CellValue,
    service: str,
    students: Sequence[str],
    provider: Placed | None,
    title: Placed | None,
    known: PeopleKnown,
) -> Another | None:
    """Return what is wrong with a service that a cell names; None where it fits, or nothing says what would.

    `title` is the service that the title names, `provider` who gives the session, `students` whom it is for.
    """
    given = known.services_of.get(text_of(provider[0]), frozenset()) if provider else frozenset()
    of_title = {_service(title[0])} if title else frozenset()
    expected = sorted({*of_title, *given})
    if not expected or service == CONSULTATION or any(_alike(service, one) for one in expected):
        return None
    if service in _IN_CLASS and any(map(_OF_SUBJECTS.search, expected)):
        return None
    taken = title or ((expected[0], *provider[1:]) if provider and len(expected) == 1 else None)
    spoken = {one for found in _JOINT.finditer(text_of(cell)) for one in services_spoken_of(found["service"])}
    beside = service in spoken or service in _IN_CLASS
    lines = [known.lines_of.get(student, frozenset()) for student in students]
    if lines and all(_is_theirs(service, own, expected, provider, beside=beside) for own in lines):
        return None
    of = text_of(taken[0]) if taken else " and ".join(expected)
    what = f"This names {service}, and the schedule is of {of}"
    if taken and beside:
        return Another(f"{what}: it is counted as {of}.", taken)
    return Another(f"{what}: which is meant is not told, and it is not read.", None)


def _is_theirs(
    service: str,
    lines: Collection[tuple[str, str]],
    expected: Collection[str],
    provider: Placed | None,
    *,
    beside: bool,
) -> bool:
    """Tell whether a student's lines of the Service Grid say that the cell's service is meant. Where one is
    of what is `expected` too, only a line of this provider does, and none where the cell's service may be
    what the session is held with or in place of (`beside`)."""
    who = name_key(text_of(provider[0])) if provider else ""
    own = {name_key(gives) for one, gives in lines if _alike(service, one)}
    if not own or not any(_alike(one, other) for one, _ in lines for other in expected):
        return bool(own)
    return not beside and (not who or bool(own & {who, ""}))


def _service(value: CellValue) -> str:
    text = text_of(value)
    return known_service(text) or text


def _alike(one: str, other: str) -> bool:
    """Tell whether two services are the same, or one a kind of the other ("Group counseling")."""
    first, second = one.casefold(), other.casefold()
    return first in second or second in first
