"""The small look, at the tabs of a workbook that are there: without a Calendar, at the others."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.config import Config
from sheets_sync.ports import Peek, Peeker

WATCHED = ("Schedule", "Calendar", "Staff")
"""The tabs of which a change may be one of today's or tomorrow's sessions."""


def watched_tabs(config: Config) -> tuple[str, ...]:
    """Return what those tabs are called in this workbook; none where changes by day are not told."""
    if not config.daemon.same_day:
        return ()
    names = config.names
    return tuple(
        name for tab in WATCHED for name in (names.tabs.get(tab, tab), *names.further_tabs.get(tab, ()))
    )


class LookAtThose:
    """Finds out which tabs are there, one by one, then looks at all of them at once."""

    def __init__(self, peeker: Peeker, tabs: Sequence[str]) -> None:
        self._peeker = peeker
        self._wanted = tuple(tabs)
        self._there: tuple[str, ...] = ()

    def __call__(self) -> Peek:
        """Look. Raises SheetsSyncError."""
        if not self._there:
            self._there = tuple(tab for tab in self._wanted if self._peeker.peek((tab,)).digest)
        seen = self._peeker.peek(self._there)
        if not seen.digest:
            self._there = ()
        return seen
