"""Comments on a file, as far as gspread copies them: kept, listed, added, deleted.

https://developers.google.com/drive/api/reference/rest/v3/comments
"""

from __future__ import annotations

from dataclasses import replace

from tests.sheets_server.drive_errors import DriveError, required
from tests.sheets_server.drive_permissions import permission_id
from tests.sheets_server.model import Json, Spreadsheet


def comments(book: Spreadsheet) -> list[Json]:
    """Return the comments of a file, the last first."""
    return list(reversed(book.drive.get("comments", ())))


def comment(book: Spreadsheet, comment_id: str) -> Json:
    """Return one comment. Raises DriveError (404)."""
    for one in comments(book):
        if one["id"] == comment_id:
            return one
    raise DriveError(404, "notFound", f"Comment not found: {comment_id}.", "commentId")


def created(book: Spreadsheet, body: Json, user: str, comment_id: str, now: str) -> tuple[Spreadsheet, Json]:
    """Return the file with one comment more, and the Comment."""
    if not body.get("content"):
        raise required("The content field is required.")
    name = user.partition("@")[0]
    one = {
        "kind": "drive#comment",
        "id": comment_id,
        "createdTime": now,
        "modifiedTime": now,
        "author": {
            "kind": "drive#user",
            "displayName": name,
            "me": True,
            "permissionId": permission_id(user),
        },
        "deleted": False,
        "resolved": False,
        "content": body["content"],
        "htmlContent": body["content"],
        **({"anchor": body["anchor"]} if "anchor" in body else {}),
        "replies": [],
    }
    return _with(book, [*book.drive.get("comments", ()), one]), one


def deleted(book: Spreadsheet, comment_id: str) -> Spreadsheet:
    """Return the file without a comment."""
    gone = comment(book, comment_id)
    return _with(book, [one for one in book.drive["comments"] if one is not gone])


def _with(book: Spreadsheet, kept: list[Json]) -> Spreadsheet:
    return replace(book, drive={**book.drive, "comments": kept})
