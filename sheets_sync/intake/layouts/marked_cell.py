"""A cell of a plan book: a session, and after it was held a mark: "Ana - Speech ✓", "Ben OT - absent".

The mark stands before or behind the session, in brackets, or in a line of its own. Where it is not plain what
is the mark, or of whom, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sheets_sync.categories import Category
from sheets_sync.intake.cells import shown
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.known_codes import code_key, is_refused
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import LINES, SessionText, read_session_cell, read_session_line
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import known_service
from sheets_sync.lazy_regex import lazy_regex

TICKED = "Delivered"
SIGNS = tuple(f"{tick}{form}" for tick in "\u2713\u2714\u2611\u2705" for form in ("", "\ufe0f"))
TICKS = lazy_regex("(?:[\u2713\u2714\u2611\u2705]\ufe0f?)+")
_CROSSES = lazy_regex("[\u2715-\u2718\u2612\u274c\u274e\u2298\U0001f6ab]\ufe0f?|[xX]")
_EMPTY_BOX = lazy_regex("[\u2610\u25a1]\ufe0f?")
_AMOUNT = lazy_regex(r"\d+(?:\.\d+)?\s*(?:m|mins?|minutes?|h|hrs?|hours?)?\.?", re.IGNORECASE)
"""So many minutes may be those that are planned."""
_EDGE = " \t-–—:;,/()[]|=>"
_BRACKETS = lazy_regex(r"[(\[]([^()\[\]]+)[)\]]")
_OF_ONE = frozenset(
    (
        Category.STUDENT_ABSENT,
        Category.STUDENT_REFUSED,
        Category.STUDENT_UNAVAILABLE,
        Category.SUSPENDED,
        Category.LATE,
    )
)
"""What happens to one student, and seldom to all of a group."""
_TICKED_MAKE_UP = lazy_regex(
    rf"(?:{TICKED} )?(?P<what>m/?u|make[\s-]?up)\b(?P<rest>.*\d.*?)(?: {TICKED})?", re.IGNORECASE
)
"""A make-up that names a day, or minutes, and has a tick: "MU 9/28 ✓"."""
_HELD = lazy_regex(r"\b(?:delivered|given|done|held|provided|completed?|seen)\b", re.IGNORECASE)
_MAY_BE_PLANNED = lazy_regex(
    r"\b(?:testing|tests?|eval\w*|re-?eval\w*|assess\w*|screen\w*|observ\w*|consult\w*|meetings?|mtgs?)\b",
    re.IGNORECASE,
)
"""Words for work that may be planned for a session, or the reason why there was none."""
_PLANNED = "Whether this make-up is planned or was given is not told: it is not read."
_MAY_BE = "What of this is the mark cannot be told: it is not read."
_WHOSE = "Several students stand here, and of whom the mark is is not told: it is not read."


@dataclass(frozen=True)
class _Split:
    """A text without its mark, and the mark: "" for none. `beside` is the word of the rest beside which the
    mark stands: the last (-1) or the first (0), None for one within it, or in a line of its own."""

    rest: str
    mark: str
    beside: int | None = None


def read_marked_cell(text: str, known: PeopleKnown, codes: Mapping[str, str]) -> tuple[SessionText, ...]:
    """Return the sessions that a cell names, each with its mark as a log says it; `codes` is the key.

    Lines that each name a student are a session each where one of them has a mark. A mark in a line of its
    own is that of the one session above it.
    """
    text = _EMPTY_BOX.sub(" ", text)
    if len(text) > LONGEST or is_no_session(text):
        return read_session_cell(text, known)
    lines = [line for line in LINES.split(text) if line.strip()]
    splits = [_split(plain(line), known, codes) for line in lines]
    if not all(splits):
        return (_unread(text, known),)
    found = [split for split in splits if split is not None]
    marks = [split.mark for split in found if split.mark]
    rests = [split.rest for split in found if split.rest]
    sessions = read_session_cell("\n".join(rests), known) if rests else ()
    if not sessions:
        return (SessionText(why=_MAY_BE),)
    if not marks or any(not one.is_clear for one in sessions):
        return tuple(one if one.is_clear else _left_over(one) for one in sessions)
    apart = [read_session_line(split.rest, known) for split in found]
    if len(lines) > 1 and all(one.students for one in apart):
        whole = sessions if len(sessions) == len(apart) else apart
        return tuple(_marked(one, split, known, codes) for one, split in zip(whole, found, strict=True))
    if len(marks) > 1 or len(sessions) > 1:
        return (SessionText(why=_WHOSE),)
    of_all = next(split for split in found if split.mark)
    return (_marked(sessions[0], of_all, known, codes),)


def _split(line: str, known: PeopleKnown, codes: Mapping[str, str]) -> _Split | None:
    """Part a line into session and mark; None where it can be parted in two ways, or not at all."""
    alone = _mark(line.strip(_EDGE), known, codes)
    if alone is not None:
        return _Split("", alone)
    whole = read_session_line(line, known)
    found: dict[object, _Split] = {}
    for split in _parts(line):
        mark = _mark(split.mark, known, codes)
        if mark is not None and _is_session(split.rest, known):
            found.setdefault(_meaning(mark, codes), replace(split, mark=mark))
    if whole.is_clear and not found:
        return _Split(line, "")
    return next(iter(found.values())) if len(found) == 1 and not whole.is_clear else None


def _is_session(rest: str, known: PeopleKnown) -> bool:
    said = read_session_line(rest, known)
    return said.is_clear and bool(said.students or said.service or said.provider)


def _parts(line: str) -> Iterator[_Split]:
    """Yield each way to part a line: what is left, and what may be the mark."""
    ticks = list(TICKS.finditer(line))
    cuts = {word.start() for word in re.finditer(r"\S+|[(\[]", line)}
    cuts |= {tick.start() for tick in ticks} | {tick.end() for tick in ticks}
    for cut in sorted(cuts):
        head, tail = line[:cut], line[cut:]
        if head.strip(_EDGE) and tail.strip(_EDGE):
            yield _Split(head.rstrip(_EDGE.replace(")", "")), tail.strip(_EDGE), -1)
            yield _Split(tail.lstrip(_EDGE.replace("(", "")), head.strip(_EDGE), 0)
    for found in _BRACKETS.finditer(line):
        before, after = line[: found.start()], line[found.end() :]
        if before.strip(_EDGE) and after.strip(_EDGE):
            yield _Split(f"{before} / {after}", found[1].strip(_EDGE), None)


def _mark(part: str, known: PeopleKnown, codes: Mapping[str, str]) -> str | None:
    """Return a text as the log's Status would have it; None where it is no mark.

    A tick is a session that was given, unless the key says otherwise.
    """
    if not part or _AMOUNT.fullmatch(part):
        return None
    own = {code_key(code) for code in codes}
    if code_key(part) in own or _CROSSES.fullmatch(part):
        return part
    told = part
    if not own & {code_key(tick[0]) for tick in TICKS.finditer(part)}:
        told = " ".join(TICKS.sub(f" {TICKED} ", part).split())
    ticked = _TICKED_MAKE_UP.fullmatch(told) if told != part else None
    if ticked:
        told = f"{ticked['what']} given{ticked['rest']}"
    if _names_something_else(part, known):
        return None
    return told if is_refused(part) or read_code(told, codes=codes).value is not None else None


def _names_something_else(part: str, known: PeopleKnown) -> bool:
    """Tell whether somebody, a place or, among other words, a service stands in what may be a mark."""
    said = read_session_line(part, known)
    words = re.findall(r"[^\W\d_]+", part)
    services = any(known_service(word) and (word != part or is_refused(part)) for word in words)
    return bool(said.students or said.provider or said.place or said.times or services)


def _meaning(mark: str, codes: Mapping[str, str]) -> object:
    """Return what tells marks apart: what they say, or the text where they say nothing that is known."""
    code = read_code(mark, codes=codes).value
    return mark if code is None else code


def _marked(session: SessionText, split: _Split, known: PeopleKnown, codes: Mapping[str, str]) -> SessionText:
    """Return a session with its mark; of several students only where it is plain that it is that of all."""
    if not split.mark:
        return session
    code = read_code(split.mark, codes=codes).value
    of_one = code is None or code.category in _OF_ONE
    if len(session.students) > 1 and (of_one or _stands_at_a_name(split, known)):
        return SessionText(why=_WHOSE)
    if code is not None and code.category is Category.MAKE_UP and not _HELD.search(split.mark):
        return SessionText(why=_PLANNED)
    if _MAY_BE_PLANNED.search(split.mark) and code_key(split.mark) not in set(map(code_key, codes)):
        return SessionText(why=_MAY_BE)
    return replace(session, mark=split.mark)


def _stands_at_a_name(split: _Split, known: PeopleKnown) -> bool:
    """Tell whether a mark stands right beside a student: it may be that student's alone."""
    words = split.rest.split()
    if split.beside is None or not words:
        return bool(words)
    del words[split.beside]
    students = len(read_session_line(split.rest, known).students)
    return len(read_session_line(" ".join(words), known).students) < students


def _unread(text: str, known: PeopleKnown) -> SessionText:
    """Return why a cell is not read that cannot be parted into session and mark."""
    whole = read_session_cell(TICKS.sub(" ", text), known)
    wrong = next((one for one in whole if not one.is_clear), None)
    return SessionText(why=_MAY_BE) if wrong is None else _left_over(wrong)


def _left_over(session: SessionText) -> SessionText:
    """Return the session with why it is not read, where that is one text or sign."""
    is_sign = session.doubt and not session.students
    if is_sign or session.two or session.several or len(session.unknown) > 1:
        return session
    if session.unknown:
        what = f"{shown(session.unknown[0])} is no name, service, place or mark that is known here"
    else:
        what = f"{shown(session.doubt)} leaves open whether this session is meant"
    return replace(session, why=f"{what}: it is not read.")
