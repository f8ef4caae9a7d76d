"""Put our tabs into a package: which parts change, and to what. Everything else is left alone.

Changed are: the XML, notes and relations of our tabs; the workbook's list of tabs and defined names, its
relations, the list of content types, and what is appended to the styles.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from sheets_sync.edges.excel.book import Book, code_name
from sheets_sync.edges.excel.book_edits import edited_book
from sheets_sync.edges.excel.homes import Home, find_homes, free_part
from sheets_sync.edges.excel.names import (
    COMMENTS_TYPE,
    CONTENT_TYPES_PART,
    STYLES_TYPE,
    VML_TYPE,
    WORKSHEET_TYPE,
)
from sheets_sync.edges.excel.notes import blocks_needed, comments_xml, notes_of, vml_drawing
from sheets_sync.edges.excel.outline import Edit, Outline
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.relations import (
    add_relations,
    free_relation_ids,
    new_relations,
    outline_of,
    relations_part,
    set_content_types,
)
from sheets_sync.edges.excel.sheet_xml import Place, addresses_of, notices_of, sheet_xml, uses_of
from sheets_sync.edges.excel.styles import EMPTY_STYLES, StyleSheet, Use
from sheets_sync.views.tab import Tab

Changes = dict[str, bytes | None]


def put_tabs(package: Package, tabs: Sequence[Tab], *, recalculate: bool = False) -> Changes:
    """Return the parts that differ from those of `package` once these tabs stand in it (None: gone).

    `recalculate` asks the office program to compute all formulas when it opens the file, because some refer
    to our tabs. Raises NotOurs, WrongUse.
    """
    book = Book(package)
    homes = find_homes(package, book, tabs)
    splice = _Splice(package, book, homes)
    changes = splice.changes(recalculate=False)
    if changes and recalculate:
        changes = splice.changes(recalculate=True)
    return changes


class _Splice:
    def __init__(self, package: Package, book: Book, homes: Sequence[Home]) -> None:
        self._package = package
        self._book = book
        self._homes = homes
        self._gone = {part for home in homes for part in home.old}
        self._macros = book.part_of_kind("vbaProject") is not None  # there a code name is a module's
        self._types: dict[str, str] = {}
        self._leads: list[tuple[str, str]] = []  # relations that the workbook part needs: kind, part

    def changes(self, *, recalculate: bool) -> Changes:
        self._types, self._leads = {}, []
        parts: Changes = dict.fromkeys(sorted(self._gone))
        numbers, styles = self._styles()
        parts.update(styles)
        taken = {name.casefold() for name in self._package.names if name not in self._gone}
        block = 1
        for home in self._homes:
            parts.update(self._sheet(home, numbers, taken, block))
            block += blocks_needed(home.tab)
        parts.update(self._lists(recalculate=recalculate))
        return {part: body for part, body in parts.items() if not self._same(part, body)}

    def _same(self, part: str, body: bytes | None) -> bool:
        if body is None:
            return part not in self._package
        return part in self._package and self._package.read(part) == body

    def _styles(self) -> tuple[Mapping[Use, int], Changes]:
        part = self._book.part_of_kind("styles")
        if part is None:
            part = posixpath.join(posixpath.dirname(self._book.part), "styles.xml")
            self._leads.append(("styles", part))
            self._types[part] = STYLES_TYPE
            sheet = StyleSheet(Outline(EMPTY_STYLES))
        else:
            sheet = StyleSheet(outline_of(self._package, part))
        numbers = sheet.numbers(set().union(*(uses_of(home.tab) for home in self._homes)))
        return numbers, {part: sheet.edited()}

    def _sheet(self, home: Home, numbers: Mapping[Use, int], taken: set[str], block: int) -> Changes:
        folder = posixpath.dirname(self._book.part)
        has_notes = next(notes_of(home.tab), None) is not None
        addresses = addresses_of(home.tab)
        first = 3 if has_notes else 1  # behind those of the notes
        place = Place(
            numbers=numbers,
            date1904=self._book.date1904,
            tabs={other.tab.name: other.name for other in self._homes},
            view=self._own_view(home),
            notes_id="rId1" if has_notes else "",
            code_name="" if self._macros else code_name(home.tab.mark),
            address_ids={one: f"rId{number}" for number, one in enumerate(addresses, first)},
        )
        parts: Changes = {home.part: sheet_xml(home.tab, place)}
        self._types[home.part] = WORKSHEET_TYPE
        leads: list[tuple[str, str]] = []
        if has_notes:
            comments = free_part(taken, posixpath.join(folder, "comments{}.xml"))
            drawing = free_part(taken, posixpath.join(folder, "drawings/vmlDrawing{}.vml"))
            parts[comments] = comments_xml(home.tab)
            parts[drawing] = vml_drawing(home.tab, block)
            leads = [("vmlDrawing", drawing), ("comments", comments)]
            self._types |= {comments: COMMENTS_TYPE, drawing: VML_TYPE}
        if leads or addresses:
            parts[relations_part(home.part)] = new_relations(leads, addresses)
        return parts

    def _own_view(self, home: Home) -> str:
        """Return what the reader chose for the view of this tab: how large, and whether it is in front."""
        if home.new:
            return ""
        found = re.search(rb"<(?:\w+:)?sheetView\s[^>]*>", self._package.read(home.part))
        chosen = re.findall(
            rb'\s(tabSelected|zoomScale|zoomScaleNormal)="(\d{1,3}|true)"', found[0] if found else b""
        )
        return "".join(f' {name.decode()}="{value.decode()}"' for name, value in sorted(chosen))

    def _lists(self, *, recalculate: bool) -> Changes:
        """Return the workbook part, its relations, and the content types."""
        book, package = self._book, self._package
        stored = relations_part(book.part)
        relations = outline_of(package, stored)
        self._leads += [("worksheet", home.part) for home in self._homes if home.new]
        ids = free_relation_ids(relations, len(self._leads))
        leads = [(id_, kind, part) for id_, (kind, part) in zip(ids, self._leads, strict=True)]
        new_ids = {part: id_ for id_, _, part in leads}
        chain = self._stale_chain()
        types = outline_of(package, CONTENT_TYPES_PART)
        lists: Changes = {
            book.part: edited_book(book, self._homes, new_ids, recalculate=recalculate),
            stored: add_relations(_without(relations, "calcChain") if chain else relations, leads),
            CONTENT_TYPES_PART: set_content_types(
                types, self._types, {*self._gone - set(self._types), *chain}
            ),
        }
        lists.update(dict.fromkeys(chain))
        return lists

    def _stale_chain(self) -> set[str]:
        """Return the list of formulas, to be dropped, where staff had put a formula into one of our tabs.

        It would name a cell that has none any more, which Excel calls damage. It is a list that every
        office program makes anew. The notice of ours stays where it is, and so may its name in the list.
        """
        part = self._book.part_of_kind("calcChain")
        if part is None or part not in self._package:
            return set()
        for home in self._homes:
            if not home.new and _formulas(self._package.read(home.part)) - notices_of(home.tab):
                return {part}
        return set()


def _formulas(sheet: bytes) -> set[str]:
    """Return the cells of a sheet that hold a formula; "" for one whose cell has no address."""
    cells = re.findall(rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f[\s>/]", sheet)
    addresses = (re.search(rb"\sr\s*=\s*[\"']([A-Z]+\d+)[\"']", cell) for cell in cells)
    return {found[1].decode() if found else "" for found in addresses}


def _without(outline: Outline, kind: str) -> Outline:
    edits = [
        Edit(element.start, element.end, b"")
        for element in outline.root.all("Relationship")
        if element.attributes.get("Type", "").endswith(f"/{kind}")
    ]
    return Outline(outline.edit(edits))
