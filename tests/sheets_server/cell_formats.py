"""Cell formats: colours in both of Google's forms, and the format in force (effectiveFormat)."""

from __future__ import annotations

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.number_formats import default_pattern

_ORDER = [
    "numberFormat",
    "backgroundColor",
    "borders",
    "padding",
    "horizontalAlignment",
    "verticalAlignment",
    "wrapStrategy",
    "textDirection",
    "textFormat",
    "hyperlinkDisplayType",
    "textRotation",
    "backgroundColorStyle",
]
_ALIGNMENT = {"stringValue": "LEFT", "numberValue": "RIGHT", "boolValue": "CENTER", "errorValue": "CENTER"}
_AUTOMATIC: dict[tuple[int, int, str, str, bool], tuple[object, ...]] = {}
_MOST = 4096


def with_both_colors(form: Json, theme: Json | None = None) -> Json:
    """Return a CellFormat, TextFormat or any other piece with each colour in both forms: `...Color` and
    `...ColorStyle`. The style wins where the two differ; `theme` (a SpreadsheetTheme) gives theme colours."""
    result: Json = {}
    for key, value in form.items():
        if (
            isinstance(value, dict)
            and not key.endswith(("Color", "ColorStyle"))
            and key not in ("color", "colorStyle")
        ):
            value = with_both_colors(value, theme)
        result[key] = value
    for key in list(result):
        if not key.endswith(("Color", "color")):
            continue
        if key + "Style" not in result:
            result[key + "Style"] = {"rgbColor": result[key]}
    for key in list(result):
        if key.endswith("olorStyle") and isinstance(result[key], dict):
            result[key.removesuffix("Style")] = _rgb(result[key], theme)
    return result


def _rgb(style: Json, theme: Json | None) -> Json:
    if "rgbColor" in style:
        return dict(style["rgbColor"])
    pairs = (theme or {}).get("themeColors", [])
    found = (
        pair["color"].get("rgbColor", {}) for pair in pairs if pair["colorType"] == style.get("themeColor")
    )
    return dict(next(found, {}))


def effective(book: Spreadsheet, own: Json, kind: str, number_format: Json | None, linked: bool) -> Json:
    """Return the format in force of a cell with the format `own` that holds a value of this `kind`
    (a key of ExtendedValue, "" where it is blank). The pieces are shared: never change them."""
    default = book.properties.get("defaultFormat", {})
    key = (id(default), id(own), kind, str(number_format), linked)
    known = _AUTOMATIC.get(key)
    if known is not None and known[0] is default and known[1] is own:
        return known[2]  # type: ignore[return-value]
    result = _effective(book, default, own, kind, number_format, linked)
    if len(_AUTOMATIC) >= _MOST:
        _AUTOMATIC.clear()
    _AUTOMATIC[key] = (default, own, result)
    return result


def _effective(
    book: Spreadsheet, default: Json, own: Json, kind: str, number_format: Json | None, linked: bool
) -> Json:
    theme = book.properties.get("spreadsheetTheme")
    merged = {**default, **with_both_colors(own, theme)}
    text = {**default.get("textFormat", {}), **with_both_colors(own.get("textFormat", {}), theme)}
    if theme and "fontFamily" not in own.get("textFormat", {}):
        text["fontFamily"] = theme.get("primaryFontFamily", text.get("fontFamily"))
    if linked:
        style = {"themeColor": "LINK"}
        if "foregroundColor" not in text or "foregroundColor" not in own.get("textFormat", {}):
            text.update(foregroundColor=_rgb(style, theme), foregroundColorStyle=style)
        if "underline" not in own.get("textFormat", {}):
            text["underline"] = True
    merged["textFormat"] = text
    if kind:
        merged.setdefault("hyperlinkDisplayType", "LINKED" if linked else "PLAIN_TEXT")
    if "horizontalAlignment" not in merged and kind in _ALIGNMENT:
        merged["horizontalAlignment"] = _ALIGNMENT[kind]
    number = merged.get("numberFormat") or number_format
    if number is not None:
        locale = str(book.properties.get("locale") or "en_US")
        merged["numberFormat"] = {"pattern": default_pattern(number.get("type", ""), locale), **number}
        merged["numberFormat"] = {
            key: merged["numberFormat"][key] for key in ("type", "pattern") if key in merged["numberFormat"]
        }
    return {key: merged[key] for key in _ORDER if key in merged}
