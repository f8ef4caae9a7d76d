"""A cell of a week grid: who is served, with what, by whom, where, in any usual order.

"Ana - Speech (Kim)", "OT: Ben, Cal", "Speech / Ana R. & Ben T. / Rm 12", or a line for each session. A cell
in which anything is left over is not read: "no speech", "every other week" and "Ben Smith" are no sessions
of Ben Torres each week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from unicodedata import category

from sheets_sync.intake.clock import RANGE, time_range
from sheets_sync.intake.groups import read_group
from sheets_sync.intake.layouts.beside_names import is_their_class, without_marks
from sheets_sync.intake.layouts.no_session import is_no_session, is_sign
from sheets_sync.intake.layouts.people_known import TITLES, WORD, PeopleKnown, name_words, word_key
from sheets_sync.intake.layouts.students_among_words import GROUPS, JOINS, students_among_words
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.services import CONSULTATION, consulted_on, known_service
from sheets_sync.lazy_regex import lazy_regex

_BARE = lazy_regex(r"(\d{1,4})[^\d:]+(\d{1,4})")
_LAST_HOUR = 12
_ROOM = lazy_regex(r"\b(?:in\s+)?(?:rm|room)\.?\s*#?\s*[\w-]+", re.IGNORECASE)
_PLACE = lazy_regex(
    r"(?:in|at|@)?\s*(?:the\s+)?(?:office|library|gym|cafeteria|classroom|class|(?:therapy|speech|ot) room)",
    re.IGNORECASE,
)
_TITLES = TITLES | JOINS
_MARKS = lazy_regex("[\u2713-\u2718\u2610-\u2612\u2705\u274c\u274e\u2298\U0001f6ab]")
"""Ticks, crosses and boxes: what became of a session, which no schedule says."""
_PLAIN_SIGNS = frozenset("-–—‐‑:;,/&+()[]|.@#'’‘\"“”•·")
_STRUCK = lazy_regex(r"[-–—+](?=\w)")
_BRACKETED = lazy_regex(r"(?<=\S)\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_OF_ONE = ("times", "provider", "group")
LINES = lazy_regex(r"[\n\r\u2028]+")


@dataclass(frozen=True, slots=True)
class SessionText:
    """One session as its cell says it; "" and None for what it does not say.

    `short` are (typed, name): who was called by a part of the name. `unknown` is what is left over. `doubt`
    is a sign or a line that leaves open whether the session is held so, `several` are services (or providers)
    of which one alone can be meant; `two` is one student's name with another's ID or name right behind it.
    `minutes` is how long it is of the time of its row, 0 for all of it (lengths_in_cells.py), and `has_unit`
    tells whether the cell calls them minutes. In a plan book `mark` is what became of the session, and `why`
    says what is wrong with its text.
    """

    students: tuple[str, ...] = ()
    service: str = ""
    provider: str = ""
    place: str = ""
    group: str = ""
    times: tuple[int, int] | None = None
    short: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    doubt: str = ""
    several: tuple[str, ...] = ()
    two: str = ""
    mark: str = ""
    why: str = ""
    minutes: int = 0
    has_unit: bool = False

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is left over or open."""
        return not (self.unknown or self.doubt or self.several or self.two or self.why)


