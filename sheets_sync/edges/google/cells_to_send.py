"""Which cells are sent: those that hold, note, look or lead otherwise than what was read, and no others.

Below the header nothing is written into staff's columns and that of the keys but into rows and columns that
this very write inserts: whatever staff do meanwhile, a key and what stands beside it stay together. A key
that is to go, and a header over these columns that staff renamed, are found by what they say, not by their
place. The header is ours, but for columns that staff put in. Looks are ours wherever staff gave the cell none
of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sheets_sync.edges.google.address import tab_link
from sheets_sync.edges.google.blocks import Block, Place, blocks_of
from sheets_sync.edges.google.columns import header_at, staff_columns_of, width_of
from sheets_sync.edges.google.formats import cell_format, linked_text, seen, seen_as
from sheets_sync.edges.google.layout import Layout
from sheets_sync.edges.google.moment import CellAtRead, Json
from sheets_sync.edges.google.values_to_send import extended_value, holds, plain_text
from sheets_sync.views.tab import OutCell, OutValue, StaleNotice, Style, Tab

BLANK = OutCell()
"""Where the tab has no cell; the look that it would have is not sent."""

VALUE, NOTE, BOTH = "userEnteredValue", "note", "userEnteredValue,note"

Links = Mapping[str, int]
"""The id of each tab that a link can lead to, by its name."""


@dataclass
class CellsToSend:
    """What is sent of the cells. `looks`: None for a cell that is to have none. `renamed`: what a header says
    and what it is to say. `forgotten`: keys that are to go, and in which column they stand."""

    values: dict[Place, OutValue] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)
    looks: dict[Place, Style | None] = field(default_factory=dict)
    links: dict[Place, tuple[Style, str]] = field(default_factory=dict)
    renamed: dict[Place, tuple[str, str]] = field(default_factory=dict)
    forgotten: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many cells hold or note something else; a notice shows and goes by itself, and is none."""
        held = {place for place, value in self.values.items() if not isinstance(value, StaleNotice)}
        return len(held | self.notes.keys() | self.renamed.keys())

    def requests(self, sheet_id: int) -> Iterator[Json]:
        """Yield the requests: looks first, for they take links away; links last, on what the cell holds."""
        for key, column in self.forgotten.items():
            where = {"sheetId": sheet_id, "startColumnIndex": column, "endColumnIndex": column + 1}
            yield _find_and_replace(where, key, "")
        for (row, column), (old, new) in self.renamed.items():
            cell = Block(None, row, row + 1, column, column + 1)
            yield _find_and_replace(cell.grid_range(sheet_id), old, new)
        yield from _look_requests(self.looks, sheet_id)
        kinds = {
            place: BOTH
            if place in self.values and place in self.notes
            else VALUE
            if place in self.values
            else NOTE
            for place in self.values.keys() | self.notes.keys()
        }
        for block in blocks_of(kinds):
            rows = [
                {"values": [self._cell((row, column)) for column in range(block.left, block.right)]}
                for row in range(block.top, block.bottom)
            ]
            yield _update_cells(sheet_id, (block.top, block.left), rows, block.kind)
        yield from self._link_requests(sheet_id)

    def _cell(self, place: Place) -> Json:
        cell: Json = {}
        if place in self.values and (value := extended_value(self.values[place])) is not None:
            cell[VALUE] = value
        if self.notes.get(place):
            cell[NOTE] = self.notes[place]
        return cell

    def _link_requests(self, sheet_id: int) -> Iterator[Json]:
        for block in blocks_of(dict.fromkeys(self.links, "link")):
            rows = [
                {
                    "values": [
                        {"userEnteredFormat": {"textFormat": linked_text(*self.links[(row, column)])}}
                        for column in range(block.left, block.right)
                    ]
                }
                for row in range(block.top, block.bottom)
            ]
            yield _update_cells(sheet_id, (block.top, block.left), rows, "userEnteredFormat.textFormat")


def cells_of_a_new_tab(tab: Tab, links: Links) -> CellsToSend:
    """Return every cell of the tab."""
    found = CellsToSend()
    for row, cells in enumerate(tab.rows):
        for column, cell in enumerate(cells):
            _compare(found, (row, column), cell, CellAtRead(), links)
    return found


