"""The state of one workbook in one SQLite file."""

from __future__ import annotations

from sheets_sync.edges.store.files import default_state_path, identity
from sheets_sync.edges.store.sqlite import SQLiteStore

__all__ = ["SQLiteStore", "default_state_path", "identity"]
