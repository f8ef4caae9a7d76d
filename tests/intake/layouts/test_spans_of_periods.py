"""What "2-3" down the side of a week grid is: two periods below a header that says so, else a time."""

from __future__ import annotations

import pytest

from sheets_sync.problems import CannotCount
from tests.intake.layouts.grids import Row, sessions, with_staff
from tests.intake.small_workbook import told

BELLS: list[Row] = [
    ["Period", "Start", "End"],
    *[[number, f"{7 + number}:00", f"{7 + number}:45"] for number in range(1, 5)],
]
EIGHT, NINE, ONE, TWO, THREE = 480, 540, 13 * 60, 14 * 60, 15 * 60
ENDS_SHARED, APART, AMONG_SINGLE = ["1-2", "2-3"], ["1-2", "3-4"], ["1", "2-3"]

SPANS = [
    # header, what stands below it, starts with a bell schedule and without one; none: not read
    ("Period", ENDS_SHARED, [EIGHT, NINE], []),
    ("Period", APART, [EIGHT, 600], []),
    ("Pd.", AMONG_SINGLE, [EIGHT, NINE], []),
    ("Per.", ENDS_SHARED, [EIGHT, NINE], []),
    ("Block", ENDS_SHARED, [], []),
    ("Blk", APART, [], []),
    ("Hour", APART, [], []),
    ("Hour", AMONG_SINGLE, [EIGHT, NINE], []),
    ("Time", ENDS_SHARED, [ONE, TWO], [ONE, TWO]),
    ("Time", APART, [ONE, THREE], [ONE, THREE]),
    ("", ENDS_SHARED, [], [ONE, TWO]),
    ("Hour", ["11-12", "12-1"], [660, 720], [660, 720]),
]


@pytest.mark.parametrize(("header", "rows", "rung", "bare"), SPANS)
def test_a_span_down_the_side(header: str, rows: list[str], rung: list[int], bare: list[int]) -> None:
    grid: list[Row] = [["Kim Lee - Speech"], [header, "Mon", "Tue"], *[[row, "Ana R."] for row in rows]]
    for bells, expected in ((BELLS, rung), ([], bare)):
        try:
            starts = [start for _, _, _, start, _ in sessions(with_staff(*grid, bells=bells))]
        except CannotCount:
            starts = []
        assert starts == expected


LETTERS: list[Row] = [["Block", "Start", "End"], ["A", "8:00", "8:45"], ["B", "9:00", "9:45"]]


@pytest.mark.parametrize("header", ["Block", "Blk", "Period"])
@pytest.mark.parametrize("between", [[], [["Lunch"]], [["C"]]])
def test_blocks_that_are_letters(header: str, between: list[Row]) -> None:
    grid: list[Row] = [["Kim Lee - Speech"], [header, "Day 1", "Day 2"], ["A", "Ana R."], *between]
    tables = with_staff(*grid, ["B", "", "Ben T."], bells=LETTERS)
    found = [(student, day, start) for student, _, day, start, _ in sessions(tables)]
    assert found == [("Ana R.", "Day 1", EIGHT), ("Ben T.", "Day 2", NINE)]
    assert [one for one in told(tables) if one[0] != "note"] == []


def test_letters_below_no_header_of_blocks_are_not_read() -> None:
    with pytest.raises(CannotCount):
        with_staff(
            ["Kim Lee - Speech"], ["", "Day 1", "Day 2"], ["A", "Ana R."], ["B", "Ben T."], bells=LETTERS
        )
