"""What is deleted of a state file: what is old, what names one student, everything."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from sheets_sync.edges.store.kept_sheets import packed_sheet, unpacked_sheet
from sheets_sync.edges.store.kept_tabs import packed, unpacked
from sheets_sync.ports import Sheet
from sheets_sync.views.tab_without_rows import without_rows

KEPT = timedelta(days=730)
"""How long runs and the mails that they told are remembered: two school years."""

Deleted = dict[str, int]
"""Table -> rows."""

OLD = {
    "mail": "outcome <> 'waiting' AND run IN (SELECT id FROM run WHERE today < :before)",
    "alert": "ended < :before",
    "run": "today < :before AND id NOT IN (SELECT run FROM mail) AND id <> (SELECT max(id) FROM run)",
}
"""Table -> what makes a row old: the date of its run, for an alert its end. Mail that waits is never old."""


def delete_old(connection: sqlite3.Connection, before: date) -> Deleted:
    """Delete what is older than this date; return how many rows of each table."""
    values = {"before": before.isoformat()}
    return {
        table: connection.execute(f"DELETE FROM {table} WHERE {old}", values).rowcount
        for table, old in OLD.items()
    }


def forget_words(connection: sqlite3.Connection, before: date) -> None:
    """Blank the words of mails that were given up and were decided before this date; the rows stay."""
    connection.execute(
        "UPDATE mail SET text = '', html = '' WHERE outcome = 'given up' AND text != ''"
        " AND run IN (SELECT id FROM run WHERE today < ?)",
        (before.isoformat(),),
    )


def delete_all(connection: sqlite3.Connection) -> Deleted:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    return {
        table: connection.execute(f"DELETE FROM {table}").rowcount for table in reversed(tables(connection))
    }


Cleaned = Callable[[Sequence[Sheet], str, Mapping[str, str]], Sequence[Sheet | None]]
"""Takes kept sheets, a student and all who are remembered (name -> ID); gives each sheet without the student,
None where it has to go whole."""


def delete_student(connection: sqlite3.Connection, student: str, cleaned: Cleaned) -> Deleted:
    """Delete what names the student; of tabs and sheets that are kept, what is the student's in them."""
    keys = {key for (key,) in connection.execute("SELECT key FROM line WHERE student = ?", (student,))}
    says = _naming(student)
    connection.create_function(
        "names_the_student", 1, lambda cell: (text := _text(cell)) in keys or says(text)
    )
    connection.execute("PRAGMA defer_foreign_keys = ON")
    deleted = {"kept_sheet": _clean_sheets(connection, student, cleaned)}
    _clean_tabs(connection, lambda text: text in keys or says(text))
    for table in tables(connection):
        if table != "run":
            where = " OR ".join(f'names_the_student("{name}")' for name in columns(connection, table))
            gone = connection.execute(f"DELETE FROM {table} WHERE {where}").rowcount
            deleted[table] = deleted.get(table, 0) + gone
    return deleted


def _clean_sheets(connection: sqlite3.Connection, student: str, cleaned: Cleaned) -> int:
    """Take the student out of the sheets of other workbooks; return how many went whole."""
    kept = connection.execute("SELECT rowid, sheet FROM kept_sheet ORDER BY rowid").fetchall()
    known: dict[str, str] = {}
    for name, student_id in students(connection):
        known[name] = known.get(name) or student_id
    left = cleaned([unpacked_sheet(sheet) for _, sheet in kept], student, known) if kept else ()
    for (row, _), sheet in zip(kept, left, strict=True):
        if sheet is None:
            connection.execute("DELETE FROM kept_sheet WHERE rowid = ?", (row,))
        else:
            connection.execute("UPDATE kept_sheet SET sheet = ? WHERE rowid = ?", (packed_sheet(sheet), row))
    return sum(sheet is None for sheet in left)


def _clean_tabs(connection: sqlite3.Connection, names: Callable[[str], bool]) -> None:
    """Take the student's rows out of our tabs as they were last written, below their headers."""
    for row, kept in connection.execute("SELECT rowid, tab FROM kept_tab").fetchall():
        with suppress(ValueError, TypeError, KeyError, zlib.error):
            tab = without_rows(unpacked(kept), names)
            connection.execute("UPDATE kept_tab SET tab = ? WHERE rowid = ?", (packed(tab), row))


def waiting_about(connection: sqlite3.Connection, student: str) -> list[int]:
    """Return the numbers of the mails that wait and name the student."""
    says = _naming(student)
    waiting = connection.execute(
        "SELECT number, subject, text, html FROM mail WHERE outcome = 'waiting' ORDER BY number"
    )
    return [number for number, *words in waiting if any(map(says, words))]


def _text(cell: object) -> str:
    """Return what a cell says: tabs are kept compressed; a number says nothing."""
    if isinstance(cell, bytes):
        with suppress(zlib.error):
            return zlib.decompress(cell).decode("utf-8", "replace")
    return cell if isinstance(cell, str) else ""


def _naming(student: str) -> Callable[[str], bool]:
    """Return what tells whether a text has this name in it: as it is, in JSON, or in HTML."""
    forms: Iterable[str] = {student, json.dumps(student)[1:-1], html.escape(student)}
    found = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms), re.IGNORECASE)
    return lambda text: found.search(text) is not None


def students(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (name, Student ID) of every student whom a row names; the ID is "" where it is not known."""
    yield from connection.execute("SELECT student, student_id FROM line")
    for table in tables(connection):
        if "student" in columns(connection, table):
            yield from ((name, "") for (name,) in connection.execute(f"SELECT student FROM {table}"))


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in found if not name.startswith("sqlite_")]


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
