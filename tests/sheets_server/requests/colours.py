"""Colours: Google keeps each one twice, as `backgroundColor` and as `backgroundColorStyle`, in 8 bits."""

from __future__ import annotations

import struct
from typing import Any

from tests.sheets_server.field_mask import WHOLE, Mask, parse
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.refused import Refused

THEME: dict[str, Json] = {
    "TEXT": {},
    "BACKGROUND": {"red": 1, "green": 1, "blue": 1},
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}
"""The colours of a spreadsheet whose own theme says nothing else."""


def stored(piece: Any, book: Spreadsheet) -> Any:
    """Return a piece of JSON with every colour in it given both ways; where both came, the style counts."""
    if isinstance(piece, list):
        return [stored(one, book) for one in piece]
    if not isinstance(piece, dict):
        return piece
    result: Json = {}
    for name, value in piece.items():
        if _is_style(name) and isinstance(value, dict):
            style = _style(value)
            result[name] = style
            result[name.removesuffix("Style")] = _shown(style, book)
        elif _is_colour(name) and isinstance(value, dict):
            if f"{name}Style" not in piece:
                result[name] = _rounded(value)
                result[f"{name}Style"] = {"rgbColor": result[name]}
        else:
            result[name] = stored(value, book)
    return result


def mask(fields: str) -> Mask:
    """Return a request's field mask; one that names a colour means it in both ways.

    Raises Refused where it is empty or cannot be parsed.
    """
    if not fields or not fields.strip():
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        return _twinned(parse(fields))
    except ValueError as wrong:
        raise Refused(str(wrong)) from None


def _twinned(asked: Mask) -> Mask:
    fields: dict[str, Mask] = {}
    for name, below in asked.fields.items():
        if _is_colour(name) or _is_style(name):
            plain = name.removesuffix("Style")
            fields[plain] = fields[f"{plain}Style"] = WHOLE
        else:
            fields[name] = _twinned(below)
    return Mask(fields)


def _is_colour(name: str) -> bool:
    return name == "color" or (name.endswith("Color") and name != "rgbColor")


def _is_style(name: str) -> bool:
    return name == "colorStyle" or name.endswith("ColorStyle")


def _style(style: Json) -> Json:
    if "rgbColor" in style:
        return {"rgbColor": _rounded(style["rgbColor"])}
    return style


def _shown(style: Json, book: Spreadsheet) -> Json:
    if "themeColor" not in style:
        return dict(style.get("rgbColor", {}))
    own = book.properties.get("spreadsheetTheme", {}).get("themeColors", [])
    for pair in own:
        if pair.get("colorType") == style["themeColor"]:
            return dict(pair.get("color", {}).get("rgbColor", {}))
    return THEME.get(style["themeColor"], {})


def _rounded(colour: Json) -> Json:
    """Return a colour of 8 bits a channel, written as Google writes it; what is 0 is left out."""
    result: Json = {}
    for channel in ("red", "green", "blue"):
        level = round(min(1.0, max(0.0, float(colour.get(channel, 0)))) * 255)
        if level:
            result[channel] = _shortest(level / 255)
    if "alpha" in colour:
        result["alpha"] = colour["alpha"]
    return result


def _shortest(value: float) -> float:
    """Return the shortest decimal that is the same 32-bit float."""
    packed = struct.pack("f", value)
    for digits in range(1, 9):
        written = float(f"{value:.{digits}g}")
        if struct.pack("f", written) == packed:
            return written
    return float(f"{value:.9g}")
