"""spreadsheets.developerMetadata: get one by its id, search by data filters."""

from __future__ import annotations

from tests.sheets_server.errors import bad_request, not_found
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.metadata import every, matching
from tests.sheets_server.requests.ranges import answered
from tests.sheets_server.requests.refused import Refused


def get(book: Spreadsheet, query: Json) -> Json:
    """Return the metadata of an id. Raises ApiError (404) where there is none."""
    found = every(book).get(int(query["metadataId"]))
    if found is None:
        raise not_found(f"No developer metadata with id: {query['metadataId']}")
    return answered(found)


def search(book: Spreadsheet, body: Json) -> Json:
    """Return all metadata that a data filter selects, each with the filters that selected it."""
    filters = body.get("dataFilters", [])
    if not filters:
        raise bad_request("Must specify at least one dataFilter.")
    selected: dict[int, list[Json]] = {}
    try:
        for data_filter in filters:
            for one in matching(book, data_filter):
                selected.setdefault(one["metadataId"], []).append(data_filter)
    except Refused as refused:
        raise bad_request(str(refused)) from None
    found = every(book)
    matched = [{"developerMetadata": answered(found[key]), "dataFilters": by} for key, by in selected.items()]
    return {"matchedDeveloperMetadata": matched} if matched else {}
