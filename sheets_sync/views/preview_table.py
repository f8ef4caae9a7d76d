"""What each tab was taken for and how its cells were read, as tables for a terminal, and for machines."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sheets_sync.findings.words import count
from sheets_sync.problems import Severity
from sheets_sync.views.preview import CellSeen, TabSeen

NOT_COUNTED = "(the row is not counted)"
STYLES = {Severity.ERROR: "bold red", Severity.QUESTION: "yellow", Severity.NOTE: "dim"}


def preview_tables(seen: Sequence[TabSeen], left: Sequence[tuple[str, str]]) -> RenderableType:
    """Return a table for each tab that is read, and a line for each that is not."""
    parts: list[RenderableType] = []
    for one in seen:
        cells = [_table(one)] if one.cells else []
        parts += [title(one), *_whole(one), *cells, *_rest(one), ""]
    parts += [not_read(name, why) for name, why in left]
    return Group(*parts)


def title(seen: TabSeen) -> Text:
    """Return the first line of a tab: 'SLP log 25-26 (Service Log): a list, 140 rows'."""
    called = seen.name if seen.name == seen.tab else f"{seen.name} ({seen.tab})"
    rows = f", {count(seen.rows, 'row')}" if seen.layout == "a list" else ""
    return Text.assemble((called, "bold"), f": {seen.layout}{rows}")


def not_read(name: str, why: str) -> Text:
    """Return the line of a tab that is not read."""
    return Text.assemble((name, "bold"), f": not read. {why}")


def reading_words(cell: CellSeen) -> str:
    """Return how a cell was read; what was not is said."""
    return cell.reading or ("not read" if cell.severity is not None else NOT_COUNTED)


def _whole(seen: TabSeen) -> Iterator[RenderableType]:
    """Yield what holds of all rows, and what is asked about the tab as a whole."""
    if seen.absent:
        words = f"This could not be read, and is shown as it stood at the last good run. {seen.absent}"
        yield Padding(Text(words, STYLES[Severity.QUESTION]), (0, 0, 0, 2))
    for column in seen.columns:
        if not column.cell:
            yield Text(f"  {column.name} is {column.header} in every row.")
    for problem in seen.problems:
        if not problem.cell:
            yield Padding(
                Text(f"{problem.severity}: {problem.problem}", STYLES[problem.severity]), (0, 0, 0, 2)
            )


def _table(seen: TabSeen) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="underline")
    table.add_column("Cell", no_wrap=True)
    is_list = any(cell.column for cell in seen.cells)
    if is_list:
        table.add_column("Column", no_wrap=True)
    table.add_column("What stands there")
    table.add_column("How it was read")
    before = ""
    for cell in seen.cells:
        row = cell.cell.lstrip(string.ascii_uppercase) if is_list else ""
        if before and row != before:
            table.add_row()
        before = row
        names = [Text(cell.column, "dim")] if is_list else []
        table.add_row(cell.cell, *names, Text(cell.stands), _reading(cell))
    return table


def _reading(cell: CellSeen) -> Text:
    if cell.severity is None:
        return Text(reading_words(cell), "dim" if cell.reading in ("", cell.stands) else "")
    style = STYLES[cell.severity]
    words = reading_words(cell) if cell.severity is Severity.ERROR else cell.reading
    return Text.assemble(words, "\n" if words else "", (f"{cell.severity}: {cell.problem}", style))


def _rest(seen: TabSeen) -> Iterator[Text]:
    if seen.rows > seen.shown > 0:
        what = "row" if any(cell.column for cell in seen.cells) else "cell"
        more = count(seen.rows - seen.shown, f"more {what}")
        yield Text(f"... and {more}; --rows N shows the first N.", "dim")
    if seen.rows and not seen.shown:
        yield Text("  How its cells are read can be told once there is a Caseload.", "dim")


def preview_json(seen: Sequence[TabSeen], left: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return each tab as an object, with its cells."""
    return tabs_json(
        seen,
        left,
        lambda one: {
            "absent": one.absent or None,
            "columns": [
                {"name": column.name, "cell": column.cell or None, "header": column.header}
                for column in one.columns
            ],
            "cells": [
                {
                    "cell": cell.cell,
                    "column": cell.column or None,
                    "stands": cell.stands,
                    "reading": cell.reading or None,
                    "severity": cell.severity and cell.severity.value,
                    "problem": cell.problem or None,
                }
                for cell in one.cells
            ],
        },
    )


def tabs_json(
    seen: Sequence[TabSeen], left: Sequence[tuple[str, str]], more: Callable[[TabSeen], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return each tab as an object, with what `more` tells of it; those that are not read, with why."""
    read = [
        {"tab": one.tab, "name": one.name, "layout": one.layout, "rows": one.rows} | more(one) for one in seen
    ]
    return [*read, *({"tab": None, "name": name, "layout": None, "not_read": why} for name, why in left)]
