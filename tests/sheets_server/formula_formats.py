"""The number format that a formula's value has by itself: that of what it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sheets_server.formula_tree import Call, Cells, Name, Node
from tests.sheets_server.model import Json
from tests.sheets_server.number_formats import default_pattern

if TYPE_CHECKING:
    from tests.sheets_server.calculator import Here

_OWN = {
    **dict.fromkeys(["TODAY", "DATE", "DATEVALUE", "EDATE", "EOMONTH"], "DATE"),
    "NOW": "DATE_TIME",
    **dict.fromkeys(["TIME", "TIMEVALUE"], "TIME"),
    "UNARY_PERCENT": "PERCENT",
}
_KEEPING = set(
    "SUM AVERAGE MIN MAX MEDIAN ROUND ROUNDUP ROUNDDOWN INT ABS CEILING FLOOR TRUNC MOD UMINUS UPLUS "
    "INDEX IFERROR IFNA MULTIPLY".split()
)
_DATES = ("DATE", "DATE_TIME", "TIME")


def format_of(node: Node, here: Here) -> Json | None:
    """Return the NumberFormat that comes with a formula; None: the automatic one."""
    if isinstance(node, (Cells, Name)):
        return _of_cells(node, here)
    if not isinstance(node, Call):
        return None
    if node.name in _OWN:
        kind = _OWN[node.name]
        return {"type": kind, "pattern": default_pattern(kind, here.calculator.locale)}
    if node.name in ("ADD", "MINUS", "DIVIDE"):
        return _of_sum(node, here)
    if node.name in ("VLOOKUP", "HLOOKUP", "XLOOKUP"):
        return None
    arguments = node.arguments[1:] if node.name in ("IF", "IFS") else node.arguments
    if node.name in _KEEPING or node.name in ("IF", "IFS"):
        return next(filter(None, (format_of(argument, here) for argument in arguments)), None)
    return None


def _of_sum(node: Call, here: Here) -> Json | None:
    left, right = (format_of(argument, here) for argument in node.arguments)
    dates = [each is not None and each.get("type") in _DATES for each in (left, right)]
    if all(dates) and node.name == "MINUS" and left is not None and left["type"] != "TIME":
        return None
    if node.name == "DIVIDE":
        return None if any(dates) or (left and right) else left
    return left or right


def _of_cells(node: Cells | Name, here: Here) -> Json | None:
    found = here.calculator.looked_at(node, here.sheet)
    if found is None:
        return None
    sheet, place = found[0], (found[1].top, found[1].left)
    cell = sheet.cells.get(place, {})
    own: Json | None = cell.get("userEnteredFormat", {}).get("numberFormat")
    if own is None and "formulaValue" in (cell.get("userEnteredValue") or {}):
        own = here.calculator.result(sheet, place).number_format
    return own
