"""addProtectedRange, updateProtectedRange, deleteProtectedRange."""

from __future__ import annotations

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import SENTENCE, may_edit
from tests.sheets_server.requests.ranges import EDGES, answered, area_of, grid_of
from tests.sheets_server.requests.refused import Refused

KEPT = (
    "protectedRangeId",
    "range",
    "namedRangeId",
    "tableId",
    "description",
    "warningOnly",
    "unprotectedRanges",
    "editors",
)


def add_protected_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("protectedRange", {})
    taken = {key for sheet in book.sheets for key in sheet.protected_ranges}
    key = asked.get("protectedRangeId") or context.new_id(taken)
    if key in taken:
        raise Refused(f"A protected range with the id {key} already exists.")
    protected, sheet = _kept(book, {**asked, "protectedRangeId": key}, context)
    sheet.protected_ranges[key] = protected
    return {"addProtectedRange": {"protectedRange": shown(book, protected, context.user)}}


def update_protected_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("protectedRange", {})
    fields = colours.mask(request.get("fields", ""))
    old, home = _found(book, asked.get("protectedRangeId", 0), context)
    merged = {**fields.merge(old, asked), "protectedRangeId": old["protectedRangeId"]}
    if merged.get("warningOnly") and "editors" not in asked:
        merged.pop("editors", None)
    protected, sheet = _kept(book, merged, context)
    del home.protected_ranges[old["protectedRangeId"]]
    sheet.protected_ranges[old["protectedRangeId"]] = protected
    return {}


def delete_protected_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    old, home = _found(book, request.get("protectedRangeId", 0), context)
    del home.protected_ranges[old["protectedRangeId"]]
    return {}


def shown(book: Spreadsheet, protected: Json, user: str) -> Json:
    """Return a ProtectedRange as `user` sees it: the editors only if he is one of them."""
    allowed = may_edit(book, protected, user)
    seen = {name: value for name, value in protected.items() if allowed or name != "editors"}
    return answered({**seen, **({"requestingUserCanEdit": True} if allowed else {})})


def _found(book: Spreadsheet, key: int, context: Context) -> tuple[Json, Sheet]:
    for sheet in book.sheets:
        if key in sheet.protected_ranges:
            if not may_edit(book, sheet.protected_ranges[key], context.user):
                raise Refused(SENTENCE)
            return sheet.protected_ranges[key], sheet
    raise Refused(f"No protected range with id: {key}")


def _kept(book: Spreadsheet, asked: Json, context: Context) -> tuple[Json, Sheet]:
    """Return the ProtectedRange as it is kept, and its tab."""
    kept = {name: asked[name] for name in KEPT if asked.get(name) not in (None, False, "", [])}
    sheet = _sheet(book, kept)
    whole = "range" in kept and not any(edge in kept["range"] for pair in EDGES.values() for edge in pair)
    if kept.get("unprotectedRanges") and not whole:
        raise Refused("Unprotected ranges are only supported on protected sheets.")
    if whole and any(
        _is_whole(other) for key, other in sheet.protected_ranges.items() if key != kept["protectedRangeId"]
    ):
        raise Refused(f'Sheet "{sheet.title}" already has sheet protection.')
    for free in kept.get("unprotectedRanges", []):
        area_of(book, free)
    if kept.get("warningOnly"):
        if any(kept.pop("editors", {}).values()):
            raise Refused("ProtectedRange is warningOnly. Editors cannot be set on it.")
    else:
        kept["editors"] = _editors(book, asked.get("editors"), context)
    return kept, sheet


def _sheet(book: Spreadsheet, kept: Json) -> Sheet:
    if "range" in kept:
        kept["range"] = {"sheetId": 0, **kept["range"]}
        return area_of(book, kept["range"])[0]
    named = book.named_ranges.get(kept.get("namedRangeId", ""))
    if named is None:
        raise Refused("Must specify exactly one of range, namedRangeId, or tableId.")
    return grid_of(book, named["range"])


def _is_whole(protected: Json) -> bool:
    area = protected.get("range")
    return area is not None and not any(edge in area for pair in EDGES.values() for edge in pair)


def _editors(book: Spreadsheet, asked: Json | None, context: Context) -> Json:
    """Return the editors: who asks and the owner always; everybody who may write where none is named."""
    owners = [who for who, role in book.sharing.items() if role == "owner"]
    me = [context.user] if context.user else []
    if asked is None:
        named = [who for who, role in book.sharing.items() if role in ("owner", "writer")]
        return {"users": sorted({*named, *me})}
    users = sorted({*asked.get("users", []), *owners, *me})
    return {**({"users": users} if users else {}), **{k: v for k, v in asked.items() if k != "users" and v}}
