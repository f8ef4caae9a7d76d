"""The same night's work as other programs do it: five tabs read, one coloured tab of lines written.

Two ways, both with plain gspread: as somebody writes it who knows the library (`ordinary`), and as the
examples of its documentation go, a call for each thing that is done (`documented`). Neither counts anything.

One of them from command to exit:  python -m tests.benchmarks.gspread_ways ordinary URL KEY-FILE BOOK-ID
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import gspread

from tests.sheets_server.gspread_client import SCOPES, LocalCredentials, to

LINES, COLUMNS = 160, 25
"""What our tab has in a workbook of 160 lines."""
TABS = ("Caseload", "Service Grid", "Schedule", "Service Log", "Calendar")
NAME = "Overview"
Table = Sequence[Sequence[str | int]]
RED = {"red": 0.96, "green": 0.8, "blue": 0.8}
GREEN = {"red": 0.85, "green": 0.94, "blue": 0.83}
NAVY = {"red": 0.12, "green": 0.22, "blue": 0.39}
WHITE = {"red": 1.0, "green": 1.0, "blue": 1.0}


def a_table(lines: int, columns: int) -> list[list[str | int]]:
    """Return a header and `lines` rows; the second column tells the colour of the row."""
    header: list[str | int] = [f"Column {number}" for number in range(columns)]
    body: list[list[str | int]] = [
        [f"Student {line:03d}", "MAKE-UP OWED" if line % 3 == 0 else "ON TRACK", *range(columns - 2)]
        for line in range(lines)
    ]
    return [header, *body]


def ordinary(client: gspread.Client, key: str, table: Table) -> None:
    """worksheet + get_all_records for each tab, then one update and one batch_format."""
    book = client.open_by_key(key)
    for tab in TABS:
        book.worksheet(tab).get_all_records()
    sheet = _ours(book, table)
    sheet.clear()
    sheet.update([list(row) for row in table], "A1", raw=True)
    sheet.batch_format([_header_format(table), *_row_formats(table)])
    sheet.freeze(rows=1)


def documented(client: gspread.Client, key: str, table: Table) -> None:
    """The examples of the documentation, one after another: a `format` for each row."""
    book = client.open_by_key(key)
    for tab in TABS:
        book.worksheet(tab).get_all_records()
    sheet = _ours(book, table)
    sheet.clear()
    sheet.update([list(row) for row in table], "A1", raw=True)
    for one in (_header_format(table), *_row_formats(table)):
        sheet.format(one["range"], one["format"])
    sheet.freeze(rows=1)


def _ours(book: gspread.Spreadsheet, table: Table) -> gspread.Worksheet:
    try:
        return book.worksheet(NAME)
    except gspread.WorksheetNotFound:
        return book.add_worksheet(NAME, rows=len(table), cols=len(table[0]))


def _header_format(table: Table) -> Any:
    look = {"backgroundColor": NAVY, "textFormat": {"bold": True, "foregroundColor": WHITE}}
    return {"range": f"A1:{_last(table)}1", "format": look}


def _row_formats(table: Table) -> list[Any]:
    return [
        {
            "range": f"A{number}:{_last(table)}{number}",
            "format": {"backgroundColor": RED if row[1] == "MAKE-UP OWED" else GREEN},
        }
        for number, row in enumerate(table[1:], start=2)
    ]


def _last(table: Table) -> str:
    return gspread.utils.rowcol_to_a1(1, len(table[0])).rstrip("1")


WAYS = {"ordinary": ordinary, "documented": documented}


def main(way: str, url: str, key_file: str, book_id: str) -> None:
    credentials = LocalCredentials.from_service_account_file(key_file, scopes=SCOPES)
    client = gspread.authorize(credentials, http_client=to(url))
    WAYS[way](client, book_id, a_table(LINES, COLUMNS))


if __name__ == "__main__":
    main(*sys.argv[1:])
