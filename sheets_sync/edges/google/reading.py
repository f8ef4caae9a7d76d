"""One `spreadsheets.get` -> a Snapshot, and the Moment that writing needs.

Why one `spreadsheets.get` with a field mask, and why this mask. Measured on the workbook of the benchmark
(20,000 rows x 14 columns of log, 7 tabs), as sent / as gzip / seconds of json.loads:

    everything, pretty-printed (includeGridData)         256 MB   3.4 MB   2.6
    this mask                                              11 MB   0.3 MB   0.15
    this mask, pretty-printed                              32 MB   0.3 MB   0.2
    this mask with stringValue beside formattedValue       15 MB   0.5 MB   0.19
    values:batchGet, unformatted                            2 MB   0.1 MB   0.02

values:batchGet is lighter, but it shows neither number formats (a date is a number, "0012" by format is 12),
nor merges, hidden rows, notes, ids and protection: each of these would be another call, and calls are what
is scarce. Text comes once, as it is shown. `userEnteredFormat` is asked for ground, weight and link alone, by
which a cell of ours is told from one that was painted over, and for what staff struck through; all of it
would be 30 MB on coloured tabs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.edges.google.address import tab_link
from sheets_sync.edges.google.anchor_metadata import anchors_of
from sheets_sync.edges.google.cells import CELL_FIELDS, value_of, values_of
from sheets_sync.edges.google.mark import mark_of
from sheets_sync.edges.google.moment import CellAtRead, Json, Moment, TabAtRead
from sheets_sync.ports import Sheet
from sheets_sync.problems import RunFailed, a1

__all__ = ["PARAMETERS", "CellAtRead", "Moment", "TabAtRead", "understand"]

_OWN_LOOK = (
    "note,userEnteredValue.formulaValue,"
    "userEnteredFormat(backgroundColorStyle,textFormat(bold,link,strikethrough))"
)
_ANCHORS = "developerMetadata(metadataId,metadataKey,metadataValue)"
_SIZES = (
    f"rowMetadata(hiddenByUser,hiddenByFilter,pixelSize,{_ANCHORS}),"
    f"columnMetadata(hiddenByUser,pixelSize,{_ANCHORS})"
)
FIELDS = (
    "spreadsheetId,properties(title,timeZone),"
    "sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties,tabColorStyle),merges,"
    "developerMetadata(metadataId,metadataKey,metadataValue,visibility),protectedRanges,filterViews,basicFilter,"
    f"data(rowData.values({CELL_FIELDS},{_OWN_LOOK}),{_SIZES}))"
)
PARAMETERS: Mapping[str, str] = {"fields": FIELDS, "prettyPrint": "false"}
"""The query of the one request."""

_NO_CELLS = frozenset({"OBJECT", "DATA_SOURCE"})


def understand(answer: Any) -> tuple[tuple[Sheet, ...], Moment]:
    """Return the tabs with their values, charts left out, and the moment. Raises RunFailed.

    Empty rows at the end are left out; hidden rows and hidden tabs are read like all others.
    """
    try:
        moment = _moment(answer)
        sheets = tuple(
            _sheet(tab, sheet) for tab, sheet in zip(moment.tabs, answer["sheets"], strict=True) if tab.grid
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise RunFailed(
            "Google's answer to the reading of the workbook could not be understood.",
            "Run again; if it stays, something between school and Google may have changed the answer.",
        ) from None
    return sheets, moment


def _moment(answer: Json) -> Moment:
    properties = answer["properties"]
    return Moment(
        title=properties["title"],
        zone=properties.get("timeZone", ""),
        tabs=tuple(_tab(sheet) for sheet in answer["sheets"]),
    )


def _tab(sheet: Json) -> TabAtRead:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    metadata = tuple(sheet.get("developerMetadata", ()))
    data = _data(sheet)
    rows, columns = data.get("rowMetadata", ()), data.get("columnMetadata", ())
    mark = mark_of(properties["sheetId"], metadata)
    return TabAtRead(
        id=properties["sheetId"],
        title=properties["title"],
        index=properties.get("index", 0),
        grid=properties.get("sheetType", "GRID") not in _NO_CELLS,
        row_count=grid.get("rowCount", 0),
        column_count=grid.get("columnCount", 0),
        frozen=(grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)),
        colour=_colour(properties.get("tabColorStyle", {})),
        mark=mark,
        cells=tuple(tuple(map(_cell, row.get("values", ()))) for row in data.get("rowData", ()))
        if mark
        else (),
        row_heights=tuple([row.get("pixelSize", 0) for row in rows]) if mark else (),
        column_widths=tuple([column.get("pixelSize", 0) for column in columns]),
        hidden_rows=frozenset(at for at, row in enumerate(rows) if _HIDING & row.keys() and _is_hidden(row)),
        hidden_columns=frozenset(at for at, column in enumerate(columns) if _is_hidden(column)),
        merges=tuple(sheet.get("merges", ())),
        protected_ranges=tuple(sheet.get("protectedRanges", ())),
        filter_views=tuple(sheet.get("filterViews", ())),
        basic_filter=sheet.get("basicFilter"),
        metadata=metadata,
        anchors=(*anchors_of("ROWS", rows), *anchors_of("COLUMNS", columns)) if mark else (),
    )


_HIDING = frozenset({"hiddenByUser", "hiddenByFilter"})


def _is_hidden(dimension: Json) -> bool:
    return bool(dimension.get("hiddenByUser") or dimension.get("hiddenByFilter"))


def _data(sheet: Json) -> Json:
    """Return the grid of a tab; there is one, from A1, where no range was asked for."""
    data: Json = next(iter(sheet.get("data", ())), {})
    return data


def _cell(cell: Json) -> CellAtRead:
    look = cell.get("userEnteredFormat", {})
    text = look.get("textFormat", {})
    return CellAtRead(
        value=value_of(cell),
        formula=cell.get("userEnteredValue", {}).get("formulaValue", ""),
        note=cell.get("note", ""),
        link=text.get("link", {}).get("uri", ""),
        fill=_colour(look.get("backgroundColorStyle", {})),
        bold=text.get("bold", False),
        pattern=cell.get("effectiveFormat", {}).get("numberFormat", {}).get("pattern", ""),
    )


def _colour(style: Json) -> str:
    """Return a ColorStyle as hex RGB, or the name of a theme colour; absent parts of a colour are 0."""
    if "themeColor" in style:
        return str(style["themeColor"])
    if "rgbColor" not in style:
        return ""
    rgb = style["rgbColor"]
    return "".join(f"{round(rgb.get(part, 0) * 255):02X}" for part in ("red", "green", "blue"))


def _sheet(tab: TabAtRead, sheet: Json) -> Sheet:
    given = [row.get("values", ()) for row in _data(sheet).get("rowData", ())]
    rows = [values_of(cells) for cells in given]
    while rows and not rows[-1]:
        rows.pop()
    looks = [] if tab.mark else _own_looks(given)
    return Sheet(
        name=tab.title,
        rows=rows,
        mark=tab.mark,
        merged=tuple(map(_range, tab.merges)),
        hidden_rows=frozenset(at + 1 for at in tab.hidden_rows),
        hidden_columns=tab.hidden_columns,
        struck=frozenset(place for place, cell in looks if _is_struck(cell)),
        noted=frozenset(place for place, cell in looks if cell.get("note")),
        is_hidden=bool(sheet["properties"].get("hidden")),
        columns=tab.known_columns,
        link=tab_link(tab.id),
    )


def _own_looks(rows: Sequence[Sequence[Json]]) -> list[tuple[tuple[int, int], Json]]:
    """Return the cells that may have a note or a look of their own, with row (from 1) and column (from 0)."""
    return [
        ((row, column), cell)
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(cells)
        if "userEnteredFormat" in cell or "note" in cell
    ]


def _is_struck(cell: Json) -> bool:
    return bool(cell.get("userEnteredFormat", {}).get("textFormat", {}).get("strikethrough"))


def _range(merge: Json) -> str:
    """Return a GridRange as A1; its ends are not included, and 0 may be absent."""
    first = a1(merge.get("startRowIndex", 0) + 1, merge.get("startColumnIndex", 0))
    return f"{first}:{a1(merge['endRowIndex'], merge['endColumnIndex'] - 1)}"
