"""Students who came in the course of the school year, by a column of the Caseload that is not used, like
"Entry date": a line of the Service Grid without a Start date is owed from the first day on: asked about."""

from __future__ import annotations

import pandas as pd

from sheets_sync.intake.cells import cell_in, is_blank, shown, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import read_date
from sheets_sync.intake.plain import plain
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.vocabulary import rows as table_of
from sheets_sync.problems import Problem, Severity, a1

_REMEDY = "Write the day of each line into the column Start date of the Service Grid."


def ask_of_late_starts(caseload: TabRows, lines: pd.DataFrame, context: Context) -> None:
    """Ask once of each such column, at the first student who has a line without a Start date."""
    counted = lines[lines["start"].isna() & (lines["reason"] == "")]
    without_start = set(counted["student"].astype(object).tolist())
    names = {name for row in table_of("entry_dates") for name in row}
    for chart in caseload.charts or (caseload,):
        headers = chart.sheet.rows[chart.header - 1] if chart.header else ()
        for place, header in enumerate(headers):
            if isinstance(header, str) and plain(header).casefold() in names:
                _ask(chart, place, without_start, context)


def _ask(chart: TabRows, place: int, without_start: set[object], context: Context) -> None:
    for row, name in zip(chart.rows.tolist(), chart.column("Student").texts(), strict=True):
        cells = chart.sheet.rows[row - 1]
        cell = cell_in(cells, place)
        day = None if is_blank(cell) else read_date(cell, year=context.school_year).value
        if day is None or not context.school_year.first < day <= context.school_year.last:
            continue
        student = context.roster.match(name)
        if student.code >= 0 and context.roster.labels[student.code] in without_start:
            problem = (
                f"This may be when {shown(name)} came, and a line of the Service Grid without a Start date is"
                " owed from the first day of the school year."
            )
            found = Problem(
                Severity.QUESTION, chart.sheet.name, a1(row, place), text_of(cell), problem, _REMEDY
            )
            context.found.problems.append(found)
            return
