"""Merged cells: the summary's, and those that hold the columns together while we write.

Google refuses to merge a range that would cut through merged cells. So each write first merges again, as they
were read, the merged cells above the table, which stand side by side over all of our columns: had somebody
inserted, deleted or moved a column in the second since the read, the whole batch is refused, and nothing is
ever written into a column that has become another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheets_sync.edges.google.columns import header_at, staff_columns_of
from sheets_sync.edges.google.moment import Json, TabAtRead
from sheets_sync.views.tab import Tab

Span = tuple[int, int, int, int]
"""Rows `top` to `bottom`, columns `left` to `right`, the ends not included."""

_A1 = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def wanted_merges(tab: Tab) -> tuple[Span, ...]:
    """Return the tab's spans, and in the last row above the header such over the columns that have none:
    up to staff's first column, and from there to the key. A merged range of one cell is none."""
    spans = tuple(map(_span, tab.spans))
    if tab.key is None or not header_at(tab):
        return spans
    row = header_at(tab) - 1
    held = [cell for cell in spans if cell[0] <= row < cell[1]]
    first = max([len(tab.rows[row]), *(right for *_, right in held)])
    edges = sorted(
        {
            first,
            *(at for at in [min(staff_columns_of(tab) & set(range(tab.key)), default=first)] if at > first),
        }
    )
    ends = [*edges[1:], tab.key + 1]
    return spans + tuple(
        (row, row + 1, left, right) for left, right in zip(edges, ends, strict=True) if right - left > 1
    )


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
    """Return the requests that are refused where columns stand otherwise than they were read."""
    above = (
        [span for span in merges_at_read(read) if span[1] <= header_at(tab)] if tab.key is not None else []
    )
    return merge_requests(above, read.id)


def merge_requests(spans: Iterable[Span], sheet_id: int) -> list[Json]:
    return [{"mergeCells": {"range": _range(span, sheet_id), "mergeType": "MERGE_ALL"}} for span in spans]


def unmerge_request(sheet_id: int) -> Json:
    """Return the request that takes every merged range of the tab apart: they hold up moves and sorting."""
    return {"unmergeCells": {"range": {"sheetId": sheet_id}}}


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
