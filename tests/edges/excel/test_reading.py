"""What an .xlsx holds, as values: types, error cells, dates of both systems, hidden and merged cells."""

from __future__ import annotations

import time as clock
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.ports import CellValue, ErrorValue, Snapshot
from sheets_sync.problems import WrongUse
from tests.edges.excel.making import MAIN, STYLES, put, rich_parts, sheet, simple_parts, text_row

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


at = datetime.fromisoformat


def read(path: Path) -> Snapshot:
    return ExcelWorkbook(path).read()


def one_cell(path: Path, cell: str, properties: str = "") -> CellValue:
    """What A1 of a workbook reads as, if it stands there as this XML."""
    put(path / "x.xlsx", simple_parts({"S": sheet(f'<row r="1">{cell}</row>')}, "", properties, STYLES))
    rows = read(path / "x.xlsx").sheets[0].rows
    return rows[0][0] if rows else None


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="A1" t="inlineStr"><is><t>0012</t></is></c>', "0012"),
        ('<c r="A1"><v>12</v></c>', 12.0),
        ('<c r="A1"><v>0</v></c>', 0.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="str"><f>B1&amp;"x"</f><v>as computed</v></c>', "as computed"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0),
        ('<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>', None),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> Ana  R. </t></is></c>', " Ana  R. "),
        ('<c r="A1" t="inlineStr"><is><r><t>two</t></r><r><t>Parts</t></r></is></c>', "twoParts"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', ErrorValue("#REF!")),
        ("<c r='A1' t='e'><f>VLOOKUP(1,B1:C2,2)</f><v>#N/A</v></c>", ErrorValue("#N/A")),
        ('<c t="e"><v>#NAME?</v></c>', ErrorValue("#NAME?")),
        ('<c r="A1" t="inlineStr"><is><t>the code t="e" is text</t></is></c>', 'the code t="e" is text'),
        ('<c r="A1" t="inlineStr"><is><t>#REF!</t></is></c>', "#REF!"),
    ],
)
def test_a_cell_is_what_stands_there(tmp_path: Path, xml: str, value: CellValue) -> None:
    read_value = one_cell(tmp_path, xml)
    assert (type(read_value), read_value) == (type(value), value)


@pytest.mark.parametrize(
    ("serial", "date1904", "value"),
    [
        ("45981", "0", date(2025, 11, 20)),
        ("44519", "1", date(2025, 11, 20)),  # 45981 - 1462
        ("1", "0", date(1900, 1, 1)),
        ("61", "0", date(1900, 3, 1)),  # Excel counts a 29 February 1900
        ("45981.375", "0", at("2025-11-20T09:00")),
        ("45981.39583333", "0", at("2025-11-20T09:30")),  # 9:30 with the fraction cut short
        ("45980.99999999", "0", at("2025-11-20T00:00")),
    ],
)
def test_dates_of_both_systems(tmp_path: Path, serial: str, date1904: str, value: date) -> None:
    cell = f'<c r="A1" s="1"><v>{serial}</v></c>'
    assert one_cell(tmp_path, cell, f'<workbookPr date1904="{date1904}"/>') == value


def test_times_and_lengths_of_time(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([time(9, 5), timedelta(hours=30), at("2025-09-03T13:45")])
    book.save(tmp_path / "x.xlsx")
    assert list(read(tmp_path / "x.xlsx").sheets[0].rows[0]) == [
        time(9, 5),
        timedelta(hours=30),
        at("2025-09-03T13:45"),
    ]


def test_addresses_hold_where_the_first_rows_and_columns_are_empty(tmp_path: Path) -> None:
    rows = '<row r="3"><c r="C3"><v>7</v></c></row><row r="9"><c r="B9" s="1"/></row>'
    put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}))
    read_rows = read(tmp_path / "x.xlsx").sheets[0].rows
    assert len(read_rows) == 3, "empty rows at the end are left out"
    assert read_rows[2][2] == 7.0


@pytest.mark.parametrize(("state", "hidden"), [("visible", False), ("hidden", True), ("veryHidden", True)])
def test_a_hidden_tab_is_read_and_known_to_be_hidden(tmp_path: Path, state: str, hidden: bool) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Student"])
    book.create_sheet("Old log").append(["Date"])
    book["Old log"].sheet_state = state
    book.save(tmp_path / "x.xlsx")
    assert [(one.rows[0][0], one.is_hidden) for one in read(tmp_path / "x.xlsx").sheets] == [
        ("Student", False),
        ("Date", hidden),
    ]


def test_a_rich_workbook_as_it_stands(tmp_path: Path) -> None:
    snapshot = read(put(tmp_path / "x.xlsm", rich_parts()))
    caseload, lists = snapshot.sheets
    assert [list(row) for row in caseload.rows[:2]] == [
        ["Student", "School", "Plan"],
        ["Ana R.", "North", "IEP"],
    ]
    assert list(caseload.rows[2]) == ["Ben T.", "South", ErrorValue("#DIV/0!")]
    assert caseload.hidden_rows == {3}
    assert caseload.merged == ("D1:F1",)
    assert (lists.name, lists.mark, snapshot.notes) == ("Lists", None, ())


def test_errors_and_hidden_rows_without_addresses(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c></row>"
        '<row hidden="true"><c/><c t="e"><v>#REF!</v></c></row>'
        '<row><c><v>3</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}))
    tab = read(tmp_path / "x.xlsx").sheets[0]
    assert [list(row) for row in tab.rows] == [
        [1.0, None],
        [None, ErrorValue("#REF!")],
        [3.0, ErrorValue("#N/A")],
    ]
    assert tab.hidden_rows == {2}


def test_a_column_of_errors_below_the_last_value(tmp_path: Path) -> None:
    rows = text_row(1, "Minutes") + "".join(
        f'<row r="{n}"><c r="B{n}" t="e"><v>#REF!</v></c></row>' for n in range(2, 2002)
    )
    put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}))
    read_rows = read(tmp_path / "x.xlsx").sheets[0].rows
    assert len(read_rows) == 2001
    assert {row[1] for row in read_rows[1:]} == {ErrorValue("#REF!")}


