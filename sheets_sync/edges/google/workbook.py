"""GoogleWorkbook: the port `Workbook` for a Google workbook that people are editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheets_sync.edges.google.address import row_link
from sheets_sync.edges.google.mark import chosen_id
from sheets_sync.edges.google.reading import PARAMETERS, Moment, understand
from sheets_sync.ports import Snapshot

if TYPE_CHECKING:
    from sheets_sync.edges.google.client import SheetsClient


class GoogleWorkbook:
    """One Google workbook; reading it is one request."""

    def __init__(self, client: SheetsClient, spreadsheet_id: str) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._title = "the Google workbook"

    @property
    def name(self) -> str:
        """The spreadsheet's title, from the first read on."""
        return self._title

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


def _compliance_id(moment: Moment) -> int:
    """Return the id of our Compliance tab, or the one that it will have."""
    ours = moment.ours.get("compliance")
    return ours.id if ours else chosen_id("compliance", {tab.id for tab in moment.tabs})
