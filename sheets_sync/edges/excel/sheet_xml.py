"""One of our tabs as the XML of a worksheet (ECMA-376 part 1, 18.3.1.99, whose order of elements it keeps).

Text is always an inline string, never a formula, and the workbook's shared strings stay as they are. The
one formula is a constant of the program: the notice that the tab is old. Dates are days since 1899-12-30
(or 1904-01-01 where the workbook says so).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sheets_sync.boxes import BLANK, TICKED, shown
from sheets_sync.edges.excel.book import reference_to
from sheets_sync.edges.excel.names import MAIN, OFFICE_RELATIONS, XML_HEAD
from sheets_sync.edges.excel.quoting import escape, quoteattr
from sheets_sync.edges.excel.styles import Use
from sheets_sync.edges.excel.text import cell_text, needs_quote
from sheets_sync.problems import a1, column_letter
from sheets_sync.views.tab import Box, OutCell, OutValue, StaleNotice, Style, Tab

_EPOCH = date(1899, 12, 30)
_DAYS_TO_1904 = 1462
_FIRST_SURE_DAY = 61  # 1900-03-01: before it Excel counts a 29 February 1900 that never was
_WIDEST = 255
_TALLEST = 409


@dataclass(frozen=True, slots=True)
class Place:
    """What the sheet's XML depends on beside the tab itself.

    `tabs` maps the name a link asks for to what that tab is called in this workbook. `view` are attributes
    of the sheet view that are the reader's own (zoom, which tab is in front). `code_name`: "" for none.
    `address_ids` are the relations that lead to other workbooks, by their addresses.
    """

    numbers: Mapping[Use, int]
    date1904: bool = False
    tabs: Mapping[str, str] = field(default_factory=dict)
    view: str = ""
    notes_id: str = ""
    code_name: str = ""
    address_ids: Mapping[str, str] = field(default_factory=dict)


def uses_of(tab: Tab) -> set[Use]:
    """Return every look that the tab's cells need."""
    return {_use(cell) for row in tab.rows for cell in row}


def _use(cell: OutCell) -> Use:
    return cell.style, isinstance(cell.value, str) and needs_quote(cell.value)


def sheet_xml(tab: Tab, place: Place) -> bytes:
    """Write the whole part."""
    parts = [
        XML_HEAD.decode(),
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONS}">',
        f'<sheetPr codeName="{place.code_name}">' if place.code_name else "<sheetPr>",
        f'<tabColor rgb="FF{tab.colour}"/>' if tab.colour else "",
        '<pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="A1:{_corner(tab)}"/>',
        _view(tab, place.view),
        '<sheetFormatPr defaultRowHeight="15"/>',
        _columns(tab),
        *_rows(tab, place),
        f'<autoFilter ref="{filter_range(tab)}"/>' if tab.filter_row else "",
        _merges(tab),
        _checks(tab),
        _links(tab, place),
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
        '<pageSetup orientation="landscape" fitToHeight="0"/>',
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>",
        f'<legacyDrawing r:id="{place.notes_id}"/>' if place.notes_id else "",
        "</worksheet>",
    ]
    return "".join(parts).encode()


def filter_range(tab: Tab) -> str:
    """Return the A1 range of the filter: its header row down to the last row."""
    width = len(tab.rows[tab.filter_row - 1])
    last = max(len(tab.rows), tab.filter_row)
    return f"A{tab.filter_row}:{a1(last, max(width, 1) - 1)}"


def defined_names(tab: Tab, name: str) -> dict[str, str]:
    """Return the built-in names that belong to the tab called `name`: filter and header rows for print."""
    names = {}
    if tab.filter_row:
        start, end = filter_range(tab).split(":")
        names["_xlnm._FilterDatabase"] = reference_to(name, f"{_fixed(start)}:{_fixed(end)}")
        names["_xlnm.Print_Titles"] = reference_to(name, f"${tab.filter_row}:${tab.filter_row}")
    return names


def _fixed(address: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", address)


def _corner(tab: Tab) -> str:
    return a1(max(len(tab.rows), 1), max([1, *map(len, tab.rows)]) - 1)


def _view(tab: Tab, own: str) -> str:
    rows, columns = tab.frozen
    if not rows and not columns:
        return f'<sheetViews><sheetView{own} workbookViewId="0"/></sheetViews>'
    split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    pane = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    first = a1(rows + 1, columns)
    return (
        f'<sheetViews><sheetView showGridLines="0"{own} workbookViewId="0">'
        f'<pane{split} topLeftCell="{first}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}" activeCell="{first}" sqref="{first}"/></sheetView></sheetViews>'
    )


def _columns(tab: Tab) -> str:
    if not tab.widths:
        return ""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{min(width, _WIDEST):g}" customWidth="1"'
        + (' hidden="1"/>' if number - 1 in tab.hidden else "/>")
        for number, width in enumerate(tab.widths, 1)
    )
    return f"<cols>{columns}</cols>"


def _rows(tab: Tab, place: Place) -> list[str]:
    heights = dict(tab.heights)
    letters = [column_letter(column) for column in range(max([1, *map(len, tab.rows)]))]
    parts = ["<sheetData>"]
    for number, row in enumerate(tab.rows, 1):
        height = f' ht="{min(heights[number], _TALLEST):g}" customHeight="1"' if number in heights else ""
        parts.append(f'<row r="{number}"{height}>')
        parts += [_cell(f"{letter}{number}", cell, place) for letter, cell in zip(letters, row, strict=False)]
        parts.append("</row>")
    parts.append("</sheetData>")
    return parts


