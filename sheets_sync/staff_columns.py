"""What staff wrote on our tab, read back row by row (workbook.md, "Staff's columns").

Staff's two columns are read, never written: what stands in them goes back beside the line of its key.
Everything is found by its header, wherever staff sorted, inserted or moved it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType

from sheets_sync.keys import LENGTH, LETTERS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.views.columns import LINE, NAMES, SERVICE, SNOOZE_UNTIL, STAFF_NOTES, STATUS, STUDENT
from sheets_sync.views.tab import OutValue

LIKE_A_KEY = lazy_regex(f"[{LETTERS}]{{{LENGTH}}}")
ENOUGH_HEADERS = 3
OURS = {name.casefold(): name for name in NAMES}

Rows = Sequence[Sequence[CellValue]]


def _nothing() -> Mapping[str, OutValue]:
    return MappingProxyType({})


@dataclass(frozen=True)
class StaffRow:
    """One row of our tab as it stood: staff's two cells, `added`, what stands in columns that staff put in
    themselves, and `figures`, what we had written, by column. `key` is "" where none can be trusted."""

    key: str
    notes: OutValue = None
    snooze: OutValue = None
    added: Mapping[str, OutValue] = field(default_factory=_nothing)
    figures: Mapping[str, OutValue] = field(default_factory=_nothing)

    @property
    def written(self) -> bool:
        """Tell whether staff wrote anything."""
        return bool(self.added) or self.notes is not None or self.snooze is not None


@dataclass(frozen=True)
class StaffColumns:
    """`rows` by key; `loose` are rows with notes that no key ties to one line: it is missing, or on several
    rows that differ; `added` are the headers of columns that staff put in, in their order."""

    rows: Mapping[str, StaffRow] = field(default_factory=lambda: MappingProxyType({}))
    loose: tuple[StaffRow, ...] = ()
    added: tuple[str, ...] = ()


def read_staff_columns(
    sheet: Sheet | None, names: Mapping[str, Mapping[str, OutValue]] = MappingProxyType({})
) -> StaffColumns:
    """Read our Compliance tab as it stands now; nothing where there is none yet.

    A cell keeps its type: a date stays a date, text stays text ("0012"), a number a number; a clock time
    becomes the text that people see. `names` has, by key, what a line was called, column by column: for rows
    that do not show it any more.
    """
    if sheet is None:
        return StaffColumns()
    header, places = find_columns(sheet.rows, sheet.columns)
    read = [places.read(cells) for at, cells in enumerate(sheet.rows) if at != header]
    by_key, without_line = _by_key([row for row in read if row.written or row.key])
    rows = {key: _named_again(row, names) for key, row in by_key.items()}
    loose = tuple(replace(_named_again(row, names), key="") for row in without_line)
    written = [*rows.values(), *loose]
    added = tuple(name for name in places.added.values() if any(name in row.added for row in written))
    return StaffColumns(MappingProxyType(rows), loose, added)


def kept_value(value: CellValue) -> OutValue:
    """Return what is written back for a cell; None for a blank one."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, ErrorValue):
        return value.text
    return value


@dataclass(frozen=True)
class Places:
    """Where each of our columns stands (0-based), and by its place the name of each that is not ours."""

    ours: Mapping[str, int]
    added: Mapping[int, str]

    def read(self, cells: Sequence[CellValue]) -> StaffRow:
        values = {name: kept_value(cells[at]) for name, at in self.ours.items() if at < len(cells)}
        notes, snooze = values.pop(STAFF_NOTES, None), values.pop(SNOOZE_UNTIL, None)
        key = values.pop(LINE, None)
        found = {name: kept_value(cells[at]) for at, name in self.added.items() if at < len(cells)}
        added = {name: value for name, value in found.items() if value is not None}
        return StaffRow("" if key is None else str(key).strip(), notes, snooze, added, values)


def find_columns(rows: Rows, known: Mapping[str, int] = MappingProxyType({})) -> tuple[int | None, Places]:
    """Find the header row (0-based, None if it is gone) and our columns; a column whose header was changed,
    where it is `known` to stand (ports.Sheet.columns), or by its neighbours where nothing is known."""
    best = max(range(len(rows)), key=lambda at: len(_ours_in(rows[at])), default=None)
    if best is None or len(_ours_in(rows[best])) < ENOUGH_HEADERS:
        return None, _of_known(rows, known) or _without_header(rows)
    ours = _ours_in(rows[best], known)
    ours |= {
        name: at
        for name, at in known.items()
        if name in NAMES and name not in ours and at not in ours.values()
    }
    free = [at for at in range(max(len(row) for row in rows)) if at not in ours.values()]
    if LINE not in ours and (at := _column_of_keys(rows, free)) is not None:
        ours[LINE] = at
    if not _are_known(known):
        _find_renamed(ours, free, rows)
    return best, Places(ours, _added(rows, best, ours))


