"""Who may do what with a spreadsheet."""

from __future__ import annotations

from tests.sheets_server.errors import ApiError, not_found
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.quota import PROJECT_NUMBER

ANYONE = "anyone"
"""Stands in Spreadsheet.sharing for everybody who has the link, as "@school.example" does for a domain."""

_RANK = {"reader": 1, "commenter": 2, "writer": 3, "organizer": 4, "owner": 5}


def may(book: Spreadsheet, user: str, role: str) -> bool:
    """Tell whether the user has this role or a higher one; "" stands for somebody who may do everything."""
    if not user:
        return True
    roles = (book.sharing.get(who) for who in (user, domain(user), ANYONE))
    return max(_RANK.get(own or "", 0) for own in roles) >= _RANK[role]


def domain(user: str) -> str:
    """Return what stands in Spreadsheet.sharing for all who have an address in the user's domain."""
    return "@" + user.rpartition("@")[2]


def opened(book: Spreadsheet | None, user: str, *, to_write: bool) -> Spreadsheet:
    """Return the spreadsheet. Raises ApiError as Google for who may not, and for what is no spreadsheet."""
    if book is None:
        raise not_found()
    if not may(book, user, "writer" if to_write else "reader"):
        raise ApiError(403, "PERMISSION_DENIED", "The caller does not have permission")
    if book.kind != "spreadsheet":
        said = "This operation is not supported for this document"
        raise ApiError(400, "FAILED_PRECONDITION", said)
    return book


def api_disabled(service: str = "sheets") -> ApiError:
    """Return the 403 of a project in which the API was never enabled."""
    title = {"sheets": "Google Sheets API", "drive": "Google Drive API"}[service]
    link = (
        f"https://console.developers.google.com/apis/api/{service}.googleapis.com/overview"
        f"?project={PROJECT_NUMBER}"
    )
    message = (
        f"{title} has not been used in project {PROJECT_NUMBER} before or it is disabled. Enable it by "
        f"visiting {link} then retry. If you enabled this API recently, wait a few minutes for the action to "
        "propagate to our systems and retry."
    )
    details = [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "SERVICE_DISABLED",
            "domain": "googleapis.com",
            "metadata": {
                "activationUrl": link,
                "consumer": f"projects/{PROJECT_NUMBER}",
                "containerInfo": PROJECT_NUMBER,
                "service": f"{service}.googleapis.com",
                "serviceTitle": title,
            },
        },
        {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message},
        {
            "@type": "type.googleapis.com/google.rpc.Help",
            "links": [{"description": "Google developers console API activation", "url": link}],
        },
    ]
    return ApiError(403, "PERMISSION_DENIED", message, details)
