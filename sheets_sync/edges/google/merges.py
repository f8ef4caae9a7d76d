"""Merged cells: the summary's, and those that hold rows and columns together while we write.

Google merges nothing, and takes nothing apart, where that would cut through merged cells, and knows no cell
behind the end of a tab. So each write first asks for things that change nothing as long as the tab stands as
it was read, and one of which is refused, and with it the whole write, where in the second since

- a column up to the key, or a row up to the header, was inserted or moved: the merged cells above the table,
  which stand side by side over all of our columns and are as high as there are rows above the header, are
  merged again as they were read;
- a block of them was moved away whole: strips right of and below where they stand are taken apart;
- any row or column was deleted: the last cell of the tab is taken apart.

So nothing is ever written into a column that has become another. (One that is deleted while another is put
in its place, in one second, is not noticed here but in the reply.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sheets_sync.edges.google.columns import column_sources, header_at, staff_columns_of
from sheets_sync.edges.google.moment import Json, TabAtRead
from sheets_sync.views.tab import Tab

Span = tuple[int, int, int, int]
"""Rows `top` to `bottom`, columns `left` to `right`, the ends not included."""

_A1 = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def wanted_merges(tab: Tab) -> tuple[Span, ...]:
    """Return the tab's spans, and above the header such over the columns that have none: up to staff's first
    column, and from there to the key. A merged range of one cell is none."""
    spans = tuple(map(_span, tab.spans))
    rows = header_at(tab)
    if tab.key is None or not rows:
        return spans
    first = max([*map(len, tab.rows[:rows]), *(right for top, _, _, right in spans if top < rows)])
    staffs = min(staff_columns_of(tab) & set(range(tab.key)), default=first)
    edges = sorted({first, max(first, staffs), tab.key + 1})
    return spans + tuple((0, rows, left, right) for left, right in pairwise(edges) if right - left > 1)


def merges_at_read(read: TabAtRead) -> tuple[Span, ...]:
    return tuple(
        (
            one.get("startRowIndex", 0),
            one["endRowIndex"],
            one.get("startColumnIndex", 0),
            one["endColumnIndex"],
        )
        for one in read.merges
    )


def guard_requests(tab: Tab, read: TabAtRead) -> list[Json]:
    """Return the requests of which one is refused where rows above the table, or columns, stand otherwise
    than they were read."""
    if tab.key is None:
        return []
    merged = merges_at_read(read)
    above = [
        span for span in merged if span[1] <= _table_at(tab, read) and not _is_frozen_in_part(span, read)
    ]
    apart = [*_strips(above, read), *_last_cells(read)]
    free = [span for span in apart if not any(_overlap(span, other) for other in merged)]
    return [*merge_requests(above, read.id), *(_unmerge_request(span, read.id) for span in free)]


def _table_at(tab: Tab, read: TabAtRead) -> int:
    """Return the row of the header as it was read; where it is gone, that of the first key."""
    values = [[cell.value for cell in cells] for cells in read.cells]
    columns, header = column_sources(tab, values, read.column_count)
    key = columns[tab.key] if tab.key is not None else None
    first = next(
        (at for at, row in enumerate(values) if key is not None and key < len(row) and row[key]), None
    )
    return min([at for at in (header, first) if at is not None], default=header_at(tab))


def _strips(above: Sequence[Span], read: TabAtRead) -> list[Span]:
    """Return the cells right of the merged ones in the first row, and below the last of them: where a block
    that was moved away stands across them, they cannot be taken apart."""
    right = max((span[3] for span in above), default=0)
    bottom = max((span[1] for span in above), default=0)
    strips = [(0, 1, right, read.column_count), (bottom, read.row_count, right - 1, right)]
    return [span for span in strips if above and span[0] < span[1] and span[2] < span[3]]


def _last_cells(read: TabAtRead) -> set[Span]:
    """Return cells in the last row and in the last column that are in no merged range."""
    merged = merges_at_read(read)
    rows, columns = read.row_count, read.column_count
    in_row = ((rows - 1, rows, at, at + 1) for at in reversed(range(columns)))
    in_column = ((at, at + 1, columns - 1, columns) for at in reversed(range(rows)))
    free = (
        next((one for one in cells if not any(_overlap(one, m) for m in merged)), None)
        for cells in (in_row, in_column)
    )
    return {one for one in free if one is not None}


def _is_frozen_in_part(span: Span, read: TabAtRead) -> bool:
    """Such a range cannot be merged again."""
    rows, columns = read.frozen
    return span[0] < rows < span[1] or span[2] < columns < span[3]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def merge_requests(spans: Iterable[Span], sheet_id: int) -> list[Json]:
    return [{"mergeCells": {"range": _range(span, sheet_id), "mergeType": "MERGE_ALL"}} for span in spans]


def unmerge_request(sheet_id: int) -> Json:
    """Return the request that takes every merged range of the tab apart: they hold up moves and sorting."""
    return {"unmergeCells": {"range": {"sheetId": sheet_id}}}


def _unmerge_request(span: Span, sheet_id: int) -> Json:
    return {"unmergeCells": {"range": _range(span, sheet_id)}}


def _span(text: str) -> Span:
    found = _A1.fullmatch(text)
    assert found, text
    left, top, right, bottom = found.groups()
    return int(top) - 1, int(bottom), _index(left), _index(right) + 1


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(span: Span, sheet_id: int) -> Json:
    top, bottom, left, right = span
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }
