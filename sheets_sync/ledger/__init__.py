"""Where every required minute stands (spec: counting.md). Pure; `count` is the way in.

What is named here is loaded when it is asked for: the configuration needs `Rules` alone, and not pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheets_sync.ledger.counting import count
    from sheets_sync.ledger.result import ACCOUNTS, FIGURES, Ledger, Notice, Status
    from sheets_sync.ledger.rules import Rules

__all__ = ["ACCOUNTS", "FIGURES", "Ledger", "Notice", "Rules", "Status", "count"]

_HOMES = {"count": "counting", "Rules": "rules"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'result')}"), name)
