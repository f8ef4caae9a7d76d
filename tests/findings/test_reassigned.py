"""A line that has another provider: nothing is settled and new in one mail (mail.md, "Alerts")."""

from __future__ import annotations

from typing import Any

from sheets_sync.ledger import Ledger
from sheets_sync.tables import Category
from tests.findings.a_school import CRUZ, Row, entry, given, line, person, school, slot
from tests.views.mail_scenes import SUMMARISED, Night, night

NEW = "new@school.example"
BOTH = [person(), person("J. New", NEW)]
MISSED = [*given("10-06", "10-15"), entry("10-08", Category.PROVIDER_ABSENT)]


def unnamed(log: list[Row]) -> list[Row]:
    """A log without the column Provider."""
    return [row | {"provider": None} for row in log]


def taught_by(provider: str, on: str = "10-17", **sheets: Any) -> Ledger:
    sheets = {"staff": BOTH, "log": unnamed(MISSED)} | sheets
    return school(on, grid=[line(provider=provider)], schedule=[slot(provider=provider)], **sheets)


def told(*nights: Ledger) -> Night:
    last: Night | None = None
    for one in nights:
        last = night(one, last.decision.told if last else SUMMARISED)
    assert last
    return last


def said(found: Night) -> dict[str, list[tuple[str, str, str]]]:
    return {
        digest.to: [(str(item.reason), item.alert.kind, item.alert.provider) for item in digest.items]
        for digest in found.decision.digests
    }


def test_a_session_stays_with_whoever_missed_it() -> None:
    first = told(taught_by("Ms. Lee", "10-16"))
    assert ("new", "missed", "Ms. Lee") in said(first)[CRUZ]
    after = told(taught_by("Ms. Lee", "10-16"), taught_by("J. New"))
    assert said(after) == {}
    weekly = told(taught_by("Ms. Lee", "10-16"), taught_by("J. New"), taught_by("J. New", "10-23"))
    assert ("still open", "missed", "Ms. Lee") in said(weekly)[CRUZ]
    assert not [one for one in said(weekly).get(NEW, []) if one[1] == "missed"]
    assert "(Ms. Lee)" in weekly.mail(CRUZ).text


def test_its_end_is_told_once() -> None:
    made_up = unnamed([*MISSED, entry("10-16", Category.MAKE_UP)])
    after = told(
        taught_by("Ms. Lee", "10-16"), taught_by("J. New"), taught_by("J. New", "10-20", log=made_up)
    )
    assert said(after) == {CRUZ: [("resolved", "missed", "Ms. Lee")]}


def test_of_who_has_left_the_school_the_new_provider_takes_it_over() -> None:
    after = told(taught_by("Ms. Lee", "10-16"), taught_by("J. New", staff=BOTH[1:]))
    assert said(after) == {NEW: [("new", "missed", "J. New")]}


def test_where_the_log_says_whose_it_was_that_counts() -> None:
    log = [row | {"provider": "J. New"} for row in MISSED]
    after = told(taught_by("Ms. Lee", "10-16"), taught_by("J. New", log=log))
    assert said(after) == {NEW: [("new", "missed", "J. New")]}


def test_what_is_not_scheduled_goes_on_with_the_new_provider() -> None:
    def unscheduled(provider: str, on: str) -> Ledger:
        return school(on, grid=[line(provider=provider)], schedule=[], staff=BOTH)

    after = told(unscheduled("Ms. Lee", "10-24"), unscheduled("J. New", "10-27"))
    assert said(after) == {NEW: [("new", "unscheduled", "J. New")]}


def test_a_further_provider_of_a_line_is_another_alert() -> None:
    """Ms. Lee missed Oct 8, J. New Oct 15: both are open, and each has her own."""
    log = [*MISSED[:1], MISSED[2], entry("10-15", Category.PROVIDER_ABSENT, provider="J. New")]
    after = told(taught_by("Ms. Lee", "10-16", log=MISSED), taught_by("Ms. Lee", "10-17", log=log))
    assert ("new", "missed", "J. New") in said(after)[CRUZ]
    missed = [one.provider for one in after.decision.told.alerts if one.kind == "missed"]
    assert missed == ["Ms. Lee", "J. New"]
