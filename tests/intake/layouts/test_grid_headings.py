"""Attendance grids with headings among the students, and several tables: which days, what service."""

from __future__ import annotations

import pytest

from tests.intake.layouts.test_attendance_grid import SPEECH, Rows, entries, with_log
from tests.intake.layouts.test_grid_tables import wrong
from tests.intake.small_workbook import told

OT = "Occupational therapy"
SEPTEMBER: Rows = [["Speech"], ["September 2025"], ["Student", 3.0, 4.0, 8.0], ["Ana R.", 30.0]]
WEEK: Rows = [["Speech"], ["Week of 9/8"], ["Student", "Mon", "Tue", "Wed"], ["Ana R.", 30.0]]
DAYS = ["Student", "9/8", "9/10", "9/12"]

NOT_TOLD: dict[str, tuple[Rows, str]] = {
    # the first table, then a second one of which no days are told -> its cell
    **{
        f"titled {title}": ([*SEPTEMBER, [], [title], ["Student", 1.0, 2.0, 6.0], ["Ana R.", "SNA"]], "A7")
        for title in ("Octubre", "Oct 25", "OCTOBRE", "Novmber")
    },
    "without a title": ([*SEPTEMBER, [], ["Student", 1.0, 2.0, 6.0], ["Ana R.", "SNA"]], "A6"),
    "the same days, another month": ([*SEPTEMBER, ["OCTOBRE"], SEPTEMBER[2], ["Ana R.", "SNA"]], "A6"),
    "days alone": ([*SEPTEMBER, [None, 1.0, 2.0, 6.0], ["Ana R.", "SNA"]], "B5"),
    "the month left of its days": (
        [
            ["Speech"],
            ["October", 1.0, 2.0, 6.0],
            ["Ana R.", 30.0],
            ["Novmber", 3.0, 5.0, 10.0],
            ["Ana R.", "SNA"],
        ],
        "A4",
    ),
    "by fives": ([*SEPTEMBER, ["Novmber", 5.0, 10.0, 20.0], ["Ana R.", "SNA"]], "A5"),
    "the week counted": ([*WEEK, ["Week 2"], ["Student", "Mon", "Tue", "Wed"], ["Ana R.", "SNA"]], "A6"),
    "the week's days": ([*WEEK, ["9/15 - 9/19"], ["Student", "Mon", "Tue", "Wed"], ["Ana R.", "SNA"]], "A6"),
    "weekdays alone": ([*WEEK, ["Week 2", "Mon", "Tue", "Wed"], ["Ana R.", "SNA"]], "A5"),
}


@pytest.mark.parametrize("how", NOT_TOLD)
def test_a_table_without_its_own_month_or_week_is_not_read_under_the_one_above(how: str) -> None:
    rows, cell = NOT_TOLD[how]
    tables = with_log(*rows)
    assert [entry[3:] for entry in entries(tables)] == [("delivered", 30)]
    assert wrong(tables) == [("error", cell)]
    assert "its days are not told" in told(tables)[0][2]


@pytest.mark.parametrize(
    "between",
    [[], [["Grade 4"]], [["OT"]], [[None, None, None, None]]],
    ids=["page", "grade", "service", "gap"],
)
def test_the_headers_once_more_at_the_head_of_a_page_begin_no_table(between: Rows) -> None:
    tables = with_log(*SEPTEMBER, *between, SEPTEMBER[2], ["Ben T.", "SNA"])
    assert [entry[0] for entry in entries(tables)] == ["2025-09-03", "2025-09-03"]
    assert tables.problems == ()


@pytest.mark.parametrize("title", ["10/2025", "10-2025", "October 2025", "Oct. 2025", "Oct '25"])
def test_a_month_in_the_ways_of_staff(title: str) -> None:
    tables = with_log(*SEPTEMBER, [], [title], ["Student", 1.0, 2.0, 6.0], ["Ana R.", "SNA"])
    assert [entry[0] for entry in entries(tables)] == ["2025-09-03", "2025-10-01"]


HEADINGS = [
    # a heading below "OT"       the service of what is below it
    ("Speech", SPEECH),
    ("Speech - Group 1", SPEECH),
    ("Group 2 - Language", SPEECH),
    ("Speech (pull-out)", SPEECH),
    ("Grade 3", OT),
    ("Group 2", OT),
    ("Mrs. Hill's class", OT),
    ("Mr. O'Hill", OT),
    ("Monday 9:00 group", OT),
    ("Lincoln Elementary", OT),
    ("RTI (not IEP)", None),
    ("Inactive / moved", None),
    ("Evaluations", None),
    ("Last Year", None),
    ("Speech evaluations", None),
    ("Make-up sessions", None),
    ("October", None),
]


@pytest.mark.parametrize(("heading", "service"), HEADINGS)
def test_a_heading_names_the_service_below_it_or_leaves_it_or_ends_it(
    heading: str, service: str | None
) -> None:
    tables = with_log(
        DAYS, ["OT"], ["Ana R.", 30.0], [heading], ["Ben T.", 25.0], ["Speech"], ["Ana R.", 20.0]
    )
    read = {entry[4]: entry[2] for entry in entries(tables)}
    assert read == {30: OT, 20: SPEECH} | ({25: service} if service else {})
    assert wrong(tables) == ([] if service else [("error", "A4")])


def test_a_heading_that_is_not_understood_says_nothing_where_the_service_stands_beside_each_student() -> None:
    tables = with_log(
        ["Student", "Service", "9/8", "9/10", "9/12"],
        ["Evaluations"],
        ["Ana R.", "OT", 30.0],
        ["Notes: none"],
    )
    assert [entry[2] for entry in entries(tables)] == [OT]
    assert tables.problems == ()


def test_a_name_of_nobody_without_entries_is_asked_about_and_ends_no_service() -> None:
    tables = with_log(["OT"], DAYS, ["Ana R."], ["Zoe Quill"], ["Ben T.", 30.0])
    assert [entry[1:3] for entry in entries(tables)] == [("Ben T.", OT)]
    assert wrong(tables) == [("question", "A4")]


TITLES = [
    # the title of a second table below one of speech  the service of it
    ("Social group (not IEP)", None),
    ("Evaluations", None),
    ("OT", OT),
    ("October 2025", SPEECH),
    ("Kim's sessions 25-26", None),
    ("Attendance, Grade 3, Oct. 2025", SPEECH),
    ("Student log (continued)", SPEECH),
]


@pytest.mark.parametrize(("title", "service"), TITLES)
def test_a_second_table_has_the_service_of_the_first_unless_its_title_may_speak_of_another(
    title: str, service: str | None
) -> None:
    tables = with_log(
        ["Speech"], DAYS, ["Ana R.", 30.0], [], [title], ["Student", "10/1", "10/6", "10/8"], ["Ana R.", 25.0]
    )
    assert [entry[2] for entry in entries(tables)] == [SPEECH, *([service] if service else [])]
    assert wrong(tables) == ([] if service else [("error", "A5")])


def test_a_header_below_one_date_alone_in_a_short_row_is_refused_with_its_cells() -> None:
    tables = with_log(
        ["Speech"],
        ["Student", "9/8", "9/9", "9/10"],
        ["", "Code"],
        ["Ana R.", "SNA"],
        ["Student", "10/1", "10/6", "10/8"],
        ["Ana R.", 30.0],
    )
    assert [entry[0] for entry in entries(tables)] == ["2025-10-01"]
    assert ("error", "B3") in wrong(tables)
