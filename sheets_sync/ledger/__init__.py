"""Where every required minute stands (spec: counting.md). Pure; `count` is the way in."""

from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import ACCOUNTS, FIGURES, Ledger, Notice, Status
from sheets_sync.ledger.rules import Rules

__all__ = ["ACCOUNTS", "FIGURES", "Ledger", "Notice", "Rules", "Status", "count"]
