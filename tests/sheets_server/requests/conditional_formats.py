"""addConditionalFormatRule, updateConditionalFormatRule, deleteConditionalFormatRule."""

from __future__ import annotations

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests import cell_formats, colours, conditions
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import answered, area_of, sheet_of
from tests.sheets_server.requests.refused import Refused


def add_conditional_format_rule(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Add a rule before the one at `index`."""
    rule, sheet = _kept(book, request.get("rule", {}))
    index = request.get("index", 0)
    if index > len(sheet.conditional_formats):
        raise Refused(_none(sheet, index))
    sheet.conditional_formats.insert(index, rule)
    return {}


def update_conditional_format_rule(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Replace the rule at `index`, or move it to `newIndex`."""
    index = request.get("index", 0)
    if "rule" in request:
        rule, sheet = _kept(book, request["rule"])
        old = _at(sheet, index)
        sheet.conditional_formats[index] = rule
        answer = {"newRule": answered(rule), "newIndex": index, "oldRule": answered(old)}
        return {"updateConditionalFormatRule": answer}
    if "newIndex" not in request:
        raise Refused("Must specify one of rule or newIndex.")
    sheet = sheet_of(book, request.get("sheetId", 0))
    rule = _at(sheet, index)
    new = request["newIndex"]
    _at(sheet, new)
    del sheet.conditional_formats[index]
    sheet.conditional_formats.insert(new, rule)
    return {
        "updateConditionalFormatRule": {
            "newRule": answered(rule), "newIndex": new, "oldRule": answered(rule), "oldIndex": index,
        }
    }  # fmt: skip


def delete_conditional_format_rule(book: Spreadsheet, request: Json, context: Context) -> Json:
    sheet = sheet_of(book, request.get("sheetId", 0))
    index = request.get("index", 0)
    rule = _at(sheet, index)
    del sheet.conditional_formats[index]
    return {"deleteConditionalFormatRule": {"rule": answered(rule)}}


def _at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.conditional_formats):
        raise Refused(_none(sheet, index))
    return sheet.conditional_formats[index]


def _none(sheet: Sheet, index: int) -> str:
    return f"No conditional format on sheet: {sheet.id} at index: {index}"


def _kept(book: Spreadsheet, rule: Json) -> tuple[Json, Sheet]:
    if not rule.get("ranges"):
        raise Refused("rule.ranges must be set.")
    homes = [area_of(book, one)[0] for one in rule["ranges"]]
    if any(home is not homes[0] for home in homes):
        raise Refused("All ranges of a conditional format must be on the same sheet.")
    kept = colours.stored(rule, book)
    kept["ranges"] = [{"sheetId": 0, **one} for one in rule["ranges"]]
    if "booleanRule" in kept:
        conditions.must_be_whole(kept["booleanRule"].get("condition", {}))
        form = cell_formats.kept(kept["booleanRule"].get("format", {}))
        kept["booleanRule"] = {**kept["booleanRule"], "format": form}
    elif "gradientRule" not in kept:
        raise Refused("Must specify one of booleanRule or gradientRule.")
    return kept, homes[0]
