"""What Drive does with files, permissions and comments, by the method's id in the discovery document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.sheets_server import (
    drive_comments,
    drive_files,
    drive_permissions,
    drive_query,
    new_books,
    sharing,
)
from tests.sheets_server.discovery import Call
from tests.sheets_server.drive_errors import DriveError, file_not_found, invalid, not_allowed
from tests.sheets_server.drive_export import exported
from tests.sheets_server.exchange import Answer
from tests.sheets_server.model import Json, Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer


@dataclass(frozen=True)
class Asked:
    """A request that Drive understood: `user` is the address of who asks."""

    server: SheetsServer
    call: Call
    user: str

    def book(self, role: str = "reader", name: str = "fileId") -> Spreadsheet:
        """Return the file that is meant. Raises DriveError: 404 for who may not see it, 403 for less than
        `role`."""
        file_id = self.call.query[name]
        book = self.server.find(file_id)
        if book is None or not sharing.may(book, self.user, "reader"):
            raise file_not_found(file_id)
        if not sharing.may(book, self.user, role):
            raise not_allowed()
        return book

    def enter(self, book: Spreadsheet) -> None:
        """Keep a file of which nothing changed that would count as a modification."""
        self.server.books[book.id] = book

    def file(self, book: Spreadsheet) -> Json:
        return drive_files.file(book, self.user)


# Files


def _create(asked: Asked) -> Json:
    body, server = asked.call.body, asked.server
    kind = drive_files.KINDS.get(body.get("mimeType", ""))
    if kind not in ("spreadsheet", "folder"):
        said = "The test server's Drive creates spreadsheets and folders alone."
        raise DriveError(400, "badRequest", said, "mimeType")
    book = new_books.blank(server.new_id(), body.get("name") or "Untitled")
    if kind == "folder":
        book = replace(book, kind="folder", sheets=[])
    return asked.file(_kept_new(asked, book, body))


def _copy(asked: Asked) -> Json:
    """Copy a file beside the first: its tabs keep their ids, and it is its maker's alone."""
    book, body = asked.book(), asked.call.body
    if book.kind == "folder":
        raise DriveError(403, "cannotCopyFile", "This file cannot be copied by the user.")
    properties = {**book.properties, "title": body.get("name") or f"Copy of {book.title}"}
    new = replace(book.copy(), id=asked.server.new_id(), properties=properties)
    beside = [each for each in book.drive.get("parents", ()) if _may_add(asked, each)]
    return asked.file(_kept_new(asked, new, {"parents": beside, **body}))


def _may_add(asked: Asked, folder_id: str) -> bool:
    folder = asked.server.find(folder_id)
    return folder is not None and sharing.may(folder, asked.user, "writer")


def _kept_new(asked: Asked, book: Spreadsheet, body: Json) -> Spreadsheet:
    user = asked.user or asked.server.account
    shared: dict[str, str] = {}
    for folder_id in body.get("parents", []):
        folder = asked.server.find(folder_id)
        if folder_id in ("root", drive_files.home(user)):
            continue
        if folder is None or folder.kind != "folder" or not sharing.may(folder, user, "reader"):
            raise file_not_found(folder_id)
        if not sharing.may(folder, user, "writer"):
            said = "Insufficient permissions for the specified parent."
            raise DriveError(403, "insufficientParentPermissions", said)
        shared |= folder.sharing
    parents = [each for each in body.get("parents", []) if each != "root"]
    kept: Json = {name: body[name] for name in ("description", "starred") if name in body}
    if parents:
        kept["parents"] = parents
    new = replace(book, sharing=drive_permissions.inherited(shared, user), drive=kept)
    asked.server.keep_new(new, user)
    return asked.server.book(new.id)


def _list(asked: Asked) -> Json:
    query = asked.call.query
    wanted = drive_query.wanted(query.get("q", ""))
    seen = drive_files.seen_by(asked.server.books.values(), asked.user)
    files = [one for one in map(asked.file, seen) if wanted(one)]
    files = drive_files.ordered(files, query.get("orderBy", ""))
    return {"kind": "drive#fileList", "incompleteSearch": False, **_page("files", files, query, 1000)}


def _page(name: str, found: list[Json], query: Json, largest: int) -> Json:
    """Return a page of a list: the token of the next one is the number of the first that is left."""
    size, token = int(query.get("pageSize", 100)), str(query.get("pageToken") or "0")
    if not 1 <= size <= largest:
        raise invalid("pageSize")
    if not token.isdecimal():
        raise invalid("pageToken")
    start = int(token)
    more = {"nextPageToken": str(start + size)} if start + size < len(found) else {}
    return {**more, name: found[start : start + size]}


