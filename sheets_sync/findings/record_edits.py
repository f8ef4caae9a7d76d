"""What was changed or removed of the record since it was counted: grid lines, past entries, past days.

Pure comparison; whether it matters is record_changed. An entry or a line that came to be is no edit, nor is
the Calendar as a whole where there was none; nor is an entry that says what it said and is read otherwise,
since [codes] or the program was changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sheets_sync.counted import Counted, CountedDay, CountedEntries, CountedLine, Course
from sheets_sync.findings.entry_text import day_of, is_read_otherwise, read_entry, without_mark
from sheets_sync.findings.words import day_words, frequency_words
from sheets_sync.tables import CATEGORY_WORDS

MOVED_WITHIN = timedelta(days=7)
"""An entry that stands with another date now, at most so far away, is the same entry."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `key` is the line's, for the grid; `course` None for the Calendar, which is everybody's."""

    words: str
    course: Course | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class EntryEdit:
    """An entry that was changed, or removed (`new` is "")."""

    course: Course
    old: str
    new: str

    @property
    def words(self) -> str:
        """Return "Service Log, Oct 8: 30 min, provider absent -> student absent"."""
        was = read_entry(self.old)
        what = f"Service Log, {day_words(was.day)}: {_length(was.minutes)}{CATEGORY_WORDS[was.category]}"
        if not self.new:
            return f"{what} -> removed"
        now = read_entry(self.new)
        day = f"{day_words(now.day)}: " if now.day != was.day else ""
        length = _length(now.minutes) if now.minutes != was.minutes else ""
        return f"{what} -> {day}{length}{CATEGORY_WORDS[now.category]}"


def _length(minutes: int) -> str:
    return f"{minutes} min, " if minutes >= 0 else ""


def grid_edits(before: Counted, now: Counted) -> Iterator[Edit]:
    """Yield the lines that say something else than they did, and those that are gone.

    A line that cannot be read, tonight or then, is unknown.
    """
    tonight = {line.key: line for line in now.lines}
    for was in before.lines:
        line = tonight.get(was.key)
        if was.reason or (line and line.reason):
            continue
        differs = _differences(was, line) if line else [f"{_frequency(was)}{_dates(was)} -> removed"]
        if differs:
            yield Edit(f"Service Grid: {'; '.join(differs)}", (was.student, was.service), was.key)


def _differences(was: CountedLine, line: CountedLine) -> list[str]:
    pairs = [
        ("", _frequency(was), _frequency(line)),
        ("group ", was.group or "blank", line.group or "blank"),
        ("start ", _day(was.start), _day(line.start)),
        ("end ", _day(was.end), _day(line.end)),
        ("ESY ", _yes(was.esy), _yes(line.esy)),
    ]
    return [f"{name}{old} -> {new}" for name, old, new in pairs if old != new]


def _frequency(line: CountedLine) -> str:
    return frequency_words(line.sessions, line.minutes, line.total, line.period, line.n)


def _dates(line: CountedLine) -> str:
    since = f" from {_day(line.start)}" if line.start else ""
    return since + (f" to {_day(line.end)}" if line.end else "")


def _day(day: date | None) -> str:
    return f"{day_words(day)}, {day.year}" if day else "blank"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def calendar_edits(before: Counted, now: Counted, until: date) -> Iterator[Edit]:
    """Yield the rows of the Calendar with days before `until` that are new, gone, or say something else."""
    if not before.calendar:
        return
    old = {replace(day, label="") for day in before.calendar if day.date < until}
    new = {replace(day, label="") for day in now.calendar if day.date < until}
    for day in sorted(old - new, key=lambda day: day.date):
        yield Edit(f"Calendar: {_calendar_words(day)} -> removed", None)
    for day in sorted(new - old, key=lambda day: day.date):
        yield Edit(f"Calendar: added {_calendar_words(day)}", None)


def _calendar_words(day: CountedDay) -> str:
    span = f" to {day_words(day.to)}" if day.to > day.date else ""
    return f"{day.kind.replace('_', ' ')}, {day_words(day.date)}{span}"


def entry_edits(before: Counted, now: Counted, until: date) -> list[EntryEdit]:
    """Return the entries before `until` that are gone, each with what stands in its place."""
    tonight = {(one.student, one.service): one.entries for one in now.log}
    found: list[EntryEdit] = []
    for one in before.log:
        course = (one.student, one.service)
        new = tonight.get(course, "")
        if one.entries != new:
            found += _course_edits(course, _past(one.entries, until), _past(new, until))
    return found


def _past(entries: str, until: date) -> list[str]:
    return [entry for entry in entries.split("\n") if entry and day_of(entry) < until.isoformat()]


def _course_edits(course: Course, old: Sequence[str], new: Sequence[str]) -> Iterator[EntryEdit]:
    gone = sorted((Counter(old) - Counter(new)).elements())
    come = sorted((Counter(new) - Counter(old)).elements())
    gone = [entry for entry in gone if not _take_unedited(entry, come)]
    for entry in gone:
        other = next((one for one in come if day_of(one) == day_of(entry)), None)
        other = other or next((one for one in come if _is_moved(entry, one)), None)
        if other:
            come.remove(other)
        yield EntryEdit(course, entry, other or "")


def _take_unedited(entry: str, come: list[str]) -> bool:
    """Take out of `come` what stands for an entry that nobody changed, or only typed in other words."""
    said = without_mark(entry)
    same = next((one for one in come if without_mark(one) == said), None)
    same = same or next((one for one in come if is_read_otherwise(entry, one)), None)
    if same:
        come.remove(same)
    return same is not None


def exchanged(edits: Iterable[EntryEdit]) -> list[tuple[EntryEdit, ...]]:
    """Return each edit by itself, but two of a service that exchanged what they say together.

    An absence that is corrected from one day to another leaves two entries edited, and is one change.
    """
    rest = list(edits)
    found: list[tuple[EntryEdit, ...]] = []
    while rest:
        one = rest.pop(0)
        other = next((other for other in rest if _exchange(one, other)), None)
        if other:
            rest.remove(other)
        found.append((one, other) if other else (one,))
    return found


def _exchange(one: EntryEdit, other: EntryEdit) -> bool:
    if one.course != other.course or not one.new or not other.new:
        return False
    return _is_moved(one.old, other.new) and _is_moved(other.old, one.new)


def _is_moved(old: str, new: str) -> bool:
    """Tell whether an entry is the same but for its date."""
    apart = abs(read_entry(old).day - read_entry(new).day)
    return _but_date(old) == _but_date(new) and apart <= MOVED_WITHIN


def _but_date(entry: str) -> str:
    return without_mark(entry)[len(day_of(entry)) :]


def log_after(log: Iterable[CountedEntries], edits: Sequence[EntryEdit]) -> tuple[CountedEntries, ...]:
    """Return the entries with these edits made, and no others."""
    by_course: dict[Course, list[EntryEdit]] = {}
    for edit in edits:
        by_course.setdefault(edit.course, []).append(edit)
    found = []
    for one in log:
        entries = one.entries.split("\n")
        for edit in by_course.get((one.student, one.service), ()):
            entries.remove(edit.old)
            entries += [edit.new] if edit.new else []
        if entries:
            found.append(replace(one, entries="\n".join(sorted(entries)), rows=""))
    return tuple(found)
