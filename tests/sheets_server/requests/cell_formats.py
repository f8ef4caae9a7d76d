"""A CellFormat as Google keeps it: nothing empty in it, every border with its width."""

from __future__ import annotations

from tests.sheets_server.model import Json

WIDTHS = {"DOTTED": 1, "DASHED": 1, "SOLID": 1, "SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}
"""Pixels."""


def kept(form: Json) -> Json:
    """Return a CellFormat without empty messages in it; an empty colour is black and stays."""
    if "borders" in form:
        sides = {side: kept_border(border) for side, border in form["borders"].items()}
        form = {**form, "borders": {side: border for side, border in sides.items() if border}}
    return _without_empty(form)


def kept_border(border: Json) -> Json:
    """Return a border with colour and width; {} where there is none."""
    style = border.get("style", "STYLE_UNSPECIFIED")
    if style in ("NONE", "STYLE_UNSPECIFIED"):
        return {}
    return {"color": {}, "colorStyle": {"rgbColor": {}}, **border, "width": WIDTHS.get(style, 1)}


def _without_empty(message: Json) -> Json:
    result: Json = {}
    for name, value in message.items():
        if isinstance(value, dict) and not name.lower().endswith(("color", "colorstyle")):
            value = _without_empty(value)
            if not value:
                continue
        if value is not None:
            result[name] = value
    return result
