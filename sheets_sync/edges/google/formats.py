"""The looks of views/palette.py as Google's CellFormat, and how a look is known again when it is read.

Nothing but ground, weight and number format of a cell is read (reading.py). So that these three tell every
look from a cell without any, text has a number format too, "@": it also keeps what staff type as they typed
it ("0012", "11/4").
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sheets_sync.edges.google.moment import CellAtRead, Json
from sheets_sync.views.palette import PALETTE
from sheets_sync.views.tab import Style

Seen = tuple[str, bool, str]
"""(ground, bold, number format) of a cell, as CellAtRead has them."""

NO_LOOK: Seen = ("", False, "")
PLAIN_TEXT = "@"
NOT_PLAIN_TEXT = "0;-0;0;@"
"""In a cell of plain text Google may show a formula itself, and a tick may be the word TRUE."""

_NOT_PLAIN = frozenset({Style.STALE, Style.BOX})

BORDER = "BFBFBF"
_ALIGN = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
_VALIGN = {"top": "TOP", "center": "MIDDLE"}
_DATES = frozenset({Style.DATE, Style.STAFF_DATE})

PIXELS_A_CHARACTER, PIXELS_BESIDE_TEXT = 7, 5
PIXELS_A_POINT = 96 / 72
ROW_PIXELS = 21
"""The height of a row that nobody set."""


@cache
def cell_format(style: Style) -> Json:
    """Return the whole CellFormat of a style; never to be changed in place."""
    look = PALETTE[style]
    text: Json = {"foregroundColorStyle": colour(look.ink), "fontSize": look.size}
    text |= {"bold": True} if look.bold else {}
    text |= {"italic": True} if look.italic else {}
    text |= {"underline": True} if look.underline else {}
    found: Json = {
        "numberFormat": _number_format(style),
        "horizontalAlignment": _ALIGN[look.align],
        "verticalAlignment": _VALIGN[look.valign],
        "wrapStrategy": "WRAP" if look.wrap else "OVERFLOW_CELL",
        "textFormat": text,
    }
    if look.fill:
        found["backgroundColorStyle"] = colour(look.fill)
    if look.border:
        side = {"style": "SOLID", "colorStyle": colour(BORDER)}
        found["borders"] = dict.fromkeys(("top", "bottom", "left", "right"), side)
    return found


@cache
def linked_text(style: Style, uri: str) -> Json:
    """Return the TextFormat of a cell of this style that leads to `uri`: our ink, underlined."""
    return {**cell_format(style)["textFormat"], "underline": True, "link": {"uri": uri}}


@cache
def seen_as(style: Style | None) -> Seen:
    """Return what is read again of a cell of this style; None: of one without any."""
    if style is None:
        return NO_LOOK
    look = PALETTE[style]
    return (look.fill or "", look.bold, _number_format(style)["pattern"])


def seen(cell: CellAtRead) -> Seen:
    """Return what was read of a cell's look; white ground is none."""
    return ("" if cell.fill == "FFFFFF" else cell.fill, cell.bold, cell.pattern)


def colour(rgb: str) -> Json:
    """Return hex RGB as a ColorStyle."""
    parts = zip(("red", "green", "blue"), (rgb[0:2], rgb[2:4], rgb[4:6]), strict=True)
    return {"rgbColor": {name: round(int(part, 16) / 255, 8) for name, part in parts if part != "00"}}


def width_in_pixels(characters: float) -> int:
    return round(characters * PIXELS_A_CHARACTER + PIXELS_BESIDE_TEXT)


def height_in_pixels(points: float) -> int:
    return round(points * PIXELS_A_POINT)


def _number_format(style: Style) -> dict[str, Any]:
    pattern = PALETTE[style].number_format
    if style in _NOT_PLAIN:
        return {"type": "NUMBER", "pattern": NOT_PLAIN_TEXT}
    if pattern == "General":
        return {"type": "TEXT", "pattern": PLAIN_TEXT}
    return {"type": "DATE" if style in _DATES else "NUMBER", "pattern": pattern}
