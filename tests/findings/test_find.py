"""What a run finds, kind by kind, in small cases of the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sheets_sync.config import AlertsConfig, Config
from sheets_sync.findings.finding import Finding
from sheets_sync.ledger import Rules, count
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import Category, SheetRead
from tests.findings.a_school import (
    Row,
    day,
    entry,
    found,
    given,
    line,
    of_kind,
    person,
    school,
    slot,
    student,
    tables,
)

ALL_WEEKS = ("10-06", "10-08", "10-15", "10-20", "10-22")
"""Every Monday and Wednesday to Oct 22, but Oct 13, on which there is no school."""


def brief(findings: list[Finding] | tuple[Finding, ...]) -> list[tuple[str, date | None, int]]:
    return [(str(finding.kind), finding.date, finding.minutes) for finding in findings]


def test_what_is_not_scheduled_is_as_many_sessions_in_a_short_week() -> None:
    """3 x 30 min a week, Mon and Wed scheduled. In the week of Nov 10 there is no school on Tue and Wed:
    Wednesday's 30 are not asked for, and 3/5 of the 30 that no day has; the week after, all 30 of them."""
    closed = [{"date": day(on), "to": day(on), "kind": "no school", "time": -1} for on in ("11-11", "11-12")]
    given_so_far = given("10-06", "10-08", "10-15")
    short_week, whole_week = (
        of_kind(
            found(school(on, grid=[line(sessions=3, total=90)], log=given_so_far, days=closed)),
            "under-scheduled",
        )
        for on in ("11-10", "11-17")
    )
    assert [(one.sessions, one.minutes) for one in (*short_week, *whole_week)] == [(1, 18), (1, 30)]


def test_nothing_is_found_where_all_is_well() -> None:
    assert found(school("10-24", log=given(*ALL_WEEKS))) == ()


def test_a_missed_session_is_found_by_date_reason_and_minutes() -> None:
    ledger = school("10-10", log=[*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT)])
    (finding,) = found(ledger)
    assert brief([finding]) == [("missed", day("10-08"), 30)]
    assert finding.reason == "provider absent"
    assert finding.cells == ("Service Log!A3",)
    assert finding.text == "Oct 8: 30 min, provider absent."


def test_a_session_that_was_made_up_is_no_longer_missed() -> None:
    log = [entry("10-06", Category.PROVIDER_ABSENT), *given("10-08"), entry("10-09", Category.MAKE_UP)]
    assert of_kind(found(school("10-10", log=log)), "missed") == []


def test_half_of_a_session_made_up_leaves_the_other_half_missed() -> None:
    log = [
        entry("10-06", Category.PROVIDER_ABSENT),
        *given("10-08"),
        entry("10-09", Category.MAKE_UP, minutes=15),
    ]
    assert brief(found(school("10-10", log=log))) == [("missed", day("10-06"), 15)]


def test_a_few_minutes_are_not_worth_a_mail() -> None:
    log = [entry("10-06", minutes=25), *given("10-08")]
    assert found(school("10-10", log=log)) == ()
    tight = Config(rules=Rules(min_behind=5))
    assert brief(found(school("10-10", log=log, rules=tight.rules), tight)) == [("missed", day("10-06"), 5)]


def test_what_the_student_missed_is_nobodys_to_make_up() -> None:
    assert found(school("10-10", log=[*given("10-06"), entry("10-08", Category.STUDENT_ABSENT)])) == ()


def test_a_line_without_a_schedule_is_one_finding_however_long() -> None:
    ledger = school("10-24", schedule=[])
    (finding,) = found(ledger)
    assert brief([finding]) == [("unscheduled", None, 60)]
    assert finding.text == (
        "No session is scheduled; the grid asks for 60 min in this period. "
        "In earlier periods 108 min were never scheduled."
    )


@pytest.mark.parametrize(("today", "quiet"), [("10-17", True), ("10-20", False)])
def test_a_new_line_is_mailed_from_its_tenth_open_day(today: str, quiet: bool) -> None:
    """Open days from Mon Oct 6: 5 in its week, 4 in the next (Oct 13 is closed), so Oct 20 is the tenth."""
    assert [finding.quiet for finding in found(school(today, schedule=[]))] == [quiet]


def test_the_tenth_open_day_of_the_year_for_a_line_of_last_year() -> None:
    """School begins on Mon Aug 25; the tenth open day is Fri Sep 5."""
    grid = [line(start=date(2025, 3, 3))]
    assert [finding.quiet for finding in found(school("09-04", grid=grid, schedule=[]))] == [True]
    assert [finding.quiet for finding in found(school("09-05", grid=grid, schedule=[]))] == [False]


