"""setBasicFilter, clearBasicFilter and the rows that they hide; addFilterView, updateFilterView,
deleteFilterView, duplicateFilterView."""

from __future__ import annotations

from tests.sheets_server import effective
from tests.sheets_server.model import Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import colours, conditions, filter_specs, sorting
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import answered, area_of, bounded, grid_of, grid_range, sheet_of
from tests.sheets_server.requests.refused import Refused


def set_basic_filter(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Set the tab's filter: sort by its sortSpecs, hide the rows that its criteria leave out."""
    asked = request.get("filter", {})
    sheet, area = area_of(book, asked.get("range", {}))
    piece = filter_specs.stored({**asked, "range": grid_range(sheet, area)}, book)
    _must_fit(piece)
    sheet.basic_filter = piece
    if piece.get("sortSpecs"):
        sorting.sort(
            book, sheet, sheet.area({**piece["range"], "startRowIndex": area.top + 1}), piece["sortSpecs"]
        )
    _hide(book, sheet)
    return {}


def clear_basic_filter(book: Spreadsheet, request: Json, context: Context) -> Json:
    sheet = sheet_of(book, request.get("sheetId", 0))
    sheet.basic_filter = None
    _hide(book, sheet)
    return {}


def add_filter_view(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("filter", {})
    key = asked.get("filterViewId") or context.new_id(_taken(book))
    if key in _taken(book):
        raise Refused(f"A filter view with the id {key} already exists.")
    titles = [view.get("title") for sheet in book.sheets for view in sheet.filter_views.values()]
    number = len(titles) + 1
    view = {"title": f"Filter {number}", **_non_empty(asked), "filterViewId": key}
    view, sheet = _kept(book, view)
    sheet.filter_views[key] = view
    return {"addFilterView": {"filter": answered(view)}}


def update_filter_view(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("filter", {})
    old, home = _found(book, asked.get("filterViewId", 0))
    fields = colours.mask(request.get("fields", ""))
    merged = fields.merge(old, asked)
    if not fields.whole and "criteria" in fields and "filterSpecs" not in fields:
        merged.pop("filterSpecs", None)
    if not fields.whole and "filterSpecs" in fields and "filterSpecs" not in merged:
        merged.pop("criteria", None)
    if not merged.get("title"):
        merged["title"] = old["title"]
    view, sheet = _kept(book, {**merged, "filterViewId": old["filterViewId"]})
    del home.filter_views[old["filterViewId"]]
    sheet.filter_views[old["filterViewId"]] = view
    return {}


def delete_filter_view(book: Spreadsheet, request: Json, context: Context) -> Json:
    old, home = _found(book, request.get("filterId", 0))
    del home.filter_views[old["filterViewId"]]
    return {}


def duplicate_filter_view(book: Spreadsheet, request: Json, context: Context) -> Json:
    old, home = _found(book, request.get("filterId", 0))
    key = context.new_id(_taken(book))
    view = {**old, "filterViewId": key, "title": f"Copy of {old['title']}"}
    home.filter_views[key] = view
    return {"duplicateFilterView": {"filter": answered(view)}}


def shown_by(book: Spreadsheet, sheet: Sheet, place: Place, criteria: Json) -> bool:
    """Tell whether a filter's criteria for a column let the row of this cell be seen."""
    text = effective.formatted_value(book, sheet, place) or ""
    if text in criteria.get("hiddenValues", []):
        return False
    if "condition" in criteria and not conditions.met(book, sheet, place, criteria["condition"]):
        return False
    form = effective.effective_format(book, sheet, place)
    if "visibleBackgroundColor" in criteria:
        return bool(form.get("backgroundColor", {}) == criteria["visibleBackgroundColor"])
    if "visibleForegroundColor" in criteria:
        return bool(
            form.get("textFormat", {}).get("foregroundColor", {}) == criteria["visibleForegroundColor"]
        )
    return True


def _hide(book: Spreadsheet, sheet: Sheet) -> None:
    """Hide by the filter the rows that it leaves out, and show the others that it hid."""
    for row, old in list(sheet.rows.items()):
        kept = {name: value for name, value in old.items() if name != "hiddenByFilter"}
        if kept:
            sheet.rows[row] = kept
        else:
            del sheet.rows[row]
    if sheet.basic_filter is None:
        return
    criteria = filter_specs.criteria(sheet.basic_filter)
    area = sheet.area(sheet.basic_filter["range"])
    for row in range(area.top + 1, area.bottom) if criteria else ():
        if not all(shown_by(book, sheet, (row, column), one) for column, one in criteria.items()):
            sheet.rows[row] = {**sheet.rows.get(row, {}), "hiddenByFilter": True}


def _must_fit(piece: Json) -> None:
    for column, criteria in filter_specs.criteria(piece).items():
        if not piece["range"]["startColumnIndex"] <= column < piece["range"]["endColumnIndex"]:
            raise Refused(f"Filter criteria column index {column} is outside of the filter's range.")
        if "condition" in criteria:
            conditions.must_be_whole(criteria["condition"])


def _kept(book: Spreadsheet, view: Json) -> tuple[Json, Sheet]:
    named = book.named_ranges.get(view.get("namedRangeId", ""))
    if "range" not in view and named is None:
        raise Refused("Must specify exactly one of range, namedRangeId, or tableId.")
    where = view["range"] if named is None else named["range"]
    kept = filter_specs.stored({**view, "range": bounded(book, where)}, book)
    _must_fit(kept)
    return _non_empty(kept), grid_of(book, where)


def _found(book: Spreadsheet, key: int) -> tuple[Json, Sheet]:
    for sheet in book.sheets:
        if key in sheet.filter_views:
            return sheet.filter_views[key], sheet
    raise Refused(f"No filter view with id: {key}")


def _taken(book: Spreadsheet) -> set[int]:
    return {key for sheet in book.sheets for key in sheet.filter_views}


def _non_empty(piece: Json) -> Json:
    return {name: value for name, value in piece.items() if value not in (None, "", [], {})}
