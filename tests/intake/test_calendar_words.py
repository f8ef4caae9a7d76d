"""A district's calendar as it is published: kinds in its words, and what stands beside them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.calendar_kinds import Kind, read_kind
from sheets_sync.intake.rotation_names import rotation_days
from tests.intake.small_workbook import only, read, told

KINDS = [
    ("Winter break", "no school"),
    ("February vacation", "no school"),
    ("Labor Day - No School", "no school"),
    ("No school for students", "no school"),
    ("Schools closed for students", "no school"),
    ("No classes", "no school"),
    ("Teacher workshop", "no school"),
    ("Professional Development Day", "no school"),
    ("Staff development - no students", "no school"),
    ("First Day of School for Students", "first day"),
    ("Last day of classes", "last day"),
    ("2 hr delay", "late start"),
    ("Late start (PD)", "late start"),
    ("Half-day (students)", "early release"),
    ("Early dismissal for winter break", "early release"),
    ("Q1", "quarter"),
    ("3rd quarter", "quarter"),
    ("Q2 begins", "quarter"),
    ("Start of Trimester 2", "trimester"),
    ("2nd semester", "semester"),
    ("MP2", "grading_period"),
]


@pytest.mark.parametrize(("typed", "kind"), KINDS)
def test_kinds_in_the_words_of_a_published_calendar(typed: str, kind: str) -> None:
    assert read_kind(typed).value == Kind(kind)


NONE = [
    "Winter break begins",
    "No school until Monday",
    "No school (K only)",
    "No school - grades 9-12",
    "Early release - Elementary",
    "Snow make-up day",
    "PD - students attend",
    "No early release",
    "No PD",
    "Schools open",
    "Early release - no school",
]


@pytest.mark.parametrize("typed", NONE)
def test_what_leaves_open_for_whom_or_whether_is_no_kind(typed: str) -> None:
    assert read_kind(typed).value is None


EVENTS = [
    *("Open House", "Back to School Night", "Back-to-School Night 6:00 PM", "Picture Day", "Spring concert"),
    *("Progress reports", "Report cards go home", "School resumes", "Classes resume", "Students return"),
    *("Return from winter break", "Back from break", "End of Q1", "Q1 ends", "End of first marking period"),
    *(
        "Last day of Q1",
        "First day for teachers",
        "PTA meeting",
        "Holiday concert",
        "IEP progress reports due",
    ),
]


@pytest.mark.parametrize("typed", EVENTS)
def test_an_event_that_changes_no_session_is_one(typed: str) -> None:
    assert read_kind(typed).value == Kind("")


NO_EVENTS = [
    *("Holiday break begins", "Parent-teacher conferences", "Open house - early release?", "Picture day - K"),
    *("School resumes Monday at noon", "State testing", "Concert, no school"),
]


@pytest.mark.parametrize("typed", NO_EVENTS)
def test_what_may_change_a_session_is_no_event(typed: str) -> None:
    kind = read_kind(typed).value
    assert kind is None or kind.kind


def test_events_are_noted_once_and_close_no_school() -> None:
    tables = read(calendar(*SCHOOL, "2025-10-09 | | Open House | |", "2025-11-07 | | End of Q1 | |"))
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist() == ["first day", "last day"]
    assert (only(tables).severity, only(tables).cell) == ("note", "C4")


DATES_IN_WORDS = [
    # date, to, kind; last day, "" for a row that is not counted
    ("2025-11-26", "", "Thanksgiving Recess 11/26-11/28", "2025-11-28"),
    ("2025-10-15", "", "No school - Oct 15-17", "2025-10-17"),
    ("2025-11-26", "", "Thanksgiving Break (Nov 26-28)", "2025-11-28"),
    ("2025-11-26", "", "Thanksgiving Break (Wed 11/26 to Fri 11/28)", "2025-11-28"),
    ("2025-12-22", "", "Winter Break: Dec. 22 - Jan. 2", "2026-01-02"),
    ("2025-12-22", "", "Winter break thru 1/2", "2026-01-02"),
    ("2025-10-14", "", "Fall break through October 17", "2025-10-17"),
    ("2025-10-15", "", "No School 10/15 & 10/16", "2025-10-16"),
    ("2025-10-15", "", "No school (Oct 15 and 16)", "2025-10-16"),
    ("2025-10-17", "", "No School 10/17, 10/20", "2025-10-20"),
    ("2025-10-13", "", "No school 10/13", "2025-10-13"),
    ("2025-11-26", "2025-11-28", "Recess 11/26-11/28", "2025-11-28"),
    ("2025-10-10", "", "1/2 day 11:30", "2025-10-10"),
    ("2025-11-26", "2025-11-27", "Recess 11/26-11/28", ""),
    ("2025-11-25", "", "Recess 11/26-11/28", ""),
    ("2025-10-15", "", "No School 10/15 & 10/17", ""),
    ("2025-10-14", "", "No School (was 10/16)", ""),
    ("2025-10-14", "", "No School 10/14 in place of 10/13", ""),
    ("2025-10-14", "", "No school until 10/20", ""),
    ("2025-10-14", "", "Fall break through 10/10", ""),
]


@pytest.mark.parametrize(("first", "to", "kind", "last"), DATES_IN_WORDS)
def test_dates_in_the_words_are_its_last_day_or_an_error(first: str, to: str, kind: str, last: str) -> None:
    tables = read(calendar(*SCHOOL, f"{first} | {to} | {kind} | |", "2025-11-03 | | No school | |"))
    assert tables.calendar is not None
    rows = tables.calendar[tables.calendar["row"] == 4]
    assert [str(day.date()) for day in rows["to"]] == ([last] if last else [])
    assert [one[:2] for one in told(tables)] == ([] if last else [("error", "Calendar!C4")])


@pytest.mark.parametrize("label", ["11/26-11/28", "Wed 11/26 & 11/27", "thru Nov 28", "was 11/25"])
def test_other_days_in_the_words_beside_are_asked_about(label: str) -> None:
    tables = read(calendar(*SCHOOL, f"2025-11-26 | | No school | | {label}"))
    assert (only(tables).severity, only(tables).cell) == ("question", "E4")


@pytest.mark.parametrize(
    ("typed", "time"),
    [("Early Release 11:30", 690), ("Early release - 12:00 PM", 720), ("Half day, noon", 720)],
)
def test_a_short_day_may_name_its_time(typed: str, time: int) -> None:
    assert read_kind(typed).value == Kind("early release", time=time)


def calendar(*rows: str, headers: str = "Date | To | Kind | Time | Label") -> dict[str, str]:
    return {"Calendar": "\n".join((headers, *rows))}


SCHOOL = ("2025-08-25 | | First day | |", "2026-06-11 | | Last day | |")


def test_what_a_day_is_may_stand_below_what() -> None:
    tables = read(calendar("2025-08-25 | First day", "2026-06-11 | Last day", headers="Date | What"))
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist() == ["first day", "last day"]


def test_the_time_in_its_kind_is_the_time_of_the_day() -> None:
    tables = read(calendar(*SCHOOL, "2025-10-10 | | Early release 11:30 | |"))
    assert tables.calendar is not None
    assert tables.calendar["time"].tolist() == [-1, -1, 690]
    assert told(tables) == []


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (("2025-09-01 | | Labor Day | |", "2025-11-11 | | Veterans Day | |"), "C4"),
        (("2025-09-05 | | PD | |", "2025-11-10 | | In-service | |"), "C4"),
    ],
)
def test_days_that_may_be_school_days_are_asked_about_once(rows: tuple[str, ...], cell: str) -> None:
    tables = read(calendar(*SCHOOL, *rows))
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist()[2:] == ["no school", "no school"]
    assert (only(tables).severity, only(tables).cell) == ("question", cell)
    assert "(2 rows: 4, 5)" in only(tables).problem


def test_rows_that_are_no_kind_of_day_are_one_problem_but_those_that_may_close_school() -> None:
    kinds = ("PSAT", "Winter break begins", "No school for K-5 only", "SAT day", "First day of winter break")
    rows = (f"2025-10-{day} | | {kind} | |" for day, kind in zip((14, 15, 16, 17, 20), kinds, strict=True))
    problems = read(calendar(*SCHOOL, *rows)).problems
    assert [p.severity for p in problems] == ["error"] * 4
    assert [p.cell for p in problems] == ["C5", "C6", "C8", "C4"]
    assert "(2 rows: 4, 7)" in problems[-1].problem


@pytest.mark.parametrize(
    "typed",
    [
        *("No school bus service", "No school uniform day", "Closed campus lunch", "No school lunch today"),
        *("Library closed", "District office closed", "No student parking"),
    ],
)
def test_another_thing_than_school_is_closed(typed: str) -> None:
    assert read_kind(typed).value is None


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("Staff holiday", "staff"),
        ("No school today - weather, virtual", "at home"),
        ("School closed (remote learning)", "at home"),
        ("Schools and offices closed", ""),
        ("No school - office closed", ""),
        ("No School Teacher Workday", ""),
        ("Student holiday / staff workday", ""),
    ],
)
def test_a_closed_day_that_may_be_of_the_staff_or_held_at_home_is_asked_about(typed: str, doubt: str) -> None:
    assert read_kind(typed).value == Kind("no school", doubt)


@pytest.mark.parametrize("typed", ["Last Day of School (half day)", "Last day of school (tentative)"])
def test_of_the_last_day_what_is_said_besides_is_asked_about(typed: str) -> None:
    tables = read(calendar(SCHOOL[0], f"2026-06-11 | | {typed} | |"))
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist() == ["first day", "last day"]
    assert (only(tables).severity, only(tables).cell) == ("question", "C3")


ASKED = [
    ("No school", "Label", "canceled - school IS open"),
    ("No school", "Label", "Kindergarten only"),
    ("No school", "Notes", "tentative"),
    ("No school", "Notes", "moved to 10/27"),
    ("No school", "Notes", "staff only, students attend"),
    ("No school", "Notes", "through Jan 2"),
    ("No school", "Comments", "grades 9-12"),
    ("No school", "Label", "Half day"),
    ("Early release", "Label", "K-5 only"),
    ("ESY", "Notes", "proposed"),
    ("No school", "Who", "Kindergarten"),
    ("No school", "Grade(s)", "9-12"),
    ("No school", "School", "High School"),
]


@pytest.mark.parametrize(("kind", "header", "cell"), ASKED)
def test_what_may_limit_a_day_is_asked_about_once_a_column(kind: str, header: str, cell: str) -> None:
    headers = f"Date | Kind | Time | {header}"
    rows = ("8/25/2025 | First day | |", *(f"10/{day}/2025 | {kind} | 12:00 | {cell}" for day in (14, 15)))
    tables = read(calendar(*rows, headers=headers))
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist() == ["first day", *[kind.casefold()] * 2]
    questions = [p.cell for p in tables.problems if "may say that the day" in p.problem]
    assert questions == ["D3"]


LEFT_ALONE = [
    ("Label", "Thanksgiving"),
    ("Label", "Staff only"),
    ("Notes", "Veterans Day observed"),
    ("School", "All schools"),
    ("Who", "Students"),
    ("Grades", "K-12"),
]


@pytest.mark.parametrize(("header", "cell"), LEFT_ALONE)
def test_any_other_word_is_left_alone(header: str, cell: str) -> None:
    headers = f"Date | Kind | {header}"
    rows = ("8/25/2025 | First day |", f"10/14/2025 | No school | {cell}")
    assert told(read(calendar(*rows, headers=headers))) == []


def test_a_school_in_every_row_is_the_one_whose_calendar_it_is() -> None:
    rows = ("8/25/2025 | First day | Lincoln", "10/14/2025 | No school | Lincoln")
    assert told(read(calendar(*rows, headers="Date | Kind | School"))) == []


def test_a_break_with_its_last_day_may_say_when_school_resumes() -> None:
    rows = (*SCHOOL, "2025-12-22 | 2026-01-02 | No school | | resumes Jan 5")
    assert told(read(calendar(*rows))) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12) | st.sampled_from(["Day 1", "A", "B day", "Day 45", "D2", "day \xb2"])))
def test_no_rotation_crashes_it(texts: list[str]) -> None:
    numbers = {day.number for day in rotation_days(texts).values()}
    assert not numbers or numbers <= set(range(1, 21))


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=50)
    | st.lists(st.sampled_from("no school PD Q1 K only - 12:00 break".split())).map(" ".join)
)
def test_no_kind_crashes_it(text: str) -> None:
    reading = read_kind(text)
    assert (reading.value is None) == bool(reading.problem)
