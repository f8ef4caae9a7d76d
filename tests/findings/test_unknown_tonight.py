"""What cannot be read tonight neither opens nor settles anything (mail.md, "unknown"); what left, does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.config import Config
from sheets_sync.findings.alerts import Decision
from sheets_sync.findings.counting_again import counted
from sheets_sync.findings.find import find
from sheets_sync.findings.known_tonight import comparable, with_unread
from sheets_sync.findings.night import decide_tonight
from sheets_sync.ledger import Ledger
from sheets_sync.problems import Problem, Severity
from sheets_sync.state import Told
from sheets_sync.tables import Category, SheetRead
from tests.findings.a_school import day, entry, given, keys, line, person, school

CONFIG = Config(allowed_domains=("school.example",))
SUMMARISED = Told(summarised=day("09-02"))


def unreadable(tab: str, cell: str, value: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(severity, tab, cell, value, "This cannot be read.", "Mend it.")


def nights(*ledgers: Ledger, names: tuple[tuple[str, ...], ...] = ()) -> list[list[str]]:
    """Return what is told on each night, without the data-problems: "cruz new missed"."""
    told, before, words = SUMMARISED, counted(ledgers[0], keys(ledgers[0])), []
    for number, ledger in enumerate(ledgers):
        own = names[number] if names else keys(ledger)
        now = counted(ledger, own)
        last = comparable(before, now, ledger.calendar)
        now = with_unread(last, now, ledger.tables)
        problems = (*ledger.tables.problems, *ledger.problems)
        findings = find(
            ledger,
            own,
            problems,
            alerts=CONFIG.alerts,
            rules=CONFIG.rules,
            allowed_domains=CONFIG.allowed_domains,
            before=last,
            now=now,
        )
        decision = decide_tonight(findings, ledger, own, told, CONFIG, tonight=now)
        told, before = decision.told, now
        words.append(sorted(_said(decision)))
    return words


def _said(decision: Decision) -> list[str]:
    return [
        f"{digest.to.split('@')[0]} {item.reason} {item.alert.kind}"
        for digest in decision.digests
        for item in digest.items
        if item.alert.kind != "data-problem"
    ]


OUT = entry("10-08", Category.PROVIDER_ABSENT)


def test_a_missed_session_whose_row_cannot_be_read_is_not_settled_and_no_row_to_log() -> None:
    """Row 3, Oct 8, becomes "Oct 311" for a week; then it is mended, and at last the session is made up."""
    then = school("10-10", log=[*given("10-06"), OUT])
    gone = [
        school(on, log=[*given("10-06"), *later], problems=[unreadable("Service Log", "A3", "Oct 311")])
        for on, later in (("10-14", []), ("10-16", [entry("10-15", row=4)]))
    ]
    mended = school("10-17", log=[*given("10-06"), OUT, *given("10-15")])
    made_up = school("10-20", log=[*given("10-06"), OUT, *given("10-15"), entry("10-17", Category.MAKE_UP)])
    assert nights(then, *gone, mended, made_up) == [
        ["cruz new missed", "lee new missed"],
        [],
        [],
        ["cruz still open missed"],
        ["cruz resolved missed", "lee resolved missed"],
    ]


def test_a_session_whose_status_cannot_be_read_is_neither() -> None:
    then = school("10-10", log=[*given("10-06"), OUT])
    odd = school(
        "10-16",
        log=[*given("10-06"), OUT | {"category": int(Category.UNKNOWN), "reason": "PABX"}, *given("10-15")],
        problems=[unreadable("Service Log", "G3", "PABX")],
    )
    assert nights(then, odd)[1] == []


def test_other_sessions_are_told_all_the_same() -> None:
    """The row of Oct 8 cannot be read; on Oct 15 Ms. Lee is out."""
    then = school("10-10", log=[*given("10-06"), OUT])
    more = [*given("10-06"), entry("10-15", Category.PROVIDER_ABSENT, row=4)]
    later = school("10-16", log=more, problems=[unreadable("Service Log", "A3", "Oct 311")])
    assert nights(then, later)[1] == ["cruz new missed", "lee new missed"]


def test_a_row_of_the_schedule_that_cannot_be_read_settles_nothing_and_leaves_nothing_unscheduled() -> None:
    """Day 10 of the year is past. "Mon, Wed" becomes "Mnday"; then the row is deleted: now it is news."""
    log = [*given("10-06"), OUT, *given("10-15", "10-20")]
    then = school("10-22", log=log)
    bad = school("10-23", log=log, schedule=[], problems=[unreadable("Schedule", "C2", "Mnday")])
    still_bad = school("10-24", log=log, schedule=[], problems=[unreadable("Schedule", "C2", "Mnday")])
    told = nights(then, bad, still_bad, school("10-27", log=log, schedule=[]))
    assert told[1:3] == [[], []]
    assert "cruz new unscheduled" in told[3]


def test_an_away_date_that_cannot_be_read_covers_nobody() -> None:
    """On Oct 21 nobody knows any more until when she is away; on Oct 22 she is back."""
    log = given("10-06", "10-08", "10-15")
    away = [person(away_from=day("10-22"), away_to=day("10-22"))]
    bad = school("10-17", log=log, problems=[unreadable("Staff", "E2", "Oct 22nd-ish", Severity.QUESTION)])
    bad = replace(
        bad,
        tables=replace(bad.tables, sheets={"Staff": (SheetRead("Staff", {"Away from": 4, "Away to": 5}),)}),
    )
    assert nights(school("10-16", log=log, staff=away), bad, school("10-20", log=log)) == [
        ["cruz new uncovered", "head new uncovered"],
        [],
        ["cruz resolved uncovered", "head resolved uncovered"],
    ]


def test_what_was_open_on_a_line_that_left_the_grid_is_over_and_said_once() -> None:
    both = [line(), line(service="Occupational therapy", provider="Ms. Lee")]
    log = given("10-06", "10-08", "10-15", "10-20", "10-22")
    removed = [school(on, log=log) for on in ("10-24", "10-27")]
    told = nights(school("10-23", log=log, grid=both), *removed)
    assert "cruz new unscheduled" in told[0]
    assert [one for one in told[1] if "unscheduled" in one] == [
        "cruz resolved unscheduled",
        "lee resolved unscheduled",
    ]
    assert told[2] == []


def test_a_line_that_cannot_be_read_at_all_has_not_left() -> None:
    both = [line(), line(service="Occupational therapy", provider="Ms. Lee")]
    log = given("10-06", "10-08", "10-15", "10-20", "10-22")
    bad = school("10-24", log=log, problems=[unreadable("Service Grid", "A3", "Ana?")])
    assert [one for one in nights(school("10-23", log=log, grid=both), bad)[1] if "unscheduled" in one] == []


def test_of_a_student_who_is_gone_everything_is_forgotten_in_silence_after_sixty_days() -> None:
    told = decide_on(day("10-10"), SUMMARISED, school("10-10", log=[*given("10-06"), OUT])).told
    assert told.alerts
    left = {on: school(on, students=[], grid=[], schedule=[]) for on in ("10-14", "12-05", "12-10")}
    for ledger in left.values():
        decision = decide_on(ledger.today, told, ledger)
        told = decision.told
        assert _said(decision) == []
        assert bool([one for one in told.alerts if one.student]) == (
            ledger.today - day("10-10") <= timedelta(days=60)
        )


def decide_on(today: date, told: Told, ledger: Ledger) -> Decision:
    findings = find(
        ledger,
        keys(ledger),
        (),
        alerts=CONFIG.alerts,
        rules=CONFIG.rules,
        allowed_domains=("school.example",),
    )
    assert ledger.today == today
    return decide_tonight(findings, ledger, keys(ledger), told, CONFIG)


def test_an_unreadable_row_of_which_nothing_was_ever_read_hides_nothing() -> None:
    log = [*given("10-06"), OUT]
    bad = school("10-14", log=log, problems=[unreadable("Service Log", "A9", "Oct 311")])
    assert nights(school("10-07", log=given("10-06")), bad)[1] == ["cruz new missed", "lee new missed"]
