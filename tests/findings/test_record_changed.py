"""record-changed: a past that was rewritten in the child's disfavour, and what is no such thing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheets_sync.findings.finding import EVENTS, Finding
from sheets_sync.ledger import Rules, count
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import Category
from tests.findings.a_school import (
    Row,
    day,
    entry,
    found,
    given,
    line,
    of_kind,
    school,
    second_night,
    slot,
    student,
    tables,
)

LAST_NIGHT, TODAY = "10-21", "10-22"
"""A Tuesday and the Wednesday after it. Sessions of Ana before it: Oct 6, 8, 15 and 20 (Oct 13 is closed)."""

ABSENT = [*given("10-06"), entry("10-08", Category.PROVIDER_ABSENT), *given("10-15", "10-20")]


def changed(old: dict[str, Any], new: dict[str, Any], today: str = TODAY) -> list[Finding]:
    """What is found when a workbook is `old` last night and `old` with `new` tonight."""
    sheets = {"log": ABSENT} | old
    before = school(LAST_NIGHT, **sheets)
    return list(second_night(before, school(today, **(sheets | new)), kinds="record-changed"))


def texts(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [finding.text for finding in changed(old, new)]


def with_entry(log: list[Row], at: int, **more: Any) -> list[Row]:
    return [row | more if place == at else row for place, row in enumerate(log)]


def as_(category: Category) -> Row:
    return {name: value for name, value in entry("10-08", category).items() if name in ("category", "reason")}


def test_a_missed_session_that_becomes_the_childs_absence_is_found() -> None:
    """Oct 8 owed 30 min; as an absence of the student nobody owes it."""
    (finding,) = changed({}, {"log": with_entry(ABSENT, 1, **as_(Category.STUDENT_ABSENT))})
    assert (
        finding.text == "Service Log, Oct 8: 30 min, provider absent -> student absent: 30 min less behind."
    )
    assert (finding.line, finding.provider, finding.date) == ("line0", "Ms. Lee", day(TODAY))
    assert finding.minutes == 30


def test_a_missed_session_that_is_removed_is_found() -> None:
    """Without an entry Oct 8 is not logged: no debt any more."""
    assert texts({}, {"log": [row for row in ABSENT if row is not ABSENT[1]]}) == [
        "Service Log, Oct 8: 30 min, provider absent -> removed: 30 min less behind."
    ]


@pytest.mark.parametrize(
    "log",
    [
        [*ABSENT, *given("10-21")],  # the next entry
        [ABSENT[1], ABSENT[0], *ABSENT[2:]],  # sorted otherwise
        with_entry(ABSENT, 1, provider="Mr. Diaz"),
        with_entry(ABSENT, 1, minutes=-1),  # the minutes of a missed session count for nothing
        with_entry(ABSENT, 0, decided=True),  # a note beside a session that was given
        [*ABSENT, entry("10-17", Category.MAKE_UP)],  # a make-up that is logged late
        [*ABSENT, entry("10-17")],
        with_entry(ABSENT, 0, **as_(Category.PROVIDER_ABSENT)),  # in the child's favour
        with_entry(ABSENT, 2, minutes=10),
        ABSENT[:3],  # one that was given is removed: not logged, no more and no less behind
        with_entry(ABSENT, 1, **as_(Category.SCHOOL_ACTIVITY)),  # another code, owed all the same
    ],
)
def test_what_takes_nothing_from_the_child_is_no_change_of_the_record(log: list[Row]) -> None:
    assert texts({}, {"log": log}) == []


def test_the_date_of_an_entry_that_is_corrected_is_no_change() -> None:
    """The absence was on Oct 15, not on Oct 8: as much is behind as before."""
    log = [ABSENT[0], *given("10-08"), ABSENT[1] | {"date": day("10-15")}, ABSENT[3]]
    assert texts({}, {"log": log}) == []


def test_a_make_up_that_is_logged_the_same_night_hides_nothing() -> None:
    log = [*with_entry(ABSENT, 1, **as_(Category.STUDENT_ABSENT)), entry("10-17", Category.MAKE_UP)]
    assert len(texts({}, {"log": log})) == 1


def test_a_frequency_that_is_lowered_in_its_row_is_found() -> None:
    """Nothing is scheduled. 2 x 30 a week from Oct 6: 60 in its week, 48 in that of Oct 13 (4 of 5 days), 12
    on Oct 20: 120. At 1 x 30 it is half of that."""
    old = {"schedule": [], "log": []}
    (finding,) = changed(old, {"grid": [line(sessions=1, total=30)]})
    assert finding.text == (
        "Service Grid: 2 x 30 min / week -> 1 x 30 min / week: 60 min less required and 60 min less behind."
    )
    assert finding.remedy.startswith("If the plan changed: end the old row (End date), add a new one.")
    assert finding.cells == ("Service Grid!A2",)


@pytest.mark.parametrize(
    ("grid", "is_found"),
    [
        ([line(end=day("10-21"))], False),  # it ended properly, from then on
        ([line(end=day("10-20"))], False),  # on the last day that was counted
        ([line(end=day("06-11"))], False),
        ([line(sessions=3, total=90)], False),  # more is required
        ([line(start=day("10-01"))], False),
        ([line(provider="Mr. Diaz")], False),
        ([line(end=day("10-10"))], True),
        ([line(start=day("10-13"))], True),
        ([line(sessions=1, total=30, end=day("10-20"))], True),
    ],
)
def test_which_change_of_a_line_is_one_of_the_record(grid: list[Row], is_found: bool) -> None:
    assert bool(changed({"schedule": [], "log": []}, {"grid": grid})) is is_found


def test_the_old_row_ended_and_a_new_one_added_is_no_change() -> None:
    new = [line(end=day("10-20")), line(sessions=1, total=30, start=day("10-21"))]
    assert texts({"schedule": [], "log": []}, {"grid": new}) == []


def test_a_line_that_is_split_in_two_requires_the_same() -> None:
    halves = [line(end=day("10-12")), line(start=day("10-13"))]
    assert texts({"schedule": [], "log": []}, {"grid": halves}) == []


def test_a_line_that_is_removed_is_found() -> None:
    sheets: dict[str, Any] = {"grid": [line(service="Reading"), line()], "schedule": [], "log": []}
    before = school(LAST_NIGHT, **sheets)
    after = school(TODAY, **(sheets | {"grid": [line(service="Reading")]}))
    (finding,) = second_night(before, after, kinds="record-changed")
    assert finding.text == (
        "Service Grid: 2 x 30 min / week from Oct 6, 2025 -> removed:"
        " 120 min less required and 120 min less behind."
    )
    assert (finding.service, finding.line, finding.position) == ("Speech therapy", "line1", -1)


def test_a_past_day_that_is_closed_afterwards_is_found() -> None:
    """Wed Oct 8 was owed: as a closed day nothing is required on it."""
    shut = {"date": day("10-08"), "to": day("10-08"), "kind": "no school", "time": -1}
    (finding,) = changed({}, {"days": [shut]})
    assert finding.text == "Calendar: added no school, Oct 8: 30 min less required and 30 min less behind."
    assert finding.reason == "Calendar: added no school, Oct 8"


@pytest.mark.parametrize("on", ["10-21", "10-22", "11-26"])
def test_a_day_that_was_not_past_may_be_closed(on: str) -> None:
    shut = {"date": day(on), "to": day(on), "kind": "no school", "time": -1}
    assert texts({}, {"days": [shut]}) == []


def test_a_snow_day_that_everybody_logged_comes_into_the_calendar_later() -> None:
    """30 min less are required, and they were excused: nobody loses anything."""
    log = [*given("10-06"), entry("10-08", Category.SCHOOL_CLOSED), *given("10-15", "10-20")]
    shut = {"date": day("10-08"), "to": day("10-08"), "kind": "no school", "time": -1}
    assert texts({"log": log}, {"days": [shut]}) == []


def test_a_closed_day_that_is_opened_requires_more() -> None:
    shut = {"date": day("10-15"), "to": day("10-15"), "kind": "no school", "time": -1}
    assert texts({"days": [shut]}, {"days": []}) == []


def test_an_entry_that_cannot_be_read_tonight_is_unknown() -> None:
    problem = Problem(Severity.ERROR, "Service Log", "A3", "Okt 8", "No date.", "Write a date.")
    log = [row | {"row": at} for at, row in enumerate(ABSENT, start=2)]
    assert texts({"log": log}, {"log": [log[0], *log[2:]], "problems": [problem]}) == []


def test_a_line_that_cannot_be_read_tonight_is_unknown() -> None:
    broken = line(sessions=0, minutes=0, total=0, reason="The frequency cannot be read")
    assert texts({}, {"grid": [broken]}) == []


def test_a_student_who_left_the_caseload_is_unknown() -> None:
    assert texts({}, {"students": [student("Ben T.")], "grid": [], "log": []}) == []


def test_other_rules_are_no_change() -> None:
    """Both counts are made by tonight's rules."""
    before = school(LAST_NIGHT, log=ABSENT)
    after = school(TODAY, log=[*ABSENT, *given("10-21")], rules=Rules(report_from=date(2025, 10, 13)))
    assert second_night(before, after, kinds="record-changed") == ()