def test_grace_days_are_configuration() -> None:
    strict = Config(alerts=AlertsConfig(schedule_grace_days=1))
    assert [finding.quiet for finding in found(school("10-06", schedule=[]), strict)] == [False]


def test_a_schedule_short_of_the_grid_is_under_scheduled_and_told_once() -> None:
    grid = [line(sessions=3, total=90)]
    findings = found(school("10-24", grid=grid, log=given(*ALL_WEEKS)))
    assert brief(findings) == [("under-scheduled", None, 30)]


def test_minutes_of_ended_weeks_that_nobody_scheduled_stay_to_be_given() -> None:
    schedule = [slot(**{"from": day("10-20")})]
    findings = found(school("10-24", schedule=schedule, log=given("10-20", "10-22")))
    assert brief(findings) == [("under-scheduled", None, 108)]
    assert findings[0].text == "In earlier periods 108 min were never scheduled."
    assert findings[0].remedy == "Give these minutes and log them as make-up."


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # Wed Oct 8 has no entry. Open days between it and today: Oct 9, 10, 14 are three, the grace.
        ("10-15", []),
        ("10-16", [("not-logged", day("10-08"), 30)]),
    ],
)
def test_sessions_without_an_entry_past_the_grace_days(today: str, expected: list[object]) -> None:
    assert brief(found(school(today, log=given("10-06")))) == expected


def test_sessions_of_one_provider_that_are_not_logged_are_one_finding() -> None:
    (finding,) = found(school("10-24", log=given("10-22")))
    assert brief([finding]) == [("not-logged", day("10-06"), 90)]
    assert finding.dates == (day("10-06"), day("10-08"), day("10-15"))
    assert finding.waited == 12
    assert finding.due == day("10-14")


def test_an_entry_that_cannot_be_counted_is_told_apart_from_one_that_is_missing() -> None:
    """On Wed Oct 8 the student came late and nobody wrote down how long the session was."""
    late = entry("10-08", Category.LATE, minutes=-1)
    (finding,) = of_kind(found(school("10-16", log=[*given("10-06", "10-15"), late])), "not-logged")
    assert finding.text == (
        "Oct 8: 30 min without an entry that can be counted in the Service Log (Ms. Lee)."
        " Of Oct 8 the entry stands there, but has to be mended."
    )


def test_why_a_session_is_owed_is_told_as_on_the_tab() -> None:
    """The session is at 9:00; Oct 8 was a day with a late start at 10:00 and nobody made an entry."""
    late_start = {"date": day("10-08"), "to": day("10-08"), "kind": "late start", "time": 600}
    ledger = school("10-09", log=given("10-06"), days=[late_start])
    (finding,) = of_kind(found(ledger), "missed")
    assert finding.text == "Oct 8: 30 min, a shortened day, no entry."


@pytest.mark.parametrize(("today", "told"), [("10-09", False), ("10-16", True)])
def test_a_line_that_is_over_has_its_days_of_grace_before_somebody_is_told(today: str, told: bool) -> None:
    """It ended on Wed Oct 8; on the tab it is NOT LOGGED the next morning (counting.md)."""
    ledger = school(today, grid=[line(end=day("10-08"))], log=given("10-06"))
    assert list(ledger.lines["status"]) == ["NOT LOGGED"]
    expected = [("not-logged", day("10-08"), 30)] if told else []
    assert brief(of_kind(found(ledger), "not-logged")) == expected


def test_consultation_that_was_not_logged_counts_from_the_end_of_its_period() -> None:
    """15 min / month from Oct 1: 15 x 22 open of 23 school days = 14 min."""
    monthly = {"period": "month", "sessions": 1, "minutes": 15, "total": 15, "start": day("10-01")}
    grid = [line(service="Consultation", group="consultation", **monthly)]
    (finding,) = found(school("11-10", grid=grid, schedule=[]))
    assert brief([finding]) == [("not-logged", day("10-31"), 14)]
    assert finding.text == "Oct 1 to Oct 31: 14 min without an entry in the Service Log (Ms. Lee)."


def test_an_individual_line_given_in_a_group_differs_from_the_grid() -> None:
    log = [entry(on, group="group") for on in ALL_WEEKS]
    (finding,) = found(school("10-24", grid=[line(group="individual")], log=log))
    assert finding.kind == "schedule-differs"
    assert "group" in finding.text
    assert "individual" in finding.text


