"""Whether a cell meets a BooleanCondition, and so is shown by a filter."""

from __future__ import annotations

from collections.abc import Callable

from tests.sheets_server import effective
from tests.sheets_server.model import Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests.refused import Refused

_NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "GREATER": lambda value, given: value > given[0],
    "GREATER_THAN_EQ": lambda value, given: value >= given[0],
    "LESS": lambda value, given: value < given[0],
    "LESS_THAN_EQ": lambda value, given: value <= given[0],
    "EQ": lambda value, given: value == given[0],
    "NOT_EQ": lambda value, given: value != given[0],
    "BETWEEN": lambda value, given: min(given) <= value <= max(given),
    "NOT_BETWEEN": lambda value, given: not min(given) <= value <= max(given),
}
_DATES = {
    "BEFORE": "LESS",
    "AFTER": "GREATER",
    "ON_OR_BEFORE": "LESS_THAN_EQ",
    "ON_OR_AFTER": "GREATER_THAN_EQ",
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, given: given in text,
    "TEXT_NOT_CONTAINS": lambda text, given: given not in text,
    "TEXT_STARTS_WITH": lambda text, given: text.startswith(given),
    "TEXT_ENDS_WITH": lambda text, given: text.endswith(given),
    "TEXT_EQ": lambda text, given: text == given,
    "TEXT_NOT_EQ": lambda text, given: text != given,
}


def met(book: Spreadsheet, sheet: Sheet, place: Place, condition: Json) -> bool:
    """Tell whether the cell meets the condition. Custom formulas are not worked out: they are met."""
    kind = condition.get("type", "")
    values = condition.get("values", [])
    text = (effective.formatted_value(book, sheet, place) or "").lower()
    if kind in ("BLANK", "NOT_BLANK"):
        return (kind == "BLANK") is not bool(text)
    if kind in _TEXTS:
        return _TEXTS[kind](text, values[0].get("userEnteredValue", "").lower())
    if kind.startswith(("NUMBER_", "DATE_")) and kind != "DATE_IS_VALID":
        return _compared(book, sheet, place, kind, values)
    if kind == "ONE_OF_LIST":
        return text in {one.get("userEnteredValue", "").lower() for one in values}
    return True


def must_be_whole(condition: Json) -> None:
    """Raise Refused where a condition has not the values that its type needs."""
    kind = condition.get("type", "CONDITION_TYPE_UNSPECIFIED")
    if kind == "CONDITION_TYPE_UNSPECIFIED":
        raise Refused("condition.type must be set")
    needed = _needed(kind)
    given = len(condition.get("values", []))
    if needed is not None and given != needed:
        raise Refused(
            f"Condition of type {kind} requires exactly {needed} ConditionValues, but found {given}."
        )


def _needed(kind: str) -> int | None:
    if kind.endswith("BETWEEN"):
        return 2
    if kind in ("BLANK", "NOT_BLANK", "DATE_IS_VALID", "TEXT_IS_EMAIL", "TEXT_IS_URL"):
        return 0
    if kind in ("ONE_OF_LIST", "BOOLEAN") or kind.endswith("NOT_EQ"):
        return None
    return 1


def _compared(book: Spreadsheet, sheet: Sheet, place: Place, kind: str, values: list[Json]) -> bool:
    value = (effective.effective_value(book, sheet, place) or {}).get("numberValue")
    given = [_number(one, book) for one in values]
    if value is None or None in given:
        return kind.endswith(("NOT_EQ", "NOT_BETWEEN"))
    name = kind.split("_", 1)[1]
    return _NUMBERS[_DATES.get(name, name)](value, [one for one in given if one is not None])


def _number(value: Json, book: Spreadsheet) -> float | None:
    typed = effective.typed_in(value.get("userEnteredValue", ""), book, {})
    found = typed.get("userEnteredValue", {}).get("numberValue")
    return None if found is None else float(found)
