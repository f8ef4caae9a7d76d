"""A row is known by its key, and by what staff wrote on it where it has none; never by its place."""

from __future__ import annotations

import pytest

from sheets_sync.edges.google.columns import Sources, column_sources
from sheets_sync.edges.google.rows import key_of, rows_at_read, written_on
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.staff_columns import read_staff_columns
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, DAN, KEY, NOTES

Grid = list[list[CellValue]]
FIRST = laid.compliance(laid.lines(ANA, BEN, CAL))
TITLE, COUNTED, HEADER = ([cell.value for cell in row] for row in FIRST.rows[:3])
BLANK: list[CellValue] = []


def line(key: CellValue, notes: CellValue = None, snooze: CellValue = None) -> list[CellValue]:
    """Return a line of the tab as it is read, of Ana's where the key is not known."""
    rows = {row[KEY].value: row for row in FIRST.rows[3:]}
    shown: list[CellValue] = [cell.value for cell in rows.get(key, rows[ANA])]  # type: ignore[misc]
    return [*shown[:NOTES], notes, snooze, key]


def sources(cells: Grid, *keys: str) -> Sources:
    """Return which row each row of a run's tab comes from, where these are the lines."""
    tab = laid.compliance(laid.lines(*keys), read_staff_columns(Sheet("Compliance", cells)))
    columns, header = column_sources(tab, cells, KEY + 1)
    return rows_at_read(tab, cells, columns, header, len(cells) + 5).sources


TOP: Grid = [TITLE, COUNTED, HEADER]
READ: list[tuple[str, Grid, Sources]] = [
    ("as it was written", [*TOP, line(ANA), line(BEN), line(CAL)], (0, 1, 2, 3, 4, 5)),
    ("in another order", [*TOP, line(CAL), line(ANA), line(BEN)], (0, 1, 2, 4, 5, 3)),
    ("the header below", [TITLE, COUNTED, line(ANA), line(BEN), line(CAL), HEADER], (0, 1, 5, 2, 3, 4)),
    ("a key with spaces", [*TOP, line(f" {ANA} "), line(BEN), line(CAL)], (0, 1, 2, 3, 4, 5)),
    ("one is gone", [*TOP, line(ANA), line(CAL)], (0, 1, 2, 3, None, 4)),
    ("blank rows between", [*TOP, BLANK, line(ANA), BLANK, line(BEN), line(CAL)], (0, 1, 2, 4, 6, 7)),
    ("rows above the title", [BLANK, BLANK, *TOP, line(ANA), line(BEN), line(CAL)], (2, 3, 4, 5, 6, 7)),
    ("the title is gone", [COUNTED, HEADER, line(ANA), line(BEN), line(CAL)], (0, None, 1, 2, 3, 4)),
    ("both titles are gone", [HEADER, line(ANA), line(BEN), line(CAL)], (None, None, 0, 1, 2, 3)),
    ("the header is gone", [TITLE, COUNTED, line(ANA), line(BEN), line(CAL)], (0, 1, None, 2, 3, 4)),
    ("a line above the title", [line(CAL), *TOP, line(ANA), line(BEN)], (1, 2, 3, 4, 5, 0)),
    ("copied whole", [*TOP, line(ANA, "x"), line(ANA, "x"), line(BEN), line(CAL)], (0, 1, 2, 3, 5, 6)),
    ("copied without the note", [*TOP, line(ANA), line(ANA, "x"), line(BEN), line(CAL)], (0, 1, 2, 4, 5, 6)),
    ("spaces for a note", [*TOP, line(ANA, " "), line(ANA), line(BEN), line(CAL)], (0, 1, 2, 3, 5, 6)),
    (
        "two notes on one key",
        [*TOP, line(ANA, "x"), line(ANA, "y"), line(BEN), line(CAL)],
        (0, 1, 2, None, 5, 6, 3, 4),
    ),
    ("notes without a key", [*TOP, line(None, "x"), line(ANA), line(BEN), line(CAL)], (0, 1, 2, 4, 5, 6, 3)),
    (
        "two alike without a key",
        [*TOP, line(None, "x"), line(None, "x"), line(ANA), line(BEN), line(CAL)],
        (0, 1, 2, 5, 6, 7, 3, 4),
    ),
    ("nothing at all", [], (None,) * 6),
]


@pytest.mark.parametrize(("cells", "expected"), [one[1:] for one in READ], ids=[one[0] for one in READ])
def test_which_row_is_which(cells: Grid, expected: Sources) -> None:
    assert sources(cells, ANA, BEN, CAL) == expected


def test_a_line_that_is_gone_keeps_its_row_as_removed_and_a_new_one_has_none() -> None:
    cells = [*TOP, line(ANA), line(BEN, "x"), line(CAL)]
    assert sources(cells, ANA, DAN, CAL) == (0, 1, 2, 3, None, 5, 4)


def test_no_row_is_taken_twice() -> None:
    cells = [*TOP, line(ANA, ANA), line(BEN, "x"), line("x", BEN), line(None, CAL)]
    found = [at for at in sources(cells, ANA, BEN, CAL) if at is not None]
    assert len(found) == len(set(found))


def test_a_tab_without_keys_is_written_row_by_row() -> None:
    tab = laid.problems("C2", "C3")
    assert rows_at_read(tab, [], (0, 1), None, 4).sources == (0, 1, 2, 3, None)


def test_what_stands_on_a_row_of_the_tab() -> None:
    tab = laid.compliance(laid.lines(ANA), read_staff_columns(Sheet("x", [*TOP, line(ANA, "call", " ")])))
    assert (key_of(tab, tab.rows[3]), written_on(tab, tab.rows[3])) == (ANA, ((NOTES, "call"),))
    assert (key_of(tab, tab.rows[0]), written_on(tab, tab.rows[0])) == ("", ())
