"""The bell schedule: when each period or block begins and ends (phrases/README.md, "a bell period").

It stands on a tab of its own ("Bell schedule") or beside a week grid, under the headers Period, Start and End
(or Time). Of several kinds of days the regular one counts: for early release there is the Calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import read_time, read_time_range
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.intake.periods import kind_of_header, period_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.schedule_piece import WEEKDAYS
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

REMEDY = 'Put it on a tab "Bell Schedule" (Period, Start, End), or write the time like "9:00-9:30".'
_ROWS_SEARCHED = 50
_HEADERS = {
    "Start": lazy_regex(r"(?:start|begin)s?(?: (?:time|at))?|from", re.IGNORECASE),
    "End": lazy_regex(r"(?:end|finish|stop)s?(?: (?:time|at))?|to|until", re.IGNORECASE),
    "Time": lazy_regex(
        r"(?:bell |class )?times?|hours"
        r"|(?:regular|normal|standard|typical)(?: (?:bell )?(?:days?|schedule|times?))*",
        re.IGNORECASE,
    ),
    "Days": lazy_regex(r"days?(?: of (?:the )?week)?|day\(s\)", re.IGNORECASE),
    "Kind": lazy_regex(r"(?:bell )?schedule|(?:schedule |day )?type|kind|day type", re.IGNORECASE),
}
_REGULAR = lazy_regex(
    r"\b(?:regular|normal|standard|typical|usual|daily|every ?day|all days|full days?)\b", re.IGNORECASE
)
_OTHER = lazy_regex(
    r"\b(?:early|release|dismissal|minimum|min|late|delay\w*|assembly|half|short\w*|exams?|finals?|test\w*|rally"
    r"|rainy|pep|advisory|conferences?|snow|modified|special|inclement|homeroom|2.?hours?)\b",
    re.IGNORECASE,
)
_AROUND = lazy_regex(r"\b(?:bells?|schedules?|times?|days|only)\b|[()]", re.IGNORECASE)
Area = tuple[int, int, int, int]
"""Top row, left column, bottom row, right column; rows are 1-based, columns 0-based."""


@dataclass(frozen=True, slots=True)
class BellTime:
    """`start` and `end` are minutes after midnight; no `days` is all of them, `kind` "" a regular day."""

    start: int
    end: int
    days: frozenset[str] = frozenset()
    kind: str = ""


@dataclass(frozen=True)
class Bells:
    """`times` by period_key; `areas` are where the bell schedules stand that a sheet has."""

    times: Mapping[str, tuple[BellTime, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    areas: tuple[Area, ...] = ()

    def at(self, text: str, day: str) -> Reading[tuple[int, int]]:
        """Return start and end of a period as it is typed, on a day ("Mon", "D1", "A")."""
        return self.of_key(period_key(text) or "", day)

    def of_key(self, key: str, day: str) -> Reading[tuple[int, int]]:
        """Return start and end of a period (period_key) on a day, or why they are not told."""
        if not self.times:
            return Reading(None, "No bell schedule says when this is.", REMEDY)
        entries = self._entries(key)
        kinds = {entry.kind for times in self.times.values() for entry in times}
        one_kind = len(kinds) == 1 and not any(map(_OTHER.search, kinds))
        usual = [entry for entry in entries if not entry.kind or one_kind]
        here = [entry for entry in usual if day in entry.days] or [
            entry for entry in usual if not entry.days or _unlike(day, entry.days)
        ]
        found = {(entry.start, entry.end) for entry in here}
        if len(found) == 1:
            return Reading(found.pop())
        if not found and (usual or not entries):
            problem = "The bell schedule does not say when this is" + (" on this day." if usual else ".")
            return Reading(None, problem, REMEDY)
        remedy = 'Say beside each time of it for which days it is: a column Days, or Schedule ("Regular").'
        return Reading(None, "The bell schedule has several times for this.", remedy)

    def of_span(self, first: str, last: str, day: str) -> Reading[tuple[int, int]]:
        """Return the start of the first of several periods on end (period_key), and the end of the last."""
        begins, ends = self.of_key(first, day), self.of_key(last, day)
        if begins.value is None or ends.value is None:
            return ends if begins.value else begins
        if first != last and ends.value[0] < begins.value[1]:
            return Reading(None, "In the bell schedule these periods do not follow one another.", REMEDY)
        return Reading((begins.value[0], ends.value[1]))

    def _entries(self, key: str) -> tuple[BellTime, ...]:
        """Return what the bell schedule has of a period: "3" is also Period 3, where there is no Block 3."""
        number = key[1:] if key[:1] in ("p", "b") and key[1:2].isdigit() else key
        alike = (key, number) if key != number else (key, *(kind + key for kind in "pb" if key.isdigit()))
        found = [self.times[one] for one in alike if one in self.times]
        return found[0] if len(found) == 1 or (found and key in self.times) else ()

    def and_of(self, others: Bells) -> Bells:
        """Return both; the areas stay this one's."""
        keys = dict.fromkeys((*self.times, *others.times))
        times = {key: self.times.get(key, ()) + others.times.get(key, ()) for key in keys}
        return Bells(times, (*self.problems, *others.problems), self.areas)


