"""Which column of the tab as it was read goes where (workbook.md, "Staff's columns").

Columns are known by their headers, exactly as staff's columns are read (staff_columns.py). Those that people
put in stand right of ours, in their order; none is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from sheets_sync.ports import CellValue
from sheets_sync.staff_columns import find_columns
from sheets_sync.views.tab import Tab

Sources = tuple[int | None, ...]
"""For each column (or row) that there is to be: where it stands now, None for a new one."""


def header_at(tab: Tab) -> int:
    """Return the 0-based row of the table's header."""
    return max(tab.frozen[0] - 1, 0)


def width_of(tab: Tab) -> int:
    return max([len(tab.widths), *map(len, tab.rows)])


def staff_columns_of(tab: Tab) -> frozenset[int]:
    """Return the columns whose cells are staff's own, those behind the key among them."""
    if tab.key is None:
        return frozenset()
    return frozenset(tab.staff) | frozenset(range(tab.key + 1, width_of(tab)))


def column_sources(
    tab: Tab, rows: Sequence[Sequence[CellValue]], there: int, known: Mapping[str, int] | None = None
) -> tuple[Sources, int | None]:
    """Return where each column of the tab stands now, and the header row as it was read (0-based).

    `rows` is our tab as it was read, `there` how many columns it has, `known` where some are known to stand
    (ports.Sheet.columns).
    """
    names = [str(cell.value) for cell in tab.rows[header_at(tab)]]
    if tab.key is None:
        return _by_header(tab, names, rows) or _as_they_stand(tab, there), header_at(tab)
    header, places = find_columns(rows, known or {})
    at_name = dict(places.ours) | {name: at for at, name in places.added.items()}
    found = [at_name.get(name) for name in names]
    found += _unnamed(tab, names)
    if header is None and not places.added:
        _take_the_rest_in_order(found, there)
    return tuple(found), header


def with_the_rest(sources: Sources, there: int) -> Sources:
    """Put behind the columns (or rows) of the tab all others that there are, in their order."""
    used = {at for at in sources if at is not None}
    return (*sources, *(at for at in range(there) if at not in used))


def _by_header(tab: Tab, names: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> Sources:
    """Return where the columns of a table of ours stand, () where not even half of its header is there."""
    where = ({cells[at]: at for at in reversed(range(len(cells)))} for cells in rows)
    found = ([at_name.get(name) for name in names] for at_name in where)
    best = max(found, key=lambda places: len(names) - places.count(None), default=[])
    return (*best, *_unnamed(tab, names)) if 2 * best.count(None) < len(names) else ()


def _unnamed(tab: Tab, names: Sequence[str]) -> list[None]:
    return [None] * (width_of(tab) - len(names))


def _as_they_stand(tab: Tab, there: int) -> Sources:
    return tuple(at if at < there else None for at in range(width_of(tab)))


def _take_the_rest_in_order(found: list[int | None], there: int) -> None:
    """Where the whole header is gone nothing tells the columns apart: all that is ours is written anew."""
    used = {at for at in found if at is not None}
    free = (at for at in count() if at not in used)
    for place, source in enumerate(found):
        if source is None:
            at = next(free)
            found[place] = at if at < there else None
