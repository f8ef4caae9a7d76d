"""Anchors: developer metadata on staff's columns, the key's and the header row, by which Google itself tells
whether these are still where they were read.

Such a piece of metadata goes wherever its row or column goes, nobody sees it, and its id is there once in the
workbook (https://developers.google.com/workspace/sheets/api/guides/metadata). So each write begins with
throwing every anchor away that is where it was read, and making it there again: one that was moved in the
second since was not thrown away, cannot be made a second time, and the whole write is refused. So nothing is
ever written into a column of staff's that has come to stand where one of ours was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheets_sync.edges.google.columns import Sources, header_at, staff_columns_of
from sheets_sync.edges.google.layout import Layout
from sheets_sync.edges.google.moment import ANCHOR, Json, TabAtRead
from sheets_sync.edges.google.moves import Dimension
from sheets_sync.views.tab import Tab

Place = tuple[Dimension, int]
"""A row or column of a tab, from 0."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The piece of metadata of this id, on a row or column."""

    id: int
    place: Place

    def request(self, sheet_id: int) -> Json:
        """Return the request that makes it."""
        piece = {
            "metadataId": self.id,
            "metadataKey": ANCHOR,
            "location": _location(self.place, sheet_id),
            "visibility": "DOCUMENT",
        }
        return {"createDeveloperMetadata": {"developerMetadata": piece}}

    def gone_request(self, sheet_id: int) -> Json:
        """Return the request that throws it away if it is here, and does nothing if it is elsewhere."""
        lookup = {
            "metadataId": self.id,
            "metadataLocation": _location(self.place, sheet_id),
            "locationMatchingStrategy": "EXACT_LOCATION",
        }
        return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def anchors_at_read(read: TabAtRead) -> list[Anchor]:
    return [Anchor(one, ("ROWS", at)) for one, at in read.row_anchors] + [
        Anchor(one, ("COLUMNS", at)) for one, at in read.column_anchors
    ]


def held_requests(read: TabAtRead) -> Iterator[Json]:
    """Yield the requests of which one is refused where a row or column with an anchor stands elsewhere."""
    for anchor in anchors_at_read(read):
        yield anchor.gone_request(read.id)
        yield anchor.request(read.id)


def missing_anchors(layout: Layout, first_id: int) -> list[Json]:
    """Return the requests that make the anchors that are not there yet, where rows and columns stand after
    the write. `first_id` and the next few are ids that nothing has."""
    held = {anchor.place for anchor in anchors_at_read(layout.read)}
    sources: dict[Dimension, Sources] = {"ROWS": layout.rows, "COLUMNS": layout.columns}
    places = [
        (dimension, at)
        for dimension, at in _places(layout.tab)
        if (source := sources[dimension][at]) is None or (dimension, source) not in held
    ]
    return _made(places, layout.read.id, first_id)


def anchors_of_a_new_tab(tab: Tab, sheet_id: int, first_id: int) -> list[Json]:
    return _made(_places(tab), sheet_id, first_id)


def _places(tab: Tab) -> list[Place]:
    """Return which rows and columns of the tab are to be held."""
    if tab.key is None:
        return []
    return [("ROWS", header_at(tab)), *(("COLUMNS", at) for at in sorted(staff_columns_of(tab) | {tab.key}))]


def _made(places: list[Place], sheet_id: int, first_id: int) -> list[Json]:
    return [Anchor(number, place).request(sheet_id) for number, place in enumerate(places, first_id)]


def _location(place: Place, sheet_id: int) -> Json:
    dimension, at = place
    span = {"sheetId": sheet_id, "dimension": dimension, "startIndex": at, "endIndex": at + 1}
    return {"dimensionRange": span}
