"""An anchor as developer metadata, read and made; what anchors are for is said in anchors.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.edges.google.moment import Anchor, Dimension, Json

_KEY = "sheets_sync anchor"


def anchors_of(dimension: Dimension, metadata: Sequence[Json]) -> Iterator[Anchor]:
    """Yield the anchors that the DimensionProperties of all rows or columns of a tab tell of."""
    for at, properties in enumerate(metadata):
        for one in properties.get("developerMetadata", ()):
            if one.get("metadataKey") == _KEY:
                yield Anchor(one["metadataId"], dimension, at, one.get("metadataValue", ""))


def make_request(anchor: Anchor, sheet_id: int) -> Json:
    piece = {
        "metadataId": anchor.id,
        "metadataKey": _KEY,
        "metadataValue": anchor.name,
        "location": _location(anchor, sheet_id),
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": piece}}


def throw_away_request(anchor: Anchor) -> Json:
    """Return the request that throws it away, wherever it is."""
    return _delete({"metadataId": anchor.id})


def throw_away_here_request(anchor: Anchor, sheet_id: int) -> Json:
    """Return the request that throws it away if it is where it was read, and does nothing if it is not."""
    return _delete(
        {
            "metadataId": anchor.id,
            "metadataLocation": _location(anchor, sheet_id),
            "locationMatchingStrategy": "EXACT_LOCATION",
        }
    )


def _delete(lookup: Json) -> Json:
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def _location(anchor: Anchor, sheet_id: int) -> Json:
    span = {
        "sheetId": sheet_id,
        "dimension": anchor.dimension,
        "startIndex": anchor.at,
        "endIndex": anchor.at + 1,
    }
    return {"dimensionRange": span}
