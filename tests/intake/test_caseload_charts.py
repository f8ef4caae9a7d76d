"""A Caseload in several charts, joined by student: below or beside each other, or on two tabs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.small_workbook import cells, read, told

DATES = """
    Student | Student ID | IEP end    | Exit date
    Ana R.  | S1         | 2026-03-02 |
    Ben T.  | S2         | 2026-05-11 | 2026-01-16
    Cal W.  | S3         | 2026-02-20 |
    """
DAYS = """
    Student | Room | Grade | Teacher email
    Ben T.  | 104  | 2     | lee@school.example
    Ana R.  | 112  | 3     | kay@school.example
    """
WHO = [
    ("Ana R.", "S1", "3", "kay@school.example", "NaT"),
    ("Ben T.", "S2", "2", "lee@school.example", "2026-01-16"),
    ("Cal W.", "S3", "", "", "NaT"),
]
BOTH = Names(tabs={"Caseload": "Dates"}, further_tabs={"Caseload": ("Days",)})


def students(tables: Tables) -> list[tuple[str, ...]]:
    names = ("student", "student_id", "grade", "teacher_email", "exit")
    return [
        tuple(str(one[name]).removesuffix(" 00:00:00") for name in names)
        for one in tables.students.to_dict("records")
    ]


def below(*tables: str) -> list[list[object]]:
    """Put tables below each other, a blank row between."""
    return [row for table in tables for row in [*cells(table), [None]]]


def beside(first: str, second: str, gap: int = 1) -> list[list[object]]:
    """Put two tables beside each other."""
    left, right = cells(first), cells(second)
    width = len(left[0])
    rows = max(len(left), len(right))
    left += [[None] * width] * (rows - len(left))
    right += [[]] * (rows - len(right))
    return [[*one, *[None] * gap, *other] for one, other in zip(left, right, strict=True)]


def of(caseload: object, names: Names | None = None, **more: object) -> Tables:
    changes: Mapping[str, object] = {"Caseload": caseload, **more}
    return read(changes, names)  # type: ignore[arg-type]


def said(tables: Tables) -> list[tuple[str, str, str]]:
    """Return what is told, but for the note that charts were joined."""
    return [one for one in told(tables) if "joined by student" not in one[2]]


@pytest.mark.parametrize(
    "caseload",
    [
        below(DATES, DAYS),
        [["Dates"], *below(DATES), ["Days"], *below(DAYS)],
        [["Dates", None, None], *cells(DATES), *cells(DAYS)],
        [[None]] * 60 + below(DATES) + [[None]] * 60 + below(DAYS),
        beside(DATES, DAYS),
        beside(DATES, DAYS, gap=3),
        beside(DATES, DAYS, gap=0),
        [["Caseload 2025-26"], *beside(DATES, DAYS)],
        [[None, *row] for row in beside(DATES, DAYS)],
    ],
    ids=["below", "titles", "no blank row", "far", "beside", "wide gap", "no gap", "title", "not in A"],
)
def test_two_charts_on_the_caseload_are_joined_by_student(caseload: list[list[object]]) -> None:
    tables = of(caseload)
    assert students(tables) == WHO
    assert said(tables) == []
    assert [one[2] for one in told(tables)] == [
        "2 tables here are read as one Caseload, joined by student: 2 of 3 students stand in both."
    ]


def test_two_charts_on_two_tabs_that_the_configuration_names() -> None:
    tables = of(None, BOTH, Dates=DATES, Days=DAYS)
    assert students(tables) == WHO
    joined = 'The tabs "Dates" and "Days" are read as one Caseload, joined by student'
    assert told(tables) == [("note", "Days!", f"{joined}: 2 of 3 students stand in both.")]


def test_tabs_that_look_like_a_caseload_are_charts_where_they_say_different_things_of_the_same() -> None:
    assert students(of(None, Roster=DATES, **{"Student info": DAYS})) == WHO
    assert students(of(DATES, Roster=DAYS)) == WHO


@pytest.mark.parametrize(
    "roster",
    ["Student | Grade | Exit date\nAna R. | 3 |\nBen T. | 2 |", "Student | Grade\nDee | 3\nEli | 2\nFay | 2"],
    ids=["a field of both", "other students"],
)
def test_tabs_that_may_be_two_caseloads_are_not_joined_unasked(roster: str) -> None:
    with pytest.raises(CannotCount, match="could each be the Caseload"):
        of(None, Roster=roster, **{"Student info": DATES})
    tables = of(DATES, Roster=roster)
    assert [name for name, *_ in students(tables)] == ["Ana R.", "Ben T.", "Cal W."]
    assert (
        "question",
        "Roster!",
        'This tab also looks like a Caseload. It was not read; "Caseload" was.',
    ) in told(tables)


def test_a_student_of_the_second_chart_alone_is_known_all_the_same() -> None:
    days = DAYS.rstrip() + "\n    Dee K.  | 7 | K | "
    tables = of(None, BOTH, Dates=DATES, Days=days)
    assert [name for name, *_ in students(tables)] == ["Ana R.", "Ben T.", "Cal W.", "Dee K."]
    assert tables.at("Caseload", int(tables.students["row"].iloc[-1])) == "Days!A4"
    assert tables.place("Caseload", "Grade", int(tables.students["row"].iloc[0])) == ("Days", "C3")
    assert tables.place("Caseload", "Exit date", int(tables.students["row"].iloc[1])) == ("Dates", "D3")


def test_what_two_charts_say_differently_is_asked_about_and_the_first_counts() -> None:
    dates = DATES.replace("IEP end   ", "Grade     ").replace("2026-03-02", "4").replace("2026-05-11", "Gr 2")
    tables = of(None, BOTH, Dates=dates, Days=DAYS)
    assert students(tables)[0][:3] == ("Ana R.", "S1", "4")
    assert said(tables) == [
        (
            "question",
            "Days!C3",
            'C2 of the tab "Dates" says 4 as Grade of the same student: that counts, and not this.',
        )
    ]


def test_contradictions_in_one_tab_name_both_cells() -> None:
    tables = of(beside(DATES.replace("IEP end   ", "Grade     "), DAYS))
    assert (
        "question",
        "Caseload!H3",
        "C2 says 2026-03-02 as Grade of the same student: that counts, and not this.",
    ) in (said(tables))


@pytest.mark.parametrize(
    ("name", "severity", "problem"),
    [
        ("R., Ana", "note", "Another form of a name is taken for Ana R. of the chart before."),
        ("ana r", None, ""),
        ("S1", None, ""),
        (
            "Ben T.",
            "error",
            "Row 2 of this chart is taken for the same student. The row is not joined with any, nor read.",
        ),
        (
            "Anna R.",
            "question",
            "The chart before does not have this name: it is a student of its own. Is it Ana R.?",
        ),
    ],
)
def test_how_the_second_chart_writes_a_name(name: str, severity: str | None, problem: str) -> None:
    tables = of(None, BOTH, Dates=DATES, Days=DAYS.replace("Ana R.", name))
    assert said(tables) == ([(severity, "Days!A3", problem)] if severity else [])
    own = 4 if severity == "question" else 3
    assert len(tables.students) == own
    assert (students(tables)[0][2] == "3") == (severity in (None, "note"))


def test_a_name_that_two_students_have_is_joined_by_the_id_alone() -> None:
    dates = DATES.replace("Ben T.", "Ana R.")
    days = (
        DAYS.replace("Ben T.", "Ana R.")
        .replace("Room", "Student ID")
        .replace("104", "S2  ")
        .replace("112", "S1 ")
    )
    tables = of(None, BOTH, Dates=dates, Days=days)
    assert [one[:3] for one in students(tables)][:2] == [
        ("Ana R. (S1)", "S1", "3"),
        ("Ana R. (S2)", "S2", "2"),
    ]
    tables = of(None, BOTH, Dates=dates, Days=DAYS.replace("Ben T.", "Ana R."))
    refused = "Two students have this name in the chart before, and nothing tells which is meant."
    errors = [(where, what) for severity, where, what in said(tables) if severity == "error"]
    assert [one for one in errors if one[0].startswith("Days")] == [
        (cell, f"{refused} The row is not joined with any, nor read.") for cell in ("Days!A2", "Days!A3")
    ]


def test_what_cannot_be_read_in_the_second_chart_is_named_by_its_own_cell() -> None:
    days = DAYS.replace("Room", "Exit date").replace("112", "soon")
    tables = of(None, BOTH, Dates=DATES.replace("Exit date", "Plan"), Days=days)
    assert [where for severity, where, _ in said(tables) if severity == "error"] == ["Days!B3", "Days!B2"]


def test_columns_that_may_belong_to_either_table_are_refused() -> None:
    caseload = [["Grade", "Student", "Plan", "Student", "School"], ["3", "Ana R.", "IEP", "Ben T.", "North"]]
    with pytest.raises(CannotCount, match="2 columns that read as Student"):
        of(caseload)


def test_a_header_that_is_repeated_begins_no_second_table() -> None:
    tables = of(cells(DATES) + cells(DATES)[:1] + [["Dee K."]])
    assert [name for name, *_ in students(tables)] == ["Ana R.", "Ben T.", "Cal W.", "Dee K."]
    assert told(tables) == []


def test_services_in_columns_of_one_of_two_charts_are_the_grid() -> None:
    days = """
        Student | Room | Speech
        Ben T.  | 104  | 1x30/wk
        Ana R.  | 112  | 2x30/wk
        """
    for caseload in (beside(DATES, days), below(DATES, days)):
        tables = of(caseload, **{"Service Grid": None})
        assert list(zip(tables.lines["student"], tables.lines["sessions"], strict=True)) == [
            ("Ben T.", 1),
            ("Ana R.", 2),
        ]


HEADERS = st.sampled_from(
    ["Student", "Name", "First name", "Last name", "Grade", "Room", "Speech", "Bus?", None]
)
CELLS = st.sampled_from(
    ["Ana R.", "Ben T.", "R., Ana", "Student", "2x30/wk", "3", None, 7.0, date(2026, 1, 5)]
)


@given(st.lists(st.lists(st.one_of(HEADERS, CELLS), max_size=8), max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_caseload_is_read_by_half_or_crashes(rows: list[list[CellValue]]) -> None:
    """Whoever is named below a header Student is a student or stands on Data Problems."""
    try:
        tables = of([["Student", "Grade"], ["Cal W.", "3"], *rows])
    except CannotCount:
        return
    assert "Cal W." in set(tables.students["student"])
    assert tables.students["student"].is_unique or any(severity == "error" for severity, *_ in told(tables))


@given(st.permutations(WHO), st.permutations(WHO), st.booleans(), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_however_two_charts_are_laid_and_sorted_they_give_the_same(
    first: list[tuple[str, ...]], second: list[tuple[str, ...]], sideways: bool, gap: int
) -> None:
    left: list[list[CellValue]] = [["Student", "ID"], *([one[0], one[1]] for one in first)]
    right: list[list[CellValue]] = [["Name", "Gr", "Teacher email"], *([one[0], *one[2:4]] for one in second)]
    if sideways:
        laid = [[*one, *[None] * gap, *other] for one, other in zip(left, right, strict=True)]
    else:
        laid = [*left, *[[]] * gap, *right]
    assert sorted(one[:4] for one in students(of(laid))) == sorted(one[:4] for one in WHO)
