"""Notes on cells: the comments part, and the VML drawing without which Excel does not show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from sheets_sync.edges.excel.names import MAIN, XML_HEAD
from sheets_sync.edges.excel.text import cell_text, unescaped
from sheets_sync.problems import a1, column_number
from sheets_sync.views.tab import Tab

_AUTHOR = "sheets-sync"
_WIDTH = 300  # pixels of a note
_LETTERS_A_LINE = 46
_LINE_HEIGHT = 16
_HEIGHTS = (40, 320)
_ROW_HEIGHT = 20
_SHAPES_A_BLOCK = 1024

_VML_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;width:{width}pt;'
    'height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def notes_of(tab: Tab) -> Iterator[tuple[int, int, str]]:
    """Yield 0-based row, 0-based column and text of each note, row by row."""
    for row, cells in enumerate(tab.rows):
        for column, cell in enumerate(cells):
            if cell.note:
                yield row, column, cell.note


def comments_xml(tab: Tab) -> bytes:
    """Write the comments part: an author, and a text for each cell that has a note."""
    comments = "".join(
        f'<comment ref="{a1(row + 1, column)}" authorId="0"><text><r><rPr><sz val="9"/><rFont val="Tahoma"/>'
        f'</rPr><t xml:space="preserve">{cell_text(note)}</t></r></text></comment>'
        for row, column, note in notes_of(tab)
    )
    return (
        XML_HEAD
        + (
            f'<comments xmlns="{MAIN}"><authors><author>{_AUTHOR}</author></authors>'
            f"<commentList>{comments}</commentList></comments>"
        ).encode()
    )


def vml_drawing(tab: Tab, first_block: int) -> bytes:
    """Write the drawing: one hidden box a note, as tall as its text, to the right of its cell.

    `first_block` is the number of the first block of 1,024 shape ids that is ours (1 or above).
    """
    boxes = _Boxes(tab)
    shapes = []
    for order, (row, column, note) in enumerate(notes_of(tab), 1):
        height = _height(note)
        shapes.append(
            _SHAPE.format(
                id=first_block * _SHAPES_A_BLOCK + order,
                width=f"{_WIDTH * 0.75:g}",
                height=f"{height * 0.75:g}",
                order=order,
                anchor=boxes.anchor(row, column, height),
                row=row,
                column=column,
            )
        )
    blocks = ",".join(str(first_block + n) for n in range(len(shapes) // _SHAPES_A_BLOCK + 1))
    return f"{_VML_HEAD.format(blocks=blocks)}{''.join(shapes)}</xml>".encode()


def blocks_needed(tab: Tab) -> int:
    """Return how many blocks of shape ids `vml_drawing` takes."""
    return sum(1 for _ in notes_of(tab)) // _SHAPES_A_BLOCK + 1


def _height(note: str) -> int:
    lines = sum(len(line) // _LETTERS_A_LINE + 1 for line in note.split("\n"))
    low, high = _HEIGHTS
    return min(max(lines * _LINE_HEIGHT + 12, low), high)


class _Boxes:
    """Anchors in the units of Excel: a cell, and pixels into it."""

    def __init__(self, tab: Tab) -> None:
        hidden = set(tab.hidden)
        self._widths = [
            0 if column in hidden else round(width * 7 + 5) for column, width in enumerate(tab.widths)
        ]
        self._heights = {number - 1: round(points * 4 / 3) for number, points in tab.heights}

    def anchor(self, row: int, column: int, height: int) -> str:
        """Return "left column, offset, top row, offset, right column, offset, bottom row, offset"."""
        top = max(row - 1, 0)
        right, right_rest = self._walk(column + 1, 12 + _WIDTH, self._width)
        bottom, bottom_rest = self._walk(top, 6 + height, self._row_height)
        return f"{column + 1}, 12, {top}, 6, {right}, {right_rest}, {bottom}, {bottom_rest}"

    def _walk(self, start: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
        while pixels > size(start):
            pixels -= size(start)
            start += 1
        return start, pixels

    def _width(self, column: int) -> int:
        return self._widths[column] if column < len(self._widths) else 64

    def _row_height(self, row: int) -> int:
        return self._heights.get(row, _ROW_HEIGHT)


_COMMENT = re.compile(rb"<(?:[\w.-]+:)?comment\s[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7})[\"']")


def noted_cells(comments: bytes) -> frozenset[tuple[int, int]]:
    """Return row (from 1) and column (from 0) of each cell for which a comments part holds a text."""
    return frozenset((int(row), column_number(column.decode())) for column, row in _COMMENT.findall(comments))


def read_notes(comments: bytes) -> dict[str, str]:
    """Return the texts of a comments part by cell ("K5"), however it was written."""
    if b"<!DOCTYPE" in comments:
        return {}
    texts: dict[str, str] = {}
    pieces: list[str] = []
    where = ""

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal where
        if name == f"{MAIN} comment":
            where = attributes.get("ref", "")
        elif name == f"{MAIN} text":
            pieces.clear()

    def finish(name: str) -> None:
        if name == f"{MAIN} comment":
            texts[where] = unescaped("".join(pieces))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.CharacterDataHandler = pieces.append
    try:
        parser.Parse(comments, True)
    except expat.ExpatError:
        return {}
    return texts
