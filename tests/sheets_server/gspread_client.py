"""gspread as anybody uses it, with a service account of its own, talking to the test server.

A program that already has a gspread client changes one line:

    credentials, http_client = for_gspread("http://127.0.0.1:8901", "sheets-sync.json")
    client = gspread.authorize(credentials, http_client=http_client)
"""

from __future__ import annotations

from pathlib import Path
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


def for_gspread(url: str, key_file: Path | str) -> tuple[LocalCredentials, type[HTTPClient]]:
    """Return what gspread.authorize takes to talk to the server at `url`: credentials and http_client."""
    return LocalCredentials.from_service_account_file(str(key_file), scopes=SCOPES), to(url)


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
