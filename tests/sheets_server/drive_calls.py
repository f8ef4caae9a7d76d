"""Drive's answers: the calls that gspread makes to create, find, copy, export, share and delete spreadsheets.

Requests are checked against Drive's discovery document, which is lenient: what Drive does not know it passes
over. Whoever sees no file of an id is told that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tests.sheets_server import drive_files, drive_permissions, html_pages, sharing
from tests.sheets_server.discovery import Call, Method, drive
from tests.sheets_server.drive_actions import ANSWERS, Asked
from tests.sheets_server.drive_errors import (
    DriveError,
    file_not_found,
    in_drives_form,
    not_allowed,
    required,
)
from tests.sheets_server.drive_import import imported
from tests.sheets_server.errors import ApiError
from tests.sheets_server.exchange import Answer, Request
from tests.sheets_server.field_mask import MaskError, parse
from tests.sheets_server.http import json_answer

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

_FRESH = (
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "Mon, 01 Jan 1990 00:00:00 GMT"),
    ("Vary", "Origin, X-Origin"),
)
_UPLOAD = re.compile(r"/upload/drive/v2/files/([^/]+)")
_SCOPES = ("https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive.file")


def answer(server: SheetsServer, request: Request) -> tuple[Answer, str]:
    """Return the answer to a request to Drive, and who asked ("" where nobody knows)."""
    upload = _UPLOAD.fullmatch(request.path)
    if upload and request.method == "PUT":
        return _answered(
            server,
            request,
            "DriveFiles.Update",
            _SCOPES,
            lambda user: _upload(server, request, upload[1], user),
        )
    found = drive().find(request.method, request.path)
    if found is None or found[0].id not in ANSWERS:
        return html_pages.not_found(request.path), ""
    method, of_path = found

    def carried_out(user: str) -> Answer:
        asked = Asked(server, _call(method, of_path, request), user)
        with server.lock:
            return _shown(asked, ANSWERS[method.id](asked))

    return _answered(server, request, _google_name(method), method.scopes, carried_out)


def _answered(
    server: SheetsServer,
    request: Request,
    name: str,
    scopes: tuple[str, ...],
    carried_out: Callable[[str], Answer],
) -> tuple[Answer, str]:
    user = ""
    try:
        user = _user(server, request, name, scopes)
        return carried_out(user), user
    except ApiError as error:
        more = (*_FRESH, ("WWW-Authenticate", 'Bearer realm="https://accounts.google.com/"'))
        return json_answer(error.code, in_drives_form(error), more if error.code == 401 else _FRESH), user


def _user(server: SheetsServer, request: Request, name: str, scopes: tuple[str, ...]) -> str:
    if server.open:
        return server.account
    authorization = request.headers.get("authorization")
    return server.tokens.caller(authorization, f"google.apps.drive.v3.{name}", scopes).user


def _google_name(method: Method) -> str:
    """Return the method's name as Google's errors have it: DriveFiles.List."""
    _, resource, verb = method.id.split(".")
    return f"Drive{resource.capitalize()}.{verb.capitalize()}"


def _call(method: Method, of_path: dict[str, str], request: Request) -> Call:
    """Return the request, checked. Raises ApiError (400), for a mask of fields in Drive's own words."""
    fields = parse_qs(request.query).get("fields", [""])[0]
    if not fields and method.id.startswith("drive.comments.") and method.response:
        raise required("The 'fields' parameter is required for this method.")
    if fields and method.response:
        try:
            strange = drive().strange_path(parse(fields), method.response)
        except MaskError:
            strange = fields
        if strange is not None:
            said = f"Invalid field selection {strange.rpartition('.')[2]}"
            raise DriveError(400, "invalidParameter", said, "fields")
    return drive().call(method, of_path, request.query, request.body)


def _shown(asked: Asked, found: Any) -> Answer:
    """Return the answer in the form that belongs to it: JSON by its fields, a file's bytes, or nothing."""
    if isinstance(found, Answer):
        return found
    if found is None:
        return Answer(204, b"", (("Content-Type", "text/html"), *_FRESH))
    mask = asked.call.fields or parse(_DEFAULTS.get(asked.call.method.response or "", "*"))
    return json_answer(200, mask.pick(found), _FRESH, pretty=asked.call.pretty)


def _upload(server: SheetsServer, request: Request, file_id: str, user: str) -> Answer:
    """Put an uploaded text of comma-separated values in place of all that the spreadsheet holds."""
    with server.lock:
        book = server.find(file_id)
        if book is None or not sharing.may(book, user, "reader"):
            raise file_not_found(file_id)
        if not sharing.may(book, user, "writer"):
            raise not_allowed()
        server.keep(imported(book, request.body))
        return json_answer(200, drive_files.of_version_2(server.book(file_id), user), _FRESH)


_DEFAULTS = {
    "File": drive_files.SHORT,
    "FileList": f"kind,incompleteSearch,nextPageToken,files({drive_files.SHORT})",
    "Permission": drive_permissions.SHORT,
    "PermissionList": f"kind,nextPageToken,permissions({drive_permissions.SHORT})",
}
"""The fields of an answer for which none were asked, by the name of what is answered."""
