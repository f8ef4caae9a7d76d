"""From a request to an answer: which function of the server's pieces answers it, and in what form."""

from __future__ import annotations

import json
import re
import sys
import traceback
from typing import TYPE_CHECKING, Any

from tests.sheets_server import html_pages, json_text, new_books, routes, sharing, spreadsheets
from tests.sheets_server.auth import TokenRefused
from tests.sheets_server.discovery import Call, Method, sheets
from tests.sheets_server.errors import ApiError
from tests.sheets_server.exchange import Answer, Request
from tests.sheets_server.model import Json

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

_JSON = ("Content-Type", "application/json; charset=UTF-8")
_FRONT_END = (
    ("Server", "ESF"),
    ("X-XSS-Protection", "0"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
)
_SHEETS = (("Vary", "Origin"), ("Vary", "X-Origin"), ("Vary", "Referer"), ("Cache-Control", "private"))
DRIVE_PATHS = ("/drive/", "/upload/drive/")


def kind(request: Request) -> str:
    """Return what a request counts as: "read", "write", "token", "drive" or "other"."""
    if request.path == "/token":
        return "token"
    if request.path.startswith(DRIVE_PATHS):
        return "drive"
    found = sheets().find(request.method, request.path)
    if found is None:
        return "other"
    return "read" if found[0].reads else "write"


def answer(server: SheetsServer, request: Request, of_kind: str) -> tuple[Answer, str]:
    """Return the answer, and who asked ("" where nobody knows)."""
    try:
        if of_kind == "token":
            return _token(server, request), ""
        if of_kind == "drive":
            from tests.sheets_server import drive_calls

            return drive_calls.answer(server, request)
        return _of_sheets(server, request)
    except Exception as crash:
        traceback.print_exc(file=sys.stderr)
        server.crashes.append(crash)
        error = ApiError(500, "INTERNAL", "Internal error encountered.")
        return json_answer(500, error.body(), _SHEETS), ""


def json_answer(
    status: int, body: Any, headers: tuple[tuple[str, str], ...] = (), *, pretty: bool = True
) -> Answer:
    """Return JSON as Google prints it: indented by two spaces, unless `pretty` is False."""
    if pretty:
        text = json_text.pretty(body) + "\n"
    else:
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    return Answer(status, text.encode("utf-8", "surrogatepass"), (_JSON, *headers, *_FRONT_END))


def error_answer(error: ApiError, server: SheetsServer, headers: tuple[tuple[str, str], ...]) -> Answer:
    """Return an error in Google's form, with the headers that belong to it."""
    more: list[tuple[str, str]] = []
    if error.code == 401:
        more.append(
            ("WWW-Authenticate", 'Bearer realm="https://accounts.google.com/", error="invalid_token"')
        )
    if error.code == 429 and server.quota is not None and server.quota.retry_after is not None:
        more.append(("Retry-After", str(server.quota.retry_after)))
    return json_answer(error.code, error.body(), (*headers, *more))


def _token(server: SheetsServer, request: Request) -> Answer:
    if request.method != "POST":
        return html_pages.not_found(request.path)
    try:
        return json_answer(200, server.tokens.exchange(request.body.decode("utf-8", "replace")))
    except TokenRefused as refused:
        return json_answer(refused.status, refused.body)


def _of_sheets(server: SheetsServer, request: Request) -> tuple[Answer, str]:
    found = sheets().find(request.method, request.path)
    if found is None:
        return html_pages.not_found(request.path), ""
    method, of_path = found
    user = ""
    try:
        user = _user(server, request, method)
        if not server.api_enabled:
            raise sharing.api_disabled()
        server.count("read" if method.reads else "write", user)
        call = sheets().call(method, of_path, request.query, request.body)
        body = _carried_out(server, call, user)
    except ApiError as error:
        return error_answer(error, server, _SHEETS), user
    if call.fields is not None and method.id not in routes.MASKED:
        body = call.fields.pick(body)
    return json_answer(200, body, _SHEETS, pretty=call.pretty), user


def _user(server: SheetsServer, request: Request, method: Method) -> str:
    if server.open:
        return server.account
    authorization = request.headers.get("authorization")
    return server.tokens.caller(authorization, _google_name(method), method.scopes).user


def _carried_out(server: SheetsServer, call: Call, user: str) -> Json:
    """Do what was asked, alone: staff who are to edit before it have done so."""
    of = call.method.id
    with server.lock:
        if of == routes.CREATE:
            book = new_books.made_of(call.body, server.new_id())
            server.keep_new(book, user)
            return spreadsheets.get(book, {}, call.fields, user)
        server.staff.edit_before("read" if call.method.reads else "write", call.query["spreadsheetId"])
        may_read = of in routes.READS or of == routes.COPY_TO
        book = sharing.opened(server.find(call.query["spreadsheetId"]), user, to_write=not may_read)
        if of in routes.READS:
            return routes.READS[of](book, call, user)
        changed, body = routes.WRITES[of](server, book, call, user)
        server.keep(changed)
        return body


def _google_name(method: Method) -> str:
    """Return the method's name as Google's errors have it: SpreadsheetsService.GetSpreadsheet."""
    last = re.sub(r"^.", lambda letter: letter.group().upper(), method.id.rpartition(".")[2])
    return f"google.apps.sheets.v4.SpreadsheetsService.{last}"
