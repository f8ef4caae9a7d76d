"""What staff do to a workbook between two runs, and what our table is to be after the next (workbook.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from tests.contract.houses import Book
from tests.contract.school import FIRST, HEADERS, Row, column_of, row_of

ANA_SPEECH: Row = ("Ana R.", "Speech therapy", "", "call the provider")
ANA_OT: Row = ("Ana R.", "Occupational therapy", "", "0012")
BEN: Row = ("Ben T.", "Reading", "", "=1+1 is text")
CY_SPEECH: Row = ("Cy U.", "Speech therapy", "", 7.0)
CY_MATH: Row = ("Cy U.", "Math", "", "two\nlines")
AS_WRITTEN = [ANA_SPEECH, ANA_OT, BEN, CY_SPEECH, CY_MATH]


def blank(row: Row, kind: str = "") -> Row:
    return (*row[:2], kind, None)


def lost(row: Row) -> Row:
    return (*row[:2], "no line", row[3])


def removed(row: Row) -> Row:
    return (*row[:2], "REMOVED", row[3])


@dataclass(frozen=True)
class Scene:
    """`edit` is what staff do; `rows` is our table after the next run; `title` what our tab is called.

    `left` stands below it in a Google workbook alone, where nothing is ever cleared in staff's columns: they
    may be writing there at this moment.
    """

    name: str
    edit: Callable[[Book], object]
    rows: Sequence[Row] = field(default_factory=lambda: list(AS_WRITTEN))
    title: str = "Compliance"
    left: Sequence[Row] = ()


def place(book: Book, row: Row, column: str) -> str:
    return f"{column_of(book, column)}{row_of(book, row[0], row[1])}"


def write(row: Row, column: str, value: str | float | date | None) -> Callable[[Book], None]:
    return lambda book: book.type("Compliance", place(book, row, column), value)


def header(name: str, to: str | None) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        at = book.see("Compliance").header(*HEADERS)
        book.type("Compliance", f"{column_of(book, name)}{at}", to)

    return edit


def sort(name: str, *, descending: bool = False) -> Callable[[Book], None]:
    return lambda book: book.sort("Compliance", column_of(book, name), FIRST, descending=descending)


def own_column(before: str) -> Callable[[Book], None]:
    """Staff put a column of their own in, with a header, and write in it beside one line."""

    def edit(book: Book) -> None:
        letter = column_of(book, before)
        book.insert_columns("Compliance", letter)
        book.type("Compliance", f"{letter}3", "Asked")
        book.type("Compliance", f"{letter}{row_of(book, 'Ben T.', 'Reading')}", "on Friday")

    return edit


def delete_column(name: str) -> Callable[[Book], None]:
    return lambda book: book.delete_columns("Compliance", column_of(book, name))


def delete_row(row: Row) -> Callable[[Book], None]:
    return lambda book: book.delete_rows("Compliance", row_of(book, row[0], row[1]))


def grid(row: Row, column: str, value: str | None) -> Callable[[Book], None]:
    """Staff write in the Service Grid: in the row of this line."""
    at = AS_WRITTEN.index(row) + 2
    return lambda book: book.type("Service Grid", f"{column}{at}", value)


def new_line(before: int) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        book.insert_rows("Service Grid", before)
        values = ("Ben T.", "Math", "1 x 30 min / week", "T. Lee", date(2025, 10, 20))
        typed = {f"{letter}{before}": value for letter, value in zip("ABCDE", values, strict=True)}
        book.type_all("Service Grid", typed)

    return edit


def all_of(*edits: Callable[[Book], object]) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        for one in edits:
            one(book)

    return edit


def copy_row(book: Book) -> None:
    """Staff put a row in and copy a line's row into it, whole."""
    cells = book.see("Compliance").values()[row_of(book, *ANA_SPEECH[:2]) - 1]
    book.insert_rows("Compliance", FIRST + 3)
    book.type_all(
        "Compliance", {f"{get_column_letter(at)}{FIRST + 3}": value for at, value in enumerate(cells, 1)}
    )


