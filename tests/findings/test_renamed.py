"""A student who has another name: what was told of the old one is known under the new (workbook.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sheets_sync.findings.alerts import with_new_names
from sheets_sync.findings.alerts.events import event_fingerprint, packed, unpacked
from sheets_sync.findings.alerts.open_and_ended import alert_of
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.state import Alert, LineRecord, Told

DAY = date(2025, 11, 12)


def finding(student: str, kind: Kind = Kind.MISSED, line: str = "k1") -> Finding:
    return Finding(kind, student, "OT", line, "Ms. Lee", DAY, 30, "30 min.")


def event(student: str) -> Alert:
    found = finding(student, Kind.SCHEDULE_CHANGED)
    return replace(alert_of(found, DAY), fingerprint=event_fingerprint(found), finding=packed(found))


def line(student: str, key: str = "k1") -> LineRecord:
    return LineRecord(key, student, "1001", "OT", "", None, "ON TRACK", DAY)


def told(*alerts: Alert) -> Told:
    return Told(alerts, summarised=DAY)


def test_every_kind_takes_on_the_new_name() -> None:
    kinds = [(Kind.MISSED, "k1"), (Kind.NOT_LOGGED, "k1"), (Kind.EXTRA_SERVICE, "")]
    before = told(*(alert_of(finding("Ben T.", *kind), DAY) for kind in kinds), event("Ben T."))
    after = told(*(alert_of(finding("Benjamin T.", *kind), DAY) for kind in kinds), event("Benjamin T."))
    assert with_new_names(before, [line("Ben T.")], [line("Benjamin T.")], {"Benjamin T."}) == after
    assert unpacked(after.alerts[-1].finding).student == "Benjamin T."


def test_nobody_else_is_touched() -> None:
    before = told(alert_of(finding("Ana R.", line="k2"), DAY))
    lines = [line("Ben T."), line("Ana R.", "k2")], [line("Benjamin T."), line("Ana R.", "k2")]
    assert with_new_names(before, *lines, {"Benjamin T.", "Ana R."}) == before


def test_a_name_that_still_stands_on_the_caseload_is_another_student() -> None:
    before = told(alert_of(finding("Ben T."), DAY))
    assert with_new_names(before, [line("Ben T.")], [line("Cy W.")], {"Ben T.", "Cy W."}) == before


def test_a_student_whose_lines_went_to_two_is_neither() -> None:
    before = told(alert_of(finding("Ben T."), DAY))
    lines = [line("Ben T."), line("Ben T.", "k2")], [line("Ana R."), line("Cy W.", "k2")]
    assert with_new_names(before, *lines, {"Ana R.", "Cy W."}) == before


def test_what_is_told_of_the_new_name_already_stays_what_it_is() -> None:
    before = told(alert_of(finding("Ben T."), DAY), alert_of(finding("Benjamin T."), DAY))
    assert with_new_names(before, [line("Ben T.")], [line("Benjamin T.")], {"Benjamin T."}) == before
