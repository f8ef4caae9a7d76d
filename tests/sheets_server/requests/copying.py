"""copyPaste, cutPaste."""

from __future__ import annotations

from tests.sheets_server import effective, formulas
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests.cell_data import cleaned
from tests.sheets_server.requests.cells import put
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.merges import PARTLY, must_not_split
from tests.sheets_server.requests.ranges import area_of, coordinate, grid_range, holds, overlap, resized

CONTENT = ("userEnteredValue", "textFormatRuns", "chipRuns", "pivotTable")
PASTED = {
    "PASTE_NORMAL": (*CONTENT, "userEnteredFormat", "note", "dataValidation"),
    "PASTE_VALUES": CONTENT,
    "PASTE_FORMAT": ("userEnteredFormat",),
    "PASTE_NO_BORDERS": (*CONTENT, "userEnteredFormat", "note", "dataValidation"),
    "PASTE_FORMULA": CONTENT,
    "PASTE_DATA_VALIDATION": ("dataValidation",),
    "PASTE_CONDITIONAL_FORMATTING": (),
}
"""The fields of a cell that each kind of paste brings."""
WITH_CONDITIONS = ("PASTE_NORMAL", "PASTE_FORMAT", "PASTE_NO_BORDERS", "PASTE_CONDITIONAL_FORMATTING")
WITH_MERGES = ("PASTE_NORMAL", "PASTE_FORMAT", "PASTE_NO_BORDERS")


