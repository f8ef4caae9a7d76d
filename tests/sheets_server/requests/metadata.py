"""createDeveloperMetadata, updateDeveloperMetadata, deleteDeveloperMetadata, and how one is found."""

from __future__ import annotations

from tests.sheets_server import a1
from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import answered, grid_of, length, overlap, sheet_of
from tests.sheets_server.requests.refused import Refused


def create_developer_metadata(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("developerMetadata", {})
    if not asked.get("metadataKey"):
        raise Refused("developerMetadata.metadataKey must be set.")
    if asked.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED") not in ("DOCUMENT", "PROJECT"):
        raise Refused("developerMetadata.visibility must be set.")
    taken = every(book)
    key = asked.get("metadataId") or context.new_id(taken)
    if key in taken:
        raise Refused(f"Developer metadata with the id {key} already exists.")
    location, home = _location(book, asked.get("location", {}))
    kept = {
        "metadataId": key,
        "metadataKey": asked["metadataKey"],
        **({"metadataValue": asked["metadataValue"]} if asked.get("metadataValue") else {}),
        "location": location,
        "visibility": asked["visibility"],
    }
    home[key] = kept
    return {"createDeveloperMetadata": {"developerMetadata": answered(kept)}}


def update_developer_metadata(book: Spreadsheet, request: Json, context: Context) -> Json:
    fields = colours.mask(request.get("fields", ""))
    found = [one for asked in request.get("dataFilters", []) for one in matching(book, asked)]
    changed = []
    for old in {one["metadataId"]: one for one in found}.values():
        merged = fields.merge(old, request.get("developerMetadata", {}))
        merged["metadataId"] = old["metadataId"]
        merged["location"], home = _location(book, merged.get("location", {}))
        _forget(book, old["metadataId"])
        home[old["metadataId"]] = merged
        changed.append(answered(merged))
    return {"updateDeveloperMetadata": {"developerMetadata": changed} if changed else {}}


def delete_developer_metadata(book: Spreadsheet, request: Json, context: Context) -> Json:
    gone = matching(book, request.get("dataFilter", {}))
    for one in gone:
        _forget(book, one["metadataId"])
    answer = {"deletedDeveloperMetadata": [answered(one) for one in gone]} if gone else {}
    return {"deleteDeveloperMetadata": answer}


def every(book: Spreadsheet) -> dict[int, Json]:
    """Return all developer metadata of a spreadsheet, by id."""
    found = dict(book.developer_metadata)
    for sheet in book.sheets:
        found.update(sheet.developer_metadata)
    return found


def matching(book: Spreadsheet, data_filter: Json) -> list[Json]:
    """Return the developer metadata that a DataFilter selects."""
    if "developerMetadataLookup" in data_filter:
        lookup = data_filter["developerMetadataLookup"]
        return [one for one in every(book).values() if _matches(book, one, lookup)]
    if "gridRange" in data_filter:
        asked = data_filter["gridRange"]
        sheet = grid_of(book, asked)
        area = sheet.area(asked)
        return [
            one
            for one in sheet.developer_metadata.values()
            if (there := _area(sheet, one["location"])) is not None and overlap(there, area)
        ]
    if "a1Range" in data_filter:
        return matching(book, {"gridRange": a1.parse(data_filter["a1Range"], book).grid_range})
    raise Refused("Must specify exactly one of developerMetadataLookup, a1Range, or gridRange.")


def _matches(book: Spreadsheet, one: Json, lookup: Json) -> bool:
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if lookup.get(name) not in (None, "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED") and (
            one.get(name) != lookup[name]
        ):
            return False
    where = one["location"]
    kind = lookup.get("locationType")
    if kind not in (None, "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED") and where["locationType"] != kind:
        return False
    if "metadataLocation" not in lookup:
        return True
    wanted, _ = _location(book, lookup["metadataLocation"])
    if lookup.get("locationMatchingStrategy") != "EXACT_LOCATION":
        return _crosses(wanted, where)
    return bool(where == wanted)


def _crosses(wanted: Json, where: Json) -> bool:
    if wanted["locationType"] == "SPREADSHEET" or where["locationType"] == "SPREADSHEET":
        return True
    if _sheet_id(wanted) != _sheet_id(where):
        return False
    along, other = wanted.get("dimensionRange"), where.get("dimensionRange")
    if along is None or other is None or along["dimension"] != other["dimension"]:
        return True
    return bool(along["startIndex"] == other["startIndex"])


def _sheet_id(location: Json) -> int:
    return int(location.get("dimensionRange", location).get("sheetId", 0))


def _area(sheet: Sheet, location: Json) -> Area | None:
    along = location.get("dimensionRange")
    if along is None:
        return None
    if along["dimension"] == "ROWS":
        return Area(along["startIndex"], along["endIndex"], 0, sheet.column_count)
    return Area(0, sheet.row_count, along["startIndex"], along["endIndex"])


def _location(book: Spreadsheet, asked: Json) -> tuple[Json, dict[int, Json]]:
    """Return the location with its type, and the dictionary in which metadata of it are kept."""
    if "dimensionRange" in asked:
        along = asked["dimensionRange"]
        sheet = grid_of(book, along)
        dimension = along.get("dimension", "DIMENSION_UNSPECIFIED")
        start, end = along.get("startIndex", 0), along.get("endIndex")
        if dimension not in ("ROWS", "COLUMNS") or end is None or end - start != 1:
            raise Refused("location.dimensionRange must represent a single row or column.")
        if end > length(sheet, dimension):
            raise Refused(f"location.dimensionRange.endIndex[{end}] is after the end of the grid.")
        place = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}
        kind = "ROW" if dimension == "ROWS" else "COLUMN"
        return {"locationType": kind, "dimensionRange": place}, sheet.developer_metadata
    if asked.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}, book.developer_metadata
    if "sheetId" in asked:
        sheet = sheet_of(book, asked["sheetId"])
        return {"locationType": "SHEET", "sheetId": sheet.id}, sheet.developer_metadata
    raise Refused("developerMetadata.location must be set.")


def _forget(book: Spreadsheet, key: int) -> None:
    book.developer_metadata.pop(key, None)
    for sheet in book.sheets:
        sheet.developer_metadata.pop(key, None)
