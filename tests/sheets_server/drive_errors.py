"""Errors as Drive answers them: beside Google's `details` they have `errors`, with a `reason` each."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.errors import ApiError

_REASONS = {400: "badRequest", 401: "authError", 403: "forbidden", 404: "notFound", 500: "internalError"}
_OF_DETAILS = {
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": ("insufficientPermissions", "Insufficient Permission"),
    "SERVICE_DISABLED": ("accessNotConfigured", ""),
}
_PARTS = {"authError": ("Invalid Credentials", "Authorization", "header")}


class DriveError(ApiError):
    """An answer of Drive that is no 200. `location` is the parameter that is to blame."""

    def __init__(self, code: int, reason: str, message: str, location: str = "") -> None:
        super().__init__(code, "", message)
        self.reason = reason
        self.location = location

    def body(self) -> dict[str, Any]:
        """Return the JSON body, Drive's form."""
        one = {"message": self.message, "domain": "global", "reason": self.reason}
        if self.location:
            one |= {"location": self.location, "locationType": "parameter"}
        return {"error": {"code": self.code, "message": self.message, "errors": [one]}}


def file_not_found(file_id: str) -> DriveError:
    return DriveError(404, "notFound", f"File not found: {file_id}.", "fileId")


def not_allowed() -> DriveError:
    said = "The user does not have sufficient permissions for this file."
    return DriveError(403, "insufficientFilePermissions", said)


def required(message: str) -> DriveError:
    return DriveError(400, "required", message)


def invalid(location: str) -> DriveError:
    return DriveError(400, "invalid", "Invalid Value", location)


def in_drives_form(error: ApiError) -> dict[str, Any]:
    """Return the body of any error: those that all of Google's services share get Drive's `errors` too."""
    body = error.body()
    if isinstance(error, DriveError):
        return body
    reasons = [detail.get("reason", "") for detail in error.details]
    reason, message = next((_OF_DETAILS[each] for each in reasons if each in _OF_DETAILS), ("", ""))
    reason = reason or _REASONS.get(error.code, "badRequest")
    said, location, kind = _PARTS.get(reason, (message or error.message, "", ""))
    one = {"message": said, "domain": "global", "reason": reason}
    if location:
        one |= {"location": location, "locationType": kind}
    content = body["error"]
    return {
        "error": {"code": content.pop("code"), "message": content.pop("message"), "errors": [one], **content}
    }
