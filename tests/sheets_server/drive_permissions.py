"""Who a file is shared with: Drive's permissions, read from and written to Spreadsheet.sharing.

https://developers.google.com/drive/api/reference/rest/v3/permissions
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from tests.sheets_server.drive_errors import DriveError, required
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.sharing import ANYONE

SHORT = "kind,id,type,role"
"""The fields that are answered where none are asked for."""

_ROLES = ("reader", "commenter", "writer", "owner")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_GROUP = "group:"
_WRONG_ADDRESS = "The specified emailAddress is invalid or not applicable for the given permission type."


def permissions(book: Spreadsheet) -> list[Json]:
    """Return every Permission of a file, whole."""
    return [_permission(book, who, role) for who, role in book.sharing.items()]


def permission(book: Spreadsheet, permission_id: str) -> Json:
    """Return one Permission. Raises DriveError (404)."""
    who = _who(book, permission_id)
    return _permission(book, who, book.sharing[who])


def permission_id(who: str) -> str:
    """Return the id that a key of Spreadsheet.sharing has in every file."""
    if who == ANYONE:
        return "anyoneWithLink"
    digits = str(int(hashlib.sha256(who.encode()).hexdigest(), 16))[:20]
    return digits + ("k" if who.startswith("@") else "")


def created(book: Spreadsheet, body: Json, query: Json) -> tuple[Spreadsheet, Json]:
    """Return the file shared once more, and the new Permission. Somebody who has a role keeps the higher."""
    who, role = _key(body), _role(body)
    if role == "owner":
        book = _owned(book, who, query)
    else:
        role = max(role, book.sharing.get(who, role), key=_ROLES.index)
        book = replace(book, sharing={**book.sharing, who: role})
    return book, _permission(book, who, book.sharing[who])


def updated(book: Spreadsheet, permission_id: str, body: Json, query: Json) -> tuple[Spreadsheet, Json]:
    """Return the file with another role for somebody, and the Permission."""
    who = _who(book, permission_id)
    role = _role(body)
    if role == "owner":
        book = _owned(book, who, query)
    elif book.sharing[who] == "owner":
        raise _no_owner_left()
    else:
        book = replace(book, sharing={**book.sharing, who: role})
    if "pendingOwner" in body:
        pending = who if body["pendingOwner"] else ""
        book = replace(book, drive={**book.drive, "pendingOwner": pending})
    return book, _permission(book, who, book.sharing[who])


def deleted(book: Spreadsheet, permission_id: str) -> Spreadsheet:
    """Return the file no longer shared with somebody."""
    who = _who(book, permission_id)
    if book.sharing[who] == "owner":
        raise _no_owner_left()
    return replace(book, sharing={other: role for other, role in book.sharing.items() if other != who})


def inherited(sharing: Mapping[str, str], owner: str) -> dict[str, str]:
    """Return who a new file in a folder is shared with: its owner, and all that may use the folder."""
    of_folder = {who: "writer" if role == "owner" else role for who, role in sharing.items()}
    return {**of_folder, owner: "owner"} if owner else of_folder


def _permission(book: Spreadsheet, who: str, role: str) -> Json:
    found: Json = {"kind": "drive#permission", "id": permission_id(who), "type": "user", "role": role}
    if who == ANYONE:
        return {**found, "type": "anyone", "allowFileDiscovery": False}
    if who.startswith("@"):
        domain = who.removeprefix("@")
        more = {"domain": domain, "displayName": domain, "allowFileDiscovery": False}
        return {**found, "type": "domain", **more}
    address = who.removeprefix(_GROUP)
    found["type"] = "group" if who.startswith(_GROUP) else "user"
    found |= {"emailAddress": address, "displayName": address.partition("@")[0], "deleted": False}
    if found["type"] == "user":
        found["pendingOwner"] = book.drive.get("pendingOwner") == who
    return found


def _who(book: Spreadsheet, wanted: str) -> str:
    for who in book.sharing:
        if permission_id(who) == wanted:
            return who
    raise DriveError(404, "notFound", f"Permission not found: {wanted}.", "permissionId")


def _key(body: Json) -> str:
    """Return under what a Permission is kept in Spreadsheet.sharing."""
    kind = body.get("type")
    if kind is None:
        raise required("The permission type field is required.")
    if kind == "anyone":
        if body.get("emailAddress"):
            raise DriveError(400, "invalid", _WRONG_ADDRESS, "permission.emailAddress")
        return ANYONE
    if kind == "domain":
        if not body.get("domain"):
            raise DriveError(400, "invalid", "The domain field is required for this permission type.")
        return "@" + str(body["domain"]).lower()
    if kind not in ("user", "group"):
        said = "The specified type is invalid or not supported."
        raise DriveError(400, "invalid", said, "permission.type")
    address = str(body.get("emailAddress", "")).lower()
    if not _ADDRESS.fullmatch(address):
        raise DriveError(400, "invalid", _WRONG_ADDRESS, "permission.emailAddress")
    return (_GROUP if kind == "group" else "") + address


def _role(body: Json) -> str:
    role = body.get("role")
    if role is None:
        raise required("The permission role field is required.")
    if role not in _ROLES:
        raise DriveError(400, "invalid", "The specified role is invalid or not supported.", "permission.role")
    return str(role)


def _owned(book: Spreadsheet, who: str, query: Json) -> Spreadsheet:
    """Return the file with another owner, who has to be one person; the former one may still write."""
    if not query.get("transferOwnership"):
        said = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise DriveError(403, "forbidden", said, "transferOwnership")
    if who == ANYONE or who.startswith(("@", _GROUP)):
        raise DriveError(403, "forbidden", "Only a user can own a file.")
    sharing = {other: "writer" if role == "owner" else role for other, role in book.sharing.items()}
    return replace(book, sharing={**sharing, who: "owner"}, drive={**book.drive, "pendingOwner": ""})


def _no_owner_left() -> DriveError:
    said = "The owner of a file cannot be removed."
    return DriveError(403, "cannotRemoveOwner", said)
