"""Columns are known by their headers; those that people put in stand right of ours, and none is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.columns import (
    Sources,
    column_sources,
    header_at,
    staff_columns_of,
    width_of,
    with_the_rest,
)
from sheets_sync.ports import CellValue
from sheets_sync.staff_columns import StaffColumns, StaffRow, find_columns
from sheets_sync.views.columns import NAMES
from sheets_sync.views.tab import OutCell, Tab
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, KEY, NOTES, SNOOZE

Grid = list[list[CellValue]]
THESE = laid.lines(ANA, BEN)
AS_THEY_STAND = tuple(range(KEY + 1))


def grid(tab: Tab) -> Grid:
    """Return what is read of a tab that stands as it was written."""
    return [[cell.value for cell in cells] for cells in tab.rows]  # type: ignore[misc]


def without(at: int) -> Grid:
    return [[*cells[:at], *cells[at + 1 :]] for cells in grid(laid.compliance(THESE))]


def put_in(at: int, *column: CellValue) -> Grid:
    """Return the tab with one column more, which holds `column` from the header on."""
    cells = grid(laid.compliance(THESE))
    added = [None, None, *column, *(None,) * len(cells)]
    return [
        [*(row + [None] * (at - len(row)))[:at], new, *row[at:]]
        for row, new in zip(cells, added, strict=False)
    ]


def moved(at: int, to: int) -> Grid:
    cells = [row + [None] * (KEY + 1 - len(row)) for row in grid(laid.compliance(THESE))]
    for row in cells:
        row.insert(to, row.pop(at))
    return cells


def renamed(at: int, name: CellValue) -> Grid:
    cells = grid(laid.compliance(THESE))
    cells[2][at] = name
    return cells


def after_one_more(at: int) -> Sources:
    return tuple(place + (place >= at) for place in AS_THEY_STAND)


def after_one_less(at: int) -> Sources:
    return tuple(None if place == at else place - (place > at) for place in AS_THEY_STAND)


READ: list[tuple[str, Grid, Sources]] = [
    ("as they were written", grid(laid.compliance(THESE)), AS_THEY_STAND),
    ("ours put in among ours", put_in(4, "Room", "12"), after_one_more(4)),
    ("one without a header among ours", put_in(4, None, "12"), after_one_more(4)),
    ("one with a header of ours, right of it", put_in(KEY + 1, "Student", "12"), AS_THEY_STAND),
    ("one is gone", without(4), after_one_less(4)),
    ("the first is gone", without(0), after_one_less(0)),
    ("Staff notes are gone", without(NOTES), after_one_less(NOTES)),
    ("the key is gone", without(KEY), after_one_less(KEY)),
    (
        "Staff notes moved first",
        moved(NOTES, 0),
        tuple(0 if at == NOTES else at + (at < NOTES) for at in AS_THEY_STAND),
    ),
    ("one renamed", renamed(4, "Min behind"), AS_THEY_STAND),
    ("Staff notes renamed", renamed(NOTES, "Our notes"), AS_THEY_STAND),
    ("the key renamed", renamed(KEY, "id"), AS_THEY_STAND),
    ("a header in capitals", renamed(SNOOZE, " SNOOZE  until "), AS_THEY_STAND),
    ("a header cleared", renamed(SNOOZE, None), AS_THEY_STAND),
]


@pytest.mark.parametrize(("cells", "sources"), [one[1:] for one in READ], ids=[one[0] for one in READ])
def test_where_our_columns_stand(cells: Grid, sources: Sources) -> None:
    assert column_sources(laid.compliance(THESE), cells, 40) == (sources, 2)


def test_without_a_header_notes_and_keys_are_still_found() -> None:
    cells = put_in(4)
    del cells[2]
    sources, header = column_sources(laid.compliance(THESE), cells, KEY + 2)
    assert header is None
    assert [sources[at] for at in (NOTES, SNOOZE, KEY)] == [NOTES + 1, SNOOZE + 1, KEY + 1]
    assert sorted(at for at in sources if at is not None) == [*range(NOTES), NOTES + 1, SNOOZE + 1, KEY + 1]


def test_of_a_tab_that_was_emptied_all_columns_are_taken_as_they_stand() -> None:
    assert column_sources(laid.compliance(THESE), [], 26) == (AS_THEY_STAND, None)
    few, _ = column_sources(laid.compliance(THESE), [], 3)
    assert few == (0, 1, 2, *(None,) * (KEY - 2))


def test_columns_that_staff_put_in_keep_their_order() -> None:
    staff = StaffColumns({ANA: StaffRow(ANA, added={"Room": "1", "Bus": "2"})}, added=("Room", "Bus"))
    tab = laid.compliance(THESE, staff)
    cells = [[*row, *(None,) * (KEY + 2 - len(row))] for row in grid(laid.compliance(THESE))]
    cells[2] = [*NAMES[:3], "Room", *NAMES[3:], "Bus"]
    assert column_sources(tab, cells, 40)[0] == (*after_one_more(3), 3, KEY + 2)


PLAIN = Tab("x", "problems", ((OutCell("t"),), tuple(map(OutCell, "abcd"))), (9,) * 4, (2, 0))
OF_A_TAB_WITHOUT_KEYS: list[tuple[str, Grid, Sources]] = [
    ("nothing there", [], (0, 1, 2, 3)),
    ("as it was written", [["t"], ["a", "b", "c", "d"]], (0, 1, 2, 3)),
    ("one put in", [["t"], [None, "a", "b", "c", "d"]], (1, 2, 3, 4)),
    ("one gone", [["t"], ["a", "c", "d"]], (0, None, 1, 2)),
    ("two of one header", [["t"], ["a", "a", "b", "c", "d"]], (0, 2, 3, 4)),
    ("half of the header is gone", [["t"], ["x", "y", "c", "d"]], (0, 1, 2, 3)),
    ("the header stands elsewhere", [["b", "c", "d", "a"]], (3, 0, 1, 2)),
]


@pytest.mark.parametrize(
    ("cells", "sources"),
    [one[1:] for one in OF_A_TAB_WITHOUT_KEYS],
    ids=[one[0] for one in OF_A_TAB_WITHOUT_KEYS],
)
def test_columns_of_a_tab_without_keys_are_known_by_its_own_headers(cells: Grid, sources: Sources) -> None:
    assert column_sources(PLAIN, cells, 26) == (sources, 1)


def test_what_is_staffs() -> None:
    tab = laid.compliance(THESE)
    assert (header_at(tab), width_of(tab), staff_columns_of(tab)) == (2, KEY + 1, {NOTES, SNOOZE})
    wider = replace(tab, rows=(*tab.rows, (OutCell(),) * (KEY + 3)))
    assert staff_columns_of(wider) == {NOTES, SNOOZE, KEY + 1, KEY + 2}
    assert staff_columns_of(PLAIN) == frozenset()
    assert header_at(replace(PLAIN, frozen=(0, 0))) == 0


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=10, unique_by=lambda at: at or object()))
def test_behind_ours_stand_all_others_in_their_order(sources: list[int | None]) -> None:
    used = [at for at in sources if at is not None]
    found = with_the_rest(tuple(sources), 10)
    assert found[: len(sources)] == tuple(sources)
    assert found[len(sources) :] == tuple(at for at in range(10) if at not in used)


def test_of_two_columns_with_one_header_the_one_that_is_known_is_ours() -> None:
    """Staff typed "Line" over "Student": the keys are still where they were."""
    header: list[CellValue] = ["Line", *NAMES[1:]]
    rows: Grid = [["Compliance"], [], header, ["Ana R.", *[None] * (len(NAMES) - 2), "bcdfghjk"]]
    known = {name: at for at, name in enumerate(NAMES)}
    assert find_columns(rows, known)[1].ours == known
    assert find_columns(rows)[1].ours["Line"] == 0