def _cell(address: str, cell: OutCell, place: Place) -> str:
    start = f'<c r="{address}" s="{place.numbers[_use(cell)]}"'
    value = cell.value
    if isinstance(value, StaleNotice):
        return f'{start} t="str"><f>{escape(notice_formula(value))}</f><v></v></c>'
    if isinstance(value, date):
        serial = serial_of(value, date1904=place.date1904)
        value = serial if serial is not None else value.isoformat()
    if isinstance(value, Box):
        value = shown(value)
    if value is None or value == "":
        return start + "/>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{cell_text(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'{start} t="b"><v>{value:d}</v></c>'
    if isinstance(value, float) and not math.isfinite(value):
        return f'{start} t="e"><v>#NUM!</v></c>'
    return f"{start}><v>{value!r}</v></c>"


def notices_of(tab: Tab) -> set[str]:
    """Return the cells in which the tab has a formula of ours."""
    return {
        a1(number, column)
        for number, row in enumerate(tab.rows, 1)
        for column, cell in enumerate(row)
        if isinstance(cell.value, StaleNotice)
    }


def notice_formula(notice: StaleNotice) -> str:
    """Return the formula that shows the words from the second day after the check on, and nothing before."""
    day, words = notice.checked, notice.words.replace('"', '""')
    return f'IF(TODAY()>DATE({day.year},{day.month},{day.day})+1,"{words}","")'


def serial_of(day: OutValue, *, date1904: bool) -> float | int | None:
    """Return Excel's number for a date or a local date and time; None before 1900-03-01 (or 1904)."""
    assert isinstance(day, date)
    moment = day if isinstance(day, datetime) else None
    serial = (moment.date() if moment else day).toordinal() - _EPOCH.toordinal()
    if date1904:
        serial -= _DAYS_TO_1904
    if serial < (0 if date1904 else _FIRST_SURE_DAY):
        return None
    if moment is None:
        return serial
    return serial + (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400


def _merges(tab: Tab) -> str:
    if not tab.spans:
        return ""
    cells = "".join(f'<mergeCell ref="{span}"/>' for span in tab.spans)
    return f'<mergeCells count="{len(tab.spans)}">{cells}</mergeCells>'


def _checks(tab: Tab) -> str:
    checks = [*_date_check(tab), *_box_check(tab)]
    if not checks:
        return ""
    return f'<dataValidations count="{len(checks)}">{"".join(checks)}</dataValidations>'


def _date_check(tab: Tab) -> Iterator[str]:
    """Say kindly that staff's date cells take dates; what they enter all the same is kept."""
    cells = _cells_where(tab, lambda cell: cell.style is Style.STAFF_DATE)
    if cells:
        yield (
            '<dataValidation type="date" errorStyle="warning" operator="greaterThan" allowBlank="1" '
            'showErrorMessage="1" errorTitle="A date" error="Write a date, such as 12/1/2025." '
            f'sqref="{_joined(cells)}"><formula1>36526</formula1></dataValidation>'
        )


def _box_check(tab: Tab) -> Iterator[str]:
    """Let a box be ticked by choosing; a file knows no checkboxes that every office program shows."""
    cells = _cells_where(tab, lambda cell: isinstance(cell.value, Box))
    if cells:
        yield (
            '<dataValidation type="list" showErrorMessage="1" errorTitle="A box" '
            f'error="Choose {TICKED} or {BLANK} from the list." sqref="{_joined(cells)}">'
            f'<formula1>"{BLANK},{TICKED}"</formula1></dataValidation>'
        )


def _cells_where(tab: Tab, is_meant: Callable[[OutCell], bool]) -> list[str]:
    return [
        a1(number, column)
        for number, row in enumerate(tab.rows, 1)
        for column, cell in enumerate(row)
        if is_meant(cell)
    ]


def _joined(cells: list[str]) -> str:
    """Return cells of columns as ranges: X4 X5 X6 Y4 -> X4:X6 Y4."""
    by_column: dict[str, list[int]] = {}
    for cell in cells:
        letters = cell.rstrip("0123456789")
        by_column.setdefault(letters, []).append(int(cell[len(letters) :]))
    ranges = []
    for letters, numbers in by_column.items():
        start = before = numbers[0]
        for number in [*numbers[1:], -1]:
            if number != before + 1:
                ranges.append(
                    f"{letters}{start}:{letters}{before}" if before > start else f"{letters}{start}"
                )
                start = number
            before = number
    return " ".join(ranges)


def addresses_of(tab: Tab) -> list[str]:
    """Return what the tab's links to other workbooks lead to, without the place there, each once."""
    found = (cell.address.partition("#")[0] for row in tab.rows for cell in row if cell.address)
    return list(dict.fromkeys(found))


def _links(tab: Tab, place: Place) -> str:
    links = [
        f'<hyperlink ref="{a1(number, column)}"{_target(cell, place)}/>'
        for number, row in enumerate(tab.rows, 1)
        for column, cell in enumerate(row)
        if cell.link or cell.address
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _target(cell: OutCell, place: Place) -> str:
    """Return where a link leads; the place in another workbook stands apart from its address, as Excel does
    it: a "#" within a target is not followed."""
    if cell.link:
        sheet, target = cell.link
        return f" location={quoteattr(reference_to(place.tabs.get(sheet, sheet), target))}"
    address, _, location = cell.address.partition("#")
    return f' r:id="{place.address_ids[address]}" location={quoteattr(location)}'
