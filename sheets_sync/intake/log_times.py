"""Start and End of an entry of the log: when it was, and how long that makes it.

Staff who write down both leave Minutes blank; some write both into one cell ("9:00-9:20").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.intake.clock import read_time, read_time_range
from sheets_sync.intake.context import Context
from sheets_sync.intake.lengths_below_time import asks_of_short_times, lengths_below_time, may_be_a_length
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import note_afternoons, numbers, read_times
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

_NOT_AFTER = "End is not after Start"
_NO_START = "Only when it ended is told: it is counted as a whole session."
_REMEDY = 'Write am or pm with both, like "1:15 PM", or the minutes into Minutes.'


@dataclass(frozen=True)
class LogTimes:
    """`start` is in minutes after midnight and `between` the length from Start to End, -1 for none.

    `unread` are the rows in which something stands in End that gives no length.
    """

    start: Ints
    between: Ints
    unread: Flags


def read_log_times(rows: TabRows, needed: Flags, context: Context) -> LogTimes:
    """Read Start and End. Where they are `needed`, for they alone say how long a session that counts was, an
    End that gives no length is an error; else a question."""
    lengths = lengths_below_time(rows, context)
    if lengths is not None:
        return LogTimes(np.full_like(lengths, -1), lengths, np.zeros(len(rows), dtype=bool))
    if asks_of_short_times(rows, context):
        none = np.full(len(rows), -1, dtype=np.int64)
        return LogTimes(none, none, np.zeros(len(rows), dtype=bool))
    starts = rows.column("Start").read(_span)
    context.found.readings(rows, starts, Severity.QUESTION)
    ends = read_times(rows, "End")
    note_afternoons(rows, ["Start", "End"], context.found)
    for severity, where in ((Severity.ERROR, needed), (Severity.QUESTION, ~needed)):
        context.found.readings(rows, ends, severity, where=where)
    start = starts.each(lambda span: span[0], -1, "int64").astype(np.int64)
    of_start = starts.each(lambda span: span[1], -1, "int64").astype(np.int64)
    end = np.where(ends.column.blank(), of_start, numbers(ends))
    both = (start >= 0) & (end >= 0)
    backwards: Flags = both & (end <= start)
    for severity, where, what in (
        (Severity.ERROR, needed, "how long it was is not told, and it is not counted"),
        (Severity.QUESTION, ~needed, "neither is used"),
    ):
        context.found.at_rows(
            severity, rows, ends.column, backwards & where, f"{_NOT_AFTER}: {what}.", _REMEDY
        )
    between = np.where(both & ~backwards, end - start, -1)
    alone = needed & (end >= 0) & starts.column.blank()
    context.found.at_rows(Severity.QUESTION, rows, ends.column, alone, _NO_START, _REMEDY)
    return LogTimes(start, between, ends.unread() | backwards)


def _span(cell: CellValue) -> Reading[tuple[int, int]]:
    """Return the start and, of a span, the end; -1 where none is written."""
    both = read_time_range(cell) if isinstance(cell, str) else None
    if both is not None and both.value is not None:
        return both
    doubt = may_be_a_length(cell)
    if doubt is not None:
        return doubt
    one = read_time(cell)
    return Reading(None if one.value is None else (one.value, -1), one.problem, one.remedy)


def ask_of_two_lengths(
    rows: TabRows, stated: Ints, times: LogTimes, counted: Flags, context: Context
) -> None:
    """Ask about minutes that are not those between Start and End: the minutes that are written count."""
    differ = counted & (stated >= 0) & (times.between >= 0) & (stated != times.between)
    problem = "These are not the minutes between Start and End: the minutes that are written are counted."
    column = rows.column("Minutes" if "Minutes" in rows.columns else "Status")
    context.found.at_rows(Severity.QUESTION, rows, column, differ, problem, "Mend the one that is wrong.")
