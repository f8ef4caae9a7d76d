"""What is remembered of a count, and the same put back into tables, to be counted again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sheets_sync.counted import Counted, CountedDay, CountedEntries, CountedLine, CountedSession
from sheets_sync.findings.entry_text import day_of, entry_texts, log_table
from sheets_sync.findings.grid_lines import records, text, to_day
from sheets_sync.ledger.result import Ledger
from sheets_sync.tables import CALENDAR, LINES, SCHEDULE, Tables, table


def counted(ledger: Ledger, keys: Sequence[str]) -> Counted:
    """Return what tonight's run counted; of the log what lies before its today."""
    tables = ledger.tables
    return Counted(
        on=ledger.today,
        lines=tuple(_line(key, row) for key, row in zip(keys, records(tables.lines), strict=True)),
        schedule=tuple(map(_session, records(tables.schedule))),
        log=_entries(tables.log, ledger.today),
        calendar=calendar_days(tables),
    )


def _line(key: str, row: dict[str, Any]) -> CountedLine:
    return CountedLine(
        key=key,
        row=row["row"],
        student=text(row["student"]),
        service=text(row["service"]),
        group=text(row["group"]),
        provider=text(row["provider"]),
        sessions=row["sessions"],
        minutes=row["minutes"],
        total=row["total"],
        period=row["period"],
        n=row["n"],
        start=to_day(row["start"]),
        end=to_day(row["end"]),
        esy=bool(row["esy"]),
        reason=row["reason"],
    )


def _session(row: dict[str, Any]) -> CountedSession:
    return CountedSession(
        row=row["row"],
        student=text(row["student"]),
        service=text(row["service"]),
        provider=text(row["provider"]),
        group=text(row["group"]),
        pattern=row["pattern"],
        weekdays=row["weekdays"],
        nth=row["nth"],
        cycle_days=row["cycle_days"],
        cycle_length=row["cycle_length"],
        start=row["start"],
        minutes=row["minutes"],
        begins=to_day(row["from"]),
        ends=to_day(row["to"]),
        makeup=bool(row["makeup"]),
    )


def calendar_days(tables: Tables) -> tuple[CountedDay, ...]:
    """Return the rows of the Calendar that could be read, in their order."""
    return tuple(map(_day, records(tables.calendar))) if tables.calendar is not None else ()


def _day(row: dict[str, Any]) -> CountedDay:
    day = row["date"].date()
    return CountedDay(day, to_day(row["to"]) or day, row["kind"], row["time"], row["label"])


def _entries(log: pd.DataFrame, today: date) -> tuple[CountedEntries, ...]:
    """Return the entries before `today`, a value for each student and service, in an order of their own."""
    columns = (log["student"].tolist(), log["service"].tolist(), entry_texts(log), log["row"].tolist())
    until = today.isoformat()
    past = sorted(one for one in zip(*columns, strict=True) if day_of(one[2]) < until)
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for student, service, entry, row in past:
        texts, rows = found.setdefault((student, service), ([], []))
        texts.append(entry)
        rows.append(str(row))
    return tuple(
        CountedEntries(student, service, "\n".join(texts), " ".join(rows))
        for (student, service), (texts, rows) in found.items()
    )


def schedule_table(sessions: Iterable[CountedSession]) -> pd.DataFrame:
    """Put recurring sessions back into tables.SCHEDULE."""
    rows = list(sessions)
    names = ("row", "student", "service", "pattern", "weekdays", "nth", "cycle_days", "cycle_length")
    columns: dict[str, object] = {name: [getattr(one, name) for one in rows] for name in names}
    columns |= {name: [getattr(one, name) for one in rows] for name in ("start", "minutes", "makeup")}
    columns |= {name: [getattr(one, name) or None for one in rows] for name in ("provider", "group")}
    columns |= {"from": _dates(one.begins for one in rows), "to": _dates(one.ends for one in rows)}
    return table(SCHEDULE, columns)


def lines_table(lines: Iterable[CountedLine]) -> pd.DataFrame:
    """Put lines back into tables.LINES."""
    rows = list(lines)
    names = ("row", "student", "service", "sessions", "minutes", "total", "period", "n", "esy", "reason")
    columns: dict[str, object] = {name: [getattr(one, name) for one in rows] for name in names}
    columns |= {name: [getattr(one, name) or None for one in rows] for name in ("provider", "group")}
    columns |= {"start": _dates(one.start for one in rows), "end": _dates(one.end for one in rows)}
    return table(LINES, columns)


def calendar_table(days: Sequence[CountedDay]) -> pd.DataFrame | None:
    """Put days back into tables.CALENDAR, None for none."""
    if not days:
        return None
    columns: dict[str, object] = {name: [getattr(one, name) for one in days] for name in CALENDAR_FIELDS}
    columns |= {"row": range(1, len(days) + 1)}
    columns |= {"date": _dates(one.date for one in days), "to": _dates(one.to for one in days)}
    return table(CALENDAR, columns)


CALENDAR_FIELDS = ("kind", "time", "label")


def tables_of(was: Counted, tonight: Tables) -> Tables:
    """Return the tables as they were counted; students, attendance and staff are tonight's."""
    entries = ((one.student, one.service, entry) for one in was.log for entry in one.entries.split("\n"))
    return replace(
        tonight,
        lines=lines_table(was.lines),
        schedule=schedule_table(was.schedule),
        log=log_table(entries),
        calendar=calendar_table(was.calendar),
        problems=(),
    )


def _dates(days: Iterable[date | None]) -> object:
    return np.array([day or "NaT" for day in days], dtype="datetime64[s]")
