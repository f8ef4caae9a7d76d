"""Whatever stands in a column, reading never crashes, and never takes the other rows with it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets_sync.intake.tab_finder import REQUIRED_TABS
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import SMALL, cells, read

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "Ana R.",
            "Ben T.; Ana R.",
            "R., Ana",
            "=1+1",
            '=HYPERLINK("x")',
            "😀",
            "2 x 30 min / week",
            "Mon 9:00-9:30",
        ]
    ),
    st.sampled_from(
        ["13/45/2026", "9/3", "11/3-11/7", "MU/30", "all day", "30", "N/A", "#REF!", "Total", "x" * 32_767]
    ),
)
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.floats(),
    st.integers(-100, 100_000).map(float),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([ErrorValue("#REF!"), ErrorValue("#N/A")]),
)
TABS = sorted(SMALL)


def with_rows(tab: str, column: str, garbage: list[CellValue]) -> list[list[CellValue]]:
    """Return a tab with rows that are good but for one column, above a last good row."""
    rows = cells(SMALL[tab])
    header, good = rows[0], rows[1]
    if column not in header:
        header, good, rows = [*header, column], [*good, None], [[*row, None] for row in rows]
    place = header.index(column)
    bad = [
        [garbage_cell if here == place else cell for here, cell in enumerate(good)]
        for garbage_cell in garbage
    ]
    return [header, *bad, *([*row] for row in rows[1:])]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_garbage_in_one_column_never_stops_the_other_rows(data: st.DataObject) -> None:
    tab = data.draw(st.sampled_from(TABS))
    column = data.draw(st.sampled_from([name for name in COLUMNS[tab] if name != "Student ID"]))
    garbage = data.draw(st.lists(CELLS, min_size=1, max_size=4))
    plain = read()
    tables = read({tab: with_rows(tab, column, garbage)})
    last = len(garbage) + len(cells(SMALL[tab]))
    named = {"Service Grid": tables.lines, "Schedule": tables.schedule, "Service Log": tables.log}
    if tab in named:
        assert last in named[tab]["row"].tolist() or _one_of_two_alike(tables.problems, tab)
    elif tab == "Calendar":
        assert tables.calendar is not None
        assert last in tables.calendar["row"].tolist()
    else:
        assert last in tables.students["row"].tolist()
    assert all(len(problem.value) <= 80 for problem in tables.problems)
    if tab != "Caseload":
        assert tables.students.equals(plain.students)


def _one_of_two_alike(problems: tuple[object, ...], tab: str) -> bool:
    """Tell whether the last row was put together with a row above that turned out the same."""
    return tab == "Schedule" and any(
        "exactly the same" in getattr(problem, "problem", "") for problem in problems
    )


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(TABS), st.lists(st.lists(CELLS, max_size=13), max_size=6))
@example("Service Log", [[]])
def test_a_tab_of_garbage_below_its_header_is_read_or_refused_with_a_sentence(
    tab: str, garbage: list[list[CellValue]]
) -> None:
    tables = read({tab: [cells(SMALL[tab])[0], *garbage]})
    assert {p.severity.value for p in tables.problems} <= {"error", "question", "note"}
    assert all(p.problem and p.remedy for p in tables.problems)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REQUIRED_TABS), st.lists(st.lists(CELLS, max_size=8), max_size=5))
def test_a_tab_of_nothing_but_garbage_stops_the_count_without_a_stack_trace(
    tab: str, garbage: list[list[CellValue]]
) -> None:
    with pytest.raises(CannotCount) as stop:
        read({tab: garbage})
    assert tab in stop.value.what
    assert stop.value.remedy


@pytest.mark.parametrize(
    "odd",
    [
        float("nan"),
        float("inf"),
        -1e300,
        True,
        date.min,
        datetime.fromisoformat("9999-12-31T23:59:59"),
        time.max,
        timedelta.max,
        "\x00",
        "\ud800",
        "‮",
    ],
    ids=repr,
)
@pytest.mark.parametrize("tab", TABS)
def test_odd_cells_in_every_column(tab: str, odd: CellValue) -> None:
    header = cells(SMALL[tab])[0]
    tables = read({tab: [header, [odd] * len(header)]})
    other = "students" if tab != "Caseload" else "staff"
    assert getattr(tables, other)["row"].tolist() == getattr(read({}), other)["row"].tolist()
