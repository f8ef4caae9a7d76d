"""The rows above the table of the Compliance tab: what is to do and "Sync now"; how it was counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sheets_sync.boxes import SYNC_NOW
from sheets_sync.config import Config
from sheets_sync.ledger.result import Ledger
from sheets_sync.problems import a1
from sheets_sync.views.palette import PALETTE
from sheets_sync.views.row_heights import row_height, text_height
from sheets_sync.views.stale_notice import stale_notice
from sheets_sync.views.tab import Box, OutCell, Style
from sheets_sync.views.tab_summary import how_counted, not_counted, to_do_in_one_line

FROZEN = (3, 2)
SUMMARY_FROM, SUMMARY_TO = 2, 8
"""The summary stands over these columns (0-based): right of the frozen ones, as wide as a window shows."""

HEADLINE_TO, LABEL_AT, BOX_AT = 4, 5, 6
"""Beside a box the words end earlier, so that a window of 1,280 pixels shows it."""

TITLE_HEIGHT = 28.0
ROW_HEIGHT = 17.0

ABOUT_SYNC_NOW = (
    "Tick this: the program looks every few minutes, checks the workbook anew and takes the tick away."
    " In an Excel file choose ☑, then save and close it."
)

Row = tuple[OutCell, ...]


def span(row: int, first: int, last: int) -> str:
    """Return the A1 range of a row (from 1) from one column to another (from 0)."""
    return f"{a1(row, first)}:{a1(row, last)}"


SPANS = (span(1, SUMMARY_FROM, HEADLINE_TO), span(2, 0, FROZEN[1] - 1), span(2, SUMMARY_FROM, SUMMARY_TO))
"""Beside the title, the second frozen cell of row 1 is for the notice that the tab is old."""


def top_rows(
    ledger: Ledger, checked_at: datetime, version: str, config: Config, gone: Sequence[int] = ()
) -> tuple[Row, Row]:
    """Return the two rows above the table; `gone` is as in tab_summary.to_do_in_one_line."""
    doubtful = not_counted(ledger)
    first = OutCell(doubtful, Style.PURPLE) if doubtful else OutCell("Every line counted", Style.SUMMARY)
    title = OutCell(config.compliance.tab, Style.TITLE)
    notice = OutCell(stale_notice(checked_at.date()), Style.STALE)
    counted = OutCell(how_counted(ledger, checked_at, version, config), Style.SUMMARY)
    return (
        (
            title,
            notice,
            *spread(OutCell(to_do_in_one_line(ledger, gone), Style.HEADLINE), SUMMARY_FROM, HEADLINE_TO),
            OutCell(SYNC_NOW, Style.LABEL),
            OutCell(Box(), Style.BOX, ABOUT_SYNC_NOW),
        ),
        (*spread(first, 0, FROZEN[1] - 1, Style.SUMMARY), counted),
    )


def spread(cell: OutCell, first: int, last: int, under: Style | None = None) -> Row:
    """Return a cell and the blank ones over which it is merged, in its own style unless another is named."""
    return (cell, *(OutCell(style=under or cell.style),) * (last - first))


def top_heights(top: Sequence[Row], widths: Sequence[float]) -> tuple[float, float]:
    """Return the heights of the two rows in points."""
    return (
        max(
            row_height(top[0][:SUMMARY_FROM], widths, TITLE_HEIGHT),
            merged_height(top[0][SUMMARY_FROM], widths, HEADLINE_TO),
        ),
        max(ROW_HEIGHT, merged_height(top[1][SUMMARY_FROM], widths, SUMMARY_TO)),
    )


def merged_height(cell: OutCell, widths: Sequence[float], last: int) -> float:
    """Return the height that shows the words of a cell merged from SUMMARY_FROM to the column `last`."""
    wide = sum(widths[SUMMARY_FROM : last + 1])
    return text_height(str(cell.value), wide, PALETTE[cell.style].size)
