"""What must hold of a workbook in which people and the program work at once (promises 7, 8 and 9).

`Watch` looks before and after everything that staff do: what changed while they did nothing, the program did.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sheets_sync.keys import LENGTH, LETTERS
from sheets_sync.views.tab import Box, OutCell, StaleNotice, Tab
from tests.edges.google.staff_edits import FIRST_SNOOZE, WORDS, ours
from tests.sheets_server.model import Json, Sheet, Spreadsheet

KEY = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
TYPED = re.compile(r"(?:note|Theirs) \d+\.?|" + "|".join(WORDS))

Said = Counter[str]
"""What staff wrote, and how often it stands there."""


@dataclass
class Scan:
    """Our tab as staff see it: `rows` are the rows of each key, each with what staff wrote on it; `loose` is
    what stands on rows without a key."""

    rows: dict[str, list[Said]] = field(default_factory=dict)
    loose: Said = field(default_factory=Counter)

    def all(self) -> set[str]:
        return set(self.loose) | {said for rows in self.rows.values() for row in rows for said in row}

    def keys_of(self, said: str) -> set[str]:
        """Return the keys of the rows on which it stands, "" for one without."""
        found = {key for key, rows in self.rows.items() if any(said in row for row in rows)}
        return found | ({""} if said in self.loose else set())


def scan(book: Spreadsheet) -> Scan:
    sheet = ours(book)
    found = Scan()
    if sheet is None:
        return found
    said: dict[int, Said] = {}
    keys: dict[int, str] = {}
    for (row, _), cell in sheet.cells.items():
        value = cell.get("userEnteredValue", {})
        if KEY.fullmatch(value.get("stringValue", "")):
            keys[row] = value["stringValue"]
        elif words := _said(value):
            said.setdefault(row, Counter())[words] += 1
    for row in said.keys() | keys.keys():
        if row in keys:
            found.rows.setdefault(keys[row], []).append(said.get(row, Counter()))
        else:
            found.loose += said[row]
    return found


def _said(value: Json) -> str:
    """Return what a value says that staff typed, "" for one that they did not type."""
    if value.get("numberValue", 0) >= FIRST_SNOOZE:
        return f"until {value['numberValue']}"
    found = TYPED.search(value.get("stringValue", "") or value.get("formulaValue", ""))
    return found.group() if found else ""


def same_notes(before: Scan, now: Scan) -> None:
    """What staff wrote is all there, beside its line or below, and beside no other line."""
    assert not before.all() - now.all(), f"lost: {before.all() - now.all()}"
    for said in now.all():
        strange = now.keys_of(said) - before.keys_of(said) - {""}
        assert not strange, f"{said} stands beside another line"
    for key, rows in before.rows.items():
        if len(rows) == 1 and rows[0]:
            assert now.rows.get(key) == rows, f"no longer beside its line: {rows[0]}"


def named(book: Spreadsheet) -> None:
    """Nobody takes a row that is known by a key for a blank one."""
    sheet = ours(book)
    assert sheet is not None
    for (row, _), cell in sheet.cells.items():
        if KEY.fullmatch(cell.get("userEnteredValue", {}).get("stringValue", "")):
            names = [sheet.cells.get((row, column), {}).get("userEnteredValue") for column in (0, 1)]
            assert any(names), f"row {row} has a key and no name"


def others_same(before: Spreadsheet, now: Spreadsheet) -> None:
    """Nothing but our tabs changed."""
    assert _others(before) == _others(now)
    assert (before.properties, before.named_ranges, before.sharing, before.developer_metadata) == (
        now.properties,
        now.named_ranges,
        now.sharing,
        now.developer_metadata,
    )


def _others(book: Spreadsheet) -> list[Sheet]:
    own = [sheet for mark in ("compliance", "problems") if (sheet := ours(book, mark)) is not None]
    return [sheet for sheet in book.sheets if not any(sheet is one for one in own)]


def shows(sheet: Sheet, tab: Tab) -> None:
    """The tab on the server is this one: values and comments of our columns, in this order, and below it
    nothing of ours but names and keys of rows that staff copied."""
    staff = set(tab.staff) if tab.key is not None else set()
    first = tab.frozen[0]
    for row, cells in enumerate(tab.rows):
        for column, cell in enumerate(cells):
            if column in staff and (row >= first or column > (tab.key or 0)):
                continue
            there = sheet.cells.get((row, column), {})
            if column == tab.key and row >= first and cell.value is None:
                continue
            assert _entered(cell) == _there(there), f"{tab.mark} {(row, column)}"
            assert there.get("note", "") == cell.note, f"{tab.mark} {(row, column)}"
            rule = there.get("dataValidation", {}).get("condition")
            assert rule == ({"type": "BOOLEAN"} if isinstance(cell.value, Box) else None), (row, column)
    names = range(tab.frozen[1]) if tab.key is not None else ()
    keys = {
        row for (row, column), cell in sheet.cells.items() if column == tab.key and "userEnteredValue" in cell
    }
    left = {
        (row, column)
        for (row, column), cell in sheet.cells.items()
        if row >= len(tab.rows)
        and column < len(tab.widths)
        and "userEnteredValue" in cell
        and column not in {*staff, tab.key}
        and not (row in keys and column in names)
    }
    assert not left, f"{tab.mark}: left over at {left}"


def _entered(cell: OutCell) -> Any:
    value = cell.value
    if isinstance(value, StaleNotice):
        return "notice"
    if isinstance(value, Box):
        return value.ticked
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return value if value != "" else None


def _there(cell: Json) -> Any:
    value = cell.get("userEnteredValue", {})
    if "formulaValue" in value:
        return "notice" if value["formulaValue"].startswith("=IF(TODAY()>") else value["formulaValue"]
    return next(iter(value.values()), None)