def _ours_in(cells: Sequence[CellValue], known: Mapping[str, int] = MappingProxyType({})) -> dict[str, int]:
    """Return our columns by their headers; of two with one header the `known` one, else the first."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = OURS.get(" ".join(cell.split()).casefold()) if isinstance(cell, str) else None
        if name and (name not in found or known.get(name) == at):
            found[name] = at
    return found


def _find_renamed(ours: dict[str, int], free: Sequence[int], rows: Rows) -> None:
    """Take a column that stands where one of ours is missing for that one; for the keys, if it holds any."""

    def may_be(name: str, at: int) -> bool:
        return at in free and (name != LINE or any(map(_is_key, _texts_in(rows, at))))

    for before, name in pairwise(NAMES):
        if name not in ours and may_be(name, at := ours.get(before, -2) + 1):
            ours[name] = at
    for name, after in reversed(tuple(pairwise(NAMES))):
        if name not in ours and may_be(name, at := ours.get(after, 0) - 1):
            ours[name] = at


def _added(rows: Rows, header: int, ours: Mapping[str, int]) -> dict[int, str]:
    """Name the columns that are not ours by their headers."""
    cells = rows[header]
    theirs = [at for at in range(max(len(row) for row in rows)) if at not in ours.values()]
    headers = {at: str(kept_value(cells[at]) or "").strip() for at in theirs if at < len(cells)}
    return _named(theirs, headers)


def _named(columns: Iterable[int], headers: Mapping[int, str]) -> dict[int, str]:
    """Give each column a name of its own: of two with one header, or none, the number tells them apart."""
    columns = sorted(columns)
    names: dict[int, str] = {}
    for at in sorted(columns, key=lambda at: not headers.get(at)):
        name = headers.get(at) or f"Column {at + 1}"
        while name in names.values() or name.casefold() in OURS:
            name = f"{name} ({at + 1})"
        names[at] = name
    return {at: names[at] for at in columns}


def _are_known(known: Mapping[str, int]) -> bool:
    """Tell whether the columns that are ours are known: then any other is staff's, wherever it stands."""
    return 2 * sum(name in NAMES for name in known) >= len(NAMES)


def _of_known(rows: Rows, known: Mapping[str, int]) -> Places | None:
    """Return the columns as they are known; all others are staff's. None where most are not known."""
    if not _are_known(known):
        return None
    ours = {name: at for name, at in known.items() if name in NAMES}
    width = max((len(row) for row in rows), default=0)
    others = [at for at in range(width) if at not in ours.values()]
    return Places(ours, _named(others, {at: name for name, at in known.items()}))


def _without_header(rows: Rows) -> Places:
    width = max((len(row) for row in rows), default=0)
    at = _column_of_keys(rows, range(width))
    if at is None:
        return Places({}, {})
    return Places({LINE: at} | ({STAFF_NOTES: at - 2, SNOOZE_UNTIL: at - 1} if at > 1 else {}), {})


def _column_of_keys(rows: Rows, columns: Iterable[int]) -> int | None:
    """Find the column in which most of what stands there looks like a key."""
    for at in columns:
        texts = _texts_in(rows, at)
        if texts and 2 * sum(map(_is_key, texts)) > len(texts):
            return at
    return None


def _texts_in(rows: Rows, column: int) -> list[str]:
    return [
        str(row[column]).strip() for row in rows if column < len(row) and kept_value(row[column]) is not None
    ]


def _is_key(text: str) -> bool:
    return LIKE_A_KEY.fullmatch(text) is not None


def _named_again(row: StaffRow, names: Mapping[str, Mapping[str, OutValue]]) -> StaffRow:
    """Return the row, with names if it shows none: nobody is to take it for a blank one."""
    if row.figures.get(STUDENT) or row.figures.get(SERVICE) or row.key not in names:
        return row
    return replace(row, figures={**row.figures, **names[row.key]})


def _by_key(rows: Sequence[StaffRow]) -> tuple[dict[str, StaffRow], list[StaffRow]]:
    """Return what stands beside each key for certain, and the rows with notes that belong to none."""
    same_key: dict[str, list[StaffRow]] = defaultdict(list)
    for row in rows:
        same_key[row.key].append(row)
    loose = same_key.pop("", [])
    certain: dict[str, StaffRow] = {}
    for key, several in same_key.items():
        only = _only(several) or _only([row for row in several if _shows_a_line(row)])
        certain[key] = only or StaffRow(key, figures=several[0].figures)
        loose += [row for row in several if row.written and not (only and _says_the_same(row, only))]
    return certain, loose


def _only(rows: Sequence[StaffRow]) -> StaffRow | None:
    """Return the rows of one key as one if they are one thing: a row copied whole says nothing new."""
    named = [row.figures for row in rows if row.figures.get(STUDENT) or row.figures.get(SERVICE)]
    if not rows or len({(figures.get(STUDENT), figures.get(SERVICE)) for figures in named}) > 1:
        return None
    written = [row for row in rows if row.written] or list(rows[:1])
    first = written[0]
    if not all(_says_the_same(row, first) for row in written):
        return None
    lines = [row.figures for row in rows if _shows_a_line(row)]
    return replace(first, figures=next(iter([*lines, *named]), first.figures))


def _shows_a_line(row: StaffRow) -> bool:
    """Tell whether it is the row of a line; a copy of one, below the table, shows no status."""
    return row.figures.get(STATUS) is not None


def _says_the_same(one: StaffRow, other: StaffRow) -> bool:
    return (one.notes, one.snooze, one.added) == (other.notes, other.snooze, other.added)
