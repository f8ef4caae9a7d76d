"""Who is told: case manager, provider, supervisor; never anybody who does not serve the student."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sheets_sync.config import Config
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.people import people
from sheets_sync.findings.receivers import Receivers
from sheets_sync.ledger import Ledger
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import Category
from tests.findings.a_school import (
    CRUZ,
    DIAZ,
    HEAD,
    LEE,
    day,
    entry,
    found,
    given,
    line,
    of_kind,
    person,
    school,
    second_night,
    slot,
    student,
)

CONFIG = Config(allowed_domains=("school.example",), administrator="tech@school.example")
ABSENT = [*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT)]


def told(ledger: Ledger, finding: Finding) -> dict[str, tuple[str, ...]]:
    """Return address -> the providers to be told through it."""
    return {receiver.to: receiver.through for receiver in receivers(ledger).of(finding)}


def receivers(ledger: Ledger) -> Receivers:
    return Receivers(
        people(ledger, CONFIG.allowed_domains),
        ledger.today,
        CONFIG.rules.log_grace_days,
        CONFIG.administrator,
    )


def told_of(kind: str, today: str, **sheets: Any) -> dict[str, tuple[str, ...]]:
    ledger = school(today, **sheets)
    (finding,) = of_kind(found(ledger, CONFIG), kind)
    return told(ledger, finding)


def test_a_missed_session_is_told_to_case_manager_and_provider() -> None:
    assert told_of("missed", "10-10", log=ABSENT) == {CRUZ: (), LEE: ()}


@pytest.mark.parametrize(
    ("away_from", "away_to", "hears"),
    [
        ("10-08", "10-10", False),
        ("10-08", None, False),
        (None, "10-10", False),
        ("10-08", "10-09", True),
        ("10-13", "10-17", True),
        (None, None, True),
    ],
)
def test_a_provider_who_is_away_hears_of_it_when_she_is_back(
    away_from: str | None, away_to: str | None, hears: bool
) -> None:
    staff = [
        person(away_from=day(away_from) if away_from else None, away_to=day(away_to) if away_to else None)
    ]
    assert (LEE in told_of("missed", "10-10", log=ABSENT, staff=staff)) is hears


def test_a_provider_without_an_address_is_told_through_the_case_manager() -> None:
    assert told_of("missed", "10-10", log=ABSENT, staff=[person(email="")]) == {CRUZ: ("Ms. Lee",)}
    assert told_of("missed", "10-10", log=ABSENT, staff=[]) == {CRUZ: ("Ms. Lee",)}


@pytest.mark.parametrize("second", [LEE, LEE.upper(), ""])
def test_a_provider_in_two_rows_of_staff_is_one_person(second: str) -> None:
    staff = [person(supervisor_email=""), person("Ms. lee", second, role="Evaluations")]
    ledger = school("10-10", log=ABSENT, staff=staff)
    (finding,) = of_kind(found(ledger, CONFIG), "missed")
    assert told(ledger, finding) == {CRUZ: (), LEE: ()}
    assert receivers(ledger).supervisors(finding) == (HEAD,), "the second row names her"
    assert people(ledger, ()).person("Evaluations") == people(ledger, ()).person("SLP")


def test_a_name_with_two_addresses_is_nobodys() -> None:
    staff = [person(), person(email="lee2@school.example", role="Evaluations")]
    assert told_of("missed", "10-10", log=ABSENT, staff=staff) == {CRUZ: ("Ms. Lee",)}


def test_a_role_of_one_of_two_people_of_one_name_stops_nothing() -> None:
    staff = [person(), person(email="lee2@elsewhere.example", role="BCBA")]
    sheets = {"grid": [line(provider="BCBA")], "schedule": [slot(provider="BCBA")], "staff": staff}
    (finding,) = of_kind(found(school("10-10", **sheets), CONFIG), "data-problem")
    assert finding.cells == ("Staff!A3",)


def test_an_address_outside_the_allowed_domains_is_none() -> None:
    staff = [person(email="lee@elsewhere.example")]
    assert told_of("missed", "10-10", log=ABSENT, staff=staff) == {CRUZ: ("Ms. Lee",)}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # No entry on Wed Oct 8. Open days between it and today: 4 on Oct 16 (past the grace of 3), 8 on
        # Oct 22, 9 on Oct 23 (5 more than the grace). The supervisor: see alerts, "escalated".
        ("10-16", {LEE}),
        ("10-22", {LEE}),
        ("10-23", {LEE, CRUZ}),
        ("10-30", {LEE, CRUZ}),
    ],
)
def test_not_logged_climbs_from_provider_to_case_manager(today: str, expected: set[str]) -> None:
    log = given("10-06", "10-15", "10-20", "10-22", "10-27", "10-29")
    assert set(told_of("not-logged", today, log=log)) == expected


def test_it_can_be_escalated_to_the_supervisors_of_its_providers() -> None:
    staff = [person(), person("Mr. Odo", "odo@school.example", supervisor_email="chief@school.example")]
    ledger = school("10-10", log=ABSENT, staff=staff)
    (finding,) = of_kind(found(ledger, CONFIG), "missed")
    assert receivers(ledger).supervisors(finding) == (HEAD,)
    others = replace(finding, providers=("Mr. Odo", "Nobody"))
    assert receivers(ledger).supervisors(others) == (), "Mr. Odo does not serve Ana"
    outside = school("10-10", log=ABSENT, staff=[person(supervisor_email="head@elsewhere.example")])
    assert receivers(outside).supervisors(finding) == ()


def test_who_is_away_is_not_asked_to_log() -> None:
    staff = [person(away_from=day("10-14"), away_to=day("10-31"))]
    log = given("10-06", "10-15", "10-20", "10-22")
    assert told_of("not-logged", "10-16", log=log, staff=staff) == {}
    assert told_of("not-logged", "10-23", log=log, staff=staff) == {CRUZ: ()}


def test_where_no_provider_is_named_the_case_manager_is_asked_to_log() -> None:
    sheets = {"grid": [line(provider="")], "schedule": [slot(provider="")], "log": given("10-06")}
    assert told_of("not-logged", "10-16", **sheets) == {CRUZ: ()}


def test_an_unscheduled_line_is_told_to_the_provider_whom_the_grid_names() -> None:
    assert told_of("unscheduled", "10-24", schedule=[]) == {CRUZ: (), LEE: ()}


def test_what_is_quiet_is_told_to_nobody() -> None:
    assert told_of("unscheduled", "10-17", schedule=[]) == {}


def test_a_role_that_one_person_has_is_that_person() -> None:
    sheets = {"grid": [line(provider="SLP")], "schedule": []}
    assert told_of("unscheduled", "10-24", **sheets) == {CRUZ: (), LEE: ()}


def test_a_role_that_two_have_is_told_through_the_case_manager() -> None:
    staff = [person(), person("Mr. Odo", "odo@school.example")]
    assert told_of("unscheduled", "10-24", grid=[line(provider="SLP")], schedule=[], staff=staff) == {
        CRUZ: ("SLP",)
    }


def test_a_name_that_two_people_have_is_nobodys() -> None:
    staff = [person(), person(email="other.lee@school.example")]
    assert told_of("missed", "10-10", log=ABSENT, staff=staff) == {CRUZ: ("Ms. Lee",)}


@pytest.mark.parametrize("kind", ["watch", "extra-service", "schedule-differs"])
def test_what_is_the_teams_to_look_at_is_told_to_the_case_manager_alone(kind: str) -> None:
    ledger = school("10-10", log=ABSENT)
    (finding,) = found(ledger, CONFIG)
    other = Finding(
        type(finding.kind)(kind),
        "Ana R.",
        finding.service,
        "",
        "Ms. Lee",
        None,
        0,
        "",
        providers=("Ms. Lee",),
    )
    assert told(ledger, other) == {CRUZ: ()}


def test_logs_that_disagree_are_told_to_their_authors() -> None:
    staff = [person(), person("Mr. Odo", "odo@school.example", role="para")]
    log = [*given("10-06", "10-08"), entry("10-08", Category.PROVIDER_ABSENT, provider="Mr. Odo")]
    assert told_of("logs-disagree", "10-10", log=log, staff=staff) == {
        CRUZ: (),
        LEE: (),
        "odo@school.example": (),
    }


def test_who_is_case_manager_and_provider_is_told_once() -> None:
    staff = [person(email=CRUZ)]
    assert told_of("missed", "10-10", log=ABSENT, staff=staff) == {CRUZ: ()}


def test_addresses_are_one_whatever_their_case() -> None:
    assert set(
        told_of("missed", "10-10", log=ABSENT, students=[student(manager=" Cruz@School.example ")])
    ) == {
        CRUZ,
        LEE,
    }


def test_nobody_is_told_about_a_student_whom_they_do_not_serve() -> None:
    """Two case managers, two providers: each hears of her own student, whatever is found."""
    ledger = school(
        "10-24",
        students=[student(), student("Ben T.", DIAZ)],
        grid=[line(), line("Ben T.", provider="Mr. Odo")],
        schedule=[slot(provider="Ms. Lee"), slot("Ben T.", provider="Mr. Odo")],
        staff=[person(), person("Mr. Odo", "odo@school.example", supervisor_email="")],
        log=[
            entry("10-06", Category.PROVIDER_ABSENT),
            entry("10-06", Category.PROVIDER_ABSENT, "Ben T.", provider="Mr. Odo"),
        ],
    )
    serving = {"Ana R.": {CRUZ, LEE, HEAD}, "Ben T.": {DIAZ, "odo@school.example"}}
    findings = found(ledger, CONFIG)
    assert {finding.student for finding in findings} == set(serving)
    for finding in findings:
        assert set(told(ledger, finding)) <= serving[finding.student]


def test_a_student_without_a_case_manager_is_told_to_the_administrator_without_a_name() -> None:
    ledger = school("10-10", students=[student(manager="")], log=ABSENT)
    everything = {finding.kind: told(ledger, finding) for finding in found(ledger, CONFIG)}
    assert everything == {"missed": {LEE: ()}, "data-problem": {"tech@school.example": ()}}


def test_a_case_manager_is_found_by_her_name_on_staff() -> None:
    staff = [person(), person("Ms. Cruz", CRUZ, role="case manager")]
    assert CRUZ in told_of("missed", "10-10", log=ABSENT, students=[student(manager="")], staff=staff)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("C2", {CRUZ}), ("C3", {DIAZ}), ("C9", {CRUZ, DIAZ})],
    ids=["Ana's row", "Ben's row", "nobody knows whose"],
)
def test_a_data_problem_is_told_to_the_case_manager_of_its_row(cell: str, expected: set[str]) -> None:
    ledger = school(
        "10-10",
        students=[student(), student("Ben T.", DIAZ)],
        grid=[line(), line("Ben T.")],
        schedule=[slot(), slot("Ben T.")],
        log=[*given("10-06", "10-08"), *given("10-06", "10-08", name="Ben T.")],
        problems=[Problem(Severity.ERROR, "Service Grid", cell, "2 x wk", "no minutes", "write them")],
    )
    (finding,) = found(ledger, CONFIG)
    assert set(told(ledger, finding)) == expected


def test_an_uncovered_day_is_told_to_case_manager_and_supervisor() -> None:
    """Not to her who is away: she could do nothing about it."""
    staff = [person(away_from=day("10-08"), away_to=day("10-08"))]
    assert told_of("uncovered", "10-08", log=given("10-06"), staff=staff) == {CRUZ: (), HEAD: ()}


def test_an_overdue_make_up_and_excuses_are_told_to_the_case_manager_first() -> None:
    weeks = ("10-08", "10-15", "10-20", "10-22", "10-27", "10-29", "11-03", "11-05")
    late = [entry("10-06", Category.PROVIDER_ABSENT), *given(*weeks)]
    assert told_of("make-up-overdue", "11-06", log=late) == {CRUZ: ()}
    excused = [entry(on, Category.AGREED_DAY_OFF) for on in ("10-06", "10-08")]
    assert told_of("excused-often", "10-10", log=excused) == {CRUZ: ()}


def told_of_change(
    kind: str, old: dict[str, Any], new: dict[str, Any], **sheets: Any
) -> dict[str, tuple[str, ...]]:
    """Who is told what was changed between Tue Oct 21 and Wed Oct 22."""
    log = [*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT), *given("10-15", "10-20")]
    before, after = ({"log": log} | sheets | one for one in (old, new))
    ledger = school("10-22", **after)
    (finding,) = second_night(school("10-21", **before), ledger, CONFIG, kinds=kind)
    return told(ledger, finding)


POE = person("Mr. Poe", "poe@school.example", supervisor_email="")
TEACHER = "teacher@school.example"


def test_a_change_of_the_schedule_is_told_to_the_old_and_the_new_provider_and_the_teacher() -> None:
    """Ms. Lee stands nowhere beside Ana any more: not in the grid, the schedule, the log."""
    ana = [student(teacher_email=TEACHER)]
    sheets = {"students": ana, "grid": [line(provider="")], "log": [], "staff": [person(), POE]}
    told_now = told_of_change(
        "schedule-changed", {"schedule": [slot()]}, {"schedule": [slot(provider="Mr. Poe")]}, **sheets
    )
    assert told_now == {CRUZ: (), LEE: (), "poe@school.example": (), TEACHER: ()}


def test_a_teacher_outside_the_allowed_domains_is_not_told() -> None:
    ana = [student(teacher_email="teacher@elsewhere.example")]
    new = {"schedule": [slot(start=600)]}
    assert set(told_of_change("schedule-changed", {}, new, students=ana)) == {CRUZ, LEE}


def test_a_teacher_hears_of_the_schedule_of_her_own_students_alone_and_of_nothing_else() -> None:
    both = [student(teacher_email=TEACHER), student("Ben T.", DIAZ)]
    sheets = {"students": both, "grid": [line(), line("Ben T.")]}
    new = {"schedule": [slot(), slot("Ben T.", start=600)]}
    old = {"schedule": [slot(), slot("Ben T.")]}
    assert set(told_of_change("schedule-changed", old, new, **sheets)) == {DIAZ, LEE}
    assert TEACHER not in told_of("missed", "10-10", log=ABSENT, students=both)


def test_a_provider_without_an_address_hears_of_a_change_through_the_case_manager() -> None:
    new = {"schedule": [slot(provider="Ms. Moss")]}
    assert told_of_change("schedule-changed", {}, new) == {CRUZ: ("Ms. Moss",), LEE: ()}


def test_a_change_of_the_record_is_told_to_case_manager_and_supervisor() -> None:
    new = {"log": [*given("10-06", "10-15", "10-20"), entry("10-08", Category.STUDENT_ABSENT)]}
    assert told_of_change("record-changed", {}, new) == {CRUZ: (), HEAD: ()}


def test_of_a_line_that_is_gone_its_supervisor_hears_too() -> None:
    sheets = {"log": [], "schedule": []}
    assert told_of_change("record-changed", {}, {"grid": []}, **sheets) == {CRUZ: (), HEAD: ()}


def told_first(kind: str, today: str, **sheets: Any) -> dict[str, tuple[str, ...]]:
    ledger = school(today, **sheets)
    return told(ledger, of_kind(found(ledger, CONFIG), kind)[0])


VACANT = {"schedule": [slot(provider="vacant")], "log": given("10-06", "10-08", "10-15")}
NOBODY = VACANT | {"grid": [line(provider="vacant")]}
SPEECH = person(services="Speech therapy")
CHIEF = "chief@school.example"


def test_of_a_vacant_position_she_hears_who_oversees_the_provider_whom_the_grid_names() -> None:
    assert told_first("uncovered", "10-20", **VACANT) == {CRUZ: (), HEAD: ()}


def test_or_who_oversees_whoever_gave_it_until_then() -> None:
    others = person("Mr. Odo", "odo@school.example", supervisor_email=CHIEF, services="Speech therapy")
    assert told_first("uncovered", "10-20", **NOBODY, staff=[SPEECH, others]) == {CRUZ: (), HEAD: ()}


@pytest.mark.parametrize(("of_the_other", "hears"), [(HEAD, True), ("", True), (CHIEF, False)])
def test_or_the_one_supervisor_of_all_who_give_the_service(of_the_other: str, hears: bool) -> None:
    """Nobody gave it yet. Of two supervisors nobody can tell whose position it is."""
    others = person("Mr. Odo", "odo@school.example", supervisor_email=of_the_other, services="Speech therapy")
    reading = person("Ms. Moss", "moss@school.example", supervisor_email=CHIEF, services="Reading")
    ledger = school("10-07", **NOBODY | {"log": []}, staff=[SPEECH, others, reading])
    finding = of_kind(found(ledger, CONFIG), "uncovered")[0]
    assert (HEAD in told(ledger, finding)) is hears
    assert CHIEF not in told(ledger, finding)
    assert LEE not in told(ledger, finding)
    assert (people(ledger, ()).part(HEAD, "Ana R.") is not None) is hears, "she hears of its end too"


def test_nobody_is_asked_to_tell_a_vacant_position() -> None:
    new = {"schedule": [slot(provider="vacant")]}
    assert told_of_change("schedule-changed", {}, new) == {CRUZ: (), LEE: ()}
    missed = [*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT, provider="vacant")]
    assert told_of("missed", "10-10", log=missed) == {CRUZ: ()}
    waiting = NOBODY | {"log": given("10-06")}
    assert told_of("not-logged", "10-16", **waiting) == {CRUZ: ()}