def test_another_provider_in_the_schedule_than_in_the_grid_differs() -> None:
    staff = [person(), person("Mr. Odo", "odo@school.example")]
    log = [entry(on, provider="Mr. Odo") for on in ALL_WEEKS]
    findings = found(school("10-24", schedule=[slot(provider="Mr. Odo")], staff=staff, log=log))
    assert [str(finding.kind) for finding in findings] == ["schedule-differs"]


def test_a_service_on_no_line_of_the_grid() -> None:
    log = [*given("10-06", "10-08"), entry("10-08", service="Reading", start=600)]
    (finding,) = found(school("10-10", log=log))
    assert brief([finding]) == [("extra-service", day("10-08"), 30)]
    assert (finding.line, finding.service) == ("", "Reading")
    assert finding.text == "Since Oct 8: given once, but on no line of the grid in force."


def test_two_extra_services_of_one_student_are_two_findings() -> None:
    log = [entry("10-08", service=service, start=600) for service in ("Reading", "Math")]
    findings = of_kind(found(school("10-10", log=[*given("10-06", "10-08"), *log])), "extra-service")
    assert sorted(finding.service for finding in findings) == ["Math", "Reading"]


def test_absences_that_pile_up_are_to_be_looked_at() -> None:
    log = [entry(on, Category.STUDENT_ABSENT) for on in ALL_WEEKS]
    (finding,) = found(school("10-27", log=log))
    assert finding.kind == "watch"
    assert finding.text == "The student missed 5 sessions in the last 20 school days."


def test_two_entries_that_disagree() -> None:
    log = [*given("10-06", "10-08"), entry("10-08", Category.PROVIDER_ABSENT, provider="Mr. Odo")]
    (finding,) = of_kind(found(school("10-10", log=log)), "logs-disagree")
    assert finding.date == day("10-08")
    assert set(finding.providers) == {"Ms. Lee", "Mr. Odo"}
    assert finding.cells == ("Service Log!A3", "Service Log!A4")


def test_two_entries_alike_are_logged_twice() -> None:
    findings = found(school("10-10", log=given("10-06", "10-06", "10-08")))
    assert brief(findings) == [("logged-twice", day("10-06"), 30)]


def test_the_same_session_logged_twice_by_two_pairs_of_people_tells_them_all() -> None:
    """Ms. Lee and Ms. Zed on Oct 6, Ms. Lee and Ms. Paz on Oct 20: one finding of both dates."""
    log = [*given(*ALL_WEEKS), entry("10-06", provider="Ms. Zed"), entry("10-20", provider="Ms. Paz")]
    (finding,) = of_kind(found(school("10-24", log=log)), "logged-twice")
    assert finding.dates == (day("10-06"), day("10-20"))
    assert finding.providers == ("Ms. Lee", "Ms. Paz", "Ms. Zed")
    assert finding.text == "Oct 6 and Oct 20: logged twice as delivered."
    assert len(finding.cells) == 4


def test_two_people_with_the_same_address_that_is_wrong_are_both_told_of() -> None:
    staff = [person(email="office"), person("Mr. Odo", "office")]
    grid = [
        line(),
        line(service="OT", provider="Mr. Odo", sessions=0, minutes=0, total=0, period="as_needed"),
    ]
    ledger = school("10-10", log=given("10-06", "10-08"), grid=grid, staff=staff)
    (finding,) = of_kind(found(ledger, Config(allowed_domains=("school.example",))), "data-problem")
    assert set(finding.providers) == {"Ms. Lee", "Mr. Odo"}
    assert "The email of Ms. Lee" in finding.text
    assert "The email of Mr. Odo" in finding.text


def problem(cell: str = "C7", value: str = "2 x wk", severity: Severity = Severity.ERROR) -> Problem:
    return Problem(
        severity, "Service Grid", cell, value, "the minutes are missing", 'write "2 x 30 min / week"'
    )


def problems_found(*problems: Problem) -> list[Finding]:
    ledger = school("10-10", log=given("10-06", "10-08"), problems=problems)
    return of_kind(found(ledger), "data-problem")


def test_only_cells_that_keep_something_from_being_counted_are_findings() -> None:
    assert len(problems_found(problem(), problem("C8", "?", Severity.QUESTION))) == 1
    assert problems_found(problem(severity=Severity.NOTE)) == []


def test_the_same_text_in_the_same_column_is_one_finding_wherever_its_rows_are() -> None:
    here, elsewhere = problems_found(problem("C7"), problem("C12")), problems_found(problem("C2"))
    assert [finding.cells for finding in here] == [("Service Grid!C7", "Service Grid!C12")]
    assert here[0].fingerprint == elsewhere[0].fingerprint
    assert problems_found(problem("C7"))[0].fingerprint != problems_found(problem("D7"))[0].fingerprint