def test_a_change_of_the_schedule_alone_is_none() -> None:
    assert texts({}, {"schedule": [slot(weekdays=0b10)]}) == []


def test_on_a_first_night_nothing_has_changed() -> None:
    assert of_kind(found(school(TODAY, log=ABSENT)), "record-changed") == []


def test_the_change_of_one_student_is_not_told_of_another() -> None:
    two = {"students": [student(), student("Ben T.")], "grid": [line(), line("Ben T.")]}
    two |= {"schedule": [slot(), slot("Ben T.")]}
    bens = [row | {"student": "Ben T."} for row in ABSENT]
    new = [*ABSENT, *with_entry(bens, 1, **as_(Category.STUDENT_ABSENT))]
    (finding,) = changed(two | {"log": [*ABSENT, *bens]}, {"log": new})
    assert finding.student == "Ben T."


def test_many_edits_are_named_shortly() -> None:
    days = ("10-06", "10-07", "10-08", "10-09", "10-10", "10-14", "10-15")
    log = [entry(on, Category.PROVIDER_ABSENT) for on in days]
    sheets = {"grid": [line(sessions=5, total=150)], "schedule": [slot(weekdays=0b11111)], "log": log}
    (text,) = texts(sheets, {"log": []})
    assert text.endswith("; 3 more: 210 min less behind.")


