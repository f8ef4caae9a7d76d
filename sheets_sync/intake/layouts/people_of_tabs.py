"""Whom the tabs of a workbook name, and what services are whose: for the cells of grids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheets_sync.intake.caseload import other_names
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.grades import grade_key
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words, named, people, student_initials
from sheets_sync.intake.roster import student_labels
from sheets_sync.intake.services import known_service
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.lazy_regex import lazy_regex

_PARTED = lazy_regex(r"\s*(?:[;,/&+\n]|\band\b)\s*")


def people_known(tabs: Mapping[str, Sequence[TabRows]], aliases: Mapping[str, str]) -> PeopleKnown:
    """Return whom the tabs that were read so far name; `aliases` (what is typed -> student) go along.

    An ID that is a number alone calls nobody: in a cell it may be a room's, or minutes.
    """
    names, ids, grades = (_texts(tabs, "Caseload", column) for column in ("Student", "Student ID", "Grade"))
    students = student_labels(names, ids, grades)
    apart = {
        label: (name, student_id, grade_key(grade))
        for label, name, student_id, grade in zip(students, names, ids, grades, strict=True)
        if label != name
    }
    pairs = zip(ids, students, strict=True)
    by_id = {typed: name for typed, name in pairs if name and any(map(str.isalpha, typed))}
    others = _texts(tabs, "Caseload", "Also called")
    also = [(typed, name) for cell, name in zip(others, students, strict=True) for typed in other_names(cell)]
    providers = [*_texts(tabs, "Staff", "Name"), *_texts(tabs, "Service Grid", "Provider")]
    known = people(named(students, {**by_id, **aliases}, also, apart), named(providers))
    staff = zip(_texts(tabs, "Staff", "Name"), _texts(tabs, "Staff", "Services"), strict=True)
    labelled = dict(zip(students, names, strict=True))
    return replace(
        known,
        grades={
            label: key for label, grade in zip(students, grades, strict=True) if (key := grade_key(grade))
        },
        services=frozenset(text.strip().casefold() for text in _texts(tabs, "Service Grid", "Service")),
        service_of={name: service for name, text in staff if (service := known_service(text))},
        services_of=_services_of(tabs),
        lines_of=_lines_of(tabs, known),
        teachers=_teachers(tabs.get("Caseload", ()), students),
        numbers=frozenset(typed for typed in ids if typed.isdecimal()),
        initials=student_initials(labelled, providers),
        initials_or_marks=student_initials(labelled, providers, marks=True),
    )


def _services_of(tabs: Mapping[str, Sequence[TabRows]]) -> Mapping[str, frozenset[str]]:
    """Return the services of each on Staff whose services are all known, with those of the Service Grid."""
    found: dict[str, set[str]] = {}
    for name, text in zip(_texts(tabs, "Staff", "Name"), _texts(tabs, "Staff", "Services"), strict=True):
        typed = [text] if known_service(text) else _PARTED.split(text)
        parts = list(map(known_service, typed))
        if all(parts):
            found.setdefault(name, set()).update(part for part in parts if part)
    columns = (_texts(tabs, "Service Grid", column) for column in ("Provider", "Service"))
    for name, text in zip(*columns, strict=True):
        if name in found:
            found[name].add(known_service(text) or text)
    return {name: frozenset(services) for name, services in found.items()}


def _lines_of(
    tabs: Mapping[str, Sequence[TabRows]], known: PeopleKnown
) -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return the services and providers of the lines of each student whom the Service Grid calls surely."""
    found: dict[str, set[tuple[str, str]]] = {}
    names, services, providers = (
        _texts(tabs, "Service Grid", column) for column in ("Student", "Service", "Provider")
    )
    whose = {name: _surely(known, name) for name in set(names)}
    whats = {service: known_service(service) or service for service in set(services)}
    for name, service, provider in zip(names, services, providers, strict=True):
        if service and (student := whose[name]):
            found.setdefault(student, set()).add((whats[service], provider))
    return {student: frozenset(lines) for student, lines in found.items()}


def _surely(known: PeopleKnown, name: str) -> str:
    """Return the student whom the whole of a name calls, "" where it calls none."""
    words = name_words(name)
    called = known.students.find(words)
    return called[1] if called and called[0] == len(words) else ""


def _teachers(caseload: Sequence[TabRows], students: Sequence[str]) -> Mapping[str, str]:
    """Return whose classroom teacher who is, of a Caseload that is one list: no figure uses that column."""
    if len(caseload) != 1 or caseload[0].charts or not caseload[0].header:
        return {}
    (rows,) = caseload
    headers = rows.sheet.rows[rows.header - 1]
    named = [read_header(text_of(cell), tab="Caseload").value for cell in headers]
    if named.count("Classroom teacher") != 1:
        return {}
    place = named.index("Classroom teacher")
    cells = [text_of(cell_at(rows.sheet, row, place)) for row in rows.rows.tolist()]
    return dict(zip(students, cells, strict=True))


def _texts(tabs: Mapping[str, Sequence[TabRows]], tab: str, column: str) -> list[str]:
    return [text for rows in tabs.get(tab, ()) for text in rows.column(column).texts()]
