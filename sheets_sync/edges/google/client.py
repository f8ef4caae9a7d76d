"""SheetsClient: gspread's HTTP client with one place for everything that can go wrong on the way to Google.

Where requests go, how long they may take, when they are tried again, how fast they come, and in which words
a failure is told (spec: google.md, "The client"). Importing it loads gspread, which takes 0.2 s.
"""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import gspread
import requests

from sheets_sync import __version__
from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.asking import Answered, Asked, Asking
from sheets_sync.edges.google.credentials import Access, access
from sheets_sync.edges.google.failures import NoSuchRange, Refused, Situation, Step, range_not_found
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.origins import Origins, checked
from sheets_sync.edges.google.pace import Pace
from sheets_sync.edges.google.why_refused import WHY_FIELDS, why_refused
from sheets_sync.edges.google.wire import Limit, named_session
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import SheetsSyncError

GOOGLE = "https://sheets.googleapis.com"
USER_AGENT = f"sheets-sync/{__version__} (gzip)"
"""Google compresses only for who has "gzip" in this name too."""

_RANGE = lazy_regex("/v4/spreadsheets/([^/:]+)/values/([^/:]+)")
_UNTOUCHED = "sheets-sync-no-such-key"


def open_client(config: GoogleConfig, deadline: float, machine: Machine | None = None) -> SheetsClient:
    """Return the client of one run, which must be over in `deadline` seconds from now. Raises WrongUse."""
    who = access(config)
    return SheetsClient(
        who.credentials, who=who, endpoint=config.endpoint, deadline=deadline, machine=machine or Machine()
    )


