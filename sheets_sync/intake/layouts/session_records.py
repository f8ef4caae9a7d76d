"""One session of a cell of a week grid as a row of the list, with what column, table and title say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from sheets_sync.intake.bell_schedule import Area
from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.forms_shown import either
from sheets_sync.intake.grades import grade_key
from sheets_sync.intake.layouts.alternate_weeks import Weeks
from sheets_sync.intake.layouts.below_days import DayColumn
from sheets_sync.intake.layouts.beside_names import is_a_grade
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.lengths_in_cells import said_of_length
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.no_session import is_sign
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.service_expected import REMEDY, another_service
from sheets_sync.intake.layouts.session_cell import SessionText, is_mark
from sheets_sync.intake.layouts.side import Slot
from sheets_sync.intake.layouts.whose_table import Whose
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import CONSULTATION, known_service
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

Record = Mapping[str, Placed]
REMEDY_OF_A_MARK = (
    "Write each student with the service in a line of its own, and what became of it behind it,"
    ' like "- absent" or "- make-up given"; a code needs a key on the tab.'
)


@dataclass(frozen=True)
class Table:
    """One table with what stands around it: `until` is the first column that is not beside it, `times` where
    its times stand where it has none of its own, `again` are columns that say them once more, `of_rows` is
    what columns beside the times say of each row."""

    sheet: Sheet
    days: DaysAcross
    whose: Whose
    until: int
    merged: Sequence[Area]
    areas: Sequence[Area]
    times: range
    again: frozenset[int] = frozenset()
    of_rows: Mapping[int, Mapping[str, Placed]] = field(default_factory=dict)

    def said_of(self, row: int) -> Mapping[str, Placed]:
        """Return what the columns beside the times say of a row."""
        return self.of_rows.get(row, {})


@dataclass(frozen=True)
class Cell:
    """One cell of sessions with its place."""

    table: Table
    column: DayColumn
    slot: Slot
    end: int
    problems: GridProblems

    @property
    def value(self) -> CellValue:
        return cell_at(self.table.sheet, *self.place)

    @property
    def place(self) -> tuple[int, int]:
        return self.slot.row, self.column.place

    def report(self, severity: Severity, problem: str, remedy: str, stands: str | None = None) -> None:
        self.problems.report(severity, *self.place, problem, remedy, stands)


def record_of(cell: Cell, session: SessionText, weeks: Weeks, known: PeopleKnown) -> Record | None:
    """Return one session as a row of the list; None, and reported, where its cell leaves anything open."""
    cell.problems.called(session.short, *cell.place)
    _report_left_open(cell, session, known)
    students = None if session.why else _students(cell, session)
    if not session.is_clear or students is None:
        return None
    said = _said(cell, session, text_of(students[0]).split("; "), known)
    if said is None or not _of_that_grade(cell, students, known):
        return None
    said |= _service_of_the_provider(cell, said, known)
    when = _when(cell, session, weeks)
    if when is None:
        return None
    if "From" in when and "From" in said:
        problem = "Weeks A and B alternate here, and this row has a date of its own: it is not read."
        cell.report(Severity.ERROR, problem, "Keep it as a list with From and To.")
        return None
    marked = {"Status": (session.mark, *cell.place)} if session.mark else {}
    return {**said, "Student": students, **when, **marked}


def _report_left_open(cell: Cell, session: SessionText, known: PeopleKnown) -> None:
    """Report what a cell leaves open: once, and as it stands there."""
    remedy = 'Write names as on the Caseload and on Staff, a place like "Rm 12", and nothing else.'
    if session.why:
        cell.report(Severity.ERROR, session.why, REMEDY_OF_A_MARK)
        return
    marks = [unknown for unknown in session.unknown if is_mark(unknown)]
    if marks:
        problem = f"{marks[0]} says what became of a session, and this is the schedule: it is not read."
        remedy = "Take the mark away, and write into the Service Log what became of the session."
        cell.report(Severity.ERROR, problem, remedy, marks[0])
    elif session.two:
        problem = "A name here is one student's, the ID or name behind it another's: it is not read."
        cell.report(Severity.ERROR, problem, "Write one of them; two students are parted by a comma.")
    elif session.several:
        problem = (
            f"This names {' and '.join(session.several)}, and which is meant is not told: it is not read."
        )
        cell.report(Severity.ERROR, problem, "Write each session in a line of its own.")
    elif len(session.unknown) > 1:
        problem = "More stands here than names, a service and a place: it is not read."
        cell.report(Severity.ERROR, problem, remedy)
    elif session.unknown:
        (unknown,) = session.unknown
        problem = f"{shown(unknown)} is nobody on the Caseload or on Staff, and no service: it is not read."
        if candidates := known.may_be(unknown):
            problem = f"{shown(unknown)} may be {either(candidates)}: it is not read."
            remedy = "Write the whole name, with an ID or a grade where two have it."
        elif session.students and is_a_grade(unknown):
            problem = f"{shown(unknown)} is not the grade that the Caseload has: it is not read."
            remedy = "Mend the grade in one of the two, or write the whole name if it is somebody else."
        cell.report(Severity.ERROR, problem, remedy, unknown)
    elif session.doubt and is_sign(text_of(cell.value)):
        problem = (
            "This may say that the session above or beside it goes on, or that there is none: it is not read."
        )
        remedy = 'Write the names again, or merge the cells; write "-" where there is none.'
        cell.report(Severity.ERROR, problem, remedy)
    elif len(session.doubt) > 1 and session.students and "\n" in text_of(cell.value):
        problem = (
            "One line here says more than another (service, time or provider): for whom that is is not told."
        )
        cell.report(Severity.ERROR, problem, "Write it in each line for which it is.")
    elif session.doubt:
        problem = f"{shown(session.doubt)} here leaves open whether this is held each week: it is not read."
        cell.report(
            Severity.ERROR, problem, "Take it away where it is; else keep it as a list with From and To."
        )


def _students(cell: Cell, session: SessionText) -> Placed | None:
    """Return who is served: whom the cell names, else whom its row does, or whose plan the table is."""
    of_row = cell.table.said_of(cell.slot.row).get("Student")
    titled = of_row or cell.table.whose.student
    if session.students:
        if titled and set(session.students) != {text_of(titled[0])}:
            problem = f"This names somebody else than {titled[0]}, whose plan or row this is: it is not read."
            remedy = "Write it on the plan of each, or on one without a name above."
            cell.report(Severity.ERROR, problem, remedy)
            return None
        return ("; ".join(session.students), *cell.place)
    if titled and (session.service or session.provider or session.group):
        return (titled[0], *cell.place)
    if not session.unknown and not session.doubt:
        problem = "This names no student: no session is read here."
        cell.report(Severity.QUESTION, problem, "Write whom it is for.")
    return None


def _said(
    cell: Cell, session: SessionText, students: Sequence[str], known: PeopleKnown
) -> dict[str, Placed] | None:
    """Return service, provider, place and group of a session: those of its cell, of the columns beside it, of
    its column's header, of the table's title. None, and reported, where the first two differ."""
    own = {
        "Service": session.service,
        "Provider": session.provider,
        "Location": session.place,
        "Group": session.group,
    }
    whose = {"Provider": cell.table.whose.provider, "Service": cell.table.whose.service}
    if session.service == CONSULTATION and _service_elsewhere(cell, whose["Service"]):
        own |= {"Service": "", "Group": CONSULTATION.casefold()}
    here: dict[str, Placed] = {name: (text, *cell.place) for name, text in own.items() if text}
    row = cell.slot.row
    beside: dict[str, Placed] = {
        name: (value, row, place)
        for name, place in cell.column.beside.items()
        if not is_blank(value := cell_at(cell.table.sheet, row, place))
    }
    of_row = {
        name: placed for name, placed in cell.table.said_of(row).items() if name not in ("Student", "Grade")
    }
    apart: dict[str, Placed] = {}
    for name, placed in (*here.items(), *beside.items(), *cell.column.fixed.items(), *of_row.items()):
        if _key(apart.setdefault(name, placed)[0]) != _key(placed[0]):
            problem = f"{name} is another one here than in the column or header beside it: it is not read."
            cell.report(Severity.ERROR, problem, "Write it in one of the two.")
            return None
    titled = {name: placed for name, placed in whose.items() if placed}
    if "Service" in here and apart["Service"] == here["Service"]:
        provider = apart.get("Provider")
        fits = provider is None or provider == whose["Provider"]
        another = another_service(
            cell.value,
            session.service,
            students,
            provider or whose["Provider"],
            whose["Service"] if fits else None,
            known,
        )
        if another is not None:
            severity = Severity.ERROR if another.instead is None else Severity.QUESTION
            cell.report(severity, another.problem, REMEDY)
            if another.instead is None:
                return None
            here["Service"] = another.instead
    if (
        "Provider" in here
        and "Provider" in titled
        and _key(here["Provider"][0]) != _key(titled["Provider"][0])
    ):
        problem = f"The title names {titled['Provider'][0]}, this cell {session.provider}: the cell is taken."
        cell.report(Severity.QUESTION, problem, "Write the provider in one of the two.")
    return {**titled, **of_row, **cell.column.fixed, **beside, **here}


def _service_elsewhere(cell: Cell, titled: Placed | None) -> bool:
    """Tell whether a service stands beside a cell, above it or in the title: its "consult" says how it is
    given."""
    place = cell.column.beside.get("Service")
    beside = place is not None and not is_blank(cell_at(cell.table.sheet, cell.slot.row, place))
    said = (titled, cell.column.fixed.get("Service"), cell.table.said_of(cell.slot.row).get("Service"))
    return beside or any(said)


def _of_that_grade(cell: Cell, students: Placed, known: PeopleKnown) -> bool:
    """Tell whether nobody's grade on the Caseload goes against a column Grade beside the times."""
    grade = grade_key(text_of(cell.table.said_of(cell.slot.row).get("Grade", ("", 0, 0))[0]))
    others = [
        name for name in text_of(students[0]).split("; ") if grade and known.grades.get(name, grade) != grade
    ]
    if others:
        problem = (
            f"The row is of grade {grade}, and {others[0]} is of another by the Caseload: it is not read."
        )
        remedy = "Mend the grade, or write the whole name if it is somebody else."
        cell.report(Severity.ERROR, problem, remedy)
    return not others


