"""A cell that says when a session is, below its day: "9:00-9:30", "9-9:30 & 1:00-1:30", "9:00 (30) Kim".

What stands beside the time may be a service, a provider, a place or a group. A cell in which anything is left
over is not read: "9:00 every other week" and "9:00?" are no sessions of each week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sheets_sync.intake.cells import shown, shows_error
from sheets_sync.intake.clock import RANGE, TIME, clock, parts, read_time, time_range
from sheets_sync.intake.forms_shown import either
from sheets_sync.intake.layouts.no_session import names_no_session
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_line
from sheets_sync.intake.layouts.title_text import NOTHING
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.rules_in_period import is_period
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue

_SURE = lazy_regex(r"[:.]\s?\d\d|[ap]\.?\s?m\b|\d[ap]\b|noon|midday", re.IGNORECASE)
"""What makes a number alone in a cell of words a time: "204" may be a room."""
_OF_A_WEEK = lazy_regex(r"\d\s[AB]\b")
"""A letter behind a time may be that of a week."""
_UNIT = r"(?:minutes?|mins?|min|m)\b\.?"
_MINUTES = lazy_regex(
    rf"[(\[]\s*(?P<in>\d{{1,3}})\s*(?:{_UNIT})?\s*[)\]]"
    rf"|(?:\bfor\s|\bx\s?|/\s?|(?<=\s)-\s?)?(?<![\d:.])(?P<out>\d{{1,3}})\s?-?\s?{_UNIT}",
    re.IGNORECASE,
)
_TOKENS = (
    ("room", lazy_regex(r"(?:\bin\s+)?\b(?:rm|room)\.?\s*#?\s*[\w-]+", re.IGNORECASE)),
    ("minutes", _MINUTES),
    ("range", lazy_regex(rf"(?<![\w/:.])(?:{RANGE.pattern})(?![\d:/%]|\s?-?\s?{_UNIT})", re.IGNORECASE)),
    ("time", lazy_regex(rf"(?<![\w/:.])(?:at\s|@\s?)?(?:{TIME.pattern})(?![\d:/%])", re.IGNORECASE)),
    ("end", lazy_regex(r"[;\n]")),
    ("mark", lazy_regex(r"[,&/|+]|\band\b", re.IGNORECASE)),
    ("words", lazy_regex(r"[^\W\d_]+|.", re.DOTALL)),
)
_PLAIN_SIGNS = frozenset("-:;,/&+()[]|.@#'\"")
_LONGEST_IN_BRACKETS = 120
_REMEDY = 'Write the time, and beside it no more than a service, a name of Staff or a place: "9:00-9:30 Kim".'
_EACH = 'Write each session into a line of its own, like "9:00-9:30 Speech".'


@dataclass(frozen=True, slots=True)
class TimedSession:
    """One session of a cell: `start` and `end` are minutes after midnight, None where the cell does not say;
    `minutes` is the length that it says, `period` the period ("Period 3") that it names instead."""

    start: int | None = None
    end: int | None = None
    minutes: int | None = None
    period: str = ""
    said: SessionText = NOTHING


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why a cell is not read, and what would do."""

    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    numbers: tuple[int, ...] = ()


class _Open(Exception):
    """Something in the cell is left open."""

    def __init__(self, problem: str, remedy: str = _REMEDY) -> None:
        super().__init__(problem)
        self.why = NotRead(problem, remedy)


def read_timed_cell(cell: CellValue, known: PeopleKnown) -> tuple[TimedSession, ...] | NotRead:
    """Return the sessions that a cell names, each with its time or its length; none of either is not read."""
    if not isinstance(cell, str):
        return _of_value(cell)
    if len(cell) > LONGEST:
        return NotRead("This is too long for a time: it is not read.", _REMEDY)
    if is_period(cell):
        return (TimedSession(period=cell.strip()),)
    typed = "\n".join(map(plain, re.split(r"[\r\n\u2028]+", cell.strip())))
    try:
        return tuple(_sessions(_cut(typed), typed, known))
    except _Open as why:
        return why.why


