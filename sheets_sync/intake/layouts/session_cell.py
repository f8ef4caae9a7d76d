"""A cell of a week grid: who is served, with what, by whom, where - in any usual order.

"Ana - Speech (Kim)", "OT: Ben, Cal", "Speech / Ana R. & Ben T. / Rm 12", or a line for each session.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from sheets_sync.intake.clock import RANGE, time_range
from sheets_sync.intake.groups import read_group
from sheets_sync.intake.layouts.people_known import WORD, PeopleKnown, name_words, word_key
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.services import read_known_service
from sheets_sync.intake.vocabulary import rows

_PLACE = re.compile(
    r"(?:rm|room|in|at|@|office|library|gym|cafeteria|classroom|class|block|portable)\b", re.I
)
_PARTED = re.compile(r"\s+[-–—]+\s+|[:;,/&+()\[\]|]+|\s+(?=(?:in|at|@|rm|room)\b)", re.IGNORECASE)
_JOINS = frozenset(("and", "with", "w", "by", "for"))
_LINES = re.compile(r"[\n\r\u2028]+")


@dataclass(frozen=True, slots=True)
class SessionText:
    """One session as its cell says it; "" and None for what it does not say.

    `short` are (typed, name): who was called by a part of the name. `unknown` names nobody and nothing known.
    """

    students: tuple[str, ...] = ()
    service: str = ""
    provider: str = ""
    place: str = ""
    group: str = ""
    times: tuple[int, int] | None = None
    short: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass
class _Reading:
    students: dict[str, None] = field(default_factory=dict)
    services: dict[str, None] = field(default_factory=dict)
    providers: dict[str, None] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    groups: dict[str, None] = field(default_factory=dict)
    short: dict[tuple[str, str], None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read_session_cell(text: str, known: PeopleKnown) -> tuple[SessionText, ...]:
    """Return the sessions that a cell names: one a line where each line names a student and a service, else
    all lines are one. What is no session ("Lunch", "Prep") is left out; the rest is never guessed."""
    if len(text) > 10 * LONGEST:
        return (SessionText(unknown=(text[:LONGEST],)),)
    lines = [line for line in _LINES.split(text) if line.strip()]
    apart = [_read(line, known) for line in lines]
    if len(lines) > 1 and all(one.students and one.service for one in apart):
        return tuple(apart)
    whole = _read(" / ".join(lines), known)
    return () if not whole.students and is_no_session(text) else (whole,)


def is_no_session(text: str) -> bool:
    """Tell whether a cell says what is no session of any student: "Lunch", "IEP meeting"."""
    return _squeezed(text) in _not_sessions()


def _read(text: str, known: PeopleKnown) -> SessionText:
    times = RANGE.search(text)
    clock = time_range(times).value if times else None
    if times and clock:
        text = f"{text[: times.start()]} / {text[times.end() :]}"
    found = _Reading()
    for segment in _segments(text, known, found):
        _take(segment, known, found)
    if len(found.services) > 1 or len(found.providers) > 1:
        several = list(found.services) if len(found.services) > 1 else list(found.providers)
        found.unknown += several[1:]
    return SessionText(
        students=tuple(found.students),
        service=next(iter(found.services), ""),
        provider=next(iter(found.providers), ""),
        place=", ".join(found.places),
        group=next(iter(found.groups), ""),
        times=clock,
        short=tuple(found.short),
        unknown=tuple(found.unknown),
    )


def _segments(text: str, known: PeopleKnown, found: _Reading) -> list[str]:
    """Take the students out of a text; return what stands between them, parted where marks part it."""
    segments: list[str] = []
    words = list(WORD.finditer(text))
    keys = tuple(word_key(word[0]) for word in words)
    open_from: int | None = None
    at = 0
    while at < len(words):
        who = known.students.find(keys[at:])
        if who is not None and who[2]:
            who = _in_full(who, at, text, words, known)
        if who is not None:
            length, name, is_short = who
            typed = text[words[at].start() : words[at + length - 1].end()]
            found.students[name] = None
            found.short |= {(typed, name): None} if is_short else {}
            segments += _parted(text, words, open_from, at)
            open_from, at = None, at + length
        else:
            open_from = at if open_from is None else open_from
            at += 1
    return segments + _parted(text, words, open_from, len(words))


def _in_full(
    who: tuple[int, str, bool], at: int, text: str, words: list[re.Match[str]], known: PeopleKnown
) -> tuple[int, str, bool] | None:
    """Return whom a part of a name calls, with the initial behind it; None where what follows makes it the
    name of somebody else ("Ben Smith" is not Ben Torres), or where it is a service itself."""
    if read_known_service(words[at][0]):
        return None
    length, name, is_short = who
    end = at + length
    if end == len(words) or text[words[end - 1].end() : words[end].start()].strip():
        return who
    follows = word_key(words[end][0])
    if len(follows) == 1 and follows.isalpha():
        fits = any(word.startswith(follows) for word in name_words(name) if word != word_key(words[at][0]))
        return (length + 1, name, is_short) if fits else None
    ends_it = follows in _JOINS or not words[end][0][:1].isupper() or read_known_service(words[end][0])
    return who if ends_it or known.providers.find((follows,)) or _PLACE.match(words[end][0]) else None


def _parted(text: str, words: list[re.Match[str]], first: int | None, end: int) -> list[str]:
    if first is None:
        return []
    piece = text[words[first].start() : words[end - 1].end()]
    parts = (part.strip() for part in _PARTED.split(piece))
    return [part for part in parts if part and word_key(part) not in _JOINS]


def _take(segment: str, known: PeopleKnown, found: _Reading) -> None:
    """Put a segment where it belongs: provider, service, group, place; else it is unknown."""
    keys = tuple(word_key(word[0]) for word in WORD.finditer(segment))
    who = known.providers.find(keys) or known.providers.find(keys[1:])
    if who is not None and who[0] >= len(keys) - 1:
        found.providers[who[1]] = None
        found.short |= {(segment, who[1]): None} if who[2] else {}
    elif service := read_known_service(segment):
        found.services[service] = None
        found.groups |= {group: None for word in segment.split() if (group := read_group(word).value)}
    elif (group := read_group(segment).value) is not None:
        found.groups[group] = None
    elif _PLACE.match(segment):
        found.places.append(segment)
    elif not is_no_session(segment):
        found.unknown.append(segment)


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@cache
def _not_sessions() -> frozenset[str]:
    return frozenset(_squeezed(word) for row in rows("not_sessions") for word in row)
