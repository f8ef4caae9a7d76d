"""A small look at a Google workbook: one `values.batchGet` of our first rows and of the tabs that are named.

Ranges name tabs by their titles, and staff may rename ours. Which it is, is asked for at first and whenever a
range was not found: a second small request, every time for as long as a tab is missing.

Values come unformatted, so that a tick is `true` in every language ("WAHR"), but dates as people see them: a
cell with NOW() does not change with every second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sheets_sync.boxes import SYNC_NOW, TOP_ROWS
from sheets_sync.edges.google.failures import NoSuchRange
from sheets_sync.edges.google.mark import mark_of
from sheets_sync.edges.google.moment import Json
from sheets_sync.peeking import peek_of
from sheets_sync.ports import Peek
from sheets_sync.problems import RunFailed

if TYPE_CHECKING:
    from sheets_sync.edges.google.client import SheetsClient

PEEK_SECONDS = 15.0
"""In which a look must be over, whatever the network does: who stops the daemon waits for it."""

TITLES = "sheets(properties(sheetId,title),developerMetadata(metadataKey,metadataValue))"

Rows = list[list[Any]]


class Look:
    """What is known of the tabs of one workbook, from look to look."""

    def __init__(self, spreadsheet_id: str) -> None:
        self._id = spreadsheet_id
        self._ours = ""
        self._there: frozenset[str] = frozenset()

    def peek(self, client: SheetsClient, tabs: Sequence[str]) -> Peek:
        """Return what is seen. Raises SheetsSyncError; a tab that is missing is no failure."""
        if not self._ours or not self._there.issuperset(tabs):
            self._find(client)
        try:
            return self._seen(client, tabs)
        except NoSuchRange:
            self._find(client)
        return self._seen(client, tabs)

    def _find(self, client: SheetsClient) -> None:
        try:
            sheets = client.spreadsheets_get(self._id, {"fields": TITLES, "prettyPrint": "false"})["sheets"]
            titles = {one["properties"]["title"]: _mark(one) for one in sheets}
        except (KeyError, TypeError, AttributeError):
            raise _not_understood() from None
        self._ours = next((title for title, mark in titles.items() if mark == "compliance"), "")
        self._there = frozenset(titles)

    def _seen(self, client: SheetsClient, tabs: Sequence[str]) -> Peek:
        ranges = {"": f"{_quoted(self._ours)}!1:{TOP_ROWS}"} if self._ours else {}
        ranges |= {name: _quoted(name) for name in tabs if name in self._there}
        found = self._values(client, ranges) if ranges else {}
        top = found.pop("", [])
        if not any(SYNC_NOW in row for row in top):
            self._ours = ""
        return peek_of(top, {name: found.get(name) for name in tabs})

    def _values(self, client: SheetsClient, ranges: Mapping[str, str]) -> dict[str, Rows]:
        answer = client.values_get_many(self._id, list(ranges.values()))
        try:
            values = [one.get("values", []) for one in answer["valueRanges"]]
            return dict(zip(ranges, values, strict=True))
        except (KeyError, TypeError, AttributeError, ValueError):
            raise _not_understood() from None


class GooglePeeker:
    """Looks at one workbook for as long as a daemon lives.

    Token and connection are kept from look to look; after a failure both are made anew, so that a new key is
    taken up.
    """

    def __init__(self, open_client: Callable[[float], SheetsClient], spreadsheet_id: str) -> None:
        self._open = open_client
        self._look = Look(spreadsheet_id)
        self._client: SheetsClient | None = None

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        """Return what is seen. Raises SheetsSyncError."""
        client, self._client = self._client or self._open(PEEK_SECONDS), None
        client.begin_anew(PEEK_SECONDS)
        seen = self._look.peek(client, tabs)
        self._client = client
        return seen


def _mark(sheet: Json) -> str | None:
    return mark_of(sheet["properties"].get("sheetId", 0), sheet.get("developerMetadata", ()))


def _quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def _not_understood() -> RunFailed:
    return RunFailed(
        "Google's answer to a small look at the workbook could not be understood.",
        "If it stays, something between school and Google may have changed the answer.",
    )