@pytest.mark.parametrize(
    ("email", "words"),
    [("lee@elsewhere.example", "outside allowed_domains"), ("call me", "not one plain address")],
)
def test_an_address_to_which_no_mail_can_go_is_a_finding(email: str, words: str) -> None:
    ledger = school("10-10", log=given("10-06", "10-08"), staff=[person(email=email)])
    (finding,) = found(ledger, Config(allowed_domains=("school.example",)))
    assert finding.kind == "data-problem"
    assert words in finding.text
    assert finding.students == ("Ana R.",)


def test_a_supervisors_or_teachers_address_outside_the_domains_is_a_finding_for_the_case_manager() -> None:
    ledger = school(
        "10-10",
        log=given("10-06", "10-08"),
        students=[student(teacher_email="t@gmail.example")],
        staff=[person(supervisor_email="boss@evil.example")],
    )
    findings = found(ledger, Config(allowed_domains=("school.example",)))
    assert [(one.column, one.value, one.students) for one in findings] == [
        ("Supervisor email", "boss@evil.example", ("Ana R.",)),
        ("Teacher email", "t@gmail.example", ("Ana R.",)),
    ]
    assert (
        findings[0].text
        == "The supervisor's email of Ms. Lee is outside allowed_domains: no mail goes there."
    )
    assert findings[1].text == "The classroom teacher's email is outside allowed_domains: no mail goes there."


def test_a_column_that_is_inserted_before_it_leaves_a_problem_the_same() -> None:
    def fingerprint(cell: str, position: int) -> str:
        plain = tables(log=given("10-06", "10-08"), problems=[problem(cell)])
        sheets = replace(
            plain, sheets={"Service Grid": (SheetRead("Service Grid", {"Frequency": position}),)}
        )
        return of_kind(found(count(sheets, Rules(), day("10-10"))), "data-problem")[0].fingerprint

    assert fingerprint("C7", 2) == fingerprint("D7", 3)
    assert fingerprint("C7", 2) != fingerprint("D7", 2)


def test_students_whose_case_manager_cannot_be_mailed_are_counted_not_named() -> None:
    students = [student(manager=""), student("Ben T.", manager="")]
    (finding,) = found(school("10-10", students=students, log=given("10-06", "10-08")))
    assert finding.for_administrator
    assert finding.text.startswith("2 students on the Caseload")
    assert "Ana" not in finding.text + finding.remedy


@pytest.mark.parametrize(
    "sheets",
    [
        {"log": [*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT)]},
        {"schedule": []},
        {"log": []},
        {"log": given("10-06", "10-06", "10-08", "10-15", "10-20", "10-22")},
    ],
)
def test_a_fingerprint_knows_no_row(sheets: dict[str, list[Row]]) -> None:
    """The same sheets, with a student and her rows above: everything moves down, nothing is new."""
    moved = {
        "students": [student("Zoe A."), student()],
        "grid": [line("Zoe A.", period="as_needed", total=0, sessions=0, minutes=0), line()],
    }
    here = {finding.fingerprint for finding in found(school("10-24", **sheets))}
    ledger = school("10-24", **moved, **sheets)
    below = {finding.fingerprint.replace("line1", "line0") for finding in found(ledger)}
    assert here
    assert here == below


def test_no_finding_names_the_student_in_its_sentences() -> None:
    log = [
        entry("10-06", Category.PROVIDER_ABSENT),
        *given("10-08", "10-08"),
        entry("10-08", service="Reading", start=600),
    ]
    for finding in found(school("10-24", log=log)):
        assert "Ana" not in finding.text + finding.remedy


def test_an_unknown_code_beside_another_entry_is_no_second_finding() -> None:
    """Data Problems has the unknown code; what the other entry says is counted."""
    log = [*given("10-06", "10-08"), entry("10-08", Category.UNKNOWN), entry("10-08", Category.UNKNOWN)]
    assert brief(found(school("10-09", log=log))) == []


def test_a_session_that_waits_for_its_line_is_no_extra_service() -> None:
    """The line begins on Mon Nov 3; its row stands on the Schedule already, with a blank From."""
    ledger = school("10-10", grid=[line(start=day("11-03"))])
    assert brief(found(ledger)) == []


def test_a_session_whose_line_has_ended_is_an_extra_service() -> None:
    ledger = school("10-10", grid=[line(end=day("10-06"))], log=given("10-06"))
    assert brief(found(ledger)) == [("extra-service", day("10-08"), 30)]
