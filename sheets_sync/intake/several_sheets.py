"""The tables of several sheets that are read as one tab, each record with the number of its sheet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from sheets_sync.intake.context import Context, Labels
from sheets_sync.intake.tab_rows import Column, TabRows, column_of
from sheets_sync.problems import Severity, cell_number, on_sheet, sheet_of
from sheets_sync.tables import SCHEDULE, table


def together(frames: Sequence[pd.DataFrame], schema: dict[str, str], context: Context) -> pd.DataFrame:
    """Return the tables of the sheets as one, in the order of the sheets.

    Students, services and providers have the categories of the whole workbook.
    """
    for number, frame in enumerate(frames):
        _share_categories(frame, context)
        if number:
            frame["row"] = frame["row"] | on_sheet(0, number)
    if len(frames) < 2:
        return frames[0] if frames else table(schema)
    columns = {name: _column([frame[name] for frame in frames]) for name in schema}
    return pd.DataFrame(columns)


def below_each_other(parts: Sequence[TabRows]) -> TabRows:
    """Return the rows of several sheets as those of one list, in the order of the sheets: what a sheet says
    once for a whole tab (the first day of school, who is away) is then judged across all of them."""
    if len(parts) == 1:
        return parts[0]
    names = dict.fromkeys(name for part in parts for name in part.columns)
    rows = [on_sheet(row, number) for number, part in enumerate(parts) for row in part.rows.tolist()]
    return TabRows(
        parts[0].tab,
        parts[0].sheet,
        np.array(rows, dtype=np.int64),
        {name: _column_below(name, parts) for name in names},
        tuple(problem for part in parts for problem in part.problems),
        header=parts[0].header,
        charts=tuple(parts),
        further=tuple(part.sheet for part in parts[1:]),
    )


def _column_below(name: str, parts: Sequence[TabRows]) -> Column:
    columns = [part.column(name) for part in parts]
    cells = [column.cells[code] for column in columns for code in column.codes.tolist()]
    places = [
        on_sheet(cell_number(row, max(column.position, 0)), number)
        for number, (part, column) in enumerate(zip(parts, columns, strict=True))
        for row in part.rows.tolist()
    ]
    position = next(part.columns[name].position for part in parts if name in part.columns)
    return column_of(name, position, cells, np.array(places, dtype=np.int64))


def _column(parts: Sequence[pd.Series]) -> object:
    if isinstance(parts[0].dtype, pd.CategoricalDtype):
        return union_categoricals([part.array for part in parts])
    return pd.concat(parts, ignore_index=True)


def _share_categories(frame: pd.DataFrame, context: Context) -> None:
    """Give a table's students, services and providers the categories of the whole workbook."""
    shared: dict[str, Labels] = {
        "student": context.students,
        "service": context.services,
        "provider": context.providers,
    }
    for name, labels in shared.items():
        if name in frame:
            frame[name] = labels.categorical(frame[name].cat.codes.to_numpy())


def alike_once(schedule: pd.DataFrame, sheets: Sequence[TabRows], context: Context) -> pd.DataFrame:
    """Keep the first of rows of several sheets that are alike in everything but their row, and list the
    others (counting.md, "Schedule": two rows alike in everything are one)."""
    if len(sheets) < 2:
        return schedule
    again = schedule.duplicated(subset=[name for name in SCHEDULE if name != "row"]).to_numpy()
    twice = schedule["row"].to_numpy(np.int64)[again]
    for number in sorted({sheet_of(int(row)) for row in twice}):
        rows = sheets[number]
        own = [int(row) for row in twice if sheet_of(int(row)) == number]
        where = np.isin(rows.rows, [row - on_sheet(0, number) for row in own])
        problem = "Another tab that was read says exactly the same: the two are one session."
        remedy = "Delete one of them, or tell them apart if they are two."
        context.found.at_rows(Severity.NOTE, rows, rows.column("Student"), where, problem, remedy)
    return schedule[~again].reset_index(drop=True)