def is_time_without_session(cell: CellValue) -> bool:
    """Tell whether a cell says when an hour without a session is: "Lunch 12-12:30"."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return False
    try:
        tokens = list(_cut(plain(cell)))
    except _Open:
        return False
    rest = "".join(token.text if token.kind in ("words", "room", "mark") else " / " for token in tokens)
    return _clocks(tokens) == 1 and names_no_session(rest)


def _of_value(cell: CellValue) -> tuple[TimedSession, ...] | NotRead:
    if isinstance(cell, ErrorValue):
        wrong = shows_error(cell)
        return NotRead(wrong.problem or "", wrong.remedy)
    is_clock = isinstance(cell, time | timedelta) or (isinstance(cell, datetime) and cell.year <= 1900)
    is_clock |= isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < 1
    start = read_time(cell).value if is_clock else None
    if start is not None:
        return (TimedSession(start),)
    if isinstance(cell, date):
        remedy = 'A spreadsheet makes a date of "9-10": write the time like "9:00-10:00".'
        return NotRead("This is a date, and no time: it is not read.", remedy)
    return NotRead("A number alone may be a time or minutes: it is not read.", 'Write "9:00" or "30 min".')


def without_lengths(text: str) -> tuple[str, frozenset[int]]:
    """Return a text without the lengths that it says ("30 min", "(30)"), and these in minutes."""
    lengths: set[int] = set()

    def take(found: re.Match[str]) -> str:
        token = _token("minutes", found, text)
        lengths.update(token.numbers if token else ())
        return " " if token else found[0]

    return _MINUTES.sub(take, text), frozenset(lengths)


def _cut(text: str) -> list[_Token]:
    """Cut a text into times, lengths, marks that part sessions, and words."""
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        for kind, pattern in _TOKENS:
            found = pattern.match(text, at)
            token = _token(kind, found, text) if found and found[0] else None
            if token is not None and found is not None:
                tokens.append(token)
                at = found.end()
                break
    return tokens


def _token(kind: str, found: re.Match[str], text: str) -> _Token | None:
    if kind == "minutes":
        minutes = int(found["in"] or found["out"])
        bare = found["in"] is not None and not re.search(_UNIT, found[0], re.IGNORECASE)
        is_length = 5 <= minutes <= _LONGEST_IN_BRACKETS and minutes % 5 == 0
        return None if bare and not is_length else _Token(kind, found[0], (minutes,))
    if kind == "range":
        reading = time_range(found)
        if reading.value is None:
            raise _Open(f"{reading.problem} The cell is not read.", reading.remedy)
        return _Token(kind, found[0], reading.value)
    if kind != "time":
        return _Token(kind, found[0])
    whole = found[0].strip() == text.strip() and re.fullmatch(r"\d{3,4}", text.strip())
    if not (whole or _SURE.search(found[0])) or _OF_A_WEEK.search(found[0]):
        return None
    single = clock(*parts(found, ""))
    if single.value is None:
        raise _Open(f"{single.problem} The cell is not read.", single.remedy)
    return _Token(kind, found[0], (single.value,))


def _sessions(tokens: Sequence[_Token], text: str, known: PeopleKnown) -> Iterator[TimedSession]:
    _refuse_signs(tokens, text)
    clocks = sum(token.kind in ("range", "time") for token in tokens)
    if clocks < 2:
        yield _session(tokens, known)
        return
    pieces = [piece for part in _parted(tokens, "end") for piece in _apart(part)]
    if pieces and not _clocks(pieces[0]):
        pieces = [[*pieces[0], *pieces[1]], *pieces[2:]]
    if any(_clocks(piece) != 1 for piece in pieces):
        raise _Open("Several times stand here, and what goes with which is not told: it is not read.", _EACH)
    read = [_session(piece, known) for piece in pieces]
    with_words = [one.said != NOTHING for one in read]
    if all(with_words) or not any(with_words):
        yield from read
    elif with_words == [True, *[False] * (len(read) - 1)] and _leads(pieces[0]):
        yield from (replace(one, said=read[0].said) for one in read)
    else:
        raise _Open("What stands beside one of these times may be meant for all: it is not read.", _EACH)


def _parted(tokens: Sequence[_Token], kind: str) -> list[list[_Token]]:
    pieces: list[list[_Token]] = [[]]
    for token in tokens:
        if token.kind == kind:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if any(token.text.strip() for token in piece)]


def _apart(part: Sequence[_Token]) -> list[list[_Token]]:
    """Return the sessions of one line: marks part them where several times stand in it."""
    return [[*part]] if _clocks(part) < 2 else _parted(part, "mark")


def _clocks(tokens: Sequence[_Token]) -> int:
    return sum(token.kind in ("range", "time") for token in tokens)


def _leads(piece: Sequence[_Token]) -> bool:
    """Tell whether all words of a piece stand before its time."""
    at = next(n for n, token in enumerate(piece) if token.kind in ("range", "time"))
    return not any(_is_word(token) for token in piece[at + 1 :])


def _is_word(token: _Token) -> bool:
    return token.kind in ("words", "room") and any(map(str.isalnum, token.text))


def _refuse_signs(tokens: Sequence[_Token], text: str) -> None:
    """Refuse a sign that leaves open whether the session is held ("9:00?", "*9:00"), and "(9:00-9:30)"."""
    signs = (char for token in tokens if token.kind == "words" for char in token.text)
    sign = next((c for c in signs if not (c.isalnum() or c.isspace() or c in _PLAIN_SIGNS)), "")
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        sign = text
    if sign:
        problem = f"{shown(sign)} here leaves open whether this is held each week: it is not read."
        raise _Open(problem, "Take it away where it is; else keep it as a list with From and To.")


def _session(tokens: Sequence[_Token], known: PeopleKnown) -> TimedSession:
    clocks = [token.numbers for token in tokens if token.kind in ("range", "time")]
    lengths = {token.numbers[0] for token in tokens if token.kind == "minutes"}
    if len(lengths) > 1:
        raise _Open("Two lengths stand here: it is not read.", _EACH)
    start, end = (*clocks[0], None)[:2] if clocks else (None, None)
    minutes = next(iter(lengths), None)
    if minutes and start is not None and end is not None and end - start != minutes:
        raise _Open(f"From start to end it is {end - start} minutes: it is not read.", "Mend one of the two.")
    rest = "".join(token.text if token.kind in ("words", "room", "mark") else " / " for token in tokens)
    said = read_session_line(rest, known) if any(map(str.isalnum, rest)) else NOTHING
    _refuse_what_is_left(said, known)
    return TimedSession(start, end, minutes, said=said)


def _refuse_what_is_left(said: SessionText, known: PeopleKnown) -> None:
    if said.several or said.two:
        raise _Open("More than one stands beside the time, and which is meant is not told: it is not read.")
    if said.unknown:
        left = said.unknown[0]
        candidates = known.may_be(left)
        what = f"may be {either(candidates)}" if candidates else "is no service and nobody on Staff"
        raise _Open(f"{shown(left)} {what}: it is not read.")
