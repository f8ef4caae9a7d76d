"""Who is told about a finding (mail.md, the column "told to").

Nobody is told about a student whom they do not serve. A provider without an address is told through the
case manager, who is told that this is so; one outside `allowed_domains` counts as without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sheets_sync.findings.finding import EVENTS, Finding, Kind
from sheets_sync.findings.people import People
from sheets_sync.findings.roles import Role
from sheets_sync.vacant import is_named

CASE_MANAGER_AFTER = 5
"""Open days after the grace days, for sessions that are not logged."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One address that is told. `through` names the providers who have none: please tell them."""

    to: str
    role: Role
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receivers:
    """Finds out who is told what, on one day."""

    people: People
    today: date
    log_grace_days: int
    administrator: str = ""

    def of(self, finding: Finding) -> tuple[Receiver, ...]:
        """Return who is told, each address once; nobody while a finding is quiet."""
        if finding.quiet:
            return ()
        if finding.kind is Kind.DATA_PROBLEM:
            told = list(self._data_problem(finding))
        else:
            told = [who for who in self._line(finding) if self._may_hear(who.to, finding)]
        together: dict[str, Receiver] = {}
        for receiver in sorted(told, key=lambda receiver: receiver.role):
            first = together.setdefault(receiver.to, receiver)
            through = tuple(dict.fromkeys(first.through + receiver.through))
            together[receiver.to] = Receiver(receiver.to, first.role, through)
        return tuple(together.values())

    def supervisors(self, finding: Finding) -> tuple[str, ...]:
        """Return to whom it can be escalated: who supervises one of its providers, or a vacant position."""
        names = [name for name in finding.providers if is_named(name)]
        found = dict.fromkeys(map(self.people.supervisor, names))
        if not names and finding.kind is Kind.UNCOVERED:
            position = finding.student, finding.service
            found = dict.fromkeys(sorted(self.people.overseers.get(position, ())))
        return tuple(to for to in found if to and self._may_hear(to, finding))

    def _may_hear(self, to: str, finding: Finding) -> bool:
        """Tell whether the address has to do with the student.

        Of what was changed they hear too who had to do with it until then; of the schedule, who teaches.
        """
        people = self.people
        if people.part(to, finding.student) is not None:
            return True
        if finding.kind not in EVENTS:
            return False
        until_then = {people.provider(name) for name in finding.providers}
        until_then |= {people.supervisor(name) for name in finding.providers}
        teaches = finding.kind is Kind.SCHEDULE_CHANGED and to == people.teacher(finding.student)
        return to in until_then or teaches

    def _line(self, finding: Finding) -> Iterator[Receiver]:
        case_manager = self.people.case_manager(finding.student)
        if case_manager and self._case_manager_hears(finding):
            yield Receiver(case_manager, Role.CASE_MANAGER)
        for name in self._providers(finding):
            address = self.people.provider(name)
            if address:
                yield Receiver(address, Role.PROVIDER)
            elif case_manager:
                yield Receiver(case_manager, Role.CASE_MANAGER, (name,))
        teacher = self.people.teacher(finding.student) if finding.kind is Kind.SCHEDULE_CHANGED else ""
        if teacher:
            yield Receiver(teacher, Role.TEACHER)
        yield from self._supervisors(finding)

    def _supervisors(self, finding: Finding) -> Iterator[Receiver]:
        if finding.kind in TO_SUPERVISORS:
            for supervisor in self.supervisors(finding):
                yield Receiver(supervisor, Role.SUPERVISOR)

    def _providers(self, finding: Finding) -> Iterator[str]:
        """Yield the providers who hear of it today; what she missed waits until she is back."""
        waits = finding.kind in (Kind.MISSED, Kind.NOT_LOGGED)
        if finding.kind not in TO_PROVIDERS:
            return
        for name in finding.providers:
            person = self.people.person(name)
            if is_named(name) and not (waits and person and person.is_away(self.today)):
                yield name

    def _case_manager_hears(self, finding: Finding) -> bool:
        if finding.kind is not Kind.NOT_LOGGED or not any(map(is_named, finding.providers)):
            return True
        return finding.waited > self.log_grace_days + CASE_MANAGER_AFTER

    def _data_problem(self, finding: Finding) -> Iterator[Receiver]:
        """A row's case managers; where nobody knows whose row it is, all of them.

        Where there is nobody to tell, the administrator: such a finding names no student.
        """
        if finding.for_administrator:
            address = self.people.usable(self.administrator)
            if address:
                yield Receiver(address, Role.ADMINISTRATOR)
            return
        found = {self.people.case_manager(student) for student in finding.students}
        for address in self.people.all_case_managers():
            if address in found or not finding.students:
                yield Receiver(address, Role.CASE_MANAGER)


TO_PROVIDERS = frozenset(
    {
        Kind.MISSED,
        Kind.UNSCHEDULED,
        Kind.UNDER_SCHEDULED,
        Kind.NOT_LOGGED,
        Kind.LOGS_DISAGREE,
        Kind.LOGGED_TWICE,
        Kind.SCHEDULE_CHANGED,
    }
)

TO_SUPERVISORS = frozenset({Kind.UNCOVERED, Kind.RECORD_CHANGED})
"""Kinds of which a supervisor hears at once; of others when they are escalated."""
