"""Gives tonight's lines their keys, and the next run what it must know (workbook.md, "The key")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.findings.alerts.open_and_ended import KEPT_DAYS
from sheets_sync.findings.words import frequency_words
from sheets_sync.keys import Assigned, LineIdentity, Named, assign_keys
from sheets_sync.ledger.result import Ledger
from sheets_sync.staff_columns import StaffColumns, StaffRow
from sheets_sync.state import LineRecord
from sheets_sync.views.columns import GROUP, PROVIDER, REQUIRED, SERVICE, STATUS, STUDENT
from sheets_sync.views.palette import REMOVED
from sheets_sync.views.tab import OutValue


def keys_of_tonight(ledger: Ledger, lines: Sequence[LineRecord], staff: StaffColumns) -> Assigned:
    """Return the keys of the ledger's lines, from the state and the tab as they stand.

    Where the state does not know a key that stands on the tab (it lies on another machine), the row of the
    tab says which line it was. What the state knows is not asked of the tab: staff may type there, and a
    run that was cut short may have left figures beside another line's key.
    """
    known = {record.key for record in lines}
    before = [(record.key, _remembered(record, staff.rows)) for record in lines if record.status != REMOVED]
    before += [
        (key, _from_tab(row)) for key, row in staff.rows.items() if key not in known and not _left(row)
    ]
    now = _identities(ledger)
    removed: list[Named] = [
        (record.key, _like_tonights(_remembered(record, staff.rows), now))
        for record in lines
        if record.status == REMOVED
    ]
    removed += [(key, _from_tab(row)) for key, row in staff.rows.items() if key not in known and _left(row)]
    return assign_keys(now, before, removed)


def names_of(lines: Sequence[LineRecord]) -> dict[str, dict[str, OutValue]]:
    """Return what the line of each key is called, by the columns of the tab."""
    return {line.key: {STUDENT: line.student, SERVICE: line.service, GROUP: line.group} for line in lines}


def _like_tonights(gone: LineIdentity, now: Sequence[LineIdentity]) -> LineIdentity:
    """Where the tab tells a line's detail no longer, take that of the only line like it."""
    alike = [line for line in now if replace(line, detail="", student_id=gone.student_id) == gone]
    return alike[0] if len(alike) == 1 else gone


def records_of_tonight(
    ledger: Ledger, assigned: Assigned, lines: Sequence[LineRecord], today: date
) -> tuple[LineRecord, ...]:
    """Return what the next run needs to know of the lines, those that left the grid at the end."""
    before = {record.key: record for record in lines}
    now = []
    for key, row, line in zip(assigned.keys, _rows(ledger), _identities(ledger), strict=True):
        status = str(row["status"])
        last = before.get(key)
        since = last.since if last is not None and last.status == status else today
        now.append(
            LineRecord(
                key,
                line.student,
                line.student_id,
                line.service,
                line.group,
                line.start,
                status,
                since,
                line.detail,
            )
        )
    kept = set(assigned.keys)
    gone = [_removed(record, today) for record in lines if record.key not in kept]
    return (*now, *gone)


def _removed(record: LineRecord, today: date) -> LineRecord:
    since = record.since if record.status == REMOVED else today
    return replace(record, status=REMOVED, since=since)


def removed_lately(lines: Sequence[LineRecord], today: date) -> frozenset[str]:
    """Return the students of whom a line left the grid, not longer ago than their alerts are kept."""
    return frozenset(
        line.student for line in lines if line.status == REMOVED and (today - line.since).days <= KEPT_DAYS
    )


def _identities(ledger: Ledger) -> list[LineIdentity]:
    students = ledger.tables.students
    ids = dict(zip(students["student"], students["student_id"], strict=True))
    typed = ledger.tables.lines["start"]
    return [
        LineIdentity(
            student=str(row["student"]),
            student_id=str(ids.get(row["student"], "")),
            service=str(row["service"]),
            group=str(row["group"] or ""),
            start=None if pd.isna(start) else start.date(),
            detail=_detail(
                str(row["provider"] or ""),
                frequency_words(row["sessions"], row["minutes"], row["total"], row["period"], row["n"]),
            ),
        )
        for row, start in zip(_rows(ledger), typed, strict=True)
    ]


def _rows(ledger: Ledger) -> list[dict[Any, Any]]:
    names = ["student", "service", "group", "provider", "status"]
    return ledger.lines[[*names, "sessions", "minutes", "total", "period", "n"]].to_dict("records")


def _detail(provider: str, frequency: str) -> str:
    return f"{provider}, {frequency}"


def _remembered(record: LineRecord, rows: Mapping[str, StaffRow]) -> LineIdentity:
    row = rows.get(record.key)
    detail = record.detail or (_detail_of(row) if row is not None else "")
    return LineIdentity(record.student, record.student_id, record.service, record.group, record.start, detail)


def _left(row: StaffRow) -> bool:
    """Tell whether the row shows a line that had left the grid before."""
    return row.figures.get(STATUS) == REMOVED


def _from_tab(row: StaffRow) -> LineIdentity:
    student, service, group = (str(row.figures.get(name) or "") for name in (STUDENT, SERVICE, GROUP))
    return LineIdentity(student, "", service, group, None, _detail_of(row))


def _detail_of(row: StaffRow) -> str:
    return _detail(str(row.figures.get(PROVIDER) or ""), str(row.figures.get(REQUIRED) or ""))
