"""Who is who: case managers by the Caseload, providers and supervisors by Staff, and whom they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from sheets_sync.findings.addresses import is_allowed, normal_address
from sheets_sync.findings.grid_lines import distinct, records, to_day
from sheets_sync.findings.roles import Role
from sheets_sync.findings.vacancies import Position, overseers
from sheets_sync.intake.names import name_key
from sheets_sync.ledger.result import Ledger
from sheets_sync.tables import Tables


class Absence(NamedTuple):
    """ "Away from" and "Away to" of one row; a blank one is without limit."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True, slots=True)
class Person:
    """One person on the Staff tab. `email` and `supervisor_email` are as typed.

    One who stands in several rows has the first address of each kind that they name, and is away whenever
    one of them says so.
    """

    name: str
    role: str
    email: str
    supervisor_email: str
    absences: tuple[Absence, ...] = ()

    def absence(self, day: date) -> Absence | None:
        """Return the absence that the day lies in."""
        return next((one for one in self.absences if one.holds(day)), None)

    def is_away(self, day: date) -> bool:
        return self.absence(day) is not None


@dataclass(frozen=True)
class People:
    """Everybody who may be told something.

    `case_managers` gives the address of a student's case manager as typed ("" for none), `served_by` the
    providers of a student in the grid, the schedule or the log, `staff` a person by name or by a role that
    one person alone has; names without regard to case. `teachers` gives the address of a student's classroom
    teacher as typed, who hears of changes of the schedule alone.
    """

    case_managers: Mapping[str, str]
    served_by: Mapping[str, frozenset[str]]
    staff: Mapping[str, Person]
    allowed_domains: tuple[str, ...]
    teachers: Mapping[str, str] = field(default_factory=dict)
    overseers: Mapping[Position, frozenset[str]] = field(default_factory=dict)

    def usable(self, email: str) -> str:
        """Return the address in its normal form, "" where no mail may go."""
        address = normal_address(email)
        return address if is_allowed(address, self.allowed_domains) else ""

    def case_manager(self, student: str) -> str:
        """Return the usable address of the student's case manager, "" for none."""
        return self.usable(self.case_managers.get(student, ""))

    def teacher(self, student: str) -> str:
        """Return the usable address of the student's classroom teacher, "" for none."""
        return self.usable(self.teachers.get(student, ""))

    def person(self, provider: str) -> Person | None:
        return self.staff.get(provider.casefold())

    def provider(self, name: str) -> str:
        """Return the usable address of a provider, "" for none."""
        person = self.person(name)
        return self.usable(person.email) if person else ""

    def supervisor(self, provider: str) -> str:
        """Return the usable address of a provider's supervisor, "" for none."""
        person = self.person(provider)
        return self.usable(person.supervisor_email) if person else ""

    def all_case_managers(self) -> tuple[str, ...]:
        """Return the usable addresses of all case managers, in the order of the Caseload."""
        found = dict.fromkeys(self.usable(email) for email in self.case_managers.values())
        return tuple(address for address in found if address)

    def students_of(self, address: str) -> frozenset[str]:
        """Return the students whose case manager has this address."""
        return frozenset(name for name in self.case_managers if self.case_manager(name) == address)

    def part(self, address: str, student: str, administrator: str = "") -> Role | None:
        """Return what an address has to do with a student; None: it must not hear of the student.

        With "" for the student: whether it may hear of the workbook itself.
        """
        if not student and address in self.all_case_managers():
            return Role.CASE_MANAGER
        if not student:
            return Role.ADMINISTRATOR if address == self.usable(administrator) else None
        if address == self.case_manager(student):
            return Role.CASE_MANAGER
        serving = self.served_by.get(student, frozenset())
        if any(address == self.provider(name) for name in serving):
            return Role.PROVIDER
        oversees = any(address == self.supervisor(name) for name in serving)
        oversees |= any(address in those for (who, _), those in self.overseers.items() if who == student)
        return Role.SUPERVISOR if oversees else None


