"""The banner of a workbook that looks wrong, over its last good figures (promises.md, "Guards").

Row 2 says what was seen and what to do, and beside it staff can tick that it is meant. Title, the notice
that the tab is old, "Sync now" and every line stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.boxes import THIS_IS_MEANT
from sheets_sync.views.tab import Box, OutCell, Style, Tab
from sheets_sync.views.top_rows import (
    FROZEN,
    HEADLINE_TO,
    ROW_HEIGHT,
    SUMMARY_FROM,
    SUMMARY_TO,
    Row,
    merged_height,
    span,
    spread,
)

BANNER_ROW = 2
NOT_UPDATED = "Not updated"
IN_PART = "Updated in part"
ABOUT_THIS_IS_MEANT = (
    "Tick this if the workbook is as it should be: the program looks every few minutes, takes what it saw as"
    " meant, writes the tab anew and takes the tick away. In an Excel file choose ☑, then save and close it."
)
LEAST_HEIGHT = 2 * ROW_HEIGHT


def with_banner(tab: Tab, words: str, *, asks: bool = True, label: str = NOT_UPDATED) -> Tab:
    """Return the Compliance tab with these words, after the label, over its figures, and "This is meant".

    Without the box where it `asks` nothing: what cannot be counted cannot be meant.
    What row 2 said of the figures ("Read Fri, Nov 21 ...") is in the banner's note. A tab that has a banner
    gets this one in its place.
    """
    row = _banner(words, _said(tab), label, asks=asks)
    others = tuple(one for one in tab.spans if not one.startswith((f"A{BANNER_ROW}:", f"C{BANNER_ROW}:")))
    height = max(LEAST_HEIGHT, merged_height(row[SUMMARY_FROM], tab.widths, HEADLINE_TO))
    return replace(
        tab,
        rows=(*tab.rows[: BANNER_ROW - 1], row, *tab.rows[BANNER_ROW:]),
        spans=(
            *others,
            span(BANNER_ROW, 0, FROZEN[1] - 1),
            span(BANNER_ROW, SUMMARY_FROM, HEADLINE_TO),
        ),
        heights=tuple((at, height if at == BANNER_ROW else points) for at, points in tab.heights),
    )


def _banner(words: str, note: str, name: str, *, asks: bool) -> Row:
    label = OutCell(THIS_IS_MEANT, Style.BANNER_LABEL)
    box = OutCell(Box(), Style.BOX, ABOUT_THIS_IS_MEANT)
    cells = (
        *spread(OutCell(name, Style.BANNER), 0, FROZEN[1] - 1),
        *spread(OutCell(words, Style.BANNER, note), SUMMARY_FROM, HEADLINE_TO),
        *((label, box) if asks else ()),
    )
    return (*cells, *(OutCell(style=Style.BANNER),) * (SUMMARY_TO + 1 - len(cells)))


def _said(tab: Tab) -> str:
    cells = tab.rows[BANNER_ROW - 1]
    if cells[0].style is Style.BANNER:
        return cells[SUMMARY_FROM].note
    return f"These figures: {cells[SUMMARY_FROM].value}"
