"""The rows of a schedule with times in its cells: each time as a row of the list (times_in_cells.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import read_duration
from sheets_sync.intake.layouts.alternate_weeks import Weeks
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.date_rows import DateRow
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.days_across import Day, DaysAcross
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.service_expected import REMEDY, another_service
from sheets_sync.intake.layouts.student_rows import Of, StudentRow, StudentRows, find_student_rows
from sheets_sync.intake.layouts.timed_cell import (
    NotRead,
    TimedSession,
    is_time_without_session,
    read_timed_cell,
)
from sheets_sync.intake.layouts.title_text import NOT_HELD
from sheets_sync.intake.layouts.whose_table import Whose
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service
from sheets_sync.intake.sessions import TUESDAY
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

_TICKS = frozenset(("x", "✓", "✔", "☑", "yes", "y"))
_NO_TICKS = frozenset(("☐", "□", "no", "n"))
_OF_ROWS = (
    *("Student", "Student ID", "Grade", "Service", "Provider", "Group", "Location", "From", "To", "Notes"),
)
_AGREE = ("Student", "Service", "Provider")
_LENGTH = 'Write when it ends, like "9:00-9:30", or how long it is: "9:00 (30 min)", or a column Minutes.'
_ONE_OF_TWO = "Write it in one of the two."
_NOT_EACH_WEEK = "By this heading the rows below it do not hold in every week: they are not read."
_OF_A_KIND = "This says that the row holds something else than sessions of each week: it is not read."
_SAY_IT = "Keep them as a list with From and To, or on another tab."
_ANOTHER = "A second table begins here, and its days are not told: it and what is below it are not read."
_UNTOLD = "It is not told of what service the times below this are: they are not read."
_MAYBE = "This is nobody on the Caseload: it is taken for a student, what is below it for the same service."
_NAME_THE_SERVICE = (
    'If it is a heading, write the service, like "Speech"; if it is a student, the name as on the Caseload.'
)
_IDLE = "This is no session: it is left out."
_IF_SESSION = "If it is one, write the service beside the time."
_TICK = "A tick below a day is taken for a session each week, at the time beside it."
_IF_GIVEN = "Nothing, if that is right. If it says what was given, keep it on the Service Log, with its date."
_NOBODYS = "No student stands on the left of this: it is not read."


@dataclass(frozen=True)
class TimesTable:
    """One table: `columns` maps canonical columns to 0-based ones beside the days."""

    days: DaysAcross
    whose: Whose
    columns: Mapping[str, int]


class TimesReader:
    """Reads the rows of one table."""

    def __init__(
        self, sheet: Sheet, table: TimesTable, known: PeopleKnown, weeks: Weeks, doubts: Doubts
    ) -> None:
        self._sheet, self._table, self._known, self._weeks, self._doubts = sheet, table, known, weeks, doubts
        self.short: dict[tuple[str, str], tuple[int, int]] = {}
        self._asked: set[int] = set()

    def records(self) -> Iterator[Mapping[str, Placed]]:
        """Yield one record for each session; what is not read goes to the doubts."""
        for row in self._rows():
            for day in self._table.days.days:
                for place in day.places:
                    yield from self._of_cell(row, day, place)

    def _rows(self) -> list[StudentRow]:
        days, columns = self._table.days, self._table.columns
        if "Student" not in columns:
            return [*self._of_one_student()]
        over = {place: day.header.day for day in days.days for place in day.places}
        block = Block(DateRow(days.row, days.row, over), None, days.row + 1, days.last_row, columns, days.end)
        found = find_student_rows(self._sheet, block, Of(self._table.whose.service), self._known)
        closed = self._closed(columns["Student"])
        _report_rows(self._doubts, found, closed)
        return [row for row in found.rows if row.row < closed]

    def _of_one_student(self) -> Iterator[StudentRow]:
        """Yield the rows of services or providers: whose they are the title says, or each cell."""
        days, student = self._table.days, self._table.whose.student
        for number in range(days.row + 1, days.last_row + 1):
            beside: dict[str, Placed] = {
                name: (cell, number, place)
                for name, place in self._table.columns.items()
                if not is_blank(cell := cell_at(self._sheet, number, place))
            }
            whose: Mapping[str, Placed] = {"Student": (student[0], number, 0)} if student else {}
            yield StudentRow(number, {**beside, **whose})

    def _closed(self, place: int) -> int:
        """Return the row of a heading below which sessions are not held each week, and say so."""
        days = self._table.days
        for row in range(days.row + 1, days.last_row + 1):
            filled = [at for at, cell in enumerate(self._sheet.rows[row - 1]) if not is_blank(cell)]
            text = text_of(cell_at(self._sheet, row, place)) if filled == [place] else ""
            if NOT_HELD.search(text) or WEEK.search(text):
                self._doubts.at(row, place, _NOT_EACH_WEEK, _SAY_IT)
                return row
        return days.last_row + 1

    def _of_cell(self, row: StudentRow, day: Day, place: int) -> Iterator[Mapping[str, Placed]]:
        cell = cell_at(self._sheet, row.row, place)
        text = text_of(cell).casefold()
        if is_blank(cell) or cell is False or text in _NO_TICKS:
            return
        if is_tick(cell):
            read: tuple[TimedSession, ...] | NotRead = (TimedSession(),)
        elif isinstance(cell, str) and is_no_session(cell):
            return
        else:
            read = read_timed_cell(cell, self._known)
        if "Service" not in row.beside and is_time_without_session(cell):
            self._doubts.at(row.row, place, _IDLE, _IF_SESSION, Severity.NOTE)
            return
        if isinstance(read, NotRead):
            self._doubts.at(row.row, place, read.problem, read.remedy)
            return
        for one in read:
            said = self._said(row, place, one)
            when = self._when(row, day, place, one)
            wrong = next((part for part in (said, when) if isinstance(part, NotRead)), None)
            if wrong is not None:
                self._doubts.at(row.row, place, wrong.problem, wrong.remedy)
            elif not isinstance(said, NotRead) and not isinstance(when, NotRead):
                if is_tick(cell):
                    self._doubts.at(row.row, place, _TICK, _IF_GIVEN, Severity.QUESTION)
                self.short |= {short: (row.row, place) for short in one.said.short if short not in self.short}
                yield {**said, **when}

    def _said(self, row: StudentRow, place: int, one: TimedSession) -> dict[str, Placed] | NotRead:
        """Return whose a session is and of what: the cell has to agree with the columns beside it."""
        own = {
            "Student": "; ".join(one.said.students),
            "Service": one.said.service,
            "Provider": one.said.provider,
            "Location": one.said.place,
            "Group": one.said.group,
        }
        here: dict[str, Placed] = {name: (text, row.row, place) for name, text in own.items() if text}
        beside = {name: row.beside[name] for name in _OF_ROWS if name in row.beside}
        for name in here.keys() & beside.keys():
            if name in _AGREE and self._key(name, here[name][0]) != self._key(name, beside[name][0]):
                if name == "Service" and beside[name][1] != row.row:
                    continue
                return NotRead(
                    f"{name} is another one here than beside the days: it is not read.", _ONE_OF_TWO
                )
        if "Student" not in here and "Student" not in beside:
            return NotRead(
                "This names no student: it is not read.", "Write above the days whose times these are."
            )
        whose = self._table.whose
        titled = {"Provider": whose.provider, "Service": whose.service}
        titled_service = beside.get("Service", whose.service)
        if "Service" in here and (titled_service is None or titled_service[1] != row.row):
            provider = here.get("Provider") or beside.get("Provider")
            fits = provider is None or provider == whose.provider
            cell = cell_at(self._sheet, row.row, place)
            another = another_service(
                cell,
                one.said.service,
                text_of({**beside, **here}["Student"][0]).split("; "),
                provider or whose.provider,
                titled_service if fits else None,
                self._known,
            )
            if another is not None and another.instead is None:
                return NotRead(another.problem, REMEDY)
            if another is not None and another.instead is not None:
                self._doubts.at(row.row, place, another.problem, REMEDY, Severity.QUESTION)
                here["Service"] = another.instead
        return {**{name: placed for name, placed in titled.items() if placed}, **beside, **here}

    def _key(self, name: str, cell: CellValue) -> str:
        text = text_of(cell)
        if name == "Service":
            return known_service(text) or name_key(text)
        named = self._known.providers if name == "Provider" else self._known.students
        words = name_words(text)
        return name_key(named.spoken.get(words) or named.short.get(words) or text)

    def _when(self, row: StudentRow, day: Day, place: int, one: TimedSession) -> dict[str, Placed] | NotRead:
        here = (row.row, place)
        beside = {name: row.beside[name] for name in ("Start", "End", "Minutes") if name in row.beside}
        if one.start is None and not one.period:
            if not beside and not one.minutes:
                return NotRead("No time stands here: it is not read.", 'Write when it is, like "9:00-9:30".')
        elif "Start" in beside or "End" in beside:
            return NotRead("A time stands here and another beside the days: it is not read.", _ONE_OF_TWO)
        if len(day.places) > 1 and one.start is not None and one.end is None:
            problem = "This day is over several columns, and whether this is a start or an end is not told."
            return NotRead(problem, 'Write both into one cell, like "9:00-9:30".')
        said = beside.get("Minutes")
        if one.minutes and said and read_duration(said[0]).value != one.minutes:
            return NotRead(
                "The length here is another one than beside the days: it is not read.", _ONE_OF_TWO
            )
        when: dict[str, Placed] = dict(beside)
        if minutes := self._table.whose.minutes:
            when.setdefault("Minutes", minutes)
        if one.minutes:
            when["Minutes"] = (float(one.minutes), *here)
        if one.period:
            when["Start"] = (one.period, *here)
        if one.start is not None:
            when["Start"] = (time(*divmod(one.start, 60)), *here)
        if one.end is not None:
            when["End"] = (time(*divmod(one.end, 60)), *here)
        if one.start is not None and not {"End", "Minutes"} & when.keys():
            return NotRead("How long this is cannot be told: it is not read.", _LENGTH)
        days = self._days(row, day, place)
        return days if isinstance(days, NotRead) else {**when, **days}

    def _days(self, row: StudentRow, day: Day, place: int) -> dict[str, Placed] | NotRead:
        week = day.header.week or self._table.whose.week
        if not week:
            return {"Days": (self._day(day), row.row, place)}
        if week not in self._weeks.begins or "From" in row.beside:
            problem = "Weeks alternate here, and no date says which are meant: it is not read."
            return NotRead(problem, 'Write above the days from when: "Week A begins 9/8/2025".')
        days = f"every other {day.header.key}"
        return {"Days": (days, row.row, place), "From": self._weeks.begins[week]}

    def _day(self, day: Day) -> str:
        if day.header.key != "Tue" or text_of(day.header.day).upper() != "T":
            return day.header.day
        if day.places[0] not in self._asked:
            self._asked.add(day.places[0])
            self._doubts.at(
                self._table.days.row, day.places[0], TUESDAY, 'Write "Tue" or "Thu".', Severity.QUESTION
            )
        return "Tue"


def is_tick(cell: CellValue) -> bool:
    """Tell whether a cell says no more than that there is a session."""
    return cell is True or (isinstance(cell, str) and cell.strip().casefold() in _TICKS)


def _report_rows(doubts: Doubts, found: StudentRows, closed: int) -> None:
    """Say which of the rows above `closed` are not read, or are asked about."""
    if found.other is not None:
        place = next(at for at, cell in enumerate(doubts.sheet.rows[found.other - 1]) if not is_blank(cell))
        doubts.at(found.other, place, _ANOTHER, "Give it a tab of its own.")
    for row, place in (cell for cell in found.untold if cell[0] < closed):
        doubts.at(row, place, _UNTOLD, _NAME_THE_SERVICE)
    for row, place in found.maybe:
        doubts.at(row, place, _MAYBE, _NAME_THE_SERVICE, Severity.QUESTION)
    for row, _, place in found.of_a_kind:
        doubts.at(row, place, _OF_A_KIND, _SAY_IT)
    for row, place in found.nobodys:
        doubts.at(row, place, _NOBODYS, "Write the name as on the Caseload.")
