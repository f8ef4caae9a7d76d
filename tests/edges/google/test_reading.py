"""What a Google workbook holds, as values: which tabs are read, whose they are, what writing learns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheets_sync.edges.google.moment import NO_CELL, CellAtRead
from sheets_sync.edges.google.reading import understand
from sheets_sync.edges.google.workbook import GoogleWorkbook
from sheets_sync.ports import Sheet
from sheets_sync.problems import RunFailed
from tests.edges.google.answers import ID, Json, mark, number, tab, text, workbook


class Answering:
    """In place of the client: answers one reading, and keeps what was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str]]] = []

    def spreadsheets_get(self, spreadsheet_id: str, params: dict[str, str]) -> Any:
        self.asked.append((spreadsheet_id, params))
        return self.answer


def sheets_of(*tabs: Json) -> tuple[Sheet, ...]:
    return understand(workbook(*tabs))[0]


def test_rows_stand_where_they_stood() -> None:
    (log,) = sheets_of(
        tab(
            0,
            "Service Log",
            [
                [text("Date"), text("Student"), {}, text("Minutes")],
                [],
                [number(45981, "Nov 20", "DATE", "mmm d"), text("0012"), {}, number(30, "30")],
                [{}, {"userEnteredFormat": {}}],
                [],
            ],
        )
    )
    assert [list(row) for row in log.rows] == [
        ["Date", "Student", None, "Minutes"],
        [],
        [date(2025, 11, 20), "0012", None, 30.0],
    ]


def test_an_empty_tab_has_no_rows() -> None:
    assert [list(sheet.rows) for sheet in sheets_of(tab(0, "A"), tab(1, "B") | {"data": []})] == [[], []]


def test_charts_and_data_sources_are_left_out_and_hidden_tabs_read() -> None:
    answer = workbook(
        tab(0, "Caseload", [[text("Student")]], properties={"hidden": True}),
        {"properties": {"sheetId": 1, "title": "Chart1", "index": 1, "sheetType": "OBJECT"}},
        tab(2, "Query", properties={"sheetType": "DATA_SOURCE"}),
    )
    sheets, moment = understand(answer)
    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [("Caseload", True)]
    assert [(tab.title, tab.grid) for tab in moment.tabs] == [
        ("Caseload", True),
        ("Chart1", False),
        ("Query", False),
    ]


def test_rows_hidden_by_people_and_by_filters_are_read_and_named() -> None:
    rows = [[text("Student")], [text("Ana R.")], [text("Ben T.")], [text("Cal W.")]]
    hidden = [{}, {"hiddenByUser": True}, {"pixelSize": 21}, {"hiddenByFilter": True, "hiddenByUser": False}]
    (sheet,) = sheets_of(tab(0, "Caseload", rows, {"rowMetadata": hidden}))
    assert (len(sheet.rows), sheet.hidden_rows) == (4, {2, 4})