def typed(category: Category, code: str = "CNA/SNA") -> list[Row]:
    """The log of last night with another reading of what is typed on Oct 8."""
    log = with_entry(ABSENT, 1, **as_(category), typed=code)
    return [row | {"typed": row.get("typed", "P")} for row in log]


def test_a_code_that_is_read_otherwise_since_the_configuration_changed_was_edited_by_nobody() -> None:
    """[codes] CNA/SNA = "student absent" is added: 30 min less behind, and the log says what it said."""
    old = {"log": typed(Category.PROVIDER_ABSENT)}
    assert texts(old, {"log": typed(Category.STUDENT_ABSENT)}) == []
    assert len(texts(old, {"log": typed(Category.STUDENT_ABSENT, "SA")})) == 1


def test_an_edit_in_the_night_of_other_codes_is_found_beside_them() -> None:
    old = [*typed(Category.PROVIDER_ABSENT), entry("10-20", Category.PROVIDER_ABSENT, typed="PA", start=600)]
    new = [*typed(Category.STUDENT_ABSENT), entry("10-20", Category.STUDENT_ABSENT, typed="SA", start=600)]
    sheets: dict[str, Any] = {"schedule": [slot(), slot(weekdays=0b1, start=600)]}
    sheets |= {"grid": [line(sessions=3, total=90)], "log": old}
    assert texts(sheets, {"log": new}) == [
        "Service Log, Oct 20: 30 min, provider absent -> student absent: 30 min less behind."
    ]


def test_a_code_that_is_typed_in_other_words_is_no_change() -> None:
    old = {"log": typed(Category.PROVIDER_ABSENT, "PA")}
    assert texts(old, {"log": typed(Category.PROVIDER_ABSENT, "provider absent")}) == []


def test_edits_that_cancel_each_other_are_judged_each_by_itself() -> None:
    """Oct 6 was given and is owed now, Oct 8 was owed and is nobody's now: in sum as much is behind."""
    log = [entry("10-06", Category.PROVIDER_ABSENT), *ABSENT[1:]]
    (finding,) = changed({}, {"log": with_entry(log, 1, **as_(Category.STUDENT_ABSENT))})
    assert (
        finding.text == "Service Log, Oct 8: 30 min, provider absent -> student absent: 30 min less behind."
    )
    assert finding.minutes == 30


def test_a_new_school_year_rewrites_nothing() -> None:
    """The grid, the log and the Calendar of last year are gone, and on Aug 26 nobody lost anything by it."""
    before = school(LAST_NIGHT, log=ABSENT)
    year = [{"date": date(2026, 8, 25), "to": date(2026, 8, 25), "kind": "first day", "time": -1}]
    new = [line(sessions=1, total=30, start=date(2026, 8, 25))]
    after = count(tables(grid=new, schedule=[], log=[], days=year), Rules(), date(2026, 8, 26))
    assert not [one for one in second_night(before, after) if one.kind in EVENTS]
