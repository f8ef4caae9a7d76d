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
from sheets_sync.intake.layouts.beside_names import grade_behind, is_their_class, without_marks
from sheets_sync.intake.layouts.no_session import PARTED, is_no_session, is_sign
from sheets_sync.intake.layouts.people_known import TITLES, WORD, PeopleKnown, name_words, word_key
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.services import CONSULTATION, consulted_on, known_service

_ROOM = re.compile(r"\b(?:in\s+)?(?:rm|room)\.?\s*#?\s*[\w-]+", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:in|at|@)?\s*(?:the\s+)?(?:office|library|gym|cafeteria|classroom|class|(?:therapy|speech|ot) room)",
    re.IGNORECASE,
)
_JOINS = frozenset(("and", "with", "w", "by", "for"))
_TITLES = TITLES | _JOINS
_GROUPS = frozenset(("individual", "group", "small", "indiv", "grp", "therapy", "session", "1:1"))
_MARKS = re.compile("[\u2713-\u2718\u2610-\u2612\u2705\u274c\u274e\u2298\U0001f6ab]")
"""Ticks, crosses and boxes: what became of a session, which no schedule says."""
_PLAIN_SIGNS = frozenset("-–—‐‑:;,/&+()[]|.@#'’‘\"“”•·")
_STRUCK = re.compile(r"[-–—+](?=\w)")
_LISTED = re.compile(r"[,;/&+|\n]")
LINES = re.compile(r"[\n\r\u2028]+")


@dataclass(frozen=True, slots=True)
class SessionText:
    """One session as its cell says it; "" and None for what it does not say.

    `short` are (typed, name): who was called by a part of the name. `unknown` is what is left over. `doubt`
    is a sign or a line that leaves open whether the session is held so, `several` are services (or providers)
    of which one alone can be meant; `two` is one student's name with another's ID or name right behind it.
    In a plan book `mark` is what became of the session, and `why` says what is wrong with its text.
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

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is left over or open."""
        return not (self.unknown or self.doubt or self.several or self.two or self.why)


