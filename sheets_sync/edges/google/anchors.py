"""Anchors: developer metadata on our columns and the header row, which tells them from all others.

Such a piece of metadata goes wherever its row or column goes, and nobody sees it
(https://developers.google.com/workspace/sheets/api/guides/metadata). So a column is known when its header is
gone (ports.Sheet.columns). And because an id is there once in a workbook, Google itself tells whether a
column still is where it was read: each write begins with throwing the anchors of staff's columns, the key's
and the header row's away where they were read, and making them there again. One that was moved in the second
since was not thrown away, cannot be made a second time, and the whole write is refused. So nothing is ever
written into a column of staff's that has come to stand where one of ours was.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.edges.google.anchor_metadata import make_request, throw_away_here_request, throw_away_request
from sheets_sync.edges.google.columns import header_at, staff_columns_of
from sheets_sync.edges.google.layout import Layout
from sheets_sync.edges.google.moment import Anchor, Dimension, Json
from sheets_sync.views.tab import Tab

HEADER = "header"
LONGEST_NAME = 100


def held_requests(layout: Layout) -> Iterator[Json]:
    """Yield the requests of which one is refused where what must not be mistaken stands elsewhere."""
    tab = layout.tab
    if tab.key is None:
        return
    columns = {layout.columns[place] for place in staff_columns_of(tab) | {tab.key}}
    for anchor in layout.read.anchors:
        if anchor.dimension == "ROWS" or anchor.at in columns:
            yield throw_away_here_request(anchor, layout.read.id)
            yield make_request(anchor, layout.read.id)


def anchor_requests(layout: Layout, first_id: int) -> list[Json]:
    """Return the requests that bring the anchors in line with where rows and columns stand after the write.
    `first_id` and the next thousand are ids that nothing has."""
    now = {"ROWS": layout.rows, "COLUMNS": layout.columns}
    there = {
        one: Anchor(one.id, one.dimension, now[one.dimension].index(one.at), one.name)
        for one in layout.read.anchors
    }
    wanted = _wanted(layout.tab, first_id)
    places = {_what(layout.tab, one) for one in wanted}
    had = {_what(layout.tab, one) for one in there.values()}
    gone = [old for old, new in there.items() if _what(layout.tab, new) not in places]
    missing = [one for one in wanted if _what(layout.tab, one) not in had]
    return [*map(throw_away_request, gone), *(make_request(one, layout.read.id) for one in missing)]


def anchors_of_a_new_tab(tab: Tab, sheet_id: int, first_id: int) -> list[Json]:
    return [make_request(one, sheet_id) for one in _wanted(tab, first_id)]


def _what(tab: Tab, anchor: Anchor) -> tuple[Dimension, int, str]:
    """Return what an anchor holds; columns of staff's may be called otherwise by now."""
    theirs = anchor.dimension == "COLUMNS" and tab.key is not None and anchor.at > tab.key
    return anchor.dimension, anchor.at, "" if theirs else anchor.name


def _wanted(tab: Tab, first_id: int) -> list[Anchor]:
    if tab.key is None:
        return []
    row = header_at(tab)
    names = [str(cell.value or "")[:LONGEST_NAME] for cell in tab.rows[row]]
    return [
        Anchor(first_id, "ROWS", row, HEADER),
        *(Anchor(first_id + 1 + at, "COLUMNS", at, name) for at, name in enumerate(names)),
    ]
