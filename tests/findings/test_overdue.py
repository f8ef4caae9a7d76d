"""make-up-overdue: owed for more than 30 days; the case manager first."""

from __future__ import annotations

import pytest

from sheets_sync.config import AlertsConfig, Config
from sheets_sync.tables import Category
from tests.findings.a_school import day, entry, found, given, of_kind, school, student

WEEKS = ("10-08", "10-15", "10-20", "10-22", "10-27", "10-29", "11-03", "11-05", "11-10", "11-12")
"""Every Monday and Wednesday from Oct 8 to Nov 12, but Oct 13, on which there is no school."""

MISSED = [entry("10-06", Category.PROVIDER_ABSENT), *given(*WEEKS)]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # From Mon Oct 6 to Wed Nov 5 there are 30 days: not more than 30.
        ("11-05", []),
        ("11-06", [(day("10-06"), 30)]),
    ],
)
def test_a_session_owed_for_more_than_thirty_days_is_overdue(
    today: str, expected: list[tuple[object, int]]
) -> None:
    overdue = of_kind(found(school(today, log=MISSED)), "make-up-overdue")
    assert [(finding.date, finding.minutes) for finding in overdue] == expected


def test_all_that_one_provider_owes_on_a_line_is_one_finding() -> None:
    """Oct 6 and Oct 8 are older than 30 days on Nov 13; Oct 15 with 29 days is not."""
    log = [entry(on, Category.PROVIDER_ABSENT) for on in ("10-06", "10-08", "10-15")] + given(*WEEKS[2:])
    (finding,) = of_kind(found(school("11-13", log=log)), "make-up-overdue")
    assert (finding.date, finding.minutes) == (day("10-06"), 60)
    assert finding.text == "Oct 6 and Oct 8: 60 min owed for more than 30 days (Ms. Lee)."
    assert finding.cells == ("Service Log!A2", "Service Log!A3")


def test_it_is_the_same_finding_when_a_further_session_becomes_overdue() -> None:
    log = [entry(on, Category.PROVIDER_ABSENT) for on in ("10-06", "10-08")] + given(*WEEKS[1:])
    prints = {
        finding.fingerprint
        for today in ("11-06", "11-13")
        for finding in of_kind(found(school(today, log=log)), "make-up-overdue")
    }
    assert len(prints) == 1


def test_what_was_made_up_is_not_overdue() -> None:
    log = [*MISSED, entry("11-07", Category.MAKE_UP)]
    assert of_kind(found(school("11-13", log=log)), "make-up-overdue") == []


def test_the_days_are_configuration() -> None:
    patient = Config(alerts=AlertsConfig(make_up_days=60))
    assert of_kind(found(school("11-13", log=MISSED), patient), "make-up-overdue") == []


def test_a_few_minutes_are_not_worth_a_mail() -> None:
    log = [entry("10-06", minutes=25), *given(*WEEKS)]
    assert of_kind(found(school("11-13", log=log)), "make-up-overdue") == []


def test_every_student_has_findings_of_their_own() -> None:
    students = [student(), student("Ben T.")]
    ledger = school("11-13", students=students, log=MISSED)
    assert [finding.student for finding in of_kind(found(ledger), "make-up-overdue")] == ["Ana R."]