def people(ledger: Ledger, allowed_domains: Sequence[str]) -> People:
    """Read who is who out of the tables."""
    served_by = _served_by(ledger)
    everybody = people_of(ledger.tables, allowed_domains)
    return replace(
        everybody, served_by=served_by, overseers=overseers(ledger, served_by, everybody.supervisor)
    )


def people_of(tables: Tables, allowed_domains: Sequence[str]) -> People:
    """Read who is who, but for who serves whom."""
    staff = _staff(tables.staff)
    return People(
        case_managers=_case_managers(tables.students, staff),
        served_by={},
        staff=staff,
        allowed_domains=tuple(allowed_domains),
        teachers=_teachers(tables.students),
    )


def _case_managers(students: pd.DataFrame, staff: Mapping[str, Person]) -> dict[str, str]:
    """Return an address a student: the Caseload's, or else that of the case manager's name on Staff.

    A student who stands there twice with two addresses has none: it is not known whose the child is.
    """
    found: dict[str, set[str]] = {}
    columns = (students["student"], students["case_manager"], students["case_manager_email"])
    for student, name, email in zip(*columns, strict=True):
        person = staff.get(str(name).casefold()) if name else None
        address = str(email).strip() or (person.email if person else "")
        found.setdefault(str(student), set()).add(address)
    return {student: next(iter(emails)) if len(emails) == 1 else "" for student, emails in found.items()}


def _teachers(students: pd.DataFrame) -> dict[str, str]:
    """Return an address a student; one who stands there twice with two addresses has none."""
    found: dict[str, set[str]] = {}
    for student, email in zip(students["student"], students["teacher_email"], strict=True):
        found.setdefault(str(student), set()).add(str(email).strip())
    return {student: next(iter(emails)) for student, emails in found.items() if len(emails) == 1}


def _served_by(ledger: Ledger) -> dict[str, frozenset[str]]:
    tables = (ledger.lines, ledger.tables.schedule, ledger.tables.log)
    pairs = {pair for table in tables for pair in distinct(table, "student", "provider")}
    found: dict[str, set[str]] = {}
    for student, provider in pairs:
        if student and provider:
            found.setdefault(student, set()).add(provider)
    return {student: frozenset(names) for student, names in found.items()}


def _staff(table: pd.DataFrame) -> dict[str, Person]:
    """Return people by name, and by a role that only one has; a name that two have is nobody's."""
    named: dict[str, list[Person]] = {}
    for row in records(table):
        named.setdefault(name_key(row["name"]), []).append(_person(row))
    known = [pair for rows in named.values() for pair in zip(rows, _as_one(rows), strict=True)]
    return _alone((row.role, whole) for row, whole in known) | _alone(
        (row.name, whole) for row, whole in known
    )


def _person(row: Mapping[str, Any]) -> Person:
    away = Absence(to_day(row["away_from"]), to_day(row["away_to"]))
    return Person(
        name=row["name"],
        role=row["role"],
        email=row["email"],
        supervisor_email=row["supervisor_email"],
        absences=(away,) if any(away) else (),
    )


def _as_one(rows: Sequence[Person]) -> Sequence[Person]:
    """Return for each row of one name who that is: rows with two addresses are two people."""
    if len(rows) == 1 or len({normal_address(row.email) for row in rows} - {""}) > 1:
        return rows
    whole = Person(
        name=rows[0].name,
        role="; ".join(dict.fromkeys(row.role for row in rows if row.role)),
        email=next((row.email for row in rows if row.email.strip()), ""),
        supervisor_email=next((row.supervisor_email for row in rows if row.supervisor_email.strip()), ""),
        absences=tuple(dict.fromkeys(away for row in rows for away in row.absences)),
    )
    return [whole] * len(rows)


def _alone(known: Iterable[tuple[str, Person]]) -> dict[str, Person]:
    named: dict[str, list[Person]] = {}
    for word, person in known:
        those = named.setdefault(word.casefold(), [])
        if not any(person is other for other in those):
            those.append(person)
    return {word: those[0] for word, those in named.items() if word and len(those) == 1}