NO_BELLS = Bells()


def _unlike(day: str, days: frozenset[str]) -> bool:
    """Tell whether a day of a cycle stands against days of the week: either may fall on the other."""
    return (day in WEEKDAYS) != any(one in WEEKDAYS for one in days)


def read_bells(sheet: Sheet, *, whole: bool) -> Bells:
    """Return the bell schedules on a sheet, in whatever columns; `whole` where nothing else is on it.

    Of a row whose time cannot be read the period has none, and the cell is reported.
    """
    found = Bells()
    for row, cells in enumerate(sheet.rows[:_ROWS_SEARCHED], start=1):
        for columns in _tables(cells):
            if not any(_covers(area, row, columns["Period"]) for area in found.areas):
                section = _title_above(sheet, row, columns["Period"])
                found = _joined(found, _read_table(sheet, row, columns, whole, section))
        by_days = list(_by_days(sheet, row))
        if not any(_covers(area, row, columns["Period"]) for columns in by_days for area in found.areas):
            for columns in by_days:
                section = text_of(cells[columns["Time"]])
                found = _joined(found, _read_table(sheet, row, columns, whole, section))
    return found


def _by_days(sheet: Sheet, row: int) -> Iterable[dict[str, int]]:
    """Yield the columns of a bell schedule with one of times for each set of days: "Mon/Tue/Thu/Fri", "Wed".

    What stands below days is a schedule of students where it is not times alone; no day stands twice.
    """
    cells = sheet.rows[row - 1]
    period = next((at for at, cell in enumerate(cells) if kind_of_header(text_of(cell))), len(cells))
    places = [at for at in range(period + 1, len(cells)) if _days(text_of(cells[at]))]
    days = [day for at in places for day in _days(text_of(cells[at]))]
    below = [cell_at(sheet, other, at) for other in range(row + 1, len(sheet.rows) + 1) for at in places]
    clocks = [_clock({"Time": cell}) for cell in below if not is_blank(cell)]
    if len(places) > 1 and len(days) == len(set(days)) and clocks and all(clocks):
        for at in places:
            yield {"Period": period, "Time": at}


def _joined(one: Bells, other: Bells) -> Bells:
    both = one.and_of(other)
    return Bells(both.times, both.problems, (*one.areas, *other.areas))


def _covers(area: Area, row: int, column: int) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]


def is_bell_schedule(sheet: Sheet) -> bool:
    """Tell whether a tab is a bell schedule by its headers: Period with Start and End, and nobody's name."""
    for row, cells in enumerate(sheet.rows[:_ROWS_SEARCHED], start=1):
        if any(
            isinstance(cell, str) and re.search(r"student|service", cell, re.IGNORECASE) for cell in cells
        ):
            return False
        if any(_tables(cells)) or any(_by_days(sheet, row)):
            return True
    return False


