"""What staff do to a workbook in their browsers, as functions on the test server's model.

Each takes the workbook, the hands that do it and three numbers by which it chooses rows, columns and words:
so a test can draw an edit long before anybody knows what the workbook looks like when it is made. What
Google refuses is simply not done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sheets_sync.views.columns import LINE, NAMES, SNOOZE_UNTIL, STAFF_NOTES
from tests.edges.google.a_school import (
    FREQUENCIES,
    GROUPS,
    PROVIDERS,
    SERVICES,
    STARTS,
    STUDENTS,
    Line,
    School,
)
from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests.books import area, do, span
from tests.sheets_server.requests.refused import Refused

COMPLIANCE, PROBLEMS = "compliance", "problems"
FIRST_SNOOZE = 47_000
"""The serial number of a date in 2028: no other cell of the workbook holds one so late."""
WORDS = ("call home", "CALL HOME", "0012")
"""Notes that stand beside several lines."""


@dataclass
class Hands:
    """Whose hands they are: they know the school, and never type the same note twice but on purpose."""

    school: School
    typed: int = 0

    def next(self) -> int:
        self.typed += 1
        return self.typed


Edit = Callable[[Spreadsheet, Hands, int, int, int], None]


def ours(book: Spreadsheet, mark: str = COMPLIANCE) -> Sheet | None:
    """Return the tab that the program made and marked."""
    for sheet in book.sheets:
        values = {one.get("metadataValue") for one in sheet.developer_metadata.values()}
        if f"{mark}:{sheet.id}" in values:
            return sheet
    return None


def header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of the header, and where each of our columns stands by it; None if it is gone."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        name = cell.get("userEnteredValue", {}).get("stringValue")
        if name in NAMES:
            rows.setdefault(row, {}).setdefault(name, column)
    best = max(rows, key=lambda row: len(rows[row]), default=None)
    return None if best is None or len(rows[best]) < 3 else (best, rows[best])


def _type(sheet: Sheet, row: int, column: int, value: Json | None) -> None:
    """Type into a cell; its look and comment stay."""
    kept = dict(sheet.cells.get((row, column), {}).items())
    kept.pop("userEnteredValue", None)
    if value is not None:
        kept["userEnteredValue"] = value
    sheet.cells[(row, column)] = kept


def _row(sheet: Sheet, at: int, below: int = 0) -> int:
    """Choose one of the rows in which anything stands, or one of the next two."""
    last = max((row for row, _ in sheet.cells), default=0)
    return min(below + at % (max(last - below, 0) + 3), sheet.row_count - 1)


# Their two columns


def note(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Write a note beside a line, or below the table: words of its own, common ones, or a formula."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None or STAFF_NOTES not in found[1]:
        return
    words: Json = {"stringValue": f"note {hands.next()}."}
    if b % 6 == 4:
        words = {"stringValue": WORDS[c % len(WORDS)]}
    elif b % 6 == 5:
        words = {"formulaValue": f'="note {hands.next()}."&LEN(A{1 + c % 9})'}
    _type(sheet, _row(sheet, a, found[0] + 1), found[1][STAFF_NOTES], words)


def no_note(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Delete a note or a date."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    name = (STAFF_NOTES, SNOOZE_UNTIL)[b % 2]
    if name in found[1]:
        _type(sheet, _row(sheet, a, found[0] + 1), found[1][name], None)


def snooze(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None or SNOOZE_UNTIL not in found[1]:
        return
    value = {"numberValue": FIRST_SNOOZE + hands.next()}
    _type(sheet, _row(sheet, a, found[0] + 1), found[1][SNOOZE_UNTIL], value)


def own_column(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Put in a column of their own and write into it, beside lines and perhaps above them."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    if c % 2:
        at = a % (sheet.column_count + 1)
        where = span("COLUMNS", at, at + 1, sheet.id)
        do(book, "insertDimension", range=where, inheritFromBefore=at > 0)
    else:
        at = sheet.column_count
        do(book, "appendDimension", sheetId=sheet.id, dimension="COLUMNS", length=1)
    if b % 3:
        _type(sheet, found[0], at, {"stringValue": f"Theirs {hands.next()}"})
    for beside in range(1 + b % 2):
        words = {"stringValue": f"note {hands.next()}."}
        _type(sheet, _row(sheet, b + beside, found[0] + 1), at, words)


def in_own_column(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Write into a column right of ours."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    free = [at for at in range(sheet.column_count) if at not in found[1].values()]
    if free and len(found[1]) == len(NAMES):
        words = {"stringValue": f"note {hands.next()}."}
        _type(sheet, _row(sheet, a, found[0] + 1), free[b % len(free)], words)


# Our columns


def type_over(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Type over a figure, a status, a name; or delete it."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    names = [name for name in found[1] if name not in (STAFF_NOTES, SNOOZE_UNTIL, LINE)]
    at = found[1][names[b % len(names)]]
    value = {"stringValue": f"x{hands.next()}"} if c % 2 else None
    _type(sheet, _row(sheet, a, found[0] + 1), at, value)


def delete_figures(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Mark everything of ours in a row, and press Delete."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    row = _row(sheet, a, found[0] + 1)
    for name, at in found[1].items():
        if name not in (STAFF_NOTES, SNOOZE_UNTIL, LINE):
            _type(sheet, row, at, None)


def delete_key(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Unhide the column of the keys and delete one."""
    sheet = ours(book)
    if sheet is not None and (found := header(sheet)) is not None and LINE in found[1]:
        _type(sheet, _row(sheet, a, found[0] + 1), found[1][LINE], None)


