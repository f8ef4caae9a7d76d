"""The criteria of a filter or filter view: by column, in the two forms that Google keeps side by side."""

from __future__ import annotations

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.shifts import Shift


def stored(piece: Json, book: Spreadsheet) -> Json:
    """Return a filter with `criteria` and `filterSpecs` that say the same; filterSpecs count more."""
    kept = {name: value for name, value in piece.items() if name not in ("criteria", "filterSpecs")}
    columns = {column: colours.stored(one, book) for column, one in criteria(piece).items()}
    return _with_criteria(colours.stored(kept, book), columns)


def criteria(piece: Json) -> dict[int, Json]:
    """Return the criteria by the index of the column."""
    if "filterSpecs" in piece:
        specs = piece["filterSpecs"]
        return {spec.get("columnIndex", 0): spec.get("filterCriteria", {}) for spec in specs}
    return {int(column): one for column, one in piece.get("criteria", {}).items()}


def moved(piece: Json, shift: Shift) -> Json:
    """Return a filter after its columns were moved: what spoke of one that is gone is gone."""
    columns = {shift.index(column): one for column, one in criteria(piece).items()}
    result = _with_criteria(piece, {column: one for column, one in columns.items() if column is not None})
    if "sortSpecs" in piece:
        sorts = ((spec, shift.index(spec.get("dimensionIndex", 0))) for spec in piece["sortSpecs"])
        result["sortSpecs"] = [{**spec, "dimensionIndex": at} for spec, at in sorts if at is not None]
        if not result["sortSpecs"]:
            del result["sortSpecs"]
    return result


def _with_criteria(piece: Json, columns: dict[int, Json]) -> Json:
    result = {name: value for name, value in piece.items() if name not in ("criteria", "filterSpecs")}
    if columns:
        result["criteria"] = {str(column): one for column, one in sorted(columns.items())}
        result["filterSpecs"] = [
            {"columnIndex": column, "filterCriteria": one} for column, one in sorted(columns.items())
        ]
    return result
