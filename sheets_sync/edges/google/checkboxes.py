"""The rules that make checkboxes of cells, and take away those that nobody wants.

Rules are not read: on tabs of 20,000 rows with dropdowns they would double the read. So every write that
sends anything sets them anew. They go along where rows or columns are inserted or copied, so all cells of
ours are freed of them first; staff's columns are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.edges.google.blocks import Block, Place
from sheets_sync.edges.google.columns import staff_columns_of
from sheets_sync.edges.google.moment import Json
from sheets_sync.views.tab import Box, Tab

RULE: Json = {"condition": {"type": "BOOLEAN"}, "strict": True}


def boxes_of(tab: Tab) -> list[Place]:
    """Return the cells (from 0) in which a box stands."""
    return [
        (row, column)
        for row, cells in enumerate(tab.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell.value, Box)
    ]


def box_requests(tab: Tab, sheet_id: int, row_count: int) -> Iterator[Json]:
    """Yield what makes checkboxes of the tab's boxes and of no other cell of ours.

    `row_count` is how many rows there will be.
    """
    if tab.key is None:
        return
    width = min(staff_columns_of(tab) | {tab.key})
    where = Block(None, 0, row_count, 0, width).grid_range(sheet_id)
    yield {"setDataValidation": {"range": where, "filteredRowsIncluded": True}}
    yield from rules_of_boxes(tab, sheet_id)


def rules_of_boxes(tab: Tab, sheet_id: int) -> Iterator[Json]:
    for row, column in boxes_of(tab):
        where = Block(None, row, row + 1, column, column + 1).grid_range(sheet_id)
        yield {"setDataValidation": {"range": where, "rule": RULE}}
