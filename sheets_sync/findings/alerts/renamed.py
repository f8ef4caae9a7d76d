"""renamed: a student who has another name is the same student (workbook.md, "The key").

A fingerprint names the student. Before anything is decided, what was told about a student takes on tonight's
name, so that nothing is told anew under it. The lines say who is who: a line keeps its key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sheets_sync.findings.alerts.events import event_fingerprint, packed, unpacked
from sheets_sync.findings.finding import Kind, fingerprint_of
from sheets_sync.state import Alert, LineRecord, Told


def with_new_names(
    told: Told, before: Iterable[LineRecord], now: Iterable[LineRecord], students: Collection[str]
) -> Told:
    """Return what was told, under tonight's names. `students` are those of tonight's Caseload.

    A name that still stands there belongs to somebody, and one whose lines have gone to two names is nobody's
    new one: both stay as they are.
    """
    names = _new_names(before, now, students)
    if not names:
        return told
    taken = {alert.fingerprint for alert in told.alerts}
    return replace(told, alerts=tuple(_renamed(told.alerts, names, taken)))


def _new_names(
    before: Iterable[LineRecord], now: Iterable[LineRecord], students: Collection[str]
) -> dict[str, str]:
    tonight = {record.key: record.student for record in now}
    found: dict[str, set[str]] = {}
    for record in before:
        name = tonight.get(record.key, record.student)
        if name != record.student and name in students and record.student not in students:
            found.setdefault(record.student, set()).add(name)
    return {old: names.pop() for old, names in found.items() if len(names) == 1}


def _renamed(alerts: Iterable[Alert], names: Mapping[str, str], taken: set[str]) -> Iterator[Alert]:
    for alert in alerts:
        name = names.get(alert.student)
        changed = alert if name is None or alert.kind == Kind.DATA_PROBLEM else _with_name(alert, name)
        if changed.fingerprint in taken:
            changed = alert
        taken.add(changed.fingerprint)
        yield changed


def _with_name(alert: Alert, student: str) -> Alert:
    if alert.finding:
        event = replace(unpacked(alert.finding), student=student)
        return replace(alert, student=student, fingerprint=event_fingerprint(event), finding=packed(event))
    about = alert.line or alert.service
    return replace(
        alert,
        student=student,
        fingerprint=fingerprint_of(alert.kind, student, about, alert.provider, alert.date),
    )
