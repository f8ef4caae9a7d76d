"""What guards know, in its tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from sheets_sync.edges.store.kept_sheets import packed_sheet, unpacked_sheet
from sheets_sync.edges.store.kept_tabs import packed, unpacked
from sheets_sync.edges.store.rows import insert, select
from sheets_sync.guarded import Amount, Baseline, Doubt, SeenColumn, SeenStudent, SeenTab
from sheets_sync.state import Guarded, HeldLine

ASKED, ACCEPTED = "asked", "accepted"


def load_guarded(connection: sqlite3.Connection) -> Guarded:
    """Return what the last run left. Raises ValueError, TypeError, KeyError, zlib.error where damaged."""
    baseline = next(select(connection, "baseline", Baseline), None)
    tabs = (
        unpacked(kept) for (kept,) in connection.execute("SELECT tab FROM kept_tab ORDER BY rowid").fetchall()
    )
    asked, accepted = (
        tuple(select(connection, "doubt", Doubt, "WHERE answer = ? ORDER BY rowid", answer))
        for answer in (ASKED, ACCEPTED)
    )
    if baseline is not None:
        baseline = replace(
            baseline,
            tabs=_seen_tabs(connection),
            students=tuple(select(connection, "seen_student", SeenStudent, "ORDER BY rowid")),
            amounts=tuple(select(connection, "amount", Amount, "ORDER BY rowid")),
        )
    sheets = connection.execute("SELECT sheet FROM kept_sheet ORDER BY rowid").fetchall()
    held = tuple(select(connection, "held_line", HeldLine, "ORDER BY rowid"))
    kept = tuple(unpacked_sheet(kept) for (kept,) in sheets)
    return Guarded(baseline, tuple(tabs), asked, accepted, kept, held)


def replace_guarded(connection: sqlite3.Connection, guarded: Guarded) -> None:
    """Put this in the place of what is there."""
    for table in (
        "baseline",
        "seen_tab",
        "seen_column",
        "seen_student",
        "amount",
        "kept_tab",
        "doubt",
        "kept_sheet",
        "held_line",
    ):
        connection.execute(f"DELETE FROM {table}")
    insert(connection, "held_line", guarded.held)
    insert(connection, "doubt", guarded.asked, answer=ASKED)
    insert(connection, "doubt", guarded.accepted, answer=ACCEPTED)
    connection.executemany(
        "INSERT INTO kept_tab (mark, tab) VALUES (?, ?)", [(tab.mark, packed(tab)) for tab in guarded.tabs]
    )
    connection.executemany(
        "INSERT INTO kept_sheet (sheet) VALUES (?)", [(packed_sheet(sheet),) for sheet in guarded.sheets]
    )
    if guarded.baseline is None:
        return
    insert(connection, "baseline", [guarded.baseline])
    insert(connection, "seen_tab", guarded.baseline.tabs)
    for tab in guarded.baseline.tabs:
        insert(connection, "seen_column", tab.columns, source=tab.source, tab=tab.tab)
    insert(connection, "seen_student", guarded.baseline.students)
    insert(connection, "amount", guarded.baseline.amounts)


def replace_accepted(connection: sqlite3.Connection, doubts: Sequence[Doubt]) -> None:
    """Put these in the place of what was accepted before."""
    connection.execute("DELETE FROM doubt WHERE answer = ?", (ACCEPTED,))
    insert(connection, "doubt", doubts, answer=ACCEPTED)


def _seen_tabs(connection: sqlite3.Connection) -> tuple[SeenTab, ...]:
    return tuple(
        replace(
            tab,
            columns=tuple(
                select(
                    connection,
                    "seen_column",
                    SeenColumn,
                    "WHERE source = ? AND tab = ? ORDER BY rowid",
                    tab.source,
                    tab.tab,
                )
            ),
        )
        for tab in list(select(connection, "seen_tab", SeenTab, "ORDER BY rowid"))
    )
