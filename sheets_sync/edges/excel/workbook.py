"""ExcelWorkbook: the port `Workbook` for an .xlsx or .xlsm file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sheets_sync.edges.excel.blocked import why_blocked
from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.changes import changed_cells
from sheets_sync.edges.excel.minimal import minimal_workbook
from sheets_sync.edges.excel.notes import read_notes
from sheets_sync.edges.excel.opening import read_file
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.peeking import FilePeeker
from sheets_sync.edges.excel.reading import read_sheets
from sheets_sync.edges.excel.relations import relations_of
from sheets_sync.edges.excel.replace import (
    refuse_if_open,
    refuse_if_protected,
    remove_leftovers,
    replace_file,
)
from sheets_sync.edges.excel.sibling import sibling_of
from sheets_sync.edges.excel.splice import put_tabs
from sheets_sync.ports import Peek, Sheet, Snapshot
from sheets_sync.problems import Changed, WrongUse
from sheets_sync.views.tab import Tab


@dataclass(frozen=True, slots=True)
class _Moment:
    """The very bytes that were read. `blocked`: our tabs go to the sibling. `refers`: formulas name them."""

    main: bytes = field(repr=False)
    sibling: bytes | None = field(repr=False)
    blocked: bool
    refers: bool


class ExcelWorkbook:
    """One workbook file. Links are followed; what is renamed over is the file that they lead to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._calls = {"read": 0, "write": 0}
        self._peeker = FilePeeker(path)

    @property
    def calls(self) -> Mapping[str, int]:
        return self._calls

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def notes(self) -> tuple[str, ...]:
        return ()

    @property
    def sibling(self) -> Path:
        """Where our tabs go if nothing may be put into the workbook itself."""
        return sibling_of(self._real)

    @property
    def _real(self) -> Path:
        try:
            return self._path.resolve()
        except (OSError, RuntimeError):
            raise WrongUse(f"{self._path} is a link that leads nowhere.", "Name the file itself.") from None

    def read(self) -> Snapshot:
        """Read every tab as it stood at one moment. Raises WrongUse, RunFailed."""
        self._calls["read"] += 1
        data = read_file(self._real)
        package = Package(data, self.name)
        book = Book(package)
        sheets, refers = read_sheets(package, book, data)
        blocked = why_blocked(package, book)
        notes: tuple[str, ...] = ()
        beside = None
        if blocked or not any(sheet.mark for sheet in sheets):
            beside, theirs = self._read_sibling()
            sheets = _merged(sheets, theirs, prefer_theirs=bool(blocked))
        if blocked:
            notes = (f'{self.name} {blocked}: the tabs are in "{self.sibling.name}" beside it.',)
        elif beside is not None:
            taken = f'Staff\'s columns were taken over from "{self.sibling.name}", which is no longer needed'
            notes = (f"{taken}: the tabs stand in {self.name} itself.",)
        moment = _Moment(data, beside, bool(blocked), refers)
        return Snapshot(sheets=tuple(sheets), token=moment, notes=notes)

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        """Look what is ticked, and whether tabs changed; nothing where the file is open or half saved."""
        return self._peeker.peek(tabs)

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        """Put our tabs in, all or none; return how many cells differ from `snapshot` (0: nothing written).

        What counts as a cell's difference is its value or its note; where only looks differ the tab is
        written and counts as one. Raises Changed, NotOurs, WrongUse, RunFailed; the old file then stands.
        """
        moment = snapshot.token
        assert isinstance(moment, _Moment), "a snapshot of another workbook"
        target, base = self._target(moment)
        remove_leftovers(target)
        package = Package(base, target.name)
        changes = put_tabs(package, tabs, recalculate=moment.refers)
        if not changes:
            self._still(moment)
            return 0

        def last_look() -> None:
            refuse_if_open(target)
            self._still(moment)

        refuse_if_protected(target)
        refuse_if_open(target)
        replace_file(target, package.rebuilt(changes), like=self._real, last_look=last_look)
        self._calls["write"] += 1
        return max(_count(package, tabs, snapshot), 1)

    def _target(self, moment: _Moment) -> tuple[Path, bytes]:
        if not moment.blocked:
            return self._real, moment.main
        if moment.sibling is None:
            return self.sibling, minimal_workbook(self.sibling.name)
        package = Package(moment.sibling, self.sibling.name)
        blocked = why_blocked(package, Book(package))
        if blocked:
            raise WrongUse(f"{self.sibling.name} {blocked}.", "Move it away and run again.")
        return self.sibling, moment.sibling

    def _read_sibling(self) -> tuple[bytes | None, list[Sheet]]:
        path = self.sibling
        if not path.exists():
            return None, []
        data = read_file(path)
        package = Package(data, path.name)
        sheets, _ = read_sheets(package, Book(package), data)
        return data, [sheet for sheet in sheets if sheet.mark]

    def _still(self, moment: _Moment) -> None:
        """Raise Changed unless both files are what was read."""
        same = _same(self._real, moment.main)
        if same and (moment.blocked or moment.sibling is not None):
            same = _same(self.sibling, moment.sibling)
        if not same:
            raise Changed(
                f"{self.name} was saved by somebody else while it was being counted; nothing was written.",
                "Run again.",
            )


def _same(path: Path, data: bytes | None) -> bool:
    if data is None:
        return not path.exists()
    try:
        return path.stat().st_size == len(data) and read_file(path) == data
    except (OSError, WrongUse):
        return False


def _merged(ours: list[Sheet], theirs: list[Sheet], *, prefer_theirs: bool) -> list[Sheet]:
    marks = {sheet.mark for sheet in (theirs if prefer_theirs else ours)}
    if prefer_theirs:
        return [sheet for sheet in ours if not sheet.mark or sheet.mark not in marks] + theirs
    return ours + [sheet for sheet in theirs if sheet.mark not in marks]


def _count(package: Package, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
    book = Book(package)
    count = 0
    for tab in tabs:
        before = next((sheet for sheet in snapshot.sheets if sheet.mark == tab.mark), None)
        position = book.position(tab.mark)
        notes: dict[str, str] = {}
        if position is not None:
            for relation in relations_of(package, book.sheets[position].part):
                if relation.kind == "comments" and relation.part in package:
                    notes = read_notes(package.read(relation.part))
        count += changed_cells(tab, before, notes)
    return count
