"""[[sources]]: other workbooks from which tabs are read, a provider's own log for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from sheets_sync import config_checks as check
from sheets_sync.config import SourceConfig
from sheets_sync.config_checks import Wrong
from sheets_sync.config_names import Report, read_codes, read_columns, read_tabs

Words = TypeVar("Words")

KEYS = ("workbook", "name", "tabs", "columns", "codes")
EXAMPLE = 'workbook = "OT log.xlsx" and tabs = { "Service Log" = "Log" }'


def sources(value: object) -> tuple[SourceConfig, ...]:
    """Return the sources. Raises Wrong, of the first that is wrong, by its number."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Wrong(f"is no list of tables; write [[sources]] and below it {EXAMPLE}")
    found: list[SourceConfig] = []
    for number, entry in enumerate(value, start=1):
        try:
            found.append(_source(entry))
        except Wrong as wrong:
            raise Wrong(f"{number}: {wrong}") from None
        if found[-1].name.casefold() in {one.name.casefold() for one in found[:-1]}:
            raise Wrong(f"{number}: is called as an earlier one; give each a `name` of its own")
    return tuple(found)


def _source(entry: Mapping[str, object]) -> SourceConfig:
    from sheets_sync.intake.tab_finder import BELLS
    from sheets_sync.wiring import is_google

    for key in entry:
        if key not in KEYS:
            raise Wrong(f"a key is unknown{check.nearest(key, KEYS)}; a source has {', '.join(KEYS)}")
    if "workbook" not in entry or "tabs" not in entry:
        raise Wrong(f"needs a workbook and tabs; write {EXAMPLE}")
    workbook = check.workbook(entry["workbook"])
    if "name" not in entry and is_google(workbook):
        raise Wrong('needs a name, by which people know it; write name = "OT log"')
    name = check.sheet_name(entry["name"]) if "name" in entry else Path(workbook).name
    if not entry["tabs"]:
        raise Wrong('has no tabs; write tabs = { "Service Log" = "what the tab is called there" }')
    tabs = _words(entry, "tabs", read_tabs)
    if BELLS in tabs:
        raise Wrong(f"has a {BELLS} in tabs; it is read in the workbook itself alone: copy that tab there")
    return SourceConfig(
        workbook,
        name,
        tabs,
        _words(entry, "columns", read_columns),
        _words(entry, "codes", read_codes),
    )


def _words(
    entry: Mapping[str, object], key: str, read: Callable[[Mapping[str, object], Report], Mapping[str, Words]]
) -> Mapping[str, Words]:
    """Return one table of names. Raises Wrong, of the first entry that is wrong."""
    value = entry.get(key, {})
    if not isinstance(value, dict):
        raise Wrong(f'has {key} that are no table; write {key} = {{ "..." = "..." }}')
    problems: list[str] = []
    found = read(value, lambda place, problem: problems.append(f"{place} {problem}"))
    if problems:
        raise Wrong(problems[0])
    return found
