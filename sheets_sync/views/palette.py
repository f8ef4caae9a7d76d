"""The looks of cells: what each Style means in fill, ink, weight and number format, on every edge.

Every ink on its fill has a contrast of at least 4.5:1. Colours are hex RGB without "#"; number formats are
written in Excel's language, which Google understands too.
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
    wrap: bool = False
    number_format: str = "General"
    align: Literal["left", "center", "right"] = "left"
    size: int = 10
    border: bool = True


def _status(fill: str, ink: str) -> Look:
    return Look(fill=fill, ink=ink, bold=True, align="center")


PALETTE: Mapping[Style, Look] = MappingProxyType(
    {
        Style.TITLE: Look(ink="1F3864", bold=True, size=14, border=False),
        Style.SUMMARY: Look(ink="404040", wrap=True, border=False),
        Style.HEADER: Look(fill="1F3864", ink="FFFFFF", bold=True, wrap=True, align="center"),
        Style.TEXT: Look(),
        Style.WRAP: Look(wrap=True),
        Style.NUMBER: Look(number_format="#,##0", align="right"),
        Style.PERCENT: Look(number_format="0.0", align="right"),
        Style.DATE: Look(number_format="mmm d, yyyy"),
        Style.STAFF_TEXT: Look(fill="FFFDF0", wrap=True),
        Style.STAFF_DATE: Look(fill="FFFDF0", number_format="mmm d, yyyy"),
        Style.PURPLE: _status("5B2A86", "FFFFFF"),
        Style.RED: _status("C00000", "FFFFFF"),
        Style.ORANGE: _status("F4B183", "1F1F1F"),
        Style.YELLOW: _status("FFE699", "1F1F1F"),
        Style.BLUE: _status("BDD7EE", "1F1F1F"),
        Style.GREEN: _status("E2F0D9", "1E4620"),
        Style.GREY: _status("D9D9D9", "404040"),
        Style.LINK: Look(ink="0B5394"),
    }
)
