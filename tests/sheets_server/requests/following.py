"""What moves along when rows or columns are inserted, deleted or moved: everything that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from tests.sheets_server import formulas
from tests.sheets_server.model import Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import filter_specs
from tests.sheets_server.requests.ranges import EDGES
from tests.sheets_server.requests.shifts import Shift

Key = TypeVar("Key", int, str)


def follow(book: Spreadsheet, sheet: Sheet, dimension: str, shift: Shift) -> None:
    """Move all that the spreadsheet keeps of `sheet` ("ROWS" or "COLUMNS"); its size stays as it was."""
    sheet.cells = _cells(sheet.cells, dimension, shift)
    if dimension == "ROWS":
        sheet.rows = _indexed(sheet.rows, shift)
        sheet.row_groups = _groups(sheet.row_groups, shift)
    else:
        sheet.columns = _indexed(sheet.columns, shift)
        sheet.column_groups = _groups(sheet.column_groups, shift)
    sheet.merges = [one for one in _ranges(sheet.merges, dimension, shift) if not _single(one)]
    sheet.conditional_formats = _conditional(sheet.conditional_formats, dimension, shift)
    sheet.banded_ranges = _with_range(sheet.banded_ranges, dimension, shift)
    sheet.protected_ranges = _protected(sheet.protected_ranges, dimension, shift)
    sheet.filter_views = {
        view: moved
        for view, one in sheet.filter_views.items()
        if (moved := _filter(one, dimension, shift)) is not None
    }
    if sheet.basic_filter is not None:
        sheet.basic_filter = _filter(sheet.basic_filter, dimension, shift)
    sheet.developer_metadata = _metadata(sheet.developer_metadata, dimension, shift)
    book.named_ranges = {
        name: moved
        for name, one in book.named_ranges.items()
        if (moved := _if_here(one, sheet.id, dimension, shift)) is not None
    }
    _formulas(book, sheet, dimension, shift)


def moved_range(grid_range: Json, dimension: str, shift: Shift) -> Json | None:
    """Return a GridRange after the change; None where all of it was deleted. Open ends stay open."""
    first, last = EDGES[dimension]
    if first not in grid_range and last not in grid_range:
        return grid_range
    start = grid_range.get(first, 0)
    endless = last not in grid_range
    span = shift.span((start, max(start + 1, 2**30) if endless else grid_range[last]))
    if span is None:
        return None
    moved = {**grid_range, first: span[0], last: span[1]}
    if endless:
        del moved[last]
    if first not in grid_range:
        del moved[first]
    return moved


def _cells(cells: dict[Place, Json], dimension: str, shift: Shift) -> dict[Place, Json]:
    along = 0 if dimension == "ROWS" else 1
    where = {old: shift.index(old) for old in {place[along] for place in cells}}
    if all(old == new for old, new in where.items()):
        return cells
    moved: dict[Place, Json] = {}
    for (row, column), cell in cells.items():
        new = where[row if along == 0 else column]
        if new is not None:
            moved[(new, column) if along == 0 else (row, new)] = cell
    return moved


def _indexed(properties: dict[int, Json], shift: Shift) -> dict[int, Json]:
    moved = ((shift.index(old), piece) for old, piece in properties.items())
    return {new: piece for new, piece in moved if new is not None}


def _groups(groups: list[Json], shift: Shift) -> list[Json]:
    moved = []
    for group in groups:
        span = shift.span((group["range"]["startIndex"], group["range"]["endIndex"]))
        if span is not None:
            moved.append({**group, "range": {**group["range"], "startIndex": span[0], "endIndex": span[1]}})
    return moved


def _ranges(ranges: Iterable[Json], dimension: str, shift: Shift) -> list[Json]:
    moved = (moved_range(one, dimension, shift) for one in ranges)
    return [one for one in moved if one is not None]


def _single(merge: Json) -> bool:
    return all(merge[last] - merge[first] == 1 for first, last in EDGES.values())


def _conditional(rules: list[Json], dimension: str, shift: Shift) -> list[Json]:
    moved = [{**rule, "ranges": _ranges(rule["ranges"], dimension, shift)} for rule in rules]
    return [rule for rule in moved if rule["ranges"]]


def _with_range(pieces: Mapping[int, Json], dimension: str, shift: Shift) -> dict[int, Json]:
    moved = ((key, piece, moved_range(piece["range"], dimension, shift)) for key, piece in pieces.items())
    return {key: {**piece, "range": area} for key, piece, area in moved if area is not None}


def _protected(pieces: Mapping[int, Json], dimension: str, shift: Shift) -> dict[int, Json]:
    moved: dict[int, Json] = {}
    for key, piece in pieces.items():
        if "range" not in piece:
            moved[key] = piece
            continue
        area = moved_range(piece["range"], dimension, shift)
        if area is None:
            continue
        moved[key] = {**piece, "range": area}
        if "unprotectedRanges" in piece:
            free = _ranges(piece["unprotectedRanges"], dimension, shift)
            moved[key] = {**moved[key], "unprotectedRanges": free}
            if not free:
                del moved[key]["unprotectedRanges"]
    return moved


def _filter(piece: Json, dimension: str, shift: Shift) -> Json | None:
    if "range" not in piece:
        return piece
    area = moved_range(piece["range"], dimension, shift)
    if area is None:
        return None
    moved = {**piece, "range": area}
    return filter_specs.moved(moved, shift) if dimension == "COLUMNS" else moved


def _metadata(pieces: Mapping[int, Json], dimension: str, shift: Shift) -> dict[int, Json]:
    moved: dict[int, Json] = {}
    for key, piece in pieces.items():
        where = piece["location"].get("dimensionRange")
        if where is None or where["dimension"] != dimension:
            moved[key] = piece
            continue
        new = shift.index(where.get("startIndex", 0))
        if new is not None:
            there = {**where, "startIndex": new, "endIndex": new + 1}
            moved[key] = {**piece, "location": {**piece["location"], "dimensionRange": there}}
    return moved


def _if_here(piece: Json, sheet_id: int, dimension: str, shift: Shift) -> Json | None:
    if piece["range"].get("sheetId", 0) != sheet_id:
        return piece
    area = moved_range(piece["range"], dimension, shift)
    return None if area is None else {**piece, "range": area}


def _formulas(book: Spreadsheet, sheet: Sheet, dimension: str, shift: Shift) -> None:
    for home in book.sheets:
        for place, cell in home.cells.items():
            value = cell.get("userEnteredValue")
            if value and "formulaValue" in value:
                written = formulas.shifted(
                    value["formulaValue"], home.title, sheet.title, dimension, shift.index
                )
                if written != value["formulaValue"]:
                    home.cells[place] = {**cell, "userEnteredValue": {"formulaValue": written}}