def _service_of_the_provider(cell: Cell, said: Mapping[str, Placed], known: PeopleKnown) -> dict[str, Placed]:
    """Return the one service that Staff names of the provider where nothing here names any; noted."""
    provider = text_of(said["Provider"][0]) if "Provider" in said else ""
    service = known.service_of.get(provider, "")
    if "Service" in said or not service:
        return {}
    problem = f"No service is named here: the one that Staff names for {provider} is taken ({service})."
    cell.report(Severity.NOTE, problem, "If it is another one, write it above the table.", provider)
    return {"Service": (service, *cell.place)}


def _key(value: CellValue) -> str:
    text = text_of(value)
    return known_service(text) or name_key(text)


def _when(cell: Cell, session: SessionText, weeks: Weeks) -> dict[str, Placed] | None:
    header, place = cell.column.header, cell.column.place
    week = header.week or cell.table.whose.week
    start, end = (cell.slot.on(header.key) or (0, 0))[0], cell.end
    at = (cell.slot.row, cell.slot.column)
    if session.times:
        if session.times[1] <= start or session.times[0] >= end:
            problem = "The time in this cell is another one than that of its row: the cell's is taken."
            cell.report(Severity.QUESTION, problem, "Write it into the row of its time.")
        (start, end), at = session.times, cell.place
    titled = cell.table.whose.minutes
    if titled and end - start != titled[0]:
        problem = "The title says how long sessions are, and their times something else: these are not read."
        cell.problems.report(Severity.ERROR, *titled[1:], problem, "Mend the minutes or the times.")
        return None
    if session.minutes > end - start:
        problem = f"{session.minutes} minutes are more than the time of this row: it is not read."
        cell.report(Severity.ERROR, problem, "Mend the length, or the time of the row.")
        return None
    until = (end, *at)
    if 0 < session.minutes < end - start:
        until = (start + session.minutes, *cell.place)
        severity, problem, remedy = said_of_length(session)
        cell.problems.report(severity, *cell.place, problem, remedy, "")
    found: dict[str, Placed] = {
        "Days": (f"every other {header.key}" if week else header.day, cell.table.days.row, place),
        "Start": (time(*divmod(start, 60)), *at),
        "End": (time(*divmod(until[0], 60)), *until[1:]),
    }
    return {**found, "From": weeks.begins[week]} if week else found
