"""How one text would be read, as `sheets-sync read --json` prints it (spec: commands.md, "read --json")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheets_sync.intake.codes import read_code
from sheets_sync.intake.dates import read_date, read_written_date
from sheets_sync.intake.frequency_text import Frequency, understand
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.names import PersonName, read_name
from sheets_sync.intake.person_names import is_particle
from sheets_sync.intake.services import known_service, read_service, why_no_service
from sheets_sync.intake.sessions import Rule, read_schedule

Read = tuple[Any, str | None]
"""What was read, in the terms of the phrases' columns (None: nothing), and what is wrong."""

_OWN_NAME = "A workbook counts it by the name that stands there, wherever it stands so."
_TWO_STUDENTS = "These are two students, or one with two last names and two first ones."
_NO_PERIOD = "It does not say for which period: a week, a month?"


def read(kind: str, text: str) -> dict[str, Any]:
    """Return {"text", "reading", "problem"}; `kind` is one of KINDS. No text raises."""
    reading, problem = _READERS[kind](text)
    return {"text": text, "reading": reading, "problem": problem}


def _frequency(text: str) -> Read:
    understood = understand(text)
    value, problem = understood.reading.value, understood.reading.problem
    if value is None:
        return None, problem
    if value.period is None:
        return None, _NO_PERIOD
    return {
        "sessions": value.sessions,
        "minutes": value.minutes,
        "total": value.total,
        "period": f"{value.period}:{value.n}" if value.period in ("n_weeks", "cycle") else value.period,
        "group": _group(value, understood.group_size),
    }, problem


def _group(value: Frequency, size: int) -> str | None:
    if value.group == "group" and size > 1:
        return f"group:{size}"
    return "consult" if value.group == "consultation" else value.group


def _schedule(text: str) -> Read:
    reading = read_schedule(text)
    return (None if reading.value is None else [_rule(rule) for rule in reading.value]), reading.problem


def _rule(rule: Rule) -> dict[str, Any]:
    lettered = rule.pattern == "cycle" and all(len(day) == 1 for day in rule.days)
    pattern = "alternate" if lettered else "every" if rule.pattern in ("weekly", "cycle") else rule.pattern
    return {"days": list(rule.days), "start": _clock(rule.start), "end": _clock(rule.end), "pattern": pattern}


def _clock(minutes: int | None) -> str | None:
    return None if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def _code(text: str) -> Read:
    from sheets_sync.categories import CATEGORY_WORDS

    reading = read_code(text)
    if reading.value is None:
        return None, reading.problem
    code = reading.value
    makeup_for = code.makeup_for.isoformat() if code.makeup_for else None
    words = CATEGORY_WORDS[code.category]
    return {"category": words, "minutes": code.minutes, "makeup_for": makeup_for}, reading.problem


def _service(text: str) -> Read:
    reading = read_service(text)
    if reading.value is None:
        return None, reading.problem
    if known_service(reading.value):
        return {"name": reading.value}, reading.problem
    if why := why_no_service(text):
        return None, f"{why} {_OWN_NAME}"
    return {"name": reading.value}, reading.problem or f"This service is not known. {_OWN_NAME}"


def _header(text: str) -> Read:
    reading = read_header(text)
    return ({"name": reading.value} if reading.value else None), reading.problem


def _date(text: str) -> Read:
    """Read a date; a time with it, or a month without a day, is shown as it is written."""
    reading, written = read_date(text), read_written_date(text)
    if reading.value is not None:
        shown = reading.value.isoformat()
        if written is not None and written.minutes is not None:
            shown += f"T{_clock(written.minutes)}"
        return {"date": shown}, reading.problem
    if written is not None and written.day is None and written.year is not None:
        return {"date": f"{written.year}-{written.month:02d}"}, "The day is missing."
    return None, reading.problem


def _name(text: str) -> Read:
    reading = read_name(text)
    if reading.value is None:
        return None, reading.problem
    name = reading.value
    if _maybe_two_students(name):
        return None, _TWO_STUDENTS
    parts = ("last", "first", "initial", "suffix", "code", "initials")
    return {part: getattr(name, part) for part in parts if getattr(name, part)}, reading.problem


def _maybe_two_students(name: PersonName) -> bool:
    """Tell whether "John Doe, Jane Smith" may be two; on a Caseload it is the student who stands there."""
    last, first = name.last.split(), name.first.split()
    return len(last) == len(first) == 2 and not is_particle(last[0])


_READERS: dict[str, Callable[[str], Read]] = {
    "frequency": _frequency,
    "schedule": _schedule,
    "code": _code,
    "service": _service,
    "header": _header,
    "date": _date,
    "name": _name,
}

KINDS = tuple(_READERS)
