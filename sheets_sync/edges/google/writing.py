"""Our tabs and the moment of the read -> everything that is sent in one write, and what must come of it.

One `spreadsheets.batchUpdate`, all of it or nothing. It may be sent twice where nobody knows whether the
first was carried out: values, looks and sizes come out the same, a tab of a chosen id is made once, and a
write that moves or inserts carries a ticket (ticket.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheets_sync.edges.google.anchors import anchor_requests, anchors_of_a_new_tab, held_requests
from sheets_sync.edges.google.cells_to_send import CellsToSend, cells_of_a_new_tab, cells_to_send
from sheets_sync.edges.google.checkboxes import box_requests, rules_of_boxes
from sheets_sync.edges.google.columns import width_of
from sheets_sync.edges.google.expected import Expected, expected_of
from sheets_sync.edges.google.filters import filter_requests, view_requests
from sheets_sync.edges.google.formats import colour
from sheets_sync.edges.google.layout import Layout, layout_of
from sheets_sync.edges.google.mark import chosen_id, mark_request
from sheets_sync.edges.google.merges import (
    merge_requests,
    merges_at_read,
    unmerge_request,
    wanted_merges,
)
from sheets_sync.edges.google.moment import Json, Moment, TabAtRead
from sheets_sync.edges.google.protection import protection_requests
from sheets_sync.edges.google.sizes import sizes_of_a_new_tab, sizes_to_send
from sheets_sync.edges.google.ticket import ticket_requests
from sheets_sync.tab_names import check_names, no_name
from sheets_sync.views.tab import Tab

LONGEST_NAME = 100
NUMBERS_A_TAB = 1000
"""How many numbers the ticket and the anchors of one tab may need."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What one write sends. `changed` counts cells that will hold or note something else; `expected` is what
    the reply must show of tabs that were there before."""

    requests: list[Json] = field(repr=False)
    changed: int
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """`account` writes; `ticket` is a number that no earlier write had, and so are the next thousands."""

    account: str
    ticket: int


def plan(tabs: Sequence[Tab], moment: Moment, who: Who) -> Writing:
    """Return everything that differs; no requests where nothing does. Raises NotOurs, WrongUse."""
    _check_names(tabs, moment)
    links = {tab.title: tab.id for tab in moment.tabs if tab.grid}
    requests: list[Json] = []
    changed, added = 0, 0
    expected: list[Expected] = []
    for number, tab in enumerate(tabs):
        read = moment.ours.get(tab.mark)
        if read is None:
            home = _Home(chosen_id(tab.mark, {one.id for one in moment.tabs}), len(moment.tabs) + added)
            cells = cells_of_a_new_tab(tab, links)
            requests += _new_tab(tab, home, cells, _for(who, number))
            added += 1
        else:
            layout = layout_of(tab, read)
            cells = cells_to_send(layout, links)
            changes = _changes(layout, cells, _for(who, number))
            if changes:
                changes += box_requests(tab, read.id, len(layout.rows))
                requests += [*held_requests(layout), *changes]
            expected.append(expected_of(layout, cells))
        changed += cells.changed
    return Writing(requests, changed, tuple(expected) if requests else ())


def _for(who: Who, number: int) -> Who:
    """Return who writes the tab of this number, from 0, with numbers that the other tabs do not take."""
    return Who(who.account, who.ticket + number * NUMBERS_A_TAB)


@dataclass(frozen=True, slots=True)
class _Home:
    sheet_id: int
    index: int


def _new_tab(tab: Tab, home: _Home, cells: CellsToSend, who: Who) -> list[Json]:
    sheet_id = home.sheet_id
    properties: Json = {
        "sheetId": sheet_id,
        "title": tab.name,
        "index": home.index,
        "gridProperties": {
            "rowCount": max(len(tab.rows), tab.frozen[0] + 1),
            "columnCount": max(width_of(tab), tab.frozen[1] + 1),
            "frozenRowCount": tab.frozen[0],
            "frozenColumnCount": tab.frozen[1],
            "hideGridlines": True,
        },
    }
    if tab.colour:
        properties["tabColorStyle"] = colour(tab.colour)
    return [
        {"addSheet": {"properties": properties}},
        mark_request(tab.mark, sheet_id),
        *cells.requests(sheet_id),
        *rules_of_boxes(tab, sheet_id),
        *merge_requests(wanted_merges(tab), sheet_id),
        *sizes_of_a_new_tab(tab, sheet_id),
        *filter_requests(tab, sheet_id, None, None, moved=False),
        *view_requests(tab, sheet_id, (), moved=False),
        *protection_requests(tab, sheet_id, width_of(tab), (), who.account, moved=False),
        *anchors_of_a_new_tab(tab, sheet_id, who.ticket + 1),
    ]


def _changes(layout: Layout, cells: CellsToSend, who: Who) -> list[Json]:
    tab, read = layout.tab, layout.read
    moves = layout.requests()
    moved = bool(moves)
    wanted = wanted_merges(tab)
    merged_anew = moved or set(merges_at_read(read)) != set(wanted)
    return [
        *(ticket_requests(read, who.ticket) if moved else ()),
        *([unmerge_request(read.id)] if merged_anew and read.merges else ()),
        *moves,
        *_properties(tab, read, moved=moved),
        *cells.requests(read.id),
        *(merge_requests(wanted, read.id) if merged_anew else ()),
        *sizes_to_send(layout),
        *filter_requests(tab, read.id, read.basic_filter, layout.columns, moved=moved),
        *view_requests(tab, read.id, read.filter_views, moved=moved),
        *protection_requests(
            tab, read.id, len(layout.columns), read.protected_ranges, who.account, moved=moved
        ),
        *anchor_requests(layout, who.ticket + 1),
    ]


def _properties(tab: Tab, read: TabAtRead, *, moved: bool) -> list[Json]:
    """Freeze and colour. What is inserted among frozen rows or columns is frozen too, and no merged cells may
    be frozen in part: so this comes behind the moves and before the merging."""
    properties: Json = {"sheetId": read.id}
    fields = []
    if moved or read.frozen != tab.frozen:
        rows, columns = tab.frozen
        properties["gridProperties"] = {"frozenRowCount": rows, "frozenColumnCount": columns}
        fields += ["gridProperties.frozenRowCount", "gridProperties.frozenColumnCount"]
    if tab.colour and read.colour != tab.colour:
        properties["tabColorStyle"] = colour(tab.colour)
        fields.append("tabColorStyle")
    if not fields:
        return []
    return [{"updateSheetProperties": {"properties": properties, "fields": ",".join(fields)}}]


def _check_names(tabs: Sequence[Tab], moment: Moment) -> None:
    """Raise NotOurs, WrongUse where a tab that is to be made cannot have its name."""
    new = [tab for tab in tabs if tab.mark not in moment.ours]
    for tab in new:
        if not tab.name.strip() or len(tab.name) > LONGEST_NAME:
            raise no_name(tab.mark, tab.name, f"at most {LONGEST_NAME} characters")
    check_names({tab.mark: tab.name for tab in new}, [one.title for one in moment.tabs])