NEW: Row = ("Ben T.", "Math", "", None)
SCENES = [
    Scene("nothing", lambda book: None),
    Scene("sorted by service", sort("Service")),
    Scene("sorted by status, from the end", sort("Status", descending=True)),
    Scene("sorted by the key", sort("Line")),
    Scene("sorted by the notes", sort("Staff notes")),
    Scene("a row put in between two lines", lambda book: book.insert_rows("Compliance", 6)),
    Scene("three rows put in above everything", lambda book: book.insert_rows("Compliance", 1, 3)),
    Scene("a row put in above the header", lambda book: book.insert_rows("Compliance", 3)),
    Scene("the summary deleted", lambda book: book.delete_rows("Compliance", 1, 2)),
    Scene("the header deleted", lambda book: book.delete_rows("Compliance", 3)),
    Scene(
        "a line's row deleted",
        delete_row(BEN),
        [ANA_SPEECH, ANA_OT, blank(BEN), CY_SPEECH, CY_MATH],
    ),
    Scene("a column of their own in the middle", own_column("Provider")),
    Scene("a column of their own before the first", own_column("Student")),
    Scene("a column of their own beside the notes", own_column("Snooze until")),
    Scene("a blank column put in", lambda book: book.insert_columns("Compliance", "D")),
    Scene("a column of ours deleted", delete_column("Provider")),
    Scene("the column with the student deleted", delete_column("Student")),
    Scene(
        "the column of notes deleted",
        delete_column("Staff notes"),
        [blank(row) for row in AS_WRITTEN],
    ),
    Scene("a figure written over", write(BEN, "Behind", "a lot")),
    Scene("a status written over", write(BEN, "Status", "DONE")),
    Scene("a student's name written over", write(BEN, "Student", "Benjamin")),
    Scene("the header of the notes renamed", header("Staff notes", "Our notes")),
    Scene("a header of ours renamed", header("Provider", "Who")),
    Scene("the header of the key cleared", header("Line", None)),
    Scene(
        "a note changed",
        write(BEN, "Staff notes", "new"),
        [*AS_WRITTEN[:2], (*BEN[:3], "new"), *AS_WRITTEN[3:]],
    ),
    Scene("a note cleared", write(BEN, "Staff notes", None), [*AS_WRITTEN[:2], blank(BEN), *AS_WRITTEN[3:]]),
    Scene(
        "a key cleared", write(BEN, "Line", None), [*AS_WRITTEN[:2], blank(BEN), *AS_WRITTEN[3:], lost(BEN)]
    ),
    Scene("a row copied whole", copy_row, left=[ANA_SPEECH]),
    Scene("cells painted", lambda book: book.paint("Compliance", place(book, BEN, "Staff notes"), "FF00FF")),
    Scene("merged cells taken apart", lambda book: book.unmerge("Compliance")),
    Scene("rows filtered", lambda book: book.filter("Compliance", 3, "B", "Reading")),
    Scene("rows hidden", lambda book: book.hide_rows("Compliance", 5, 2)),
    Scene("our tab renamed", lambda book: book.rename("Compliance", "Ana's minutes"), title="Ana's minutes"),
    Scene("our tab moved to the front", lambda book: book.move("Compliance", 0)),
    Scene(
        "our tab renamed, moved and sorted",
        all_of(
            sort("Service"),
            lambda book: book.move("Compliance", 0),
            lambda book: book.rename("Compliance", "Minutes"),
        ),
        title="Minutes",
    ),
    Scene("our tab copied", lambda book: book.copy("Compliance")),
    Scene(
        "our tab deleted",
        lambda book: book.delete("Compliance"),
        [blank(row) for row in AS_WRITTEN],
    ),
    Scene("the other tab of ours deleted", lambda book: book.delete("Data Problems")),
    Scene(
        "a line new at the top of the grid",
        new_line(2),
        [ANA_SPEECH, ANA_OT, NEW, BEN, CY_SPEECH, CY_MATH],
    ),
    Scene(
        "a line new at the end of the grid",
        new_line(7),
        [ANA_SPEECH, ANA_OT, BEN, NEW, CY_SPEECH, CY_MATH],
    ),
    Scene(
        "a line gone from the grid",
        lambda book: book.delete_rows("Service Grid", 4),
        [ANA_SPEECH, ANA_OT, CY_SPEECH, CY_MATH, removed(BEN)],
    ),
    Scene(
        "the grid sorted by service",
        lambda book: book.sort("Service Grid", "B", 2),
        [ANA_OT, ANA_SPEECH, BEN, CY_MATH, CY_SPEECH],
    ),
    Scene(
        "a service renamed in the grid",
        grid(BEN, "B", "Writing"),
        [*AS_WRITTEN[:2], ("Ben T.", "Writing", "", BEN[3]), *AS_WRITTEN[3:]],
    ),
    Scene("a provider changed in the grid", grid(BEN, "D", "J. Rivera")),
    Scene("a frequency that cannot be read", grid(BEN, "C", "now and then")),
    Scene(
        "a line new above, and our rows sorted",
        all_of(sort("Service"), new_line(2)),
        [ANA_SPEECH, ANA_OT, NEW, BEN, CY_SPEECH, CY_MATH],
    ),
    Scene(
        "everything at once",
        all_of(
            sort("Line"),
            own_column("Status"),
            lambda book: book.insert_rows("Compliance", 5, 2),
            lambda book: book.delete_rows("Service Grid", 4),
            lambda book: book.unmerge("Compliance"),
        ),
        [ANA_SPEECH, ANA_OT, CY_SPEECH, CY_MATH, removed(BEN)],
    ),
]
