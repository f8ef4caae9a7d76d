"""A tab to be written, as every edge understands it: cells with a value, a style, a note, a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class StaleNotice:
    """Words that show by themselves once two nights went by without a run, with no program there to say so.

    The one formula that the program writes, a constant of its own: it shows `words` ("Not checked since
    Nov 24") where today is later than the day after `checked`, and nothing before (promises.md, 16).
    """

    checked: date
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box that staff tick and the program unticks: a checkbox, or in a file a choice of "☐" and "☑"."""

    ticked: bool = False


OutValue = str | int | float | date | StaleNotice | Box | None
"""Text is written as text, never as a formula; a date as a date cell (local, no time)."""


@dataclass(frozen=True, slots=True)
class FilterView:
    """A view that anybody can open without disturbing others, where the edge knows such views (Google).

    Of the rows below the header it shows those whose cell in `column` (0-based) is exactly `equals`;
    None: those in which the cell is not blank.
    """

    title: str
    column: int
    equals: str | None = None


Protection = Literal["warn", "strict", "off"]
"""What happens to who edits our tab, where the edge knows such a thing: a warning, a refusal, nothing."""


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
    STALE = "stale"
    LABEL = "label"
    BOX = "box"
    BANNER = "banner"
    BANNER_LABEL = "banner label"


@dataclass(frozen=True, slots=True)
class OutCell:
    """One cell. `note` is a comment on it; `link` a target in the same workbook: ("Service Grid", "C7").

    `address` leads to a cell of another workbook: "OT.xlsx#'Log'!F9", or the whole address of a Google one.
    """

    value: OutValue = None
    style: Style = Style.TEXT
    note: str = ""
    link: tuple[str, str] | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A whole tab, every row and cell of it.

    `mark` is "compliance" or "problems" (what proves that it is ours). `widths` are in characters, one a
    column. `frozen` is (rows, columns). `filter_row` is the 1-based header row of the filter, 0 for none.
    `hidden` are 0-based columns. `heights` maps 1-based rows to points where wrapped text needs them.
    `spans` are A1 ranges to be merged (title rows). `colour` is a hex RGB of the tab's tongue.
    `key` is the 0-based column that tells rows apart from run to run (None: rows have no identity); where
    there is one, `staff` are the 0-based columns whose cells below the header are staff's own, open to be
    written in whatever the `protection`, as every Box is. The header of the table is the last of the frozen
    rows.
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
    key: int | None = None
    staff: tuple[int, ...] = ()
    protection: Protection = "warn"
    filter_views: tuple[FilterView, ...] = ()
