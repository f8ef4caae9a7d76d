"""Adds the tabs of the template to a Google workbook that somebody shares: one read, one atomic write."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheets_sync.edges.google.failures import Refused, Unclear
from sheets_sync.edges.google.mark import chosen_id
from sheets_sync.edges.google.moment import Json, Moment, TabAtRead
from sheets_sync.edges.google.reading import PARAMETERS, understand
from sheets_sync.edges.google.template_tab import Home, dressed, look_of_the_tab
from sheets_sync.ports import Snapshot
from sheets_sync.template_plan import TabToMake, TemplatePlan

if TYPE_CHECKING:
    from sheets_sync.edges.google.client import SheetsClient

Decide = Callable[[Snapshot, Collection[str]], TemplatePlan]
"""Takes the workbook and the names of all its tabs."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was done to the workbook of this title."""

    title: str
    plan: TemplatePlan


def add_tabs(client: SheetsClient, spreadsheet_id: str, decide: Decide) -> Added:
    """Add what `decide` says is missing. Raises RunFailed, WrongUse; then nothing was added.

    Where somebody adds or renames a tab between the read and the write, Google refuses the whole write; where
    an answer is lost, nobody knows whether it was carried out. Either way the workbook is read once more.
    """
    first = _read(client, spreadsheet_id, decide)
    if not first.plan.make:
        return first.added
    try:
        _write(client, spreadsheet_id, first)
    except (Refused, Unclear) as failure:
        second = _read(client, spreadsheet_id, decide)
        if isinstance(failure, Unclear) and not second.plan.make:
            return first.added
        if isinstance(failure, Refused) and second.plan == first.plan:
            raise
        if second.plan.make:
            _write(client, spreadsheet_id, second)
        return second.added
    return first.added


@dataclass(frozen=True)
class _Read:
    moment: Moment
    plan: TemplatePlan

    @property
    def added(self) -> Added:
        return Added(self.moment.title, self.plan)


def _read(client: SheetsClient, spreadsheet_id: str, decide: Decide) -> _Read:
    sheets, moment = understand(client.spreadsheets_get(spreadsheet_id, dict(PARAMETERS)))
    return _Read(moment, decide(Snapshot(sheets), [tab.title for tab in moment.tabs]))


def _write(client: SheetsClient, spreadsheet_id: str, read: _Read) -> None:
    body: Json = {"requests": template_requests(read.plan, read.moment)}
    client.batch_update(spreadsheet_id, body, fields="spreadsheetId", repeat=False)


def template_requests(plan: TemplatePlan, moment: Moment) -> list[Json]:
    """Return the requests of one batchUpdate: first all tabs, so that dropdowns find the tabs they offer."""
    taken = {tab.id for tab in moment.tabs}
    tabs: list[Json] = []
    contents: list[Json] = []
    for made in plan.make:
        read = moment.named(made.title) if made.is_there else None
        home = _home_in(read, made) if read is not None else _new_home(made, taken)
        taken.add(home.sheet_id)
        tabs += _new_tab(made, home) if read is None else _room_in(read, made, home)
        contents += dressed(made, home, plan.lists)
    return [*tabs, *contents]


def _new_home(made: TabToMake, taken: Collection[int]) -> Home:
    return Home(chosen_id(f"template {made.tab.name}", taken), made.tab.room, len(made.tab.columns))


def _home_in(read: TabAtRead, made: TabToMake) -> Home:
    rows = read.row_count + _needed(made)
    return Home(read.id, rows, max(read.column_count, len(made.tab.columns)))


def _needed(made: TabToMake) -> int:
    return 1 + len(made.rows)


def _new_tab(made: TabToMake, home: Home) -> list[Json]:
    look = look_of_the_tab(made)
    grid = {"rowCount": home.rows, "columnCount": home.columns, **look["gridProperties"]}
    properties = {**look, "sheetId": home.sheet_id, "title": made.title, "gridProperties": grid}
    return [{"addSheet": {"properties": properties}}]


def _room_in(read: TabAtRead, made: TabToMake, home: Home) -> list[Json]:
    """Make blank rows at the top: whatever is typed there in this very second moves down and is not lost."""
    more = home.columns - read.column_count
    wider = {"sheetId": read.id, "dimension": "COLUMNS", "length": more}
    top = {"sheetId": read.id, "dimension": "ROWS", "startIndex": 0, "endIndex": _needed(made)}
    look = look_of_the_tab(made)
    fields = ",".join((*(f"gridProperties.{name}" for name in look["gridProperties"]), "tabColorStyle"))
    return [
        *([{"appendDimension": wider}] if more else ()),
        {"insertDimension": {"range": top, "inheritFromBefore": False}},
        {"updateSheetProperties": {"properties": {"sheetId": read.id, **look}, "fields": fields}},
    ]
