"""What of the template a workbook that is in use already still lacks; what stands in it is never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.config import Config
from sheets_sync.intake.header_row import find_header
from sheets_sync.intake.names import name_key
from sheets_sync.intake.tab_finder import fitting_tabs
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount
from sheets_sync.sample.staff_tabs import STAFF_TABS, StaffTab, TypedRow
from sheets_sync.template import example_rows


@dataclass(frozen=True, slots=True)
class TabToMake:
    """A tab that the workbook lacks. `title` is what it is to be called here; `rows` stand below its header.

    `is_there`: it is there with nothing in it, and only has to be filled.
    """

    tab: StaffTab
    title: str
    rows: tuple[TypedRow, ...]
    is_there: bool = False


@dataclass(frozen=True, slots=True)
class TabLeft:
    """A tab that is there already and is left as it is.

    `problem` says what would stop a run there (a required column that it lacks), "" if nothing; `remedy`
    what would do.
    """

    tab: str
    title: str
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The cells below a header: 0-based `column`, 0-based first `row`."""

    title: str
    column: int
    row: int


@dataclass(frozen=True)
class TemplatePlan:
    """Everything that is added. `lists` are the columns whose words dropdowns offer, by (tab, header)."""

    make: tuple[TabToMake, ...]
    left: tuple[TabLeft, ...]
    lists: Mapping[tuple[str, str], Place]


def plan_template(
    snapshot: Snapshot, titles: Collection[str], config: Config, today: date | None
) -> TemplatePlan:
    """Decide which tabs are added to a workbook.

    A tab is there under every name by which a run would find it. The example student comes along only
    where no tab is in use yet: among real students she would be one too many. `titles` are the names of all
    tabs, charts among them. `today`: as for `example_rows`.
    """
    taken = {title.casefold() for title in titles}
    make: list[TabToMake] = []
    left: list[TabLeft] = []
    lists: dict[tuple[str, str], Place] = {}
    for tab in STAFF_TABS:
        title = config.names.tabs.get(tab.name, tab.name)
        try:
            sheet = next(iter(fitting_tabs(tab.name, _staffs(snapshot, config), config.names.tabs)), None)
        except CannotCount as stop:
            left.append(TabLeft(tab.name, title, stop.what, stop.remedy))
            continue
        if sheet is not None and not _is_empty(sheet):
            left.append(_left(tab, sheet, config.names.columns.get(tab.name, {}), lists))
        elif sheet is None and title.casefold() in taken:
            left.append(_no_room(tab, title))
        else:
            made = TabToMake(tab, sheet.name if sheet else title, (), is_there=sheet is not None)
            make.append(made)
            lists |= {(tab.name, one.header): Place(made.title, at, 1) for at, one in enumerate(tab.columns)}
    examples = {} if left else example_rows(today)
    made_tabs = (replace(one, rows=tuple(examples.get(one.tab.name, ()))) for one in make)
    return TemplatePlan(tuple(made_tabs), tuple(left), lists)


def _staffs(snapshot: Snapshot, config: Config) -> list[Sheet]:
    """Return the tabs that are none of ours, as a run looks for staff's."""
    ours = {name_key(config.compliance.tab), name_key(config.compliance.problems_tab)}
    return [sheet for sheet in snapshot.sheets if sheet.mark is None and name_key(sheet.name) not in ours]


def _is_empty(sheet: Sheet) -> bool:
    return not sheet.merged and all(cell is None for row in sheet.rows for cell in row)


def _left(
    tab: StaffTab, sheet: Sheet, configured: Mapping[str, str], lists: dict[tuple[str, str], Place]
) -> TabLeft:
    """Describe a tab that is left, and note where its columns stand."""
    try:
        header = find_header(sheet, tab.name, configured)
    except CannotCount as stop:
        return TabLeft(tab.name, sheet.name, stop.what, stop.remedy)
    for name, column in header.columns.items():
        lists[tab.name, name] = Place(sheet.name, column, header.row)
    return TabLeft(tab.name, sheet.name)


def _no_room(tab: StaffTab, title: str) -> TabLeft:
    return TabLeft(
        tab.name,
        title,
        f'the {tab.name} was not added: another tab, which cannot be it, is called "{title}"',
        f'rename that tab, or give ours another name in the configuration: [tabs] "{tab.name}" = "..."',
    )
