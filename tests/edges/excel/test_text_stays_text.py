"""What a cell holds is data: any text in any cell or note is read again as exactly this text (promise 19)."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.edges.excel.notes import read_notes
from sheets_sync.edges.excel.text import LONGEST_TEXT, cut, readable
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.views.tab import OutCell, OutValue, Tab
from tests.edges.excel.making import put, sheet, simple_parts


def tab_of(*cells: OutCell) -> Tab:
    return Tab("Compliance", "compliance", tuple((cell,) for cell in cells), (10,))


def written(path: Path, *cells: OutCell, properties: str = "") -> list[CellValue]:
    """Write these cells one below the other, and read them again."""
    book = ExcelWorkbook(put(path, simple_parts({"Caseload": sheet("")}, "", properties)))
    book.write([tab_of(*cells)], book.read())
    rows = book.read().sheets[1].rows
    return [rows[n][0] if n < len(rows) and rows[n] else None for n in range(len(cells))]


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=60) | st.sampled_from(
    [
        "=1+1",
        '=HYPERLINK("http://example.com","Ana R.")',
        "+1",
        "-1",
        "@SUM(A1)",
        "'quoted",
        "0012",
        "1e5",
        "TRUE",
        "11/4",
        " spaces  inside ",
        "two\nlines",
        "carriage\rreturn",
        "tab\tstop",
        "_x0041_",
        "_x005F_x0041_",
        "bell \x07 and null \x00",
        "]]></t></is></c>",
        '<row r="1"/>',
        "&amp; &#10; &",
        "\u202eright to left",
        "👩🏽‍🏫 emoji",
        "\ufffe\uffff",
        "_x",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_any_text_in_any_cell_is_read_as_this_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("text") / "x.xlsx"
    expected = [readable(text) or None for text in texts]
    assert written(path, *map(OutCell, texts)) == expected
    with zipfile.ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read("xl/worksheets/sheet2.xml"))
    assert not [element for element in tree.iter() if element.tag.endswith("}f")], "never a formula"


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=8))
def test_any_text_in_any_note(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("notes") / "x.xlsx"
    cells = [OutCell(1, note=text) for text in texts]
    written(path, *cells)
    with zipfile.ZipFile(path) as archive:
        notes = read_notes(archive.read("xl/comments1.xml"))
        ElementTree.fromstring(archive.read("xl/drawings/vmlDrawing1.vml"))
    assert notes == {f"A{n}": readable(text) for n, text in enumerate(texts, 1)}
    book = ExcelWorkbook(path)
    assert book.write([tab_of(*cells)], book.read()) == 0


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (30, 30.0),
        (66.7, 66.7),
        (0, 0.0),
        (-5, -5.0),
        (True, True),
        (None, None),
        ("", None),
        (date(2025, 11, 4), date(2025, 11, 4)),
        (datetime.fromisoformat("2025-11-04T09:30"), datetime.fromisoformat("2025-11-04T09:30")),
        (date(1900, 3, 1), date(1900, 3, 1)),
        (date(1899, 5, 1), "1899-05-01"),  # Excel has no such day
        (float("nan"), ErrorValue("#NUM!")),
    ],
)
@pytest.mark.parametrize("date1904", ["0", "1"])
def test_values_are_read_as_they_were_meant(
    tmp_path: Path, value: OutValue, read: CellValue, date1904: str
) -> None:
    properties = f'<workbookPr date1904="{date1904}"/>'
    if value == date(1900, 3, 1) and date1904 == "1":
        read = "1900-03-01"  # before the first day of that system
    from sheets_sync.views.tab import Style

    style = Style.DATE if isinstance(value, date) and not isinstance(value, datetime) else Style.TEXT
    if isinstance(value, datetime):
        style = Style.DATE
    assert written(tmp_path / "x.xlsx", OutCell(value, style), properties=properties) == [read]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    exact, longer = "x" * LONGEST_TEXT, "x" * (LONGEST_TEXT + 1)
    assert written(tmp_path / "x.xlsx", OutCell(exact), OutCell(longer)) == [exact, "x" * 32_766 + "…"]


def test_emoji_count_twice_and_are_never_cut_in_half() -> None:
    # 16,383 x 2 = 32,766 units fit with one to spare; one emoji more does not
    assert cut("🎈" * 16_383) == "🎈" * 16_383
    assert cut("🎈" * 16_384) == "🎈" * 16_383 + "…"
    assert cut("a" + "🎈" * 16_384) == "a" + "🎈" * 16_382 + "…"


def test_openpyxl_sees_text_too(tmp_path: Path) -> None:
    texts = ("=1+1", '=HYPERLINK("http://example.com")', "0012", "a\nb")
    written(tmp_path / "x.xlsx", *map(OutCell, texts))
    column = openpyxl.load_workbook(tmp_path / "x.xlsx")["Compliance"]["A"]
    assert [(cell.value, cell.data_type) for cell in column] == [(text, "s") for text in texts]
