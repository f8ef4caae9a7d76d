"""What `check` says of the way to a Google workbook, in words that can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheets_sync.config import GoogleConfig

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


def editing_in_words(client: SheetsClient, spreadsheet_id: str) -> str:
    """Say that the workbook may be written. Raises SheetsSyncError where it may not; nothing is written."""
    client.require_editor(spreadsheet_id)
    who = client.account or "the account"
    return f"{who} may edit the workbook"
