"""What the server keeps: spreadsheets in the terms of Google's own description of them.

Whatever is stored is a piece of JSON in its canonical form (camelCase, enums written out). Such a piece is
never changed in place but replaced: a copy of a spreadsheet shares them, so that a batch works on a copy and
all or nothing of it is kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]
Place = tuple[int, int]
"""(row, column), from 0."""
_NO_CELLS = {"rowCount": 0, "columnCount": 0}
"""The grid of a tab that has none: a chart's."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells: rows `top` to `bottom` and columns `left` to `right`, the ends not included."""

    top: int
    bottom: int
    left: int
    right: int

    def __contains__(self, place: Place) -> bool:
        return self.top <= place[0] < self.bottom and self.left <= place[1] < self.right

    def places(self) -> Iterator[Place]:
        for row in range(self.top, self.bottom):
            for column in range(self.left, self.right):
                yield row, column


@dataclass
class Sheet:
    """One tab. What is absent is blank or at its default.

    `properties` is a SheetProperties. `cells` holds what was put in (userEnteredValue, userEnteredFormat,
    note, dataValidation, textFormatRuns, ...), nothing that is worked out (effectiveValue, formattedValue,
    effectiveFormat, hyperlink). `rows` and `columns` hold the DimensionProperties that were set. Ranges
    inside the pieces are GridRanges with their sheetId. Ids are the keys of the dictionaries.
    """

    properties: Json
    cells: dict[Place, Json] = field(default_factory=dict)
    rows: dict[int, Json] = field(default_factory=dict)
    columns: dict[int, Json] = field(default_factory=dict)
    merges: list[Json] = field(default_factory=list)
    conditional_formats: list[Json] = field(default_factory=list)
    basic_filter: Json | None = None
    filter_views: dict[int, Json] = field(default_factory=dict)
    protected_ranges: dict[int, Json] = field(default_factory=dict)
    banded_ranges: dict[int, Json] = field(default_factory=dict)
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)
    developer_metadata: dict[int, Json] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        return int(self.properties.get("gridProperties", _NO_CELLS)["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.properties.get("gridProperties", _NO_CELLS)["columnCount"])

    def area(self, grid_range: Json) -> Area:
        """Return the cells of a GridRange; where it has no end it goes to the end of the tab."""
        return Area(
            int(grid_range.get("startRowIndex", 0)),
            int(grid_range.get("endRowIndex", self.row_count)),
            int(grid_range.get("startColumnIndex", 0)),
            int(grid_range.get("endColumnIndex", self.column_count)),
        )

    def copy(self) -> Sheet:
        """Return a sheet that can be changed without changing this one."""
        return replace(
            self,
            cells=dict(self.cells),
            rows=dict(self.rows),
            columns=dict(self.columns),
            merges=list(self.merges),
            conditional_formats=list(self.conditional_formats),
            filter_views=dict(self.filter_views),
            protected_ranges=dict(self.protected_ranges),
            banded_ranges=dict(self.banded_ranges),
            row_groups=list(self.row_groups),
            column_groups=list(self.column_groups),
            developer_metadata=dict(self.developer_metadata),
        )


@dataclass
class Spreadsheet:
    """A whole spreadsheet. `properties` is a SpreadsheetProperties; `sheets` stand in the order of index.

    `sharing` maps an address to "owner", "writer" or "reader". `kind` is "spreadsheet", or "xlsx" for an
    Excel file that lies in Drive, or "folder". Times are RFC 3339 with milliseconds. `drive` is what Drive
    alone keeps: parents, starred, trashed, description, pendingOwner, comments.
    """

    id: str
    properties: Json
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: dict[str, Json] = field(default_factory=dict)
    developer_metadata: dict[int, Json] = field(default_factory=dict)
    sharing: dict[str, str] = field(default_factory=dict)
    kind: str = "spreadsheet"
    created: str = ""
    modified: str = ""
    drive: Json = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    def sheet(self, sheet_id: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def sheet_named(self, title: str) -> Sheet | None:
        """Return the tab of this title; Google does not tell upper from lower case here."""
        return next((sheet for sheet in self.sheets if sheet.title.lower() == title.lower()), None)

    def copy(self) -> Spreadsheet:
        """Return a spreadsheet that can be changed without changing this one."""
        return replace(
            self,
            sheets=[sheet.copy() for sheet in self.sheets],
            named_ranges=dict(self.named_ranges),
            developer_metadata=dict(self.developer_metadata),
            sharing=dict(self.sharing),
        )

    def snapshot(self) -> Spreadsheet:
        """Return a copy that shares nothing with this one, to compare with later."""
        copied: Spreadsheet = pickle.loads(pickle.dumps(self))  # a tenth of the time of copy.deepcopy
        return copied
