"""What `init` shows of a workbook: what each tab was taken for, sample readings, what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sheets_sync.config_text import SourceAnswer
from sheets_sync.findings.words import count
from sheets_sync.open_questions import OpenTab, Preset
from sheets_sync.problems import Severity
from sheets_sync.views.preview import CellSeen, ColumnSeen, TabSeen
from sheets_sync.views.preview_table import not_read, tabs_json, title

SAMPLES = 3
WHOSE = ("Student", "Student ID", "Grade")
"""By these the charts of a Caseload are joined; the first that has one of them shows it."""
NAMED = 3
"""So many problems, and headers that are left alone, are shown of a tab."""
ARROW = " -> "


def first_look(seen: Sequence[TabSeen], left: Sequence[tuple[str, str]]) -> RenderableType:
    """Return a block for each tab that is read, and a line for each that is not."""
    parts: list[RenderableType] = []
    for one in seen:
        parts += [title(one), *(Padding(part, (0, 0, 0, 2)) for part in _of_a_tab(one)), ""]
    parts += [not_read(name, why) for name, why in left]
    return Group(*parts)


def samples(seen: TabSeen, column: str) -> tuple[CellSeen, ...]:
    """Return up to three cells of a column ("" in a grid) that were read: other readings before other texts
    of the same reading, each text once."""
    read = [cell for cell in seen.cells if cell.column == column and cell.reading]
    texts = {cell.stands: cell for cell in reversed(read) if cell.severity is not Severity.ERROR}
    readings = {cell.reading: cell for cell in reversed(texts.values())}
    first = [cell for cell in read if readings.get(cell.reading) is cell]
    more = [cell for cell in read if texts.get(cell.stands) is cell and cell not in first]
    chosen = [*first, *more][:SAMPLES]
    return tuple(cell for cell in read if cell in chosen)


def _of_a_tab(seen: TabSeen) -> Iterator[RenderableType]:
    table = Table.grid(padding=(0, 2, 0, 0))
    if seen.columns:
        for column in seen.columns:
            if column.filled and seen.shown:
                table.add_row(Text(column.cell, "dim"), _called(column), _in_words(column, seen))
    elif found := samples(seen, ""):
        table.add_row(_each(found))
    if table.rows:
        yield table
    blank = [column.name for column in seen.columns if not column.filled or not seen.shown]
    if blank:
        yield Text(f"{'blank' if seen.shown else 'columns'}: {', '.join(blank)}", "dim")
    if seen.rows and not seen.shown:
        yield Text("How its cells are read can be told once there is a Caseload.", "dim")
    if seen.left_alone:
        headers = [f'{one.cell} "{one.header}"' for one in seen.left_alone]
        more = f" and {len(headers) - NAMED} more" if len(headers) > NAMED else ""
        yield Text(f"left alone: {', '.join(headers[:NAMED])}{more}", "dim")
    yield from _not_read(seen)


def _called(column: ColumnSeen) -> Text:
    other = "" if column.header.casefold() == column.name.casefold() or not column.cell else column.header
    return Text.assemble(column.name, (f' ("{other}")' if other else "", "dim"))


def _in_words(column: ColumnSeen, seen: TabSeen) -> Text:
    if not column.cell:
        return Text(f'"{column.header}" in every row')
    cells = samples(seen, column.name)
    if not cells and seen.is_chart and column.name in WHOSE:
        return Text("tells whose row it is", "dim")
    if not cells:
        return Text("nothing of it is read in the first rows", "bold red")
    if all(cell.reading == cell.stands for cell in cells):
        return Text(", ".join(f'"{cell.stands}"' for cell in cells))
    return _each(cells)


def _each(cells: Sequence[CellSeen]) -> Text:
    lines = (Text.assemble((f"{c.cell} ", "dim"), f'"{c.stands}"{ARROW}', (c.reading, "bold")) for c in cells)
    return Text("\n").join(lines)


def _not_read(seen: TabSeen) -> Iterator[RenderableType]:
    """Yield what could not be read, the first of it with its cells, and how much is asked besides."""
    errors = [problem for problem in seen.problems if problem.severity is Severity.ERROR]
    if errors:
        more = f"; the first {NAMED}:" if len(errors) > NAMED else ":"
        yield Text(f"{count(len(errors), 'thing')} could not be read{more}", "bold red")
        for problem in errors[:NAMED]:
            words = Text(f'{problem.cell} "{problem.value}": {problem.problem}'.lstrip())
            yield Padding(words, (0, 0, 0, 2))
    others = [
        count(number, severity.value)
        for severity in (Severity.QUESTION, Severity.NOTE)
        if (number := sum(problem.severity is severity for problem in seen.problems))
    ]
    if others:
        yield Text(f"{' and '.join(others)}: check --preview shows them", "yellow")


def open_in_words(tabs: Sequence[OpenTab], codes: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield what is open, each with the flag that would answer it."""
    for tab in tabs:
        known = ", ".join(f'"{name}"' for name in tab.could_be)
        if not known:
            yield f"Open: no tab of the workbook can be read as the {tab.tab}."
        else:
            flag = f'--tab "{tab.tab}={tab.could_be[0]}"'
            yield f"Open: which tab is the {tab.tab}? It could be {known}:  {flag}"
    if codes:
        listed = ", ".join(f'"{code}" ({count(number, "entry", "entries")})' for code, number in codes)
        flag = f'--code "{codes[0][0]}=MEANING"'
        yield f"Open: what do these codes of the log mean? {listed}:  {flag}, or [codes] in the configuration"


def sources_in_words(sources: Sequence[SourceAnswer]) -> Iterator[str]:
    """Yield what is open of other workbooks, each with the line of the configuration that would answer it."""
    for source in sources:
        if not source.tabs and not source.several:
            yield f'Open: no tab of "{source.name}" can be told to be one that the program reads.'
        for name, could_be in source.several.items():
            which = " or the ".join(could_be)
            key = f'[[sources]] "{source.name}", tabs = {{ "{could_be[0]}" = "{name}" }}'
            yield f'Open: is "{name}" of "{source.name}" the {which}?  {key}'


def preset_in_words(preset: Preset) -> str:
    """Say which preset has the codes that are open, and what they mean by it: whether so is not known."""
    meant = ", ".join(f'"{code}" is {word}' for code, word in preset.codes)
    return (
        f"The codes that are open are all in policies/{preset.name}: by it {meant}. If that is what they mean"
        f' here, copy it beside the configuration and name it: policies = ["policies/{preset.name}"]'
    )


def first_look_json(seen: Sequence[TabSeen], left: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return each tab as an object, with its columns, their samples and what could not be read."""
    return tabs_json(
        seen,
        left,
        lambda one: {
            "columns": [
                {
                    "name": column.name or None,
                    "cell": column.cell or None,
                    "header": column.header or None,
                    "samples": [
                        {"cell": cell.cell, "stands": cell.stands, "reading": cell.reading}
                        for cell in samples(one, column.name)
                    ],
                }
                for column in one.columns or (ColumnSeen("", "", ""),)
            ],
            "left_alone": [{"cell": column.cell, "header": column.header} for column in one.left_alone],
            "problems": [
                {
                    "severity": problem.severity.value,
                    "cell": problem.cell,
                    "value": problem.value,
                    "problem": problem.problem,
                    "remedy": problem.remedy,
                }
                for problem in one.problems
            ],
        },
    )