def _tables(cells: Sequence[CellValue]) -> Iterable[dict[str, int]]:
    """Yield the columns of each bell schedule whose headers stand in a row, side by side."""
    texts = [plain(cell) if isinstance(cell, str) and len(cell) <= 40 else "" for cell in cells]
    for place, text in enumerate(texts):
        if not kind_of_header(text):
            continue
        columns = {"Period": place}
        for at in range(place + 1, len(texts)):
            name = _header(texts[at])
            if name is None and _OTHER.search(texts[at]):
                continue
            if name is None or name in columns:
                break
            columns[name] = at
        before = _header(texts[place - 1]) if place else None
        if before in ("Kind", "Days"):
            columns.setdefault(before, place - 1)
        if "Time" in columns or {"Start", "End"} <= columns.keys():
            yield columns


def _header(text: str) -> str | None:
    return next((name for name, pattern in _HEADERS.items() if pattern.fullmatch(text)), None)


def _read_table(sheet: Sheet, row: int, columns: Mapping[str, int], whole: bool, section: str) -> Bells:
    kind_of_period = kind_of_header(text_of(cell_at(sheet, row, columns["Period"])))
    left, right, last = min(columns.values()), max(columns.values()), row
    times: dict[str, tuple[BellTime, ...]] = {}
    problems: list[Problem] = []
    for number in range(row + 1, len(sheet.rows) + 1):
        cells = {name: cell_at(sheet, number, place) for name, place in columns.items()}
        if all(map(is_blank, cells.values())):
            if whole:
                continue
            break
        if any(table["Period"] == columns["Period"] for table in _tables(sheet.rows[number - 1])):
            break
        last = number
        clock = [cells.get(name) for name in ("Start", "End", "Time")]
        typed = text_of(cells["Period"])
        if all(map(is_blank, clock)):
            section = typed
        elif (key := period_key(typed, kind_of_period)) is not None:
            read = _read_row(cells, section)
            if read is None:
                place = columns.get("Time", columns.get("Start", right))
                problem = "When this period begins and ends cannot be read: it has no time."
                problems.append(not_read(sheet, number, place, problem, 'Write it like "9:00 AM".'))
            else:
                times[key] = (*times.get(key, ()), read)
    return Bells(times, tuple(problems), ((row, left, last, right),))


def _title_above(sheet: Sheet, row: int, column: int) -> str:
    above = cell_at(sheet, row - 1, column) if row > 1 else None
    return text_of(above) if isinstance(above, str) else ""


def _read_row(cells: Mapping[str, CellValue], section: str) -> BellTime | None:
    """Return when a period is; None where it cannot be read.

    Early release on some days of the week is how these always are; without them, or on all, it is another
    kind of day.
    """
    clock = _clock(cells)
    days, kind = frozenset[str](), ""
    for text in (text_of(cells.get("Days")), text_of(cells.get("Kind")), section):
        days = days or _days(text)
        unknown = text and text != section and not _REGULAR.search(text) and not _days(text)
        if (text and _OTHER.search(text)) or unknown:
            kind = kind or text.casefold()
    every = days >= frozenset(WEEKDAYS[:5])
    return None if clock is None else BellTime(*clock, days, kind if every or not days else "")


def _days(text: str) -> frozenset[str]:
    """Return the days that a text names: "Mon, Tue, Thu", "Wednesday early release"."""
    bare = _AROUND.sub(" ", _REGULAR.sub(" ", _OTHER.sub(" ", text)))
    if not bare.strip() or len(bare) > LONGEST:
        return frozenset()
    rules = read_schedule(bare).value or ()
    if rules and all(rule.start is None and rule.pattern in ("weekly", "cycle") for rule in rules):
        return frozenset(day for rule in rules for day in rule.days)
    return frozenset()


def _clock(cells: Mapping[str, CellValue]) -> tuple[int, int] | None:
    both = cells.get("Time")
    if both is not None:
        return read_time_range(both).value if isinstance(both, str) else None
    start, end = cells.get("Start"), cells.get("End")
    if isinstance(start, str) and isinstance(end, str):
        return read_time_range(f"{start} - {end}").value
    first, last = read_time(start).value, read_time(end).value
    return (first, last) if first is not None and last is not None and first < last else None
