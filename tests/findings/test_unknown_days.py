"""A row that cannot be read opens and settles nothing, whatever the tab (mail.md, "unknown")."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sheets_sync.ledger import Ledger, Rules, count
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import ATTENDANCE, Category, SheetRead, table
from tests.findings.a_school import day, entry, given, person, school, second_night, slot, student, tables
from tests.findings.test_unknown_tonight import nights, unreadable

CLOSED = {"date": day("10-15"), "to": day("10-15"), "kind": "no school", "time": -1}
LOG = given("10-06", "10-08", "10-20", "10-22")


def without_calendar_row(today: str, *problems: Problem) -> Ledger:
    return school(today, log=LOG, problems=problems)


def test_a_day_off_that_cannot_be_read_leaves_nothing_to_log_and_is_no_change_when_it_is_mended() -> None:
    """Wed Oct 15 there was no school; its row of the Calendar says "1o/15" for a while."""
    bad = [without_calendar_row(on, unreadable("Calendar", "A5", "1o/15")) for on in ("10-28", "10-29")]
    good = [school(on, log=LOG, days=[CLOSED]) for on in ("10-27", "10-30")]
    second, third, last = nights(good[0], *bad, good[1])[1:]
    assert [one for one in (*second, *third) if "not-logged" in one or "changed" in one] == []
    assert [one for one in last if "changed" in one or "resolved" in one] == []


def test_a_day_off_that_is_removed_is_told() -> None:
    told = nights(school("10-27", log=LOG, days=[CLOSED]), without_calendar_row("10-28"))[1]
    assert "lee new not-logged" in told


def test_an_unreadable_row_of_the_calendar_hides_no_other_day_and_its_own_is_asked_for_beside_none() -> None:
    """Oct 15 cannot be read; nothing is logged on Oct 22."""
    log = given("10-06", "10-08", "10-20")
    bad = school("10-31", log=log, problems=[unreadable("Calendar", "A5", "1o/15")])
    then = school("10-22", log=log, days=[CLOSED])
    assert "lee new not-logged" in nights(then, bad)[1]
    (asked,) = second_night(then, bad, kinds="not-logged")
    assert asked.dates == (day("10-22"),)


LEFT = [student(exit=day("10-09"))]


def _exit_unread(today: str, log: list[dict]) -> Ledger:
    bad = school(today, log=log, problems=[unreadable("Caseload", "H2", "1o/9")])
    return replace(
        bad, tables=replace(bad.tables, sheets={"Caseload": (SheetRead("Caseload", {"Exit date": 7}),)})
    )


def test_of_a_student_whose_exit_date_cannot_be_read_no_later_session_is_asked_for() -> None:
    log = given("10-06", "10-08")
    then = school("10-24", students=LEFT, log=log)
    assert nights(then, _exit_unread("10-27", log), school("10-28", students=LEFT, log=log))[1:] == [[], []]


def test_an_exit_date_that_cannot_be_read_may_stand_in_another_chart_of_the_student() -> None:
    log = given("10-06", "10-08")
    then = school("10-24", students=LEFT, log=log)
    bad = school("10-27", log=log, problems=[unreadable("Days", "C9", "1o/9")])
    places = {("Exit date", int(bad.tables.students["row"].iloc[0])): ("Days", "C9")}
    charts = (SheetRead("Caseload", places=places), SheetRead("Days", {"Exit date": 2}))
    bad = replace(bad, tables=replace(bad.tables, sheets={"Caseload": charts}))
    assert nights(then, bad, school("10-28", students=LEFT, log=log))[1:] == [[], []]


def test_an_exit_date_that_cannot_be_read_hides_no_session_that_was_missed_before_the_last_entry() -> None:
    log = [*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT), *given("10-15")]
    assert "lee new missed" in nights(school("10-07", log=log[:1]), _exit_unread("10-16", log))[1]


def _absent(today: str, kind: str, log: list[dict]) -> Ledger:
    """On Oct 15 Ana was absent from school; kind "": the date in the row cannot be read."""
    date = day("10-15") if kind else "NaT"
    columns: dict[str, Any] = {
        "row": [2],
        "date": [date],
        "student": ["Ana R."],
        "kind": [kind],
        "time": [-1],
    }
    problems = () if kind else (unreadable("Attendance", "A2", "1o/15"),)
    sheets = replace(tables(log=log, problems=problems), attendance=table(ATTENDANCE, columns))
    return count(sheets, Rules(), day(today))


def test_an_absence_whose_date_cannot_be_read_leaves_no_single_session_to_log() -> None:
    told = nights(_absent("10-27", "absent", LOG), _absent("10-28", "", LOG), _absent("10-29", "absent", LOG))
    assert [one for night in told for one in night if "not-logged" in one] == []


def test_one_absence_explains_one_day_alone() -> None:
    log = given("10-06", "10-08", "10-22")
    assert "lee new not-logged" in nights(_absent("10-22", "absent", log), _absent("10-28", "", log))[1]


@pytest.mark.parametrize("severity", [Severity.QUESTION, Severity.ERROR])
def test_from_an_away_date_that_cannot_be_read_nobody_is_uncovered(severity: Severity) -> None:
    """Ms. Lee was away on Oct 9 and 10; "Away to" says "1o/10" for a night."""
    log = given("10-06", "10-08")
    away = [person(away_from=day("10-09"), away_to=day("10-10"))]
    bad = school(
        "10-14",
        log=log,
        staff=[person(away_from=day("10-09"))],
        problems=[unreadable("Staff", "E2", "1o/10", severity)],
    )
    bad = replace(
        bad,
        tables=replace(bad.tables, sheets={"Staff": (SheetRead("Staff", {"Away from": 3, "Away to": 4}),)}),
    )
    then, after = (school(on, log=log, staff=away) for on in ("10-11", "10-15"))
    assert [one for night in nights(then, bad, after) for one in night if "uncovered" in one] == []


OUT = entry("10-08", Category.PROVIDER_ABSENT)


def test_a_row_that_stays_unreadable_is_known_again_below_new_rows() -> None:
    """The newest entries stand on top. The row of Oct 8 is unreadable for two nights, from row 2 to row 4."""
    then = school("10-10", log=[OUT, *given("10-06")])
    bad = school("10-14", log=[entry("10-06", row=3)], problems=[unreadable("Service Log", "A2", "1o/8")])
    later = school(
        "10-21",
        log=[entry("10-20"), entry("10-15"), entry("10-06", row=5)],
        problems=[unreadable("Service Log", "A4", "1o/8")],
    )
    mended = school("10-22", log=[*given("10-20", "10-15"), OUT, *given("10-06")])
    told = nights(then, bad, later, mended)
    assert told[:3] == [["cruz new missed", "lee new missed"], [], []]
    assert [one for one in told[3] if "still open" not in one] == []


def test_a_session_that_stays_unreadable_is_known_again_below_a_new_row() -> None:
    log = given("10-06", "10-08", "10-15")
    own = slot("Ben T.", start=600)
    who = {"students": [student(), student("Ben T.")], "log": log}
    then = school("10-16", schedule=[slot(), own], **who)
    bad = school("10-17", schedule=[own | {"row": 3}], problems=[unreadable("Schedule", "D2", "Mn??")], **who)
    more = slot("Ben T.", start=660, weekdays=0b10)
    later = school(
        "10-20",
        schedule=[more, own | {"row": 4}],
        problems=[unreadable("Schedule", "D3", "Mn??")],
        **who,
    )
    mended = school("10-21", schedule=[more, slot(), own], **who)
    names = [[one for one in night if "cruz" not in one] for night in nights(then, bad, later, mended)]
    assert names[1] == names[3] == []
    assert [one for one in names[2] if "unscheduled" in one] == []


def test_a_status_that_cannot_be_read_for_a_night_is_no_change_and_the_change_behind_it_is_told() -> None:
    """Oct 8 says "provider absent", then "zzqx", then "student absent"."""
    then = school("10-10", log=[*given("10-06"), OUT])
    odd = OUT | {"category": int(Category.UNKNOWN), "reason": "zzqx", "typed": "zzqx"}
    bad = school("10-14", log=[*given("10-06"), odd], problems=[unreadable("Service Log", "G3", "zzqx")])
    other = school("10-15", log=[*given("10-06"), entry("10-08", Category.STUDENT_ABSENT)])
    told = nights(then, bad, other)
    assert told[1] == []
    assert "head new record-changed" in told[2]