def _get(asked: Asked) -> Any:
    book = asked.book()
    if asked.call.system.get("alt") == "media":
        said = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise DriveError(403, "fileNotDownloadable", said, "alt")
    return asked.file(book)


def _update(asked: Asked) -> Json:
    book, body = asked.book("writer"), asked.call.body
    if "trashed" in body and not sharing.may(book, asked.user, "owner"):
        raise not_allowed()
    new = replace(book, drive=drive_files.changed(book, body, asked.call.query))
    if "name" in body:
        new = replace(new, properties={**book.properties, "title": body["name"]})
    asked.server.keep(new)
    return asked.file(asked.server.book(new.id))


def _delete(asked: Asked) -> None:
    book = asked.book("owner")
    asked.server.remove(book.id)
    for child in list(asked.server.books.values()):
        if book.id in child.drive.get("parents", ()) and sharing.may(child, asked.user, "owner"):
            asked.server.remove(child.id)


def _export(asked: Asked) -> Answer:
    content = exported(asked.book(), asked.call.query["mimeType"])
    headers = (
        ("Content-Type", asked.call.query["mimeType"]),
        ("Content-Disposition", "attachment"),
        ("Cache-Control", "private, max-age=0, must-revalidate"),
        ("Vary", "Origin, X-Origin"),
    )
    return Answer(200, content, headers)


# Permissions


def _list_permissions(asked: Asked) -> Json:
    found = drive_permissions.permissions(asked.book("writer"))
    return {"kind": "drive#permissionList", **_page("permissions", found, asked.call.query, 100)}


def _create_permission(asked: Asked) -> Json:
    query = asked.call.query
    owner = bool(query.get("transferOwnership"))
    book, made = drive_permissions.created(asked.book("owner" if owner else "writer"), asked.call.body, query)
    asked.enter(book)
    return made


def _update_permission(asked: Asked) -> Json:
    book, query = asked.book("writer"), asked.call.query
    wanted = query["permissionId"]
    if query.get("transferOwnership") and not _may_own(asked, book, wanted):
        raise not_allowed()
    book, made = drive_permissions.updated(book, wanted, asked.call.body, query)
    asked.enter(book)
    return made


def _may_own(asked: Asked, book: Spreadsheet, wanted: str) -> bool:
    """Tell whether the file may change hands: its owner gives it away, or whom he chose takes it."""
    chosen = book.drive.get("pendingOwner") == asked.user
    mine = drive_permissions.permission_id(asked.user) == wanted
    return sharing.may(book, asked.user, "owner") or (chosen and mine)


def _delete_permission(asked: Asked) -> None:
    wanted = asked.call.query["permissionId"]
    mine = drive_permissions.permission_id(asked.user) == wanted
    asked.enter(drive_permissions.deleted(asked.book("reader" if mine else "writer"), wanted))


# Comments


def _list_comments(asked: Asked) -> Json:
    found = drive_comments.comments(asked.book())
    return {"kind": "drive#commentList", **_page("comments", found, asked.call.query, 100)}


def _create_comment(asked: Asked) -> Json:
    server = asked.server
    comment_id = server.new_id()[:11]
    now = server.clock.written()
    book, made = drive_comments.created(asked.book("commenter"), asked.call.body, asked.user, comment_id, now)
    asked.enter(book)
    return made


def _delete_comment(asked: Asked) -> None:
    asked.enter(drive_comments.deleted(asked.book("commenter"), asked.call.query["commentId"]))


ANSWERS: dict[str, Callable[[Asked], Any]] = {
    "drive.files.create": _create,
    "drive.files.copy": _copy,
    "drive.files.list": _list,
    "drive.files.get": _get,
    "drive.files.update": _update,
    "drive.files.delete": _delete,
    "drive.files.export": _export,
    "drive.permissions.list": _list_permissions,
    "drive.permissions.get": lambda asked: drive_permissions.permission(
        asked.book("writer"), asked.call.query["permissionId"]
    ),
    "drive.permissions.create": _create_permission,
    "drive.permissions.update": _update_permission,
    "drive.permissions.delete": _delete_permission,
    "drive.comments.list": _list_comments,
    "drive.comments.get": lambda asked: drive_comments.comment(asked.book(), asked.call.query["commentId"]),
    "drive.comments.create": _create_comment,
    "drive.comments.delete": _delete_comment,
    "drive.drives.list": lambda asked: {"kind": "drive#driveList", "drives": []},
}
