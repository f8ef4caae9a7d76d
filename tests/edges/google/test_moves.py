"""Rows and columns get to their places by inserting and moving alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.moves import Insert, Move, Step, steps_to

Wanted = list[int | None]


def carried_out(steps: Sequence[Step], count: int) -> Wanted:
    """Do the steps with `count` rows, as Google does them: a place is one from before the step."""
    rows: Wanted = list(range(count))
    for step in steps:
        if isinstance(step, Insert):
            assert step.at < len(rows), "Google inserts before a row that is there"
            rows[step.at : step.at] = [None] * step.count
            continue
        assert 0 <= step.start < step.end <= len(rows)
        assert 0 <= step.to <= len(rows)
        assert not step.start < step.to < step.end, "Google moves no rows in among themselves"
        taken = rows[step.start : step.end]
        del rows[step.start : step.end]
        to = step.to - len(taken) if step.to > step.start else step.to
        rows[to:to] = taken
    return rows


def blocks(wanted: Sequence[int | None]) -> int:
    """Count the runs of rows that are new, or that stand one after another now."""
    runs = groupby(enumerate(wanted), lambda pair: None if pair[1] is None else pair[1] - pair[0])
    return sum(1 for _ in runs)


CASES: list[tuple[str, Wanted, list[Step]]] = [
    ("nothing there", [], []),
    ("all in its place", [0, 1, 2], []),
    ("a new one between", [0, None, 1], [Insert(1, 1)]),
    ("a new one first", [None, 0], [Insert(0, 1)]),
    ("two new ones together are one step", [0, None, None, 1], [Insert(1, 2)]),
    ("the last goes first", [2, 0, 1], [Move(2, 3, 0)]),
    ("the first goes last", [1, 2, 0], [Move(0, 1, 3)]),
    ("three go behind two together", [3, 4, 0, 1, 2], [Move(3, 5, 0)]),
    ("a new one behind one that moves", [1, None, 0], [Move(0, 1, 2), Insert(1, 1)]),
]


@pytest.mark.parametrize(("wanted", "steps"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_steps(wanted: Wanted, steps: list[Step]) -> None:
    count = sum(at is not None for at in wanted)
    assert carried_out(steps_to(wanted, count), count) == wanted
    assert len(steps_to(wanted, count)) == len(steps)
    assert carried_out(steps, count) == wanted, "the table itself is right"


@st.composite
def orders(draw: st.DrawFn) -> Wanted:
    """Any order of up to 12 rows, with new ones anywhere but at the end."""
    rows = draw(st.permutations(range(draw(st.integers(1, 12)))))
    wanted: Wanted = []
    for row in rows:
        wanted += [None] * draw(st.sampled_from([0, 0, 0, 1, 2]))
        wanted.append(row)
    return wanted


@given(orders())
def test_every_order_is_reached_in_no_more_steps_than_there_are_blocks(wanted: Wanted) -> None:
    count = sum(at is not None for at in wanted)
    steps = steps_to(wanted, count)
    assert carried_out(steps, count) == wanted
    assert len(steps) <= blocks(wanted)


@given(orders())
def test_new_ones_alone_move_nothing(wanted: Wanted) -> None:
    count = sum(at is not None for at in wanted)
    numbers = iter(range(count))
    in_order = [None if at is None else next(numbers) for at in wanted]
    assert all(isinstance(step, Insert) for step in steps_to(in_order, count))


@given(st.permutations(range(8)))
def test_as_many_rows_as_can_stay_where_they_are(wanted: list[int]) -> None:
    moved = sum(step.end - step.start for step in steps_to(wanted, 8) if isinstance(step, Move))
    longest = [1] * 8
    for at, row in enumerate(wanted):
        longest[at] = 1 + max([longest[before] for before in range(at) if wanted[before] < row], default=0)
    assert moved <= 8 - max(longest)


def test_requests_name_the_tab_and_what_is_moved() -> None:
    assert Insert(3, 2).request(7, "ROWS") == {
        "insertDimension": {
            "range": {"sheetId": 7, "dimension": "ROWS", "startIndex": 3, "endIndex": 5},
            "inheritFromBefore": False,
        }
    }
    assert Move(3, 5, 9).request(7, "COLUMNS") == {
        "moveDimension": {
            "source": {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 3, "endIndex": 5},
            "destinationIndex": 9,
        }
    }
