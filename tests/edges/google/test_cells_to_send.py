"""Only what differs is sent, and nothing into staff's cells but in rows and columns that come with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.edges.google.bare import bare
from sheets_sync.edges.google.cells_to_send import CellsToSend, cells_of_a_new_tab, cells_to_send
from sheets_sync.edges.google.layout import Layout, layout_of
from sheets_sync.views.columns import NAMES
from sheets_sync.views.tab import OutCell, Style, Tab
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, DAN, FIRST_LINE, KEY, NOTES, SNOOZE
from tests.sheets_server.model import Json, Place, Spreadsheet
from tests.sheets_server.requests.books import area, do

EVENING = laid.lines(ANA, BEN, CAL)
A, B, C = range(FIRST_LINE, FIRST_LINE + 3)
STUDENT, STATUS, TO_DO, BEHIND = (NAMES.index(name) for name in ("Student", "Status", "What to do", "Behind"))
LINKS = {"Caseload": 0, "Service Grid": 1}


def workbook(tab: Tab | None = None) -> Spreadsheet:
    return laid.written(laid.empty_workbook(), tab or laid.compliance(EVENING))


def with_cell(tab: Tab, place: Place, cell: OutCell) -> Tab:
    row, column = place
    cells = [*tab.rows[row][:column], cell, *tab.rows[row][column + 1 :]]
    return replace(tab, rows=(*tab.rows[:row], tuple(cells), *tab.rows[row + 1 :]))


def sent(book: Spreadsheet, tab: Tab) -> CellsToSend:
    return cells_to_send(layout_of(tab, laid.our_tab(book, tab.mark)), LINKS)


def after(book: Spreadsheet, cells: CellsToSend, mark: str = "compliance") -> Spreadsheet:
    return laid.carried_out(book, list(cells.requests(laid.on_server(book, mark).id)))


def hit(requests: Sequence[Json]) -> Iterator[Place]:
    """Yield each place that a request for cells writes to."""
    for request in requests:
        ((kind, asked),) = request.items()
        if kind == "repeatCell":
            where = asked["range"]
            for row in range(where["startRowIndex"], where["endRowIndex"]):
                for column in range(where["startColumnIndex"], where["endColumnIndex"]):
                    yield row, column
        else:
            assert kind == "updateCells"
            for down, row in enumerate(asked["rows"]):
                for right, _ in enumerate(row["values"]):
                    yield asked["start"]["rowIndex"] + down, asked["start"]["columnIndex"] + right


def test_where_nothing_differs_nothing_is_sent() -> None:
    cells = sent(workbook(), laid.compliance(EVENING))
    assert (list(cells.requests(5)), cells.changed) == ([], 0)


def test_one_figure_is_one_cell() -> None:
    tab = laid.compliance(EVENING)
    cell = tab.rows[B][BEHIND]
    cells = sent(workbook(), with_cell(tab, (B, BEHIND), replace(cell, value=30)))
    assert list(cells.requests(5)) == [
        {
            "updateCells": {
                "start": {"sheetId": 5, "rowIndex": B, "columnIndex": BEHIND},
                "rows": [{"values": [{"userEnteredValue": {"numberValue": 30}}]}],
                "fields": "userEnteredValue",
            }
        }
    ]


CHANGES: list[tuple[str, OutCell, int, list[str]]] = [
    ("another text", OutCell("NOT LOGGED", Style.GREEN), 1, ["userEnteredValue"]),
    ("another look", OutCell("ON TRACK", Style.RED), 0, ["userEnteredFormat"]),
    ("a note", OutCell("ON TRACK", Style.GREEN, "why"), 1, ["note"]),
    ("text and note", OutCell("WATCH", Style.GREEN, "why"), 1, ["userEnteredValue,note"]),
    ("all of it", OutCell("WATCH", Style.BLUE, "why"), 1, ["userEnteredFormat", "userEnteredValue,note"]),
    ("nothing in it any more", OutCell(None, Style.GREEN), 1, ["userEnteredValue"]),
]


@pytest.mark.parametrize(
    ("cell", "changed", "fields"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_of_a_cell_what_differs_is_sent(cell: OutCell, changed: int, fields: list[str]) -> None:
    book, tab = workbook(), with_cell(laid.compliance(EVENING), (A, STATUS), cell)
    cells = sent(book, tab)
    requests = list(cells.requests(5))
    assert [next(iter(one.values()))["fields"] for one in requests] == fields
    assert set(hit(requests)) == {(A, STATUS)}
    assert cells.changed == changed
    now = after(book, cells)
    assert sent(now, tab) == CellsToSend()
    back = after(now, sent(now, laid.compliance(EVENING)))
    assert laid.on_server(back).cells == laid.on_server(book).cells


def test_a_note_that_goes_is_cleared() -> None:
    tab = laid.compliance(EVENING)
    noted = with_cell(tab, (A, STATUS), OutCell("ON TRACK", Style.GREEN, "why"))
    now = after(workbook(noted), sent(workbook(noted), tab))
    assert laid.our_tab(now).cell(A, STATUS).note == ""
    assert laid.our_tab(now).cell(A, STATUS).value == "ON TRACK"


def test_what_people_typed_or_painted_over_our_cells_is_set_right() -> None:
    book = workbook()
    laid.type_in(book, {(A, BEHIND): "lots", (B, STATUS): None, (1, 2): "ours"})
    paint(book, (C, STATUS), "00FF00")
    tab = laid.compliance(EVENING)
    cells = sent(book, tab)
    assert set(hit(list(cells.requests(5)))) == {(A, BEHIND), (B, STATUS), (1, 2), (C, STATUS)}
    assert laid.on_server(after(book, cells)).cells == laid.on_server(workbook()).cells


def paint(book: Spreadsheet, place: Place, rgb: str, mark: str = "compliance", **text: bool) -> None:
    row, column = place
    parts = {name: int(rgb[at : at + 2], 16) / 255 for name, at in (("red", 0), ("green", 2), ("blue", 4))}
    look = {"backgroundColorStyle": {"rgbColor": parts}} | ({"textFormat": text} if text else {})
    fields = "userEnteredFormat.backgroundColorStyle" + (",userEnteredFormat.textFormat.bold" if text else "")
    where = area(row, row + 1, column, column + 1, laid.on_server(book, mark).id)
    do(book, "repeatCell", range=where, cell={"userEnteredFormat": look}, fields=fields)


def test_a_colour_that_staff_gave_a_cell_of_theirs_stays() -> None:
    book = workbook()
    laid.type_in(book, {(A, NOTES): "urgent"})
    paint(book, (A, NOTES), "FF00FF", bold=True)
    paint(book, (B, SNOOZE), "FFFFFF")
    cells = sent(book, laid.tonight(book, EVENING))
    assert set(hit(list(cells.requests(5)))) == {(B, SNOOZE)}, "a cell painted white gets its colour again"


def test_new_cells_of_staffs_columns_get_their_look() -> None:
    book = workbook()
    laid.insert(book, "COLUMNS", STATUS + 1)
    laid.type_in(book, {(FIRST_LINE - 1, STATUS + 1): "Room", (A, STATUS + 1): "12"})
    now = laid.night(book, EVENING)
    looks = {laid.our_tab(now).cell(row, KEY + 1).fill for row in (A, B, C)}
    assert looks == {laid.our_tab(now).cell(A, NOTES).fill}, "not the green of the status beside it"


def test_of_a_line_that_is_gone_nothing_can_be_seen() -> None:
    now = laid.night(workbook(), laid.lines(ANA, CAL))
    assert {column: cell for (row, column), cell in laid.on_server(now).cells.items() if row == C} == {}


def test_a_key_is_never_written_on_a_row_that_is_there() -> None:
    book = workbook()
    laid.type_in(book, {(A, NOTES): "call", (B, KEY): ANA, (B, NOTES): "other"})
    cells = sent(book, laid.tonight(book, EVENING))
    layout = layout_of(laid.tonight(book, EVENING), laid.our_tab(book))
    written = {place: value for place, value in cells.values.items() if place[1] == KEY}
    assert all(layout.rows[row] is None for row, _ in written)
    assert set(written.values()) == {ANA, BEN}
    assert cells.forgotten == {ANA: KEY}, "that of notes that have lost their line goes, wherever it stands"


STAFFS_PLACES = st.dictionaries(
    st.tuples(st.sampled_from([A, B, C]), st.sampled_from([NOTES, SNOOZE, KEY + 1])),
    st.sampled_from(["call", "0012", date(2025, 12, 1), 30, True, " "]),
)


@settings(max_examples=30, deadline=None)
@given(STAFFS_PLACES, st.lists(st.sampled_from([ANA, BEN, CAL, DAN]), unique=True, min_size=1))
def test_nothing_is_written_into_staffs_cells_but_in_new_rows(
    typed: dict[Place, object], students: list[str]
) -> None:
    book = workbook()
    do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension="COLUMNS", length=1)
    laid.type_in(book, {(FIRST_LINE - 1, KEY + 1): "Room"} | typed)
    tab = laid.tonight(book, laid.lines(*students))
    layout = layout_of(tab, laid.our_tab(book))
    cells = cells_to_send(layout, LINKS)
    into_staffs = {place for place in cells.values.keys() | cells.notes.keys() if is_staffs(layout, place)}
    assert into_staffs == set()


def is_staffs(layout: Layout, place: Place) -> bool:
    row, column = place
    is_new = layout.rows[row] is None or layout.columns[column] is None
    return not is_new and (column > KEY or (column in (NOTES, SNOOZE) and row >= FIRST_LINE))


HOSTILE = [
    "=1+1",
    "+1",
    "-",
    "@x",
    "'x",
    "\x00\x1b",
    "\ud800",
    "a\r\nb",
    "👦" * 30_000,
    "0012",
    "TRUE",
    "11/4",
]


def test_all_of_a_new_tab_is_text_but_figures_and_the_notice() -> None:
    tab = laid.compliance(EVENING)
    for row, text in enumerate(HOSTILE):
        tab = replace(tab, rows=(*tab.rows, tuple(OutCell(text, note=text) for _ in range(row + 1))))
    requests = list(cells_of_a_new_tab(tab, LINKS).requests(5))
    entered = [
        cell["userEnteredValue"]
        for request in requests
        for row in request.get("updateCells", {}).get("rows", [])
        for cell in row["values"]
        if "userEnteredValue" in cell
    ]
    formulas = [one["formulaValue"] for one in entered if "formulaValue" in one]
    assert [one[:12] for one in formulas] == ["=IF(TODAY()>"]
    texts = {one["stringValue"] for one in entered if "stringValue" in one}
    assert {"=1+1", "+1", "-", "@x", "'x", "0012", "TRUE", "11/4", "a\nb"} <= texts


TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)
CELLS = st.one_of(
    st.builds(
        OutCell,
        st.one_of(TEXT, st.sampled_from(HOSTILE)),
        st.sampled_from([Style.TEXT, Style.WRAP, Style.GREEN]),
        TEXT,
    ),
    st.builds(OutCell, st.integers(-(10**9), 10**9), st.sampled_from([Style.NUMBER, Style.BEHIND])),
    st.builds(OutCell, st.floats(0, 100).map(lambda number: round(number, 1)), st.just(Style.PERCENT)),
    st.builds(OutCell, st.dates(date(1901, 1, 1)), st.just(Style.DATE)),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=9))
def test_whatever_stands_in_a_cell_is_not_sent_again(cells: list[OutCell]) -> None:
    tab = laid.compliance(EVENING)
    for at, cell in enumerate(cells):
        tab = with_cell(tab, (A + at % 3, STUDENT + at // 3), cell)
    assert laid.requests_for(workbook(tab), tab) == []


def test_links_lead_to_the_cell_and_are_known_again() -> None:
    tab = laid.problems("C2", "C30")
    book = workbook(tab)
    at = FIRST_LINE
    assert [laid.our_tab(book, "problems").cell(row, 2).link for row in (at, at + 1)] == [
        "#gid=1&range=C2",
        "#gid=1&range=C30",
    ]
    assert laid.requests_for(book, tab) == []


def test_a_link_follows_the_cell_that_it_names_and_goes_where_there_is_none() -> None:
    book = workbook(laid.problems("C2", "C30"))
    other = laid.problems("C4", "C30")
    cells = sent(book, other)
    assert set(hit(list(cells.requests(5)))) == {(FIRST_LINE, 2), (FIRST_LINE, 3)}
    now = after(book, cells, "problems")
    assert laid.our_tab(now, "problems").cell(FIRST_LINE, 2).link == "#gid=1&range=C4"
    unlinked = with_cell(other, (FIRST_LINE, 2), OutCell("C4", Style.LINK, link=("Gone", "C4")))
    last = after(now, sent(now, unlinked), "problems")
    assert laid.our_tab(last, "problems").cell(FIRST_LINE, 2).link == ""
    assert sent(last, unlinked) == CellsToSend()


def test_sent_bare_a_cell_may_have_no_link_but_none_to_another_cell() -> None:
    """Google refused twice, for somebody edits; a line was added above the one that is to be mended."""
    book, tab = workbook(laid.problems("C2")), laid.problems("C3")
    now = laid.carried_out(book, bare(laid.requests_for(book, tab)))
    shown = laid.our_tab(now, "problems").cell(FIRST_LINE, 2)
    assert (shown.value, shown.link) == ("C3", "")
    night_after = laid.our_tab(laid.written(now, tab), "problems").cell(FIRST_LINE, 2)
    assert (night_after.value, night_after.link) == ("C3", "#gid=1&range=C3")


def test_a_link_stays_on_a_cell_whose_look_is_set_right() -> None:
    book, tab = workbook(laid.problems("C2")), laid.problems("C2")
    paint(book, (FIRST_LINE, 2), "FF0000", mark="problems")
    assert laid.our_tab(book, "problems").cell(FIRST_LINE, 2).link
    now = after(book, sent(book, tab), "problems")
    assert laid.on_server(now, "problems").cells == laid.on_server(workbook(tab), "problems").cells


def test_links_come_after_what_the_cell_holds_and_how_it_looks() -> None:
    requests = list(cells_of_a_new_tab(laid.problems("C2"), LINKS).requests(5))
    kinds = ["look" if "repeatCell" in one else one["updateCells"]["fields"] for one in requests]
    order = {"look": 0, "userEnteredValue": 1, "note": 1, "userEnteredValue,note": 1}
    assert [order.get(kind, 2) for kind in kinds] == sorted(order.get(kind, 2) for kind in kinds)
    assert kinds[-1] == "userEnteredFormat.textFormat"


def test_rows_below_the_table_are_cleared_and_are_not_sent_again() -> None:
    book = workbook(laid.problems("C2", "C3", "C4"))
    shorter = laid.problems("C2")
    now = after(book, sent(book, shorter), "problems")
    assert {row for row, _ in laid.on_server(now, "problems").cells} == set(range(FIRST_LINE + 1))
    assert sent(now, shorter) == CellsToSend()