def test_hidden_columns_struck_cells_and_notes_are_named_of_staffs_tabs_alone() -> None:
    struck = {"userEnteredFormat": {"textFormat": {"strikethrough": True}}}
    bold = {
        "userEnteredFormat": {
            "textFormat": {"bold": True, "strikethrough": False},
            "backgroundColorStyle": {},
        }
    }
    rows = [[text("Student"), text("Grade") | bold], [text("Ana R.") | struck, {"note": "moved away"}]]
    columns = {"columnMetadata": [{}, {"hiddenByUser": True}]}
    theirs, ours = sheets_of(
        tab(0, "Caseload", rows, columns),
        tab(5, "Compliance", rows, developerMetadata=[mark(5, "compliance:5")]),
    )
    assert (theirs.hidden_columns, theirs.struck, theirs.noted) == ({1}, {(2, 0)}, {(2, 1)})
    assert (ours.struck, ours.noted) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("merge", "cells"),
    [
        ({"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}, "A1:C1"),
        ({"endRowIndex": 2, "endColumnIndex": 1}, "A1:A2"),
        ({"startRowIndex": 6, "endRowIndex": 9, "startColumnIndex": 26, "endColumnIndex": 28}, "AA7:AB9"),
    ],
)
def test_merged_cells(merge: Json, cells: str) -> None:
    (sheet,) = sheets_of(tab(0, "Caseload", merges=[{"sheetId": 0} | merge]))
    assert sheet.merged == (cells,)


def test_our_tabs_are_known_by_their_mark_and_a_copy_is_not_ours() -> None:
    sheets, moment = understand(
        workbook(
            tab(5, "Who is behind", developerMetadata=[mark(5, "compliance:5")]),
            tab(6, "Data Problems", developerMetadata=[mark(6, "problems:6")]),
            tab(7, "Copy of Who is behind", developerMetadata=[mark(7, "compliance:5")]),
            tab(8, "Compliance", developerMetadata=[mark(8, "compliance:8") | {"metadataKey": "other"}]),
        )
    )
    assert [(sheet.name, sheet.mark) for sheet in sheets] == [
        ("Who is behind", "compliance"),
        ("Data Problems", "problems"),
        ("Copy of Who is behind", None),
        ("Compliance", None),
    ]
    assert {name: tab.id for name, tab in moment.ours.items()} == {"compliance": 5, "problems": 6}


def test_of_our_tabs_the_moment_keeps_every_cell_with_its_look() -> None:
    red = {"backgroundColorStyle": {"rgbColor": {"red": 0.7019608, "green": 0.14901961, "blue": 0.11764706}}}
    cells = [
        text("MAKE-UP OWED", userEnteredFormat=red | {"textFormat": {"bold": True}}, note="since Nov 4"),
        number(
            30, "30 ", "NUMBER", "0_)", userEnteredFormat={"backgroundColorStyle": {"themeColor": "ACCENT1"}}
        ),
        text("", userEnteredValue={"formulaValue": "=IF(TRUE,)"}),
        text("C7", userEnteredFormat={"textFormat": {"link": {"uri": "#gid=0&range=C7"}}}),
        text("dark", userEnteredFormat={"backgroundColorStyle": {"rgbColor": {}}}),
    ]
    sizes = {
        "rowMetadata": [{"pixelSize": 40}, {"pixelSize": 21}],
        "columnMetadata": [{"pixelSize": 100}, {"hiddenByUser": True, "pixelSize": 50}],
    }
    _, moment = understand(
        workbook(
            tab(5, "Compliance", [cells], sizes, developerMetadata=[mark(5, "compliance:5")]),
            tab(0, "Caseload", [[text("Ana R.")]], sizes),
        )
    )
    ours, theirs = moment.tabs
    assert ours.cells == (
        (
            CellAtRead("MAKE-UP OWED", fill="B3261E", bold=True, note="since Nov 4"),
            CellAtRead(30.0, fill="ACCENT1", pattern="0_)"),
            CellAtRead(None, formula="=IF(TRUE,)"),
            CellAtRead("C7", link="#gid=0&range=C7"),
            CellAtRead("dark", fill="000000"),
        ),
    )
    assert (ours.cell(0, 1).value, ours.cell(0, 9), ours.cell(9, 0)) == (30.0, NO_CELL, NO_CELL)
    assert (ours.row_heights, ours.column_widths, ours.hidden_columns) == ((40, 21), (100, 50), {1})
    assert (theirs.cells, theirs.row_heights) == ((), ())


def test_the_moment_knows_what_stands_on_a_tab_besides_cells() -> None:
    protection = {"protectedRangeId": 3, "range": {"sheetId": 5}, "warningOnly": True}
    view = {"filterViewId": 9, "title": "To do"}
    _, moment = understand(
        workbook(
            tab(
                5,
                "Compliance",
                properties={
                    "gridProperties": {
                        "rowCount": 9,
                        "columnCount": 4,
                        "frozenRowCount": 3,
                        "frozenColumnCount": 2,
                    },
                    "tabColorStyle": {"rgbColor": {"red": 1}},
                },
                protectedRanges=[protection],
                filterViews=[view],
                basicFilter={"range": {"sheetId": 5}},
            )
        )
    )
    (ours,) = moment.tabs
    assert (ours.row_count, ours.column_count, ours.frozen, ours.colour) == (9, 4, (3, 2), "FF0000")
    assert (ours.protected_ranges, ours.filter_views) == ((protection,), (view,))
    assert ours.basic_filter == {"range": {"sheetId": 5}}
    assert moment.named("COMPLIANCE") == ours


def test_nothing_of_a_child_shows_in_a_repr() -> None:
    cells = [text("Ana R.", note="Ana R.", userEnteredValue={"formulaValue": "Ana R."})]
    _, moment = understand(
        workbook(
            tab(
                5,
                "Ana R.",
                [cells],
                developerMetadata=[mark(5, "compliance:5")],
                filterViews=[{"title": "Ana R."}],
                protectedRanges=[{"description": "Ana R."}],
            ),
            title="Ana R.",
        )
    )
    assert moment.tabs[0].cells[0][0].note == "Ana R."
    assert "Ana" not in repr(moment) + repr(moment.tabs[0].cells)


def test_a_workbook_is_read_in_one_request_and_knows_its_title_and_zone() -> None:
    client = Answering(workbook(tab(0, "Caseload"), tab(5, "C", developerMetadata=[mark(5, "compliance:5")])))
    book = GoogleWorkbook(client, ID)  # type: ignore[arg-type]
    snapshot = book.read()
    assert (book.name, snapshot.zone, len(client.asked)) == ("Services", "America/New_York", 1)
    assert snapshot.row_link == f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=5&range=A"


def test_before_our_tab_is_there_the_link_leads_where_it_will_be() -> None:
    links = {
        GoogleWorkbook(Answering(workbook(tab(0, "Caseload"))), ID).read().row_link  # type: ignore[arg-type]
        for _ in range(2)
    }
    assert len(links) == 1
    assert "gid=0&" not in links.pop()


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "<html>Sign in to the network</html>",
        {},
        {"spreadsheetId": ID, "properties": {"title": "x"}},
        {"spreadsheetId": ID, "properties": None, "sheets": []},
        {"spreadsheetId": ID, "properties": {"title": "x"}, "sheets": [{"data": []}]},
        workbook(tab(0, "x", [["not a cell"]])),  # type: ignore[list-item]
        workbook(tab(0, "x", merges=[{"sheetId": 0}])),
    ],
)
def test_an_answer_that_is_none_ends_the_run_in_a_sentence(answer: Any) -> None:
    with pytest.raises(RunFailed, match="could not be understood"):
        understand(answer)
