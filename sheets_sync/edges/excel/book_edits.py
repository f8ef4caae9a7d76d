"""What changes in xl/workbook.xml: our tabs in the list, our mark, the names of filter and print titles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.edges.excel.book import MARK, Book, reference_to
from sheets_sync.edges.excel.homes import Home
from sheets_sync.edges.excel.names import OFFICE_RELATIONS
from sheets_sync.edges.excel.outline import Edit, Element
from sheets_sync.edges.excel.quoting import escape, quoteattr
from sheets_sync.edges.excel.sheet_xml import defined_names

_ALL_ROWS = "$1:$1048576"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_BUILT_IN = ("_xlnm._filterdatabase", "_xlnm.print_titles")


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    reference: str
    sheet: int | None  # position of the tab that it belongs to
    hidden: bool

    def xml(self, prefix: str) -> str:
        local = f' localSheetId="{self.sheet}"' if self.sheet is not None else ""
        hidden = ' hidden="1"' if self.hidden else ""
        return (
            f"<{prefix}definedName name={quoteattr(self.name)}{local}{hidden}>"
            f"{escape(self.reference)}</{prefix}definedName>"
        )


def edited_book(book: Book, homes: Sequence[Home], new_ids: Mapping[str, str], *, recalculate: bool) -> bytes:
    """Return the workbook part with our tabs in it. `new_ids` are the relations that lead to new tabs."""
    edits = _listed(book, [home for home in homes if home.new], new_ids)
    edits += _named(book, homes)
    if recalculate:
        edits += _recalculated(book)
    return book.outline.edit(edits)


def _listed(book: Book, homes: Sequence[Home], new_ids: Mapping[str, str]) -> list[Edit]:
    outline = book.outline
    sheets = outline.root.first("sheets")
    if sheets is None or not homes:
        return []
    used = [int(element.attributes.get("sheetId", "0")) for element in sheets.all("sheet")]
    prefix = outline.prefix
    relation = outline.prefix_of(OFFICE_RELATIONS)
    declared = "" if relation else f' xmlns:r="{OFFICE_RELATIONS}"'
    text = "".join(
        f'<{prefix}sheet name={quoteattr(home.name)} sheetId="{number}"{declared} '
        f'{relation or "r:"}id="{new_ids[home.part]}"/>'
        for number, home in enumerate(homes, max(used, default=0) + 1)
    )
    return [outline.append(sheets, text.encode())]


def _named(book: Book, homes: Sequence[Home]) -> list[Edit]:
    wanted = {(name.name.casefold(), name.sheet): name for name in _wanted_names(homes)}
    ours = {home.position for home in homes}
    edits = []
    for element in book.defined_names():
        local = element.attributes.get("localSheetId")
        key = element.attributes.get("name", "").casefold(), int(local) if local is not None else None
        if key in wanted and _says(element, wanted[key]):
            del wanted[key]
        elif key in wanted or (key[1] in ours and key[0] in _BUILT_IN):
            edits.append(Edit(element.start, element.end, b""))
    if wanted:
        prefix = book.outline.prefix
        edits.append(_added_names(book, "".join(name.xml(prefix) for name in wanted.values())))
    return edits


def _wanted_names(homes: Sequence[Home]) -> list[_Name]:
    names = []
    for home in homes:
        names.append(_Name(MARK + home.tab.mark, reference_to(home.name, _ALL_ROWS), None, hidden=True))
        for name, reference in defined_names(home.tab, home.name).items():
            names.append(_Name(name, reference, home.position, hidden=name.endswith("_FilterDatabase")))
    return names


def _says(element: Element, name: _Name) -> bool:
    hidden = element.attributes.get("hidden", "0") in ("1", "true")
    return element.text == name.reference and hidden == name.hidden


def _added_names(book: Book, text: str) -> Edit:
    outline = book.outline
    container = outline.root.first("definedNames")
    if container is not None:
        return outline.append(container, text.encode())
    prefix = outline.prefix
    at = max(child.end for child in outline.root.children if child.name in _BEFORE_NAMES)
    return Edit(at, at, f"<{prefix}definedNames>{text}</{prefix}definedNames>".encode())


def _recalculated(book: Book) -> list[Edit]:
    outline = book.outline
    element = outline.root.first("calcPr")
    if element is None:
        before = (*_BEFORE_NAMES, "definedNames")
        at = max(child.end for child in outline.root.children if child.name in before)
        return [Edit(at, at, f'<{outline.prefix}calcPr fullCalcOnLoad="1"/>'.encode())]
    tag = outline.data[element.start : element.inner]
    bare = re.sub(rb"\sfullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag)
    asked = re.sub(rb"(/?>)$", rb' fullCalcOnLoad="1"\1', bare)
    return [Edit(element.start, element.inner, asked)]
