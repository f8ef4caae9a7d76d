"""Cells with an address to which no mail can go, for Data Problems and `check` (mail.md: only to
`allowed_domains`). They keep nothing from being counted, so they are questions.

Whom they concern is told by mail as well: data_problems.address_problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.findings.addresses import is_address, is_allowed, normal_address
from sheets_sync.findings.people import People, people_of
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import Tables

COLUMNS = (
    ("Caseload", "Case manager email", "students", "case_manager_email"),
    ("Caseload", "Teacher email", "students", "teacher_email"),
    ("Staff", "Email", "staff", "email"),
    ("Staff", "Supervisor email", "staff", "supervisor_email"),
)


def address_cells(tables: Tables, allowed_domains: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each address that is mistyped or outside, and for where there is none at all."""
    for canonical, header, frame, column in COLUMNS:
        table = getattr(tables, frame)
        for row, email in zip(table["row"], table[column], strict=True):
            if email.strip() and not is_allowed(normal_address(email), allowed_domains):
                yield _unusable(tables, canonical, header, int(row), email.strip(), allowed_domains)
    yield from _students_without(tables, people_of(tables, allowed_domains))
    yield from _staff_without(tables)


def _unusable(
    tables: Tables, canonical: str, header: str, row: int, email: str, allowed_domains: Sequence[str]
) -> Problem:
    if is_address(email):
        problem = "The address is outside allowed_domains: no mail goes there."
        remedy = (
            f"Write one of {', '.join(allowed_domains)}, or have the domain added to `allowed_domains` in the"
            " configuration."
        )
    else:
        problem = "This is not one plain address: no mail goes there."
        remedy = "Write one address and nothing else, such as lee@school.example."
    return Problem(
        Severity.QUESTION,
        *tables.place(canonical, header, row),
        email,
        problem,
        remedy,
    )


def _students_without(tables: Tables, people: People) -> Iterator[Problem]:
    """Yield the rows of students who have no case manager's address, on the Caseload or by name on Staff."""
    students = tables.students
    for row, student in zip(students["row"], students["student"], strict=True):
        if not people.case_managers.get(student, "").strip():
            yield Problem(
                Severity.QUESTION,
                *tables.place("Caseload", "Case manager email", int(row)),
                "",
                "The student has no case manager's address: what is found stands on the tab, and nobody is"
                " mailed about it.",
                'Fill in "Case manager email", or the case manager\'s name and, on Staff, the address.',
            )


def _staff_without(tables: Tables) -> Iterator[Problem]:
    emails = list(tables.staff["email"])
    if emails and not any(email.strip() for email in emails):
        yield Problem(
            Severity.NOTE,
            tables.tab("Staff"),
            "",
            "",
            "Nobody on this tab has an address: providers get no mail, and their case managers are asked to"
            " tell them.",
            'Fill in "Email" for those who should get their own mail.',
        )
