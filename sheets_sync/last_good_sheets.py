"""Sheets of other workbooks that are read as they stood, where they cannot be read tonight. Pure.

Caseload, Staff and Service Grid say who is who: students and providers in every other tab are known by them.
Without one of them "Ana" might fit a single student tonight who is not meant, so none is left out. It is
read as the last trusted run read it. What it says may have changed since: the lines of its students, or in
it, are held, and to an address that it alone states nothing is mailed (frozen.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sheets_sync.config import Config
from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.workbook import Opened, open_tabs, read_opened
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.problems import in_sentences
from sheets_sync.tables import Tables


def as_last_read(snapshot: Snapshot, kept: Sequence[Sheet], broken: Mapping[str, str]) -> Snapshot:
    """Return the snapshot with what is kept in the place of sheets that could not be read, or are `broken`:
    name of a sheet -> why it cannot be read."""
    there = {(sheet.name, sheet.as_tab): sheet for sheet in kept}

    def known(sheet: Sheet) -> Sheet:
        why = broken.get(sheet.name, "") or (sheet.absent if sheet.is_unread else "")
        last = there.get((sheet.name, sheet.as_tab))
        return replace(last, absent=why) if why and last else sheet

    return replace(snapshot, sheets=tuple(map(known, snapshot.sheets)))


def lacking_rows(snapshot: Snapshot, kept: Sequence[Sheet], tab: str) -> Iterator[str]:
    """Yield the names of the sheets of a tab in which a row is gone, or another, since they were kept."""
    there = {sheet.name: sheet for sheet in snapshot.sheets if sheet.as_tab == tab and not sheet.absent}
    for before in kept:
        if before.as_tab == tab and before.name in there:
            columns = sorted({at for row in before.rows for at, cell in enumerate(row) if not is_blank(cell)})
            had, has = (_rows_of(one, columns) for one in (before, there[before.name]))
            if had - has:
                yield before.name


def _rows_of(sheet: Sheet, columns: Sequence[int]) -> Counter[Sequence[CellValue]]:
    return Counter(tuple(row[at] if at < len(row) else None for at in columns) for row in sheet.rows)


def read_with_last_good(snapshot: Snapshot, kept: Sequence[Sheet], config: Config, today: date) -> Tables:
    """Read the tabs, and as they stood those `kept` that cannot be read tonight. Raises CannotCount."""
    opened = opened_with_last_good(snapshot, kept, config, today)
    if opened.stop is not None:
        raise opened.stop
    return read_opened(opened, today).tables


def opened_with_last_good(snapshot: Snapshot, kept: Sequence[Sheet], config: Config, today: date) -> Opened:
    """Find the tabs and their columns, of those `kept` that cannot be read tonight as they stood. Raises
    CannotCount only where [tabs] lists a tab that is not there."""
    ours = (config.compliance.tab, config.compliance.problems_tab)
    opening = partial(
        open_tabs, names=config.names, today=today, school_minutes=config.school_minutes, ours=ours
    )
    snapshot = as_last_read(snapshot, kept, {})
    opened = opening(snapshot)
    broken = {sheet.name: in_sentences(stop) for _, sheet, stop in opened.stops if sheet.as_tab}
    return opening(as_last_read(snapshot, kept, broken)) if broken and kept else opened