def cells_to_send(layout: Layout, links: Links) -> CellsToSend:
    """Return what differs."""
    tab = layout.tab
    found = CellsToSend()
    staff = staff_columns_of(tab)
    for row in range(len(layout.rows)):
        cells = tab.rows[row] if row < len(tab.rows) else ()
        for column in range(min(width_of(tab), len(layout.columns))):
            cell = cells[column] if column < len(cells) else None
            before = layout.before(row, column)
            place = (row, column)
            if row in layout.held and column < tab.frozen[1]:
                if (line := layout.held[row]) is not None:
                    _compare(found, place, tab.rows[line][column], before, links)
            elif before is None:
                _compare(found, place, cell, before, links)
            elif _is_our_header(tab, place):
                _compare(found, place, cell, before, links)
                if column in staff or column == tab.key:
                    _rename(found, place, before)
            elif column in staff:
                _compare_look(found, place, cell, before)
            elif column == tab.key and row > header_at(tab):
                _compare_key(found, place, cell, before)
            else:
                _compare(found, place, cell, before, links)
    if tab.key is not None:
        found.forgotten = dict.fromkeys(sorted(layout.forgotten), tab.key)
    return found


def _is_our_header(tab: Tab, place: Place) -> bool:
    return tab.key is not None and place[0] == header_at(tab) and place[1] <= tab.key


def _compare(
    found: CellsToSend, place: Place, cell: OutCell | None, before: CellAtRead | None, links: Links
) -> None:
    """Note what differs from what was read; `before` None: a new cell, which has its neighbour's look.

    A link that leads elsewhere goes with the look, in what is sent bare too (bare.py): there a cell may come
    without its link, but never with the one of a cell that it no longer names.
    """
    wanted = cell or BLANK
    was = before or CellAtRead()
    if not holds(was, wanted.value):
        found.values[place] = wanted.value
    if plain_text(wanted.note) != was.note:
        found.notes[place] = plain_text(wanted.note)
    style = cell.style if cell else None
    uri = _address(wanted, links)
    new_look = before is None or seen(was) != seen_as(style) or was.link not in ("", uri)
    if new_look:
        found.looks[place] = style
    if uri and (new_look or place in found.values or uri != was.link):
        found.links[place] = (wanted.style, uri)


def _compare_look(found: CellsToSend, place: Place, cell: OutCell | None, before: CellAtRead) -> None:
    """A cell of staff's: a colour that they gave it stays; one of ours, which an inserted column takes over,
    goes. A number, a date or a time keeps its look, for with ours it would be a text or another number. Where
    the line is gone and nothing is written on it, the cell looks like nothing."""
    look = seen(before)
    if cell is not None:
        is_plain = before.value is None or isinstance(before.value, str)
        if is_plain and look != seen_as(cell.style) and (not look[0] or look in _OF_OUR_COLUMNS):
            found.looks[place] = cell.style
    elif before.value is None and look in _OF_STAFFS_COLUMNS:
        found.looks[place] = None


_OF_STAFFS_COLUMNS = frozenset(map(seen_as, (Style.STAFF_TEXT, Style.STAFF_DATE)))
_OF_OUR_COLUMNS = frozenset(map(seen_as, Style)) - _OF_STAFFS_COLUMNS


def _compare_key(found: CellsToSend, place: Place, cell: OutCell | None, before: CellAtRead) -> None:
    """A key stays where it is."""
    style = cell.style if cell else None
    if seen(before) != seen_as(style):
        found.looks[place] = style


def _rename(found: CellsToSend, place: Place, before: CellAtRead) -> None:
    """Let a header that is to say something else be found by what it says."""
    wanted = found.values.get(place)
    if isinstance(before.value, str) and isinstance(wanted, str) and not before.formula:
        found.renamed[place] = (before.value, wanted)
        del found.values[place]


def _address(cell: OutCell, links: Links) -> str:
    if cell.address:
        return cell.address
    if cell.link is None or cell.link[0] not in links:
        return ""
    name, target = cell.link
    return f"{tab_link(links[name])}{target}"


def _find_and_replace(where: Json, old: str, new: str) -> Json:
    exactly = {"matchCase": True, "matchEntireCell": True}
    return {"findReplace": {"find": old, "replacement": new, "range": where, **exactly}}


def _look_requests(looks: Mapping[Place, Style | None], sheet_id: int) -> Iterator[Json]:
    for block in blocks_of(looks):
        cell = {} if block.kind is None else {"userEnteredFormat": cell_format(block.kind)}
        where = block.grid_range(sheet_id)
        yield {"repeatCell": {"range": where, "cell": cell, "fields": "userEnteredFormat"}}


def _update_cells(sheet_id: int, start: Place, rows: Iterable[Json], fields: str) -> Json:
    where = {"sheetId": sheet_id, "rowIndex": start[0], "columnIndex": start[1]}
    return {"updateCells": {"start": where, "rows": list(rows), "fields": fields}}
