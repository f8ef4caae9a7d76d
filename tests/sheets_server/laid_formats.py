"""What alternating colours and conditional formats lay under and over the format of a cell.

Of the rules of a tab the first that a cell meets settles each part of its format. Colour scales
(gradientRule) are not worked out.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.sheets_server import formulas
from tests.sheets_server.calculator import Calculator
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import conditions

_FAR_BELOW = 100_000_000
"""Rows below every tab, where the formulas of rules are worked out."""


class LaidFormats:
    """The formats that are laid on one tab of a spreadsheet, which does not change meanwhile."""

    def __init__(self, book: Spreadsheet, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        self._rules = [
            (number, [sheet.area(one) for one in rule["ranges"]], rule["booleanRule"])
            for number, rule in enumerate(sheet.conditional_formats)
            if "booleanRule" in rule
        ]
        self._bands = [(sheet.area(band["range"]), band) for band in sheet.banded_ranges.values()]
        self._met: dict[tuple[int, Place], bool] = {}

    def __bool__(self) -> bool:
        return bool(self._rules or self._bands)

    def on(self, place: Place, form: Json) -> Json:
        """Return the format in force of a cell that would have `form` without them."""
        own = self._sheet.cells.get(place, {}).get("userEnteredFormat", {})
        if "backgroundColor" not in own and (band := self._band(place)) is not None:
            form = {**form, **band}
        for over in reversed(list(self._met_by(place))):
            text = {**form.get("textFormat", {}), **over.get("textFormat", {})}
            form = {**form, **over, "textFormat": text}
        return form

    def _band(self, place: Place) -> Json | None:
        for area, band in self._bands:
            if place not in area:
                continue
            for name, at, length in (
                ("rowProperties", place[0] - area.top, area.bottom - area.top),
                ("columnProperties", place[1] - area.left, area.right - area.left),
            ):
                if (found := _coloured(band.get(name, {}), at, length)) is not None:
                    return found
        return None

    def _met_by(self, place: Place) -> Iterator[Json]:
        """Yield the formats of the rules that a cell meets, the first first."""
        for number, areas, rule in self._rules:
            if any(place in area for area in areas) and self._meets(number, areas, rule["condition"], place):
                yield rule.get("format", {})

    def _meets(self, number: int, areas: list[Area], condition: Json, place: Place) -> bool:
        if condition.get("type") != "CUSTOM_FORMULA":
            return conditions.met(self._book, self._sheet, place, condition)
        if (number, place) not in self._met:
            self._work_out(number, areas, condition)
        return self._met[number, place]

    def _work_out(self, number: int, areas: list[Area], condition: Json) -> None:
        """Work a rule's formula out for every cell of its ranges; it is written for the first of them."""
        formula = condition["values"][0]["userEnteredValue"]
        top, left = min(area.top for area in areas), min(area.left for area in areas)
        book = self._book.copy()
        sheet = book.sheet(self._sheet.id)
        assert sheet is not None
        places = [place for area in areas for place in area.places()]
        for row, column in places:
            written = formulas.translated(formula, row - top, column - left)
            sheet.cells[row + _FAR_BELOW, column] = {"userEnteredValue": {"formulaValue": written}}
        calculator = Calculator(book)
        for row, column in places:
            value = calculator.result(sheet, (row + _FAR_BELOW, column)).value
            self._met[number, (row, column)] = isinstance(value, bool | int | float) and bool(value)


def _coloured(properties: Json, at: int, length: int) -> Json | None:
    """Return the ground of a row or column of a banded range; None where it has none."""
    if "headerColor" in properties:
        at, length = at - 1, length - 1
    if at < 0:
        name = "headerColor"
    elif "footerColor" in properties and at == length - 1:
        name = "footerColor"
    else:
        name = "secondBandColor" if at % 2 else "firstBandColor"
    if name not in properties:
        return None
    style = properties.get(f"{name}Style", {"rgbColor": properties[name]})
    return {"backgroundColor": properties[name], "backgroundColorStyle": style}
