"""The workbook part: its tabs in order, which of them are ours, its defined names.

Our mark is a hidden defined name of the whole workbook, "_sheets_sync.compliance", that refers to all rows
of the tab. Excel and LibreOffice keep such a reference when the tab is renamed, moved, sorted or loses
rows; a copy of the tab made by staff does not get it (its copy is a name of that tab alone). A script that
renames the tab leaves the name leading to a tab that is not there; then the code name that we gave it tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sheets_sync.edges.excel.names import MAIN, ROOT_RELATIONS_PART
from sheets_sync.edges.excel.opening import damaged
from sheets_sync.edges.excel.outline import Element
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.relations import outline_of, relations_of

MARK = "_sheets_sync."
MARKS = ("compliance", "problems")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One tab of the list: `part` is its XML; `kind` is worksheet, chartsheet, dialogsheet ...

    `is_hidden` tells that it is not shown, also where only a macro can show it ("veryHidden").
    """

    name: str
    part: str
    kind: str
    mark: str | None
    is_hidden: bool = False


class Book:
    """What xl/workbook.xml says, and where."""

    def __init__(self, package: Package) -> None:
        """Raises WrongUse if there is no workbook in the package or it is broken."""
        found = [r.part for r in relations_of(package, "") if r.kind == "officeDocument"]
        if not found:
            where = (
                "it holds no workbook" if ROOT_RELATIONS_PART in package else "it has no list of its parts"
            )
            raise damaged(package.file_name, where)
        self.part = found[0]
        if self.part.casefold().endswith(".bin"):
            raise damaged(package.file_name, "it is a binary workbook, .xlsb: save it as .xlsx")
        self.outline = outline_of(package, self.part)
        self.relations = relations_of(package, self.part)
        if self.outline.root.name != "workbook":
            raise damaged(package.file_name, "it holds another kind of document, no workbook")
        self.sheets = self._sheets(package)

    @property
    def date1904(self) -> bool:
        """True where day 0 is 1904-01-01, as on old Macs."""
        properties = self.outline.root.first("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in ("1", "true")

    @property
    def transitional(self) -> bool:
        """False for the strict variant, whose names all differ."""
        return self.outline.root.namespace == MAIN and self.outline.utf8

    def defined_names(self) -> list[Element]:
        container = self.outline.root.first("definedNames")
        return list(container.all("definedName")) if container else []

    def position(self, mark: str) -> int | None:
        """Return the 0-based position of the tab that carries `mark`."""
        return next((i for i, sheet in enumerate(self.sheets) if sheet.mark == mark), None)

    def part_of_kind(self, kind: str) -> str | None:
        return next((relation.part for relation in self.relations if relation.kind == kind), None)

    def _sheets(self, package: Package) -> list[BookSheet]:
        targets = {relation.id: relation for relation in self.relations}
        marks = self._marks()
        container = self.outline.root.first("sheets")
        sheets = []
        for element in container.all("sheet") if container else ():
            relation = targets.get(element.attribute("id") or "")
            name = element.attributes.get("name", "")
            if relation is None:
                raise damaged(package.file_name, f'its tab "{name}" leads nowhere')
            hidden = element.attributes.get("state", "visible") != "visible"
            mark = marks.get(name.casefold())
            sheets.append(BookSheet(name, relation.part, relation.kind, mark, hidden))
        known = {sheet.name.casefold() for sheet in sheets}
        for name, mark in marks.items():
            if name not in known and not name.startswith("#"):
                _mark_by_code_name(package, sheets, mark)
        return sheets

    def _marks(self) -> Mapping[str, str]:
        marks = {}
        for element in self.defined_names():
            name = element.attributes.get("name", "").casefold()
            mark = name.removeprefix(MARK)
            if name.startswith(MARK) and mark in MARKS and "localSheetId" not in element.attributes:
                marks[_sheet_named_in(element.text).casefold()] = mark
        return marks


def code_name(mark: str) -> str:
    """Return what our tab is called in code, whatever its name: compliance -> SheetsSyncCompliance."""
    return f"SheetsSync{mark.capitalize()}"


def _mark_by_code_name(package: Package, sheets: list[BookSheet], mark: str) -> None:
    """Mark the tab that bears our code name, if there is exactly one."""
    ours = re.compile(rb"<(?:\w+:)?sheetPr\s[^>]*codeName=[\"']%b[\"']" % code_name(mark).encode())
    found = [
        position
        for position, sheet in enumerate(sheets)
        if sheet.kind == "worksheet"
        and sheet.mark is None
        and sheet.part in package
        and ours.search(next(package.chunks(sheet.part, _HEAD), b""))
    ]
    if len(found) == 1:
        sheets[found[0]] = replace(sheets[found[0]], mark=mark)


def _sheet_named_in(reference: str) -> str:
    """Return the tab of a reference: 'Ana''s tab'!$1:$9 -> Ana's tab."""
    name = reference.strip().rpartition("!")[0].lstrip("$")
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return name


def reference_to(sheet: str, cells: str) -> str:
    """Return a reference to cells of a tab, quoted: "Ana's tab", "$A$1" -> 'Ana''s tab'!$A$1."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cells}"
