"""data-problem: cells that keep something from being counted, and addresses to which no mail can go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

import pandas as pd

from sheets_sync.findings.addresses import is_address
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import records
from sheets_sync.findings.people import People, Person
from sheets_sync.findings.words import count, sentence
from sheets_sync.intake.names import name_key
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ledger.result import Ledger
from sheets_sync.problems import ROW_BITS, Problem, Severity, column_letter, sheet_row
from sheets_sync.tables import Tables

CANNOT_BE_READ = "cannot be read"
CELL = lazy_regex(r"([A-Z]+)([0-9]+)")

ADDRESS_KEYS: Mapping[str, str] = {"Email": "email", "Supervisor email": "supervisor_email"}

Rows = Mapping[str, Mapping[int, frozenset[str]]]


def data_problems(ledger: Ledger, problems: Sequence[Problem]) -> Iterator[Finding]:
    """Yield the errors, those with the same text in the same column as one finding.

    A column goes by its header where it is one that is read, else by its letter. A sheet that cannot be read
    is one finding until it can, whatever the reason is tonight.
    """
    away = {sheet.name for sheet in ledger.tables.absent.values()}
    headers = _headers(ledger.tables)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    rows = _students_of_rows(ledger.tables, {_split(problem.cell)[1] for problem in errors})
    together: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in errors:
        letter, _ = _split(problem.cell)
        column = headers.get((problem.tab, letter), letter)
        together.setdefault((problem.tab, column, problem.value or problem.problem), []).append(problem)
    for (tab, column, _), alike in together.items():
        first = alike[0]
        known = [rows.get(tab, {}).get(_split(problem.cell)[1], frozenset()) for problem in alike]
        yield Finding(
            kind=Kind.DATA_PROBLEM,
            student="",
            service="",
            line="",
            provider="",
            date=None,
            minutes=0,
            text=sentence(first.problem),
            remedy=sentence(first.remedy),
            cells=tuple(f"{tab}!{problem.cell}" for problem in alike),
            tab=tab,
            column=column,
            value=first.value,
            students=tuple(sorted(frozenset().union(*known))) if all(known) else (),
            known_by=CANNOT_BE_READ if tab in away and not first.cell else "",
        )


def _headers(tables: Tables) -> dict[tuple[str, str], str]:
    """Return the canonical header of each column that is read, by tab and letter."""
    return {
        (sheet.name, column_letter(position)): header
        for sheets in tables.sheets.values()
        for sheet in sheets
        for header, position in sheet.positions.items()
        if position >= 0
    }


def _split(cell: str) -> tuple[str, int]:
    found = CELL.fullmatch(cell)
    return (found[1], int(found[2])) if found else ("", 0)


def _students_of_rows(tables: Tables, wanted: Set[int]) -> Rows:
    """Return whose row each of these rows is, if it could be read: by tab and row."""
    found: dict[str, dict[int, set[str]]] = {}
    for canonical, table in (
        ("Caseload", tables.students),
        ("Service Grid", tables.lines),
        ("Schedule", tables.schedule),
        ("Service Log", tables.log),
        ("Attendance", tables.attendance),
    ):
        few = table[(table["row"] & ROW_BITS).isin(wanted)]
        for row, student in zip(few["row"], few["student"], strict=True):
            if isinstance(student, str) and student:
                tab = found.setdefault(tables.tab(canonical, int(row)), {})
                tab.setdefault(sheet_row(int(row)), set()).add(student)
    students = dict(zip(tables.students["row"], tables.students["student"], strict=True))
    for (_, row), (name, cell) in tables.sheets_of("Caseload")[0].places.items():
        if row in students:
            found.setdefault(name, {}).setdefault(_split(cell)[1], set()).add(students[row])
    return {tab: {row: frozenset(names) for row, names in rows.items()} for tab, rows in found.items()}


def address_problems(ledger: Ledger, people: People) -> Iterator[Finding]:
    """Yield the addresses of Staff and Caseload to which no mail can go.

    That of a provider, her supervisor or a classroom teacher is told to the case managers of the students;
    that of a case manager, or that there is none, to the administrator, without any student's name.
    """
    yield from _staff_addresses(ledger.tables, people)
    yield from _teacher_addresses(ledger.tables, people)
    unreachable: dict[str, int] = {}
    for student, email in people.case_managers.items():
        if not people.case_manager(student):
            unreachable[email.strip()] = unreachable.get(email.strip(), 0) + 1
    for email, number in unreachable.items():
        yield _case_manager_address(ledger.tables.tab("Caseload"), email, number)


def _staff_addresses(tables: Tables, people: People) -> Iterator[Finding]:
    serving: dict[Person, set[str]] = {}
    for student, names in people.served_by.items():
        for person in filter(None, map(people.person, sorted(names))):
            serving.setdefault(person, set()).add(student)
    for person, students in serving.items():
        for column, whose, email in (
            ("Email", "email", person.email),
            ("Supervisor email", "supervisor's email", person.supervisor_email),
        ):
            if email.strip() and not people.usable(email):
                yield _staff_address(tables, person, students, column, whose, email.strip())


def _teacher_addresses(tables: Tables, people: People) -> Iterator[Finding]:
    rows = dict(zip(tables.students["student"], tables.students["row"], strict=True))
    for student, email in people.teachers.items():
        if email.strip() and not people.usable(email):
            tab, cell = tables.place("Caseload", "Teacher email", rows[student])
            yield _address(
                tab=tab,
                column="Teacher email",
                value=email.strip(),
                text=f"The classroom teacher's email {_why(email)}: no mail goes there.",
                remedy=f"Correct it on the {tab}; until then please tell them of changes yourself.",
                cells=(f"{tab}!{cell}",),
                students=(student,),
            )


def _why(email: str) -> str:
    return "is outside allowed_domains" if is_address(email.strip()) else "is not one plain address"


def _staff_address(
    tables: Tables, person: Person, students: set[str], column: str, whose: str, email: str
) -> Finding:
    row = _row(tables.staff, person, ADDRESS_KEYS[column], email)
    tab, cell = tables.place("Staff", column, row)
    return _address(
        tab=tab,
        column=column,
        value=email,
        text=f"The {whose} of {person.name} {_why(email)}: no mail goes there.",
        remedy="Correct it on the Staff tab; until then please tell them yourself.",
        cells=(f"{tab}!{cell}",),
        providers=(person.name,),
        students=tuple(sorted(students)),
    )


def _row(staff: pd.DataFrame, person: Person, key: str, email: str) -> int:
    """Return the row in which the address stands beside the person's name."""
    own = [row for row in records(staff) if name_key(row["name"]) == name_key(person.name)]
    return next(int(row["row"]) for row in own if row[key].strip() == email)


def _case_manager_address(tab: str, email: str, number: int) -> Finding:
    who = f"{count(number, 'student')} on the {tab}"
    text = f"The case manager's email of {who} {_why(email)}" if email else f"{who}: no case manager's email"
    return _address(
        tab=tab,
        column="Case manager email",
        value=email,
        text=f"{text}: what is found stands on the tab, and nobody is mailed about them.",
        remedy=f'Fill in "Case manager email" on the {tab}.',
        for_administrator=True,
    )


def _address(
    *,
    tab: str,
    column: str,
    value: str,
    text: str,
    remedy: str,
    cells: tuple[str, ...] = (),
    providers: tuple[str, ...] = (),
    students: tuple[str, ...] = (),
    for_administrator: bool = False,
) -> Finding:
    return Finding(
        kind=Kind.DATA_PROBLEM,
        student="",
        service="",
        line="",
        provider="",
        date=None,
        minutes=0,
        text=text,
        remedy=remedy,
        cells=cells,
        providers=providers,
        tab=tab,
        column=column,
        value=value,
        students=students,
        for_administrator=for_administrator,
    )