def test_elements_with_a_prefix(tmp_path: Path) -> None:
    parts = simple_parts({"S": ""})
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1" hidden="1"><x:c r="A1" t="inlineStr"><x:is>'
        '<x:t>a</x:t></x:is></x:c><x:c r="B1" t="e"><x:v>#REF!</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="C1:D1"/></x:mergeCells></x:worksheet>'
    )
    put(tmp_path / "x.xlsx", parts)
    tab = read(tmp_path / "x.xlsx").sheets[0]
    assert list(tab.rows[0]) == ["a", ErrorValue("#REF!")]
    assert (tab.hidden_rows, tab.merged) == ({1}, ("C1:D1",))


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        ('<col min="2" max="3" width="9" hidden="1"/>', {1, 2}),
        ("<col min='3' max='16384' hidden='true'/>", set(range(2, 26))),
        ('<col min="1" max="1" hidden="1"/><col min="2" max="2" hidden="0"/>', {0}),
        ('<col min="0" max="1" hidden="1"/>', {0}),
        ('<col min="7" max="9" hidden="1"/>', {6, 7, 8}),
        ('<col min="30" max="99" hidden="1"/>', set()),
        ('<col hidden="1"/>', set()),
        ("", set()),
    ],
)
def test_hidden_columns_as_far_as_something_may_stand(tmp_path: Path, columns: str, hidden: set[int]) -> None:
    parts = simple_parts({"S": sheet('<row r="1"><c r="C1"><v>7</v></c></row>')})
    xml = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(xml, str)
    parts["xl/worksheets/sheet1.xml"] = xml.replace("<sheetData>", f"<cols>{columns}</cols><sheetData>")
    assert read(put(tmp_path / "x.xlsx", parts)).sheets[0].hidden_columns == hidden


@pytest.mark.parametrize(
    ("font", "struck"),
    [("<strike/>", True), ('<b/><strike val="1"/>', True), ('<strike val="0"/>', False), ("<b/>", False)],
)
def test_cells_whose_font_has_a_line_through_it(tmp_path: Path, font: str, *, struck: bool) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><b/></font><font>{font}</font></fonts>'
        '<cellXfs count="3"><xf fontId="0"/><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    )
    rows = '<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" s="2"><v>7</v></c><c r="C2" s="2"/></row>'
    path = put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}, styles=styles))
    assert read(path).sheets[0].struck == ({(2, 1)} if struck else set())


def test_a_million_formatted_empty_rows_cost_little(tmp_path: Path) -> None:
    rows = text_row(1, "Date") + "".join(
        f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_048_577)
    )
    path = put(tmp_path / "x.xlsx", simple_parts({"Service Log": sheet(rows)}))
    start = clock.perf_counter()
    tab = read(path).sheets[0]
    assert [list(row) for row in tab.rows] == [["Date"]]
    assert clock.perf_counter() - start < 5


def test_a_value_in_the_last_cell_of_all_is_refused_and_named(tmp_path: Path) -> None:
    rows = text_row(1, "Date") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = put(tmp_path / "x.xlsx", simple_parts({"Service Log": sheet(rows)}))
    with pytest.raises(WrongUse, match=r'"Service Log" of x\.xlsx reaches to XFD1048576') as caught:
        read(path)
    assert "Ctrl+End" in caught.value.remedy


def test_a_value_in_the_last_row_is_read(tmp_path: Path) -> None:
    rows = text_row(1, "Date") + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    tab = read(put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}))).sheets[0]
    assert (len(tab.rows), tab.rows[1_048_575][0]) == (1_048_576, 1.0)


def test_styled_empty_columns_to_the_right_do_not_count(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}" s="1"/></row>' for n in range(1, 5001)
    )
    tab = read(put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}, styles=STYLES))).sheets[0]
    assert len(tab.rows) == 5000


def test_the_chunks_of_a_large_sheet_are_cut_between_rows() -> None:
    from sheets_sync.edges.excel.scan import scan_sheet

    hidden = dict.fromkeys(range(3, 40, 3), " hidden='1'")
    rows = (f'<row r="{n}"{hidden.get(n, "")}><c r="B{n}" t="e"><v>#REF!</v></c></row>' for n in range(1, 40))
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    whole = sheet("".join(rows), merged).encode()
    for size in (37, 100, 1000):
        scan = scan_sheet(whole[at : at + size] for at in range(0, len(whole), size))
        assert scan.errors == {(n, 1): "#REF!" for n in range(1, 40)}
        assert scan.hidden_rows == set(range(3, 40, 3))
        assert (scan.merged, scan.rows) == (["A1:B1"], 39)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_samples_are_read_as_openpyxl_reads_them(path: Path) -> None:
    book = openpyxl.load_workbook(path, data_only=True)
    for tab in read(path).sheets:
        theirs = {
            (cell.row, cell.column): cell.value
            for row in book[tab.name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        ours = {
            (r, c): value
            for r, row in enumerate(tab.rows, 1)
            for c, value in enumerate(row, 1)
            if value is not None
        }
        assert ours.keys() == theirs.keys()
        for place, value in theirs.items():
            plain = value.date() if type(ours[place]) is date and isinstance(value, datetime) else value
            assert ours[place] == plain