def rename_header(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    names = list(found[1])
    value = {"stringValue": f"Our {hands.next()}"} if b % 2 else None
    _type(sheet, found[0], found[1][names[a % len(names)]], value)


def type_title(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        value = {"stringValue": f"Title {hands.next()}"} if c % 2 else None
        _type(sheet, a % 2, (0, 2, 9, 22)[b % 4], value)


def tick(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Tick a box or take the tick away again; or take the box away, words and rule and all."""
    sheet = ours(book)
    if sheet is None:
        return
    boxes = [at for at, cell in sorted(sheet.cells.items()) if "dataValidation" in cell]
    if not boxes:
        return
    row, column = boxes[a % len(boxes)]
    if c % 4:
        _type(sheet, row, column, {"boolValue": b % 3 > 0})
    else:
        for at in (column - 1, column)[b % 2 :]:
            sheet.cells.pop((row, at), None)


def copy_box(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Copy the first row's boxes somewhere into our columns."""
    sheet = ours(book)
    if sheet is None:
        return
    where = area(0, 1, 5, 7, sheet.id)
    row, column = _row(sheet, a), b % 15
    there = area(row, row + 1, column, column + 2, sheet.id)
    do(book, "copyPaste", source=where, destination=there, pasteType="PASTE_NORMAL")


# Rows and columns


def sort(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Sort by a column: what the filter covers, or everything below the header."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    top = found[0] + 1
    where = area(top, sheet.row_count, 0, sheet.column_count, sheet.id)
    if c % 2 and sheet.basic_filter is not None:
        where = {**sheet.basic_filter["range"], "startRowIndex": top}
    first, end = where.get("startColumnIndex", 0), where.get("endColumnIndex", sheet.column_count)
    by = {
        "dimensionIndex": first + a % max(end - first, 1),
        "sortOrder": ("ASCENDING", "DESCENDING")[b % 2],
    }
    do(book, "sortRange", range=where, sortSpecs=[by])


def insert_rows(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    _insert(book, "ROWS", a, b)


def insert_columns(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    _insert(book, "COLUMNS", a, b)


def delete_rows(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Delete a row or two; in one of three cases those above the table."""
    sheet = ours(book)
    if sheet is not None:
        at = a % 3 if c % 3 == 0 else _row(sheet, a)
        do(book, "deleteDimension", range=span("ROWS", at, at + 1 + b % 2, sheet.id))


def delete_columns(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        at = a % sheet.column_count
        do(book, "deleteDimension", range=span("COLUMNS", at, at + 1 + b % 3, sheet.id))


def move_rows(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        at = _row(sheet, a)
        source = span("ROWS", at, at + 1 + c % 2, sheet.id)
        do(book, "moveDimension", source=source, destinationIndex=_row(sheet, b))


def move_columns(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Move a column or a block of them; merged cells that are in the way are taken apart first, by some."""
    sheet = ours(book)
    if sheet is None:
        return
    if c % 2:
        do(book, "unmergeCells", range={"sheetId": sheet.id})
    at = a % sheet.column_count
    source = span("COLUMNS", at, at + 1 + (c // 2) % 6, sheet.id)
    do(book, "moveDimension", source=source, destinationIndex=b % (sheet.column_count + 1))


def copy_row(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Copy a row whole, into a row that was inserted for it or over another."""
    sheet = ours(book)
    if sheet is None or (found := header(sheet)) is None:
        return
    row, to = _row(sheet, a, found[0] + 1), _row(sheet, b, found[0] + 1)
    if c % 3:
        do(book, "insertDimension", range=span("ROWS", to, to + 1, sheet.id), inheritFromBefore=True)
        row += row >= to
    where, there = (area(at, at + 1, 0, sheet.column_count, sheet.id) for at in (row, to))
    do(book, "copyPaste", source=where, destination=there, pasteType="PASTE_NORMAL")


def _insert(book: Spreadsheet, dimension: str, a: int, b: int) -> None:
    sheet = ours(book)
    if sheet is None:
        return
    at = _row(sheet, a) if dimension == "ROWS" else a % (sheet.column_count + 1)
    where = span(dimension, at, at + 1 + b % 3, sheet.id)
    do(book, "insertDimension", range=where, inheritFromBefore=at > 0)


# Looks, filters, protection


def unmerge(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        do(book, "unmergeCells", range={"sheetId": sheet.id})


def merge(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Merge two cells of a row above the table, where nothing of theirs stands."""
    sheet = ours(book)
    if sheet is not None:
        at = a % sheet.column_count
        do(book, "mergeCells", range=area(b % 2, b % 2 + 1, at, at + 2, sheet.id), mergeType="MERGE_ALL")


def set_filter(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Choose in the filter's menu which rows are shown."""
    sheet = ours(book)
    if sheet is None or sheet.basic_filter is None:
        return
    place = sheet.basic_filter["range"]
    column = place.get("startColumnIndex", 0) + a % 8
    criteria = ({"hiddenValues": [STUDENTS[b % 3]]}, {"condition": {"type": "NOT_BLANK"}})[c % 2]
    specs = [{"columnIndex": column, "filterCriteria": criteria}]
    do(book, "setBasicFilter", filter={"range": place, "filterSpecs": specs})


def clear_filter(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        do(book, "clearBasicFilter", sheetId=sheet.id)


def hide(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Hide or show rows or columns."""
    sheet = ours(book)
    if sheet is None:
        return
    dimension = ("ROWS", "COLUMNS")[b % 2]
    at = _row(sheet, a) if dimension == "ROWS" else a % sheet.column_count
    where = span(dimension, at, at + 1, sheet.id)
    properties = {"hiddenByUser": c % 2 == 0}
    do(book, "updateDimensionProperties", range=where, properties=properties, fields="hiddenByUser")


def protect(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Let Google ask before somebody edits, or take every such warning of ours away."""
    sheet = ours(book)
    if sheet is None:
        return
    if c % 2:
        for key in list(sheet.protected_ranges):
            do(book, "deleteProtectedRange", protectedRangeId=key)
    else:
        where = area(a % 5, a % 5 + 2, 0, 4, sheet.id)
        do(book, "addProtectedRange", protectedRange={"range": where, "warningOnly": True})


def freeze(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        grid = {"frozenRowCount": a % 4, "frozenColumnCount": b % 3}
        do(
            book,
            "updateSheetProperties",
            properties={"sheetId": sheet.id, "gridProperties": grid},
            fields="gridProperties.frozenRowCount,gridProperties.frozenColumnCount",
        )


def paint(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book)
    if sheet is not None:
        at, column = _row(sheet, a), b % sheet.column_count
        cell = {"userEnteredFormat": {"backgroundColorStyle": {"rgbColor": {"red": 1, "green": 0.5}}}}
        where = area(at, at + 1, column, min(column + 3, sheet.column_count), sheet.id)
        do(book, "repeatCell", range=where, cell=cell, fields="userEnteredFormat.backgroundColorStyle")


# Tabs


def rename_tab(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Rename a tab of ours; now and then another takes its name."""
    sheet = ours(book, (COMPLIANCE, PROBLEMS)[a % 2])
    if sheet is None:
        return
    name = sheet.title
    rename(book, sheet.id, f"It's ours {hands.next()}")
    if b % 3 == 0 and (other := book.sheet_named("Lunch")) is not None:
        rename(book, other.id, name)


def delete_tab(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book, (COMPLIANCE, PROBLEMS)[a % 2]) if b % 2 else book.sheet_named("Room list")
    if sheet is not None:
        do(book, "deleteSheet", sheetId=sheet.id)


def duplicate_tab(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = ours(book, (COMPLIANCE, PROBLEMS)[a % 2])
    if sheet is not None and len(book.sheets) < 12:
        do(book, "duplicateSheet", sourceSheetId=sheet.id, insertSheetIndex=b % (len(book.sheets) + 1))


def move_tab(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    sheet = book.sheets[a % len(book.sheets)]
    properties = {"sheetId": sheet.id, "index": b % (len(book.sheets) + 1)}
    do(book, "updateSheetProperties", properties=properties, fields="index")


def edit_others(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Type into a tab that is no concern of the program's, and name it in a formula."""
    sheet = book.sheet_named("Room list")
    if sheet is not None:
        _type(sheet, a % 6, b % 4, {"stringValue": f"x{hands.next()}"})


def edit_problems(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Sort, insert, delete or type on the tab of problems."""
    sheet = ours(book, PROBLEMS)
    if sheet is None:
        return
    row = _row(sheet, a)
    if c % 4 == 0:
        where = area(min(3, sheet.row_count - 1), sheet.row_count, 0, sheet.column_count, sheet.id)
        by = {"dimensionIndex": b % sheet.column_count, "sortOrder": ("ASCENDING", "DESCENDING")[a % 2]}
        do(book, "sortRange", range=where, sortSpecs=[by])
    elif c % 4 == 1:
        do(book, "insertDimension", range=span("ROWS", row, row + 1, sheet.id), inheritFromBefore=row > 0)
    elif c % 4 == 2:
        do(book, "deleteDimension", range=span("ROWS", row, row + 1, sheet.id))
    else:
        _type(sheet, row, b % sheet.column_count, {"stringValue": f"x{hands.next()}"})


def rename(book: Spreadsheet, sheet_id: int, title: str) -> None:
    properties = {"sheetId": sheet_id, "title": title}
    do(book, "updateSheetProperties", properties=properties, fields="title")


# The school


def add_line(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Add a line to the grid, among the others; perhaps one that differs from another in the provider
    alone."""
    like = Line(
        STUDENTS[a % len(STUDENTS)],
        SERVICES[(a // 6) % len(SERVICES)],
        PROVIDERS[b % len(PROVIDERS)],
        STARTS[(b // 3) % len(STARTS)],
        missed=c % 2 == 1,
    )
    lines = hands.school.lines
    if len(lines) < 8 and like.like not in {line.like for line in lines}:
        lines.insert(c % (len(lines) + 1), like)
    hands.school.put_into(book)


def remove_line(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    lines = hands.school.lines
    if len(lines) > 1:
        del lines[a % len(lines)]
    hands.school.put_into(book)


def change_line(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    """Move a line's start date, or change its provider, group, frequency or student."""
    lines = hands.school.lines
    if lines:
        at = a % len(lines)
        fields: tuple[Mapping[str, Any], ...] = (
            {"start": STARTS[c % len(STARTS)]},
            {"provider": PROVIDERS[c % len(PROVIDERS)]},
            {"group": GROUPS[c % len(GROUPS)]},
            {"frequency": FREQUENCIES[c % len(FREQUENCIES)]},
            {"student": STUDENTS[c % len(STUDENTS)]},
            {"missed": c % 2 == 1},
        )
        new = replace(lines[at], **fields[b % len(fields)])
        if new.like not in {line.like for line in lines[:at] + lines[at + 1 :]}:
            lines[at] = new
    hands.school.put_into(book)


def reorder_lines(book: Spreadsheet, hands: Hands, a: int, b: int, c: int) -> None:
    lines = hands.school.lines
    lines.insert(b % max(len(lines), 1), lines.pop(a % len(lines)))
    hands.school.put_into(book)


ON_OUR_TAB: tuple[Edit, ...] = (
    note,
    no_note,
    snooze,
    own_column,
    in_own_column,
    type_over,
    delete_figures,
    delete_key,
    rename_header,
    type_title,
    tick,
    copy_box,
    sort,
    insert_rows,
    insert_columns,
    delete_rows,
    delete_columns,
    move_rows,
    move_columns,
    copy_row,
    unmerge,
    merge,
    set_filter,
    clear_filter,
    hide,
    protect,
    freeze,
    paint,
)
AROUND: tuple[Edit, ...] = (
    rename_tab,
    delete_tab,
    duplicate_tab,
    move_tab,
    edit_others,
    edit_problems,
    add_line,
    remove_line,
    change_line,
    reorder_lines,
)
EDITS: Mapping[str, Edit] = {edit.__name__: edit for edit in (*ON_OUR_TAB, *AROUND)}


def make(book: Spreadsheet, hands: Hands, name: str, a: int, b: int, c: int) -> None:
    """Do one edit; what Google refuses leaves everything as it was."""
    tried = book.copy()
    with suppress(Refused):
        EDITS[name](tried, hands, a, b, c)
        book.sheets, book.named_ranges = tried.sheets, tried.named_ranges
