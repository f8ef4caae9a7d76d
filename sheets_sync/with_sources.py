"""A workbook with tabs that other workbooks keep: a provider's own log, the district's export ([[sources]]).

They are read side by side, once a run, and never written. One that cannot be read stops no run: its tabs
come as absent, with the reason, and what needs them is held (frozen.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_sync.problems import SheetsSyncError, in_sentences

if TYPE_CHECKING:
    from sheets_sync.ports import Peek, Sheet, Snapshot, Workbook
    from sheets_sync.views.tab import Tab


@dataclass(frozen=True)
class Source:
    """`name` is what people call it, `tabs` are canonical tab -> names there; `open` may raise.

    `address` is what a link to it begins with, "OT.xlsx" beside the workbook; "" where none can lead there.
    `file` is its path on this machine, of which people are told the last part alone; None for no file.
    """

    name: str
    tabs: Mapping[str, Sequence[str]]
    open: Callable[[], Workbook]
    address: str = ""
    file: Path | None = None

    def why_not(self, error: SheetsSyncError) -> str:
        """Say on the tab and in mail why it cannot be read: a folder of this machine is none of theirs."""
        why = in_sentences(error)
        return why.replace(str(self.file), self.file.name) if self.file else why


class WithSources:
    """A Workbook whose snapshot has the sheets of the sources behind its own; all else is the workbook's."""

    def __init__(self, sources: Sequence[Source], open_workbook: Callable[[], Workbook]) -> None:
        """Open all of them: reading begins at once. Raises what opening the workbook itself raises."""
        self._opened = [(source, _opened(source)) for source in sources]
        self._workbook = open_workbook()
        self._sheets: tuple[Sheet, ...] | None = None
        self._own: Snapshot | None = None

    @property
    def name(self) -> str:
        return self._workbook.name

    @property
    def calls(self) -> Mapping[str, int]:
        counted = Counter(self._workbook.calls)
        for _, opened in self._opened:
            if not isinstance(opened, SheetsSyncError):
                counted.update({"read": opened.calls.get("read", 0)})
        return dict(counted)

    @property
    def notes(self) -> tuple[str, ...]:
        return self._workbook.notes

    def read(self) -> Snapshot:
        """Read the workbook, and at the first time the sources."""
        self._own = self._workbook.read()
        if self._sheets is None:
            self._sheets = tuple(sheet for one in self._opened for sheet in _sheets(*one))
        return replace(self._own, sheets=(*self._own.sheets, *self._sheets))

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        return self._workbook.peek(tabs)

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        return self._workbook.write(tabs, self._own or snapshot)


def _opened(source: Source) -> Workbook | SheetsSyncError:
    try:
        return source.open()
    except SheetsSyncError as error:
        return error


def _sheets(source: Source, opened: Workbook | SheetsSyncError) -> Iterator[Sheet]:
    from sheets_sync.ports import Sheet

    try:
        if isinstance(opened, SheetsSyncError):
            raise opened
        there = {sheet.name.casefold(): sheet for sheet in opened.read().sheets if sheet.mark is None}
        why = ""
    except SheetsSyncError as error:
        there, why = {}, source.why_not(error)
    for tab, names in source.tabs.items():
        for name in names:
            found = there.get(name.strip().casefold())
            if found is not None:
                link = f"{source.address}{found.link}" if source.address and found.link else ""
                yield replace(found, name=f"{source.name}: {found.name}", as_tab=tab, link=link)
            else:
                absent = why or "It has no such tab."
                yield Sheet(f"{source.name}: {name}", (), as_tab=tab, absent=absent)
