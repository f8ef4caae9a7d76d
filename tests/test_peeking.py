"""What a small look tells: ticks, and a digest that changes with what stands on the named tabs."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.boxes import Boxes
from sheets_sync.peeking import Rows, peek_of

SCHEDULE: Rows = [["Student", "Days"], ["Ana R.", "Mon, Wed"], ["Ben T.", date(2025, 11, 4)]]


def digest(rows: Rows | None, **others: Rows | None) -> str:
    return peek_of((), {"Schedule": rows, **others}).digest


def test_ticks_are_those_of_the_first_rows() -> None:
    assert peek_of([["Compliance", "Sync now", True]], {}).boxes == Boxes(sync_now=True)


def test_the_same_again_has_the_same_digest() -> None:
    assert digest(SCHEDULE) == digest([list(row) for row in SCHEDULE]) != ""


@pytest.mark.parametrize(
    "other",
    [
        [["Student", "Days"], ["Ana R.", "Mon, Thu"], ["Ben T.", date(2025, 11, 4)]],
        [["Student", "Days"], ["Ben T.", date(2025, 11, 4)], ["Ana R.", "Mon, Wed"]],
        [["Student", "Days"], ["Ana R.", "Mon, Wed"]],
        [*SCHEDULE, ["Cy U.", "Fri"]],
        [["Student", "Days"], [], *SCHEDULE[1:]],
        [],
    ],
    ids=["changed", "sorted", "one gone", "one more", "a row put in", "emptied"],
)
def test_what_changes_has_another_digest(other: Rows) -> None:
    assert digest(other) != digest(SCHEDULE)


def test_blank_cells_and_rows_at_the_end_say_nothing() -> None:
    assert digest([[*SCHEDULE[0], None, ""], *SCHEDULE[1:], (), [None, None]]) == digest(SCHEDULE)


def test_the_same_rows_on_another_tab_are_a_change() -> None:
    assert digest(SCHEDULE, Staff=[]) != digest([], Staff=SCHEDULE)


def test_where_a_tab_is_missing_or_none_is_named_there_is_no_digest() -> None:
    assert digest(SCHEDULE, Staff=None) == ""
    assert peek_of((), {}).digest == ""
