"""A tab to be written, as every edge understands it: cells with a value, a style, a note, a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OutValue = str | int | float | date | None
"""Text is written as text, never as a formula; a date as a date cell (local, no time)."""


class Style(StrEnum):
    """The looks a cell can have; the edges turn each into fill, font and number format (views/palette.py)."""

    TITLE = "title"
    HEADLINE = "headline"
    SUMMARY = "summary"
    HEADER = "header"
    STAFF_HEADER = "staff header"
    STRONG = "strong"
    TEXT = "text"
    WRAP = "wrap"
    NUMBER = "number"
    BEHIND = "behind"
    PERCENT = "percent"
    DATE = "date"
    STAFF_TEXT = "staff text"
    STAFF_DATE = "staff date"
    PURPLE = "purple"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class OutCell:
    """One cell. `note` is a comment on it; `link` a target in the same workbook: ("Service Grid", "C7")."""

    value: OutValue = None
    style: Style = Style.TEXT
    note: str = ""
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A whole tab, every row and cell of it.

    `mark` is "compliance" or "problems" (what proves that it is ours). `widths` are in characters, one a
    column. `frozen` is (rows, columns). `filter_row` is the 1-based header row of the filter, 0 for none.
    `hidden` are 0-based columns. `heights` maps 1-based rows to points where wrapped text needs them.
    `spans` are A1 ranges to be merged (title rows). `colour` is a hex RGB of the tab's tongue.
    """

    name: str
    mark: str
    rows: tuple[tuple[OutCell, ...], ...]
    widths: tuple[float, ...]
    frozen: tuple[int, int] = (0, 0)
    filter_row: int = 0
    hidden: tuple[int, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    spans: tuple[str, ...] = ()
    colour: str = ""
