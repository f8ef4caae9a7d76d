"""A plan book kept week by week as Schedule and Service Log of a workbook, alone and beside other tabs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Category, Tables
from tests.intake.small_workbook import SMALL, read, told

Row = list[CellValue]
DAYS: Row = ["Time", "Mon", "Tue", "Wed"]
HELD: list[Row] = [
    ["Week of 9/29/2025"],
    DAYS,
    ["9:00-9:30", "Ana R. - Speech - held", None, "Ana R. speech (absent)"],
]
TO_COME: list[Row] = [["Week of 10/27/2025"], DAYS, ["9:00-9:30", "Ana R. - Speech"]]
BOOK = [*HELD, [], *TO_COME]
"""Today is 2025-10-20."""
NO_TAB: dict[str, None] = {"Schedule": None, "Service Log": None}
SESSIONS = ["09-29", "10-01", "10-27"]
ENTRIES = [("09-29", Category.DELIVERED), ("10-01", Category.STUDENT_ABSENT)]
WEEKLY, LOGGED = "Mon, Wed", ("10-06", Category.DELIVERED)
"""What the small workbook has on its own tabs."""


def entries(tables: Tables) -> list[tuple[str, int]]:
    days = tables.log["date"].dt.strftime("%m-%d")
    return list(zip(days, tables.log["category"], strict=True))


def sessions(tables: Tables) -> list[str]:
    """Return the one day of each session, the days of one of every week."""
    return [
        f"{one['from']:%m-%d}" if one["from"] == one["to"] else one["days_text"]
        for one in tables.schedule.to_dict("records")
    ]


KEPT: dict[str, tuple[dict[str, list[Row] | None], list[str], list[tuple[str, int]]]] = {
    # the tabs that differ from those of the small workbook, sessions, entries
    "on a tab of any name": ({**NO_TAB, "Plan book": BOOK}, SESSIONS, ENTRIES),
    "a tab for each week": ({**NO_TAB, "Sept 29": HELD, "Oct 27": TO_COME}, SESSIONS, ENTRIES),
    "called by month and day": ({**NO_TAB, "Week 9-29": HELD, "Week 10-27": TO_COME}, SESSIONS, ENTRIES),
    "called as their weeks": (
        {**NO_TAB, "Week of 9-29": HELD[1:], "Week of 10-27": TO_COME[1:]},
        SESSIONS,
        ENTRIES,
    ),
    "as the Schedule": ({"Schedule": BOOK, "Service Log": None}, SESSIONS, ENTRIES),
    "as the Service Log": ({"Schedule": None, "Service Log": BOOK}, SESSIONS, ENTRIES),
    "as the Schedule, beside a log": ({"Schedule": BOOK}, SESSIONS, [LOGGED, *ENTRIES]),
    "beside a log": ({"Schedule": None, "Plan book": BOOK}, SESSIONS, [LOGGED, *ENTRIES]),
    "beside a schedule": ({"Service Log": None, "Plan book": BOOK}, [WEEKLY], ENTRIES),
    "without a mark yet": (
        {**NO_TAB, "Plan book": [*TO_COME, ["Week of 11/3/2025"], *TO_COME[1:]]},
        ["10-27", "11-03"],
        [],
    ),
}


@pytest.mark.parametrize(("tabs", "days", "marks"), KEPT.values(), ids=KEPT.keys())
def test_a_plan_book_is_what_is_missing(
    tabs: dict[str, list[Row] | None], days: list[str], marks: list[tuple[str, int]]
) -> None:
    tables = read(tabs)
    assert (sessions(tables), entries(tables)) == (days, marks)
    assert [severity for severity, *_ in told(tables)] == ["note"]


def test_beside_a_schedule_and_a_log_it_is_asked_about() -> None:
    tables = read({"Plan book": BOOK})
    assert (sessions(tables), entries(tables)) == ([WEEKLY], [LOGGED])
    assert [one[:2] for one in told(tables)] == [("question", "Plan book!")]


def test_the_configuration_says_what_it_is() -> None:
    both = Names(tabs={"Schedule": "Plan", "Service Log": "Plan"})
    assert sessions(read({**NO_TAB, "Plan": BOOK}, both)) == SESSIONS
    as_log = Names(tabs={"Service Log": "Service Log"}, further_tabs={"Service Log": ("Plan",)})
    assert entries(read({"Plan": BOOK}, as_log)) == [LOGGED, *ENTRIES]
    weeks = Names(tabs={"Schedule": "A"}, further_tabs={"Schedule": ("B",)})
    assert sessions(read({"Schedule": None, "A": HELD, "B": TO_COME}, weeks)) == SESSIONS


@pytest.mark.parametrize(
    ("name", "rows", "asked"),
    [
        ("Week 10-6", [DAYS, ["9:00-9:30", "Ana R. - Speech - held"]], ["Week 10-6!"]),
        ("Week 11-3", [DAYS, ["9:00-9:30"]], []),
        ("Week 23-24", [["Notes"], ["Ana R."]], ["Week 23-24!"]),
        ("Plans 24-25", [DAYS, ["9:00-9:30", "Ana R. - Speech - held"]], []),
    ],
)
def test_a_week_that_is_not_read_is_asked_about(name: str, rows: list[Row], asked: list[str]) -> None:
    tables = read({**NO_TAB, "Week 9-29": HELD, "Week 10-27": TO_COME, name: rows})
    assert (sessions(tables), entries(tables)) == (SESSIONS, ENTRIES)
    assert [cell for severity, cell, *_ in told(tables) if severity == "question"] == asked


def test_one_week_is_that_of_every_week_unless_it_is_called_a_plan_book() -> None:
    every = read({"Schedule": TO_COME})
    assert (sessions(every), [one[:2] for one in told(every)]) == (["Mon"], [("question", "Schedule!A1")])
    alone = read({"Schedule": TO_COME}, Names(layouts={"Schedule": "plan book"}))
    assert (sessions(alone), [one[0] for one in told(alone)]) == (["10-27"], ["note"])
    called = Names(layouts={"Plan book": "week grid"})
    with pytest.raises(CannotCount, match='there is no tab "Schedule"'):
        read({**NO_TAB, "Plan book": BOOK}, called)


def test_two_books_of_one_week_are_not_chosen_from() -> None:
    with pytest.raises(CannotCount, match='the tabs "Plan" and "Copy of Plan" could each be the Schedule'):
        read({**NO_TAB, "Plan": BOOK, "Copy of Plan": BOOK})


def test_books_of_two_providers_are_both_read() -> None:
    grid = SMALL["Service Grid"] + "\n Ben T. | OT | 1 x 30 min / week | | Kim Lee"
    ben: list[Row] = [["Week of 9/29/2025"], DAYS, ["9:00-9:30", None, "Ben T. OT - held"]]
    tables = read({**NO_TAB, "Service Grid": grid, "J. Rivera": HELD, "Kim Lee": ben})
    assert tables.schedule["provider"].astype(str).tolist() == ["J. Rivera", "J. Rivera", "Kim Lee"]
    assert len(entries(tables)) == 3


def test_a_session_an_entry_and_a_problem_lead_to_their_cell() -> None:
    marks: Row = ["9:00-9:30", "Ana R. speech - held", "Ana R. speech CX", "Ana R. speech - yes and no"]
    tables = read({**NO_TAB, "Plan book": [HELD[0], DAYS, marks, [], *TO_COME]})
    assert [tables.cell("Schedule", "Student", row) for row in tables.schedule["row"]] == ["B3", "C3", "B7"]
    assert [tables.cell("Service Log", "Status", row) for row in tables.log["row"]] == ["B3", "C3"]
    errors = [one[1:] for one in told(tables) if one[0] == "error"]
    assert [cell for cell, _ in errors] == ["Plan book!D3", "Plan book!C3"]


@pytest.mark.parametrize("title", ["Week of 10/2/2025", "Week of 9/30", "Week of 9/28-10/3"])
def test_a_week_that_does_not_begin_on_its_monday_is_refused(title: str) -> None:
    tables = read({**NO_TAB, "Plan book": [[title], *HELD[1:], [], *TO_COME]})
    assert (sessions(tables), entries(tables)) == (["10-27"], [])
    errors = [one for one in told(tables) if one[0] == "error"]
    assert {cell for _, cell, _ in errors} == {"Plan book!A1"}
    assert all("the day of the week does not fit" in what for *_, what in errors)


def test_a_make_up_is_no_session_that_was_planned() -> None:
    book: list[Row] = [
        HELD[0],
        DAYS,
        ["9:00-9:30", None, "Ana R. speech - make-up given 20 min"],
        [],
        *TO_COME,
    ]
    tables = read({**NO_TAB, "Plan book": book})
    assert entries(tables) == [("09-30", Category.MAKE_UP)]
    assert tables.log["minutes"].tolist() == [20]
    assert [severity for severity, *_ in told(tables)] == ["note"]


MONDAYS = (date(2025, 9, 29), date(2025, 10, 6), date(2025, 10, 27))
MARKS = ("", "held", "absent", "provider absent", "snow day", "25 min given", "CX", "refused")
sessions_planned = st.dictionaries(
    st.tuples(st.sampled_from(MONDAYS), st.integers(0, 4), st.sampled_from([9, 10, 13])),
    st.tuples(
        st.sampled_from(["Ana R.", "Ben T."]), st.sampled_from(["Speech", "OT"]), st.sampled_from(MARKS)
    ),
    min_size=1,
)


@given(sessions_planned)
@settings(max_examples=5, deadline=None)
def test_weeks_say_what_a_list_of_the_same_sessions_says(
    planned: dict[tuple[date, int, int], tuple[str, str, str]],
) -> None:
    listed: list[Row] = [["Date", "Start", "End", "Student", "Service", "Status"]]
    for (monday, day, hour), (student, service, mark) in sorted(planned.items()):
        when = monday + timedelta(day)
        listed.append([when, f"{hour}:00", f"{hour}:30", student, service, mark or None])
    weeks: list[Row] = []
    for monday in MONDAYS:
        weeks += [[f"Week of {monday:%m/%d/%Y}"], ["Time", "Mon", "Tue", "Wed", "Thu", "Fri"]]
        for hour in (9, 10, 13):
            cells = [planned.get((monday, day, hour)) for day in range(5)]
            texts: Row = [" - ".join(filter(None, cell)) if cell else None for cell in cells]
            weeks.append([f"{hour}:00-{hour}:30", *texts])
        weeks.append([])
    names = Names(tabs={"Schedule": "Plan", "Service Log": "Plan"}, layouts={"Plan": "plan book"})
    as_weeks = read({**NO_TAB, "Plan": weeks}, names)
    as_list = read({**NO_TAB, "Plan": listed}, replace(names, layouts={}))
    by = ["student", "from", "start", "days_text", "minutes", "service", "makeup"]
    assert rows_of(as_weeks.schedule, by) == rows_of(as_list.schedule, by)
    by = ["student", "date", "start", "category", "minutes", "service"]
    assert rows_of(as_weeks.log, by) == rows_of(as_list.log, by)


def rows_of(table: pd.DataFrame, columns: list[str]) -> list[str]:
    return sorted(map(str, table[columns].astype(str).itertuples(index=False, name=None)))


@pytest.mark.parametrize(
    ("mark", "minutes"),
    [("✓", 30), ("✓ 20", 20), ("✓ left early", -1), ("left early", -1), ("✓ late", -1), ("arrived late", -1)],
)
def test_late_or_left_early_has_not_the_minutes_of_its_row(mark: str, minutes: int) -> None:
    """counting.md: late or left early without minutes is a data problem, and the session stays not logged."""
    tables = read({**NO_TAB, "Plan": [HELD[0], DAYS, ["9:00-9:30", f"Ana R. - Speech {mark}"]]})
    assert tables.log["minutes"].fillna(-1).tolist() == [minutes]


WEEKS_NAMED = {
    # what stands above the days; the Mondays of its sessions, and what is told
    "a Monday": (["Week of 9/29/2025"], ["09-29"], []),
    "the Sunday before": (["Week of 9/28/2025"], ["09-29"], ["note"]),
    "the Saturday before": (["Week of 9/27/2025"], ["09-29"], ["note"]),
    "the Tuesday": (["Week of", date(2025, 9, 30)], ["09-29"], ["note"]),
    "from Sunday to Saturday": (["Sept 28 - Oct 4, 2025"], ["09-29"], ["note"]),
}


@pytest.mark.parametrize("case", WEEKS_NAMED)
def test_a_week_may_be_named_by_its_tuesday_or_the_weekend_before(case: str) -> None:
    title, mondays, severities = WEEKS_NAMED[case]
    tables = read({**NO_TAB, "Plan book": [title, *HELD[1:], [], *TO_COME]})
    assert [day for day in sessions(tables) if day not in ("10-27", "10-01")] == mondays
    about = [
        one.severity for one in tables.problems if one.cell != "A5" and "Each day has" not in one.problem
    ]
    assert sorted(set(about)) == severities


def test_a_week_named_by_its_sunday_is_noted_once_for_all_tabs() -> None:
    weeks = {"Week of 9-28-2025": HELD[1:], "Week of 10-26-2025": TO_COME[1:]}
    tables = read({**NO_TAB, **weeks})
    assert sessions(tables) == SESSIONS
    assert [one.tab for one in tables.problems if "weekend before" in one.problem] == ["Week of 9-28-2025"]


def test_dates_of_the_days_go_before_a_sunday_above_them() -> None:
    days: Row = ["Time", "Mon 10/6/2025", "Tue 10/7/2025"]
    tables = read({**NO_TAB, "Plan book": [["Week of 9/28/2025"], days, HELD[2], [], *TO_COME]})
    assert sessions(tables)[0] == "10-06"
    assert any("names another week" in one.problem for one in tables.problems)
