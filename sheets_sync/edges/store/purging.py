"""The state file, for `sheets-sync purge`.

Rows are overwritten where they stood (`secure_delete`), and the file is then written anew without the gaps.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from sheets_sync.edges.store.forgetting import (
    Deleted,
    delete_all,
    delete_old,
    delete_student,
    plain,
    students,
    tables,
)
from sheets_sync.edges.store.sqlite import SQLiteStore
from sheets_sync.problems import WrongUse


class ForgettingStore(SQLiteStore):
    """A state file of which something is to be deleted. Every method raises RunFailed as `load` does."""

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

    def forget_older(self, before: date) -> Deleted:
        """Delete runs before this date, their mails but for those that wait, and alerts that had ended."""
        return self._delete(lambda connection: delete_old(connection, before))

    def forget_student(self, student: str) -> Deleted:
        """Delete every row that names the student, also in the words of a mail, and all of their lines."""
        return self._delete(lambda connection: delete_student(connection, student))

    def forget_all(self) -> Deleted:
        """Delete everything, and the file."""
        deleted = self._delete(delete_all)
        for name in (self.path.name, f"{self.path.name}-journal", f"{self.path.name}.new"):
            with self._errors_in_words(), suppress(FileNotFoundError):
                os.unlink(self.path.with_name(name))
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