@dataclass
class _Reading:
    services: dict[str, None] = field(default_factory=dict)
    providers: dict[str, None] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    groups: dict[str, None] = field(default_factory=dict)
    short: dict[tuple[str, str], None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read_session_cell(text: str, known: PeopleKnown) -> tuple[SessionText, ...]:
    """Return the sessions that a cell names: one a line where each line names a student and a service, or a
    time, or where one says in brackets what others do not; else all lines are one. None where the cell says
    what is no session ("Lunch")."""
    if len(text) > 10 * LONGEST:
        return (SessionText(unknown=(text[:LONGEST],)),)
    known = known.in_cells
    if is_no_session(text):
        bare = text.strip()
        other = known.students.find(name_words(bare)) or bare.casefold() in known.services
        return (SessionText(unknown=(bare,)),) if other else ()
    if is_sign(text):
        return (SessionText(doubt=text.strip()),)
    lines = [line for line in LINES.split(text) if line.strip()]
    apart = [read_session_line(line, known) for line in lines]
    unsure = _said_of_one(lines, apart, known)
    if len(lines) == 1 or all(one.students and (one.service or one.times) for one in apart):
        read = apart
    elif unsure is None:
        read = [read_session_line(text, known) for text in _each_with_shared(lines, apart)]
    else:
        read = [read_session_line(" / ".join(lines), known)]
    return tuple(replace(one, doubt=one.doubt or unsure or _doubt(lines, apart)) for one in read)


def _said_of_one(lines: list[str], apart: list[SessionText], known: PeopleKnown) -> str | None:
    """Return the line that says a time, provider or group which others with a student do not, where whose it
    is is not told; "" where it is that of all, None where each has its own.

    What stands in brackets is its line's, before the first name that of all; a group and a place may be
    anywhere.
    """
    own = [(line, one) for line, one in zip(lines, apart, strict=True) if one.students]
    bare = [read_session_line(_BRACKETED.sub(" / ", line), known) for line, _ in own]
    if len({_details(one) for _, one in own}) < 2:
        return ""
    of_all = False
    for name in _OF_ONE:
        said = [getattr(one, name) for one in bare]
        if all(said) or not any(said):
            continue
        at = next(at for at, value in enumerate(said) if value)
        if at == 0 and not any(said[1:]) and _stands_first(own[0][0], name, known):
            of_all = True
        elif name != "group" or "individual" in said:
            return own[at][0]
        else:
            of_all = True
    if not of_all:
        return None
    in_brackets = [one for (_, whole), one in zip(own, bare, strict=True) if _details(whole) != _details(one)]
    return own[0][0] if in_brackets else ""


def _details(one: SessionText) -> tuple[object, ...]:
    return one.times, one.provider, one.group, one.place


def _stands_first(line: str, name: str, known: PeopleKnown) -> bool:
    """Tell whether a detail of a line stands before its first student: "Kim Lee: Ana", "9:00-9:30 Ana"."""
    words = line.split()
    read = (read_session_line(" ".join(words[:end]), known) for end in range(1, len(words) + 1))
    return bool(getattr(next(one for one in read if one.students or getattr(one, name)), name))


def _each_with_shared(lines: list[str], apart: list[SessionText]) -> list[str]:
    """Return each line with a student, behind it those without one: they are of all."""
    shared = [line for line, one in zip(lines, apart, strict=True) if not one.students]
    return [" / ".join((line, *shared)) for line, one in zip(lines, apart, strict=True) if one.students]


def _doubt(lines: list[str], apart: list[SessionText]) -> str:
    """Return the first sign that leaves open whether a session is held, or the line without a service where
    another one with a student has one; "" for none. Strokes before several lines are those of a list."""
    text = " ".join(lines)
    if sign := next((char for char in WORD.sub(" ", text) if not _is_plain_sign(char)), ""):
        return sign
    bare = text.strip()
    if len(lines) == 1 and (_STRUCK.match(bare) or (bare[0] + bare[-1] == "()" and bare.count("(") == 1)):
        return bare
    with_service = {bool(one.service) for one in apart}
    if all(one.students for one in apart) and len(with_service) > 1:
        return next(line for line, one in zip(lines, apart, strict=True) if not one.service)
    return ""


def _is_plain_sign(char: str) -> bool:
    return char.isspace() or char in _PLAIN_SIGNS or category(char) in ("Cf", "Cc", "Mn")


def is_mark(text: str) -> bool:
    """Tell whether a text that is left over is a tick or the like."""
    return _MARKS.fullmatch(text) is not None


def _no_time(typed: str) -> bool:
    """Tell whether two bare numbers are no hours: "15-20" are minutes, a room or a group."""
    bare = _BARE.fullmatch(typed.strip())
    return bare is not None and any(int(number) > _LAST_HOUR for number in bare.groups())


def read_session_line(text: str, known: PeopleKnown) -> SessionText:
    """Return the one session of which a text speaks, or whom and what a header or title names."""
    found, clock = _Reading(), None
    times = list(RANGE.finditer(text))
    if times:
        clock = None if _no_time(times[0][0]) else time_range(times[0]).value
        found.unknown += [one[0] for one in times[0 if clock is None else 1 :]]
        text = RANGE.sub(" / ", text)
    found.unknown += _MARKS.findall(text)
    text, groups, delivered = without_marks(text)
    found.groups |= dict.fromkeys(groups)
    found.places += delivered
    found.places += _ROOM.findall(text)
    named = students_among_words(_ROOM.sub(" / ", text), known)
    for segment, before in named.between:
        if not is_their_class(segment, before, named.students, known):
            _take(segment, known, found)
    found.unknown += [named.two] if named.two else []
    if CONSULTATION in found.services and len(found.services) > 1:
        del found.services[CONSULTATION]
        found.groups |= {CONSULTATION.casefold(): None}
    found.unknown += [*found.services][1:] + [*found.providers][1:]
    several = next((names for names in (found.services, found.providers) if len(names) > 1), {})
    return SessionText(
        students=tuple(named.students),
        service=next(iter(found.services), ""),
        provider=next(iter(found.providers), ""),
        place=", ".join(place.strip() for place in found.places),
        group=next(iter(found.groups), ""),
        times=clock,
        short=(*named.short, *found.short),
        unknown=tuple(found.unknown),
        several=tuple(several),
        two=named.two,
    )


def _take(segment: str, known: PeopleKnown, found: _Reading) -> None:
    """Put a segment where it belongs: provider, service, group, place; else it is left over."""
    words = [word[0] for word in WORD.finditer(segment)]
    while words and word_key(words[0]) in _TITLES:
        words = words[1:]
    keys = tuple(map(word_key, words))
    who = known.providers.find(keys)
    bare = " ".join(word for word in words if word_key(word) not in GROUPS)
    if who is not None and who[0] == len(keys):
        found.providers[who[1]] = None
        found.short |= {(segment, who[1]): None} if who[2] else {}
    elif service := known_service(segment) or known_service(" ".join(words)) or known_service(bare):
        found.services[service] = None
        _take_group(segment, found)
    elif service := consulted_on(segment):
        found.services |= {service: None}
        found.groups |= {CONSULTATION.casefold(): None}
    elif words and not bare:
        _take_group(segment, found)
    elif _PLACE.fullmatch(segment):
        found.places.append(segment)
    elif both := _provider_and_service(words, known):
        for part in both:
            _take(part, known, found)
    elif words:
        found.unknown.append(segment)


def _provider_and_service(words: list[str], known: PeopleKnown) -> tuple[str, str] | None:
    """Return both where nothing parts them: "Kim Lee OT", "OT Ms. Kim"."""
    for at in range(1, len(words)):
        first, rest = words[:at], words[at:]
        for provider, service in ((first, rest), (rest, first)):
            called = [word for word in provider if word_key(word) not in _TITLES]
            who = known.providers.find(tuple(map(word_key, called)))
            if who is not None and who[0] == len(called) and known_service(" ".join(service)):
                return " ".join(called), " ".join(service)
    return None


def _take_group(segment: str, found: _Reading) -> None:
    found.groups |= {group: None for word in segment.split() if (group := _group(word))}


@lru_cache(maxsize=4096)
def _group(word: str) -> str | None:
    return read_group(word).value