def copy_paste(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Copy a range; a destination that is several times as large is filled, a smaller one still gets all."""
    source, of = area_of(book, request["source"])
    target, to = area_of(book, request["destination"])
    kind = request.get("pasteType", "PASTE_NORMAL")
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    height, width = of.bottom - of.top, of.right - of.left
    if turned:
        height, width = width, height
    down = (to.bottom - to.top) // height if (to.bottom - to.top) % height == 0 else 1
    right = (to.right - to.left) // width if (to.right - to.left) % width == 0 else 1
    area = Area(to.top, to.top + height * max(1, down), to.left, to.left + width * max(1, right))
    _grow(book, target, area)
    must_be_free(book, target, area, context.user)
    taken = _taken(book, source, of, kind)
    for row, column in area.places():
        d, r = (row - area.top) % height, (column - area.left) % width
        came = (of.top + (r if turned else d), of.left + (d if turned else r))
        _paste(book, source, target, taken.get(came, {}), came, (row, column), kind)
    if kind in WITH_MERGES and not turned:
        _copy_merges(source, of, target, area)
    if kind in WITH_CONDITIONS and not turned:
        _copy_conditions(source, of, target, area)
    return {}


def cut_paste(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Move a range to another place. What named cells of it alone names them where they are now."""
    source, of = area_of(book, request["source"])
    target, top, left = coordinate(book, request["destination"])
    kind = request.get("pasteType", "PASTE_NORMAL")
    must_not_split(source, of, PARTLY)
    area = Area(top, top + of.bottom - of.top, left, left + of.right - of.left)
    _grow(book, target, area)
    must_be_free(book, source, of, context.user)
    must_be_free(book, target, area, context.user)
    taken = _taken(book, source, of, kind)
    merges = [source.area(merge) for merge in source.merges if overlap(source.area(merge), of)]
    source.merges = [merge for merge in source.merges if not overlap(source.area(merge), of)]
    for place in of.places():
        source.cells.pop(place, None)
    must_not_split(target, area, PARTLY)
    target.merges = [merge for merge in target.merges if not overlap(target.area(merge), area)]
    for row, column in area.places():
        came = (row - area.top + of.top, column - area.left + of.left)
        cell = taken.get(came, {}) if source is target else _from_other_tab(taken.get(came, {}), source)
        put(target, (row, column), _with(target.cells.get((row, column), {}), cell, kind))
    if "userEnteredValue" in PASTED[kind]:
        _follow(book, source, of, target, area)
    if kind in WITH_MERGES:
        for one in merges:
            moved = _offset(one, area.top - of.top, area.left - of.left)
            target.merges = [*target.merges, grid_range(target, moved)]
    return {}


def _from_other_tab(cell: Json, source: Sheet) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": formulas.placed(formula, source.title)}}


def _follow(book: Spreadsheet, source: Sheet, of: Area, target: Sheet, area: Area) -> None:
    """Let formulas name cut cells where they are now."""

    def inside(ref: formulas.Reference) -> bool:
        first = (ref.top, ref.left)
        last = first if ref.single else (ref.bottom, ref.right)
        corners = [(row.index, column.index) for row, column in (first, last) if row and column]
        return len(corners) == 2 and all(corner in of for corner in corners)

    down, right = area.top - of.top, area.left - of.left
    for home in book.sheets:
        for place, cell in home.cells.items():
            formula = cell.get("userEnteredValue", {}).get("formulaValue")
            if formula is not None:
                written = formulas.carried(
                    formula, home.title, source.title, inside, target.title, down, right
                )
                home.cells[place] = {**cell, "userEnteredValue": {"formulaValue": written}}


def _grow(book: Spreadsheet, sheet: Sheet, area: Area) -> None:
    rows, columns = max(sheet.row_count, area.bottom), max(sheet.column_count, area.right)
    if (rows, columns) != (sheet.row_count, sheet.column_count):
        resized(book, sheet, rows, columns)


def _taken(book: Spreadsheet, sheet: Sheet, area: Area, kind: str) -> dict[Place, Json]:
    """Return what is copied: where only values are asked, formulas by what they give."""
    taken = {}
    for place in area.places():
        cell = sheet.cells.get(place)
        if not cell:
            continue
        if kind == "PASTE_VALUES" and "formulaValue" in cell.get("userEnteredValue", {}):
            value = effective.effective_value(book, sheet, place)
            cell = cleaned({**cell, "userEnteredValue": value})
        taken[place] = cell
    return taken


def _paste(
    book: Spreadsheet, source: Sheet, target: Sheet, cell: Json, came: Place, place: Place, kind: str
) -> None:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is not None:
        written = formulas.translated(formula, place[0] - came[0], place[1] - came[1])
        cell = {**cell, "userEnteredValue": {"formulaValue": written}}
    put(target, place, _with(target.cells.get(place, {}), cell, kind))


def _with(old: Json, new: Json, kind: str) -> Json:
    fields = PASTED[kind]
    kept = {name: value for name, value in old.items() if name not in fields}
    came = {name: value for name, value in new.items() if name in fields}
    if kind == "PASTE_NO_BORDERS":
        form = {k: v for k, v in came.get("userEnteredFormat", {}).items() if k != "borders"}
        borders = old.get("userEnteredFormat", {}).get("borders")
        came["userEnteredFormat"] = {**form, **({"borders": borders} if borders else {})}
    return cleaned({**kept, **came})


def _offset(area: Area, down: int, right: int) -> Area:
    return Area(area.top + down, area.bottom + down, area.left + right, area.right + right)


def _copy_merges(source: Sheet, of: Area, target: Sheet, area: Area) -> None:
    inside = [source.area(merge) for merge in source.merges if holds(of, source.area(merge))]
    must_not_split(target, area, PARTLY)
    if source is not target or of != area:
        target.merges = [merge for merge in target.merges if not overlap(target.area(merge), area)]
    present = {tuple(sorted(merge.items())) for merge in target.merges}
    for down, right in _tiles(of, area):
        for merge in inside:
            moved = grid_range(target, _offset(merge, down, right))
            if tuple(sorted(moved.items())) not in present:
                target.merges = [*target.merges, moved]


def _copy_conditions(source: Sheet, of: Area, target: Sheet, area: Area) -> None:
    if source is not target:
        return
    rules = []
    for rule in source.conditional_formats:
        ranges = list(rule["ranges"])
        for one in rule["ranges"]:
            held = source.area(one)
            if not overlap(held, of):
                continue
            common = Area(
                max(held.top, of.top),
                min(held.bottom, of.bottom),
                max(held.left, of.left),
                min(held.right, of.right),
            )
            for down, right in _tiles(of, area):
                new = _offset(common, down, right)
                if not any(holds(source.area(other), new) for other in ranges):
                    ranges.append(grid_range(target, new))
        rules.append({**rule, "ranges": ranges})
    source.conditional_formats = rules


def _tiles(of: Area, area: Area) -> list[tuple[int, int]]:
    """Return how far down and right each copy of `of` in `area` lies."""
    height, width = of.bottom - of.top, of.right - of.left
    return [
        (top - of.top, left - of.left)
        for top in range(area.top, area.bottom, height)
        for left in range(area.left, area.right, width)
    ]
