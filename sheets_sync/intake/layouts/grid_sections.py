"""Headings between the times of a week grid: "Sarah Kim - OT", "Week B", "Proposed".

A heading holds for what is below it, up to the next one. One that is not understood as a whole, or that says
that sessions are not held each week, ends what is read of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.intake.bell_schedule import Area
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.layouts.alternate_weeks import ALTERNATING
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.notes_below import ask_below
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.times_down import clock_of
from sheets_sync.intake.layouts.title_text import FROM_WHEN, NOT_HELD, TitleText, read_title
from sheets_sync.intake.layouts.whose_table import Whose
from sheets_sync.intake.periods import is_part_of_day, kind_of_header, period_key
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

_CLOCK = lazy_regex(r"\d\s*[:.;]\s*\d\d")
"""A time that is mistyped is a time, and no heading."""


@dataclass(frozen=True)
class Section:
    """The rows from `first` on, up to the next section: `whose` they are, None where they are not read.

    `cell` is that of the heading, None for what stands above all of them; `cells` are those of all
    the headings that stand together with it.
    """

    first: int
    whose: Whose | None
    cell: tuple[int, int] | None = None
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Body:
    """The rows of a table below its days, from `first_row` on; its times stand in one of `side`."""

    sheet: Sheet
    days: DaysAcross
    first_row: int
    side: tuple[int, ...]
    merged: Sequence[Area]


@dataclass(frozen=True)
class _Heading:
    row: int
    place: int
    read: TitleText
    over_all: bool

    @property
    def understood(self) -> bool:
        return self.over_all and not self.read.left_over and not self.read.dated


def find_sections(body: Body, whose: Whose, known: PeopleKnown, problems: GridProblems) -> list[Section]:
    """Return the sections of a table, the first being what stands above any heading.

    A heading that names a week says that what stands above it is not that of every week.
    """
    found = [Section(body.first_row, whose)]
    for block in _blocks(body, known):
        cell = (block[0].row, block[0].place)
        new = _below(block, whose, body.days)
        if found[-1].whose is None and not _begins_anew(block):
            new = None
        for heading in block if new else ():
            problems.called(heading.read.said.short, heading.row, heading.place)
        found.append(Section(block[0].row, new, cell, tuple((one.row, one.place) for one in block)))
    named = [part for part in found[1:] if part.whose and part.whose.week]
    if named and not whose.week:
        found = [part if part.whose and part.whose.week else replace(part, whose=None) for part in found]
        found[0] = replace(found[0], cell=named[0].cell)
    return found


def report_sections(
    sections: Sequence[Section], filled: set[int], body: Body, known: PeopleKnown, problems: GridProblems
) -> None:
    """Report the headings below which sessions stand (`filled` rows) that are not read, and ask about those
    at the foot of a table that may speak of all of it."""
    ends = [part.first for part in sections[1:]] + [body.days.last_row + 1]
    for part, end in zip(sections, ends, strict=True):
        if part.cell is None:
            continue
        if part.whose is not None:
            if part is sections[-1] and _is_foot(body, part):
                ask_below(body.sheet, part.cells, known, problems, of_students=True)
            continue
        if any(part.first <= row < end for row in filled):
            problem = "What this heading means for the sessions below it is not told: they are not read."
            if part.cell[0] >= end:
                problem = (
                    "The sessions above this are of other weeks, and of which is not told: they are not read."
                )
            remedy = "Write whose they are, or of what week, and nothing else; keep others on another tab."
            problems.report(Severity.ERROR, *part.cell, problem, remedy)
        else:
            ask_below(body.sheet, part.cells or (part.cell,), known, problems)


def _is_foot(body: Body, part: Section) -> bool:
    """Tell whether nothing stands below the headings of a section."""
    last = max((row for row, _ in part.cells), default=part.first)
    return not any(_cells(body, row) for row in range(last + 1, body.days.last_row + 1))


def _blocks(body: Body, known: PeopleKnown) -> Iterator[list[_Heading]]:
    """Yield the headings, together those with no row of times between them."""
    block: list[_Heading] = []
    for row in range(body.first_row, body.days.last_row + 1):
        here = list(_headings(body, row, known))
        block += here
        if block and not here and any(not is_blank(cell) for _, cell in _cells(body, row)):
            yield block
            block = []
    if block:
        yield block


def _cells(body: Body, row: int) -> list[tuple[int, CellValue]]:
    places = [*body.side, *range(body.days.first, body.days.end)]
    return [(place, cell) for place in places if not is_blank(cell := cell_at(body.sheet, row, place))]


def _is_a_period(body: Body, place: int, cell: CellValue) -> bool:
    kind = kind_of_header(text_of(cell_at(body.sheet, body.days.row, place)))
    return period_key(text_of(cell), kind) is not None


def _headings(body: Body, row: int, known: PeopleKnown) -> Iterator[_Heading]:
    """Yield the headings in a row: texts that are no time, where it holds no session beside them."""
    cells = _cells(body, row)
    side = [(place, cell) for place, cell in cells if place in body.side]
    days = [(place, cell) for place, cell in cells if place not in body.side]
    if any(clock_of(cell) or _is_a_period(body, place, cell) for place, cell in side) or _goes_on(body, row):
        return
    for place, cell in side or (days if len(days) == 1 else ()):
        if not _is_text(cell):
            continue
        read = read_title(text_of(cell), known)
        if place in body.side:
            if not days or read.names or read.dated or _says_when(read.text):
                yield from _that_says(_Heading(row, place, read, True))
        elif not read.said.students:
            wide = any((top, left) == (row, place) and right > left for top, left, _, right in body.merged)
            yield from _that_says(_Heading(row, place, read, wide))


def _that_says(heading: _Heading) -> Iterator[_Heading]:
    """Yield a heading that says anything of the sessions: "Rm 12" and "Weekly schedule" do not."""
    if heading.read.left_over or heading.read.names or heading.read.dated:
        yield heading


def _goes_on(body: Body, row: int) -> bool:
    """Tell whether the time of a row above is merged over this one."""
    return any(top < row <= bottom and left in body.side for top, left, bottom, _ in body.merged)


def _is_text(cell: CellValue) -> bool:
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or not any(map(str.isalpha, cell)):
        return False
    if is_no_session(cell) and not _says_when(cell):
        return False
    return not is_part_of_day(cell) and not (_CLOCK.search(cell) and not _says_when(cell))


def _says_when(text: str) -> bool:
    return bool(NOT_HELD.search(text) or FROM_WHEN.search(text))


def _below(block: Sequence[_Heading], whose: Whose, days: DaysAcross) -> Whose | None:
    """Return whose the rows below some headings are, None where that is not told.

    What the table's title says goes on where a heading does not go against it: under "Kim Lee - Speech" the
    heading "OT" does not say who gives it.
    """
    if not all(heading.understood for heading in block):
        return None
    said = [(heading.read.said, heading.row, heading.place) for heading in block]
    students = {name: (name, row, at) for text, row, at in said for name in text.students}
    providers = {text.provider: (text.provider, row, at) for text, row, at in said if text.provider}
    services = {text.service: (text.service, row, at) for text, row, at in said if text.service}
    weeks = {week: (head.row, head.place) for head in block for week in head.read.weeks}
    of_days = any(day.header.week for day in days.days)
    if max(len(students), len(providers), len(services), len(weeks)) > 1 or (weeks and of_days):
        return None
    if set(weeks) - set(ALTERNATING):
        return None
    student, provider, service = (next(iter(one.values()), None) for one in (students, providers, services))
    others = _differ(student, whose.student)
    week, cell = next(iter(weeks.items()), (whose.week, whose.week_cell))
    return Whose(
        student or whose.student,
        provider or (None if others or _differ(service, whose.service) else whose.provider),
        service or (None if others or _differ(provider, whose.provider) else whose.service),
        week,
        cell,
        whose.minutes,
    )


def _begins_anew(block: Sequence[_Heading]) -> bool:
    """Tell whether a heading ends one that is not understood: below "Proposed" a service alone may be that of
    what is proposed."""
    said = [heading.read for heading in block]
    return any(read.said.provider or read.said.students or read.weeks for read in said)


def _differ(one: Placed | None, other: Placed | None) -> bool:
    return one is not None and other is not None and one[0] != other[0]
