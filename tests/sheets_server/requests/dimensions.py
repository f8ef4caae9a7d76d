"""insertDimension, deleteDimension, moveDimension, appendDimension, updateDimensionProperties,
autoResizeDimensions: rows and columns."""

from __future__ import annotations

from tests.sheets_server import effective
from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet
from tests.sheets_server.requests import colours, following
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free, must_not_cut
from tests.sheets_server.requests.ranges import EDGES, grid_of, length, resized
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.requests.shifts import Deleted, Inserted, Moved

NAMES = {"ROWS": "row", "COLUMNS": "column"}
PIXELS = {"ROWS": 21, "COLUMNS": 100}
"""The size of a row and a column that nobody changed."""
INHERITED = ("userEnteredFormat", "dataValidation")
"""What new cells take over from the cells beside them."""


def insert_dimension(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Insert rows or columns; they look like those before them (inheritFromBefore) or behind them."""
    asked = request["range"]
    sheet, dimension = _asked(book, asked)
    for name in ("startIndex", "endIndex"):
        if name not in asked:
            raise Refused(f"range.{name} must be set")
    start, end = _bounds(asked, 0)
    before = bool(request.get("inheritFromBefore"))
    size = length(sheet, dimension)
    if before and start == 0:
        raise Refused("range.startIndex must be greater than 0 if inheritFromBefore is true.")
    if not before and start >= size:
        raise Refused(
            f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is false."
        )
    if start > size:
        raise Refused(f"range.startIndex must be less than or equal to the grid size ({size}).")
    must_not_cut(book, sheet, dimension, start, context.user)
    insert(book, sheet, dimension, start, end - start, start - 1 if before else start)
    return {}


def insert(book: Spreadsheet, sheet: Sheet, dimension: str, at: int, count: int, like: int | None) -> None:
    """Insert `count` rows or columns before `at`, looking like the one at `like` (None: like none)."""
    _resize(book, sheet, dimension, length(sheet, dimension) + count)
    grid = sheet.properties["gridProperties"]
    frozen = _frozen(dimension)
    if at < grid.get(frozen, 0):
        sheet.properties = {
            **sheet.properties,
            "gridProperties": {**sheet.properties["gridProperties"], frozen: grid[frozen] + count},
        }
    shift = Inserted(at, count)
    following.follow(book, sheet, dimension, shift)
    if like is None:
        return
    source = shift.index(like)
    for new in range(at, at + count):
        _inherit(sheet, dimension, source, new)


def delete_dimension(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Delete rows or columns; not all, and not all that are not frozen."""
    sheet, dimension = _asked(book, request["range"])
    size = length(sheet, dimension)
    start, end = _bounds(request["range"], size)
    name = NAMES[dimension]
    if start >= size:
        raise Refused(
            f"Cannot delete a {name} that doesn't exist. Tried to delete {name} index {start} but there are"
            f" only {size} {name}s."
        )
    if end > size:
        raise Refused(
            f"Cannot delete a {name} that doesn't exist. Tried to delete {name} index {size} but there are"
            f" only {size} {name}s."
        )
    if end - start >= size:
        raise Refused(f"You can't delete all the {name}s on the sheet.")
    frozen = sheet.properties["gridProperties"].get(_frozen(dimension), 0)
    if frozen and start <= frozen and end >= size:
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {name}s.")
    must_be_free(book, sheet, _across(sheet, dimension, start, end), context.user)
    delete(book, sheet, dimension, start, end)
    return {}


def delete(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Delete rows or columns without asking."""
    shift = Deleted(start, end)
    following.follow(book, sheet, dimension, shift)
    grid = sheet.properties["gridProperties"]
    frozen = grid.get(_frozen(dimension), 0)
    left = shift.span((0, frozen)) if frozen else None
    _resize(book, sheet, dimension, length(sheet, dimension) - (end - start))
    if frozen:
        changed = {**sheet.properties["gridProperties"], _frozen(dimension): left[1] if left else 0}
        sheet.properties = {**sheet.properties, "gridProperties": _without_zero(changed)}


def move_dimension(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Move rows or columns to before what stands at destinationIndex now."""
    sheet, dimension = _asked(book, request["source"])
    size = length(sheet, dimension)
    start, end = _bounds(request["source"], size)
    to = request.get("destinationIndex", 0)
    name = NAMES[dimension]
    if end > size or to > size:
        raise Refused(f"Cannot move a {name} that doesn't exist. There are only {size} {name}s.")
    if start < to < end:
        raise Refused(f"Cannot move {name}s [{start}, {end}) to index {to}: it lies among them.")
    shift = Moved(start, end, to)
    first, last = EDGES[dimension]
    if any(shift.splits((merge[first], merge[last])) for merge in sheet.merges):
        raise Refused(f"You can't move {name}s over part of a merged cell.")
    must_be_free(book, sheet, _across(sheet, dimension, start, end), context.user)
    must_not_cut(book, sheet, dimension, to, context.user)
    if to not in (start, end):
        following.follow(book, sheet, dimension, shift)
    return {}


def append_dimension(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Add rows or columns at the end, without any format."""
    sheet, dimension = _asked(book, request)
    if request.get("length", 0) <= 0:
        raise Refused("length must be greater than 0")
    must_not_cut(book, sheet, dimension, length(sheet, dimension), context.user)
    _resize(book, sheet, dimension, length(sheet, dimension) + request["length"])
    return {}


def update_dimension_properties(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Set size, hiding and developer metadata of rows or columns."""
    if "range" not in request:
        raise Refused("One of range or dataSourceSheetRange must be set.")
    sheet, dimension = _asked(book, request["range"])
    start, end = _bounds(request["range"], length(sheet, dimension))
    fields = colours.mask(request.get("fields", ""))
    new = {name: value for name, value in request.get("properties", {}).items() if name != "hiddenByFilter"}
    if "pixelSize" in fields and new.get("pixelSize", 0) < 0:
        raise Refused("pixelSize must be greater than or equal to 0")
    kept = sheet.rows if dimension == "ROWS" else sheet.columns
    for index in range(start, min(end, length(sheet, dimension))):
        old = kept.get(index, {})
        merged = fields.merge(old, {**new, **_only(old, "hiddenByFilter")})
        _keep(kept, index, {name: value for name, value in merged.items() if value not in (False, None)})
    return {}


def auto_resize_dimensions(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Make columns as wide as their longest text, roughly: the true width hangs on fonts."""
    asked = request.get("dimensions", {})
    sheet, dimension = _asked(book, asked)
    start, end = _bounds(asked, length(sheet, dimension))
    kept = sheet.rows if dimension == "ROWS" else sheet.columns
    for index in range(start, min(end, length(sheet, dimension))):
        if dimension == "ROWS":
            size = PIXELS["ROWS"]
        else:
            longest = max(
                (len(effective.formatted_value(book, sheet, p) or "") for p in sheet.cells if p[1] == index),
                default=None,
            )
            size = PIXELS["COLUMNS"] if longest is None else max(21, 7 * longest + 9)
        _keep(kept, index, {**kept.get(index, {}), "pixelSize": size})
    return {}


def _asked(book: Spreadsheet, asked: Json) -> tuple[Sheet, str]:
    sheet = grid_of(book, asked)
    dimension = asked.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in EDGES:
        raise Refused("dimension must be specified.")
    return sheet, dimension


def _bounds(asked: Json, size: int) -> tuple[int, int]:
    start, end = int(asked.get("startIndex", 0)), int(asked.get("endIndex", size))
    if start < 0 or end < 0:
        raise Refused("DimensionRange indexes must be >= 0")
    if end <= start and "endIndex" in asked:
        raise Refused(f"endIndex[{end}] must be greater than startIndex[{start}]")
    return start, end


def _resize(book: Spreadsheet, sheet: Sheet, dimension: str, size: int) -> None:
    rows = size if dimension == "ROWS" else sheet.row_count
    resized(book, sheet, rows, size if dimension == "COLUMNS" else sheet.column_count)


def _frozen(dimension: str) -> str:
    return "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"


def _across(sheet: Sheet, dimension: str, start: int, end: int) -> Area:
    if dimension == "ROWS":
        return Area(start, end, 0, sheet.column_count)
    return Area(0, sheet.row_count, start, end)


def _inherit(sheet: Sheet, dimension: str, source: int, new: int) -> None:
    kept = sheet.rows if dimension == "ROWS" else sheet.columns
    size = _only(kept.get(source, {}), "pixelSize")
    if size:
        kept[new] = size
    along, count = (0, sheet.column_count) if dimension == "ROWS" else (1, sheet.row_count)
    for other in range(count):
        cell = sheet.cells.get((source, other) if along == 0 else (other, source), {})
        look = {name: cell[name] for name in INHERITED if name in cell}
        if look:
            sheet.cells[(new, other) if along == 0 else (other, new)] = look


def _only(piece: Json, name: str) -> Json:
    return {name: piece[name]} if name in piece else {}


def _keep(kept: dict[int, Json], index: int, piece: Json) -> None:
    if piece:
        kept[index] = piece
    else:
        kept.pop(index, None)


def _without_zero(grid: Json) -> Json:
    return {name: value for name, value in grid.items() if value}
