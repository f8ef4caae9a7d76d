"""What is remembered of one workbook, as the daemon reads it: its state file, opened after it changed."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from sheets_sync.config import Config
from sheets_sync.state import RunRecord
from sheets_sync.wiring import open_store, state_mark


class StateFile:
    """The `Memory` of one workbook; so a daemon that was restarted knows what was done."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._store = open_store(config)

    def mark(self) -> Hashable:
        return state_mark(self._config)

    def runs(self, limit: int) -> tuple[RunRecord, ...]:
        return self._store.runs(limit)

    def next_try(self) -> datetime | None:
        return self._store.next_try()

    def record(self, run: RunRecord) -> None:
        self._store.save(run, None)
