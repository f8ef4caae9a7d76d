"""A spreadsheet as Drive describes it: the File of Drive's documentation.

https://developers.google.com/drive/api/reference/rest/v3/files
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from tests.sheets_server import sharing
from tests.sheets_server.drive_errors import invalid
from tests.sheets_server.drive_permissions import permission_id, permissions
from tests.sheets_server.model import Json, Spreadsheet

SHORT = "kind,id,name,mimeType"
"""The fields that are answered where none are asked for."""

MIME_TYPES = {
    "spreadsheet": "application/vnd.google-apps.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "folder": "application/vnd.google-apps.folder",
}
KINDS = {mime_type: kind for kind, mime_type in MIME_TYPES.items()}
_LINKS = {
    "spreadsheet": "https://docs.google.com/spreadsheets/d/{}/edit?usp=drivesdk",
    "xlsx": "https://docs.google.com/spreadsheets/d/{}/edit?usp=drivesdk&rtpof=true&sd=true",
    "folder": "https://drive.google.com/drive/folders/{}",
}
_SORTED_BY = {"createdTime": "createdTime", "modifiedTime": "modifiedTime", "name": "name"}


def file(book: Spreadsheet, user: str) -> Json:
    """Return the whole File, as `user` sees it."""
    owners = [each for each in permissions(book) if each["role"] == "owner"]
    mine = any(each["emailAddress"] == user for each in owners)
    found: Json = {
        "kind": "drive#file",
        "id": book.id,
        "name": book.title,
        "mimeType": MIME_TYPES[book.kind],
        "starred": bool(book.drive.get("starred")),
        "trashed": bool(book.drive.get("trashed")),
        "explicitlyTrashed": bool(book.drive.get("trashed")),
        "spaces": ["drive"],
        "version": "1",
        "webViewLink": _LINKS[book.kind].format(book.id),
        "createdTime": book.created,
        "modifiedTime": book.modified,
        "owners": [_person(each, user) for each in owners],
        "ownedByMe": mine,
        "shared": len(book.sharing) > 1,
        "writersCanShare": True,
        "viewersCanCopyContent": True,
        "copyRequiresWriterPermission": False,
        "capabilities": _capabilities(book, user),
        "permissions": permissions(book),
        "permissionIds": [permission_id(who) for who in book.sharing],
    }
    if "description" in book.drive:
        found["description"] = book.drive["description"]
    parents = book.drive.get("parents") or ([home(user)] if mine else [])
    return {**found, **({"parents": parents} if parents else {})}


def home(user: str) -> str:
    """Return the id of a user's My Drive."""
    return "0A" + hashlib.sha256(user.encode()).hexdigest()[:17]


def seen_by(books: Iterable[Spreadsheet], user: str) -> list[Spreadsheet]:
    """Return the files that a search of this user finds: what is shared with everybody is not among them."""
    known = {user, sharing.domain(user)}
    return [book for book in books if not user or known & book.sharing.keys()]


def ordered(files: list[Json], order_by: str) -> list[Json]:
    """Return Files in the order of `orderBy` ("name desc,modifiedTime"); without one the last that was
    changed comes first. Raises DriveError (400)."""
    found = sorted(files, key=lambda each: (each["modifiedTime"], each["createdTime"]), reverse=True)
    for term in reversed([part.split() for part in order_by.split(",") if part.strip()]):
        if term[0] not in _SORTED_BY or term[1:] not in ([], ["desc"]):
            raise invalid("orderBy")
        key = _SORTED_BY[term[0]]
        found.sort(key=lambda each, key=key: str(each[key]).lower(), reverse=bool(term[1:]))  # type: ignore[misc]
    return found


def changed(book: Spreadsheet, body: Json, query: Json) -> Json:
    """Return what Drive keeps of a file after files.update: what `body` says, and other folders."""
    new = dict(book.drive)
    new.update({name: body[name] for name in ("starred", "trashed", "description") if name in body})
    removed = _ids(query.get("removeParents"))
    left = [each for each in book.drive.get("parents", ()) if each not in removed]
    new["parents"] = [*left, *_ids(query.get("addParents"))]
    return new


def of_version_2(book: Spreadsheet, user: str) -> Json:
    """Return the File as Drive's API of version 2 has it, the fields that tell most."""
    found = file(book, user)
    return {
        "kind": "drive#file",
        "id": book.id,
        "selfLink": f"https://www.googleapis.com/drive/v2/files/{book.id}",
        "alternateLink": found["webViewLink"],
        "title": book.title,
        "mimeType": found["mimeType"],
        "labels": {"starred": found["starred"], "trashed": found["trashed"], "hidden": False},
        "createdDate": book.created,
        "modifiedDate": book.modified,
        "shared": found["shared"],
        "editable": found["capabilities"]["canEdit"],
        "ownerNames": [each["displayName"] for each in found["owners"]],
        "parents": [{"kind": "drive#parentReference", "id": each} for each in found.get("parents", ())],
    }


def _capabilities(book: Spreadsheet, user: str) -> Json:
    edits, owns = sharing.may(book, user, "writer"), sharing.may(book, user, "owner")
    return {
        "canEdit": edits,
        "canComment": sharing.may(book, user, "commenter"),
        "canCopy": True,
        "canDownload": True,
        "canRename": edits,
        "canShare": edits,
        "canTrash": owns,
        "canDelete": owns,
    }


def _person(owner: Json, user: str) -> Json:
    return {
        "kind": "drive#user",
        "displayName": owner["displayName"],
        "me": owner["emailAddress"] == user,
        "permissionId": owner["id"],
        "emailAddress": owner["emailAddress"],
    }


def _ids(text: Any) -> list[str]:
    return [each.strip() for each in str(text or "").split(",") if each.strip()]
