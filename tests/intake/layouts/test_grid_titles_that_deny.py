"""What an attendance grid's titles and columns say against what stands in it, and rosters that count rows."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.config import Names
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import Rows, entries, with_log
from tests.intake.layouts.test_grid_tables import days, wrong

DAYS: list[CellValue] = ["9/8", "9/10", "9/12"]
ANA: list[CellValue] = ["Ana R.", 30.0, "SNA", 25.0]


@pytest.mark.parametrize("header", ["#", "No.", "No", "Nr", "Num"])
def test_a_monthly_roster_may_count_its_students(header: str) -> None:
    rows: Rows = [["Speech - October 2025"], [header, "Student", 1.0, 2.0, 6.0, 8.0]]
    tables = with_log(*rows, [1.0, "Ana R.", 30.0, "SA", 30.0, 25.0], [2.0, "Ben T.", None, 20.0])
    assert days(tables) == ["10-01", "10-02", "10-06", "10-08", "10-02"]
    assert [entry[4] for entry in entries(tables)] == [30, -1, 30, 25, 20]
    assert wrong(tables) == []


DENIED = [
    *("Speech - planned minutes", "Scheduled minutes - Speech", "Required minutes", "Speech minutes owed"),
    *("Speech minutes missed", "Minutes not provided", "Speech cancellations", "Projected minutes"),
    *("Speech (draft)", "Speech prep minutes", "Speech paperwork", "Speech homework", "Speech screening"),
    *("Speech evaluations", "Speech compensatory minutes", "Make-up minutes", "Speech - Medicaid units"),
    *("Billing units", "Units billed", "Speech measures", "Speech - minutes to be made up", "OT observation"),
    *("Speech group log - absent students", "Speech - parent contact log", "Speech meetings", "OT planning"),
]


@pytest.mark.parametrize("title", DENIED)
def test_a_title_that_denies_that_the_numbers_were_given_refuses_them(title: str) -> None:
    with pytest.raises(CannotCount, match="no entry that can be read: A1: "):
        with_log([title], ["Student", "Service", *DAYS], [ANA[0], "Speech", *ANA[1:]])


def test_so_does_the_name_of_the_tab_and_no_header_of_a_column() -> None:
    names = Names(tabs={"Service Log": "Log - planned min"})
    with pytest.raises(CannotCount):
        with_log(["Speech"], ["Student", *DAYS], ANA, name="Log - planned min", names=names)
    for header in ("Required min", "Make-ups owed", "Mandated"):
        tables = with_log(["Speech"], ["Student", header, *DAYS], [ANA[0], 60.0, *ANA[1:]])
        asked = [("question", "B3")] if "owed" in header else []
        assert (len(entries(tables)), wrong(tables)) == (3, asked)
        below: Rows = [["Student", header, "September 2025"], [None, None, 8.0, 10.0, 12.0]]
        assert len(entries(with_log(["Speech"], *below, [ANA[0], 60.0, *ANA[1:]]))) == 3


WEEKS: list[Rows] = [
    [["Student (week of)", "9/8", "9/15"]],
    [[None, "Week of", "Week of"], ["Student", "9/8", "9/15"]],
    [["Weekly speech minutes"], ["Student", "9/8", "9/15"]],
]


@pytest.mark.parametrize("above", WEEKS)
def test_weeks_beside_the_dates_are_asked_about(above: Rows) -> None:
    asked = wrong(with_log(["Speech"], *above, ["Ana R.", 60.0, 30.0], ["Ben T.", 60.0, 30.0]))
    assert [severity for severity, _ in asked] == ["question"]
    daily: Rows = [*above[:-1], [above[-1][0], "9/8", "9/10"], ["Ana R.", 30.0, 30.0]]
    assert wrong(with_log(["Speech"], *daily)) == []


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        *((header, 60.0, []) for header in ("Min/week", "IEP min per week", "Weekly minutes")),
        ("Sessions/week", "2x", []),
        ("Minutes per week", None, ["question"]),  # it may be that of the dates
        ("Week of", None, ["question"]),
    ],
)
def test_a_header_of_its_own_column_says_nothing_of_the_dates(
    header: str, cell: CellValue, said: list[str]
) -> None:
    tables = with_log(["Speech"], ["Student", header, "9/8", "9/15"], ["Ana R.", cell, 60.0, 30.0])
    assert [severity for severity, _ in wrong(tables)] == said


ASKED = {
    # title -> what is said; all three entries are read
    "Speech attendance": [],
    "Speech - minutes provided": [],
    "Speech, 30 minutes per week": [],
    "Speech - scheduled and delivered minutes": [("question", "A1")],
    "Speech: 60 min/week required": [("question", "A1")],
    "Speech - Medicaid billed": [("question", "A1")],
    "Speech - make-ups are in yellow": [("question", "A1")],
}


@pytest.mark.parametrize("title", ASKED)
def test_a_title_that_may_speak_of_some_of_the_cells_is_asked_about(title: str) -> None:
    tables = with_log([title], ["Student", *DAYS], ANA)
    assert (len(entries(tables)), wrong(tables)) == (3, ASKED[title])


def test_codes_below_a_title_of_cancellations_are_read() -> None:
    tables = with_log(["Speech cancellations"], ["Student", *DAYS], ["Ana R.", "SA", "SNA", "SA"])
    assert (len(entries(tables)), wrong(tables)) == (3, [("question", "A1")])


@pytest.mark.parametrize("header", ["Measure", "DD", None])
def test_rows_of_scores_are_not_read_as_minutes(header: str | None) -> None:
    rows: Rows = [["Ana R.", "Trials correct", 20.0, 15.0], ["Ben T.", "accuracy", 80.0]]
    with pytest.raises(CannotCount, match="no entry that can be read"):
        with_log(["Speech"], ["Student", header, *DAYS], *rows)
    tables = with_log(["Speech attendance"], ["Student", header, *DAYS], *rows, ["Ben T.", None, 30.0])
    assert [entry[4] for entry in entries(tables)] == [30]
    assert wrong(tables) == [("error", "B3")]


@pytest.mark.parametrize(
    ("title", "across", "said"),
    [
        ("Speech minutes per week", ["9/12", "9/19", "9/26"], [("question", "A1")]),
        (
            "Speech - week ending",
            [date(2025, 9, 12), date(2025, 9, 19), date(2025, 9, 26)],
            [("question", "A1")],
        ),
        ("Speech minutes per week", DAYS, []),
        ("Speech", ["9/12", "9/19", "9/26"], []),
    ],
)
def test_numbers_that_may_be_of_whole_weeks_are_asked_about(
    title: str, across: list[CellValue], said: list[tuple[str, str]]
) -> None:
    tables = with_log([title], ["Student", *across], ANA)
    assert (len(entries(tables)), wrong(tables)) == (3, said)


def test_ticks_and_numbers_below_a_title_of_absences_are_not_read_as_given() -> None:
    above: Rows = [["Missed sessions"], ["Student", "Service", *DAYS]]
    ticked = with_log(*above, ["Ana R.", "Speech", True, "SA"])
    assert (days(ticked), sorted(wrong(ticked))) == (["09-10"], [("error", "C3"), ("question", "A1")])
    with pytest.raises(CannotCount, match="no entry that can be read: A1: "):
        with_log(*above, ["Ana R.", "Speech", 30.0, None])


LIST: Rows = [["Date", "Student", "Service", "Status"], ["9/8", "Ana R.", "Speech", "Delivered"]]


@pytest.mark.parametrize(
    ("title", "rows", "said"),
    [
        ("Speech attendance 2024-25", [["Student", *DAYS], ANA], [("question", "A1")]),
        ("Speech attendance 2025-26", [["Student", *DAYS], ANA], []),
        ("Speech attendance 2024-25", [["Student", "9/8/25", "9/10/25", "9/12/25"], ANA], []),
        ("Service log 2024-25", LIST, [("question", "A1")]),
        ("Service log 2025-26", LIST, []),
    ],
)
def test_a_title_of_another_school_year_over_dates_without_one_is_asked_about(
    title: str, rows: Rows, said: list[tuple[str, str]]
) -> None:
    assert wrong(with_log([title], *rows)) == said
