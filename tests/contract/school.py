"""A small school for the scenes: three students, five lines, each with something of its own to see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openpyxl.utils import get_column_letter

from tests.contract.houses import Book, House, Rows
from tests.contract.seen import SeenTab, Value

TODAY = date(2025, 10, 20)
"""A Monday; lines began on Oct 6."""

TOMORROW = date(2025, 10, 21)

HEADERS = ("Student", "Service", "Line")
"""By these the header row of our tab is known, whatever staff did to it."""

FIRST = 4
"""The first row of our table."""

START = date(2025, 10, 6)
LINES = (
    # student, service, frequency, provider, days, start, end
    ("Ana R.", "Speech therapy", "2 x 30 min / week", "J. Rivera", "Mon, Wed", "9:00 AM", "9:30 AM"),
    ("Ana R.", "Occupational therapy", "1 x 30 min / week", "P. Okafor", "Tue", "10:00 AM", "10:30 AM"),
    ("Ben T.", "Reading", "3 x 45 min / week", "T. Lee", "Mon, Wed, Fri", "11:00 AM", "11:45 AM"),
    ("Cy U.", "Speech therapy", "1 x 30 min / week", "J. Rivera", "Thu", "9:00 AM", "9:30 AM"),
    ("Cy U.", "Math", "2 x 30 min / week", "T. Lee", "Tue, Thu", "1:00 PM", "1:30 PM"),
)
LOG = (
    ("Ana R.", "Speech therapy", "J. Rivera", 6, 30, "Delivered"),
    ("Ana R.", "Speech therapy", "J. Rivera", 8, 30, "Provider absent"),
    ("Ana R.", "Speech therapy", "J. Rivera", 13, 30, "Delivered"),
    ("Ana R.", "Speech therapy", "J. Rivera", 15, 30, "Delivered"),
    ("Ana R.", "Occupational therapy", "P. Okafor", 7, 30, "Delivered"),
    ("Ana R.", "Occupational therapy", "P. Okafor", 14, 30, "Student absent"),
    ("Ben T.", "Reading", "T. Lee", 6, 45, "Delivered"),
    ("Ben T.", "Reading", "T. Lee", 8, 45, "Delivered"),
    ("Cy U.", "Speech therapy", "J. Rivera", 9, 30, "Delivered"),
    ("Cy U.", "Speech therapy", "J. Rivera", 16, 30, "Provider absent"),
    ("Cy U.", "Math", "T. Lee", 7, 30, "Delivered"),
    ("Cy U.", "Math", "T. Lee", 9, 30, "Delivered"),
)


def school() -> dict[str, Rows]:
    """Return the rows of every tab that staff keep, and of one that is none of our business."""
    return {
        "Caseload": [
            ["Student", "Student ID", "Case manager", "Case manager email"],
            *[
                [name, number, "C. Manager", "manager@example.org"]
                for name, number in (("Ana R.", "0012"), ("Ben T.", "0013"), ("Cy U.", "0014"))
            ],
        ],
        "Service Grid": [
            ["Student", "Service", "Frequency", "Provider", "Start date"],
            *[[*line[:4], START] for line in LINES],
        ],
        "Schedule": [
            ["Student", "Service", "Provider", "Days", "Start", "End"],
            *[[line[0], line[1], line[3], *line[4:]] for line in LINES],
        ],
        "Service Log": [
            ["Date", "Student", "Service", "Provider", "Minutes", "Status"],
            *[
                [date(2025, 10, day), student, service, provider, float(minutes), status]
                for student, service, provider, day, minutes, status in LOG
            ],
        ],
        "Calendar": [
            ["Date", "Kind"],
            [date(2025, 8, 25), "First day"],
            [date(2026, 6, 11), "Last day"],
        ],
        "Staff": [
            ["Name", "Email"],
            *[[name, f"{name[3:].lower()}@example.org"] for name in ("J. Rivera", "P. Okafor", "T. Lee")],
        ],
        "Supplies": [["Item", "Count"], ["Pencils", 12.0], ["Glue", 3.0]],
    }


def after_the_first_night(house: House) -> Book:
    book = house.make(school())
    book.sync(TODAY)
    return book


Row = tuple[str, str, str, Value]
"""Student, service, what kind of row it is ("" for a line, "REMOVED", "no line"), and staff's notes."""


def table(book: Book, title: str = "Compliance") -> list[Row]:
    """Return the rows of our table from above."""
    found: list[Row] = []
    for row in book.see(title).lines(*HEADERS):
        if any(value is not None for value in row.values()):
            kind = "REMOVED" if row["Status"] == "REMOVED" else "" if row["Line"] else "no line"
            found.append((str(row["Student"] or ""), str(row["Service"] or ""), kind, row["Staff notes"]))
    return found


def row_of(book: Book, student: str, service: str, title: str = "Compliance") -> int:
    """Return the row in which a line stands now."""
    return _rows(book.see(title))[student, service]


def column_of(book: Book, name: str, title: str = "Compliance") -> str:
    """Return the letter of a column of our tab."""
    return _column(book.see(title), name)


def note(book: Book, student: str, service: str, text: Value, column: str = "Staff notes") -> None:
    """Let staff write beside a line."""
    notes(book, {(student, service): text}, column)


def notes(book: Book, texts: Mapping[tuple[str, str], Value], column: str = "Staff notes") -> None:
    """Let staff write beside lines."""
    tab = book.see("Compliance")
    letter, rows = _column(tab, column), _rows(tab)
    book.type_all("Compliance", {f"{letter}{rows[line]}": text for line, text in texts.items()})


def _column(tab: SeenTab, name: str) -> str:
    return get_column_letter(tab.values()[tab.header(*HEADERS) - 1].index(name) + 1)


def _rows(tab: SeenTab) -> dict[tuple[Value, Value], int]:
    header = tab.header(*HEADERS)
    names = tab.values()[header - 1]
    student, service = names.index("Student"), names.index("Service")
    return {(row[student], row[service]): at for at, row in enumerate(tab.values()[header:], header + 1)}
