"""The state as rows: its lines, what was told, what the guards know and what was counted last."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sheets_sync.edges.store.counted import load_counted, save_counted
from sheets_sync.edges.store.guarded import load_guarded, replace_guarded
from sheets_sync.edges.store.rows import insert, select
from sheets_sync.state import Alert, LastDigest, LineRecord, Snooze, State, Telling, Told


def load_state(connection: sqlite3.Connection) -> State:
    """Return what was saved last."""
    lines = tuple(select(connection, "line", LineRecord, "ORDER BY rowid"))
    facts = _facts(connection)
    return State(
        lines,
        _told(connection, facts),
        replace(load_guarded(connection), tabs_of=_day(facts.get("tabs_of"))),
        load_counted(connection),
        facts.get("workbook") or "",
    )


def replace_state(connection: sqlite3.Connection, state: State) -> None:
    """Put this state in the place of the last one; the caller holds the transaction."""
    for table in ("line", "telling", "alert", "snooze", "digest", "fact"):
        connection.execute(f"DELETE FROM {table}")
    insert(connection, "line", state.lines)
    replace_guarded(connection, state.guarded)
    insert(connection, "alert", state.told.alerts)
    for alert in state.told.alerts:
        insert(connection, "telling", alert.tellings, fingerprint=alert.fingerprint)
    insert(connection, "snooze", state.told.snoozes)
    insert(connection, "digest", state.told.digests)
    days = {"summarised": state.told.summarised, "held": state.told.held, "tabs_of": state.guarded.tabs_of}
    facts = {name: day.isoformat() for name, day in days.items() if day}
    if state.workbook:
        facts["workbook"] = state.workbook
    connection.executemany("INSERT INTO fact (name, value) VALUES (?, ?)", list(facts.items()))
    save_counted(connection, state.counted)


def _facts(connection: sqlite3.Connection) -> dict[str, str | None]:
    return dict(connection.execute("SELECT name, value FROM fact"))


def _told(connection: sqlite3.Connection, facts: Mapping[str, str | None]) -> Told:
    owners = [row[0] for row in connection.execute("SELECT fingerprint FROM telling ORDER BY rowid")]
    tellings: dict[str, list[Telling]] = {}
    for owner, telling in zip(owners, select(connection, "telling", Telling, "ORDER BY rowid"), strict=True):
        tellings.setdefault(owner, []).append(telling)
    alerts = tuple(
        replace(alert, tellings=tuple(tellings.get(alert.fingerprint, ())))
        for alert in select(connection, "alert", Alert, "ORDER BY rowid")
    )
    return Told(
        alerts,
        summarised=_day(facts.get("summarised")),
        snoozes=tuple(select(connection, "snooze", Snooze, "ORDER BY rowid")),
        digests=tuple(select(connection, "digest", LastDigest, "ORDER BY rowid")),
        held=_day(facts.get("held")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
