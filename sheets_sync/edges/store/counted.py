"""What the last trusted run counted, in four tables of its own (counted.py)."""

from __future__ import annotations

import sqlite3
from datetime import date

from sheets_sync.counted import Counted, CountedDay, CountedEntries, CountedLine, CountedSession
from sheets_sync.edges.store.rows import insert, select

TABLES = ("counted_line", "counted_session", "counted_entries", "counted_day")
COUNTED_ON = "counted_on"


def load_counted(connection: sqlite3.Connection) -> Counted:
    """Return what was counted last; raises what `select` raises, and ValueError."""
    found = connection.execute("SELECT value FROM fact WHERE name = ?", (COUNTED_ON,)).fetchone()
    in_order = "ORDER BY rowid"
    return Counted(
        on=date.fromisoformat(found[0]) if found else None,
        lines=tuple(select(connection, "counted_line", CountedLine, in_order)),
        schedule=tuple(select(connection, "counted_session", CountedSession, in_order)),
        log=tuple(select(connection, "counted_entries", CountedEntries, in_order)),
        calendar=tuple(select(connection, "counted_day", CountedDay, in_order)),
    )


def save_counted(connection: sqlite3.Connection, counted: Counted) -> None:
    """Put it in the place of what was counted before; the other facts are gone and written anew already."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    insert(connection, "counted_line", counted.lines)
    insert(connection, "counted_session", counted.schedule)
    insert(connection, "counted_entries", counted.log)
    insert(connection, "counted_day", counted.calendar)
    if counted.on:
        values = (COUNTED_ON, counted.on.isoformat())
        connection.execute("INSERT INTO fact (name, value) VALUES (?, ?)", values)
