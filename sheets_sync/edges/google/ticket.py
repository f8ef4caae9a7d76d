"""The ticket of a write that moves or inserts: Google takes it once, however often it is sent.

A request whose answer was lost may have been carried out. Sent again it would insert again; so it begins with
making a piece of metadata on our tab under an id of its own. Google gives an id once: the second time the
whole batch is refused, and the workbook is read again.
"""

from __future__ import annotations

from sheets_sync.edges.google.moment import Json, TabAtRead

KEY = "sheets_sync write"
LARGEST = 2**31 - 10_000
"""The largest number of a ticket; the tickets and anchors of one write take the next thousands."""


def ticket_requests(read: TabAtRead, number: int) -> list[Json]:
    """Return the requests that make the ticket and throw earlier ones away."""
    piece = {
        "metadataId": number,
        "metadataKey": KEY,
        "metadataValue": str(number),
        "location": {"sheetId": read.id},
        "visibility": "DOCUMENT",
    }
    old = [one["metadataId"] for one in read.metadata if one.get("metadataKey") == KEY]
    return [
        {"createDeveloperMetadata": {"developerMetadata": piece}},
        *(
            {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": at}}}}
            for at in old
        ),
    ]
