"""The state file, for `sheets-sync purge`.

Rows are overwritten where they stood (`secure_delete`), and the file is then written anew without the gaps.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from sheets_sync.edges.store.forgetting import (
    Cleaned,
    Deleted,
    delete_all,
    delete_old,
    delete_student,
    plain,
    students,
    tables,
    waiting_about,
)
from sheets_sync.edges.store.schema import APPLICATION_ID
from sheets_sync.edges.store.sqlite import Damaged, SQLiteStore
from sheets_sync.findings.words import count
from sheets_sync.problems import RunFailed, WrongUse

SQLITE = b"SQLite format 3\x00"
APPLICATION_AT = 68
"""Where a SQLite file holds its application_id, four bytes (sqlite.org/fileformat2.html, 1.3)."""


class ForgettingStore(SQLiteStore):
    """A state file of which something is to be deleted. Every method raises RunFailed as `load` does."""

    def damaged(self) -> list[Path]:
        """Return the files of a state that is ours by its header and cannot be read; none where it can be.

        Raises RunFailed where the file is not ours.
        """
        try:
            self.contents()
        except Damaged:
            if not self._has_our_header():
                raise
            return [path for path in self._files() if path.exists()]
        return []

    def _has_our_header(self) -> bool:
        with self._errors_in_words(), self.path.open("rb") as file:
            header = file.read(100)
        application = header[APPLICATION_AT : APPLICATION_AT + 4]
        return header.startswith(SQLITE) and application == APPLICATION_ID.to_bytes(4, "big")

    def _files(self) -> list[Path]:
        """Return the file, and what a crash can leave beside it."""
        names = (self.path.name, f"{self.path.name}-journal", f"{self.path.name}.new")
        return [self.path.with_name(name) for name in names]

    def contents(self) -> Deleted:
        """Return how many rows each table has; empty where nothing is remembered."""
        if not self._exists():
            return {}
        with self._connected() as connection:
            return {table: _count(connection, table) for table in tables(connection)}

    def named(self, student: str) -> str:
        """Return the name under which the student of this name or Student ID is remembered.

        Raises WrongUse where there is none; the message does not repeat the name.
        """
        if self._exists():
            with self._connected() as connection:
                for name, student_id in students(connection):
                    if plain(student) in (plain(name), plain(student_id)) and student.strip():
                        return name
        raise WrongUse(
            "no such student is remembered", "write the name as on the Caseload, or the Student ID, in quotes"
        )

    def message_ids(self) -> frozenset[str]:
        """Return the Message-IDs of all mails that are remembered, sent or not."""
        if not self._exists():
            return frozenset()
        with self._connected() as connection:
            return frozenset(one for (one,) in connection.execute("SELECT message_id FROM mail"))

    def refuse_while_waiting(self, student: str) -> None:
        """Raise RunFailed where a mail that waits names the student: the rest of it would never be told."""
        if not self._exists():
            return
        with self._connected() as connection:
            numbers = waiting_about(connection, student)
        if numbers:
            raise RunFailed(
                f"{count(len(numbers), 'mail waits', 'mails wait')} in which this student is named, and what"
                " is said there of others would never be told: nothing was deleted.",
                "Send first what waits (sheets-sync outbox --retry), or drop what names the student"
                f" ({', '.join(f'outbox --drop {number}' for number in numbers)}).",
            )

    def forget_older(self, before: date) -> Deleted:
        """Delete runs before this date, their mails but for those that wait, and alerts that had ended."""
        return self._delete(lambda connection: delete_old(connection, before))

    def forget_student(self, student: str, cleaned: Cleaned) -> Deleted:
        """Delete every row that names the student, also in the words of a mail, and all of their lines.

        Of the sheets of other workbooks stays what `cleaned` leaves.
        """
        return self._delete(lambda connection: delete_student(connection, student, cleaned))

    def forget_all(self) -> Deleted:
        """Delete everything, and the file."""
        deleted = self._delete(delete_all)
        for path in self._files():
            with self._errors_in_words(), suppress(FileNotFoundError):
                os.unlink(path)
        return deleted

    def _delete(self, what: Callable[[sqlite3.Connection], Deleted]) -> Deleted:
        if not self._exists():
            return {}
        with self._connected() as connection:
            connection.execute("PRAGMA temp_store = MEMORY")
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                deleted = what(connection)
            connection.execute("VACUUM")
        return {table: rows for table, rows in deleted.items() if rows}


def _count(connection: sqlite3.Connection, table: str) -> int:
    count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return count
