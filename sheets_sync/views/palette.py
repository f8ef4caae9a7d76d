"""The looks of cells: what each Style means in fill, ink, weight and number format, on every edge.

Every ink on its fill has a contrast of at least 4.5:1. The fills of the statuses differ in lightness, so
that they can be told apart in print and by people who do not see red and green as two colours; the words
stand beside them. Colours are hex RGB without "#"; number formats are in Excel's language, which Google
understands too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sheets_sync.views.tab import Style


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `fill` None leaves the ground white; `size` is in points."""

    fill: str | None = None
    ink: str = "1F1F1F"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    wrap: bool = False
    number_format: str = "General"
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "center"] = "top"
    size: int = 10
    border: bool = True


NAVY = "1F3864"
AMBER = "7A4B00"
ALARM = "8C1D18"
IVORY = "FFF9E3"
WHOLE = '#,##0_);-#,##0_);"–"_)'
"""A nought is a dash: what is there stands out. The space at the end keeps it off the next column."""


def _status(fill: str, ink: str) -> Look:
    return Look(fill=fill, ink=ink, bold=True, align="center")


def _label(fill: str | None, ink: str) -> Look:
    return Look(fill=fill, ink=ink, bold=True, align="right", valign="center", size=11, border=False)


def _header(fill: str) -> Look:
    return Look(fill=fill, ink="FFFFFF", bold=True, wrap=True, align="center", valign="center")


PALETTE: Mapping[Style, Look] = MappingProxyType(
    {
        Style.TITLE: Look(ink=NAVY, bold=True, size=16, border=False, wrap=True, valign="center"),
        Style.HEADLINE: Look(ink=NAVY, bold=True, size=12, border=False, wrap=True, valign="center"),
        Style.SUMMARY: Look(ink="404040", wrap=True, border=False, valign="center"),
        Style.HEADER: _header(NAVY),
        Style.STAFF_HEADER: _header(AMBER),
        Style.STRONG: Look(bold=True),
        Style.TEXT: Look(),
        Style.WRAP: Look(wrap=True),
        Style.NUMBER: Look(number_format=WHOLE, align="right"),
        Style.BEHIND: Look(ink="A31515", bold=True, number_format=WHOLE, align="right"),
        Style.PERCENT: Look(number_format="0.0_)", align="right"),
        Style.DATE: Look(number_format="mmm d", align="center"),
        Style.STAFF_TEXT: Look(fill=IVORY, wrap=True),
        Style.STAFF_DATE: Look(fill=IVORY, number_format="mmm d, yyyy", align="center"),
        Style.PURPLE: _status("4A2377", "FFFFFF"),
        Style.RED: _status("B3261E", "FFFFFF"),
        Style.ORANGE: _status("EA8F3C", "1F1F1F"),
        Style.BLUE: _status("93BFEF", "12305A"),
        Style.GREY: _status("CCCCCC", "3A3A3A"),
        Style.YELLOW: _status("FFE070", "1F1F1F"),
        Style.GREEN: _status("E4F7E1", "1B4D22"),
        Style.LINK: Look(ink="0B5394", underline=True),
        Style.STALE: Look(ink="B3261E", bold=True, size=11, border=False, wrap=True, valign="center"),
        Style.LABEL: _label(None, NAVY),
        Style.BOX: Look(fill=IVORY, ink=NAVY, bold=True, align="center", valign="center", size=14),
        Style.BANNER: Look(
            fill=ALARM, ink="FFFFFF", bold=True, size=12, border=False, wrap=True, valign="center"
        ),
        Style.BANNER_LABEL: _label(ALARM, "FFFFFF"),
    }
)
"""The statuses from dark to light: what is to be done stands out in grey too."""

REMOVED = "REMOVED"
"""Shown for a line that left the grid with something behind or with notes (workbook.md)."""

STATUS_STYLE: Mapping[str, Style] = MappingProxyType(
    {
        "CHECK DATA": Style.PURPLE,
        "AS NEEDED": Style.GREY,
        "NOT STARTED": Style.GREY,
        "ENDED": Style.GREY,
        "NOT SCHEDULED": Style.RED,
        "MAKE-UP OWED": Style.RED,
        "PARTLY SCHEDULED": Style.ORANGE,
        "NOT LOGGED": Style.YELLOW,
        "SCHEDULE DIFFERS": Style.YELLOW,
        "WATCH": Style.BLUE,
        "ON TRACK": Style.GREEN,
        REMOVED: Style.GREY,
    }
)