class SheetsClient(gspread.HTTPClient):
    """Talks to Google Sheets, and in place of gspread's own HTTP client (`http_client=`) for all of gspread.

    `deadline`: seconds from now in which everything must be over. `pace` is shared by the clients of a
    process unless another is named. Not for several threads at once. Failures are SheetsSyncError, never
    gspread's APIError; none of them holds a token, a key or what stands in a cell.
    """

    def __init__(
        self,
        auth: Any,
        session: requests.Session | None = None,
        *,
        who: Access | None = None,
        endpoint: str = GOOGLE,
        deadline: float = 20 * 60,
        machine: Machine | None = None,
        pace: Pace | None = None,
    ) -> None:
        machine = machine or Machine()
        self.auth = auth
        self._who = who or Access(auth)
        self._endpoint = checked(endpoint, "[google] endpoint")
        limit = Limit(machine, machine.now() + deadline)
        origins = Origins((self._endpoint, *self._who.token_urls), self._who.plain_urls)
        super().__init__(auth, session or named_session(origins, limit))
        self.session.headers["User-Agent"] = USER_AGENT
        self._asking = Asking(
            self.session,
            auth,
            pace or Pace(self._endpoint, self.account, self._who.project, machine),
            limit,
            deadline,
            lambda: Situation(Step.READING, self.account, acting=self._who.acting),
        )

    def __repr__(self) -> str:
        return f"SheetsClient({self._endpoint}, {self.account})"

    @property
    def account(self) -> str:
        """The address that workbooks are shared with, "" where it is not known."""
        known = self._who.shared_with or getattr(self.auth, "service_account_email", "")
        return known if isinstance(known, str) and "@" in known else ""

    @property
    def calls(self) -> dict[str, int]:
        """How many reads and writes were sent, all tries counted."""
        return dict(self._asking.sent)

    def spreadsheets_get(self, spreadsheet_id: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return what `spreadsheets.get` answers. Raises SheetsSyncError."""
        url = f"{GOOGLE}/v4/spreadsheets/{spreadsheet_id}"
        return self._ask("get", url, Step.READING, repeat=True, params=params).said

    def values_get_many(self, spreadsheet_id: str, ranges: Sequence[str]) -> Any:
        """Return what `values.batchGet` answers: unformatted values, dates as people see them.

        Raises NoSuchRange where a tab is not there, and SheetsSyncError.
        """
        url = f"{GOOGLE}/v4/spreadsheets/{spreadsheet_id}/values:batchGet"
        shown = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
        params = {"ranges": list(ranges), "prettyPrint": "false", **shown}
        return self._ask("get", url, Step.READING, repeat=True, params=params).said

    def begin_anew(self, deadline: float) -> None:
        """Let everything that comes be over in `deadline` seconds from now."""
        self._asking.begin_anew(deadline)

    def batch_update(  # type: ignore[override]
        self,
        spreadsheet_id: str,
        body: Mapping[str, Any],
        *,
        fields: str = "",
        repeat: bool = False,
        tell_why: bool = True,
    ) -> Any:
        """Return what `spreadsheets.batchUpdate` answers, as far as `fields` asks for it.

        A write that is safe to `repeat` is tried again as a read is. One that is not, is tried again only
        where it is certain that nothing was done: raises Unclear otherwise. Raises Refused where Google did
        not take it as it was asked for (nothing of it is applied then; one more read tells why, if it is to
        be told), and SheetsSyncError.
        """
        try:
            return self._write(spreadsheet_id, body, fields, repeat=repeat)
        except Refused as error:
            refused = error
        raise (self._why(spreadsheet_id, body) if tell_why else None) or refused

    def _write(self, spreadsheet_id: str, body: Mapping[str, Any], fields: str, *, repeat: bool) -> Any:
        url = f"{GOOGLE}/v4/spreadsheets/{spreadsheet_id}:batchUpdate"
        params = {"prettyPrint": "false"} | ({"fields": fields} if fields else {})
        try:
            return self._ask("post", url, Step.WRITING, repeat=repeat, params=params, json=body).said
        except NoSuchRange:
            raise Refused(
                "A tab was renamed or deleted while the tabs were being written.", "Run again."
            ) from None

    def _why(self, spreadsheet_id: str, body: Mapping[str, Any]) -> Refused | None:
        try:
            now = self.spreadsheets_get(spreadsheet_id, {"fields": WHY_FIELDS})
        except SheetsSyncError:
            return None
        return why_refused(body, now, self.account)

    def require_editor(self, spreadsheet_id: str) -> None:
        """Raise SheetsSyncError if this account may not change the workbook; nothing is changed.

        The Sheets API tells nowhere who may write; Drive does, and is not in our scope. So a write is asked
        for that finds nothing to do: developer metadata is deleted whose key nobody has. Google looks at the
        sharing before it looks at the request, so a viewer is refused with 403; an editor's is done (200),
        or refused as one that makes no sense (400), and either way he may write.
        """
        lookup = {"developerMetadataLookup": {"metadataKey": _UNTOUCHED}}
        body = {"requests": [{"deleteDeveloperMetadata": {"dataFilter": lookup}}]}
        try:
            self._write(spreadsheet_id, body, "spreadsheetId", repeat=True)
        except Refused:
            return

    def request(  # type: ignore[override]
        self, method: str, endpoint: str, params: Any = None, data: Any = None, json: Any = None, **rest: Any
    ) -> requests.Response:
        """Do any request of gspread's; a GET counts as a read and is repeated. Raises SheetsSyncError."""
        reads = method.upper() == "GET"
        step = Step.READING if reads else Step.WRITING
        given = {"params": params, "data": data, "json": json} | rest
        try:
            return self._ask(method, endpoint, step, repeat=reads, **given).response
        except NoSuchRange:
            found = _RANGE.search(endpoint)
        raise self._no_range(found[1], unquote(found[2])) if found else range_not_found("", ())

    def _no_range(self, spreadsheet_id: str, wanted: str) -> NoSuchRange:
        """Read which tabs there are, for the sentence that says that one of them is meant."""
        said = self.spreadsheets_get(spreadsheet_id, {"fields": "sheets.properties.title"})
        return range_not_found(wanted, [sheet["properties"]["title"] for sheet in said.get("sheets", ())])

    def _ask(self, method: str, url: str, step: Step, *, repeat: bool, **rest: Any) -> Answered:
        given = {name: value for name, value in rest.items() if value is not None}
        if "json" in given:
            given["data"] = _compact(given.pop("json"))
            given["headers"] = {"Content-Type": "application/json"} | (given.get("headers") or {})
        return self._asking.ask(Asked(step, method, self._there(url), repeat, given))

    def _there(self, url: str) -> str:
        """Return an address of Google's with the endpoint in place of its host."""
        parts = urlsplit(url)
        return self._endpoint + urlunsplit(("", "", parts.path, parts.query, ""))


def _compact(body: Any) -> bytes:
    """Return JSON as short as it gets. A lone surrogate, which JSON cannot carry, becomes "?"."""
    text = json_text.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace")
