"""Whatever staff do to our tab: the next run puts its rows and columns in order, and their notes stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sheets_sync.staff_columns import StaffRow, find_columns
from sheets_sync.views.columns import NAMES
from sheets_sync.views.removed_rows import LOST_LINE
from tests.edges.google import laid
from tests.edges.google.laid import (
    ANA,
    BEN,
    CAL,
    DAN,
    FIRST_LINE,
    KEY,
    NOTES,
    SNOOZE,
    Lines,
    delete,
    insert,
    lines,
    move,
    sort_lines,
    type_in,
    unmerge,
)
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do
from tests.sheets_server.requests.refused import Refused

DEC = date(2025, 12, 1)
EVENING = lines(ANA, BEN, CAL)
A, B, C = range(FIRST_LINE, FIRST_LINE + 3)
"""The rows of the three lines."""
BEHIND = NAMES.index("Behind")

Edit = Callable[[Spreadsheet], object]


def morning() -> Spreadsheet:
    """Return the workbook after a first run, with what staff wrote since."""
    workbook = laid.after_the_first_night(EVENING)
    type_in(workbook, {(A, NOTES): "Ana's note", (A, SNOOZE): DEC, (C, NOTES): "0012"})
    return workbook


AS_WRITTEN: dict[str, tuple[object, object, dict[str, object]]] = {
    ANA: ("Ana's note", DEC, {}),
    CAL: ("0012", None, {}),
}


def beside_keys(workbook: Spreadsheet) -> dict[str, tuple[object, object, dict[str, object]]]:
    rows = laid.staff(workbook).rows
    return {key: (row.notes, row.snooze, dict(row.added)) for key, row in rows.items() if row.written}


def loose(workbook: Spreadsheet) -> list[object]:
    return sorted(str(row.notes) for row in laid.staff(workbook).loose)


def what_staff_wrote(rows: Iterable[StaffRow]) -> list[str]:
    """Columns without a header are called by where they stand, which is another place after a run."""
    return sorted(
        str((row.key, row.notes, row.snooze, list(row.added.values()))) for row in rows if row.written
    )


def keys(workbook: Spreadsheet) -> list[object]:
    return [row[KEY] if len(row) > KEY else None for row in laid.values(workbook)[FIRST_LINE:]]


def must_be_in_order(workbook: Spreadsheet, these: Lines) -> None:
    """Our columns show exactly the tab that a run makes of this workbook, and another run changes nothing."""
    wanted = laid.tonight(workbook, these)
    assert laid.requests_for(workbook, wanted) == []
    header = laid.values(workbook)[FIRST_LINE - 1]
    assert header[: len(NAMES)] == list(NAMES)
    assert keys(workbook)[: len(these)] == list(these)


def steps(*edits: Edit) -> Edit:
    def edit(workbook: Spreadsheet) -> None:
        for one in edits:
            one(workbook)

    return edit


def rows(name: Callable[..., None], *places: int) -> Edit:
    return lambda workbook: name(workbook, "ROWS", *places)


def columns(name: Callable[..., None], *places: int) -> Edit:
    return lambda workbook: name(workbook, "COLUMNS", *places)


def typed(cells: dict[tuple[int, int], object]) -> Edit:
    return lambda workbook: type_in(workbook, cells)


def copied(row: int, to: int) -> Edit:
    """Insert a row at `to` and paste all of `row` into it."""

    def edit(workbook: Spreadsheet) -> None:
        insert(workbook, "ROWS", to)
        laid.copy_row(workbook, row if row < to else row + 1, to)

    return edit


OWN = {(FIRST_LINE - 1, KEY + 1): "Room", (A, KEY + 1): "12", (B, KEY + 1): "7"}

STAY: list[tuple[str, Edit]] = [
    ("nothing", steps()),
    ("rows sorted by student, last first", lambda book: sort_lines(book, 0, "DESCENDING")),
    ("rows sorted by notes", lambda book: sort_lines(book, NOTES)),
    ("a line moved above the others", rows(move, C, A)),
    ("a line moved above the title", rows(move, C, 0)),
    ("a line moved between the titles", steps(unmerge, rows(move, C, 1))),
    ("the header moved below", rows(move, FIRST_LINE - 1, FIRST_LINE + 3)),
    ("a blank row inserted in the middle", rows(insert, B)),
    ("blank rows inserted above all", rows(insert, 0, 2)),
    ("a row inserted and written in, in our columns", steps(rows(insert, B), typed({(B, 0): "who is this"}))),
    ("a row copied whole, below", copied(A, C + 1)),
    ("a row copied whole, above itself", copied(A, A)),
    ("a row without notes copied", copied(B, A)),
    ("a row without notes deleted", rows(delete, B)),
    ("a column of ours moved", steps(unmerge, columns(move, BEHIND, 0))),
    ("Staff notes moved first", steps(unmerge, columns(move, NOTES, 0))),
    ("the key moved first", steps(unmerge, columns(move, KEY, 0))),
    ("a blank column inserted inside ours", columns(insert, BEHIND)),
    ("a blank column inserted first", columns(insert, 0)),
    ("blank columns inserted before the notes", columns(insert, NOTES, 2)),
    ("a blank column inserted before the key", columns(insert, KEY)),
    ("a column of ours deleted", columns(delete, BEHIND)),
    ("the first two columns deleted", columns(delete, 0, 2)),
    ("the first three columns deleted", columns(delete, 0, 3)),
    ("the columns before the notes deleted", columns(delete, NOTES - 3, 3)),
    ("Behind renamed", typed({(FIRST_LINE - 1, BEHIND): "Owed min"})),
    ("Staff notes renamed", typed({(FIRST_LINE - 1, NOTES): "Our notes"})),
    ("Snooze until renamed", typed({(FIRST_LINE - 1, SNOOZE): None})),
    ("Line renamed", typed({(FIRST_LINE - 1, KEY): "id"})),
    ("header row deleted", rows(delete, FIRST_LINE - 1)),
    ("header row cleared", typed(dict.fromkeys([(FIRST_LINE - 1, at) for at in range(KEY + 1)]))),
    ("title row deleted", rows(delete, 0)),
    ("second title row deleted", rows(delete, 1)),
    ("both title rows deleted", rows(delete, 0, 2)),
    ("titles and header deleted", rows(delete, 0, 3)),
    ("title typed over", typed({(0, 0): "Who is behind", (1, 2): None})),
    ("all figures deleted", typed(dict.fromkeys([(row, at) for row in (A, B, C) for at in range(NOTES)]))),
    ("merged cells taken apart", unmerge),
    ("cells merged", lambda book: laid.merge(book, A, C, NOTES, SNOOZE)),
]


@pytest.mark.parametrize("edit", [case[1] for case in STAY], ids=[case[0] for case in STAY])
def test_notes_stay_beside_their_line(edit: Edit) -> None:
    workbook = morning()
    edit(workbook)
    others = {sheet.id: sheet for sheet in workbook.sheets if not sheet.developer_metadata}
    after = laid.night(workbook, EVENING)
    assert beside_keys(after) == AS_WRITTEN
    assert loose(after) == []
    must_be_in_order(after, EVENING)
    assert {sheet.id: sheet for sheet in after.sheets if sheet.id in others} == others


def with_own_column() -> Spreadsheet:
    """Staff keep a column of their own, "Room", right of ours."""
    workbook = morning()
    insert_right(workbook)
    type_in(workbook, OWN)
    return laid.night(workbook, EVENING)


def insert_right(workbook: Spreadsheet) -> None:
    do(workbook, "appendDimension", sheetId=laid.on_server(workbook).id, dimension="COLUMNS", length=1)


OWN_STAYS: list[tuple[str, Edit]] = [
    ("nothing", steps()),
    ("rows sorted", lambda book: sort_lines(book, 0, "DESCENDING")),
    ("their column moved among ours", steps(unmerge, columns(move, KEY + 1, 4))),
    ("their column moved first", steps(unmerge, columns(move, KEY + 1, 0))),
    ("the key moved right of it", steps(unmerge, columns(move, KEY, KEY + 2))),
    ("a column of ours moved right of it", steps(unmerge, columns(move, BEHIND, KEY + 2))),
    ("a column of ours deleted", columns(delete, BEHIND)),
    ("the key renamed", typed({(FIRST_LINE - 1, KEY): "id"})),
    ("a blank column inserted before it", columns(insert, KEY + 1)),
    ("a blank column inserted before the key", columns(insert, KEY)),
]


@pytest.mark.parametrize("edit", [case[1] for case in OWN_STAYS], ids=[case[0] for case in OWN_STAYS])
def test_a_column_that_staff_put_in_stays_beside_its_lines(edit: Edit) -> None:
    workbook = with_own_column()
    edit(workbook)
    after = laid.night(workbook, EVENING)
    assert beside_keys(after) == {
        ANA: ("Ana's note", DEC, {"Room": "12"}),
        BEN: (None, None, {"Room": "7"}),
        CAL: ("0012", None, {}),
    }
    must_be_in_order(after, EVENING)


def test_a_column_put_in_among_ours_goes_to_the_right_of_them_with_all_that_stands_in_it() -> None:
    workbook = morning()
    do(workbook, "appendDimension", sheetId=laid.on_server(workbook).id, dimension="ROWS", length=1)
    insert(workbook, "COLUMNS", 4)
    type_in(workbook, {(FIRST_LINE - 1, 4): "Room", (A, 4): "12", (C + 1, 4): "below the table"})
    after = laid.night(workbook, EVENING)
    assert laid.staff(after).added == ("Room",)
    assert beside_keys(after)[ANA] == ("Ana's note", DEC, {"Room": "12"})
    assert [row.added for row in laid.staff(after).loose] == [{"Room": "below the table"}]
    must_be_in_order(after, EVENING)


def test_a_column_put_in_where_one_of_ours_was_deleted_is_not_taken_for_it() -> None:
    workbook = morning()
    insert(workbook, "COLUMNS", BEHIND)
    type_in(workbook, {(FIRST_LINE - 1, BEHIND): "Room", (A, BEHIND): "12"})
    delete(workbook, "COLUMNS", BEHIND + 1)
    after = laid.night(workbook, EVENING)
    must_be_in_order(after, EVENING)
    assert beside_keys(after)[ANA] == ("Ana's note", DEC, {"Room": "12"})


def test_a_column_of_theirs_with_a_header_of_ours_is_theirs() -> None:
    workbook = with_own_column()
    type_in(workbook, {(FIRST_LINE - 1, KEY + 1): "Staff notes"})
    after = laid.night(workbook, EVENING)
    assert beside_keys(after)[ANA] == ("Ana's note", DEC, {f"Staff notes ({KEY + 2})": "12"})


def test_when_the_key_column_is_deleted_the_notes_stand_below_as_those_without_a_line() -> None:
    workbook = with_own_column()
    delete(workbook, "COLUMNS", KEY)
    after = laid.night(workbook, EVENING)
    must_be_in_order(after, EVENING)
    assert loose(after) == ["0012", "Ana's note", "None"]
    assert [row.added for row in laid.staff(after).loose] == [{"Room": "12"}, {"Room": "7"}, {}]
    assert LOST_LINE in [row[NAMES.index("What to do")] for row in laid.values(after)[C + 1 :]]


def test_when_notes_are_deleted_with_their_column_a_blank_one_takes_its_place() -> None:
    workbook = morning()
    delete(workbook, "COLUMNS", NOTES)
    after = laid.night(workbook, EVENING)
    assert beside_keys(after) == {ANA: (None, DEC, {})}
    must_be_in_order(after, EVENING)


def test_notes_typed_on_a_blank_row_are_listed_below_and_go_with_their_words() -> None:
    workbook = morning()
    insert(workbook, "ROWS", B)
    type_in(workbook, {(B, NOTES): "for whom?"})
    after = laid.night(workbook, EVENING)
    assert beside_keys(after) == AS_WRITTEN
    assert loose(after) == ["for whom?"]
    must_be_in_order(after, EVENING)
    insert(after, "ROWS", A, 2)
    again = laid.night(after, EVENING)
    assert loose(again) == ["for whom?"]
    must_be_in_order(again, EVENING)


def test_a_new_line_stands_between_two_others_and_notes_do_not_move_to_it() -> None:
    after = laid.night(morning(), lines(ANA, DAN, BEN, CAL))
    assert keys(after) == [ANA, DAN, BEN, CAL]
    assert beside_keys(after) == AS_WRITTEN
    must_be_in_order(after, lines(ANA, DAN, BEN, CAL))


def test_lines_in_another_order_take_their_notes_along() -> None:
    after = laid.night(morning(), lines(CAL, DAN, ANA, BEN))
    assert keys(after) == [CAL, DAN, ANA, BEN]
    assert beside_keys(after) == AS_WRITTEN


def test_a_line_that_is_gone_stays_below_with_its_notes_as_removed() -> None:
    after = laid.night(morning(), lines(BEN, CAL))
    assert keys(after) == [BEN, CAL, ANA]
    assert beside_keys(after) == AS_WRITTEN
    assert laid.values(after)[C][NAMES.index("Status")] == "REMOVED"
    must_be_in_order(after, lines(BEN, CAL))
    back = laid.night(after, EVENING)
    assert (keys(back), beside_keys(back)) == ([ANA, BEN, CAL], AS_WRITTEN)


def test_of_a_line_that_is_gone_without_notes_a_blank_row_stays_below_and_is_no_lines_any_more() -> None:
    after = laid.night(morning(), lines(ANA, CAL))
    assert keys(after) == [ANA, CAL]
    assert laid.on_server(after).row_count == laid.on_server(morning()).row_count
    assert our_cells(after, C) == set()
    must_be_in_order(after, lines(ANA, CAL))
    type_in(after, {(C, NOTES): "for whom?"})
    again = laid.night(after, EVENING)
    assert beside_keys(again) == AS_WRITTEN
    assert loose(again) == ["for whom?"]
    must_be_in_order(again, EVENING)


def our_cells(workbook: Spreadsheet, row: int) -> set[int]:
    """Return the columns of a row in which anything stands, or that look like anything."""
    return {column for at, column in laid.on_server(workbook).cells if at == row}


def test_of_two_rows_of_one_key_that_differ_neither_is_lost() -> None:
    workbook = morning()
    copied(A, C + 1)(workbook)
    type_in(workbook, {(C + 1, NOTES): "another note"})
    after = laid.night(workbook, EVENING)
    must_be_in_order(after, EVENING)
    assert beside_keys(after) == {CAL: ("0012", None, {})}
    assert loose(after) == ["Ana's note", "another note"]
    once_more = laid.night(after, EVENING)
    assert loose(once_more) == ["Ana's note", "another note"]


def test_of_a_row_copied_whole_names_stay_and_what_staff_wrote_but_no_figures() -> None:
    workbook = with_own_column()
    copied(A, C + 1)(workbook)
    insert(workbook, "ROWS", C + 1)
    type_in(workbook, {(C + 1, NOTES): "below"})
    after = laid.night(workbook, EVENING)
    must_be_in_order(after, EVENING)
    assert beside_keys(after)[ANA] == ("Ana's note", DEC, {"Room": "12"})
    assert loose(after) == ["below"]
    assert keys(after)[3:] == [None, ANA]
    copy = laid.values(after)[C + 2]
    assert [value for value in copy if value is not None] == [
        *laid.values(after)[A][:2],
        "Ana's note",
        DEC,
        ANA,
        "12",
    ]


def test_what_staff_write_beside_a_copy_stands_there_and_takes_nothing_from_the_line() -> None:
    workbook = morning()
    copied(A, C + 1)(workbook)
    after = laid.night(workbook, EVENING)
    type_in(after, {(A, NOTES): "a new note", (C + 1, NOTES): "beside the copy"})
    again = laid.night(after, EVENING)
    must_be_in_order(again, EVENING)
    assert beside_keys(again) == {ANA: ("a new note", DEC, {}), CAL: ("0012", None, {})}
    assert loose(again) == ["beside the copy"]


def test_what_staff_write_beside_a_copy_of_a_row_without_notes_is_the_lines() -> None:
    workbook = morning()
    copied(B, C + 1)(workbook)
    after = laid.night(workbook, EVENING)
    assert laid.values(after)[C + 1][:2] == laid.values(after)[B][:2], "nobody takes it for a blank row"
    type_in(after, {(C + 1, NOTES): "beside the copy"})
    again = laid.night(after, EVENING)
    must_be_in_order(again, EVENING)
    assert beside_keys(again) == AS_WRITTEN | {BEN: ("beside the copy", None, {})}
    assert loose(again) == []


def test_a_copy_of_which_only_notes_are_left_says_nothing_new() -> None:
    workbook = morning()
    copied(A, C + 1)(workbook)
    after = laid.night(workbook, EVENING)
    gone = laid.night(after, lines(BEN, CAL))
    assert beside_keys(gone) == AS_WRITTEN
    assert laid.staff(gone).rows[ANA].figures["Student"] == "Ana R."


PROBLEM_EDITS: list[tuple[str, Edit]] = [
    ("nothing", steps()),
    ("a row deleted", lambda book: delete(book, "ROWS", 4, mark="problems")),
    ("a row inserted", lambda book: insert(book, "ROWS", 3, mark="problems")),
    ("titles and header deleted", lambda book: delete(book, "ROWS", 0, 3, mark="problems")),
    ("a column deleted", lambda book: delete(book, "COLUMNS", 2, mark="problems")),
    ("a column inserted", lambda book: insert(book, "COLUMNS", 0, mark="problems")),
]


@pytest.mark.parametrize("cells", [("C2", "C3", "C4"), ("C2",), ("C9", "C8", "C7", "C6", "C5"), ()])
@pytest.mark.parametrize("edit", [case[1] for case in PROBLEM_EDITS], ids=[case[0] for case in PROBLEM_EDITS])
def test_a_tab_whose_rows_have_no_key_is_written_anew_where_it_stands(
    edit: Edit, cells: tuple[str, ...]
) -> None:
    workbook = laid.written(laid.empty_workbook(), laid.problems("C2", "C3", "C4"))
    edit(workbook)
    wanted = laid.problems(*cells)
    after = laid.written(workbook, wanted)
    assert laid.requests_for(after, wanted) == []
    shown = [[cell.value for cell in row] for row in laid.our_tab(after, "problems").cells]
    assert [found for row in shown[3:] if (found := [value for value in row if value])] == [
        [cell.value for cell in row if cell.value] for row in wanted.rows[3:]
    ]


ROWS = st.integers(0, 8)
COLUMNS = st.integers(0, KEY + 2)
NOTE = st.sampled_from(["call home", "0012", "=1+1", " ", "Ana's note", LOST_LINE, "Line", ANA])
EDITS = st.one_of(
    st.builds(lambda at: rows(insert, at), ROWS),
    st.builds(lambda at: rows(delete, at), ROWS),
    st.builds(lambda at, to: rows(move, at, to), ROWS, ROWS),
    st.builds(lambda at, to: copied(at, to), ROWS, ROWS),
    st.builds(lambda at: columns(insert, at), COLUMNS),
    st.builds(lambda at: columns(delete, at), COLUMNS),
    st.builds(lambda at, to: columns(move, at, to), COLUMNS, COLUMNS),
    st.builds(
        lambda at, down: lambda book: sort_lines(book, at, "DESCENDING" if down else "ASCENDING"),
        COLUMNS,
        st.booleans(),
    ),
    st.builds(lambda row, column, text: typed({(row, column): text}), ROWS, COLUMNS, NOTE),
    st.just(unmerge),
    st.just(insert_right),
)


SOME_LINES = st.lists(st.sampled_from([ANA, BEN, CAL, DAN]), unique=True, min_size=1)


def edited(edits: list[Edit]) -> Spreadsheet:
    workbook = morning()
    for edit in edits:
        with suppress(Refused):
            edit(workbook)
    return workbook


@settings(max_examples=40, deadline=None)
@given(st.lists(EDITS, max_size=6), SOME_LINES)
def test_after_any_edits_each_note_stands_with_its_line_and_another_run_changes_nothing(
    edits: list[Edit], students: list[str]
) -> None:
    workbook, these = edited(edits), lines(*students)
    assume(find_columns(laid.values(workbook))[0] is not None)
    before = laid.staff(workbook)
    after = laid.night(workbook, these)
    must_be_in_order(after, these)
    found = laid.staff(after)
    assert what_staff_wrote(found.rows.values()) == what_staff_wrote(before.rows.values())
    assert what_staff_wrote(found.loose) == what_staff_wrote(before.loose)


@settings(max_examples=20, deadline=None)
@given(st.lists(EDITS, max_size=4), SOME_LINES)
def test_without_the_header_too_notes_and_dates_stay_with_their_line(
    edits: list[Edit], students: list[str]
) -> None:
    workbook = edited(edits)
    header = find_columns(laid.values(workbook))[0]
    assume(header is not None)
    with suppress(Refused):
        delete(workbook, "ROWS", header)
    before = beside_keys(workbook)
    after = beside_keys(laid.night(workbook, lines(*students)))
    assert {key: after[key][:2] for key in before} == {key: written[:2] for key, written in before.items()}
