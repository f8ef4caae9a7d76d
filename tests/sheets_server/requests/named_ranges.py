"""addNamedRange, updateNamedRange, deleteNamedRange."""

from __future__ import annotations

import re

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import answered, area_of
from tests.sheets_server.requests.refused import Refused

_NAME = re.compile(r"[^\W\d]\w{0,249}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|true|false", re.IGNORECASE)


def add_named_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("namedRange", {})
    key = asked.get("namedRangeId") or str(context.new_id({int(k) for k in book.named_ranges if k.isdigit()}))
    if key in book.named_ranges:
        raise Refused(f"A named range with the id {key} already exists.")
    _must_be_name(book, asked.get("name", ""), key)
    named = {"namedRangeId": key, "name": asked["name"], "range": _range(book, asked)}
    book.named_ranges[key] = named
    return {"addNamedRange": {"namedRange": answered(named)}}


def update_named_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("namedRange", {})
    key = asked.get("namedRangeId", "")
    _must_be(book, key)
    merged = colours.mask(request.get("fields", "")).merge(book.named_ranges[key], asked)
    _must_be_name(book, merged.get("name", ""), key)
    named = {"namedRangeId": key, "name": merged["name"], "range": _range(book, merged)}
    book.named_ranges[key] = named
    return {}


def delete_named_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    key = request.get("namedRangeId", "")
    _must_be(book, key)
    del book.named_ranges[key]
    return {}


def _must_be(book: Spreadsheet, key: str) -> None:
    if key not in book.named_ranges:
        raise Refused(f"No named range with id: {key}")


def _must_be_name(book: Spreadsheet, name: str, key: str) -> None:
    if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
        raise Refused(f"The name for a named range is invalid: {name}")
    for other, named in book.named_ranges.items():
        if other != key and named["name"].lower() == name.lower():
            raise Refused("A named range with that name already exists.")


def _range(book: Spreadsheet, asked: Json) -> Json:
    if "range" not in asked:
        raise Refused("namedRange.range must be set.")
    area_of(book, asked["range"])
    return {"sheetId": 0, **asked["range"]}
