"""Many more rows than before, or a column, cannot be read (promises.md, "Guards")."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.config import GuardsConfig
from sheets_sync.findings.guards.sheets import pairs
from sheets_sync.findings.words import count
from sheets_sync.guarded import Baseline, Doubt, Doubts, SeenColumn, SeenTab
from sheets_sync.intake.used_columns import REQUIRED
from sheets_sync.tables import Tables

A_WHOLE_COLUMN = 3
"""So many cells make a column of which one can say that all of it is broken."""

MEND = "Undo what changed them, or mend the cells."


def unreadable(tables: Tables, baseline: Baseline, guards: GuardsConfig) -> Iterator[Doubt]:
    """Doubt each tab with many more unreadable rows than before, each column that broke or was cleared.

    "At least 10 rows and 5% more rows (or 10% of a required column)" is meant with these figures themselves:
    10 rows of 200 that could be read are doubted. 5% more are five of a hundred rows more than before.
    A blank cell cannot be misread: rows that are half written, or prepared for later, are no doubt. A column
    in which nothing can be read any more ("#REF!" from top to bottom) is one however short it is.
    """
    for tab, was in pairs(tables.seen, baseline.tabs):
        if tab is None or was is None:
            continue
        name = tables.called(tab.tab, tab.source)
        columns = [*_columns(tab, was, name, guards)]
        yield from columns
        if not columns and _more(
            tab.unreadable, tab.rows, was.unreadable, was.rows, guards.unreadable_percent, guards
        ):
            seen = (
                f"In {name} {tab.unreadable} of {count(tab.rows, 'row')} cannot be read; the last"
                f" good run could not read {was.unreadable}."
            )
            yield Doubt(Doubts.UNREADABLE, tab.tab, seen, MEND, amount=tab.unreadable, source=tab.source)


def _columns(tab: SeenTab, was: SeenTab, name: str, guards: GuardsConfig) -> Iterator[Doubt]:
    required = {column for choice in REQUIRED[tab.tab] for columns in choice for column in columns}
    for column in tab.columns:
        before = was.column(column.name)
        if before is None:
            continue
        broken = _broken(column, before)
        share = guards.unreadable_column_percent
        if broken or (
            column.name in required
            and _more(column.unreadable, column.filled, before.unreadable, before.filled, share, guards)
        ):
            seen = (
                f"In {name} {column.unreadable} of {count(column.filled, 'cell')} in the column"
                f" {column.name} cannot be read."
            )
            about, bad = column.name, column.unreadable
            yield Doubt(Doubts.UNREADABLE, tab.tab, seen, MEND, about, bad, source=tab.source)
        elif column.name in required and _cleared(tab, column, was, before, guards):
            seen = (
                f"In {name} the column {column.name} has {count(column.filled, 'cell')} filled;"
                f" the last good run saw {before.filled}."
            )
            remedy = "Bring the cells back, or clear the rest of their rows too."
            about, gone = f"{column.name} blank", before.filled - column.filled
            yield Doubt(Doubts.UNREADABLE, tab.tab, seen, remedy, about, gone, source=tab.source)


def _broken(now: SeenColumn, before: SeenColumn) -> bool:
    """Tell whether nothing in a column can be read any more."""
    could = before.filled - before.unreadable
    return now.filled >= A_WHOLE_COLUMN and now.unreadable == now.filled and could >= A_WHOLE_COLUMN


def _more(bad: int, of: int, was_bad: int, was_of: int, percent: int, guards: GuardsConfig) -> bool:
    if bad - was_bad < guards.unreadable_rows:
        return False
    of, was_of = max(of, 1), max(was_of, 1)
    return 100 * (bad * was_of - was_bad * of) >= percent * of * was_of


def _cleared(
    tab: SeenTab, column: SeenColumn, was: SeenTab, before: SeenColumn, guards: GuardsConfig
) -> bool:
    """Tell whether cells of a column went while their rows stayed."""
    gone = (before.filled - column.filled) - max(was.rows - tab.rows, 0)
    return gone >= guards.unreadable_rows and 100 * gone >= guards.unreadable_column_percent * before.filled
