"""Who may change protected cells."""

from __future__ import annotations

from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet
from tests.sheets_server.requests.ranges import EDGES, overlap
from tests.sheets_server.requests.refused import Refused

SENTENCE = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove"
    " protection if you need to edit."
)


def may_edit(book: Spreadsheet, protected: Json, user: str) -> bool:
    """Tell whether `user` may edit what a ProtectedRange protects; "" may, and everybody past a warning."""
    if not user or protected.get("warningOnly") or book.sharing.get(user) == "owner":
        return True
    editors = protected.get("editors", {})
    return user in editors.get("users", []) or bool(editors.get("domainUsersCanEdit"))


def must_be_free(book: Spreadsheet, sheet: Sheet, area: Area, user: str) -> None:
    """Raise Refused where `area` touches cells that `user` may not edit."""
    for protected in _against(book, sheet, user):
        common = _common(_area(book, sheet, protected), area)
        if common is not None and not _unprotected(sheet, protected, common):
            raise Refused(SENTENCE)


def must_not_cut(book: Spreadsheet, sheet: Sheet, dimension: str, at: int, user: str) -> None:
    """Raise Refused where rows or columns that come before `at` would come between protected ones."""
    for protected in _against(book, sheet, user):
        span = protected.get("range", {})
        first, last = EDGES[dimension]
        whole = first not in span and last not in span and not protected.get("unprotectedRanges")
        if whole or (first in span and last in span and span[first] < at < span[last]):
            raise Refused(SENTENCE)


def must_be_free_sheet(book: Spreadsheet, sheet: Sheet, user: str) -> None:
    """Raise Refused where the tab itself (its name, its place, its being there) is protected."""
    for protected in _against(book, sheet, user):
        if not any(edge in protected.get("range", {}) for edges in EDGES.values() for edge in edges):
            raise Refused(SENTENCE)


def _against(book: Spreadsheet, sheet: Sheet, user: str) -> list[Json]:
    return [one for one in sheet.protected_ranges.values() if not may_edit(book, one, user)]


def _area(book: Spreadsheet, sheet: Sheet, protected: Json) -> Area:
    named = book.named_ranges.get(protected.get("namedRangeId", ""), {})
    return sheet.area(protected.get("range") or named.get("range") or {})


def _common(one: Area, other: Area) -> Area | None:
    if not overlap(one, other):
        return None
    return Area(
        max(one.top, other.top),
        min(one.bottom, other.bottom),
        max(one.left, other.left),
        min(one.right, other.right),
    )


def _unprotected(sheet: Sheet, protected: Json, area: Area) -> bool:
    free = [sheet.area(one) for one in protected.get("unprotectedRanges", [])]
    return bool(free) and all(any(place in one for one in free) for place in area.places())
