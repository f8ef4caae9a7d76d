"""GoogleWorkbook: the port `Workbook` for a Google workbook that people are editing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sheets_sync.edges.google.address import row_link
from sheets_sync.edges.google.bare import NOTE, bare
from sheets_sync.edges.google.expected import REPLY_FIELDS, all_stands, keys_stand
from sheets_sync.edges.google.failures import Refused
from sheets_sync.edges.google.mark import chosen_id
from sheets_sync.edges.google.moment import Json
from sheets_sync.edges.google.peeking import Look
from sheets_sync.edges.google.reading import PARAMETERS, Moment, understand
from sheets_sync.edges.google.ticket import LARGEST
from sheets_sync.edges.google.writing import Who, Writing, plan
from sheets_sync.ports import Peek, Snapshot
from sheets_sync.problems import Changed
from sheets_sync.views.tab import Tab

if TYPE_CHECKING:
    from sheets_sync.edges.google.client import SheetsClient

REFUSALS = 2
"""How often a write may be refused because somebody edits; what is refused then is refused for itself."""


class GoogleWorkbook:
    """One Google workbook, for one run: reading it is one request, writing another."""

    def __init__(self, client: SheetsClient, spreadsheet_id: str) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._look = Look(spreadsheet_id)
        self._title = "the Google workbook"
        self._changed = 0
        self._written_again = False
        self._refusals = 0
        self._notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The spreadsheet's title, from the first read on."""
        return self._title

    @property
    def calls(self) -> Mapping[str, int]:
        return self._client.calls

    @property
    def notes(self) -> tuple[str, ...]:
        return self._notes

    def read(self) -> Snapshot:
        """Read every tab in one request. Raises RunFailed, WrongUse."""
        sheets, moment = understand(self._client.spreadsheets_get(self._id, dict(PARAMETERS)))
        self._title = moment.title
        return Snapshot(
            sheets=sheets,
            token=moment,
            zone=moment.zone or None,
            row_link=row_link(self._id, _compliance_id(moment)),
        )

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        """Look what is ticked, and whether tabs changed. Raises RunFailed, WrongUse."""
        return self._look.peek(self._client, tabs)

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        """Bring our tabs to what they should be, in one request; none where they are.

        Returns how many cells hold or note something else than when this run began. Raises Changed where
        somebody edited one of our tabs since it was read: what was written stands, and is set right by
        reading and writing once more, as where Google refused it. Of staff's notes that came in meanwhile
        that is asked for once: they stand beside their line in any case. What Google refused twice is sent
        bare (bare.py). Raises NotOurs, WrongUse, RunFailed, and Refused where that is refused too; then
        nothing was written.
        """
        moment = snapshot.token
        assert isinstance(moment, Moment), "a snapshot of another workbook"
        writing = plan(tabs, moment, Who(self._client.account, secrets.randbelow(LARGEST) + 1))
        if not writing.requests:
            return self._changed
        reply = self._send(writing)
        if not isinstance(reply, dict) or reply.get("spreadsheetId") != self._id:
            raise Changed(
                "Google's answer to the writing of the tabs could not be understood.",
                "Run again; if it stays, something between school and Google may have changed the answer.",
            )
        self._changed += max(writing.changed, 1)
        stands = keys_stand if self._written_again else all_stands
        self._written_again = True
        if not stands(writing.expected, reply):
            raise Changed("Somebody edited the tab while it was being written.", "Run again.")
        return self._changed

    def _send(self, writing: Writing) -> Json:
        last = self._refusals >= REFUSALS
        body: Json = {"requests": bare(writing.requests) if last else writing.requests}
        if writing.expected:
            body["includeSpreadsheetInResponse"] = True
            body["responseRanges"] = [one.reply_range for one in writing.expected]
            body["responseIncludeGridData"] = True
        fields = REPLY_FIELDS if writing.expected else "spreadsheetId"
        try:
            reply: Json = self._client.batch_update(self._id, body, fields=fields, repeat=True, tell_why=last)
        except Refused as refused:
            self._refusals += 1
            if last:
                raise
            raise Changed(refused.what, refused.remedy) from None
        self._notes = (NOTE,) if last else ()
        return reply


def _compliance_id(moment: Moment) -> int:
    """Return the id of our Compliance tab, or the one that it will have."""
    ours = moment.ours.get("compliance")
    return ours.id if ours else chosen_id("compliance", {tab.id for tab in moment.tabs})
