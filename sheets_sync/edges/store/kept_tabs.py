"""Our tabs as the last trusted run wrote them, packed for one cell of the state file.

Distinct cells stand once, and the text is compressed: 160 lines with the notes of their figures are 30 kB.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sheets_sync.views.tab import Box, FilterView, OutCell, OutValue, StaleNotice, Style, Tab


def packed(tab: Tab) -> bytes:
    """Return the tab as bytes; `unpacked` gives it back, equal in everything."""
    place: dict[OutCell, int] = {}
    rows = [[place.setdefault(cell, len(place)) for cell in row] for row in tab.rows]
    told = {field.name: getattr(tab, field.name) for field in fields(Tab) if field.name != "rows"}
    told["filter_views"] = [[view.title, view.column, view.equals] for view in tab.filter_views]
    told |= {"rows": rows, "cells": [_cell(cell) for cell in place]}
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode("ascii"))


def unpacked(kept: bytes) -> Tab:
    """Return the tab. Raises ValueError, TypeError, KeyError or zlib.error where it is damaged."""
    told = json.loads(zlib.decompress(kept))
    cells = [_out_cell(cell) for cell in told.pop("cells")]
    rows = tuple(tuple(cells[number] for number in row) for row in told.pop("rows"))
    views = tuple(FilterView(*view) for view in told.pop("filter_views"))
    return Tab(**{name: _tuples(value) for name, value in told.items()}, rows=rows, filter_views=views)


def _cell(cell: OutCell) -> list[Any]:
    told = [_value(cell.value), cell.style.value, cell.note, cell.link, cell.address]
    return told[: 5 if cell.address else 4 if cell.link else 3 if cell.note else 2]


def _out_cell(told: Sequence[Any]) -> OutCell:
    note, link, address = (told[at] if at < len(told) else None for at in (2, 3, 4))
    return OutCell(
        _out_value(told[0]), Style(told[1]), note or "", tuple(link) if link else None, address or ""
    )


def _value(value: OutValue) -> Any:
    if isinstance(value, StaleNotice):
        return {"checked": value.checked.isoformat(), "words": value.words}
    if isinstance(value, Box):
        return {"ticked": value.ticked}
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _out_value(told: Any) -> OutValue:
    if not isinstance(told, dict):
        value: OutValue = told
        return value
    if "checked" in told:
        return StaleNotice(date.fromisoformat(told["checked"]), told["words"])
    if "ticked" in told:
        return Box(told["ticked"])
    if "time" in told:
        return datetime.fromisoformat(told["time"])
    return date.fromisoformat(told["date"])


def _tuples(value: Any) -> Any:
    """Return what was a tuple as a tuple again: JSON knows lists alone."""
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
