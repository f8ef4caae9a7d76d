"""Merged cells: those of the summary, and no others.

Merging keeps one value and throws the others away, so it never reaches staff's columns or the keys.
"""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.edges.google.moment import Json, TabAtRead
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import column_number
from sheets_sync.views.tab import Tab

Span = tuple[int, int, int, int]
"""Rows `top` to `bottom`, columns `left` to `right`, the ends not included."""

_A1 = lazy_regex(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def wanted_merges(tab: Tab) -> tuple[Span, ...]:
    return tuple(map(_span, tab.spans))


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


def merge_requests(spans: Iterable[Span], sheet_id: int) -> list[Json]:
    return [{"mergeCells": {"range": _range(span, sheet_id), "mergeType": "MERGE_ALL"}} for span in spans]


def unmerge_request(sheet_id: int) -> Json:
    """Return the request that takes every merged range of the tab apart: they hold up moves and sorting."""
    return {"unmergeCells": {"range": {"sheetId": sheet_id}}}


def _span(text: str) -> Span:
    found = _A1.fullmatch(text)
    assert found, text
    left, top, right, bottom = found.groups()
    return int(top) - 1, int(bottom), column_number(left), column_number(right) + 1


def _range(span: Span, sheet_id: int) -> Json:
    top, bottom, left, right = span
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }
