"""How a cell of an .xlsx file looks -> CellFormat: fill, font, alignment. The number format is apart."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.model import Json

_ACROSS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
_UPRIGHT = {"top": "TOP", "center": "MIDDLE"}


def format_of(cell: Any, known: dict[Any, Json]) -> Json:
    """Return the CellFormat of a cell; `known` holds those of the styles that were met before."""
    style = cell._style
    key = (style.fontId, style.fillId, style.alignmentId)
    if key not in known:
        known[key] = _format(cell)
    return known[key]


def colour_of(colour: Any) -> Json | None:
    """Return a colour of openpyxl's as Google's, 0 to 1 a channel; None for theme and indexed colours."""
    if colour is None or colour.type != "rgb" or not isinstance(colour.rgb, str):
        return None
    channels = (int(colour.rgb[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    return {name: value for name, value in zip(("red", "green", "blue"), channels, strict=True) if value}


def _format(cell: Any) -> Json:
    form: Json = {}
    if cell.fill.fill_type == "solid" and (ground := colour_of(cell.fill.fgColor)) is not None:
        form["backgroundColorStyle"] = {"rgbColor": ground}
    text: Json = {
        name: True for name in ("bold", "italic", "strikethrough") if getattr(cell.font, _FONT[name])
    }
    if cell.font.underline:
        text["underline"] = True
    if colour := colour_of(cell.font.color):
        text["foregroundColorStyle"] = {"rgbColor": colour}
    if text:
        form["textFormat"] = text
    if across := _ACROSS.get(cell.alignment.horizontal):
        form["horizontalAlignment"] = across
    if upright := _UPRIGHT.get(cell.alignment.vertical):
        form["verticalAlignment"] = upright
    if cell.alignment.wrap_text:
        form["wrapStrategy"] = "WRAP"
    return form


_FONT = {"bold": "b", "italic": "i", "strikethrough": "strike"}
