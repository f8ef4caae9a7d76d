"""How wide columns and how high rows are, and which columns are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheets_sync.edges.google.columns import Sources, width_of
from sheets_sync.edges.google.formats import ROW_PIXELS, height_in_pixels, width_in_pixels
from sheets_sync.edges.google.layout import Layout
from sheets_sync.edges.google.moment import Dimension, Json
from sheets_sync.views.tab import Tab


def sizes_of_a_new_tab(tab: Tab, sheet_id: int) -> list[Json]:
    """Return the requests that size every row and column."""
    return [
        *_sized(sheet_id, "COLUMNS", _differing(_widths(tab), {})),
        *_sized(sheet_id, "ROWS", _differing(_heights(tab), {})),
        *_hidden(sheet_id, dict.fromkeys(tab.hidden, True)),
    ]


def sizes_to_send(layout: Layout) -> list[Json]:
    """Return the requests for those that differ from what was read; a row below the table is a plain one.

    Columns that staff put in keep the width that people gave them, and stay hidden where people hid them.
    """
    tab, read = layout.tab, layout.read
    heights = dict.fromkeys(range(len(tab.rows), len(layout.rows)), ROW_PIXELS) | _heights(tab)
    ours = [
        place
        for place in range(width_of(tab))
        if tab.key is None or place <= tab.key or layout.columns[place] is None
    ]
    widths = {place: width for place, width in _widths(tab).items() if place in ours}
    hidden = {
        place: place in tab.hidden
        for place in ours
        if (at := layout.columns[place]) is None or (at in read.hidden_columns) != (place in tab.hidden)
    }
    return [
        *_sized(read.id, "COLUMNS", _differing(widths, _before(layout.columns, read.column_widths))),
        *_sized(read.id, "ROWS", _differing(heights, _before(layout.rows, read.row_heights))),
        *_hidden(read.id, hidden),
    ]


def _widths(tab: Tab) -> dict[int, int]:
    return {place: width_in_pixels(width) for place, width in enumerate(tab.widths)}


def _heights(tab: Tab) -> dict[int, int]:
    return {row - 1: height_in_pixels(height) for row, height in tab.heights}


def _before(sources: Sources, sizes: Sequence[int]) -> dict[int, int]:
    return {place: sizes[at] for place, at in enumerate(sources) if at is not None and at < len(sizes)}


def _differing(wanted: Mapping[int, int], before: Mapping[int, int]) -> dict[int, int]:
    return {place: size for place, size in wanted.items() if before.get(place) != size}


def _sized(sheet_id: int, dimension: Dimension, sizes: Mapping[int, int]) -> Iterator[Json]:
    for start, end, size in _runs(sizes):
        yield _request(sheet_id, dimension, (start, end), {"pixelSize": size})


def _hidden(sheet_id: int, hidden: Mapping[int, bool]) -> Iterator[Json]:
    for start, end, is_hidden in _runs(hidden):
        yield _request(sheet_id, "COLUMNS", (start, end), {"hiddenByUser": is_hidden})


def _runs(values: Mapping[int, Any]) -> Iterator[tuple[int, int, Any]]:
    start: int | None = None
    for at in sorted(values):
        if start is None:
            start = at
        if values.get(at + 1) != values[at]:
            yield start, at + 1, values[at]
            start = None


def _request(sheet_id: int, dimension: Dimension, span: tuple[int, int], properties: Json) -> Json:
    where = {"sheetId": sheet_id, "dimension": dimension, "startIndex": span[0], "endIndex": span[1]}
    fields = ",".join(properties)
    return {"updateDimensionProperties": {"range": where, "properties": properties, "fields": fields}}