@dataclass
class _Reading:
    students: dict[str, None] = field(default_factory=dict)
    services: dict[str, None] = field(default_factory=dict)
    providers: dict[str, None] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    groups: dict[str, None] = field(default_factory=dict)
    short: dict[tuple[str, str], None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    two: str = ""


def read_session_cell(text: str, known: PeopleKnown) -> tuple[SessionText, ...]:
    """Return the sessions that a cell names: one a line where each line names a student and a service, else
    all lines are one. None where the cell says what is no session ("Lunch")."""
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
    if len(lines) > 1 and not all(one.students and (one.service or one.times) for one in apart):
        read = [read_session_line(" / ".join(lines), known)]
    else:
        read = apart
    return tuple(replace(one, doubt=one.doubt or _doubt(lines, apart)) for one in read)


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


def read_session_line(text: str, known: PeopleKnown) -> SessionText:
    """Return the one session of which a text speaks, or whom and what a header or title names."""
    found, clock = _Reading(), None
    times = list(RANGE.finditer(text))
    if times:
        clock = time_range(times[0]).value
        found.unknown += [one[0] for one in times[0 if clock is None else 1 :]]
        text = RANGE.sub(" / ", text)
    found.unknown += _MARKS.findall(text)
    text, groups, delivered = without_marks(text)
    found.groups |= dict.fromkeys(groups)
    found.places += delivered
    found.places += _ROOM.findall(text)
    for segment, before in _segments(_ROOM.sub(" / ", text), known, found):
        if not is_their_class(segment, before, found.students, known):
            _take(segment, known, found)
    found.unknown += [found.two] if found.two else []
    if CONSULTATION in found.services and len(found.services) > 1:
        del found.services[CONSULTATION]
        found.groups |= {CONSULTATION.casefold(): None}
    found.unknown += [*found.services][1:] + [*found.providers][1:]
    several = next((names for names in (found.services, found.providers) if len(names) > 1), {})
    return SessionText(
        students=tuple(found.students),
        service=next(iter(found.services), ""),
        provider=next(iter(found.providers), ""),
        place=", ".join(place.strip() for place in found.places),
        group=next(iter(found.groups), ""),
        times=clock,
        short=tuple(found.short),
        unknown=tuple(found.unknown),
        several=tuple(several),
        two=found.two,
    )


def _segments(text: str, known: PeopleKnown, found: _Reading) -> list[tuple[str, str]]:
    """Take the students out of a text; return what stands between them, parted where marks part it, each with
    the student before it."""
    segments: list[tuple[str, str]] = []
    words = list(WORD.finditer(text))
    keys = tuple(word_key(word[0]) for word in words)
    open_from: int | None = None
    before: tuple[str, int, int] | None = None
    at = 0
    while at < len(words):
        who = known.students.find(keys[at:])
        if who is not None:
            who = _in_full(who, at, text, words, known)
        if who is not None:
            length, name, is_short = who
            begin, end = words[at].start(), words[at + length - 1].end()
            typed = text[begin:end]
            if (
                before
                and open_from is None
                and before[0] != name
                and _one_is_meant(text, *before[1:], begin, end)
            ):
                found.two = text[before[1] : end]
            segments += _parted(text, words, open_from, at, before)
            before = (name, begin, end)
            found.students[name] = None
            found.short |= {(typed, name): None} if is_short else {}
            open_from, at = None, at + length
        else:
            open_from = at if open_from is None else open_from
            at += 1
    return segments + _parted(text, words, open_from, len(words), before)


def _one_is_meant(text: str, begin: int, end: int, following: int, until: int) -> bool:
    """Tell whether what calls one student and, right behind it, another stands for one alone: an ID or a name
    in brackets, or an ID that no mark of a list parts from the name."""
    first, between, second = text[begin:end], text[end:following], text[following:until]
    if ")" not in between and ("(" in between or "[" in between):
        return True
    is_id = [any(map(str.isdigit, typed)) for typed in (first, second)]
    return is_id[0] != is_id[1] and not _LISTED.search(between)


def _in_full(
    who: tuple[int, str, bool], at: int, text: str, words: list[re.Match[str]], known: PeopleKnown
) -> tuple[int, str, bool] | None:
    """Return whom a name calls, with the initial behind it; None where it is a word or a service itself, or
    what stands directly beside it makes it somebody else's: "Ben Smith" is not Ben Torres.
    """
    length, name, is_short = who
    typed = words[at][0]
    if is_short and (known_service(typed) or not typed[:1].isupper()):
        return None
    if is_short and (word_key(typed),) in known.initials and not _stand_alone(at, text, words):
        return None
    if (
        at
        and is_short
        and not _parts(text, words[at - 1], words[at])
        and not _is_known(words[at - 1][0], known)
    ):
        return None
    end = at + length
    if end == len(words) or _parts(text, words[end - 1], words[end]):
        return who
    follows = word_key(words[end][0])
    if is_short and len(follows) == 1 and follows.isalpha():
        fits = any(word.startswith(follows) for word in name_words(name) if word != word_key(words[at][0]))
        return (length + 1, name, is_short) if fits else None
    if grade_behind([word[0] for word in words[end : end + 2]], name, known):
        return who
    return who if _is_known(words[end][0], known) or _begins_a_service(words[end:]) else None


def _stand_alone(at: int, text: str, words: list[re.Match[str]]) -> bool:
    """Tell whether initials are written as such, and nothing but a service or "with" is directly beside."""
    beside = [
        *(words[at - 1 : at] if at and not _parts(text, words[at - 1], words[at]) else ()),
        *(
            words[at + 1 : at + 2]
            if at + 1 < len(words) and not _parts(text, words[at], words[at + 1])
            else ()
        ),
    ]
    plain = all(word_key(word[0]) in _JOINS or known_service(word[0]) for word in beside)
    return plain and words[at][0].replace(".", "").isupper()


def _begins_a_service(words: list[re.Match[str]]) -> bool:
    """Tell whether the first two or three words are a service: "social skills"."""
    spoken = [word[0] for word in words[:3]]
    return any(known_service(" ".join(spoken[:size])) for size in (2, 3))


def _parts(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Tell whether a mark stands between two words."""
    return bool(text[word.end() : following.start()].strip())


def _is_known(word: str, known: PeopleKnown) -> bool:
    key = word_key(word)
    return bool(
        key in _JOINS
        or key in _GROUPS
        or known_service(word)
        or known.providers.find((key,))
        or known.students.find((key,))
    )


def _parted(
    text: str, words: list[re.Match[str]], first: int | None, end: int, before: tuple[str, int, int] | None
) -> list[tuple[str, str]]:
    if first is None:
        return []
    piece = text[words[first].start() : words[end - 1].end()]
    parts = (part.strip() for part in PARTED.split(piece))
    name = before[0] if before else ""
    return [(part, name) for part in parts if part and word_key(part) not in _JOINS]


def _take(segment: str, known: PeopleKnown, found: _Reading) -> None:
    """Put a segment where it belongs: provider, service, group, place; else it is left over."""
    words = [word[0] for word in WORD.finditer(segment)]
    while words and word_key(words[0]) in _TITLES:
        words = words[1:]
    keys = tuple(map(word_key, words))
    who = known.providers.find(keys)
    bare = " ".join(word for word in words if word_key(word) not in _GROUPS)
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
