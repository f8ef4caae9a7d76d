"""Promise 6: one bad row never stops the rest.

Garbage of every kind in every column of every tab, a student for each kind; before them and after them
students in whose rows all is well. Their lines are as if the bad rows were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Config
from sheets_sync.ports import CellValue, ErrorValue, Sheet, Snapshot
from sheets_sync.problems import CannotCount
from sheets_sync.state import State
from sheets_sync.understand import Understood, understand
from sheets_sync.views.result_json import sync_result
from tests.promises.full_school import CALENDAR, COLUMNS, MONDAY, Child, Texts, calendar_row, school
from tests.small_school import Rows

GARBAGE: tuple[CellValue, ...] = (
    *(None, "", " ", "\n", "?", "-", "n/a", "TBD", "see notes", "x" * 32_767, "Nobody Known", "Total"),
    *(
        "=1+1",
        '=HYPERLINK("http://evil.example","x")',
        "#REF!",
        "#N/A",
        "😀",
        "\u202e",
        "\x00",
        "\ud800",
        "a\tb",
    ),
    *(
        "2 x 30 min / week / month",
        "30 x 2",
        "every day sometimes",
        "Mon, Blursday",
        "9:75 PM",
        "25:00",
        "3O",
    ),
    *(
        "13/45/2026",
        "2/30/2026",
        "yesterday",
        "11/3-11/7",
        "9/3",
        "1e308",
        "-30",
        "½",
        "Delivered?",
        "absent??",
    ),
    *(
        True,
        False,
        0.0,
        -1.0,
        1e300,
        float("nan"),
        float("inf"),
        45_000.0,
        ErrorValue("#REF!"),
        ErrorValue("#N/A"),
    ),
    *(
        date.min,
        date.max,
        date(1900, 1, 1),
        datetime.fromisoformat("9999-12-31T23:59:59"),
        time.max,
        timedelta.max,
    ),
)
DAYS = ("9/3", "11/3-11/7")
"""Of these, what is a day on the Calendar: no garbage there."""

CLEAN: Texts = {}
Understanding = Callable[[dict[str, Rows]], Understood]


def counted(tabs: dict[str, Rows]) -> Understood:
    snapshot = Snapshot(tuple(Sheet(name, rows) for name, rows in tabs.items()))
    return understand(snapshot, State(), Config(), MONDAY)


def lines_of(seen: Understood, students: Sequence[str]) -> list[dict[str, Any]]:
    """Return the lines of these students, but for their cells and their keys, which are new each time."""
    result = sync_result(
        seen.ledger, seen.keys, seen.what_to_do, seen.problems, (), (), workbook="small.xlsx", calls={}
    )
    return [
        {name: value for name, value in line.items() if name not in ("line", "cell")}
        for line in result["lines"]
        if line["student"] in students
    ]


def differ(texts: Sequence[Texts], understood: Understanding = counted) -> list[dict[str, Any]]:
    """Return the lines of the two good students that are not as without the bad rows."""
    around = [Child(0).name, Child(len(texts) + 1).name]
    alone = lines_of(counted(school(CLEAN, *[None] * len(texts), CLEAN)), around)
    assert [line["student"] for line in alone] == around
    assert [line["status"] for line in alone] == ["NOT LOGGED"] * 2
    seen = lines_of(understood(school(CLEAN, *texts, CLEAN)), around)
    return [line for line in alone if line not in seen]


def test_garbage_in_any_column_changes_no_other_line() -> None:
    """Each kind in each column, in turns: eight schools of one bad cell a student."""
    kinds = len(GARBAGE)
    for turn in range(0, len(COLUMNS), 8):
        texts = [{COLUMNS[(turn + at) % len(COLUMNS)]: GARBAGE[at]} for at in range(kinds)]
        assert differ(texts) == [], COLUMNS[turn]


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS, ids=" ".join)
def test_every_kind_in_every_column(column: tuple[str, str]) -> None:
    assert differ([{column: garbage} for garbage in GARBAGE]) == []


@pytest.mark.slow
@pytest.mark.parametrize("tab", sorted({tab for tab, _ in COLUMNS}))
def test_rows_that_are_garbage_from_end_to_end(tab: str) -> None:
    columns = [column for column in COLUMNS if column[0] == tab]
    assert differ([dict.fromkeys(columns, garbage) for garbage in GARBAGE]) == []


@pytest.mark.parametrize("header", CALENDAR[0])
def test_a_bad_row_of_the_calendar_changes_no_line(header: str) -> None:
    """The day of that row lies ahead; what cannot be read of it changes nothing now."""
    tabs = school(CLEAN, CLEAN)
    good = lines_of(counted(tabs), [Child(0).name, Child(1).name])
    for garbage in GARBAGE[:: 4 if header == "Kind" else 8]:
        if header == "Date" and (garbage in DAYS or isinstance(garbage, date | float)):
            continue
        seen = counted(calendar_row(tabs, header, garbage))
        assert lines_of(seen, [Child(0).name, Child(1).name]) == good, garbage


ANYTHING = (
    st.sampled_from(GARBAGE) | st.text(max_size=20) | st.floats() | st.dates() | st.datetimes() | st.times()
)
BAD_ROWS = st.lists(
    st.dictionaries(st.sampled_from(COLUMNS), ANYTHING, min_size=1, max_size=5), min_size=5, max_size=10
)


@settings(max_examples=5)
@given(BAD_ROWS)
def test_any_rows(texts: list[Texts]) -> None:
    assert differ(texts) == []


@pytest.mark.slow
@settings(max_examples=300)
@given(BAD_ROWS)
def test_any_rows_at_length(texts: list[Texts]) -> None:
    assert differ(texts) == []


def up_to_the_first_bad_cell(tabs: dict[str, Rows]) -> Understood:
    """A reader that stops where it stumbles, as a loop with one try around it does."""
    read = {
        name: rows[: next((at for at, row in enumerate(rows) if ErrorValue("#REF!") in row), len(rows))]
        for name, rows in tabs.items()
    }
    return counted(read)


@pytest.mark.parametrize("tab", ["Caseload", "Service Grid", "Schedule", "Service Log"])
def test_a_reader_that_stops_where_it_stumbles_fails_this_harness(tab: str) -> None:
    header = "Date" if tab == "Service Log" else "Student"
    texts: list[Texts] = [{(tab, header): ErrorValue("#REF!")}]
    assert differ(texts) == []
    try:
        lost = differ(texts, up_to_the_first_bad_cell)
    except CannotCount:
        return
    assert lost != []
