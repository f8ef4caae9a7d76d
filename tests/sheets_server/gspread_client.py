"""gspread as anybody uses it, with a service account of its own, talking to the test server.

    client = client_of(server)
    client.open_by_key(book.id).sheet1.get_all_records()

A program that runs alone has its lines in `python -m tests.sheets_server --help`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import gspread
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")


class LocalCredentials(Credentials):  # type: ignore[misc]
    """A service account whose credentials ask for tokens and for nothing else.

    google-auth may look up where an account may be used, in a thread of its own and at Google's own address
    (`_is_regional_access_boundary_lookup_required`): from a test nothing may leave the machine.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


def client_of(server: SheetsServer, account: str | None = None) -> gspread.Client:
    """Return a client of the server's, for its service account or another one."""
    known = server.tokens.accounts[account or server.account]
    credentials = LocalCredentials.from_service_account_info(known.info(), scopes=SCOPES)
    return gspread.authorize(credentials, http_client=to(server.url))


def to(url: str) -> type[HTTPClient]:
    """Return the http_client that sends to `url` whatever gspread sends to Google."""

    class ToTestServer(HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> Any:
            parts = urlsplit(endpoint)
            if (parts.hostname or "").endswith(".googleapis.com"):
                endpoint = url + endpoint.partition(parts.netloc)[2]
            return super().request(method, endpoint, *args, **options)

    return ToTestServer
