"""What `check` says of the way to a Google workbook, in words that can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.mark import mark_of
from sheets_sync.problems import RunFailed
from sheets_sync.views.columns import NAMES, STAFF_NOTES

if TYPE_CHECKING:
    from sheets_sync.edges.google.client import SheetsClient


def credentials_in_words(config: GoogleConfig, account: str) -> str:
    """Say which credentials there are, and which address to share the workbook with ("": not known)."""
    if config.credentials is not None:
        whose = f"the key {config.credentials.name} can be read, by you alone"
    else:
        whose = "this machine's own for Google"
    if config.subject:
        return f"{whose}; it acts for a person, who has to be an Editor of the workbook: {config.subject}"
    if not account:
        return f"{whose}; share the workbook with the account to which they belong, as Editor"
    return f"{whose}; share the workbook, as Editor, with {account}"


LOCK_FIELDS = (
    "sheets(properties.sheetId,developerMetadata(metadataKey,metadataValue),"
    "protectedRanges(range,warningOnly,requestingUserCanEdit))"
)


def editing_in_words(client: SheetsClient, spreadsheet_id: str) -> str:
    """Say that the workbook may be written, and our tabs in it; one request that changes nothing tries it.

    Raises SheetsSyncError where it may not.
    """
    client.require_editor(spreadsheet_id)
    who = client.account or "the account"
    if our_tabs_are_locked(client.spreadsheets_get(spreadsheet_id, {"fields": LOCK_FIELDS})):
        raise RunFailed(
            "Somebody protected one of our tabs, or cells of it, so that they cannot be written.",
            f"In Google Sheets choose Data > Protect sheets and ranges, and remove it or let {who} edit.",
        )
    return f"{who} may edit the workbook"


def our_tabs_are_locked(answer: Any) -> bool:
    """Tell whether somebody protected cells that a run writes against whoever asks; staff's columns, and
    what is right of them, are not written."""
    return any(
        not one.get("warningOnly")
        and not one.get("requestingUserCanEdit")
        and one.get("range", {}).get("startColumnIndex", 0) < _STAFFS
        for sheet in answer.get("sheets", ())
        if mark_of(sheet["properties"]["sheetId"], sheet.get("developerMetadata", ()))
        for one in sheet.get("protectedRanges", ())
    )


_STAFFS = NAMES.index(STAFF_NOTES)
