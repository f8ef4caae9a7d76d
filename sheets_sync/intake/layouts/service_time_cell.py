"""A cell that says on which days and when a service is: "Mon 9:00-9:30", "M/W 9:00 (30 min) with Kim Lee".

A cell in which anything is left over is not read: what stands beside the time may take it back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import shown
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_line
from sheets_sync.intake.layouts.timed_cell import NotRead, without_lengths
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.schedule_piece import Piece
from sheets_sync.intake.schedule_words import cut
from sheets_sync.intake.services import known_service
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.lazy_regex import lazy_regex

_LONGEST_SERVICE = 4
"""Words."""
_PARTS = lazy_regex(r"([;|\n\r\u2028]+|,(?=\s*[^\W\d]|$))")
_OF_TIME = ("weekday", "cycle", "time", "range", "bell")
_HAS_DIGIT = lazy_regex(r"\d")
_REMEDY = (
    'Write the days and the time, and beside them no more than a name of Staff: "Mon 9:00-9:30 Kim Lee".'
)


@dataclass(frozen=True)
class ServiceTime:
    """`days` is what the list would have under Days, with the times; `minutes` is the stated length, 0 for
    none; `has_ends` tells whether each time has an end."""

    days: str
    minutes: int = 0
    has_ends: bool = True
    provider: str = ""
    place: str = ""


def is_service_time(text: str) -> bool:
    """Tell whether a text says days and a time, whatever else."""
    bare, _ = without_lengths(text)
    rules = read_schedule(bare).value if len(text) <= LONGEST and _HAS_DIGIT.search(text) else None
    return bool(rules) and all(rule.days and rule.start is not None for rule in rules or ())


def speaks_of_time(text: str) -> bool:
    """Tell whether a text speaks of a day or of a time of the clock, whatever else."""
    if len(text) > LONGEST:
        return False
    return any(piece.kind in _OF_TIME for piece in cut(plain(text)))


def read_service_time(text: str, known: PeopleKnown) -> ServiceTime | NotRead:
    """Return when a service is by a cell, or why that is not read."""
    bare, lengths = without_lengths(text)
    reading = read_schedule(bare)
    if reading.value is None:
        return NotRead(f"{reading.problem} It is not read.", reading.remedy)
    if not all(rule.days and rule.start is not None for rule in reading.value):
        return NotRead("This does not say both the days and the time: it is not read.", _REMEDY)
    if len(lengths) > 1:
        return NotRead(
            "Two lengths stand here: it is not read.", "Write each session into a line of its own."
        )
    ends = [rule.end is not None for rule in reading.value]
    spans = {rule.end - (rule.start or 0) for rule in reading.value if rule.end is not None}
    if any(ends) and (not all(ends) or (spans - lengths and lengths)):
        return NotRead("How long each session is is not told: it is not read.", _REMEDY)
    said = _beside(cut(plain(bare)), known)
    if isinstance(said, NotRead):
        return said
    return ServiceTime(bare, next(iter(lengths), 0), all(ends), said.provider, said.place)


def _beside(pieces: Sequence[Piece], known: PeopleKnown) -> SessionText | NotRead:
    """Return whom and what the words among the days and times name."""
    words = " ".join(piece.text if piece.kind in ("word", "punctuation") else "/" for piece in pieces)
    words = words.replace(" . ", ". ")
    said = read_session_line(words, known) if any(map(str.isalnum, words)) else SessionText()
    left = (*said.unknown, *said.students)
    if left or said.several:
        what = shown(left[0] if left else said.several[0])
        return NotRead(f"{what} beside the time is not understood: it is not read.", _REMEDY)
    return said


def times_by_service(text: str) -> list[tuple[str, str]]:
    """Part "Speech: Mon 9:00-9:30; OT: Tue 1:00-1:30" into services and what is said of each. A part that
    begins with no service goes on with the one before; where the first does, there are none."""
    found: list[tuple[str, str]] = []
    mark = ""
    for part in _PARTS.split(text[: 10 * LONGEST]):
        if _PARTS.fullmatch(part) or not part.strip():
            mark = part.strip() or ";"
            continue
        service, rest = _service_first(part.strip())
        if service:
            found.append((service, rest))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}{mark} {part.strip()}")
        else:
            return []
    return found


def _service_first(text: str) -> tuple[str, str]:
    """Return the service with which a text begins, and what follows it; "" where it begins with none."""
    ends = [found.end() for found in re.finditer(r"[^\s:]+", text)][:_LONGEST_SERVICE]
    for end in reversed(ends):
        service = known_service(text[:end].strip(" :-–—,("))
        if service:
            return service, text[end:].strip(" :-–—")
    return "", text
