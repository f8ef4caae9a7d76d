"""Calendar rows: kinds, spans, times; the school year they give to dates without one."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.intake.small_workbook import TODAY, cells, only, read, told

HEADER = "Date | To | Kind | Time | Label"
SCHOOL = ("2025-08-25 | | First day | |", "2026-06-11 | | Last day | |")


def calendar(*rows: str) -> dict[str, str]:
    return {"Calendar": "\n".join((HEADER, *SCHOOL, *rows))}


KINDS = [
    ("No school", "no school"),
    ("no  school ", "no school"),
    ("Holiday", "no school"),
    ("Early Release", "early release"),
    ("Late start", "late start"),
    ("ESY", "esy"),
    ("Quarter", "quarter"),
    ("Quarter 2", "quarter"),
    ("Trimester", "trimester"),
    ("Semester 1", "semester"),
    ("Term", "term"),
    ("Grading period", "grading_period"),
    ("Marking period 3", "grading_period"),
]


@pytest.mark.parametrize(("typed", "kind"), KINDS)
def test_kinds(typed: str, kind: str) -> None:
    tables = read(calendar(f"2025-10-13 | 2025-10-17 | {typed} | 12:30 |"))
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist() == ["first day", "last day", kind]
    assert not tables.problems


def test_a_cycle_day_keeps_its_number_in_the_label() -> None:
    tables = read(calendar("2025-10-13 | | Cycle day | | 3"))
    assert tables.calendar is not None
    assert tables.calendar[["kind", "label"]].to_numpy().tolist()[2] == ["cycle_day", "3"]


ROTATIONS = {
    # the kinds of the days from Oct 6 on; the numbers of those that are rotation days
    "numbers": (["Day 1", "Day 2", "Day #3", "D4", "Day 1"], "12341"),
    "letters": (["A", "b", "A Day", "B-day", "Day A"], "12121"),
    "beside a day off": (["Day 5", "No school", "Day 6"], "56"),
    "in so many words": (["Cycle day 3"], "3"),
    "the first day, or of a cycle": (["Day 1"], ""),
    "days are counted": ([f"Day {number}" for number in range(1, 13)], ""),
    "a milestone": (["Day 1", "Day 2", "Day 45"], ""),
    "no cycle of two": (["A", "B", "C"], ""),
    "two cycles": (["A", "Day 2", "B"], ""),
    "one letter": (["A"], ""),
}


@pytest.mark.parametrize("case", ROTATIONS)
def test_a_rotation_day_may_stand_below_kind(case: str) -> None:
    kinds, numbers = ROTATIONS[case]
    tables = read(calendar(*(f"2025-10-{day:02} | | {kind} | |" for day, kind in enumerate(kinds, 6))))
    assert tables.calendar is not None
    days = tables.calendar[tables.calendar["kind"] == "cycle_day"]
    assert "".join(days["label"]) == numbers
    assert {one[0] for one in told(tables)} == ({"error"} if not numbers else set())


def test_a_rotation_day_in_label_may_be_a_letter() -> None:
    tables = read(calendar("2025-10-06 | | Cycle day | | A", "2025-10-07 | | Cycle day | | B"))
    assert tables.calendar is not None
    assert tables.calendar["label"].tolist()[2:] == ["1", "2"]


A_B = [("School", "", "A"), ("School day", "", "B"), ("No school", "", ""), ("In session", "", "A day")]
OF_SCHOOL = {
    # kind, time, label of the days from Oct 6 on; the kinds and labels read; the cells of errors
    "a rotation": (A_B, ["cycle_day 1", "cycle_day 2", "no school", "cycle_day 1"], []),
    "by numbers": (
        [("School", "", str(day)) for day in (1, 2, 3, 1)],
        [f"cycle_day {n}" for n in "1231"],
        [],
    ),
    "days counted": ([("School", "", f"Day {day}") for day in range(1, 23)], [], []),
    "one number": ([("Regular day", "", "Day 3")], [], ["E4"]),
    "short": ([("School", "11:30", "early dismissal")], ["early release early dismissal"], []),
    "short, in words": ([("In session", "", "dismiss 12:00")], [], ["E4"]),
    "a time alone": ([("School", "11:30", "")], [], ["D4"]),
    "short on a rotation day": ([*A_B[:2], ("School", "11:30", "A")], ["cycle_day 1", "cycle_day 2"], ["D6"]),
    "closed": ([("School", "", "closed for elections"), ("School", "", "Veterans Day")], [], ["E4"]),
    "a term": ([("School", "", "Q2 begins")], ["quarter Q2 begins"], []),
    "nothing": (
        [("School", "", "Monday"), ("School", "All day", "Picture day")],
        [],
        [],
    ),
}


@pytest.mark.parametrize("case", OF_SCHOOL)
def test_what_stands_beside_a_day_of_school_says_what_day_it_is(case: str) -> None:
    days, kinds, errors = OF_SCHOOL[case]
    rows = (f"2025-10-{day:02} | | {' | '.join(cells)}" for day, cells in enumerate(days, 6))
    tables = read(calendar(*rows))
    assert tables.calendar is not None
    found = (tables.calendar["kind"] + " " + tables.calendar["label"]).str.strip().tolist()
    assert found[2:] == kinds
    assert [one.cell for one in tables.problems if one.severity == "error"] == errors


BESIDE_SCHOOL = [
    # header, the cells of two days; the kinds read, the cells asked about
    ("Rotation", "A", "B", ["cycle_day", "cycle_day"], []),
    ("Cycle day", "1", "2", ["cycle_day", "cycle_day"], []),
    ("Day", "1", "2", [], ["C3"]),
    ("Notes", "fun", "dismiss 12:00", [], ["C4"]),
    ("Notes", "half day", "A day", [], ["C3"]),
    ("Day", "Monday", "Tuesday", [], []),
]


@pytest.mark.parametrize(("header", "one", "two", "kinds", "asked"), BESIDE_SCHOOL)
def test_any_column_beside_a_day_of_school(
    header: str, one: str, two: str, kinds: list[str], asked: list[str]
) -> None:
    rows = ("2025-08-25 | First day |", f"2025-10-06 | School | {one}", f"2025-10-07 | School | {two}")
    tables = read({"Calendar": "\n".join((f"Date | Kind | {header}", *rows))})
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist()[1:] == kinds
    assert [one.cell for one in tables.problems if one.severity == "question"] == asked


def test_a_short_day_of_a_rotation_is_asked_about() -> None:
    rows = ("2025-10-06 | | School | | A", "2025-10-07 | | Early release | 11:30 | B")
    tables = read(calendar(*rows, "2025-10-08 | | School | | A"))
    assert [one.cell for one in tables.problems if one.severity == "question"] == ["E5"]


CYCLES = {
    # days of the schedule, kinds of the calendar; the cell that is asked about
    "alike": ("A day", ["A", "B"], []),
    "a longer one on the Calendar": ("A day", ["Day 1", "Day 2", "Day 3"], ["C6"]),
    "a longer one on the Schedule": ("Day 1, 4 (6-day cycle)", ["A", "B"], ["C4"]),
}


@pytest.mark.parametrize("case", CYCLES)
def test_another_rotation_than_the_schedules_is_asked_about(case: str) -> None:
    days, kinds, asked = CYCLES[case]
    schedule = f"Student | Service | Days | Start | End\nAna R. | Speech therapy | {days} | 9:00 | 9:30"
    rows = calendar(*(f"2025-10-{day:02} | | {kind} | |" for day, kind in enumerate(kinds, 6)))
    problems = read({**rows, "Schedule": schedule}).problems
    assert [one.cell for one in problems if "a cycle of" in one.problem] == asked


def test_of_students_and_staff_the_students_day_counts() -> None:
    rows = ("8/25/2025 | First day | First day", "10/13/2025 | No school | Workday", "10/14/2025 | School |")
    tables = read({"Calendar": "\n".join(("Date | Students | Staff", *rows))})
    assert tables.calendar is not None
    assert tables.calendar["kind"].tolist() == ["first day", "no school"]
    assert [(one.severity, one.cell) for one in tables.problems] == [("note", "B4")]


SPANS = [
    # date                   to              first, last
    ("2025-11-26", "2025-11-28", date(2025, 11, 26), date(2025, 11, 28)),
    ("2025-11-26", "", date(2025, 11, 26), date(2025, 11, 26)),
    ("11/26-11/28", "", date(2025, 11, 26), date(2025, 11, 28)),
    ("12/22/2025", "1/2/2026", date(2025, 12, 22), date(2026, 1, 2)),
    ("12/22", "1/2", date(2025, 12, 22), date(2026, 1, 2)),
]


@pytest.mark.parametrize(("typed", "to", "first", "last"), SPANS)
def test_days_and_spans(typed: str, to: str, first: date, last: date) -> None:
    tables = read(calendar(f"{typed} | {to} | No school | | Closed"))
    assert tables.calendar is not None
    assert [day.date() for day in tables.calendar.loc[2, ["date", "to"]]] == [first, last]
    assert not tables.problems


LEFT_OUT = [
    # row                                        cell
    ("soon | | No school | |", "A4"),
    (" | | No school | | x", "A4"),
    ("2025-11-26 | | Perhaps | |", "C4"),
    ("2025-11-26 | | | | x", "C4"),
    ("2025-11-26 | 2025-11-25 | No school | |", "B4"),
    ("2025-11-26 | 2026-11-28 | No school | |", "B4"),
    ("2025-11-26 | later | No school | |", "B4"),
    ("2025-11-26 | | Cycle day | | third", "E4"),
]


@pytest.mark.parametrize(("row", "cell"), LEFT_OUT, ids=[case[0] for case in LEFT_OUT])
def test_a_row_that_cannot_be_read_is_reported_and_left_out(row: str, cell: str) -> None:
    tables = read(calendar(row, "2025-12-01 | | No school | |"))
    assert tables.calendar is not None
    assert tables.calendar["row"].tolist() == [2, 3, 5]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", f"Calendar!{cell}")]


def test_an_early_release_without_its_time_is_asked_about() -> None:
    tables = read(calendar("2025-10-08 | | Early release | |"))
    assert (only(tables).severity, only(tables).cell) == ("question", "D4")
    assert only(tables).value == "Early release"


def test_a_clock_cell_is_a_time() -> None:
    rows = cells("\n".join((HEADER, *SCHOOL, "2025-10-08 | | Early release | |")))
    rows[3][3] = time(12, 30)
    tables = read({"Calendar": rows})
    assert tables.calendar is not None
    assert tables.calendar["time"].tolist() == [-1, -1, 750]


def test_an_esy_window_of_one_day_and_a_second_first_day_are_asked_about() -> None:
    tables = read(calendar("2026-07-06 | | ESY | |", "2025-08-26 | | First day | |"))
    assert [where for _, where, _ in told(tables)] == ["Calendar!B4", "Calendar!C5"]


ESY = "7/6 | 7/30 | ESY | |"


def test_of_two_school_years_the_one_that_has_begun_last_gives_the_year() -> None:
    next_year = ("2026-08-24 | | First day | |", "2027-06-10 | | Last day | |")
    entry = "Date | Student | Service | Status\n10/6 | Ana R. | Speech therapy | Delivered"
    tables = read({**calendar(*next_year), "Service Log": entry}, today=date(2026, 10, 20))
    assert tables.log["date"].dt.date.tolist() == [date(2026, 10, 6)]
    assert not tables.problems


def test_a_summer_without_a_year_comes_after_the_school_year() -> None:
    tables = read(calendar(ESY))
    assert tables.calendar is not None
    assert [day.date() for day in tables.calendar.loc[2, ["date", "to"]]] == [
        date(2026, 7, 6),
        date(2026, 7, 30),
    ]


def test_the_school_year_with_its_esy_windows_gives_dates_their_year() -> None:
    entry = "Date | Student | Service | Status\n{} | Ana R. | Speech therapy | Delivered"
    tables = read({**calendar(ESY), "Service Log": entry.format("7/9")}, today=date(2026, 7, 20))
    assert tables.log["date"].dt.date.tolist() == [date(2026, 7, 9)]
    assert only(read({**calendar(), "Service Log": entry.format("7/9")})).cell == "A2"


def test_without_a_calendar_the_school_year_is_the_one_around_today() -> None:
    entry = "Date | Student | Service | Status\n10/6 | Ana R. | Speech therapy | Delivered"
    tables = read({"Calendar": None, "Service Log": entry}, today=TODAY)
    assert tables.log["date"].dt.date.tolist() == [date(2025, 10, 6)]


BREAKS = {
    # what stands on the Calendar; whether it is asked about
    "a day of a break": (["2025-12-22 | | Winter break | |"], True),
    "a week": (["2026-04-20 | | No school - spring week | |"], True),
    "days that are counted": (["2025-11-26 | | No school | | Thanksgiving (3 days)"], True),
    "in the label": (["2025-12-22 | | No school | | Winter Recess"], True),
    "to its last day": (["2025-12-22 | 2026-01-02 | Winter break | |"], False),
    "a row for each day": (["2025-12-22 | | Winter break | |", "2025-12-23 | | Winter break | |"], False),
    "a day": (["2025-10-13 | | No school | | Columbus Day"], False),
}


@pytest.mark.parametrize("kept", BREAKS)
def test_a_break_of_one_day_is_asked_about(kept: str) -> None:
    rows, asked = BREAKS[kept]
    problems = [one for one in read(calendar(*rows)).problems if "one day long" in one.problem]
    assert [(one.cell, one.value) for one in problems] == ([("B4", "")] if asked else [])
