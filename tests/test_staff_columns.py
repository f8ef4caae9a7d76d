"""Staff's two columns are read back whatever was done to the tab (workbook.md, promise 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.staff_columns import kept_value, read_staff_columns
from sheets_sync.views.columns import LINE, NAMES, SNOOZE_UNTIL, STAFF_NOTES, STUDENT

Grid = list[list[CellValue]]

ANA, BEN, CAL = "bcdfghjk", "mnpqrstv", "wxyzbcdf"
DEC = datetime(2025, 12, 1)  # noqa: DTZ001


def row(student: str, key: CellValue, notes: CellValue = None, snooze: CellValue = None) -> list[CellValue]:
    shown = {"Student": student, "Service": "Speech", "Behind": 30.0, STAFF_NOTES: notes, LINE: key}
    return [({SNOOZE_UNTIL: snooze} | shown).get(name) for name in NAMES]


def tab() -> Grid:
    return [
        ["Compliance", None, "1 to make up"],
        ["All 3 lines counted"],
        list(NAMES),
        row("Ana R.", ANA, "call mother", DEC),
        row("Ben T.", BEN, "0012"),
        row("Cal V.", CAL),
    ]


def written(grid: Grid) -> dict[str, tuple[object, object]]:
    found = read_staff_columns(Sheet("Compliance", grid))
    return {key: (one.notes, one.snooze) for key, one in found.rows.items() if one.written}


def loose(grid: Grid) -> list[object]:
    return [one.notes for one in read_staff_columns(Sheet("Compliance", grid)).loose]


AS_WRITTEN = {ANA: ("call mother", date(2025, 12, 1)), BEN: ("0012", None)}


def move_staff_notes_first(grid: Grid) -> None:
    at = NAMES.index(STAFF_NOTES)
    for cells in grid:
        cells.insert(0, cells.pop(at) if at < len(cells) else None)


def insert_column(grid: Grid) -> None:
    for cells in grid:
        cells.insert(3, None)


def rename(old: str, new: CellValue) -> Callable[[Grid], None]:
    def edit(grid: Grid) -> None:
        grid[2][NAMES.index(old)] = new

    return edit


EDITS = [
    ("nothing", lambda grid: None),
    ("rows sorted", lambda grid: grid.insert(3, grid.pop())),
    ("sorted with the header", lambda grid: grid.reverse()),
    ("a blank row inserted above", lambda grid: grid.insert(0, [])),
    ("a row inserted between", lambda grid: grid.insert(4, [None, "?"])),
    ("a column inserted", insert_column),
    ("columns moved", move_staff_notes_first),
    ("header in capitals", rename(STAFF_NOTES, " STAFF  NOTES ")),
    ("Staff notes renamed", rename(STAFF_NOTES, "Our notes")),
    ("Snooze until renamed", rename(SNOOZE_UNTIL, "Wait")),
    ("Line renamed", rename(LINE, "id")),
    ("Line cleared", rename(LINE, None)),
    ("one of ours renamed", rename("Behind", "Owed min")),
    ("header row deleted", lambda grid: grid.pop(2)),
    ("title rows deleted", lambda grid: grid.__delitem__(slice(0, 2))),
]


@pytest.mark.parametrize("edit", [e[1] for e in EDITS], ids=[e[0] for e in EDITS])
def test_notes_stay_with_their_key(edit: Callable[[Grid], None]) -> None:
    grid = tab()
    edit(grid)
    assert written(grid) == AS_WRITTEN
    assert loose(grid) == []


def test_a_row_without_a_key_is_loose() -> None:
    grid = tab()
    grid[3][-1] = None
    assert written(grid) == {BEN: ("0012", None)}
    assert loose(grid) == ["call mother"]


def test_notes_typed_into_the_title_rows_are_loose() -> None:
    grid = tab()
    grid[0] = ["Compliance", *[None] * 21, "in the wrong row"]
    assert loose(grid) == ["in the wrong row"]


def test_one_key_on_two_rows_that_differ_attaches_to_none() -> None:
    grid = tab()
    grid[4][-1] = ANA
    assert written(grid) == {}
    assert loose(grid) == ["call mother", "0012"]


def test_a_row_copied_whole_still_has_one_note() -> None:
    grid = tab()
    grid.append(list(grid[3]))
    assert written(grid) == AS_WRITTEN


def test_two_notes_under_a_copied_row_attach_to_none() -> None:
    grid = tab()
    grid.append(row("Ana R.", ANA, "another note"))
    assert ANA not in written(grid)
    assert loose(grid) == ["call mother", "another note"]


def test_a_column_that_staff_added_is_kept() -> None:
    grid = tab()
    insert_column(grid)
    grid[2][3], grid[4][3] = "Parent called", "yes"
    found = read_staff_columns(Sheet("Compliance", grid))
    assert found.added == ("Parent called",)
    assert dict(found.rows[BEN].added) == {"Parent called": "yes"}
    assert found.rows[ANA].written
    assert not found.rows[CAL].written


def test_a_column_called_as_one_without_a_header_would_be_is_another() -> None:
    grid = tab()
    for cells, theirs in zip(grid[2:], (["Column 28"], ["yes"], ["no", None, "later"]), strict=False):
        cells += theirs
    found = read_staff_columns(Sheet("Compliance", grid))
    assert found.added == ("Column 28", "Column 28 (28)")
    assert dict(found.rows[ANA].added) == {"Column 28": "yes"}
    assert dict(found.rows[BEN].added) == {"Column 28": "no", "Column 28 (28)": "later"}


def test_a_row_that_shows_no_name_is_called_as_its_line_was_and_so_is_a_copy_of_it() -> None:
    grid = tab()
    grid += [row("Ben T.", BEN, "beside a copy"), row("", "zzzzzzzz", "of nobody known")]
    for cells in grid[3:]:
        cells[: NAMES.index(STAFF_NOTES)] = [None] * NAMES.index(STAFF_NOTES)
    names = {key: {"Student": student, "Service": "Speech"} for key, student in ((ANA, "Ana"), (BEN, "Ben"))}
    found = read_staff_columns(Sheet("Compliance", grid), names)
    assert {key: one.figures["Student"] for key, one in found.rows.items()} == {
        ANA: "Ana",
        BEN: "Ben",
        CAL: None,
        "zzzzzzzz": None,
    }
    assert [(one.key, one.notes, one.figures["Student"]) for one in found.loose] == [
        ("", "0012", "Ben"),
        ("", "beside a copy", "Ben"),
    ]


def test_the_last_figures_come_with_the_row() -> None:
    found = read_staff_columns(Sheet("Compliance", tab()))
    assert found.rows[CAL].figures[STUDENT] == "Cal V."
    assert found.rows[CAL].figures["Behind"] == 30


def test_nothing_to_read() -> None:
    assert not read_staff_columns(None).rows
    assert not read_staff_columns(Sheet("Compliance", [])).rows
    assert not read_staff_columns(Sheet("Compliance", [["hello"]])).rows


KEPT = [
    ("0012", "0012"),
    ("=1+1", "=1+1"),
    ("  ", None),
    (12.0, 12),
    (12.5, 12.5),
    (DEC, date(2025, 12, 1)),
    (datetime(2025, 12, 1, 9, 30), datetime(2025, 12, 1, 9, 30)),  # noqa: DTZ001
    (date(2025, 12, 1), date(2025, 12, 1)),
    (time(9, 5), "9:05"),
    (timedelta(hours=26), "26:00"),
    (True, True),
    (ErrorValue("#REF!"), "#REF!"),
    (None, None),
]


@pytest.mark.parametrize(("cell", "kept"), KEPT)
def test_a_cell_keeps_its_type(cell: CellValue, kept: object) -> None:
    found = kept_value(cell)
    assert found == kept
    assert type(found) is type(kept)


cells = st.one_of(
    st.none(), st.text(max_size=5), st.sampled_from([*NAMES, ANA, BEN]), st.floats(), st.booleans()
)


@given(st.lists(st.lists(cells, max_size=30), max_size=8))
def test_anything_can_stand_on_the_tab(rows: list[list[CellValue]]) -> None:
    found = read_staff_columns(Sheet("Compliance", rows))
    assert max(len(found.rows), len(found.loose)) <= len(rows)


notes = st.one_of(st.none(), st.text(st.characters(codec="ascii", categories=("L",)), min_size=1, max_size=4))


@given(st.lists(st.tuples(st.sampled_from(["", ANA, BEN, CAL]), notes), max_size=8), st.randoms())
def test_no_note_is_lost(given_rows: list[tuple[str, str | None]], random: object) -> None:
    rows = [row("Ana R.", key, note) for key, note in given_rows]
    random.shuffle(rows)  # type: ignore[attr-defined]
    found = read_staff_columns(Sheet("Compliance", [list(NAMES), *rows]))
    read = [one.notes for one in (*found.rows.values(), *found.loose) if one.notes]
    assert set(read) == {note for _, note in given_rows if note}
