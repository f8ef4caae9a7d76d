"""The boxes of the Compliance tab, and its banner where the workbook looks wrong (promises.md, "Guards")."""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.boxes import Boxes, read_boxes
from sheets_sync.views.banner import with_banner
from sheets_sync.views.tab import Box, Style, Tab
from tests.ledgers import ledger, line
from tests.views.test_compliance import tab_of

WORDS = "11 of 40 students are gone from the Caseload. Bring them back, or tick the box."
A_WINDOW = 1280
"""Pixels of a small laptop; 46 of them are for the numbers of the rows."""


def plain() -> Tab:
    return tab_of(ledger([line(), line("Ben T.")]))


def boxes(tab: Tab) -> dict[tuple[int, int], object]:
    """Return the words on the left of each box, by its place."""
    return {
        (row, column): cells[column - 1].value
        for row, cells in enumerate(tab.rows, 1)
        for column, cell in enumerate(cells)
        if isinstance(cell.value, Box)
    }


def test_the_first_row_ends_with_the_words_sync_now_and_a_box() -> None:
    tab = plain()
    assert boxes(tab) == {(1, 6): "Sync now"}
    assert "takes the tick away" in tab.rows[0][6].note


def test_a_small_window_shows_the_boxes() -> None:
    tab = with_banner(plain(), WORDS)
    for _, column in boxes(tab):
        assert 46 + sum(width * 7 + 5 for width in tab.widths[: column + 1]) < A_WINDOW


def test_boxes_are_written_unticked() -> None:
    cells = [cell for row in with_banner(plain(), WORDS).rows for cell in row if isinstance(cell.value, Box)]
    assert [cell.value for cell in cells] == [Box(ticked=False)] * 2


def test_a_banner_stands_in_the_second_row_with_its_box() -> None:
    tab = with_banner(plain(), WORDS)
    row = tab.rows[1]
    assert (row[2].value, row[2].style) == (WORDS, Style.BANNER)
    assert boxes(tab) == {(1, 6): "Sync now", (2, 6): "This is meant"}
    assert row[0].value == "Not updated"
    assert {cell.style for cell in row} == {Style.BANNER, Style.BANNER_LABEL, Style.BOX}
    assert tab.spans == ("C1:E1", "A2:B2", "C2:E2")


def test_everything_else_stays_as_it_was() -> None:
    before, after = plain(), with_banner(plain(), WORDS)
    assert after.rows[0] == before.rows[0]
    assert after.rows[2:] == before.rows[2:]
    assert replace(after, rows=(), spans=(), heights=()) == replace(before, rows=(), spans=(), heights=())
    assert [one for one in after.heights if one[0] != 2] == [one for one in before.heights if one[0] != 2]


def test_the_note_of_a_banner_says_of_when_the_figures_are() -> None:
    assert with_banner(plain(), WORDS).rows[1][2].note.startswith("These figures: Read Fri, Nov 21, 2025")


def test_another_banner_takes_its_place() -> None:
    once = with_banner(plain(), "Something else.")
    assert with_banner(once, WORDS) == with_banner(plain(), WORDS)


def test_a_long_banner_is_shown_whole() -> None:
    short, long = (dict(with_banner(plain(), words).heights)[2] for words in ("Gone.", WORDS * 5))
    assert 400 >= long > 2 * short >= 34


def test_the_words_of_the_boxes_are_those_by_which_they_are_read() -> None:
    tab = with_banner(plain(), WORDS)
    ticked = [[cell.value if isinstance(cell.value, str | Box) else None for cell in row] for row in tab.rows]
    read = [[True if isinstance(value, Box) else value for value in row] for row in ticked]
    assert read_boxes(read) == Boxes(sync_now=True, this_is_meant=True)
