"""What is left of a write that Google refuses though nobody edits: figures, colours and notes.

Filter, filter views, protection, merged cells, links, sizes and anchors are ornaments. Where Google will not
have one of them (a table that somebody made of our tab, a rule that changed), the tab comes without them
rather than not at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.edges.google import mark, ticket
from sheets_sync.edges.google.moment import Json

NOTE = (
    "Google did not take all that belongs to our tabs: figures, colours and notes are written, but filter,"
    " protection, links or merged cells may be missing. If somebody made a table of one of our tabs"
    " (Format > Convert to table), undo it; otherwise tell who maintains this program"
)

_NEEDED = frozenset(
    {
        "addSheet",
        "appendDimension",
        "insertDimension",
        "moveDimension",
        "unmergeCells",
        "repeatCell",
        "updateCells",
    }
)


def bare(requests: Iterable[Json]) -> list[Json]:
    """Return the requests without which the tab would not be right."""
    return [request for request in requests if _is_needed(*next(iter(request.items())))]


def _is_needed(kind: str, told: Json) -> bool:
    if kind == "createDeveloperMetadata":
        return told["developerMetadata"]["metadataKey"] in (mark.KEY, ticket.KEY)
    if kind == "updateCells":
        return not told["fields"].startswith("userEnteredFormat.textFormat")
    return kind in _NEEDED
