"""The filter of the table, and the filter views beside it.

The filter that people set stays as they set it as long as it covers the table; where it must be laid anew its
criteria stay. Filter views are ours by ids that we chose; those that people made are theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

from sheets_sync.edges.google.columns import Sources
from sheets_sync.edges.google.moment import EDGES, Json
from sheets_sync.edges.google.values_to_send import plain_text
from sheets_sync.views.tab import FilterView, Tab

_MOST_VIEWS = 1000


def filter_requests(
    tab: Tab, sheet_id: int, read: Json | None, columns: Sources | None, *, moved: bool
) -> list[Json]:
    """Return what lays the filter over the table. `columns` says where each column stood, None for a new
    tab; `moved`: this write moves rows or columns, so that the range that was read holds no longer."""
    if not tab.filter_row:
        return [] if read is None else [{"clearBasicFilter": {"sheetId": sheet_id}}]
    table = table_range(tab, sheet_id)
    if read is None:
        return [{"setBasicFilter": {"filter": {"range": table}}}]
    if not moved and _covers(read.get("range", {}), table):
        return []
    specs = _specs(read)
    now = {at: place for place, at in enumerate(columns or ()) if at is not None}
    kept = [{**one, "columnIndex": now[at]} for at, one in specs.items() if at in now]
    table["endColumnIndex"] = max([table["endColumnIndex"], *(one["columnIndex"] + 1 for one in kept)])
    return [{"setBasicFilter": {"filter": {"range": table} | ({"filterSpecs": kept} if kept else {})}}]


def view_requests(tab: Tab, sheet_id: int, read: Sequence[Json], *, moved: bool) -> Iterator[Json]:
    """Yield what brings our filter views in line with the tab's: new, changed and gone ones."""
    ids = range(first_view_id(sheet_id), first_view_id(sheet_id) + _MOST_VIEWS)
    ours = {one["filterViewId"]: one for one in read if one.get("filterViewId") in ids}
    by_title = {one.get("title", ""): at for at, one in reversed(ours.items())}
    wanted = tab.filter_views[:_MOST_VIEWS]
    kept = {by_title[title] for view in wanted if (title := plain_text(view.title)) in by_title}
    free = iter([at for at in ids if at not in kept])
    used = set()
    for view in wanted:
        at = by_title.pop(plain_text(view.title), None)
        at = next(free) if at is None else at
        used.add(at)
        piece = _view(tab, view, sheet_id) | {"filterViewId": at}
        if at not in ours:
            yield {"addFilterView": {"filter": piece}}
        elif moved or _says(ours[at]) != _says(piece):
            yield {
                "updateFilterView": {"filter": piece, "fields": "title,range,criteria,filterSpecs,sortSpecs"}
            }
    for at in ours.keys() - used:
        yield {"deleteFilterView": {"filterId": at}}


def first_view_id(sheet_id: int) -> int:
    """Return the first of the ids that are for our views of this tab."""
    return crc32(f"sheets_sync views {sheet_id}".encode()) % (2**31 - 1 - _MOST_VIEWS) + 1


def table_range(tab: Tab, sheet_id: int) -> Json:
    """Return the header and the rows of the table, in all of our columns."""
    header = tab.filter_row or max(tab.frozen[0], 1)
    width = len(tab.rows[header - 1])
    edges = (header - 1, max(len(tab.rows), header), 0, max(width, 1))
    return {"sheetId": sheet_id, **dict(zip(EDGES, edges, strict=True))}


def _view(tab: Tab, view: FilterView, sheet_id: int) -> Json:
    spec = {"columnIndex": view.column, "filterCriteria": _criteria(tab, view)}
    return {"title": plain_text(view.title), "range": table_range(tab, sheet_id), "filterSpecs": [spec]}


def _criteria(tab: Tab, view: FilterView) -> Json:
    """A text that Google would take for a formula is told by the values that are not shown."""
    if view.equals is None:
        return {"condition": {"type": "NOT_BLANK"}}
    wanted = plain_text(view.equals)
    if wanted.lstrip().startswith(("=", "+")):
        table = tab.rows[(tab.filter_row or tab.frozen[0]) :]
        texts = {str(cells[view.column].value or "") for cells in table if view.column < len(cells)}
        return {"hiddenValues": sorted(texts - {view.equals})}
    return {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": wanted}]}}


def _says(view: Json) -> tuple[Any, ...]:
    return view.get("title"), _edges(view.get("range", {})), _specs(view), view.get("sortSpecs", [])


def _specs(piece: Json) -> dict[int, Json]:
    """Return the criteria by column, whichever of the two forms they have."""
    if "filterSpecs" in piece:
        return {
            one.get("columnIndex", 0): {"filterCriteria": one.get("filterCriteria", {})}
            for one in piece["filterSpecs"]
        }
    return {int(at): {"filterCriteria": one} for at, one in piece.get("criteria", {}).items()}


def _edges(grid_range: Json) -> tuple[Any, ...]:
    return tuple(grid_range.get(edge, 0 if edge.startswith("start") else None) for edge in EDGES)


def _covers(there: Json, table: Json) -> bool:
    top, bottom, left, right = _edges(there)
    wanted = _edges(table)
    return (
        top == wanted[0]
        and left <= wanted[2]
        and (bottom is None or bottom >= wanted[1])
        and (right is None or right >= wanted[3])
    )
